//! The header fields of a mail: the table, and those that mail itself has for an element of MMS.

use alloc::string::String;
use alloc::vec::Vec;

use super::Mail;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::message::encoded_word;
use crate::message::{
    Address, AddressKind, Header, MessageClass, Originator, PreviouslySentBy, PreviouslySentDate, Priority, Str,
    Timestamp,
};
use crate::mime::{address, date};
use crate::mm4;
use crate::mm4::field::FieldName;
use crate::mm4::value::Mm4;
use crate::table::table;

table! {
    Mail: Mm4 with message;
    FieldName::DATE,                               Mandatory, message.date;
    FieldName::FROM,                               Mandatory, message.from;
    FieldName::TO,                                 Optional,  message.to;
    FieldName::CC,                                 Optional,  message.cc;
    FieldName::SUBJECT,                            Optional,  message.subject;
    FieldName::MAIL_ID,                            Optional,  mail_id;
    FieldName::MESSAGE_ID,                         Optional,  message_id;
    FieldName::MESSAGE_CLASS,                      Optional,  message.class;
    FieldName::EXPIRY,                             Optional,  message.expiry;
    FieldName::DELIVERY_TIME,                      Optional,  message.delivery_time;
    FieldName::DELIVERY_REPORT,                    Optional,  message.delivery_report;
    FieldName::PRIORITY,                           Optional,  message.priority;
    FieldName::SENDER_VISIBILITY,                  Optional,  message.sender_visibility;
    FieldName::READ_REPLY.or("X-Mms-Read-Report"), Optional,  message.read_report;
    FieldName::DISTRIBUTION_INDICATOR,             Optional,  message.distribution_indicator;
    FieldName::PREVIOUSLY_SENT_BY,                 Optional,  message.previously_sent_by;
    FieldName::PREVIOUSLY_SENT_DATE,               Optional,  message.previously_sent_date;
    FieldName::APPLIC_ID,                          Optional,  message.applic_id;
    FieldName::REPLY_APPLIC_ID,                    Optional,  message.reply_applic_id;
    FieldName::AUX_APPLIC_INFO,                    Optional,  message.aux_applic_info;
    FieldName::CONTENT_CLASS,                      Optional,  message.content_class;
    FieldName::DRM_CONTENT,                        Optional,  message.drm_content;
    FieldName::ADAPTATION_ALLOWED,                 Optional,  message.adaptation_allowed;
    FieldName::CONTENT_TYPE,                       Optional,  message.body;
}

/// The fields that say how important a mail is (RFC 2156, RFC 4021, and mail programs), and their words
/// for high, normal and low, the first of which are written. More than one may be in a mail.
const IMPORTANCE: &[(&str, [&[&str]; 3])] = &[
    ("Importance", [&["high"], &["normal"], &["low"]]),
    ("X-Priority", [&["1", "2"], &["3"], &["5", "4"]]),
    ("Priority", [&["urgent"], &["normal"], &["non-urgent"]]),
];

/// Those of [`IMPORTANCE`] that are written.
const WRITTEN: usize = 2;

const PRIORITIES: [Priority; 3] = [Priority::High, Priority::Normal, Priority::Low];

const READ_REPORT: &str = "Disposition-Notification-To";
const AUTO_SUBMITTED: &str = "Auto-Submitted";
const AUTO_GENERATED: &str = "auto-generated";
const RESENT_FROM: &str = "Resent-From";
const RESENT_DATE: &str = "Resent-Date";

impl Mail {
    /// Reads the fields of mail for elements that no `X-Mms-` field gave, and takes those that
    /// [`with_fields`](Self::with_fields) writes again out of `extra`.
    pub(super) fn read_fields(&mut self) {
        self.read_importance();
        self.read_history();
        let Self { message, extra, .. } = self;
        let from = message.from.as_ref().and_then(Originator::address).and_then(mm4::path);
        extra.retain(|header| {
            let Header::Text { name, value } = header else { return true };
            if name.eq_ignore_ascii_case(READ_REPORT) {
                let wish = *message.read_report.get_or_insert(true);
                let to = address::parse(value, crate::context::Wire::Mail).address;
                let to = mm4::path(&number_at(&to, |_| true).unwrap_or(to));
                return !wish || from != to;
            }
            // `auto-replied` says of a notification what its content type says too.
            if name.eq_ignore_ascii_case(AUTO_SUBMITTED) && value == AUTO_GENERATED {
                return *message.class.get_or_insert(MessageClass::Auto) != MessageClass::Auto;
            }
            true
        });
    }

    fn read_importance(&mut self) {
        for (field, words) in IMPORTANCE {
            let Some(place) = self.extra.iter().position(|header| header.is(field)) else { continue };
            let Some(Header::Text { value, .. }) = self.extra.get(place) else { continue };
            // `1 (Highest)`
            let word = value.trim().split([' ', '(']).next().unwrap_or_default();
            let is = |known: &&[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(word));
            let Some(priority) = words.iter().position(is).and_then(|at| PRIORITIES.get(at)) else {
                continue;
            };
            if *self.message.priority.get_or_insert(*priority) == *priority {
                self.extra.remove(place);
            }
        }
    }

    /// Everybody who sent the mail again, the first of them numbered 0.
    fn read_history(&mut self) {
        let message = &mut self.message;
        if !message.previously_sent_by.is_empty() || !message.previously_sent_date.is_empty() {
            return;
        }
        let values = |name: &'static str| {
            self.extra.iter().rev().filter_map(move |header| match header {
                Header::Text { name: own, value } if own.eq_ignore_ascii_case(name) => Some(value.as_str()),
                _ => None,
            })
        };
        let by: Option<Vec<Address>> = values(RESENT_FROM).map(mailbox).collect();
        let dates: Option<Vec<Timestamp>> =
            values(RESENT_DATE).map(|text| date::parse(text).map(|date| date.timestamp)).collect();
        let (Some(by), Some(dates)) = (by, dates) else { return };
        if by.len() != dates.len() {
            return;
        }
        message.previously_sent_by = (0..).zip(by).map(|(count, by)| PreviouslySentBy::new(count, by)).collect();
        message.previously_sent_date =
            (0..).zip(dates).map(|(count, date)| PreviouslySentDate::new(count, date)).collect();
        self.extra.retain(|header| !header.is(RESENT_FROM) && !header.is(RESENT_DATE));
    }

    /// The mail with the fields that mail itself has for an element, in place of those of MMS.
    pub(super) fn with_fields(&self) -> Result<Self, EncodeError> {
        let mut mail = self.clone();
        let Self { message, extra, .. } = &mut mail;
        let mut add = |name: &'static str, value: &str| {
            if !extra.iter().any(|header| header.is(name)) {
                extra.push(Header::Text { name: Str::from_static(name), value: value.into() });
            }
        };
        if let Some(at) = message.priority.take().and_then(|own| PRIORITIES.iter().position(|known| *known == own)) {
            for (field, words) in IMPORTANCE.iter().take(WRITTEN) {
                add(field, words.get(at).and_then(|words| words.first()).unwrap_or(&""));
            }
        }
        if message.read_report == Some(true)
            && let Some(from) = message.from.as_ref().and_then(Originator::address)
        {
            let path = mm4::path(from).ok_or(EncodeErrorKind::NotExpressible);
            add(READ_REPORT, &path.map_err(|kind| EncodeError::from(kind).in_field("From"))?);
            message.read_report = None;
        }
        if message.class == Some(MessageClass::Auto) {
            add(AUTO_SUBMITTED, AUTO_GENERATED);
        }
        if let Some(resent) = history(&message.previously_sent_by, &message.previously_sent_date) {
            message.previously_sent_by.clear();
            message.previously_sent_date.clear();
            extra.extend(resent);
        }
        Ok(mail)
    }
}

/// The one address in a field.
fn mailbox(text: &str) -> Option<Address> {
    let mut list = address::List::new(text, crate::context::Wire::Mail);
    let mailbox = list.next()?;
    list.rest().0.is_empty().then_some(mailbox.address)
}

/// The history as fields of those who sent a mail again, the last first. `None` if they cannot say it:
/// each has an address and a date, and they are numbered from 0.
fn history(by: &[PreviouslySentBy], dates: &[PreviouslySentDate]) -> Option<Vec<Header>> {
    let mut resent = Vec::new();
    if by.len() != dates.len() {
        return None;
    }
    for (count, (by, date)) in (0..).zip(by.iter().zip(dates)) {
        let from = address::write(&by.address, true).ok();
        let from = from.filter(|from| !encoded_word::has_mark(from) && mailbox(from).as_ref() == Some(&by.address))?;
        if by.count != Some(count) || date.count != Some(count) {
            return None;
        }
        let header = |name, value: String| Header::Text { name: Str::from_static(name), value: value.into() };
        resent.push(header(RESENT_FROM, from));
        resent.push(header(RESENT_DATE, date::write(&date.date)?));
    }
    resent.reverse();
    Some(resent)
}

/// A number in place of a mailbox with one: `+447700900123@mms.example.net`, with or without its type.
pub(crate) fn number_at(address: &Address, is_own: impl FnOnce(&str) -> bool) -> Option<Address> {
    let AddressKind::Email(mailbox) = &address.kind else { return None };
    let bare = mailbox.rsplit_once('<').and_then(|(_, bare)| bare.strip_suffix('>')).unwrap_or(mailbox);
    let (number, domain) = bare.rsplit_once('@')?;
    let number = number.strip_suffix("/TYPE=PLMN").unwrap_or(number);
    let digits = number.strip_prefix('+').unwrap_or(number);
    let is_number = digits.len() > 6 && digits.bytes().all(|digit| digit.is_ascii_digit());
    (is_number && is_own(domain)).then(|| mm4::address_at(&Address::phone(number), domain))
}

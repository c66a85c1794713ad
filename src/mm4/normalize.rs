//! Making a message that was decoded leniently one that can be written.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::codec::{BCC, MESSAGE_TYPE, MIME_VERSION, begins_with_content};
use super::field::{FieldName, Form};
use super::pdu::Pdu;
use super::release::Release;
use super::rows::{is_of_mms, row_named};
use super::value::{Mm4, Reader, Slot, SlotMut, Writer};
use super::version::{release_of, set_version, version_of};
use crate::change::{Change, ChangeKind, Changes};
use crate::context::Context;
use crate::message::{ContentType, Header, Message, Originator, Part, Str, bare_id};
use crate::mime::clean::{clean_body, is_sound_body};
use crate::mime::encode::write_text_header;
use crate::mime::header::write_field;
use crate::options::Options;
use crate::repair::{clean_value, clean_values, kind_of, without_controls};
use crate::table::{Slot as _, Table, count};

impl Pdu {
    /// Makes a message that was decoded with deviations one that [`encode`](super::encode) writes and strict
    /// decoding accepts, and returns the list of what it changed.
    ///
    /// Taken out are unreadable values, repeated fields beyond the first, and fields of other
    /// messages; control characters become blanks, and words that TS 23.140 does not have become the
    /// nearest that it has. A version that is too old for the fields is raised. What follows from the
    /// other fields is put in: the sender of a mail is its author, a response goes to the sender, those
    /// who forwarded the message did so in their order, and the version is that of this crate.
    ///
    /// Facts that only the sender knows are not invented: the encoder still refuses a message without them and
    /// names the field. An address without a domain is kept: [`address_at`](super::address_at) gives it one.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Bytes, EncodeErrorKind, Options, mm4};
    ///
    /// let mail = Bytes::from_static(
    ///     b"X-Mms-Message-Type: MM4_forward.RES\r\nDate: Tue, 05 Mar 2024 09:30:49 +0000\r\n\
    ///       From: system@mms.example.net\r\nTo: system@mms.example.org\r\nMessage-ID: <1@mms.example.net>\r\n\
    ///       X-Mms-3GPP-MMS-Version: 5.5.0\r\nX-Mms-Transaction-ID: t-1\r\nX-Mms-Message-ID: mm-1\r\n\
    ///       X-Mms-Message-ID: mm-2\r\nX-Mms-Request-Status-Code: Fine\r\n\r\n",
    /// );
    /// let mut pdu = mm4::decode(&mail)?.value;
    /// assert_eq!(mm4::encode(&pdu).unwrap_err().kind, EncodeErrorKind::MissingField);
    ///
    /// let changes: Vec<_> = pdu.normalize().iter().map(ToString::to_string).collect();
    /// assert_eq!(changes, ["X-Mms-Message-ID changed", "X-Mms-Request-Status-Code changed", "Sender changed"]);
    /// assert!(mm4::decode_with(&mm4::encode(&pdu)?.into(), &Options::strict()).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn normalize(&mut self) -> Vec<Change> {
        let mut changes = Changes::default();
        take_out_extra(self.table_mut(), &mut changes);
        bracket_mail_id(self.table_mut(), &mut changes);
        if let Self::ForwardReq(request) = self {
            count_history(&mut request.message, &mut changes);
        }
        clean_values(self.table_mut(), is_regular, clean_value, &mut changes);
        // The body of a report or a response has no row.
        let body = self.table_mut().body_mut().and_then(Option::as_mut);
        if let Some(body) = body.filter(|body| !is_sound_body(body)) {
            clean_body(body);
            changes.add("Content-Type", ChangeKind::Changed);
        }
        self.put_in_defaults(&mut changes);
        raise_version(self.table_mut(), &mut changes);
        changes.into_vec()
    }

    /// Puts in what the other fields say of absent ones.
    fn put_in_defaults(&mut self, changes: &mut Changes) {
        let (sender, author) = match self {
            Self::ForwardReq(pdu) => (&mut pdu.sender, pdu.message.from.as_ref().and_then(Originator::address)),
            Self::ForwardRes(pdu) => (&mut pdu.sender, pdu.from.as_ref()),
            Self::DeliveryReportRes(pdu) => (&mut pdu.sender, pdu.from.as_ref()),
            Self::ReadReplyReportRes(pdu) => (&mut pdu.sender, pdu.from.as_ref()),
            // A person reads a message; a system reports it.
            Self::DeliveryReportReq(_) | Self::ReadReplyReportReq(_) => (&mut None, None),
        };
        // RFC 5322, 3.6.2.
        if sender.is_none() && author.is_some() {
            *sender = author.cloned();
            changes.put_in("Sender");
        }
        if let Self::ForwardReq(pdu) = self {
            if pdu.ack_request == Some(true) && pdu.originator_system.is_none() && pdu.sender.is_some() {
                pdu.originator_system.clone_from(&pdu.sender);
                changes.put_in("X-Mms-Originator-System");
            }
            if pdu.message.body.is_none() {
                // RFC 2045, 5.2.
                pdu.message.body = Some(Part::new(ContentType::new("text/plain"), bytes::Bytes::new()));
                changes.put_in("Content-Type");
            }
        }
        if version_of(self.table()).is_none() {
            set_version(self.table_mut(), Str::from_static(super::VERSION));
            changes.put_in(FieldName::MMS_VERSION.spelling);
        }
    }
}

/// Removes the fields that are kept because something is wrong with them.
fn take_out_extra(pdu: &mut dyn Table<Mm4>, changes: &mut Changes) {
    let mut extra = core::mem::take(pdu.extra_mut());
    extra.retain_mut(|header| {
        let Header::Text { name, value } = header else { return false };
        let own = [MESSAGE_TYPE, MIME_VERSION].into_iter().find(|own| own.eq_ignore_ascii_case(name));
        let place = pdu.rows().iter().position(|row| row.name.is(name));
        let row = row_named(name).filter(|_| place.is_some() || is_of_mms(name));
        let (spelling, kind) = match (own, row) {
            (Some(own), _) => (Str::from_static(own), ChangeKind::Changed),
            (_, Some(row)) => (Str::from_static(row.name.spelling), kind_of(pdu, place)),
            _ if name.eq_ignore_ascii_case(BCC) => (Str::from_static(BCC), ChangeKind::Removed),
            _ => {
                let is_written = |value: &str| write_text_header(name, value, &mut Vec::new()).is_ok();
                if !begins_with_content(name) && is_written(value) {
                    return true;
                }
                *value = without_controls(value).trim_matches([' ', '\t']).into();
                let is_kept = !begins_with_content(name) && is_written(value);
                changes.add(name.clone(), if is_kept { ChangeKind::Changed } else { ChangeKind::Removed });
                return is_kept;
            }
        };
        changes.add(spelling, kind);
        false
    });
    *pdu.extra_mut() = extra;
}

/// Puts the angle brackets around the identifier of a mail that lacks them.
fn bracket_mail_id(pdu: &mut dyn Table<Mm4>, changes: &mut Changes) {
    for (place, row) in pdu.rows().iter().enumerate().filter(|(_, row)| row.name.form == Form::MailId) {
        if pdu.slot(place).is_none_or(|slot| is_regular(row.name, slot, 0)) {
            continue;
        }
        if let Some(SlotMut::Str(Some(id))) = pdu.slot_mut(place) {
            *id = format!("<{}>", bare_id(id).trim_ascii()).into();
            changes.add(row.name.spelling, ChangeKind::Changed);
        }
    }
}

/// Numbers those who forwarded the message, and when, where some have no number: in their order.
fn count_history(message: &mut Message, changes: &mut Changes) {
    fn number<'a>(counts: impl Iterator<Item = &'a mut Option<u32>>) -> bool {
        let counts: Vec<_> = counts.collect();
        let is_any_missing = counts.iter().any(|count| count.is_none());
        let mut last = 0;
        for count in counts.into_iter().filter(|_| is_any_missing) {
            last = count.unwrap_or_default().max(u32::saturating_add(last, 1));
            *count = Some(last);
        }
        is_any_missing
    }
    if number(message.previously_sent_by.iter_mut().map(|entry| &mut entry.count)) {
        changes.add("X-Mms-Previously-sent-by", ChangeKind::Changed);
    }
    if number(message.previously_sent_date.iter_mut().map(|entry| &mut entry.count)) {
        changes.add("X-Mms-Previously-sent-date-and-time", ChangeKind::Changed);
    }
}

/// Whether a value is written as something that strict decoding reads. So is an address for whoever
/// gives it a domain.
fn is_regular(name: FieldName, slot: Slot<'_>, index: usize) -> bool {
    if let Slot::Body(body) = slot {
        return body.as_ref().is_none_or(is_sound_body);
    }
    let is_regular_as = |form| {
        let mut to = Writer { text: String::new(), form };
        let is_written =
            slot.write(index, &mut to).is_ok() && write_field(&mut Vec::new(), name.spelling, &to.text).is_ok();
        if !is_written || (to.text.is_empty() && !name.may_be_empty) {
            return is_written && !to.text.is_empty();
        }
        let mut context = Context::new(&Options::strict(), to.text.len());
        let mut from = Reader { context: &mut context, text: &to.text, offset: 0, form };
        to.text.is_empty() || (slot.probe(&mut from).is_ok() && from.text.is_empty())
    };
    is_regular_as(name.form) || (name.form == Form::Mailboxes && is_regular_as(Form::Addresses))
}

/// Raises a version that is too old for what the message has.
fn raise_version(pdu: &mut dyn Table<Mm4>, changes: &mut Changes) {
    let used = pdu.rows().iter().enumerate().filter(|(place, _)| count(pdu, *place) > 0);
    let needed = used.map(|(_, row)| row.name.since).max().unwrap_or(Release::REL_4);
    if release_of(pdu).is_some_and(|own| own < needed) {
        set_version(pdu, needed.version());
        changes.put_in(FieldName::MMS_VERSION.spelling);
    }
}

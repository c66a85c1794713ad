//! The conditional rules of the PDUs: what a field table cannot say.
//!
//! Each is one row beneath the table of its PDU ([`rules!`]): the field that it is about, how it is
//! broken, what it says, and the condition. The encoder, the strict decoder and, as a deviation, the
//! lenient decoder all go by these rows.

use alloc::string::ToString as _;
use alloc::vec::Vec;

use super::breach::{Breach, Rule};
use super::code_point::{ResponseStatus, RetrieveStatus, StoreStatus, Version};
use super::field::{Extra, FieldCode, keeps};
use super::value::{Counted, Mm1, MmFlag, MmFlagOperation};
use crate::message::{Message, MessageClass, MmStatus, ReplyCharging, Str, Text};
use crate::table::Table;

/// Declares the rules of a PDU, one row each: field, breach, text, and the condition that breaks it.
/// What follows `=>` makes it good where taking the field out is too much.
macro_rules! rules {
    ($pdu:ident $([$($item:item)+])?: $($code:ident, $breach:ident, $text:literal, $is_broken:expr $(=> $mend:expr)?;)+) => {
        impl $crate::table::Rules<Mm1> for $pdu {
            fn keeps_rules(&self) -> bool {
                !($($crate::mm1::rules::is_broken(self, $is_broken))||+)
            }

            fn broken_rules(&self) -> alloc::vec::Vec<(FieldCode, $crate::mm1::Breach)> {
                let is_broken = [$($crate::mm1::rules::is_broken(self, $is_broken)),+];
                $crate::mm1::rules::broken(const { &[$((FieldCode::$code, $crate::mm1::Breach::$breach)),+] }, &is_broken)
            }

            $($($item)+)?
        }

        impl $crate::mm1::rules::Mend for $pdu {
            fn rules(&self) -> &'static [$crate::mm1::Rule] {
                const { &[$($crate::mm1::Rule {
                    field: FieldCode::$code,
                    breach: $crate::mm1::Breach::$breach,
                    text: $text,
                }),+] }
            }

            fn mend(&mut self) -> alloc::vec::Vec<(FieldCode, $crate::mm1::Breach)> {
                let mut broken = alloc::vec::Vec::new();
                $(if $crate::mm1::rules::is_broken(self, $is_broken) {
                    broken.push((FieldCode::$code, $crate::mm1::Breach::$breach));
                    $crate::mm1::rules::rules!(@mend self, $code, $breach $(, $mend)?);
                })+
                broken
            }
        }
    };
    (@mend $pdu:ident, $code:ident, $breach:ident, $mend:expr) => { $crate::mm1::rules::mend($pdu, $mend) };
    (@mend $pdu:ident, $code:ident, Missing) => {};
    (@mend $pdu:ident, $code:ident, $breach:ident) => { $crate::mm1::rules::take_out($pdu, FieldCode::$code) };
}
pub(super) use rules;

/// What is asked of rules beside whether they are kept. It is not among the methods of a table, which a program
/// that only decodes would have to take all together.
pub(super) trait Mend: Table<Mm1> {
    /// The conditional rules.
    fn rules(&self) -> &'static [Rule] {
        &[]
    }

    /// Takes out or changes what breaks them, as far as the PDU alone says how, and returns which were broken.
    fn mend(&mut self) -> Vec<(FieldCode, Breach)> {
        Vec::new()
    }
}

#[inline(always)]
pub(super) fn is_broken<P>(pdu: &P, is_broken: impl FnOnce(&P) -> bool) -> bool {
    is_broken(pdu)
}

/// Those of the rules that are broken: compiled once for all PDUs.
#[cold]
pub(super) fn broken(rules: &[(FieldCode, Breach)], is_broken: &[bool]) -> Vec<(FieldCode, Breach)> {
    rules.iter().zip(is_broken).filter(|(_, is_broken)| **is_broken).map(|(rule, _)| *rule).collect()
}

pub(super) fn mend<P>(pdu: &mut P, mend: impl FnOnce(&mut P)) {
    mend(pdu);
}

/// Removes all values of a field.
pub(super) fn take_out(pdu: &mut dyn Table<Mm1>, code: FieldCode) {
    pdu.rows().find(code).into_iter().for_each(|(place, _)| crate::repair::take_out(pdu, place));
}

/// No recipient in `To`, `Cc` or `Bcc`.
pub(super) fn has_no_recipient(message: &Message, extra: &[Extra]) -> bool {
    let recipients = [(&message.to, FieldCode::TO), (&message.cc, FieldCode::CC), (&message.bcc, FieldCode::BCC)];
    !recipients.into_iter().any(|(addresses, code)| !addresses.is_empty() || keeps(extra, code))
}

/// A report that a message made by a machine asks for, or does not refuse: it must not cause more of
/// them.
pub(super) fn is_asked_by_auto(message: &Message, report: Option<bool>) -> bool {
    message.class == Some(MessageClass::Auto) && report != Some(false)
}

/// Whether it is neither of the two.
pub(super) fn is_other(reply_charging: Option<ReplyCharging>, allowed: [ReplyCharging; 2]) -> bool {
    reply_charging.is_some_and(|value| !allowed.contains(&value))
}

/// What a request asks for.
pub(super) const REQUESTED: [ReplyCharging; 2] = [ReplyCharging::Requested, ReplyCharging::RequestedTextOnly];

/// What the relay/server grants.
pub(super) const ACCEPTED: [ReplyCharging; 2] = [ReplyCharging::Accepted, ReplyCharging::AcceptedTextOnly];

/// Something that is not an absolute URI: a scheme, a colon, and something behind it (RFC 3986, 4.3).
#[inline]
pub(super) fn is_not_absolute(location: &str) -> bool {
    let octets = location.as_bytes();
    let is_scheme = |octet: &u8| octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'-' | b'.');
    let scheme = octets.iter().take_while(|octet| is_scheme(octet)).count();
    let has_scheme = scheme > 0 && octets.first().is_some_and(u8::is_ascii_alphabetic);
    !(has_scheme && octets.get(scheme) == Some(&b':') && octets.len() > scheme + 1)
}

pub(super) fn is_any_not_absolute(locations: &[Str]) -> bool {
    locations.iter().any(|location| is_not_absolute(location))
}

/// A keyword with white space in it, or with nothing.
pub(super) fn is_keyword_wrong(flag: &MmFlag) -> bool {
    flag.keyword.as_str().is_none_or(|keyword| keyword.is_empty() || keyword.contains(char::is_whitespace))
}

/// The flags with their white space taken out, without those of which nothing is left.
pub(super) fn mend_keywords(flags: &mut Vec<MmFlag>) {
    for flag in flags.iter_mut().filter(|flag| is_keyword_wrong(flag)) {
        let keyword = flag.keyword.to_string().replace(char::is_whitespace, "");
        flag.keyword = Text::from(keyword);
    }
    flags.retain(|flag| !is_keyword_wrong(flag));
}

pub(super) fn is_filter(flag: &MmFlag) -> bool {
    flag.operation == MmFlagOperation::Filter
}

/// Whether a field can be asked for with `X-Mms-Attributes` (6.8).
pub(super) fn is_attribute(code: FieldCode) -> bool {
    const ALLOWED: &[FieldCode] = &[
        FieldCode::BCC,
        FieldCode::CC,
        FieldCode::CONTENT_TYPE,
        FieldCode::DATE,
        FieldCode::DELIVERY_REPORT,
        FieldCode::DELIVERY_TIME,
        FieldCode::EXPIRY,
        FieldCode::FROM,
        FieldCode::MESSAGE_CLASS,
        FieldCode::MESSAGE_ID,
        FieldCode::MESSAGE_SIZE,
        FieldCode::PRIORITY,
        FieldCode::READ_REPORT,
        FieldCode::SUBJECT,
        FieldCode::TO,
        FieldCode::REPLY_CHARGING,
        FieldCode::REPLY_CHARGING_DEADLINE,
        FieldCode::REPLY_CHARGING_ID,
        FieldCode::REPLY_CHARGING_SIZE,
        FieldCode::PREVIOUSLY_SENT_BY,
        FieldCode::PREVIOUSLY_SENT_DATE,
        FieldCode::CONTENT,
        FieldCode::ADDITIONAL_HEADERS,
        FieldCode::APPLIC_ID,
        FieldCode::REPLY_APPLIC_ID,
        FieldCode::AUX_APPLIC_INFO,
    ];
    ALLOWED.contains(&code)
}

/// Whether an attribute is one that `version` does not know.
pub(super) fn is_newer_attribute(code: FieldCode, version: Version) -> bool {
    is_newer(code.since(), version)
}

/// Whether something that came with `since` is newer than `version`.
pub(super) fn is_newer(since: Option<Version>, version: Version) -> bool {
    since.is_some_and(|since| since > version)
}

/// The location of a message that was not stored.
pub(super) fn is_stored_nowhere(location: Option<&Str>, status: Option<StoreStatus>) -> bool {
    location.is_some() && status != Some(StoreStatus::SUCCESS)
}

/// Where a response status may be: the confirmation of a submission, of a forwarding, or of something
/// in the mailbox (7.3.48, tables 28 to 30).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Confirmation {
    Send,
    Forward,
    Mailbox,
}

/// A response status that is reserved, out of use in this version, or of other confirmations. What
/// the specification only advises against, or what it excludes and relay/servers send all the same,
/// is none of these.
pub(super) fn is_status_wrong(status: ResponseStatus, version: Version, of: Confirmation) -> bool {
    use Confirmation::{Forward, Mailbox, Send};
    match status.octet() {
        0x80 | 0xc0 | 0xc1 | 0xc3 | 0xe0..=0xe2 | 0xe4 | 0xeb => false,
        0x81..=0x87 => version >= Version::V1_1,
        0x88 | 0xe6 | 0xea => of != Send,
        0xc2 => of == Send,
        0xc4 => of != Mailbox,
        0xe3 | 0xe5 | 0xe7 | 0xe9 => of == Mailbox,
        0xe8 => of != Forward,
        _ => true,
    }
}

/// The status that comes nearest to one that is wrong or too new.
pub(super) fn nearest_status(status: ResponseStatus, version: Version, of: Confirmation) -> ResponseStatus {
    let nearest = ResponseStatus::from_request_status(&status.request_status(), version);
    let is_allowed = !is_status_wrong(nearest, version, of) && !is_newer(nearest.since(), version);
    match (is_allowed, version >= Version::V1_1, status.class()) {
        (true, ..) => nearest,
        (_, false, _) => ResponseStatus::ERROR_UNSPECIFIED,
        (_, true, super::StatusClass::Transient) => ResponseStatus::ERROR_TRANSIENT_FAILURE,
        (_, true, _) => ResponseStatus::ERROR_PERMANENT_FAILURE,
    }
}

/// A retrieve status that is reserved.
pub(super) fn is_retrieve_status_wrong(status: Option<RetrieveStatus>) -> bool {
    status.is_some_and(|status| status.since().is_none())
}

/// A store status that is reserved.
pub(super) fn is_store_status_wrong(status: Option<StoreStatus>) -> bool {
    status.is_some_and(|status| status.since().is_none())
}

/// The store status of the class of one that is reserved.
pub(super) fn store_status_of_class(status: Option<StoreStatus>) -> Option<StoreStatus> {
    status.map(|status| match status.class() {
        super::StatusClass::Transient => StoreStatus::ERROR_TRANSIENT_FAILURE,
        _ => StoreStatus::ERROR_PERMANENT_FAILURE,
    })
}

/// The retrieve status of the class of one that is reserved.
pub(super) fn retrieve_status_of_class(status: Option<RetrieveStatus>) -> Option<RetrieveStatus> {
    status.map(|status| match status.class() {
        super::StatusClass::Transient => RetrieveStatus::ERROR_TRANSIENT_FAILURE,
        _ => RetrieveStatus::ERROR_PERMANENT_FAILURE,
    })
}

/// The version that introduced a status of a message.
pub(super) const fn mm_status_since(status: &MmStatus) -> Option<Version> {
    match status {
        MmStatus::Expired | MmStatus::Retrieved | MmStatus::Rejected | MmStatus::Deferred | MmStatus::Unrecognised => {
            Some(Version::V1_0)
        }
        MmStatus::Indeterminate | MmStatus::Forwarded => Some(Version::V1_1),
        MmStatus::Unreachable => Some(Version::V1_2),
        _ => None,
    }
}

/// The status that comes nearest in an `M-Delivery.ind` of this version.
pub(crate) fn nearest_mm_status(status: &MmStatus, version: Version) -> MmStatus {
    let nearest = match status {
        MmStatus::Unrecognised if version >= Version::V1_1 => MmStatus::Indeterminate,
        MmStatus::Unreachable if version < Version::V1_2 => MmStatus::Indeterminate,
        MmStatus::Code(_) => MmStatus::Indeterminate,
        other => other.clone(),
    };
    match nearest {
        // All that MMS 1.0 has for a message of which nothing final is known.
        MmStatus::Indeterminate | MmStatus::Forwarded if version < Version::V1_1 => MmStatus::Deferred,
        nearest => nearest,
    }
}

/// A field of a delete confirmation that no status belongs to.
pub(super) fn is_without_status<T>(values: &[Counted<T>], statuses: &[Counted<ResponseStatus>]) -> bool {
    values.iter().any(|value| !has_status(value, statuses))
}

pub(super) fn has_status<T>(value: &Counted<T>, statuses: &[Counted<ResponseStatus>]) -> bool {
    value.status_count.is_some() && statuses.iter().any(|status| status.status_count == value.status_count)
}

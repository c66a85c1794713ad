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
use crate::message::{Message, MessageClass, MmStatus, ReplyCharging, Text};
use crate::table::{Fill, Table};

/// Declares the rules of a PDU, one row each: field, breach, text, and the condition that breaks it.
/// What follows `=>` makes it good where taking the field out is too much. A row such as `location("6.2")` is
/// the rules of that name below, which several PDUs have.
macro_rules! rules {
    ($pdu:ident $([$($item:item)+])?: $($rows:tt)+) => {
        rules!(@rows [$pdu $([$($item)+])?] [] $($rows)+);
    };
    (@rows $pdu:tt $done:tt location($clause:literal); $($rest:tt)*) => { rules! { @rows $pdu $done
        CONTENT_LOCATION, Conflict, concat!("a location is an absolute URI (", $clause, ")"),
            |pdu| pdu.content_location.as_ref().is_some_and(|location| is_not_absolute(location));
        $($rest)*
    } };
    (@rows $pdu:tt $done:tt locations($clause:literal); $($rest:tt)*) => { rules! { @rows $pdu $done
        CONTENT_LOCATION, Conflict, concat!("a location is an absolute URI (", $clause, ")"),
            |pdu| pdu.content_locations.iter().any(|location| is_not_absolute(location))
            => |pdu| pdu.content_locations.retain(|location| !is_not_absolute(location));
        $($rest)*
    } };
    (@rows $pdu:tt $done:tt keywords($clause:literal); $($rest:tt)*) => { rules! { @rows $pdu $done
        MM_FLAGS, Conflict, concat!("a keyword has no white space (", $clause, ")"),
            |pdu| pdu.mm_flags.iter().any(is_keyword_wrong) => |pdu| mend_keywords(&mut pdu.mm_flags);
        $($rest)*
    } };
    (@rows $pdu:tt $done:tt changed_keywords($clause:literal); $($rest:tt)*) => { rules! { @rows $pdu $done
        keywords($clause);
        MM_FLAGS, Conflict, concat!("keywords are added or removed (", $clause, ")"),
            |pdu| pdu.mm_flags.iter().any(is_filter) => |pdu| pdu.mm_flags.retain(|flag| !is_filter(flag));
        $($rest)*
    } };
    (@rows $pdu:tt $done:tt attributes(); $($rest:tt)*) => { rules! { @rows $pdu $done
        ATTRIBUTES, Conflict, "an attribute is one that a mailbox shows (6.8)",
            |pdu| pdu.attributes.iter().any(|code| !is_attribute(*code))
            => |pdu| pdu.attributes.retain(|code| is_attribute(*code));
        ATTRIBUTES, Newer, "an attribute is a field of this version (6.8)",
            |pdu| pdu.attributes.iter().any(|code| is_newer(code.since(), pdu.version))
            => |pdu| pdu.attributes.retain({ let version = pdu.version; move |code| !is_newer(code.since(), version) });
        $($rest)*
    } };
    (@rows $pdu:tt $done:tt reply_charging($allowed:ident, $said:literal, $clause:literal); $($rest:tt)*) => { rules! {
        @rows $pdu $done
        REPLY_CHARGING, Conflict, concat!("reply charging is ", $said, " (", $clause, ")"),
            |pdu| is_other(pdu.message.reply_charging, $allowed);
        REPLY_CHARGING_DEADLINE, Conflict, concat!("a deadline goes with reply charging (", $clause, ")"),
            |pdu| pdu.message.reply_charging_deadline.is_some() && pdu.message.reply_charging.is_none();
        REPLY_CHARGING_SIZE, Conflict, concat!("a size goes with reply charging (", $clause, ")"),
            |pdu| pdu.message.reply_charging_size.is_some() && pdu.message.reply_charging.is_none();
        $($rest)*
    } };
    (@rows $pdu:tt $done:tt status($confirmation:ident); $($rest:tt)*) => { rules! { @rows $pdu $done
        RESPONSE_STATUS, Conflict, "the status is in use, and of this confirmation (7.3.48)",
            |pdu| pdu.response_status.is_some_and(|status| is_status_wrong(status, pdu.version, Confirmation::$confirmation))
            => |pdu| mend_status(&mut pdu.response_status, pdu.version, Confirmation::$confirmation);
        RESPONSE_STATUS, Newer, "the status is one of this version (7.3.48)",
            |pdu| pdu.response_status.is_some_and(|status| is_newer(status.since(), pdu.version))
            => |pdu| mend_status(&mut pdu.response_status, pdu.version, Confirmation::$confirmation);
        $($rest)*
    } };
    (@rows $pdu:tt $done:tt statuses(); $($rest:tt)*) => { rules! { @rows $pdu $done
        RESPONSE_STATUS, Conflict, "the status is in use, and of this confirmation (7.3.48)",
            |pdu| pdu.response_statuses.iter().any(|status| is_status_wrong(status.value, pdu.version, Confirmation::Mailbox))
            => |pdu| mend_statuses(&mut pdu.response_statuses, pdu.version, |status, version| {
                is_status_wrong(status, version, Confirmation::Mailbox)
            });
        $($rest)*
    } };
    (@rows $pdu:tt $done:tt counted($clause:literal); $($rest:tt)*) => { rules! { @rows $pdu $done
        CONTENT_LOCATION, Conflict, concat!("a location is an absolute URI (", $clause, ")"),
            |pdu| pdu.content_locations.iter().any(|location| is_not_absolute(&location.value))
            => |pdu| pdu.content_locations.retain(|location| !is_not_absolute(&location.value));
        CONTENT_LOCATION, Conflict, concat!("a status has the status count of each location (", $clause, ")"),
            |pdu| is_without_status(&pdu.content_locations, &pdu.response_statuses)
            => |pdu| pdu.content_locations.retain(|location| has_status(location, &pdu.response_statuses));
        RESPONSE_TEXT, Conflict, concat!("a status has the status count of each text (", $clause, ")"),
            |pdu| is_without_status(&pdu.response_texts, &pdu.response_statuses)
            => |pdu| pdu.response_texts.retain(|text| has_status(text, &pdu.response_statuses));
        $($rest)*
    } };
    (@rows $pdu:tt $done:tt store_status($clause:literal); $($rest:tt)*) => { rules! { @rows $pdu $done
        STORE_STATUS, Conflict, "the store status is assigned (7.3.58)", |pdu| is_store_status_wrong(pdu.store_status)
            => |pdu| pdu.store_status = store_status_of_class(pdu.store_status);
        CONTENT_LOCATION, Conflict, concat!("only a stored message has a location (", $clause, ")"),
            |pdu| pdu.content_location.is_some() && pdu.store_status != Some(StoreStatus::SUCCESS);
        location($clause);
        $($rest)*
    } };
    (@rows $pdu:tt [$($done:tt)*] $code:ident, $breach:ident, $text:expr, $is_broken:expr $(=> $mend:expr)?; $($rest:tt)*) => {
        rules!(@rows $pdu [$($done)* $code, $breach, $text, $is_broken $(=> $mend)?;] $($rest)*);
    };
    (@rows [$pdu:ident $([$($item:item)+])?] [$($code:ident, $breach:ident, $text:expr, $is_broken:expr $(=> $mend:expr)?;)+]) => {
        impl $crate::table::Rules<Mm1> for $pdu {
            fn breaches(&self) -> &'static [(FieldCode, $crate::mm1::Breach)] {
                const { &[$((FieldCode::$code, $crate::mm1::Breach::$breach)),+] }
            }

            fn broken_rules(&self) -> u32 {
                let (mut broken, mut bit) = (0, 1_u32);
                $(
                    if $crate::mm1::rules::is_broken(self, $is_broken) {
                        broken |= bit;
                    }
                    bit <<= 1;
                )+
                // There are fewer than bits.
                debug_assert_ne!(bit, 0);
                broken
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
#[diagnostic::on_unimplemented(
    message = "write `rules! {{ .. }}` beneath the table of `{Self}`, or `impl Mend for {Self} {{}}` if it has no rules"
)]
pub(super) trait Mend: Table<Mm1> {
    /// The conditional rules.
    fn rules(&self) -> &'static [Rule] {
        &[]
    }

    /// Removes or changes what breaks them, as far as the PDU alone says how, and returns which were broken.
    fn mend(&mut self) -> Vec<(FieldCode, Breach)> {
        Vec::new()
    }
}

#[inline(always)]
pub(super) fn is_broken<P>(pdu: &P, is_broken: impl FnOnce(&P) -> bool) -> bool {
    is_broken(pdu)
}

/// The rules that it breaks.
#[cold]
pub(super) fn broken(pdu: &dyn Fill<Mm1>) -> impl Iterator<Item = (FieldCode, Breach)> + Clone + use<> {
    let bits = pdu.broken_rules();
    let breaches = pdu.breaches().iter().enumerate();
    breaches.filter(move |(place, _)| bits >> place & 1 != 0).map(|(_, breach)| *breach)
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

/// Whether something that came with `since` is newer than `version`.
pub(super) fn is_newer(since: Option<Version>, version: Version) -> bool {
    since.is_some_and(|since| since > version)
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
    // A transient failure stays one, so that a client tries again. MMS 1.0 has no classes.
    let is_of_class = version < Version::V1_1 || nearest.class() == status.class();
    match (is_allowed && is_of_class, version >= Version::V1_1, status.class()) {
        (true, ..) => nearest,
        (_, false, _) => ResponseStatus::ERROR_UNSPECIFIED,
        (_, true, super::StatusClass::Transient) => ResponseStatus::ERROR_TRANSIENT_FAILURE,
        (_, true, _) => ResponseStatus::ERROR_PERMANENT_FAILURE,
    }
}

pub(super) fn mend_status(status: &mut Option<ResponseStatus>, version: Version, of: Confirmation) {
    *status = status.map(|status| nearest_status(status, version, of));
}

/// Mends the statuses that are wrong, of a confirmation about a mailbox.
pub(super) fn mend_statuses(
    statuses: &mut [Counted<ResponseStatus>],
    version: Version,
    is_wrong: impl Fn(ResponseStatus, Version) -> bool,
) {
    for status in statuses.iter_mut().filter(|status| is_wrong(status.value, version)) {
        status.value = nearest_status(status.value, version, Confirmation::Mailbox);
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

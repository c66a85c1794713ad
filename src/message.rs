//! What the interfaces share: the message, the reports about it, and their values.
//!
//! Nothing here knows a wire. [`Message`] holds every element that more than one interface
//! carries; the PDU structs of [`mm1`](crate::mm1) and its sisters contain it, so moving a message
//! from one interface to another is moving the field `message`. What else that takes, and what it
//! costs, is the subject of `relay`.

mod address;
mod charset;
mod content_type;
#[cfg(feature = "serde")]
mod deserialize;
mod element;
pub(crate) mod encoded_word;
mod number;
mod parameter;
mod part;
mod parts;
mod reading;
mod reply;
mod report;
mod str;
mod text;
mod time;
mod value;

use alloc::vec::Vec;

use crate::conversion::{arbitrary, from_variants};

pub(crate) use self::address::UsualAddress;
pub(crate) use self::address::notation::{
    Uri, holds_several, is_short_code, is_untyped_number, is_whole_address, plain_phrase, seen, several,
};
pub use self::address::{Address, AddressDetails, AddressKind};
pub use self::charset::Charset;
pub(crate) use self::charset::{byte_order_mark, latin1, reads_mark, without_marks, without_utf8_marks};
pub(crate) use self::content_type::multipart_subtype;
pub use self::content_type::{ContentDisposition, ContentType, InvalidContentType, MediaType};
pub use self::element::{Element, ElementSet};
pub use self::number::Plus;
pub use self::parameter::Parameter;
#[cfg(all(feature = "arbitrary", feature = "mm1"))]
pub(crate) use self::parameter::coded_first;
pub(crate) use self::parameter::{Hex, Parameters, Quoted, Written, is_token, is_token_octet, quoted_string};
pub use self::part::{Content, Header, Part};
pub(crate) use self::part::{Reference, bare_id, bare_reference};
pub use self::parts::Parts;
pub use self::reading::LossyText;
pub(crate) use self::reading::{Label, Reading};
pub use self::report::{DeliveryReport, ReadReport};
pub use self::str::Str;
pub use self::text::Text;
pub(crate) use self::time::nanoseconds;
pub use self::time::{Interval, Time, Timestamp};
pub(crate) use self::value::has_same_letters;
pub use self::value::{
    ContentClass, MessageClass, MmStatus, MmStatusExtension, Priority, ReadStatus, ReplyCharging, RequestStatus,
    SenderVisibility,
};

/// A multimedia message, or what a notification says about one.
///
/// Every element may be absent. The PDU structs list those that an interface carries; the
/// encoders refuse a message that has others, and [`retain`](Self::retain) takes those out.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, Message, Originator, Priority};
///
/// let mut message = Message::default();
/// message.from = Some(Originator::InsertAddress);
/// message.to.push(Address::phone("+447700900123"));
/// message.subject = Some("Hello".into());
/// message.priority = Some(Priority::High);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub struct Message {
    /// When it was sent.
    pub date: Option<Timestamp>,
    /// Who sent it.
    pub from: Option<Originator>,
    /// Recipients.
    pub to: Vec<Address>,
    /// Recipients of a copy.
    pub cc: Vec<Address>,
    /// Recipients whom the others do not see.
    pub bcc: Vec<Address>,
    /// Subject.
    pub subject: Option<Text>,
    /// Class; absent means personal.
    pub class: Option<MessageClass>,
    /// When the relay/server may drop it.
    pub expiry: Option<Time>,
    /// When it may be delivered at the earliest.
    pub delivery_time: Option<Time>,
    /// Priority; absent means normal.
    pub priority: Option<Priority>,
    /// Whether recipients may see the sender.
    pub sender_visibility: Option<SenderVisibility>,
    /// Whether a delivery report is wanted.
    pub delivery_report: Option<bool>,
    /// Whether a read report is wanted.
    pub read_report: Option<bool>,
    /// Whether a reply is paid for.
    pub reply_charging: Option<ReplyCharging>,
    /// Until when a reply is paid for.
    pub reply_charging_deadline: Option<Time>,
    /// Up to what size in octets a reply is paid for.
    pub reply_charging_size: Option<u64>,
    /// Identifier of the message that this one is a paid reply to.
    pub reply_charging_id: Option<Str>,
    /// Whether it may be passed on.
    pub distribution_indicator: Option<bool>,
    /// Identifier of the application that it is for.
    pub applic_id: Option<Str>,
    /// Identifier of the application that a reply goes to.
    pub reply_applic_id: Option<Str>,
    /// Whatever the application wants to know.
    pub aux_applic_info: Option<Str>,
    /// The class of content that it keeps to.
    pub content_class: Option<ContentClass>,
    /// Whether it contains parts under digital rights management.
    pub drm_content: Option<bool>,
    /// Whether its content may be adapted to the terminal; absent means yes.
    pub adaptation_allowed: Option<bool>,
    /// Identifier of the message that this one replaces.
    pub replace_id: Option<Str>,
    /// Who passed it on, in the order of the fields.
    pub previously_sent_by: Vec<PreviouslySentBy>,
    /// When it was passed on, in the order of the fields.
    pub previously_sent_date: Vec<PreviouslySentDate>,
    /// Its content.
    pub body: Option<Part>,
}

/// Who sent a message or a report.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_enums, reason = "there is an address or the relay/server puts it in")]
pub enum Originator {
    /// An address.
    Address(Address),
    /// The relay/server puts the address in: the insert-address token, from phone to relay only.
    InsertAddress,
}

impl Originator {
    /// The address, if it is known already.
    #[must_use]
    pub const fn address(&self) -> Option<&Address> {
        match self {
            Self::Address(address) => Some(address),
            Self::InsertAddress => None,
        }
    }
}

from_variants! { Originator: Address(Address) }

/// Who passed a message on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PreviouslySentBy {
    /// 1 is the first who did; MM1 also knows 0, the original sender. Only MM7 may leave it out.
    pub count: Option<u32>,
    /// Who.
    pub address: Address,
}

impl PreviouslySentBy {
    /// `address` passed it on as number `count`.
    #[must_use]
    pub const fn new(count: u32, address: Address) -> Self {
        Self { count: Some(count), address }
    }
}

/// When a message was passed on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PreviouslySentDate {
    /// The number of the one who did, as in [`PreviouslySentBy::count`].
    pub count: Option<u32>,
    /// When.
    pub date: Timestamp,
}

impl PreviouslySentDate {
    /// Number `count` passed it on at `date`.
    #[must_use]
    pub const fn new(count: u32, date: Timestamp) -> Self {
        Self { count: Some(count), date }
    }
}

impl Message {
    /// Who passed the message on, and when: addresses with the dates of the same number. They
    /// pair up by number, not by place (OMA-TS-MMS_ENC).
    pub fn forwarding_history(&self) -> impl Iterator<Item = (&PreviouslySentBy, Option<Timestamp>)> {
        let mut dates: Vec<_> = self.previously_sent_date.iter().map(|sent| (sent.count, sent.date)).collect();
        // Of several dates with one number, the first counts: the sort is stable.
        dates.sort_by_key(|(count, _)| *count);
        dates.dedup_by_key(|(count, _)| *count);
        self.previously_sent_by.iter().map(move |by| {
            let same = dates.binary_search_by_key(&by.count, |(count, _)| *count).ok();
            (by, same.and_then(|at| dates.get(at)).map(|(_, date)| *date))
        })
    }

    /// The applications that a report about the message goes to and comes from: it goes to where a
    /// reply would.
    pub(crate) fn report_applic_ids(&self) -> (Option<Str>, Option<Str>) {
        let (own, reply) = (&self.applic_id, &self.reply_applic_id);
        let to = reply.as_ref().or(own.as_ref());
        let back = own.as_ref().filter(|own| Some(*own) != to);
        (to.cloned(), back.cloned())
    }
}

arbitrary!(PreviouslySentBy, |u| Ok(Self::new(u.int_in_range(0..=300)?, u.arbitrary()?)));
arbitrary!(PreviouslySentDate, |u| Ok(Self::new(u.int_in_range(0..=300)?, u.arbitrary()?)));

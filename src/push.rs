//! Push: how a notification gets to a phone (WAP-230, 8.2.4).
//!
//! A relay/server pushes `M-Notification.ind`, `M-Delivery.ind`, `M-Read-Orig.ind` and
//! `M-Cancel.req`: the PDU is the data of a WSP Push, and that is the user data of one or more
//! short messages. [`decode`] and [`Push::encode`] do the push, [`Push::pdu`] and
//! [`Push::for_pdu`] the PDU inside, [`sms`] the short messages.
//!
//! # TID or none
//!
//! A push without connection, as in a short message, begins with a transaction identifier (TID)
//! and then the PDU type; on a WSP connection it begins with the type. Nothing says which, so
//! [`decode`] looks: the first reading that gives a content type inside the headers is taken, first
//! the one with a TID, then the one without. So a push whose TID is 6 or 7 is never mistaken, but
//! one without TID may be if its headers are 6 or 7 octets long.
//!
//! # What is forgiven
//!
//! - Up to [`LEADING_OCTETS`] octets before the push, such as a user data header that was not removed
//!   ([`LeadingOctets`](crate::DeviationKind::LeadingOctets)).
//! - A header length that reaches beyond the end; around an MMS PDU also one that ends before the
//!   application identifier or after the beginning of the PDU, which is found by its message type
//!   ([`WrongHeaderLength`](crate::DeviationKind::WrongHeaderLength)).
//! - Headers that cannot be read ([`InvalidPartHeader`](crate::DeviationKind::InvalidPartHeader),
//!   [`InvalidValue`](crate::DeviationKind::InvalidValue)).
//! - A `Content-Length` other than the length of the data
//!   ([`WrongContentLength`](crate::DeviationKind::WrongContentLength)).
//! - A repeated header that may appear only once ([`DuplicateField`](crate::DeviationKind::DuplicateField)).
//! - An MMS PDU for no application ([`MissingField`](crate::DeviationKind::MissingField)) or for another
//!   one, and ConfirmedPush without connection ([`FieldConflict`](crate::DeviationKind::FieldConflict)).
//!
//! Other WSP PDUs are refused. What WSP carries on a connection before and after the push is not
//! done here.
//!
//! # Examples
//!
//! From short messages to the notification:
//!
//! ```
//! use mms_codec::push::sms::{Deliver, Joined, Joiner, JoinLimits};
//! use mms_codec::{Bytes, Options, mm1, push};
//!
//! # let push = b"\x01\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0\x8d\x90\x8a\x80\x8e\x01\x40\x88\x03\x81\x01\x3c\x83http://m/1\0";
//! # let tpdu = |index: u8, octets: &[u8]| Bytes::from([
//! #     &b"\x44\x04\x81\x21\x43\x00\xf5\x42\x10\x10\x21\x43\x65\x00"[..], &[octets.len() as u8 + 12],
//! #     b"\x0b\x05\x04\x0b\x84\x23\xf0\x00\x03\x5c\x02", &[index], octets].concat());
//! # let short_messages = [tpdu(2, &push[20..]), tpdu(1, &push[..20])];
//! let mut joiner = Joiner::new(JoinLimits::DEFAULT);
//! let mut pushes = Vec::new();
//! for tpdu in &short_messages {
//!     let deliver = Deliver::decode_with(tpdu, &Options::lenient())?.value;
//!     if let Joined::Complete(message) = joiner.add(&deliver.originator, &deliver.user_data)? {
//!         pushes.push(push::decode(&message.data)?.value);
//!     }
//! }
//! let pdu = pushes[0].pdu(&Options::lenient())?.value;
//! let mm1::Pdu::NotificationInd(notification) = pdu else { panic!("another PDU") };
//! assert_eq!(notification.content_location.as_deref(), Some("http://m/1"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! And back:
//!
//! ```
//! use mms_codec::push::{Push, sms};
//! use mms_codec::{Bytes, mm1};
//!
//! # let octets = Bytes::from_static(b"\x8c\x82\x98T1\0\x8d\x90\x8a\x80\x8e\x01\x40\x88\x03\x81\x01\x3c\x83http://m/1\0");
//! # let notification = mm1::decode(&octets)?.value;
//! let push = Push::for_pdu(0x2a, &notification)?;
//! let split = sms::Split::new(sms::Reference::Long(0x1234));
//! for segment in split.segments(&push.encode()?.into())? {
//!     assert!(segment.encode()?.len() <= 140);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod codec;
#[cfg(feature = "arbitrary")]
pub(crate) mod fuzz;
#[cfg(feature = "arbitrary")]
mod generate;
mod raw;
mod rules;
pub mod sms;

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use bytes::Bytes;

pub use self::codec::{LEADING_OCTETS, decode, decode_with};
pub use self::raw::RawPush;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::message::{ContentType, Header, Hex, Str, Timestamp};
use crate::mm1;
use crate::options::{Decoded, Options};
use crate::shown::{Shown, ShownField};
use crate::wsp::{self, Chain};

/// The application that MMS PDUs are for.
const MMS_UA: &str = "x-wap-application:mms.ua";

const APPLICATION_ID: &str = "X-Wap-Application-Id";
const CONTENT_LENGTH: &str = "Content-Length";
const DATE: &str = "Date";
const INITIATOR_URI: &str = "X-Wap-Initiator-URI";
const PUSH_FLAG: &str = "Push-Flag";

/// A WSP Push or ConfirmedPush (WAP-230, 8.2.4.1 and 8.2.4.2).
///
/// # Examples
///
/// ```
/// use mms_codec::push::{Push, PushFlag};
/// use mms_codec::{Bytes, push};
///
/// let octets = Bytes::from_static(b"\x01\x06\x0b\x03\xae\x81\xea\xc3\x95\x8d\x01\x05\xb4\x84hello");
/// let push = push::decode(&octets)?.value;
/// assert_eq!(push.tid, Some(1));
/// assert_eq!(push.content_type.to_string(), "application/vnd.wap.sic; charset=utf-8");
/// assert_eq!(push.encoding_version(), Some("1.5"));
/// assert_eq!(push.content_length(), Some(5));
/// assert!(push.push_flag().is_some_and(PushFlag::is_last));
/// assert_eq!(push.data, "hello");
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Push {
    /// The transaction identifier (`TID`); without one it is a push on a WSP connection.
    pub tid: Option<u8>,
    /// Whether it is a ConfirmedPush, which exists on a connection only.
    pub confirmed: bool,
    /// The type of the data (`ContentType`).
    pub content_type: ContentType,
    /// The headers, in their order.
    pub headers: Vec<Header>,
    /// The data, to the end of the datagram.
    #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
    pub data: Bytes,
    /// Whether media types, headers and parameters are written by codes newer than those of WSP
    /// encoding version 1.3, as pushes of provisioning, device management, SUPL, e-mail notification
    /// and DRM are. Decoding sets it where it reads such a code; without it they are written as text,
    /// which every phone reads.
    #[cfg_attr(feature = "serde", serde(default))]
    pub newer_codes: bool,
    #[cfg_attr(feature = "serde", serde(skip))]
    origin: Origin,
}

/// Offset of the data in the octets that a push was decoded from, for the offsets of errors in
/// it. It says nothing of the push, so all are equal.
#[derive(Clone, Copy, Debug, Default)]
struct Origin(usize);

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Origin {}

impl core::hash::Hash for Origin {
    fn hash<H: core::hash::Hasher>(&self, _: &mut H) {}
}

impl Push {
    /// A push of an encoded MMS PDU to the MMS application.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::push::Push;
    ///
    /// let push = Push::new(0x2a, &b"\x8c\x82\x98T1\0"[..]);
    /// assert_eq!(push.encode()?, b"\x2a\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0");
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn new(tid: u8, pdu: impl Into<Bytes>) -> Self {
        Self {
            tid: Some(tid),
            confirmed: false,
            content_type: ContentType::new(ContentType::MMS_MESSAGE),
            headers: alloc::vec![Header::Text {
                name: Str::from_static(APPLICATION_ID),
                value: Str::from_static(MMS_UA)
            }],
            data: pdu.into(),
            newer_codes: false,
            origin: Origin::default(),
        }
    }

    /// A push of a PDU to the MMS application.
    ///
    /// # Errors
    ///
    /// As [`mm1::encode`].
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::push::Push;
    /// use mms_codec::{Options, mm1};
    ///
    /// let mut cancel = mm1::CancelReq::default();
    /// cancel.transaction_id = Some("T1".into());
    /// cancel.cancel_id = Some("m1@mmsc.example.net".into());
    /// let pdu = cancel.into();
    /// let push = Push::for_pdu(7, &pdu)?;
    /// assert_eq!(push.application_id(), Some("x-wap-application:mms.ua"));
    /// assert_eq!(push.pdu(&Options::strict())?.value, pdu);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn for_pdu(tid: u8, pdu: &mm1::Pdu) -> Result<Self, EncodeError> {
        Ok(Self::new(tid, mm1::encode(pdu)?))
    }

    /// The MMS PDU in the data. Its payloads are shared with the data.
    ///
    /// Offsets count from the start of the octets that the push was decoded from, and from the
    /// start of the data if it was not decoded.
    ///
    /// # Errors
    ///
    /// [`NotAMessage`](DecodeErrorKind::NotAMessage) if the content type is not the one of MMS PDUs;
    /// else as [`mm1::decode_with`].
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Bytes, DecodeErrorKind, DeviationKind, Options, push};
    ///
    /// let push = push::decode(&Bytes::from_static(b"\x01\x06\x03\xbe\xaf\x84\x8c\x85\x98T1\0\x8d\x92\0"))?.value;
    /// let pdu = push.pdu(&Options::lenient())?;
    /// assert_eq!(pdu.deviations[0].kind, DeviationKind::StrayOctets);
    /// assert_eq!(pdu.deviations[0].offset, 14);
    ///
    /// let push = push::decode(&Bytes::from_static(b"\x01\x06\x03\xcb\xaf\x88rights"))?.value;
    /// let error = push.pdu(&Options::lenient()).unwrap_err();
    /// assert_eq!((error.kind, error.offset, error.field), (DecodeErrorKind::NotAMessage, 6, Some("Data")));
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    pub fn pdu(&self, options: &Options) -> Result<Decoded<mm1::Pdu>, DecodeError> {
        let Origin(start) = self.origin;
        if !self.is_mms() {
            return Err(DecodeError { kind: DecodeErrorKind::NotAMessage, offset: start, field: Some("Data") });
        }
        match mm1::decode_with(&self.data, options) {
            Ok(mut pdu) => {
                pdu.deviations.iter_mut().for_each(|deviation| deviation.offset += start);
                Ok(pdu)
            }
            Err(error) => Err(DecodeError { offset: error.offset + start, ..error }),
        }
    }

    /// Whether the data is an MMS PDU, by its content type.
    pub fn is_mms(&self) -> bool {
        self.content_type.is(ContentType::MMS_MESSAGE)
    }

    /// The name of the WSP PDU: `Push` or `ConfirmedPush`.
    pub const fn name(&self) -> &'static str {
        if self.confirmed { "ConfirmedPush" } else { "Push" }
    }

    /// The application that the push is for (`X-Wap-Application-Id`), such as
    /// `x-wap-application:mms.ua`. `None` also for a number that is not assigned.
    pub fn application_id(&self) -> Option<&str> {
        self.header(APPLICATION_ID).or_else(|| wsp::application_id(self.coded_application_id()?))
    }

    /// The number of the application that the push is for: that of the OMNA registry, or the one in the
    /// push where that is not assigned. `None` for a URN without number.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Bytes, push};
    ///
    /// // A notification of device management.
    /// let push = push::decode(&Bytes::from_static(b"\x01\x06\x03\xc4\xaf\x87notification"))?.value;
    /// assert_eq!(push.content_type.to_string(), "application/vnd.syncml.notification");
    /// assert_eq!(push.application_id(), Some("x-wap-application:syncml.dm"));
    /// assert_eq!(push.application_id_number(), Some(7));
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    pub fn application_id_number(&self) -> Option<u32> {
        match self.header(APPLICATION_ID) {
            Some(urn) => wsp::application_id_code(urn),
            None => self.coded_application_id(),
        }
    }

    /// The number in a header that has no text.
    fn coded_application_id(&self) -> Option<u32> {
        self.headers.iter().find_map(|header| match header {
            Header::Coded { page, code, value } if known_name(*page, *code) == Some(APPLICATION_ID) => {
                let number = wsp::Reader::new(value, &Options::lenient()).integer_value().ok()?;
                u32::try_from(number).ok()
            }
            _ => None,
        })
    }

    /// What the push gateway says of the push (`Push-Flag`).
    pub fn push_flag(&self) -> Option<PushFlag> {
        self.header(PUSH_FLAG)?.parse().ok().map(PushFlag)
    }

    /// Announced number of octets of data (`Content-Length`).
    pub fn content_length(&self) -> Option<u64> {
        self.header(CONTENT_LENGTH)?.parse().ok()
    }

    /// Who started the push (`X-Wap-Initiator-URI`).
    pub fn initiator_uri(&self) -> Option<&str> {
        self.header(INITIATOR_URI)
    }

    /// The version of the encoding of the headers (`Encoding-Version`), such as `1.5`.
    pub fn encoding_version(&self) -> Option<&str> {
        self.header("Encoding-Version")
    }

    /// When the push was sent (`Date`).
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::Timestamp;
    /// use mms_codec::{Bytes, push};
    ///
    /// let octets = Bytes::from_static(b"\x01\x06\x09\xbe\xaf\x84\x92\x04\x65\x92\x00\x80\x8c\x82");
    /// let push = push::decode(&octets)?.value;
    /// assert_eq!(push.date(), Some(Timestamp::from_seconds(1_704_067_200)));
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    pub fn date(&self) -> Option<Timestamp> {
        date(self.header(DATE)?)
    }

    /// The value of the text header `name`, compared without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        Header::find(&self.headers, name)
    }

    /// The content type and the headers with their names and values; headers of the same name
    /// together. A header without text has the octet of its number as name and
    /// its octets as value, both in hexadecimal.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Bytes, push};
    ///
    /// let push = push::decode(&Bytes::from_static(b"\x01\x06\x05\xbe\xaf\x84\xb4\x86\x8c\x82"))?.value;
    /// let fields: Vec<_> = push.fields().iter().map(|field| format!("{}: {}", field.name, field.values[0])).collect();
    /// assert_eq!(fields, [
    ///     "Content-Type: application/vnd.wap.mms-message",
    ///     "X-Wap-Application-Id: x-wap-application:mms.ua",
    ///     "Push-Flag: 6",
    /// ]);
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    pub fn fields(&self) -> Vec<ShownField> {
        let mut fields = Vec::from([ShownField::new("Content-Type", Shown::Text(self.content_type.to_string()))]);
        let mut places = BTreeMap::new();
        for header in &self.headers {
            let (name, value) = show(header);
            match places.get(&name.to_ascii_lowercase()).and_then(|place: &usize| fields.get_mut(*place)) {
                Some(field) => field.values.push(value),
                None => {
                    places.insert(name.to_ascii_lowercase(), fields.len());
                    let repeats = rules::single(header).is_none();
                    fields.push(ShownField { repeats, ..ShownField::new(name, value) });
                }
            }
        }
        fields
    }

    /// The push in one buffer.
    ///
    /// # Errors
    ///
    /// Fails for an MMS PDU that is not for the MMS application, a `Content-Length` that is not
    /// the one of the data, a repeated header that may appear only once, a ConfirmedPush with TID, and for
    /// headers that WSP cannot express. The error names the header.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{EncodeErrorKind, push::Push};
    ///
    /// let mut push = Push::new(1, &b"\x8c\x82"[..]);
    /// push.headers.clear();
    /// let error = push.encode().unwrap_err();
    /// assert_eq!((error.kind, error.field), (EncodeErrorKind::MissingField, Some("X-Wap-Application-Id")));
    /// ```
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        Ok(self.encode_chain()?.into_vec())
    }

    /// The push as a chain of buffers; the data is shared, not copied.
    ///
    /// # Errors
    ///
    /// As [`encode`](Self::encode).
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::push::Push;
    ///
    /// let chain = Push::new(1, &b"\x8c\x82"[..]).encode_chain()?;
    /// assert!(chain.iter().eq([&b"\x01\x06\x03\xbe\xaf\x84"[..], b"\x8c\x82"]));
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn encode_chain(&self) -> Result<Chain, EncodeError> {
        codec::write(self)
    }
}

fn known_name(page: u8, code: u8) -> Option<&'static str> {
    wsp::name_of_header(code).filter(|_| page == wsp::DEFAULT_PAGE)
}

fn show(header: &Header) -> (String, Shown) {
    match header {
        Header::Text { name, value } => {
            let is_number = [CONTENT_LENGTH, PUSH_FLAG].iter().any(|number| name.eq_ignore_ascii_case(number));
            let number = value.parse().ok().filter(|_| is_number).map(Shown::Number);
            let date = || name.eq_ignore_ascii_case(DATE).then(|| date(value)).flatten();
            let shown = number.or_else(|| date().map(|date| Shown::Text(date.to_string())));
            (name.to_string(), shown.unwrap_or_else(|| Shown::Text(value.to_string())))
        }
        Header::Coded { page, code, value } => {
            let (wire, known) = (code | 0x80, known_name(*page, *code).map(String::from));
            let name = known.unwrap_or_else(|| match page {
                &wsp::DEFAULT_PAGE => alloc::format!("{wire:#04X}"),
                page => alloc::format!("{wire:#04X} on page {page}"),
            });
            (name, Shown::Text(Hex(value).to_string()))
        }
    }
}

/// What [`Date`](DATE) says, as HTTP writes it.
fn date(text: &str) -> Option<Timestamp> {
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(Timestamp::from_seconds(date.as_second()))
}

/// What a push gateway says of a push (`Push-Flag`, WAP-230, 8.4.2.58).
///
/// # Examples
///
/// ```
/// use mms_codec::push::PushFlag;
///
/// let flag = PushFlag(6);
/// assert!(flag.is_trusted() && flag.is_last() && !flag.is_authenticated());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_structs, reason = "it is one octet")]
pub struct PushFlag(pub u8);

impl PushFlag {
    /// Whether the gateway has authenticated the initiator's URI.
    #[must_use]
    pub const fn is_authenticated(self) -> bool {
        self.0 & 1 != 0
    }

    /// Whether the gateway trusts the content.
    #[must_use]
    pub const fn is_trusted(self) -> bool {
        self.0 & 2 != 0
    }

    /// Whether the gateway has no more pushes for the phone.
    #[must_use]
    pub const fn is_last(self) -> bool {
        self.0 & 4 != 0
    }
}

//! The fields of MM1 by number and name, and a view of a PDU that allocates nothing.

use core::fmt;
use core::str::FromStr;

use bytes::Bytes;
use memchr::memchr;

use super::code_point::{V1_0, V1_1, V1_2, V1_3, Version};
use crate::conversion::{ConversionError, arbitrary};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::message::Str;
use crate::named::{open, parse_octet};
use crate::wsp::value_length;

open! {
    /// The number of an MM1 field, without the high bit that it has on the wire.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::FieldCode;
    ///
    /// assert_eq!(FieldCode::SUBJECT.wire(), 0x96);
    /// assert_eq!(FieldCode::from_wire(0x96).unwrap().name(), Some("Subject"));
    /// assert_eq!(format!("{:?} {:?}", FieldCode::SUBJECT, FieldCode::from_wire(0xc5).unwrap()), "Subject 0xC5");
    /// ```
    pub struct FieldCode(
        #[cfg_attr(feature = "serde", serde(deserialize_with = "crate::checked::without_high_bit"))] u8
    ) ->
        /// The version of MMS that introduced the field (OMA-TS-MMS_ENC, table 25); `None` for a number
        /// that is not assigned.
        ///
        /// # Examples
        ///
        /// ```
        /// use mms_codec::mm1::{FieldCode, Version};
        ///
        /// assert_eq!(FieldCode::CONTENT_CLASS.since(), Some(Version::V1_3));
        /// assert_eq!(FieldCode::from_wire(0xc5).unwrap().since(), None);
        /// ```
        pub since: Option<Version> = None;
    {
        BCC = 0x01, "Bcc", V1_0;
        CC = 0x02, "Cc", V1_0;
        CONTENT_LOCATION = 0x03, "X-Mms-Content-Location", V1_0;
        CONTENT_TYPE = 0x04, "Content-Type", V1_0;
        DATE = 0x05, "Date", V1_0;
        DELIVERY_REPORT = 0x06, "X-Mms-Delivery-Report", V1_0;
        DELIVERY_TIME = 0x07, "X-Mms-Delivery-Time", V1_0;
        EXPIRY = 0x08, "X-Mms-Expiry", V1_0;
        FROM = 0x09, "From", V1_0;
        MESSAGE_CLASS = 0x0a, "X-Mms-Message-Class", V1_0;
        MESSAGE_ID = 0x0b, "Message-ID", V1_0;
        MESSAGE_TYPE = 0x0c, "X-Mms-Message-Type", V1_0;
        MMS_VERSION = 0x0d, "X-Mms-MMS-Version", V1_0;
        MESSAGE_SIZE = 0x0e, "X-Mms-Message-Size", V1_0;
        PRIORITY = 0x0f, "X-Mms-Priority", V1_0;
        READ_REPORT = 0x10, "X-Mms-Read-Report", V1_0;
        REPORT_ALLOWED = 0x11, "X-Mms-Report-Allowed", V1_0;
        RESPONSE_STATUS = 0x12, "X-Mms-Response-Status", V1_0;
        RESPONSE_TEXT = 0x13, "X-Mms-Response-Text", V1_0;
        SENDER_VISIBILITY = 0x14, "X-Mms-Sender-Visibility", V1_0;
        STATUS = 0x15, "X-Mms-Status", V1_0;
        SUBJECT = 0x16, "Subject", V1_0;
        TO = 0x17, "To", V1_0;
        TRANSACTION_ID = 0x18, "X-Mms-Transaction-ID", V1_0;
        RETRIEVE_STATUS = 0x19, "X-Mms-Retrieve-Status", V1_1;
        RETRIEVE_TEXT = 0x1a, "X-Mms-Retrieve-Text", V1_1;
        READ_STATUS = 0x1b, "X-Mms-Read-Status", V1_1;
        REPLY_CHARGING = 0x1c, "X-Mms-Reply-Charging", V1_1;
        REPLY_CHARGING_DEADLINE = 0x1d, "X-Mms-Reply-Charging-Deadline", V1_1;
        REPLY_CHARGING_ID = 0x1e, "X-Mms-Reply-Charging-ID", V1_1;
        REPLY_CHARGING_SIZE = 0x1f, "X-Mms-Reply-Charging-Size", V1_1;
        PREVIOUSLY_SENT_BY = 0x20, "X-Mms-Previously-Sent-By", V1_1;
        PREVIOUSLY_SENT_DATE = 0x21, "X-Mms-Previously-Sent-Date", V1_1;
        STORE = 0x22, "X-Mms-Store", V1_2;
        MM_STATE = 0x23, "X-Mms-MM-State", V1_2;
        MM_FLAGS = 0x24, "X-Mms-MM-Flags", V1_2;
        STORE_STATUS = 0x25, "X-Mms-Store-Status", V1_2;
        STORE_STATUS_TEXT = 0x26, "X-Mms-Store-Status-Text", V1_2;
        STORED = 0x27, "X-Mms-Stored", V1_2;
        ATTRIBUTES = 0x28, "X-Mms-Attributes", V1_2;
        TOTALS = 0x29, "X-Mms-Totals", V1_2;
        MBOX_TOTALS = 0x2a, "X-Mms-Mbox-Totals", V1_2;
        QUOTAS = 0x2b, "X-Mms-Quotas", V1_2;
        MBOX_QUOTAS = 0x2c, "X-Mms-Mbox-Quotas", V1_2;
        MESSAGE_COUNT = 0x2d, "X-Mms-Message-Count", V1_2;
        CONTENT = 0x2e, "Content", V1_2;
        START = 0x2f, "X-Mms-Start", V1_2;
        ADDITIONAL_HEADERS = 0x30, "Additional-headers", V1_2;
        DISTRIBUTION_INDICATOR = 0x31, "X-Mms-Distribution-Indicator", V1_2;
        ELEMENT_DESCRIPTOR = 0x32, "X-Mms-Element-Descriptor", V1_2;
        LIMIT = 0x33, "X-Mms-Limit", V1_2;
        RECOMMENDED_RETRIEVAL_MODE = 0x34, "X-Mms-Recommended-Retrieval-Mode", V1_3;
        RECOMMENDED_RETRIEVAL_MODE_TEXT = 0x35, "X-Mms-Recommended-Retrieval-Mode-Text", V1_3;
        STATUS_TEXT = 0x36, "X-Mms-Status-Text", V1_3;
        APPLIC_ID = 0x37, "X-Mms-Applic-ID", V1_3;
        REPLY_APPLIC_ID = 0x38, "X-Mms-Reply-Applic-ID", V1_3;
        AUX_APPLIC_INFO = 0x39, "X-Mms-Aux-Applic-Info", V1_3;
        CONTENT_CLASS = 0x3a, "X-Mms-Content-Class", V1_3;
        DRM_CONTENT = 0x3b, "X-Mms-DRM-Content", V1_3;
        ADAPTATION_ALLOWED = 0x3c, "X-Mms-Adaptation-Allowed", V1_3;
        REPLACE_ID = 0x3d, "X-Mms-Replace-ID", V1_3;
        CANCEL_ID = 0x3e, "X-Mms-Cancel-ID", V1_3;
        CANCEL_STATUS = 0x3f, "X-Mms-Cancel-Status", V1_3;
    }
}

impl FieldCode {
    /// The field whose name is this octet on the wire; `None` below 0x80.
    #[must_use]
    pub const fn from_wire(octet: u8) -> Option<Self> {
        if octet >= 0x80 { Some(Self(octet & 0x7f)) } else { None }
    }

    /// The octet on the wire.
    #[must_use]
    pub const fn wire(self) -> u8 {
        self.0 | 0x80
    }

    /// The field with this name, compared without case.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.get(Self::NUMBERS.index_of(name)?).copied()
    }

    pub(super) const fn number(self) -> u8 {
        self.0
    }
}

/// The name, or the octet on the wire where the number is not assigned.
impl fmt::Display for FieldCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "0x{:02X}", self.wire()),
        }
    }
}

impl FromStr for FieldCode {
    type Err = ConversionError;

    /// Reads the name, compared without case, or the octet on the wire (`0xC5`).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = Self::named(text);
        named.or_else(|| Self::from_wire(parse_octet(text)?)).ok_or(ConversionError("FieldCode"))
    }
}

impl fmt::Debug for FieldCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

arbitrary!(FieldCode, |u| u.int_in_range(1..=0x3f).map(Self));

/// Walks the fields of a PDU in their order, without decoding their values or allocating anything.
///
/// The last field, `Content-Type`, has the body in its value too: the first
/// [`value_length`](crate::wsp::value_length) octets are the content type, the others are the body,
/// whose parts [`MultipartReader`](crate::wsp::MultipartReader) walks. It ends after the first
/// error.
///
/// # Examples
///
/// ```
/// use mms_codec::mm1::{FieldCode, FieldName, Fields};
///
/// let pdu = b"\x8c\x82\x98T1\0\x8d\x92";
/// let fields: Result<Vec<_>, _> = Fields::new(pdu).collect();
/// let fields = fields?;
/// assert_eq!(fields.len(), 3);
/// assert_eq!(fields[1].name, FieldName::Code(FieldCode::TRANSACTION_ID));
/// assert_eq!((fields[1].value, fields[1].offset), (&b"T1\0"[..], 2));
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
///
/// The content of the parts:
///
/// ```
/// use mms_codec::mm1::{FieldCode, FieldName, Fields};
/// use mms_codec::wsp::{MultipartReader, value_length};
///
/// // `application/vnd.wap.multipart.mixed` with one part: `text/plain`, no headers, "hi".
/// let pdu = b"\x8c\x84\x8d\x92\x84\xa3\x01\x01\x02\x83hi";
/// let is_last = |name| name == FieldName::Code(FieldCode::CONTENT_TYPE);
/// let last = Fields::new(pdu).find_map(|field| field.ok().filter(|field| is_last(field.name))).unwrap();
/// let (content_type, body) = last.value.split_at(value_length(last.value).unwrap());
/// assert_eq!(content_type, b"\xa3");
/// assert!(MultipartReader::new(body).map(|part| part.data).eq([b"hi"]));
/// ```
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    pdu: &'a [u8],
    offset: usize,
}

/// A field as it is in a PDU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawField<'a> {
    /// Its number, or its name if that is written out.
    pub name: FieldName<'a>,
    /// The octets of its value.
    pub value: &'a [u8],
    /// Where it begins, in octets from the start of the PDU.
    pub offset: usize,
}

/// The name of a field as it is in a PDU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a name is a number or written out")]
pub enum FieldName<'a> {
    /// A field of the specification, or an unknown number.
    Code(FieldCode),
    /// An application header: its name, without NUL.
    Text(&'a [u8]),
}

impl<'a> Fields<'a> {
    /// Walks `pdu` from its start.
    #[must_use]
    pub const fn new(pdu: &'a [u8]) -> Self {
        Self { pdu, offset: 0 }
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<RawField<'a>, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let offset = self.offset;
        let rest = self.pdu.get(offset..)?;
        let (&first, after) = rest.split_first()?;
        let field = match (FieldCode::from_wire(first), first) {
            (Some(FieldCode::CONTENT_TYPE), _) => Some((FieldName::Code(FieldCode::CONTENT_TYPE), after)),
            (Some(code), _) => value_length(after).and_then(|size| Some((FieldName::Code(code), after.get(..size)?))),
            (None, 0x20..=0x7e) => memchr(0, rest).and_then(|end| {
                let (name, value) = (rest.get(..end)?, rest.get(end + 1..)?);
                Some((FieldName::Text(name), value.get(..value_length(value)?)?))
            }),
            (None, octet) => {
                self.offset = self.pdu.len();
                return Some(Err(DecodeError { kind: DecodeErrorKind::UnexpectedOctet(octet), offset, field: None }));
            }
        };
        let Some((name, value)) = field else {
            self.offset = self.pdu.len();
            let field = FieldCode::from_wire(first).and_then(FieldCode::name);
            return Some(Err(DecodeError { kind: DecodeErrorKind::UnexpectedEnd, offset, field }));
        };
        self.offset += match name {
            FieldName::Code(_) => 1 + value.len(),
            FieldName::Text(text) => text.len() + 1 + value.len(),
        };
        Some(Ok(RawField { name, value, offset }))
    }
}

/// A field that the PDU struct does not have, kept to be written back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Extra {
    /// An application header: name and value are text.
    Named {
        /// The name, a token.
        name: Str,
        /// The value.
        value: Str,
    },
    /// A field with a number: unknown, out of place, repeated, or with a value that cannot be read.
    Coded {
        /// The number.
        code: FieldCode,
        /// The octets of the value, from its value-length on. For `Content-Type` with the body.
        #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
        value: Bytes,
    },
    /// Octets that belong to no field: a text that is not a name, and its value, if any.
    Stray(#[cfg_attr(feature = "serde", serde(with = "crate::octets"))] Bytes),
}

/// Whether a field is there that could not be read.
pub(super) fn keeps(extra: &[Extra], wanted: FieldCode) -> bool {
    extra.iter().any(|field| matches!(field, Extra::Coded { code, .. } if *code == wanted))
}

/// Where a table has each field code.
pub(crate) struct Index {
    /// The place of its row; beyond the last for a code without row. No version has a code above 0x3f, and there is room for
    /// the next.
    pub(super) places: [u8; 65],
    /// A bit for the place of each row that is mandatory.
    pub(super) mandatory: u32,
    /// A bit for the place of each row that may be repeated.
    pub(super) repeated: u32,
    /// For MMS 1.0, 1.1 and 1.2 a bit for the place of each row that came later.
    pub(super) later: [u32; 3],
}

//! Values of fields: one struct for all types.

use alloc::vec::Vec;

use mms_codec_rs::Bytes;
use mms_codec_rs::message::{
    Address, AddressKind, Charset, Interval, PreviouslySentBy, PreviouslySentDate, Str, Text, Time, Timestamp,
};
use mms_codec_rs::mm1::{
    Counted, ElementDescriptor, FieldCode, FieldValue, MboxSize, MmFlag, MmFlagOperation, Pdu, Version,
};
use mms_codec_rs::{EncodeError, EncodeErrorKind};

use crate::border::{self, mms_str};
use crate::error::{Failure, mms_status};

/// What kind of value a field has, and which members of `mms_value` say it.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum mms_kind {
    /// No value.
    MMS_KIND_NONE = 0,
    /// An enumerated value: `number` is its octet, such as MMS_PRIORITY_HIGH or, for the attributes of a mailbox
    /// view, MMS_FIELD_SUBJECT.
    MMS_KIND_TOKEN = 1,
    /// Yes or no: `number` is 1 or 0.
    MMS_KIND_FLAG = 2,
    /// A version: `number`, such as MMS_VERSION_1_2.
    MMS_KIND_VERSION = 3,
    /// A size or a count: `number`. In a total or quota of the mailbox, `token` is MMS_UNIT_MESSAGES or
    /// MMS_UNIT_OCTETS.
    MMS_KIND_NUMBER = 4,
    /// An identifier or a URI: `text`. For a piece of a message, `type` is its media type.
    MMS_KIND_STRING = 5,
    /// Text for people: `text`, and the `charset` that it travels in. For a keyword, `token` is what to do with it,
    /// such as MMS_KEYWORD_ADD.
    MMS_KIND_TEXT = 6,
    /// Text in a `charset` that the library does not convert: `text` is its octets, which are not UTF-8.
    MMS_KIND_OCTETS = 7,
    /// An address: `text` without its type, `token` says what it is, such as MMS_ADDRESS_PHONE.
    MMS_KIND_ADDRESS = 8,
    /// The relay/server is to insert the address of the sender.
    MMS_KIND_INSERT_ADDRESS = 9,
    /// A point of time: `seconds` since 1970 began in UTC.
    MMS_KIND_TIME = 10,
    /// A span of time: `number` is its seconds.
    MMS_KIND_INTERVAL = 11,
    /// The body: see `mms_pdu_body`.
    MMS_KIND_BODY = 12,
}

/// What an address is.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum mms_address {
    /// To be found out by its text: a number with `+`, a mailbox with `@`, or any notation of MM1 such as
    /// `+447700900123/TYPE=PLMN`. Getters do not return it.
    MMS_ADDRESS_ANY = 0,
    /// A phone number.
    MMS_ADDRESS_PHONE = 1,
    /// A mailbox, as it was written: `Joe <joe@example.org>`.
    MMS_ADDRESS_EMAIL = 2,
    /// An IPv4 address.
    MMS_ADDRESS_IPV4 = 3,
    /// An IPv6 address.
    MMS_ADDRESS_IPV6 = 4,
    /// Digits without type: a short code, or a phone number whose type was left out.
    MMS_ADDRESS_SHORT_CODE = 5,
    /// Letters and digits without type.
    MMS_ADDRESS_ALPHANUMERIC = 6,
    /// An address of another type, whose name is `type`.
    MMS_ADDRESS_TYPED = 7,
    /// Anything else.
    MMS_ADDRESS_OTHER = 8,
}

/// What a total or quota of the mailbox counts.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum mms_unit {
    /// Messages.
    MMS_UNIT_MESSAGES = 0x80,
    /// Octets.
    MMS_UNIT_OCTETS = 0x81,
}

/// The value of `count` for a field that has none.
pub const MMS_NO_COUNT: u32 = u32::MAX;

/// A value of a field. What its kind does not have is 0; `count` is MMS_NO_COUNT then.
///
/// Texts that a getter returns belong to the PDU. Texts that a setter takes are copied, and their `length` may be
/// MMS_NUL_TERMINATED.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct mms_value {
    /// An `mms_kind`.
    pub kind: u32,
    /// How often a message had been sent when it was sent by this address or at this time (1 the first time); which
    /// message of a delete confirmation the value belongs to. Else MMS_NO_COUNT.
    pub count: u32,
    /// A number, as the kind says.
    pub number: u64,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// Text, as the kind says.
    pub text: mms_str,
    /// The type of an address or of a piece, if the kind says so.
    pub r#type: mms_str,
    /// The number of the charset in the registry of IANA, 106 for UTF-8; 0 for text that does not say it.
    pub charset: u16,
    /// A qualifier, as the kind says.
    pub token: u8,
}

impl mms_value {
    pub(crate) const NONE: Self = Self {
        kind: mms_kind::MMS_KIND_NONE as u32,
        count: MMS_NO_COUNT,
        number: 0,
        seconds: 0,
        text: mms_str::NONE,
        r#type: mms_str::NONE,
        charset: 0,
        token: 0,
    };

    fn number(kind: mms_kind, number: u64) -> Self {
        Self { kind: kind as u32, number, ..Self::NONE }
    }

    fn string(text: &str) -> Self {
        Self { kind: mms_kind::MMS_KIND_STRING as u32, text: text.into(), ..Self::NONE }
    }

    fn text(text: &Text) -> Self {
        let charset = text.charset().map_or(0, Charset::number);
        let (kind, text) = match (text.as_str(), text.undecoded()) {
            (None, Some(octets)) => (mms_kind::MMS_KIND_OCTETS, mms_str::of_octets(octets)),
            (text, _) => (mms_kind::MMS_KIND_TEXT, text.into()),
        };
        Self { kind: kind as u32, text, charset, ..Self::NONE }
    }

    fn address(address: &Address) -> Self {
        let mut type_name = mms_str::NONE;
        let (token, text) = match &address.kind {
            AddressKind::Phone(text) => (mms_address::MMS_ADDRESS_PHONE, text),
            AddressKind::Email(text) => (mms_address::MMS_ADDRESS_EMAIL, text),
            AddressKind::Ipv4(text) => (mms_address::MMS_ADDRESS_IPV4, text),
            AddressKind::Ipv6(text) => (mms_address::MMS_ADDRESS_IPV6, text),
            AddressKind::ShortCode(text) => (mms_address::MMS_ADDRESS_SHORT_CODE, text),
            AddressKind::Alphanumeric(text) => (mms_address::MMS_ADDRESS_ALPHANUMERIC, text),
            AddressKind::Typed { value, type_name: name } => {
                type_name = name.as_str().into();
                (mms_address::MMS_ADDRESS_TYPED, value)
            }
            AddressKind::Other(text) => (mms_address::MMS_ADDRESS_OTHER, text),
            _ => return Self::NONE,
        };
        let (kind, text) = (mms_kind::MMS_KIND_ADDRESS as u32, text.as_str().into());
        Self { kind, text, r#type: type_name, token: token as u8, ..Self::NONE }
    }

    fn timestamp(timestamp: Timestamp) -> Self {
        Self { kind: mms_kind::MMS_KIND_TIME as u32, seconds: timestamp.seconds, ..Self::NONE }
    }

    fn counted(self, count: Option<u32>) -> Self {
        Self { count: count.unwrap_or(MMS_NO_COUNT), ..self }
    }
}

impl From<FieldValue<'_>> for mms_value {
    fn from(value: FieldValue<'_>) -> Self {
        match value {
            FieldValue::Token(octet) => Self::number(mms_kind::MMS_KIND_TOKEN, octet.into()),
            FieldValue::Flag(flag) => Self::number(mms_kind::MMS_KIND_FLAG, flag.into()),
            FieldValue::Version(version) => Self::number(mms_kind::MMS_KIND_VERSION, version_number(version)),
            FieldValue::Number(number) => Self::number(mms_kind::MMS_KIND_NUMBER, number),
            FieldValue::Str(text) => Self::string(text),
            FieldValue::Text(text) => Self::text(text),
            FieldValue::Address(address) => Self::address(address),
            FieldValue::InsertAddress => Self::number(mms_kind::MMS_KIND_INSERT_ADDRESS, 0),
            FieldValue::Timestamp(timestamp) | FieldValue::Time(Time::Absolute(timestamp)) => {
                Self::timestamp(timestamp)
            }
            FieldValue::Time(Time::Relative(interval)) => Self::number(mms_kind::MMS_KIND_INTERVAL, interval.seconds),
            FieldValue::PreviouslySentBy(by) => Self::address(&by.address).counted(by.count),
            FieldValue::PreviouslySentDate(date) => Self::timestamp(date.date).counted(date.count),
            FieldValue::MmFlag(flag) => {
                Self { token: flag.operation.mm1_octet().unwrap_or_default(), ..Self::text(&flag.keyword) }
            }
            FieldValue::MboxSize(size) => {
                let (unit, number) = match size {
                    MboxSize::Messages(number) => (mms_unit::MMS_UNIT_MESSAGES, number),
                    MboxSize::Octets(number) => (mms_unit::MMS_UNIT_OCTETS, number),
                    _ => return Self::NONE,
                };
                Self { token: unit as u8, ..Self::number(mms_kind::MMS_KIND_NUMBER, number) }
            }
            FieldValue::ElementDescriptor(piece) => {
                let of_type = piece.parameters.iter().find_map(|parameter| match parameter {
                    mms_codec_rs::message::Parameter::Text { name, value } if name.eq_ignore_ascii_case("type") => {
                        Some(value.as_str())
                    }
                    _ => None,
                });
                Self { r#type: of_type.into(), ..Self::string(&piece.content_reference) }
            }
            FieldValue::CountedStr(text) => Self::string(&text.value).counted(text.status_count),
            FieldValue::CountedToken(count, octet) => {
                Self::number(mms_kind::MMS_KIND_TOKEN, octet.into()).counted(count)
            }
            FieldValue::CountedText(text) => Self::text(&text.value).counted(text.status_count),
            FieldValue::Body(_) => Self::number(mms_kind::MMS_KIND_BODY, 0),
            _ => Self::NONE,
        }
    }
}

fn version_number(version: Version) -> u64 {
    u64::from(version.major()) << 4 | u64::from(version.minor().unwrap_or(15))
}

/// Puts a value into a field of whatever type, which has the last word: each type that the value may be of is tried.
pub(crate) unsafe fn put(pdu: &mut Pdu, code: FieldCode, value: &mms_value) -> Result<(), Failure> {
    // SAFETY: passed on from the caller.
    let text = |text: mms_str| unsafe { border::text(text.octets, text.length) };
    let is = |kind: mms_kind| value.kind == kind as u32;
    let count = Some(value.count).filter(|count| *count != MMS_NO_COUNT);
    let no_address = Failure::Status(mms_status::MMS_ERROR_NUMBER);
    let mut into = Field { pdu, code, error: None };
    if is(mms_kind::MMS_KIND_TOKEN)
        || is(mms_kind::MMS_KIND_FLAG)
        || is(mms_kind::MMS_KIND_VERSION)
        || is(mms_kind::MMS_KIND_NUMBER)
    {
        numbers(&mut into, value, count);
    } else if is(mms_kind::MMS_KIND_STRING) || is(mms_kind::MMS_KIND_TEXT) {
        texts(&mut into, text(value.text)?, text(value.r#type)?, value, count);
    } else if is(mms_kind::MMS_KIND_OCTETS) {
        // SAFETY: passed on from the caller.
        let octets = unsafe { border::octets(value.text.octets.cast(), value.text.length) }?;
        let charset = Charset::new(value.charset);
        into.text(Text::from_octets(Bytes::copy_from_slice(octets), charset), value, count);
    } else if is(mms_kind::MMS_KIND_ADDRESS) {
        let address = address(value.token, text(value.text)?, text(value.r#type)?).ok_or(no_address)?;
        into.address(&address, count);
    } else if is(mms_kind::MMS_KIND_INSERT_ADDRESS) {
        into.put(FieldValue::InsertAddress);
    } else if is(mms_kind::MMS_KIND_TIME) {
        let time = Timestamp::from_seconds(value.seconds);
        into.put(FieldValue::Time(Time::Absolute(time)));
        into.put(FieldValue::Timestamp(time));
        let mut date = PreviouslySentDate::new(0, time);
        date.count = count;
        into.put(FieldValue::PreviouslySentDate(&date));
    } else if is(mms_kind::MMS_KIND_INTERVAL) {
        into.put(FieldValue::Time(Time::Relative(Interval::from_seconds(value.number))));
    } else {
        return Err(Failure::Status(mms_status::MMS_ERROR_NUMBER));
    }
    into.result()
}

/// A field, and what it said to the types that were tried so far.
struct Field<'a> {
    pdu: &'a mut Pdu,
    code: FieldCode,
    error: Option<Result<(), EncodeError>>,
}

impl Field<'_> {
    /// Tries a value, unless the field has taken one.
    fn put(&mut self, value: FieldValue<'_>) {
        if self.error != Some(Ok(())) {
            self.error = Some(self.pdu.put(self.code, value));
        }
    }

    fn text(&mut self, text: Text, value: &mms_value, count: Option<u32>) {
        if let Some(operation) = MmFlagOperation::from_mm1_octet(value.token) {
            self.put(FieldValue::MmFlag(&MmFlag::new(operation, text.clone())));
        }
        if let Some(count) = count {
            self.put(FieldValue::CountedText(&Counted::new(count, text.clone())));
        }
        self.put(FieldValue::Text(&text));
    }

    fn address(&mut self, address: &Address, count: Option<u32>) {
        self.put(FieldValue::Address(address));
        let mut by = PreviouslySentBy::new(0, address.clone());
        by.count = count;
        self.put(FieldValue::PreviouslySentBy(&by));
    }

    fn result(self) -> Result<(), Failure> {
        let refused = || Err(EncodeError::from(EncodeErrorKind::NotExpressible));
        self.error.unwrap_or_else(refused).map_err(Failure::Encode)
    }
}

fn numbers(into: &mut Field<'_>, value: &mms_value, count: Option<u32>) {
    let octet = u8::try_from(value.number).ok();
    into.put(FieldValue::Number(value.number));
    match u32::from(value.token) {
        unit if unit == mms_unit::MMS_UNIT_MESSAGES as u32 => {
            into.put(FieldValue::MboxSize(MboxSize::Messages(value.number)));
        }
        unit if unit == mms_unit::MMS_UNIT_OCTETS as u32 => {
            into.put(FieldValue::MboxSize(MboxSize::Octets(value.number)));
        }
        _ => {}
    }
    if let Some(octet) = octet {
        into.put(FieldValue::CountedToken(count, octet));
        into.put(FieldValue::Token(octet));
        if octet < 2 {
            into.put(FieldValue::Flag(octet == 1));
        }
        if octet < 0x80 {
            into.put(FieldValue::Version(Version::new(octet >> 4, octet & 0x0f)));
        }
    }
}

fn texts(into: &mut Field<'_>, text: &str, of_type: &str, value: &mms_value, count: Option<u32>) {
    let string = Str::from(text);
    into.put(FieldValue::Str(&string));
    let labelled = match value.charset {
        0 => Text::from(text),
        number => Text::with_charset(text, Charset::new(number)),
    };
    into.text(labelled, value, count);
    if let Some(count) = count {
        into.put(FieldValue::CountedStr(&Counted::new(count, string.clone())));
    }
    into.address(&Address::from(text), count);
    let mut piece = ElementDescriptor::new(string);
    if !of_type.is_empty() {
        let parameter = (Str::from_static("type"), Str::from(of_type));
        piece.parameters =
            Vec::from([mms_codec_rs::message::Parameter::Text { name: parameter.0, value: parameter.1 }]);
    }
    into.put(FieldValue::ElementDescriptor(&piece));
}

/// `None` for a kind of address that does not exist.
fn address(kind: u8, text: &str, type_name: &str) -> Option<Address> {
    let is = |known: mms_address| kind == known as u8;
    let text = Str::from(text);
    let kind = match () {
        () if is(mms_address::MMS_ADDRESS_ANY) => return Some(Address::from(text)),
        () if is(mms_address::MMS_ADDRESS_PHONE) => AddressKind::Phone(text),
        () if is(mms_address::MMS_ADDRESS_EMAIL) => AddressKind::Email(text),
        () if is(mms_address::MMS_ADDRESS_IPV4) => AddressKind::Ipv4(text),
        () if is(mms_address::MMS_ADDRESS_IPV6) => AddressKind::Ipv6(text),
        () if is(mms_address::MMS_ADDRESS_SHORT_CODE) => AddressKind::ShortCode(text),
        () if is(mms_address::MMS_ADDRESS_ALPHANUMERIC) => AddressKind::Alphanumeric(text),
        () if is(mms_address::MMS_ADDRESS_TYPED) => AddressKind::Typed { value: text, type_name: type_name.into() },
        () if is(mms_address::MMS_ADDRESS_OTHER) => AddressKind::Other(text),
        () => return None,
    };
    Some(kind.into())
}

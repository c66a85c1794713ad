//! How values are written in records (TS 32.298, 5.1): numbers, texts, times, addresses, statuses.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::{Ipv4Addr, Ipv6Addr};

use bytes::Bytes;

use super::ber::{Element, Tag, Writer};
use super::table::{Form, Value, hex};
use crate::context::Context;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{
    Address, AddressKind, Interval, MessageClass, MmStatus, Priority, ReadStatus, RequestStatus, SenderVisibility, Str,
    Time, Timestamp, is_short_code,
};
use crate::options::{DeviationKind, Limits};
use crate::shown::Shown;

/// Universal tags.
const INTEGER: u32 = 2;
const OCTET_STRING: u32 = 4;
const ENUMERATED: u32 = 10;

/// The content of a value that has only the primitive form.
fn primitive<'a>(element: &Element<'a>, context: &Context) -> Result<&'a [u8], DecodeError> {
    if element.constructed { Err(context.invalid(element.offset)) } else { Ok(element.octets()) }
}

/// The content of a string, which may come in segments (X.690, 8.7.3).
fn string(element: &Element<'_>, context: &mut Context) -> Result<Bytes, DecodeError> {
    if !element.constructed {
        return Ok(element.content());
    }
    let mut joined = Vec::new();
    join(element, &mut joined, SEGMENT_LEVELS, context)?;
    Ok(joined.into())
}

/// Segments of segments: nobody has seen any, and the rules set no limit.
const SEGMENT_LEVELS: usize = 4;

fn join(element: &Element<'_>, to: &mut Vec<u8>, levels: usize, context: &mut Context) -> Result<(), DecodeError> {
    for segment in element.elements() {
        let segment = segment.map_err(|fault| context.fault(fault))?;
        if segment.tag != Tag::universal(OCTET_STRING) {
            return Err(context.invalid(segment.offset));
        } else if !segment.constructed {
            to.extend_from_slice(segment.octets());
        } else if let Some(levels) = levels.checked_sub(1) {
            join(&segment, to, levels, context)?;
        } else {
            return Err(context.error(DecodeErrorKind::Deviation(DeviationKind::NestingTooDeep), segment.offset));
        }
    }
    Ok(())
}

/// A string of a fixed length.
fn array<const N: usize>(element: &Element<'_>, context: &mut Context) -> Result<[u8; N], DecodeError> {
    let octets = string(element, context)?;
    octets.as_ref().try_into().map_err(|_| context.invalid(element.start))
}

/// An INTEGER or ENUMERATED, none of which is negative in a record.
fn number(element: &Element<'_>, context: &mut Context) -> Result<u64, DecodeError> {
    let octets = primitive(element, context)?;
    match *octets {
        [] => {
            context.forgive(DeviationKind::EmptyInteger, element.start)?;
            return Ok(0);
        }
        [first, ..] if first >= 0x80 => return Err(context.invalid(element.start)),
        // X.690, 8.3.2.
        [0, 0..0x80, ..] => context.forgive(DeviationKind::NonMinimalInteger, element.start)?,
        _ => {}
    }
    octets
        .iter()
        .try_fold(0u64, |number, octet| Some(number.checked_mul(256)? | u64::from(*octet)))
        .ok_or_else(|| context.error(DecodeErrorKind::NumberTooLarge, element.start))
}

macro_rules! integers {
    ($($type:ty),+) => { $(
        impl Value for $type {
            const UNIVERSAL: u32 = INTEGER;

            fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
                Self::try_from(number(element, context)?).map_err(|_| context.invalid(element.start))
            }

            fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
                to.integer((*self).into());
                Ok(())
            }

            fn show(&self) -> Shown {
                Shown::Number((*self).into())
            }

            #[cfg(feature = "arbitrary")]
            fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
                u.arbitrary()
            }
        }
    )+ };
}
integers!(u8, u32, u64);

impl Value for bool {
    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        // X.690, 8.2.2: any octet but zero is true.
        match primitive(element, context)? {
            [octet] => Ok(*octet != 0),
            _ => Err(context.invalid(element.start)),
        }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.octets.push(if *self { 0xff } else { 0 });
        Ok(())
    }

    fn show(&self) -> Shown {
        Shown::Text(if *self { "TRUE" } else { "FALSE" }.into())
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        u.arbitrary()
    }
}

/// OCTET STRING without a coding of its own.
impl Value for Bytes {
    const UNIVERSAL: u32 = OCTET_STRING;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        string(element, context)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.octets.extend_from_slice(self);
        Ok(())
    }

    fn show(&self) -> Shown {
        let text = core::str::from_utf8(self).ok().filter(|text| !text.chars().any(char::is_control));
        Shown::Text(text.map_or_else(|| hex(self), String::from))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        u.arbitrary::<Vec<u8>>().map(Self::from)
    }
}

/// Values that are one of a list: the Rust value, the number, and the name in the module.
macro_rules! enumerated {
    ($($type:ty { $($number:literal $name:literal $value:expr,)+ })+) => { $(
        impl Value for $type {
            const UNIVERSAL: u32 = ENUMERATED;

            fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
                match number(element, context)? {
                    $($number => Ok($value),)+
                    _ => {
                        let kind = DecodeErrorKind::Deviation(DeviationKind::UnknownToken);
                        Err(context.error(kind, element.start))
                    }
                }
            }

            fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
                $(if *self == $value {
                    to.integer($number);
                    return Ok(());
                })+
                Err(EncodeErrorKind::NotExpressible.into())
            }

            fn show(&self) -> Shown {
                $(if *self == $value {
                    return Shown::Text($name.into());
                })+
                Shown::Text(format!("{self:?}"))
            }

            #[cfg(feature = "arbitrary")]
            fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
                const COUNT: usize = [$($number),+].len();
                let place = u.choose_index(COUNT)?;
                let mut values = [$($value),+].into_iter();
                values.nth(place).ok_or(arbitrary::Error::IncorrectFormat)
            }
        }
    )+ };
}

enumerated! {
    MessageClass {
        0 "personal" MessageClass::Personal,
        1 "advertisement" MessageClass::Advertisement,
        2 "information-service" MessageClass::Informational,
        3 "auto" MessageClass::Auto,
    }
    Priority {
        0 "low" Priority::Low,
        1 "normal" Priority::Normal,
        2 "high" Priority::High,
    }
    MmStatusCode {
        0 "retrieved" MmStatusCode::Mm(MmStatus::Retrieved),
        1 "forwarded" MmStatusCode::Mm(MmStatus::Forwarded),
        2 "expired" MmStatusCode::Mm(MmStatus::Expired),
        3 "rejected" MmStatusCode::Mm(MmStatus::Rejected),
        4 "deferred" MmStatusCode::Mm(MmStatus::Deferred),
        5 "unrecognised" MmStatusCode::Mm(MmStatus::Unrecognised),
        6 "read" MmStatusCode::Read(ReadStatus::Read),
        7 "deletedWithoutBeingRead" MmStatusCode::Read(ReadStatus::Deleted),
    }
    ChargedParty {
        0 "sender" ChargedParty::Sender,
        1 "recipient" ChargedParty::Recipient,
        2 "both" ChargedParty::Both,
        3 "neither" ChargedParty::Neither,
        99 "notspecifiedbyVASP" ChargedParty::NotSpecifiedByVasp,
    }
    ChargeType {
        0 "postpaid" ChargeType::Postpaid,
        1 "pre-paid" ChargeType::Prepaid,
    }
    RecipientType {
        0 "tO" RecipientType::To,
        1 "cC" RecipientType::Cc,
        2 "bCC" RecipientType::Bcc,
    }
    MmState {
        0 "draft" MmState::Draft,
        1 "sent" MmState::Sent,
        2 "new" MmState::New,
        3 "retrieved" MmState::Retrieved,
        4 "forwarded" MmState::Forwarded,
    }
}

/// What became of a message, or what its recipient did with it (`MMStatusCodeType`): one list for
/// both. It has no indeterminate, unreachable or "delivery condition not met".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_enums, reason = "the module has these two kinds of status")]
pub enum MmStatusCode {
    /// What became of it.
    Mm(MmStatus),
    /// What its recipient did with it.
    Read(ReadStatus),
}

impl From<MmStatus> for MmStatusCode {
    fn from(status: MmStatus) -> Self {
        Self::Mm(status)
    }
}

impl From<ReadStatus> for MmStatusCode {
    fn from(status: ReadStatus) -> Self {
        Self::Read(status)
    }
}

/// Who pays for a message (`ChargedParty`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum ChargedParty {
    /// The sender.
    Sender,
    /// The recipients.
    Recipient,
    /// Both of them.
    Both,
    /// Nobody.
    Neither,
    /// The service provider did not say.
    NotSpecifiedByVasp,
}

/// How the charged party pays (`ChargeType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum ChargeType {
    /// Afterwards.
    Postpaid,
    /// In advance.
    Prepaid,
}

/// How a recipient is addressed (`MMSRecipientType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum RecipientType {
    /// As a recipient.
    To,
    /// As one who gets a copy.
    Cc,
    /// As one whom the others do not see.
    Bcc,
}

/// The state of a message in a mailbox (`MMState`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum MmState {
    /// Not sent yet.
    Draft,
    /// Sent.
    Sent,
    /// Not retrieved yet.
    New,
    /// Retrieved.
    Retrieved,
    /// Forwarded.
    Forwarded,
}

/// TRUE is "show": the member asks for the sender to be visible.
impl Value for SenderVisibility {
    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        Ok(if bool::read(element, context)? { Self::Show } else { Self::Hide })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        Value::write(&(*self == Self::Show), to)
    }

    fn show(&self) -> Shown {
        Value::show(&(*self == Self::Show))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        Ok(if u.arbitrary()? { Self::Show } else { Self::Hide })
    }
}

/// `RequestStatusCodeType`, an INTEGER with nine named values. Another number is
/// [`RequestStatus::Other`] with its digits.
const REQUEST_STATUSES: [(u64, &str, RequestStatus); 9] = [
    (0, "normalRelease", RequestStatus::Ok),
    (4, "abnormalRelease", RequestStatus::ErrorUnspecified),
    (30, "serviceDenied", RequestStatus::ErrorServiceDenied),
    (31, "messageFormatCorrupt", RequestStatus::ErrorMessageFormatCorrupt),
    (32, "sendingAddressUnresolved", RequestStatus::ErrorSendingAddressUnresolved),
    (33, "messageNotFound", RequestStatus::ErrorMessageNotFound),
    (34, "networkProblem", RequestStatus::ErrorNetworkProblem),
    (35, "contentNotAccepted", RequestStatus::ErrorContentNotAccepted),
    (36, "unsupportedMessage", RequestStatus::ErrorUnsupportedMessage),
];

impl Value for RequestStatus {
    const UNIVERSAL: u32 = INTEGER;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let number = number(element, context)?;
        let named = REQUEST_STATUSES.into_iter().find(|(known, ..)| *known == number);
        Ok(named.map_or_else(|| Self::Other(number.to_string().into()), |(.., status)| status))
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        let named = REQUEST_STATUSES.iter().find(|(.., status)| status == self).map(|(number, ..)| *number);
        let unnamed = || match self {
            // Only as it was read: no sign, no leading zeros, none of the numbers above.
            Self::Other(digits) => digits.parse().ok().filter(|number: &u64| {
                number.to_string() == **digits && !REQUEST_STATUSES.iter().any(|(known, ..)| known == number)
            }),
            _ => None,
        };
        to.integer(named.or_else(unnamed).ok_or(EncodeErrorKind::NotExpressible)?);
        Ok(())
    }

    fn show(&self) -> Shown {
        let named = REQUEST_STATUSES.iter().find(|(.., status)| status == self);
        named.map_or_else(|| Shown::Text(self.to_string()), |(_, name, _)| Shown::Text((*name).into()))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        let (.., status) = u.choose(&REQUEST_STATUSES)?;
        Ok(if u.ratio(1, 8)? { Self::Other(Str::from_static("77")) } else { status.clone() })
    }
}

/// How a message was stored (`StoreStatus`), an INTEGER with eight named values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct StoreStatus(pub u64);

impl StoreStatus {
    /// `stored`.
    pub const STORED: Self = Self(0);

    const NAMES: [&'static str; 8] = [
        "stored",
        "errorTransientFailure",
        "errorTransientMailboxFull",
        "errorTransientNetworkProblems",
        "errorPermanentFailure",
        "errorPermanentPermissionDenied",
        "errorPermanentMessageFormat",
        "errorPermanentMessageNotFound",
    ];

    /// The name in the module, if the number has one.
    pub fn name(self) -> Option<&'static str> {
        usize::try_from(self.0).ok().and_then(|place| Self::NAMES.get(place)).copied()
    }
}

impl Value for StoreStatus {
    const UNIVERSAL: u32 = INTEGER;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        number(element, context).map(Self)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.integer(self.0);
        Ok(())
    }

    fn show(&self) -> Shown {
        self.name().map_or(Shown::Number(self.0), |name| Shown::Text(name.into()))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        u.arbitrary().map(Self)
    }
}

/// Two decimal digits in an octet, the first one in the high half.
fn decimal(octet: u8) -> Option<i8> {
    let digit = |half: u8| (half < 10).then_some(half.cast_signed());
    Some(10 * digit(octet >> 4)? + digit(octet & 0x0f)?)
}

fn from_decimal(number: i64) -> Option<u8> {
    let number = u8::try_from(number).ok().filter(|number| *number < 100)?;
    Some(((number / 10) << 4) | (number % 10))
}

/// The century of the two digits that a year has: there was no MMS before it.
const CENTURY: i16 = 2000;

/// `TimeStamp` (TS 32.298, 5.1.2.2): `YY MM DD hh mm ss` in decimal digits, the sign of the zone,
/// and its `hh mm`.
impl Value for Timestamp {
    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let [year, month, day, hour, minute, second, sign, zone_hours, zone_minutes] = array(element, context)?;
        let time = (|| {
            let year = CENTURY + i16::from(decimal(year)?);
            let (month, day, second) = (decimal(month)?, decimal(day)?, decimal(second)?);
            let local =
                jiff::civil::DateTime::new(year, month, day, decimal(hour)?, decimal(minute)?, second, 0).ok()?;
            let (hours, minutes) = (decimal(zone_hours)?, decimal(zone_minutes)?);
            let offset = (hours < 24 && minutes < 60).then(|| 60 * i16::from(hours) + i16::from(minutes))?;
            let offset = match sign {
                b'+' => offset,
                b'-' => -offset,
                _ => return None,
            };
            let zone = jiff::tz::Offset::from_seconds(60 * i32::from(offset)).ok()?;
            let seconds = zone.to_timestamp(local).ok()?.as_second();
            let mut time = Self::from_seconds(seconds);
            time.offset_minutes = Some(offset);
            Some(time)
        })();
        let time = time.ok_or_else(|| context.invalid(element.start))?;
        if sign == b'-' && time.offset_minutes == Some(0) {
            context.forgive(DeviationKind::DateSpelling, element.start)?;
        }
        Ok(time)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        // A time without zone is one in UTC.
        let offset = i64::from(self.offset_minutes.unwrap_or_default());
        let octets = (|| {
            let local = jiff::Timestamp::from_second(self.seconds.checked_add(60 * offset)?).ok()?;
            let local = jiff::tz::Offset::UTC.to_datetime(local);
            let (distance, sign) = (offset.abs(), if offset < 0 { b'-' } else { b'+' });
            if self.nanoseconds != 0 || distance >= 24 * 60 {
                return None;
            }
            Some([
                from_decimal(i64::from(local.year() - CENTURY))?,
                from_decimal(local.month().into())?,
                from_decimal(local.day().into())?,
                from_decimal(local.hour().into())?,
                from_decimal(local.minute().into())?,
                from_decimal(local.second().into())?,
                sign,
                from_decimal(distance / 60)?,
                from_decimal(distance % 60)?,
            ])
        })();
        to.octets.extend_from_slice(&octets.ok_or(EncodeErrorKind::NotExpressible)?);
        Ok(())
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        let mut time = Self::from_seconds(u.int_in_range(1_000_000_000..=4_000_000_000)?);
        time.offset_minutes = Some(u.int_in_range(-840..=840)?);
        Ok(time)
    }
}

/// `WaitTime`. The module gives `delta-seconds` eight octets and no coding: they are read and written
/// as decimal digits.
impl Value for Time {
    const FORM: Form = Form::Choice;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        if element.tag == HTTP_DATE {
            return Timestamp::read(element, context).map(Self::Absolute);
        } else if element.tag != DELTA_SECONDS {
            return Err(context.invalid(element.offset));
        }
        let digits: [u8; DELTA_DIGITS] = array(element, context)?;
        let seconds = digits
            .iter()
            .try_fold(0u64, |seconds, digit| digit.is_ascii_digit().then(|| 10 * seconds + u64::from(digit - b'0')));
        let seconds = seconds.ok_or_else(|| context.invalid(element.start))?;
        Ok(Self::Relative(Interval::from_seconds(seconds)))
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        match self {
            Self::Absolute(time) => to.element(HTTP_DATE, false, |to| Value::write(time, to)),
            Self::Relative(Interval { months: 0, nanoseconds: 0, seconds }) => {
                let digits = format!("{seconds:0DELTA_DIGITS$}");
                if digits.len() > DELTA_DIGITS {
                    return Err(EncodeErrorKind::NumberTooLarge.into());
                }
                to.primitive(DELTA_SECONDS, digits.as_bytes())
            }
            Self::Relative(_) => Err(EncodeErrorKind::NotExpressible.into()),
        }
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        Ok(if u.arbitrary()? {
            Self::Absolute(Value::arbitrary(u)?)
        } else {
            Self::Relative(Interval::from_seconds(u.int_in_range(0..=99_999_999)?))
        })
    }
}

const HTTP_DATE: Tag = Tag::context(0);
const DELTA_SECONDS: Tag = Tag::context(1);
const DELTA_DIGITS: usize = 8;

/// `ISDN-AddressString` (TS 29.002, 17.7.8): a number of the telephone network.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "an octet, and digits")]
pub struct IsdnNumber {
    /// Nature of address and numbering plan, as the first octet has them: 0x91 is international and
    /// E.164.
    pub numbering: u8,
    /// The digits: `0` to `9`, `*`, `#`, `a`, `b`, `c`. At most 16.
    pub digits: Str,
}

impl IsdnNumber {
    /// International, in the numbering plan E.164.
    pub const INTERNATIONAL: u8 = 0x91;
    /// Of an unknown nature, in the numbering plan E.164.
    pub const UNKNOWN: u8 = 0x81;

    const DIGITS: &'static [u8; 15] = b"0123456789*#abc";
    const FILLER: u8 = 0x0f;
    const MAX_OCTETS: usize = 9;

    fn half(digit: u8) -> Option<u8> {
        match digit {
            b'0'..=b'9' => Some(digit - b'0'),
            _ => Self::DIGITS.iter().position(|known| *known == digit).and_then(|half| u8::try_from(half).ok()),
        }
    }

    /// The first octet, and the digits in the others. A sign that `sign` gives for the first octet
    /// comes before them.
    fn parse(octets: &[u8], sign: impl FnOnce(u8) -> Option<u8>) -> Option<(u8, Str)> {
        let (numbering, rest) = octets.split_first()?;
        if octets.len() > Self::MAX_OCTETS {
            return None;
        }
        // A sign and 16 digits, in the room that a short text has.
        let mut text = [0; 22];
        let mut length = 0;
        let mut put = |octet: u8| {
            *text.get_mut(length)? = octet;
            length += 1;
            Some(())
        };
        if let Some(sign) = sign(*numbering) {
            put(sign)?;
        }
        let digit = |half: u8| Self::DIGITS.get(usize::from(half)).copied();
        for (place, octet) in rest.iter().enumerate() {
            put(digit(octet & 0x0f)?)?;
            // The last half may be a filler.
            if octet >> 4 != Self::FILLER || place + 1 < rest.len() {
                put(digit(octet >> 4)?)?;
            }
        }
        Some((*numbering, Str::from_ascii(&text, length)))
    }
}

impl Value for IsdnNumber {
    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let parsed = Self::parse(&string(element, context)?, |_| None);
        parsed.map(|(numbering, digits)| Self { numbering, digits }).ok_or_else(|| context.invalid(element.start))
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        write_isdn(self.numbering, self.digits.bytes(), to)
    }

    fn show(&self) -> Shown {
        let sign = if self.numbering == Self::INTERNATIONAL { "+" } else { "" };
        Shown::Text(format!("{sign}{}", self.digits))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        let digits = u.int_in_range(0..=9_999_999_999_999_999u64)?.to_string().into();
        Ok(Self { numbering: u.arbitrary()?, digits })
    }
}

fn write_isdn(numbering: u8, digits: impl Iterator<Item = u8>, to: &mut Writer) -> Result<(), EncodeError> {
    to.octets.push(numbering);
    let mut count = 0;
    for digit in digits {
        let half = IsdnNumber::half(digit).ok_or(EncodeErrorKind::InvalidText)?;
        match to.octets.last_mut().filter(|_| count % 2 == 1) {
            Some(last) => *last = *last & 0x0f | half << 4,
            None => to.octets.push(IsdnNumber::FILLER << 4 | half),
        }
        count += 1;
    }
    if count > 2 * (IsdnNumber::MAX_OCTETS - 1) { Err(EncodeErrorKind::NumberTooLarge.into()) } else { Ok(()) }
}

/// `CallReferenceNumber` (TS 29.002, 17.7.13): 1 to 8 octets, which the switching centre chose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "the octets are all there is")]
pub struct CallReferenceNumber(pub Bytes);

impl CallReferenceNumber {
    fn is_valid(&self) -> bool {
        (1..=8).contains(&self.0.len())
    }
}

impl Value for CallReferenceNumber {
    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let read = Self(string(element, context)?);
        if read.is_valid() { Ok(read) } else { Err(context.invalid(element.start)) }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        if self.is_valid() { self.0.write(to) } else { Err(EncodeErrorKind::NotExpressible.into()) }
    }

    fn show(&self) -> Shown {
        self.0.show()
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        Ok(Self(Bytes::copy_from_slice(&u.arbitrary::<[u8; 8]>()?)))
    }
}

/// The address of a user (`MMSAgentAddressData`): a mail address, a number, or a short code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AgentAddressData {
    /// The address. A number begins with `+` if it is international; mail addresses are
    /// [`Email`](AddressKind::Email), and any other kind is written as a short code if reading that
    /// gives the same.
    pub address: Address,
    /// The first octet of a number, where it is another one than 0x91 for a number with `+` and 0x81
    /// for one without.
    pub numbering: Option<u8>,
}

impl From<Address> for AgentAddressData {
    fn from(address: Address) -> Self {
        Self { address, numbering: None }
    }
}

const EMAIL: Tag = Tag::context(0);
const MSISDN: Tag = Tag::context(1);
const SHORT_CODE: Tag = Tag::context(2);

/// What a short code of a record is among the kinds of addresses.
fn short_code(code: &str) -> AddressKind {
    if is_short_code(code) {
        AddressKind::ShortCode(code.into())
    } else if !code.is_empty() && code.bytes().all(|octet| octet.is_ascii_alphanumeric()) {
        AddressKind::Alphanumeric(code.into())
    } else {
        AddressKind::Other(code.into())
    }
}

impl Value for AgentAddressData {
    const FORM: Form = Form::Choice;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let octets = string(element, context)?;
        let (kind, numbering) = if element.tag == MSISDN {
            let sign = |numbering| (numbering == IsdnNumber::INTERNATIONAL).then_some(b'+');
            let (numbering, number) = IsdnNumber::parse(&octets, sign).ok_or_else(|| context.invalid(element.start))?;
            let is_usual = matches!(numbering, IsdnNumber::INTERNATIONAL | IsdnNumber::UNKNOWN);
            (AddressKind::Phone(number), Some(numbering).filter(|_| !is_usual))
        } else {
            let text = core::str::from_utf8(&octets).map_err(|_| context.invalid(element.start))?;
            match element.tag {
                EMAIL => (AddressKind::Email(text.into()), None),
                SHORT_CODE => (short_code(text), None),
                _ => return Err(context.invalid(element.offset)),
            }
        };
        Ok(Self { address: kind.into(), numbering })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        if self.address.details.is_some() {
            return Err(EncodeErrorKind::NotExpressible.into());
        }
        match (&self.address.kind, self.numbering) {
            (AddressKind::Phone(number), numbering) => {
                let (digits, usual) = match number.strip_prefix('+') {
                    Some(digits) => (digits, IsdnNumber::INTERNATIONAL),
                    None => (number.as_str(), IsdnNumber::UNKNOWN),
                };
                if numbering.is_some_and(|numbering| digits.len() < number.len() && numbering != usual) {
                    return Err(EncodeErrorKind::FieldConflict.into());
                }
                // What separates digits for the eye is no digit.
                let digits = digits.bytes().filter(|octet| !matches!(octet, b'-' | b'.'));
                to.element(MSISDN, false, |to| write_isdn(numbering.unwrap_or(usual), digits, to))
            }
            (_, Some(_)) => Err(EncodeErrorKind::FieldConflict.into()),
            (AddressKind::Email(mailbox), None) => to.primitive(EMAIL, mailbox.as_bytes()),
            (kind, None) => {
                let code = self.address.value();
                if short_code(code) != *kind {
                    return Err(EncodeErrorKind::NotExpressible.into());
                }
                to.primitive(SHORT_CODE, code.as_bytes())
            }
        }
    }

    fn show(&self) -> Shown {
        Shown::Text(self.address.to_string())
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        let number = u.int_in_range(0..=9_999_999_999_999_999u64)?;
        let address = match u.int_in_range(0..=4)? {
            0 => Address::phone(format!("+{number}")),
            1 => Address::phone(number.to_string()),
            2 => Address::email(format!("user{number}@example.com")),
            3 => Address::short_code(number.to_string()),
            _ => short_code(u.arbitrary()?).into(),
        };
        let has_numbering = matches!(&address.kind, AddressKind::Phone(number) if !number.starts_with('+'));
        Ok(Self { address, numbering: (has_numbering && u.arbitrary()?).then_some(0xa1) })
    }
}

/// An IP address in one of its five forms (`IPAddress`, `GSNAddress`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_enums, reason = "the module has these five")]
pub enum IpAddress {
    /// `iPBinV4Address`.
    V4([u8; 4]),
    /// `iPBinV6Address`.
    V6([u8; 16]),
    /// `iPTextV4Address`: 7 to 15 characters.
    TextV4(Str),
    /// `iPTextV6Address`: 15 to 45 characters.
    TextV6(Str),
    /// `iPBinV6AddressWithPrefix`.
    V6WithPrefix {
        /// The address.
        address: [u8; 16],
        /// The length of the prefix in bits, 1 to 64; absent means 64.
        prefix: Option<u8>,
    },
}

const V4: Tag = Tag::context(0);
const V6: Tag = Tag::context(1);
const TEXT_V4: Tag = Tag::context(2);
const TEXT_V6: Tag = Tag::context(3);
const V6_WITH_PREFIX: Tag = Tag::context(4);

/// What an address of characters may consist of, and how many.
fn is_ip_text(tag: Tag, text: &[u8]) -> bool {
    match tag {
        TEXT_V4 => (7..=15).contains(&text.len()) && text.iter().all(|c| c.is_ascii_digit() || *c == b'.'),
        _ => (15..=45).contains(&text.len()) && text.iter().all(|c| c.is_ascii_hexdigit() || matches!(c, b':' | b'.')),
    }
}

impl Value for IpAddress {
    const FORM: Form = Form::Choice;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        match element.tag {
            V4 => array(element, context).map(Self::V4),
            V6 => array(element, context).map(Self::V6),
            TEXT_V4 | TEXT_V6 => {
                let octets = string(element, context)?;
                let text = core::str::from_utf8(&octets).ok().filter(|text| is_ip_text(element.tag, text.as_bytes()));
                let text = Str::from(text.ok_or_else(|| context.invalid(element.start))?);
                Ok(if element.tag == TEXT_V4 { Self::TextV4(text) } else { Self::TextV6(text) })
            }
            V6_WITH_PREFIX if element.constructed => {
                let mut members = element.elements();
                let mut next = |wanted: u32, context: &mut Context| {
                    let member = members.next().transpose().map_err(|fault| context.fault(fault))?;
                    let is_wanted = |member: &Element<'_>| member.tag == Tag::universal(wanted);
                    match member {
                        Some(member) if !is_wanted(&member) => Err(context.invalid(member.offset)),
                        member => Ok(member),
                    }
                };
                let address = next(OCTET_STRING, context)?.ok_or_else(|| context.invalid(element.start))?;
                let address = array(&address, context)?;
                let prefix = match next(INTEGER, context)? {
                    Some(prefix) => {
                        let length = u8::read(&prefix, context)?;
                        if !(1..=64).contains(&length) {
                            return Err(context.invalid(prefix.start));
                        }
                        Some(length)
                    }
                    None => None,
                };
                match members.next() {
                    None => Ok(Self::V6WithPrefix { address, prefix }),
                    Some(_) => Err(context.invalid(element.start)),
                }
            }
            _ => Err(context.invalid(element.offset)),
        }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        match self {
            Self::V4(address) => to.primitive(V4, address),
            Self::V6(address) => to.primitive(V6, address),
            Self::TextV4(text) | Self::TextV6(text) => {
                let tag = if matches!(self, Self::TextV4(_)) { TEXT_V4 } else { TEXT_V6 };
                if !is_ip_text(tag, text.as_bytes()) {
                    return Err(EncodeErrorKind::InvalidText.into());
                }
                to.primitive(tag, text.as_bytes())
            }
            Self::V6WithPrefix { prefix: Some(0 | 65..), .. } => Err(EncodeErrorKind::NotExpressible.into()),
            Self::V6WithPrefix { address, prefix } => to.element(V6_WITH_PREFIX, true, |to| {
                to.primitive(Tag::universal(OCTET_STRING), address)?;
                let write_prefix = |prefix| to.element(Tag::universal(INTEGER), false, |to| Value::write(&prefix, to));
                prefix.map_or(Ok(()), write_prefix)
            }),
        }
    }

    fn show(&self) -> Shown {
        Shown::Text(match self {
            Self::V4(address) => Ipv4Addr::from(*address).to_string(),
            Self::V6(address) => Ipv6Addr::from(*address).to_string(),
            Self::TextV4(text) | Self::TextV6(text) => text.to_string(),
            Self::V6WithPrefix { address, prefix } => format!("{}/{}", Ipv6Addr::from(*address), prefix.unwrap_or(64)),
        })
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        Ok(match u.int_in_range(0..=4)? {
            0 => Self::V4(u.arbitrary()?),
            1 => Self::V6(u.arbitrary()?),
            2 => Self::TextV4(Str::from_static("192.0.2.9")),
            3 => Self::TextV6(Str::from_static("2001:db8:0:0:0:0:0:9")),
            _ => Self::V6WithPrefix {
                address: u.arbitrary()?,
                prefix: if u.arbitrary()? { Some(u.int_in_range(1..=64)?) } else { None },
            },
        })
    }
}

/// Declares values of a fixed number of octets whose coding is that of another specification. The
/// module only has their length, so other octets are no fault.
macro_rules! octet_arrays {
    ($($(#[$meta:meta])* $name:ident $length:literal;)+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[expect(clippy::exhaustive_structs, reason = "the octets are all there is")]
        pub struct $name(pub [u8; $length]);

        impl Value for $name {
            fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
                array(element, context).map(Self)
            }

            fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
                to.octets.extend_from_slice(&self.0);
                Ok(())
            }

            fn show(&self) -> Shown {
                Shown::Text(self.to_string())
            }

            #[cfg(feature = "arbitrary")]
            fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
                u.arbitrary().map(Self)
            }
        }
    )+ };
}

octet_arrays! {
    /// The network that a phone was in (`PLMN-Id`, coded as in the routing area identity of TS 29.060).
    /// `Display` writes country and network code, `234-15`, or the octets if these are no digits.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::cdr::PlmnId;
    ///
    /// let network = PlmnId::new("234", "15").unwrap();
    /// assert_eq!(network, PlmnId([0x32, 0xf4, 0x51]));
    /// assert_eq!(network.codes(), Some(("234".into(), "15".into())));
    /// assert_eq!(PlmnId::new("310", "410").unwrap().to_string(), "310-410");
    /// assert_eq!(PlmnId::new("31", "410"), None);
    /// ```
    PlmnId 3;
    /// The zone of the phone's clock (`MSTimeZone`, coded as in TS 29.060, 7.7.52): quarters of an hour
    /// ahead of UTC, and what daylight saving adds to it. `Display` writes `+01:30` or `+02:00, +1 h`.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::cdr::MsTimeZone;
    ///
    /// let zone = MsTimeZone::new(-210, 1).unwrap();
    /// assert_eq!(zone, MsTimeZone([0x49, 0x01]));
    /// assert_eq!((zone.offset_minutes(), zone.daylight_saving_hours()), (Some(-210), 1));
    /// assert_eq!(zone.to_string(), "-03:30, +1 h");
    /// assert_eq!(MsTimeZone::new(10, 0), None);
    /// ```
    MsTimeZone 2;
}

impl PlmnId {
    /// The network with this country code (MCC, three digits) and network code (MNC, two or three).
    pub fn new(mcc: &str, mnc: &str) -> Option<Self> {
        let digit = |text: &str, place: usize| {
            text.as_bytes().get(place).filter(|digit| digit.is_ascii_digit()).map(|digit| digit - b'0')
        };
        if mcc.len() != 3 || !matches!(mnc.len(), 2 | 3) {
            return None;
        }
        let third = if mnc.len() == 3 { digit(mnc, 2)? } else { 0x0f };
        Some(Self([
            digit(mcc, 1)? << 4 | digit(mcc, 0)?,
            third << 4 | digit(mcc, 2)?,
            digit(mnc, 1)? << 4 | digit(mnc, 0)?,
        ]))
    }

    /// Country and network code, if the octets are digits.
    pub fn codes(self) -> Option<(Str, Str)> {
        let [first, second, third] = self.0;
        let mcc = [first & 0x0f, first >> 4, second & 0x0f];
        let mnc = [third & 0x0f, third >> 4, second >> 4];
        let text = |digits: &[u8]| -> Option<Str> {
            let digits: Option<String> =
                digits.iter().map(|digit| (*digit < 10).then(|| char::from(b'0' + digit))).collect();
            digits.map(Str::from)
        };
        let mnc = mnc.strip_suffix(&[0x0f]).unwrap_or(&mnc);
        Some((text(&mcc)?, text(mnc)?))
    }
}

impl core::fmt::Display for PlmnId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self.codes() {
            Some((mcc, mnc)) => write!(f, "{mcc}-{mnc}"),
            None => f.write_str(&hex(&self.0)),
        }
    }
}

impl MsTimeZone {
    /// A clock so many minutes ahead of UTC, a multiple of 15, with so many hours of daylight saving,
    /// 0 to 2.
    pub fn new(offset_minutes: i16, daylight_saving_hours: u8) -> Option<Self> {
        let quarters = u8::try_from(offset_minutes.unsigned_abs() / 15).ok()?;
        if offset_minutes % 15 != 0 || quarters > 79 || daylight_saving_hours > 2 {
            return None;
        }
        let sign = if offset_minutes < 0 { 0x08 } else { 0 };
        Some(Self([((quarters % 10) << 4) | sign | (quarters / 10), daylight_saving_hours]))
    }

    /// How many minutes the clock is ahead of UTC, if the octets are digits.
    pub fn offset_minutes(self) -> Option<i16> {
        let [zone, _] = self.0;
        let (ones, tens) = (i16::from(zone >> 4), i16::from(zone & 0x07));
        let minutes = 15 * (10 * tens + ones);
        (ones < 10).then_some(if zone & 0x08 == 0 { minutes } else { -minutes })
    }

    /// How many hours of it are daylight saving.
    pub fn daylight_saving_hours(self) -> u8 {
        let [_, daylight_saving] = self.0;
        daylight_saving & 0x03
    }
}

impl core::fmt::Display for MsTimeZone {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Some(minutes) = self.offset_minutes() else { return f.write_str(&hex(&self.0)) };
        let sign = if minutes < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)?;
        match self.daylight_saving_hours() {
            0 => Ok(()),
            hours => write!(f, ", +{hours} h"),
        }
    }
}

/// An extension of somebody's own (`ManagementExtension`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ManagementExtension {
    /// Whose and which: the content of the OBJECT IDENTIFIER.
    pub identifier: Bytes,
    /// Whether it is to be understood; absent means no.
    pub significance: Option<bool>,
    /// The extension: an element of whatever type.
    pub information: Bytes,
}

const IDENTIFIER: Tag = Tag::universal(6);
const SIGNIFICANCE: Tag = Tag::context(1);
const INFORMATION: Tag = Tag::context(2);

impl ManagementExtension {
    /// An extension.
    pub fn new(identifier: impl Into<Bytes>, information: impl Into<Bytes>) -> Self {
        Self { identifier: identifier.into(), significance: None, information: information.into() }
    }

    /// The identifier as numbers with dots: `1.3.6.1.4.1.99999.1`. `None` if it is none, or has numbers
    /// of more than 128 bits.
    pub fn dotted(&self) -> Option<String> {
        let mut dotted = String::new();
        // Identifiers made of a UUID have numbers of 128 bits.
        let mut number = 0u128;
        for octet in &self.identifier {
            number = number.checked_mul(128)? | u128::from(octet & 0x7f);
            if *octet < 0x80 {
                if dotted.is_empty() {
                    // X.690, 8.19.4: the first two are one number.
                    let first = (number / 40).min(2);
                    dotted = format!("{first}.{}", number - 40 * first);
                } else {
                    dotted.push_str(&format!(".{number}"));
                }
                number = 0;
            }
        }
        self.is_identified().then_some(dotted)
    }

    /// Whether the identifier is one: its last octet ends a number, and no number begins with a zero
    /// (X.690, 8.19.2).
    fn is_identified(&self) -> bool {
        let mut is_start = true;
        let has_zero = self.identifier.iter().any(|octet| {
            let is_zero = is_start && *octet == 0x80;
            is_start = *octet < 0x80;
            is_zero
        });
        is_start && !has_zero && !self.identifier.is_empty()
    }
}

impl Value for ManagementExtension {
    const FORM: Form = Form::Constructed;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let (mut identifier, mut significance, mut information) = (None, None, None);
        for member in element.elements() {
            let member = member.map_err(|fault| context.fault(fault))?;
            match member.tag {
                IDENTIFIER if identifier.is_none() && !member.constructed => identifier = Some(member.content()),
                SIGNIFICANCE if significance.is_none() => significance = Some(bool::read(&member, context)?),
                INFORMATION if information.is_none() && member.constructed => {
                    super::ber::check(member.input, member.start..member.end, super::ber::element_depth(context))
                        .map_err(|fault| context.fault(fault))?;
                    information = Some(member.content());
                }
                _ => return Err(context.invalid(member.offset)),
            }
        }
        match (identifier, information) {
            (Some(identifier), Some(information)) => {
                let read = Self { identifier, significance, information };
                if read.is_identified() { Ok(read) } else { Err(context.invalid(element.start)) }
            }
            _ => Err(context.invalid(element.start)),
        }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        let is_checked = super::ber::check(&self.information, 0..self.information.len(), Limits::MAX_DEPTH).is_ok();
        if !is_checked || !self.is_identified() {
            return Err(EncodeErrorKind::NotExpressible.into());
        }
        to.element(IDENTIFIER, false, |to| Value::write(&self.identifier, to))?;
        if let Some(significance) = self.significance {
            to.element(SIGNIFICANCE, false, |to| Value::write(&significance, to))?;
        }
        to.element(INFORMATION, true, |to| Value::write(&self.information, to))
    }

    fn show(&self) -> Shown {
        let identifier = self.dotted().unwrap_or_else(|| hex(&self.identifier));
        let significance = if self.significance == Some(true) { ", significance TRUE" } else { "" };
        Shown::Text(format!("{{ identifier {identifier}{significance}, information {} }}", hex(&self.information)))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        let mut extension = Self::new(&b"\x2b\x06\x01\x04\x01\x86\x8d\x1f\x01"[..], &b"\x04\x01\x01"[..]);
        extension.significance = u.arbitrary()?;
        Ok(extension)
    }
}

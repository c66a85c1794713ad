//! How shared and own values look on MM1 (OMA-TS-MMS_ENC, 7.3).

mod address;
mod own;

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

use bytes::Bytes;

pub(super) use self::address::ADDRESS_PRESENT;
pub use self::own::{
    CancelStatus, Counted, ElementDescriptor, MboxSize, MmFlag, MmFlagOperation, MmState, RetrievalMode,
};
use super::breach::Breach;
use super::clean;
use super::code_point::{ResponseStatus, RetrieveStatus, StoreStatus, Version};
use super::field::{Extra, FieldCode, Index};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{
    Address, Content, ContentClass, ContentType, Interval, MessageClass, MmStatus, Originator, Part, PreviouslySentBy,
    PreviouslySentDate, Priority, ReadStatus, ReplyCharging, SenderVisibility, Str, Text, Time, Timestamp, is_token,
};
use crate::options::DeviationKind;
use crate::shown::{Shown, ShownKind};
use crate::table::{Value, Values, Wire, slots};
use crate::wsp::{ParameterOwner, Reader, Writer, plain, usual_long_integer, usual_string};

/// The wire of MM1.
#[derive(Debug)]
pub(crate) struct Mm1;

impl Wire for Mm1 {
    type Name = FieldCode;
    type Key = FieldCode;
    type Index = Index;
    type Reader<'a> = Reader<'a>;
    type Writer = Writer;
    type Extra = Extra;
    type Broken = (FieldCode, Breach);
    type Slot<'a> = Slot<'a>;
    type SlotMut<'a> = SlotMut<'a>;

    fn spelling(code: FieldCode) -> &'static str {
        code.name().unwrap_or_default()
    }
}

slots! {
    Mm1:
    Version(Version);
    OptionalVersion(Option<Version>);
    Strs(Vec<Str>);
    Number(Option<u32>);
    Size(Option<u64>);
    SenderVisibility(Option<SenderVisibility>);
    ReplyCharging(Option<ReplyCharging>);
    ResponseStatus(Option<ResponseStatus>);
    RetrieveStatus(Option<RetrieveStatus>);
    StoreStatus(Option<StoreStatus>);
    CancelStatus(Option<CancelStatus>);
    RetrievalMode(Option<RetrievalMode>);
    ElementDescriptor(Option<ElementDescriptor>);
    MmState(Option<MmState>);
    MmStates(Vec<MmState>);
    MmFlags(Vec<MmFlag>);
    FieldCodes(Vec<FieldCode>);
    MboxSizes(Vec<MboxSize>);
    CountedStrs(Vec<Counted<Str>>);
    CountedStatuses(Vec<Counted<ResponseStatus>>);
    CountedTexts(Vec<Counted<Text>>);
    Body(Option<Part>);
}

/// Evaluates an expression with the values of a slot, of whatever type they are.
macro_rules! each_slot {
    ($type:ident, $slot:expr, $values:ident => $do:expr) => {
        $crate::mm1::value::each_slot!(@match $type, $slot, $values, $do;
            Version OptionalVersion Str Strs Text Number
            Size Bool Address Addresses Originator PreviouslySentBy
            PreviouslySentDate Timestamp Time MessageClass Priority SenderVisibility
            ReplyCharging ContentClass ReadStatus MmStatus ResponseStatus RetrieveStatus
            StoreStatus CancelStatus RetrievalMode ElementDescriptor MmState MmStates
            MmFlags FieldCodes MboxSizes CountedStrs CountedStatuses CountedTexts
            Body)
    };
    (@match $type:ident, $slot:expr, $values:ident, $do:expr; $($variant:ident)+) => {
        match $slot { $($type::$variant($values) => $do),+ }
    };
}
pub(super) use each_slot;

/// A version is always there: 1.0 if absent.
impl Values for Version {
    type Item = Self;

    const REPEATS: bool = false;

    fn put(&mut self, item: Self) {
        *self = item;
    }

    fn put_new(&mut self, make: impl FnOnce() -> Self) {
        *self = make();
    }

    fn keep(&mut self, _: &[bool]) {}

    fn at(&self, index: usize) -> Option<&Self> {
        (index == 0).then_some(self)
    }

    fn at_mut(&mut self, index: usize) -> Option<&mut Self> {
        (index == 0).then_some(self)
    }

    fn count(&self) -> usize {
        1
    }
}

/// A type of values that are one octet on the wire.
pub(super) trait OneOctet: Sized {
    /// `None` for a value that MM1 does not have.
    fn octet_value(&self) -> Option<u8>;

    fn from_octet_value(octet: u8) -> Option<Self>;
}

/// Declares values that are one octet, by a conversion from and to it.
macro_rules! octet_values {
    ($($type:ty: $from:expr, $to:expr;)+) => {$(
        impl Value<Mm1> for $type {
            fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
                known_octet(from, $from)
            }

            fn usual<'a>(octets: &'a [u8], into: &mut impl Values<Item = Self>) -> Option<&'a [u8]> {
                usual_octet(octets, into, $from)
            }

            fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
                let octet: Option<u8> = $to(self);
                to.octet(octet.ok_or(EncodeErrorKind::NotExpressible)?);
                Ok(())
            }

            fn show(&self) -> Shown {
                Shown::Text(self.to_string())
            }
        }

        impl OneOctet for $type {
            fn octet_value(&self) -> Option<u8> {
                $to(self)
            }

            fn from_octet_value(octet: u8) -> Option<Self> {
                $from(octet)
            }
        }
    )+};
}

octet_values! {
    Priority: Self::from_mm1_octet, |value: &Self| value.mm1_octet();
    SenderVisibility: Self::from_mm1_octet, |value: &Self| value.mm1_octet();
    ReadStatus: Self::from_mm1_octet, |value: &Self| value.mm1_octet();
    ReplyCharging: Self::from_mm1_octet, |value: &Self| value.mm1_octet();
    ContentClass: Self::from_mm1_octet, |value: &Self| value.mm1_octet();
    MmState: Self::from_mm1_octet, |value: &Self| value.mm1_octet();
    MmFlagOperation: Self::from_mm1_octet, |value: &Self| value.mm1_octet();
    CancelStatus: Self::from_mm1_octet, |value: &Self| value.mm1_octet();
    RetrievalMode: Self::from_mm1_octet, |value: &Self| value.mm1_octet();
    MmStatus: Self::from_mm1_octet, Self::mm1_octet;
    ResponseStatus: |octet| status_octet(octet, Self::from_octet), |value: &Self| written_status(value.octet());
    RetrieveStatus: |octet| status_octet(octet, Self::from_octet), |value: &Self| written_status(value.octet());
    StoreStatus: |octet| status_octet(octet, Self::from_octet), |value: &Self| written_status(value.octet());
    FieldCode: Self::from_wire, |value: &Self| Some(value.wire());
}

fn known_octet<T>(from: &mut Reader<'_>, known: impl FnOnce(u8) -> Option<T>) -> Result<T, DecodeError> {
    let at = from.offset();
    let octet = from.octet()?;
    known(octet).ok_or_else(|| from.error_at(DecodeErrorKind::UnexpectedOctet(octet), at))
}

/// Reads a value that is one octet.
#[inline(always)]
fn usual_octet<'a, V: Values>(
    octets: &'a [u8],
    into: &mut V,
    known: impl FnOnce(u8) -> Option<V::Item>,
) -> Option<&'a [u8]> {
    let (octet, after) = octets.split_first()?;
    let value = known(*octet)?;
    into.put_new(|| value);
    Some(after)
}

fn written_status(octet: u8) -> Option<u8> {
    status_octet(octet, |octet| octet)
}

/// Any octet of a status, also one without a name; below 0x80 is the length of something else.
fn status_octet<T>(octet: u8, status: impl FnOnce(u8) -> T) -> Option<T> {
    (octet >= 0x80).then(|| status(octet))
}

impl Value<Mm1> for bool {
    const KIND: ShownKind = ShownKind::Flag;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        known_octet(from, flag)
    }

    fn usual<'a>(octets: &'a [u8], into: &mut impl Values<Item = Self>) -> Option<&'a [u8]> {
        usual_octet(octets, into, flag)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.octet(if *self { 0x80 } else { 0x81 });
        Ok(())
    }

    fn show(&self) -> Shown {
        Shown::Text(if *self { "Yes" } else { "No" }.into())
    }
}

/// Yes or no.
const fn flag(octet: u8) -> Option<bool> {
    match octet {
        0x80 => Some(true),
        0x81 => Some(false),
        _ => None,
    }
}

impl Value<Mm1> for Version {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match from.peek() {
            Some(0x20..=0x7f) => textual_version(from),
            _ => from.short_integer().map(Self::from_payload),
        }
    }

    fn usual<'a>(octets: &'a [u8], into: &mut impl Values<Item = Self>) -> Option<&'a [u8]> {
        usual_octet(octets, into, |octet| (octet >= 0x80).then(|| Self::from_payload(octet & 0x7f)))
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.short_integer(self.payload());
        Ok(())
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }
}

/// A version in the textual form of WSP, which MMS does not have.
#[cold]
fn textual_version(from: &mut Reader<'_>) -> Result<Version, DecodeError> {
    let at = from.offset();
    let (major, minor) = from.version_value()?;
    if major > 7 || minor.is_some_and(|minor| minor > 14) {
        return Err(from.error_at(DecodeErrorKind::InvalidText, at));
    }
    from.forgive(DeviationKind::NonTextValue, at)?;
    Ok(Version::new(major, minor.unwrap_or(15)))
}

#[cold]
fn class_token(from: &mut Reader<'_>) -> Result<MessageClass, DecodeError> {
    let at = from.offset();
    let token = from.text_string()?;
    if !is_token(&token) {
        from.forgive(DeviationKind::InvalidValue, at)?;
    }
    Ok(MessageClass::from_name(&token))
}

impl Value<Mm1> for MessageClass {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match from.peek() {
            Some(0x20..=0x7f) => class_token(from),
            _ => known_octet(from, Self::from_mm1_octet),
        }
    }

    fn usual<'a>(octets: &'a [u8], into: &mut impl Values<Item = Self>) -> Option<&'a [u8]> {
        usual_octet(octets, into, Self::from_mm1_octet)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        match (self, self.mm1_octet()) {
            (Self::Other(token), _) => to.token_text(token),
            (_, Some(octet)) => {
                to.octet(octet);
                Ok(())
            }
            (_, None) => Err(EncodeErrorKind::NotExpressible.into()),
        }
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }
}

/// Text-string and Uri-value: identifiers and addresses of messages.
impl Value<Mm1> for Str {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        from.text_string()
    }

    fn usual<'a>(octets: &'a [u8], into: &mut impl Values<Item = Self>) -> Option<&'a [u8]> {
        // An empty one may be missing.
        let (text, after) = plain(octets).filter(|(text, _)| !text.is_empty())?;
        into.put_new(|| Self::from_ascii(octets, text.len()));
        Some(after)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.text_string(self)
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }

    fn clean(&mut self) {
        clean::clean_str(self);
    }
}

impl Value<Mm1> for Text {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        from.encoded_string()
    }

    fn usual<'a>(octets: &'a [u8], into: &mut impl Values<Item = Self>) -> Option<&'a [u8]> {
        let usual = usual_string(octets)?;
        let after = usual.after;
        into.put_new(|| usual.text());
        Some(after)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.encoded_string(self)
    }

    fn show(&self) -> Shown {
        Shown::of_text(self)
    }

    fn clean(&mut self) {
        clean::clean_text(self);
    }
}

impl Value<Mm1> for Timestamp {
    const KIND: ShownKind = ShownKind::Timestamp;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.offset();
        let seconds = i64::try_from(from.long_integer()?);
        seconds.map(Self::from_seconds).map_err(|_| from.error_at(DecodeErrorKind::NumberTooLarge, at))
    }

    fn usual<'a>(octets: &'a [u8], into: &mut impl Values<Item = Self>) -> Option<&'a [u8]> {
        let (seconds, after) = usual_long_integer(octets)?;
        into.put_new(|| Self::from_seconds(seconds.cast_signed()));
        Some(after)
    }

    /// MM1 has whole seconds in UTC: a fraction of a second is refused, and the zone of the sender is not
    /// carried.
    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        if self.nanoseconds > 0 {
            return Err(EncodeErrorKind::NotExpressible.into());
        }
        to.long_integer(u64::try_from(self.seconds).map_err(|_| EncodeErrorKind::NotExpressible)?);
        Ok(())
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }

    fn clean(&mut self) {
        self.nanoseconds = 0;
    }
}

const ABSOLUTE: u8 = 0x80;
const RELATIVE: u8 = 0x81;

impl Value<Mm1> for Time {
    const KIND: ShownKind = ShownKind::Time;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        from.composite(|from| match from.peek() {
            Some(ABSOLUTE) => {
                from.octet()?;
                <Timestamp as Value<Mm1>>::read(from).map(Self::Absolute)
            }
            Some(RELATIVE) => {
                from.octet()?;
                from.long_integer().map(|seconds| Self::Relative(Interval::from_seconds(seconds)))
            }
            Some(octet) => Err(from.error(DecodeErrorKind::UnexpectedOctet(octet))),
            None => Err(from.error(DecodeErrorKind::UnexpectedEnd)),
        })
    }

    fn usual<'a>(octets: &'a [u8], into: &mut impl Values<Item = Self>) -> Option<&'a [u8]> {
        let [value_length @ 3..=9, token @ (ABSOLUTE | RELATIVE), number @ ..] = octets else { return None };
        let (seconds, after) = usual_long_integer(number).filter(|_| number.first() == Some(&(value_length - 2)))?;
        into.put_new(|| match *token {
            ABSOLUTE => Self::Absolute(Timestamp::from_seconds(seconds.cast_signed())),
            _ => Self::Relative(Interval::from_seconds(seconds)),
        });
        Some(after)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.composite(|to| match self {
            Self::Absolute(timestamp) => {
                to.octet(ABSOLUTE);
                Value::<Mm1>::write(timestamp, to)
            }
            // A month has no number of seconds, and MM1 has no part of one.
            Self::Relative(Interval { months: 1.., .. } | Interval { nanoseconds: 1.., .. }) => {
                Err(EncodeErrorKind::NotExpressible.into())
            }
            Self::Relative(interval) => {
                to.octet(RELATIVE);
                to.long_integer(interval.seconds);
                Ok(())
            }
        })
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }

    fn clean(&mut self) {
        match self {
            Self::Absolute(timestamp) => Value::<Mm1>::clean(timestamp),
            Self::Relative(interval) => interval.nanoseconds = 0,
        }
    }
}

/// Sizes (Long-integer) and counts (Integer-value) are read alike; phones mix the two up.
impl Value<Mm1> for u64 {
    const KIND: ShownKind = ShownKind::Number;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        from.long_integer()
    }

    fn usual<'a>(octets: &'a [u8], into: &mut impl Values<Item = Self>) -> Option<&'a [u8]> {
        let (number, after) = usual_long_integer(octets)?;
        into.put_new(|| number);
        Some(after)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.long_integer(*self);
        Ok(())
    }

    fn show(&self) -> Shown {
        Shown::Number(*self)
    }
}

/// Integer-value: `X-Mms-Start`, `X-Mms-Limit`, `X-Mms-Message-Count`.
impl Value<Mm1> for u32 {
    const KIND: ShownKind = ShownKind::Number;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.offset();
        from.integer_value()?.try_into().map_err(|_| from.error_at(DecodeErrorKind::NumberTooLarge, at))
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.integer_value(u64::from(*self));
        Ok(())
    }

    fn show(&self) -> Shown {
        Shown::Number(u64::from(*self))
    }
}

impl Value<Mm1> for PreviouslySentBy {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        from.composite(|from| {
            Ok(Self { count: Some(<u32 as Value<Mm1>>::read(from)?), address: <Address as Value<Mm1>>::read(from)? })
        })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.composite(|to| {
            Value::<Mm1>::write(&count(self.count)?, to)?;
            Value::<Mm1>::write(&self.address, to)
        })
    }

    fn show(&self) -> Shown {
        Shown::Text(numbered(self.count, &self.address))
    }

    fn clean(&mut self) {
        clean::clean_address(&mut self.address);
    }
}

impl Value<Mm1> for PreviouslySentDate {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        from.composite(|from| {
            Ok(Self { count: Some(<u32 as Value<Mm1>>::read(from)?), date: <Timestamp as Value<Mm1>>::read(from)? })
        })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.composite(|to| {
            Value::<Mm1>::write(&count(self.count)?, to)?;
            Value::<Mm1>::write(&self.date, to)
        })
    }

    fn show(&self) -> Shown {
        Shown::Text(numbered(self.count, &self.date))
    }

    fn clean(&mut self) {
        Value::<Mm1>::clean(&mut self.date);
    }
}

fn count(count: Option<u32>) -> Result<u32, EncodeError> {
    count.ok_or(EncodeErrorKind::MissingField.into())
}

fn numbered(count: Option<u32>, value: &dyn fmt::Display) -> alloc::string::String {
    count.map_or_else(|| value.to_string(), |count| format!("{count}, {value}"))
}

impl Value<Mm1> for MmFlag {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        from.composite(|from| {
            Ok(Self { operation: MmFlagOperation::read(from)?, keyword: <Text as Value<Mm1>>::read(from)? })
        })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.composite(|to| {
            self.operation.write(to)?;
            Value::<Mm1>::write(&self.keyword, to)
        })
    }

    fn show(&self) -> Shown {
        Shown::Text(format!("{} {}", self.operation, self.keyword))
    }

    fn clean(&mut self) {
        clean::clean_text(&mut self.keyword);
    }
}

const MESSAGES: u8 = 0x80;
const OCTETS: u8 = 0x81;

impl Value<Mm1> for MboxSize {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        from.composite(|from| {
            let at = from.offset();
            match from.octet()? {
                MESSAGES => from.integer_value().map(Self::Messages),
                OCTETS => from.integer_value().map(Self::Octets),
                octet => Err(from.error_at(DecodeErrorKind::UnexpectedOctet(octet), at)),
            }
        })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.composite(|to| {
            let (unit, amount) = match *self {
                Self::Messages(amount) => (MESSAGES, amount),
                Self::Octets(amount) => (OCTETS, amount),
            };
            to.octet(unit);
            to.integer_value(amount);
            Ok(())
        })
    }

    fn show(&self) -> Shown {
        Shown::Text(match self {
            Self::Messages(amount) => format!("{amount} messages"),
            Self::Octets(amount) => format!("{amount} bytes"),
        })
    }
}

impl Value<Mm1> for ElementDescriptor {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        from.composite(|from| {
            Ok(Self {
                content_reference: from.text_string()?,
                parameters: from.parameters(ParameterOwner::ElementDescriptor)?,
            })
        })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.composite(|to| {
            to.text_string(&self.content_reference)?;
            to.parameters(&self.parameters, ParameterOwner::ElementDescriptor)
        })
    }

    fn show(&self) -> Shown {
        let mut shown = self.content_reference.to_string();
        for parameter in &self.parameters {
            let _ = write!(shown, "; {parameter}");
        }
        Shown::Text(shown)
    }

    fn clean(&mut self) {
        clean::clean_str(&mut self.content_reference);
        clean::clean_parameters(&mut self.parameters, ParameterOwner::ElementDescriptor);
    }
}

impl<T: Value<Mm1>> Value<Mm1> for Counted<T> {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match from.peek() {
            // As in the other confirmations, which at least one implementation writes here too.
            Some(0x20..) => {
                from.forgive(DeviationKind::MissingValueLength, from.offset())?;
                Ok(Self { status_count: None, value: T::read(from)? })
            }
            _ => from.composite(|from| {
                Ok(Self { status_count: Some(<u32 as Value<Mm1>>::read(from)?), value: T::read(from)? })
            }),
        }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.composite(|to| {
            Value::<Mm1>::write(&count(self.status_count)?, to)?;
            self.value.write(to)
        })
    }

    fn show(&self) -> Shown {
        Shown::Text(numbered(self.status_count, &self.value.show()))
    }

    fn clean(&mut self) {
        // One status for all is what those mean who leave the count out.
        self.status_count.get_or_insert(0);
        self.value.clean();
    }
}

/// The content type and the body, which is the rest of the PDU.
impl Value<Mm1> for Part {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let content_type = from.content_type()?;
        from.body(content_type)
    }

    /// It is large, so that it is built where it stays.
    fn read_into(values: &mut impl Values<Item = Self>, from: &mut Reader<'_>) -> Result<(), DecodeError> {
        values.put(Self::with_content(ContentType::EMPTY, Content::Octets(Bytes::new())));
        let read = values.at_mut(0).map_or(Ok(()), |part| from.type_and_body(part));
        if read.is_err() {
            values.keep(&[false]);
        }
        read
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        // The body of a message has no part headers on MM1.
        if self.content_id.is_some()
            || self.content_location.is_some()
            || self.disposition.is_some()
            || !self.headers.is_empty()
        {
            return Err(EncodeErrorKind::NotExpressible.into());
        }
        to.type_of(self)?;
        to.body(&self.content)
    }

    fn show(&self) -> Shown {
        Shown::Text(self.content_type.to_string())
    }

    fn clean(&mut self) {
        clean::clean_body(self);
    }
}

//! How shared values look on MM4 (TS 23.140, 8.4.4).

mod history;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::clean;
use super::field::{FieldName, Form};
use super::release::{Index, numbers};
use crate::context::Context;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::encoded_word;
use crate::message::{
    Address, ContentClass, Header, Interval, MessageClass, MmStatus, MmStatusExtension, Originator, Part,
    PreviouslySentBy, PreviouslySentDate, Priority, ReadStatus, RequestStatus, SenderVisibility, Str, Text, Time,
    Timestamp, bare_id, has_same_letters,
};
use crate::mime::address::{self, List};
use crate::mime::clean::{clean_body, clean_line};
use crate::mime::date;
use crate::options::DeviationKind;
use crate::shown::{Shown, ShownKind};
use crate::table::{Value, Wire, slots};

/// The wire of MM4.
#[derive(Debug)]
pub(crate) struct Mm4;

impl Wire for Mm4 {
    type Name = FieldName;
    type Key = &'static str;
    type Index = Index;
    type Reader<'a> = Reader<'a>;
    type Writer = Writer;
    type Extra = Header;
    type Broken = ();
    type Slot<'a> = Slot<'a>;
    type SlotMut<'a> = SlotMut<'a>;

    fn spelling(name: FieldName) -> &'static str {
        name.spelling
    }
}

slots! {
    Mm4:
    Number(Option<u32>);
    SenderVisibility(Option<SenderVisibility>);
    MmStatusExtension(Option<MmStatusExtension>);
    RequestStatus(Option<RequestStatus>);
    Body(Option<Part>);
}

/// The value of one field, unfolded.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    pub(super) context: &'a mut Context,
    /// What was not read yet.
    pub(super) text: &'a str,
    pub(super) offset: usize,
    pub(super) form: Form,
}

impl<'a> Reader<'a> {
    /// All of the value.
    fn take(&mut self) -> &'a str {
        core::mem::take(&mut self.text)
    }

    fn forgive(&mut self, kind: DeviationKind) -> Result<(), DecodeError> {
        self.context.forgive(kind, self.offset)
    }

    fn error(&self, kind: DeviationKind) -> DecodeError {
        self.context.error(DecodeErrorKind::Deviation(kind), self.offset)
    }

    fn invalid(&self) -> DecodeError {
        self.context.error(DecodeErrorKind::InvalidText, self.offset)
    }
}

/// Where the value of one field is written to.
#[derive(Debug)]
pub(crate) struct Writer {
    pub(super) text: String,
    pub(super) form: Form,
}

/// A word that needs no quoting in a field.
fn write_word(word: &str, to: &mut Writer) -> Result<(), EncodeError> {
    let has_blank = matches!(word.as_bytes(), [b'\t'..=b'\r' | b' ', ..] | [.., b'\t'..=b'\r' | b' ']);
    if word.is_empty() || !word.is_ascii() || has_blank {
        return Err(EncodeErrorKind::InvalidText.into());
    }
    to.text.push_str(word);
    Ok(())
}

/// Values with words: what has no word here cannot be written.
macro_rules! word_values {
    ($($value:ty: $read:expr $(, $clean:expr)?;)+) => {$(
        impl Value<Mm4> for $value {
            fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let word = from.take();
                let read: fn(&str, &mut Reader<'_>) -> Result<Self, DecodeError> = $read;
                read(word, from)
            }

            fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
                write_word(self.mm4_word().ok_or(EncodeErrorKind::NotExpressible)?, to)
            }

            fn show(&self) -> Shown {
                Shown::Text(self.to_string())
            }

            $(fn clean(&mut self) {
                let clean: fn(&mut Self) = $clean;
                clean(self);
            })?
        }
    )+};
}

word_values! {
    Priority: |word, from| Self::from_name(word).ok_or_else(|| from.error(DeviationKind::UnknownToken));
    SenderVisibility: |word, from| Self::from_name(word).ok_or_else(|| from.error(DeviationKind::UnknownToken));
    ContentClass: |word, from| Self::from_name(word).ok_or_else(|| from.error(DeviationKind::UnknownToken));
    ReadStatus: |word, from| {
        if let Some(status) = Self::from_name(word).filter(|status| Some(word.len()) == status.mm4_word().map(str::len)) {
            return Ok(status);
        }
        // The words of MM1 and MM7, and those of a gateway: `Deleted`, `Deletedwithoutbeingread`.
        let is = |known: Option<&str>| known.is_some_and(|known| has_same_letters(known, word));
        let known = Self::ALL.iter().find(|status| is(status.mm4_word()) || is(status.mm7_word()));
        let status = known.ok_or_else(|| from.error(DeviationKind::UnknownToken))?;
        from.forgive(DeviationKind::UnknownToken)?;
        Ok(*status)
    };
    MmStatusExtension: |word, from| {
        if let Some(extension) = Self::from_name(word) {
            return Ok(extension);
        }
        // Systems differ in letter case and hyphens.
        let is = |known: &str| has_same_letters(known, word);
        if let Some(extension) = Self::ALL.iter().find(|extension| extension.mm4_word().is_some_and(is)) {
            return Ok(*extension);
        }
        let extension = if is("Rejected-by-recipient") {
            Self::RejectionByMmsRecipient
        } else if is("Rejected-by-other-MMSC") {
            Self::RejectionByOtherRs
        } else {
            return Err(from.error(DeviationKind::UnknownToken));
        };
        from.forgive(DeviationKind::UnknownToken)?;
        Ok(extension)
    };
    MmStatus: |word, from| {
        let status = Self::from_name(word);
        if matches!(status, Self::Word(_)) {
            from.forgive(DeviationKind::UnknownToken)?;
        }
        Ok(status)
    }, |status| *status = Self::Indeterminate;
}

impl Value<Mm4> for RequestStatus {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let status = Self::from_name(from.take());
        if matches!(status, Self::Other(_)) {
            from.forgive(DeviationKind::UnknownToken)?;
        }
        Ok(status)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        write_word(self.as_str(), to)
    }

    fn clean(&mut self) {
        if matches!(self, Self::Other(_)) {
            *self = Self::ErrorUnspecified;
        }
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }
}

impl Value<Mm4> for MessageClass {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let class = Self::from_name(from.take());
        if matches!(class, Self::Other(_)) {
            from.forgive(DeviationKind::UnknownToken)?;
        }
        Ok(class)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        write_word(self.as_str(), to)
    }

    fn clean(&mut self) {
        // What its absence says.
        *self = Self::Personal;
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }
}

impl Value<Mm4> for bool {
    const KIND: ShownKind = ShownKind::Flag;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let word = from.take();
        let is = |known: &str| word.eq_ignore_ascii_case(known);
        if is("Yes") || is("No") {
            return Ok(is("Yes"));
        }
        if !(is("1") || is("true") || is("0") || is("false")) {
            return Err(from.error(DeviationKind::UnknownToken));
        }
        from.forgive(DeviationKind::UnknownToken)?;
        Ok(is("1") || is("true"))
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        write_word(if *self { "Yes" } else { "No" }, to)
    }

    fn show(&self) -> Shown {
        Shown::Text(if *self { "Yes" } else { "No" }.into())
    }
}

impl Value<Mm4> for u32 {
    const KIND: ShownKind = ShownKind::Number;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let digits = from.take();
        match digits.bytes().all(|digit| digit.is_ascii_digit()) {
            true => digits.parse().map_err(|_| from.context.error(DecodeErrorKind::NumberTooLarge, from.offset)),
            false => Err(from.invalid()),
        }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        write_word(&self.to_string(), to)
    }

    fn show(&self) -> Shown {
        Shown::Number(u64::from(*self))
    }
}

/// Identifiers, and texts for applications.
impl Value<Mm4> for Str {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        check_id(from)?;
        let text = from.take();
        if matches!(from.form, Form::Identifier | Form::MailId | Form::Version) {
            return Ok(text.into());
        }
        let decoded = encoded_word::read(text, from.offset, from.context)?;
        Ok(decoded.text.as_ref().into())
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        // Once: it looks at short texts each time.
        let text = self.as_str();
        let is_valid = match to.form {
            Form::Identifier => is_identifier(text),
            Form::MailId => is_mail_id(text),
            Form::Version => is_version(text),
            _ => !text.is_empty(),
        };
        if !is_valid {
            return Err(EncodeErrorKind::InvalidText.into());
        }
        if matches!(to.form, Form::Identifier | Form::MailId | Form::Version) {
            return write_word(text, to);
        }
        to.text.push_str(&encoded_word::encode_str(text)?);
        Ok(())
    }

    fn clean(&mut self) {
        *self = clean_line(self);
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }
}

/// Checks an identifier or a version, which is kept as it is written.
#[inline]
pub(super) fn check_id(from: &mut Reader<'_>) -> Result<(), DecodeError> {
    match from.form {
        Form::Identifier if !is_identifier(from.text) => Err(from.error(DeviationKind::EmptyValue)),
        Form::MailId if !is_mail_id(from.text) => from.forgive(DeviationKind::InvalidValue),
        Form::Version if !is_version(from.text) => from.forgive(DeviationKind::InvalidValue),
        _ => Ok(()),
    }
}

/// Whether anything is between the quotation marks or angle brackets.
fn is_identifier(text: &str) -> bool {
    text.bytes().any(|octet| octet.is_ascii_alphanumeric()) || !bare_id(text).trim_ascii().is_empty()
}

fn is_mail_id(text: &str) -> bool {
    let inner = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    inner.is_some_and(address::is_mailbox)
}

/// Whether this is a version as TS 23.140 has them, such as `6.10.0`. The version of MMS, `1.0`, which some
/// systems write instead, passes.
fn is_version(text: &str) -> bool {
    numbers(text).is_some()
}

pub(super) fn is_number(digits: &[u8]) -> bool {
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

impl Value<Mm4> for Text {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let text = from.take();
        Ok(encoded_word::read(text, from.offset, from.context)?.into())
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.text.push_str(&self.to_encoded_words()?);
        Ok(())
    }

    fn clean(&mut self) {
        clean::clean_text(self);
    }

    fn show(&self) -> Shown {
        Shown::of_text(self)
    }
}

impl Value<Mm4> for Address {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut list = List::new(from.text, from.context.addresses);
        let mailbox = list.next().ok_or_else(|| from.error(DeviationKind::EmptyValue))?;
        let (rest, is_regular) = list.rest();
        from.text = rest;
        let has_form = if from.form == Form::Mailboxes { mailbox.is_regular } else { mailbox.is_word };
        if !is_regular || !has_form {
            from.forgive(DeviationKind::AddressSpelling)?;
        }
        // What a number has beside it takes as much memory as another entry.
        if mailbox.address.details.is_some() {
            from.context.count(from.offset)?;
        }
        Ok(mailbox.address)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.text.push_str(&address::write(self, to.form == Form::Mailboxes)?);
        Ok(())
    }

    fn clean(&mut self) {
        clean::clean_address(self);
    }

    fn show(&self) -> Shown {
        Shown::Text(address::show(self))
    }
}

impl Value<Mm4> for Originator {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        <Address as Value<Mm4>>::read(from).map(Self::Address)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        // The relay/server that gets the message from the phone puts the address in.
        Value::<Mm4>::write(self.address().ok_or(EncodeErrorKind::NotExpressible)?, to)
    }

    fn clean(&mut self) {
        if let Self::Address(address) = self {
            clean::clean_address(address);
        }
    }

    fn show(&self) -> Shown {
        self.address().map_or_else(|| Shown::Text("insert-address-token".into()), Value::<Mm4>::show)
    }
}

/// Dates with their zone (RFC 5322).
impl Value<Mm4> for Timestamp {
    const KIND: ShownKind = ShownKind::Timestamp;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let date = date::parse(from.take()).ok_or_else(|| from.invalid())?;
        if !date.is_regular {
            from.forgive(DeviationKind::DateSpelling)?;
        }
        Ok(date.timestamp)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.text.push_str(&date::write(self).ok_or(EncodeErrorKind::NotExpressible)?);
        Ok(())
    }

    fn clean(&mut self) {
        self.nanoseconds = 0;
    }

    fn show(&self) -> Shown {
        Shown::Text(Self { offset_minutes: None, ..*self }.to_string())
    }
}

/// A date in GMT (HTTP), or a number of seconds.
impl Value<Mm4> for Time {
    const KIND: ShownKind = ShownKind::Time;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if is_number(from.text.as_bytes()) {
            let seconds = from.take().parse();
            let seconds = seconds.map_err(|_| from.context.error(DecodeErrorKind::NumberTooLarge, from.offset))?;
            return Ok(Self::Relative(Interval::from_seconds(seconds)));
        }
        // As on MM7.
        if let Ok(interval) = from.text.trim_ascii().parse() {
            from.take();
            from.forgive(DeviationKind::DateSpelling)?;
            return Ok(Self::Relative(interval));
        }
        let date = <Timestamp as Value<Mm4>>::read(from)?;
        if date.offset_minutes.is_some() {
            from.forgive(DeviationKind::DateSpelling)?;
        }
        Ok(Self::Absolute(Timestamp { offset_minutes: None, ..date }))
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        match self {
            Self::Absolute(date) => to.text.push_str(&date::write_gmt(date).ok_or(EncodeErrorKind::NotExpressible)?),
            Self::Relative(Interval { months: 0, seconds, nanoseconds: 0 }) => to.text.push_str(&seconds.to_string()),
            Self::Relative(_) => return Err(EncodeErrorKind::NotExpressible.into()),
        }
        Ok(())
    }

    fn clean(&mut self) {
        match self {
            Self::Absolute(date) => Value::<Mm4>::clean(date),
            Self::Relative(interval) => {
                *interval = Interval::from_seconds(interval.total_seconds());
            }
        }
    }

    fn show(&self) -> Shown {
        match self {
            Self::Absolute(date) => Value::<Mm4>::show(date),
            Self::Relative(interval) => Shown::Text(interval.to_string()),
        }
    }
}

/// The body: the loops over the tables read and write it with the fields that describe it.
impl Value<Mm4> for Part {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Err(from.invalid())
    }

    fn write(&self, _: &mut Writer) -> Result<(), EncodeError> {
        Err(EncodeErrorKind::NotExpressible.into())
    }

    fn clean(&mut self) {
        clean_body(self);
    }

    fn show(&self) -> Shown {
        Shown::Text(self.content_type.to_string())
    }
}

//! How the shared values look on MM7 (TS 23.140, annex L).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::num::NonZeroU32;

use super::charging::{ChargedParty, ForeignAttribute, ServiceCode};
use super::fragment::Fragment;
use super::reader::Reader;
use super::schema::SpecVersion;
use super::status::StatusCode;
use super::wire::Mm7;
use super::writer::Writer;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{
    ContentClass, MessageClass, MmStatus, MmStatusExtension, Priority, ReadStatus, ReplyCharging, Str, Text,
};
use crate::options::DeviationKind;
use crate::shown::{Shown, ShownKind};
use crate::table::Value;
use crate::xml::name::{is_char, is_local_name};
use crate::xml::namespace::{is_of_xml, is_uri, may_declare};
use crate::xml::reader::{Attribute, MAX_ATTRIBUTES};

pub(super) fn shown(text: &str) -> Shown {
    Shown::Text(text.into())
}

fn unknown_token(from: &Reader<'_>) -> DecodeError {
    from.error(DecodeErrorKind::Deviation(DeviationKind::UnknownToken), from.start())
}

/// The text without characters that XML cannot have.
pub(super) fn clean_characters(text: &str) -> String {
    text.chars().map(|character| if is_char(character) { character } else { ' ' }).collect()
}

pub(super) fn not_expressible<T>() -> Result<T, EncodeError> {
    Err(EncodeErrorKind::NotExpressible.into())
}

impl Value<Mm7> for SpecVersion {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.start();
        let version = Self::from(<Str as Value<Mm7>>::read(from)?);
        // The schema of Release 6 lists them; the schema of Release 5 has their pattern.
        let is_release_5 = || version.is_valid() && version.as_str().as_bytes().starts_with(b"5.");
        if !(if from.schema.release() < 6 { is_release_5() } else { version.is_known() }) {
            from.forgive(DeviationKind::UnknownToken, at)?;
        }
        Ok(version)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        if self.is_valid() { to.text(self.as_str()) } else { Err(EncodeErrorKind::InvalidText.into()) }
    }

    fn show(&self) -> Shown {
        Shown::Text(self.as_str().into())
    }
}

impl Value<Mm7> for Str {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        from.trimmed().map(|text| text.as_ref().into())
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.text(self)
    }

    fn clean(&mut self) {
        *self = clean_characters(self).into();
    }

    fn show(&self) -> Shown {
        shown(self)
    }
}

impl Value<Mm7> for Text {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        from.text().map(|text| text.as_ref().into())
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        // Octets in an unknown charset are not characters.
        self.as_str().map_or_else(not_expressible, |text| to.text(text))
    }

    fn clean(&mut self) {
        *self = clean_characters(&self.to_string()).into();
    }

    fn show(&self) -> Shown {
        Shown::Text(format!("{self}"))
    }
}

impl Value<Mm7> for bool {
    const KIND: ShownKind = ShownKind::Flag;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.start();
        let text = from.text()?;
        let text = text.trim_ascii();
        match text {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => {
                let is = |word: &str| text.eq_ignore_ascii_case(word);
                let value = if is("true") || is("yes") { Some(true) } else { None };
                let value = value.or_else(|| (is("false") || is("no")).then_some(false));
                let value = value.ok_or_else(|| from.invalid())?;
                from.forgive(DeviationKind::LetterCase, at)?;
                Ok(value)
            }
        }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.text(if *self { "true" } else { "false" })
    }

    fn show(&self) -> Shown {
        shown(if *self { "true" } else { "false" })
    }
}

/// An `xs:positiveInteger`.
fn positive(from: &mut Reader<'_>) -> Result<u64, DecodeError> {
    let text = from.text()?;
    let text = text.trim_ascii();
    let digits = text.strip_prefix('+').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(from.invalid());
    }
    digits.parse().map_err(|_| from.error(DecodeErrorKind::NumberTooLarge, from.start()))
}

impl Value<Mm7> for u64 {
    const KIND: ShownKind = ShownKind::Number;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        positive(from).and_then(|number| if number == 0 { Err(from.invalid()) } else { Ok(number) })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        if *self == 0 { not_expressible() } else { to.text(&format!("{self}")) }
    }

    fn show(&self) -> Shown {
        Shown::Number(*self)
    }
}

impl Value<Mm7> for NonZeroU32 {
    const KIND: ShownKind = ShownKind::Number;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let number = u32::try_from(positive(from)?);
        let number = number.map_err(|_| from.error(DecodeErrorKind::NumberTooLarge, from.start()))?;
        Self::new(number).ok_or_else(|| from.invalid())
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.text(&format!("{self}"))
    }

    fn show(&self) -> Shown {
        Shown::Number(self.get().into())
    }
}

impl Value<Mm7> for StatusCode {
    const KIND: ShownKind = ShownKind::Number;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.start();
        let number = positive(from)?;
        if number == 0 {
            // A connection fault of one aggregator.
            from.forgive(DeviationKind::InvalidValue, at)?;
        }
        let number = u32::try_from(number).map_err(|_| from.error(DecodeErrorKind::NumberTooLarge, at))?;
        Ok(Self::new(number))
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        if self.number() == 0 { not_expressible() } else { to.text(&format!("{self}")) }
    }

    fn clean(&mut self) {
        *self = Self::SERVER_ERROR;
    }

    fn show(&self) -> Shown {
        Shown::Number(self.number().into())
    }
}

/// Reads a word, compared without case if need be.
fn word<T>(from: &mut Reader<'_>, known: impl Fn(&str) -> Option<(T, bool)>) -> Result<T, DecodeError> {
    let at = from.start();
    let text = from.trimmed()?;
    let (value, is_exact) = known(&text).ok_or_else(|| unknown_token(from))?;
    if !is_exact {
        from.forgive(DeviationKind::LetterCase, at)?;
    }
    Ok(value)
}

/// Values that are words on MM7, all of them in all releases.
macro_rules! words {
    ($($name:ident)+) => {
        $(impl Value<Mm7> for $name {
            fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
                word(from, |text| {
                    let value = Self::from_name(text)?;
                    Some((value, value.mm7_word() == Some(text)))
                })
            }

            fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
                self.mm7_word().map_or_else(not_expressible, |word| to.text(word))
            }

            fn show(&self) -> Shown {
                shown(self.mm7_word().unwrap_or_default())
            }
        })+
    };
}

words!(Priority ContentClass MmStatusExtension ReadStatus);

impl Value<Mm7> for MessageClass {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.start();
        let text = from.trimmed()?;
        if text.eq_ignore_ascii_case("Advertisment") {
            // A library writes it so.
            from.forgive(DeviationKind::UnknownToken, at)?;
            return Ok(Self::Advertisement);
        }
        from.set_value(text);
        word(from, |text| match Self::from_name(text) {
            Self::Other(_) => None,
            class => Some((class.clone(), class.as_str() == text)),
        })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        match self {
            Self::Other(_) => not_expressible(),
            class => to.text(class.as_str()),
        }
    }

    fn show(&self) -> Shown {
        shown(self.as_str())
    }
}

/// The empty element `ReplyCharging`.
impl Value<Mm7> for ReplyCharging {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.start();
        let text = from.text()?;
        let text = text.trim_ascii();
        if !text.is_empty() {
            // `False` says that it is not there.
            if !text.eq_ignore_ascii_case("true") {
                return Err(from.invalid());
            }
            from.forgive(DeviationKind::StrayOctets, at)?;
        }
        Ok(Self::Requested)
    }

    fn write(&self, _: &mut Writer) -> Result<(), EncodeError> {
        self.mm7_word().map_or_else(not_expressible, |_| Ok(()))
    }

    fn show(&self) -> Shown {
        Shown::Text(format!("{self}"))
    }
}

impl Value<Mm7> for MmStatus {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.start();
        let text = from.trimmed()?;
        let status =
            if text.eq_ignore_ascii_case("Unrecognized") { Self::Unrecognised } else { Self::from_name(&text) };
        let is_newer = matches!(status, Self::Deferred | Self::Unrecognised | Self::DeliveryConditionNotMet);
        match status.mm7_word() {
            _ if is_newer && from.schema.release() < 6 => from.forgive(DeviationKind::UnknownToken, at)?,
            Some(word) if word == text && !matches!(status, Self::Word(_)) => {}
            Some(word) if word.eq_ignore_ascii_case(&text) && !matches!(status, Self::Word(_)) => {
                from.forgive(DeviationKind::LetterCase, at)?;
            }
            _ => from.forgive(DeviationKind::UnknownToken, at)?,
        }
        Ok(status)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        let is_release_5 = to.schema.release() < 6;
        // Which status comes nearest where there is none.
        let nearest = match self {
            Self::Deferred if is_release_5 => Self::Indeterminate,
            Self::Unrecognised | Self::DeliveryConditionNotMet if is_release_5 => Self::Rejected,
            Self::Unreachable | Self::Code(_) | Self::Word(_) => Self::Indeterminate,
            status => return to.text(status.mm7_word().unwrap_or_default()),
        };
        if !to.leave_out {
            return not_expressible();
        }
        to.report();
        to.text(nearest.mm7_word().unwrap_or_default())
    }

    fn show(&self) -> Shown {
        Shown::Text(format!("{self}"))
    }
}

impl Value<Mm7> for ChargedParty {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.start();
        let party = word(from, |text| Self::from_name(text).map(|party| (party, party.name() == text)))?;
        if party == Self::ThirdParty && from.schema.release() < 6 {
            from.forgive(DeviationKind::UnknownToken, at)?;
        }
        Ok(party)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        match self {
            Self::ThirdParty if to.schema.release() < 6 => not_expressible(),
            party => to.text(party.name()),
        }
    }

    fn show(&self) -> Shown {
        shown(self.name())
    }
}

/// `Details`
impl Value<Mm7> for Fragment {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        from.content()
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.raw(self.as_str());
        Ok(())
    }

    fn show(&self) -> Shown {
        shown(self.to_text().as_deref().unwrap_or(self.as_str()))
    }
}

impl Value<Mm7> for ServiceCode {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut attributes = Vec::new();
        let mut list = from.attributes();
        while let Some(Attribute { prefix, name, value }) = list.next(from)? {
            from.count()?;
            if from.schema.release() < 6 {
                from.forgive_here(DeviationKind::UnexpectedAttribute)?;
            }
            let namespace: Option<Str> = prefix.and_then(|prefix| from.attribute_namespace(prefix)).map(Into::into);
            // Each attribute has a copy.
            from.spend(namespace.as_ref().map_or(0, |namespace| namespace.len()))?;
            attributes.push(ForeignAttribute { namespace, name: name.into(), value: value.as_ref().into() });
        }
        Ok(Self { code: <Str as Value<Mm7>>::read(from)?, attributes })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        if to.schema.release() < 6 && !self.attributes.is_empty() {
            if !to.leave_out {
                return not_expressible();
            }
            to.report();
            return to.text(&self.code);
        }
        let mut prefixes: BTreeMap<&str, usize> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for attribute in &self.attributes {
            let name = &attribute.name;
            let is_new = seen.insert((name.as_str(), attribute.namespace.as_deref()));
            if !is_new || !is_local_name(name) || name.starts_with("xmlns") {
                return Err(EncodeErrorKind::InvalidText.into());
            }
            let Some(namespace) = attribute.namespace.as_deref() else {
                to.attribute(name, &attribute.value)?;
                continue;
            };
            // Those of XML Schema are for the reader of the document, and no reader gives them on.
            if !may_declare(Some("a"), namespace) || is_of_xml(namespace) {
                return not_expressible();
            }
            if !is_uri(namespace) {
                return Err(EncodeErrorKind::InvalidText.into());
            }
            let next = prefixes.len();
            let prefix = *prefixes.entry(namespace).or_insert(next);
            if prefix == next {
                to.attribute(&format!("xmlns:a{prefix}"), namespace)?;
            }
            to.attribute(&format!("a{prefix}:{name}"), &attribute.value)?;
        }
        // No reader takes more.
        if self.attributes.len() + prefixes.len() > MAX_ATTRIBUTES {
            return not_expressible();
        }
        to.text(&self.code)
    }

    fn clean(&mut self) {
        self.attributes.clear();
        Value::<Mm7>::clean(&mut self.code);
    }

    fn show(&self) -> Shown {
        shown(&self.code)
    }
}

//! Fields and values as people and scripts read them.

use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::message::{Hex, Text};

/// A value as people and scripts read it.
///
/// Enumerated values are the words of the specification, absolute times are RFC 3339 in UTC,
/// relative times `PT<seconds>S`. Octets that cannot be read are one hexadecimal number, `0xA4A4`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
#[non_exhaustive]
pub enum Shown {
    /// Text, or anything that is not a number.
    Text(String),
    /// A number.
    Number(u64),
}

impl Shown {
    /// Text for people, or the octets that could not be converted, in hexadecimal.
    pub(crate) fn of_text(text: &Text) -> Self {
        Self::Text(text.undecoded().map_or_else(|| text.to_string(), |octets| Hex(octets).to_string()))
    }
}

impl core::fmt::Display for Shown {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ShownKind {
    /// Text, or the words of an enumeration.
    Text,
    /// A number.
    Number,
    /// Yes or no, in the words of the interface.
    Flag,
    /// A point of time.
    Timestamp,
    /// A point or a span of time.
    Time,
}

/// A field that messages may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FieldForm {
    /// The specification's name of the field, as in [`ShownField::name`].
    pub name: &'static str,
    /// Whether the field may be repeated.
    pub repeats: bool,
    /// What its values are. A value that lenient decoding could not read is text nevertheless.
    pub kind: ShownKind,
}

/// A field of a decoded message as people and scripts read it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ShownField {
    /// The specification's name of the field.
    pub name: String,
    /// Whether the field may be repeated, however often it is there.
    pub repeats: bool,
    /// The values, one for each time the field is there.
    pub values: Vec<Shown>,
}

impl ShownField {
    /// A field that may not be repeated, with one value.
    #[must_use]
    pub fn new(name: impl Into<String>, value: Shown) -> Self {
        Self { name: name.into(), repeats: false, values: Vec::from([value]) }
    }
}

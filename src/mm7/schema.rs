//! The versions of the MM7 schema, each with its own namespace (TS 23.140, annex L).

use alloc::borrow::Cow;
use alloc::format;
use core::fmt;

use crate::conversion::arbitrary;
use crate::message::Str;
use crate::xml::name::is_char;
use crate::xml::namespace::{is_uri, unfolded};

macro_rules! stem {
    () => {
        "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-"
    };
}

/// What all namespaces of MM7 begin with.
const STEM: &str = stem!();

/// A version of the MM7 schema: the namespace of the elements.
///
/// It says which elements there are. The version of TS 23.140 that the sender follows is in
/// `MM7Version`, and the two need not fit: see `mm7_version` of the messages.
///
/// # Examples
///
/// ```
/// use mms_codec::mm7::Schema;
///
/// let schema = Schema::REL_6_MM7_1_4;
/// assert_eq!(schema.uri(), "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4");
/// assert_eq!(Schema::from_uri(&schema.uri()), Some(schema));
/// assert_eq!(Schema::from_uri("urn:other"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Unchecked"))]
#[non_exhaustive]
pub enum Schema {
    /// `REL-<release>-MM7-1-<number>`.
    Numbered {
        /// The release of 3GPP: 5 or 6.
        release: u8,
        /// The number of the schema: 0 to 5.
        number: u8,
    },
    /// Another namespace of the same family, or a proprietary one that the message was in, as it
    /// was written.
    Other(Str),
}

/// A schema as it is deserialised.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
#[serde(rename = "Schema")]
enum Unchecked {
    Numbered { release: u8, number: u8 },
    Other(Str),
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for Schema {
    type Error = &'static str;

    fn try_from(unchecked: Unchecked) -> Result<Self, Self::Error> {
        let schema = match unchecked {
            Unchecked::Numbered { release, number } => Self::Numbered { release, number },
            Unchecked::Other(uri) => Self::Other(uri),
        };
        if schema.is_readable() { Ok(schema) } else { Err("a namespace that no message is in") }
    }
}

macro_rules! schemas {
    ($($name:ident = $release:literal, $number:literal, $version:literal;)+) => {
        impl Schema {
            $(
                #[doc = concat!("`REL-", stringify!($release), "-MM7-1-", stringify!($number), "`")]
                pub const $name: Self = Self::Numbered { release: $release, number: $number };
            )+

            /// Every schema with a number, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The version of TS 23.140 that goes with the schema: what the encoder writes as
            /// `MM7Version` where the message does not name one.
            pub fn default_version(&self) -> &'static str {
                match self {
                    $(Self::Numbered { release: $release, number: $number } => $version,)+
                    _ if self.release() < 6 => "5.3.0",
                    _ => "6.8.0",
                }
            }

            /// The namespace, if it is a known one.
            pub(crate) const fn known_uri(&self) -> Option<&'static str> {
                match self {
                    $(Self::Numbered { release: $release, number: $number } => {
                        Some(concat!(stem!(), $release, "-MM7-1-", $number))
                    })+
                    _ => None,
                }
            }
        }
    };
}

schemas! {
    REL_5_MM7_1_0 = 5, 0, "5.3.0";
    REL_5_MM7_1_1 = 5, 1, "5.5.0";
    REL_5_MM7_1_2 = 5, 2, "5.6.0";
    REL_5_MM7_1_3 = 5, 3, "5.8.0";
    REL_5_MM7_1_4 = 5, 4, "5.10.0";
    REL_5_MM7_1_5 = 5, 5, "5.10.0";
    REL_6_MM7_1_0 = 6, 0, "6.3.0";
    REL_6_MM7_1_1 = 6, 1, "6.4.0";
    REL_6_MM7_1_2 = 6, 2, "6.5.0";
    REL_6_MM7_1_3 = 6, 3, "6.6.0";
    REL_6_MM7_1_4 = 6, 4, "6.8.0";
    REL_6_MM7_1_5 = 6, 5, "6.8.0";
}

impl Schema {
    /// The schema with this namespace. `None` if it is not of the family of MM7.
    #[must_use]
    pub fn from_uri(uri: &str) -> Option<Self> {
        let name = uri.strip_prefix(STEM)?;
        let numbered = match name.as_bytes() {
            [release, b'-', b'M', b'M', b'7', b'-', b'1', b'-', number] => {
                let schema = Self::Numbered { release: release.wrapping_sub(b'0'), number: number.wrapping_sub(b'0') };
                schema.known_uri().is_some().then_some(schema)
            }
            _ => None,
        };
        Some(numbered.unwrap_or_else(|| Self::Other(uri.into())))
    }

    /// The namespace.
    pub fn uri(&self) -> Cow<'_, str> {
        match self {
            Self::Numbered { release, number } => {
                self.known_uri().map_or_else(|| Cow::Owned(format!("{STEM}{release}-MM7-1-{number}")), Cow::Borrowed)
            }
            Self::Other(uri) => Cow::Borrowed(uri),
        }
    }

    /// The release of 3GPP that the elements are taken from.
    #[must_use]
    pub fn release(&self) -> u8 {
        self.place().0
    }

    /// The release, and the number of the schema in it. Other namespaces have the elements of the
    /// last schema of their release.
    pub(crate) fn place(&self) -> (u8, u8) {
        match self {
            Self::Numbered { release, number } => (*release, *number),
            // Also in other letters, or with another scheme.
            Self::Other(uri) if uri.as_bytes().windows(5).any(|name| name.eq_ignore_ascii_case(b"REL-5")) => {
                (5, u8::MAX)
            }
            Self::Other(_) => (6, u8::MAX),
        }
    }

    /// The schema with this namespace, which may be folded.
    pub(crate) fn of_uri(uri: &str) -> Option<Self> {
        // Longer than any, and looked at for each element that is in it.
        const MAX_URI: usize = 256;
        if uri.len() > MAX_URI {
            return None;
        }
        match Self::from_uri(uri) {
            Some(schema @ Self::Numbered { .. }) => Some(schema),
            _ => Self::from_uri(&unfolded(uri)),
        }
    }
}

impl Schema {
    /// Whether a message in this namespace is read as one in it.
    pub(crate) fn is_writable(&self) -> bool {
        self.known_uri().is_some() || self.is_readable() && is_uri(&self.uri())
    }

    /// The same, but the namespace of a message that is read need not be a URI.
    fn is_readable(&self) -> bool {
        let uri = self.uri();
        match Self::of_uri(&uri) {
            Some(known) => known == *self && uri.chars().all(is_char),
            None => matches!(self, Self::Other(_)) && may_be_of_a_message(&uri),
        }
    }
}

impl Default for Schema {
    /// The schema that nearly everybody speaks: `REL-6-MM7-1-4`.
    fn default() -> Self {
        Self::REL_6_MM7_1_4
    }
}

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbered { release, number } => write!(f, "REL-{release}-MM7-1-{number}"),
            Self::Other(uri) => f.write_str(uri),
        }
    }
}

arbitrary!(Schema, |u| u.choose(Self::ALL).cloned());

/// `MM7Version`: the version of TS 23.140 that the sender follows, as it was written.
///
/// # Examples
///
/// ```
/// use mms_codec::mm7::{Schema, SpecVersion};
///
/// let version = SpecVersion::from("6.8.0");
/// assert!(version.is_known());
/// assert!(!SpecVersion::from("6.7.0").is_known());
/// assert_eq!(version.as_str(), Schema::REL_6_MM7_1_4.default_version());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct SpecVersion(Str);

impl SpecVersion {
    /// The version as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the last schema lists it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        Schema::ALL.iter().any(|schema| self.0 == schema.default_version())
    }

    /// Whether it consists of three numbers.
    pub(super) fn is_valid(&self) -> bool {
        let is_number = |part: &[u8]| (1..=3).contains(&part.len()) && part.iter().all(u8::is_ascii_digit);
        let parts = || self.0.as_bytes().split(|octet| *octet == b'.');
        parts().count() == 3 && parts().all(is_number)
    }

    /// The schema that goes with it.
    pub(crate) fn schema(&self) -> Schema {
        let schema = Schema::ALL.iter().find(|schema| self.0 == schema.default_version());
        let by_release = || if self.0.starts_with("5.") { Schema::REL_5_MM7_1_3 } else { Schema::default() };
        schema.cloned().unwrap_or_else(by_release)
    }
}

impl<T: Into<Str>> From<T> for SpecVersion {
    fn from(version: T) -> Self {
        Self(version.into())
    }
}

arbitrary!(SpecVersion, |u| u.choose(Schema::ALL).map(|schema| Self(Str::from_static(schema.default_version()))));

pub(super) const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// SOAP 1.2, which TS 23.140 does not use.
pub(super) const SOAP_12: &str = "http://www.w3.org/2003/05/soap-envelope";

/// Whether this is another name of the SOAP namespace, or another version of it.
pub(super) fn is_like_soap(uri: &str) -> bool {
    const OTHERS: [&str; 3] =
        ["https://schemas.xmlsoap.org/soap/envelope/", "http://schemas.xmlsoap.org/soap/envelope", SOAP_12];
    OTHERS.contains(&uri)
}

/// Whether a namespace that is not one of MM7 may be the namespace of a message.
pub(super) fn may_be_of_a_message(uri: &str) -> bool {
    let is_plain = uri.bytes().all(|octet| octet.is_ascii_graphic() && octet != b'&') && is_uri(uri);
    let is_other = matches!(uri, "" | SOAP) || is_like_soap(uri) || uri.starts_with("http://www.w3.org/");
    is_plain && !is_other
}

/// The schemas that have a field or a message: from the first to the last, both included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schemas {
    first: (u8, u8),
    last: (u8, u8),
}

impl Schemas {
    pub(crate) const ALL: Self = Self::from(0, 0);
    /// Read wherever it occurs, written nowhere: one witness has it, others do not.
    pub(crate) const NEVER: Self = Self { first: (u8::MAX, u8::MAX), last: (0, 0) };

    pub(crate) const fn from(release: u8, number: u8) -> Self {
        Self { first: (release, number), last: (u8::MAX, u8::MAX) }
    }

    pub(crate) const fn only(release: u8, number: u8) -> Self {
        Self { first: (release, number), last: (release, number) }
    }

    /// Whether a field in a message of this schema is where it belongs.
    pub(crate) fn allow(self, schema: &Schema) -> bool {
        self.contain(schema) || self.last < self.first
    }

    pub(crate) fn contain(self, schema: &Schema) -> bool {
        let place = schema.place();
        self.first <= place && place <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_namespace_of_the_family() {
        for schema in Schema::ALL {
            assert_eq!(Schema::from_uri(&schema.uri()).as_ref(), Some(schema));
        }
        for name in ["5-MM7-1-0.xsd", "6-MM7-6-7", "6-MM7-1-04", "9-MM7-1-9"] {
            let uri = format!("{STEM}{name}");
            let schema = Schema::from_uri(&uri).unwrap();
            assert_eq!(schema, Schema::Other(uri.as_str().into()));
            assert_eq!(schema.uri(), uri);
        }
        assert_eq!(Schema::from_uri(&format!("{STEM}5-MM7-1-0.xsd")).unwrap().release(), 5);
    }
}

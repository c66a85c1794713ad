//! Text for people, with the charset that it travels in.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use bytes::Bytes;

use super::charset::Charset;
use super::str::Str;

/// Text for people (a subject, a status text), with the charset that it travels in.
///
/// A decoder fills in the charset that the octets declared, and the encoder writes the text in
/// that charset again, so a relay changes nothing. Octets that are no text in their charset, or
/// whose charset is not known, are kept as octets. Text made from a `&str` travels as us-ascii
/// where that suffices, else as UTF-8: the two that every phone reads.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Charset, Text};
///
/// let text = Text::from("Été");
/// assert_eq!(text.as_str(), Some("Été"));
/// assert_eq!(text.charset(), Some(Charset::UTF_8));
/// assert_eq!(Text::from("Hello").charset(), None);
/// ```
///
/// Octets in a charset that nobody knows:
///
/// ```
/// use mms_codec::{Bytes, message::{Charset, Text}};
///
/// let text = Text::from_octets(Bytes::from_static(b"\xff\xfe"), Charset::new(9999));
/// assert_eq!(text.as_str(), None);
/// assert_eq!(text.to_string(), "\u{fffd}\u{fffd}");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Unchecked"))]
pub struct Text {
    charset: Option<Charset>,
    content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
enum Content {
    Text(Str),
    Octets(Bytes),
}

/// A text as it is deserialised.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
#[serde(rename = "Text")]
struct Unchecked {
    charset: Option<Charset>,
    content: Content,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for Text {
    type Error = &'static str;

    fn try_from(Unchecked { charset, content }: Unchecked) -> Result<Self, Self::Error> {
        match (charset, content) {
            (Some(charset), Content::Octets(octets)) => Ok(Self::from_octets(octets, charset)),
            (None, Content::Octets(_)) => Err("octets without a charset"),
            (None, Content::Text(text)) if !text.is_ascii() => Err("text beyond ASCII without a charset"),
            (charset, content) => Ok(Self { charset, content }),
        }
    }
}

impl Text {
    /// Text that is to travel in `charset`. Whether it can is found out by the encoder.
    pub fn with_charset(text: impl Into<Str>, charset: Charset) -> Self {
        Self { charset: Some(charset), content: Content::Text(text.into()) }
    }

    /// Text that the caller knows to be ASCII.
    #[cfg(feature = "mm1")]
    pub(crate) fn from_ascii(ascii: Str) -> Self {
        Self { charset: None, content: Content::Text(ascii) }
    }

    /// Octets in `charset`: as text if they are that, else kept as they are.
    pub fn from_octets(octets: Bytes, charset: Charset) -> Self {
        let content = match charset.decode(&octets) {
            Some(text) => Content::Text(text.as_ref().into()),
            None => Content::Octets(octets),
        };
        Self { charset: Some(charset), content }
    }

    /// The text, unless it could not be converted from its charset.
    pub fn as_str(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Octets(_) => None,
        }
    }

    /// The charset the text travels in. `None` says that it is not labelled: it is us-ascii.
    pub fn charset(&self) -> Option<Charset> {
        self.charset
    }

    /// The octets of a text that could not be converted from its charset.
    pub fn undecoded(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Text(_) => None,
            Content::Octets(octets) => Some(octets),
        }
    }

    /// The same text, to travel as UTF-8. Text that could not be converted stays as it is.
    pub fn into_utf8(self) -> Self {
        match self.content {
            Content::Text(text) => text.into(),
            Content::Octets(_) => self,
        }
    }

    /// The text in UTF-8, or the octets that could not be converted.
    #[cfg(feature = "mm1")]
    pub(crate) fn octets(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Octets(octets) => octets,
        }
    }

    /// The octets in the charset of the text; `None` if the charset lacks a character.
    pub fn to_octets(&self) -> Option<Cow<'_, [u8]>> {
        match &self.content {
            Content::Octets(octets) => Some(Cow::Borrowed(octets)),
            Content::Text(text) => self.charset.unwrap_or(Charset::US_ASCII).encode(text),
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::from("")
    }
}

impl From<Str> for Text {
    fn from(text: Str) -> Self {
        let charset = (!text.is_ascii()).then_some(Charset::UTF_8);
        Self { charset, content: Content::Text(text) }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Str::from(text).into()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Str::from(text).into()
    }
}

/// Octets that could not be converted are shown as UTF-8, with U+FFFD for what is not UTF-8.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Content::Text(text) => f.write_str(text),
            Content::Octets(octets) => f.write_str(&String::from_utf8_lossy(octets)),
        }
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(*other)
    }
}

/// Text in a charset that has all of its characters.
#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Text {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        let ascii = Str::arbitrary(u)?;
        Ok(match u.int_in_range(0..=5)? {
            0 => Self::with_charset(ascii, Charset::UTF_8),
            1 => Self::from(alloc::format!("é{ascii}")),
            2 => Self::with_charset(alloc::format!("{ascii}Жук"), Charset::KOI8_R),
            3 => Self::from_octets(Bytes::from_static(b"\xff\xfe\xfd"), Charset::new(9999)),
            4 => Self::with_charset("中文", Charset::BIG5),
            _ => Self::from(ascii),
        })
    }
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::super::time::{Interval, Timestamp};
    use super::*;

    #[test]
    fn deserialises_what_a_decoder_could_have_read() {
        for text in [Text::from("é"), Text::from("e"), Text::from_octets(Bytes::from_static(b"\xff"), Charset::UTF_8)]
        {
            let json = serde_json::to_string(&text).unwrap();
            assert_eq!(serde_json::from_str::<Text>(&json).unwrap(), text);
        }
        for wrong in [r#"{"charset":null,"content":{"Text":"é"}}"#, r#"{"charset":null,"content":{"Octets":[101]}}"#] {
            assert!(serde_json::from_str::<Text>(wrong).is_err(), "{wrong}");
        }
        let decodable = r#"{"charset":106,"content":{"Octets":[195,169]}}"#;
        assert_eq!(serde_json::from_str::<Text>(decodable).unwrap(), Text::from("é"));
        let second = r#"{"seconds":0,"nanoseconds":1000000000,"offset_minutes":null,"months":0}"#;
        assert!(serde_json::from_str::<Timestamp>(second).is_err());
        assert!(serde_json::from_str::<Interval>(second).is_err());
    }
}

//! Text for people, with the charset that it travels in.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use bytes::Bytes;

use super::charset::{Charset, without_marks};
use super::encoded_word;
use super::reading::{Label, Reading};
use super::str::Str;
use crate::conversion::arbitrary;
use crate::error::EncodeErrorKind;

/// Text for people (a subject, a status text), with the charset that it travels in.
///
/// A decoder fills in the charset that the octets declared, and the encoder writes the text in
/// that charset again, so a relay changes nothing. A byte order mark at the beginning is not part of the
/// text (Unicode, 23.8): it is left out. Octets that are not text in their charset, or
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
/// Octets in a charset that is not in the registry of IANA:
///
/// ```
/// use mms_codec::{Bytes, message::{Charset, Text}};
///
/// let text = Text::from_octets(Bytes::from_static(b"\xff\xfe"), Charset::new(9999));
/// assert_eq!(text.as_str(), None);
/// assert_eq!(text.to_string(), "\u{fffd}\u{fffd}");
/// ```
///
/// Encoded words (RFC 2047), which MM1 has in plain texts. The encoder of MM1 writes them as they
/// were:
///
/// ```
/// use mms_codec::message::{Charset, Text};
///
/// let text = Text::from_encoded_words("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=");
/// assert_eq!(text.as_str(), Some("Grüße"));
/// assert_eq!(text.charset(), Some(Charset::UTF_8));
/// assert_eq!(Text::from_encoded_words("=? no words ?="), "=? no words ?=");
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
    Octets(#[cfg_attr(feature = "serde", serde(with = "crate::octets"))] Bytes),
    Words(Box<Words>),
}

/// Text that was written as encoded words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
struct Words {
    text: Str,
    /// The words, and what is between them: ASCII that has the syntax of RFC 2047.
    written: Str,
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
            (charset, Content::Words(words)) => {
                let text = Self::from_encoded_words(&words.written);
                if text.charset == charset && text.as_str() == Some(&words.text) {
                    Ok(text)
                } else {
                    Err("wrong encoded words")
                }
            }
            (Some(charset), Content::Text(text)) => Ok(Self::with_charset(text, charset)),
            (None, Content::Text(text)) => Ok(text.into()),
        }
    }
}

impl Text {
    /// Text that is to travel in `charset`. Whether it can is found out by the encoder.
    pub fn with_charset(text: impl Into<Str>, charset: Charset) -> Self {
        Self { charset: Some(charset), content: Content::Text(unmarked(text.into())) }
    }

    /// Text that the caller knows to be ASCII, in a charset that has that.
    #[inline]
    pub(crate) const fn from_ascii(ascii: Str, charset: Option<Charset>) -> Self {
        Self { charset, content: Content::Text(ascii) }
    }

    /// Octets in `charset`: as text if they are that, else kept as they are. ASCII is text also in a
    /// charset that this crate does not convert.
    pub fn from_octets(octets: Bytes, charset: Charset) -> Self {
        let text = match charset.decode(&octets) {
            None if !charset.can_decode() => {
                Reading::new(&octets, Label::Charset(charset)).text.filter(|text| text.is_ascii())
            }
            text => text,
        };
        let content = match text {
            Some(text) => Content::Text(without_marks(&text).into()),
            None => Content::Octets(octets),
        };
        Self { charset: Some(charset), content }
    }

    /// The text with the encoded words in it undone (RFC 2047), wherever it comes from. It can be
    /// written with the same words again. A word that cannot be read is part of the text as it is.
    #[must_use]
    pub fn from_encoded_words(written: &str) -> Self {
        Self::of_words(written, &encoded_word::decode(written))
    }

    /// The text that these words were decoded to.
    pub(crate) fn of_words(written: &str, words: &encoded_word::Decoded<'_>) -> Self {
        let (text, charset) = (Str::from(without_marks(&words.text)), words.charset());
        let is_kept = words.text != written && written.is_ascii() && words.is_regular();
        let content = match is_kept {
            true => Content::Words(Box::new(Words { text, written: written.into() })),
            false if charset.is_none() => return text.into(),
            false => Content::Text(text),
        };
        Self { charset, content }
    }

    /// The text as a field holds it: as it is where that is safe, else as encoded words.
    pub(crate) fn to_encoded_words(&self) -> Result<Cow<'_, str>, EncodeErrorKind> {
        if let Some(text) = self.as_str() {
            return encoded_word::encode(text, self.charset.unwrap_or(Charset::US_ASCII));
        }
        let (octets, charset) = self.undecoded().zip(self.charset).ok_or(EncodeErrorKind::NotExpressible)?;
        encoded_word::encode_octets(octets, charset).map(Cow::Owned)
    }

    /// The encoded words that the text was made of.
    pub(crate) fn written_words(&self) -> Option<&str> {
        match &self.content {
            Content::Words(words) => Some(&words.written),
            _ => None,
        }
    }

    /// The text, or the octets that could not be converted.
    fn text(&self) -> Result<&Str, &Bytes> {
        match &self.content {
            Content::Text(text) => Ok(text),
            Content::Words(words) => Ok(&words.text),
            Content::Octets(octets) => Err(octets),
        }
    }

    /// The text, unless it could not be converted from its charset.
    pub fn as_str(&self) -> Option<&str> {
        self.text().ok().map(Str::as_str)
    }

    /// The charset the text travels in. `None` says that it is not labelled: it is us-ascii.
    pub const fn charset(&self) -> Option<Charset> {
        self.charset
    }

    /// The octets of a text that could not be converted from its charset.
    pub const fn undecoded(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Text(_) | Content::Words(_) => None,
            Content::Octets(octets) => Some(octets),
        }
    }

    /// The same text, to travel as UTF-8. Text that could not be converted stays as it is.
    #[must_use]
    pub fn into_utf8(self) -> Self {
        match self.content {
            Content::Text(text) => text.into(),
            Content::Words(words) => words.text.into(),
            Content::Octets(_) => self,
        }
    }

    /// The text in UTF-8, or the octets that could not be converted.
    pub(crate) fn octets(&self) -> &[u8] {
        self.text().map_or_else(Bytes::as_ref, Str::as_bytes)
    }

    /// The octets in the charset of the text; `None` if the charset lacks a character.
    pub fn to_octets(&self) -> Option<Cow<'_, [u8]>> {
        let text = match self.text() {
            Ok(text) => text,
            Err(octets) => return Some(Cow::Borrowed(octets)),
        };
        let charset = self.charset.unwrap_or(Charset::US_ASCII);
        match charset.encode(text) {
            // What `from_octets` reads.
            None if text.is_ascii() && !charset.can_decode() && charset.has_ascii(text.as_bytes()) => {
                Some(text.as_bytes().into())
            }
            octets => octets,
        }
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::from("")
    }
}

/// The text without the byte order marks that it begins with.
fn unmarked(text: Str) -> Str {
    // As nearly no text begins.
    if text.as_bytes().first() != Some(&0xef) {
        return text;
    }
    without_marks(&text).into()
}

impl From<Str> for Text {
    fn from(text: Str) -> Self {
        let text = unmarked(text);
        let charset = (!text.is_ascii()).then_some(Charset::UTF_8);
        Self { charset, content: Content::Text(text) }
    }
}

/// The text, without its words.
impl From<encoded_word::Decoded<'_>> for Text {
    fn from(words: encoded_word::Decoded<'_>) -> Self {
        match words.charset() {
            Some(charset) => Self::with_charset(&*words.text, charset),
            None => words.text.as_ref().into(),
        }
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

/// Octets that could not be converted are shown with U+FFFD for what is not text in their charset, or in
/// UTF-8 if the charset is not known.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text() {
            Ok(text) => f.write_str(text),
            Err(octets) => f.write_str(&self.charset.unwrap_or(Charset::UTF_8).decode_lossy(octets)),
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

// Text in a charset that has all of its characters.
arbitrary!(Text, |u| {
    let ascii = Str::arbitrary(u)?;
    Ok(match u.int_in_range(0..=5)? {
        0 => Self::with_charset(ascii, Charset::UTF_8),
        1 => Self::from(alloc::format!("é{ascii}")),
        #[cfg(feature = "charsets")]
        2 => Self::with_charset(alloc::format!("{ascii}Жук"), Charset::KOI8_R),
        #[cfg(feature = "charsets")]
        3 => Self::with_charset(alloc::format!("\u{10000}{ascii}"), Charset::GB18030),
        #[cfg(feature = "charsets")]
        4 => Self::with_charset("中文", Charset::BIG5),
        _ => Self::from(ascii),
    })
});

//! Values read where they are, without allocating: for phones that have no room for more, and for a first look.
//!
//! Nothing here is forgiven or reported: a value that cannot be read is `None`. [`Reader`](super::Reader) does more.

use core::fmt::{self, Write};

use memchr::memchr;

use super::assigned::{MULTIPARTS, media_type};
use super::multipart::RawPart;
use super::reader::value_length;
use super::text::{wide_text, wide_unit};
use super::usual_text::QUOTE;
use crate::message::{Charset, byte_order_mark, multipart_subtype};

/// Text as it is in a value: its octets, and the charset that they name.
///
/// `Display` writes it as Unicode: UTF-8, US-ASCII, ISO-8859-1 and UTF-16 are converted, octets without charset that are
/// not UTF-8 are read as ISO-8859-1, a byte order mark counts more than the charset, and what is not text in these or another charset is U+FFFD, except for ASCII.
/// Half a character at the end is left out, and encoded words are left as they are.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Charset;
/// use mms_codec::wsp::RawText;
///
/// let text = RawText::new(b"\x06\x84Gr\xfcn\0").unwrap();
/// assert_eq!((text.charset, text.octets), (Some(Charset::ISO_8859_1), &b"Gr\xfcn"[..]));
/// assert_eq!(text.to_string(), "Grün");
/// assert_eq!(RawText::new(b"plain\0").unwrap().as_str(), Some("plain"));
/// assert_eq!(RawText::new(b"\x83"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawText<'a> {
    /// The charset that is named.
    pub charset: Option<Charset>,
    /// The octets, without quote octet and NUL.
    pub octets: &'a [u8],
}

impl<'a> RawText<'a> {
    /// The text that `value` is: a text-string, or a charset and a text-string behind a value-length.
    #[must_use]
    pub fn new(value: &'a [u8]) -> Option<Self> {
        let (number, octets) = match value.first()? {
            0x01..=0x1f => integer(composite(value)?)?,
            0x00 | 0x20..=0x7f => return Some(Self { charset: None, octets: string(value) }),
            _ => return None,
        };
        let charset = Charset::new(u16::try_from(number).ok()?);
        let octets = match wide_unit(charset, octets) {
            Some(unit) => wide_text(octets, unit).0,
            None => string(octets),
        };
        Some(Self { charset: Some(charset), octets })
    }

    /// The text, if its octets are UTF-8 as they are; without a byte order mark.
    #[must_use]
    pub fn as_str(self) -> Option<&'a str> {
        let (charset, octets) = self.marked();
        let is_utf8 = matches!(charset, None | Some(Charset::UTF_8 | Charset::US_ASCII));
        let has_nul_octets = || charset.is_some_and(Charset::has_nul_octets);
        core::str::from_utf8(octets).ok().filter(|text| is_utf8 || !has_nul_octets() && text.is_ascii())
    }

    /// The charset and the octets of the text: a byte order mark counts more than the charset that is named, and is not
    /// part of the text.
    fn marked(self) -> (Option<Charset>, &'a [u8]) {
        match byte_order_mark(self.octets) {
            Some((charset, octets)) => (Some(charset), octets),
            None => (self.charset, self.octets),
        }
    }
}

impl fmt::Display for RawText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.as_str() {
            return f.write_str(text);
        }
        let replacement = char::REPLACEMENT_CHARACTER;
        let (charset, octets) = self.marked();
        match charset {
            None | Some(Charset::ISO_8859_1) => octets.iter().try_for_each(|octet| f.write_char((*octet).into())),
            Some(Charset::UTF_8) => octets.utf8_chunks().try_for_each(|chunk| {
                f.write_str(chunk.valid())?;
                if chunk.invalid().is_empty() { Ok(()) } else { f.write_char(replacement) }
            }),
            Some(charset @ (Charset::UTF_16 | Charset::UTF_16BE | Charset::UTF_16LE | Charset::ISO_10646_UCS_2)) => {
                let unit = if charset == Charset::UTF_16LE { u16::from_le_bytes } else { u16::from_be_bytes };
                let units = octets.chunks_exact(2).map(|pair| <[u8; 2]>::try_from(pair).map_or(0xfffd, unit));
                char::decode_utf16(units).try_for_each(|letter| f.write_char(letter.unwrap_or(replacement)))
            }
            Some(_) => octets
                .iter()
                .try_for_each(|octet| f.write_char(if octet.is_ascii() { (*octet).into() } else { replacement })),
        }
    }
}

impl<'a> RawPart<'a> {
    /// A part of these headers and this content, which begins at `offset` of its body.
    #[must_use]
    pub const fn new(headers: &'a [u8], data: &'a [u8], offset: usize) -> Self {
        Self { headers, data, offset }
    }

    /// The media type, without parameters; `None` for a number that is not assigned.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::wsp::MultipartReader;
    ///
    /// let body = b"\x01\x11\x02\x03\x83\x81\xea\x8ea.txt\0\xc0\x22<a>\0hi";
    /// let part = MultipartReader::new(body).next().unwrap();
    /// assert_eq!(part.media_type(), Some("text/plain"));
    /// assert_eq!(part.content_location().unwrap().as_str(), Some("a.txt"));
    /// assert_eq!(part.content_id().unwrap().as_str(), Some("<a>"));
    /// assert_eq!(part.text().as_str(), Some("hi"));
    /// ```
    #[must_use]
    pub fn media_type(&self) -> Option<&'a str> {
        RawContentType::new(self.headers)?.media_type()
    }

    /// The data as text in the charset of the content type.
    #[must_use]
    pub fn text(&self) -> RawText<'a> {
        let charset = RawContentType::new(self.headers).and_then(|content_type| content_type.charset());
        RawText { charset, octets: self.data }
    }

    /// The name that other parts refer to it by (`Content-Location`).
    #[must_use]
    pub fn content_location(&self) -> Option<RawText<'a>> {
        RawText::new(self.header(CONTENT_LOCATION)?)
    }

    /// The identifier (`Content-ID`), with its angle brackets.
    #[must_use]
    pub fn content_id(&self) -> Option<RawText<'a>> {
        let value = self.header(CONTENT_ID)?;
        RawText::new(value.strip_prefix(b"\"").unwrap_or(value))
    }

    /// The value of the first header with this code.
    fn header(&self, code: u8) -> Option<&'a [u8]> {
        let (_, mut left) = self.headers.split_at_checked(value_length(self.headers)?)?;
        while let Some(first) = left.first() {
            let name = if *first >= 0x80 { 1 } else { memchr(0, left)? + 1 };
            let (_, value) = left.split_at_checked(name)?;
            let (value, after) = value.split_at_checked(value_length(value)?)?;
            if *first == code {
                return Some(value);
            }
            left = after;
        }
        None
    }
}

/// WAP-230, table 39, with the high bit.
const CONTENT_LOCATION: u8 = 0x8e;
const CONTENT_ID: u8 = 0xc0;

/// A content type in its octets.
pub(crate) struct RawContentType<'a> {
    media: RawMedia<'a>,
    parameters: &'a [u8],
}

/// Looked up only on request, so that a walk does without the table of the names.
enum RawMedia<'a> {
    Code(u64),
    Name(&'a [u8]),
}

impl<'a> RawContentType<'a> {
    /// The one that `octets` begin with.
    pub(crate) fn new(octets: &'a [u8]) -> Option<Self> {
        let (octets, is_long) = match octets.first()? {
            0..=0x1f => (composite(octets)?, true),
            _ => (octets, false),
        };
        let (media, parameters) = match octets.first()? {
            0x20..=0x7f => {
                let end = memchr(0, octets)?;
                (RawMedia::Name(string(octets)), octets.get(end + 1..)?)
            }
            _ => {
                let (code, after) = integer(octets)?;
                (RawMedia::Code(code), after)
            }
        };
        Some(Self { media, parameters: if is_long { parameters } else { &[] } })
    }

    /// The media type; `None` for a number that is not assigned.
    pub(crate) fn media_type(&self) -> Option<&'a str> {
        match self.media {
            RawMedia::Code(code) => u32::try_from(code).ok().and_then(media_type),
            RawMedia::Name(name) => core::str::from_utf8(name).ok(),
        }
    }

    pub(crate) fn is_multipart(&self) -> bool {
        match self.media {
            RawMedia::Code(code) => code < 64 && MULTIPARTS >> code & 1 != 0,
            RawMedia::Name(name) => multipart_subtype(name).is_some(),
        }
    }

    /// The charset by its number, as WSP writes it.
    fn charset(&self) -> Option<Charset> {
        let mut left = self.parameters;
        while let Some(first) = left.first() {
            let name = if *first >= 0x80 { 1 } else { memchr(0, left)? + 1 };
            let (_, value) = left.split_at_checked(name)?;
            // WAP-230, table 38: charset.
            if *first == 0x81 {
                return integer(value).and_then(|(number, _)| u16::try_from(number).ok()).map(Charset::new);
            }
            left = value.get(value_length(value)?..)?;
        }
        None
    }
}

/// What is behind a value-length.
pub(crate) fn composite(value: &[u8]) -> Option<&[u8]> {
    let value = value.get(..value_length(value)?)?;
    match value.split_first()? {
        (0..=0x1e, inside) => Some(inside),
        (0x1f, length) => length.get(super::integer::uintvar_prefix(length)?.1..),
        _ => None,
    }
}

/// The integer-value that `octets` begin with, and what is behind it.
pub(crate) fn integer(octets: &[u8]) -> Option<(u64, &[u8])> {
    match octets.split_first()? {
        (first @ 0x80.., after) => Some((u64::from(first & 0x7f), after)),
        (length @ 0..=0x1e, octets) => {
            let (number, after) = octets.split_at_checked(usize::from(*length))?;
            let more = |number: u64, octet: &u8| Some(number.checked_mul(0x100)? | u64::from(*octet));
            Some((number.iter().try_fold(0, more)?, after))
        }
        _ => None,
    }
}

/// The octets of a text-string, without quote octet and NUL. One without NUL goes to the end.
fn string(value: &[u8]) -> &[u8] {
    let text = value.get(..memchr(0, value).unwrap_or(value.len())).unwrap_or_default();
    text.strip_prefix(&[QUOTE]).unwrap_or(text)
}

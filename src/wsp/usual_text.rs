//! Texts in the form that nearly all have, with nothing to forgive: read over a slice, to be built where they stay.

use crate::message::{Charset, Str, Text, encoded_word};
use crate::octet_set::{has_ascii_controls, plain_length};

/// Precedes a first octet above 0x7F (WAP-230, 8.4.2.1).
pub(super) const QUOTE: u8 = 0x7f;

/// The numbers of two charsets as short-integers.
pub(super) const UTF_8: u8 = 0x80 | 106;
pub(super) const US_ASCII: u8 = 0x80 | 3;
const _: () = assert!(Charset::UTF_8.number() == 106 && Charset::US_ASCII.number() == 3);

/// A plain text that ends with NUL, and what follows it.
#[inline]
pub(crate) fn plain(octets: &[u8]) -> Option<(&[u8], &[u8])> {
    match octets.split_at_checked(plain_length(octets))? {
        (text, [0, after @ ..]) => Some((text, after)),
        _ => None,
    }
}

/// An encoded-string-value in a form that nearly all have, before the text is built where it stays.
pub(crate) struct UsualString<'a> {
    /// From the text on.
    pub(crate) octets: &'a [u8],
    /// Length of the text in octets.
    pub(crate) length: usize,
    charset: Option<Charset>,
    /// The text, if it is not ASCII.
    beyond_ascii: Option<&'a str>,
    /// What follows the value.
    pub(crate) after: &'a [u8],
}

impl UsualString<'_> {
    #[inline(always)]
    pub(crate) fn text(self) -> Text {
        match self.beyond_ascii {
            Some(text) => Text::with_charset(text, Charset::UTF_8),
            None => Text::from_ascii(Str::from_ascii(self.octets, self.length), self.charset),
        }
    }
}

/// The encoded-string-value that `octets` begin with, if it is a plain text without encoded words, alone or behind a
/// short value-length and a charset, or one in UTF-8 in which nothing is to be forgiven.
#[inline(always)]
pub(crate) fn usual_string(octets: &[u8]) -> Option<UsualString<'_>> {
    let usual = plain_string(octets)
        .filter(|usual| usual.charset.is_some() || !octets.get(..usual.length).is_some_and(encoded_word::has_mark));
    usual.or_else(|| usual_utf8(octets))
}

/// The same of a plain text, which may have encoded words.
#[inline(always)]
pub(crate) fn plain_string(octets: &[u8]) -> Option<UsualString<'_>> {
    let (octets, end, charset) = match octets {
        [length @ 0x03..=0x1e, charset @ (UTF_8 | US_ASCII), text @ ..] => {
            let charset = if *charset == UTF_8 { Charset::UTF_8 } else { Charset::US_ASCII };
            (text, Some(usize::from(*length) - 2), Some(charset))
        }
        _ => (octets, None, None),
    };
    let (text, after) = plain(octets).filter(|(text, _)| end.is_none_or(|end| end == text.len()))?;
    Some(UsualString { octets, length: text.len(), charset, beyond_ascii: None, after })
}

/// The same of a text in UTF-8 behind a short value-length.
fn usual_utf8(octets: &[u8]) -> Option<UsualString<'_>> {
    let [length @ 0x03..=0x1e, UTF_8, rest @ ..] = octets else { return None };
    let (value, after) = rest.split_at_checked(usize::from(*length) - 1)?;
    let value = value.strip_suffix(&[0])?;
    let text = match value {
        // Of what has no byte order mark.
        [QUOTE, text @ ..] if matches!(text.first(), Some(0x80..=0xee | 0xf0..)) => text,
        [b' '..=b'~', ..] => value,
        _ => return None,
    };
    if has_ascii_controls(text) {
        return None;
    }
    let beyond_ascii = Some(core::str::from_utf8(text).ok()?);
    Some(UsualString { octets: text, length: text.len(), charset: Some(Charset::UTF_8), beyond_ascii, after })
}

//! Octets to text and back.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

#[cfg(feature = "charsets")]
use encoding_rs::{DecoderResult, EncoderResult, Encoding};

use super::form::Form;
#[cfg(feature = "charsets-single-octet")]
use super::single_octet;
#[cfg(feature = "charsets")]
use super::unicode::{cesu8, to_cesu8};
use super::unicode::{utf16, utf32};
use super::{Charset, mark};

impl Charset {
    /// The octets as text, or `None` if they are not text in this charset, or if this crate does
    /// not convert the charset. No character is ever replaced.
    #[must_use]
    pub fn decode(self, octets: &[u8]) -> Option<Cow<'_, str>> {
        self.form().decode(octets, None)
    }

    /// The octets as text, with U+FFFD for what is not text in this charset. Octets in a charset that
    /// this crate does not convert are read as UTF-8.
    #[must_use]
    pub fn decode_lossy(self, octets: &[u8]) -> Cow<'_, str> {
        let text = self.form().decode(octets, Some(char::REPLACEMENT_CHARACTER));
        text.unwrap_or_else(|| String::from_utf8_lossy(octets))
    }

    /// The text as octets, or `None` if this charset lacks one of its characters, or if this crate
    /// does not write the charset (the Unicode forms whose octets hold NULs, which WSP text cannot).
    pub fn encode(self, text: &str) -> Option<Cow<'_, [u8]>> {
        match self.form() {
            Form::Ascii => text.is_ascii().then_some(Cow::Borrowed(text.as_bytes())),
            Form::Latin1 => text.chars().map(|c| u8::try_from(c).ok()).collect::<Option<Vec<u8>>>().map(Cow::Owned),
            Form::Utf8 => Some(Cow::Borrowed(text.as_bytes())),
            #[cfg(feature = "charsets-single-octet")]
            Form::SingleOctet(upper) => single_octet::encode(upper, text),
            #[cfg(feature = "charsets")]
            Form::Utf7(form) => Some(Cow::Owned(form.encode(text))),
            #[cfg(feature = "charsets")]
            Form::Cesu8 => Some(Cow::Owned(to_cesu8(text))),
            // Some tables have two characters for one octet sequence.
            #[cfg(feature = "charsets")]
            Form::Shifted(shifted) => {
                shifted.encode(text).filter(|octets| self.decode(octets).as_deref() == Some(text)).map(Cow::Owned)
            }
            #[cfg(feature = "charsets")]
            Form::Table(encoding) => {
                by_table(encoding, text).filter(|octets| self.decode(octets).as_deref() == Some(text))
            }
            _ => None,
        }
    }

    /// Whether [`decode`](Self::decode) can read this charset at all.
    #[must_use]
    pub fn can_decode(self) -> bool {
        !self.form().is_kept()
    }

    /// Whether [`encode`](Self::encode) can write this charset at all.
    #[must_use]
    pub fn can_encode(self) -> bool {
        self.can_decode() && self.unit() == 1
    }

    /// The charset in which an encoder writes this text. UTF-8, which loses nothing, stands in for the charsets that
    /// this crate does not write, and for one of which it reads more characters than it writes, if the text has one
    /// of those.
    pub(crate) fn to_write(self, text: &str) -> Self {
        let is_writable = self.can_encode() && (!self.reads_more() || self.encode(text).is_some());
        if is_writable { self } else { Self::UTF_8 }
    }

    /// Whether the tables have characters that are read and not written: Big5 those of Hong Kong, EUC-JP those of
    /// JIS X 0212, Shift_JIS the ones of users.
    fn reads_more(self) -> bool {
        match self.form() {
            #[cfg(feature = "charsets")]
            Form::Table(encoding) => {
                [encoding_rs::BIG5, encoding_rs::EUC_JP, encoding_rs::SHIFT_JIS].contains(&encoding)
            }
            #[cfg(feature = "charsets")]
            Form::Shifted(_) => matches!(self, Self::ISO_2022_JP_2 | Self::HZ_GB_2312),
            _ => false,
        }
    }

    /// How many octets a unit of the charset has; if more than one, any of them may be zero.
    pub(crate) fn unit(self) -> usize {
        match self.form() {
            Form::Utf16 | Form::Utf16Be | Form::Utf16Le | Form::Unicode11 | Form::Wide => 2,
            Form::Utf32 | Form::Utf32Be | Form::Utf32Le => 4,
            _ => 1,
        }
    }

    /// Whether a text of this charset may have an octet of zero before its end.
    pub(crate) fn has_nul_octets(self) -> bool {
        self.unit() > 1
    }

    /// The charset of the same units with their octets the other way round, if they have several.
    pub(in super::super) fn in_other_order(self) -> Option<Self> {
        Some(match self.form() {
            Form::Utf16 | Form::Utf16Be | Form::Unicode11 => Self::UTF_16LE,
            Form::Utf16Le => Self::UTF_16BE,
            Form::Utf32 | Form::Utf32Be => Self::UTF_32LE,
            Form::Utf32Le => Self::UTF_32BE,
            _ => return None,
        })
    }

    /// Whether those of the octets that are ASCII mean that in this charset.
    pub(crate) fn has_ascii(self, octets: &[u8]) -> bool {
        let other: &[u8] = match self.form() {
            Form::Ascii | Form::Latin1 | Form::Utf8 => return true,
            #[cfg(feature = "charsets")]
            Form::Utf7(form) => &[form.shift()],
            #[cfg(feature = "charsets")]
            Form::Shifted(shifted) => &[shifted.introducer()],
            #[cfg(not(feature = "charsets"))]
            Form::AsciiBut(other) => other,
            Form::Invariant => b"#$@[\\]^`{|}~",
            Form::Opaque => return false,
            _ if self.unit() > 1 => return false,
            _ => &[],
        };
        !octets.iter().any(|octet| is_shift(octet) || other.contains(octet))
    }

    /// The text before a character that is cut at the end, of octets that [`decode`](Self::decode) does not
    /// take for text. `None` if they are wrong elsewhere, or if nothing is before it.
    pub(in super::super) fn decode_cut(self, octets: &[u8]) -> Option<Cow<'_, str>> {
        let text = match self.form() {
            #[cfg(feature = "charsets")]
            Form::Utf7(form) => form.decode_cut(octets).map(Cow::Owned),
            #[cfg(feature = "charsets")]
            Form::Shifted(shifted) => shifted.decode_cut(octets).map(Cow::Owned),
            #[cfg(feature = "charsets")]
            Form::Table(encoding) => table_before_cut(encoding, octets).map(Cow::Owned),
            _ => {
                // What is left of a character of six octets at most.
                const LONGEST: usize = 5;
                (1..=LONGEST).find_map(|cut| {
                    let (kept, rest) = octets.split_at_checked(octets.len().checked_sub(cut)?)?;
                    if self.is_cut(rest) { self.decode(kept) } else { None }
                })
            }
        };
        text.filter(|text| !text.is_empty())
    }

    /// Whether these octets are the beginning of one character, and not all of it.
    fn is_cut(self, octets: &[u8]) -> bool {
        let is_high = |unit: u16| matches!(unit, 0xd800..=0xdbff);
        match (self.form(), octets) {
            (Form::Utf8, _) => is_cut_utf8(octets),
            (Form::Utf16 | Form::Utf16Be | Form::Utf16Le | Form::Unicode11, [_]) => true,
            (Form::Utf16Le, [first, second]) => is_high(u16::from_le_bytes([*first, *second])),
            (Form::Utf16 | Form::Utf16Be, [first, second]) => is_high(u16::from_be_bytes([*first, *second])),
            (Form::Utf32 | Form::Utf32Be | Form::Utf32Le, _) => octets.len() < 4,
            #[cfg(feature = "charsets")]
            (Form::Cesu8, [0xed, 0xa0..=0xaf, 0x80..=0xbf, low @ ..]) => {
                matches!(low, [] | [0xed] | [0xed, 0xb0..=0xbf])
            }
            #[cfg(feature = "charsets")]
            (Form::Cesu8, [0xed, 0xa0..=0xaf]) => true,
            #[cfg(feature = "charsets")]
            (Form::Cesu8, _) => is_cut_utf8(octets),
            _ => false,
        }
    }
}

impl Form {
    /// Whether octets in this form are kept as they are.
    fn is_kept(self) -> bool {
        #[cfg(not(feature = "charsets"))]
        if let Self::AsciiBut(_) = self {
            return true;
        }
        matches!(self, Self::Superset | Self::Invariant | Self::Opaque | Self::Wide)
    }

    /// The octets as text, with `replacement`, if any, for what is not text.
    fn decode(self, octets: &[u8], replacement: Option<char>) -> Option<Cow<'_, str>> {
        let text = match self {
            Self::Ascii => return core::str::from_utf8(octets).ok().filter(|text| text.is_ascii()).map(Cow::Borrowed),
            Self::Latin1 => return Some(latin1(octets)),
            Self::Utf8 => return core::str::from_utf8(octets).ok().map(Cow::Borrowed),
            Self::Utf16 if octets.starts_with(mark::UTF_16LE) => return Self::Utf16Le.decode(octets, replacement),
            Self::Utf16 | Self::Utf16Be => {
                utf16(octets.strip_prefix(mark::UTF_16BE).unwrap_or(octets), u16::from_be_bytes, replacement)
            }
            Self::Utf16Le => {
                utf16(octets.strip_prefix(mark::UTF_16LE).unwrap_or(octets), u16::from_le_bytes, replacement)
            }
            Self::Utf32 if octets.starts_with(mark::UTF_32LE) => return Self::Utf32Le.decode(octets, replacement),
            Self::Utf32 | Self::Utf32Be => {
                utf32(octets.strip_prefix(mark::UTF_32BE).unwrap_or(octets), u32::from_be_bytes, replacement)
            }
            Self::Utf32Le => {
                utf32(octets.strip_prefix(mark::UTF_32LE).unwrap_or(octets), u32::from_le_bytes, replacement)
            }
            Self::Unicode11 => {
                let text = Self::Utf16.decode(octets, replacement)?;
                text.chars().map(|c| if is_of_unicode11(c) { Some(c) } else { replacement }).collect()
            }
            #[cfg(feature = "charsets")]
            Self::Utf7(form) => form.decode(octets, replacement),
            #[cfg(feature = "charsets")]
            Self::Cesu8 => cesu8(octets, replacement),
            #[cfg(feature = "charsets-single-octet")]
            Self::SingleOctet(upper) => return single_octet::decode(upper, octets, replacement),
            #[cfg(feature = "charsets")]
            Self::Shifted(shifted) => shifted.decode(octets, replacement),
            #[cfg(feature = "charsets")]
            Self::Table(encoding) if replacement.is_none() => {
                return encoding.decode_without_bom_handling_and_without_replacement(octets);
            }
            #[cfg(feature = "charsets")]
            Self::Table(encoding) => return Some(encoding.decode_without_bom_handling(octets).0),
            _ => None,
        };
        text.map(Cow::Owned)
    }
}

/// ISO-8859-1: each octet is the character of its number.
pub(crate) fn latin1(octets: &[u8]) -> Cow<'_, str> {
    match core::str::from_utf8(octets) {
        Ok(text) if text.is_ascii() => Cow::Borrowed(text),
        _ => octets.iter().map(|octet| char::from(*octet)).collect::<String>().into(),
    }
}

/// Whether a character was the same in Unicode 1.1, which had no surrogates, and had Hangul where
/// extension A of the ideographs is now.
fn is_of_unicode11(c: char) -> bool {
    !matches!(c, '\u{3400}'..='\u{4dff}' | '\u{10000}'..)
}

/// A control character that may change what the following octets mean.
pub(in super::super) fn is_shift(octet: &u8) -> bool {
    octet.is_ascii_control() && !matches!(octet, b'\t' | b'\r' | b'\n')
}

fn is_cut_utf8(octets: &[u8]) -> bool {
    core::str::from_utf8(octets).is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
}

/// More octets than any character takes, escapes before and behind it included.
#[cfg(feature = "charsets")]
const LONGEST_CHARACTER: usize = 16;

/// The text in a charset that is a table, without the octets at its end that more would have to follow.
#[cfg(feature = "charsets")]
fn table_before_cut(encoding: &'static Encoding, octets: &[u8]) -> Option<String> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(octets.len())?);
    let (result, _) = decoder.decode_to_string_without_replacement(octets, &mut text, false);
    text.shrink_to_fit();
    (result == DecoderResult::InputEmpty).then_some(text)
}

/// The text in a charset that is a table: with room for as many octets as in UTF-8, which suffices
/// but for escapes, and for the characters of GB 18030 that take four.
#[cfg(feature = "charsets")]
fn by_table<'a>(encoding: &'static Encoding, text: &'a str) -> Option<Cow<'a, [u8]>> {
    if text.is_ascii() && encoding.is_ascii_compatible() {
        return Some(Cow::Borrowed(text.as_bytes()));
    }
    let mut encoder = encoding.new_encoder();
    let (mut octets, mut rest) = (Vec::with_capacity(text.len()), text);
    loop {
        match encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut octets, true) {
            (EncoderResult::InputEmpty, _) => return Some(Cow::Owned(octets)),
            (EncoderResult::OutputFull, read) => {
                rest = rest.get(read..)?;
                octets.reserve(rest.len().max(LONGEST_CHARACTER));
            }
            (EncoderResult::Unmappable(_), _) => return None,
        }
    }
}

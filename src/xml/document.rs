//! From the octets of an XML document to text: which charset, and what if the label lies.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::cell::OnceCell;

use super::name::is_char;
use crate::context::Context;
use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::message::{Charset, byte_order_mark, reads_mark, without_utf8_marks};
use crate::options::{DeviationKind, Limits};

/// An XML document as text.
pub(crate) struct Document<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) charset: Charset,
    /// Where the text begins in the whole input: behind the byte order mark.
    pub(crate) offset: usize,
    /// How many octets of the input the text has.
    pub(crate) octets: usize,
    /// Where each [`BLOCK`] of the text begins in the octets, if they are not UTF-8 and it was asked for.
    pub(crate) blocks: OnceCell<Vec<usize>>,
}

/// How many octets of text are mapped to those of the input together.
const BLOCK: usize = 1_024;

impl<'a> Document<'a> {
    /// Decodes octets that begin at `offset` of the input and whose `Content-Type` names `label`.
    ///
    /// The byte order mark decides, then the label, then the XML declaration (RFC 7303, 3.3). A
    /// label that the octets contradict is a deviation.
    pub(crate) fn decode(
        octets: &'a [u8],
        label: Option<&str>,
        offset: usize,
        limits: &Limits,
        cx: &mut Context,
    ) -> Result<Self, DecodeError> {
        if octets.len() > limits.xml {
            return Err(cx.error(DecodeErrorKind::LimitExceeded(Limit::Xml), offset));
        }
        let end = octets.iter().rposition(|octet| *octet != 0).map_or(0, |last| last + 1);
        let octets = match octets.get(..end) {
            // What ends a string in C.
            Some(bare) if !is_wide(octets) && end < octets.len() => {
                cx.forgive(DeviationKind::StrayOctets, offset + end)?;
                bare
            }
            _ => octets,
        };
        let (text, charset, skipped) = match (byte_order_mark(octets), octets) {
            (Some((charset, _)), _) => by_mark(octets, charset, label, offset, cx)?,
            (None, [b'<', 0, ..]) => (wide(octets, Charset::UTF_16LE, offset, cx)?, Charset::UTF_16LE, 0),
            (None, [0, b'<', ..]) => (wide(octets, Charset::UTF_16BE, offset, cx)?, Charset::UTF_16BE, 0),
            (None, _) => {
                let (text, charset) = by_label(octets, label, offset, cx)?;
                (text, charset, 0)
            }
        };
        // XML 1.0, 2.2: no other control characters, and no U+FFFE and U+FFFF.
        // Without branches, so that it is done for many octets at once.
        let control = text.as_bytes().iter().fold(false, |any, octet| {
            any | ((*octet < 0x20) & (*octet != b'\t') & (*octet != b'\n') & (*octet != b'\r'))
        });
        if (control || memchr::memchr(0xef, text.as_bytes()).is_some())
            && let Some(at) = text.find(|c| !is_char(c))
        {
            let before = length_in(charset, text.get(..at).unwrap_or_default()).min(octets.len() - skipped);
            return Err(cx.error(DecodeErrorKind::InvalidXml, offset + skipped + before));
        }
        Ok(Self { text, charset, offset: offset + skipped, octets: octets.len() - skipped, blocks: OnceCell::new() })
    }

    /// Which octet of the input a place in the text is at.
    pub(crate) fn offset_of(&self, at: usize) -> usize {
        if self.charset == Charset::UTF_8 {
            return self.offset + at;
        }
        let length = |from: usize, to: usize| length_in(self.charset, self.text.get(from..to).unwrap_or_default());
        // A character that the limit divides is in the block before it.
        let start_of = |block: usize| {
            let at = (block * BLOCK).min(self.text.len());
            (at..self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len())
        };
        let blocks = self.blocks.get_or_init(|| {
            let starts = (0..=self.text.len() / BLOCK).scan(0, |octets, block| {
                *octets += length(start_of(block.saturating_sub(1)), start_of(block));
                Some(*octets)
            });
            starts.collect()
        });
        let at = at.min(self.text.len());
        let block = (at / BLOCK).saturating_sub(usize::from(start_of(at / BLOCK) > at));
        let place = blocks.get(block).copied().unwrap_or_default() + length(start_of(block), at);
        // A charset may have more than one way to write a text, of which the sender's takes less.
        self.offset + place.min(self.octets)
    }
}

/// Whether octets begin as a document does.
pub(crate) fn looks_like_xml(octets: &[u8]) -> bool {
    let octets = without_utf8_marks(octets).trim_ascii_start();
    octets.starts_with(b"<") || is_wide(octets)
}

/// Whether the document is in UTF-16 or UTF-32, as its first octets show.
pub(crate) fn is_wide(octets: &[u8]) -> bool {
    let is_marked = byte_order_mark(octets).is_some_and(|(charset, _)| charset != Charset::UTF_8);
    is_marked || matches!(octets, [b'<', 0, ..] | [0, b'<', ..])
}

/// A document that begins with the byte order mark of this charset, and how many octets are before its text.
fn by_mark<'a>(
    octets: &'a [u8],
    charset: Charset,
    label: Option<&str>,
    offset: usize,
    cx: &mut Context,
) -> Result<(Cow<'a, str>, Charset, usize), DecodeError> {
    let skipped = octets.len() - rest_behind_marks(octets, charset).len();
    let text = wide(octets.get(skipped..).unwrap_or_default(), charset, offset, cx)?;
    let is_same = |name: &str| Charset::from_name(name).is_some_and(|own| own == charset || reads_mark(own, octets));
    // Who converts a document changes its label, and not always its declaration (RFC 7303, 3.2).
    if !label.or_else(|| declared(text.as_bytes())).is_none_or(is_same) {
        cx.forgive(DeviationKind::WrongCharset, offset)?;
    }
    let first = length_in(charset, "\u{feff}");
    if skipped > first {
        cx.forgive(DeviationKind::StrayOctets, offset + first)?;
    }
    Ok((text, charset, skipped))
}

/// What is behind all the marks.
fn rest_behind_marks(mut octets: &[u8], charset: Charset) -> &[u8] {
    while let Some((_, rest)) = byte_order_mark(octets).filter(|(own, _)| *own == charset) {
        octets = rest;
    }
    octets
}

fn wide<'a>(octets: &'a [u8], charset: Charset, offset: usize, cx: &Context) -> Result<Cow<'a, str>, DecodeError> {
    charset.decode(octets).ok_or_else(|| cx.error(DecodeErrorKind::InvalidCharset, offset))
}

const WIDE: [Charset; 3] = [Charset::UTF_16, Charset::UTF_16BE, Charset::UTF_16LE];

fn by_label<'a>(
    octets: &'a [u8],
    label: Option<&str>,
    offset: usize,
    cx: &mut Context,
) -> Result<(Cow<'a, str>, Charset), DecodeError> {
    let declared = declared(octets);
    let known = |name: Option<&str>| name.map(Charset::from_name);
    let (label, declared) = (known(label), known(declared));
    let named = label.flatten().or(declared.flatten()).unwrap_or(Charset::UTF_8);
    let utf8 = core::str::from_utf8(octets).ok();
    // Nearly always: UTF-8, and nothing says otherwise.
    if let Some(text) = utf8 {
        // Escapes change the charset of what looks like ASCII (ISO-2022-JP, UTF-7).
        let plain = || text.is_ascii() && (named.unit() > 1 || named.has_ascii(octets));
        if named == Charset::UTF_8 || plain() {
            let unknown = label == Some(None) || declared == Some(None);
            // ASCII in one octet each is none of these.
            let is_label = |named: Option<Charset>| named.is_some_and(|named| WIDE.contains(&named));
            let wide = is_label(label.flatten()) || is_label(declared.flatten());
            let other = declared.flatten().is_some_and(|declared| declared != Charset::UTF_8) && !plain();
            if unknown || wide || other {
                cx.forgive(DeviationKind::WrongCharset, offset)?;
            }
            return Ok((Cow::Borrowed(text), Charset::UTF_8));
        }
    }
    // Text in a charset of two octets a character may look like UTF-8, but hardly ever with
    // sequences of three.
    let surely_utf8 = utf8.filter(|text| text.chars().any(|c| c.len_utf8() > 2));
    let candidates = [label.flatten(), declared.flatten(), Some(Charset::ISO_8859_1)];
    let by_name = candidates.into_iter().flatten().find_map(|charset| Some((charset.decode(octets)?, charset)));
    let found = match (surely_utf8, utf8, by_name) {
        (Some(text), ..) => Some((Cow::Borrowed(text), Charset::UTF_8)),
        (None, _, Some(found)) if found.1 == named => Some(found),
        (None, Some(text), _) => Some((Cow::Borrowed(text), Charset::UTF_8)),
        (None, None, found) => found,
    };
    let (text, charset) = found.ok_or_else(|| cx.error(DecodeErrorKind::InvalidCharset, offset))?;
    let same = |other: Charset| other == charset || other.decode(octets).as_deref() == Some(&*text);
    if !same(named) || declared.flatten().is_some_and(|declared| !same(declared)) {
        if cx.is_strict() {
            return Err(cx.error(DecodeErrorKind::InvalidCharset, offset));
        }
        cx.forgive(DeviationKind::WrongCharset, offset)?;
    }
    Ok((text, charset))
}

/// The encoding that the XML declaration names.
fn declared(octets: &[u8]) -> Option<&str> {
    const DECLARATION: usize = 256;
    let start = octets.get(..octets.len().min(DECLARATION))?.trim_ascii_start();
    let declaration = start.strip_prefix(b"<?xml")?;
    let declaration = declaration.get(..memchr::memmem::find(declaration, b"?>")?)?;
    let value = declaration.get(memchr::memmem::find(declaration, b"encoding")? + "encoding".len()..)?;
    let value = value.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, value) = value.split_first()?;
    let name = value.get(..memchr::memchr(*quote, value)?)?;
    core::str::from_utf8(name).ok()
}

/// How many octets `text` takes in `charset`.
fn length_in(charset: Charset, text: &str) -> usize {
    match charset {
        Charset::UTF_8 => text.len(),
        Charset::UTF_16LE | Charset::UTF_16BE => 2 * text.encode_utf16().count(),
        Charset::UTF_32LE | Charset::UTF_32BE => 4 * text.chars().count(),
        _ => charset.encode(text).map_or(text.len(), |octets| octets.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use alloc::string::String;

    fn decode(
        octets: &[u8],
        label: Option<&str>,
        options: &Options,
    ) -> Result<(String, Vec<DeviationKind>), DecodeError> {
        let mut cx = Context::new(options, octets.len());
        let text = Document::decode(octets, label, 0, &options.limits, &mut cx)?.text.into_owned();
        Ok((text, cx.into_deviations().iter().map(|deviation| deviation.kind).collect()))
    }

    fn utf16(text: &str, mark: &[u8], unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(unit)).collect()
    }

    fn utf32(text: &str, mark: &[u8], unit: fn(u32) -> [u8; 4]) -> Vec<u8> {
        mark.iter().copied().chain(text.chars().flat_map(|character| unit(character.into()))).collect()
    }

    #[test]
    fn reads_what_mark_label_or_declaration_say() {
        #[cfg(feature = "charsets")]
        let korean = b"<?xml version='1.0' encoding='euc-kr'?><a>\xc7\xd1</a>";
        let cases: &[(&[u8], Option<&str>, &str)] = &[
            (b"\xef\xbb\xbf<a>\xc3\xa9</a>", None, "<a>é</a>"),
            (&utf16("<a>é</a>", b"\xff\xfe", u16::to_le_bytes), None, "<a>é</a>"),
            (&utf16("<a>é</a>", b"\xfe\xff", u16::to_be_bytes), Some("utf-16"), "<a>é</a>"),
            (&utf16("<a>é</a>", b"", u16::to_le_bytes), None, "<a>é</a>"),
            (&utf32("<a>é</a>", b"\xff\xfe\0\0", u32::to_le_bytes), Some("utf-32"), "<a>é</a>"),
            (&utf32("<a>é</a>", b"\0\0\xfe\xff", u32::to_be_bytes), None, "<a>é</a>"),
            (b"<a>\xe9</a>", Some("iso-8859-1"), "<a>é</a>"),
            #[cfg(feature = "charsets")]
            (korean, None, "<?xml version='1.0' encoding='euc-kr'?><a>한</a>"),
            #[cfg(feature = "charsets")]
            (korean, Some("ks_c_5601-1987"), "<?xml version='1.0' encoding='euc-kr'?><a>한</a>"),
        ];
        for (octets, label, text) in cases {
            assert_eq!(decode(octets, *label, &Options::strict()), Ok((String::from(*text), Vec::new())));
        }
    }

    #[test]
    fn reports_labels_that_lie() {
        for (octets, label, text) in [
            (&b"<a>\xc3\xa9</a>"[..], Some("us-ascii"), "<a>é</a>"),
            #[cfg(feature = "charsets")]
            (b"<a>\xed\x95\x9c</a>", Some("euc-kr"), "<a>한</a>"),
            (b"<a>\xe9</a>", None, "<a>é</a>"),
            (b"<a>\xc7\xd1</a>", Some("no-such"), "<a>ÇÑ</a>"),
            (b"<a>x</a>", Some("no-such"), "<a>x</a>"),
            (b"<a>x</a>", Some("utf-16"), "<a>x</a>"),
            // A byte order mark against the label or the declaration.
            (b"\xef\xbb\xbf<a>\xc3\xa9</a>", Some("iso-8859-1"), "<a>é</a>"),
            (b"\xef\xbb\xbf<a/>", Some("no-such"), "<a/>"),
            (
                b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-16'?><a/>",
                None,
                "<?xml version='1.0' encoding='utf-16'?><a/>",
            ),
            (&utf16("<a/>", b"\xff\xfe", u16::to_le_bytes), Some("utf-8"), "<a/>"),
            (&utf16("<a/>", b"\xff\xfe", u16::to_le_bytes), Some("utf-16be"), "<a/>"),
            (&utf32("<a/>", b"\xff\xfe\0\0", u32::to_le_bytes), Some("utf-16"), "<a/>"),
            (b"<?xml version='1.0' encoding='utf-16'?><a/>", None, "<?xml version='1.0' encoding='utf-16'?><a/>"),
        ] {
            let (decoded, deviations) = decode(octets, label, &Options::lenient()).unwrap();
            assert_eq!((decoded.as_str(), deviations), (text, alloc::vec![DeviationKind::WrongCharset]));
            assert!(decode(octets, label, &Options::strict()).is_err());
        }
    }

    #[test]
    fn forgives_the_end_of_a_string_in_c() {
        let expected = (String::from("<a/>"), alloc::vec![DeviationKind::StrayOctets]);
        assert_eq!(decode(b"<a/>\0\0", None, &Options::lenient()), Ok(expected));
        let error = decode(b"<a/>\0\0", None, &Options::strict()).unwrap_err();
        assert_eq!((error.kind, error.offset), (DecodeErrorKind::Deviation(DeviationKind::StrayOctets), 4));
    }

    #[test]
    fn leaves_out_every_byte_order_mark() {
        for (octets, first) in [
            (b"\xef\xbb\xbf\xef\xbb\xbf<a/>".to_vec(), 3),
            (utf16("\u{feff}<a/>", b"\xfe\xff", u16::to_be_bytes), 2),
            (utf32("\u{feff}<a/>", b"\xff\xfe\0\0", u32::to_le_bytes), 4),
        ] {
            let expected = (String::from("<a/>"), alloc::vec![DeviationKind::StrayOctets]);
            assert_eq!(decode(&octets, None, &Options::lenient()), Ok(expected));
            let error = decode(&octets, None, &Options::strict()).unwrap_err();
            assert_eq!((error.kind, error.offset), (DecodeErrorKind::Deviation(DeviationKind::StrayOctets), first));
        }
    }

    #[test]
    fn refuses_control_characters_and_long_documents() {
        let utf16 = utf16("<a>\u{ffff}</a>", b"\xff\xfe", u16::to_le_bytes);
        for (octets, offset) in [(&b"<a>\x01</a>"[..], 3), (b"\xef\xbb\xbf<a>\0</a>", 6), (&utf16, 8)] {
            let error = decode(octets, None, &Options::lenient()).unwrap_err();
            assert_eq!((error.kind, error.offset), (DecodeErrorKind::InvalidXml, offset));
        }
        let options = Options { limits: Limits { xml: 3, ..Limits::DEFAULT }, ..Options::lenient() };
        let kind = decode(b"<a/>", None, &options).unwrap_err().kind;
        assert_eq!(kind, DecodeErrorKind::LimitExceeded(Limit::Xml));
    }
}

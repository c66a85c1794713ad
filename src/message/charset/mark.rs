//! Byte order marks: U+FEFF at the beginning of a text (Unicode, 23.8).

use super::Charset;

pub(super) const UTF_16LE: &[u8] = &[0xff, 0xfe];
pub(super) const UTF_16BE: &[u8] = &[0xfe, 0xff];
pub(super) const UTF_32LE: &[u8] = &[0xff, 0xfe, 0, 0];
pub(super) const UTF_32BE: &[u8] = &[0, 0, 0xfe, 0xff];
const UTF_8: &[u8] = &[0xef, 0xbb, 0xbf];

const MARK: char = '\u{feff}';

/// The charset whose byte order mark the octets begin with, and the octets behind it.
pub(crate) fn byte_order_mark(octets: &[u8]) -> Option<(Charset, &[u8])> {
    // The mark of UTF-16 begins that of UTF-32.
    const MARKS: [(&[u8], Charset); 5] = [
        (UTF_8, Charset::UTF_8),
        (UTF_32LE, Charset::UTF_32LE),
        (UTF_32BE, Charset::UTF_32BE),
        (UTF_16LE, Charset::UTF_16LE),
        (UTF_16BE, Charset::UTF_16BE),
    ];
    // As nearly all text begins.
    if octets.first().is_none_or(|first| matches!(first, 1..=0x7f)) {
        return None;
    }
    MARKS.into_iter().find_map(|(mark, charset)| Some((charset, octets.strip_prefix(mark)?)))
}

/// Whether octets that begin with a byte order mark are text in this charset: its decoder reads the mark.
pub(crate) fn reads_mark(charset: Charset, octets: &[u8]) -> bool {
    // In the wrong order of octets the mark is a noncharacter, and that of UTF-32 has a NUL in UTF-16.
    let is_wrong = |text: &str| text.starts_with(['\u{fffe}', '\0']);
    charset.has_nul_octets()
        && !octets.starts_with(UTF_8)
        && charset.decode(octets).is_some_and(|text| !is_wrong(&text))
}

/// The octets without the marks of UTF-8 that they begin with.
pub(crate) fn without_utf8_marks(mut octets: &[u8]) -> &[u8] {
    while let Some(rest) = octets.strip_prefix(UTF_8) {
        octets = rest;
    }
    octets
}

/// The text without the marks that it begins with. More than one comes from files that were joined or
/// written twice.
pub(crate) fn without_marks(text: &str) -> &str {
    text.trim_start_matches(MARK)
}

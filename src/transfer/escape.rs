//! Quoted-printable (RFC 2045, 6.7), the Q encoding of encoded words, and percent escapes (RFC 3986, 2.1).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use memchr::memchr;

use super::Decoded;
use super::LINE_TEXT;
use crate::octet_set::{plain_length, plain_length_until};

/// Undoes quoted-printable. What is not an escape is kept unchanged.
pub(crate) fn decode_quoted_printable(text: &[u8]) -> Decoded {
    let mut octets = Vec::with_capacity(text.len());
    let mut damage = None;
    let mut rest = text;
    while let Some(escape) = memchr(b'=', rest) {
        let (plain, from_escape) = rest.split_at_checked(escape).unwrap_or((rest, &[]));
        octets.extend_from_slice(plain);
        let after = from_escape.get(1..).unwrap_or_default();
        if let Some(octet) = escaped_octet(after) {
            octets.push(octet);
            rest = after.get(2..).unwrap_or_default();
        } else if let Some(line) = soft_line_break(after) {
            rest = line;
        } else {
            damage.get_or_insert(text.len() - from_escape.len());
            octets.push(b'=');
            rest = after;
        }
    }
    octets.extend_from_slice(rest);
    Decoded { octets, damage, long_line: None }
}

/// Where quoted-printable first breaks a rule that changes nothing about what it says (RFC 2045,
/// 6.7): lines of more than 76 octets, blanks at the end of a line, octets that are to be escaped.
pub(crate) fn quoted_printable_fault(text: &[u8]) -> Option<usize> {
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let feed = memchr(b'\n', rest);
        let line = rest.get(..feed.unwrap_or(rest.len())).unwrap_or_default();
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Some(at) = first_unprintable(line) {
            return Some(start + at);
        }
        if line.len() > LINE_TEXT || line.ends_with(b" ") || line.ends_with(b"\t") {
            return Some(start + line.len());
        }
        start += feed.map_or(rest.len(), |feed| feed + 1);
    }
    None
}

/// Where the first octet is that is neither visible ASCII, nor a blank or tab.
fn first_unprintable(line: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += plain_length(line.get(at..)?);
        match line.get(at)? {
            b'\t' => at += 1,
            _ => return Some(at),
        }
    }
}

/// The rest behind a soft line break: blanks, then a line end or the end of everything.
fn soft_line_break(after: &[u8]) -> Option<&[u8]> {
    // Bounded, so that many broken ones cannot make the whole quadratic.
    const MOST_BLANKS: usize = 100;
    let blanks = after.iter().take(MOST_BLANKS).take_while(|octet| matches!(octet, b' ' | b'\t')).count();
    match after.get(blanks..).unwrap_or_default() {
        [b'\r', b'\n', line @ ..] | [b'\n', line @ ..] => Some(line),
        [] | [b'\r'] => Some(&[]),
        _ => None,
    }
}

/// Undoes percent escapes (RFC 3986, 2.1). What is not an escape is kept unchanged.
pub(crate) fn decode_percent(text: &[u8]) -> Vec<u8> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, escape)) = memchr(b'%', rest).and_then(|at| rest.split_at_checked(at)) {
        octets.extend_from_slice(plain);
        let after = escape.get(1..).unwrap_or_default();
        let escaped = escaped_octet(after);
        octets.push(escaped.unwrap_or(b'%'));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    octets.extend_from_slice(rest);
    octets
}

/// The text with its percent escapes undone, if that is text.
pub(crate) fn without_percent(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    String::from_utf8(decode_percent(text.as_bytes())).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn escaped_octet(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| digits.get(at).and_then(|digit| char::from(*digit).to_digit(16));
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// Undoes the Q encoding of encoded words: quoted-printable with `_` for a blank.
pub(crate) fn decode_q(text: &[u8]) -> Decoded {
    let with_blanks: Vec<u8> = text.iter().map(|octet| if *octet == b'_' { b' ' } else { *octet }).collect();
    decode_quoted_printable(&with_blanks)
}

/// Writes quoted-printable: everything but CRLF and visible ASCII is escaped, so that the octets
/// come back exactly.
pub(crate) fn encode_quoted_printable(octets: &[u8], out: &mut Vec<u8>) {
    const MAX_TEXT: usize = 75;
    let mut column = 0;
    let mut rest = octets;
    while let Some((octet, after)) = rest.split_first() {
        let line = rest.get(..(MAX_TEXT - column).min(rest.len())).unwrap_or_default();
        let run = plain_length_until(b'=', line);
        if run > 0 {
            let (plain, after) = rest.split_at_checked(run).unwrap_or((rest, &[]));
            let ends_line = after.is_empty() || after.starts_with(b"\r\n");
            // A blank at the end of a line is escaped.
            let plain = plain.strip_suffix(b" ").filter(|_| ends_line).unwrap_or(plain);
            if !plain.is_empty() {
                out.extend_from_slice(plain);
                column += plain.len();
                rest = rest.get(plain.len()..).unwrap_or_default();
                continue;
            }
        }
        if matches!(octet, b'=' | 0x80..) {
            // Of letters beyond ASCII there are several in a row.
            let run = rest.iter().take_while(|octet| matches!(octet, b'=' | 0x80..)).count();
            let (escaped, after) = rest.split_at_checked(run).unwrap_or((rest, &[]));
            for octet in escaped {
                if column + 3 > MAX_TEXT {
                    out.extend_from_slice(b"=\r\n");
                    column = 0;
                }
                out.extend_from_slice(&escape(*octet));
                column += 3;
            }
            rest = after;
            continue;
        }
        if rest.starts_with(b"\r\n") {
            out.extend_from_slice(b"\r\n");
            column = 0;
            rest = rest.get(2..).unwrap_or_default();
            continue;
        }
        let ends_line = after.is_empty() || after.starts_with(b"\r\n");
        let is_plain = matches!(octet, b'!'..=b'<' | b'>'..=b'~') || (matches!(octet, b' ' | b'\t') && !ends_line);
        let width = if is_plain { 1 } else { 3 };
        if column + width > MAX_TEXT {
            out.extend_from_slice(b"=\r\n");
            column = 0;
        }
        if is_plain {
            out.push(*octet);
        } else {
            out.extend_from_slice(&escape(*octet));
        }
        column += width;
        rest = after;
    }
}

/// Appends an octet as hexadecimal digits behind the mark of an escape, `=XX` or `%XX`.
pub(crate) fn push_escape(out: &mut String, mark: u8, octet: u8) {
    let [_, digits @ ..] = escape(octet);
    out.push(char::from(mark));
    out.extend(digits.map(char::from));
}

fn escape(octet: u8) -> [u8; 3] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or(b'0');
    [b'=', digit(octet >> 4), digit(octet & 0x0f)]
}

#[cfg(all(test, any(feature = "mm4", feature = "mm7")))]
mod tests {
    use super::super::noise;
    use super::*;

    #[test]
    fn undoes_quoted_printable() {
        for (text, octets, damage) in [
            ("Gr=C3=BC=c3=9Fe", "Grüße", None),
            ("a=\r\nb=\nc= \t\r\nd=", "abcd", None),
            ("a=b", "a=b", Some(1)),
            ("a=3", "a=3", Some(1)),
            ("line\r\n.\n", "line\r\n.\n", None),
        ] {
            let decoded = decode_quoted_printable(text.as_bytes());
            assert_eq!((decoded.octets.as_slice(), decoded.damage), (octets.as_bytes(), damage), "{text}");
        }
    }

    #[test]
    fn undoes_percent_escapes() {
        for (text, octets) in
            [("", ""), ("a%20b", "a b"), ("%C3%bc", "ü"), ("100%", "100%"), ("%%41%4", "%A%4"), ("%zz", "%zz")]
        {
            assert_eq!(decode_percent(text.as_bytes()), octets.as_bytes(), "{text}");
        }
    }

    #[test]
    fn writes_quoted_printable_that_gives_the_same_octets() {
        for octets in [noise(2_000), b"a \r\nb\t\r\n \nc\rd=".to_vec(), b"x".repeat(500), Vec::new()] {
            let mut text = Vec::new();
            encode_quoted_printable(&octets, &mut text);
            assert!(text.split(|octet| *octet == b'\n').all(|line| line.len() <= 77));
            assert_eq!(decode_quoted_printable(&text).octets, octets);
        }
    }
}

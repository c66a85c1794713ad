//! Mail and HTTP messages: lines.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use bytes::Bytes;
use memchr::memchr;

use super::Span;
use crate::options::Limits;

/// Walks a mail of MM4, a message of HTTP, or an envelope of MM7 line by line: header fields with their values, also
/// those of parts, boundaries, and content.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, span};
///
/// let mail = Bytes::from_static(
///     b"Subject: Hi\r\n there\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b--\r\n",
/// );
/// let mut names = Vec::new();
/// span::lines(&mail, |span| names.push(span.name.into_owned()));
/// let expected = [
///     "Subject", "Subject", "Content-Type", "end of headers", "boundary", "end of headers", "content", "last boundary",
/// ];
/// assert_eq!(names, expected);
/// ```
pub fn lines<'a>(octets: &'a Bytes, mut visit: impl FnMut(Span<'a>)) {
    let mut at = 0;
    let mut boundaries: Vec<&[u8]> = Vec::new();
    // XML has no headers before it.
    let mut in_headers = octets.trim_ascii_start().first().is_some_and(|first| *first != b'<');
    let mut name: Option<&'a str> = None;
    while let Some(rest) = octets.get(at..).filter(|rest| !rest.is_empty()) {
        let (line, _) = rest.split_at(memchr(b'\n', rest).map_or(rest.len(), |end| end + 1));
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let boundary = boundary_line(text, &boundaries);
        let (what, value): (Cow<'a, str>, Option<String>) = if let Some(is_last) = boundary {
            (in_headers, name) = (!is_last, None);
            (if is_last { "last boundary" } else { "boundary" }.into(), None)
        } else if !in_headers {
            ("content".into(), None)
        } else if text.is_empty() {
            in_headers = false;
            ("end of headers".into(), None)
        } else {
            if let Some(found) = boundary_of(text)
                && boundaries.len() < Limits::MAX_DEPTH
            {
                boundaries.push(found);
            }
            match (header(text), name) {
                (_, Some(name)) if matches!(text, [b' ' | b'\t', ..]) => {
                    (name.into(), Some(String::from_utf8_lossy(text.trim_ascii()).into_owned()))
                }
                (Some((own, value)), _) => {
                    name = Some(own);
                    (own.into(), Some(String::from_utf8_lossy(value).into_owned()))
                }
                _ => ("line".into(), None),
            }
        };
        visit(Span { offset: at, octets: line, depth: 0, name: what, value, has_inner: false });
        at += line.len();
    }
}

/// Name and value of a header line.
fn header(line: &[u8]) -> Option<(&str, &[u8])> {
    let colon = memchr(b':', line)?;
    let (name, value) = line.split_at(colon);
    let name = core::str::from_utf8(name).ok()?.trim_ascii_end();
    let is_name = !name.is_empty() && name.bytes().all(|c| c.is_ascii_graphic());
    is_name.then(|| (name, value.get(1..).unwrap_or_default().trim_ascii()))
}

/// The boundary that a line declares.
fn boundary_of(line: &[u8]) -> Option<&[u8]> {
    const NAME: &[u8] = b"boundary=";
    let at = line.windows(NAME.len()).position(|window| window.eq_ignore_ascii_case(NAME))?;
    let value = line.get(at + NAME.len()..)?;
    let boundary = match value {
        [b'"', quoted @ ..] => quoted.split(|c| *c == b'"').next()?,
        token => token.split(|c| *c == b';' || c.is_ascii_whitespace()).next()?,
    };
    Some(boundary).filter(|boundary| !boundary.is_empty())
}

/// Whether a line is a boundary, and if so, whether it is the last one of its multipart.
fn boundary_line(line: &[u8], boundaries: &[&[u8]]) -> Option<bool> {
    let line = line.trim_ascii_end().strip_prefix(b"--")?;
    boundaries.iter().find_map(|boundary| match line.strip_prefix(*boundary)? {
        [] => Some(false),
        b"--" => Some(true),
        _ => None,
    })
}

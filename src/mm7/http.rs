//! HTTP messages as captures have them: the head, and the body without its chunks (RFC 9112).

use alloc::string::String;
use alloc::vec::Vec;

use bytes::Bytes;

use super::body::looks_like_xml;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::mime::context::Context;
use crate::mime::header::{RawField, Section};
use crate::options::DeviationKind;

/// An HTTP message of which the head was read.
pub(super) struct HttpMessage {
    pub(super) content_type: Option<String>,
    /// The message, up to the end of the body, without the sizes of chunks.
    pub(super) octets: Bytes,
    /// Where the body begins.
    pub(super) body: usize,
    /// Where pieces of `octets` begin, and where they begin in the input, if that is not the same.
    pieces: Vec<(usize, usize)>,
}

impl HttpMessage {
    pub(super) fn read(message: &Bytes, cx: &mut Context) -> Result<Self, DecodeError> {
        let mut at = 0;
        let (head, body) = loop {
            let rest = message.get(at..).unwrap_or_default();
            let blank = rest.len() - rest.trim_ascii_start().len();
            if blank > 0 {
                // RFC 9112, 2.2: a server ignores them.
                cx.forgive(DeviationKind::StrayOctets, at)?;
            }
            at += blank;
            let rest = rest.get(blank..).unwrap_or_default();
            if !is_http(rest) {
                return Err(cx.error(DecodeErrorKind::NotAMessage, at));
            }
            let line = rest.get(..memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1)).unwrap_or_default();
            if !line.ends_with(b"\r\n") && line.ends_with(b"\n") {
                cx.forgive_once(DeviationKind::BareLineFeed, at + line.len() - 1)?;
            }
            let mut section = Section::new(message, at + line.len(), message.len(), true);
            let mut head = Head::default();
            while let Some(field) = section.next(cx)? {
                head.take(&field, cx)?;
            }
            if is_interim(line) {
                cx.count(at)?;
                at = section.offset();
                continue;
            }
            if head.content_type.is_none() {
                cx.missing("Content-Type", at)?;
            }
            if !head.has_action && !line.starts_with(b"HTTP/") {
                cx.missing("SOAPAction", at)?;
            }
            break (head, section.offset());
        };
        if let (Some((_, field)), Some(_)) = (head.content_length, head.chunked) {
            // RFC 9112, 6.2: a sender does not give both; 6.3: the chunks count.
            cx.forgive_in("Content-Length", DeviationKind::FieldConflict, field)?;
        }
        let (octets, pieces) = match head.chunked {
            Some(field) => without_chunks(message, body, field, cx)?,
            None => (message.slice(..head.body_end(message, body, cx)?), Vec::new()),
        };
        if let Some(field) = head.coding {
            let octets = octets.get(body..).unwrap_or_default().trim_ascii_start();
            if !looks_like_xml(octets) && !octets.starts_with(b"--") {
                cx.field = Some("Content-Encoding");
                return Err(cx.error(DecodeErrorKind::ContentCoding, field));
            }
            // Whoever made the capture has decoded it.
            cx.forgive_in("Content-Encoding", DeviationKind::TransferEncoding, field)?;
        }
        Ok(Self { content_type: head.content_type, octets, body, pieces })
    }

    /// Where in the input an octet is.
    pub(super) fn in_input(&self, at: usize) -> usize {
        let before = self.pieces.partition_point(|(start, _)| *start <= at);
        match before.checked_sub(1).and_then(|last| self.pieces.get(last)) {
            Some((start, input)) => input + (at - start),
            None => at,
        }
    }
}

/// Whether the octets begin with the first line of an HTTP message.
pub(super) fn is_http(octets: &[u8]) -> bool {
    let octets = octets.trim_ascii_start();
    let line = octets.get(..memchr::memchr(b'\n', octets).unwrap_or(octets.len())).unwrap_or_default().trim_ascii_end();
    let is_response = line.starts_with(b"HTTP/1.") || line.starts_with(b"HTTP/2");
    is_response || [&b" HTTP/1.1"[..], b" HTTP/1.0", b" HTTP/2", b" HTTP/2.0"].iter().any(|end| line.ends_with(end))
}

/// Whether another answer follows this one (RFC 9110, 15.2).
fn is_interim(line: &[u8]) -> bool {
    let mut words = line.split(|octet| *octet == b' ').filter(|word| !word.is_empty());
    line.starts_with(b"HTTP/") && words.nth(1).is_some_and(|status| status.starts_with(b"1"))
}

/// What the header fields say. Fields are noted by where they are.
#[derive(Default)]
struct Head {
    content_type: Option<String>,
    content_length: Option<(usize, usize)>,
    chunked: Option<usize>,
    /// An encoding that this crate does not undo.
    coding: Option<usize>,
    has_action: bool,
}

impl Head {
    fn take(&mut self, field: &RawField<'_>, cx: &mut Context) -> Result<(), DecodeError> {
        if field.is("Content-Type") {
            let value = field.text(cx)?;
            if self.content_type.is_some() {
                cx.forgive_in("Content-Type", DeviationKind::DuplicateField, field.offset)?;
            } else {
                self.content_type = Some(value.into_owned());
            }
        } else if field.is("Content-Length") {
            // RFC 9110, 8.6: repeated values count once.
            let value = field.text(cx)?;
            let mut values = value.split(',').map(|value| number(value.trim_ascii(), 10));
            let first = self.content_length.map(|(length, _)| length).or_else(|| values.next().flatten());
            match first.filter(|_| values.all(|value| value == first)) {
                Some(length) => self.content_length = Some((length, field.offset)),
                None => cx.forgive_in("Content-Length", DeviationKind::InvalidValue, field.offset)?,
            }
        } else if field.is("Transfer-Encoding") || field.is("Content-Encoding") {
            let value = field.text(cx)?;
            for coding in value.split(',').map(str::trim) {
                if coding.eq_ignore_ascii_case("chunked") {
                    self.chunked = Some(field.offset);
                } else if !coding.is_empty() && !coding.eq_ignore_ascii_case("identity") {
                    self.coding = Some(field.offset);
                }
            }
        } else if field.is("SOAPAction") {
            self.has_action = true;
            if field.text(cx)?.trim_ascii() != "\"\"" {
                cx.forgive_in("SOAPAction", DeviationKind::InvalidValue, field.offset)?;
            }
        }
        Ok(())
    }

    /// Where a body without chunks ends.
    fn body_end(&self, message: &[u8], body: usize, cx: &mut Context) -> Result<usize, DecodeError> {
        let Some((length, field)) = self.content_length else { return Ok(message.len()) };
        let end = body.saturating_add(length);
        match message.get(end..) {
            Some([]) => Ok(end),
            // What came next on the connection.
            Some(next) if is_http(next) => {
                cx.forgive_in("Content-Length", DeviationKind::TrailingOctets, end)?;
                Ok(end)
            }
            // Wrongly counted, such as in characters.
            Some(_) => {
                cx.forgive_in("Content-Length", DeviationKind::WrongContentLength, field)?;
                Ok(message.len())
            }
            None => {
                cx.forgive_in("Content-Length", DeviationKind::Truncated, message.len())?;
                Ok(message.len())
            }
        }
    }
}

/// An HTTP message without the sizes of its chunks (RFC 9112, 7.1), and its pieces.
fn without_chunks(
    message: &Bytes,
    body: usize,
    field: usize,
    cx: &mut Context,
) -> Result<(Bytes, Vec<(usize, usize)>), DecodeError> {
    const FIELD: &str = "Transfer-Encoding";
    let mut whole = Vec::with_capacity(message.len());
    whole.extend_from_slice(message.get(..body).unwrap_or_default());
    let mut pieces = Vec::new();
    let mut at = body;
    let mut has_other_ends = false;
    // Deviations are counted in what is put together, and moved to the input with the others.
    let forgive = |kind, whole: usize, at: usize, cx: &mut Context| {
        cx.forgive_in(FIELD, kind, whole).map_err(|error| DecodeError { offset: at, ..error })
    };
    loop {
        let rest = message.get(at..).unwrap_or_default();
        let Some((size, line)) = chunk_size(rest) else {
            if pieces.is_empty() && !rest.is_empty() {
                // Whoever made the capture has put the chunks together.
                cx.forgive_in(FIELD, DeviationKind::TransferEncoding, field)?;
                return Ok((message.clone(), Vec::new()));
            }
            let kind = if rest.is_empty() { DeviationKind::Truncated } else { DeviationKind::TransferEncoding };
            pieces.push((whole.len(), at));
            forgive(kind, whole.len(), at, cx)?;
            whole.extend_from_slice(rest);
            break;
        };
        cx.count(at)?;
        has_other_ends |= !rest.get(..line).is_some_and(|line| line.ends_with(b"\r\n"));
        at += line;
        pieces.push((whole.len(), at));
        if size == 0 {
            let after = message.get(at..).unwrap_or_default();
            let next = end_of_trailer(after);
            let kind = match next.and_then(|next| after.get(next..)) {
                Some(rest) if rest.trim_ascii().is_empty() => break,
                Some(_) => DeviationKind::TrailingOctets,
                None => DeviationKind::Truncated,
            };
            at += next.unwrap_or(after.len());
            pieces.push((whole.len(), at));
            forgive(kind, whole.len(), at, cx)?;
            break;
        }
        let rest = message.get(at..).unwrap_or_default();
        let data = rest.get(..size).unwrap_or(rest);
        whole.extend_from_slice(data);
        let end = rest.get(data.len()..).unwrap_or_default();
        at = message.len() - end.len();
        at += match end {
            [b'\r', b'\n', ..] => 2,
            [] | [b'\r'] => end.len(),
            _ => {
                has_other_ends = true;
                usize::from(end.starts_with(b"\n"))
            }
        };
    }
    if has_other_ends {
        // Lines and data of chunks end in CR LF.
        cx.forgive_in(FIELD, DeviationKind::TransferEncoding, field)?;
    }
    Ok((whole.into(), pieces))
}

/// The size of the chunk that begins here, and how long its line is.
fn chunk_size(octets: &[u8]) -> Option<(usize, usize)> {
    let end = memchr::memchr(b'\n', octets)?;
    let line = core::str::from_utf8(octets.get(..end)?).ok()?;
    Some((number(line.split(';').next()?.trim_ascii(), 16)?, end + 1))
}

fn number(digits: &str, radix: u32) -> Option<usize> {
    // The parser would take a sign.
    usize::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))
}

/// How long the fields behind the last chunk are, with the empty line that ends them.
fn end_of_trailer(octets: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let line = octets.get(at..)?;
        let end = memchr::memchr(b'\n', line)?;
        at += end + 1;
        if matches!(line.get(..end)?, [] | b"\r") {
            return Some(at);
        }
    }
}

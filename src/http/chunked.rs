//! The chunked coding of HTTP (RFC 9112, 7.1).

use alloc::vec::Vec;

use bytes::Bytes;

use super::{Binding, is_control, is_token, number};
use crate::context::Context;
use crate::error::DecodeError;
use crate::options::DeviationKind;

/// A message whose end was found.
pub(super) struct Framed {
    /// The message without the sizes of chunks.
    pub(super) octets: Bytes,
    pub(super) pieces: Vec<(usize, usize)>,
    pub(super) consumed: usize,
}

/// An HTTP message without the sizes of its chunks (RFC 9112, 7.1).
pub(super) fn without_chunks(
    message: &Bytes,
    body: usize,
    field: usize,
    binding: &Binding,
    cx: &mut Context,
) -> Result<Framed, DecodeError> {
    const FIELD: &str = "Transfer-Encoding";
    let mut whole = Vec::with_capacity(message.len());
    whole.extend_from_slice(message.get(..body).unwrap_or_default());
    let mut pieces = Vec::new();
    let mut at = body;
    let mut end = message.len();
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
                return Ok(Framed { octets: message.clone(), pieces: Vec::new(), consumed: message.len() });
            }
            let kind = if rest.is_empty() { DeviationKind::Truncated } else { DeviationKind::TransferEncoding };
            pieces.push((whole.len(), at));
            forgive(kind, whole.len(), at, cx)?;
            whole.extend_from_slice(rest);
            break;
        };
        cx.count(at)?;
        has_other_ends |= !rest.get(..line).is_some_and(is_size_line);
        at += line;
        pieces.push((whole.len(), at));
        if size == 0 {
            let after = message.get(at..).unwrap_or_default();
            let (start, in_whole) = (at, whole.len());
            let in_input = |error: DecodeError| DecodeError { offset: error.offset - in_whole + start, ..error };
            let trailer = Trailer::read(after, in_whole, cx).map_err(in_input)?;
            has_other_ends |= trailer.has_other_ends;
            let length = trailer.length.unwrap_or(after.len());
            end = start + length;
            let kind = match trailer.length.and_then(|length| after.get(length..)) {
                Some([]) => break,
                Some(_) if !binding.is_alone => break,
                Some(_) => DeviationKind::TrailingOctets,
                None => DeviationKind::Truncated,
            };
            forgive(kind, in_whole + length, start + length, cx)?;
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
    Ok(Framed { octets: whole.into(), pieces, consumed: end })
}

/// The size of the chunk that begins here, and how long its line is.
fn chunk_size(octets: &[u8]) -> Option<(usize, usize)> {
    let end = memchr::memchr(b'\n', octets)?;
    let line = core::str::from_utf8(octets.get(..end)?).ok()?;
    Some((number(line.split(';').next()?.trim_ascii(), 16)?, end + 1))
}

/// Whether the line with the size of a chunk follows RFC 9112, 7.1: no white space before the size, not
/// more digits than any size has, no control characters, CR LF at its end.
fn is_size_line(line: &[u8]) -> bool {
    const MOST_DIGITS: usize = 20;
    let Some(line) = line.strip_suffix(b"\r\n") else { return false };
    let digits = line.iter().take_while(|octet| octet.is_ascii_hexdigit()).count();
    (1..=MOST_DIGITS).contains(&digits) && !line.iter().any(|octet| is_control(*octet))
}

/// The fields behind the last chunk (RFC 9112, 7.1.2).
struct Trailer {
    /// How long they are with the empty line that ends them, if there is one.
    length: Option<usize>,
    /// Lines end without CR.
    has_other_ends: bool,
}

impl Trailer {
    fn read(octets: &[u8], offset: usize, cx: &mut Context) -> Result<Self, DecodeError> {
        /// RFC 9110, 6.5.1: what says how to read the message comes before it.
        const NEVER: [&[u8]; 5] =
            [b"Content-Length", b"Transfer-Encoding", b"Content-Encoding", b"Content-Type", b"Host"];
        let mut trailer = Self { length: None, has_other_ends: false };
        let mut at = 0;
        loop {
            let line = octets.get(at..).unwrap_or_default();
            let Some(end) = memchr::memchr(b'\n', line) else { return Ok(trailer) };
            let whole = line.get(..end).unwrap_or_default();
            let line = whole.strip_suffix(b"\r").unwrap_or(whole);
            trailer.has_other_ends |= line.len() == whole.len();
            if line.is_empty() {
                trailer.length = Some(at + end + 1);
                return Ok(trailer);
            }
            let name = line.get(..memchr::memchr(b':', line).unwrap_or_default()).unwrap_or_default();
            let is_fold = at > 0 && (line.starts_with(b" ") || line.starts_with(b"\t"));
            if (!is_fold && !is_token(name)) || line.iter().any(|octet| is_control(*octet)) {
                cx.forgive(DeviationKind::HeaderSyntax, offset + at)?;
            } else if !is_fold && NEVER.iter().any(|never| never.eq_ignore_ascii_case(name)) {
                cx.forgive(DeviationKind::FieldConflict, offset + at)?;
            }
            at += end + 1;
        }
    }
}

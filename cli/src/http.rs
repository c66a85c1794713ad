//! Messages of HTTP: those that MM7 is written as, since their header has the boundary of the body, and compressed ones.

use std::io::Read;

use flate2::read::{GzDecoder, ZlibDecoder};
use memchr::memmem;
use mms_codec::mm7::{self, Envelope};
use mms_codec::{Bytes, EncodeError};

/// The request that carries the message.
pub(crate) fn request(envelope: &Envelope) -> Result<Vec<u8>, EncodeError> {
    message("POST / HTTP/1.1\r\nHost: localhost\r\n", "SOAPAction: \"\"\r\n", envelope)
}

/// The response that carries the message.
pub(crate) fn response(envelope: &Envelope) -> Result<Vec<u8>, EncodeError> {
    let status = envelope.http_status();
    let reason = if status == 200 { "OK" } else { "Internal Server Error" };
    message(&format!("HTTP/1.1 {status} {reason}\r\n"), "", envelope)
}

fn message(start: &str, end: &str, envelope: &Envelope) -> Result<Vec<u8>, EncodeError> {
    let encoded = mm7::encode(envelope)?;
    let (body, content_type) = (encoded.body(), encoded.content_type);
    let length = body.len();
    let head = format!("{start}Content-Type: {content_type}\r\nContent-Length: {length}\r\n{end}\r\n");
    Ok([head.as_bytes(), &body].concat())
}

/// The longest content that is decompressed.
const MAX_CONTENT: u64 = 64 << 20;

/// An HTTP message with compressed content without its compression, and how many octets it took.
pub(crate) fn uncompressed(octets: &Bytes) -> Option<(Bytes, usize)> {
    if !mms_codec::http::detect(octets) {
        return None;
    }
    let end = memmem::find(octets, b"\r\n\r\n")? + 4;
    let head = octets.get(..end)?;
    let is_field = |line: &[u8], name: &[u8]| {
        line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && line.get(name.len()) == Some(&b':')
    };
    let lines = || head.split_inclusive(|octet| *octet == b'\n');
    let coding = lines().find(|line| is_field(line, b"Content-Encoding"))?;
    let coding = coding.split(|octet| *octet == b':').nth(1)?.trim_ascii().to_ascii_lowercase();
    let without = |names: &[&[u8]]| {
        let kept = lines().filter(|line| !names.iter().any(|name| is_field(line, name)));
        kept.flatten().copied().collect::<Vec<u8>>()
    };
    // No more is copied than up to the next message.
    let next = memmem::find(octets.get(end..)?, b"HTTP/1.").map_or(octets.len(), |next| end + next);
    let mut plain = without(&[b"Content-Encoding"]);
    let removed = head.len() - plain.len();
    plain.extend_from_slice(octets.get(end..next)?);
    let message = mms_codec::http::decode(&plain.into()).ok()?.value;
    let mut content = Vec::new();
    // What a damaged stream has before the damage is content too.
    let _ = match &*coding {
        b"gzip" | b"x-gzip" => GzDecoder::new(&*message.body).take(MAX_CONTENT).read_to_end(&mut content),
        b"deflate" => ZlibDecoder::new(&*message.body).take(MAX_CONTENT).read_to_end(&mut content),
        _ => return None,
    };
    let mut plain = without(&[b"Content-Encoding", b"Content-Length", b"Transfer-Encoding"]);
    plain.truncate(plain.len() - 2);
    plain.extend_from_slice(format!("Content-Length: {}\r\n\r\n", content.len()).as_bytes());
    plain.extend_from_slice(&content);
    Some((plain.into(), message.consumed + removed))
}

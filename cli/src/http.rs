//! MM7 in a file: the HTTP message, since its header has the boundary of the body.

use mms_codec::EncodeError;
use mms_codec::mm7::{self, Envelope};

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

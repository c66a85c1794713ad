//! MM7 in a file: the HTTP message, since its header has the boundary of the body.

use mms_codec::EncodeError;
use mms_codec::mm7::{self, Envelope};

/// The request that carries the message.
pub(crate) fn request(envelope: &Envelope) -> Result<Vec<u8>, EncodeError> {
    let encoded = mm7::encode(envelope)?;
    let (body, content_type) = (encoded.body(), encoded.content_type);
    let head = format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nSOAPAction: \"\"\r\n\r\n",
        body.len()
    );
    Ok([head.as_bytes(), &body].concat())
}

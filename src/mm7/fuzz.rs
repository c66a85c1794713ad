//! Bodies of fuzz targets, which tests replay.

use alloc::string::String;

use bytes::Bytes;

use super::http::is_http;
use super::{EncodeOptions, Envelope, decode, decode_envelope, decode_http, detect, encode_with};
use crate::error::DecodeError;
use crate::options::Decoded;

/// Body of a fuzz target: an envelope. What is decoded is encoded, and decoded again to the same.
#[doc(hidden)]
pub fn fuzz_envelope(octets: &[u8]) {
    check_stable(decode_envelope(&Bytes::copy_from_slice(octets)));
}

/// Body of a fuzz target: a whole HTTP body, whose first line is the content type; or an HTTP message.
#[doc(hidden)]
pub fn fuzz_body(octets: &[u8]) {
    if is_http(octets) {
        let decoded = decode_http(&Bytes::copy_from_slice(octets));
        let places = match &decoded {
            Ok(decoded) => decoded.deviations.iter().map(|deviation| deviation.offset).collect(),
            Err(error) => alloc::vec![error.offset],
        };
        assert!(places.iter().all(|place| *place <= octets.len()), "a place outside of the message");
        check_stable(decoded);
        return;
    }
    let split = memchr::memchr(b'\n', octets).unwrap_or(0);
    let (content_type, body) = octets.split_at_checked(split).unwrap_or_default();
    let content_type = String::from_utf8_lossy(content_type);
    let body = Bytes::copy_from_slice(body.get(1..).unwrap_or_default());
    let _ = detect(&body);
    check_stable(decode(&content_type, &body));
}

#[expect(clippy::panic, reason = "what a fuzz target is for")]
fn check_stable(decoded: Result<Decoded<Envelope>, DecodeError>) {
    let Ok(decoded) = decoded else { return };
    let options = EncodeOptions { leave_out: true, write_extra: false };
    let Ok(encoded) = encode_with(&decoded.value, &options) else { return };
    match decode(&encoded.content_type, &encoded.body()) {
        Ok(again) => {
            let twice = encode_with(&again.value, &options).map(|encoded| encoded.body());
            assert_eq!(twice, Ok(encoded.body()), "encoding is not stable");
        }
        Err(error) => panic!("what was encoded is refused: {error}"),
    }
}

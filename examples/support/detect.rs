//! Finding out which interface octets are a message of.

use mms_codec::mm1::{FieldCode, FieldName, Fields};
use mms_codec::{Bytes, mm4, mm7, push};

/// The name of the interface that octets look like a message of. Those that are recognised most
/// surely are tried first.
pub(crate) fn detect(octets: &Bytes) -> Option<&'static str> {
    if mm7::detect(octets) {
        Some("mm7")
    } else if mm4::detect(octets) {
        Some("mm4")
    } else if is_push(octets) {
        Some("push")
    } else if is_mm1(octets) {
        Some("mm1")
    } else {
        None
    }
}

/// Whether it begins as a push does, and is one. A PDU of MM1 begins with its type.
fn is_push(octets: &Bytes) -> bool {
    !matches!(**octets, [0x8c, 0x80..=0xff, ..])
        && push::decode(octets).is_ok_and(|push| push.value.is_mms() || matches!(**octets, [_, 0x06 | 0x07, ..]))
}

/// Whether there is a message type, in its place or elsewhere.
fn is_mm1(octets: &[u8]) -> bool {
    let mut fields = Fields::new(octets).map_while(Result::ok);
    fields.any(|field| field.name == FieldName::Code(FieldCode::MESSAGE_TYPE) && matches!(field.value, [0x80..=0xff]))
}

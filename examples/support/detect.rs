//! Finding out which interface octets are a message of, and what carries it.

use mms_codec::message::ContentType;
use mms_codec::mm1::{FieldCode, FieldName, Fields};
use mms_codec::push::sms::{Deliver, UserData, UserDataHeader};
use mms_codec::{Bytes, Options, mm4, mm7, push};

/// How far the head of an HTTP message is looked for.
const HEAD_OCTETS: usize = 65_536;

/// The name of the interface that octets look like a message of. Those that are recognised most
/// surely are tried first.
pub(crate) fn detect(octets: &Bytes) -> Option<&'static str> {
    if mm7::detect(octets) {
        Some("mm7")
    } else if mm4::detect(octets) {
        Some("mm4")
    } else if http_body(octets).is_some() {
        Some("mm1")
    } else if short_message_data(octets).is_some() || is_push(octets) {
        Some("push")
    } else if is_mm1(octets) {
        Some("mm1")
    } else {
        None
    }
}

/// The message of the interface without what carries it, if that is one of these: an HTTP message
/// around a PDU of MM1, or an SMS-DELIVER around a push.
pub(crate) fn uncarried(interface: &str, octets: &Bytes) -> Bytes {
    let inside = match interface {
        "mm1" => http_body(octets),
        "push" => short_message_data(octets),
        _ => None,
    };
    inside.unwrap_or_else(|| octets.clone())
}

/// The body of an HTTP message whose head says that it is a PDU of MM1.
fn http_body(octets: &Bytes) -> Option<Bytes> {
    let window = octets.get(..octets.len().min(HEAD_OCTETS))?;
    if !window.iter().take_while(|octet| **octet != b'\r').all(|octet| matches!(octet, b' '..=b'~')) {
        return None;
    }
    let end = window.windows(4).position(|end| end == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(window.get(..end)?);
    let mut lines = head.lines();
    let first = lines.next()?;
    let is_http = first.starts_with("HTTP/1.") || first.ends_with(" HTTP/1.1") || first.ends_with(" HTTP/1.0");
    let mut fields = lines.filter_map(|line| line.split_once(':'));
    let (_, content_type) = fields.find(|(name, _)| name.eq_ignore_ascii_case("Content-Type"))?;
    let media = content_type.split(';').next().unwrap_or_default().trim();
    (is_http && media.eq_ignore_ascii_case(ContentType::MMS_MESSAGE)).then(|| octets.slice(end + 4..))
}

/// What an SMS-DELIVER to the port of push carries, with or without the address of the service
/// centre before it. Not if it is one of several segments, or anything about it is wrong.
fn short_message_data(octets: &Bytes) -> Option<Bytes> {
    let data = |tpdu: &Bytes| {
        let UserData { header, data, .. } = Deliver::decode(tpdu, &Options::strict()).ok()?.value.user_data;
        (is_for_push(&header) && header.concatenation().is_none_or(|place| place.total == 1)).then_some(data)
    };
    let centre = usize::from(*octets.first()?) + 1;
    data(octets).or_else(|| data(&octets.slice(octets.len().min(centre)..)))
}

fn is_for_push(header: &UserDataHeader) -> bool {
    header.ports().is_some_and(|ports| ports.is_push())
}

/// Whether it begins as a push does, and is one. A PDU of MM1 begins with its type.
fn is_push(octets: &Bytes) -> bool {
    let has_type = || matches!(**octets, [_, 0x06 | 0x07, ..]);
    let has_port =
        || UserData::decode(octets, &Options::strict()).is_ok_and(|user_data| is_for_push(&user_data.value.header));
    !matches!(**octets, [0x8c, 0x80..=0xff, ..])
        && push::decode(octets).is_ok_and(|push| push.value.is_mms() || has_type() || has_port())
}

/// Whether there is a message type, in its place or elsewhere.
fn is_mm1(octets: &[u8]) -> bool {
    let mut fields = Fields::new(octets).map_while(Result::ok);
    fields.any(|field| field.name == FieldName::Code(FieldCode::MESSAGE_TYPE) && matches!(field.value, [0x80..=0xff]))
}

//! Finding out which interface octets are a message of, and what carries it.

use mms_codec::mm1::{FieldCode, FieldName, Fields};
use mms_codec::push::sms::{Alphabet, ShortMessage, Tpdu, UserData, UserDataHeader};
use mms_codec::{Bytes, Decoded, Options, http, mm4, mm7, push};

/// The name of the interface that octets look like a message of. Those that are recognised most
/// surely are tried first.
pub(crate) fn detect(octets: &Bytes) -> Option<&'static str> {
    if mm7::detect(octets) {
        return Some("mm7");
    }
    if let Some(message) = http_message(octets) {
        return bare(&message.body);
    }
    if mm4::detect(octets) { Some("mm4") } else { bare(octets) }
}

/// The interface of octets without a head.
fn bare(octets: &Bytes) -> Option<&'static str> {
    if short_message_data(octets).is_some() || is_push(octets) {
        Some("push")
    } else if is_mm1(octets) {
        Some("mm1")
    } else {
        None
    }
}

/// The message of an interface without what carries it.
pub(crate) struct Uncarried {
    pub(crate) octets: Bytes,
    /// The HTTP message around it, if there is one.
    http: Option<http::Message>,
    /// Where it begins behind the head of HTTP.
    start: usize,
}

#[allow(dead_code, reason = "not every program reports offsets")]
impl Uncarried {
    /// Where in the input an octet of the message is.
    pub(crate) fn offset_in_input(&self, at: usize) -> usize {
        let at = self.start + at;
        self.http.as_ref().map_or(at, |http| http.offset_in_input(at))
    }
}

/// The message of the interface without what carries it, if that is one of these: an HTTP message
/// around a PDU of MM1 or a push, or a short message around a push.
pub(crate) fn uncarried(interface: &str, octets: &Bytes) -> Uncarried {
    let http = http_message(octets).filter(|_| matches!(interface, "mm1" | "push"));
    let whole = http.as_ref().map_or_else(|| octets.clone(), |http| http.body.clone());
    let inside = if interface == "push" { short_message_data(&whole) } else { None };
    // What digits stand for is nowhere in the input.
    let place = inside.as_ref().map(|inside| inside.as_ptr().addr().wrapping_sub(whole.as_ptr().addr()));
    let start = place.filter(|place| *place <= whole.len()).unwrap_or_default();
    Uncarried { octets: inside.unwrap_or(whole), http, start }
}

/// The HTTP message that the octets are, whatever its type.
fn http_message(octets: &Bytes) -> Option<http::Message> {
    let is_http = http::detect(octets);
    is_http.then(|| http::decode(octets).ok()).flatten().map(|decoded| decoded.value)
}

/// The longest line that a modem writes: a head, and the digits of an address and a TPDU.
const LINE_OCTETS: usize = 1_024;

/// What a short message to the port of push carries, with or without the address of the service centre
/// before it, in octets or in the hexadecimal digits that modems write. Not if it is one of several
/// segments, or more is wrong about it than an address or a time.
fn short_message_data(octets: &Bytes) -> Option<Bytes> {
    let options = Options::lenient();
    let line = octets.get(..octets.len().min(LINE_OCTETS + 1)).and_then(|line| std::str::from_utf8(line).ok());
    if let Some(line) = line.filter(|line| line.len() <= LINE_OCTETS && line.is_ascii()) {
        return push_in(ShortMessage::decode_line(line, &options).ok()?.map(|message| message.tpdu));
    }
    let with_centre = || push_in(ShortMessage::decode(octets, &options).ok()?.map(|message| message.tpdu));
    Tpdu::decode(octets, &options).ok().and_then(push_in).or_else(with_centre)
}

fn push_in(decoded: Decoded<Tpdu>) -> Option<Bytes> {
    let (user_data, data_coding) = match decoded.value {
        Tpdu::Deliver(tpdu) => (tpdu.user_data, tpdu.data_coding),
        Tpdu::Submit(tpdu) => (tpdu.user_data, tpdu.data_coding),
        _ => return None,
    };
    let does_not_matter = |field: Option<&str>| matches!(field, Some("RP-SMSC" | "TP-OA" | "TP-DA" | "TP-SCTS"));
    let is_right = decoded.deviations.iter().all(|deviation| does_not_matter(deviation.field));
    let is_whole = user_data.header.concatenation().is_none_or(|place| place.total == 1);
    let is_push = is_for_push(&user_data.header) && Alphabet::of(data_coding) == Alphabet::Data;
    (is_right && is_whole && is_push).then_some(user_data.data)
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

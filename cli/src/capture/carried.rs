//! What datagrams and streams carry.

use std::net::SocketAddr;

use memchr::{memchr, memmem};
use mms_codec::push::sms::{Concatenation, InformationElement, Ports, Reference, SmppMessage, UserData};
use mms_codec::{Bytes, Interface, Options, http, mm4, push};

use super::Captured;
use super::streams::Stream;
use crate::http::uncompressed;

/// Ports of pushes without connection: WAP push, and WSP without and with security.
const PUSH_PORTS: [u16; 3] = [2948, 9200, 9201];

/// A push in a datagram; at ports that are not for pushes, a push of a message.
pub(crate) fn datagram(port: u16, data: &[u8]) -> Option<Bytes> {
    let [_, 0x06 | 0x07, ..] = data else { return None };
    let octets = Bytes::copy_from_slice(data);
    let push = push::decode(&octets).ok()?.value;
    (push.is_mms() || PUSH_PORTS.contains(&port)).then_some(octets)
}

/// The messages of a stream.
pub(crate) fn stream(stream: &Stream) -> Vec<Captured> {
    let mut found = Vec::new();
    let mut sink = |at: usize, originator: String, octets: Bytes| {
        found.push(Captured { packet: stream.packet(at), originator, octets });
    };
    if is_smpp(stream) {
        smpp(&stream.octets, &mut sink);
    } else if is_smtp(stream) {
        smtp(&stream.octets, &mut |at, mail| sink(at, String::new(), mail));
    } else {
        requests(&stream.octets, &mut |at, message| sink(at, String::new(), message));
    }
    found
}

/// HTTP messages with something of MM1 or MM7 in them.
fn requests(octets: &Bytes, sink: &mut dyn FnMut(usize, Bytes)) {
    let mut at = 0;
    while let Some(rest) = octets.get(at..).filter(|rest| !rest.is_empty()) {
        if !http::detect(rest) {
            // In the middle of a message, which need not end with a line.
            let Some(next) = next_message(rest) else { return };
            at += next;
            continue;
        }
        let rest = octets.slice(at..);
        if let Some((message, consumed)) = uncompressed(&rest) {
            let plain = http::decode(&message).map(|decoded| decoded.value);
            if plain.is_ok_and(|plain| is_carrier(plain.content_type.as_deref(), &plain.body, &message)) {
                sink(at, message);
            }
            at += consumed.max(1);
        } else if let Ok(message) = http::decode(&rest) {
            let message = message.value;
            let octets = rest.slice(..message.consumed.min(rest.len()));
            if is_carrier(message.content_type.as_deref(), &message.body, &octets) {
                sink(at, octets);
            }
            at += message.consumed.max(1);
        } else {
            at += memmem::find(&rest, b"\r\n\r\n").map_or(rest.len(), |end| end + 4);
        }
    }
}

/// Where the next message of HTTP begins behind the first octet.
fn next_message(octets: &[u8]) -> Option<usize> {
    const METHODS: [&[u8]; 3] = [b"POST ", b"GET ", b"PUT "];
    let mut from = 1;
    loop {
        let version = from + memmem::find(octets.get(from..)?, b"HTTP/1.")?;
        let before = octets.get(from..version)?;
        let line = before.iter().rposition(|octet| *octet == b'\n').map_or(0, |end| end + 1);
        let method = METHODS.iter().filter_map(|method| memmem::rfind(before.get(line..)?, method)).max();
        let start = method.map_or(version, |method| from + line + method);
        if http::detect(octets.get(start..)?) {
            return Some(start);
        }
        from = version + 1;
    }
}

/// Whether an HTTP message carries a message, by its type, or by how its content begins where the type says nothing.
fn is_carrier(content_type: Option<&str>, body: &Bytes, message: &Bytes) -> bool {
    let content_type = content_type.unwrap_or_default().to_ascii_lowercase();
    if ["vnd.wap.mms", "xml", "multipart/"].iter().all(|part| !content_type.contains(part)) {
        return matches!(body[..], [0x8c, 0x80..=0xff, 0x80..=0xff, ..])
            && mms_codec::detect(message) == Some(Interface::Mm1);
    }
    !body.is_empty() && mms_codec::detect(message).is_some()
}

fn is_port(stream: &Stream, ports: &[u16]) -> bool {
    [stream.from, stream.to].iter().map(SocketAddr::port).any(|port| ports.contains(&port))
}

/// Whether it is what a client of SMTP says.
fn is_smtp(stream: &Stream) -> bool {
    let begins = |word: &[u8]| stream.octets.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    [&b"EHLO "[..], b"HELO ", b"LHLO ", b"MAIL FROM:"].into_iter().any(begins)
        || is_port(stream, &[25, 587, 2525]) && !http::detect(&stream.octets)
}

/// The mails of MM4 in `DATA` and `BDAT` (RFC 5321, 4.1.1.4; RFC 3030).
fn smtp(octets: &Bytes, sink: &mut dyn FnMut(usize, Bytes)) {
    let mut chunks = Vec::new();
    let mut chunks_at = 0;
    let mut at = 0;
    while let Some(length) = octets.get(at..).and_then(|rest| memchr(b'\n', rest)) {
        let line = octets.get(at..at + length).unwrap_or_default().trim_ascii();
        at += length + 1;
        let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        let command = words.next().unwrap_or_default();
        if command.eq_ignore_ascii_case(b"DATA") {
            let rest = octets.get(at..).unwrap_or_default();
            let length =
                if rest.starts_with(b".\r\n") { Some(0) } else { memmem::find(rest, b"\r\n.\r\n").map(|at| at + 2) };
            let Some(mail) = length.and_then(|length| rest.get(..length)) else { return };
            send(at, without_dots(mail), sink);
            at += mail.len() + 3;
        } else if command.eq_ignore_ascii_case(b"BDAT") {
            let size = words.next().and_then(|word| str::from_utf8(word).ok()).and_then(|word| word.parse().ok());
            let Some(chunk) = size.and_then(|size: usize| octets.get(at..at.checked_add(size)?)) else { return };
            if chunks.is_empty() {
                chunks_at = at;
            }
            chunks.extend_from_slice(chunk);
            at += chunk.len();
            if words.next().is_some_and(|word| word.eq_ignore_ascii_case(b"LAST")) {
                send(chunks_at, std::mem::take(&mut chunks), sink);
            }
        }
    }
}

fn send(at: usize, mail: Vec<u8>, sink: &mut dyn FnMut(usize, Bytes)) {
    if mm4::detect(&mail) {
        sink(at, mail.into());
    }
}

/// A mail without the dots that SMTP puts before those at the start of a line (RFC 5321, 4.5.2).
fn without_dots(mail: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(mail.len());
    let mut rest = mail.strip_prefix(b".").unwrap_or(mail);
    while let Some(at) = memmem::find(rest, b"\r\n.") {
        let (line, behind) = rest.split_at(at + 2);
        plain.extend_from_slice(line);
        rest = behind.strip_prefix(b".").unwrap_or(behind);
    }
    plain.extend_from_slice(rest);
    plain
}

/// Commands with a short message (SMPP 3.4, 5.1.2.1).
const SUBMIT_SM: u32 = 0x04;
const DELIVER_SM: u32 = 0x05;
const DATA_SM: u32 = 0x0103;

/// The length and the command of a PDU of SMPP.
fn smpp_head(octets: &[u8]) -> Option<(usize, u32)> {
    let (length, rest) = octets.split_first_chunk()?;
    let (command, _) = rest.split_first_chunk()?;
    let length = u32::from_be_bytes(*length);
    // The longest has a payload of 64 KiB.
    let is_length = (16..=70_000).contains(&length);
    let command = u32::from_be_bytes(*command);
    is_length.then_some((usize::try_from(length).ok()?, command))
}

fn is_smpp(stream: &Stream) -> bool {
    let is_command =
        |(_, command): (usize, u32)| matches!(command & 0x7fff_ffff, 0x00..=0x09 | 0x15 | 0x21 | 0x0102 | 0x0103);
    smpp_head(&stream.octets).is_some_and(is_command) || is_port(stream, &[2775])
}

fn smpp(octets: &Bytes, sink: &mut dyn FnMut(usize, String, Bytes)) {
    let mut at = 0;
    while let Some((length, command)) = octets.get(at..).and_then(smpp_head) {
        let body = octets.slice(octets.len().min(at + 16)..octets.len().min(at + length));
        if let Some((originator, data)) = short_message(command, &body) {
            sink(at, originator, data);
        }
        at += length;
    }
}

/// The originator and the user data of a short message that carries data to the ports of push, or is a segment.
fn short_message(command: u32, body: &Bytes) -> Option<(String, Bytes)> {
    let mut fields = Fields(body);
    if !matches!(command, SUBMIT_SM | DELIVER_SM | DATA_SM) {
        return None;
    }
    fields.text()?; // service_type
    fields.octets(2)?; // source_addr_ton, source_addr_npi
    let source = fields.text()?;
    fields.octets(2)?; // dest_addr_ton, dest_addr_npi
    fields.text()?; // destination_addr
    let mut message = SmppMessage { esm_class: fields.octet()?, ..SmppMessage::default() };
    if command == DATA_SM {
        fields.octets(2)?; // registered_delivery, data_coding
    } else {
        fields.octets(2)?; // protocol_id, priority_flag
        fields.text()?; // schedule_delivery_time
        fields.text()?; // validity_period
        fields.octets(4)?; // registered_delivery, replace_if_present_flag, data_coding, sm_default_msg_id
        let length = fields.octet()?;
        message.short_message = Bytes::copy_from_slice(fields.octets(length.into())?);
    }
    let mut place = SarPlace::default();
    while let Some((tag, value)) = fields.parameter() {
        let number =
            || value.iter().try_fold(0_u16, |number, octet| number.checked_mul(256).map(|n| n | u16::from(*octet)));
        match tag {
            0x0424 => message.message_payload = Some(Bytes::copy_from_slice(value)),
            0x020a => place.source = number(),
            0x020b => place.destination = number(),
            0x020c => place.reference = number(),
            0x020e => place.total = number(),
            0x020f => place.index = number(),
            _ => {}
        }
    }
    let mut user_data = message.user_data(&Options::lenient()).ok()?.value;
    place.add_to(&mut user_data);
    let header = &user_data.header;
    let is_carrier = header.ports().is_some_and(|ports| ports.is_push())
        || header.ports().is_none() && header.concatenation().is_some_and(|place| place.total > 1);
    is_carrier
        .then(|| user_data.encode().ok())
        .flatten()
        .map(|octets| (String::from_utf8_lossy(source).into(), octets.into()))
}

/// Ports and the place of a segment in parameters instead of a header (SMPP 3.4, 5.3.2.20 to 24).
#[derive(Debug, Default)]
struct SarPlace {
    source: Option<u16>,
    destination: Option<u16>,
    reference: Option<u16>,
    total: Option<u16>,
    index: Option<u16>,
}

impl SarPlace {
    fn add_to(&self, user_data: &mut UserData) {
        let header = &mut user_data.header;
        if let (Some(destination), None) = (self.destination, header.ports()) {
            let originator = self.source.unwrap_or_default();
            header.elements.push(InformationElement::Ports(Ports { destination, originator }));
        }
        if let (Some(reference), Some(Ok(total)), Some(Ok(index)), None) =
            (self.reference, self.total.map(u8::try_from), self.index.map(u8::try_from), header.concatenation())
        {
            let place = Concatenation { reference: Reference::Long(reference), total, index };
            header.elements.push(InformationElement::Concatenation(place));
        }
    }
}

/// The fields of a PDU of SMPP.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn octets(&mut self, count: usize) -> Option<&'a [u8]> {
        let (octets, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(octets)
    }

    fn octet(&mut self) -> Option<u8> {
        self.octets(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u16> {
        let number = self.octets(2)?.first_chunk()?;
        Some(u16::from_be_bytes(*number))
    }

    /// A C-octet string.
    fn text(&mut self) -> Option<&'a [u8]> {
        let text = self.octets(memchr(0, self.0)?)?;
        self.octet()?;
        Some(text)
    }

    /// An optional parameter.
    fn parameter(&mut self) -> Option<(u16, &'a [u8])> {
        let (tag, length) = (self.number()?, self.number()?);
        Some((tag, self.octets(length.into())?))
    }
}

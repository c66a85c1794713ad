//! What we encode, read by tshark: every PDU with many fields, the same values, no malformed mark.
//!
//! tshark is Debian's package of that name. Without it the test says so aloud and checks nothing;
//! with `MMS_REQUIRE_TSHARK` set, as in CI, its absence is a failure.

use crate::support::tshark::{self, BEFORE_PDU};
use crate::support::{corpus, samples};
use alloc::collections::{BTreeMap, BTreeSet};
use core::ops::Range;

use mms_codec::message::{Content, MmStatus, Part};
use mms_codec::mm1::{self, FieldCode, FieldName, Fields, MessageType, NotifyRespInd, Pdu};
use mms_codec::{Bytes, Shown};

use corpus::say;

/// What tshark 4.0 gets wrong or leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    /// The fields of delete confirmations have status counts, which it does not know.
    DeleteConfirmation,
    /// It takes the last field of `m-delivery-ind` for a content type if that is the last octet.
    DeliveryBody,
    /// Any PDU whose last octet is 0x84 is malformed to it.
    LastOctetContentType,
    /// It knows no types from `m-delete-req` on.
    TypeOfMms1_3,
    /// It knows the names of the fields above 0x21, but not their values.
    ValueAbove0x21,
    /// It does not know the fields of MMS 1.2 and 1.3 above 0x33.
    NameAbove0x33,
    /// It shows the octets of a text with a charset as they are, Quote included.
    Charset,
    /// It shows integers of more than four octets as nothing.
    LongInteger,
    /// It shortens the words of statuses.
    Word,
    /// It does not know the statuses of MMS 1.2 and 1.3.
    StatusOfMms1_2,
    /// It calls `X-Mms-Read-Report` by its name in MMS 1.0.
    ReadReply,
    /// It does not look into multiparts in multiparts.
    NestedMultipart,
}

/// A field of tshark's tree, and where it lies.
#[derive(Clone, Debug, Default)]
struct Node {
    name: String,
    /// What stands before the first colon.
    label: String,
    value: String,
    place: Range<usize>,
}

/// The attributes of a PDML element.
fn attribute<'a>(line: &'a str, name: &str) -> &'a str {
    let start = line.find(&format!(" {name}=\"")).map_or(line.len(), |at| at + name.len() + 3);
    let rest = &line[start..];
    &rest[..rest.find('"').unwrap_or(rest.len())]
}

fn unescaped(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#x27;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
}

fn nodes(packet: &str) -> Vec<Node> {
    let lines =
        packet.lines().map(str::trim_start).filter(|line| line.starts_with("<field ") || line.starts_with("<proto "));
    let node = |line: &str| {
        let number = |name| attribute(line, name).parse::<usize>().unwrap_or_default();
        let shown = unescaped(attribute(line, "showname"));
        // The fields of this kind have no label.
        let history = [("previously_sent_by", "Previously-Sent-By"), ("previously_sent_date", "Previously-Sent-Date")];
        let label = history.iter().find(|(name, _)| attribute(line, "name") == format!("mmse.{name}"));
        let (label, value) = match label {
            Some((_, label)) => (*label, shown.as_str()),
            None => shown.split_once(": ").unwrap_or((&shown, "")),
        };
        Node {
            name: attribute(line, "name").to_owned(),
            label: label.to_owned(),
            value: value.to_owned(),
            place: number("pos")..number("pos") + number("size"),
        }
    };
    lines.map(node).collect()
}

/// What tshark makes of the PDUs, or `None` if it is not there.
fn dissect(pdus: &[Vec<u8>]) -> Option<Vec<Vec<Node>>> {
    // The payloads are no pictures: their dissectors would call them malformed.
    let others =
        ["image-jfif", "image-gif", "png", "xml", "amr", "amr_wb"].iter().flat_map(|name| ["--disable-protocol", name]);
    let args: Vec<_> = ["-T", "pdml"].into_iter().chain(others).collect();
    let text = tshark::print(pdus, &args)?;
    Some(text.split("<packet>").skip(1).map(nodes).collect())
}

/// Leaves whose content no dissector looks into.
fn with_plain_content(part: &mut Part) {
    match &mut part.content {
        Content::Octets(octets) => *octets = Bytes::from_static(b"content"),
        Content::Parts(parts) => parts.iter_mut().for_each(with_plain_content),
    }
}

fn message_part(pdu: &mut Pdu) -> Option<&mut Part> {
    match pdu {
        Pdu::SendReq(pdu) => pdu.message.body.as_mut(),
        Pdu::RetrieveConf(pdu) => pdu.message.body.as_mut(),
        Pdu::MboxDescr(pdu) => pdu.message.body.as_mut(),
        Pdu::MboxViewConf(pdu) => pdu.body.as_mut(),
        Pdu::MboxUploadReq(pdu) => pdu.body.as_mut(),
        _ => None,
    }
}

/// A name without what tshark adds or leaves out.
fn bare(name: &str) -> String {
    name.to_ascii_lowercase().trim_start_matches("x-mms-").to_owned()
}

/// tshark's value as the crate shows it.
fn as_shown(node: &Node) -> String {
    let value = node.value.as_str();
    if let Some((text, count)) = value.rsplit_once(" (Forwarded-count=") {
        return format!("{}, {}", count.trim_end_matches(')'), rfc3339(text));
    }
    match (node.name.as_str(), value.rsplit_once(" (0x")) {
        (name, _) if name.ends_with(".rel") => {
            format!("PT{}S", value.split('.').next().unwrap())
        }
        ("mmse.from", _) if value == "<insert address>" => "insert-address-token".to_owned(),
        (name, _) if name == "mmse.date" || name.ends_with(".abs") => rfc3339(value),
        (_, Some((word, _))) => word.to_owned(),
        _ => value.to_owned(),
    }
}

/// `Jan  1, 2024 00:00:00.000000000 UTC` as RFC 3339.
fn rfc3339(text: &str) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let words: Vec<_> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let [month, day, year, time, "UTC"] = words[..] else { return text.to_owned() };
    let month = MONTHS.iter().position(|name| *name == month).map_or(0, |index| index + 1);
    format!("{year}-{month:02}-{day:0>2}T{}Z", time.split('.').next().unwrap())
}

fn comparable(text: &str) -> String {
    text.to_ascii_lowercase().replace(['-', ' ', ':'], "").replace("recognized", "recognised")
}

#[test]
fn tshark_reads_every_pdu_as_we_wrote_it() {
    let mut pdus: Vec<_> = (0..5).flat_map(samples::samples).collect();
    let mut unrecognised = NotifyRespInd::default();
    unrecognised.transaction_id = Some("T1".into());
    unrecognised.status = Some(MmStatus::Unrecognised);
    pdus.push(unrecognised.into());
    for pdu in &mut pdus {
        message_part(pdu).map(with_plain_content);
    }
    let encoded: Vec<_> = pdus.iter().map(|pdu| mm1::encode(pdu).unwrap()).collect();
    let Some(packets) = dissect(&encoded) else { return };
    assert_eq!(packets.len(), pdus.len());
    let mut faults = BTreeSet::new();
    let mut compared = 0;
    for ((pdu, octets), nodes) in pdus.iter().zip(&encoded).zip(&packets) {
        compared += compare(pdu, octets, nodes, &mut faults);
        compared += compare_parts(pdu, nodes, &mut faults);
    }
    say(&format!("{compared} values compared; known faults met: {faults:?}"));
    assert!(compared > 800, "only {compared} values were compared");
}

fn compare(pdu: &Pdu, octets: &[u8], nodes: &[Node], faults: &mut BTreeSet<Fault>) -> usize {
    let message_type = pdu.message_type();
    if nodes.iter().any(|node| node.name == "_ws.malformed") {
        match (message_type, octets.last()) {
            (_, Some(0x84)) => faults.insert(Fault::LastOctetContentType),
            (MessageType::DELIVERY_IND, _) => faults.insert(Fault::DeliveryBody),
            (MessageType::MBOX_DELETE_CONF | MessageType::DELETE_CONF, _) => faults.insert(Fault::DeleteConfirmation),
            _ => panic!("{message_type} is malformed to tshark: {octets:02x?}"),
        };
    }
    let shown: BTreeMap<_, _> = pdu.fields().into_iter().map(|field| (field.name, field.values)).collect();
    let mut times = BTreeMap::<String, usize>::new();
    let mut compared = 0;
    for field in Fields::new(octets).map(Result::unwrap) {
        let FieldName::Code(code) = field.name else { continue };
        if code == FieldCode::CONTENT_TYPE {
            continue;
        }
        let start = BEFORE_PDU + field.offset;
        let place = start..start + 1 + field.value.len();
        let is_counted = matches!(message_type, MessageType::MBOX_DELETE_CONF | MessageType::DELETE_CONF)
            && matches!(code, FieldCode::CONTENT_LOCATION | FieldCode::RESPONSE_STATUS | FieldCode::RESPONSE_TEXT);
        if is_counted {
            faults.insert(Fault::DeleteConfirmation);
            continue;
        }
        let found = nodes.iter().find(|node| node.name.starts_with("mmse.") && node.place.start == start);
        let node = found.unwrap_or_else(|| panic!("{code} of {message_type} is not in tshark's tree"));
        assert_eq!(node.place, place, "{code} of {message_type} ends elsewhere for tshark: {node:?}");
        let index = times.entry(code.to_string()).or_default();
        let value = shown.get(&code.to_string()).and_then(|values| values.get(*index));
        *index += 1;
        if code.wire() > 0xb3 {
            faults.insert(Fault::NameAbove0x33);
            continue;
        }
        if code == FieldCode::READ_REPORT && bare(&node.label) == "read-reply" {
            faults.insert(Fault::ReadReply);
        } else {
            assert_eq!(bare(&node.label), bare(&code.to_string()), "{node:?}");
        }
        let ours = match (value, code) {
            (Some(value), _) => value.to_string(),
            (None, FieldCode::MESSAGE_TYPE) => message_type.to_string(),
            (None, _) => panic!("{code} of {message_type} is not shown"),
        };
        let theirs = as_shown(node);
        if comparable(&theirs) == comparable(&ours) {
            compared += 1;
            continue;
        }
        let fault = match (code, value) {
            (FieldCode::MESSAGE_TYPE, _) if message_type >= MessageType::DELETE_REQ => Fault::TypeOfMms1_3,
            _ if code.wire() > 0xa1 => Fault::ValueAbove0x21,
            _ if node.value.ends_with(&format!("(0x{:02x})", field.value.first().unwrap()))
                && comparable(&ours).contains(&comparable(&theirs)) =>
            {
                Fault::Word
            }
            (FieldCode::RESPONSE_STATUS | FieldCode::RETRIEVE_STATUS | FieldCode::STORE_STATUS, _)
                if theirs == "Unknown" =>
            {
                Fault::StatusOfMms1_2
            }
            _ if matches!(field.value, [0x01..=0x1e, charset, ..] if *charset < 0x80) => Fault::Charset,
            _ if matches!(field.value, [0x01..=0x1f, ..]) && !ours.is_ascii() => Fault::Charset,
            (_, Some(Shown::Number(_))) if field.value.len() > 5 => Fault::LongInteger,
            _ => {
                panic!("{code} of {message_type}: {ours:?}, but for tshark {theirs:?} in {node:?} {:02x?}", field.value)
            }
        };
        faults.insert(fault);
    }
    compared
}

/// The types, identifiers and locations of the parts, in their order.
fn compare_parts(pdu: &Pdu, nodes: &[Node], faults: &mut BTreeSet<Fault>) -> usize {
    let Some(body) = pdu.body() else { return 0 };
    let parts = || [body].into_iter().chain(body.parts());
    if body.parts().iter().any(|part| !part.parts().is_empty()) {
        faults.insert(Fault::NestedMultipart);
    }
    let types: Vec<_> = parts().map(|part| part.content_type.media.to_string()).collect();
    let ids: Vec<_> = parts().filter_map(|part| part.content_id.as_deref()).collect();
    let locations: Vec<_> = parts().filter_map(|part| part.content_location.as_deref()).collect();
    let of = |name: &str| -> Vec<_> {
        let values = nodes.iter().filter(|node| node.name == name && node.place.start > BEFORE_PDU);
        values.map(|node| node.value.split(';').next().unwrap().trim_matches('"').to_owned()).collect()
    };
    assert_eq!(of("wsp.header.content_type"), types, "{:?}", pdu.message_type());
    assert_eq!(of("wsp.header.content_id"), ids, "{:?}", pdu.message_type());
    assert_eq!(of("wsp.header.content_location"), locations, "{:?}", pdu.message_type());
    types.len() + ids.len() + locations.len()
}

//! What other programs read in the same messages. None of them is an authority: where they differ
//! from us, the reason is given here.

use mms_codec::message::Part;
use mms_codec::mm1::{Extra, MessageType, Pdu};
use serde_json::Value;

use super::expected::sha256;
use super::reading::{field, foreign, media, values};

/// The endings of their files, and their names.
pub(crate) const PROGRAMS: [(&str, &str); 3] =
    [("tshark", "Wireshark 4.0"), ("mbuni", "Mbuni"), ("pymsg", "python-messaging")];

/// A value that another program reads in another way, or not at all.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) field: String,
    pub(crate) ours: Vec<String>,
    pub(crate) theirs: Vec<String>,
}

/// Compares every field that the program names, and every part.
pub(crate) fn differences(program: &str, pdu: &Pdu, said: &Value, compared: &mut usize) -> Vec<Difference> {
    let mut fields: Vec<(&str, Vec<String>)> = Vec::new();
    for (name, value) in headers(program, said) {
        let Some(field) = field(&name) else { continue };
        match fields.iter_mut().find(|(own, _)| *own == field) {
            Some((_, values)) => values.extend(foreign(field, &value)),
            None => fields.push((field, foreign(field, &value))),
        }
    }
    let compare = |field: String, ours: Vec<String>, theirs: Vec<String>| {
        *compared += 1;
        (ours != theirs).then_some(Difference { field, ours, theirs })
    };
    let ours = pdu.body().into_iter().flat_map(Part::leaves).map(part).collect();
    let parts = fields.into_iter().map(|(field, theirs)| (field.to_string(), values(pdu, field), theirs));
    let bodies = parts_of(program, said).map(|theirs| ("parts".to_string(), ours, theirs));
    parts
        .chain(bodies)
        .collect::<Vec<_>>()
        .into_iter()
        .filter_map({
            let mut compare = compare;
            move |(field, ours, theirs)| compare(field, ours, theirs)
        })
        .collect()
}

/// A part in one line: type, length and digest of its octets.
fn part(part: &Part) -> String {
    let octets = part.octets().unwrap();
    format!("{} {} {}", media(&part.content_type.to_string()), octets.len(), sha256(octets))
}

fn headers(program: &str, said: &Value) -> Vec<(String, Value)> {
    match (program, &said["headers"]) {
        ("mbuni", Value::Array(headers)) => {
            headers.iter().map(|pair| (pair[0].as_str().unwrap().into(), pair[1].clone())).collect()
        }
        ("pymsg", Value::Object(headers)) => headers
            .iter()
            .map(|(name, value)| (name.clone(), if name == "Content-Type" { value[0].clone() } else { value.clone() }))
            .collect(),
        ("tshark", _) => tshark(&said["layers"]["mmse"]),
        _ => Vec::new(),
    }
}

/// tshark names fields in its own way, and gives octets as numbers.
fn tshark(layer: &Value) -> Vec<(String, Value)> {
    const YES_NO: &[(&str, &str)] = &[("0x80", "Yes"), ("0x81", "No")];
    let word = |words: &[(&str, &str)], value: &Value| {
        let found = words.iter().find(|(octet, _)| Some(*octet) == value.as_str());
        found.map_or_else(|| value.clone(), |(_, word)| (*word).into())
    };
    let named = |octet: &Value, name: &dyn Fn(u8) -> Option<&'static str>| -> Value {
        let digits = octet.as_str().and_then(|text| text.strip_prefix("0x"));
        digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).and_then(name).map_or(octet.clone(), Value::from)
    };
    let fields = layer.as_object().into_iter().flatten();
    fields
        .filter_map(|(name, value)| {
            use mms_codec::mm1::{MessageType, ResponseStatus, RetrieveStatus};
            let (field, value) = match name.as_str() {
                "wsp.header.content_type" => ("Content-Type", value.clone()),
                "mmse.message_type" => ("Message-Type", named(value, &|octet| MessageType::from_octet(octet).name())),
                "mmse.response_status" => {
                    ("Response-Status", named(value, &|octet| ResponseStatus::from_octet(octet).name()))
                }
                "mmse.retrieve_status" => {
                    ("Retrieve-Status", named(value, &|octet| RetrieveStatus::from_octet(octet).name()))
                }
                "mmse.transaction_id" => ("Transaction-ID", value.clone()),
                "mmse.mms_version" => ("MMS-Version", value.clone()),
                "mmse.content_location" => ("Content-Location", value.clone()),
                "mmse.message_id" => ("Message-ID", value.clone()),
                "mmse.message_size" => ("Message-Size", value.clone()),
                "mmse.from" => ("From", value.clone()),
                "mmse.to" => ("To", value.clone()),
                "mmse.cc" => ("Cc", value.clone()),
                "mmse.date" => ("Date", value.clone()),
                "mmse.subject" => ("Subject", value.clone()),
                "mmse.response_text" => ("Response-Text", value.clone()),
                "mmse.retrieve_text" => ("Retrieve-Text", value.clone()),
                "mmse.expiry.abs" => ("Expiry", value.clone()),
                "mmse.delivery_time.abs" => ("Delivery-Time", value.clone()),
                "mmse.expiry.rel" => {
                    let seconds = value.as_str().unwrap_or_default().split('.').next().unwrap_or_default();
                    ("Expiry", format!("PT{seconds}S").into())
                }
                "mmse.message_class.str" => ("Message-Class", value.clone()),
                "mmse.message_class.id" => {
                    let words =
                        [("0x80", "Personal"), ("0x81", "Advertisement"), ("0x82", "Informational"), ("0x83", "Auto")];
                    ("Message-Class", word(&words, value))
                }
                "mmse.priority" => ("Priority", word(&[("0x80", "Low"), ("0x81", "Normal"), ("0x82", "High")], value)),
                "mmse.delivery_report" => ("Delivery-Report", word(YES_NO, value)),
                "mmse.read_report" => ("Read-Report", word(YES_NO, value)),
                "mmse.report_allowed" => ("Report-Allowed", word(YES_NO, value)),
                "mmse.sender_visibility" => ("Sender-Visibility", word(&[("0x80", "Hide"), ("0x81", "Show")], value)),
                "mmse.read_status" => {
                    ("Read-Status", word(&[("0x80", "Read"), ("0x81", "Deleted without being read")], value))
                }
                "mmse.reply_charging" => ("Reply-Charging", word(&[("0x80", "Requested")], value)),
                "mmse.reply_charging_size" => ("Reply-Charging-Size", value.clone()),
                "mmse.status" => {
                    let words =
                        [("0x80", "Expired"), ("0x81", "Retrieved"), ("0x83", "Deferred"), ("0x84", "Unrecognised")];
                    ("Status", word(&words, value))
                }
                // Fields that tshark 4.0 does not decode, and the trees of the body, which have no octets.
                "mmse.header.bytes"
                | "mmse.header.uint"
                | "mmse.header.string"
                | "mmse.ffheader"
                | "Content-Type"
                | "wsp.header.content_type_tree"
                | "wsp.post.data" => return None,
                name => panic!("nothing is known of tshark's {name}"),
            };
            Some((field.into(), value))
        })
        .collect()
}

/// The parts, where a program gives their octets.
fn parts_of(program: &str, said: &Value) -> Option<Vec<String>> {
    let line = |content_type: &str, part: &Value| {
        Some(format!("{} {} {}", media(content_type), part["data_len"].as_u64()?, part["data_sha256"].as_str()?))
    };
    let parts = said["parts"].as_array().filter(|parts| !parts.is_empty())?;
    match program {
        "mbuni" => parts
            .iter()
            .map(|part| {
                let headers = part["headers"].as_array()?;
                let content_type = headers.iter().find(|pair| pair[0] == "Content-Type")?;
                line(content_type[1].as_str()?, part)
            })
            .collect(),
        "pymsg" => parts.iter().map(|part| line(part["content_type"].as_str()?, part)).collect(),
        _ => None,
    }
}

/// Why a program reads something else than the specification says.
pub(crate) fn reason(program: &str, pdu: &Pdu, it: &Difference) -> Option<&'static str> {
    let [ours, theirs] = [&it.ours, &it.theirs].map(|values| values.iter().map(String::as_str).collect::<Vec<_>>());
    let is_misplaced =
        |extra: &Extra| matches!(extra, Extra::Coded { code, .. } if code.name() == Some(it.field.as_str()));
    if pdu.extra().iter().any(is_misplaced) {
        return Some("a field that the PDU does not have: we keep its octets");
    }
    match (program, it.field.as_str(), &ours[..], &theirs[..]) {
        ("tshark", "X-Mms-Message-Type", ..) => {
            Some("takes the second octet for the type, although another field is first")
        }
        ("tshark", _, [text], [_]) if !text.is_ascii() => Some("does not apply charsets, and shows the Quote"),

        ("mbuni", _, [text], [quoted]) if quoted.strip_prefix('\x7f') == Some(text) => Some("leaves the Quote in"),
        ("mbuni", "From" | "To", [address], [completed]) if completed.strip_suffix("/TYPE=PLMN") == Some(address) => {
            Some("completes addresses")
        }
        ("mbuni", "From" | "To", [address], [completed]) if completed.strip_suffix("@unknown") == Some(address) => {
            Some("completes addresses")
        }
        ("mbuni", "To", ["+358500000000/TYPE=PLNM"], ["+358500000000/TYPE=PLMN"]) => Some("corrects addresses"),
        ("mbuni", "From", [], ["insert-address-token"]) => Some("puts a sender in"),
        ("mbuni", "Date", [], [START_OF_2020]) => Some("puts the time of reading in"),
        ("mbuni", "X-Mms-Expiry", [span], [end]) if in_2020(span).as_deref() == Some(end) => {
            Some("counts from the time of reading")
        }
        ("mbuni", "Content-Type", [], ["text/plain"]) => Some("puts a content type in"),

        ("pymsg", ..) if pdu.message_type() > MessageType::DELIVERY_IND => {
            Some("knows no PDU that is newer than MMS 1.0, and takes values for fields")
        }
        ("pymsg", "Cc", [], [_]) if pdu.message().is_some_and(|message| message.reply_charging.is_some()) => {
            Some("knows no field that is newer than MMS 1.1, and takes values for fields")
        }
        ("pymsg", "X-Mms-Transaction-ID", [], ["1234"]) => Some("puts an identifier in"),
        ("pymsg", "Content-Type", [], ["multipart/mixed"]) => Some("puts a content type in"),
        ("pymsg", "X-Mms-Response-Status", [_], ["129"]) => Some("knows the statuses of MMS 1.0"),
        ("pymsg", "To", [.., last], [theirs]) if last == theirs => Some("keeps the last of repeated fields"),
        ("pymsg", "X-Mms-Expiry", [span], [number]) if **span == format!("PT{number}S") => {
            Some("gives spans as numbers")
        }

        ("mbuni" | "pymsg", _, [text], [octets]) if is_cut(text, octets) => Some("text that is cut inside a character"),
        _ => None,
    }
}

/// Whether octets, each shown as the character of its number, begin with the text in UTF-8.
fn is_cut(text: &str, octets: &str) -> bool {
    let shown = serde_json::from_str::<Value>(octets).unwrap_or_default();
    let octets = shown["latin1"].as_str().unwrap_or_default().trim_start_matches('\u{7f}');
    let octets: Vec<u8> = octets.chars().map(|c| u8::try_from(c).unwrap_or_default()).collect();
    octets.strip_prefix(text.as_bytes()).is_some_and(|rest| matches!(rest.len(), 1..=3))
}

const START_OF_2020: &str = "2020-01-01T00:00:00Z";

/// When a span of less than a month ends that begins with the year 2020.
fn in_2020(span: &str) -> Option<String> {
    let seconds: u32 = span.strip_prefix("PT")?.strip_suffix('S')?.parse().ok()?;
    let (day, hour, minute, second) = (1 + seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    Some(format!("2020-01-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

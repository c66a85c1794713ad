//! The values of MM1 fields: each in a minimal PDU, in the place of that field there.

use mms_codec::message::{Address, Header, Interval, Parameter, Time};
use mms_codec::mm1::{self, FieldCode, FieldName, Fields, MessageType, Pdu};
use mms_codec::wsp::Reader;
use mms_codec::{Bytes, DeviationKind, Options};
use serde_json::{Value, json};

use super::{Outcome, octets_of, text, vectors};

/// Enumerations: primitive, PDU, field, and the words of OMA-TS-MMS_ENC, 7.3, from 0x80 on.
#[rustfmt::skip]
const ENUMERATIONS: &[(&str, &str, FieldCode, &[&str])] = &[
    ("MMS.BooleanValue", "m-send-req", FieldCode::DELIVERY_REPORT, &["Yes", "No"]),
    ("MMS.CancelStatusValue", "m-cancel-conf", FieldCode::CANCEL_STATUS, &["request successfully received", "request corrupted"]),
    ("MMS.ContentClassValue", "m-send-req", FieldCode::CONTENT_CLASS, &[
        "text", "image-basic", "image-rich", "video-basic", "video-rich", "megapixel", "content-basic", "content-rich",
    ]),
    ("MMS.MessageClassValue", "m-notification-ind", FieldCode::MESSAGE_CLASS, &["Personal", "Advertisement", "Informational", "Auto"]),
    ("MMS.MmStateValue", "m-mbox-store-req", FieldCode::MM_STATE, &["Draft", "Sent", "New", "Retrieved", "Forwarded"]),
    ("MMS.PriorityValue", "m-send-req", FieldCode::PRIORITY, &["Low", "Normal", "High"]),
    ("MMS.ReadStatusValue", "m-read-rec-ind", FieldCode::READ_STATUS, &["Read", "Deleted without being read"]),
    ("MMS.RecommendedRetrievalModeValue", "m-notification-ind", FieldCode::RECOMMENDED_RETRIEVAL_MODE, &["Manual"]),
    ("MMS.ReplyChargingValue", "m-notification-ind", FieldCode::REPLY_CHARGING, &[
        "Requested", "Requested text only", "Accepted", "Accepted text only",
    ]),
    ("MMS.SenderVisibilityValue", "m-send-req", FieldCode::SENDER_VISIBILITY, &["Hide", "Show"]),
    ("MMS.StatusValue", "m-delivery-ind", FieldCode::STATUS, &[
        "Expired", "Retrieved", "Rejected", "Deferred", "Unrecognised", "Indeterminate", "Forwarded", "Unreachable",
    ]),
];

pub(crate) fn read(primitive: &str, vector: &Value) -> Option<Outcome> {
    let octets = octets_of(vector);
    let options = if vector.get("error").is_some() { Options::strict() } else { Options::lenient() };
    let in_pdu = |pdu: &str, field: FieldCode, value: &[u8]| shown(pdu, field, value, &options);
    let base = primitive.split('.').take(2).collect::<Vec<_>>().join(".");
    if let Some((_, pdu, field, words)) = ENUMERATIONS.iter().find(|(known, ..)| *known == base) {
        return Some(in_pdu(pdu, *field, &octets).map(|shown| {
            let index = words.iter().position(|word| *word == text(&shown));
            match (&vector["expected"], index) {
                (Value::Bool(_), Some(index)) => json!(index == 0),
                (Value::Number(_), Some(index)) => json!(0x80 + index),
                (Value::String(_), Some(_)) => json!(text(&shown).to_ascii_lowercase()),
                _ => shown,
            }
        }));
    }
    Some(match primitive {
        "MMS.Address" => in_pdu("m-send-req", FieldCode::TO, &octets).map(|shown| {
            let whole = text(&shown);
            match whole.split_once("/TYPE=") {
                Some((address, kind)) => json!({"address": address, "type": kind}),
                None if whole.contains('@') => json!({"address": whole, "type": "email"}),
                None if whole.contains(char::is_alphabetic) => json!({"address": whole, "type": "alphanum"}),
                None => json!({"address": whole, "type": "num"}),
            }
        }),
        "address value (To)" => in_pdu("m-send-req", FieldCode::TO, &octets),
        "MMS.HeaderField" => in_pdu("m-notification-ind", FieldCode::STORED, &octets[1..])
            .map(|shown| json!({"name": "x-mms-stored", "value": shown == "Yes"})),
        // A value that cannot be read is kept aside.
        "MMS.MmsHeader" => match vector.get("error") {
            Some(_) => decode("m-send-req", None, &octets, &options).map(|_| Value::Null),
            None => Ok(in_pdu("m-notification-ind", FieldCode::from_wire(octets[0]).unwrap(), &octets[1..])
                .unwrap_or_default()),
        },
        "MMS.ContentLocationValue" => match vector["pdu"].as_str() {
            None => mm1::decode_with(&octets, &options).map(|_| Value::Null).map_err(|error| error.to_string()),
            Some(pdu) => in_pdu(pdu, FieldCode::CONTENT_LOCATION, &octets).map(|shown| counted(&shown, vector, "uri")),
        },
        "MMS.ResponseText" => {
            in_pdu(text(&vector["pdu"]), FieldCode::RESPONSE_TEXT, &octets).map(|shown| counted(&shown, vector, "text"))
        }
        "MMS.EncodedStringValue" => in_pdu("m-send-req", FieldCode::SUBJECT, &octets),
        "MMS.ExpiryValue" => expiry(&octets, &options),
        "x-mms-expiry field" => expiry(&octets[1..], &options),
        "MMS.FromValue" => in_pdu("m-send-req", FieldCode::FROM, &octets)
            .map(|shown| json!((shown != "insert-address-token").then_some(shown))),
        "MMS.MessageTypeValue" => {
            let pdu = Bytes::from([&[0x8c], octets.as_ref()].concat());
            match mm1::decode(&pdu) {
                Ok(decoded) => {
                    let message_type = decoded.value.message_type();
                    Ok(json!({"octet": message_type.octet(), "name": message_type.name()}))
                }
                Err(error) => Err(error.to_string()),
            }
        }
        "MMS.MmFlagsValue" => in_pdu("m-mbox-store-req", FieldCode::MM_FLAGS, &octets).map(|shown| {
            let (operation, keyword) = text(&shown).split_once(' ').unwrap();
            let index = ["Add", "Remove", "Filter"].iter().position(|known| *known == operation).unwrap();
            json!({"type": 0x80 + index, "text": keyword})
        }),
        "MMS.PreviouslySentDateValue" => {
            let pdu = decode(
                "m-retrieve-conf",
                Some(FieldCode::PREVIOUSLY_SENT_DATE.wire()),
                &[&[0xa1], octets.as_ref()].concat(),
                &options,
            );
            pdu.map(|pdu| {
                let sent = &pdu.message().unwrap().previously_sent_date[0];
                json!({"forwardedCount": sent.count, "unix_s": sent.date.seconds})
            })
        }
        "MMS.RetrieveStatusValue" => {
            let pdu = decode(
                "m-retrieve-conf",
                Some(FieldCode::RETRIEVE_STATUS.wire()),
                &[&[0x99], octets.as_ref()].concat(),
                &options,
            );
            pdu.and_then(|pdu| match pdu {
                Pdu::RetrieveConf(pdu) => {
                    let status = pdu.retrieve_status.ok_or("no status")?;
                    Ok(match vector["expected"].get("octet") {
                        Some(_) => json!({"octet": status.octet(), "name": status.name()}),
                        None => json!(status.octet()),
                    })
                }
                other => Err(format!("{other:?}")),
            })
        }
        "MMS.Parameter.decodeParameterName" => {
            let value = [&[u8::try_from(octets.len() + 3).unwrap(), b'r', 0], octets.as_ref(), &[0x83]].concat();
            in_pdu("m-notification-ind", FieldCode::ELEMENT_DESCRIPTOR, &value)
                .map(|shown| json!(text(&shown).strip_prefix("r; ").unwrap().split_once('=').unwrap().0))
        }
        _ => return None,
    })
}

/// What is written for a value: it is put into its field by reading the octets that it should have,
/// and written from the struct. A value that no struct can hold is refused.
pub(crate) fn write(primitive: &str, value: &Value) -> Option<Result<Vec<u8>, String>> {
    let again = |pdu: &str, field: FieldCode, octets: &[u8]| {
        decode(pdu, Some(field.wire()), &[&[field.wire()], octets].concat(), &Options::strict())
            .and_then(|pdu| encoded(&pdu, field))
    };
    let octet = || u8::try_from(value.as_u64().unwrap()).unwrap();
    if let Some((_, pdu, field, words)) = ENUMERATIONS.iter().find(|(known, ..)| *known == primitive) {
        return Some(match value {
            Value::Bool(yes) => again(pdu, *field, &[0x81 - u8::from(*yes)]),
            Value::String(word) => match words.iter().position(|known| known.eq_ignore_ascii_case(word)) {
                Some(index) => again(pdu, *field, &[0x80 + u8::try_from(index).unwrap()]),
                None => again(pdu, *field, format!("{word}\0").as_bytes()),
            },
            _ => again(pdu, *field, &[octet()]),
        });
    }
    Some(match primitive {
        "MMS.Address" => again(
            "m-send-req",
            FieldCode::TO,
            &match text(&value["type"]) {
                kind @ ("PLMN" | "IPv4" | "IPv6") => format!("{}/TYPE={kind}\0", text(&value["address"])),
                _ => format!("{}\0", text(&value["address"])),
            }
            .into_bytes(),
        ),
        "MMS.EncodedStringValue" => {
            let mut send = send_req();
            send.message.subject = Some(text(value).into());
            encoded(&send.into(), FieldCode::SUBJECT)
        }
        "MMS.ExpiryValue" => {
            let mut send = send_req();
            let seconds = Interval::from_seconds(value["relative_s"].as_u64().unwrap());
            send.message.expiry = Some(Time::Relative(seconds));
            encoded(&send.into(), FieldCode::EXPIRY)
        }
        "MMS.FromValue" => encoded(&send_req().into(), FieldCode::FROM),
        "from-value" => {
            let mut send = send_req();
            send.message.from = Some(Address::phone(text(value)).into());
            encoded(&send.into(), FieldCode::FROM)
        }
        "MMS.MessageTypeValue" => {
            let mut pdu = mm1::UnknownPdu::default();
            pdu.message_type = MessageType::from_octet(octet());
            mm1::encode(&Pdu::Unknown(pdu)).map(|octets| octets[1..2].to_vec()).map_err(|error| error.to_string())
        }
        "MMS.MmFlagsValue" => {
            let kind = u8::try_from(value["type"].as_u64().unwrap()).unwrap();
            again("m-retrieve-conf", FieldCode::MM_FLAGS, &[&[3, kind], text(&value["text"]).as_bytes(), &[0]].concat())
        }
        "MMS.MmsHeader" => {
            let mut send = send_req();
            let name = value["name"].as_str().unwrap_or_default();
            let octets = Bytes::from([name.as_bytes(), b"\0\0"].concat());
            let header = Reader::new(&octets, &Options::strict()).headers();
            match header.as_deref() {
                Ok([Header::Text { name, value }]) => {
                    send.extra.push(named(name, value));
                    mm1::encode(&send).map_err(|error| error.to_string())
                }
                _ => Err("no header".into()),
            }
        }
        "MMS.Parameter" => match (value["name"].as_str(), value["value"].as_u64()) {
            (Some(name), Some(0)) => {
                let mut descriptor = mm1::ElementDescriptor::new("r");
                let (name, value) = (name.into(), "*/*".into());
                descriptor.parameters.push(Parameter::Text { name, value });
                let Ok(Pdu::NotificationInd(mut pdu)) = decode("m-notification-ind", None, &[], &Options::strict())
                else {
                    panic!("no notification")
                };
                pdu.element_descriptor = Some(descriptor);
                encoded(&pdu.into(), FieldCode::ELEMENT_DESCRIPTOR).map(|octets| octets[3..].to_vec())
            }
            _ => Err("no parameter".into()),
        },
        "MMS.PduHelper.encodeHeaderIfExists(to)" => {
            let mut send = send_req();
            send.message.cc = core::mem::take(&mut send.message.to);
            Ok(encoded(&send.into(), FieldCode::TO).unwrap_or_default())
        }
        _ => return None,
    })
}

/// A field of a PDU as it is shown, if it has its place there and nothing had to be forgiven that
/// matters.
fn shown(pdu: &str, field: FieldCode, value: &[u8], options: &Options) -> Outcome {
    let pdu = decode(pdu, Some(field.wire()), &[&[field.wire()], value].concat(), options)?;
    let fields = pdu.fields();
    let shown = fields.iter().find(|shown| shown.name == field.to_string() && !shown.values.is_empty());
    let shown = shown.ok_or("not in its place")?;
    let is_extra = pdu.extra().iter().any(|extra| matches!(extra, mm1::Extra::Coded { code, .. } if *code == field));
    if is_extra { Err("kept as octets".into()) } else { Ok(json!(shown.values[0].to_string())) }
}

/// The minimal PDU with `field` in the place of what is `without`.
fn decode(pdu: &str, without: Option<u8>, field: &[u8], options: &Options) -> Result<Pdu, String> {
    let base = vectors::vector(&format!("min-{pdu}"));
    let mut octets = Vec::new();
    let mut body = Vec::new();
    for raw in Fields::new(&base) {
        let raw = raw.unwrap();
        let FieldName::Code(code) = raw.name else { panic!("{raw:?}") };
        let to = if code == FieldCode::CONTENT_TYPE { &mut body } else { &mut octets };
        if Some(code.wire()) != without {
            to.push(code.wire());
            // The values of every version.
            to.extend_from_slice(if code == FieldCode::MMS_VERSION { b"\x93" } else { raw.value });
        }
    }
    octets.extend_from_slice(field);
    octets.extend_from_slice(&body);
    let decoded = mm1::decode_with(&Bytes::from(octets), options).map_err(|error| error.to_string())?;
    let lost = decoded.deviations.iter().find(|deviation| deviation.kind == DeviationKind::InvalidValue);
    lost.map_or(Ok(decoded.value), |deviation| Err(deviation.to_string()))
}

/// The octets of a field as the PDU is written.
fn encoded(pdu: &Pdu, field: FieldCode) -> Result<Vec<u8>, String> {
    let octets = mm1::encode(pdu).map_err(|error| error.to_string())?;
    let mut fields = Fields::new(&octets).map(Result::unwrap);
    let found = fields.find(|raw| raw.name == FieldName::Code(field));
    found.map(|raw| raw.value.to_vec()).ok_or_else(|| "not written".into())
}

fn send_req() -> mm1::SendReq {
    match decode("m-send-req", None, &[], &Options::strict()) {
        Ok(Pdu::SendReq(send)) => send,
        other => panic!("{other:?}"),
    }
}

fn counted(shown: &Value, vector: &Value, name: &str) -> Value {
    match vector["expected"].get("statusCount") {
        None => json!({name: shown}),
        Some(_) => {
            let (count, value) = text(shown).split_once(' ').unwrap_or(("", ""));
            json!({"statusCount": count.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u64>().ok(), name: value})
        }
    }
}

fn expiry(value: &[u8], options: &Options) -> Outcome {
    let pdu = decode("m-send-req", None, &[&[FieldCode::EXPIRY.wire()], value].concat(), options)?;
    match pdu.message().and_then(|message| message.expiry) {
        Some(Time::Relative(interval)) => Ok(json!({"relative_s": interval.seconds})),
        Some(Time::Absolute(timestamp)) => Ok(json!({"absolute_unix_s": timestamp.seconds})),
        None => Err("no expiry".into()),
    }
}

fn named(name: &str, value: &str) -> mm1::Extra {
    mm1::Extra::Named { name: name.into(), value: value.into() }
}

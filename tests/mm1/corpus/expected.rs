//! What the sources of the messages expect of them, in the words of each.

use mms_codec::Bytes;
use mms_codec::message::{ContentType, MediaType, Part};
use mms_codec::mm1::Pdu;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::reading::{field, foreign, media, values};

/// Compares `pdu` with all that is expected, and tells how many values that were.
pub(crate) fn check(name: &str, octets: &Bytes, pdu: &Pdu, expected: &Value) -> usize {
    let mut count = 0;
    for (key, value) in expected.as_object().into_iter().flatten() {
        count += check_one(name, octets, pdu, key, value);
    }
    count
}

fn check_one(name: &str, octets: &Bytes, pdu: &Pdu, key: &str, value: &Value) -> usize {
    let same = |field: &str, value: &Value| {
        let (ours, theirs) = (values(pdu, field), foreign(field, value));
        let is_same =
            ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(ours, theirs)| is_same(field, ours, theirs));
        assert!(is_same || is_known(name, field, value), "{name}: {field} is {ours:?} instead of {theirs:?}");
        1
    };
    match key {
        // What a phone does with the message, not what the message says.
        "decodes" | "direction" | "receive" | "receive_state" | "send_state" | "meaning" | "note" => 0,
        // That something is wrong is the caller's to see.
        "error" => 0,
        // The source classes a permanent failure as transient; the octet is compared.
        "class_in_source" => 0,
        // The file is smaller than the source's documentation says.
        "Overall message size (as documented, disagrees with the file)" => 0,
        // The end of a span that began when the author printed it.
        "Expiry (as printed in the author's local time zone)" => 0,

        "message_type" => {
            assert_eq!(pdu.message_type().name(), value.as_str().unwrap().split(' ').next(), "{name}");
            1
        }
        "transaction_id" => same("X-Mms-Transaction-ID", value),
        "version" | "MMS version" => same("X-Mms-MMS-Version", value),
        "message_id" | "Msg-Id" => same("Message-ID", value),
        "delivery_status" | "status" => same("X-Mms-Status", value),
        "read_status" => same("X-Mms-Read-Status", value),
        "response_text" => same("X-Mms-Response-Text", value),
        "response_status" | "Response-Status" => same("X-Mms-Response-Status", value),
        "report_allowed" => same("X-Mms-Report-Allowed", value),
        "delivery_report" => same("X-Mms-Delivery-Report", value),
        "content_location" | "Location" => same("X-Mms-Content-Location", value),
        "message_size" | "Size" => same("X-Mms-Message-Size", value),
        "from" | "From" => same("From", value),
        "to" | "To" => same("To", value),
        "subject" | "Subject" => same("Subject", value),
        "Class" => same("X-Mms-Message-Class", value),
        "Priority" => same("X-Mms-Priority", value),
        "MMS transaction id" => same("X-Mms-Transaction-ID", value),
        "content_type" => same("Content-Type", value),
        "MMS message type" => same("X-Mms-Message-Type", &format!("m-{}", value.as_str().unwrap()).into()),
        "Date (as printed in the author's local time zone)" => {
            assert_eq!(utc(value.as_str().unwrap()), values(pdu, "Date")[0], "{name}");
            1
        }
        "Overall message size" => {
            assert_eq!(value.as_u64(), u64::try_from(octets.len()).ok(), "{name}");
            1
        }
        "status_octet" => {
            let Pdu::SendConf(conf) = pdu else { panic!("{name}: {pdu:?}") };
            assert_eq!(value.as_u64(), conf.response_status.map(|status| status.octet().into()), "{name}");
            1
        }
        "headers" => {
            let headers = value.as_object().unwrap().iter();
            headers
                .map(|(key, value)| {
                    let field = field(key).unwrap_or_else(|| panic!("{name}: no field {key}"));
                    match value.get("media") {
                        Some(media) => {
                            parameters(name, &pdu.body().unwrap().content_type, &value["params"]);
                            same(field, media)
                        }
                        None => same(field, value),
                    }
                })
                .sum()
        }

        "text" => {
            assert_eq!(leaves(pdu)[0].text().as_deref(), value.as_str(), "{name}");
            1
        }
        "n_parts" => {
            assert_eq!(value.as_u64(), u64::try_from(leaves(pdu).len()).ok(), "{name}");
            1
        }
        "parts" | "Attachments" => {
            let (ours, theirs) = (leaves(pdu), value.as_array().unwrap());
            assert_eq!(ours.len(), theirs.len(), "{name}");
            ours.into_iter().zip(theirs).map(|(part, expected)| check_part(name, octets, part, expected)).sum()
        }
        key => panic!("{name}: nothing is known of {key}"),
    }
}

fn is_same(field: &str, ours: &str, theirs: &str) -> bool {
    match field {
        // Some write enumerated words small, and short.
        "X-Mms-Status" | "X-Mms-Response-Status" => ours.eq_ignore_ascii_case(theirs),
        "X-Mms-Read-Status" => theirs == "deleted" && ours == "Deleted without being read" || ours == theirs,
        // Some leave the type of an address out.
        "From" | "To" if !theirs.contains("/TYPE=") => ours.strip_suffix("/TYPE=PLMN").unwrap_or(ours) == theirs,
        _ => ours == theirs,
    }
}

/// Where the source is wrong about its own message.
fn is_known(name: &str, field: &str, value: &Value) -> bool {
    match (name, field) {
        // The program gives every message an identifier of its own when there is none.
        ("pm-btmms.mms" | "pm-tomslot.mms", "X-Mms-Transaction-ID") => value == "1234",
        // The comment lost the plus sign.
        ("of-retrieve-conf-1.mms", "From") => value == "49891000/TYPE=PLMN",
        ("of-retrieve-conf-3.mms", "From") => value == "1234567890/TYPE=PLMN",
        ("of-retrieve-conf-3.mms", "To") => value == "6666666666/TYPE=PLMN",
        // A program that has no insert-address token takes it for no address.
        ("from-insert", "From") => value.is_null(),
        _ => false,
    }
}

fn leaves(pdu: &Pdu) -> Vec<&Part> {
    pdu.body().into_iter().flat_map(Part::leaves).collect()
}

fn check_part(name: &str, octets: &Bytes, part: &Part, expected: &Value) -> usize {
    let content = part.decoded().unwrap();
    for (key, value) in expected.as_object().unwrap() {
        match key.as_str() {
            // Their place in the list.
            "index" => {}
            "content_type" if value == "application/octet-stream (fallback)" => {
                assert!(matches!(part.content_type.media, MediaType::Code(_)), "{name}");
            }
            "content_type" | "Content-type" => {
                let expected: ContentType = value.as_str().unwrap().parse().unwrap();
                assert_eq!(media(&part.content_type.to_string()), media(&expected.to_string()), "{name}");
                assert!(
                    expected.charset().is_none_or(|charset| Some(charset) == part.content_type.charset()),
                    "{name}"
                );
            }
            "content_type_parameters" => parameters(name, &part.content_type, value),
            "content_id" | "Content-id" => assert_eq!(part.content_id.as_deref(), value.as_str(), "{name}"),
            "file_name" => {
                let id = part.content_id.as_deref().map(|id| id.trim_matches(['<', '>']));
                assert_eq!(part.content_location.as_deref().or(id), value.as_str(), "{name}");
            }
            "data_len" | "Length" => assert_eq!(u64::try_from(content.len()).ok(), value.as_u64(), "{name}"),
            "data_sha256" => assert_eq!(Some(sha256(&content).as_str()), value.as_str(), "{name}"),
            "data_text_utf8" | "text" => assert_eq!(part.text().as_deref(), value.as_str(), "{name}"),
            // The content is shared with the PDU, so it has a place there.
            "Offset" => {
                let offset = part.octets().unwrap().as_ptr().addr() - octets.as_ptr().addr();
                assert_eq!(value.as_u64(), u64::try_from(offset).ok(), "{name}");
            }
            key => panic!("{name}: nothing is known of {key}"),
        }
    }
    expected.as_object().unwrap().len()
}

fn parameters(name: &str, content_type: &ContentType, expected: &Value) {
    for (key, value) in expected.as_object().unwrap() {
        let (ours, theirs) = (content_type.parameter(key), value.as_str());
        assert_eq!(ours.map(str::to_ascii_lowercase), theirs.map(str::to_ascii_lowercase), "{name}: {key}");
    }
}

pub(crate) fn sha256(octets: &[u8]) -> String {
    Sha256::digest(octets).iter().map(|octet| format!("{octet:02x}")).collect()
}

/// A time of a day in a zone east of Greenwich, whose sign some lines lost, in UTC.
fn utc(text: &str) -> String {
    let (day, clock) = text.split_once('T').unwrap();
    let number = |range| clock.get(range).and_then(|digits: &str| digits.parse::<u8>().ok()).unwrap();
    let zone = clock.len() - 4;
    format!("{day}T{:02}{}Z", number(0..2) - number(zone..zone + 2), &clock[2..8])
}

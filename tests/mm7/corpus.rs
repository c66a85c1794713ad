//! MM7 messages that nobody here wrote, from the folder that `MMS_CORPUS` names.

use crate::support::corpus;
use alloc::collections::BTreeMap;

use mms_codec::mm7::{self, EncodeOptions, Envelope};
use mms_codec::{Bytes, Decoded, Options};
use serde_json::Value;

use corpus::corpus;

fn entries() -> Vec<(Value, Bytes)> {
    let Some(folder) = corpus() else { return Vec::new() };
    let index = std::fs::read(folder.join("index.json")).unwrap();
    let index: Value = serde_json::from_slice(&index).unwrap();
    let entries = index["entries"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "mm7");
    let entries: Vec<_> = entries
        .map(|entry| (entry.clone(), std::fs::read(folder.join(entry["file"].as_str().unwrap())).unwrap().into()))
        .collect();
    assert!(!entries.is_empty());
    entries
}

fn decode(entry: &Value, octets: &Bytes) -> Decoded<Envelope> {
    let decoded = match entry["content_type"].as_str() {
        Some(content_type) => mm7::decode(content_type, octets),
        None => mm7::decode_unlabelled(octets),
    };
    decoded.unwrap_or_else(|error| panic!("{}: {error}", entry["file"]))
}

fn shown(envelope: &Envelope) -> BTreeMap<String, String> {
    let join = |field: mms_codec::ShownField| {
        let values: Vec<String> = field.values.iter().map(ToString::to_string).collect();
        (field.name, values.join(" | "))
    };
    envelope.fields().into_iter().map(join).collect()
}

#[test]
fn decodes_to_what_the_sources_say() {
    for (entry, octets) in entries() {
        let file = entry["file"].as_str().unwrap();
        assert!(mm7::detect(&octets), "{file}");
        let decoded = decode(&entry, &octets);
        let envelope = &decoded.value;
        let pdu_type = entry["pdu_type"].as_str().unwrap();
        assert_eq!(envelope.name(), pdu_type.trim_start_matches("Fault/"), "{file}");
        let shown = shown(envelope);
        // The index names the header's schema; where it is another one, the message's is right.
        let schema = match file {
            "mm7/momentum-submit-req.body" => "REL-6-MM7-1-4",
            _ => entry["mm7_schema"].as_str().unwrap(),
        };
        assert_eq!(envelope.schema.to_string(), schema, "{file}");
        if let Some(version) = entry["mm7_version"].as_str() {
            assert_eq!(shown["MM7Version"], version, "{file}");
        }
        for (name, value) in entry["expected"].as_object().unwrap() {
            let value = value.as_str().map_or_else(|| value.to_string(), Into::into);
            let path = match name.as_str() {
                "message" => {
                    assert_eq!(envelope.name(), value, "{file}");
                    continue;
                }
                "schema" => {
                    assert_eq!(envelope.schema.uri(), value, "{file}");
                    continue;
                }
                // The source refuses a fault without detail, which SOAP allows.
                "accepted" => continue,
                "n_parts" | "parts_in_part_1" | "third_sub_part_text" | "attachments" => continue,
                "content_href" => "Content@href".into(),
                "StatusCode" | "StatusText" | "Details" => format!("Status.{name}"),
                "VASPID" | "VASID" if envelope.name() != "DeliverReq" => format!("SenderIdentification.{name}"),
                other => other.into(),
            };
            assert_eq!(shown.get(&path), Some(&value), "{file}: {name}");
        }
        if file == "mm7/savon-submit-req.body" {
            let body = envelope.message().unwrap().body.as_ref().unwrap();
            assert_eq!(body.parts().len(), 3);
            assert_eq!(body.parts()[2].text().unwrap().trim(), "This is a test message from Github");
            assert!(envelope.attachments.is_empty());
        }
    }
}

const KT: &[&str] = &[
    "dangling-reference",
    "surrounding-space",
    "missing-namespace",
    "address-spelling",
    "unexpected-field",
    "unknown-token",
    "letter-case",
    "letter-case",
    "invalid-value",
    "unexpected-field",
    "field-order",
    "letter-case",
    "stray-octets",
];

/// What is marked as valid is valid; of the rest it is told here what is wrong with it.
#[test]
fn refuses_in_strict_mode_what_deviates() {
    for (entry, octets) in entries() {
        let file = entry["file"].as_str().unwrap();
        let deviations: Vec<&str> = decode(&entry, &octets).deviations.iter().map(|it| it.kind.name()).collect();
        let strict = match entry["content_type"].as_str() {
            Some(content_type) => mm7::decode_with(content_type, &octets, &Options::strict()),
            None => mm7::decode_unlabelled_with(&octets, &Options::strict()),
        };
        assert_eq!(strict.is_ok(), deviations.is_empty(), "{file}: {deviations:?}");
        let expected: &[&str] = match file {
            // Sender and recipient change places, TimeStamp stands for Date.
            "mm7/cn-delivery-report-req-rel6.xml" => &["field-order", "field-name", "field-order", "field-order"],
            "mm7/core-deliver-req.xml" | "mm7/core-deliver-res.xml" => &["missing-envelope", "missing-field"],
            "mm7/ic-deliver-req3-nokia.body" => {
                &["bare-line-feed", "missing-parameter", "address-spelling", "address-spelling", "surrounding-space"]
            }
            "mm7/ic-deliver-req4-large.body" => &["missing-parameter", "bare-line-feed", "missing-field"],
            "mm7/ic-fault-02.xml" => &["wrong-namespace"],
            "mm7/skt-rserror-no-fault.xml" => {
                &["missing-envelope", "missing-namespace", "misplaced-field", "misplaced-field"]
            }
            // The children of the message are in no namespace.
            "mm7/skt-submit-rsp.xml"
            | "mm7/vc-inline-deliver-rsp.xml"
            | "mm7/vc-inline-delivery-report-rsp.xml"
            | "mm7/vc-inline-read-reply-rsp.xml" => &["missing-namespace"],
            // A MessageID that these responses do not have.
            "mm7/vc-deliver_rsp.xml" | "mm7/vc-delivery_report_rsp.xml" | "mm7/vc-read_reply_rsp.xml" => {
                &["missing-namespace", "unexpected-field"]
            }
            // A boundary in letters that need quotation marks, no start, href without Content-ID, a
            // Content-ID without brackets, and an attribute with a prefix.
            "mm7/ic-deliver-req5-xmmc.body" => {
                &["parameter-syntax", "missing-parameter", "invalid-value", "reference-spelling", "wrong-namespace"]
            }
            // Children without namespace, an address as text, booleans with capitals, a class and an
            // indicator that are numbers, elements of the operator, and parts between which another
            // boundary stands than the one announced.
            "mm7/kt-submit-req-euckr.body" => KT,
            // Besides, it says that it is in another charset.
            "mm7/kt-submit-req-utf8.body" => &[&["wrong-charset"], KT].concat(),
            // One gateway has an order of its own.
            "mm7/mb-deliver-req.body" => &["field-order", "field-order", "field-order"],
            "mm7/mb-delivery-report-req.xml" | "mm7/mb-read-reply-req.xml" => &["field-order", "field-order"],
            // Valid, if unusual: a namespace without prefix, and a fault without header.
            "mm7/mb-replace-req.body" | "mm7/mb-submit-req-default-ns.body" | "mm7/vc-inline-fault-no-header.xml" => {
                &[]
            }
            // A semicolon behind the last parameter.
            "mm7/momentum-submit-req.body" => &["bare-line-feed", "parameter-syntax", "wrong-namespace"],
            // Content-IDs without brackets.
            "mm7/savon-submit-req.body" => {
                &["missing-parameter", "invalid-value", "invalid-value", "invalid-value", "invalid-value"]
            }
            // The envelope of the same, with the content type of the whole.
            "mm7/savon-submit-req.xml" => &["wrong-content-type"],
            // A manual: no Content-Length is that of the printed body.
            "mm7/sinch-deliver-rsp-full.http" => {
                &["bare-line-feed", "wrong-content-length", "wrong-content-type", "stray-octets"]
            }
            "mm7/sinch-delivery-report-req-full.http" => {
                &["invalid-value", "bare-line-feed", "truncated", "wrong-content-type"]
            }
            "mm7/sinch-submit-req-full.http" => &[
                "bare-line-feed",
                "truncated",
                "invalid-value",
                "missing-namespace",
                "field-order",
                "field-order",
                "field-order",
                "field-order",
            ],
            // The namespace is folded over two lines.
            "mm7/skycore-deliver-rsp-broken-ns.xml" => &["missing-namespace", "unknown-schema"],
            _ => {
                assert_eq!(entry["notes"], "valid", "{file} is new: {deviations:?}");
                &[]
            }
        };
        let sorted = |mut names: Vec<&'static str>| {
            names.sort_unstable();
            names
        };
        let all = mms_codec::DeviationKind::ALL.iter().map(|kind| kind.name());
        let found: Vec<_> = deviations.iter().filter_map(|name| all.clone().find(|known| known == name)).collect();
        assert_eq!(sorted(found), sorted(expected.to_vec()), "{file}");
    }
}

#[test]
fn is_written_back_without_loss() {
    for (entry, octets) in entries() {
        let file = entry["file"].as_str().unwrap();
        let decoded = decode(&entry, &octets).value;
        let options = EncodeOptions { leave_out: true, write_extra: true };
        let encoded = match mm7::encode_with(&decoded, &options) {
            Ok(encoded) => encoded,
            // No envelope, so no transaction; no sender.
            Err(error) => {
                assert!(matches!(error.field, Some("TransactionID" | "Sender")), "{file}: {error}");
                continue;
            }
        };
        assert!(encoded.left_out.is_empty(), "{file}: {:?}", encoded.left_out);
        let again = mm7::decode(&encoded.content_type, &encoded.body()).unwrap().value;
        let normal = |envelope: &Envelope| {
            let mut fields = shown(envelope);
            fields.remove("Content@href");
            fields
        };
        assert_eq!(normal(&again), normal(&decoded), "{file}");
        let leaves = |envelope: &Envelope| -> Vec<Bytes> {
            let body = envelope.message().and_then(|message| message.body.clone());
            body.iter().flat_map(|body| body.leaves()).map(|leaf| leaf.octets().unwrap().clone()).collect()
        };
        assert_eq!(leaves(&again), leaves(&decoded), "{file}");
    }
}

#[test]
fn accepts_and_rejects_what_another_implementation_does() {
    let Some(folder) = corpus() else { return };
    let vectors: Value =
        serde_json::from_slice(&std::fs::read(folder.join("mm7/body_vectors.dev.json")).unwrap()).unwrap();
    for vector in vectors["vectors"].as_array().unwrap() {
        let name = vector["name"].as_str().unwrap();
        let xml = vector["xml"].as_str().unwrap();
        // The source takes elements without an envelope only, and refuses envelopes.
        let envelope = format!(
            "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Header><TransactionID xmlns='{}'>t\
             </TransactionID></e:Header><e:Body>{xml}</e:Body></e:Envelope>",
            vectors["schema"].as_str().unwrap(),
        );
        let strict = mm7::decode_envelope_with(&envelope.into(), &Options::strict());
        assert_eq!(strict.is_ok(), vector["accepted"].as_bool().unwrap(), "{name}: {strict:?}");
        if let Ok(decoded) = strict {
            let shown = shown(&decoded.value);
            for (field, value) in vector["expected"].as_object().into_iter().flatten() {
                let path = match field.as_str() {
                    "mm7_version" => "MM7Version",
                    "linked_id" => "LinkedID",
                    "subject" => "Subject",
                    "sender" => "Sender",
                    "service_code" => "ServiceCode",
                    "status.status_code" => "Status.StatusCode",
                    "status.status_text" => "Status.StatusText",
                    other => panic!("{other}"),
                };
                let value = if value.is_object() { &value["value"] } else { value };
                let value = value.as_str().map_or_else(|| value.to_string(), Into::into);
                assert_eq!(shown.get(path), Some(&value), "{name}");
            }
            if vector["direction"] == "encode" {
                let text = String::from_utf8(mm7::encode(&decoded.value).unwrap().body().to_vec()).unwrap();
                assert!(text.contains(xml), "{name}: {text}");
            }
        }
    }
}

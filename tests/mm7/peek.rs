//! Peeking at a message: what it reads is what decoding reads, and the rest is not looked at.

use super::*;
use mms_codec::mm7::Peek;

fn peek(content_type: &str, body: &Bytes) -> Peek {
    mm7::peek(content_type, body).unwrap()
}

#[cfg(feature = "arbitrary")]
#[test]
fn agrees_with_decode_on_all_vectors_and_on_damaged_ones() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/mm7");
    let mut number = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let octets = std::fs::read(entry.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&octets);
        mms_codec::fuzz::Target::Mm7Body.run(&octets);
        // Each line missing, and each line twice.
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        for at in 0..lines.len() {
            let (before, after) = lines.split_at(at);
            mms_codec::fuzz::Target::Mm7Body.run([before.concat(), after[1..].concat()].concat().as_bytes());
            mms_codec::fuzz::Target::Mm7Body
                .run([before.concat(), lines[at].into(), after.concat()].concat().as_bytes());
        }
        number += 1;
    }
    assert!(number > 20);
}

#[cfg(feature = "arbitrary")]
#[test]
fn agrees_with_decode_on_the_corpus() {
    let Some(folder) = support::corpus::corpus() else { return };
    let index = std::fs::read(folder.join("index.json")).unwrap();
    let index: serde_json::Value = serde_json::from_slice(&index).unwrap();
    let mut number = 0;
    for entry in index["entries"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "mm7") {
        let octets = std::fs::read(folder.join(entry["file"].as_str().unwrap())).unwrap();
        let content_type = entry["content_type"].as_str().unwrap_or("text/xml");
        mms_codec::fuzz::Target::Mm7Body.run(&[content_type.as_bytes(), b"\n", &octets].concat());
        number += 1;
    }
    assert!(number > 0);
}

/// A submitted message with a value that is not a time, and a reference to a part.
fn with_parts(parts: &[&str]) -> Bytes {
    let xml = submit("<ExpiryDate>soon</ExpiryDate><Content href=\"cid:c\"/>");
    let xml = core::str::from_utf8(&xml).unwrap();
    let parts: String = parts.iter().map(|part| format!("--b\r\n{}\r\n", part.replace("{}", xml))).collect();
    format!("{parts}--b--\r\n").into()
}

const ROOT: &str = "Content-Type: text/xml\r\nContent-ID: <r>\r\n\r\n{}";
const RELATED: &str = "multipart/related; boundary=b; type=\"text/xml\"; start=\"<r>\"";

#[test]
fn reads_the_routing_fields_of_a_body_with_parts() {
    let broken = "Content-Type: multipart/mixed; boundary=c\r\nContent-ID: <c>\r\n\r\n--c\r\nContent-Type: a";
    let body = with_parts(&[ROOT, broken]);
    let expected = mm7::decode(RELATED, &body).unwrap().value;
    let peek = peek(RELATED, &body);
    assert_eq!((peek.name, peek.transaction_id.as_deref()), ("SubmitReq", Some("t1")));
    assert_eq!(peek.recipients, [Address::phone("+1")]);
    assert_eq!(peek.recipients, expected.message().unwrap().to);
    assert_eq!((peek.vasp_id, peek.vas_id, peek.message_id), (None, None, None));
}

#[test]
fn does_not_look_at_the_parts_behind_the_envelope() {
    let parts = vec!["Content-Type: text/plain\r\n\r\nx"; 20_000];
    let body = with_parts(&[&[ROOT], &parts[..]].concat());
    let error = mm7::decode(RELATED, &body).unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::LimitExceeded(Limit::Parts));
    assert_eq!(peek(RELATED, &body).name, "SubmitReq");
}

#[cfg(feature = "arbitrary")]
#[test]
fn finds_the_envelope_where_it_is_not_the_first_part() {
    let image = "Content-Type: image/gif\r\nContent-ID: <c>\r\n\r\nGIF89a";
    for content_type in [RELATED, "multipart/related; boundary=b; type=\"text/xml\"", "multipart/related; boundary=b"] {
        let body = with_parts(&[image, ROOT]);
        assert_eq!(peek(content_type, &body).name, "SubmitReq", "{content_type}");
        mms_codec::fuzz::Target::Mm7Body.run(&[content_type.as_bytes(), b"\n", &body].concat());
    }
    // Another envelope is the root.
    let other = "Content-Type: text/xml\r\nContent-ID: <other>\r\n\r\n<CancelRsp/>";
    assert_eq!(peek(RELATED, &with_parts(&[other, ROOT])).name, "SubmitReq");
    assert_eq!(peek(&RELATED.replace("<r>", "<other>"), &with_parts(&[other, ROOT])).name, "CancelRsp");
}

#[test]
fn finds_the_recipient_of_a_report_and_the_identifier_of_a_response() {
    let report = envelope(
        "<DeliveryReportReq><MM7Version>6.8.0</MM7Version><MessageID>m1</MessageID><Recipient><Number>+2</Number>\
         </Recipient><Sender><Number>+3</Number></Sender></DeliveryReportReq>",
    );
    let report = peek("text/xml", &report);
    assert_eq!((report.message_id.as_deref(), report.recipients), (Some("m1"), vec![Address::phone("+2")]));
    let response = envelope("<SubmitRsp><MM7Version>6.8.0</MM7Version><MessageID>m2</MessageID></SubmitRsp>");
    assert_eq!(peek("text/xml", &response).message_id.as_deref(), Some("m2"));
}

#[test]
fn refuses_what_is_not_a_message() {
    for (body, kind) in [
        ("<html/>", DecodeErrorKind::NotAMessage),
        ("<!DOCTYPE a><SubmitReq/>", DecodeErrorKind::DocumentType),
        ("<SubmitReq>", DecodeErrorKind::UnexpectedEnd),
    ] {
        assert_eq!(mm7::peek("text/xml", &Bytes::from(body)).unwrap_err().kind, kind, "{body}");
    }
}

//! MM7 as JSON: envelopes, bodies with attachments, HTTP messages. The vectors are written by hand,
//! and so is what is expected of them.

use serde_json::{Value, json};

use super::{Run, run_with_input};
use crate::program::ROOT;

fn show(octets: &[u8]) -> Run {
    run_with_input(&["--json", "-"], octets)
}

/// A vector without the line with its content type.
fn vector(name: &str) -> Vec<u8> {
    let path = format!("{ROOT}/tests/vectors/mm7/{name}");
    let octets = std::fs::read(path).unwrap();
    let line = octets.iter().position(|octet| *octet == b'\n').unwrap();
    octets[line + 1..].to_vec()
}

/// With the order of the keys.
#[track_caller]
fn assert_prints(octets: &[u8], expected: &Value) {
    let run = show(octets);
    assert_eq!(run.out.trim_end(), expected.to_string());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

fn submission() -> Value {
    json!({
        "file": "-", "interface": "mm7", "type": "SubmitReq",
        "fields": {
            "TransactionID": "t-1",
            "MM7Version": "6.8.0",
            "SenderIdentification.VASPID": "tramways",
            "SenderIdentification.VASID": "notices",
            "SenderIdentification.SenderAddress": "4400",
            "Recipients.To": ["+46700000001", "office@tram.example"],
            "Recipients.Bcc": ["k8"],
            "ServiceCode": "free",
            "LinkedID": "mo-7",
            "MessageClass": "Informational",
            "TimeStamp": "2024-05-06T05:08:09.5Z",
            "ReplyCharging": "Requested",
            "ReplyCharging@replyChargingSize": 1024,
            "ReplyCharging@replyDeadline": "P1M",
            "EarliestDeliveryTime": "PT300S",
            "ExpiryDate": "2024-05-07T00:00:00Z",
            "DeliveryReport": "true",
            "ReadReply": "false",
            "Priority": "High",
            "Subject": "Stop 4 <closed> — use 5 & 6",
            "ChargedParty": "ThirdParty",
            "ChargedPartyID": "city",
            "DistributionIndicator": "false",
            "DeliveryCondition.DC": [1, 9],
            "ApplicID": "tram.show",
            "ReplyApplicID": "tram.reply",
            "AuxApplicInfo": "line=4",
            "ContentClass": "text",
            "DRMContent": "false",
            "Content@href": "cid:whole%40tram",
            "Content@allowAdaptations": "false",
            "Recipients.To@displayOnly": ["false", "true"],
            "Recipients.Bcc@addressCoding": ["encrypted"],
            "Recipients.Bcc@id": ["r1"],
        },
        "parts": [
            {"path": "1", "content_type": "application/smil", "content_id": "<show>", "length": 69,
             "sha256": "36cd1f1af55bd9d482b5766223866b24469a509eceb4bed5a57d77702d2ee3ef", "text": "<smil><body><par dur=\"3s\"><text src=\"cid:words\"/></par></body></smil>"},
            {"path": "2", "content_type": "text/plain", "content_id": "<words>", "length": 16,
             "sha256": "f0a7a2db221088abd1b47e25aef07e6c4c6de55036797cd9aa6774d806193d2b", "text": "Stop 4 is closed"},
        ],
        "deviations": [],
    })
}

#[test]
fn shows_a_body_with_attachments_and_the_same_over_http() {
    let body = vector("submit-req");
    assert_prints(&body, &submission());
    let line = "multipart/related; boundary=\"vector-1\"; type=\"text/xml\"; start=\"<soap>\"";
    let head = format!(
        "POST /mm7 HTTP/1.1\r\nHost: mmsc.example\r\nSOAPAction: \"\"\r\nContent-Type: {line}\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    assert_prints(&[head.as_bytes(), &body].concat(), &submission());
}

#[test]
fn shows_an_envelope() {
    assert_prints(
        &vector("submit-rsp"),
        &json!({
            "file": "-", "interface": "mm7", "type": "SubmitRsp",
            "fields": {
                "TransactionID": "t-1",
                "MM7Version": "6.8.0",
                "Status.StatusCode": 1100,
                "Status.StatusText": "Partial success",
                "Status.Details": "+46700000002 <r:why xmlns:r=\"urn:relay\" r:code=\"7\">unknown</r:why>",
                "MessageID": "mid-1",
            },
            "parts": [],
            "deviations": [],
        }),
    );
}

#[test]
fn shows_a_fault_and_what_is_wrong_with_it() {
    let run = show(&vector("+deviant-error-rsp"));
    let shown = &run.json()[0];
    assert_eq!((&shown["interface"], &shown["type"]), (&json!("mm7"), &json!("RSErrorRsp")));
    assert_eq!(shown["fields"]["Status.StatusCode"], 6102);
    assert_eq!(shown["deviations"][0]["kind"], "missing-envelope");
    let refused = run_with_input(&["--json", "--strict", "-"], &vector("+deviant-error-rsp"));
    assert_eq!(refused.code, Some(1));
}

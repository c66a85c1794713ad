//! The smallest PDU of each type, field by field.

use serde_json::{Value, json};

use super::{run_with_input, vectors};

const PHONE: &str = "+447700900123/TYPE=PLMN";
const MESSAGE_ID: &str = "m1@mmsc.example.net";
const DATE: &str = "2024-01-01T00:00:00Z";

/// The readings of the octets, without transaction and version where these are T1 and 1.2.
fn readings() -> Vec<(&'static str, Value)> {
    vec![
        ("m-send-req", json!({"From": "insert-address-token", "To": [PHONE], "Content-Type": "text/plain"})),
        ("m-send-conf", json!({"X-Mms-Response-Status": "Ok", "Message-ID": MESSAGE_ID})),
        (
            "m-notification-ind",
            json!({
                "X-Mms-Message-Class": "Personal", "X-Mms-Message-Size": 27999, "X-Mms-Expiry": "PT172800S",
                "X-Mms-Content-Location": "http://m.example/1",
            }),
        ),
        ("m-notifyresp-ind", json!({"X-Mms-Status": "Deferred", "X-Mms-Report-Allowed": "Yes"})),
        (
            "m-retrieve-conf",
            json!({"Message-ID": MESSAGE_ID, "Date": DATE, "From": PHONE, "Content-Type": "text/plain"}),
        ),
        ("m-acknowledge-ind", json!({"X-Mms-Report-Allowed": "No"})),
        (
            "m-delivery-ind",
            json!({
                "X-Mms-Transaction-ID": null, "Message-ID": MESSAGE_ID, "To": [PHONE], "Date": DATE,
                "X-Mms-Status": "Retrieved",
            }),
        ),
        (
            "m-read-rec-ind",
            json!({
                "X-Mms-Transaction-ID": null, "Message-ID": MESSAGE_ID, "To": [PHONE], "From": "insert-address-token",
                "Date": DATE, "X-Mms-Read-Status": "Read",
            }),
        ),
        (
            "m-read-orig-ind",
            json!({
                "X-Mms-Transaction-ID": null, "Message-ID": MESSAGE_ID, "To": [PHONE], "From": "bob@example.org",
                "Date": DATE, "X-Mms-Read-Status": "Deleted without being read",
            }),
        ),
        (
            "m-forward-req",
            json!({
                "From": "insert-address-token", "To": [PHONE], "X-Mms-Content-Location": "http://m.example/1",
            }),
        ),
        ("m-forward-conf", json!({"X-Mms-Response-Status": "Ok", "Message-ID": "m2@mmsc.example.net"})),
        (
            "m-mbox-store-req",
            json!({
                "X-Mms-Content-Location": "http://m.example/1", "X-Mms-MM-State": "New",
                "X-Mms-MM-Flags": ["Add holiday"],
            }),
        ),
        (
            "m-mbox-store-conf",
            json!({"X-Mms-Content-Location": "http://m.example/box/1", "X-Mms-Store-Status": "Success"}),
        ),
        (
            "m-mbox-view-req",
            json!({
                "X-Mms-MM-State": ["New"], "X-Mms-Start": 0, "X-Mms-Limit": 10,
                "X-Mms-Attributes": ["From", "Subject", "X-Mms-Message-Size"],
                "X-Mms-Totals": "Yes", "X-Mms-Quotas": "Yes",
            }),
        ),
        (
            "m-mbox-view-conf",
            json!({
                "X-Mms-Response-Status": "Ok", "X-Mms-Mbox-Totals": ["5 messages"],
                "X-Mms-Mbox-Quotas": ["50 messages", "1000000 bytes"], "X-Mms-Message-Count": 1,
                "Content-Type": "application/vnd.wap.multipart.mixed",
            }),
        ),
        (
            "m-mbox-upload-req",
            json!({"X-Mms-MM-State": "Draft", "Content-Type": "application/vnd.wap.multipart.mixed"}),
        ),
        (
            "m-mbox-upload-conf",
            json!({"X-Mms-Content-Location": "http://m.example/box/2", "X-Mms-Store-Status": "Success"}),
        ),
        ("m-mbox-delete-req", json!({"X-Mms-Content-Location": ["http://m.example/box/1", "http://m.example/box/2"]})),
        (
            "m-mbox-delete-conf",
            json!({
                "X-Mms-Content-Location": ["0, http://m.example/box/2"],
                "X-Mms-Response-Status": ["0, Error-permanent-message-not-found"],
                "X-Mms-Response-Text": ["0, not found"],
            }),
        ),
        (
            "m-mbox-descr",
            json!({
                "X-Mms-Transaction-ID": null, "X-Mms-MMS-Version": null,
                "X-Mms-Content-Location": "http://m.example/box/1", "Message-ID": MESSAGE_ID,
                "X-Mms-MM-State": "New", "Subject": "Hello",
            }),
        ),
        ("m-delete-req", json!({"X-Mms-MMS-Version": "1.3", "X-Mms-Content-Location": ["http://m.example/1"]})),
        ("m-delete-conf", json!({"X-Mms-MMS-Version": "1.3", "X-Mms-Response-Status": ["0, Ok"]})),
        ("m-cancel-req", json!({"X-Mms-MMS-Version": "1.3", "X-Mms-Cancel-ID": MESSAGE_ID})),
        ("m-cancel-conf", json!({"X-Mms-MMS-Version": "1.3", "X-Mms-Cancel-Status": "request successfully received"})),
    ]
}

#[test]
fn shows_every_pdu() {
    let readings = readings();
    assert_eq!(readings.len(), 24);
    for (name, fields) in readings {
        let mut expected = json!({"X-Mms-Transaction-ID": "T1", "X-Mms-MMS-Version": "1.2"});
        for (field, value) in fields.as_object().unwrap() {
            expected[field] = value.clone();
        }
        let is_there = |(_, value): &(&String, &Value)| !value.is_null();
        let expected: Value =
            expected.as_object().unwrap().iter().filter(is_there).map(|(a, b)| (a.clone(), b.clone())).collect();
        let run = run_with_input(&["--json", "--strict", "-"], &vectors::vector(&format!("min-{name}")));
        let lines = run.json();
        assert_eq!(run.code, Some(0), "{name}: {}", run.err);
        assert_eq!(lines[0]["type"], name);
        assert_eq!(lines[0]["fields"], expected, "{name}");
        assert_eq!(lines[0]["deviations"], json!([]), "{name}");
    }
}

#[test]
fn shows_unknown_codes_as_hexadecimal_numbers() {
    let lines = run_with_input(&["--json", "-"], b"\x8c\xa0\x98T1\0\x8d\x92\x92\xf0\xc5\x9a").json();
    assert_eq!(lines[0]["type"], "0xA0");
    assert_eq!(lines[0]["fields"]["0xC5"], "0x9A");
    let lines = run_with_input(&["--json", "-"], b"\x8c\x81\x98T1\0\x8d\x92\x92\xf0").json();
    assert_eq!(lines[0]["fields"]["X-Mms-Response-Status"], "0xF0");
    let lines =
        run_with_input(&["--json", "-"], b"\x8c\x84\x98T1\0\x8d\x92\x99\xf0\x85\x04\x65\x92\0\x80\x84\xfb").json();
    assert_eq!(lines[0]["fields"]["X-Mms-Retrieve-Status"], "0xF0");
    assert_eq!(lines[0]["fields"]["Content-Type"], "0x7B");
}

#[test]
fn shows_absolute_and_relative_times() {
    for (octets, shown) in
        [(&b"\x88\x06\x80\x04\x65\x92\0\x80"[..], "2024-01-01T00:00:00Z"), (b"\x88\x05\x81\x03\x02\xa3\0", "PT172800S")]
    {
        let pdu = [b"\x8c\x82\x98T1\0\x8d\x92", octets].concat();
        let lines = run_with_input(&["--json", "-"], &pdu).json();
        assert_eq!(lines[0]["fields"]["X-Mms-Expiry"], shown);
    }
}

/// A notification has no such fields: they are kept, and read as in the PDUs that have them.
#[test]
fn shows_fields_of_other_pdus_readable() {
    for (vector, field, shown) in [
        ("+var-74-to-in-notification", "To", json!(["+447700900999/TYPE=PLMN"])),
        ("+var-78-previously-sent-by-a0", "X-Mms-Previously-Sent-By", json!(["0, a@example.com"])),
        ("+var-77-mmbox-attributes-a8-89-in-notification", "X-Mms-Attributes", json!(["From"])),
    ] {
        let lines = run_with_input(&["--json", "-"], &vectors::vector(vector)).json();
        assert_eq!(lines[0]["fields"][field], shown, "{vector}");
        assert_eq!(lines[0]["deviations"][0]["kind"], "unexpected-field", "{vector}");
        assert_eq!(lines[0]["deviations"][0]["field"], field, "{vector}");
    }
}

//! Whole JSON objects. The expected values are the readings of the specification's vectors, not what the program printed.

use serde_json::{Value, json};

use super::{run, run_with_input, vectors};

const SMIL: &str = concat!(
    r#"<smil><head><layout><root-layout/><region id="Image" top="0" left="0" height="70%" width="100%"/>"#,
    r#"<region id="Text" top="70%" left="0" height="30%" width="100%"/></layout></head><body><par dur="5000ms">"#,
    r#"<img src="dot.gif" region="Image"/><text src="text.txt" region="Text"/></par></body></smil>"#,
);

/// The body of the vector `send-req-related`.
fn parts() -> Value {
    json!([
        {"path": "1", "content_type": "application/smil; charset=utf-8; name=smil.xml", "content_id": "<smil>",
         "content_location": "smil.xml", "name": "smil.xml", "length": 292,
         "sha256": "dfbb9787a48ddb80bf43f85b1e06f64f43bd7fb0ad0dac98efdb72bcc9b54818", "text": SMIL},
        {"path": "2", "content_type": "text/plain; charset=utf-8; name=text.txt", "content_id": "<text>",
         "content_location": "text.txt", "name": "text.txt", "length": 13,
         "sha256": "4a956005979ff053af762a6262573121f01ffb5cb1022937504229d5daafb8a9", "text": "Héllo wörld"},
        {"path": "3", "content_type": "image/gif; name=dot.gif", "content_id": "<dot>",
         "content_location": "dot.gif", "name": "dot.gif", "length": 43,
         "sha256": "b1442e85b03bdcaf66dc58c7abb98745dd2687d86350be9a298a1d9382ac849b"},
    ])
}

fn notification() -> Value {
    json!({
        "X-Mms-Transaction-ID": "T1a2b3c",
        "X-Mms-MMS-Version": "1.2",
        "From": "+447700900123/TYPE=PLMN",
        "Subject": "Été",
        "X-Mms-Message-Class": "Personal",
        "X-Mms-Message-Size": 27999,
        "X-Mms-Expiry": "PT172800S",
        "X-Mms-Content-Location": "http://mmsc.example.net/m?id=7Qx2",
    })
}

/// With the order of the keys, which is part of the promise: the line itself is compared.
fn assert_prints(file: &str, expected: &Value) {
    let run = run(&["--json", file]);
    assert_eq!(run.out.trim_end(), expected.to_string(), "{file}");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn shows_a_send_req() {
    assert_prints(
        "send-req.mms",
        &json!({
            "file": "send-req.mms", "interface": "mm1", "type": "m-send-req",
            "fields": {
                "X-Mms-Transaction-ID": "S-0001",
                "X-Mms-MMS-Version": "1.2",
                "Date": "2024-01-01T00:00:00Z",
                "From": "insert-address-token",
                "To": ["+447700900123/TYPE=PLMN", "alice@example.com"],
                "Subject": "Hello",
                "X-Mms-Message-Class": "Personal",
                "X-Mms-Expiry": "PT604800S",
                "X-Mms-Priority": "Normal",
                "X-Mms-Delivery-Report": "Yes",
                "X-Mms-Read-Report": "No",
                "Content-Type": "application/vnd.wap.multipart.related; start=\"<smil>\"; type=\"application/smil\"",
            },
            "parts": parts(),
            "deviations": [],
        }),
    );
}

#[test]
fn shows_a_retrieve_conf_with_its_fields_in_the_order_of_the_message() {
    assert_prints(
        "retrieve-conf.mms",
        &json!({
            "file": "retrieve-conf.mms", "interface": "mm1", "type": "m-retrieve-conf",
            "fields": {
                "X-Mms-Transaction-ID": "T-0002",
                "X-Mms-MMS-Version": "1.3",
                "Message-ID": "m2@mmsc.example.net",
                "Date": "2024-01-01T00:00:00Z",
                "From": "+447700900123/TYPE=PLMN",
                "To": ["+447700900456/TYPE=PLMN", "alice@example.com"],
                "Cc": ["bob@example.org"],
                "Subject": "Un été à la mer",
                "X-Mms-Message-Class": "Personal",
                "X-Mms-Priority": "High",
                "X-Mms-Delivery-Report": "No",
                "X-Mms-Read-Report": "Yes",
                "X-Mms-Content-Class": "image-basic",
                "X-Vendor-Note": "spring sale",
                "Content-Type": "application/vnd.wap.multipart.related; start=\"<smil>\"; type=\"application/smil\"",
            },
            "parts": parts(),
            "deviations": [],
        }),
    );
}

#[test]
fn shows_the_messages_in_a_mailbox_listing() {
    assert_prints(
        "mbox-view-conf.mms",
        &json!({
            "file": "mbox-view-conf.mms", "interface": "mm1", "type": "m-mbox-view-conf",
            "fields": {
                "X-Mms-Transaction-ID": "T1",
                "X-Mms-MMS-Version": "1.2",
                "X-Mms-Response-Status": "Ok",
                "X-Mms-Mbox-Totals": ["5 messages"],
                "X-Mms-Mbox-Quotas": ["50 messages", "1000000 bytes"],
                "X-Mms-Message-Count": 1,
                "Content-Type": "application/vnd.wap.multipart.mixed",
            },
            "parts": [{
                "path": "1", "content_type": "application/vnd.wap.mms-message", "length": 56,
                "sha256": "6f79f86c6aa547fb3e5baf45ce8bf570661ba751fc1ad9ed1a64e57c8f385f73",
                "pdu": {
                    "interface": "mm1", "type": "m-mbox-descr",
                    "fields": {
                        "X-Mms-Content-Location": "http://m.example/box/1",
                        "Message-ID": "m1@mmsc.example.net",
                        "X-Mms-MM-State": "New",
                        "Subject": "Hello",
                    },
                    "parts": [],
                    "deviations": [],
                },
            }],
            "deviations": [],
        }),
    );
}

/// With another file about the same message, and octets that are no record.
#[test]
fn shows_a_file_of_charging_records_one_on_a_line() {
    let records = run(&["--json", "records.cdr", "retrieve-conf.mms"]);
    assert_eq!(records.code, Some(1));
    assert!(records.err.contains("records.cdr: not a message of this interface at octet 73"), "{}", records.err);
    let lines = records.json();
    assert_eq!(
        lines[0],
        json!({
            "file": "records.cdr", "interface": "cdr", "type": "mMO4FRsRecord",
            "fields": {
                "recordType": 32,
                "recipientMmsRSAddress": "{ domainName mms.mnc015.mcc234.gprs }",
                "messageID": "m2@mmsc.example.net",
                "requestStatusCode": "normalRelease",
                "recordTimeStamp": "2024-03-05T09:30:47+01:00",
                "localSequenceNumber": 7,
                "[PRIVATE 3]": "0x07",
            },
            "messages": ["retrieve-conf.mms"],
            "deviations": [{"offset": 70, "kind": "unexpected-field"}],
        })
    );
    assert_eq!(lines[1]["error"]["offset"], 73);
    assert_eq!(lines[2]["type"], "mM7DRRsRecord");
    assert_eq!(lines[2]["fields"]["recipientAddress"], "{ mMSAgentAddressData 7255 }");
    assert_eq!(lines[2].get("messages"), None);
    assert_eq!(lines[3]["interface"], "mm1");
    assert_eq!(lines.len(), 4);
    let tree = run(&["records.cdr", "retrieve-conf.mms"]).out;
    assert!(tree.starts_with("records.cdr: cdr mMO4FRsRecord\n"), "{tree}");
    assert!(tree.contains("\n  message in retrieve-conf.mms\n"), "{tree}");
}

#[test]
fn shows_a_push_with_the_pdu_in_it() {
    assert_prints(
        "notification-ind.push",
        &json!({
            "file": "notification-ind.push", "interface": "push", "type": "Push",
            "fields": {
                "Content-Type": "application/vnd.wap.mms-message",
                "X-Wap-Application-Id": "x-wap-application:mms.ua",
            },
            "pdu": {
                "interface": "mm1", "type": "m-notification-ind",
                "fields": notification(),
                "parts": [],
                "deviations": [],
            },
            "deviations": [],
        }),
    );
}

/// As modems report it: TPDU of the vector, with the address of the service centre and without.
#[test]
fn shows_a_push_in_a_short_message() {
    let tpdu = vectors::vector("sms-deliver-single");
    let with_centre = [b"\x07\x91\x44\x77\x58\x10\x06\x50", &*tpdu].concat();
    for octets in [&tpdu[..], &with_centre] {
        let run = run_with_input(&["--json", "--strict", "-"], octets);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert_eq!(run.json()[0]["interface"], "push");
        assert_eq!(run.json()[0]["pdu"]["fields"], notification());
    }
    // In the digits that a modem writes, and as an application sends it.
    let hex = |octets: &[u8]| octets.iter().map(|octet| format!("{octet:02X}")).collect::<String>();
    let submit = [b"\x41\x00\x04\x81\x21\x43\x00\xf5", &tpdu[14..]].concat();
    for text in [
        format!("+CMT: ,{}\r\n{}\r\n", tpdu.len(), hex(&with_centre)),
        format!("+CMGR: 0,,{}\r\n{}\r\n", tpdu.len(), hex(&with_centre).to_lowercase()),
        hex(&with_centre),
        hex(&tpdu),
        hex(&submit),
    ] {
        let run = run_with_input(&["--json", "--strict", "-"], text.as_bytes());
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{text}");
        assert_eq!(run.json()[0]["pdu"]["fields"], notification());
    }
    // The announced length of the headers leaves one out. Offsets are those in the file.
    let wrong_length = [&tpdu[..24], b"\x01", &tpdu[25..]].concat();
    let run = run_with_input(&["--json", "-"], &wrong_length);
    let expected = json!([{"offset": 24, "field": "HeadersLen", "kind": "wrong-header-length"}]);
    assert_eq!(run.json()[0]["deviations"], expected);
    // One of two segments is not a push.
    let run = run_with_input(&["--json", "-"], &vectors::vector("sms-deliver-seg1-of-2"));
    assert_eq!(run.json()[0]["type"], "segment 1 of 2");
}

/// The head tells what follows it. Offsets are those in the file.
#[test]
fn shows_a_pdu_in_an_http_message() {
    let pdu = vectors::vector("+var-30-subject-utf-8-without-quote");
    for start in ["POST /mms HTTP/1.1", "HTTP/1.1 200 OK"] {
        let head = format!("{start}\r\nHost: m.example\r\nContent-Type: application/vnd.wap.mms-message; x=y\r\n\r\n");
        let (length, http) = (head.len(), [head.as_bytes(), &pdu].concat());
        let deviations = json!([{"offset": length + 43, "field": "Subject", "kind": "missing-quote"}]);
        for args in [&["--json", "-"][..], &["--json", "--as", "mm1", "-"]] {
            let run = run_with_input(args, &http);
            assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
            assert_eq!(run.json()[0]["fields"], notification());
            assert_eq!(run.json()[0]["deviations"], deviations);
        }
        let run = run_with_input(&["--strict", "-"], &http);
        assert!(run.err.ends_with(&format!(" at octet {}, in Subject\n", length + 43)), "{}", run.err);
    }
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html/>";
    assert_eq!(run_with_input(&["-"], page).code, Some(1));
}

/// A service indication, with five octets of data.
#[test]
fn shows_a_push_of_something_else_with_its_data_as_a_part() {
    let push = b"\x01\x06\x0b\x03\xae\x81\xea\xc3\x95\x8d\x01\x05\xb4\x84hello";
    // The header of a short message before it does not hide what it is.
    let user_data = [b"\x06\x05\x04\x0b\x84\x23\xf0", &push[..]].concat();
    assert_eq!(run_with_input(&["--json", "-"], &user_data).json()[0]["interface"], "push");
    let run = run_with_input(&["--json", "-"], push);
    let expected = json!({
        "file": "-", "interface": "push", "type": "Push",
        "fields": {
            "Content-Type": "application/vnd.wap.sic; charset=utf-8",
            "Encoding-Version": ["1.5"],
            "Content-Length": 5,
            "Push-Flag": 4,
        },
        "parts": [{
            "path": "1", "content_type": "application/vnd.wap.sic; charset=utf-8", "length": 5,
            "sha256": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        }],
        "deviations": [],
    });
    assert_eq!(run.out.trim_end(), expected.to_string());
}

/// Offsets count from the start of the push, also inside the PDU.
#[test]
fn tells_where_in_a_push_something_was_forgiven() {
    let push = [b"\x01\x06\x03\xbe\xaf\x84", &super::data("subject-without-quote.mms")[..]].concat();
    let lines = run_with_input(&["--json", "-"], &push).json();
    let deviations = json!([{"offset": 49, "field": "Subject", "kind": "missing-quote"}]);
    assert_eq!(lines[0]["pdu"]["deviations"], deviations);
    assert_eq!(lines[0]["deviations"], json!([]));

    let strict = run_with_input(&["--json", "--strict", "-"], &push);
    assert_eq!(strict.code, Some(1));
    let error = json!({"message": "text has no quote octet", "offset": 49, "field": "Subject"});
    assert_eq!(strict.json()[0]["error"], error);
}

#[test]
fn shows_what_may_be_repeated_as_arrays_and_numbers_as_numbers() {
    assert_prints(
        "mbox-view-req.mms",
        &json!({
            "file": "mbox-view-req.mms", "interface": "mm1", "type": "m-mbox-view-req",
            "fields": {
                "X-Mms-Transaction-ID": "T1",
                "X-Mms-MMS-Version": "1.2",
                "X-Mms-MM-State": ["New"],
                "X-Mms-Start": 0,
                "X-Mms-Limit": 10,
                "X-Mms-Attributes": ["From", "Subject", "X-Mms-Message-Size"],
                "X-Mms-Totals": "Yes",
                "X-Mms-Quotas": "Yes",
            },
            "parts": [],
            "deviations": [],
        }),
    );
}

/// The notification, with one more field.
fn assert_shows_kept_field(file: &str, name: &str, value: &str, deviations: Value) {
    let lines = run(&["--json", file]).json();
    let mut fields = notification();
    fields[name] = value.into();
    assert_eq!(lines[0]["fields"], fields, "{file}");
    assert_eq!(lines[0]["deviations"], deviations, "{file}");
}

#[test]
fn shows_fields_without_a_place_beside_those_that_have_one() {
    assert_shows_kept_field("application-header.mms", "X-Vendor", "foo", json!([]));
    assert_shows_kept_field("unknown-field.mms", "0xC5", "0x03010203", json!([]));
    let deviations = json!([{"offset": 53, "field": "X-Mms-Priority", "kind": "unknown-token"}]);
    assert_shows_kept_field("unknown-priority.mms", "X-Mms-Priority", "0x90", deviations);
    let deviations = json!([{"offset": 51, "field": "Subject", "kind": "duplicate-field"}]);
    assert_shows_kept_field("duplicate-subject.mms", "Subject (2)", "second", deviations);
}

#[test]
fn tells_what_was_forgiven() {
    assert_prints(
        "subject-without-quote.mms",
        &json!({
            "file": "subject-without-quote.mms", "interface": "mm1", "type": "m-notification-ind",
            "fields": notification(),
            "parts": [],
            "deviations": [{"offset": 43, "field": "Subject", "kind": "missing-quote"}],
        }),
    );
}

#[test]
fn tells_which_message_in_a_part_did_not_decode() {
    // The m-mbox-descr inside, without its message type.
    let mut octets = super::data("mbox-view-conf.mms");
    let descr = octets.windows(2).position(|two| two == [0x8c, 0x93]).unwrap();
    octets[descr] = 0x8d;
    let run = run_with_input(&["--json", "-"], &octets);
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.err,
        format!("mms: -: part 1: mandatory field is missing at octet {descr}, in X-Mms-Message-Type\n")
    );
    let lines = run.json();
    assert_eq!(lines[0]["fields"]["X-Mms-Message-Count"], 1);
    let error = json!({"message": "mandatory field is missing", "offset": descr, "field": "X-Mms-Message-Type"});
    assert_eq!(lines[0]["parts"][0]["error"], error);
}

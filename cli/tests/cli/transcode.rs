//! `mms transcode`.

use std::io::Write;
use std::process::{Output, Stdio};

use mms_codec::message::{Address, Originator};
use mms_codec::{Bytes, Options, mm1, mm4, mm7};

use crate::program;

fn transcode(arguments: &[&str], input: &[u8]) -> Output {
    program::output(program::command("transcode", arguments), input)
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn the_readme_shows_what_the_example_prints() {
    let written = Bytes::from(program::check_readme("transcode"));
    let decoded = mm7::decode_http_with(&written, &Options::strict()).unwrap().value;
    let mm7::Pdu::DeliverReq(deliver) = decoded.pdu else { panic!("{decoded:?}") };
    assert_eq!(deliver.vasp_id.as_deref(), Some("acme-media"));
    assert!(deliver.message.body.is_some());
}

#[test]
fn a_message_goes_through_all_interfaces() {
    let send = include_bytes!("../../../tests/data/send-req.mms");
    let to_mm4 = transcode(&["--to", "mm4", "--from", "+12025550101", "--id", "mm-1", "-", "-"], send);
    assert_eq!((to_mm4.status.code(), stderr(&to_mm4)), (Some(0), String::new()));
    let mail = mm4::decode_with(&Bytes::from(to_mm4.stdout.clone()), &Options::strict()).unwrap().value;
    let mm4::Pdu::ForwardReq(request) = mail else { panic!("{mail:?}") };
    assert_eq!(request.message.from.unwrap().address().unwrap().value(), "+12025550101");

    let to_mm7 = transcode(&["--to", "mm7", "--release", "5", "-", "-"], &to_mm4.stdout);
    assert!(stderr(&to_mm7).lines().any(|line| line == "X-Mms-Delivery-Report is not carried"), "{}", stderr(&to_mm7));
    mm7::decode_http_with(&Bytes::from(to_mm7.stdout.clone()), &Options::strict()).unwrap();

    let to_mm1 = transcode(&["--to", "mm1", "-", "-"], &to_mm7.stdout);
    assert_eq!((to_mm1.status.code(), stderr(&to_mm1)), (Some(0), String::new()));
    let pdu = mm1::decode_with(&Bytes::from(to_mm1.stdout), &Options::strict()).unwrap().value;
    let original = mm1::decode(&Bytes::from_static(send)).unwrap().value;
    let texts = |pdu: &mm1::Pdu| -> Vec<_> {
        pdu.body().unwrap().leaves().map(|part| part.octets().unwrap().clone()).collect()
    };
    assert_eq!(texts(&pdu), texts(&original));

    let notification = transcode(&["--to", "mm1", "--notification", "-", "-"], &to_mm7.stdout);
    let pdu = mm1::decode_with(&Bytes::from(notification.stdout), &Options::strict()).unwrap().value;
    assert!(matches!(pdu, mm1::Pdu::NotificationInd(_)));
}

#[test]
fn a_report_goes_through_all_interfaces() {
    let report = include_str!("../../../tests/vectors/mm4/delivery_report_req.eml").replace('\n', "\r\n");
    let to_mm7 = transcode(&["--to", "mm7", "-", "-"], report.as_bytes());
    assert!(stderr(&to_mm7).lines().any(|line| line == "X-Mms-Ack-Request is not carried"), "{}", stderr(&to_mm7));
    let to_mm1 = transcode(&["--to", "mm1", "-", "-"], &to_mm7.stdout);
    let pdu = mm1::decode_with(&Bytes::from(to_mm1.stdout.clone()), &Options::strict()).unwrap().value;
    assert!(matches!(pdu, mm1::Pdu::DeliveryInd(_)));
    // MM1 does not say who gets it.
    let to_mm4 = transcode(&["--to", "mm4", "-", "-"], &to_mm1.stdout);
    assert_eq!(to_mm4.status.code(), Some(1));
    assert_eq!(stderr(&to_mm4), "mms: -: mandatory field has no value, in To\n");
    let to_mm4 = transcode(&["--to", "mm4", "--recipient", "+12025550101", "-", "-"], &to_mm1.stdout);
    let pdu = mm4::decode_with(&Bytes::from(to_mm4.stdout), &Options::strict()).unwrap().value;
    let mm4::Pdu::DeliveryReportReq(report) = pdu else { panic!("{pdu:?}") };
    assert_eq!(report.report.originator.unwrap().value(), "+12025550101");
}

#[test]
fn a_message_is_forwarded_with_the_one_that_is_stored() {
    let mut request = mm1::ForwardReq::default();
    request.transaction_id = Some("T1".into());
    request.message.from = Some(Originator::InsertAddress);
    request.message.to.push(Address::phone("+12025550103"));
    request.content_location = Some("http://mmsc.example.net/1".into());
    let request = mm1::encode(&request).unwrap();
    let stored = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/retrieve-conf.mms");

    let alone = transcode(&["--to", "mm4", "-", "-"], &request);
    assert_eq!(stderr(&alone), "mms: -: m-forward-req has no content; --stored names the message\n");
    let forwarded = transcode(&["--to", "mm4", "--from", "+12025550102", "--stored", stored, "-", "-"], &request);
    assert_eq!(forwarded.status.code(), Some(0), "{}", stderr(&forwarded));
    let mail = mm4::decode_with(&Bytes::from(forwarded.stdout), &Options::strict()).unwrap().value;
    let mm4::Pdu::ForwardReq(forward) = mail else { panic!("{mail:?}") };
    assert_eq!(forward.message.to[0].value(), "+12025550103");
    assert_eq!(forward.message.previously_sent_by[0].address.value(), "+447700900123");
    assert_eq!((forward.forward_counter, forward.message.body.unwrap().leaves().count()), (Some(1), 3));
}

#[test]
fn what_is_no_message_is_told() {
    let response = transcode(&["--to", "mm4", "-", "-"], b"\x8c\x81\x98T1\0\x8d\x90\x92\x80");
    assert_eq!(response.status.code(), Some(1));
    assert_eq!(stderr(&response), "mms: -: m-send-conf is no message and no report\n");
    let nothing = transcode(&["--to", "mm4", "-", "-"], b"This is no message.");
    assert_eq!(stderr(&nothing), "mms: -: not a message of any interface known here\n");
    let nowhere =
        transcode(&["--to", "mm1", "-", "no/such/folder/out"], include_bytes!("../../../tests/data/send-req.mms"));
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(stderr(&nowhere).lines().last().unwrap().starts_with("mms: no/such/folder/out: "), "{}", stderr(&nowhere));
    // Why it could not be written is among what was lost.
    let senders = ["--to", "mm4", "--from", "\u{e4}", "-", "-"];
    let refused = transcode(&senders, include_bytes!("../../../tests/data/send-req.mms"));
    assert_eq!(stderr(&refused), "From is not carried\nmms: -: mandatory field has no value, in From\n");
    for arguments in [&["-", "-"][..], &["--to", "mm9", "-", "-"], &["--to", "mm1", "-"], &["--release", "7"]] {
        assert_eq!(transcode(arguments, b"").status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn reads_the_forms_that_inspect_reads() {
    let send = include_bytes!("../../../tests/data/send-req.mms");
    let hex: String = send.iter().map(|octet| format!("{octet:02x} ")).collect();
    let arguments = ["--to", "mm4", "--from", "+12025550101", "--id", "mm-1", "-", "-"];
    let [octets, digits] = [&send[..], hex.as_bytes()].map(|input| transcode(&arguments, input));
    assert!(!octets.stdout.is_empty());
    assert_eq!((octets.stdout, octets.stderr), (digits.stdout, digits.stderr));
}

/// Whoever started the program may have stopped listening.
#[test]
fn standard_error_that_nobody_reads_is_no_error() {
    let report = include_str!("../../../tests/vectors/mm4/delivery_report_req.eml");
    let mut command = program::command("transcode", &["--to", "mm7", "-", "-"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(writer);
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(report.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(!output.stdout.is_empty());
}

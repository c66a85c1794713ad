//! The worked examples of the six messages, with LF and with CRLF, against the tables of values there.

use std::collections::BTreeSet;

use mms_codec::message::{
    Address, AddressKind, ContentClass, MessageClass, MmStatus, MmStatusExtension, Priority, ReadStatus, RequestStatus,
    SenderVisibility, Time,
};
use mms_codec::mm4::{self, Pdu};
use mms_codec::{Bytes, Decoded, DeviationKind, Options, Shown};

const FORWARD_REQ: &str = include_str!("../vectors/mm4/forward_req.eml");
const FORWARD_RES: &str = include_str!("../vectors/mm4/forward_res.eml");
const DELIVERY_REPORT_REQ: &str = include_str!("../vectors/mm4/delivery_report_req.eml");
const DELIVERY_REPORT_RES: &str = include_str!("../vectors/mm4/delivery_report_res.eml");
const READ_REPLY_REPORT_REQ: &str = include_str!("../vectors/mm4/read_reply_report_req.eml");
const READ_REPLY_REPORT_RES: &str = include_str!("../vectors/mm4/read_reply_report_res.eml");
const TOLERANT: &str = include_str!("../vectors/mm4/tolerant.eml");

const ALL: [(&str, &str); 7] = [
    ("MM4_forward.REQ", FORWARD_REQ),
    ("MM4_forward.RES", FORWARD_RES),
    ("MM4_delivery_report.REQ", DELIVERY_REPORT_REQ),
    ("MM4_delivery_report.RES", DELIVERY_REPORT_RES),
    ("MM4_read_reply_report.REQ", READ_REPLY_REPORT_REQ),
    ("MM4_read_reply_report.RES", READ_REPLY_REPORT_RES),
    ("MM4_forward.REQ", TOLERANT),
];

fn crlf(text: &str) -> Bytes {
    text.replace('\n', "\r\n").into()
}

/// Decodes the example with CRLF, and checks that LF gives the same and one deviation more.
fn both_line_ends(text: &str) -> Decoded<Pdu> {
    let decoded = mm4::decode(&crlf(text)).unwrap();
    let with_lf = mm4::decode(&Bytes::copy_from_slice(text.as_bytes())).unwrap();
    assert_eq!(with_lf.value, decoded.value);
    let kinds = |decoded: &Decoded<Pdu>| {
        let mut kinds: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
        kinds.retain(|kind| *kind != DeviationKind::BareLineFeed);
        kinds
    };
    assert_eq!(kinds(&with_lf), kinds(&decoded));
    assert_eq!(with_lf.deviations.len(), decoded.deviations.len() + 1);
    decoded
}

/// A number in the form of an operator's system, written out by hand here.
fn number(number: &str, domain: &str) -> Address {
    mm4::address_at(&AddressKind::Phone(number.into()).into(), domain)
}

const HOME: &str = "mms.mnc012.mcc345.gprs";
const PEER: &str = "mms.mnc015.mcc234.gprs";

#[test]
fn every_field_is_in_an_example() {
    let decoded = ALL.map(|(_, text)| both_line_ends(text).value);
    let shown: BTreeSet<_> = decoded.iter().flat_map(Pdu::fields).map(|field| field.name.to_string()).collect();
    let missing: BTreeSet<_> = Pdu::forms().map(|form| form.name).filter(|name| !shown.contains(*name)).collect();
    assert!(
        missing.is_empty(),
        "add {missing:?} to a message in tests/vectors/mm4, and to the values that a test expects"
    );
}

#[test]
fn every_example_but_the_tolerant_one_is_strictly_valid() {
    for (name, text) in ALL {
        let lenient = both_line_ends(text);
        assert_eq!(lenient.value.name(), name);
        assert!(mm4::detect(text.as_bytes()));
        if text != TOLERANT {
            assert_eq!(mm4::decode_with(&crlf(text), &Options::strict()), Ok(lenient), "{name}");
        }
    }
}

#[test]
fn every_message_has_an_example() {
    for name in Pdu::NAMES {
        assert!(ALL.iter().any(|(known, _)| known == name), "{name}");
    }
}

#[test]
fn every_example_encodes_to_what_decodes_the_same() {
    for (name, text) in ALL {
        if text == TOLERANT {
            continue;
        }
        let pdu = mm4::decode(&crlf(text)).unwrap().value;
        let octets = Bytes::from(mm4::encode(&pdu).unwrap());
        assert_eq!(mm4::decode_with(&octets, &Options::strict()).unwrap().value, pdu, "{name}");
        assert_eq!(mm4::encode(&pdu).unwrap(), octets, "same struct, same octets");
    }
}

#[test]
fn forward_req_has_every_value_of_the_table() {
    let Pdu::ForwardReq(request) = both_line_ends(FORWARD_REQ).value else { panic!() };
    let message = &request.message;
    assert_eq!(message.date.unwrap().to_string(), "2024-03-05T09:30:47Z");
    assert_eq!(message.from.as_ref().unwrap().address(), Some(&number("+12025550101", HOME)));
    assert_eq!(request.sender, Some(number("+12025550101", HOME)));
    assert_eq!(message.to, [number("+447700900123", PEER), number("+447700900124", PEER)]);
    assert_eq!(message.cc, [Address::email("kim@example.org")]);
    assert_eq!(message.subject.as_ref().unwrap(), "Grüße from the lake");
    assert_eq!(request.mail_id.as_deref(), Some("<fwd-0001@mms.mnc012.mcc345.gprs>"));
    assert_eq!(request.version.as_deref(), Some("6.10.0"));
    assert_eq!(request.transaction_id.as_deref(), Some("\"t-0001@mms.mnc012.mcc345.gprs\""));
    assert_eq!(request.message_id.as_deref(), Some("\"mm-0001@mms.mnc012.mcc345.gprs\""));
    assert_eq!(message.class, Some(MessageClass::Personal));
    let Some(Time::Absolute(expiry)) = message.expiry else { panic!() };
    assert_eq!(expiry.to_string(), "2024-03-12T09:30:47Z");
    assert_eq!((message.delivery_report, message.read_report), (Some(true), Some(true)));
    assert_eq!(request.originator_rs_delivery_report, Some(false));
    assert_eq!(message.priority, Some(Priority::Normal));
    assert_eq!(message.sender_visibility, Some(SenderVisibility::Show));
    assert_eq!(request.ack_request, Some(true));
    assert_eq!(request.originator_system, Some(Address::email("system-user@mms.mnc012.mcc345.gprs")));
    assert_eq!(request.forward_counter, Some(2));
    let by: Vec<_> = message.previously_sent_by.iter().map(|by| (by.count, by.address.clone())).collect();
    assert_eq!(by, [(Some(1), number("+447700900125", PEER)), (Some(2), number("+12025550102", HOME))]);
    let dates: Vec<_> = message.previously_sent_date.iter().map(|sent| (sent.count, sent.date.to_string())).collect();
    assert_eq!(dates, [(Some(1), "2024-03-04T18:00:00Z".into()), (Some(2), "2024-03-04T20:15:00Z".into())]);
    assert_eq!(message.applic_id.as_deref(), Some("com.example.viewer"));
    assert_eq!(message.reply_applic_id.as_deref(), Some("com.example.sender"));
    assert_eq!(message.aux_applic_info.as_deref(), Some("lang=en"));
    assert_eq!(message.content_class, Some(ContentClass::ImageBasic));
    assert_eq!((message.drm_content, message.adaptation_allowed), (Some(false), Some(true)));
    assert!(request.extra.is_empty());

    let body = message.body.as_ref().unwrap();
    assert_eq!(body.content_type.to_string(), "multipart/related; type=\"application/smil\"; start=\"<smil@mm-0001>\"");
    let [smil, text, image] = body.parts() else { panic!() };
    assert_eq!(body.root(), Some(smil));
    assert!(smil.content_type.is("application/smil"));
    assert_eq!((smil.name().as_deref(), smil.content_id.as_deref()), (Some("main.smil"), Some("<smil@mm-0001>")));
    assert_eq!(text.text().as_deref(), Some("Grüße, see you soon"));
    assert_eq!(text.content_location.as_deref(), Some("hello.txt"));
    assert!(image.content_type.is("image/gif"));
    let octets = image.octets().unwrap();
    assert!(octets.len() == 35 && octets.starts_with(b"GIF89a"));
    assert_eq!(body.find("cid:img@mm-0001"), Some(image));
}

#[test]
fn forward_res_has_every_value_of_the_table() {
    let Pdu::ForwardRes(response) = both_line_ends(FORWARD_RES).value else { panic!() };
    assert_eq!(response.to, [Address::email("system-user@mms.mnc012.mcc345.gprs")]);
    assert_eq!(response.sender, Some(Address::email("system-user@mms.mnc015.mcc234.gprs")));
    assert_eq!(response.transaction_id.as_deref(), Some("\"t-0001@mms.mnc012.mcc345.gprs\""));
    assert_eq!(response.message_id.as_deref(), Some("\"mm-0001@mms.mnc012.mcc345.gprs\""));
    assert_eq!(response.status, Some(RequestStatus::ErrorSendingAddressUnresolved));
    assert_eq!(response.request_recipients, [number("+447700900124", PEER)]);
    assert_eq!(response.status_text.unwrap(), "one recipient is not a customer");
    assert_eq!(response.body, None);
}

#[test]
fn reports_have_every_value_of_the_tables() {
    let Pdu::DeliveryReportReq(report) = both_line_ends(DELIVERY_REPORT_REQ).value else { panic!() };
    assert_eq!(report.report.recipient, Some(number("+447700900123", PEER)));
    assert_eq!(report.report.originator, Some(number("+12025550101", HOME)));
    assert_eq!(report.report.status, Some(MmStatus::Rejected));
    assert_eq!(report.report.status_extension, Some(MmStatusExtension::RejectionByMmsRecipient));
    assert_eq!(report.report.status_text.as_ref().unwrap(), "declined by the user");
    assert_eq!(report.report.applic_id.as_deref(), Some("com.example.sender"));
    assert_eq!(report.report.reply_applic_id.as_deref(), Some("com.example.viewer"));
    assert_eq!(report.report.aux_applic_info.as_deref(), Some("lang=en"));
    assert_eq!((report.ack_request, report.forward_to_originator_ua), (Some(true), Some(true)));

    let Pdu::DeliveryReportRes(response) = both_line_ends(DELIVERY_REPORT_RES).value else { panic!() };
    assert_eq!(response.status, Some(RequestStatus::Ok));
    assert_eq!(response.transaction_id, report.transaction_id);

    let Pdu::ReadReplyReportReq(read) = both_line_ends(READ_REPLY_REPORT_REQ).value else { panic!() };
    assert_eq!(read.report.status, Some(ReadStatus::Deleted));
    assert_eq!(read.report.date.unwrap().to_string(), "2024-03-05T09:40:02Z");
    assert_eq!(read.ack_request, Some(false));

    let Pdu::ReadReplyReportRes(response) = both_line_ends(READ_REPLY_REPORT_RES).value else { panic!() };
    assert_eq!(response.status, Some(RequestStatus::ErrorMessageNotFound));
    assert_eq!(response.status_text.unwrap(), "no such message");
}

#[test]
fn the_tolerant_example_has_every_value_of_the_table() {
    let decoded = both_line_ends(TOLERANT);
    let Pdu::ForwardReq(request) = decoded.value else { panic!() };
    assert_eq!(request.message.from.unwrap().address(), Some(&Address::phone("+12025550101")));
    assert_eq!(request.message.to, [Address::phone("+447700900123")]);
    assert_eq!(request.message.subject.unwrap(), "");
    assert_eq!(request.transaction_id.as_deref(), Some("v9.+447700900123"));
    assert!(mm4::same_id(request.message_id.as_deref().unwrap(), "v9@host7"));
    assert_eq!(request.message.expiry.unwrap().to_string(), "PT432000S");
    assert_eq!((request.message.delivery_report, request.ack_request), (Some(false), Some(true)));
    assert_eq!(request.message.date.unwrap().to_string(), "2024-03-05T11:30:47+02:00");
    let body = request.message.body.unwrap();
    assert_eq!(body.parts()[1].content_id.as_deref(), Some("1.txt"));
    assert_eq!(body.parts()[1].text().as_deref(), Some("hello"));
    assert_eq!(body.root().unwrap().name().as_deref(), Some("s.smil"));
    let kinds: Vec<_> = decoded.deviations.iter().map(|deviation| (deviation.kind, deviation.field)).collect();
    let expected = [
        (DeviationKind::AddressSpelling, Some("From")),
        (DeviationKind::HeaderSyntax, None),
        (DeviationKind::AddressSpelling, Some("To")),
        (DeviationKind::InvalidValue, Some("Content-ID")),
    ];
    assert_eq!(kinds.len(), expected.len(), "{kinds:?}");
    assert!(expected.iter().all(|deviation| kinds.contains(deviation)), "{kinds:?}");
}

#[test]
fn fields_are_shown_by_header_name() {
    let pdu = mm4::decode(&crlf(FORWARD_REQ)).unwrap().value;
    let fields = pdu.fields();
    let shown = |name: &str| fields.iter().find(|field| field.name == name).unwrap();
    assert_eq!(shown("X-Mms-Originator-R/S-Delivery-Report").values, [Shown::Text("No".into())]);
    assert_eq!(shown("X-Mms-Expiry").values, [Shown::Text("2024-03-12T09:30:47Z".into())]);
    assert_eq!(shown("X-Mms-Forward-Counter").values, [Shown::Number(2)]);
    let by = shown("X-Mms-Previously-sent-by");
    assert!(by.repeats && by.values.len() == 2);
    assert_eq!(by.values[0], Shown::Text("1, +447700900125/TYPE=PLMN@mms.mnc015.mcc234.gprs".into()));
    let dates = shown("X-Mms-Previously-sent-date-and-time");
    assert_eq!(dates.values[1], Shown::Text("2, 2024-03-04T20:15:00Z".into()));
    assert_eq!(pdu.message().unwrap().body, pdu.body().cloned());
    // A field that mail systems repeat is one field.
    let tolerant = TOLERANT.replace("Date:", "Received: again\nDate:");
    let fields = mm4::decode(&tolerant.into()).unwrap().value.fields();
    let received = fields.iter().filter(|field| field.name == "Received").collect::<Vec<_>>();
    assert!(received.len() == 1 && received[0].repeats && received[0].values.len() == 2);
}

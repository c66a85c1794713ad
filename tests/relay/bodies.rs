//! What phones and peers read of a body, and what a hub keeps of a mail.

use mms_codec::message::{
    Address, AddressKind, Charset, ContentType, Header, Message, MessageClass, Part, Plus, SenderVisibility, Text,
};
use mms_codec::mm1::SendReq;
use mms_codec::mm4::{self, Flags, Numbers, Profile};
use mms_codec::mm7::{self, Envelope, SubmitReq};
use mms_codec::relay::{self, Hop, Receipt, Service, Taken};
use mms_codec::{Bytes, Options, mm1};

use crate::known::{ARRIVED, announcement, hop};

fn receipt() -> Receipt {
    Receipt { arrived: ARRIVED, message_id: "mm-1".into(), sender: Some(Address::phone("+12025550101")), alias: None }
}

fn with_body(body: Part) -> Message {
    let mut message = Message::default();
    message.from = Some(Address::phone("+12025550101").into());
    message.to.push(Address::phone("+447700900123"));
    message.body = Some(body);
    message
}

/// The body that a phone gets, and what was lost.
fn on_mm1(taken: impl Into<Taken>) -> (Part, Vec<String>) {
    let relayed = relay::to_mm1(taken, &receipt(), announcement()).unwrap();
    let octets = mm1::encode(&relayed.pdu.retrieve).unwrap();
    let mm1::Pdu::RetrieveConf(conf) = mm1::decode(&Bytes::from(octets)).unwrap().value else { panic!() };
    (conf.message.body.unwrap(), relayed.lost.iter().map(ToString::to_string).collect())
}

#[test]
#[cfg_attr(not(feature = "charsets"), ignore = "needs the feature charsets")]
fn a_phone_gets_a_multipart_of_texts_in_utf8() {
    for (charset, octets, text) in [
        ("koi8-r", &b"\xf6"[..], "Ж"),
        ("iso-2022-jp", b"\x1b$B%F\x1b(B", "テ"),
        ("iso-8859-1", b"\xe9", "é"),
        ("utf-16", b"\xfe\xff\x04\x16", "Ж"),
        ("utf-8", "Ж".as_bytes(), "Ж"),
        ("us-ascii", b"e", "e"),
    ] {
        let part = Part::new(ContentType::new("text/plain").with("charset", charset), Bytes::from_static(octets));
        let (body, lost) = on_mm1(with_body(part));
        assert_eq!(body.content_type.to_string(), "application/vnd.wap.multipart.mixed", "{charset}");
        let [part] = body.parts() else { panic!("{charset}") };
        assert_eq!(part.octets().unwrap(), text.as_bytes(), "{charset}");
        assert!(["utf-8", "us-ascii"].contains(&part.content_type.parameter("charset").unwrap()), "{charset}");
        assert_eq!(lost, [""; 0], "{charset}");
    }
    // What says its charset itself says the new one.
    let xml = b"<?xml version='1.0' encoding='koi8-r'?><smil>\xf6</smil>";
    let smil = Part::new(ContentType::new("application/smil").with("charset", "koi8-r"), &xml[..]);
    let (body, _) = on_mm1(with_body(smil));
    let octets = body.parts()[0].octets().unwrap();
    assert_eq!(octets, "<?xml version='1.0' encoding='UTF-8'?><smil>Ж</smil>".as_bytes());
    // And what is not text stays.
    let broken = Part::new(ContentType::new("text/plain").with("charset", "utf-16"), &b"\xd8\x00\xd8"[..]);
    assert_eq!(on_mm1(with_body(broken)).0.parts()[0].octets().unwrap(), &b"\xd8\x00\xd8"[..]);

    let mut message = with_body(Part::new(ContentType::new("text/plain"), "x"));
    message.subject = Some(Text::with_charset("Ж", Charset::KOI8_R));
    let relayed = relay::to_mm1(message, &receipt(), announcement()).unwrap();
    assert_eq!(relayed.pdu.retrieve.message.subject, Some("Ж".into()));
}

#[test]
fn utf16_of_a_phone_arrives_on_mail() {
    let utf16 = Charset::from_name("utf-16").unwrap();
    let text = Part::new(ContentType::new("text/plain").with("charset", "utf-16"), &b"\xfe\xff\x04\x16"[..]);
    let mut send = SendReq::default();
    send.message = with_body(text);
    send.message.subject = Some(Text::from_octets(Bytes::from_static(b"\x04\x16"), utf16));
    let relayed = relay::to_mm4(send, &receipt(), hop());
    assert_eq!(relayed.lost, []);
    let mail = Bytes::from(mm4::encode(&relayed.pdu).unwrap());
    let mm4::Pdu::ForwardReq(request) = mm4::decode(&mail).unwrap().value else { panic!() };
    assert_eq!(request.message.subject.unwrap(), "Ж");
    assert_eq!(request.message.body.unwrap().text().unwrap(), "Ж");
}

#[test]
#[cfg_attr(not(feature = "charsets"), ignore = "needs the feature charsets")]
fn a_text_whose_charset_cannot_be_named_becomes_utf8() {
    let label = ContentType::new("text/plain").with("charset", "koi8\u{1}r");
    let relayed = relay::to_mm4(with_body(Part::new(label, &b"\xf6"[..])), &receipt(), hop());
    let part = relayed.pdu.message.body.unwrap();
    assert_eq!(
        (part.octets().unwrap().as_ref(), part.content_type.parameter("charset")),
        ("Ж".as_bytes(), Some("utf-8"))
    );
    assert_eq!(relayed.lost, []);
}

#[test]
fn multiparts_that_phones_do_not_know_are_mixed() {
    for (subtype, on_phone) in [
        ("related", "related"),
        ("alternative", "alternative"),
        ("mixed", "mixed"),
        ("signed", "mixed"),
        ("form-data", "mixed"),
        ("report", "mixed"),
        ("x-own", "mixed"),
    ] {
        let part = Part::new(ContentType::new("text/plain"), "x");
        let body = Part::multipart(ContentType::new(format!("multipart/{subtype}")), vec![part]);
        let (body, lost) = on_mm1(with_body(body));
        assert!(body.content_type.is(&format!("application/vnd.wap.multipart.{on_phone}")), "{subtype}");
        assert_eq!(lost.is_empty(), subtype == on_phone, "{subtype}");
    }
}

#[test]
fn attachments_that_the_content_does_not_name_come_along() {
    let gif = || Part::new(ContentType::new("image/gif"), &b"GIF89a"[..]);
    let smil = Part::new(ContentType::new("application/smil"), "<smil/>");
    let of = |body: Option<Part>| {
        let mut submit = SubmitReq::default();
        submit.vasp_id = Some("acme".into());
        submit.message = with_body(gif());
        submit.message.body = body;
        submit.content_href = Some("cid:content".into());
        let mut envelope = Envelope::new("t-1", submit);
        envelope.attachments = vec![gif(), gif()];
        Taken::try_from(envelope).unwrap()
    };
    let taken = of(Some(smil));
    let body = taken.message.body.as_ref().unwrap();
    assert_eq!(body.parts().len(), 3);
    assert!(body.root().unwrap().content_type.is("application/smil"));
    assert_eq!(body.content_type.parameter("start"), Some("<content>"));
    let (body, _) = on_mm1(taken);
    assert!(body.content_type.is("application/vnd.wap.multipart.related"));
    assert_eq!(body.leaves().count(), 3);

    let mixed = Part::multipart(ContentType::new("multipart/mixed"), vec![gif()]);
    assert_eq!(of(Some(mixed)).message.body.unwrap().leaves().count(), 3);
    assert_eq!(of(None).message.body.unwrap().leaves().count(), 2);
    let cancel = Envelope::new("t-1", mm7::CancelReq::default());
    assert!(Taken::try_from(cancel).is_err());
}

#[test]
fn a_hub_keeps_what_mm4_has() {
    let mut request = mm4::ForwardReq::default();
    request.message = with_body(Part::new(ContentType::new("text/plain"), "x"));
    request.originator_rs_delivery_report = Some(true);
    for (name, value) in [("X-Operator-Tag", "7"), ("Return-Path", "<a@example.net>"), ("Bcc", "b@example.net")] {
        request.extra.push(Header::Text { name: name.into(), value: value.into() });
    }
    let relayed = relay::to_mm4(request, &receipt(), hop());
    assert_eq!(relayed.pdu.originator_rs_delivery_report, Some(true));
    assert_eq!(relayed.pdu.extra, [Header::Text { name: "X-Operator-Tag".into(), value: "7".into() }]);
    let lost: Vec<_> = relayed.lost.iter().map(|lost| lost.name.as_str()).collect();
    assert_eq!(lost, ["Return-Path", "Bcc"]);
    let mail = String::from_utf8(mm4::encode(&relayed.pdu).unwrap()).unwrap();
    // Peers insist on flags.
    for line in [
        "X-Mms-Delivery-Report: No\r\n",
        "X-Mms-Originator-R/S-Delivery-Report: Yes\r\n",
        "X-Mms-Sender-Visibility: Show\r\n",
        "X-Mms-Ack-Request: Yes\r\n",
    ] {
        assert!(mail.contains(line), "{line} in\n{mail}");
    }

    let mut report = mm4::DeliveryReportReq::default();
    report.extra.push(Header::Text { name: "X-Operator-Tag".into(), value: "7".into() });
    report.forward_to_originator_ua = Some(false);
    let receipt = relay::ReportReceipt { arrived: ARRIVED, recipient: None };
    let relayed = relay::delivery_report_to_mm4(report, &receipt, hop());
    assert_eq!((relayed.pdu.forward_to_originator_ua, relayed.pdu.extra.len()), (Some(false), 1));
    let relayed = relay::delivery_report_to_mm4(mm4::DeliveryReportReq::default(), &receipt, hop());
    assert_eq!(relayed.pdu.forward_to_originator_ua, Some(true));
}

#[test]
fn what_mm4_cannot_say_is_listed() {
    let mut submit = SubmitReq::default();
    submit.message = with_body(Part::new(ContentType::new("text/plain"), "x"));
    submit.message.from = Some(Address::from("PIZZA").into());
    submit.message.class = Some(MessageClass::Other("two words\u{e9}".into()));
    let relayed = relay::to_mm4(submit, &receipt(), hop());
    let mail = Bytes::from(mm4::encode(&relayed.pdu).unwrap());
    let mm4::Pdu::ForwardReq(request) = mm4::decode(&mail).unwrap().value else { panic!() };
    let is_listed = |name: &str| relayed.lost.iter().any(|lost| lost.name == name);
    let from = request.message.from.unwrap();
    let is_same = matches!(&from.address().unwrap().kind, AddressKind::Alphanumeric(name) if name == "PIZZA");
    assert_eq!(is_same, !is_listed("From"), "{from:?}");
    let is_same = request.message.class == Some(MessageClass::Other("two words\u{e9}".into()));
    assert_eq!(is_same, !is_listed("X-Mms-Message-Class"), "{:?}", request.message.class);
}

#[test]
fn a_peer_gets_its_own_dialect() {
    let profile = Profile {
        version: "5.3.0".into(),
        numbers: Numbers::Untyped,
        plus: Plus::Never,
        flags: Flags::WhenSet,
        ..Profile::default()
    };
    let mut message = with_body(Part::new(ContentType::new("text/plain"), "x"));
    message.sender_visibility = Some(SenderVisibility::Show);
    let relayed = relay::to_mm4(message, &receipt(), Hop { profile, ack_request: false, ..hop() });
    assert_eq!(relayed.envelope.unwrap().rcpt_to, ["447700900123@mms.mnc015.mcc234.gprs"]);
    let mail = String::from_utf8(mm4::encode(&relayed.pdu).unwrap()).unwrap();
    for line in [
        "From: 12025550101@mms.mnc012.mcc345.gprs\r\n",
        "To: 447700900123@mms.mnc015.mcc234.gprs\r\n",
        "X-Mms-3GPP-MMS-Version: 5.3.0\r\n",
        "X-Mms-Sender-Visibility: Show\r\n",
    ] {
        assert!(mail.contains(line), "{line} in\n{mail}");
    }
    assert!(!mail.contains("X-Mms-Delivery-Report"), "{mail}");
}

/// The root of a multipart is found by the identifier that mail has for it.
#[test]
fn the_root_of_a_multipart_is_named_as_mail_names_its_part() {
    for (id, written) in [("<smil 1>", Some("<smil%201>")), ("\"<smil>x", Some("<\"%3Csmil%3Ex>")), ("<>", None)] {
        let mut root = Part::new(ContentType::new("application/smil"), "<smil/>");
        root.content_id = Some(id.into());
        let mut send = SendReq::default();
        send.message.from = Some(Address::phone("+12025550101").into());
        send.message.to.push(Address::phone("+447700900123"));
        let related = ContentType::new("multipart/related").with("start", id).with("type", "application/smil");
        send.message.body = Some(Part::multipart(related, vec![root]));
        let relayed = relay::to_mm7(send, &receipt(), Service::default());
        let encoded = mm7::encode(&Envelope::new("t-1", relayed.pdu)).unwrap();
        let again = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap().value;
        let body = again.message().unwrap().body.as_ref().unwrap();
        assert_eq!(body.content_type.parameter("start"), written, "{id}");
        assert_eq!(body.parts()[0].content_id.as_deref(), written, "{id}");
        let is_listed = relayed.lost.iter().any(|lost| lost.name == "Content-Type; start");
        assert!(is_listed, "{id}: {:?}", relayed.lost);
    }
}

fn part_on_mm7(part: Part) -> (Part, Vec<String>) {
    let mut submit = SubmitReq::default();
    submit.message = with_body(part);
    let relayed = relay::to_mm7(submit, &receipt(), Service::default());
    (relayed.pdu.message.body.unwrap(), relayed.lost.iter().map(ToString::to_string).collect())
}

/// Only phones need to know the charset of every text.
#[test]
fn a_text_without_charset_stays_unlabelled_where_readers_guess() {
    let text = || Part::new(ContentType::new("text/plain"), "caf\u{e9}");
    let (part, lost) = part_on_mm7(text());
    assert_eq!(
        (part.content_type.to_string().as_str(), &part.octets().unwrap()[..]),
        ("text/plain", "caf\u{e9}".as_bytes())
    );
    assert_eq!(lost, [""; 0]);
    let (body, _) = on_mm1(with_body(text()));
    assert_eq!(body.parts()[0].content_type.parameter("charset"), Some("utf-8"));
    let (body, _) = on_mm1(with_body(Part::new(ContentType::new("text/plain"), "cafe")));
    assert_eq!(body.parts()[0].content_type.to_string(), "text/plain");
    // Nor is a wrong label theirs to mend.
    let wrong = Part::new(ContentType::new("text/plain").with("charset", "us-ascii"), "caf\u{e9}");
    let (part, lost) = part_on_mm7(wrong.clone());
    assert_eq!((part.octets(), part.content_type.parameter("charset")), (wrong.octets(), Some("us-ascii")));
    assert_eq!(lost, [""; 0]);
}

/// Phones know UTF-8, mail every charset that has encoded words (RFC 2047), and XML none but its own.
#[test]
fn a_subject_is_in_a_charset_that_its_reader_knows() {
    let octets = Text::from_octets(Bytes::from_static(b"a\xff"), Charset::UTF_8);
    let latin = Text::with_charset("\u{e9}", Charset::ISO_8859_1);
    let wide = Text::with_charset("\u{e9}", Charset::UTF_16);
    let utf8 = Text::from("\u{e9}");
    let changed = &["Subject has another value"][..];
    let lost = &["Subject is not carried"][..];
    for (text, on_mm1, lost_on_mm1, on_mm4, lost_on_mm4) in [
        (&utf8, Some(&utf8), &[][..], &utf8, &[][..]),
        (&latin, Some(&utf8), &[], &latin, &[]),
        (&wide, Some(&utf8), &[], &utf8, &[]),
        // No text in its charset.
        (&octets, None, lost, &Text::from("a\u{fffd}"), changed),
        (&Text::from("a\u{1}b"), Some(&Text::from("a b")), changed, &Text::from("a b"), changed),
        (
            &Text::with_charset("a\u{1}\u{e9}", Charset::ISO_8859_1),
            Some(&Text::from("a \u{e9}")),
            changed,
            &Text::with_charset("a \u{e9}", Charset::ISO_8859_1),
            changed,
        ),
    ] {
        let mut send = SendReq::default();
        send.message = with_body(Part::new(ContentType::new("text/plain"), "hello"));
        send.message.subject = Some(text.clone());
        let of_subject = |lost: &[relay::Lost]| -> Vec<String> {
            lost.iter().filter(|lost| lost.name == "Subject").map(ToString::to_string).collect()
        };
        let relayed = relay::to_mm1(send.clone(), &receipt(), announcement()).unwrap();
        assert_eq!(relayed.pdu.retrieve.message.subject.as_ref(), on_mm1, "{text:?}");
        assert_eq!(of_subject(&relayed.lost), lost_on_mm1, "{text:?}");
        let relayed = relay::to_mm4(send, &receipt(), hop());
        assert_eq!(relayed.pdu.message.subject.as_ref(), Some(on_mm4), "{text:?}");
        assert_eq!(of_subject(&relayed.lost), lost_on_mm4, "{text:?}");
        assert!(mm4::encode(&relayed.pdu).is_ok());
    }
}

/// `start` is the identifier of a part for a multipart alone (RFC 2387, 3.2).
#[test]
fn a_part_keeps_a_parameter_that_is_named_as_the_root_of_a_multipart() {
    let (part, lost) = part_on_mm7(Part::new(ContentType::new("text/plain").with("start", "a b"), "x"));
    assert_eq!((part.content_type.parameter("start"), lost), (Some("a b"), vec![]));
}

/// A header that repeats a field is taken out where it would take the place of one that is.
#[test]
fn a_header_that_repeats_a_field_stays_while_the_field_does() {
    for (location, kept) in [("a.txt", &["Content-Location", "X-Own"][..]), ("a\x01.txt", &["X-Own"])] {
        let mut part = Part::new(ContentType::new("text/plain"), "x");
        part.content_location = Some(location.into());
        part.headers =
            ["Content-Location", "X-Own"].map(|name| Header::Text { name: name.into(), value: "b".into() }).into();
        let relayed = relay::to_mm1(with_body(part), &receipt(), announcement()).unwrap();
        let part = &relayed.pdu.retrieve.message.body.as_ref().unwrap().parts()[0];
        let names: Vec<_> = kept.iter().filter(|name| part.header(name).is_some()).collect();
        assert_eq!((names.len(), part.headers.len()), (kept.len(), kept.len()), "{location}: {:?}", relayed.lost);
    }
    // A number says the same as the name (WAP-230, table 39), also before octets that are not text.
    for (code, is_kept) in [(0x0e, false), (0x0d, true)] {
        let mut part = Part::new(ContentType::new("text/plain"), "x");
        part.content_location = Some("a\x01.txt".into());
        part.headers.push(Header::Coded { page: 1, code, value: Bytes::from_static(b"\x02\x01\x01") });
        let relayed = relay::to_mm1(with_body(part), &receipt(), announcement()).unwrap();
        let part = &relayed.pdu.retrieve.message.body.as_ref().unwrap().parts()[0];
        assert_eq!(part.headers.len(), usize::from(is_kept), "{code}: {:?}", relayed.lost);
    }
}

//! Internet mail: what operators send to people without a terminal, and notifications of delivery.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use mms_codec::message::{
    Address, AddressKind, ContentClass, ContentType, DeliveryReport, MessageClass, MmStatus, Originator, Part,
    Priority, ReadStatus, SenderVisibility, Time, Timestamp,
};
use mms_codec::mime::{self, TransferOptions};
use mms_codec::{Bytes, Options, mail};

use crate::support::corpus::{corpus, say};

/// The number and the domain of the sender.
fn sender(mail: &mail::Mail) -> Option<(String, String)> {
    let from = mail.message.from.as_ref().and_then(Originator::address)?;
    let AddressKind::Phone(number) = &from.kind else { return None };
    let domain = from.details.as_ref()?.domain.as_ref()?;
    Some((number.trim_start_matches('+').into(), domain.to_string()))
}

#[test]
fn every_mail_of_an_operator_is_read() {
    let Some(folder) = corpus() else { return say("no corpus: mails of operators not read") };
    let json =
        |path: &str| -> serde_json::Value { serde_json::from_slice(&fs::read(folder.join(path)).unwrap()).unwrap() };
    let index = json("index.json");
    let mut count = 0;
    for entry in index["entries"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "mm3") {
        let file = entry["file"].as_str().unwrap();
        let octets = Bytes::from(fs::read(folder.join(file)).unwrap());
        let mail = mail::decode(&octets).unwrap_or_else(|error| panic!("{file}: {error}")).value;
        let oracle = json(&format!("oracle/{file}.pyemail.json"));
        let header = |name: &str| {
            let headers = oracle["headers"].as_array().unwrap();
            let of_name = headers.iter().find(|header| header[0].as_str().unwrap().eq_ignore_ascii_case(name));
            of_name.map(|header| header[1].as_str().unwrap().trim().to_owned())
        };
        let (number, domain) = sender(&mail).unwrap_or_else(|| panic!("{file}: {:?}", mail.message.from));
        assert!(header("From").unwrap().contains(&format!("@{domain}")), "{file}");
        if let Some(expected) = entry["expected"]["sender_number"].as_str() {
            assert_eq!(number, expected, "{file}");
        }
        let [to] = &mail.message.to[..] else { panic!("{file}") };
        assert_eq!(to.to_string(), header("To").unwrap(), "{file}");
        assert_eq!(mail.message.date.is_some(), header("Date").is_some(), "{file}");
        let subject = mail.message.subject.as_ref().map(|subject| subject.as_str().unwrap()).unwrap_or_default();
        assert_eq!(subject, header("Subject").unwrap_or_default(), "{file}");
        // Each file has one picture, in as many places.
        let body = mail.message.body.as_ref().unwrap();
        if let Some(media) = entry["expected"]["user_media_count"].as_object() {
            for (media, least) in media {
                let found = body.leaves().filter(|part| part.content_type.is(media)).count();
                assert!(found as u64 >= least.as_u64().unwrap(), "{file}: {found} of {media}");
            }
        }
        if let Some(length) = entry["expected"]["image_bytes"].as_u64() {
            let is = |part: &Part| part.octets().is_some_and(|octets| octets.len() as u64 == length);
            assert!(body.leaves().any(is), "{file}");
        }
        if let Some(text) = entry["expected"]["text"].as_str() {
            assert!(body.leaves().any(|part| part.text().is_some_and(|found| found.contains(text))), "{file}");
        }
        count += 1;
    }
    assert_eq!(count, 13);
}

/// What the sender of each mail sent that an operator wrapped, by media type and file name.
#[test]
fn the_page_that_an_operator_wraps_around_a_message_is_taken_out() {
    let Some(folder) = corpus() else { return say("no corpus: mails of operators not unwrapped") };
    let known: &[(&str, &[&str], usize)] = &[
        ("alltel-mms-01", &["image/jpeg 02-19-08_1709.jpg", "image/jpeg 02-19-08_1710.jpg"], 3),
        ("alltel-mms-03", &["image/jpeg 12-07-07_0800.jpg", "image/jpeg 12-07-07_0800.jpg"], 3),
        ("mtn-southafrica-mms", &["text/plain Attch743.txt"], 2),
        ("three-uk-image-01", &["image/jpeg 17102007.jpg"], 4),
        ("tmobile-image-01", &["image/jpeg 12-01-06_1234.jpg"], 6),
    ];
    let mut wrapped = Vec::new();
    for entry in fs::read_dir(folder.join("mm3")).unwrap() {
        let path = entry.unwrap().path();
        let mail = mail::decode(&fs::read(&path).unwrap().into()).unwrap().value;
        let body = mail.message.body.unwrap();
        let (unwrapped, of_page) = mail::without_page(body.clone());
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let Some((_, contents, template)) = known.iter().find(|(known, ..)| *known == name) else {
            assert_eq!((unwrapped, of_page), (body, vec![]), "{name}");
            continue;
        };
        let found: Vec<_> =
            unwrapped.leaves().map(|part| format!("{} {}", media(part), part.name().unwrap_or_default())).collect();
        assert_eq!(found, *contents, "{name}");
        assert_eq!(of_page.len(), *template, "{name}");
        wrapped.push(name);
    }
    assert_eq!(wrapped.len(), known.len());
}

fn media(part: &Part) -> String {
    part.content_type.media.name().unwrap_or_default().to_lowercase()
}

/// A page that the sender wrote is his, whatever pictures it shows.
#[test]
fn a_page_that_is_the_message_stays() {
    let picture = |id: &str, name: &str, location: Option<&str>| {
        let mut part = Part::new(ContentType::new("image/png").with("name", name.to_owned()), &b"PNG"[..]);
        part.content_id = Some(format!("<{id}>").into());
        part.content_location = location.map(Into::into);
        part
    };
    let page = Part::new(ContentType::new("text/html"), "<p>hello</p>");
    let related = |parts| Part::multipart(ContentType::new("multipart/related"), parts);
    let logo = || picture("logo.png", "logo.png", None);
    let photo = || picture("image001.png@01DA", "image001.png", None);
    for body in [
        page.clone(),
        related(vec![page.clone()]),
        // Of a program for mail.
        related(vec![page.clone(), photo()]),
        related(vec![page.clone(), picture("a.png", "a.png", Some("a.png"))]),
        // Nothing but the page would be left out.
        related(vec![page.clone(), logo()]),
        // Not a page.
        related(vec![Part::new(ContentType::new("application/smil"), "<smil/>"), logo(), photo()]),
        Part::multipart(ContentType::new("multipart/mixed"), vec![page.clone(), logo(), photo()]),
        related(vec![]),
    ] {
        assert_eq!(mail::without_page(body.clone()), (body, vec![]));
    }
    let (body, of_page) = mail::without_page(related(vec![page, photo(), logo()]));
    assert_eq!((body.parts(), of_page.len()), (&[photo()][..], 2));
}

#[test]
fn numbers_of_mm1_are_counted_from_128() {
    let read = |fields: &str| {
        let octets = format!("From: 12025550101@mms.example.net\r\nTo: kim@example.org\r\n{fields}\r\nhello\r\n");
        mail::decode(&octets.into()).unwrap().value.message
    };
    let message = read(
        "X-Mms-Message-Type: 0\r\nX-Mms-Priority: 1\r\nX-Mms-Sender-Visibility: 0\r\nX-Mms-Message-Class: 2\r\n\
         X-Mms-Delivery-Report: 0\r\nX-Mms-Read-Reply: 1\r\n",
    );
    assert_eq!(message.priority, Some(Priority::Normal));
    assert_eq!(message.sender_visibility, Some(SenderVisibility::Hide));
    assert_eq!(message.class, Some(MessageClass::Informational));
    assert_eq!((message.delivery_report, message.read_report), (Some(true), Some(false)));
    let message = read(
        "X-Mms-Message-Type: m-send-req\r\nX-Mms-Priority: high\r\nX-Mms-Delivery-Report: no\r\n\
         X-Mms-Expiry: 1709634647\r\nX-Mms-Delivery-Time: 1709631047\r\n",
    );
    assert_eq!((message.priority, message.delivery_report), (Some(Priority::High), Some(false)));
    assert_eq!(message.expiry, Some(Time::Absolute(Timestamp::from_seconds(1_709_634_647))));
    assert_eq!(message.delivery_time, Some(Time::Absolute(Timestamp::from_seconds(1_709_631_047))));
    let report = Bytes::from_static(b"From: a@example.net\r\nX-Mms-Message-Type: m-delivery-ind\r\n\r\n");
    assert!(mail::decode_with(&report, &Options::lenient()).is_err());
}

/// The octets of MM1 themselves, and all flags and codes that a message has.
#[test]
fn numbers_of_mm1_are_also_its_octets() {
    for base in [0, 128] {
        let [yes, no, third] = [0, 1, 2].map(|number| base + number);
        let mail = format!(
            "From: 12025550101@mms.example.net\r\nTo: kim@example.org\r\nX-Mms-Message-Type: {}\r\n\
             X-Mms-Priority: {third}\r\nX-Mms-Sender-Visibility: {no}\r\nX-Mms-Message-Class: {no}\r\n\
             X-Mms-Delivery-Report: {yes}\r\nX-Mms-Read-Report: {no}\r\nX-Mms-Content-Class: {third}\r\n\
             X-Mms-Adaptation-Allowed: {yes}\r\nX-Mms-Distribution-Indicator: {no}\r\nX-Mms-Drm-Content: {yes}\r\n\r\nhi\r\n",
            base + 4,
        );
        let mail = mail::decode(&mail.into()).unwrap().value;
        assert_eq!(mail.extra, [], "{base}");
        let message = mail.message;
        assert_eq!((message.priority, message.content_class), (Some(Priority::High), Some(ContentClass::ImageRich)));
        assert_eq!(message.sender_visibility, Some(SenderVisibility::Show));
        assert_eq!(message.class, Some(MessageClass::Advertisement));
        assert_eq!((message.delivery_report, message.read_report), (Some(true), Some(false)));
        assert_eq!((message.adaptation_allowed, message.distribution_indicator), (Some(true), Some(false)));
        assert_eq!(message.drm_content, Some(true));
    }
    for word in ["M-Send.req", "m-retrieve.conf", "MM4_forward_REQ", "MM1_submit.REQ", "m_send_req"] {
        let mail = format!("From: a@example.net\r\nX-Mms-Message-Type: {word}\r\n\r\n");
        assert!(mail::decode(&mail.into()).is_ok(), "{word}");
    }
    for word in ["2", "m-delivery-ind", "MM4_delivery_report.REQ", "130"] {
        let mail = format!("From: a@example.net\r\nX-Mms-Message-Type: {word}\r\n\r\n");
        assert!(mail::decode(&mail.into()).is_err(), "{word}");
    }
}

/// Comments may be wherever words are (RFC 3464, 2.1.1; RFC 8098, 3.1.1); mailboxes may be in UTF-8 (RFC 6533).
#[test]
fn notifications_are_read_with_their_comments() {
    let report = |kind: &str, fields: String| {
        let media = ContentType::new("multipart/report");
        Part::multipart(media, vec![Part::new(ContentType::new(kind.to_owned()), fields)])
    };
    for (kind, recipient, action, status, expected) in [
        ("message/delivery-status", "rfc822; kim@example.org", "failed", "5.4.7 (expired)", MmStatus::Expired),
        ("message/delivery-status", "rfc822;<kim@example.org>", "failed(full)", "5.2.2", MmStatus::Rejected),
        ("message/delivery-status", "rfc822; kim@example.org (Kim)", "Delayed (busy)", "4.2.1", MmStatus::Deferred),
        ("message/delivery-status", "kim@example.org", "delivered", "2.1.5 (ok)", MmStatus::Retrieved),
        ("message/global-delivery-status", "utf-8; kim@example.org", "failed", "5.1.1", MmStatus::Unreachable),
    ] {
        let fields = format!(
            "Reporting-MTA: dns; mx.example.org\r\nOriginal-Envelope-Id: <e-1> (ours)\r\n\r\n\
             Final-Recipient: {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        );
        let [report] = &mail::delivery_reports(&report(kind, fields))[..] else { panic!("{recipient}") };
        assert_eq!(report.recipient, Some(Address::email("kim@example.org")), "{recipient}");
        assert_eq!((report.status.as_ref(), report.message_id.as_deref()), (Some(&expected), Some("e-1")));
    }
    for kind in ["message/disposition-notification", "message/global-disposition-notification"] {
        let fields = "Final-Recipient: rfc822; kim@example.org\r\nOriginal-Message-ID: <1@example.net> (x)\r\n\
                      Disposition: manual-action/MDN-sent-manually; displayed (at home)\r\n";
        let read = mail::read_report(&report(kind, fields.into())).unwrap();
        assert_eq!((read.status, read.message_id.as_deref()), (Some(ReadStatus::Read), Some("1@example.net")));
    }
}

/// Python's `email` reads the notification, and gives the recipient, the action and the status of each.
#[test]
fn a_notification_of_delivery_is_one_to_python() {
    const SCRIPT: &str = "import sys, email, email.policy\n\
        m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)\n\
        assert not m.defects and m.get_content_type() == 'multipart/report', m.defects\n\
        assert m.get_param('report-type') == 'delivery-status'\n\
        first, second = m.get_payload()[1].get_payload()\n\
        print(first['Original-Envelope-Id'], second['Final-Recipient'], second['Action'], second['Status'], sep='|')\n";
    for (status, action) in [
        (MmStatus::Retrieved, "delivered|2.1.5"),
        (MmStatus::Expired, "failed|5.4.7"),
        (MmStatus::Deferred, "delayed|4.2.0"),
        (MmStatus::Rejected, "failed|5.7.1"),
        (MmStatus::Unreachable, "failed|5.1.2"),
        (MmStatus::Forwarded, "relayed|2.1.9"),
    ] {
        let mut report = DeliveryReport::default();
        report.message_id = Some("mm-1".into());
        report.recipient = Some(Address::email("kim@example.org"));
        report.status = Some(status.clone());
        report.status_text = Some("a\r\nAction: delivered".into());
        let body = mail::delivery_status(&report, "mms.example.net");
        let octets = mime::encode(&body, &TransferOptions::default()).unwrap();
        let mut python =
            Command::new("python3").args(["-c", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        python.stdin.take().unwrap().write_all(&octets).unwrap();
        let output = python.wait_with_output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(said.trim(), format!("mm-1|rfc822; kim@example.org|{action}"));
        // And it reads as the report again, over the wire.
        let again = mime::decode_with(&octets.into(), &Options::lenient()).unwrap().value;
        let [again] = &mail::delivery_reports(&again)[..] else { panic!() };
        assert_eq!((&again.status, &again.recipient), (&Some(status), &report.recipient));
    }
}

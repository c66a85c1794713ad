//! The view of the header section: what it reads is what decoding reads, and it does not look at the body.

use mms_codec::message::{Address, MmStatus};
use mms_codec::mm4::{self, HeaderView};
use mms_codec::{DecodeErrorKind, DeviationKind, Options};

const MESSAGES: [&str; 7] = [
    include_str!("../vectors/mm4/forward_req.eml"),
    include_str!("../vectors/mm4/forward_res.eml"),
    include_str!("../vectors/mm4/delivery_report_req.eml"),
    include_str!("../vectors/mm4/delivery_report_res.eml"),
    include_str!("../vectors/mm4/read_reply_report_req.eml"),
    include_str!("../vectors/mm4/read_reply_report_res.eml"),
    include_str!("../vectors/mm4/tolerant.eml"),
];

#[cfg(feature = "arbitrary")]
#[test]
fn agrees_with_decode_on_all_vectors_and_on_damaged_ones() {
    use mms_codec::fuzz::Target;

    for text in MESSAGES {
        for octets in [text.to_owned(), text.replace('\n', "\r\n")] {
            Target::Mm4.run(octets.as_bytes());
            // Each line missing, and each line twice.
            let lines: Vec<_> = octets.split_inclusive('\n').collect();
            for at in 0..lines.len() {
                let (before, after) = lines.split_at(at);
                Target::Mm4.run([before.concat(), after[1..].concat()].concat().as_bytes());
                Target::Mm4.run([before.concat(), lines[at].into(), after.concat()].concat().as_bytes());
            }
        }
    }
}

#[cfg(feature = "arbitrary")]
#[test]
fn agrees_with_decode_on_the_corpus() {
    use std::fs;

    use crate::support::corpus::corpus;
    use mms_codec::fuzz::Target;

    let Some(corpus) = corpus() else { return };
    let index: serde_json::Value = serde_json::from_slice(&fs::read(corpus.join("index.json")).unwrap()).unwrap();
    let mut number = 0;
    for entry in index["entries"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "mm4") {
        Target::Mm4.run(&fs::read(corpus.join(entry["file"].as_str().unwrap())).unwrap());
        number += 1;
    }
    assert!(number > 0);
}

#[test]
fn reads_the_fields_of_a_report() {
    let view = HeaderView::new(MESSAGES[2].as_bytes()).unwrap();
    assert_eq!(view.name(), "MM4_delivery_report.REQ");
    assert_eq!(view.transaction_id().unwrap().as_deref(), Some("\"t-7001@mms.mnc015.mcc234.gprs\""));
    assert_eq!(view.mm_status().unwrap(), Some(MmStatus::Rejected));
    let number = mm4::address_at(&Address::phone("+12025550101"), "mms.mnc012.mcc345.gprs");
    assert_eq!(view.to().unwrap(), [number]);
    // The fields of other messages.
    assert_eq!((view.cc().unwrap(), view.request_status().unwrap()), (vec![], None));
    assert_eq!(view.text("X-Mms-Status-Text").unwrap().as_deref(), Some("declined by the user"));
}

#[test]
fn passes_over_values_that_cannot_be_read() {
    let mail = b"X-Mms-Message-Type: MM4_forward.REQ\r\nDate: soon\r\nX-Mms-Ack-Request: perhaps\r\n\
        Date: Tue, 05 Mar 2024 09:30:47 +0000\r\nTo:\r\nTo: kim@example.org,\r\n lee@example.org\r\n\r\n";
    let view = HeaderView::new(mail).unwrap();
    assert_eq!(view.date().unwrap().map(|date| date.seconds), Some(1_709_631_047));
    assert_eq!(view.ack_request().unwrap(), None);
    assert_eq!(view.to().unwrap(), ["kim@example.org", "lee@example.org"].map(Address::email));
}

#[test]
fn strict_views_refuse_what_they_are_asked_for() {
    let strict = |mail: &'static str| HeaderView::with_options(mail.as_bytes(), &Options::strict());
    let mail = "X-Mms-Message-Type: MM4_forward.REQ\r\nDate: soon\r\nX-Mms-Message-ID: \"m\"\r\n\r\n";
    let view = strict(mail).unwrap();
    assert_eq!(view.message_id().unwrap().as_deref(), Some("\"m\""));
    let error = view.date().unwrap_err();
    assert_eq!((error.kind, error.offset, error.field), (DecodeErrorKind::InvalidText, 43, Some("Date")));

    let mail = "X-Mms-Message-Type: MM4_forward.REQ\r\nX-Mms-Priority: Low\r\nX-Mms-Priority: Low\r\n\r\n";
    let error = strict(mail).unwrap_err();
    let duplicate = DecodeErrorKind::Deviation(DeviationKind::DuplicateField);
    assert_eq!((error.kind, error.offset, error.field), (duplicate, 58, Some("X-Mms-Priority")));
    assert_eq!(strict("Date: soon\r\n\r\n").unwrap_err().kind, DecodeErrorKind::NotAMessage);
    // A history has a field for each (TS 23.140, 8.4.1.4).
    let by = "X-Mms-Previously-sent-by: 1, a@b.example\r\nX-Mms-Previously-sent-by: 2, c@d.example\r\n";
    let mail = format!("X-Mms-Message-Type: MM4_forward.REQ\r\n{by}\r\n");
    let view = HeaderView::with_options(mail.as_bytes(), &Options::strict()).unwrap();
    assert_eq!(format!("{view:?}"), "HeaderView { name: \"MM4_forward.REQ\", .. }");
}

#[test]
fn does_not_look_at_the_body() {
    let mail = [MESSAGES[0].as_bytes(), &[0xff; 300]].concat();
    let view = HeaderView::new(&mail).unwrap();
    let end = MESSAGES[0].find("\n\n").unwrap() + 2;
    assert_eq!(view.body(), &mail[end..]);
}

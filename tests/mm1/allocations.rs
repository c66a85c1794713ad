//! How often decoding allocates: a phone and a relay do it for every message.

use crate::support::vectors;
use mms_codec::message::{Address, ContentType, Originator, Part, Timestamp};
use mms_codec::{Bytes, Options, mm1};

/// The allocations of one decoding that forgives nothing.
fn allocations(octets: &Bytes) -> u64 {
    let decode = || mm1::decode_with(octets, &Options::strict());
    assert!(decode().is_ok(), "{:?}", decode());
    allocation_counter::measure(|| drop(decode())).count_total
}

#[test]
fn a_notification_takes_at_most_8_allocations() {
    for name in ["notification-full", "notification-full-long-uri"] {
        let count = allocations(&vectors::vector(name));
        assert!(count <= 8, "{name}: {count}");
    }
}

#[cfg(feature = "mm4")]
#[test]
fn a_report_between_operators_takes_at_most_25_allocations() {
    let mail = Bytes::from(include_str!("../vectors/mm4/delivery_report_req.eml").replace('\n', "\r\n"));
    let decode = || mms_codec::mm4::decode_with(&mail, &Options::strict());
    assert!(decode().is_ok(), "{:?}", decode());
    let count = allocation_counter::measure(|| drop(decode())).count_total;
    assert!(count <= 25, "{count}");
}

#[test]
fn a_retrieval_with_five_parts_takes_at_most_64_allocations() {
    let part = |media: &str, name: &str| {
        let mut part = Part::new(ContentType::new(media).with("name", name), vec![0x5a; 1_000]);
        part.content_id = Some(format!("<{name}>").into());
        part.content_location = Some(name.into());
        part
    };
    let related = ContentType::new("application/vnd.wap.multipart.related");
    let parts = vec![
        part("application/smil", "slides.smil"),
        part("text/plain", "text.txt"),
        part("image/jpeg", "1.jpg"),
        part("image/jpeg", "2.jpg"),
        part("audio/amr", "3.amr"),
    ];
    let mut pdu = mm1::RetrieveConf::default();
    pdu.transaction_id = Some("T1".into());
    pdu.message_id = Some("m1@mmsc.example.net".into());
    pdu.message.date = Some(Timestamp::from_seconds(1_704_067_200));
    pdu.message.from = Some(Originator::Address(Address::phone("+447700900123")));
    pdu.message.to.push(Address::phone("+447700900456"));
    pdu.message.subject = Some("Holiday pictures".into());
    pdu.message.body =
        Some(Part::multipart(related.with("start", "<slides.smil>").with("type", "application/smil"), parts));
    let octets = Bytes::from(mm1::encode(&pdu).unwrap());
    let count = allocations(&octets);
    assert!(count <= 64, "{count}");
}

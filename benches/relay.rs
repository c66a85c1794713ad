//! The relay between decoding and encoding: a message of 300 kB from MM1 to MM4.
//!
//! `cargo bench --bench relay`. Times of one run belong together: `decode_relay_encode` is to be
//! compared with `encode_alone` of the same run, and `relay_alone` is what the relay adds.

use divan::{Bencher, black_box};
use mms_codec::message::{Address, ContentType, Originator, Part, Timestamp};
use mms_codec::mm4::{self, Posting};
use mms_codec::relay::{self, Hop, Receipt};
use mms_codec::{Bytes, mm1};

#[path = "support/noise.rs"]
mod noise;
use self::noise::noise;

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// A picture, a text and a presentation, as a phone sends them.
fn send() -> mm1::SendReq {
    let part = |media: &str, name: &str, octets: Bytes| {
        let mut part = Part::new(ContentType::new(media).with("name", name), octets);
        part.content_id = Some(format!("<{name}>").into());
        part.content_location = Some(name.into());
        part
    };
    let related = ContentType::new("application/vnd.wap.multipart.related")
        .with("start", "<smil>")
        .with("type", "application/smil");
    let mut send = mm1::SendReq::default();
    send.transaction_id = Some("T1".into());
    send.version = mm1::Version::V1_2;
    send.message.from = Some(Originator::InsertAddress);
    send.message.to = vec![Address::phone("+447700900123"), Address::email("alice@example.com")];
    send.message.subject = Some("Été".into());
    send.message.delivery_report = Some(true);
    send.message.body = Some(Part::multipart(
        related,
        vec![
            part("application/smil", "smil", Bytes::from_static(b"<smil><body/></smil>")),
            part("text/plain", "text.txt", Bytes::from_static(b"hello")),
            part("image/jpeg", "picture.jpg", noise()),
        ],
    ));
    send
}

fn encoded() -> Bytes {
    mm1::encode(&send()).unwrap_or_default().into()
}

fn relay(send: mm1::SendReq) -> mm4::ForwardReq {
    let receipt = Receipt {
        arrived: Timestamp::from_seconds(1_709_631_047),
        message_id: "mm-1".into(),
        sender: Some(Address::phone("+12025550101")),
        alias: None,
    };
    relay::to_mm4(
        send,
        &receipt,
        Hop::new(
            Posting::new("system-user@mms.mnc012.mcc345.gprs", "1@mms.mnc012.mcc345.gprs", 1_709_631_047),
            "t-1",
            "mms.mnc012.mcc345.gprs",
            "mms.mnc015.mcc234.gprs",
        ),
    )
    .pdu
}

#[divan::bench]
fn decode_relay_encode(bencher: Bencher<'_, '_>) {
    let octets = encoded();
    bencher.bench(|| {
        let Ok(decoded) = mm1::decode(black_box(&octets)) else { unreachable!() };
        let mm1::Pdu::SendReq(send) = decoded.value else { unreachable!() };
        mm4::encode(&relay(send))
    });
}

#[divan::bench]
fn encode_alone(bencher: Bencher<'_, '_>) {
    let pdu = mm4::Pdu::from(relay(send()));
    bencher.bench(|| mm4::encode(black_box(&pdu)));
}

#[divan::bench]
fn decode_alone(bencher: Bencher<'_, '_>) {
    let octets = encoded();
    bencher.bench(|| mm1::decode(black_box(&octets)));
}

#[divan::bench]
fn relay_alone(bencher: Bencher<'_, '_>) {
    let send = send();
    bencher.with_inputs(|| send.clone()).bench_values(relay);
}

//! Times and allocations of MM1, to be compared with `copy_300_kb`: that is the T of the goals
//! (notification T/20, walk T/50, retrieval T/8, one buffer 1.3 T, chain T/10).
//!
//! The valid inputs are made by the encoder of the crate, but for those of `deployed`.

#![expect(clippy::unwrap_used, reason = "a bench")]

#[path = "support/deployed.rs"]
mod deployed;

use deployed::DEPLOYED;
use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use mms_codec::message::{
    Address, ContentType, Interval, Message, MessageClass, Originator, Part, Priority, Time, Timestamp,
};
use mms_codec::mm1::{self, Fields, NotificationInd, Pdu, RetrieveConf, SendReq, Version};
use mms_codec::wsp::Writer;
use mms_codec::{Bytes, Options};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

/// Several iterations a sample, so that the clock weighs nothing.
fn main() {
    divan::Divan::from_args().sample_size(50).main();
}

fn notification() -> Pdu {
    let mut pdu = NotificationInd::default();
    pdu.transaction_id = Some("T20240101.0001".into());
    pdu.version = Version::V1_2;
    pdu.message.from = Some(Originator::Address(Address::phone("+447700900123")));
    pdu.message.subject = Some("Holiday pictures".into());
    pdu.message.class = Some(MessageClass::Personal);
    pdu.message.priority = Some(Priority::Normal);
    pdu.message_size = Some(300_000);
    pdu.message.expiry = Some(Time::Relative(Interval::from_seconds(172_800)));
    pdu.content_location = Some("http://mmsc.example.com/mms?id=0123456789abcdef".into());
    pdu.into()
}

fn part(media: &str, charset: bool, name: &str, octets: Vec<u8>) -> Part {
    let content_type = ContentType::new(media);
    let content_type = if charset { content_type.with("charset", "utf-8") } else { content_type };
    let mut part = Part::new(content_type.with("name", name), octets);
    part.content_id = Some(format!("<{name}>").into());
    part.content_location = Some(name.into());
    part
}

/// A slide show of five parts, whose pictures and sound make up the size.
fn message(size: usize) -> Message {
    let smil = b"<smil><head><layout/></head><body><par dur=\"5s\"><img src=\"1.jpg\"/></par></body></smil>";
    let parts = vec![
        part("application/smil", true, "slides.smil", smil.to_vec()),
        part("text/plain", true, "text.txt", b"Hello from the seaside".to_vec()),
        part("image/jpeg", false, "1.jpg", vec![0x5a; size / 2]),
        part("image/jpeg", false, "2.jpg", vec![0xa5; size / 4]),
        part("audio/amr", false, "3.amr", vec![0x00; size / 4]),
    ];
    let related = ContentType::new("application/vnd.wap.multipart.related");
    let related = related.with("start", "<slides.smil>").with("type", "application/smil");
    let mut message = Message::default();
    message.to.push(Address::phone("+447700900456"));
    message.subject = Some("Holiday pictures".into());
    message.class = Some(MessageClass::Personal);
    message.delivery_report = Some(false);
    message.read_report = Some(false);
    message.body = Some(Part::multipart(related, parts));
    message
}

fn retrieve_conf(size: usize) -> Pdu {
    let mut pdu = RetrieveConf::default();
    pdu.transaction_id = Some("T20240101.0001".into());
    pdu.version = Version::V1_2;
    pdu.message_id = Some("20240101.0001@mmsc.example.com".into());
    pdu.message = message(size);
    pdu.message.date = Some(Timestamp::from_seconds(1_704_067_200));
    pdu.message.from = Some(Originator::Address(Address::phone("+447700900123")));
    pdu.into()
}

fn send_req(size: usize) -> Pdu {
    let mut pdu = SendReq::default();
    pdu.transaction_id = Some("T20240101.0001".into());
    pdu.version = Version::V1_2;
    pdu.message = message(size);
    pdu.message.from = Some(Originator::InsertAddress);
    pdu.into()
}

fn octets(pdu: &Pdu) -> Bytes {
    mm1::encode(pdu).unwrap().into()
}

/// T.
#[divan::bench]
fn copy_300_kb(bencher: Bencher) {
    let from = vec![0x5a_u8; 300_000];
    let mut to = vec![0_u8; 300_000];
    bencher.counter(BytesCount::of_slice(&from)).bench_local(|| black_box(&mut to).copy_from_slice(black_box(&from)));
}

/// With a new buffer, as every encoder needs one. Large buffers are freed within the
/// iteration: divan would keep those of a sample, and new memory is slow.
#[divan::bench]
fn copy_300_kb_to_new_buffer(bencher: Bencher) {
    let from = vec![0x5a_u8; 300_000];
    bencher.counter(BytesCount::of_slice(&from)).bench_local(|| drop(black_box(black_box(&from).clone())));
}

fn decode(bencher: Bencher, octets: Bytes, options: Options) {
    bencher.counter(BytesCount::new(octets.len())).bench_local(|| mm1::decode_with(black_box(&octets), &options));
}

#[divan::bench]
fn decode_notification(bencher: Bencher) {
    decode(bencher, octets(&notification()), Options::lenient());
}

#[divan::bench]
fn walk_notification(bencher: Bencher) {
    let octets = octets(&notification());
    bencher.counter(BytesCount::of_slice(&octets)).bench_local(|| {
        Fields::new(black_box(&octets))
            .map(|field| black_box(field).map_or(0, |field| field.value.len()))
            .sum::<usize>()
    });
}

#[divan::bench]
fn encode_notification(bencher: Bencher) {
    let pdu = notification();
    bencher.bench_local(|| mm1::encode(black_box(&pdu)));
}

#[divan::bench(args = [3_000, 300_000, 30_000_000])]
fn decode_retrieve_conf(bencher: Bencher, size: usize) {
    decode(bencher, octets(&retrieve_conf(size)), Options::lenient());
}

#[divan::bench]
fn decode_send_req(bencher: Bencher) {
    decode(bencher, octets(&send_req(300_000)), Options::lenient());
}

#[divan::bench]
fn encode_send_req_to_one_buffer(bencher: Bencher) {
    let pdu = send_req(300_000);
    bencher.counter(BytesCount::new(300_000_usize)).bench_local(|| drop(black_box(mm1::encode(black_box(&pdu)))));
}

#[divan::bench]
fn encode_send_req_to_chain(bencher: Bencher) {
    let pdu = send_req(300_000);
    bencher.counter(BytesCount::new(300_000_usize)).bench_local(|| mm1::encode_chain(black_box(&pdu)));
}

/// What an encoder in use writes.
fn of(name: &str) -> Bytes {
    let (_, octets) = DEPLOYED.iter().find(|(known, _)| *known == name).unwrap();
    octets().into()
}

#[divan::bench(args = DEPLOYED.map(|(name, _)| name))]
fn decode_deployed(bencher: Bencher, name: &str) {
    decode(bencher, of(name), Options::lenient());
}

#[divan::bench(args = DEPLOYED.map(|(name, _)| name))]
fn encode_deployed_to_chain(bencher: Bencher, name: &str) {
    let pdu = mm1::decode_with(&of(name), &Options::strict()).unwrap().value;
    bencher.bench_local(|| mm1::encode_chain(black_box(&pdu)));
}

#[divan::bench]
fn encoded_len_of_send_req(bencher: Bencher) {
    let pdu = send_req(300_000);
    bencher.bench_local(|| mm1::encoded_len(black_box(&pdu)));
}

/// Inputs that make a decoder work or allocate more than any message would.
struct Hostile(&'static str, fn() -> Vec<u8>);

const HOSTILE: [Hostile; 6] = [
    Hostile("nested_multiparts", || body(&nested(2_000))),
    Hostile("tiny_parts", || body(&[&[0x00][..], &[0x01, 0x00, 0x83].repeat(100_000)].concat())),
    Hostile("one_octet_headers", || {
        body(&[&[0x01, 0x84, 0x80, 0x01, 0x00, 0x83][..], &[0xff, 0x80].repeat(32_768)].concat())
    }),
    Hostile("many_recipients", || [&b"\x8c\x84\x8d\x92"[..], &b"\x97+447700900123/TYPE=PLMN\0".repeat(5_000)].concat()),
    Hostile("many_deviations", || {
        [&b"\x8c\x84\x8d\x92"[..], &b"\x97\xe9\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".repeat(5_000)].concat()
    }),
    Hostile("unknown_fields", || [&b"\x8c\x84\x8d\x92"[..], &b"\xff0123456789abcd\0".repeat(5_000)].concat()),
];

fn body(multipart: &[u8]) -> Vec<u8> {
    [b"\x8c\x84\x8d\x92\x84\xa3", multipart].concat()
}

/// Multiparts of one part each, which is the next multipart.
fn nested(depth: usize) -> Vec<u8> {
    let mut inner = b"\x01\x01\x00\x83".to_vec();
    for _ in 0..depth {
        let mut length = Writer::new();
        length.uintvar(u32::try_from(inner.len()).unwrap());
        inner = [&[0x01, 0x01][..], &length.into_chain().to_vec(), &[0xa3], &inner].concat();
    }
    inner
}

#[divan::bench(args = HOSTILE.map(|hostile| hostile.0))]
fn decode_hostile(bencher: Bencher, name: &str) {
    let hostile = HOSTILE.iter().find(|hostile| hostile.0 == name).unwrap();
    decode(bencher, (hostile.1)().into(), Options::lenient());
}

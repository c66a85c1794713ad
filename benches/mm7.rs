//! Times and allocations of MM7, beside what the bare parts need: `walk` is quick-xml's NsReader
//! over the same envelope, `boundary_scan` a search for the boundary over the same body. The goals:
//! `decode_envelope` at most 1.7 times `walk`; `with_binary_300_kb` at most `walk` x 1.7 and 2.5 times
//! `boundary_scan`.

#![expect(clippy::unwrap_used, reason = "a bench")]

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use mms_codec::Bytes;
use mms_codec::mm7::{self, Envelope};
use quick_xml::NsReader;
use quick_xml::events::Event;

#[path = "support/envelope.rs"]
mod envelope;
#[path = "support/noise.rs"]
mod noise;
use self::envelope::{BOUNDARY, CONTENT_TYPE, binary, compact, in_base64, nested};
use self::noise::noise;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn decoded() -> Envelope {
    mm7::decode(CONTENT_TYPE, &binary()).unwrap().value
}

/// What a bare walk needs, namespaces resolved.
#[divan::bench]
fn walk(bencher: Bencher<'_, '_>) {
    let xml = compact();
    bencher.counter(BytesCount::of_str(&xml)).bench(|| {
        let mut reader = NsReader::from_str(black_box(&xml));
        let mut count = 0;
        loop {
            match reader.read_resolved_event().unwrap() {
                (_, Event::Eof) => return count,
                (namespace, event) => {
                    black_box((&namespace, &event));
                    count += 1;
                }
            }
        }
    });
}

#[divan::bench]
fn decode_envelope(bencher: Bencher<'_, '_>) {
    let xml = Bytes::from(compact());
    bencher.counter(BytesCount::of_slice(&xml)).bench(|| mm7::decode_envelope(black_box(&xml)).unwrap());
}

/// What a search for the boundary alone needs.
#[divan::bench]
fn boundary_scan(bencher: Bencher<'_, '_>) {
    let body = binary();
    let needle = format!("\n--{BOUNDARY}");
    bencher
        .counter(BytesCount::of_slice(&body))
        .bench(|| memchr::memmem::find_iter(black_box(&body), needle.as_bytes()).count());
}

#[divan::bench]
fn with_binary_300_kb(bencher: Bencher<'_, '_>) {
    let body = binary();
    bencher.counter(BytesCount::of_slice(&body)).bench(|| mm7::decode(CONTENT_TYPE, black_box(&body)).unwrap());
}

#[divan::bench]
fn with_nested_300_kb(bencher: Bencher<'_, '_>) {
    let body = nested();
    bencher.counter(BytesCount::of_slice(&body)).bench(|| mm7::decode(CONTENT_TYPE, black_box(&body)).unwrap());
}

#[divan::bench]
fn with_base64_300_kb(bencher: Bencher<'_, '_>) {
    let body = in_base64();
    bencher.counter(BytesCount::of_slice(&body)).bench(|| mm7::decode(CONTENT_TYPE, black_box(&body)).unwrap());
}

#[divan::bench]
fn peek_300_kb(bencher: Bencher<'_, '_>) {
    let body = in_base64();
    bencher.bench(|| mm7::peek(CONTENT_TYPE, black_box(&body)).unwrap());
}

#[divan::bench]
fn encode_envelope(bencher: Bencher<'_, '_>) {
    let mut envelope = decoded();
    if let mm7::Pdu::SubmitReq(submit) = &mut envelope.pdu {
        submit.message.body = None;
    }
    bencher.bench(|| mm7::encode(black_box(&envelope)).unwrap());
}

#[divan::bench]
fn encode_chain_300_kb(bencher: Bencher<'_, '_>) {
    let envelope = decoded();
    bencher.bench(|| mm7::encode(black_box(&envelope)).unwrap());
}

#[divan::bench]
fn encode_body_300_kb(bencher: Bencher<'_, '_>) {
    let envelope = decoded();
    bencher.bench(|| mm7::encode(black_box(&envelope)).unwrap().body());
}

#[divan::bench]
fn copy_300_kb(bencher: Bencher<'_, '_>) {
    let octets = noise().to_vec();
    bencher.counter(BytesCount::of_slice(&octets)).bench(|| black_box(&octets).clone());
}

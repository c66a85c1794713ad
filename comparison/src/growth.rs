//! How times grow: with the octets of a message, its recipients and its parts; and how many notifications are decoded
//! in a second, on one core and on two.

use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use mms_codec::message::{Address, ContentType, Message, Originator, Part};
use mms_codec::mm1::{self, SendReq, Version};
use mms_codec::mm7::{self, Envelope, SubmitReq};
use mms_codec::{Bytes, mm4};

use crate::deployed::DEPLOYED;
use crate::mail::forward;
use crate::noise::noise;

/// A message on each of the interfaces, and what decodes and encodes it.
struct Interface {
    name: &'static str,
    /// Decodes it once, then encodes it, and returns how long each took.
    run: fn(Message, u32) -> Option<[Duration; 2]>,
}

const INTERFACES: [Interface; 3] =
    [Interface { name: "MM1", run: mm1 }, Interface { name: "MM4", run: mm4 }, Interface { name: "MM7", run: mm7 }];

pub(crate) fn print() {
    println!("| Nanoseconds for one | decode | encode |\n|---|---|---|");
    for size in [3_000, 300_000, 30_000_000] {
        table("octet", size, &message(1, vec![part(size)]));
    }
    for recipients in [1, 100, 10_000] {
        table("recipient", recipients, &message(recipients, vec![part(150)]));
    }
    for parts in [1, 64, 2_000] {
        table("part", parts, &message(1, (0..parts).map(|_| part(150)).collect()));
    }
    for threads in [1, 2] {
        println!("| Notifications a second, {threads} threads | {:.0} | |", notifications(threads));
    }
}

fn table(unit: &str, count: usize, message: &Message) {
    for Interface { name, run } in INTERFACES {
        let octets = if unit == "octet" { count } else { count * 1_000 };
        let rounds = u32::try_from(10_000_000 / octets).unwrap_or(1).clamp(1, 10_000);
        let best = (0..5).filter_map(|_| run(message.clone(), rounds));
        let best = best.reduce(|[a, b], [c, d]| [a.min(c), b.min(d)]);
        let shown = |time: Duration| format!("{:.3}", time.as_secs_f64() * 1e9 / f64::from(rounds) / count as f64);
        let [decode, encode] = best.map_or_else(Default::default, |times| times.map(shown));
        println!("| {name}, {count} {unit}s | {decode} | {encode} |");
    }
}

fn part(size: usize) -> Part {
    Part::new(ContentType::new("image/jpeg"), noise().iter().copied().cycle().take(size).collect::<Bytes>())
}

fn message(recipients: usize, parts: Vec<Part>) -> Message {
    let mut message = Message::default();
    message.to = (0..recipients).map(|number| Address::phone(format!("+4477{number:08}"))).collect();
    message.body = Some(Part::multipart(ContentType::new("multipart/mixed"), parts));
    message
}

fn timed<T>(rounds: u32, mut run: impl FnMut() -> T) -> Duration {
    let start = ProcessTime::now();
    for _ in 0..rounds {
        drop(black_box(run()));
    }
    start.elapsed()
}

fn mm1(message: Message, rounds: u32) -> Option<[Duration; 2]> {
    let mut send = SendReq::default();
    send.transaction_id = Some("T1".into());
    send.version = Version::V1_2;
    send.message = message;
    send.message.from = Some(Originator::InsertAddress);
    let pdu = mm1::Pdu::from(send);
    let octets = Bytes::from(mm1::encode(&pdu).ok()?);
    mm1::decode(&octets).ok()?;
    Some([timed(rounds, || mm1::decode(black_box(&octets))), timed(rounds, || mm1::encode_chain(black_box(&pdu)))])
}

fn mm4(message: Message, rounds: u32) -> Option<[Duration; 2]> {
    let mm4::Pdu::ForwardReq(mut request) = forward("image/jpeg", Bytes::new()) else { return None };
    // A number has no host here, which the relay/server of its operator would be.
    request.message.to = (0..message.to.len()).map(|number| Address::email(format!("u{number}@example.com"))).collect();
    request.message.body = message.body;
    let pdu = mm4::Pdu::from(request);
    let octets = Bytes::from(mm4::encode(&pdu).ok()?);
    mm4::decode(&octets).ok()?;
    Some([timed(rounds, || mm4::decode(black_box(&octets))), timed(rounds, || mm4::encode(black_box(&pdu)))])
}

fn mm7(message: Message, rounds: u32) -> Option<[Duration; 2]> {
    let mut submit = SubmitReq::default();
    submit.message = message;
    let envelope = Envelope::new("t-1", submit);
    let encoded = mm7::encode(&envelope).ok()?;
    let (body, content_type) = (encoded.body(), encoded.content_type);
    mm7::decode(&content_type, &body).ok()?;
    Some([
        timed(rounds, || mm7::decode(&content_type, black_box(&body))),
        timed(rounds, || mm7::encode(black_box(&envelope))),
    ])
}

/// By the clock on the wall: threads share the processor time.
fn notifications(threads: usize) -> f64 {
    const EACH: usize = 200_000;
    let Some((_, octets)) = DEPLOYED.iter().find(|(name, _)| name.starts_with("notification")) else { return 0.0 };
    let octets = Bytes::from(octets());
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..threads {
            // The octets of each are its own, as they are where messages come from a network.
            let octets = Bytes::copy_from_slice(&octets);
            scope.spawn(move || (0..EACH).for_each(|_| drop(black_box(mm1::decode(black_box(&octets))))));
        }
    });
    (threads * EACH) as f64 / start.elapsed().as_secs_f64()
}

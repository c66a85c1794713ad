//! Memory: of a decoded message beside its octets, which it shares, and of every public struct that is large.
//!
//! `cargo bench --bench memory` prints both as tables of Markdown. It fails if a struct is larger than is said here.

#![expect(clippy::unwrap_used, reason = "a bench")]

#[path = "support/deployed.rs"]
mod deployed;
#[path = "support/envelope.rs"]
#[expect(dead_code, reason = "of other benches")]
mod envelope;
#[path = "support/mail.rs"]
#[expect(dead_code, reason = "of other benches")]
mod mail;
#[path = "support/noise.rs"]
mod noise;

use deployed::DEPLOYED;
use mms_codec::message::{Address, ContentType, Header, Message, Originator, Parameter, Part, Str, Text};
use mms_codec::mime::Transfer;
use mms_codec::{Bytes, DecodeError, Decoded, Deviation, mm1, mm4, mm7};

fn main() {
    println!("| Message | Octets | Heap, octets | Allocations |\n|---|---|---|---|");
    for (name, octets) in DEPLOYED {
        let octets = Bytes::from(octets());
        held(&format!("MM1, as {name} writes"), &octets, mm1::decode);
    }
    let picture = mail::encoded(&mail::forward("image/jpeg", noise::noise()), Transfer::SevenBit);
    held("MM4 report", &mail::report(), mm4::decode);
    held("MM4 forward, 300 kB in base64", &picture, mm4::decode);
    held("MM7 envelope", &envelope::compact().into(), mm7::decode_envelope);
    held("MM7, 300 kB in binary", &envelope::binary(), |octets| mm7::decode(envelope::CONTENT_TYPE, octets));
    println!("\n| Struct | Octets | Why |\n|---|---|---|");
    for (name, size, _, reason) in sizes() {
        println!("| `{name}` | {size} | {reason} |");
    }
    let larger = sizes().into_iter().find(|(_, size, most, _)| size > most);
    assert!(larger.is_none() || size_of::<usize>() != 8, "{larger:?}");
}

/// Prints what a message keeps, and how often it allocates.
fn held<T>(name: &str, octets: &Bytes, decode: impl Fn(&Bytes) -> Result<Decoded<T>, DecodeError>) {
    // What is made once for all messages is not counted.
    decode(octets).unwrap();
    let mut kept = None;
    let info = allocation_counter::measure(|| kept = decode(octets).ok());
    println!("| {name} | {} | {} | {} |", octets.len(), info.bytes_current, info.count_total);
}

/// Names, sizes, what they may be at most, and why.
fn sizes() -> [(&'static str, usize, usize, &'static str); 22] {
    macro_rules! size {
        ($of:ty, $most:literal, $reason:literal) => {
            (stringify!($of), size_of::<$of>(), $most, $reason)
        };
    }
    [
        size!(Str, 24, "shares the input, or is a `&'static str`"),
        size!(Text, 48, "octets that are not UTF-8 are kept with their charset"),
        size!(Address, 56, "a kind, and rare details in a box"),
        size!(Originator, 56, "an address"),
        size!(Parameter, 48, "a name and a value"),
        size!(Header, 48, "a name and a value"),
        size!(ContentType, 48, "a media type, and a list of parameters"),
        size!(Part, 160, "content type, content, identifier and location; the disposition is in a box"),
        size!(Message, 648, "29 fields, most of them absent: 160 octets are the body, 120 five lists, 168 seven texts"),
        size!(mm1::NotificationInd, 840, "a message, and where it is"),
        size!(mm1::SendReq, 728, "a message"),
        size!(mm1::RetrieveConf, 800, "a message"),
        size!(mm1::AcknowledgeInd, 56, "three fields"),
        size!(mm1::Pdu, 840, "as large as its largest variant; a struct of its own type is smaller"),
        size!(mm4::ForwardReq, 896, "a message, and the fields of its way"),
        size!(mm4::DeliveryReportReq, 680, "a report, and the fields of its way"),
        size!(mm4::Pdu, 896, "as large as its largest variant"),
        size!(mm7::SubmitReq, 896, "a message, and the fields of charging"),
        size!(mm7::Pdu, 912, "as large as its largest variant"),
        size!(mm7::Envelope, 1008, "a message, and what is around it"),
        size!(DecodeError, 32, "is returned by everything"),
        size!(Deviation, 32, "a kind, an offset and the name of a field"),
    ]
}

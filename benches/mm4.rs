//! MM4: header-only and 300 kB messages, each beside what it is measured against.
//!
//! `cargo bench --bench mm4`. Times of one run belong together: a message is to be compared with
//! the baseline of the same run.

use divan::{Bencher, black_box};
use mms_codec::mime::{Transfer, TransferOptions};
use mms_codec::mm4;
use mms_codec::{Bytes, Options};

#[path = "support/mail.rs"]
mod mail;
#[path = "support/noise.rs"]
mod noise;
use self::mail::{encoded, forward, report, text};
use self::noise::{PAYLOAD, noise};

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

mod headers_only {
    use super::*;

    #[divan::bench]
    fn decode_delivery_report(bencher: Bencher<'_, '_>) {
        let octets = report();
        bencher.bench(|| mm4::decode(black_box(&octets)));
    }

    /// What a router needs of a forward request, whose body may be of any size.
    #[divan::bench]
    fn view_forward(bencher: Bencher<'_, '_>) {
        let octets = encoded(&forward("image/jpeg", noise()), Transfer::SevenBit);
        bencher.bench(|| {
            let view = mm4::HeaderView::new(black_box(&octets))?;
            Ok::<_, mms_codec::DecodeError>((view.transaction_id()?.is_some(), view.from()?, view.to()?))
        });
    }

    #[divan::bench]
    fn decode_delivery_report_strictly(bencher: Bencher<'_, '_>) {
        let octets = report();
        bencher.bench(|| mm4::decode_with(black_box(&octets), &Options::strict()));
    }

    #[divan::bench]
    fn encode_delivery_report(bencher: Bencher<'_, '_>) {
        let Ok(decoded) = mm4::decode(&report()) else { unreachable!() };
        bencher.bench(|| mm4::encode(black_box(&decoded.value)));
    }
}

mod base64_300_kb {
    use super::*;
    use encodify::base64;
    #[divan::bench]
    fn decode(bencher: Bencher<'_, '_>) {
        let octets = encoded(&forward("image/jpeg", noise()), Transfer::SevenBit);
        bencher.bench(|| mm4::decode(black_box(&octets)));
    }

    /// The delimiter searched for and base64 decoded, by the fastest crates for both.
    #[divan::bench]
    fn decode_baseline(bencher: Bencher<'_, '_>) {
        let text = base64::MIME.encode(noise());
        bencher.bench(|| (memchr::memmem::find(black_box(text.as_bytes()), b"\n--"), base64::MIME.decode(&text)));
    }

    #[divan::bench]
    fn encode(bencher: Bencher<'_, '_>) {
        let pdu = forward("image/jpeg", noise());
        bencher.bench(|| mm4::encode(black_box(&pdu)));
    }

    #[divan::bench]
    fn encode_baseline(bencher: Bencher<'_, '_>) {
        let octets = noise();
        bencher.bench(|| base64::MIME.encode(black_box(&octets)));
    }
}

mod eight_bit_300_kb {
    use super::*;

    #[divan::bench]
    fn decode(bencher: Bencher<'_, '_>) {
        let octets = encoded(&forward("text/plain", text()), Transfer::EightBit);
        bencher.bench(|| mm4::decode(black_box(&octets)));
    }

    /// All delimiters searched for.
    #[divan::bench]
    fn decode_baseline(bencher: Bencher<'_, '_>) {
        let octets = encoded(&forward("text/plain", text()), Transfer::EightBit);
        let boundary: Vec<u8> = {
            let text = String::from_utf8_lossy(&octets);
            let boundary = text.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next());
            format!("\n--{}", boundary.unwrap_or_default()).into_bytes()
        };
        bencher.bench(|| memchr::memmem::find_iter(black_box(&octets), black_box(&boundary)).count());
    }

    #[divan::bench]
    fn encode(bencher: Bencher<'_, '_>) {
        let pdu = forward("text/plain", text());
        bencher.bench(|| encoded(black_box(&pdu), Transfer::EightBit));
    }

    #[divan::bench]
    fn encode_as_chain(bencher: Bencher<'_, '_>) {
        let pdu = forward("text/plain", text());
        let options = TransferOptions { transfer: Transfer::EightBit };
        bencher.bench(|| mm4::encode_chain(black_box(&pdu), &options));
    }
}

mod quoted_printable_300_kb {
    use super::*;

    #[divan::bench]
    fn decode(bencher: Bencher<'_, '_>) {
        let octets = encoded(&forward("text/plain", text()), Transfer::SevenBitReadable);
        bencher.bench(|| mm4::decode(black_box(&octets)));
    }

    #[divan::bench]
    fn encode(bencher: Bencher<'_, '_>) {
        let pdu = forward("text/plain", text());
        bencher.bench(|| encoded(black_box(&pdu), Transfer::SevenBitReadable));
    }
}

mod hostile {
    use super::*;

    /// 300 kB of things that look like delimiters.
    #[divan::bench]
    fn decode_boundary_look_alikes(bencher: Bencher<'_, '_>) {
        let head = "X-Mms-Message-Type: MM4_forward.REQ\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
        let octets = Bytes::from(format!("{head}--b\n{}", "\n--bb".repeat(PAYLOAD / 5)));
        bencher.bench(|| mm4::decode(black_box(&octets)));
    }
}

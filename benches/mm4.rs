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

/// The fastest engine of the `base64` crate.
fn engine() -> impl base64::Engine {
    let config = base64::engine::GeneralPurposeConfig::new();
    #[cfg(any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon")))]
    return base64::engine::Simd::standard(config);
    #[cfg(not(any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))))]
    base64::engine::GeneralPurpose::new(&base64::alphabet::STANDARD, config)
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
    use base64::Engine;

    fn wrapped() -> Vec<u8> {
        let text = engine().encode(noise());
        text.as_bytes().chunks(76).flat_map(|line| [line, b"\r\n"].concat()).collect()
    }

    #[divan::bench]
    fn decode(bencher: Bencher<'_, '_>) {
        let octets = encoded(&forward("image/jpeg", noise()), Transfer::SevenBit);
        bencher.bench(|| mm4::decode(black_box(&octets)));
    }

    /// Line ends stripped, then decoded: both into buffers that are there, so that no memory is fetched or
    /// filled.
    #[divan::bench]
    fn decode_baseline(bencher: Bencher<'_, '_>) {
        let (text, engine) = (wrapped(), engine());
        let (mut stripped, mut octets) = (Vec::with_capacity(text.len()), vec![0; text.len()]);
        bencher.bench_local(|| {
            stripped.clear();
            for line in black_box(&text).chunks(78) {
                stripped.extend_from_slice(line.get(..line.len() - 2).unwrap_or_default());
            }
            engine.decode_slice(&stripped, &mut octets)
        });
    }

    #[divan::bench]
    fn encode(bencher: Bencher<'_, '_>) {
        let pdu = forward("image/jpeg", noise());
        bencher.bench(|| mm4::encode(black_box(&pdu)));
    }

    /// Encoded, then copied line by line: both into buffers that are there.
    #[divan::bench]
    fn encode_baseline(bencher: Bencher<'_, '_>) {
        let (octets, engine) = (noise(), engine());
        let (mut text, mut wrapped) = (vec![0; octets.len() * 2], Vec::with_capacity(octets.len() * 2));
        bencher.bench_local(|| {
            let length = engine.encode_slice(black_box(&octets), &mut text).unwrap_or_default();
            wrapped.clear();
            for line in text.get(..length).unwrap_or_default().chunks(76) {
                wrapped.extend_from_slice(line);
                wrapped.extend_from_slice(b"\r\n");
            }
            wrapped.len()
        });
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

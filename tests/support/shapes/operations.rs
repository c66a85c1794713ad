//! What is done with a hostile message: it is decoded, and what came out is shown, copied, encoded and
//! relayed.

use core::fmt::{Debug, Result as FmtResult, Write};
use core::hint::black_box;

#[cfg(feature = "cdr")]
use mms_codec::cdr;
use mms_codec::message::{Address, ContentType, Interval, Message, Part, Timestamp};
use mms_codec::mm1::{self, Announcement};
use mms_codec::mm4::{self, Posting};
use mms_codec::relay::{self, Hop, Receipt, Service, Taken};
use mms_codec::{Bytes, DecodeError, Decoded, Options, content_class, mime, mm7, push, smil};

use super::Interface;

/// JSON, which goes nowhere.
macro_rules! json {
    ($value:expr, $visit:expr) => {
        #[cfg(feature = "serde")]
        $visit("JSON", &mut || run(serde_json::to_writer(std::io::sink(), $value)));
    };
}

/// Takes an operation by its name; it runs it or not.
pub(crate) type Visit<'a> = dyn FnMut(&'static str, &mut dyn FnMut()) + 'a;

/// The most memory that an operation takes for a message of a number of octets, within the default limits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound {
    per_octet: usize,
    constant: usize,
}

impl Bound {
    /// Decoding, as [`Limits`](mms_codec::Limits) promises.
    pub(crate) const DECODING: Self = Self { per_octet: 8, constant: 64_000 };
    /// Everything else: encoding, relaying, showing, copying, JSON.
    pub(crate) const OTHERS: Self = Self { per_octet: 32, constant: 128_000 };

    pub(crate) const fn of(self, octets: usize) -> u64 {
        (self.per_octet * octets + self.constant) as u64
    }
}

/// Decodes the message in every way that its interface has, strictly and leniently.
pub(crate) fn decode(interface: Interface, octets: &Bytes, visit: &mut Visit<'_>) {
    let (lenient, strict) = (Options::lenient(), Options::strict());
    let mut both = |names: [&'static str; 2], decode: &dyn Fn(&Options)| {
        visit(names[0], &mut || decode(&lenient));
        visit(names[1], &mut || decode(&strict));
    };
    let names = ["decode", "decode strict"];
    match interface {
        Interface::Mm1 => {
            both(names, &|options| run(mm1::decode_with(octets, options)));
            visit("Fields", &mut || run(mm1::Fields::new(octets).count()));
        }
        Interface::Push => both(names, &|options| {
            run(push::decode_with(octets, options).map(|decoded| drop(decoded.value.pdu(options))));
        }),
        Interface::Mm4 => {
            both(names, &|options| run(mm4::decode_with(octets, options)));
            both(["mime decode", "mime decode strict"], &|options| run(mime::decode_with(octets, options)));
        }
        Interface::Mm7 => {
            both(names, &|options| run(mm7::decode_envelope_with(octets, options)));
            visit("decode_unlabelled", &mut || run(mm7::decode_unlabelled(octets)));
        }
        Interface::Http => {
            both(names, &|options| run(mm7::decode_http_with(octets, options)));
            visit("decode_unlabelled", &mut || run(mm7::decode_unlabelled(octets)));
        }
        Interface::Smil => {
            let Ok(text) = str::from_utf8(octets) else { return };
            both(names, &|options| run(smil::decode_with(text, options)));
            let mut root = Part::new(ContentType::new("application/smil"), octets.clone());
            root.content_id = Some("<s>".into());
            let body = Part::multipart(ContentType::new("application/vnd.wap.multipart.related"), vec![root]);
            both(["slides", "slides strict"], &|options| run(smil::slides_with(&body, options)));
        }
        #[cfg(feature = "cdr")]
        Interface::Cdr => {
            both(names, &|options| run(cdr::decode_with(octets, options)));
            both(["records", "records strict"], &|options| cdr::Records::new(octets, options).for_each(run));
        }
    }
}

/// Does everything else with what lenient decoding makes of the message.
pub(crate) fn others(interface: Interface, octets: &Bytes, visit: &mut Visit<'_>) {
    match interface {
        Interface::Mm1 => of_pdu(value(mm1::decode(octets)), visit),
        Interface::Push => {
            let Some(push) = value(push::decode(octets)) else { return };
            of_any(&push, visit);
            json!(&push, visit);
            visit("fields()", &mut || run(push.fields()));
            visit("encode", &mut || run(push.encode()));
            visit("encode_chain", &mut || run(push.encode_chain()));
        }
        Interface::Mm4 => {
            let Some(pdu) = value(mm4::decode(octets)) else { return };
            of_any(&pdu, visit);
            json!(&pdu, visit);
            visit("fields()", &mut || run(pdu.fields()));
            visit("encode", &mut || run(mm4::encode(&pdu)));
            visit("encode_chain", &mut || run(mm4::encode_chain(&pdu, &mime::TransferOptions::default())));
            of_message(pdu.message(), visit);
            if let mm4::Pdu::ForwardReq(pdu) = pdu {
                of_taken(&pdu.into(), visit);
            }
        }
        Interface::Mm7 => of_envelope(value(mm7::decode_envelope(octets)), visit),
        Interface::Http => of_envelope(value(mm7::decode_http(octets)), visit),
        Interface::Smil => {
            let shown = str::from_utf8(octets).ok().and_then(|text| value(smil::decode(text)));
            let Some(shown) = shown else { return };
            of_any(&shown, visit);
            json!(&shown, visit);
            let media = shown.slides.iter().flat_map(|slide| &slide.media);
            let parts: Vec<_> = media
                .map(|media| {
                    let mut part = Part::new(ContentType::new("text/plain"), "");
                    part.content_location = Some(media.src.clone());
                    part
                })
                .collect();
            visit("encode", &mut || run(smil::encode(&shown, &parts)));
        }
        #[cfg(feature = "cdr")]
        Interface::Cdr => {
            let Some(record) = value(cdr::decode(octets)) else { return };
            of_any(&record, visit);
            json!(&record, visit);
            visit("fields()", &mut || run(record.fields()));
            visit("encode", &mut || run(cdr::encode(&record)));
        }
    }
}

/// Text that goes nowhere, so that what is measured is not the text.
struct Nowhere;

impl Write for Nowhere {
    fn write_str(&mut self, text: &str) -> FmtResult {
        black_box(text);
        Ok(())
    }
}

fn run<T>(value: T) {
    drop(black_box(value));
}

fn value<T>(decoded: Result<Decoded<T>, DecodeError>) -> Option<T> {
    decoded.ok().map(|decoded| decoded.value)
}

/// What can be done with any value.
fn of_any<T: Clone + Debug + PartialEq>(value: &T, visit: &mut Visit<'_>) {
    visit("Debug", &mut || run(write!(Nowhere, "{value:?}")));
    visit("Clone", &mut || run(value.clone()));
    let other = value.clone();
    visit("==", &mut || run(black_box(value) == &other));
}

fn of_pdu(pdu: Option<mm1::Pdu>, visit: &mut Visit<'_>) {
    let Some(pdu) = pdu else { return };
    of_any(&pdu, visit);
    json!(&pdu, visit);
    visit("fields()", &mut || run(pdu.fields()));
    visit("encode", &mut || run(mm1::encode(&pdu)));
    visit("encode_chain", &mut || run(mm1::encode_chain(&pdu)));
    visit("encoded_len", &mut || run(mm1::encoded_len(&pdu)));
    of_message(pdu.message(), visit);
    match pdu {
        mm1::Pdu::SendReq(pdu) => of_taken(&pdu.into(), visit),
        mm1::Pdu::RetrieveConf(pdu) => of_taken(&pdu.into(), visit),
        _ => {}
    }
}

fn of_envelope(envelope: Option<mm7::Envelope>, visit: &mut Visit<'_>) {
    let Some(envelope) = envelope else { return };
    of_any(&envelope, visit);
    json!(&envelope, visit);
    visit("fields()", &mut || run(envelope.fields()));
    for (name, write_extra) in [("encode", false), ("encode with extra", true)] {
        let options = mm7::EncodeOptions { leave_out: true, write_extra };
        visit(name, &mut || run(mm7::encode_with(&envelope, &options)));
    }
    of_message(envelope.message(), visit);
    match envelope.pdu {
        mm7::Pdu::SubmitReq(pdu) => of_taken(&pdu.into(), visit),
        mm7::Pdu::DeliverReq(pdu) => of_taken(&pdu.into(), visit),
        _ => {}
    }
}

fn of_message(message: Option<&Message>, visit: &mut Visit<'_>) {
    let Some(message) = message else { return };
    visit("forwarding_history", &mut || run(message.forwarding_history().count()));
    let Some(body) = &message.body else { return };
    visit("parts", &mut || {
        run(body.root().map(Part::name));
        body.leaves().for_each(|leaf| run((leaf.name(), leaf.text(), leaf.decoded())));
    });
    visit("slides of the body", &mut || run(smil::slides(body)));
    visit("content_class", &mut || run(content_class::content_class(body, 100_000)));
    for (name, transfer) in
        [("mime encode 7bit", mime::Transfer::SevenBit), ("mime encode binary", mime::Transfer::Binary)]
    {
        visit(name, &mut || run(mime::encode(body, &mime::TransferOptions { transfer })));
    }
}

fn of_taken(taken: &Taken, visit: &mut Visit<'_>) {
    let arrived = Timestamp::from_seconds(1_709_631_047);
    let receipt =
        Receipt { arrived, message_id: "mm-1".into(), sender: Some(Address::phone("+12025550101")), alias: None };
    let announcement = || Announcement {
        transaction_id: "T1".into(),
        version: mm1::Version::V1_3,
        content_location: "http://mmsc.example.net/1".into(),
        message_size: 1_000,
        expiry: Interval::from_seconds(172_800),
    };
    let posting = || Posting::new("s@m.example", "1@m.example", arrived.seconds);
    let hop = || Hop::new(posting(), "t", "m.example", "p.example");
    let service = || Service { vasp_id: Some("acme".into()), ..Service::default() };

    visit("relay to_mm1", &mut || run(relay::to_mm1(taken.clone(), &receipt, announcement())));
    if let Ok(relayed) = relay::to_mm1(taken.clone(), &receipt, announcement()) {
        let pdu = relayed.pdu.retrieve;
        visit("relay to_mm1, encode", &mut || run(mm1::encode(&pdu)));
    }
    visit("relay to_mm4", &mut || run(relay::to_mm4(taken.clone(), &receipt, hop())));
    let pdu = relay::to_mm4(taken.clone(), &receipt, hop()).pdu;
    visit("relay to_mm4, encode", &mut || run(mm4::encode(&pdu)));
    visit("relay to_mm7", &mut || run(relay::to_mm7(taken.clone(), &receipt, service())));
    let envelope = mm7::Envelope::new("t", relay::to_mm7(taken.clone(), &receipt, service()).pdu);
    visit("relay to_mm7, encode", &mut || run(mm7::encode(&envelope)));
}

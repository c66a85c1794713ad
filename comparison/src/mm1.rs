//! MM1, which no other library in a registry of Rust reads: beside it, a copy of as many octets.

use std::hint::black_box;

use mms_codec::message::{Address, ContentType, Message, Originator, Part};
use mms_codec::mm1::{self, Pdu, SendReq, Version};
use mms_codec::{Bytes, Options};

use crate::Case;
use crate::deployed::DEPLOYED;
use crate::noise::{PAYLOAD, noise};

const COPY: &str = "copy of 300 kB";

pub(crate) fn cases() -> Vec<Case> {
    let deployed = DEPLOYED.map(|(name, octets)| {
        let octets = Bytes::from(octets());
        Case::new(format!("MM1 decode, as {name} writes"), 1, move || {
            black_box(mm1::decode(black_box(&octets))).map_or(0, |_| 1)
        })
    });
    let encoded = DEPLOYED.map(|(name, octets)| {
        let pdu = mm1::decode_with(&octets().into(), &Options::strict()).map(|decoded| decoded.value);
        Case::new(format!("MM1 encode to a chain, as {name} writes"), 1, move || {
            pdu.as_ref().map_or(0, |pdu| mm1::encode_chain(black_box(pdu)).map_or(0, |chain| chain.len()))
        })
    });
    let pdu = send();
    let octets = Bytes::from(mm1::encode(&pdu).unwrap_or_default());
    let again = pdu.clone();
    let content = noise();
    let large = [
        Case::new("MM1 decode, 300 kB", 1, move || black_box(mm1::decode(black_box(&octets))).map_or(0, |_| 1)),
        Case::new("MM1 encode to a chain, 300 kB", PAYLOAD, move || {
            mm1::encode_chain(black_box(&again)).map_or(0, |chain| chain.len())
        }),
        Case::new("MM1 encode to one buffer, 300 kB", PAYLOAD, move || {
            mm1::encode(black_box(&pdu)).map_or(0, |octets| octets.len())
        })
        .beside(COPY, move || black_box(black_box(&content).to_vec()).len()),
    ];
    deployed.into_iter().chain(encoded).chain(large).collect()
}

fn send() -> Pdu {
    let part = |media: &str, name: &str, octets: Bytes| {
        let mut part = Part::new(ContentType::new(media).with("name", name), octets);
        part.content_id = Some(format!("<{name}>").into());
        part.content_location = Some(name.into());
        part
    };
    let related = ContentType::new("application/vnd.wap.multipart.related");
    let related = related.with("start", "<slides.smil>").with("type", "application/smil");
    let mut message = Message::default();
    message.to.push(Address::phone("+447700900456"));
    message.subject = Some("Holiday pictures".into());
    message.body = Some(Part::multipart(
        related,
        vec![
            part("application/smil", "slides.smil", Bytes::from_static(b"<smil><body/></smil>")),
            part("text/plain", "text.txt", Bytes::from_static(b"Hello from the seaside")),
            part("image/jpeg", "picture.jpg", noise()),
        ],
    ));
    let mut pdu = SendReq::default();
    pdu.transaction_id = Some("T20240101.0001".into());
    pdu.version = Version::V1_2;
    pdu.message = message;
    pdu.message.from = Some(Originator::InsertAddress);
    pdu.into()
}

//! All messages and reports there are: the repository's vectors, made ones, and the corpus.

use std::fs;

use mms_codec::{Bytes, mm1, mm4, mm7};

use crate::{corpus, vectors};

/// A decoded PDU of any interface.
#[derive(Clone, Debug)]
pub(crate) enum Any {
    Mm1(mm1::Pdu),
    Mm4(mm4::Pdu),
    Mm7(mm7::Envelope),
}

const MM4: [&str; 7] = [
    "forward_req",
    "forward_res",
    "delivery_report_req",
    "delivery_report_res",
    "read_reply_report_req",
    "read_reply_report_res",
    "tolerant",
];

fn decoded(octets: &Bytes) -> Option<Any> {
    if mm7::detect(octets) {
        return mm7::decode_unlabelled(octets).ok().map(|decoded| Any::Mm7(decoded.value));
    }
    if mm4::detect(octets) {
        return mm4::decode(octets).ok().map(|decoded| Any::Mm4(decoded.value));
    }
    mm1::decode(octets).ok().map(|decoded| Any::Mm1(decoded.value))
}

/// With their names.
pub(crate) fn all() -> Vec<(String, Any)> {
    let mut all = Vec::new();
    for (name, octets) in vectors::all() {
        all.extend(decoded(&octets).map(|any| (name.to_owned(), any)));
    }
    for name in MM4 {
        let path = format!("{}/tests/vectors/mm4/{name}.eml", env!("CARGO_MANIFEST_DIR"));
        let octets = Bytes::from(fs::read_to_string(path).unwrap().replace('\n', "\r\n"));
        all.push((name.into(), decoded(&octets).unwrap()));
    }
    #[cfg(feature = "arbitrary")]
    all.extend(made());
    let own = all.len();
    assert!(own > 40, "{own} messages of the repository");
    if let Some(folder) = corpus::corpus() {
        let index: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("index.json")).unwrap()).unwrap();
        for entry in index["entries"].as_array().unwrap() {
            let kind = entry["kind"].as_str().unwrap();
            if !["mm1", "mm4", "mm7"].contains(&kind) {
                continue;
            }
            let file = entry["file"].as_str().unwrap();
            let octets = Bytes::from(fs::read(folder.join(file)).unwrap());
            let any = match entry["content_type"].as_str().filter(|_| kind == "mm7") {
                Some(label) => mm7::decode(label, &octets).ok().map(|decoded| Any::Mm7(decoded.value)),
                None => decoded(&octets),
            };
            all.extend(any.map(|any| (file.to_owned(), any)));
        }
        assert!(all.len() > own + 80, "{} messages of the corpus", all.len() - own);
    }
    all
}

#[cfg(feature = "arbitrary")]
fn made() -> Vec<(String, Any)> {
    use arbitrary::{Arbitrary, Unstructured};

    let mut made = Vec::new();
    for seed in 0..4 {
        for (number, pdu) in crate::samples::samples(seed * 7_919).into_iter().enumerate() {
            made.push((format!("made mm1 {seed}.{number}"), Any::Mm1(pdu)));
        }
    }
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for number in 0..200 {
        let octets: Vec<u8> = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        })
        .take(3_000)
        .collect();
        let mut from = Unstructured::new(&octets);
        made.extend(mm4::Pdu::arbitrary(&mut from).ok().map(|pdu| (format!("made mm4 {number}"), Any::Mm4(pdu))));
        let mut from = Unstructured::new(&octets);
        made.extend(mm7::Envelope::arbitrary(&mut from).ok().map(|pdu| (format!("made mm7 {number}"), Any::Mm7(pdu))));
    }
    made
}

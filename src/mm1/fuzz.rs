//! What has to hold for any octets and any PDU.

#![expect(clippy::panic, reason = "a panic says what a fuzz target found")]

use alloc::string::ToString;

use bytes::Bytes;

use super::{FieldCode, FieldName, Fields, Pdu, decode_with, encode, encode_chain, encoded_len};
use crate::options::{Deviation, DeviationKind, Options};

/// Decodes `data` in both ways, encodes what came out, and decodes that again.
///
/// # Panics
///
/// If the two ways disagree, if a place lies outside the data, or if what is written is less valid
/// than what was read, or not stable.
pub fn fuzz(data: &[u8]) {
    walk(data);
    let octets = Bytes::copy_from_slice(data);
    let lenient = decode_with(&octets, &Options::lenient());
    let strict = decode_with(&octets, &Options::strict());
    let decoded = match (lenient, strict) {
        (Ok(lenient), Ok(strict)) => {
            assert_eq!(lenient, strict, "strictly valid octets are read alike");
            assert!(lenient.deviations.is_empty(), "strict decoding forgives nothing");
            lenient
        }
        (Ok(lenient), Err(strict)) => {
            assert!(
                !lenient.deviations.is_empty(),
                "what strict decoding refuses is reported: {strict} {:02x?}",
                octets.get(strict.offset.saturating_sub(24)..octets.len().min(strict.offset + 12))
            );
            lenient
        }
        (Err(lenient), Err(_)) => {
            assert!(lenient.offset <= octets.len(), "an error is in the octets");
            return;
        }
        (Err(_), Ok(_)) => panic!("lenient decoding refuses what strict decoding takes"),
    };
    assert!(
        decoded.deviations.iter().all(|deviation| deviation.offset <= octets.len()),
        "a deviation is in the octets"
    );
    show(&decoded.value);
    let Ok(encoded) = encode(&decoded.value) else { return };
    assert_eq!(encoded_len(&decoded.value), Ok(encoded.len()), "the encoded length is right");
    let chain = encode_chain(&decoded.value).map(|chain| chain.to_vec());
    assert_eq!(chain.as_ref(), Ok(&encoded), "the chain holds the same octets");
    // Text in a charset that is not known is written as it was.
    let lenient = Options { strict: false, ..strict_without_limits() };
    let again = decode_with(&encoded.clone().into(), &lenient);
    let again = again.unwrap_or_else(|error| panic!("what is encoded is read: {error}\n{:?}", decoded.value));
    let is_kept = |deviation: &Deviation| deviation.kind == DeviationKind::UnknownCharset;
    assert!(
        again.deviations.iter().all(is_kept),
        "what is encoded is valid: {:?}\n{:?}",
        again.deviations,
        decoded.value
    );
    assert_eq!(encode(&again.value).as_ref(), Ok(&encoded), "what is encoded is stable");
}

/// Makes a PDU of `data`, and does what [`check_structure`] does.
///
/// # Panics
///
/// If the PDU does not come back as it was.
#[cfg(feature = "arbitrary")]
pub fn fuzz_structure(data: &[u8]) {
    use arbitrary::{Arbitrary, Unstructured};

    let Ok(pdu) = Pdu::arbitrary(&mut Unstructured::new(data)) else { return };
    check_structure(&pdu);
}

/// Encodes a valid PDU, decodes that strictly, and does what [`fuzz()`] does.
///
/// # Panics
///
/// If the PDU does not come back as it was.
#[cfg(feature = "arbitrary")]
pub fn check_structure(pdu: &Pdu) {
    let encoded = encode(pdu).unwrap_or_else(|error| panic!("arbitrary PDUs are valid: {error}"));
    let decoded = decode_with(&encoded.clone().into(), &strict_without_limits());
    let decoded = decoded.unwrap_or_else(|error| panic!("what is encoded is valid: {error}\n{pdu:?}"));
    assert_eq!(decoded.value, *pdu, "what is decoded is what was encoded");
    fuzz(&encoded);
}

/// A PDU may have more parameters than its size lets a decoder expect.
const fn strict_without_limits() -> Options {
    let limits = crate::Limits { items: usize::MAX, parts: usize::MAX, ..crate::Limits::DEFAULT };
    Options { limits, ..Options::strict() }
}

/// Every field is where it says, and they lie side by side.
fn walk(octets: &[u8]) {
    let mut end = 0;
    for field in Fields::new(octets).map_while(Result::ok) {
        assert_eq!(field.offset, end, "fields leave no gaps");
        let name = match field.name {
            FieldName::Code(_) => 1,
            FieldName::Text(text) => text.len() + 1,
        };
        end += name + field.value.len();
        let is_last = field.name == FieldName::Code(FieldCode::CONTENT_TYPE);
        assert!(if is_last { end == octets.len() } else { end <= octets.len() }, "fields lie in the PDU");
    }
}

/// Everything that shows a PDU.
fn show(pdu: &Pdu) {
    for field in pdu.fields() {
        assert!(!field.values.is_empty(), "a field that is shown has a value");
        field.values.iter().for_each(|value| drop(value.to_string()));
    }
    if let Some(body) = pdu.body() {
        let _ = body.root().map(|root| (root.name(), root.text()));
        for leaf in body.leaves() {
            let _ = (leaf.name(), leaf.text(), leaf.content_type.to_string());
        }
    }
}

//! What has to hold for any octets and any PDU: the bodies of the fuzz targets, which tests replay.

#![expect(clippy::panic, reason = "a panic says what a fuzz target found")]
use alloc::string::ToString;

use bytes::Bytes;

use super::{FieldCode, FieldName, Fields, Pdu, decode_with, encode, encode_chain, encoded_len};
use crate::options::Options;

/// Any octets: both ways of decoding agree, what is forgiven is in the octets, and what is encoded
/// again is as valid and stable.
///
/// # Panics
///
/// Panics if one of these does not hold.
#[doc(hidden)]
pub fn fuzz(octets: &[u8]) {
    walk(octets);
    let input = Bytes::copy_from_slice(octets);
    let lenient = decode_with(&input, &Options::lenient());
    let strict = decode_with(&input, &Options::strict());
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
    assert_eq!(encoded_len(&decoded.value), Ok(encoded.len()), "the encoded length is told");
    let chain = encode_chain(&decoded.value).map(|chain| chain.to_vec());
    assert_eq!(chain.as_ref(), Ok(&encoded), "the chain holds the same octets");
    // What was kept as it came, such as a value that nobody understands, is written as it came.
    let options = Options { strict: decoded.deviations.is_empty(), ..Options::default() };
    let again = decode_with(&encoded.clone().into(), &options).map(|decoded| decoded.value);
    let again = again.unwrap_or_else(|error| panic!("what is encoded is valid: {error}"));
    assert_eq!(encode(&again).as_ref(), Ok(&encoded), "what is encoded is stable");
}

/// Any PDU that the encoder takes: it comes back as it was, and the ways of encoding agree.
///
/// # Panics
///
/// Panics if one of these does not hold.
#[cfg(feature = "arbitrary")]
#[doc(hidden)]
pub fn fuzz_structure(octets: &[u8]) {
    use arbitrary::{Arbitrary, Unstructured};

    let Ok(pdu) = Pdu::arbitrary(&mut Unstructured::new(octets)) else { return };
    check_structure(&pdu);
}

#[cfg(feature = "arbitrary")]
#[doc(hidden)]
pub fn check_structure(pdu: &Pdu) {
    let encoded = encode(pdu).unwrap_or_else(|error| panic!("arbitrary PDUs are valid: {error}"));
    // A PDU may have more parameters than its size lets a decoder expect.
    let limits = crate::Limits { items: usize::MAX, parts: usize::MAX, ..crate::Limits::DEFAULT };
    let decoded = decode_with(&encoded.clone().into(), &Options { limits, ..Options::strict() });
    let decoded = decoded.unwrap_or_else(|error| panic!("what is encoded is valid: {error}\n{pdu:?}"));
    assert_eq!(decoded.value, *pdu, "what is decoded is what was encoded");
    fuzz(&encoded);
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

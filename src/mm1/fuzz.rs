//! What has to hold for any octets and any PDU.

use alloc::string::ToString;

use arbitrary::{Arbitrary, Unstructured};
use bytes::Bytes;

use super::Pdu;
use crate::fuzz::{Codec, Mm1, property};
use crate::options::Options;

/// Decodes `data` in both ways, encodes what came out, and decodes that again.
pub(crate) fn fuzz(data: &[u8]) {
    let octets = Bytes::copy_from_slice(data);
    property::fields_agree_with_decode(&octets);
    property::all::<Mm1>(&octets);
    let Ok(decoded) = Mm1::decode(&octets, &Options::lenient()) else { return };
    let Some(body) = decoded.value.body() else { return };
    let _ = body.root().map(|root| (root.name(), root.text()));
    for leaf in body.leaves() {
        let _ = (leaf.name(), leaf.text(), leaf.content_type.to_string());
    }
}

/// Encodes a PDU made of `data`, which is valid and comes back as it was.
pub(crate) fn fuzz_structure(data: &[u8]) {
    let Ok(pdu) = Pdu::arbitrary(&mut Unstructured::new(data)) else { return };
    property::what_is_made_comes_back::<Mm1>(&pdu);
}

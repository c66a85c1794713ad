//! PDUs made by `arbitrary`.

use alloc::collections::BTreeMap;

use arbitrary::{Arbitrary, Unstructured};
use mms_codec::mm1::{MessageType, Pdu};

/// A PDU made of these octets, if they suffice.
pub(crate) fn pdu(octets: &[u8]) -> Option<Pdu> {
    Pdu::arbitrary(&mut Unstructured::new(octets)).ok()
}

/// Of every PDU a sample with many fields, the same in every run; others for another `seed`.
pub(crate) fn samples(seed: u64) -> Vec<Pdu> {
    let mut best = BTreeMap::<MessageType, (usize, Pdu)>::new();
    let mut state = 0x2545_f491_4f6c_dd1d_u64 ^ seed;
    for _ in 0..4_000 {
        let octets: Vec<u8> = core::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        })
        .take(1_500)
        .collect();
        let Some(pdu) = pdu(&octets) else { continue };
        let parts = pdu.body().map_or(0, |body| body.leaves().count());
        let size = pdu.fields().len() + parts;
        let entry = best.entry(pdu.message_type()).or_insert((size, pdu.clone()));
        if size > entry.0 {
            *entry = (size, pdu);
        }
    }
    assert_eq!(best.len(), MessageType::ALL.len(), "there is a sample of every PDU");
    best.into_values().map(|(_, pdu)| pdu).collect()
}

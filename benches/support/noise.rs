//! A payload for the benches.

use mms_codec::Bytes;

pub(crate) const PAYLOAD: usize = 300_000;

/// Octets without a pattern.
pub(crate) fn noise() -> Bytes {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..PAYLOAD).map(|_| next()).collect()
}

//! What the targets for libFuzzer share.

use libfuzzer_sys::fuzzer_mutate;
use mms_codec::fuzz::{Target, mutate};

/// Changes an input of this target, for `fuzz_mutator!`: every second change is one of pieces, the others are those of
/// libFuzzer.
pub fn change(target: Target, data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let Some(syntax) = target.syntax().filter(|_| !seed.is_multiple_of(2)) else {
        return fuzzer_mutate(data, size, max_size);
    };
    let changed = mutate(syntax, &data[..size], &data[..size], seed.into(), max_size);
    data[..changed.len()].copy_from_slice(&changed);
    changed.len()
}

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use mms_codec::fuzz::{Syntax, Target, mutate};

fuzz_target!(|data: &[u8]| Target::Mm4.run(data));

// Every second change is one of pieces, the others are those of libFuzzer.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed.is_multiple_of(2) {
        return fuzzer_mutate(data, size, max_size);
    }
    let changed = mutate(Syntax::Lines, &data[..size], &data[..size], seed.into(), max_size);
    data[..changed.len()].copy_from_slice(&changed);
    changed.len()
});

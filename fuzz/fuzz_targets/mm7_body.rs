#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use mms_codec::fuzz::Target;

fuzz_target!(|data: &[u8]| Target::Mm7Body.run(data));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mms_codec_fuzz::change(Target::Mm7Body, data, size, max_size, seed)
});

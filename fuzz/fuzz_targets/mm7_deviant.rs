#![no_main]

use mms_codec::fuzz::Target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| Target::Mm7Deviant.run(data));

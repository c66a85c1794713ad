#![no_main]

use mms_codec::fuzz::Target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| Target::CdrStructure.run(data));

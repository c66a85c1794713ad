#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| mms_codec::wsp::fuzz(data));

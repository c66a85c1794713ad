#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| mms_codec::mm7::fuzz_text(octets));

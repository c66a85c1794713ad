#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| mms_codec::client::fuzz(octets));

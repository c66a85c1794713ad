#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| mms_codec::mm4::fuzz_mailbox(octets));

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    mms_codec::cdr::fuzz(data);
    mms_codec::cdr::fuzz_structure(data);
});

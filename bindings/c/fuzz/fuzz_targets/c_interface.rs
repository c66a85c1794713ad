#![no_main]

#[path = "../../tests/any_octets.rs"]
mod any_octets;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| any_octets::fuzz(octets));

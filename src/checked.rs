//! Deserialising values that not every number is one of: what no decoder produces is an error.

use serde::de::{Deserialize, Deserializer, Error, Unexpected};

/// A number without the high bit, which marks it as one on the wire.
pub(crate) fn without_high_bit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    octet(deserializer, |octet| octet < 0x80, &"a number below 128")
}

/// A number with the high bit: a short-integer as it is on the wire.
pub(crate) fn with_high_bit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    octet(deserializer, |octet| octet >= 0x80, &"a number from 128 to 255")
}

/// A header code page: 0 is none.
pub(crate) fn code_page<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    octet(deserializer, |octet| octet > 0, &"a number from 1 to 255")
}

fn octet<'de, D: Deserializer<'de>>(
    deserializer: D,
    is_valid: fn(u8) -> bool,
    expected: &'static &'static str,
) -> Result<u8, D::Error> {
    let octet = u8::deserialize(deserializer)?;
    if is_valid(octet) { Ok(octet) } else { Err(D::Error::invalid_value(Unexpected::Unsigned(octet.into()), expected)) }
}

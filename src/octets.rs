//! Octets in formats of serde: base64 where people read them, octets elsewhere.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::{DeserializeSeed, Deserializer, Error, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};

pub(crate) fn serialize<S: Serializer>(octets: &Bytes, to: S) -> Result<S::Ok, S::Error> {
    if to.is_human_readable() { to.serialize_str(&STANDARD.encode(octets)) } else { octets.serialize(to) }
}

/// Reads base64, and also numbers.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Bytes, D::Error> {
    if from.is_human_readable() { from.deserialize_any(Readable) } else { Bytes::deserialize(from) }
}

/// [`deserialize`] for content that another visitor finds.
pub(crate) struct Octets;

impl<'de> DeserializeSeed<'de> for Octets {
    type Value = Bytes;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Bytes, D::Error> {
        deserialize(from)
    }
}

struct Readable;

impl<'de> Visitor<'de> for Readable {
    type Value = Bytes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("octets in base64")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Bytes, E> {
        STANDARD.decode(text).map(Bytes::from).map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Bytes, A::Error> {
        let mut octets = Vec::new();
        while let Some(octet) = from.next_element()? {
            octets.push(octet);
        }
        Ok(octets.into())
    }
}

/// The same for octets that may be absent.
#[cfg(any(feature = "mm1", feature = "cdr"))]
pub(crate) mod option {
    use super::{Bytes, Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Wrapped(#[serde(with = "super")] Bytes);

    pub(crate) fn serialize<S: Serializer>(octets: &Option<Bytes>, to: S) -> Result<S::Ok, S::Error> {
        octets.clone().map(Wrapped).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Bytes>, D::Error> {
        Option::<Wrapped>::deserialize(from).map(|wrapped| wrapped.map(|Wrapped(octets)| octets))
    }
}

/// The name or the number of a code, in a format that people read.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Code<N> {
    Name(String),
    Number(N),
}

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

#[cfg(test)]
mod tests {
    use crate::message::{Content, ContentType, Part};
    use bytes::Bytes;

    #[test]
    fn octets_are_base64_where_people_read_them_and_numbers_are_read_too() {
        let part = Part::new(ContentType::new("image/gif"), Bytes::from(alloc::vec![0xff; 692]));
        let json = serde_json::to_string(&part.content).unwrap();
        assert_eq!(json.len(), r#"{"Octets":""}"#.len() + 924);
        assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), part.content);
        let numbers = serde_json::from_str::<Content>(r#"{"Octets":[71,73,70]}"#).unwrap();
        assert_eq!(numbers, Content::Octets(Bytes::from_static(b"GIF")));
        for wrong in [r#"{"Octets":"R0l"}"#, r#"{"Octets":[256]}"#, r#"{"Octets":1}"#] {
            assert!(serde_json::from_str::<Content>(wrong).is_err(), "{wrong}");
        }
    }

    #[cfg(feature = "mm1")]
    #[test]
    fn codes_are_names_where_people_read_them_and_numbers_are_read_too() {
        use crate::mm1::ResponseStatus;
        for (status, json) in [
            (ResponseStatus::ERROR_PERMANENT_CONTENT_NOT_ACCEPTED, r#""Error-permanent-content-not-accepted""#),
            (ResponseStatus::from_octet(0xfe), "254"),
        ] {
            assert_eq!(serde_json::to_string(&status).unwrap(), json);
            assert_eq!(serde_json::from_str::<ResponseStatus>(json).unwrap(), status);
        }
        assert_eq!(serde_json::from_str::<ResponseStatus>("229").unwrap().octet(), 229);
        assert!(serde_json::from_str::<ResponseStatus>(r#""Nothing""#).is_err());
    }
}

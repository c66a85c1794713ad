//! Deserialising parts, which nest at most [`Limits::MAX_DEPTH`] deep: not every format has a limit
//! that keeps the stack from running out.

use alloc::vec::Vec;
use core::fmt;

use crate::octets::Octets;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::part::{Content, Part};
use super::parts::Parts;
use crate::options::Limits;

/// Reads [`Parts`] nested up to a number of levels.
struct PartsWithin(usize);

/// A part in which they do.
struct PartWithin(usize);

/// Content in which they do.
struct ContentWithin(usize);

/// One of such parts.
struct InnerWithin(usize);

impl<'de> Deserialize<'de> for Parts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        PartsWithin(Limits::MAX_DEPTH).deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        PartWithin(Limits::MAX_DEPTH).deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ContentWithin(Limits::MAX_DEPTH).deserialize(deserializer)
    }
}

impl<'de> DeserializeSeed<'de> for PartsWithin {
    type Value = Parts;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Parts, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for PartsWithin {
    type Value = Parts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence of parts")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Parts, A::Error> {
        let mut parts = Vec::new();
        while let Some(part) = from.next_element_seed(InnerWithin(self.0))? {
            parts.push(part);
        }
        Ok(parts.into())
    }
}

impl<'de> DeserializeSeed<'de> for InnerWithin {
    type Value = Part;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Part, D::Error> {
        let levels = self.0.checked_sub(1).ok_or_else(|| D::Error::custom("parts are nested too deep"))?;
        PartWithin(levels).deserialize(deserializer)
    }
}

#[derive(serde::Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Field {
    ContentType,
    ContentId,
    ContentLocation,
    Disposition,
    Headers,
    Content,
    #[serde(other)]
    Other,
}

const FIELDS: &[&str] = &["content_type", "content_id", "content_location", "disposition", "headers", "content"];

impl<'de> DeserializeSeed<'de> for PartWithin {
    type Value = Part;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Part, D::Error> {
        deserializer.deserialize_struct("Part", FIELDS, self)
    }
}

impl<'de> Visitor<'de> for PartWithin {
    type Value = Part;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("struct Part")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Part, A::Error> {
        let too_short = |length| A::Error::invalid_length(length, &"struct Part with 6 elements");
        Ok(Part {
            content_type: from.next_element()?.ok_or_else(|| too_short(0))?,
            content_id: from.next_element()?.ok_or_else(|| too_short(1))?,
            content_location: from.next_element()?.ok_or_else(|| too_short(2))?,
            disposition: from.next_element()?.ok_or_else(|| too_short(3))?,
            headers: from.next_element()?.ok_or_else(|| too_short(4))?,
            content: from.next_element_seed(ContentWithin(self.0))?.ok_or_else(|| too_short(5))?,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Part, A::Error> {
        let (mut content_type, mut content_id, mut content_location) = (None, None, None);
        let (mut disposition, mut headers, mut content) = (None, None, None);
        while let Some(field) = from.next_key()? {
            match field {
                Field::ContentType => put(&mut content_type, from.next_value()?, "content_type"),
                Field::ContentId => put(&mut content_id, from.next_value()?, "content_id"),
                Field::ContentLocation => put(&mut content_location, from.next_value()?, "content_location"),
                Field::Disposition => put(&mut disposition, from.next_value()?, "disposition"),
                Field::Headers => put(&mut headers, from.next_value()?, "headers"),
                Field::Content => put(&mut content, from.next_value_seed(ContentWithin(self.0))?, "content"),
                Field::Other => from.next_value::<serde::de::IgnoredAny>().map(drop),
            }?;
        }
        let missing = A::Error::missing_field;
        Ok(Part {
            content_type: content_type.ok_or_else(|| missing("content_type"))?,
            content_id: content_id.unwrap_or_default(),
            content_location: content_location.unwrap_or_default(),
            disposition: disposition.unwrap_or_default(),
            headers: headers.ok_or_else(|| missing("headers"))?,
            content: content.ok_or_else(|| missing("content"))?,
        })
    }
}

fn put<T, E: Error>(field: &mut Option<T>, value: T, name: &'static str) -> Result<(), E> {
    match field.replace(value) {
        None => Ok(()),
        Some(_) => Err(E::duplicate_field(name)),
    }
}

#[derive(serde::Deserialize)]
#[serde(variant_identifier)]
enum Variant {
    Octets,
    Parts,
}

impl<'de> DeserializeSeed<'de> for ContentWithin {
    type Value = Content;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content, D::Error> {
        deserializer.deserialize_enum("Content", &["Octets", "Parts"], self)
    }
}

impl<'de> Visitor<'de> for ContentWithin {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("enum Content")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, from: A) -> Result<Content, A::Error> {
        match from.variant()? {
            (Variant::Octets, from) => from.newtype_variant_seed(Octets).map(Content::Octets),
            (Variant::Parts, from) => from.newtype_variant_seed(PartsWithin(self.0)).map(Content::Parts),
        }
    }
}

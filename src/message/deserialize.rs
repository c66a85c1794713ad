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

#[cfg(test)]
mod tests {
    use super::super::content_type::ContentType;
    use super::*;
    use alloc::string::String;

    /// Parts in each other, as JSON.
    fn nested(depth: usize) -> String {
        let type_of = |subtype| serde_json::to_string(&ContentType::new(subtype)).unwrap();
        let (outer, inner) = (type_of("application/vnd.wap.multipart.mixed"), type_of("text/plain"));
        let begin = |of: &str| alloc::format!(r#"{{"content_type":{of},"headers":[],"content":"#);
        let (before, leaf) = (begin(&outer) + r#"{"Parts":["#, begin(&inner) + r#"{"Octets":[104,105]}}"#);
        before.repeat(depth) + &leaf + &"]}}".repeat(depth)
    }

    /// Reads as deep as the type lets it.
    fn read<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, serde_json::Error> {
        let mut from = serde_json::Deserializer::from_str(json);
        from.disable_recursion_limit();
        T::deserialize(&mut from)
    }

    #[test]
    fn nesting_is_bounded_where_the_format_does_not_bound_it() {
        let deepest: Part = read(&nested(Limits::MAX_DEPTH)).unwrap();
        assert_eq!(read::<Part>(&serde_json::to_string(&deepest).unwrap()).unwrap(), deepest);
        for depth in [Limits::MAX_DEPTH + 1, 200_000] {
            let error = read::<Part>(&nested(depth)).unwrap_err();
            assert!(alloc::format!("{error}").starts_with("parts are nested too deep"), "{error}");
            assert!(read::<Parts>(&alloc::format!("[{}]", nested(depth))).is_err());
        }
    }

    #[test]
    fn parts_are_read_as_a_derived_implementation_reads_them() {
        let part: Part = read(&nested(1)).unwrap();
        let json = serde_json::to_string(&part).unwrap();
        assert_eq!(read::<Part>(&json).unwrap(), part);
        // Fields that are not known are passed over.
        assert_eq!(read::<Part>(&json.replacen('{', r#"{"more":[1],"#, 1)).unwrap(), part);
        let whole = serde_json::to_value(&part).unwrap();
        let fields = whole.as_object().unwrap();
        assert!(fields.keys().eq(FIELDS));
        // In a format without names.
        let values: Vec<_> = fields.values().cloned().collect();
        assert_eq!(serde_json::from_value::<Part>(values.into()).unwrap(), part);
        for name in FIELDS {
            let mut fields = fields.clone();
            let value = fields.remove(*name).unwrap();
            assert_eq!(serde_json::from_value::<Part>(fields.into()).is_ok(), value.is_null(), "{name}");
            let twice = json.replacen('{', &alloc::format!(r#"{{"{name}":{value},"#), 1);
            assert!(alloc::format!("{}", read::<Part>(&twice).unwrap_err()).starts_with("duplicate field"), "{name}");
        }
        assert!(read::<Content>(r#"{"Other":[]}"#).is_err());
    }
}

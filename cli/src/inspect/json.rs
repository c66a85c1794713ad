//! The output for scripts. Its form is a promise: see the documentation of the program.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::RangeFrom;

use mms_codec::{DecodeError, Deviation, Shown, ShownField};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::Failure;
use super::view::{Leaf, View};
use crate::printable::is_unsafe;

/// A decoded file on one line.
pub(crate) fn view(file: &str, view: &View) -> String {
    line(Map::from_iter([("file".into(), file.into())]).into_iter().chain(object(view)).collect())
}

/// A file that did not decode, on one line.
pub(crate) fn failure(file: &str, failure: &Failure) -> String {
    let error = match failure {
        Failure::Decode(error) => decode_error(error),
        other => error(&other.message(), None, None),
    };
    line(Map::from_iter([("file".into(), file.into()), ("error".into(), error)]))
}

fn object(view: &View) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("interface".into(), view.interface.into());
    object.insert("type".into(), view.type_name.as_str().into());
    object.insert("fields".into(), fields(&view.fields).into());
    if !view.messages.is_empty() {
        object.insert("messages".into(), view.messages.clone().into());
    }
    match &view.pdu {
        Some(pdu) => object.insert("pdu".into(), self::object(pdu).into()),
        // A record has no parts, and no place for any.
        None if view.interface == "cdr" => None,
        None => object.insert("parts".into(), view.leaves.iter().map(part).collect()),
    };
    object.insert("deviations".into(), view.deviations.iter().map(deviation).collect());
    object
}

fn fields(fields: &[ShownField]) -> Map<String, Value> {
    let mut object = Map::new();
    let mut numbers = HashMap::<&str, RangeFrom<u32>>::new();
    for field in fields {
        // A report has one recipient, but a script is to find them in one form wherever they are.
        let repeats = field.repeats || field.name == "To";
        let value = match field.values.as_slice() {
            [one] if !repeats => shown(one),
            many => many.iter().map(shown).collect(),
        };
        let mut name = field.name.clone();
        while object.contains_key(&name) {
            let number = numbers.entry(&field.name).or_insert(2..).next().unwrap_or_default();
            name = format!("{} ({number})", field.name);
        }
        object.insert(name, value);
    }
    object
}

fn shown(value: &Shown) -> Value {
    match value {
        Shown::Number(number) => (*number).into(),
        other => other.to_string().into(),
    }
}

fn part(leaf: &Leaf) -> Value {
    let part = &leaf.part;
    let octets = leaf.octets();
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| drop(object.insert(key.into(), value));
    put("path", leaf.path.as_str().into());
    put("content_type", part.content_type.to_string().into());
    for (key, value) in [
        ("content_id", part.content_id.as_deref()),
        ("content_location", part.content_location.as_deref()),
        ("name", part.name().as_deref()),
    ] {
        if let Some(value) = value {
            put(key, value.into());
        }
    }
    put("length", octets.len().into());
    put("sha256", sha256(&octets).into());
    if let Some(text) = part.text() {
        put("text", text.into());
    }
    match &leaf.pdu {
        Some(Ok(pdu)) => put("pdu", self::object(pdu).into()),
        Some(Err(error)) => put("error", decode_error(error)),
        None => {}
    }
    if let Some(extracted) = &leaf.extracted {
        put("extracted", extracted.as_str().into());
    }
    object.into()
}

fn sha256(octets: &[u8]) -> String {
    Sha256::digest(octets).iter().fold(String::new(), |mut hex, octet| {
        let _ = write!(hex, "{octet:02x}");
        hex
    })
}

fn deviation(deviation: &Deviation) -> Value {
    let mut object = Map::new();
    object.insert("offset".into(), deviation.offset.into());
    if let Some(field) = deviation.field {
        object.insert("field".into(), field.into());
    }
    object.insert("kind".into(), deviation.kind.name().into());
    object.into()
}

fn decode_error(error: &DecodeError) -> Value {
    self::error(&error.kind.to_string(), Some(error.offset), error.field)
}

/// An error has all of its keys, whatever failed.
fn error(message: &str, offset: Option<usize>, field: Option<&str>) -> Value {
    let entries: [(&str, Value); 3] = [("message", message.into()), ("offset", offset.into()), ("field", field.into())];
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// JSON escapes few of the characters that control terminals. Where the others stand, they are
/// inside strings.
pub(crate) fn line(object: Map<String, Value>) -> String {
    let json = Value::from(object).to_string();
    if !json.contains(is_unsafe) {
        return json;
    }
    json.chars().fold(String::with_capacity(json.len()), |mut line, c| {
        if is_unsafe(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(line, "\\u{unit:04x}");
            }
        } else {
            line.push(c);
        }
        line
    })
}

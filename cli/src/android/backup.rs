//! The XML of SMS Backup & Restore: an element `mms` for each message, with `part` and `addr` inside.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mms_codec::Bytes;
use mms_codec::message::{Charset, Text};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Columns, Stored};

/// Whether the octets begin as such a file.
pub(super) fn detect(octets: &[u8]) -> bool {
    let start = octets.get(..octets.len().min(4_096)).unwrap_or_default();
    let starts = [&b"<"[..], b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<"];
    let is_xml = starts.iter().any(|xml| start.trim_ascii_start().starts_with(xml));
    is_xml && text(start).contains("<smses")
}

/// The text of the file, in the charset that it says, else in UTF-8.
fn text(octets: &[u8]) -> Cow<'_, str> {
    let declaration = octets.get(..octets.len().min(100)).unwrap_or_default();
    let (charset, unit) = match octets {
        [0xff, 0xfe, ..] => (Some(Charset::UTF_16LE), 2),
        [0xfe, 0xff, ..] => (Some(Charset::UTF_16BE), 2),
        _ => (encoding(declaration).and_then(Charset::from_name).filter(|charset| *charset != Charset::UTF_8), 1),
    };
    let decoded = charset.and_then(|charset| {
        // Half a character at the end is not one.
        let whole = octets.get(..octets.len() / unit * unit)?;
        let text = Text::from_octets(Bytes::copy_from_slice(whole), charset);
        text.as_str().map(|text| Cow::Owned(text.to_owned()))
    });
    decoded.unwrap_or_else(|| String::from_utf8_lossy(octets))
}

/// The name of the charset in the declaration of XML.
fn encoding(declaration: &[u8]) -> Option<&str> {
    let declaration = str::from_utf8(declaration.split(|octet| *octet == b'>').next()?).ok()?;
    let (_, value) = declaration.split_once("encoding=")?;
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value.split(quote).nth(1)
}

/// The messages of a file. Where one is broken, or the XML is, there is an error in its place; what is behind broken XML
/// is not read.
pub(super) fn messages(octets: &[u8]) -> Vec<Stored> {
    let text = text(octets);
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut messages: Vec<Stored> = Vec::new();
    let mut open: Option<Stored> = None;
    let broken = |number: usize, error: String| Stored {
        place: (number + 1).to_string(),
        error: Some(error),
        ..Stored::default()
    };
    loop {
        let at = reader.buffer_position();
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                messages.push(broken(messages.len(), format!("{error}, at octet {at}")));
                return messages;
            }
        };
        match event {
            Event::Start(element) if element.name().as_ref() == "mms" => open = Some(stored(&element, messages.len())),
            Event::Empty(element) if element.name().as_ref() == "mms" => {
                messages.push(stored(&element, messages.len()));
            }
            Event::End(element) if element.name().as_ref() == "mms" => messages.extend(open.take()),
            Event::Start(element) | Event::Empty(element) => {
                if let Some(message) = &mut open {
                    add(&element, message);
                }
            }
            Event::Eof => {
                messages.extend(open.map(|_| broken(messages.len(), "the file ends within the message".into())));
                return messages;
            }
            _ => {}
        }
    }
}

fn stored(element: &BytesStart<'_>, number: usize) -> Stored {
    Stored { place: (number + 1).to_string(), columns: columns(element), ..Stored::default() }
}

/// Takes an element inside of a message.
fn add(element: &BytesStart<'_>, message: &mut Stored) {
    let mut columns = columns(element);
    match element.name().as_ref() {
        "addr" => {
            let address = columns.text("address").map(Into::into);
            message.addresses.extend(columns.number("type").zip(address));
        }
        "part" => {
            let data = columns.0.remove("data").filter(|data| data != "null").unwrap_or_default();
            let data: Vec<u8> = data.into_bytes().into_iter().filter(|c| !c.is_ascii_whitespace()).collect();
            match STANDARD.decode(data) {
                Ok(octets) => message.parts.push((columns, octets)),
                Err(error) => message.error = Some(format!("data: {error}")),
            }
        }
        _ => {}
    }
}

/// The attributes.
fn columns(element: &BytesStart<'_>) -> Columns {
    let mut attributes = element.html_attributes();
    let named = attributes
        .with_checks(false)
        .flatten()
        .map(|attribute| (attribute.key.as_ref().to_owned(), unescape(&attribute.value)));
    Columns(named.collect())
}

/// The text of an attribute. Characters beyond the basic plane are written as two references, one for each half of UTF-16.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut high = None;
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, behind) = rest.split_at(at);
        flush(&mut plain, if before.is_empty() { None } else { high.take() });
        plain.push_str(before);
        let reference = behind.find(';').filter(|end| *end < 12).and_then(|end| behind.get(1..end));
        let Some(reference) = reference else {
            flush(&mut plain, high.take());
            plain.push('&');
            rest = behind.get(1..).unwrap_or_default();
            continue;
        };
        rest = behind.get(reference.len() + 2..).unwrap_or_default();
        let number = reference.strip_prefix('#').and_then(|digits| match digits.strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => digits.parse().ok(),
        });
        match (number, high) {
            (Some(low @ 0xdc00..=0xdfff), Some(first)) => {
                high = None;
                plain.push(char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00)).unwrap_or('\u{fffd}'));
            }
            (number, _) => {
                flush(&mut plain, high.take());
                match number {
                    Some(number @ 0xd800..=0xdbff) => high = Some(number),
                    Some(number) => plain.push(char::from_u32(number).unwrap_or('\u{fffd}')),
                    None => match reference {
                        "amp" => plain.push('&'),
                        "lt" => plain.push('<'),
                        "gt" => plain.push('>'),
                        "quot" => plain.push('"'),
                        "apos" => plain.push('\''),
                        other => plain.extend(["&", other, ";"]),
                    },
                }
            }
        }
    }
    flush(&mut plain, if rest.is_empty() { None } else { high.take() });
    flush(&mut plain, high);
    plain.push_str(rest);
    plain
}

/// Half of a character without the other is none.
fn flush(plain: &mut String, half: Option<u32>) {
    plain.extend(half.map(|_| '\u{fffd}'));
}

//! Parts that no decoder gives, as constructors and deserialization can make them.

use mms_codec::message::{ContentDisposition, ContentType, Header, Parameter, Part};

/// What puts a line, or the end of a text, into the middle of a value.
const CONTROLS: [&str; 5] = ["a\r\nX-Evil: 1", "a\rb", "a\nb", "a\0b", "\u{7f}a\u{1b}"];

/// What is not a token.
const NOT_TOKENS: [&str; 6] = ["", "a b", "a;b", "a:b", "a\r\nX-Evil", "\u{e9}"];

const NOT_MEDIA_TYPES: [&str; 7] =
    ["", "text", "text/", "/plain", "text/pl ain", "text/plain; a=b", "text/plain\r\nX-Evil: 1"];

/// The header that has to be named in the error, and the part. Headers of any other name are named by nothing.
pub(crate) fn parts() -> Vec<(Option<&'static str>, Part)> {
    let mut parts = Vec::new();
    let mut add = |field, change: &dyn Fn(&mut Part)| {
        let mut part = Part::new(ContentType::new("text/plain"), "hello");
        change(&mut part);
        parts.push((field, part));
    };
    let text = |name: &str, value: &str| Parameter::Text { name: name.into(), value: value.into() };
    let (of_type, of_disposition) = (Some("Content-Type"), Some("Content-Disposition"));
    for media in NOT_MEDIA_TYPES {
        add(of_type, &|part| part.content_type = ContentType::new(media));
    }
    for name in NOT_TOKENS {
        add(of_type, &|part| part.content_type.parameters.push(text(name, "a")));
        add(of_disposition, &|part| part.disposition = Some(Box::new(ContentDisposition::new(name))));
        let disposition = |part: &mut Part| {
            let mut disposition = ContentDisposition::new("inline");
            disposition.parameters.push(text(name, "a"));
            part.disposition = Some(Box::new(disposition));
        };
        add(of_disposition, &disposition);
        add(None, &|part| part.headers.push(Header::Text { name: name.into(), value: "a".into() }));
    }
    for value in CONTROLS {
        add(of_type, &|part| part.content_type.parameters.push(text("name", value)));
        add(of_type, &|part| part.content_type.parameters.push(text("x-own", value)));
        add(of_type, &|part| part.content_type.parameters.push(text("charset", value)));
        add(of_disposition, &|part| {
            part.disposition = Some(Box::new(ContentDisposition::new("inline").with("filename", value)));
        });
        add(Some("Content-ID"), &|part| part.content_id = Some(value.into()));
        add(Some("Content-Location"), &|part| part.content_location = Some(value.into()));
        add(None, &|part| part.headers.push(Header::Text { name: "X-Own".into(), value: value.into() }));
        add(None, &|part| part.headers.push(Header::Text { name: "Expires".into(), value: value.into() }));
    }
    parts
}

//! The primitives of WSP. What a source refuses, strict mode has to refuse; what it takes, lenient
//! mode has to.

use mms_codec::message::{ContentType, Header, MediaType, Parameter};
use mms_codec::wsp::{Reader, Writer, value_length};
use mms_codec::{Bytes, DecodeError, EncodeError, Options};
use serde_json::{Value, json};

use super::{Outcome, octets_of, text};

pub(crate) fn read(primitive: &str, vector: &Value) -> Option<Outcome> {
    if primitive == "textual media type" {
        return Some(media_type_in_text(text(&vector["text"])));
    }
    if primitive == "textual header" {
        let (_, value) = text(&vector["text"]).split_once(':').unwrap();
        return Some(media_type_in_text(value));
    }
    let octets = octets_of(vector);
    let options = if vector.get("error").is_some() { Options::strict() } else { Options::lenient() };
    let with = |before: &[u8], after: &[u8]| Bytes::from([before, &octets, after].concat());
    let from = |octets: &Bytes, read: &dyn Fn(&mut Reader<'_>) -> Result<Value, DecodeError>| {
        read(&mut Reader::new(octets, &options)).map_err(|error| error.to_string())
    };
    // An integer that is larger than the numbers of JavaScript is an array of octets there.
    let number = |number: u64| match vector["expected"].get("octets") {
        Some(_) => {
            json!({"octets": number.to_be_bytes().into_iter().skip_while(|octet| *octet == 0).collect::<Vec<_>>()})
        }
        None => json!(number),
    };
    Some(match primitive {
        "WSP.Octet" => from(&octets, &|from| from.octet().map(|octet| json!(octet))),
        "WSP.Octet.decodeEqualTo" => match from(&octets, &|from| from.octet().map(|octet| json!(octet))) {
            Ok(octet) if octet != vector["equal"] => Err("another octet".into()),
            outcome => outcome,
        },
        "WSP.UintVar" | "uintvar" => from(&octets, &|from| from.uintvar().map(|value| json!(value))),
        "WSP.ShortInteger" => from(&octets, &|from| from.short_integer().map(|value| json!(value))),
        "WSP.LongInteger" => from(&octets, &|from| from.long_integer().map(number)),
        "WSP.IntegerValue" => from(&octets, &|from| from.integer_value().map(number)),
        // What the length counts has to be there.
        "WSP.ValueLength" => {
            let counted = vec![0; usize::try_from(vector["expected"].as_u64().unwrap_or_default()).unwrap()];
            from(&with(&[], &counted), &|from| from.value_length().map(|value| json!(value)))
        }
        "value-length" => from(&with(&[], &[0; 64]), &|from| {
            from.value_length().map(|value| json!({"value": value, "consumed": from.offset()}))
        }),
        "WSP.QValue" => from(&octets, &|from| from.q_value().map(|value| quality(f64::from(value) / 1000.0))),
        "WSP.VersionValue" => {
            from(&octets, &|from| from.version_value().map(|(major, minor)| json!(major << 4 | minor.unwrap_or(15))))
        }
        "WSP.NoValue" => {
            from(&with(b"\x03\x83\x90", b""), &|from| Ok(parameter(&from.content_type()?)["value"].clone()))
        }
        // One octet each, which stands behind another one here.
        "WSP.Text" => {
            let read = from(&with(b"a", b"\0"), &|from| from.text_string().map(|text| json!(text.as_str())));
            read.map(|value| json!(text(&value).strip_prefix('a').unwrap()))
        }
        "WSP.Token" => from(&with(b"", b"\0"), &|from| from.token_text().map(|text| json!(text.as_str()))),
        "WSP.URIC" => from(&with(b"", b"\0"), &|from| from.text_string().map(|text| json!(text.as_str()))),
        "WSP.NullTerminatedTexts" | "WSP.TextString" | "text-string" => {
            from(&octets, &|from| from.text_string().map(|text| json!(text.as_str())))
        }
        "text-string (raw)" => from(&octets, &|from| {
            let value = from.text_string()?;
            Ok(json!({"value": value.as_str(), "rest": String::from_utf8_lossy(from.remaining())}))
        }),
        "WSP.TokenText" => from(&octets, &|from| from.token_text().map(|text| json!(text.as_str()))),
        "WSP.QuotedString" => from(&octets, &|from| from.quoted_string().map(|text| json!(text.as_str()))),
        "WSP.TextValue" => from(&octets, &|from| from.text_value().map(|text| or_null(text.as_str()))),
        "WSP.skipValue" => from(&octets, &|from| from.raw_value().map(|value| skipped(&value))),
        "WSP.TypeValue" => {
            general(&with(b"\x89", b""), &options).map(|content_type| parameter(&content_type)["value"].clone())
        }
        "WSP.WellKnownCharset" => general(&with(b"\x81", b""), &options)
            .map(|content_type| json!({"charset": parameter(&content_type)["value"]})),
        "WSP.Parameter" | "WSP.Parameter.decodeTypedParameter" | "WSP.Parameter.decodeUntypedParameter" => {
            general(&octets, &options).map(|content_type| parameter(&content_type))
        }
        "content-type" => {
            from(&octets, &|from| from.content_type().map(|content_type| json!(content_type.media.name())))
        }
        "WSP.ContentTypeValue.decodeMedia" => {
            from(&octets, &|from| from.content_type().map(|content_type| media(&content_type)))
        }
        _ if primitive.starts_with("WSP.ContentTypeValue") => {
            from(&octets, &|from| from.content_type().map(|content_type| in_json(&content_type)))
        }
        "WSP.ApplicationIdValue" => header(&with(b"\xaf", b""), &options).map(|header| header["value"].clone()),
        "WSP.FieldName" => header(&with(b"\xaa", b""), &options).map(|header| lower(&header["value"])),
        "WSP.AcceptCharsetValue" => header(&with(b"\xbb", b""), &options).map(|header| {
            let value = text(&header["value"]);
            match value.split_once(";q=") {
                None => json!({"charset": value}),
                Some((charset, weight)) => json!({"charset": charset, "q": weight.parse::<f64>().unwrap()}),
            }
        }),
        "WSP.ApplicationHeader" => header(&octets, &options),
        "WSP.WellKnownHeader" => {
            header(&octets, &options).map(|header| match header["value"].as_str().map(str::parse::<u64>) {
                Some(Ok(number)) => json!({"name": header["name"], "value": number}),
                _ => header,
            })
        }
        _ => return None,
    })
}

pub(crate) fn write(primitive: &str, value: &Value) -> Option<Result<Vec<u8>, String>> {
    let to = |write: &dyn Fn(&mut Writer) -> Result<(), EncodeError>| {
        let mut writer = Writer::new();
        write(&mut writer).map(|()| writer.into_chain().to_vec()).map_err(|error| error.to_string())
    };
    let number = || match value {
        Value::Array(octets) if octets.len() > 8 => Err(String::from("more than 64 bits")),
        Value::Array(octets) => Ok(octets.iter().fold(0, |number, octet| number << 8 | octet.as_u64().unwrap())),
        number => Ok(number.as_u64().unwrap()),
    };
    let plain = || value.as_str().unwrap_or_default();
    let infallible = |write: &dyn Fn(&mut Writer)| {
        let mut writer = Writer::new();
        write(&mut writer);
        Ok(writer.into_chain().to_vec())
    };
    Some(match primitive {
        "WSP.UintVar" | "uintvar" => match u32::try_from(value.as_u64().unwrap()) {
            Ok(number) => infallible(&|to| to.uintvar(number)),
            Err(error) => Err(error.to_string()),
        },
        "WSP.ShortInteger" | "short-integer" => match u8::try_from(value.as_u64().unwrap()) {
            Ok(number) => infallible(&|to| to.short_integer(number)),
            Err(error) => Err(error.to_string()),
        },
        "WSP.LongInteger" => number().and_then(|number| infallible(&|to| to.long_integer(number))),
        "WSP.IntegerValue" => number().and_then(|number| infallible(&|to| to.integer_value(number))),
        "WSP.ValueLength" => {
            let counted = vec![0; usize::try_from(value.as_u64().unwrap()).unwrap()];
            let written = to(&|to| {
                to.composite(|to| {
                    to.octets(&counted);
                    Ok(())
                })
            });
            written.map(|octets| octets[..octets.len() - counted.len()].to_vec())
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 1000")]
        "WSP.QValue" => to(&|to| to.q_value((value.as_f64().unwrap() * 1000.0).round() as u16)),
        "WSP.VersionValue" => {
            let payload = u8::try_from(value.as_u64().unwrap()).unwrap();
            infallible(&|to| to.version_value(payload >> 4, Some(payload & 15).filter(|minor| *minor != 15)))
        }
        "WSP.Text" => {
            to(&|to| to.text_string(format!("a{}", plain()))).map(|octets| octets[1..octets.len() - 1].to_vec())
        }
        "WSP.Token" => to(&|to| to.token_text(plain())).map(|octets| octets[..octets.len() - 1].to_vec()),
        "WSP.NullTerminatedTexts" | "WSP.TextString" => to(&|to| to.text_string(plain())),
        "WSP.QuotedString" => to(&|to| to.quoted_string(plain())),
        "WSP.TextValue" => to(&|to| to.text_value(plain())),
        "WSP.FieldName" => coded(&["Vary", plain()]),
        "WSP.AcceptCharsetValue.encodeAnyCharset" => {
            coded(&["Accept-Charset", value["charset"].as_str().unwrap_or("*")])
        }
        "WSP.WellKnownCharset" => written(&[("charset", &value["charset"])]).map(|octets| octets[1..].to_vec()),
        "WSP.Parameter" | "WSP.Parameter.encodeTypedParameter" | "WSP.Parameter.encodeUntypedParameter" => {
            written(&[(text(&value["name"]), &value["value"])])
        }
        "WSP.Parameter.encodeMultiple" => {
            let parameters: Vec<_> =
                value.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), value)).collect();
            written(&parameters)
        }
        "WSP.ApplicationHeader" => {
            let plain = |value: &Value| value.as_str().unwrap_or_default().into();
            let header = Header::Text { name: plain(&value["name"]), value: plain(&value["value"]) };
            to(&|to| to.headers(core::slice::from_ref(&header)))
        }
        _ if primitive.starts_with("WSP.ContentTypeValue") => to(&|to| {
            let content_type = ContentType::new(text(&value["media"]));
            to.content_type(
                &parameters_in(&value["params"])
                    .fold(content_type, |content_type, (name, value)| content_type.with(name, value)),
            )
        }),
        _ => return None,
    })
}

/// A media type, its parameters in an object or in an array of objects.
fn parameters_in(params: &Value) -> impl Iterator<Item = (&str, String)> {
    let objects = params.as_array().map_or(core::slice::from_ref(params), Vec::as_slice);
    objects.iter().filter_map(Value::as_object).flatten().map(|(name, value)| (name.as_str(), as_text(value)))
}

/// `text/plain` with the parameters in `octets`.
fn general(octets: &Bytes, options: &Options) -> Result<ContentType, String> {
    let length = u8::try_from(octets.len() + 1).unwrap();
    let octets = Bytes::from([&[length, 0x83], octets.as_ref()].concat());
    Reader::new(&octets, options).content_type().map_err(|error| error.to_string())
}

/// The octets of parameters, from behind those of `text/plain`.
fn written(parameters: &[(&str, &Value)]) -> Result<Vec<u8>, String> {
    let content_type = parameters
        .iter()
        .fold(ContentType::new("text/plain"), |content_type, (name, value)| content_type.with(*name, as_text(value)));
    let mut writer = Writer::new();
    writer.content_type(&content_type).map_err(|error| error.to_string())?;
    Ok(writer.into_chain().to_vec()[2..].to_vec())
}

/// The octets of a header value, if it is written with its number.
fn coded(header: &[&str; 2]) -> Result<Vec<u8>, String> {
    let header = Header::Text { name: header[0].into(), value: header[1].into() };
    let mut writer = Writer::new();
    writer.headers(&[header]).map_err(|error| error.to_string())?;
    match writer.into_chain().to_vec().split_first() {
        Some((0x80.., value)) => Ok(value.to_vec()),
        _ => Err("written out".into()),
    }
}

/// The only header in `octets`; its name in small letters, as Gecko has it.
fn header(octets: &Bytes, options: &Options) -> Outcome {
    let headers = Reader::new(octets, options).headers().map_err(|error| error.to_string())?;
    match headers.as_slice() {
        [Header::Text { name, value }] => Ok(json!({"name": name.to_ascii_lowercase(), "value": value.as_str()})),
        [Header::Coded { code, value, .. }] => Ok(json!({"code": code, "octets": super::hex(value)})),
        other => Err(format!("{other:?}")),
    }
}

/// The only parameter, its name in small letters; a number of a number; an empty one null.
fn parameter(content_type: &ContentType) -> Value {
    let [parameter] = content_type.parameters.as_slice() else { panic!("{content_type}") };
    match parameter {
        Parameter::Text { name, value } => json!({"name": name.to_ascii_lowercase(), "value": number_or_text(value)}),
        other => json!({"code": other.to_string()}),
    }
}

fn in_json(content_type: &ContentType) -> Value {
    let parameters: serde_json::Map<_, _> = content_type
        .parameters
        .iter()
        .map(|parameter| match parameter {
            Parameter::Text { name, value } => (name.to_ascii_lowercase(), number_or_text(value)),
            other => (other.to_string(), Value::Null),
        })
        .collect();
    let parameters = if parameters.is_empty() { Value::Null } else { Value::Object(parameters) };
    json!({"media": media(content_type), "params": parameters})
}

/// In small letters, as Gecko has it.
fn media(content_type: &ContentType) -> Value {
    match &content_type.media {
        MediaType::Name(name) => json!(name.to_ascii_lowercase()),
        other => json!({"code": other.to_string()}),
    }
}

fn media_type_in_text(text: &str) -> Outcome {
    let content_type: ContentType = text.parse().map_err(|_| String::from("invalid"))?;
    let parameters = content_type.parameters.iter().map(|parameter| match parameter {
        Parameter::Text { name, value } => json!([name.as_str(), value.as_str()]),
        other => json!(other.to_string()),
    });
    let parsed: Vec<_> = [json!(content_type.media.name())].into_iter().chain(parameters).collect();
    Ok(json!({"parsed": parsed, "canonical": content_type.to_string()}))
}

fn skipped(value: &Bytes) -> Value {
    assert_eq!(value_length(value), Some(value.len()));
    match value.as_ref() {
        [short @ 0x80..=0xff] => json!(short & 0x7f),
        [0x1f, _] | [0] => Value::Null,
        [_, rest @ ..] => json!(rest),
        [] => Value::Null,
    }
}

fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), String::from)
}

fn or_null(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

fn number_or_text(text: &str) -> Value {
    text.parse::<u64>().map_or_else(|_| or_null(text), |number| json!(number))
}

fn lower(value: &Value) -> Value {
    value.as_str().map_or_else(|| value.clone(), |text| json!(text.to_ascii_lowercase()))
}

/// Whole numbers as JSON has them.
fn quality(value: f64) -> Value {
    if value == 0.0 { json!(0) } else { json!(value) }
}

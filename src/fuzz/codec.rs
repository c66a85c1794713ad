//! The interfaces, as far as properties need them.

use alloc::vec::Vec;
use alloc::{format, string::ToString};
use core::fmt::{self, Debug, Write};

use bytes::Bytes;

use crate::error::{DecodeError, EncodeError};
use crate::message::{MediaType, Part};
use crate::options::{Decoded, Deviation, DeviationKind, Options};
use crate::shown::ShownField;

/// A codec of whole messages.
pub trait Codec {
    /// The decoded message.
    type Value: Clone + Debug + PartialEq;

    /// What the encoder writes again as it came: charsets, schemas and statuses that this crate does not know, on MM4
    /// the fields whose values it cannot read, and on MM7 references to content that is not there and text in the
    /// detail of a fault, and in charging records members that cannot be read.
    const KEPT: &'static [DeviationKind] = &[];

    /// What lenient decoding reports and takes away although the interface allows it.
    const TIDIED: &'static [DeviationKind] = &[];

    /// Decodes a message.
    ///
    /// # Errors
    ///
    /// Fails for what cannot be decoded with these options.
    fn decode(octets: &Bytes, options: &Options) -> Result<Decoded<Self::Value>, DecodeError>;

    /// Encodes a message.
    ///
    /// # Errors
    ///
    /// Fails for what cannot be expressed.
    fn encode(value: &Self::Value) -> Result<Bytes, EncodeError>;

    /// Decodes what [`encode`](Self::encode) wrote, which may have more around it than what is decoded.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    fn decode_again(octets: &Bytes, options: &Options) -> Result<Decoded<Self::Value>, DecodeError> {
        Self::decode(octets, options)
    }

    /// What the other encoders of the interface give: the octets in pieces, put together, or their number.
    ///
    /// # Errors
    ///
    /// As [`encode`](Self::encode).
    fn encode_in_other_ways(value: &Self::Value) -> Result<Vec<(Option<Bytes>, usize)>, EncodeError> {
        let _ = value;
        Ok(Vec::new())
    }

    /// Whether a deviation in what was encoded is one that the encoder [keeps](Self::KEPT), or the name of a transfer
    /// encoding that this crate does not know.
    #[must_use]
    fn is_kept(encoded: &[u8], deviation: &Deviation) -> bool {
        let _ = encoded;
        Self::KEPT.contains(&deviation.kind)
    }

    /// The fields as people and scripts read them.
    fn fields(value: &Self::Value) -> Vec<ShownField>;

    /// Writes what formats of serde are given of the value, if the crate has feature `serde`.
    ///
    /// # Errors
    ///
    /// Fails if `to` does.
    fn serialize(value: &Self::Value, to: &mut dyn Write) -> fmt::Result {
        let _ = (value, to);
        Ok(())
    }

    /// Whether two values say the same. Texts may be in another charset, and what has two notations may be in the
    /// other.
    fn is_same(a: &Self::Value, b: &Self::Value) -> bool;

    /// The message with another field that the interface does not have, at one of the places for fields, and the name
    /// under which it is shown; `None` where there is no place for one.
    #[must_use]
    fn with_unknown_field(octets: &[u8], place: usize) -> Option<(Vec<u8>, &'static str)> {
        let _ = (octets, place);
        None
    }

    /// Whether the place is in a field with this name, or the message has no such field.
    #[must_use]
    fn is_in_field(octets: &[u8], offset: usize, name: &str) -> bool {
        let _ = (octets, offset, name);
        true
    }
}

/// What a codec shows of a value that lists its fields.
macro_rules! showing {
    () => {
        fn fields(value: &Self::Value) -> Vec<ShownField> {
            value.fields()
        }

        #[cfg(feature = "serde")]
        fn serialize(value: &Self::Value, to: &mut dyn Write) -> fmt::Result {
            super::json::write(value, to)
        }
    };
}

/// PDUs of MM1.
#[cfg(feature = "mm1")]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a name without values")]
pub enum Mm1 {}

#[cfg(feature = "mm1")]
impl Codec for Mm1 {
    type Value = crate::mm1::Pdu;

    const KEPT: &'static [DeviationKind] = &[DeviationKind::UnknownCharset];

    fn decode(octets: &Bytes, options: &Options) -> Result<Decoded<Self::Value>, DecodeError> {
        crate::mm1::decode_with(octets, options)
    }

    fn encode(value: &Self::Value) -> Result<Bytes, EncodeError> {
        crate::mm1::encode(value).map(Bytes::from)
    }

    fn encode_in_other_ways(value: &Self::Value) -> Result<Vec<(Option<Bytes>, usize)>, EncodeError> {
        let chain = crate::mm1::encode_chain(value)?;
        Ok(Vec::from([(Some(chain.to_vec().into()), chain.len()), (None, crate::mm1::encoded_len(value)?)]))
    }

    showing!();

    fn is_same(a: &Self::Value, b: &Self::Value) -> bool {
        let shown = |pdu: &Self::Value| -> Vec<ShownField> {
            // As the body has it.
            pdu.fields().into_iter().filter(|field| field.name != "Content-Type").collect()
        };
        shown(a) == shown(b) && a.body().map(as_written) == b.body().map(as_written)
    }

    fn with_unknown_field(octets: &[u8], place: usize) -> Option<(Vec<u8>, &'static str)> {
        let places: Vec<usize> =
            crate::mm1::Fields::new(octets).map_while(Result::ok).map(|field| field.offset).collect();
        // Not before the message type, which comes first.
        let places = places.get(1..).filter(|places| !places.is_empty())?;
        let (before, after) = octets.split_at_checked(*places.get(place % places.len())?)?;
        let (field, name) =
            if place.is_multiple_of(2) { (&b"\xf9\x81"[..], "0xF9") } else { (&b"X-Unknown\0v\0"[..], "X-Unknown") };
        Some(([before, field, after].concat(), name))
    }

    fn is_in_field(octets: &[u8], offset: usize, name: &str) -> bool {
        use crate::mm1::{FieldCode, FieldName};

        let mut starts = crate::mm1::Fields::new(octets).map_while(Result::ok).filter_map(|field| {
            let may_hold = match field.name {
                // Fields of other messages, and of parts.
                FieldName::Code(FieldCode::CONTENT_TYPE | FieldCode::CONTENT) => true,
                FieldName::Code(code) => code.name() == Some(name),
                FieldName::Text(text) => text.eq_ignore_ascii_case(name.as_bytes()),
            };
            may_hold.then_some(field.offset)
        });
        // Repair of a value may take in the octets behind it.
        let first = starts.next();
        first.is_none_or(|first| first <= offset)
    }
}

/// Pushes with their headers.
#[cfg(feature = "mm1")]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a name without values")]
pub enum Push {}

#[cfg(feature = "mm1")]
impl Codec for Push {
    type Value = crate::push::Push;

    fn decode(octets: &Bytes, options: &Options) -> Result<Decoded<Self::Value>, DecodeError> {
        crate::push::decode_with(octets, options)
    }

    fn encode(value: &Self::Value) -> Result<Bytes, EncodeError> {
        value.encode().map(Bytes::from)
    }

    fn encode_in_other_ways(value: &Self::Value) -> Result<Vec<(Option<Bytes>, usize)>, EncodeError> {
        let chain = value.encode_chain()?;
        Ok(Vec::from([(Some(chain.to_vec().into()), chain.len())]))
    }

    showing!();

    fn is_same(a: &Self::Value, b: &Self::Value) -> bool {
        // A push without TID may look like one with.
        a.tid.is_none() || a == b
    }
}

/// A body with its multiparts by the names that phones know, and with the parameters that have a number in front, as
/// the encoder writes them.
fn as_written(body: &Part) -> Part {
    let mut body = body.clone();
    crate::repair::each_part(&mut body, |part| {
        let subtype = part.content_type.multipart_subtype().map(|subtype| format!("multipart/{subtype}"));
        if let Some(name) = subtype {
            part.content_type.media = MediaType::from(&*name);
        }
        part.content_type.parameters.sort_by_key(ToString::to_string);
    });
    body
}

/// Mails of MM4.
#[cfg(feature = "mm4")]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a name without values")]
pub enum Mm4 {}

#[cfg(feature = "mm4")]
impl Codec for Mm4 {
    type Value = crate::mm4::Pdu;

    const KEPT: &'static [DeviationKind] = &[DeviationKind::UnknownToken, DeviationKind::InvalidValue];

    fn decode(octets: &Bytes, options: &Options) -> Result<Decoded<Self::Value>, DecodeError> {
        crate::mm4::decode_with(octets, options)
    }

    fn encode(value: &Self::Value) -> Result<Bytes, EncodeError> {
        crate::mm4::encode(value).map(Bytes::from)
    }

    fn encode_in_other_ways(value: &Self::Value) -> Result<Vec<(Option<Bytes>, usize)>, EncodeError> {
        let chain = crate::mm4::encode_chain(value, &crate::mime::TransferOptions::default())?;
        Ok(Vec::from([(Some(chain.to_vec().into()), chain.len())]))
    }

    fn is_kept(encoded: &[u8], deviation: &Deviation) -> bool {
        Self::KEPT.contains(&deviation.kind) || crate::mime::fuzz::is_unknown_encoding(encoded, deviation)
    }

    showing!();

    fn is_same(a: &Self::Value, b: &Self::Value) -> bool {
        a == b || crate::mm4::fuzz::as_written(a) == crate::mm4::fuzz::as_written(b)
    }

    fn with_unknown_field(octets: &[u8], place: usize) -> Option<(Vec<u8>, &'static str)> {
        let mut places = Vec::new();
        let mut offset = 0;
        for line in octets.split_inclusive(|octet| *octet == b'\n') {
            if line.trim_ascii().is_empty() {
                break;
            }
            if !matches!(line, [b' ' | b'\t', ..]) {
                places.push(offset);
            }
            offset += line.len();
        }
        let (before, after) = octets.split_at_checked(*places.get(place % places.len().max(1))?)?;
        Some(([before, b"X-Unknown: v\r\n", after].concat(), "X-Unknown"))
    }

    fn is_in_field(octets: &[u8], offset: usize, name: &str) -> bool {
        let mut start = 0;
        let mut has_field = false;
        let mut is_named = false;
        for line in octets.split_inclusive(|octet| *octet == b'\n') {
            if line.trim_ascii().is_empty() || !line.contains(&b':') && !matches!(line, [b' ' | b'\t', ..]) {
                // Headers of parts are in the body.
                return offset >= start || !has_field;
            }
            if !matches!(line, [b' ' | b'\t', ..]) {
                is_named = line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
            }
            has_field |= is_named;
            if is_named && (start..=start + line.len()).contains(&offset) {
                return true;
            }
            start += line.len();
        }
        !has_field
    }
}

/// Messages of MM7: the value of the content type in a line, and the body; or an HTTP message.
#[cfg(feature = "mm7")]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a name without values")]
pub enum Mm7 {}

#[cfg(feature = "mm7")]
impl Codec for Mm7 {
    type Value = crate::mm7::Envelope;

    const KEPT: &'static [DeviationKind] = &[
        DeviationKind::DanglingReference,
        DeviationKind::MissingNamespace,
        DeviationKind::MissingReference,
        DeviationKind::StrayOctets,
        DeviationKind::UnknownSchema,
        DeviationKind::UnknownToken,
        DeviationKind::WrongNamespace,
    ];
    const TIDIED: &'static [DeviationKind] = &[DeviationKind::SurroundingSpace];

    fn decode(octets: &Bytes, options: &Options) -> Result<Decoded<Self::Value>, DecodeError> {
        if crate::http::detect(octets) {
            return crate::mm7::decode_http_with(octets, options);
        }
        let line = memchr::memchr(b'\n', octets).unwrap_or(0);
        let content_type = alloc::string::String::from_utf8_lossy(octets.get(..line).unwrap_or_default());
        let body = octets.slice(octets.len().min(line + 1)..);
        crate::mm7::decode_with(&content_type, &body, options)
    }

    /// Without what the schema does not have.
    fn encode(value: &Self::Value) -> Result<Bytes, EncodeError> {
        let options = crate::mm7::EncodeOptions { leave_out: true, write_extra: false };
        let encoded = crate::mm7::encode_with(value, &options)?;
        Ok([encoded.content_type.as_bytes(), b"\n", &encoded.body()].concat().into())
    }

    fn is_kept(encoded: &[u8], deviation: &Deviation) -> bool {
        // Behind the content type.
        let body = encoded.splitn(2, |octet| *octet == b'\n').nth(1).unwrap_or_default();
        Self::KEPT.contains(&deviation.kind) || crate::mime::fuzz::is_unknown_encoding(body, deviation)
    }

    showing!();

    fn is_same(a: &Self::Value, b: &Self::Value) -> bool {
        a.message() == b.message()
    }

    fn with_unknown_field(octets: &[u8], place: usize) -> Option<(Vec<u8>, &'static str)> {
        // Behind all others: before the end of the message element, or of the body of the envelope.
        let end = memchr::memmem::rfind_iter(octets, b"</").nth(2 + place % 2)?;
        let (before, after) = octets.split_at_checked(end)?;
        Some(([before, b"<u:unknown xmlns:u=\"urn:u\">v</u:unknown>", after].concat(), "unknown"))
    }

    fn is_in_field(octets: &[u8], offset: usize, name: &str) -> bool {
        let is_http = crate::http::detect(octets);
        let start = memchr::memchr(b'\n', octets).filter(|_| !is_http).map_or(0, |end| end + 1);
        let body = octets.get(start..).unwrap_or_default().to_ascii_lowercase();
        // A reference is at the envelope, and the code of a fault at the fault.
        if name.ends_with("@href") || name == "faultcode" {
            return true;
        }
        // The innermost element; an attribute is at its element.
        let element = name.rsplit('.').next().unwrap_or(name);
        let element = element.split('@').next().unwrap_or(element);
        // What is before the body may name the same.
        let is_header = !is_http && matches!(element, "Content-Type" | "SOAPAction");
        let first = memchr::memmem::find(&body, element.to_ascii_lowercase().as_bytes());
        let tag = |name: usize| body.get(..name).and_then(|before| memchr::memrchr2(b'<', b'\n', before)).unwrap_or(0);
        is_header || first.is_none_or(|first| tag(first) <= offset)
    }
}

/// Charging data records.
#[cfg(feature = "cdr")]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_enums, reason = "a name without values")]
pub enum Cdr {}

#[cfg(feature = "cdr")]
impl Codec for Cdr {
    type Value = crate::cdr::Record;

    const KEPT: &'static [DeviationKind] = &[
        DeviationKind::DuplicateField,
        DeviationKind::FieldConflict,
        DeviationKind::FieldOrder,
        DeviationKind::InvalidValue,
        DeviationKind::MissingField,
        DeviationKind::NonMinimalInteger,
        DeviationKind::UnexpectedField,
        DeviationKind::UnknownToken,
    ];

    fn decode(octets: &Bytes, options: &Options) -> Result<Decoded<Self::Value>, DecodeError> {
        crate::cdr::decode_with(octets, options)
    }

    fn encode(value: &Self::Value) -> Result<Bytes, EncodeError> {
        crate::cdr::encode(value).map(Bytes::from)
    }

    showing!();

    fn is_same(a: &Self::Value, b: &Self::Value) -> bool {
        a == b
    }
}

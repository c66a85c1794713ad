//! A decoded message of any interface, without anything of Python.

use std::collections::HashSet;
use std::sync::OnceLock;

use mms_codec::message::{Content as PartContent, ContentType, Message, Part};
use mms_codec::mm7::{self, Envelope, StatusCode};
use mms_codec::push::{self, Push};
use mms_codec::{Bytes, Decoded as Outcome, Deviation, EncodeError, Interface, Options, Shown, ShownField, mm1, mm4};

use crate::attributes;
use crate::error::Failure;

/// A message, the octets that it was decoded from, and what was forgiven.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) octets: Bytes,
    pub(crate) strict: bool,
    pub(crate) content: Content,
    pub(crate) deviations: Vec<Deviation>,
    /// The PDU in a push.
    pub(crate) inner: Option<std::sync::Arc<Self>>,
    fields: OnceLock<Vec<Field>>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) enum Content {
    Mm1(Box<mm1::Pdu>),
    Mm4(Box<mm4::Pdu>),
    Mm7(Box<Envelope>),
    Push(Box<Push>),
}

/// A field under the name that is its own.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// Whether it is a list, however many values there are.
    pub(crate) is_list: bool,
    pub(crate) values: Vec<Shown>,
}

/// A part that is not a multipart.
#[derive(Debug)]
pub(crate) struct Leaf<'a> {
    /// Its place in the tree, such as `2.1`.
    pub(crate) path: String,
    pub(crate) part: &'a Part,
}

/// Decodes octets of an interface, or of the one that they look like.
pub(crate) fn decode(octets: &Bytes, interface: Option<Interface>, strict: bool) -> Result<Decoded, Failure> {
    let interface = interface.or_else(|| mms_codec::detect(octets)).ok_or_else(Failure::unrecognised)?;
    let options = if strict { Options::strict() } else { Options::lenient() };
    let message = interface.uncarried(octets);
    let place = |offset| message.offset_in_input(offset);
    let mut inner = None;
    let (content, mut deviations) = match interface {
        Interface::Mm1 => taken(mm1::decode_with(&message.octets, &options), Content::Mm1),
        Interface::Mm4 => taken(mm4::decode_with(&message.octets, &options), Content::Mm4),
        Interface::Mm7 => taken(mm7::decode_unlabelled_with(&message.octets, &options), Content::Mm7),
        Interface::Push => push::decode_with(&message.octets, &options).map_err(Failure::from).and_then(|push| {
            if push.value.is_mms() {
                let pdu = push.value.pdu(&options)?;
                let deviations = moved(pdu.deviations, place);
                let content = Content::Mm1(Box::new(pdu.value));
                inner = Some(Decoded::new(push.value.data.clone(), strict, content, deviations).into());
            }
            Ok((Content::Push(Box::new(push.value)), push.deviations))
        }),
        _ => return Err(Failure::unrecognised()),
    }
    .map_err(|failure| failure.moved(place))?;
    deviations = moved(deviations, place);
    Ok(Decoded { inner, ..Decoded::new(octets.clone(), strict, content, deviations) })
}

fn taken<T>(
    outcome: Result<Outcome<T>, mms_codec::DecodeError>,
    content: impl Fn(Box<T>) -> Content,
) -> Result<(Content, Vec<Deviation>), Failure> {
    let outcome = outcome?;
    Ok((content(Box::new(outcome.value)), outcome.deviations))
}

fn moved(mut deviations: Vec<Deviation>, to: impl Fn(usize) -> usize) -> Vec<Deviation> {
    deviations.iter_mut().for_each(|deviation| deviation.offset = to(deviation.offset));
    deviations
}

impl Decoded {
    const fn new(octets: Bytes, strict: bool, content: Content, deviations: Vec<Deviation>) -> Self {
        Self { octets, strict, content, deviations, inner: None, fields: OnceLock::new() }
    }

    pub(crate) const fn interface(&self) -> Interface {
        match &self.content {
            Content::Mm1(_) => Interface::Mm1,
            Content::Mm4(_) => Interface::Mm4,
            Content::Mm7(_) => Interface::Mm7,
            Content::Push(_) => Interface::Push,
        }
    }

    /// The kind of message in the specification's words.
    pub(crate) fn type_name(&self) -> String {
        match &self.content {
            Content::Mm1(pdu) => pdu.message_type().to_string(),
            Content::Mm4(pdu) => pdu.name().into(),
            Content::Mm7(envelope) => envelope.name().into(),
            Content::Push(push) => push.name().into(),
        }
    }

    /// What all interfaces carry of a message.
    pub(crate) fn message(&self) -> Option<&Message> {
        match &self.content {
            Content::Mm1(pdu) => pdu.message(),
            Content::Mm4(pdu) => pdu.message(),
            Content::Mm7(envelope) => envelope.message(),
            Content::Push(_) => None,
        }
    }

    pub(crate) fn body(&self) -> Option<&Part> {
        match &self.content {
            Content::Mm1(pdu) => pdu.body(),
            Content::Mm4(pdu) => pdu.body(),
            Content::Mm7(envelope) => envelope.message()?.body.as_ref(),
            Content::Push(_) => None,
        }
    }

    /// The attachments that nothing refers to.
    pub(crate) fn attachments(&self) -> &[Part] {
        match &self.content {
            Content::Mm7(envelope) => &envelope.attachments,
            _ => &[],
        }
    }

    /// The leaves of the body, and the attachments behind them.
    pub(crate) fn leaves(&self) -> Vec<Leaf<'_>> {
        let mut leaves = Vec::new();
        let mut top = 0_usize;
        if let Some(body) = self.body() {
            match &body.content {
                PartContent::Parts(parts) => {
                    add_leaves(parts, 0, "", &mut leaves);
                    top = parts.len();
                }
                PartContent::Octets(_) => {
                    leaves.push(Leaf { path: "1".into(), part: body });
                    top = 1;
                }
            }
        }
        add_leaves(self.attachments(), top, "", &mut leaves);
        leaves
    }

    /// The fields under names that are unique, as `mms inspect --json` has them.
    pub(crate) fn fields(&self) -> &[Field] {
        self.fields.get_or_init(|| {
            let shown = match &self.content {
                Content::Mm1(pdu) => pdu.fields(),
                Content::Mm4(pdu) => pdu.fields(),
                Content::Mm7(envelope) => envelope.fields(),
                Content::Push(push) => push.fields(),
            };
            named(shown)
        })
    }

    /// The octets of the message, written by the encoder of its interface; MM7 as an HTTP message.
    pub(crate) fn encoded(&self) -> Result<Vec<u8>, EncodeError> {
        match &self.content {
            Content::Mm1(pdu) => mm1::encode(&**pdu),
            Content::Mm4(pdu) => mm4::encode(&**pdu),
            Content::Mm7(envelope) => in_http(envelope),
            Content::Push(push) => push.encode(),
        }
    }
}

/// A message of MM7 is not complete without the header fields of its HTTP message.
pub(crate) fn in_http(envelope: &Envelope) -> Result<Vec<u8>, EncodeError> {
    let encoded = mm7::encode(envelope)?;
    let body = encoded.body();
    let is_request = envelope.answer(StatusCode::SUCCESS, None).is_some();
    let (start, fields) = if is_request {
        ("POST / HTTP/1.1\r\nHost: localhost".to_owned(), encoded.request_fields().to_vec())
    } else {
        let status = envelope.http_status();
        (
            format!("HTTP/1.1 {status} {}", if status == 200 { "OK" } else { "Internal Server Error" }),
            encoded.response_fields().to_vec(),
        )
    };
    let mut head = start;
    for (name, value) in fields {
        head.push_str(&format!("\r\n{name}: {value}"));
    }
    head.push_str(&format!("\r\nContent-Length: {}\r\n\r\n", body.len()));
    Ok([head.as_bytes(), &body].concat())
}

/// Fields under names that are unique.
pub(crate) fn named(shown: Vec<ShownField>) -> Vec<Field> {
    let mut taken = HashSet::new();
    shown
        .into_iter()
        .map(|field| {
            let is_list = field.repeats || field.values.len() != 1 || attributes::may_repeat(&field.name);
            let mut name = field.name.clone();
            let mut number = 1_u32;
            while !taken.insert(name.clone()) {
                number = number.saturating_add(1);
                name = format!("{} ({number})", field.name);
            }
            Field { name, is_list, values: field.values }
        })
        .collect()
}

/// The decoders limit the depth of parts.
fn add_leaves<'a>(parts: &'a [Part], before: usize, above: &str, to: &mut Vec<Leaf<'a>>) {
    for (number, part) in (before.saturating_add(1)..).zip(parts) {
        let path = format!("{above}{number}");
        match &part.content {
            PartContent::Octets(_) => to.push(Leaf { path, part }),
            PartContent::Parts(parts) => add_leaves(parts, 0, &format!("{path}."), to),
        }
    }
}

/// The content of a leaf with its transfer encoding undone; shared with the input where there is none.
pub(crate) fn content(part: &Part) -> Bytes {
    use std::borrow::Cow;
    match (part.decoded(), part.octets()) {
        (Some(Cow::Owned(octets)), _) => octets.into(),
        (_, Some(octets)) => octets.clone(),
        _ => Bytes::new(),
    }
}

/// Whether a part is a message of MM1.
pub(crate) fn is_message(part: &Part) -> bool {
    part.content_type.is(ContentType::MMS_MESSAGE)
}

//! MM7: envelopes, bodies with attachments, and HTTP messages.

use mms_codec::message::{ContentType, Part};
use mms_codec::{Bytes, DecodeError, Options, mm7};

use super::Interface;
use crate::inspect::view::View;

pub(super) const MM7: Interface = Interface { name: "mm7", kind: mms_codec::Interface::Mm7, decode, decode_all: None };

fn decode(octets: &Bytes, options: &Options) -> Result<View, DecodeError> {
    let decoded = mm7::decode_unlabelled_with(octets, options)?;
    let envelope = decoded.value;
    let body = envelope.message().and_then(|message| message.body.clone());
    // What nothing refers to comes after the content.
    let body = match (body, envelope.attachments.as_slice()) {
        (body, []) => body,
        (body, attachments) => {
            let parts = body.into_iter().chain(attachments.iter().cloned()).collect();
            Some(Part::multipart(ContentType::new("multipart/mixed"), parts))
        }
    };
    let view = View::new(MM7.name, envelope.name().into(), body.as_ref());
    Ok(View { fields: envelope.fields(), deviations: decoded.deviations, ..view })
}

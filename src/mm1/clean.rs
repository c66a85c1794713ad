//! Cleaning values of what keeps them from being written.

use alloc::string::ToString;
use alloc::vec::Vec;

use bytes::Bytes;

use crate::error::{DecodeError, EncodeError};
use crate::message::{Address, Content, ContentDisposition, ContentType, Header, Parameter, Part, Str, Text};
use crate::options::{Limits, Options};
use crate::repair::without_controls;
use crate::wsp::{ParameterOwner, Reader, Writer, has_header, wsp_type};

pub(super) fn is_written(write: impl FnOnce(&mut Writer) -> Result<(), EncodeError>) -> bool {
    write(&mut Writer::new()).is_ok()
}

/// Whether what was written is read strictly as one value.
pub(super) fn is_read<T>(written: Writer, read: impl FnOnce(&mut Reader<'_>) -> Result<T, DecodeError>) -> bool {
    let octets = Bytes::from(written.into_chain().into_vec());
    let limits = Limits { items: usize::MAX, parts: usize::MAX, ..Limits::DEFAULT };
    let mut from = Reader::new(&octets, &Options { limits, ..Options::strict() });
    from.bind_to_version_1_3();
    read(&mut from).is_ok() && from.is_empty()
}

/// Whether a value is written, and read strictly.
fn is_sound<T>(
    write: impl FnOnce(&mut Writer) -> Result<(), EncodeError>,
    read: impl FnOnce(&mut Reader<'_>) -> Result<T, DecodeError>,
) -> bool {
    let mut to = Writer::for_message();
    write(&mut to).is_ok() && is_read(to, read)
}

pub(super) fn clean_str(text: &mut Str) {
    *text = without_controls(text).into();
}

pub(super) fn clean_text(text: &mut Text) {
    *text = Text::from(without_controls(&text.to_string()));
}

pub(super) fn clean_address(address: &mut Address) {
    *address = Address::from(without_controls(&address.to_string()).as_str());
    address.normalize();
    address.details = None;
}

pub(super) fn clean_parameters(parameters: &mut Vec<Parameter>, owner: ParameterOwner) {
    let is_sound = |parameter: &Parameter| {
        let one = core::slice::from_ref(parameter);
        is_sound(|to| to.parameters(one, owner), |from| from.parameters(owner))
    };
    parameters.retain(is_sound);
}

/// Cleans the content type and the headers of a body and its parts.
pub(super) fn clean_body(body: &mut Part) {
    // On MM1 the body has no headers but its type.
    (body.content_id, body.content_location, body.disposition) = (None, None, None);
    body.headers.clear();
    crate::repair::each_part(body, clean_part);
}

fn clean_part(part: &mut Part) {
    let is_sound_type = |content_type: &ContentType, content: &Content| {
        let written = wsp_type(content_type, content);
        written.is_ok_and(|written| is_sound(|to| to.content_type(&written), |from| from.content_type()))
    };
    if !is_sound_type(&part.content_type, &part.content) {
        clean_parameters(&mut part.content_type.parameters, ParameterOwner::Header);
    }
    if !is_sound_type(&part.content_type, &part.content) {
        part.content_type = ContentType::new(match part.content {
            Content::Parts(_) => "application/vnd.wap.multipart.mixed",
            Content::Octets(_) => "application/octet-stream",
        });
    }
    let is_text = |text: &Str| is_sound(|to| to.quoted_string(text), |from| from.quoted_string());
    for text in [&mut part.content_id, &mut part.content_location] {
        if text.as_ref().is_some_and(|text| !is_text(text)) {
            text.iter_mut().for_each(|text| *text = without_controls(text).trim_end_matches('"').into());
            text.take_if(|text| !is_text(text));
        }
    }
    let is_disposition = |disposition: &ContentDisposition| {
        is_sound(|to| to.content_disposition(disposition), |from| from.content_disposition())
    };
    if let Some(disposition) = &mut part.disposition
        && !is_disposition(disposition)
    {
        clean_parameters(&mut disposition.parameters, ParameterOwner::Header);
    }
    part.disposition.take_if(|disposition| !is_disposition(disposition));
    part.headers.retain_mut(|header| {
        if let Header::Text { value, .. } = header
            && !is_written(|to| to.text_string(&*value))
        {
            clean_str(value);
        }
        has_header(header)
    });
}

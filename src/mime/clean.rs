//! Cleaning a body of what keeps it from being written.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use bytes::Bytes;

use super::TransferOptions;
use super::encode::{Output, Plan, has_header, has_media, has_parameter};
use crate::message::{Content, ContentType, Header, Parameter, Part, Str};
use crate::options::{Limits, Options};
use crate::repair::without_controls;

/// The text of a header field, without control characters, and without white space around it.
pub(crate) fn clean_line(text: &Str) -> Str {
    without_controls(text).trim().into()
}

/// Whether a body can be written.
pub(crate) fn is_sound_body(body: &Part) -> bool {
    let write = || {
        let mut out = Output::default();
        Plan::new(body, TransferOptions::default())?.write(body, &mut out)?;
        out.into_chain()
    };
    let limits = Limits { items: usize::MAX, parts: usize::MAX, ..Limits::DEFAULT };
    let strict = Options { limits, ..Options::strict() };
    write().is_ok_and(|written| crate::mime::decode_with(&written.into_vec().into(), &strict).is_ok())
}

/// Cleans the content type and the headers of a body and its parts.
pub(crate) fn clean_body(body: &mut Part) {
    crate::repair::each_part(body, clean_part);
}

/// Removes what mail cannot express, and all but the first of those with one name.
fn clean_parameters(parameters: &mut Vec<Parameter>) {
    let mut names = BTreeSet::new();
    parameters.retain(|parameter| match parameter {
        Parameter::Text { name, .. } => has_parameter(parameter) && names.insert(name.to_ascii_lowercase()),
        Parameter::Coded { .. } => false,
    });
}

fn clean_part(part: &mut Part) {
    const TRANSFER_ENCODING: &str = "Content-Transfer-Encoding";
    if matches!(&part.content, Content::Parts(parts) if parts.is_empty()) {
        part.content = Content::Octets(Bytes::new());
    }
    let has_parts = matches!(part.content, Content::Parts(_));
    if !has_media(&part.content_type.media) || part.content_type.is_multipart() != has_parts {
        let media = if has_parts { "multipart/mixed" } else { "application/octet-stream" };
        part.content_type.media = ContentType::new(media).media;
    }
    clean_parameters(&mut part.content_type.parameters);
    if let Some(id) = &mut part.content_id {
        *id = id
            .chars()
            .filter(|character| matches!(character, '!'..='~') && !matches!(character, '<' | '>'))
            .collect::<alloc::string::String>()
            .into();
    }
    part.content_id.take_if(|id| id.is_empty());
    if let Some(location) = &mut part.content_location {
        *location = clean_line(location);
    }
    if let Some(disposition) = &mut part.disposition {
        clean_parameters(&mut disposition.parameters);
    }
    part.disposition.take_if(|disposition| !crate::message::is_token(&disposition.kind));
    part.headers.retain_mut(|header| {
        if let Header::Text { value, .. } = header
            && !has_header_value(value)
        {
            *value = clean_line(value);
        }
        has_header(header)
    });
    // RFC 2045, 6.4: content in an unknown encoding is octets.
    let is_encoding = |header: &Header| header.is(TRANSFER_ENCODING);
    if part.headers.iter().any(is_encoding) && !is_sound_body(part) {
        part.headers.retain(|header| !is_encoding(header));
        if !has_parts {
            part.content_type.media = ContentType::new("application/octet-stream").media;
        }
    }
}

fn has_header_value(value: &str) -> bool {
    !value.bytes().any(|octet| octet.is_ascii_control()) && value.trim_matches([' ', '\t']) == value
}

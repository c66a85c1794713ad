//! Lists of `name=value`.

use alloc::string::String;
use core::fmt::Write as _;
use core::iter;

use super::word::{self, Word};
use crate::error::DecodeError;
use crate::message::{ContentDisposition, Parameter, Str, is_token_octet, quoted_string};
use crate::wsp::parameter::ParameterOwner;
use crate::wsp::{Reader, Writer};

/// Whether all have names and values in text.
pub(super) fn are_text(parameters: &[Parameter]) -> bool {
    parameters.iter().all(|parameter| matches!(parameter, Parameter::Text { .. }))
}

/// Reads parameters up to the end, and appends them as `a=b; c`, each behind its separator; `None`
/// if one has no text.
pub(super) fn append_attributes(
    from: &mut Reader<'_>,
    text: &mut String,
    [first, others]: [&str; 2],
) -> Result<Option<()>, DecodeError> {
    let (mut separator, mut are_text) = (first, true);
    from.each_parameter(ParameterOwner::Header, |parameter| {
        // Writing to a string cannot fail.
        let _ = match &parameter {
            Parameter::Text { name, value } if value.is_empty() => write!(text, "{separator}{name}"),
            Parameter::Text { .. } => write!(text, "{separator}{parameter}"),
            Parameter::Coded { .. } => {
                are_text = false;
                Ok(())
            }
        };
        separator = others;
    })?;
    Ok(are_text.then_some(()))
}

/// What [`append_attributes`] has joined, one after the other, so that no list of them takes up
/// memory; `None` for what is not an attribute.
pub(super) fn attributes(text: &str, separator: char) -> impl Iterator<Item = Option<Parameter>> {
    let mut rest = (!text.is_empty()).then_some(text);
    iter::from_fn(move || {
        let Some((after, parameter)) = attribute(rest.take()?, separator) else { return Some(None) };
        if !after.is_empty() {
            rest = after.strip_prefix(separator);
            // Something else follows.
            return Some(rest.map(|_| parameter));
        }
        Some(Some(parameter))
    })
}

/// Writes what [`attributes`] reads.
pub(super) fn write_all(to: &mut Writer, mut attributes: impl Iterator<Item = Option<Parameter>>) -> Option<()> {
    attributes.try_for_each(|attribute| to.parameter(&attribute?, ParameterOwner::Header).ok())
}

/// A disposition and its parameters.
pub(super) fn disposition(text: &str) -> Option<ContentDisposition> {
    let (kind, parameters) = text.split_once(';').unwrap_or((text, ""));
    let mut disposition = ContentDisposition::new(kind.trim());
    for parameter in attributes(parameters, ';') {
        crate::list::push(&mut disposition.parameters, parameter?);
    }
    Some(disposition)
}

/// A word, or a value-length and parameters whose names are text.
pub(super) fn read_word_or_attributes(from: &mut Reader<'_>, word: Word) -> Result<Option<Str>, DecodeError> {
    match from.peek() {
        Some(0x01..=0x1f) => from.composite_text(read_attributes),
        _ => word::read_code(from, word),
    }
}

pub(super) fn write_word_or_attributes(to: &mut Writer, word: Word, text: &str) -> Option<()> {
    match word::write_code(to, word, text) {
        None => to.composite_text(|to| write_attributes(to, text)),
        written => written,
    }
}

/// Parameters up to the end.
pub(super) fn read_attributes(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    let mut text = String::new();
    Ok(append_attributes(from, &mut text, ["", "; "])?.map(|()| text.into()))
}

pub(super) fn write_attributes(to: &mut Writer, text: &str) -> Option<()> {
    write_all(to, attributes(text, ';'))
}

/// What is behind the attribute that a text begins with, and the attribute.
fn attribute(text: &str, separator: char) -> Option<(&str, Parameter)> {
    const BLANKS: [char; 2] = [' ', '\t'];
    let text = text.trim_start_matches(BLANKS);
    let end = text.bytes().position(|octet| !is_token_octet(octet)).unwrap_or(text.len());
    let (name, after) = text.split_at_checked(end).filter(|(name, _)| !name.is_empty())?;
    let assigned = after.trim_start_matches(BLANKS).strip_prefix('=').map(|value| value.trim_start_matches(BLANKS));
    let (after, value) = match assigned.map(|value| (value, quoted_string(value))) {
        Some((_, Ok((after, value)))) => (after, value.as_ref().into()),
        Some((value, Err(_))) => match value.find([separator, '=', '"']).unwrap_or(value.len()) {
            0 => (after, Str::default()),
            end => value.split_at_checked(end).map(|(value, after)| (after, value.trim_end().into()))?,
        },
        None => (after, Str::default()),
    };
    Some((after.trim_start_matches(BLANKS), Parameter::Text { name: name.into(), value }))
}

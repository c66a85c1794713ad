//! Lists of `name=value`.

use alloc::string::String;
use core::fmt::Write as _;
use core::iter;

use nom::branch::alt;
use nom::bytes::complete::{is_not, take_while1};
use nom::character::complete::{char, space0};
use nom::combinator::opt;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

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
    let mut attribute = attribute(separator);
    let mut rest = (!text.is_empty()).then_some(text);
    iter::from_fn(move || {
        let (after, parameter) = match attribute(rest.take()?) {
            Ok(read) => read,
            Err(_) => return Some(None),
        };
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

fn attribute(separator: char) -> impl FnMut(&str) -> IResult<&str, Parameter> {
    move |text| {
        let name = take_while1(|c| u8::try_from(c).is_ok_and(is_token_octet));
        let excluded = String::from_iter([separator, '=', '"']);
        let bare = is_not(excluded.as_str()).map(|value: &str| value.trim_end().into());
        let value = preceded((space0, char('='), space0), alt((quoted_string, bare)));
        delimited(space0, (name, opt(value)), space0)
            .map(|(name, value)| Parameter::Text {
                name: name.into(),
                value: value.as_deref().unwrap_or_default().into(),
            })
            .parse(text)
    }
}

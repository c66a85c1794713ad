//! `Cache-Control` (WAP-230, 8.4.2.15).

use alloc::string::String;

use super::attributes::{read_attributes, write_attributes};
use super::word::{self, Word};
use crate::error::DecodeError;
use crate::message::Str;
use crate::wsp::{Reader, Writer};

/// The directives by their number (WAP-230, 8.4.2.15).
pub(super) const DIRECTIVES: &[&str] = &[
    "no-cache",
    "no-store",
    "max-age",
    "max-stale",
    "min-fresh",
    "only-if-cached",
    "public",
    "private",
    "no-transform",
    "must-revalidate",
    "proxy-revalidate",
    "s-maxage",
];

/// Whether the value of a directive is a list of header names; else it is a number of seconds.
fn has_fields(directive: &str) -> bool {
    matches!(directive, "no-cache" | "private")
}

/// Whether a directive has a number of seconds.
fn has_seconds(directive: &str) -> bool {
    matches!(directive, "max-age" | "max-stale" | "min-fresh" | "s-maxage")
}

pub(super) fn read_cache_control(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    match from.peek() {
        Some(0x01..=0x1f) => from.composite_text(|from| match from.peek() {
            Some(0x80..) => read_directive(from),
            _ => read_attributes(from),
        }),
        _ => word::read(from, Word::Directive),
    }
}

fn read_directive(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    let Some(directive) = word::read_code(from, Word::Directive)? else { return Ok(None) };
    if has_seconds(&directive) {
        return Ok(Some(alloc::format!("{directive}={}", from.integer_value()?).into()));
    }
    if !has_fields(&directive) {
        return Ok(None);
    }
    let mut fields = String::new();
    while !from.is_empty() {
        from.count()?;
        let Some(field) = word::read(from, Word::Field)? else { return Ok(None) };
        if !fields.is_empty() {
            fields.push_str(", ");
        }
        fields.push_str(&field);
    }
    Ok(Some(alloc::format!("{directive}=\"{fields}\"").into()))
}

pub(super) fn write_cache_control(to: &mut Writer, text: &str) -> Option<()> {
    let Some((name, value)) = text.split_once('=') else {
        return word::write(to, Word::Directive, text);
    };
    let directive = DIRECTIVES.iter().find(|known| known.eq_ignore_ascii_case(name));
    // Its number is newer than WSP encoding version 1.3.
    let directive = directive.filter(|directive| **directive != "s-maxage");
    to.composite_text(|to| match directive {
        Some(directive) if has_seconds(directive) => {
            word::write_code(to, Word::Directive, directive)?;
            value.parse().ok().map(|seconds| to.integer_value(seconds))
        }
        Some(directive) if has_fields(directive) => {
            word::write_code(to, Word::Directive, directive)?;
            value.trim_matches('"').split(',').try_for_each(|field| word::write(to, Word::Field, field.trim()))
        }
        _ => write_attributes(to, text),
    })
}

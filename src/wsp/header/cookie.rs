//! Cookies (WAP-230, 8.4.2.60 and 8.4.2.61; the texts RFC 2109, 4.2.2 and 4.3.4).

use alloc::string::String;
use core::fmt::Write as _;

use super::attributes::{append_attributes, attributes, write_all};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::message::{Parameter, Str};
use crate::wsp::integer::{parse_version, version_text};
use crate::wsp::{Reader, Writer};

const VERSION: &str = "$Version=";
const PATH: &str = "$Path=";
const DOMAIN: &str = "$Domain=";

/// `name=value; Version=1; path=...`.
pub(super) fn read_set_cookie(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    from.composite_text(|from| {
        let version = match from.peek() {
            Some(0x80..) => Some(from.version_value()?),
            _ => None,
        };
        let (name, value) = (from.text_string()?, from.text_string()?);
        let pair = pair(&name, &value);
        let is_pair = pair.is_some();
        let mut text = pair.unwrap_or_default();
        if let Some((major, minor)) = version {
            let _ = write!(text, "; Version={}", version_text(major, minor));
        }
        let attributes = append_attributes(from, &mut text, ["; "; 2])?;
        Ok(attributes.filter(|()| is_pair).map(|()| text.into()))
    })
}

pub(super) fn write_set_cookie(to: &mut Writer, text: &str) -> Option<()> {
    let (pair, list) = text.split_once(';').unwrap_or((text, ""));
    let (name, value) = pair.split_once('=')?;
    let mut list = attributes(list, ';').peekable();
    let version = match list.peek() {
        Some(Some(Parameter::Text { name, value })) if name.eq_ignore_ascii_case("version") => {
            let version = parse_version(value)?;
            list.next();
            Some(version)
        }
        _ => None,
    };
    to.composite_text(|to| {
        if let Some((major, minor)) = version {
            to.version_value(major, minor);
        }
        to.text_string(name).ok()?;
        to.text_string(value).ok()?;
        write_all(to, list)
    })
}

/// `$Version=1; name=value; $Path=...; $Domain=...`; more cookies may follow.
pub(super) fn read_cookie(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    from.composite_text(|from| {
        let (major, minor) = from.version_value()?;
        let mut text = alloc::format!("{VERSION}{}", version_text(major, minor));
        while !from.is_empty() {
            from.count()?;
            let length = usize::try_from(from.uintvar()?).unwrap_or(usize::MAX);
            if length > from.remaining().len() {
                return Err(from.error(DecodeErrorKind::UnexpectedEnd));
            }
            if from.within(length, |from| read_one(from, &mut text))?.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(text.into()))
    })
}

fn read_one(from: &mut Reader<'_>, text: &mut String) -> Result<Option<()>, DecodeError> {
    let (name, value) = (from.text_string()?, from.text_string()?);
    let Some(pair) = pair(&name, &value) else { return Ok(None) };
    let _ = write!(text, "; {pair}");
    for attribute in [PATH, DOMAIN] {
        if !from.is_empty() {
            let value = from.text_string()?;
            if value.contains(';') {
                return Ok(None);
            }
            let _ = write!(text, "; {attribute}{value}");
        }
    }
    Ok(Some(()))
}

pub(super) fn write_cookie(to: &mut Writer, text: &str) -> Option<()> {
    let mut pieces = text.split(';').map(str::trim_start).peekable();
    let (major, minor) = parse_version(pieces.next()?.strip_prefix(VERSION)?)?;
    to.composite_text(|to| {
        to.version_value(major, minor);
        while let Some(pair) = pieces.next() {
            let (name, value) = pair.split_once('=')?;
            let mut one = Writer::new();
            one.text_string(name).ok()?;
            one.text_string(value).ok()?;
            for attribute in [PATH, DOMAIN] {
                if let Some(piece) = pieces.next_if(|piece| piece.starts_with(attribute)) {
                    one.text_string(piece.strip_prefix(attribute)?).ok()?;
                }
            }
            to.uintvar(u32::try_from(one.len()).ok()?);
            to.octets(&one.into_octets());
        }
        Some(())
    })
}

/// `name=value`, if neither has a separator in it.
fn pair(name: &str, value: &str) -> Option<String> {
    let is_plain = !name.starts_with('$') && !name.contains(['=', ';']) && !value.contains(';');
    is_plain.then(|| alloc::format!("{name}={value}"))
}

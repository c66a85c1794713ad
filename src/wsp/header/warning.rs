//! `Warning` and `Profile-Warning` (WAP-230, 8.4.2.51 and 8.4.2.54).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use nom::Parser;
use nom::character::complete::space0;
use nom::combinator::all_consuming;
use nom::multi::many0;
use nom::sequence::preceded;

use super::time::{date, seconds};
use crate::error::DecodeError;
use crate::message::{Quoted, Str, quoted_string};
use crate::wsp::{Reader, Writer};

/// HTTP's codes by WSP's. WSP has one for 199 and 299, which is read as the former.
const CODES: &[(u8, &str)] = &[(10, "110"), (11, "111"), (12, "112"), (13, "113"), (14, "214"), (99, "199")];

/// The codes of a profile warning, in the manner of the others.
const PROFILE_CODES: &[(u8, &str)] =
    &[(0x10, "100"), (0x11, "101"), (0x12, "102"), (0x20, "200"), (0x21, "201"), (0x22, "202"), (0x23, "203")];

/// `110`, or `110 agent "text"`.
pub(super) fn read(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    warning(from, CODES, |from, warning| {
        let text = from.text_string()?;
        push_quoted(warning, &text);
        Ok(Some(()))
    })
}

pub(super) fn write(to: &mut Writer, text: &str) -> Option<()> {
    write_warning(to, CODES, text, |to, quoted| {
        let [text] = quoted else { return None };
        to.text_string(&**text).ok()
    })
}

/// `200`, or `200 target`, or `200 target "date"`; more dates may follow.
pub(super) fn read_profile(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    warning(from, PROFILE_CODES, |from, warning| {
        while !from.is_empty() {
            from.count()?;
            let Some(date) = date(from.long_integer()?) else { return Ok(None) };
            push_quoted(warning, &date);
        }
        Ok(Some(()))
    })
}

pub(super) fn write_profile(to: &mut Writer, text: &str) -> Option<()> {
    write_warning(to, PROFILE_CODES, text, |to, quoted| {
        quoted.iter().try_for_each(|date| seconds(date).map(|seconds| to.long_integer(seconds)))
    })
}

/// A code alone, or a value-length, a code, a word, and what `rest` reads.
fn warning(
    from: &mut Reader<'_>,
    codes: &[(u8, &'static str)],
    rest: impl FnOnce(&mut Reader<'_>, &mut String) -> Result<Option<()>, DecodeError>,
) -> Result<Option<Str>, DecodeError> {
    let code = |from: &mut Reader<'_>| {
        let number = from.short_integer()?;
        Ok(codes.iter().find(|(known, _)| *known == number).map(|(_, code)| *code))
    };
    match from.peek() {
        Some(0x01..=0x1f) => from.composite_text(|from| {
            let Some(code) = code(from)? else { return Ok(None) };
            let agent = from.text_string()?;
            let mut warning = alloc::format!("{code} {agent}");
            // A blank would end the agent too early.
            let is_word = !agent.is_empty() && !agent.contains([' ', '"']);
            Ok(rest(from, &mut warning)?.filter(|()| is_word).map(|()| warning.into()))
        }),
        _ => Ok(code(from)?.map(Str::from_static)),
    }
}

fn write_warning(
    to: &mut Writer,
    codes: &[(u8, &'static str)],
    text: &str,
    rest: impl FnOnce(&mut Writer, &[Cow<'_, str>]) -> Option<()>,
) -> Option<()> {
    let (code, agent) = text.split_once(' ').map_or((text, None), |(code, agent)| (code, Some(agent)));
    let (number, _) = codes.iter().find(|(_, known)| *known == code)?;
    let Some(agent) = agent else {
        to.short_integer(*number);
        return Some(());
    };
    let (agent, quoted) = agent.split_once(' ').unwrap_or((agent, ""));
    to.composite_text(|to| {
        to.short_integer(*number);
        to.text_string(agent).ok()?;
        rest(to, &unquoted(quoted)?)
    })
}

fn push_quoted(warning: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = write!(warning, " {}", Quoted(text));
}

fn unquoted(text: &str) -> Option<Vec<Cow<'_, str>>> {
    let list = many0(preceded(space0, quoted_string));
    all_consuming(list).parse(text).ok().map(|(_, texts)| texts)
}

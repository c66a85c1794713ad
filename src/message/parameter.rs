//! Parameters of content types and dispositions, and how MIME writes them (RFC 2045, 5.1).

use alloc::borrow::Cow;
#[cfg(feature = "arbitrary")]
use alloc::vec::Vec;
use core::fmt;

use bytes::Bytes;

use super::str::Str;
use crate::conversion::arbitrary;
use crate::octet_set::{OctetSet, equal, find, length_until};

/// A parameter of a content type or a disposition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Parameter {
    /// A parameter with a name and a text value. The names of the WSP codes are those of WAP-230,
    /// table 38, in small letters: both codes for a name are `name`. An empty value is WSP's No-value.
    Text {
        /// The name as it was written.
        name: Str,
        /// The value, without quotation marks.
        value: Str,
    },
    /// A WSP parameter whose code, or whose value, has no text. Only WSP can write it.
    Coded {
        /// The code, without the high bit.
        code: u32,
        /// The octets of the value.
        #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
        value: Bytes,
    },
}

impl Parameter {
    /// Whether this is the text parameter `name`, compared without case.
    pub(crate) fn is(&self, name: &str) -> bool {
        matches!(self, Self::Text { name: own, .. } if own.eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { name, value } if is_token(value) => write!(f, "{name}={value}"),
            Self::Text { name, value } => write!(f, "{name}={}", Quoted(value)),
            Self::Coded { code, value } => {
                write!(f, "{code:#04X}={}", Hex(value))
            }
        }
    }
}

/// Octets as one number in hexadecimal.
pub(crate) struct Hex<'a>(pub(crate) &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("0x")?;
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02X}"))
    }
}

/// A quoted-string (RFC 9110, 5.6.4).
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        let mut rest = self.0;
        loop {
            let plain = length_until(rest.as_bytes(), |word| equal(word, b'"') | equal(word, b'\\'));
            let (plain, special) = rest.split_at_checked(plain).unwrap_or((rest, ""));
            f.write_str(plain)?;
            let Some((special, after)) = special.split_at_checked(1) else { return f.write_str("\"") };
            f.write_str("\\")?;
            f.write_str(special)?;
            rest = after;
        }
    }
}

arbitrary!(Parameter, |u| {
    let (name, value) = match u.int_in_range(0..=5)? {
        0 => ("charset", Str::from_static("utf-8")),
        1 => ("name", Str::arbitrary(u)?),
        2 => ("start", alloc::format!("<{}>", Str::arbitrary(u)?).into()),
        3 => ("type", Str::from_static("application/smil")),
        4 => ("x-number", Str::from_static("5")),
        _ => return Ok(Self::Coded { code: 0x1f, value: Bytes::from_static(&[0x85]) }),
    };
    Ok(Self::Text { name: Str::from_static(name), value })
});

/// Arbitrary parameters in the order in which MM1 has them: those without a code last.
#[cfg(feature = "arbitrary")]
pub(crate) fn coded_first(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Vec<Parameter>> {
    let mut parameters: Vec<Parameter> = arbitrary::Arbitrary::arbitrary(u)?;
    parameters.sort_by_key(|parameter| parameter.is("x-number"));
    Ok(parameters)
}

pub(super) fn parameter<'a>(parameters: &'a [Parameter], name: &str) -> Option<&'a str> {
    parameters.iter().find_map(|parameter| match parameter {
        Parameter::Text { value, .. } if parameter.is(name) => Some(value.as_str()),
        _ => None,
    })
}

/// Whether this is a token of RFC 2045 with at least one octet.
pub(crate) fn is_token(text: impl AsRef<[u8]>) -> bool {
    !text.as_ref().is_empty() && TOKEN.has_all(text.as_ref())
}

/// Whether `octet` may be in a token (RFC 2045, 5.1; RFC 2616, 2.2, and RFC 9110, 5.6.2, exclude braces too).
pub(crate) fn is_token_octet(octet: u8) -> bool {
    TOKEN.has(octet)
}

static TOKEN: OctetSet = OctetSet::visible_except(br#"()<>@,;:\"/[]?={}"#);

/// The parameters that follow a value, as real systems write them (RFC 2045, 5.1).
pub(crate) struct Parameters<'a> {
    /// What is behind the next semicolon, if there is one.
    rest: Option<&'a str>,
}

/// A parameter as it is written: `name=value`, nothing but a name, or nothing at all.
pub(crate) struct Written<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: Option<WrittenValue<'a>>,
}

pub(crate) struct WrittenValue<'a> {
    /// The value without quotation marks, escapes and comments.
    pub(crate) text: Cow<'a, str>,
    /// Whether it is a token or a quoted string.
    pub(crate) is_regular: bool,
    /// Whether anything but a comment is between the quoted string and the semicolon.
    pub(crate) has_junk: bool,
}

impl<'a> Parameters<'a> {
    /// The value before the parameters, and the parameters.
    pub(crate) fn split(text: &'a str) -> (&'a str, Self) {
        let (value, rest) = split_at_semicolon(text);
        (value, Self { rest })
    }

    fn value(&mut self, text: &'a str) -> WrittenValue<'a> {
        let Some(quoted) = text.strip_prefix('"') else {
            let (value, rest) = split_at_semicolon(text);
            self.rest = rest;
            // RFC 2045, 5.1 has `charset=us-ascii (Plain text)`.
            let comment = value.as_bytes().windows(2).position(|pair| pair == b" (");
            let value = comment.and_then(|at| value.get(..at)).unwrap_or(value).trim_ascii();
            return WrittenValue { text: value.into(), is_regular: is_token(value), has_junk: false };
        };
        let (text, after) = unquoted(quoted);
        let (between, rest) = split_at_semicolon(after.unwrap_or_default());
        self.rest = rest;
        let between = between.trim_ascii();
        let has_junk = !between.is_empty() && !between.starts_with('(');
        WrittenValue { text, is_regular: after.is_some() && !has_junk, has_junk }
    }
}

impl<'a> Iterator for Parameters<'a> {
    type Item = Written<'a>;

    fn next(&mut self) -> Option<Written<'a>> {
        let text = self.rest.take()?.trim_ascii_start();
        let name_end = text.bytes().position(|octet| matches!(octet, b'=' | b';')).unwrap_or(text.len());
        let (name, after) = text.split_at_checked(name_end).unwrap_or((text, ""));
        let value = match after.strip_prefix('=') {
            Some(value) => Some(self.value(value.trim_ascii_start())),
            None => {
                self.rest = after.strip_prefix(';');
                None
            }
        };
        Some(Written { name: name.trim_ascii(), value })
    }
}

/// The text of a quoted string behind its first quotation mark, and what is behind the last one; `None` if that
/// is missing.
fn unquoted(text: &str) -> (Cow<'_, str>, Option<&str>) {
    let mut unquoted = Cow::Borrowed("");
    let mut left = text;
    loop {
        let Some(special) = left.bytes().position(|octet| matches!(octet, b'"' | b'\\')) else {
            unquoted += left;
            return (unquoted, None);
        };
        let (plain, from_special) = left.split_at_checked(special).unwrap_or((left, ""));
        unquoted += plain;
        let mut after = from_special.chars();
        if after.next() == Some('"') {
            return (unquoted, Some(after.as_str()));
        }
        let escaped = after.as_str();
        let width = after.next().map_or(0, char::len_utf8);
        unquoted += escaped.get(..width).unwrap_or_default();
        left = after.as_str();
    }
}

/// What [`Quoted`] writes.
pub(crate) fn quoted_string(text: &str) -> nom::IResult<&str, Cow<'_, str>> {
    let error = || nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Char));
    let (unquoted, after) = unquoted(text.strip_prefix('"').ok_or_else(error)?);
    Ok((after.ok_or_else(error)?, unquoted))
}

/// The text before and after the first semicolon, if there is one.
fn split_at_semicolon(text: &str) -> (&str, Option<&str>) {
    let split = find(b';', text.as_bytes()).and_then(|at| text.split_at_checked(at));
    split.map_or((text, None), |(before, after)| (before, after.get(1..)))
}

//! Numbers with a name, or a token in their place, with a quality or without (WAP-230,
//! 8.4.2.8 to 8.4.2.11, 8.4.2.17, 8.4.2.65 and others).

use super::{code_of_header, name_of_header};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::message::{Charset, Str};
use crate::wsp::parameter::{charset_name, quality, thousandths};
use crate::wsp::{Reader, Writer, assigned};

/// What the numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Charset,
    Language,
    Method,
    /// Header names.
    Field,
    RangeUnit,
    Connection,
    Coding,
    AcceptedCoding,
    TransferCoding,
    Pragma,
    Expectation,
    Security,
    /// Directives of `Cache-Control`.
    #[cfg(feature = "wsp-headers")]
    Directive,
    /// Codings of `TE`.
    Te,
}

/// The methods by their number (WAP-230, table 34).
const METHODS: &[(u32, &str)] = &[
    (0x40, "GET"),
    (0x41, "OPTIONS"),
    (0x42, "HEAD"),
    (0x43, "DELETE"),
    (0x44, "TRACE"),
    (0x60, "POST"),
    (0x61, "PUT"),
];

const TRAILERS: &str = "trailers";
const Q_TOKEN: u8 = 0x80;

impl Word {
    /// The names of which a number is the place. An empty name is none.
    const fn list(self) -> &'static [&'static str] {
        match self {
            Self::RangeUnit => &["none", "bytes"],
            Self::Connection => &["close"],
            Self::Coding => &["gzip", "compress", "deflate"],
            Self::AcceptedCoding => &["gzip", "compress", "deflate", "*"],
            Self::TransferCoding => &["chunked"],
            Self::Pragma => &["no-cache"],
            Self::Expectation => &["100-continue"],
            Self::Security => &["close-subordinate"],
            #[cfg(feature = "wsp-headers")]
            Self::Directive => super::cache::DIRECTIVES,
            // The first place is the one of the token before a quality.
            Self::Te => &["", "trailers", "chunked", "identity", "gzip", "compress", "deflate"],
            Self::Charset | Self::Language | Self::Method | Self::Field => &[],
        }
    }

    fn name(self, code: u32) -> Option<&'static str> {
        match self {
            Self::Charset => charset_name(u64::from(code)),
            Self::Language => assigned::language(code),
            Self::Method => METHODS.iter().find(|(known, _)| *known == code).map(|(_, name)| *name),
            Self::Field => name_of_header(u8::try_from(code).ok()?),
            listed => listed.list().get(usize::try_from(code).ok()?).copied().filter(|name| !name.is_empty()),
        }
    }

    fn code(self, name: &str) -> Option<u32> {
        match self {
            _ if name.is_empty() => None,
            Self::Charset if name == "*" => Some(0),
            Self::Charset => Charset::from_name(name).map(|charset| u32::from(charset.number())),
            Self::Language => assigned::language_code(name),
            Self::Method => METHODS.iter().find(|(_, known)| *known == name).map(|(code, _)| *code),
            Self::Field => code_of_header(name).map(u32::from),
            listed => {
                (0..).zip(listed.list()).find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(code, _)| code)
            }
        }
    }
}

pub(super) fn read(from: &mut Reader<'_>, word: Word) -> Result<Option<Str>, DecodeError> {
    match from.peek() {
        Some(0x20..=0x7f) => from.token_text().map(Some),
        _ => read_code(from, word),
    }
}

pub(super) fn read_code(from: &mut Reader<'_>, word: Word) -> Result<Option<Str>, DecodeError> {
    let code = match (word, from.peek()) {
        (Word::Charset | Word::Language | Word::Field, Some(0x01..=0x1e)) => from.integer_value()?,
        _ => u64::from(from.short_integer()?),
    };
    Ok(u32::try_from(code).ok().and_then(|code| word.name(code)).map(Str::from_static))
}

pub(super) fn write(to: &mut Writer, word: Word, text: &str) -> Option<()> {
    write_code(to, word, text).or_else(|| to.token_text(text).ok())
}

pub(super) fn write_code(to: &mut Writer, word: Word, text: &str) -> Option<()> {
    word.code(text).map(|code| to.integer_value(u64::from(code)))
}

pub(super) fn read_weighted(from: &mut Reader<'_>, word: Word) -> Result<Option<Str>, DecodeError> {
    match from.peek() {
        Some(0x01..=0x1f) => from.composite_text(|from| {
            let Some(name) = read(from, word)? else { return Ok(None) };
            if from.is_empty() { Ok(Some(name)) } else { with_quality(from, &name).map(Some) }
        }),
        _ => read(from, word),
    }
}

pub(super) fn write_weighted(to: &mut Writer, word: Word, text: &str) -> Option<()> {
    let (name, thousandths) = split_quality(text)?;
    // A long-integer would look like the value-length of the other form.
    if thousandths.is_none() && word.code(name).is_none_or(|code| code < 0x80) {
        return write(to, word, name);
    }
    to.composite_text(|to| {
        write(to, word, name)?;
        thousandths.map_or(Some(()), |thousandths| to.q_value(thousandths).ok())
    })
}

pub(super) fn read_te(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    match from.peek() {
        Some(0x01..=0x1f) => from.composite_text(|from| {
            let Some(name) = read(from, Word::Te)? else { return Ok(None) };
            if from.is_empty() {
                return Ok(Some(name));
            }
            let start = from.offset();
            match from.octet()? {
                Q_TOKEN => with_quality(from, &name).map(Some),
                octet => Err(from.error_at(DecodeErrorKind::UnexpectedOctet(octet), start)),
            }
        }),
        _ => read_code(from, Word::Te),
    }
}

pub(super) fn write_te(to: &mut Writer, text: &str) -> Option<()> {
    let (name, thousandths) = split_quality(text)?;
    if thousandths.is_none() && name.eq_ignore_ascii_case(TRAILERS) {
        return write_code(to, Word::Te, name);
    }
    to.composite_text(|to| {
        write(to, Word::Te, name)?;
        let Some(thousandths) = thousandths else { return Some(()) };
        to.octet(Q_TOKEN);
        to.q_value(thousandths).ok()
    })
}

fn with_quality(from: &mut Reader<'_>, name: &str) -> Result<Str, DecodeError> {
    Ok(alloc::format!("{name};q={}", quality(from.q_value()?)).into())
}

fn split_quality(text: &str) -> Option<(&str, Option<u16>)> {
    match text.split_once(';') {
        None => Some((text, None)),
        Some((name, weight)) => Some((name.trim_end(), Some(thousandths(weight.trim_start().strip_prefix("q=")?)?))),
    }
}

//! Header fields (RFC 5322, 2.2): reading a header section, writing and folding a field.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use memchr::memchr;

use crate::context::Context;
use crate::error::{DecodeError, EncodeErrorKind};
use crate::message::encoded_word::{find_control, is_control};
use crate::message::latin1;
use crate::octet_set::{OctetSet, each, equal, is_plain, length_until, plain_length, same};
use crate::options::DeviationKind;

/// The longest line without its end (RFC 5322, 2.1.1).
pub(crate) const MAX_LINE: usize = 998;
/// Where lines are folded (RFC 5322, 2.1.1).
const FOLD: usize = 78;
/// The longest line with encoded words (RFC 2047, 2).
const FOLD_OF_WORDS: usize = 76;

/// A header field as it is in the input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawField<'a> {
    /// The name as it was written: visible ASCII.
    pub(crate) name: &'a [u8],
    /// The text after the colon.
    value: Value<'a>,
    /// Where the name begins, from the start of the whole input.
    pub(crate) offset: usize,
    /// Where the value begins.
    pub(crate) value_offset: usize,
}

/// The value of a field without the blanks around it.
#[derive(Clone, Copy, Debug)]
enum Value<'a> {
    /// Visible ASCII and blanks, on one line.
    Plain(&'a str),
    /// Anything, with its folds.
    Octets(&'a [u8]),
}

impl<'a> RawField<'a> {
    /// Whether this is the field `name`, compared without case.
    #[inline]
    pub(crate) fn is(&self, name: &str) -> bool {
        is_same(self.name, name)
    }

    /// Whether the name begins with `prefix`, compared without case.
    #[inline]
    pub(crate) fn begins_with(&self, prefix: &str) -> bool {
        self.name.get(..prefix.len()).is_some_and(|start| is_same(start, prefix))
    }

    /// The name as it was written.
    pub(crate) fn name(&self) -> &'a str {
        core::str::from_utf8(self.name).unwrap_or_default()
    }

    /// The value unfolded, without the blanks around it. Octets above 0x7F are read as UTF-8, else
    /// as ISO-8859-1.
    #[inline]
    pub(crate) fn text(&self, context: &mut Context) -> Result<Cow<'a, str>, DecodeError> {
        match self.value {
            Value::Plain(text) => Ok(Cow::Borrowed(text)),
            Value::Octets(octets) => self.unusual_text(octets, context),
        }
    }

    #[cold]
    fn unusual_text(&self, octets: &'a [u8], context: &mut Context) -> Result<Cow<'a, str>, DecodeError> {
        let unfolded = unfolded(octets);
        let is_plain = is_plain(&unfolded);
        if !is_plain && unfolded.iter().any(|octet| is_control(*octet)) {
            context.forgive(DeviationKind::HeaderSyntax, self.value_offset)?;
        }
        if !is_plain && !unfolded.is_ascii() {
            context.forgive(DeviationKind::UnlabelledText, self.value_offset)?;
        }
        Ok(match unfolded {
            Cow::Borrowed(octets) => match core::str::from_utf8(octets) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => latin1(octets),
            },
            Cow::Owned(octets) => {
                Cow::Owned(String::from_utf8(octets).unwrap_or_else(|error| latin1(error.as_bytes()).into_owned()))
            }
        })
    }
}

fn unfolded(value: &[u8]) -> Cow<'_, [u8]> {
    let Some(mut feed) = memchr(b'\n', value) else { return Cow::Borrowed(value) };
    let mut unfolded = Vec::with_capacity(value.len());
    let without_return = |line: &'_ [u8]| line.len() - line.iter().rev().take_while(|octet| **octet == b'\r').count();
    let mut rest = value;
    while let (line, [_, after @ ..]) = rest.split_at_checked(feed).unwrap_or((rest, &[])) {
        unfolded.extend_from_slice(line.get(..without_return(line)).unwrap_or_default());
        rest = after;
        feed = memchr(b'\n', rest).unwrap_or(rest.len());
    }
    unfolded.extend_from_slice(rest.strip_suffix(b"\r").unwrap_or(rest));
    let trimmed = unfolded.trim_ascii();
    Cow::Owned(if trimmed.len() == unfolded.len() { unfolded } else { trimmed.to_vec() })
}

/// A header section, field by field.
#[derive(Clone, Debug)]
pub(crate) struct Section<'a> {
    input: &'a [u8],
    /// Where the section begins.
    start: usize,
    /// The start of the section as text, which is looked at once and not field by field.
    text: &'a str,
    at: usize,
    end: usize,
    /// How many blanks each line may have before it.
    indent: usize,
    /// Whether it heads a whole message, where a damaged line is more likely than a missing end.
    of_message: bool,
}

impl<'a> Section<'a> {
    /// The section that begins at `at`; the message or part ends at `end`.
    pub(crate) fn new(input: &'a [u8], at: usize, end: usize, of_message: bool) -> Self {
        // The headers of most messages are shorter; those of a part are not worth it.
        const MOST_TEXT: usize = 4_096;
        Self::with_text(input, at, end, of_message, if of_message { MOST_TEXT } else { 0 })
    }

    /// A section of a message of which there may be many, so none looks beyond its own end.
    pub(crate) fn of_many(input: &'a [u8], at: usize, end: usize) -> Self {
        Self::with_text(input, at, end, true, 0)
    }

    fn with_text(input: &'a [u8], at: usize, end: usize, of_message: bool, most: usize) -> Self {
        let end = end.min(input.len());
        let text_end = end.min(at.saturating_add(most));
        let text = valid_start(input.get(at..text_end).unwrap_or_default());
        Self { input, start: at, text, at, end, indent: 0, of_message }
    }

    /// The same section, with this number of blanks at the start of each line.
    pub(crate) const fn indented(self, indent: usize) -> Self {
        Self { indent, ..self }
    }

    /// How many of the blanks before the line at this place are not its own.
    fn indent_at(&self, at: usize) -> usize {
        let line = self.input.get(at..self.end).unwrap_or_default();
        line.iter().take(self.indent).take_while(|octet| matches!(octet, b' ' | b'\t')).count()
    }

    /// The next field, or `None` at the end of the section: [`offset`](Self::offset) is then where
    /// the body begins.
    #[inline(always)]
    pub(crate) fn next(&mut self, context: &mut Context) -> Result<Option<RawField<'a>>, DecodeError> {
        match self.next_usual("") {
            Some((field, _)) => Ok(Some(field)),
            None => self.next_any(context),
        }
    }

    /// The next field if it is plain and on one line, as most are, and whether it has the expected name to
    /// the letter: it is then found without a search.
    #[inline(always)]
    pub(crate) fn next_usual(&mut self, expected: &str) -> Option<(RawField<'a>, bool)> {
        let rest = self.input.get(self.at..self.end)?;
        let is_expected =
            rest.get(expected.len()) == Some(&b':') && same(rest.get(..expected.len()).unwrap_or_default(), expected);
        let length = if is_expected { expected.len() } else { name_octets(rest) };
        let (name, from_colon) = rest.split_at_checked(length)?;
        let from_value = from_colon.strip_prefix(b": ")?;
        let (value, from_end) = from_value.split_at_checked(plain_length(from_value))?;
        let after = from_end.strip_prefix(b"\r\n")?;
        let is_usual = !name.is_empty()
            && !matches!(value, [b' ', ..] | [.., b' '])
            && !matches!(after, [b' ' | b'\t', ..])
            && rest.len() - after.len() <= MAX_LINE + 2;
        if !is_usual {
            return None;
        }
        let offset = self.at;
        let value_offset = offset + name.len() + 2;
        let start = value_offset - self.start;
        let value = match self.text.get(start..start + value.len()) {
            Some(text) => Value::Plain(text),
            None => plain(value)?,
        };
        self.at = self.end - after.len();
        Some((RawField { name, value, offset, value_offset }, is_expected))
    }

    /// The first field of this name, without reading those before it: where the section is damaged
    /// before it, the field may turn out to be in the body.
    pub(crate) fn find(&self, name: &str, context: &mut Context) -> Result<Option<RawField<'a>>, DecodeError> {
        let mut at = self.at;
        loop {
            let rest = self.input.get(at..self.end).unwrap_or_default();
            match rest {
                [] | [b'\n', ..] | [b'\r', b'\n', ..] | [b'\r', b'\r', b'\n', ..] => return Ok(None),
                _ => {}
            }
            let is_named = rest.get(..name.len()).is_some_and(|start| is_same(start, name));
            if is_named && colon_behind(rest, name.len()).is_some() {
                return Self { at, ..self.clone() }.next(context);
            }
            at = memchr(b'\n', rest).map_or(self.end, |feed| at + feed + 1);
        }
    }

    /// The next field, whatever it looks like.
    #[cold]
    pub(crate) fn next_any(&mut self, context: &mut Context) -> Result<Option<RawField<'a>>, DecodeError> {
        loop {
            self.at += self.indent_at(self.at);
            let rest = self.input.get(self.at..self.end).unwrap_or_default();
            match rest {
                [] => return Ok(None),
                [b'\r', b'\r', b'\n', ..] => {
                    context.forgive_once(DeviationKind::HeaderSyntax, self.at)?;
                    self.at += 3;
                    return Ok(None);
                }
                [b'\r', b'\n', ..] => {
                    self.at += 2;
                    return Ok(None);
                }
                [b'\n', ..] => {
                    context.forgive_once(DeviationKind::BareLineFeed, self.at)?;
                    self.at += 1;
                    return Ok(None);
                }
                _ => {}
            }
            let offset = self.at;
            let name_length = name_length(rest);
            let Some(value_at) = name_length.and_then(|length| colon_behind(rest, length)) else {
                let next = self.line_end(offset, offset, context)?;
                context.forgive(DeviationKind::HeaderSyntax, offset)?;
                if !self.skips_damaged_line(next) {
                    return Ok(None);
                }
                self.at = next;
                continue;
            };
            let name = rest.get(..name_length.unwrap_or_default()).unwrap_or_default();
            if value_at > name.len() + 1 {
                context.forgive(DeviationKind::HeaderSyntax, offset)?;
            }
            let first = self.line_end(offset, offset + value_at, context)?;
            let mut after = first;
            let mut has_blank_line = false;
            while matches!(self.input.get(after + self.indent_at(after)), Some(b' ' | b'\t')) && after < self.end {
                let next = self.line_end(after, after, context)?;
                has_blank_line |= self.input.get(after..next).is_some_and(|line| line.trim_ascii().is_empty());
                after = next;
            }
            if has_blank_line {
                context.forgive(DeviationKind::HeaderSyntax, first)?;
            }
            self.at = after;
            let value = self.input.get(offset + value_at..after).unwrap_or_default();
            let without_start = value.trim_ascii_start();
            let value_offset = offset + value_at + (value.len() - without_start.len());
            let value = without_start.trim_ascii_end();
            let value = plain(value).filter(|_| is_plain(value)).unwrap_or(Value::Octets(value));
            return Ok(Some(RawField { name, value, offset, value_offset }));
        }
    }

    /// Where the next field begins, or the body.
    pub(crate) const fn offset(&self) -> usize {
        self.at
    }

    /// Where the line after the one that begins at `start` begins; there is no LF before `from`.
    fn line_end(&self, start: usize, from: usize, context: &mut Context) -> Result<usize, DecodeError> {
        let end = match memchr(b'\n', self.input.get(from..self.end).unwrap_or_default()) {
            Some(feed) => {
                let feed = from + feed;
                if feed.checked_sub(1).and_then(|before| self.input.get(before)) != Some(&b'\r') {
                    context.forgive_once(DeviationKind::BareLineFeed, feed)?;
                } else if feed.checked_sub(2).and_then(|before| self.input.get(before)) == Some(&b'\r') {
                    context.forgive_once(DeviationKind::HeaderSyntax, feed)?;
                }
                feed + 1
            }
            None => {
                if self.of_message {
                    context.forgive_once(DeviationKind::Truncated, self.end)?;
                }
                self.end
            }
        };
        if end - start > MAX_LINE + 2 {
            context.forgive_once(DeviationKind::LineTooLong, start)?;
        }
        Ok(end)
    }

    /// Whether a line that is not a field is damage: the next line is a field again. Otherwise the
    /// body begins without an empty line before it.
    fn skips_damaged_line(&self, next: usize) -> bool {
        let rest = self.input.get(next..self.end).unwrap_or_default();
        let is_field = name_length(rest).is_some_and(|length| colon_behind(rest, length).is_some());
        self.of_message && (is_field || matches!(rest.first(), Some(b' ' | b'\t')))
    }
}

fn plain(octets: &[u8]) -> Option<Value<'_>> {
    core::str::from_utf8(octets).ok().map(Value::Plain)
}

/// The octets at the start that are UTF-8.
fn valid_start(octets: &[u8]) -> &str {
    core::str::from_utf8(octets).unwrap_or_else(|error| {
        let valid = octets.get(..error.valid_up_to()).unwrap_or_default();
        core::str::from_utf8(valid).unwrap_or_default()
    })
}

/// The length of the name that a line begins with: visible characters.
#[inline]
fn name_length(line: &[u8]) -> Option<usize> {
    let length = name_octets(line);
    (0 < length && length < line.len()).then_some(length)
}

/// Where the value begins, if there is nothing but blanks between the name and a colon.
fn colon_behind(line: &[u8], name: usize) -> Option<usize> {
    const MOST_BLANKS: usize = 100;
    let rest = line.get(name..)?;
    let blanks = rest.iter().take(MOST_BLANKS).take_while(|octet| matches!(octet, b' ' | b'\t')).count();
    (rest.get(blanks) == Some(&b':')).then_some(name + blanks + 1)
}

/// Whether two names are the same but for case. Mostly they are the same to the letter.
#[inline]
fn is_same(a: &[u8], b: &str) -> bool {
    let is_same_start = || a.first().map(u8::to_ascii_lowercase) == b.as_bytes().first().map(u8::to_ascii_lowercase);
    a.len() == b.len() && is_same_start() && (a == b.as_bytes() || a.eq_ignore_ascii_case(b.as_bytes()))
}

/// How many octets at the start are visible ASCII but the colon: what names are made of (RFC 5322, 2.2).
#[inline]
fn name_octets(octets: &[u8]) -> usize {
    length_until(octets, |word| word | word.wrapping_sub(each(b'!')) | word.wrapping_add(each(1)) | equal(word, b':'))
}

/// Where a long value may be folded. Any place is as good to readers of RFC 5322, but many take lines apart
/// before they look for quotation marks and display names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folding {
    /// At any single blank: text.
    Words,
    /// At those outside of quoted strings: values with parameters.
    Unquoted,
    /// Behind a comma outside of quoted strings, and between encoded words: lists of addresses.
    List,
}

impl Folding {
    /// How long the piece at the start is, which begins with blanks: up to the next blank at which the value
    /// may be folded.
    fn piece(self, rest: &str) -> usize {
        static PLAIN: OctetSet = OctetSet::visible_except(br#"\""#);
        let octets = rest.as_bytes();
        let mut at = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let mut is_quoted = false;
        loop {
            at += PLAIN.length(octets.get(at..).unwrap_or_default());
            match octets.get(at) {
                None => return rest.len(),
                Some(b'"') if self != Self::Words => is_quoted = !is_quoted,
                Some(b'\\') if is_quoted => at += 1,
                Some(b' ' | b'\t') if !is_quoted && self.is_place(rest, at) => return at,
                Some(_) => {}
            }
            at += 1;
        }
    }

    fn is_place(self, rest: &str, at: usize) -> bool {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        self != Self::List || before.ends_with(',') || before.ends_with("?=") || after.get(1..3) == Some("=?")
    }
}

/// Writes a field and folds it at single blanks.
pub(crate) fn write_field(out: &mut Vec<u8>, name: &str, value: &str) -> Result<(), EncodeErrorKind> {
    write_folded(out, name, value, Folding::Words)
}

/// Writes a field and folds it.
pub(crate) fn write_folded(
    out: &mut Vec<u8>,
    name: &str,
    value: &str,
    folding: Folding,
) -> Result<(), EncodeErrorKind> {
    if name.is_empty() || name_octets(name.as_bytes()) < name.len() {
        return Err(EncodeErrorKind::InvalidText);
    }
    if !is_plain(value.as_bytes()) {
        if let Some(octet) = find_control(value) {
            return Err(EncodeErrorKind::ControlCharacter(octet));
        }
        if !value.is_ascii() {
            return Err(EncodeErrorKind::InvalidText);
        }
    }
    // With the folds of words of the usual length.
    out.reserve(name.len() + value.len() + value.len() / (FOLD / 2) * 2 + ": \r\n".len());
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b":");
    if name.len() + 2 + value.len() <= FOLD_OF_WORDS {
        for piece in [" ", value, "\r\n"] {
            out.extend_from_slice(piece.as_bytes());
        }
        return Ok(());
    }
    let mut column = name.len() + 1;
    let mut has_words = false;
    let mut rest = value;
    loop {
        // A fold is only made before a single blank.
        let (piece, after) = rest.split_at_checked(folding.piece(rest)).unwrap_or((rest, ""));
        let is_first = rest.len() == value.len();
        let blanks = piece.len() - piece.trim_start_matches([' ', '\t']).len();
        has_words |= piece.contains("=?");
        let fold = if has_words { FOLD_OF_WORDS } else { FOLD };
        let needed = piece.len() + usize::from(is_first);
        let is_single = if is_first { piece.starts_with("=?") } else { blanks == 1 && piece.len() > 1 };
        if column + needed > fold && is_single {
            out.extend_from_slice(b"\r\n");
            column = 0;
            has_words = piece.contains("=?");
        }
        if is_first {
            out.push(b' ');
        }
        out.extend_from_slice(piece.as_bytes());
        column += needed;
        if column > MAX_LINE {
            return Err(EncodeErrorKind::NotExpressible);
        }
        if after.is_empty() {
            out.extend_from_slice(b"\r\n");
            return Ok(());
        }
        rest = after;
    }
}

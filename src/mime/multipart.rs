//! Splitting the body of a multipart (RFC 2046, 5.1).

use core::ops::Range;

use alloc::vec::Vec;

use memchr::memchr;

use super::source::Source;
use crate::context::Context;
use crate::error::DecodeError;
use crate::options::DeviationKind;

/// The parts of a multipart body, one after the other. Preamble and epilogue are skipped, as RFC
/// 2046, 5.1.1 has it.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    input: &'a [u8],
    start: usize,
    end: usize,
    /// Two hyphens, the boundary: what every delimiter has.
    needle: &'a [u8],
    /// The next part without its end; `None` behind the last part.
    next: Option<Piece>,
    /// Whether there was a delimiter at all.
    pub(crate) is_split: bool,
}

/// Where a part is: its header section and its content.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) range: Range<usize>,
    /// How many blanks its lines begin with: as many as the delimiter before it.
    pub(crate) indent: usize,
    /// Whether it begins with a header section.
    pub(crate) has_header: bool,
}

/// The needle for [`Parts::new`].
pub(crate) fn needle(boundary: &str) -> Vec<u8> {
    [b"--", boundary.as_bytes()].concat()
}

/// Whether a field about content is at the beginning.
fn begins_header(text: &[u8]) -> bool {
    let Some((start, rest)) = text.split_at_checked("Content-".len()) else { return false };
    let name = rest.iter().take_while(|octet| octet.is_ascii_alphanumeric() || **octet == b'-').count();
    let after = rest.get(name..).unwrap_or_default().trim_ascii_start();
    start.eq_ignore_ascii_case(b"Content-") && name > 0 && after.starts_with(b":")
}

struct Delimiter {
    /// Where the content before it ends.
    content_end: usize,
    /// Where the line after it begins.
    after: usize,
    /// How many blanks are before it on its line.
    indent: usize,
    closes: bool,
}

impl<'a> Parts<'a> {
    pub(crate) fn new<'input: 'a>(
        source: &mut Source<'input>,
        body: Range<usize>,
        needle: &'a [u8],
        is_mail: bool,
        context: &mut Context,
    ) -> Result<Self, DecodeError> {
        let (start, end) = (body.start, body.end);
        let input: &[u8] = source.input;
        let mut parts = Self { input, start, end, needle, next: None, is_split: false };
        let Some(first) = parts.find(start, source, context)? else { return Ok(parts) };
        parts.is_split = true;
        let preamble = input.get(start..first.content_end).unwrap_or_default().trim_ascii_start();
        // RFC 2046, 5.1.1: a preamble is any text, which is all that it is to strict decoding.
        let has_header = !context.is_strict() && begins_header(preamble);
        if has_header || !context.is_strict() && !is_mail && preamble.starts_with(b"<") {
            // Such text is not a preamble: the delimiter of the first part is missing.
            let start = first.content_end - preamble.len();
            context.forgive(DeviationKind::BoundarySyntax, start)?;
            parts.next = Some(Piece { range: start..end, indent: 0, has_header });
        } else {
            parts.set_next(&first);
        }
        Ok(parts)
    }

    fn set_next(&mut self, Delimiter { after, indent, closes, .. }: &Delimiter) {
        self.next = (!closes).then_some(Piece { range: *after..self.end, indent: *indent, has_header: true });
    }

    /// The next part.
    pub(crate) fn next(
        &mut self,
        source: &mut Source<'_>,
        context: &mut Context,
    ) -> Result<Option<Piece>, DecodeError> {
        let Some(Piece { range: Range { start, end }, indent, has_header }) = self.next.take() else { return Ok(None) };
        let Some(delimiter) = self.find(start, source, context)? else {
            context.forgive(DeviationKind::Truncated, end)?;
            return Ok(Some(Piece { range: start..end, indent, has_header }));
        };
        self.set_next(&delimiter);
        Ok(Some(Piece { range: start..delimiter.content_end.max(start), indent, has_header }))
    }

    fn find(
        &self,
        from: usize,
        source: &mut Source<'_>,
        context: &mut Context,
    ) -> Result<Option<Delimiter>, DecodeError> {
        let mut at = from;
        while let Some(hyphens) = source.next_hyphens(at, self.end) {
            at = hyphens + 1;
            if !self.input.get(hyphens..self.end).is_some_and(|rest| rest.starts_with(self.needle)) {
                continue;
            }
            let Some(indent) = self.indent(hyphens, context) else { continue };
            if let Some(delimiter) = self.delimiter(hyphens, indent, hyphens + self.needle.len(), context)? {
                return Ok(Some(delimiter));
            }
        }
        Ok(None)
    }

    /// How many blanks are before a delimiter on its line, of which strict decoding allows none; `None` if
    /// anything else is there.
    #[inline]
    fn indent(&self, at: usize, context: &Context) -> Option<usize> {
        let before = self.input.get(self.start..at).unwrap_or_default();
        match before.last() {
            None | Some(b'\n') => Some(0),
            Some(b' ' | b'\t') if !context.is_strict() => {
                let blanks = before.iter().rev().take_while(|octet| matches!(octet, b' ' | b'\t')).count();
                let is_alone = before.iter().rev().nth(blanks).is_none_or(|octet| *octet == b'\n');
                is_alone.then_some(blanks)
            }
            Some(_) => None,
        }
    }

    /// The delimiter whose boundary ends at `at`, unless the line continues and it is not a delimiter.
    fn delimiter(
        &self,
        hyphens: usize,
        indent: usize,
        at: usize,
        context: &mut Context,
    ) -> Result<Option<Delimiter>, DecodeError> {
        // RFC 2046 allows blanks; a number that would slow the search down is not a delimiter.
        const MOST_BLANKS: usize = 1_000;
        let rest = self.input.get(at..self.end).unwrap_or_default();
        if !matches!(rest.first(), None | Some(b'-' | b' ' | b'\t' | b'\r' | b'\n')) {
            return Ok(None);
        }
        let closes = rest.starts_with(b"--");
        let rest = if closes { rest.get(2..).unwrap_or_default() } else { rest };
        let line = rest.get(..MOST_BLANKS.min(rest.len())).unwrap_or_default();
        let feed = memchr(b'\n', line);
        if feed.is_none() && line.len() < rest.len() {
            return Ok(None);
        }
        let padding = line.get(..feed.unwrap_or(line.len())).unwrap_or_default();
        let mut text = padding.strip_suffix(b"\r").unwrap_or(padding);
        let has_second_return = !context.is_strict() && text.ends_with(b"\r");
        if has_second_return {
            text = text.strip_suffix(b"\r").unwrap_or(text);
        }
        if !text.iter().all(|octet| matches!(octet, b' ' | b'\t')) {
            return Ok(None);
        }
        let rest_at = self.end - rest.len();
        if let Some(feed) = feed.filter(|_| text.len() == padding.len()) {
            context.forgive_once(DeviationKind::BareLineFeed, rest_at + feed)?;
        }
        if indent > 0 || has_second_return {
            context.forgive(DeviationKind::BoundarySyntax, hyphens)?;
        }
        let after = feed.map_or(self.end, |feed| rest_at + feed + 1);
        let line = hyphens - indent;
        let content = self.input.get(self.start..line).unwrap_or_default();
        let content = content.strip_suffix(b"\n").map_or(content, |content| {
            let content = content.strip_suffix(b"\r").unwrap_or(content);
            content.strip_suffix(b"\r").filter(|_| has_second_return).unwrap_or(content)
        });
        Ok(Some(Delimiter { content_end: self.start + content.len(), after, indent, closes }))
    }
}

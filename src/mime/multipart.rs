//! Splitting the body of a multipart (RFC 2046, 5.1).

use core::ops::Range;

use alloc::vec::Vec;

use memchr::memchr;
use memchr::memmem::Finder;

use crate::context::Context;
use crate::error::DecodeError;
use crate::options::DeviationKind;

/// The parts of a multipart body, one after the other. Preamble and epilogue are skipped, as RFC
/// 2046, 5.1.1 has it.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    input: &'a [u8],
    end: usize,
    /// LF, two hyphens, the boundary: what every delimiter but one at the very start has.
    finder: Finder<'a>,
    /// Where the content of the next part begins; `None` behind the last part.
    next: Option<usize>,
    /// Whether there was a delimiter at all.
    pub(crate) is_split: bool,
}

/// The needle for [`Parts::new`].
pub(crate) fn needle(boundary: &str) -> Vec<u8> {
    [b"\n--", boundary.as_bytes()].concat()
}

struct Delimiter {
    /// Where the content before it ends.
    content_end: usize,
    /// Where the line after it begins.
    after: usize,
    closes: bool,
}

impl<'a> Parts<'a> {
    pub(crate) fn new(
        input: &'a [u8],
        body: Range<usize>,
        needle: &'a [u8],
        context: &mut Context,
    ) -> Result<Self, DecodeError> {
        let mut parts = Self { input, end: body.end, finder: Finder::new(needle), next: None, is_split: false };
        let at_start = input.get(body.clone()).unwrap_or_default().strip_prefix(needle.get(1..).unwrap_or_default());
        let first = match at_start {
            Some(after) => parts.delimiter(body.start, body.end - after.len(), context)?,
            None => None,
        };
        let first = match first {
            Some(first) => Some(first),
            None => parts.find(body.start, context)?,
        };
        parts.is_split = first.is_some();
        parts.next = first.filter(|first| !first.closes).map(|first| first.after);
        Ok(parts)
    }

    /// Where the next part stands: its header section and its content.
    pub(crate) fn next(&mut self, context: &mut Context) -> Result<Option<Range<usize>>, DecodeError> {
        let Some(start) = self.next.take() else { return Ok(None) };
        // The line end of this delimiter may be the one before the next.
        let Some(delimiter) = self.find(start.saturating_sub(1), context)? else {
            context.forgive(DeviationKind::Truncated, self.end)?;
            return Ok(Some(start..self.end));
        };
        self.next = (!delimiter.closes).then_some(delimiter.after);
        Ok(Some(start..delimiter.content_end.max(start)))
    }

    fn find(&self, from: usize, context: &mut Context) -> Result<Option<Delimiter>, DecodeError> {
        let mut at = from;
        while let Some(found) = self.finder.find(self.input.get(at..self.end).unwrap_or_default()) {
            let line = at + found + 1;
            let before = self.input.get(at..at + found).unwrap_or_default();
            let content_end = line - 1 - usize::from(before.ends_with(b"\r"));
            at = line + self.finder.needle().len() - 1;
            if let Some(delimiter) = self.delimiter(content_end, at, context)? {
                return Ok(Some(delimiter));
            }
        }
        Ok(None)
    }

    /// The delimiter whose boundary ends at `at`, unless the line goes on and it is no delimiter.
    fn delimiter(
        &self,
        content_end: usize,
        at: usize,
        context: &mut Context,
    ) -> Result<Option<Delimiter>, DecodeError> {
        // RFC 2046 allows blanks; so many that the search becomes slow are no delimiter.
        const MOST_BLANKS: usize = 1_000;
        let rest = self.input.get(at..self.end).unwrap_or_default();
        let closes = rest.starts_with(b"--");
        let rest = if closes { rest.get(2..).unwrap_or_default() } else { rest };
        let line = rest.get(..MOST_BLANKS.min(rest.len())).unwrap_or_default();
        let feed = memchr(b'\n', line);
        if feed.is_none() && line.len() < rest.len() {
            return Ok(None);
        }
        let padding = line.get(..feed.unwrap_or(line.len())).unwrap_or_default();
        let text = padding.strip_suffix(b"\r").unwrap_or(padding);
        if !text.iter().all(|octet| matches!(octet, b' ' | b'\t')) {
            return Ok(None);
        }
        let rest_at = self.end - rest.len();
        if let Some(feed) = feed.filter(|_| text.len() == padding.len()) {
            context.forgive_once(DeviationKind::BareLineFeed, rest_at + feed)?;
        }
        let after = feed.map_or(self.end, |feed| rest_at + feed + 1);
        Ok(Some(Delimiter { content_end, after, closes }))
    }
}

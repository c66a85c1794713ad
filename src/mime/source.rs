//! An input whose multiparts are split, and what was seen of it while delimiters were searched for.
//!
//! The delimiters of an outer multipart are found before those of the multiparts in it. What was passed on the way is
//! remembered, so that the octets are searched once and not once a level.

#[cfg(feature = "std")]
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::ops::Range;

use bytes::Bytes;
#[cfg(feature = "std")]
use memchr::memchr;
use memchr::memmem::Finder;

use crate::transfer::Decoded;
#[cfg(feature = "std")]
use crate::transfer::decode_base64_start;

/// What every delimiter begins with, and base64 never has.
const HYPHENS: &[u8] = b"--";

pub(super) struct Source<'a> {
    pub(super) input: &'a Bytes,
    finder: Option<Finder<'static>>,
    /// Where hyphens stand at the start of a line, or behind a blank, in the octets that were searched.
    places: Vec<usize>,
    searched: Range<usize>,
    /// Base64 that was decoded to see that no delimiter is in it, in its order.
    #[cfg(feature = "std")]
    texts: VecDeque<(Range<usize>, Decoded)>,
    /// Up to where it was tried, so that no octet is decoded twice for it.
    #[cfg(feature = "std")]
    tried: usize,
}

impl<'a> Source<'a> {
    pub(super) const fn new(input: &'a Bytes) -> Self {
        Self {
            input,
            finder: None,
            places: Vec::new(),
            searched: 0..0,
            #[cfg(feature = "std")]
            texts: VecDeque::new(),
            #[cfg(feature = "std")]
            tried: 0,
        }
    }

    /// The first place from `at` to `end` where a delimiter may be.
    pub(super) fn next_hyphens(&mut self, at: usize, end: usize) -> Option<usize> {
        // More are not worth the memory.
        const MOST_PLACES: usize = 64;
        let mut at = at;
        if self.searched.contains(&at) {
            let index = self.places.partition_point(|place| *place < at);
            if let Some(place) = self.places.get(index) {
                return (*place < end).then_some(*place);
            }
            at = self.searched.end;
        }
        if self.searched.end != at || self.places.len() >= MOST_PLACES {
            self.places.clear();
            self.searched = at..at;
        }
        let found = self.search(at, end);
        // The last octet may be the first of two hyphens of an outer multipart.
        self.searched.end = found.map_or(end.saturating_sub(1).max(at), |place| place + 1);
        self.places.extend(found);
        found
    }

    fn search(&mut self, at: usize, end: usize) -> Option<usize> {
        let text = self.read_text(at, end).unwrap_or(end..end);
        self.search_range(at..text.start).or_else(|| self.search_range(text.end..end))
    }

    fn search_range(&mut self, mut range: Range<usize>) -> Option<usize> {
        let input: &[u8] = self.input;
        let finder = self.finder.get_or_insert_with(|| Finder::new(HYPHENS));
        loop {
            let rest = input.get(range.clone())?;
            let found = finder.find(rest)?;
            let place = range.start + found;
            let before = place.checked_sub(1).and_then(|before| input.get(before));
            if matches!(before, None | Some(b'\n' | b' ' | b'\t')) {
                return Some(place);
            }
            let hyphens = rest.get(found..).unwrap_or_default();
            range.start = place + hyphens.iter().take_while(|octet| **octet == b'-').count();
        }
    }

    /// Decodes the base64 of the part whose header begins on this line or the next, and says where it is: there is no
    /// hyphen in it. What begins with one is what looks like a delimiter, and no header.
    #[cfg(feature = "std")]
    fn read_text(&mut self, at: usize, end: usize) -> Option<Range<usize>> {
        const MOST_LINES: usize = 16;
        let mut rest = self.input.get(at..end).filter(|rest| at >= self.tried && !rest.starts_with(b"-"))?;
        let mut is_base64 = false;
        for _ in 0..MOST_LINES {
            let length = memchr(b'\n', rest).map_or(rest.len(), |feed| feed + 1);
            let (line, after) = rest.split_at_checked(length)?;
            if line.starts_with(HYPHENS) {
                return None;
            }
            rest = after;
            self.tried = end - rest.len();
            if is_base64 && line == b"\r\n" {
                let (length, decoded) = decode_base64_start(rest);
                let range = self.tried..self.tried + length;
                self.tried = range.end;
                self.texts.push_back((range.clone(), decoded?));
                return Some(range);
            }
            is_base64 |=
                line.trim_ascii_end().last_chunk().is_some_and(|word: &[u8; 6]| word.eq_ignore_ascii_case(b"base64"));
        }
        None
    }

    #[cfg(not(feature = "std"))]
    const fn read_text(&self, _: usize, _: usize) -> Option<Range<usize>> {
        None
    }

    /// The base64 at this place, if it was decoded.
    #[cfg(feature = "std")]
    pub(super) fn take_text(&mut self, range: &Range<usize>) -> Option<Decoded> {
        while self.texts.front().is_some_and(|(text, _)| text.start <= range.start) {
            let (text, decoded) = self.texts.pop_front()?;
            if text == *range {
                return Some(decoded);
            }
        }
        None
    }
    #[cfg(not(feature = "std"))]
    pub(super) const fn take_text(&mut self, _: &Range<usize>) -> Option<Decoded> {
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LINE: &str = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\r\n";
    const PIECES: [&str; 14] = [
        "--b\r\n",
        "--",
        "-",
        "\r\n",
        "\n",
        " ",
        "\t--b",
        "a: base64\r\n",
        "\r\n\r\n",
        "QUJD\r\n",
        "QQ==",
        LINE,
        LINE,
        "=",
    ];

    fn is_place(input: &[u8], place: usize) -> bool {
        let before = place.checked_sub(1).map(|before| input[before]);
        input[place..].starts_with(b"--") && matches!(before, None | Some(b'\n' | b' ' | b'\t'))
    }

    proptest! {
        /// In whatever order levels ask, each gets what a search of its own would find.
        #[test]
        fn what_was_seen_is_what_is_there(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60),
            questions in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index)>(), 1..20),
        ) {
            let input = Bytes::from(pieces.concat());
            let mut source = Source::new(&input);
            for (start, end) in questions {
                let start = start.index(input.len() + 1);
                let end = start + end.index(input.len() + 1 - start);
                let mut at = start;
                loop {
                    let found = source.next_hyphens(at, end);
                    let known = (at..end).find(|place| is_place(&input[..end], *place));
                    // Of the last octet an outer level may see more; it is not a delimiter of this one.
                    let known = known.or_else(|| found.filter(|found| found + 1 == end && is_place(&input, *found)));
                    prop_assert_eq!(found, known, "{:?} {}..{}", input, at, end);
                    let Some(found) = found else { break };
                    at = found + 1;
                }
            }
        }
    }

    #[test]
    #[cfg(feature = "std")]
    fn base64_between_delimiters_is_decoded_once() {
        let head = "--b\r\nContent-Transfer-Encoding: Base64\r\n\r\n";
        for (text, after) in [
            ([LINE, "QQ=="].concat(), "\r\n--b"),
            ([LINE, LINE].concat(), "--b--"),
            ([LINE, "QUJD"].concat(), "\r\n\r\n--b"),
        ] {
            let input = Bytes::from([head, &text, after].concat());
            let mut source = Source::new(&input);
            assert_eq!(source.next_hyphens(0, input.len()), Some(0));
            let delimiter = input.len() - after.trim_start().len();
            assert_eq!(source.next_hyphens("--b\r\n".len(), input.len()), Some(delimiter));
            let text = head.len()..head.len() + text.trim_end().len();
            let ranges = [text.end, text.end + 2].map(|end| text.start..end);
            let is_there = |range: &Range<usize>| source.texts.iter().any(|(text, _)| text == range);
            assert!(ranges.iter().any(is_there), "{input:?}");
            let range = source.texts[0].0.clone();
            let decoded = source.take_text(&range).map(|decoded| decoded.octets);
            assert_eq!(decoded, Some(crate::transfer::decode_base64(&input[range.clone()]).octets));
            assert!(source.take_text(&range).is_none());
        }
    }
}

//! The basic encoding rules (X.690): elements of identifier, length and content, both ways.
//!
//! Reading is done here, because the `der` crate reads less than BER allows and charging systems
//! write: it refuses lengths in a needlessly long form (`82 00 05`, X.690, 8.1.3.5), universal tags
//! that it has no name for, and indefinite lengths around more than a few levels. What it does serve
//! for is writing, where the distinguished rules are what is wanted: [`Length`] and the content of
//! an INTEGER come from it.

use alloc::vec::Vec;
use core::ops::Range;

use bytes::Bytes;
use der::{Encode, EncodeValue, Length, SliceWriter};

use crate::context::Context;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::options::{DeviationKind, Limits};

/// The class of a tag (X.680, 8.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_enums, reason = "two bits hold no more")]
pub enum TagClass {
    /// The types of ASN.1 itself.
    Universal,
    /// `[APPLICATION n]`.
    Application,
    /// `[n]`, which nearly all members of a record have.
    Context,
    /// `[PRIVATE n]`.
    Private,
}

impl TagClass {
    /// Class of an identifier, by its first octet.
    const fn of(first: u8) -> Self {
        match first >> 6 {
            0 => Self::Universal,
            1 => Self::Application,
            2 => Self::Context,
            _ => Self::Private,
        }
    }
}

/// A tag, which identifies a member of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "a tag has a class and a number")]
pub struct Tag {
    /// The class.
    pub class: TagClass,
    /// The number.
    pub number: u32,
}

impl Tag {
    /// `[number]`.
    #[must_use]
    pub const fn context(number: u32) -> Self {
        Self { class: TagClass::Context, number }
    }

    pub(super) const fn universal(number: u32) -> Self {
        Self { class: TagClass::Universal, number }
    }
}

/// What is wrong, and where.
pub(super) type Fault = (DecodeErrorKind, usize);

const CONSTRUCTED: u8 = 0x20;
/// The number in the first octet of a tag that has more octets (X.690, 8.1.2.4).
const HIGH_TAG: u8 = 0x1f;
const END_OF_CONTENTS: usize = 2;

/// One element, as offsets into its octets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    pub(super) input: &'a Bytes,
    pub(super) tag: Tag,
    pub(super) constructed: bool,
    /// Whether the tag has its shortest form; any other is not BER.
    pub(super) is_minimal: bool,
    /// Offset of the identifier.
    pub(super) offset: usize,
    /// Where the content begins and ends.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where the next element begins.
    pub(super) next: usize,
}

impl<'a> Element<'a> {
    /// The element at `at`, which has to end at `end` at the latest.
    #[inline]
    pub(super) fn read(input: &'a Bytes, at: usize, end: usize) -> Result<Self, Fault> {
        Header::read(input, at, end)?.element(input, at, end)
    }

    pub(super) fn octets(&self) -> &'a [u8] {
        self.input.get(self.start..self.end).unwrap_or_default()
    }

    pub(super) fn content(&self) -> Bytes {
        self.input.slice(self.start..self.end)
    }

    pub(super) const fn elements(&self) -> Elements<'a> {
        Elements { input: self.input, at: self.start, end: self.end }
    }
}

/// The elements in the content of another one.
#[derive(Debug)]
pub(super) struct Elements<'a> {
    input: &'a Bytes,
    at: usize,
    end: usize,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Result<Element<'a>, Fault>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let element = Element::read(self.input, self.at, self.end);
        self.at = element.map_or(self.end, |element| element.next);
        Some(element)
    }
}

/// Identifier and length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    pub(super) tag: Tag,
    pub(super) constructed: bool,
    is_minimal: bool,
    pub(super) start: usize,
    /// `None` if it is indefinite.
    pub(super) length: Option<usize>,
}

impl Header {
    #[inline]
    pub(super) fn read(octets: &[u8], at: usize, end: usize) -> Result<Self, Fault> {
        match octets.get(at..end) {
            // An identifier and a length of one octet each, as nearly all have.
            Some(&[first @ 1..=0xff, length @ 0..0x80, ..]) if first & HIGH_TAG != HIGH_TAG => Ok(Self {
                tag: Tag { class: TagClass::of(first), number: (first & HIGH_TAG).into() },
                constructed: first & CONSTRUCTED != 0,
                is_minimal: true,
                start: at + 2,
                length: Some(length.into()),
            }),
            _ => Self::read_long(octets, at, end),
        }
    }

    fn read_long(octets: &[u8], mut at: usize, end: usize) -> Result<Self, Fault> {
        let mut next = || {
            let octet = octets.get(at).filter(|_| at < end).ok_or((DecodeErrorKind::UnexpectedEnd, at))?;
            at += 1;
            Ok((*octet, at))
        };
        let (first, _) = next()?;
        let mut number = u32::from(first & HIGH_TAG);
        let mut is_minimal = true;
        if first & HIGH_TAG == HIGH_TAG {
            number = 0;
            loop {
                let (octet, at) = next()?;
                // X.690, 8.1.2.4.2: the first of these octets is not 0x80.
                is_minimal &= number > 0 || octet != 0x80;
                number =
                    number.checked_mul(128).ok_or((DecodeErrorKind::NumberTooLarge, at - 1))? | u32::from(octet & 0x7f);
                if octet < 0x80 {
                    break;
                }
            }
            // X.690, 8.1.2.2: tags up to 30 have one octet.
            is_minimal &= number > 30;
        } else if first == 0 {
            return Err((DecodeErrorKind::UnexpectedOctet(first), at - 1));
        }
        let constructed = first & CONSTRUCTED != 0;
        let (form, place) = next()?;
        let length = match form {
            0..0x80 => Some(usize::from(form)),
            0x80 if constructed => None,
            // X.690, 8.1.3.6 and 8.1.3.5.
            0x80 | 0xff => return Err((DecodeErrorKind::UnexpectedOctet(form), place - 1)),
            _ => {
                let mut length = 0usize;
                for _ in 0..form & 0x7f {
                    let (octet, at) = next()?;
                    length =
                        length.checked_mul(256).ok_or((DecodeErrorKind::NumberTooLarge, at - 1))? | usize::from(octet);
                }
                Some(length)
            }
        };
        Ok(Self { tag: Tag { class: TagClass::of(first), number }, constructed, is_minimal, start: at, length })
    }

    /// The element that this is the header of.
    #[inline]
    pub(super) fn element(self, input: &Bytes, at: usize, end: usize) -> Result<Element<'_>, Fault> {
        let Self { tag, constructed, is_minimal, start, length } = self;
        let (content_end, next) = match length {
            Some(length) => {
                let end = start.checked_add(length).filter(|content_end| *content_end <= end);
                let end = end.ok_or((DecodeErrorKind::UnexpectedEnd, start))?;
                (end, end)
            }
            None => {
                let content_end = end_of_contents(input, start, end)?;
                (content_end, content_end + END_OF_CONTENTS)
            }
        };
        Ok(Element { input, tag, constructed, is_minimal, offset: at, start, end: content_end, next })
    }
}

/// Where the content ends that begins at `at` and has an indefinite length.
pub(super) fn end_of_contents(octets: &[u8], mut at: usize, end: usize) -> Result<usize, Fault> {
    let mut open = 1usize;
    loop {
        if octets.get(at..end.min(at + END_OF_CONTENTS)) == Some(&[0, 0]) {
            open -= 1;
            if open == 0 {
                return Ok(at);
            }
            at += END_OF_CONTENTS;
            continue;
        }
        let header = Header::read(octets, at, end)?;
        match header.length {
            None => {
                open += 1;
                at = header.start;
            }
            Some(length) => {
                let next = header.start.checked_add(length).filter(|next| *next <= end);
                at = next.ok_or((DecodeErrorKind::UnexpectedEnd, header.start))?;
            }
        }
    }
}

impl Context {
    /// The error that reading an element found.
    pub(super) fn fault(&self, (kind, offset): Fault) -> DecodeError {
        self.error(kind, offset)
    }

    /// The error that a member cannot hold its value.
    pub(super) fn invalid(&self, offset: usize) -> DecodeError {
        self.error(DecodeErrorKind::Deviation(DeviationKind::InvalidValue), offset)
    }
}

/// How deep the elements of a member may nest that is kept.
pub(super) fn element_depth(context: &Context) -> usize {
    context.elements_left().min(Limits::MAX_DEPTH)
}

/// Whether the octets are elements to the end, in at most `depth` levels.
pub(super) fn check(octets: &[u8], range: Range<usize>, depth: usize) -> Result<(), Fault> {
    // The end of each open level; `None` is where end-of-contents octets have to come.
    let mut levels: Vec<Option<usize>> = Vec::new();
    let (mut at, mut end) = (range.start, range.end);
    loop {
        let is_indefinite = matches!(levels.last(), Some(None));
        if is_indefinite && octets.get(at..end.min(at + END_OF_CONTENTS)) == Some(&[0, 0]) {
            levels.pop();
            at += END_OF_CONTENTS;
        } else if at == end {
            if is_indefinite {
                return Err((DecodeErrorKind::UnexpectedEnd, at));
            }
            let Some(outer) = levels.pop() else { return Ok(()) };
            end = outer.unwrap_or(end);
        } else {
            let header = Header::read(octets, at, end)?;
            let content_end = header.length.map_or(Some(end), |length| header.start.checked_add(length));
            let content_end = content_end.filter(|content_end| *content_end <= end);
            let content_end = content_end.ok_or((DecodeErrorKind::UnexpectedEnd, header.start))?;
            if !header.constructed {
                at = content_end;
                continue;
            }
            if levels.len() == depth {
                return Err((DecodeErrorKind::Deviation(DeviationKind::NestingTooDeep), at));
            }
            // A level of definite length remembers the end of the one around it.
            levels.push(header.length.map(|_| end));
            (at, end) = (header.start, content_end);
        }
    }
}

/// Writes elements with lengths in their shortest form.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) octets: Vec<u8>,
}

impl Writer {
    /// A writer that has room for a usual record.
    pub(super) fn new() -> Self {
        Self { octets: Vec::with_capacity(USUAL) }
    }

    /// Writes an element around what `content` writes.
    #[inline]
    pub(super) fn element(
        &mut self,
        tag: Tag,
        constructed: bool,
        content: impl FnOnce(&mut Self) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        self.identifier(tag, constructed);
        self.octets.push(0);
        let start = self.octets.len();
        content(self)?;
        let length = self.octets.len() - start;
        match (u8::try_from(length), self.octets.get_mut(start - 1)) {
            (Ok(short @ 0..0x80), Some(octet)) => *octet = short,
            _ => {
                let length = Length::try_from(length).map_err(|_| EncodeErrorKind::NumberTooLarge)?;
                let mut buffer = [0; 5];
                let long = length.encode_to_slice(&mut buffer).map_err(|_| EncodeErrorKind::NumberTooLarge)?;
                self.octets.splice(start - 1..start, long.iter().copied());
            }
        }
        Ok(())
    }

    /// Writes a primitive element.
    pub(super) fn primitive(&mut self, tag: Tag, content: &[u8]) -> Result<(), EncodeError> {
        self.element(tag, false, |to| {
            to.octets.extend_from_slice(content);
            Ok(())
        })
    }

    /// The content of an INTEGER or ENUMERATED.
    #[inline]
    pub(super) fn integer(&mut self, number: u64) {
        match u8::try_from(number) {
            Ok(short @ 0..0x80) => self.octets.push(short),
            _ => self.long_integer(number),
        }
    }

    fn long_integer(&mut self, number: u64) {
        let mut buffer = [0; 9];
        let mut writer = SliceWriter::new(&mut buffer);
        let is_written = number.encode_value(&mut writer).is_ok();
        self.octets.extend_from_slice(writer.finish().ok().filter(|_| is_written).unwrap_or_default());
    }

    #[inline]
    fn identifier(&mut self, tag: Tag, constructed: bool) {
        let class = match tag.class {
            TagClass::Universal => 0x00,
            TagClass::Application => 0x40,
            TagClass::Context => 0x80,
            TagClass::Private => 0xc0,
        };
        let first = class | if constructed { CONSTRUCTED } else { 0 };
        match u8::try_from(tag.number) {
            Ok(number @ 0..HIGH_TAG) => self.octets.push(first | number),
            _ => {
                self.octets.push(first | HIGH_TAG);
                self.high_tag(tag.number);
            }
        }
    }

    fn high_tag(&mut self, number: u32) {
        let more = (1..5).rev().map(|place| 7 * place).filter(|shift| number >> shift > 0);
        self.octets.extend(more.map(|shift| low_octet(number >> shift) | 0x80));
        self.octets.push(low_octet(number) & 0x7f);
    }
}

/// Octets of a record whose texts are not long.
const USUAL: usize = 256;

const fn low_octet(number: u32) -> u8 {
    let [.., low] = number.to_be_bytes();
    low
}

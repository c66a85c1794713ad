//! The records of a file, and how they are found behind damage.

use alloc::vec::Vec;
use core::ops::Range;

use bytes::Bytes;

use super::{FileHeader, RecordHeader, error};
use crate::cdr::ber::{Header, end_of_contents};
use crate::cdr::codec::{decode_record, record_header};
use crate::cdr::record::Record;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::options::{Decoded, Options};

/// A record of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Where it begins, in octets from the start of the file; behind its header if it has one.
    pub offset: usize,
    /// Its length in octets.
    pub length: usize,
    /// Its header.
    pub header: Option<RecordHeader>,
    /// The record. Deviations count from the start of the file.
    pub record: Decoded<Record>,
}

/// Octets of a file that are not a record, or a record that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{length} octets at octet {offset} are not a record: {error}")]
#[non_exhaustive]
pub struct Damage {
    /// Where they begin, in octets from the start of the file.
    pub offset: usize,
    /// How many they are: the next record is looked for behind them.
    pub length: usize,
    /// What is wrong with them.
    pub error: DecodeError,
}

#[cfg(feature = "serde")]
crate::serialize_error::serialize_error! {
    Damage: |damage| damage.error.kind.code(), Some(damage.offset), damage.error.field
}

/// No record is longer. A length in a file's record header could not say more than 65 535; without
/// one, a damaged length must not hide the rest of a file.
const LONGEST: usize = 1 << 20;

/// How records follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Framing {
    Bare,
    Headed,
}

/// Where something is in a file.
enum Found {
    /// More octets are needed: at least up to here.
    More(usize),
    End,
    Record {
        place: Range<usize>,
        header: Option<RecordHeader>,
    },
    /// Octets that are none.
    Damage {
        end: usize,
        error: DecodeError,
    },
}

/// The walk through a file, over the part of it that is at hand.
#[derive(Debug)]
struct Walk {
    options: Options,
    framing: Option<Framing>,
    header: Option<FileHeader>,
    /// Octets that were looked at in vain: records that did not decode, and were looked into again.
    in_vain: usize,
}

/// The octets that are at hand.
#[derive(Clone, Copy)]
struct Window<'a> {
    octets: &'a [u8],
    /// Whether the file ends with them.
    is_last: bool,
}

impl Walk {
    const fn new(options: Options) -> Self {
        Self { options, framing: None, header: None, in_vain: 0 }
    }

    /// The next thing at `at`. `take` copies a place in the window, which begins
    /// at octet `base` of the file.
    fn next(
        &mut self,
        window: Window<'_>,
        at: &mut usize,
        base: usize,
        take: impl Fn(Range<usize>) -> Bytes,
    ) -> Result<Option<Result<Entry, Damage>>, usize> {
        let framing = match self.framing {
            Some(framing) => framing,
            None => {
                let framing = self.begin(window, at)?;
                *self.framing.insert(framing)
            }
        };
        let start = *at;
        let damage = |end: usize, mut error: DecodeError| {
            error.offset += base;
            Some(Err(Damage { offset: base + start, length: end - start, error }))
        };
        match window.find(start, framing) {
            Found::More(end) => Err(end),
            Found::End => Ok(None),
            Found::Damage { end, error } => {
                *at = end;
                Ok(damage(end, error))
            }
            Found::Record { place, header } => {
                let is_ber = header.is_none_or(|header| header.format == RecordHeader::BER);
                let decoded = if is_ber {
                    decode_record(&take(place.clone()), &self.options)
                } else {
                    Err(error(DecodeErrorKind::NotAMessage, 0))
                };
                match decoded {
                    Ok(mut record) => {
                        *at = place.end;
                        let offset = base + place.start;
                        record.deviations.iter_mut().for_each(|deviation| deviation.offset += offset);
                        Ok(Some(Ok(Entry { offset, length: place.len(), header, record })))
                    }
                    Err(mut error) => {
                        error.offset += place.start;
                        let end = self.resume(window, framing, start, &place, error.offset, base);
                        *at = end;
                        Ok(damage(end, error))
                    }
                }
            }
        }
    }

    /// Finds out how records follow each other, and reads the header of the file.
    fn begin(&mut self, window: Window<'_>, at: &mut usize) -> Result<Framing, usize> {
        if record_header(window.octets, 0, window.octets.len()).is_some() {
            return Ok(Framing::Bare);
        }
        match FileHeader::read(window.octets) {
            Ok((header, length)) => {
                self.header = Some(header);
                *at = length;
                Ok(Framing::Headed)
            }
            Err(DecodeError { kind: DecodeErrorKind::UnexpectedEnd, .. }) if window.can_wait(0) => {
                Err(window.octets.len() + 1)
            }
            Err(_) => Ok(Framing::Bare),
        }
    }

    /// Where to go on behind a record that does not decode: at its end if another one begins there,
    /// else wherever one begins inside of it.
    fn resume(
        &mut self,
        window: Window<'_>,
        framing: Framing,
        start: usize,
        place: &Range<usize>,
        fault: usize,
        base: usize,
    ) -> usize {
        if window.continues(place.end, framing) {
            return place.end;
        }
        // Looking again at what was read already costs time, of which there is as much as the file is
        // long. Beyond that, what was read is taken for read.
        let cost = fault.saturating_sub(start);
        self.in_vain += cost;
        let from = if self.in_vain <= base + start + LONGEST { start + 1 } else { fault.clamp(start + 1, place.end) };
        window.search(from, framing)
    }
}

impl Window<'_> {
    /// Whether more octets may come that belong to what begins at `at`.
    const fn can_wait(self, at: usize) -> bool {
        !self.is_last && self.octets.len() - at < LONGEST + 16
    }

    fn find(self, at: usize, framing: Framing) -> Found {
        let octets = self.octets;
        if at >= octets.len() {
            return if self.is_last { Found::End } else { Found::More(at + 1) };
        }
        let (start, header) = match framing {
            Framing::Bare => (at, None),
            Framing::Headed => match RecordHeader::read(octets, at) {
                Ok((header, start)) => (start, Some(header)),
                Err(_) if self.can_wait(at) => return Found::More(octets.len() + 1),
                Err(error) => return Found::Damage { end: octets.len(), error },
            },
        };
        let end = match header {
            Some(header) => Ok(start + usize::from(header.length)),
            None => self.record_end(start),
        };
        match end {
            Ok(end) if end <= octets.len() => Found::Record { place: start..end, header },
            Ok(end) if self.can_wait(at) => Found::More(end),
            Err((DecodeErrorKind::UnexpectedEnd, _)) if self.can_wait(at) => {
                // An indefinite length: what was read would be read again for each octet that comes.
                Found::More(octets.len() + (octets.len() - at).max(16))
            }
            Ok(_) => self.damage(at, framing, (DecodeErrorKind::UnexpectedEnd, start)),
            Err(fault) => self.damage(at, framing, fault),
        }
    }

    /// Octets up to the next record.
    fn damage(self, at: usize, framing: Framing, (kind, offset): (DecodeErrorKind, usize)) -> Found {
        // An indefinite length was read to where it went wrong.
        let from = if kind == DecodeErrorKind::NotAMessage { at + 1 } else { offset.clamp(at + 1, self.octets.len()) };
        Found::Damage { end: self.search(from, framing), error: error(kind, offset) }
    }

    /// Where the record ends that begins at `at`.
    fn record_end(self, at: usize) -> Result<usize, (DecodeErrorKind, usize)> {
        let octets = self.octets;
        let is_cut = |header: Result<Header, (DecodeErrorKind, usize)>| {
            matches!(header, Err((DecodeErrorKind::UnexpectedEnd, _)))
        };
        let Some(header) = record_header(octets, at, octets.len()) else {
            let is_cut = !self.is_last && is_cut(Header::read(octets, at, octets.len()));
            let kind = if is_cut { DecodeErrorKind::UnexpectedEnd } else { DecodeErrorKind::NotAMessage };
            return Err((kind, at));
        };
        match header.length {
            Some(length) if length > LONGEST => Err((DecodeErrorKind::NotAMessage, at)),
            Some(length) => Ok(header.start + length),
            None => {
                let end = octets.len().min(header.start + LONGEST);
                end_of_contents(octets, header.start, end).map(|end| end + 2)
            }
        }
    }

    /// Whether a record begins at `at`, or the file ends there.
    fn continues(self, at: usize, framing: Framing) -> bool {
        let octets = self.octets;
        if at == octets.len() {
            return true;
        }
        match framing {
            Framing::Bare => record_header(octets, at, octets.len()).is_some(),
            Framing::Headed => RecordHeader::read(octets, at).is_ok_and(|(header, start)| {
                let end = start + usize::from(header.length);
                let record = Header::read(octets, start, octets.len());
                record.is_ok_and(|record| record.length.is_some_and(|length| record.start + length == end))
            }),
        }
    }

    /// The next place, from `from` on, where a record begins without doubt: with its tag, then its
    /// type, and with another one where it ends. The end of the window if there is none.
    fn search(self, from: usize, framing: Framing) -> usize {
        let octets = self.octets;
        let rest = octets.get(from..).unwrap_or_default();
        let candidates = memchr::memchr2_iter(0xbe, 0xbf, rest).map(|place| from + place);
        let mut starts = candidates.filter_map(|at| {
            let Some(header) = record_header(octets, at, octets.len()) else {
                // Cut by the end of the window: the next window will show.
                let cut = Header::read(octets, at, octets.len());
                let is_cut = matches!(cut, Err((DecodeErrorKind::UnexpectedEnd, _)));
                return (is_cut && !self.is_last && framing == Framing::Bare).then_some(at);
            };
            let tag = header.tag.number;
            let types = [tag, tag - 1];
            let is_type = match octets.get(header.start..header.start + 3) {
                Some([0x80, 1, own]) => types.contains(&u32::from(*own)),
                Some(_) => false,
                None => !self.is_last,
            };
            let length = header.length.filter(|length| *length <= LONGEST);
            match framing {
                Framing::Bare => {
                    let end = match (header.length, length) {
                        // Its end is found when it is read.
                        (None, _) => return is_type.then_some(at),
                        (Some(_), None) => return None,
                        (_, Some(length)) => header.start + length,
                    };
                    let continues = if end < octets.len() || self.is_last {
                        end <= octets.len() && self.continues(end, framing)
                    } else {
                        true
                    };
                    (is_type && continues).then_some(at)
                }
                Framing::Headed => {
                    let end = header.start + length?;
                    [4, 5].into_iter().find_map(|size| {
                        let start = at.checked_sub(size).filter(|start| *start >= from)?;
                        let (header, record) = RecordHeader::read(octets, start).ok()?;
                        (is_type && record == at && at + usize::from(header.length) == end).then_some(start)
                    })
                }
            }
        });
        starts.next().unwrap_or(octets.len())
    }
}

/// The records of a file that is at hand: back to back, or with headers. Nothing is copied.
///
/// Octets that are not a record, and records that do not decode, are reported as [`Damage`]; the walk continues
/// on behind them, at the next record whose beginning and end are in order. Records whose length is
/// right are never lost because of others.
///
/// # Examples
///
/// ```
/// use mms_codec::cdr::Records;
/// use mms_codec::{Bytes, Options};
///
/// let record = b"\xbf\x20\x19\x80\x01\x20\xa2\x0c\x80\x0ammsc.test1\x83\x03m-1\x85\x01\x00";
/// let file = Bytes::from([&record[..], b"noise", record, &record[..9]].concat());
/// let mut records = Records::new(&file, &Options::lenient());
/// assert_eq!(records.next().unwrap().unwrap().offset, 0);
/// let damage = records.next().unwrap().unwrap_err();
/// assert_eq!((damage.offset, damage.length), (28, 5));
/// assert_eq!(records.next().unwrap().unwrap().record.value.name(), "mMO4FRsRecord");
/// assert_eq!(records.next().unwrap().unwrap_err().offset, 61);
/// assert!(records.next().is_none());
/// ```
#[derive(Debug)]
pub struct Records<'a> {
    octets: &'a Bytes,
    at: usize,
    walk: Walk,
}

impl<'a> Records<'a> {
    /// The records of `octets`, from the start.
    pub const fn new(octets: &'a Bytes, options: &Options) -> Self {
        Self { octets, at: 0, walk: Walk::new(*options) }
    }

    /// The header of the file, once the first record was asked for.
    pub const fn header(&self) -> Option<&FileHeader> {
        self.walk.header.as_ref()
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Entry, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        let window = Window { octets: self.octets, is_last: true };
        let octets = self.octets;
        self.walk.next(window, &mut self.at, 0, |place| octets.slice(place)).ok().flatten()
    }
}

/// The records of a file that comes in pieces, of which no more is kept than one record needs.
///
/// # Examples
///
/// ```
/// use mms_codec::cdr::RecordReader;
/// use mms_codec::Options;
///
/// let record = b"\xbf\x20\x19\x80\x01\x20\xa2\x0c\x80\x0ammsc.test1\x83\x03m-1\x85\x01\x00";
/// let mut reader = RecordReader::new(&Options::lenient());
/// reader.feed(&record[..20]);
/// assert!(reader.next().is_none());
/// reader.feed(&record[20..]);
/// reader.finish();
/// assert_eq!(reader.next().unwrap().unwrap().length, 28);
/// assert!(reader.next().is_none());
/// ```
#[derive(Debug)]
pub struct RecordReader {
    buffer: Vec<u8>,
    /// Where in the buffer the next thing begins.
    at: usize,
    /// Octets of the file before the buffer.
    base: usize,
    /// How much of the buffer has to be there before it is looked at again.
    needed: usize,
    is_finished: bool,
    walk: Walk,
}

impl RecordReader {
    /// A reader at the start of a file.
    #[must_use]
    pub const fn new(options: &Options) -> Self {
        let walk = Walk::new(*options);
        Self { buffer: Vec::new(), at: 0, base: 0, needed: 0, is_finished: false, walk }
    }

    /// Takes the next octets of the file.
    pub fn feed(&mut self, octets: &[u8]) {
        // Moving what is left costs less than it saves once it is less than what is done.
        if self.at > self.buffer.len() / 2 {
            self.buffer.drain(..self.at);
            self.base += self.at;
            self.needed = self.needed.saturating_sub(self.at);
            self.at = 0;
        }
        self.buffer.extend_from_slice(octets);
    }

    /// Says that the file ends here.
    pub const fn finish(&mut self) {
        self.is_finished = true;
    }

    /// The header of the file, if it has one and it has come.
    pub const fn header(&self) -> Option<&FileHeader> {
        self.walk.header.as_ref()
    }
}

/// The next record that is there as a whole. `None` means that more octets are needed, or that the
/// file has ended.
impl Iterator for RecordReader {
    type Item = Result<Entry, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.buffer.len() < self.needed && !self.is_finished {
            return None;
        }
        let window = Window { octets: &self.buffer, is_last: self.is_finished };
        let buffer = &self.buffer;
        let take = |place: Range<usize>| Bytes::copy_from_slice(buffer.get(place).unwrap_or_default());
        match self.walk.next(window, &mut self.at, self.base, take) {
            Ok(item) => item,
            Err(needed) => {
                self.needed = needed;
                None
            }
        }
    }
}

//! The octets being read, and how far.

use alloc::vec::Vec;

use bytes::Bytes;
use memchr::memchr;

use super::integer::uintvar_prefix;
use crate::context::{Context, Decoding};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::options::{Deviation, DeviationKind, Options};

/// Reads WSP primitives one after the other.
///
/// A reader never looks beyond its input, and an inner value never beyond its value-length but to
/// repair a wrong one in lenient mode.
#[derive(Debug)]
pub struct Reader<'a> {
    input: &'a Bytes,
    /// What is left of the value that is being read.
    left: &'a [u8],
    /// Where that value ends.
    end: usize,
    /// Where the value around it ends: a wrong value-length is repaired up to there. [`NO_VALUE`] if
    /// there is none.
    outer_end: usize,
    /// How many deviations there were before a value-length that reaches beyond the end of the input.
    cut: Option<usize>,
    cx: Context,
    /// Whether the octets are bound to WSP encoding version 1.3, as MMS is (OMA-TS-MMS_ENC, 7.1).
    version_1_3: bool,
    /// Whether a newer code was read.
    has_newer: bool,
}

/// Not inside of a value with a length: it ends where the input does.
const NO_VALUE: usize = usize::MAX;

/// Where a value with a length ends, and what there was around it.
struct Around {
    end: usize,
    outer_end: usize,
    value_end: usize,
}

/// A place to go back to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    position: usize,
    end: usize,
    deviations: usize,
}

impl<'a> Reader<'a> {
    /// Reads `input` from its start.
    pub fn new(input: &'a Bytes, options: &Options) -> Self {
        Self {
            input,
            left: input,
            end: input.len(),
            outer_end: NO_VALUE,
            cut: None,
            cx: Context::new(options, input.len()),
            version_1_3: false,
            has_newer: false,
        }
    }

    /// What was forgiven so far.
    #[must_use]
    pub fn deviations(&self) -> &[Deviation] {
        self.cx.deviations()
    }

    /// All octets, read or not.
    pub(crate) fn input(&self) -> &'a [u8] {
        self.input
    }

    /// How many octets were read.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.end - self.left.len()
    }

    /// The octets that are left.
    #[must_use]
    pub const fn remaining(&self) -> &'a [u8] {
        self.left
    }

    /// Whether no octet is left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// The next octet, which stays unread.
    #[must_use]
    pub const fn peek(&self) -> Option<u8> {
        self.left.first().copied()
    }

    /// The next octet.
    ///
    /// # Errors
    ///
    /// Fails at the end.
    pub fn octet(&mut self) -> Result<u8, DecodeError> {
        let (octet, left) = self.left.split_first().ok_or_else(|| self.error(DecodeErrorKind::UnexpectedEnd))?;
        self.left = left;
        Ok(*octet)
    }

    /// The next `length` octets.
    ///
    /// # Errors
    ///
    /// Fails if fewer are left.
    pub fn take(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
        let (taken, left) =
            self.left.split_at_checked(length).ok_or_else(|| self.error(DecodeErrorKind::UnexpectedEnd))?;
        self.left = left;
        Ok(taken)
    }

    /// The next `length` octets, shared with the input.
    ///
    /// # Errors
    ///
    /// Fails if fewer are left.
    pub fn take_shared(&mut self, length: usize) -> Result<Bytes, DecodeError> {
        let start = self.offset();
        self.take(length)?;
        Ok(self.input.slice(start..start + length))
    }

    /// The next header value by the rule that derives the size of any value from its first octet
    /// (WAP-230, 8.4.1.2), shared with the input.
    ///
    /// # Errors
    ///
    /// Fails if the value reaches beyond the end.
    pub fn raw_value(&mut self) -> Result<Bytes, DecodeError> {
        match value_length(self.remaining()) {
            Some(length) => self.take_shared(length),
            None => Err(self.error(DecodeErrorKind::UnexpectedEnd)),
        }
    }

    /// A value-length and what it counts. `read` sees no octet beyond it.
    #[inline(always)]
    pub(crate) fn composite<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let value = self.enter_value()?;
        let result = read(self);
        let left = self.leave_value(value, result.is_ok());
        let result = result?;
        left?;
        Ok(result)
    }

    /// Reads a value-length, and no further than it counts until [`leave_value`](Self::leave_value).
    #[inline(never)]
    fn enter_value(&mut self) -> Result<Around, DecodeError> {
        let length = self.value_length()?;
        let around = Around { end: self.end, outer_end: self.outer_end, value_end: self.offset() + length };
        self.outer_end = self.end;
        self.narrow(around.value_end);
        Ok(around)
    }

    /// Continues behind a value with a length: where it was read to, or behind it.
    #[inline(never)]
    fn leave_value(&mut self, around: Around, is_read: bool) -> Result<(), DecodeError> {
        let position = self.offset();
        (self.end, self.outer_end) = (around.end, around.outer_end);
        self.go_to(position);
        // A text may have been read to its terminator, past a value-length that is too short.
        if let (true, true, Some(next)) = (is_read, position < around.value_end, self.peek()) {
            self.cut = None;
            self.forgive(DeviationKind::ValueLengthTooLong, position)?;
            // What follows a complete value and looks like a field is one that the value-length
            // swallowed; anything else is padding.
            if next < 0x80 {
                self.go_to(around.value_end);
            }
        }
        Ok(())
    }

    /// `read` in a value of `length` octets, which must be there, without a look beyond it.
    pub(crate) fn within<T>(&mut self, length: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = (self.end, self.outer_end);
        let end = self.end.min(self.offset().saturating_add(length));
        self.narrow(end);
        self.outer_end = end;
        let value = read(self);
        (self.end, self.outer_end) = before;
        self.go_to(end);
        value
    }

    /// Ends the value that is being read at `end`, which is not beyond where it ends now.
    fn narrow(&mut self, end: usize) {
        let position = self.offset();
        self.end = end;
        self.go_to(position);
    }

    fn go_to(&mut self, position: usize) {
        self.left = self.input.get(position..self.end).unwrap_or_default();
    }

    /// An octet beyond the end of the value being read, counted from there.
    pub(super) fn beyond(&self) -> &'a [u8] {
        self.input.get(self.end..self.outer_end).unwrap_or_default()
    }

    /// Reports that a value-length reaches beyond what is left.
    #[cold]
    pub(super) fn forgive_long_value(&mut self, start: usize) -> Result<(), DecodeError> {
        if self.end == self.input.len() {
            self.cut.get_or_insert(self.cx.deviations().len());
        }
        self.forgive(DeviationKind::ValueLengthTooLong, start)
    }

    /// Whether the end of what is left is where the input was cut, and not the end of a value. Then no
    /// value-length was too long.
    pub(super) fn take_cut(&mut self) -> bool {
        if let Some(cut) = self.cut.take() {
            self.cx.forget(DeviationKind::ValueLengthTooLong, cut);
            return true;
        }
        self.outer_end == NO_VALUE
    }

    /// The next `length` octets, of which some lie [`beyond`](Self::beyond) the end, and one more,
    /// which is skipped.
    pub(super) fn take_beyond(&mut self, length: usize) -> &'a [u8] {
        let start = self.offset();
        self.end = self.outer_end.min(start + length + 1);
        self.left = &[];
        self.input.get(start..start + length).unwrap_or_default()
    }

    /// Skips `length` octets, and returns whether that many were left.
    #[inline]
    pub(super) fn skip_within(&mut self, length: usize) -> bool {
        match self.left.get(length..) {
            Some(after) => {
                self.left = after;
                true
            }
            None => false,
        }
    }

    /// Octets among those that are left, shared with the input.
    #[inline]
    pub(super) fn share(&self, place: core::ops::Range<usize>) -> Bytes {
        let start = self.offset();
        self.input.slice(start + place.start..start + place.end)
    }

    /// Continues with `after`, which is the end of what is left.
    pub(crate) const fn skip_to(&mut self, after: &'a [u8]) {
        self.left = after;
    }

    /// Skips what is left.
    pub(crate) const fn skip_rest(&mut self) {
        self.left = &[];
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark { position: self.offset(), end: self.end, deviations: self.cx.deviations().len() }
    }

    /// Goes back to `mark`, in the same value, and forgets what was forgiven since.
    pub(crate) fn back_to(&mut self, mark: Mark) {
        self.end = mark.end;
        self.go_to(mark.position);
        self.cx.truncate_deviations(mark.deviations);
        self.cut = self.cut.filter(|cut| *cut < mark.deviations);
    }

    /// Goes back to `mark`, where a value is to be kept as octets: what was forgiven in it since is
    /// reported as one invalid value.
    pub(super) fn back_to_octets(&mut self, mark: Mark) -> Result<(), DecodeError> {
        let is_valid = self.cx.deviations().len() == mark.deviations;
        self.back_to(mark);
        if is_valid { Ok(()) } else { self.forgive(DeviationKind::InvalidValue, mark.position) }
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.cx.is_strict()
    }

    pub(crate) fn error(&self, kind: DecodeErrorKind) -> DecodeError {
        self.error_at(kind, self.offset())
    }

    pub(crate) fn error_at(&self, kind: DecodeErrorKind, offset: usize) -> DecodeError {
        self.cx.error(kind, offset)
    }

    /// Reports a deviation; in strict mode it is an error.
    pub(crate) fn forgive(&mut self, kind: DeviationKind, offset: usize) -> Result<(), DecodeError> {
        self.cx.forgive(kind, offset)
    }

    /// Whether a code newer than those of WSP encoding version 1.3 was read.
    pub(crate) const fn has_newer(&self) -> bool {
        self.has_newer
    }

    /// Reports that the code at `offset` is newer than WSP encoding version 1.3, if that matters.
    pub(super) fn forgive_newer(&mut self, offset: usize) -> Result<(), DecodeError> {
        self.has_newer = true;
        if self.version_1_3 { self.forgive(DeviationKind::NewerEncoding, offset) } else { Ok(()) }
    }

    /// To be called for everything that goes into a list.
    #[inline]
    pub(crate) fn count(&mut self) -> Result<(), DecodeError> {
        self.count_many(1)
    }

    #[inline]
    pub(super) fn count_many(&mut self, number: usize) -> Result<(), DecodeError> {
        self.cx.count_many(number, self.offset())
    }

    /// To be called for every part.
    pub(super) fn count_part(&mut self) -> Result<(), DecodeError> {
        self.cx.count_part(self.offset())
    }

    /// Binds what follows to WSP encoding version 1.3.
    pub(crate) const fn bind_to_version_1_3(&mut self) {
        self.version_1_3 = true;
    }

    /// What was forgiven, in the order of the octets.
    pub(crate) fn into_deviations(self) -> Vec<Deviation> {
        self.cx.into_deviations()
    }
}

impl Decoding for Reader<'_> {
    fn context(&mut self) -> &mut Context {
        &mut self.cx
    }
}

/// Whether a lenient reader takes the beginning of what follows `value` for its end: a value-length
/// that cuts a text is repaired, and so is one that is missing.
pub(super) fn reaches_beyond<T>(value: &[u8], read: impl FnOnce(&mut Reader<'_>) -> Result<T, DecodeError>) -> bool {
    let octets = Bytes::from([value, b"a\0"].concat());
    let mut from = Reader::new(&octets, &Options::lenient());
    read(&mut from).is_ok() && from.offset() > value.len()
}

/// The size of the header value that `octets` begin with, or `None` if it reaches beyond their end.
///
/// The first octet determines it for every header, also for one that the reader does not know
/// (WAP-230, 8.4.1.2): 0 to 30 counts the octets that follow, 31 is followed by that count as a
/// uintvar, 32 to 127 begins a text that ends with NUL, and 128 to 255 is the whole value.
///
/// # Examples
///
/// ```
/// use mms_codec::wsp::value_length;
///
/// assert_eq!(value_length(&[0x81]), Some(1));
/// assert_eq!(value_length(b"text\0more"), Some(5));
/// assert_eq!(value_length(&[0x02, 0x81, 0x82, 0x83]), Some(3));
/// assert_eq!(value_length(&[0x05, 0x81]), None);
/// ```
#[must_use]
pub fn value_length(octets: &[u8]) -> Option<usize> {
    let (&first, rest) = octets.split_first()?;
    let length = match first {
        0x00..=0x1e => 1 + usize::from(first),
        0x1f => {
            let (length, size) = uintvar_prefix(rest)?;
            usize::try_from(length).ok()?.checked_add(1 + size)?
        }
        0x20..=0x7f => memchr(0, octets)? + 1,
        0x80.. => 1,
    };
    (length <= octets.len()).then_some(length)
}

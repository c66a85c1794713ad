//! The octets being written, and the payloads between them.

use alloc::vec::Vec;

use bytes::Bytes;

use crate::chain::Chain;
use crate::error::{EncodeError, EncodeErrorKind};

/// Writes WSP primitives one after the other.
///
/// Payloads are kept aside and never copied, so that the result can be had as a [`Chain`].
#[derive(Debug, Default)]
pub struct Writer {
    octets: Vec<u8>,
    /// Offset in `octets` of a payload, and the payload.
    payloads: Vec<(usize, Bytes)>,
    payload_octets: usize,
    /// Whether codes newer than those of WSP encoding version 1.3 are written, as MMS forbids.
    newer: bool,
    /// Whether the octets are those of a message: strict decoding has to accept them.
    pub(super) is_message: bool,
}

impl Writer {
    /// Nothing written.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing written, for octets that may have codes newer than those of WSP encoding version 1.3.
    pub(crate) fn with_newer_codes(newer: bool) -> Self {
        Self { newer, ..Self::default() }
    }

    /// Whether codes newer than those of WSP encoding version 1.3 are written.
    pub(super) const fn writes_newer(&self) -> bool {
        self.newer
    }

    /// Nothing written, with room for the headers of a usual message. What was kept as octets because
    /// it cannot be read is refused.
    pub(crate) fn for_message() -> Self {
        Self { octets: Vec::with_capacity(512), is_message: true, ..Self::default() }
    }

    /// Forgets what was written.
    pub(crate) fn clear(&mut self) {
        self.octets.clear();
        self.payloads.clear();
        self.payload_octets = 0;
    }

    /// One octet.
    pub fn octet(&mut self, octet: u8) {
        self.octets.push(octet);
    }

    /// Some octets.
    pub fn octets(&mut self, octets: &[u8]) {
        self.octets.extend_from_slice(octets);
    }

    /// A payload, which is shared.
    pub fn payload(&mut self, payload: &Bytes) {
        if !payload.is_empty() {
            if self.payloads.is_empty() {
                // One payload seldom comes alone.
                self.payloads.reserve(8);
            }
            self.payload_octets = self.payload_octets.saturating_add(payload.len());
            let place = self.octets.len();
            crate::list::push_new(&mut self.payloads, || (place, payload.clone()));
        }
    }

    /// How many octets were written, payloads included: `usize::MAX` if they are more than that, as
    /// shared payloads may be on systems of 32 bits.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.octets.len().saturating_add(self.payload_octets)
    }

    /// Whether nothing was written.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same, unless it is longer than can be said: the lengths in it would be wrong.
    pub(crate) fn checked(self) -> Result<Self, EncodeError> {
        if self.len() < usize::MAX { Ok(self) } else { Err(EncodeErrorKind::NumberTooLarge.into()) }
    }

    /// How many octets were written, without payloads.
    pub(super) const fn octets_len(&self) -> usize {
        self.octets.len()
    }

    /// What was written from this place on.
    pub(super) fn octets_from(&self, start: usize) -> &[u8] {
        self.octets.get(start..).unwrap_or_default()
    }

    /// Takes back what was written from this place on, which must hold no payloads.
    pub(super) fn octets_truncate(&mut self, end: usize) {
        self.octets.truncate(end);
    }

    /// What was written, which has no payloads.
    pub(crate) fn into_octets(self) -> Vec<u8> {
        debug_assert!(self.payloads.is_empty());
        self.octets
    }

    /// What was written.
    #[must_use]
    pub fn into_chain(self) -> Chain {
        Chain::new(self.octets, self.payloads)
    }

    /// What `write` writes, with its value-length before it.
    ///
    /// # Errors
    ///
    /// Fails if `write` does.
    pub fn composite(&mut self, write: impl FnOnce(&mut Self) -> Result<(), EncodeError>) -> Result<(), EncodeError> {
        // Most values are short: their length takes one octet, which is put right afterwards.
        let place = self.reserve_length();
        write(self)?;
        let length = self.octets.len() - place.octets - 1;
        if length <= 30 {
            return self.put_length(place, length).map(drop);
        }
        self.put_length(place, 31)?;
        let size = self.length(length)?;
        self.move_last(size, place.moved(1));
        Ok(())
    }

    /// Leaves room for a length of one octet.
    pub(super) fn reserve_length(&mut self) -> Place {
        let place = Place { octets: self.octets.len(), payloads: self.payloads.len() };
        self.octets.push(0);
        place
    }

    /// Puts a length as uintvar where room was left for it, and returns how many octets more than
    /// that it took.
    pub(super) fn put_length(&mut self, place: Place, length: usize) -> Result<usize, EncodeError> {
        let more = match length {
            0..0x80 => 0,
            _ => self.length(length)? - 1,
        };
        let last = match more {
            0 => u8::try_from(length).ok(),
            _ => self.octets.pop(),
        };
        if let (Some(reserved), Some(last)) = (self.octets.get_mut(place.octets), last) {
            *reserved = last;
        }
        self.move_last(more, place);
        Ok(more)
    }

    /// A length or a count as uintvar. Returns the number of octets written.
    pub(super) fn length(&mut self, length: usize) -> Result<usize, EncodeError> {
        let start = self.octets.len();
        self.uintvar(u32::try_from(length).map_err(|_| EncodeErrorKind::NumberTooLarge)?);
        Ok(self.octets.len() - start)
    }

    /// Moves the last `size` octets to `place`, before what is there.
    fn move_last(&mut self, size: usize, place: Place) {
        if size == 0 {
            return;
        }
        self.octets.get_mut(place.octets..).unwrap_or_default().rotate_right(size);
        for (position, _) in self.payloads.iter_mut().skip(place.payloads) {
            *position += size;
        }
    }
}

/// A place among the octets written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    octets: usize,
    payloads: usize,
}

impl Place {
    /// The same place after `octets` were put before it.
    pub(super) const fn moved(self, octets: usize) -> Self {
        Self { octets: self.octets + octets, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_octets_than_can_be_counted_are_refused() {
        let mut writer = Writer { payload_octets: usize::MAX - 4, ..Writer::new() };
        writer.octet(0);
        assert!(writer.len() < usize::MAX);
        writer.payload(&Bytes::from_static(b"hello"));
        assert_eq!(writer.len(), usize::MAX);
        assert_eq!(writer.checked().map(drop).map_err(|error| error.kind), Err(EncodeErrorKind::NumberTooLarge));
    }
}

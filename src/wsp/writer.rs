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
    /// Where in `octets` a payload stands, and the payload.
    payloads: Vec<(usize, Bytes)>,
    payload_octets: usize,
}

impl Writer {
    /// Nothing written.
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing written, with room for the headers of a usual message.
    pub(crate) fn for_message() -> Self {
        Self { octets: Vec::with_capacity(512), ..Self::default() }
    }

    /// Forgets what was written.
    #[cfg(all(feature = "mm4", feature = "mm7"))]
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
            self.payload_octets += payload.len();
            self.payloads.push((self.octets.len(), payload.clone()));
        }
    }

    /// How many octets were written, payloads included.
    pub fn len(&self) -> usize {
        self.octets.len() + self.payload_octets
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What was written.
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
        self.octets.push(31);
        let start = self.place();
        write(self)?;
        let length = self.octets.len() - start.octets;
        match (u8::try_from(length), self.octets.get_mut(start.octets - 1)) {
            (Ok(short @ 0..=30), Some(first)) => *first = short,
            _ => self.insert_lengths(start, &[length])?,
        }
        Ok(())
    }

    /// Puts `lengths` as uintvars at `place`.
    pub(super) fn insert_lengths(&mut self, place: Place, lengths: &[usize]) -> Result<(), EncodeError> {
        let end = self.octets.len();
        for length in lengths {
            self.uintvar(u32::try_from(*length).map_err(|_| EncodeErrorKind::NumberTooLarge)?);
        }
        let size = self.octets.len() - end;
        self.octets.get_mut(place.octets..).unwrap_or_default().rotate_right(size);
        for (position, _) in self.payloads.iter_mut().skip(place.payloads) {
            *position += size;
        }
        Ok(())
    }

    /// Where the next octet goes, for [`insert_lengths`](Self::insert_lengths).
    pub(super) fn place(&self) -> Place {
        Place { octets: self.octets.len(), payloads: self.payloads.len(), payload_octets: self.payload_octets }
    }
}

/// A place among the octets written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    octets: usize,
    payloads: usize,
    payload_octets: usize,
}

impl Place {
    /// How many octets stand before it, payloads included.
    pub(super) fn len(self) -> usize {
        self.octets + self.payload_octets
    }
}

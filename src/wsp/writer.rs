//! The octets being written, and the payloads between them.

use alloc::vec::Vec;

use bytes::Bytes;

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
        let length = self.len();
        Chain { octets: self.octets.into(), payloads: self.payloads, length }
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
        let mut encoded = Self::new();
        for length in lengths {
            encoded.uintvar(u32::try_from(*length).map_err(|_| EncodeErrorKind::NumberTooLarge)?);
        }
        let size = encoded.octets.len();
        self.octets.splice(place.octets..place.octets, encoded.octets);
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

/// Encoded octets as a chain of buffers: what the encoder made, and the payloads of the message,
/// which are shared with it.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "mm1")] {
/// use mms_codec::{Bytes, wsp};
///
/// let mut writer = wsp::Writer::new();
/// writer.uintvar(5);
/// writer.payload(&Bytes::from_static(b"hello"));
/// let chain = writer.into_chain();
/// assert_eq!(chain.len(), 6);
/// assert!(chain.iter().eq([&b"\x05"[..], b"hello"]));
/// assert_eq!(chain.to_vec(), b"\x05hello");
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    octets: Bytes,
    payloads: Vec<(usize, Bytes)>,
    length: usize,
}

impl Chain {
    /// How many octets there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The buffers in their order; none is empty.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = core::iter::once(0).chain(self.payloads.iter().map(|(place, _)| *place));
        let ends = self.payloads.iter().map(|(place, _)| *place).chain([self.octets.len()]);
        let own = starts.zip(ends).map(|(start, end)| self.octets.get(start..end).unwrap_or_default());
        let payloads = self.payloads.iter().map(|(_, payload)| payload.as_ref()).chain([&[][..]]);
        own.zip(payloads).flat_map(|(own, payload)| [own, payload]).filter(|buffer| !buffer.is_empty())
    }

    /// All octets in one buffer.
    pub fn to_vec(&self) -> Vec<u8> {
        let mut octets = Vec::with_capacity(self.length);
        self.iter().for_each(|buffer| octets.extend_from_slice(buffer));
        octets
    }

    /// The buffers as shared octets, in their order; none is empty.
    pub fn into_buffers(self) -> impl Iterator<Item = Bytes> {
        let mut start = 0;
        let end = (self.octets.len(), Bytes::new());
        self.payloads
            .into_iter()
            .chain([end])
            .flat_map(move |(place, payload)| {
                let own = self.octets.slice(start..place);
                start = place;
                [own, payload]
            })
            .filter(|buffer| !buffer.is_empty())
    }
}

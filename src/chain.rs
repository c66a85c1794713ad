//! What the encoders give: buffers that share the payloads of the message.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use bytes::{Buf, Bytes};

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
///
/// // As `bytes::Buf`, which HTTP libraries take for a body.
/// use bytes::Buf;
/// let mut chain = chain;
/// chain.advance(3);
/// assert_eq!((chain.remaining(), chain.chunk()), (3, &b"llo"[..]));
/// assert!(chain.into_iter().eq([Bytes::from_static(b"llo")]));
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    octets: Bytes,
    /// Where in the octets, and what.
    payloads: VecDeque<(usize, Bytes)>,
    length: usize,
    /// How many of the octets were read: places count from before these.
    read: usize,
}

/// Octets are read from the front, and no buffer is copied.
impl Buf for Chain {
    fn remaining(&self) -> usize {
        self.length
    }

    fn chunk(&self) -> &[u8] {
        self.iter().next().unwrap_or_default()
    }

    /// # Panics
    ///
    /// Panics beyond the end, as `Buf` has it.
    fn advance(&mut self, count: usize) {
        assert!(count <= self.length, "cannot advance past the end");
        self.length -= count;
        let mut left = count;
        while left > 0 {
            let own = self.payloads.front().map_or(self.octets.len(), |(place, _)| place - self.read);
            let taken = left.min(own);
            self.octets.advance(taken);
            self.read += taken;
            left -= taken;
            if taken < own || left == 0 {
                continue;
            }
            if let Some((_, payload)) = self.payloads.front_mut() {
                let taken = left.min(payload.len());
                payload.advance(taken);
                left -= taken;
                if payload.is_empty() {
                    self.payloads.pop_front();
                }
            }
        }
    }
}

impl IntoIterator for Chain {
    type Item = Bytes;
    type IntoIter = alloc::boxed::Box<dyn Iterator<Item = Bytes>>;

    fn into_iter(self) -> Self::IntoIter {
        alloc::boxed::Box::new(self.into_buffers())
    }
}

impl Chain {
    /// `octets`, with each payload inserted at its place among them.
    pub(crate) fn new(octets: Vec<u8>, payloads: Vec<(usize, Bytes)>) -> Self {
        let add = |sum: usize, (_, payload): &(usize, Bytes)| sum.saturating_add(payload.len());
        let length = payloads.iter().fold(octets.len(), add);
        Self { octets: octets.into(), payloads: payloads.into(), length, read: 0 }
    }

    /// How many octets there are; `usize::MAX` means that many or more, which shared payloads can
    /// make on systems of 32 bits.
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The buffers in their order; none is empty.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = core::iter::once(0).chain(self.payloads.iter().map(|(place, _)| place - self.read));
        let ends = self.payloads.iter().map(|(place, _)| place - self.read).chain([self.octets.len()]);
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

    /// All octets in one buffer; without payloads it is the one they were written to.
    pub(crate) fn into_vec(self) -> Vec<u8> {
        if self.payloads.is_empty() { self.octets.into() } else { self.to_vec() }
    }

    /// The buffers as shared octets, in their order; none is empty.
    pub fn into_buffers(self) -> impl Iterator<Item = Bytes> {
        let mut start = 0;
        let end = (self.read + self.octets.len(), Bytes::new());
        let read = self.read;
        self.payloads
            .into_iter()
            .chain([end])
            .flat_map(move |(place, payload)| {
                let own = self.octets.slice(start..place - read);
                start = place - read;
                [own, payload]
            })
            .filter(|buffer| !buffer.is_empty())
    }
}

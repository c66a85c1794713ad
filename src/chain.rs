//! What the encoders give: buffers that share the payloads of the message.

use alloc::vec::Vec;

use bytes::Bytes;

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
    /// `octets`, with each payload inserted at its place among them.
    pub(crate) fn new(octets: Vec<u8>, payloads: Vec<(usize, Bytes)>) -> Self {
        let length = octets.len() + payloads.iter().map(|(_, payload)| payload.len()).sum::<usize>();
        Self { octets: octets.into(), payloads, length }
    }

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

    /// All octets in one buffer; without payloads it is the one they were written to.
    #[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
    pub(crate) fn into_vec(self) -> Vec<u8> {
        if self.payloads.is_empty() { self.octets.into() } else { self.to_vec() }
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

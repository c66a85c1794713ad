//! Values that MM1 alone has.

use alloc::vec::Vec;

use crate::message::{Parameter, Str, Text};
use crate::named::closed;

closed! {
    /// Whether a stored message goes into, or is in, which state (`X-Mms-MM-State`).
    pub enum MmState: mm1 {
        /// Not sent yet.
        Draft = 0x80, "Draft";
        /// Sent.
        Sent = 0x81, "Sent";
        /// Received, not retrieved yet.
        New = 0x82, "New";
        /// Retrieved.
        Retrieved = 0x83, "Retrieved";
        /// Forwarded.
        Forwarded = 0x84, "Forwarded";
    }
}

closed! {
    /// How a request to cancel ended (`X-Mms-Cancel-Status`).
    pub enum CancelStatus: mm1 {
        /// The request arrived.
        Received = 0x80, "request successfully received";
        /// The request is corrupt.
        Corrupted = 0x81, "request corrupted";
    }
}

closed! {
    /// How the relay/server recommends to retrieve a message (`X-Mms-Recommended-Retrieval-Mode`).
    pub enum RetrievalMode: mm1 {
        /// When the user asks for it.
        Manual = 0x80, "Manual";
    }
}

/// A keyword of a stored message, or what to do with it (`X-Mms-MM-Flags`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub struct MmFlag {
    /// What to do with the keyword.
    pub operation: MmFlagOperation,
    /// The keyword, without white space.
    pub keyword: Text,
}

impl MmFlag {
    /// `operation` with `keyword`.
    pub fn new(operation: MmFlagOperation, keyword: impl Into<Text>) -> Self {
        Self { operation, keyword: keyword.into() }
    }
}

closed! {
    /// What to do with a keyword.
    pub enum MmFlagOperation: mm1 {
        /// Add it.
        Add = 0x80, "Add";
        /// Remove it.
        Remove = 0x81, "Remove";
        /// Show the messages that have it.
        Filter = 0x82, "Filter";
    }
}

/// A size or a limit of the mailbox (`X-Mms-Mbox-Totals`, `X-Mms-Mbox-Quotas`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum MboxSize {
    /// A number of messages.
    Messages(u64),
    /// A number of octets.
    Octets(u64),
}

/// A piece of a message that is announced in its notification (`X-Mms-Element-Descriptor`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub struct ElementDescriptor {
    /// Which piece: its Content-ID or Content-Location.
    pub content_reference: Str,
    /// What it is; `type` is its media type.
    #[cfg_attr(feature = "arbitrary", arbitrary(with = crate::message::coded_first))]
    pub parameters: Vec<Parameter>,
}

impl ElementDescriptor {
    /// The piece `content_reference`, without parameters.
    pub fn new(content_reference: impl Into<Str>) -> Self {
        Self { content_reference: content_reference.into(), parameters: Vec::new() }
    }
}

/// A field of a delete confirmation: equal status counts link the locations, statuses and texts
/// that belong together (OMA-TS-MMS_ENC, 6.10 and 6.12).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub struct Counted<T> {
    /// The status count. `None` if the sender left it out, which the encoder refuses.
    #[cfg_attr(feature = "arbitrary", arbitrary(with = |u: &mut arbitrary::Unstructured<'_>| u.choose(&[0, 1, 300]).copied().map(Some)))]
    pub status_count: Option<u32>,
    /// The value.
    pub value: T,
}

impl<T> Counted<T> {
    /// `value` with `status_count`.
    pub const fn new(status_count: u32, value: T) -> Self {
        Self { status_count: Some(status_count), value }
    }
}

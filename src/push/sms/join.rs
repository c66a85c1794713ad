//! Segments become a message again.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use bytes::Bytes;

use super::{Concatenation, Ports, Reference, UserData};
use crate::message::Str;

/// What a segment costs in [`JoinLimits::octets`] beside its data.
const SEGMENT_OCTETS: usize = 64;

/// What an unfinished message costs in [`JoinLimits::octets`] beside its segments.
const MESSAGE_OCTETS: usize = 512;

/// Joins segments into messages. They may come in any order, and more than once.
///
/// It has no clock and does no I/O: the caller hands in the segments, and removes messages that
/// will not be finished any more. A segment that comes again after its message was finished begins
/// a new one, which then waits for the others.
///
/// # Examples
///
/// ```
/// use mms_codec::push::sms::{Joined, Joiner, JoinLimits, Reference, Split};
/// use mms_codec::Bytes;
///
/// let push = Bytes::from(vec![7; 300]);
/// let segments = Split::new(Reference::Short(1)).segments(&push)?;
///
/// let mut joiner = Joiner::new(JoinLimits::DEFAULT);
/// let Joined::Waiting(waiting) = joiner.add("1234", &segments[2])? else { panic!("finished") };
/// assert_eq!(waiting.missing, [1, 2]);
/// joiner.add("1234", &segments[0])?;
/// assert!(matches!(joiner.add("1234", &segments[0])?, Joined::Repeated(_)));
/// let Joined::Complete(message) = joiner.add("1234", &segments[1])? else { panic!("not finished") };
/// assert_eq!(message.data, push);
/// assert!(joiner.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Joiner {
    limits: JoinLimits,
    messages: BTreeMap<Key, Segments>,
    octets: usize,
    /// How many messages were begun.
    begun: u64,
}

/// The segments of an unfinished message by their index.
#[derive(Clone, Debug, Default)]
struct Segments {
    /// How many messages were begun before.
    age: u64,
    by_index: BTreeMap<u8, Bytes>,
}

impl Joiner {
    /// Without segments.
    pub fn new(limits: JoinLimits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Takes a segment from `originator`, which is the sender's address, or whatever else tells
    /// apart senders (and recipients, if there are more) that choose references independently.
    ///
    /// # Errors
    ///
    /// Fails for a segment that contradicts an earlier one, has a wrong index, or is too much for
    /// the limits; nothing changes then. [`remove`](Self::remove) what is in the way, and it can
    /// be added.
    ///
    /// # Examples
    ///
    /// A reference that is used again before the earlier message is finished:
    ///
    /// ```
    /// use mms_codec::push::sms::{Joined, JoinError, Joiner, JoinLimits, Reference, Split};
    /// use mms_codec::Bytes;
    ///
    /// let split = Split::new(Reference::Short(1));
    /// let (earlier, later) = (Bytes::from(vec![1; 200]), Bytes::from(vec![2; 200]));
    /// let mut joiner = Joiner::new(JoinLimits::DEFAULT);
    /// let Joined::Waiting(waiting) = joiner.add("1234", &split.segments(&earlier)?[0])? else { panic!("finished") };
    ///
    /// let segment = &split.segments(&later)?[0];
    /// assert_eq!(joiner.add("1234", segment).unwrap_err(), JoinError::OtherData { index: 1 });
    /// joiner.remove(&waiting.key);
    /// joiner.add("1234", segment)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add(&mut self, originator: &str, segment: &UserData) -> Result<Joined, JoinError> {
        let ports = segment.header.ports();
        let data = &segment.data;
        let Some(place) = segment.header.concatenation() else {
            return Ok(Joined::Complete(Message { originator: originator.into(), ports, data: data.clone() }));
        };
        let Concatenation { reference, total, index } = place;
        if !place.is_valid() {
            return Err(JoinError::WrongIndex { index, total });
        }
        let key = Key { originator: originator.into(), ports, reference, total };
        let known = self.messages.get(&key);
        if let Some(there) = known.and_then(|known| known.by_index.get(&index)) {
            return if there == data { Ok(Joined::Repeated(key)) } else { Err(JoinError::OtherData { index }) };
        }
        let there = known.map_or(0, |known| known.by_index.len());
        if there + 1 == usize::from(total) {
            let mut segments = self.take(&key).unwrap_or_default();
            segments.insert(index, data.clone());
            let segments: Vec<&[u8]> = segments.values().map(Bytes::as_ref).collect();
            return Ok(Joined::Complete(Message { originator: key.originator, ports, data: segments.concat().into() }));
        }
        let cost = cost(data) + if known.is_none() { message_cost(&key) } else { 0 };
        if known.is_none() && self.messages.len() >= self.limits.messages {
            return Err(JoinError::TooManyMessages);
        }
        if cost > self.limits.octets.saturating_sub(self.octets) {
            return Err(JoinError::TooManyOctets);
        }
        self.octets += cost;
        let begun = &mut self.begun;
        let segments = self.messages.entry(key.clone()).or_insert_with(|| {
            *begun += 1;
            Segments { age: *begun, by_index: BTreeMap::new() }
        });
        // A copy: the segment may be a slice of something large, which it would keep alive.
        segments.by_index.insert(index, Bytes::copy_from_slice(data));
        let missing = segments.missing(total);
        Ok(Joined::Waiting(Unfinished { missing, rivals: self.rivals(&key), key }))
    }

    /// The unfinished messages, beginning with the one that was begun first.
    ///
    /// # Examples
    ///
    /// Making room:
    ///
    /// ```
    /// use mms_codec::push::sms::{JoinError, JoinLimits, Joiner, Reference, Split};
    /// use mms_codec::Bytes;
    ///
    /// let push = Bytes::from(vec![7; 200]);
    /// let first_segment = |reference| Split::new(Reference::Short(reference)).segments(&push).unwrap().remove(0);
    /// let mut joiner = Joiner::new(JoinLimits { messages: 1, ..JoinLimits::DEFAULT });
    /// joiner.add("1234", &first_segment(1))?;
    /// assert_eq!(joiner.add("1234", &first_segment(2)).unwrap_err(), JoinError::TooManyMessages);
    ///
    /// let oldest = joiner.unfinished().next().unwrap();
    /// assert_eq!(joiner.remove(&oldest.key).unwrap().len(), 1);
    /// joiner.add("1234", &first_segment(2))?;
    /// # Ok::<(), JoinError>(())
    /// ```
    pub fn unfinished(&self) -> impl Iterator<Item = Unfinished> {
        let mut messages: Vec<(&Key, &Segments)> = self.messages.iter().collect();
        messages.sort_by_key(|(_, segments)| segments.age);
        messages.into_iter().map(|(key, segments)| Unfinished {
            key: key.clone(),
            missing: segments.missing(key.total),
            rivals: self.rivals(key),
        })
    }

    /// Whether no message is unfinished.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// Removes an unfinished message, and gives the segments that are there, with their index.
    pub fn remove(&mut self, key: &Key) -> Option<Vec<(u8, Bytes)>> {
        self.take(key).map(|segments| segments.into_iter().collect())
    }

    fn take(&mut self, key: &Key) -> Option<BTreeMap<u8, Bytes>> {
        let Segments { by_index, .. } = self.messages.remove(key)?;
        self.octets -= message_cost(key) + by_index.values().map(cost).sum::<usize>();
        Some(by_index)
    }

    /// The totals of the other messages that have everything else in common with this one.
    fn rivals(&self, key: &Key) -> Vec<u8> {
        let first = Key { total: 0, ..key.clone() };
        let last = Key { total: u8::MAX, ..key.clone() };
        self.messages.range(first..=last).map(|(other, _)| other.total).filter(|total| *total != key.total).collect()
    }
}

impl Segments {
    fn missing(&self, total: u8) -> Vec<u8> {
        (1..=total).filter(|index| !self.by_index.contains_key(index)).collect()
    }
}

fn cost(data: &Bytes) -> usize {
    data.len() + SEGMENT_OCTETS
}

fn message_cost(key: &Key) -> usize {
    key.originator.len() + MESSAGE_OCTETS
}

/// How much a [`Joiner`] keeps before it refuses more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "written out by users with `..JoinLimits::DEFAULT`")]
pub struct JoinLimits {
    /// How many unfinished messages. 64 by default: enough for a phone, too few for a gateway.
    pub messages: usize,
    /// How much memory for them, in octets: their data, 64 for each segment, 512 and the originator
    /// for each message. 256 kB by default: 64 messages of 20 segments.
    pub octets: usize,
}

impl JoinLimits {
    /// The limits that suit a phone.
    pub const DEFAULT: Self = Self { messages: 64, octets: 256_000 };
}

impl Default for JoinLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What the segments of a message have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Key {
    /// The originator as the caller gave it.
    pub originator: Str,
    /// The ports.
    pub ports: Option<Ports>,
    /// The reference.
    pub reference: Reference,
    /// How many segments there are. The same reference with another total is another message.
    pub total: u8,
}

/// What became of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Joined {
    /// Its message is complete, and not kept any more.
    Complete(Message),
    /// Its message waits for others.
    Waiting(Unfinished),
    /// It was there already, with the same data.
    Repeated(Key),
}

/// A complete message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Message {
    /// The originator as the caller gave it.
    pub originator: Str,
    /// The ports.
    pub ports: Option<Ports>,
    /// The push, if it came to [the port of one](Ports::is_push).
    pub data: Bytes,
}

/// A message that waits for segments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Unfinished {
    /// What its segments have in common.
    pub key: Key,
    /// The segments that are missing.
    pub missing: Vec<u8>,
    /// The totals of other unfinished messages that have everything else in common with this one:
    /// the reference was used again, or the total of a segment is wrong.
    pub rivals: Vec<u8>,
}

/// Why a segment was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum JoinError {
    /// The index is 0 or above the total.
    #[error("segment {index} of {total}")]
    WrongIndex {
        /// The index.
        index: u8,
        /// The total.
        total: u8,
    },
    /// The segment was there already, with other data.
    #[error("segment {index} came before with other data")]
    OtherData {
        /// Its index.
        index: u8,
    },
    /// More unfinished messages than [`JoinLimits::messages`].
    #[error("too many unfinished messages")]
    TooManyMessages,
    /// More memory than [`JoinLimits::octets`].
    #[error("too many octets in unfinished messages")]
    TooManyOctets,
}

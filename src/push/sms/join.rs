//! Segments become a message again.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use bytes::Bytes;

use super::{Concatenation, Ports, Reference, UserData};
use crate::message::Str;

/// What a segment costs in [`JoinLimits::octets`] beside its data.
const SEGMENT_OCTETS: usize = 96;

/// What an unfinished message costs in [`JoinLimits::octets`] beside its segments.
const MESSAGE_OCTETS: usize = 1280;

/// How often the originator of an unfinished message is kept.
const ORIGINATOR_COPIES: usize = 4;

/// Joins segments into messages. They may come in any order, and more than once.
///
/// It has no clock and does no I/O: the caller hands in the segments, and may remove messages that
/// will not be finished any more. Those that are never removed are dropped, and reported, when others need
/// their place: the oldest of the same originator where that has used up its share, which keeps one
/// sender from crowding out the others, else the oldest of all. [`JoinLimits`] bounds the memory.
///
/// A segment without ports belongs to the message that has everything else in common with it, whichever
/// of them comes first: some gateways put ports into the first segment only.
///
/// A copy of a segment that comes after its message was finished is
/// [`Repeated`](Joined::Repeated), as long as the joiner remembers the message. A segment with other
/// data begins a new message of the same reference, to which such copies before it belong too.
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
    /// What all originators have.
    all: Share,
    by_originator: BTreeMap<Str, Share>,
    /// How many messages were begun.
    begun: u64,
    finished: Finished,
}

/// Messages that were finished, to know late copies of their segments.
#[derive(Clone, Debug, Default)]
struct Finished {
    messages: BTreeMap<Key, Segments>,
    share: Share,
    /// The segments that came again.
    again: BTreeMap<Key, BTreeSet<u8>>,
}

/// What some unfinished messages take.
#[derive(Clone, Debug, Default)]
struct Share {
    octets: usize,
    by_age: BTreeMap<u64, Key>,
}

/// The segments of an unfinished message by their index.
#[derive(Clone, Debug, Default)]
struct Segments {
    /// How many messages were begun before.
    age: u64,
    /// What the message costs.
    octets: usize,
    by_index: BTreeMap<u8, Bytes>,
}

impl Joiner {
    /// Without segments.
    #[must_use]
    pub fn new(limits: JoinLimits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Takes a segment from `originator`, which is the sender's address, or whatever else distinguishes
    /// apart senders (and recipients, if there are more) that choose references independently.
    ///
    /// # Errors
    ///
    /// Fails for a segment that contradicts an earlier one, has a wrong index, or belongs to a
    /// message that alone is too much for the limits; nothing changes then.
    /// [`remove`](Self::remove) an earlier message that is in the way, and it can be added.
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
            return Ok(Joined::Complete(CompleteMessage { originator: originator.into(), ports, data: data.clone() }));
        };
        let Concatenation { reference, total, index } = place;
        if !place.is_valid() {
            return Err(JoinError::WrongIndex { index, total });
        }
        let own = Key { originator: originator.into(), reference, total, ports };
        let key = message_of(&self.messages, &own, index, data).unwrap_or_else(|| own.clone());
        let known = self.messages.get(&key);
        if let Some(there) = known.and_then(|known| known.by_index.get(&index)) {
            return if there == data { Ok(Joined::Repeated(key)) } else { Err(JoinError::OtherData { index }) };
        }
        let mut segments = Vec::new();
        if known.is_none() {
            match self.finished.recall(&own, index, data) {
                Recalled::Copy(finished) => return Ok(Joined::Repeated(finished)),
                Recalled::Other(copies) => segments = copies,
            }
        }
        segments.push((index, data.clone()));
        self.put(&key, &own, segments)
    }

    /// Puts segments that their message does not have yet to it. The message may have no ports where the
    /// segments have some.
    fn put(&mut self, key: &Key, own: &Key, added: Vec<(u8, Bytes)>) -> Result<Joined, JoinError> {
        let total = key.total;
        let known = self.messages.get(key);
        let there = known.map_or(0, |known| known.by_index.len());
        // A copy: a segment may be a slice of something large, which it would keep alive.
        let added = added.into_iter().map(|(index, data)| (index, Bytes::copy_from_slice(&data)));
        let added: Vec<(u8, Bytes)> = added.collect();
        if there + added.len() == usize::from(total) {
            let mut segments = self.take(key).unwrap_or_default();
            segments.extend(added);
            let joined: Vec<&[u8]> = segments.values().map(Bytes::as_ref).collect();
            let data = joined.concat().into();
            let key = Key { ports: key.ports.or(own.ports), ..key.clone() };
            let complete = CompleteMessage { originator: key.originator.clone(), ports: key.ports, data };
            self.finished.remember(key, segments, self.limits.finished_octets);
            return Ok(Joined::Complete(complete));
        }
        let before = known.map_or(0, |known| known.octets);
        let of_message = if known.is_none() { message_cost(key) } else { 0 };
        let cost = added.iter().map(|(_, data)| cost(data)).fold(of_message, usize::saturating_add);
        let limits = self.limits;
        if limits.messages.min(limits.messages_per_originator) == 0 {
            return Err(JoinError::TooManyMessages);
        }
        if before.saturating_add(cost) > limits.octets.min(limits.octets_per_originator) {
            return Err(JoinError::TooManyOctets);
        }
        let key = match (key.ports, own.ports) {
            (None, Some(_)) => self.rename(key, own),
            _ => key.clone(),
        };
        self.grow(&key, added, cost);
        let dropped = self.make_room(&key);
        let missing = self.messages.get(&key).map(|segments| segments.missing(total)).unwrap_or_default();
        Ok(Joined::Waiting(Unfinished { missing, rivals: self.rivals(&key), dropped, key }))
    }

    /// Gives a message without ports those of a segment.
    fn rename(&mut self, key: &Key, own: &Key) -> Key {
        if let Some(segments) = self.messages.remove(key) {
            let shares = self.by_originator.get_mut(&key.originator).into_iter().chain([&mut self.all]);
            for share in shares {
                share.by_age.insert(segments.age, own.clone());
            }
            self.messages.insert(own.clone(), segments);
        }
        own.clone()
    }

    /// Puts segments to their message.
    fn grow(&mut self, key: &Key, added: Vec<(u8, Bytes)>, cost: usize) {
        let begun = &mut self.begun;
        let segments = self.messages.entry(key.clone()).or_insert_with(|| {
            *begun += 1;
            Segments { age: *begun, ..Segments::default() }
        });
        segments.by_index.extend(added);
        segments.octets += cost;
        let own = self.by_originator.entry(key.originator.clone()).or_default();
        for share in [own, &mut self.all] {
            share.octets += cost;
            share.by_age.entry(segments.age).or_insert_with(|| key.clone());
        }
    }

    /// Drops what is beyond the limits, but not `newest`, which alone is within them.
    fn make_room(&mut self, newest: &Key) -> Vec<Key> {
        let limits = self.limits;
        let mut dropped = Vec::new();
        loop {
            let own = self.by_originator.get(&newest.originator);
            let own =
                own.and_then(|own| own.beyond(limits.messages_per_originator, limits.octets_per_originator, newest));
            let all = || self.all.beyond(limits.messages, limits.octets, newest);
            let Some(oldest) = own.or_else(all).cloned() else { return dropped };
            self.take(&oldest);
            dropped.push(oldest);
        }
    }

    /// The unfinished messages, beginning with the one that was begun first.
    ///
    /// # Examples
    ///
    /// The oldest message makes room:
    ///
    /// ```
    /// use mms_codec::push::sms::{JoinError, JoinLimits, Joined, Joiner, Reference, Split};
    /// use mms_codec::Bytes;
    ///
    /// let push = Bytes::from(vec![7; 200]);
    /// let first_segment = |reference| Split::new(Reference::Short(reference)).segments(&push).unwrap().remove(0);
    /// let mut joiner = Joiner::new(JoinLimits { messages: 1, ..JoinLimits::DEFAULT });
    /// joiner.add("1234", &first_segment(1))?;
    ///
    /// let Joined::Waiting(waiting) = joiner.add("1234", &first_segment(2))? else { panic!("finished") };
    /// assert_eq!(waiting.dropped[0].reference, Reference::Short(1));
    /// assert_eq!(joiner.unfinished().next().unwrap().key.reference, Reference::Short(2));
    /// # Ok::<(), JoinError>(())
    /// ```
    pub fn unfinished(&self) -> impl Iterator<Item = Unfinished> {
        self.all.by_age.values().filter_map(|key| {
            let missing = self.messages.get(key)?.missing(key.total);
            Some(Unfinished { key: key.clone(), missing, rivals: self.rivals(key), dropped: Vec::new() })
        })
    }

    /// Whether no message is unfinished.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// Removes an unfinished message, and gives the segments that are there, with their index.
    pub fn remove(&mut self, key: &Key) -> Option<Vec<(u8, Bytes)>> {
        self.take(key).map(|segments| segments.into_iter().collect())
    }

    fn take(&mut self, key: &Key) -> Option<BTreeMap<u8, Bytes>> {
        let Segments { by_index, octets, age } = self.messages.remove(key)?;
        if let Some(own) = self.by_originator.get_mut(&key.originator) {
            own.remove(age, octets);
            if own.by_age.is_empty() {
                self.by_originator.remove(&key.originator);
            }
        }
        self.all.remove(age, octets);
        Some(by_index)
    }

    /// The totals of the other messages that have everything else in common with this one.
    fn rivals(&self, key: &Key) -> Vec<u8> {
        let first = Key { total: 0, ports: None, ..key.clone() };
        let others = self.messages.range(first..).map(|(other, _)| other).take(MANY);
        let rivals = others.take_while(|other| other.is_like(key)).filter(|other| other.ports == key.ports);
        rivals.map(|other| other.total).filter(|total| *total != key.total).collect()
    }
}

/// How many messages that differ in ports or total are looked through, at most.
const MANY: usize = 512;

/// The message that a segment belongs to: one with its ports; else one without ports, or for a segment
/// without ports one with any, if that lacks the segment or has the same.
fn message_of(messages: &BTreeMap<Key, Segments>, own: &Key, index: u8, data: &Bytes) -> Option<Key> {
    let takes = |segments: &Segments| segments.by_index.get(&index).is_none_or(|there| there == data);
    if messages.get(own).is_some_and(|segments| own.ports.is_some() || takes(segments)) {
        return Some(own.clone());
    }
    let first = Key { ports: None, ..own.clone() };
    let mut like = messages.range(first..).take(MANY).take_while(|(other, _)| {
        // Those without ports come first.
        other.is_like(own) && other.total == own.total && (own.ports.is_none() || other.ports.is_none())
    });
    like.find(|(_, segments)| takes(segments)).map(|(key, _)| key.clone())
}

/// What the finished messages have to say of a segment.
enum Recalled {
    /// It is a copy of one of this message.
    Copy(Key),
    /// It is none; and the segments that came again before it, of the same reference.
    Other(Vec<(u8, Bytes)>),
}

impl Finished {
    fn recall(&mut self, own: &Key, index: u8, data: &Bytes) -> Recalled {
        let Some(key) = message_of(&self.messages, own, index, data) else { return Recalled::Other(Vec::new()) };
        let segments = self.messages.get(&key);
        if segments.and_then(|segments| segments.by_index.get(&index)) == Some(data) {
            self.again.entry(key.clone()).or_default().insert(index);
            return Recalled::Copy(key);
        }
        let again = self.again.get(&key).cloned().unwrap_or_default();
        let mut segments = self.forget(&key).unwrap_or_default();
        segments.retain(|copied, _| *copied != index && again.contains(copied));
        Recalled::Other(segments.into_iter().collect())
    }

    /// Keeps a message, and forgets the oldest ones beyond `limit`.
    fn remember(&mut self, key: Key, by_index: BTreeMap<u8, Bytes>, limit: usize) {
        self.forget(&key);
        let octets = by_index.values().map(cost).fold(message_cost(&key), usize::saturating_add);
        if octets > limit {
            return;
        }
        let age = self.share.by_age.last_key_value().map_or(0, |(age, _)| age + 1);
        self.share.octets += octets;
        self.share.by_age.insert(age, key.clone());
        self.messages.insert(key, Segments { age, octets, by_index });
        while self.share.octets > limit {
            let Some(oldest) = self.share.by_age.values().next().cloned() else { return };
            self.forget(&oldest);
        }
    }

    fn forget(&mut self, key: &Key) -> Option<BTreeMap<u8, Bytes>> {
        self.again.remove(key);
        let Segments { age, octets, by_index } = self.messages.remove(key)?;
        self.share.remove(age, octets);
        Some(by_index)
    }
}

impl Key {
    /// Whether originator and reference are the same.
    fn is_like(&self, other: &Self) -> bool {
        self.originator == other.originator && self.reference == other.reference
    }
}

impl Share {
    /// The oldest message but `newest`, if there is more than this.
    fn beyond(&self, messages: usize, octets: usize, newest: &Key) -> Option<&Key> {
        let is_beyond = self.by_age.len() > messages || self.octets > octets;
        self.by_age.values().find(|key| *key != newest).filter(|_| is_beyond)
    }

    fn remove(&mut self, age: u64, octets: usize) {
        self.by_age.remove(&age);
        self.octets = self.octets.saturating_sub(octets);
    }
}

impl Segments {
    fn missing(&self, total: u8) -> Vec<u8> {
        (1..=total).filter(|index| !self.by_index.contains_key(index)).collect()
    }
}

const fn cost(data: &Bytes) -> usize {
    data.len().saturating_add(SEGMENT_OCTETS)
}

fn message_cost(key: &Key) -> usize {
    ORIGINATOR_COPIES.saturating_mul(key.originator.len()).saturating_add(MESSAGE_OCTETS)
}

/// How much a [`Joiner`] keeps before it drops the oldest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "written out by users with `..JoinLimits::DEFAULT`")]
pub struct JoinLimits {
    /// How many unfinished messages. 64 by default: enough for a phone, too few for a gateway.
    pub messages: usize,
    /// How much memory for them, in octets: their data, 96 for each segment, 1280 and four times the
    /// originator for each message. 256 kB by default. Messages that are never finished take no
    /// more than this, however many there are.
    pub octets: usize,
    /// How many of [`messages`](Self::messages) one originator may have. 16 by default: a push
    /// proxy sends to one phone from one address, but seldom that many at once.
    pub messages_per_originator: usize,
    /// How many of [`octets`](Self::octets) one originator may have. 64 kB by default: a message
    /// of 255 segments.
    pub octets_per_originator: usize,
    /// How much memory for the last finished messages, counted in the same way, to know late copies of
    /// their segments. 64 kB by default: some 30 notifications.
    pub finished_octets: usize,
}

impl JoinLimits {
    /// The limits that suit a phone.
    pub const DEFAULT: Self = Self {
        messages: 64,
        octets: 256_000,
        messages_per_originator: 16,
        octets_per_originator: 64_000,
        finished_octets: 64_000,
    };
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
    /// The reference.
    pub reference: Reference,
    /// How many segments there are. The same reference with another total is another message.
    pub total: u8,
    /// The ports, once a segment has some.
    pub ports: Option<Ports>,
}

/// What became of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Joined {
    /// Its message is complete, and not kept any more.
    Complete(CompleteMessage),
    /// Its message waits for others.
    Waiting(Unfinished),
    /// It was there already, with the same data; or its message was finished before.
    Repeated(Key),
}

/// A complete message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CompleteMessage {
    /// The originator as the caller gave it.
    pub originator: Str,
    /// The ports.
    pub ports: Option<Ports>,
    /// The push, if it came to [the port of one](Ports::is_push).
    #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
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
    /// The messages that were dropped unfinished to make room for the segment that was added,
    /// beginning with the oldest.
    pub dropped: Vec<Key>,
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
    #[error("segment {index} was received before with different data")]
    OtherData {
        /// Its index.
        index: u8,
    },
    /// The limits allow no unfinished message.
    #[error("too many unfinished messages")]
    TooManyMessages,
    /// The message alone takes more than [`JoinLimits::octets`], or than one originator may have.
    #[error("too many octets in an unfinished message")]
    TooManyOctets,
}

impl JoinError {
    /// A name for programs, such as `wrong-index`, which never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongIndex { .. } => "wrong-index",
            Self::OtherData { .. } => "other-data",
            Self::TooManyMessages => "too-many-messages",
            Self::TooManyOctets => "too-many-octets",
        }
    }
}

#[cfg(feature = "serde")]
crate::serialize_error::serialize_error! { JoinError: |error| error.code(), None, None }

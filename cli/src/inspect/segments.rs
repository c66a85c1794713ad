//! Segments of pushes, which are joined where all of them are among the files.

use std::collections::HashMap;

use mms_codec::push::sms::{self, Concatenation, JoinLimits, Joined, Joiner, Reference, UserData};
use mms_codec::{Bytes, Options, Shown, ShownField};

use super::view::View;
use crate::source;

/// A segment of a push.
#[derive(Clone, Debug)]
pub(crate) struct Segment {
    originator: String,
    place: Concatenation,
    user_data: UserData,
    octets: Bytes,
}

/// No short message is longer, in digits with the line that announces it.
const MAX_OCTETS: usize = 1_024;

impl Segment {
    /// The segment that the octets are: a short message, in octets or digits, or its user data alone, whose originator
    /// may be known.
    pub(crate) fn of(octets: &Bytes, originator: &str) -> Option<Self> {
        let segment = Self::read(octets, originator)?;
        // Digits stand for octets.
        let digits = str::from_utf8(octets).ok().and_then(|line| line.split_whitespace().last()).and_then(source::hex);
        Some(Self { octets: digits.map_or_else(|| octets.clone(), Bytes::from), ..segment })
    }

    fn read(octets: &Bytes, originator: &str) -> Option<Self> {
        if octets.len() > MAX_OCTETS {
            return None;
        }
        let carried = sms::carried(octets, |number, user_data| Self::new(number.into(), user_data));
        carried.or_else(|| {
            let user_data = UserData::decode_with(octets, &Options::strict()).ok()?.value;
            let is_known = |segment: &Self| !originator.is_empty() || segment.user_data.header.ports().is_some();
            Self::new(originator.into(), user_data).filter(is_known)
        })
    }

    /// One of several, and for the ports of push if it says for which.
    fn new(originator: String, user_data: UserData) -> Option<Self> {
        let place = user_data.header.concatenation().filter(|place| place.total > 1)?;
        let is_push = user_data.header.ports().is_none_or(|ports| ports.is_push());
        is_push.then_some(Self { originator, place, user_data, octets: Bytes::new() })
    }

    /// The octets that it was read from.
    pub(crate) const fn octets(&self) -> &Bytes {
        &self.octets
    }

    fn key(&self) -> Key {
        (self.originator.clone(), self.place.reference, self.place.total)
    }

    /// A segment without the others.
    pub(crate) fn view(&self) -> View {
        let Concatenation { reference, total, index } = self.place;
        let number = |number: u16| Shown::Number(number.into());
        let reference = match reference {
            Reference::Short(reference) => reference.into(),
            Reference::Long(reference) => reference,
        };
        let mut fields = vec![
            ShownField::new("Segment", number(index.into())),
            ShownField::new("Segments", number(total.into())),
            ShownField::new("Reference", number(reference)),
        ];
        if let Some(ports) = self.user_data.header.ports() {
            fields.push(ShownField::new("Destination-Port", number(ports.destination)));
            fields.push(ShownField::new("Originator-Port", number(ports.originator)));
        }
        if !self.originator.is_empty() {
            fields.push(ShownField::new("Address", Shown::Text(self.originator.clone())));
        }
        let octets = u64::try_from(self.user_data.data.len()).unwrap_or_default();
        fields.push(ShownField::new("Octets", Shown::Number(octets)));
        View { fields, ..View::new("push", format!("segment {index} of {total}"), None) }
    }
}

/// What the segments of one push have in common: who sent it, and the reference and number of its segments.
type Key = (String, Reference, u8);

/// The segments so far.
#[derive(Debug, Default)]
pub(crate) struct Segments {
    joiner: Joiner,
    /// Those of unfinished pushes, with the names of their files, in their order.
    waiting: HashMap<Key, Vec<(usize, String, Segment)>>,
    count: usize,
}

impl Segments {
    pub(crate) fn new() -> Self {
        Self { joiner: Joiner::new(JoinLimits::DEFAULT), ..Self::default() }
    }

    /// Takes a segment, and gives the push that it completes, with the names of the files that it is from.
    pub(crate) fn add(&mut self, name: &str, segment: Segment) -> Option<(String, Bytes)> {
        let joined = self.joiner.add(&segment.originator, &segment.user_data);
        let waiting = self.waiting.entry(segment.key()).or_default();
        self.count += 1;
        if matches!(joined, Ok(Joined::Repeated(_))) {
            return None;
        }
        waiting.push((self.count, name.into(), segment.clone()));
        let Ok(Joined::Complete(message)) = joined else { return None };
        let mut parts = self.waiting.remove(&segment.key()).unwrap_or_default();
        parts.sort_by_key(|(_, _, segment)| segment.place.index);
        let names: Vec<_> = parts.into_iter().map(|(_, name, _)| name).collect();
        Some((names.join(" + "), message.data))
    }

    /// The segments of pushes that others are missing of, in the order of the files.
    pub(crate) fn rest(&mut self) -> Vec<(String, Segment)> {
        let mut rest: Vec<_> = self.waiting.drain().flat_map(|(_, segments)| segments).collect();
        rest.sort_by_key(|(number, _, _)| *number);
        rest.into_iter().map(|(_, name, segment)| (name, segment)).collect()
    }
}

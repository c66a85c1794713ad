//! Messages that are valid but for one kind of deviation.

#[cfg(feature = "mm1")]
mod mm1;
#[cfg(feature = "mm4")]
mod mm4;
#[cfg(feature = "mm7")]
mod mm7;

use alloc::vec::Vec;

use arbitrary::{Result, Unstructured};
use bytes::Bytes;

use super::{Codec, property};
use crate::options::{Decoded, DeviationKind, Options};

/// An interface of which messages with a chosen deviation can be made.
pub trait Deviant: Ways {}

impl<C: Ways> Deviant for C {}

/// How messages of an interface are made to deviate.
pub trait Ways: Codec {
    /// A change of a message.
    type Edit: Copy + 'static;

    /// How to make a message deviate, in one way or more for each kind; the ways of a kind are side by side.
    const EDITS: &'static [(DeviationKind, &'static [Self::Edit])];

    /// Valid messages, which together have all that any of the edits needs.
    const PLAIN: &'static [&'static [u8]];

    /// Any valid message; `None` if what the octets make cannot be encoded.
    fn valid(u: &mut Unstructured<'_>) -> Result<Option<Vec<u8>>>;

    /// The message with these changes.
    fn edited(edits: &[Self::Edit], message: &[u8]) -> Vec<u8>;
}

/// The kinds of deviation that [`deviant`] makes: all that decoding of the interface can report.
///
/// No interface makes [`DeviationKind::DocumentType`] (presentations), [`DeviationKind::LeadingOctets`] (pushes), and
/// [`DeviationKind::OlderNumbering`] (charging records).
pub fn deviant_kinds<C: Deviant>() -> impl Iterator<Item = DeviationKind> {
    let mut last = None;
    C::EDITS.iter().filter_map(move |(kind, _)| (last.replace(*kind) != Some(*kind)).then_some(*kind))
}

/// A message with this deviation, and with no other where a few tries find one; `None` for a kind that the interface
/// does not report.
///
/// # Errors
///
/// Fails if `u` has too few octets left.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "mm1")] {
/// use arbitrary::Unstructured;
/// use mms_codec::fuzz::{self, Mm1};
/// use mms_codec::{DeviationKind, mm1};
///
/// let octets = fuzz::deviant::<Mm1>(DeviationKind::MissingQuote, &mut Unstructured::new(&[7; 500]))?.unwrap();
/// let decoded = mm1::decode(&octets).unwrap();
/// assert!(decoded.deviations.iter().any(|deviation| deviation.kind == DeviationKind::MissingQuote));
/// # }
/// # Ok::<(), arbitrary::Error>(())
/// ```
pub fn deviant<C: Deviant>(kind: DeviationKind, u: &mut Unstructured<'_>) -> Result<Option<Bytes>> {
    let ways: Vec<&[C::Edit]> = C::EDITS.iter().filter(|(of, _)| *of == kind).map(|(_, edits)| *edits).collect();
    if ways.is_empty() {
        return Ok(None);
    }
    let first = u.choose_index(ways.len())?;
    const TRIES: usize = 8;
    let mut found = None;
    for _ in 0..TRIES {
        let (Some(valid), Some(edits)) = (C::valid(u)?, ways.get(first)) else { continue };
        if let Some((octets, is_alone)) = with::<C>(kind, edits, &valid) {
            found = Some(octets);
            if is_alone {
                return Ok(found);
            }
        }
    }
    let plain = C::PLAIN.iter().flat_map(|plain| ways.iter().map(move |edits| (*plain, *edits)));
    let mut plain = plain.filter_map(|(plain, edits)| with::<C>(kind, edits, plain));
    Ok(found.or_else(|| plain.next().map(|(octets, _)| octets)))
}

/// The edited message if it has this deviation, and whether it has no other.
fn with<C: Deviant>(kind: DeviationKind, edits: &[C::Edit], message: &[u8]) -> Option<(Bytes, bool)> {
    let octets = Bytes::from(C::edited(edits, message));
    let Decoded { deviations, .. } = C::decode(&octets, &Options::lenient()).ok()?;
    let is_alone = deviations.iter().all(|deviation| deviation.kind == kind);
    deviations.iter().any(|deviation| deviation.kind == kind).then_some((octets, is_alone))
}

/// A multipart of MIME of one part, which is another one.
fn multipart_in_multipart(levels: usize) -> alloc::string::String {
    (0..levels).fold(alloc::string::String::from("\r\nx\r\n"), |inner, level| {
        alloc::format!(
            "Content-Type: multipart/mixed; boundary=b{level}x\r\n\r\n--b{level}x\r\n{inner}--b{level}x--\r\n"
        )
    })
}

/// Body of a fuzz target: the first octet chooses the kind, and the others make the message.
///
/// # Panics
///
/// If a promise does not hold for the message, or it does not have the deviation.
pub(super) fn fuzz<C: Deviant>(data: &[u8]) {
    let Some((first, data)) = data.split_first() else { return };
    let kinds: Vec<DeviationKind> = deviant_kinds::<C>().collect();
    let Some(kind) = kinds.get(usize::from(*first) % kinds.len()) else { return };
    let Ok(octets) = deviant::<C>(*kind, &mut Unstructured::new(data)) else { return };
    assert!(octets.is_some(), "no message has the deviation {kind:?}");
    octets.iter().for_each(property::all::<C>);
    // Some of them, since it takes as long as the message has octets.
    if *first >= 0xf0 {
        octets.iter().filter(|octets| octets.len() < 1_500).for_each(property::every_prefix_is_decoded_or_refused::<C>);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each way makes of a plain message one that has this deviation alone.
    fn every_way_is_exact<C: Deviant>() {
        let mut failures = Vec::new();
        for (place, (kind, edits)) in C::EDITS.iter().enumerate() {
            if !C::PLAIN.iter().any(|plain| with::<C>(*kind, edits, plain).is_some_and(|(_, is_alone)| is_alone)) {
                let found = C::PLAIN.iter().map(|plain| {
                    let octets = Bytes::from(C::edited(edits, plain));
                    C::decode(&octets, &Options::lenient()).map(|decoded| decoded.deviations)
                });
                failures.push(alloc::format!("{place}: {kind:?}: {:?}", found.collect::<Vec<_>>()));
            }
        }
        assert!(failures.is_empty(), "{failures:#?}");
    }

    #[cfg(feature = "mm1")]
    #[test]
    fn every_way_of_mm1_is_exact() {
        every_way_is_exact::<crate::fuzz::Mm1>();
    }

    #[cfg(feature = "mm4")]
    #[test]
    fn every_way_of_mm4_is_exact() {
        every_way_is_exact::<crate::fuzz::Mm4>();
    }

    #[cfg(feature = "mm7")]
    #[test]
    fn every_way_of_mm7_is_exact() {
        every_way_is_exact::<crate::fuzz::Mm7>();
    }
}

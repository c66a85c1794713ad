//! What has to hold for any octets.

#![expect(clippy::panic, reason = "a panic says what a fuzz target found")]

use alloc::vec::Vec;

use bytes::Bytes;

use super::sms::{
    Concatenation, Deliver, InformationElement, JoinLimits, Joined, Joiner, Reference, Split, UserData, UserDataHeader,
};
use super::{Push, decode_with};
use crate::options::Options;

/// Decodes `data` as everything that this module reads, encodes what came out, decodes that again;
/// splits and joins it.
///
/// # Panics
///
/// If anything is lost or refused on the way.
pub fn fuzz(data: &[u8]) {
    let octets = Bytes::copy_from_slice(data);
    for options in [Options::lenient(), Options::strict()] {
        push(&octets, &options);
        user_data(&octets, &options);
        let _ = Deliver::decode(&octets, &options);
    }
    split_and_join(&octets);
    join_anything(&octets);
}

fn push(octets: &Bytes, options: &Options) {
    let Ok(decoded) = decode_with(octets, options) else { return };
    assert!(!options.strict || decoded.deviations.is_empty());
    assert!(decoded.deviations.iter().all(|deviation| deviation.offset <= octets.len()));
    if let Err(error) = decoded.value.pdu(options) {
        assert!(error.offset <= octets.len());
    }
    decoded.value.fields();
    let Ok(encoded) = decoded.value.encode() else { return };
    // A push without TID may look like one with.
    if decoded.value.tid.is_none() {
        return;
    }
    let once = again(encoded);
    assert_eq!(once.data, decoded.value.data);
    // Names and words are written in the case of the specification.
    assert_eq!(once.headers.len(), decoded.value.headers.len());
    // Damaged headers may be read differently without their neighbours, and then have no form.
    let Ok(encoded) = once.encode() else { return };
    assert_eq!(again(encoded), once);
}

fn again(encoded: Vec<u8>) -> Push {
    let decoded = decode_with(&encoded.into(), &Options::lenient());
    decoded.unwrap_or_else(|error| panic!("what is encoded is decoded: {error}")).value
}

fn user_data(octets: &Bytes, options: &Options) {
    let Ok(decoded) = UserData::decode(octets, options) else { return };
    let encoded = decoded.value.encode().unwrap_or_else(|error| panic!("what is decoded is encoded: {error}"));
    let again = UserData::decode(&encoded.into(), &Options::lenient());
    assert_eq!(again.map(|decoded| decoded.value), Ok(decoded.value));
}

fn split_and_join(octets: &Bytes) {
    let (limit, reference) = match *octets.as_ref() {
        [limit, high, low, ..] => (usize::from(limit), Reference::Long(u16::from_be_bytes([high, low]))),
        _ => (140, Reference::Short(1)),
    };
    let Ok(segments) = (Split { limit, ..Split::new(reference) }).segments(octets) else { return };
    let mut joiner = Joiner::new(JoinLimits::DEFAULT);
    let mut complete = None;
    for segment in segments.iter().rev() {
        assert!(segment.encode().is_ok_and(|encoded| encoded.len() <= limit));
        assert_eq!(complete, None);
        match joiner.add("1", segment) {
            Ok(Joined::Complete(message)) => complete = Some(message.data),
            Ok(Joined::Waiting(_)) => assert!(matches!(joiner.add("1", segment), Ok(Joined::Repeated(_)))),
            other => assert!(other.is_err() && octets.len() > 10_000, "{other:?}"),
        }
    }
    assert!(complete.is_none_or(|data| data == octets));
}

/// Segments of two octets, each behind its total and index.
fn join_anything(octets: &Bytes) {
    let limits = JoinLimits { messages: 3, octets: 5_000, ..JoinLimits::DEFAULT };
    let mut joiner = Joiner::new(limits);
    for (piece, start) in octets.chunks(4).zip((0..).step_by(4)) {
        let [total, index, ..] = *piece else { continue };
        let place = Concatenation { reference: Reference::Short(0), total: total % 8, index: index % 8 };
        let header = UserDataHeader { elements: Vec::from([InformationElement::Concatenation(place)]) };
        let data = octets.slice(start + 2..start + piece.len());
        if let Ok(Joined::Waiting(waiting)) = joiner.add("1", &UserData::new(header, data)) {
            assert!(!waiting.missing.is_empty() && !waiting.missing.contains(&place.index));
        }
        assert!(joiner.unfinished().count() <= limits.messages);
    }
    for waiting in joiner.unfinished().collect::<Vec<_>>() {
        assert!(joiner.remove(&waiting.key).is_some());
    }
    assert!(joiner.is_empty());
}

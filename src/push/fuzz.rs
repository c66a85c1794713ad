//! What has to hold for any octets.

#![expect(clippy::panic, reason = "a panic says what a fuzz target found")]

use alloc::vec::Vec;

use bytes::Bytes;

use super::decode_with;
use super::sms::{
    Concatenation, InformationElement, JoinLimits, Joined, Joiner, Ports, Reference, ShortMessage, SmppMessage, Tpdu,
    UserData, UserDataHeader, Wdp,
};
use crate::fuzz::{Push, property};
use crate::options::{Decoded, Options};

/// Decodes `data` as everything that this module reads, encodes what came out, decodes that again;
/// splits and joins it.
///
/// # Panics
///
/// If anything is lost or refused on the way.
pub(crate) fn fuzz(data: &[u8]) {
    let octets = Bytes::copy_from_slice(data);
    if let Some(decoded) = property::read_in_both_ways::<Push>(&octets) {
        property::showing_is_linear::<Push>(octets.len(), &decoded.value);
        property::every_encoder_writes_the_same::<Push>(&decoded.value);
    }
    for options in [Options::lenient(), Options::strict()] {
        push(&octets, &options);
        user_data(&octets, &options);
        short_message(&octets, &options);
        wdp(&octets, &options);
        smpp(&octets, &options);
    }
    if let Ok(line) = core::str::from_utf8(data) {
        let _ = ShortMessage::decode_line_with(line, &Options::lenient());
    }
    property::segments_join_in_any_order(
        &octets,
        data.iter().take(8).fold(0, |seed, octet| seed << 8 | u64::from(*octet)),
    );
    join_wdp(&octets);
    join_anything(&octets);
}

/// What is damaged may be written in another way at first.
fn push(octets: &Bytes, options: &Options) {
    let Ok(decoded) = decode_with(octets, options) else { return };
    if let Err(error) = decoded.value.pdu(options) {
        assert!(error.offset <= octets.len());
    }
    let Ok(encoded) = decoded.value.encode() else { return };
    // A push without TID may look like one with.
    if decoded.value.tid.is_none() {
        return;
    }
    let once = again(encoded);
    assert_eq!(once.data, decoded.value.data);
    // Names and words are written in the case of the specification.
    assert_eq!(once.headers.len(), decoded.value.headers.len());
    // Damaged headers may be read differently without their neighbours, and then cannot be encoded.
    let Ok(encoded) = once.encode() else { return };
    assert_eq!(again(encoded), once);
}

fn again(encoded: Vec<u8>) -> super::Push {
    let decoded = decode_with(&encoded.into(), &Options::lenient());
    decoded.unwrap_or_else(|error| panic!("what is encoded is decoded: {error}")).value
}

fn user_data(octets: &Bytes, options: &Options) {
    let Ok(decoded) = UserData::decode_with(octets, options) else { return };
    let encoded = decoded.value.encode().unwrap_or_else(|error| panic!("what is decoded is encoded: {error}"));
    let again = UserData::decode_with(&encoded.into(), &Options::lenient());
    assert_eq!(again.map(|decoded| decoded.value), Ok(decoded.value));
}

/// What is read without a deviation is written octet for octet, anything else as it is read again.
fn short_message(octets: &Bytes, options: &Options) {
    if let Ok(Decoded { value, deviations, .. }) = Tpdu::decode_with(octets, options) {
        assert!(deviations.iter().all(|deviation| deviation.offset <= octets.len()));
        match value.encode() {
            Ok(encoded) if deviations.is_empty() => assert_eq!(encoded, *octets),
            Ok(encoded) => {
                let again = Tpdu::decode_with(&encoded.into(), &Options::lenient());
                assert_eq!(again.map(|decoded| decoded.value), Ok(value));
            }
            Err(error) => assert!(!deviations.is_empty(), "{error}: {value:?}"),
        }
    }
    if let Ok(Decoded { value, deviations, .. }) = ShortMessage::decode_with(octets, options)
        && let Ok(digits) = value.to_hex()
    {
        assert!(!deviations.is_empty() || digits.len() == 2 * octets.len());
        let line = alloc::format!("+CMT: ,{}\r\n{digits}", value.tpdu.encode().unwrap_or_default().len());
        let again = ShortMessage::decode_line_with(&line, &Options::lenient());
        assert_eq!(again.map(|decoded| decoded.value), Ok(value));
    }
}

fn wdp(octets: &Bytes, options: &Options) {
    if let Ok(Decoded { value, deviations, .. }) = Wdp::decode_with(octets, options) {
        match value.encode() {
            Ok(encoded) => assert_eq!(encoded, *octets),
            Err(_) => assert!(!deviations.is_empty()),
        }
    }
}

fn join_wdp(octets: &Bytes) {
    let Ok(segments) = Wdp::split(octets, Ports::WAP_PUSH, 130) else { return };
    let mut joiner = Joiner::new(JoinLimits { octets_per_originator: 256_000, ..JoinLimits::DEFAULT });
    let joined = segments.iter().rev().map(|segment| joiner.add("1", &segment.user_data(Reference::Long(1))));
    let Some(Ok(Joined::Complete(message))) = joined.last() else { panic!("{} octets", octets.len()) };
    assert_eq!((message.data, message.ports), (octets.clone(), Some(Ports::WAP_PUSH)));
}

fn smpp(octets: &Bytes, options: &Options) {
    let message = SmppMessage { esm_class: 0x40, short_message: octets.clone(), message_payload: None };
    let Ok(decoded) = message.user_data(options) else { return };
    let Ok(again) = SmppMessage::new(&decoded.value) else { return };
    assert_eq!(again.user_data(&Options::lenient()).map(|again| again.value), Ok(decoded.value));
}

/// Segments of two octets, each behind its total and index.
fn join_anything(octets: &Bytes) {
    let limits = JoinLimits { messages: 3, octets: 5_000, finished_octets: 3_000, ..JoinLimits::DEFAULT };
    let mut joiner = Joiner::new(limits);
    for (piece, start) in octets.chunks(4).zip((0..).step_by(4)) {
        let [total, index, ..] = *piece else { continue };
        let place = Concatenation { reference: Reference::Short(0), total: total % 8, index: index % 8 };
        let mut header = UserDataHeader { elements: Vec::from([InformationElement::Concatenation(place)]) };
        if total & 0x80 != 0 {
            header.elements.push(InformationElement::Ports(Ports { destination: (index >> 7).into(), originator: 0 }));
        }
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

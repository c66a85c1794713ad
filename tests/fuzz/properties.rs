//! The properties of the public module `fuzz`, over the vectors of every interface and what a mutator makes of them.

use alloc::collections::BTreeSet;

use arbitrary::Unstructured;
use mms_codec::fuzz::{
    Cdr, Codec, Deviant, Mm1, Mm4, Mm7, Push, Syntax, Target, deviant, deviant_kinds, mutate, property,
};
use mms_codec::{Bytes, DeviationKind, Options};

use super::seeds::seeds;

/// The seeds of a target.
fn messages(target: Target) -> Vec<Bytes> {
    let messages: Vec<_> = seeds()[target.name()].values().map(|octets| Bytes::copy_from_slice(octets)).collect();
    assert!(!messages.is_empty());
    messages
}

/// Every property of every message, of every prefix, and of what comes of it by its pieces.
fn hold<C: Codec>(target: Target, syntax: Syntax, rounds: u64) {
    let messages = messages(target);
    let mut changed = 0;
    for (place, message) in (0..).zip(&messages) {
        property::all::<C>(message);
        if let Some(decoded) = property::strict_decoding_refuses_what_is_reported::<C>(message) {
            property::showing_is_linear::<C>(message.len(), &decoded.value);
        }
        if message.len() < 1_500 {
            property::every_prefix_is_decoded_or_refused::<C>(message);
        }
        (0..7).for_each(|place| property::an_unknown_field_changes_no_other::<C>(message, place));
        for round in 0..rounds {
            let seed = round * 1_000 + place;
            let other = &messages[usize::try_from(seed).unwrap() % messages.len()];
            let mutated = Bytes::from(mutate(syntax, message, other, seed, 10_000));
            changed += usize::from(mutated != message);
            target.run(&mutated);
        }
    }
    assert!(changed > messages.len(), "{changed} messages are changed");
}

#[test]
fn hold_for_mm1() {
    messages(Target::Mm1).iter().for_each(property::fields_agree_with_decode);
    hold::<Mm1>(Target::Mm1, Syntax::Mm1, 15);
}

#[test]
fn hold_for_mm4() {
    hold::<Mm4>(Target::Mm4, Syntax::Lines, 40);
}

#[test]
fn hold_for_mm7() {
    hold::<Mm7>(Target::Mm7Body, Syntax::Xml, 12);
    hold::<Mm7>(Target::Mm7Body, Syntax::Lines, 4);
}

#[test]
fn hold_for_pushes_and_records() {
    messages(Target::Push).iter().for_each(property::all::<Push>);
    messages(Target::Push).iter().for_each(property::every_prefix_is_decoded_or_refused::<Push>);
    messages(Target::Cdr).iter().for_each(property::all::<Cdr>);
    messages(Target::Cdr).iter().for_each(property::every_prefix_is_decoded_or_refused::<Cdr>);
}

#[test]
fn segments_join() {
    let push = Bytes::from_iter((0..2_000).map(|octet: u32| octet.to_le_bytes()[0]));
    for seed in 0..2_000_u64 {
        let length = usize::try_from(seed).unwrap();
        property::segments_join_in_any_order(&push.slice(..length), seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    }
}

/// Octets of which values are made.
fn random(seed: u64) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let octets = core::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    });
    octets.take(30_000).collect()
}

/// Messages of each kind that the interface makes have that deviation and pass the target.
fn can_be_asked_for<C: Deviant>(target: Target) {
    for kind in deviant_kinds::<C>() {
        let mut alone = 0;
        for seed in 0..8 {
            let octets = deviant::<C>(kind, &mut Unstructured::new(&random(seed))).unwrap().unwrap();
            let decoded = C::decode(&octets, &Options::lenient()).unwrap();
            let kinds: BTreeSet<_> = decoded.deviations.iter().map(|found| found.kind).collect();
            assert!(kinds.contains(&kind), "{kind:?} is not among {kinds:?}");
            let is_tidied = C::TIDIED.contains(&kind) || kind == DeviationKind::BoundarySyntax;
            assert!(is_tidied || C::decode(&octets, &Options::strict()).is_err(), "{kind:?}");
            alone += usize::from(kinds.len() == 1);
            target.run(&octets);
        }
        assert!(alone > 0, "{kind:?} always comes with others");
    }
}

#[test]
fn every_deviation_of_mm1_can_be_asked_for() {
    can_be_asked_for::<Mm1>(Target::Mm1);
}

#[test]
fn every_deviation_of_mm4_can_be_asked_for() {
    can_be_asked_for::<Mm4>(Target::Mm4);
}

#[test]
fn every_deviation_of_mm7_can_be_asked_for() {
    can_be_asked_for::<Mm7>(Target::Mm7Body);
}

/// What decoding reports of any vector or mutated vector can be asked for.
fn are_all_made<C: Deviant>(target: Target, syntax: Syntax, rounds: u64, least: usize) {
    let messages = messages(target);
    let mut kinds = BTreeSet::<DeviationKind>::new();
    for (place, message) in (0..).zip(&messages) {
        for seed in 0..rounds {
            let other = &messages[usize::try_from(seed).unwrap() % messages.len()];
            let mutated = if seed == 0 {
                message.clone()
            } else {
                mutate(syntax, message, other, seed * 1_000 + place, 10_000).into()
            };
            if let Ok(decoded) = C::decode(&mutated, &Options::lenient()) {
                kinds.extend(decoded.deviations.iter().map(|deviation| deviation.kind));
            }
        }
    }
    assert!(kinds.len() > least, "{kinds:?}");
    let made: BTreeSet<_> = deviant_kinds::<C>().collect();
    let missing: Vec<_> = kinds.difference(&made).collect();
    assert!(missing.is_empty(), "add a way to make {missing:?} to src/fuzz/deviant");
}

#[test]
fn every_deviation_of_mm1_is_made() {
    are_all_made::<Mm1>(Target::Mm1, Syntax::Mm1, 40, 30);
}

#[test]
fn every_deviation_of_mm4_is_made() {
    are_all_made::<Mm4>(Target::Mm4, Syntax::Lines, 400, 15);
}

#[test]
fn every_deviation_of_mm7_is_made() {
    are_all_made::<Mm7>(Target::Mm7Body, Syntax::Xml, 100, 20);
    are_all_made::<Mm7>(Target::Mm7Body, Syntax::Lines, 100, 20);
}

#[test]
fn three_kinds_are_of_other_syntaxes() {
    let made: BTreeSet<_> =
        deviant_kinds::<Mm1>().chain(deviant_kinds::<Mm4>()).chain(deviant_kinds::<Mm7>()).collect();
    let others: Vec<_> = DeviationKind::ALL.iter().filter(|kind| !made.contains(kind)).copied().collect();
    assert_eq!(others, [DeviationKind::DocumentType, DeviationKind::OlderNumbering, DeviationKind::LeadingOctets]);
}

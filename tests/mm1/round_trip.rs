//! Every PDU there and back, and what becomes of it when its octets are damaged.

use crate::support::samples;
use alloc::collections::BTreeMap;
use core::cell::RefCell;

use mms_codec::fuzz::{Mm1, Target, property};
use mms_codec::message::Part;
use mms_codec::mm1::{self, FieldCode, FieldName, FieldValue, Fields, MessageType, Pdu};
use mms_codec::{Bytes, DecodeErrorKind, Decoded, DeviationKind, Options, ShownField};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use samples::{pdu, samples};

#[test]
fn round_trips_every_pdu() {
    let seen = RefCell::new(BTreeMap::<MessageType, usize>::new());
    let mut runner = TestRunner::new(Config { cases: 3_000, failure_persistence: None, ..Config::default() });
    let octets = proptest::collection::vec(any::<u8>(), 0..3_000);
    let result = runner.run(&octets, |octets| {
        if let Some(pdu) = pdu(&octets) {
            property::what_is_made_comes_back::<Mm1>(&pdu);
            *seen.borrow_mut().entry(pdu.message_type()).or_default() += 1;
        }
        Ok(())
    });
    result.unwrap();
    for message_type in MessageType::ALL {
        let times = seen.borrow().get(message_type).copied().unwrap_or_default();
        assert!(times >= 20, "{message_type} was hardly made: {seen:?}");
    }
}

#[test]
fn every_pdu_is_made_of_its_fields_by_number() {
    for pdu in (0..4).flat_map(samples) {
        let mut copy = Pdu::new(pdu.message_type());
        for (code, repeats) in pdu.field_codes() {
            assert!(repeats || pdu.count(code) <= 1, "{code}");
            for index in 0..pdu.count(code) {
                let value = pdu.value(code, index).unwrap();
                copy.put(code, value).unwrap();
                assert_eq!(copy.value(code, index), Some(value), "{code}");
            }
            assert_eq!(pdu.value(code, pdu.count(code)), None, "{code}");
        }
        copy.extra_mut().extend_from_slice(pdu.extra());
        assert_eq!(copy, pdu);

        let empty = Pdu::new(pdu.message_type());
        pdu.field_codes().for_each(|(code, _)| copy.clear(code));
        copy.extra_mut().clear();
        copy.put(FieldCode::MMS_VERSION, FieldValue::Version(empty.version().unwrap_or_default())).unwrap();
        if empty.version().is_none() {
            copy.clear(FieldCode::MMS_VERSION);
        }
        assert_eq!(copy, empty);
    }
}

#[test]
#[cfg(feature = "serde")]
fn every_pdu_is_the_same_after_serde() {
    let octets = proptest::collection::vec(any::<u8>(), 0..3_000);
    proptest!(Config { cases: 1_000, failure_persistence: None, ..Config::default() }, |(octets in octets)| {
        if let Some(pdu) = pdu(&octets) {
            let json = serde_json::to_string(&pdu).unwrap();
            let again = serde_json::from_str(&json).unwrap();
            prop_assert!(again == pdu, "{}", property::differing(&pdu, &again));
        }
    });
    for pdu in samples(0) {
        let json = serde_json::to_string(&pdu).unwrap();
        assert_eq!(serde_json::from_str::<Pdu>(&json).unwrap(), pdu, "{json}");
    }
}

#[test]
fn any_octets_keep_the_promises_of_the_decoder() {
    let body = proptest::collection::vec(any::<u8>(), 0..400);
    proptest!(Config { cases: 3_000, failure_persistence: None, ..Config::default() }, |(message_type in 0x80..=0x98_u8, body in body)| {
        Target::Mm1.run(&body);
        Target::Mm1.run(&[&[0x8c, message_type], &body[..]].concat());
    });
}

fn lenient(octets: &[u8]) -> Decoded<Pdu> {
    mm1::decode(&Bytes::copy_from_slice(octets)).unwrap()
}

fn value_of<'a>(fields: &'a [ShownField], name: &str) -> Option<&'a ShownField> {
    fields.iter().find(|field| field.name == name)
}

/// The fields of an encoded PDU: name, and where field and value begin and end.
fn places(octets: &[u8]) -> Vec<(String, core::ops::Range<usize>)> {
    let fields = Fields::new(octets).map(|field| {
        let field = field.unwrap();
        let name = match field.name {
            FieldName::Code(code) => (code.to_string(), 1),
            FieldName::Text(text) => (String::from_utf8(text.to_vec()).unwrap(), text.len() + 1),
        };
        (name.0, field.offset..field.offset + name.1 + field.value.len())
    });
    fields.collect()
}

/// Asserts that the damaged octets still give each field of `before` whose name is in `names`. Octets
/// of a damaged field may look like one more value of a field that repeats.
fn assert_kept<'a>(before: &Pdu, damaged: &[u8], names: impl Iterator<Item = &'a str>, what: &str) {
    let (before, after) = (before.fields(), lenient(damaged).value.fields());
    for name in names.filter(|name| *name != "X-Mms-Message-Type") {
        let values = |fields| value_of(fields, name).map(|field| field.values.clone()).unwrap_or_default();
        let (before, after) = (values(&before), values(&after));
        assert!(after.starts_with(&before), "{name} is kept when {what}: {after:?} instead of {before:?}");
    }
}

#[test]
fn a_pdu_cut_at_any_octet_keeps_the_fields_before() {
    for pdu in samples(0) {
        let octets = mm1::encode(&pdu).unwrap();
        let places = places(&octets);
        for end in 0..octets.len() {
            let cut = &octets[..end];
            Target::Mm1.run(cut);
            if end < 2 {
                continue;
            }
            // Repeated fields lie side by side; those of the name that is cut are not compared.
            let cut_name = &places.iter().find(|(_, place)| place.end > end).unwrap().0;
            let whole = places.iter().filter(|(name, place)| place.end <= end && name != cut_name);
            assert_kept(&pdu, cut, whole.map(|(name, _)| name.as_str()), &format!("{cut_name} is cut at {end}"));
        }
    }
}

#[test]
fn a_repeated_field_is_one_more_value_or_is_named_and_kept() {
    for pdu in samples(0) {
        let octets = mm1::encode(&pdu).unwrap();
        for (name, place) in places(&octets).iter().filter(|(name, _)| name != "Content-Type") {
            let twice = [&octets[..place.end], &octets[place.clone()], &octets[place.end..]].concat();
            Target::Mm1.run(&twice);
            let decoded = lenient(&twice);
            let (before, after) = (pdu.fields(), decoded.value.fields());
            let others = before.iter().filter(|field| field.name != *name);
            assert_kept(&pdu, &twice, others.map(|field| field.name.as_str()), &format!("{name} is repeated"));
            let is_named = decoded
                .deviations
                .iter()
                .any(|deviation| deviation.kind == DeviationKind::DuplicateField && deviation.field == Some(name));
            let times = |fields: &[ShownField]| -> usize {
                fields.iter().filter(|field| field.name == *name).map(|field| field.values.len()).sum()
            };
            assert_eq!(times(&after), times(&before) + 1, "{name} is there once more");
            let repeats = value_of(&before, name).is_some_and(|field| field.repeats) || name == "X-Vendor";
            assert_eq!(is_named, !repeats, "{name} is named as repeated in {:?}", pdu.message_type());
        }
    }
}

#[test]
fn a_missing_field_is_absent_or_named() {
    for pdu in samples(0) {
        let octets = mm1::encode(&pdu).unwrap();
        let mut missing = 0;
        for (name, place) in places(&octets).iter().skip(1) {
            // Of the recipients, one has to be there; the first is named.
            let missed = if ["Cc", "Bcc"].contains(&&**name) { "To" } else { name };
            let without = [&octets[..place.start], &octets[place.end..]].concat();
            Target::Mm1.run(&without);
            let decoded = lenient(&without);
            let deviations: Vec<_> =
                decoded.deviations.iter().map(|forgiven| (forgiven.kind, forgiven.field)).collect();
            match mm1::decode_with(&without.clone().into(), &Options::strict()) {
                Ok(strict) => assert_eq!(strict.value, decoded.value),
                Err(error) if error.kind == DecodeErrorKind::MissingField => {
                    assert_eq!((error.field, error.offset), (Some(missed), without.len()));
                    assert!(
                        deviations.contains(&(DeviationKind::MissingField, Some(missed))),
                        "{name}: {deviations:?}"
                    );
                    missing += 1;
                }
                Err(error) => {
                    let conflict = (DeviationKind::FieldConflict, error.field);
                    assert_eq!(
                        error.kind,
                        DecodeErrorKind::Deviation(conflict.0),
                        "{name} of {:?}",
                        pdu.message_type()
                    );
                    assert!(deviations.contains(&conflict));
                }
            }
            let others = pdu.fields().into_iter().filter(|field| field.name != *name).map(|field| field.name);
            let others: Vec<_> = others.collect();
            assert_kept(&pdu, &without, others.iter().map(String::as_str), &format!("{name} is missing"));
        }
        let all_optional = pdu.message_type() == MessageType::MBOX_DESCR;
        assert!(all_optional || missing > 0, "{:?} has mandatory fields", pdu.message_type());
    }
}

#[test]
fn wrong_lengths_do_no_harm_before_them() {
    for pdu in samples(0) {
        let octets = mm1::encode(&pdu).unwrap();
        let places = places(&octets);
        for (index, (name, place)) in places.iter().enumerate() {
            let at = place.start + 1;
            let Some(length @ 0..=0x1f) = octets.get(at).copied().filter(|_| octets[place.start] >= 0x80) else {
                continue;
            };
            let huge: [&[u8]; 3] = [b"\x1f\x8f\xff\xff\xff\x7f", b"\x1f\xff\xff\xff\xff\xff\xff\xff\xff\x7f", b"\x1e"];
            let near = [vec![length.wrapping_sub(1) & 0x1f], vec![length + 1], vec![0]];
            for wrong in huge.iter().map(|huge| huge.to_vec()).chain(near) {
                let damaged = [&octets[..at], &wrong, &octets[at + 1..]].concat();
                Target::Mm1.run(&damaged);
                let before = places[..index].iter().filter(|(own, _)| own != name);
                let what = format!("{name} has the length {wrong:x?} instead of {length}");
                assert_kept(&pdu, &damaged, before.map(|(name, _)| name.as_str()), &what);
            }
        }
    }
}

#[test]
fn a_damaged_part_header_harms_no_other_part_and_no_content() {
    let mut damages = 0;
    for pdu in samples(0) {
        let Some(body) = pdu.body().filter(|body| body.parts().len() > 1) else { continue };
        let octets = mm1::encode(&pdu).unwrap();
        let content = octets.len() - body_length(&pdu);
        for (index, part) in mms_codec::wsp::MultipartReader::new(&octets[content..]).enumerate() {
            let headers = part.headers.as_ptr().addr() - octets.as_ptr().addr();
            for at in headers..headers + part.headers.len() {
                for wrong in [0x00, 0x01, 0x1f, 0x20, 0x7f, 0x80, 0xff] {
                    let mut damaged = octets.clone();
                    damaged[at] = wrong;
                    Target::Mm1.run(&damaged);
                    let decoded = lenient(&damaged).value;
                    let parts = decoded.body().unwrap().parts();
                    assert_eq!(parts.len(), body.parts().len());
                    let others = |parts: &[Part]| {
                        let all = parts.iter().cloned().enumerate();
                        all.filter(|(own, _)| *own != index).map(|(_, part)| part).collect::<Vec<_>>()
                    };
                    assert_eq!(others(parts), others(body.parts()), "octet {at} is {wrong:#04x}");
                    if let (Some(before), Some(after)) = (body.parts()[index].octets(), parts[index].octets()) {
                        assert_eq!(before, after, "octet {at} is {wrong:#04x}");
                    }
                    damages += 1;
                }
            }
        }
    }
    assert!(damages > 1_000, "{damages}");
}

/// How long the body of a PDU is: the parts without the content type.
fn body_length(pdu: &Pdu) -> usize {
    let mut to = mms_codec::wsp::Writer::new();
    to.body(&pdu.body().unwrap().content).unwrap();
    to.len()
}

/// A phone of MMS 1.0 may stop at the first field that it does not know.
#[test]
fn fields_of_mms_1_0_come_before_later_ones() {
    for pdu in (0..20).flat_map(samples) {
        if !matches!(pdu, Pdu::NotificationInd(_) | Pdu::SendReq(_) | Pdu::RetrieveConf(_)) {
            continue;
        }
        let Ok(written) = mm1::encode(&pdu) else { continue };
        let written = Bytes::from(written);
        let codes = Fields::new(&written).filter_map(|field| match field.ok()?.name {
            FieldName::Code(code) => Some(code),
            FieldName::Text(_) => None,
        });
        let versions = codes.filter(|code| *code != FieldCode::CONTENT_TYPE).filter_map(FieldCode::since);
        let is_first: Vec<bool> = versions.map(|since| since == mm1::Version::V1_0).collect();
        assert!(is_first.is_sorted_by(|a, b| a >= b), "{pdu:?}");
    }
}

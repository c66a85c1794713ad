//! What holds for all octets: strict and lenient decoding agree, and what strict decoding takes is
//! written as what it is.

use crate::support::vectors;
use mms_codec::message::{Content, MediaType, Part};
use mms_codec::{Bytes, Options, Shown, mm1};
use proptest::prelude::*;
use proptest::sample::Index;

/// How octets are made others.
#[derive(Clone, Debug)]
pub(crate) enum Mutation {
    Replace(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, u8),
    Repeat(Index, u8),
    Cut(Index),
}

impl Mutation {
    pub(crate) fn apply(&self, octets: &mut Vec<u8>) {
        let end = |at: usize, length: u8| octets.len().min(at + usize::from(length));
        match self {
            Self::Replace(at, octet) => {
                let at = at.index(octets.len().max(1));
                if let Some(place) = octets.get_mut(at) {
                    *place = *octet;
                }
            }
            Self::Insert(at, inserted) => {
                let at = at.index(octets.len() + 1);
                octets.splice(at..at, inserted.iter().copied()).for_each(drop);
            }
            Self::Remove(at, length) => {
                let at = at.index(octets.len() + 1);
                octets.drain(at..end(at, *length)).for_each(drop);
            }
            Self::Repeat(at, length) => {
                let at = at.index(octets.len() + 1);
                let repeated = octets.get(at..end(at, *length)).unwrap_or_default().to_vec();
                octets.splice(at..at, repeated).for_each(drop);
            }
            Self::Cut(at) => octets.truncate(at.index(octets.len() + 1)),
        }
    }
}

pub(crate) fn mutation() -> impl Strategy<Value = Mutation> {
    // Octets that say something where they stand.
    let octet = || {
        let telling = &[0x00, 0x01, 0x1e, 0x1f, 0x22, 0x7f, 0x80, 0x81, 0x84, 0x8c, 0xa3, 0xea, 0xff];
        prop_oneof![proptest::sample::select(&telling[..]), any::<u8>()]
    };
    prop_oneof![
        4 => (any::<Index>(), octet()).prop_map(|(at, octet)| Mutation::Replace(at, octet)),
        2 => (any::<Index>(), proptest::collection::vec(octet(), 1..6)).prop_map(|(at, octets)| Mutation::Insert(at, octets)),
        2 => (any::<Index>(), 1..20u8).prop_map(|(at, length)| Mutation::Remove(at, length)),
        1 => (any::<Index>(), 1..40u8).prop_map(|(at, length)| Mutation::Repeat(at, length)),
        1 => any::<Index>().prop_map(Mutation::Cut),
    ]
}

/// The name in MIME of what the encoder writes by its name in WSP.
fn mime_name(content_type: &str) -> String {
    content_type.replace("application/vnd.wap.multipart.", "multipart/")
}

fn with_mime_names(mut part: Part) -> Part {
    if let MediaType::Name(name) = &mut part.content_type.media {
        *name = mime_name(name).into();
    }
    if let Content::Parts(parts) = &mut part.content {
        *parts = core::mem::take(parts).into_iter().map(with_mime_names).collect();
    }
    part
}

fn check(octets: Vec<u8>) {
    let octets = Bytes::from(octets);
    let strict = mm1::decode_with(&octets, &Options::strict());
    let lenient = mm1::decode_with(&octets, &Options::lenient());
    match (strict, lenient) {
        (Ok(strict), Ok(lenient)) => {
            assert_eq!(strict, lenient);
            assert_eq!(lenient.deviations, []);
            let encoded = mm1::encode(&strict.value).unwrap_or_else(|error| panic!("{error}: {:?}", strict.value));
            let again = mm1::decode_with(&encoded.into(), &Options::strict()).unwrap().value;
            // What a field shows is the same, also where a text in UTF-16 was written in UTF-8.
            let shown = |pdu: &mm1::Pdu| -> Vec<_> {
                let value = |value: &Shown| mime_name(&value.to_string());
                let fields = pdu.fields().into_iter();
                fields.map(|field| (field.name, field.values.iter().map(value).collect::<Vec<_>>())).collect()
            };
            assert_eq!(shown(&again), shown(&strict.value));
            let body = |pdu: &mm1::Pdu| pdu.body().cloned().map(with_mime_names);
            assert_eq!(body(&again), body(&strict.value));
        }
        (Err(strict), Ok(lenient)) => assert_ne!(lenient.deviations, [], "{strict}"),
        (Ok(_), Err(lenient)) => panic!("only strict decoding takes it: {lenient}"),
        (Err(_), Err(_)) => {}
    }
}

#[test]
fn the_vectors_agree() {
    assert!(all().len() > 50);
    all().into_iter().for_each(check);
}

pub(crate) fn all() -> Vec<Vec<u8>> {
    vectors::all().map(|(_, octets)| octets.to_vec()).filter(|octets| octets.starts_with(b"\x8c")).collect()
}

proptest! {
    #[test]
    fn mutated_messages_agree(
        mut octets in proptest::sample::select(all()),
        mutations in proptest::collection::vec(mutation(), 1..4),
    ) {
        mutations.iter().for_each(|mutation| mutation.apply(&mut octets));
        check(octets);
    }

    #[test]
    fn arbitrary_fields_agree(fields in proptest::collection::vec(any::<u8>(), 0..60), kind in 0x80..0x98u8) {
        check([&[0x8c, kind, 0x98, b'T', 0, 0x8d, 0x92][..], &fields].concat());
    }
}

/// A header that is named as a field is another value for whoever goes by names.
#[test]
fn an_application_header_named_as_a_field_is_reported_and_not_written_beside_it() {
    let octets = |rest: &[u8]| Bytes::from([b"\x8c\x83\x98T\0\x8d\x92\x95\x81", rest].concat());
    for name in ["X-Mms-Status", "x-mms-transaction-id", "Subject", "Content-Type"] {
        let aliased = octets(&[name.as_bytes(), b"\0x\0"].concat());
        let error = mm1::decode_with(&aliased, &Options::strict()).unwrap_err();
        assert_eq!(
            (error.kind, error.offset),
            (mms_codec::DecodeErrorKind::Deviation(mms_codec::DeviationKind::FieldName), 9)
        );
        let lenient = mm1::decode(&aliased).unwrap();
        let kinds: Vec<_> = lenient.deviations.iter().map(|deviation| deviation.kind).collect();
        assert_eq!(kinds, [mms_codec::DeviationKind::FieldName], "{name}");
        let refused = mm1::encode(&lenient.value).unwrap_err();
        assert_eq!(refused.kind, mms_codec::EncodeErrorKind::FieldConflict, "{name}");
    }
    let mm1::Pdu::NotifyRespInd(plain) = mm1::decode(&octets(b"")).unwrap().value else { panic!() };
    for value in [" a", "a ", " ", "\t", "a\r\n", "\n", "\0", "a\0b", "\u{7f}", "é", "\u{a0}", "\"", "\"a\""] {
        let mut changed = plain.clone();
        changed.extra.push(mm1::Extra::Named { name: "X-A".into(), value: value.into() });
        if let Ok(encoded) = mm1::encode(&changed) {
            let again = mm1::decode_with(&encoded.into(), &Options::strict()).unwrap();
            assert_eq!(again.value, changed.into(), "{value:?}");
        }
    }
}

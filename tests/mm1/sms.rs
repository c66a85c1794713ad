//! Short messages that carry a push: user data headers, splitting and joining.

use alloc::collections::BTreeSet;

#[cfg(feature = "arbitrary")]
use mms_codec::fuzz::Target;
use mms_codec::push::sms::{
    Alphabet, CompleteMessage, Concatenation, Deliver, InformationElement, JoinError, JoinLimits, Joined, Joiner,
    Ports, Reference, Split, Unfinished, UserData, UserDataHeader,
};
use mms_codec::{Bytes, DecodeErrorKind, DeviationKind, EncodeErrorKind, Options};
use proptest::prelude::*;

const SHORT: Concatenation = Concatenation { reference: Reference::Short(0x5c), total: 2, index: 1 };
const LONG: Concatenation = Concatenation { reference: Reference::Long(0x9f8e), total: 2, index: 1 };

fn header(elements: Vec<InformationElement>) -> UserDataHeader {
    let mut header = UserDataHeader::default();
    header.elements = elements;
    header
}

fn user_data(elements: Vec<InformationElement>, data: &'static [u8]) -> UserData {
    UserData::new(header(elements), data)
}

/// The headers of pushes (3GPP TS 23.040, 9.2.3.24).
fn samples() -> Vec<(&'static [u8], UserData)> {
    use InformationElement::*;
    vec![
        (b"\x00hello", user_data(vec![], b"hello")),
        (b"\x06\x05\x04\x0b\x84\x23\xf0\x2a", user_data(vec![Ports(mms_codec::push::sms::Ports::WAP_PUSH)], b"\x2a")),
        (
            b"\x0b\x05\x04\x0b\x84\x23\xf0\x00\x03\x5c\x02\x01",
            user_data(vec![Ports(mms_codec::push::sms::Ports::WAP_PUSH), Concatenation(SHORT)], b""),
        ),
        (
            b"\x0c\x08\x04\x9f\x8e\x02\x01\x05\x04\x0b\x84\x23\xf0\x01\x06",
            user_data(vec![Concatenation(LONG), Ports(mms_codec::push::sms::Ports::WAP_PUSH)], b"\x01\x06"),
        ),
        (
            b"\x09\x04\x02\xf0\xf1\x70\x00\x24\x01\x0bx",
            user_data(
                vec![
                    ShortPorts { destination: 0xf0, originator: 0xf1 },
                    Other { id: 0x70, data: Bytes::new() },
                    Other { id: 0x24, data: Bytes::from_static(b"\x0b") },
                ],
                b"x",
            ),
        ),
    ]
}

#[test]
fn reads_and_writes_every_element() {
    for (octets, value) in samples() {
        let decoded = UserData::decode_with(&Bytes::from_static(octets), &Options::strict()).unwrap();
        assert_eq!(decoded.value, value);
        assert_eq!(value.encode().unwrap(), octets);
    }
}

#[test]
fn keeps_elements_that_are_not_right() {
    use DeviationKind::*;
    let other = |id, data| InformationElement::Other { id, data: Bytes::from_static(data) };
    for (octets, element, kind, offset, field) in [
        (&b"\x05\x00\x03\x5c\x02\x00"[..], other(0, b"\x5c\x02\x00"), InvalidValue, 1, "IED"),
        (b"\x05\x00\x03\x5c\x02\x03", other(0, b"\x5c\x02\x03"), InvalidValue, 1, "IED"),
        (b"\x05\x00\x03\x5c\x00\x00", other(0, b"\x5c\x00\x00"), InvalidValue, 1, "IED"),
        (b"\x05\x05\x03\x0b\x84\x23", other(5, b"\x0b\x84\x23"), InvalidValue, 1, "IED"),
        (b"\x02\x08\x00", other(8, b""), InvalidValue, 1, "IED"),
        (b"\x04\x70\x05\x01\x02", other(0x70, b"\x01\x02"), ValueLengthTooLong, 2, "IEIDL"),
    ] {
        let octets = Bytes::from_static(octets);
        let decoded = UserData::decode_with(&octets, &Options::lenient()).unwrap();
        assert_eq!(decoded.value.header.elements, [element]);
        assert_eq!(decoded.value.header.concatenation(), None);
        assert_eq!(decoded.value.header.ports(), None);
        let deviations: Vec<_> = decoded.deviations.iter().map(|one| (one.kind, one.offset, one.field)).collect();
        assert_eq!(deviations, [(kind, offset, Some(field))]);
        let error = UserData::decode_with(&octets, &Options::strict()).unwrap_err();
        assert_eq!((error.kind, error.offset, error.field), (DecodeErrorKind::Deviation(kind), offset, Some(field)));
    }
}

#[test]
fn refuses_a_header_that_is_not_there() {
    for (octets, offset, field) in [
        (&b""[..], 0, "UDHL"),
        (b"\x01", 0, "UDHL"),
        (b"\x06\x05\x04\x0b\x84\x23", 0, "UDHL"),
        (b"\x01\x00\x03", 2, "IEIDL"),
    ] {
        let error = UserData::decode_with(&Bytes::from_static(octets), &Options::lenient()).unwrap_err();
        assert_eq!((error.kind, error.offset, error.field), (DecodeErrorKind::UnexpectedEnd, offset, Some(field)));
    }
}

#[test]
fn the_last_of_several_elements_counts() {
    let elements = vec![
        InformationElement::Concatenation(SHORT),
        InformationElement::Ports(Ports::WAP_PUSH),
        InformationElement::Concatenation(LONG),
        InformationElement::ShortPorts { destination: 1, originator: 2 },
    ];
    let header = header(elements);
    assert_eq!(header.concatenation(), Some(LONG));
    assert_eq!(header.ports(), Some(Ports { destination: 1, originator: 2 }));
}

#[test]
fn refuses_to_write_what_has_no_form() {
    let long = |length| InformationElement::Other { id: 0x70, data: vec![0; length].into() };
    let concatenation = |total, index| {
        InformationElement::Concatenation(Concatenation { reference: Reference::Short(1), total, index })
    };
    for (elements, kind, field) in [
        (vec![long(256)], EncodeErrorKind::NumberTooLarge, "IEIDL"),
        (vec![long(254)], EncodeErrorKind::NumberTooLarge, "UDHL"),
        (vec![concatenation(2, 0)], EncodeErrorKind::FieldConflict, "IED"),
        (vec![concatenation(2, 3)], EncodeErrorKind::FieldConflict, "IED"),
    ] {
        let error = user_data(elements, b"").encode().unwrap_err();
        assert_eq!((error.kind, error.field), (kind, Some(field)));
    }
}

/// 133 octets with ports only, 128 with a short reference, 127 with a long one.
#[test]
fn fills_each_short_message() {
    let lengths = |reference, length| -> Vec<usize> {
        let segments = Split::new(reference).segments(&vec![0; length].into()).unwrap();
        segments.iter().map(|segment| segment.data.len()).collect()
    };
    let (short, long) = (Reference::Short(1), Reference::Long(1));
    assert_eq!(lengths(short, 0), [0]);
    assert_eq!(lengths(short, 133), [133]);
    assert_eq!(lengths(short, 134), [128, 6]);
    assert_eq!(lengths(short, 256), [128, 128]);
    assert_eq!(lengths(long, 134), [127, 7]);
    assert_eq!(lengths(short, 255 * 128).len(), 255);
    let error = Split::new(short).segments(&vec![0; 255 * 128 + 1].into()).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::NumberTooLarge, Some("IED")));
    for limit in [0, 6, 11] {
        let error = Split { limit, ..Split::new(short) }.segments(&Bytes::from_static(b"hello")).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("TP-UD")));
    }
}

#[test]
fn segments_share_the_push() {
    let push = Bytes::from(vec![0; 300]);
    let segments = Split::new(Reference::Short(1)).segments(&push).unwrap();
    assert_eq!(segments[1].data.as_ptr(), push[128..].as_ptr());
}

fn segment(reference: u8, total: u8, index: u8, data: &'static [u8]) -> UserData {
    let place = Concatenation { reference: Reference::Short(reference), total, index };
    user_data(vec![InformationElement::Ports(Ports::WAP_PUSH), InformationElement::Concatenation(place)], data)
}

#[test]
fn originator_ports_reference_and_total_tell_messages_apart() {
    let mut joiner = Joiner::new(JoinLimits::DEFAULT);
    let mut other_ports = segment(1, 2, 1, b"e");
    other_ports.header.elements.remove(0);
    let mut long = segment(1, 2, 1, b"f");
    long.header.elements[1] =
        InformationElement::Concatenation(Concatenation { reference: Reference::Long(1), total: 2, index: 1 });
    for (originator, segment) in [
        ("1", segment(1, 2, 1, b"a")),
        ("2", segment(1, 2, 1, b"b")),
        ("1", segment(2, 2, 1, b"c")),
        ("1", segment(1, 3, 1, b"d")),
        ("1", other_ports),
        ("1", long),
    ] {
        assert!(matches!(joiner.add(originator, &segment).unwrap(), Joined::Waiting(_)));
    }
    assert_eq!(joiner.unfinished().count(), 6);
    let Joined::Complete(message) = joiner.add("1", &segment(1, 2, 2, b"z")).unwrap() else { panic!("waits") };
    assert_eq!(message.data, "az");
    assert_eq!((message.originator.as_str(), message.ports), ("1", Some(Ports::WAP_PUSH)));
}

#[test]
fn tells_of_totals_that_contradict_each_other() {
    let mut joiner = Joiner::new(JoinLimits::DEFAULT);
    joiner.add("1", &segment(1, 2, 1, b"a")).unwrap();
    let Joined::Waiting(waiting) = joiner.add("1", &segment(1, 3, 2, b"b")).unwrap() else { panic!("complete") };
    assert_eq!((waiting.missing, waiting.rivals), (vec![1, 3], vec![2]));
    let rivals: Vec<_> = joiner.unfinished().map(|waiting| waiting.rivals).collect();
    assert_eq!(rivals, [[3], [2]]);
}

#[test]
fn refuses_segments_that_contradict_each_other_and_changes_nothing() {
    let mut joiner = Joiner::new(JoinLimits::DEFAULT);
    joiner.add("1", &segment(1, 2, 1, b"a")).unwrap();
    for (segment, error) in [
        (segment(1, 2, 1, b"b"), JoinError::OtherData { index: 1 }),
        (segment(1, 2, 3, b"b"), JoinError::WrongIndex { index: 3, total: 2 }),
        (segment(1, 2, 0, b"b"), JoinError::WrongIndex { index: 0, total: 2 }),
        (segment(1, 0, 0, b"b"), JoinError::WrongIndex { index: 0, total: 0 }),
    ] {
        assert_eq!(joiner.add("1", &segment).unwrap_err(), error);
    }
    let Joined::Repeated(key) = joiner.add("1", &segment(1, 2, 1, b"a")).unwrap() else { panic!("not known") };
    assert_eq!(joiner.remove(&key), Some(vec![(1, Bytes::from_static(b"a"))]));
    assert_eq!(joiner.remove(&key), None);
    assert!(joiner.is_empty());
}

fn waiting(joined: Result<Joined, JoinError>) -> Unfinished {
    let Ok(Joined::Waiting(waiting)) = joined else { panic!("{joined:?}") };
    waiting
}

#[test]
fn the_oldest_message_makes_room() {
    let limits = JoinLimits { messages: 2, octets: 3_000, ..JoinLimits::DEFAULT };
    let mut joiner = Joiner::new(limits);
    let first = waiting(joiner.add("1", &segment(1, 9, 1, b"a")));
    assert_eq!(first.dropped, []);
    let second = waiting(joiner.add("1", &segment(2, 9, 1, b"a")));
    // Two messages of 1284 octets with a segment of 97 octets each leave room for two more.
    for index in 2..=3 {
        assert_eq!(waiting(joiner.add("1", &segment(1, 9, index, b"a"))).dropped, []);
    }
    // The first message was begun first, but grows itself.
    assert_eq!(waiting(joiner.add("1", &segment(1, 9, 4, b"a"))).dropped, [second.key]);
    assert_eq!(waiting(joiner.add("2", &segment(3, 9, 1, b"a"))).dropped, [first.key]);
    assert_eq!(waiting(joiner.add("2", &segment(4, 9, 1, b"a"))).dropped, []);
    // What is too large alone changes nothing.
    let large = user_data(segment(5, 9, 1, b"").header.elements, &[0; 2_000]);
    assert_eq!(joiner.add("2", &large).unwrap_err(), JoinError::TooManyOctets);
    assert_eq!(joiner.unfinished().count(), 2);
    // What completes a message or needs no other segment is never too much.
    let mut full = Joiner::new(JoinLimits { messages: 0, octets: 0, ..JoinLimits::DEFAULT });
    assert_eq!(full.add("1", &segment(1, 2, 1, b"a")).unwrap_err(), JoinError::TooManyMessages);
    assert!(matches!(full.add("1", &segment(1, 1, 1, b"a")), Ok(Joined::Complete(_))));
    assert!(matches!(full.add("1", &user_data(vec![], b"a")), Ok(Joined::Complete(_))));
}

#[test]
fn one_originator_crowds_out_none_but_itself() {
    let mut joiner = Joiner::new(JoinLimits::DEFAULT);
    let victim = waiting(joiner.add("victim", &segment(1, 2, 1, b"a")));
    for total in 2..=255 {
        let added = waiting(joiner.add("flood", &segment(7, total, 1, &[0; 130])));
        assert!(added.dropped.iter().all(|key| key.originator == "flood"));
        assert!(joiner.unfinished().count() <= 1 + JoinLimits::DEFAULT.messages_per_originator);
    }
    let mut segments = Joiner::new(JoinLimits { octets_per_originator: 5_000, ..JoinLimits::DEFAULT });
    segments.add("victim", &segment(1, 2, 1, b"a")).unwrap();
    let results: Vec<_> = (1..=100).map(|index| segments.add("flood", &segment(7, 200, index, &[0; 130]))).collect();
    assert!(results.contains(&Err(JoinError::TooManyOctets)));
    for mut joiner in [joiner, segments] {
        let joined = joiner.add("victim", &segment(1, 2, 2, b"b")).unwrap();
        let Joined::Complete(message) = joined else { panic!("{joined:?}") };
        assert_eq!((message.data.as_ref(), &message.originator), (&b"ab"[..], &victim.key.originator));
    }
}

const TPDU: &[u8] = b"\x44\x04\x81\x21\x43\x00\xf5\x42\x10\x10\x21\x43\x65\x00\x08\x06\x05\x04\x0b\x84\x23\xf0\x2a";

fn changed(place: usize, octet: u8) -> Bytes {
    let mut octets = TPDU.to_vec();
    octets[place] = octet;
    octets.into()
}

#[test]
fn reads_originators_of_every_type() {
    for (address, originator) in [
        (&b"\x04\x81\x21\x43"[..], "1234"),
        (b"\x0c\x91\x44\x77\x00\x09\x10\x32", "+447700900123"),
        (b"\x03\x81\x0a\xf1", "*01"),
        (b"\x00\x80", ""),
        // "MMS" in septets: 21 bits need six semi-octets.
        (b"\x06\xd0\xcd\xe6\x14", "MMS"),
        (b"\x0d\xd0\xd4\x32\xbb\xbc\x7e\xb7\x01", "Telekom"),
        (b"\x0e\xd0\xd6\x37\x39\x6c\x7e\xbb\xcb", "Vodafone"),
    ] {
        let octets: Bytes = [b"\x44", address, &TPDU[5..]].concat().into();
        assert_eq!(Deliver::decode_with(&octets, &Options::strict()).unwrap().value.originator, originator);
    }
}

#[test]
fn reads_user_data_with_and_without_header() {
    let deliver = Deliver::decode_with(&Bytes::from_static(TPDU), &Options::strict()).unwrap().value;
    assert_eq!((deliver.data_coding, deliver.user_data.header.ports()), (0xf5, Some(Ports::WAP_PUSH)));
    assert_eq!(deliver.user_data.data, "*");
    let deliver = Deliver::decode_with(&changed(0, 0x04), &Options::strict()).unwrap().value;
    assert_eq!(deliver.user_data, user_data(vec![], &TPDU[15..]));
}

#[test]
fn takes_the_user_data_as_far_as_it_goes() {
    for (length, kind, offset, field, data) in [
        (0x09, DeviationKind::Truncated, 14, "TP-UDL", &b"*"[..]),
        (0x07, DeviationKind::StrayOctets, 22, "TP-UD", b""),
    ] {
        let octets = changed(14, length);
        let decoded = Deliver::decode_with(&octets, &Options::lenient()).unwrap();
        let deviations: Vec<_> = decoded.deviations.iter().map(|one| (one.kind, one.offset, one.field)).collect();
        assert_eq!(deviations, [(kind, offset, Some(field))]);
        assert_eq!(decoded.value.user_data.data, data);
        let error = Deliver::decode_with(&octets, &Options::strict()).unwrap_err();
        assert_eq!((error.kind, error.offset, error.field), (DecodeErrorKind::Deviation(kind), offset, Some(field)));
    }
}

#[test]
fn refuses_other_short_messages() {
    use DecodeErrorKind::*;
    for (octets, kind, offset, field) in [
        (changed(0, 0x41), UnexpectedOctet(0x41), 0, "TP-MTI"),
        (changed(1, 0xff), UnexpectedEnd, 3, "TP-OA"),
        (changed(14, 0x03), UnexpectedEnd, 15, "UDHL"),
        (Bytes::from_static(&TPDU[..10]), UnexpectedEnd, 7, "TP-SCTS"),
    ] {
        let error = Deliver::decode_with(&octets, &Options::lenient()).unwrap_err();
        assert_eq!((error.kind, error.offset, error.field), (kind, offset, Some(field)));
    }
    for coding in [0x04, 0x05, 0x14, 0x44, 0xf4, 0xf5, 0xf6, 0xf7] {
        assert_eq!(Alphabet::of(coding), Alphabet::Data);
        assert!(Deliver::decode_with(&changed(6, coding), &Options::strict()).is_ok());
    }
}

/// A push, how it is split, and the order in which segments arrive, some of them more than once.
fn deliveries() -> impl Strategy<Value = (Bytes, Split, Vec<UserData>)> {
    let reference = prop_oneof![any::<u8>().prop_map(Reference::Short), any::<u16>().prop_map(Reference::Long)];
    (prop::collection::vec(any::<u8>(), 0..800), 20..=140usize, reference)
        .prop_flat_map(|(push, limit, reference)| {
            let push = Bytes::from(push);
            let split = Split { limit, ..Split::new(reference) };
            let segments = split.segments(&push).unwrap();
            let again = prop::sample::subsequence(segments.clone(), 0..=segments.len());
            (Just(push), Just(split), Just(segments), again)
        })
        .prop_flat_map(|(push, split, segments, again)| {
            (Just(push), Just(split), Just([segments, again].concat()).prop_shuffle())
        })
}

proptest! {
    #[test]
    fn joins_what_was_split_in_any_order((push, split, arrivals) in deliveries()) {
        let mut joiner = Joiner::new(JoinLimits::DEFAULT);
        let mut came = BTreeSet::new();
        for segment in &arrivals {
            let octets = Bytes::from(segment.encode().unwrap());
            prop_assert!(octets.len() <= split.limit);
            let segment = UserData::decode_with(&octets, &Options::strict()).unwrap().value;
            let Some(place) = segment.header.concatenation() else {
                prop_assert_eq!(&segment.data, &push);
                continue;
            };
            let is_new = came.insert(place.index);
            match joiner.add("1", &segment).unwrap() {
                Joined::Complete(message) => {
                    prop_assert_eq!(came.len(), usize::from(place.total));
                    prop_assert_eq!(&message.data, &push);
                    return Ok(());
                }
                Joined::Waiting(waiting) => {
                    prop_assert!(is_new);
                    let missing: BTreeSet<u8> = waiting.missing.into_iter().collect();
                    let expected: BTreeSet<u8> = (1..=place.total).filter(|index| !came.contains(index)).collect();
                    prop_assert_eq!(missing, expected);
                }
                Joined::Repeated(_) => prop_assert!(!is_new),
                other => panic!("{other:?}"),
            }
        }
        prop_assert!(came.is_empty());
    }

    #[cfg(feature = "arbitrary")]
    #[test]
    fn holds_for_any_octets(octets in prop::collection::vec(any::<u8>(), 0..300)) {
        Target::Push.run(&octets);
    }

    #[cfg(feature = "arbitrary")]
    #[test]
    fn holds_for_octets_that_look_like_a_push(
        tid in any::<u8>(),
        length in 0..40u8,
        content_type in prop::sample::select(vec![&b"\xbe"[..], b"\x03\xae\x81\xea", b"text/x-a\0", b"application/vnd.wap.mms-message\0"]),
        headers in prop::collection::vec(prop::sample::select(vec![
            &b"\xaf\x84"[..], b"\xaf\x01\x04", b"\xb4\x87", b"\x8d\x06", b"\x8d\x01\x06", b"\x92\x04\x65\x92\x00\x80", b"\xc3\x95",
            b"\x7f\x10", b"\x10", b"X-A\0b\0", b"\0", b"\x8c\x82", b"\x85\x1f\x05", b"\xb1http:\0", b"\xe0\x02\x81\x81",
        ]), 0..6),
        data in prop::sample::select(vec![&b"\x8c\x82\x98T1\0"[..], b"\x98T1\0\x8c\x82", b"", b"\xaf\x84"]),
    ) {
        let octets = [&[tid, 6, length][..], content_type, &headers.concat(), data].concat();
        Target::Push.run(&octets);
    }
}

#[cfg(feature = "arbitrary")]
mod arbitrary_values {
    use arbitrary::{Arbitrary, Unstructured};

    use super::*;
    use mms_codec::push::{Push, decode_with};

    proptest! {
        #[test]
        fn decode_after_encode_is_the_identity(octets in prop::collection::vec(any::<u8>(), 2000)) {
            let mut u = Unstructured::new(&octets);
            if let Ok(push) = Push::arbitrary(&mut u) {
                let octets = Bytes::from(push.encode().unwrap());
                let again = decode_with(&octets, &Options::lenient()).unwrap();
                prop_assert_eq!(again.value, push);
                prop_assert_eq!(again.deviations, []);
            }
            if let Ok(user_data) = UserData::arbitrary(&mut u) {
                let octets = Bytes::from(user_data.encode().unwrap());
                prop_assert_eq!(UserData::decode_with(&octets, &Options::strict()).unwrap().value, user_data);
            }
        }
    }
}

#[test]
fn errors_are_sentences() {
    let says: Vec<String> = [
        JoinError::WrongIndex { index: 3, total: 2 },
        JoinError::OtherData { index: 1 },
        JoinError::TooManyMessages,
        JoinError::TooManyOctets,
    ]
    .iter()
    .map(ToString::to_string)
    .collect();
    assert_eq!(
        says,
        [
            "segment 3 of 2",
            "segment 1 was received before with different data",
            "too many unfinished messages",
            "too many octets in an unfinished message"
        ]
    );
}

fn without_ports(mut segment: UserData) -> UserData {
    segment.header.elements.remove(0);
    segment
}

fn joined(joined: Result<Joined, JoinError>) -> CompleteMessage {
    let Ok(Joined::Complete(message)) = joined else { panic!("{joined:?}") };
    message
}

/// In either order, and however many have ports.
#[test]
fn a_segment_without_ports_joins_its_siblings() {
    let three = || [segment(1, 3, 1, b"a"), segment(1, 3, 2, b"b"), segment(1, 3, 3, b"c")];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        for with_ports in 1..8 {
            let mut joiner = Joiner::new(JoinLimits::DEFAULT);
            let mut last = None;
            for place in order {
                let segment = three()[place].clone();
                let has_ports = with_ports >> place & 1 != 0;
                last = Some(joiner.add("1", &if has_ports { segment } else { without_ports(segment) }));
            }
            let message = joined(last.unwrap());
            assert_eq!((message.data.as_ref(), message.ports), (&b"abc"[..], Some(Ports::WAP_PUSH)));
            assert!(joiner.is_empty() && joiner.unfinished().next().is_none());
        }
    }
    // Not that of another originator or reference, nor one whose place is taken.
    let mut joiner = Joiner::new(JoinLimits::DEFAULT);
    waiting(joiner.add("1", &segment(1, 2, 1, b"a")));
    waiting(joiner.add("2", &without_ports(segment(1, 2, 2, b"b"))));
    waiting(joiner.add("1", &without_ports(segment(2, 2, 2, b"b"))));
    waiting(joiner.add("1", &without_ports(segment(1, 2, 1, b"c"))));
    assert!(matches!(joiner.add("1", &without_ports(segment(1, 2, 1, b"a"))), Ok(Joined::Repeated(_))));
    assert_eq!(joiner.unfinished().count(), 4);
}

#[test]
fn a_late_copy_of_a_finished_message_opens_no_ghost() {
    let mut joiner = Joiner::new(JoinLimits::DEFAULT);
    waiting(joiner.add("1", &segment(1, 2, 1, b"a")));
    joined(joiner.add("1", &segment(1, 2, 2, b"b")));
    for copy in [segment(1, 2, 2, b"b"), segment(1, 2, 1, b"a"), without_ports(segment(1, 2, 1, b"a"))] {
        assert!(matches!(joiner.add("1", &copy), Ok(Joined::Repeated(_))));
        assert!(joiner.is_empty());
    }
    // A new message of the same reference, even if it begins as the other did.
    let mut joiner = Joiner::new(JoinLimits::DEFAULT);
    waiting(joiner.add("1", &segment(1, 3, 1, b"a")));
    waiting(joiner.add("1", &segment(1, 3, 2, b"b")));
    joined(joiner.add("1", &segment(1, 3, 3, b"c")));
    assert!(matches!(joiner.add("1", &segment(1, 3, 1, b"a")), Ok(Joined::Repeated(_))));
    assert_eq!(waiting(joiner.add("1", &segment(1, 3, 2, b"B"))).missing, [3]);
    assert_eq!(joined(joiner.add("1", &segment(1, 3, 3, b"C"))).data, "aBC");
    // What is forgotten begins a new message.
    let mut joiner = Joiner::new(JoinLimits { finished_octets: 3_000, ..JoinLimits::DEFAULT });
    for reference in 1..=3 {
        waiting(joiner.add("1", &segment(reference, 2, 1, b"a")));
        joined(joiner.add("1", &segment(reference, 2, 2, b"b")));
    }
    assert!(matches!(joiner.add("1", &segment(3, 2, 1, b"a")), Ok(Joined::Repeated(_))));
    waiting(joiner.add("1", &segment(1, 2, 1, b"a")));
}

/// A message costs 1280 octets and four times its originator, a segment 96 and its data.
#[test]
fn what_just_meets_a_limit_is_kept() {
    const WITH_ONE_SEGMENT: usize = 1280 + 4 + 96 + 1;
    const FINISHED: usize = WITH_ONE_SEGMENT + 96 + 1;
    let joiner = |limits: JoinLimits| Joiner::new(limits);
    let alone = |octets| {
        joiner(JoinLimits { octets_per_originator: octets, ..JoinLimits::DEFAULT }).add("1", &segment(1, 3, 1, b"a"))
    };
    waiting(alone(WITH_ONE_SEGMENT));
    assert_eq!(alone(WITH_ONE_SEGMENT - 1), Err(JoinError::TooManyOctets));

    for (octets, dropped) in [(2 * WITH_ONE_SEGMENT, 0), (2 * WITH_ONE_SEGMENT - 1, 1)] {
        let mut joiner = joiner(JoinLimits { octets, ..JoinLimits::DEFAULT });
        waiting(joiner.add("1", &segment(1, 3, 1, b"a")));
        assert_eq!(waiting(joiner.add("1", &segment(2, 3, 1, b"a"))).dropped.len(), dropped);
    }

    for (finished_octets, is_known) in [(FINISHED, true), (FINISHED - 1, false)] {
        let mut joiner = joiner(JoinLimits { finished_octets, ..JoinLimits::DEFAULT });
        waiting(joiner.add("1", &segment(1, 2, 1, b"a")));
        joined(joiner.add("1", &segment(1, 2, 2, b"b")));
        // What can never be known does not displace it.
        joined(joiner.add("1", &user_data(segment(2, 1, 1, b"").header.elements, &[0; 2_000])));
        assert_eq!(matches!(joiner.add("1", &segment(1, 2, 1, b"a")), Ok(Joined::Repeated(_))), is_known);
    }
}

#[test]
fn memory_of_messages_that_are_never_finished_is_bounded_and_what_is_dropped_is_reported() {
    let limits = JoinLimits::DEFAULT;
    let mut joiner = Joiner::new(limits);
    let (mut begun, mut dropped) = (0, 0);
    for originator in 0..100 {
        for reference in 0..30 {
            dropped += waiting(joiner.add(&originator.to_string(), &segment(reference, 2, 1, &[7; 130]))).dropped.len();
            begun += 1;
            assert!(joiner.unfinished().count() <= limits.messages);
        }
    }
    assert_eq!(begun, dropped + joiner.unfinished().count());
}

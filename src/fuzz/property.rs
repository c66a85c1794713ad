//! The promises of the codecs. Each function panics where one is broken, and says which.
//!
//! [`all`] calls those that need no more than a message. Targets are those of the crate, whose bodies call the property;
//! tests are those of the repository, which call it for every vector, and for what is made of vectors.
//!
//! | Promise | Function | Targets | Tests |
//! |---|---|---|---|
//! | No deviation if and only if strict decoding accepts, with an equal value | [`strict_decoding_refuses_what_is_reported`] | all of messages | `fuzz properties::hold` |
//! | What strict decoding accepts is encoded to an equal value | [`what_is_valid_comes_back`] | all of messages but `push` | `fuzz properties::hold` |
//! | What is encoded is valid, and encoded again to the same octets | [`what_is_encoded_is_valid_and_stable`] | all of messages but `push` | `fuzz properties::hold` |
//! | `Arbitrary` makes what comes back | [`what_is_made_comes_back`] | `mm1_structure` | `mm1 round_trip` |
//! | `encode`, `encode_chain` and `encoded_len` agree | [`every_encoder_writes_the_same`] | all of messages | `fuzz properties::hold` |
//! | Every prefix is decoded or refused | [`every_prefix_is_decoded_or_refused`] | `mm1_deviant`, `mm4_deviant`, `mm7_deviant` | `fuzz properties::hold` |
//! | An unknown field changes no other | [`an_unknown_field_changes_no_other`] | `mm1`, `mm4`, `mm7_body`, `mm7_envelope` | `fuzz properties::hold` |
//! | `Fields` agrees with `decode` | [`fields_agree_with_decode`] | `mm1` | `fuzz properties::hold_for_mm1` |
//! | Segments join to the whole in any order | [`segments_join_in_any_order`] | `push` | `fuzz properties::segments_join` |
//! | A relay loses what it lists, from any interface to any and on, and nothing private leaves | [`a_relay_loses_what_it_lists`] | `relay` | `fuzz seeds`, `relay onward` |
//! | Places of errors and deviations are in the input and in the field that they name | [`places_are_in_the_input`] | all of messages | `fuzz properties::hold` |
//! | `Debug`, the shown fields, `Display` and what serde is given end and are linear | [`showing_is_linear`] | all of messages | `fuzz properties::hold`, `fuzz growth` |
//!
//! Targets of messages are `mm1`, `mm4`, `mm4_text`, `mm7_body`, `mm7_envelope`, `mm7_text`, `push`, `cdr`, and those of
//! deviants and structures.

#![expect(clippy::panic, reason = "a panic says what was found")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Debug, Write};

use bytes::Bytes;

use super::Codec;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::options::{Decoded, Deviation, DeviationKind, Limits, Options};
use crate::shown::ShownField;

/// Strict options that refuse no number of entries: an encoded message may have more than its size lets a decoder
/// expect.
const STRICT: Options = Options {
    strict: true,
    limits: Limits { items: usize::MAX, parts: usize::MAX, depth: Limits::MAX_DEPTH, ..Limits::DEFAULT },
};
const LENIENT: Options = Options { strict: false, ..STRICT };

/// All properties of one message, without those of its prefixes; [`showing_is_linear`] only for one of eight small
/// messages, since it takes as long as the others together and can only fail for a large one.
///
/// # Panics
///
/// If one of them does not hold.
pub fn all<C: Codec>(octets: &Bytes) {
    let Some(decoded) = read_in_both_ways::<C>(octets) else { return };
    // Any number, but the same each time.
    let sum = octets.iter().map(|octet| usize::from(*octet)).sum();
    if octets.len() > 1_024 || sum % 8 == 0 {
        showing_is_linear::<C>(octets.len(), &decoded.value);
    }
    every_encoder_writes_the_same::<C>(&decoded.value);
    what_is_encoded_is_valid_and_stable::<C>(&decoded.value);
    what_is_valid_comes_back::<C>(&decoded);
    check_unknown_field::<C>(&decoded, octets, sum);
}

/// [`places_are_in_the_input`] and [`strict_decoding_refuses_what_is_reported`] of one decoding in each way.
pub(crate) fn read_in_both_ways<C: Codec>(octets: &Bytes) -> Option<Decoded<C::Value>> {
    let both = Both::<C>::decode(octets);
    both.check_places(octets);
    both.checked()
}

/// What the two ways of decoding give.
struct Both<C: Codec> {
    lenient: Result<Decoded<C::Value>, DecodeError>,
    strict: Result<Decoded<C::Value>, DecodeError>,
}

impl<C: Codec> Both<C> {
    fn decode(octets: &Bytes) -> Self {
        Self { lenient: C::decode(octets, &Options::lenient()), strict: C::decode(octets, &Options::strict()) }
    }

    /// See [`strict_decoding_refuses_what_is_reported`].
    fn checked(self) -> Option<Decoded<C::Value>> {
        match (self.lenient, self.strict) {
            (Ok(lenient), Ok(strict)) => {
                assert!(strict.deviations.is_empty(), "strict decoding forgives {:?}", strict.deviations);
                if has_other_parts(&lenient.deviations) {
                    return Some(lenient);
                }
                if let Some(deviation) =
                    lenient.deviations.iter().find(|deviation| !C::TIDIED.contains(&deviation.kind))
                {
                    panic!("strict decoding accepts what is reported: {deviation}");
                }
                let is_tidied = !lenient.deviations.is_empty();
                assert!(
                    is_tidied || strict == lenient,
                    "strict and lenient decoding differ: {}",
                    differing(&strict, &lenient)
                );
                Some(lenient)
            }
            (Ok(lenient), Err(error)) => {
                assert!(!lenient.deviations.is_empty(), "strict decoding refuses what is not reported: {error}");
                Some(lenient)
            }
            (Err(error), Ok(_)) => panic!("only strict decoding accepts: {error}"),
            (Err(_), Err(_)) => None,
        }
    }

    /// See [`places_are_in_the_input`].
    fn check_places(&self, octets: &Bytes) {
        let is_in_field = |offset, field: Option<&str>| field.is_none_or(|field| C::is_in_field(octets, offset, field));
        let is_inside = |offset: usize| offset <= octets.len();
        let mut is_sound = false;
        match &self.lenient {
            Ok(Decoded { deviations, .. }) => {
                assert!(deviations.is_sorted_by_key(|deviation| deviation.offset), "not in order: {deviations:?}");
                assert!(deviations.iter().all(|deviation| is_inside(deviation.offset)), "outside: {deviations:?}");
                is_sound = deviations.len() <= 1;
                for deviation in
                    deviations.iter().filter(|deviation| is_sound && deviation.kind != DeviationKind::MissingField)
                {
                    let is_in_field = is_in_field(deviation.offset, deviation.field);
                    assert!(is_in_field, "not in its field: {deviation}: {}", case(octets));
                }
            }
            Err(error) => assert!(is_inside(error.offset), "outside: {error}"),
        }
        if let Err(error) = &self.strict {
            assert!(is_inside(error.offset), "outside: {error}");
            // What is missing is nowhere.
            let is_missing = matches!(error.kind, DecodeErrorKind::MissingField | DecodeErrorKind::NotAMessage);
            let is_in_field = !is_sound || is_missing || is_in_field(error.offset, error.field);
            assert!(is_in_field, "not in its field: {error}: {}", case(octets));
        }
    }
}

/// Strict decoding accepts exactly that in which lenient decoding reports no deviation, and gives the same value; but
/// for what lenient decoding [tidies](Codec::TIDIED), and for parts that only lenient decoding finds. Returns what
/// lenient decoding gives.
///
/// # Panics
///
/// If the two disagree.
pub fn strict_decoding_refuses_what_is_reported<C: Codec>(octets: &Bytes) -> Option<Decoded<C::Value>> {
    Both::<C>::decode(octets).checked()
}

/// Whether lenient decoding found parts in what RFC 2046 takes for text around the parts, or for their content.
pub(crate) fn has_other_parts(deviations: &[Deviation]) -> bool {
    deviations.iter().any(|deviation| deviation.kind == DeviationKind::BoundarySyntax)
}

/// Errors and deviations are in the input, and in the field that they name. Fields are compared for a message with one
/// deviation: with more, it depends on the repair of one where others are.
///
/// # Panics
///
/// If one is elsewhere.
pub fn places_are_in_the_input<C: Codec>(octets: &Bytes) {
    Both::<C>::decode(octets).check_places(octets);
}

/// Every prefix is decoded or refused, with the other promises about that.
///
/// # Panics
///
/// If one does not hold for a prefix.
pub fn every_prefix_is_decoded_or_refused<C: Codec>(octets: &Bytes) {
    for end in 0..octets.len() {
        read_in_both_ways::<C>(&octets.slice(..end));
    }
}

/// The encoders in one piece, in a chain of buffers, and of the length alone agree, also in what they refuse.
///
/// # Panics
///
/// If they do not.
pub fn every_encoder_writes_the_same<C: Codec>(value: &C::Value) {
    match (C::encode(value), C::encode_in_other_ways(value)) {
        (Ok(octets), Ok(others)) => {
            for (other, length) in others {
                assert_eq!(length, octets.len(), "the length of what is encoded");
                assert!(other.is_none_or(|other| other == octets), "a chain holds other octets");
            }
        }
        (Ok(_), Err(error)) => panic!("one encoder refuses what another writes: {error}"),
        (Err(error), Ok(others)) => assert!(others.is_empty(), "one encoder refuses what another writes: {error}"),
        (Err(error), Err(other)) => assert_eq!(error, other, "the encoders refuse for different reasons"),
    }
}

/// What the encoder writes is valid, but for what it [keeps](Codec::is_kept), and is written again with the same octets.
///
/// # Panics
///
/// If it is refused, or written in another way.
pub fn what_is_encoded_is_valid_and_stable<C: Codec>(value: &C::Value) {
    let Ok(encoded) = C::encode(value) else { return };
    let again = C::decode_again(&encoded, &LENIENT).unwrap_or_else(|error| {
        panic!("what is encoded is refused: {error}: {}", case(&encoded));
    });
    // Octets may be a multipart beyond all limits.
    let is_kept = |found: &Deviation| found.kind == DeviationKind::NestingTooDeep || C::is_kept(&encoded, found);
    if let Some(deviation) = again.deviations.iter().find(|deviation| !is_kept(deviation)) {
        panic!("what is encoded is not valid: {deviation}: {}", case(&encoded));
    }
    let twice = C::encode(&again.value);
    assert!(twice.as_ref() == Ok(&encoded), "encoding is not stable: {}", differing(&Ok(encoded), &twice));
}

/// What was decoded without a deviation can be encoded, and comes back as it was.
///
/// # Panics
///
/// If it is refused, or comes back as something else.
pub fn what_is_valid_comes_back<C: Codec>(decoded: &Decoded<C::Value>) {
    if !decoded.deviations.is_empty() {
        return;
    }
    let value = &decoded.value;
    let (_, again) = encoded_and_decoded::<C>(value);
    assert!(C::is_same(value, &again), "comes back as another: {}", differing(value, &again));
}

/// A value that is valid, such as `Arbitrary` makes, is encoded and comes back as it was.
///
/// # Panics
///
/// If it is refused, or comes back as something else.
pub fn what_is_made_comes_back<C: Codec>(value: &C::Value) {
    let (encoded, again) = encoded_and_decoded::<C>(value);
    assert!(again == *value, "comes back as another: {}", differing(value, &again));
    all::<C>(&encoded);
}

/// The octets of a valid value, and what strict decoding makes of them.
fn encoded_and_decoded<C: Codec>(value: &C::Value) -> (Bytes, C::Value) {
    let encoded =
        C::encode(value).unwrap_or_else(|error| panic!("what is valid is not encoded: {error}: {}", brief(value)));
    let again = C::decode_again(&encoded, &STRICT);
    let again = again.unwrap_or_else(|error| panic!("what is encoded is refused: {error}: {}", case(&encoded)));
    (encoded, again.value)
}

/// A field that the interface does not have is reported or ignored, and changes no other. For a valid message.
///
/// # Panics
///
/// If another field differs.
pub fn an_unknown_field_changes_no_other<C: Codec>(octets: &Bytes, place: usize) {
    if let Ok(before) = C::decode(octets, &Options::lenient()) {
        check_unknown_field::<C>(&before, octets, place);
    }
}

fn check_unknown_field<C: Codec>(before: &Decoded<C::Value>, octets: &Bytes, place: usize) {
    if !before.deviations.is_empty() {
        return;
    }
    let Some((with, name)) = C::with_unknown_field(octets, place) else { return };
    let with = Bytes::from(with);
    let after = C::decode(&with, &LENIENT);
    let after = after.unwrap_or_else(|error| panic!("an unknown field is refused: {error}: {}", case(&with)));
    let known = |value: &C::Value| -> Vec<ShownField> {
        C::fields(value).into_iter().filter(|field| !field.name.contains(name)).collect()
    };
    let (before, after) = (known(&before.value), known(&after.value));
    assert!(before == after, "an unknown field changes others: {}: {}", differing(&before, &after), case(&with));
}

/// How much of a text a message of failure has: what fits on a screen.
const SCREEN: usize = 1_000;

/// The octets of a case, or the first of them.
fn case(octets: &[u8]) -> String {
    let first = octets.get(..SCREEN).unwrap_or(octets).escape_ascii();
    format!("{first} ({} octets)", octets.len())
}

/// The beginning of what `Debug` writes.
fn brief(value: &impl Debug) -> String {
    format!("{value:?}").chars().take(SCREEN).collect()
}

/// What `Debug` writes of two values, from shortly before where they differ: a screen of it, not megabytes.
pub fn differing<T: Debug>(one: &T, other: &T) -> String {
    let (one, other) = (format!("{one:?}"), format!("{other:?}"));
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let around = |text: &str| -> String { text.chars().skip(same.saturating_sub(100)).take(SCREEN / 2).collect() };
    format!("{} became {}", around(&one), around(&other))
}

/// How much text `Debug`, the shown fields and what serde is given are together: below 32 times the octets plus 128 kB,
/// whatever was decoded.
///
/// # Panics
///
/// If there is more.
pub fn showing_is_linear<C: Codec>(octets: usize, value: &C::Value) {
    let mut text = Bounded { left: octets.saturating_mul(32).saturating_add(128_000) };
    assert!(write!(text, "{value:?}").is_ok(), "Debug of {octets} octets does not end");
    for field in C::fields(value) {
        let shown = field.values.iter().try_for_each(|value| write!(text, "{}{value}", field.name));
        assert!(shown.is_ok(), "the fields of {octets} octets do not end");
    }
    assert!(C::serialize(value, &mut text).is_ok(), "the JSON of {octets} octets does not end");
}

/// Text of which only the length counts, up to a limit.
struct Bounded {
    left: usize,
}

impl Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.left = self.left.checked_sub(text.len()).ok_or(fmt::Error)?;
        Ok(())
    }
}

/// [`Fields`](crate::mm1::Fields) finds fields side by side, and in a valid PDU all those that `decode` shows.
///
/// # Panics
///
/// If it does not.
#[cfg(feature = "mm1")]
pub fn fields_agree_with_decode(octets: &Bytes) {
    use crate::mm1::{FieldCode, FieldName, Fields};

    let mut end = 0;
    let mut names = alloc::collections::BTreeSet::new();
    for field in Fields::new(octets).map_while(Result::ok) {
        assert_eq!(field.offset, end, "fields leave no gaps");
        let length = match field.name {
            FieldName::Code(code) => {
                names.insert(format!("{code}"));
                1
            }
            FieldName::Text(text) => {
                names.insert(String::from_utf8_lossy(text).into_owned());
                text.len() + 1
            }
        };
        end += length + field.value.len();
        let is_last = field.name == FieldName::Code(FieldCode::CONTENT_TYPE);
        assert!(if is_last { end == octets.len() } else { end <= octets.len() }, "fields lie in the PDU");
    }
    let Ok(decoded) = crate::mm1::decode_with(octets, &Options::strict()) else { return };
    let shown = decoded.value.fields();
    let missing: Vec<_> = shown.iter().filter(|field| !names.contains(&field.name)).collect();
    assert!(missing.is_empty(), "{missing:?} are not among {names:?}");
}

/// A push comes back from its segments, which come in an order that depends on `seed`, some of them twice.
///
/// # Panics
///
/// If it does not, or comes too early.
#[cfg(feature = "mm1")]
pub fn segments_join_in_any_order(push: &Bytes, seed: u64) {
    use crate::push::sms::{JoinLimits, Joined, Joiner, Reference, Split};

    let [low, high, limit, ..] = seed.to_le_bytes();
    let split = Split { limit: limit.into(), ..Split::new(Reference::Long(u16::from_be_bytes([high, low]))) };
    let Ok(segments) = split.segments(push) else { return };
    let mut waiting: Vec<_> = segments.iter().collect();
    let mut joiner =
        Joiner::new(JoinLimits { octets: usize::MAX, octets_per_originator: usize::MAX, ..JoinLimits::DEFAULT });
    let mut state = seed | 1;
    while !waiting.is_empty() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let place = usize::try_from(state >> 33).unwrap_or_default() % waiting.len();
        let segment = waiting.swap_remove(place);
        match joiner.add("1", segment) {
            Ok(Joined::Complete(message)) => {
                assert!(waiting.is_empty(), "complete while {} segments are missing", waiting.len());
                assert!(message.data == *push, "another push comes back: {}", case(&message.data));
                return;
            }
            Ok(Joined::Waiting(unfinished)) => {
                assert_eq!(unfinished.missing.len(), waiting.len(), "the segments that are missing");
                if state & 1 == 0 {
                    let again = joiner.add("1", segment);
                    assert!(matches!(again, Ok(Joined::Repeated(_))), "a segment that came twice: {again:?}");
                }
            }
            other => panic!("a segment is not taken: {other:?}"),
        }
    }
    assert!(segments.is_empty(), "all segments came, and the push is not complete");
}

/// A message or report that goes to any other interface, and from there to any, has all that is not in the lists of
/// what was lost, and shows nobody what is private. What the relay knows depends on `choices`.
///
/// # Panics
///
/// If something is lost that is not in a list, or something private leaves.
#[cfg(all(feature = "mm1", feature = "mm4", feature = "mm7"))]
pub fn a_relay_loses_what_it_lists(choices: u8, octets: &[u8]) {
    crate::relay::fuzz::fuzz_all(&[&[choices], octets].concat());
}

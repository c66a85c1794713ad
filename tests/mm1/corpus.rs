//! Messages that nobody here wrote: what their sources expect of them, and what other programs
//! make of them.
//!
//! The messages are not part of this repository. Environment variable `MMS_CORPUS` names the folder
//! that holds them; without it these tests say so and test nothing.

mod expected;
mod oracle;
mod reading;

use crate::support::{corpus, readme};
use std::path::Path;

use mms_codec::message::Content;
use mms_codec::mm1::{self, Pdu};
use mms_codec::{Bytes, DecodeErrorKind, DeviationKind as Kind, EncodeErrorKind, Options};
use serde_json::Value;

use corpus::corpus;

/// A message of the corpus.
struct Sample {
    name: String,
    /// `valid`, `quirk` or `malformed`.
    notes: String,
    octets: Bytes,
    expected: Value,
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files that hold one PDU.
fn files(corpus: &Path) -> Vec<Sample> {
    let index = json(&corpus.join("index.json"));
    let entries = index["entries"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "mm1");
    let samples: Vec<_> = entries
        .map(|entry| {
            let file = entry["file"].as_str().unwrap();
            Sample {
                name: file.strip_prefix("mm1/").unwrap().into(),
                notes: entry["notes"].as_str().unwrap().into(),
                octets: std::fs::read(corpus.join(file)).unwrap().into(),
                expected: entry["expected"].clone(),
            }
        })
        .collect();
    assert!(!samples.is_empty(), "no sample in the corpus");
    samples
}

/// The PDUs of unit tests elsewhere. What is only a piece of a PDU gets the rest around it.
fn vectors(corpus: &Path) -> Vec<Sample> {
    let vectors = json(&corpus.join("mm1/pdu_vectors.dev.json"));
    let mut samples = Vec::new();
    for vector in vectors["vectors"].as_array().unwrap() {
        let before: &[u8] = match vector["kind"].as_str().unwrap() {
            "mm1" => &[],
            "mm1-fragment" => b"\x8c\x84\x8d\x92\x85\x01\x00",
            "mm1-multipart-body" => b"\x8c\x84\x8d\x92\x85\x01\x00\x84\xa3",
            _ => continue,
        };
        let hex = vector["bytes_hex"].as_str().unwrap();
        let octets = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap());
        samples.push(Sample {
            name: vector["name"].as_str().unwrap().into(),
            notes: vector["notes"].as_str().unwrap().into(),
            octets: before.iter().copied().chain(octets).collect(),
            expected: vector.get("expected").cloned().unwrap_or(Value::Null),
        });
    }
    assert!(!samples.is_empty(), "no vector in the corpus");
    samples
}

#[test]
fn every_message_says_what_its_source_expects() {
    let Some(corpus) = corpus() else { return };
    let mut values = 0;
    for Sample { name, notes, octets, expected } in files(&corpus).into_iter().chain(vectors(&corpus)) {
        let decoded = mm1::decode(&octets);
        if notes == "malformed" {
            let is_noticed = decoded.as_ref().map_or(true, |decoded| !decoded.deviations.is_empty());
            assert!(is_noticed, "{name} is malformed: {decoded:?}");
        } else {
            assert!(decoded.is_ok(), "{name} is {notes}: {decoded:?}");
        }
        if let Ok(decoded) = decoded {
            values += expected::check(&name, &octets, &decoded.value, &expected);
        }
    }
    // Most sources only expect that a message can be read; these are the others.
    assert!(values > 400, "only {values} values were compared");
}

#[test]
fn a_listing_holds_the_messages_that_it_was_made_of() {
    let Some(corpus) = corpus() else { return };
    let decode = |name: &str| {
        let octets = std::fs::read(corpus.join("mm1").join(name)).unwrap();
        mm1::decode(&octets.into()).unwrap().value
    };
    let (listing, Pdu::MboxDescr(descr)) = (decode("mb-mbox-view-conf.mms"), decode("mb-mbox-descr.mms")) else {
        panic!("no description")
    };
    let Pdu::MboxViewConf(listing) = listing else { panic!("no listing") };
    let shown: Result<Vec<_>, _> = listing.descrs(&Options::lenient()).collect();
    let shown: Vec<_> = shown.unwrap().into_iter().map(|decoded| decoded.value).collect();
    assert_eq!(shown, [descr.clone(), descr]);
}

/// What the encoder refuses to write, and why.
const REFUSED: &[(&str, EncodeErrorKind, &str)] = &[
    // A part whose octets were mangled: its content type is half a SMIL document.
    ("ip-group-send-req.mms", EncodeErrorKind::InvalidText, "Content-Type"),
    // An absolute expiry in a notification, where only the relay/server knows from when on to count.
    ("je-notify-expired1.mms", EncodeErrorKind::FieldConflict, "X-Mms-Expiry"),
    ("mb-notification-reply-charging.mms", EncodeErrorKind::FieldConflict, "X-Mms-Expiry"),
    // Keywords with blanks and quotation marks in them.
    ("mb-forward-req.mms", EncodeErrorKind::FieldConflict, "X-Mms-MM-Flags"),
    ("mb-mbox-view-req.mms", EncodeErrorKind::FieldConflict, "X-Mms-MM-Flags"),
    // A textual header whose name is a blank.
    ("ga-worldcupupdate_withsmil.mms", EncodeErrorKind::NotExpressible, ""),
    // Fields of other PDUs.
    ("je-m-delivery_2-ind.mms", EncodeErrorKind::NoSuchField, "X-Mms-Transaction-ID"),
    ("nk-sample.mms", EncodeErrorKind::NoSuchField, "X-Mms-Sender-Visibility"),
    ("of-retrieve-conf-3.mms", EncodeErrorKind::NoSuchField, "X-Mms-Sender-Visibility"),
    // Messages of MMS 1.3 without identifier.
    ("of-rc-mms-1-3-con-212.mms", EncodeErrorKind::MissingField, "Message-ID"),
    ("of-rc-mms-1-3-con-213.mms", EncodeErrorKind::MissingField, "Message-ID"),
    ("of-rc-mms-1-3-con-216.mms", EncodeErrorKind::MissingField, "Message-ID"),
    ("of-rc-mms-1-3-con-220.mms", EncodeErrorKind::MissingField, "Message-ID"),
    ("of-rc-mms-1-3-con-281.mms", EncodeErrorKind::MissingField, "Message-ID"),
    // What the specification makes mandatory is missing.
    ("nt-m-retrieve-conf-success.mms", EncodeErrorKind::MissingField, "Content-Type"),
    ("vc-m-delivery-ind.mms", EncodeErrorKind::MissingField, "Date"),
    ("vc-m-retrieve-conf.mms", EncodeErrorKind::MissingField, "Message-ID"),
];

#[test]
fn every_message_is_the_same_after_writing_and_reading() {
    let Some(corpus) = corpus() else { return };
    let refused = |name: &str| REFUSED.iter().find(|(own, ..)| *own == name);
    let (mut written, mut wrong) = (0, Vec::new());
    for Sample { name, octets, .. } in files(&corpus) {
        let Ok(decoded) = mm1::decode(&octets) else { continue };
        match (mm1::encode(&decoded.value), refused(&name)) {
            (Ok(encoded), None) => {
                let again = mm1::decode_with(&encoded.into(), &Options::strict());
                let again = again.unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(again.value, as_written(decoded.value), "{name}");
                written += 1;
            }
            (Err(error), Some((_, kind, field))) => {
                assert_eq!((error.kind, error.field.unwrap_or_default()), (*kind, *field), "{name}");
                let mut pdu = decoded.value;
                let changes = pdu.normalize();
                match mm1::encode(&pdu) {
                    Ok(encoded) => {
                        assert_ne!(changes, [], "{name}");
                        let again = mm1::decode_with(&encoded.into(), &Options::strict());
                        let again = again.unwrap_or_else(|error| panic!("{name}: {error}"));
                        assert_eq!(again.value, as_written(pdu), "{name}");
                        written += 1;
                    }
                    Err(error) => assert_eq!(error.kind, EncodeErrorKind::MissingField, "{name}"),
                }
            }
            (encoded, refused) => wrong.push(format!("{name}: {:?} instead of {refused:?}", encoded.err())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(written > 50, "only {written} messages were written");
    // The vectors are mostly torn: what of them can be written has to stay the same all the same.
    for Sample { name, octets, .. } in vectors(&corpus) {
        let Ok(decoded) = mm1::decode(&octets) else { continue };
        let encoded = match mm1::encode(&decoded.value) {
            Ok(encoded) => encoded,
            // Most are as short as their test needs; two have a media type that is none.
            Err(error) => {
                let is_known = match error.kind {
                    EncodeErrorKind::MissingField
                    | EncodeErrorKind::FieldConflict
                    | EncodeErrorKind::NoSuchField
                    | EncodeErrorKind::NotExpressible => true,
                    EncodeErrorKind::InvalidText => name.starts_with("FuzzDecodeMultipart/"),
                    _ => false,
                };
                assert!(is_known, "{name}: {error}");
                continue;
            }
        };
        let again = mm1::decode(&encoded.into()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(again.value, as_written(decoded.value), "{name}");
    }
}

/// What the encoder writes of a message: multiparts with their MIME name by the WSP name of the same thing.
fn as_written(mut pdu: Pdu) -> Pdu {
    let body = match &mut pdu {
        Pdu::SendReq(pdu) => pdu.message.body.as_mut(),
        Pdu::RetrieveConf(pdu) => pdu.message.body.as_mut(),
        _ => None,
    };
    let mut waiting: Vec<_> = body.into_iter().collect();
    while let Some(part) = waiting.pop() {
        let Content::Parts(parts) = &mut part.content else { continue };
        let media = part.content_type.media.to_string();
        if let Some(subtype) = media.strip_prefix("multipart/") {
            part.content_type.media = format!("application/vnd.wap.multipart.{subtype}").into();
        }
        waiting.extend(parts);
    }
    pdu
}

/// What strict decoding refuses: the kind, the octet, the field. It reads all other samples.
#[rustfmt::skip]
const NOT_STRICT: &[(&str, DecodeErrorKind, usize, Option<&str>)] = &[
    // A textual header whose name is a blank, so no token.
    ("ga-worldcupupdate_withsmil.mms", DecodeErrorKind::InvalidText, 78, None),
    // The second part was mangled when the message was made anonymous.
    ("ip-group-send-req.mms", DecodeErrorKind::Deviation(Kind::Truncated), 506, Some("Content-Type")),
    // Plain text.
    ("je-garbage-push.mms", DecodeErrorKind::MissingField, 0, Some("X-Mms-Message-Type")),
    ("je-garbage-retrieve.mms", DecodeErrorKind::MissingField, 0, Some("X-Mms-Message-Type")),
    // A transaction identifier in a delivery report, which has none.
    ("je-m-delivery_2-ind.mms", DecodeErrorKind::Deviation(Kind::UnexpectedField), 3, Some("X-Mms-Transaction-ID")),
    // UTF-8 in the charset form without a Quote.
    ("je-m-retrieve_9-conf.mms", DecodeErrorKind::Deviation(Kind::MissingQuote), 50, Some("Subject")),
    // An absolute expiry in a notification.
    ("je-notify-expired1.mms", DecodeErrorKind::Deviation(Kind::FieldConflict), 76, Some("X-Mms-Expiry")),
    // A subject that somebody cut in the middle of a character.
    ("je-retrieve-success3.mms", DecodeErrorKind::Deviation(Kind::CutCharacter), 81, Some("Subject")),
    // A content type in a PDU that has no body.
    ("mb-forward-req.mms", DecodeErrorKind::Deviation(Kind::UnexpectedField), 162, Some("Content-Type")),
    // A keyword with a blank and quotation marks, which moreover is to be added where it has to select.
    ("mb-mbox-view-req.mms", DecodeErrorKind::Deviation(Kind::FieldConflict), 46, Some("X-Mms-MM-Flags")),
    // UTF-8 without a charset: how one relay writes all its texts.
    ("mb-mbox-descr.mms", DecodeErrorKind::Deviation(Kind::UnlabelledText), 64, Some("Subject")),
    ("mb-mbox-store-conf-error.mms", DecodeErrorKind::Deviation(Kind::UnlabelledText), 15, Some("X-Mms-Store-Status-Text")),
    ("mb-notification-reply-charging.mms", DecodeErrorKind::Deviation(Kind::UnlabelledText), 39, Some("Subject")),
    ("mb-send-req-full.mms", DecodeErrorKind::Deviation(Kind::UnlabelledText), 108, Some("Subject")),
    // Messages of MMS 1.3 without identifier.
    ("of-rc-mms-1-3-con-212.mms", DecodeErrorKind::MissingField, 198, Some("Message-ID")),
    ("of-rc-mms-1-3-con-213.mms", DecodeErrorKind::MissingField, 249, Some("Message-ID")),
    ("of-rc-mms-1-3-con-216.mms", DecodeErrorKind::MissingField, 11444, Some("Message-ID")),
    ("of-rc-mms-1-3-con-220.mms", DecodeErrorKind::MissingField, 4460, Some("Message-ID")),
    ("of-rc-mms-1-3-con-281.mms", DecodeErrorKind::MissingField, 6250, Some("Message-ID")),
    // A field of the submission passed on in the retrieval, which does not have it.
    ("nk-sample.mms", DecodeErrorKind::Deviation(Kind::UnexpectedField), 101, Some("X-Mms-Sender-Visibility")),
    ("of-retrieve-conf-3.mms", DecodeErrorKind::Deviation(Kind::UnexpectedField), 92, Some("X-Mms-Sender-Visibility")),
    // No content type, or one without the number of parts.
    ("nt-m-retrieve-conf-success.mms", DecodeErrorKind::MissingField, 123, Some("Content-Type")),
    ("of-encode-send-req-test-1.mms", DecodeErrorKind::Deviation(Kind::Truncated), 45, Some("Content-Type")),
    // An encoder that sorted the fields by their numbers, or put the version first.
    ("vc-m-delivery-ind.mms", DecodeErrorKind::MissingField, 0, Some("X-Mms-Message-Type")),
    ("vc-m-retrieve-conf.mms", DecodeErrorKind::Deviation(Kind::FieldOrder), 4, Some("X-Mms-Transaction-ID")),
    ("vc-m-send-req.mms", DecodeErrorKind::MissingField, 0, Some("X-Mms-Message-Type")),
];

#[test]
fn strict_decoding_refuses_what_is_wrong_and_nothing_else() {
    let Some(corpus) = corpus() else { return };
    let samples = files(&corpus);
    for (name, ..) in NOT_STRICT {
        assert!(samples.iter().any(|sample| sample.name == *name), "{name} is not there");
    }
    for Sample { name, octets, .. } in samples {
        let refused = NOT_STRICT.iter().find(|(own, ..)| *own == name);
        match (mm1::decode_with(&octets, &Options::strict()), refused) {
            (Ok(strict), None) => assert_eq!(Ok(strict), mm1::decode(&octets), "{name}"),
            (Err(error), Some((_, kind, offset, field))) => {
                assert_eq!((error.kind, error.offset, error.field), (*kind, *offset, *field), "{name}");
            }
            (decoded, refused) => panic!("{name}: {decoded:?} instead of {refused:?}"),
        }
    }
}

#[test]
fn other_programs_read_the_same_or_are_known_to_be_wrong() {
    let Some(corpus) = corpus() else { return };
    let samples: Vec<_> = files(&corpus)
        .into_iter()
        .filter_map(|sample| Some((sample.name, mm1::decode(&sample.octets).ok()?.value)))
        .collect();
    let mut unexplained = Vec::new();
    let mut table =
        format!("\n| {} messages | Values read | Values wrong | Messages with a wrong value |\n", samples.len());
    table += "|---|---|---|---|\n";
    for (program, name) in oracle::PROGRAMS {
        let (mut compared, mut wrong, mut messages) = (0, 0, 0);
        for (sample, pdu) in &samples {
            let said = json(&corpus.join(format!("oracle/mm1/{sample}.{program}.json")));
            let differences = oracle::differences(program, pdu, &said, &mut compared);
            wrong += differences.len();
            messages += usize::from(!differences.is_empty());
            let strange = differences.into_iter().filter(|it| oracle::reason(program, pdu, it).is_none());
            unexplained.extend(strange.map(|it| format!("{program} on {sample}: {it:?}")));
        }
        table += &format!("| {name} | {compared} | {wrong} | {messages} |\n");
    }
    assert!(unexplained.is_empty(), "{} differences:\n{}", unexplained.len(), unexplained.join("\n"));
    readme::assert_section("other decoders", &(table + "\n"));
}

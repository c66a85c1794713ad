//! Records that an independent compiler of ASN.1 (asn1tools) wrote from the module of TS 32.298: those
//! of `vectors/cdr`, each kind with all of its members and what they are in words; and each kind with
//! its mandatory members and with all of them, from `cdr-vectors.json` in the folder that `MMS_SPEC`
//! names.

use crate::support::corpus;
use mms_codec::cdr::{self, Record};
use mms_codec::{Bytes, DecodeErrorKind, Options};

use corpus::say;

struct Vector {
    name: String,
    number: u32,
    members: usize,
    octets: Bytes,
}

fn hex(text: &str) -> Bytes {
    let digits: Vec<u8> = text.chars().map(|digit| u8::try_from(digit.to_digit(16).unwrap()).unwrap()).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect::<Vec<u8>>().into()
}

/// The vectors, or none, said aloud, where there is no folder of them.
fn vectors() -> Vec<Vector> {
    let Some(folder) = std::env::var_os("MMS_SPEC") else {
        say("MMS_SPEC is not set: the vectors of charging records are not tried");
        return Vec::new();
    };
    let text = std::fs::read_to_string(std::path::Path::new(&folder).join("cdr-vectors.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let vectors = json.as_array().unwrap().iter().map(|vector| Vector {
        name: format!("{} {}", vector["record"].as_str().unwrap(), vector["kind"].as_str().unwrap()),
        number: u32::try_from(vector["tag"].as_u64().unwrap()).unwrap(),
        members: usize::try_from(vector["members"].as_u64().unwrap()).unwrap(),
        octets: hex(vector["ber"].as_str().unwrap()),
    });
    let vectors: Vec<Vector> = vectors.collect();
    assert_eq!(vectors.len(), 2 * Record::NAMES.len());
    vectors
}

#[test]
fn every_member_is_read_as_the_other_compiler_reads_it_and_written_as_that_writes_it() {
    let vectors: serde_json::Value = serde_json::from_str(include_str!("../vectors/cdr/records.json")).unwrap();
    let vectors = vectors.as_array().unwrap();
    assert_eq!(vectors.len(), Record::NAMES.len());
    for vector in vectors {
        let octets = hex(vector["ber"].as_str().unwrap());
        let record = cdr::decode_with(&octets, &Options::strict()).unwrap().value;
        assert_eq!(record.name(), vector["name"]);
        let expected = vector["fields"].as_object().unwrap();
        let fields = record.fields();
        assert_eq!(fields.len(), expected.len(), "{}", record.name());
        for field in fields {
            let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let values: Vec<String> = field.values.iter().map(ToString::to_string).collect();
            let expected = &expected[&field.name];
            let expected =
                expected.as_array().map_or_else(|| vec![text(expected)], |all| all.iter().map(text).collect());
            assert_eq!(values, expected, "{}.{}", record.name(), field.name);
        }
        let again = Bytes::from(cdr::encode(&record).unwrap());
        // asn1tools writes the members of a SET in the order of the module, and a DEFAULT not at all.
        assert_eq!(again, octets, "{}", record.name());
    }
}

#[test]
fn all_vectors_decode_strictly_and_encode_to_the_same_octets() {
    for Vector { name, number, members, octets } in vectors() {
        let decoded = cdr::decode_with(&octets, &Options::strict()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(decoded.value.number(), number, "{name}");
        let fields = decoded.value.fields();
        assert_eq!(fields.len(), members, "{name}: {fields:?}");
        assert!(fields.iter().all(|field| !field.name.contains(['[', '('])), "{name}: {fields:?}");
        assert_eq!(cdr::encode(&decoded.value).unwrap(), octets, "{name}");
    }
}

#[test]
fn no_vector_decodes_when_it_is_cut() {
    for Vector { name, octets, .. } in vectors() {
        for length in 0..octets.len() {
            let error = cdr::decode(&octets.slice(..length)).unwrap_err();
            assert_eq!(error.kind, DecodeErrorKind::UnexpectedEnd, "{name} at {length}");
            assert!(error.offset <= length);
        }
    }
}

/// Every octet one more and one less: tags, lengths and values of all kinds.
#[test]
fn an_octet_that_is_off_by_one_is_an_error_a_deviation_or_another_value() {
    for Vector { name, octets, .. } in vectors() {
        let value = cdr::decode(&octets).unwrap().value;
        for place in 0..octets.len() {
            for change in [1, 255] {
                let mut changed = octets.to_vec();
                changed[place] = changed[place].wrapping_add(change);
                let changed = Bytes::from(changed);
                let Ok(decoded) = cdr::decode(&changed) else { continue };
                let is_strict = cdr::decode_with(&changed, &Options::strict()).is_ok();
                assert_eq!(is_strict, decoded.deviations.is_empty(), "{name} at {place}: {:?}", decoded.deviations);
                // Any octet but zero is TRUE.
                let is_same = decoded.value == value && !matches!(changed[place], 0xfe | 0);
                assert!(!decoded.deviations.is_empty() || !is_same, "{name} at {place}: nothing is said");
            }
        }
    }
}

//! The seeds and the dictionary of the fuzz targets are those of the vectors and tables, and every
//! seed passes. `UPDATE_FUZZ=1 cargo test --all-features --test fuzz` writes them anew.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

extern crate alloc;

#[path = "support/vectors.rs"]
#[allow(dead_code, reason = "other tests pick vectors by name")]
mod vectors;

use alloc::collections::{BTreeMap, BTreeSet};
use core::fmt::Write;
use std::fs;
use std::path::PathBuf;

use mms_codec::{mm1, push, wsp};

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "fuzz"].iter().collect()
}

fn is_updated() -> bool {
    std::env::var_os("UPDATE_FUZZ").is_some()
}

/// The seeds of each target, by their names.
fn seeds() -> BTreeMap<&'static str, BTreeMap<String, Vec<u8>>> {
    let mut seeds = BTreeMap::<_, BTreeMap<_, _>>::new();
    for (name, octets) in vectors::all() {
        let target = if octets.first() == Some(&0x8c) { "mm1" } else { "push" };
        seeds.entry(target).or_default().insert(name.trim_matches(['+', '-']).to_owned(), octets.to_vec());
        #[cfg(feature = "compose")]
        if let Ok(decoded) = mm1::decode(&octets) {
            let leaves = decoded.value.body().into_iter().flat_map(mms_codec::message::Part::leaves);
            let presentations = leaves.filter(|leaf| leaf.content_type.is("application/smil"));
            for (index, leaf) in presentations.enumerate() {
                let octets = leaf.octets().unwrap().to_vec();
                let smil = seeds.entry("smil").or_default();
                if !smil.values().any(|known| *known == octets) {
                    smil.insert(format!("{}-{index}", name.trim_matches(['+', '-'])), octets);
                }
            }
        }
    }
    #[cfg(feature = "mm7")]
    for (name, body) in mm7_bodies() {
        let xml = memchr::memmem::find(&body, b"<").zip(memchr::memmem::rfind(&body, b"Envelope>"));
        if let Some((_, end)) = xml {
            let start = memchr::memmem::find(&body, b"<?xml").or_else(|| memchr::memmem::find(&body, b"<s:"));
            let envelope = body.get(start.unwrap()..end + "Envelope>".len()).unwrap().to_vec();
            seeds.entry("mm7_envelope").or_default().insert(name.clone(), envelope);
        }
        seeds.entry("mm7_body").or_default().insert(name, body);
    }
    seeds
}

/// The HTTP bodies in `tests/vectors/mm7`, each after a line with its content type. Where the name
/// begins with a plus sign, lenient decoding has something to forgive.
#[cfg(feature = "mm7")]
fn mm7_bodies() -> impl Iterator<Item = (String, Vec<u8>)> {
    let files = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/mm7")).unwrap();
    files
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap()))
}

#[test]
fn the_seeds_are_the_vectors() {
    for (target, seeds) in seeds() {
        let folder = folder().join("seeds").join(target);
        if is_updated() {
            fs::create_dir_all(&folder).unwrap();
            fs::read_dir(&folder).unwrap().for_each(|file| fs::remove_file(file.unwrap().path()).unwrap());
            seeds.iter().for_each(|(name, octets)| fs::write(folder.join(name), octets).unwrap());
        }
        let written = fs::read_dir(&folder).unwrap().map(|file| {
            let file = file.unwrap();
            (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())
        });
        assert_eq!(written.collect::<BTreeMap<_, _>>(), seeds, "seeds of {target}: update with UPDATE_FUZZ=1");
    }
}

#[test]
fn every_seed_passes() {
    let seeds = seeds();
    assert!(seeds["mm1"].len() >= 100, "only {} seeds", seeds["mm1"].len());
    for octets in seeds["mm1"].values() {
        mm1::fuzz(octets);
        mm1::fuzz_structure(octets);
    }
    assert!(!seeds["push"].is_empty());
    seeds["push"].values().for_each(|octets| push::fuzz(octets));
    #[cfg(feature = "compose")]
    seeds["smil"].values().for_each(|octets| mms_codec::smil::fuzz(octets));
}

#[cfg(feature = "mm7")]
#[test]
fn every_mm7_seed_passes_and_is_what_its_name_says() {
    use mms_codec::{Bytes, Options, mm7};
    let mut met = BTreeSet::new();
    for (name, seed) in mm7_bodies() {
        mm7::fuzz_body(&seed);
        let line = seed.iter().position(|octet| *octet == b'\n').unwrap();
        let content_type = core::str::from_utf8(&seed[..line]).unwrap();
        let body = Bytes::copy_from_slice(&seed[line + 1..]);
        let decoded = mm7::decode(content_type, &body).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(decoded.deviations.is_empty(), !name.starts_with('+'), "{name}: {:?}", decoded.deviations);
        assert_eq!(mm7::decode_with(content_type, &body, &Options::strict()).is_ok(), !name.starts_with('+'));
        if !name.starts_with('+') {
            let named = name.replace("-rel5-1-0", "").replace('-', "");
            assert_eq!(named, decoded.value.name().to_lowercase());
        }
        met.insert(decoded.value.name());
    }
    seeds()["mm7_envelope"].values().for_each(|octets| mm7::fuzz_envelope(octets));
    assert_eq!(met.len(), mm7::Pdu::NAMES.len() + 3, "{met:?}");
}

/// The values of the fields are the structures of WSP; that of a content type goes on to the body.
#[test]
fn every_value_of_a_seed_passes_as_wsp() {
    let seeds = seeds();
    let fields = seeds["mm1"].values().flat_map(|octets| mm1::Fields::new(octets)).filter_map(Result::ok);
    let values: BTreeSet<&[u8]> = fields.map(|field| field.value).collect();
    assert!(values.len() >= 100, "only {} values", values.len());
    values.into_iter().for_each(wsp::fuzz);
}

/// The octets of the tables: field codes, media types, charsets, headers, application ids.
fn dictionary() -> String {
    let mut entries = BTreeSet::<Vec<u8>>::new();
    for wire in 0x80..=0xff {
        let code = mm1::FieldCode::from_wire(wire).unwrap();
        if code.name().is_some() {
            entries.insert(vec![wire]);
        }
    }
    entries.extend(mm1::MessageType::NAMED.iter().map(|(message_type, _)| vec![0x8c, message_type.octet()]));
    for code in 0..0x0400 {
        entries.extend(wsp::media_type(code).map(|name| [name.as_bytes(), b"\0"].concat()));
        entries.extend(wsp::application_id(code).map(|name| [name.as_bytes(), b"\0"].concat()));
    }
    for number in 0..=u16::MAX {
        let charset = mms_codec::message::Charset::new(number);
        if charset.name().is_some() {
            let mut to = wsp::Writer::new();
            to.integer_value(u64::from(number));
            entries.insert(to.into_chain().to_vec());
        }
    }
    for lengths in [&b"\x1f\xff\xff\xff\x7f"[..], b"\x8f\xff\xff\xff\x7f", b"/TYPE=PLMN\0", b"/TYPE=IPv4\0", b"\x7f"] {
        entries.insert(lengths.to_vec());
    }
    let mut text = String::from("# Made of the tables of the crate by tests/fuzz.rs.\n");
    for entry in entries {
        let octets = entry.iter().fold(String::new(), |mut octets, octet| {
            match octet {
                b'"' | b'\\' | 0..=0x1f | 0x7f.. => write!(octets, "\\x{octet:02x}").unwrap(),
                visible => octets.push(char::from(*visible)),
            }
            octets
        });
        writeln!(text, "\"{octets}\"").unwrap();
    }
    text
}

#[test]
fn the_dictionary_is_that_of_the_tables() {
    let path = folder().join("mms.dict");
    if is_updated() {
        fs::write(&path, dictionary()).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == dictionary(), "update with UPDATE_FUZZ=1");
}

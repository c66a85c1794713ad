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

use mms_codec::message::Part;
use mms_codec::{mime, mm1, mm4, push, smil, wsp};

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
        let name = name.trim_matches(['+', '-']);
        seeds.entry(target).or_default().insert(name.to_owned(), octets.to_vec());
        let decoded = mm1::decode(&octets);
        let body = decoded.as_ref().ok().and_then(|decoded| decoded.value.body());
        seeds.entry("smil").or_default().extend(presentations(name, body));
    }
    for (name, mail) in mails() {
        let body = mm4::decode(&mail.clone().into()).unwrap().value.body().cloned();
        seeds.entry("smil").or_default().extend(presentations(&name, body.as_ref()));
        seeds.entry("mm4_text").or_default().insert(name.clone(), mm4::fuzz_text_seed(&mail));
        for target in ["mm4", "mime"] {
            seeds.entry(target).or_default().insert(name.clone(), mail.clone().into());
        }
    }
    seeds
}

/// The vectors of MM4 with their names.
fn mails() -> impl Iterator<Item = (String, String)> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "vectors", "mm4"].iter().collect();
    fs::read_dir(folder).unwrap().map(|file| {
        let path = file.unwrap().path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap().replace('\n', "\r\n"))
    })
}

/// The presentations in a message.
fn presentations(name: &str, body: Option<&Part>) -> impl Iterator<Item = (String, Vec<u8>)> {
    let leaves = body.into_iter().flat_map(Part::leaves).filter(|leaf| leaf.content_type.is("application/smil"));
    leaves.filter_map(move |leaf| Some((name.to_owned(), leaf.octets()?.to_vec())))
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
    assert!(!seeds["smil"].is_empty());
    seeds["smil"].values().for_each(|octets| smil::fuzz(octets));
    assert!(seeds["mm4"].len() >= 7, "only {} seeds", seeds["mm4"].len());
    seeds["mm4"].values().for_each(|octets| mm4::fuzz(octets));
    seeds["mm4_text"].values().for_each(|octets| mm4::fuzz_text(octets));
    seeds["mime"].values().for_each(|octets| mime::fuzz(octets));
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

//! `mms carve`.

use std::io::Write;

use mms_codec::mm1;
use mms_codec::{Bytes, Options};

use crate::program::{self, Scratch, command, run};
use crate::vectors;

/// Octets that look like nothing.
struct Noise(u64);

impl Noise {
    fn octets(&mut self, count: usize) -> Vec<u8> {
        let mut octets = Vec::with_capacity(count + 8);
        while octets.len() < count {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            octets.extend(self.0.to_le_bytes());
        }
        octets.truncate(count);
        octets
    }
}

/// PDUs that strict decoding accepts, whose end can be found, with transaction identifier or version behind the type
/// unless they are descriptions of messages in a box.
fn planted() -> Vec<Bytes> {
    let mut pdus: Vec<Bytes> = vectors::all().map(|(_, octets)| octets).filter(is_delimited).collect();
    pdus.sort();
    pdus.dedup();
    pdus
}

fn is_delimited(octets: &Bytes) -> bool {
    let Ok(decoded) = mm1::decode_with(octets, &Options::strict()) else { return false };
    let begins = matches!(octets[..], [0x8c, 0x80..=0x97, 0x98 | 0x8d, ..] | [0x8c, 0x93, ..]);
    let has_end = decoded.value.body().is_none_or(|body| !body.parts().is_empty());
    begins && has_end && decoded.value.name() != "unknown"
}

#[test]
fn fifty_pdus_in_noise_are_found_and_none_invented() {
    let pdus = planted();
    assert!(pdus.len() >= 40, "{}", pdus.len());
    let scratch = Scratch::new("carve");
    let (mut noise, mut image, mut expected) = (Noise(0x9e37_79b9_7f4a_7c15), Vec::new(), Vec::new());
    for pdu in pdus.iter().cycle().take(50) {
        // Deleted files end with zeros, or with what was there before.
        let gap = 100_000 + usize::from(pdu[pdu.len() / 2]) * 100;
        image.extend(noise.octets(gap));
        expected.push((image.len(), pdu.len()));
        image.extend_from_slice(pdu);
        image.extend([0; 16]);
    }
    image.extend(noise.octets(1_000_000));
    let file = scratch.0.join("card.img");
    std::fs::File::create(&file).unwrap().write_all(&image).unwrap();
    let to = scratch.0.join("found");
    let carved = run(command("carve", &["--extract", to.to_str().unwrap(), file.to_str().unwrap()]), b"");
    assert_eq!((carved.code, carved.err.as_str()), (Some(0), ""));
    let lines: Vec<Vec<&str>> = carved.out.lines().map(|line| line.split('\t').collect()).collect();
    let found: Vec<(usize, usize)> =
        lines.iter().map(|line| (line[0].parse().unwrap(), line[1].parse().unwrap())).collect();
    assert_eq!(found, expected, "{}", carved.out);
    assert!(lines.iter().all(|line| line[2] == "high"), "{}", carved.out);
    for ((offset, _), pdu) in expected.iter().zip(pdus.iter().cycle()) {
        assert_eq!(&std::fs::read(to.join(format!("{offset:012}.mms"))).unwrap(), pdu);
    }
    // Nothing is overwritten, and what is not there is written.
    let [(kept, _), (missing, _), ..] = expected[..] else { panic!("{expected:?}") };
    let path = |offset: usize| to.join(format!("{offset:012}.mms"));
    std::fs::write(path(kept), b"kept").unwrap();
    std::fs::remove_file(path(missing)).unwrap();
    let again = run(command("carve", &["--extract", to.to_str().unwrap(), file.to_str().unwrap()]), b"");
    assert_eq!((again.code, again.err.lines().count()), (Some(1), expected.len() - 1), "{}", again.err);
    assert_eq!(std::fs::read(path(kept)).unwrap(), b"kept");
    assert!(path(missing).exists());
}

/// Octets as noise has them by chance: a type, a version, and little else.
#[test]
fn two_fields_that_are_nearly_right_are_noise() {
    for few in [&b"\x8c\x93\x8d\x06abcdef"[..], b"\x8c\x93\x8d\x92\x8a\xf0"] {
        let octets = [&[0x55; 50], few, &[0x55; 50]].concat();
        let carved = run(command("carve", &["-"]), &octets);
        assert_eq!((carved.code, carved.out.as_str()), (Some(1), ""), "{few:02x?}");
    }
}

#[test]
fn noise_has_no_pdus() {
    let octets = Noise(42).octets(4 << 20);
    let carved = run(command("carve", &["-"]), &octets);
    assert_eq!((carved.code, carved.out.as_str()), (Some(1), ""));
}

/// As many octets of noise as have these beginnings by chance would be half a terabyte.
#[test]
fn noise_behind_beginnings_of_pdus_has_none() {
    let (mut noise, mut image) = (Noise(7), Vec::new());
    for round in 0..600u16 {
        for message_type in 0x80..=0x97 {
            let [version, ..] = (round % 4).to_le_bytes();
            image.extend([0x8c, message_type, 0x8d, 0x90 + version]);
            image.extend(noise.octets(60));
            image.extend([0x8c, message_type, 0x98]);
            image.extend(noise.octets(60));
            // Of those that begin with any field.
            image.extend([0x8c, 0x93]);
            image.extend(noise.octets(60));
        }
    }
    let carved = run(command("carve", &["-"]), &image);
    assert_eq!((carved.code, carved.out.as_str()), (Some(1), ""));
}

/// What begins as a PDU again and again does not take more time than it has octets.
#[test]
fn hostile_images_take_linear_time() {
    let long = [b"\x8c\x82\x98".as_slice(), &[b'a'; 61]].concat();
    let claims =
        b"\x8c\x84\x98T\0\x8d\x92\x89\x01\x81\x85\x04\x65\x92\x00\x80\x84\xa3\x01\x01\xff\xff\xff\x7f\x83".to_vec();
    let nested = b"\x97a\x8c\x80\x98a\0".to_vec();
    for pattern in [nested, vec![0x8c; 64], b"\x8c\x82\x98".repeat(20), b"\x8c\x80\x8d\x92".repeat(20), long, claims] {
        let image = pattern.repeat((64 << 10) / pattern.len());
        let start = std::time::Instant::now();
        let carved = run(command("carve", &["-"]), &image);
        assert!(carved.err.is_empty(), "{}", carved.err);
        assert!(start.elapsed().as_secs() < 60, "{:02x?}", &pattern[..7]);
    }
}

#[test]
fn a_deleted_message_that_is_overwritten_is_of_low_confidence() {
    let pdu = planted().into_iter().find(|pdu| pdu.len() > 400).unwrap();
    let image = [&[0; 100], &pdu[..pdu.len() - 50]].concat();
    let carved = run(command("carve", &["-"]), &image);
    let fields: Vec<_> = carved.out.trim_end().split('\t').collect();
    assert_eq!((fields[0], fields[2]), ("100", "low"), "{}", carved.out);
}

/// The parts in front of the gap are evidence too.
#[test]
fn of_a_cut_message_the_whole_parts_are_extracted() {
    let pdu = Bytes::from(std::fs::read(format!("{}/tests/data/retrieve-conf.mms", program::ROOT)).unwrap());
    let whole = mm1::decode(&pdu).unwrap().value;
    let parts = whole.body().unwrap().parts();
    assert!(parts.len() > 1);
    let scratch = Scratch::new("carve-cut");
    // The last octet of the last part is missing.
    let carved = run(command("carve", &["--extract", scratch.0.to_str().unwrap(), "-"]), &pdu[..pdu.len() - 1]);
    assert_eq!(carved.code, Some(0), "{carved:?}");
    let extracted = Bytes::from(std::fs::read(scratch.0.join("000000000000.mms")).unwrap());
    assert!(pdu.starts_with(&extracted));
    let body = mm1::decode(&extracted).unwrap().value;
    assert_eq!(body.body().unwrap().parts(), &parts[..parts.len() - 1]);
}

/// Parts that follow each other look like one message that does not end.
#[test]
fn chained_parts_take_linear_time() {
    let head = b"\x8c\x84\x8d\x92\x84\xa3\xff\x7f";
    let mut image = head.repeat(2_000);
    image.extend(b"\x02\x01\x83\0a".repeat(200_000));
    let start = std::time::Instant::now();
    let carved = run(command("carve", &["-"]), &image);
    assert!(carved.err.is_empty(), "{}", carved.err);
    assert!(start.elapsed().as_secs() < 60);
}

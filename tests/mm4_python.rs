//! What we write parses in Python's `email` (default policy) without defects, with equal values and
//! equal octets of all parts.
#![cfg(all(feature = "mm4", feature = "arbitrary"))]
#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "support/corpus.rs"]
#[expect(dead_code, reason = "it reads no corpus")]
mod corpus;

use std::fs;
use std::path::Path;
use std::process::Command;

use arbitrary::{Arbitrary, Unstructured};
use mms_codec::message::Part;
use mms_codec::mime::{EncodeOptions, Transfer};
use mms_codec::mm4::{self, Pdu};

use corpus::say;

/// Messages made of random octets, the same in every run.
fn messages(count: usize) -> Vec<Pdu> {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut octets = || {
        let mut random = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        };
        (0..1_000).flat_map(|_| random()).collect::<Vec<u8>>()
    };
    let made = core::iter::from_fn(|| Some(octets()))
        .filter_map(|octets| Pdu::arbitrary(&mut Unstructured::new(&octets)).ok());
    made.take(count).collect()
}

fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn expected_headers(pdu: &Pdu) -> Vec<(String, Vec<String>)> {
    let fields = pdu.fields().into_iter().filter(|field| field.name != "Content-Type");
    let one_field_each = |name: &str| name.starts_with("X-Mms-Previously-");
    fields
        .map(|field| {
            let values: Vec<String> = field.values.iter().map(|value| clean(&value.to_string())).collect();
            let values = if one_field_each(&field.name) { values } else { vec![values.join(", ")] };
            (field.name, values)
        })
        .collect()
}

fn expected_part(leaf: &Part) -> [String; 5] {
    let filename = leaf.disposition.as_ref().and_then(|disposition| disposition.parameter("filename"));
    let name = filename.or(leaf.content_type.parameter("name")).unwrap_or_default();
    [
        leaf.content_type.media.name().unwrap().to_owned(),
        name.to_owned(),
        leaf.content_id.as_deref().unwrap_or_default().to_owned(),
        clean(leaf.content_location.as_deref().unwrap_or_default()),
        leaf.octets().unwrap().iter().map(|octet| format!("{octet:02x}")).collect(),
    ]
}

#[test]
fn python_reads_what_we_write() {
    let directory = std::env::temp_dir().join(format!("mms-codec-mm4-{}", std::process::id()));
    fs::create_dir_all(&directory).unwrap();
    let transfers = [Transfer::SevenBit, Transfer::SevenBitReadable, Transfer::EightBit];
    let messages = messages(600);
    let mut files = Vec::new();
    for (place, pdu) in messages.iter().enumerate() {
        let options = EncodeOptions { transfer: transfers[place % transfers.len()] };
        let octets = mm4::encode_with(pdu, &options).unwrap_or_else(|error| panic!("{error}: {pdu:?}"));
        let lines = octets.split(|octet| *octet == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        assert!(lines.into_iter().all(|line| line.len() <= 998 && !line.contains(&b'\r')));
        let file = directory.join(format!("{place}.eml"));
        fs::write(&file, octets).unwrap();
        files.push(file);
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/email_structure.py");
    let output = Command::new("python3").arg(script).args(&files).output();
    fs::remove_dir_all(&directory).unwrap();
    let Ok(output) = output.map_err(|error| say(&format!("python3 cannot be run ({error}): comparison not run")))
    else {
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let of_files: Vec<&str> = text.split("file\t").skip(1).collect();
    assert_eq!(of_files.len(), messages.len());
    for (of_file, pdu) in of_files.iter().zip(&messages) {
        let of_kind = |kind: &str| -> Vec<Vec<&str>> {
            let lines = of_file.lines().map(|line| line.split('\t').collect::<Vec<_>>());
            lines.filter(|line| line[0] == kind).map(|line| line[1..].to_vec()).collect()
        };
        assert_eq!(of_kind("defect"), Vec::<Vec<&str>>::new(), "{of_file}");
        let headers = of_kind("header");
        for (name, values) in expected_headers(pdu) {
            let theirs: Vec<&str> = headers.iter().filter(|header| header[0] == name).map(|header| header[1]).collect();
            assert_eq!(theirs, values, "{name}");
        }
        let parts = of_kind("part");
        let leaves: Vec<&Part> = pdu.body().into_iter().flat_map(Part::leaves).collect();
        // A message without a body is written with an empty text.
        assert_eq!(parts.len(), leaves.len().max(1));
        for (theirs, leaf) in parts.iter().zip(leaves) {
            assert_eq!(theirs[..], expected_part(leaf));
        }
    }
    say(&format!("{} messages are read by Python", messages.len()));
}

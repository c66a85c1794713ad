//! `include/mms_codec.h` is what cbindgen makes of the source. `UPDATE_HEADER=1` writes it.
#![allow(clippy::std_instead_of_alloc, clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use mms_codec::codes;

/// The public items, in the order of the header.
const FILES: [&str; 9] = ["error", "allocator", "border", "value", "part", "pdu", "push", "joiner", "walk"];

fn header() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(root.join("cbindgen.toml")).unwrap();
    let mut builder = cbindgen::Builder::new().with_config(config);
    builder = builder.with_header(fs::read_to_string(root.join("contract.txt")).unwrap().trim_end());
    builder = builder.with_after_include(codes::enumerations());
    for file in FILES {
        builder = builder.with_src(root.join(format!("src/{file}.rs")));
    }
    let mut header = Vec::new();
    builder.generate().unwrap().write(&mut header);
    String::from_utf8(header).unwrap()
}

#[test]
fn the_header_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("include/mms_codec.h");
    let header = header();
    if std::env::var_os("UPDATE_HEADER").is_some() {
        fs::write(&path, &header).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert!(written == header, "run UPDATE_HEADER=1 cargo test --test header");
}

#[test]
fn the_header_has_every_function() {
    let mut functions = BTreeSet::new();
    for file in FILES {
        let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/{file}.rs"))).unwrap();
        let names = source.split("extern \"C\" fn ").skip(1).filter_map(|rest| rest.split('(').next());
        functions.extend(names.filter(|name| name.starts_with("mms_")).map(str::to_owned));
    }
    assert!(functions.len() > 40, "{functions:?}");
    let header = header();
    let missing: Vec<_> = functions.iter().filter(|name| !header.contains(&format!("{name}("))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn numbers_of_deviations_are_different() {
    let all = mms_codec_rs::DeviationKind::ALL;
    let numbers: BTreeSet<_> = all.iter().map(|kind| codes::deviation_code(*kind)).collect();
    assert_eq!(numbers.len(), all.len());
    // FNV-1a of its name (http://www.isthe.com/chongo/tech/comp/fnv), computed by another program.
    assert_eq!(codes::deviation_code(mms_codec_rs::DeviationKind::MissingQuote), 0x408e327c);
}

#[test]
fn names_of_fields_fit_into_an_error() {
    let longest = mms_codec_rs::mm1::FieldCode::ALL.iter().filter_map(|code| code.name()).map(str::len).max();
    assert!(longest.is_some_and(|longest| longest < 48), "{longest:?}");
    let longest = mms_codec_rs::DeviationKind::ALL.iter().map(|kind| kind.to_string().len()).max();
    assert!(longest.is_some_and(|longest| longest < 96), "{longest:?}");
}

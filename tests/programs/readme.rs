//! What the README says, against what the crate says.
//!
//! `UPDATE_README=1 cargo test --test programs readme` writes the generated lists into it.

use alloc::collections::BTreeSet;

use mms_codec::{DeviationKind, Limits};

use crate::support::readme::assert_section;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

#[test]
fn lists_the_limits() {
    let Limits { depth, parts, octets_per_part, items, octets_per_item, xml } = Limits::DEFAULT;
    assert_section(
        "limits",
        &format!(
            "\n| Limit | Default | |\n|---|---|---|\n\
             | `depth` | {depth} | Levels of nested multiparts, up to {}. |\n\
             | `parts` | {parts} | Parts of a message, |\n\
             | `octets_per_part` | {octets_per_part} | and one more for each of these octets. |\n\
             | `items` | {items} | Fields, parameters, recipients and deviations, |\n\
             | `octets_per_item` | {octets_per_item} | and one more for each of these octets. |\n\
             | `xml` | {xml} | Octets of the XML of an MM7 message. |\n\n",
            Limits::MAX_DEPTH
        ),
    );
}

#[test]
fn lists_every_feature() {
    let readme = std::fs::read_to_string(PATH).unwrap();
    let manifest = include_str!("../../Cargo.toml");
    let features = manifest.split("[features]").nth(1).unwrap().split("\n[").next().unwrap();
    let names: Vec<_> = features
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
        .collect();
    assert!(names.contains(&"mm1"), "{names:?}");
    // On several lines in a package, where cargo writes the manifest anew.
    let enabled_by = |feature: &str| {
        let list = features.split(&format!("\n{feature} = [")).nth(1).unwrap().split(']').next().unwrap();
        names.iter().copied().filter(|name| list.contains(&format!("\"{name}\""))).collect::<Vec<_>>()
    };
    let mut defaults = enabled_by("default");
    defaults.extend(defaults.clone().into_iter().flat_map(enabled_by));
    for name in names.iter().filter(|name| **name != "default" && !name.starts_with("__")) {
        let default = if defaults.contains(name) { "yes" } else { "no" };
        assert!(readme.contains(&format!("| `{name}` | {default} |")), "{name}");
    }
}

#[test]
#[cfg(feature = "mm1")]
fn lists_every_pdu() {
    let readme = std::fs::read_to_string(PATH).unwrap();
    let covered = |name: &str| {
        let row = readme.lines().find(|line| line.starts_with('|') && line.contains(&format!("`{name}`")));
        row.is_some_and(|row| row.ends_with("| yes | yes |"))
    };
    for message_type in mms_codec::mm1::MessageType::ALL {
        assert!(covered(message_type.name().unwrap()), "add {message_type} to the PDUs in README.md");
    }
}

/// Every `.rs` file under `folder`, as one text.
fn sources(folder: &std::path::Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| match path.extension() {
            _ if path.is_dir() => sources(&path),
            Some(extension) if extension == "rs" => std::fs::read_to_string(path).unwrap(),
            _ => String::new(),
        })
        .collect()
}

#[test]
fn every_deviation_has_a_test() {
    let tests = sources(concat!(env!("CARGO_MANIFEST_DIR"), "/tests").as_ref());
    let words: BTreeSet<_> = tests.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
    let is_tried = |kind: &&DeviationKind| words.contains(&*format!("{kind:?}")) || words.contains(kind.name());
    let untried: Vec<_> = DeviationKind::ALL.iter().filter(|kind| !is_tried(kind)).collect();
    assert!(untried.is_empty(), "add a test that meets, forgives and refuses each of these: {untried:?}");
}

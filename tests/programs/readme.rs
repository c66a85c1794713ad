//! What the README says, against what the crate says.
//!
//! `UPDATE_README=1 cargo test --test programs readme` writes the generated lists into it.

use mms_codec::{DeviationKind, Limits};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// The lines between the comments `<!-- name -->` and `<!-- /name -->` have to be `expected`.
fn assert_section(name: &str, expected: &str) {
    let readme = std::fs::read_to_string(PATH).unwrap();
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
    let (before, rest) = readme.split_once(&begin).expect(name);
    let (section, after) = rest.split_once(&end).expect(name);
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(PATH, format!("{before}{begin}{expected}{end}{after}")).unwrap();
    } else {
        assert_eq!(section, expected, "UPDATE_README=1 cargo test --test programs readme updates it");
    }
}

/// One test, so that no two write the file at once.
#[test]
fn lists_the_limits_and_every_kind_of_deviation() {
    let Limits { depth, parts, octets_per_part, items, octets_per_item, xml } = Limits::DEFAULT;
    assert_section(
        "limits",
        &format!(
            "\n| Limit | Default | |\n|---|---|---|\n\
             | `depth` | {depth} | How deep multiparts may nest, up to {}. |\n\
             | `parts` | {parts} | How many parts a message may have, |\n\
             | `octets_per_part` | {octets_per_part} | and one more for each so many octets. |\n\
             | `items` | {items} | How many fields, parameters, recipients and deviations it may have, |\n\
             | `octets_per_item` | {octets_per_item} | and one more for each so many octets. |\n\
             | `xml` | {xml} | How many octets the XML of an MM7 message may have. |\n\n",
            Limits::MAX_DEPTH
        ),
    );
    let kinds: String = DeviationKind::ALL.iter().map(|kind| format!("| `{}` | {kind} |\n", kind.name())).collect();
    assert_section("deviation kinds", &format!("\n| Kind | |\n|---|---|\n{kinds}\n"));
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
    let defaults = features.split("default = [").nth(1).unwrap().split(']').next().unwrap();
    for name in names.iter().filter(|name| **name != "default" && !name.starts_with("__")) {
        let default = if defaults.contains(&format!("\"{name}\"")) { "yes" } else { "no" };
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
        assert!(covered(message_type.name().unwrap()), "{message_type}");
    }
}

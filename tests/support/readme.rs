//! Generated sections of the README.

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// The lines between the comments `<!-- name -->` and `<!-- /name -->` have to be `expected`.
pub(crate) fn assert_section(name: &str, expected: &str) {
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

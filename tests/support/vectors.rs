//! The vectors in `tests/vectors`.

use mms_codec::Bytes;

const MM1: &str = include_str!("../vectors/mm1.txt");

/// All vectors, with their names.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, Bytes)> {
    let rows = MM1.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|row| {
        let (name, hex) = row.split_once('\t').expect("a name, a tab, octets");
        (name, octets(hex))
    })
}

/// The vector of this name.
pub(crate) fn vector(name: &str) -> Bytes {
    let found = all().find(|(own, _)| *own == name);
    found.unwrap_or_else(|| panic!("add {name} to tests/vectors/mm1.txt")).1
}

/// Octets written as pairs of hexadecimal digits, with or without blanks.
pub(crate) fn octets(hex: &str) -> Bytes {
    let digits: Vec<u8> = hex.bytes().filter(|c| !c.is_ascii_whitespace()).collect();
    let octet = |pair: &[u8]| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap();
    assert_eq!(digits.len() % 2, 0, "half an octet in {hex}");
    digits.chunks(2).map(octet).collect()
}

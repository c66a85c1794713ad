//! Characters and names.

use alloc::string::String;

use super::entity::entity;
use crate::octet_set::find;

/// Whether XML may contain the character (XML 1.0, 2.2).
pub(crate) const fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Whether this is a name with at most one colon (Namespaces in XML, 4).
pub(crate) fn is_name(name: &str) -> bool {
    match split(name) {
        (Some(prefix), local) => is_local_name(prefix) && is_local_name(local),
        (None, local) => is_local_name(local),
    }
}

/// The prefix of a name, and what is behind it.
#[inline]
pub(crate) fn split(name: &str) -> (Option<&str>, &str) {
    let prefix = find(b':', name.as_bytes()).and_then(|colon| name.get(..colon));
    let local = prefix.and_then(|prefix| name.get(prefix.len() + 1..));
    (prefix, local.unwrap_or(name))
}

/// Whether this is a name without colon (Namespaces in XML, 3).
pub(crate) fn is_local_name(name: &str) -> bool {
    // As nearly all are.
    let is_plain = |octet: &u8| octet.is_ascii_lowercase() || octet.is_ascii_uppercase();
    match name.as_bytes() {
        [] => false,
        octets if octets.iter().all(is_plain) => true,
        _ => name.starts_with(is_start) && name.chars().all(is_part),
    }
}

/// `NameStartChar` but the colon (XML 1.0, 2.3).
const fn is_start(c: char) -> bool {
    matches!(c,
        'A'..='Z' | 'a'..='z' | '_' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

/// `NameChar` but the colon (XML 1.0, 2.3).
fn is_part(c: char) -> bool {
    is_start(c) || matches!(c, '0'..='9' | '-' | '.' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// The nearest name without colon.
pub(crate) fn nearest(name: &str) -> String {
    let mut nearest: String = name.chars().map(|c| if is_part(c) { c } else { '_' }).collect();
    if !nearest.starts_with(is_start) {
        nearest.insert(0, '_');
    }
    nearest
}

/// Whether the text between `&` and `;` is that of a reference (XML 1.0, 4.1), of which there may be none.
pub(crate) fn is_reference(text: &str) -> bool {
    text.starts_with('#') || is_local_name(text)
}

/// The ampersands that begin no reference, and the references to names of HTML, with their length and the character
/// that they stand for.
pub(crate) fn wrong_references(text: &str) -> impl Iterator<Item = (usize, usize, char)> {
    memchr::memchr_iter(b'&', text.as_bytes()).filter_map(|at| {
        let rest = text.get(at + 1..).unwrap_or_default();
        let name = rest.split(['&', ';']).next().unwrap_or_default();
        let is_closed = rest.get(name.len()..).is_some_and(|rest| rest.starts_with(';'));
        if !(is_closed && is_reference(name)) {
            return Some((at, "&".len(), '&'));
        }
        entity(name).map(|character| (at, name.len() + "&;".len(), character))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_productions() {
        for name in ["a", "_", "a:b", "xmlns:a", "a-1.\u{b7}", "e\u{301}", "\u{1f600}", "a\u{2040}", "\u{216b}"] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "", ":", "a:", ":a", "a:b:c", "1", "-a", "a!", "a(", "a\u{b2}", "\u{301}", "\u{345}x", "\u{2460}",
            "a\u{37e}", "\u{d7}",
        ] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[cfg(feature = "mm7")]
    #[test]
    fn the_nearest_name_is_one() {
        for (name, expected) in [("1", "_1"), ("a!", "a_"), ("xmlns:a", "xmlns_a"), ("", "_"), ("a\u{b2}", "a_")] {
            assert_eq!(nearest(name), expected);
            assert!(is_local_name(expected));
        }
    }
}

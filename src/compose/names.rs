//! Names of parts: such as every phone can read, and each given once.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;

use crate::message::Str;

/// The names that are given, without regard to case.
pub(super) struct Names {
    taken: BTreeSet<String>,
    /// The last number given to names that may be the same with one: those that begin and end alike.
    numbers: BTreeMap<String, usize>,
}

impl Default for Names {
    fn default() -> Self {
        // The presentation has these: a Content-ID must not be the Content-Location of another part.
        Self { taken: [Self::PRESENTATION, "smil"].map(String::from).into(), numbers: BTreeMap::new() }
    }
}

impl Names {
    /// The name of the presentation.
    pub(super) const PRESENTATION: &'static str = "smil.smil";

    /// The longest name that all phones take: Symbian cuts longer ones.
    const LONGEST: usize = 40;

    /// A name that nothing else has: what can be kept of `wanted`, or else `default`; with
    /// `extension` if it has none.
    pub(super) fn give(&mut self, wanted: &str, default: &str, extension: Option<&str>) -> Str {
        let file = wanted.rsplit(['/', '\\']).next().unwrap_or_default();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let plain: String = file.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
        let plain = plain.trim_matches('.');
        let plain = if plain.contains(|c: char| c.is_ascii_alphanumeric()) { plain } else { default };
        let (stem, own) = match plain.rsplit_once('.') {
            Some((stem, own)) if !stem.is_empty() && (1..=8).contains(&own.len()) => (stem, Some(own)),
            _ => (plain, None),
        };
        let ending = own.or(extension).map_or_else(String::new, |extension| alloc::format!(".{extension}"));
        let with = |number: &str| {
            let room = Self::LONGEST.saturating_sub(ending.len() + number.len());
            alloc::format!("{}{number}{ending}", stem.get(..room).unwrap_or(stem))
        };
        let mut name = with("");
        if !self.taken.insert(name.to_ascii_lowercase()) {
            // Cut for any number, and with none.
            let room = Self::LONGEST.saturating_sub(ending.len() + LONGEST_NUMBER.len());
            let start = stem.get(..room).unwrap_or(stem);
            let number = self.numbers.entry(alloc::format!("{start}{ending}").to_ascii_lowercase()).or_insert(1);
            while !self.taken.insert(name.to_ascii_lowercase()) {
                *number += 1;
                name = with(&alloc::format!("-{number}"));
            }
        }
        name.into()
    }
}

/// Up to this length, the numbers of two parts differ.
const LONGEST_NUMBER: &str = "-4294967295";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_each_name_once() {
        let mut names = Names::default();
        for (wanted, given) in [
            ("cat.jpg", "cat.jpg"),
            ("CAT.JPG", "CAT-2.JPG"),
            ("cat.jpg", "cat-3.jpg"),
            ("cat-4.jpg", "cat-4.jpg"),
            ("cat.jpg", "cat-5.jpg"),
            ("/home/me/cat dog.jpg", "cat_dog.jpg"),
            ("C:\\cat.jpg", "cat-6.jpg"),
            ("smil.smil", "smil-2.smil"),
            ("..", "image1.jpg"),
            ("Katze", "Katze.jpg"),
            ("猫.jpg", "_.jpg"),
            ("", "image1-2.jpg"),
            (".profile", "profile.jpg"),
        ] {
            assert_eq!(names.give(wanted, "image1", Some("jpg")), given, "{wanted}");
        }
        assert_eq!(names.give("smil", "file1", None), "smil-2");
    }

    #[test]
    fn cuts_long_names_before_the_extension() {
        let mut names = Names::default();
        let long = "x".repeat(100);
        let first = names.give(&alloc::format!("{long}.jpeg"), "a", None);
        assert_eq!((first.len(), first.ends_with("x.jpeg")), (40, true));
        let second = names.give(&alloc::format!("{long}y.jpeg"), "a", None);
        assert_eq!((second.len(), second.ends_with("x-2.jpeg")), (40, true));
    }

    #[test]
    fn counts_on_where_numbers_make_names_the_same() {
        let mut names = Names::default();
        let long = "x".repeat(32);
        for number in 0..2_000 {
            let wanted = alloc::format!("{long}{number:04}.txt");
            assert_eq!(names.give(&wanted, "a", None).as_str(), wanted);
            let second = names.give(&wanted, "a", None);
            assert!(second.ends_with(&alloc::format!("-{}.txt", number + 2)), "{second}");
        }
        // One count for all of them: no number is tried twice.
        assert_eq!(names.numbers.len(), 1);
    }
}

//! References to characters by name that XML does not define (XML 1.0, 4.1), as generators of HTML write them.

/// The character of HTML that has this name, unless XML defines it.
pub(crate) fn entity(name: &str) -> Option<char> {
    // As nearly all are.
    if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
        return None;
    }
    let latin = || LATIN_1.iter().zip('\u{a0}'..).find(|(known, _)| **known == name).map(|(_, character)| character);
    let other = || OTHERS.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
    latin().or_else(other)
}

/// The names of U+00A0 to U+00FF (HTML 4.01, 24.2.1).
#[rustfmt::skip]
const LATIN_1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect",
    "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr",
    "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot",
    "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil",
    "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml",
    "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times",
    "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig",
    "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml",
    "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide",
    "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

/// The usual ones of the rest (HTML 4.01, 24.4.1 and 24.3.1): letters of Windows-1252, blanks, dashes, quotation marks.
const OTHERS: [(&str, char); 27] = [
    ("OElig", '\u{152}'),
    ("oelig", '\u{153}'),
    ("Scaron", '\u{160}'),
    ("scaron", '\u{161}'),
    ("Yuml", '\u{178}'),
    ("fnof", '\u{192}'),
    ("circ", '\u{2c6}'),
    ("tilde", '\u{2dc}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("ndash", '\u{2013}'),
    ("mdash", '\u{2014}'),
    ("lsquo", '\u{2018}'),
    ("rsquo", '\u{2019}'),
    ("sbquo", '\u{201a}'),
    ("ldquo", '\u{201c}'),
    ("rdquo", '\u{201d}'),
    ("bdquo", '\u{201e}'),
    ("dagger", '\u{2020}'),
    ("bull", '\u{2022}'),
    ("hellip", '\u{2026}'),
    ("permil", '\u{2030}'),
    ("lsaquo", '\u{2039}'),
    ("rsaquo", '\u{203a}'),
    ("euro", '\u{20ac}'),
    ("trade", '\u{2122}'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_html_are_characters() {
        for (name, character) in [
            ("nbsp", '\u{a0}'),
            ("copy", '©'),
            ("reg", '®'),
            ("times", '×'),
            ("szlig", 'ß'),
            ("eacute", 'é'),
            ("yuml", 'ÿ'),
            ("euro", '€'),
        ] {
            assert_eq!(entity(name), Some(character), "{name}");
        }
        for name in ["amp", "lt", "#233", "#xE9", "NBSP", ""] {
            assert_eq!(entity(name), None, "{name}");
        }
    }
}

//! Comments, processing instructions and the XML declaration.

use super::attribute::RawAttributes;
use super::name::is_local_name;

/// Whether this may be in a comment (XML 1.0, 2.5).
pub(crate) fn is_comment(content: &str) -> bool {
    memchr::memmem::find(content.as_bytes(), b"--").is_none() && !content.ends_with('-')
}

/// Whether a processing instruction has a target: a name without colon that is not reserved (XML 1.0, 2.6;
/// Namespaces in XML, 7).
pub(crate) fn is_instruction(content: &str) -> bool {
    let target = content.split([' ', '\t', '\r', '\n']).next().unwrap_or_default();
    is_local_name(target) && !target.eq_ignore_ascii_case("xml")
}

/// Whether an XML declaration has a version, an encoding and `standalone` as XML 1.0, 2.8 has them. `content` is
/// the text between `<?` and `?>`.
pub(crate) fn is_declaration(content: &str) -> bool {
    let mut attributes = RawAttributes::new(content, "xml".len()).peekable();
    let mut next = |name: &str, is_valid: fn(&str) -> bool| {
        let is_next = |attribute: &Result<super::attribute::RawAttribute<'_>, _>| {
            attribute.as_ref().is_ok_and(|attribute| attribute.name == name)
        };
        let found = attributes.next_if(is_next)?;
        Some(found.is_ok_and(|found| found.is_apart && is_valid(found.value)))
    };
    let is_version = |version: &str| {
        let minor = version.strip_prefix("1.").unwrap_or_default();
        !minor.is_empty() && minor.bytes().all(|digit| digit.is_ascii_digit())
    };
    let is_encoding = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'.' | b'_' | b'-'))
    };
    next("version", is_version) == Some(true)
        && next("encoding", is_encoding) != Some(false)
        && next("standalone", |value| matches!(value, "yes" | "no")) != Some(false)
        && attributes.next().is_none()
}

/// Whether the attributes of a tag are names with values, apart from each other.
pub(crate) fn are_attributes(tag: &str, name_len: usize) -> bool {
    RawAttributes::new(tag, name_len)
        .all(|attribute| attribute.is_ok_and(|attribute| attribute.is_apart && super::name::is_name(attribute.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_instructions_follow_their_productions() {
        for (content, is_valid) in [("", true), (" a - b ", true), (" a -- b ", false), ("-", false), ("a--", false)] {
            assert_eq!(is_comment(content), is_valid, "{content}");
        }
        for (content, is_valid) in [
            ("a", true),
            ("xml-stylesheet b", true),
            ("", false),
            (" a", false),
            ("1", false),
            ("a:b c", false),
            ("XmL a", false),
        ] {
            assert_eq!(is_instruction(content), is_valid, "{content}");
        }
    }

    #[test]
    fn declarations_follow_their_production() {
        for content in [
            "xml version='1.0'",
            "xml version = \"1.1\" encoding='UTF-8' ",
            "xml\nversion='1.0' standalone='yes'",
            "xml version='1.0' encoding='x.y_z-1' standalone='no'",
        ] {
            assert!(is_declaration(content), "{content}");
        }
        for content in [
            "xml",
            "xml encoding='UTF-8'",
            "xml encoding='UTF-8' version='1.0'",
            "xml version='2.0'",
            "xml version='1.'",
            "xml version='1.0' standalone='maybe'",
            "xml version='1.0' standalone='yes' encoding='a'",
            "xml version='1.0' extra='1'",
            "xml version='1.0'encoding='a'",
            "xml version='1.0' encoding='1'",
            "xml version='1.0' encoding=''",
            "xml version=1.0",
            "xml version='1.0' a",
        ] {
            assert!(!is_declaration(content), "{content}");
        }
    }
}

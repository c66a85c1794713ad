//! The attributes in a tag (XML 1.0, 3.1).

use crate::octet_set::{equal, length_until};

/// An attribute as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawAttribute<'a> {
    pub(crate) name: &'a str,
    /// What is between the quotation marks.
    pub(crate) value: &'a str,
    /// Where its name begins in the tag.
    pub(crate) at: usize,
    /// Where it ends: behind its closing quotation mark.
    pub(crate) end: usize,
    /// Whether there is white space before it.
    pub(crate) is_apart: bool,
}

impl<'a> RawAttribute<'a> {
    /// The prefix that it declares a namespace for, or nothing for the default namespace.
    pub(crate) fn declares(&self) -> Option<Option<&'a str>> {
        match self.name.strip_prefix("xmlns")? {
            "" => Some(None),
            rest => rest.strip_prefix(':').map(Some),
        }
    }
}

/// An attribute without equals sign, quotation marks or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unquoted;

/// The attributes behind the name in a tag.
#[derive(Clone, Debug)]
pub(crate) struct RawAttributes<'a> {
    tag: &'a str,
    at: usize,
}

impl<'a> RawAttributes<'a> {
    /// `tag` is the text between the angle brackets, and begins with a name of `name_len` octets.
    pub(crate) const fn new(tag: &'a str, name_len: usize) -> Self {
        Self { tag, at: name_len }
    }

    fn read(&self) -> Result<Option<RawAttribute<'a>>, Unquoted> {
        let rest = self.tag.get(self.at..).unwrap_or_default();
        let start = without_space(rest);
        if start.is_empty() {
            return Ok(None);
        }
        let is_apart = start.len() < rest.len();
        let end = length_until(start.as_bytes(), |word| {
            [b'=', b' ', b'\t', b'\r', b'\n'].into_iter().fold(0, |found, octet| found | equal(word, octet))
        });
        let (name, rest) = start.split_at_checked(end).filter(|(name, _)| !name.is_empty()).ok_or(Unquoted)?;
        let value = without_space(rest).strip_prefix('=').ok_or(Unquoted)?;
        let value = without_space(value);
        let quote = value.bytes().next().filter(|quote| matches!(quote, b'"' | b'\'')).ok_or(Unquoted)?;
        let value = value.get(1..).unwrap_or_default();
        let length = memchr::memchr(quote, value.as_bytes()).ok_or(Unquoted)?;
        let (value, rest) = value.split_at_checked(length).ok_or(Unquoted)?;
        let (at, end) = (self.tag.len() - start.len(), self.tag.len() - rest.len() + 1);
        Ok(Some(RawAttribute { name, value, at, end, is_apart }))
    }
}

impl<'a> Iterator for RawAttributes<'a> {
    type Item = Result<RawAttribute<'a>, Unquoted>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read();
        self.at = match read {
            Ok(Some(attribute)) => attribute.end,
            _ => self.tag.len(),
        };
        read.transpose()
    }
}

/// What is behind white space.
#[inline]
fn without_space(text: &str) -> &str {
    let space = text.bytes().take_while(|octet| matches!(octet, b' ' | b'\t' | b'\r' | b'\n')).count();
    text.get(space..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_attributes_and_where_they_are() {
        let tag = "a  b = '1>'c=\"\"\n";
        let attributes: Result<alloc::vec::Vec<_>, _> = RawAttributes::new(tag, 1).collect();
        let b = RawAttribute { name: "b", value: "1>", at: 3, end: 11, is_apart: true };
        let c = RawAttribute { name: "c", value: "", at: 11, end: 15, is_apart: false };
        assert_eq!(attributes, Ok(alloc::vec![b, c]));
        for tag in ["a b", "a b=", "a b=c", "a b='", "a =''", "a b ''"] {
            assert!(RawAttributes::new(tag, 1).any(|attribute| attribute.is_err()), "{tag}");
        }
    }
}

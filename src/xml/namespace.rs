//! The namespaces of prefixes (Namespaces in XML 1.0).

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::octet_set::{OctetSet, same};

const XML: &str = "http://www.w3.org/XML/1998/namespace";
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// More prefixes than any document has in scope: each name is looked for among them.
const MOST: usize = 128;

/// A prefix and its namespace.
#[derive(Debug)]
pub(crate) struct Binding<'a, K> {
    /// Nothing for the default namespace.
    pub(crate) prefix: Option<&'a str>,
    /// The namespace; empty for none.
    pub(crate) uri: Cow<'a, str>,
    /// The same number for all bindings in scope that have the same namespace.
    pub(crate) id: u32,
    /// What the reader of the document says of the namespace.
    pub(crate) kind: K,
    /// How deep the element is that declares it.
    level: usize,
}

/// The bindings in scope.
#[derive(Debug)]
pub(crate) struct Namespaces<'a, K> {
    bindings: Vec<Binding<'a, K>>,
    next_id: u32,
    /// The prefix looked for last, and where it was found.
    last: Option<(Option<&'a str>, usize)>,
}

/// Too many prefixes are in scope.
#[derive(Debug)]
pub(crate) struct TooMany;

impl<'a, K> Namespaces<'a, K> {
    /// What is in scope without any declaration: no default namespace, and the prefix `xml`.
    pub(crate) fn new(kind: impl Fn(&str) -> K) -> Self {
        let binding = |prefix, uri, id| Binding { prefix, uri: Cow::Borrowed(uri), id, kind: kind(uri), level: 0 };
        Self { bindings: alloc::vec![binding(None, "", 0), binding(Some("xml"), XML, 1)], next_id: 2, last: None }
    }

    /// Declares a namespace in an element at this depth.
    pub(crate) fn declare(
        &mut self,
        prefix: Option<&'a str>,
        uri: Cow<'a, str>,
        level: usize,
        kind: K,
    ) -> Result<(), TooMany> {
        if self.bindings.len() >= MOST {
            return Err(TooMany);
        }
        let id = self.bindings.iter().find(|binding| binding.uri == uri).map(|binding| binding.id);
        let id = id.unwrap_or(self.next_id);
        self.next_id = self.next_id.max(id.saturating_add(1));
        self.bindings.push(Binding { prefix, uri, id, kind, level });
        self.last = None;
        Ok(())
    }

    /// Forgets what elements deeper than `level` declared.
    pub(crate) fn leave(&mut self, level: usize) {
        while self.bindings.last().is_some_and(|binding| binding.level > level) {
            self.bindings.pop();
            self.last = None;
        }
    }

    /// Which binding a prefix has.
    pub(crate) fn find(&mut self, prefix: Option<&'a str>) -> Option<usize> {
        if let Some((_, index)) = self.last.filter(|(last, _)| is_same(*last, prefix)) {
            return Some(index);
        }
        let index = self.index(prefix)?;
        self.last = Some((prefix, index));
        Some(index)
    }

    /// The binding of a prefix.
    pub(crate) fn resolve(&self, prefix: Option<&str>) -> Option<&Binding<'a, K>> {
        self.get(self.index(prefix)?)
    }

    pub(crate) fn index(&self, prefix: Option<&str>) -> Option<usize> {
        self.bindings.iter().rposition(|binding| is_same(binding.prefix, prefix))
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Binding<'a, K>> {
        self.bindings.get(index)
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Binding<'a, K>> {
        self.bindings.iter_mut()
    }

    /// How many bindings elements above this depth declared.
    pub(crate) fn above(&self, level: usize) -> usize {
        self.bindings.partition_point(|binding| binding.level < level)
    }
}

fn is_same(a: Option<&str>, b: Option<&str>) -> bool {
    a.is_some() == b.is_some() && same(a.unwrap_or_default(), b.unwrap_or_default())
}

/// Whether a prefix may be declared for a namespace: those of XML itself are reserved, only the default
/// namespace may be none, and a name is a URI reference (Namespaces in XML, 2.2 and 3).
pub(crate) fn may_declare(prefix: Option<&str>, uri: &str) -> bool {
    match (prefix, uri) {
        (Some("xmlns"), _) | (_, XMLNS) => false,
        (Some("xml"), uri) => uri == XML,
        (_, XML) | (Some(_), "") => false,
        _ => true,
    }
}

/// Whether attributes in this namespace, which may be folded, are those of XML and XML Schema themselves.
pub(crate) fn is_of_xml(uri: &str) -> bool {
    let is = |uri: &str| matches!(uri, XSI | XML);
    is(uri) || (uri.contains(' ') && is(&unfolded(uri)))
}

/// A namespace as it is meant: without references, and without the line ends and blanks that come
/// from folding it in a manual.
pub(crate) fn unfolded(uri: &str) -> Cow<'_, str> {
    let uri = quick_xml::escape::unescape(uri).unwrap_or(Cow::Borrowed(uri));
    if uri.contains(|c: char| c.is_ascii_whitespace()) {
        uri.split_ascii_whitespace().collect::<String>().into()
    } else {
        uri
    }
}

/// Whether only characters that a URI reference may have are in it (RFC 3986, 2); those beyond ASCII pass.
pub(crate) fn is_uri(uri: &str) -> bool {
    is_plain(uri) || !uri.bytes().any(is_excluded)
}

/// Whether a namespace has only visible characters of ASCII that a URI may have and that XML gives no meaning.
fn is_plain(uri: &str) -> bool {
    static PLAIN: OctetSet = OctetSet::visible_except(b"<>\"{}|\\^`&");
    PLAIN.has_all(uri.as_bytes())
}

const fn is_excluded(octet: u8) -> bool {
    matches!(octet, 0..=b' ' | 0x7f | b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`')
}

/// The URI reference that is meant by a text with characters that none has (XML Schema, part 2, 3.2.17).
pub(crate) fn with_escapes(uri: &str) -> String {
    uri.chars().fold(String::with_capacity(uri.len()), |mut escaped, character| {
        match u8::try_from(character) {
            Ok(octet) if is_excluded(octet) => escaped.push_str(&format!("%{octet:02X}")),
            _ => escaped.push(character),
        }
        escaped
    })
}

/// A namespace as attributes are normalised (XML 1.0, 3.3.3).
pub(crate) fn normalised(raw: &str) -> Option<Cow<'_, str>> {
    if is_plain(raw) || !raw.bytes().any(|octet| octet < b' ' || octet == b'&') {
        return Some(Cow::Borrowed(raw));
    }
    let text = quick_xml::escape::unescape(raw).ok()?;
    if !text.bytes().any(|octet| octet < b' ') {
        return Some(text);
    }
    Some(Cow::Owned(text.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_namespaces_are_not_declared() {
        for (prefix, uri) in [
            (None, XML),
            (None, XMLNS),
            (Some("a"), XML),
            (Some("a"), XMLNS),
            (Some("a"), ""),
            (Some("xml"), "urn:a"),
            (Some("xmlns"), XMLNS),
        ] {
            assert!(!may_declare(prefix, uri), "{prefix:?} {uri}");
        }
        for (prefix, uri) in [(None, ""), (None, "u"), (Some("xml"), XML), (Some("a"), "u")] {
            assert!(may_declare(prefix, uri), "{prefix:?} {uri}");
        }
    }

    #[test]
    fn equal_namespaces_in_scope_have_one_number() {
        let mut namespaces = Namespaces::new(|_| ());
        for (prefix, uri) in [("a", "u"), ("b", "v"), ("c", "u")] {
            namespaces.declare(Some(prefix), uri.into(), 1, ()).unwrap();
        }
        let id = |namespaces: &Namespaces<'_, ()>, prefix| namespaces.resolve(Some(prefix)).map(|found| found.id);
        assert_eq!(id(&namespaces, "a"), id(&namespaces, "c"));
        assert_ne!(id(&namespaces, "a"), id(&namespaces, "b"));
        assert_eq!((namespaces.above(1), namespaces.find(Some("c"))), (2, Some(4)));
        namespaces.leave(0);
        assert_eq!((namespaces.find(Some("c")), namespaces.find(None)), (None, Some(0)));
    }
}

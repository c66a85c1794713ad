//! Elements that are kept as they are: pieces of XML that stand alone.

use alloc::string::String;
use alloc::vec::Vec;

use quick_xml::events::attributes::Attributes;
use quick_xml::name::{Namespace, Prefix, QName, ResolveResult};

use super::{Node, Reader, is_name};
use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::mm7::fragment::{Extra, Fragment};
use crate::mm7::writer::escape;
use crate::options::DeviationKind;
use crate::table::push;

impl<'a> Reader<'a> {
    /// Keeps the current element as it is, and reports it.
    pub(crate) fn keep(&mut self, kind: DeviationKind) -> Result<(), DecodeError> {
        self.forgive(kind, self.at)?;
        let xml = self.fragment()?;
        push(&mut self.kept, Extra { parent: self.parent.into(), xml });
        Ok(())
    }

    /// Leaves out the current element, which says that it has no value; what it has all the same is kept.
    pub(crate) fn leave_out(&mut self) -> Result<(), DecodeError> {
        self.forgive(DeviationKind::EmptyValue, self.at)?;
        let extra = Extra { parent: self.parent.into(), xml: self.fragment()? };
        if !extra.is_empty() {
            push(&mut self.kept, extra);
        }
        Ok(())
    }

    /// Keeps the element that began at `at` and has just ended.
    pub(crate) fn keep_value(&mut self, at: usize) -> Result<(), DecodeError> {
        let raw = self.text.get(at..self.position()).unwrap_or_default();
        let name = raw.get(1..).unwrap_or_default();
        let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or_default();
        let (name, rest) = name.split_at_checked(end).unwrap_or_default();
        let mut used = Prefixes::default();
        used.add(QName(name).prefix());
        let tag = raw.get(1..memchr::memchr(b'>', raw.as_bytes()).unwrap_or(1)).unwrap_or_default();
        let declared = declarations(tag, name.len()).collect();
        let xml = self.stand_alone(name, used, declared, rest)?;
        if let Ok(xml) = Fragment::parse(&xml) {
            push(&mut self.kept, Extra { parent: self.parent.into(), xml });
        }
        Ok(())
    }

    /// The current element up to its end, as XML that stands alone.
    pub(crate) fn fragment(&mut self) -> Result<Fragment, DecodeError> {
        let (at, name_len) = (self.at, self.name_len);
        let mut used = Prefixes::default();
        let declared: Vec<_> = declarations(self.tag, self.name_len).collect();
        let depth = self.depth;
        self.note(&mut used)?;
        while self.depth >= depth {
            if let Node::Start = self.node()? {
                self.note(&mut used)?;
            }
        }
        let raw = self.text.get(at + 1..self.position()).unwrap_or_default();
        let (name, rest) = raw.split_at_checked(name_len).unwrap_or_default();
        let xml = self.stand_alone(name, used, declared, rest)?;
        Ok(Fragment::from_well_formed(xml.into()))
    }

    /// An element with declarations for the prefixes that it uses and does not declare.
    fn stand_alone(
        &mut self,
        name: &str,
        used: Prefixes<'_>,
        declared: Vec<Option<&str>>,
        rest: &str,
    ) -> Result<String, DecodeError> {
        let mut xml = String::from("<");
        xml.push_str(name);
        for prefix in used.0 {
            let name = prefix.map(Prefix::into_inner);
            if declared.contains(&name) {
                continue;
            }
            let uri = match self.namespaces.resolve_prefix(prefix, true) {
                ResolveResult::Bound(Namespace(uri)) => uri,
                ResolveResult::Unbound => "",
                // Declared inside.
                ResolveResult::Unknown(_) => continue,
            };
            xml.push_str(" xmlns");
            if let Some(prefix) = name {
                xml.push(':');
                xml.push_str(prefix);
            }
            xml.push_str("=\"");
            xml.push_str(&uri.replace('"', "&quot;"));
            xml.push('"');
            if xml.len() > self.kept_left {
                break;
            }
        }
        xml.push_str(rest);
        let left = self.kept_left.checked_sub(xml.len());
        self.kept_left = left.ok_or_else(|| self.error(DecodeErrorKind::LimitExceeded(Limit::Items), self.at))?;
        Ok(xml)
    }

    /// What stands inside of the current element, up to its end, as XML that stands alone.
    pub(crate) fn content(&mut self) -> Result<Fragment, DecodeError> {
        self.no_attributes()?;
        let mut xml = String::new();
        loop {
            match self.node()? {
                Node::End => return Ok(Fragment::from_well_formed(xml.into())),
                Node::Text(text) => escape(&text, false, &mut xml),
                Node::Start => xml.push_str(self.fragment()?.as_str()),
            }
        }
    }

    /// Notes which prefixes the current element uses, after checking that it is well-formed.
    fn note(&mut self, used: &mut Prefixes<'a>) -> Result<(), DecodeError> {
        self.space()?;
        let full = self.full_name();
        if !is_name(full) {
            return Err(self.error(DecodeErrorKind::InvalidXml, self.at));
        }
        used.add(self.prefix);
        if self.has_attributes() {
            self.attributes().skip(self)?;
            for QName(name) in Attributes::new(self.tag, self.name_len).flatten().map(|attribute| attribute.key) {
                let prefix = QName(name).prefix();
                if prefix.is_some_and(|prefix| prefix.into_inner() != "xmlns") {
                    used.add(prefix);
                }
            }
        }
        Ok(())
    }
}

/// The prefixes that a fragment uses; `None` stands for the default namespace.
#[derive(Default)]
struct Prefixes<'a>(Vec<Option<Prefix<'a>>>);

impl<'a> Prefixes<'a> {
    fn add(&mut self, prefix: Option<Prefix<'a>>) {
        if prefix.is_none_or(|prefix| prefix.into_inner() != "xml") && !self.0.contains(&prefix) {
            self.0.push(prefix);
        }
    }
}

/// The prefixes that a tag declares.
fn declarations(tag: &str, name_len: usize) -> impl Iterator<Item = Option<&str>> {
    let mut attributes = Attributes::new(tag, name_len);
    attributes.with_checks(false);
    attributes.flatten().filter_map(|attribute| match attribute.key.0 {
        "xmlns" => Some(None),
        name => name.strip_prefix("xmlns:").map(Some),
    })
}

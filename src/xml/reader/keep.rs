//! Elements that are kept unchanged, as self-contained XML.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::{Kind, Node, Reader, Repair};
use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::xml::attribute::RawAttributes;
use crate::xml::name::{is_name, nearest};
use crate::xml::writer::{escape, escaped_len};

impl<K: Kind> Reader<'_, K> {
    /// The element that began at `at` and has just ended, as XML that should be self-contained.
    pub(crate) fn ended(&mut self, at: usize) -> Result<String, DecodeError> {
        let raw = self.text.get(at + 1..self.position()).unwrap_or_default();
        let name_len = raw.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or_default();
        let name = raw.get(..name_len).unwrap_or_default();
        let prefix = name.split_once(':').map(|(prefix, _)| prefix);
        let tag = raw.get(..memchr::memchr(b'>', raw.as_bytes()).unwrap_or_default()).unwrap_or_default();
        let tag = tag.strip_suffix('/').unwrap_or(tag);
        let mut declared = RawAttributes::new(tag, name_len).flatten().filter_map(|attribute| attribute.declares());
        let mut used = Used::default();
        if let Some(index) = self.namespaces.index(prefix)
            && !declared.any(|declared| declared == prefix)
        {
            used.add(index);
        }
        let repairs = self.repairs.partition_point(|repair| repair.at < at);
        self.stand_alone(at + 1, name_len, &used, repairs)
    }

    /// The current element up to its end, as self-contained XML.
    pub(crate) fn fragment(&mut self) -> Result<String, DecodeError> {
        let (at, name_len) = (self.at + 1, self.name_len);
        let repairs = self.repairs.partition_point(|repair| repair.at < self.at);
        let depth = self.depth;
        let outer = self.namespaces.above(depth);
        let mut used = Used::default();
        self.note(outer, &mut used)?;
        while self.depth >= depth {
            if let Node::Start = self.node()? {
                self.note(outer, &mut used)?;
            }
        }
        self.stand_alone(at, name_len, &used, repairs)
    }

    /// The element whose name is at `at` and that has just ended, with declarations for the prefixes that it uses
    /// and does not declare. `repairs` are those from there on.
    fn stand_alone(&mut self, at: usize, name_len: usize, used: &Used, repairs: usize) -> Result<String, DecodeError> {
        let end = self.position();
        let mut declarations = String::new();
        for binding in used.0.iter().filter_map(|index| self.namespaces.get(*index)) {
            declarations.push_str(" xmlns");
            if let Some(prefix) = binding.prefix {
                declarations.push(':');
                declarations.push_str(prefix);
            }
            declarations.push_str("=\"");
            escape(&binding.uri, true, &mut declarations);
            declarations.push('"');
            if declarations.len() > self.kept_left {
                break;
            }
        }
        let repairs = self.repairs.get(repairs..).unwrap_or_default();
        let inserted: usize = repairs.iter().map(|repair| repair.with.len()).sum();
        let length = 1 + declarations.len() + end.saturating_sub(at) + inserted;
        let left = self.kept_left.checked_sub(length);
        self.kept_left = left.ok_or_else(|| self.error(DecodeErrorKind::LimitExceeded(Limit::Items), self.at))?;
        let mut xml = String::with_capacity(length);
        xml.push('<');
        repaired(self.text, at..at + name_len, repairs, &mut xml);
        xml.push_str(&declarations);
        repaired(self.text, at + name_len..end, repairs, &mut xml);
        Ok(xml)
    }

    /// The content of the current element, up to its end, as self-contained XML.
    pub(crate) fn content(&mut self) -> Result<String, DecodeError> {
        self.no_attributes()?;
        let mut xml = String::new();
        loop {
            match self.node()? {
                Node::End => return Ok(xml),
                Node::Text(text) => {
                    self.spend(escaped_len(&text))?;
                    grow(&mut xml, escaped_len(&text));
                    escape(&text, false, &mut xml);
                }
                Node::Start => {
                    let fragment = self.fragment()?;
                    grow(&mut xml, fragment.len());
                    xml.push_str(&fragment);
                }
            }
        }
    }

    /// Takes octets from what may be kept.
    pub(crate) fn spend(&mut self, octets: usize) -> Result<(), DecodeError> {
        let left = self.kept_left.checked_sub(octets);
        self.kept_left = left.ok_or_else(|| self.error(DecodeErrorKind::LimitExceeded(Limit::Items), self.at))?;
        Ok(())
    }

    /// Notes which of the first `outer` bindings the current element uses, after checking its names.
    fn note(&mut self, outer: usize, used: &mut Used) -> Result<(), DecodeError> {
        let full = self.full_name();
        if !is_name(full) || self.prefix == Some("xmlns") {
            // Letters of newer versions of Unicode, or what looks like letters; else it is not known.
            if !is_name(&full.replace(|c: char| !c.is_ascii(), "_")) {
                return Err(self.error(DecodeErrorKind::InvalidXml, self.at));
            }
            self.malformed(Repair::new(self.at + 1, full.len(), nearest(full)))?;
            if !self.is_empty {
                self.renamed.push(self.depth);
            }
            self.prefix = None;
            // The attributes of the tag were repaired before its name.
            self.repairs.sort_by_key(|repair| repair.at);
        }
        self.kind()?;
        let mut add = |index: Option<usize>| {
            if let Some(index) = index.filter(|index| *index < outer && *index != Self::XML) {
                used.add(index);
            }
        };
        add(self.namespaces.find(self.prefix));
        if self.has_attributes() {
            self.attributes().skip(self)?;
            for attribute in RawAttributes::new(self.tag, self.name_len).flatten() {
                if attribute.declares().is_none()
                    && let Some((prefix, _)) = attribute.name.split_once(':')
                {
                    add(self.namespaces.index(Some(prefix)));
                }
            }
        }
        Ok(())
    }

    /// The binding of the prefix `xml`, which is never declared.
    const XML: usize = 1;
}

/// Makes room for as much as is there already, and no more than is needed for what is long.
fn grow(xml: &mut String, more: usize) {
    if xml.capacity() - xml.len() < more {
        xml.reserve_exact(more.max(xml.len() / 2));
    }
}

/// Appends a piece of the text as it should be.
fn repaired(text: &str, range: Range<usize>, repairs: &[Repair], out: &mut String) {
    let mut from = range.start;
    for repair in repairs.iter().filter(|repair| range.contains(&repair.at)) {
        out.push_str(text.get(from..repair.at).unwrap_or_default());
        out.push_str(&repair.with);
        from = repair.at + repair.length;
    }
    out.push_str(text.get(from..range.end).unwrap_or_default());
}

/// The bindings from around a fragment that it uses: there are never many.
#[derive(Default)]
struct Used(Vec<usize>);

impl Used {
    fn add(&mut self, index: usize) {
        if !self.0.contains(&index) {
            self.0.push(index);
        }
    }
}

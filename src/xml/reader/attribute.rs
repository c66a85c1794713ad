//! The attributes of an element.

use alloc::borrow::Cow;
use alloc::string::String;

use quick_xml::XmlVersion;
use quick_xml::escape::escape;
use quick_xml::events::attributes::Attribute as Normalised;
use quick_xml::name::QName;

use super::{Kind, Reader, Repair};
use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::octet_set::find;
use crate::options::DeviationKind;
use crate::xml::attribute::{RawAttribute, RawAttributes, Unquoted};
use crate::xml::name::{is_char, is_name, split, wrong_references};
use crate::xml::namespace::{TooMany, XSI, is_uri, may_declare, normalised, unfolded, with_escapes};

/// More attributes than any element has: they are compared with each other.
pub(crate) const MAX_ATTRIBUTES: usize = 64;

/// An attribute of the current element.
pub(crate) struct Attribute<'a> {
    pub(crate) prefix: Option<&'a str>,
    pub(crate) name: &'a str,
    pub(crate) value: Cow<'a, str>,
}

/// The attributes of an element that are not read yet.
pub(crate) struct AttributeList<'a>(RawAttributes<'a>);

impl<'a> AttributeList<'a> {
    /// The next one that is neither a namespace declaration nor one that XML Schema itself allows
    /// everywhere.
    pub(crate) fn next<K: Kind>(&mut self, reader: &Reader<'_, K>) -> Result<Option<Attribute<'a>>, DecodeError> {
        let invalid = || reader.error(DecodeErrorKind::InvalidXml, reader.at);
        for attribute in self.0.by_ref() {
            let attribute = attribute.map_err(|Unquoted| invalid())?;
            // Those that are not names were reported with the tag.
            if attribute.declares().is_some() || (!reader.repairs.is_empty() && !is_name(attribute.name)) {
                continue;
            }
            let RawAttribute { name, value, .. } = attribute;
            let attribute = Normalised { key: QName(name), value: Cow::Borrowed(value) };
            let value = match attribute.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) => value,
                Err(_) => normalised_literally(value).ok_or_else(invalid)?,
            };
            // The text of the document itself was searched for control characters before.
            let has_control = matches!(value, Cow::Owned(_)) && value.chars().any(|c| !is_char(c));
            if has_control {
                return Err(invalid());
            }
            let (prefix, local) = split(name);
            if prefix.is_some() && reader.namespaces.resolve(prefix).ok_or_else(invalid)?.kind.is_of_xml() {
                continue;
            }
            return Ok(Some(Attribute { prefix, name: local, value }));
        }
        Ok(None)
    }

    /// Checks the rest.
    pub(crate) fn skip<K: Kind>(mut self, reader: &Reader<'_, K>) -> Result<(), DecodeError> {
        while self.next(reader)?.is_some() {}
        Ok(())
    }
}

/// A value with references that are none: they were reported with the tag.
#[cold]
fn normalised_literally(value: &str) -> Option<Cow<'static, str>> {
    let mut escaped = String::with_capacity(value.len());
    let mut start = 0;
    for (at, length, character) in wrong_references(value) {
        escaped.push_str(value.get(start..at)?);
        if character == '&' {
            escaped.push_str("&amp;");
        } else {
            escaped.push(character);
        }
        start = at + length;
    }
    escaped.push_str(value.get(start..)?);
    let attribute = Normalised { key: QName(""), value: Cow::Borrowed(&escaped) };
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(Cow::Owned(value.into_owned()))
}

impl<'a, K: Kind> Reader<'a, K> {
    /// Whether the current element has attributes that are not declarations of namespaces.
    pub(crate) const fn has_attributes(&self) -> bool {
        self.has_attributes
    }

    /// The attributes of the current element.
    pub(crate) fn attributes(&mut self) -> AttributeList<'a> {
        self.attributes_read = true;
        AttributeList(RawAttributes::new(self.tag, self.name_len))
    }

    /// Whether the current element says that it has no value (XML Schema Part 1, 2.6.2).
    pub(crate) fn is_nil(&self) -> bool {
        RawAttributes::new(self.tag, self.name_len).flatten().any(|attribute| {
            let prefix = attribute.name.strip_suffix(":nil");
            let is_true = matches!(attribute.value.trim_ascii(), "true" | "1");
            let binding = prefix.filter(|_| is_true).and_then(|prefix| self.namespaces.resolve(Some(prefix)));
            binding.is_some_and(|binding| binding.kind.is_of_xml() && unfolded(&binding.uri) == XSI)
        })
    }

    /// The namespace of an attribute with this prefix.
    pub(crate) fn attribute_namespace(&self, prefix: &str) -> Option<&str> {
        self.namespaces.resolve(Some(prefix)).map(|binding| &*binding.uri)
    }

    /// Reports attributes of the current element that were not read.
    pub(crate) fn no_attributes(&mut self) -> Result<(), DecodeError> {
        if self.attributes_read || !self.has_attributes() {
            return Ok(());
        }
        let mut attributes = self.attributes();
        while attributes.next(self)?.is_some() {
            self.forgive(DeviationKind::UnexpectedAttribute, self.at)?;
        }
        Ok(())
    }

    /// Checks the attributes of the current element, and takes the namespaces that they declare.
    pub(super) fn declare(&mut self) -> Result<(), DecodeError> {
        let many = DecodeErrorKind::LimitExceeded(Limit::Items);
        let first_repair = self.repairs.len();
        self.names.clear();
        let mut prefixed = 0;
        for (index, attribute) in RawAttributes::new(self.tag, self.name_len).enumerate() {
            if index == MAX_ATTRIBUTES {
                return Err(self.error(many, self.at));
            }
            let attribute = attribute.map_err(|Unquoted| self.error(DecodeErrorKind::InvalidXml, self.at))?;
            let is_repeated = self.names.iter().any(|other| other.name == attribute.name);
            let has_special = memchr::memchr2(b'<', b'&', attribute.value.as_bytes()).is_some();
            if is_repeated || has_special && find(b'<', attribute.value.as_bytes()).is_some() {
                return Err(self.error(DecodeErrorKind::InvalidXml, self.at));
            }
            if has_special {
                let value = self.at + 1 + attribute.end - "'".len() - attribute.value.len();
                for (at, length, character) in wrong_references(attribute.value) {
                    self.reference_to(value + at, length, character)?;
                }
            }
            self.names.push(attribute);
            if !attribute.is_apart {
                self.malformed(Repair::new(self.at + 1 + attribute.at, 0, " "))?;
            }
            if !is_name(attribute.name) {
                self.without(&attribute)?;
                continue;
            }
            let Some(prefix) = attribute.declares() else {
                self.has_attributes = true;
                prefixed += usize::from(split(attribute.name).0.is_some());
                continue;
            };
            let uri = normalised(attribute.value);
            let uri = uri.ok_or_else(|| self.error(DecodeErrorKind::InvalidXml, self.at))?;
            if !may_declare(prefix, &uri) {
                self.without(&attribute)?;
                continue;
            }
            let kind = K::of(&uri, &self.own);
            // That one of MM7 is folded is reported where the message is in it.
            let is_folded = || !kind.is_foreign() && find(b' ', uri.as_bytes()).is_some();
            let uri = if is_uri(&uri) || is_folded() { uri } else { self.escaped(&attribute, &uri)?.into() };
            self.namespaces.declare(prefix, uri, self.depth, kind).map_err(|TooMany| self.error(many, self.at))?;
        }
        if prefixed > 0 {
            self.check_namespaces()?;
        }
        if let Some(repairs) = self.repairs.get_mut(first_repair..) {
            repairs.sort_by_key(|repair| repair.at);
        }
        Ok(())
    }

    /// Reports a namespace that is not a URI, and gives the one that is meant.
    #[cold]
    fn escaped(&mut self, attribute: &RawAttribute<'_>, uri: &str) -> Result<String, DecodeError> {
        self.forgive(DeviationKind::InvalidXml, self.at + 1 + attribute.at)?;
        let escaped = with_escapes(uri);
        let (length, end) = (attribute.value.len(), self.at + attribute.end);
        // What has no quotation marks is repaired as a whole.
        if self.text.get(..end - length).is_some_and(|before| before.ends_with(['"', '\''])) {
            self.repairs.push(Repair::new(end - length, length, escape(&*escaped).into_owned()));
        }
        Ok(escaped)
    }

    /// Reports an attribute that a well-formed document cannot have.
    #[cold]
    fn without(&mut self, attribute: &RawAttribute<'_>) -> Result<(), DecodeError> {
        self.malformed(Repair::new(self.at + 1 + attribute.at, attribute.end - attribute.at, ""))
    }

    /// Reports attributes whose prefix is not declared, and those whose names are the same but for the prefix of
    /// one namespace (Namespaces in XML, 5 and 6.3).
    fn check_namespaces(&mut self) -> Result<(), DecodeError> {
        for (index, attribute) in core::mem::take(&mut self.names).iter().enumerate() {
            let (prefix, local) = split(attribute.name);
            let Some(prefix) = prefix.filter(|prefix| *prefix != "xmlns") else {
                self.names.push(*attribute);
                continue;
            };
            if is_name(attribute.name) && self.namespaces.resolve(Some(prefix)).is_none() {
                self.assume_attribute(prefix, local)?;
            }
            let id = self.namespaces.resolve(Some(prefix)).map(|binding| binding.id);
            let is_same = |other: &RawAttribute<'_>| {
                other.name.split_once(':').is_some_and(|(prefix, name)| {
                    name == local && self.namespaces.resolve(Some(prefix)).map(|binding| binding.id) == id
                })
            };
            if self.names.iter().take(index).any(is_same) {
                self.without(attribute)?;
            }
            self.names.push(*attribute);
        }
        Ok(())
    }
}

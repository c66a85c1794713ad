//! The attributes of an element.

use alloc::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attributes;
use quick_xml::name::{Namespace, NamespaceError, Prefix, QName, ResolveResult};

use super::{Reader, is_char, local};
use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::mm7::schema::unfolded;
use crate::options::DeviationKind;

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// More attributes than any element has: they are compared with each other.
const MAX_ATTRIBUTES: usize = 64;

/// An attribute of the current element.
pub(crate) struct Attribute<'a> {
    pub(crate) prefix: Option<Prefix<'a>>,
    pub(crate) name: &'a str,
    pub(crate) value: Cow<'a, str>,
}

/// The attributes of an element that are not read yet.
pub(crate) struct AttributeList<'a>(Attributes<'a>);

impl<'a> AttributeList<'a> {
    /// The next one that is neither a namespace declaration nor one that XML Schema itself allows
    /// everywhere.
    pub(crate) fn next(&mut self, reader: &Reader<'_>) -> Result<Option<Attribute<'a>>, DecodeError> {
        let invalid = || reader.error(DecodeErrorKind::InvalidXml, reader.at);
        for attribute in self.0.by_ref() {
            let attribute = attribute.map_err(|_| invalid())?;
            let QName(full) = attribute.key;
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| invalid())?;
            // Of what stands in the document itself the control characters were looked for before.
            let has_control = matches!(value, Cow::Owned(_)) && value.chars().any(|c| !is_char(c));
            if has_control {
                return Err(invalid());
            }
            let prefix = QName(full).prefix();
            if prefix.is_some() {
                match reader.namespaces.resolve_prefix(prefix, false) {
                    ResolveResult::Bound(Namespace(uri)) => {
                        if matches!(&*unfolded(uri), XSI | "http://www.w3.org/XML/1998/namespace") {
                            continue;
                        }
                    }
                    _ => return Err(invalid()),
                }
            }
            return Ok(Some(Attribute { prefix, name: local(full), value }));
        }
        Ok(None)
    }

    /// Checks the rest.
    pub(crate) fn skip(mut self, reader: &Reader<'_>) -> Result<(), DecodeError> {
        while self.next(reader)?.is_some() {}
        Ok(())
    }
}

impl<'a> Reader<'a> {
    /// Whether the current element has attributes that are not declarations of namespaces.
    pub(crate) fn has_attributes(&self) -> bool {
        self.has_attributes
    }

    /// The attributes of the current element.
    pub(crate) fn attributes(&mut self) -> AttributeList<'a> {
        self.attributes_read = true;
        let mut list = Attributes::new(self.tag, self.name_len);
        list.with_checks(false);
        AttributeList(list)
    }

    /// Whether the current element says that it has no value (XML Schema Part 1, 2.6.2).
    pub(crate) fn is_nil(&self) -> bool {
        let mut list = Attributes::new(self.tag, self.name_len);
        list.with_checks(false).flatten().any(|attribute| {
            let QName(full) = attribute.key;
            let prefix = QName(full).prefix().filter(|_| local(full) == "nil");
            let is_true = matches!(attribute.value.trim_ascii(), "true" | "1");
            let namespace = prefix.filter(|_| is_true).and_then(|prefix| self.attribute_namespace(prefix));
            namespace.is_some_and(|namespace| namespace == XSI)
        })
    }

    /// The namespace of an attribute with this prefix.
    pub(crate) fn attribute_namespace(&self, prefix: Prefix<'_>) -> Option<Cow<'_, str>> {
        match self.namespaces.resolve_prefix(Some(prefix), false) {
            ResolveResult::Bound(Namespace(uri)) => Some(unfolded(uri)),
            _ => None,
        }
    }

    /// Reports attributes of the current element that nobody asked for.
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
    pub(super) fn declare(&mut self, level: u16) -> Result<(), DecodeError> {
        let mut list = Attributes::new(self.tag, self.name_len);
        // Where there are more than two, each one is compared with all others.
        list.with_checks(memchr::memchr_iter(b'=', self.tag.as_bytes()).nth(2).is_some());
        let mut last = QName("");
        let many = DecodeErrorKind::LimitExceeded(Limit::Items);
        for (index, attribute) in list.enumerate() {
            if index == MAX_ATTRIBUTES {
                return Err(self.error(many, self.at));
            }
            let attribute = attribute.map_err(|_| self.error(DecodeErrorKind::InvalidXml, self.at))?;
            if attribute.value.contains('<') || attribute.key == last {
                return Err(self.error(DecodeErrorKind::InvalidXml, self.at));
            }
            last = attribute.key;
            let Some(prefix) = attribute.key.as_namespace_binding() else {
                self.has_attributes = true;
                continue;
            };
            self.namespaces.set_level(level);
            self.namespaces.add(prefix, Namespace(&attribute.value)).map_err(|error| {
                let is_limit = matches!(error, NamespaceError::TooManyBindings(_));
                self.error(if is_limit { many } else { DecodeErrorKind::InvalidXml }, self.at)
            })?;
        }
        Ok(())
    }
}

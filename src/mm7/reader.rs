//! A walk over the elements of an XML document: names, attributes, text, and what is kept as it is.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use quick_xml::name::{Namespace, Prefix, QName, ResolveResult};

use super::encoding::{Document, length_in};
use super::fragment::{Extra, Fragment};
use super::schema::Schema;
use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::message::{Charset, Str};
use crate::mime::context::Context;
use crate::options::{DeviationKind, Options};
use crate::table::push;

pub(crate) const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// More attributes than any element has: they are compared with each other.
const MAX_ATTRIBUTES: usize = 64;

/// What is found inside of an element.
pub(crate) enum Node<'a> {
    /// An element begins, and is the current one.
    Start,
    /// Text.
    Text(Cow<'a, str>),
    /// The element ends; at depth 0, the document.
    End,
}

/// What namespace the current element is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    None,
    Soap,
    /// Another name of the SOAP namespace, or another version of it.
    LikeSoap,
    /// The namespace of the message.
    Message,
    /// Another one of the family of MM7.
    Family,
    Foreign,
}

/// An attribute of the current element.
pub(crate) struct Attribute<'a> {
    pub(crate) prefix: Option<Prefix<'a>>,
    pub(crate) name: &'a str,
    pub(crate) value: Cow<'a, str>,
}

/// Reads one document.
pub(crate) struct Reader<'a> {
    xml: NsReader<&'a [u8]>,
    text: &'a str,
    charset: Charset,
    /// There are carriage returns, which line ends lose (XML 1.0, 2.11).
    has_returns: bool,
    /// A place in the text, and the octet of the input that it is at.
    mapped: (usize, usize),
    pub(crate) cx: Context,
    max_depth: usize,
    pub(crate) depth: usize,
    /// The current element has no content and no end tag of its own.
    is_empty: bool,
    /// Where the current element begins in the text, and what stands between its angle brackets.
    at: usize,
    tag: &'a str,
    name_len: usize,
    attributes_read: bool,
    /// The value of the attribute that is being read, in place of the content of the element.
    value: Option<Cow<'a, str>>,
    /// The namespace of the message.
    pub(crate) namespace: Str,
    pub(crate) schema: Schema,
    /// The elements of a fault are being read.
    pub(crate) is_fault: bool,
    /// Elements that are kept as they are.
    pub(crate) kept: Vec<Extra>,
    /// The element that the current one stands in, if it is kept.
    pub(crate) parent: &'static str,
    kept_left: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(document: &'a Document<'_>, options: &Options, cx: Context) -> Self {
        let text = &*document.text;
        let mut xml = NsReader::from_str(text);
        xml.config_mut().check_end_names = true;
        Self {
            xml,
            text,
            charset: document.charset,
            has_returns: memchr::memchr(b'\r', text.as_bytes()).is_some(),
            mapped: (0, document.offset),
            cx,
            max_depth: options.limits.depth.saturating_mul(4),
            depth: 0,
            is_empty: false,
            at: 0,
            tag: "",
            name_len: 0,
            attributes_read: true,
            value: None,
            namespace: Str::default(),
            schema: Schema::default(),
            is_fault: false,
            kept: Vec::new(),
            parent: "",
            // Namespace declarations are added to what is kept, so it may be longer than the input.
            kept_left: text.len().saturating_mul(2),
        }
    }

    /// Goes on to the next start tag, text or end.
    pub(crate) fn node(&mut self) -> Result<Node<'a>, DecodeError> {
        if core::mem::take(&mut self.is_empty) {
            self.depth -= 1;
            return Ok(Node::End);
        }
        loop {
            let at = self.position();
            match self.xml.read_event() {
                Ok(Event::Start(tag)) => {
                    self.enter(at, tag.len(), tag.name().as_ref().len(), false)?;
                    return Ok(Node::Start);
                }
                Ok(Event::Empty(tag)) => {
                    self.enter(at, tag.len(), tag.name().as_ref().len(), true)?;
                    return Ok(Node::Start);
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Node::End);
                }
                Ok(Event::Text(text)) if !self.has_returns => return Ok(Node::Text(text.into_inner())),
                Ok(Event::Text(text)) => return Ok(Node::Text(text.xml10_content())),
                Ok(Event::CData(text)) => return Ok(Node::Text(text.xml10_content())),
                Ok(Event::GeneralRef(name)) => return self.reference(&name, at).map(Node::Text),
                Ok(Event::Comment(_) | Event::PI(_)) => {}
                Ok(Event::Decl(_)) if self.text.get(..at).is_some_and(|before| before.trim_ascii().is_empty()) => {
                    if at > 0 {
                        self.forgive(DeviationKind::StrayOctets, 0)?;
                    }
                }
                Ok(Event::DocType(_)) => return Err(self.error(DecodeErrorKind::DocumentType, at)),
                Ok(Event::Eof) if self.depth == 0 => return Ok(Node::End),
                Ok(Event::Eof) => return Err(self.error(DecodeErrorKind::UnexpectedEnd, at)),
                Ok(Event::Decl(_)) => return Err(self.error(DecodeErrorKind::InvalidXml, at)),
                Err(error) => {
                    let at = usize::try_from(self.xml.error_position()).unwrap_or(at);
                    let kind = match error {
                        quick_xml::Error::Syntax(_) => DecodeErrorKind::UnexpectedEnd,
                        quick_xml::Error::Namespace(quick_xml::name::NamespaceError::TooManyBindings(_)) => {
                            DecodeErrorKind::LimitExceeded(Limit::Items)
                        }
                        _ => DecodeErrorKind::InvalidXml,
                    };
                    return Err(self.error(kind, at));
                }
            }
        }
    }

    /// The name of the current element without its prefix.
    pub(crate) fn name(&self) -> &'a str {
        local(self.full_name())
    }

    /// Where the current element begins in the text.
    pub(crate) fn start(&self) -> usize {
        self.at
    }

    /// What namespace the current element is in.
    pub(crate) fn space(&self) -> Result<Space, DecodeError> {
        Ok(match self.xml.resolver().resolve_element(QName(self.full_name())).0 {
            ResolveResult::Unbound => Space::None,
            ResolveResult::Bound(Namespace(uri)) if uri == &*self.namespace => Space::Message,
            ResolveResult::Bound(Namespace(SOAP)) => Space::Soap,
            ResolveResult::Bound(Namespace("")) => Space::None,
            ResolveResult::Bound(Namespace(
                "https://schemas.xmlsoap.org/soap/envelope/"
                | "http://schemas.xmlsoap.org/soap/envelope"
                | "http://www.w3.org/2003/05/soap-envelope",
            )) => Space::LikeSoap,
            ResolveResult::Bound(Namespace(uri)) if schema_of(uri).is_some() => Space::Family,
            ResolveResult::Bound(_) => Space::Foreign,
            ResolveResult::Unknown(_) => return Err(self.error(DecodeErrorKind::InvalidXml, self.at)),
        })
    }

    /// The namespace of the current element, if it is one of MM7: as it is written, and which it is.
    pub(crate) fn mm7_namespace(&self) -> Option<(Str, Schema)> {
        match self.xml.resolver().resolve_element(QName(self.full_name())).0 {
            ResolveResult::Bound(Namespace(uri)) => Some((uri.into(), schema_of(uri)?)),
            _ => None,
        }
    }

    /// The attributes of the current element, without namespace declarations and what XML Schema
    /// itself allows everywhere.
    pub(crate) fn attributes(&mut self) -> Result<Vec<Attribute<'a>>, DecodeError> {
        self.attributes_read = true;
        let mut attributes = Vec::new();
        if !self.has_attributes() {
            return Ok(attributes);
        }
        let invalid = self.error(DecodeErrorKind::InvalidXml, self.at);
        // Each one is compared with those before it, so there must not be many.
        for (index, attribute) in Attributes::new(self.tag, self.name_len).enumerate() {
            if index == MAX_ATTRIBUTES {
                return Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Items), self.at));
            }
            let attribute = attribute.map_err(|_| invalid)?;
            let QName(full) = attribute.key;
            if full == "xmlns" || full.starts_with("xmlns:") {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| invalid)?;
            // Of what stands in the document itself the control characters were looked for before.
            let has_control = matches!(value, Cow::Owned(_)) && value.chars().any(|c| !is_char(c));
            if has_control || attribute.value.contains('<') {
                return Err(invalid);
            }
            let prefix = QName(full).prefix();
            if prefix.is_some() {
                match self.xml.resolver().resolve_prefix(prefix, false) {
                    ResolveResult::Bound(Namespace(XSI | "http://www.w3.org/XML/1998/namespace")) => continue,
                    ResolveResult::Bound(_) => {}
                    _ => return Err(invalid),
                }
            }
            attributes.push(Attribute { prefix, name: local(full), value });
        }
        Ok(attributes)
    }

    /// The namespace of an attribute with this prefix.
    pub(crate) fn attribute_namespace(&self, prefix: Prefix<'_>) -> Option<Str> {
        match self.xml.resolver().resolve_prefix(Some(prefix), false) {
            ResolveResult::Bound(Namespace(uri)) => Some(unfolded(uri).as_ref().into()),
            _ => None,
        }
    }

    /// Reports attributes of the current element that nobody asked for.
    pub(crate) fn no_attributes(&mut self) -> Result<(), DecodeError> {
        if self.attributes_read || !self.has_attributes() {
            return Ok(());
        }
        for _ in self.attributes()? {
            self.forgive(DeviationKind::UnexpectedAttribute, self.at)?;
        }
        Ok(())
    }

    /// Makes [`text`](Self::text) give this value next, in place of the content of the element.
    pub(crate) fn set_value(&mut self, value: Cow<'a, str>) {
        self.value = Some(value);
    }

    /// The value that was set, if there is one.
    pub(crate) fn take_value(&mut self) -> Option<Cow<'a, str>> {
        self.value.take()
    }

    /// The text of the current element, up to its end; or the value of the attribute being read.
    pub(crate) fn text(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        if let Some(value) = self.value.take() {
            return Ok(value);
        }
        self.no_attributes()?;
        let mut text = Cow::Borrowed("");
        loop {
            match self.node()? {
                Node::End => return Ok(text),
                Node::Text(more) if text.is_empty() => text = more,
                Node::Text(more) => text.to_mut().push_str(&more),
                Node::Start => self.keep(DeviationKind::UnexpectedField)?,
            }
        }
    }

    /// The text of the current element without white space around it. Strict decoding leaves the
    /// white space where the schema does: it belongs to a string.
    pub(crate) fn trimmed(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        let at = self.at;
        let text = self.text()?;
        let bare = text.trim_ascii();
        if bare.len() == text.len() || self.cx.is_strict() {
            return Ok(text);
        }
        self.forgive(DeviationKind::SurroundingSpace, at)?;
        Ok(match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_ascii()),
            Cow::Owned(text) => Cow::Owned(text.trim_ascii().into()),
        })
    }

    /// Goes on to the end of the element at this depth.
    pub(crate) fn leave(&mut self, depth: usize) -> Result<(), DecodeError> {
        while self.depth >= depth {
            self.node()?;
        }
        Ok(())
    }

    /// Keeps the current element as it is, and reports it.
    pub(crate) fn keep(&mut self, kind: DeviationKind) -> Result<(), DecodeError> {
        self.forgive(kind, self.at)?;
        let xml = self.fragment()?;
        push(&mut self.kept, Extra { parent: self.parent.into(), xml });
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
        let xml = self.declare(name, used, declared, rest)?;
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
        let xml = self.declare(name, used, declared, rest)?;
        Ok(Fragment::from_well_formed(xml.into()))
    }

    /// An element with declarations for the prefixes that it uses and does not declare.
    fn declare(
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
            let uri = match self.xml.resolver().resolve_prefix(prefix, true) {
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
                Node::Text(text) => super::writer::escape(&text, false, &mut xml),
                Node::Start => xml.push_str(self.fragment()?.as_str()),
            }
        }
    }

    /// Forgives a deviation at a place in the text, unless decoding is strict.
    pub(crate) fn forgive(&mut self, kind: DeviationKind, at: usize) -> Result<(), DecodeError> {
        let offset = self.offset(at);
        self.cx.forgive(kind, offset)
    }

    /// Forgives a deviation that is reported once.
    pub(crate) fn forgive_once(&mut self, kind: DeviationKind, at: usize) -> Result<(), DecodeError> {
        let offset = self.offset(at);
        self.cx.forgive_once(kind, offset)
    }

    /// Reports a mandatory field that is not there.
    pub(crate) fn missing(&mut self, field: &'static str, at: usize) -> Result<(), DecodeError> {
        self.cx.field = Some(field);
        if self.cx.is_strict() {
            return Err(self.error(DecodeErrorKind::MissingField, at));
        }
        self.forgive(DeviationKind::MissingField, at)?;
        self.cx.field = None;
        Ok(())
    }

    /// Counts one more list entry.
    pub(crate) fn count(&mut self) -> Result<(), DecodeError> {
        let offset = self.offset(self.at);
        self.cx.count(offset)
    }

    /// An error at a place in the text.
    pub(crate) fn error(&self, kind: DecodeErrorKind, at: usize) -> DecodeError {
        self.cx.error(kind, self.offset_from_mapped(at))
    }

    /// An error about the value of the current element.
    pub(crate) fn invalid(&self) -> DecodeError {
        self.error(DecodeErrorKind::InvalidText, self.at)
    }

    /// Where the reader is in the text.
    pub(crate) fn position(&self) -> usize {
        usize::try_from(self.xml.buffer_position()).unwrap_or(usize::MAX)
    }

    fn enter(&mut self, at: usize, len: usize, name_len: usize, is_empty: bool) -> Result<(), DecodeError> {
        self.depth += 1;
        self.at = at;
        self.tag = self.text.get(at + 1..at + 1 + len).unwrap_or_default();
        (self.name_len, self.is_empty) = (name_len, is_empty);
        self.attributes_read = false;
        if self.depth > self.max_depth {
            return Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Depth), at));
        }
        Ok(())
    }

    /// The text of `&name;`.
    fn reference(&self, name: &quick_xml::events::BytesRef<'_>, at: usize) -> Result<Cow<'a, str>, DecodeError> {
        let invalid = || self.error(DecodeErrorKind::InvalidXml, at);
        match name.resolve_char_ref() {
            Ok(Some(c)) if is_char(c) => Ok(Cow::Owned(c.into())),
            Ok(None) => quick_xml::escape::resolve_predefined_entity(name).map(Cow::Borrowed).ok_or_else(invalid),
            _ => Err(invalid()),
        }
    }

    /// Notes which prefixes the current element uses, after checking that it is well-formed.
    fn note(&mut self, used: &mut Prefixes<'a>) -> Result<(), DecodeError> {
        self.space()?;
        let full = self.full_name();
        if !is_name(full) {
            return Err(self.error(DecodeErrorKind::InvalidXml, self.at));
        }
        used.add(QName(full).prefix());
        if self.has_attributes() {
            self.attributes()?;
            for QName(name) in Attributes::new(self.tag, self.name_len).flatten().map(|attribute| attribute.key) {
                let prefix = QName(name).prefix();
                if prefix.is_some_and(|prefix| prefix.into_inner() != "xmlns") {
                    used.add(prefix);
                }
            }
        }
        Ok(())
    }

    fn full_name(&self) -> &'a str {
        self.tag.get(..self.name_len).unwrap_or_default()
    }

    pub(crate) fn has_attributes(&self) -> bool {
        self.tag.len() > self.name_len
    }

    /// Which octet of the input a place in the text is at.
    fn offset(&mut self, at: usize) -> usize {
        self.mapped = (at, self.offset_from_mapped(at));
        self.mapped.1
    }

    fn offset_from_mapped(&self, at: usize) -> usize {
        let (from, offset) = self.mapped;
        let between = |range| length_in(self.charset, self.text.get(range).unwrap_or_default());
        if at < from { offset.saturating_sub(between(at..from)) } else { offset.saturating_add(between(from..at)) }
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

fn local(name: &str) -> &str {
    memchr::memchr(b':', name.as_bytes()).and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// Whether this is a name with at most one colon (XML 1.0, 2.3; Namespaces in XML, 4).
pub(crate) fn is_name(name: &str) -> bool {
    let is_start = |c: char| c.is_alphabetic() || c == '_';
    let is_part = |c: char| is_start(c) || c.is_numeric() || matches!(c, '-' | '.' | '\u{b7}');
    let plain = |part: &str| part.starts_with(is_start) && part.chars().all(is_part);
    match name.split_once(':') {
        Some((prefix, local)) => plain(prefix) && plain(local),
        None => plain(name),
    }
}

/// Whether XML may contain the character (XML 1.0, 2.2).
pub(crate) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The schema with this namespace, which may be folded.
fn schema_of(uri: &str) -> Option<Schema> {
    // Longer than any, and looked at for each element that is in it.
    const MAX_URI: usize = 256;
    if uri.len() > MAX_URI {
        return None;
    }
    match Schema::from_uri(uri) {
        Some(schema @ Schema::Numbered { .. }) => Some(schema),
        _ => Schema::from_uri(&unfolded(uri)),
    }
}

/// A namespace as it is meant: without references, and without the line ends and blanks that come
/// from folding it in a manual.
fn unfolded(uri: &str) -> Cow<'_, str> {
    let uri = quick_xml::escape::unescape(uri).unwrap_or(Cow::Borrowed(uri));
    if uri.contains(|c: char| c.is_ascii_whitespace()) {
        uri.split_ascii_whitespace().collect::<String>().into()
    } else {
        uri
    }
}

//! A walk over the elements of an XML document: names, attributes, text.

mod attribute;
mod keep;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, Prefix, QName, ResolveResult};

use super::encoding::{Document, length_in};
use super::fragment::Extra;
use super::schema::Schema;
use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::message::{Charset, Str};
use crate::mime::context::Context;
use crate::options::{DeviationKind, Options};

pub(crate) use self::attribute::Attribute;

pub(crate) const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// SOAP 1.2, which TS 23.140 does not use.
const SOAP_12: &str = "http://www.w3.org/2003/05/soap-envelope";

/// Whether this is another name of the SOAP namespace, or another version of it.
pub(crate) fn is_like_soap(uri: &str) -> bool {
    const OTHERS: [&str; 3] =
        ["https://schemas.xmlsoap.org/soap/envelope/", "http://schemas.xmlsoap.org/soap/envelope", SOAP_12];
    OTHERS.contains(&uri)
}

/// Puts a piece of text behind the pieces before it, which are seldom more than none.
pub(crate) fn append<'a>(text: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if text.is_empty() {
        *text = more;
    } else {
        text.to_mut().push_str(&more);
    }
}

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

/// Reads one document.
pub(crate) struct Reader<'a> {
    xml: quick_xml::Reader<&'a [u8]>,
    /// The namespaces that elements declare. Its level is the depth of the innermost of these, or
    /// greater where that has ended.
    namespaces: NamespaceResolver,
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
    name: &'a str,
    name_len: usize,
    prefix: Option<Prefix<'a>>,
    has_attributes: bool,
    attributes_read: bool,
    /// The value of the attribute that is being read, in place of the content of the element.
    value: Option<Cow<'a, str>>,
    /// The namespace of the message.
    namespace: Str,
    /// What prefix has it, at which level of the namespaces.
    own_prefix: Option<(Option<Prefix<'a>>, u16)>,
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
        Self {
            xml: quick_xml::Reader::from_str(text),
            namespaces: NamespaceResolver::default(),
            text,
            charset: document.charset,
            has_returns: memchr::memchr(b'\r', text.as_bytes()).is_some(),
            mapped: (0, document.offset),
            cx,
            max_depth: options.limits.depth() * 4,
            depth: 0,
            is_empty: false,
            at: 0,
            tag: "",
            name: "",
            name_len: 0,
            prefix: None,
            has_attributes: false,
            attributes_read: true,
            value: None,
            namespace: Str::default(),
            own_prefix: None,
            schema: Schema::default(),
            is_fault: false,
            kept: Vec::new(),
            parent: "",
            // Namespace declarations are added to what is kept, so it may be longer than the input.
            kept_left: text.len().saturating_mul(2),
        }
    }

    /// Goes on to the next start tag, end, or text that is not blank.
    pub(crate) fn child(&mut self) -> Result<Node<'a>, DecodeError> {
        self.xml.config_mut().trim_text_start = true;
        let child = loop {
            match self.node() {
                Ok(Node::Text(text)) if text.trim_ascii().is_empty() => {}
                child => break child,
            }
        };
        self.xml.config_mut().trim_text_start = false;
        child
    }

    /// Goes on to the next start tag, text or end.
    pub(crate) fn node(&mut self) -> Result<Node<'a>, DecodeError> {
        if core::mem::take(&mut self.is_empty) {
            self.exit();
            return Ok(Node::End);
        }
        loop {
            let at = self.position();
            match self.xml.read_event() {
                Ok(Event::Start(tag)) => return self.enter(&tag, "<>".len()),
                Ok(Event::Empty(tag)) => {
                    self.is_empty = true;
                    return self.enter(&tag, "</>".len());
                }
                Ok(Event::End(_)) => {
                    self.exit();
                    return Ok(Node::End);
                }
                Ok(Event::Text(text)) if !self.has_returns => return Ok(Node::Text(text.into_inner())),
                Ok(Event::Text(text)) => return Ok(Node::Text(text.xml10_content())),
                Ok(Event::CData(text)) => return Ok(Node::Text(text.xml10_content())),
                Ok(Event::GeneralRef(name)) => return self.reference(&name, at).map(Node::Text),
                Ok(Event::Comment(_) | Event::PI(_)) => {}
                Ok(Event::Decl(_)) if self.text.get(..at).is_some_and(|before| before.trim_ascii().is_empty()) => {
                    if !self.text.starts_with('<') {
                        self.forgive(DeviationKind::StrayOctets, 0)?;
                    }
                }
                Ok(Event::DocType(_)) => {
                    let rest = self.text.get(at..).unwrap_or_default().trim_ascii_start();
                    return Err(self.error(DecodeErrorKind::DocumentType, self.text.len() - rest.len()));
                }
                Ok(Event::Eof) if self.depth == 0 => return Ok(Node::End),
                Ok(Event::Eof) => return Err(self.error(DecodeErrorKind::UnexpectedEnd, at)),
                Ok(Event::Decl(_)) => return Err(self.error(DecodeErrorKind::InvalidXml, at)),
                Err(error) => {
                    let at = usize::try_from(self.xml.error_position()).unwrap_or(at);
                    let kind = match error {
                        quick_xml::Error::Syntax(_) => DecodeErrorKind::UnexpectedEnd,
                        _ => DecodeErrorKind::InvalidXml,
                    };
                    return Err(self.error(kind, at));
                }
            }
        }
    }

    /// The name of the current element without its prefix.
    pub(crate) fn name(&self) -> &'a str {
        self.name
    }

    /// Whether the current element has this name, in whatever letters.
    pub(crate) fn is_named(&mut self, known: &str) -> Result<bool, DecodeError> {
        let is_named = self.name.eq_ignore_ascii_case(known);
        if is_named && self.name != known {
            self.forgive(DeviationKind::LetterCase, self.at)?;
        }
        Ok(is_named)
    }

    /// Where the current element begins in the text.
    pub(crate) fn start(&self) -> usize {
        self.at
    }

    /// What namespace the current element is in.
    pub(crate) fn space(&self) -> Result<Space, DecodeError> {
        if self.own_prefix == Some((self.prefix, self.namespaces.level())) {
            return Ok(Space::Message);
        }
        Ok(match self.namespaces.resolve_prefix(self.prefix, true) {
            ResolveResult::Unbound => Space::None,
            ResolveResult::Bound(Namespace(uri)) if uri == &*self.namespace => Space::Message,
            ResolveResult::Bound(Namespace(SOAP)) => Space::Soap,
            ResolveResult::Bound(Namespace("")) => Space::None,
            ResolveResult::Bound(Namespace(uri)) if is_like_soap(uri) => Space::LikeSoap,
            ResolveResult::Bound(Namespace(uri)) if Schema::of_uri(uri).is_some() => Space::Family,
            ResolveResult::Bound(_) => Space::Foreign,
            ResolveResult::Unknown(_) => return Err(self.error(DecodeErrorKind::InvalidXml, self.at)),
        })
    }

    /// Whether the current element is in a namespace of somebody's own. Reports another one than that of
    /// the message.
    pub(crate) fn is_foreign(&mut self) -> Result<bool, DecodeError> {
        match self.space()? {
            Space::Message => {}
            // The children of a fault have no namespace (SOAP 1.1, 4.4).
            Space::None if self.is_fault => {}
            Space::None => self.forgive_once(DeviationKind::MissingNamespace, self.at)?,
            Space::Family | Space::Soap | Space::LikeSoap => {
                self.forgive_once(DeviationKind::WrongNamespace, self.at)?;
            }
            Space::Foreign => return Ok(true),
        }
        Ok(false)
    }

    /// The namespace of the current element, if it is one of MM7: as it is written, and which it is.
    pub(crate) fn mm7_namespace(&self) -> Option<(Str, Schema)> {
        match self.namespaces.resolve_prefix(self.prefix, true) {
            ResolveResult::Bound(Namespace(uri)) => {
                let schema = Schema::of_uri(uri)?;
                let known = schema.known_uri().filter(|known| *known == uri);
                Some((known.map_or_else(|| uri.into(), Str::from_static), schema))
            }
            _ => None,
        }
    }

    /// The namespace of the current element, if it is somebody's own and an element of MM7 may be
    /// written in it.
    pub(crate) fn foreign_namespace(&self) -> Option<Str> {
        let ResolveResult::Bound(Namespace(uri)) = self.namespaces.resolve_prefix(self.prefix, true) else {
            return None;
        };
        // What is written as it is compared: without references.
        let is_plain = |octet: u8| octet.is_ascii_graphic() && !matches!(octet, b'&' | b'<' | b'>' | b'"');
        let is_own = matches!(self.space(), Ok(Space::Foreign)) && !uri.starts_with("http://www.w3.org/");
        (is_own && uri.bytes().all(is_plain)).then(|| uri.into())
    }

    /// Whether the current element is in the namespace of SOAP 1.2.
    pub(crate) fn is_soap_12(&self) -> bool {
        self.namespaces.resolve_prefix(self.prefix, true) == ResolveResult::Bound(Namespace(SOAP_12))
    }

    /// Takes this namespace for that of the message, which the current element is.
    pub(crate) fn set_namespace(&mut self, uri: Str, schema: Schema) {
        (self.namespace, self.schema) = (uri, schema);
        if let (Ok(Space::Message), Ok(level)) = (self.space(), u16::try_from(self.depth)) {
            self.namespaces.set_level(level);
            self.own_prefix = Some((self.prefix, level));
        }
    }

    /// The namespace that [`set_namespace`](Self::set_namespace) set.
    pub(crate) fn namespace(&self) -> &Str {
        &self.namespace
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
                Node::Text(more) => append(&mut text, more),
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
        let offset = self.offset(at);
        self.cx.missing(field, offset)
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

    /// Makes an element the current one. `around` counts the octets around what is in its tag.
    fn enter(&mut self, tag: &BytesStart<'a>, around: usize) -> Result<Node<'a>, DecodeError> {
        self.depth += 1;
        self.at = self.position().saturating_sub(tag.len() + around);
        self.tag = self.text.get(self.at + 1..).and_then(|rest| rest.get(..tag.len())).unwrap_or_default();
        let QName(full) = tag.name();
        self.name_len = full.len();
        let full = self.full_name();
        self.name = local(full);
        self.prefix = if self.name.len() < full.len() { QName(full).prefix() } else { None };
        if self.prefix.is_some() && self.name.contains(':') {
            return Err(self.error(DecodeErrorKind::InvalidXml, self.at));
        }
        self.attributes_read = false;
        let outer = u16::try_from(self.depth - 1).ok().filter(|_| self.depth <= self.max_depth);
        let outer = outer.ok_or_else(|| self.error(DecodeErrorKind::LimitExceeded(Limit::Depth), self.at))?;
        self.has_attributes = false;
        if self.tag.len() > self.name_len {
            self.declare(outer + 1)?;
        }
        Ok(Node::Start)
    }

    /// Ends the current element, and what it declared.
    fn exit(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if let Ok(depth) = u16::try_from(self.depth)
            && depth < self.namespaces.level()
        {
            self.namespaces.set_level(depth);
            self.own_prefix = self.own_prefix.filter(|(_, level)| *level <= depth);
        }
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

    fn full_name(&self) -> &'a str {
        self.tag.get(..self.name_len).unwrap_or_default()
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

//! A walk over the elements of an XML document: names, attributes, text.

mod attribute;
mod keep;
mod undeclared;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use quick_xml::events::BytesRef;

use super::attribute::RawAttribute;
use super::document::Document;
use super::entity::entity;
use super::name::{is_char, is_reference, nearest, split};
use super::namespace::{Binding, Namespaces};
use super::syntax::{is_comment, is_declaration, is_instruction};
use super::token::{NoToken, Token, Tokens};
use crate::context::{Context, Decoding};
use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::list::push;
use crate::message::Str;
use crate::octet_set::{find, same};
use crate::options::DeviationKind;

pub(crate) use self::attribute::{Attribute, MAX_ATTRIBUTES};
pub(crate) use self::undeclared::{Meant, Vocabulary};

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

/// What a reader notes of a namespace where it is declared.
pub(crate) trait Kind: Copy {
    /// `own` is the namespace that the document is about.
    fn of(uri: &str, own: &str) -> Self;

    /// Whether the reader knows nothing of it, so that it has to be a URI.
    fn is_foreign(self) -> bool;

    /// Whether it is that of attributes which XML or XML Schema allow in every element.
    fn is_of_xml(self) -> bool;
}

/// Reads one document.
pub(crate) struct Reader<'a, K> {
    tokens: Tokens<'a>,
    namespaces: Namespaces<'a, K>,
    vocabulary: &'static Vocabulary,
    /// The namespace that the document is about.
    own: Str,
    /// What is taken for it where a prefix is not declared, and whether it was.
    assumed: Option<Str>,
    is_assumed: bool,
    text: &'a str,
    document: &'a Document<'a>,
    /// There are carriage returns, which line ends lose (XML 1.0, 2.11).
    has_returns: bool,
    /// There are closing brackets, with which a CDATA section ends.
    has_brackets: bool,
    /// What makes the document well-formed where it is not, in its order: the octets of the text in place of
    /// which something else belongs.
    repairs: Vec<Repair>,
    /// How deep the elements are that are open and whose names are none.
    renamed: Vec<usize>,
    cx: &'a mut Context,
    max_depth: usize,
    pub(crate) depth: usize,
    /// The current element is empty, without an end tag.
    is_empty: bool,
    /// Offset of the current element in the text, and the text between its angle brackets.
    at: usize,
    tag: &'a str,
    name: &'a str,
    name_len: usize,
    prefix: Option<&'a str>,
    has_attributes: bool,
    /// The names of the attributes of an element, while its tag is checked.
    names: Vec<RawAttribute<'a>>,
    attributes_read: bool,
    kept_left: usize,
}

impl<'a, K: Kind> Reader<'a, K> {
    pub(crate) fn new(document: &'a Document<'_>, cx: &'a mut Context, vocabulary: &'static Vocabulary) -> Self {
        let text = &*document.text;
        Self {
            tokens: Tokens::new(text),
            namespaces: Namespaces::new(|uri| K::of(uri, "")),
            vocabulary,
            own: Str::default(),
            assumed: None,
            is_assumed: false,
            text,
            document,
            has_returns: memchr::memchr(b'\r', text.as_bytes()).is_some(),
            has_brackets: memchr::memchr(b']', text.as_bytes()).is_some(),
            repairs: Vec::new(),
            renamed: Vec::new(),
            max_depth: cx.elements_left(),
            cx,
            depth: 0,
            is_empty: false,
            at: 0,
            tag: "",
            name: "",
            name_len: 0,
            prefix: None,
            has_attributes: false,
            names: Vec::new(),
            attributes_read: true,
            kept_left: document.octets.saturating_mul(2).saturating_add(KEPT),
        }
    }

    /// Advances to the next start tag, end, or text that is not blank.
    pub(crate) fn child(&mut self) -> Result<Node<'a>, DecodeError> {
        loop {
            // The end of an empty element is before the white space behind it.
            if !self.is_empty {
                self.tokens.skip_space();
            }
            match self.node() {
                Ok(Node::Text(text)) if text.trim_ascii().is_empty() => {}
                child => return child,
            }
        }
    }

    /// Advances to the next start tag, text or end.
    pub(crate) fn node(&mut self) -> Result<Node<'a>, DecodeError> {
        if core::mem::take(&mut self.is_empty) {
            self.exit();
            return Ok(Node::End);
        }
        loop {
            let at = self.position();
            match self.tokens.next().map_err(|NoToken { kind, at }| self.error(kind, at))? {
                Token::Start { tag, name_len, is_empty } => {
                    self.is_empty = is_empty;
                    return self.enter(at, tag, name_len);
                }
                Token::End(name) => {
                    if self.renamed.last() == Some(&self.depth) {
                        self.renamed.pop();
                        self.repairs.push(Repair::new(at + "</".len(), name.len(), nearest(name)));
                    }
                    self.exit();
                    return Ok(Node::End);
                }
                Token::Text(text) => {
                    if text.starts_with('&') {
                        self.reference_to(at, "&".len(), '&')?;
                    }
                    if self.has_brackets {
                        self.check_text(at)?;
                    }
                    return Ok(Node::Text(self.without_returns(text)));
                }
                Token::Data(text) => return Ok(Node::Text(self.without_returns(text))),
                Token::Reference(name) => {
                    let (length, character) = match entity(name) {
                        Some(character) => (name.len() + "&;".len(), character),
                        None if is_reference(name) => return self.reference(name, at).map(Node::Text),
                        None => ("&".len(), '&'),
                    };
                    self.reference_to(at, length, character)?;
                    let behind = self.text.get(at + length..self.position()).unwrap_or_default();
                    return Ok(Node::Text(alloc::format!("{character}{behind}").into()));
                }
                Token::Comment(comment) => self.check_markup(at, is_comment(comment))?,
                Token::Instruction(instruction) => self.check_markup(at, is_instruction(instruction))?,
                Token::Declaration(declaration)
                    if self.text.get(..at).is_some_and(|before| before.trim_ascii().is_empty()) =>
                {
                    if at > 0 {
                        self.forgive(DeviationKind::StrayOctets, 0)?;
                    }
                    self.check_markup(at, is_declaration(declaration))?;
                }
                Token::Declaration(_) => return Err(self.error(DecodeErrorKind::InvalidXml, at)),
                Token::DocumentType => return Err(self.error(DecodeErrorKind::DocumentType, at)),
                Token::EndOfDocument if self.depth == 0 => return Ok(Node::End),
                Token::EndOfDocument => return Err(self.error(DecodeErrorKind::UnexpectedEnd, at)),
            }
        }
    }

    /// The name of the current element without its prefix.
    pub(crate) const fn name(&self) -> &'a str {
        self.name
    }

    /// Whether the current element has this name, in whatever letters.
    pub(crate) fn is_named(&mut self, known: &str) -> Result<bool, DecodeError> {
        let is_named = self.name.eq_ignore_ascii_case(known);
        if is_named && !same(self.name, known) {
            self.forgive(DeviationKind::LetterCase, self.at)?;
        }
        Ok(is_named)
    }

    /// Where the current element begins in the text.
    pub(crate) const fn start(&self) -> usize {
        self.at
    }

    /// What is noted of the namespace of the current element.
    pub(crate) fn kind(&mut self) -> Result<K, DecodeError> {
        match self.namespaces.find(self.prefix).and_then(|index| self.namespaces.get(index)) {
            Some(binding) => Ok(binding.kind),
            None => self.assume_kind(),
        }
    }

    /// The namespace of the current element.
    pub(crate) fn binding(&self) -> Option<&Binding<'a, K>> {
        self.namespaces.resolve(self.prefix)
    }

    /// Takes this namespace for the one that the document is about.
    pub(crate) fn set_own(&mut self, uri: Str) {
        self.own = uri;
        for binding in self.namespaces.iter_mut() {
            binding.kind = K::of(&binding.uri, &self.own);
        }
    }

    /// The namespace that [`set_own`](Self::set_own) set.
    pub(crate) const fn own(&self) -> &Str {
        &self.own
    }

    /// Advances to the end of the element at this depth.
    pub(crate) fn leave(&mut self, depth: usize) -> Result<(), DecodeError> {
        while self.depth >= depth {
            self.node()?;
        }
        Ok(())
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.cx.is_strict()
    }

    /// Forgives a deviation at a place in the text, unless decoding is strict.
    pub(crate) fn forgive(&mut self, kind: DeviationKind, at: usize) -> Result<(), DecodeError> {
        let offset = self.offset(at);
        self.cx.forgive(kind, offset)
    }

    /// Forgives a deviation of the current element, unless decoding is strict.
    pub(crate) fn forgive_here(&mut self, kind: DeviationKind) -> Result<(), DecodeError> {
        self.forgive(kind, self.at)
    }

    /// Forgives a deviation of the current element that is reported once.
    pub(crate) fn forgive_once_here(&mut self, kind: DeviationKind) -> Result<(), DecodeError> {
        self.forgive_once(kind, self.at)
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
        self.cx.error(kind, self.offset(at))
    }

    /// An error about the value of the current element.
    pub(crate) fn invalid(&self) -> DecodeError {
        self.error(DecodeErrorKind::InvalidText, self.at)
    }

    /// Where the reader is in the text.
    pub(crate) const fn position(&self) -> usize {
        self.tokens.position()
    }

    /// Makes an element the current one.
    fn enter(&mut self, at: usize, tag: &'a str, name_len: usize) -> Result<Node<'a>, DecodeError> {
        self.depth += 1;
        (self.at, self.tag, self.name_len) = (at, tag, name_len);
        (self.prefix, self.name) = split(self.full_name());
        if self.prefix.is_some() && find(b':', self.name.as_bytes()).is_some() {
            return Err(self.error(DecodeErrorKind::InvalidXml, self.at));
        }
        self.attributes_read = false;
        if self.depth > self.max_depth {
            return Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Depth), self.at));
        }
        self.has_attributes = false;
        if self.tag.len() > self.name_len {
            self.declare()?;
        }
        Ok(Node::Start)
    }

    /// Ends the current element, and what it declared.
    fn exit(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.namespaces.leave(self.depth);
    }

    /// Reports that the document is not well-formed here, and notes what would make it so.
    fn malformed(&mut self, repair: Repair) -> Result<(), DecodeError> {
        self.forgive(DeviationKind::InvalidXml, repair.at)?;
        push(&mut self.repairs, repair);
        Ok(())
    }

    /// Reports the end of a CDATA section in the text that began at `at` and ends here (XML 1.0, 2.4).
    #[cold]
    fn check_text(&mut self, at: usize) -> Result<(), DecodeError> {
        const END: &str = "]]>";
        let text = self.text.get(at..self.position()).unwrap_or_default();
        for end in memchr::memmem::find_iter(text.as_bytes(), END) {
            self.malformed(Repair::new(at + end + "]]".len(), ">".len(), "&gt;"))?;
        }
        Ok(())
    }

    /// Reports a comment, instruction or declaration that began behind `at`, ends here, and is not valid.
    fn check_markup(&mut self, at: usize, is_valid: bool) -> Result<(), DecodeError> {
        if is_valid {
            return Ok(());
        }
        let markup = self.text.get(at..self.position()).unwrap_or_default();
        let length = markup.trim_ascii_start().len();
        self.malformed(Repair::new(self.position() - length, length, ""))
    }

    /// Reports an ampersand that begins no reference (XML 1.0, 2.4), or a reference to a name that is not declared,
    /// and the character that is read in place of it.
    #[cold]
    fn reference_to(&mut self, at: usize, length: usize, character: char) -> Result<(), DecodeError> {
        let with = if character == '&' { "&amp;".into() } else { String::from(character) };
        self.malformed(Repair::new(at, length, with))
    }

    /// The text of `&name;`.
    fn reference(&self, name: &str, at: usize) -> Result<Cow<'a, str>, DecodeError> {
        let invalid = || self.error(DecodeErrorKind::InvalidXml, at);
        match BytesRef::new(name).resolve_char_ref() {
            Ok(Some(c)) if is_char(c) => Ok(Cow::Owned(c.into())),
            Ok(None) => quick_xml::escape::resolve_predefined_entity(name).map(Cow::Borrowed).ok_or_else(invalid),
            _ => Err(invalid()),
        }
    }

    /// The text with the line ends that XML has (XML 1.0, 2.11).
    fn without_returns(&self, text: &'a str) -> Cow<'a, str> {
        match self.has_returns {
            true if text.contains('\r') => text.replace("\r\n", "\n").replace('\r', "\n").into(),
            _ => text.into(),
        }
    }

    fn full_name(&self) -> &'a str {
        self.tag.get(..self.name_len).unwrap_or_default()
    }

    /// Which octet of the input a place in the text is at.
    fn offset(&self, at: usize) -> usize {
        self.document.offset_of(at)
    }
}

impl<K> Decoding for Reader<'_, K> {
    fn context(&mut self) -> &mut Context {
        self.cx
    }
}

/// Octets of the text, and what belongs in place of them.
#[derive(Debug)]
struct Repair {
    at: usize,
    length: usize,
    with: Cow<'static, str>,
}

impl Repair {
    fn new(at: usize, length: usize, with: impl Into<Cow<'static, str>>) -> Self {
        Self { at, length, with: with.into() }
    }
}

/// How much longer than the input all that is kept may be together, since the namespaces that it uses are declared
/// in each piece: some hundred elements in the namespace of the message.
const KEPT: usize = 16 * 1024;

//! Reading XML as MM7 does: with the schema of the message, and what it lacks kept.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::{Deref, DerefMut};

use super::fragment::{Extra, Fragment};
use super::namespace::{Kind, Space};
use super::schema::{SOAP_12, Schema, may_be_of_a_message};
use crate::context::{Context, Decoding};
use crate::error::DecodeError;
use crate::list::push;
use crate::message::Str;
use crate::options::DeviationKind;
use crate::xml::document::Document;
use crate::xml::reader::{self, Node, Vocabulary, append};

/// Reads one document: a reader of XML, and what the schema says.
pub(crate) struct Reader<'a> {
    xml: reader::Reader<'a, Kind>,
    /// The value of the attribute that is being read, in place of the content of the element.
    value: Option<Cow<'a, str>>,
    pub(crate) schema: Schema,
    /// The elements of a fault are being read.
    pub(crate) is_fault: bool,
    /// Addresses are plain text in the field that is being read.
    pub(crate) is_plain: bool,
    /// Only the fields that [`Peek`](super::Peek) has are read.
    pub(crate) is_peek: bool,
    /// Elements that are kept as they are.
    pub(crate) kept: Vec<Extra>,
    /// The parent of the current element, if it is kept.
    pub(crate) parent: &'static str,
}

impl<'a> Deref for Reader<'a> {
    type Target = reader::Reader<'a, Kind>;

    fn deref(&self) -> &Self::Target {
        &self.xml
    }
}

impl DerefMut for Reader<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.xml
    }
}

impl Decoding for Reader<'_> {
    fn context(&mut self) -> &mut Context {
        self.xml.context()
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn new(document: &'a Document<'_>, cx: &'a mut Context, vocabulary: &'static Vocabulary) -> Self {
        Self {
            xml: reader::Reader::new(document, cx, vocabulary),
            value: None,
            schema: Schema::default(),
            is_fault: false,
            is_plain: false,
            is_peek: false,
            kept: Vec::new(),
            parent: "",
        }
    }

    /// What namespace the current element is in.
    pub(crate) fn space(&mut self) -> Result<Space, DecodeError> {
        Ok(self.kind()?.space())
    }

    /// Whether the current element is in a proprietary namespace. Reports another one than the one of
    /// the message.
    pub(crate) fn is_foreign(&mut self) -> Result<bool, DecodeError> {
        match self.space()? {
            Space::Message => {}
            // The children of a fault have no namespace (SOAP 1.1, 4.4).
            Space::None if self.is_fault => {}
            Space::None => self.forgive_once_here(DeviationKind::MissingNamespace)?,
            Space::Family | Space::Soap | Space::LikeSoap => {
                self.forgive_once_here(DeviationKind::WrongNamespace)?;
            }
            Space::Foreign => return Ok(true),
        }
        Ok(false)
    }

    /// The namespace of the current element, if it is one of MM7: as it is written, and which it is.
    pub(crate) fn mm7_namespace(&self) -> Option<(Str, Schema)> {
        let uri = &*self.binding()?.uri;
        let schema = Schema::of_uri(uri)?;
        let known = schema.known_uri().filter(|known| *known == uri);
        Some((known.map_or_else(|| uri.into(), Str::from_static), schema))
    }

    /// The namespace of the current element, if it is proprietary and an element of MM7 may be
    /// written in it.
    pub(crate) fn foreign_namespace(&self) -> Option<Str> {
        let uri = &*self.binding().filter(|binding| binding.kind.space() == Space::Foreign)?.uri;
        may_be_of_a_message(uri).then(|| uri.into())
    }

    /// Whether the current element is in the namespace of SOAP 1.2.
    pub(crate) fn is_soap_12(&self) -> bool {
        self.binding().is_some_and(|binding| binding.uri == SOAP_12)
    }

    /// Makes this namespace the one of the message, which the current element is.
    pub(crate) fn set_namespace(&mut self, uri: Str, schema: Schema) {
        self.set_own(uri);
        self.schema = schema;
    }

    /// Makes [`text`](Self::text) give this value next, in place of the content of the element.
    pub(crate) fn set_value(&mut self, value: Cow<'a, str>) {
        self.value = Some(value);
    }

    /// The value that was set, if there is one.
    pub(crate) const fn take_value(&mut self) -> Option<Cow<'a, str>> {
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
        let at = self.start();
        let text = self.text()?;
        let bare = text.trim_ascii();
        if bare.len() == text.len() || self.is_strict() {
            return Ok(text);
        }
        self.forgive(DeviationKind::SurroundingSpace, at)?;
        Ok(match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_ascii()),
            Cow::Owned(text) => Cow::Owned(text.trim_ascii().into()),
        })
    }

    /// Keeps the current element as it is, and reports it.
    pub(crate) fn keep(&mut self, kind: DeviationKind) -> Result<(), DecodeError> {
        self.forgive_here(kind)?;
        let xml = self.fragment()?;
        push(&mut self.kept, Extra { parent: self.parent.into(), xml });
        Ok(())
    }

    /// Leaves out the current element, which says that it has no value; what it has all the same is kept.
    pub(crate) fn leave_out(&mut self) -> Result<(), DecodeError> {
        self.forgive_here(DeviationKind::EmptyValue)?;
        let extra = Extra { parent: self.parent.into(), xml: self.fragment()? };
        if !extra.is_empty() {
            push(&mut self.kept, extra);
        }
        Ok(())
    }

    /// Keeps the element that began at `at` and has just ended.
    pub(crate) fn keep_value(&mut self, at: usize) -> Result<(), DecodeError> {
        if let Some(extra) = self.value_to_keep(at)? {
            push(&mut self.kept, extra);
        }
        Ok(())
    }

    /// The element that began at `at` and has just ended, as it would be kept.
    pub(crate) fn value_to_keep(&mut self, at: usize) -> Result<Option<Extra>, DecodeError> {
        let xml = Fragment::parse(&self.ended(at)?).ok();
        Ok(xml.map(|xml| Extra { parent: self.parent.into(), xml }))
    }

    /// The current element up to its end.
    pub(crate) fn fragment(&mut self) -> Result<Fragment, DecodeError> {
        Ok(Fragment::from_well_formed(self.xml.fragment()?.into()))
    }

    /// The content of the current element, up to its end.
    pub(crate) fn content(&mut self) -> Result<Fragment, DecodeError> {
        Ok(Fragment::from_well_formed(self.xml.content()?.into()))
    }
}

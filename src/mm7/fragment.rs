//! XML that is kept as it was.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::namespace::{Kind, Space};
use super::schema::Schema;
use crate::context::Context;
use crate::conversion::arbitrary;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::list::push;
use crate::message::{Charset, Str};
use crate::options::Options;
use crate::xml::attribute::RawAttributes;
use crate::xml::document::Document;
use crate::xml::name::is_char;
use crate::xml::reader::{Node, Reader, Vocabulary};
use crate::xml::writer::escape;

/// A self-contained piece of XML content: well-formed, and with all its namespaces declared.
///
/// Whatever this crate does not know is kept as such a piece; it is also the free content of
/// `Status/Details`.
///
/// # Examples
///
/// ```
/// use mms_codec::mm7::Fragment;
///
/// let text = Fragment::text("1 < 2").unwrap();
/// assert_eq!(text.as_str(), "1 &lt; 2");
/// assert_eq!(text.to_text().as_deref(), Some("1 < 2"));
///
/// let xml = Fragment::parse("<v:Reason xmlns:v=\"urn:vendor\">6102</v:Reason>").unwrap();
/// assert_eq!(xml.to_text(), None);
/// assert!(Fragment::parse("<v:Reason>6102</v:Reason>").is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Fragment(Str);

impl Fragment {
    /// Text without elements. `None` if it has a character that XML does not allow.
    pub fn text(text: &str) -> Option<Self> {
        let mut xml = String::new();
        escape(text, false, &mut xml);
        text.chars().all(is_char).then(|| Self(xml.into()))
    }

    /// Content between two tags: text, elements, or both.
    ///
    /// # Errors
    ///
    /// What is not well-formed, names an undeclared namespace or entity, or nests too deep.
    pub fn parse(xml: &str) -> Result<Self, DecodeError> {
        let options = Options::strict();
        let text = format!("<_>{xml}</_>");
        let mut cx = Context::new(&options, text.len());
        let document = Document::decode(text.as_bytes(), Some("utf-8"), 0, &options.limits, &mut cx)?;
        let document = Document { charset: Charset::UTF_8, ..document };
        let mut reader = Reader::<Kind>::new(&document, &mut cx, &Vocabulary::EMPTY);
        let end = reader.error(DecodeErrorKind::InvalidXml, 0);
        let Node::Start = reader.node()? else { return Err(end) };
        let content = Self(reader.content()?.into());
        // An end tag in the text must not end the element around it.
        if reader.position() < text.len() {
            return Err(end);
        }
        Ok(content)
    }

    pub(crate) const fn from_well_formed(xml: Str) -> Self {
        Self(xml)
    }

    /// The XML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The names of its elements that are not in a proprietary namespace, as a reader of a message in
    /// this schema sees them.
    pub(crate) fn own_names(&self, schema: &Schema) -> Vec<Str> {
        let mut names = Vec::new();
        if self.0.contains('<') {
            // Whatever cannot be read is not a field either.
            let _ = self.note_own_names(schema, &mut names);
        }
        names
    }

    fn note_own_names(&self, schema: &Schema, names: &mut Vec<Str>) -> Result<(), DecodeError> {
        let options = Options::lenient();
        let text = format!("<_>{}</_>", self.0);
        let mut cx = Context::new(&options, text.len());
        let document = Document::decode(text.as_bytes(), Some("utf-8"), 0, &options.limits, &mut cx)?;
        let mut reader = Reader::<Kind>::new(&document, &mut cx, &Vocabulary::EMPTY);
        // Shared, since it may be as long as a message.
        let uri = match schema {
            Schema::Other(uri) => uri.clone(),
            schema => schema.uri().as_ref().into(),
        };
        reader.set_own(uri);
        reader.node()?;
        loop {
            match reader.node()? {
                Node::End => return Ok(()),
                Node::Text(_) => {}
                Node::Start => {
                    if reader.kind()?.space() != Space::Foreign {
                        push(names, reader.name().into());
                    }
                    let depth = reader.depth;
                    while reader.depth >= depth {
                        reader.node()?;
                    }
                }
            }
        }
    }

    /// The text, if it has no elements.
    #[must_use]
    pub fn to_text(&self) -> Option<Cow<'_, str>> {
        if self.0.contains('<') {
            return None;
        }
        quick_xml::escape::unescape(&self.0).ok()
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Fragment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let xml = Str::deserialize(deserializer)?;
        Self::parse(&xml).map_err(serde::de::Error::custom)
    }
}

arbitrary!(Fragment, |u| {
    let text = Str::arbitrary(u)?;
    let xml = if u.arbitrary()? { format!("a &amp; <x xmlns=\"\">{text}</x>").into() } else { text };
    Self::parse(&xml).map_err(|_| arbitrary::Error::IncorrectFormat)
});

/// An element that the message does not have, kept as it was.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Extra {
    /// The parent element: empty for the message itself, else `SenderIdentification`,
    /// `Recipients` and so on.
    pub parent: Str,
    /// The element; in the `detail` of a fault also text.
    pub xml: Fragment,
}

impl Extra {
    /// An element of the message itself.
    #[must_use]
    pub fn new(xml: Fragment) -> Self {
        Self { parent: Str::default(), xml }
    }

    /// The name of the element, with its prefix; nothing for text.
    #[must_use]
    pub fn name(&self) -> &str {
        let rest = self.xml.as_str().strip_prefix('<').unwrap_or_default();
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// The name of the element without a prefix of a namespace of MM7.
    pub(crate) fn field_name(&self) -> &str {
        let name = self.name();
        let Some((prefix, local)) = name.split_once(':') else { return name };
        let tag = self.xml.as_str().split('>').next().unwrap_or_default();
        let mut attributes = RawAttributes::new(tag, 1 + name.len()).flatten();
        let declaration = attributes.find(|attribute| attribute.declares() == Some(Some(prefix)));
        match declaration.is_some_and(|declaration| Schema::of_uri(declaration.value).is_some()) {
            true => local,
            false => name,
        }
    }

    /// Whether the element is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.xml.as_str().ends_with("/>") || self.text().is_some_and(|text| text.is_empty())
    }

    /// The content of the element, if that is only text.
    #[must_use]
    pub fn text(&self) -> Option<Cow<'_, str>> {
        if self.name().is_empty() {
            return self.xml.to_text();
        }
        let (_, content) = self.xml.as_str().split_once('>')?;
        let (content, end) = content.rsplit_once("</")?;
        if end.trim_end_matches('>').trim_end() != self.name() {
            return None;
        }
        if let Some(text) = content.strip_prefix("<![CDATA[").and_then(|content| content.strip_suffix("]]>")) {
            return (!text.contains("]]>")).then_some(Cow::Borrowed(text));
        }
        quick_xml::escape::unescape(content).ok().filter(|_| !content.contains('<'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_cannot_stand_alone() {
        for xml in
            ["<a>", "</_>", "</_><_>", "<a></b>", "a & b", "&x;", "<p:a/>", "<a p:b=''/>", "<!DOCTYPE a>", "<1/>"]
        {
            assert!(Fragment::parse(xml).is_err(), "{xml}");
        }
        for xml in ["", "text", "<a/>", "a &lt; <b xmlns:p='u' p:c='d'><p:e/></b> f"] {
            assert!(Fragment::parse(xml).is_ok(), "{xml}");
        }
    }
}

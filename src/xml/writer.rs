//! Writing an XML document.

use alloc::string::String;

use super::name::is_char;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::octet_set::plain_length_except;

/// Writes one document.
pub(crate) struct Writer {
    out: String,
    /// The start tag written last still lacks its angle bracket.
    is_open: bool,
    /// Text goes into the value of an attribute.
    in_attribute: bool,
}

/// A place in the output to come back to.
pub(crate) struct Mark(usize, bool);

impl Writer {
    pub(crate) fn new() -> Self {
        Self { out: String::with_capacity(2048), is_open: false, in_attribute: false }
    }

    pub(crate) fn start(&mut self, name: &str) {
        self.close();
        self.out.push('<');
        self.out.push_str(name);
        self.is_open = true;
    }

    pub(crate) fn end(&mut self, name: &str) {
        if core::mem::take(&mut self.is_open) {
            self.out.push_str("/>");
            return;
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An attribute of the element that was started last.
    pub(crate) fn attribute(&mut self, name: &str, value: &str) -> Result<(), EncodeError> {
        self.start_attribute(name);
        self.text(value)?;
        self.end_attribute();
        Ok(())
    }

    pub(crate) fn start_attribute(&mut self, name: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.in_attribute = true;
    }

    pub(crate) fn end_attribute(&mut self) {
        self.out.push('"');
        self.in_attribute = false;
    }

    /// Text of the current element, or of the attribute that was started.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        // As nearly all text is: neither refused nor escaped.
        let is_plain = plain_length_except(*b"<>&\"", text.as_bytes()) == text.len();
        if !is_plain && let Some(c) = text.chars().find(|c| !is_char(*c)) {
            return Err(match u8::try_from(u32::from(c)) {
                Ok(control) => EncodeErrorKind::ControlCharacter(control).into(),
                Err(_) => EncodeErrorKind::InvalidText.into(),
            });
        }
        if !self.in_attribute && !text.is_empty() {
            self.close();
        }
        if is_plain {
            self.out.push_str(text);
        } else {
            escape(text, self.in_attribute, &mut self.out);
        }
        Ok(())
    }

    /// XML that is well-formed by itself.
    pub(crate) fn raw(&mut self, xml: &str) {
        if !xml.is_empty() {
            self.close();
        }
        self.out.push_str(xml);
    }

    /// Whether nothing was written into the element that was started last.
    pub(crate) const fn is_open(&self) -> bool {
        self.is_open
    }

    pub(crate) const fn mark(&self) -> Mark {
        Mark(self.out.len(), self.is_open)
    }

    /// Takes back what was written since.
    pub(crate) fn go_back(&mut self, Mark(len, is_open): Mark) {
        self.out.truncate(len);
        (self.is_open, self.in_attribute) = (is_open, false);
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn close(&mut self) {
        if core::mem::take(&mut self.is_open) {
            self.out.push('>');
        }
    }
}

/// How long text is after [`escape`] outside of attributes.
pub(crate) fn escaped_len(text: &str) -> usize {
    let more = |octet: u8| match octet {
        b'<' | b'>' => "&lt;".len() - 1,
        b'&' | b'\r' => "&amp;".len() - 1,
        _ => 0,
    };
    text.len() + text.bytes().map(more).sum::<usize>()
}

/// Appends text so that a reader gets every character back.
pub(crate) fn escape(text: &str, in_attribute: bool, out: &mut String) {
    let mut rest = text;
    let special = |c: char| match c {
        '<' | '>' | '&' | '\r' => true,
        // Else they would become blanks (XML 1.0, 3.3.3).
        '"' | '\t' | '\n' => in_attribute,
        _ => false,
    };
    while let Some((before, c)) = rest.find(special).and_then(|at| {
        let (before, after) = rest.split_at_checked(at)?;
        Some((before, after.chars().next()?))
    }) {
        out.push_str(before);
        out.push_str(match c {
            '<' => "&lt;",
            '>' => "&gt;",
            '&' => "&amp;",
            '"' => "&quot;",
            '\r' => "&#13;",
            '\t' => "&#9;",
            _ => "&#10;",
        });
        rest = rest.get(before.len() + c.len_utf8()..).unwrap_or_default();
    }
    out.push_str(rest);
}

//! The pieces that a document is written in: tags, text, references and other markup (XML 1.0, 2.4 to 3.1).

use alloc::vec::Vec;

use crate::error::DecodeErrorKind;
use crate::octet_set::{each, equal, length_until, same};

/// A piece of a document: the text of it without the markup around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// The tag with which an element begins: its name, of `name_len` octets, and its attributes.
    Start {
        tag: &'a str,
        name_len: usize,
        /// It is the only tag of the element.
        is_empty: bool,
    },
    /// The name in the tag with which an element ends.
    End(&'a str),
    /// Text. It begins with an ampersand where that begins no reference.
    Text(&'a str),
    /// A CDATA section.
    Data(&'a str),
    /// The name in a reference, or the number of a character.
    Reference(&'a str),
    Comment(&'a str),
    Instruction(&'a str),
    Declaration(&'a str),
    DocumentType,
    EndOfDocument,
}

/// What is not a piece of a document, and where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoToken {
    pub(crate) kind: DecodeErrorKind,
    pub(crate) at: usize,
}

/// The pieces of a document, in which each element ends before the one around it.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    rest: &'a str,
    length: usize,
    /// The names of the elements that did not end yet.
    open: Vec<&'a str>,
}

impl<'a> Tokens<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { rest: text, length: text.len(), open: Vec::new() }
    }

    /// Where the next piece begins.
    pub(crate) const fn position(&self) -> usize {
        self.length - self.rest.len()
    }

    /// Leaves out white space.
    pub(crate) fn skip_space(&mut self) {
        let length = self.rest.bytes().position(|octet| !is_space(octet)).unwrap_or(self.rest.len());
        self.take(length);
    }

    /// The next piece.
    pub(crate) fn next(&mut self) -> Result<Token<'a>, NoToken> {
        match self.rest.as_bytes() {
            [] => Ok(Token::EndOfDocument),
            [b'<', b'/', ..] => self.end_tag(),
            [b'<', b'!', ..] => self.declaration(),
            [b'<', b'?', ..] => self.instruction(),
            [b'<', ..] => self.start_tag(),
            [b'&', behind @ ..] => match memchr::memchr3(b';', b'&', b'<', behind) {
                Some(length) if behind.get(length) == Some(&b';') => Ok(Token::Reference(self.inner(1, length, 1))),
                length => Ok(Token::Text(self.take(1 + length.unwrap_or(behind.len())))),
            },
            octets => Ok(Token::Text(self.take(length_until(octets, |word| equal(word, b'<') | equal(word, b'&'))))),
        }
    }

    fn start_tag(&mut self) -> Result<Token<'a>, NoToken> {
        let tag = self.tag()?;
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        // White space: documents have no other control characters.
        let name_len = length_until(tag.as_bytes(), |word| word.wrapping_sub(each(b' ' + 1)) & !word);
        if !is_empty {
            self.open.push(tag.get(..name_len).unwrap_or_default());
        }
        Ok(Token::Start { tag, name_len, is_empty })
    }

    fn end_tag(&mut self) -> Result<Token<'a>, NoToken> {
        let at = self.position();
        let open = self.open.pop();
        // As nearly all are: the name alone.
        if let Some(name) = open
            && let Some((tag, rest)) = self.rest.get("</".len()..).and_then(|tag| tag.split_at_checked(name.len()))
            && let Some(rest) = rest.strip_prefix('>').filter(|_| same(tag, name))
        {
            self.rest = rest;
            return Ok(Token::End(name));
        }
        let name = self.tag()?.get("/".len()..).unwrap_or_default().trim_end_matches([' ', '\t', '\r', '\n']);
        if open == Some(name) { Ok(Token::End(name)) } else { Err(NoToken { kind: DecodeErrorKind::InvalidXml, at }) }
    }

    /// What is between the angle brackets of a tag. One in quotation marks does not end it.
    fn tag(&mut self) -> Result<&'a str, NoToken> {
        let octets = self.rest.as_bytes();
        let mut end = 1;
        loop {
            let behind = octets.get(end..).unwrap_or_default();
            end += length_until(behind, |word| equal(word, b'>') | equal(word, b'"') | equal(word, b'\''));
            let quoted = match octets.get(end) {
                Some(b'>') => return Ok(self.inner("<".len(), end - 1, ">".len())),
                Some(quote) => memchr::memchr(*quote, octets.get(end + 1..).unwrap_or_default()),
                None => None,
            };
            end += quoted.ok_or_else(|| self.unfinished())? + "''".len();
        }
    }

    /// A comment, a CDATA section or a document type, of which nothing is read.
    fn declaration(&mut self) -> Result<Token<'a>, NoToken> {
        const COMMENT: &str = "<!--";
        const DATA: &str = "<![CDATA[";
        const TYPE: &str = "<!DOCTYPE";
        if self.rest.starts_with(COMMENT) {
            return self.until(COMMENT.len(), "-->").map(Token::Comment);
        }
        if self.rest.starts_with(DATA) {
            return self.until(DATA.len(), "]]>").map(Token::Data);
        }
        let is_type = self.rest.get(..TYPE.len()).is_some_and(|start| start.eq_ignore_ascii_case(TYPE));
        if is_type { self.until(TYPE.len(), ">").map(|_| Token::DocumentType) } else { Err(self.unfinished()) }
    }

    fn instruction(&mut self) -> Result<Token<'a>, NoToken> {
        if self.rest.starts_with("<?>") {
            return Err(self.unfinished());
        }
        let content = self.until("<?".len(), "?>")?;
        let behind = content.strip_prefix("xml");
        let is_declaration = behind.is_some_and(|behind| behind.bytes().next().is_none_or(is_space));
        Ok(if is_declaration { Token::Declaration(content) } else { Token::Instruction(content) })
    }

    /// What is behind `start` octets and before the first `end`, which is left out too.
    fn until(&mut self, start: usize, end: &str) -> Result<&'a str, NoToken> {
        let length = memchr::memmem::find(self.rest.as_bytes().get(start..).unwrap_or_default(), end.as_bytes());
        Ok(self.inner(start, length.ok_or_else(|| self.unfinished())?, end.len()))
    }

    fn inner(&mut self, before: usize, length: usize, behind: usize) -> &'a str {
        self.take(before);
        let inner = self.take(length);
        self.take(behind);
        inner
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Reports markup without an end, or that does not begin any.
    #[cold]
    const fn unfinished(&self) -> NoToken {
        NoToken { kind: DecodeErrorKind::UnexpectedEnd, at: self.position() }
    }
}

const fn is_space(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b'\r' | b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    /// The pieces, and whether they end with an error.
    fn pieces(text: &str) -> Vec<Result<(usize, Token<'_>), NoToken>> {
        let mut tokens = Tokens::new(text);
        let mut pieces = Vec::new();
        loop {
            let token = tokens.next();
            let is_last = !token.is_ok_and(|token| token != Token::EndOfDocument);
            pieces.push(token.map(|token| (tokens.position(), token)));
            if is_last {
                return pieces;
            }
        }
    }

    /// The same, as quick-xml sees it.
    fn expected(text: &str) -> Vec<Result<(usize, Token<'_>), NoToken>> {
        fn borrowed<'a>(text: &'a str, piece: &str) -> &'a str {
            let start = (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            text.get(start..start + piece.len()).unwrap()
        }
        let mut reader = Reader::from_str(text);
        reader.config_mut().allow_dangling_amp = true;
        let mut pieces = Vec::new();
        loop {
            let event = reader.read_event();
            let inner = |piece: &str| borrowed(text, piece);
            let token = match &event {
                Ok(Event::Start(tag)) => {
                    Token::Start { tag: inner(tag), name_len: tag.name().as_ref().len(), is_empty: false }
                }
                Ok(Event::Empty(tag)) => {
                    Token::Start { tag: inner(tag), name_len: tag.name().as_ref().len(), is_empty: true }
                }
                Ok(Event::End(tag)) => Token::End(inner(tag)),
                Ok(Event::Text(content)) => Token::Text(inner(content)),
                Ok(Event::CData(content)) => Token::Data(inner(content)),
                Ok(Event::GeneralRef(name)) => Token::Reference(inner(name)),
                Ok(Event::Comment(content)) => Token::Comment(inner(content)),
                Ok(Event::PI(content)) => Token::Instruction(inner(content)),
                Ok(Event::Decl(content)) => Token::Declaration(inner(content)),
                Ok(Event::DocType(_)) => Token::DocumentType,
                Ok(Event::Eof) => Token::EndOfDocument,
                Err(error) => {
                    let is_syntax = matches!(error, quick_xml::Error::Syntax(_));
                    let kind = if is_syntax { DecodeErrorKind::UnexpectedEnd } else { DecodeErrorKind::InvalidXml };
                    let at = usize::try_from(reader.error_position()).unwrap();
                    pieces.push(Err(NoToken { kind, at }));
                    return pieces;
                }
            };
            pieces.push(Ok((usize::try_from(reader.buffer_position()).unwrap(), token)));
            if token == Token::EndOfDocument {
                return pieces;
            }
        }
    }

    const PIECES: [&str; 30] = [
        "a",
        "abcdefghi",
        "é",
        "<",
        ">",
        "/",
        "</",
        "/>",
        "<a>",
        "<b c='>'>",
        "</a>",
        "</b>",
        "?",
        "?>",
        "<?",
        "!",
        "<!--",
        "-->",
        "-",
        "<![CDATA[",
        "]]>",
        "&",
        "&lt;",
        ";",
        "'",
        "\"",
        "=",
        " ",
        "\n",
        "xml",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn pieces_are_those_of_quick_xml(text in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..12)) {
            let text = text.concat();
            prop_assert_eq!(pieces(&text), expected(&text));
        }
    }

    #[test]
    fn a_document_type_is_not_read() {
        for (text, expected) in [
            ("<!DOCTYPE a>", Ok(Token::DocumentType)),
            ("<!doctype a [<!ENTITY b '>'>]>", Ok(Token::DocumentType)),
            ("<!DOCTYPE a", Err(DecodeErrorKind::UnexpectedEnd)),
            ("<!ELEMENT a>", Err(DecodeErrorKind::UnexpectedEnd)),
        ] {
            assert_eq!(Tokens::new(text).next().map_err(|error| error.kind), expected, "{text}");
        }
    }
}

//! Headers of parts and pushes (WAP-230, 8.4.2 and table 39).
//!
//! A value is given as HTTP writes it (RFC 9110), whatever its binary form. What has no such text
//! stays octets, so nothing is lost.

mod attributes;
#[cfg(feature = "wsp-headers")]
mod authentication;
#[cfg(feature = "wsp-headers")]
mod cache;
#[cfg(feature = "wsp-headers")]
mod cookie;
#[cfg(feature = "wsp-headers")]
mod http;
mod names;
#[cfg(feature = "wsp-headers")]
mod range;
#[cfg(feature = "wsp-headers")]
mod time;
#[cfg(feature = "wsp-headers")]
mod warning;
mod word;

use alloc::string::ToString;
use alloc::vec::Vec;

use bytes::Bytes;

pub(super) use self::names::code_of_header;
pub(crate) use self::names::name_of_header;
use self::names::{NEWEST_1_3, Syntax, code_to_write, syntax_of_header};
use super::assigned;
use super::integer::{parse_version, version_text};
use super::multipart::code_of_disposition;
use super::parameter::into_binary_form;
use super::reader::{Reader, reaches_beyond, value_length};
use super::writer::Writer;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{ContentDisposition, Header, Str, is_token};
use crate::options::{DeviationKind, Options};

/// The header code page that every header set starts on.
pub(crate) const DEFAULT_PAGE: u8 = 1;

impl Reader<'_> {
    /// Headers up to the end. In lenient mode one that cannot be read takes no other with it.
    ///
    /// # Errors
    ///
    /// Fails beyond the limits, and in strict mode as [`header`](Self::header).
    ///
    /// # Examples
    ///
    /// The headers of a push:
    ///
    /// ```
    /// use mms_codec::{Bytes, Options, message::Header, wsp};
    ///
    /// let octets = Bytes::from_static(&[0xaf, 0x84, 0xb4, 0x81, 0x92, 0x04, 0x35, 0x3f, 0x45, 0x11]);
    /// let headers = wsp::Reader::new(&octets, &Options::strict()).headers()?;
    /// let text = |name: &str, value: &str| Header::Text { name: name.into(), value: value.into() };
    /// assert_eq!(headers, [
    ///     text("X-Wap-Application-Id", "x-wap-application:mms.ua"),
    ///     text("Push-Flag", "1"),
    ///     text("Date", "Thu, 23 Apr 1998 13:41:37 GMT"),
    /// ]);
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    pub fn headers(&mut self) -> Result<Vec<Header>, DecodeError> {
        let mut headers = Vec::new();
        let mut page = DEFAULT_PAGE;
        while !self.is_empty() {
            if let Some(header) = self.header_or_damaged(&mut page, Self::header)? {
                self.count()?;
                crate::list::push(&mut headers, header);
            }
        }
        Ok(headers)
    }

    /// A header, or `None` if it was a shift to another header code page. `page` is the page that
    /// the headers before it left, and 1 before the first.
    ///
    /// # Errors
    ///
    /// Fails at the end, for octets that are not a header, and for a value that reaches beyond the
    /// end. Deviations: a value that does not follow the syntax of its header, a number where the
    /// name demands text, a code newer than the encoding version.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Bytes, Options, message::Header, wsp};
    ///
    /// // A shift to page 16, and a header there.
    /// let octets = Bytes::from_static(&[0x7f, 0x10, 0x85, 0x02, 0x81, 0x82]);
    /// let mut reader = wsp::Reader::new(&octets, &Options::strict());
    /// let mut page = 1;
    /// assert_eq!(reader.header(&mut page)?, None);
    /// assert_eq!(page, 16);
    /// let value = Bytes::from_static(&[0x02, 0x81, 0x82]);
    /// assert_eq!(reader.header(&mut page)?, Some(Header::Coded { page: 16, code: 0x05, value }));
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    pub fn header(&mut self, page: &mut u8) -> Result<Option<Header>, DecodeError> {
        let start = self.offset();
        match self.peek() {
            Some(0x20..=0x7e) => self.text_header().map(Some),
            _ => match self.octet()? {
                0x00 => Err(self.error_at(DecodeErrorKind::UnexpectedOctet(0), start)),
                first @ 0x80.. => self.coded_header(*page, first & 0x7f, start).map(Some),
                0x7f => match self.octet()? {
                    0 => Err(self.error_at(DecodeErrorKind::UnexpectedOctet(0), start + 1)),
                    shifted => {
                        *page = shifted;
                        Ok(None)
                    }
                },
                shortcut => {
                    *page = shortcut;
                    Ok(None)
                }
            },
        }
    }

    /// What `read` reads; where it cannot, in lenient mode, the octets up to the next header.
    pub(crate) fn header_or_damaged(
        &mut self,
        page: &mut u8,
        read: impl FnOnce(&mut Self, &mut u8) -> Result<Option<Header>, DecodeError>,
    ) -> Result<Option<Header>, DecodeError> {
        let mark = self.mark();
        let start = self.offset();
        match read(self, page) {
            Err(error) if !self.is_strict() && !matches!(error.kind, DecodeErrorKind::LimitExceeded(_)) => {
                self.back_to(mark);
                self.forgive(DeviationKind::InvalidPartHeader, start)?;
                self.damaged_header(*page)
            }
            result => result,
        }
    }

    fn damaged_header(&mut self, page: u8) -> Result<Option<Header>, DecodeError> {
        let first = self.octet()?;
        if let 0x20..=0x7e = first {
            let name = memchr::memchr(0, self.remaining()).map_or(self.remaining().len(), |end| end + 1);
            self.take(name)?;
        }
        // A stray NUL or half a shift has no value.
        if first < 0x20 || first == 0x7f {
            return Ok(None);
        }
        let size = value_length(self.remaining()).unwrap_or(self.remaining().len());
        let value = self.take_shared(size)?;
        Ok((first >= 0x80).then_some(Header::Coded { page, code: first & 0x7f, value }))
    }

    fn text_header(&mut self) -> Result<Header, DecodeError> {
        let name = self.token_text()?;
        let value = match self.peek() {
            // A header whose name is text has a text value (WAP-230, 8.4.1.2).
            Some(0x80..) => {
                self.forgive(DeviationKind::NonTextValue, self.offset())?;
                self.integer_value()?.to_string().into()
            }
            _ => self.text_string()?,
        };
        Ok(Header::Text { name, value })
    }

    fn coded_header(&mut self, page: u8, code: u8, start: usize) -> Result<Header, DecodeError> {
        if page == DEFAULT_PAGE
            && let Some((name, syntax)) = name_of_header(code).zip(syntax_of_header(code))
        {
            if code > NEWEST_1_3 {
                self.forgive_newer(start)?;
            }
            if let Some(value) = self.text_or_nothing(syntax)? {
                return Ok(Header::Text { name: Str::from_static(name), value });
            }
        }
        Ok(Header::Coded { page, code, value: self.raw_value()? })
    }

    /// A value as text, or nothing read if it has none.
    fn text_or_nothing(&mut self, syntax: Syntax) -> Result<Option<Str>, DecodeError> {
        let mark = self.mark();
        match self.header_value(syntax) {
            Err(error) if self.is_strict() => Err(error),
            Err(_) => {
                self.back_to(mark);
                self.forgive(DeviationKind::InvalidValue, self.offset())?;
                if !matches!(self.peek(), Some(0x20..=0x7f)) {
                    return Ok(None);
                }
                let mark = self.mark();
                let text = self.text_string()?;
                // Octets that no header can be written with as text.
                if text.bytes().any(|octet| octet.is_ascii_control()) {
                    self.back_to(mark);
                    return Ok(None);
                }
                Ok(Some(text))
            }
            Ok(None) => {
                self.back_to_octets(mark)?;
                Ok(None)
            }
            value => value,
        }
    }

    /// A value as text, or `None` if it has none.
    fn header_value(&mut self, syntax: Syntax) -> Result<Option<Str>, DecodeError> {
        match syntax {
            Syntax::Text => self.text_string().map(Some),
            Syntax::Quoted => self.quoted_string().map(Some),
            Syntax::Integer => self.integer_value().map(|number| Some(number.to_string().into())),
            Syntax::ShortInteger => self.short_integer().map(|number| Some(number.to_string().into())),
            Syntax::Version => self.encoding_version(),
            Syntax::ApplicationId => self.application_id(),
            Syntax::Disposition => self.content_disposition().map(|disposition| disposition_text(&disposition)),
            #[cfg(feature = "wsp-headers")]
            syntax => self.http_value(syntax),
            // Kept as octets.
            #[cfg(not(feature = "wsp-headers"))]
            _ => Ok(None),
        }
    }

    /// A value-length and a value that has a text or not.
    fn composite_text(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Option<Str>, DecodeError>,
    ) -> Result<Option<Str>, DecodeError> {
        self.composite(|from| {
            let text = read(from)?;
            if text.is_none() {
                from.skip_rest();
            }
            Ok(text)
        })
    }

    fn encoding_version(&mut self) -> Result<Option<Str>, DecodeError> {
        match self.peek() {
            // The version of another header code page.
            Some(0x01..=0x1f) => Ok(None),
            _ => self.version_value().map(|(major, minor)| Some(version_text(major, minor))),
        }
    }

    fn application_id(&mut self) -> Result<Option<Str>, DecodeError> {
        match self.peek() {
            Some(0x20..=0x7f) => self.text_string().map(Some),
            _ => {
                let number = u32::try_from(self.integer_value()?).ok();
                // A name that two numbers have in the registry would come back as the other number.
                let own = |name: &&str| assigned::application_id_code(name) == number;
                Ok(number.and_then(assigned::application_id).filter(own).map(Str::from_static))
            }
        }
    }
}

impl Writer {
    /// Headers, the last thing before the end of a header set.
    ///
    /// # Errors
    ///
    /// As [`header`](Self::header).
    pub fn headers(&mut self, headers: &[Header]) -> Result<(), EncodeError> {
        let mut page = DEFAULT_PAGE;
        headers.iter().try_for_each(|header| self.header(header, &mut page))
    }

    /// A header. `page` is the header code page that the headers before it left, and 1 before the
    /// first.
    ///
    /// A name that WSP encoding version 1.3 numbers is written as its number if the value has a
    /// binary form that is read as the same text; else name and value are written out.
    ///
    /// # Errors
    ///
    /// Fails for control characters, for a name that is not a token, and for octets that are not one
    /// value.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{message::Header, wsp};
    ///
    /// let mut writer = wsp::Writer::new();
    /// let mut page = 1;
    /// writer.header(&Header::Text { name: "Accept-Ranges".into(), value: "bytes".into() }, &mut page)?;
    /// writer.header(&Header::Text { name: "X-Vendor".into(), value: "5".into() }, &mut page)?;
    /// assert_eq!(writer.into_chain().to_vec(), b"\x84\x81X-Vendor\x005\0");
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn header(&mut self, header: &Header, page: &mut u8) -> Result<(), EncodeError> {
        match header {
            Header::Coded { page: own, code, value } => {
                let known = syntax_of_header(*code).filter(|_| *own == DEFAULT_PAGE);
                let continues = || known.is_some_and(|syntax| reaches_beyond(value, |from| from.header_value(syntax)));
                let is_one_value = value_length(value) == Some(value.len()) && !continues();
                if !is_one_value || *code > 0x7f || *own == 0 {
                    return Err(EncodeErrorKind::NotExpressible.into());
                }
                if self.is_message && !is_readable(*own, *code, value) {
                    return Err(EncodeErrorKind::NotExpressible.into());
                }
                self.shift_to(*own, page);
                self.short_integer(*code);
                self.octets(value);
                Ok(())
            }
            Header::Text { name, value } => {
                let code = code_to_write(name, self.writes_newer());
                let coded =
                    code.and_then(|code| Some((code, encoded(syntax_of_header(code)?, value, self.writes_newer())?)));
                let Some((code, octets)) = coded else {
                    self.token_text(name)?;
                    return self.text_string(value);
                };
                self.shift_to(DEFAULT_PAGE, page);
                self.short_integer(code);
                self.octets(&octets);
                Ok(())
            }
        }
    }

    fn shift_to(&mut self, wanted: u8, page: &mut u8) {
        if *page != wanted {
            self.octets(&[0x7f, wanted]);
            *page = wanted;
        }
    }

    /// A value-length and what `write` writes, if it can.
    fn composite_text(&mut self, write: impl FnOnce(&mut Self) -> Option<()>) -> Option<()> {
        self.composite(|to| write(to).ok_or_else(|| EncodeErrorKind::NotExpressible.into())).ok()
    }

    /// The binary form of a value. `None` if it has none.
    fn header_value(&mut self, syntax: Syntax, text: &str) -> Option<()> {
        match syntax {
            Syntax::Text => self.text_string(text).ok(),
            Syntax::Quoted => self.quoted_string(text).ok(),
            Syntax::Integer => text.parse().ok().map(|number| self.integer_value(number)),
            Syntax::ShortInteger => text.parse().ok().map(|number| self.short_integer(number)),
            Syntax::Version => parse_version(text).map(|(major, minor)| self.version_value(major, minor)),
            Syntax::ApplicationId => {
                let coded = assigned::application_id_code(text).map(|number| self.integer_value(u64::from(number)));
                coded.or_else(|| self.text_string(text).ok())
            }
            Syntax::Disposition => self.content_disposition(&disposition_of(text)?).ok(),
            #[cfg(feature = "wsp-headers")]
            syntax => self.http_value(syntax, text),
            #[cfg(not(feature = "wsp-headers"))]
            _ => None,
        }
    }
}

/// Whether strict decoding of a message reads a header of a part.
fn is_readable(page: u8, code: u8, value: &[u8]) -> bool {
    // Behind the content type `*/*`.
    let shift: &[u8] = if page == DEFAULT_PAGE { &[] } else { &[0x7f, page] };
    let octets = Bytes::from([&[0x80], shift, &[0x80 | code], value].concat());
    let mut from = Reader::new(&octets, &Options::strict());
    from.bind_to_version_1_3();
    from.part_headers().is_ok()
}

/// A disposition that is written out as in MIME, as its binary form is read, if that says the same.
pub(super) fn disposition_of(text: &str) -> Option<ContentDisposition> {
    let mut disposition = attributes::disposition(text)?;
    match code_of_disposition(&disposition.kind) {
        Some((_, kind)) => disposition.kind = Str::from_static(kind),
        None if is_token(&disposition.kind) => {}
        None => return None,
    }
    disposition.parameters.iter_mut().try_for_each(into_binary_form)?;
    says(&disposition, text).then_some(disposition)
}

/// Whether a disposition is what the text says.
fn says(disposition: &ContentDisposition, text: &str) -> bool {
    disposition_text(disposition).is_some_and(|own| plain(&own).eq(plain(text)))
}

fn disposition_text(disposition: &ContentDisposition) -> Option<Str> {
    attributes::are_text(&disposition.parameters).then(|| disposition.to_string().into())
}

/// The octets of a value, if they are read as the same text.
fn encoded(syntax: Syntax, text: &str, newer: bool) -> Option<Bytes> {
    let mut writer = Writer::with_newer_codes(newer);
    writer.header_value(syntax, text)?;
    let octets = Bytes::from(writer.into_octets());
    let mut reader = Reader::new(&octets, &Options::strict());
    let read = reader.header_value(syntax).ok()??;
    (reader.is_empty() && plain(&read).eq(plain(text))).then_some(octets)
}

/// What a text says: case, blanks and quotation marks only spell it.
fn plain(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(|octet| !matches!(octet, b' ' | b'\t' | b'"')).map(|octet| octet.to_ascii_lowercase())
}

#[cfg(test)]
#[cfg(feature = "wsp-headers")]
mod tests;

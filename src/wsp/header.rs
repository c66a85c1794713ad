//! Headers of parts and pushes (WAP-230, 8.4.2 and table 39; mm1.md 3.3).

use alloc::string::ToString;

use super::assigned;
use super::reader::{Reader, value_length};
use super::writer::Writer;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{Header, Str};
use crate::options::DeviationKind;

/// The header code page that every header set starts on.
const DEFAULT_PAGE: u8 = 1;

/// How the value of a header is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Text,
    Quoted,
    Integer,
    ShortInteger,
    Date,
    Version,
    ApplicationId,
    /// Kept as octets.
    Raw,
}

/// The header names of the default page, by their number.
const HEADERS: &[(u8, &str, Syntax)] = &[
    (0x00, "Accept", Syntax::Raw),
    (0x01, "Accept-Charset", Syntax::Raw),
    (0x02, "Accept-Encoding", Syntax::Raw),
    (0x03, "Accept-Language", Syntax::Raw),
    (0x04, "Accept-Ranges", Syntax::Raw),
    (0x05, "Age", Syntax::Integer),
    (0x06, "Allow", Syntax::Raw),
    (0x07, "Authorization", Syntax::Raw),
    (0x08, "Cache-Control", Syntax::Raw),
    (0x09, "Connection", Syntax::Raw),
    (0x0a, "Content-Base", Syntax::Text),
    (0x0b, "Content-Encoding", Syntax::Raw),
    (0x0c, "Content-Language", Syntax::Raw),
    (0x0d, "Content-Length", Syntax::Integer),
    (0x0e, "Content-Location", Syntax::Text),
    (0x0f, "Content-MD5", Syntax::Raw),
    (0x10, "Content-Range", Syntax::Raw),
    (0x11, "Content-Type", Syntax::Raw),
    (0x12, "Date", Syntax::Date),
    (0x13, "Etag", Syntax::Text),
    (0x14, "Expires", Syntax::Date),
    (0x15, "From", Syntax::Text),
    (0x16, "Host", Syntax::Text),
    (0x17, "If-Modified-Since", Syntax::Date),
    (0x18, "If-Match", Syntax::Text),
    (0x19, "If-None-Match", Syntax::Text),
    (0x1a, "If-Range", Syntax::Raw),
    (0x1b, "If-Unmodified-Since", Syntax::Date),
    (0x1c, "Location", Syntax::Text),
    (0x1d, "Last-Modified", Syntax::Date),
    (0x1e, "Max-Forwards", Syntax::Integer),
    (0x1f, "Pragma", Syntax::Raw),
    (0x20, "Proxy-Authenticate", Syntax::Raw),
    (0x21, "Proxy-Authorization", Syntax::Raw),
    (0x22, "Public", Syntax::Raw),
    (0x23, "Range", Syntax::Raw),
    (0x24, "Referer", Syntax::Text),
    (0x25, "Retry-After", Syntax::Raw),
    (0x26, "Server", Syntax::Text),
    (0x27, "Transfer-Encoding", Syntax::Raw),
    (0x28, "Upgrade", Syntax::Text),
    (0x29, "User-Agent", Syntax::Text),
    (0x2a, "Vary", Syntax::Raw),
    (0x2b, "Via", Syntax::Text),
    (0x2c, "Warning", Syntax::Raw),
    (0x2d, "WWW-Authenticate", Syntax::Raw),
    (0x2e, "Content-Disposition", Syntax::Raw),
    (0x2f, "X-Wap-Application-Id", Syntax::ApplicationId),
    (0x30, "X-Wap-Content-URI", Syntax::Text),
    (0x31, "X-Wap-Initiator-URI", Syntax::Text),
    (0x32, "Accept-Application", Syntax::Raw),
    (0x33, "Bearer-Indication", Syntax::Integer),
    (0x34, "Push-Flag", Syntax::ShortInteger),
    (0x35, "Profile", Syntax::Text),
    (0x36, "Profile-Diff", Syntax::Raw),
    (0x37, "Profile-Warning", Syntax::Raw),
    (0x38, "Expect", Syntax::Raw),
    (0x39, "TE", Syntax::Raw),
    (0x3a, "Trailer", Syntax::Raw),
    (0x3b, "Accept-Charset", Syntax::Raw),
    (0x3c, "Accept-Encoding", Syntax::Raw),
    (0x3d, "Cache-Control", Syntax::Raw),
    (0x3e, "Content-Range", Syntax::Raw),
    (0x3f, "X-Wap-Tod", Syntax::Date),
    (0x40, "Content-ID", Syntax::Quoted),
    (0x41, "Set-Cookie", Syntax::Raw),
    (0x42, "Cookie", Syntax::Raw),
    (0x43, "Encoding-Version", Syntax::Version),
    (0x44, "Profile-Warning", Syntax::Raw),
    (0x45, "Content-Disposition", Syntax::Raw),
    (0x46, "X-WAP-Security", Syntax::Raw),
    (0x47, "Cache-Control", Syntax::Raw),
    (0x48, "Expect", Syntax::Raw),
    (0x49, "X-Wap-Loc-Invocation", Syntax::Raw),
    (0x4a, "X-Wap-Loc-Delivery", Syntax::Raw),
];

/// The name of the header with this code on the default page.
pub(super) fn name_of_header(code: u8) -> Option<&'static str> {
    HEADERS.get(usize::from(code)).map(|(_, name, _)| *name)
}

impl Reader<'_> {
    /// A header, or `None` if it was a shift to the header code page `page`.
    pub(crate) fn header(&mut self, page: &mut u8) -> Result<Option<Header>, DecodeError> {
        match self.peek() {
            Some(first @ 0x80..) => {
                self.octet()?;
                self.coded_header(*page, first & 0x7f).map(Some)
            }
            Some(0x20..=0x7e) => {
                let name = self.token_text()?;
                let value = match self.peek() {
                    // A header whose name is text has a text value (WAP-230, 8.4.1.2).
                    Some(0x80..) => {
                        self.forgive(DeviationKind::NonTextValue, self.offset())?;
                        self.integer_value()?.to_string().into()
                    }
                    _ => self.text_string()?,
                };
                Ok(Some(Header::Text { name, value }))
            }
            Some(0x7f) => {
                self.octet()?;
                *page = self.octet()?;
                Ok(None)
            }
            Some(shortcut @ 0x01..=0x1f) => {
                self.octet()?;
                *page = shortcut;
                Ok(None)
            }
            Some(0x00) => Err(self.error(DecodeErrorKind::UnexpectedOctet(0))),
            None => Err(self.error(DecodeErrorKind::UnexpectedEnd)),
        }
    }

    fn coded_header(&mut self, page: u8, code: u8) -> Result<Header, DecodeError> {
        let known = HEADERS.get(usize::from(code)).filter(|_| page == DEFAULT_PAGE);
        if let Some((_, name, syntax)) = known {
            let mark = self.mark();
            match self.header_value(*syntax) {
                Ok(Some(value)) => return Ok(Header::Text { name: Str::from_static(name), value }),
                Ok(None) => self.back_to(mark),
                Err(error) if self.is_strict() => return Err(error),
                Err(_) => {
                    self.back_to(mark);
                    self.forgive(DeviationKind::InvalidValue, self.offset())?;
                }
            }
        }
        Ok(Header::Coded { page, code, value: self.raw_value()? })
    }

    /// A value as text, or `None` if it has none.
    fn header_value(&mut self, syntax: Syntax) -> Result<Option<Str>, DecodeError> {
        Ok(Some(match syntax {
            Syntax::Text => self.text_string()?,
            Syntax::Quoted => self.quoted_string()?,
            Syntax::Integer => self.integer_value()?.to_string().into(),
            Syntax::ShortInteger => self.short_integer()?.to_string().into(),
            Syntax::Date | Syntax::Version | Syntax::Raw => return Ok(None),
            Syntax::ApplicationId => match self.peek() {
                Some(0x20..=0x7f) => self.text_string()?,
                _ => match u32::try_from(self.integer_value()?).ok().and_then(assigned::application_id) {
                    Some(name) => Str::from_static(name),
                    None => return Ok(None),
                },
            },
        }))
    }
}

impl Writer {
    /// A header; `page` is the header code page that the headers before it left.
    pub(crate) fn header(&mut self, header: &Header, page: &mut u8) -> Result<(), EncodeError> {
        match header {
            Header::Coded { page: own, code, value } => {
                if *own != *page {
                    self.octets(&[0x7f, *own]);
                    *page = *own;
                }
                if value_length(value) != Some(value.len()) || *code > 0x7f {
                    return Err(EncodeErrorKind::NotExpressible.into());
                }
                self.short_integer(*code);
                self.octets(value);
                Ok(())
            }
            Header::Text { name, value } => self.text_header(name, value, *page),
        }
    }

    fn text_header(&mut self, name: &str, value: &str, page: u8) -> Result<(), EncodeError> {
        let known = HEADERS.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(name));
        if let Some((code, _, syntax)) = known.filter(|_| page == DEFAULT_PAGE) {
            if self.header_value(*code, *syntax, value)? {
                return Ok(());
            }
        }
        self.token_text(name)?;
        self.text_string(value)
    }

    /// Writes code and value, or nothing if the text has no binary form.
    fn header_value(&mut self, code: u8, syntax: Syntax, value: &str) -> Result<bool, EncodeError> {
        let number = || value.parse::<u64>().ok().filter(|number| number.to_string() == value);
        match syntax {
            Syntax::Text => {
                self.short_integer(code);
                self.text_string(value)?;
            }
            Syntax::Quoted => {
                self.short_integer(code);
                self.quoted_string(value)?;
            }
            Syntax::Integer => match number() {
                Some(number) => {
                    self.short_integer(code);
                    self.integer_value(number);
                }
                None => return Ok(false),
            },
            Syntax::ShortInteger => match number().and_then(|number| u8::try_from(number).ok()) {
                Some(number @ 0..=0x7f) => {
                    self.short_integer(code);
                    self.short_integer(number);
                }
                _ => return Ok(false),
            },
            Syntax::ApplicationId => {
                self.short_integer(code);
                match assigned::application_id_code(value) {
                    Some(number) => self.integer_value(u64::from(number)),
                    None => self.text_string(value)?,
                }
            }
            Syntax::Date | Syntax::Version | Syntax::Raw => return Ok(false),
        }
        Ok(true)
    }
}

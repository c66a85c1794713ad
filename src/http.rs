//! HTTP messages as connections and captures have them: the head, and the body without its chunks (RFC 9112).
//!
//! MM1 and MM7 travel in HTTP. [`decode`] takes the head of a request or response off, whatever its type, and says
//! where the next message on the connection begins. [`mm7::decode_http`](crate::mm7::decode_http) does that by
//! itself, and checks what MM7 asks of the head besides.
//!
//! What it does not do: connections, compression, HTTP/2, writing of messages.

mod chunked;

use alloc::string::String;
use alloc::vec::Vec;

use bytes::Bytes;

use self::chunked::{Framed, without_chunks};
use crate::context::Context;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::message::encoded_word::is_control;
use crate::message::is_token;
use crate::mime::header::{RawField, Section};
use crate::options::{Decoded, DeviationKind, Options};

/// An HTTP message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpMessage {
    /// The status of a response; `None` for a request.
    pub status: Option<u16>,
    /// The value of `Content-Type`.
    pub content_type: Option<String>,
    /// The content. It shares the octets of the input, unless it came in chunks.
    pub body: Bytes,
    /// How many octets of the input the message took, interim responses before it included: there begins the next
    /// message on the connection.
    pub consumed: usize,
    origin: Origin,
}

impl HttpMessage {
    /// Where in the input an octet of the body is, so that what a decoder reports of the body can be found.
    pub fn offset_in_input(&self, at: usize) -> usize {
        self.origin.in_input(self.origin.body.saturating_add(at))
    }
}

/// Decodes the first HTTP message leniently.
///
/// Interim responses before it are passed over. Content that is compressed is refused.
///
/// # Errors
///
/// Fails for what does not begin as an HTTP message, for compressed content, and beyond the default
/// [`Limits`](crate::Limits).
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "mm1")] {
/// use mms_codec::{Bytes, http, mm1};
///
/// let received = Bytes::from_static(
///     b"POST / HTTP/1.1\r\nHost: mmsc\r\nContent-Type: application/vnd.wap.mms.message\r\n\
///       Content-Length: 12\r\n\r\n\x8c\x83\x98T1\0\x8d\x92\x95\x83\x91\x80GET / HTTP/1.1\r\n",
/// );
/// let message = http::decode(&received)?.value;
/// assert_eq!(mm1::decode(&message.body)?.value.message_type(), mm1::MessageType::NOTIFYRESP_IND);
/// // The next message.
/// assert!(http::detect(&received[message.consumed..]));
/// # }
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn decode(octets: &Bytes) -> Result<Decoded<HttpMessage>, DecodeError> {
    decode_with(octets, &Options::lenient())
}

/// Decodes the first HTTP message with options.
///
/// # Errors
///
/// Fails as [`decode`], and in strict mode for everything that RFC 9112 does not allow. Input that ends before the
/// message does is [`DeviationKind::Truncated`].
pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<HttpMessage>, DecodeError> {
    const ANY: Binding = Binding { is_soap: false, is_alone: false, is_content: |octets| octets.starts_with(&[0x8c]) };
    let mut cx = Context::new(options, octets.len());
    let MessageHead { status, content_type, octets, consumed, origin } = MessageHead::read(octets, &ANY, &mut cx)?;
    let body = octets.slice(origin.body.min(octets.len())..);
    let mut deviations = cx.into_deviations();
    deviations.iter_mut().for_each(|deviation| deviation.offset = origin.in_input(deviation.offset));
    Ok(Decoded::new(HttpMessage { status, content_type, body, consumed, origin }, deviations))
}

/// Whether the octets begin with the first line of an HTTP message.
///
/// # Examples
///
/// ```
/// use mms_codec::http;
///
/// assert!(http::detect(b"HTTP/1.1 200 OK\r\n"));
/// assert!(!http::detect(b"From: a@example.org\r\n"));
/// ```
#[must_use]
pub fn detect(octets: &[u8]) -> bool {
    let octets = octets.trim_ascii_start();
    let line = octets.get(..memchr::memchr(b'\n', octets).unwrap_or(octets.len())).unwrap_or_default().trim_ascii_end();
    let version = line.rsplit(|octet| *octet == b' ').next().unwrap_or_default();
    let is_response = line.starts_with(b"HTTP/1.") || line.starts_with(b"HTTP/2");
    is_response || (version.len() < line.len() && (minor_version(version).is_some() || is_version_2(version)))
}

/// What an interface asks of HTTP.
pub(crate) struct Binding {
    /// It is that of SOAP 1.1, with `SOAPAction`.
    pub(crate) is_soap: bool,
    /// Octets behind the message are a deviation.
    pub(crate) is_alone: bool,
    /// Whether the octets are content of the interface, and not compressed.
    pub(crate) is_content: fn(&[u8]) -> bool,
}

/// An HTTP message of which the head was read.
pub(crate) struct MessageHead {
    status: Option<u16>,
    pub(crate) content_type: Option<String>,
    /// The message, up to the end of the body, without the sizes of chunks.
    pub(crate) octets: Bytes,
    /// How many octets of the input it takes.
    consumed: usize,
    pub(crate) origin: Origin,
}

/// Where octets of a message come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Where the body begins.
    pub(crate) body: usize,
    /// Where pieces of the message begin, and where they begin in the input, if that is not the same.
    pieces: Vec<(usize, usize)>,
}

impl MessageHead {
    pub(crate) fn read(message: &Bytes, binding: &Binding, cx: &mut Context) -> Result<Self, DecodeError> {
        let mut at = 0;
        let mut is_behind_interim = false;
        let (line, head, body) = loop {
            let rest = message.get(at..).unwrap_or_default();
            let blank = rest.len() - rest.trim_ascii_start().len();
            if blank > 0 {
                // RFC 9112, 2.2: a server ignores them.
                cx.forgive(DeviationKind::StrayOctets, at)?;
            }
            at += blank;
            let rest = rest.get(blank..).unwrap_or_default();
            if !detect(rest) {
                return Err(cx.error(DecodeErrorKind::NotAMessage, at));
            }
            let octets = rest.get(..memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1)).unwrap_or_default();
            let line = StartLine::read(octets);
            let is_switch = line.status == Some(101);
            if !line.is_valid || is_switch || (is_behind_interim && !line.is_response) {
                cx.forgive(DeviationKind::StartLine, at)?;
            }
            if !octets.ends_with(b"\r\n") && octets.ends_with(b"\n") {
                cx.forgive_once(DeviationKind::BareLineFeed, at + octets.len() - 1)?;
            }
            let head = at + octets.len();
            let mut section = if line.is_interim() {
                Section::of_many(message, head, message.len())
            } else {
                Section::new(message, head, message.len(), true)
            };
            let mut head = Head::default();
            while let Some(field) = section.next(cx)? {
                let value = message.get(field.value_offset..section.offset()).unwrap_or_default();
                head.take(&field, value, &line, binding, cx)?;
            }
            if line.is_interim() {
                cx.count(at)?;
                // RFC 9110, 8.6; RFC 9112, 6.1.
                for (name, field) in head.framing() {
                    cx.forgive_in(name, DeviationKind::FieldConflict, field)?;
                }
                at = section.offset();
                is_behind_interim = true;
                continue;
            }
            if head.content_type.is_none() {
                cx.missing("Content-Type", at)?;
            }
            if !line.is_response {
                if binding.is_soap && !head.has_action {
                    cx.missing("SOAPAction", at)?;
                }
                // RFC 9112, 3.2.
                if !head.has_host && !line.is_1_0 {
                    cx.missing("Host", at)?;
                }
            }
            break (line, head, section.offset());
        };
        head.check(&line, message, body, binding, cx)?;
        let Framed { octets, pieces, consumed } = match head.chunked() {
            Some(field) => without_chunks(message, body, field, binding, cx)?,
            None => {
                let is_empty = line.has_no_content() && !binding.is_alone;
                let end = if is_empty { body } else { head.body_end(message, body, binding, cx)? };
                Framed { octets: message.slice(..end), pieces: Vec::new(), consumed: end }
            }
        };
        if let Some(field) = head.coding {
            let octets = octets.get(body..).unwrap_or_default().trim_ascii_start();
            if !(binding.is_content)(octets) {
                return Err(cx.error(DecodeErrorKind::ContentCoding, field).in_field("Content-Encoding"));
            }
            // Whoever made the capture has decoded it.
            cx.forgive_in("Content-Encoding", DeviationKind::TransferEncoding, field)?;
        }
        let origin = Origin { body, pieces };
        Ok(Self { status: line.status, content_type: head.content_type, octets, consumed, origin })
    }
}

impl Origin {
    /// Where in the input an octet of the message is.
    pub(crate) fn in_input(&self, at: usize) -> usize {
        let before = self.pieces.partition_point(|(start, _)| *start <= at);
        match before.checked_sub(1).and_then(|last| self.pieces.get(last)) {
            Some((start, input)) => input + (at - start),
            None => at,
        }
    }
}

/// Whether the octets may be the start of the first line of an HTTP message that has not arrived yet.
fn begins_http(octets: &[u8]) -> bool {
    const WORDS: [&[u8]; 7] = [b"HTTP/", b"POST ", b"GET ", b"PUT ", b"HEAD ", b"DELETE ", b"OPTIONS "];
    let octets = octets.trim_ascii_start();
    let begins = |word: &[u8]| octets.starts_with(word) || word.starts_with(octets);
    memchr::memchr(b'\n', octets).is_none() && WORDS.iter().any(|word| begins(word))
}

/// The minor version of HTTP/1: messages of a higher one are read as those of the highest known
/// (RFC 9110, 2.5).
fn minor_version(version: &[u8]) -> Option<u8> {
    match version {
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', minor] if minor.is_ascii_digit() => Some(*minor),
        _ => None,
    }
}

/// HTTP/2 has no lines; tools show its messages as if it had.
fn is_version_2(version: &[u8]) -> bool {
    matches!(version, b"HTTP/2" | b"HTTP/2.0")
}

/// The first line of a message (RFC 9112, 3 and 4).
struct StartLine {
    is_response: bool,
    status: Option<u16>,
    is_1_0: bool,
    is_valid: bool,
}

impl StartLine {
    fn read(line: &[u8]) -> Self {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let is_response = line.starts_with(b"HTTP/");
        let mut words = line.splitn(3, |octet| *octet == b' ');
        let [first, second, third] = [(); 3].map(|()| words.next().unwrap_or_default());
        let version = if is_response { first } else { third };
        let minor = minor_version(version);
        let code = second.len() == 3 && second.iter().all(u8::is_ascii_digit);
        let status =
            core::str::from_utf8(second).ok().filter(|_| is_response && code).and_then(|code| code.parse().ok());
        let is_rest_valid = if is_response {
            status.is_some_and(|status| status >= 100) && !third.iter().any(|octet| is_control(*octet))
        } else {
            is_token(first) && !second.is_empty() && second.iter().all(|octet| matches!(octet, b'!'..=b'~'))
        };
        Self { is_response, status, is_1_0: minor == Some(b'0'), is_valid: minor.is_some() && is_rest_valid }
    }

    /// Whether another answer follows this one (RFC 9110, 15.2).
    fn is_interim(&self) -> bool {
        self.status.is_some_and(|status| (100..200).contains(&status))
    }

    /// Whether it is an answer that has no content (RFC 9110, 15.3.5, 15.3.6 and 15.4.5).
    const fn has_no_content(&self) -> bool {
        matches!(self.status, Some(204 | 205 | 304))
    }
}

/// What the header fields say. Fields are noted by where they are.
#[derive(Default)]
struct Head {
    content_type: Option<String>,
    content_length: Option<(usize, usize)>,
    transfer: Option<Transfer>,
    /// An encoding that this crate does not undo.
    coding: Option<usize>,
    has_action: bool,
    has_host: bool,
}

/// What `Transfer-Encoding` says.
struct Transfer {
    field: usize,
    is_chunked: bool,
}

impl Head {
    /// Takes a field with its value as it is written, line ends included.
    fn take(
        &mut self,
        field: &RawField<'_>,
        written: &[u8],
        line: &StartLine,
        binding: &Binding,
        cx: &mut Context,
    ) -> Result<(), DecodeError> {
        let duplicate = |name, cx: &mut Context| cx.forgive_in(name, DeviationKind::DuplicateField, field.offset);
        if field.is("Content-Type") {
            let value = field.text(cx)?;
            if self.content_type.is_some() {
                duplicate("Content-Type", cx)?;
            } else {
                self.content_type = Some(value.into_owned());
            }
        } else if field.is("Content-Length") {
            // RFC 9110, 8.6: repeated values count once.
            let value = field.text(cx)?;
            let mut values = value.split(',').map(|value| number(value.trim_ascii(), 10));
            let first = self.content_length.map(|(length, _)| length).or_else(|| values.next().flatten());
            match first.filter(|_| values.all(|value| value == first)) {
                Some(length) => self.content_length = Some((length, field.offset)),
                None => cx.forgive_in("Content-Length", DeviationKind::InvalidValue, field.offset)?,
            }
        } else if field.is("Transfer-Encoding") {
            self.transfer_encoding(field, cx)?;
        } else if field.is("Content-Encoding") {
            let value = field.text(cx)?;
            let mut codings = value.split(',').map(str::trim);
            if codings.any(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case("identity")) {
                self.coding = Some(field.offset);
            }
        } else if field.is("Host") && !line.is_response {
            if core::mem::replace(&mut self.has_host, true) {
                duplicate("Host", cx)?;
            }
            // RFC 9110, 7.2: a host and a port.
            let is_valid = |octet: u8| octet.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:[]".contains(&octet);
            if !field.text(cx)?.bytes().all(is_valid) {
                cx.forgive_in("Host", DeviationKind::InvalidValue, field.offset)?;
            }
        } else if binding.is_soap && field.is("SOAPAction") {
            if core::mem::replace(&mut self.has_action, true) {
                duplicate("SOAPAction", cx)?;
            }
            if field.text(cx)?.trim_ascii() != "\"\"" {
                cx.forgive_in("SOAPAction", DeviationKind::InvalidValue, field.offset)?;
            }
        } else if !is_token(field.name) || has_control(written) {
            // A CR alone ends the line for some readers, and so does NUL (RFC 9110, 5.5).
            cx.forgive(DeviationKind::HeaderSyntax, field.offset)?;
        }
        Ok(())
    }

    /// RFC 9112, 6.1: chunks are the only coding that is undone here, the last one, and applied once.
    fn transfer_encoding(&mut self, field: &RawField<'_>, cx: &mut Context) -> Result<(), DecodeError> {
        let value = field.text(cx)?;
        let mut is_chunked = self.transfer.as_ref().is_some_and(|transfer| transfer.is_chunked);
        let mut is_right = self.transfer.is_none();
        let mut codings = 0;
        for coding in value.split(',').map(str::trim).filter(|coding| !coding.is_empty()) {
            codings += 1;
            is_right &= !is_chunked;
            if coding.eq_ignore_ascii_case("chunked") {
                is_chunked = true;
            } else if coding.eq_ignore_ascii_case("identity") {
                // Taken out of HTTP with RFC 7230.
                is_right = false;
            } else {
                self.coding = Some(field.offset);
            }
        }
        self.transfer = Some(Transfer { field: field.offset, is_chunked });
        if codings == 0 || !is_right {
            cx.forgive_in("Transfer-Encoding", DeviationKind::TransferEncoding, field.offset)?;
        }
        Ok(())
    }

    fn chunked(&self) -> Option<usize> {
        self.transfer.as_ref().filter(|transfer| transfer.is_chunked).map(|transfer| transfer.field)
    }

    /// The fields that say where the body ends.
    fn framing(&self) -> impl Iterator<Item = (&'static str, usize)> {
        let length = self.content_length.map(|(_, field)| ("Content-Length", field));
        let transfer = self.transfer.as_ref().map(|transfer| ("Transfer-Encoding", transfer.field));
        length.into_iter().chain(transfer)
    }

    /// Checks what says where the body ends (RFC 9112, 6).
    fn check(
        &self,
        line: &StartLine,
        message: &[u8],
        body: usize,
        binding: &Binding,
        cx: &mut Context,
    ) -> Result<(), DecodeError> {
        if let (Some((_, field)), Some(_)) = (self.content_length, &self.transfer) {
            // RFC 9112, 6.2: a sender does not give both; 6.3: the chunks count.
            cx.forgive_in("Content-Length", DeviationKind::FieldConflict, field)?;
        }
        if let Some(transfer) = self.transfer.as_ref().filter(|_| line.is_1_0) {
            // RFC 9112, 6.1: HTTP/1.0 has no such field.
            cx.forgive_in("Transfer-Encoding", DeviationKind::FieldConflict, transfer.field)?;
        }
        if body >= message.len() || !binding.is_alone && message.get(body..).is_some_and(detect) {
            return Ok(());
        }
        if line.has_no_content() {
            if binding.is_alone {
                cx.forgive(DeviationKind::TrailingOctets, body)?;
            }
        } else if !line.is_response && self.content_length.is_none() && self.chunked().is_none() {
            // RFC 9112, 6.3: then the request has no body.
            cx.missing("Content-Length", body)?;
        }
        Ok(())
    }

    /// Where a body without chunks ends.
    fn body_end(&self, message: &[u8], body: usize, binding: &Binding, cx: &mut Context) -> Result<usize, DecodeError> {
        let Some((length, field)) = self.content_length else {
            let is_last = binding.is_alone || !message.get(body..).is_some_and(detect);
            return Ok(if is_last { message.len() } else { body });
        };
        let end = body.saturating_add(length);
        match message.get(end..) {
            Some([]) => Ok(end),
            // What came next on the connection.
            Some(next) if detect(next) || begins_http(next) => {
                if binding.is_alone {
                    cx.forgive_in("Content-Length", DeviationKind::TrailingOctets, end)?;
                }
                Ok(end)
            }
            // Wrongly counted, such as in characters.
            Some(_) => {
                cx.forgive_in("Content-Length", DeviationKind::WrongContentLength, field)?;
                Ok(message.len())
            }
            None => {
                cx.forgive_in("Content-Length", DeviationKind::Truncated, message.len())?;
                Ok(message.len())
            }
        }
    }
}

fn number(digits: &str, radix: u32) -> Option<usize> {
    // The parser would take a sign.
    usize::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))
}

/// Whether the octets of a field have a control character that is not part of a line end.
fn has_control(octets: &[u8]) -> bool {
    let mut rest = octets;
    while let Some(at) = rest.iter().position(|octet| is_control(*octet)) {
        rest = match rest.get(at..).unwrap_or_default() {
            [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] => after,
            _ => return true,
        };
    }
    false
}

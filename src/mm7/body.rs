//! HTTP bodies: the envelope alone, or with attachments (TS 23.140, 8.7).

use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;

use bytes::Bytes;
use memchr::memmem;

use super::envelope::{self, Envelope};
use super::pdu::Pdu;
use super::peek::Peek;
use super::response::FaultError;
use super::wire::CONTENT_HREF;
use crate::context::{Context, Decoding};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::http::{self, Binding, MessageHead};
use crate::message::{Content, ContentType, Message, Part, Reference, Str, bare_reference, without_utf8_marks};
use crate::mime;
use crate::options::{Decoded, DeviationKind, Options};
use crate::xml::document::{is_wide, looks_like_xml};

/// Decodes an HTTP body leniently. `content_type` is the value of its `Content-Type` header.
///
/// The part that `Content/@href` refers to becomes the body of the message, without the Content-ID
/// that the reference has; parts that nothing
/// refers to are kept with the envelope. Content is shared with `body`: no octet of it is copied,
/// unless it has a transfer encoding.
///
/// # Errors
///
/// Fails for input that is not an MM7 message, for XML that is not well-formed, and beyond the default
/// [`Limits`](crate::Limits).
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, DeviationKind, mm7};
///
/// let body = Bytes::from_static(br#"<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">
///   <e:Header><TransactionID>t1</TransactionID></e:Header>
///   <e:Body>
///     <CancelReq xmlns="http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4">
///       <MM7Version>6.8.0</MM7Version>
///       <SenderIdentification><VASPID>acme</VASPID></SenderIdentification>
///       <MessageID>mid-1</MessageID>
///     </CancelReq>
///   </e:Body>
/// </e:Envelope>"#);
/// let decoded = mm7::decode("text/xml; charset=utf-8", &body)?;
/// let mm7::Pdu::CancelReq(cancel) = decoded.value.pdu else { panic!("another message") };
/// assert_eq!(cancel.message_id.as_deref(), Some("mid-1"));
/// let kinds: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
/// assert_eq!(kinds, [DeviationKind::MissingNamespace]);
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn decode(content_type: &str, body: &Bytes) -> Result<Decoded<Envelope>, DecodeError> {
    decode_with(content_type, body, &Options::lenient())
}

/// Decodes an HTTP body with options.
///
/// # Errors
///
/// Fails as [`decode`], and in strict mode for everything that the specification does not allow.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, DecodeErrorKind, Options, mm7};
///
/// let error = mm7::decode_with("text/xml", &Bytes::from_static(b"<!DOCTYPE a><a/>"), &Options::strict());
/// assert_eq!(error.unwrap_err().kind, DecodeErrorKind::DocumentType);
/// ```
pub fn decode_with(content_type: &str, body: &Bytes, options: &Options) -> Result<Decoded<Envelope>, DecodeError> {
    Decoder::new(body, options).body(Some(content_type), 0)
}

/// Decodes an envelope, or a message without one, leniently.
///
/// # Errors
///
/// Fails as [`decode`].
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, DeviationKind, mm7};
///
/// let xml = Bytes::from_static(b"<DeliverRsp><MM7Version>6.8.0</MM7Version><Status>\
///     <StatusCode>1000</StatusCode><StatusText>Success</StatusText></Status></DeliverRsp>");
/// let decoded = mm7::decode_envelope(&xml)?;
/// assert_eq!(decoded.value.pdu.status_code(), Some(mm7::StatusCode::SUCCESS));
/// assert_eq!(decoded.deviations[0].kind, DeviationKind::MissingEnvelope);
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn decode_envelope(xml: &Bytes) -> Result<Decoded<Envelope>, DecodeError> {
    decode_envelope_with(xml, &Options::lenient())
}

/// Decodes an envelope, or a message without one, with options.
///
/// # Errors
///
/// Fails as [`decode_with`].
pub fn decode_envelope_with(xml: &Bytes, options: &Options) -> Result<Decoded<Envelope>, DecodeError> {
    let decoder = Decoder::new(xml, options);
    decoder.envelope(xml, None, 0)
}

/// Reads what routing needs of an HTTP body, leniently: which message it is, the provider, the identifiers
/// and the recipients. `content_type` is the value of its `Content-Type` header.
///
/// The other fields are not read, and neither are the parts behind that of the envelope, however large they
/// are. What is read is what [`decode`] reads.
///
/// # Errors
///
/// As for [`decode`], but not for what is only in the other fields or parts.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Address;
/// use mms_codec::{Bytes, mm7};
///
/// let body = Bytes::from_static(br#"<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">
///   <e:Header>
///     <t:TransactionID xmlns:t="http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"
///       e:mustUnderstand="1">t1</t:TransactionID>
///   </e:Header>
///   <e:Body>
///     <SubmitReq xmlns="http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4">
///       <MM7Version>6.8.0</MM7Version>
///       <SenderIdentification><VASPID>acme</VASPID><VASID>news</VASID></SenderIdentification>
///       <Recipients><To><Number>+12025550101</Number></To></Recipients>
///       <Subject>Tram line 4 runs again</Subject>
///       <Content href="http://vasp.example/1"/>
///     </SubmitReq>
///   </e:Body>
/// </e:Envelope>"#);
/// let peek = mm7::peek("text/xml; charset=utf-8", &body)?;
/// assert_eq!((peek.name, peek.transaction_id.as_deref()), ("SubmitReq", Some("t1")));
/// assert_eq!((peek.vasp_id.as_deref(), peek.vas_id.as_deref()), (Some("acme"), Some("news")));
/// assert_eq!(peek.recipients, [Address::phone("+12025550101")]);
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn peek(content_type: &str, body: &Bytes) -> Result<Peek, DecodeError> {
    let options = Options::lenient();
    let decoder = Decoder { is_peek: true, ..Decoder::new(body, &options) };
    decoder.body(Some(content_type), 0).map(|decoded| Peek::of(&decoded.value))
}

/// Decodes an HTTP message, head and body, leniently. Interim answers before it are passed over,
/// and its body may come in chunks. Compressed bodies are refused.
///
/// # Errors
///
/// Fails as [`decode`].
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, mm7};
///
/// let http = Bytes::from_static(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n\
///     <CancelRsp><MM7Version>6.8.0</MM7Version><Status><StatusCode>2005</StatusCode></Status></CancelRsp>");
/// let envelope = mm7::decode_http(&http)?.value;
/// assert_eq!(envelope.pdu.status_code(), Some(mm7::StatusCode::MESSAGE_ID_NOT_FOUND));
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn decode_http(message: &Bytes) -> Result<Decoded<Envelope>, DecodeError> {
    decode_http_with(message, &Options::lenient())
}

/// Decodes an HTTP message, head and body, with options.
///
/// # Errors
///
/// Fails as [`decode_with`].
pub fn decode_http_with(message: &Bytes, options: &Options) -> Result<Decoded<Envelope>, DecodeError> {
    let mut cx = Context::new(options, message.len());
    let http = MessageHead::read(message, &HTTP, &mut cx)?;
    let decoder = Decoder { input: &http.octets, options, is_peek: false, cx };
    let origin = &http.origin;
    match decoder.body(http.content_type.as_deref(), origin.body) {
        Ok(mut decoded) => {
            decoded.deviations.iter_mut().for_each(|deviation| deviation.offset = origin.in_input(deviation.offset));
            Ok(decoded)
        }
        Err(error) => Err(DecodeError { offset: origin.in_input(error.offset), ..error }),
    }
}

/// The binding of MM7 to HTTP.
const HTTP: Binding =
    Binding { is_soap: true, is_alone: true, is_content: |octets| looks_like_xml(octets) || octets.starts_with(b"--") };

/// Decodes whatever of MM7 the octets are, leniently: an HTTP message, a body whose content type
/// is not known, or an envelope. See [`detect`].
///
/// # Errors
///
/// Fails as [`decode`].
pub fn decode_unlabelled(octets: &Bytes) -> Result<Decoded<Envelope>, DecodeError> {
    decode_unlabelled_with(octets, &Options::lenient())
}

/// [`decode_unlabelled`] with options. An unknown content type is not a deviation.
///
/// # Errors
///
/// Fails as [`decode_with`].
pub fn decode_unlabelled_with(octets: &Bytes, options: &Options) -> Result<Decoded<Envelope>, DecodeError> {
    if http::detect(octets) {
        return decode_http_with(octets, options);
    }
    Decoder::new(octets, options).body(None, 0)
}

/// Whether the octets look like an MM7 message: an envelope, a body with attachments, or an HTTP
/// message. Looks no further than the first 16 kB.
///
/// # Examples
///
/// ```
/// use mms_codec::mm7;
///
/// assert!(mm7::detect(b"<SubmitRsp><MM7Version>6.8.0</MM7Version></SubmitRsp>"));
/// assert!(!mm7::detect(b"<html><body/></html>"));
/// ```
#[must_use]
pub fn detect(octets: &[u8]) -> bool {
    const WINDOW: usize = 16 * 1024;
    let window = octets.get(..octets.len().min(WINDOW)).unwrap_or_default();
    let start = without_utf8_marks(window).trim_ascii_start();
    if is_wide(start) {
        let narrow: Vec<u8> = start.iter().copied().filter(|octet| *octet != 0).collect();
        return has_mm7_names(&narrow);
    }
    let may_be = start.starts_with(b"<") || start.starts_with(b"--") || http::detect(window);
    may_be && has_mm7_names(start)
}

fn has_mm7_names(octets: &[u8]) -> bool {
    let has = |needle: &[u8]| memmem::find(octets, needle).is_some();
    let is_fault = || has(b"schemas.xmlsoap.org/soap/envelope/") && (has(b":Fault>") || has(b"<Fault"));
    has(b"/23.140/") || has(b"MM7Version>") || is_fault() || has_message(octets)
}

/// Whether there is a start tag with the name of a message.
fn has_message(octets: &[u8]) -> bool {
    Pdu::NAMES.iter().chain(&FaultError::NAMES).any(|name| has_start_tag(octets, name))
}

/// Whether there is a start tag with this name.
pub(super) fn has_start_tag(octets: &[u8], name: &str) -> bool {
    memmem::find_iter(octets, name).any(|at| {
        let before = at.checked_sub(1).and_then(|before| octets.get(before));
        let after = octets.get(at + name.len());
        matches!(before, Some(b'<' | b':')) && after.is_some_and(|after| b" \t\r\n/>".contains(after))
    })
}

struct Decoder<'a> {
    input: &'a Bytes,
    options: &'a Options,
    /// Only the fields that [`Peek`] has are read, and only the part that they are in.
    is_peek: bool,
    cx: Context,
}

impl<'a> Decoder<'a> {
    const fn new(input: &'a Bytes, options: &'a Options) -> Self {
        Self { input, options, is_peek: false, cx: Context::new(options, input.len()) }
    }

    /// Decodes the body that begins at `start`.
    fn body(mut self, content_type: Option<&str>, start: usize) -> Result<Decoded<Envelope>, DecodeError> {
        let cx = &mut self.cx;
        let octets = self.input.get(start..).unwrap_or_default();
        if octets.starts_with(GZIP) {
            return Err(cx.error(DecodeErrorKind::ContentCoding, start).in_field("Content-Encoding"));
        }
        // Each parameter is an entry.
        for _ in memchr::memchr_iter(b';', content_type.unwrap_or_default().as_bytes()) {
            cx.count(start).map_err(|error| error.in_field("Content-Type"))?;
        }
        let parsed = content_type.map(|text| {
            // What is wrong with it is reported with its parts.
            let mut unheard = Context::new(&Options::lenient(), text.len());
            text.parse().or_else(|_| mime::parameter::read_content_type(text, start, &mut unheard))
        });
        let parsed: Option<ContentType> = parsed.transpose()?;
        let is_multipart = parsed.as_ref().is_some_and(ContentType::is_multipart);
        let boundary = parsed.as_ref().filter(|_| is_multipart).and_then(|parsed| parsed.parameter("boundary"));
        let has_boundary = boundary.is_some_and(|boundary| has_delimiter(octets, boundary));
        if !has_boundary && !begins_multipart(octets) {
            let is_xml = parsed.as_ref().is_some_and(|parsed| parsed.is("text/xml"));
            if content_type.is_some() && !is_xml {
                cx.forgive_in("Content-Type", DeviationKind::WrongContentType, start)?;
            }
            return self.envelope(octets, parsed.as_ref(), start);
        }
        let mut text = Cow::Borrowed(content_type.unwrap_or_default());
        if !has_boundary {
            if content_type.is_some() {
                let is_other = boundary.is_some();
                let kind = if is_other { DeviationKind::BoundarySyntax } else { DeviationKind::MissingParameter };
                cx.forgive_in("Content-Type", kind, start)?;
            }
            let boundary = first_boundary(octets).ok_or_else(|| cx.error(DecodeErrorKind::NotAMessage, start))?;
            text = Cow::Owned(format!("multipart/related; boundary=\"{boundary}\"; type=\"text/xml\""));
        }
        let body = match self.first_part(&text, start) {
            Some(body) => body,
            None => mime::decode_body_at(&text, self.input, start, &mut self.cx)?,
        };
        if content_type.is_some() {
            self.cx.in_field("Content-Type", |cx| check_related(&body, start, cx))?;
        }
        self.multipart(body, start)
    }

    /// The multipart with its first part alone, if that is where the envelope is and the others are not needed.
    fn first_part(&self, content_type: &str, start: usize) -> Option<Part> {
        if !self.is_peek {
            return None;
        }
        let mut cx = Context::new(self.options, self.input.len());
        let body = mime::decode_first_part_at(content_type, self.input, start, &mut cx).ok()?;
        let [first] = body.parts() else { return None };
        let is_root = match (body.content_type.parameter("start"), body.content_type.parameter("type")) {
            (Some(start), _) => first.content_id.as_deref().is_some_and(|id| Reference::new(start).is(id)),
            (None, Some(media)) => first.content_type.is(media),
            (None, None) => true,
        };
        (is_root && is_xml(first)).then_some(body)
    }

    fn envelope(
        mut self,
        octets: &[u8],
        content_type: Option<&ContentType>,
        start: usize,
    ) -> Result<Decoded<Envelope>, DecodeError> {
        let label = content_type.and_then(|content_type| content_type.parameter("charset"));
        let envelope = envelope::read(octets, label, start, self.options, self.is_peek, &mut self.cx)?;
        Ok(Decoded::new(envelope, self.cx.into_deviations()))
    }

    /// Takes the envelope out of a multipart, and finds the content that it refers to.
    fn multipart(mut self, body: Part, start: usize) -> Result<Decoded<Envelope>, DecodeError> {
        let cx = &mut self.cx;
        let not_a_message = cx.error(DecodeErrorKind::NotAMessage, start);
        let index = envelope_in(&body);
        let (Content::Parts(parts), Some(index)) = (body.content, index) else { return Err(not_a_message) };
        let mut parts = Vec::from(parts);
        let root = parts.remove(index);
        let octets = root.octets().cloned().unwrap_or_default();
        let offset = (octets.as_ptr() as usize).checked_sub(self.input.as_ptr() as usize);
        let offset = offset.filter(|offset| *offset <= self.input.len()).unwrap_or(start);
        if !root.content_type.is("text/xml") {
            cx.forgive_in("Content-Type", DeviationKind::WrongContentType, offset)?;
        }
        let label = root.content_type.parameter("charset");
        let mut envelope = envelope::read(&octets, label, offset, self.options, self.is_peek, cx)?;
        if let Some((href, message)) = envelope.pdu.table_mut().reference() {
            let take = |cx: &mut Context| take_content(href.as_deref(), message, &mut parts, offset, cx);
            cx.in_field(CONTENT_HREF.path, take)?;
        }
        envelope.attachments = parts;
        Ok(Decoded::new(envelope, self.cx.into_deviations()))
    }
}

/// Which part the envelope is: the root, unless that is something else.
fn envelope_in(body: &Part) -> Option<usize> {
    let root = body.root().filter(|root| is_xml(root)).or_else(|| body.parts().iter().find(|part| is_xml(part)))?;
    body.parts().iter().position(|part| core::ptr::eq(part, root))
}

fn is_xml(part: &Part) -> bool {
    part.octets().is_some_and(|octets| looks_like_xml(octets))
}

/// What gzip begins with (RFC 1952, 2.3.1).
const GZIP: &[u8] = &[0x1f, 0x8b];

/// Reports another multipart than `multipart/related`, parameters that it lacks, and a root that is not
/// there, or is not the envelope.
fn check_related(body: &Part, start: usize, cx: &mut Context) -> Result<(), DecodeError> {
    let related = &body.content_type;
    let root_type = related.parameter("type");
    if !related.is("multipart/related") || root_type.is_some_and(|root| !root.eq_ignore_ascii_case("text/xml")) {
        cx.forgive(DeviationKind::WrongContentType, start)?;
    }
    if root_type.is_none() {
        cx.forgive(DeviationKind::MissingParameter, start)?;
    }
    match related.parameter("start") {
        None => cx.forgive(DeviationKind::MissingParameter, start)?,
        Some(id) => {
            let envelope = envelope_in(body).and_then(|index| body.parts().get(index));
            if !envelope.is_some_and(|part| part.is_referred_to_by(&Reference::new(id))) {
                cx.forgive(DeviationKind::DanglingReference, start)?;
            }
        }
    }
    Ok(())
}

/// Moves the part that `href` names to where the content of the message belongs.
fn take_content(
    href: Option<&str>,
    message: &mut Message,
    parts: &mut Vec<Part>,
    at: usize,
    cx: &mut Context,
) -> Result<(), DecodeError> {
    let Some(href) = href else {
        // Content that nothing refers to.
        if !parts.is_empty() {
            cx.forgive(DeviationKind::MissingReference, at)?;
            message.body = Some(parts.remove(0));
        }
        return Ok(());
    };
    let id = |part: &Part| {
        let id = part.content_id.as_deref()?.trim();
        // Where the brackets are missing, that was reported.
        Some(Str::from(id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id)))
    };
    let has_scheme = href.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("cid:"));
    let wanted = bare_reference(href);
    let exact = parts.iter().position(|part| has_scheme && id(part).as_deref() == Some(&*wanted));
    let found = exact.or_else(|| {
        let references = [wanted.trim(), href].map(Reference::new);
        parts.iter().position(|part| references.iter().any(|reference| part.is_referred_to_by(reference)))
    });
    match found {
        Some(index) => {
            if exact.is_none() || href.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>')) {
                cx.forgive(DeviationKind::ReferenceSpelling, at)?;
            }
            let mut body = parts.remove(index);
            // It names the content in this body only, and the reference has it.
            if body.content_id.as_deref().is_some_and(|id| bare_reference(id).trim() == wanted.trim())
                || exact.is_some()
            {
                body.content_id = None;
            }
            message.body = Some(body);
        }
        // The content is somewhere else.
        None if is_url(href) => {}
        None => cx.forgive(DeviationKind::DanglingReference, at)?,
    }
    Ok(())
}

/// Whether the reference is to something outside of the message.
pub(super) fn is_url(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.eq_ignore_ascii_case("cid")
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// Whether a body is not XML but parts: the first that is not blank is a delimiter, or text before one.
fn begins_multipart(octets: &[u8]) -> bool {
    !looks_like_xml(octets) && (octets.trim_ascii_start().starts_with(b"--") || memmem::find(octets, b"\n--").is_some())
}

/// Whether there is a line that begins with two hyphens and the boundary, blanks aside.
fn has_delimiter(octets: &[u8], boundary: &str) -> bool {
    let delimiter = format!("--{}", boundary.trim_ascii_end());
    memmem::find_iter(octets, &delimiter).any(|at| {
        let before = octets.get(..at).unwrap_or_default();
        matches!(before.last(), None | Some(b'\n' | b' ' | b'\t'))
    })
}

/// The boundary of the first delimiter.
fn first_boundary(octets: &[u8]) -> Option<&str> {
    let start = octets.trim_ascii_start();
    let start = match start.strip_prefix(b"--") {
        Some(start) => start,
        None => start.get(memmem::find(start, b"\n--")? + 3..)?,
    };
    let line = start.get(..memchr::memchr2(b'\r', b'\n', start)?)?;
    core::str::from_utf8(line)
        .ok()
        .map(str::trim_end)
        .filter(|boundary| !boundary.is_empty() && !boundary.contains('"'))
}

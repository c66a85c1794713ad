//! Encoding of HTTP bodies: the envelope alone, or with attachments (TS 23.140, 8.7).

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use bytes::Bytes;

use super::body::is_url;
use super::envelope::{Envelope, TRANSACTION_ID};
use super::pdu::Pdu;
use super::schema::SOAP;
use super::wire::CONTENT_HREF;
use super::writer::Writer;
use crate::chain::Chain;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::message::{ContentType, Part, Str, bare_reference};
use crate::mime;

/// How to encode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "written out by users with `..EncodeOptions::default()`")]
pub struct EncodeOptions {
    /// Leaves out what the schema does not have or cannot say, instead of refusing it; statuses
    /// become the nearest ones. [`Encoded::left_out`] lists it.
    pub leave_out: bool,
    /// Writes the [`Extra`](super::Extra) elements back, at the end of the element that they were
    /// found in. No schema has them: without this they are left out, as
    /// [`Encoded::left_out`] lists it. One that repeats a field which has a value, such as the second
    /// `Subject` of a decoded message, is refused, or left out with `leave_out`: peers take the first or the last
    /// of them, and would not read the message as this decoder did. Where the field has no value, because it
    /// could not be read, its element is written back.
    pub write_extra: bool,
}

/// An encoded message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Encoded {
    /// The value of the `Content-Type` header.
    pub content_type: String,
    /// The body in pieces. Content is shared with the message.
    pub chain: Chain,
    /// The names of what was left out or has another value.
    pub left_out: Vec<Str>,
}

impl Encoded {
    /// The body in one piece.
    pub fn body(&self) -> Bytes {
        self.chain.clone().into_vec().into()
    }

    /// The header fields of HTTP for a request with this body, names and values. Peers of SOAP 1.1 insist on
    /// an empty `SOAPAction`.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm7::{self, Envelope, Fault, StatusCode};
    ///
    /// let encoded = mm7::encode(&Envelope::new("t-1", Fault::by_vasp(StatusCode::SERVICE_ERROR)))?;
    /// let [content_type, action] = encoded.request_fields();
    /// assert_eq!(content_type, ("Content-Type", "text/xml; charset=\"utf-8\""));
    /// assert_eq!(action, ("SOAPAction", "\"\""));
    /// assert_eq!(encoded.response_fields(), [content_type]);
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn request_fields(&self) -> [(&'static str, &str); 2] {
        let [content_type] = self.response_fields();
        [content_type, ("SOAPAction", "\"\"")]
    }

    /// The header fields of HTTP for a response with this body.
    pub fn response_fields(&self) -> [(&'static str, &str); 1] {
        [("Content-Type", &self.content_type)]
    }
}

/// Encodes a message: the envelope alone as `text/xml`, or with its attachments as
/// `multipart/related`. `SOAPAction` of the HTTP request is `""`.
///
/// # Errors
///
/// Fails if a mandatory field has no value, if the schema of the envelope does not have a field or
/// a value, if an element that is kept repeats a field or `TransactionID`, and for control
/// characters. The error names the field.
///
/// # Examples
///
/// ```
/// use mms_codec::mm7::{self, ChargedParty, Envelope, Schema, SubmitReq};
/// use mms_codec::{EncodeErrorKind, message::Address};
///
/// let mut submit = SubmitReq::default();
/// submit.message.to.push(Address::phone("+12025550101"));
/// submit.message.applic_id = Some("com.example.viewer".into());
/// let mut envelope = Envelope::new("t1", submit);
/// assert_eq!(mm7::encode(&envelope)?.content_type, "text/xml; charset=\"utf-8\"");
///
/// envelope.schema = Schema::REL_5_MM7_1_3;
/// let error = mm7::encode(&envelope).unwrap_err();
/// assert_eq!((error.kind, error.field), (EncodeErrorKind::NoSuchField, Some("ApplicID")));
///
/// let options = mm7::EncodeOptions { leave_out: true, ..Default::default() };
/// assert_eq!(mm7::encode_with(&envelope, &options)?.left_out, ["ApplicID"]);
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
pub fn encode(envelope: &Envelope) -> Result<Encoded, EncodeError> {
    encode_with(envelope, &EncodeOptions::default())
}

/// Encodes a message with options.
///
/// # Errors
///
/// As [`encode`].
pub fn encode_with(envelope: &Envelope, options: &EncodeOptions) -> Result<Encoded, EncodeError> {
    let mut content = None;
    let mut href = None;
    let used: BTreeSet<&str> =
        envelope.attachments.iter().filter_map(|part| part.content_id.as_deref()).map(without_brackets).collect();
    let fresh = |name: &str, also: &str| {
        let mut id = String::from(name);
        while used.contains(id.as_str()) || id == also {
            id.push('_');
        }
        id
    };
    let mut body_id = String::new();
    if let Some((reference, body)) = content_of(envelope) {
        if reference.is_some_and(is_url) {
            return Err(EncodeError { kind: EncodeErrorKind::NotExpressible, field: Some(CONTENT_HREF.path) });
        }
        let own = body.content_id.as_deref().map(|id| String::from(without_brackets(id)));
        body_id = own.unwrap_or_else(|| match reference.map(bare_reference) {
            Some(id) if is_content_id(id.trim()) => id.trim().into(),
            _ => fresh("content@mm7", ""),
        });
        href = Some(["cid:", &escaped(&body_id)].concat());
        content = Some(Part { content_id: Some(["<", &body_id, ">"].concat().into()), ..body.clone() });
    }
    let (xml, left_out) = write_envelope(envelope, href, options)?;
    if content.is_none() && envelope.attachments.is_empty() {
        let content_type = String::from("text/xml; charset=\"utf-8\"");
        return Ok(Encoded { content_type, chain: Chain::new(xml.into(), Vec::new()), left_out });
    }
    let root_id = ["<", &fresh("envelope@mm7", &body_id), ">"].concat();
    let mut root = Part::new(ContentType::new("text/xml").with("charset", "utf-8"), xml);
    root.content_id = Some(root_id.as_str().into());
    let related = ContentType::new("multipart/related").with("type", "text/xml").with("start", root_id);
    let parts = core::iter::once(root).chain(content).chain(envelope.attachments.iter().cloned());
    let body = Part::multipart(related, parts.collect());
    let transfer = mime::TransferOptions { transfer: mime::Transfer::Binary };
    let (content_type, chain) = mime::encode_body(&body, &transfer)?;
    Ok(Encoded { content_type, chain, left_out })
}

/// Writes an envelope, whose `Content` refers to `href`. Returns what was left out, too.
fn write_envelope(
    envelope: &Envelope,
    href: Option<String>,
    options: &EncodeOptions,
) -> Result<(String, Vec<Str>), EncodeError> {
    if !envelope.schema.is_writable() {
        return Err(EncodeError { kind: EncodeErrorKind::InvalidText, field: Some("xmlns") });
    }
    let mut to = Writer::new(envelope.schema.clone(), options.leave_out);
    to.content_href = href;
    to.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    to.start("env:Envelope");
    to.attribute("xmlns:env", SOAP)?;
    if envelope.transaction_id.is_none() && !matches!(envelope.pdu, Pdu::Fault(_)) {
        let kind = EncodeErrorKind::MissingField;
        return Err(EncodeError { kind, field: Some(TRANSACTION_ID) });
    }
    if envelope.transaction_id.is_some() || !envelope.header.is_empty() {
        to.start("env:Header");
        if let Some(id) = &envelope.transaction_id {
            to.start("mm7:TransactionID");
            to.attribute("xmlns:mm7", &envelope.schema.uri())?;
            to.attribute("env:mustUnderstand", "1")?;
            to.text(id).map_err(|error| error.in_field(TRANSACTION_ID))?;
            to.end("mm7:TransactionID");
        }
        for entry in &envelope.header {
            let is_id = |name: &Str| name.eq_ignore_ascii_case(TRANSACTION_ID);
            if envelope.transaction_id.is_none() || !entry.own_names(&envelope.schema).iter().any(is_id) {
                to.raw(entry.as_str());
            } else if options.leave_out {
                to.left_out.push(TRANSACTION_ID.into());
            } else {
                let kind = EncodeErrorKind::FieldConflict;
                return Err(EncodeError { kind, field: Some(TRANSACTION_ID) });
            }
        }
        to.end("env:Header");
    }
    to.start("env:Body");
    match &envelope.pdu {
        Pdu::Fault(fault) => Pdu::write_fault(fault, &mut to, options.write_extra)?,
        pdu => pdu.write(&mut to, options.write_extra)?,
    }
    to.end("env:Body");
    to.end("env:Envelope");
    Ok(to.finish())
}

/// `Content/@href` and the body of the message, if there is one.
fn content_of(envelope: &Envelope) -> Option<(Option<&str>, &Part)> {
    let body = envelope.message()?.body.as_ref()?;
    let href = match &envelope.pdu {
        Pdu::SubmitReq(pdu) => &pdu.content_href,
        Pdu::DeliverReq(pdu) => &pdu.content_href,
        Pdu::ReplaceReq(pdu) => &pdu.content_href,
        Pdu::ExtendedReplaceReq(pdu) => &pdu.content_href,
        _ => return None,
    };
    Some((href.as_deref(), body))
}

fn is_content_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|octet| matches!(octet, b'!'..=b'~') && !matches!(octet, b'<' | b'>'))
}

fn without_brackets(id: &str) -> &str {
    id.trim().trim_start_matches('<').trim_end_matches('>')
}

/// A Content-ID as it is in a URL (RFC 2392, 2).
fn escaped(id: &str) -> String {
    let mut url = String::with_capacity(id.len());
    for octet in id.bytes() {
        if octet.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&octet) {
            url.push(char::from(octet));
        } else {
            url.push_str(&format!("%{octet:02X}"));
        }
    }
    url
}

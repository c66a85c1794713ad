//! The fault that answers a request which could not be decoded.

use alloc::string::ToString;
use alloc::vec::Vec;

use bytes::Bytes;
use memchr::memmem;

use super::envelope::{Envelope, TRANSACTION_ID};
use super::fragment::Fragment;
use super::pdu::Pdu;
use super::response::Fault;
use super::schema::Schema;
use super::status::{Status, StatusCode};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::http;
use crate::message::Str;
use crate::xml::document::is_wide;

/// The fault that answers a request that [`decode`](super::decode) refused with this error. `octets` are what was
/// to be decoded: the body, or the whole HTTP message.
///
/// Its `TransactionID` is the one that can be found in the octets, however damaged they are; the schema is the one
/// that they name. The service provider answers what only a relay/server sends, and the relay/server all else.
/// `Details` has the reason.
///
/// # Examples
///
/// ```
/// use mms_codec::mm7::{self, StatusCode};
/// use mms_codec::{Bytes, Options};
///
/// let request = Bytes::from_static(b"<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'>\
///     <e:Header><TransactionID>t1</TransactionID></e:Header><e:Body><SubmitReq><MM7Version>6.8.0</MM");
/// let error = mm7::decode("text/xml", &request).unwrap_err();
/// let fault = mm7::fault_for(&error, &request);
/// assert_eq!((fault.name(), fault.transaction_id.as_deref()), ("RSErrorRsp", Some("t1")));
/// assert_eq!(fault.pdu.status_code(), Some(StatusCode::VALIDATION_ERROR));
/// assert!(mm7::encode(&fault).is_ok());
/// ```
#[must_use]
pub fn fault_for(error: &DecodeError, octets: &[u8]) -> Envelope {
    /// The envelope comes first, and what follows may be long.
    const WINDOW: usize = 64 * 1024;
    let body = if http::detect(octets) { http::decode(&Bytes::copy_from_slice(octets)).ok() } else { None };
    let octets = body.as_ref().map_or(octets, |message| &message.value.body);
    let window = octets.get(..octets.len().min(WINDOW)).unwrap_or_default();
    let narrow: Vec<u8>;
    let window = if is_wide(window.trim_ascii_start()) {
        narrow = window.iter().copied().filter(|octet| *octet != 0).collect();
        &narrow
    } else {
        window
    };
    let mut status = Status::new(error.status_code());
    status.details = Fragment::text(&error.to_string());
    let is_from_relay =
        ["DeliverReq", "DeliveryReportReq", "ReadReplyReq"].iter().any(|name| super::body::has_start_tag(window, name));
    let fault: Pdu = if is_from_relay { Fault::by_vasp(status) } else { Fault::by_relay_server(status) }.into();
    let mut envelope = Envelope::new("", fault);
    envelope.transaction_id = transaction_id(window);
    envelope.schema = schema(window).unwrap_or_default();
    envelope.pdu.set_mm7_version(Some(envelope.schema.default_version().into()));
    envelope
}

impl DecodeError {
    /// The status of MM7 for a request that did not decode.
    const fn status_code(&self) -> StatusCode {
        match self.kind {
            DecodeErrorKind::LimitExceeded(_) => StatusCode::MULTIMEDIA_CONTENT_REFUSED,
            DecodeErrorKind::MissingField
            | DecodeErrorKind::InvalidText
            | DecodeErrorKind::NumberTooLarge
            | DecodeErrorKind::Deviation(_) => StatusCode::MESSAGE_FORMAT_CORRUPT,
            _ => StatusCode::VALIDATION_ERROR,
        }
    }
}

/// The first text of an element `TransactionID` that is an identifier.
fn transaction_id(octets: &[u8]) -> Option<Str> {
    const LONGEST: usize = 256;
    memmem::find_iter(octets, TRANSACTION_ID).find_map(|at| {
        let before = octets.get(at.checked_sub(1)?)?;
        let rest = octets.get(at + TRANSACTION_ID.len()..)?;
        let is_name = matches!(before, b'<' | b':') && matches!(rest.first()?, b'>' | b' ' | b'\t' | b'\r' | b'\n');
        let text = rest.get(memchr::memchr(b'>', rest).filter(|_| is_name)? + 1..)?;
        let text = text.get(..memchr::memchr(b'<', text)?)?.trim_ascii();
        let text = core::str::from_utf8(text).ok().filter(|text| !text.is_empty() && text.len() <= LONGEST)?;
        let text = quick_xml::escape::unescape(text).ok()?;
        Some(Str::from(&*text)).filter(|_| Fragment::text(&text).is_some())
    })
}

/// The first schema that is named.
fn schema(octets: &[u8]) -> Option<Schema> {
    memmem::find_iter(octets, b"http://www.3gpp.org/").find_map(|at| {
        let uri = octets.get(at..)?;
        let uri = core::str::from_utf8(uri.get(..memchr::memchr2(b'"', b'\'', uri)?)?).ok()?;
        Schema::of_uri(uri).filter(|schema| !matches!(schema, Schema::Other(_)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    #[test]
    fn finds_what_an_answer_needs_in_damaged_octets() {
        let stem = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/";
        let header =
            alloc::format!("<m:TransactionID xmlns:m=\"{stem}REL-5-MM7-1-2\" e:m='1'> a&amp;b </m:TransactionID>");
        for (body, name) in [
            ("<DeliverReq xmlns='x'><Foo", "VASPErrorRsp"),
            ("<m:SubmitReq><m:Foo></m:Bar>", "RSErrorRsp"),
            ("\u{1}\u{2}", "RSErrorRsp"),
        ] {
            let octets: Bytes = alloc::format!("<e:Envelope>{header}{body}").into();
            let wide: Vec<u8> =
                core::str::from_utf8(&octets).unwrap().encode_utf16().flat_map(u16::to_be_bytes).collect();
            let http = alloc::format!("POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n", octets.len());
            let http: Bytes = [http.as_bytes(), &octets].concat().into();
            for octets in [octets, wide.into(), http] {
                let error = crate::mm7::decode_unlabelled(&octets).unwrap_err();
                let fault = fault_for(&error, &octets);
                assert_eq!((fault.name(), fault.transaction_id.as_deref()), (name, Some("a&b")));
                assert_eq!(fault.schema, Schema::REL_5_MM7_1_2);
                let encoded = crate::mm7::encode(&fault).unwrap();
                let strict = crate::mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict());
                assert_eq!(strict.unwrap().value, fault);
            }
        }
        for octets in [
            &b""[..],
            b"<TransactionID>",
            b"<TransactionID></TransactionID>",
            b"TransactionID>a<",
            b"<TransactionIDs>a<",
        ] {
            let error = crate::mm7::decode_unlabelled(&Bytes::copy_from_slice(octets)).unwrap_err();
            assert_eq!(fault_for(&error, octets).transaction_id, None, "{octets:?}");
        }
    }
}

//! Requests and responses of HTTP as types of the crate `http`, which most servers and clients take.
//!
//! Bodies are [`Bytes`](bytes::Bytes), header fields those of [`mm1::HTTP_FIELDS`](crate::mm1::HTTP_FIELDS) and of
//! [`mm7::Encoded`](crate::mm7::Encoded).

#[cfg(feature = "mm7")]
use ::http::header::CONTENT_TYPE;
use ::http::header::{HeaderMap, HeaderName, HeaderValue};
use ::http::{Request, Response, StatusCode, Uri};
use bytes::Bytes;

#[cfg(feature = "mm7")]
use crate::error::{DecodeError, DecodeErrorKind};
use crate::error::{EncodeError, EncodeErrorKind};

/// Header fields by the names and values that the interfaces list.
///
/// # Errors
///
/// Fails for a value that HTTP does not have.
fn fields(of: &[(&'static str, &str)]) -> Result<HeaderMap, EncodeError> {
    of.iter()
        .map(|(name, value)| {
            let error = || EncodeError::from(EncodeErrorKind::NotExpressible).in_field(name);
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| error())?;
            Ok((name, HeaderValue::from_str(value).map_err(|_| error())?))
        })
        .collect()
}

fn post(uri: Uri, fields: HeaderMap, body: Bytes) -> Request<Bytes> {
    let mut request = Request::new(body);
    (*request.method_mut(), *request.uri_mut(), *request.headers_mut()) = (::http::Method::POST, uri, fields);
    request
}

fn response(status: u16, fields: HeaderMap, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    *response.headers_mut() = fields;
    response
}

/// MM1 over HTTP.
#[cfg(feature = "mm1")]
pub(crate) mod mm1 {
    use super::{Bytes, EncodeError, Request, Response, Uri, fields};
    use crate::mm1::{AsPdu, HTTP_FIELDS, encode};

    /// The request in which a client sends a PDU to the relay/server at `uri`.
    ///
    /// # Errors
    ///
    /// As [`encode`].
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::{self, NotifyRespInd};
    /// use mms_codec::message::MmStatus;
    ///
    /// let mut resp = NotifyRespInd::default();
    /// resp.transaction_id = Some("T1".into());
    /// resp.status = Some(MmStatus::Deferred);
    /// let request = mm1::http_request("http://mmsc.example.net/".parse()?, &resp)?;
    /// assert_eq!(request.headers()["content-type"], "application/vnd.wap.mms-message");
    /// assert_eq!(mm1::decode(request.body())?.value, resp.into());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn http_request(uri: Uri, pdu: &impl AsPdu) -> Result<Request<Bytes>, EncodeError> {
        Ok(super::post(uri, fields(&HTTP_FIELDS)?, encode(pdu)?.into()))
    }

    /// The response with which the relay/server answers a client: with a PDU, or without content.
    ///
    /// # Errors
    ///
    /// As [`encode`].
    pub fn http_response(pdu: Option<&impl AsPdu>) -> Result<Response<Bytes>, EncodeError> {
        match pdu {
            Some(pdu) => Ok(super::response(200, fields(&HTTP_FIELDS)?, encode(pdu)?.into())),
            None => Ok(super::response(204, Default::default(), Bytes::new())),
        }
    }
}

#[cfg(feature = "mm7")]
impl crate::mm7::Envelope {
    /// The request that carries this envelope to the peer at `uri`.
    ///
    /// # Errors
    ///
    /// As [`mm7::encode`](crate::mm7::encode).
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm7::{self, CancelReq, Envelope};
    ///
    /// let mut cancel = CancelReq::default();
    /// cancel.message_id = Some("mm-1".into());
    /// let request = Envelope::new("t-1", cancel).http_request("http://mmsc.example.net/".parse()?)?;
    /// assert_eq!(request.headers()["soapaction"], "\"\"");
    /// let received = mm7::decode_body(request.headers(), request.body())?.value;
    /// let response = received.answer(mm7::StatusCode::SUCCESS, None).unwrap().http_response()?;
    /// assert_eq!(response.status(), 200);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn http_request(&self, uri: Uri) -> Result<Request<Bytes>, EncodeError> {
        let encoded = crate::mm7::encode(self)?;
        Ok(post(uri, fields(&encoded.request_fields())?, encoded.body()))
    }

    /// The response that carries this envelope back, with the status of a fault if it is one.
    ///
    /// # Errors
    ///
    /// As [`mm7::encode`](crate::mm7::encode).
    pub fn http_response(&self) -> Result<Response<Bytes>, EncodeError> {
        let encoded = crate::mm7::encode(self)?;
        Ok(response(self.http_status(), fields(&encoded.response_fields())?, encoded.body()))
    }
}

/// Decodes the body of a request or response leniently, by the `Content-Type` among its header fields.
///
/// # Errors
///
/// As [`mm7::decode`](crate::mm7::decode), and without a `Content-Type`.
#[cfg(feature = "mm7")]
pub fn decode_body(
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<crate::options::Decoded<crate::mm7::Envelope>, DecodeError> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let missing = DecodeError { kind: DecodeErrorKind::MissingField, offset: 0, field: Some("Content-Type") };
    crate::mm7::decode(content_type.ok_or(missing)?, body)
}

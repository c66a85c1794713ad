//! MM7 over HTTP, in the types of the crate `http`.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap};
use http::{Request, Response, Uri};

use super::{Envelope, decode, encode};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::http_types::{fields, post, response};
use crate::options::Decoded;

impl Envelope {
    /// The request that carries this envelope to the peer at `uri`.
    ///
    /// # Errors
    ///
    /// As [`encode`].
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
        let encoded = encode(self)?;
        Ok(post(uri, fields(&encoded.request_fields())?, encoded.body()))
    }

    /// The response that carries this envelope back, with the status of a fault if it is one.
    ///
    /// # Errors
    ///
    /// As [`encode`].
    pub fn http_response(&self) -> Result<Response<Bytes>, EncodeError> {
        let encoded = encode(self)?;
        Ok(response(self.http_status(), fields(&encoded.response_fields())?, encoded.body()))
    }
}

/// Decodes the body of a request or response leniently, by the `Content-Type` among its header fields.
///
/// # Errors
///
/// As [`decode`], and without a `Content-Type`.
pub fn decode_body(headers: &HeaderMap, body: &Bytes) -> Result<Decoded<Envelope>, DecodeError> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let missing = DecodeError { kind: DecodeErrorKind::MissingField, offset: 0, field: Some("Content-Type") };
    decode(content_type.ok_or(missing)?, body)
}

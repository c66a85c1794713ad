//! Requests and responses of HTTP as types of the crate `http`, which most servers and clients take.
//!
//! Bodies are [`Bytes`](bytes::Bytes), header fields those of [`mm1::HTTP_FIELDS`](crate::mm1::HTTP_FIELDS) and of
//! [`mm7::Encoded`](crate::mm7::Encoded).

use ::http::header::{HeaderMap, HeaderName, HeaderValue};
use ::http::{Request, Response, StatusCode, Uri};
use bytes::Bytes;

use crate::error::{EncodeError, EncodeErrorKind};

/// Header fields by the names and values that the interfaces list.
///
/// # Errors
///
/// Fails for a value that HTTP does not have.
pub(crate) fn fields(of: &[(&'static str, &str)]) -> Result<HeaderMap, EncodeError> {
    of.iter()
        .map(|(name, value)| {
            let error = || EncodeError::from(EncodeErrorKind::NotExpressible).in_field(name);
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| error())?;
            Ok((name, HeaderValue::from_str(value).map_err(|_| error())?))
        })
        .collect()
}

pub(crate) fn post(uri: Uri, fields: HeaderMap, body: Bytes) -> Request<Bytes> {
    let mut request = Request::new(body);
    (*request.method_mut(), *request.uri_mut(), *request.headers_mut()) = (::http::Method::POST, uri, fields);
    request
}

pub(crate) fn response(status: u16, fields: HeaderMap, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    *response.headers_mut() = fields;
    response
}

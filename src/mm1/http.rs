//! MM1 over HTTP, in the types of the crate `http`.

use bytes::Bytes;
use http::{Request, Response, Uri};

use super::{AsPdu, HTTP_FIELDS, encode};
use crate::error::EncodeError;
use crate::http_types::{fields, post, response};

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
    Ok(post(uri, fields(&HTTP_FIELDS)?, encode(pdu)?.into()))
}

/// The response with which the relay/server answers a client: with a PDU, or without content.
///
/// # Errors
///
/// As [`encode`].
pub fn http_response(pdu: Option<&impl AsPdu>) -> Result<Response<Bytes>, EncodeError> {
    match pdu {
        Some(pdu) => Ok(response(200, fields(&HTTP_FIELDS)?, encode(pdu)?.into())),
        None => Ok(response(204, Default::default(), Bytes::new())),
    }
}

//! The answer to a message that could not be decoded.

use bytes::Bytes;
use memchr::memmem;

use super::{Pdu, Posting, decode};
use crate::error::DecodeError;

/// The response to a request or report that [`decode_with`](super::decode_with) refused with this error: with the
/// identifiers that can be found in its header section. `None` for octets that are not a request, and for a request
/// that asks for no response.
///
/// # Examples
///
/// ```
/// use mms_codec::mm4::{self, Pdu, Posting};
/// use mms_codec::{Bytes, Options, message::RequestStatus};
///
/// let request = Bytes::from_static(
///     b"X-Mms-Message-Type: MM4_forward.REQ\r\nX-Mms-Transaction-ID: \"t1\"\r\nX-Mms-Message-ID: \"m1\"\r\n\
///       X-Mms-Ack-Request: Yes\r\n\r\n",
/// );
/// let error = mm4::decode_with(&request, &Options::strict()).unwrap_err();
/// let posting = Posting::new("system-user@mms.example.net", "r-1@mms.example.net", 1_709_631_049);
/// let Some(Pdu::ForwardRes(response)) = mm4::answer_for(&error, &request, posting) else { panic!() };
/// assert_eq!(response.transaction_id.as_deref(), Some("\"t1\""));
/// assert_eq!(response.status, Some(RequestStatus::ErrorMessageFormatCorrupt));
/// ```
pub fn answer_for(error: &DecodeError, octets: &Bytes, posting: Posting) -> Option<Pdu> {
    /// Longer than any header section, and short enough to be read again.
    const LONGEST: usize = 64 * 1024;
    let window = octets.get(..octets.len().min(LONGEST)).unwrap_or_default();
    let ends = [&b"\r\n\r\n"[..], b"\n\n", b"\r\r\n\r\r\n"]
        .into_iter()
        .filter_map(|end| memmem::find(window, end).map(|at| at + end.len()));
    let head = octets.slice(..ends.min().unwrap_or(window.len()));
    decode(&head).ok()?.value.answer(error.request_status(), posting)
}

//! The answer to a PDU that could not be decoded.

#[cfg(feature = "mailbox")]
use super::code_point::StoreStatus;
use super::code_point::{MessageType, ResponseStatus, Version};
use super::field::{FieldCode, FieldName, Fields};
use super::value::CancelStatus;
use super::{CancelReq, DeleteReq, ForwardReq, NotificationInd, Pdu, SendReq};
#[cfg(feature = "mailbox")]
use super::{MboxDeleteReq, MboxStoreReq, MboxUploadReq, MboxViewReq};
use crate::error::DecodeError;
use crate::message::{MmStatus, Str};

/// The answer to a PDU that [`decode`](super::decode) refused with this error: the confirmation of a request, or
/// the response to a notification, with the transaction identifier and the version that can be found in the octets.
/// `None` for octets that are not a request.
///
/// # Examples
///
/// ```
/// use mms_codec::mm1::{self, Pdu, ResponseStatus};
/// use mms_codec::{Bytes, Options};
///
/// // An M-Send.req without anything else.
/// let request = Bytes::from_static(b"\x8c\x80\x98T1\0\x8d\x92");
/// let error = mm1::decode_with(&request, &Options::strict()).unwrap_err();
/// let Some(Pdu::SendConf(conf)) = mm1::answer_for(&error, &request) else { panic!() };
/// assert_eq!(conf.transaction_id.as_deref(), Some("T1"));
/// assert_eq!(conf.response_status, Some(ResponseStatus::ERROR_PERMANENT_MESSAGE_FORMAT_CORRUPT));
/// ```
pub fn answer_for(error: &DecodeError, octets: &[u8]) -> Option<Pdu> {
    let (mut transaction_id, mut version) = (None, Version::default());
    for field in Fields::new(octets).map_while(Result::ok) {
        match (field.name, field.value) {
            (FieldName::Code(FieldCode::TRANSACTION_ID), value) if transaction_id.is_none() => {
                let text = value.strip_suffix(b"\0").unwrap_or(value);
                transaction_id = core::str::from_utf8(text).ok().map(Str::from);
            }
            (FieldName::Code(FieldCode::MMS_VERSION), [octet @ 0x80..=0xff]) => version = Version::from_payload(*octet),
            _ => {}
        }
    }
    let status = ResponseStatus::from_request_status(&error.request_status(), version);
    #[cfg(feature = "mailbox")]
    let stored = StoreStatus::ERROR_PERMANENT_MESSAGE_FORMAT_CORRUPT;
    macro_rules! answer {
        ($request:ident.$answer:ident($status:expr)) => {
            $request { transaction_id, version, ..$request::default() }.$answer($status).into()
        };
    }
    Some(match super::pdu::message_type(octets)? {
        MessageType::SEND_REQ => answer!(SendReq.conf(status)),
        MessageType::NOTIFICATION_IND => answer!(NotificationInd.resp(MmStatus::Unrecognised)),
        MessageType::FORWARD_REQ => answer!(ForwardReq.conf(status)),
        #[cfg(feature = "mailbox")]
        MessageType::MBOX_STORE_REQ => answer!(MboxStoreReq.conf(stored)),
        #[cfg(feature = "mailbox")]
        MessageType::MBOX_UPLOAD_REQ => answer!(MboxUploadReq.conf(stored)),
        #[cfg(feature = "mailbox")]
        MessageType::MBOX_VIEW_REQ => answer!(MboxViewReq.conf(status)),
        #[cfg(feature = "mailbox")]
        MessageType::MBOX_DELETE_REQ => answer!(MboxDeleteReq.conf(status)),
        MessageType::DELETE_REQ => answer!(DeleteReq.conf(status)),
        MessageType::CANCEL_REQ => answer!(CancelReq.conf(CancelStatus::Corrupted)),
        _ => return None,
    })
}

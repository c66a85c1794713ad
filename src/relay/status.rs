//! Statuses of one interface in the words of another (TS 23.140, annexes I and K).

#[cfg(feature = "mm1")]
use super::Receipt;
use super::Relayed;
#[cfg(feature = "mm7")]
use super::taken::left_of_mm7;
use crate::message::{MmStatus, RequestStatus, Str};
#[cfg(feature = "mm1")]
use crate::mm1::{self, CancelStatus, ResponseStatus, RetrieveStatus, Version};
#[cfg(feature = "mm7")]
use crate::mm7::{self, StatusCode};

/// The status of an `M-Send.conf`, in the numbers that `version` of MMS has for it. No message is
/// looked for when one is sent, so that one that was not found is a permanent failure
/// (OMA-TS-MMS_ENC, 7.3.48).
///
/// # Examples
///
/// ```
/// use mms_codec::message::RequestStatus;
/// use mms_codec::mm1::{ResponseStatus, Version};
/// use mms_codec::relay;
///
/// let denied = RequestStatus::ErrorServiceDenied;
/// assert_eq!(relay::send_status(&denied, Version::V1_0), ResponseStatus::ERROR_SERVICE_DENIED);
/// assert_eq!(relay::send_status(&denied, Version::V1_3), ResponseStatus::ERROR_PERMANENT_SERVICE_DENIED);
/// let not_found = RequestStatus::ErrorMessageNotFound;
/// assert_eq!(relay::send_status(&not_found, Version::V1_3), ResponseStatus::ERROR_PERMANENT_FAILURE);
/// ```
#[cfg(feature = "mm1")]
#[must_use]
pub fn send_status(status: &RequestStatus, version: Version) -> ResponseStatus {
    match ResponseStatus::from_request_status(status, version) {
        ResponseStatus::ERROR_PERMANENT_MESSAGE_NOT_FOUND => ResponseStatus::ERROR_PERMANENT_FAILURE,
        status => status,
    }
}

/// The `M-Send.conf` that answers a phone: with the identifier of the message if the relay took it.
///
/// # Examples
///
/// ```
/// use mms_codec::message::RequestStatus;
/// use mms_codec::mm1::{ResponseStatus, SendReq, Version};
/// use mms_codec::relay::{self, Receipt};
///
/// let mut send = SendReq::default();
/// (send.transaction_id, send.version) = (Some("T1".into()), Version::V1_2);
/// let receipt = Receipt::new(1_709_631_047, "mm-1");
/// let conf = relay::send_conf(&send, &RequestStatus::Ok, &receipt);
/// assert_eq!((conf.response_status, conf.message_id.as_deref()), (Some(ResponseStatus::OK), Some("mm-1")));
/// let conf = relay::send_conf(&send, &RequestStatus::ErrorNetworkProblem, &receipt);
/// assert_eq!(conf.message_id, None);
/// ```
#[cfg(feature = "mm1")]
#[must_use]
pub fn send_conf(send: &mm1::SendReq, status: &RequestStatus, receipt: &Receipt) -> mm1::SendConf {
    let mut conf = send.conf(send_status(status, send.version));
    conf.message_id = (*status == RequestStatus::Ok).then(|| receipt.message_id.clone());
    conf
}

/// The status of an `M-Forward.conf`. What only an `M-Send.conf` may say, that the content or the
/// kind of message is refused, is a permanent failure.
///
/// # Examples
///
/// ```
/// use mms_codec::message::RequestStatus;
/// use mms_codec::mm1::{ResponseStatus, Version};
/// use mms_codec::relay;
///
/// let not_found = RequestStatus::ErrorMessageNotFound;
/// let status = relay::forward_status(&not_found, Version::V1_2);
/// assert_eq!(status, ResponseStatus::ERROR_PERMANENT_MESSAGE_NOT_FOUND);
/// ```
#[cfg(feature = "mm1")]
#[must_use]
pub fn forward_status(status: &RequestStatus, version: Version) -> ResponseStatus {
    match ResponseStatus::from_request_status(status, version) {
        ResponseStatus::ERROR_PERMANENT_CONTENT_NOT_ACCEPTED | ResponseStatus::ERROR_UNSUPPORTED_MESSAGE => {
            ResponseStatus::ERROR_PERMANENT_FAILURE
        }
        status => status,
    }
}

/// The status of an `M-Retrieve.conf`; `None` in MMS 1.0, where it has none.
///
/// # Examples
///
/// ```
/// use mms_codec::message::RequestStatus;
/// use mms_codec::mm1::{RetrieveStatus, Version};
/// use mms_codec::relay;
///
/// let trouble = RequestStatus::ErrorNetworkProblem;
/// let status = relay::retrieve_status(&trouble, Version::V1_1);
/// assert_eq!(status, Some(RetrieveStatus::ERROR_TRANSIENT_NETWORK_PROBLEM));
/// assert_eq!(relay::retrieve_status(&trouble, Version::V1_0), None);
/// ```
#[cfg(feature = "mm1")]
#[must_use]
pub fn retrieve_status(status: &RequestStatus, version: Version) -> Option<RetrieveStatus> {
    let status = match status.class() {
        RequestStatus::Ok => RetrieveStatus::OK,
        RequestStatus::ErrorServiceDenied => RetrieveStatus::ERROR_PERMANENT_SERVICE_DENIED,
        RequestStatus::ErrorMessageNotFound => RetrieveStatus::ERROR_PERMANENT_MESSAGE_NOT_FOUND,
        RequestStatus::ErrorNetworkProblem => RetrieveStatus::ERROR_TRANSIENT_NETWORK_PROBLEM,
        RequestStatus::ErrorContentNotAccepted | RequestStatus::ErrorUnsupportedMessage => {
            RetrieveStatus::ERROR_PERMANENT_CONTENT_UNSUPPORTED
        }
        _ => RetrieveStatus::ERROR_PERMANENT_FAILURE,
    };
    (version > Version::V1_0).then_some(status)
}

/// What the status of an `M-Retrieve.conf` is on the other interfaces.
///
/// # Examples
///
/// ```
/// use mms_codec::message::RequestStatus;
/// use mms_codec::mm1::RetrieveStatus;
/// use mms_codec::relay;
///
/// let status = RetrieveStatus::ERROR_TRANSIENT_MESSAGE_NOT_FOUND;
/// assert_eq!(relay::request_status(status), RequestStatus::ErrorMessageNotFound);
/// ```
#[cfg(feature = "mm1")]
#[must_use]
pub const fn request_status(status: RetrieveStatus) -> RequestStatus {
    match status {
        RetrieveStatus::OK => RequestStatus::Ok,
        RetrieveStatus::ERROR_PERMANENT_SERVICE_DENIED => RequestStatus::ErrorServiceDenied,
        RetrieveStatus::ERROR_TRANSIENT_MESSAGE_NOT_FOUND | RetrieveStatus::ERROR_PERMANENT_MESSAGE_NOT_FOUND => {
            RequestStatus::ErrorMessageNotFound
        }
        RetrieveStatus::ERROR_TRANSIENT_NETWORK_PROBLEM => RequestStatus::ErrorNetworkProblem,
        RetrieveStatus::ERROR_PERMANENT_CONTENT_UNSUPPORTED => RequestStatus::ErrorContentNotAccepted,
        _ => RequestStatus::ErrorUnspecified,
    }
}

/// What the status of an MM1 response is on MM7, also where MM4 has none for it.
///
/// The other way is [`response_status`].
///
/// # Examples
///
/// ```
/// use mms_codec::mm1::ResponseStatus;
/// use mms_codec::mm7::StatusCode;
/// use mms_codec::relay;
///
/// let status = ResponseStatus::ERROR_PERMANENT_REPLY_CHARGING_NOT_SUPPORTED;
/// assert_eq!(relay::status_code(status), StatusCode::OPERATION_RESTRICTED);
/// ```
#[cfg(all(feature = "mm1", feature = "mm7"))]
#[must_use]
pub fn status_code(status: ResponseStatus) -> StatusCode {
    match status.octet() {
        0xc4 => StatusCode::PARTIAL_SUCCESS,
        0xe6..=0xea => StatusCode::OPERATION_RESTRICTED,
        _ => (&status.request_status()).into(),
    }
}

/// What a status of MM7 is in an `M-Send.conf`, also where MM4 has none for it: a message that
/// reached a part of its recipients is a partial success, since MMS 1.1.
///
/// # Examples
///
/// ```
/// use mms_codec::mm1::{ResponseStatus, Version};
/// use mms_codec::mm7::StatusCode;
/// use mms_codec::relay;
///
/// let partial = relay::response_status(StatusCode::PARTIAL_SUCCESS, Version::V1_2);
/// assert_eq!(partial, ResponseStatus::ERROR_TRANSIENT_PARTIAL_SUCCESS);
/// // The message is finished: trying again is of no use.
/// let not_possible = relay::response_status(StatusCode::NOT_POSSIBLE, Version::V1_2);
/// assert_eq!(not_possible, ResponseStatus::ERROR_PERMANENT_FAILURE);
/// ```
#[cfg(all(feature = "mm1", feature = "mm7"))]
#[must_use]
pub fn response_status(code: StatusCode, version: Version) -> ResponseStatus {
    match code {
        StatusCode::PARTIAL_SUCCESS if version > Version::V1_0 => ResponseStatus::ERROR_TRANSIENT_PARTIAL_SUCCESS,
        code => send_status(&code.request_status(), version),
    }
}

/// What becomes of a message by the answer to its notification; `None` if no report is due,
/// because the recipient does not allow one.
///
/// # Examples
///
/// ```
/// use mms_codec::message::MmStatus;
/// use mms_codec::mm1::NotifyRespInd;
/// use mms_codec::relay;
///
/// let mut resp = NotifyRespInd::default();
/// resp.status = Some(MmStatus::Deferred);
/// assert_eq!(relay::answered(&resp), Some(MmStatus::Deferred));
/// resp.report_allowed = Some(false);
/// assert_eq!(relay::answered(&resp), None);
/// ```
#[cfg(feature = "mm1")]
#[must_use]
pub fn answered(resp: &mm1::NotifyRespInd) -> Option<MmStatus> {
    let status = resp.status.as_ref().filter(|_| resp.report_allowed != Some(false))?;
    Some(match status.class() {
        // A client that says so will not fetch it.
        MmStatus::Expired => MmStatus::Rejected,
        status => status,
    })
}

/// What became of a message by the acknowledgement of its retrieval; `None` if no report is due,
/// because the recipient does not allow one.
///
/// # Examples
///
/// ```
/// use mms_codec::message::MmStatus;
/// use mms_codec::mm1::AcknowledgeInd;
/// use mms_codec::relay;
///
/// assert_eq!(relay::acknowledged(&AcknowledgeInd::default()), Some(MmStatus::Retrieved));
/// ```
#[cfg(feature = "mm1")]
#[must_use]
pub fn acknowledged(acknowledge: &mm1::AcknowledgeInd) -> Option<MmStatus> {
    (acknowledge.report_allowed != Some(false)).then_some(MmStatus::Retrieved)
}

/// The MM status that comes nearest on MM1, in an `M-Delivery.ind` of this version.
///
/// # Examples
///
/// ```
/// use mms_codec::message::MmStatus;
/// use mms_codec::mm1::Version;
/// use mms_codec::relay;
///
/// assert_eq!(relay::mm_status_on_mm1(&MmStatus::Unreachable, Version::V1_2), MmStatus::Unreachable);
/// assert_eq!(relay::mm_status_on_mm1(&MmStatus::Unreachable, Version::V1_1), MmStatus::Indeterminate);
/// assert_eq!(relay::mm_status_on_mm1(&MmStatus::Unreachable, Version::V1_0), MmStatus::Deferred);
/// assert_eq!(relay::mm_status_on_mm1(&MmStatus::DeliveryConditionNotMet, Version::V1_2), MmStatus::Rejected);
/// ```
#[cfg(feature = "mm1")]
#[must_use]
pub fn mm_status_on_mm1(status: &MmStatus, version: Version) -> MmStatus {
    mm1::nearest_mm_status(
        &match status.class() {
            MmStatus::DeliveryConditionNotMet => MmStatus::Rejected,
            MmStatus::Unrecognised => MmStatus::Indeterminate,
            status => status,
        },
        version,
    )
}

/// The MM status that comes nearest on MM4.
///
/// # Examples
///
/// ```
/// use mms_codec::message::MmStatus;
/// use mms_codec::relay;
///
/// assert_eq!(relay::mm_status_on_mm4(&MmStatus::Unreachable), MmStatus::Indeterminate);
/// assert_eq!(relay::mm_status_on_mm4(&MmStatus::Word("Unrecognized".into())), MmStatus::Unrecognised);
/// ```
#[cfg(feature = "mm4")]
#[must_use]
pub fn mm_status_on_mm4(status: &MmStatus) -> MmStatus {
    match status.class() {
        MmStatus::DeliveryConditionNotMet => MmStatus::Rejected,
        MmStatus::Unreachable => MmStatus::Indeterminate,
        status => status,
    }
}

/// The MM status that comes nearest in a delivery status notification (RFC 4356, 3.1), which has no word
/// for what is not known but that the message was passed on.
///
/// # Examples
///
/// ```
/// use mms_codec::message::MmStatus;
/// use mms_codec::relay;
///
/// assert_eq!(relay::mm_status_on_mail(&MmStatus::Indeterminate), MmStatus::Forwarded);
/// assert_eq!(relay::mm_status_on_mail(&MmStatus::Unrecognised), MmStatus::Rejected);
/// assert_eq!(relay::mm_status_on_mail(&MmStatus::Unreachable), MmStatus::Unreachable);
/// ```
#[cfg(feature = "mm4")]
#[must_use]
pub fn mm_status_on_mail(status: &MmStatus) -> MmStatus {
    match status.class() {
        MmStatus::DeliveryConditionNotMet | MmStatus::Unrecognised => MmStatus::Rejected,
        MmStatus::Indeterminate => MmStatus::Forwarded,
        status => status,
    }
}

/// The MM status that comes nearest on MM7 in a schema.
///
/// # Examples
///
/// ```
/// use mms_codec::message::MmStatus;
/// use mms_codec::mm7::Schema;
/// use mms_codec::relay;
///
/// let (old, new) = (Schema::REL_5_MM7_1_3, Schema::REL_6_MM7_1_4);
/// assert_eq!(relay::mm_status_on_mm7(&MmStatus::Unrecognised, &old), MmStatus::Rejected);
/// assert_eq!(relay::mm_status_on_mm7(&MmStatus::Unrecognised, &new), MmStatus::Unrecognised);
/// ```
#[cfg(feature = "mm7")]
#[must_use]
pub fn mm_status_on_mm7(status: &MmStatus, schema: &mm7::Schema) -> MmStatus {
    let is_release_5 = schema.release() < 6;
    match status.class() {
        MmStatus::Deferred if is_release_5 => MmStatus::Indeterminate,
        MmStatus::Unrecognised | MmStatus::DeliveryConditionNotMet if is_release_5 => MmStatus::Rejected,
        MmStatus::Unreachable => MmStatus::Indeterminate,
        status => status,
    }
}

/// Passes the wish of a service provider to take a message back on to the terminal
/// (`extendedCancelReq` to `M-Cancel.req`). The encoder refuses it for versions before 1.3, which do
/// not have the PDU.
///
/// # Examples
///
/// ```
/// use mms_codec::mm1::{self, Version};
/// use mms_codec::mm7::ExtendedCancelReq;
/// use mms_codec::relay;
///
/// let mut cancel = ExtendedCancelReq::default();
/// cancel.vasp_id = Some("acme".into());
/// cancel.cancel_id = Some("mm-1".into());
/// let relayed = relay::cancel_to_mm1(cancel, "T9", Version::V1_3);
/// assert_eq!(relayed.lost[0].to_string(), "SenderIdentification.VASPID is not carried");
/// assert_eq!(mm1::encode(&relayed.pdu)?, b"\x8c\x96\x98T9\0\x8d\x93\xbemm-1\0");
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
#[cfg(all(feature = "mm1", feature = "mm7"))]
pub fn cancel_to_mm1(
    mut cancel: mm7::ExtendedCancelReq,
    transaction_id: impl Into<Str>,
    version: Version,
) -> Relayed<mm1::CancelReq> {
    cancel.mm7_version = None;
    let cancel_id = cancel.cancel_id.take();
    let mut lost = left_of_mm7(&cancel);
    let mut pdu =
        mm1::CancelReq { transaction_id: Some(transaction_id.into()), version, cancel_id, ..mm1::CancelReq::default() };
    lost.fields(mm1::fit(&mut pdu));
    lost.changes(pdu.fit_to(version));
    Relayed::new(pdu, lost)
}

/// What the terminal says to that, for the `extendedCancelRsp`.
///
/// # Examples
///
/// ```
/// use mms_codec::mm1::CancelStatus;
/// use mms_codec::mm7::StatusCode;
/// use mms_codec::relay;
///
/// assert_eq!(relay::cancel_status_code(CancelStatus::Received), StatusCode::SUCCESS);
/// assert_eq!(relay::cancel_status_code(CancelStatus::Corrupted), StatusCode::MESSAGE_FORMAT_CORRUPT);
/// ```
#[cfg(all(feature = "mm1", feature = "mm7"))]
#[must_use]
pub const fn cancel_status_code(status: CancelStatus) -> StatusCode {
    match status {
        CancelStatus::Received => StatusCode::SUCCESS,
        CancelStatus::Corrupted => StatusCode::MESSAGE_FORMAT_CORRUPT,
    }
}

//! What the system that a message was handed to says, as delivery reports for those concerned.

use alloc::vec::Vec;

use super::delivery_report;
use crate::message::{
    Address, DeliveryReport, Message, MmStatus, MmStatusExtension, RequestStatus, Str, Text, Timestamp,
};
#[cfg(feature = "mm4")]
use crate::mm4;
#[cfg(feature = "mm7")]
use crate::mm7;

/// How it ended that a message was handed to another system: made of an `MM4_forward.RES`, of the
/// status in an MM7 response or fault, or of the status of an HTTP response.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, Message, MmStatus, RequestStatus, Timestamp};
/// use mms_codec::mm4::ForwardRes;
/// use mms_codec::relay::Outcome;
///
/// let mut res = ForwardRes::default();
/// res.status = Some(RequestStatus::ErrorContentNotAccepted);
/// res.status_text = Some("no films".into());
/// let mut message = Message::default();
/// message.from = Some(Address::phone("+12025550101").into());
/// let recipients = [Address::phone("+447700900123"), Address::phone("+447700900124")];
/// let now = Timestamp::from_seconds(1_709_631_047);
///
/// let reports = Outcome::from(res.clone()).delivery_reports(&message, "mm-1", &recipients, now);
/// assert_eq!(reports.len(), 2);
/// assert_eq!(reports[1].recipient, Some(Address::phone("+447700900124")));
/// assert_eq!(reports[1].status, Some(MmStatus::Rejected));
/// assert_eq!(reports[1].status_text.as_ref().unwrap(), "no films");
///
/// // The answer may be about some of them.
/// res.request_recipients.push(Address::phone("+447700900123"));
/// assert_eq!(Outcome::from(res).delivery_reports(&message, "mm-1", &recipients, now).len(), 1);
/// assert!(Outcome::from_http(200).delivery_reports(&message, "mm-1", &recipients, now).is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "written out by users")]
pub struct Outcome {
    /// The status in the words of MM4.
    pub status: RequestStatus,
    /// Explanation for people.
    pub text: Option<Text>,
    /// The recipients concerned, if the system names them; all if there are none.
    pub recipients: Vec<Address>,
}

impl From<RequestStatus> for Outcome {
    fn from(status: RequestStatus) -> Self {
        Self { status, text: None, recipients: Vec::new() }
    }
}

/// An answer without a status is an unspecified error.
#[cfg(feature = "mm4")]
impl From<mm4::ForwardRes> for Outcome {
    fn from(res: mm4::ForwardRes) -> Self {
        let mm4::ForwardRes { status, status_text, request_recipients, .. } = res;
        let status = status.unwrap_or(RequestStatus::ErrorUnspecified);
        Self { status, text: status_text, recipients: request_recipients }
    }
}

/// The status of a response, or of the error response in a fault.
#[cfg(feature = "mm7")]
impl From<mm7::Status> for Outcome {
    fn from(status: mm7::Status) -> Self {
        let mm7::Status { code, text, details: _ } = status;
        let status = code.map_or(RequestStatus::ErrorUnspecified, mm7::StatusCode::request_status);
        Self { status, text, recipients: Vec::new() }
    }
}

/// A fault says that a request is at fault, or that the server has trouble, which may pass (SOAP 1.1,
/// 4.4.1), unless it holds an error response, which says more.
#[cfg(feature = "mm7")]
impl From<mm7::Fault> for Outcome {
    fn from(fault: mm7::Fault) -> Self {
        let mm7::Fault { code, string, error, .. } = fault;
        let status = match error {
            Some(mm7::FaultError::RsErrorRsp(response) | mm7::FaultError::VaspErrorRsp(response)) => response.status,
            None => mm7::Status::default(),
        };
        if status.code.is_some() {
            return Self { text: status.text.clone().or(string), ..status.into() };
        }
        let is_server = code.is_some_and(|code| code.eq_ignore_ascii_case("Server"));
        let status =
            if is_server { RequestStatus::ErrorNetworkProblem } else { RequestStatus::ErrorMessageFormatCorrupt };
        Self { text: string, ..status.into() }
    }
}

impl Outcome {
    /// The outcome that the status code of an HTTP response says, for a response whose body does not say
    /// more (RFC 9110, 15).
    #[must_use]
    pub fn from_http(code: u16) -> Self {
        Self::from(match code {
            200..300 => RequestStatus::Ok,
            401 | 403 | 407 => RequestStatus::ErrorServiceDenied,
            404 | 410 => RequestStatus::ErrorSendingAddressUnresolved,
            413 | 415 => RequestStatus::ErrorContentNotAccepted,
            408 | 429 | 500 | 502..=504 => RequestStatus::ErrorNetworkProblem,
            400 | 422 => RequestStatus::ErrorMessageFormatCorrupt,
            405 | 501 | 505 => RequestStatus::ErrorUnsupportedMessage,
            _ => RequestStatus::ErrorUnspecified,
        })
    }

    /// What became of the message at the recipients concerned. `None` if the system took it, so that
    /// its own reports are to come.
    pub fn mm_status(&self) -> Option<MmStatus> {
        Some(match self.status.class() {
            RequestStatus::Ok => return None,
            status if status.is_transient() => MmStatus::Deferred,
            RequestStatus::ErrorSendingAddressUnresolved => MmStatus::Unreachable,
            RequestStatus::ErrorUnspecified => MmStatus::Indeterminate,
            RequestStatus::ErrorUnsupportedMessage => MmStatus::Unrecognised,
            _ => MmStatus::Rejected,
        })
    }

    /// A delivery report for each recipient concerned: those of `recipients`, the ones that the message
    /// was handed over for, whom the answer names, or all of them. None if the system took the message.
    /// The caller checks whether they were requested.
    pub fn delivery_reports(
        self,
        message: &Message,
        message_id: impl Into<Str>,
        recipients: &[Address],
        date: Timestamp,
    ) -> Vec<DeliveryReport> {
        let Some(status) = self.mm_status() else { return Vec::new() };
        let (message_id, named) = (message_id.into(), self.recipients.iter().collect::<super::privacy::People>());
        let extension = (status == MmStatus::Rejected).then_some(MmStatusExtension::RejectionByOtherRs);
        let concerned = recipients.iter().filter(|recipient| named.is_empty() || named.has(recipient));
        let reports = concerned.map(|recipient| DeliveryReport {
            status_extension: extension,
            status_text: self.text.clone(),
            ..delivery_report(message, message_id.clone(), recipient.clone(), status.clone(), date)
        });
        reports.collect()
    }
}

//! What a client asks its caller to do, and reports.

use alloc::boxed::Box;
use alloc::vec::Vec;

use bytes::Bytes;

use crate::error::{DecodeError, EncodeError};
use crate::message::Str;
use crate::mm1::{
    CancelReq, DeliveryInd, MessageType, NotificationInd, Pdu, ReadOrigInd, ResponseStatus, RetrieveConf,
};
use crate::mm1::{Counted, StatusClass};
use crate::options::Decoded;

/// Name of a notification or of a request in one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Handle(pub(super) u64);

/// Name of one attempt at an HTTP request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId {
    pub(super) exchange: u64,
    pub(super) attempt: u32,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the caller does I/O or informs the user, and nothing else")]
pub enum Action {
    /// Make an HTTP request, and report what became of it.
    Request(Request),
    /// Deal with something that happened.
    Event(Event),
}

/// An HTTP request: a POST if it has a body, otherwise a GET.
///
/// Report its response by [`Client::respond`](super::Client::respond), its failure by
/// [`Client::lose`](super::Client::lose).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// Names the request.
    pub id: RequestId,
    /// The URI.
    pub uri: Str,
    /// The header fields, names and values.
    pub fields: Vec<(Str, Str)>,
    /// The PDU to post.
    pub body: Option<Bytes>,
}

impl Request {
    /// The method: `POST` or `GET`.
    #[must_use]
    pub const fn method(&self) -> &'static str {
        if self.body.is_some() { "POST" } else { "GET" }
    }
}

/// Something that happened, for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A message is announced: [`Client::decide`](super::Client::decide) what to do with it. Where the
    /// `replace_id` of the message is there, it replaces the message with that Message-ID.
    Notified {
        /// Names the notification.
        handle: Handle,
        /// The notification.
        notification: Box<NotificationInd>,
    },
    /// A deferred message was not fetched in time; the relay/server no longer has it. Its handle is no longer valid.
    Expired {
        /// Names the notification.
        handle: Handle,
    },
    /// A message has arrived. The relay/server gets its answer or acknowledgement.
    Retrieved {
        /// Names the notification.
        handle: Handle,
        /// The message, and what was forgiven in it.
        retrieved: Box<Decoded<RetrieveConf>>,
    },
    /// The relay/server has done what was requested, or at least a part of it: the statuses of the confirmation say for
    /// which messages of a mailbox.
    Confirmed {
        /// Names the request.
        handle: Handle,
        /// The confirmation, and what was forgiven in it; `None` for a report, which has none.
        confirmation: Option<Box<Decoded<Pdu>>>,
    },
    /// A request failed for good, or a message could not be fetched. A message that could not be fetched is deferred: it
    /// may be decided on again until it expires.
    Failed {
        /// Names the request or the notification.
        handle: Handle,
        /// Why.
        failure: Failure,
    },
    /// The relay/server did not take an answer or an acknowledgement. Normally it repeats its notification.
    Unanswered {
        /// Names the notification, if it is one that was answered.
        handle: Option<Handle>,
        /// Why.
        failure: Failure,
    },
    /// What became of a message that the client sent.
    Delivered(Box<DeliveryInd>),
    /// What a recipient did with a message that the client sent.
    Read(Box<ReadOrigInd>),
    /// The originator takes back the message with this `cancel_id`. The client confirms the request.
    Cancelled(Box<CancelReq>),
}

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// There was no response, or not in time.
    #[error("no response")]
    Lost,
    /// The status of HTTP says so.
    #[error("HTTP status {0}")]
    Http(u16),
    /// The response is not a PDU.
    #[error("unreadable response: {0}")]
    Unreadable(DecodeError),
    /// The response is not the one to the request: of another type, or of another transaction.
    #[error("{} in response", .0.name())]
    Unexpected(Box<Pdu>),
    /// The relay/server refuses, with the status in this PDU.
    #[error("refused by {}", .0.name())]
    Refused(Box<Pdu>),
    /// The PDU cannot be encoded.
    #[error("cannot encode: {0}")]
    Unencodable(EncodeError),
}

impl Failure {
    /// Whether the request may succeed later: without response, or with a transient status (OMA-TS-MMS_ENC, 7.3.48).
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Lost | Self::Unreadable(_) | Self::Unexpected(_) => true,
            Self::Http(status) => matches!(status, 408 | 425 | 429 | 500..=599),
            Self::Refused(pdu) => status_class(pdu) == StatusClass::Transient,
            Self::Unencodable(_) => false,
        }
    }
}

/// The class of the status that a PDU has; `Ok` without one.
pub(super) fn status_class(pdu: &Pdu) -> StatusClass {
    let class = match pdu {
        Pdu::SendConf(conf) => conf.response_status.map(class_of),
        Pdu::ForwardConf(conf) => conf.response_status.map(class_of),
        Pdu::RetrieveConf(conf) => conf.retrieve_status.map(|status| status.class()),
        Pdu::MboxStoreConf(conf) => conf.store_status.map(|status| status.class()),
        Pdu::MboxUploadConf(conf) => conf.store_status.map(|status| status.class()),
        Pdu::MboxViewConf(conf) => conf.response_status.map(class_of),
        Pdu::MboxDeleteConf(conf) => class_of_all(&conf.response_statuses),
        Pdu::DeleteConf(conf) => class_of_all(&conf.response_statuses),
        _ => None,
    };
    class.unwrap_or(StatusClass::Ok)
}

/// The class of a status. What succeeded in part must not be done again.
fn class_of(status: ResponseStatus) -> StatusClass {
    match status {
        ResponseStatus::ERROR_TRANSIENT_PARTIAL_SUCCESS => StatusClass::Ok,
        _ => status.class(),
    }
}

/// The class of several statuses: `Ok` if there is one such, transient if all are.
fn class_of_all(statuses: &[Counted<ResponseStatus>]) -> Option<StatusClass> {
    let has = |class| statuses.iter().any(|status| class_of(status.value) == class);
    [StatusClass::Ok, StatusClass::Permanent, StatusClass::Transient].into_iter().find(|class| has(*class))
}

/// Why a pushed PDU was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReceiveError {
    /// There is no room for it: take events, decide on notifications, or let requests end. The relay/server repeats a
    /// notification without answer.
    #[error("too many transactions")]
    Full,
    /// It has more octets than the limit.
    #[error("PDU is too long")]
    TooLong,
    /// It cannot be decoded. Where an answer is possible, it is sent.
    #[error(transparent)]
    Unreadable(#[from] DecodeError),
    /// A notification without a URI that can be fetched. It is answered as unrecognised.
    #[error("no location to fetch from")]
    NoLocation,
    /// It is not one that is pushed to a client.
    #[error("unexpected {0}")]
    Unexpected(MessageType),
}

/// Why a request was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// There is no room for it: take events, or let requests end.
    #[error("too many transactions")]
    Full,
    /// It is not a request that a client makes.
    #[error("{0} is not a request of a client")]
    NotARequest(MessageType),
    /// It cannot be encoded.
    #[error(transparent)]
    Unencodable(#[from] EncodeError),
}

/// Why a decision was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionError {
    /// There is no room for the answer: take events, or let requests end.
    #[error("too many transactions")]
    Full,
    /// The message was retrieved, rejected, or has expired.
    #[error("message is no longer to be decided on")]
    Ended,
}

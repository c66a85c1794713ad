//! `M-Delete.req` and `M-Delete.conf`: deleting what was notified, and how the confirmations of
//! both deletions are written (OMA-TS-MMS_ENC, 6.12).

use alloc::vec::Vec;

use super::code_point::{ResponseStatus, Version};
use super::field::{Extra, FieldCode};
use super::rules::*;
use super::value::{Counted, Mm1};
use super::version::since;
use crate::message::{Str, Text};
use crate::table::table;

/// `M-Delete.req`: a client deletes messages that it was notified of (since MMS 1.3; OMA-TS-MMS_ENC, 6.12).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DeleteReq {
    /// Identifier of the transaction, repeated in the answer.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// The messages, by the URIs of their notifications.
    pub content_locations: Vec<Str>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

since! { DeleteReq: V1_3, transaction_id, content_locations, extra }

table! {
    DeleteReq: Mm1 with rules;
    FieldCode::TRANSACTION_ID,   Mandatory, transaction_id;
    FieldCode::MMS_VERSION,      Mandatory, version;
    FieldCode::CONTENT_LOCATION, Mandatory, content_locations;
}

rules! {
    DeleteReq:
    CONTENT_LOCATION, Conflict, "a location is an absolute URI (6.12)",
        |pdu| is_any_not_absolute(&pdu.content_locations)
        => |pdu| pdu.content_locations.retain(|location| !is_not_absolute(location));
}

/// `M-Delete.conf`: the relay/server answers an `M-Delete.req` (since MMS 1.3; OMA-TS-MMS_ENC, 6.12).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DeleteConf {
    /// Identifier of the transaction, from the request.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// The messages that were not deleted.
    pub content_locations: Vec<Counted<Str>>,
    /// How the request ended.
    pub response_statuses: Vec<Counted<ResponseStatus>>,
    /// Explanations for people.
    pub response_texts: Vec<Counted<Text>>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

since! { DeleteConf: V1_3, transaction_id, content_locations, response_statuses, response_texts, extra }

table! {
    DeleteConf: Mm1 with rules;
    FieldCode::TRANSACTION_ID,   Mandatory, transaction_id;
    FieldCode::MMS_VERSION,      Mandatory, version;
    FieldCode::CONTENT_LOCATION, Optional,  content_locations;
    FieldCode::RESPONSE_STATUS,  Mandatory, response_statuses;
    FieldCode::RESPONSE_TEXT,    Optional,  response_texts;
}

rules! {
    DeleteConf:
    RESPONSE_STATUS, Conflict, "the status is in use, and of this confirmation (7.3.48)",
        |pdu| pdu.response_statuses.iter().any(|status| is_status_wrong(status.value, pdu.version, Confirmation::Mailbox))
        => |pdu| {
            let version = pdu.version;
            let mend = |status: &mut Counted<ResponseStatus>| {
                if is_status_wrong(status.value, version, Confirmation::Mailbox) {
                    status.value = nearest_status(status.value, version, Confirmation::Mailbox);
                }
            };
            pdu.response_statuses.iter_mut().for_each(mend);
        };
    CONTENT_LOCATION, Conflict, "a location is an absolute URI (6.12)",
        |pdu| pdu.content_locations.iter().any(|location| is_not_absolute(&location.value))
        => |pdu| pdu.content_locations.retain(|location| !is_not_absolute(&location.value));
    CONTENT_LOCATION, Conflict, "a status has the status count of each location (6.12)",
        |pdu| is_without_status(&pdu.content_locations, &pdu.response_statuses)
        => |pdu| pdu.content_locations.retain(|location| has_status(location, &pdu.response_statuses));
    RESPONSE_TEXT, Conflict, "a status has the status count of each text (6.12)",
        |pdu| is_without_status(&pdu.response_texts, &pdu.response_statuses)
        => |pdu| pdu.response_texts.retain(|text| has_status(text, &pdu.response_statuses));
}

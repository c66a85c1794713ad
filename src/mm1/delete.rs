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
    locations("6.12");
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
    statuses();
    counted("6.12");
}

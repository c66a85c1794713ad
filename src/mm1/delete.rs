//! `M-Delete.req` and `M-Delete.conf`: deleting what was notified, and how the confirmations of
//! both deletions are written (OMA-TS-MMS_ENC, 6.12).

use alloc::vec::Vec;

use super::code_point::{ResponseStatus, Version};
use super::codec::Extra;
use super::field::FieldCode;
use super::value::{Counted, Mm1};
use crate::message::{Str, Text};
use crate::table::table;

/// `M-Delete.req`: a client deletes messages that it was notified of (since MMS 1.3; OMA-TS-MMS_ENC, 6.12).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
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

table! {
    DeleteReq: Mm1;
    FieldCode::TRANSACTION_ID,   Mandatory, transaction_id;
    FieldCode::MMS_VERSION,      Mandatory, version;
    FieldCode::CONTENT_LOCATION, Mandatory, content_locations;
}

/// `M-Delete.conf`: the relay/server answers that (since MMS 1.3; OMA-TS-MMS_ENC, 6.12).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DeleteConf {
    /// That of the request.
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

table! {
    DeleteConf: Mm1;
    FieldCode::TRANSACTION_ID,   Mandatory, transaction_id;
    FieldCode::MMS_VERSION,      Mandatory, version;
    FieldCode::CONTENT_LOCATION, Optional,  content_locations;
    FieldCode::RESPONSE_STATUS,  Mandatory, response_statuses;
    FieldCode::RESPONSE_TEXT,    Optional,  response_texts;
}

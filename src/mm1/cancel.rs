//! `M-Cancel.req` and `M-Cancel.conf`: the relay/server cancels a message (OMA-TS-MMS_ENC, 6.13).

use alloc::vec::Vec;

use super::code_point::Version;
use super::field::{Extra, FieldCode};
use super::rules::Mend;
use super::value::{CancelStatus, Mm1};
use super::version::since;
use crate::message::Str;
use crate::table::table;

/// `M-Cancel.req`: the relay/server asks a client to drop a message (since MMS 1.3; OMA-TS-MMS_ENC, 6.13).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CancelReq {
    /// Identifier of the transaction, repeated in the answer.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// Message-ID of the message.
    pub cancel_id: Option<Str>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

since! { CancelReq: V1_3, transaction_id, cancel_id, extra }

table! {
    CancelReq: Mm1;
    FieldCode::TRANSACTION_ID, Mandatory, transaction_id;
    FieldCode::MMS_VERSION,    Mandatory, version;
    FieldCode::CANCEL_ID,      Mandatory, cancel_id;
}

impl Mend for CancelReq {}

/// `M-Cancel.conf`: a client answers an `M-Cancel.req` (since MMS 1.3; OMA-TS-MMS_ENC, 6.13).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CancelConf {
    /// Identifier of the transaction, from the request.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// How the request ended.
    pub cancel_status: Option<CancelStatus>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

since! { CancelConf: V1_3, transaction_id, cancel_status, extra }

table! {
    CancelConf: Mm1;
    FieldCode::TRANSACTION_ID, Mandatory, transaction_id;
    FieldCode::MMS_VERSION,    Mandatory, version;
    FieldCode::CANCEL_STATUS,  Optional,  cancel_status;
}

impl Mend for CancelConf {}

//! `CancelReq`, `extendedCancelReq` and its response: a service provider takes messages back
//! (TS 23.140, 8.7.3 and 8.7.5A).

use alloc::vec::Vec;

use super::fragment::Extra;
use super::schema::{Schemas, SpecVersion};
use super::status::StatusCode;
use super::wire::{
    BCC, CC, MESSAGE_ID, MM7_VERSION, Mm7, SENDER_ADDRESS, SENDER_VAS_ID, SENDER_VASP_ID, STATUS_CODE, TO, at,
};
use crate::message::{Address, Str};
use crate::table::table;

/// `CancelReq`: a service provider cancels a message that was not delivered yet
/// (TS 23.140, 8.7.3). The answer is a [`Response`](super::Response).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CancelReq {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `VASPID`: who the provider is.
    pub vasp_id: Option<Str>,
    /// `VASID`: which service of the provider it is.
    pub vas_id: Option<Str>,
    /// `SenderAddress`: the address of the service.
    pub sender_address: Option<Address>,
    /// `MessageID`: which message.
    pub message_id: Option<Str>,
    /// `Recipients/To`, which some systems send. The specification may not have it: the encoder
    /// refuses it.
    pub to: Vec<Address>,
    /// `Recipients/Cc`, as [`to`](Self::to).
    pub cc: Vec<Address>,
    /// `Recipients/Bcc`, as [`to`](Self::to).
    pub bcc: Vec<Address>,
    /// `ApplicID`: identifier of the application that it is for (Release 6).
    pub applic_id: Option<Str>,
    /// `ReplyApplicID`: identifier of the application that a reply goes to (Release 6).
    pub reply_applic_id: Option<Str>,
    /// `AuxApplicInfo`: whatever the application wants to know (Release 6).
    pub aux_applic_info: Option<Str>,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

table! {
    CancelReq: Mm7;
    MM7_VERSION,                     Mandatory, mm7_version;
    SENDER_VASP_ID,                  Optional,  vasp_id;
    SENDER_VAS_ID,                   Optional,  vas_id;
    SENDER_ADDRESS,                  Optional,  sender_address;
    MESSAGE_ID,                      Mandatory, message_id;
    TO.only_in(Schemas::NEVER),      Optional,  to;
    CC.only_in(Schemas::NEVER),      Optional,  cc;
    BCC.only_in(Schemas::NEVER),     Optional,  bcc;
    at("ApplicID").release_6(),      Optional,  applic_id;
    at("ReplyApplicID").release_6(), Optional,  reply_applic_id;
    at("AuxApplicInfo").release_6(), Optional,  aux_applic_info;
}

/// `extendedCancelReq`: a service provider takes messages back, on the terminals too (Release 6,
/// TS 23.140, 8.7.5A).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExtendedCancelReq {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `VASPID`: who the provider is.
    pub vasp_id: Option<Str>,
    /// `VASID`: which service of the provider it is.
    pub vas_id: Option<Str>,
    /// `SenderAddress`: the address of the service.
    pub sender_address: Option<Address>,
    /// `CancelID`: which messages. `X-Mms-Cancel-ID` on MM1.
    pub cancel_id: Option<Str>,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

table! {
    ExtendedCancelReq: Mm7;
    MM7_VERSION,    Mandatory, mm7_version;
    SENDER_VASP_ID, Optional,  vasp_id;
    SENDER_VAS_ID,  Optional,  vas_id;
    SENDER_ADDRESS, Optional,  sender_address;
    at("CancelID"), Mandatory, cancel_id;
}

/// `extendedCancelRsp`: whether messages were taken back (Release 6, TS 23.140, 8.7.5A). Its
/// status is a code without words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExtendedCancelRsp {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `Status/StatusCode`
    pub status_code: Option<StatusCode>,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

table! {
    ExtendedCancelRsp: Mm7;
    MM7_VERSION, Mandatory, mm7_version;
    STATUS_CODE, Mandatory, status_code;
}

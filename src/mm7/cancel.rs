//! `CancelReq`, `extendedCancelReq` and its response: a service provider takes messages back
//! (TS 23.140, 8.7.3 and 8.7.5A).

use alloc::vec::Vec;

use super::field::{Fields, Mm7, at};
use super::fragment::Extra;
use super::schema::{Schemas, SpecVersion};
use super::status::StatusCode;
use crate::message::{Address, Str};
use crate::table::{Field, field, keeps_extra};

/// `CancelReq`: a service provider takes a message back that was not delivered yet
/// (TS 23.140, 8.7.3). The answer is a [`Response`](super::Response).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct CancelReq {
    /// `MM7Version`: the version of TS 23.140. The encoder puts in the one of the schema.
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

impl Fields for CancelReq {
    #[rustfmt::skip]
    const TABLE: &'static [Field<Self, Mm7>] = &[
        field!(Mm7, at("MM7Version"),                                          Mandatory, mm7_version),
        field!(Mm7, at("SenderIdentification.VASPID").outer_required(),        Optional,  vasp_id),
        field!(Mm7, at("SenderIdentification.VASID").outer_required(),         Optional,  vas_id),
        field!(Mm7, at("SenderIdentification.SenderAddress").outer_required(), Optional,  sender_address),
        field!(Mm7, at("MessageID"),                                           Mandatory, message_id),
        field!(Mm7, at("Recipients.To").holds_many().only_in(Schemas::NEVER),  Optional,  to),
        field!(Mm7, at("Recipients.Cc").holds_many().only_in(Schemas::NEVER),  Optional,  cc),
        field!(Mm7, at("Recipients.Bcc").holds_many().only_in(Schemas::NEVER), Optional,  bcc),
        field!(Mm7, at("ApplicID").release_6(),                                Optional,  applic_id),
        field!(Mm7, at("ReplyApplicID").release_6(),                           Optional,  reply_applic_id),
        field!(Mm7, at("AuxApplicInfo").release_6(),                           Optional,  aux_applic_info),
    ];

    keeps_extra!();
}

/// `extendedCancelReq`: a service provider takes messages back, on the terminals too (Release 6,
/// TS 23.140, 8.7.5A).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExtendedCancelReq {
    /// `MM7Version`: the version of TS 23.140. The encoder puts in the one of the schema.
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

impl Fields for ExtendedCancelReq {
    #[rustfmt::skip]
    const TABLE: &'static [Field<Self, Mm7>] = &[
        field!(Mm7, at("MM7Version"),                                          Mandatory, mm7_version),
        field!(Mm7, at("SenderIdentification.VASPID").outer_required(),        Optional,  vasp_id),
        field!(Mm7, at("SenderIdentification.VASID").outer_required(),         Optional,  vas_id),
        field!(Mm7, at("SenderIdentification.SenderAddress").outer_required(), Optional,  sender_address),
        field!(Mm7, at("CancelID"),                                            Mandatory, cancel_id),
    ];

    keeps_extra!();
}

/// `extendedCancelRsp`: whether messages were taken back (Release 6, TS 23.140, 8.7.5A). Its
/// status is a code without words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExtendedCancelRsp {
    /// `MM7Version`: the version of TS 23.140. The encoder puts in the one of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `Status/StatusCode`
    pub status_code: Option<StatusCode>,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

impl Fields for ExtendedCancelRsp {
    #[rustfmt::skip]
    const TABLE: &'static [Field<Self, Mm7>] = &[
        field!(Mm7, at("MM7Version"),                        Mandatory, mm7_version),
        field!(Mm7, at("Status.StatusCode").outer_required(), Mandatory, status_code),
    ];

    keeps_extra!();
}

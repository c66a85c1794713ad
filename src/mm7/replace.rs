//! `ReplaceReq`, `extendedReplaceReq` and its response: a service provider replaces messages
//! (TS 23.140, 8.7.3 and 8.7.5A).

use alloc::vec::Vec;

use super::charging::ServiceCode;
use super::fragment::Extra;
use super::schema::{Schemas, SpecVersion};
use super::status::StatusCode;
use super::wire::{
    CONTENT_ADAPTATIONS, CONTENT_HREF, MESSAGE_ID, MM7_VERSION, Mm7, SENDER_ADDRESS, SENDER_VAS_ID, SENDER_VASP_ID,
    STATUS_CODE, VAS_ID, VASP_ID, at,
};
use crate::message::{ElementSet, Message, Str};
use crate::table::table;

/// `ReplaceReq`: a service provider replaces a message that was not delivered yet
/// (TS 23.140, 8.7.3). The answer is a [`Response`](super::Response).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReplaceReq {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `VASPID`: who the provider is.
    pub vasp_id: Option<Str>,
    /// `VASID`: which service of the provider it is.
    pub vas_id: Option<Str>,
    /// `MessageID`: which message.
    pub message_id: Option<Str>,
    /// `ServiceCode`: what the provider charges it by.
    pub service_code: Option<ServiceCode>,
    /// `DistributionProtection`, as [`SubmitReq::distribution_protection`](super::SubmitReq::distribution_protection).
    pub distribution_protection: Option<bool>,
    /// `Content/@href` as it was written. The encoder refers to the body of the message if there
    /// is one, and writes this reference if there is none.
    pub content_href: Option<Str>,
    /// The new message, with no more elements than [`ELEMENTS`](Self::ELEMENTS). The expiry is
    /// read, but not written: only one witness of the specification has it.
    pub message: Message,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

impl ReplaceReq {
    /// The elements of a [`Message`] that this request carries.
    pub const ELEMENTS: ElementSet = Self::ROWS.elements;
}

table! {
    ReplaceReq: Mm7 with message reference;
    MM7_VERSION,                                               Mandatory, mm7_version;
    SENDER_VASP_ID,                                            Optional,  vasp_id;
    SENDER_VAS_ID,                                             Optional,  vas_id;
    SENDER_ADDRESS,                                            Optional,  message.from;
    MESSAGE_ID,                                                Mandatory, message_id;
    at("ServiceCode"),                                         Optional,  service_code;
    at("TimeStamp"),                                           Optional,  message.date;
    at("ReadReply"),                                           Optional,  message.read_report;
    at("EarliestDeliveryTime"),                                Optional,  message.delivery_time;
    at("ExpiryDate").only_in(Schemas::NEVER),                  Optional,  message.expiry;
    at("DistributionProtection").only_in(Schemas::only(5, 0)), Optional,  distribution_protection;
    at("DistributionIndicator").only_in(Schemas::from(5, 1)),  Optional,  message.distribution_indicator;
    at("ContentClass").release_6(),                            Optional,  message.content_class;
    at("DRMContent").release_6(),                              Optional,  message.drm_content;
    at("ApplicID").release_6(),                                Optional,  message.applic_id;
    at("ReplyApplicID").release_6(),                           Optional,  message.reply_applic_id;
    at("AuxApplicInfo").release_6(),                           Optional,  message.aux_applic_info;
    CONTENT_HREF,                                              Mandatory, content_href;
    CONTENT_ADAPTATIONS,                                       Optional,  message.adaptation_allowed;
}

/// `extendedReplaceReq`: a service provider replaces messages, on the terminals too (Release 6,
/// TS 23.140, 8.7.5A). `ReplaceID` is [`Message::replace_id`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExtendedReplaceReq {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `VASPID`: who the provider is.
    pub vasp_id: Option<Str>,
    /// `VASID`: which service of the provider it is.
    pub vas_id: Option<Str>,
    /// `ServiceCode`: what the provider charges it by.
    pub service_code: Option<ServiceCode>,
    /// `Content/@href` as it was written. The encoder refers to the body of the message if there
    /// is one, and writes this reference if there is none.
    pub content_href: Option<Str>,
    /// The new message, with no more elements than [`ELEMENTS`](Self::ELEMENTS).
    pub message: Message,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

impl ExtendedReplaceReq {
    /// The elements of a [`Message`] that this request carries.
    pub const ELEMENTS: ElementSet = Self::ROWS.elements;
}

table! {
    ExtendedReplaceReq: Mm7 with message reference;
    MM7_VERSION,                Mandatory, mm7_version;
    VASP_ID,                    Optional,  vasp_id;
    VAS_ID,                     Optional,  vas_id;
    at("ServiceCode"),          Optional,  service_code;
    at("ReplaceID"),            Optional,  message.replace_id;
    at("TimeStamp"),            Optional,  message.date;
    at("EarliestDeliveryTime"), Optional,  message.delivery_time;
    at("ExpiryDate"),           Optional,  message.expiry;
    at("ReadReply"),            Optional,  message.read_report;
    at("DeliveryReport"),       Optional,  message.delivery_report;
    CONTENT_HREF,               Mandatory, content_href;
    CONTENT_ADAPTATIONS,        Optional,  message.adaptation_allowed;
}

/// `extendedReplaceRsp`: whether messages were replaced (Release 6, TS 23.140, 8.7.5A). Its
/// status is a code without words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExtendedReplaceRsp {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `MessageID`: identifier of the new message.
    pub message_id: Option<Str>,
    /// `Status/StatusCode`
    pub status_code: Option<StatusCode>,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

table! {
    ExtendedReplaceRsp: Mm7;
    MM7_VERSION, Mandatory, mm7_version;
    MESSAGE_ID,  Mandatory, message_id;
    STATUS_CODE, Mandatory, status_code;
}

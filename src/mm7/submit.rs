//! `SubmitReq` and `SubmitRsp`: a service provider submits a message
//! (TS 23.140, 8.7.1).

use alloc::vec::Vec;
use core::num::NonZeroU32;

use super::charging::{ChargedParty, ServiceCode};
use super::fragment::Extra;
use super::schema::{Schemas, SpecVersion};
use super::status::Status;
use super::wire::{
    BCC, CC, CONTENT_ADAPTATIONS, CONTENT_HREF, MESSAGE_ID, MM7_VERSION, Mm7, SENDER_ADDRESS, SENDER_VAS_ID,
    SENDER_VASP_ID, STATUS_CODE, STATUS_DETAILS, STATUS_TEXT, TO, at,
};
use crate::message::{ElementSet, Message, Str};
use crate::table::{Rules, table};

/// `SubmitReq`: a service provider submits a message to the relay/server (TS 23.140, 8.7.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SubmitReq {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `VASPID`: who the provider is.
    pub vasp_id: Option<Str>,
    /// `VASID`: which service of the provider it is.
    pub vas_id: Option<Str>,
    /// `ServiceCode`: what the provider charges it by.
    pub service_code: Option<ServiceCode>,
    /// `LinkedID`: the message that this one has to do with.
    pub linked_id: Option<Str>,
    /// `ChargedParty`: who pays.
    pub charged_party: Option<ChargedParty>,
    /// `ChargedPartyID`: the third party that pays (Release 6).
    pub charged_party_id: Option<Str>,
    /// `DistributionProtection`, which the first schema of Release 5 has in place of
    /// `DistributionIndicator`. It is not known which of its values means protection.
    pub distribution_protection: Option<bool>,
    /// `DeliveryCondition`: 1, to terminals with MMS only; 2, in the home network only (Release 6).
    pub delivery_conditions: Vec<NonZeroU32>,
    /// `Content/@href` as it was written. The encoder refers to the body of the message if there
    /// is one, and writes this reference if there is none.
    pub content_href: Option<Str>,
    /// What all interfaces carry of a message.
    pub message: Message,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

impl SubmitReq {
    /// The elements of a [`Message`] that this request carries.
    pub const ELEMENTS: ElementSet = Self::ROWS.elements;
}

table! {
    SubmitReq: Mm7 with message reference rules;
    MM7_VERSION,                                               Mandatory, mm7_version;
    SENDER_VASP_ID,                                            Optional,  vasp_id;
    SENDER_VAS_ID,                                             Optional,  vas_id;
    SENDER_ADDRESS,                                            Optional,  message.from;
    TO.outer_required(),                                       Optional,  message.to;
    CC.outer_required(),                                       Optional,  message.cc;
    BCC.outer_required(),                                      Optional,  message.bcc;
    at("ServiceCode"),                                         Optional,  service_code;
    at("LinkedID"),                                            Optional,  linked_id;
    at("MessageClass"),                                        Optional,  message.class;
    at("TimeStamp"),                                           Optional,  message.date;
    at("ReplyCharging"),                                       Optional,  message.reply_charging;
    at("ReplyCharging@replyChargingSize"),                     Optional,  message.reply_charging_size;
    at("ReplyCharging@replyDeadline"),                         Optional,  message.reply_charging_deadline;
    at("EarliestDeliveryTime"),                                Optional,  message.delivery_time;
    at("ExpiryDate"),                                          Optional,  message.expiry;
    at("DeliveryReport"),                                      Optional,  message.delivery_report;
    at("ReadReply"),                                           Optional,  message.read_report;
    at("Priority"),                                            Optional,  message.priority;
    at("Subject"),                                             Optional,  message.subject;
    at("ChargedParty"),                                        Optional,  charged_party;
    at("ChargedPartyID").release_6(),                          Optional,  charged_party_id;
    at("DistributionProtection").only_in(Schemas::only(5, 0)), Optional,  distribution_protection;
    at("DistributionIndicator").only_in(Schemas::from(5, 1)),  Optional,  message.distribution_indicator;
    at("DeliveryCondition.DC").release_6(),                    Optional,  delivery_conditions;
    at("ApplicID").release_6(),                                Optional,  message.applic_id;
    at("ReplyApplicID").release_6(),                           Optional,  message.reply_applic_id;
    at("AuxApplicInfo").release_6(),                           Optional,  message.aux_applic_info;
    at("ContentClass").release_6(),                            Optional,  message.content_class;
    at("DRMContent").release_6(),                              Optional,  message.drm_content;
    CONTENT_HREF,                                              Mandatory, content_href;
    CONTENT_ADAPTATIONS,                                       Optional,  message.adaptation_allowed;
}

impl Rules<Mm7> for SubmitReq {
    /// `Recipients` has at least one.
    fn missing(&self) -> Option<&'static str> {
        let Message { to, cc, bcc, .. } = &self.message;
        (to.is_empty() && cc.is_empty() && bcc.is_empty()).then_some(TO.outer)
    }
}

/// `SubmitRsp`: the relay/server has taken a message over (TS 23.140, 8.7.1). What it refuses it answers
/// with a [`Fault`](super::Fault), which needs no identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SubmitRsp {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `Status`
    pub status: Status,
    /// `MessageID`: identifier of the message, which later requests and reports name.
    pub message_id: Option<Str>,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

table! {
    SubmitRsp: Mm7;
    MM7_VERSION,    Mandatory, mm7_version;
    STATUS_CODE,    Mandatory, status.code;
    STATUS_TEXT,    Mandatory, status.text;
    STATUS_DETAILS, Optional,  status.details;
    MESSAGE_ID,     Mandatory, message_id;
}

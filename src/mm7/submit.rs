//! `SubmitReq` and `SubmitRsp`: a service provider submits a message
//! (TS 23.140, 8.7.1).

use alloc::vec::Vec;
use core::num::NonZeroU32;

use super::field::{Fields, Mm7, at};
use super::fragment::Extra;
use super::schema::{Schemas, SpecVersion};
use super::status::Status;
use super::value::{ChargedParty, ServiceCode};
use crate::message::{ElementSet, Message, Str};
use crate::table::{Field, field, keeps_extra};

/// `SubmitReq`: a service provider submits a message to the relay/server (TS 23.140, 8.7.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SubmitReq {
    /// `MM7Version`: the version of TS 23.140. The encoder puts in the one of the schema.
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
    /// `DistributionIndicator`. Which value means what is not known.
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
    pub const ELEMENTS: ElementSet = Self::CARRIED;
}

impl Fields for SubmitReq {
    #[rustfmt::skip]
    const TABLE: &'static [Field<Self, Mm7>] = &[
        field!(Mm7, at("MM7Version"),                                          Mandatory, mm7_version),
        field!(Mm7, at("SenderIdentification.VASPID").outer_required(),        Optional,  vasp_id),
        field!(Mm7, at("SenderIdentification.VASID").outer_required(),         Optional,  vas_id),
        field!(Mm7, at("SenderIdentification.SenderAddress").outer_required(), Optional,  message.from),
        field!(Mm7, at("Recipients.To").outer_required().holds_many(),         Optional,  message.to),
        field!(Mm7, at("Recipients.Cc").outer_required().holds_many(),         Optional,  message.cc),
        field!(Mm7, at("Recipients.Bcc").outer_required().holds_many(),        Optional,  message.bcc),
        field!(Mm7, at("ServiceCode"),                                         Optional,  service_code),
        field!(Mm7, at("LinkedID"),                                            Optional,  linked_id),
        field!(Mm7, at("MessageClass"),                                        Optional,  message.class),
        field!(Mm7, at("TimeStamp"),                                           Optional,  message.date),
        field!(Mm7, at("ReplyCharging"),                                       Optional,  message.reply_charging),
        field!(Mm7, at("ReplyCharging@replyChargingSize"),                     Optional,  message.reply_charging_size),
        field!(Mm7, at("ReplyCharging@replyDeadline"),                         Optional,  message.reply_charging_deadline),
        field!(Mm7, at("EarliestDeliveryTime"),                                Optional,  message.delivery_time),
        field!(Mm7, at("ExpiryDate"),                                          Optional,  message.expiry),
        field!(Mm7, at("DeliveryReport"),                                      Optional,  message.delivery_report),
        field!(Mm7, at("ReadReply"),                                           Optional,  message.read_report),
        field!(Mm7, at("Priority"),                                            Optional,  message.priority),
        field!(Mm7, at("Subject"),                                             Optional,  message.subject),
        field!(Mm7, at("ChargedParty"),                                        Optional,  charged_party),
        field!(Mm7, at("ChargedPartyID").release_6(),                          Optional,  charged_party_id),
        field!(Mm7, at("DistributionProtection").only_in(Schemas::only(5, 0)), Optional,  distribution_protection),
        field!(Mm7, at("DistributionIndicator").only_in(Schemas::from(5, 1)),  Optional,  message.distribution_indicator),
        field!(Mm7, at("DeliveryCondition.DC").release_6(),                    Optional,  delivery_conditions),
        field!(Mm7, at("ApplicID").release_6(),                                Optional,  message.applic_id),
        field!(Mm7, at("ReplyApplicID").release_6(),                           Optional,  message.reply_applic_id),
        field!(Mm7, at("AuxApplicInfo").release_6(),                           Optional,  message.aux_applic_info),
        field!(Mm7, at("ContentClass").release_6(),                            Optional,  message.content_class),
        field!(Mm7, at("DRMContent").release_6(),                              Optional,  message.drm_content),
        field!(Mm7, at("Content@href"),                                        Mandatory, content_href),
        field!(Mm7, at("Content@allowAdaptations"),                            Optional,  message.adaptation_allowed),
    ];
    const HAS_CONTENT: bool = true;

    fn message(&self) -> Option<&Message> {
        Some(&self.message)
    }

    /// `Recipients` has at least one.
    fn missing(&self) -> Option<&'static str> {
        let Message { to, cc, bcc, .. } = &self.message;
        (to.is_empty() && cc.is_empty() && bcc.is_empty()).then_some("Recipients")
    }

    fn content(&mut self) -> Option<(&mut Option<Str>, &mut Message)> {
        Some((&mut self.content_href, &mut self.message))
    }

    keeps_extra!();
}

/// `SubmitRsp`: the relay/server has taken a message over (TS 23.140, 8.7.1). What it refuses it answers
/// with a [`Fault`](super::Fault), which needs no identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SubmitRsp {
    /// `MM7Version`: the version of TS 23.140. The encoder puts in the one of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `Status`
    pub status: Status,
    /// `MessageID`: identifier of the message, which later requests and reports name.
    pub message_id: Option<Str>,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

impl Fields for SubmitRsp {
    #[rustfmt::skip]
    const TABLE: &'static [Field<Self, Mm7>] = &[
        field!(Mm7, at("MM7Version"),                        Mandatory, mm7_version),
        field!(Mm7, at("Status.StatusCode").outer_required(), Mandatory, status.code),
        field!(Mm7, at("Status.StatusText").outer_required(), Mandatory, status.text),
        field!(Mm7, at("Status.Details").outer_required(),    Optional,  status.details),
        field!(Mm7, at("MessageID"),                         Mandatory, message_id),
    ];

    keeps_extra!();
}

//! `DeliverReq` and `DeliverRsp`: a message goes to a service provider
//! (TS 23.140, 8.7.2).

use alloc::vec::Vec;

use super::field::{Fields, Mm7, at};
use super::fragment::Extra;
use super::schema::{Schemas, SpecVersion};
use super::status::Status;
use super::value::{ServiceCode, UaCapabilities};
use crate::message::{ElementSet, Message, Str};
use crate::table::{Field, field, keeps_extra};

/// `DeliverReq`: the relay/server delivers a message to a service provider (TS 23.140, 8.7.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DeliverReq {
    /// `MM7Version`: the version of TS 23.140. The encoder puts in the one of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `MMSRelayServerID`: which relay/server it is.
    pub mms_relay_server_id: Option<Str>,
    /// `VASPID`: who the provider is.
    pub vasp_id: Option<Str>,
    /// `VASID`: which service of the provider it is for.
    pub vas_id: Option<Str>,
    /// `LinkedID`: identifier that the answer of the service names.
    pub linked_id: Option<Str>,
    /// `SenderSPI`: the service provider of the sender.
    pub sender_spi: Option<Str>,
    /// `RecipientSPI`: the service provider of the recipient.
    pub recipient_spi: Option<Str>,
    /// `UACapabilities`: what the terminal of the sender can do (Release 6).
    pub ua_capabilities: UaCapabilities,
    /// `Content/@href` as it was written. The encoder refers to the body of the message if there
    /// is one, and writes this reference if there is none.
    pub content_href: Option<Str>,
    /// What all interfaces carry of a message.
    pub message: Message,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

impl DeliverReq {
    /// The elements of a [`Message`] that this request carries.
    pub const ELEMENTS: ElementSet = Self::CARRIED;
}

impl Fields for DeliverReq {
    #[rustfmt::skip]
    const TABLE: &'static [Field<Self, Mm7>] = &[
        field!(Mm7, at("MM7Version"),                                     Mandatory, mm7_version),
        field!(Mm7, at("MMSRelayServerID"),                               Optional,  mms_relay_server_id),
        field!(Mm7, at("VASPID"),                                         Optional,  vasp_id),
        field!(Mm7, at("VASID"),                                          Optional,  vas_id),
        field!(Mm7, at("LinkedID"),                                       Optional,  linked_id),
        field!(Mm7, at("Sender"),                                         Mandatory, message.from),
        field!(Mm7, at("Recipients.To").holds_many(),                     Optional,  message.to),
        field!(Mm7, at("Recipients.Cc").holds_many(),                     Optional,  message.cc),
        field!(Mm7, at("Recipients.Bcc").holds_many(),                    Optional,  message.bcc),
        field!(Mm7, at("Previouslysentby.UserAgent").release_6(),         Optional,  message.previously_sent_by),
        field!(Mm7, at("Previouslysentdateandtime.DateTime").release_6(), Optional,  message.previously_sent_date),
        field!(Mm7, at("SenderSPI"),                                      Optional,  sender_spi),
        field!(Mm7, at("RecipientSPI"),                                   Optional,  recipient_spi),
        field!(Mm7, at("TimeStamp"),                                      Optional,  message.date),
        field!(Mm7, at("ReplyChargingID"),                                Optional,  message.reply_charging_id),
        field!(Mm7, at("Priority"),                                       Optional,  message.priority),
        field!(Mm7, at("Subject"),                                        Optional,  message.subject),
        field!(Mm7, at("ApplicID").release_6(),                           Optional,  message.applic_id),
        field!(Mm7, at("ReplyApplicID").release_6(),                      Optional,  message.reply_applic_id),
        field!(Mm7, at("AuxApplicInfo").release_6(),                      Optional,  message.aux_applic_info),
        field!(Mm7, at("UACapabilities@UAProf").release_6(),              Optional,  ua_capabilities.ua_prof),
        field!(Mm7, at("UACapabilities@TimeStamp").release_6(),           Optional,  ua_capabilities.time_stamp),
        field!(Mm7, at("Content@href"),                                   Mandatory, content_href),
        field!(Mm7, at("Content@allowAdaptations"),                       Optional,  message.adaptation_allowed),
    ];
    const HAS_CONTENT: bool = true;

    fn message(&self) -> Option<&Message> {
        Some(&self.message)
    }

    fn content(&mut self) -> Option<(&mut Option<Str>, &mut Message)> {
        Some((&mut self.content_href, &mut self.message))
    }

    keeps_extra!();
}

/// `DeliverRsp`: whether the service provider has taken a message over (TS 23.140, 8.7.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DeliverRsp {
    /// `MM7Version`: the version of TS 23.140. The encoder puts in the one of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `Status`
    pub status: Status,
    /// `ServiceCode`: what the provider charges the message by. Not in the first schema.
    pub service_code: Option<ServiceCode>,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

impl Fields for DeliverRsp {
    #[rustfmt::skip]
    const TABLE: &'static [Field<Self, Mm7>] = &[
        field!(Mm7, at("MM7Version"),                               Mandatory, mm7_version),
        field!(Mm7, at("Status.StatusCode").outer_required(),       Mandatory, status.code),
        field!(Mm7, at("Status.StatusText").outer_required(),       Mandatory, status.text),
        field!(Mm7, at("Status.Details").outer_required(),          Optional,  status.details),
        field!(Mm7, at("ServiceCode").only_in(Schemas::from(5, 1)), Optional,  service_code),
    ];

    keeps_extra!();
}

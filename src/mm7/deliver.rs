//! `DeliverReq` and `DeliverRsp`: a message goes to a service provider
//! (TS 23.140, 8.7.2).

use alloc::vec::Vec;

use super::charging::ServiceCode;
use super::fragment::Extra;
use super::schema::{Schemas, SpecVersion};
use super::status::Status;
use super::wire::{
    BCC, CC, CONTENT_ADAPTATIONS, CONTENT_HREF, MM7_VERSION, Mm7, STATUS_CODE, STATUS_DETAILS, STATUS_TEXT, TO, VAS_ID,
    VASP_ID, at,
};
use crate::message::{ElementSet, Message, Str, Time};
use crate::table::table;

/// `DeliverReq`: the relay/server delivers a message to a service provider (TS 23.140, 8.7.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DeliverReq {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
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
    pub const ELEMENTS: ElementSet = Self::ROWS.elements;
}

table! {
    DeliverReq: Mm7 with message reference;
    MM7_VERSION,                                          Mandatory, mm7_version;
    at("MMSRelayServerID"),                               Optional,  mms_relay_server_id;
    VASP_ID,                                              Optional,  vasp_id;
    VAS_ID,                                               Optional,  vas_id;
    at("LinkedID"),                                       Optional,  linked_id;
    at("Sender"),                                         Mandatory, message.from;
    TO,                                                   Optional,  message.to;
    CC,                                                   Optional,  message.cc;
    BCC,                                                  Optional,  message.bcc;
    at("Previouslysentby.UserAgent").release_6(),         Optional,  message.previously_sent_by;
    at("Previouslysentdateandtime.DateTime").release_6(), Optional,  message.previously_sent_date;
    at("SenderSPI"),                                      Optional,  sender_spi;
    at("RecipientSPI"),                                   Optional,  recipient_spi;
    at("TimeStamp"),                                      Optional,  message.date;
    at("ReplyChargingID"),                                Optional,  message.reply_charging_id;
    at("Priority"),                                       Optional,  message.priority;
    at("Subject"),                                        Optional,  message.subject;
    at("ApplicID").release_6(),                           Optional,  message.applic_id;
    at("ReplyApplicID").release_6(),                      Optional,  message.reply_applic_id;
    at("AuxApplicInfo").release_6(),                      Optional,  message.aux_applic_info;
    at("UACapabilities@UAProf").release_6(),              Optional,  ua_capabilities.ua_prof;
    at("UACapabilities@TimeStamp").release_6(),           Optional,  ua_capabilities.time_stamp;
    CONTENT_HREF,                                         Mandatory, content_href;
    CONTENT_ADAPTATIONS,                                  Optional,  message.adaptation_allowed;
}

/// `DeliverRsp`: whether the service provider has taken a message over (TS 23.140, 8.7.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DeliverRsp {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `Status`
    pub status: Status,
    /// `ServiceCode`: what the provider charges the message by. Not in the first schema.
    pub service_code: Option<ServiceCode>,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

table! {
    DeliverRsp: Mm7;
    MM7_VERSION,                                    Mandatory, mm7_version;
    STATUS_CODE,                                    Mandatory, status.code;
    STATUS_TEXT,                                    Mandatory, status.text;
    STATUS_DETAILS,                                 Optional,  status.details;
    at("ServiceCode").only_in(Schemas::from(5, 1)), Optional,  service_code;
}

/// What a terminal can do (`UACapabilities`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UaCapabilities {
    /// `@UAProf`: where its profile is, in the field also the name of the device.
    pub ua_prof: Option<Str>,
    /// `@TimeStamp`: when the profile was made.
    pub time_stamp: Option<Time>,
}

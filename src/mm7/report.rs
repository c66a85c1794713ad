//! `DeliveryReportReq` and `ReadReplyReq`: what became of a message
//! (TS 23.140, 8.7.4 and 8.7.5).

use alloc::vec::Vec;

use super::deliver::UaCapabilities;
use super::fragment::Extra;
use super::schema::SpecVersion;
use super::wire::{MESSAGE_ID, MM7_VERSION, Mm7, RECIPIENT, at};
use crate::message::{DeliveryReport, ReadReport, Str};
use crate::table::table;

/// `DeliveryReportReq`: what became of a message at one recipient (TS 23.140, 8.7.4). The answer is a
/// [`Response`](super::Response).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DeliveryReportReq {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `MMSRelayServerID`: which relay/server it is.
    pub mms_relay_server_id: Option<Str>,
    /// `UACapabilities`: what the terminal of the recipient can do (Release 6).
    pub ua_capabilities: UaCapabilities,
    /// What all interfaces carry of a delivery report.
    pub report: DeliveryReport,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

table! {
    DeliveryReportReq: Mm7;
    MM7_VERSION,                                Mandatory, mm7_version;
    at("MMSRelayServerID"),                     Optional,  mms_relay_server_id;
    MESSAGE_ID,                                 Mandatory, report.message_id;
    RECIPIENT,                                  Mandatory, report.recipient;
    at("Sender"),                               Mandatory, report.originator;
    at("Date"),                                 Mandatory, report.date;
    at("MMStatus"),                             Mandatory, report.status;
    at("MMStatusExtension").release_6(),        Optional,  report.status_extension;
    at("StatusText"),                           Optional,  report.status_text;
    at("ApplicID").release_6(),                 Optional,  report.applic_id;
    at("ReplyApplicID").release_6(),            Optional,  report.reply_applic_id;
    at("AuxApplicInfo").release_6(),            Optional,  report.aux_applic_info;
    at("UACapabilities@UAProf").release_6(),    Optional,  ua_capabilities.ua_prof;
    at("UACapabilities@TimeStamp").release_6(), Optional,  ua_capabilities.time_stamp;
}

/// `ReadReplyReq`: whether one recipient read a message (TS 23.140, 8.7.5). The answer is a
/// [`Response`](super::Response).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReadReplyReq {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `MMSRelayServerID`: which relay/server it is.
    pub mms_relay_server_id: Option<Str>,
    /// What all interfaces carry of a read report.
    pub report: ReadReport,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

table! {
    ReadReplyReq: Mm7;
    MM7_VERSION,                     Mandatory, mm7_version;
    at("MMSRelayServerID"),          Optional,  mms_relay_server_id;
    MESSAGE_ID,                      Mandatory, report.message_id;
    RECIPIENT,                       Mandatory, report.recipient;
    at("Sender"),                    Mandatory, report.originator;
    at("TimeStamp"),                 Mandatory, report.date;
    at("MMStatus"),                  Mandatory, report.status;
    at("StatusText"),                Optional,  report.status_text;
    at("ApplicID").release_6(),      Optional,  report.applic_id;
    at("ReplyApplicID").release_6(), Optional,  report.reply_applic_id;
    at("AuxApplicInfo").release_6(), Optional,  report.aux_applic_info;
}

//! `MM4_delivery_report.REQ`: what became of a message at one recipient (TS 23.140, 8.4.2).

use alloc::vec::Vec;

use super::field::FieldName;
use super::value::Mm4;
use crate::message::{Address, DeliveryReport, Header, Part, Str};
use crate::table::table;

/// `MM4_delivery_report.REQ`: the recipient's relay/server reports what became of a
/// message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DeliveryReportReq {
    /// The system that reports.
    pub sender: Option<Address>,
    /// Identifier of the mail (`Message-ID`), which means nothing to MMS.
    #[doc(alias = "Message-ID")]
    pub mail_id: Option<Str>,
    /// The version of TS 23.140 that the sender follows, as it was written.
    #[doc(alias = "X-Mms-3GPP-MMS-Version")]
    pub version: Option<Str>,
    /// Pairs the report with its response; as it was written, with quotation marks.
    pub transaction_id: Option<Str>,
    /// What all interfaces carry of a report.
    pub report: DeliveryReport,
    /// Whether a response is wanted; absent means no.
    pub ack_request: Option<bool>,
    /// Where the response goes. Not in all releases.
    pub originator_system: Option<Address>,
    /// Whether the user may see the report; no means that only the originator's system asked for it.
    #[doc(alias = "X-Mms-Forward-To-Originator-UA")]
    pub forward_to_originator_ua: Option<bool>,
    /// Header fields without a place here, in their order.
    pub extra: Vec<Header>,
    /// The body, which has no meaning, if there is one.
    pub body: Option<Part>,
}

table! {
    DeliveryReportReq: Mm4 with body;
    FieldName::DATE,                     Mandatory, report.date;
    FieldName::FROM,                     Mandatory, report.recipient;
    FieldName::SENDER,                   Mandatory, sender;
    FieldName::TO,                       Mandatory, report.originator;
    FieldName::MAIL_ID,                  Mandatory, mail_id;
    FieldName::MMS_VERSION,              Mandatory, version;
    FieldName::TRANSACTION_ID,           Mandatory, transaction_id;
    FieldName::MESSAGE_ID,               Mandatory, report.message_id;
    FieldName::ACK_REQUEST,              Optional,  ack_request;
    FieldName::ORIGINATOR_SYSTEM,        Optional,  originator_system;
    FieldName::FORWARD_TO_ORIGINATOR_UA, Optional,  forward_to_originator_ua;
    FieldName::MM_STATUS_CODE,           Mandatory, report.status;
    FieldName::MM_STATUS_EXTENSION,      Optional,  report.status_extension;
    FieldName::STATUS_TEXT,              Optional,  report.status_text;
    FieldName::APPLIC_ID,                Optional,  report.applic_id;
    FieldName::REPLY_APPLIC_ID,          Optional,  report.reply_applic_id;
    FieldName::AUX_APPLIC_INFO,          Optional,  report.aux_applic_info;
}

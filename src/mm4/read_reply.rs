//! `MM4_read_reply_report.REQ`: whether one recipient read a message (TS 23.140, 8.4.3).

use alloc::vec::Vec;

use super::field::FieldName;
use super::value::Mm4;
use crate::message::{Address, Header, Part, ReadReport, Str};
use crate::table::table;

/// `MM4_read_reply_report.REQ`: the recipient's relay/server reports that a message was
/// read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReadReplyReportReq {
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
    pub report: ReadReport,
    /// Whether a response is wanted; absent means no.
    pub ack_request: Option<bool>,
    /// Where the response goes. Not in all releases.
    pub originator_system: Option<Address>,
    /// Header fields without a place here, in their order.
    pub extra: Vec<Header>,
    /// The body, which has no meaning, if there is one.
    pub body: Option<Part>,
}

table! {
    ReadReplyReportReq: Mm4 with body;
    FieldName::DATE,              Mandatory, report.date;
    FieldName::FROM,              Mandatory, report.recipient;
    FieldName::SENDER,            Mandatory, sender;
    FieldName::TO,                Mandatory, report.originator;
    FieldName::MAIL_ID,           Mandatory, mail_id;
    FieldName::MMS_VERSION,       Mandatory, version;
    FieldName::TRANSACTION_ID,    Mandatory, transaction_id;
    FieldName::MESSAGE_ID,        Mandatory, report.message_id;
    FieldName::ACK_REQUEST,       Optional,  ack_request;
    FieldName::ORIGINATOR_SYSTEM, Optional,  originator_system;
    FieldName::READ_STATUS,       Mandatory, report.status;
    FieldName::STATUS_TEXT,       Optional,  report.status_text;
    FieldName::APPLIC_ID,         Optional,  report.applic_id;
    FieldName::REPLY_APPLIC_ID,   Optional,  report.reply_applic_id;
    FieldName::AUX_APPLIC_INFO,   Optional,  report.aux_applic_info;
}

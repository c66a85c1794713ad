//! `MM4_delivery_report.REQ`: what became of a message at one recipient (TS 23.140, 8.4.2).

use alloc::vec::Vec;

use super::release::{REL_5, REL_6};
use super::value::{MMS_VERSION, Mm4, id, mail_id, mailboxes, text};
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
    text("Date"),                                        Mandatory, report.date;
    mailboxes("From"),                                   Mandatory, report.recipient;
    mailboxes("Sender"),                                 Mandatory, sender;
    mailboxes("To"),                                     Mandatory, report.originator;
    mail_id("Message-ID"),                               Mandatory, mail_id;
    MMS_VERSION,                                         Mandatory, version;
    id("X-Mms-Transaction-ID"),                          Mandatory, transaction_id;
    id("X-Mms-Message-ID"),                              Mandatory, report.message_id;
    text("X-Mms-Ack-Request"),                           Optional,  ack_request;
    mailboxes("X-Mms-Originator-System"),                Optional,  originator_system;
    text("X-Mms-Forward-To-Originator-UA").since(REL_5), Optional,  forward_to_originator_ua;
    text("X-Mms-MM-Status-Code").or("X-Mms-Status"),     Mandatory, report.status;
    text("X-Mms-MM-Status-Extension").since(REL_6),      Optional,  report.status_extension;
    text("X-Mms-Status-Text"),                           Optional,  report.status_text;
    text("X-Mms-Applic-ID").since(REL_6),                Optional,  report.applic_id;
    text("X-Mms-Reply-Applic-ID").since(REL_6),          Optional,  report.reply_applic_id;
    text("X-Mms-Aux-Applic-Info").since(REL_6),          Optional,  report.aux_applic_info;
}

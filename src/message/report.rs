//! Reports about a message.

use super::Message;
use super::Originator;
use super::address::Address;
use super::str::Str;
use super::text::Text;
use super::time::Timestamp;
use super::value::{MmStatus, MmStatusExtension, ReadStatus};

/// What became of a message at one recipient: `M-Delivery.ind`, `MM4_delivery_report.REQ`,
/// `DeliveryReportReq`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub struct DeliveryReport {
    /// Identifier of the message.
    pub message_id: Option<Str>,
    /// The recipient that the report is about: MM1 `To`, MM4 `From`, MM7 `Recipient`.
    pub recipient: Option<Address>,
    /// Who sent the message, and gets the report: MM4 `To`, MM7 `Sender`. Not on MM1.
    pub originator: Option<Address>,
    /// When it happened.
    pub date: Option<Timestamp>,
    /// What became of the message.
    pub status: Option<MmStatus>,
    /// The more exact reason of a rejection. Not on MM1.
    pub status_extension: Option<MmStatusExtension>,
    /// Explanation for people.
    pub status_text: Option<Text>,
    /// Identifier of the application that gets the report.
    pub applic_id: Option<Str>,
    /// Identifier of the application that a reply would go to.
    pub reply_applic_id: Option<Str>,
    /// Whatever the application wants to know.
    pub aux_applic_info: Option<Str>,
}

/// Whether one recipient read a message: `M-Read-Rec.ind`, `M-Read-Orig.ind`,
/// `MM4_read_reply_report.REQ`, `ReadReplyReq`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub struct ReadReport {
    /// Identifier of the message.
    pub message_id: Option<Str>,
    /// Who read it: MM1 and MM4 `From`, MM7 `Recipient`.
    pub recipient: Option<Originator>,
    /// Who sent the message, and gets the report: MM1 and MM4 `To`, MM7 `Sender`.
    pub originator: Option<Address>,
    /// When it was read or deleted.
    pub date: Option<Timestamp>,
    /// Whether it was read.
    pub status: Option<ReadStatus>,
    /// Explanation for people. Not on MM1.
    pub status_text: Option<Text>,
    /// Identifier of the application that gets the report.
    pub applic_id: Option<Str>,
    /// Identifier of the application that a reply would go to.
    pub reply_applic_id: Option<Str>,
    /// Whatever the application wants to know.
    pub aux_applic_info: Option<Str>,
}

macro_rules! about {
    ($($report:ident: $status:ident;)+) => { $(
        impl $report {
            /// What became of `message` at one recipient. The identifier of the message is not in it.
            pub(crate) fn about(message: &Message, recipient: Address, status: $status, date: Timestamp) -> Self {
                let (applic_id, reply_applic_id) = message.report_applic_ids();
                Self {
                    recipient: Some(recipient.into()),
                    originator: message.from.as_ref().and_then(Originator::address).cloned(),
                    date: Some(date),
                    status: Some(status),
                    applic_id,
                    reply_applic_id,
                    aux_applic_info: message.aux_applic_info.clone(),
                    ..Self::default()
                }
            }
        }
    )+ };
}

about! {
    DeliveryReport: MmStatus;
    ReadReport: ReadStatus;
}

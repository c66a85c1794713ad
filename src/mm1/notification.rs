//! `M-Notification.ind` and `M-NotifyResp.ind`: a client learns of a message (OMA-TS-MMS_ENC, 6.2).

use alloc::vec::Vec;

use super::code_point::Version;
use super::field::{Extra, FieldCode};
use super::rules::*;
use super::value::{ElementDescriptor, Mm1, RetrievalMode};
use crate::message::{ElementSet, Message, MmStatus, Originator, Str, Text, Time};
use crate::table::table;

/// `M-Notification.ind`: the relay/server announces a message to a client (since MMS 1.0; OMA-TS-MMS_ENC, 6.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct NotificationInd {
    /// Identifier of the transaction, repeated in the answer.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// What all interfaces carry of a message.
    pub message: Message,
    /// Whether the message is in the mailbox already (MMS 1.2).
    pub stored: Option<bool>,
    /// Size of the message in octets, as far as the relay/server knows it.
    pub message_size: Option<u64>,
    /// What a piece of the message is (MMS 1.2).
    pub element_descriptor: Option<ElementDescriptor>,
    /// How to retrieve the message (MMS 1.3).
    pub recommended_retrieval_mode: Option<RetrievalMode>,
    /// Explanation of that for people (MMS 1.3).
    pub recommended_retrieval_mode_text: Option<Text>,
    /// The absolute URI to fetch the message from.
    pub content_location: Option<Str>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

impl NotificationInd {
    /// The elements of a [`Message`] that this PDU carries.
    pub const ELEMENTS: ElementSet = Self::ROWS.elements;
}

table! {
    NotificationInd: Mm1 with message rules;
    FieldCode::TRANSACTION_ID,                  Mandatory, transaction_id;
    FieldCode::MMS_VERSION,                     Mandatory, version;
    FieldCode::FROM,                            Optional,  message.from;
    FieldCode::SUBJECT,                         Optional,  message.subject;
    FieldCode::DELIVERY_REPORT,                 Optional,  message.delivery_report;
    FieldCode::MESSAGE_CLASS,                   Mandatory, message.class;
    FieldCode::PRIORITY,                        Optional,  message.priority;
    FieldCode::MESSAGE_SIZE,                    Mandatory, message_size;
    FieldCode::EXPIRY,                          Mandatory, message.expiry;
    FieldCode::CONTENT_LOCATION,                Mandatory, content_location;
    FieldCode::STORED,                          Optional,  stored;
    FieldCode::REPLY_CHARGING,                  Optional,  message.reply_charging;
    FieldCode::REPLY_CHARGING_DEADLINE,         Optional,  message.reply_charging_deadline;
    FieldCode::REPLY_CHARGING_SIZE,             Optional,  message.reply_charging_size;
    FieldCode::REPLY_CHARGING_ID,               Optional,  message.reply_charging_id;
    FieldCode::DISTRIBUTION_INDICATOR,          Optional,  message.distribution_indicator;
    FieldCode::ELEMENT_DESCRIPTOR,              Optional,  element_descriptor;
    FieldCode::RECOMMENDED_RETRIEVAL_MODE,      Optional,  recommended_retrieval_mode;
    FieldCode::RECOMMENDED_RETRIEVAL_MODE_TEXT, Optional,  recommended_retrieval_mode_text;
    FieldCode::APPLIC_ID,                       Optional,  message.applic_id;
    FieldCode::REPLY_APPLIC_ID,                 Optional,  message.reply_applic_id;
    FieldCode::AUX_APPLIC_INFO,                 Optional,  message.aux_applic_info;
    FieldCode::CONTENT_CLASS,                   Optional,  message.content_class;
    FieldCode::DRM_CONTENT,                     Optional,  message.drm_content;
    FieldCode::REPLACE_ID,                      Optional,  message.replace_id;
}

rules! {
    NotificationInd:
    FROM, Conflict, "the address is there, not the token for one (6.2)",
        |pdu| pdu.message.from == Some(Originator::InsertAddress);
    // Only the relay/server knows from when on it counts, so that a phone may have any clock.
    EXPIRY, Conflict, "the expiry is relative (6.2)", |pdu| matches!(pdu.message.expiry, Some(Time::Absolute(_)));
    location("6.2");
    reply_charging(ACCEPTED, "granted", "6.2");
    DELIVERY_REPORT, Newer, "MMS 1.0 does not say whether a report is wanted (WAP-209, 6.2)",
        |pdu| pdu.message.delivery_report.is_some() && pdu.version <= Version::V1_0;
    PRIORITY, Newer, "MMS 1.0 does not say how urgent the message is (WAP-209, 6.2)",
        |pdu| pdu.message.priority.is_some() && pdu.version <= Version::V1_0;
}

/// `M-NotifyResp.ind`: a client answers a notification (since MMS 1.0; OMA-TS-MMS_ENC, 6.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct NotifyRespInd {
    /// Identifier of the transaction, from the notification.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// What the client does with the message: retrieved, rejected, deferred, or unrecognised.
    pub status: Option<MmStatus>,
    /// Whether a delivery report may be sent; absent means yes.
    pub report_allowed: Option<bool>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

table! {
    NotifyRespInd: Mm1 with rules;
    FieldCode::TRANSACTION_ID, Mandatory, transaction_id;
    FieldCode::MMS_VERSION,    Mandatory, version;
    FieldCode::STATUS,         Mandatory, status;
    FieldCode::REPORT_ALLOWED, Optional,  report_allowed;
}

rules! {
    NotifyRespInd:
    STATUS, Conflict, "a client retrieves, rejects, defers or does not recognise a message (6.2)",
        |pdu| pdu.status.as_ref().is_some_and(|status| !matches!(
            status,
            MmStatus::Retrieved | MmStatus::Rejected | MmStatus::Deferred | MmStatus::Unrecognised
        ))
        => |pdu| pdu.status = pdu.status.take_if(|status| *status == MmStatus::Expired).map(|_| MmStatus::Rejected);
}

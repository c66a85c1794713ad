//! `M-Notification.ind` and `M-NotifyResp.ind`: a client learns of a message (OMA-TS-MMS_ENC, 6.2).

use alloc::vec::Vec;

use super::code_point::Version;
use super::codec::{Extra, Table};
use super::field::FieldCode;
use super::rules::reply_charging_conflict;
use super::value::{ElementDescriptor, Mm1, RetrievalMode};
use crate::message::{ElementSet, Message, MmStatus, Originator, ReplyCharging, Str, Text, Time};
use crate::table::{Field, elements, field, keeps_extra};

/// `M-Notification.ind`: the relay/server tells a client of a message (since MMS 1.0; OMA-TS-MMS_ENC, 6.2).
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
    pub const ELEMENTS: ElementSet = elements(Self::FIELDS);
}

impl Table for NotificationInd {
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self, Mm1>] = &[
        field!(Mm1, FieldCode::TRANSACTION_ID,                  Mandatory, transaction_id),
        field!(Mm1, FieldCode::MMS_VERSION,                     Mandatory, version),
        field!(Mm1, FieldCode::FROM,                            Optional,  message.from),
        field!(Mm1, FieldCode::SUBJECT,                         Optional,  message.subject),
        field!(Mm1, FieldCode::DELIVERY_REPORT,                 Optional,  message.delivery_report),
        field!(Mm1, FieldCode::STORED,                          Optional,  stored),
        field!(Mm1, FieldCode::MESSAGE_CLASS,                   Mandatory, message.class),
        field!(Mm1, FieldCode::PRIORITY,                        Optional,  message.priority),
        field!(Mm1, FieldCode::MESSAGE_SIZE,                    Mandatory, message_size),
        field!(Mm1, FieldCode::EXPIRY,                          Mandatory, message.expiry),
        field!(Mm1, FieldCode::REPLY_CHARGING,                  Optional,  message.reply_charging),
        field!(Mm1, FieldCode::REPLY_CHARGING_DEADLINE,         Optional,  message.reply_charging_deadline),
        field!(Mm1, FieldCode::REPLY_CHARGING_SIZE,             Optional,  message.reply_charging_size),
        field!(Mm1, FieldCode::REPLY_CHARGING_ID,               Optional,  message.reply_charging_id),
        field!(Mm1, FieldCode::DISTRIBUTION_INDICATOR,          Optional,  message.distribution_indicator),
        field!(Mm1, FieldCode::ELEMENT_DESCRIPTOR,              Optional,  element_descriptor),
        field!(Mm1, FieldCode::RECOMMENDED_RETRIEVAL_MODE,      Optional,  recommended_retrieval_mode),
        field!(Mm1, FieldCode::RECOMMENDED_RETRIEVAL_MODE_TEXT, Optional,  recommended_retrieval_mode_text),
        field!(Mm1, FieldCode::APPLIC_ID,                       Optional,  message.applic_id),
        field!(Mm1, FieldCode::REPLY_APPLIC_ID,                 Optional,  message.reply_applic_id),
        field!(Mm1, FieldCode::AUX_APPLIC_INFO,                 Optional,  message.aux_applic_info),
        field!(Mm1, FieldCode::CONTENT_CLASS,                   Optional,  message.content_class),
        field!(Mm1, FieldCode::DRM_CONTENT,                     Optional,  message.drm_content),
        field!(Mm1, FieldCode::REPLACE_ID,                      Optional,  message.replace_id),
        field!(Mm1, FieldCode::CONTENT_LOCATION,                Mandatory, content_location),
    ];

    keeps_extra!();

    fn message(&self) -> Option<&Message> {
        Some(&self.message)
    }

    fn conflict(&self) -> Option<FieldCode> {
        if self.message.from == Some(Originator::InsertAddress) {
            return Some(FieldCode::FROM);
        }
        // Only the relay/server knows from when on it counts, so that a phone may have any clock.
        if matches!(self.message.expiry, Some(Time::Absolute(_))) {
            return Some(FieldCode::EXPIRY);
        }
        reply_charging_conflict(&self.message, [ReplyCharging::Accepted, ReplyCharging::AcceptedTextOnly])
    }
}

/// `M-NotifyResp.ind`: a client answers a notification (since MMS 1.0; OMA-TS-MMS_ENC, 6.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct NotifyRespInd {
    /// That of the notification.
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

impl Table for NotifyRespInd {
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self, Mm1>] = &[
        field!(Mm1, FieldCode::TRANSACTION_ID, Mandatory, transaction_id),
        field!(Mm1, FieldCode::MMS_VERSION,    Mandatory, version),
        field!(Mm1, FieldCode::STATUS,         Mandatory, status),
        field!(Mm1, FieldCode::REPORT_ALLOWED, Optional,  report_allowed),
    ];

    keeps_extra!();

    /// What a client may say of a message that it was told of (OMA-TS-MMS_ENC, 6.2).
    fn conflict(&self) -> Option<FieldCode> {
        use MmStatus::{Expired, Forwarded, Indeterminate, Unreachable};
        matches!(self.status, Some(Expired | Forwarded | Indeterminate | Unreachable)).then_some(FieldCode::STATUS)
    }
}

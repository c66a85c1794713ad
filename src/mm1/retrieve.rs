//! `M-Retrieve.conf` and `M-Acknowledge.ind`: a client fetches a message (OMA-TS-MMS_ENC, 6.3).

use alloc::vec::Vec;

use super::code_point::{RetrieveStatus, Version};
use super::codec::{Extra, Table};
use super::field::FieldCode;
use super::rules::reply_charging_conflict;
use super::value::{Mm1, MmFlag, MmState};
use crate::message::{ElementSet, Message, Originator, ReplyCharging, Str, Text};
use crate::table::{Field, elements, field, keeps_extra};

/// `M-Retrieve.conf`: the relay/server hands over a message (since MMS 1.0; OMA-TS-MMS_ENC, 6.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RetrieveConf {
    /// Identifier of the transaction, if an acknowledgement is wanted.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// Identifier of the message.
    pub message_id: Option<Str>,
    /// What all interfaces carry of a message.
    pub message: Message,
    /// The state of the message in the mailbox (MMS 1.2).
    pub mm_state: Option<MmState>,
    /// Keywords of the message in the mailbox (MMS 1.2).
    pub mm_flags: Vec<MmFlag>,
    /// How the retrieval ended (MMS 1.1).
    pub retrieve_status: Option<RetrieveStatus>,
    /// Explanation of that for people (MMS 1.1).
    pub retrieve_text: Option<Text>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

impl RetrieveConf {
    /// The elements of a [`Message`] that this PDU carries.
    pub const ELEMENTS: ElementSet = elements(Self::FIELDS);
}

impl Table for RetrieveConf {
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self, Mm1>] = &[
        field!(Mm1, FieldCode::TRANSACTION_ID,          Optional,  transaction_id),
        field!(Mm1, FieldCode::MMS_VERSION,             Mandatory, version),
        field!(Mm1, FieldCode::MESSAGE_ID,              Optional,  message_id),
        field!(Mm1, FieldCode::DATE,                    Mandatory, message.date),
        field!(Mm1, FieldCode::FROM,                    Optional,  message.from),
        field!(Mm1, FieldCode::PREVIOUSLY_SENT_BY,      Optional,  message.previously_sent_by),
        field!(Mm1, FieldCode::PREVIOUSLY_SENT_DATE,    Optional,  message.previously_sent_date),
        field!(Mm1, FieldCode::TO,                      Optional,  message.to),
        field!(Mm1, FieldCode::CC,                      Optional,  message.cc),
        field!(Mm1, FieldCode::SUBJECT,                 Optional,  message.subject),
        field!(Mm1, FieldCode::MM_STATE,                Optional,  mm_state),
        field!(Mm1, FieldCode::MM_FLAGS,                Optional,  mm_flags),
        field!(Mm1, FieldCode::MESSAGE_CLASS,           Optional,  message.class),
        field!(Mm1, FieldCode::PRIORITY,                Optional,  message.priority),
        field!(Mm1, FieldCode::DELIVERY_REPORT,         Optional,  message.delivery_report),
        field!(Mm1, FieldCode::READ_REPORT,             Optional,  message.read_report),
        field!(Mm1, FieldCode::REPLY_CHARGING,          Optional,  message.reply_charging),
        field!(Mm1, FieldCode::REPLY_CHARGING_DEADLINE, Optional,  message.reply_charging_deadline),
        field!(Mm1, FieldCode::REPLY_CHARGING_SIZE,     Optional,  message.reply_charging_size),
        field!(Mm1, FieldCode::REPLY_CHARGING_ID,       Optional,  message.reply_charging_id),
        field!(Mm1, FieldCode::RETRIEVE_STATUS,         Optional,  retrieve_status),
        field!(Mm1, FieldCode::RETRIEVE_TEXT,           Optional,  retrieve_text),
        field!(Mm1, FieldCode::DISTRIBUTION_INDICATOR,  Optional,  message.distribution_indicator),
        field!(Mm1, FieldCode::APPLIC_ID,               Optional,  message.applic_id),
        field!(Mm1, FieldCode::REPLY_APPLIC_ID,         Optional,  message.reply_applic_id),
        field!(Mm1, FieldCode::AUX_APPLIC_INFO,         Optional,  message.aux_applic_info),
        field!(Mm1, FieldCode::CONTENT_CLASS,           Optional,  message.content_class),
        field!(Mm1, FieldCode::DRM_CONTENT,             Optional,  message.drm_content),
        field!(Mm1, FieldCode::REPLACE_ID,              Optional,  message.replace_id),
        field!(Mm1, FieldCode::CONTENT_TYPE,            Mandatory, message.body),
    ];

    keeps_extra!();

    fn message(&self) -> Option<&Message> {
        Some(&self.message)
    }

    fn conflict(&self) -> Option<FieldCode> {
        if self.message.from == Some(Originator::InsertAddress) {
            return Some(FieldCode::FROM);
        }
        reply_charging_conflict(&self.message, [ReplyCharging::Accepted, ReplyCharging::AcceptedTextOnly])
    }
}

/// `M-Acknowledge.ind`: a client confirms that it has a message (since MMS 1.0; OMA-TS-MMS_ENC, 6.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AcknowledgeInd {
    /// That of the retrieval.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// Whether a delivery report may be sent; absent means yes.
    pub report_allowed: Option<bool>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

impl Table for AcknowledgeInd {
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self, Mm1>] = &[
        field!(Mm1, FieldCode::TRANSACTION_ID, Mandatory, transaction_id),
        field!(Mm1, FieldCode::MMS_VERSION,    Mandatory, version),
        field!(Mm1, FieldCode::REPORT_ALLOWED, Optional,  report_allowed),
    ];

    keeps_extra!();
}

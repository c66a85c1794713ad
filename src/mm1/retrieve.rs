//! `M-Retrieve.conf` and `M-Acknowledge.ind`: a client fetches a message (OMA-TS-MMS_ENC, 6.3).

use alloc::vec::Vec;

use super::code_point::{RetrieveStatus, Version};
use super::field::{Extra, FieldCode, keeps};
use super::rules::*;
use super::value::{Mm1, MmFlag, MmState};
use crate::message::{ElementSet, Message, Originator, Str, Text};
use crate::table::table;

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
    pub const ELEMENTS: ElementSet = Self::ROWS.elements;
}

table! {
    RetrieveConf: Mm1 with message rules;
    FieldCode::TRANSACTION_ID,          Optional,  transaction_id;
    FieldCode::MMS_VERSION,             Mandatory, version;
    FieldCode::MESSAGE_ID,              Optional,  message_id;
    FieldCode::DATE,                    Mandatory, message.date;
    FieldCode::FROM,                    Optional,  message.from;
    FieldCode::TO,                      Optional,  message.to;
    FieldCode::CC,                      Optional,  message.cc;
    FieldCode::SUBJECT,                 Optional,  message.subject;
    FieldCode::MESSAGE_CLASS,           Optional,  message.class;
    FieldCode::PRIORITY,                Optional,  message.priority;
    FieldCode::DELIVERY_REPORT,         Optional,  message.delivery_report;
    FieldCode::READ_REPORT,             Optional,  message.read_report;
    FieldCode::PREVIOUSLY_SENT_BY,      Optional,  message.previously_sent_by;
    FieldCode::PREVIOUSLY_SENT_DATE,    Optional,  message.previously_sent_date;
    FieldCode::MM_STATE,                Optional,  mm_state;
    FieldCode::MM_FLAGS,                Optional,  mm_flags;
    FieldCode::REPLY_CHARGING,          Optional,  message.reply_charging;
    FieldCode::REPLY_CHARGING_DEADLINE, Optional,  message.reply_charging_deadline;
    FieldCode::REPLY_CHARGING_SIZE,     Optional,  message.reply_charging_size;
    FieldCode::REPLY_CHARGING_ID,       Optional,  message.reply_charging_id;
    FieldCode::RETRIEVE_STATUS,         Optional,  retrieve_status;
    FieldCode::RETRIEVE_TEXT,           Optional,  retrieve_text;
    FieldCode::DISTRIBUTION_INDICATOR,  Optional,  message.distribution_indicator;
    FieldCode::APPLIC_ID,               Optional,  message.applic_id;
    FieldCode::REPLY_APPLIC_ID,         Optional,  message.reply_applic_id;
    FieldCode::AUX_APPLIC_INFO,         Optional,  message.aux_applic_info;
    FieldCode::CONTENT_CLASS,           Optional,  message.content_class;
    FieldCode::DRM_CONTENT,             Optional,  message.drm_content;
    FieldCode::REPLACE_ID,              Optional,  message.replace_id;
    FieldCode::CONTENT_TYPE,            Mandatory, message.body;
}

rules! {
    RetrieveConf:
    // Optional in MMS 1.0; what 1.1 and 1.2 say is not certain.
    MESSAGE_ID, Missing, "a delivered message has an identifier (6.3)",
        |pdu| pdu.message_id.is_none()
            && pdu.version >= Version::V1_3
            && pdu.retrieve_status.is_none_or(|status| status == RetrieveStatus::OK)
            && !keeps(&pdu.extra, FieldCode::MESSAGE_ID);
    FROM, Conflict, "the address is there, not the token for one (6.3)",
        |pdu| pdu.message.from == Some(Originator::InsertAddress);
    keywords("6.3");
    reply_charging(ACCEPTED, "granted", "6.3");
    RETRIEVE_STATUS, Conflict, "the status is assigned (7.3.50)", |pdu| is_retrieve_status_wrong(pdu.retrieve_status)
        => |pdu| pdu.retrieve_status = retrieve_status_of_class(pdu.retrieve_status);
}

/// `M-Acknowledge.ind`: a client confirms that it has a message (since MMS 1.0; OMA-TS-MMS_ENC, 6.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AcknowledgeInd {
    /// Identifier of the transaction, from the retrieval.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// Whether a delivery report may be sent; absent means yes.
    pub report_allowed: Option<bool>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

table! {
    AcknowledgeInd: Mm1;
    FieldCode::TRANSACTION_ID, Mandatory, transaction_id;
    FieldCode::MMS_VERSION,    Mandatory, version;
    FieldCode::REPORT_ALLOWED, Optional,  report_allowed;
}

impl Mend for AcknowledgeInd {}

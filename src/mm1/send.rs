//! `M-Send.req` and `M-Send.conf`: a client submits a message (OMA-TS-MMS_ENC, 6.1).

use alloc::vec::Vec;

use super::code_point::{ResponseStatus, StoreStatus, Version};
use super::field::{Extra, FieldCode, keeps};
use super::rules::*;
use super::value::{Mm1, MmFlag, MmState};
use crate::message::{ElementSet, Message, Str, Text};
use crate::table::table;

/// `M-Send.req`: a client submits a message (since MMS 1.0; OMA-TS-MMS_ENC, 6.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SendReq {
    /// Identifier of the transaction, repeated in the answer.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// What all interfaces carry of a message.
    pub message: Message,
    /// Whether to put the message into the mailbox as well (MMS 1.2).
    pub store: Option<bool>,
    /// The state of the message in the mailbox (MMS 1.2).
    pub mm_state: Option<MmState>,
    /// Keywords of the message in the mailbox (MMS 1.2).
    pub mm_flags: Vec<MmFlag>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

impl SendReq {
    /// The elements of a [`Message`] that this PDU carries.
    pub const ELEMENTS: ElementSet = Self::ROWS.elements;
}

table! {
    SendReq: Mm1 with message rules;
    FieldCode::TRANSACTION_ID,          Mandatory, transaction_id;
    FieldCode::MMS_VERSION,             Mandatory, version;
    FieldCode::DATE,                    Optional,  message.date;
    FieldCode::FROM,                    Mandatory, message.from;
    FieldCode::TO,                      Optional,  message.to;
    FieldCode::CC,                      Optional,  message.cc;
    FieldCode::BCC,                     Optional,  message.bcc;
    FieldCode::SUBJECT,                 Optional,  message.subject;
    FieldCode::MESSAGE_CLASS,           Optional,  message.class;
    FieldCode::EXPIRY,                  Optional,  message.expiry;
    FieldCode::DELIVERY_TIME,           Optional,  message.delivery_time;
    FieldCode::PRIORITY,                Optional,  message.priority;
    FieldCode::SENDER_VISIBILITY,       Optional,  message.sender_visibility;
    FieldCode::DELIVERY_REPORT,         Optional,  message.delivery_report;
    FieldCode::READ_REPORT,             Optional,  message.read_report;
    FieldCode::STORE,                   Optional,  store;
    FieldCode::MM_STATE,                Optional,  mm_state;
    FieldCode::MM_FLAGS,                Optional,  mm_flags;
    FieldCode::REPLY_CHARGING,          Optional,  message.reply_charging;
    FieldCode::REPLY_CHARGING_DEADLINE, Optional,  message.reply_charging_deadline;
    FieldCode::REPLY_CHARGING_SIZE,     Optional,  message.reply_charging_size;
    FieldCode::REPLY_CHARGING_ID,       Optional,  message.reply_charging_id;
    FieldCode::APPLIC_ID,               Optional,  message.applic_id;
    FieldCode::REPLY_APPLIC_ID,         Optional,  message.reply_applic_id;
    FieldCode::AUX_APPLIC_INFO,         Optional,  message.aux_applic_info;
    FieldCode::CONTENT_CLASS,           Optional,  message.content_class;
    FieldCode::DRM_CONTENT,             Optional,  message.drm_content;
    FieldCode::ADAPTATION_ALLOWED,      Optional,  message.adaptation_allowed;
    FieldCode::CONTENT_TYPE,            Mandatory, message.body;
}

rules! {
    SendReq:
    TO, Missing, "one of To, Cc and Bcc is there (6.1.1)", |pdu| has_no_recipient(&pdu.message, &pdu.extra);
    DELIVERY_REPORT, Conflict, "a message of class Auto refuses delivery reports (6.1.1)",
        |pdu| is_asked_by_auto(&pdu.message, pdu.message.delivery_report)
        => |pdu| pdu.message.delivery_report = Some(false);
    READ_REPORT, Conflict, "a message of class Auto refuses read reports (6.1.1)",
        |pdu| is_asked_by_auto(&pdu.message, pdu.message.read_report)
        => |pdu| pdu.message.read_report = Some(false);
    MM_STATE, Conflict, "only a message to be stored has a state (6.1.1)",
        |pdu| pdu.mm_state.is_some() && pdu.store != Some(true);
    MM_FLAGS, Conflict, "only a message to be stored has keywords (6.1.1)",
        |pdu| !pdu.mm_flags.is_empty() && pdu.store != Some(true);
    changed_keywords("6.1.1");
    reply_charging(REQUESTED, "requested", "6.1.1");
}

/// `M-Send.conf`: the relay/server answers a submission (since MMS 1.0; OMA-TS-MMS_ENC, 6.1.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SendConf {
    /// Identifier of the transaction, from the request.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// How the request ended.
    pub response_status: Option<ResponseStatus>,
    /// Explanation for people.
    pub response_text: Option<Text>,
    /// Identifier that the relay/server gave the message; always there when it was accepted.
    pub message_id: Option<Str>,
    /// Where the stored message is, if it was stored (MMS 1.2).
    pub content_location: Option<Str>,
    /// Whether the message went into the mailbox (MMS 1.2).
    pub store_status: Option<StoreStatus>,
    /// Explanation for people (MMS 1.2).
    pub store_status_text: Option<Text>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

table! {
    SendConf: Mm1 with rules;
    FieldCode::TRANSACTION_ID,    Mandatory, transaction_id;
    FieldCode::MMS_VERSION,       Mandatory, version;
    FieldCode::RESPONSE_STATUS,   Mandatory, response_status;
    FieldCode::RESPONSE_TEXT,     Optional,  response_text;
    FieldCode::MESSAGE_ID,        Optional,  message_id;
    FieldCode::CONTENT_LOCATION,  Optional,  content_location;
    FieldCode::STORE_STATUS,      Optional,  store_status;
    FieldCode::STORE_STATUS_TEXT, Optional,  store_status_text;
}

rules! {
    SendConf:
    MESSAGE_ID, Missing, "an accepted message has an identifier (6.1.2)",
        |pdu| pdu.message_id.is_none() && pdu.response_status == Some(ResponseStatus::OK) && !keeps(&pdu.extra, FieldCode::MESSAGE_ID);
    status(Send);
    store_status("6.1.2");
}

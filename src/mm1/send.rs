//! `M-Send.req` and `M-Send.conf`: a client submits a message (OMA-TS-MMS_ENC, 6.1).

use alloc::vec::Vec;

use super::code_point::{ResponseStatus, StoreStatus, Version};
use super::codec::Extra;
use super::field::FieldCode;
use super::rules::{missing_recipient, reply_charging_conflict};
use super::value::{Mm1, MmFlag, MmState};
use crate::message::{ElementSet, Message, MessageClass, ReplyCharging, Str, Text};
use crate::table::{Rules, table};

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

impl Rules<Mm1> for SendReq {
    fn missing(&self) -> Option<FieldCode> {
        missing_recipient(&self.message, &self.extra)
    }

    fn conflict(&self) -> Option<FieldCode> {
        let message = &self.message;
        // A message made by a machine must not cause more of them.
        if message.class == Some(MessageClass::Auto) {
            let wanted =
                [(message.delivery_report, FieldCode::DELIVERY_REPORT), (message.read_report, FieldCode::READ_REPORT)];
            if let Some((_, code)) = wanted.into_iter().find(|(report, _)| *report != Some(false)) {
                return Some(code);
            }
        }
        if self.store != Some(true) {
            if self.mm_state.is_some() {
                return Some(FieldCode::MM_STATE);
            }
            if !self.mm_flags.is_empty() {
                return Some(FieldCode::MM_FLAGS);
            }
        }
        reply_charging_conflict(message, [ReplyCharging::Requested, ReplyCharging::RequestedTextOnly])
    }
}

/// `M-Send.conf`: the relay/server answers a submission (since MMS 1.0; OMA-TS-MMS_ENC, 6.1.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SendConf {
    /// That of the request.
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
    SendConf: Mm1;
    FieldCode::TRANSACTION_ID,    Mandatory, transaction_id;
    FieldCode::MMS_VERSION,       Mandatory, version;
    FieldCode::RESPONSE_STATUS,   Mandatory, response_status;
    FieldCode::RESPONSE_TEXT,     Optional,  response_text;
    FieldCode::MESSAGE_ID,        Optional,  message_id;
    FieldCode::CONTENT_LOCATION,  Optional,  content_location;
    FieldCode::STORE_STATUS,      Optional,  store_status;
    FieldCode::STORE_STATUS_TEXT, Optional,  store_status_text;
}

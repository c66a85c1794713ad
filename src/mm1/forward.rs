//! `M-Forward.req` and `M-Forward.conf`: forwarding without retrieval (OMA-TS-MMS_ENC, 6.6).

use alloc::vec::Vec;

use super::code_point::{ResponseStatus, StoreStatus, Version};
use super::field::{Extra, FieldCode, keeps};
use super::rules::*;
use super::value::{Mm1, MmFlag, MmState};
use super::version::since;
use crate::message::{ElementSet, Message, Str, Text};
use crate::table::table;

/// `M-Forward.req`: a client forwards a message that it did not retrieve (since MMS 1.1; OMA-TS-MMS_ENC, 6.6).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ForwardReq {
    /// Identifier of the transaction, repeated in the answer.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// What all interfaces carry of a message.
    pub message: Message,
    /// Whether the previous sender may get a delivery report; absent means yes.
    pub report_allowed: Option<bool>,
    /// Whether to put the message into the mailbox as well (MMS 1.2).
    pub store: Option<bool>,
    /// The state of the message in the mailbox (MMS 1.2).
    pub mm_state: Option<MmState>,
    /// Keywords of the message in the mailbox (MMS 1.2).
    pub mm_flags: Vec<MmFlag>,
    /// The URI from the notification.
    pub content_location: Option<Str>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

impl ForwardReq {
    /// The elements of a [`Message`] that this PDU carries.
    pub const ELEMENTS: ElementSet = Self::ROWS.elements;
}

since! { ForwardReq: V1_1, transaction_id, message, report_allowed, store, mm_state, mm_flags, content_location, extra }

table! {
    ForwardReq: Mm1 with message rules;
    FieldCode::TRANSACTION_ID,          Mandatory, transaction_id;
    FieldCode::MMS_VERSION,             Mandatory, version;
    FieldCode::DATE,                    Optional,  message.date;
    FieldCode::FROM,                    Mandatory, message.from;
    FieldCode::TO,                      Optional,  message.to;
    FieldCode::CC,                      Optional,  message.cc;
    FieldCode::BCC,                     Optional,  message.bcc;
    FieldCode::EXPIRY,                  Optional,  message.expiry;
    FieldCode::DELIVERY_TIME,           Optional,  message.delivery_time;
    FieldCode::REPORT_ALLOWED,          Optional,  report_allowed;
    FieldCode::DELIVERY_REPORT,         Optional,  message.delivery_report;
    FieldCode::READ_REPORT,             Optional,  message.read_report;
    FieldCode::CONTENT_LOCATION,        Mandatory, content_location;
    FieldCode::STORE,                   Optional,  store;
    FieldCode::MM_STATE,                Optional,  mm_state;
    FieldCode::MM_FLAGS,                Optional,  mm_flags;
    FieldCode::REPLY_CHARGING,          Optional,  message.reply_charging;
    FieldCode::REPLY_CHARGING_DEADLINE, Optional,  message.reply_charging_deadline;
    FieldCode::REPLY_CHARGING_SIZE,     Optional,  message.reply_charging_size;
}

rules! {
    ForwardReq:
    TO, Missing, "one of To, Cc and Bcc is there (6.6)", |pdu| has_no_recipient(&pdu.message, &pdu.extra);
    location("6.6");
    changed_keywords("6.6");
    reply_charging(REQUESTED, "requested", "6.6");
}

/// `M-Forward.conf`: the relay/server answers a forwarding (since MMS 1.1; OMA-TS-MMS_ENC, 6.6).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ForwardConf {
    /// Identifier of the transaction, from the request.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// How the request ended.
    pub response_status: Option<ResponseStatus>,
    /// Explanation for people.
    pub response_text: Option<Text>,
    /// Identifier of the forwarded message; always there when it was accepted.
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

since! { ForwardConf: V1_1, transaction_id, response_status, response_text, message_id, content_location, store_status, store_status_text, extra }

table! {
    ForwardConf: Mm1 with rules;
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
    ForwardConf:
    MESSAGE_ID, Missing, "a forwarded message has an identifier (6.6)",
        |pdu| pdu.message_id.is_none() && pdu.response_status == Some(ResponseStatus::OK) && !keeps(&pdu.extra, FieldCode::MESSAGE_ID);
    status(Forward);
    store_status("6.6");
}

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
    CONTENT_LOCATION, Conflict, "a location is an absolute URI (6.6)",
        |pdu| pdu.content_location.as_ref().is_some_and(|location| is_not_absolute(location));
    MM_FLAGS, Conflict, "a keyword has no white space (6.6)", |pdu| pdu.mm_flags.iter().any(is_keyword_wrong)
        => |pdu| mend_keywords(&mut pdu.mm_flags);
    MM_FLAGS, Conflict, "keywords are added or removed (6.6)", |pdu| pdu.mm_flags.iter().any(is_filter)
        => |pdu| pdu.mm_flags.retain(|flag| !is_filter(flag));
    REPLY_CHARGING, Conflict, "reply charging is requested (6.6)",
        |pdu| is_other(pdu.message.reply_charging, REQUESTED);
    REPLY_CHARGING_DEADLINE, Conflict, "a deadline goes with reply charging (6.6)",
        |pdu| pdu.message.reply_charging_deadline.is_some() && pdu.message.reply_charging.is_none();
    REPLY_CHARGING_SIZE, Conflict, "a size goes with reply charging (6.6)",
        |pdu| pdu.message.reply_charging_size.is_some() && pdu.message.reply_charging.is_none();
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
    RESPONSE_STATUS, Conflict, "the status is in use, and of this confirmation (7.3.48)",
        |pdu| pdu.response_status.is_some_and(|status| is_status_wrong(status, pdu.version, Confirmation::Forward))
        => |pdu| pdu.response_status = pdu.response_status.map(|status| nearest_status(status, pdu.version, Confirmation::Forward));
    RESPONSE_STATUS, Newer, "the status is one of this version (7.3.48)",
        |pdu| pdu.response_status.is_some_and(|status| is_newer(status.since(), pdu.version))
        => |pdu| pdu.response_status = pdu.response_status.map(|status| nearest_status(status, pdu.version, Confirmation::Forward));
    STORE_STATUS, Conflict, "the store status is assigned (7.3.58)", |pdu| is_store_status_wrong(pdu.store_status)
        => |pdu| pdu.store_status = store_status_of_class(pdu.store_status);
    CONTENT_LOCATION, Conflict, "only a stored message has a location (6.6)",
        |pdu| is_stored_nowhere(pdu.content_location.as_ref(), pdu.store_status);
    CONTENT_LOCATION, Conflict, "a location is an absolute URI (6.6)",
        |pdu| pdu.content_location.as_ref().is_some_and(|location| is_not_absolute(location));
}

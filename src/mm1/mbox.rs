//! The mailbox of the relay/server: store, view, upload, delete, describe (OMA-TS-MMS_ENC, 6.7 to 6.11).

use alloc::vec::Vec;

use super::code_point::{ResponseStatus, StoreStatus, Version};
use super::field::{Extra, FieldCode};
use super::rules::*;
use super::value::{Counted, MboxSize, Mm1, MmFlag, MmState};
use super::version::since;
use crate::message::{ElementSet, Message, Part, Str, Text};
use crate::table::table;

/// `M-Mbox-Store.req`: a client puts a message into the mailbox, or changes its state there (since MMS 1.2; OMA-TS-MMS_ENC, 6.7).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MboxStoreReq {
    /// Identifier of the transaction, repeated in the answer.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// Where the message is.
    pub content_location: Option<Str>,
    /// The state of the message in the mailbox (MMS 1.2).
    pub mm_state: Option<MmState>,
    /// Keywords of the message in the mailbox (MMS 1.2).
    pub mm_flags: Vec<MmFlag>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

since! { MboxStoreReq: V1_2, transaction_id, content_location, mm_state, mm_flags, extra }

table! {
    MboxStoreReq: Mm1 with rules;
    FieldCode::TRANSACTION_ID,   Mandatory, transaction_id;
    FieldCode::MMS_VERSION,      Mandatory, version;
    FieldCode::CONTENT_LOCATION, Mandatory, content_location;
    FieldCode::MM_STATE,         Optional,  mm_state;
    FieldCode::MM_FLAGS,         Optional,  mm_flags;
}

rules! {
    MboxStoreReq:
    location("6.7");
    changed_keywords("6.7");
}

/// `M-Mbox-Store.conf`: the relay/server answers an `M-Mbox-Store.req` (since MMS 1.2; OMA-TS-MMS_ENC, 6.7).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MboxStoreConf {
    /// Identifier of the transaction, from the request.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// Where the stored message is, if it was stored.
    pub content_location: Option<Str>,
    /// Whether the message went into the mailbox (MMS 1.2).
    pub store_status: Option<StoreStatus>,
    /// Explanation for people (MMS 1.2).
    pub store_status_text: Option<Text>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

since! { MboxStoreConf: V1_2, transaction_id, content_location, store_status, store_status_text, extra }

table! {
    MboxStoreConf: Mm1 with rules;
    FieldCode::TRANSACTION_ID,    Mandatory, transaction_id;
    FieldCode::MMS_VERSION,       Mandatory, version;
    FieldCode::CONTENT_LOCATION,  Optional,  content_location;
    FieldCode::STORE_STATUS,      Mandatory, store_status;
    FieldCode::STORE_STATUS_TEXT, Optional,  store_status_text;
}

rules! {
    MboxStoreConf:
    store_status("6.7");
}

/// `M-Mbox-View.req`: a client asks what is in the mailbox (since MMS 1.2; OMA-TS-MMS_ENC, 6.8).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MboxViewReq {
    /// Identifier of the transaction, repeated in the answer.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// Messages to be shown, by where they are.
    pub content_locations: Vec<Str>,
    /// Messages to be shown, by state.
    pub mm_states: Vec<MmState>,
    /// Messages to be shown, by keyword.
    pub mm_flags: Vec<MmFlag>,
    /// Number of messages to skip.
    pub start: Option<u32>,
    /// Number of messages to show; absent means all.
    pub limit: Option<u32>,
    /// Which fields to show of each message.
    pub attributes: Vec<FieldCode>,
    /// Whether to report the size of the mailbox.
    pub totals: Option<bool>,
    /// Whether to report the limits of the mailbox.
    pub quotas: Option<bool>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

since! { MboxViewReq: V1_2, transaction_id, content_locations, mm_states, mm_flags, start, limit, attributes, totals, quotas, extra }

table! {
    MboxViewReq: Mm1 with rules;
    FieldCode::TRANSACTION_ID,   Mandatory, transaction_id;
    FieldCode::MMS_VERSION,      Mandatory, version;
    FieldCode::CONTENT_LOCATION, Optional,  content_locations;
    FieldCode::MM_STATE,         Optional,  mm_states;
    FieldCode::MM_FLAGS,         Optional,  mm_flags;
    FieldCode::START,            Optional,  start;
    FieldCode::LIMIT,            Optional,  limit;
    FieldCode::ATTRIBUTES,       Optional,  attributes;
    FieldCode::TOTALS,           Optional,  totals;
    FieldCode::QUOTAS,           Optional,  quotas;
}

rules! {
    MboxViewReq:
    locations("6.8");
    keywords("6.8");
    MM_FLAGS, Conflict, "keywords select messages (6.8)", |pdu| !pdu.mm_flags.iter().all(is_filter)
        => |pdu| pdu.mm_flags.retain(is_filter);
    attributes();
}

/// `M-Mbox-View.conf`: the relay/server shows what is in the mailbox (since MMS 1.2; OMA-TS-MMS_ENC, 6.8).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MboxViewConf {
    /// Identifier of the transaction, from the request.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// How the request ended.
    pub response_status: Option<ResponseStatus>,
    /// Explanation for people.
    pub response_text: Option<Text>,
    /// Repeats the field of the request.
    pub content_locations: Vec<Str>,
    /// Repeats the field of the request.
    pub mm_states: Vec<MmState>,
    /// Repeats the field of the request.
    pub mm_flags: Vec<MmFlag>,
    /// Repeats the field of the request.
    pub start: Option<u32>,
    /// Repeats the field of the request.
    pub limit: Option<u32>,
    /// Repeats the field of the request.
    pub attributes: Vec<FieldCode>,
    /// Size of the mailbox.
    pub mbox_totals: Vec<MboxSize>,
    /// Limits of the mailbox.
    pub mbox_quotas: Vec<MboxSize>,
    /// Number of messages found.
    pub message_count: Option<u32>,
    /// The messages: a multipart with one `M-Mbox-Descr` a part. `*/*` if there are none.
    pub body: Option<Part>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

since! { MboxViewConf: V1_2, transaction_id, response_status, response_text, content_locations, mm_states, mm_flags, start, limit, attributes, mbox_totals, mbox_quotas, message_count, body, extra }

table! {
    MboxViewConf: Mm1 with body rules;
    FieldCode::TRANSACTION_ID,   Mandatory, transaction_id;
    FieldCode::MMS_VERSION,      Mandatory, version;
    FieldCode::RESPONSE_STATUS,  Mandatory, response_status;
    FieldCode::RESPONSE_TEXT,    Optional,  response_text;
    FieldCode::CONTENT_LOCATION, Optional,  content_locations;
    FieldCode::MM_STATE,         Optional,  mm_states;
    FieldCode::MM_FLAGS,         Optional,  mm_flags;
    FieldCode::START,            Optional,  start;
    FieldCode::LIMIT,            Optional,  limit;
    FieldCode::ATTRIBUTES,       Optional,  attributes;
    FieldCode::MBOX_TOTALS,      Optional,  mbox_totals;
    FieldCode::MBOX_QUOTAS,      Optional,  mbox_quotas;
    FieldCode::MESSAGE_COUNT,    Optional,  message_count;
    FieldCode::CONTENT_TYPE,     Mandatory, body;
}

rules! {
    MboxViewConf:
    status(Mailbox);
    locations("6.8");
    keywords("6.8");
    attributes();
}

/// `M-Mbox-Upload.req`: a client uploads a message to the mailbox (since MMS 1.2; OMA-TS-MMS_ENC, 6.9).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MboxUploadReq {
    /// Identifier of the transaction, repeated in the answer.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// The state of the message in the mailbox (MMS 1.2).
    pub mm_state: Option<MmState>,
    /// Keywords of the message in the mailbox (MMS 1.2).
    pub mm_flags: Vec<MmFlag>,
    /// The message, as `M-Mbox-Descr`. The specification does not say how that is wrapped: alone,
    /// in a multipart, or not at all (OMA-TS-MMS_ENC, 6.9).
    pub body: Option<Part>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

since! { MboxUploadReq: V1_2, transaction_id, mm_state, mm_flags, body, extra }

table! {
    MboxUploadReq: Mm1 with body rules;
    FieldCode::TRANSACTION_ID, Mandatory, transaction_id;
    FieldCode::MMS_VERSION,    Mandatory, version;
    FieldCode::MM_STATE,       Optional,  mm_state;
    FieldCode::MM_FLAGS,       Optional,  mm_flags;
    FieldCode::CONTENT_TYPE,   Mandatory, body;
}

rules! {
    MboxUploadReq:
    changed_keywords("6.9");
}

/// `M-Mbox-Upload.conf`: the relay/server answers an `M-Mbox-Upload.req` (since MMS 1.2; OMA-TS-MMS_ENC, 6.9).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MboxUploadConf {
    /// Identifier of the transaction, from the request.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// Where the stored message is, if it was stored.
    pub content_location: Option<Str>,
    /// Whether the message went into the mailbox (MMS 1.2).
    pub store_status: Option<StoreStatus>,
    /// Explanation for people (MMS 1.2).
    pub store_status_text: Option<Text>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

since! { MboxUploadConf: V1_2, transaction_id, content_location, store_status, store_status_text, extra }

table! {
    MboxUploadConf: Mm1 with rules;
    FieldCode::TRANSACTION_ID,    Mandatory, transaction_id;
    FieldCode::MMS_VERSION,       Mandatory, version;
    FieldCode::CONTENT_LOCATION,  Optional,  content_location;
    FieldCode::STORE_STATUS,      Mandatory, store_status;
    FieldCode::STORE_STATUS_TEXT, Optional,  store_status_text;
}

rules! {
    MboxUploadConf:
    store_status("6.9");
}

/// `M-Mbox-Delete.req`: a client deletes messages in the mailbox (since MMS 1.2; OMA-TS-MMS_ENC, 6.10).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MboxDeleteReq {
    /// Identifier of the transaction, repeated in the answer.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// The messages.
    pub content_locations: Vec<Str>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

since! { MboxDeleteReq: V1_2, transaction_id, content_locations, extra }

table! {
    MboxDeleteReq: Mm1 with rules;
    FieldCode::TRANSACTION_ID,   Mandatory, transaction_id;
    FieldCode::MMS_VERSION,      Mandatory, version;
    FieldCode::CONTENT_LOCATION, Mandatory, content_locations;
}

rules! {
    MboxDeleteReq:
    locations("6.10");
}

/// `M-Mbox-Delete.conf`: the relay/server answers an `M-Mbox-Delete.req` (since MMS 1.2; OMA-TS-MMS_ENC, 6.10).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MboxDeleteConf {
    /// Identifier of the transaction, from the request.
    pub transaction_id: Option<Str>,
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// The messages that were not deleted.
    pub content_locations: Vec<Counted<Str>>,
    /// How the request ended.
    pub response_statuses: Vec<Counted<ResponseStatus>>,
    /// Explanations for people.
    pub response_texts: Vec<Counted<Text>>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

since! { MboxDeleteConf: V1_2, transaction_id, content_locations, response_statuses, response_texts, extra }

table! {
    MboxDeleteConf: Mm1 with rules;
    FieldCode::TRANSACTION_ID,   Mandatory, transaction_id;
    FieldCode::MMS_VERSION,      Mandatory, version;
    FieldCode::CONTENT_LOCATION, Optional,  content_locations;
    FieldCode::RESPONSE_STATUS,  Mandatory, response_statuses;
    FieldCode::RESPONSE_TEXT,    Optional,  response_texts;
}

rules! {
    MboxDeleteConf:
    statuses();
    RESPONSE_STATUS, Newer, "the status is one of this version (7.3.48)",
        |pdu| pdu.response_statuses.iter().any(|status| is_newer(status.value.since(), pdu.version))
        => |pdu| mend_statuses(&mut pdu.response_statuses, pdu.version, |status, version| is_newer(status.since(), version));
    counted("6.10");
}

/// `M-Mbox-Descr`: a message in the mailbox, as a listing or an upload describes it (since MMS 1.2; OMA-TS-MMS_ENC, 6.11).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct MboxDescr {
    /// The version of MMS, which the specification does not provide for here, but some send.
    pub version: Option<Version>,
    /// Where the message is; in a listing.
    pub content_location: Option<Str>,
    /// Identifier of the message.
    pub message_id: Option<Str>,
    /// The state of the message in the mailbox (MMS 1.2).
    pub mm_state: Option<MmState>,
    /// Keywords of the message in the mailbox (MMS 1.2).
    pub mm_flags: Vec<MmFlag>,
    /// What all interfaces carry of a message.
    pub message: Message,
    /// Size of the message in octets.
    pub message_size: Option<u64>,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

impl MboxDescr {
    /// The elements of a [`Message`] that this PDU carries.
    pub const ELEMENTS: ElementSet = Self::ROWS.elements;
}

table! {
    MboxDescr: Mm1 with message rules;
    FieldCode::MMS_VERSION,             Optional,  version;
    FieldCode::CONTENT_LOCATION,        Optional,  content_location;
    FieldCode::MESSAGE_ID,              Optional,  message_id;
    FieldCode::MM_STATE,                Optional,  mm_state;
    FieldCode::MM_FLAGS,                Optional,  mm_flags;
    FieldCode::DATE,                    Optional,  message.date;
    FieldCode::FROM,                    Optional,  message.from;
    FieldCode::TO,                      Optional,  message.to;
    FieldCode::CC,                      Optional,  message.cc;
    FieldCode::BCC,                     Optional,  message.bcc;
    FieldCode::MESSAGE_CLASS,           Optional,  message.class;
    FieldCode::SUBJECT,                 Optional,  message.subject;
    FieldCode::PRIORITY,                Optional,  message.priority;
    FieldCode::DELIVERY_TIME,           Optional,  message.delivery_time;
    FieldCode::EXPIRY,                  Optional,  message.expiry;
    FieldCode::DELIVERY_REPORT,         Optional,  message.delivery_report;
    FieldCode::READ_REPORT,             Optional,  message.read_report;
    FieldCode::MESSAGE_SIZE,            Optional,  message_size;
    FieldCode::REPLY_CHARGING,          Optional,  message.reply_charging;
    FieldCode::REPLY_CHARGING_DEADLINE, Optional,  message.reply_charging_deadline;
    FieldCode::REPLY_CHARGING_SIZE,     Optional,  message.reply_charging_size;
    FieldCode::REPLY_CHARGING_ID,       Optional,  message.reply_charging_id;
    FieldCode::PREVIOUSLY_SENT_BY,      Optional,  message.previously_sent_by;
    FieldCode::PREVIOUSLY_SENT_DATE,    Optional,  message.previously_sent_date;
    FieldCode::APPLIC_ID,               Optional,  message.applic_id;
    FieldCode::REPLY_APPLIC_ID,         Optional,  message.reply_applic_id;
    FieldCode::AUX_APPLIC_INFO,         Optional,  message.aux_applic_info;
    FieldCode::CONTENT_TYPE,            Optional,  message.body;
}

rules! {
    MboxDescr:
    MESSAGE_ID, Missing, "a description says something of its message (6.11)",
        |pdu| pdu.message_id.is_none()
            && pdu.content_location.is_none()
            && pdu.mm_state.is_none()
            && pdu.mm_flags.is_empty()
            && pdu.message_size.is_none()
            && pdu.extra.is_empty()
            && pdu.message.elements() == ElementSet::EMPTY;
    location("6.11");
    keywords("6.11");
}

/// Whether a field can be asked for with `X-Mms-Attributes` (6.8): what a description says of the message, and two more.
fn is_attribute(code: FieldCode) -> bool {
    let is_of_mailbox = matches!(
        code,
        FieldCode::MMS_VERSION | FieldCode::CONTENT_LOCATION | FieldCode::MM_STATE | FieldCode::MM_FLAGS
    );
    let has_no_row = matches!(code, FieldCode::CONTENT | FieldCode::ADDITIONAL_HEADERS);
    has_no_row || !is_of_mailbox && MboxDescr::ROWS.find(code).is_some()
}

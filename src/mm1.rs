//! MM1: the PDUs between phone and relay/server (OMA-TS-MMS_ENC 1.0 to 1.3).
//!
//! [`decode`] makes a [`Pdu`] of octets, [`encode`] makes octets of it. Each of the 24 PDU types
//! is a struct with public fields; what more than one interface carries is in its field `message`
//! or `report`. Every field may be absent, since phones and relays leave out even mandatory ones:
//! strict decoding and encoding insist on those.
//!
//! [`Fields`] walks the fields of a PDU without allocating. The functions that answer a PDU
//! ([`SendReq::conf`], [`NotificationInd::resp`] and their sisters) carry identifiers and versions
//! over; [`NotificationInd::of`], [`RetrieveConf::of`] and [`DeliveryInd::of`] make PDUs of a
//! message. How a PDU gets to a phone by SMS is the subject of [`push`](crate::push).
//!
//! What it does not do: HTTP and WSP sessions, the retrieval and the storing of messages.
//!
//! # Examples
//!
//! ```
//! use mms_codec::{Bytes, mm1};
//!
//! let octets = Bytes::from_static(b"\x8c\x83\x98T1\0\x8d\x92\x95\x83\x91\x80");
//! let decoded = mm1::decode(&octets)?;
//! assert!(decoded.deviations.is_empty());
//! let mm1::Pdu::NotifyRespInd(mut resp) = decoded.value else { panic!("another PDU") };
//! assert_eq!(resp.transaction_id.as_deref(), Some("T1"));
//!
//! resp.report_allowed = Some(false);
//! assert_eq!(mm1::encode(&resp)?, b"\x8c\x83\x98T1\0\x8d\x92\x95\x83\x91\x81");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod access;
mod answer;
mod answer_for;
#[cfg(feature = "arbitrary")]
mod arbitrary_impls;
mod breach;
mod cancel;
mod clean;
mod code_point;
mod decode;
mod delete;
mod encode;
mod extent;
mod field;
mod forward;
#[cfg(feature = "arbitrary")]
pub(crate) mod fuzz;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "mailbox")]
mod mbox;
mod normalize;
mod notification;
mod pdu;
mod raw;
mod report;
mod retrieve;
mod rows;
mod rules;
mod send;
mod show;
mod value;
mod version;

pub use self::access::FieldValue;
pub use self::answer::Announcement;
pub use self::answer_for::answer_for;
pub use self::breach::{Breach, Rule};
pub use self::cancel::{CancelConf, CancelReq};
pub use self::code_point::{MessageType, ResponseStatus, RetrieveStatus, StatusClass, StoreStatus, Version};
pub use self::delete::{DeleteConf, DeleteReq};
pub use self::encode::PduRef;
pub(crate) use self::encode::fit;
pub use self::extent::Extent;
pub use self::field::{Extra, FieldCode, FieldName, Fields, RawField};
pub use self::forward::{ForwardConf, ForwardReq};
#[cfg(feature = "http")]
pub use self::http::{http_request, http_response};
#[cfg(feature = "mailbox")]
pub use self::mbox::{
    MboxDeleteConf, MboxDeleteReq, MboxDescr, MboxStoreConf, MboxStoreReq, MboxUploadConf, MboxUploadReq, MboxViewConf,
    MboxViewReq,
};
pub use self::notification::{NotificationInd, NotifyRespInd};
pub use self::pdu::{AsPdu, Pdu, UnknownPdu, decode, decode_with, encode, encode_chain, encoded_len};
pub(crate) use self::pdu::{field_places, message_type};
pub use self::report::{DeliveryInd, ReadOrigInd, ReadRecInd};
pub use self::retrieve::{AcknowledgeInd, RetrieveConf};
pub(crate) use self::rules::nearest_mm_status;
pub use self::send::{SendConf, SendReq};
pub(crate) use self::value::Mm1;
pub use self::value::{
    CancelStatus, Counted, ElementDescriptor, MboxSize, MmFlag, MmFlagOperation, MmState, RetrievalMode,
};

/// The header fields of HTTP for a body that is a PDU, be it a request or a response: names and values.
pub const HTTP_FIELDS: [(&str, &str); 1] = [("Content-Type", crate::message::ContentType::MMS_MESSAGE)];

/// The header fields of HTTP with which a client fetches a message.
pub const HTTP_RETRIEVAL_FIELDS: [(&str, &str); 1] = [("Accept", "application/vnd.wap.mms-message, */*")];

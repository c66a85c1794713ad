//! MM4: the messages between relay/servers of operators, which are mail (3GPP TS 23.140, Release 4
//! to 6).
//!
//! [`decode`] makes a [`Pdu`] of a mail message, [`encode`] makes a mail message of it. Each of the
//! six messages is a struct with public fields; what more than one interface carries is in its
//! field `message` or `report`. Every field may be absent, since peers leave out even mandatory
//! ones: strict decoding and encoding insist on those.
//!
//! Identifiers are kept as the peer wrote them, with quotation marks or angle brackets, because
//! they have to be repeated to the letter: compare them with [`same_id`]. Header fields that no
//! message has a place for (those of operators, mail relays and filters) are in `extra`, in their
//! order, and are written back.
//!
//! SMTP is outside its scope. The envelope ([`SmtpEnvelope`]) says who gets a copy; the
//! recipients in a message are those that the user sees.
//!
//! # Examples
//!
//! ```
//! use mms_codec::message::RequestStatus;
//! use mms_codec::{Bytes, mm4};
//!
//! let mail = Bytes::from_static(
//!     b"From: +12025550101/TYPE=PLMN@mms.mnc012.mcc345.gprs\r\n\
//!       To: +447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs\r\n\
//!       X-Mms-Message-Type: MM4_forward.REQ\r\n\
//!       X-Mms-Transaction-ID: \"t-1\"\r\n\
//!       X-Mms-Message-ID: \"mm-1\"\r\n\
//!       X-Mms-Ack-Request: Yes\r\n\
//!       X-Mms-Originator-System: system-user@mms.mnc012.mcc345.gprs\r\n\
//!       Content-Type: text/plain\r\n\
//!       \r\n\
//!       hello\r\n",
//! );
//! let mm4::Pdu::ForwardReq(request) = mm4::decode(&mail)?.value else { panic!("another message") };
//! assert_eq!(request.message.body.as_ref().and_then(|body| body.text()).as_deref(), Some("hello\r\n"));
//!
//! let posting = mm4::Posting::new("system-user@mms.mnc015.mcc234.gprs", "res-1@mms.mnc015.mcc234.gprs", 1_709_631_049);
//! let response = request.res(RequestStatus::Ok, posting);
//! let mail = String::from_utf8(mm4::encode(&response)?)?;
//! assert!(mail.contains("To: system-user@mms.mnc012.mcc345.gprs\r\n"));
//! assert!(mail.contains("X-Mms-Transaction-ID: \"t-1\"\r\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod answer_for;
#[cfg(feature = "arbitrary")]
mod arbitrary_impls;
mod clean;
mod codec;
mod delivery_report;
mod dialogue;
pub(crate) mod field;
mod forward;
#[cfg(feature = "arbitrary")]
pub(crate) mod fuzz;
mod network;
mod normalize;
mod notify;
mod pdu;
mod posting;
mod profile;
mod read_reply;
mod release;
mod response;
mod rows;
mod smtp;
pub(crate) mod value;
mod version;
mod view;

pub(crate) use self::answer::quoted_id;
pub use self::answer::same_id;
pub use self::answer_for::answer_for;
pub(crate) use self::codec::{can_write_extra, fit};
pub use self::delivery_report::DeliveryReportReq;
pub use self::forward::ForwardReq;
pub(crate) use self::network::read_address;
pub use self::network::{address_at, mms_domain, mms_network, read_mailbox, write_mailbox};
pub use self::notify::Notify;
pub use self::pdu::{AsPdu, Pdu, PduRef, decode, decode_with, detect, encode, encode_chain, encode_with};
pub(crate) use self::pdu::{decode_mail, encode_mail};
pub use self::posting::Posting;
pub use self::profile::{Flags, Numbers, Profile};
pub use self::read_reply::ReadReplyReportReq;
pub use self::release::Release;
pub use self::response::{DeliveryReportRes, ForwardRes, ReadReplyReportRes};
pub use self::smtp::{BodyType, SmtpEnvelope, path};
pub(crate) use self::version::fit_to;
pub use self::view::HeaderView;

/// The version of TS 23.140 that new messages declare.
pub const VERSION: &str = "6.10.0";

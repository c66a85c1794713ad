//! MM7: the messages between service providers and the relay/server (3GPP TS 23.140, Releases 5
//! and 6), in SOAP 1.1 with attachments over HTTP.
//!
//! [`decode`] makes an [`Envelope`] of a `Content-Type` value and a body, [`encode`] makes these of
//! it; the HTTP itself is the caller's. Each message is a struct with public fields; what more
//! than one interface carries is in its field `message` or `report`. Every field may be absent,
//! since real systems leave out even mandatory ones: strict decoding and encoding insist on those.
//!
//! Elements are known by their names, whatever their prefixes. Lenient decoding also forgives
//! wrong or missing namespaces, order, letter case and most of what real systems do besides, and
//! reports it; so it reads SOAP 1.2, which is written as SOAP 1.1. Document type declarations are
//! refused, and of entities only the five of XML are known.
//!
//! [`Envelope::answer`] makes the response to a request, or the fault.
//!
//! # Examples
//!
//! ```
//! use mms_codec::message::{Address, ContentType, Part};
//! use mms_codec::mm7::{self, Envelope, Pdu, StatusCode, SubmitReq};
//! use mms_codec::Bytes;
//!
//! let mut submit = SubmitReq::default();
//! submit.vasp_id = Some("acme-media".into());
//! submit.message.to.push(Address::phone("+12025550101"));
//! submit.message.subject = Some("News".into());
//! let text = ContentType::new("text/plain").with("charset", "utf-8");
//! submit.message.body = Some(Part::new(text, "Tram line 4 runs again"));
//!
//! let encoded = mm7::encode(&Envelope::new("vasp-1", submit))?;
//! assert!(encoded.content_type.starts_with("multipart/related; "));
//!
//! // On the other side.
//! let request = mm7::decode(&encoded.content_type, &encoded.body())?.value;
//! let Pdu::SubmitReq(submit) = &request.pdu else { panic!("another message") };
//! assert_eq!(submit.message.body.as_ref().unwrap().text().unwrap(), "Tram line 4 runs again");
//! let answer = request.answer(StatusCode::SUCCESS, Some("mid-1".into())).unwrap();
//! assert_eq!((answer.name(), answer.transaction_id.as_deref()), ("SubmitRsp", Some("vasp-1")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod address;
mod answer;
mod body;
mod cancel;
mod charging;
mod deliver;
mod encode;
mod envelope;
mod fault_for;
mod field;
mod fragment;
#[cfg(feature = "arbitrary")]
pub(crate) mod fuzz;
#[cfg(feature = "http")]
mod http;
mod namespace;
mod normalize;
mod pdu;
mod peek;
mod profile;
mod reader;
mod replace;
mod report;
mod response;
mod schema;
mod status;
mod submit;
mod time;
mod value;
mod vocabulary;
mod wire;
mod writer;

pub use self::body::{
    decode, decode_envelope, decode_envelope_with, decode_http, decode_http_with, decode_unlabelled,
    decode_unlabelled_with, decode_with, detect, peek,
};
pub use self::cancel::{CancelReq, ExtendedCancelReq, ExtendedCancelRsp};
pub use self::charging::{ChargedParty, ForeignAttribute, ServiceCode};
pub use self::deliver::{DeliverReq, DeliverRsp, UaCapabilities};
pub use self::encode::{EncodeOptions, Encoded, encode, encode_with};
pub use self::envelope::Envelope;
pub use self::fault_for::fault_for;
#[cfg(any(feature = "mm1", feature = "mm4"))]
pub(crate) use self::field::fit;
pub use self::fragment::{Extra, Fragment};
#[cfg(feature = "http")]
pub use self::http::decode_body;
pub use self::pdu::Pdu;
pub use self::peek::Peek;
pub use self::profile::{Profile, ShortCodes};
pub use self::replace::{ExtendedReplaceReq, ExtendedReplaceRsp, ReplaceReq};
pub use self::report::{DeliveryReportReq, ReadReplyReq};
pub use self::response::{Fault, FaultError, Response};
pub use self::schema::{Schema, SpecVersion};
pub use self::status::{Status, StatusCode, StatusCodeClass};
pub use self::submit::{SubmitReq, SubmitRsp};
pub(crate) use self::wire::Mm7;

//! Between the interfaces: the message or report of one becomes that of another
//! (3GPP TS 23.140, annexes I and K).
//!
//! A PDU that carries a message is taken off its interface ([`Taken`]) and put on another one by
//! [`to_mm1`], [`to_mm4`] or [`to_mm7`], in one call. The same goes for delivery reports
//! ([`delivery_report_to_mm1`] and its sisters), read reports ([`read_report_to_mm1`] and its
//! sisters) and statuses ([`send_status`], [`status_code`] and theirs). What only the relay can know
//! (identifiers, its clock, who the sender is, where the message lies) is an argument; nothing is
//! invented, sent or stored here. Sources are moved: the content of a message is never copied.
//!
//! # What is lost
//!
//! The new PDU comes with a list of everything that the old one said and the new one does not, or
//! says otherwise: [`Relayed::lost`]. An entry of the list is not an error; the relay may act on
//! it, charge for it, or log it. An element that is not in the list is there, with its value.
//!
//! Not in the list is what belongs to one exchange or to the notation of one interface alone:
//!
//! - versions, and transaction identifiers, which every exchange has anew;
//! - the charset that a text travels in, the zone of a time, and whether a time is relative:
//!   relative times become absolute, since every interface counts them from another moment;
//! - the domain behind a number on MM4, the type of a number, quotation marks and angle brackets of
//!   identifiers, white space around the value of a header;
//! - `application/vnd.wap.multipart.*` on MM1, `multipart/*` on the others, their boundary, and the
//!   transfer encoding of parts: the encoders see to these;
//! - that a body of one part becomes a multipart of one part on MM1, since phones read nothing else;
//! - flags that say what their absence says, which peers on MM4 insist on ([`Flags`](crate::mm4::Flags));
//! - that a paid reply which the sender offers is granted to the recipient.
//!
//! # The functions
//!
//! | From | To | By | Kept in another form | Refused |
//! |---|---|---|---|---|
//! | any message | MM1 | [`to_mm1`] | a multipart, texts in UTF-8; multiparts but mixed, related, alternative are mixed | expired messages |
//! | any message | MM4, one peer | [`to_mm4`] | `Bcc` in the envelope; flags written; numbers with a domain | |
//! | any message | MM4, all peers | [`route`] | one mail for each network, recipients without one in a list | |
//! | any message | MM7, provider | [`to_mm7`] | history numbered from 1; `Bcc` of those it serves | |
//! | any message | MM7, aggregator | [`to_submit`], [`to_submits`] | recipients of other submissions are `displayOnly` | |
//! | `M-Forward.req` and a message | any | [`forwarded`] | the sender until now, in the history unless hidden | |
//! | delivery report | MM1, MM7 | [`delivery_report_to_mm1`], [`delivery_report_to_mm7`] | the nearest status | `X-Mms-Forward-To-Originator-UA: No` |
//! | delivery report | MM4 | [`delivery_report_to_mm4`] | the nearest status; flags written | |
//! | read report | MM1, MM4, MM7 | [`read_report_to_mm1`], [`read_report_to_mm4`], [`read_report_to_mm7`] | | |
//! | any message | Internet mail | [`to_mail`] | numbers at the own domain; `Bcc` and reports in the envelope | |
//! | delivery report | Internet mail | [`delivery_report_to_mail`] | a notification (RFC 3464); the nearest status | `X-Mms-Forward-To-Originator-UA: No` |
//! | read report | Internet mail | [`read_report_to_mail`] | a notification (RFC 8098) | |
//! | MM4 and its envelope | a message | [`from_mm4`] | recipients of the envelope alone in `Bcc` | |
//! | Internet mail | a message or reports | [`from_mail`] | numbers at the own domain are phones | |
//! | a response, fault or HTTP status | delivery reports | [`Outcome`] | the nearest status | |
//! | what became of a message | delivery report | [`delivery_report`] | | |
//! | a message that was passed on | reports | [`Sent`] | the flag that separates the user's wish from the system's | reports that were not requested |
//! | what a phone answers | the status of a delivery report | [`answered`], [`acknowledged`] | | answers after which no report is due |
//! | a status of a message | any | [`mm_status_on_mm1`], [`mm_status_on_mm4`], [`mm_status_on_mm7`], [`mm_status_on_mail`] | the nearest status | |
//! | a status of a request | MM1 | [`send_conf`], [`send_status`], [`forward_status`], [`response_status`] | the nearest status | |
//! | a status of a request | `M-Retrieve.conf` | [`retrieve_status`] | the nearest status | any status in MMS 1.0, which has none |
//! | a status of MM1 | MM4, MM7 | [`request_status`], [`status_code`], [`cancel_status_code`] | the nearest status | |
//! | `extendedCancelReq` | MM1 | [`cancel_to_mm1`] | | |
//!
//! A message comes from `M-Send.req`, `M-Retrieve.conf`, `MM4_forward.REQ`, `SubmitReq`, `DeliverReq`,
//! `ReplaceReq`, `extendedReplaceReq`, an [`Envelope`](crate::mm7::Envelope) with its attachments, or a
//! [mail](crate::mail). Whatever is neither kept nor among the following is in the list of what was
//! lost:
//!
//! | From | To MM1 | To MM4 | To MM7 | To mail |
//! |---|---|---|---|---|
//! | MM1 | the phone's mailbox, `Bcc` | delivery time, reply charging, distribution indicator, mailbox, `Bcc` | sender visibility, mailbox, the rest of what `DeliverReq` lacks | reply charging, mailbox, `Bcc` |
//! | MM4 | R/S report flag, acknowledgement, headers, forward counter | what one mail has: `Return-Path`, signatures | the same, and class, reports, expiry | acknowledgement, headers, forward counter |
//! | MM7 | service code, identifiers of the provider, charged party, linked identifier, delivery condition, `displayOnly` | the same, and delivery time, reply charging, distribution indicator | identifiers of the provider, coded addresses | as on MM1, and reply charging |
//! | mail | `Message-ID`, headers, and the rest of what a phone is not sent | `Message-ID`, delivery time, distribution indicator | as from MM4 | |
//!
//! What becomes of each element of a message, whichever PDU it comes from, on the newest version:
//!
//! | Element | MM1 | MM4 | MM7, provider | MM7, aggregator | mail |
//! |---|---|---|---|---|---|
//! | `Date` | kept | kept | kept | kept | kept |
//! | `From` | kept | kept | kept | kept | kept |
//! | `To` | kept | kept | kept | kept | kept |
//! | `Cc` | kept | kept | kept | kept | kept |
//! | `Bcc` | listed | listed | listed | listed | listed |
//! | `Subject` | kept | kept | kept | kept | kept |
//! | `X-Mms-Message-Class` | kept | kept | listed | kept | kept |
//! | `X-Mms-Expiry` | kept | kept | listed | kept | kept |
//! | `X-Mms-Delivery-Time` | listed | listed | listed | kept | kept |
//! | `X-Mms-Priority` | kept | kept | kept | kept | kept |
//! | `X-Mms-Sender-Visibility` | listed | kept | listed | listed | kept |
//! | `X-Mms-Delivery-Report` | kept | kept | listed | kept | kept |
//! | `X-Mms-Read-Report` | kept | kept | listed | kept | kept |
//! | `X-Mms-Reply-Charging` | kept | listed | listed | kept | listed |
//! | `X-Mms-Reply-Charging-Deadline` | kept | listed | listed | kept | listed |
//! | `X-Mms-Reply-Charging-Size` | kept | listed | listed | kept | listed |
//! | `X-Mms-Reply-Charging-ID` | kept | listed | kept | listed | listed |
//! | `X-Mms-Distribution-Indicator` | kept | listed | listed | kept | kept |
//! | `X-Mms-Applic-ID` | kept | kept | kept | kept | kept |
//! | `X-Mms-Reply-Applic-ID` | kept | kept | kept | kept | kept |
//! | `X-Mms-Aux-Applic-Info` | kept | kept | kept | kept | kept |
//! | `X-Mms-Content-Class` | kept | kept | listed | kept | kept |
//! | `X-Mms-DRM-Content` | kept | kept | listed | kept | kept |
//! | `X-Mms-Adaptation-Allowed` | listed | kept | kept | kept | kept |
//! | `X-Mms-Replace-ID` | kept | listed | listed | listed | listed |
//! | `X-Mms-Previously-Sent-By` | kept | kept | kept | listed | kept |
//! | `X-Mms-Previously-Sent-Date` | kept | kept | kept | listed | kept |
//! | `Content-Type` | kept | kept | kept | kept | kept |
//!
//! | Of a report | MM1 | MM4 | MM7 | mail |
//! |---|---|---|---|---|
//! | `X-Mms-Message-ID` | kept | kept | kept | kept |
//! | `Recipient` | kept | kept | kept | kept |
//! | `Originator` | kept | kept | kept | kept |
//! | `Date` | kept | kept | kept | kept |
//! | `X-Mms-MM-Status-Code` | kept | kept | kept | kept |
//! | `X-Mms-MM-Status-Extension` | listed for delivery | kept | kept | listed for delivery |
//! | `X-Mms-Read-Status` | kept | kept | kept | kept |
//! | `X-Mms-Status-Text` | listed for reading | kept | kept | kept |
//! | `X-Mms-Applic-ID` | kept | kept | kept | listed |
//! | `X-Mms-Reply-Applic-ID` | kept | kept | kept | listed |
//! | `X-Mms-Aux-Applic-Info` | kept | kept | kept | listed |
//!
//! `Bcc` is kept for those whom the other side serves.
//!
//! # What is kept secret
//!
//! A blind recipient is named only to the system that serves it: in the envelope of a mail
//! ([`Hop::recipients`]), or in `Bcc` to the service provider whose address it is
//! ([`Service::serves`]). A sender who hides (`X-Mms-Sender-Visibility`) is named to the next
//! operator alone, who has to hide him, and to nobody if there is a [`Receipt::alias`]. Addresses
//! that a service provider got in a code (`addressCoding`) are named to nobody. Whatever repeats one
//! of these (the history, headers and parameters of parts, header fields of a mail, identifiers)
//! leaves the message too, however it spells a number, and in percent escapes and encoded words. All of
//! this is in the list of what was lost. What a user wrote, the subject and the contents, is not searched.
//!
//! What a peer left out although it is mandatory stays absent, and is named by the encoder.
//!
//! # A message on its way
//!
//! From a phone through two operators to a phone, and its reports back. Each `over` is a wire: what
//! is sent is encoded, and what comes is decoded.
//!
//! ```
//! use mms_codec::message::{
//!     Address, ContentType, Interval, MmStatus, Originator, Part, ReadStatus, RequestStatus, Timestamp,
//! };
//! use mms_codec::mm1::{self, Announcement, SendReq, Version};
//! use mms_codec::mm4::{self, Posting};
//! use mms_codec::relay::{self, Hop, Receipt, ReportReceipt, Sent};
//! use mms_codec::Bytes;
//!
//! fn over_mm1(pdu: impl mm1::AsPdu) -> mm1::Pdu {
//!     let octets = mm1::encode(&pdu).unwrap();
//!     mm1::decode(&Bytes::from(octets)).unwrap().value
//! }
//! fn over_mm4(pdu: impl mm4::AsPdu) -> mm4::Pdu {
//!     let mail = mm4::encode(&pdu).unwrap();
//!     mm4::decode(&Bytes::from(mail)).unwrap().value
//! }
//! const HOME: &str = "mms.mnc012.mcc345.gprs";
//! const AWAY: &str = "mms.mnc015.mcc234.gprs";
//! // A system, an identifier for each mail and each transaction, and a clock.
//! let hop = |own: &str, peer: &str, number: i64| {
//!     let posting = Posting::new(format!("system-user@{own}"), &format!("{number}@{own}"), 1_709_631_047 + number);
//!     Hop::new(posting, format!("t-{number}"), own, peer)
//! };
//! let (ann, ben) = (Address::phone("+12025550101"), Address::phone("+447700900123"));
//!
//! // Ann's phone sends a message, and wants to know what becomes of it.
//! let mut send = SendReq::default();
//! send.transaction_id = Some("T1".into());
//! send.version = Version::V1_2;
//! send.message.from = Some(Originator::InsertAddress);
//! send.message.to.push(ben.clone());
//! send.message.subject = Some("Été".into());
//! send.message.delivery_report = Some(true);
//! send.message.read_report = Some(true);
//! send.message.body = Some(Part::new(ContentType::new("image/gif"), &b"GIF89a"[..]));
//!
//! // Her operator takes it, gives it an identifier, and hands it to Ben's.
//! let mm1::Pdu::SendReq(send) = over_mm1(send) else { panic!() };
//! let receipt = Receipt { sender: Some(ann.clone()), ..Receipt::new(1_709_631_047, "mm-1") };
//! over_mm1(relay::send_conf(&send, &RequestStatus::Ok, &receipt));
//! let relayed = relay::to_mm4(send, &receipt, hop(HOME, AWAY, 1));
//! assert!(relayed.lost.is_empty());
//!
//! // Ben's operator answers, stores it, and notifies Ben's phone.
//! let mm4::Pdu::ForwardReq(request) = over_mm4(relayed.pdu) else { panic!() };
//! let posting = hop(AWAY, HOME, 2).posting;
//! over_mm4(request.res(RequestStatus::Ok, posting));
//! let taken = relay::from_mm4(request, &relayed.envelope.unwrap(), AWAY);
//! let receipt = Receipt { sender: None, ..receipt };
//! let sent = Sent::new(&taken, &receipt); // kept for reports
//! let (url, kept_for) = ("http://mmsc.example.net/mm-1", Interval::from_seconds(172_800));
//! let relayed = relay::to_mm1(taken, &receipt, Announcement::new("T2", Version::V1_3, url, kept_for)).unwrap();
//! // The list names what an answer needs, and nothing that the user wrote.
//! let lost: Vec<_> = relayed.lost.iter().map(|lost| lost.name.as_str()).collect();
//! assert_eq!(lost[..4], ["Sender", "Message-ID", "X-Mms-Ack-Request", "X-Mms-Originator-System"]);
//! assert_eq!(lost[4..], ["X-Mms-Originator-R/S-Delivery-Report", "X-Mms-Sender-Visibility"]);
//!
//! // Ben's phone defers, and fetches the message later.
//! let mm1::Pdu::NotificationInd(notification) = over_mm1(relayed.pdu.notification) else { panic!() };
//! over_mm1(notification.resp(MmStatus::Deferred));
//! let mm1::Pdu::RetrieveConf(retrieve) = over_mm1(relayed.pdu.retrieve) else { panic!() };
//! assert_eq!(retrieve.message.from, Some(ann.clone().into()));
//! assert_eq!(retrieve.message.subject.as_ref().unwrap(), "Été");
//! assert_eq!(retrieve.message.body.as_ref().unwrap().parts()[0].octets().unwrap(), "GIF89a");
//!
//! // It acknowledges that, which becomes a delivery report to Ann's operator, and to her phone.
//! let mm1::Pdu::AcknowledgeInd(acknowledge) = over_mm1(retrieve.acknowledge().unwrap()) else { panic!() };
//! let status = relay::acknowledged(&acknowledge).unwrap();
//! let receipt = ReportReceipt { arrived: Timestamp::from_seconds(1_709_631_100), recipient: None };
//! let report = sent.delivery_report(ben.clone(), status, receipt.arrived).unwrap();
//! let relayed = relay::delivery_report_to_mm4(report, &receipt, hop(AWAY, HOME, 3));
//! let mm4::Pdu::DeliveryReportReq(report) = over_mm4(relayed.pdu) else { panic!() };
//! assert_eq!(report.forward_to_originator_ua, Some(true));
//! let relayed = relay::delivery_report_to_mm1(report, &receipt, Version::V1_2).unwrap();
//! let mm1::Pdu::DeliveryInd(delivery) = over_mm1(relayed.pdu) else { panic!() };
//! assert_eq!(delivery.report.message_id.as_deref(), Some("mm-1"));
//! assert_eq!(delivery.report.recipient, Some(ben.clone()));
//! assert_eq!(delivery.report.status, Some(MmStatus::Retrieved));
//!
//! // Ben reads it: the report takes the same way.
//! let mm1::Pdu::ReadRecInd(read) = over_mm1(retrieve.read_rec(ReadStatus::Read)) else { panic!() };
//! let receipt = ReportReceipt { recipient: Some(ben.clone()), ..receipt };
//! let relayed = relay::read_report_to_mm4(read, &receipt, hop(AWAY, HOME, 4));
//! let mm4::Pdu::ReadReplyReportReq(read) = over_mm4(relayed.pdu) else { panic!() };
//! let relayed = relay::read_report_to_mm1(read, &receipt, Version::V1_2);
//! let mm1::Pdu::ReadOrigInd(read) = over_mm1(relayed.pdu) else { panic!() };
//! assert_eq!(read.report.recipient, Some(ben.into()));
//! assert_eq!(read.report.status, Some(ReadStatus::Read));
//! ```
//!
//! # Answers
//!
//! An answer belongs to its request, which makes it: [`SendReq::conf`](crate::mm1::SendReq::conf),
//! [`ForwardReq::res`](crate::mm4::ForwardReq::res),
//! [`Envelope::answer`](crate::mm7::Envelope::answer). From one interface to another go its status,
//! and the text that explains it:
//!
//! ```
//! use mms_codec::message::RequestStatus;
//! use mms_codec::mm1::{ResponseStatus, SendReq, Version};
//! use mms_codec::mm4::ForwardRes;
//! use mms_codec::mm7::{self, Envelope, SubmitReq};
//! use mms_codec::relay;
//!
//! // What the peer says of a message,
//! let mut res = ForwardRes::default();
//! res.status = Some(RequestStatus::ErrorContentNotAccepted);
//! res.status_text = Some("no films".into());
//! let status = res.status.as_ref().unwrap();
//!
//! // said to the service provider,
//! let submit = Envelope::new("vasp-1", SubmitReq::default());
//! let mut answer = mm7::Status::new(status.into());
//! answer.text = res.status_text.clone().or(answer.text);
//! let rsp = submit.answer(answer, None).unwrap();
//! assert_eq!(rsp.pdu.status_code(), Some(mm7::StatusCode::MULTIMEDIA_CONTENT_REFUSED));
//!
//! // or to the phone that it is from.
//! let mut request = SendReq::default();
//! request.version = Version::V1_2;
//! let mut conf = request.conf(relay::send_status(status, request.version));
//! conf.response_text = res.status_text;
//! assert_eq!(conf.response_status, Some(ResponseStatus::ERROR_PERMANENT_CONTENT_NOT_ACCEPTED));
//! ```

mod body;
#[cfg(all(feature = "arbitrary", feature = "mm1", feature = "mm4", feature = "mm7"))]
pub(crate) mod fuzz;
mod hop;
mod interface;
mod lost;
#[cfg(feature = "mm4")]
mod mail;
mod message;
mod outcome;
mod privacy;
mod receipt;
mod report;
mod route;
mod sent;
mod status;
mod taken;
mod wire;

use alloc::vec::Vec;

#[cfg(feature = "mm4")]
pub use self::hop::Hop;
pub use self::lost::{LossKind, Lost};
#[cfg(feature = "mm4")]
pub use self::mail::{MailHop, Mailed, delivery_report_to_mail, from_mail, read_report_to_mail, to_mail};
pub use self::message::Expired;
#[cfg(feature = "mm4")]
pub use self::message::to_mm4;
#[cfg(feature = "mm1")]
pub use self::message::{Delivery, to_mm1};
#[cfg(feature = "mm7")]
pub use self::message::{Service, to_mm7};
pub use self::outcome::Outcome;
pub use self::receipt::Receipt;
pub use self::report::{ReportReceipt, delivery_report};
#[cfg(feature = "mm1")]
pub use self::report::{delivery_report_to_mm1, read_report_to_mm1};
#[cfg(feature = "mm4")]
pub use self::report::{delivery_report_to_mm4, read_report_to_mm4};
#[cfg(feature = "mm7")]
pub use self::report::{delivery_report_to_mm7, read_report_to_mm7};
#[cfg(feature = "mm7")]
pub use self::route::{Provider, to_submit, to_submits};
#[cfg(feature = "mm4")]
pub use self::route::{Routed, route};
pub use self::sent::Sent;
#[cfg(feature = "mm7")]
pub use self::status::mm_status_on_mm7;
#[cfg(feature = "mm1")]
pub use self::status::{
    acknowledged, answered, forward_status, mm_status_on_mm1, request_status, retrieve_status, send_conf, send_status,
};
#[cfg(all(feature = "mm1", feature = "mm7"))]
pub use self::status::{cancel_status_code, cancel_to_mm1, response_status, status_code};
#[cfg(feature = "mm4")]
pub use self::status::{mm_status_on_mail, mm_status_on_mm4};
#[cfg(feature = "mm1")]
pub use self::taken::forwarded;
#[cfg(feature = "mm4")]
pub use self::taken::from_mm4;
pub use self::taken::{Taken, TakenDeliveryReport, TakenReadReport};
#[cfg(feature = "mm4")]
use crate::{message::Address, mm4::SmtpEnvelope};

/// A PDU of the interface that a message goes to, and what did not come along.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Relayed<T> {
    /// The new PDU.
    pub pdu: T,
    /// What it does not say, or says otherwise, in no order that means anything.
    pub lost: Vec<Lost>,
    /// On MM4, who the mail is from and for; the mail says neither.
    #[cfg(feature = "mm4")]
    pub envelope: Option<SmtpEnvelope>,
}

impl<T> Relayed<T> {
    fn new(pdu: T, lost: lost::Losses) -> Self {
        Self {
            pdu,
            lost: lost.once_each().into_vec(),
            #[cfg(feature = "mm4")]
            envelope: None,
        }
    }

    /// Whom the mail is for: the recipients in its envelope.
    #[cfg(feature = "mm4")]
    pub fn recipients(&self) -> impl Iterator<Item = Address> {
        self.envelope.iter().flat_map(SmtpEnvelope::recipients)
    }
}

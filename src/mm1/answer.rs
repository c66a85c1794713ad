//! The PDU that answers another one, or that a message becomes on its way: identifiers and
//! versions are carried over (OMA-TS-MMS_ENC, 6 and 6.14.2).
//!
//! An answer follows the version of its request, as far as that has the answer; a status that came
//! later becomes the nearest one of that version. [`Pdu::fit_to`] makes an answer older than that.
//!
//! What only the one who answers knows, such as the Message-ID of an accepted message, is left
//! absent, to be filled in.

#[cfg(feature = "mailbox")]
mod mailbox;

use alloc::vec;
use alloc::vec::Vec;

use super::code_point::{ResponseStatus, Version};
use super::field::Extra;
use super::rules::{Confirmation, is_newer, nearest_status};
use super::value::{CancelStatus, Counted};
use super::{
    AcknowledgeInd, CancelConf, CancelReq, DeleteConf, DeleteReq, DeliveryInd, ForwardConf, ForwardReq,
    NotificationInd, NotifyRespInd, Pdu, ReadOrigInd, ReadRecInd, RetrieveConf, SendConf, SendReq,
};
use crate::message::{
    Address, DeliveryReport, ElementSet, Interval, Message, MessageClass, MmStatus, Originator, ReadReport, ReadStatus,
    ReplyCharging, SenderVisibility, Str, Time, Timestamp,
};

/// Declares the answers to PDUs: request, function, how it ended, answer, and what that says of it.
/// The answer has the transaction of the request, and its version as far as that has the answer.
macro_rules! answers {
    ($($(#[$meta:meta])* $request:ident.$answer_with:ident($status:ident) => $answer:ident, $say:expr;)+) => { $(
        impl $request {
            $(#[$meta])*
            #[must_use]
            pub fn $answer_with(&self, status: $status) -> $answer {
                let mut answer = $answer {
                    transaction_id: self.transaction_id.clone(),
                    version: self.version.answered_in($answer::default().version),
                    ..$answer::default()
                };
                let say: fn(&mut $answer, &Self, $status) = $say;
                say(&mut answer, self, status);
                answer
            }
        }
    )+ };
}
use answers;

answers! {
    /// The `M-NotifyResp.ind` that answers this notification (OMA-TS-MMS_ENC, 6.2).
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::MmStatus;
    /// use mms_codec::mm1::{self, NotificationInd};
    ///
    /// let mut notification = NotificationInd::default();
    /// notification.transaction_id = Some("T1".into());
    /// let resp = notification.resp(MmStatus::Deferred);
    /// assert_eq!(mm1::encode(&resp)?, b"\x8c\x83\x98T1\0\x8d\x90\x95\x83");
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    NotificationInd.resp(MmStatus) => NotifyRespInd, |resp, _, status| resp.status = Some(status);

    /// The `M-Send.conf` that answers this submission (OMA-TS-MMS_ENC, 6.1.2). An accepted message
    /// has to get a [`message_id`](SendConf::message_id).
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::{ResponseStatus, SendReq, Version};
    ///
    /// let mut req = SendReq::default();
    /// req.transaction_id = Some("T1".into());
    /// req.version = Version::V1_2;
    /// let mut conf = req.conf(ResponseStatus::OK);
    /// conf.message_id = Some("m1@mmsc.example.net".into());
    /// assert_eq!((conf.transaction_id.as_deref(), conf.version), (Some("T1"), Version::V1_2));
    /// ```
    SendReq.conf(ResponseStatus) => SendConf, |conf, _, status| {
        conf.response_status = Some(status_in(status, conf.version, Confirmation::Send));
    };

    /// The `M-Forward.conf` that answers this request (OMA-TS-MMS_ENC, 6.6). A forwarded message has
    /// to get a [`message_id`](ForwardConf::message_id).
    ForwardReq.conf(ResponseStatus) => ForwardConf, |conf, _, status| {
        conf.response_status = Some(status_in(status, conf.version, Confirmation::Forward));
    };

    /// The `M-Cancel.conf` that answers this request (OMA-TS-MMS_ENC, 6.13).
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::{CancelReq, CancelStatus};
    ///
    /// let mut req = CancelReq::default();
    /// req.transaction_id = Some("T1".into());
    /// assert_eq!(req.conf(CancelStatus::Received).transaction_id.as_deref(), Some("T1"));
    /// ```
    CancelReq.conf(CancelStatus) => CancelConf, |conf, _, status| conf.cancel_status = Some(status);
}

/// Facts about a message that only the relay/server knows, for its notification.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "written out by users: the mandatory fields of M-Notification.ind")]
pub struct Announcement {
    /// Identifier of the transaction that the notification begins.
    pub transaction_id: Str,
    /// The version of MMS that the client understands.
    pub version: Version,
    /// The absolute URI to fetch the message from.
    pub content_location: Str,
    /// Size of the message in octets.
    pub message_size: u64,
    /// Time for which the message will be kept.
    pub expiry: Interval,
}

impl Announcement {
    /// A message to be fetched from `content_location`, whose size `relay::to_mm1` fills in.
    pub fn new(
        transaction_id: impl Into<Str>,
        version: Version,
        content_location: impl Into<Str>,
        expiry: Interval,
    ) -> Self {
        let (transaction_id, content_location) = (transaction_id.into(), content_location.into());
        Self { transaction_id, version, content_location, message_size: 0, expiry }
    }
}

impl NotificationInd {
    /// The `M-Notification.ind` for a message (OMA-TS-MMS_ENC, 6.2), with what a notification of that
    /// version has. A hidden sender and one whom the relay/server has still to put in are left out, and
    /// requested reply charging is granted.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, Interval, Message};
    /// use mms_codec::mm1::{self, Announcement, NotificationInd, Version};
    ///
    /// let mut message = Message::default();
    /// message.from = Some(Address::phone("+447700900123").into());
    /// message.to.push(Address::email("alice@example.com"));
    /// message.subject = Some("Hello".into());
    /// let notification = NotificationInd::of(&message, Announcement {
    ///     transaction_id: "T1".into(),
    ///     version: Version::V1_2,
    ///     content_location: "http://mmsc.example.net/m?id=1".into(),
    ///     message_size: 27_999,
    ///     expiry: Interval::from_seconds(172_800),
    /// });
    /// assert!(notification.message.to.is_empty());
    /// assert_eq!(mm1::encode(&notification)?.len(), 87);
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn of(message: &Message, announcement: Announcement) -> Self {
        let version = announcement.version;
        let mut notification = Self::of_any_version(message, announcement);
        let _ = notification.fit_to(version);
        notification
    }

    /// The same with what that version does not know.
    pub(crate) fn of_any_version(message: &Message, announcement: Announcement) -> Self {
        let mut message = delivered(message, Self::ELEMENTS);
        message.class.get_or_insert(MessageClass::Personal);
        message.expiry = Some(Time::Relative(announcement.expiry));
        Self {
            transaction_id: Some(announcement.transaction_id),
            version: announcement.version,
            message,
            message_size: Some(announcement.message_size),
            content_location: Some(announcement.content_location),
            ..Self::default()
        }
    }
}

impl RetrieveConf {
    /// The `M-Retrieve.conf` that hands a message over (OMA-TS-MMS_ENC, 6.3). `arrived` is its date
    /// if the sender gave none. With a [`transaction_id`](Self::transaction_id) the client is asked
    /// to acknowledge it. What only relay/servers see (`Bcc`, times, a hidden sender) is left out, and
    /// so is what `version` does not know.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, Message, Timestamp};
    /// use mms_codec::mm1::{RetrieveConf, Version};
    ///
    /// let mut message = Message::default();
    /// message.to.push(Address::email("alice@example.com"));
    /// message.bcc.push(Address::email("bob@example.com"));
    /// let arrived = Timestamp::from_seconds(1_704_067_200);
    /// let conf = RetrieveConf::of(&message, Version::V1_2, "m1@mmsc.example.net", arrived);
    /// assert_eq!(conf.message.date, Some(arrived));
    /// assert!(conf.message.bcc.is_empty());
    /// ```
    pub fn of(message: &Message, version: Version, message_id: impl Into<Str>, arrived: Timestamp) -> Self {
        let mut conf = Self::of_any_version(message, version, message_id, arrived);
        let _ = conf.fit_to(version);
        conf
    }

    /// The same with what that version does not know.
    pub(crate) fn of_any_version(
        message: &Message,
        version: Version,
        message_id: impl Into<Str>,
        arrived: Timestamp,
    ) -> Self {
        let mut message = delivered(message, Self::ELEMENTS);
        message.date.get_or_insert(arrived);
        Self { version, message_id: Some(message_id.into()), message, ..Self::default() }
    }

    /// The `M-Acknowledge.ind` for this message (OMA-TS-MMS_ENC, 6.3); `None` if the relay/server
    /// wants none: it gave no transaction identifier.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::RetrieveConf;
    ///
    /// let mut conf = RetrieveConf::default();
    /// assert!(conf.acknowledge().is_none());
    /// conf.transaction_id = Some("T1".into());
    /// assert_eq!(conf.acknowledge().unwrap().transaction_id.as_deref(), Some("T1"));
    /// ```
    pub fn acknowledge(&self) -> Option<AcknowledgeInd> {
        let transaction_id = Some(self.transaction_id.clone()?);
        Some(AcknowledgeInd { transaction_id, version: self.version, ..AcknowledgeInd::default() })
    }

    /// The `M-Read-Rec.ind` that reports to the sender what became of this message
    /// (OMA-TS-MMS_ENC, 6.5). The relay/server puts the address of the reader in.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, Originator, ReadStatus};
    /// use mms_codec::mm1::RetrieveConf;
    ///
    /// let mut conf = RetrieveConf::default();
    /// conf.message_id = Some("m1@mmsc.example.net".into());
    /// conf.message.from = Some(Address::phone("+447700900123").into());
    /// let read = conf.read_rec(ReadStatus::Read);
    /// assert_eq!(read.report.originator, Some(Address::phone("+447700900123")));
    /// assert_eq!(read.report.recipient, Some(Originator::InsertAddress));
    /// ```
    pub fn read_rec(&self, status: ReadStatus) -> ReadRecInd {
        let report = ReadReport {
            message_id: self.message_id.clone(),
            recipient: Some(Originator::InsertAddress),
            originator: self.message.from.as_ref().and_then(Originator::address).cloned(),
            status: Some(status),
            applic_id: self.message.report_applic_ids().0,
            ..ReadReport::default()
        };
        let version = self.version.answered_in(Version::V1_1);
        let mut read = ReadRecInd { version, report, ..ReadRecInd::default() };
        let _ = read.fit_to(version);
        read
    }
}

impl DeliveryInd {
    /// The `M-Delivery.ind` that reports to the sender what became of a message at one recipient
    /// (OMA-TS-MMS_ENC, 6.4). Originator and application identifier are those of the message if the report
    /// has none.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, DeliveryReport, Message, MmStatus, Timestamp};
    /// use mms_codec::mm1::{self, DeliveryInd, Version};
    ///
    /// let mut report = DeliveryReport::default();
    /// report.message_id = Some("m1@mmsc.example.net".into());
    /// report.recipient = Some(Address::phone("+447700900123"));
    /// report.status = Some(MmStatus::Retrieved);
    /// report.date = Some(Timestamp::from_seconds(1_704_067_200));
    /// let ind = DeliveryInd::of(&Message::default(), Version::V1_2, report);
    /// assert_eq!(mm1::encode(&ind)?.len(), 58);
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn of(message: &Message, version: Version, mut report: DeliveryReport) -> Self {
        if report.originator.is_none() {
            report.originator = message.from.as_ref().and_then(Originator::address).cloned();
        }
        if report.applic_id.is_none() {
            report.applic_id = message.report_applic_ids().0;
        }
        let mut ind = Self { version, report, ..Self::default() };
        let _ = ind.fit_to(version);
        ind
    }
}

impl ReadRecInd {
    /// The `M-Read-Orig.ind` that passes this report on to the sender of the message
    /// (OMA-TS-MMS_ENC, 6.5). `version` is what that client understands, `from` is who sent the
    /// report, `date` is now, for a report without. Application headers and fields that no
    /// specification knows are passed on, as a relay/server has to (OMA-TS-MMS_ENC, 6.14.2).
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, Originator, Timestamp};
    /// use mms_codec::mm1::{ReadRecInd, Version};
    ///
    /// let mut read = ReadRecInd::default();
    /// read.report.message_id = Some("m1@mmsc.example.net".into());
    /// read.report.recipient = Some(Originator::InsertAddress);
    /// let now = Timestamp::from_seconds(1_704_067_200);
    /// let orig = read.orig(Version::V1_1, Address::phone("+447700900999"), now);
    /// assert_eq!(orig.report.message_id, read.report.message_id);
    /// assert_eq!(orig.report.recipient, Some(Address::phone("+447700900999").into()));
    /// ```
    pub fn orig(&self, version: Version, from: Address, date: Timestamp) -> ReadOrigInd {
        let mut report = self.report.clone();
        report.recipient = Some(from.into());
        report.date.get_or_insert(date);
        let passes = |field: &&Extra| match field {
            Extra::Named { .. } => true,
            Extra::Coded { code, .. } => code.name().is_none(),
            Extra::Stray(_) => false,
        };
        let mut orig = ReadOrigInd { version, report, extra: self.extra.iter().filter(passes).cloned().collect() };
        let _ = orig.fit_to(version);
        orig
    }
}

impl Pdu {
    /// The `M-Send.conf` with which a relay/server answers a PDU of an unknown type or of another
    /// major version, in MMS 1.0 (OMA-TS-MMS_ENC, 6.14.2); `None` if neither is the case, and for a
    /// PDU without transaction identifier, since the answer has to repeat it.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Bytes, mm1};
    ///
    /// let pdu = mm1::decode(&Bytes::from_static(b"\x8c\xa0\x98T1\0\x8d\x94"))?.value;
    /// let conf = pdu.unsupported().unwrap();
    /// assert_eq!(mm1::encode(&conf)?, b"\x8c\x81\x98T1\0\x8d\x90\x92\x88");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn unsupported(&self) -> Option<SendConf> {
        let transaction_id = self.transaction_not_understood()?;
        Some(SendConf {
            transaction_id: Some(transaction_id),
            version: Version::V1_0,
            response_status: Some(ResponseStatus::ERROR_UNSUPPORTED_MESSAGE),
            ..SendConf::default()
        })
    }

    /// The `M-NotifyResp.ind` with which a client answers a PDU of an unknown type or of another
    /// major version, in MMS 1.0 (OMA-TS-MMS_ENC, 6.14.2); `None` if neither is the case, and for a
    /// PDU without transaction identifier, since the answer has to repeat it.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Bytes, mm1};
    ///
    /// let pdu = mm1::decode(&Bytes::from_static(b"\x8c\x82\x98T1\0\x8d\xa0"))?.value;
    /// let resp = pdu.unrecognised().unwrap();
    /// assert_eq!(mm1::encode(&resp)?, b"\x8c\x83\x98T1\0\x8d\x90\x95\x84");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn unrecognised(&self) -> Option<NotifyRespInd> {
        let transaction_id = self.transaction_not_understood()?;
        Some(NotifyRespInd {
            transaction_id: Some(transaction_id),
            version: Version::V1_0,
            status: Some(MmStatus::Unrecognised),
            ..NotifyRespInd::default()
        })
    }

    /// The transaction of a PDU of an unknown type or of another major version.
    fn transaction_not_understood(&self) -> Option<Str> {
        let is_major_1 = self.version().is_none_or(|version| version.major() == 1);
        let is_understood = is_major_1 && !matches!(self, Self::Unknown(_));
        self.transaction_id().filter(|id| !is_understood && !id.is_empty())
    }
}

/// What a recipient gets of a message: the elements in `kept`, from a sender who is known and does
/// not hide.
fn delivered(message: &Message, kept: ElementSet) -> Message {
    let mut delivered = message.clone();
    delivered.retain(kept);
    let is_hidden = message.sender_visibility == Some(SenderVisibility::Hide);
    delivered.from = delivered.from.filter(|from| !is_hidden && from.address().is_some());
    delivered.reply_charging = delivered.reply_charging.map(|reply_charging| match reply_charging {
        ReplyCharging::Requested => ReplyCharging::Accepted,
        ReplyCharging::RequestedTextOnly => ReplyCharging::AcceptedTextOnly,
        granted => granted,
    });
    delivered
}

answers! {
    /// The `M-Delete.conf` that answers this request (OMA-TS-MMS_ENC, 6.12): one status for all
    /// messages, and unless it is `Ok` the locations that it concerns.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm1::{self, DeleteReq, ResponseStatus, Version};
    ///
    /// let mut req = DeleteReq::default();
    /// req.transaction_id = Some("T1".into());
    /// req.version = Version::V1_3;
    /// let conf = req.conf(ResponseStatus::OK);
    /// assert_eq!(mm1::encode(&conf)?, b"\x8c\x95\x98T1\0\x8d\x93\x92\x02\x80\x80");
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    DeleteReq.conf(ResponseStatus) => DeleteConf, |conf, req, status| {
        conf.content_locations = not_deleted(&req.content_locations, status);
        conf.response_statuses = vec![Counted::new(0, status_in(status, conf.version, Confirmation::Mailbox))];
    };
}

fn not_deleted(locations: &[Str], status: ResponseStatus) -> Vec<Counted<Str>> {
    let failed = if status == ResponseStatus::OK { &[] } else { locations };
    failed.iter().map(|location| Counted::new(0, location.clone())).collect()
}

/// The status in the numbers that `version` uses.
fn status_in(status: ResponseStatus, version: Version, of: Confirmation) -> ResponseStatus {
    if is_newer(status.since(), version) { nearest_status(status, version, of) } else { status }
}

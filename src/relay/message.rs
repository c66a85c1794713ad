//! Putting a message on an interface.

use alloc::boxed::Box;
use alloc::vec::Vec;

#[cfg(feature = "mm4")]
use super::Hop;
use super::interface::Interface;
use super::lost::Losses;
use super::privacy::{People, is_coded};
#[cfg(feature = "mm4")]
use super::wire::fit_to_peer;
use super::wire::{Adapted, absolute, adapt};
use super::{Receipt, Relayed, Taken};
use crate::message::{Address, Element, Interval, Message, Str, Time, Timestamp};
#[cfg(feature = "mm1")]
use crate::mm1::{self, Announcement, NotificationInd, RetrieveConf};
#[cfg(feature = "mm4")]
use crate::mm4;
#[cfg(feature = "mm7")]
use crate::mm7;

/// What a relay has to say to a service provider beside the message or report.
#[cfg(feature = "mm7")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "written out by users with `..Service::default()`")]
pub struct Service {
    /// The version of the schema that the provider speaks: the one of the
    /// [`Envelope`](mm7::Envelope) too. What it does not have is lost.
    pub schema: mm7::Schema,
    /// `MMSRelayServerID`
    pub mms_relay_server_id: Option<Str>,
    /// `VASPID`
    pub vasp_id: Option<Str>,
    /// `VASID`
    pub vas_id: Option<Str>,
    /// `LinkedID`: identifier that the answer of the service names.
    pub linked_id: Option<Str>,
    /// `SenderSPI`
    pub sender_spi: Option<Str>,
    /// `RecipientSPI`
    pub recipient_spi: Option<Str>,
    /// `UACapabilities`
    pub ua_capabilities: mm7::UaCapabilities,
    /// The addresses of the provider. Blind recipients among them are in `Bcc`; of the others it
    /// learns nothing.
    pub serves: Vec<Address>,
}

/// The two PDUs with which a phone gets a message.
#[cfg(feature = "mm1")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Delivery {
    /// What is pushed to the phone.
    pub notification: NotificationInd,
    /// What the phone finds where the notification points to. With a
    /// [`transaction_id`](RetrieveConf::transaction_id), here that of the notification, it has to
    /// acknowledge it.
    pub retrieve: RetrieveConf,
}

/// Puts a message on MM1, for a phone: the notification, and the message itself.
///
/// The sender's expiry is given as what is left of it when the message arrived, but for no longer
/// than [`Announcement::expiry`]. A reply that the sender offers to pay for is granted. The body is a
/// multipart, texts are UTF-8: phones read nothing else. Retrieval and notification have one transaction
/// identifier, so that the phone acknowledges the message; an [`Announcement::message_size`] of 0
/// becomes the size of the message.
///
/// # Errors
///
/// Fails for a message that had expired when it arrived.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, ContentType, Interval, Message, Part, Timestamp};
/// use mms_codec::mm1::{Announcement, Version};
/// use mms_codec::relay::{self, Receipt};
/// use mms_codec::mm7::SubmitReq;
///
/// let mut submit = SubmitReq::default();
/// submit.service_code = Some("gold-sp33".into());
/// submit.message.to.push(Address::phone("+447700900123"));
/// submit.message.subject = Some("Tram line 4".into());
/// submit.message.body = Some(Part::new(ContentType::new("text/plain"), "runs again"));
///
/// let receipt = Receipt {
///     arrived: Timestamp::from_seconds(1_709_631_047),
///     message_id: "mm-1".into(),
///     sender: Some(Address::short_code("7255")),
///     alias: None,
/// };
/// let relayed = relay::to_mm1(submit, &receipt, Announcement {
///     transaction_id: "T1".into(),
///     version: Version::V1_2,
///     content_location: "http://mmsc.example.net/mm-1".into(),
///     message_size: 500,
///     expiry: Interval::from_seconds(172_800),
/// })?;
/// assert_eq!(relayed.pdu.notification.message.subject.unwrap(), "Tram line 4");
/// assert_eq!(relayed.pdu.retrieve.message.from, Some(Address::short_code("7255").into()));
/// assert_eq!(relayed.lost.len(), 1);
/// assert_eq!(relayed.lost[0].to_string(), "ServiceCode is not carried");
/// # Ok::<(), relay::Expired>(())
/// ```
#[cfg(feature = "mm1")]
pub fn to_mm1(
    from: impl Into<Taken>,
    receipt: &Receipt,
    announcement: Announcement,
) -> Result<Relayed<Delivery>, Expired> {
    let taken = from.into();
    if let Some(expired) = expiry_before(&taken, receipt) {
        return Err(Expired { taken: Box::new(taken), expiry: expired });
    }
    let Adapted { mut message, mut lost, .. } = adapt(taken, receipt, Interface::Mm1, None, &People::default());
    lost.elements(message.retain(NotificationInd::ELEMENTS.union(RetrieveConf::ELEMENTS)));
    let announcement =
        Announcement { expiry: left_of(&message, receipt, announcement.expiry, &mut lost), ..announcement };
    let (version, transaction_id) = (announcement.version, announcement.transaction_id.clone());
    let body = message.body.take();
    let mut notification = NotificationInd::of_any_version(&message, announcement);
    let mut retrieve = RetrieveConf::of_any_version(&message, version, receipt.message_id.clone(), receipt.arrived);
    retrieve.message.body = body;
    let unfit = mm1::fit(&mut retrieve);
    let mut only_told = mm1::fit(&mut notification);
    only_told.retain(|name| !unfit.contains(name));
    lost.fields(unfit);
    lost.fields(only_told);
    lost.changes(retrieve.fit_to(version));
    // What only the notification cannot say, the retrieval does.
    let _ = notification.fit_to(version);
    retrieve.message.date.get_or_insert(Timestamp { nanoseconds: 0, ..receipt.arrived });
    retrieve.transaction_id = Some(transaction_id);
    if notification.message_size == Some(0) {
        notification.message_size =
            mm1::encoded_len(&retrieve).ok().and_then(|size| u64::try_from(size).ok()).or(Some(0));
    }
    Ok(Relayed::new(Delivery { notification, retrieve }, lost))
}

/// A message that arrived after its own expiry, so that no phone may get it: a delivery report with
/// [`MmStatus::Expired`](crate::message::MmStatus::Expired) is due, if one was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("message expired before it arrived")]
#[non_exhaustive]
pub struct Expired {
    /// The message, as it was given.
    pub taken: Box<Taken>,
    /// When it expired.
    pub expiry: Timestamp,
}

#[cfg(feature = "serde")]
crate::serialize_error::serialize_error! { Expired: |_expired| "expired", None, Some("X-Mms-Expiry") }

/// The expiry of a message, if that is not after its arrival.
fn expiry_before(taken: &Taken, receipt: &Receipt) -> Option<Timestamp> {
    let expiry = match taken.message.expiry? {
        Time::Absolute(expiry) => expiry,
        Time::Relative(interval) => absolute(taken.counts_from.unwrap_or(receipt.arrived), interval),
    };
    (expiry.seconds <= receipt.arrived.seconds).then_some(expiry)
}

/// How long a message is kept: what is left of its expiry, but no longer than the relay keeps any.
fn left_of(message: &Message, receipt: &Receipt, longest: Interval, lost: &mut Losses) -> Interval {
    let Some(Time::Absolute(expiry)) = message.expiry else { return longest };
    let left = expiry.seconds.saturating_sub(receipt.arrived.seconds);
    match u64::try_from(left) {
        Ok(left) if left <= longest.seconds => Interval::from_seconds(left),
        _ => {
            lost.element_changed(Element::Expiry);
            longest
        }
    }
}

/// Puts a message on MM4, for the recipients in one other network.
///
/// `To` and `Cc` name all recipients, as the user sees them; which of them this peer serves is given
/// by the envelope of the mail ([`Relayed::envelope`]), which also is the only place for `Bcc`.
/// Numbers get the domains of the [`Hop`], unless they have one. Header fields that came with the
/// message from another operator go on, but for those of one mail alone, such as `Return-Path`.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, ContentType, Originator, Part, Time, Timestamp};
/// use mms_codec::mm1::SendReq;
/// use mms_codec::mm4::{self, Posting};
/// use mms_codec::relay::{self, LossKind, Hop, Receipt};
///
/// let mut send = SendReq::default();
/// send.message.from = Some(Originator::InsertAddress);
/// send.message.to.push(Address::phone("+447700900123"));
/// send.message.delivery_time = Some(Time::Absolute(Timestamp::from_seconds(1_709_634_647)));
/// send.message.body = Some(Part::new(ContentType::new("text/plain"), "hello\r\n"));
///
/// let receipt = Receipt {
///     arrived: Timestamp::from_seconds(1_709_631_047),
///     message_id: "mm-1".into(),
///     sender: Some(Address::phone("+12025550101")),
///     alias: None,
/// };
/// let (own, peer) = ("mms.mnc012.mcc345.gprs", "mms.mnc015.mcc234.gprs");
/// let posting = Posting::new("system-user@mms.mnc012.mcc345.gprs", "1@mms.mnc012.mcc345.gprs", 1_709_631_047);
/// let relayed = relay::to_mm4(send, &receipt, Hop::new(posting, "t-1", own, peer));
/// assert_eq!((relayed.lost[0].name.as_str(), relayed.lost[0].kind), ("X-Mms-Delivery-Time", LossKind::NotCarried));
/// let mail = String::from_utf8(mm4::encode(&relayed.pdu)?)?;
/// assert!(mail.contains("From: +12025550101/TYPE=PLMN@mms.mnc012.mcc345.gprs\r\n"));
/// assert!(mail.contains("To: +447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs\r\n"));
/// let envelope = relayed.envelope.unwrap().of_mail(mail.as_bytes());
/// assert_eq!(envelope.mail_from.unwrap(), "system-user@mms.mnc012.mcc345.gprs");
/// assert_eq!(envelope.rcpt_to, ["+447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "mm4")]
pub fn to_mm4(from: impl Into<Taken>, receipt: &Receipt, hop: Hop) -> Relayed<mm4::ForwardReq> {
    let taken = from.into();
    let served: People = hop.recipients.iter().collect();
    let is_for = taken.is_for();
    // Coded addresses mean nothing to mail.
    let is_blind = |bcc: &&Address| served.has(bcc) && is_for(bcc) && !is_coded(bcc);
    let blind = taken.message.bcc.iter().filter(is_blind).map(|bcc| {
        let mut address = hop.at_peer(bcc);
        hop.adapt(&mut address);
        mm4::path(&address)
    });
    let blind: Vec<_> = blind.flatten().collect();
    let Adapted { mut message, forward_counter, originator_rs_delivery_report, mail_headers, mut lost } =
        adapt(taken, receipt, Interface::Mm4, Some(&hop), &served);
    lost.elements(message.retain(mm4::ForwardReq::ELEMENTS));
    message.date.get_or_insert(Timestamp { nanoseconds: 0, ..receipt.arrived });
    let Hop { posting, transaction_id, own_domain: _, peer_domain: _, recipients: _, profile, ack_request } = hop;
    let is_served = |address: &&Address| (served.is_empty() || served.has(address)) && is_for(address);
    let shown = message.to.iter().chain(&message.cc).filter(is_served);
    let envelope = mm4::SmtpEnvelope {
        mail_from: mm4::path(&posting.system),
        rcpt_to: shown.filter_map(mm4::path).chain(blind).collect(),
        ..mm4::SmtpEnvelope::default()
    };
    let mut request = mm4::ForwardReq::new(transaction_id, receipt.message_id.clone(), message, posting);
    request.version = Some(profile.version.clone());
    request.ack_request = Some(ack_request);
    request.forward_counter = forward_counter;
    request.originator_rs_delivery_report = originator_rs_delivery_report;
    request.extra = mail_headers;
    fit_to_peer(request, envelope, lost, &profile, mm4::Profile::put_flags)
}

/// Puts a message on MM7, for a service provider.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, ContentType, Part, Timestamp};
/// use mms_codec::mm1::SendReq;
/// use mms_codec::mm7::{self, Envelope};
/// use mms_codec::relay::{self, Receipt, Service};
///
/// let mut send = SendReq::default();
/// send.message.from = Some(Address::phone("+12025550101").into());
/// send.message.to.push(Address::short_code("7255"));
/// send.message.read_report = Some(true);
/// send.message.body = Some(Part::new(ContentType::new("text/plain"), "VOTE 3"));
///
/// let receipt = Receipt {
///     arrived: Timestamp::from_seconds(1_709_631_047),
///     message_id: "mm-1".into(),
///     sender: None,
///     alias: None,
/// };
/// let service = Service { linked_id: Some("mm-1".into()), ..Service::default() };
/// let schema = service.schema.clone();
/// let relayed = relay::to_mm7(send, &receipt, service);
/// assert_eq!(relayed.lost[0].to_string(), "X-Mms-Read-Report is not carried");
///
/// let mut envelope = Envelope::new("t-1", relayed.pdu);
/// envelope.schema = schema;
/// assert!(mm7::encode(&envelope)?.content_type.starts_with("multipart/related"));
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
#[cfg(feature = "mm7")]
pub fn to_mm7(from: impl Into<Taken>, receipt: &Receipt, service: Service) -> Relayed<mm7::DeliverReq> {
    let Service {
        schema,
        mms_relay_server_id,
        vasp_id,
        vas_id,
        linked_id,
        sender_spi,
        recipient_spi,
        ua_capabilities,
        serves,
    } = service;
    let served = serves.iter().collect();
    let Adapted { mut message, mut lost, .. } = adapt(from.into(), receipt, Interface::Mm7, None, &served);
    lost.elements(message.retain(mm7::DeliverReq::ELEMENTS));
    let mut deliver = mm7::DeliverReq {
        mms_relay_server_id,
        vasp_id,
        vas_id,
        linked_id,
        sender_spi,
        recipient_spi,
        ua_capabilities,
        message,
        ..mm7::DeliverReq::default()
    };
    lost.fields(mm7::fit(&mut deliver, &schema));
    Relayed::new(deliver, lost)
}

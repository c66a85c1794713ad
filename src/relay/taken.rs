//! Taking a message off its interface: what all interfaces carry of it, and what stays behind.

mod report;

use alloc::vec::Vec;

pub use self::report::{TakenDeliveryReport, TakenReadReport};
use super::lost::Losses;
use super::privacy::{People, Secrets};
use super::wire::Interface;
use super::{Lost, Receipt};
use crate::error::ConversionError;
use crate::message::bare_reference;
use crate::message::{
    Content, ContentType, Element, ElementSet, Header, MediaType, Message, Originator, Part, PreviouslySentBy,
    PreviouslySentDate, SenderVisibility, Str, Timestamp,
};
use crate::mm1::FieldCode;
use crate::{mail, mm1, mm4, mm7};

/// A message that was taken off its interface: what the functions of this module move.
///
/// `From` makes one of each PDU that carries a message, and [`forwarded`] of a request to forward
/// one. Its fields are public, so that a gateway can change the message before it passes it on.
///
/// # Examples
///
/// ```
/// use mms_codec::mm1::SendReq;
/// use mms_codec::relay::Taken;
///
/// let mut send = SendReq::default();
/// send.message.subject = Some("Hello".into());
/// send.store = Some(true);
/// let taken = Taken::from(send);
/// assert_eq!(taken.message.subject.unwrap(), "Hello");
/// assert_eq!(taken.lost[0].to_string(), "X-Mms-Store is not carried");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Taken {
    /// What all interfaces carry of a message.
    pub message: Message,
    /// The identifier of the message, if the PDU has one, as it was written.
    pub message_id: Option<Str>,
    /// What relative times count from; `None` is the moment the relay got the message.
    pub counts_from: Option<Timestamp>,
    /// How often the message was forwarded, if the PDU says so (`X-Mms-Forward-Counter`).
    pub forward_counter: Option<u32>,
    /// Whether the originator's system wants a delivery report, whatever the user wants
    /// (`X-Mms-Originator-R/S-Delivery-Report`): said on MM4 only.
    pub originator_rs_delivery_report: Option<bool>,
    /// Header fields of a mail of MM4 that no field has a place for, such as those of operators. They
    /// go on to MM4 only.
    pub mail_headers: Vec<Header>,
    /// What the PDU says that no other interface can.
    pub lost: Vec<Lost>,
}

impl From<Message> for Taken {
    fn from(message: Message) -> Self {
        Self { message, ..Self::default() }
    }
}

impl From<mm1::SendReq> for Taken {
    fn from(send: mm1::SendReq) -> Self {
        let mm1::SendReq { transaction_id: _, version: _, message, store, mm_state, mm_flags, extra } = send;
        let mut lost = Losses::default();
        lost.option("X-Mms-Store", store);
        lost.option("X-Mms-MM-State", mm_state);
        lost.many("X-Mms-MM-Flags", &mm_flags);
        lost.mm1_extra(&extra);
        Self { message, lost: lost.into_vec(), ..Self::default() }
    }
}

impl From<mm1::RetrieveConf> for Taken {
    fn from(conf: mm1::RetrieveConf) -> Self {
        let mm1::RetrieveConf {
            transaction_id: _,
            version: _,
            message_id,
            message,
            mm_state,
            mm_flags,
            retrieve_status,
            retrieve_text,
            extra,
        } = conf;
        let mut lost = Losses::default();
        lost.option("X-Mms-MM-State", mm_state);
        lost.many("X-Mms-MM-Flags", &mm_flags);
        lost.option("X-Mms-Retrieve-Status", retrieve_status);
        lost.option("X-Mms-Retrieve-Text", retrieve_text);
        lost.mm1_extra(&extra);
        Self { message, message_id, lost: lost.into_vec(), ..Self::default() }
    }
}

/// `Sender`, the mail's `Message-ID` and `X-Mms-Originator-System` are the peer's; they are among
/// the lost, since an answer needs them.
impl From<mm4::ForwardReq> for Taken {
    fn from(request: mm4::ForwardReq) -> Self {
        let mm4::ForwardReq {
            sender,
            mail_id,
            version: _,
            transaction_id: _,
            message_id,
            message,
            originator_rs_delivery_report,
            ack_request,
            originator_system,
            forward_counter,
            extra,
        } = request;
        let mut lost = Losses::default();
        lost.option("Sender", sender);
        lost.option("Message-ID", mail_id);
        lost.option("X-Mms-Ack-Request", ack_request);
        lost.option("X-Mms-Originator-System", originator_system);
        Self {
            counts_from: message.date,
            message,
            message_id,
            forward_counter,
            originator_rs_delivery_report,
            mail_headers: extra,
            lost: lost.into_vec(),
        }
    }
}

impl From<mail::Mail> for Taken {
    fn from(mail: mail::Mail) -> Self {
        let mail::Mail { message, mail_id, message_id, extra } = mail;
        let mut lost = Losses::default();
        lost.option("Message-ID", mail_id);
        let counts_from = message.date;
        Self { message, message_id, counts_from, mail_headers: extra, lost: lost.into_vec(), ..Self::default() }
    }
}

impl From<mm7::SubmitReq> for Taken {
    fn from(submit: mm7::SubmitReq) -> Self {
        let mm7::SubmitReq {
            mm7_version: _,
            vasp_id,
            vas_id,
            service_code,
            linked_id,
            charged_party,
            charged_party_id,
            distribution_protection,
            delivery_conditions,
            content_href,
            message,
            extra,
        } = submit;
        let mut lost = Losses::default();
        lost.option("SenderIdentification.VASPID", vasp_id);
        lost.option("SenderIdentification.VASID", vas_id);
        lost.option("ServiceCode", service_code);
        lost.option("LinkedID", linked_id);
        lost.option("ChargedParty", charged_party);
        lost.option("ChargedPartyID", charged_party_id);
        lost.option("DistributionProtection", distribution_protection);
        lost.many("DeliveryCondition.DC", &delivery_conditions);
        Self::from_mm7(message, content_href, &extra, lost)
    }
}

impl From<mm7::DeliverReq> for Taken {
    fn from(deliver: mm7::DeliverReq) -> Self {
        let mm7::DeliverReq {
            mm7_version: _,
            mms_relay_server_id,
            vasp_id,
            vas_id,
            linked_id,
            sender_spi,
            recipient_spi,
            ua_capabilities,
            content_href,
            message,
            extra,
        } = deliver;
        let mut lost = Losses::default();
        lost.option("MMSRelayServerID", mms_relay_server_id);
        lost.option("VASPID", vasp_id);
        lost.option("VASID", vas_id);
        lost.option("LinkedID", linked_id);
        lost.option("SenderSPI", sender_spi);
        lost.option("RecipientSPI", recipient_spi);
        lost.ua_capabilities(ua_capabilities);
        Self::from_mm7(message, content_href, &extra, lost)
    }
}

/// What replaces a message that was not delivered yet; `MessageID` says which.
impl From<mm7::ReplaceReq> for Taken {
    fn from(replace: mm7::ReplaceReq) -> Self {
        let mm7::ReplaceReq {
            mm7_version: _,
            vasp_id,
            vas_id,
            message_id,
            service_code,
            distribution_protection,
            content_href,
            message,
            extra,
        } = replace;
        let mut lost = Losses::default();
        lost.option("SenderIdentification.VASPID", vasp_id);
        lost.option("SenderIdentification.VASID", vas_id);
        lost.option("ServiceCode", service_code);
        lost.option("DistributionProtection", distribution_protection);
        Self { message_id, ..Self::from_mm7(message, content_href, &extra, lost) }
    }
}

/// What replaces a message on the terminals: it keeps `X-Mms-Replace-ID` on MM1.
impl From<mm7::ExtendedReplaceReq> for Taken {
    fn from(replace: mm7::ExtendedReplaceReq) -> Self {
        let mm7::ExtendedReplaceReq { mm7_version: _, vasp_id, vas_id, service_code, content_href, message, extra } =
            replace;
        let mut lost = Losses::default();
        lost.option("VASPID", vasp_id);
        lost.option("VASID", vas_id);
        lost.option("ServiceCode", service_code);
        Self::from_mm7(message, content_href, &extra, lost)
    }
}

/// A message with all that came in the body of the HTTP message. Attachments that `Content/@href`
/// does not name become parts of the body: of a multipart, behind its own parts; of anything else,
/// in a `multipart/related` that has it as root. Entries of the SOAP header are lost.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{ContentType, Part};
/// use mms_codec::mm7::{Envelope, SubmitReq};
/// use mms_codec::relay::Taken;
///
/// let mut submit = SubmitReq::default();
/// submit.message.body = Some(Part::new(ContentType::new("application/smil"), "<smil/>"));
/// let mut envelope = Envelope::new("t-1", submit);
/// envelope.attachments.push(Part::new(ContentType::new("image/gif"), &b"GIF89a"[..]));
/// let taken = Taken::try_from(envelope)?;
/// let body = taken.message.body.unwrap();
/// assert_eq!(body.content_type.to_string(), "multipart/related; type=\"application/smil\"");
/// assert_eq!(body.parts().len(), 2);
/// # Ok::<(), mms_codec::ConversionError>(())
/// ```
impl TryFrom<mm7::Envelope> for Taken {
    type Error = ConversionError;

    /// Fails if the envelope carries no message.
    fn try_from(envelope: mm7::Envelope) -> Result<Self, ConversionError> {
        let mm7::Envelope { transaction_id: _, schema: _, header, mut pdu, attachments } = envelope;
        if !attachments.is_empty()
            && let Some((href, message)) = pdu.table_mut().reference()
        {
            message.body = Some(with_siblings(message.body.take(), href.as_deref(), attachments));
        }
        let mut taken: Self = match pdu {
            mm7::Pdu::SubmitReq(pdu) => pdu.into(),
            mm7::Pdu::DeliverReq(pdu) => pdu.into(),
            mm7::Pdu::ReplaceReq(pdu) => pdu.into(),
            mm7::Pdu::ExtendedReplaceReq(pdu) => pdu.into(),
            _ => return Err(ConversionError("message")),
        };
        taken.lost.extend(super::lost::of_soap_header(header));
        Ok(taken)
    }
}

/// The content with the parts that came beside it.
fn with_siblings(content: Option<Part>, href: Option<&str>, siblings: Vec<Part>) -> Part {
    let mixed = || ContentType::new("multipart/mixed");
    let Some(mut root) = content else { return Part::multipart(mixed(), siblings) };
    if let Content::Parts(parts) = &mut root.content {
        parts.extend(siblings);
        return root;
    }
    let mut related = ContentType::new("multipart/related");
    if let MediaType::Name(media) = &root.content_type.media {
        related = related.with("type", media.clone());
    }
    // The reference has the identifier that the content came with.
    if root.content_id.is_none()
        && let Some(id) = href.filter(|href| href.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("cid:")))
    {
        root.content_id = Some(alloc::format!("<{}>", bare_reference(id)).into());
    }
    if let Some(id) = &root.content_id {
        related = related.with("start", id.clone());
    }
    Part::multipart(related, core::iter::once(root).chain(siblings).collect())
}

impl Taken {
    fn from_mm7(message: Message, content_href: Option<Str>, extra: &[mm7::Extra], mut lost: Losses) -> Self {
        // With a body the reference has done its duty.
        lost.option("Content@href", content_href.filter(|_| message.body.is_none()));
        lost.mm7_extra(extra);
        let counts_from = message.date;
        Self { message, counts_from, lost: lost.into_vec(), ..Self::default() }
    }
}

/// The message that a phone forwards without having fetched it (`M-Forward.req`), made of the
/// request and the message that it names.
///
/// Sender, recipients, times, paid replies and wishes for reports are those of the request alone;
/// content, subject, class, priority and the rest are those of the stored message. Who sent it until
/// now and when goes into the history, numbered by how often the message was forwarded before: 0 is
/// who first sent it. One who hides (`X-Mms-Sender-Visibility`) does not: that wish ends with the
/// own message, and would be unknown to those who read the history.
/// [`forward_counter`](Taken::forward_counter) counts this forwarding too.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, Message, Originator, Timestamp};
/// use mms_codec::mm1::ForwardReq;
/// use mms_codec::relay::{self, Receipt};
///
/// let mut stored = Message::default();
/// stored.from = Some(Address::phone("+447700900123").into());
/// stored.subject = Some("Look".into());
/// let mut request = ForwardReq::default();
/// request.message.from = Some(Originator::InsertAddress);
/// request.message.to.push(Address::phone("+447700900125"));
///
/// let receipt = Receipt {
///     arrived: Timestamp::from_seconds(1_709_631_047),
///     message_id: "mm-2".into(),
///     sender: Some(Address::phone("+447700900124")),
///     alias: None,
/// };
/// let taken = relay::forwarded(request, stored, &receipt);
/// assert_eq!(taken.forward_counter, Some(1));
/// let sent_by = &taken.message.previously_sent_by[0];
/// assert_eq!((sent_by.count, &sent_by.address), (Some(0), &Address::phone("+447700900123")));
/// assert_eq!(taken.message.subject.unwrap(), "Look");
/// assert_eq!(taken.message.from, Some(Address::phone("+447700900124").into()));
/// ```
pub fn forwarded(request: mm1::ForwardReq, stored: impl Into<Taken>, receipt: &Receipt) -> Taken {
    let Taken {
        message: mut stored,
        message_id: _,
        counts_from: _,
        forward_counter,
        originator_rs_delivery_report,
        mail_headers,
        lost,
    } = stored.into();
    let mm1::ForwardReq {
        transaction_id: _,
        version: _,
        message: mut asked,
        report_allowed,
        store,
        mm_state,
        mm_flags,
        content_location: _,
        extra,
    } = request;
    let mut lost = Losses::from(lost);
    // They belong to the mail that the stored message came with.
    lost.option("X-Mms-Originator-R/S-Delivery-Report", originator_rs_delivery_report);
    lost.headers(&mail_headers);
    let mut taken = Losses::default();
    let secrets = Secrets::take(&mut stored, &UNKNOWN, Interface::Mm1, &People::default(), &mut taken);
    // Those who got the stored message are not those of the request.
    let is_of_request = |lost: &Lost| ["To", "Cc", "Bcc"].contains(&&*lost.name);
    lost.extend(taken.into_vec().into_iter().filter(|lost| !is_of_request(lost)));
    secrets.scrub(&mut stored, &mut lost);
    lost.option("X-Mms-Report-Allowed", report_allowed);
    lost.option("X-Mms-Store", store);
    lost.option("X-Mms-MM-State", mm_state);
    lost.many("X-Mms-MM-Flags", &mm_flags);
    // Not a field of the request, but a wish that a phone may still have.
    let hides = |field: &mm1::Extra| matches!(field, mm1::Extra::Coded { code: FieldCode::SENDER_VISIBILITY, value } if **value == [0x80]);
    if extra.iter().any(hides) {
        asked.sender_visibility = Some(SenderVisibility::Hide);
    }
    lost.mm1_extra(&extra);
    lost.elements(asked.retain(mm1::ForwardReq::ELEMENTS.with(Element::SenderVisibility)));

    let last = stored.previously_sent_by.iter().filter_map(|by| by.count).max();
    let times = forward_counter.or(last.map(|last| last.saturating_add(1))).unwrap_or(0);
    let is_hidden = stored.sender_visibility == Some(SenderVisibility::Hide);
    match stored.from.take() {
        Some(Originator::Address(address)) if !is_hidden => {
            stored.previously_sent_by.push(PreviouslySentBy::new(times, address));
            stored.previously_sent_date.extend(stored.date.map(|date| PreviouslySentDate::new(times, date)));
        }
        from => {
            lost.option("From", from);
            lost.option("Date", stored.date);
        }
    }
    let not_kept = stored.retain(OF_THE_CONTENT);
    lost.elements(not_kept.without(OF_THE_REQUEST));
    asked.date.get_or_insert(receipt.arrived);
    if !matches!(asked.from, Some(Originator::Address(_))) {
        asked.from = receipt.sender.clone().map(Originator::Address);
    }
    Taken {
        message: with_content_of(asked, stored),
        forward_counter: Some(times.saturating_add(1)),
        lost: lost.into_vec(),
        ..Taken::default()
    }
}

/// What is known of the sender of a stored message that says nothing of him.
const UNKNOWN: Receipt =
    Receipt { arrived: Timestamp::from_seconds(0), message_id: Str::from_static(""), sender: None, alias: None };

/// What a forwarded message keeps.
const OF_THE_CONTENT: ElementSet = ElementSet::EMPTY
    .with(Element::Subject)
    .with(Element::MessageClass)
    .with(Element::Priority)
    .with(Element::DistributionIndicator)
    .with(Element::ApplicId)
    .with(Element::ReplyApplicId)
    .with(Element::AuxApplicInfo)
    .with(Element::ContentClass)
    .with(Element::DrmContent)
    .with(Element::AdaptationAllowed)
    .with(Element::PreviouslySentBy)
    .with(Element::PreviouslySentDate)
    .with(Element::Body);

/// What the request says anew, and the history of the sender and the date.
const OF_THE_REQUEST: ElementSet = mm1::ForwardReq::ELEMENTS;

/// The request for a forwarding with the elements of [`OF_THE_CONTENT`], none of which it has.
fn with_content_of(asked: Message, stored: Message) -> Message {
    Message {
        date: asked.date,
        from: asked.from,
        to: asked.to,
        cc: asked.cc,
        bcc: asked.bcc,
        expiry: asked.expiry,
        delivery_time: asked.delivery_time,
        sender_visibility: asked.sender_visibility,
        delivery_report: asked.delivery_report,
        read_report: asked.read_report,
        reply_charging: asked.reply_charging,
        reply_charging_deadline: asked.reply_charging_deadline,
        reply_charging_size: asked.reply_charging_size,
        ..stored
    }
}

//! Internet mail (RFC 4356): messages, delivery status notifications (RFC 3464) and message disposition
//! notifications (RFC 8098), with the envelope that they travel in.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::interface::Interface;
use super::lost::{Losses, MESSAGE_ID};
use super::privacy::{People, is_coded};
use super::report::{adapt_delivery, adapt_read, for_originator};
use super::route::is_display_only;
use super::wire::{Adapted, adapt};
use super::{Hop, Receipt, Relayed, ReportReceipt, Taken, TakenDeliveryReport, TakenReadReport, mm_status_on_mail};
use crate::mail::{self, Mail};
use crate::message::{
    Address, AddressKind, DeliveryReport, Header, Message, Originator, Part, ReadReport, Str, Text, Timestamp, bare_id,
};
use crate::mm4::{self, Notify, Numbers, Posting, Profile, SmtpEnvelope};

/// What a relay has to say to Internet mail beside the message or report.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "written out by users")]
pub struct MailHop {
    /// The own system, which bounces go to, an identifier for the mail, and the clock.
    pub posting: Posting,
    /// The domain that numbers get, so that an answer comes back here.
    pub own_domain: Str,
    /// The recipients that the mail is for, the blind ones among them too. If there are none here, it is
    /// for all mailboxes in `To` and `Cc`.
    pub recipients: Vec<Address>,
    /// How numbers are written.
    pub numbers: Numbers,
}

impl MailHop {
    /// For all mailboxes. Numbers are without their type: `+447700900123@mms.example.net`.
    pub fn new(posting: Posting, own_domain: impl Into<Str>) -> Self {
        Self { posting, own_domain: own_domain.into(), recipients: Vec::new(), numbers: Numbers::Untyped }
    }

    /// As a hop of MM4 on which everybody has the own domain.
    fn into_hop(self) -> Hop {
        let Self { posting, own_domain, recipients, numbers } = self;
        Hop {
            recipients,
            profile: Profile { numbers, ..Profile::default() },
            ..Hop::new(posting, "", own_domain.clone(), own_domain)
        }
    }
}

/// Puts a message on Internet mail.
///
/// [`Relayed::envelope`] asks for delivery status notifications as the message asks for delivery
/// reports, and always for those of failure; they name the identifier of the [`Receipt`]
/// ([`SmtpEnvelope::envelope_id`]) and come to the system of the [`Posting`]. Strangers obey no
/// `X-Mms-Sender-Visibility`: a sender who hides is shown as his [`Receipt::alias`], and without one the
/// mail has no sender and is refused by the encoder.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, ContentType, Originator, Part, Timestamp};
/// use mms_codec::mm1::SendReq;
/// use mms_codec::mm4::Posting;
/// use mms_codec::relay::{self, MailHop, Receipt};
/// use mms_codec::mail;
///
/// let mut send = SendReq::default();
/// send.message.from = Some(Originator::InsertAddress);
/// send.message.to.push(Address::email("kim@example.org"));
/// send.message.cc.push(Address::phone("+447700900123"));
/// send.message.delivery_report = Some(true);
/// send.message.body = Some(Part::new(ContentType::new("text/plain"), "hello\r\n"));
/// let receipt = Receipt {
///     arrived: Timestamp::from_seconds(1_709_631_047),
///     message_id: "mm-1".into(),
///     sender: Some(Address::phone("+12025550101")),
///     alias: None,
/// };
/// let posting = Posting::new("mms@mms.example.net", "1@mms.example.net", 1_709_631_047);
/// let relayed = relay::to_mail(send, &receipt, MailHop::new(posting, "mms.example.net"));
/// assert!(relayed.lost.is_empty());
/// let text = String::from_utf8(mail::encode(&relayed.pdu)?)?;
/// assert!(text.contains("From: +12025550101@mms.example.net\r\nTo: kim@example.org\r\n"));
/// assert_eq!(relayed.envelope.unwrap().commands(), [
///     "MAIL FROM:<mms@mms.example.net> BODY=7BIT ENVID=mm-1",
///     "RCPT TO:<kim@example.org> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;kim@example.org",
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_mail(from: impl Into<Taken>, receipt: &Receipt, hop: MailHop) -> Relayed<Mail> {
    let mut taken = from.into();
    let served: People = hop.recipients.iter().collect();
    let hop = hop.into_hop();
    let notify = Notify {
        success: taken.message.delivery_report == Some(true)
            || taken.originator_rs_delivery_report.take() == Some(true),
        failure: true,
        delay: taken.message.delivery_report == Some(true),
    };
    let rcpt_to = recipients(&taken, &served, &hop);
    let Adapted { mut message, mut lost, .. } = adapt(taken, receipt, Interface::Mail, Some(&hop), &served);
    lost.elements(message.retain(Mail::ELEMENTS));
    message.date.get_or_insert(Timestamp { nanoseconds: 0, ..receipt.arrived });
    let mut mail = Mail {
        message,
        mail_id: Some(hop.posting.mail_id),
        message_id: Some(receipt.message_id.clone()),
        ..Mail::default()
    };
    lost.fields(mm4::fit(&mut mail));
    let envelope = SmtpEnvelope {
        mail_from: mm4::path(&hop.posting.system),
        original_recipients: rcpt_to.clone(),
        rcpt_to,
        envelope_id: Some(receipt.message_id.clone()),
        notify: Some(notify),
        ..SmtpEnvelope::default()
    };
    Relayed { envelope: Some(envelope), ..Relayed::new(mail, lost) }
}

/// Whom the mail is for, as paths.
fn recipients(taken: &Taken, served: &People, hop: &Hop) -> Vec<Str> {
    let Message { to, cc, bcc, .. } = &taken.message;
    let is_for = taken.is_for();
    let is_mailbox = |address: &Address| matches!(address.kind, AddressKind::Email(_)) && !is_display_only(address);
    let shown = to.iter().chain(cc).filter(|address| match served.is_empty() {
        true => is_mailbox(address),
        false => served.has(address),
    });
    let all = shown.chain(bcc.iter().filter(|bcc| served.has(bcc)));
    let all = all.filter(|address| is_for(address) && !is_coded(address));
    let paths = all.filter_map(|address| {
        let mut address = hop.at_peer(address);
        hop.profile.adapt_address(&mut address);
        mm4::path(&address)
    });
    paths.collect()
}

/// Puts a delivery report on Internet mail, as a delivery status notification (RFC 3464) for the sender
/// of a mail. Its identifier is to be the one of the envelope that the mail came in
/// ([`SmtpEnvelope::envelope_id`]). `None` if only the own system asked for it, as in
/// [`delivery_report_to_mm1`](super::delivery_report_to_mm1).
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, Message, MmStatus, Timestamp};
/// use mms_codec::mm4::Posting;
/// use mms_codec::relay::{self, MailHop, ReportReceipt};
/// use mms_codec::mail;
///
/// let mut message = Message::default();
/// message.from = Some(Address::email("kim@example.org").into());
/// let now = Timestamp::from_seconds(1_709_631_047);
/// let report = relay::delivery_report(&message, "envid", Address::phone("+12025550101"), MmStatus::Retrieved, now);
/// let posting = Posting::new("mms@mms.example.net", "2@mms.example.net", 1_709_631_047);
/// let receipt = ReportReceipt { arrived: now, recipient: None };
/// let relayed = relay::delivery_report_to_mail(report, &receipt, MailHop::new(posting, "mms.example.net")).unwrap();
/// assert_eq!(relayed.envelope.unwrap().commands(), ["MAIL FROM:<> BODY=7BIT", "RCPT TO:<kim@example.org>"]);
/// let text = String::from_utf8(mail::encode(&relayed.pdu)?)?;
/// assert!(text.contains("Final-Recipient: rfc822; +12025550101@mms.example.net\r\nAction: delivered\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn delivery_report_to_mail(
    from: impl Into<TakenDeliveryReport>,
    receipt: &ReportReceipt,
    hop: MailHop,
) -> Option<Relayed<Mail>> {
    let taken = for_originator(from.into())?;
    let hop = hop.into_hop();
    let (mut report, mut lost) = adapt_delivery(taken, receipt, Interface::Mail, Some(&hop), mm_status_on_mail);
    lost.option("X-Mms-MM-Status-Extension", report.status_extension.take());
    let DeliveryReport { applic_id, reply_applic_id, aux_applic_info, .. } = &mut report;
    lose_applications([applic_id, reply_applic_id, aux_applic_info], &mut lost);
    lose_id(&mut report.message_id, &mut lost);
    lose_recipient(&mut report.recipient, &mut lost);
    let body = mail::delivery_status(&report, &hop.own_domain);
    let from = Some(hop.posting.system.clone().into());
    Some(notification("Delivery report", from, report.originator, report.date, body, hop, lost))
}

/// Puts a read report on Internet mail, as a message disposition notification (RFC 8098) for the sender
/// of a mail. Its identifier is to be the `Message-ID` of the mail.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, ReadReport, ReadStatus, Timestamp};
/// use mms_codec::mm4::Posting;
/// use mms_codec::relay::{self, MailHop, ReportReceipt};
/// use mms_codec::mail;
///
/// let mut report = ReadReport::default();
/// report.message_id = Some("1@example.org".into());
/// report.recipient = Some(Address::phone("+12025550101").into());
/// report.originator = Some(Address::email("kim@example.org"));
/// report.status = Some(ReadStatus::Read);
/// let posting = Posting::new("mms@mms.example.net", "3@mms.example.net", 1_709_631_047);
/// let receipt = ReportReceipt { arrived: Timestamp::from_seconds(1_709_631_047), recipient: None };
/// let relayed = relay::read_report_to_mail(report, &receipt, MailHop::new(posting, "mms.example.net"));
/// let text = String::from_utf8(mail::encode(&relayed.pdu)?)?;
/// assert!(text.contains("Disposition: manual-action/MDN-sent-manually; displayed\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_report_to_mail(from: impl Into<TakenReadReport>, receipt: &ReportReceipt, hop: MailHop) -> Relayed<Mail> {
    let hop = hop.into_hop();
    let (mut report, mut lost) = adapt_read(from.into(), receipt, Interface::Mail, Some(&hop));
    let ReadReport { applic_id, reply_applic_id, aux_applic_info, .. } = &mut report;
    lose_applications([applic_id, reply_applic_id, aux_applic_info], &mut lost);
    lose_id(&mut report.message_id, &mut lost);
    let mut recipient = report.recipient.take().and_then(|recipient| recipient.address().cloned());
    lose_recipient(&mut recipient, &mut lost);
    report.recipient = recipient.map(Originator::Address);
    let body = mail::disposition_notification(&report, &alloc::format!("{}; MMS", hop.own_domain));
    let from = report.recipient.or_else(|| Some(hop.posting.system.clone().into()));
    notification("Read report", from, report.originator, report.date, body, hop, lost)
}

/// A report goes to no application on mail.
fn lose_applications([applic_id, reply_applic_id, aux_applic_info]: [&mut Option<Str>; 3], lost: &mut Losses) {
    lost.option("X-Mms-Applic-ID", applic_id.take());
    lost.option("X-Mms-Reply-Applic-ID", reply_applic_id.take());
    lost.option("X-Mms-Aux-Applic-Info", aux_applic_info.take());
}

/// An identifier that cannot be in a line of a notification.
fn lose_id(id: &mut Option<Str>, lost: &mut Losses) {
    let unfit = id.take_if(|id| !mail::is_id(id));
    lost.option(MESSAGE_ID, unfit);
}

/// A recipient whom mail cannot name.
fn lose_recipient(recipient: &mut Option<Address>, lost: &mut Losses) {
    let unfit =
        recipient.take_if(|recipient| mm4::path(recipient).is_none() || mail::read_address(recipient) != *recipient);
    lost.option("Recipient", unfit);
    // Notifications name a mailbox alone.
    if let Some(AddressKind::Email(mailbox)) = recipient.as_mut().map(|recipient| &mut recipient.kind)
        && let Some(path) = mm4::path(&Address::email(&**mailbox)).filter(|path| **path != **mailbox)
    {
        *mailbox = path;
        lost.changed("Recipient");
    }
}

/// The mail that a notification is. Its sender is empty, so that nothing answers it (RFC 3461, 6; RFC
/// 8098, 3).
fn notification(
    subject: &'static str,
    from: Option<Originator>,
    originator: Option<Address>,
    date: Option<Timestamp>,
    body: Part,
    hop: Hop,
    mut lost: Losses,
) -> Relayed<Mail> {
    let message = Message {
        date,
        from,
        to: originator.into_iter().collect(),
        subject: Some(Text::from(subject)),
        body: Some(body),
        ..Message::default()
    };
    let automatic = Header::Text { name: Str::from_static("Auto-Submitted"), value: Str::from_static("auto-replied") };
    let mut mail =
        Mail { message, mail_id: Some(hop.posting.mail_id), extra: alloc::vec![automatic], ..Mail::default() };
    let unfit = mm4::fit(&mut mail);
    lost.fields(unfit.into_iter().map(|name| if name == "To" { "Originator" } else { name }).collect());
    let envelope =
        SmtpEnvelope { rcpt_to: mail.message.to.iter().filter_map(mm4::path).collect(), ..SmtpEnvelope::default() };
    Relayed { envelope: Some(envelope), ..Relayed::new(mail, lost) }
}

/// What a mail that arrived is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mailed {
    /// A message.
    Message(Box<Taken>),
    /// What became of a mail at its recipients, one report each: a delivery status notification.
    DeliveryReports(Vec<TakenDeliveryReport>),
    /// Whether a mail was read: a message disposition notification.
    ReadReport(Box<TakenReadReport>),
}

/// Takes a mail off the Internet, with the envelope that it came in.
///
/// Numbers at `own_domain` are phones. Recipients whom the envelope alone names are blind ones. A wish
/// for a notification of success is one for a delivery report. The identifier of a message is its
/// `X-Mms-Message-ID`, or else its `Message-ID`; that of a delivery report is the one of the envelope
/// of the mail that it is about, and that of a read report the `Message-ID` of that mail. A
/// notification is for a number at `own_domain`, or for the system itself, which knows the originator.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, MmStatus};
/// use mms_codec::mm4::SmtpEnvelope;
/// use mms_codec::relay::{self, Mailed};
/// use mms_codec::{Bytes, mail};
///
/// let octets = Bytes::from_static(b"From: kim@example.org\r\nTo: +12025550101@mms.example.net\r\n\
///     Date: Tue, 05 Mar 2024 09:30:47 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello\r\n");
/// let mut envelope = SmtpEnvelope::default();
/// envelope.read_command("MAIL FROM:<kim@example.org> ENVID=e-1");
/// envelope.read_command("RCPT TO:<+12025550101@mms.example.net> NOTIFY=SUCCESS");
/// let mail = mail::decode(&octets)?.value;
/// let Mailed::Message(taken) = relay::from_mail(mail, &envelope, "mms.example.net") else { panic!() };
/// assert_eq!(taken.message.to[0].to_string(), "+12025550101/TYPE=PLMN");
/// assert_eq!(taken.message.delivery_report, Some(true));
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn from_mail(mail: Mail, envelope: &SmtpEnvelope, own_domain: &str) -> Mailed {
    let read = |address: &Address| mail::number_at(address, |domain| domain.eq_ignore_ascii_case(own_domain));
    let body = mail.message.body.as_ref();
    let reports = body.map(mail::delivery_reports).unwrap_or_default();
    let read_report = body.and_then(mail::read_report);
    if reports.is_empty() && read_report.is_none() {
        return Mailed::Message(Box::new(message(mail, envelope, own_domain)));
    }
    let originator = mail.message.to.iter().find_map(read);
    let date = mail.message.date;
    let phone = |address: Address| read(&address).unwrap_or(address);
    if let Some(report) = read_report {
        let recipient = report.recipient.and_then(|recipient| recipient.address().cloned());
        let recipient = recipient.map(|recipient| phone(recipient).into());
        return Mailed::ReadReport(Box::new(ReadReport { recipient, originator, date, ..report }.into()));
    }
    let reports = reports.into_iter().map(|report| {
        let recipient = report.recipient.map(phone);
        DeliveryReport { recipient, originator: originator.clone(), date, ..report }.into()
    });
    Mailed::DeliveryReports(reports.collect())
}

fn message(mut mail: Mail, envelope: &SmtpEnvelope, own_domain: &str) -> Taken {
    if envelope.notify.is_some_and(|notify| notify.success) {
        mail.message.delivery_report.get_or_insert(true);
    }
    if mail.message_id.is_none() {
        mail.message_id = mail.mail_id.take().map(|id| bare_id(&id).as_ref().into());
    }
    let mut taken = Taken::from(mail);
    taken.came_for(envelope.rcpt_to.iter().map(|path| Address::email(path.clone())), own_domain);
    taken
}

//! Putting reports on an interface: what became of a message, and whether it was read.

use core::mem::take;

#[cfg(feature = "mm7")]
use super::Service;
use super::hop::Hop;
use super::interface::Interface;
use super::lost::Losses;
use super::status;
#[cfg(feature = "mm4")]
use super::wire::fit_to_peer;
use super::wire::{adapt_address, adapt_text, of_next_mail, whole_seconds};
use super::{Relayed, TakenDeliveryReport, TakenReadReport};
use crate::message::{
    Address, DeliveryReport, Message, MmStatus, Originator, ReadReport, ReadStatus, Str, Text, Timestamp, bare_id,
};
#[cfg(feature = "mm1")]
use crate::mm1;
#[cfg(feature = "mm4")]
use crate::mm4;
#[cfg(feature = "mm7")]
use crate::mm7;

/// Facts about a received report that the report may not contain.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "written out by users")]
pub struct ReportReceipt {
    /// When the relay got the report: its date, if it has none.
    pub arrived: Timestamp,
    /// Whom the report is about, if it does not say so: it has the insert-address token, or no recipient.
    pub recipient: Option<Address>,
}

impl ReportReceipt {
    /// A report that names its recipient, and arrived then.
    pub fn new(arrived: impl Into<Timestamp>) -> Self {
        Self { arrived: arrived.into(), recipient: None }
    }
}

/// The report that a relay makes of what a phone, or its own clock, says of a message. The
/// application identifiers change sides: a report goes to where a reply would.
///
/// The answer of a phone is read by [`answered`](super::answered) and
/// [`acknowledged`](super::acknowledged); a message that was not fetched in time is
/// [`MmStatus::Expired`].
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, Message, MmStatus, Timestamp};
/// use mms_codec::relay;
///
/// let mut message = Message::default();
/// message.from = Some(Address::phone("+12025550101").into());
/// message.applic_id = Some("viewer".into());
/// let (recipient, date) = (Address::phone("+447700900123"), Timestamp::from_seconds(1_709_631_047));
/// let report = relay::delivery_report(&message, "mm-1", recipient, MmStatus::Expired, date);
/// assert_eq!(report.originator, Some(Address::phone("+12025550101")));
/// assert_eq!(report.applic_id.as_deref(), Some("viewer"));
/// ```
pub fn delivery_report(
    message: &Message,
    message_id: impl Into<Str>,
    recipient: Address,
    status: MmStatus,
    date: Timestamp,
) -> DeliveryReport {
    DeliveryReport { message_id: Some(message_id.into()), ..DeliveryReport::about(message, recipient, status, date) }
}

/// Puts a delivery report on MM1, for the phone that sent the message. `None` if it is not for the
/// phone: another operator's report says so if only the own system asked for it
/// (`X-Mms-Forward-To-Originator-UA`).
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, MmStatus, MmStatusExtension, Timestamp};
/// use mms_codec::mm1::Version;
/// use mms_codec::mm4::DeliveryReportReq;
/// use mms_codec::relay::{self, ReportReceipt};
///
/// let mut request = DeliveryReportReq::default();
/// request.report.message_id = Some("\"mm-1\"".into());
/// request.report.recipient = Some(Address::phone("+447700900123"));
/// request.report.status = Some(MmStatus::Rejected);
/// request.report.status_extension = Some(MmStatusExtension::RejectionByMmsRecipient);
/// let receipt = ReportReceipt { arrived: Timestamp::from_seconds(1_709_631_047), recipient: None };
///
/// let relayed = relay::delivery_report_to_mm1(request.clone(), &receipt, Version::V1_2).unwrap();
/// assert_eq!(relayed.lost[0].to_string(), "X-Mms-MM-Status-Extension is not carried");
/// assert_eq!(relayed.pdu.report.message_id.as_deref(), Some("mm-1"));
/// assert!(mms_codec::mm1::encode(&relayed.pdu).is_ok());
///
/// request.forward_to_originator_ua = Some(false);
/// assert_eq!(relay::delivery_report_to_mm1(request, &receipt, Version::V1_2), None);
/// ```
#[cfg(feature = "mm1")]
pub fn delivery_report_to_mm1(
    from: impl Into<TakenDeliveryReport>,
    receipt: &ReportReceipt,
    version: mm1::Version,
) -> Option<Relayed<mm1::DeliveryInd>> {
    let to_status = |status: &MmStatus| status::mm_status_on_mm1(status, version);
    let taken = for_originator(from.into())?;
    let (mut report, mut lost) = adapt_delivery(taken, receipt, Interface::Mm1, None, to_status);
    lost.option("X-Mms-MM-Status-Extension", report.status_extension.take());
    let mut ind = mm1::DeliveryInd { version, report, ..mm1::DeliveryInd::default() };
    lost.fields(mm1::fit(&mut ind));
    lost.changes(ind.fit_to(version));
    Some(Relayed::new(ind, lost))
}

/// The report without the flag that says whether it is for the originator, if it is.
pub(super) fn for_originator(mut taken: TakenDeliveryReport) -> Option<TakenDeliveryReport> {
    let is_for_originator = taken.forward_to_originator_ua.take() != Some(false);
    is_for_originator.then_some(taken)
}

/// Puts a delivery report on MM4, for the operator of the sender. Whether the user asked for it
/// ([`forward_to_originator_ua`](TakenDeliveryReport::forward_to_originator_ua)) is the caller's
/// to say: unless it says no, the user did.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, Message, MmStatus, Timestamp};
/// use mms_codec::mm4::Posting;
/// use mms_codec::relay::{self, Hop, ReportReceipt};
///
/// let mut message = Message::default();
/// message.from = Some(Address::phone("+12025550101").into());
/// let now = Timestamp::from_seconds(1_709_631_047);
/// let report = relay::delivery_report(&message, "mm-1", Address::phone("+447700900123"), MmStatus::Unreachable, now);
/// let receipt = ReportReceipt { arrived: now, recipient: None };
/// let relayed = relay::delivery_report_to_mm4(report, &receipt, Hop::new(
///     Posting::new("system-user@mms.mnc015.mcc234.gprs", "2@mms.mnc015.mcc234.gprs", 1_709_631_047),
///     "t-2",
///     "mms.mnc015.mcc234.gprs",
///     "mms.mnc012.mcc345.gprs",
/// ));
/// assert_eq!(relayed.lost[0].to_string(), "X-Mms-MM-Status-Code has another value");
/// let mail = String::from_utf8(mms_codec::mm4::encode(&relayed.pdu)?)?;
/// assert!(mail.contains("X-Mms-MM-Status-Code: Indeterminate\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "mm4")]
pub fn delivery_report_to_mm4(
    from: impl Into<TakenDeliveryReport>,
    receipt: &ReportReceipt,
    hop: Hop,
) -> Relayed<mm4::DeliveryReportReq> {
    let mut taken = from.into();
    let (forward_to_originator_ua, extra) = (taken.forward_to_originator_ua, take(&mut taken.mail_headers));
    let (mut report, mut lost) = adapt_delivery(taken, receipt, Interface::Mm4, Some(&hop), status::mm_status_on_mm4);
    let envelope = envelope(&hop, report.originator.as_ref());
    report.message_id = report.message_id.map(mm4::quoted_id);
    let Hop { posting, transaction_id, profile, ack_request, .. } = hop;
    let mut request = mm4::DeliveryReportReq::new(transaction_id, report, posting);
    request.version = Some(profile.version.clone());
    request.ack_request = Some(ack_request);
    request.forward_to_originator_ua = forward_to_originator_ua;
    request.extra = of_next_mail(extra, &mut lost);
    fit_to_peer(request, envelope, lost, &profile, mm4::Profile::put_report_flags)
}

/// Puts a delivery report on MM7, for the service provider that sent the message. Of the
/// [`Service`], a report has the relay, the capabilities and the schema. `None` if only the own
/// system asked for it, as in [`delivery_report_to_mm1`].
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, Message, MmStatus, Timestamp};
/// use mms_codec::mm7::Schema;
/// use mms_codec::relay::{self, ReportReceipt, Service};
///
/// let mut message = Message::default();
/// message.from = Some(Address::short_code("7255").into());
/// let now = Timestamp::from_seconds(1_709_631_047);
/// let report = relay::delivery_report(&message, "mm-1", Address::phone("+447700900123"), MmStatus::Deferred, now);
/// let receipt = ReportReceipt { arrived: now, recipient: None };
/// let service = Service { schema: Schema::REL_5_MM7_1_3, ..Service::default() };
/// let relayed = relay::delivery_report_to_mm7(report, &receipt, service).unwrap();
/// // Release 5 has no such status.
/// assert_eq!(relayed.pdu.report.status, Some(MmStatus::Indeterminate));
/// assert_eq!(relayed.lost[0].to_string(), "X-Mms-MM-Status-Code has another value");
/// ```
#[cfg(feature = "mm7")]
pub fn delivery_report_to_mm7(
    from: impl Into<TakenDeliveryReport>,
    receipt: &ReportReceipt,
    service: Service,
) -> Option<Relayed<mm7::DeliveryReportReq>> {
    let to_status = |status: &MmStatus| status::mm_status_on_mm7(status, &service.schema);
    let taken = for_originator(from.into())?;
    let is_unreachable = taken.report.status.as_ref().map(MmStatus::class) == Some(MmStatus::Unreachable);
    let (mut report, mut lost) = adapt_delivery(taken, receipt, Interface::Mm7, None, to_status);
    if is_unreachable {
        report.status_text.get_or_insert_with(|| Text::from("Unreachable"));
    }
    let mut request = mm7::DeliveryReportReq {
        mms_relay_server_id: service.mms_relay_server_id,
        ua_capabilities: service.ua_capabilities,
        report,
        ..mm7::DeliveryReportReq::default()
    };
    lost.fields(mm7::fit(&mut request, &service.schema));
    Some(Relayed::new(request, lost))
}

/// Puts a read report on MM1, for the phone that sent the message.
///
/// MMS 1.0 does not have the PDU, so the encoder refuses it for that version: such a phone gets the
/// report as a message.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, Originator, ReadStatus, Timestamp};
/// use mms_codec::mm1::{ReadRecInd, Version};
/// use mms_codec::relay::{self, ReportReceipt};
///
/// let mut read = ReadRecInd::default();
/// read.report.message_id = Some("mm-1".into());
/// read.report.recipient = Some(Originator::InsertAddress);
/// read.report.originator = Some(Address::phone("+12025550101"));
/// read.report.status = Some(ReadStatus::Read);
/// let arrived = Timestamp::from_seconds(1_709_631_047);
/// let receipt = ReportReceipt { arrived, recipient: Some(Address::phone("+447700900123")) };
///
/// let relayed = relay::read_report_to_mm1(read, &receipt, Version::V1_2);
/// assert!(relayed.lost.is_empty());
/// assert_eq!(relayed.pdu.report.recipient, Some(Address::phone("+447700900123").into()));
/// assert_eq!(relayed.pdu.report.date, Some(arrived));
/// ```
#[cfg(feature = "mm1")]
pub fn read_report_to_mm1(
    from: impl Into<TakenReadReport>,
    receipt: &ReportReceipt,
    version: mm1::Version,
) -> Relayed<mm1::ReadOrigInd> {
    let (mut report, mut lost) = adapt_read(from.into(), receipt, Interface::Mm1, None);
    lost.option("X-Mms-Status-Text", report.status_text.take());
    let mut ind = mm1::ReadOrigInd { version, report, ..mm1::ReadOrigInd::default() };
    lost.fields(mm1::fit(&mut ind));
    lost.changes(ind.fit_to(version));
    Relayed::new(ind, lost)
}

/// Puts a read report on MM4, for the operator of the sender.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, Originator, ReadStatus, Timestamp};
/// use mms_codec::mm1::ReadRecInd;
/// use mms_codec::mm4::Posting;
/// use mms_codec::relay::{self, Hop, ReportReceipt};
///
/// let mut read = ReadRecInd::default();
/// read.report.message_id = Some("mm-1".into());
/// read.report.recipient = Some(Originator::InsertAddress);
/// read.report.originator = Some(Address::phone("+12025550101"));
/// read.report.status = Some(ReadStatus::Deleted);
/// let arrived = Timestamp::from_seconds(1_709_631_047);
/// let receipt = ReportReceipt { arrived, recipient: Some(Address::phone("+447700900123")) };
/// let relayed = relay::read_report_to_mm4(read, &receipt, Hop::new(
///     Posting::new("system-user@mms.mnc015.mcc234.gprs", "3@mms.mnc015.mcc234.gprs", 1_709_631_047),
///     "t-3",
///     "mms.mnc015.mcc234.gprs",
///     "mms.mnc012.mcc345.gprs",
/// ));
/// let mail = String::from_utf8(mms_codec::mm4::encode(&relayed.pdu)?)?;
/// assert!(mail.contains("X-Mms-Read-Status: Deleted without being read\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "mm4")]
pub fn read_report_to_mm4(
    from: impl Into<TakenReadReport>,
    receipt: &ReportReceipt,
    hop: Hop,
) -> Relayed<mm4::ReadReplyReportReq> {
    let mut taken = from.into();
    let extra = take(&mut taken.mail_headers);
    let (mut report, mut lost) = adapt_read(taken, receipt, Interface::Mm4, Some(&hop));
    let envelope = envelope(&hop, report.originator.as_ref());
    report.message_id = report.message_id.map(mm4::quoted_id);
    let Hop { posting, transaction_id, profile, ack_request, .. } = hop;
    let mut request = mm4::ReadReplyReportReq::new(transaction_id, report, posting);
    request.version = Some(profile.version.clone());
    request.ack_request = Some(ack_request);
    request.extra = of_next_mail(extra, &mut lost);
    fit_to_peer(request, envelope, lost, &profile, |_, _| {})
}

/// The envelope of a mail that is for the originator.
#[cfg(feature = "mm4")]
fn envelope(hop: &Hop, originator: Option<&Address>) -> mm4::SmtpEnvelope {
    mm4::SmtpEnvelope {
        mail_from: mm4::path(&hop.posting.system),
        rcpt_to: originator.and_then(mm4::path).into_iter().collect(),
        ..mm4::SmtpEnvelope::default()
    }
}

/// Puts a read report on MM7, for the service provider that sent the message. Of the [`Service`],
/// a report has the relay and the schema.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, ReadStatus, Timestamp};
/// use mms_codec::mm4::ReadReplyReportReq;
/// use mms_codec::relay::{self, ReportReceipt, Service};
///
/// let mut read = ReadReplyReportReq::default();
/// read.report.message_id = Some("\"mm-1\"".into());
/// read.report.recipient = Some(Address::phone("+447700900123").into());
/// read.report.originator = Some(Address::short_code("7255"));
/// read.report.status = Some(ReadStatus::Read);
/// let receipt = ReportReceipt { arrived: Timestamp::from_seconds(1_709_631_047), recipient: None };
/// let relayed = relay::read_report_to_mm7(read, &receipt, Service::default());
/// assert!(relayed.lost.is_empty());
/// assert_eq!(relayed.pdu.report.message_id.as_deref(), Some("mm-1"));
/// ```
#[cfg(feature = "mm7")]
pub fn read_report_to_mm7(
    from: impl Into<TakenReadReport>,
    receipt: &ReportReceipt,
    service: Service,
) -> Relayed<mm7::ReadReplyReq> {
    let (report, mut lost) = adapt_read(from.into(), receipt, Interface::Mm7, None);
    let mut request =
        mm7::ReadReplyReq { mms_relay_server_id: service.mms_relay_server_id, report, ..mm7::ReadReplyReq::default() };
    lost.fields(mm7::fit(&mut request, &service.schema));
    Relayed::new(request, lost)
}

pub(super) fn adapt_delivery(
    taken: TakenDeliveryReport,
    receipt: &ReportReceipt,
    interface: Interface,
    hop: Option<&Hop>,
    to_status: impl FnOnce(&MmStatus) -> MmStatus,
) -> (DeliveryReport, Losses) {
    let TakenDeliveryReport { mut report, forward_to_originator_ua: _, mail_headers, lost } = taken;
    let mut lost = Losses::from(lost);
    lost.headers(&mail_headers);
    if let Some(status) = &mut report.status {
        let nearest = to_status(status);
        if nearest != *status {
            lost.changed("X-Mms-MM-Status-Code");
            *status = nearest;
        }
    }
    if report.recipient.is_none() {
        report.recipient.clone_from(&receipt.recipient);
    }
    let about = About {
        message_id: &mut report.message_id,
        recipient: report.recipient.as_mut(),
        originator: &mut report.originator,
        date: &mut report.date,
        status_text: &mut report.status_text,
    };
    about.adapt(receipt, interface, hop, &mut lost);
    (report, lost)
}

pub(super) fn adapt_read(
    taken: TakenReadReport,
    receipt: &ReportReceipt,
    interface: Interface,
    hop: Option<&Hop>,
) -> (ReadReport, Losses) {
    let TakenReadReport { mut report, mail_headers, lost } = taken;
    let mut lost = Losses::from(lost);
    lost.headers(&mail_headers);
    if matches!(interface, Interface::Mm1 | Interface::Mm4) {
        // The two have no word for what is not known.
        let unknown = report.status.take_if(|status| *status == ReadStatus::Indeterminate);
        lost.option("X-Mms-Read-Status", unknown);
    }
    if !matches!(report.recipient, Some(Originator::Address(_))) {
        report.recipient = receipt.recipient.clone().map(Originator::Address);
    }
    let about = About {
        message_id: &mut report.message_id,
        recipient: match &mut report.recipient {
            Some(Originator::Address(recipient)) => Some(recipient),
            _ => None,
        },
        originator: &mut report.originator,
        date: &mut report.date,
        status_text: &mut report.status_text,
    };
    about.adapt(receipt, interface, hop, &mut lost);
    (report, lost)
}

/// What both kinds of report say.
struct About<'a> {
    message_id: &'a mut Option<Str>,
    recipient: Option<&'a mut Address>,
    originator: &'a mut Option<Address>,
    date: &'a mut Option<Timestamp>,
    status_text: &'a mut Option<Text>,
}

impl About<'_> {
    fn adapt(self, receipt: &ReportReceipt, interface: Interface, hop: Option<&Hop>, lost: &mut Losses) {
        if interface != Interface::Mm4
            && let Some(id) = self.message_id
        {
            // MM4 quotes identifiers.
            *id = Str::from(&*bare_id(id));
        }
        if let Some(recipient) = self.recipient {
            adapt_address("Recipient", recipient, interface, hop.map(|hop| &*hop.own_domain), lost);
            hop.into_iter().for_each(|hop| hop.adapt(recipient));
        }
        if let Some(originator) = self.originator {
            adapt_address("Originator", originator, interface, hop.map(|hop| &*hop.peer_domain), lost);
            hop.into_iter().for_each(|hop| hop.adapt(originator));
        }
        let date = self.date.get_or_insert(receipt.arrived);
        if !whole_seconds(date, interface) {
            lost.changed("Date");
        }
        if let Some(text) = self.status_text {
            adapt_text("X-Mms-Status-Text", text, interface, lost);
        }
    }
}

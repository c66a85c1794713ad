//! What a relay keeps of a message that it passed on: enough to report about it.

use alloc::vec::Vec;

use super::{Outcome, Receipt, Taken, TakenDeliveryReport, TakenReadReport, delivery_report};
use crate::message::{Address, Message, MmStatus, Originator, ReadReport, ReadStatus, Str, Timestamp};

/// A message that a relay passed on, without its content: what the reports about it need.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, MmStatus, Originator, RequestStatus, Timestamp};
/// use mms_codec::mm1::SendReq;
/// use mms_codec::relay::{Receipt, Sent, Taken};
///
/// let mut send = SendReq::default();
/// send.message.from = Some(Originator::InsertAddress);
/// send.message.to.push(Address::phone("+447700900123"));
/// let receipt = Receipt { sender: Some(Address::phone("+12025550101")), ..Receipt::new(1_709_631_047, "mm-1") };
/// let recipient = send.message.to[0].clone();
/// let later = Timestamp::from_seconds(1_709_631_100);
///
/// // Nobody asked for a report.
/// let sent = Sent::new(&send.clone().into(), &receipt);
/// assert_eq!(sent.delivery_report(recipient.clone(), MmStatus::Retrieved, later), None);
///
/// send.message.delivery_report = Some(true);
/// let sent = Sent::new(&send.into(), &receipt);
/// let taken = sent.delivery_report(recipient, MmStatus::Retrieved, later).unwrap();
/// assert_eq!(taken.report.originator, receipt.sender);
/// assert_eq!(taken.report.message_id.as_deref(), Some("mm-1"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Sent {
    /// The message with its sender, and without its body.
    pub message: Message,
    /// The identifier that reports have.
    pub message_id: Str,
    /// Whether the originator's system wants a delivery report, whatever the user wants.
    pub originator_rs_delivery_report: Option<bool>,
}

impl Sent {
    /// What is kept of a message; the [`Receipt`] names the sender where the message does not.
    #[must_use]
    pub fn new(taken: &Taken, receipt: &Receipt) -> Self {
        let mut message = Message { body: None, ..taken.message.clone() };
        if !matches!(message.from, Some(Originator::Address(_))) {
            message.from = receipt.sender.clone().map(Originator::Address);
        }
        let originator_rs_delivery_report = taken.originator_rs_delivery_report;
        Self { message, message_id: receipt.message_id.clone(), originator_rs_delivery_report }
    }

    /// Whom the message names: all recipients, blind ones among them.
    pub fn recipients(&self) -> impl Iterator<Item = &Address> {
        self.message.to.iter().chain(&self.message.cc).chain(&self.message.bcc)
    }

    /// The report of what became of the message at a recipient, if the user or the system that sent it asked for
    /// one. Between the two [`forward_to_originator_ua`](TakenDeliveryReport::forward_to_originator_ua) tells.
    #[must_use]
    pub fn delivery_report(
        &self,
        recipient: Address,
        status: MmStatus,
        date: Timestamp,
    ) -> Option<TakenDeliveryReport> {
        let report = delivery_report(&self.message, self.message_id.clone(), recipient, status, date);
        self.due(report.into())
    }

    /// The reports, for the recipients concerned, of how it ended that the message was handed to another system for
    /// `recipients`: as [`delivery_report`](Self::delivery_report).
    #[must_use]
    pub fn outcome(&self, outcome: Outcome, recipients: &[Address], date: Timestamp) -> Vec<TakenDeliveryReport> {
        let reports = outcome.delivery_reports(&self.message, self.message_id.clone(), recipients, date);
        reports.into_iter().filter_map(|report| self.due(report.into())).collect()
    }

    /// The report that a recipient read the message, or deleted it unread, if the sender asked for one.
    #[must_use]
    pub fn read_report(&self, recipient: Address, status: ReadStatus, date: Timestamp) -> Option<TakenReadReport> {
        let message_id = Some(self.message_id.clone());
        let report = ReadReport { message_id, ..ReadReport::about(&self.message, recipient, status, date) };
        (self.message.read_report == Some(true)).then(|| report.into())
    }

    fn due(&self, report: TakenDeliveryReport) -> Option<TakenDeliveryReport> {
        let [user, system] =
            [self.message.delivery_report, self.originator_rs_delivery_report].map(|wish| wish == Some(true));
        (user || system).then(|| TakenDeliveryReport { forward_to_originator_ua: Some(user), ..report })
    }
}

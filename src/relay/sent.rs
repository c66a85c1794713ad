//! What a relay keeps of a message that it passed on: enough to report about it.

use alloc::vec::Vec;

use super::route::recipients;
use super::taken::is_for;
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
/// // No report was requested.
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
    /// Recipients of the message, if not all that it names: nothing is reported about others.
    #[cfg_attr(feature = "serde", serde(default))]
    pub is_for: Option<Vec<Address>>,
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
        let is_for = Some(taken.recipients.clone()).filter(|recipients| !recipients.is_empty());
        Self { message, is_for, message_id: receipt.message_id.clone(), originator_rs_delivery_report }
    }

    /// What is kept of a message for the answer of one phone or system, which got it for `recipients` among its
    /// recipients.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, RequestStatus};
    /// use mms_codec::mm1::SendReq;
    /// use mms_codec::relay::{Receipt, Sent};
    ///
    /// let mut send = SendReq::default();
    /// send.message.to = ["+447700900123", "+33612345678"].map(Address::phone).into();
    /// send.message.delivery_report = Some(true);
    /// let sent = Sent::new(&send.into(), &Receipt::new(1_709_631_047, "mm-1"));
    /// let sent = sent.part_for([Address::phone("+33612345678")]);
    /// let reports = sent.outcome(RequestStatus::ErrorServiceDenied.into(), 1_709_631_100);
    /// assert_eq!(reports.len(), 1);
    /// assert_eq!(reports[0].report.recipient, Some(Address::phone("+33612345678")));
    /// ```
    #[must_use]
    pub fn part_for(&self, recipients: impl IntoIterator<Item = Address>) -> Self {
        let is_for = self.is_for();
        let recipients = recipients.into_iter().filter(|recipient| is_for(recipient)).collect();
        Self { is_for: Some(recipients), ..self.clone() }
    }

    /// Whom the message was for, blind recipients among them: those whom [`route`](super::route) sends it to.
    pub fn recipients(&self) -> impl Iterator<Item = &Address> {
        recipients(&self.message, self.is_for())
    }

    /// Whether the message was for a recipient that it names.
    fn is_for(&self) -> impl Fn(&Address) -> bool + use<> {
        is_for(self.is_for.as_deref())
    }

    /// The report of what became of the message at a recipient, if the user or the system that sent it asked for
    /// one, and the message was for the recipient. Which of the two it was is said by
    /// [`forward_to_originator_ua`](TakenDeliveryReport::forward_to_originator_ua).
    #[must_use]
    pub fn delivery_report(
        &self,
        recipient: Address,
        status: MmStatus,
        date: impl Into<Timestamp>,
    ) -> Option<TakenDeliveryReport> {
        let is_due = self.is_for()(&recipient);
        let report = delivery_report(&self.message, self.message_id.clone(), recipient, status, date.into());
        self.wanted(report.into()).filter(|_| is_due)
    }

    /// As [`delivery_report`](Self::delivery_report), of the same at all recipients.
    #[must_use]
    pub fn delivery_reports(&self, status: MmStatus, date: impl Into<Timestamp>) -> Vec<TakenDeliveryReport> {
        let date = date.into();
        let report = |recipient: &Address| self.delivery_report(recipient.clone(), status.clone(), date);
        self.recipients().filter_map(report).collect()
    }

    /// The reports, for the recipients concerned, of how it ended that the message was handed to another system: as
    /// [`delivery_report`](Self::delivery_report). What one of several systems got is a [part](Self::part_for).
    #[must_use]
    pub fn outcome(&self, outcome: Outcome, date: impl Into<Timestamp>) -> Vec<TakenDeliveryReport> {
        let recipients: Vec<_> = self.recipients().cloned().collect();
        let reports = outcome.delivery_reports(&self.message, self.message_id.clone(), &recipients, date.into());
        reports.into_iter().filter_map(|report| self.wanted(report.into())).collect()
    }

    /// The report that a recipient read the message, or deleted it unread, if the sender asked for one, and the
    /// message was for the recipient.
    #[must_use]
    pub fn read_report(
        &self,
        recipient: Address,
        status: ReadStatus,
        date: impl Into<Timestamp>,
    ) -> Option<TakenReadReport> {
        let is_due = self.message.read_report == Some(true) && self.is_for()(&recipient);
        let message_id = Some(self.message_id.clone());
        let report = ReadReport { message_id, ..ReadReport::about(&self.message, recipient, status, date.into()) };
        is_due.then(|| report.into())
    }

    fn wanted(&self, report: TakenDeliveryReport) -> Option<TakenDeliveryReport> {
        let [user, system] =
            [self.message.delivery_report, self.originator_rs_delivery_report].map(|wish| wish == Some(true));
        (user || system).then(|| TakenDeliveryReport { forward_to_originator_ua: Some(user), ..report })
    }
}

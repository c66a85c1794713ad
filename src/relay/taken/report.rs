//! Taking a report off its interface.

use alloc::vec::Vec;

use crate::message::{DeliveryReport, Header, ReadReport};
use crate::relay::Lost;

/// A delivery report that was taken off its interface. `From` makes one of each PDU that carries
/// one, and of a report that the relay makes itself.
///
/// # Examples
///
/// ```
/// use mms_codec::mm4::DeliveryReportReq;
/// use mms_codec::relay::TakenDeliveryReport;
///
/// let mut request = DeliveryReportReq::default();
/// request.forward_to_originator_ua = Some(true);
/// request.ack_request = Some(true);
/// let taken = TakenDeliveryReport::from(request);
/// assert_eq!(taken.forward_to_originator_ua, Some(true));
/// assert_eq!(taken.lost[0].to_string(), "X-Mms-Ack-Request is not carried");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TakenDeliveryReport {
    /// What all interfaces carry of a delivery report.
    pub report: DeliveryReport,
    /// Whether the originator may see it (`X-Mms-Forward-To-Originator-UA`): no means that only the
    /// own system asked for it. MM4 carries it on, and the other interfaces obey it.
    pub forward_to_originator_ua: Option<bool>,
    /// Header fields of a mail of MM4 that no field has a place for, which go on to MM4 only.
    pub mail_headers: Vec<Header>,
    /// What the PDU says that no other interface can.
    pub lost: Vec<Lost>,
}

/// A read report that was taken off its interface.
///
/// # Examples
///
/// ```
/// use mms_codec::message::ReadStatus;
/// use mms_codec::mm1::ReadRecInd;
/// use mms_codec::relay::TakenReadReport;
///
/// let mut read = ReadRecInd::default();
/// read.report.status = Some(ReadStatus::Read);
/// assert_eq!(TakenReadReport::from(read).report.status, Some(ReadStatus::Read));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TakenReadReport {
    /// What all interfaces carry of a read report.
    pub report: ReadReport,
    /// Header fields of a mail of MM4 that no field has a place for, which go on to MM4 only.
    pub mail_headers: Vec<Header>,
    /// What the PDU says that no other interface can.
    pub lost: Vec<Lost>,
}

impl From<DeliveryReport> for TakenDeliveryReport {
    fn from(report: DeliveryReport) -> Self {
        Self { report, ..Self::default() }
    }
}

impl From<ReadReport> for TakenReadReport {
    fn from(report: ReadReport) -> Self {
        Self { report, ..Self::default() }
    }
}

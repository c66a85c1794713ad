//! Taking a report off its interface.

use alloc::vec::Vec;

use crate::message::{DeliveryReport, Header, ReadReport};
use crate::relay::Lost;
use crate::relay::lost::Losses;
use crate::{mm1, mm4, mm7};

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
    /// own system asked for it. It goes on to MM4, and the other interfaces obey it.
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

impl From<mm1::DeliveryInd> for TakenDeliveryReport {
    fn from(ind: mm1::DeliveryInd) -> Self {
        let mm1::DeliveryInd { version: _, report, extra } = ind;
        let mut lost = Losses::default();
        lost.mm1_extra(&extra);
        Self { report, lost: lost.into_vec(), ..Self::default() }
    }
}

impl From<mm4::DeliveryReportReq> for TakenDeliveryReport {
    fn from(request: mm4::DeliveryReportReq) -> Self {
        let mm4::DeliveryReportReq {
            sender,
            mail_id,
            version: _,
            transaction_id: _,
            report,
            ack_request,
            originator_system,
            forward_to_originator_ua,
            extra,
            body,
        } = request;
        let mut lost = Losses::default();
        lost.mail(sender, mail_id, ack_request, originator_system);
        lost.option("Content-Type", body);
        Self { report, forward_to_originator_ua, mail_headers: extra, lost: lost.into_vec() }
    }
}

impl From<mm7::DeliveryReportReq> for TakenDeliveryReport {
    fn from(request: mm7::DeliveryReportReq) -> Self {
        let mm7::DeliveryReportReq { mm7_version: _, mms_relay_server_id, ua_capabilities, report, extra } = request;
        let mut lost = Losses::default();
        lost.option("MMSRelayServerID", mms_relay_server_id);
        lost.ua_capabilities(ua_capabilities);
        lost.mm7_extra(&extra);
        Self { report, lost: lost.into_vec(), ..Self::default() }
    }
}

impl From<mm1::ReadRecInd> for TakenReadReport {
    fn from(ind: mm1::ReadRecInd) -> Self {
        let mm1::ReadRecInd { version: _, report, extra } = ind;
        let mut lost = Losses::default();
        lost.mm1_extra(&extra);
        Self { report, lost: lost.into_vec(), ..Self::default() }
    }
}

impl From<mm1::ReadOrigInd> for TakenReadReport {
    fn from(ind: mm1::ReadOrigInd) -> Self {
        let mm1::ReadOrigInd { version: _, report, extra } = ind;
        let mut lost = Losses::default();
        lost.mm1_extra(&extra);
        Self { report, lost: lost.into_vec(), ..Self::default() }
    }
}

impl From<mm4::ReadReplyReportReq> for TakenReadReport {
    fn from(request: mm4::ReadReplyReportReq) -> Self {
        let mm4::ReadReplyReportReq {
            sender,
            mail_id,
            version: _,
            transaction_id: _,
            report,
            ack_request,
            originator_system,
            extra,
            body,
        } = request;
        let mut lost = Losses::default();
        lost.mail(sender, mail_id, ack_request, originator_system);
        lost.option("Content-Type", body);
        Self { report, mail_headers: extra, lost: lost.into_vec() }
    }
}

impl From<mm7::ReadReplyReq> for TakenReadReport {
    fn from(request: mm7::ReadReplyReq) -> Self {
        let mm7::ReadReplyReq { mm7_version: _, mms_relay_server_id, report, extra } = request;
        let mut lost = Losses::default();
        lost.option("MMSRelayServerID", mms_relay_server_id);
        lost.mm7_extra(&extra);
        Self { report, lost: lost.into_vec(), ..Self::default() }
    }
}

//! Taking messages and reports off MM4 and Internet mail.

use core::mem::take;

use super::{Taken, TakenDeliveryReport, TakenReadReport};
use crate::mail::Mail;
use crate::mm4::value::Mm4;
use crate::mm4::{DeliveryReportReq, ForwardReq, ReadReplyReportReq};
use crate::relay::lost::Losses;
use crate::table::Table;

/// `Sender`, the mail's `Message-ID` and `X-Mms-Originator-System` are the peer's; they are among
/// the lost, since an answer needs them.
impl From<ForwardReq> for Taken {
    fn from(mut request: ForwardReq) -> Self {
        (request.version, request.transaction_id) = (None, None);
        Self {
            counts_from: request.message.date,
            message: take(&mut request.message),
            message_id: request.message_id.take(),
            forward_counter: request.forward_counter.take(),
            originator_rs_delivery_report: request.originator_rs_delivery_report.take(),
            mail_headers: take(&mut request.extra),
            lost: left(&request).into_vec(),
        }
    }
}

impl From<Mail> for Taken {
    fn from(mut mail: Mail) -> Self {
        Self {
            counts_from: mail.message.date,
            message: take(&mut mail.message),
            message_id: mail.message_id.take(),
            mail_headers: take(&mut mail.extra),
            lost: left(&mail).into_vec(),
            ..Self::default()
        }
    }
}

impl From<DeliveryReportReq> for TakenDeliveryReport {
    fn from(mut request: DeliveryReportReq) -> Self {
        (request.version, request.transaction_id) = (None, None);
        Self {
            report: take(&mut request.report),
            forward_to_originator_ua: request.forward_to_originator_ua.take(),
            mail_headers: take(&mut request.extra),
            lost: left(&request).into_vec(),
        }
    }
}

impl From<ReadReplyReportReq> for TakenReadReport {
    fn from(mut request: ReadReplyReportReq) -> Self {
        (request.version, request.transaction_id) = (None, None);
        Self {
            report: take(&mut request.report),
            mail_headers: take(&mut request.extra),
            lost: left(&request).into_vec(),
        }
    }
}

/// What is left in a request when everything that others can say is taken out.
fn left(pdu: &dyn Table<Mm4>) -> Losses {
    let mut lost = Losses::default();
    lost.fields_of(pdu, |_| false);
    lost.option("Content-Type", pdu.body());
    lost
}

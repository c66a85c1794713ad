//! Taking messages and reports off MM4 and Internet mail.

use alloc::vec::Vec;
use core::mem::take;

use super::{Taken, TakenDeliveryReport, TakenReadReport};
use crate::mail::Mail;
use crate::mm4::value::Mm4;
use crate::mm4::{DeliveryReportReq, ForwardReq, ReadReplyReportReq, SmtpEnvelope};
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
            recipients: Vec::new(),
            forward_counter: request.forward_counter.take(),
            originator_rs_delivery_report: request.originator_rs_delivery_report.take(),
            mail_headers: take(&mut request.extra),
            lost: left(&request).into_vec(),
        }
    }
}

/// Takes a message of another operator off MM4, with the envelope that its mail came in.
///
/// `To` and `Cc` name all recipients, whatever their networks: the message is for those in the envelope
/// ([`Taken::recipients`]). Those whom the envelope alone names are blind ones. Numbers at `own_domain`
/// are phones, also without their type.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Address;
/// use mms_codec::mm4::{self, ForwardReq, SmtpEnvelope};
/// use mms_codec::relay;
///
/// let mut request = ForwardReq::default();
/// for (number, domain) in [("+447700900123", "mms.example.org"), ("+12025550101", "mms.example.net")] {
///     request.message.to.push(mm4::address_at(&Address::phone(number), domain));
/// }
/// let mut envelope = SmtpEnvelope::default();
/// envelope.read_command("RCPT TO:<+12025550101/TYPE=PLMN@mms.example.net>");
/// envelope.read_command("RCPT TO:<+12025550102/TYPE=PLMN@mms.example.net>");
/// let taken = relay::from_mm4(request, &envelope, "mms.example.net");
/// assert_eq!((taken.message.to.len(), taken.message.bcc[0].value()), (2, "+12025550102"));
///
/// // The number of the other network is not served here.
/// let receipt = relay::Receipt::new(1_709_631_047, "mm-1");
/// let here = relay::route(taken, &receipt, |_| None).others;
/// assert_eq!(here.iter().map(Address::value).collect::<Vec<_>>(), ["+12025550101", "+12025550102"]);
/// ```
pub fn from_mm4(request: ForwardReq, envelope: &SmtpEnvelope, own_domain: &str) -> Taken {
    let mut taken = Taken::from(request);
    taken.came_for(envelope.recipients(), own_domain);
    taken
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

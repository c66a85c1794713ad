//! Records made of PDUs of MM4.

use super::{
    Collector, Made, MmO4DRecord, MmO4FRqRecord, MmO4FRsRecord, MmO4RRecord, MmR4DRqRecord, MmR4DRsRecord, MmR4FRecord,
    MmR4RRqRecord, MmR4RRsRecord, Own, Side, bare, made, make, system_of,
};
use crate::message::{Address, Str};
use crate::mm4;

impl Collector<'_> {
    fn version(&mut self, version: Option<&Str>) {
        self.facts.mms_3gpp_version = bare(version);
    }

    fn report_request(&mut self, version: Option<&Str>, ack_request: Option<bool>) {
        self.version(version);
        self.facts.acknowledgement_request = Some(ack_request.unwrap_or(false));
    }

    fn originator_system(&mut self, sender: Option<&Address>) {
        if self.facts.originator_mms_rs_address.is_none() {
            self.facts.originator_mms_rs_address = system_of(sender);
        }
    }

    fn recipient_system(&mut self, sender: Option<&Address>) {
        if self.facts.recipient_mms_rs_address.is_none() {
            self.facts.recipient_mms_rs_address = system_of(sender);
        }
    }

    fn forward(&mut self, req: &mm4::ForwardReq) {
        self.message(&req.message);
        self.flags(req.ack_request);
        self.message_id(req.message_id.as_ref());
        self.version(req.version.as_ref());
        self.facts.forward_counter = req.forward_counter.map(u64::from);
    }

    fn answer(
        &mut self,
        message_id: Option<&Str>,
        version: Option<&Str>,
        status: Option<&crate::message::RequestStatus>,
        text: Option<&crate::message::Text>,
    ) {
        self.message_id(message_id);
        self.version(version);
        self.request_status(status.cloned(), text);
    }
}

made! {
    MmO4FRqRecord, Originator, (req: mm4::ForwardReq), |collector| {
        collector.forward(req);
    }
    MmO4FRsRecord, Originator, (res: mm4::ForwardRes), |collector| {
        collector.answer(res.message_id.as_ref(), res.version.as_ref(), res.status.as_ref(), res.status_text.as_ref());
        collector.recipient_system(res.sender.as_ref());
    }
    MmO4DRecord, Originator, (req: mm4::DeliveryReportReq), |collector| {
        collector.delivery_report(&req.report);
        collector.report_request(req.version.as_ref(), req.ack_request);
        collector.recipient_system(req.sender.as_ref());
    }
    MmO4RRecord, Originator, (req: mm4::ReadReplyReportReq), |collector| {
        collector.read_report(&req.report);
        collector.facts.recipient_addresses = collector.facts.recipient_address.take().into_iter().collect();
        collector.report_request(req.version.as_ref(), req.ack_request);
        collector.recipient_system(req.sender.as_ref());
    }
    MmR4FRecord, Recipient, (req: mm4::ForwardReq, res: mm4::ForwardRes), |collector| {
        collector.forward(req);
        collector.request_status(res.status.clone(), res.status_text.as_ref());
        collector.originator_system(req.originator_system.as_ref().or(req.sender.as_ref()));
    }
    MmR4DRqRecord, Recipient, (req: mm4::DeliveryReportReq), |collector| {
        collector.delivery_report(&req.report);
        collector.report_request(req.version.as_ref(), req.ack_request);
    }
    MmR4DRsRecord, Recipient, (res: mm4::DeliveryReportRes), |collector| {
        collector.answer(res.message_id.as_ref(), res.version.as_ref(), res.status.as_ref(), res.status_text.as_ref());
        collector.originator_system(res.sender.as_ref());
    }
    MmR4RRqRecord, Recipient, (req: mm4::ReadReplyReportReq), |collector| {
        collector.read_report(&req.report);
        collector.read_status_as_mm_status();
        collector.report_request(req.version.as_ref(), req.ack_request);
    }
    MmR4RRsRecord, Recipient, (res: mm4::ReadReplyReportRes), |collector| {
        collector.answer(res.message_id.as_ref(), res.version.as_ref(), res.status.as_ref(), res.status_text.as_ref());
        collector.originator_system(res.sender.as_ref());
    }
}

//! Records made of PDUs of MM7.

use super::{
    Collector, Made, Mm7CRecord, Mm7DRRqRecord, Mm7DRRsRecord, Mm7DRqRecord, Mm7DRsRecord, Mm7RRecord, Mm7RRqRecord,
    Mm7RRsRecord, Mm7SRecord, Own, Side, bare, made, make, octets,
};
use crate::cdr::value::ChargedParty;
use crate::message::Str;
use crate::mm7::{self, ServiceCode, Status};

impl Collector<'_> {
    fn service(&mut self, vasp_id: Option<&Str>, vas_id: Option<&Str>, code: Option<&ServiceCode>) {
        self.facts.vasp_id = bare(vasp_id);
        self.facts.vas_id = bare(vas_id);
        self.service_code(code);
    }

    fn service_code(&mut self, code: Option<&ServiceCode>) {
        self.facts.service_code = code.and_then(|code| octets(&code.code));
    }

    fn status(&mut self, status: &Status) {
        self.request_status(status.code.map(mm7::StatusCode::request_status), status.text.as_ref());
        if status.details.is_some() {
            self.left_out.push("Details");
        }
    }
}

made! {
    Mm7SRecord, Originator, (req: mm7::SubmitReq, rsp: mm7::SubmitRsp), |collector| {
        collector.message(&req.message);
        collector.service(req.vasp_id.as_ref(), req.vas_id.as_ref(), req.service_code.as_ref());
        collector.message_id(rsp.message_id.as_ref());
        collector.facts.linked_id = bare(req.linked_id.as_ref());
        collector.status(&rsp.status);
        let party = match req.charged_party {
            Some(mm7::ChargedParty::Sender) => Some(ChargedParty::Sender),
            Some(mm7::ChargedParty::Recipient) => Some(ChargedParty::Recipient),
            Some(mm7::ChargedParty::Both) => Some(ChargedParty::Both),
            Some(mm7::ChargedParty::Neither) => Some(ChargedParty::Neither),
            Some(mm7::ChargedParty::ThirdParty) => {
                collector.left_out.push("ChargedParty");
                None
            }
            None => Some(ChargedParty::NotSpecifiedByVasp),
        };
        collector.facts.charge_information.get_or_insert_default().charged_party = party;
        if req.charged_party_id.is_some() {
            collector.left_out.push("ChargedPartyID");
        }
        if !req.delivery_conditions.is_empty() {
            collector.left_out.push("DeliveryCondition");
        }
    }
    Mm7DRqRecord, Recipient, (req: mm7::DeliverReq), |collector| {
        collector.message(&req.message);
        collector.sender_of_one();
        collector.facts.originator_address = collector.facts.sender_address.take();
        collector.facts.linked_id = bare(req.linked_id.as_ref());
    }
    Mm7DRsRecord, Recipient, (rsp: mm7::DeliverRsp), |collector| {
        collector.service_code(rsp.service_code.as_ref());
        collector.status(&rsp.status);
    }
    Mm7CRecord, Originator, (req: mm7::CancelReq, rsp: mm7::Response), |collector| {
        collector.service(req.vasp_id.as_ref(), req.vas_id.as_ref(), None);
        collector.report_addresses(req.sender_address.as_ref(), None);
        collector.message_id(req.message_id.as_ref());
        collector.facts.recipient_addresses = collector.recipients(&req.to, &req.cc, &req.bcc);
        collector.application([&req.applic_id, &req.reply_applic_id, &req.aux_applic_info]);
        collector.status(&rsp.status);
    }
    Mm7RRecord, Originator, (req: mm7::ReplaceReq, rsp: mm7::Response), |collector| {
        collector.message(&req.message);
        collector.service(req.vasp_id.as_ref(), req.vas_id.as_ref(), req.service_code.as_ref());
        collector.message_id(req.message_id.as_ref());
        collector.status(&rsp.status);
    }
    Mm7DRRqRecord, Recipient, (req: mm7::DeliveryReportReq), |collector| {
        collector.delivery_report(&req.report);
        collector.status_text_as_mm_status_text();
    }
    Mm7DRRsRecord, Recipient, (rsp: mm7::Response), |collector| {
        collector.status(&rsp.status);
    }
    Mm7RRqRecord, Recipient, (req: mm7::ReadReplyReq), |collector| {
        collector.read_report(&req.report);
        collector.status_text_as_mm_status_text();
    }
    Mm7RRsRecord, Recipient, (rsp: mm7::Response), |collector| {
        collector.status(&rsp.status);
    }
}

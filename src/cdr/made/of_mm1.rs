//! Records made of PDUs of MM1.

use super::{
    Bytes, Collector, Made, MmBx1DRecord, MmBx1SRecord, MmBx1URecord, MmBx1VRecord, MmFRecord, MmO1DRecord,
    MmO1RRecord, MmO1SRecord, MmR1ARecord, MmR1NRqRecord, MmR1NRsRecord, MmR1RRRecord, MmR1RtRecord, Own, Quotas, Side,
    Totals, made, make, octets, words,
};
use crate::cdr::value::StoreStatus;
use crate::message::{Str, Text};
use crate::mm1::{self, AsPdu, MboxSize, MmFlag, MmState};

impl Collector<'_> {
    fn size_of(&mut self, pdu: &impl AsPdu) {
        if self.facts.message_size.is_none() {
            let length = mm1::encoded_len(pdu).ok();
            self.facts.message_size = length.and_then(|length| u64::try_from(length).ok());
        }
    }

    /// State and keywords, as MM1 writes them: the module gives them no coding.
    fn mailbox(&mut self, state: Option<MmState>, flags: &[MmFlag]) {
        use alloc::string::ToString;
        self.facts.mm_state = state.and_then(|state| octets(&state.to_string()));
        if let [flag] = flags {
            self.facts.mm_flags = words(Some(&flag.keyword));
        } else if !flags.is_empty() {
            self.left_out.push("mmFlags");
        }
    }

    fn stored(&mut self, status: Option<mm1::StoreStatus>, text: Option<&Text>) {
        self.facts.store_status = status.and_then(|status| {
            let place = STORE_STATUSES.iter().position(|known| *known == Some(status.octet()));
            place.and_then(|place| u64::try_from(place).ok()).map(StoreStatus)
        });
        if status.is_some() && self.facts.store_status.is_none() {
            self.left_out.push("storeStatus");
        }
        self.facts.store_status_text = words(text);
    }

    /// The only reference of a request; there is one member.
    fn references(&mut self, references: &[Str]) {
        if let [reference] = references {
            self.reference(Some(reference));
        } else if !references.is_empty() {
            self.left_out.push("messageReference");
        }
    }

    fn leave_out<T>(&mut self, name: &'static str, value: Option<T>) {
        if value.is_some() {
            self.left_out.push(name);
        }
    }
}

/// The store statuses of MM1 by their numbers in records; a full mailbox is transient there and
/// permanent here.
const STORE_STATUSES: [Option<u8>; 8] =
    [Some(0x80), Some(0xc0), None, Some(0xc1), Some(0xe0), Some(0xe1), Some(0xe2), Some(0xe3)];

fn messages_and_octets(sizes: &[MboxSize]) -> (Option<u64>, Option<u64>) {
    let find = |of: fn(&MboxSize) -> Option<u64>| sizes.iter().find_map(of);
    let messages = find(|size| match size {
        MboxSize::Messages(count) => Some(*count),
        MboxSize::Octets(_) => None,
    });
    let octets = find(|size| match size {
        MboxSize::Octets(count) => Some(*count),
        MboxSize::Messages(_) => None,
    });
    (messages, octets)
}

made! {
    MmO1SRecord, Originator, (req: mm1::SendReq, conf: mm1::SendConf), |collector| {
        collector.message(&req.message);
        collector.size_of(req);
        collector.message_id(conf.message_id.as_ref());
        let status = conf.response_status.map(mm1::ResponseStatus::request_status);
        collector.request_status(status, conf.response_text.as_ref());
        collector.leave_out("X-Mms-Store", req.store.filter(|store| *store));
        collector.leave_out("X-Mms-Store-Status", conf.store_status);
    }
    MmO1DRecord, Originator, (ind: mm1::DeliveryInd), |collector| {
        collector.delivery_report(&ind.report);
    }
    MmO1RRecord, Originator, (ind: mm1::ReadOrigInd), |collector| {
        collector.read_report(&ind.report);
    }
    MmR1NRqRecord, Recipient, (ind: mm1::NotificationInd), |collector| {
        collector.message(&ind.message);
        collector.sender_of_one();
        collector.facts.message_size = ind.message_size.or(collector.facts.message_size);
        collector.reference(ind.content_location.as_ref());
    }
    MmR1NRsRecord, Recipient, (resp: mm1::NotifyRespInd), |collector| {
        collector.facts.report_allowed = resp.report_allowed;
        collector.mm_status(resp.status.as_ref());
    }
    MmR1RtRecord, Recipient, (conf: mm1::RetrieveConf), |collector| {
        collector.message(&conf.message);
        collector.sender_of_one();
        collector.size_of(conf);
        collector.message_id(conf.message_id.as_ref());
        collector.facts.status_text = words(conf.retrieve_text.as_ref());
        collector.leave_out("X-Mms-Retrieve-Status", conf.retrieve_status);
    }
    MmR1ARecord, Recipient, (ind: mm1::AcknowledgeInd), |collector| {
        collector.facts.report_allowed = ind.report_allowed;
    }
    MmR1RRRecord, Recipient, (ind: mm1::ReadRecInd), |collector| {
        collector.read_report(&ind.report);
        collector.read_status_as_mm_status();
    }
    MmFRecord, Forwarding, (req: mm1::ForwardReq, conf: mm1::ForwardConf), |collector| {
        collector.message(&req.message);
        if let Some(from) = collector.facts.originator_address.take() {
            collector.facts.forwarding_address = Some(from);
        }
        collector.message_id(conf.message_id.as_ref());
        collector.reference(req.content_location.as_ref());
        collector.facts.status_text = words(conf.response_text.as_ref());
        collector.leave_out("X-Mms-Response-Status", conf.response_status);
        collector.leave_out("X-Mms-Report-Allowed", req.report_allowed);
        collector.leave_out("X-Mms-Store-Status", conf.store_status);
    }
    MmBx1SRecord, Mailbox, (req: mm1::MboxStoreReq, conf: mm1::MboxStoreConf), |collector| {
        collector.mailbox(req.mm_state, &req.mm_flags);
        collector.stored(conf.store_status, conf.store_status_text.as_ref());
        collector.reference(conf.content_location.as_ref().or(req.content_location.as_ref()));
    }
    MmBx1VRecord, Mailbox, (req: mm1::MboxViewReq, conf: mm1::MboxViewConf), |collector| {
        collector.facts.start = req.start.map(u64::from);
        collector.facts.limit = req.limit.map(u64::from);
        collector.facts.totals_requested = req.totals;
        collector.facts.quotas_requested = req.quotas;
        let status = conf.response_status.map(mm1::ResponseStatus::request_status);
        collector.request_status(status, conf.response_text.as_ref());
        // Lists of attributes have to be complete, and the messages were selected by name.
        collector.leave_out("attributesList", req.attributes.first());
        collector.leave_out("messageSelection", req.content_locations.first());
        collector.leave_out("X-Mms-MM-State", req.mm_states.first());
        collector.leave_out("X-Mms-MM-Flags", req.mm_flags.first());
        collector.leave_out("mmListing", conf.body.as_ref());
        let (number_of_messages, number_of_octets) = messages_and_octets(&conf.mbox_totals);
        let totals = Totals { number_of_messages, number_of_octets, ..Totals::default() };
        collector.facts.totals = Some(totals).filter(|_| !conf.mbox_totals.is_empty());
        let (number_of_messages, number_of_octets) = messages_and_octets(&conf.mbox_quotas);
        let quotas = Quotas { number_of_messages, number_of_octets, ..Quotas::default() };
        collector.facts.quotas = Some(quotas).filter(|_| !conf.mbox_quotas.is_empty());
    }
    MmBx1URecord, Mailbox, (req: mm1::MboxUploadReq, conf: mm1::MboxUploadConf), |collector| {
        collector.mailbox(req.mm_state, &req.mm_flags);
        collector.reference(conf.content_location.as_ref());
        collector.facts.content_type = req.body.as_ref().map(|_| Bytes::from_static(b"application/vnd.wap.mms-message"));
        let size = req.body.as_ref().and_then(|body| body.octets()).and_then(|octets| u64::try_from(octets.len()).ok());
        collector.facts.message_size = collector.facts.message_size.or(size);
        collector.leave_out("X-Mms-Store-Status", conf.store_status);
        collector.facts.status_text = words(conf.store_status_text.as_ref());
    }
    MmBx1DRecord, Mailbox, (req: mm1::MboxDeleteReq, conf: mm1::MboxDeleteConf), |collector| {
        collector.references(&req.content_locations);
        if let [status] = conf.response_statuses.as_slice() {
            let text = conf.response_texts.first().map(|text| &text.value);
            collector.request_status(Some(status.value.request_status()), text);
        } else if !conf.response_statuses.is_empty() {
            collector.left_out.push("requestStatusCode");
        }
    }
}

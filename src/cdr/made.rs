//! Records made of decoded PDUs.

use alloc::vec::Vec;

use bytes::Bytes;

use super::record::*;
use super::table::{OfFacts, Value};
use super::value::{ChargeType, ManagementExtension, MmStatusCode, MsTimeZone, PlmnId, RecipientType};
use crate::message::{
    Address, AddressKind, DeliveryReport, Element, ElementSet, Message, MmStatus, Originator, Part, ReadReport,
    ReplyCharging, RequestStatus, SenderVisibility, Str, Text, Time, Timestamp,
};

/// Facts about a transaction that only the relay knows: no PDU contains them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Own {
    /// The relay itself. Records of a mailbox name it by its IP address.
    pub system: RsAddress,
    /// The relay on the other side. Where it is absent, the domain of a peer that sent mail is taken.
    pub peer: Option<RsAddress>,
    /// When the record is made.
    pub recorded: Option<Timestamp>,
    /// Number of the record.
    pub sequence_number: Option<u32>,
    /// Identifier of the message, where the PDUs do not name it.
    pub message_id: Option<Str>,
    /// Where the message lies, where the PDUs do not say it.
    pub message_reference: Option<Str>,
    /// Who sent the message, where the PDUs do not say it; the owner of a mailbox.
    pub originator: Option<Address>,
    /// The recipient, where the PDUs do not say it.
    pub recipient: Option<Address>,
    /// Size of the message in octets. If absent, the size of the encoded PDU on MM1.
    pub message_size: Option<u64>,
    /// Duration of the transmission.
    pub duration_of_transmission: Option<u64>,
    /// The bearer that the phone used.
    pub access_correlation: Option<AccessCorrelation>,
    /// The network that the phone was in.
    pub sgsn_plmn_identifier: Option<PlmnId>,
    /// Radio access, in the numbers of TS 29.061.
    pub rat_type: Option<u8>,
    /// Zone of the phone's clock.
    pub ms_time_zone: Option<MsTimeZone>,
    /// How the charged party pays.
    pub charge_type: Option<ChargeType>,
    /// What a service control function said.
    pub mscf_information: Option<MscfInformation>,
    /// Extensions of the operator's own.
    pub record_extensions: Vec<ManagementExtension>,
}

impl Own {
    /// A relay that makes a record at `recorded`.
    pub fn new(system: impl Into<RsAddress>, recorded: Timestamp) -> Self {
        Self { system: system.into(), recorded: Some(recorded), ..Self::default() }
    }
}

/// A record, and what it could not say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Made<R> {
    /// The record.
    pub record: R,
    /// What the PDUs or the relay said and the record does not: members that it does not have or that
    /// cannot hold the value, and information elements that no record has, by their names.
    pub left_out: Vec<&'static str>,
}

/// Which part the relay plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Originator,
    Recipient,
    Forwarding,
    Mailbox,
}

/// The subject: facts for members, and the names of what has no member.
struct Story<'a> {
    own: &'a Own,
    facts: Facts,
    left_out: Vec<&'static str>,
}

fn make<R: OfFacts<Facts>>(own: &Own, side: Side, tell: impl FnOnce(&mut Story<'_>)) -> Made<R> {
    let mut story = Story { own, facts: Facts::default(), left_out: Vec::new() };
    story.own(side);
    tell(&mut story);
    let Story { mut facts, mut left_out, .. } = story;
    facts.fit(&mut left_out);
    let record = R::of_facts(&mut facts);
    facts.left(&mut left_out);
    left_out.sort_unstable();
    left_out.dedup();
    Made { record, left_out }
}

fn octets(text: &str) -> Option<Bytes> {
    Some(Bytes::copy_from_slice(text.as_bytes()))
}

/// Records have no charset: texts are written in UTF-8.
fn words(text: Option<&Text>) -> Option<Bytes> {
    let text = text?;
    match (text.as_str(), text.undecoded()) {
        (Some(text), _) => octets(text),
        (None, undecoded) => undecoded.cloned(),
    }
}

/// The quotation marks of identifiers on MM4 are not part of them, nor are angle brackets.
fn bare(id: Option<&Str>) -> Option<Bytes> {
    let id = id?.as_str();
    let within = |open: char, close: char| id.strip_prefix(open).and_then(|id| id.strip_suffix(close));
    octets(within('"', '"').or_else(|| within('<', '>')).unwrap_or(id))
}

/// Whole seconds: a record has no others.
const fn seconds(time: Timestamp) -> Timestamp {
    Timestamp { nanoseconds: 0, ..time }
}

fn agent(address: &Address) -> Option<AgentAddress> {
    let address: Address = match &address.kind {
        AddressKind::Email(_) => Address::email(address.value()),
        kind @ (AddressKind::Phone(_) | AddressKind::ShortCode(_) | AddressKind::Alphanumeric(_)) => {
            kind.clone().into()
        }
        _ => return None,
    };
    let agent = AgentAddress { address: Some(address.into()), ..AgentAddress::default() };
    agent.write(&mut super::ber::Writer::default()).is_ok().then_some(agent)
}

/// The system behind an address on MM4.
fn system_of(address: Option<&Address>) -> Option<RsAddress> {
    let address = address?;
    let details = address.details.as_ref().and_then(|details| details.domain.as_deref());
    let (_, domain) = address.value().rsplit_once('@').unwrap_or_default();
    Some(details.unwrap_or(domain)).filter(|domain| !domain.is_empty()).map(RsAddress::from)
}

/// The elements of a message that a record can have a member for.
const RECORDED: ElementSet = ElementSet::EMPTY
    .with(Element::Date)
    .with(Element::From)
    .with(Element::To)
    .with(Element::Cc)
    .with(Element::Bcc)
    .with(Element::Subject)
    .with(Element::MessageClass)
    .with(Element::Expiry)
    .with(Element::DeliveryTime)
    .with(Element::Priority)
    .with(Element::SenderVisibility)
    .with(Element::DeliveryReport)
    .with(Element::ReadReport)
    .with(Element::ReplyCharging)
    .with(Element::ReplyChargingDeadline)
    .with(Element::ReplyChargingSize)
    .with(Element::ReplyChargingId)
    .with(Element::DistributionIndicator)
    .with(Element::PreviouslySentBy)
    .with(Element::Body);

impl Story<'_> {
    fn own(&mut self, side: Side) {
        let Own {
            system,
            peer,
            recorded,
            sequence_number,
            message_id,
            message_reference,
            originator,
            recipient,
            message_size,
            duration_of_transmission,
            access_correlation,
            sgsn_plmn_identifier,
            rat_type,
            ms_time_zone,
            charge_type,
            mscf_information,
            record_extensions,
        } = self.own.clone();
        let facts = &mut self.facts;
        let recorded = recorded.map(seconds);
        match side {
            Side::Originator => {
                facts.originator_mms_rs_address = Some(system);
                facts.recipient_mms_rs_address = peer;
            }
            Side::Recipient => {
                facts.recipient_mms_rs_address = Some(system);
                facts.originator_mms_rs_address = peer;
            }
            Side::Forwarding => facts.forwarding_mms_rs_address = Some(system),
            Side::Mailbox => facts.mms_relay_address = system.ip_address,
        }
        if side == Side::Mailbox {
            facts.time_stamp = recorded;
            facts.sequence_number = sequence_number.map(u64::from);
        } else {
            facts.record_time_stamp = recorded;
            facts.local_sequence_number = sequence_number;
        }
        facts.message_id = bare(message_id.as_ref());
        facts.message_reference = message_reference.and_then(|reference| octets(&reference));
        let originator = originator.and_then(|address| self.address(&address, "originatorAddress"));
        let recipient = recipient.and_then(|address| self.address(&address, "recipientAddress"));
        let facts = &mut self.facts;
        match side {
            Side::Mailbox => facts.managing_address = originator,
            Side::Forwarding => facts.forwarding_address = originator,
            Side::Originator | Side::Recipient => facts.originator_address = originator,
        }
        facts.recipient_address = recipient;
        facts.message_size = message_size;
        facts.duration_of_transmission = duration_of_transmission;
        facts.access_correlation = access_correlation;
        facts.sgsn_plmn_identifier = sgsn_plmn_identifier;
        facts.rat_type = rat_type;
        facts.ms_time_zone = ms_time_zone;
        facts.charge_information = charge_type
            .map(|charge_type| ChargeInformation { charge_type: Some(charge_type), ..ChargeInformation::default() });
        facts.mscf_information = mscf_information;
        facts.record_extensions = record_extensions;
    }

    fn address(&mut self, address: &Address, name: &'static str) -> Option<AgentAddress> {
        let agent = agent(address);
        if agent.is_none() {
            self.left_out.push(name);
        }
        agent
    }

    fn recipients(&mut self, to: &[Address], cc: &[Address], bcc: &[Address]) -> Vec<AgentAddress> {
        let mut agents = Vec::new();
        let kinds = [(to, "To", RecipientType::To), (cc, "Cc", RecipientType::Cc), (bcc, "Bcc", RecipientType::Bcc)];
        for (addresses, name, kind) in kinds {
            for address in addresses {
                if let Some(mut agent) = self.address(address, name) {
                    agent.recipient_types = [kind].into();
                    agents.push(agent);
                }
            }
        }
        agents
    }

    fn message(&mut self, message: &Message) {
        self.left_out.extend(message.elements().without(RECORDED).iter().map(Element::name));
        let from = message.from.as_ref().and_then(Originator::address);
        let from = from.and_then(|address| self.address(address, "From"));
        let recipients = self.recipients(&message.to, &message.cc, &message.bcc);
        let mut forwarders = Vec::new();
        for by in &message.previously_sent_by {
            forwarders.extend(self.address(&by.address, Element::PreviouslySentBy.name()));
        }
        let facts = &mut self.facts;
        facts.originator_address = from.or(facts.originator_address.take());
        facts.recipient_addresses = recipients;
        facts.forwarding_addresses = forwarders;
        facts.submission_time = message.date.map(seconds);
        facts.message_class.clone_from(&message.class);
        let whole = |time: Option<Time>| {
            time.map(|time| match time {
                Time::Absolute(time) => Time::Absolute(seconds(time)),
                relative => relative,
            })
        };
        facts.time_of_expiry = whole(message.expiry);
        facts.earliest_time_of_delivery = whole(message.delivery_time);
        facts.priority = message.priority;
        facts.sender_visibility = message.sender_visibility;
        facts.delivery_report_requested = message.delivery_report;
        facts.read_reply_requested = message.read_report;
        facts.reply_charging = message.reply_charging.map(|_| true);
        facts.reply_deadline = whole(message.reply_charging_deadline);
        facts.reply_charging_size = message.reply_charging_size;
        facts.reply_charging_id = bare(message.reply_charging_id.as_ref());
        facts.message_distribution_indicator = message.distribution_indicator;
        if matches!(message.reply_charging, Some(ReplyCharging::RequestedTextOnly | ReplyCharging::AcceptedTextOnly)) {
            // That only text is paid for.
            self.left_out.push(Element::ReplyCharging.name());
        }
        self.body(message.body.as_ref(), message.subject.as_ref());
    }

    fn body(&mut self, body: Option<&Part>, subject: Option<&Text>) {
        use alloc::string::ToString;
        let subject = words(subject);
        let media = body.into_iter().flat_map(Part::leaves).map(|leaf| MediaComponent {
            media_type: octets(&leaf.content_type.media.to_string()),
            media_size: leaf.octets().and_then(|octets| u64::try_from(octets.len()).ok()),
            ..MediaComponent::default()
        });
        let media: Vec<MediaComponent> = media.collect();
        let has_subject = subject.is_some();
        if let (Some(subject), Some(_)) = (subject, media.first()) {
            let subject = SubjectComponent {
                subject_type: Some(Bytes::from_static(b"text/plain")),
                subject_size: u64::try_from(subject.len()).ok(),
                ..SubjectComponent::default()
            };
            self.facts.mm_component_type =
                Some(MmComponentType { subject_component: Some(subject), media, ..MmComponentType::default() });
        } else if has_subject || !media.is_empty() {
            // The member has to have both.
            self.left_out.push("mmComponentType");
        }
        self.facts.content_type = body.and_then(|body| octets(&body.content_type.media.to_string()));
    }

    /// On MM4 and in its records a header that is absent says no, or "show".
    fn flags(&mut self, acknowledgement: Option<bool>) {
        let facts = &mut self.facts;
        facts.delivery_report_requested.get_or_insert(false);
        facts.read_reply_requested.get_or_insert(false);
        facts.sender_visibility.get_or_insert(SenderVisibility::Show);
        facts.acknowledgement_request = Some(acknowledgement.unwrap_or(false));
    }

    /// The sender of a message, as its recipient sees it.
    fn sender_of_one(&mut self) {
        let facts = &mut self.facts;
        facts.sender_address = facts.originator_address.take();
        if self.own.recipient.is_some() {
            // The record is about one of them.
            facts.recipient_addresses = Vec::new();
        } else if let [only] = facts.recipient_addresses.as_mut_slice() {
            only.recipient_types = Vec::new();
            facts.recipient_address = facts.recipient_addresses.pop();
        }
    }

    fn message_id(&mut self, id: Option<&Str>) {
        self.facts.message_id = bare(id).or(self.facts.message_id.take());
    }

    fn reference(&mut self, reference: Option<&Str>) {
        let facts = &mut self.facts;
        facts.message_reference = reference.and_then(|reference| octets(reference)).or(facts.message_reference.take());
    }

    fn request_status(&mut self, status: Option<RequestStatus>, text: Option<&Text>) {
        self.facts.request_status_code = status.map(|status| status.class());
        self.facts.status_text = words(text);
    }

    fn mm_status(&mut self, status: Option<&MmStatus>) {
        self.facts.mm_status_code = status.map(|status| MmStatusCode::Mm(status.class()));
    }

    fn application(&mut self, ids: [&Option<Str>; 3]) {
        let names = [Element::ApplicId, Element::ReplyApplicId, Element::AuxApplicInfo];
        let said = names.iter().zip(ids).filter(|(_, id)| id.is_some());
        self.left_out.extend(said.map(|(element, _)| element.name()));
    }

    fn report_addresses(&mut self, originator: Option<&Address>, recipient: Option<&Address>) {
        let originator = originator.and_then(|address| self.address(address, "originatorAddress"));
        let recipient = recipient.and_then(|address| self.address(address, "recipientAddress"));
        let facts = &mut self.facts;
        facts.originator_address = originator.or(facts.originator_address.take());
        facts.recipient_address = recipient.or(facts.recipient_address.take());
    }

    fn delivery_report(&mut self, report: &DeliveryReport) {
        self.message_id(report.message_id.as_ref());
        self.report_addresses(report.originator.as_ref(), report.recipient.as_ref());
        self.mm_status(report.status.as_ref());
        self.facts.mm_date_and_time = report.date.map(seconds);
        self.facts.status_text = words(report.status_text.as_ref());
        if report.status_extension.is_some() {
            self.left_out.push("X-Mms-MM-Status-Extension");
        }
        self.application([&report.applic_id, &report.reply_applic_id, &report.aux_applic_info]);
    }

    fn read_report(&mut self, report: &ReadReport) {
        self.message_id(report.message_id.as_ref());
        let recipient = report.recipient.as_ref().and_then(Originator::address);
        self.report_addresses(report.originator.as_ref(), recipient);
        self.facts.read_status = report.status.map(MmStatusCode::Read);
        self.facts.mm_date_and_time = report.date.map(seconds);
        self.facts.status_text = words(report.status_text.as_ref());
        self.application([&report.applic_id, &report.reply_applic_id, &report.aux_applic_info]);
    }

    /// What became of a message, and what was done with it, have one member in some records.
    fn read_status_as_mm_status(&mut self) {
        self.facts.mm_status_code = self.facts.read_status.take();
    }

    fn status_text_as_mm_status_text(&mut self) {
        self.facts.mm_status_text = self.facts.status_text.take();
    }
}

/// The records of messages that were deleted: no PDU reports that.
macro_rules! deletions {
    ($($record:ident, $side:ident;)+) => { $(
        impl $record {
            /// The record of a deletion, from facts that only the relay knows.
            pub fn of(status: Option<MmStatus>, own: &Own) -> Made<Self> {
                make(own, Side::$side, |story| story.mm_status(status.as_ref()))
            }
        }
    )+ };
}

deletions! {
    MmOMDRecord, Originator;
    MmRMDRecord, Recipient;
}

/// Declares how records are made: the record, the part that the relay plays, the PDUs, and what they
/// tell.
macro_rules! made {
    ($($record:ident, $side:ident, ($($pdu:ident: $type:ty),+), |$story:ident| $tell:block)+) => { $(
        impl $record {
            /// Of decoded PDUs and what only the relay knows. Nothing is invented: a member that no one
            /// knows stays absent.
            pub fn of($($pdu: &$type,)+ own: &Own) -> Made<Self> {
                make(own, Side::$side, |$story| $tell)
            }
        }
    )+ };
}

#[cfg(feature = "mm1")]
mod of_mm1 {
    use super::{
        Bytes, Made, MmBx1DRecord, MmBx1SRecord, MmBx1URecord, MmBx1VRecord, MmFRecord, MmO1DRecord, MmO1RRecord,
        MmO1SRecord, MmR1ARecord, MmR1NRqRecord, MmR1NRsRecord, MmR1RRRecord, MmR1RtRecord, Own, Quotas, Side, Story,
        Totals, make, octets, words,
    };
    use crate::cdr::value::StoreStatus;
    use crate::message::{Str, Text};
    use crate::mm1::{self, AsPdu, MboxSize, MmFlag, MmState};

    impl Story<'_> {
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

        fn not_told<T>(&mut self, name: &'static str, value: Option<T>) {
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
        MmO1SRecord, Originator, (req: mm1::SendReq, conf: mm1::SendConf), |story| {
            story.message(&req.message);
            story.size_of(req);
            story.message_id(conf.message_id.as_ref());
            let status = conf.response_status.map(mm1::ResponseStatus::request_status);
            story.request_status(status, conf.response_text.as_ref());
            story.not_told("X-Mms-Store", req.store.filter(|store| *store));
            story.not_told("X-Mms-Store-Status", conf.store_status);
        }
        MmO1DRecord, Originator, (ind: mm1::DeliveryInd), |story| {
            story.delivery_report(&ind.report);
        }
        MmO1RRecord, Originator, (ind: mm1::ReadOrigInd), |story| {
            story.read_report(&ind.report);
        }
        MmR1NRqRecord, Recipient, (ind: mm1::NotificationInd), |story| {
            story.message(&ind.message);
            story.sender_of_one();
            story.facts.message_size = ind.message_size.or(story.facts.message_size);
            story.reference(ind.content_location.as_ref());
        }
        MmR1NRsRecord, Recipient, (resp: mm1::NotifyRespInd), |story| {
            story.facts.report_allowed = resp.report_allowed;
            story.mm_status(resp.status.as_ref());
        }
        MmR1RtRecord, Recipient, (conf: mm1::RetrieveConf), |story| {
            story.message(&conf.message);
            story.sender_of_one();
            story.size_of(conf);
            story.message_id(conf.message_id.as_ref());
            story.facts.status_text = words(conf.retrieve_text.as_ref());
            story.not_told("X-Mms-Retrieve-Status", conf.retrieve_status);
        }
        MmR1ARecord, Recipient, (ind: mm1::AcknowledgeInd), |story| {
            story.facts.report_allowed = ind.report_allowed;
        }
        MmR1RRRecord, Recipient, (ind: mm1::ReadRecInd), |story| {
            story.read_report(&ind.report);
            story.read_status_as_mm_status();
        }
        MmFRecord, Forwarding, (req: mm1::ForwardReq, conf: mm1::ForwardConf), |story| {
            story.message(&req.message);
            if let Some(from) = story.facts.originator_address.take() {
                story.facts.forwarding_address = Some(from);
            }
            story.message_id(conf.message_id.as_ref());
            story.reference(req.content_location.as_ref());
            story.facts.status_text = words(conf.response_text.as_ref());
            story.not_told("X-Mms-Response-Status", conf.response_status);
            story.not_told("X-Mms-Report-Allowed", req.report_allowed);
            story.not_told("X-Mms-Store-Status", conf.store_status);
        }
        MmBx1SRecord, Mailbox, (req: mm1::MboxStoreReq, conf: mm1::MboxStoreConf), |story| {
            story.mailbox(req.mm_state, &req.mm_flags);
            story.stored(conf.store_status, conf.store_status_text.as_ref());
            story.reference(conf.content_location.as_ref().or(req.content_location.as_ref()));
        }
        MmBx1VRecord, Mailbox, (req: mm1::MboxViewReq, conf: mm1::MboxViewConf), |story| {
            story.facts.start = req.start.map(u64::from);
            story.facts.limit = req.limit.map(u64::from);
            story.facts.totals_requested = req.totals;
            story.facts.quotas_requested = req.quotas;
            let status = conf.response_status.map(mm1::ResponseStatus::request_status);
            story.request_status(status, conf.response_text.as_ref());
            // Lists of attributes have to be complete, and the messages were selected by name.
            story.not_told("attributesList", req.attributes.first());
            story.not_told("messageSelection", req.content_locations.first());
            story.not_told("X-Mms-MM-State", req.mm_states.first());
            story.not_told("X-Mms-MM-Flags", req.mm_flags.first());
            story.not_told("mmListing", conf.body.as_ref());
            let (number_of_messages, number_of_octets) = messages_and_octets(&conf.mbox_totals);
            let totals = Totals { number_of_messages, number_of_octets, ..Totals::default() };
            story.facts.totals = Some(totals).filter(|_| !conf.mbox_totals.is_empty());
            let (number_of_messages, number_of_octets) = messages_and_octets(&conf.mbox_quotas);
            let quotas = Quotas { number_of_messages, number_of_octets, ..Quotas::default() };
            story.facts.quotas = Some(quotas).filter(|_| !conf.mbox_quotas.is_empty());
        }
        MmBx1URecord, Mailbox, (req: mm1::MboxUploadReq, conf: mm1::MboxUploadConf), |story| {
            story.mailbox(req.mm_state, &req.mm_flags);
            story.reference(conf.content_location.as_ref());
            story.facts.content_type = req.body.as_ref().map(|_| Bytes::from_static(b"application/vnd.wap.mms-message"));
            let size = req.body.as_ref().and_then(|body| body.octets()).and_then(|octets| u64::try_from(octets.len()).ok());
            story.facts.message_size = story.facts.message_size.or(size);
            story.not_told("X-Mms-Store-Status", conf.store_status);
            story.facts.status_text = words(conf.store_status_text.as_ref());
        }
        MmBx1DRecord, Mailbox, (req: mm1::MboxDeleteReq, conf: mm1::MboxDeleteConf), |story| {
            story.references(&req.content_locations);
            if let [status] = conf.response_statuses.as_slice() {
                let text = conf.response_texts.first().map(|text| &text.value);
                story.request_status(Some(status.value.request_status()), text);
            } else if !conf.response_statuses.is_empty() {
                story.left_out.push("requestStatusCode");
            }
        }
    }
}

#[cfg(feature = "mm4")]
mod of_mm4 {
    use super::{
        Made, MmO4DRecord, MmO4FRqRecord, MmO4FRsRecord, MmO4RRecord, MmR4DRqRecord, MmR4DRsRecord, MmR4FRecord,
        MmR4RRqRecord, MmR4RRsRecord, Own, Side, Story, bare, make, system_of,
    };
    use crate::message::{Address, Str};
    use crate::mm4;

    impl Story<'_> {
        fn version(&mut self, version: Option<&Str>) {
            self.facts.mms_3gpp_version = bare(version);
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
        MmO4FRqRecord, Originator, (req: mm4::ForwardReq), |story| {
            story.forward(req);
        }
        MmO4FRsRecord, Originator, (res: mm4::ForwardRes), |story| {
            story.answer(res.message_id.as_ref(), res.version.as_ref(), res.status.as_ref(), res.status_text.as_ref());
            story.recipient_system(res.sender.as_ref());
        }
        MmO4DRecord, Originator, (req: mm4::DeliveryReportReq), |story| {
            story.delivery_report(&req.report);
            story.version(req.version.as_ref());
            story.facts.acknowledgement_request = Some(req.ack_request.unwrap_or(false));
            story.recipient_system(req.sender.as_ref());
        }
        MmO4RRecord, Originator, (req: mm4::ReadReplyReportReq), |story| {
            story.read_report(&req.report);
            story.facts.recipient_addresses = story.facts.recipient_address.take().into_iter().collect();
            story.version(req.version.as_ref());
            story.facts.acknowledgement_request = Some(req.ack_request.unwrap_or(false));
            story.recipient_system(req.sender.as_ref());
        }
        MmR4FRecord, Recipient, (req: mm4::ForwardReq, res: mm4::ForwardRes), |story| {
            story.forward(req);
            story.request_status(res.status.clone(), res.status_text.as_ref());
            story.originator_system(req.originator_system.as_ref().or(req.sender.as_ref()));
        }
        MmR4DRqRecord, Recipient, (req: mm4::DeliveryReportReq), |story| {
            story.delivery_report(&req.report);
            story.version(req.version.as_ref());
            story.facts.acknowledgement_request = Some(req.ack_request.unwrap_or(false));
        }
        MmR4DRsRecord, Recipient, (res: mm4::DeliveryReportRes), |story| {
            story.answer(res.message_id.as_ref(), res.version.as_ref(), res.status.as_ref(), res.status_text.as_ref());
            story.originator_system(res.sender.as_ref());
        }
        MmR4RRqRecord, Recipient, (req: mm4::ReadReplyReportReq), |story| {
            story.read_report(&req.report);
            story.read_status_as_mm_status();
            story.version(req.version.as_ref());
            story.facts.acknowledgement_request = Some(req.ack_request.unwrap_or(false));
        }
        MmR4RRsRecord, Recipient, (res: mm4::ReadReplyReportRes), |story| {
            story.answer(res.message_id.as_ref(), res.version.as_ref(), res.status.as_ref(), res.status_text.as_ref());
            story.originator_system(res.sender.as_ref());
        }
    }
}

#[cfg(feature = "mm7")]
mod of_mm7 {
    use super::{
        Made, Mm7CRecord, Mm7DRRqRecord, Mm7DRRsRecord, Mm7DRqRecord, Mm7DRsRecord, Mm7RRecord, Mm7RRqRecord,
        Mm7RRsRecord, Mm7SRecord, Own, Side, Story, bare, make, octets,
    };
    use crate::cdr::value::ChargedParty;
    use crate::message::Str;
    use crate::mm7::{self, ServiceCode, Status};

    impl Story<'_> {
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
        Mm7SRecord, Originator, (req: mm7::SubmitReq, rsp: mm7::SubmitRsp), |story| {
            story.message(&req.message);
            story.service(req.vasp_id.as_ref(), req.vas_id.as_ref(), req.service_code.as_ref());
            story.message_id(rsp.message_id.as_ref());
            story.facts.linked_id = bare(req.linked_id.as_ref());
            story.status(&rsp.status);
            let party = match req.charged_party {
                Some(mm7::ChargedParty::Sender) => Some(ChargedParty::Sender),
                Some(mm7::ChargedParty::Recipient) => Some(ChargedParty::Recipient),
                Some(mm7::ChargedParty::Both) => Some(ChargedParty::Both),
                Some(mm7::ChargedParty::Neither) => Some(ChargedParty::Neither),
                Some(mm7::ChargedParty::ThirdParty) => {
                    story.left_out.push("ChargedParty");
                    None
                }
                None => Some(ChargedParty::NotSpecifiedByVasp),
            };
            story.facts.charge_information.get_or_insert_default().charged_party = party;
            if req.charged_party_id.is_some() {
                story.left_out.push("ChargedPartyID");
            }
            if !req.delivery_conditions.is_empty() {
                story.left_out.push("DeliveryCondition");
            }
        }
        Mm7DRqRecord, Recipient, (req: mm7::DeliverReq), |story| {
            story.message(&req.message);
            story.sender_of_one();
            story.facts.originator_address = story.facts.sender_address.take();
            story.facts.linked_id = bare(req.linked_id.as_ref());
        }
        Mm7DRsRecord, Recipient, (rsp: mm7::DeliverRsp), |story| {
            story.service_code(rsp.service_code.as_ref());
            story.status(&rsp.status);
        }
        Mm7CRecord, Originator, (req: mm7::CancelReq, rsp: mm7::Response), |story| {
            story.service(req.vasp_id.as_ref(), req.vas_id.as_ref(), None);
            story.report_addresses(req.sender_address.as_ref(), None);
            story.message_id(req.message_id.as_ref());
            story.facts.recipient_addresses = story.recipients(&req.to, &req.cc, &req.bcc);
            story.application([&req.applic_id, &req.reply_applic_id, &req.aux_applic_info]);
            story.status(&rsp.status);
        }
        Mm7RRecord, Originator, (req: mm7::ReplaceReq, rsp: mm7::Response), |story| {
            story.message(&req.message);
            story.service(req.vasp_id.as_ref(), req.vas_id.as_ref(), req.service_code.as_ref());
            story.message_id(req.message_id.as_ref());
            story.status(&rsp.status);
        }
        Mm7DRRqRecord, Recipient, (req: mm7::DeliveryReportReq), |story| {
            story.delivery_report(&req.report);
            story.status_text_as_mm_status_text();
        }
        Mm7DRRsRecord, Recipient, (rsp: mm7::Response), |story| {
            story.status(&rsp.status);
        }
        Mm7RRqRecord, Recipient, (req: mm7::ReadReplyReq), |story| {
            story.read_report(&req.report);
            story.status_text_as_mm_status_text();
        }
        Mm7RRsRecord, Recipient, (rsp: mm7::Response), |story| {
            story.status(&rsp.status);
        }
    }
}

//! Records made of decoded PDUs.

#[cfg(feature = "mailbox")]
mod of_mm1;
#[cfg(feature = "mm4")]
mod of_mm4;
#[cfg(feature = "mm7")]
mod of_mm7;

use alloc::vec::Vec;

use bytes::Bytes;

use super::declare::OfFacts;
use super::record::*;
use super::table::Value;
use super::value::{
    AccessCorrelation, ChargeType, ManagementExtension, MmStatusCode, MsTimeZone, PlmnId, RecipientType,
};
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
    /// Proprietary extensions of the operator.
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

/// Facts for members, and the names of what has no member.
struct Collector<'a> {
    own: &'a Own,
    facts: Facts,
    left_out: Vec<&'static str>,
}

fn make<R: OfFacts<Facts>>(own: &Own, side: Side, collect: impl FnOnce(&mut Collector<'_>)) -> Made<R> {
    let mut collector = Collector { own, facts: Facts::default(), left_out: Vec::new() };
    collector.own(side);
    collect(&mut collector);
    let Collector { mut facts, mut left_out, .. } = collector;
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

impl Collector<'_> {
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
                make(own, Side::$side, |collector| collector.mm_status(status.as_ref()))
            }
        }
    )+ };
}

deletions! {
    MmOMDRecord, Originator;
    MmRMDRecord, Recipient;
}

/// Declares how records are made: the record, the part that the relay plays, the PDUs, and what is collected from them.
macro_rules! made {
    ($($record:ident, $side:ident, ($($pdu:ident: $type:ty),+), |$collector:ident| $collect:block)+) => { $(
        impl $record {
            /// Of decoded PDUs and what only the relay knows. Nothing is invented: a member that no one
            /// knows stays absent.
            pub fn of($($pdu: &$type,)+ own: &Own) -> Made<Self> {
                make(own, Side::$side, |$collector| $collect)
            }
        }
    )+ };
}
use made;

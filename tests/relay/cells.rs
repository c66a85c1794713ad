//! The tables in the documentation of `relay`: each cell is what the functions do. The expected values are
//! those of model.md 2 and 5: a field that an interface lacks is listed there.

use alloc::collections::{BTreeMap, BTreeSet};

use mms_codec::mail::Mail;
use mms_codec::message::{
    Address, ContentClass, ContentType, DeliveryReport, Element, ElementSet, Interval, Message, MessageClass, MmStatus,
    MmStatusExtension, Part, PreviouslySentBy, PreviouslySentDate, Priority, ReadReport, ReadStatus, ReplyCharging,
    SenderVisibility, Time, Timestamp,
};
use mms_codec::mm1::Version;
use mms_codec::mm4::{Numbers, Posting};
use mms_codec::relay::{self, LossKind, Lost, MailHop, Provider, Receipt, ReportReceipt, Service, Taken};
use mms_codec::{mm1, mm4, mm7};

use crate::known::{ARRIVED, announcement, hop};

const DOCS: &str = include_str!("../../src/relay.rs");

/// The cells below a head, by the first of their row.
fn table(head: &str) -> BTreeMap<&'static str, Vec<&'static str>> {
    let lines = DOCS.lines().map(|line| line.strip_prefix("//! ").unwrap_or_default());
    let rows = lines.skip_while(|line| *line != head).skip(2).take_while(|line| line.starts_with('|'));
    let cells = |row: &'static str| row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>();
    let rows: BTreeMap<_, _> = rows.map(cells).map(|cells| (cells[0].trim_matches('`'), cells[1..].to_vec())).collect();
    assert!(!rows.is_empty(), "the documentation of relay has the table {head}");
    rows
}

fn receipt() -> Receipt {
    Receipt { arrived: ARRIVED, message_id: "mm-1".into(), sender: Some(Address::phone("+12025550101")), alias: None }
}

fn mail_hop() -> MailHop {
    let posting = Posting::new("mms@mms.example.net", "1@mms.example.net", ARRIVED);
    MailHop { numbers: Numbers::Typed, ..MailHop::new(posting, "mms.example.net") }
}

fn base() -> Message {
    let mut message = Message::default();
    message.from = Some(Address::phone("+12025550101").into());
    message.to.push(Address::phone("+447700900123"));
    message.body = Some(Part::new(ContentType::new("text/plain"), "hello"));
    message
}

/// A message that has the element.
fn with(element: Element) -> Message {
    let mut message = base();
    let later = Timestamp::from_seconds(ARRIVED.seconds + 3_600);
    let offer = Some(ReplyCharging::Requested);
    match element {
        Element::From | Element::To | Element::Body => {}
        Element::Date => message.date = Some(ARRIVED),
        Element::Cc => message.cc.push(Address::phone("+12025550102")),
        Element::Bcc => message.bcc.push(Address::phone("+12025550103")),
        Element::Subject => message.subject = Some("hello".into()),
        Element::MessageClass => message.class = Some(MessageClass::Personal),
        Element::Expiry => message.expiry = Some(Time::Absolute(later)),
        Element::DeliveryTime => message.delivery_time = Some(Time::Absolute(later)),
        Element::Priority => message.priority = Some(Priority::High),
        Element::SenderVisibility => message.sender_visibility = Some(SenderVisibility::Show),
        Element::DeliveryReport => message.delivery_report = Some(true),
        Element::ReadReport => message.read_report = Some(true),
        Element::ReplyCharging => message.reply_charging = offer,
        Element::ReplyChargingDeadline => {
            (message.reply_charging, message.reply_charging_deadline) =
                (offer, Some(Time::Relative(Interval::from_seconds(3_600))));
        }
        Element::ReplyChargingSize => (message.reply_charging, message.reply_charging_size) = (offer, Some(1_000)),
        Element::ReplyChargingId => message.reply_charging_id = Some("mm-0".into()),
        Element::DistributionIndicator => message.distribution_indicator = Some(false),
        Element::ApplicId => message.applic_id = Some("com.example.viewer".into()),
        Element::ReplyApplicId => message.reply_applic_id = Some("com.example.vas".into()),
        Element::AuxApplicInfo => message.aux_applic_info = Some("lang=en".into()),
        Element::ContentClass => message.content_class = Some(ContentClass::ImageBasic),
        Element::DrmContent => message.drm_content = Some(false),
        Element::AdaptationAllowed => message.adaptation_allowed = Some(true),
        Element::ReplaceId => message.replace_id = Some("mm-0".into()),
        Element::PreviouslySentBy => {
            message.previously_sent_by.push(PreviouslySentBy::new(1, Address::phone("+12025550104")));
        }
        Element::PreviouslySentDate => {
            message.previously_sent_by.push(PreviouslySentBy::new(1, Address::phone("+12025550104")));
            message.previously_sent_date.push(PreviouslySentDate::new(1, ARRIVED));
        }
        other => panic!("{other:?} is new: give it a value here"),
    }
    message
}

macro_rules! sources {
    ($($pdu:ty),+) => {
        [$((stringify!($pdu), <$pdu>::ELEMENTS, (|message| {
            let mut pdu = <$pdu>::default();
            pdu.message = message;
            pdu.into()
        }) as fn(Message) -> Taken)),+]
    };
}

/// What became of something: `kept`, `changed`, `listed`.
fn fate(name: &str, is_there: bool, lost: &[Lost]) -> &'static str {
    match lost.iter().find(|lost| lost.part.is_none() && lost.name == name).map(|lost| lost.kind) {
        None if is_there => "kept",
        Some(LossKind::Changed) if is_there => "changed",
        Some(LossKind::NotCarried) if !is_there => "listed",
        kind => panic!("{name} is there: {is_there}, and {kind:?} in the list"),
    }
}

fn to_all(taken: &Taken) -> [(ElementSet, Vec<Lost>); 5] {
    let phone = relay::to_mm1(taken.clone(), &receipt(), announcement()).unwrap();
    let shown = phone.pdu.notification.message.elements().union(phone.pdu.retrieve.message.elements());
    let peer = relay::to_mm4(taken.clone(), &receipt(), hop());
    let provider = relay::to_mm7(taken.clone(), &receipt(), Service::default());
    let to = taken.message.to.clone();
    let aggregator = relay::to_submit(taken.clone(), &receipt(), &Provider::default(), &to);
    let mail = relay::to_mail(taken.clone(), &receipt(), mail_hop());
    [
        (shown, phone.lost),
        (peer.pdu.message.elements(), peer.lost),
        (provider.pdu.message.elements(), provider.lost),
        (aggregator.pdu.message.elements(), aggregator.lost),
        (mail.pdu.message.elements(), mail.lost),
    ]
}

#[test]
fn every_element_becomes_what_its_cell_says() {
    let table = table("| Element | MM1 | MM4 | MM7, provider | MM7, aggregator | mail |");
    let known: BTreeSet<_> = Element::ALL.iter().map(|element| element.name()).collect();
    let rows: BTreeSet<_> = table.keys().copied().collect();
    assert_eq!(rows, known, "each element has a row in the table of src/relay.rs: say there what becomes of it");
    let sources = sources![
        mm1::SendReq,
        mm1::RetrieveConf,
        mm4::ForwardReq,
        mm7::SubmitReq,
        mm7::DeliverReq,
        mm7::ReplaceReq,
        mm7::ExtendedReplaceReq,
        Mail
    ];
    let (mut met, mut wrong) = (BTreeSet::new(), Vec::new());
    for (source, elements, take) in sources {
        for element in elements.iter() {
            met.insert(element.name());
            let mut message = with(element);
            message.retain(elements);
            for (place, (there, lost)) in to_all(&take(message)).into_iter().enumerate() {
                let (is, says) = (fate(element.name(), there.contains(element), &lost), table[element.name()][place]);
                if is != says {
                    wrong.push(format!("{source}, {}, column {}: {is}, not {says}", element.name(), place + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "correct the function, or the cell in src/relay.rs: {wrong:#?}");
    assert_eq!(met, known, "every element comes from somewhere");
}

#[test]
fn everything_in_a_report_becomes_what_its_cell_says() {
    let table = table("| Of a report | MM1 | MM4 | MM7 | mail |");
    let receipt = ReportReceipt { arrived: ARRIVED, recipient: None };
    let mut report = DeliveryReport::default();
    report.message_id = Some("mm-1".into());
    report.recipient = Some(Address::phone("+447700900123"));
    report.originator = Some(Address::phone("+12025550101"));
    report.date = Some(ARRIVED);
    report.status = Some(MmStatus::Retrieved);
    report.status_extension = Some(MmStatusExtension::RejectionByMmsRecipient);
    report.status_text = Some("hello".into());
    report.applic_id = Some("com.example.viewer".into());
    report.reply_applic_id = Some("com.example.vas".into());
    report.aux_applic_info = Some("lang=en".into());
    let mut read = ReadReport::default();
    read.message_id.clone_from(&report.message_id);
    read.recipient = report.recipient.clone().map(Into::into);
    read.originator.clone_from(&report.originator);
    (read.date, read.status) = (report.date, Some(ReadStatus::Read));
    read.status_text.clone_from(&report.status_text);
    read.applic_id.clone_from(&report.applic_id);
    read.reply_applic_id.clone_from(&report.reply_applic_id);
    read.aux_applic_info.clone_from(&report.aux_applic_info);
    let all = [
        (
            relay::delivery_report_to_mm1(report.clone(), &receipt, Version::V1_3).unwrap().lost,
            relay::read_report_to_mm1(read.clone(), &receipt, Version::V1_3).lost,
        ),
        (
            relay::delivery_report_to_mm4(report.clone(), &receipt, hop()).lost,
            relay::read_report_to_mm4(read.clone(), &receipt, hop()).lost,
        ),
        (
            relay::delivery_report_to_mm7(report.clone(), &receipt, Service::default()).unwrap().lost,
            relay::read_report_to_mm7(read.clone(), &receipt, Service::default()).lost,
        ),
        (
            relay::delivery_report_to_mail(report, &receipt, mail_hop()).unwrap().lost,
            relay::read_report_to_mail(read, &receipt, mail_hop()).lost,
        ),
    ];
    let mut wrong = Vec::new();
    for (place, (delivery, read)) in all.iter().enumerate() {
        for lost in delivery.iter().chain(read) {
            assert!(table.contains_key(lost.name.as_str()), "{lost}: give it a row in the table of src/relay.rs");
        }
        for (name, cells) in &table {
            let has = |lost: &[Lost]| lost.iter().any(|lost| lost.name == *name);
            let is = match (has(delivery), has(read)) {
                (false, false) => "kept",
                (true, false) => "listed for delivery",
                (false, true) => "listed for reading",
                (true, true) => "listed",
            };
            if is != cells[place] {
                wrong.push(format!("{name}, column {}: {is}, not {}", place + 1, cells[place]));
            }
        }
    }
    assert!(wrong.is_empty(), "correct the function, or the cell in src/relay.rs: {wrong:#?}");
}

/// The functions of each row that says what they refuse.
fn refusing() -> BTreeSet<&'static str> {
    let head = "| From | To | By | Kept in another form | Refused |";
    let lines = DOCS.lines().map(|line| line.strip_prefix("//! ").unwrap_or_default());
    let rows = lines.skip_while(|line| *line != head).skip(2).take_while(|line| line.starts_with('|'));
    let cells = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
    let by = cells.filter(|cells| !cells[4].is_empty()).map(|cells| cells[2]);
    by.flat_map(|by| by.split("[`").skip(1).filter_map(|rest| rest.split('`').next())).collect()
}

#[test]
fn every_function_refuses_what_its_cell_says_and_nothing_else() {
    let retrieved = || mm1::AcknowledgeInd::default();
    let unwilling = |mut acknowledge: mm1::AcknowledgeInd| {
        acknowledge.report_allowed = Some(false);
        acknowledge
    };
    let fetched = |allowed| {
        let mut resp = mm1::NotifyRespInd::default();
        (resp.status, resp.report_allowed) = (Some(MmStatus::Retrieved), allowed);
        resp
    };
    // Whether only the own system asked for the report.
    let report = |is_for_system: bool| {
        let mut request = mm4::DeliveryReportReq::default();
        request.report.recipient = Some(Address::phone("+447700900123"));
        request.report.status = Some(MmStatus::Retrieved);
        request.forward_to_originator_ua = Some(!is_for_system);
        request
    };
    let about = ReportReceipt { arrived: ARRIVED, recipient: None };
    let expiring = |seconds: i64| {
        let mut message = base();
        message.expiry = Some(Time::Absolute(Timestamp::from_seconds(ARRIVED.seconds + seconds)));
        message
    };
    let sent = |user: Option<bool>, system: Option<bool>| {
        let mut taken = Taken::from(base());
        (taken.message.delivery_report, taken.originator_rs_delivery_report) = (user, system);
        taken.message.read_report = user;
        relay::Sent::new(&taken, &receipt())
    };
    let reports = |sent: &relay::Sent| {
        let to = sent.message.to[0].clone();
        let delivery = sent.delivery_report(to.clone(), MmStatus::Retrieved, ARRIVED);
        let failed = relay::Outcome::from(mms_codec::message::RequestStatus::ErrorServiceDenied);
        let failed = sent.part_for([to.clone()]).outcome(failed, ARRIVED);
        let flags: Vec<_> = delivery.iter().chain(&failed).map(|report| report.forward_to_originator_ua).collect();
        (flags, sent.read_report(to, ReadStatus::Read, ARRIVED).is_some())
    };
    assert_eq!(reports(&sent(Some(true), None)), (vec![Some(true); 2], true));
    assert_eq!(reports(&sent(Some(false), Some(true))), (vec![Some(false); 2], false));
    let status = mms_codec::message::RequestStatus::Ok;
    // What is refused, and what is next to it and is not.
    let pairs = [
        (
            "to_mm1",
            relay::to_mm1(expiring(0), &receipt(), announcement()).is_err(),
            relay::to_mm1(expiring(1), &receipt(), announcement()).is_ok(),
        ),
        (
            "delivery_report_to_mm1",
            relay::delivery_report_to_mm1(report(true), &about, Version::V1_3).is_none(),
            relay::delivery_report_to_mm1(report(false), &about, Version::V1_3).is_some(),
        ),
        (
            "delivery_report_to_mm7",
            relay::delivery_report_to_mm7(report(true), &about, Service::default()).is_none(),
            relay::delivery_report_to_mm7(report(false), &about, Service::default()).is_some(),
        ),
        (
            "delivery_report_to_mail",
            relay::delivery_report_to_mail(report(true), &about, mail_hop()).is_none(),
            relay::delivery_report_to_mail(report(false), &about, mail_hop()).is_some(),
        ),
        ("answered", relay::answered(&fetched(Some(false))).is_none(), relay::answered(&fetched(None)).is_some()),
        (
            "acknowledged",
            relay::acknowledged(&unwilling(retrieved())).is_none(),
            relay::acknowledged(&retrieved()).is_some(),
        ),
        ("Sent", reports(&sent(None, None)) == (vec![], false), true),
        (
            "retrieve_status",
            relay::retrieve_status(&status, Version::V1_0).is_none(),
            relay::retrieve_status(&status, Version::V1_1).is_some(),
        ),
    ];
    for (name, is_refused, is_accepted) in pairs {
        assert!(is_refused && is_accepted, "{name} does not do what its cell in src/relay.rs says");
    }
    let tested: BTreeSet<_> = pairs.iter().map(|(name, ..)| *name).collect();
    assert_eq!(refusing(), tested, "each cell of what is refused in src/relay.rs has a pair here");
}

#[test]
fn functions_that_can_refuse_say_what() {
    let refusing = refusing();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/relay");
    let mut met = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let Ok(source) = std::fs::read_to_string(entry.unwrap().path()) else { continue };
        let functions = source.split("\npub fn ").chain(source.split("\npub const fn ")).skip(1);
        for function in functions.filter_map(|rest| rest.split(" {\n").next()) {
            let name = function.split(['(', '<']).next().unwrap().to_owned();
            let result = function.rsplit("-> ").next().unwrap_or_default();
            if result.starts_with("Option<") || result.starts_with("Result<") {
                assert!(refusing.contains(name.as_str()), "{name}: say in the table of src/relay.rs what it refuses");
                met.insert(name);
            }
        }
    }
    assert_eq!(met.len(), refusing.len() - 1, "all of them but the methods of Sent: {met:?}");
}

#[test]
fn every_function_is_in_the_documentation() {
    let docs: String = DOCS.lines().filter_map(|line| line.strip_prefix("//!")).collect();
    let exports = DOCS.split("pub use self::").skip(1).filter_map(|rest| rest.split(';').next());
    let names = exports.flat_map(|export| export.rsplit("::").next().unwrap_or_default().split([',', '{', '}']));
    let functions = names.map(str::trim).filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
    let missing: Vec<_> = functions.filter(|name| !docs.contains(&format!("[`{name}`]"))).collect();
    assert!(missing.is_empty(), "give each a row in the tables of src/relay.rs: {missing:?}");
}

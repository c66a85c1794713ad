//! Delivery and read reports.

use mms_codec::message::{Address, DeliveryReport, Header, MmStatus, Originator, ReadReport, ReadStatus, Timestamp};
use mms_codec::mm1::{self, Version};
use mms_codec::mm4::Posting;
use mms_codec::relay::{self, Hop, Lost, ReportReceipt, Service, TakenDeliveryReport, TakenReadReport};
use mms_codec::{Bytes, mm4, mm7};

use crate::corpus::say;
use crate::known::ARRIVED;
use crate::sources::{self, Any};

fn receipt() -> ReportReceipt {
    ReportReceipt { arrived: ARRIVED, recipient: Some(Address::phone("+447700900123")) }
}

fn hop() -> Hop {
    let (own, peer) = ("mms.mnc015.mcc234.gprs", "mms.mnc012.mcc345.gprs");
    let posting = Posting::new("system-user@mms.mnc015.mcc234.gprs", "2@mms.mnc015.mcc234.gprs", ARRIVED.seconds);
    Hop { ack_request: false, ..Hop::new(posting, "t-2", own, peer) }
}

fn delivery(any: &Any) -> Option<TakenDeliveryReport> {
    match any {
        Any::Mm1(mm1::Pdu::DeliveryInd(pdu)) => Some(pdu.clone().into()),
        Any::Mm4(mm4::Pdu::DeliveryReportReq(pdu)) => Some(pdu.clone().into()),
        Any::Mm7(envelope) => match &envelope.pdu {
            mm7::Pdu::DeliveryReportReq(pdu) => Some(pdu.clone().into()),
            _ => None,
        },
        _ => None,
    }
}

fn read(any: &Any) -> Option<TakenReadReport> {
    match any {
        Any::Mm1(mm1::Pdu::ReadRecInd(pdu)) => Some(pdu.clone().into()),
        Any::Mm1(mm1::Pdu::ReadOrigInd(pdu)) => Some(pdu.clone().into()),
        Any::Mm4(mm4::Pdu::ReadReplyReportReq(pdu)) => Some(pdu.clone().into()),
        Any::Mm7(envelope) => match &envelope.pdu {
            mm7::Pdu::ReadReplyReq(pdu) => Some(pdu.clone().into()),
            _ => None,
        },
        _ => None,
    }
}

/// An address, whatever the type of a number, its domain and details.
fn bare(address: Option<&Address>) -> Option<String> {
    let text = address?.to_string();
    Some(text.strip_suffix("/TYPE=PLMN").unwrap_or(&text).to_owned())
}

fn bare_id(id: Option<&str>) -> Option<String> {
    let id = id?.trim();
    let within = |open, close| id.strip_prefix(open).and_then(|id: &str| id.strip_suffix(close));
    Some(within('"', '"').or_else(|| within('<', '>')).unwrap_or(id).to_owned())
}

fn second(date: Option<Timestamp>) -> Option<String> {
    date.map(|date| format!("{}.{}", date.seconds, date.nanoseconds))
}

/// Names and values: the name in the list, and what is compared.
fn delivery_values(report: &DeliveryReport) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("X-Mms-Message-ID", bare_id(report.message_id.as_deref())),
        ("Recipient", bare(report.recipient.as_ref())),
        ("Originator", bare(report.originator.as_ref())),
        ("Date", second(report.date)),
        ("X-Mms-MM-Status-Code", report.status.as_ref().map(|status| format!("{status:?}"))),
        ("X-Mms-MM-Status-Extension", report.status_extension.map(|extension| format!("{extension:?}"))),
        ("X-Mms-Status-Text", report.status_text.as_ref().map(|text| format!("{:?}", text.as_str()))),
        ("X-Mms-Applic-ID", report.applic_id.as_ref().map(ToString::to_string)),
        ("X-Mms-Reply-Applic-ID", report.reply_applic_id.as_ref().map(ToString::to_string)),
        ("X-Mms-Aux-Applic-Info", report.aux_applic_info.as_ref().map(ToString::to_string)),
    ]
}

fn read_values(report: &ReadReport) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("X-Mms-Message-ID", bare_id(report.message_id.as_deref())),
        ("Recipient", bare(report.recipient.as_ref().and_then(Originator::address))),
        ("Originator", bare(report.originator.as_ref())),
        ("Date", second(report.date)),
        ("X-Mms-Read-Status", report.status.map(|status| format!("{status:?}"))),
        ("X-Mms-Status-Text", report.status_text.as_ref().map(|text| format!("{:?}", text.as_str()))),
        ("X-Mms-Applic-ID", report.applic_id.as_ref().map(ToString::to_string)),
        ("X-Mms-Reply-Applic-ID", report.reply_applic_id.as_ref().map(ToString::to_string)),
        ("X-Mms-Aux-Applic-Info", report.aux_applic_info.as_ref().map(ToString::to_string)),
    ]
}

/// A field is named in the list exactly if its value differs. What the receipt fills in, and the
/// text that says what a status was, are no loss; the recipient is named as each interface does.
fn assert_listed(
    what: &str,
    before: &[(&'static str, Option<String>)],
    after: &[(&'static str, Option<String>)],
    lost: &[Lost],
    headers: &[Header],
    sides: (&str, &str),
) {
    let mut named: Vec<&Lost> = Vec::new();
    for ((name, was), (_, is)) in before.iter().zip(after) {
        let same = |lost: &&Lost| match *name {
            // What is taken out is named as the interface names it.
            "Recipient" => lost.name == sides.0 || lost.name == "Recipient",
            "Originator" => lost.name == sides.1 || lost.name == "Originator",
            name => lost.name == name || Some(lost.name.as_str()) == mm7_name(name),
        };
        let of_it: Vec<_> = lost.iter().filter(same).collect();
        let is_filled_in = was.is_none() && ["Recipient", "Date", "X-Mms-Status-Text"].contains(name);
        if !is_filled_in {
            assert_eq!(was != is, !of_it.is_empty(), "{what}: {name} was {was:?}, is {is:?}: {lost:?}");
        }
        named.extend(of_it);
    }
    let is_detail = |lost: &Lost| lost.name.contains('@');
    let is_header =
        |lost: &Lost| headers.iter().any(|header| matches!(header, Header::Text { name, .. } if *name == lost.name));
    assert!(lost.iter().all(|lost| named.contains(&lost) || is_detail(lost) || is_header(lost)), "{what}: {lost:?}");
    assert!(what.ends_with("mm4") || headers.len() == lost.iter().filter(|lost| is_header(lost)).count(), "{what}");
}

fn mm7_name(name: &str) -> Option<&'static str> {
    match name {
        "X-Mms-Message-ID" => Some("MessageID"),
        "X-Mms-Applic-ID" => Some("ApplicID"),
        "X-Mms-Reply-Applic-ID" => Some("ReplyApplicID"),
        "X-Mms-Aux-Applic-Info" => Some("AuxApplicInfo"),
        "X-Mms-Status-Text" => Some("StatusText"),
        _ => None,
    }
}

/// A report with all that is mandatory.
fn is_whole(values: &[(&'static str, Option<String>)]) -> bool {
    values.iter().take(5).all(|(_, value)| value.is_some())
}

fn decode(any: Result<Any, mms_codec::EncodeError>, what: &str, is_whole: bool) -> Option<Any> {
    assert_eq!(any.is_ok(), is_whole, "{what}: {any:?}");
    any.ok()
}

fn mm1_again(pdu: mm1::Pdu) -> Result<Any, mms_codec::EncodeError> {
    mm1::encode(&pdu).map(|octets| Any::Mm1(mm1::decode(&Bytes::from(octets)).unwrap().value))
}

fn mm4_again(pdu: mm4::Pdu) -> Result<Any, mms_codec::EncodeError> {
    mm4::encode(&pdu).map(|octets| Any::Mm4(mm4::decode(&Bytes::from(octets)).unwrap().value))
}

fn mm7_again(pdu: mm7::Pdu) -> Result<Any, mms_codec::EncodeError> {
    mm7::encode(&mm7::Envelope::new("t", pdu))
        .map(|encoded| Any::Mm7(mm7::decode(&encoded.content_type, &encoded.body()).unwrap().value))
}

#[test]
fn every_delivery_report_crosses_to_the_other_interfaces() {
    let mut crossed = 0;
    for (name, any) in sources::all() {
        let Some(source) = delivery(&any) else { continue };
        let before = delivery_values(&source.report);
        let is_shown = source.forward_to_originator_ua != Some(false);
        for to in ["mm1", "mm4", "mm7"] {
            let what = format!("{name} to {to}");
            let (report, lost, again) = match to {
                "mm1" => {
                    let relayed = relay::delivery_report_to_mm1(source.clone(), &receipt(), Version::V1_3);
                    assert_eq!(relayed.is_some(), is_shown, "{what}");
                    let Some(relayed) = relayed else { continue };
                    (relayed.pdu.report.clone(), relayed.lost, mm1_again(relayed.pdu.into()))
                }
                "mm4" => {
                    let relayed = relay::delivery_report_to_mm4(source.clone(), &receipt(), hop());
                    (relayed.pdu.report.clone(), relayed.lost, mm4_again(relayed.pdu.into()))
                }
                _ => {
                    let relayed = relay::delivery_report_to_mm7(source.clone(), &receipt(), Service::default());
                    assert_eq!(relayed.is_some(), is_shown, "{what}");
                    let Some(relayed) = relayed else { continue };
                    (relayed.pdu.report.clone(), relayed.lost, mm7_again(relayed.pdu.into()))
                }
            };
            assert!(lost.starts_with(&source.lost), "{what}");
            let after = delivery_values(&report);
            let sides = match to {
                "mm1" => ("To", ""),
                "mm4" => ("From", "To"),
                _ => ("Recipient", "Sender"),
            };
            assert_listed(&what, &before, &after, &lost[source.lost.len()..], &source.mail_headers, sides);
            // MM1 does without the originator: that is who gets it.
            let of_mm1 = |(name, value): &(&'static str, Option<String>)| {
                (*name, value.clone().or_else(|| (to == "mm1" && *name == "Originator").then(String::new)))
            };
            let needed: Vec<_> = after.iter().map(of_mm1).collect();
            let Some(again) = decode(again, &what, is_whole(&needed)) else { continue };
            let mut read_back = delivery_values(&delivery(&again).unwrap().report);
            let mut written = after;
            if to == "mm1" {
                (read_back[2].1, written[2].1) = (None, None);
            }
            assert_eq!(read_back, written, "{what}");
            crossed += 1;
        }
    }
    say(&format!("{crossed} delivery reports went across"));
    assert!(crossed > 10);
}

#[test]
fn every_read_report_crosses_to_the_other_interfaces() {
    let mut crossed = 0;
    for (name, any) in sources::all() {
        let Some(source) = read(&any) else { continue };
        let before = read_values(&source.report);
        for to in ["mm1", "mm4", "mm7"] {
            let what = format!("{name} to {to}");
            let (report, lost, again) = match to {
                "mm1" => {
                    let relayed = relay::read_report_to_mm1(source.clone(), &receipt(), Version::V1_3);
                    (relayed.pdu.report.clone(), relayed.lost, mm1_again(relayed.pdu.into()))
                }
                "mm4" => {
                    let relayed = relay::read_report_to_mm4(source.clone(), &receipt(), hop());
                    (relayed.pdu.report.clone(), relayed.lost, mm4_again(relayed.pdu.into()))
                }
                _ => {
                    let relayed = relay::read_report_to_mm7(source.clone(), &receipt(), Service::default());
                    (relayed.pdu.report.clone(), relayed.lost, mm7_again(relayed.pdu.into()))
                }
            };
            assert!(lost.starts_with(&source.lost), "{what}");
            let after = read_values(&report);
            let sides = if to == "mm7" { ("Recipient", "Sender") } else { ("From", "To") };
            assert_listed(&what, &before, &after, &lost[source.lost.len()..], &source.mail_headers, sides);
            let Some(again) = decode(again, &what, is_whole(&after)) else { continue };
            assert_eq!(read_values(&read(&again).unwrap().report), after, "{what}");
            crossed += 1;
        }
    }
    say(&format!("{crossed} read reports went across"));
    assert!(crossed > 10);
}

#[test]
fn a_report_goes_to_the_originator_of_its_message() {
    let mut read = ReadReport::default();
    read.originator = Some(Address::phone("+12025550101"));
    let mut delivered = DeliveryReport::default();
    delivered.originator = read.originator.clone();
    let read = relay::read_report_to_mm4(read, &receipt(), hop()).envelope.unwrap();
    let delivered = relay::delivery_report_to_mm4(delivered, &receipt(), hop()).envelope.unwrap();
    for envelope in [read, delivered] {
        assert_eq!(envelope.mail_from.as_deref(), Some("system-user@mms.mnc015.mcc234.gprs"));
        assert_eq!(envelope.rcpt_to, ["+12025550101/TYPE=PLMN@mms.mnc012.mcc345.gprs"]);
    }
}

/// MM4 quotes identifiers (TS 23.140, 8.4.5), and the other interfaces do not.
#[test]
fn an_identifier_is_quoted_on_mm4_alone() {
    for id in ["mm-1@x", "\"mm-1@x\"", "<mm-1@x>"] {
        let mut read = ReadReport::default();
        read.message_id = Some(id.into());
        let on_mm7 = relay::read_report_to_mm7(read.clone(), &receipt(), Service::default()).pdu.report.message_id;
        assert_eq!(on_mm7.as_deref(), Some("mm-1@x"), "{id}");
        let on_mm4 = relay::read_report_to_mm4(read, &receipt(), hop()).pdu.report.message_id.unwrap();
        let quoted = if id.starts_with('<') { id } else { "\"mm-1@x\"" };
        assert_eq!(on_mm4, quoted, "{id}");
    }
}

#[test]
fn a_report_that_nobody_could_read_says_so_on_mm7_alone() {
    let mut report = ReadReport::default();
    report.status = Some(ReadStatus::Indeterminate);
    let relayed = relay::read_report_to_mm4(report.clone(), &receipt(), hop());
    assert_eq!(relayed.pdu.report.status, None);
    assert_eq!(relayed.lost[0].to_string(), "X-Mms-Read-Status is not carried");
    let relayed = relay::read_report_to_mm7(report, &receipt(), Service::default());
    assert_eq!(relayed.pdu.report.status, Some(ReadStatus::Indeterminate));
    assert_eq!(relayed.lost, []);
}

#[test]
fn a_message_that_cannot_be_routed_is_told_in_words_on_mm7() {
    let mut report = DeliveryReport::default();
    report.status = Some(MmStatus::Unreachable);
    let relayed = relay::delivery_report_to_mm7(report, &receipt(), Service::default()).unwrap();
    assert_eq!(relayed.pdu.report.status, Some(MmStatus::Indeterminate));
    assert_eq!(relayed.pdu.report.status_text.unwrap(), "Unreachable");
}

#[test]
fn an_unreadable_date_is_replaced_by_the_relays() {
    let mail = include_str!("../vectors/mm4/delivery_report_req.eml").replace("+0000\n", "+00application/vnd\n");
    let decoded = mm4::decode(&Bytes::from(mail.replace('\n', "\r\n"))).unwrap().value;
    let mm4::Pdu::DeliveryReportReq(request) = decoded else { panic!("{decoded:?}") };
    assert_eq!(request.report.date, None);
    let relayed = relay::delivery_report_to_mm4(request, &receipt(), hop());
    assert!(mm4::encode(&relayed.pdu).is_ok());
}

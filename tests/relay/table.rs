//! The table of model.md 5, written out: messages that say all of it.

use mms_codec::message::{
    Address, AddressDetails, ContentType, DeliveryReport, Header, Message, MmStatus, MmStatusExtension, Part,
    ReplyCharging, SenderVisibility, Time, Timestamp,
};
use mms_codec::mm1::{ForwardReq, MmState, SendReq, Version};
use mms_codec::mm4;
use mms_codec::mm7::{ChargedParty, SubmitReq};
use mms_codec::relay::{self, Receipt, ReportReceipt, Service};

use crate::known::{ARRIVED, announcement, hop};

fn receipt() -> Receipt {
    Receipt { arrived: ARRIVED, message_id: "mm-1".into(), sender: Some(Address::phone("+12025550101")), alias: None }
}

fn message() -> Message {
    let mut message = Message::default();
    message.from = Some(Address::phone("+12025550101").into());
    message.to.push(Address::phone("+447700900123"));
    message.body = Some(Part::new(ContentType::new("text/plain"), "hello"));
    message
}

fn assert_lost(lost: &[relay::Lost], expected: &[&str]) {
    let mut found: Vec<_> = lost.iter().map(|lost| lost.name.as_str()).collect();
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn from_mm7() {
    let mut submit = SubmitReq::default();
    submit.message = message();
    submit.service_code = Some("gold".into());
    submit.vasp_id = Some("acme".into());
    submit.vas_id = Some("news".into());
    submit.charged_party = Some(ChargedParty::Sender);
    submit.linked_id = Some("mm-0".into());
    submit.delivery_conditions = vec![core::num::NonZeroU32::MIN];
    submit.message.distribution_indicator = Some(false);
    submit.message.delivery_time = Some(Time::Absolute(Timestamp::from_seconds(ARRIVED.seconds + 60)));
    submit.message.reply_charging = Some(ReplyCharging::Requested);
    let mut details = AddressDetails::default();
    details.display_only = Some(true);
    submit.message.to[0].details = Some(details.into());
    let everywhere = [
        "ServiceCode",
        "SenderIdentification.VASPID",
        "SenderIdentification.VASID",
        "ChargedParty",
        "LinkedID",
        "DeliveryCondition.DC",
        "To@displayOnly",
        // A phone is not told when it could have got a message at the earliest, though a relay/server is.
        "X-Mms-Delivery-Time",
    ];
    let on_mm4 = ["X-Mms-Distribution-Indicator", "X-Mms-Reply-Charging"];
    assert_lost(&relay::to_mm4(submit.clone(), &receipt(), hop()).lost, &[&everywhere[..], &on_mm4].concat());
    assert_lost(&relay::to_mm1(submit, &receipt(), announcement()).unwrap().lost, &everywhere);
}

#[test]
fn from_mm4() {
    let mut request = mm4::ForwardReq::default();
    request.message = message();
    request.message.sender_visibility = Some(SenderVisibility::Show);
    request.originator_rs_delivery_report = Some(true);
    request.ack_request = Some(true);
    request.extra.push(Header::Text { name: "Received".into(), value: "by mms".into() });
    let on_phone = ["X-Mms-Originator-R/S-Delivery-Report", "X-Mms-Ack-Request", "Received", "X-Mms-Sender-Visibility"];
    assert_lost(&relay::to_mm7(request.clone(), &receipt(), Service::default()).lost, &on_phone);
    // A phone that gets a message is not told that its sender could have hidden.
    assert_lost(&relay::to_mm1(request, &receipt(), announcement()).unwrap().lost, &on_phone);

    let mut report = mm4::DeliveryReportReq::default();
    report.report = DeliveryReport::default();
    report.report.status = Some(MmStatus::Rejected);
    report.report.status_extension = Some(MmStatusExtension::RejectionByMmsRecipient);
    report.forward_to_originator_ua = Some(true);
    let receipt = ReportReceipt { arrived: ARRIVED, recipient: None };
    let relayed = relay::delivery_report_to_mm1(report.clone(), &receipt, Version::V1_2).unwrap();
    assert_lost(&relayed.lost, &["X-Mms-MM-Status-Extension"]);
    let relayed = relay::delivery_report_to_mm7(report, &receipt, Service::default()).unwrap();
    assert_lost(&relayed.lost, &[]);
}

#[test]
fn from_mm1() {
    let mut send = SendReq::default();
    send.message = message();
    send.message.delivery_time = Some(Time::Absolute(Timestamp::from_seconds(ARRIVED.seconds + 60)));
    send.message.reply_charging = Some(ReplyCharging::RequestedTextOnly);
    send.message.distribution_indicator = Some(false);
    send.message.sender_visibility = Some(SenderVisibility::Show);
    send.store = Some(true);
    send.mm_state = Some(MmState::Sent);
    let mailbox = ["X-Mms-Store", "X-Mms-MM-State"];
    let times = ["X-Mms-Delivery-Time", "X-Mms-Reply-Charging", "X-Mms-Distribution-Indicator"];
    assert_lost(&relay::to_mm4(send.clone(), &receipt(), hop()).lost, &[&mailbox[..], &times].concat());
    // A message is delivered to a provider, which has no say in when, and is not paid for an answer.
    let lost = relay::to_mm7(send, &receipt(), Service::default()).lost;
    assert_lost(&lost, &[&mailbox[..], &times, &["X-Mms-Sender-Visibility"]].concat());

    let mut forward = ForwardReq::default();
    forward.report_allowed = Some(false);
    assert_lost(&relay::forwarded(forward, message(), &receipt()).lost, &["X-Mms-Report-Allowed"]);
}

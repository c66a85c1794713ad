//! A message of another operator is for those in the envelope of its mail, whomever its header names.

use mms_codec::message::{Address, ContentType, Message, MmStatus, Part, ReadStatus, RequestStatus};
use mms_codec::mm4::{self, ForwardReq, Posting, SmtpEnvelope};
use mms_codec::relay::{self, Hop, MailHop, Outcome, Provider, Receipt, Taken};

use crate::known::{ARRIVED, announcement, hop};

const OWN: &str = "mms.example.net";

fn receipt() -> Receipt {
    Receipt { sender: None, ..Receipt::new(ARRIVED, "\"mm-1\"") }
}

/// To a phone here, one in another network and a mailbox; a phone here is a blind recipient.
fn arrived() -> Taken {
    let mut request = ForwardReq::default();
    request.message.from = Some(mm4::address_at(&Address::phone("+447700900123"), "mms.example.org").into());
    request.message.to = vec![
        mm4::address_at(&Address::phone("+12025550101"), OWN),
        mm4::address_at(&Address::phone("+33612345678"), "mms.example.fr"),
    ];
    request.message.cc.push(Address::email("kim@example.org"));
    request.message.body = Some(Part::new(ContentType::new("text/plain"), "hello"));
    // With and without the type of the number, and once too often.
    let paths =
        ["+12025550101@MMS.example.net", "+12025550102/TYPE=PLMN@mms.example.net", "+12025550102@mms.example.net"];
    relay::from_mm4(request, &SmtpEnvelope::new("mms@mms.example.org", paths), OWN)
}

fn values(addresses: &[Address]) -> Vec<&str> {
    addresses.iter().map(Address::value).collect()
}

#[test]
fn those_in_the_envelope_get_it_and_no_others() {
    let taken = arrived();
    assert_eq!(values(&taken.message.to), ["+12025550101", "+33612345678"]);
    assert_eq!(values(&taken.message.bcc), ["+12025550102"]);

    // The relay of their network passes it to phones, and not again to the networks that got it by themselves.
    let routed = relay::route(taken.clone(), &receipt(), |to| to.value().starts_with("+33").then(hop));
    assert!(routed.mails.is_empty());
    assert_eq!(values(&routed.others), ["+12025550101", "+12025550102"]);
    let delivery = relay::to_mm1(taken.clone(), &receipt(), announcement()).unwrap().pdu;
    assert_eq!(values(&delivery.retrieve.message.to), ["+12025550101", "+33612345678"]);
    assert_eq!(delivery.retrieve.message_id.unwrap(), "mm-1");

    // Nor does any other function.
    let relayed = relay::to_mm4(taken.clone(), &receipt(), hop());
    assert_eq!(relayed.envelope.unwrap().rcpt_to, ["+12025550101/TYPE=PLMN@mms.example.net"]);
    let recipients = vec![Address::phone("+12025550102"), Address::phone("+33612345678")];
    let relayed = relay::to_mm4(taken.clone(), &receipt(), Hop { recipients: recipients.clone(), ..hop() });
    assert_eq!(relayed.envelope.unwrap().rcpt_to, ["+12025550102/TYPE=PLMN@mms.example.net"]);
    let submits = relay::to_submits(taken.clone(), &receipt(), &Provider::default());
    assert_eq!(submits.len(), 2);
    let posting = Posting::new("mms@mms.example.net", "1@mms.example.net", ARRIVED);
    let mail = relay::to_mail(taken.clone(), &receipt(), MailHop::new(posting.clone(), OWN));
    assert!(mail.envelope.unwrap().rcpt_to.is_empty());
    let mail = relay::to_mail(taken, &receipt(), MailHop { recipients, ..MailHop::new(posting, OWN) });
    assert_eq!(mail.envelope.unwrap().rcpt_to, ["+12025550102@mms.example.net"]);
}

#[test]
fn everybody_keeps_the_domain_of_his_network_by_every_hop() {
    let mut taken = Taken::from(Message::default());
    let [shown, blind] = ["+33612345678", "+33612345679"]
        .map(|number| mm4::address_at(&Address::phone(number), "mms.mnc001.mcc208.gprs"));
    (taken.message.to, taken.message.bcc) = (vec![shown, Address::phone("+447700900123")], vec![blind]);
    // A hub reaches all of them.
    let routed = relay::route(taken, &receipt(), |_| Some(hop()));
    assert_eq!(
        routed.mails[0].envelope.as_ref().unwrap().rcpt_to,
        [
            "+33612345678/TYPE=PLMN@mms.mnc001.mcc208.gprs",
            "+447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs",
            "+33612345679/TYPE=PLMN@mms.mnc001.mcc208.gprs",
        ]
    );
    let mut taken = Taken::from(Message::default());
    taken.message.to.push(mm4::address_at(&Address::phone("+33612345678"), "mms.mnc001.mcc208.gprs"));
    let posting = Posting::new("mms@mms.example.net", "1@mms.example.net", ARRIVED);
    let recipients = taken.message.to.clone();
    let mail = relay::to_mail(taken, &receipt(), MailHop { recipients, ..MailHop::new(posting, OWN) });
    assert_eq!(mail.envelope.unwrap().rcpt_to, ["+33612345678@mms.mnc001.mcc208.gprs"]);
}

#[test]
fn without_an_envelope_it_is_for_all() {
    let mut taken = Taken::from(Message::default());
    taken.message.to = vec![Address::phone("+12025550101"), Address::phone("+33612345678")];
    let routed = relay::route(taken, &receipt(), |to| to.value().starts_with("+33").then(hop));
    assert_eq!((routed.mails.len(), routed.others.len()), (1, 1));
}

#[test]
fn a_mail_is_for_those_in_its_envelope() {
    let mail = b"From: kim@example.org\r\nTo: +12025550101@mms.example.net, lee@example.org\r\nMIME-Version: 1.0\r\n\
        Bcc: +12025550102@mms.example.net\r\nContent-Type: text/plain\r\n\r\nhello\r\n";
    let mail = mms_codec::mail::decode(&mms_codec::Bytes::from_static(mail)).unwrap().value;
    let envelope =
        SmtpEnvelope::new("kim@example.org", ["+12025550101@mms.example.net", "+12025550102@mms.example.net"]);
    let relay::Mailed::Message(taken) = relay::from_mail(mail, &envelope, OWN) else { panic!() };
    let routed = relay::route(*taken, &receipt(), |_| None);
    assert_eq!(values(&routed.others), ["+12025550101", "+12025550102"]);
}

#[test]
fn reports_are_about_those_whom_it_came_for() {
    let mut taken = arrived();
    (taken.message.delivery_report, taken.message.read_report) = (Some(true), Some(true));
    taken.message.to.extend(taken.recipients.first().cloned().map(|mut to| {
        to.details.get_or_insert_default().display_only = Some(true);
        to
    }));
    let sent = relay::Sent::new(&taken, &receipt());
    assert_eq!(sent.recipients().map(Address::value).collect::<Vec<_>>(), ["+12025550101", "+12025550102"]);
    let [here, elsewhere] = ["+12025550102", "+33612345678"].map(Address::phone);
    let now = receipt().arrived;
    assert!(sent.delivery_report(here.clone(), MmStatus::Retrieved, now).is_some());
    assert_eq!(sent.delivery_report(elsewhere.clone(), MmStatus::Retrieved, now), None);
    assert!(sent.read_report(here.clone(), ReadStatus::Read, now).is_some());
    assert_eq!(sent.read_report(elsewhere.clone(), ReadStatus::Read, now), None);
    let refused = Outcome::from(RequestStatus::ErrorServiceDenied);
    let reports = sent.part_for([elsewhere, here.clone()]).outcome(refused.clone(), now);
    let about: Vec<_> = reports.into_iter().filter_map(|report| report.report.recipient).collect();
    assert_eq!(values(&about), [here.value()]);
    assert_eq!(sent.outcome(refused.clone(), now).len(), 2);
    assert_eq!(sent.part_for([]).outcome(refused, now), []);
    assert_eq!(sent.delivery_reports(MmStatus::Expired, now).len(), 2);
}

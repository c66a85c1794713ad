//! What has to hold for any octets.

#![expect(clippy::panic, reason = "a panic says what a fuzz target found")]

mod compare;
mod secrets;

use alloc::vec::Vec;

use bytes::Bytes;

use self::compare::{
    assert_carried, assert_listed, assert_same, assert_values_listed, of_delivery_report, of_read_report, shown,
};
use self::secrets::Secrets;
use super::interface::Interface;
use super::{
    Hop, Lost, MailHop, Mailed, Receipt, ReportReceipt, Service, Taken, TakenDeliveryReport, TakenReadReport,
    cancel_to_mm1, delivery_report_to_mail, delivery_report_to_mm1, delivery_report_to_mm4, delivery_report_to_mm7,
    from_mail, read_report_to_mail, read_report_to_mm1, read_report_to_mm4, read_report_to_mm7, to_mail, to_mm1,
    to_mm4, to_mm7,
};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::mail::{self, Mail};
use crate::message::{Address, DeliveryReport, Interval, Message, Originator, ReadReport, Timestamp};
use crate::mm1::{Announcement, Version};
use crate::options::{Deviation, DeviationKind, Options};
use crate::{mm1, mm4, mm7};

/// Decodes what follows the first two octets of `data`, of which the first says what the relay knows,
/// and the second where the message goes: to one interface, where it is encoded and decoded, and from
/// there to another, which may be the one that it came from. One way an input keeps inputs cheap; the
/// others are those of other inputs.
///
/// # Panics
///
/// If something differs that is not in the list of what was lost, or if what was encoded is not
/// valid, or reads otherwise.
pub(crate) fn fuzz(data: &[u8]) {
    let [choices, way, octets @ ..] = data else { return };
    let to = |way: u8| Interface::ALL.get(usize::from(way) % Interface::ALL.len()).map(core::slice::from_ref);
    let (first, next) = (to(*way).unwrap_or_default(), to(*way >> 4).unwrap_or_default());
    Relay { choices: *choices, passes_on: None, first, next }.octets(octets);
}

/// [`fuzz`] on all ways, without the second octet.
///
/// # Panics
///
/// As [`fuzz`].
pub(crate) fn fuzz_all(data: &[u8]) {
    let [choices, octets @ ..] = data else { return };
    Relay { choices: *choices, passes_on: None, first: &Interface::ALL, next: &Interface::ALL }.octets(octets);
}

const ARRIVED: Timestamp = Timestamp::from_seconds(1_709_631_047);

/// A relay that knows different things by the bits of a number.
#[derive(Clone, Copy, Debug)]
struct Relay {
    choices: u8,
    /// The interface that it got invalid values from, to which they go on as they came.
    passes_on: Option<Interface>,
    /// Where what is decoded goes.
    first: &'static [Interface],
    /// Where a message goes from each of them.
    next: &'static [Interface],
}

impl Relay {
    fn octets(self, octets: &[u8]) {
        let octets = Bytes::copy_from_slice(octets);
        if mm7::detect(&octets) {
            if let Ok(decoded) = mm7::decode_unlabelled(&octets) {
                self.of_mm7(decoded.value.pdu);
            }
        } else if mm4::detect(&octets) {
            if let Ok(decoded) = mm4::decode(&octets) {
                self.passes_on(Interface::Mm4, &decoded.deviations).of_mm4(decoded.value);
            }
        } else if let Ok(decoded) = mm1::decode(&octets) {
            self.passes_on(Interface::Mm1, &decoded.deviations).of_mm1(decoded.value);
        }
    }

    fn passes_on(self, interface: Interface, deviations: &[Deviation]) -> Self {
        Self { passes_on: Some(interface).filter(|_| !deviations.is_empty()), ..self }
    }

    const fn version(self) -> Version {
        match self.choices & 3 {
            0 => Version::V1_3,
            1 => Version::V1_2,
            2 => Version::V1_1,
            _ => Version::V1_0,
        }
    }

    fn service(self) -> Service {
        let schema = match self.choices >> 2 & 3 {
            0 => mm7::Schema::REL_6_MM7_1_4,
            1 => mm7::Schema::REL_5_MM7_1_3,
            2 => mm7::Schema::REL_5_MM7_1_0,
            _ => mm7::Schema::REL_5_MM7_1_5,
        };
        Service { schema, vasp_id: Some("acme".into()), ..Service::default() }
    }

    fn receipt(self) -> Receipt {
        let who = |bit, number| (self.choices & bit == 0).then(|| Address::phone(number));
        Receipt {
            arrived: ARRIVED,
            message_id: "mm-1".into(),
            sender: who(0x10, "+12025550101"),
            alias: who(0x20, "+12025550199"),
        }
    }

    fn report_receipt(self) -> ReportReceipt {
        ReportReceipt { arrived: ARRIVED, recipient: self.receipt().sender }
    }

    fn announcement(self) -> Announcement {
        Announcement {
            transaction_id: "T1".into(),
            version: self.version(),
            content_location: "http://mmsc.example.net/1".into(),
            message_size: 1_000,
            expiry: Interval::from_seconds(if self.choices & 0x40 == 0 { 172_800 } else { u64::MAX }),
        }
    }

    fn hop(self) -> Hop {
        let posting = mm4::Posting::new("system-user@mms.example.net", "1@mms.example.net", ARRIVED.seconds);
        Hop::new(posting, "t-1", "mms.example.net", "mms.example.org")
    }

    /// Numbers with their type are read again as numbers.
    fn mail_hop(self) -> MailHop {
        let Hop { posting, own_domain, .. } = self.hop();
        MailHop { numbers: mm4::Numbers::Typed, ..MailHop::new(posting, own_domain) }
    }

    fn of_mm1(self, pdu: mm1::Pdu) {
        match pdu {
            mm1::Pdu::SendReq(pdu) => self.message(&pdu.into()),
            mm1::Pdu::RetrieveConf(pdu) => self.message(&pdu.into()),
            mm1::Pdu::ForwardReq(pdu) => {
                let stored = Message { from: pdu.message.from.clone(), ..Message::default() };
                let once = super::forwarded(pdu.clone(), stored, &self.receipt());
                self.message(&super::forwarded(pdu, once, &self.receipt()));
            }
            mm1::Pdu::DeliveryInd(pdu) => self.delivery_report(&pdu.into()),
            mm1::Pdu::ReadRecInd(pdu) => self.read_report(&pdu.into()),
            mm1::Pdu::ReadOrigInd(pdu) => self.read_report(&pdu.into()),
            _ => {}
        }
    }

    fn of_mm4(self, pdu: mm4::Pdu) {
        match pdu {
            mm4::Pdu::ForwardReq(pdu) => self.message(&pdu.into()),
            mm4::Pdu::DeliveryReportReq(pdu) => self.delivery_report(&pdu.into()),
            mm4::Pdu::ReadReplyReportReq(pdu) => self.read_report(&pdu.into()),
            _ => {}
        }
    }

    fn of_mm7(self, pdu: mm7::Pdu) {
        match pdu {
            mm7::Pdu::SubmitReq(pdu) => self.message(&pdu.into()),
            mm7::Pdu::DeliverReq(pdu) => self.message(&pdu.into()),
            mm7::Pdu::ReplaceReq(pdu) => self.message(&pdu.into()),
            mm7::Pdu::ExtendedReplaceReq(pdu) => self.message(&pdu.into()),
            mm7::Pdu::DeliveryReportReq(pdu) => self.delivery_report(&pdu.into()),
            mm7::Pdu::ReadReplyReq(pdu) => self.read_report(&pdu.into()),
            mm7::Pdu::ExtendedCancelReq(pdu) => {
                self.mm1_again(&cancel_to_mm1(pdu, "T1", self.version()).pdu.into());
            }
            _ => {}
        }
    }

    fn message(self, taken: &Taken) {
        for interface in self.first {
            match interface {
                Interface::Mm1 => self.message_to_mm1(taken),
                Interface::Mm4 => self.message_to_mm4(taken),
                Interface::Mm7 => self.message_to_mm7(taken),
                Interface::Mail => self.message_to_mail(taken),
            }
        }
    }

    /// One of the blind recipients, who may be somebody whom the other side serves.
    fn served(self, message: &Message) -> Vec<Address> {
        message.bcc.iter().take(usize::from(self.choices >> 7)).cloned().collect()
    }

    fn message_to_mm1(self, taken: &Taken) {
        let (receipt, before) = (self.receipt(), &taken.message);
        let secrets = Secrets::of(before, &receipt, &[]);
        match to_mm1(taken.clone(), &receipt, self.announcement()) {
            Ok(relayed) => {
                assert_listed(before, &shown(&relayed.pdu), &relayed.lost);
                let retrieved = relayed.pdu.retrieve.message.clone();
                for pdu in [mm1::Pdu::from(relayed.pdu.notification), relayed.pdu.retrieve.into()] {
                    secrets.assert_kept(&pdu.fields(), pdu.message());
                    // What only the notification says goes no further.
                    if let Some(mm1::Pdu::RetrieveConf(again)) = self.mm1_again(&pdu) {
                        self.onward(&retrieved, &again.into(), &[]);
                    }
                }
            }
            Err(expired) => assert_eq!(*expired.taken, *taken, "the message is given back"),
        }
    }

    fn message_to_mm4(self, taken: &Taken) {
        let (receipt, before) = (self.receipt(), &taken.message);
        let served = self.served(before);
        let hop = Hop { recipients: served.clone(), ..self.hop() };
        let relayed = to_mm4(taken.clone(), &receipt, hop);
        assert_listed(before, &relayed.pdu.message, &relayed.lost);
        // The next operator hides whom the message does not give another name.
        let shown_to_peer = before.from.as_ref().and_then(Originator::address).or(receipt.sender.as_ref());
        let shown_to_peer: Vec<_> = shown_to_peer.filter(|_| receipt.alias.is_none()).cloned().into_iter().collect();
        let pdu = relayed.pdu.into();
        Secrets::of(before, &receipt, &shown_to_peer).assert_kept(&mm4::Pdu::fields(&pdu), pdu.message());
        let rcpt_to = relayed.envelope.map(|envelope| envelope.rcpt_to).unwrap_or_default();
        let known = [&*shown_to_peer, &served].concat();
        rcpt_to.iter().for_each(|path| Secrets::of(before, &receipt, &known).assert_absent("RCPT TO", path));
        if let Some(mm4::Pdu::ForwardReq(again)) = self.mm4_again(&pdu) {
            self.onward(before, &again.into(), &relayed.lost);
        }
    }

    fn message_to_mm7(self, taken: &Taken) {
        let (receipt, before) = (self.receipt(), &taken.message);
        let served = self.served(before);
        let relayed = to_mm7(taken.clone(), &receipt, Service { serves: served.clone(), ..self.service() });
        assert_listed(before, &relayed.pdu.message, &relayed.lost);
        let pdu = relayed.pdu.into();
        Secrets::of(before, &receipt, &served).assert_kept(&mm7::Pdu::fields(&pdu), pdu.message());
        if let Some(mm7::Pdu::DeliverReq(again)) = self.mm7_again(pdu) {
            self.onward(before, &again.into(), &relayed.lost);
        }
    }

    fn message_to_mail(self, taken: &Taken) {
        let (receipt, before) = (self.receipt(), &taken.message);
        let served = self.served(before);
        let relayed = to_mail(taken.clone(), &receipt, MailHop { recipients: served.clone(), ..self.mail_hop() });
        assert_listed(before, &relayed.pdu.message, &relayed.lost);
        let envelope = relayed.envelope.unwrap_or_default();
        let strangers = Secrets::of(before, &receipt, &served);
        envelope.rcpt_to.iter().for_each(|path| strangers.assert_absent("RCPT TO", path));
        if let Some(again) = self.mail_again(&relayed.pdu) {
            strangers.assert_kept(&[], Some(&again.message));
            let Mailed::Message(again) = from_mail(again, &envelope, "mms.example.net") else {
                // What the user sent is itself a notification.
                return;
            };
            let Message { bcc, from, .. } = again.message.clone();
            let written = Message { bcc, from, ..relayed.pdu.message };
            assert_same(Some(&written), Some(&again.message));
        }
    }

    /// Moves on a message that crossed one interface: what is gone then is in the list of the first or
    /// of the second step.
    fn onward(self, before: &Message, taken: &Taken, lost: &[Lost]) {
        let (receipt, taken) = (self.receipt(), || taken.clone());
        for interface in self.next {
            let (after, more) = match interface {
                Interface::Mm1 => {
                    let Ok(relayed) = to_mm1(taken(), &receipt, self.announcement()) else { continue };
                    (shown(&relayed.pdu), relayed.lost)
                }
                Interface::Mm4 => {
                    let relayed = to_mm4(taken(), &receipt, self.hop());
                    (relayed.pdu.message, relayed.lost)
                }
                Interface::Mm7 => {
                    let relayed = to_mm7(taken(), &receipt, self.service());
                    (relayed.pdu.message, relayed.lost)
                }
                Interface::Mail => {
                    let relayed = to_mail(taken(), &receipt, self.mail_hop());
                    (relayed.pdu.message, relayed.lost)
                }
            };
            assert_carried(before, &after, &[lost, &more].concat());
        }
    }

    fn delivery_report(self, taken: &TakenDeliveryReport) {
        let (receipt, before) = (self.report_receipt(), of_delivery_report(&taken.report));
        let is_shown = taken.forward_to_originator_ua != Some(false);
        for interface in self.first {
            match interface {
                Interface::Mm1 => {
                    let relayed = delivery_report_to_mm1(taken.clone(), &receipt, self.version());
                    assert_eq!(relayed.is_some(), is_shown, "the flag is obeyed");
                    if let Some(relayed) = relayed {
                        assert_values_listed(&before, &of_delivery_report(&relayed.pdu.report), &relayed.lost);
                        self.mm1_again(&relayed.pdu.into());
                    }
                }
                Interface::Mm4 => {
                    let relayed = delivery_report_to_mm4(taken.clone(), &receipt, self.hop());
                    assert_values_listed(&before, &of_delivery_report(&relayed.pdu.report), &relayed.lost);
                    self.mm4_again(&relayed.pdu.into());
                }
                Interface::Mm7 => {
                    let relayed = delivery_report_to_mm7(taken.clone(), &receipt, self.service());
                    assert_eq!(relayed.is_some(), is_shown, "the flag is obeyed");
                    if let Some(relayed) = relayed {
                        assert_values_listed(&before, &of_delivery_report(&relayed.pdu.report), &relayed.lost);
                        self.mm7_again(relayed.pdu.into());
                    }
                }
                Interface::Mail => {
                    let relayed = delivery_report_to_mail(taken.clone(), &receipt, self.mail_hop());
                    assert_eq!(relayed.is_some(), is_shown, "the flag is obeyed");
                    let Some(relayed) = relayed else { continue };
                    let Some(again) = self.mail_again(&relayed.pdu) else { continue };
                    let Mailed::DeliveryReports(reports) = from_mail(again, &Default::default(), "mms.example.net")
                    else {
                        panic!("a notification is read as one");
                    };
                    for report in reports {
                        // The mail is for the originator, whom from_mail knows among the own numbers.
                        let originator = taken.report.originator.clone();
                        let report = DeliveryReport { originator, ..report.report };
                        assert_values_listed(&before, &of_delivery_report(&report), &relayed.lost);
                    }
                }
            }
        }
    }

    fn read_report(self, taken: &TakenReadReport) {
        let (receipt, before) = (self.report_receipt(), of_read_report(&taken.report));
        for interface in self.first {
            match interface {
                Interface::Mm1 => {
                    let relayed = read_report_to_mm1(taken.clone(), &receipt, self.version());
                    assert_values_listed(&before, &of_read_report(&relayed.pdu.report), &relayed.lost);
                    self.mm1_again(&relayed.pdu.into());
                }
                Interface::Mm4 => {
                    let relayed = read_report_to_mm4(taken.clone(), &receipt, self.hop());
                    assert_values_listed(&before, &of_read_report(&relayed.pdu.report), &relayed.lost);
                    self.mm4_again(&relayed.pdu.into());
                }
                Interface::Mm7 => {
                    let relayed = read_report_to_mm7(taken.clone(), &receipt, self.service());
                    assert_values_listed(&before, &of_read_report(&relayed.pdu.report), &relayed.lost);
                    self.mm7_again(relayed.pdu.into());
                }
                Interface::Mail => {
                    let relayed = read_report_to_mail(taken.clone(), &receipt, self.mail_hop());
                    let Some(again) = self.mail_again(&relayed.pdu) else { continue };
                    let Mailed::ReadReport(again) = from_mail(again, &Default::default(), "mms.example.net") else {
                        panic!("a notification is read as one");
                    };
                    let report = ReadReport { originator: taken.report.originator.clone(), ..again.report };
                    assert_values_listed(&before, &of_read_report(&report), &relayed.lost);
                }
            }
        }
    }

    fn mm1_again(self, pdu: &mm1::Pdu) -> Option<mm1::Pdu> {
        let encoding = mm1::encode(pdu);
        if pdu.message_type().since() > Some(self.version()) {
            assert_eq!(encoding.map_err(|error| error.kind), Err(EncodeErrorKind::NewerField));
            return None;
        }
        let octets = encoded(encoding).map(Bytes::from)?;
        let again = mm1::decode(&octets).unwrap_or_else(|error| panic!("what is encoded is read: {error}"));
        // Octets that are not text in their charset are passed on as they came.
        if self.passes_on != Some(Interface::Mm1) {
            assert_forgiven(&again.deviations, &[DeviationKind::UndecodableText]);
        }
        assert_same(pdu.message(), again.value.message());
        assert_eq!(mm1::encode(&again.value).map(Bytes::from), Ok(octets), "what is encoded is stable");
        Some(again.value)
    }

    fn mm4_again(self, pdu: &mm4::Pdu) -> Option<mm4::Pdu> {
        let octets = encoded(mm4::encode(pdu)).map(Bytes::from)?;
        let again = mm4::decode(&octets).unwrap_or_else(|error| panic!("what is encoded is read: {error}"));
        if self.passes_on != Some(Interface::Mm4) {
            // A proprietary class looks like a misspelt one.
            assert_forgiven(&again.deviations, &[DeviationKind::UnknownToken]);
        }
        assert_same(pdu.message(), again.value.message());
        assert_eq!(mm4::encode(&again.value).map(Bytes::from), Ok(octets), "what is encoded is stable");
        Some(again.value)
    }

    fn mail_again(self, written: &Mail) -> Option<Mail> {
        let octets = encoded(mail::encode(written)).map(Bytes::from)?;
        let again = mail::decode(&octets).unwrap_or_else(|error| panic!("what is encoded is read: {error}"));
        if self.passes_on != Some(Interface::Mm4) {
            assert_forgiven(&again.deviations, &[]);
        }
        // A mailbox with a number is read as the phone of the sender.
        let sender = |mail: &Mail| {
            let path = mail.message.from.as_ref().and_then(Originator::address).and_then(mm4::path)?;
            Some(path.replace("/TYPE=PLMN", ""))
        };
        assert_eq!(sender(written), sender(&again.value), "the sender is who it was");
        let from = again.value.message.from.clone();
        assert_same(Some(&Message { from, ..written.message.clone() }), Some(&again.value.message));
        let octets = encoded(mail::encode(&again.value)).map(Bytes::from)?;
        let twice = mail::decode(&octets).map(|decoded| mail::encode(&decoded.value).map(Bytes::from));
        assert_eq!(twice, Ok(Ok(octets)), "what is encoded is stable");
        Some(again.value)
    }

    fn mm7_again(self, pdu: mm7::Pdu) -> Option<mm7::Pdu> {
        let mut envelope = mm7::Envelope::new("t-1", pdu);
        envelope.schema = self.service().schema;
        let encoded = encoded(mm7::encode(&envelope))?;
        let again = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict());
        let again = again.unwrap_or_else(|error| panic!("what is encoded is valid: {error}"));
        assert_same(envelope.pdu.message(), again.value.pdu.message());
        let twice = mm7::encode(&again.value).map(|encoded| encoded.body());
        assert_eq!(twice, Ok(encoded.body()), "what is encoded is stable");
        Some(again.value.pdu)
    }
}

fn assert_forgiven(deviations: &[Deviation], allowed: &[DeviationKind]) {
    assert!(deviations.iter().all(|deviation| allowed.contains(&deviation.kind)), "{deviations:?}");
}

/// What was relayed can be encoded, but for what the peer left out.
fn encoded<T>(encoded: Result<T, EncodeError>) -> Option<T> {
    match encoded {
        Ok(encoded) => Some(encoded),
        Err(error) => {
            let is_missing = matches!(error.kind, EncodeErrorKind::MissingField | EncodeErrorKind::NestingTooDeep);
            assert!(is_missing, "what was relayed cannot be encoded: {error}");
            None
        }
    }
}

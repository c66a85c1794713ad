//! What has to hold for any octets.

#![expect(clippy::panic, reason = "a panic says what a fuzz target found")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use bytes::Bytes;

use super::interface::Interface;
use super::{
    Delivery, Hop, Lost, MailHop, Mailed, Receipt, ReportReceipt, Service, Taken, TakenDeliveryReport, TakenReadReport,
    cancel_to_mm1, delivery_report_to_mail, delivery_report_to_mm1, delivery_report_to_mm4, delivery_report_to_mm7,
    from_mail, read_report_to_mail, read_report_to_mm1, read_report_to_mm4, read_report_to_mm7, to_mail, to_mm1,
    to_mm4, to_mm7,
};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::mail::{self, Mail};
use crate::message::{
    Address, AddressKind, ContentDisposition, DeliveryReport, Element, ElementSet, Header, Interval, Message,
    Originator, Parameter, Part, ReadReport, ReplyCharging, SenderVisibility, Str, Text, Timestamp,
};
use crate::mm1::{Announcement, Version};
use crate::options::{Deviation, DeviationKind, Options};
use crate::{Shown, ShownField, mm1, mm4, mm7};

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

/// The people whom those who get a message must not learn of, as texts of letters, digits and dots:
/// the rest is not looked for.
#[derive(Debug)]
struct Secrets(Vec<String>);

impl Secrets {
    /// Blind recipients, coded addresses, and a sender who hides; without those in `known`, and
    /// without those whom the message names to everybody.
    fn of(before: &Message, receipt: &Receipt, known: &[Address]) -> Self {
        let is_coded = |address: &&Address| address.details.as_ref().is_some_and(|details| details.coding.is_some());
        let from = before.from.as_ref().and_then(Originator::address);
        let is_hidden = before.sender_visibility == Some(SenderVisibility::Hide);
        let sender = from.filter(|from| !is_coded(from)).or(receipt.sender.as_ref());
        let all = || {
            from.into_iter()
                .chain(&before.to)
                .chain(&before.cc)
                .chain(before.previously_sent_by.iter().map(|by| &by.address))
        };
        let secret = before.bcc.iter().chain(sender.filter(|_| is_hidden)).chain(all().filter(is_coded));
        let shown = before.to.iter().chain(&before.cc).chain(sender.filter(|_| !is_hidden));
        let shown = shown.filter(|address| !is_coded(address)).chain(&receipt.alias).chain(known);
        // Also where the address is not what it says, such as a number behind which there is more.
        let shown: BTreeSet<String> = shown.flat_map(spellings).collect();
        let is_shown = |name: &str| shown.contains(name) || shown.iter().any(|text| is_named(name, text));
        let has_form = |name: &String| {
            let is_plain = name.bytes().all(|c| c.is_ascii_alphanumeric() || b".@".contains(&c));
            let ends = [name.bytes().next(), name.bytes().next_back()];
            is_plain
                && (5..64).contains(&name.len())
                && name.bytes().filter(|c| *c == b'@').count() < 2
                && ends.iter().all(|end| end.is_some_and(|end| end.is_ascii_alphanumeric()))
        };
        let own = ["mm-1", "example", "system"];
        Self(
            secret
                .flat_map(spellings)
                .filter(|name| {
                    has_form(name)
                        && !is_shown(name)
                        && !own.iter().any(|own| name.contains(own) || own.contains(&**name))
                })
                .collect(),
        )
    }

    /// No field of a PDU, and nothing that is said of its parts, names one of them. What the user
    /// wrote may.
    fn assert_kept(&self, fields: &[ShownField], message: Option<&Message>) {
        if self.0.is_empty() {
            return;
        }
        for field in fields.iter().filter(|field| field.name != "Subject") {
            let texts = field.values.iter().filter_map(|value| match value {
                Shown::Text(text) => Some(text),
                _ => None,
            });
            texts.for_each(|text| self.assert_absent(&field.name, text));
        }
        let mut waiting: Vec<&Part> = message.and_then(|message| message.body.as_ref()).into_iter().collect();
        while let Some(part) = waiting.pop() {
            let Part { content_type, content_id, content_location, disposition, headers, content: _ } = part;
            // A charset, and the media type of a part, are words of registries.
            let is_registered = |parameter: &&Parameter| match parameter {
                Parameter::Text { name, value } if name.eq_ignore_ascii_case("type") => {
                    part.parts().iter().any(|part| part.content_type.is(value))
                }
                parameter => parameter.is("charset"),
            };
            content_type
                .parameters
                .iter()
                .filter(|parameter| !is_registered(parameter))
                .for_each(|parameter| self.assert_absent("Content-Type", &parameter.to_string()));
            for text in [content_id, content_location].into_iter().flatten() {
                self.assert_absent("part", text);
            }
            if let Some(disposition) = disposition {
                self.assert_absent("Content-Disposition", &disposition.to_string());
            }
            for header in headers {
                match header {
                    Header::Text { name, value } => self.assert_absent(name, value),
                    Header::Coded { value, .. } => self.assert_absent("part", &String::from_utf8_lossy(value)),
                }
            }
            waiting.extend(part.parts());
        }
    }

    fn assert_absent(&self, name: &str, text: &str) {
        let text = text.to_ascii_lowercase();
        for secret in &self.0 {
            assert!(!is_named(secret, &text), "{name} does not name {secret}: {text}");
        }
    }
}

/// Whether the name is in the text as a word or words.
fn is_named(name: &str, text: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|after| after.chars().next());
        before.is_none_or(|c| !c.is_ascii_alphanumeric()) && after.is_none_or(|c| !c.is_ascii_alphanumeric())
    })
}

/// What an address is looked for as: as it is, and the digits of a number.
fn spellings(address: &Address) -> impl Iterator<Item = String> {
    let value = address.kind.parts().0.trim().to_ascii_lowercase();
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let is_number = matches!(address.kind, AddressKind::Phone(_) | AddressKind::ShortCode(_));
    [Some(value), Some(digits).filter(|_| is_number)].into_iter().flatten()
}

/// What notification and retrieval say together.
fn shown(pdu: &Delivery) -> Message {
    let (mut shown, announced) = (pdu.retrieve.message.clone(), &pdu.notification.message);
    for element in announced.elements().without(shown.elements()).iter() {
        set(&mut shown, element, announced);
    }
    shown
}

fn assert_forgiven(deviations: &[Deviation], allowed: &[DeviationKind]) {
    assert!(deviations.iter().all(|deviation| allowed.contains(&deviation.kind)), "{deviations:?}");
}

fn assert_same(written: Option<&Message>, read: Option<&Message>) {
    if let (Some(written), Some(read)) = (written, read) {
        assert_listed(written, read, &[]);
        assert_eq!(everybody(written), everybody(read), "every recipient is who it was");
        if written.body != read.body {
            assert_eq!(headers(written), headers(read), "every part has its headers");
        }
    }
}

fn everybody(message: &Message) -> [&[Address]; 3] {
    [&message.to, &message.cc, &message.bcc]
}

/// What is said of the parts of a multipart, in a form that is the same on all interfaces.
fn headers(message: &Message) -> Vec<(String, String, bool, usize)> {
    let parts = message.body.iter().filter(|body| body.octets().is_none()).flat_map(Part::leaves);
    let bare = |text: &Option<Str>| text.as_deref().unwrap_or_default().trim().trim_matches(['<', '>']).to_string();
    let said = parts.map(|part| {
        (bare(&part.content_id), bare(&part.content_location), part.disposition.is_some(), part.headers.len())
    });
    said.collect()
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

fn only(message: &Message, element: Element) -> Message {
    let mut message = Message { body: None, ..message.clone() };
    message.retain(ElementSet::EMPTY.with(element));
    message
}

/// Gives `message` an element of another one.
fn set(message: &mut Message, element: Element, of: &Message) {
    let of = of.clone();
    match element {
        Element::Expiry => message.expiry = of.expiry,
        Element::MessageClass => message.class = of.class,
        Element::Subject => message.subject = of.subject,
        Element::Priority => message.priority = of.priority,
        Element::From => message.from = of.from,
        Element::DeliveryReport => message.delivery_report = of.delivery_report,
        Element::ReplyCharging => message.reply_charging = of.reply_charging,
        Element::ReplyChargingDeadline => message.reply_charging_deadline = of.reply_charging_deadline,
        Element::ReplyChargingSize => message.reply_charging_size = of.reply_charging_size,
        Element::ReplyChargingId => message.reply_charging_id = of.reply_charging_id,
        Element::DistributionIndicator => message.distribution_indicator = of.distribution_indicator,
        Element::ApplicId => message.applic_id = of.applic_id,
        Element::ReplyApplicId => message.reply_applic_id = of.reply_applic_id,
        Element::AuxApplicInfo => message.aux_applic_info = of.aux_applic_info,
        Element::ContentClass => message.content_class = of.content_class,
        Element::DrmContent => message.drm_content = of.drm_content,
        Element::ReplaceId => message.replace_id = of.replace_id,
        other => panic!("{other:?} is in the notification alone"),
    }
}

/// Whatever is gone or has another value is in the list.
fn assert_listed(before: &Message, after: &Message, lost: &[Lost]) {
    let is_listed = |element: Element| lost.iter().any(|lost| lost.part.is_none() && lost.name == element.name());
    let differing = before.differing(after);
    let unlisted = before.elements().iter().filter(|element| differing.contains(*element) && !is_listed(*element));
    for element in unlisted.filter(|element| *element != Element::Body) {
        let (was, is) = (only(before, element), only(after, element));
        let (was, is) = match element {
            // The sender whom the relay knows replaces the token.
            Element::From if before.from == Some(Originator::InsertAddress) => continue,
            Element::From | Element::To | Element::Cc | Element::Bcc | Element::PreviouslySentBy => {
                (addresses(&was), addresses(&is))
            }
            Element::Date | Element::PreviouslySentDate => (dates(&was), dates(&is)),
            // Relative ones become absolute.
            Element::Expiry | Element::DeliveryTime | Element::ReplyChargingDeadline => {
                assert!(is.elements().contains(element), "{element:?} is gone");
                continue;
            }
            Element::Subject => (texts(&was), texts(&is)),
            _ => (format!("{:?}", granted(was)), format!("{:?}", granted(is))),
        };
        assert_eq!(was, is, "{element:?} is in the list: {lost:?}");
    }
    if before.body == after.body {
        return;
    }
    let (before, after) = (contents(before), contents(after));
    // Without a charset that the other side has no name for, a text reads as an unlabelled one.
    let labels = ["Content-Type; charset", "Content-Type; 0x81"];
    let is_unlabelled =
        lost.iter().any(|lost| lost.part.is_some() && labels.iter().any(|label| lost.name.eq_ignore_ascii_case(label)));
    let is_same = before.len() == after.len()
        && before.iter().zip(&after).all(|(was, is)| match (&was.0, &is.0) {
            // What is cut off from a text in the charset of the label may be text without the label.
            (Some(text), Some(now)) => text == now || (is_unlabelled && was.1 == is.1),
            // A media type that is none, such as `le+xml`, is replaced: one side is text, the other octets.
            _ => was.1 == is.1 || is_unlabelled,
        });
    assert!(is_same, "every content is the same: {before:?} {after:?}: {lost:?}");
}

/// The same after two steps, with what is said of the parts.
fn assert_carried(before: &Message, after: &Message, lost: &[Lost]) {
    assert_listed(before, after, lost);
    if before.body == after.body {
        return;
    }
    let is_listed = |name: &str| lost.iter().any(|lost| lost.part.is_some() && lost.name.starts_with(name));
    let (before, after) = (parts(before), parts(after));
    for (was, is) in before.iter().zip(&after).filter(|_| before.len() == after.len()) {
        for ((name, was), (_, is)) in was.iter().zip(is) {
            assert!(was == is || is_listed(name), "{name} {was:?} became {is:?}, and is in the list: {lost:?}");
        }
    }
}

/// What is said of the parts of a multipart, by header, in a form that is the same on all interfaces.
fn parts(message: &Message) -> Vec<[(&'static str, String); 4]> {
    let bare = |text: &Option<Str>| text.as_deref().unwrap_or_default().trim().trim_matches(['<', '>']).to_string();
    // On mail there is one parameter of a name; the same again says nothing more. Texts may travel in
    // another charset.
    let once = |value: String, parameters: &[Parameter]| {
        let parameters = parameters.iter().filter(|parameter| !parameter.is("charset")).map(ToString::to_string);
        let pieces: BTreeSet<_> = parameters.chain([value]).map(|piece| piece.to_ascii_lowercase()).collect();
        format!("{pieces:?}")
    };
    let disposition = |of: &ContentDisposition| once(of.kind.to_string(), &of.parameters);
    let leaves = message.body.iter().filter(|body| body.octets().is_none()).flat_map(Part::leaves);
    let said = leaves.map(|part| {
        [
            ("Content-ID", bare(&part.content_id)),
            ("Content-Location", bare(&part.content_location)),
            ("Content-Disposition", part.disposition.as_deref().map(disposition).unwrap_or_default()),
            ("Content-Type", once(part.content_type.media.to_string(), &part.content_type.parameters)),
        ]
    });
    said.collect()
}

/// The content of each part that has one, and its text in UTF-8 without the charset that XML says, if
/// it is text: a multipart without parts becomes an empty part.
fn contents(message: &Message) -> Vec<(Option<Bytes>, Bytes)> {
    let leaves = message.body.iter().flat_map(Part::leaves);
    let contents = leaves.filter_map(|part| {
        let text = part.text().map(|text| without_encoding(&text).into());
        Some((text, Bytes::from(part.decoded()?.into_owned())))
    });
    contents.filter(|(text, octets)| !text.as_ref().unwrap_or(octets).is_empty()).collect()
}

/// An XML declaration says the charset, which may be another one.
fn without_encoding(text: &str) -> String {
    let declaration = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    match declaration {
        Some((declaration, rest)) if declaration.contains("encoding") => rest.into(),
        _ => text.into(),
    }
}

fn granted(mut message: Message) -> Message {
    message.reply_charging = message.reply_charging.map(|reply_charging| match reply_charging {
        ReplyCharging::Requested => ReplyCharging::Accepted,
        ReplyCharging::RequestedTextOnly => ReplyCharging::AcceptedTextOnly,
        granted => granted,
    });
    message
}

/// Without the type of a number, and without a domain behind it.
fn bare(address: &Address) -> String {
    let text = address.to_string();
    let text = text.trim();
    let is_typed = |text: &str| !matches!(Address::from(text).kind, AddressKind::Email(_) | AddressKind::Other(_));
    // On MM1, a number with a domain is not a number.
    let number = text.rsplit_once('@').map(|(local, _)| local).filter(|local| local.contains('/') && is_typed(local));
    let text = Address::from(number.unwrap_or(text).trim()).to_string();
    text.strip_suffix("/TYPE=PLMN").unwrap_or(&text).to_string()
}

fn addresses(message: &Message) -> String {
    let Message { from, to, cc, bcc, previously_sent_by, .. } = message;
    let from = from.iter().filter_map(Originator::address);
    let all = from.chain(to).chain(cc).chain(bcc).chain(previously_sent_by.iter().map(|by| &by.address));
    format!("{:?}", all.map(bare).collect::<Vec<_>>())
}

fn dates(message: &Message) -> String {
    let all = message.date.iter().chain(message.previously_sent_date.iter().map(|sent| &sent.date));
    format!("{:?}", all.map(|date| (date.seconds, date.nanoseconds)).collect::<Vec<_>>())
}

fn texts(message: &Message) -> String {
    message.subject.as_ref().map(Text::to_string).unwrap_or_default()
}

/// The names under which a value may be in the list, and the value.
type Value = (&'static [&'static str], Option<String>);

fn of_delivery_report(report: &DeliveryReport) -> Vec<Value> {
    let DeliveryReport {
        message_id,
        recipient,
        originator,
        date,
        status,
        status_extension,
        status_text,
        applic_id,
        reply_applic_id,
        aux_applic_info,
    } = report;
    alloc::vec![
        (
            &["X-Mms-Message-ID", "MessageID", "Message-ID"],
            message_id.as_deref().map(|id| crate::message::bare_id(id).trim().to_string())
        ),
        (&["To", "From", "Recipient"], recipient.as_ref().map(bare)),
        (&["To", "Sender", "Originator"], originator.as_ref().map(bare)),
        (&["Date", "TimeStamp"], date.map(|date| format!("{:?}", (date.seconds, date.nanoseconds)))),
        (&["X-Mms-MM-Status-Code"], status.as_ref().map(|status| format!("{status:?}"))),
        (&["X-Mms-MM-Status-Extension", "MMStatusExtension"], status_extension.map(|status| format!("{status:?}"))),
        (&["X-Mms-Status-Text", "StatusText"], status_text.as_ref().map(Text::to_string)),
        (&["X-Mms-Applic-ID", "ApplicID"], applic_id.as_ref().map(ToString::to_string)),
        (&["X-Mms-Reply-Applic-ID", "ReplyApplicID"], reply_applic_id.as_ref().map(ToString::to_string)),
        (&["X-Mms-Aux-Applic-Info", "AuxApplicInfo"], aux_applic_info.as_ref().map(ToString::to_string)),
    ]
}

fn of_read_report(report: &ReadReport) -> Vec<Value> {
    let ReadReport {
        message_id,
        recipient,
        originator,
        date,
        status,
        status_text,
        applic_id,
        reply_applic_id,
        aux_applic_info,
    } = report.clone();
    let recipient = recipient.and_then(|recipient| recipient.address().cloned());
    let mut values = of_delivery_report(&DeliveryReport {
        message_id,
        recipient,
        originator,
        date,
        status_text,
        applic_id,
        reply_applic_id,
        aux_applic_info,
        ..DeliveryReport::default()
    });
    values.push((&["X-Mms-Read-Status", "MMStatus"], status.map(|status| format!("{status:?}"))));
    values
}

fn assert_values_listed(before: &[Value], after: &[Value], lost: &[Lost]) {
    for ((names, was), (_, is)) in before.iter().zip(after) {
        let is_listed = lost.iter().any(|lost| names.contains(&&*lost.name));
        assert!(was.is_none() || was == is || is_listed, "{names:?} {was:?} became {is:?}: {lost:?}");
    }
}

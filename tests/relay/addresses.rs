//! Addresses that are not what they say, on every wire and across to every other.

use mms_codec::message::{Address, AddressDetails, AddressKind, ContentType, Message, Part, PreviouslySentBy, Str};
use mms_codec::mm7::Envelope;
use mms_codec::relay::{self, Lost, Receipt, Service, Taken};
use mms_codec::{Bytes, mm1, mm4, mm7};
use proptest::prelude::*;

use crate::known::{self, ARRIVED, hop};

const NASTY: [&str; 63] = [
    "+4477009.mcc234.gprs",
    "",
    " ",
    "1",
    "+1",
    "+447700900123",
    "+44-77.00",
    "+44 77",
    "44x",
    "*123",
    "#1",
    "+*1",
    "7255",
    "PIZZA",
    "PIZZA 2",
    "Ω",
    "x@evil.example",
    "root@evil",
    "@",
    "a@",
    "@b",
    "a@b@c",
    "a@b, c@d",
    "a@b,c@d",
    "a@b; c@d",
    "g: a@b;",
    "<a@b>",
    "<a@b>, <c@d>",
    "x <a@b>, y <c@d>",
    "x <a@b>",
    "x  <a@b>",
    "x<a@b>",
    " a@b",
    "a@b ",
    "a\u{a0}@b",
    "\u{a0}\"victim@evil.example, x\" <a@b.example>",
    "\"é\\\" , b@c\\\"\" <d@e>",
    "\"a, b\" <c@d>",
    "\"a b\"@c",
    "é <a@b>",
    "é@b",
    "=?utf-8?q?a=40b=2C?= <c@d>",
    "=?utf-8?q?a=40b?=",
    "+1/TYPE=PLMN",
    "+1/type=plmn",
    "1/TYPE=PLMN/TYPE=PLMN",
    "x@evil/TYPE=PLMN",
    "+1/TYPE=PLMN@host",
    "\"+1/TYPE=PLMN\"@host",
    "x <+1/TYPE=PLMN@host>",
    "\"+1\" <+1/TYPE=PLMN@host>",
    "7255@mms.mnc015.mcc234.gprs",
    "PIZZA@mms.mnc015.mcc234.gprs",
    "a/b",
    "a/TYPE=b",
    "/TYPE=b",
    "a/TYPE=",
    "1.2.3.4",
    "1.2.3.4/TYPE=IPv4",
    "FEDC:BA98:7654:3210:FEDC:BA98:7654:3210",
    "a(b)@c",
    "\\",
    "system=x;party=+44",
];

/// The text as a value of each kind.
fn kinds(text: &str) -> Vec<Address> {
    let value = || Str::from(text);
    let typed = |value: &str, type_name: &str| AddressKind::Typed { value: value.into(), type_name: type_name.into() };
    let kinds = [
        AddressKind::Phone(value()),
        AddressKind::Email(value()),
        AddressKind::Ipv4(value()),
        AddressKind::Ipv6(value()),
        AddressKind::ShortCode(value()),
        AddressKind::Alphanumeric(value()),
        AddressKind::Other(value()),
        typed(text, "X"),
        typed(text, "PLMN"),
        typed(text, "plmn"),
        typed("x", text),
    ];
    kinds.into_iter().map(Address::from).chain([Address::from(text)]).collect()
}

fn at(domain: &str, mut address: Address) -> Address {
    let mut details = AddressDetails::default();
    details.domain = Some(domain.into());
    address.details = Some(details.into());
    address
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Wire {
    Mm1,
    Mm4,
    Mm7,
}

const WIRES: [Wire; 3] = [Wire::Mm1, Wire::Mm4, Wire::Mm7];

fn message(address: &Address) -> Message {
    let mut message = Message::default();
    message.from = Some(Address::phone("+12025550101").into());
    message.to = vec![address.clone()];
    message.body = Some(Part::new(ContentType::new("text/plain"), "x"));
    message
}

/// The message behind the wire, as the next relay takes it; `None` if the encoder refuses it.
fn over(wire: Wire, message: Message) -> Option<Taken> {
    Some(match wire {
        Wire::Mm1 => {
            let mut pdu = mm1::SendReq::default();
            pdu.transaction_id = Some("t".into());
            pdu.version = mm1::Version::V1_3;
            pdu.message = message;
            let octets = mm1::encode(&pdu).ok()?;
            let mm1::Pdu::SendReq(read) = mm1::decode(&Bytes::from(octets)).unwrap().value else { panic!() };
            read.into()
        }
        Wire::Mm4 => {
            let mut pdu = mm4::ForwardReq::new("t", "m", message, hop().posting);
            pdu.ack_request = Some(false);
            pdu.message.date = Some(ARRIVED);
            pdu.message.from = Some(at("a.example", Address::phone("+12025550101")).into());
            pdu.originator_system = Some(Address::email("s@a.example"));
            let octets = mm4::encode(&pdu).ok()?;
            let mm4::Pdu::ForwardReq(read) = mm4::decode(&Bytes::from(octets)).unwrap().value else { panic!() };
            read.into()
        }
        Wire::Mm7 => {
            let mut pdu = mm7::DeliverReq::default();
            pdu.message = message;
            let encoded = mm7::encode(&Envelope::new("t", pdu)).ok()?;
            let read = mm7::decode(&encoded.content_type, &encoded.body()).unwrap().value;
            let mm7::Pdu::DeliverReq(read) = read.pdu else { panic!() };
            read.into()
        }
    })
}

fn relayed(wire: Wire, taken: Taken, peer: &str) -> (Message, Vec<Lost>) {
    let receipt = Receipt { arrived: ARRIVED, message_id: "m".into(), sender: None, alias: None };
    match wire {
        Wire::Mm1 => {
            let relayed = relay::to_mm1(taken, &receipt, known::announcement()).unwrap();
            let mut message = relayed.pdu.retrieve.message;
            // Whom a notification is for, and what is filled in for a phone, goes by itself.
            message.date = None;
            (message, relayed.lost)
        }
        Wire::Mm4 => {
            let hop = relay::Hop { peer_domain: peer.into(), ..hop() };
            let relayed = relay::to_mm4(taken, &receipt, hop);
            (relayed.pdu.message, relayed.lost)
        }
        Wire::Mm7 => {
            let relayed = relay::to_mm7(taken, &receipt, Service::default());
            (relayed.pdu.message, relayed.lost)
        }
    }
}

/// An address without what the interfaces write differently: the domain of a number, the type of one
/// with `+`, and white space around it.
fn bare(address: &Address) -> Address {
    let text = address.to_string();
    let kind = if text.trim_ascii() == text { address.kind.clone() } else { Address::from(text.trim_ascii()).kind };
    match kind {
        AddressKind::ShortCode(number) if number.starts_with('+') => Address::phone(number),
        kind => kind.into(),
    }
}

/// Where a mailbox is.
fn host(address: &Address) -> Option<&str> {
    let AddressKind::Email(_) = address.kind else { return None };
    Some(address.value().split_once('@')?.1.trim())
}

/// What a wire writes is read as the same address, or the encoder refuses it.
fn survives_each_wire(address: &Address) {
    for wire in WIRES {
        let Some(read) = over(wire, message(address)) else { continue };
        let written = if wire == Wire::Mm4 { address.clone() } else { address.kind.clone().into() };
        assert_eq!(read.message.to, [written], "{wire:?}");
    }
    let mut passed_on = message(&at("b.example", Address::phone("+1")));
    passed_on.previously_sent_by.push(PreviouslySentBy::new(1, address.clone()));
    if let Some(read) = over(Wire::Mm4, passed_on.clone()) {
        assert_eq!(read.message.previously_sent_by, passed_on.previously_sent_by);
    }
    passed_on.previously_sent_by.clear();
    passed_on.to.insert(0, address.clone());
    passed_on.to.push(address.clone());
    if let Some(read) = over(Wire::Mm4, passed_on.clone()) {
        assert_eq!(read.message.to, passed_on.to);
    }
}

/// There and back, an address stays the same or is in the list; nobody becomes somebody's mailbox,
/// and one stays one.
fn crosses(address: &Address) {
    for (from, to) in WIRES.iter().flat_map(|from| WIRES.map(|to| (*from, to))) {
        for peer in ["mms.mnc015.mcc234.gprs", "mms.example.org"] {
            let Some(mut source) = over(from, message(address)) else { continue };
            let was = source.message.to.clone();
            for wire in [to, from] {
                let what = || format!("{address:?} from {from:?} by {to:?} at {wire:?}");
                let before = source.message.to.clone();
                let (relayed, lost) = relayed(wire, source.clone(), peer);
                let is_listed = lost.iter().any(|lost| lost.name == "To");
                if relayed.to.is_empty() {
                    assert!(is_listed, "{}", what());
                    break;
                }
                source = over(wire, relayed).unwrap_or_else(|| panic!("{}", what()));
                assert_eq!(source.message.to.len(), 1, "{}", what());
                let is_same = source.message.to.iter().map(bare).eq(before.iter().map(bare));
                assert_eq!(is_same, !is_listed, "{}: {before:?} {:?}", what(), source.message.to);
                // At the domain of the peer, a name is a mailbox of the peer.
                let is = host(&source.message.to[0]).filter(|host| *host != peer);
                assert!(is.is_none() || is == host(&was[0]), "{}: {:?}", what(), source.message.to);
            }
        }
    }
}

#[test]
fn an_address_is_itself_on_every_wire_or_refused() {
    for address in NASTY.into_iter().flat_map(kinds) {
        survives_each_wire(&address);
        survives_each_wire(&at("b.example", address.clone()));
        survives_each_wire(&at("mms.mnc015.mcc234.gprs", address.clone()));
        survives_each_wire(&at("x, y@z", address));
    }
}

#[test]
fn an_address_crosses_as_itself_or_is_in_the_list() {
    for address in NASTY.into_iter().flat_map(kinds) {
        crosses(&address);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_address_is_itself_or_refused(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "a", "b.c", "@", "/", "/TYPE=", "PLMN", "x_1", "+", "12", "*", "\"", "\\", " ", "\u{a0}", "é", ",", ";", ":", "<",
            ">", "(", ")", "=?utf-8?q?", "=2C", "?=", ".", "-", "[", "]", "\t", "\r\n", "\u{85}", "\0", "%40", "",
        ]), 0..8),
        domain in prop::sample::select(vec!["", "b.example", "mms.mnc015.mcc234.gprs", "a,b"]),
    ) {
        for address in kinds(&pieces.concat()) {
            survives_each_wire(&address);
            survives_each_wire(&at(domain, address.clone()));
            crosses(&address);
        }
    }
}

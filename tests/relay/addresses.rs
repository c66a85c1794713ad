//! Addresses that are not what they say, on every wire and across to every other.

use mms_codec::message::{
    Address, AddressDetails, AddressKind, ContentType, Message, Part, PreviouslySentBy, SenderVisibility, Str,
};
use mms_codec::mm1::SendReq;
use mms_codec::mm7::Envelope;
use mms_codec::relay::{self, Lost, Receipt, Service, Taken};
use mms_codec::{Bytes, DeviationKind, Options, mm1, mm4, mm7};
use proptest::prelude::*;

use crate::known::{self, ARRIVED, hop};

const NASTY: [&str; 76] = [
    "\u{feff}+447700900123",
    "\u{202a}+447700900123\u{202c}",
    "+447700900123\u{200e}",
    "\u{feff}x@evil.example",
    "\u{feff}x <\u{200b}x@evil.example>",
    "\"\u{feff}x\" <+1/TYPE=PLMN@host>",
    "\u{feff}",
    "sms:+4477",
    "mailto:a@b?c=d",
    "mailto:a@b,c@d",
    "x <mailto:a@b>",
    "sms:+44;+45",
    "mmsto:%40",
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
            let mut pdu = SendReq::default();
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

/// A message to one recipient as each interface has it, with these octets for him.
fn mm1_to(text: &str) -> Bytes {
    [b"\x8c\x80\x98T1\0\x8d\x92\x89\x01\x81\x97", text.as_bytes(), b"\0\x84\x83hi"].concat().into()
}

fn mm4_to(text: &str) -> Bytes {
    let mail = format!(
        "X-Mms-Message-Type: MM4_forward.REQ\r\nX-Mms-3GPP-MMS-Version: 6.10.0\r\nX-Mms-Transaction-ID: t\r\n\
         X-Mms-Message-ID: m\r\nFrom: kim@example.org\r\nSender: system-user@mms.example.net\r\nTo: {text}\r\n\
         Message-ID: <1@mms.example.net>\r\nDate: Tue, 05 Mar 2024 09:30:47 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain\r\n\r\nhi\r\n"
    );
    mail.into()
}

fn mm7_to(element: &str) -> Bytes {
    let text = format!(
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Header><TransactionID \
         xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\" \
         soap:mustUnderstand=\"1\">t</TransactionID></soap:Header><soap:Body><SubmitReq \
         xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\"><MM7Version>6.8.0\
         </MM7Version><SenderIdentification/><Recipients><To>{element}</To></Recipients></SubmitReq></soap:Body>\
         </soap:Envelope>"
    );
    text.into()
}

/// The recipient, and whether the spelling was forgiven; strict decoding refuses what was.
fn recipient(octets: &Bytes) -> (Address, bool) {
    let lenient = Options::lenient();
    let (message, deviations, strict) = if octets.starts_with(b"<") {
        let decoded = mm7::decode_envelope_with(octets, &lenient).unwrap();
        let strict = mm7::decode_envelope_with(octets, &Options::strict()).err();
        (decoded.value.pdu.message().unwrap().clone(), decoded.deviations, strict)
    } else if octets.starts_with(b"X-Mms") {
        let decoded = mm4::decode_with(octets, &lenient).unwrap();
        let strict = mm4::decode_with(octets, &Options::strict()).err();
        (decoded.value.message().unwrap().clone(), decoded.deviations, strict)
    } else {
        let decoded = mm1::decode_with(octets, &lenient).unwrap();
        let strict = mm1::decode_with(octets, &Options::strict()).err();
        (decoded.value.message().unwrap().clone(), decoded.deviations, strict)
    };
    let kinds: Vec<_> = deviations.iter().map(|deviation| deviation.kind).collect();
    assert!(kinds.iter().all(|kind| *kind == DeviationKind::AddressSpelling), "{octets:?} {kinds:?}");
    assert_eq!(strict.is_some(), !kinds.is_empty(), "{octets:?} {strict:?}");
    (message.to[0].clone(), !kinds.is_empty())
}

/// In an encoded-string of UTF-8, in the forms of the value-length.
fn mm1_to_labelled(text: &str) -> Bytes {
    let quote: &[u8] = if text.starts_with(|first: char| first.is_ascii()) { b"" } else { b"\x7f" };
    let value = [b"\xea", quote, text.as_bytes(), b"\0"].concat();
    let length = u8::try_from(value.len()).unwrap();
    let length: &[u8] = if length < 31 { &[length] } else { &[31, length] };
    [b"\x8c\x80\x98T1\0\x8d\x92\x89\x01\x81\x97", length, &value, b"\x84\x83hi"].concat().into()
}

/// Address books and text processors put them around numbers and names.
#[test]
fn invisible_characters_around_an_address_are_left_out_and_reported_on_every_interface() {
    let number = Address::phone("+12025550101");
    let (mail, named) = (Address::email("kim@example.org"), Address::email("Kim <kim@example.org>"));
    let short = |code: &str| Address::short_code(code);
    let words = |text: &str| format!("=?utf-8?Q?{}?=", text.bytes().map(|c| format!("={c:02X}")).collect::<String>());
    for mark in ["\u{feff}", "\u{200b}", "\u{2060}", "\u{202a}", "\u{2066}", "\u{ad}", "\u{200e}", "\u{feff}\u{feff}"] {
        for (octets, expected) in [
            (mm1_to_labelled(&format!("{mark}+12025550101/TYPE=PLMN")), &number),
            (mm1_to_labelled(&format!("{mark}+12025550101{mark}")), &number),
            (mm1_to_labelled(&format!("{mark}kim@example.org")), &mail),
            (mm1_to_labelled(&format!("Kim <{mark}kim@example.org{mark}>")), &named),
            (mm1_to_labelled(&format!("{mark}7255{mark}")), &short("7255")),
            (mm7_to(&format!("<Number>{mark}+12025550101{mark}</Number>")), &number),
            (mm7_to(&format!("<RFC2822Address>{mark}kim@example.org</RFC2822Address>")), &mail),
            (mm7_to(&format!("<RFC2822Address>Kim &lt;kim@example.org{mark}&gt;</RFC2822Address>")), &named),
            (mm7_to(&format!("<ShortCode>{mark}7255</ShortCode>")), &short("7255")),
            (mm7_to(&format!("{mark}+12025550101")), &number),
        ] {
            let (read, is_forgiven) = recipient(&octets);
            assert_eq!((&read, is_forgiven), (expected, true), "{octets:?}");
        }
        for (text, expected) in [
            (format!("{mark}+12025550101/TYPE=PLMN@mms.example.net"), at("mms.example.net", number.clone())),
            (format!("<{mark}+12025550101{mark}@mms.example.net>"), at("mms.example.net", number.clone())),
            (format!("{mark}+12025550101{mark}"), number.clone()),
            (format!("{mark}kim@example.org{mark}"), mail.clone()),
            (format!("Kim <{mark}kim@example.org>{mark}"), named.clone()),
        ] {
            let octets = mm4_to(&text);
            let decoded = mm4::decode(&octets).unwrap();
            assert_eq!(decoded.value.message().unwrap().to, [expected], "{text:?}");
            let kinds: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
            assert!(kinds.contains(&DeviationKind::AddressSpelling), "{kinds:?}");
            assert!(mm4::decode_with(&octets, &Options::strict()).is_err());
        }
    }
    // A byte order mark does not belong to a name either.
    let octets = mm4_to(&format!("{} <kim@example.org>", words("\u{feff}Kim")));
    assert_eq!(recipient(&octets), (named.clone(), true));
    assert_eq!(recipient(&mm1_to_labelled("\u{feff}Kim <kim@example.org>")), (named, true));
    // What a caller puts there is refused, not left out.
    for marked in [Address::email("\u{feff}kim@example.org"), Address::phone("+12025550101\u{202c}")] {
        assert!(WIRES.iter().all(|wire| over(*wire, message(&marked)).is_none()), "{marked:?}");
    }
}

/// Encoded words are a form of the name, which MM1 alone has beside others (OMA-TS-MMS_ENC, 7.3.19).
#[test]
fn encoded_words_in_a_name_are_written_again_as_they_were() {
    for (text, mailbox) in [
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?= <kim@example.org>", "Grüße <kim@example.org>"),
        ("=?UTF-8?B?R3LDvMOfZQ==?= <kim@example.org>", "Grüße <kim@example.org>"),
        ("=?iso-8859-1?q?Gr=FC=DFe?= =?iso-8859-1?q?_Kim?= <kim@example.org>", "Grüße Kim <kim@example.org>"),
        ("=?utf-8?Q?Kim=2C_M=C3=BC?=<kim@example.org>", "\"Kim, Mü\" <kim@example.org>"),
    ] {
        let octets = mm1_to(text);
        let decoded = mm1::decode_with(&octets, &Options::strict()).unwrap();
        let address = decoded.value.message().unwrap().to[0].clone();
        assert_eq!(address, Address::email(mailbox), "{text}");
        assert_eq!(mm1::encode(&decoded.value).map(Bytes::from), Ok(octets), "{text}");
        let taken = over(Wire::Mm1, message(&address)).unwrap();
        assert_eq!(taken.message.to, [Address::email(mailbox)]);
        let (at_mm1, lost) = relayed(Wire::Mm1, taken.clone(), "mms.example.org");
        assert_eq!((at_mm1.to, lost.len()), (vec![Address::email(mailbox)], 0));
        // Mail has words alone, and XML text alone.
        let at_mm4 = mm4::write_mailbox(&address).unwrap();
        assert_eq!(Some(at_mm4), mm4::write_mailbox(&Address::email(mailbox)).ok());
        assert_eq!(over(Wire::Mm7, message(&address)).unwrap().message.to, [Address::email(mailbox)]);
        // Another name is another text.
        let mut renamed = address;
        renamed.kind = AddressKind::Email("Été <kim@example.org>".into());
        let taken = over(Wire::Mm1, message(&renamed)).unwrap();
        assert_eq!(taken.message.to, [Address::email("Été <kim@example.org>")]);
    }
    // Words that strict decoding refuses are not written again.
    let decoded = mm1::decode(&mm1_to("=?utf-8?Q?Gr=C3=BC =C3=9Fe?= <kim@example.org>")).unwrap();
    assert!(!decoded.deviations.is_empty());
    let octets = mm1::encode(&decoded.value).unwrap();
    assert!(mm1::decode_with(&octets.into(), &Options::strict()).is_ok());
}

#[test]
fn spellings_of_numbers_are_read_as_what_they_are_on_every_interface() {
    let number = "+12025550101";
    let phone = || Address::phone(number);
    let named = |mut address: Address| {
        let details = address.details.get_or_insert_with(Default::default);
        details.name = Some("Kim".into());
        address
    };
    let spelled = |text: &str| Address::phone(text);
    for (octets, expected, is_forgiven) in [
        // RFC 5234, 2.3: strings are compared without case.
        (mm1_to("+12025550101/TYPE=plmn"), phone(), false),
        (mm1_to("+1-202-555-0101/TYPE=PLMN"), spelled("+1-202-555-0101"), false),
        (mm1_to("+12025550101/TYPE=PLMN@mms.example.net"), at("mms.example.net", phone()), true),
        (mm1_to("Kim <+12025550101/TYPE=PLMN>"), named(phone()), true),
        (mm1_to("(202) 555-0101"), spelled("(202) 555-0101"), true),
        (mm1_to("202-555-0101"), spelled("202-555-0101"), true),
        (mm1_to("+1 202 555 0101/TYPE=PLMN"), spelled("+1 202 555 0101"), true),
        (mm1_to("a@b.example, c@d.example"), Address::email("a@b.example"), true),
        (mm1_to("kim@example.org"), Address::email("kim@example.org"), false),
        (mm1_to("tel:+12025550101"), phone(), true),
        (mm1_to("TEL:+12025550101;phone-context=+1"), phone(), true),
        (mm1_to("sms:+1-202-555-0101"), spelled("+1-202-555-0101"), true),
        (mm1_to("tel:7255"), spelled("7255"), true),
        (mm1_to("\"+12025550101\""), phone(), true),
        (mm1_to("'+12025550101/TYPE=PLMN'"), phone(), true),
        (mm1_to("+12025550101/TYPE=PLMN;"), phone(), true),
        (mm1_to("mailto:bob@example.org"), Address::email("bob@example.org"), true),
        (mm1_to("mailto:bob%40example.org?subject=a@b"), Address::email("bob@example.org"), true),
        (mm1_to("Bob <mailto:bob@example.org>"), Address::email("Bob <bob@example.org>"), true),
        (mm1_to("sms:+12025550101?body=Hi%20you"), phone(), true),
        (mm1_to("sms:+12025550101;a=b?body=a@b"), phone(), true),
        (mm1_to("smsto:%2B12025550101"), phone(), true),
        (mm1_to("SMSTO:+12025550101:Hi, you"), phone(), true),
        (mm1_to("mmsto://+12025550101/TYPE=PLMN?subject=a"), phone(), true),
        (mm1_to("mmsto:bob@example.org"), Address::email("bob@example.org"), true),
        (mm1_to("tel:+12025550101,,12"), AddressKind::Other("tel:+12025550101,,12".into()).into(), false),
        (mm1_to("Kim <tel:+12025550101>"), named(phone()), true),
        (mm1_to("sms:"), AddressKind::Other("sms:".into()).into(), false),
        (mm1_to("+12025550101/ TYPE=PLMN"), phone(), true),
        (mm1_to("sms:+12025550101,+12025550102?body=x"), phone(), true),
        (mm1_to("sms:+12025550101;+12025550102"), phone(), true),
        (mm1_to("mailto:bob@example.org,kim@example.org?cc=a@b"), Address::email("bob@example.org"), true),
        (mm1_to("call:me"), AddressKind::Other("call:me".into()).into(), false),
        (mm4_to("<tel:+12025550101>"), phone(), true),
        (mm4_to("<sms:+12025550101?body=x>"), phone(), true),
        (mm4_to("Bob <mailto:bob@example.org>"), Address::email("Bob <bob@example.org>"), true),
        (mm4_to("<mailto:bob@example.org?subject=x>"), Address::email("bob@example.org"), true),
        (mm4_to("+12025550101/TYPE=plmn@mms.example.net"), at("mms.example.net", phone()), false),
        (mm4_to("+12025550101@mms.example.net"), at("mms.example.net", phone()), true),
        (mm4_to("+12025550101@mms.mnc410.mcc310.gprs"), at("mms.mnc410.mcc310.gprs", phone()), true),
        (mm4_to("+12025550101@mnc410.mcc310.3gppnetwork.org"), at("mnc410.mcc310.3gppnetwork.org", phone()), true),
        (mm4_to("+12025550101"), phone(), true),
        (mm4_to("(202) 555-0101"), spelled("(202) 555-0101"), true),
        (mm4_to("\"Kim\" <+12025550101/TYPE=PLMN@mms.example.net>"), named(at("mms.example.net", phone())), false),
        (mm4_to("Kim <+12025550101@mms.example.net>"), named(at("mms.example.net", phone())), true),
        (mm7_to("<RFC2822Address>+12025550101/TYPE=PLMN</RFC2822Address>"), phone(), true),
        (
            mm7_to("<RFC2822Address>+12025550101/TYPE=PLMN@mms.example.net</RFC2822Address>"),
            at("mms.example.net", phone()),
            true,
        ),
        (mm7_to("<Number>+12025550101/TYPE=PLMN</Number>"), phone(), true),
        (mm7_to("<Number>tel:+12025550101</Number>"), phone(), true),
        (mm4_to("+12025550101/TYPE=PLMN@mms.example.net (Kim)"), named(at("mms.example.net", phone())), false),
        (mm4_to("+12025550101 (Kim)"), named(phone()), true),
        (
            mm4_to("FE80:0000:0000:0000:0202:B3FF:FE1E:8329/TYPE=IPv6@mms.example.net"),
            at("mms.example.net", AddressKind::Ipv6("FE80:0000:0000:0000:0202:B3FF:FE1E:8329".into()).into()),
            true,
        ),
        (mm7_to("<Number>+12025550101,+12025550102</Number>"), phone(), true),
        (mm7_to("<Number>12025550101; 12025550102</Number>"), Address::phone("12025550101"), true),
        (
            mm7_to("<RFC2822Address>bob@example.org, kim@example.org</RFC2822Address>"),
            Address::email("bob@example.org"),
            true,
        ),
        (mm7_to("<Number>smsto:+12025550101?body=x</Number>"), phone(), true),
        (mm7_to("<RFC2822Address>mailto:bob@example.org</RFC2822Address>"), Address::email("bob@example.org"), true),
        (mm7_to("<Number>(202) 555-0101</Number>"), spelled("(202) 555-0101"), true),
        (mm7_to("<Number>bob@example.org</Number>"), Address::email("bob@example.org"), true),
        (mm7_to("<RFC2822Address>bob@example.org</RFC2822Address>"), Address::email("bob@example.org"), false),
        (mm7_to("<Number>+12025550101</Number>"), phone(), false),
    ] {
        assert_eq!(recipient(&octets), (expected, is_forgiven), "{octets:?}");
    }
}

/// None of several recipients in one element is lost.
#[test]
fn several_addresses_in_an_element_of_mm7_are_several() {
    let phones = ["+12025550101", "+12025550102"].map(Address::phone);
    for element in [
        "<Number>+12025550101,+12025550102</Number>",
        "<Number>+12025550101 +12025550102</Number>",
        "<Number>sms:+12025550101,+12025550102?body=x</Number>",
        "+12025550101;+12025550102",
    ] {
        let decoded = mm7::decode_envelope(&mm7_to(element)).unwrap().value;
        assert_eq!(decoded.pdu.message().unwrap().to, phones, "{element}");
    }
    let envelope = mm7::decode_envelope(&mm7_to("<Number displayOnly=\"true\">1, 2</Number>")).unwrap().value;
    let shown = |address: &Address| address.details.as_ref().and_then(|details| details.display_only);
    assert_eq!(envelope.pdu.message().unwrap().to.iter().map(shown).collect::<Vec<_>>(), [Some(true); 2]);
}

#[test]
fn a_number_with_blanks_is_written_after_it_was_normalized() {
    let octets = mm1_to("(202) 555-0101");
    let mut pdu = mm1::decode(&octets).unwrap().value;
    let error = mm1::encode(&pdu).unwrap_err();
    assert_eq!(error.field, Some("To"));
    let changes: Vec<String> = pdu.normalize().iter().map(ToString::to_string).collect();
    assert!(changes.contains(&"To changed".into()), "{changes:?}");
    let octets = mm1::encode(&pdu).unwrap().into();
    assert_eq!(recipient(&octets).0, Address::phone("2025550101"));
}

#[test]
fn the_relay_writes_numbers_without_blanks_and_says_so() {
    let mm1::Pdu::SendReq(request) = mm1::decode(&mm1_to("(202) 555-0101")).unwrap().value else { panic!() };
    for (wire, expected) in [
        (Wire::Mm1, Address::phone("2025550101")),
        (Wire::Mm4, at("mms.example.org", Address::phone("2025550101"))),
        (Wire::Mm7, Address::phone("2025550101")),
    ] {
        let (message, lost) = relayed(wire, Taken::from(request.clone()), "mms.example.org");
        assert_eq!(message.to, [expected], "{wire:?}");
        assert!(lost.iter().any(|lost| lost.name == "To"), "{lost:?}");
    }
}

#[test]
fn a_display_name_does_not_hide_the_number_from_the_relay() {
    let mail = mm4_to("\"Kim\" <+12025550101/TYPE=PLMN@mms.example.net>");
    let pdu = mm4::decode(&mail).unwrap().value;
    // Written again, it is the same.
    assert!(
        String::from_utf8(mm4::encode(&pdu).unwrap())
            .unwrap()
            .contains("To: Kim <+12025550101/TYPE=PLMN@mms.example.net>\r\n")
    );
    let mm4::Pdu::ForwardReq(request) = pdu else { panic!() };
    let (message, lost) = relayed(Wire::Mm1, Taken::from(request), "mms.example.org");
    assert_eq!(message.to, [Address::phone("+12025550101")]);
    assert!(lost.iter().any(|lost| lost.to_string().contains("To; name")), "{lost:?}");
}

/// What is left out at last has no other value.
#[test]
fn a_sender_who_is_left_out_is_listed_once() {
    let mut send = SendReq::default();
    send.message.from = Some(Address::phone("+12025550101").into());
    send.message.to.push(Address::phone("+447700900123"));
    send.message.sender_visibility = Some(SenderVisibility::Hide);
    // An alias that no header field can hold.
    let alias = Address::from(AddressKind::Other("a\rb".into()));
    let receipt = Receipt { arrived: ARRIVED, message_id: "mm-1".into(), sender: None, alias: Some(alias) };
    let names = |lost: Vec<Lost>| {
        let named = lost.iter().filter(|lost| lost.name == "From").map(ToString::to_string);
        named.collect::<Vec<_>>()
    };
    assert_eq!(names(relay::to_mm4(send.clone(), &receipt, hop()).lost), ["From is not carried"]);
    let service = Service::default();
    assert_eq!(names(relay::to_mm7(send.clone(), &receipt, service).lost), ["From is not carried"]);
    // A name in place of the sender, which becomes a mailbox at the own domain.
    let receipt = Receipt { alias: Some(AddressKind::Alphanumeric("PIZZA".into()).into()), ..receipt };
    assert_eq!(names(relay::to_mm4(send, &receipt, hop()).lost), ["From has another value"]);
}

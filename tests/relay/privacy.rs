//! What nobody learns: blind recipients, senders who hide, coded addresses.

use mms_codec::message::{
    Address, AddressDetails, Content, ContentType, Header, Message, Originator, Parameter, Part, PreviouslySentBy,
    SenderVisibility,
};
use mms_codec::mm1::{ForwardReq, SendReq};
use mms_codec::mm7::{Envelope, SubmitReq};
use mms_codec::relay::{self, Hop, Receipt, Service, Taken};
use mms_codec::{mm1, mm4, mm7};
use proptest::prelude::*;

use crate::known::{ARRIVED, announcement, hop};

/// Whom nobody may learn of, each recognisable in any octets.
const BLIND: [&str; 3] = ["447700900901", "blind.kim@example.org", "BLINDNAME"];
const HIDDEN: &str = "447700900902";
const CODED: &str = "447700900903";

fn receipt() -> Receipt {
    Receipt { arrived: ARRIVED, message_id: "mm-1".into(), sender: Some(Address::phone("+12025550101")), alias: None }
}

fn coded() -> Address {
    let mut address = Address::phone(format!("+{CODED}"));
    let mut details = AddressDetails::default();
    details.coding = Some("obfuscated".into());
    address.details = Some(details.into());
    address
}

/// What repeats an address beside the address fields.
fn repeat(message: &mut Message, name: &str) {
    let mut part = Part::new(ContentType::new("image/gif").with("name", format!("{name}.gif")), &b"GIF89a"[..]);
    part.content_id = Some(format!("<{name}@phone.example>").into());
    part.content_location = Some(format!("{name}.gif").into());
    part.headers.push(Header::Text { name: "X-From".into(), value: format!("<{name}>").into() });
    message.body = Some(Part::multipart(ContentType::new("multipart/mixed"), vec![part]));
    message.previously_sent_by.push(PreviouslySentBy::new(1, Address::from(name)));
    message.aux_applic_info = Some(format!("to={name}").into());
    message.reply_charging_id = Some(name.into());
}

/// Everything that goes over the wire of each interface, and whether the interface was MM4.
fn written(taken: &Taken, receipt: &Receipt, hop: Hop, service: Service) -> Vec<(bool, Vec<u8>)> {
    let mut written = Vec::new();
    if let Ok(relayed) = relay::to_mm1(taken.clone(), receipt, announcement()) {
        written.push((false, mm1::encode(&relayed.pdu.notification).unwrap()));
        written.push((false, mm1::encode(&relayed.pdu.retrieve).unwrap()));
    }
    let relayed = relay::to_mm4(taken.clone(), receipt, hop);
    let envelope = relayed.envelope.unwrap();
    let dialogue = format!("{:?} {:?}", envelope.mail_from, envelope.rcpt_to);
    written.push((true, dialogue.into_bytes()));
    // A mail without recipients to show is not written.
    written.extend(mm4::encode(&relayed.pdu).map(|mail| (true, mail)));
    let schema = service.schema.clone();
    let mut envelope = Envelope::new("t-1", relay::to_mm7(taken.clone(), receipt, service).pdu);
    envelope.schema = schema;
    written.extend(mm7::encode(&envelope).map(|encoded| (false, encoded.body().to_vec())));
    written
}

fn is_in(octets: &[u8], name: &str) -> bool {
    let text = String::from_utf8_lossy(octets).to_ascii_lowercase();
    // Headers that are too long are folded.
    text.replace("\r\n ", "").contains(&name.to_ascii_lowercase())
}

fn message() -> Message {
    let mut message = Message::default();
    message.from = Some(Address::phone("+12025550101").into());
    message.to.push(Address::phone("+447700900123"));
    message.body = Some(Part::new(ContentType::new("text/plain"), "hello"));
    message
}

#[test]
fn a_blind_recipient_is_named_only_where_he_is_served() {
    let mut submit = SubmitReq::default();
    submit.message = message();
    submit.message.bcc = vec![Address::short_code("7255"), Address::phone("+447700900901")];
    let relayed = relay::to_mm7(submit.clone(), &receipt(), Service::default());
    assert_eq!(relayed.pdu.message.bcc, []);
    assert_eq!(relayed.lost.iter().map(ToString::to_string).collect::<Vec<_>>(), ["Bcc is not carried"]);
    let service = Service { serves: vec![Address::short_code("7255")], ..Service::default() };
    let relayed = relay::to_mm7(submit.clone(), &receipt(), service);
    assert_eq!(relayed.pdu.message.bcc, [Address::short_code("7255")]);

    let hop = Hop { recipients: vec![Address::phone("+44-7700-900901")], ..hop() };
    let relayed = relay::to_mm4(submit.clone(), &receipt(), hop);
    assert_eq!(relayed.envelope.unwrap().rcpt_to, ["+447700900901/TYPE=PLMN@mms.mnc015.mcc234.gprs"]);
    assert_eq!(relayed.pdu.message.bcc, []);
    // The other recipient is not the peer's: a reply to him comes back here.
    let domain = relayed.pdu.message.to[0].details.as_ref().unwrap().domain.as_deref();
    assert_eq!(domain, Some("mms.mnc012.mcc345.gprs"));
    let relayed = relay::to_mm4(submit, &receipt(), crate::known::hop());
    assert_eq!(relayed.envelope.unwrap().rcpt_to, ["+447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs"]);
}

/// Each network, and each recipient at an aggregator, learns of no other blind recipient.
#[test]
fn a_blind_recipient_is_in_one_mail_and_one_submission_alone() {
    let mut send = SendReq::default();
    send.message = message();
    send.message.bcc = vec![Address::phone("+447700900901"), Address::phone("+33612345678")];
    let routed = relay::route(send.clone(), &receipt(), |address| {
        let peer = if address.value().starts_with("+33") { "mms.mnc001.mcc208.gprs" } else { "mms.mnc015.mcc234.gprs" };
        Some(Hop { peer_domain: peer.into(), ..hop() })
    });
    assert!(routed.others.is_empty());
    let whole: Vec<String> = routed
        .mails
        .into_iter()
        .map(|mail| {
            let dialogue = mail.envelope.unwrap().rcpt_to.join(" ");
            dialogue + &String::from_utf8(mm4::encode(&mail.pdu).unwrap()).unwrap()
        })
        .collect();
    let named: Vec<_> =
        whole.iter().map(|text| (text.contains("447700900901"), text.contains("33612345678"))).collect();
    assert_eq!(named, [(true, false), (false, true)]);
    // Everybody is at home in his own network, whoever reads the mail.
    assert!(whole.iter().all(|text| text.contains("To: +447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs")));

    let submits = relay::to_submits(send, &receipt(), &relay::Provider::default());
    let named: Vec<_> = submits
        .into_iter()
        .map(|submit| {
            let body = mm7::encode(&Envelope::new("t", submit.pdu)).unwrap().body();
            (is_in(&body, "447700900901"), is_in(&body, "33612345678"), is_in(&body, "displayOnly"))
        })
        .collect();
    assert_eq!(named, [(false, false, false), (true, false, true), (false, true, true)]);
}

#[test]
fn one_who_hides_while_forwarding_is_hidden() {
    let mut request = ForwardReq::default();
    request.message.from = Some(Originator::InsertAddress);
    request.message.to.push(Address::phone("+447700900123"));
    request.message.sender_visibility = Some(SenderVisibility::Hide);
    let hidden = Receipt { sender: Some(Address::phone(format!("+{HIDDEN}"))), ..receipt() };
    let taken = relay::forwarded(request, message(), &hidden);
    for (is_mm4, octets) in written(&taken, &hidden, hop(), Service::default()) {
        assert!(is_mm4 || !is_in(&octets, HIDDEN));
    }
    // And again, when somebody forwards that message.
    let mut request = ForwardReq::default();
    request.message.to.push(Address::phone("+447700900123"));
    let taken = relay::forwarded(request, taken, &receipt());
    for (_, octets) in written(&taken, &receipt(), hop(), Service::default()) {
        assert!(!is_in(&octets, HIDDEN));
    }
}

/// A message with secrets of every kind, by the bits of `choices`.
fn with_secrets(choices: u16) -> (Message, Vec<&'static str>) {
    let mut message = message();
    let mut secrets = Vec::new();
    let has = |bit: u16| choices & 1 << bit != 0;
    for (bit, name) in (0..).zip(BLIND) {
        if has(bit) {
            message.bcc.push(if bit == 0 { Address::phone(format!("+{name}")) } else { Address::from(name) });
            secrets.push(name);
        }
    }
    if has(3) {
        message.from = Some(Address::phone(format!("+{HIDDEN}")).into());
        message.sender_visibility = Some(SenderVisibility::Hide);
        secrets.push(HIDDEN);
    }
    if has(4) {
        if has(5) {
            message.cc.push(coded());
        } else {
            message.to.push(coded());
        }
        secrets.push(CODED);
    }
    if has(6) && !has(3) {
        message.from = Some(coded().into());
        secrets.push(CODED);
    }
    if let Some(name) = secrets.get(usize::from(choices >> 12)) {
        repeat(&mut message, name);
    }
    (message, secrets)
}

fn sources(choices: u16, message: &Message) -> Vec<Taken> {
    let mut send = SendReq::default();
    send.message = message.clone();
    let mut submit = SubmitReq::default();
    submit.message = message.clone();
    let mut request = mm4::ForwardReq::default();
    request.message = message.clone();
    let name = BLIND[usize::from(choices) % BLIND.len()];
    if message.bcc.iter().any(|bcc| bcc.to_string().contains(name)) {
        for header in ["Bcc", "Received", "X-Operator"] {
            let value = format!("for <{name}>").into();
            request.extra.push(Header::Text { name: header.into(), value });
        }
    }
    vec![send.into(), submit.into(), request.into()]
}

proptest! {
    #[test]
    fn no_octet_of_a_secret_reaches_a_third_party(choices: u16, has_alias: bool, serves: bool) {
        let (message, secrets) = with_secrets(choices);
        let alias = has_alias.then(|| Address::email("hidden@example.net"));
        let receipt = Receipt { alias, ..receipt() };
        for taken in sources(choices, &message) {
            let service = Service {
                serves: if serves { vec![Address::short_code("7255")] } else { Vec::new() },
                ..Service::default()
            };
            let written = written(&taken, &receipt, hop(), service);
            prop_assert!(!written.is_empty());
            for (is_mm4, octets) in written {
                for secret in &secrets {
                    // The next operator hides whom the message gives no other name.
                    let is_peers = is_mm4 && *secret == HIDDEN && !has_alias;
                    prop_assert!(
                        is_peers || !is_in(&octets, secret),
                        "{} in\n{}", secret, String::from_utf8_lossy(&octets)
                    );
                }
            }
        }
    }
}

/// A header that repeats a field does not take its place when the field was taken out.
#[test]
fn a_part_whose_name_is_a_secret_has_no_other_name() {
    let mut send = SendReq::default();
    send.message = message();
    send.message.bcc.push(Address::phone("+447700900901"));
    repeat(&mut send.message, BLIND[0]);
    let Some(Content::Parts(parts)) = send.message.body.as_mut().map(|body| &mut body.content) else { panic!() };
    let part = parts.iter_mut().next().unwrap();
    for name in ["Content-ID", "content-location"] {
        part.headers.push(Header::Text { name: name.into(), value: "second".into() });
    }
    let relayed = relay::to_mm1(send, &receipt(), announcement()).unwrap();
    let octets = mm1::encode(&relayed.pdu.retrieve).unwrap();
    let again = mm1::decode(&octets.into()).unwrap().value;
    let part = &again.body().unwrap().parts()[0];
    assert_eq!((&part.content_id, &part.content_location, part.headers.len()), (&None, &None, 0));
    let named = relayed.lost.iter().filter(|lost| lost.name.eq_ignore_ascii_case("Content-ID")).count();
    assert_eq!(named, 2, "{:?}", relayed.lost);
}

/// What names nobody is kept while others are hidden.
#[test]
fn a_part_loses_what_names_somebody_and_no_more() {
    let long = "\u{e9}".repeat(31);
    let mut send = SendReq::default();
    send.message = message();
    send.message.bcc = vec![Address::phone("+447700900901"), Address::email("blind.kim@example.org")];
    // Two digits are in many texts.
    send.message.bcc.push(Address::short_code("42"));
    let text = |name: &str, value: &str| Header::Text { name: name.into(), value: value.into() };
    let secret = [
        text("X-447700900901", "1"),
        text("X-Note", &format!("{long}blind.kim@example.org")),
        text("X-Word", "=?utf-8?Q?blind=2Ekim=40example.org?="),
    ];
    let open = [
        text("X-Note", "hello"),
        text("X-Word", "=?utf-8?Q?caf=C3=A9?="),
        text("X-Other", "kim@example.org"),
        text("X-Share", "100 %25"),
        text("X-Room", "room 42"),
    ];
    let mut part = Part::new(
        ContentType::new("image/gif").with("name", "a.gif").with("x-447700900901", "1").with("y", "447700900901"),
        &b"GIF89a"[..],
    );
    // Two well-known parameters without text: 0x30 is of no specification.
    for value in [&b"447700900901\0"[..], b"hello\0"] {
        part.content_type.parameters.push(Parameter::Coded { code: 0x30, value: value.to_vec().into() });
    }
    part.headers = secret.iter().chain(&open).cloned().collect();
    send.message.body = Some(Part::multipart(ContentType::new("multipart/mixed"), vec![part]));
    let relayed = relay::to_mm1(send, &receipt(), announcement()).unwrap();
    let part = &relayed.pdu.retrieve.message.body.as_ref().unwrap().parts()[0];
    assert_eq!(part.headers, open);
    let kept = Parameter::Coded { code: 0x30, value: b"hello\0"[..].into() };
    assert_eq!(part.content_type.parameters[1..], [kept]);
    assert_eq!(part.content_type.parameter("name"), Some("a.gif"));
    let lost: Vec<_> = relayed.lost.iter().map(|lost| lost.name.as_str()).collect();
    let of_parameters = ["Content-Type; parameter", "Content-Type; y", "Content-Type; 0xB0"];
    assert_eq!(lost[..4], ["Bcc", of_parameters[0], of_parameters[1], of_parameters[2]]);
    assert_eq!(lost[4..], ["X-447700900901", "X-Note", "X-Word"]);
}

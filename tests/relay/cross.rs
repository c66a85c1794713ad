//! One message goes from MM1 to MM4 to MM7, and back.

use mms_codec::message::{
    Address, ContentClass, ContentType, Element, Interval, Message, MessageClass, Originator, Part, Priority, Time,
    Timestamp,
};
use mms_codec::{Bytes, Options, mm1, mm4, mm7};

/// What a phone sends: every element that MM1, MM4 and MM7 can say, and some that only MM1 can.
fn sent() -> Message {
    let mut message = Message::default();
    message.date = Some(Timestamp::from_seconds(1_709_631_047));
    message.from = Some(Originator::Address(Address::phone("+447700900123")));
    message.to = vec![Address::phone("+12025550101"), Address::email("desk@example.org")];
    message.cc = vec![Address::phone("+12025550102")];
    message.subject = Some("Été à la mer".into());
    message.class = Some(MessageClass::Personal);
    message.expiry = Some(Time::Relative(Interval::from_seconds(172_800)));
    message.priority = Some(Priority::High);
    message.delivery_report = Some(true);
    message.read_report = Some(false);
    message.applic_id = Some("com.example.viewer".into());
    message.reply_applic_id = Some("com.example.vas".into());
    message.aux_applic_info = Some("lang=en".into());
    message.content_class = Some(ContentClass::ImageBasic);
    message.drm_content = Some(false);
    message.adaptation_allowed = Some(true);
    message.delivery_time = Some(Time::Absolute(Timestamp::from_seconds(1_709_634_647)));
    let part = |media: &str, id: &str, octets: &[u8]| {
        let mut part = Part::new(ContentType::new(media), Bytes::copy_from_slice(octets));
        part.content_id = Some(format!("<{id}>").into());
        part.content_location = Some(format!("{id}.bin").into());
        part
    };
    let related = ContentType::new("application/vnd.wap.multipart.related")
        .with("start", "<smil>")
        .with("type", "application/smil");
    message.body = Some(Part::multipart(
        related,
        vec![part("application/smil", "smil", b"<smil/>\r\n"), part("image/gif", "dot", &[0, 255, 13, 10, 45, 45])],
    ));
    message
}

fn addresses(message: &mut Message) -> impl Iterator<Item = &mut Address> {
    let from = message.from.iter_mut().filter_map(|from| match from {
        Originator::Address(address) => Some(address),
        Originator::InsertAddress => None,
    });
    from.chain(&mut message.to).chain(&mut message.cc)
}

/// What stays the same whatever the interface: MIME names for media types, one charset, numbers
/// without the domain of the peer.
fn normal(mut message: Message) -> Message {
    addresses(&mut message).for_each(|address| address.details = None);
    message.subject = message.subject.map(|subject| subject.into_utf8());
    if let Some(body) = &mut message.body {
        let parameters = core::mem::take(&mut body.content_type.parameters);
        body.content_type = ContentType::new(body.content_type.multipart_subtype().unwrap());
        body.content_type.parameters = parameters;
        body.content_type.parameters.sort_by_key(|parameter| parameter.to_string());
        body.content_id = None;
        body.headers.clear();
    }
    message
}

fn through_mm1(message: &Message) -> Message {
    let mut send = mm1::SendReq::default();
    send.transaction_id = Some("t1".into());
    send.version = mm1::Version::V1_3;
    send.message = message.clone();
    let octets = Bytes::from(mm1::encode(&send).unwrap());
    match mm1::decode_with(&octets, &Options::strict()).unwrap().value {
        mm1::Pdu::SendReq(send) => send.message,
        other => panic!("{other:?}"),
    }
}

fn through_mm4(message: &Message) -> Message {
    let mut forward = mm4::ForwardReq::default();
    forward.sender = Some(Address::email("system-user@mms.mnc012.mcc345.gprs"));
    forward.originator_system = forward.sender.clone();
    forward.mail_id = Some("<m1@mms.mnc012.mcc345.gprs>".into());
    forward.version = Some("6.8.0".into());
    forward.transaction_id = Some("\"t1\"".into());
    forward.message_id = Some("\"m1\"".into());
    forward.message = message.clone();
    // On MM4 a number stands at a domain.
    for address in addresses(&mut forward.message) {
        *address = mm4::address_at(address, "mms.mnc015.mcc234.gprs");
    }
    let octets = Bytes::from(mm4::encode(&forward).unwrap());
    match mm4::decode_with(&octets, &Options::strict()).unwrap().value {
        mm4::Pdu::ForwardReq(forward) => forward.message,
        other => panic!("{other:?}"),
    }
}

fn through_mm7(message: &Message) -> Message {
    let mut deliver = mm7::DeliverReq::default();
    deliver.message = message.clone();
    let encoded = mm7::encode(&mm7::Envelope::new("t1", deliver)).unwrap();
    match mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap().value.pdu {
        mm7::Pdu::DeliverReq(deliver) => deliver.message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_message_survives_the_way_through_all_interfaces_and_back() {
    let sent = sent();
    let from_mm1 = through_mm1(&sent);
    assert_eq!(normal(from_mm1.clone()), normal(sent));

    let mut message = from_mm1;
    let lost = message.retain(mm4::ForwardReq::ELEMENTS);
    assert!(lost.iter().eq([Element::DeliveryTime]), "{lost:?}");
    let from_mm4 = through_mm4(&message);
    assert_eq!(normal(from_mm4.clone()), normal(message));

    // DeliverReq tells of a message that has arrived: not until when it may, and not who reports.
    let mut message = from_mm4;
    let lost = message.retain(mm7::DeliverReq::ELEMENTS);
    let by_submission = [
        Element::MessageClass,
        Element::Expiry,
        Element::DeliveryReport,
        Element::ReadReport,
        Element::ContentClass,
        Element::DrmContent,
    ];
    assert!(lost.iter().eq(by_submission), "{lost:?}");
    let from_mm7 = through_mm7(&message);
    assert_eq!(normal(from_mm7.clone()), normal(message.clone()));

    // And back, field by field.
    let back = through_mm1(&through_mm4(&from_mm7));
    let (back, message) = (normal(back), normal(message));
    let all_say = [
        Element::Date,
        Element::From,
        Element::To,
        Element::Cc,
        Element::Subject,
        Element::Priority,
        Element::ApplicId,
        Element::ReplyApplicId,
        Element::AuxApplicInfo,
        Element::AdaptationAllowed,
        Element::Body,
    ];
    assert!(message.elements().iter().eq(all_say), "{:?}", message.elements());
    assert_eq!(back, message);
}

#[test]
fn a_message_survives_the_submission_by_a_provider() {
    let mut message = sent();
    assert!(message.retain(mm7::SubmitReq::ELEMENTS).is_empty());
    let mut submit = mm7::SubmitReq::default();
    submit.message = message.clone();
    let encoded = mm7::encode(&mm7::Envelope::new("t1", submit)).unwrap();
    let decoded = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap().value;
    assert_eq!(normal(decoded.message().unwrap().clone()), normal(message));
}

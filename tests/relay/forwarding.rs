//! Messages in particular: forwarding, hidden senders, times, and what the content becomes.

use mms_codec::message::{
    Address, AddressDetails, ContentType, Header, Interval, Message, Originator, Part, ReplyCharging, SenderVisibility,
    Time, Timestamp,
};
use mms_codec::mm1::{self, SendReq};
use mms_codec::mm4;
use mms_codec::mm7::{self, Envelope, Schema, SubmitReq};
use mms_codec::relay::{self, LossKind, Receipt, Service};
use mms_codec::{Bytes, Options};

use crate::known::{ARRIVED, announcement, hop};

fn receipt() -> Receipt {
    Receipt { arrived: ARRIVED, message_id: "mm-1".into(), sender: Some(Address::phone("+12025550101")), alias: None }
}

fn message() -> Message {
    let mut message = Message::default();
    message.from = Some(Originator::InsertAddress);
    message.to.push(Address::phone("+447700900123"));
    message.body = Some(Part::new(ContentType::new("text/plain"), "hello"));
    message
}

fn names(lost: &[relay::Lost]) -> Vec<String> {
    lost.iter().map(ToString::to_string).collect()
}

#[test]
fn a_message_that_is_forwarded_twice_tells_of_all_senders() {
    let (ann, ben, cat) = (Address::phone("+1201"), Address::phone("+1202"), Address::phone("+1203"));
    let mut stored = message();
    stored.from = Some(ann.clone().into());
    stored.date = Some(Timestamp::from_seconds(1_709_600_000));
    stored.subject = Some("Look".into());
    stored.expiry = Some(Time::Relative(Interval::from_seconds(60)));

    let forward = |to: &str| {
        let mut request = mm1::ForwardReq::default();
        request.message.from = Some(Originator::InsertAddress);
        request.message.to.push(Address::phone(to));
        request.report_allowed = Some(false);
        request
    };
    let by_ben = Receipt { sender: Some(ben.clone()), ..receipt() };
    let once = relay::forwarded(forward("+1203"), stored, &by_ben);
    let by_cat = Receipt { sender: Some(cat.clone()), ..receipt() };
    let twice = relay::forwarded(forward("+447700900999"), once, &by_cat);
    let relayed = relay::to_mm4(twice, &by_cat, hop());
    assert_eq!(names(&relayed.lost), ["X-Mms-Report-Allowed is not carried", "X-Mms-Report-Allowed is not carried"]);

    let mail = mm4::encode(&relayed.pdu).unwrap();
    let text = String::from_utf8(mail.clone()).unwrap();
    for line in [
        "From: +1203/TYPE=PLMN@mms.mnc012.mcc345.gprs\r\n",
        "To: +447700900999/TYPE=PLMN@mms.mnc015.mcc234.gprs\r\n",
        "Subject: Look\r\n",
        "X-Mms-Forward-Counter: 2\r\n",
        "X-Mms-Previously-sent-by: 0, +1201/TYPE=PLMN\r\n",
        "X-Mms-Previously-sent-by: 1, +1202/TYPE=PLMN\r\n",
        "X-Mms-Previously-sent-date-and-time: 0, Tue, 05 Mar 2024 00:53:20 +0000\r\n",
        "X-Mms-Previously-sent-date-and-time: 1, Tue, 05 Mar 2024 09:30:47 +0000\r\n",
    ] {
        assert!(text.contains(line), "{line} is missing in\n{text}");
    }
    assert!(!text.contains("X-Mms-Expiry"), "{text}");

    // And on to a phone of the other operator, and to a provider, who counts from one.
    let mm4::Pdu::ForwardReq(request) = mm4::decode_with(&mail.into(), &Options::strict()).unwrap().value else {
        panic!()
    };
    let delivery = relay::to_mm1(request.clone(), &receipt(), announcement()).unwrap().pdu;
    let history: Vec<_> = delivery.retrieve.message.forwarding_history().map(|(by, _)| by.address.clone()).collect();
    assert_eq!(history, [ann.clone(), ben.clone()]);
    assert!(mm1::encode(&delivery.retrieve).is_ok());
    let relayed = relay::to_mm7(request, &receipt(), Service::default());
    let history: Vec<_> =
        relayed.pdu.message.previously_sent_by.iter().map(|by| (by.count, by.address.clone())).collect();
    assert_eq!(history, [(Some(1), ann), (Some(2), ben)]);
    let dates: Vec<_> = relayed.pdu.message.previously_sent_date.iter().map(|sent| sent.count).collect();
    assert_eq!(dates, [Some(1), Some(2)]);
    assert!(names(&relayed.lost).contains(&"X-Mms-Previously-Sent-By has another value".into()));
    assert!(names(&relayed.lost).contains(&"X-Mms-Previously-Sent-Date has another value".into()));
    assert!(names(&relayed.lost).contains(&"X-Mms-Forward-Counter is not carried".into()));
}

/// They are replaced by those of the request.
#[test]
fn the_recipients_of_a_stored_message_are_not_lost_where_it_is_forwarded() {
    let mut stored = message();
    stored.cc.push(Address::phone("+1204"));
    stored.bcc.push(Address::phone("+447700900901"));
    let mut request = mm1::ForwardReq::default();
    request.message.to.push(Address::phone("+1203"));
    let taken = relay::forwarded(request, stored, &receipt());
    assert_eq!(names(&taken.lost), ["From is not carried"]);
    let message = taken.message;
    assert_eq!((&message.to[..], message.cc.len(), message.bcc.len()), (&[Address::phone("+1203")][..], 0, 0));
}

/// Nor does the one who forwards hide, only because the first sender did.
#[test]
fn a_sender_who_hides_is_not_in_the_history_of_a_forwarded_message() {
    let mut stored = message();
    stored.from = Some(Address::phone("+1201").into());
    stored.date = Some(ARRIVED);
    stored.sender_visibility = Some(SenderVisibility::Hide);
    stored.reply_charging_id = Some("mm-0".into());
    stored.read_report = Some(true);
    let mut request = mm1::ForwardReq::default();
    request.message.from = Some(Originator::InsertAddress);
    request.message.to.push(Address::phone("+1203"));
    let taken = relay::forwarded(request, stored, &receipt());
    assert_eq!(
        names(&taken.lost),
        [
            "From is not carried",
            "Date is not carried",
            "X-Mms-Sender-Visibility is not carried",
            "X-Mms-Reply-Charging-ID is not carried",
        ]
    );
    assert_eq!((&taken.message.previously_sent_by[..], taken.forward_counter), (&[][..], Some(1)));
    let relayed = relay::to_mm1(taken, &receipt(), announcement()).unwrap();
    assert_eq!(relayed.pdu.retrieve.message.from, Some(Address::phone("+12025550101").into()));
    assert!(!format!("{:?}", relayed.pdu).contains("+1201"));
}

#[test]
fn a_sender_who_hides_is_shown_by_the_rule_of_the_relay() {
    let mut hidden = message();
    hidden.sender_visibility = Some(SenderVisibility::Hide);
    let relayed = relay::to_mm4(hidden.clone(), &receipt(), hop());
    assert_eq!(relayed.pdu.message.sender_visibility, Some(SenderVisibility::Hide));
    assert_eq!(relayed.pdu.message.from.unwrap().address().unwrap().value(), "+12025550101");
    assert!(relayed.lost.is_empty());

    let relayed = relay::to_mm1(hidden.clone(), &receipt(), announcement()).unwrap();
    assert_eq!((relayed.pdu.notification.message.from, relayed.pdu.retrieve.message.from), (None, None));
    let mut lost = names(&relayed.lost);
    lost.sort();
    assert_eq!(lost, ["From is not carried", "X-Mms-Sender-Visibility is not carried"]);

    let relayed = relay::to_mm7(hidden.clone(), &receipt(), Service::default());
    let error = mm7::encode(&Envelope::new("t", relayed.pdu)).unwrap_err();
    assert_eq!(error.field, Some("Sender"));

    let alias = Receipt { alias: Some(Address::email("hidden@example.net")), ..receipt() };
    for from in [
        relay::to_mm4(hidden.clone(), &alias, hop()).pdu.message.from,
        relay::to_mm7(hidden, &alias, Service::default()).pdu.message.from,
    ] {
        assert_eq!(from, Some(Address::email("hidden@example.net").into()));
    }
}

/// Each interface counts relative times from another moment.
#[test]
fn times_keep_their_moment() {
    let day = Some(Time::Relative(Interval::from_seconds(86_400)));
    let mut send = SendReq::default();
    send.message = message();
    send.message.date = Some(Timestamp::from_seconds(1_000_000_000));
    send.message.expiry = day;
    // From when the relay got it, not from the date by the phone's clock.
    let relayed = relay::to_mm4(send, &receipt(), hop());
    assert_eq!(relayed.pdu.message.expiry, Some(Time::Absolute(Timestamp::from_seconds(1_709_631_047 + 86_400))));
    assert!(relayed.lost.is_empty());

    // From the date of the mail, which came an hour later; the phone is announced what is left.
    let mut request = relayed.pdu;
    request.message.date = Some(ARRIVED);
    request.message.expiry = day;
    let late = Receipt { arrived: Timestamp::from_seconds(ARRIVED.seconds + 3_600), ..receipt() };
    let delivery = relay::to_mm1(request.clone(), &late, announcement()).unwrap().pdu;
    assert_eq!(delivery.notification.message.expiry, Some(Time::Relative(Interval::from_seconds(82_800))));

    // No longer than the relay keeps it,
    request.message.expiry = Some(Time::Absolute(Timestamp::from_seconds(i64::MAX)));
    let relayed = relay::to_mm1(request.clone(), &late, announcement()).unwrap();
    let notification = relayed.pdu.notification;
    assert_eq!(notification.message.expiry, Some(Time::Relative(Interval::from_seconds(172_800))));
    assert!(names(&relayed.lost).contains(&"X-Mms-Expiry has another value".into()));
    assert!(mm1::encode(&notification).is_ok());

    // and not at all after its end, be it a moment or counted from the date.
    let end = Timestamp::from_seconds(ARRIVED.seconds + 3_600);
    for expiry in [Time::Absolute(end), Time::Relative(Interval::from_seconds(3_600))] {
        request.message.expiry = Some(expiry);
        let expired = relay::to_mm1(request.clone(), &late, announcement()).unwrap_err();
        assert_eq!((expired.expiry, *expired.taken), (end, request.clone().into()));
    }

    // A month has no fixed length, and MM4 no part of a second.
    let mut submit = SubmitReq::default();
    submit.message = message();
    submit.message.date = Some(ARRIVED);
    let mut interval = Interval::from_seconds(1);
    (interval.months, interval.nanoseconds) = (13, 500_000_000);
    submit.message.expiry = Some(Time::Relative(interval));
    let relayed = relay::to_mm4(submit, &receipt(), hop());
    let expected = Timestamp::from_seconds(ARRIVED.seconds + 395 * 86_400 + 1);
    assert_eq!(relayed.pdu.message.expiry, Some(Time::Absolute(expected)));
    assert!(relayed.lost.iter().all(|lost| lost.name == "X-Mms-Expiry" && lost.kind == LossKind::Changed));
}

#[test]
fn a_paid_reply_is_granted_in_its_own_system_and_lost_on_the_way_out() {
    let mut submit = SubmitReq::default();
    submit.message = message();
    submit.message.reply_charging = Some(ReplyCharging::Requested);
    submit.message.reply_charging_size = Some(10_000);
    let delivery = relay::to_mm1(submit.clone(), &receipt(), announcement()).unwrap();
    assert!(delivery.lost.is_empty());
    assert_eq!(delivery.pdu.notification.message.reply_charging, Some(ReplyCharging::Accepted));
    let lost = relay::to_mm4(submit.clone(), &receipt(), hop()).lost;
    assert_eq!(names(&lost), ["X-Mms-Reply-Charging is not carried", "X-Mms-Reply-Charging-Size is not carried"]);

    submit.message.reply_charging = None;
    let lost = relay::to_mm1(submit, &receipt(), announcement()).unwrap().lost;
    assert_eq!(names(&lost), ["X-Mms-Reply-Charging-Size is not carried"]);
}

#[test]
fn addresses_have_the_form_of_their_interface() {
    let mut submit = SubmitReq::default();
    submit.message = message();
    submit.message.from = Some(Address::short_code("7255").into());
    let mut shown = Address::phone("+447700900124");
    let mut details = AddressDetails::default();
    details.display_only = Some(true);
    shown.details = Some(details.into());
    submit.message.cc = vec![shown, Address::email("kim@example.org"), "10.0.0.1/TYPE=IPv4".into()];

    let relayed = relay::to_mm4(submit.clone(), &receipt(), hop());
    assert_eq!(names(&relayed.lost), ["Cc@displayOnly is not carried"]);
    let mail = String::from_utf8(mm4::encode(&relayed.pdu).unwrap()).unwrap();
    assert!(mail.contains("From: 7255@mms.mnc012.mcc345.gprs\r\n"), "{mail}");
    let unfolded = mail.replace("\r\n ", " ");
    assert!(
        unfolded.contains(
            "Cc: +447700900124/TYPE=PLMN@mms.mnc015.mcc234.gprs, kim@example.org, \
             10.0.0.1/TYPE=IPv4@mms.mnc015.mcc234.gprs\r\n"
        ),
        "{mail}"
    );
    let relayed = relay::to_mm7(submit.clone(), &receipt(), Service::default());
    assert_eq!(names(&relayed.lost), ["Cc is not carried"]);
    assert_eq!(relayed.pdu.message.cc.len(), 2);
    assert!(mm7::encode(&Envelope::new("t", relayed.pdu)).is_ok());

    // A number whose type was left out.
    submit.message.to = vec![Address::short_code("+447700900123")];
    let relayed = relay::to_mm7(submit, &receipt(), Service::default());
    assert_eq!(relayed.pdu.message.to, [Address::phone("+447700900123")]);
}

#[test]
fn what_a_schema_does_not_have_is_lost() {
    let mut send = SendReq::default();
    send.message = message();
    send.message.applic_id = Some("viewer".into());
    let service = Service { schema: Schema::REL_5_MM7_1_3, ..Service::default() };
    let relayed = relay::to_mm7(send, &receipt(), service);
    assert_eq!(names(&relayed.lost), ["X-Mms-Applic-ID is not carried"]);
    let mut envelope = Envelope::new("t", relayed.pdu);
    envelope.schema = Schema::REL_5_MM7_1_3;
    assert!(mm7::encode(&envelope).is_ok());
}

/// The parts of MM1 to MM4 in base64, to MM7 in binary, to MM1: the same octets, and the types of
/// each interface.
#[test]
fn the_octets_of_every_part_survive_the_whole_way() {
    let octets: Vec<u8> = (0..=255).cycle().take(3_000).collect();
    let contents: [&[u8]; 5] = [b"", b"\r\n--boundary\r\n.\r\n", &octets, "Été".as_bytes(), b"no line end"];
    let part = |number: usize, octets: &[u8]| {
        let mut part =
            Part::new(ContentType::new("image/jpeg").with("name", "a b.jpg"), Bytes::copy_from_slice(octets));
        part.content_id = Some(format!("<{number}>").into());
        part.content_location = Some(format!("{number}.jpg").into());
        part.headers.push(Header::Text { name: "Content-Description".into(), value: "an image".into() });
        part
    };
    let parts = |range: std::ops::Range<usize>| range.map(|number| part(number, contents[number])).collect();
    let related =
        ContentType::new("application/vnd.wap.multipart.related").with("start", "<0>").with("type", "image/jpeg");
    let inner = Part::multipart(ContentType::new("application/vnd.wap.multipart.alternative"), parts(3..5));
    let mut outer: Vec<Part> = parts(0..3);
    outer.push(inner);
    let mut send = SendReq::default();
    send.transaction_id = Some("T".into());
    send.message = message();
    send.message.body = Some(Part::multipart(related, outer));
    let original: Vec<Bytes> =
        send.message.body.as_ref().unwrap().leaves().map(|leaf| leaf.octets().unwrap().clone()).collect();
    let leaves = |body: &Part| -> Vec<Bytes> { body.leaves().map(|leaf| leaf.octets().unwrap().clone()).collect() };
    let types = |body: &Part| (body.content_type.to_string(), body.parts()[3].content_type.to_string());

    let first = Bytes::from(mm1::encode(&send).unwrap());
    let mm1::Pdu::SendReq(send) = mm1::decode_with(&first, &Options::strict()).unwrap().value else { panic!() };

    let relayed = relay::to_mm4(send, &receipt(), hop());
    assert!(relayed.lost.is_empty());
    let body = relayed.pdu.message.body.as_ref().unwrap();
    assert_eq!(
        types(body),
        ("multipart/related; start=\"<0>\"; type=\"image/jpeg\"".into(), "multipart/alternative".into())
    );
    // Nothing was copied: the contents still lie in the octets that came in.
    let range = first.as_ptr_range();
    assert!(leaves(body).iter().filter(|octets| !octets.is_empty()).all(|octets| range.contains(&octets.as_ptr())));
    let mail = Bytes::from(mm4::encode(&relayed.pdu).unwrap());
    assert!(mail.windows(6).any(|window| window == b"base64"));
    let mm4::Pdu::ForwardReq(request) = mm4::decode_with(&mail, &Options::strict()).unwrap().value else { panic!() };
    assert_eq!(leaves(request.message.body.as_ref().unwrap()), original);

    let relayed = relay::to_mm7(request, &receipt(), Service::default());
    let encoded = mm7::encode(&Envelope::new("t", relayed.pdu)).unwrap();
    let decoded = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap().value;
    let mm7::Pdu::DeliverReq(deliver) = decoded.pdu else { panic!() };
    assert_eq!(leaves(deliver.message.body.as_ref().unwrap()), original);

    let relayed = relay::to_mm1(deliver, &receipt(), announcement()).unwrap();
    assert!(relayed.lost.is_empty());
    let body = relayed.pdu.retrieve.message.body.as_ref().unwrap();
    assert_eq!(types(body).1, "application/vnd.wap.multipart.alternative");
    assert!(types(body).0.starts_with("application/vnd.wap.multipart.related; "));
    let octets = Bytes::from(mm1::encode(&relayed.pdu.retrieve).unwrap());
    let mm1::Pdu::RetrieveConf(conf) = mm1::decode_with(&octets, &Options::strict()).unwrap().value else { panic!() };
    let body = conf.message.body.unwrap();
    assert_eq!(leaves(&body), original);
    for (leaf, number) in body.leaves().zip(0..) {
        assert_eq!(leaf.content_type.to_string(), "image/jpeg; name=\"a b.jpg\"");
        assert_eq!(leaf.content_id.as_deref(), Some(&*format!("<{number}>")));
        assert_eq!(leaf.content_location.as_deref(), Some(&*format!("{number}.jpg")));
        assert_eq!(leaf.header("Content-Description"), Some("an image"));
    }
}

#[test]
fn what_a_part_cannot_say_on_mail_is_told_by_part() {
    let mut inner = Part::new(ContentType::new("image/jpeg"), "x");
    inner.content_id = Some("<a b>".into());
    inner.headers.push(Header::Coded { page: 16, code: 5, value: Bytes::from_static(b"\x81") });
    let mut encoded = Part::new(ContentType::new("text/plain"), "SGVsbG8=");
    encoded.headers.push(Header::Text { name: "Content-Transfer-Encoding".into(), value: "base64".into() });
    let mixed = || ContentType::new("application/vnd.wap.multipart.mixed");
    let mut send = SendReq::default();
    send.message = message();
    send.message.body = Some(Part::multipart(
        mixed(),
        vec![encoded, Part::multipart(mixed(), vec![inner, Part::multipart(mixed(), Vec::new())])],
    ));
    let relayed = relay::to_mm4(send, &receipt(), hop());
    assert_eq!(
        names(&relayed.lost),
        [
            "part 1: Content-Transfer-Encoding has another value",
            "part 2.1: Content-ID has another value",
            "part 2.1: 0x85 on page 16 is not carried",
            "part 2.2: Content-Type has another value",
        ]
    );
    let mail = Bytes::from(mm4::encode(&relayed.pdu).unwrap());
    let mm4::Pdu::ForwardReq(request) = mm4::decode_with(&mail, &Options::strict()).unwrap().value else { panic!() };
    let body = request.message.body.unwrap();
    assert_eq!(body.parts()[0].octets().unwrap(), "Hello");
    assert!(body.find("cid:a%20b").is_some());
}

/// Found by fuzzing: the blank was written on mail, where nobody reads it again.
#[test]
fn white_space_around_an_address_hides_no_number() {
    let mut send = SendReq::default();
    send.message = message();
    send.message.to = vec![Address::from(" +1202/TYPE=PLMN"), Address::from("7255\t")];
    let relayed = relay::to_mm7(send.clone(), &receipt(), Service::default());
    assert_eq!(relayed.pdu.message.to, [Address::phone("+1202"), Address::short_code("7255")]);
    let relayed = relay::to_mm4(send, &receipt(), hop());
    assert!(relayed.lost.is_empty());
    let mail = String::from_utf8(mm4::encode(&relayed.pdu).unwrap()).unwrap();
    assert!(mail.contains("To: +1202/TYPE=PLMN@mms.mnc015.mcc234.gprs, 7255@mms.mnc015.mcc234.gprs\r\n"), "{mail}");
}

/// Found by fuzzing: a type with octets that no interface writes was read, and could not be encoded.
#[test]
fn parts_of_a_type_that_cannot_be_written_are_mixed() {
    let mut send = SendReq::default();
    send.message = message();
    let odd = ContentType::new("multipart/il>\0");
    send.message.body = Some(Part::multipart(odd, vec![Part::new(ContentType::new("text/plain"), "x")]));
    let mail = relay::to_mm4(send.clone(), &receipt(), hop());
    assert_eq!(names(&mail.lost), ["body: Content-Type has another value"]);
    assert!(mm4::encode(&mail.pdu).is_ok());
    let conf = relay::to_mm1(send.clone(), &receipt(), announcement()).unwrap();
    assert_eq!(names(&conf.lost), ["body: Content-Type has another value"]);
    assert!(mm1::encode(&conf.pdu.retrieve).is_ok());
    let deliver = relay::to_mm7(send, &receipt(), Service::default());
    assert_eq!(names(&deliver.lost), ["body: Content-Type has another value"]);
    assert!(mm7::encode(&Envelope::new("t", deliver.pdu)).is_ok());
}

/// Found by fuzzing: MM1 keeps a blank at the end of a header, which mail cannot.
#[test]
fn white_space_around_a_header_of_a_part_is_told_and_not_written_on_mail() {
    let mut send = SendReq::default();
    send.message = message();
    let mut part = Part::new(ContentType::new("text/plain"), "x");
    part.headers.push(Header::Text { name: "If-Modified-Since".into(), value: " now: ".into() });
    send.message.body = Some(Part::multipart(ContentType::new("multipart/mixed"), vec![part]));
    let crossed = relay::to_mm4(send, &receipt(), hop());
    let changed = |lost: &relay::Lost| lost.name == "If-Modified-Since" && lost.kind == LossKind::Changed;
    assert!(crossed.lost.iter().any(changed), "{:?}", crossed.lost);
    let mail = Bytes::from(mm4::encode(&crossed.pdu).unwrap());
    let again = mm4::decode_with(&mail, &Options::strict()).unwrap().value;
    assert_eq!(again.body().unwrap().parts()[0].header("If-Modified-Since"), Some("now:"));
    assert_eq!(mm4::encode(&again).map(Bytes::from), Ok(mail));
}

#[test]
fn a_peer_gets_what_its_release_knows_and_the_rest_is_listed() {
    let mut rich = message();
    rich.content_class = Some(mms_codec::message::ContentClass::ImageBasic);
    rich.applic_id = Some("com.example.viewer".into());
    for (version, lost) in [
        ("4.5.0", &["X-Mms-Applic-ID is not carried", "X-Mms-Content-Class is not carried"][..]),
        ("5.5.0", &["X-Mms-Applic-ID is not carried", "X-Mms-Content-Class is not carried"]),
        ("6.5.0", &[]),
    ] {
        let mut hop = hop();
        hop.profile.version = version.into();
        let mut send = SendReq::default();
        send.message = rich.clone();
        let relayed = relay::to_mm4(send, &receipt(), hop);
        assert_eq!(names(&relayed.lost), lost, "{version}");
        // A flag of Release 5 that nobody asked for is no loss.
        assert_eq!(relayed.pdu.originator_rs_delivery_report.is_some(), version != "4.5.0");
        let mail = mm4::encode(&relayed.pdu).unwrap();
        assert!(mm4::decode_with(&mail.into(), &Options::strict()).is_ok(), "{version}");
    }
}

/// A month has no length, and MM1 and MM4 count in seconds: another time is said.
#[test]
fn a_time_in_months_is_another_one() {
    for (months, expected) in [(0, &[][..]), (1, &["X-Mms-Expiry has another value"])] {
        let mut submit = SubmitReq::default();
        submit.message = message();
        submit.message.from = Some(Address::phone("+12025550101").into());
        let mut interval = Interval::from_seconds(60);
        interval.months = months;
        submit.message.expiry = Some(Time::Relative(interval));
        let relayed = relay::to_mm4(submit, &receipt(), hop());
        assert_eq!(names(&relayed.lost), expected);
    }
}

/// MM1 and MM4 number those who passed the message on; on MM7 the number may be absent.
#[test]
fn those_who_passed_a_message_on_are_numbered() {
    let mut submit = SubmitReq::default();
    submit.message = message();
    submit.message.from = Some(Address::phone("+12025550101").into());
    let mut by = mms_codec::message::PreviouslySentBy::new(1, Address::phone("+1201"));
    by.count = None;
    submit.message.previously_sent_by = vec![by];
    let relayed = relay::to_mm4(submit, &receipt(), hop());
    assert_eq!(names(&relayed.lost), ["X-Mms-Previously-Sent-By has another value"]);
    assert_eq!(relayed.pdu.message.previously_sent_by[0].count, Some(1));
}

#[test]
fn the_message_of_every_request_of_mm7_is_taken() {
    let mut replace = mm7::ExtendedReplaceReq::default();
    replace.message = message();
    replace.content_href = Some("cid:elsewhere".into());
    let taken = relay::Taken::try_from(Envelope::new("t", replace)).unwrap();
    assert_eq!(taken.message.to, message().to);
    assert!(relay::Taken::try_from(Envelope::new("t", mm7::CancelReq::default())).is_err());
    // A reference to content that did not come.
    for (body, expected) in [(message().body, &[][..]), (None, &["Content@href is not carried"])] {
        let mut submit = SubmitReq::default();
        submit.message.body = body;
        submit.content_href = Some("cid:elsewhere".into());
        let taken = relay::Taken::try_from(Envelope::new("t", submit)).unwrap();
        let relayed = relay::to_mm7(taken, &receipt(), Service::default());
        assert_eq!(names(&relayed.lost), expected);
    }
}

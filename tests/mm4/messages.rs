//! What real peers do, what is refused, answers, and hostile mail.

use crate::support::{clock, forged};
use mms_codec::message::{
    Address, Charset, ContentType, DeliveryReport, Element, Interval, Message, MmStatus, MmStatusExtension, Originator,
    Part, Plus, PreviouslySentBy, ReadReport, ReadStatus, RequestStatus, Text, Time, Timestamp,
};
use mms_codec::mm4::{
    self, BodyType, DeliveryReportReq, ForwardReq, Pdu, Posting, Profile, ReadReplyReportReq, SmtpEnvelope,
};
use mms_codec::{Bytes, DecodeErrorKind, Decoded, DeviationKind, EncodeErrorKind, Limit, Options};

fn decode(mail: &str) -> Decoded<Pdu> {
    mm4::decode(&Bytes::copy_from_slice(mail.as_bytes())).unwrap_or_else(|error| panic!("{error}: {mail}"))
}

/// The value of one field in a message of this kind, and what was forgiven except missing fields.
fn field(name: &str, line: &str) -> (Decoded<Pdu>, Vec<DeviationKind>) {
    let decoded = decode(&format!("X-Mms-Message-Type: {name}\r\n{line}\r\n\r\n"));
    let kinds = decoded.deviations.iter().map(|deviation| deviation.kind);
    let kinds = kinds.filter(|kind| *kind != DeviationKind::MissingField).collect();
    (decoded, kinds)
}

fn request(line: &str) -> (ForwardReq, Vec<DeviationKind>) {
    match field("MM4_forward.REQ", line) {
        (Decoded { value: Pdu::ForwardReq(request), .. }, kinds) => (request, kinds),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_spelling_of_the_field_is_read_and_named() {
    use DeviationKind::{
        AddressSpelling, DateSpelling, EmptyValue, FieldName, HeaderSyntax, InvalidValue, UnknownToken,
    };
    let none: [DeviationKind; 0] = [];
    // 1: addresses without a domain.
    assert_eq!(request("From: PostMaster").1, [AddressSpelling]);
    assert_eq!(request("To: +447700900123").0.message.to, [Address::phone("+447700900123")]);
    // 2: letter case. 3: forms of identifiers, to the letter.
    for (line, id) in [
        ("x-mms-TRANSACTION-id: t", "t"),
        ("X-Mms-Transaction-ID:\"t\"", "\"t\""),
        ("X-Mms-Transaction-Id: <t>", "<t>"),
    ] {
        let (request, kinds) = request(line);
        assert_eq!((request.transaction_id.as_deref(), kinds), (Some(id), none.to_vec()));
        assert!(mm4::same_id(id, "t"));
    }
    // 5: the type in other letters.
    assert_eq!(field("MM4_Forward.req", "").1, none);
    assert_eq!(field("MM4_forward_REQ", "").1, [UnknownToken]);
    // 6: another name.
    assert_eq!(request("X-Mms-3GPP-Version: 1.0").1, [FieldName]);
    assert_eq!(request("X-Mms-3GPP-Version: 1.0").0.version.as_deref(), Some("1.0"));
    // 7: status words.
    for (word, status, class) in [
        ("OK", None, RequestStatus::Ok),
        ("0", Some("0"), RequestStatus::Ok),
        ("Error-contant-not-accepted", Some("Error-contant-not-accepted"), RequestStatus::ErrorContentNotAccepted),
        ("Error- service-denied", Some("Error- service-denied"), RequestStatus::ErrorServiceDenied),
        ("Error-test-failed", Some("Error-test-failed"), RequestStatus::ErrorUnspecified),
    ] {
        let (decoded, kinds) = field("MM4_forward.RES", &format!("X-Mms-Request-Status-Code: {word}"));
        let Pdu::ForwardRes(response) = decoded.value else { panic!() };
        let read = response.status.unwrap();
        assert_eq!(read, status.map_or(class.clone(), |word| RequestStatus::Other(word.into())));
        assert_eq!(read.class(), class);
        assert_eq!(kinds.len(), usize::from(status.is_some()));
    }
    // 8: fields of other messages are kept.
    let (decoded, kinds) = field("MM4_forward.RES", "X-Mms-Message-Class: Personal\r\nSubject: MM4_forward.RES");
    let Pdu::ForwardRes(response) = decoded.value else { panic!() };
    assert_eq!((response.extra.len(), kinds), (2, vec![DeviationKind::UnexpectedField]));
    // 15, 16, 31: a blank continuation line, an empty subject, blanks behind a value.
    assert_eq!(request("To: kim@example.org\r\n  ").1, [HeaderSyntax]);
    assert_eq!(request("Subject: ").0.message.subject.unwrap(), "");
    assert_eq!(request("X-Mms-Expiry: 600 ").0.message.expiry.unwrap().to_string(), "PT600S");
    // As on MM7. Months become seconds, which they are not here.
    for (text, read, written) in [("P1D", "PT86400S", "86400"), ("P1M", "P1M", "2592000")] {
        let (decoded, kinds) = field("MM4_forward.REQ", &format!("X-Mms-Expiry: {text}"));
        assert_eq!(kinds, [DateSpelling], "{text}");
        let mut pdu = decoded.value;
        assert_eq!(pdu.message().unwrap().expiry.unwrap().to_string(), read);
        pdu.normalize();
        assert_eq!(
            pdu.message().unwrap().expiry,
            Some(Time::Relative(Interval::from_seconds(written.parse().unwrap())))
        );
    }
    // 18: RFC 3339. 19: numbers for flags.
    let (with_expiry, kinds) = request("X-Mms-Expiry: 2026-04-02T12:00:00Z");
    assert_eq!(with_expiry.message.expiry, Some(Time::Absolute(Timestamp::from_seconds(1_775_131_200))));
    assert_eq!(kinds, [DateSpelling]);
    assert_eq!(request("X-Mms-Read-Reply: 1").0.message.read_report, Some(true));
    assert_eq!(request("X-Mms-Read-Reply: 1").1, [UnknownToken]);
    // 20: a repeated field, and one that mail does not have.
    let (twice, kinds) = request("X-Mms-Message-ID: a\r\nX-Mms-Message-ID: b\r\nBcc: kim@example.org");
    assert_eq!((twice.message_id.as_deref(), twice.extra.len()), (Some("a"), 2));
    assert_eq!(kinds, [DeviationKind::DuplicateField, DeviationKind::UnexpectedField]);
    // Semicolons between addresses.
    let (two, kinds) = request("To: a@x.example; b@y.example");
    assert_eq!((two.message.to.len(), kinds), (2, vec![AddressSpelling]));
    // 22: the forms of one implementation.
    let (system, _) = request("X-Mms-Originator-System: system=mms.example;party=+44");
    assert_eq!(system.originator_system.unwrap().value(), "system=mms.example;party=+44");
    let (decoded, kinds) = field("MM4_delivery_report.REQ", "X-Mms-Status: Unrecognized");
    let Pdu::DeliveryReportReq(report) = decoded.value else { panic!() };
    assert_eq!(report.report.status, Some(MmStatus::Word("Unrecognized".into())));
    assert_eq!(report.report.status.unwrap().class(), MmStatus::Unrecognised);
    assert_eq!(kinds, [FieldName, UnknownToken]);
    // 27: a byte order mark. 28: `.boundary`.
    let marked = decode("\u{feff}X-Mms-Message-Type: MM4_forward.RES\r\n\r\n");
    assert!(marked.deviations.iter().any(|deviation| deviation.kind == DeviationKind::StrayOctets));
    let dotted = decode(
        "X-Mms-Message-Type: MM4_forward.REQ\r\nContent-Type: multipart/mixed; .boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--",
    );
    assert_eq!(dotted.value.body().unwrap().parts().len(), 1);
    // Other spellings of the words.
    let (decoded, kinds) = field("MM4_delivery_report.REQ", "X-Mms-MM-Status-Extension: rejection-by-mms-recipient");
    let Pdu::DeliveryReportReq(report) = decoded.value else { panic!() };
    assert_eq!(
        (report.report.status_extension, kinds),
        (Some(MmStatusExtension::RejectionByMmsRecipient), none.to_vec())
    );
    for word in ["Deletedwithoutbeingread", "Deleted"] {
        let (decoded, kinds) = field("MM4_read_reply_report.REQ", &format!("X-Mms-Read-Status: {word}"));
        let Pdu::ReadReplyReportReq(report) = decoded.value else { panic!() };
        assert_eq!((report.report.status, kinds), (Some(ReadStatus::Deleted), vec![UnknownToken]));
    }
    // What cannot be read is kept.
    for (line, kind) in [
        ("X-Mms-Expiry: soon", InvalidValue),
        ("X-Mms-Priority: Urgent", UnknownToken),
        ("X-Mms-Forward-Counter: 99999999999", InvalidValue),
    ] {
        let (request, kinds) = request(line);
        assert_eq!((request.extra.len(), kinds), (1, vec![kind]), "{line}");
    }
    assert_eq!(request("X-Mms-Priority:").1, [EmptyValue]);
    // Separators before the value of a forwarding.
    for line in ["1, kim@example.org", "1 kim@example.org", "1;kim@example.org"] {
        let (request, kinds) = request(&format!("X-Mms-Previously-sent-by: {line}"));
        let by = request.message.previously_sent_by.first().unwrap().clone();
        assert_eq!((by.count, by.address, kinds), (Some(1), Address::email("kim@example.org"), none.to_vec()));
    }
}

#[test]
fn a_message_type_behind_the_header_section_is_none() {
    let header = "X-Mms-Message-Type: MM4_forward.RES\r\n";
    for before in ["To: kim@example.org\r\n\r\n", "no field\r\nno field\r\n"] {
        let error = mm4::decode(&format!("{before}{header}\r\n").into()).unwrap_err();
        let expected = (DecodeErrorKind::NotAMessage, 0, Some("X-Mms-Message-Type"));
        assert_eq!((error.kind, error.offset, error.field), expected, "{before}");
    }
    assert!(mm4::decode(&format!("no field\r\n{header}\r\n").into()).is_ok());
}

fn posting() -> Posting {
    Posting::new("system-user@mms.example.net", "1@mms.example.net", 1_709_631_047)
}

fn forward() -> ForwardReq {
    let mut message = Message::default();
    message.from = Some(Address::email("kim@example.org").into());
    message.to.push(mm4::address_at(&Address::phone("+447700900123"), "mms.mnc015.mcc234.gprs"));
    message.body = Some(Part::new(ContentType::new("text/plain"), "hello\r\n"));
    ForwardReq::new("t", "m", message, posting())
}

fn refused(change: impl FnOnce(&mut ForwardReq)) -> (EncodeErrorKind, Option<&'static str>) {
    let mut request = forward();
    change(&mut request);
    let error = mm4::encode(&request).unwrap_err();
    (error.kind, error.field)
}

#[test]
fn refuses_what_mm4_cannot_say() {
    assert!(mm4::encode(&forward()).is_ok());
    let missing = |field| (EncodeErrorKind::MissingField, Some(field));
    assert_eq!(refused(|request| request.message.date = None), missing("Date"));
    assert_eq!(refused(|request| request.message.to.clear()), missing("To"));
    assert_eq!(refused(|request| request.message.body = None), missing("Content-Type"));
    assert_eq!(
        refused(|request| (request.ack_request, request.originator_system) = (Some(true), None)),
        missing("X-Mms-Originator-System")
    );
    let no_field = |field| (EncodeErrorKind::NoSuchField, Some(field));
    assert_eq!(
        refused(|request| request.message.delivery_time = Some(Time::Absolute(Timestamp::default()))),
        no_field("X-Mms-Delivery-Time")
    );
    assert_eq!(refused(|request| request.message.bcc = request.message.to.clone()), no_field("Bcc"));
    let mut message = forward().message;
    message.distribution_indicator = Some(true);
    assert!(message.retain(ForwardReq::ELEMENTS).iter().eq([Element::DistributionIndicator]));
    let mut exact = Timestamp::from_seconds(1_709_631_047);
    exact.nanoseconds = 1;
    let inexpressible = |field| (EncodeErrorKind::NotExpressible, Some(field));
    assert_eq!(refused(|request| request.message.date = Some(exact)), inexpressible("Date"));
    let expiry = Some(Time::Absolute(exact));
    assert_eq!(refused(|request| request.message.expiry = expiry), inexpressible("X-Mms-Expiry"));
    let injected = "a\r\nBcc: everybody@example.org";
    let control = |field| (EncodeErrorKind::ControlCharacter(b'\r'), Some(field));
    assert_eq!(refused(|request| request.message.subject = Some(injected.into())), control("Subject"));
    assert_eq!(refused(|request| request.transaction_id = Some(injected.into())), control("X-Mms-Transaction-ID"));
    assert_eq!(refused(|request| request.message.applic_id = Some(injected.into())), control("X-Mms-Applic-ID"));
    assert_eq!(refused(|request| request.message.to = vec![Address::email(injected)]), control("To"));
    assert_eq!(
        refused(|request| request.message.to = vec![Address::phone("+447700900123")]),
        (EncodeErrorKind::NotExpressible, Some("To"))
    );
    assert_eq!(
        refused(|request| request.message.subject = Some(Text::with_charset("中", Charset::ISO_8859_1))),
        (EncodeErrorKind::NotInCharset, Some("Subject"))
    );
    let decoded =
        decode("X-Mms-Message-Type: MM4_forward.REQ\r\nDate: Tue, 05 Mar 2024 09:30:47 GMT\r\nDate: again\r\n\r\n");
    let Pdu::ForwardReq(twice) = decoded.value else { panic!() };
    assert_eq!(refused(|request| request.extra = twice.extra), (EncodeErrorKind::FieldConflict, Some("Date")));
}

#[test]
fn answers_carry_identifiers_to_the_letter_and_find_their_address() {
    let Pdu::ForwardReq(request) = decode(include_str!("../vectors/mm4/forward_req.eml")).value else { panic!() };
    let response = request.res(RequestStatus::Ok, posting());
    assert_eq!(response.transaction_id.as_deref(), Some("\"t-0001@mms.mnc012.mcc345.gprs\""));
    assert_eq!(response.message_id.as_deref(), Some("\"mm-0001@mms.mnc012.mcc345.gprs\""));
    assert_eq!(response.to, [Address::email("system-user@mms.mnc012.mcc345.gprs")]);
    assert!(mm4::encode(&response).is_ok());

    for recipient in &request.message.to {
        let report = request.delivery_report(recipient, MmStatus::Rejected, "t-7001", posting());
        assert_eq!(report.report.recipient.as_ref(), Some(recipient));
        assert_eq!(report.report.originator.as_ref(), request.message.from.as_ref().unwrap().address());
        assert_eq!(report.forward_to_originator_ua, Some(true));
        // A report goes to where a reply would: swapped.
        assert_eq!(report.report.applic_id.as_deref(), Some("com.example.sender"));
        assert_eq!(report.report.reply_applic_id.as_deref(), Some("com.example.viewer"));
        assert_eq!(report.transaction_id.as_deref(), Some("\"t-7001\""));
        let res = report.res(RequestStatus::Ok, posting());
        assert_eq!(res.to, [Address::email("system-user@mms.example.net")]);
        assert_eq!((&res.transaction_id, &res.message_id), (&report.transaction_id, &report.report.message_id));
        assert!(mm4::encode(&report).is_ok() && mm4::encode(&res).is_ok());

        let read = request.read_reply_report(recipient, ReadStatus::Read, "t-7002", posting());
        assert!(mm4::encode(&read.res(RequestStatus::ErrorMessageNotFound, posting())).is_ok());
        assert!(mm4::encode(&read).is_ok());
    }

    // `X-Mms-Originator-System`, `Sender`, `From`, passing over what mail cannot reach.
    let address = |lines: &str| {
        let (request, _) = self::request(lines);
        request.answer_address().map(|address| address.value().to_owned())
    };
    let all = "X-Mms-Originator-System: a@x.example\r\nSender: b@x.example\r\nFrom: c@x.example";
    assert_eq!(address(all).as_deref(), Some("a@x.example"));
    assert_eq!(address("Sender: b@x.example\r\nFrom: c@x.example").as_deref(), Some("b@x.example"));
    assert_eq!(address("X-Mms-Originator-System: system=h\r\nFrom: c@x.example").as_deref(), Some("c@x.example"));
    assert_eq!(address("X-Mms-Ack-Request: Yes"), None);
    // 10: a request without X-Mms-Message-ID.
    let (nameless, _) = self::request("Message-ID: <mail@x.example>");
    assert_eq!(nameless.res(RequestStatus::Ok, posting()).message_id.as_deref(), Some("<mail@x.example>"));
}

/// TS 23.140, 8.4: a response is for those who ask for it, whatever their message is.
#[test]
fn only_those_who_ask_for_it_get_a_response() {
    for (request, response) in [
        ("MM4_forward.REQ", "MM4_forward.RES"),
        ("MM4_delivery_report.REQ", "MM4_delivery_report.RES"),
        ("MM4_read_reply_report.REQ", "MM4_read_reply_report.RES"),
    ] {
        for (asks, expected) in
            [("X-Mms-Ack-Request: Yes\r\n", Some(response)), ("X-Mms-Ack-Request: No\r\n", None), ("", None)]
        {
            let lines = format!("X-Mms-Message-Type: {request}\r\nX-Mms-Transaction-ID: \"t\"\r\n{asks}");
            let decoded = decode(&format!("{lines}\r\n")).value;
            let answer = decoded.answer(RequestStatus::Ok, posting());
            assert_eq!(answer.as_ref().map(Pdu::name), expected, "{lines}");
            // What refuses to be read is answered by its header section, whatever ends the lines.
            for end in ["\r\n", "\n", "\r\r\n"] {
                let cut = Bytes::from(lines.replace("\r\n", end) + end + "X-Mms-Ack-Request: Yes" + end);
                let error = mm4::decode_with(&cut, &Options::strict()).unwrap_err();
                let answer = mm4::answer_for(&error, &cut, posting());
                assert_eq!(answer.as_ref().map(Pdu::name), expected, "{lines}");
            }
        }
        let none = decode(&format!("X-Mms-Message-Type: {response}\r\nX-Mms-Ack-Request: Yes\r\n\r\n")).value;
        assert_eq!(none.answer(RequestStatus::Ok, posting()), None);
    }
    // TS 23.140, 8.4.1: the user asks for a report, or the system, or both.
    for (lines, expected) in [
        ("X-Mms-Delivery-Report: Yes", true),
        ("X-Mms-Originator-R/S-Delivery-Report: Yes", true),
        ("X-Mms-Delivery-Report: No\r\nX-Mms-Originator-R/S-Delivery-Report: Yes", true),
        ("X-Mms-Delivery-Report: No\r\nX-Mms-Originator-R/S-Delivery-Report: No", false),
        ("X-Mms-Read-Reply: Yes", false),
    ] {
        assert_eq!(request(lines).0.wants_delivery_report(), expected, "{lines}");
    }
}

/// RFC 5321, 3.3: from whom, and to everybody whom the message names: a report goes to the originator of what it
/// is about.
#[test]
fn the_envelope_names_whom_the_mail_names() {
    for name in ["MM4_forward", "MM4_delivery_report", "MM4_read_reply_report"] {
        for (kind, recipients) in [("REQ", if name == "MM4_forward" { 3 } else { 1 }), ("RES", 2)] {
            let to = if kind == "REQ" && recipients == 1 { "a@x.example" } else { "a@x.example, b@x.example" };
            let lines = format!("Sender: s@y.example\r\nFrom: f@y.example\r\nTo: {to}\r\nCc: c@x.example");
            let envelope = field(&format!("{name}.{kind}"), &lines).0.value.envelope();
            assert_eq!(envelope.mail_from.as_deref(), Some("s@y.example"), "{name}.{kind}");
            let all = ["a@x.example", "b@x.example", "c@x.example"];
            assert_eq!(envelope.rcpt_to, all[..recipients], "{name}.{kind}");
        }
    }
}

/// RFC 5321, 4.5.3.1.6 and RFC 3030, 3: lines of 998 octets that CR LF ends, and neither NUL nor a lone CR or LF.
#[test]
fn the_type_of_a_body_follows_from_its_lines() {
    for (text, expected) in [
        (String::new(), BodyType::SevenBit),
        (format!("{}\r\n", "a".repeat(998)), BodyType::SevenBit),
        (format!("{}\r\n", "a".repeat(999)), BodyType::Binary),
        (format!("{}\r\n", "\u{e9}".repeat(499)), BodyType::EightBit),
        ("a\r\nb".into(), BodyType::SevenBit),
        ("a\nb\r\n".into(), BodyType::Binary),
        ("a\rb\r\n".into(), BodyType::Binary),
        ("a\0b\r\n".into(), BodyType::Binary),
    ] {
        assert_eq!(BodyType::of(text.as_bytes()), expected, "{text:?}");
    }
}

#[test]
fn refuses_hostile_mail_or_decodes_it_in_linear_time_and_little_memory() {
    let head = "X-Mms-Message-Type: MM4_forward.REQ\r\n";
    let size = 1_000_000;
    let limit = |limit| Some(DecodeErrorKind::LimitExceeded(limit));
    let mut too_much = Vec::new();
    for (mail, expected) in [
        (format!("{head}{}", "a:\r\n".repeat(size / 4)), limit(Limit::Items)),
        (format!("{head}{}", "To: a\r\n".repeat(size / 7)), limit(Limit::Items)),
        (format!("{head}To: {}\r\n", "a,".repeat(size / 2)), limit(Limit::Items)),
        (format!("{head}To: {}\r\n", "kim@b.example.com,".repeat(size / 18)), limit(Limit::Items)),
        // So many that a list which doubles its memory has just done so.
        (format!("{head}To: {}\r\n", "a@b.mms.example.com,".repeat(66_000)), None),
        (format!("{head}To: {}\r\n", "+4477009001/TYPE=PLMN@mms.example.net,".repeat(33_000)), None),
        (format!("{head}{}", "X-Mms-Previously-sent-by: 1, a@b.example\r\n".repeat(33_000)), None),
        // The same again and again, far behind the beginning.
        (
            format!(
                "{head}{}{}",
                "X-Own: a field of mail systems\r\n".repeat(33_000),
                format!("Subject: {}\r\n", "a".repeat(60)).repeat(33_000)
            ),
            None,
        ),
        (format!("{head}X: {}\r\n", "a: 1\r\nb:\t12\r\n".repeat(size / 13)), None),
        (format!("{head}To: {}\r\n", "<".repeat(size)), None),
        (format!("{head}To: {}\r\n", "(".repeat(size)), None),
        (format!("{head}To: {}\r\n", ":".repeat(size)), None),
        (format!("{head}To: {}\r\n", "a:;".repeat(size / 3)), None),
        (format!("{head}To: {}\r\n", "a=;".repeat(size / 3)), None),
        (format!("{head}Subject: {}\r\n", "=?utf-8?Q?a?= ".repeat(size / 14)), None),
        (format!("{head}Date: {}\r\n", "(".repeat(size)), None),
        (format!("{head}X-Mms-Expiry: {}\r\n", "9".repeat(size)), None),
        (format!("{head}X-Mms-Previously-sent-by: {}\r\n", "1,".repeat(size / 2)), None),
        (format!("{head}X: {}\r\n", "x\r\n ".repeat(size / 4)), None),
        (format!("{head}Content-Type: a/b{}\r\n", "; a=b".repeat(size / 5)), limit(Limit::Items)),
        (format!("{head}Content-Type: a/b{}\r\n", "; a*1=b".repeat(size / 7)), limit(Limit::Items)),
        ("\n".repeat(size), Some(DecodeErrorKind::NotAMessage)),
        ("\0".repeat(size), Some(DecodeErrorKind::NotAMessage)),
        (
            format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n".repeat(size / 5)),
            limit(Limit::Parts),
        ),
    ] {
        let started = clock::now();
        let octets = Bytes::from(mail.clone());
        let mut result = None;
        let used = allocation_counter::measure(|| result = Some(mm4::decode(&octets)));
        let result = result.unwrap();
        // Quadratic time would be minutes.
        assert!((clock::now() - started).as_secs() < 10, "{:?}", mail.get(..80));
        let allowed = 8 * octets.len() as u64 + 64_000;
        if used.bytes_max >= allowed {
            too_much.push(format!("{} of {allowed} octets: {:?}", used.bytes_max, mail.get(..80)));
        }
        if let Some(expected) = expected {
            assert_eq!(result.map(drop).map_err(|error| error.kind), Err(expected), "{:?}", mail.get(..80));
        }
    }
    assert!(too_much.is_empty(), "{too_much:#?}");
}

#[test]
fn strict_decoding_names_the_field_and_the_octet() {
    let mail = include_str!("../vectors/mm4/delivery_report_req.eml").replace('\n', "\r\n");
    let damaged = mail.replace("X-Mms-Ack-Request: Yes", "X-Mms-Ack-Request: 1");
    let error = mm4::decode_with(&damaged.clone().into(), &Options::strict()).unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::Deviation(DeviationKind::UnknownToken));
    assert_eq!(error.field, Some("X-Mms-Ack-Request"));
    assert_eq!(Some(error.offset), damaged.find(": 1\r\n").map(|at| at + 2));
    let without = mail.replace("X-Mms-MM-Status-Code: Rejected\r\n", "");
    let error = mm4::decode_with(&without.into(), &Options::strict()).unwrap_err();
    assert_eq!((error.kind, error.field), (DecodeErrorKind::MissingField, Some("X-Mms-MM-Status-Code")));
}

/// A message with everything that it must have.
fn complete(field: &str) -> Bytes {
    format!(
        "X-Mms-Message-Type: MM4_forward.REQ\r\nX-Mms-3GPP-MMS-Version: 6.10.0\r\nX-Mms-Transaction-ID: \"t\"\r\n\
         X-Mms-Message-ID: \"m\"\r\nDate: Tue, 05 Mar 2024 09:30:47 +0000\r\nFrom: a@b.example\r\n\
         Sender: s@b.example\r\nTo: k@e.example\r\nMessage-ID: <a@b.example>\r\n{field}\
         MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello\r\n"
    )
    .into()
}

#[test]
fn what_mail_forbids_is_reported_and_refused() {
    use DeviationKind::{AddressSpelling, ControlCharacter, DateSpelling, DuplicateField, EncodedWord, InvalidValue};
    let none: &[DeviationKind] = &[];
    for (field, kinds) in [
        ("", none),
        ("Subject: =?utf-8?q?a=0D=0AX-Evil:_1?=\r\n", &[ControlCharacter]),
        ("Subject: =?utf-8?q?a=00b?=\r\n", &[ControlCharacter]),
        ("Subject: =?utf-8?q?=1B[31m?=\r\n", &[ControlCharacter]),
        ("X-Mms-Applic-ID: =?utf-8?q?a=0Ab?=\r\n", &[ControlCharacter]),
        ("Subject: a=?utf-8?q?b?=\r\n", &[EncodedWord]),
        ("Cc: =?utf-8?q?a=0D=0AX-Evil=3A_1?= <x@y.example>\r\n", &[AddressSpelling]),
        ("Cc: \"=?utf-8?q?a?=\" <x@y.example>\r\n", &[AddressSpelling]),
        ("Cc: =?utf-8?q?a?=@y.example\r\n", &[AddressSpelling]),
        ("Cc: a@b.example,\r\n", &[AddressSpelling]),
        ("Cc: a@b.example,, c@d.example\r\n", &[AddressSpelling]),
        ("Cc: , a@b.example\r\n", &[AddressSpelling]),
        ("Cc: x@[IPv6:::1], y@[1.2.3.4]\r\n", none),
        ("Cc: x@[1.2.[3.4]\r\n", &[AddressSpelling]),
        ("Cc: Dr. Lee <a@b.example>\r\n", &[AddressSpelling]),
        ("Cc: \"Dr. Lee\" <a@b.example>\r\n", none),
        ("X-Mms-Previously-sent-by: 1, a@b.example, c@d.example\r\n", &[InvalidValue, InvalidValue]),
        ("MIME-Version: 1.0\r\n", &[DuplicateField]),
        ("X-Mms-Expiry: Tue, 12 Mar 2024 09:30:47 GMT\r\n", none),
        ("X-Mms-Expiry: Tue, 12 Mar 2024 09:30:47 +0100\r\n", &[DateSpelling]),
        ("X-Mms-Expiry: P1DT12H\r\n", &[DateSpelling]),
        ("X-Mms-Expiry: P1W\r\n", &[DateSpelling]),
        ("X-Mms-Expiry: 18446744073709551615\r\n", none),
        ("X-Mms-Expiry: 18446744073709551616\r\n", &[InvalidValue]),
    ] {
        let octets = complete(field);
        let decoded = mm4::decode(&octets).unwrap();
        let found: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
        assert_eq!(found, kinds, "{field}");
        assert_eq!(mm4::decode_with(&octets, &Options::strict()).is_ok(), kinds.is_empty());
    }
    let without = String::from_utf8(complete("").to_vec()).unwrap().replace("MIME-Version: 1.0\r\n", "");
    let decoded = decode(&without);
    let found: Vec<_> = decoded.deviations.iter().map(|deviation| (deviation.kind, deviation.field)).collect();
    assert_eq!(found, [(DeviationKind::MissingField, Some("MIME-Version"))]);
    let error = mm4::decode_with(&without.clone().into(), &Options::strict()).unwrap_err();
    assert_eq!((error.kind, error.field), (DecodeErrorKind::MissingField, Some("MIME-Version")));
    // RFC 2045, 4: a message that has a content says so, if that is blank, too; of one that cannot have any, a blank
    // content says nothing.
    let response = "X-Mms-Message-Type: MM4_forward.RES\r\nContent-Type: text/plain\r\n\r\n";
    for (mail, is_missing) in [
        (without.replace("hello\r\n", ""), true),
        (without.replace("hello", " "), true),
        (response.to_owned(), false),
        (format!("{response}hello\r\n"), true),
    ] {
        let deviations = decode(&mail).deviations;
        let found = deviations.iter().any(|deviation| deviation.field == Some("MIME-Version"));
        assert_eq!(found, is_missing, "{mail}");
    }
    for (version, is_regular) in
        [("1.0", true), ("1.0 (made by hand)", true), ("(a) 1.0", true), ("2.0", false), ("", false)]
    {
        let octets = Bytes::from(
            String::from_utf8(complete("").to_vec())
                .unwrap()
                .replace("MIME-Version: 1.0", &format!("MIME-Version: {version}")),
        );
        assert_eq!(mm4::decode_with(&octets, &Options::strict()).is_ok(), is_regular, "{version}");
    }
}

#[test]
fn identifiers_and_versions_that_say_nothing_are_reported_and_never_written() {
    use DeviationKind::{EmptyValue, InvalidValue, MissingField};
    let base = String::from_utf8(complete("").to_vec()).unwrap();
    let empty: &[DeviationKind] = &[EmptyValue, MissingField];
    for (field, value, kinds) in [
        ("X-Mms-Transaction-ID: \"t\"", "\"\"", empty),
        ("X-Mms-Transaction-ID: \"t\"", "\" \"", empty),
        ("X-Mms-Transaction-ID: \"t\"", "<>", empty),
        ("X-Mms-Transaction-ID: \"t\"", "<t>", &[]),
        ("X-Mms-Message-ID: \"m\"", "\"\"", empty),
        ("X-Mms-Message-ID: \"m\"", "<>", empty),
        ("X-Mms-Message-ID: \"m\"", "m", &[]),
        ("X-Mms-3GPP-MMS-Version: 6.10.0", "1.0", &[]),
        ("X-Mms-3GPP-MMS-Version: 6.10.0", "6", &[InvalidValue]),
        ("X-Mms-3GPP-MMS-Version: 6.10.0", "abc", &[InvalidValue]),
        ("X-Mms-3GPP-MMS-Version: 6.10.0", "6. 10.0", &[InvalidValue]),
        ("X-Mms-3GPP-MMS-Version: 6.10.0", "-6.10.0", &[InvalidValue]),
        ("X-Mms-3GPP-MMS-Version: 6.10.0", "6.10.0.1", &[InvalidValue]),
        ("X-Mms-3GPP-MMS-Version: 6.10.0", "99.0.0", &[]),
    ] {
        let (name, _) = field.split_once(": ").unwrap();
        let octets = Bytes::from(base.replace(field, &format!("{name}: {value}")));
        let decoded = mm4::decode(&octets).unwrap();
        let found: Vec<_> = decoded.deviations.iter().map(|deviation| (deviation.kind, deviation.field)).collect();
        let expected: Vec<_> = kinds.iter().map(|kind| (*kind, Some(name))).collect();
        assert_eq!(found, expected, "{name}: {value}");
        assert_eq!(mm4::decode_with(&octets, &Options::strict()).is_ok(), kinds.is_empty());
        assert_eq!(mm4::encode(&decoded.value).is_ok(), kinds.is_empty(), "{name}: {value}");
    }
    let field = |change: fn(&mut ForwardReq)| refused(change).1;
    assert_eq!(field(|request| request.transaction_id = Some("\"\"".into())), Some("X-Mms-Transaction-ID"));
    assert_eq!(field(|request| request.message_id = Some("<>".into())), Some("X-Mms-Message-ID"));
    assert_eq!(field(|request| request.version = Some("6".into())), Some("X-Mms-3GPP-MMS-Version"));
}

#[test]
fn a_header_section_that_is_cut_is_reported() {
    let mail = String::from_utf8(complete("").to_vec()).unwrap();
    let head = mail.split_once("\r\n\r\n").unwrap().0;
    for (cut, kinds) in [
        (format!("{head}\r\n"), &[][..]),
        (head.to_owned(), &[DeviationKind::Truncated][..]),
        (head[..head.len() - 2].to_owned(), &[DeviationKind::Truncated][..]),
    ] {
        let decoded = mm4::decode(&cut.clone().into()).unwrap();
        let found: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
        assert_eq!(found, kinds);
        assert_eq!(mm4::decode_with(&cut.into(), &Options::strict()).is_ok(), kinds.is_empty());
    }
}

#[test]
fn fields_that_would_come_back_as_others_are_refused() {
    let base = mm4::decode(&complete("")).unwrap().value;
    let Pdu::ForwardReq(mut base) = base else { panic!() };
    base.message.previously_sent_by.push(PreviouslySentBy::new(1, Address::email("a@b.example")));
    let header = |name: &str, value: &str| mms_codec::message::Header::Text { name: name.into(), value: value.into() };
    for (name, value, is_written) in [
        ("X-A", "v", true),
        ("X-A", "v  w\tx", true),
        ("X-A", "", true),
        ("X-A", "=?utf-8?q?a?=", true),
        ("X-A", " v", false),
        ("X-A", "v\t", false),
        ("X-A", "v\r\n", false),
        ("X-A", "\nv", false),
        ("X-A", "v\u{a0}\u{e9}", false),
        ("X-Mms-3GPP-Version", "6.2.0", false),
        ("Cc", "victim@evil.example", false),
        ("cc", "victim@evil.example", false),
        ("Subject", "another", false),
        ("X-Mms-Priority", "Low", false),
        ("X-Mms-Priority", "Urgent", true),
        ("To", "victim@evil.example", false),
        ("Content-Language", "en", false),
        ("X-Mms-Previously-sent-by", "2, victim@evil.example", false),
        ("To", "nobody", false),
        ("MIME-Version", "1.0", false),
        ("Content-Type", "text/html", false),
    ] {
        let mut request = base.clone();
        request.extra.push(header(name, value));
        let written = mm4::encode(&request);
        assert_eq!(written.is_ok(), is_written, "{name}: {value:?}");
        if let Ok(written) = written {
            assert_eq!(mm4::decode(&written.into()).unwrap().value, request.into());
        }
        // The headers of the content stand among those of the message.
        if matches!(name, "Cc" | "MIME-Version") {
            let mut request = base.clone();
            request.message.body.as_mut().unwrap().headers.push(header(name, value));
            assert!(mm4::encode(&request).is_err());
        }
    }
}

#[test]
fn memory_of_encoding_stays_below_sixteen_times_the_input() {
    for size in [1 << 10, (1 << 14) + 1, (1 << 18) + 1] {
        for field in [
            format!("Subject: {}\r\n", "\u{e9}".repeat(size)),
            format!("Subject: {}\r\n", "=?x?b??=".repeat(size / 8)),
            format!("Subject: {}\r\n", "=?koi8-r?b?gICA?= ".repeat(size / 18)),
            format!("Subject: {}\r\n", "=?".repeat(size / 2)),
            format!("Content-Location: {}\r\n", "=?utf-8?q?=C3=BC?= ".repeat(size / 19)),
            format!("Content-Disposition: attachment; name=\"{}\"\r\n", "=?koi8-r?b?gICA?= ".repeat(size / 18)),
            format!("Content-Disposition: attachment; {}=\"{}\"\r\n", "n".repeat(400), "\u{e9}".repeat(size)),
        ] {
            let octets = complete(&field);
            let pdu = mm4::decode(&octets).unwrap().value;
            let used = allocation_counter::measure(|| drop(mm4::encode(&pdu)));
            assert!(
                used.bytes_max < 16 * octets.len() as u64 + 64_000,
                "{}: {} octets: {used:?}",
                &field[..60],
                octets.len()
            );
        }
    }
}

#[test]
fn histories_in_one_field_are_lists_and_are_written_as_many() {
    let mail = "X-Mms-Message-Type: MM4_forward.REQ\r\nX-Mms-Transaction-ID: \"t\"\r\nX-Mms-Message-ID: \"m\"\r\n\
        X-Mms-3GPP-MMS-Version: 6.10.0\r\nMessage-ID: <1@a.example>\r\nSender: s@a.example\r\nFrom: a@b.example\r\nTo: k@e.example\r\n\
        Date: Tue, 05 Mar 2024 09:30:47 +0000\r\nX-Mms-Previously-sent-by: 1, c@d.example; 2, e@f.example\r\n\
        X-Mms-Previously-sent-date-and-time: 1, Mon, 04 Mar 2024 18:00:00 +0000, 2, Mon, 04 Mar 2024 20:15:00 +0000\r\n\
        Bcc: hidden@e.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello\r\n";
    let decoded = mm4::decode(&mail.into()).unwrap();
    let kinds: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind.name()).collect();
    assert_eq!(kinds, ["invalid-value", "invalid-value", "unexpected-field"]);
    let Pdu::ForwardReq(request) = &decoded.value else { panic!() };
    let counts: Vec<_> = request.message.previously_sent_by.iter().map(|by| by.count).collect();
    assert_eq!((counts, request.message.previously_sent_date.len()), (vec![Some(1), Some(2)], 2));
    assert_eq!(request.message.previously_sent_date[1].date.seconds, 1_709_583_300);

    let written = mm4::encode(&decoded.value).unwrap();
    let text = String::from_utf8(written.clone()).unwrap();
    assert_eq!(text.matches("\r\nX-Mms-Previously-sent-by: ").count(), 2);
    assert!(!text.contains("hidden"));
    let strict = mm4::decode_with(&written.into(), &Options::strict()).unwrap().value;
    let Pdu::ForwardReq(again) = strict else { panic!() };
    assert_eq!(again.message.previously_sent_by, request.message.previously_sent_by);
    assert_eq!(again.message.previously_sent_date, request.message.previously_sent_date);
}

#[test]
fn identifiers_with_quotation_marks_are_escaped() {
    let posting = Posting::new("s@a.example", "1@a.example", 0);
    let request = ForwardReq::new("a\"b\\c", "\"m\"", Message::default(), posting);
    assert_eq!(request.transaction_id.as_deref(), Some("\"a\\\"b\\\\c\""));
    assert_eq!(request.message_id.as_deref(), Some("\"m\""));
    assert!(mm4::same_id(request.transaction_id.as_deref().unwrap(), "a\"b\\c"));
}

#[test]
fn a_mail_in_a_mail_is_never_base64() {
    use mms_codec::message::{ContentType, Part};
    use mms_codec::mime::{self, Transfer, TransferOptions};

    let part = |octets: &'static [u8]| Part::new(ContentType::new("message/rfc822"), octets);
    let encode = |part: &Part, transfer| {
        mime::encode(part, &TransferOptions { transfer }).map(|octets| String::from_utf8_lossy(&octets).into_owned())
    };
    for transfer in [Transfer::SevenBit, Transfer::SevenBitReadable, Transfer::EightBit] {
        assert!(encode(&part(b"Subject: a\r\n\r\nb"), transfer).unwrap().contains("Encoding: 7bit\r\n"));
        assert!(encode(&part(b"Subject: a\r\n\r\n\0"), transfer).is_err());
    }
    assert!(encode(&part(b"Subject: \xe9\r\n\r\nb\r\n"), Transfer::EightBit).unwrap().contains("Encoding: 8bit\r\n"));
    let error = encode(&part(b"Subject: \xe9\r\n\r\nb\r\n"), Transfer::SevenBit).unwrap_err();
    assert_eq!(error.field, Some("Content-Transfer-Encoding"));
    let encoded = "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n";
    let decoded = mime::decode_with(&encoded.into(), &Options::lenient()).unwrap();
    assert_eq!(decoded.deviations[0].kind.name(), "transfer-encoding");
}

/// What constructors and deserialization can make and no decoder gives is refused. What this interface has a form
/// for comes back.
#[test]
fn forged_parts_are_refused_by_name() {
    for (field, part) in forged::parts() {
        let mut request = forward();
        request.message.body = Some(Part::multipart(ContentType::new("multipart/mixed"), vec![part]));
        match mm4::encode(&request) {
            Err(error) => assert!(field.is_none() || error.field == field, "{error}: {request:?}"),
            Ok(mail) => {
                let again = mm4::decode_with(&mail.into(), &Options::strict()).map(|decoded| decoded.value);
                assert_eq!(again, Ok(request.into()));
            }
        }
    }
}

/// TS 23.003 and GSMA IR.52: `mms.mnc<MNC>.mcc<MCC>.gprs`, each of three digits.
#[test]
fn a_domain_names_the_codes_of_its_network() {
    for (domain, expected) in [
        ("mms.mnc012.mcc345.gprs", Some(("345", "012"))),
        ("MMS.MNC410.MCC310.GPRS", Some(("310", "410"))),
        ("mms.mnc00.mcc001.gprs", Some(("001", "000"))),
        ("mms.mnc12.mcc345.gprs", Some(("345", "012"))),
        ("mms.mnc99.mcc345.gprs", Some(("345", "099"))),
        ("mms.mnc1.mcc345.gprs", None),
        ("mms.mnc0123.mcc345.gprs", None),
        ("mms.mnc012.mcc34.gprs", None),
        ("mms.mnc012.mcc3456.gprs", None),
        ("mms.mncabc.mcc345.gprs", None),
        ("mms.mnc012.mccabc.gprs", None),
        ("mms.xyz012.mcc345.gprs", None),
        ("mms.mnc012.xyz345.gprs", None),
        ("sms.mnc012.mcc345.gprs", None),
        ("mms.mnc012.mcc345.net", None),
        ("mms.mnc012.mcc345.gprs.net", None),
        ("mms.mnc012.mcc345", None),
    ] {
        assert_eq!(mm4::mms_network(domain), expected, "{domain}");
    }
    for (mcc, mnc, expected) in [
        ("345", "12", Some("mms.mnc012.mcc345.gprs")),
        ("310", "410", Some("mms.mnc410.mcc310.gprs")),
        ("34", "12", None),
        ("345", "1", None),
        ("345", "1234", None),
        ("34a", "12", None),
        ("345", "1a", None),
    ] {
        assert_eq!(mm4::mms_domain(mcc, mnc).as_deref(), expected, "{mcc} {mnc}");
    }
    assert!(!mm4::same_id("\"a\"", "b"));
    let address = mm4::address_at(&Address::phone("+447700900123"), "mms.example.net");
    assert_eq!(mm4::write_mailbox(&address).unwrap(), "+447700900123/TYPE=PLMN@mms.example.net");
}

/// A report goes to the sender with the domain, which `Sender` may have where `From` has none.
#[test]
fn a_report_goes_to_the_address_that_mail_can_reach() {
    let at = |number: &str| mm4::address_at(&Address::phone(number), "mms.example.net");
    let (bare, sent) = (Address::phone("+1"), at("+1"));
    for (from, sender, expected) in [
        (bare.clone(), Some(sent.clone()), Some(sent.clone())),
        (sent.clone(), None, Some(sent.clone())),
        (sent.clone(), Some(at("+2")), Some(sent.clone())),
        // Another user, such as a system that posts for the sender.
        (bare.clone(), Some(at("+2")), None),
        (bare, Some(Address::email("system@mms.example.net")), None),
    ] {
        let mut request = forward();
        (request.message.from, request.sender) = (Some(from.clone().into()), sender);
        let report = request.read_reply_report(&at("+3"), ReadStatus::Read, "t", posting());
        assert_eq!(report.report.originator.filter(|_| expected.is_some()), expected, "{from:?}");
    }
}

#[test]
fn a_profile_gives_reports_the_form_of_its_peer() {
    let at = |number: &str| mm4::address_at(&Address::phone(number), "mms.example.net");
    let mut delivery = DeliveryReportReq::default();
    delivery.report = DeliveryReport::default();
    (delivery.report.recipient, delivery.report.originator) = (Some(at("+447700900123")), Some(at("+447700900124")));
    let mut read = ReadReplyReportReq::default();
    read.report = ReadReport::default();
    (read.report.recipient, read.report.originator) = (Some(at("+447700900123").into()), Some(at("+447700900124")));
    let peer = Profile { plus: Plus::Never, ..Profile::default() };

    let mut adapted = Pdu::from(delivery);
    peer.adapt(&mut adapted);
    let Pdu::DeliveryReportReq(delivery) = adapted else { panic!() };
    let report = delivery.report;
    assert_eq!((report.recipient, report.originator), (Some(at("447700900123")), Some(at("447700900124"))));
    assert_eq!(delivery.forward_to_originator_ua, Some(true));

    let mut adapted = Pdu::from(read);
    peer.adapt(&mut adapted);
    let Pdu::ReadReplyReportReq(read) = adapted else { panic!() };
    assert_eq!(read.report.recipient.as_ref().and_then(Originator::address), Some(&at("447700900123")));
    assert_eq!(read.report.originator, Some(at("447700900124")));
}

/// RFC 1652 and RFC 3030 name the bodies; RFC 3461, 4 has identifiers in hexadecimal digits but for most of ASCII.
#[test]
fn commands_of_smtp_are_read_and_written() {
    for (name, body) in
        [("7BIT", BodyType::SevenBit), ("8bitmime", BodyType::EightBit), ("BINARYMIME", BodyType::Binary)]
    {
        let mut envelope = SmtpEnvelope::default();
        assert!(envelope.read_command(&format!("MAIL FROM:<a@b.example> BODY={name}")));
        assert_eq!(envelope.body, body);
        let again = envelope.commands();
        assert!(again[0].contains(&format!("BODY={}", name.to_ascii_uppercase())), "{again:?}");
    }
    for (id, written) in [("mm-1@x", "mm-1@x"), ("a+b=c", "a+2Bb+3Dc"), ("a b~!", "a+20b~!"), ("\u{e9}", "+C3+A9")] {
        let mut envelope = SmtpEnvelope::default();
        envelope.envelope_id = Some(id.into());
        let commands = envelope.commands();
        assert!(commands[0].ends_with(&format!(" ENVID={written}")), "{commands:?}");
        let mut again = SmtpEnvelope::default();
        assert!(again.read_command(&commands[0]));
        assert_eq!(again.envelope_id.as_deref(), Some(id));
    }
}

/// RFC 5322, 3.6.4 has angle brackets around identifiers, TS 23.140 quotation marks.
#[test]
fn identifiers_are_the_same_whatever_is_around_them() {
    for (one, other, are_same) in [
        ("\"mm-1@x\"", "<mm-1@x>", true),
        ("mm-1@x", " mm-1@x ", true),
        ("mm-1@x", "MM-1@x", false),
        ("mm-1@x", "mm-2@x", false),
    ] {
        assert_eq!(mm4::same_id(one, other), are_same, "{one} {other}");
    }
    let address = mm4::address_at(&Address::phone("+447700900123"), "mms.example.net");
    assert_eq!(mm4::write_mailbox(&address).unwrap(), "+447700900123/TYPE=PLMN@mms.example.net");
    assert!(mm4::write_mailbox(&Address::phone("+447700900123")).is_err());
}

//! Single values, by tables: what is read of them, what is written, what is refused, and what is made regular.

use core::num::NonZeroU32;

use DeviationKind::*;
use mms_codec::message::{AddressDetails, Interval, PreviouslySentBy, Timestamp};
use mms_codec::mm7::{ForeignAttribute, Fragment, ServiceCode, SpecVersion};
use mms_codec::{Limits, mm7::Fault};

use super::*;

fn deliver(rest: &str) -> Bytes {
    envelope(&format!("<DeliverReq><MM7Version>6.8.0</MM7Version>{rest}</DeliverReq>"))
}

/// The lines of `shown` that begin with this.
fn lines(message: &Bytes, path: &str) -> Vec<String> {
    let shown = shown(&mm7::decode_envelope(message).unwrap().value);
    shown.lines().filter(|line| line.starts_with(path)).map(str::to_owned).collect()
}

fn strictly(envelope: &Envelope) -> Envelope {
    let encoded = mm7::encode(envelope).unwrap();
    mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap().value
}

fn refused(envelope: &Envelope) -> EncodeErrorKind {
    mm7::encode(envelope).unwrap_err().kind
}

/// `displayOnly` is an `xs:boolean`, `addressCoding` one of two words, `id` an `xs:ID` (annex L).
#[test]
fn attributes_of_addresses_have_their_types() {
    for (attribute, deviations, shown) in [
        ("displayOnly=\"true\"", &[][..], "Sender@displayOnly = true"),
        ("displayOnly=\"0\"", &[], "Sender@displayOnly = false"),
        ("displayOnly=\"maybe\"", &[InvalidValue], ""),
        ("addressCoding=\"encrypted\"", &[], "Sender@addressCoding = encrypted"),
        ("addressCoding=\"obfuscated\"", &[], "Sender@addressCoding = obfuscated"),
        ("addressCoding=\"Encrypted\"", &[LetterCase], "Sender@addressCoding = encrypted"),
        ("addressCoding=\"secret\"", &[UnknownToken], "Sender@addressCoding = secret"),
        ("id=\"a1\"", &[], "Sender@id = a1"),
        ("id=\"1a\"", &[InvalidValue], "Sender@id = 1a"),
        ("ID=\"a1\"", &[LetterCase], "Sender@id = a1"),
        ("kind=\"a\"", &[UnexpectedAttribute], ""),
    ] {
        let message = deliver(&format!("<Sender><Number {attribute}>1</Number></Sender><Subject>a</Subject>"));
        let found: Vec<_> = kinds(&message).into_iter().filter(|kind| *kind != MissingField).collect();
        assert_eq!(found, deviations, "{attribute}");
        let expected: Vec<_> = ["Sender = 1", shown].into_iter().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines(&message, "Sender"), expected, "{attribute}");
    }
}

/// All fields with addresses show the attributes of these.
#[test]
fn attributes_of_all_addresses_are_shown() {
    let by =
        "<Previouslysentby><UserAgent><Number addressCoding=\"encrypted\">2</Number></UserAgent></Previouslysentby>";
    let message = deliver(&format!("<Sender><Number>1</Number></Sender>{by}"));
    assert_eq!(
        lines(&message, "Previouslysentby.UserAgent@addressCoding"),
        ["Previouslysentby.UserAgent@addressCoding = encrypted"]
    );
    let report = envelope(
        "<DeliveryReportReq><MM7Version>6.8.0</MM7Version><MessageID>m</MessageID>\
         <Recipient><Number displayOnly=\"true\">1</Number></Recipient><Sender><Number>2</Number></Sender>\
         <Date>2024-03-05T10:02:11Z</Date><MMStatus>Retrieved</MMStatus></DeliveryReportReq>",
    );
    assert_eq!(lines(&report, "Recipient@"), ["Recipient@displayOnly = true"]);
}

/// `xs:positiveInteger`: MM7 does not number the originator, whom MM1 numbers 0.
#[test]
fn those_who_passed_a_message_on_are_numbered_from_one() {
    let with = |attribute: &str| {
        let agent = format!("<UserAgent {attribute}><Number>+2</Number></UserAgent>");
        deliver(&format!("<Sender><Number>+1</Number></Sender><Previouslysentby>{agent}</Previouslysentby>"))
    };
    for (attribute, deviations, shown) in [
        ("", &[][..], &[][..]),
        ("sequence=\"1\"", &[], &["1"]),
        ("sequence=\" 12 \"", &[], &["12"]),
        ("sequence=\"0\"", &[InvalidValue], &[]),
        ("sequence=\"-1\"", &[InvalidValue], &[]),
        ("sequence=\"one\"", &[InvalidValue], &[]),
        ("number=\"1\"", &[UnexpectedAttribute], &[]),
        ("number=\"one\"", &[UnexpectedAttribute], &[]),
        ("v:sequence=\"1\" xmlns:v=\"urn:v\"", &[UnexpectedAttribute], &[]),
    ] {
        let message = with(attribute);
        let found: Vec<_> = kinds(&message).into_iter().filter(|kind| *kind != MissingField).collect();
        assert_eq!(found, deviations, "{attribute}");
        let path = "Previouslysentby.UserAgent@sequence";
        let expected: Vec<_> = shown.iter().map(|number| format!("{path} = {number}")).collect();
        assert_eq!(lines(&message, path), expected, "{attribute}");
    }

    let mut deliver = mm7::DeliverReq::default();
    deliver.message.from = Some(Address::phone("+1").into());
    deliver.message.previously_sent_by = vec![PreviouslySentBy::new(0, Address::phone("+2"))];
    let mut envelope = Envelope::new("t", deliver);
    assert_eq!(refused(&envelope), EncodeErrorKind::NotExpressible);
    envelope.normalize();
    let [by] = &envelope.message().unwrap().previously_sent_by[..] else { panic!() };
    assert_eq!((by.count, &by.address), (None, &Address::phone("+2")));
}

#[test]
fn only_an_address_in_an_element_of_mm7_is_one() {
    for (inside, deviations) in [
        ("<v:Number xmlns:v=\"urn:v\">+2</v:Number><Number>+1</Number>", &[UnexpectedField][..]),
        ("<Vendor><Number>+2</Number></Vendor><Number>+1</Number>", &[UnexpectedField]),
    ] {
        let message = deliver(&format!("<Sender>{inside}</Sender>"));
        let found: Vec<_> = kinds(&message).into_iter().filter(|kind| *kind != MissingField).collect();
        assert_eq!(found, deviations, "{inside}");
        assert_eq!(lines(&message, "Sender ="), ["Sender = +1"], "{inside}");
    }
}

fn with_details(change: impl FnOnce(&mut AddressDetails)) -> Address {
    let mut address = Address::phone("+1");
    change(address.details.get_or_insert_default());
    address
}

/// The first schemas have text in place of the elements of a sender.
#[test]
fn plain_text_has_no_attributes() {
    let cancel = |sender: Address| {
        let mut cancel = mm7::CancelReq::default();
        (cancel.message_id, cancel.sender_address) = (Some("m".into()), Some(sender));
        let mut envelope = Envelope::new("t", cancel);
        envelope.schema = Schema::REL_5_MM7_1_1;
        envelope
    };
    for address in [
        with_details(|details| details.display_only = Some(true)),
        with_details(|details| details.coding = Some("encrypted".into())),
        with_details(|details| details.id = Some(Box::new("a".into()))),
    ] {
        assert_eq!(refused(&cancel(address.clone())), EncodeErrorKind::NotExpressible, "{address:?}");
        let options = EncodeOptions { leave_out: true, ..EncodeOptions::default() };
        let encoded = mm7::encode_with(&cancel(address), &options).unwrap();
        assert_eq!(encoded.left_out, ["SenderIdentification.SenderAddress"]);
    }
    // The type of a number is only written where the number would be taken for a code.
    for (number, text) in [("+47123", ">+47123<"), ("7255", ">7255/TYPE=PLMN<")] {
        let octets = mm7::encode(&cancel(Address::phone(number))).unwrap().body();
        let xml = String::from_utf8(octets.to_vec()).unwrap();
        assert!(xml.contains(text), "{xml}");
    }
}

#[test]
fn what_an_address_may_not_have_is_removed_from_it() {
    let some = |details: &AddressDetails| Some(Box::new(details.clone()));
    let mut right = AddressDetails::default();
    (right.display_only, right.id) = (Some(true), Some(Box::new("a".into())));
    for (change, expected) in [
        ((|details| details.coding = Some("secret".into())) as fn(&mut AddressDetails), None),
        (|details| details.id = Some(Box::new("1".into())), None),
        (|details| details.name = Some("Kim".into()), None),
        (
            |details| {
                (details.display_only, details.id) = (Some(true), Some(Box::new("a".into())));
                details.coding = Some("secret".into());
            },
            some(&right),
        ),
    ] {
        let mut submit = mm7::SubmitReq::default();
        submit.message.from = Some(with_details(change).into());
        submit.message.to = vec![with_details(change)];
        let mut envelope = Envelope::new("t", submit);
        assert!(mm7::encode(&envelope).is_err());
        envelope.normalize();
        let message = envelope.message().unwrap();
        assert_eq!(message.to[0].details, expected);
        assert_eq!(message.from.as_ref().unwrap().address().unwrap().details, expected);
        assert_eq!(message.to[0].kind, AddressKind::Phone("+1".into()));
        strictly(&envelope);
    }
}

/// XML 1.0, 2.2.
#[test]
fn characters_that_xml_does_not_have_become_blanks() {
    let mut submit = mm7::SubmitReq::default();
    submit.message.to = vec![Address::phone("+1")];
    (submit.vasp_id, submit.linked_id) = (Some("a\u{1}b".into()), Some("c\td\u{fffe}".into()));
    let mut envelope = Envelope::new("t", submit);
    assert!(mm7::encode(&envelope).is_err());
    envelope.normalize();
    let Pdu::SubmitReq(submit) = &envelope.pdu else { panic!() };
    assert_eq!(submit.vasp_id.as_deref(), Some("a b"));
    assert_eq!(submit.linked_id.as_deref(), Some("c\td "));
}

#[test]
fn a_status_of_zero_is_an_error_of_the_server() {
    let mut response = mm7::SubmitRsp::default();
    (response.status.code, response.message_id) = (Some(StatusCode::new(0)), Some("m".into()));
    let mut envelope = Envelope::new("t", response);
    assert_eq!(refused(&envelope), EncodeErrorKind::NotExpressible);
    envelope.normalize();
    let Pdu::SubmitRsp(response) = &strictly(&envelope).pdu else { panic!() };
    assert_eq!(response.status.code, Some(StatusCode::SERVER_ERROR));
    assert_eq!(format!("{:?} {:?}", StatusCode::new(1000), StatusCode::new(1999)), "1000 Success 1999");
}

/// Release 6 allows proprietary attributes at a service code.
#[test]
fn attributes_of_a_service_code_are_written_if_a_reader_takes_them() {
    let with = |attributes: Vec<ForeignAttribute>| {
        let mut submit = mm7::SubmitReq::default();
        submit.mm7_version = Some(SpecVersion::from("6.8.0"));
        submit.message.to = vec![Address::phone("+1")];
        let mut code = ServiceCode::from("s");
        code.attributes = attributes;
        submit.service_code = Some(code);
        Envelope::new("t", submit)
    };
    let own = |name: &str| ForeignAttribute::new(name, "1");
    let foreign = |namespace: &str, name: &str| {
        let mut attribute = ForeignAttribute::new(name, "1");
        attribute.namespace = Some(namespace.into());
        attribute
    };
    let right = with(vec![own("a"), own("b"), foreign("urn:v", "a"), foreign("urn:w", "a"), foreign("urn:v", "b")]);
    assert_eq!(strictly(&right), right);
    for attributes in [vec![own("a"), own("a")], vec![own("a:b")], vec![own("a b")], vec![own("")], vec![own("xmlns")]]
    {
        assert_eq!(refused(&with(attributes.clone())), EncodeErrorKind::InvalidText, "{attributes:?}");
    }
    let mut older = with(vec![own("a")]);
    older.pdu.set_mm7_version(Some("5.8.0".into()));
    older.schema = Schema::REL_5_MM7_1_3;
    assert_eq!(refused(&older), EncodeErrorKind::NotExpressible);
    // As many as a reader takes, their declarations included.
    for is_foreign in [false, true] {
        let many = |count: usize| {
            let attribute = |number: usize| match is_foreign {
                true => foreign(&format!("urn:{number}"), "a"),
                false => own(&format!("a{number}")),
            };
            with((0..count).map(attribute).collect())
        };
        let first_refused = (1..2_000).find(|count| mm7::encode(&many(*count)).is_err()).unwrap();
        assert_eq!(refused(&many(first_refused)), EncodeErrorKind::NotExpressible);
        let most = many(first_refused - 1);
        assert_eq!(strictly(&most), most);
    }
}

#[test]
fn fractions_of_a_second_are_less_than_one() {
    let with = |nanoseconds: u32, is_relative: bool| {
        let mut submit = mm7::SubmitReq::default();
        submit.message.to = vec![Address::phone("+1")];
        submit.mm7_version = Some(SpecVersion::from("6.8.0"));
        if is_relative {
            let mut interval = Interval::from_seconds(1);
            interval.nanoseconds = nanoseconds;
            submit.message.expiry = Some(Time::Relative(interval));
        } else {
            let mut time = Timestamp::from_seconds(1_709_631_047);
            time.nanoseconds = nanoseconds;
            submit.message.date = Some(time);
        }
        Envelope::new("t", submit)
    };
    for is_relative in [false, true] {
        let most = with(999_999_999, is_relative);
        assert_eq!(strictly(&most), most);
        for nanoseconds in [1_000_000_000, 1_000_000_001] {
            assert_eq!(refused(&with(nanoseconds, is_relative)), EncodeErrorKind::NotExpressible);
        }
    }
}

/// The years of XML Schema begin with 0001, in whatever zone.
#[test]
fn times_are_in_the_years_of_xml_schema() {
    for (text, deviations) in [
        ("0001-01-01T00:00:00Z", &[][..]),
        ("0001-01-01 00:30 +0100", &[DateSpelling]),
        ("0001-01-01 00:30 +0000", &[DateSpelling]),
    ] {
        assert_eq!(kinds(&submit(&format!("<TimeStamp>{text}</TimeStamp>"))), deviations, "{text}");
    }
}

/// RFC 2392: the reference is the identifier in a URL; one that cannot be an identifier is not taken for one.
#[test]
fn a_part_gets_the_identifier_that_refers_to_it() {
    for (reference, expected) in [
        ("cid:a", "<a>"),
        ("cid: a ", "<a>"),
        ("a@b", "<a@b>"),
        ("cid:", "<content@mm7>"),
        ("cid:a b", "<content@mm7>"),
        ("cid:a<b", "<content@mm7>"),
        ("cid:a>b", "<content@mm7>"),
        ("cid:gr\u{fc}n", "<content@mm7>"),
    ] {
        let mut deliver = mm7::DeliverReq::default();
        deliver.content_href = Some(reference.into());
        deliver.message.from = Some(Address::phone("+1").into());
        deliver.message.body = Some(Part::new(ContentType::new("text/plain"), "hi"));
        let envelope = Envelope::new("t", deliver);
        let body = String::from_utf8(mm7::encode(&envelope).unwrap().body().to_vec()).unwrap();
        assert!(body.contains(&format!("Content-ID: {expected}")), "{reference}: {body}");
        assert!(strictly(&envelope).message().unwrap().body.is_some());
    }
}

/// `href` is required wherever `Content` is.
#[test]
fn content_without_reference_is_incomplete() {
    for (content, deviations, is_written) in [
        ("<Content allowAdaptations=\"true\"/>", &[MissingField][..], false),
        ("<Content/>", &[MissingField], true),
        ("<Content> </Content>", &[MissingField, SurroundingSpace], true),
        ("<Content>text</Content>", &[StrayOctets], true),
        ("<Content href=\"http://m.example/\"/>", &[], true),
        ("", &[], true),
    ] {
        let message = submit(content);
        let decoded = mm7::decode_envelope(&message).unwrap();
        let found: Vec<_> = decoded.deviations.iter().map(|one| one.kind).collect();
        assert_eq!(found, deviations, "{content}");
        assert!(decoded.deviations.iter().all(|one| one.field == Some("Content@href")), "{content}");
        let strict = mm7::decode_envelope_with(&message, &Options::strict());
        assert_eq!(strict.is_err(), !deviations.is_empty(), "{content}");
        let refused = mm7::encode(&decoded.value).err().map(|error| (error.kind, error.field));
        assert_eq!(
            refused,
            (!is_written).then_some((EncodeErrorKind::MissingField, Some("Content@href"))),
            "{content}"
        );
    }
}

#[test]
fn a_missing_field_is_reported_once() {
    let request = |inside: &str| envelope(&format!("<SubmitReq><MM7Version>6.8.0</MM7Version>{inside}</SubmitReq>"));
    let recipients = "<Recipients><To><Number>+1</Number></To></Recipients>";
    for (inside, missing) in [
        (format!("<SenderIdentification/>{recipients}"), &[][..]),
        ("<SenderIdentification/>".to_owned(), &["Recipients"]),
        (recipients.to_owned(), &["SenderIdentification"]),
        (String::new(), &["SenderIdentification", "Recipients"]),
    ] {
        let decoded = mm7::decode_envelope(&request(&inside)).unwrap();
        let found: Vec<_> = decoded.deviations.iter().map(|one| (one.kind, one.field.unwrap_or_default())).collect();
        let expected: Vec<_> = missing.iter().map(|field| (MissingField, *field)).collect();
        assert_eq!(found, expected, "{inside}");
    }
}

/// Each counts, however it is written; so does the deviation.
#[test]
fn addresses_in_one_element_count_as_those_in_several() {
    let message = |numbers: &str| {
        let text = String::from_utf8(submit("").to_vec()).unwrap();
        Bytes::from(text.replace("<Number>+1</Number>", numbers))
    };
    let least = |message: &Bytes| {
        let options = |items| Options {
            limits: Limits { items, octets_per_item: 1_000_000, ..Limits::DEFAULT },
            ..Options::lenient()
        };
        (0..100).find(|items| mm7::decode_envelope_with(message, &options(*items)).is_ok()).unwrap()
    };
    let several = least(&message("<Number>+1</Number><Number>+2</Number><Number>+3</Number><Number>+4</Number>"));
    assert_eq!(least(&message("<Number>+1,+2,+3,+4</Number>")), several + 1);
    assert_eq!(least(&message("<Number>+1</Number>")) + 3, several);
}

/// What is kept is written where it was, if that is written.
#[test]
fn an_element_that_was_kept_needs_the_one_around_it() {
    let options = EncodeOptions { write_extra: true, ..EncodeOptions::default() };
    for (parent, conditions, is_written) in [
        ("", &[][..], true),
        ("Recipients", &[], true),
        // It is written without fields in it.
        ("SenderIdentification", &[], true),
        ("DeliveryCondition", &[], false),
        ("DeliveryCondition", &[NonZeroU32::MIN], true),
        ("Nowhere", &[], false),
    ] {
        let mut submit = mm7::SubmitReq::default();
        submit.delivery_conditions = conditions.to_vec();
        submit.message.to = vec![Address::phone("+1")];
        let mut extra = mm7::Extra::new(Fragment::parse("<v:a xmlns:v=\"urn:v\"/>").unwrap());
        extra.parent = parent.into();
        submit.extra = vec![extra];
        let encoded = mm7::encode_with(&Envelope::new("t", submit), &options).unwrap();
        let xml = String::from_utf8(encoded.body().to_vec()).unwrap();
        assert_eq!(xml.contains("<v:a "), is_written, "{parent}: {xml}");
    }
}

#[test]
fn messages_can_be_changed_in_place_and_are_sent_with_their_type() {
    let mut envelope = Envelope::new("t", mm7::SubmitReq::default());
    envelope.message_mut().unwrap().to.push(Address::phone("+1"));
    assert_eq!(envelope.message().unwrap().to, [Address::phone("+1")]);
    let mut fault = Envelope::new("t", Fault::by_vasp(StatusCode::SERVICE_ERROR));
    assert_eq!(fault.message_mut(), None);
    let encoded = mm7::encode(&envelope).unwrap();
    let content_type = ("Content-Type", "text/xml; charset=\"utf-8\"");
    assert_eq!(encoded.request_fields(), [content_type, ("SOAPAction", "\"\"")]);
    assert_eq!(encoded.response_fields(), [content_type]);
}

#[test]
fn a_message_of_mm7_is_known_by_its_names() {
    let soap = |body: &str| {
        format!(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>{body}</e:Body></e:Envelope>"
        )
    };
    for (xml, is_mm7) in [
        (format!("<a xmlns=\"{NAMESPACE}\"/>"), true),
        ("<a><MM7Version>6.8.0</MM7Version></a>".into(), true),
        ("<SubmitRsp/>".into(), true),
        (soap("<e:Fault></e:Fault>"), true),
        (soap("<Fault/>"), true),
        (soap("<GetPrice/>"), false),
        ("<a:Fault></a:Fault>".into(), false),
        ("<html><body/></html>".into(), false),
    ] {
        assert_eq!(mm7::detect(xml.as_bytes()), is_mm7, "{xml}");
    }
}

/// RFC 2046, 5.1.1: text before the first delimiter is to be ignored.
#[test]
fn an_unlabelled_body_may_begin_with_a_preamble() {
    let xml = String::from_utf8(submit("").to_vec()).unwrap();
    for preamble in ["", "\r\n", "This is a message in several parts.\r\n", "one\r\ntwo\r\n\r\n"] {
        let body = format!("{preamble}--b0\r\nContent-Type: text/xml\r\n\r\n{xml}\r\n--b0--\r\n");
        let decoded = mm7::decode_unlabelled(&body.into()).unwrap();
        assert_eq!(decoded.value.transaction_id.as_deref(), Some("t1"), "{preamble:?}");
    }
}

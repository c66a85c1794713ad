//! Dialects that real systems write: read as they are meant, each with its deviation.

use super::*;

use DeviationKind::*;

/// What a message shows, and which deviations it has; strict decoding refuses it.
#[track_caller]
fn reads(message: &Bytes, deviations: &[DeviationKind], expected: &[&str]) -> Envelope {
    let decoded = mm7::decode_envelope(message).unwrap();
    let shown = shown(&decoded.value);
    for line in expected {
        assert!(shown.lines().any(|own| own == *line), "no {line} in\n{shown}");
    }
    assert_eq!(kinds(message), deviations, "{shown}");
    assert!(mm7::decode_envelope_with(message, &Options::strict()).is_err());
    decoded.value
}

fn deliver(rest: &str) -> Bytes {
    envelope(&format!("<DeliverReq><MM7Version>6.8.0</MM7Version>{rest}</DeliverReq>"))
}

fn report(rest: &str, end: &str) -> Bytes {
    envelope(&format!(
        "<DeliveryReportReq><MM7Version>6.8.0</MM7Version><MessageID>m</MessageID>{rest}\
         <MMStatus>Retrieved</MMStatus>{end}</DeliveryReportReq>"
    ))
}

const IDENTIFICATION: &str = "<SenderIdentification><SenderAddress>7255</SenderAddress></SenderIdentification>";

#[test]
fn the_sender_is_the_element_of_that_name_wherever_it_is() {
    let sender = "<Sender><Number>+1</Number></Sender>";
    for (fields, deviations) in [
        (format!("{IDENTIFICATION}{sender}"), vec![UnexpectedField, MisplacedField, AddressSpelling, DuplicateField]),
        (format!("{sender}{IDENTIFICATION}"), vec![UnexpectedField, MisplacedField, DuplicateField]),
    ] {
        let expected = ["Sender = +1", "SenderIdentification.SenderAddress = 7255"];
        let own = reads(&deliver(&fields), &deviations, &expected);
        // The other one is not written out again without a word.
        let encoded = mm7::encode_with(&own, &EncodeOptions { write_extra: true, ..EncodeOptions::default() }).unwrap();
        assert_eq!(encoded.left_out, ["SenderAddress"]);
        assert!(!String::from_utf8_lossy(&encoded.body()).contains("7255"));
    }
    // The same of all elements that stand in for others.
    let date = "<Recipient><Number>1</Number></Recipient><Sender><Number>2</Number></Sender>\
        <TimeStamp>2024-03-05T09:30:00Z</TimeStamp><Date>2025-03-05T09:30:00Z</Date>";
    reads(
        &report(date, ""),
        &[FieldName, DuplicateField],
        &["Date = 2025-03-05T09:30:00Z", "TimeStamp = 2024-03-05T09:30:00Z"],
    );
    // One that cannot be read does not keep the right one out, nor the other way round.
    let date = date.replace("2024-03-05T09:30:00Z", "soon");
    let expected = ["Date = 2025-03-05T09:30:00Z", "TimeStamp = soon"];
    reads(&report(&date, ""), &[FieldName, InvalidValue], &expected);
    let date = date.replace("soon", "2024-03-05T09:30:00Z").replace("2025-03-05T09:30:00Z", "soon");
    reads(&report(&date, ""), &[FieldName, InvalidValue], &["Date = 2024-03-05T09:30:00Z", "Date = soon"]);
}

#[test]
fn addresses_are_found_in_and_around_other_elements() {
    let rest = "<Sender><Number>2</Number></Sender><Date>2024-03-05T09:30:00Z</Date>";
    for recipient in [
        "<Recipients><Number>1</Number></Recipients>",
        "<To><Number>1</Number></To>",
        "<recipients><Number>1</Number></recipients>",
    ] {
        reads(&report(&format!("{recipient}{rest}"), ""), &[FieldName], &["Recipient = 1"]);
    }
    let recipient = "<Recipients><To><Number>1</Number></To></Recipients>";
    reads(&report(&format!("{recipient}{rest}"), ""), &[FieldName, UnexpectedField], &["Recipient = 1"]);
    reads(
        &deliver("<Sender><SenderAddress><Number>+1</Number></SenderAddress></Sender>"),
        &[UnexpectedField],
        &["Sender = +1"],
    );
    let two = "<Sender><SenderAddress><Number>1</Number></SenderAddress><Number>2</Number></Sender>";
    reads(&deliver(two), &[UnexpectedField, DuplicateField], &["Sender = 1", "Number = 2"]);
    let submit = |inside: &str| {
        envelope(&format!("<SubmitReq><MM7Version>6.8.0</MM7Version><SenderIdentification/>{inside}</SubmitReq>"))
    };
    for (inside, deviation) in [
        ("<Recipients><Number>+1</Number></Recipients>", MisplacedField),
        ("<Recipients>+1</Recipients>", AddressSpelling),
        ("<To><Number>+1</Number></To>", MisplacedField),
        ("<Recipient><Number>+1</Number></Recipient>", MisplacedField),
        ("<Recipients><Recipient><Number>+1</Number></Recipient></Recipients>", FieldName),
    ] {
        reads(&submit(inside), &[deviation], &["Recipients.To = +1"]);
    }
    let sender = submit("<Recipients><To><Number>+1</Number></To></Recipients><Sender><Number>+2</Number></Sender>");
    reads(&sender, &[MisplacedField], &["SenderIdentification.SenderAddress = +2"]);
}

#[test]
fn text_in_place_of_a_reference_is_kept() {
    reads(&submit("<Content>Hello</Content>"), &[StrayOctets], &["Content = Hello"]);
    let both = reads(&submit("<Content href=\"cid:a\">Hello</Content>"), &[StrayOctets], &["Content = Hello"]);
    assert!(shown(&both).contains("Content@href = cid:a\n"));
}

#[test]
fn times_are_read_in_the_notations_of_mail_and_of_machines() {
    for text in [
        "2024-3-5T09:30:00Z",
        "2024-3-5 9:30:00 GMT",
        "2024/03/05 09:30:00Z",
        "1709631000",
        "1709631000000",
        "Tue, 05 Mar 2024 09:30:00 +0000",
        "Tue Mar 05 2024 10:30:00 GMT+0100 (Central European Time)",
    ] {
        let message = submit(&format!("<TimeStamp>{text}</TimeStamp><ExpiryDate>{text}</ExpiryDate>"));
        let expected = ["TimeStamp = 2024-03-05T09:30:00Z", "ExpiryDate = 2024-03-05T09:30:00Z"];
        reads(&message, &[DateSpelling, DateSpelling], &expected);
    }
    let message = submit("<TimeStamp>20240305093000</TimeStamp>");
    reads(&message, &[DateSpelling, MissingZone], &["TimeStamp = 2024-03-05T09:30:00Z"]);
    reads(&submit("<ExpiryDate>86400</ExpiryDate>"), &[DateSpelling], &["ExpiryDate = PT86400S"]);
    for text in ["1", "12345678901", "+5", "2024-13-05T09:30:00Z"] {
        reads(&submit(&format!("<TimeStamp>{text}</TimeStamp>")), &[InvalidValue], &[&format!("TimeStamp = {text}")]);
    }
}

#[test]
fn messages_beside_the_body_and_identifiers_in_it_are_found() {
    let message = String::from_utf8(deliver("<Sender><Number>1</Number></Sender>").to_vec()).unwrap();
    let bare = message.replace("<e:Body>", "").replace("</e:Body>", "");
    reads(&bare.clone().into(), &[MisplacedField], &["TransactionID = t1", "Sender = 1"]);
    let in_body = message.replace("</e:Header><e:Body>", "").replace("<e:Header>", "<e:Body>");
    reads(&in_body.into(), &[MisplacedField], &["TransactionID = t1", "Sender = 1"]);
    let inside = deliver("<TransactionID>t2</TransactionID><Sender><Number>1</Number></Sender>");
    reads(&inside, &[UnexpectedField], &["TransactionID = t1", "TransactionID = t2"]);
    let (before, after) = std::str::from_utf8(&inside).unwrap().split_once("<e:Header>").unwrap();
    let only_inside = [before, after.split_once("</e:Header>").unwrap().1].concat();
    reads(&only_inside.into(), &[UnexpectedField], &["TransactionID = t2", "Sender = 1"]);

    let fault = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Fault><faultcode>e:Client</faultcode>\
        <faultstring>No</faultstring></e:Fault></e:Envelope>";
    reads(&fault.into(), &[MisplacedField], &["faultcode = Client"]);
    assert!(mm7::detect(b"<SubmitRsp><Status/></SubmitRsp>") && mm7::detect(b"<x:DeliveryReportRsp xmlns:x='urn:x'/>"));
    assert!(!mm7::detect(b"<SubmitRspFoo/>") && !mm7::detect(b"<a>SubmitRsp</a>"));
}

#[test]
fn a_prefix_whose_declaration_alone_is_missing_is_read() {
    let message = String::from_utf8(deliver("<Sender><Number>1</Number></Sender>").to_vec()).unwrap();
    let without = |declaration: &str| Bytes::from(message.replace(declaration, ""));
    let soap = without(" xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"");
    reads(&soap, &[UndeclaredPrefix], &["TransactionID = t1", "Sender = 1"]);
    let own = reads(&without(&format!(" xmlns:t=\"{NAMESPACE}\"")), &[UndeclaredPrefix], &["TransactionID = t1"]);
    assert_eq!(own.schema, Schema::REL_6_MM7_1_4);

    // Without any declaration, the version says the schema.
    let bare = "<Envelope><Body><m:DeliverReq><m:MM7Version>5.3.0</m:MM7Version><m:Sender><m:Number>1</m:Number>\
        </m:Sender><m:TimeStamp>soon</m:TimeStamp></m:DeliverReq></Body></Envelope>";
    let own = reads(
        &bare.into(),
        &[MissingNamespace, MissingField, UndeclaredPrefix, InvalidValue],
        &["Sender = 1", "TimeStamp = soon"],
    );
    assert_eq!(own.schema, Schema::REL_5_MM7_1_0);
    let attribute = message.replace("<DeliverReq", "<DeliverReq xsi:schemaLocation=\"a b\"");
    reads(&attribute.into(), &[UndeclaredPrefix], &["Sender = 1"]);

    let attribute = submit("<Content m:href=\"http://a\"/>");
    reads(&attribute, &[UndeclaredPrefix, WrongNamespace], &["Content@href = http://a"]);

    // What is kept has the declaration.
    let sender = "<Sender><Number>1</Number></Sender>";
    let kept = deliver(&format!("{sender}<m:ServiceCode>x</m:ServiceCode>"));
    let own = reads(&kept, &[UndeclaredPrefix, UnexpectedField], &["ServiceCode = x"]);
    let options = EncodeOptions { write_extra: true, ..EncodeOptions::default() };
    let encoded = mm7::encode_with(&own, &options).unwrap().body();
    assert_eq!(kinds(&encoded), [UnexpectedField]);

    for (prefix, name) in [("v", "v"), ("soapenv", "soapenv"), ("soap-env", "soap-e…")] {
        let unknown = message.replace("<Sender>", &format!("<{prefix}:Foo/><Sender>"));
        let error = mm7::decode_envelope(&unknown.into()).unwrap_err();
        assert_eq!(error.to_string(), format!("XML prefix {name} is not declared at octet {}", error.offset));
        let unknown = message.replace("<Sender>", &format!("<Sender {prefix}:foo=''>"));
        assert!(mm7::decode_envelope(&unknown.into()).unwrap_err().to_string().contains(name));
    }
}

#[test]
fn attributes_of_addresses_are_shown_beside_them() {
    let message = deliver(
        "<Sender><Number addressCoding=\"encrypted\">1</Number></Sender><Recipients><To><Number>2</Number>\
         <Number displayOnly=\"true\" id=\"a\">3</Number></To></Recipients>",
    );
    let shown = shown(&mm7::decode_envelope(&message).unwrap().value);
    for line in [
        "Sender@addressCoding = encrypted",
        "Recipients.To = 2 | 3",
        "Recipients.To@displayOnly = false | true",
        "Recipients.To@id =  | a",
    ] {
        assert!(shown.lines().any(|own| own == line), "{shown}");
    }
}

#[test]
fn a_field_is_a_list_or_not_whatever_its_value_is() {
    let message = deliver(
        "<Sender><Number>1</Number></Sender><Sender><Number>2</Number></Sender><TimeStamp>soon</TimeStamp>\
         <Recipients><To><Number>3</Number><Number/></To></Recipients>",
    );
    let fields = mm7::decode_envelope(&message).unwrap().value.fields();
    let lists: Vec<_> =
        fields.iter().filter(|field| field.repeats).map(|field| (&*field.name, field.values.len())).collect();
    assert_eq!(lists, [("Recipients.To", 2)]);
    assert_eq!(fields.iter().filter(|field| field.name == "Sender").count(), 2);
    assert!(fields.iter().any(|field| field.name == "TimeStamp" && !field.repeats));
}

/// XML 1.0, 2.4 wants `&amp;`.
#[test]
fn an_ampersand_that_begins_no_reference_is_read_as_itself() {
    let submit = |rest: &str| {
        envelope(&format!("<SubmitReq><MM7Version>6.8.0</MM7Version><SenderIdentification/>{rest}</SubmitReq>"))
    };
    for (text, expected, times) in [
        ("Tom & Jerry", "Tom & Jerry", 1),
        ("a&b", "a&b", 1),
        ("&", "&", 1),
        ("a & b; c", "a & b; c", 1),
        ("&&amp;&", "&&&", 2),
        ("R&#, 2&2=4;", "R&#, 2&2=4;", 2),
    ] {
        let to = "<Recipients><To><Number>+1</Number></To></Recipients>";
        let message = submit(&format!("{to}<Subject>{text}</Subject>"));
        let decoded = mm7::decode_envelope(&message).unwrap();
        let subject = decoded.value.pdu.message().unwrap().subject.clone().unwrap();
        assert_eq!(subject, expected);
        assert_eq!(kinds(&message), vec![InvalidXml; times], "{text}");
        let error = mm7::decode_envelope_with(&message, &Options::strict()).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::Deviation(InvalidXml), "{text}");
        // In the value of an attribute, and in elements that are kept: what is written is well-formed.
        let message = submit(&format!("{to}<Mine a='{text}'>{text}</Mine>"));
        let decoded = mm7::decode_envelope(&message).unwrap();
        let options = EncodeOptions { write_extra: true, ..EncodeOptions::default() };
        let encoded = mm7::encode_with(&decoded.value, &options).unwrap();
        let written = String::from_utf8_lossy(&encoded.body()).into_owned();
        assert!(written.contains("<Mine"), "{written}");
        assert!(!kinds(&encoded.body().to_vec().into()).contains(&InvalidXml), "{written}");
    }
    // What begins a reference has to be one.
    for text in ["&T;", "&#0;"] {
        let error = mm7::decode_envelope(&submit(&format!("<Subject>{text}</Subject>"))).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::InvalidXml, "{text}");
    }
}

#[test]
fn several_numbers_in_the_text_of_a_list_are_several() {
    for recipients in [
        "<To>+12025550101;+12025550102</To>",
        "<To>+12025550101, +12025550102</To>",
        "<To>+12025550101 +12025550102</To>",
        "+12025550101,+12025550102",
    ] {
        let message = envelope(&format!(
            "<SubmitReq><MM7Version>6.8.0</MM7Version><SenderIdentification/><Recipients>{recipients}</Recipients></SubmitReq>"
        ));
        let decoded = mm7::decode_envelope(&message).unwrap();
        let to = &decoded.value.message().unwrap().to;
        assert_eq!(*to, [Address::phone("+12025550101"), Address::phone("+12025550102")], "{recipients}");
        assert_eq!(kinds(&message), [AddressSpelling]);
    }
}

#[test]
fn text_in_place_of_a_reference_is_shown_as_text() {
    for content in ["a &amp; b", "<![CDATA[a & b]]>"] {
        let envelope = mm7::decode_envelope(&submit(&format!("<Content>{content}</Content>"))).unwrap().value;
        assert!(shown(&envelope).contains("Content = a & b\n"), "{}", shown(&envelope));
    }
}

#[test]
fn a_profile_gives_all_addresses_the_form_of_its_peer() {
    use mms_codec::message::{Message, Originator};
    let message = |number: &str, short_code: Address| {
        let mut message = Message::default();
        message.from = Some(Address::phone(number).into());
        message.to = vec![Address::phone(number), short_code];
        message.cc = vec![Address::email("+1@example.org")];
        message.bcc = vec![Address::phone(number)];
        message
    };
    let code = || Address::short_code("7255");
    for (name, number, expected) in [
        ("mm7-international-numbers", "47123", message("+47123", code())),
        ("mm7-international-numbers", "+47123", message("+47123", code())),
        ("mm7-bare-numbers", "+47123", message("47123", code())),
        ("mm7-numbers-only", "+47123", message("47123", Address::phone("7255"))),
    ] {
        let (_, _, profile) = mm7::Profile::NAMED.iter().find(|named| named.0 == name).unwrap();
        let mut adapted = message(number, code());
        profile.adapt(&mut adapted);
        assert_eq!(adapted, expected, "{name}");
        adapted.from = Some(Originator::InsertAddress);
        profile.adapt(&mut adapted);
        assert_eq!(adapted.from, Some(Originator::InsertAddress));
    }
    let mut adapted = message("47123", code());
    mm7::Profile::default().adapt(&mut adapted);
    assert_eq!(adapted, message("47123", code()));
}

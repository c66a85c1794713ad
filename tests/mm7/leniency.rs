//! What lenient decoding forgives and keeps.

use super::*;

#[track_caller]
fn reports(message: &Bytes, kind: DeviationKind, expected: &str) {
    let decoded = mm7::decode_envelope(message).unwrap();
    assert_eq!(decoded.deviations.iter().map(|deviation| deviation.kind).collect::<Vec<_>>(), [kind]);
    let shown = shown(&decoded.value);
    assert!(shown.contains(expected), "{shown}");
    let error = mm7::decode_envelope_with(message, &Options::strict()).unwrap_err();
    assert_eq!(error.offset, decoded.deviations[0].offset);
    assert!(
        error.kind == DecodeErrorKind::Deviation(kind)
            || matches!(error.kind, DecodeErrorKind::InvalidText | DecodeErrorKind::MissingField),
        "{error}"
    );
}

#[test]
fn reports_what_it_forgives() {
    use DeviationKind::*;
    for (rest, kind, expected) in [
        ("<DeliveryReport>True</DeliveryReport>", LetterCase, "DeliveryReport = true"),
        ("<Priority>hIGH</Priority>", LetterCase, "Priority = High"),
        ("<priority>High</priority>", LetterCase, "Priority = High"),
        ("<Priority>Urgent</Priority>", UnknownToken, "Priority = Urgent"),
        ("<ReadReply>maybe</ReadReply>", InvalidValue, "ReadReply = maybe"),
        ("<ReplyCharging>False</ReplyCharging>", InvalidValue, "ReplyCharging = False"),
        ("<Subject>a</Subject><Priority>Low</Priority>", FieldOrder, "Priority = Low"),
        ("<Subject>a</Subject><Subject>b</Subject>", DuplicateField, "Subject = a\nSubject = b"),
        ("<EarlistDeliveryTime>PT1S</EarlistDeliveryTime>", FieldName, "EarliestDeliveryTime = PT1S"),
        ("<Vendor a=\"1\"><b/></Vendor>", UnexpectedField, "<b/></Vendor>"),
        ("<TimeStamp>2024-03-05T09:30:47</TimeStamp>", MissingZone, "TimeStamp = 2024-03-05T09:30:47Z"),
        ("<DeliveryCondition>2</DeliveryCondition>", MisplacedField, "DeliveryCondition.DC = 2"),
        ("<Content href=\"cid:a\"> </Content>", SurroundingSpace, "Content@href = cid:a"),
        ("<Subject lang=\"en\">a</Subject>", UnexpectedAttribute, "Subject = a"),
        ("<Subject xmlns=\"\">a</Subject>", MissingNamespace, "Subject = a"),
        ("<MessageClass>Advertisment</MessageClass>", UnknownToken, "MessageClass = Advertisement"),
        ("<LinkedID xsi:nil=\"true\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"/>", EmptyValue, ""),
        (
            "<ReplyCharging><ReplyChargingSize>10</ReplyChargingSize></ReplyCharging>",
            MisplacedField,
            "ReplyCharging = Requested\nReplyCharging@replyChargingSize = 10\n",
        ),
        ("<Subject>caf&eacute;</Subject>", InvalidXml, "Subject = café"),
        ("<Subject>a&nbsp;b</Subject>", InvalidXml, "Subject = a\u{a0}b"),
        ("<Content href=\"cid:caf&eacute;\"/>", InvalidXml, "Content@href = cid:café"),
        ("<Content><href>http://a</href></Content>", MisplacedField, "Content@href = http://a\n"),
    ] {
        reports(&submit(rest), kind, expected);
    }
}

#[test]
fn elements_of_one_name_that_nobody_knows_are_one_field() {
    let text = shown(&mm7::decode_envelope(&submit("<Vendor>a</Vendor><Vendor>b</Vendor>")).unwrap().value);
    assert!(text.contains("Vendor = a | b\n"), "{text}");
}

/// What is kept is written in XML that declares nothing.
#[test]
fn names_of_html_are_characters_where_a_field_is_kept() {
    let message = submit("<Vendor a=\"&reg;\">1&nbsp;&lt;</Vendor>");
    let decoded = mm7::decode_envelope(&message).unwrap();
    let kinds: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
    assert!(kinds.contains(&DeviationKind::InvalidXml), "{kinds:?}");
    let options = EncodeOptions { write_extra: true, ..EncodeOptions::default() };
    let octets = mm7::encode_with(&decoded.value, &options).unwrap().body();
    let text = String::from_utf8(octets.to_vec()).unwrap();
    assert!(text.contains("a=\"®\"") && text.contains(">1\u{a0}&lt;<"), "{text}");
}

#[test]
fn reads_times_in_other_spellings() {
    let zulu = |text: &str, expected: &str| {
        let message = submit(&format!("<TimeStamp>{text}</TimeStamp>"));
        reports(&message, DeviationKind::DateSpelling, &format!("TimeStamp = {expected}\n"));
        // Its zone is kept.
        let time = mm7::decode_envelope(&message).unwrap().value.message().unwrap().date.unwrap();
        assert_eq!(time.offset_minutes.is_some(), text.contains("+01"));
    };
    for text in [
        "2024-03-05T10:30:00+0100",
        "2024-03-05T10:30:00+01",
        "2024-03-05 10:30:00 +0100",
        "2024-03-05 09:30:00Z",
        "2024-03-05 09:30:00 GMT",
        "2024-03-05t09:30:00z",
        "2024-03-05T09:30Z",
        "20240305T093000Z",
    ] {
        zulu(text, "2024-03-05T09:30:00Z");
    }
    let none = submit("<TimeStamp>2024-03-05 09:30</TimeStamp>");
    assert_eq!(kinds(&none), [DeviationKind::DateSpelling, DeviationKind::MissingZone]);
    for text in ["", "17096310", "yesterday", "2024-02-30 09:30:00", "2024-03-05T09:30:00+01:00[Europe/Oslo]"] {
        assert_eq!(kinds(&submit(&format!("<TimeStamp>{text}</TimeStamp>"))), [DeviationKind::InvalidValue], "{text}");
    }
    for (text, expected) in
        [("P1W", "PT604800S"), ("PT1.5H", "PT5400S"), ("p1d", "PT86400S"), ("P1M2W", "P1MT1209600S")]
    {
        let message = submit(&format!("<ExpiryDate>{text}</ExpiryDate>"));
        reports(&message, DeviationKind::DateSpelling, &format!("ExpiryDate = {expected}\n"));
    }
    // Seconds, which are fewer than those since 1970.
    let seconds = submit("<ExpiryDate>3600</ExpiryDate>");
    reports(&seconds, DeviationKind::DateSpelling, "ExpiryDate = PT3600S\n");
    reports(&submit("<ExpiryDate>9999999</ExpiryDate>"), DeviationKind::DateSpelling, "ExpiryDate = PT9999999S\n");
    for text in ["-P1D", "P", "P1DT", "24:00:00", "1 hour", "10000000", "+3600"] {
        assert_eq!(
            kinds(&submit(&format!("<ExpiryDate>{text}</ExpiryDate>"))),
            [DeviationKind::InvalidValue],
            "{text}"
        );
    }
}

#[test]
fn reads_recipients_in_other_spellings() {
    use DeviationKind::*;
    let to = |inside: &str| {
        let text = String::from_utf8(submit("").to_vec()).unwrap();
        Bytes::from(text.replace("<Number>+1</Number>", inside))
    };
    for (inside, kind, expected) in [
        ("+1", AddressSpelling, "+1"),
        ("a&amp;b@x", AddressSpelling, "a&b@x"),
        ("<number>1</number>", LetterCase, "1"),
        ("<RFC822Address>a@b</RFC822Address>", FieldName, "a@b"),
        ("<Number DisplayOnly=\"true\">1</Number>", LetterCase, "1"),
        ("<Number displayOnly=\"True\">1</Number>", LetterCase, "1"),
        ("<Number id=\"1\">1</Number>", InvalidValue, "1"),
        ("<Number>+1/type=plmn</Number>", AddressSpelling, "+1"),
        ("<Number xmlns=\"\">1</Number>", MissingNamespace, "1"),
        ("<v:Number xmlns:v=\"urn:v\">9</v:Number><Number>1</Number>", UnexpectedField, "1"),
    ] {
        reports(&to(inside), kind, &format!("Recipients.To = {expected}\n"));
    }
    let number = mm7::decode_envelope(&to("<number>1</number>")).unwrap().value;
    assert_eq!(number.message().unwrap().to, [Address::phone("1")]);
    // A list that nobody stands in.
    assert_eq!(kinds(&to("")), [MissingField, EmptyValue]);
    assert_eq!(kinds(&to("<Number>1</Number></To><Cc> </Cc><To><Number>2</Number>")), [EmptyValue]);
}

#[test]
fn trims_identifiers_where_the_schema_keeps_the_white_space() {
    let message = submit("<LinkedID> 7\n</LinkedID>");
    let linked_id = |decoded: Envelope| match decoded.pdu {
        Pdu::SubmitReq(pdu) => pdu.linked_id.unwrap(),
        _ => panic!(),
    };
    assert_eq!(linked_id(mm7::decode_envelope(&message).unwrap().value), "7");
    assert_eq!(kinds(&message), [DeviationKind::SurroundingSpace]);
    assert_eq!(linked_id(mm7::decode_envelope_with(&message, &Options::strict()).unwrap().value), " 7\n");
}

#[test]
fn understands_addresses_in_the_wrong_form() {
    let deliver = |sender: &str| envelope(&format!("<DeliverReq><MM7Version>6.8.0</MM7Version>{sender}</DeliverReq>"));
    reports(&deliver("<Sender>+4712345</Sender>"), DeviationKind::AddressSpelling, "Sender = +4712345");
    reports(
        &deliver("<Sender><Number>+4712345/TYPE=PLMN</Number></Sender>"),
        DeviationKind::AddressSpelling,
        "Sender = +4712345",
    );
    reports(
        &deliver("<SenderAddress><ShortCode>72</ShortCode></SenderAddress>"),
        DeviationKind::FieldName,
        "Sender = 72",
    );
    // In place of its own elements.
    let decoded = mm7::decode_envelope(&deliver(
        "<SenderIdentification><VASPID>a</VASPID><SenderAddress><Number>+1</Number></SenderAddress></SenderIdentification>",
    ));
    let shown = shown(&decoded.unwrap().value);
    assert!(shown.contains("VASPID = a\n") && shown.contains("Sender = +1\n"), "{shown}");
}

#[test]
fn keeps_what_it_does_not_know_with_its_namespaces() {
    let message = submit("<v:Tag xmlns:v=\"urn:v\" v:n=\"1\"><v:In/>&amp;</v:Tag><Own><Sub/></Own>");
    let decoded = mm7::decode_envelope(&message).unwrap();
    let Pdu::SubmitReq(pdu) = &decoded.value.pdu else { panic!() };
    let kept: Vec<_> = pdu.extra.iter().map(|extra| extra.xml.as_str()).collect();
    let own = format!("<Own xmlns=\"{NAMESPACE}\"><Sub/></Own>");
    assert_eq!(kept, ["<v:Tag xmlns:v=\"urn:v\" v:n=\"1\"><v:In/>&amp;</v:Tag>", own.as_str()]);

    let encoded = mm7::encode(&decoded.value).unwrap();
    assert_eq!(encoded.left_out, ["v:Tag", "Own"]);
    assert!(mm7::decode_envelope_with(&encoded.body(), &Options::strict()).is_ok());

    let options = EncodeOptions { write_extra: true, ..EncodeOptions::default() };
    let encoded = mm7::encode_with(&decoded.value, &options).unwrap();
    assert!(encoded.left_out.is_empty());
    assert_eq!(mm7::decode_envelope(&encoded.body()).unwrap().value, decoded.value);
}

#[test]
fn keeps_header_entries_and_details() {
    let message = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/' xmlns:w='urn:w'><e:Header>\
        <w:Route w:hop='1'>x</w:Route></e:Header><e:Body><e:Fault><faultcode>e:Server</faultcode>\
        <faultstring>No</faultstring><detail><w:Why>because</w:Why></detail></e:Fault></e:Body></e:Envelope>";
    let envelope = mm7::decode_envelope_with(&message.into(), &Options::strict()).unwrap().value;
    assert_eq!(envelope.header[0].as_str(), "<w:Route xmlns:w=\"urn:w\" w:hop='1'>x</w:Route>");
    let Pdu::Fault(fault) = &envelope.pdu else { panic!() };
    assert_eq!(fault.details().next().unwrap().as_str(), "<w:Why xmlns:w=\"urn:w\">because</w:Why>");
    let encoded = mm7::encode(&envelope).unwrap();
    assert!(encoded.left_out.is_empty());
    assert_eq!(mm7::decode_envelope_with(&encoded.body(), &Options::strict()).unwrap().value, envelope);
}

#[test]
fn takes_attributes_of_xml_schema_for_what_they_are() {
    for uri in ["http://www.w3.org/2001/XMLSchema-instance", "http://www.w3.org/2001/&#88;MLSchema-instance"] {
        let message = submit(&format!("<ServiceCode xmlns:i=\"{uri}\" i:type=\"xsd:string\">a</ServiceCode>"));
        let Pdu::SubmitReq(pdu) = mm7::decode_envelope(&message).unwrap().value.pdu else { panic!() };
        assert_eq!(pdu.service_code, Some("a".into()));
    }
}

#[test]
fn takes_names_from_other_namespaces_for_others() {
    let message = submit("<v:Subject xmlns:v=\"urn:v\">a</v:Subject>");
    assert!(mm7::decode_envelope(&message).unwrap().value.message().unwrap().subject.is_none());
    assert_eq!(kinds(&message), [DeviationKind::UnexpectedField]);
}

#[test]
fn tells_where_in_the_input_a_deviation_is() {
    let message = submit("<Subject>한</Subject><ReadReply>TRUE</ReadReply>");
    let text = String::from_utf8(message.to_vec()).unwrap();
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let place = text.split("<ReadReply").next().unwrap().encode_utf16().count() * 2 + 2;
    let decoded = mm7::decode_envelope(&utf16.into()).unwrap();
    assert_eq!((decoded.deviations[0].offset, decoded.deviations[0].field), (place, Some("ReadReply")));
}

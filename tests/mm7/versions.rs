//! What the versions of the schema have, and what answers requests in them.

use super::*;

#[test]
fn writes_sender_addresses_as_text_in_the_first_schemas() {
    for address in [Address::phone("+47123"), Address::phone("123"), Address::short_code("123"), Address::email("a@b")]
    {
        let mut cancel = mm7::CancelReq::default();
        cancel.message_id = Some("m".into());
        cancel.sender_address = Some(address);
        let mut envelope = Envelope::new("t", cancel);
        envelope.pdu.set_mm7_version(Some("5.3.0".into()));
        envelope.schema = Schema::REL_5_MM7_1_1;
        let body = mm7::encode(&envelope).unwrap().body();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(!text.contains("<Number>") && !text.contains("<ShortCode>"), "{text}");
        assert_eq!(mm7::decode_envelope_with(&body, &Options::strict()).unwrap().value, envelope);
    }
}

#[test]
fn names_what_a_schema_does_not_have() {
    let mut submit = mm7::SubmitReq::default();
    submit.message.to.push(Address::phone("+1"));
    submit.message.distribution_indicator = Some(true);
    submit.message.sender_visibility = Some(mms_codec::message::SenderVisibility::Hide);
    submit.charged_party = Some(mm7::ChargedParty::ThirdParty);
    let mut envelope = Envelope::new("t", submit);
    envelope.schema = Schema::REL_5_MM7_1_0;
    let error = mm7::encode(&envelope).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::NoSuchField, Some("X-Mms-Sender-Visibility")));
    let options = EncodeOptions { leave_out: true, ..EncodeOptions::default() };
    let encoded = mm7::encode_with(&envelope, &options).unwrap();
    assert_eq!(encoded.left_out, ["X-Mms-Sender-Visibility", "ChargedParty", "DistributionIndicator"]);
    assert!(mm7::decode_envelope_with(&encoded.body(), &Options::strict()).is_ok());
}

/// What a schema does not have is read all the same, and refused in strict mode.
#[test]
fn reports_what_a_schema_does_not_have() {
    use DeviationKind::{UnexpectedAttribute, UnexpectedField, UnknownToken};
    let report = "<DeliveryReportReq><MM7Version>5.8.0</MM7Version><MessageID>m</MessageID>\
        <Recipient><Number>+1</Number></Recipient><Sender><Number>+2</Number></Sender>\
        <Date>2024-03-05T10:02:11Z</Date><MMStatus>Deferred</MMStatus></DeliveryReportReq>";
    let response = "<DeliverRsp><MM7Version>5.3.0</MM7Version><Status><StatusCode>1000</StatusCode>\
        <StatusText>ok</StatusText></Status><ServiceCode>s</ServiceCode></DeliverRsp>";
    let cancel = "<extendedCancelReq><MM7Version>5.8.0</MM7Version><SenderIdentification/>\
        <CancelID>c</CancelID></extendedCancelReq>";
    for (message, schema, kind, place, field, shown_as) in [
        (
            submit("<ApplicID>a</ApplicID>"),
            "5-MM7-1-3",
            UnexpectedField,
            "<ApplicID>",
            Some("ApplicID"),
            "ApplicID = a",
        ),
        (
            submit("<DistributionIndicator>1</DistributionIndicator>"),
            "5-MM7-1-0",
            UnexpectedField,
            "<DistributionIndicator>",
            Some("DistributionIndicator"),
            "DistributionIndicator = true",
        ),
        (
            submit("<DistributionProtection>1</DistributionProtection>"),
            "6-MM7-1-4",
            UnexpectedField,
            "<DistributionProtection>",
            Some("DistributionProtection"),
            "DistributionProtection = true",
        ),
        (
            submit("<ChargedParty>ThirdParty</ChargedParty>"),
            "5-MM7-1-3",
            UnknownToken,
            "<ChargedParty>",
            Some("ChargedParty"),
            "ChargedParty = ThirdParty",
        ),
        (
            submit("<ServiceCode a=\"1\">s</ServiceCode>"),
            "5-MM7-1-3",
            UnexpectedAttribute,
            "<ServiceCode",
            Some("ServiceCode"),
            "ServiceCode = s",
        ),
        (envelope(report), "5-MM7-1-3", UnknownToken, "<MMStatus>", Some("MMStatus"), "MMStatus = Deferred"),
        (envelope(response), "5-MM7-1-0", UnexpectedField, "<ServiceCode>", Some("ServiceCode"), "ServiceCode = s"),
        (envelope(cancel), "5-MM7-1-3", UnexpectedField, "<extendedCancelReq", None, "CancelID = c"),
    ] {
        let text = String::from_utf8(message.to_vec()).unwrap().replace("6-MM7-1-4", schema);
        let version = if schema.starts_with('5') { "5.3.0" } else { "6.8.0" };
        let text = text.replace("6.8.0", version);
        let decoded = mm7::decode_envelope(&text.clone().into()).unwrap();
        let found: Vec<_> = decoded.deviations.iter().map(|it| (it.kind, it.offset, it.field)).collect();
        assert_eq!(found, [(kind, text.find(place).unwrap(), field)]);
        let shown = shown(&decoded.value);
        assert!(shown.contains(shown_as), "{shown}");
        let error = mm7::decode_envelope_with(&text.into(), &Options::strict()).unwrap_err();
        assert_eq!((error.kind, error.offset), (DecodeErrorKind::Deviation(kind), found[0].1));
    }
    // One witness has it, and others do not: it is read, and never written.
    let message = envelope(
        "<CancelReq><MM7Version>6.8.0</MM7Version><SenderIdentification/><MessageID>m</MessageID>\
         <Recipients><To><Number>+1</Number></To></Recipients></CancelReq>",
    );
    let decoded = mm7::decode_envelope_with(&message, &Options::strict()).unwrap().value;
    assert_eq!(mm7::encode(&decoded).unwrap_err().field, Some("Recipients.To"));
}

#[test]
fn refuses_messages_that_a_schema_does_not_have() {
    let mut cancel = mm7::ExtendedCancelReq::default();
    cancel.cancel_id = Some("c".into());
    let mut envelope = Envelope::new("t", cancel);
    let last: Vec<&Schema> = Schema::ALL.iter().filter(|schema| envelope.pdu.is_in(schema)).collect();
    assert_eq!(last.first(), Some(&&Schema::REL_6_MM7_1_4));
    assert!(
        Schema::ALL.iter().rev().take(last.len()).rev().eq(last.iter().copied()),
        "the last ones have it: {last:?}"
    );
    for schema in Schema::ALL.iter().filter(|schema| !last.contains(schema)) {
        envelope.schema = schema.clone();
        let error = mm7::encode(&envelope).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::NoSuchField, Some("extendedCancelReq")));
    }
}

/// Which response and which fault answer each request.
#[test]
fn every_request_has_its_answer() {
    for (request, response, fault) in [
        ("SubmitReq", "SubmitRsp", "RSErrorRsp"),
        ("DeliverReq", "DeliverRsp", "VASPErrorRsp"),
        ("CancelReq", "CancelRsp", "RSErrorRsp"),
        ("ReplaceReq", "ReplaceRsp", "RSErrorRsp"),
        ("extendedCancelReq", "extendedCancelRsp", "RSErrorRsp"),
        ("extendedReplaceReq", "extendedReplaceRsp", "RSErrorRsp"),
        ("DeliveryReportReq", "DeliveryReportRsp", "VASPErrorRsp"),
        ("ReadReplyReq", "ReadReplyRsp", "VASPErrorRsp"),
    ] {
        let message = envelope(&format!("<{request}><MM7Version>6.8.0</MM7Version></{request}>"));
        let request = mm7::decode_envelope(&message).unwrap().value;
        for (status, code, string) in [
            (StatusCode::SUCCESS, None, ""),
            (StatusCode::MESSAGE_FORMAT_CORRUPT, Some("Client"), "Client error"),
            (StatusCode::SERVER_ERROR, Some("Server"), "Server error"),
            (StatusCode::UNSUPPORTED_VERSION, Some("Client"), "Client error"),
            (StatusCode::SERVICE_UNAVAILABLE, Some("Server"), "Server error"),
        ] {
            let answer = request.answer(status, Some("m".into())).unwrap();
            // Only these two cannot be formed without the identifier of what was taken over.
            let needs_id = matches!(request.name(), "SubmitReq" | "extendedReplaceReq");
            let expected = if needs_id && code.is_some() { fault } else { response };
            assert_eq!((answer.name(), answer.pdu.status_code()), (expected, Some(status)));
            let faults = request.fault(status);
            let encode = |answer: &Envelope| mm7::encode(answer).unwrap().body();
            for answer in [&answer, &faults] {
                let decoded = mm7::decode_envelope_with(&encode(answer), &Options::strict()).unwrap().value;
                assert_eq!(decoded, *answer);
                assert_eq!(decoded.transaction_id.as_deref(), Some("t1"));
            }
            let Pdu::Fault(faults) = &faults.pdu else { panic!() };
            assert_eq!(faults.error.as_ref().unwrap().name(), fault);
            if code.is_some() {
                assert_eq!(faults.code.as_deref(), code);
                assert_eq!(faults.string.as_ref().unwrap(), string);
            }
        }
    }
}

#[test]
fn writes_no_empty_list_of_recipients() {
    let nowhere = || {
        let mut address = Address::phone("+1");
        address.kind = AddressKind::Ipv4("1.2.3.4".into());
        address
    };
    let options = EncodeOptions { leave_out: true, ..EncodeOptions::default() };
    let mut submit = mm7::SubmitReq::default();
    submit.message.to.push(Address::phone("+1"));
    submit.message.bcc.push(nowhere());
    let encoded = mm7::encode_with(&Envelope::new("t", submit.clone()), &options).unwrap();
    assert_eq!(encoded.left_out, ["Recipients.Bcc"]);
    assert!(mm7::decode_envelope_with(&encoded.body(), &Options::strict()).is_ok());
    assert!(!String::from_utf8_lossy(&encoded.body()).contains("Bcc"));
    submit.message.to = vec![nowhere()];
    let error = mm7::encode_with(&Envelope::new("t", submit), &options).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::MissingField, Some("Recipients")));

    // Where it need not be there, neither is the element around the lists.
    let mut deliver = mm7::DeliverReq::default();
    deliver.message.from = Some(Address::phone("+2").into());
    deliver.message.cc.push(nowhere());
    let encoded = mm7::encode_with(&Envelope::new("t", deliver), &options).unwrap();
    assert_eq!(encoded.left_out, ["Recipients.Cc"]);
    assert!(!String::from_utf8_lossy(&encoded.body()).contains("Recipients"));
}

#[test]
fn says_the_nearest_status_that_release_5_has() {
    use mms_codec::message::{MmStatus, Timestamp};
    let submit = mm7::SubmitReq::default();
    let report = |status| {
        let mut report = submit.delivery_report("m", Address::phone("+1"), status, Timestamp::from_seconds(0));
        report.report.originator = Some(Address::short_code("7"));
        let mut envelope = Envelope::new("t", report);
        envelope.schema = Schema::REL_5_MM7_1_3;
        envelope
    };
    let error = mm7::encode(&report(MmStatus::Deferred)).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("MMStatus")));
    let options = EncodeOptions { leave_out: true, ..EncodeOptions::default() };
    let encoded = mm7::encode_with(&report(MmStatus::Deferred), &options).unwrap();
    assert_eq!(encoded.left_out, ["MMStatus"]);
    assert!(String::from_utf8_lossy(&encoded.body()).contains("<MMStatus>Indeterminate</MMStatus>"));
}

#[test]
fn answers_in_the_schema_and_version_of_the_request() {
    let text = String::from_utf8(submit("").to_vec()).unwrap();
    let text = text.replace("REL-6-MM7-1-4", "REL-5-MM7-1-2").replace("6.8.0", "5.3.0");
    let request = mm7::decode_envelope(&text.into()).unwrap().value;
    for answer in [
        request.answer(StatusCode::SUCCESS, Some("m".into())).unwrap(),
        request.answer(StatusCode::SERVICE_UNAVAILABLE, None).unwrap(),
    ] {
        assert_eq!(answer.schema, Schema::REL_5_MM7_1_2);
        assert_eq!(answer.pdu.mm7_version().unwrap().as_str(), "5.3.0");
        assert_eq!(answer.transaction_id.as_deref(), Some("t1"));
    }
    assert!(request.answer(StatusCode::SUCCESS, Some("m".into())).unwrap().answer(StatusCode::SUCCESS, None).is_none());
}

#[test]
fn no_fault_says_success() {
    for name in ["SubmitReq", "extendedReplaceReq"] {
        let message = envelope(&format!("<{name}><MM7Version>6.8.0</MM7Version></{name}>"));
        let answer = mm7::decode_envelope(&message).unwrap().value.answer(StatusCode::SUCCESS, None).unwrap();
        assert_eq!((answer.name(), answer.pdu.status_code()), ("RSErrorRsp", Some(StatusCode::SERVER_ERROR)));
        assert!(mm7::encode(&answer).is_ok());
    }
}

#[test]
fn answers_a_request_whose_version_is_none() {
    for version in ["REL-6-MM7-1-4", "6.8", ""] {
        let message = envelope(&format!("<CancelReq><MM7Version>{version}</MM7Version></CancelReq>"));
        let request = mm7::decode_envelope(&message).unwrap().value;
        let answer = request.answer(StatusCode::SUCCESS, None).unwrap();
        let answer = mm7::decode_envelope_with(&mm7::encode(&answer).unwrap().body(), &Options::strict()).unwrap();
        assert_eq!(answer.value.pdu.mm7_version().unwrap().as_str(), "6.8.0");
    }
}

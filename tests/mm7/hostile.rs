//! Input that means harm.

use core::time::Duration;

use super::*;
use crate::support::clock::now;
use crate::support::forged;

#[track_caller]
fn fails(xml: impl Into<Bytes>, kind: DecodeErrorKind) {
    assert_eq!(mm7::decode_envelope(&xml.into()).unwrap_err().kind, kind);
}

#[test]
fn refuses_document_types_and_entities() {
    fails(
        "<!DOCTYPE a [<!ENTITY b 'x'><!ENTITY c '&b;&b;'>]><SubmitReq>&c;</SubmitReq>",
        DecodeErrorKind::DocumentType,
    );
    fails(submit("<Subject>&b;</Subject>"), DecodeErrorKind::InvalidXml);
    fails(submit("<Subject>&#0;</Subject>"), DecodeErrorKind::InvalidXml);
    fails(submit("<Subject>&#x1;</Subject>"), DecodeErrorKind::InvalidXml);
    let decoded = mm7::decode_envelope(&submit("<Subject>&#xD55C;&lt;&amp;&gt;&quot;&apos;<![CDATA[<]]></Subject>"));
    assert_eq!(decoded.unwrap().value.message().unwrap().subject.as_ref().unwrap(), "한<&>\"'<");
}

#[test]
fn refuses_what_is_not_well_formed() {
    for rest in [
        "<Subject>a</Priority>",
        "<m::Subject/>",
        "<Content href='a' href='b'/>",
        "<Content href='a' allowAdaptations='true' href='b'/>",
        "<Subject xmlns:a='urn:a' xmlns:a='urn:b'/>",
        "<Content href=a/>",
        "<Content href='<'/>",
        "<1/>",
        "<a:b:c xmlns:a='u'/>",
    ] {
        fails(submit(rest), DecodeErrorKind::InvalidXml);
    }
    // The declarations of others do not count.
    for rest in ["<p:Foo>a</p:Foo>", "<m:Subject xmlns:m='urn:m'/><m:Foo/>", "<Content x:foo='a'/>"] {
        let error = mm7::decode_envelope(&submit(rest)).unwrap_err();
        assert!(matches!(error.kind, DecodeErrorKind::UndeclaredPrefix(_)), "{error}");
    }
    fails("<SubmitReq>", DecodeErrorKind::UnexpectedEnd);
    fails("<SubmitRsp/><SubmitRsp/>", DecodeErrorKind::InvalidXml);
    fails("", DecodeErrorKind::NotAMessage);
    fails("<Other/>", DecodeErrorKind::NotAMessage);
    fails(&b"\xef\xbb\xbf<a>\xff</a>"[..], DecodeErrorKind::InvalidCharset);
    fails(&b"<a>\x02</a>"[..], DecodeErrorKind::InvalidXml);
}

#[test]
fn limits_depth_attributes_and_size() {
    let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
    let options = Options { limits: mms_codec::Limits { xml: usize::MAX, ..Default::default() }, ..Options::lenient() };
    let fails = |xml: Bytes, limit| {
        let error = mm7::decode_envelope_with(&xml, &options).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::LimitExceeded(limit));
    };
    fails(submit(&deep), Limit::Depth);
    let mut many = String::from("<Subject");
    (0..1_000_000).for_each(|i| write!(many, " a{i}='1'").unwrap());
    fails(submit(&format!("{many}/>")), Limit::Items);
    let mut bindings = String::from("<Subject");
    (0..1_000_000).for_each(|i| write!(bindings, " xmlns:a{i}='1'").unwrap());
    fails(submit(&format!("{bindings}/>")), Limit::Items);
    let error = mm7::decode_envelope(&submit(&" ".repeat(5_000_000))).unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::LimitExceeded(Limit::Xml));
    fails(submit(&"<x/>".repeat(1_000_000)), Limit::Items);
    // A long namespace that each of many kept elements needs.
    let long = format!("<v:a xmlns:v='{}'>{}</v:a>", "u".repeat(100_000), "<v:b/>".repeat(1000));
    assert!(mm7::decode_envelope(&submit(&long)).is_ok());
}

#[test]
fn reads_huge_texts_in_linear_time() {
    let options = Options { limits: mms_codec::Limits { xml: usize::MAX, ..Default::default() }, ..Options::lenient() };
    for piece in ["x", "&amp;", "<!---->x", "<![CDATA[x]]>"] {
        let message = submit(&format!("<Subject>{}</Subject>", piece.repeat(200_000)));
        let decoded = mm7::decode_envelope_with(&message, &options).unwrap();
        assert_eq!(decoded.value.message().unwrap().subject.as_ref().unwrap().as_str().unwrap().len(), 200_000);
    }
}

#[test]
fn memory_stays_below_eight_times_the_input_and_64_kb() {
    let times = |piece: &str, count: usize| piece.repeat(count);
    let inputs = [
        format!("<To>{}</To>", times("<Number>+4712345</Number>", 20_000)),
        times("<To><Number>1</Number></To>", 20_000),
        times("<x/>", 400),
        times("<x/>", 100_000),
        format!("<v:a xmlns:v='{}'>{}</v:a>", times("u", 50_000), times("<v:b/>", 5_000)),
        times(&format!("<v:a xmlns:v='{}'/>", times("u", 300)), 400),
        format!("<Subject>{}</Subject>", times("x&amp;", 100_000)),
        format!("<DeliveryCondition>{}</DeliveryCondition>", times("<DC>1</DC>", 50_000)),
        format!("<DeliveryCondition>{}</DeliveryCondition>", times("1 ", 50_000)),
        times("<Subject>x</Subject>", 20_000),
        times("<Priority>x</Priority>", 20_000),
    ];
    for (index, input) in inputs.iter().enumerate() {
        for message in [submit(input), submit("").slice(..300)] {
            let decoded = allocation_counter::measure(|| drop(mm7::decode_envelope(&message)));
            let limit = 8 * message.len() as u64 + 65_536;
            assert!(decoded.bytes_max < limit, "{index}: {} > {limit}", decoded.bytes_max);
        }
    }
}

#[test]
fn memory_for_http_stays_below_that_too() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n";
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n");
    let fault = |detail: &str| {
        format!(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><e:Fault><faultcode>e:a</faultcode>\
             <faultstring/>{detail}</e:Fault></e:Body></e:Envelope>"
        )
    };
    let details = fault(&format!("<detail>{}</detail>", "a<b/>".repeat(20_000)));
    let inputs = [
        format!("{chunked}{}", "1\n<".repeat(100_000)),
        format!("{chunked}{}0\r\n\r\n", "1\r\n \r\n".repeat(100_000)),
        format!("{chunked}{:x}\r\n{details}\r\n0\r\n\r\n", details.len()),
        format!("{head}\r\n{}", fault(&"<detail>a</detail>".repeat(20_000))),
        format!("{}\r\n<a/>", head.replace("\r\nC", "\r\nx\r\nx:\r\nC").repeat(1_000)),
        format!("{head}{}\r\n<a/>", "Content-Length: 1,\r\n 2\r\n".repeat(20_000)),
        "HTTP/1.1 100\n\n\n".repeat(20_000),
    ];
    for (index, input) in inputs.into_iter().enumerate() {
        let message = Bytes::from(input);
        let decoded = allocation_counter::measure(|| drop(mm7::decode_http(&message)));
        let limit = 8 * message.len() as u64 + 65_536;
        assert!(decoded.bytes_max < limit, "{index}: {} > {limit}", decoded.bytes_max);
    }
}

#[cfg(feature = "arbitrary")]
#[test]
fn survives_every_cut_and_every_changed_octet() {
    let message = submit("<ReplyCharging replyChargingSize='1'/><Subject>&lt;a</Subject><x:y xmlns:x='u' x:z='1'/>");
    for end in 0..message.len() {
        assert!(mm7::decode_envelope(&message.slice(..end)).is_err());
    }
    for at in 0..message.len() {
        for octet in [0, b'<', b'&', b'"', b':', 0xff] {
            let mut changed = message.to_vec();
            changed[at] = octet;
            mms_codec::fuzz::Target::Mm7Envelope.run(&changed);
        }
    }
}

#[cfg(feature = "arbitrary")]
#[test]
fn survives_parts_that_refer_to_each_other() {
    let loops = "--b\r\nContent-ID: <a>\r\nContent-Type: multipart/related; boundary=b; start=\"<a>\"\r\n\r\n--b--\r\n";
    let error = mm7::decode("multipart/related; boundary=b; start=\"<a>\"", &loops.into()).unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::NotAMessage);
    mms_codec::fuzz::Target::Mm7Body.run(loops.as_bytes());
}

#[test]
fn refuses_to_write_control_characters() {
    let mut submit = mm7::SubmitReq::default();
    submit.message.to.push(Address::phone("+1"));
    submit.message.subject = Some("a\u{1}".into());
    let error = mm7::encode(&Envelope::new("t", submit.clone())).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::ControlCharacter(1), Some("Subject")));
    submit.message.subject = Some("tab\tline\r\nend".into());
    let body = mm7::encode(&Envelope::new("t", submit.clone())).unwrap().body();
    let decoded = mm7::decode_envelope(&body).unwrap().value;
    assert_eq!(decoded.message().unwrap().subject, submit.message.subject);
    submit.message.to[0].kind = AddressKind::Ipv4("1.2.3.4".into());
    let error = mm7::encode(&Envelope::new("t", submit)).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("Recipients.To")));
}

/// A message with this in an entry of its header.
fn with_entry(entry: &str) -> Bytes {
    let message = String::from_utf8(submit("").to_vec()).unwrap();
    let end = message
        .find("</e:Header>")
        .or_else(|| message.find(":Header>").and_then(|at| message[..at].rfind("</")))
        .unwrap();
    let (before, after) = message.split_at(end);
    format!("{before}<z:s xmlns:z=\"urn:z\">{entry}</z:s>{after}").into()
}

#[test]
fn reports_what_is_not_well_formed_and_keeps_it_repaired() {
    for (entry, kept) in [
        ("a]]>b", "a]]&gt;b"),
        ("]]>]]>", "]]&gt;]]&gt;"),
        ("a<!-- a -- b -->b", "ab"),
        ("<!-- a --->", ""),
        ("<?XML a?>", ""),
        ("<? a?>", ""),
        ("<??>", ""),
        ("<?1 a?>", ""),
        ("<?a:b c?>", ""),
        ("<z:a a=\"1\"b=\"2\"/>", "<z:a a=\"1\" b=\"2\"/>"),
        (
            "<z:a xmlns:p=\"u\" xmlns:q=\"&#117;\" p:a=\"\" q:a=\"\" q:b=\"\"/>",
            "<z:a xmlns:p=\"u\" xmlns:q=\"&#117;\" p:a=\"\"  q:b=\"\"/>",
        ),
        ("<z:a 1=\"\" b='c'/>", "<z:a  b='c'/>"),
        ("<z:a a!=\"\"/>", "<z:a />"),
        ("<z:a p:b:c=\"\" xmlns:p=\"u\"/>", "<z:a  xmlns:p=\"u\"/>"),
        ("<z:a\u{b2}>x</z:a\u{b2} >", "<z_a_>x</z_a_ >"),
        ("<a\u{2460}><b/></a\u{2460}>", "<a_><b/></a_>"),
        ("<z:a xmlns:q=\"\"/>", "<z:a />"),
        ("<a xmlns=\"http://www.w3.org/2000/xmlns/\"/>", "<a />"),
        ("<a xmlns=\"http://www.w3.org/XML/1998/namespace\"/>", "<a />"),
        ("<a xmlns:p=\"http://www.w3.org/2000/xmlns/\"/>", "<a />"),
        ("<xmlns:a/>", "<xmlns_a/>"),
        ("<z:a xmlns:q=\"a b\"/>", "<z:a xmlns:q=\"a%20b\"/>"),
    ] {
        let message = with_entry(entry);
        let decoded = mm7::decode_envelope(&message).unwrap();
        assert!(!decoded.deviations.is_empty(), "{entry}");
        for deviation in &decoded.deviations {
            assert_eq!((deviation.kind, deviation.field), (DeviationKind::InvalidXml, None), "{entry}");
        }
        let place = message.windows(entry.len()).position(|window| window == entry.as_bytes()).unwrap();
        assert!((place..place + entry.len()).contains(&decoded.deviations[0].offset), "{entry}");
        let [fragment] = &decoded.value.header[..] else { panic!("{:?}", decoded.value.header) };
        let xml = fragment.as_str();
        assert!(xml.ends_with(&format!(">{kept}</z:s>")), "{xml}");
        assert!(mm7::Fragment::parse(xml).is_ok(), "{xml}");
        let error = mm7::decode_envelope_with(&message, &Options::strict()).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::Deviation(DeviationKind::InvalidXml), "{entry}");
    }
    for entry in
        ["<z:e\u{301}/>", "<\u{1f600}/>", "<z:a\u{216b}/>", "]]&gt;", "a]] >", "<!-- - -->", "<?a?>", "<a xmlns=\"\"/>"]
    {
        let decoded = mm7::decode_envelope_with(&with_entry(entry), &Options::strict()).unwrap();
        assert!(decoded.value.header[0].as_str().contains(entry), "{entry}");
    }
}

#[test]
fn reports_other_declarations_than_those_of_xml() {
    let message = String::from_utf8(submit("").to_vec()).unwrap();
    let message = message.split_once("?>").map_or(&*message, |(_, message)| message);
    for declaration in ["<?xml version='1.0'?>", "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"] {
        assert!(mm7::decode_envelope_with(&format!("{declaration}{message}").into(), &Options::strict()).is_ok());
    }
    for declaration in [
        "<?xml version='2.0'?>",
        "<?xml encoding='UTF-8'?>",
        "<?xml encoding='UTF-8' version='1.0'?>",
        "<?xml version='1.0' standalone='maybe'?>",
        "<?xml version='1.0' extra='1'?>",
        "<?XML version='1.0'?>",
        "<?xml version='1.0'encoding='UTF-8'?>",
        "<?xml?>",
        "<? xml version='1.0'?>",
    ] {
        let xml = Bytes::from(format!("{declaration}{message}"));
        let decoded = mm7::decode_envelope(&xml).unwrap();
        let found: Vec<_> = decoded.deviations.iter().map(|found| (found.kind, found.offset)).collect();
        assert_eq!(found, [(DeviationKind::InvalidXml, 0)], "{declaration}");
        assert!(mm7::decode_envelope_with(&xml, &Options::strict()).is_err());
    }
}

#[test]
fn a_hundred_unknown_elements_are_no_attack() {
    let unknown: String = (0..150).map(|index| format!("<Vendor{index}>x</Vendor{index}>")).collect();
    let decoded = mm7::decode_envelope(&submit(&unknown)).unwrap().value;
    let Pdu::SubmitReq(submit) = decoded.pdu else { panic!() };
    assert_eq!(submit.extra.len(), 150);
}

#[test]
fn schemas_that_no_message_is_in_are_not_written() {
    let envelope = |schema: Schema| {
        let mut envelope = Envelope::new("t", Pdu::CancelRsp(mm7::Response::new(StatusCode::SUCCESS)));
        envelope.schema = schema;
        envelope
    };
    let stem = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-";
    for uri in [
        "",
        "a\u{1}",
        "a b",
        "a\n",
        "a&b",
        "http://schemas.xmlsoap.org/soap/envelope/",
        &format!("{stem}6-MM7-1-4"),
        &format!("{stem}6-MM7-1-9 "),
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/2000/xmlns/",
    ] {
        let error = mm7::encode(&envelope(Schema::Other(uri.into()))).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::InvalidText, Some("xmlns")), "{uri}");
    }
    for uri in [&format!("{stem}6-MM7-1-9"), "urn:vendor", "http://vendor.example/mm7"] {
        let envelope = envelope(Schema::Other((*uri).into()));
        let body = mm7::encode(&envelope).unwrap().body();
        assert_eq!(mm7::decode_envelope(&body).unwrap().value.schema, envelope.schema);
    }
}

#[cfg(feature = "serde")]
#[test]
fn schemas_that_no_message_is_in_are_not_deserialised() {
    let read = |schema: &Schema| serde_json::from_str::<Schema>(&serde_json::to_string(schema).unwrap());
    let stem = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-";
    for uri in ["", "urn:a\u{1}", "urn:a\u{7f}", "urn:a\nb", &format!("{stem}6-\u{1}"), &format!("{stem}6-MM7-1-4")] {
        assert!(read(&Schema::Other(uri.into())).is_err(), "{uri}");
    }
    assert!(read(&Schema::Numbered { release: 7, number: 0 }).is_err());
    for schema in Schema::ALL.iter().cloned().chain([
        Schema::Other(format!("{stem}6-MM7-1-9").into()),
        Schema::Other(format!("{stem}6-MM7-1-4.{{1}}").into()),
        Schema::Other("urn:vendor".into()),
    ]) {
        assert_eq!(read(&schema).unwrap(), schema);
    }
}

#[test]
fn an_element_beside_its_field_is_not_written() {
    let others = [
        ("", format!("<Subject xmlns=\"{NAMESPACE}\">b</Subject>"), "Subject"),
        ("", format!("<p:Subject xmlns:p=\"{NAMESPACE}\">b</p:Subject>"), "Subject"),
        ("", "<Subject>b</Subject>".into(), "Subject"),
        ("", "<Subject xmlns=\"\">b</Subject>".into(), "Subject"),
        ("", format!("<Subject xmlns=\"{}\">b</Subject>", Schema::REL_5_MM7_1_3.uri()), "Subject"),
        ("", "<subject>b</subject>".into(), "Subject"),
        ("", "x<v:a xmlns:v=\"urn:v\"/><Subject>b</Subject>".into(), "Subject"),
        ("", "<MM7Version>6.5.0</MM7Version>".into(), "MM7Version"),
        ("", "<EarlistDeliveryTime>2030-01-01T00:00:00Z</EarlistDeliveryTime>".into(), "EarliestDeliveryTime"),
        ("", "<Recipients><To><Number>+2</Number></To></Recipients>".into(), "Recipients"),
        ("", "<VASPID>b</VASPID>".into(), "SenderIdentification.VASPID"),
        ("SenderIdentification", "<VASPID>b</VASPID>".into(), "SenderIdentification.VASPID"),
        ("Recipients", "<To><Number>+2</Number></To>".into(), "Recipients.To"),
        ("", "<Content href=\"cid:b\"/>".into(), "Content@href"),
    ];
    let mut submit = mm7::SubmitReq::default();
    submit.vasp_id = Some("a".into());
    submit.message.to.push(Address::phone("+1"));
    submit.message.subject = Some("a".into());
    submit.message.delivery_time = Some(Time::Absolute(mms_codec::message::Timestamp::from_seconds(0)));
    submit.message.body = Some(Part::new(ContentType::new("text/plain"), "x"));
    let written = |submit: mm7::SubmitReq, leave_out| {
        mm7::encode_with(&Envelope::new("t", submit), &EncodeOptions { leave_out, write_extra: true })
    };
    for (parent, xml, field) in others {
        let mut extra = mm7::Extra::new(mm7::Fragment::parse(&xml).unwrap());
        extra.parent = parent.into();
        let mut repeated = submit.clone();
        repeated.extra.push(extra.clone());
        let error = written(repeated.clone(), false).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::FieldConflict, Some(field)), "{xml}");
        let encoded = written(repeated, true).unwrap();
        assert_eq!(encoded.left_out, [extra.name()], "{xml}");
        assert_eq!(encoded.body(), written(submit.clone(), false).unwrap().body());
    }
    for xml in [
        "<v:Subject xmlns:v=\"urn:v\">b</v:Subject>",
        "<Own><Subject>b</Subject></Own>",
        "<ServiceCode>b</ServiceCode>",
    ] {
        let mut other = submit.clone();
        let xml = mm7::Fragment::parse(xml).unwrap();
        other.extra.push(mm7::Extra::new(xml.clone()));
        let encoded = written(other, false).unwrap();
        assert!(encoded.left_out.is_empty());
        assert!(String::from_utf8(encoded.body().to_vec()).unwrap().contains(xml.as_str()));
    }
}

#[test]
fn an_element_that_was_repeated_is_not_lost_silently() {
    let message = |xml: &str| {
        let envelope = Envelope::new("t", {
            let mut submit = mm7::SubmitReq::default();
            submit.message.to.push(Address::phone("+1"));
            submit
        });
        let text = String::from_utf8(mm7::encode(&envelope).unwrap().body().to_vec()).unwrap();
        mm7::decode_envelope(&text.replace("</Recipients>", &format!("</Recipients>{xml}")).into()).unwrap()
    };
    let options = EncodeOptions { leave_out: false, write_extra: true };
    let repeated = message("<Priority>Low</Priority><Priority>High</Priority><Own>x</Own>");
    assert!(repeated.deviations.iter().any(|deviation| deviation.kind == DeviationKind::DuplicateField));
    let error = mm7::encode_with(&repeated.value, &options).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::FieldConflict, Some("Priority")));
    let encoded = mm7::encode_with(&repeated.value, &EncodeOptions { leave_out: true, ..options }).unwrap();
    assert_eq!(encoded.left_out, ["Priority"]);
    assert!(String::from_utf8(encoded.body().to_vec()).unwrap().contains(">x</Own>"));

    // No field has a value that they could contradict.
    for xml in ["<Priority>Urgent</Priority>", "<Priority>Urgent</Priority><Priority>Urgenter</Priority>"] {
        let unreadable = message(xml);
        let encoded = mm7::encode_with(&unreadable.value, &options).unwrap();
        assert!(encoded.left_out.is_empty(), "{xml}");
        assert_eq!(mm7::decode_envelope(&encoded.body()).unwrap().value, unreadable.value, "{xml}");
    }
}

#[test]
fn a_transaction_id_beside_that_of_the_message_is_not_written() {
    let with = |entry: &str| {
        let mut envelope = Envelope::new("t", Pdu::CancelRsp(mm7::Response::new(StatusCode::SUCCESS)));
        envelope.header.push(mm7::Fragment::parse(entry).unwrap());
        envelope
    };
    for entry in [
        "<TransactionID>u</TransactionID>",
        "<transactionid>u</transactionid>",
        &format!("<t:TransactionID xmlns:t=\"{NAMESPACE}\">u</t:TransactionID>"),
        "<v:a xmlns:v=\"urn:v\"/><TransactionID>u</TransactionID>",
    ] {
        let error = mm7::encode(&with(entry)).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::FieldConflict, Some("TransactionID")), "{entry}");
        let options = EncodeOptions { leave_out: true, ..EncodeOptions::default() };
        let encoded = mm7::encode_with(&with(entry), &options).unwrap();
        assert_eq!(encoded.left_out, ["TransactionID"], "{entry}");
        let decoded = mm7::decode_envelope_with(&encoded.body(), &Options::strict()).unwrap().value;
        assert!(decoded.header.is_empty());
    }
    let foreign = with("<v:TransactionID xmlns:v=\"urn:v\">u</v:TransactionID>");
    let body = mm7::encode(&foreign).unwrap().body();
    let decoded = mm7::decode_envelope_with(&body, &Options::strict()).unwrap().value;
    assert_eq!((decoded.transaction_id, decoded.header), (foreign.transaction_id, foreign.header));
}

/// Takes at most 3 times as long per octet for 8 times as many octets.
#[track_caller]
fn is_linear(octets: usize, run: impl Fn(usize) -> Bytes) {
    let [small, large] = [octets, 8 * octets].map(run);
    // The clock may go on in steps of some milliseconds.
    const ENOUGH: Duration = Duration::from_millis(40);
    let time = |message: &Bytes| {
        let (start, mut runs) = (now(), 0);
        loop {
            let _ = mm7::decode_unlabelled(message);
            runs += 1;
            let took = now().saturating_sub(start);
            if took >= ENOUGH {
                return took / runs;
            }
        }
    };
    let (small, large) = (time(&small), time(&large));
    assert!(large < 24 * small, "{large:?} instead of 8 times {small:?}");
}

#[test]
fn nothing_is_searched_again_for_each_item() {
    let rep = |unit: &str, octets: usize| unit.repeat((octets / unit.len()).max(1));
    let distinct = |octets: usize, unit: &dyn Fn(usize) -> String| {
        let mut all = String::new();
        let mut index = 0;
        while all.len() < octets {
            all += &unit(index);
            index += 1;
        }
        all
    };
    is_linear(6_000, |n| {
        let uri = rep("&amp;", n / 2);
        with_entry(&format!("<z:b xmlns:q=\"{uri}\">{}</z:b>", rep("<z:a q:a=\"\"/>", n / 2)))
    });
    is_linear(16_000, |n| with_entry(&distinct(n, &|index| format!("<p{index}:x xmlns:p{index}=\"u\"/>"))));
    is_linear(16_000, |n| with_entry(&distinct(n, &|index| format!("<z:x xmlns:p{index}=\"u\" p{index}:a=\"\"/>"))));
    let in_to =
        |n: usize| submit(&format!("<Recipients><To>{}</To></Recipients>", rep("x<Number A=\"\">1</Number>", n)));
    is_linear(16_000, |n| {
        let text = String::from_utf8(in_to(n).to_vec()).unwrap();
        [vec![0xfe, 0xff], text.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat().into()
    });
    is_linear(16_000, |n| {
        let text = String::from_utf8(in_to(n).to_vec()).unwrap();
        let text = text.split_once("?>").map_or(&*text, |(_, text)| text).replace(">x<", ">\u{fd}<");
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        [b"<?xml version='1.0' encoding='iso-8859-5'?>", &latin[..]].concat().into()
    });
    is_linear(64_000, |n| {
        let uri = "u".repeat(n / 4);
        format!("<SubmitReq xmlns=\"{uri}\" xmlns:p=\"{uri}\">{}</SubmitReq>", rep("<p:a/>", n / 2)).into()
    });
    is_linear(16_000, |n| {
        let xml = String::from_utf8(submit("<Content href='cid:HREF'/>").to_vec()).unwrap();
        let xml = xml.replace("HREF", &rep("%41", n / 2));
        let parts = rep("--b\r\nContent-Type: a/b\r\nContent-ID: <%41%41%41%41%41%41%41>\r\n\r\nx\r\n", n / 2);
        format!("--b\r\nContent-Type: text/xml; charset=utf-8\r\nContent-ID: <e>\r\n\r\n{xml}\r\n{parts}--b--\r\n")
            .into()
    });
    is_linear(16_000, |n| rep("HTTP/1.1 100\r\n\r\n", n).into());
}

#[test]
fn memory_has_its_bound_at_every_size() {
    let escaped = |text: &str, n: usize| {
        let status = format!(
            "<Status><StatusCode>1000</StatusCode><StatusText>x</StatusText><Details>{text}</Details></Status>"
        );
        envelope(&format!(
            "<DeliverRsp><MM7Version>6.8.0</MM7Version>{}</DeliverRsp>",
            status.replace("N", &"&".repeat(n)).replace("G", &">".repeat(n))
        ))
    };
    let shapes: [&dyn Fn(usize) -> Bytes; 9] = [
        &|n| {
            let attributes: String = (0..60).map(|index| format!(" q:a{index}=\"\"")).collect();
            let code = format!("<ServiceCode xmlns:q=\"{}\"{attributes}>x</ServiceCode>", "u".repeat(n));
            submit(&code)
        },
        &|n| escaped("<![CDATA[N]]>", n),
        &|n| escaped("<![CDATA[N]]>a", n),
        &|n| escaped("<![CDATA[G]]>", n),
        &|n| escaped("G", n),
        &|n| submit(&"<x/>".repeat(n / 4)),
        &|n| submit(&"<x/>".repeat((n / 4).min(170))),
        &|n| submit(&"<a\u{b2}/>".repeat(n / 4)),
        &|n| {
            let xml = String::from_utf8(submit("").to_vec()).unwrap();
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/xml{}\r\n\r\n{xml}", ";a=b".repeat(n / 4)).into()
        },
    ];
    for (index, shape) in shapes.iter().enumerate() {
        for exponent in 6..=18 {
            for size in [1_usize << exponent, (1 << exponent) + 1, 3 << (exponent - 1)] {
                let message = shape(size);
                let used = allocation_counter::measure(|| drop(mm7::decode_unlabelled(&message))).bytes_max;
                let allowed = 8 * message.len() as u64 + 64_000;
                assert!(used < allowed, "{index} {size}: {used} of {allowed} for {}", message.len());
            }
        }
    }
}

/// What constructors and deserialization can make and no decoder gives is refused. What this interface has a form
/// for comes back.
#[test]
fn forged_parts_are_refused_by_name() {
    for (field, part) in forged::parts() {
        let multipart = Part::multipart(ContentType::new("multipart/mixed"), vec![part.clone()]);
        for body in [part.clone(), multipart] {
            let mut submit = mm7::SubmitReq::default();
            submit.message.to.push(Address::phone("+447700900123"));
            submit.message.body = Some(body);
            let envelope = Envelope::new("t-1", submit);
            match mm7::encode(&envelope) {
                Err(error) => assert!(field.is_none() || error.field == field, "{error}: {part:?}"),
                Ok(encoded) => {
                    let again = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap();
                    assert_eq!(
                        again
                            .value
                            .message()
                            .and_then(|message| message.body.as_ref())
                            .map(|body| (&body.content_type, &body.headers)),
                        envelope
                            .message()
                            .and_then(|message| message.body.as_ref())
                            .map(|body| (&body.content_type, &body.headers))
                    );
                }
            }
        }
    }
}

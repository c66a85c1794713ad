//! Input that means harm.

use super::*;

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
        "<p:Subject>a</p:Subject>",
        "<m::Subject/>",
        "<Content href='a' href='b'/>",
        "<Content href='a' allowAdaptations='true' href='b'/>",
        "<Subject xmlns:a='urn:a' xmlns:a='urn:b'/>",
        "<m:Subject xmlns:m='urn:m'/><m:Subject/>",
        "<e::Subject/>",
        "<Content href=a/>",
        "<Content href='<'/>",
        "<Content x:href='a'/>",
        "<1/>",
        "<a:b:c xmlns:a='u'/>",
    ] {
        fails(submit(rest), DecodeErrorKind::InvalidXml);
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
            mm7::fuzz_envelope(&changed);
        }
    }
}

#[test]
fn survives_parts_that_refer_to_each_other() {
    let loops = "--b\r\nContent-ID: <a>\r\nContent-Type: multipart/related; boundary=b; start=\"<a>\"\r\n\r\n--b--\r\n";
    let error = mm7::decode("multipart/related; boundary=b; start=\"<a>\"", &loops.into()).unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::NotAMessage);
    mm7::fuzz_body(loops.as_bytes());
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

//! Content: how it is referred to, shared and written.

use super::*;

fn body(content: &str, id: &str) -> Bytes {
    let xml = String::from_utf8(submit(content).to_vec()).unwrap();
    let id = if id.is_empty() { String::new() } else { format!("{id}\r\n") };
    format!(
        "--b\r\nContent-Type: text/xml\r\nContent-ID: <root>\r\n\r\n{xml}\r\n--b\r\nContent-Type: text/plain\r\n{id}\
         \r\nhello\r\n--b\r\nContent-Type: image/gif\r\nContent-ID: <other>\r\n\r\nGIF\r\n--b--\r\n"
    )
    .into()
}

const TYPE: &str = "multipart/related; boundary=b; type=\"text/xml\"; start=\"<root>\"";

#[test]
fn finds_the_content_however_it_is_referred_to() {
    for (href, id, kind) in [
        ("cid:a@x", "Content-ID: <a@x>", None),
        ("cid:a%40x", "Content-Id: <a@x>", None),
        ("cid:100%25", "Content-ID: <100%>", None),
        ("cid: a@x", "Content-ID: <a@x>", Some(DeviationKind::ReferenceSpelling)),
        ("a@x", "Content-ID: <a@x>", Some(DeviationKind::ReferenceSpelling)),
        ("cid:&lt;a@x&gt;", "Content-ID: <a@x>", Some(DeviationKind::ReferenceSpelling)),
        ("cid:a@x", "Content-ID: a@x", Some(DeviationKind::InvalidValue)),
        ("a.txt", "Content-Location: a.txt", Some(DeviationKind::ReferenceSpelling)),
    ] {
        let decoded = mm7::decode(TYPE, &body(&format!("<Content href=\"{href}\"/>"), id)).unwrap();
        let kinds: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
        assert_eq!(kinds, Vec::from_iter(kind), "{href}");
        let message = decoded.value.message().unwrap();
        assert_eq!(message.body.as_ref().unwrap().text().as_deref(), Some("hello"), "{href}");
        assert_eq!(decoded.value.attachments.len(), 1);
        let encoded = mm7::encode(&decoded.value).unwrap();
        let again = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap().value;
        assert_eq!(again.message().unwrap().body.as_ref().unwrap().octets().unwrap(), "hello");
        assert_eq!(again.attachments[0].octets().unwrap(), "GIF");
    }
}

#[test]
fn content_ids_that_are_accepted_are_written_back() {
    let nested = |header: &str, start: &str| {
        let id = format!("Content-ID: <a>\r\nContent-Type: multipart/related; boundary=c{start}");
        let body = body("<Content href=\"cid:a\"/>", "X-Placeholder: x");
        let parts = format!("--c\r\nContent-Type: text/plain\r\n{header}\r\n\r\nhello\r\n--c--");
        let body = String::from_utf8(body.to_vec()).unwrap();
        let body = body.replace("Content-Type: text/plain\r\nX-Placeholder: x", &id).replace("hello", &parts);
        Bytes::from(body)
    };
    let mut accepted = 0;
    for header in [
        "<a@x>",
        "<a>",
        "a@x",
        "a.smil",
        "\"<a>\"",
        "<a",
        "a>",
        "<<a>>",
        "< a >",
        "<a b>",
        "<a\u{e9}>",
        "<>",
        "(c) <a>",
    ] {
        for start in ["", "; start=\"<a@x>\"", "; start=a@x", "; start=\"<a\"", "; start=\" <a>\"", "; start=\"<<a>>\""]
        {
            let message = nested(&format!("Content-ID: {header}"), start);
            let decoded = mm7::decode(TYPE, &message).unwrap();
            let strict = mm7::decode_with(TYPE, &message, &Options::strict());
            assert_eq!(strict.is_ok(), decoded.deviations.is_empty(), "{header} {start}");
            if !decoded.deviations.is_empty() {
                continue;
            }
            accepted += 1;
            let encoded = mm7::encode(&decoded.value).unwrap();
            let again = mm7::decode(&encoded.content_type, &encoded.body()).unwrap();
            assert_eq!(again.value, decoded.value, "{header} {start}");
        }
    }
    // With brackets around what has none, and no `start` or one like that.
    assert_eq!(accepted, 2 * 2);
}

#[test]
fn keeps_references_to_elsewhere_and_reports_those_to_nowhere() {
    let elsewhere = body("<Content href=\"http://mms.example/1\"/>", "Content-ID: <a>");
    let decoded = mm7::decode_with(TYPE, &elsewhere, &Options::strict()).unwrap().value;
    let Pdu::SubmitReq(pdu) = &decoded.pdu else { panic!() };
    assert_eq!((pdu.content_href.as_deref(), &pdu.message.body), (Some("http://mms.example/1"), &None));
    assert_eq!(decoded.attachments.len(), 2);

    for (content, id, kind) in [
        ("<Content href=\"cid:no\"/>", "Content-ID: <a>", DeviationKind::DanglingReference),
        ("", "", DeviationKind::MissingReference),
    ] {
        let decoded = mm7::decode(TYPE, &body(content, id)).unwrap();
        assert_eq!((decoded.deviations[0].kind, decoded.deviations.len()), (kind, 1));
        let error = mm7::decode_with(TYPE, &body(content, id), &Options::strict()).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::Deviation(kind));
    }
}

#[test]
fn finds_the_envelope_without_start_boundary_or_type() {
    let body = body("<Content href=\"cid:a\"/>", "Content-ID: <a>");
    let value = mm7::decode(TYPE, &body).unwrap().value;
    for content_type in [
        "multipart/related; boundary=b",
        "multipart/related; boundary=b; type=text/xml; start=root",
        "multipart/related; boundary=b; start=\"<nowhere>\"",
        "multipart/related",
        "text/xml",
    ] {
        let decoded = mm7::decode(content_type, &body).unwrap();
        assert_eq!(decoded.value, value, "{content_type}");
        assert!(!decoded.deviations.is_empty(), "{content_type}");
    }
    assert_eq!(mm7::decode_unlabelled(&body).unwrap().value, value);
}

#[test]
fn reports_a_multipart_or_root_of_another_type() {
    let body = body("<Content href=\"cid:a\"/>", "Content-ID: <a>");
    let text = String::from_utf8(body.to_vec()).unwrap();
    let root = |new: &str| text.replacen("Content-Type: text/xml", new, 1);
    for (content_type, body, kind) in [
        (TYPE.replace("related", "mixed"), text.clone(), DeviationKind::WrongContentType),
        (TYPE.replace("text/xml", "application/soap+xml"), text.clone(), DeviationKind::WrongContentType),
        (TYPE.into(), root("Content-Type: application/soap+xml"), DeviationKind::WrongContentType),
        (TYPE.into(), root("X-Type: none"), DeviationKind::WrongContentType),
        (TYPE.replace("<root>", "<other>"), text.clone(), DeviationKind::DanglingReference),
    ] {
        let decoded = mm7::decode(&content_type, &body.clone().into()).unwrap();
        let [deviation] = decoded.deviations[..] else { panic!("{:?}", decoded.deviations) };
        assert_eq!((deviation.kind, deviation.field), (kind, Some("Content-Type")));
        assert!(decoded.value.message().unwrap().body.is_some());
        let error = mm7::decode_with(&content_type, &body.into(), &Options::strict()).unwrap_err();
        assert_eq!((error.kind, error.offset), (DecodeErrorKind::Deviation(kind), deviation.offset));
    }
    // Which part the envelope is, `start` says.
    let (before, rest) = text.split_once("--b\r\nContent-Type: text/plain").unwrap();
    let (first, last) = rest.split_once("--b--").unwrap();
    let late = format!("--b\r\nContent-Type: text/plain{first}{before}--b--{last}");
    assert!(mm7::decode_with(TYPE, &late.into(), &Options::strict()).is_ok());
}

#[test]
fn shares_content_with_the_input() {
    let content = "x".repeat(10_000);
    let body = String::from_utf8(body("<Content href=\"cid:a\"/>", "Content-ID: <a>").to_vec()).unwrap();
    let body = Bytes::from(body.replace("hello", &content));
    let decoded = mm7::decode(TYPE, &body).unwrap().value;
    let content = decoded.message().unwrap().body.as_ref().unwrap().octets().unwrap().clone();
    assert!(body.as_ptr_range().contains(&content.as_ptr()));
    let encoded = mm7::encode(&decoded).unwrap();
    assert!(encoded.chain.iter().any(|piece| piece.as_ptr() == content.as_ptr()));
}

#[test]
fn copies_content_once_at_most() {
    const LENGTH: usize = 300_000;
    // What the rest of such a message needs.
    const REST: u64 = 32_768;
    let bytes = |work: &dyn Fn()| allocation_counter::measure(work).bytes_total;
    let mut content = vec![0xa5_u8; LENGTH];
    content.extend_from_slice(b"\r\n--c\r\n");
    let body = body("<Content href=\"cid:a\"/>", "Content-ID: <a>\r\nContent-Transfer-Encoding: binary");
    let at = body.windows(5).position(|octets| octets == b"hello").unwrap();
    let body = Bytes::from([&body[..at], &content, &body[at + 5..]].concat());
    let decoded = mm7::decode(TYPE, &body).unwrap().value;
    assert_eq!(decoded.message().unwrap().body.as_ref().unwrap().octets().unwrap(), &content);
    let decoding = bytes(&|| drop(mm7::decode(TYPE, &body)));
    assert!(decoding < REST, "{decoding}");
    let in_pieces = bytes(&|| drop(mm7::encode(&decoded)));
    assert!(in_pieces < REST, "{in_pieces}");
    let in_one = bytes(&|| drop(mm7::encode(&decoded).unwrap().body()));
    assert!(in_one < LENGTH as u64 + REST, "{in_one}");
}

#[test]
fn writes_wap_multiparts_as_mime() {
    let mut submit = mm7::SubmitReq::default();
    submit.message.to.push(Address::phone("+1"));
    let text = Part::new(ContentType::new("text/plain"), "hello");
    let wap = ContentType::new("application/vnd.wap.multipart.related").with("start", "smil");
    submit.message.body = Some(Part::multipart(wap, vec![text]));
    let encoded = mm7::encode(&Envelope::new("t", submit)).unwrap();
    let text = String::from_utf8(encoded.body().to_vec()).unwrap().replace("\r\n ", " ");
    assert!(text.contains("Content-Type: multipart/related; ") && text.contains("start=\"<smil>\""), "{text}");
    assert!(text.contains("href=\"cid:content@mm7\"") && text.contains("Content-ID: <content@mm7>"), "{text}");
}

#[test]
fn reads_chunked_http_messages() {
    let xml = submit("");
    let (start, end) = xml.split_at(100);
    let head =
        b"POST / HTTP/1.1\r\nHost: h\r\nSOAPAction: \"\"\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n";
    let size = format!("\r\n{:x};x=y\r\n", end.len());
    let http: Bytes = [&head[..], start, size.as_bytes(), end, b"\r\n0\r\n\r\n"].concat().into();
    assert_eq!(mm7::decode_http_with(&http, &Options::strict()).unwrap().value.name(), "SubmitReq");
}

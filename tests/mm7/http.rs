//! HTTP messages: what comes before, around and after the body.

use super::*;

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n";

fn response() -> String {
    let message = envelope(
        "<DeliverRsp><MM7Version>6.8.0</MM7Version><Status><StatusCode>1000</StatusCode><StatusText>é</StatusText>\
         </Status></DeliverRsp>",
    );
    String::from_utf8(message.to_vec()).unwrap()
}

/// Chunks of 100 octets, with an extension, and with a field behind them.
fn chunked(body: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    for chunk in body.as_bytes().chunks(100) {
        octets.extend(format!("{:X};a=b\r\n", chunk.len()).bytes().chain(chunk.iter().copied()).chain(*b"\r\n"));
    }
    octets.extend(b"0\r\nX-Trailer: y\r\n\r\n");
    octets
}

/// What lenient decoding forgives and where; strict decoding refuses the first.
#[track_caller]
fn forgives(http: impl Into<Vec<u8>>, kind: DeviationKind, field: Option<&str>) -> usize {
    let http = Bytes::from(http.into());
    let decoded = mm7::decode_http(&http).unwrap();
    let [deviation] = decoded.deviations[..] else { panic!("{:?}", decoded.deviations) };
    assert_eq!((deviation.kind, deviation.field), (kind, field));
    assert_eq!(decoded.value.pdu.status_code(), Some(StatusCode::SUCCESS));
    let error = mm7::decode_http_with(&http, &Options::strict()).unwrap_err();
    let own_name = match kind {
        DeviationKind::MissingField => DecodeErrorKind::MissingField,
        kind => DecodeErrorKind::Deviation(kind),
    };
    assert_eq!((error.kind, error.offset, error.field), (own_name, deviation.offset, field));
    deviation.offset
}

#[track_caller]
fn accepts(http: impl Into<Vec<u8>>) {
    let http = Bytes::from(http.into());
    assert_eq!(mm7::decode_http_with(&http, &Options::strict()).unwrap().value.name(), "DeliverRsp");
    assert_eq!(mm7::decode_http(&http).unwrap().deviations, []);
}

#[test]
fn passes_over_interim_answers() {
    let answer = format!("{HEAD}\r\n{}", response());
    accepts(format!("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nServer: x\r\n\r\n{answer}"));
    let blank = "HTTP/1.1 100 Continue\r\n\r\n";
    assert_eq!(forgives(format!("{blank}\r\n{answer}"), DeviationKind::StrayOctets, None), blank.len());
    let only = Bytes::from_static(b"HTTP/1.1 100 Continue\r\n\r\n");
    let error = mm7::decode_http(&only).unwrap_err();
    assert_eq!((error.kind, error.offset), (DecodeErrorKind::NotAMessage, only.len()));
}

#[test]
fn takes_lines_before_the_message_and_other_versions_of_http() {
    let answer = format!("{HEAD}\r\n{}", response());
    assert_eq!(forgives(format!("\r\n{answer}"), DeviationKind::StrayOctets, None), 0);
    for line in ["HTTP/1.0 200", "HTTP/1.1 500 Internal Server Error", "HTTP/1.2 200 OK", "HTTP/1.9 999 "] {
        accepts(answer.replace("HTTP/1.1 200 OK", line));
    }
    for line in
        ["HTTP/2 200", "HTTP/2.0 200 OK", "HTTP/1.1 20", "HTTP/1.1 abc", "HTTP/1.1  200 OK", "HTTP/1.1 200 a\0b"]
    {
        assert_eq!(forgives(answer.replace("HTTP/1.1 200 OK", line), DeviationKind::StartLine, None), 0);
    }
    for line in ["POST /mm7 HTTP/1.1", "POST http://h:1/mm7?a HTTP/1.2", "GET / HTTP/1.1"] {
        accepts(request(line, "Host: h\r\n"));
    }
    accepts(request("POST / HTTP/1.0", ""));
    for line in [
        "P(ST / HTTP/1.1",
        "POST /mm7 x HTTP/1.1",
        "POST /mm7 HTTP/2",
        "POST  / HTTP/1.1",
        "POST /a\rb HTTP/1.1",
        "/ HTTP/1.1",
    ] {
        assert_eq!(forgives(request(line, "Host: h\r\n"), DeviationKind::StartLine, None), 0);
    }
    let switch = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
    assert_eq!(forgives(format!("{switch}{answer}"), DeviationKind::StartLine, None), 0);
    let interim = "HTTP/1.1 100 Continue\r\n\r\n";
    let behind = format!("{interim}{}", request("POST / HTTP/1.1", "Host: h\r\n"));
    assert_eq!(forgives(behind, DeviationKind::StartLine, None), interim.len());
}

/// A request with this line and these fields, which is as long as it says.
fn request(line: &str, fields: &str) -> String {
    let body = response();
    let length = body.len();
    format!("{line}\r\nContent-Type: text/xml\r\nSOAPAction: \"\"\r\n{fields}Content-Length: {length}\r\n\r\n{body}")
}

#[test]
fn a_request_names_one_host_and_says_how_long_it_is() {
    let line = "POST / HTTP/1.1";
    assert_eq!(forgives(request(line, ""), DeviationKind::MissingField, Some("Host")), 0);
    let twice = request(line, "Host: h\r\nHost: h\r\n");
    assert_eq!(forgives(twice.clone(), DeviationKind::DuplicateField, Some("Host")), twice.rfind("Host").unwrap());
    for host in ["a b", "a, b", "a/b", "a@b", "\u{e4}"] {
        let http = request(line, &format!("Host: {host}\r\n"));
        assert!(mm7::decode_http_with(&http.clone().into(), &Options::strict()).is_err(), "{host}");
        assert!(mm7::decode_http(&http.into()).unwrap().deviations.iter().any(|found| found.field == Some("Host")));
    }
    for host in ["", "a.example:80", "[::1]:80", "a_b"] {
        accepts(request(line, &format!("Host: {host}\r\n")));
    }
    let action = request(line, "Host: h\r\nSOAPAction: \"\"\r\n");
    forgives(action, DeviationKind::DuplicateField, Some("SOAPAction"));
    let whole = request(line, "Host: h\r\n");
    let length = format!("Content-Length: {}\r\n", response().len());
    let without = whole.replace(&length, "");
    let body = without.find("\r\n\r\n").unwrap() + 4;
    assert_eq!(forgives(without.clone(), DeviationKind::MissingField, Some("Content-Length")), body);
    let coded = without.replacen("SOAP", "Content-Encoding: chunked\r\nSOAP", 1);
    let decoded = mm7::decode_http(&coded.clone().into()).unwrap();
    let kinds: Vec<_> = decoded.deviations.iter().map(|found| (found.kind, found.field.unwrap())).collect();
    assert_eq!(
        kinds,
        [(DeviationKind::TransferEncoding, "Content-Encoding"), (DeviationKind::MissingField, "Content-Length")]
    );
    assert!(mm7::decode_http_with(&coded.into(), &Options::strict()).is_err());
}

#[test]
fn some_answers_have_no_content() {
    let answer = format!("{HEAD}\r\n{}", response());
    for line in ["HTTP/1.1 204 No Content", "HTTP/1.1 205 Reset Content", "HTTP/1.1 304 Not Modified"] {
        let http = answer.replace("HTTP/1.1 200 OK", line);
        let body = http.find("\r\n\r\n").unwrap() + 4;
        assert_eq!(forgives(http, DeviationKind::TrailingOctets, None), body);
    }
    let interim = "HTTP/1.1 100 Continue\r\n";
    for (name, field) in [("Content-Length", "Content-Length: 1"), ("Transfer-Encoding", "Transfer-Encoding: chunked")]
    {
        let http = format!("{interim}{field}\r\n\r\n{answer}");
        assert_eq!(forgives(http, DeviationKind::FieldConflict, Some(name)), interim.len());
    }
}

#[test]
fn chunks_are_the_only_transfer_encoding_and_the_last() {
    let body = String::from_utf8(chunked(&response())).unwrap();
    let http = |fields: &str| format!("{HEAD}{fields}\r\n\r\n{body}");
    let name = Some("Transfer-Encoding");
    accepts(http("Transfer-Encoding: chunked"));
    accepts(http("Transfer-Encoding: , chunked,"));
    for value in ["chunked, chunked", "chunked, identity", "identity, chunked"] {
        let fields = format!("Transfer-Encoding: {value}");
        assert_eq!(forgives(http(&fields), DeviationKind::TransferEncoding, name), HEAD.len());
    }
    let twice = http("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked");
    assert_eq!(forgives(twice.clone(), DeviationKind::TransferEncoding, name), twice.rfind("Transfer").unwrap());
    for value in ["identity", ""] {
        let plain = format!("{HEAD}Transfer-Encoding: {value}\r\n\r\n{}", response());
        assert_eq!(forgives(plain, DeviationKind::TransferEncoding, name), HEAD.len());
    }
    let old = http("Transfer-Encoding: chunked").replace("HTTP/1.1", "HTTP/1.0");
    assert_eq!(forgives(old, DeviationKind::FieldConflict, name), HEAD.len());
}

#[test]
fn sizes_and_trailers_of_chunks_follow_their_syntax() {
    let body = String::from_utf8(chunked(&response())).unwrap();
    let head = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n");
    let name = Some("Transfer-Encoding");
    let changed = |from: &str, to: &str| format!("{head}{}", body.replacen(from, to, 1));
    for size in ["0064", "64 ", "64\t"] {
        accepts(changed("64;", &format!("{size};")));
    }
    for size in [" 64", "\t64", &format!("{}64", "0".repeat(19)), "64;\0", "64;\r"] {
        assert_eq!(forgives(changed("64;", &format!("{size};")), DeviationKind::TransferEncoding, name), HEAD.len());
    }
    let last = head.len() + body.len() - "X-Trailer: y\r\n\r\n".len();
    accepts(changed("X-Trailer: y", "X-Trailer: y\r\n folded"));
    for trailer in ["no colon", "X(: a", ": a", "X-A : a", "X-A: \0", "X-A: a\rb", " a"] {
        assert_eq!(forgives(changed("X-Trailer: y", trailer), DeviationKind::HeaderSyntax, None), last, "{trailer}");
    }
    assert_eq!(forgives(changed("X-Trailer: y", "Content-length: 1"), DeviationKind::FieldConflict, None), last);
    let feed = changed("X-Trailer: y\r\n", "X-Trailer: y\n");
    assert_eq!(forgives(feed, DeviationKind::TransferEncoding, name), HEAD.len());
    let more = format!("{head}{body} \r\n");
    assert_eq!(forgives(more, DeviationKind::TrailingOctets, name), head.len() + body.len());
}

#[test]
fn fields_that_nobody_asks_for_follow_their_syntax_too() {
    let answer = |field: &[u8]| [HEAD.as_bytes(), field, b"\r\n\r\n", response().as_bytes()].concat();
    for field in [&b"X-A: a\rX-B: c"[..], b"X-A: a\0b", b"X-A: \x7f", b"X(: a", b"X-A: a\r\n b\0"] {
        assert_eq!(forgives(answer(field), DeviationKind::HeaderSyntax, None), HEAD.len());
    }
    for field in [&b"X-A: a\r\n\tb"[..], b"X-A: \xe4\t", b"X!#$%&'*+.^_`|~: a"] {
        accepts(answer(field));
    }
}

#[test]
fn checks_the_content_length() {
    let body = response();
    let http = |length: &str| format!("{HEAD}Content-Length: {length}\r\n\r\n{body}");
    accepts(http(&body.len().to_string()));
    accepts(http(&format!("{0}, {0}", body.len())));
    let field = Some("Content-Length");
    let in_characters = body.chars().count().to_string();
    assert_eq!(forgives(http(&in_characters), DeviationKind::WrongContentLength, field), HEAD.len());
    let all = http(&(body.len() + 1).to_string());
    assert_eq!(forgives(all.clone(), DeviationKind::Truncated, field), all.len());
    for length in ["many", "-1", &format!("+{}", body.len()), "1, 2", ""] {
        assert_eq!(forgives(http(length), DeviationKind::InvalidValue, field), HEAD.len());
    }
    let other = format!("{0}\r\nContent-Length: 5", body.len());
    assert_eq!(
        forgives(http(&other), DeviationKind::InvalidValue, field),
        http(&other).rfind("Content-Length").unwrap()
    );
    accepts(http(&format!("{0}\r\nContent-Length: {0}", body.len())));
    let one = http(&body.len().to_string());
    assert_eq!(forgives(format!("{one}{one}"), DeviationKind::TrailingOctets, field), one.len());
}

#[test]
fn puts_chunks_together() {
    let head = format!("{HEAD}Transfer-Encoding: Chunked\r\n\r\n");
    let http = |body: &[u8]| [head.as_bytes(), body].concat();
    let whole = chunked(&response());
    accepts(http(&whole));
    let field = Some("Transfer-Encoding");
    let last = whole.len() - "0\r\nX-Trailer: y\r\n\r\n".len();
    for cut in [last, last + 3, whole.len() - 2] {
        assert_eq!(forgives(http(&whole[..cut]), DeviationKind::Truncated, field), head.len() + cut);
    }
    let next = [&whole[..], b"HTTP/1.1 200 OK\r\n"].concat();
    assert_eq!(forgives(http(&next), DeviationKind::TrailingOctets, field), head.len() + whole.len());
    let text = String::from_utf8(whole).unwrap();
    let (first, rest) = text.split_at(text.find("\r\n64;").unwrap());
    let no_end = [first, rest.strip_prefix("\r\n").unwrap()].concat();
    for body in [response(), text.replace('\r', ""), no_end] {
        assert_eq!(forgives(http(body.as_bytes()), DeviationKind::TransferEncoding, field), HEAD.len());
    }
    let both = format!("{HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{text}");
    assert_eq!(forgives(both, DeviationKind::FieldConflict, Some("Content-Length")), HEAD.len());
}

#[test]
fn tells_where_in_the_chunks_a_deviation_is() {
    let body = response().replace("StatusText", "statusText");
    let http = [format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n").as_bytes(), &chunked(&body)].concat();
    let [deviation] = mm7::decode_http(&http.clone().into()).unwrap().deviations[..] else { panic!() };
    // The element may go on in the next chunk.
    assert!(http[deviation.offset..].starts_with(b"<stat"), "{deviation:?}");
}

#[test]
fn refuses_compressed_bodies_by_name() {
    let body = response();
    let coding = Some("Content-Encoding");
    for (field, octets) in [
        ("Content-Encoding: gzip", &b"\x1f\x8b\x08\0\0\0"[..]),
        ("Content-Encoding: br", b"\x8b\x0c\x80"),
        ("Transfer-Encoding: gzip, chunked", b"3\r\n\x1f\x8b\x08\r\n0\r\n\r\n"),
    ] {
        let http = [format!("{HEAD}{field}\r\n\r\n").as_bytes(), octets].concat();
        for options in [Options::lenient(), Options::strict()] {
            let error = mm7::decode_http_with(&http.clone().into(), &options).unwrap_err();
            assert_eq!((error.kind, error.offset, error.field), (DecodeErrorKind::ContentCoding, HEAD.len(), coding));
        }
    }
    // The caller of `decode` has not undone it.
    let error = mm7::decode("text/xml", &Bytes::from_static(b"\x1f\x8b\x08\0")).unwrap_err();
    assert_eq!((error.kind, error.field), (DecodeErrorKind::ContentCoding, coding));
    let undone = format!("{HEAD}Content-Encoding: gzip\r\n\r\n{body}");
    assert_eq!(forgives(undone, DeviationKind::TransferEncoding, coding), HEAD.len());
    accepts(format!("{HEAD}Content-Encoding: identity\r\n\r\n{body}"));
}

#[test]
fn takes_the_first_content_type() {
    let body = response();
    let twice = format!("{HEAD}Content-Type: text/plain\r\n\r\n{body}");
    assert_eq!(forgives(twice, DeviationKind::DuplicateField, Some("Content-Type")), HEAD.len());
    let none = format!("HTTP/1.1 200 OK\r\n\r\n{body}");
    assert_eq!(forgives(none, DeviationKind::MissingField, Some("Content-Type")), 0);
    accepts(format!("HTTP/1.1 200 OK\r\nContent-Type: text/xml;\r\n\tcharset=utf-8\r\n\r\n{body}"));
    let feeds = format!("{HEAD}\r\n").replace('\r', "");
    forgives(format!("{feeds}{body}"), DeviationKind::BareLineFeed, None);
    let first = format!("{HEAD}\r\n{body}").replacen('\r', "", 1);
    assert_eq!(forgives(first, DeviationKind::BareLineFeed, None), "HTTP/1.1 200 OK".len());
}

#[cfg(feature = "arbitrary")]
#[test]
fn survives_every_cut_and_every_changed_octet() {
    let head = format!("HTTP/1.1 100 Continue\r\n\r\n{HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n");
    let http = [head.as_bytes(), &chunked(&response())].concat();
    for at in 0..http.len() {
        mms_codec::fuzz::Target::Mm7Body.run(&http[..at]);
        for octet in [b'\n', b'0', b'f', b';', 0xff] {
            let mut changed = http.clone();
            changed[at] = octet;
            mms_codec::fuzz::Target::Mm7Body.run(&changed);
        }
    }
}

#[test]
fn messages_of_a_connection_are_taken_one_by_one() {
    use mms_codec::http;

    let pdu: &[u8] = b"\x8c\x83\x98T1\0\x8d\x92\x95\x83\x91\x80";
    let typed =
        |media: &str| format!("POST /a HTTP/1.1\r\nHost: mmsc\r\nContent-Type: {media}\r\nContent-Length: 12\r\n\r\n");
    let messages: [(Vec<u8>, &[u8]); 6] = [
        ([typed("application/vnd.wap.mms.message").as_bytes(), pdu].concat(), pdu),
        ([typed("text/plain").as_bytes(), pdu].concat(), pdu),
        (b"GET /a HTTP/1.1\r\nHost: mmsc\r\nContent-Type: a/b\r\n\r\n".to_vec(), b""),
        (
            [
                b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
                &pdu[..5],
                b"\r\n7\r\n",
                &pdu[5..],
                b"\r\n0\r\n\r\n",
            ]
            .concat(),
            pdu,
        ),
        (b"HTTP/1.1 204 No Content\r\nContent-Type: a/b\r\n\r\n".to_vec(), b""),
        ([typed("a/b").as_bytes(), pdu].concat(), pdu),
    ];
    let mut rest = Bytes::from(messages.iter().flat_map(|(octets, _)| octets.iter().copied()).collect::<Vec<_>>());
    for (octets, body) in &messages {
        for options in [Options::lenient(), Options::strict()] {
            let message = http::decode_with(&rest, &options).unwrap();
            assert_eq!((&message.value.body[..], message.value.consumed), (*body, octets.len()));
            assert_eq!(message.deviations, []);
        }
        rest = rest.slice(octets.len()..);
    }
    // The next message may have begun to arrive.
    let begun = Bytes::from([&messages[0].0[..], b"PO"].concat());
    assert_eq!(http::decode(&begun).unwrap().value.consumed, messages[0].0.len());
    // The octets of chunks are found in the input.
    let chunked = Bytes::from(messages[3].0.clone());
    let message = http::decode(&chunked).unwrap().value;
    for (at, octet) in pdu.iter().enumerate() {
        assert_eq!(chunked[message.offset_in_input(at)], *octet);
    }
}

/// A fault comes with 500 (SOAP 1.1, 6.2), and a request with an empty action.
#[cfg(feature = "http")]
#[test]
fn carries_messages_in_the_types_of_the_crate_http() {
    let mut cancel = mm7::CancelReq::default();
    (cancel.mm7_version, cancel.message_id) = (Some("6.8.0".into()), Some("mm-1".into()));
    let sent = Envelope::new("t-1", cancel);
    let request = sent.http_request("http://mmsc.example.net/mm7".parse().unwrap()).unwrap();
    assert_eq!((request.method().as_str(), request.uri().path()), ("POST", "/mm7"));
    assert_eq!(request.headers()["soapaction"], "\"\"");
    assert_eq!(request.headers()["content-type"], "text/xml; charset=\"utf-8\"");
    assert_eq!(mm7::decode_body(request.headers(), request.body()).unwrap().value, sent);
    for (answer, status) in
        [(sent.answer(StatusCode::SUCCESS, None).unwrap(), 200), (sent.fault(StatusCode::SERVER_ERROR), 500)]
    {
        let response = answer.http_response().unwrap();
        assert_eq!(response.status(), status);
        assert!(!response.headers().contains_key("soapaction"));
        assert_eq!(mm7::decode_body(response.headers(), response.body()).unwrap().value, answer);
    }
    let error = mm7::decode_body(&Default::default(), request.body()).unwrap_err();
    assert_eq!((error.kind, error.field), (DecodeErrorKind::MissingField, Some("Content-Type")));
}

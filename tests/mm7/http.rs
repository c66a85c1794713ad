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
    for line in ["HTTP/2 200", "HTTP/2.0 200 OK", "HTTP/1.0 200", "HTTP/1.1 500 Internal Server Error"] {
        accepts(answer.replace("HTTP/1.1 200 OK", line));
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

#[test]
fn survives_every_cut_and_every_changed_octet() {
    let head = format!("HTTP/1.1 100 Continue\r\n\r\n{HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n");
    let http = [head.as_bytes(), &chunked(&response())].concat();
    for at in 0..http.len() {
        mm7::fuzz_body(&http[..at]);
        for octet in [b'\n', b'0', b'f', b';', 0xff] {
            let mut changed = http.clone();
            changed[at] = octet;
            mm7::fuzz_body(&changed);
        }
    }
}

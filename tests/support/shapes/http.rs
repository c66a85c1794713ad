//! Shapes of HTTP messages with MM7.

use super::mm7::{NS, submit};
use super::{Shape, numbered};

fn xml() -> String {
    submit("", "", "<Recipients><To><Number>1</Number></To></Recipients>")
}

/// A request with these headers and this body, which comes in one piece.
fn request(headers: &str, content_type: &str, body: &str) -> Vec<u8> {
    format!(
        "POST /mm7 HTTP/1.1\r\nHost: h\r\nSOAPAction: \"\"\r\n{headers}Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into()
}

fn many(header: &str, count: usize) -> Vec<u8> {
    request(&header.repeat(count), "text/xml; charset=utf-8", &xml())
}

fn content_type(unit: &str, count: usize) -> Vec<u8> {
    request("", &format!("text/xml{}", unit.repeat(count)), &xml())
}

fn chunked(body: &str) -> Vec<u8> {
    format!(
        "POST /mm7 HTTP/1.1\r\nHost: h\r\nSOAPAction: \"\"\r\nContent-Type: text/xml; charset=utf-8\r\n\
         Transfer-Encoding: chunked\r\n\r\n{body}"
    )
    .into()
}

fn in_chunks(text: &str, size: usize) -> String {
    let chunks = text.as_bytes().chunks(size);
    chunks.map(|chunk| format!("{:x}\r\n{}\r\n", chunk.len(), str::from_utf8(chunk).unwrap())).collect()
}

/// A message of so many octets, whose subject grows.
fn subject(octets: usize) -> String {
    submit(
        "",
        "",
        &format!("<Recipients><To><Number>1</Number></To></Recipients><Subject>{}</Subject>", "x".repeat(octets)),
    )
}

fn related(parameters: &str, xml: &str, parts: &str) -> Vec<u8> {
    let body =
        format!("--b\r\nContent-Type: text/xml; charset=utf-8\r\nContent-ID: <e>\r\n\r\n{xml}\r\n{parts}--b--\r\n");
    request("", &format!("multipart/related; boundary=b; type=\"text/xml\"{parameters}"), &body)
}

fn parts(part: &str, count: usize) -> Vec<u8> {
    related("; start=\"<e>\"", &xml(), &part.repeat(count))
}

/// The message as the content of a multipart, with its attachments in another one.
fn attached(part: &str, count: usize) -> Vec<u8> {
    let inner = format!("--c\r\n{}\r\n--c--\r\n", part.repeat(count));
    let outer = format!("--b\r\nContent-Type: multipart/mixed; boundary=c\r\nContent-ID: <c>\r\n\r\n{inner}");
    related("; start=\"<e>\"", &xml(), &outer)
}

const PART: &str = "--b\r\nContent-Type: a/b\r\nContent-ID: <a>\r\n\r\n\
                    abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghij\r\n";

pub(super) const SHAPES: &[Shape] = &[
    Shape::new("interim answers", 25, |n| ["HTTP/1.1 100 Continue\r\n\r\n".repeat(n).into_bytes(), answer()].concat()),
    Shape::new("interim answers, line feeds", 16, |n| ["HTTP/1.1 100 a\n\n".repeat(n).into_bytes(), answer()].concat()),
    Shape::new("interim answers with headers", 31, |n| {
        ["HTTP/1.1 100 Continue\r\na: b\r\n\r\n".repeat(n).into_bytes(), answer()].concat()
    }),
    Shape::new("interim answers, short", 14, |n| "HTTP/1.1 100\n\n".repeat(n).into()),
    Shape::new("blank lines", 2, |n| [b"\r\n".repeat(n), many("", 0)].concat()),
    Shape::new("headers", 24, |n| many("X-abcdefg: abcdefghijk\r\n", n)),
    Shape::new("headers, distinct", 24, |n| {
        request(&numbered(n, |i| format!("X-{i:07}: abcdefghijk\r\n")), "text/xml", &xml())
    }),
    Shape::new("headers, tiny", 4, |n| many("a:\r\n", n)),
    Shape::new("headers, folded", 4, |n| many(&format!("a: {}x\r\n", "x\r\n ".repeat(n)), 1)),
    Shape::new("headers, damaged", 3, |n| many("a\r\n", n)),
    Shape::new("headers with blanks before the colon", 6, |n| many("a : b\r\n", n)),
    Shape::new("headers of carriage returns", 5, |n| many("a: \r\r\n", n)),
    Shape::new("one long header", 1, |n| many(&format!("a: {}\r\n", "x".repeat(n)), 1)),
    Shape::new("one header of blanks", 1, |n| many(&format!("a:{}\r\n", " ".repeat(n)), 1)),
    Shape::new("hosts", 9, |n| many("Host: h\r\n", n)),
    Shape::new("content lengths", 21, |n| many("Content-Length: 100\r\n", n)),
    Shape::new("a list of content lengths", 2, |n| many(&format!("Content-Length: {}\r\n", "1,".repeat(n)), 1)),
    Shape::new("a content length of digits", 1, |n| many(&format!("Content-Length: {}\r\n", "0".repeat(n)), 1)),
    Shape::new("transfer encodings", 29, |n| many("Transfer-Encoding: identity\r\n", n)),
    Shape::new("a list of transfer encodings", 8, |n| {
        many(&format!("Transfer-Encoding: {}chunked\r\n", "chunked,".repeat(n)), 1)
    }),
    Shape::new("a list of nothing as transfer encodings", 1, |n| {
        many(&format!("Transfer-Encoding: {}chunked\r\n", ",".repeat(n)), 1)
    }),
    Shape::new("SOAP actions", 16, |n| many("SOAPAction: \"\"\r\n", n)),
    Shape::new("one long SOAP action", 1, |n| many(&format!("SOAPAction: \"{}\"\r\n", "x".repeat(n)), 1)),
    Shape::new("chunks of 1", 6, |n| chunked(&format!("{}0\r\n\r\n", in_chunks(&subject(n), 1)))),
    Shape::new("chunks of 20", 26, |n| chunked(&format!("{}0\r\n\r\n", in_chunks(&subject(20 * n), 20)))),
    Shape::new("chunks of 4 000", 4_007, |n| chunked(&format!("{}0\r\n\r\n", in_chunks(&subject(4_000 * n), 4_000)))),
    Shape::new("chunks ended by line feeds", 4, |n| chunked(&"1\n<\n".repeat(n))),
    Shape::new("chunks without end", 3, |n| chunked(&"1\n<".repeat(n))),
    Shape::new("chunk extensions", 4, |n| {
        let xml = xml();
        chunked(&format!("{:x}{}\r\n{xml}\r\n0\r\n\r\n", xml.len(), ";a=b".repeat(n)))
    }),
    Shape::new("chunk extensions, each", 12, |n| chunked(&"1;abc=d\r\n \r\n".repeat(n))),
    Shape::new("digits of a chunk size", 1, |n| {
        let xml = xml();
        chunked(&format!("{}{:x}\r\n{xml}\r\n0\r\n\r\n", "0".repeat(n), xml.len()))
    }),
    Shape::new("trailers", 24, |n| {
        chunked(&format!("{}0\r\n{}\r\n", in_chunks(&xml(), 1_000), "X-abcdefg: abcdefghijk\r\n".repeat(n)))
    }),
    Shape::new("trailers without end", 4, |n| {
        chunked(&format!("{}0\r\n{}", in_chunks(&xml(), 1_000), "a: b".repeat(n)))
    }),
    Shape::new("chunks of 1 with deviations", 150, |n| {
        chunked(&format!("{}0\r\n\r\n", in_chunks(&submit("", "", &"x<Number>1</Number>".repeat(n)), 1)))
    }),
    Shape::new("attachments of 128 octets", 128, |n| parts(PART, n)),
    Shape::new("attachments, tiny", 7, |n| parts("--b\r\n\r\n", n)),
    Shape::new("attachments in a multipart", 128, |n| attached(&PART.replace("--b", "--c"), n)),
    Shape::new("attachments with distinct names", 150, |n| {
        related("", &xml(), &numbered(n, |i| PART.replace("<a>", &format!("<a{i:08}>"))))
    }),
    Shape::new("attachments with escaped names and a long reference", 240, |n| {
        let xml = xml().replace("cid:c", &format!("cid:{}", "%41".repeat(40 * n)));
        related("", &xml, &PART.replace("<a>", "<%41%41%41%41%41%41>").repeat(n))
    }),
    Shape::new("attachments and a long start", 240, |n| {
        let start = format!("; start=\"<{}>\"", "%41".repeat(40 * n));
        related(&start, &xml(), &PART.replace("<a>", "<%41%41%41%41%41%41>").repeat(n))
    }),
    Shape::new("attachments that are XML", 128, |n| related("", "<a/>", &PART.replace("a/b", "text/xml").repeat(n))),
    Shape::new("attachments with headers", 128, |n| {
        parts(
            "--b\r\nX-abcdefgh: abcdefghi\r\nX-abcdefgh: abcdefghi\r\nX-abcdefgh: abcdefghi\r\nX-abcdefgh: abcdefghi\r\n\r\nx\r\n",
            n,
        )
    }),
    Shape::new("headers of one attachment", 24, |n| {
        parts(&format!("--b\r\n{}\r\nx\r\n", "X-abcdefg: abcdefghijk\r\n".repeat(n)), 1)
    }),
    Shape::new("one big attachment", 1, |n| parts(&format!("--b\r\n\r\n{}\r\n", "x".repeat(n)), 1)),
    Shape::new("one attachment of near delimiters", 4, |n| parts(&format!("--b\r\n\r\n{}\r\n", "\n--c".repeat(n)), 1)),
    Shape::new("one base64 attachment", 4, |n| {
        parts(&format!("--b\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n", "QUJD".repeat(n)), 1)
    }),
    Shape::new("the message in base64", 4, |n| {
        let body = format!(
            "--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
            "PGEv".repeat(n)
        );
        request("", "multipart/related; boundary=b; type=\"text/xml\"", &body)
    }),
    Shape::new("the message in quoted-printable", 3, |n| {
        let body = format!(
            "--b\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n--b--\r\n",
            "=3C".repeat(n)
        );
        request("", "multipart/related; boundary=b; type=\"text/xml\"", &body)
    }),
    Shape::new("a long preamble", 4, |n| {
        let body = format!("{}\r\n--b\r\nContent-Type: text/xml\r\n\r\n{}\r\n--b--\r\n", "\n--c".repeat(n), xml());
        request("", "multipart/related; boundary=b; type=\"text/xml\"", &body)
    }),
    Shape::new("recipients", 18, |n| {
        let xml = submit("", "", &format!("<Recipients><To>{}</To></Recipients>", "<Number>1</Number>".repeat(n)));
        request("", "text/xml; charset=utf-8", &xml)
    }),
    Shape::new("content type: parameters", 4, |n| content_type(";a=b", n)),
    Shape::new("content type: parameters of 20 octets", 20, |n| content_type("; abcdefgh=abcdefghi", n)),
    Shape::new("content type: parameters, distinct", 20, |n| {
        content_type(&numbered(n, |i| format!("; a{i:07}=abcdefghi")), 1)
    }),
    Shape::new("content type: pieces", 14, |n| content_type(&numbered(n, |i| format!("; name*{i}=abc")), 1)),
    Shape::new("content type: a quoted value", 2, |n| content_type(&format!("; a=\"{}\"", "\\a".repeat(n)), 1)),
    Shape::new("content type: encoded words", 8, |n| content_type(&format!("; a=\"{}\"", "=?x?b??=".repeat(n)), 1)),
    Shape::new("content type: semicolons", 1, |n| content_type(";", n)),
    Shape::new("content types", 24, |n| many("Content-Type: text/xml\r\n", n)),
    Shape::new("a long first line", 1, |n| {
        format!("POST /{} HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n\r\n<a/>", "x".repeat(n)).into()
    }),
    Shape::new("a first line of blanks", 1, |n| {
        format!("POST {}HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\n\r\n<a/>", " ".repeat(n)).into()
    }),
    Shape::new("a reason", 1, |n| {
        format!("HTTP/1.1 200 {}\r\nContent-Type: text/xml\r\n\r\n<a/>", "x".repeat(n)).into()
    }),
    Shape::new("an answer until the end", 1, |n| {
        let text = format!(
            "<SubmitRsp xmlns=\"{NS}\"><MM7Version>6.8.0</MM7Version><Status><StatusCode>1000</StatusCode><StatusText>{}</StatusText></Status></SubmitRsp>",
            "x".repeat(n)
        );
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n{text}").into()
    }),
];

fn answer() -> Vec<u8> {
    let text = format!(
        "<SubmitRsp xmlns=\"{NS}\"><MM7Version>6.8.0</MM7Version><Status><StatusCode>1000</StatusCode>\
         <StatusText>Success</StatusText></Status></SubmitRsp>"
    );
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {}\r\n\r\n{text}", text.len()).into()
}

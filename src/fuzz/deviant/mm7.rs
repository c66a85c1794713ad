//! Messages of MM7 that are valid but for one kind of deviation.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use arbitrary::{Result, Unstructured};

use super::{Ways, multipart_in_multipart};
use crate::fuzz::Mm7;
use crate::options::DeviationKind;

impl Ways for Mm7 {
    type Edit = Edit;

    const EDITS: &'static [(DeviationKind, &'static [Edit])] = EDITS;
    const PLAIN: &'static [&'static [u8]] = PLAIN;

    /// One of [`PLAIN`] with another identifier and another text.
    fn valid(u: &mut Unstructured<'_>) -> Result<Option<Vec<u8>>> {
        let plain = String::from_utf8_lossy(u.choose(PLAIN)?);
        let id = alloc::format!(">{}<", u.arbitrary::<u32>()?);
        let text: String =
            (0..u.int_in_range(0..=20)?).map(|_| u.int_in_range(b'a'..=b'z').map(char::from)).collect::<Result<_>>()?;
        Ok(Some(plain.replacen(">t1<", &id, 1).replacen("hello", &text, 1).into()))
    }

    fn edited(edits: &[Edit], message: &[u8]) -> Vec<u8> {
        edited(edits, message)
    }
}

/// What makes a valid message deviate.
#[derive(Clone, Copy, Debug)]
pub enum Edit {
    /// The first occurrence of a text becomes another one.
    Replace(&'static str, &'static str),
    /// The content type becomes this one.
    Type(&'static str),
    /// The part of the message has this header field, too.
    Part(&'static str),
    /// The part has a header field of this many octets.
    Long(usize),
    /// The part becomes a multipart in which others are nested, this many levels deep.
    Nested(usize),
    /// The message becomes one of HTTP with this start line and these fields besides the content type; `LENGTH` in them
    /// is the length of the body.
    Http(&'static str, &'static str),
}

use DeviationKind as Kind;
use Edit::{Http, Long, Nested, Part, Replace, Type};

const POST: &str = "POST / HTTP/1.1";

/// How to make a message deviate, in one way or more for each kind.
#[rustfmt::skip]
const EDITS: &[(DeviationKind, &[Edit])] = &[
    // Values.
    (Kind::EmptyValue, &[Replace("<Number>+1</Number>", "<Number/>")]),
    (Kind::UnknownToken, &[Replace("6.8.0", "6.7.0")]),
    (Kind::UnknownToken, &[Replace("<Priority>High", "<Priority>Huge")]),
    (Kind::InvalidValue, &[Replace("<ExpiryDate>PT1H", "<ExpiryDate>soon")]),
    (Kind::AddressSpelling, &[Replace("<Number>+1</Number>", "+1")]),
    (Kind::AddressSpelling, &[Replace("<Number>+1", "<Number>+1/TYPE=PLMN")]),
    (Kind::DateSpelling, &[Replace("<ExpiryDate>PT1H", "<ExpiryDate>Tue, 05 Mar 2024 09:30:47 +0000")]),
    (Kind::MissingZone, &[Replace("<ExpiryDate>PT1H", "<ExpiryDate>2024-03-05T09:30:47")]),
    (Kind::LetterCase, &[Replace("<ReadReply>true", "<ReadReply>True")]),
    (Kind::LetterCase, &[Replace("<Priority>High", "<Priority>high")]),
    (Kind::SurroundingSpace, &[Replace("</TransactionID>", " </TransactionID>")]),
    (Kind::SurroundingSpace, &[Replace("<Priority>High", "<Priority> High")]),
    // Fields.
    (Kind::MissingField, &[Replace("<Recipients><To><Number>+1</Number></To></Recipients>", "")]),
    (Kind::MissingField, &[Replace("<MM7Version>6.8.0</MM7Version>", "")]),
    (Kind::DuplicateField, &[Replace("<Priority>", "<Priority>Low</Priority><Priority>")]),
    (Kind::UnexpectedField, &[Replace("<Priority>", "<x/><Priority>")]),
    (Kind::FieldOrder, &[
        Replace("<ExpiryDate>PT1H</ExpiryDate>", ""),
        Replace("<Content", "<ExpiryDate>PT1H</ExpiryDate><Content"),
    ]),
    (Kind::FieldName, &[Replace("<Sender>", "<SenderAddress>"), Replace("</Sender>", "</SenderAddress>")]),
    (Kind::MisplacedField, &[
        Replace("<DeliveryCondition><DC>2</DC></DeliveryCondition>", "<DeliveryCondition>2</DeliveryCondition>"),
    ]),
    (Kind::UnexpectedAttribute, &[Replace("<Priority>", "<Priority a=\"b\">")]),
    (Kind::StrayOctets, &[Replace("<Priority>", "stray<Priority>")]),
    // XML.
    (Kind::InvalidXml, &[Replace("<Subject>", "<Subject>&eacute;")]),
    (Kind::UndeclaredPrefix, &[Replace("xmlns:e=", "xmlns:f=")]),
    (Kind::MissingNamespace, &[
        Replace(
            "<TransactionID xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\"",
            "<TransactionID",
        ),
    ]),
    (Kind::WrongNamespace, &[Replace("http://schemas.xmlsoap", "https://schemas.xmlsoap")]),
    (Kind::UnknownSchema, &[Replace("REL-6-MM7-1-4", "REL-6-MM7-1-9"), Replace("REL-6-MM7-1-4", "REL-6-MM7-1-9")]),
    (Kind::MissingEnvelope, &[
        Replace("<SubmitRsp", "<RSErrorRsp"),
        Replace("</SubmitRsp", "</RSErrorRsp"),
        Replace("<MessageID>m</MessageID>", ""),
    ]),
    (Kind::WrongCharset, &[Type("text/xml; charset=us-ascii"), Replace("hello", "\u{fc}")]),
    (Kind::UndecodableText, &[Part("Content-Location: =?utf-8?q?=FF?=")]),
    (Kind::UnknownCharset, &[Part("Content-Location: =?no-such?q?a?=")]),
    // Content types, parts.
    (Kind::InvalidContentType, &[Replace("Content-Type: text/plain", "Content-Type: none")]),
    (Kind::ParameterSyntax, &[Replace("Content-Type: text/plain", "Content-Type: text/plain; a=b;")]),
    (Kind::WrongContentType, &[Type("application/xml")]),
    (Kind::MissingParameter, &[Type("multipart/related; boundary=b; type=\"text/xml\"")]),
    (Kind::ReferenceSpelling, &[Replace("href=\"cid:a\"", "href=\"a\"")]),
    (Kind::DanglingReference, &[Replace("href=\"cid:a\"", "href=\"cid:b\"")]),
    (Kind::MissingReference, &[Replace("<Content href=\"cid:a\"/>", "")]),
    (Kind::TransferEncoding, &[
        Replace("Content-Type: text/plain", "Content-Type: text/plain\r\nContent-Transfer-Encoding: x"),
    ]),
    (Kind::HeaderSyntax, &[Replace("Content-Type: text/plain", "Content-Type : text/plain")]),
    (Kind::BoundarySyntax, &[Replace("\r\n--b\r\nContent-Type: text/plain", "\r\n  --b\r\nContent-Type: text/plain")]),
    (Kind::Truncated, &[Replace("\r\n--b--\r\n", "\r\n")]),
    (Kind::Truncated, &[Http(POST, "Host: h\r\nSOAPAction: \"\"\r\nContent-Length: 9999\r\n")]),
    (Kind::TrailingOctets, &[Http("HTTP/1.1 204 No Content", "")]),
    (Kind::WrongPartCount, &[Replace("Content-Type: text/plain", "Content-Type: multipart/mixed; boundary=c")]),
    (Kind::NestingTooDeep, &[Nested(12)]),
    (Kind::EncodedWord, &[Part("Content-Location: =?utf-8?q??=")]),
    (Kind::ControlCharacter, &[Part("Content-Location: =?utf-8?q?=1B?=")]),
    (Kind::CutCharacter, &[Part("Content-Location: =?utf-8?B?w4fF?=")]),
    (Kind::UnlabelledText, &[Part("Content-Location: \u{fc}")]),
    (Kind::InvalidPartHeader, &[Part("Content-Disposition: a/b")]),
    (Kind::QuotationMarks, &[Replace("Content-ID: <a>", "Content-ID: \"<a>\"")]),
    // HTTP.
    (Kind::StartLine, &[Http("POST  / HTTP/1.1", "Host: h\r\nSOAPAction: \"\"\r\nContent-Length: LENGTH\r\n")]),
    (Kind::WrongContentLength, &[Http(POST, "Host: h\r\nSOAPAction: \"\"\r\nContent-Length: 9\r\n")]),
    (Kind::LineTooLong, &[Long(1_000)]),
    (Kind::BareLineFeed, &[Http("HTTP/1.1 200 OK\nServer: a", "")]),
    (Kind::FieldConflict, &[Http("HTTP/1.1 100 Continue\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK", "")]),
];

/// The headers of the part that is text.
const TEXT: &str = "Content-Type: text/plain\r\nContent-ID: <a>\r\n";

const PLAIN: &[&[u8]] = &[
    b"multipart/related; boundary=b; type=\"text/xml\"; start=\"<root>\"\n\
      --b\r\nContent-Type: text/xml; charset=utf-8\r\nContent-ID: <root>\r\n\r\n\
      <e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header>\
      <TransactionID xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\" \
      e:mustUnderstand=\"1\">t1</TransactionID></e:Header><e:Body>\
      <SubmitReq xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\">\
      <MM7Version>6.8.0</MM7Version><SenderIdentification/>\
      <Recipients><To><Number>+1</Number></To></Recipients><ExpiryDate>PT1H</ExpiryDate><ReadReply>true</ReadReply>\
      <Priority>High</Priority><Subject>hello</Subject><DeliveryCondition><DC>2</DC></DeliveryCondition>\
      <Content href=\"cid:a\"/></SubmitReq></e:Body></e:Envelope>\r\n\
      --b\r\nContent-Type: text/plain\r\nContent-ID: <a>\r\n\r\nhello\r\n--b--\r\n",
    b"text/xml; charset=utf-8\n\
      <e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header>\
      <TransactionID xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\" \
      e:mustUnderstand=\"1\">t1</TransactionID></e:Header><e:Body>\
      <DeliverReq xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\">\
      <MM7Version>6.8.0</MM7Version><Sender><Number>+1</Number></Sender><Subject>hello</Subject>\
      <Content href=\"http://a.example/b\"/></DeliverReq></e:Body></e:Envelope>",
    b"text/xml; charset=utf-8\n\
      <e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header>\
      <TransactionID xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\" \
      e:mustUnderstand=\"1\">t1</TransactionID></e:Header><e:Body>\
      <SubmitReq xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\">\
      <MM7Version>6.8.0</MM7Version><SenderIdentification/>\
      <Recipients><To><Number>+1</Number></To></Recipients><ExpiryDate>PT1H</ExpiryDate><ReadReply>true</ReadReply>\
      <Priority>High</Priority><Subject>hello</Subject><DeliveryCondition><DC>2</DC></DeliveryCondition>\
      <Content href=\"http://a.example/b\"/></SubmitReq></e:Body></e:Envelope>",
    b"text/xml; charset=utf-8\n\
      <e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header>\
      <TransactionID xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\" \
      e:mustUnderstand=\"1\">t1</TransactionID></e:Header><e:Body>\
      <SubmitRsp xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\">\
      <MM7Version>6.8.0</MM7Version><Status><StatusCode>1000</StatusCode><StatusText>hello</StatusText></Status>\
      <MessageID>m</MessageID></SubmitRsp></e:Body></e:Envelope>",
];

fn edited(edits: &[Edit], message: &[u8]) -> Vec<u8> {
    let message = String::from_utf8_lossy(message);
    let (line, body) = message.split_once('\n').unwrap_or((&message, ""));
    let (mut line, mut body) = (String::from(line), String::from(body));
    let mut head = None;
    for edit in edits {
        match *edit {
            Replace(from, to) => body = body.replacen(from, to, 1),
            Type(other) => line = String::from(other),
            Part(field) => body = body.replacen(TEXT, &alloc::format!("{TEXT}{field}\r\n"), 1),
            Long(octets) => body = body.replacen(TEXT, &alloc::format!("{TEXT}X-Long: {}\r\n", "a".repeat(octets)), 1),
            Nested(levels) => {
                let nested = alloc::format!("Content-ID: <a>\r\n{}", multipart_in_multipart(levels));
                body = body.replacen(&alloc::format!("{TEXT}\r\n"), &nested, 1);
            }
            Http(start, fields) => head = Some((start, fields)),
        }
    }
    match head {
        Some((start, fields)) => {
            let fields = fields.replace("LENGTH", &body.len().to_string());
            alloc::format!("{start}\r\nContent-Type: {line}\r\n{fields}\r\n{body}")
        }
        None => alloc::format!("{line}\n{body}"),
    }
    .into_bytes()
}

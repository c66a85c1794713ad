//! Bodies of fuzz targets, which tests replay.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write};

use bytes::Bytes;

use super::{Envelope, Peek, decode, decode_envelope_with, detect, peek};
use crate::error::{DecodeError, EncodeError};
use crate::fuzz::{Codec, Mm7, property};
use crate::http;
use crate::options::{Decoded, Deviation, DeviationKind, Options};
use crate::shown::ShownField;

/// An envelope. What is decoded is encoded, and decoded again to the same.
pub(crate) fn fuzz_envelope(octets: &[u8]) {
    let octets = Bytes::copy_from_slice(octets);
    property::all::<XmlEnvelope>(&octets);
    check_peek("text/xml", &octets);
}

/// An envelope without the body of HTTP, in which it is written.
enum XmlEnvelope {}

impl Codec for XmlEnvelope {
    type Value = Envelope;

    const KEPT: &'static [DeviationKind] = Mm7::KEPT;
    const TIDIED: &'static [DeviationKind] = Mm7::TIDIED;

    fn decode(octets: &Bytes, options: &Options) -> Result<Decoded<Envelope>, DecodeError> {
        decode_envelope_with(octets, options)
    }

    fn encode(value: &Envelope) -> Result<Bytes, EncodeError> {
        Mm7::encode(value)
    }

    fn decode_again(octets: &Bytes, options: &Options) -> Result<Decoded<Envelope>, DecodeError> {
        Mm7::decode(octets, options)
    }

    fn is_kept(encoded: &[u8], deviation: &Deviation) -> bool {
        Mm7::is_kept(encoded, deviation)
    }

    fn fields(value: &Envelope) -> Vec<ShownField> {
        value.fields()
    }

    fn serialize(value: &Envelope, to: &mut dyn Write) -> fmt::Result {
        Mm7::serialize(value, to)
    }

    fn is_same(a: &Envelope, b: &Envelope) -> bool {
        Mm7::is_same(a, b)
    }

    fn with_unknown_field(octets: &[u8], place: usize) -> Option<(Vec<u8>, &'static str)> {
        Mm7::with_unknown_field(octets, place)
    }
}

/// Each octet selects a piece of a SubmitReq, of a time in one, or of an HTTP
/// message.
pub(crate) fn fuzz_text(data: &[u8]) {
    let Some((first, data)) = data.split_first() else { return };
    let of = |pieces: &[&'static str]| -> String {
        data.iter().filter_map(|octet| pieces.get(usize::from(*octet) % pieces.len()).copied()).collect()
    };
    let inner = match first >> 6 {
        0 => of(ELEMENTS),
        1 => alloc::format!("<ExpiryDate>{}</ExpiryDate>", duration(data)),
        2 => alloc::format!("<ExpiryDate>{}</ExpiryDate>", of(TIMES)),
        _ => return fuzz_body(of(HTTP).as_bytes()),
    };
    fuzz_envelope([HEAD, &inner, TAIL].concat().as_bytes());
}

/// A duration: the units that have a number, which has as many digits as an octet says.
fn duration(data: &[u8]) -> String {
    let mut text = String::from("P");
    let numbers = data.chunks_exact(2).map(|pair| match *pair {
        [digit, count] if count >= 0x80 => alloc::format!("{}", digit % 10).repeat(usize::from(count % 24)),
        _ => String::new(),
    });
    for (unit, number) in ["Y", "M", "DT", "H", "M", "S"].into_iter().zip(numbers) {
        if !number.is_empty() {
            text.push_str(&number);
            text.push_str(unit);
        } else if unit == "DT" {
            text.push('T');
        }
    }
    text
}

const HEAD: &str = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header>\
    <t:TransactionID xmlns:t=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\" \
    e:mustUnderstand=\"1\">t</t:TransactionID></e:Header><e:Body><SubmitReq \
    xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\">\
    <MM7Version>6.8.0</MM7Version>";
const TAIL: &str = "<Content href=\"cid:c\"/></SubmitReq></e:Body></e:Envelope>";

/// What times and durations are made of.
const TIMES: &[&str] = &[
    "2024-01-01",
    "2024",
    "-02-29",
    "T00:00:00",
    "T24:00:00",
    ":60",
    "Z",
    "+14:00",
    "-00:00",
    "P",
    "-P",
    "PT",
    "T",
    "Y",
    "M",
    "W",
    "D",
    "H",
    "S",
    "0",
    "1",
    "9",
    "00000000",
    "99999999",
    "649554161674",
    ".",
    ".5",
    "-",
    ":",
    " ",
    "\n",
    "&#32;",
];

/// Elements, addresses, and what XML makes of text.
const ELEMENTS: &[&str] = &[
    "<SenderIdentification><VASPID>a</VASPID></SenderIdentification>",
    "<Recipients><To>",
    "</To></Recipients>",
    "<Number>",
    "</Number>",
    "<RFC2822Address>",
    "</RFC2822Address>",
    "<Subject>",
    "</Subject>",
    "<ExpiryDate>",
    "</ExpiryDate>",
    "<EarliestDeliveryTime>",
    "</EarliestDeliveryTime>",
    "<TimeStamp>",
    "</TimeStamp>",
    "<ServiceCode>",
    "</ServiceCode>",
    "<x>",
    "</x>",
    "<x xmlns:q=\"u\" q:a=\"\"/>",
    "<DeliveryCondition>",
    "</DeliveryCondition>",
    "P",
    "-P",
    "PT",
    "T",
    "Y",
    "M",
    "W",
    "D",
    "H",
    "S",
    "0",
    "1",
    "7",
    "9",
    "00000000",
    "99999999",
    "649554161674",
    ".",
    ".5",
    "2024-01-01",
    "T00:00:00",
    "Z",
    "+14:00",
    "-",
    ":",
    "24:00:00",
    " ",
    "\n",
    "\r",
    "\t",
    "&lt;",
    "&amp;",
    "&#13;",
    "&#xa0;",
    "&#x2003;",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?a ?>",
    "\u{a0}",
    "\u{fc}",
    "\"",
    "<",
    ">",
    "@",
    "a@b.example",
    "Kim ",
    ",",
    "+44",
    "/TYPE=PLMN",
    "a",
];

/// The lines of HTTP messages, and what frames their bodies.
const HTTP: &[&str] = &[
    "POST / HTTP/1.1\r\n",
    "POST / HTTP/1.0\r\n",
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.1 204 No Content\r\n",
    "HTTP/1.1 100 Continue\r\n\r\n",
    "Host: h\r\n",
    "SOAPAction: \"\"\r\n",
    "Content-Type: text/xml; charset=utf-8\r\n",
    "Content-Type: multipart/related; boundary=b; type=\"text/xml\"\r\n",
    "Content-Length: ",
    "Transfer-Encoding: ",
    "Content-Encoding: ",
    "Connection: close\r\n",
    "chunked",
    "identity",
    "gzip",
    ", ",
    ",",
    ";a=b",
    "0",
    "5",
    "16",
    "1f4",
    "\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    ":",
    "\0",
    "+",
    "-",
    "0x",
    "a: b\r\n",
    "a : b\r\n",
    " folded\r\n",
    "0\r\n\r\n",
    "--b\r\n",
    "--b--\r\n",
    "\r\n\r\n",
    "<SubmitRsp xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\">\
     <MM7Version>6.8.0</MM7Version><Status><StatusCode>1000</StatusCode><StatusText>x</StatusText></Status></SubmitRsp>",
    "<a/>",
    "x",
];

/// A whole HTTP body, whose first line is the content type; or an HTTP message.
pub(crate) fn fuzz_body(octets: &[u8]) {
    property::all::<Mm7>(&Bytes::copy_from_slice(octets));
    if http::detect(octets) {
        return;
    }
    let split = memchr::memchr(b'\n', octets).unwrap_or(0);
    let (content_type, body) = octets.split_at_checked(split).unwrap_or_default();
    let body = Bytes::copy_from_slice(body.get(1..).unwrap_or_default());
    let _ = detect(&body);
    check_peek(&String::from_utf8_lossy(content_type), &body);
}

/// What is peeked at is what is decoded.
fn check_peek(content_type: &str, body: &Bytes) {
    if let Ok(decoded) = decode(content_type, body) {
        assert_eq!(peek(content_type, body), Ok(Peek::of(&decoded.value)), "{content_type}");
    }
}

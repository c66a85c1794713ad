//! Shapes of pushes.

use super::{Shape, composite, uintvar};

const MMS: &[u8] = b"application/vnd.wap.mms-message\0";

/// A push of a notification with these headers behind its content type.
fn headers(octets: &[u8]) -> Vec<u8> {
    let headers = [MMS, octets].concat();
    [b"\x01\x06", &uintvar(headers.len())[..], &headers, b"\x8c\x82\x98T\0\x8d\x92"].concat()
}

fn many(unit: &[u8], count: usize) -> Vec<u8> {
    headers(&unit.repeat(count))
}

/// A push whose content type has these parameters.
fn parameters(octets: &[u8]) -> Vec<u8> {
    let headers = composite(&[b"\xbe", octets].concat());
    [b"\x01\x06", &uintvar(headers.len())[..], &headers, b"\x8c\x82\x98T\0\x8d\x92"].concat()
}

/// A push of this PDU.
fn of(pdu: Vec<u8>) -> Vec<u8> {
    [&b"\x01\x06\x03\xbe\xaf\x84"[..], &pdu].concat()
}

pub(super) const SHAPES: &[Shape] = &[
    Shape::new("coded headers", 2, |n| many(b"\xaf\x84", n)),
    Shape::new("unknown headers", 2, |n| many(b"\xff\x80", n)),
    Shape::new("headers as text", 22, |n| many(b"X-abcdefg\0abcdefghijk\0", n)),
    Shape::new("headers as text, short", 4, |n| many(b"a\0b\0", n)),
    Shape::new("headers as text, distinct", 22, |n| {
        headers(super::numbered(n, |i| format!("X-{i:07}\0abcdefghijk\0")).as_bytes())
    }),
    Shape::new("application ids", 3, |n| many(b"\xaf\x84\xaf", n)),
    Shape::new("content lengths", 3, |n| many(b"\x8d\x01\x05", n)),
    Shape::new("headers whose length is 0", 22, |n| {
        [&b"\x01\x06\0"[..], MMS, &b"X-abcdefg\0abcdefghijk\0".repeat(n), b"\x8c\x82\x98T\0\x8d\x92"].concat()
    }),
    Shape::new("headers whose length is wrong", 22, |n| {
        [&b"\x01\x06\x21"[..], MMS, &b"X-abcdefg\0abcdefghijk\0".repeat(n), b"\x8c\x82\x98T\0\x8d\x92"].concat()
    }),
    Shape::new("headers whose length is huge", 22, |n| {
        [&b"\x01\x06\x8f\xff\xff\xff\x7f"[..], MMS, &b"X-abcdefg\0abcdefghijk\0".repeat(n)].concat()
    }),
    Shape::new("coded parameters", 2, |n| parameters(&b"\x81\xea".repeat(n))),
    Shape::new("parameters of 20 octets", 20, |n| parameters(&b"abcdefghi\0abcdefghi\0".repeat(n))),
    Shape::new("a quoted parameter", 2, |n| parameters(&[&b"a\0\""[..], &b"\\\"".repeat(n), b"\0"].concat())),
    Shape::new("page shifts before the content type", 1, |n| {
        [&b"\x01\x06\x8f\xff\xff\xff\x7f"[..], &b"\x10".repeat(n), MMS].concat()
    }),
    Shape::new("TIDs and types", 2, |n| b"\x06".repeat(2 * n)),
    Shape::new("types and lengths", 4, |n| b"\x01\x06\x81\x80".repeat(n)),
    Shape::new("dates", 6, |n| many(b"\x92\x04\x65\x92\x00\x80", n)),
    Shape::new("dates, damaged", 3, |n| many(b"\x92a\0", n)),
    Shape::new("page shifts", 1, |n| many(b"\x10", n)),
    Shape::new("long page shifts", 2, |n| many(b"\x7f\x10", n)),
    Shape::new("zeros", 1, |n| many(b"\0", n)),
    Shape::new("one long header", 1, |n| headers(&[&b"X-a\0"[..], &b"x".repeat(n), b"\0"].concat())),
    Shape::new("one long name", 1, |n| headers(&[&b"x".repeat(n)[..], b"\0a\0"].concat())),
    Shape::new("cookies", 10, |n| many(b"\xc2\x08\x80\x06a\0b\0c\0", n)),
    Shape::new("Cache-Control with fields", 8, |n| many(b"\x88\x06\x80\xae\xae\xae\xae\xae", n)),
    Shape::new("Accept", 2, |n| many(b"\x80\xa3", n)),
    Shape::new("Accept with parameters", 2, |n| {
        headers(&[&b"\x80"[..], &composite(&[&b"\xa3"[..], &b"\x81\xea".repeat(n)].concat())].concat())
    }),
    Shape::new("Set-Cookie with parameters", 2, |n| {
        headers(&[&b"\xc1"[..], &composite(&[&b"\x80a\0b\0"[..], &b"\x8e\x80".repeat(n)].concat())].concat())
    }),
    Shape::new("WWW-Authenticate with parameters", 20, |n| {
        headers(&[&b"\xad"[..], &composite(&[&b"d\0r\0"[..], &b"abcdefghi\0abcdefghi\0".repeat(n)].concat())].concat())
    }),
    Shape::new("dispositions", 26, |n| many(b"\xaeabcdefghijklmnopqrstuvwx\0", n)),
    Shape::new("dispositions in two pages, damaged", 4, |n| many(b"\xaee \0", n)),
    Shape::new("Profile-Warning with dates", 9, |n| many(b"\xc4\x07\x90a\0\x03\x01\x01\x01", n)),
    Shape::new("long data", 1, |n| of([&b"\x8c\x82\x98"[..], &b"x".repeat(n), b"\0\x8d\x92"].concat())),
    Shape::new("data of another type", 1, |n| [&b"\x01\x06\x01\x83"[..], &b"x".repeat(n)].concat()),
    Shape::new("a content type without end", 1, |n| [&b"\x01\x06\x8f\xff\xff\xff\x7f"[..], &b"a".repeat(n)].concat()),
    Shape::new("recipients", 25, |n| of([&b"\x8c\x82"[..], &b"\x97+447700900123/TYPE=PLMN\0".repeat(n)].concat())),
    Shape::new("short fields", 3, |n| of([&b"\x8c\x82"[..], &b"\x971\0".repeat(n)].concat())),
    Shape::new("fields beyond ASCII", 10, |n| {
        of([&b"\x8c\x82"[..], &b"\x97\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\0".repeat(n)].concat())
    }),
    Shape::new("a subject in windows-874", 1, |n| {
        let subject = composite(&[&b"\x02\x08\x3d"[..], &b"\xa1".repeat(n), b"\0"].concat());
        of([b"\x8c\x82\x98T\0\x8d\x92\x96", &subject[..]].concat())
    }),
    Shape::new("parts of printable lengths", 99, |n| {
        of([&b"\x8c\x84\x8d\x92\x84\xa3\0"[..], &[&b"aa"[..], &[b'x'; 97]].concat().repeat(n)].concat())
    }),
    Shape::new("parts of 128 octets", 130, |n| {
        let part = [&b"\x01\x81\x00\x83"[..], &[b'x'; 128]].concat();
        of([b"\x8c\x84\x8d\x92\x84\xa3", &uintvar(n)[..], &part.repeat(n)].concat())
    }),
    Shape::new("application headers", 22, |n| of([&b"\x8c\x82"[..], &b"x-abcdefg\0abcdefghijk\0".repeat(n)].concat())),
    // Other headers, and other ways to damage them.
    Shape::new("headers in many pages", 6, |n| many(b"\x7f\x02\x85\x7f\x01\xaf", n)),
    Shape::new("value-lengths beyond the headers", 3, |n| many(b"\xaf\x1f\x7f", n)),
    Shape::new("long integers", 32, |n| many(&[&b"\x8d\x1e"[..], &[1; 30]].concat(), n)),
    Shape::new("quoted texts", 6, |n| many(b"\xaf\x7f\xc3\xa9a\0", n)),
    Shape::new("texts beyond ASCII", 6, |n| many(b"\xaf\xc3\xa9ab\0", n)),
    Shape::new("names without values", 3, |n| many(b"ab\0", n)),
    Shape::new("empty names and values", 2, |n| many(b"\0\0", n)),
    Shape::new("names with blanks", 8, |n| many(b"a b\0c d\0", n)),
    Shape::new("values with line ends", 8, |n| many(b"ab\0c\r\nd\0", n)),
    Shape::new("Content-ID", 8, |n| many(b"\xc0\"<a@b>\0", n)),
    Shape::new("Content-Location", 9, |n| many(b"\x8ehttp://\0", n)),
    Shape::new("Expires and dates", 12, |n| many(b"\x94\x04\x65\x92\0\x80\x92\x04\x65\x92\0\x80", n)),
    Shape::new("Encoding-Version in many forms", 8, |n| many(b"\xc3\x95\xc31.5\0\xc3", n)),
    Shape::new("Push-Flag", 2, |n| many(b"\xb4\x81", n)),
    Shape::new("Initiator-URI", 5, |n| many(b"\xb0a:b\0", n)),
    Shape::new("application ids as numbers", 5, |n| many(b"\xaf\x03\x01\x02\x03", n)),
    Shape::new("a text parameter that is long", 1, |n| parameters(&[&b"\x85"[..], &b"x".repeat(n), b"\0"].concat())),
    Shape::new("parameters of any charset", 3, |n| parameters(&b"\x81\x01\x80".repeat(n))),
];

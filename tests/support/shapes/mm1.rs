//! Shapes of MM1 messages.

use super::{Shape, composite, numbered, uintvar};

const NOTIFICATION: &[u8] = b"\x8c\x82\x98T\0\x8d\x92";
const RETRIEVAL: &[u8] = b"\x8c\x84\x8d\x92\x85\x04\x65\x92\x00\x80";
const REQUEST: &[u8] = b"\x8c\x80\x98T\0\x8d\x92\x89\x01\x81\x97+1/TYPE=PLMN\0";

/// A retrieval with these fields and an empty text.
fn fields(octets: &[u8]) -> Vec<u8> {
    [RETRIEVAL, octets, b"\x84\x83hello"].concat()
}

/// A retrieval with so many of this field.
fn many(field: &[u8], count: usize) -> Vec<u8> {
    fields(&field.repeat(count))
}

/// A request to send with so many of this field.
fn request(field: &[u8], count: usize) -> Vec<u8> {
    [REQUEST, &field.repeat(count), b"\x84\x83hello"].concat()
}

/// A retrieval with a field that has a value-length.
fn field(code: u8, value: &[u8]) -> Vec<u8> {
    fields(&[&[code][..], &composite(value)].concat())
}

fn subject(charset: &[u8], unit: &[u8], count: usize) -> Vec<u8> {
    field(0x96, &[charset, &unit.repeat(count), b"\0"].concat())
}

fn part(headers: &[u8], data: &[u8]) -> Vec<u8> {
    [&uintvar(headers.len())[..], &uintvar(data.len()), headers, data].concat()
}

fn multipart(parts: &[u8], count: usize) -> Vec<u8> {
    [RETRIEVAL, b"\x84\xa3", &uintvar(count), parts].concat()
}

/// A retrieval with a multipart of so many of this part.
fn parts(headers: &[u8], data: &[u8], count: usize) -> Vec<u8> {
    multipart(&part(headers, data).repeat(count), count)
}

/// A retrieval with one part, which has these headers behind its content type.
fn part_headers(headers: &[u8]) -> Vec<u8> {
    parts(&[b"\x83", headers].concat(), b"x", 1)
}

/// The same with one header that has a value-length.
fn part_header(code: u8, value: &[u8]) -> Vec<u8> {
    part_headers(&[&[code][..], &composite(value)].concat())
}

/// A retrieval whose content type has these parameters.
fn parameters(octets: &[u8]) -> Vec<u8> {
    [RETRIEVAL, b"\x84", &composite(&[b"\x83", octets].concat()), b"hello"].concat()
}

/// A retrieval whose content type is a text.
fn textual(unit: &[u8], count: usize) -> Vec<u8> {
    [RETRIEVAL, b"\x84a/b", &unit.repeat(count), b"\0hello"].concat()
}

/// A multipart in so many others, with this body in the innermost.
fn nested(depth: usize, body: &[u8]) -> Vec<u8> {
    (0..depth).fold(body.to_vec(), |inner, _| [&b"\x01"[..], &part(b"\xa3", &inner)].concat())
}

/// So many empty multiparts in each other, made from the inside.
fn deep(depth: usize) -> Vec<u8> {
    let mut reversed = vec![0x83, 0x00, 0x01, 0x01];
    for _ in 0..depth {
        let mut head = [&[0x01, 0x01][..], &uintvar(reversed.len()), &[0xa3]].concat();
        head.reverse();
        reversed.extend(head);
    }
    reversed.reverse();
    [RETRIEVAL, b"\x84\xa3", &reversed].concat()
}

pub(super) const SHAPES: &[Shape] = &[
    // Parts without lengths that mean anything: each could be a text that ends far behind.
    Shape::new("parts of printable lengths 0x61", 99, |n| multipart(&[&b"aa"[..], &[b'x'; 97]].concat().repeat(n), 0)),
    Shape::new("parts of printable lengths 0x40 and 0x3e", 128, |n| {
        multipart(&[&b"\x40\x3e"[..], &[b'x'; 126]].concat().repeat(n), 0)
    }),
    Shape::new("parts whose name is open", 66, |n| {
        multipart(&[&b"\x20\x20\x1f\x7f\x83\x85"[..], &[b'x'; 60]].concat().repeat(n), n)
    }),
    Shape::new("parts whose Content-ID is open", 66, |n| {
        multipart(&[&b"\x20\x20\x83\xc0\""[..], &[b'x'; 61]].concat().repeat(n), n)
    }),
    Shape::new("tiny parts", 3, |n| multipart(&b"\x01\x00\x83".repeat(n), n)),
    Shape::new("parts of 128 octets with three headers", 128, |n| {
        parts(b"\x83\xc0\"<abcdefgh>\0\x8eabcdefgh.txt\0\xae\x01\x81", &[b'x'; 95], n)
    }),
    Shape::new("parts with a disposition and a name", 128, |n| {
        parts(b"\x03\x83\x85a\0\xae\x06\x81\x86b.jpg\0", &[b'x'; 110], n)
    }),
    Shape::new("parts of one name", 128, |n| parts(b"\x83\x8ea.txt\0\xc0\"<a>\0", &[b'x'; 112], n)),
    Shape::new("parts of many names", 140, |n| {
        let parts: Vec<_> =
            (0..n).map(|i| part(&[b"\x83\x8e", format!("{i:09}\0").as_bytes()].concat(), &[b'x'; 126])).collect();
        multipart(&parts.concat(), n)
    }),
    Shape::new("a long start and escaped Content-IDs", 130, |n| {
        let escaped = part(&[&b"\x83\xc0\"<"[..], &b"%41".repeat(12), b">\0"].concat(), &[b'x'; 20]);
        let start = [&b"\xb3\x8a"[..], &b"%41".repeat(22 * n), b"\0"].concat();
        [RETRIEVAL, b"\x84", &composite(&start), &uintvar(n), &escaped.repeat(n)].concat()
    }),
    Shape::new("parts in 8 multiparts", 130, |n| {
        let inner = [&uintvar(n)[..], &part(b"\x83", &[b'x'; 128]).repeat(n)].concat();
        [RETRIEVAL, b"\x84\xa3", &nested(7, &inner)].concat()
    }),
    Shape::new("multiparts in each other", 7, deep),
    Shape::new("multiparts with parts behind the next", 1_032, |n| {
        let beside = part(b"\x83", &[b'x'; 126]).repeat(n);
        let inner =
            (0..8).fold(b"\0".to_vec(), |inner, _| [&uintvar(n + 1)[..], &part(b"\xa3", &inner), &beside].concat());
        [RETRIEVAL, b"\x84\xa3", &inner].concat()
    }),
    Shape::new("a base64 part", 4, |n| parts(b"\x83Content-Transfer-Encoding\0base64\0", &b"QUJD".repeat(n), 1)),
    Shape::new("a base64 part of line ends", 1, |n| {
        parts(b"\x83Content-Transfer-Encoding\0base64\0", &b"\n".repeat(n), 1)
    }),
    Shape::new("a quoted-printable part of soft breaks", 3, |n| {
        parts(b"\x83Content-Transfer-Encoding\0quoted-printable\0", &b"=\r\n".repeat(n), 1)
    }),
    Shape::new("a text part in UTF-16", 2, |n| parts(b"\x04\x03\x83\x81\x0b\x03\xe8", &b"\x4e\x2d".repeat(n), 1)),
    Shape::new("text parts in windows-874", 140, |n| parts(b"\x05\x83\x81\x02\x08\xd2", &[0xa1; 132], n)),
    // Lists of addresses.
    Shape::new("short recipients", 3, |n| many(b"\x971\0", n)),
    Shape::new("recipients", 25, |n| many(b"\x97+447700900123/TYPE=PLMN\0", n)),
    Shape::new("recipients of a request", 25, |n| request(b"\x97+447700900123/TYPE=PLMN\0", n)),
    Shape::new("e-mail recipients", 21, |n| request(b"\x97kim@mms.example.net\0", n)),
    Shape::new("e-mail recipients with names", 34, |n| request(b"\x97Kim de Vries <kim@b.example.net>\0", n)),
    Shape::new("a recipient with a long type", 1, |n| {
        request(&[&b"\x97a/TYPE="[..], &b"x".repeat(n), b"\0"].concat(), 1)
    }),
    Shape::new("recipients in Latin 1", 22, |n| request(b"\x97\x15\x84k\xfc\xfc\xfc@b.example.net.x\0\0", n)),
    Shape::new("recipients beyond ASCII without charset", 18, |n| {
        many(b"\x97\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\0", n)
    }),
    Shape::new("previous senders", 12, |n| many(b"\xa0\x0a\x01\x80\x80+44770\0", n)),
    Shape::new("previous dates", 9, |n| many(b"\xa1\x07\x01\x80\x04\x65\x92\x00\x80", n)),
    Shape::new("previous senders and dates", 22, |n| {
        let pair = |i: usize| {
            let count = integer(i);
            let by = [&count[..], b"a@b.example\0"].concat();
            let date = [&count[..], b"\x04\x65\x92\x00\x80"].concat();
            [&b"\xa0"[..], &composite(&by), b"\xa1", &composite(&date)].concat()
        };
        fields(&(0..n).map(pair).collect::<Vec<_>>().concat())
    }),
    // One long text.
    Shape::new("a subject", 1, |n| fields(&[&b"\x96"[..], &b"x".repeat(n), b"\0"].concat())),
    Shape::new("a subject in Latin 1 without charset", 1, |n| {
        fields(&[&b"\x96"[..], &b"\xe9".repeat(n), b"\0"].concat())
    }),
    Shape::new("a subject in Big5", 2, |n| subject(b"\x02\x07\xea", b"\xa4\xa4", n)),
    Shape::new("a subject in windows-874", 1, |n| subject(b"\x02\x08\x3d", b"\xa1", n)),
    Shape::new("a subject in KOI8-R", 1, |n| subject(b"\x02\x08\x24", b"\x80", n)),
    Shape::new("a subject in macintosh", 1, |n| subject(b"\x02\x07\xeb", b"\xa5", n)),
    Shape::new("a subject in GB 18030", 4, |n| subject(b"\xf2", b"\x81\x30\x81\x30", n)),
    Shape::new("a subject in ISO 2022-JP, escapes", 6, |n| subject(b"\xa7", b"\x1b$B\x1b(B", n)),
    Shape::new("a subject in ISO 2022-JP, kana", 8, |n| subject(b"\xa7", b"\x1b$B$\"\x1b(B", n)),
    Shape::new("a subject in UTF-16", 2, |n| subject(b"\x02\x03\xf7", b"\x4e\x2d", n)),
    Shape::new("a subject in UTF-8, control characters", 1, |n| subject(b"\xea", b"\x01", n)),
    Shape::new("a subject of quotation marks", 1, |n| fields(&[&b"\x96"[..], &b"\"".repeat(n), b"\0"].concat())),
    // Parameters.
    Shape::new("coded parameters", 2, |n| parameters(&b"\x81\xea".repeat(n))),
    Shape::new("unknown coded parameters", 2, |n| parameters(&b"\xff\x80".repeat(n))),
    Shape::new("unknown coded parameters of 20 octets", 20, |n| parameters(&b"\xffabcdefghijklmnopqr\0".repeat(n))),
    Shape::new("parameters of 20 octets", 20, |n| parameters(&b"abcdefghi\0abcdefghi\0".repeat(n))),
    Shape::new("parameters of 20 octets, distinct", 20, |n| {
        parameters(numbered(n, |i| format!("a{i:08}\0abcdefghi\0")).as_bytes())
    }),
    Shape::new("parameters of short names", 50, |n| parameters(&[&b"a\0"[..], &[b'b'; 47], b"\0"].concat().repeat(n))),
    Shape::new("a parameter in Latin 1", 1, |n| parameters(&[&b"\x97"[..], &b"\xe9".repeat(n), b"\0"].concat())),
    Shape::new("textual parameters", 4, |n| textual(b";a=b", n)),
    Shape::new("textual parameters of 20 octets", 20, |n| textual(b"; abcdefgh=abcdefghi", n)),
    Shape::new("a textual parameter of escapes", 2, |n| {
        textual(&[&b";a=\""[..], &b"\\a".repeat(n), b"\""].concat(), 1)
    }),
    Shape::new("textual parameters with open quotes", 5, |n| textual(b";a=\"b", n)),
    Shape::new("textual blanks", 1, |n| textual(b" ", n)),
    Shape::new("textual semicolons", 2, |n| textual(b"; ", n)),
    Shape::new("textual names without value", 2, |n| textual(b";a", n)),
    Shape::new("a descriptor with media types", 2, |n| field(0xb2, &[&b"a\0"[..], &b"\x82\x83".repeat(n)].concat())),
    Shape::new("a descriptor with parameters", 20, |n| {
        field(0xb2, &[&b"a\0"[..], &b"abcdefghi\0abcdefghi\0".repeat(n)].concat())
    }),
    Shape::new("a descriptor with parameters, distinct", 20, |n| {
        field(0xb2, &[b"a\0", numbered(n, |i| format!("a{i:08}\0abcdefghi\0")).as_bytes()].concat())
    }),
    Shape::new("descriptors", 5, |n| many(b"\xb2\x03a\0\x83", n)),
    // Headers of a part.
    Shape::new("part headers Accept", 2, |n| part_headers(&b"\x80\xa3".repeat(n))),
    Shape::new("part header Accept with parameters", 2, |n| {
        part_header(0x80, &[&b"\xa3"[..], &b"\x81\xea".repeat(n)].concat())
    }),
    Shape::new("part header Accept with textual parameters", 4, |n| {
        part_headers(&[&b"\x80a/b"[..], &b";a=b".repeat(n), b"\0"].concat())
    }),
    Shape::new("part header Cache-Control with fields", 1, |n| {
        part_header(0x88, &[&b"\x80"[..], &b"\xae".repeat(n)].concat())
    }),
    Shape::new("part header Cookie", 8, |n| part_header(0xc2, &[&b"\x80"[..], &b"\x06a\0b\0c\0".repeat(n)].concat())),
    Shape::new("part header Cookie, tiny", 3, |n| part_header(0xc2, &[&b"\x80"[..], &b"\x02\0\0".repeat(n)].concat())),
    Shape::new("part header Set-Cookie with parameters", 2, |n| {
        part_header(0xc1, &[&b"\x80a\0b\0"[..], &b"\x8e\x80".repeat(n)].concat())
    }),
    Shape::new("part headers Profile-Warning with dates", 9, |n| {
        part_headers(&b"\xc4\x07\x90a\0\x03\x01\x01\x01".repeat(n))
    }),
    Shape::new("part header Proxy-Authenticate with parameters", 20, |n| {
        part_header(0xa0, &[&b"d\0r\0"[..], &b"abcdefghi\0abcdefghi\0".repeat(n)].concat())
    }),
    Shape::new("part headers as text", 22, |n| part_headers(&b"X-abcdefg\0abcdefghijk\0".repeat(n))),
    Shape::new("part headers as text, distinct", 22, |n| {
        part_headers(numbered(n, |i| format!("X-{i:07}\0abcdefghijk\0")).as_bytes())
    }),
    Shape::new("part headers, unknown", 2, |n| part_headers(&b"\xff\x80".repeat(n))),
    Shape::new("part headers, dates that are text", 23, |n| part_headers(&b"\x92abcdefghijklmnopqrstu\0".repeat(n))),
    Shape::new("part header Content-Disposition with parameters", 4, |n| {
        part_header(0xae, &[&b"\x81"[..], &b"a\0b\0".repeat(n)].concat())
    }),
    Shape::new("part headers Content-Disposition", 26, |n| part_headers(&b"\xaeabcdefghijklmnopqrstuvwx\0".repeat(n))),
    Shape::new("part headers with damaged names", 24, |n| part_headers(&b"a b c d e f\0abcdefghijk\0".repeat(n))),
    Shape::new("part header page shifts", 1, |n| part_headers(&b"\x02".repeat(n))),
    // Fields.
    Shape::new("unknown fields", 16, |n| many(b"\xff0123456789abc\0", n)),
    Shape::new("unknown fields, short", 2, |n| many(b"\xff\x80", n)),
    Shape::new("application headers", 46, |n| many(b"x-abcdefghijklmnopqrst\0abcdefghijklmnopqrstuv\0", n)),
    Shape::new("application headers, distinct", 22, |n| {
        fields(numbered(n, |i| format!("x-{i:07}\0abcdefghijk\0")).as_bytes())
    }),
    Shape::new("stray texts", 5, |n| many(b"a b \0", n)),
    Shape::new("subjects", 4, |n| many(b"\x96ab\0", n)),
    Shape::new("subjects of control characters", 4, |n| many(b"\x96\x01a\0", n)),
    Shape::new("zeros", 1, |n| many(b"\0", n)),
    Shape::new("zeros and page shifts", 2, |n| many(b"\0\x01", n)),
    Shape::new("short From, then a header", 11, |n| many(b"\x89\x03\x80+44\0ab\0c\0", n)),
    Shape::new("attributes of a view", 2, |n| [&b"\x8c\x8d\x98T\0\x8d\x92"[..], &b"\xa8\x96".repeat(n)].concat()),
    Shape::new("flags of a view", 5, |n| [&b"\x8c\x8d\x98T\0\x8d\x92"[..], &b"\xa4\x03\x80a\0".repeat(n)].concat()),
    Shape::new("answers to a deletion", 6, |n| {
        [&b"\x8c\x92\x98T\0\x8d\x92"[..], &b"\x99\x04\x01\x80a\0".repeat(n)].concat()
    }),
    Shape::new("descriptions in a listing", 140, |n| {
        let description = [&b"\x8c\x93\x8d\x92\x8bm\0\x96"[..], &[b'x'; 124], b"\0\x84\x83"].concat();
        let listed = part(b"application/vnd.wap.mms-message\0", &description).repeat(n);
        [b"\x8c\x8e\x98T\0\x8d\x92\xa5\x80\x84\xa3", &uintvar(n)[..], &listed].concat()
    }),
    Shape::new("value-lengths in each other", 3, |n| [NOTIFICATION, &b"\x1f\x1f\x1f".repeat(n)].concat()),
    Shape::new("a payload of one part", 1, |n| parts(b"\x9e", &vec![0xa5; n], 1)),
];

/// A number in the form of a header value: short or long integer.
fn integer(value: usize) -> Vec<u8> {
    let mut to = mms_codec::wsp::Writer::new();
    to.integer_value(value as u64);
    to.into_chain().to_vec()
}

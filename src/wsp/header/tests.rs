use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use bytes::Bytes;

use super::names::HEADERS;
use super::{attributes, disposition_of, says};
use crate::context::Decoding;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::Header;
use crate::options::{Deviation, DeviationKind, Options};
use crate::wsp::{Reader, Writer};

fn text(name: &str, value: &str) -> Header {
    Header::Text { name: name.into(), value: value.into() }
}

fn coded(page: u8, code: u8, value: &'static [u8]) -> Header {
    Header::Coded { page, code, value: Bytes::from_static(value) }
}

fn read(octets: &'static [u8], options: Options) -> Result<(Vec<Header>, Vec<Deviation>), DecodeError> {
    let octets = Bytes::from_static(octets);
    let mut reader = Reader::new(&octets, &options);
    let headers = reader.headers()?;
    Ok((headers, reader.deviations().to_vec()))
}

fn read_strictly(octets: &'static [u8]) -> Vec<Header> {
    read(octets, Options::strict()).unwrap_or_else(|error| panic!("{error}: {octets:02x?}")).0
}

fn write(headers: &[Header]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.headers(headers).unwrap();
    writer.into_chain().to_vec()
}

/// Octets, name, text: what is read as the one is written as the other.
const BOTH_WAYS: &[(&[u8], &str, &str)] = &[
    // WAP-230, appendix B
    (b"\x80\x94", "Accept", "application/vnd.wap.wmlc"),
    (b"\x83\x02\x99\x47", "Accept-Language", "en;q=0.7"),
    (b"\x83\x99", "Accept-Language", "en"),
    (b"\x83\xf0", "Accept-Language", "sv"),
    (b"\x92\x04\x35\x3f\x45\x11", "Date", "Thu, 23 Apr 1998 13:41:37 GMT"),
    (b"\x84new-range-unit\0", "Accept-Ranges", "new-range-unit"),
    (b"X-New-header\0foo\0", "X-New-header", "foo"),
    // Of parts
    (b"\xc0\x22<a>\0", "Content-ID", "<a>"),
    (b"\x8ea.txt\0", "Content-Location", "a.txt"),
    (b"\xae\x0a\x81\x86dot.gif\0", "Content-Disposition", "attachment; filename=dot.gif"),
    (b"\x8b\x80", "Content-Encoding", "gzip"),
    (b"\x8c\x99", "Content-Language", "en"),
    (b"\x8d\x90", "Content-Length", "16"),
    (b"\x8f\x10Q\x8f\x18&\xa1\x97\xa9#\xd1\xd9\xfa\xb8\x1d\xd6\xa7\xea", "Content-MD5", "UY8YJqGXqSPR2fq4Hdan6g=="),
    (b"\xb0http://a/\0", "X-Wap-Content-URI", "http://a/"),
    // Of pushes
    (b"\xaf\x84", "X-Wap-Application-Id", "x-wap-application:mms.ua"),
    (b"\xafx-vendor:a.ua\0", "X-Wap-Application-Id", "x-vendor:a.ua"),
    (b"\xb4\x81", "Push-Flag", "1"),
    (b"\x8d\x01\xa2", "Content-Length", "162"),
    (b"\xb1http://a/\0", "X-Wap-Initiator-URI", "http://a/"),
    (b"\xc3\x95", "Encoding-Version", "1.5"),
    (b"\xc3\x9f", "Encoding-Version", "1"),
    // The value syntaxes of WAP-230, table 39
    (b"\x80\x05\x82\x82\x91\x80\x33", "Accept", "text/html; level=1.1; q=0.5"),
    (b"\x80text/x\0", "Accept", "text/x"),
    (b"\xbb\xea", "Accept-Charset", "utf-8"),
    (b"\xbb\x80", "Accept-Charset", "*"),
    (b"\xbb\x03\x02\x07\xea", "Accept-Charset", "big5"),
    (b"\xbb\x02\x84\x51", "Accept-Charset", "iso-8859-1;q=0.8"),
    (b"\xbb\x05\x02\x07\xea\x83\x31", "Accept-Charset", "big5;q=0.333"),
    (b"\xbb\x08x-mine\0\x0b", "Accept-Charset", "x-mine;q=0.1"),
    (b"\xbc\x81", "Accept-Encoding", "compress"),
    (b"\xbc\x02\x83\x01", "Accept-Encoding", "*;q=0"),
    (b"\x83\x80", "Accept-Language", "*"),
    (b"\x83\x02\x01\x8a", "Accept-Language", "kl"),
    (b"\x83en-GB\0", "Accept-Language", "en-GB"),
    (b"\x84\x80", "Accept-Ranges", "none"),
    (b"\x84\x81", "Accept-Ranges", "bytes"),
    (b"\x85\xbc", "Age", "60"),
    (b"\x86\xc0", "Allow", "GET"),
    (b"\x86\xe1", "Allow", "PUT"),
    (b"\x87\x0a\x80user\0pwd\0", "Authorization", "Basic dXNlcjpwd2Q="),
    (b"\x87\x0dDigest\0n\0a b\0", "Authorization", "Digest n=\"a b\""),
    (b"\xa1\x08\x80me\0you\0", "Proxy-Authorization", "Basic bWU6eW91"),
    (b"\xa0\x05\x80a b\0", "Proxy-Authenticate", "Basic realm=\"a b\""),
    (b"\xad\x0fDigest\0r\0n\0abc\0", "WWW-Authenticate", "Digest realm=\"r\", n=abc"),
    (b"\xbd\x80", "Cache-Control", "no-cache"),
    (b"\xbd\x86", "Cache-Control", "public"),
    (b"\xbd\x02\x82\xbc", "Cache-Control", "max-age=60"),
    (b"\xbd\x04\x84\x02\x03\xe8", "Cache-Control", "min-fresh=1000"),
    (b"\xbd\x04\x87\xb0X\0", "Cache-Control", "private=\"X-Wap-Content-URI, X\""),
    (b"\xbd\x05ext\0\x85", "Cache-Control", "ext=5"),
    (b"\xbdother\0", "Cache-Control", "other"),
    (b"\x89\x80", "Connection", "close"),
    (b"\x89keep-alive\0", "Connection", "keep-alive"),
    (b"\x8ahttp://a/\0", "Content-Base", "http://a/"),
    (b"\x8c\x01\x8a", "Content-Language", "kl"),
    (b"\xbe\x03\x00\x88\x01", "Content-Range", "bytes 0-/1025"),
    (b"\xbe\x03\x83\x74\x80", "Content-Range", "bytes 500-/*"),
    (b"\x93\x7f\xc3\xa9\0", "Etag", "\u{e9}"),
    (b"\x9a\x04\x35\x3f\x45\x11", "If-Range", "Thu, 23 Apr 1998 13:41:37 GMT"),
    (b"\x9atag\0", "If-Range", "tag"),
    (b"\x9e\x85", "Max-Forwards", "5"),
    (b"\x9f\x80", "Pragma", "no-cache"),
    (b"\x9f\x04a\0b\0", "Pragma", "a=b"),
    (b"\xa2\xe0", "Public", "POST"),
    (b"\xa2LOCK\0", "Public", "LOCK"),
    (b"\xa3\x04\x80\x00\x83\x73", "Range", "bytes=0-499"),
    (b"\xa3\x03\x80\x83\x74", "Range", "bytes=500-"),
    (b"\xa3\x03\x81\x83\x74", "Range", "bytes=-500"),
    (b"\xa5\x02\x81\xbc", "Retry-After", "60"),
    (b"\xa5\x06\x80\x04\x35\x3f\x45\x11", "Retry-After", "Thu, 23 Apr 1998 13:41:37 GMT"),
    (b"\xa7\x80", "Transfer-Encoding", "chunked"),
    (b"\xaa\x8c", "Vary", "Content-Language"),
    (b"\xaa*\0", "Vary", "*"),
    (b"\xac\x8a", "Warning", "110"),
    (b"\xac\xe3", "Warning", "199"),
    (b"\xac\x09\x8eproxy\0a\0", "Warning", "214 proxy \"a\""),
    (b"\xac\x08\x8ba\0b\"c\\\0", "Warning", "111 a \"b\\\"c\\\\\""),
    (b"\xb2\x80", "Accept-Application", "*"),
    (b"\xb3\x8a", "Bearer-Indication", "10"),
    (b"\xb5http://a/\0", "Profile", "http://a/"),
    (b"\xb7\x90", "Profile-Warning", "100"),
    (b"\xb7\x04\xa3a/\0", "Profile-Warning", "203 a/"),
    (b"\xb7\x09\xa0a/\0\x04\x35\x3f\x45\x11", "Profile-Warning", "200 a/ \"Thu, 23 Apr 1998 13:41:37 GMT\""),
    (b"\xb8\x80", "Expect", "100-continue"),
    (b"\xb8\x07a\0b\0c\0\x85", "Expect", "a=b; c=5"),
    (b"\xb9\x81", "TE", "trailers"),
    (b"\xb9\x01\x86", "TE", "deflate"),
    (b"\xb9\x03\x84\x80\x33", "TE", "gzip;q=0.5"),
    (b"\xba\x8f", "Trailer", "Content-MD5"),
    (b"\xbax\0", "Trailer", "x"),
    (b"\xbf\x01\x00", "X-Wap-Tod", "Thu, 01 Jan 1970 00:00:00 GMT"),
    (
        b"\xc1\x10\x90id\0a=b\0\x8f/x\0\x8e\xbc\x90\0",
        "Set-Cookie",
        "id=a=b; Version=1.0; path=\"/x\"; max-age=60; secure",
    ),
    (b"\xc1\x05id\0a\0", "Set-Cookie", "id=a"),
    (b"\xc2\x12\x9f\x05id\0a\0\x0ab\0c\0/\0x.y\0", "Cookie", "$Version=1; id=a; b=c; $Path=/; $Domain=x.y"),
    (b"\xc2\x01\x90", "Cookie", "$Version=1.0"),
];

#[test]
fn reads_and_writes_every_value_syntax() {
    for (octets, name, value) in BOTH_WAYS {
        assert_eq!(read_strictly(octets), [text(name, value)], "{name}: {value}");
        assert_eq!(write(&[text(name, value)]), *octets, "{name}: {value}");
    }
}

#[test]
fn has_a_sample_of_every_header_that_has_a_text() {
    for (code, name, syntax) in HEADERS {
        let is_sampled = BOTH_WAYS.iter().any(|(_, sampled, _)| sampled == name);
        let is_like_a_sampled_one = matches!(syntax, super::Syntax::Text | super::Syntax::Date);
        let without_text =
            ["Content-Type", "Profile-Diff", "X-WAP-Security", "X-Wap-Loc-Invocation", "X-Wap-Loc-Delivery"];
        let is_known = is_sampled || is_like_a_sampled_one || without_text.contains(name);
        assert!(is_known, "add a value of {name} ({code:#x}) to BOTH_WAYS, or the name to those without text");
    }
}

#[test]
fn reads_other_forms_of_the_same_value() {
    for (octets, name, value, written) in [
        (&b"\x81\xea"[..], "Accept-Charset", "utf-8", &b"\xbb\xea"[..]),
        (b"\x82\x81", "Accept-Encoding", "compress", b"\xbc\x81"),
        (b"\x88\x80", "Cache-Control", "no-cache", b"\xbd\x80"),
        (b"\x90\x03\x00\x88\x01", "Content-Range", "bytes 0-/1025", b"\xbe\x03\x00\x88\x01"),
        (b"\x91\x9e", "Content-Type", "image/jpeg", b"\x91\x9e"),
        (b"\xc4\x90", "Profile-Warning", "100", b"\xb7\x90"),
        (b"\xc5\x01\x82", "Content-Disposition", "inline", b"\xae\x01\x82"),
        (b"\xc6\x80", "X-WAP-Security", "close-subordinate", b"X-WAP-Security\0close-subordinate\0"),
        (b"\xc7\x02\x8b\xbc", "Cache-Control", "s-maxage=60", b"\xbd\x0as-maxage\0\xbc"),
        (b"\xc8\x80", "Expect", "100-continue", b"\xb8\x80"),
        (b"\xaf\x01\x04", "X-Wap-Application-Id", "x-wap-application:mms.ua", b"\xaf\x84"),
        (b"\x83\x01\x99", "Accept-Language", "en", b"\x83\x99"),
        (b"\x84bytes\0", "Accept-Ranges", "bytes", b"\x84\x81"),
        (b"\xb9\x03gz\0", "TE", "gz", b"\xb9\x03gz\0"),
        (b"\xc31.3\0", "Encoding-Version", "1.3", b"\xc3\x93"),
    ] {
        assert_eq!(read_strictly(octets), [text(name, value)], "{name}: {value}");
        assert_eq!(write(&[text(name, value)]), written, "{name}: {value}");
    }
}

#[test]
fn writes_a_value_of_other_spelling_in_its_binary_form() {
    for (name, value, octets) in [
        ("accept-language", "EN; q=0.7", &b"\x83\x02\x99\x47"[..]),
        ("ACCEPT-CHARSET", "UTF-8", b"\xbb\xea"),
        ("Content-Encoding", "GZIP", b"\x8b\x80"),
        ("Cache-Control", "Max-Age=\"60\"", b"Cache-Control\0Max-Age=\"60\"\0"),
        ("Content-Disposition", "Attachment;filename=\"a\"", b"\xae\x04\x81\x86a\0"),
        ("Set-Cookie", "a=b; Path=/", b"\xc1\x07a\0b\0\x8f/\0"),
    ] {
        let octets = Bytes::from_static(octets);
        assert_eq!(write(&[text(name, value)]), octets, "{name}: {value}");
    }
}

#[test]
fn writes_out_what_has_no_binary_form() {
    for (name, value) in [
        ("Accept-Language", "en, sv"),
        ("Accept-Language", "en;q=1"),
        ("Accept-Language", "en;q=0.70"),
        ("Accept-Language", ""),
        ("Accept-Charset", "utf8"),
        ("Accept-Ranges", "a b"),
        ("Allow", "LOCK"),
        ("Authorization", "Bearer abc=="),
        ("Authorization", "Basic dXNlcg=="),
        ("WWW-Authenticate", "Negotiate"),
        ("Cache-Control", "no-cache, max-age=5"),
        ("Content-Length", "010"),
        ("Content-Length", "-1"),
        ("Content-MD5", "AAAA"),
        ("Content-Range", "bytes 0-499/1025"),
        ("Date", "1998-04-23"),
        ("Date", "Thu, 23 Apr 1998 15:41:37 +0200"),
        ("Date", "Thu, 23 Apr 1901 13:41:37 GMT"),
        ("Encoding-Version", "01.3"),
        ("Push-Flag", "128"),
        ("Range", "bytes=0-1,5-6"),
        ("Range", "bytes=-"),
        ("Retry-After", "soon"),
        ("Warning", "299 a \"b\""),
        ("Warning", "110 a b"),
        ("Cookie", "id=a"),
        ("Profile-Diff", "a"),
        ("X-WAP-Security", "close-subordinate"),
        ("X-Vendor", "a"),
    ] {
        let octets = write(&[text(name, value)]);
        assert_eq!(octets, [name.as_bytes(), b"\0", value.as_bytes(), b"\0"].concat(), "{name}: {value}");
        let read = read(Bytes::from(octets).to_vec().leak(), Options::strict()).unwrap();
        assert_eq!(read.0, [text(name, value)]);
    }
}

#[test]
fn keeps_octets_that_have_no_text() {
    for (octets, header) in [
        // Numbers without a name.
        (&b"\x84\x85"[..], coded(1, 0x04, b"\x85")),
        (b"\x86\xd0", coded(1, 0x06, b"\xd0")),
        (b"\xaf\x8b", coded(1, 0x2f, b"\x8b")),
        (b"\x80\xd9", coded(1, 0x00, b"\xd9")),
        (b"\xbb\x03\x02\x27\x0f", coded(1, 0x3b, b"\x03\x02\x27\x0f")),
        (b"\xbd\x03\x8c\x81\x82", coded(1, 0x3d, b"\x03\x8c\x81\x82")),
        (b"\xac\x85", coded(1, 0x2c, b"\x85")),
        // Names of headers behind a directive that has none.
        (b"\xbd\x02\x86\x8c", coded(1, 0x3d, b"\x02\x86\x8c")),
        // Texts that could not be distinguished from what is around them.
        (b"\xac\x07\x8aa b\0c\0", coded(1, 0x2c, b"\x07\x8aa b\0c\0")),
        (b"\x87\x07\x80a:b\0c\0", coded(1, 0x07, b"\x07\x80a:b\0c\0")),
        (b"\xc1\x06i=d\0a\0", coded(1, 0x41, b"\x06i=d\0a\0")),
        (b"\xc1\x06id\0a;\0", coded(1, 0x41, b"\x06id\0a;\0")),
        // A date beyond the year 9999, the version of another page, WBXML, other pages.
        (b"\x92\x05\x40\0\0\0\0", coded(1, 0x12, b"\x05\x40\0\0\0\0")),
        (b"\xc3\x02\x90\x93", coded(1, 0x43, b"\x02\x90\x93")),
        (b"\xb6\x02\x03\x04", coded(1, 0x36, b"\x02\x03\x04")),
        (b"\xd0\x81", coded(1, 0x50, b"\x81")),
        (b"\x7f\x40\x8d\x90", coded(0x40, 0x0d, b"\x90")),
    ] {
        assert_eq!(read_strictly(octets), core::slice::from_ref(&header));
        assert_eq!(write(&[header]), octets);
    }
}

#[test]
fn shifts_to_the_page_of_a_header_and_back() {
    let headers = [
        coded(16, 0x01, b"\x81"),
        coded(16, 0x02, b"a\0"),
        text("X-Vendor", "a"),
        text("Content-Length", "16"),
        coded(200, 0x01, b"\x81"),
        coded(1, 0x50, b"\x81"),
    ];
    let octets = b"\x7f\x10\x81\x81\x82a\0X-Vendor\0a\0\x7f\x01\x8d\x90\x7f\xc8\x81\x81\x7f\x01\xd0\x81";
    assert_eq!(write(&headers), octets);
    assert_eq!(read_strictly(octets), headers);
    // The short form of a shift.
    assert_eq!(read_strictly(b"\x10\x81\x81"), headers[..1]);
}

#[test]
fn reports_what_it_forgives() {
    use DeviationKind::*;
    for (octets, headers, kind, offset) in [
        // Text where the syntax has none, or none that is a token.
        (&b"\x8d162\0\xb4\x81"[..], vec![text("Content-Length", "162"), text("Push-Flag", "1")], InvalidValue, 1),
        (b"\x84a b\0", vec![text("Accept-Ranges", "a b")], InvalidValue, 1),
        // Kept as octets.
        (b"\x8d\0\xb4\x81", vec![text("Content-Length", "0"), text("Push-Flag", "1")], EmptyInteger, 1),
        (b"\xb4\0\x8d\x90", vec![coded(1, 0x34, b"\0"), text("Content-Length", "16")], InvalidValue, 1),
        (b"\xa3\x02\x85\x00", vec![coded(1, 0x23, b"\x02\x85\x00")], InvalidValue, 1),
        (b"X\0\x85\x8d\x90", vec![text("X", "5"), text("Content-Length", "16")], NonTextValue, 2),
        (b"\x92\x80", vec![text("Date", "Thu, 01 Jan 1970 00:00:00 GMT")], WrongIntegerForm, 1),
        (b"\xc0<a>\0", vec![text("Content-ID", "<a>")], QuotationMarks, 1),
        // A header that cannot be read takes no other with it.
        (b"\x8d\x90\0\xb4\x81", vec![text("Content-Length", "16"), text("Push-Flag", "1")], InvalidPartHeader, 2),
        (b"\x7f\0\xb4\x81", vec![text("Push-Flag", "1")], InvalidPartHeader, 0),
        (b"B d\0x\0\xb4\x81", vec![text("Push-Flag", "1")], InvalidPartHeader, 0),
        (b"X\0\x02\x81\x82\xb4\x81", vec![text("Push-Flag", "1")], InvalidPartHeader, 0),
        (b"\xb4\x81\xd0\x05\x81", vec![text("Push-Flag", "1"), coded(1, 0x50, b"\x05\x81")], InvalidPartHeader, 2),
        (b"\xb4\x81\x8d", vec![text("Push-Flag", "1"), coded(1, 0x0d, b"")], InvalidPartHeader, 2),
    ] {
        let (read_headers, deviations) = read(octets, Options::lenient()).unwrap();
        assert_eq!(read_headers, headers, "{octets:02x?}");
        let first = deviations.iter().find(|deviation| deviation.kind == kind).map(|deviation| deviation.offset);
        assert_eq!(first, Some(offset), "{octets:02x?} {deviations:?}");
        assert!(read(octets, Options::strict()).is_err(), "{octets:02x?}");
    }
}

#[test]
fn reports_codes_newer_than_the_encoding_version_where_it_is_bound() {
    let octets = Bytes::from_static(b"\xae\x01\x82\xc6\x80");
    for (options, result) in [(Options::lenient(), Ok(2)), (Options::strict(), Err(3))] {
        let mut reader = Reader::new(&octets, &options);
        reader.bind_to_version_1_3();
        match (reader.in_field("Content-Type", Reader::headers), result) {
            (Ok(headers), Ok(count)) => {
                assert_eq!(headers.len(), count);
                let newer = Deviation { kind: DeviationKind::NewerEncoding, offset: 3, field: Some("Content-Type") };
                assert_eq!(reader.deviations(), [newer]);
            }
            (Err(error), Err(offset)) => {
                let kind = DecodeErrorKind::Deviation(DeviationKind::NewerEncoding);
                assert_eq!(error, DecodeError { kind, offset, field: Some("Content-Type") });
            }
            (read, _) => panic!("{read:?}"),
        }
    }
}

#[test]
fn names_the_octet_of_an_error() {
    for (octets, kind, offset) in [
        (&b"\x8d"[..], DecodeErrorKind::UnexpectedEnd, 1),
        (b"\x7f", DecodeErrorKind::UnexpectedEnd, 1),
        (b"\x7f\0", DecodeErrorKind::UnexpectedOctet(0), 1),
        (b"\0", DecodeErrorKind::UnexpectedOctet(0), 0),
        (b"\x84\x01", DecodeErrorKind::UnexpectedOctet(1), 1),
        (b"X Y\0z\0", DecodeErrorKind::InvalidText, 0),
        (b"X\0z", DecodeErrorKind::UnexpectedEnd, 3),
        (b"X\0\x85", DecodeErrorKind::Deviation(DeviationKind::NonTextValue), 2),
        (b"\xa3\x02\x85\x00", DecodeErrorKind::UnexpectedOctet(0x85), 2),
        (b"\xb9\x02\x84\x51", DecodeErrorKind::UnexpectedOctet(0x51), 3),
        (b"\xd0\x05\x81", DecodeErrorKind::UnexpectedEnd, 1),
        (b"\xc2\x03\x90\x05a", DecodeErrorKind::UnexpectedEnd, 4),
    ] {
        let error = read(octets, Options::strict()).unwrap_err();
        assert_eq!(error, DecodeError { kind, offset, field: None }, "{octets:02x?}");
    }
}

#[test]
fn refuses_what_cannot_be_written() {
    for (header, kind) in [
        (text("X", "a\r\nB: c"), EncodeErrorKind::ControlCharacter(b'\r')),
        (text("Date", "a\nb"), EncodeErrorKind::ControlCharacter(b'\n')),
        (text("", "a"), EncodeErrorKind::InvalidText),
        (text("X Y", "a"), EncodeErrorKind::InvalidText),
        (text("X\0", "a"), EncodeErrorKind::InvalidText),
        (coded(1, 0x80, b"\x81"), EncodeErrorKind::NotExpressible),
        (coded(0, 0x50, b"\x81"), EncodeErrorKind::NotExpressible),
        (coded(1, 0x50, b""), EncodeErrorKind::NotExpressible),
        (coded(1, 0x50, b"\x81\x82"), EncodeErrorKind::NotExpressible),
        (coded(1, 0x50, b"\x02\x82"), EncodeErrorKind::NotExpressible),
        (coded(1, 0x50, b"ab"), EncodeErrorKind::NotExpressible),
    ] {
        let mut writer = Writer::new();
        assert_eq!(writer.header(&header, &mut 1), Err(EncodeError { kind, field: None }), "{header:?}");
    }
}

/// Names of one octet become names of twenty: without a limit a header would grow without measure.
#[test]
fn a_list_of_header_names_counts_against_the_limits() {
    let mut octets = vec![0xbd, 0x1f, 0xce, 0x10, 0x80];
    octets.extend(core::iter::repeat_n(0xb1, 9999));
    let octets = Bytes::from(octets);
    let error = Reader::new(&octets, &Options::lenient()).headers().unwrap_err();
    assert!(matches!(error.kind, DecodeErrorKind::LimitExceeded(_)), "{error}");
    let few = octets.slice(..100);
    let headers = Reader::new(&few, &Options::lenient()).headers().unwrap();
    assert!(matches!(&headers[0], Header::Text { value, .. } if value.len() > 1000));
}

proptest::proptest! {
    #[test]
    fn any_octets_read_and_written_read_the_same(octets: Vec<u8>) {
        let octets = Bytes::from(octets);
        let headers = Reader::new(&octets, &Options::lenient()).headers().unwrap();
        for header in headers {
            let mut writer = Writer::new();
            if writer.headers(core::slice::from_ref(&header)).is_ok() {
                let written = Bytes::from(writer.into_chain().to_vec());
                let again = Reader::new(&written, &Options::lenient()).headers().unwrap();
                proptest::prop_assert_eq!(again, [header]);
            }
        }
    }

    #[test]
    fn any_text_written_is_read_as_the_same_text(row in 0..HEADERS.len(), value in "[ -~é]{0,30}") {
        let name = String::from(HEADERS[row].1);
        let mut writer = Writer::new();
        if writer.headers(&[text(&name, &value)]).is_ok() {
            let written = Bytes::from(writer.into_chain().to_vec());
            let again = Reader::new(&written, &Options::lenient()).headers().unwrap();
            let [Header::Text { name: read_name, value: read_value }] = &again[..] else { panic!("{again:?}") };
            proptest::prop_assert_eq!(read_name.as_str(), name);
            proptest::prop_assert!(super::plain(read_value).eq(super::plain(&value)), "{} {}", read_value, value);
        }
    }
}

proptest::proptest! {
    #[test]
    fn a_disposition_that_is_written_out_is_read_as_its_binary_form(
        kind in proptest::sample::select(&["Attachment", "inline", "x", "a b"][..]),
        parameters in proptest::collection::vec(proptest::sample::select(&[
            "FileName=a.gif", "name=\"a b\"", "x=05", "x=\"\\\"b\"", "x=\"b\\\"\"", "x=\"\u{7f}\"", "Charset=UTF-8",
            "charset=latin1", "charset=x", "size=5", "Padding=5", "max-age=\" 5\"", "creation-date=0", "q=0.50",
            "Q=2", "level=1", "level=1.0", "type=Image/GIF", "type=x/y", "type=x", "Differences=accept", "differences=a b", "secure",
        ][..]), 0..4),
    ) {
        let text = parameters.iter().fold(String::from(kind), |text, one| text + "; " + one);
        let read = attributes::disposition(&text).and_then(|disposition| {
            let mut to = Writer::new();
            to.content_disposition(&disposition).ok()?;
            Reader::new(&Bytes::from(to.into_octets()), &Options::strict()).content_disposition().ok()
        });
        let same = read.filter(|read| says(read, &text));
        proptest::prop_assert_eq!(disposition_of(&text), same);
    }
}

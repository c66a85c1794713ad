use super::*;
use crate::error::Limit;
use crate::message::{Content, ContentDisposition, ContentType, Header, Part};
use crate::options::Limits;
use crate::wsp::MultipartReader;

const MIXED: &str = "application/vnd.wap.multipart.mixed";
const ALTERNATIVE: &str = "application/vnd.wap.multipart.alternative";

fn body(from: &mut Reader<'_>) -> Result<Part, DecodeError> {
    from.body(ContentType::new(MIXED))
}

fn mixed(parts: Vec<Part>) -> Part {
    Part::multipart(ContentType::new(MIXED), parts)
}

fn plain(content: &'static str) -> Part {
    Part::new(ContentType::new("text/plain"), content)
}

/// A body of one part "hi", changed.
fn hi(change: impl FnOnce(&mut Part)) -> Part {
    let mut part = plain("hi");
    change(&mut part);
    mixed(alloc::vec![part])
}

/// The octets of a body of one part "hi" of the type text/plain with these headers.
fn hi_octets(headers: &[u8]) -> Vec<u8> {
    let length = u8::try_from(1 + headers.len()).unwrap();
    [&[1, length, 2, 0x83], headers, b"hi"].concat()
}

fn text(name: &str, value: &str) -> Header {
    Header::Text { name: name.into(), value: value.into() }
}

fn coded(code: u8, value: &'static [u8]) -> Header {
    Header::Coded { page: 1, code, value: Bytes::from_static(value) }
}

/// WAP-230, 8.5.
#[test]
fn reads_and_writes_bodies() {
    let nested = Part::multipart(ContentType::new(ALTERNATIVE), alloc::vec![plain("hi")]);
    both_ways(
        &[
            (&b"\x00"[..], mixed(Vec::new())),
            (b"\x01\x01\x02\x83hi", mixed(alloc::vec![plain("hi")])),
            (b"\x02\x01\x02\x83hi\x01\x00\x83", mixed(alloc::vec![plain("hi"), plain("")])),
            (b"\x02\x01\x06\xa6\x01\x01\x02\x83hi\x01\x01\x83!", mixed(alloc::vec![nested, plain("!")])),
        ],
        body,
        |to, part| to.body(&part.content),
    );
}

/// WAP-230, 8.4.2 and 8.5.
#[test]
#[cfg_attr(not(feature = "wsp-headers"), ignore = "needs the feature wsp-headers")]
fn reads_and_writes_part_headers() {
    for (headers, part) in [
        (&b"\xc0\x22<a>\x00"[..], hi(|part| part.content_id = Some("<a>".into()))),
        (b"\x8ea.txt\x00", hi(|part| part.content_location = Some("a.txt".into()))),
        (
            b"\xae\x0a\x81\x86dot.gif\x00",
            hi(|part| {
                let disposition = ContentDisposition::new("attachment").with("filename", "dot.gif");
                part.disposition = Some(disposition.into());
            }),
        ),
        (b"\xae\x01\x80", hi(|part| part.disposition = Some(ContentDisposition::new("form-data").into()))),
        (b"\xae\x02x\x00", hi(|part| part.disposition = Some(ContentDisposition::new("x").into()))),
        (b"\x8b\x80", hi(|part| part.headers.push(text("Content-Encoding", "gzip")))),
        (b"\xd0\x81\xd1a\x00", hi(|part| part.headers.extend([coded(0x50, b"\x81"), coded(0x51, b"a\x00")]))),
        (b"Content-Description\x00a b\x00", hi(|part| part.headers.push(text("Content-Description", "a b")))),
        (
            b"\xc0\x22a\x00\x8eb\x00\xae\x01\x82\x8c\x99",
            hi(|part| {
                part.content_id = Some("a".into());
                part.content_location = Some("b".into());
                part.disposition = Some(ContentDisposition::new("inline").into());
                part.headers.push(text("Content-Language", "en"));
            }),
        ),
        // The first one counts, the others are kept.
        (
            b"\xae\x01\x81\xae\x01\x82",
            hi(|part| {
                part.disposition = Some(ContentDisposition::new("attachment").into());
                part.headers.push(text("Content-Disposition", "inline"));
            }),
        ),
        (
            b"\xc0\x22a\x00\xc0\x22b\x00",
            hi(|part| {
                part.content_id = Some("a".into());
                part.headers.push(text("Content-ID", "b"));
            }),
        ),
    ] {
        let octets = hi_octets(headers);
        both_ways(&[(&octets[..], part)], body, |to, part| to.body(&part.content));
    }
}

/// What real phones write.
#[test]
fn takes_names_that_are_written_out() {
    for (headers, id, location) in [
        (&b"Content-ID\x00<a>\x00"[..], Some("<a>"), None),
        (b"content-id\x00\"<a>\"\x00", Some("<a>"), None),
        (b"Content-Location\x00a.txt\x00", None, Some("a.txt")),
    ] {
        let part = hi(|part| {
            part.content_id = id.map(Into::into);
            part.content_location = location.map(Into::into);
        });
        let octets = Bytes::from(hi_octets(headers));
        assert_eq!(body(&mut reader(&octets, &Options::strict())), Ok(part));
    }
}

/// The form that OMA-TS-MMS_ENC, 7.1 demands for headers newer than WSP encoding version 1.3.
#[test]
fn takes_a_disposition_that_is_written_out() {
    for headers in [
        &b"Content-Disposition\x00attachment; filename=\"a b.txt\"\x00"[..],
        b"content-disposition\x00Attachment;FileName=\"a b.txt\"\x00",
    ] {
        let octets = Bytes::from(hi_octets(headers));
        let body = body(&mut reader(&octets, &Options::strict())).unwrap();
        let part = &body.parts()[0];
        let disposition = part.disposition.as_deref().unwrap();
        assert_eq!((disposition.kind.as_str(), disposition.parameter("filename")), ("attachment", Some("a b.txt")));
        assert!(part.headers.is_empty());
    }
    for value in ["", "a b", "attachment; =", "attachment; filename=\"a"] {
        let octets = Bytes::from(hi_octets(&[b"Content-Disposition\x00", value.as_bytes(), b"\x00"].concat()));
        let body = body(&mut reader(&octets, &Options::strict())).unwrap();
        let part = &body.parts()[0];
        assert_eq!(part.disposition, None);
        assert_eq!(part.headers, [text("Content-Disposition", value)]);
    }
}

/// What real phones and relay/servers write.
#[test]
#[cfg_attr(not(feature = "wsp-headers"), ignore = "needs the feature wsp-headers")]
fn forgives_part_headers_of_the_wrong_form() {
    use DeviationKind::*;
    let inline = || Some(ContentDisposition::new("inline").into());
    for (headers, part, kind, offset, field) in [
        (
            &b"\xc0<a>\x00\x8b\x80"[..],
            hi(|part| {
                part.content_id = Some("<a>".into());
                part.headers.push(text("Content-Encoding", "gzip"));
            }),
            QuotationMarks,
            5,
            Some("Content-ID"),
        ),
        (
            b"\xae\x82\x8eb\x00",
            hi(|part| {
                part.disposition = inline();
                part.content_location = Some("b".into());
            }),
            MissingValueLength,
            5,
            Some("Content-Disposition"),
        ),
        (b"\xc5\x01\x82", hi(|part| part.disposition = inline()), NewerEncoding, 4, Some("Content-Disposition")),
        (
            b"\x8b\x0a\x80",
            hi(|part| part.headers.push(coded(0x0b, b"\x0a\x80"))),
            InvalidPartHeader,
            4,
            Some("Content-Encoding"),
        ),
        (
            b"\xae\x01\x8a\x8eb\x00",
            hi(|part| {
                part.headers.push(coded(0x2e, b"\x01\x8a"));
                part.content_location = Some("b".into());
            }),
            InvalidValue,
            5,
            Some("Content-Disposition"),
        ),
        (b"\x8eb\x00\x00", hi(|part| part.content_location = Some("b".into())), InvalidPartHeader, 7, FIELD),
        (b"\x00\xc0\x22a\x00", hi(|part| part.content_id = Some("a".into())), InvalidPartHeader, 4, FIELD),
    ] {
        let octets = Bytes::from(hi_octets(headers));
        let mut lenient = reader(&octets, &Options::lenient());
        assert_eq!(body(&mut lenient).as_ref(), Ok(&part), "{headers:02x?}");
        let found = lenient.deviations().contains(&Deviation { kind, offset, field });
        assert!(found, "{headers:02x?}: {:?}", lenient.deviations());
        assert!(body(&mut reader(&octets, &Options::strict())).is_err(), "{headers:02x?}");
    }
}

/// What real phones and relay/servers write.
#[test]
#[cfg_attr(not(feature = "wsp-headers"), ignore = "needs the feature wsp-headers")]
fn forgives_bodies_of_the_wrong_form() {
    use DeviationKind::*;
    let one = || mixed(alloc::vec![plain("hi")]);
    let two = || mixed(alloc::vec![plain("hi"), plain("!")]);
    forgives(
        &[
            (&b""[..], mixed(Vec::new()), Truncated, 0),
            (b"\x00\x01\x02\x83hi\x01\x01\x83!", two(), WrongPartCount, 0),
            (b"\x01\x01\x02\x83hi\x01\x01\x83!", two(), WrongPartCount, 0),
            (b"\x03\x01\x02\x83hi\x01\x01\x83!", two(), WrongPartCount, 0),
            (b"\x8f\xff\xff\xff\x7f\x01\x02\x83hi", one(), WrongPartCount, 0),
            (b"\x01\x01\x80\x02\x83hi", one(), NonMinimalInteger, 2),
            (b"\x01\x01\x09\x83hi", one(), Truncated, 3),
            (b"\x01\x01\x8f\xff\xff\xff\x7f\x83hi", one(), Truncated, 7),
            (b"\x01\x01\x02\x83hi\x00\x00\x00", one(), TrailingOctets, 6),
            // What was not announced is a part if it is whole.
            (b"\x01\x01\x02\x83hi\x01\x09\x83!", one(), TrailingOctets, 6),
            (b"\x01\x01\x02\x83hi\x00\x01!", one(), TrailingOctets, 6),
        ],
        body,
    );
    // An announced part without headers and content is padding.
    let octets = Bytes::from_static(b"\x02\x01\x02\x83hi\x00\x00");
    let mut lenient = reader(&octets, &Options::lenient());
    assert_eq!(body(&mut lenient), Ok(one()));
    let found: Vec<_> = lenient.deviations().iter().map(|one| (one.kind, one.offset)).collect();
    assert_eq!(found, [(TrailingOctets, 6), (WrongPartCount, 0)]);
    // Half a part.
    let octets = Bytes::from_static(b"\x01\x01\x02\x83hi\x05");
    let mut lenient = reader(&octets, &Options::lenient());
    assert_eq!(body(&mut lenient), Ok(one()));
    assert_eq!(lenient.deviations(), [Deviation { kind: TrailingOctets, offset: 6, field: FIELD }]);
    // Headers that reach beyond the end.
    let octets = Bytes::from_static(b"\x01\x09\x00\x83");
    let mut lenient = reader(&octets, &Options::lenient());
    assert_eq!(body(&mut lenient), Ok(mixed(alloc::vec![plain("")])));
    assert_eq!(lenient.deviations(), [Deviation { kind: Truncated, offset: 3, field: FIELD }]);
    // An unreadable content type.
    let octets = Bytes::from_static(b"\x01\x05\x02\x1f\x01\x00\x8b\x80hi");
    let mut lenient = reader(&octets, &Options::lenient());
    let read = body(&mut lenient).unwrap();
    assert!(read.parts()[0].content_type.is("application/octet-stream"));
    assert_eq!(read.parts()[0].header("Content-Encoding"), Some("gzip"));
    assert_eq!(lenient.deviations().last().map(|last| last.kind), Some(InvalidContentType));
}

#[test]
fn keeps_within_the_limits() {
    let nested = |depth: usize| {
        (0..depth).fold(Bytes::new(), |inner, _| {
            let mut writer = Writer::new();
            writer.uintvar(1);
            writer.uintvar(1);
            writer.uintvar(u32::try_from(inner.len()).unwrap());
            writer.octets(b"\xa3");
            writer.octets(&inner);
            Bytes::from(writer.into_chain().to_vec())
        })
    };
    let options = |strict| Options { strict, limits: Limits { depth: 2, parts: 3, ..Limits::DEFAULT } };
    let octets = nested(1000);
    let mut lenient = reader(&octets, &options(false));
    assert_eq!(body(&mut lenient).unwrap().leaves().count(), 1);
    assert_eq!(lenient.deviations().last().map(|last| last.kind), Some(DeviationKind::NestingTooDeep));
    let error = body(&mut reader(&octets, &options(true))).unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::LimitExceeded(Limit::Depth));
    let many = Bytes::from_static(b"\x04\x01\x00\x83\x01\x00\x83\x01\x00\x83\x01\x00\x83");
    for strict in [false, true] {
        let error = DecodeError { kind: DecodeErrorKind::LimitExceeded(Limit::Parts), offset: 10, field: FIELD };
        assert_eq!(body(&mut reader(&many, &options(strict))), Err(error));
    }
    let deep = |depth| (0..depth).fold(plain("hi"), |inner, _| mixed(alloc::vec![inner]));
    // What is written can be read, but no limit lets a reader go deeper.
    let deepest = deep(Limits::MAX_DEPTH);
    let octets = Bytes::from(written(|to| to.body(&deepest.content)).unwrap());
    let without_limit = Options { limits: Limits { depth: usize::MAX, ..Limits::DEFAULT }, ..Options::strict() };
    assert_eq!(body(&mut reader(&octets, &without_limit)), Ok(deepest));
    let octets = nested(1000);
    let error = body(&mut reader(&octets, &without_limit)).unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::LimitExceeded(Limit::Depth));
    let too_deep = deep(Limits::MAX_DEPTH + 1);
    refuses_to_write(&[(&too_deep.content, EncodeErrorKind::NestingTooDeep)], |to, content| to.body(content));
}

#[test]
fn steps_through_parts_without_decoding_them() {
    let mut parts = MultipartReader::new(b"\x07\x01\x02\x83hi\x03\x00\x83\x8b\x80\x01\x09\x83!\x00");
    let found: Vec<_> = parts.by_ref().map(|part| (part.headers, part.data, part.offset)).collect();
    let expected = [(&b"\x83"[..], &b"hi"[..], 1), (b"\x83\x8b\x80", b"", 6), (b"\x83", b"!\x00", 11)];
    assert_eq!(found, expected);
    assert!(parts.rest().is_empty());
    for body in [&b""[..], b"\x80", b"\x01\x01", b"\x01\x00\x02ab", b"\x01\x05\x01\x83"] {
        assert_eq!(MultipartReader::new(body).count(), 0, "{body:02x?}");
    }
}

#[test]
fn names_the_header_that_cannot_be_written() {
    use EncodeErrorKind::*;
    let broken = |change: fn(&mut Part)| hi(change).content;
    for (content, kind, field) in [
        (broken(|part| part.content_type = ContentType::new("")), InvalidText, Some("Content-Type")),
        (broken(|part| part.content_id = Some("a\n".into())), ControlCharacter(10), Some("Content-ID")),
        (broken(|part| part.content_id = Some("a\"".into())), NotExpressible, Some("Content-ID")),
        (broken(|part| part.content_location = Some("a\0".into())), ControlCharacter(0), Some("Content-Location")),
        (
            broken(|part| part.disposition = Some(ContentDisposition::new("a b").into())),
            InvalidText,
            Some("Content-Disposition"),
        ),
        (broken(|part| part.headers.push(text("X", "a\r\nY: b"))), ControlCharacter(13), None),
        (broken(|part| part.content = Content::Parts(Vec::new().into())), NotExpressible, Some("Content-Type")),
    ] {
        assert_eq!(written(|to| to.body(&content)), Err(EncodeError { kind, field }), "{content:?}");
    }
}

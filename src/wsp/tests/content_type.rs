use super::*;
use crate::message::{ContentType, MediaType};

fn plain() -> ContentType {
    ContentType::new("text/plain")
}

fn related() -> ContentType {
    ContentType::new("application/vnd.wap.multipart.related")
}

fn v_card() -> ContentType {
    ContentType::new("text/directory").with("profile", "vCard")
}

fn code(code: u32) -> ContentType {
    let mut content_type = plain();
    content_type.media = MediaType::Code(code);
    content_type
}

/// WAP-230, 8.4.2.24.
#[test]
fn reads_and_writes_content_types() {
    both_ways(
        &[
            (&b"\x83"[..], plain()),
            (b"\x03\x83\x81\xea", plain().with("charset", "utf-8")),
            (b"\x0a\x83\x81\xea\x85a.txt\x00", plain().with("charset", "utf-8").with("name", "a.txt")),
            (b"application/smil\x00", ContentType::new("application/smil")),
            (b"\x08\x9e\x85a.jpg\x00", ContentType::new("image/jpeg").with("name", "a.jpg")),
            (b"\xa3", ContentType::new("application/vnd.wap.multipart.mixed")),
            (
                b"\x1b\xb3\x8a<smil>\x00\x89application/smil\x00",
                related().with("start", "<smil>").with("type", "application/smil"),
            ),
            (b"\x80", ContentType::new("*/*")),
            (b"\x9e", ContentType::new("image/jpeg")),
            (b"\xbe", ContentType::new("application/vnd.wap.mms-message")),
            (b"\x06a/b\x00\x81\xea", ContentType::new("a/b").with("charset", "utf-8")),
        ],
        |from| from.content_type(),
        |to, content_type| to.content_type(content_type),
    );
}

/// A code above 0x7F needs the general form (WAP-230, 8.4.2.24); all above 0x36 are newer than 1.3.
#[test]
fn forgives_codes_of_newer_encodings() {
    use DeviationKind::NewerEncoding;
    forgives(
        &[
            (&b"\x03\x02\x03\x14"[..], ContentType::new("application/oma-directory+xml"), NewerEncoding, 1),
            (b"\xb7", ContentType::new("application/pkcs7-mime"), NewerEncoding, 0),
            (b"\xd9", code(0x59), NewerEncoding, 0),
            (b"\xff", code(0x7f), NewerEncoding, 0),
            (b"\x02\x01\x80", code(0x80), NewerEncoding, 1),
            (b"\x03\x02\x03\x20", code(0x0320), NewerEncoding, 1),
            // A name with a parameter in it.
            (b"\x03\x02\x03\x09", v_card(), NewerEncoding, 1),
        ],
        |from| from.content_type(),
    );
    for (content_type, octets) in [
        (ContentType::new("application/oma-directory+xml"), &b"application/oma-directory+xml\x00"[..]),
        (ContentType::new("application/pkcs7-mime"), b"application/pkcs7-mime\x00"),
        (ContentType::new("application/vnd.wap.connectivity-wbxml"), b"\xb6"),
        (code(0x59), b"\xd9"),
        (code(0x7f), b"\xff"),
        (code(0x80), b"\x02\x01\x80"),
        (v_card(), b"\x1dtext/directory\x00profile\x00vCard\x00"),
        (code(0x0320), b"\x03\x02\x03\x20"),
    ] {
        assert_eq!(written(|to| to.content_type(&content_type)).as_deref(), Ok(octets));
    }
}

/// What real phones and relay/servers write.
#[test]
fn forgives_content_types_of_the_wrong_form() {
    use DeviationKind::*;
    forgives(
        &[
            (&b"text/plain; charset=utf-8\x00"[..], plain().with("charset", "utf-8"), TextualParameters, 0),
            (b"\x15text/plain;charset=a\x00", plain().with("charset", "a"), TextualParameters, 1),
            (
                b"\x0ea/b;c=\"d e\"\x00\x81\xea",
                ContentType::new("a/b").with("c", "d e").with("charset", "utf-8"),
                TextualParameters,
                1,
            ),
            (b"\x7ftext/x\x00", ContentType::new("text/x"), NeedlessQuote, 0),
            (b"\x00", ContentType::new("*/*"), EmptyValue, 0),
            (b"text\x00", ContentType::new("text"), InvalidContentType, 0),
            (b"\x07text\x00\x81\xea", ContentType::new("text").with("charset", "utf-8"), InvalidContentType, 1),
            (b"\x04\x83\x81\xea", plain().with("charset", "utf-8"), ValueLengthTooLong, 0),
        ],
        |from| from.content_type(),
    );
    // A name that continues after the end of the value-length.
    let octets = Bytes::from_static(b"\x09\x83\x85a.textile\x00\x8d");
    let mut lenient = reader(&octets, &Options::lenient());
    assert_eq!(lenient.content_type(), Ok(plain().with("name", "a.textile")));
    assert_eq!(lenient.remaining(), b"\x8d");
    let kind = ValueLengthTooShort;
    assert_eq!(lenient.deviations(), [Deviation { kind, offset: 3, field: FIELD }]);
    // Parameters that cannot be read.
    let octets = Bytes::from_static(b"\x05\x83\x7f\x00\x01\x02\x8d");
    let mut lenient = reader(&octets, &Options::lenient());
    assert_eq!(lenient.content_type(), Ok(plain()));
    assert_eq!(lenient.remaining(), b"\x8d");
    let kind = InvalidContentType;
    assert_eq!(lenient.deviations(), [Deviation { kind, offset: 2, field: FIELD }]);
}

#[test]
fn keeps_the_parameters_before_one_that_cannot_be_read() {
    let octets = Bytes::from_static(b"\x14\x83\x81\xea\x85a.txt\x00na me\x00\"b\x00\x00\x8d");
    let mut lenient = reader(&octets, &Options::lenient());
    assert_eq!(lenient.content_type(), Ok(plain().with("charset", "utf-8").with("name", "a.txt")));
    assert_eq!(lenient.remaining(), b"\x8d");
    let kind = DeviationKind::InvalidContentType;
    assert_eq!(lenient.deviations(), [Deviation { kind, offset: 11, field: FIELD }]);
    let error = DecodeError { kind: DecodeErrorKind::InvalidText, offset: 11, field: FIELD };
    assert_eq!(reader(&octets, &Options::strict()).content_type(), Err(error));
}

#[test]
fn refuses_what_is_no_content_type() {
    use DecodeErrorKind::*;
    refuses(
        &[
            (b"", UnexpectedEnd, 0),
            (b"\x01\x1f", UnexpectedOctet(0x1f), 1),
            (b"\x01\x00", InvalidText, 1),
            (b"\x06\x05\x01\x00\x00\x00\x00", NumberTooLarge, 1),
        ],
        |from| from.content_type(),
    );
    let octets = Bytes::from_static(b"; charset=utf-8\x00");
    let error = DecodeError { kind: InvalidText, offset: 0, field: FIELD };
    assert_eq!(reader(&octets, &Options::lenient()).content_type(), Err(error));
}

#[test]
fn refuses_to_write_a_name_that_is_no_media_type() {
    use EncodeErrorKind::*;
    refuses_to_write(
        &[
            (&ContentType::new(""), InvalidText),
            (&ContentType::new("text"), InvalidText),
            (&ContentType::new("a/b; c=d"), InvalidText),
            (&ContentType::new("a/é"), InvalidText),
            (&ContentType::new("a/b\n"), ControlCharacter(10)),
            (&plain().with("name", "a\0b"), ControlCharacter(0)),
        ],
        |to, content_type| to.content_type(content_type),
    );
}

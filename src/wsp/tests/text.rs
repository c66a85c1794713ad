use super::*;
use crate::message::{Charset, Str, Text};

fn in_charset(text: &str, charset: Charset) -> Text {
    Text::with_charset(text, charset)
}

/// WAP-230, 8.4.2.1.
#[test]
fn reads_and_writes_texts() {
    both_ways::<Str>(
        &[
            (b"abc\x00", "abc".into()),
            (b"\x00", "".into()),
            (b"\x7f\xc3\x89t\xc3\xa9\x00", "Été".into()),
            (b"http://m/1\x00", "http://m/1".into()),
            (b"<smil>\x00", "<smil>".into()),
            (b"\x22a\x00", "\"a".into()),
        ],
        |from| from.text_string(),
        |to, text| to.text_string(text),
    );
    both_ways::<Str>(
        &[(b"\x22<smil>\x00", "<smil>".into()), (b"\x22\x00", "".into()), (b"\x22\xc3\xa9\x00", "é".into())],
        |from| from.quoted_string(),
        |to, text| to.quoted_string(text),
    );
    both_ways::<Str>(&[(b"premium\x00", "premium".into())], |from| from.token_text(), |to, text| to.token_text(text));
    both_ways::<Str>(
        &[
            (b"\x00", "".into()),
            (b"premium\x00", "premium".into()),
            (b"<smil>\x00", "<smil>".into()),
            (b"\x22\x22a\x00", "\"a".into()),
            (b"\x7f\xc3\xa9\x00", "é".into()),
        ],
        |from| from.text_value(),
        |to, text| to.text_value(text),
    );
    // The other legal form.
    is_read(b"\x22<smil>\x00", &"<smil>".into(), |from| from.text_value());
}

/// OMA-TS-MMS_ENC, 7.3.19.
#[test]
fn reads_and_writes_encoded_strings() {
    both_ways(
        &[
            (&b"Hello\x00"[..], Text::from("Hello")),
            (b"\x07\xeaHello\x00", in_charset("Hello", Charset::UTF_8)),
            (b"\x08\xea\x7f\xc3\x89t\xc3\xa9\x00", in_charset("Été", Charset::UTF_8)),
            (b"\x06\x84\x7f\xc9t\xe9\x00", in_charset("Été", Charset::ISO_8859_1)),
            #[cfg(feature = "charsets")]
            (b"\x09\x02\x07\xea\x7f\xa4\xa4\xa4\xe5\x00", in_charset("中文", Charset::BIG5)),
            (b"\x02\xea\x00", in_charset("", Charset::UTF_8)),
            (b"\x00", Text::from("")),
            (b"\x05\x83abc\x00", in_charset("abc", Charset::US_ASCII)),
            (b"=?utf-8?Q?Gr=C3=BC=C3=9Fe?=\x00", Text::from_encoded_words("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=")),
            (b"a =? b\x00", Text::from_encoded_words("a =? b")),
            (b"\x0f\x83=?utf-8?Q?a?=\x00", in_charset("=?utf-8?Q?a?=", Charset::US_ASCII)),
            #[cfg(feature = "charsets")]
            (b"\x0c\xa7\x1b$BF|K\\\x1b(B\x00", in_charset("日本", Charset::new(39))),
            #[cfg(feature = "charsets")]
            (b"\x0a\xa5\x1b$)C\x0eGQ\x0f\x00", in_charset("한", Charset::ISO_2022_KR)),
            #[cfg(feature = "charsets")]
            (b"\x0a\x02\x08\x25~{VP~}\x00", in_charset("中", Charset::HZ_GB_2312)),
            #[cfg(feature = "charsets")]
            (b"\x0e\x02\x03\xf4A+ImIDkQ-.\x00", in_charset("A≢Α.", Charset::UTF_7)),
            #[cfg(feature = "charsets")]
            (b"\x0b\x02\x03\xf8\x7f\xed\xa0\x81\xed\xb0\x80\x00", in_charset("\u{10400}", Charset::CESU_8)),
            #[cfg(feature = "charsets-single-octet")]
            (b"\x06\x02\x07\xd9\x7f\x81\x00", in_charset("ü", Charset::IBM850)),
        ],
        |from| from.encoded_string(),
        |to, text| to.encoded_string(text),
    );
}

/// What real phones and relay/servers write.
#[test]
fn forgives_texts_of_the_wrong_form() {
    use DeviationKind::*;
    forgives::<Str>(
        &[
            (b"\xc3\x89t\xc3\xa9\x00", "Été".into(), MissingQuote, 0),
            (b"\x7fHello\x00", "Hello".into(), NeedlessQuote, 0),
            (b"\x7f\x00", "".into(), NeedlessQuote, 0),
            (b"\x7f\xc9t\xe9\x00", "Été".into(), UnlabelledText, 0),
            (b"a\nb\x00", "a\nb".into(), ControlCharacter, 0),
            (b"a\r\nb\x00", "a\r\nb".into(), ControlCharacter, 0),
            (b"a\x7f\x00", "a\x7f".into(), ControlCharacter, 0),
        ],
        |from| from.text_string(),
    );
    forgives::<Str>(
        &[
            (b"<a>\x00", "<a>".into(), QuotationMarks, 0),
            (b"\x22<a>\x22\x00", "<a>".into(), QuotationMarks, 0),
            (b"\x22<a>\x22\x22\x00", "<a>".into(), QuotationMarks, 0),
        ],
        |from| from.quoted_string(),
    );
    forgives::<Str>(
        &[
            (b"\x22a\x22\x00", "a".into(), QuotationMarks, 0),
            (b"a\x22\x00", "a".into(), QuotationMarks, 0),
            (b"\x7fa\x00", "a".into(), NeedlessQuote, 0),
        ],
        |from| from.text_value(),
    );
    forgives(
        &[
            (&b"\x07\xea\xc3\x89t\xc3\xa9\x00"[..], in_charset("Été", Charset::UTF_8), MissingQuote, 2),
            (b"\x08\xea\x7fHello\x00", in_charset("Hello", Charset::UTF_8), NeedlessQuote, 2),
            (b"\x7f\xc3\xa9\x00", in_charset("é", Charset::UTF_8), UnlabelledText, 0),
            (b"\x7f\xe9t\x00", in_charset("ét", Charset::ISO_8859_1), UnlabelledText, 0),
            (b"\x05\xeaa\nb\x00", in_charset("a\nb", Charset::UTF_8), ControlCharacter, 2),
            // Any charset.
            (b"\x04\x80ab\x00", Text::from("ab"), UnlabelledText, 2),
            (b"\x05\x80\x7f\xc3\xa9\x00", in_charset("é", Charset::UTF_8), UnlabelledText, 2),
            (b"\x04\x80\x7f\xe9\x00", in_charset("é", Charset::ISO_8859_1), UnlabelledText, 2),
            // A wrong label.
            (b"\x05\x83\x7f\xc3\xa9\x00", in_charset("é", Charset::UTF_8), WrongCharset, 2),
            (b"\x04\x83\x7f\xe9\x00", in_charset("é", Charset::ISO_8859_1), WrongCharset, 2),
            (b"\x07\xeaGr\xc3\xbc\xc3\x00", in_charset("Grü", Charset::UTF_8), CutCharacter, 2),
            #[cfg(feature = "charsets")]
            (b"\x0b\x02\x07\xea\x7f\xe4\xb8\xad\xe6\x96\x87\x00", in_charset("中文", Charset::UTF_8), WrongCharset, 4),
            // Characters as two surrogates.
            #[cfg(feature = "charsets")]
            (b"\x09\xea\x7f\xed\xa0\xbd\xed\xb8\x80\x00", in_charset("😀", Charset::UTF_8), WrongCharset, 2),
            // The least significant octet first, without a mark.
            (
                b"\x0f\x02\x03\xf7G\x00r\x00\xfc\x00\xdf\x00e\x00\x00\x00",
                in_charset("Grüße", Charset::UTF_16LE),
                WrongCharset,
                4,
            ),
            // A byte order mark under other labels.
            (b"\x09\x80\xff\xfeH\x00i\x00\x00\x00", in_charset("Hi", Charset::UTF_16LE), UnlabelledText, 2),
            (b"\x09\x84\xfe\xff\x00H\x00i\x00\x00", in_charset("Hi", Charset::UTF_16BE), WrongCharset, 2),
            (b"\x08\x84\x7f\xff\xfe\x2d\x4e\x00\x00", in_charset("中", Charset::UTF_16LE), WrongCharset, 2),
            (b"\x09\x02\xf7\x03\xff\xfeH\x00\x00\x00", in_charset("H", Charset::UTF_16LE), UnknownCharset, 4),
            (b"\x09\x02\x03\xf7\x7f\xef\xbb\xbfa\x00", in_charset("a", Charset::UTF_8), WrongCharset, 4),
            // More NULs than a terminator has, and a value-length that reaches into the next field.
            (b"\x0a\x02\x03\xf7\x00a\x00\x00\x00\x00\x00", in_charset("a", Charset::UTF_16), ValueLengthTooLong, 8),
            (b"\x09\x02\x03\xf7\x00a\x00\x00\x8a\x80", in_charset("a", Charset::UTF_16), ValueLengthTooLong, 8),
            // A charset that is not known.
            (b"\x06\x02\x27\x0fab\x00", in_charset("ab", Charset::new(9999)), UnknownCharset, 4),
            (
                b"\x09\x02\xea\x07\x7f\xa4\xa4\xa4\xe5\x00",
                Text::from_octets(Bytes::from_static(b"\xa4\xa4\xa4\xe5"), Charset::new(0xea07)),
                UnknownCharset,
                4,
            ),
            (
                b"\x08\x02\x27\x0f\x7f\xc3\xa9a\x00",
                Text::from_octets(Bytes::from_static("éa".as_bytes()), Charset::new(9999)),
                UnknownCharset,
                4,
            ),
            // German, in which braces are letters.
            (b"\x05\x98a.b\x00", in_charset("a.b", Charset::DIN_66003), UnknownCharset, 2),
            (b"\x03\x98{\x00", Text::from_octets(Bytes::from_static(b"{"), Charset::DIN_66003), UnknownCharset, 2),
            #[cfg(not(feature = "charsets"))]
            (
                b"\x09\x02\x07\xea\x7f\xa4\xa4\xa4\xe5\x00",
                Text::from_octets(Bytes::from_static(b"\xa4\xa4\xa4\xe5"), Charset::BIG5),
                UnknownCharset,
                4,
            ),
            #[cfg(not(feature = "charsets"))]
            (b"\x06\x02\x07\xeaab\x00", in_charset("ab", Charset::BIG5), UnknownCharset, 4),
            (b"=?utf-8?Q?a b?=\x00", Text::from("a b"), EncodedWord, 0),
            (b"=?utf-8?Q?=FF?=\x00", Text::from("=?utf-8?Q?=FF?="), UndecodableText, 0),
            (
                b"\x04\xea\x7f\xff\x00",
                Text::from_octets(Bytes::from_static(b"\xff"), Charset::UTF_8),
                UndecodableText,
                2,
            ),
            (b"\x06\xeaab\x00\x01\x02", in_charset("ab", Charset::UTF_8), ValueLengthTooLong, 5),
            (b"\x09\xeaab\x00", in_charset("ab", Charset::UTF_8), ValueLengthTooLong, 0),
        ],
        |from| from.encoded_string(),
    );
}

#[test]
fn reads_wide_characters_up_to_the_value_length() {
    for octets in [
        &b"\x08\x02\x03\xe8\x00\xc9\x00t\x00"[..],
        b"\x09\x02\x03\xe8\x00\xc9\x00t\x00\x00",
        b"\x07\x02\x03\xe8\x00\xc9\x00t",
        b"\x0a\x02\x03\xe8\xfe\xff\x00\xc9\x00t\x00",
        b"\x0a\x02\x03\xe8\xff\xfe\xc9\x00t\x00\x00",
        b"\x0b\x02\x03\xe8\xff\xfe\xc9\x00t\x00\x00\x00",
        b"\x09\x02\x03\xe8\xff\xfe\xc9\x00t\x00",
        b"\x0c\x02\x03\xe8\x7f\xff\xfe\xc9\x00t\x00\x00\x00",
        b"\x0b\x02\x03\xe8\x7f\xfe\xff\x00\xc9\x00t\x00",
    ] {
        is_read(octets, &in_charset("Ét", Charset::ISO_10646_UCS_2), |from| from.encoded_string());
    }
    // They are written as UTF-8, which every phone reads.
    let octets = written(|to| to.encoded_string(&in_charset("Ét", Charset::ISO_10646_UCS_2)));
    assert_eq!(octets.as_deref(), Ok(&b"\x06\xea\x7f\xc3\x89t\x00"[..]));
}

/// In strict mode the missing NUL is a separate error: nothing marks the end of the text.
#[test]
fn follows_a_text_over_a_value_length_that_is_too_short() {
    let octets = Bytes::from_static(b"\x05\xeaHello\x00\x81");
    let mut lenient = reader(&octets, &Options::lenient());
    assert_eq!(lenient.encoded_string(), Ok(in_charset("Hello", Charset::UTF_8)));
    assert_eq!(lenient.remaining(), b"\x81");
    let kind = DeviationKind::ValueLengthTooShort;
    assert_eq!(lenient.deviations(), [Deviation { kind, offset: 2, field: FIELD }]);
    let error = DecodeError { kind: DecodeErrorKind::UnexpectedEnd, offset: 6, field: FIELD };
    assert_eq!(reader(&octets, &Options::strict()).encoded_string(), Err(error));
}

/// The input ends before the text does: no value-length is wrong.
#[test]
fn tells_a_text_that_is_cut_from_one_without_its_end() {
    for (octets, offset) in [(&b"ab"[..], 0), (b"\x7f\xc3\xa9", 1), (b"\x08\xeaab", 2), (b"\x09\x02\x03\xe8\0a\0b", 4)]
    {
        let octets = Bytes::from_static(octets);
        let mut lenient = reader(&octets, &Options::lenient());
        assert!(lenient.encoded_string().is_ok());
        let kinds: Vec<_> = lenient.deviations().iter().map(|deviation| deviation.kind).collect();
        assert!(kinds.contains(&DeviationKind::Truncated), "{octets:02x?}: {kinds:?}");
        assert!(!kinds.contains(&DeviationKind::ValueLengthTooLong), "{octets:02x?}: {kinds:?}");
        let at = lenient.deviations().iter().find(|deviation| deviation.kind == DeviationKind::Truncated);
        assert_eq!(at.map(|deviation| deviation.offset), Some(offset));
    }
}

#[test]
fn does_not_follow_a_text_into_other_octets() {
    for octets in [&b"\x03\xeaab\x81c\x00"[..], b"\x03\xeaab", b"\x03\xeaab\x96\x00"] {
        let octets = Bytes::from_static(octets);
        let mut lenient = reader(&octets, &Options::lenient());
        assert_eq!(lenient.encoded_string(), Ok(in_charset("ab", Charset::UTF_8)));
        assert_eq!(lenient.offset(), 4);
        let kind = DeviationKind::MissingTerminator;
        assert_eq!(lenient.deviations(), [Deviation { kind, offset: 2, field: FIELD }]);
    }
}

/// What a value-length swallowed is not lost if it looks like a field.
#[test]
fn gives_back_the_field_that_a_value_length_swallowed() {
    let octets = Bytes::from_static(b"\x06\xeaab\x00\x8a\x81");
    let mut lenient = reader(&octets, &Options::lenient());
    assert_eq!(lenient.encoded_string(), Ok(in_charset("ab", Charset::UTF_8)));
    assert_eq!(lenient.remaining(), b"\x8a\x81");
}

#[test]
fn refuses_what_is_no_text() {
    use DecodeErrorKind::*;
    let readers: [fn(&mut Reader<'_>) -> _; 3] =
        [|from| from.text_string(), |from| from.text_value(), |from| from.quoted_string()];
    for read in readers {
        refuses(
            &[(b"", UnexpectedEnd, 0), (b"\x1f\x00", UnexpectedOctet(0x1f), 0), (b"\x01\x00", UnexpectedOctet(1), 0)],
            read,
        );
    }
    refuses(
        &[
            (b"", UnexpectedEnd, 0),
            (b"\x00", InvalidText, 0),
            (b"a b\x00", InvalidText, 0),
            (b"a/b\x00", InvalidText, 0),
            (b"\xc3\xa9\x00", InvalidText, 0),
            (b"\x7fa\x00", InvalidText, 0),
        ],
        |from| from.token_text(),
    );
    refuses(
        &[
            (b"", UnexpectedEnd, 0),
            (b"\x02\x1f\x00", UnexpectedOctet(0x1f), 1),
            (b"\x05\x03\x01\x00\x00a", NumberTooLarge, 1),
        ],
        |from| from.encoded_string(),
    );
    // Without its NUL, a text ends at the end in lenient mode only.
    let octets = Bytes::from_static(b"abc");
    assert_eq!(reader(&octets, &Options::lenient()).text_string(), Ok("abc".into()));
    let error = DecodeError { kind: UnexpectedEnd, offset: 3, field: FIELD };
    assert_eq!(reader(&octets, &Options::strict()).text_string(), Err(error));
}

#[test]
fn refuses_to_write_what_would_be_read_as_something_else() {
    use EncodeErrorKind::*;
    let controls = [
        ("a\rb", ControlCharacter(13)),
        ("a\nb", ControlCharacter(10)),
        ("a\0b", ControlCharacter(0)),
        ("\x7f", ControlCharacter(0x7f)),
    ];
    refuses_to_write(&controls, |to, text| to.text_string(text));
    refuses_to_write(&controls, |to, text| to.text_value(text));
    refuses_to_write(&controls, |to, text| to.quoted_string(text));
    refuses_to_write(&[("a\"", NotExpressible), ("\"", NotExpressible)], |to, text| to.text_value(text));
    refuses_to_write(&[("a\"", NotExpressible), ("\"", NotExpressible)], |to, text| to.quoted_string(text));
    refuses_to_write(
        &[("", InvalidText), ("a b", InvalidText), ("é", InvalidText), ("a\0", InvalidText)],
        |to, text| to.token_text(text),
    );
    refuses_to_write(
        &[
            (&Text::from("a\nb"), ControlCharacter(10)),
            (&Text::from("a\nb =?utf-8?q?c?="), ControlCharacter(10)),
            (&in_charset("é", Charset::US_ASCII), NotInCharset),
            (&in_charset("中", Charset::ISO_8859_1), NotInCharset),
            (&Text::from_octets(Bytes::from_static(b"a\0b"), Charset::new(9999)), ControlCharacter(0)),
        ],
        |to, text| to.encoded_string(text),
    );
}

/// Characters of the charset that the tables read and do not write: of Hong Kong in Big5, of JIS X 0212 in EUC-JP.
#[cfg(feature = "charsets")]
#[test]
fn writes_what_is_only_read_as_utf_8() {
    for (octets, text) in [
        (&b"\x07\x02\x07\xea\x7f\x87\x40\x00"[..], "\u{43f0}"),
        (b"\x07\x02\x08\x35\x7f\x88\x66\x00", "\u{ca}"),
        (b"\x06\x92\x7f\x8f\xb0\xa1\x00", "\u{4e02}"),
    ] {
        let read = reader(&octets.into(), &Options::strict()).encoded_string().unwrap();
        assert_eq!(read.as_str(), Some(text), "{octets:02x?}");
        let again = written(|to| to.encoded_string(&read)).unwrap();
        let again = reader(&again.into(), &Options::strict()).encoded_string();
        assert_eq!(again, Ok(in_charset(text, Charset::UTF_8)));
    }
}

#[test]
fn keeps_octets_that_are_no_wide_characters() {
    for octets in [
        &b"\x05\x02\x03\xe8\xd8\x01"[..],
        b"\x04\x02\x03\xe9\x84",
        b"\x08\x02\x03\xe9\x84\x84\x84\x84\x00",
        b"\x07\x02\x03\xe8\xd8\xd8\x00\x00",
    ] {
        let octets = Bytes::from_static(octets);
        let text = reader(&octets, &Options::lenient()).encoded_string().unwrap();
        assert!(text.undecoded().is_some(), "{octets:02x?}");
        let refused = written(|to| to.encoded_string(&text)).unwrap_err();
        assert_eq!(refused.kind, EncodeErrorKind::InvalidText, "{octets:02x?}");
    }
}

/// Charset 19 has two octets a character, and is not converted: its octets are kept, up to the end of the value or a
/// character of NULs.
#[test]
fn keeps_octets_of_wide_characters_that_are_not_converted() {
    let kept = |octets: &'static [u8]| Text::from_octets(Bytes::from_static(octets), Charset::new(19));
    for (octets, text) in [
        (&b"\x07\x93\x00\x41\x21\x00\x00\x00"[..], kept(b"\x00\x41\x21\x00")),
        (b"\x04\x93\x30\x00\x21", kept(b"\x30\x00\x21")),
    ] {
        assert_eq!(written(|to| to.encoded_string(&text)).as_deref(), Ok(octets));
        forgives(&[(octets, text, DeviationKind::UnknownCharset, 2)], |from| from.encoded_string());
    }
    refuses_to_write(&[(&kept(b"\x30\x41\x00\x00\x30\x41"), EncodeErrorKind::NotExpressible)], |to, text| {
        to.encoded_string(text)
    });
}

/// Line ends before white space fold a text, and mean nothing; tabs are white space
/// (WAP-230, 8.4.2.1; RFC 2616, 2.2).
#[test]
fn tabs_and_folded_lines_are_white_space() {
    for (octets, read) in [
        (&b"a\tb\0"[..], "a\tb"),
        (b"a\r\n b\0", "a b"),
        (b"a\r\n\tb\r\n c\0", "a\tb c"),
        (b"\x07\xeaa\r\n b\0", "a b"),
        (b"\x09\xea\x7f\xc3\xa9\r\n b\0", "é b"),
        (b"\x07\x84a\r\n b\0", "a b"),
    ] {
        let octets = Bytes::copy_from_slice(octets);
        let mut from = Reader::new(&octets, &Options::strict());
        let text = from.encoded_string().unwrap();
        assert_eq!((text.as_str(), from.is_empty()), (Some(read), true));
        let mut to = Writer::new();
        to.encoded_string(&text).unwrap();
        let written = Bytes::from(to.into_octets());
        assert_eq!(Reader::new(&written, &Options::strict()).encoded_string(), Ok(text));
    }
    for octets in [&b"a\r\nb\0"[..], b"a\rb\0", b"a\n b\0", b"\x04\xea\tb\0", b"\x06\xea\r\n b\0"] {
        let octets = Bytes::copy_from_slice(octets);
        assert!(Reader::new(&octets, &Options::strict()).encoded_string().is_err(), "{octets:?}");
    }
    let mut to = Writer::new();
    assert_eq!(to.text_string("\ta").unwrap_err().kind, EncodeErrorKind::ControlCharacter(b'\t'));
}

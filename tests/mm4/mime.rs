//! The MIME layer from outside: splitting, leniency, hostile input, round trips.

use crate::support::clock;
use mms_codec::message::{Content, ContentType, Header, Part};
use mms_codec::mime::{self, Transfer, TransferOptions};
use mms_codec::{Bytes, DecodeErrorKind, DeviationKind, EncodeErrorKind, Limit, Options};

fn lenient(input: &str) -> (Part, Vec<DeviationKind>) {
    let decoded = mime::decode_with(&Bytes::copy_from_slice(input.as_bytes()), &Options::lenient()).unwrap();
    (decoded.value, decoded.deviations.iter().map(|deviation| deviation.kind).collect())
}

fn texts(part: &Part) -> Vec<String> {
    part.leaves().map(|leaf| String::from_utf8_lossy(leaf.octets().unwrap()).into_owned()).collect()
}

#[test]
fn splits_with_preamble_epilogue_and_empty_parts() {
    let input = "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\npreamble\r\n--b\r\n\r\none\r\n--b  \r\n--b\r\n\r\n\r\n\
                 --bb\r\n--b not\r\n--b--\r\nepilogue\r\n--b\r\n\r\nlate\r\n";
    let decoded = mime::decode_with(&Bytes::from_static(input.as_bytes()), &Options::strict()).unwrap();
    assert_eq!(texts(&decoded.value), ["one", "", "\r\n--bb\r\n--b not"]);
    assert_eq!(decoded.value.content_type.parameter("boundary"), None);
    let (part, deviations) = lenient(&input.replace("\r\n", "\n"));
    assert_eq!(texts(&part), ["one", "", "\n--bb\n--b not"]);
    assert_eq!(deviations, [DeviationKind::BareLineFeed]);
}

#[test]
fn begins_with_a_delimiter_or_has_no_end() {
    let (part, deviations) =
        lenient("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b\r\n\r\ntwo");
    assert_eq!(texts(&part), ["one", "two"]);
    assert_eq!(deviations, [DeviationKind::Truncated]);
}

#[test]
fn keeps_what_cannot_be_split() {
    for (headers, kind) in [
        ("Content-Type: multipart/mixed\r\n", DeviationKind::InvalidContentType),
        ("Content-Type: multipart/mixed; boundary=b\r\n", DeviationKind::WrongPartCount),
    ] {
        let (part, deviations) = lenient(&format!("{headers}\r\n--x\r\n\r\none\r\n--x--"));
        assert_eq!(texts(&part), ["--x\r\n\r\none\r\n--x--"]);
        assert_eq!(deviations, [kind]);
    }
}

#[test]
fn finds_parts_whose_boundary_lines_are_damaged() {
    use DeviationKind::*;
    let headers = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    let plain = "--b\r\nContent-Type: text/x\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n";
    let indented = plain.replace("\r\n", "\r\n    ");
    for (body, deviations, expected) in [
        (plain.into(), &[][..], ["one", "two"]),
        (format!("text\r\nmore\r\n{plain}"), &[], ["one", "two"]),
        (format!("Content-free text: none\r\n{plain}"), &[], ["one", "two"]),
        (format!("Content: a text\r\n{plain}"), &[], ["one", "two"]),
        (plain.replace("\r\n--b", "\r\n  --b"), &[BoundarySyntax, BoundarySyntax], ["one", "two"]),
        (format!("    {indented}"), &[BoundarySyntax; 3], ["    one", "    two"]),
        (plain.replacen("--b\r\n", "", 1), &[BoundarySyntax], ["one", "two"]),
        (plain.replacen("--b\r\n", "\r\n", 1), &[BoundarySyntax], ["one", "two"]),
    ] {
        let (part, own) = lenient(&format!("{headers}{body}"));
        assert_eq!(texts(&part), expected, "{body}");
        assert_eq!(own, deviations, "{body}");
        let first = part.parts()[0].content_type.to_string();
        assert_eq!(first, "text/x", "{body}");
    }
    // Lines that end with CR CR LF, the empty one before the content too.
    let (part, own) = lenient(&format!("{headers}{}", plain.replace("\r\n", "\r\r\n")));
    assert_eq!(
        (texts(&part), part.parts()[0].content_type.to_string()),
        (vec!["one".into(), "two".into()], "text/x".into())
    );
    assert_eq!(own, [BoundarySyntax, HeaderSyntax, BoundarySyntax, BoundarySyntax]);

    // What RFC 2046 takes for content is content: strict decoding finds one part.
    let input = format!("{headers}--b\r\n\r\none\r\n --b\r\ntwo\r\n--b--\r\n");
    let strict = mime::decode_with(&Bytes::from(input.clone()), &Options::strict()).unwrap().value;
    assert_eq!(texts(&strict), ["one\r\n --b\r\ntwo"]);
    // A preamble is any text.
    let input = format!("{headers}{}", plain.replacen("--b\r\n", "", 1));
    let strict = mime::decode_with(&Bytes::from(input), &Options::strict()).unwrap().value;
    assert_eq!(texts(&strict), ["two"]);
    let input = format!("{headers}--b\r\n\r\none\r\n --b\r\ntwo\r\n--b--\r\n");
    // Other text before the boundary is no blank.
    let (part, own) = lenient(&input.replace(" --b", "> --b"));
    assert_eq!((part.parts().len(), own), (1, vec![]));
}

#[test]
fn shares_what_is_not_encoded() {
    let input = Bytes::from_static(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\noctets\r\n--b--");
    let part = mime::decode_with(&input, &Options::strict()).unwrap().value;
    let octets = part.parts()[0].octets().unwrap();
    assert!(input.as_ptr_range().contains(&octets.as_ptr()));
}

#[test]
fn reads_headers_however_they_are_written() {
    let input = "content-TYPE:\tImage/GIF;Name=a.gif\r\nContent-ID:<a>\r\nContent-Location :\r\n  x.gif\r\n\t\r\n\
                 X-Other: one\r\nX-Other: two\r\nContent-Type: again/x\r\ndamaged line\r\n\r\nbody";
    let (part, deviations) = lenient(input);
    assert_eq!(part.content_type, ContentType::new("Image/GIF").with("Name", "a.gif"));
    assert_eq!(part.content_id.as_deref(), Some("<a>"));
    assert_eq!(part.content_location.as_deref(), Some("x.gif"));
    assert_eq!(part.header("x-other"), Some("one"));
    assert_eq!(part.headers.len(), 3);
    assert_eq!(texts(&part), ["damaged line\r\n\r\nbody"]);
    use DeviationKind::{DuplicateField, HeaderSyntax};
    assert_eq!(deviations, [HeaderSyntax, HeaderSyntax, DuplicateField, HeaderSyntax]);
}

#[test]
fn a_comment_behind_an_identifier_is_not_part_of_it() {
    for (field, id) in [("<a@b> (the picture)", "<a@b>"), ("<a@b>(c)", "<a@b>"), ("<a@b>", "<a@b>")] {
        let input = Bytes::from(format!("Content-ID: {field}\r\nContent-Type: image/gif\r\n\r\nx"));
        let part = mime::decode_with(&input, &Options::strict()).unwrap().value;
        assert_eq!(part.content_id.as_deref(), Some(id), "{field}");
    }
}

#[test]
fn names_damage_in_transfer_encodings() {
    for (encoding, text, octets, damage) in [
        ("Base64", "SGVs[bG8=", "Hello", Some(4)),
        ("quoted-printable", "a=zz", "a=zz", Some(1)),
        ("x-uuencode", "text", "text", None),
    ] {
        let head = format!("Content-Transfer-Encoding: {encoding}\r\n\r\n");
        let input = Bytes::from(format!("{head}{text}"));
        let decoded = mime::decode_with(&input, &Options::lenient()).unwrap();
        assert_eq!(texts(&decoded.value), [octets]);
        let deviation = decoded.deviations[0];
        assert_eq!(deviation.kind, DeviationKind::TransferEncoding);
        assert_eq!(deviation.offset, damage.map_or("Content-Transfer-Encoding: ".len(), |at| head.len() + at));
        let error = mime::decode_with(&input, &Options::strict()).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::Deviation(DeviationKind::TransferEncoding));
        assert_eq!((error.offset, error.field), (deviation.offset, Some("Content-Transfer-Encoding")));
    }
}

#[test]
fn finds_the_transfer_encoding_whatever_stands_around_it() {
    for field in ["base64;", "base64 (line by line)", "\"Base64\"", "BASE64\t; x=y"] {
        let (part, deviations) = lenient(&format!("Content-Transfer-Encoding: {field}\r\n\r\nSGVsbG8="));
        assert_eq!((texts(&part), part.headers.len()), (vec!["Hello".to_owned()], 0), "{field}");
        assert_eq!(deviations, [DeviationKind::TransferEncoding]);
    }
    let (part, _) = lenient("Content-Transfer-Encoding: x-base64 (odd)\r\n\r\nSGVsbG8=");
    assert_eq!(part.header("Content-Transfer-Encoding"), Some("x-base64 (odd)"));
}

#[test]
fn splits_at_a_boundary_with_blanks_behind_it() {
    for delimiter in ["--b", "--b  "] {
        let head = "Content-Type: multipart/mixed; boundary=\"b \"";
        let (part, deviations) = lenient(&format!("{head}\r\n\r\n{delimiter}\r\n\r\na\r\n--b--\r\n"));
        assert_eq!((texts(&part), deviations), (vec!["a".to_owned()], vec![DeviationKind::ParameterSyntax]));
    }
}

#[test]
fn takes_the_first_known_transfer_encoding_of_several() {
    for (first, second, text) in [("", "base64", "Hello"), ("base64", "7bit", "Hello"), ("7bit", "base64", "SGVsbG8=")]
    {
        let encodings = format!("Content-Transfer-Encoding: {first}\r\nContent-Transfer-Encoding: {second}\r\n\r\n");
        let (part, deviations) = lenient(&format!("{encodings}SGVsbG8="));
        assert_eq!((texts(&part), part.headers.len()), (vec![text.to_owned()], 0), "{first:?} {second:?}");
        assert_eq!(deviations, [DeviationKind::DuplicateField]);
    }
}

#[test]
fn names_the_transfer_encoding_of_a_multipart() {
    let head = "Content-Type: multipart/mixed; boundary=b\r\nContent-Transfer-Encoding:";
    for (encoding, expected) in [("8bit", None), ("base64", Some(DeviationKind::TransferEncoding))] {
        let (part, deviations) = lenient(&format!("{head} {encoding}\r\n\r\n--b\r\n\r\na\r\n--b--\r\n"));
        assert_eq!((texts(&part), deviations), (vec!["a".to_owned()], expected.into_iter().collect()));
    }
}

#[test]
fn refuses_too_many_parts_and_keeps_those_too_deep() {
    let many = format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n{}", "--b\r\n\r\n".repeat(100_000));
    let error = mime::decode_with(&many.into(), &Options::lenient()).unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::LimitExceeded(Limit::Parts));
    let deep = (0..2_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}x\r\n\r\n--b{n}x\r\n"));
    let (part, deviations) = lenient(&deep.collect::<String>());
    assert!(deviations.contains(&DeviationKind::NestingTooDeep));
    assert_eq!(part.leaves().count(), 1);
}

/// Something that has a number, 60 000 times.
fn numbered(one: impl Fn(usize) -> String) -> String {
    (0..60_000).map(one).collect()
}

#[test]
fn decodes_hostile_input_in_linear_time_and_little_memory() {
    let multipart = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    let base64 = "Content-Transfer-Encoding: base64\r\n\r\n";
    let long = 2_000_000;
    for input in [
        format!("{multipart}{}", "\n--b".repeat(long / 4)),
        format!("{multipart}{}", "\n--b ".repeat(long / 5)),
        format!("{multipart}\n--b{}x", " ".repeat(long)),
        format!("{multipart}--b\n{}", "\n--b x".repeat(long / 6)),
        format!("X: {}\r\n\r\n", "=?".repeat(long / 2)),
        format!("X: {}\r\n\r\n", "=?utf-8?Q?".repeat(long / 10)),
        format!("Content-Location: {}\r\n\r\n", "=?utf-8?Q?a?= ".repeat(long / 14)),
        format!("Content-Location: {}\r\n\r\n", "=?a?Q?a?= =?b?Q?a?= ".repeat(long / 20)),
        format!("Content-Type: a/b; {}\r\n\r\n", "\"".repeat(long)),
        format!("Content-Type: a/b; x=\"{}\r\n\r\n", "\\".repeat(long)),
        format!("Content-Type: a/b{}\r\n\r\n", ";".repeat(long)),
        format!("Content-Type: a/b{}\r\n\r\n", "; parameter0*=utf-8''%41".repeat(60_000)),
        format!("Content-Type: a/b{}\r\n\r\n", numbered(|n| format!("; name{n:06}*=''a"))),
        format!("Content-Type: a/b{}\r\n\r\n", numbered(|n| format!("; parameter*{n:06}*=a"))),
        format!("X:\r\n{}\r\n", " \r\n".repeat(long / 3)),
        format!("X:{}\r\n\r\n", "\r\n ".repeat(long / 3)),
        format!("{base64}{}", "=".repeat(long)),
        format!("{base64}{}", "A\n".repeat(long / 2)),
        format!("{base64}{}", "\n".repeat(long)),
        format!("{base64}{}", "A=".repeat(long / 2)),
        format!("{base64}{}", "AAAA".repeat(long / 4)),
        format!("Content-Transfer-Encoding: quoted-printable\r\n\r\n{}", "= ".repeat(long / 2)),
        format!("Content-Transfer-Encoding: quoted-printable\r\n\r\n={}", " ".repeat(long)),
        ":".repeat(long),
        "a\n".repeat(long / 2),
        "\0".repeat(long),
    ] {
        let started = clock::now();
        let octets = Bytes::from(input.clone());
        let used = allocation_counter::measure(|| drop(mime::decode_with(&octets, &Options::lenient())));
        let allowed = 8 * octets.len() as u64 + 64_000;
        assert!(used.bytes_max < allowed, "{} of {allowed}: {:?}", used.bytes_max, input.get(..60));
        // Linear decoding takes some ten milliseconds without optimisation, quadratic would take minutes.
        assert!((clock::now() - started).as_secs() < 5, "{:?}", input.get(..60));
    }
}

fn sample() -> Part {
    let leaf = |media: &str, octets: Vec<u8>| Part::new(ContentType::new(media), octets);
    let mut smil = leaf("application/smil", b"<smil/>".to_vec());
    smil.content_id = Some("<smil>".into());
    let mut image = leaf("image/jpeg", (0..=255u8).cycle().take(100_000).collect());
    image.content_location = Some("Größe.jpg".into());
    let mut text = leaf("text/plain", "Grüße\r\n".as_bytes().to_vec());
    text.content_type = text.content_type.with("charset", "utf-8").with("name", "Grüße \"1\".txt");
    let inner = Part::multipart(ContentType::new("multipart/alternative"), vec![text, leaf("text/plain", Vec::new())]);
    let related = ContentType::new("multipart/related").with("type", "application/smil").with("start", "<smil>");
    Part::multipart(related, vec![smil, image, inner])
}

#[test]
fn writes_what_reads_the_same_in_every_transfer() {
    for transfer in [Transfer::SevenBit, Transfer::SevenBitReadable, Transfer::EightBit, Transfer::Binary] {
        let options = TransferOptions { transfer };
        let octets = Bytes::from(mime::encode(&sample(), &options).unwrap());
        let decoded = mime::decode_with(&octets, &Options::strict()).unwrap();
        assert_eq!(decoded.value, sample());
        assert_eq!(mime::encode_chain(&sample(), &options).unwrap().to_vec(), octets);
        if matches!(transfer, Transfer::SevenBit | Transfer::SevenBitReadable) {
            assert!(octets.is_ascii());
            assert!(octets.split(|octet| *octet == b'\n').all(|line| line.len() <= 79));
        }
    }
}

#[test]
fn writes_wap_multiparts_as_mime_and_completes_references() {
    let mut leaf = Part::new(ContentType::new("application/smil"), "<smil/>");
    leaf.content_id = Some("smil".into());
    let wap = ContentType::new("application/vnd.wap.multipart.related").with("start", "smil");
    let octets = mime::encode(&Part::multipart(wap, vec![leaf]), &TransferOptions::default()).unwrap();
    let text = String::from_utf8(octets).unwrap().replace("\r\n ", " ");
    assert!(text.starts_with("Content-Type: multipart/related; boundary=\"=_"), "{text}");
    assert!(text.contains("start=\"<smil>\"") && text.contains("Content-ID: <smil>\r\n"), "{text}");
}

#[test]
fn any_start_that_is_written_is_read_strictly() {
    for start in ["a", "<a>", "<<a>>", " a ", "<a", "a>", "", "<", ">", "<>", ">a", "s left=\"0\"><p/></s>", "< a >"] {
        let related = ContentType::new("multipart/related").with("start", start);
        let body = Part::multipart(related, vec![Part::new(ContentType::new("text/plain"), "x")]);
        let octets = mime::encode(&body, &TransferOptions::default()).unwrap();
        let decoded = mime::decode_with(&octets.into(), &Options::strict()).unwrap().value;
        let octets = mime::encode(&decoded, &TransferOptions::default()).unwrap();
        assert_eq!(mime::decode_with(&octets.into(), &Options::strict()).unwrap().value, decoded, "{start}");
    }
}

#[test]
fn finds_a_boundary_that_no_part_holds() {
    let options = TransferOptions { transfer: Transfer::Binary };
    let body = |octets: String| {
        Part::multipart(ContentType::new("multipart/mixed"), vec![Part::new(ContentType::new("a/b"), octets)])
    };
    // The boundary follows from the length and the ends of the content, so that the middle can hold it.
    let filler = "x".repeat(100);
    let content = |middle: &str| body(format!("{filler}{middle}{filler}"));
    let boundary_of = |part: &Part| {
        let octets = mime::encode(part, &options).unwrap();
        let text = String::from_utf8(octets).unwrap();
        text.split('"').nth(1).unwrap().to_owned()
    };
    let held =
        |boundary: &str, at: usize| content(&format!("{}\r\n--{boundary}\r\n{}", "x".repeat(at), "x".repeat(100 - at)));
    let first = boundary_of(&held(&"y".repeat(64), 0));
    assert_eq!(first.len(), 64);
    for at in 0..100 {
        let attack = held(&first, at);
        assert_ne!(boundary_of(&attack), first, "{at}");
        let octets = Bytes::from(mime::encode(&attack, &options).unwrap());
        assert_eq!(mime::decode_with(&octets, &Options::strict()).unwrap().value, attack);
    }
}

#[test]
fn refuses_what_has_no_form() {
    let refused = |change: &dyn Fn(&mut Part)| {
        let mut part = Part::new(ContentType::new("text/plain"), "x");
        change(&mut part);
        mime::encode(&part, &TransferOptions::default()).unwrap_err()
    };
    let error = refused(&|part| part.content_id = Some("<a>\r\nX-Injected: yes".into()));
    assert_eq!((error.kind, error.field), (EncodeErrorKind::InvalidText, Some("Content-ID")));
    let error = refused(&|part| part.content_location = Some("a\r\nX-Injected: yes".into()));
    assert_eq!((error.kind, error.field), (EncodeErrorKind::ControlCharacter(b'\r'), Some("Content-Location")));
    let error = refused(&|part| part.content_type = ContentType::new("text/plain\r\nX: y"));
    assert_eq!((error.kind, error.field), (EncodeErrorKind::InvalidText, Some("Content-Type")));
    let encoding = Header::Text { name: "content-transfer-encoding".into(), value: "7bit".into() };
    let error = refused(&|part| part.headers = vec![encoding.clone(); 2]);
    assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("Content-Transfer-Encoding")));
    for value in [" a", "a\t"] {
        let header = Header::Text { name: "X-Blank".into(), value: value.into() };
        assert_eq!(refused(&|part| part.headers = vec![header.clone()]).kind, EncodeErrorKind::InvalidText);
    }
    let error = refused(&|part| part.content = Content::Parts(vec![].into()));
    assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("Content-Type")));
}

#[test]
fn reports_what_rfc_2045_to_2047_and_2231_forbid() {
    use DeviationKind::{
        BareLineFeed, ControlCharacter, DuplicateField, EncodedWord, LineTooLong, ParameterSyntax, TransferEncoding,
        UnknownCharset,
    };
    let long = "a".repeat(80);
    let multipart =
        |parameters: &str| format!("Content-Type: multipart/mixed; {parameters}\r\n\r\n--a\r\n\r\nx\r\n--a--\r\n");
    let location = |value: &str| format!("Content-Location: {value}\r\n\r\n");
    let content = |encoding: &str, text: &str| format!("Content-Transfer-Encoding: {encoding}\r\n\r\n{text}");
    let none: &[DeviationKind] = &[];
    for (input, kinds) in [
        // Parameters given twice, in one way or another.
        (multipart("boundary=a"), none),
        (multipart("boundary*=us-ascii''a"), none),
        (multipart("boundary=a; boundary=b"), &[ParameterSyntax]),
        (multipart("boundary=a; Boundary=a"), &[ParameterSyntax]),
        (multipart("boundary*=us-ascii''a; boundary=b"), &[ParameterSyntax]),
        (multipart("boundary*0=a; boundary=b"), &[ParameterSyntax]),
        (multipart("boundary=a; x=1; y=2; X=3"), &[ParameterSyntax]),
        (multipart("boundary=a; a=1; b=1; c=1; d=1; e=1; f=1; g=1; h=1; H=1"), &[ParameterSyntax]),
        (multipart(".boundary=a"), &[ParameterSyntax]),
        // Encoded words.
        (location("=?utf-8?q?a?= =?utf-8?b?w7w=?= b"), none),
        (location("=?utf-8?q?a=09b?="), none),
        (location("=?utf-8?q?a=0D=0AX-Evil:_1?="), &[ControlCharacter]),
        (location("=?utf-8?q?a=00?="), &[ControlCharacter]),
        (location("=?utf-8?b?G1szMW0=?="), &[ControlCharacter]),
        (location("=?utf-8?q?=7F?="), &[ControlCharacter]),
        (location("=?utf-8?q?=C2=85=E2=80=A8?="), none),
        (location("x=?utf-8?q?a?="), &[EncodedWord]),
        (location("=?utf-8?q?a?=x"), &[EncodedWord]),
        (location("=?utf-8?q?a?==?utf-8?q?a?="), &[EncodedWord]),
        (location("=?utf-8?q?a b?="), &[EncodedWord]),
        (location("=?utf-8?q?=zz?="), &[EncodedWord]),
        (location("=?utf-8?b?a?="), &[EncodedWord]),
        (location("=?utf-8?b?aGk?="), &[EncodedWord]),
        (location("=?utf-8?q??="), &[EncodedWord]),
        (location(&format!("=?utf-8?q?{long}?=")), &[EncodedWord]),
        (location("=?no-such?q?a?="), &[UnknownCharset]),
        // Values of RFC 2231.
        ("Content-Disposition: attachment; filename*=utf-8''a%0D%0Ab\r\n\r\n".to_owned(), &[ControlCharacter]),
        (
            "Content-Disposition: attachment; filename*0*=utf-8''a%0; filename*1*=a%00\r\n\r\n".to_owned(),
            &[ControlCharacter, ParameterSyntax],
        ),
        ("Content-Type: text/plain; name*=utf-8''%1B\r\n\r\n".to_owned(), &[ControlCharacter]),
        // Contents.
        (content("base64", "SGVsbG8=\r\n"), none),
        (content("base64", "SGVsbG8\r\n"), &[TransferEncoding]),
        (content("base64", "SGVsbG8=\r\nSGVs\r\n"), &[TransferEncoding]),
        (content("base64", &format!("{}\r\n", "QUJD".repeat(300))), &[LineTooLong, TransferEncoding]),
        (content("base64", &format!("{}\r\nQQ==\r\n", "QUJD".repeat(19))), none),
        (content("base64", &format!("QUJD\r\n{}\r\n", "QUJD".repeat(20))), &[TransferEncoding]),
        (content("base64", &format!("{} \r\n", "QUJD".repeat(19))), &[TransferEncoding]),
        (content("quoted-printable", "Gr=C3=BC=c3=9F \te=\r\n\r\n"), none),
        (content("quoted-printable", "Gr\u{fc}\r\n"), &[TransferEncoding]),
        (content("quoted-printable", "a \r\n"), &[TransferEncoding]),
        (content("quoted-printable", &long), &[TransferEncoding]),
        (content("7bit", "\u{fc}"), &[TransferEncoding]),
        (content("7bit", "\0"), &[TransferEncoding]),
        (content("8bit", "\u{fc}"), none),
        (content("8bit", "\u{fc}\0"), &[TransferEncoding]),
        (content("8bit", "\u{fc}\r"), &[TransferEncoding]),
        (content("8bit", "\u{fc}\n"), &[BareLineFeed]),
        (content("7bit", "a\rb\n"), &[TransferEncoding, BareLineFeed]),
        (content("7bit", &format!("a\r\n{}\r\n", "b".repeat(998))), none),
        (content("7bit", &format!("a\r\n{}\r\n", "b".repeat(999))), &[LineTooLong]),
        (content("binary", &format!("\u{fc}\0\r\n\n\r{}", "b".repeat(999))), none),
        ("\r\na\nb\n".to_owned(), &[BareLineFeed]),
        ("Content-Type: text/plain;\r\n\r\n".to_owned(), &[ParameterSyntax]),
        ("Content-Type: text/plain; a=b; \r\n\r\n".to_owned(), &[ParameterSyntax]),
        ("Content-Disposition: inline; filename=\"a\";\r\n\r\n".to_owned(), &[ParameterSyntax]),
        ("\r\n\u{fc}".to_owned(), &[TransferEncoding]),
        (format!("Content-Type: text/plain; {}\r\n\r\n", ["x=1"; 2].join("; ")), &[ParameterSyntax]),
        ("Content-ID: <a>\r\nContent-ID: <a>\r\n\r\n".to_owned(), &[DuplicateField]),
    ] {
        assert_eq!(lenient(&input).1, kinds, "{input}");
        assert_eq!(mime::decode_with(&input.into(), &Options::strict()).is_ok(), kinds.is_empty());
    }
    for (boundary, is_regular) in [
        ("a'()+_,-./:=?b", true),
        ("a b", true),
        ("a\u{fc}", false),
        ("a@b", false),
        (&"a".repeat(70), true),
        (&"a".repeat(71), false),
    ] {
        let input = format!(
            "Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n\r\nx\r\n--{boundary}--\r\n"
        );
        assert_eq!(lenient(&input).1.contains(&ParameterSyntax), !is_regular, "{boundary}");
    }
}

#[test]
fn no_content_holds_the_boundary() {
    let body = |parts: Vec<Part>| Part::multipart(ContentType::new("multipart/mixed"), parts);
    let text = |octets: Vec<u8>| Part::new(ContentType::new("application/octet-stream"), octets);
    // The boundary follows from the ends of the content, which stay the same below.
    let ends = [b'.'; 64];
    let length = 65_000_000;
    let crafted = |prefix: &str, numbers: core::ops::Range<u32>| {
        let mut octets = ends.to_vec();
        for number in numbers {
            octets.extend_from_slice(format!("\n--{prefix}{number:06}\n").as_bytes());
        }
        octets.resize(length + 5_000_000 - ends.len(), b'.');
        octets.extend_from_slice(&ends);
        octets
    };
    let options = TransferOptions { transfer: Transfer::Binary };
    let boundary_of = |octets: &[u8]| {
        let head = String::from_utf8_lossy(&octets[..200]).into_owned();
        head.split('"').nth(1).unwrap().to_owned()
    };
    let first = mime::encode(&body(vec![text(crafted("", 0..0))]), &options).unwrap();
    let boundary = boundary_of(&first);
    let prefix = boundary.strip_suffix("000001").unwrap();
    for numbers in [1..2, 1..1_000, 0..1_000_000] {
        let part = body(vec![text(crafted(prefix, numbers))]);
        let written = mime::encode(&part, &options).unwrap();
        assert!(boundary_of(&written).starts_with(prefix));
        let read = mime::decode_with(&written.into(), &Options::lenient()).unwrap();
        assert_eq!(read.value.parts().len(), 1);
        assert_eq!(read.value.parts()[0].octets(), part.parts()[0].octets());
    }
}

#[test]
fn memory_and_work_of_encoded_words_and_parameters_follow_the_input() {
    let folded = |unit: &str, size: usize| {
        format!("Content-Location:{}\r\n", format!(" {unit}\r\n").repeat(size / (unit.len() + 3)))
    };
    let on_a_line = |unit: &str, size: usize| format!("Content-Location: {}\r\n\r\n", unit.repeat(size / unit.len()));
    let parameters = |unit: &str, size: usize| format!("Content-Type: a/b{}\r\n\r\n", unit.repeat(size / unit.len()));
    let mut failures = vec![];
    for exponent in 10..=15 {
        for octets in [1, 700] {
            let size = ((1 << exponent) + octets) as usize;
            for input in [
                on_a_line("=?x?b??=", size),
                on_a_line("=?l1?b??=", size),
                on_a_line("=?x?q?a?= ", size),
                on_a_line("=?l1?q?a?= =?l2?q?a?= ", size),
                on_a_line("=?koi8-r?b?gICA?= ", size),
                on_a_line("=?iso-2022-jp?b?GyRC?= ", size),
                on_a_line("=?", size),
                folded("=?l1?b??=", size),
                folded("=?utf-8?q?=C3?=", size),
                parameters(";a=b", size),
                parameters("; a=b", size),
                parameters(";a*0=b", size),
                parameters(";a=\"=?x?b??=\"", size),
            ] {
                let shown = input.get(..40).unwrap_or_default().to_owned();
                let octets = Bytes::from(input);
                for options in [Options::lenient(), Options::strict()] {
                    let used = allocation_counter::measure(|| drop(mime::decode_with(&octets, &options)));
                    if used.bytes_max >= 8 * octets.len() as u64 + 64_000
                        || used.bytes_total > 64 * octets.len() as u64 + 64_000
                    {
                        failures.push(format!("{shown}: {} octets: {used:?}", octets.len()));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// RFC 2045, 6. A text that SMTP would end with another line is encoded, if it is a whole mail.
#[test]
fn the_transfer_encoding_is_that_of_the_content() {
    use Transfer::{Binary, EightBit, SevenBit, SevenBitReadable};
    for (content, transfer, expected) in [
        ("hi\r\n", SevenBit, "7bit"),
        ("hi", SevenBit, "base64"),
        ("", SevenBit, "7bit"),
        ("\u{e9}\r\n", SevenBit, "base64"),
        ("\u{e9}\r\n", EightBit, "8bit"),
        ("\u{e9}", EightBit, "base64"),
        ("\u{e9}\r\n", SevenBitReadable, "quoted-printable"),
        ("\u{e9}", SevenBitReadable, "base64"),
        ("hi", Binary, "binary"),
    ] {
        let part = Part::new(ContentType::new("text/plain").with("charset", "utf-8"), content);
        let octets = mime::encode(&part, &TransferOptions { transfer }).unwrap();
        let mail = String::from_utf8(octets.clone()).unwrap();
        assert!(
            mail.contains(&format!("Content-Transfer-Encoding: {expected}\r\n")),
            "{content:?} {transfer:?}: {mail}"
        );
        assert_eq!(mime::decode(&octets.into()).unwrap().value, part);
        // In a multipart the delimiter is behind the line.
        let body = Part::multipart(ContentType::new("multipart/mixed"), vec![part]);
        let mail = String::from_utf8(mime::encode(&body, &TransferOptions { transfer }).unwrap()).unwrap();
        let inner = match (content.is_ascii(), transfer) {
            (_, Binary) => "binary",
            (true, _) => "7bit",
            (false, EightBit) => "8bit",
            (false, SevenBitReadable) => "quoted-printable",
            (false, _) => "base64",
        };
        assert!(mail.contains(&format!("Content-Transfer-Encoding: {inner}\r\n")), "{content:?} {transfer:?}: {mail}");
    }
    // What is not text is not written as readable.
    let image = Part::new(ContentType::new("image/gif"), &b"\xe9\r\n"[..]);
    let mail = mime::encode(&image, &TransferOptions { transfer: SevenBitReadable }).unwrap();
    assert!(String::from_utf8(mail).unwrap().contains("Content-Transfer-Encoding: base64\r\n"));
    // Content that is encoded already fits where its octets do.
    let mut encoded = Part::new(ContentType::new("text/plain"), "aGk=\r\n");
    encoded.headers.push(Header::Text { name: "Content-Transfer-Encoding".into(), value: "x-own".into() });
    for (content, transfer, is_written) in
        [("aGk=\r\n", SevenBit, true), ("\u{e9}\r\n", SevenBit, false), ("\u{e9}\r\n", Binary, true)]
    {
        encoded.content = Content::Octets(content.into());
        assert_eq!(mime::encode(&encoded, &TransferOptions { transfer }).is_ok(), is_written, "{content:?}");
    }
}

//! The values of messages, as users make, compare, show and keep them.

mod part {
    use alloc::borrow::Cow;
    use mms_codec::Bytes;
    use mms_codec::DeviationKind;
    use mms_codec::message::*;

    fn part(id: &str, location: &str) -> Part {
        let mut part = Part::new(ContentType::new("text/plain"), "x");
        part.content_id = (!id.is_empty()).then(|| id.into());
        part.content_location = (!location.is_empty()).then(|| location.into());
        part
    }

    #[test]
    fn finds_a_part_however_it_is_referred_to() {
        let body = Part::multipart(
            ContentType::new("multipart/related"),
            alloc::vec![part("<a%20b>", ""), part("", "<c.txt>")],
        );
        for reference in ["cid:a%20b", "a b", "<a b>", "\"<a b>\"", "CID:a b", "<\"a b\">", "<cid:a b>"] {
            assert_eq!(body.find(reference).unwrap().content_id.as_deref(), Some("<a%20b>"), "{reference}");
        }
        assert!(body.find("c.txt").is_some() && body.find("./c.txt").is_some());
        assert!(body.find("d").is_none());
        let mut named = part("", "");
        named.content_type = named.content_type.with("name", "d.gif");
        assert!(Part::multipart(ContentType::new("multipart/related"), alloc::vec![named]).find("d.gif").is_some());
    }

    #[test]
    fn reads_names_however_they_are_encoded() {
        let text = || ContentType::new("text/plain");
        for (name, value, read) in [
            ("name", "F\u{fc}.txt", "F\u{fc}.txt"),
            ("name", "=?utf-8?B?RsO8LnR4dA==?=", "F\u{fc}.txt"),
            ("name", "=?utf-8?Q?F=C3?= =?utf-8?Q?=BC.txt?=", "F\u{fc}.txt"),
            ("name*", "utf-8''F%C3%BC.txt", "F\u{fc}.txt"),
            ("Name*", "iso-8859-1'de'F%FC.txt", "F\u{fc}.txt"),
            ("name*", "''F%C3%BC.txt", "F\u{fc}.txt"),
            ("name*", "F%C3%BC.txt", "a.txt"),
            ("name", "", "a.txt"),
        ] {
            let mut part = Part::new(text().with(name, value), "x");
            part.content_location = Some("a.txt".into());
            assert_eq!(part.name().as_deref(), Some(read), "{name} {value}");
        }
    }

    #[test]
    fn takes_the_root_by_start_then_type_then_place() {
        let smil = |id| {
            let mut smil = part(id, "");
            smil.content_type = ContentType::new("application/smil");
            smil
        };
        let body = |content_type: ContentType| Part::multipart(content_type, alloc::vec![part("<t>", ""), smil("<s>")]);
        let related = || ContentType::new("application/vnd.wap.multipart.related");
        let root = |content_type| body(content_type).root().unwrap().content_id.clone().unwrap();
        assert_eq!(root(related().with("start", "s")), "<s>");
        assert_eq!(root(related().with("start", "none").with("type", "application/smil")), "<s>");
        assert_eq!(root(related()), "<t>");
        assert!(Part::multipart(related(), Vec::new()).root().is_none());
    }

    #[test]
    fn undoes_transfer_encodings() {
        for (encoding, octets, decoded) in [
            ("Base64", "SGVs\r\nbG8", "Hello"),
            ("quoted-printable", "H=C3=A9=\r\nllo", "Héllo"),
            ("7bit", "SGVs", "SGVs"),
            ("base64", "SGVsbG8hT", "Hello!"),
            ("base64", "%%", "%%"),
        ] {
            let mut part = Part::new(ContentType::new("text/plain"), octets);
            part.headers.push(Header::Text { name: "content-transfer-encoding".into(), value: encoding.into() });
            assert_eq!(part.decoded().as_deref(), Some(decoded.as_bytes()), "{encoding}");
            assert_eq!(part.text().as_deref(), Some(decoded), "{encoding}");
        }
    }

    #[test]
    fn reads_text_in_its_charset() {
        let text = |charset: Option<&str>, octets: &'static [u8]| {
            let mut content_type = ContentType::new("text/plain");
            if let Some(charset) = charset {
                content_type = content_type.with("charset", charset);
            }
            Part::new(content_type, octets).text().map(Cow::into_owned)
        };
        assert_eq!(text(Some("utf-8"), "é".as_bytes()).as_deref(), Some("é"));
        assert_eq!(text(None, b"\xe9").as_deref(), Some("é"));
        #[cfg(feature = "charsets")]
        assert_eq!(text(Some("koi8-r"), b"\xf6").as_deref(), Some("Ж"));
        assert_eq!(text(Some("utf-8"), b"\xe9"), None);
        assert_eq!(text(Some("*"), b"\xe9").as_deref(), Some("é"));
        assert_eq!(text(Some("x-unknown"), "é".as_bytes()).as_deref(), Some("é"));
        assert_eq!(text(Some("x-unknown"), b"\xe9"), None);
        assert_eq!(text(Some("x-unknown"), b"caf\x0e"), None);
        let mut unnamed = ContentType::new("text/plain");
        unnamed.parameters.push(Parameter::Coded { code: 0x01, value: Bytes::from_static(b"\x02\x27\x0f") });
        assert_eq!(Part::new(unnamed, &b"\xe9"[..]).text(), None);
        assert_eq!(Part::new(ContentType::new("image/gif"), "x").text(), None);
        assert_eq!(Part::new(ContentType::new("image/gif"), "x").text_lossy(), None);
    }

    #[test]
    fn reads_text_under_a_wrong_label() {
        use DeviationKind::*;
        for (label, octets, text, charset, fault) in [
            ("us-ascii", "Grüße".as_bytes(), "Grüße", Charset::UTF_8, Some(WrongCharset)),
            ("us-ascii", b"Gr\xfc\xdfe", "Grüße", Charset::ISO_8859_1, Some(WrongCharset)),
            ("us-ascii", b"Gr\xc3\xbc\xc3", "Grü", Charset::UTF_8, Some(CutCharacter)),
            ("utf-8", b"Gr\xc3\xbc\xc3", "Grü", Charset::UTF_8, Some(CutCharacter)),
            ("utf-8", b"a\xf0\x9f\x98", "a", Charset::UTF_8, Some(CutCharacter)),
            #[cfg(feature = "charsets")]
            ("gb2312", b"\xd6\xd0\xce", "中", Charset::GB2312, Some(CutCharacter)),
            ("utf-16", b"\0G\0r\0", "Gr", Charset::UTF_16, Some(CutCharacter)),
            ("utf-16le", b"G\0\x3d\xd8", "G", Charset::UTF_16LE, Some(CutCharacter)),
            #[cfg(feature = "charsets")]
            ("gb2312", "中文字".as_bytes(), "中文字", Charset::UTF_8, Some(WrongCharset)),
            #[cfg(feature = "charsets-single-octet")]
            ("iso-8859-7", "Ҏ".as_bytes(), "Ҏ", Charset::UTF_8, Some(WrongCharset)),
            #[cfg(feature = "charsets")]
            ("utf-8", b"\xed\xa0\xbd\xed\xb8\x80", "😀", Charset::UTF_8, Some(WrongCharset)),
            ("utf-16", b"\x3d\xd8\0\xde\xdf\0e\0", "😀ße", Charset::UTF_16LE, Some(WrongCharset)),
            ("utf-32le", b"\0\0\0a", "a", Charset::UTF_32BE, Some(WrongCharset)),
            ("utf-8", b"\xef\xbb\xbfa", "a", Charset::UTF_8, None),
            ("utf-8", b"\xef\xbb\xbf\xef\xbb\xbfa", "a", Charset::UTF_8, None),
            ("us-ascii", b"\xef\xbb\xbf\xc3\xbc", "ü", Charset::UTF_8, Some(WrongCharset)),
            ("iso-8859-1", b"\xef\xbb\xbf\xc3\xbc", "ü", Charset::UTF_8, Some(WrongCharset)),
            ("", b"\xef\xbb\xbfa", "a", Charset::UTF_8, Some(UnlabelledText)),
            ("", b"\xff\xfea\0", "a", Charset::UTF_16LE, Some(UnlabelledText)),
            ("", b"\xff\xfe\0\0a\0\0\0", "a", Charset::UTF_32LE, Some(UnlabelledText)),
            ("utf-8", b"\xfe\xff\0a", "a", Charset::UTF_16BE, Some(WrongCharset)),
            ("utf-16", b"\xff\xfea\0", "a", Charset::UTF_16, None),
            ("utf-16be", b"\xff\xfea\0", "a", Charset::UTF_16LE, Some(WrongCharset)),
            ("*", b"a", "a", Charset::US_ASCII, Some(UnlabelledText)),
            ("viscii", b"abc", "abc", Charset::VISCII, Some(UnknownCharset)),
        ] {
            let mut content_type = ContentType::new("text/plain");
            if !label.is_empty() {
                content_type = content_type.with("charset", label);
            }
            let part = Part::new(content_type, octets.to_vec());
            assert_eq!(part.text().as_deref(), Some(text), "{label} {octets:02x?}");
            let lossy = part.text_lossy().unwrap();
            assert_eq!((lossy.charset, lossy.fault), (Some(charset), fault), "{label} {octets:02x?}");
            assert_eq!(lossy.is_lossy, fault == Some(CutCharacter));
            if !lossy.is_lossy {
                assert_eq!(lossy.text, text);
            }
        }
        for (label, octets, text) in [
            ("utf-8", &b"a\xffb"[..], "a\u{fffd}b"),
            ("utf-8", b"Gr\xc3\xbc\xc3", "Grü\u{fffd}"),
            #[cfg(feature = "charsets")]
            ("big5", b"a\xff", "a\u{fffd}"),
            ("utf-16", b"\0a\xd8\0\0b", "a\u{fffd}b"),
            ("utf-32", b"\0\0\0a\xff\0\0\0\0\0", "a\u{fffd}\u{fffd}"),
            ("x-unknown", b"a\xff", "a\u{fffd}"),
        ] {
            let part = Part::new(ContentType::new("text/plain").with("charset", label), octets);
            let lossy = part.text_lossy().unwrap();
            assert_eq!((&*lossy.text, lossy.is_lossy), (text, true), "{label} {octets:02x?}");
        }
    }
}

mod parts {
    use core::hash::{Hash as _, Hasher as _};
    use mms_codec::Limits;
    use mms_codec::message::*;
    use std::hash::DefaultHasher;

    fn nested(depth: usize, content: &'static str) -> Part {
        let mixed = || ContentType::new("application/vnd.wap.multipart.mixed");
        (0..depth).fold(Part::new(ContentType::new("text/plain"), content), |inner, _| {
            Part::multipart(mixed(), alloc::vec![inner])
        })
    }

    fn hash(part: &Part) -> u64 {
        let mut hasher = DefaultHasher::new();
        part.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn parts_of_any_depth_are_cloned_compared_hashed_shown_and_dropped() {
        let (deep, other) = (nested(200_000, "a"), nested(200_000, "b"));
        let copy = deep.clone();
        assert!(copy == deep && copy != other && deep != nested(199_999, "a"));
        assert_eq!(hash(&copy), hash(&deep));
        assert!(alloc::format!("{deep:?} {deep:#?}").contains("Parts([..])"));
        assert_eq!(deep.leaves().count(), 1);
    }

    #[test]
    fn shows_and_serializes_what_can_be_encoded() {
        let (deepest, too_deep) = (nested(Limits::MAX_DEPTH, "a"), nested(Limits::MAX_DEPTH + 1, "a"));
        assert!(!alloc::format!("{deepest:?}").contains("[..]"));
        assert!(alloc::format!("{too_deep:?}").contains("[..]"));
        #[cfg(feature = "serde")]
        {
            assert!(serde_json::to_string(&deepest).is_ok());
            assert!(serde_json::to_string(&too_deep).is_err());
        }
    }

    #[test]
    fn copies_are_equal_and_hash_so() {
        let leaf = |content: &'static str| Part::new(ContentType::new("text/plain"), content);
        let mixed = |parts| Part::multipart(ContentType::new("multipart/mixed"), parts);
        let tree = |last| {
            let inner = mixed(alloc::vec![leaf("b"), mixed(alloc::vec![leaf("c")]), mixed(Vec::new()), leaf(last)]);
            mixed(alloc::vec![leaf("a"), inner, leaf("e")])
        };
        let (one, other) = (tree("d"), tree("x"));
        assert_eq!(one, one.clone());
        assert_eq!(alloc::format!("{one:?}"), alloc::format!("{:?}", one.clone()));
        assert_eq!(hash(&one), hash(&one.clone()));
        assert_ne!(one, other);
        assert_ne!(hash(&one), hash(&other));
    }
}

mod short_string {
    use mms_codec::message::*;
    use std::collections::HashSet;

    #[test]
    fn is_the_same_text_however_it_is_kept() {
        for text in ["", "a", "22 octets are inline..", "23 octets are in a box.", "é"] {
            let kept = Str::from(text);
            assert_eq!(kept.as_str(), text);
            let owned = String::from(text);
            assert_eq!(kept, text);
            assert_eq!(text, kept);
            assert_eq!(kept, *text);
            assert_eq!(*text, kept);
            assert_eq!(kept, owned);
            assert_eq!(owned, kept);
            assert_eq!(kept, Str::from(String::from(text)));
            assert_eq!(String::from(kept.clone()), text);
            let set: HashSet<Str> = HashSet::from([kept]);
            assert!(set.contains(text), "{text}");
        }
        assert_eq!(Str::from("a"), Str::from_static("a"));
        let [a, b, z, e] = ["a", "b", "z", "é"].map(Str::from);
        assert!(a < b);
        assert!(z < e);
    }
}

#[cfg(feature = "serde")]
mod text {
    use mms_codec::Bytes;
    use mms_codec::message::*;

    #[test]
    fn deserialises_what_a_decoder_could_have_read() {
        for text in [
            Text::from("é"),
            Text::from("e"),
            Text::from_octets(Bytes::from_static(b"\xff"), Charset::UTF_8),
            Text::from_octets(Bytes::from_static(b"a"), Charset::new(9999)),
            Text::from_encoded_words("=?utf-8?Q?=C3=A9?="),
        ] {
            let json = serde_json::to_string(&text).unwrap();
            assert_eq!(serde_json::from_str::<Text>(&json).unwrap(), text);
        }
        for wrong in [
            r#"{"charset":null,"content":{"Text":"é"}}"#,
            r#"{"charset":null,"content":{"Octets":[101]}}"#,
            r#"{"charset":106,"content":{"Words":{"text":"e","written":"=?utf-8?Q?=C3=A9?="}}}"#,
        ] {
            assert!(serde_json::from_str::<Text>(wrong).is_err(), "{wrong}");
        }
        let decodable = r#"{"charset":106,"content":{"Octets":[195,169]}}"#;
        assert_eq!(serde_json::from_str::<Text>(decodable).unwrap(), Text::from("é"));
        let second = r#"{"seconds":0,"nanoseconds":1000000000,"offset_minutes":null,"months":0}"#;
        assert!(serde_json::from_str::<Timestamp>(second).is_err());
        assert!(serde_json::from_str::<Interval>(second).is_err());
    }
}

#[cfg(feature = "serde")]
mod nesting {
    use alloc::string::String;
    use mms_codec::Limits;
    use mms_codec::message::*;
    use serde::Deserialize;

    const FIELDS: [&str; 6] = ["content_type", "content_id", "content_location", "disposition", "headers", "content"];

    /// Parts in each other, as JSON.
    fn nested(depth: usize) -> String {
        let type_of = |subtype| serde_json::to_string(&ContentType::new(subtype)).unwrap();
        let (outer, inner) = (type_of("application/vnd.wap.multipart.mixed"), type_of("text/plain"));
        let begin = |of: &str| alloc::format!(r#"{{"content_type":{of},"headers":[],"content":"#);
        let (before, leaf) = (begin(&outer) + r#"{"Parts":["#, begin(&inner) + r#"{"Octets":[104,105]}}"#);
        before.repeat(depth) + &leaf + &"]}}".repeat(depth)
    }

    /// Reads as deep as the type lets it.
    fn read<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, serde_json::Error> {
        let mut from = serde_json::Deserializer::from_str(json);
        from.disable_recursion_limit();
        T::deserialize(&mut from)
    }

    #[test]
    fn nesting_is_bounded_where_the_format_does_not_bound_it() {
        let deepest: Part = read(&nested(Limits::MAX_DEPTH)).unwrap();
        assert_eq!(read::<Part>(&serde_json::to_string(&deepest).unwrap()).unwrap(), deepest);
        for depth in [Limits::MAX_DEPTH + 1, 200_000] {
            let error = read::<Part>(&nested(depth)).unwrap_err();
            assert!(alloc::format!("{error}").starts_with("parts are nested too deep"), "{error}");
            assert!(read::<Parts>(&alloc::format!("[{}]", nested(depth))).is_err());
        }
    }

    #[test]
    fn parts_are_read_as_a_derived_implementation_reads_them() {
        let part: Part = read(&nested(1)).unwrap();
        let json = serde_json::to_string(&part).unwrap();
        assert_eq!(read::<Part>(&json).unwrap(), part);
        // Fields that are not known are passed over.
        assert_eq!(read::<Part>(&json.replacen('{', r#"{"more":[1],"#, 1)).unwrap(), part);
        let whole = serde_json::to_value(&part).unwrap();
        let fields = whole.as_object().unwrap();
        assert!(fields.keys().eq(FIELDS));
        // In a format without names.
        let values: Vec<_> = fields.values().cloned().collect();
        assert_eq!(serde_json::from_value::<Part>(values.into()).unwrap(), part);
        for name in FIELDS {
            let mut fields = fields.clone();
            let value = fields.remove(name).unwrap();
            assert_eq!(serde_json::from_value::<Part>(fields.into()).is_ok(), value.is_null(), "{name}");
            let twice = json.replacen('{', &alloc::format!(r#"{{"{name}":{value},"#), 1);
            assert!(alloc::format!("{}", read::<Part>(&twice).unwrap_err()).starts_with("duplicate field"), "{name}");
        }
        assert!(read::<Content>(r#"{"Other":[]}"#).is_err());
    }
}

mod reply_charging {
    use mms_codec::message::*;

    #[test]
    fn an_empty_word_is_no_value() {
        assert_eq!(ReplyCharging::from_name(""), None);
        assert_eq!(ReplyCharging::from_name("requested"), Some(ReplyCharging::Requested));
    }
}

#[cfg(feature = "serde")]
mod octets {
    use mms_codec::Bytes;
    use mms_codec::message::{Content, ContentType, Part};

    #[test]
    fn octets_are_base64_where_people_read_them_and_numbers_are_read_too() {
        let part = Part::new(ContentType::new("image/gif"), Bytes::from(alloc::vec![0xff; 692]));
        let json = serde_json::to_string(&part.content).unwrap();
        assert_eq!(json.len(), r#"{"Octets":""}"#.len() + 924);
        assert_eq!(serde_json::from_str::<Content>(&json).unwrap(), part.content);
        let numbers = serde_json::from_str::<Content>(r#"{"Octets":[71,73,70]}"#).unwrap();
        assert_eq!(numbers, Content::Octets(Bytes::from_static(b"GIF")));
        for wrong in [r#"{"Octets":"R0l"}"#, r#"{"Octets":[256]}"#, r#"{"Octets":1}"#] {
            assert!(serde_json::from_str::<Content>(wrong).is_err(), "{wrong}");
        }
    }

    #[cfg(feature = "mm1")]
    #[test]
    fn codes_are_names_where_people_read_them_and_numbers_are_read_too() {
        use mms_codec::mm1::ResponseStatus;
        for (status, json) in [
            (ResponseStatus::ERROR_PERMANENT_CONTENT_NOT_ACCEPTED, r#""Error-permanent-content-not-accepted""#),
            (ResponseStatus::from_octet(0xfe), "254"),
        ] {
            assert_eq!(serde_json::to_string(&status).unwrap(), json);
            assert_eq!(serde_json::from_str::<ResponseStatus>(json).unwrap(), status);
        }
        assert_eq!(serde_json::from_str::<ResponseStatus>("229").unwrap().octet(), 229);
        assert!(serde_json::from_str::<ResponseStatus>(r#""Nothing""#).is_err());
    }
}

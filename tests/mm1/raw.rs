//! What is read without allocating is what the decoder reads.

use crate::support::vectors;

use mms_codec::message::{Address, Charset, Time};
use mms_codec::mm1::{self, Extent, FieldCode, FieldName, FieldValue, Fields};
use mms_codec::push::sms::{RawUserData, UserData};
use mms_codec::push::{self, RawPush};
use mms_codec::wsp::{RawPart, RawText, Reader};
use mms_codec::{Bytes, Options};

/// The charsets that are converted without tables.
const CONVERTED: [Charset; 6] =
    [Charset::UTF_8, Charset::US_ASCII, Charset::ISO_8859_1, Charset::UTF_16, Charset::UTF_16BE, Charset::UTF_16LE];

fn agrees(field: &mm1::RawField<'_>, value: FieldValue<'_>) {
    let text = |text: Option<RawText<'_>>| text.unwrap().to_string();
    match value {
        FieldValue::Token(octet) => assert_eq!(field.token(), Some(octet)),
        FieldValue::Flag(flag) => assert_eq!(field.token(), Some(if flag { 0x80 } else { 0x81 })),
        FieldValue::Number(number) => assert_eq!(field.number(), Some(number)),
        FieldValue::Version(version) => {
            let number = version.major() << 4 | version.minor().unwrap_or(15);
            assert_eq!(field.number(), Some(number.into()));
        }
        FieldValue::Str(expected) => assert_eq!(text(field.text()), *expected),
        FieldValue::Text(expected) => {
            let raw = field.text().unwrap();
            assert_eq!(raw.charset.is_some(), expected.charset().is_some());
            if raw.charset.is_none_or(|charset| CONVERTED.contains(&charset)) {
                assert_eq!(raw.to_string(), expected.as_str().unwrap());
            }
        }
        FieldValue::Address(expected) => assert_eq!(Address::from(text(field.address())), *expected),
        FieldValue::InsertAddress => assert_eq!(field.address(), None),
        FieldValue::PreviouslySentBy(by) => assert_eq!(Address::from(text(field.address())), by.address),
        FieldValue::PreviouslySentDate(date) => assert_eq!(field.time(), Some(Time::Absolute(date.date))),
        FieldValue::Timestamp(timestamp) => assert_eq!(field.time(), Some(Time::Absolute(timestamp))),
        FieldValue::Time(time) => assert_eq!(field.time(), Some(time)),
        FieldValue::Body(body) => {
            assert_eq!(field.media_type(), body.content_type.media.name());
            let raw: Vec<_> = field.parts().into_iter().flatten().collect();
            assert_eq!(raw.len(), body.parts().len());
            for (raw, part) in raw.iter().zip(body.parts()) {
                assert_eq!(raw.media_type(), part.content_type.media.name());
                assert_eq!(
                    raw.content_location().map(|text| text.to_string()).as_deref(),
                    part.content_location.as_deref()
                );
                assert_eq!(raw.content_id().map(|text| text.to_string()).as_deref(), part.content_id.as_deref());
                assert!(part.octets().is_none_or(|octets| raw.data == *octets));
                if part.content_type.charset().is_some_and(|charset| CONVERTED.contains(&charset)) {
                    assert_eq!(raw.text().to_string(), part.text().unwrap());
                }
            }
        }
        _ => {}
    }
}

#[test]
fn getters_agree_with_the_decoder() {
    let mut count = 0;
    for (name, octets) in vectors::all().filter(|(_, octets)| octets.first() == Some(&0x8c)) {
        let Ok(decoded) = mm1::decode_with(&octets, &Options::strict()) else { continue };
        for (code, _) in decoded.value.field_codes() {
            let fields = Fields::new(&octets).map(Result::unwrap).filter(|field| field.name == FieldName::Code(code));
            for (index, field) in fields.enumerate() {
                agrees(&field, decoded.value.value(code, index).unwrap_or_else(|| panic!("{name}: {code} {index}")));
                count += 1;
            }
        }
    }
    assert!(count > 300, "{count}");
}

/// Marks decide, and are not part of the text; a NUL may be half a character.
#[test]
fn byte_order_marks_and_wide_terminators_are_those_of_the_decoder() {
    for (octets, expected, is_utf8) in [
        (&b"\x09\x84\xff\xfeH\0i\0\0\0"[..], "Hi", false),
        (b"\x0c\x02\x03\xf7\x7f\xfe\xff\0H\0i\0\0", "Hi", false),
        (b"\x0a\x02\x03\xf7\xff\xfeG\0e\0\0", "Ge", false),
        (b"\x0a\x02\x03\xf5\xff\xfeG\0e\0\0", "Ge", false),
        (b"\x0a\x02\x03\xf7\0G\0e\0\0\0", "Ge", false),
        (b"\x07\xea\xef\xbb\xbfHi\0", "Hi", true),
        (b"\x07\x84\xef\xbb\xbfHi\0", "Hi", true),
        // ASCII is UTF-8 in these charsets too.
        (b"\x04\x84Hi\0", "Hi", true),
        (b"Hi\0", "Hi", true),
        (b"\x04\x84H\xef\0", "Hï", false),
    ] {
        let raw = RawText::new(octets).unwrap();
        assert_eq!(raw.to_string(), expected, "{octets:02x?}");
        assert_eq!(raw.as_str(), is_utf8.then_some(expected), "{octets:02x?}");
        let octets = Bytes::copy_from_slice(octets);
        let text = Reader::new(&octets, &Options::lenient()).encoded_string().unwrap();
        assert_eq!(text.as_str(), Some(expected), "{octets:02x?}");
    }
}

/// 7.3.14 and 7.3.36: `From` has a token before the address, the history a number.
#[test]
fn an_address_is_found_behind_what_precedes_it() {
    for (field, address) in [
        (&b"\x97+1/TYPE=PLMN\0"[..], Some("+1/TYPE=PLMN")),
        (b"\x89\x0e\x80+1/TYPE=PLMN\0", Some("+1/TYPE=PLMN")),
        (b"\x89\x01\x81", None),
        (b"\xa0\x0e\x81+1/TYPE=PLMN\0", Some("+1/TYPE=PLMN")),
        (b"\xa0\x10\x02\x01\x00+1/TYPE=PLMN\0", Some("+1/TYPE=PLMN")),
        (b"\x97\0", None),
    ] {
        let field = Fields::new(field).next().unwrap().unwrap();
        assert_eq!(field.address().map(|text| text.to_string()).as_deref(), address, "{field:02x?}");
        assert_eq!(field.address().and_then(|text| text.charset), None, "{field:02x?}");
    }
}

/// Headers and parameters may have their names written out (WAP-230, 8.4.2.4 and 8.4.2.6).
#[test]
fn what_is_sought_in_a_part_is_found_behind_names_that_are_written_out() {
    let part = RawPart::new(b"\x83X-A\0\x85\x8ba\0\xc0\"<a>\0X-B\0\x86\x8eloc\0", b"", 0);
    assert_eq!(part.content_id().unwrap().as_str(), Some("<a>"));
    assert_eq!(part.content_location().unwrap().as_str(), Some("loc"));
    for (headers, data, text) in [
        (&b"\x03\x83\x81\xea"[..], &b"\xc3\xbc"[..], "ü"),
        // No octet of ASCII.
        (b"\x03\x83\x81\x83", b"\xfc", "\u{fffd}"),
        (b"\x07\x83x\0y\0\x81\x83", b"\xfc", "\u{fffd}"),
        (b"\x06\x83x\0\x85\x81\x83", b"\xfc", "\u{fffd}"),
        (b"\x06\x83\x85n\0\x81\x83", b"\xfc", "\u{fffd}"),
        // Without a charset it is UTF-8 or ISO-8859-1; another parameter is not a charset.
        (b"\x83", b"\xfc", "ü"),
        (b"\x03\x83\x88\x83", b"\xfc", "ü"),
    ] {
        assert_eq!(RawPart::new(headers, data, 0).text().to_string(), text, "{headers:02x?}");
    }
}

#[test]
fn getters_take_any_octets() {
    for (_, octets) in vectors::all() {
        for start in 0..octets.len() {
            for end in start..octets.len().min(start + 20) {
                let value = &octets[start..end];
                let _ = RawText::new(value).map(|text| text.to_string());
                for code in [FieldCode::FROM, FieldCode::DATE, FieldCode::EXPIRY, FieldCode::CONTENT_TYPE] {
                    let octets = [&[code.wire()], value].concat();
                    let Some(Ok(field)) = Fields::new(&octets).next() else { continue };
                    let _ = (
                        field.address(),
                        field.time(),
                        field.number(),
                        field.token(),
                        field.text(),
                        field.media_type(),
                    );
                    for part in field.parts().into_iter().flatten() {
                        let _ =
                            (part.media_type(), part.content_id(), part.content_location(), part.text().to_string());
                    }
                }
                let _ = RawPush::new(value).map(|push| push.is_mms());
                let _ = RawUserData::new(value);
            }
        }
    }
}

#[test]
fn texts_are_read_in_their_charset() {
    // The charset by its number in the registry, and the octets.
    let cases: [(&[u8], &str); 6] = [
        (b"\x06\x84Gr\xfcn\0", "Gr\u{fc}n"),
        (b"\x07\xeaGr\xc3\xbcn\0", "Gr\u{fc}n"),
        (b"\x06\xeaGr\xfcn\0", "Gr\u{fffd}n"),
        (b"\x09\x02\x03\xf7\0G\0\xfc\0\0", "G\u{fc}"),
        (b"\x05\x91a\xa4b\0", "a\u{fffd}b"),
        (b"Gr\xfcn\0", "Gr\u{fc}n"),
    ];
    for (octets, expected) in cases {
        assert_eq!(RawText::new(octets).unwrap().to_string(), expected, "{octets:x?}");
    }
}

#[test]
fn pushes_and_segments_agree_with_the_decoder() {
    let octets = vectors::vector("push-notification");
    let (raw, push) = (RawPush::new(&octets).unwrap(), push::decode(&octets).unwrap().value);
    assert_eq!((Some(raw.tid), raw.media_type()), (push.tid, push.content_type.media.name()));
    assert_eq!(raw.data, push.data);

    for octets in [
        &b"\x0c\x05\x04\x0b\x84\x23\xf0\x08\x04\x9f\x8e\x02\x01data"[..],
        b"\x0b\x05\x04\x0b\x84\x23\xf0\x00\x03\x5c\x02\x01data",
        b"\x04\x04\x02\xf0\xf1data",
    ] {
        let octets = Bytes::copy_from_slice(octets);
        let raw = RawUserData::new(&octets).unwrap();
        let decoded = UserData::decode_with(&octets, &Options::strict()).unwrap().value;
        assert_eq!((raw.ports, raw.concatenation), (decoded.header.ports(), decoded.header.concatenation()));
        assert_eq!(raw.data, decoded.data);
    }
}

/// A PDU in an image of a memory: the octets, the length of its fields, its own, and whether it is whole.
#[test]
fn a_pdu_ends_where_its_fields_or_its_parts_do() {
    for (octets, head, length, is_whole) in [
        (&b"\x8c\x84\x8d\x92\x84\xa3\x01\x01\x02\x83hi and more"[..], 6, 12, true),
        // No response has a message type twice, a version twice, or the field of another PDU.
        (b"\x8c\x81\x98T1\0\x8d\x92\x8c\x81", 8, 8, true),
        (b"\x8c\x81\x98T1\0\x8d\x92\x8d\x92", 8, 8, true),
        (b"\x8c\x81\x98T1\0\x8d\x92\x99\x80", 8, 8, true),
        // An application header stands between others, a text with a blank is none.
        (b"\x8c\x81\x98T1\0\x8d\x92X-A\0b\0\x92\x80", 16, 16, true),
        (b"\x8c\x81\x98T1\0\x8d\x92X A\0b\0\x92\x80", 8, 8, true),
        // The second part is cut; so is the first; and the number of parts.
        (b"\x8c\x84\x8d\x92\x84\xa3\x02\x01\x02\x83hi\x01\x02\x83h", 6, 12, false),
        (b"\x8c\x84\x8d\x92\x84\xa3\x02\x01\x02\x83h", 6, 7, false),
        (b"\x8c\x84\x8d\x92\x84\xa3", 6, 6, false),
        // None are announced, which may be wrong.
        (b"\x8c\x84\x8d\x92\x84\xa3\x00", 6, 7, false),
        // A text says nothing of its length.
        (b"\x8c\x84\x8d\x92\x84\x83\x01\x01\x02\x83hi", 6, 6, false),
    ] {
        let extent = Extent::of(octets).unwrap();
        assert_eq!((extent.head, extent.length, extent.is_whole), (head, length, is_whole), "{octets:02x?}");
    }
}

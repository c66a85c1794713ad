//! The headers of a push: what is read, forgiven and refused, and what is written.

#[cfg(feature = "arbitrary")]
use mms_codec::fuzz::Target;
use mms_codec::message::{ContentType, Header, Timestamp};
use mms_codec::push::{LEADING_OCTETS, Push, RawPush, decode, decode_with};
use mms_codec::{Bytes, DecodeErrorKind, DeviationKind, EncodeErrorKind, Limit, Limits, Options};

fn text(name: &str, value: &str) -> Header {
    Header::Text { name: name.into(), value: value.into() }
}

fn application(id: &str) -> Header {
    text("X-Wap-Application-Id", id)
}

fn push(tid: Option<u8>, content_type: ContentType, headers: Vec<Header>, data: &'static [u8]) -> Push {
    let mut push = Push::new(0, data);
    (push.tid, push.content_type, push.headers) = (tid, content_type, headers);
    push
}

fn mms(headers: Vec<Header>) -> Push {
    push(Some(0x2a), ContentType::new(ContentType::MMS_MESSAGE), headers, b"\x8c\x82\x98T1\0")
}

fn without_tid(mut push: Push) -> Push {
    push.tid = None;
    push
}

fn confirmed(mut push: Push) -> Push {
    push.confirmed = true;
    push
}

const UA: &str = "x-wap-application:mms.ua";

/// The headers of real pushes, and each header that a push of an MMS PDU may have.
fn samples() -> Vec<(&'static [u8], Push)> {
    let sic = ContentType::new("application/vnd.wap.sic").with("charset", "utf-8");
    let drm = ContentType::new("application/vnd.oma.drm.rights+wbxml");
    vec![
        (b"\x2a\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0", mms(vec![application(UA)])),
        (
            [&b"\x01\x06\x0b\x03\xae\x81\xea\xc3\x95\x8d\x01\xa2\xb4\x84"[..], &[0; 162]].concat().leak(),
            push(
                Some(1),
                sic,
                vec![text("Encoding-Version", "1.5"), text("Content-Length", "162"), text("Push-Flag", "4")],
                &[0; 162],
            ),
        ),
        (b"\x2a\x06\x05\xbe\xaf\x84\x8d\x86\x8c\x82\x98T1\0", mms(vec![application(UA), text("Content-Length", "6")])),
        (
            b"\x2a\x06\x16\xbe\xaf\x84\xb1http://m.example/\0\x8c\x82\x98T1\0",
            mms(vec![application(UA), text("X-Wap-Initiator-URI", "http://m.example/")]),
        ),
        (
            b"\x2a\x06\x09\xbe\xaf\x84\x92\x04\x65\x92\x00\x80\x8c\x82\x98T1\0",
            mms(vec![application(UA), text("Date", "Mon, 01 Jan 2024 00:00:00 GMT")]),
        ),
        (
            b"\x2a\x06\x0d\xbe\xaf\x84X-A\0b\0\x7f\x10\x85\x81\x8c\x82\x98T1\0",
            mms(vec![
                application(UA),
                text("X-A", "b"),
                Header::Coded { page: 16, code: 5, value: Bytes::from_static(b"\x81") },
            ]),
        ),
        (b"\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0", without_tid(mms(vec![application(UA)]))),
        (b"\x07\x03\xbe\xaf\x84\x8c\x82\x98T1\0", without_tid(confirmed(mms(vec![application(UA)])))),
        (
            b"\x06\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0",
            push(Some(6), ContentType::new(ContentType::MMS_MESSAGE), vec![application(UA)], b"\x8c\x82\x98T1\0"),
        ),
        (
            b"\x07\x06\x05\x83\xaf\x02\x90\x03x",
            push(Some(7), ContentType::new("text/plain"), vec![application("x-oma-coremobility:sqa.ua")], b"x"),
        ),
        (
            b"\x4c\x06\x03\x83\xaf\x88x",
            push(Some(0x4c), ContentType::new("text/plain"), vec![application("x-wap-application:drm.ua")], b"x"),
        ),
        (
            b"\x4c\x06\x27application/vnd.oma.drm.rights+wbxml\0\xaf\x88x",
            push(Some(0x4c), drm, vec![application("x-wap-application:drm.ua")], b"x"),
        ),
    ]
}

#[test]
#[cfg_attr(not(feature = "wsp-headers"), ignore = "needs the feature wsp-headers")]
fn reads_and_writes_every_header_of_a_push() {
    for (octets, push) in samples() {
        let decoded = decode(&Bytes::from_static(octets)).unwrap();
        assert_eq!(decoded.value, push, "{octets:02x?}");
        assert_eq!(decoded.deviations, []);
        assert_eq!(decode_with(&Bytes::from_static(octets), &Options::strict()).unwrap().value, push);
        assert_eq!(push.encode_chain().unwrap().to_vec(), octets);
    }
}

/// Octets that lenient decoding reads as another writing of the first sample, and what it forgives.
struct Case(&'static [u8], Push, Vec<(DeviationKind, usize, Option<&'static str>)>);

fn deviating() -> Vec<Case> {
    use DeviationKind::*;
    let usual = || mms(vec![application(UA)]);
    let long_form = b"\x2a\x06\x22application/vnd.wap.mms-message\0\xaf\x84\x8c\x82\x98T1\0";
    let no_id = || mms(vec![]);
    vec![
        // Other writings that are right.
        Case(long_form, usual(), vec![]),
        Case(b"\x2a\x06\x04\xbe\xaf\x01\x04\x8c\x82\x98T1\0", usual(), vec![]),
        Case(b"\x2a\x06\x1b\xbe\xafx-wap-application:mms.ua\0\x8c\x82\x98T1\0", usual(), vec![]),
        // A carrier's octets, and a user data header.
        Case(b"\0\0\x2a\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0", usual(), vec![(LeadingOctets, 0, None)]),
        Case(
            b"\x06\x05\x04\x0b\x84\x23\xf0\x2a\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0",
            usual(),
            vec![(LeadingOctets, 0, None)],
        ),
        // The header length: before the application id, behind the message type, inside and beyond.
        Case(b"\x2a\x06\x01\xbe\xaf\x84\x8c\x82\x98T1\0", usual(), vec![(WrongHeaderLength, 2, Some("HeadersLen"))]),
        Case(b"\x2a\x06\x02\xbe\xaf\x84\x8c\x82\x98T1\0", usual(), vec![(WrongHeaderLength, 2, Some("HeadersLen"))]),
        Case(b"\x2a\x06\x00\xbe\xaf\x84\x8c\x82\x98T1\0", usual(), vec![(WrongHeaderLength, 2, Some("HeadersLen"))]),
        Case(b"\x2a\x06\x04\xbe\xaf\x84\x8c\x82\x98T1\0", usual(), vec![(WrongHeaderLength, 2, Some("HeadersLen"))]),
        Case(b"\x2a\x06\x05\xbe\xaf\x84\x8c\x82\x98T1\0", usual(), vec![(WrongHeaderLength, 2, Some("HeadersLen"))]),
        Case(b"\x2a\x06\x7f\xbe\xaf\x84\x8c\x82\x98T1\0", usual(), vec![(WrongHeaderLength, 2, Some("HeadersLen"))]),
        Case(
            b"\x2a\x06\x03\xbe\x8d\x86\xaf\x84\x8c\x82\x98T1\0",
            mms(vec![text("Content-Length", "6"), application(UA)]),
            vec![(WrongHeaderLength, 2, Some("HeadersLen"))],
        ),
        Case(
            b"\x2a\x06\x80\x03\xbe\xaf\x84\x8c\x82\x98T1\0",
            usual(),
            vec![(NonMinimalInteger, 2, Some("HeadersLen"))],
        ),
        // The application id.
        Case(b"\x2a\x06\x01\xbe\x8c\x82\x98T1\0", no_id(), vec![(MissingField, 4, Some("X-Wap-Application-Id"))]),
        Case(
            b"\x2a\x06\x03\xbe\xaf\x82\x8c\x82\x98T1\0",
            mms(vec![application("x-wap-application:wml.ua")]),
            vec![(FieldConflict, 4, Some("X-Wap-Application-Id"))],
        ),
        Case(
            b"\x2a\x06\x05\xbe\xaf\x84\xaf\x84\x8c\x82\x98T1\0",
            mms(vec![application(UA), application(UA)]),
            vec![(DuplicateField, 6, Some("X-Wap-Application-Id"))],
        ),
        Case(
            b"\x2a\x06\x05\xbe\xaf\x84\x8d\x85\x8c\x82\x98T1\0",
            mms(vec![application(UA), text("Content-Length", "5")]),
            vec![(WrongContentLength, 6, Some("Content-Length"))],
        ),
        Case(b"\x2a\x07\x03\xbe\xaf\x84\x8c\x82\x98T1\0", confirmed(usual()), vec![(FieldConflict, 1, Some("Type"))]),
        // A damaged header does not take the next one with it.
        Case(
            b"\x2a\x06\x06\xbe\xb4\x01\x05\xaf\x84\x8c\x82\x98T1\0",
            mms(vec![Header::Coded { page: 1, code: 0x34, value: Bytes::from_static(b"\x01\x05") }, application(UA)]),
            vec![(InvalidValue, 5, Some("Headers"))],
        ),
        Case(b"\x2a\x06\x04\xbe\0\xaf\x84\x8c\x82\x98T1\0", usual(), vec![(InvalidPartHeader, 4, Some("Headers"))]),
    ]
}

#[test]
#[cfg_attr(not(feature = "wsp-headers"), ignore = "needs the feature wsp-headers")]
fn forgives_what_the_module_says_and_tells_where() {
    for Case(octets, push, expected) in deviating() {
        let octets = Bytes::from_static(octets);
        let decoded = decode(&octets).unwrap();
        assert_eq!(decoded.value, push, "{octets:02x?}");
        let deviations: Vec<_> = decoded.deviations.iter().map(|one| (one.kind, one.offset, one.field)).collect();
        assert_eq!(deviations, expected, "{octets:02x?}");
    }
}

#[test]
fn strict_decoding_refuses_what_lenient_decoding_forgives() {
    for Case(octets, push, expected) in deviating() {
        let octets = Bytes::from_static(octets);
        let strict = decode_with(&octets, &Options::strict());
        let Some((kind, offset, field)) = expected.first().copied() else {
            assert_eq!(strict.unwrap().value, push, "{octets:02x?}");
            continue;
        };
        let error = strict.unwrap_err();
        assert_eq!((error.offset, error.field), (offset, field), "{octets:02x?}");
        match kind {
            DeviationKind::MissingField => assert_eq!(error.kind, DecodeErrorKind::MissingField),
            // Strict decoding names the fault of a value.
            DeviationKind::InvalidValue | DeviationKind::InvalidPartHeader => {
                assert!(matches!(error.kind, DecodeErrorKind::UnexpectedOctet(_)), "{error}");
            }
            kind => assert_eq!(error.kind, DecodeErrorKind::Deviation(kind)),
        }
    }
}

#[test]
fn refuses_what_is_no_push() {
    use DecodeErrorKind::*;
    for (octets, kind, offset, field) in [
        (&b""[..], UnexpectedEnd, 0, Some("TID")),
        (b"\x06", UnexpectedEnd, 1, Some("Type")),
        (b"\xde\xad\xbe\xef\0\xff\x01\x02", UnexpectedOctet(0xad), 1, Some("Type")),
        (b"\x07\x04", UnexpectedOctet(4), 1, Some("Type")),
        (b"\x01\x40\x05http:", UnexpectedOctet(0x40), 1, Some("Type")),
        (b"\x8c\x82\x98T1\0\x8d\x90", UnexpectedOctet(0x82), 1, Some("Type")),
        (b"\x01\x06", UnexpectedEnd, 2, Some("HeadersLen")),
        (b"\x01\x06\x90\x80\x80\x80\0\xbe", NumberTooLarge, 2, Some("HeadersLen")),
        (b"\x01\x06\0", UnexpectedEnd, 3, Some("ContentType")),
        (b"\x01\x06\x01\x1f", UnexpectedEnd, 4, Some("ContentType")),
    ] {
        let error = decode(&Bytes::from_static(octets)).unwrap_err();
        assert_eq!((error.kind, error.offset, error.field), (kind, offset, field), "{octets:02x?}");
    }
}

#[test]
fn looks_for_a_push_only_so_far() {
    let push = b"\x2a\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0";
    for leading in 0..=LEADING_OCTETS + 1 {
        let octets = Bytes::from([&vec![0xff; leading][..], push].concat());
        assert_eq!(decode(&octets).is_ok(), leading <= LEADING_OCTETS, "{leading}");
    }
}

#[test]
fn leaves_the_headers_of_other_media_alone() {
    // No look for the beginning of an MMS PDU: what follows the headers is the data.
    let octets = b"\x01\x06\x01\x83\xaf\x84\x8c\x82";
    let push = decode(&Bytes::from_static(octets)).unwrap().value;
    assert_eq!((push.headers.len(), &push.data[..]), (0, &b"\xaf\x84\x8c\x82"[..]));
    // Nor in data that is not a PDU, and in a PDU whose type is not the first field.
    for data in [&b"\xaf\x84hello"[..], b"\x98T1\0\x8c\x82"] {
        let octets = [b"\x01\x06\x03\xbe\xaf\x84", data].concat();
        assert_eq!(decode(&octets.into()).unwrap().value.data, data);
    }
}

#[test]
fn refuses_more_headers_than_the_limits_allow() {
    let mut octets = b"\x01\x06\x88\x00\xbe\xaf\x84".to_vec();
    octets.resize(4 + 1024, 0x81);
    octets.extend(b"\x8c\x82");
    let options =
        Options { limits: Limits { items: 10, octets_per_item: 1000, ..Limits::DEFAULT }, ..Options::lenient() };
    let error = decode_with(&octets.into(), &options).unwrap_err();
    assert_eq!((error.kind, error.field), (DecodeErrorKind::LimitExceeded(Limit::Items), Some("Headers")));
}

#[test]
fn shares_the_data() {
    let octets = Bytes::from_static(b"\x2a\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0");
    let push = decode(&octets).unwrap().value;
    assert_eq!(push.data.as_ptr(), octets[6..].as_ptr());
    assert_eq!(push.encode_chain().unwrap().iter().last().unwrap().as_ptr(), octets[6..].as_ptr());
}

#[test]
fn offsets_in_the_pdu_count_from_the_start_of_the_push() {
    for head in [&b"\x2a\x06\x03\xbe\xaf\x84"[..], b"\xff\xff\x2a\x06\x03\xbe\xaf\x84"] {
        let octets = [head, b"\x8c\x85\x98T1\0\x8d\x92\x0a"].concat();
        let push = decode(&octets.into()).unwrap().value;
        let pdu = push.pdu(&Options::lenient()).unwrap();
        assert_eq!(pdu.deviations[0].kind, DeviationKind::CodePageShift);
        assert_eq!(pdu.deviations[0].offset, head.len() + 8);
        let error = push.pdu(&Options::strict()).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::Deviation(DeviationKind::CodePageShift));
        assert_eq!(error.offset, head.len() + 8);
    }
    // A copy of what was decoded is still equal to what was made.
    let push = decode(&Bytes::from_static(b"\x2a\x06\x03\xbe\xaf\x84\x8c\x82")).unwrap().value;
    assert_eq!(push, Push::new(0x2a, &b"\x8c\x82"[..]));
}

#[test]
fn the_encoder_refuses_what_is_no_push() {
    use EncodeErrorKind::*;
    let with = |header: Header| mms(vec![application(UA), header]);
    let of = |content_type: &str| push(Some(1), ContentType::new(content_type), vec![], b"");
    for (push, kind, field) in [
        (mms(vec![]), MissingField, "X-Wap-Application-Id"),
        (mms(vec![application("x-wap-application:wml.ua")]), FieldConflict, "X-Wap-Application-Id"),
        (with(application("*")), FieldConflict, "X-Wap-Application-Id"),
        (with(text("content-length", "5")), FieldConflict, "Content-Length"),
        (with(text("Content-Length", "six")), FieldConflict, "Content-Length"),
        (confirmed(mms(vec![application(UA)])), FieldConflict, "Type"),
        (
            push(Some(0x2a), ContentType::new(ContentType::MMS_MESSAGE), vec![application(UA)], b"\xaf\x84\x8c\x82"),
            FieldConflict,
            "Data",
        ),
        (with(text("X-A", "a\r\nb")), ControlCharacter(b'\r'), "Headers"),
        (with(text("X-Wap-Initiator-URI", "a\0")), ControlCharacter(0), "Headers"),
        (of("text/a;b"), InvalidText, "ContentType"),
    ] {
        let error = push.encode_chain().unwrap_err();
        assert_eq!((error.kind, error.field), (kind, Some(field)), "{push:?}");
    }
}

#[test]
fn shows_headers_with_their_values() {
    let push = mms(vec![
        application(UA),
        text("Content-Length", "6"),
        text("date", "Mon, 01 Jan 2024 00:00:00 GMT"),
        text("X-A", "1"),
        text("x-a", "2"),
        Header::Coded { page: 1, code: 0x2f, value: Bytes::from_static(b"\x8b") },
        Header::Coded { page: 16, code: 5, value: Bytes::from_static(b"\x02\x81\x82") },
    ]);
    let shown: Vec<_> = push
        .fields()
        .iter()
        .map(|field| (field.name.clone(), field.values.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")))
        .collect();
    let expected = [
        ("Content-Type", "application/vnd.wap.mms-message"),
        ("X-Wap-Application-Id", "x-wap-application:mms.ua|0x8B"),
        ("Content-Length", "6"),
        ("date", "2024-01-01T00:00:00Z"),
        ("X-A", "1|2"),
        ("0x85 on page 16", "0x028182"),
    ];
    assert_eq!(shown, expected.map(|(name, value)| (name.into(), value.into())));
    let repeats: Vec<_> = push.fields().iter().map(|field| field.repeats).collect();
    assert_eq!(repeats, [false, false, false, false, true, true]);
    assert_eq!(push.date(), Some(Timestamp::from_seconds(1_704_067_200)));
}

#[test]
#[cfg_attr(not(feature = "wsp-headers"), ignore = "needs the feature wsp-headers")]
fn names_who_started_the_push() {
    let initiators: Vec<_> = samples().iter().filter_map(|(_, push)| Some(push.initiator_uri()?.to_owned())).collect();
    assert_eq!(initiators, ["http://m.example/"]);
}

/// In place, a media type is compared as the decoder does it: without regard to case (RFC 2045, 5.1).
#[test]
fn an_mms_pdu_is_known_in_place() {
    for (content_type, is_mms) in [
        (&b"\xbe"[..], true),
        (b"application/vnd.wap.mms-message\0", true),
        (b"Application/VND.WAP.MMS-Message\0", true),
        (b"\x83", false),
        (b"application/vnd.wap.mms-messages\0", false),
        // No media type has the number.
        (b"\xff", false),
    ] {
        let length = u8::try_from(content_type.len()).unwrap();
        let octets = [&[0x2a, 0x06, length], content_type, b"\x8c\x82"].concat();
        assert_eq!(RawPush::new(&octets).unwrap().is_mms(), is_mms, "{content_type:02x?}");
        assert_eq!(decode(&octets.into()).unwrap().value.is_mms(), is_mms, "{content_type:02x?}");
    }
}

/// The vector `push-notification`.
#[test]
fn makes_the_push_of_the_worked_example() {
    let pdu = Bytes::from_static(
        b"\x8c\x82\x98T1a2b3c\0\x8d\x92\x89\x19\x80+447700900123/TYPE=PLMN\0\x96\x08\xea\x7f\xc3\x89t\xc3\xa9\0\
          \x8a\x80\x8e\x02\x6d\x5f\x88\x05\x81\x03\x02\xa3\0\x83http://mmsc.example.net/m?id=7Qx2\0",
    );
    let octets = [b"\x2a\x06\x03\xbe\xaf\x84", &pdu[..]].concat();
    assert_eq!(octets.len(), 104);
    let notification = mms_codec::mm1::decode(&pdu).unwrap().value;
    assert_eq!(Push::for_pdu(0x2a, &notification).unwrap().encode().unwrap(), octets);
    let push = decode_with(&octets.into(), &Options::strict()).unwrap().value;
    assert_eq!(push.pdu(&Options::strict()).unwrap().value, notification);
}

#[cfg(feature = "arbitrary")]
#[test]
fn survives_a_cut_at_every_octet() {
    let samples = samples().into_iter().map(|(octets, _)| octets.to_vec());
    for octets in samples.chain(deviating().into_iter().map(|Case(octets, ..)| octets.to_vec())) {
        for end in 0..octets.len() {
            Target::Push.run(&octets[..end]);
        }
        for place in 0..octets.len() {
            for value in [0x00, 0x06, 0x1f, 0x7f, 0x80, 0xff] {
                let mut octets = octets.clone();
                octets[place] = value;
                Target::Push.run(&octets);
            }
        }
    }
}

#[cfg(feature = "serde")]
#[test]
fn goes_through_serde() {
    for (octets, push) in samples() {
        let json = serde_json::to_string(&push).unwrap();
        assert!(!json.contains("origin"), "{json}");
        assert_eq!(serde_json::from_str::<Push>(&json).unwrap(), push, "{octets:02x?}");
    }
}

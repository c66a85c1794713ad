//! The 59 deviations seen in the field, numbered: what lenient decoding
//! makes of each, and whether strict decoding refuses it.

use crate::support::{messages, vectors};
use mms_codec::message::{
    Address, AddressKind, Charset, Content, ContentDisposition, ContentType, Header, Originator, Part, Text, Time,
    Timestamp,
};
use mms_codec::mm1::{
    self, DeliveryInd, ElementDescriptor, Extra, FieldCode, NotificationInd, Pdu, RetrieveConf, RetrieveStatus,
    SendReq, Version,
};
use mms_codec::{Bytes, DecodeErrorKind, DeviationKind as Kind, EncodeErrorKind, Options, push};

use messages::{Forgiven, NEW_YEAR, Strict, check, notification, part, parts, phone, send_req, with};
use vectors::{octets, vector};

use Strict::{Accepts, Fails, Refuses};

const BODY: Option<&str> = Some("Content-Type");
const FROM: Option<&str> = Some("From");
const SUBJECT: Option<&str> = Some("Subject");

/// A vector with one piece of it replaced, both in hexadecimal.
fn edit(name: &str, piece: &str, by: &str) -> Bytes {
    replace(&vector(name), piece, by)
}

fn replace(all: &Bytes, piece: &str, by: &str) -> Bytes {
    let (piece, by) = (octets(piece), octets(by));
    let places: Vec<usize> = (0..all.len()).filter(|at| all[*at..].starts_with(&piece)).collect();
    let [at] = places[..] else { panic!("{piece:02X?} stands {} times", places.len()) };
    [&all[..at], &by, &all[at + piece.len()..]].concat().into()
}

/// `notification-full` with this value in place of its subject, which stands at 41.
fn with_subject(value: &str) -> Bytes {
    edit("notification-full", "08EA7FC38974C3A900", value)
}

/// `notification-full` with something put in at 50, between its subject and its message class.
fn with_field(field: &str) -> Bytes {
    edit("notification-full", "C38974C3A9008A80", &format!("C38974C3A900{field}8A80"))
}

fn notify(change: impl FnOnce(&mut NotificationInd)) -> NotificationInd {
    let mut pdu = notification();
    change(&mut pdu);
    pdu
}

fn subject(text: impl Into<Text>) -> Pdu {
    notify(|pdu| pdu.message.subject = Some(text.into())).into()
}

fn send(change: impl FnOnce(&mut SendReq)) -> Pdu {
    let mut pdu = send_req();
    change(&mut pdu);
    pdu.into()
}

/// `min-m-retrieve-conf`.
fn retrieve(change: impl FnOnce(&mut RetrieveConf)) -> Pdu {
    with(|pdu: &mut RetrieveConf| {
        pdu.transaction_id = Some("T1".into());
        pdu.version = Version::V1_2;
        pdu.message_id = Some("m1@mmsc.example.net".into());
        pdu.message.date = Some(NEW_YEAR);
        pdu.message.from = Some(phone().into());
        pdu.message.body = Some(Part::new(ContentType::new("text/plain"), "hi"));
        change(pdu);
    })
    .into()
}

/// `min-m-delivery-ind`.
fn delivery(change: impl FnOnce(&mut DeliveryInd)) -> Pdu {
    with(|pdu: &mut DeliveryInd| {
        pdu.version = Version::V1_2;
        pdu.report.message_id = Some("m1@mmsc.example.net".into());
        pdu.report.recipient = Some(phone());
        pdu.report.date = Some(NEW_YEAR);
        pdu.report.status = Some(mms_codec::message::MmStatus::Retrieved);
        change(pdu);
    })
    .into()
}

fn coded(code: FieldCode, value: &'static [u8]) -> Extra {
    Extra::Coded { code, value: Bytes::from_static(value) }
}

fn named(name: &str, value: &str) -> Extra {
    Extra::Named { name: name.into(), value: value.into() }
}

fn header(name: &str, value: &str) -> Header {
    Header::Text { name: name.into(), value: value.into() }
}

/// The text part of `send-req-related`, which begins at 461: header length, data length, content
/// type with its value-length, Content-ID, Content-Location.
const TEXT_PART: &str = "210D 0D8381EA85746578742E74787400 C0223C746578743E00 8E746578742E74787400";

/// `send-req-related` with other lengths and headers of the text part.
fn with_text_part(by: &str) -> Bytes {
    edit("send-req-related", TEXT_PART, by)
}

fn text_part(change: impl FnOnce(&mut Part)) -> Pdu {
    send(|pdu| change(&mut parts(pdu)[1]))
}

#[test]
fn n01_utf_8_in_the_charset_form_without_quote() {
    check(
        "1",
        &with_subject("07EAC38974C3A900"),
        &notification().into(),
        &[(Kind::MissingQuote, 43, SUBJECT)],
        Refuses,
    );
}

#[test]
fn n02_a_needless_quote_before_ascii() {
    let value = subject(Text::with_charset("Hello", Charset::UTF_8));
    check("2", &with_subject("08EA7F48656C6C6F00"), &value, &[(Kind::NeedlessQuote, 43, SUBJECT)], Refuses);
}

#[test]
fn n03_a_quote_alone_for_an_empty_text() {
    check("3", &with_subject("7F00"), &subject(""), &[(Kind::NeedlessQuote, 41, SUBJECT)], Refuses);
}

#[test]
fn n04_8_bit_text_without_charset() {
    let forgiven = [(Kind::UnlabelledText, 41, SUBJECT)];
    check("4, UTF-8", &with_subject("7FC38974C3A900"), &notification().into(), &forgiven, Refuses);
    let latin = subject(Text::with_charset("Été", Charset::ISO_8859_1));
    check("4, other", &with_subject("7FC974E900"), &latin, &forgiven, Refuses);
}

#[test]
fn n05_encoded_words_of_rfc_2047_are_undone_in_plain_texts() {
    let words = Text::from_encoded_words("=?utf-8?B?w4c=?=");
    assert_eq!(words.as_str(), Some("Ç"));
    let whole = subject(words);
    check("5, whole", &with_subject("3D3F7574662D383F423F7734633D3F3D00"), &whole, &[], Accepts);
    // The second character is cut, and so is the padding.
    let words = "3D3F7574662D383F423F773466463D3F3D00";
    let cut = [(Kind::EncodedWord, 41, SUBJECT), (Kind::CutCharacter, 41, SUBJECT)];
    check("5, cut", &with_subject(words), &subject("Ç"), &cut, Refuses);
    let labelled = subject(Text::with_charset("=?utf-8?B?w4fF=?=", Charset::UTF_8));
    check("5, charset", &with_subject(&format!("13EA{words}")), &labelled, &[], Accepts);
}

#[test]
fn n06_an_empty_subject() {
    check("6, plain", &with_subject("00"), &subject(""), &[], Accepts);
    check("6, charset", &with_subject("02EA00"), &subject(Text::with_charset("", Charset::UTF_8)), &[], Accepts);
}

#[test]
fn n07_a_subject_that_cannot_be_decoded_keeps_its_octets() {
    let text = Text::from_octets(Bytes::from_static(b"\xc9t"), Charset::UTF_8);
    assert_eq!(text.undecoded().unwrap(), &b"\xc9t"[..]);
    check("7", &with_subject("05EA7FC97400"), &subject(text), &[(Kind::UndecodableText, 43, SUBJECT)], Refuses);
}

#[test]
fn n08_a_value_length_other_than_the_value() {
    let base = notification().into();
    let longer = [(Kind::ValueLengthTooLong, 50, SUBJECT)];
    check("8, longer", &with_subject("0AEA7FC38974C3A900"), &base, &longer, Refuses);
    let ends = |at| Fails(DecodeErrorKind::UnexpectedEnd, at, SUBJECT);
    let shorter = [(Kind::ValueLengthTooShort, 44, SUBJECT)];
    check("8, shorter", &with_subject("07EA7FC38974C3A900"), &base, &shorter, ends(49));
    let unterminated = [(Kind::MissingTerminator, 44, SUBJECT)];
    check("8, no NUL", &with_subject("07EA7FC38974C3A9"), &base, &unterminated, ends(49));
}

#[test]
fn n09_from_of_length_zero_is_absent() {
    let octets = vector("+var-40-from-zero-length-89-00");
    let strict = Fails(DecodeErrorKind::UnexpectedEnd, 15, FROM);
    check("9", &octets, &notify(|pdu| pdu.message.from = None).into(), &[(Kind::EmptyValue, 14, FROM)], strict);
}

#[test]
fn n10_from_without_length_and_token() {
    let forgiven = [(Kind::MissingValueLength, 14, FROM), (Kind::MissingToken, 14, FROM)];
    check("10", &vector("+var-41-from-plain-text-no-length-token"), &notification().into(), &forgiven, Refuses);
}

#[test]
fn n11_from_with_another_token_is_absent_but_kept() {
    let value = notify(|pdu| {
        pdu.message.from = None;
        pdu.extra = vec![coded(FieldCode::FROM, b"\x19\x85+447700900123/TYPE=PLMN\0")];
    });
    let strict = Fails(DecodeErrorKind::UnexpectedOctet(0x85), 15, FROM);
    let octets = vector("+var-43-from-unknown-token-0x85");
    check("11", &octets, &value.into(), &[(Kind::UnknownToken, 15, FROM)], strict);
}

#[test]
fn n12_from_missing() {
    let octets = edit("min-m-retrieve-conf", "8919802B3434373730303930303132332F545950453D504C4D4E00", "");
    check("12", &octets, &retrieve(|pdu| pdu.message.from = None), &[], Accepts);
}

#[test]
fn n13_an_address_without_type() {
    // By the grammar of 1.3 it is a short code.
    let octets = edit(
        "min-m-retrieve-conf",
        "19802B3434373730303930303132332F545950453D504C4D4E00",
        "10802B3434373730303930303132330000",
    );
    let value = retrieve(|pdu| pdu.message.from = Some(Address::short_code("+447700900123").into()));
    let padded = [(Kind::ValueLengthTooLong, 52, FROM)];
    check("13, padded", &octets, &value, &padded, Refuses);
    let octets = replace(&octets, "10802B3434373730303930303132330000", "0F802B34343737303039303031323300");
    check("13", &octets, &value, &[], Accepts);
}

#[test]
fn n14_a_display_name_before_a_mail_address() {
    let octets = edit(
        "min-m-retrieve-conf",
        "19802B3434373730303930303132332F545950453D504C4D4E00",
        "19804A6F652055736572203C6A6F6540757365722E6F72673E00",
    );
    let value = retrieve(|pdu| pdu.message.from = Some(Address::email("Joe User <joe@user.org>").into()));
    check("14", &octets, &value, &[], Accepts);
}

#[test]
fn n15_a_part_without_any_name() {
    let value = text_part(|part| {
        part.content_id = None;
        part.content_location = None;
        part.content_type = ContentType::new("text/plain").with("charset", "utf-8");
    });
    check("15", &with_text_part("040D 038381EA"), &value, &[], Accepts);
}

#[test]
fn n16_a_misspelt_address_type_is_kept() {
    let octets = edit("min-m-delivery-ind", "504C4D4E", "504C4E4D");
    let kind = AddressKind::Typed { value: "+447700900123".into(), type_name: "PLNM".into() };
    check("16", &octets, &delivery(|pdu| pdu.report.recipient = Some(kind.into())), &[], Accepts);
}

#[test]
#[cfg_attr(not(feature = "charsets"), ignore = "needs the feature charsets")]
fn n17_an_address_in_another_charset() {
    let octets = edit(
        "min-m-retrieve-conf",
        "19802B3434373730303930303132332F545950453D504C4D4E00",
        "0D800BA47FB0A1406B742E6B7200",
    );
    let value = retrieve(|pdu| pdu.message.from = Some(Address::email("가@kt.kr").into()));
    check("17", &octets, &value, &[], Accepts);
}

#[test]
fn n18_an_absolute_expiry_in_a_notification() {
    let value = notify(|pdu| pdu.message.expiry = Some(Time::Absolute(NEW_YEAR)));
    let forgiven = [(Kind::FieldConflict, 57, Some("X-Mms-Expiry"))];
    check("18", &vector("+var-56-expiry-absolute"), &value.into(), &forgiven, Refuses);
}

#[test]
fn n19_a_transaction_id_in_a_report() {
    let octets = edit("min-m-delivery-ind", "8C868D92", "8C86985431008D92");
    let value = delivery(|pdu| pdu.extra = vec![coded(FieldCode::TRANSACTION_ID, b"T1\0")]);
    check("19", &octets, &value, &[(Kind::UnexpectedField, 3, Some("X-Mms-Transaction-ID"))], Refuses);
}

#[test]
fn n20_no_transaction_id_in_a_retrieved_message() {
    let octets = edit("min-m-retrieve-conf", "98543100", "");
    check("20", &octets, &retrieve(|pdu| pdu.transaction_id = None), &[], Accepts);
}

#[test]
fn n21_no_message_id_in_a_retrieved_message() {
    let octets = edit("min-m-retrieve-conf", "8B6D31406D6D73632E6578616D706C652E6E657400", "");
    check("21", &octets, &retrieve(|pdu| pdu.message_id = None), &[], Accepts);
}

#[test]
fn n22_the_first_fields_in_another_order_or_with_others_between() {
    let base = notification().into();
    let forgiven = [(Kind::FieldOrder, 4, Some("X-Mms-Transaction-ID"))];
    check("22, order", &vector("+var-63-version-before-tid"), &base, &forgiven, Refuses);
    let between = edit("notification-full", "8D9289", "8A808D9289");
    let between = replace(&between, "C3A9008A80", "C3A900");
    check("22, between", &between, &base, &[(Kind::FieldOrder, 13, Some("X-Mms-MMS-Version"))], Refuses);
}

#[test]
fn n23_a_missing_version_is_1_0() {
    let field = Some("X-Mms-MMS-Version");
    let value = notify(|pdu| pdu.version = Version::V1_0);
    let strict = Fails(DecodeErrorKind::MissingField, 96, field);
    check("23", &vector("-var-61-version-missing"), &value.into(), &[(Kind::MissingField, 96, field)], strict);
}

#[test]
fn n24_another_version_is_kept_and_another_major_version_is_answered() {
    let read = |name, version| {
        let value = notify(|pdu| pdu.version = version).into();
        check("24", &vector(name), &value, &[], Accepts);
        value
    };
    assert_eq!(read("+var-60-version-1-4-94", Version::new(1, 4)).unrecognised(), None);
    let answer = read("-var-59-version-2-0-a0", Version::new(2, 0)).unrecognised().unwrap();
    assert_eq!(mm1::encode(&answer).unwrap(), b"\x8c\x83\x98T1a2b3c\0\x8d\x90\x95\x84");
}

#[test]
fn n25_textual_fields_between_others() {
    let octets = with_field("52657475726E2D5061746800 3C613E00");
    check("25", &octets, &notify(|pdu| pdu.extra = vec![named("Return-Path", "<a>")]).into(), &[], Accepts);
}

#[test]
fn n26_a_textual_field_at_the_end() {
    let octets = [&vector("notification-full")[..], b"X-Vendor\0foo\0"].concat().into();
    check("26", &octets, &notify(|pdu| pdu.extra = vec![named("X-Vendor", "foo")]).into(), &[], Accepts);
}

#[test]
fn n27_an_unknown_field_is_kept() {
    let unknown = FieldCode::from_wire(0xc5).unwrap();
    let values: [(&str, &[u8]); 4] =
        [("81", &[0x81]), ("68656C6C6F00", b"hello\0"), ("03010203", &[3, 1, 2, 3]), ("1F020102", &[0x1f, 2, 1, 2])];
    for (hex, value) in values {
        let pdu = notify(|pdu| pdu.extra = vec![coded(unknown, value)]);
        check("27", &with_field(&format!("C5{hex}")), &pdu.into(), &[], Accepts);
    }
}

#[test]
fn n28_what_follows_the_content_type_is_the_body() {
    let octets = octets("8C80985431008D92890181 8483 972B343400");
    let value = with(|pdu: &mut SendReq| {
        pdu.transaction_id = Some("T1".into());
        pdu.version = Version::V1_2;
        pdu.message.from = Some(Originator::InsertAddress);
        pdu.message.body = Some(Part::new(ContentType::new("text/plain"), &b"\x97+44\0"[..]));
    });
    check(
        "28",
        &octets,
        &value.into(),
        &[(Kind::MissingField, octets.len(), Some("To"))],
        Fails(DecodeErrorKind::MissingField, octets.len(), Some("To")),
    );
}

#[test]
fn a_recipient_that_cannot_be_read_is_a_recipient() {
    // A charset with a number that none has.
    let (head, to, body) = ("8C80 985431008D92 890181", "97 06 04 7FFFFFFF 00", "8483 6869");
    let request = octets(&format!("{head} {to} {body}"));
    let decoded = mm1::decode(&request).unwrap();
    let deviations: Vec<_> = decoded.deviations.iter().map(|forgiven| (forgiven.kind, forgiven.field)).collect();
    assert_eq!(deviations, [(Kind::InvalidValue, Some("To"))]);
    let error = mm1::encode(&decoded.value).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("To")));

    let Pdu::SendReq(mut nobody) = decoded.value else { panic!("M-Send.req") };
    nobody.extra.clear();
    let error = mm1::encode(&nobody).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::MissingField, Some("To")));
}

#[test]
fn n29_an_empty_bcc_and_a_stray_nul() {
    let octets: Bytes = [&vector("notification-full")[..], &[0x81, 0, 0]].concat().into();
    let value = notify(|pdu| pdu.extra = vec![coded(FieldCode::BCC, &[0])]);
    let forgiven = [(Kind::UnexpectedField, 99, Some("Bcc")), (Kind::StrayOctets, 100, None)];
    check("29", &octets, &value.into(), &forgiven, Refuses);

    // Where the field belongs it is as if it were not there.
    let octets = edit("send-req-related", "9648656C6C6F00", "8100 9648656C6C6F00");
    let strict = Fails(DecodeErrorKind::InvalidText, 66, Some("Bcc"));
    check("29, own field", &octets, &send_req().into(), &[(Kind::EmptyValue, 66, Some("Bcc"))], strict);
}

#[test]
fn n30_a_field_newer_than_the_version() {
    let octets = replace(&with_field("8681"), "8D9289", "8D9089");
    let value = notify(|pdu| {
        pdu.version = Version::V1_0;
        pdu.message.delivery_report = Some(false);
    });
    check("30", &octets, &value.into(), &[(Kind::NewerField, 51, Some("X-Mms-Delivery-Report"))], Refuses);
}

#[test]
fn n31_an_identifier_is_opaque() {
    let octets = edit("min-m-retrieve-conf", "8B6D31406D6D73632E6578616D706C652E6E657400", "8B543100");
    check("31", &octets, &retrieve(|pdu| pdu.message_id = Some("T1".into())), &[], Accepts);
}

#[test]
fn n32_a_content_type_written_as_in_mime() {
    let octets = vector("+var-05-whole-content-type-as-text-with-params");
    check("32", &octets, &send_req().into(), &[(Kind::TextualParameters, 88, BODY)], Refuses);
}

#[test]
fn n33_the_name_of_a_multipart_instead_of_its_code() {
    // "application/vnd.wap.multipart.mixed" and "multipart/mixed", with one part.
    let names = [
        (
            "6170706C69636174696F6E2F766E642E7761702E6D756C7469706172742E6D6978656400",
            "application/vnd.wap.multipart.mixed",
        ),
        ("6D756C7469706172742F6D6978656400", "multipart/mixed"),
    ];
    for (hex, name) in names {
        let octets = edit("min-m-retrieve-conf", "84836869", &format!("84 {hex} 01 0102 83 6869"));
        let inner = Part::new(ContentType::new("text/plain"), "hi");
        let body = Part::multipart(ContentType::new(name), vec![inner]);
        check("33", &octets, &retrieve(|pdu| pdu.message.body = Some(body)), &[], Accepts);
    }
}

#[test]
fn n34_parameters_with_their_names_written_out() {
    check("34", &vector("+var-04-untyped-params-start-type"), &send_req().into(), &[], Accepts);
    // "charset" as a number and as text, "name" as text.
    for charset in ["EA", "7574662D3800"] {
        let content_type = format!("83 6368617273657400 {charset} 6E616D6500 746578742E74787400");
        let size = octets(&content_type).len();
        let value_length = if size < 31 { format!("{size:02X}") } else { format!("1F{size:02X}") };
        let headers = format!("{value_length} {content_type} C0223C746578743E00 8E746578742E74787400");
        let octets = with_text_part(&format!("{:02X}0D {headers}", octets(&headers).len()));
        check("34, in a part", &octets, &send_req().into(), &[], Accepts);
    }
}

#[test]
fn n35_quotation_marks_around_a_parameter() {
    let name = |hex: &str| {
        let size = octets(hex).len();
        let lengths = format!("{:02X}0D {:02X}", 33 - 9 + size, 13 - 9 + size);
        with_text_part(&format!("{lengths} 8381EA85{hex} C0223C746578743E00 8E746578742E74787400"))
    };
    // Only the closing one is against the rules: the opening one is that of a quoted-string.
    check("35, opening", &name("22746578742E74787400"), &send_req().into(), &[], Accepts);
    let forgiven = [(Kind::QuotationMarks, 468, BODY)];
    check("35, both", &name("22746578742E7478742200"), &send_req().into(), &forgiven, Refuses);
    check("35, closing", &name("746578742E7478742200"), &send_req().into(), &forgiven, Refuses);
}

#[test]
fn n36_angle_brackets_make_no_difference_to_a_reference() {
    let starts = ["<smil>", "smil"];
    let ids = ["<smil>", "smil"];
    for (start, id) in starts.into_iter().flat_map(|start| ids.map(|id| (start, id))) {
        let hex = |text: &str| text.bytes().map(|octet| format!("{octet:02X}")).collect::<String>();
        let missing = 6 - start.len();
        let octets =
            edit("send-req-related", "1BB38A3C736D696C3E00", &format!("{:02X}B38A{}00", 0x1b - missing, hex(start)));
        let missing = 6 - id.len();
        let octets = replace(&octets, "0331", &format!("03{:02X}", 0x31 - missing));
        let octets = replace(&octets, "C0223C736D696C3E00", &format!("C022{}00", hex(id)));
        let value = send(|pdu| {
            parts(pdu)[0].content_id = Some(id.into());
            let related = ContentType::new("application/vnd.wap.multipart.related");
            pdu.message.body.as_mut().unwrap().content_type =
                related.with("start", start).with("type", "application/smil");
        });
        check("36", &octets, &value, &[], Accepts);
        let root = value.body().unwrap().root().unwrap();
        assert!(root.content_type.is("application/smil"), "{start} {id}");
        assert!(value.body().unwrap().find("cid:smil").is_some(), "{start} {id}");
    }
}

#[test]
fn n37_a_content_id_without_quotation_mark() {
    let octets = vector("+var-15-content-id-without-0x22");
    check("37", &octets, &send_req().into(), &[(Kind::QuotationMarks, 151, Some("Content-ID"))], Refuses);
}

#[test]
fn n38_a_content_id_as_a_textual_header() {
    let octets =
        with_text_part("2A0D 0D8381EA85746578742E74787400 436F6E74656E742D494400 3C746578743E00 8E746578742E74787400");
    check("38", &octets, &send_req().into(), &[], Accepts);
}

#[test]
fn n39_a_content_location_is_opaque() {
    for (hex, location) in [("3C612E7478743E00", "<a.txt>"), ("746578742F68746D6C00", "text/html")] {
        let lengths = 33 - 9 + octets(hex).len();
        let octets =
            with_text_part(&format!("{lengths:02X}0D 0D8381EA85746578742E74787400 C0223C746578743E00 8E{hex}"));
        let value = text_part(|part| part.content_location = Some(location.into()));
        check("39", &octets, &value, &[], Accepts);
        assert!(value.body().unwrap().find(location.trim_matches(['<', '>'])).is_some());
    }
}

#[test]
fn n40_percent_escapes_make_no_difference_to_a_reference() {
    let octets = with_text_part("210D 0D8381EA85746578742E74787400 C0223C746578743E00 8E612532302E74787400");
    let value = text_part(|part| part.content_location = Some("a%20.txt".into()));
    check("40", &octets, &value, &[], Accepts);
    assert!(value.body().unwrap().find("a .txt").is_some());
}

#[test]
fn n41_a_disposition_without_value_length_takes_nothing_with_it() {
    let headers = "0D8381EA85746578742E74787400 AE81 C0223C746578743E00 8E746578742E74787400";
    let octets = with_text_part(&format!("230D {headers}"));
    let value = text_part(|part| part.disposition = Some(Box::new(ContentDisposition::new("attachment"))));
    check("41", &octets, &value, &[(Kind::MissingValueLength, 478, Some("Content-Disposition"))], Refuses);
}

#[test]
fn n42_a_charset_among_the_parameters_of_a_disposition() {
    let octets = edit("send-req-related", "282B0A9D", "2A2B0A9D");
    let octets = replace(&octets, "AE0A8186646F742E67696600", "AE0C8186646F742E67696600 8183");
    let value = send(|pdu| {
        let disposition = ContentDisposition::new("attachment").with("filename", "dot.gif").with("charset", "us-ascii");
        parts(pdu)[2].disposition = Some(Box::new(disposition));
    });
    check("42", &octets, &value, &[], Accepts);
}

#[test]
fn n43_a_part_header_that_cannot_be_read_takes_no_other_with_it() {
    // A Content-ID that is a number of three octets.
    let octets = with_text_part("1F0D 0D8381EA85746578742E74787400 C003010203 8E746578742E74787400 FD81");
    let value = text_part(|part| {
        part.content_id = None;
        part.headers = vec![
            Header::Coded { page: 1, code: 0x40, value: Bytes::from_static(&[3, 1, 2, 3]) },
            Header::Coded { page: 1, code: 0x7d, value: Bytes::from_static(&[0x81]) },
        ];
    });
    let strict = Fails(DecodeErrorKind::UnexpectedOctet(3), 478, Some("Content-ID"));
    check("43", &octets, &value, &[(Kind::InvalidPartHeader, 477, Some("Content-ID"))], strict);
    // One that reaches beyond the headers: the part and its neighbours are whole.
    let octets = with_text_part("1A0D 0D8381EA85746578742E74787400 8E746578742E74787400 FD1E");
    let value = text_part(|part| {
        part.content_id = None;
        part.headers = vec![Header::Coded { page: 1, code: 0x7d, value: Bytes::from_static(&[0x1e]) }];
    });
    let strict = Fails(DecodeErrorKind::UnexpectedEnd, 488, BODY);
    check("43, too long", &octets, &value, &[(Kind::InvalidPartHeader, 487, BODY)], strict);
}

#[test]
fn n44_a_wrong_number_of_parts() {
    for name in ["+var-08-nentries-0", "+var-09-nentries-9-too-big", "+var-10-nentries-1-too-small"] {
        check(name, &vector(name), &send_req().into(), &[(Kind::WrongPartCount, 116, BODY)], Refuses);
    }
}

#[test]
fn n45_a_part_that_reaches_beyond_the_end() {
    let forgiven = [(Kind::Truncated, 511, BODY)];
    let octets = vector("+var-12-last-datalen-overruns-0x2b-0x7b");
    check("45, length", &octets, &send_req().into(), &forgiven, Refuses);
    let value = send(|pdu| {
        let gif = &mut parts(pdu)[2];
        gif.content = Content::Octets(gif.octets().unwrap().slice(..38));
    });
    check("45, cut", &vector("+var-13-last-part-truncated-by-5"), &value, &forgiven, Refuses);
}

#[test]
fn n46_a_part_of_length_zero() {
    let octets = edit("send-req-related", "746578742E7478740048C3A96C6C6F2077C3B6726C64", "746578742E74787400");
    let octets = replace(&octets, "210D0D83", "21000D83");
    let value = text_part(|part| part.content = Content::Octets(Bytes::new()));
    check("46", &octets, &value, &[], Accepts);
}

#[test]
fn n47_octets_after_the_last_part() {
    let octets = vector("+var-14-trailing-3-nuls-after-body");
    check("47", &octets, &send_req().into(), &[(Kind::TrailingOctets, 594, BODY)], Refuses);
}

#[test]
fn n48_the_presentation_is_not_the_first_part() {
    // "hi" as text, then an empty SMIL part with the Content-ID that `start` names.
    let smil = "6170706C69636174696F6E2F736D696C00";
    let octets = edit(
        "min-m-retrieve-conf",
        "84836869",
        &format!("84 0B B38A3C736D696C3E0089A8 02 0102 83 6869 1A00 {smil} C0223C736D696C3E00"),
    );
    let related =
        ContentType::new("application/vnd.wap.multipart.related").with("start", "<smil>").with("type", "text/xml");
    let presentation = part(ContentType::new("application/smil"), "<smil>", "", "");
    let text = Part::new(ContentType::new("text/plain"), "hi");
    let value = retrieve(|pdu| pdu.message.body = Some(Part::multipart(related, vec![text, presentation.clone()])));
    check("48", &octets, &value, &[], Accepts);
    assert_eq!(value.body().unwrap().root(), Some(&presentation));
}

#[test]
fn n49_an_error_answer_with_a_body_of_text() {
    let octets = octets("8C848D92 850465920080 99E2 9A676F6E6500 8483 676F6E65");
    let value = with(|pdu: &mut RetrieveConf| {
        pdu.version = Version::V1_2;
        pdu.message.date = Some(NEW_YEAR);
        pdu.retrieve_status = Some(RetrieveStatus::ERROR_PERMANENT_MESSAGE_NOT_FOUND);
        pdu.retrieve_text = Some("gone".into());
        pdu.message.body = Some(Part::new(ContentType::new("text/plain"), "gone"));
    });
    check("49", &octets, &value.into(), &[], Accepts);
}

#[test]
fn n50_a_size_as_a_short_integer() {
    let forgiven = [(Kind::WrongIntegerForm, 53, Some("X-Mms-Message-Size"))];
    let value = notify(|pdu| pdu.message_size = Some(5));
    check("50", &vector("+var-53-message-size-short-int-8e-85"), &value.into(), &forgiven, Refuses);
}

#[test]
fn n51_a_date_without_octets_is_zero() {
    let octets = edit("send-req-related", "850465920080", "8500");
    let value = send(|pdu| pdu.message.date = Some(Timestamp::from_seconds(0)));
    check("51", &octets, &value, &[(Kind::EmptyInteger, 13, Some("Date"))], Refuses);
}

#[test]
fn n52_a_length_with_leading_zeros() {
    let octets = vector("+var-11-datalen-non-minimal-80-0d");
    check("52", &octets, &send_req().into(), &[(Kind::NonMinimalInteger, 462, BODY)], Refuses);
}

#[test]
fn n53_a_transfer_encoding_is_undone_on_request() {
    let name = "436F6E74656E742D5472616E736665722D456E636F64696E6700";
    for (encoding, hex, coded) in [
        ("base64", "62617365363400", "SMOpbGxvIHc="),
        ("quoted-printable", "71756F7465642D7072696E7461626C6500", "H=C3=A9llo w"),
    ] {
        let headers = format!("0D8381EA85746578742E74787400 C0223C746578743E00 8E746578742E74787400 {name} {hex}");
        let lengths = format!("{:02X}{:02X}", octets(&headers).len(), coded.len());
        let all =
            format!("{lengths} {headers} {}", coded.bytes().map(|octet| format!("{octet:02X}")).collect::<String>());
        let octets = edit("send-req-related", &format!("{TEXT_PART} 48C3A96C6C6F2077C3B6726C64"), &all);
        let value = text_part(|part| {
            part.headers = vec![header("Content-Transfer-Encoding", encoding)];
            part.content = Content::Octets(Bytes::copy_from_slice(coded.as_bytes()));
        });
        check("53", &octets, &value, &[], Accepts);
        assert_eq!(value.body().unwrap().parts()[1].text().as_deref(), Some("Héllo w"), "{encoding}");
    }
}

#[test]
fn n54_a_location_that_ends_with_an_equals_sign_is_not_touched() {
    // Some clients put the transaction identifier behind it: that is not the codec's to do.
    let octets = edit("notification-full", "69643D3751783200", "69643D00");
    let value = notify(|pdu| pdu.content_location = Some("http://mmsc.example.net/m?id=".into()));
    check("54", &octets, &value.into(), &[], Accepts);
}

/// Compares what both modes make of a push that carries `notification-full` with what they should.
fn check_push(name: &str, octets: &Bytes, deviations: &[Forgiven]) {
    let decoded = push::decode(octets).unwrap_or_else(|error| panic!("{name}: {error}"));
    let forgiven: Vec<Forgiven> = decoded.deviations.iter().map(|it| (it.kind, it.offset, it.field)).collect();
    assert_eq!(forgiven, deviations, "{name}");
    assert_eq!(decoded.value.pdu(&Options::strict()).unwrap().value, notification().into(), "{name}");
    let strict = push::decode_with(octets, &Options::strict());
    let refused = strict.err().map(|error| (error.kind, error.offset, error.field));
    let first = deviations.first().map(|(kind, offset, field)| match kind {
        Kind::MissingField => (DecodeErrorKind::MissingField, *offset, *field),
        kind => (DecodeErrorKind::Deviation(*kind), *offset, *field),
    });
    assert_eq!(refused, first, "{name}");
}

#[test]
fn n55_octets_before_a_push() {
    let octets = [&[0xff, 0xff][..], &vector("push-notification")].concat().into();
    check_push("55", &octets, &[(Kind::LeadingOctets, 0, None)]);
}

#[test]
fn n56_a_push_with_its_type_as_text_and_without_application_id() {
    let text = "6170706C69636174696F6E2F766E642E7761702E6D6D732D6D65737361676500";
    check_push("56, text", &edit("push-notification", "2A0603BEAF84", &format!("2A0622{text}AF84")), &[]);
    let missing = |at| [(Kind::MissingField, at, Some("X-Wap-Application-Id"))];
    check_push("56, no id", &edit("push-notification", "2A0603BEAF84", "2A0601BE"), &missing(4));
    check_push("56, both", &edit("push-notification", "2A0603BEAF84", &format!("2A0620{text}")), &missing(35));
}

#[test]
fn n57_a_needless_quote_before_a_media_type() {
    let octets = edit("send-req-related", "0331", "0332");
    let octets = replace(&octets, "82241D617070", "82241E7F617070");
    check("57", &octets, &send_req().into(), &[(Kind::NeedlessQuote, 121, BODY)], Refuses);
}

#[test]
#[cfg_attr(not(feature = "wsp-headers"), ignore = "needs the feature wsp-headers")]
fn n58_a_field_name_of_the_pdu_is_not_looked_for_in_a_part() {
    // 0x84 is Accept-Ranges in a part, and Content-Type in a PDU; one reader takes it for a location.
    let octets = with_text_part("210D 0D8381EA85746578742E74787400 C0223C746578743E00 84746578742E74787400");
    let value = text_part(|part| {
        part.content_location = None;
        part.headers = vec![header("Accept-Ranges", "text.txt")];
    });
    check("58", &octets, &value, &[], Accepts);
}

#[test]
fn n59_an_element_descriptor_longer_than_the_pdu() {
    let octets: Bytes = [&vector("notification-full")[..], b"\xb2\x1ecid:root\0"].concat().into();
    let value = notify(|pdu| pdu.element_descriptor = Some(ElementDescriptor::new("cid:root")));
    let forgiven = [(Kind::ValueLengthTooLong, 99, Some("X-Mms-Element-Descriptor"))];
    check("59", &octets, &value.into(), &forgiven, Refuses);
}

#[test]
fn a_text_that_is_no_field_takes_no_field_with_it() {
    // With a value that is empty, is text, and is a length; without any. All are kept as they came.
    for stray in ["2000 00", "612062 00 666F6F00", "612062 00 020102", "612062 00", "582D4100 020102"] {
        let input = with_field(stray);
        let is_name = stray.starts_with("582D");
        let strict = match is_name {
            true => Fails(DecodeErrorKind::UnexpectedOctet(2), 54, None),
            false => Fails(DecodeErrorKind::InvalidText, 50, None),
        };
        let value = notify(|pdu| pdu.extra.push(Extra::Stray(octets(stray))));
        check(stray, &input, &value.clone().into(), &[(Kind::StrayOctets, 50, None)], strict);
        assert_eq!(mm1::encode(&value).unwrap_err().kind, EncodeErrorKind::NotExpressible, "{stray}");
    }
}

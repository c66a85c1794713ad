//! The conditional rules of every PDU, versions, and what makes a message one that can be written.

use std::collections::BTreeSet;

use mms_codec::message::{Address, AddressDetails, ContentDisposition, Originator, Parameter};
use mms_codec::mm1::{self, Breach, Extra, FieldCode, FieldName, Fields, MessageType, Pdu, Rule, Version};
use mms_codec::{Bytes, ChangeKind, DecodeErrorKind, DeviationKind, EncodeErrorKind, Limits, Options, ShownField};
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::properties::{all, mutation};
use crate::support::messages::{parts, send_req};
use crate::support::samples::{pdu, samples};
use crate::support::vectors::{octets, vector};

/// The PDU, its version, the fields that are taken out of its vector, those that are put in, and the
/// field and the beginning of the rule that is broken.
type Row = (MessageType, Version, &'static [FieldCode], &'static str, FieldCode, &'static str);

/// What breaks each rule.
#[rustfmt::skip]
const BREACHES: &[Row] = {
    use FieldCode as F;
    use MessageType as M;
    const V1_0: Version = Version::V1_0;
    const V1_1: Version = Version::V1_1;
    const V1_2: Version = Version::V1_2;
    const V1_3: Version = Version::V1_3;
    const ADDS: &str = "A4038041 00";
    const FILTERS: &str = "A4038241 00";
    const WITH_BLANK: &str = "A40580612062 00";
    const FILTERS_BLANK: &str = "A40582612062 00";
    const RELATIVE_URI: &str = "836D00";
    const DEADLINE: &str = "9D0381013C";
    const SIZE: &str = "9F0105";
    &[
        (M::SEND_REQ, V1_2, &[F::TO], "", F::TO, "one of To"),
        (M::SEND_REQ, V1_2, &[], "8A83 8680 9081", F::DELIVERY_REPORT, "a message of class Auto"),
        (M::SEND_REQ, V1_2, &[], "8A83 8681", F::READ_REPORT, "a message of class Auto"),
        (M::SEND_REQ, V1_2, &[], "A380", F::MM_STATE, "only a message to be stored"),
        (M::SEND_REQ, V1_2, &[], ADDS, F::MM_FLAGS, "only a message to be stored"),
        (M::SEND_REQ, V1_2, &[], "A280 A40580612062 00", F::MM_FLAGS, "a keyword has no white space"),
        (M::SEND_REQ, V1_2, &[], "A280 A4038241 00", F::MM_FLAGS, "keywords are added"),
        (M::SEND_REQ, V1_2, &[], "9C82", F::REPLY_CHARGING, "reply charging is requested"),
        (M::SEND_REQ, V1_2, &[], DEADLINE, F::REPLY_CHARGING_DEADLINE, "a deadline"),
        (M::SEND_REQ, V1_2, &[], SIZE, F::REPLY_CHARGING_SIZE, "a size"),

        (M::SEND_CONF, V1_2, &[F::MESSAGE_ID], "", F::MESSAGE_ID, "an accepted message"),
        (M::SEND_CONF, V1_1, &[F::RESPONSE_STATUS], "9282", F::RESPONSE_STATUS, "the status is in use"),
        (M::SEND_CONF, V1_2, &[F::RESPONSE_STATUS], "92C2", F::RESPONSE_STATUS, "the status is in use"),
        (M::SEND_CONF, V1_2, &[F::RESPONSE_STATUS], "92BF", F::RESPONSE_STATUS, "the status is in use"),
        (M::SEND_CONF, V1_0, &[F::RESPONSE_STATUS], "92E1", F::RESPONSE_STATUS, "the status is one of this version"),
        (M::SEND_CONF, V1_2, &[], "A581", F::STORE_STATUS, "the store status"),
        (M::SEND_CONF, V1_2, &[], "8361 3A62 00", F::CONTENT_LOCATION, "only a stored message"),
        (M::SEND_CONF, V1_2, &[], "A580 836D00", F::CONTENT_LOCATION, "a location is"),

        (M::NOTIFICATION_IND, V1_2, &[], "890181", F::FROM, "the address is there"),
        (M::NOTIFICATION_IND, V1_2, &[F::EXPIRY], "8806800465920080", F::EXPIRY, "the expiry is relative"),
        (M::NOTIFICATION_IND, V1_2, &[F::CONTENT_LOCATION], RELATIVE_URI, F::CONTENT_LOCATION, "a location is"),
        (M::NOTIFICATION_IND, V1_2, &[F::CONTENT_LOCATION], "8300", F::CONTENT_LOCATION, "a location is"),
        (M::NOTIFICATION_IND, V1_2, &[], "9C80", F::REPLY_CHARGING, "reply charging is granted"),
        (M::NOTIFICATION_IND, V1_2, &[], DEADLINE, F::REPLY_CHARGING_DEADLINE, "a deadline"),
        (M::NOTIFICATION_IND, V1_2, &[], SIZE, F::REPLY_CHARGING_SIZE, "a size"),
        (M::NOTIFICATION_IND, V1_0, &[], "8681", F::DELIVERY_REPORT, "MMS 1.0 does not say whether"),
        (M::NOTIFICATION_IND, V1_0, &[], "8F82", F::PRIORITY, "MMS 1.0 does not say how urgent"),

        (M::NOTIFYRESP_IND, V1_2, &[F::STATUS], "9580", F::STATUS, "a client retrieves"),
        (M::NOTIFYRESP_IND, V1_2, &[F::STATUS], "959F", F::STATUS, "a client retrieves"),

        (M::RETRIEVE_CONF, V1_3, &[F::MESSAGE_ID], "", F::MESSAGE_ID, "a delivered message"),
        (M::RETRIEVE_CONF, V1_2, &[F::FROM], "890181", F::FROM, "the address is there"),
        (M::RETRIEVE_CONF, V1_2, &[], WITH_BLANK, F::MM_FLAGS, "a keyword has no white space"),
        (M::RETRIEVE_CONF, V1_2, &[], "9C80", F::REPLY_CHARGING, "reply charging is granted"),
        (M::RETRIEVE_CONF, V1_2, &[], DEADLINE, F::REPLY_CHARGING_DEADLINE, "a deadline"),
        (M::RETRIEVE_CONF, V1_2, &[], SIZE, F::REPLY_CHARGING_SIZE, "a size"),
        (M::RETRIEVE_CONF, V1_2, &[], "99C3", F::RETRIEVE_STATUS, "the status is assigned"),

        (M::DELIVERY_IND, V1_1, &[F::STATUS], "9584", F::STATUS, "the status is assigned"),
        (M::DELIVERY_IND, V1_2, &[F::STATUS], "9588", F::STATUS, "the status is assigned"),
        (M::DELIVERY_IND, V1_1, &[F::STATUS], "9587", F::STATUS, "the status is one of this version"),

        (M::READ_ORIG_IND, V1_2, &[F::FROM], "890181", F::FROM, "the address is there"),

        (M::FORWARD_REQ, V1_2, &[F::TO], "", F::TO, "one of To"),
        (M::FORWARD_REQ, V1_2, &[F::CONTENT_LOCATION], RELATIVE_URI, F::CONTENT_LOCATION, "a location is"),
        (M::FORWARD_REQ, V1_2, &[], WITH_BLANK, F::MM_FLAGS, "a keyword has no white space"),
        (M::FORWARD_REQ, V1_2, &[], FILTERS, F::MM_FLAGS, "keywords are added"),
        (M::FORWARD_REQ, V1_2, &[], "9C82", F::REPLY_CHARGING, "reply charging is requested"),
        (M::FORWARD_REQ, V1_2, &[], DEADLINE, F::REPLY_CHARGING_DEADLINE, "a deadline"),
        (M::FORWARD_REQ, V1_2, &[], SIZE, F::REPLY_CHARGING_SIZE, "a size"),

        (M::FORWARD_CONF, V1_2, &[F::MESSAGE_ID], "", F::MESSAGE_ID, "a forwarded message"),
        (M::FORWARD_CONF, V1_2, &[F::RESPONSE_STATUS], "92EA", F::RESPONSE_STATUS, "the status is in use"),
        (M::FORWARD_CONF, V1_2, &[F::RESPONSE_STATUS], "92EB", F::RESPONSE_STATUS, "the status is one of this version"),
        (M::FORWARD_CONF, V1_2, &[], "A581", F::STORE_STATUS, "the store status"),
        (M::FORWARD_CONF, V1_2, &[], "A5E0 8361 3A62 00", F::CONTENT_LOCATION, "only a stored message"),
        (M::FORWARD_CONF, V1_2, &[], "A580 836D00", F::CONTENT_LOCATION, "a location is"),

        (M::MBOX_STORE_REQ, V1_2, &[F::CONTENT_LOCATION], RELATIVE_URI, F::CONTENT_LOCATION, "a location is"),
        (M::MBOX_STORE_REQ, V1_2, &[F::MM_FLAGS], WITH_BLANK, F::MM_FLAGS, "a keyword has no white space"),
        (M::MBOX_STORE_REQ, V1_2, &[F::MM_FLAGS], FILTERS, F::MM_FLAGS, "keywords are added"),
        (M::MBOX_STORE_CONF, V1_2, &[F::CONTENT_LOCATION, F::STORE_STATUS], "A581", F::STORE_STATUS, "the store status"),
        (M::MBOX_STORE_CONF, V1_2, &[F::STORE_STATUS], "A5E4", F::CONTENT_LOCATION, "only a stored message"),
        (M::MBOX_STORE_CONF, V1_2, &[F::CONTENT_LOCATION], RELATIVE_URI, F::CONTENT_LOCATION, "a location is"),

        (M::MBOX_VIEW_REQ, V1_2, &[], RELATIVE_URI, F::CONTENT_LOCATION, "a location is"),
        (M::MBOX_VIEW_REQ, V1_2, &[], FILTERS_BLANK, F::MM_FLAGS, "a keyword has no white space"),
        (M::MBOX_VIEW_REQ, V1_2, &[], ADDS, F::MM_FLAGS, "keywords select"),
        (M::MBOX_VIEW_REQ, V1_2, &[], "A88D", F::ATTRIBUTES, "an attribute is one that"),
        (M::MBOX_VIEW_REQ, V1_2, &[], "A8B7", F::ATTRIBUTES, "an attribute is a field of this version"),

        (M::MBOX_VIEW_CONF, V1_2, &[F::RESPONSE_STATUS], "9288", F::RESPONSE_STATUS, "the status is in use"),
        (M::MBOX_VIEW_CONF, V1_2, &[F::RESPONSE_STATUS], "92EB", F::RESPONSE_STATUS, "the status is one of this version"),
        (M::MBOX_VIEW_CONF, V1_2, &[], RELATIVE_URI, F::CONTENT_LOCATION, "a location is"),
        (M::MBOX_VIEW_CONF, V1_2, &[], FILTERS_BLANK, F::MM_FLAGS, "a keyword has no white space"),
        (M::MBOX_VIEW_CONF, V1_2, &[], "A8A2", F::ATTRIBUTES, "an attribute is one that"),
        (M::MBOX_VIEW_CONF, V1_2, &[], "A8B9", F::ATTRIBUTES, "an attribute is a field of this version"),

        (M::MBOX_UPLOAD_REQ, V1_2, &[], WITH_BLANK, F::MM_FLAGS, "a keyword has no white space"),
        (M::MBOX_UPLOAD_REQ, V1_2, &[], FILTERS, F::MM_FLAGS, "keywords are added"),
        (M::MBOX_UPLOAD_CONF, V1_2, &[F::CONTENT_LOCATION, F::STORE_STATUS], "A5DF", F::STORE_STATUS, "the store status"),
        (M::MBOX_UPLOAD_CONF, V1_2, &[F::STORE_STATUS], "A5C0", F::CONTENT_LOCATION, "only a stored message"),
        (M::MBOX_UPLOAD_CONF, V1_2, &[F::CONTENT_LOCATION], RELATIVE_URI, F::CONTENT_LOCATION, "a location is"),

        (M::MBOX_DELETE_REQ, V1_2, &[], RELATIVE_URI, F::CONTENT_LOCATION, "a location is"),
        (M::MBOX_DELETE_CONF, V1_2, &[F::RESPONSE_STATUS], "92028082", F::RESPONSE_STATUS, "the status is in use"),
        (M::MBOX_DELETE_CONF, V1_2, &[F::RESPONSE_STATUS], "920280EB", F::RESPONSE_STATUS, "the status is one of this version"),
        (M::MBOX_DELETE_CONF, V1_2, &[F::CONTENT_LOCATION], "8303806D00", F::CONTENT_LOCATION, "a location is"),
        (M::MBOX_DELETE_CONF, V1_2, &[F::CONTENT_LOCATION], "830581613A6200", F::CONTENT_LOCATION, "a status has"),
        (M::MBOX_DELETE_CONF, V1_2, &[F::RESPONSE_TEXT], "9303816100", F::RESPONSE_TEXT, "a status has"),

        (M::MBOX_DESCR, V1_2, &[F::CONTENT_LOCATION, F::MESSAGE_ID, F::MM_STATE, F::SUBJECT, F::CONTENT_TYPE], "", F::MESSAGE_ID, "a description says"),
        (M::MBOX_DESCR, V1_2, &[F::CONTENT_LOCATION], RELATIVE_URI, F::CONTENT_LOCATION, "a location is"),
        (M::MBOX_DESCR, V1_2, &[], WITH_BLANK, F::MM_FLAGS, "a keyword has no white space"),

        (M::DELETE_REQ, V1_3, &[], RELATIVE_URI, F::CONTENT_LOCATION, "a location is"),
        (M::DELETE_CONF, V1_3, &[F::RESPONSE_STATUS], "92028087", F::RESPONSE_STATUS, "the status is in use"),
        (M::DELETE_CONF, V1_3, &[], "8303806D00", F::CONTENT_LOCATION, "a location is"),
        (M::DELETE_CONF, V1_3, &[], "830581613A6200", F::CONTENT_LOCATION, "a status has"),
        (M::DELETE_CONF, V1_3, &[], "9303816100", F::RESPONSE_TEXT, "a status has"),
    ]
};

/// The minimal PDU of a type in a version, with other fields.
fn edited(message_type: MessageType, version: Version, without: &[FieldCode], with: &str) -> Bytes {
    let base = vector(&format!("min-{message_type}"));
    let (mut head, mut body) = (Vec::new(), Vec::new());
    for raw in Fields::new(&base).map(Result::unwrap) {
        let FieldName::Code(code) = raw.name else { panic!("{raw:?}") };
        if without.contains(&code) {
            continue;
        }
        let to = if code == FieldCode::CONTENT_TYPE { &mut body } else { &mut head };
        to.push(code.wire());
        match code {
            FieldCode::MMS_VERSION => to.push(0x80 | version.major() << 4 | version.minor().unwrap()),
            _ => to.extend_from_slice(raw.value),
        }
    }
    [&head[..], &octets(with), &body].concat().into()
}

#[test]
fn every_rule_is_kept_by_the_encoder_and_the_strict_decoder_and_reported_by_the_lenient_one() {
    let mut broken = BTreeSet::new();
    for (message_type, version, without, with, field, text) in BREACHES {
        let is = |rule: &&Rule| rule.field == *field && rule.text.starts_with(text);
        let rule = message_type.rules().iter().find(is).unwrap_or_else(|| panic!("{message_type}: {field}, {text}"));
        broken.insert((*message_type, *field, rule.text));
        let name = format!("{message_type}: {}", rule.text);
        let octets = edited(*message_type, *version, without, with);
        let (deviation, decode_error, encode_error) = match rule.breach {
            Breach::Missing => {
                (DeviationKind::MissingField, DecodeErrorKind::MissingField, EncodeErrorKind::MissingField)
            }
            Breach::Conflict => {
                let kind = DeviationKind::FieldConflict;
                (kind, DecodeErrorKind::Deviation(kind), EncodeErrorKind::FieldConflict)
            }
            Breach::Newer => {
                let kind = DeviationKind::NewerField;
                (kind, DecodeErrorKind::Deviation(kind), EncodeErrorKind::NewerField)
            }
            other => panic!("{other:?}"),
        };
        let error = mm1::decode_with(&octets, &Options::strict()).expect_err(&name);
        assert_eq!((error.kind, error.field), (decode_error, field.name()), "{name}");
        let lenient = mm1::decode(&octets).unwrap();
        let reported: Vec<_> = lenient.deviations.iter().map(|it| (it.kind, it.field, it.offset)).collect();
        assert_eq!(reported, [(deviation, field.name(), error.offset)], "{name}");
        let refused = mm1::encode(&lenient.value).expect_err(&name);
        assert_eq!((refused.kind, refused.field), (encode_error, field.name()), "{name}");
    }
    let all = MessageType::ALL.iter().flat_map(|kind| kind.rules().iter().map(|rule| (*kind, rule.field, rule.text)));
    let untried: Vec<_> = all.filter(|rule| !broken.contains(rule)).collect();
    assert!(untried.is_empty(), "rules that nothing breaks here: {untried:?}");
}

#[test]
fn the_minimal_pdus_break_no_rule() {
    for message_type in MessageType::ALL {
        let version = message_type.since().unwrap().max(Version::V1_2);
        let octets = edited(*message_type, version, &[], "");
        let decoded =
            mm1::decode_with(&octets, &Options::strict()).unwrap_or_else(|error| panic!("{message_type}: {error}"));
        assert_eq!(mm1::encode(&decoded.value).as_deref(), Ok(&octets[..]));
    }
}

#[test]
fn a_field_or_a_pdu_newer_than_its_version_is_reported_and_refused() {
    let class = edited(MessageType::SEND_REQ, Version::V1_2, &[], "BA80");
    let at = class.windows(2).position(|field| field == b"\xba\x80").unwrap() + 1;
    let deviation = DecodeErrorKind::Deviation(DeviationKind::NewerField);
    let error = mm1::decode_with(&class, &Options::strict()).unwrap_err();
    assert_eq!((error.kind, error.offset, error.field), (deviation, at, Some("X-Mms-Content-Class")));
    let refused = mm1::encode(&mm1::decode(&class).unwrap().value).unwrap_err();
    assert_eq!((refused.kind, refused.field), (EncodeErrorKind::NewerField, Some("X-Mms-Content-Class")));
    assert!(mm1::decode_with(&edited(MessageType::SEND_REQ, Version::V1_3, &[], "BA80"), &Options::strict()).is_ok());
    // A minor version that nobody knows yet has all that the known ones have.
    let future = edited(MessageType::SEND_REQ, Version::new(1, 9), &[], "BA80");
    assert!(mm1::decode_with(&future, &Options::strict()).is_ok());

    let cancel = edited(MessageType::CANCEL_REQ, Version::V1_2, &[], "");
    let error = mm1::decode_with(&cancel, &Options::strict()).unwrap_err();
    assert_eq!((error.kind, error.offset, error.field), (deviation, 1, Some("X-Mms-Message-Type")));
    let refused = mm1::encode(&mm1::decode(&cancel).unwrap().value).unwrap_err();
    assert_eq!((refused.kind, refused.field), (EncodeErrorKind::NewerField, Some("X-Mms-Message-Type")));
}

/// The statuses that each confirmation may have in MMS 1.3 (7.3.48, tables 28 to 30), with those that the tables only
/// advise against.
#[test]
fn a_confirmation_has_the_statuses_of_its_table() {
    let common = [0x80, 0xc0, 0xc1, 0xc3, 0xe0, 0xe1, 0xe2, 0xe4, 0xeb];
    for (message_type, before, own) in [
        (MessageType::SEND_CONF, "92", &[0x88, 0xe3, 0xe5, 0xe6, 0xe7, 0xe9, 0xea][..]),
        (MessageType::FORWARD_CONF, "92", &[0xc2, 0xe3, 0xe5, 0xe7, 0xe8, 0xe9]),
        (MessageType::MBOX_VIEW_CONF, "92", &[0xc2, 0xc4]),
        (MessageType::MBOX_DELETE_CONF, "920280", &[0xc2, 0xc4]),
        (MessageType::DELETE_CONF, "920280", &[0xc2, 0xc4]),
    ] {
        for status in 0x80..=0xff {
            let with = format!("{before}{status:02X}");
            let octets = edited(message_type, Version::V1_3, &[FieldCode::RESPONSE_STATUS], &with);
            let kinds: Vec<_> = mm1::decode(&octets).unwrap().deviations.iter().map(|it| it.kind).collect();
            let is_right = !kinds.contains(&DeviationKind::FieldConflict);
            assert_eq!(is_right, common.contains(&status) || own.contains(&status), "{message_type}: {status:02x}");
        }
    }
}

/// On MMS 1.0, whose relay/servers have it, a report keeps `Unrecognised`.
#[test]
fn an_unrecognised_message_is_one_of_unknown_fate_since_mms_1_1() {
    for (version, expected) in [(Version::V1_0, 0x84), (Version::V1_1, 0x85), (Version::V1_2, 0x85)] {
        let octets = edited(MessageType::DELIVERY_IND, version, &[FieldCode::STATUS], "9584");
        let mut pdu = mm1::decode(&octets).unwrap().value;
        pdu.normalize();
        let status = format!("95{expected:02X}");
        assert_eq!(
            mm1::encode(&pdu).unwrap(),
            edited(MessageType::DELIVERY_IND, version, &[FieldCode::STATUS], &status)
        );
    }
}

/// A quoted-string has no control characters, and no quotation mark at its end (WAP-230, 8.4.2.1).
#[test]
fn names_of_parts_are_cleaned() {
    let mut send = send_req();
    let [smil, text, gif] = &mut parts(&mut send)[..] else { panic!() };
    smil.content_location = Some("smil\n.xml".into());
    text.content_id = Some("text\"".into());
    gif.content_location = Some("\0".into());
    gif.disposition = Some(ContentDisposition::new("a b").into());
    let mut pdu = Pdu::from(send);
    assert!(mm1::encode(&pdu).is_err());
    assert_eq!(pdu.normalize().iter().map(ToString::to_string).collect::<Vec<_>>(), ["Content-Type changed"]);
    let again = mm1::decode_with(&mm1::encode(&pdu).unwrap().into(), &Options::strict()).unwrap().value;
    let parts = again.body().unwrap().parts().iter();
    let names: Vec<_> = parts.map(|part| (part.content_id.as_deref(), part.content_location.as_deref())).collect();
    let expected = [("<smil>", Some("smil .xml")), ("text", Some("text.txt")), ("<dot>", Some(""))];
    assert_eq!(names, expected.map(|(id, location)| (Some(id), location)));
    assert_eq!(again.body().unwrap().parts()[2].disposition, None);
}

/// A field that is kept as octets would take its neighbours with it; what MM1 has no form for would be lost.
#[test]
fn what_would_not_be_read_again_is_not_written() {
    let unknown = FieldCode::from_wire(0xc5).unwrap();
    for (code, value) in [(unknown, &b"\x03\x01"[..]), (unknown, b"\x81\x81"), (unknown, b"")] {
        let mut pdu = send_req();
        pdu.extra.push(Extra::Coded { code, value: Bytes::from_static(value) });
        let error = mm1::encode(&pdu).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, None), "{value:?}");
    }
    let attributes: [fn(&mut AddressDetails); 4] = [
        |details| details.name = Some("Kim".into()),
        |details| details.display_only = Some(true),
        |details| details.coding = Some("encrypted".into()),
        |details| details.id = Some(Box::new("a".into())),
    ];
    for (place, attribute) in attributes.into_iter().enumerate() {
        let mut details = AddressDetails::default();
        attribute(&mut details);
        let mut pdu = send_req();
        pdu.message.to[0].details = Some(details.into());
        let error = mm1::encode(&pdu).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("To")), "{place}");
    }
}

#[test]
fn a_version_is_shown_by_its_numbers() {
    assert_eq!(format!("{0} {0:?}", Version::V1_3), "1.3 1.3");
}

#[test]
fn a_description_with_a_version_has_the_fields_of_that_version() {
    for (version, is_there) in [("8D92", false), ("8D93", true), ("", true)] {
        let octets = octets(&format!("8C93 {version} 8B6D3100 B7613A6200"));
        assert_eq!(mm1::decode_with(&octets, &Options::strict()).is_ok(), is_there, "{version}");
    }
}

/// What is missing makes no version newer, and what nobody knows stays.
#[test]
fn only_what_is_wrong_is_made_normal() {
    let broken = octets("8C81 985431008D90 9280 C581 58004100");
    let mut pdu = mm1::decode(&broken).unwrap().value;
    assert_eq!(pdu.normalize(), []);
    assert_eq!((pdu.version(), pdu.extra().len()), (Some(Version::V1_0), 2));
    let error = mm1::encode(&pdu).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::MissingField, Some("Message-ID")));
    // The relay/server puts in the address of a sender who does not say it (6.1.1).
    let mut pdu = mm1::decode(&octets("8C80 985431008D92 972B312F545950453D504C4D4E00 8483 6869")).unwrap().value;
    assert_eq!(pdu.normalize().iter().map(ToString::to_string).collect::<Vec<_>>(), ["From changed"]);
    assert_eq!(mm1::encode(&pdu).unwrap(), octets("8C80 985431008D92 890181 972B312F545950453D504C4D4E00 8483 6869"));
}

#[test]
fn the_column_of_versions_is_that_of_the_specification() {
    // The numbers were assigned version by version.
    let fields: Vec<_> = FieldCode::ALL.iter().map(|code| (code.wire(), code.name(), code.since())).collect();
    let types: Vec<_> = MessageType::ALL.iter().map(|kind| (kind.octet(), kind.name(), kind.since())).collect();
    for (rows, starts) in [(fields, [0x81, 0x99, 0xa2, 0xb4]), (types, [0x80, 0x87, 0x8b, 0x94])] {
        for (number, name, since) in rows {
            let of_number = starts.iter().rposition(|start| number >= *start).expect("a number from the first on");
            let expected = [Version::V1_0, Version::V1_1, Version::V1_2, Version::V1_3][of_number];
            assert_eq!(since, Some(expected), "version in the row of {name:?}: its number is one of that version");
        }
    }
}

/// What differs between two lists of fields, the version aside: the name, and whether it is gone.
fn differences(before: &[ShownField], after: &[ShownField]) -> BTreeSet<(String, bool)> {
    let mut different = BTreeSet::new();
    let names = before.iter().chain(after).map(|field| field.name.clone());
    for name in names.filter(|name| name != "X-Mms-MMS-Version").collect::<BTreeSet<_>>() {
        // A kept field has the name of the one that it repeats.
        let values = |fields: &[ShownField]| -> Vec<_> {
            fields.iter().filter(|field| field.name == name).flat_map(|field| field.values.clone()).collect()
        };
        let (before, after) = (values(before), values(after));
        if before != after {
            different.insert((name, after.is_empty()));
        }
    }
    different
}

fn strict() -> Options {
    let limits = Limits { items: usize::MAX, parts: usize::MAX, ..Limits::DEFAULT };
    Options { limits, ..Options::strict() }
}

fn check_fit(mut pdu: Pdu, version: Version) {
    let (message_type, own, before) = (pdu.message_type(), pdu.version(), pdu.fields());
    let Some(changes) = pdu.fit_to(version) else {
        assert!(message_type.since().unwrap() > version, "{message_type} is of {version}");
        assert_eq!(pdu.fields(), before);
        return;
    };
    assert_eq!(pdu.version(), own.map(|own| own.min(version)));
    let listed: BTreeSet<_> =
        changes.iter().map(|change| (change.field.to_string(), change.kind == ChangeKind::Removed)).collect();
    assert_eq!(listed, differences(&before, &pdu.fields()), "{message_type} for {version}");
    let octets = mm1::encode(&pdu).unwrap_or_else(|error| panic!("{message_type} for {version}: {error}\n{pdu:?}"));
    let decoded = mm1::decode_with(&octets.into(), &strict()).unwrap_or_else(|error| panic!("{error}\n{pdu:?}"));
    assert_eq!(decoded.value, pdu);
    assert!(pdu.fit_to(version).unwrap().is_empty(), "what fits is left as it is");
}

const VERSIONS: [Version; 4] = [Version::V1_0, Version::V1_1, Version::V1_2, Version::V1_3];

#[test]
fn what_fits_a_version_is_strictly_valid_and_what_is_missing_is_listed() {
    let config = Config { cases: 2_000, failure_persistence: None, ..Config::default() };
    proptest!(config, |(made in proptest::collection::vec(any::<u8>(), 0..3_000), version in 0..4usize)| {
        if let Some(pdu) = pdu(&made) {
            check_fit(pdu, VERSIONS[version]);
        }
    });
    for pdu in samples(0) {
        VERSIONS.into_iter().for_each(|version| check_fit(pdu.clone(), version));
    }
}

fn check_normal(octets: Vec<u8>) -> bool {
    let octets = Bytes::from(octets);
    let Ok(lenient) = mm1::decode(&octets) else { return false };
    let mut pdu = lenient.value;
    let (before, version, body) = (pdu.fields(), pdu.version(), pdu.body().cloned());
    let changes = pdu.normalize();
    // What is in the body is listed under its content type.
    let listed: BTreeSet<_> = changes.iter().map(|change| change.field.to_string()).collect();
    let mut different: BTreeSet<_> = differences(&before, &pdu.fields()).into_iter().map(|(name, _)| name).collect();
    if pdu.body() != body.as_ref() {
        different.insert("Content-Type".into());
    }
    if pdu.version() != version {
        different.insert("X-Mms-MMS-Version".into());
    }
    // A value may change without being shown in another way: only in its charset.
    assert!(listed.is_superset(&different), "{different:?} but {listed:?}: {pdu:?}");
    assert_eq!(pdu.clone().normalize(), [], "{pdu:?}");
    match mm1::encode(&pdu) {
        Ok(encoded) => {
            let again = mm1::decode_with(&encoded.into(), &strict());
            let again = again.unwrap_or_else(|error| panic!("{error}\n{pdu:?}"));
            // MIME multiparts are written by their name in WSP.
            let different = differences(&pdu.fields(), &again.value.fields());
            assert!(different.iter().all(|(name, is_gone)| name == "Content-Type" && !is_gone), "{different:?}");
            true
        }
        Err(error) => {
            assert_eq!(error.kind, EncodeErrorKind::MissingField, "{error}: {pdu:?}");
            let is_there = pdu.fields().iter().any(|field| Some(field.name.as_str()) == error.field);
            assert!(!is_there, "{error}: {pdu:?}");
            false
        }
    }
}

#[test]
fn a_version_before_1_0_is_raised_to_1_0_even_when_what_is_newer_is_removed() {
    // Without an identifier, a retrieved message cannot be of MMS 1.3, as its mark of DRM is.
    let octets = Bytes::from_static(b"\x8c\x84\x8d\x8c\x85\x01\x05\xbb\x80\x84\x83text");
    let mut pdu = mm1::decode(&octets).expect("decode").value;
    let changes: Vec<_> = pdu.normalize().iter().map(ToString::to_string).collect();
    assert_eq!(changes, ["X-Mms-DRM-Content removed", "X-Mms-MMS-Version changed"]);
    assert_eq!(mm1::encode(&pdu).expect("encode"), b"\x8c\x84\x8d\x90\x85\x01\x05\x84\x83text");
}

#[test]
fn what_was_forgiven_is_written_after_it_was_normalized() {
    assert!(all().into_iter().filter(|octets| check_normal(octets.clone())).count() > 50);
    let config = Config { cases: 4_000, failure_persistence: None, ..Config::default() };
    let strategy = (proptest::sample::select(all()), proptest::collection::vec(mutation(), 1..4));
    proptest!(config, |((mut octets, mutations) in strategy)| {
        mutations.iter().for_each(|mutation| mutation.apply(&mut octets));
        check_normal(octets);
    });
}

#[test]
fn what_is_valid_is_normal() {
    for mut pdu in samples(1) {
        let before = pdu.clone();
        assert_eq!(pdu.normalize(), []);
        assert_eq!(pdu, before);
    }
}

#[test]
fn a_version_as_text_is_one_version() {
    let octets = Bytes::from_static(b"\x8c\x85\x98T1\0\x8d1.2\0");
    let decoded = mm1::decode(&octets).unwrap();
    let kinds: Vec<_> = decoded.deviations.iter().map(|it| (it.kind, it.offset)).collect();
    assert_eq!((decoded.value.version(), &kinds[..]), (Some(Version::V1_2), &[(DeviationKind::NonTextValue, 7)][..]));
    assert_eq!(mm1::encode(&decoded.value).unwrap(), b"\x8c\x85\x98T1\0\x8d\x92");
    // One that nobody can read is not written beside another one.
    let mut pdu = mm1::decode(&Bytes::from_static(b"\x8c\x85\x98T1\0\x8dnew\0")).unwrap().value;
    let error = mm1::encode(&pdu).unwrap_err();
    assert_eq!(error.field, Some("X-Mms-MMS-Version"));
    assert_eq!(pdu.normalize().len(), 1);
    assert_eq!(mm1::encode(&pdu).unwrap(), b"\x8c\x85\x98T1\0\x8d\x90");
}

#[test]
fn a_second_message_type_of_an_unknown_pdu_is_reported() {
    let octets = Bytes::from_static(b"\x8c\xfc\x98T\0\x8c\x92");
    let kinds: Vec<_> = mm1::decode(&octets).unwrap().deviations.iter().map(|it| it.kind).collect();
    assert!(kinds.contains(&DeviationKind::DuplicateField), "{kinds:?}");
    assert!(mm1::decode_with(&octets, &Options::strict()).is_err());
}

fn send_req_to(to: &str) -> Bytes {
    [b"\x8c\x80\x98T1\0\x8d\x92\x89\x01\x81\x97", to.as_bytes(), b"\0\x84\xa3\0"].concat().into()
}

#[test]
fn several_addresses_in_one_field_are_several() {
    let (one, two) = ("+447700900123/TYPE=PLMN", "+447700900124/TYPE=PLMN");
    let (ann, ben) = ("ann@example.org", "ben@example.org");
    for (to, expected) in [
        (format!("{one};{two}"), [one, two]),
        (format!("{one}, {two}"), [one, two]),
        (format!("{one} {two}"), [one, two]),
        (format!("{ann},{ben}"), [ann, ben]),
        (format!("{ann} {ben}"), [ann, ben]),
        (format!("Kim <{one}>, Lee <{two}>"), [one, two]),
        ("sms:+447700900123,+447700900124?body=a,b".into(), [one, two]),
        ("smsto:+447700900123;+447700900124".into(), [one, two]),
        (format!("mailto:{ann},ben%40example.org?subject=a"), [ann, ben]),
    ] {
        let octets = send_req_to(&to);
        let decoded = mm1::decode(&octets).unwrap();
        let Pdu::SendReq(send) = &decoded.value else { panic!() };
        assert_eq!(send.message.to.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{to}");
        assert_eq!(decoded.deviations.iter().map(|it| it.kind).collect::<Vec<_>>(), [DeviationKind::AddressSpelling]);
        assert!(mm1::decode_with(&octets, &Options::strict()).is_err(), "{to}");
        let mut pdu = decoded.value;
        pdu.normalize();
        assert!(mm1::decode_with(&mm1::encode(&pdu).unwrap().into(), &Options::strict()).is_ok(), "{to}");
    }
}

/// One rule on every interface: the first counts, and the others are kept until `normalize` takes them out.
#[test]
fn several_addresses_where_one_belongs_are_the_first_and_kept_ones() {
    let (one, two, ann) = ("+447700900123/TYPE=PLMN", "+447700900124/TYPE=PLMN", "ann@example.org");
    for (from, expected) in [
        (format!("{one};{two}"), [one, two].as_slice()),
        (format!("{ann}, {one}"), &[ann, one]),
        (format!("{ann} {one}"), &[ann, one]),
        (format!("{one},{two},{ann}"), &[one, two, ann]),
        (format!("Lee <{ann}>, {one}"), &["Lee <ann@example.org>", one]),
    ] {
        let length = u8::try_from(from.len() + 2).unwrap();
        let value = [[0x1f, length, 0x80].as_slice(), from.as_bytes(), b"\0"].concat();
        let octets: Bytes =
            [b"\x8c\x80\x98T1\0\x8d\x92\x89", value.as_slice(), b"\x97+1/TYPE=PLMN\0\x84\xa3\0"].concat().into();
        let decoded = mm1::decode(&octets).unwrap();
        assert_eq!(decoded.deviations.iter().map(|it| it.kind).collect::<Vec<_>>(), [DeviationKind::AddressSpelling]);
        assert!(mm1::decode_with(&octets, &Options::strict()).is_err(), "{from}");
        let mut pdu = decoded.value;
        let shown: Vec<_> =
            pdu.fields().into_iter().filter(|field| field.name == "From").flat_map(|field| field.values).collect();
        assert_eq!(shown.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{from}");
        let error = mm1::encode(&pdu).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::FieldConflict, Some("From")), "{from}");
        let changes: Vec<_> = pdu.normalize().iter().map(ToString::to_string).collect();
        assert_eq!(changes, ["From changed"], "{from}");
        let Pdu::SendReq(send) = &pdu else { panic!() };
        assert_eq!(send.message.from.as_ref().and_then(Originator::address).unwrap().to_string(), expected[0]);
        assert!(mm1::decode_with(&mm1::encode(&pdu).unwrap().into(), &Options::strict()).is_ok(), "{from}");
    }
}

/// So in the fields that have one address.
#[test]
fn several_recipients_of_a_report_are_the_first_and_kept_ones() {
    let octets = octets("8C86 8D92 8B6D00 97 612E6240632E64 2C 652E6640672E68 00 8504659200 80 9581 8483");
    let decoded = mm1::decode(&octets).unwrap();
    assert!(decoded.deviations.iter().any(|it| it.kind == DeviationKind::AddressSpelling));
    // What is behind a content type is its content.
    let kept = decoded.value.extra().iter().map(|extra| match extra {
        Extra::Coded { code, .. } => *code,
        extra => panic!("{extra:?}"),
    });
    assert_eq!(kept.collect::<Vec<_>>(), [FieldCode::TO, FieldCode::CONTENT_TYPE]);
    let shown: Vec<_> = decoded.value.fields().into_iter().filter(|field| field.name == "To").collect();
    let values: Vec<_> = shown.iter().flat_map(|field| &field.values).map(ToString::to_string).collect();
    assert_eq!(values, ["a.b@c.d", "e.f@g.h"]);
    let (pdu, changes) = normal(decoded.value);
    assert_eq!(changes, ["To changed", "Content-Type removed"]);
    let Pdu::DeliveryInd(report) = pdu else { panic!() };
    assert_eq!(report.report.recipient, Some(Address::email("a.b@c.d")));
}

/// A field that nobody knows is kept; strict decoding says what is wrong with it.
#[test]
fn an_unknown_field_that_is_cut_is_kept_as_far_as_it_goes() {
    let octets = octets("8C83 98543100 8D92 9581 C5 6162");
    let decoded = mm1::decode(&octets).unwrap();
    let code = FieldCode::from_wire(0xc5).unwrap();
    assert_eq!(decoded.value.extra(), [Extra::Coded { code, value: Bytes::from_static(b"ab") }]);
    let found: Vec<_> = decoded.deviations.iter().map(|it| (it.kind, it.offset)).collect();
    assert_eq!(found, [(DeviationKind::Truncated, 11)]);
    let error = mm1::decode_with(&octets, &Options::strict()).unwrap_err();
    assert_eq!((error.kind, error.offset), (DecodeErrorKind::UnexpectedEnd, 11));
}

#[test]
fn encoded_words_in_display_names_are_undone() {
    for (to, mailbox, name) in [
        ("=?utf-8?Q?Kim_M=C3=BCller?= <kim@example.org>", "Kim Müller <kim@example.org>", None),
        ("=?utf-8?B?TGVlLCBLaW0=?= <kim@example.org>", "\"Lee, Kim\" <kim@example.org>", None),
        ("=?iso-8859-1?Q?M=FCller?= <+447700900123/TYPE=PLMN>", "+447700900123/TYPE=PLMN", Some("Müller")),
        // Not where the name would be read as encoded words again.
        (
            "=?utf-8?Q?=3D=3Fx=3FQ=3Fy=3F=3D?= <kim@example.org>",
            "=?utf-8?Q?=3D=3Fx=3FQ=3Fy=3F=3D?= <kim@example.org>",
            None,
        ),
    ] {
        let decoded = mm1::decode(&send_req_to(to)).unwrap();
        let Pdu::SendReq(send) = &decoded.value else { panic!() };
        let address = &send.message.to[0];
        assert_eq!(address.to_string(), mailbox);
        assert_eq!(address.details.as_ref().and_then(|details| details.name.as_deref()), name);
        // A mailbox with a name is legal, and is read as the same again.
        if name.is_none() {
            assert!(decoded.deviations.is_empty());
            let octets = mm1::encode(&decoded.value).unwrap();
            assert_eq!(mm1::decode_with(&octets.into(), &Options::strict()).unwrap().value, decoded.value);
        }
    }
    // Nor where the name has the end of a line, or the address none.
    for to in ["=?utf-8?Q?Kim=0AM=C3=BCller?= <kim@example.org>", "=?utf-8?Q?Kim?= <kim@example.org"] {
        let Pdu::SendReq(send) = mm1::decode(&send_req_to(to)).unwrap().value else { panic!() };
        assert_eq!(send.message.to[0].to_string(), to);
    }
}

/// What [`Pdu::normalize`] makes of it, and what it says.
#[track_caller]
fn normal(mut pdu: Pdu) -> (Pdu, Vec<String>) {
    let changes = pdu.normalize().iter().map(ToString::to_string).collect();
    let written = mm1::encode(&pdu).unwrap_or_else(|error| panic!("{error}: {pdu:?}"));
    mm1::decode_with(&written.into(), &Options::strict()).unwrap_or_else(|error| panic!("{error}: {pdu:?}"));
    (pdu, changes)
}

/// A value that is reserved counts as the first of its class; on MMS 1.0 there is one for all.
#[test]
fn statuses_of_no_use_become_those_of_their_class() {
    use FieldCode as F;
    use MessageType as M;
    for (message_type, version, code, with, expected) in [
        (M::SEND_CONF, Version::V1_0, F::RESPONSE_STATUS, "92BF", "9281"),
        (M::SEND_CONF, Version::V1_3, F::RESPONSE_STATUS, "92C5", "92C0"),
        (M::SEND_CONF, Version::V1_3, F::RESPONSE_STATUS, "92FF", "92E0"),
        (M::MBOX_DELETE_CONF, Version::V1_3, F::RESPONSE_STATUS, "920280C5", "920280C0"),
        (M::MBOX_DELETE_CONF, Version::V1_3, F::RESPONSE_STATUS, "920280E3", "920280E0"),
        (M::RETRIEVE_CONF, Version::V1_3, F::RETRIEVE_STATUS, "99C5", "99C0"),
        (M::RETRIEVE_CONF, Version::V1_3, F::RETRIEVE_STATUS, "99FF", "99E0"),
        (M::MBOX_STORE_CONF, Version::V1_3, F::STORE_STATUS, "A5C5", "A5C0"),
        (M::MBOX_STORE_CONF, Version::V1_3, F::STORE_STATUS, "A5FF", "A5E0"),
    ] {
        let (pdu, changes) =
            normal(mm1::decode(&edited(message_type, version, &[code, F::CONTENT_LOCATION], with)).unwrap().value);
        assert_eq!(changes, [format!("{} changed", code.name().unwrap())], "{message_type} {with}");
        let expected = edited(message_type, version, &[code, F::CONTENT_LOCATION], expected);
        assert_eq!(pdu, mm1::decode_with(&expected, &Options::strict()).unwrap().value, "{message_type} {with}");
    }
}

/// The sender whom the relay/server puts in (6.7.1), and what MM1 has no field for.
#[test]
fn a_read_report_of_a_phone_need_not_name_the_reader() {
    let octets = edited(MessageType::READ_REC_IND, Version::V1_1, &[FieldCode::FROM], "");
    let (pdu, changes) = normal(mm1::decode(&octets).unwrap().value);
    assert_eq!(changes, ["From changed"]);
    let Pdu::ReadRecInd(mut read) = pdu else { panic!() };
    assert_eq!(read.report.recipient, Some(Originator::InsertAddress));
    read.report.status_text = Some("seen".into());
    let error = mm1::encode(&read).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::NoSuchField, Some("X-Mms-Status-Text")));
}

/// What an absent field says (7.3.30), and what a PDU by reference is.
#[test]
fn a_message_without_class_is_personal() {
    let octets = edited(MessageType::NOTIFICATION_IND, Version::V1_2, &[FieldCode::MESSAGE_CLASS], "");
    let (pdu, changes) = normal(mm1::decode(&octets).unwrap().value);
    assert_eq!(changes, ["X-Mms-Message-Class changed"]);
    assert_eq!(pdu.message().unwrap().class, Some(mms_codec::message::MessageClass::Personal));
    let by_reference = mm1::AsPdu::as_pdu(&pdu);
    assert_eq!(format!("{by_reference:?}"), format!("PduRef({:?})", MessageType::NOTIFICATION_IND));
}

#[test]
fn the_version_is_raised_to_that_of_the_fields_if_nothing_is_missing_then() {
    const KEPT: FieldCode = FieldCode::MESSAGE_ID;
    for (message_type, own, without, with, expected, changes) in [
        (MessageType::SEND_REQ, Version::V1_0, &[][..], "9C80", Version::V1_1, &["X-Mms-MMS-Version changed"][..]),
        (MessageType::SEND_REQ, Version::V1_1, &[], "A280", Version::V1_2, &["X-Mms-MMS-Version changed"]),
        (MessageType::SEND_REQ, Version::V1_2, &[], "B7613A6200", Version::V1_3, &["X-Mms-MMS-Version changed"]),
        (MessageType::SEND_REQ, Version::V1_2, &[], "9C80", Version::V1_2, &[]),
        (MessageType::RETRIEVE_CONF, Version::V1_0, &[KEPT], "B7613A6200", Version::V1_0, &["X-Mms-Applic-ID removed"]),
    ] {
        let octets = edited(message_type, own, without, with);
        let is_newer = mm1::decode(&octets).unwrap().deviations.iter().any(|it| it.kind == DeviationKind::NewerField);
        assert_eq!(is_newer, !changes.is_empty(), "{message_type} {own} {with}");
        let (pdu, found) = normal(mm1::decode(&octets).unwrap().value);
        assert_eq!(
            (pdu.version(), &found[..]),
            (Some(expected), &changes.iter().map(|it| it.to_string()).collect::<Vec<_>>()[..])
        );
    }
}

/// White space goes, and a flag of which nothing is left.
#[test]
fn keywords_are_mended() {
    let octets = edited(MessageType::SEND_REQ, Version::V1_2, &[], "A280 A40580612062 00 A403802000 A403804300");
    let (pdu, changes) = normal(mm1::decode(&octets).unwrap().value);
    assert_eq!(changes, ["X-Mms-MM-Flags changed"]);
    let Pdu::SendReq(send) = pdu else { panic!() };
    let keywords: Vec<_> = send.mm_flags.iter().map(|flag| flag.keyword.to_string()).collect();
    assert_eq!(keywords, ["ab", "C"]);
}

/// Values that were made in the program, which the wire cannot say.
#[test]
fn values_are_made_such_as_can_be_written() {
    let mut send = send_req();
    let mut date = mms_codec::message::Timestamp::from_seconds(1);
    date.nanoseconds = 1;
    send.message.date = Some(date);
    send.message.from = Some(Address::from("a\n@b.example").into());
    send.message.reply_charging_id = Some("a\u{1}b".into());
    send.message.subject = Some("a\nb".into());
    let (pdu, mut changes) = normal(send.into());
    changes.sort_unstable();
    let names = ["Date", "From", "Subject", "X-Mms-Reply-Charging-ID"];
    assert_eq!(changes, names.map(|name| format!("{name} changed")));
    let Pdu::SendReq(send) = pdu else { panic!() };
    assert_eq!(send.message.date, Some(mms_codec::message::Timestamp::from_seconds(1)));
    assert_eq!(send.message.from, Some(Address::from("a @b.example").into()));
    assert_eq!(send.message.reply_charging_id.as_deref(), Some("a b"));
    assert_eq!(send.message.subject.unwrap(), "a b");
}

/// A status without count is one for all messages (7.3.48); a moment of the history has whole seconds.
#[test]
fn counts_and_seconds_are_completed() {
    let delete = edited(MessageType::MBOX_DELETE_CONF, Version::V1_2, &[FieldCode::RESPONSE_STATUS], "9280");
    let Pdu::MboxDeleteConf(conf) = mm1::decode(&delete).unwrap().value else { panic!() };
    assert_eq!(conf.response_statuses[0].status_count, None);
    let (pdu, changes) = normal(conf.into());
    assert_eq!(changes, ["X-Mms-Response-Status changed"]);
    let Pdu::MboxDeleteConf(conf) = pdu else { panic!() };
    assert_eq!(conf.response_statuses, [mm1::Counted::new(0, mm1::ResponseStatus::OK)]);

    let mut retrieve = mm1::decode(&vector("min-m-retrieve-conf")).unwrap().value;
    let Pdu::RetrieveConf(conf) = &mut retrieve else { panic!() };
    let mut date = mms_codec::message::PreviouslySentDate::new(1, mms_codec::message::Timestamp::from_seconds(1));
    date.date.nanoseconds = 1;
    conf.message.previously_sent_by = vec![mms_codec::message::PreviouslySentBy::new(1, Address::email("a@b.example"))];
    conf.message.previously_sent_date = vec![date];
    let (pdu, changes) = normal(retrieve);
    assert!(changes.contains(&"X-Mms-Previously-Sent-Date changed".to_owned()), "{changes:?}");
    let Pdu::RetrieveConf(conf) = pdu else { panic!() };
    assert_eq!(conf.message.previously_sent_date[0].date, mms_codec::message::Timestamp::from_seconds(1));
}

/// A parameter that cannot be written takes nothing with it.
#[test]
fn parameters_are_cleaned_one_by_one() {
    let mut send = send_req();
    let [_, text, gif] = &mut parts(&mut send)[..] else { panic!() };
    let bad = |name: &str| Parameter::Text { name: name.into(), value: "x".into() };
    let media = text.content_type.media.clone();
    let own = text.content_type.parameters.clone();
    text.content_type.parameters.push(bad("a b"));
    let mut disposition = ContentDisposition::new("attachment");
    disposition.parameters = vec![bad("a b"), Parameter::Text { name: "filename".into(), value: "a.gif".into() }];
    gif.disposition = Some(disposition.into());
    let gif_type = gif.content_type.clone();
    let (pdu, changes) = normal(send.into());
    assert_eq!(changes, ["Content-Type changed"]);
    let [_, text, gif] = pdu.body().unwrap().parts() else { panic!() };
    assert_eq!((&text.content_type.media, &text.content_type.parameters), (&media, &own));
    let disposition = gif.disposition.as_ref().unwrap();
    assert_eq!((disposition.kind.as_str(), disposition.parameters.len()), ("attachment", 1));
    assert_eq!(gif.content_type, gif_type);
}

/// A field that nobody knows is text, if it ends as one and can be shown, and octets otherwise.
#[test]
fn unknown_fields_are_shown_as_text_or_octets() {
    for (value, expected) in
        [(&b"abc\0"[..], "abc"), (b"\x81", "0x81"), (b"\0", "0x00"), (b"a\x09\0", "0x610900"), (b"a\x7f\0", "0x617f00")]
    {
        let octets = Bytes::from([b"\x8c\xfc\x98T\0\x8d\x92\xc5", value].concat());
        let pdu = mm1::decode(&octets).unwrap().value;
        let field = pdu.fields().pop().unwrap();
        let shown: Vec<_> = field.values.iter().map(|value| value.to_string().to_lowercase()).collect();
        assert_eq!(shown, [expected], "{value:?}");
    }
}

/// The content type is the last field of a PDU that nobody knows.
#[test]
fn a_content_type_of_an_unknown_pdu_stays_where_content_may_be() {
    let octets = Bytes::from_static(b"\x8c\xfc\x98T\0\x8d\x92\xc5\x81\x84\x83");
    let pdu = mm1::decode(&octets).unwrap().value;
    assert_eq!(pdu.fields().pop().unwrap().values[0].to_string(), "text/plain");
    let (normal, changes) = normal(pdu);
    assert_eq!(changes, [""; 0]);
    assert_eq!(mm1::encode(&normal).unwrap(), octets);
    let with_content = Bytes::from_static(b"\x8c\xfc\x98T\0\x8d\x92\x84\x83hi");
    assert_eq!(mm1::encode(&mm1::decode(&with_content).unwrap().value).unwrap(), with_content);
    let Pdu::Unknown(mut unknown) = normal else { panic!() };
    unknown.extra.push(Extra::Coded { code: FieldCode::from_wire(0xc5).unwrap(), value: Bytes::from_static(b"\x81") });
    let mut pdu = Pdu::Unknown(unknown);
    assert_eq!(pdu.normalize().iter().map(ToString::to_string).collect::<Vec<_>>(), ["Content-Type removed"]);
}

/// Major versions to 7 and minor ones to 14 have an octet (7.2.11).
#[test]
fn versions_as_text_have_the_bounds_of_their_octet() {
    for (text, expected) in [
        ("1.3", Some(Version::V1_3)),
        ("7.14", Some(Version::new(7, 14))),
        ("1.15", None),
        ("8.0", None),
        ("2", Some(Version::new(2, 15))),
    ] {
        let octets = Bytes::from([b"\x8c\x85\x98T1\0\x8d", text.as_bytes(), b"\0"].concat());
        let decoded = mm1::decode(&octets).unwrap();
        let found = decoded.value.version().filter(|_| decoded.deviations.len() == 1);
        assert_eq!(found.filter(|_| decoded.value.extra().is_empty()), expected, "{text}");
    }
}

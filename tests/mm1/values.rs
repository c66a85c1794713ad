//! Values that no decoder produces cannot be deserialized either.

use mms_codec::message::{Charset, Header, Text};
use mms_codec::mm1::{self, FieldCode, MessageType, ResponseStatus, Version};

#[test]
fn a_number_is_deserialized_if_it_can_be_on_the_wire() {
    assert_eq!(serde_json::from_str::<FieldCode>("127").unwrap(), FieldCode::from_wire(0xff).unwrap());
    assert_eq!(serde_json::from_str::<MessageType>("128").unwrap(), MessageType::SEND_REQ);
    assert_eq!(serde_json::from_str::<Version>("18").unwrap(), Version::V1_2);
    for octet in ["128", "132", "255"] {
        assert!(serde_json::from_str::<FieldCode>(octet).is_err(), "{octet}");
        assert!(serde_json::from_str::<Version>(octet).is_err(), "{octet}");
    }
    for octet in ["0", "127"] {
        assert!(serde_json::from_str::<MessageType>(octet).is_err(), "{octet}");
        assert!(serde_json::from_str::<ResponseStatus>(octet).is_err(), "{octet}");
    }
    for header in [r#"{"Coded":{"page":0,"code":1,"value":[129]}}"#, r#"{"Coded":{"page":1,"code":128,"value":[129]}}"#]
    {
        assert!(serde_json::from_str::<Header>(header).is_err(), "{header}");
    }
    // The content type would be in the middle, and take the rest.
    let pdu = r#"{"NotifyRespInd":{"transaction_id":"T","version":18,"status":"Retrieved","report_allowed":null,"extra":[{"Coded":{"code":132,"value":[131]}}]}}"#;
    assert!(serde_json::from_str::<mm1::Pdu>(pdu).is_err());
    assert!(serde_json::from_str::<mm1::Pdu>(&pdu.replace("132", "127")).is_ok());
}

#[test]
fn a_text_is_deserialized_in_its_charset_or_not_at_all() {
    let text = |json: &str| serde_json::from_str::<Text>(json);
    for text in [Text::from("a"), Text::from("é"), Text::with_charset("é", Charset::ISO_8859_1)] {
        let json = serde_json::to_string(&text).unwrap();
        assert_eq!(serde_json::from_str::<Text>(&json).unwrap(), text);
    }
    assert!(text(r#"{"charset":null,"content":{"Text":"é"}}"#).is_err());
    assert!(text(r#"{"charset":null,"content":{"Octets":[97]}}"#).is_err());
    // What can be converted is text.
    assert_eq!(text(r#"{"charset":106,"content":{"Octets":[97]}}"#).unwrap(), Text::with_charset("a", Charset::UTF_8));
    let kept = text(r#"{"charset":106,"content":{"Octets":[255]}}"#).unwrap();
    assert_eq!(kept.undecoded().unwrap().as_ref(), [255]);
}

/// Programs learn from an error what people read, and the code, which stays.
#[test]
fn errors_are_serialized_with_their_code_place_field_and_message() {
    let error = mm1::decode(&b"hello".as_slice().into()).unwrap_err();
    assert_eq!(
        serde_json::to_value(error).unwrap(),
        serde_json::json!({
            "code": "missing-field",
            "offset": error.offset,
            "field": "X-Mms-Message-Type",
            "message": error.to_string(),
        })
    );
    let error = mm1::encode(&mm1::SendReq::default()).unwrap_err();
    let json = serde_json::to_value(error).unwrap();
    assert_eq!((&json["code"], &json["offset"]), (&"missing-field".into(), &serde_json::Value::Null));
    let error = "urgent".parse::<mms_codec::message::Priority>().unwrap_err();
    assert_eq!(serde_json::to_value(error).unwrap()["message"], "not a valid Priority");
}

#[test]
fn every_pdu_has_its_name() {
    let pdu = mm1::decode(&b"\x8c\x85\x98T1\0\x8d\x92".as_slice().into()).unwrap().value;
    assert_eq!(pdu.name(), "M-Acknowledge.ind");
    assert!(mm1::Pdu::NAMES.contains(&pdu.name()) && mm1::Pdu::NAMES.len() == MessageType::ALL.len());
}

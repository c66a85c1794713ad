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

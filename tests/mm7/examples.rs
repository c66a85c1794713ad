//! The worked examples that `MMS_SPEC` has, in its `mm7.md`.

use super::*;
use alloc::collections::BTreeMap;

/// The examples by name: HTTP messages and envelopes.
fn examples() -> Option<BTreeMap<String, String>> {
    let folder = std::env::var("MMS_SPEC").unwrap_or_else(|_| format!("{}/../shared/spec", env!("CARGO_MANIFEST_DIR")));
    let Ok(text) = std::fs::read_to_string(format!("{folder}/mm7.md")) else {
        support::corpus::say("MMS_SPEC names no folder with mm7.md: the examples of mm7.md were not tested");
        return None;
    };
    let examples = text.split("<!-- example: ").skip(1).map(|example| {
        let name = example.split_whitespace().next().unwrap().to_string();
        let code = example.split("```").nth(1).unwrap();
        (name, with_length(code.split_once('\n').unwrap().1.replace('\n', "\r\n")))
    });
    Some(examples.collect())
}

/// The printed requests do not say how long they are, without which HTTP sends no body.
fn with_length(example: String) -> String {
    match example.split_once("\r\n\r\n") {
        Some((head, body)) if head.starts_with("POST ") && !head.contains("Content-Length") => {
            format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        }
        _ => example,
    }
}

fn decode(text: &str, options: &Options) -> Envelope {
    let octets = Bytes::copy_from_slice(text.as_bytes());
    let decoded = mm7::decode_unlabelled_with(&octets, options).unwrap();
    assert_eq!(decoded.deviations, []);
    decoded.value
}

#[test]
fn are_valid_and_round_trip() {
    let Some(examples) = examples() else { return };
    assert_eq!(examples.len(), 20);
    for (name, text) in &examples {
        assert!(mm7::detect(text.as_bytes()), "{name}");
        let envelope = decode(text, &Options::strict());
        let named = name.trim_end_matches("Partial").trim_end_matches("Rel5");
        assert_eq!(envelope.name(), named);
        assert_eq!(envelope.http_status(), if text.starts_with("HTTP/1.1 500") { 500 } else { 200 });
        let encoded = mm7::encode(&envelope).unwrap();
        assert!(encoded.left_out.is_empty());
        let again = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap();
        assert_eq!(again.value, envelope, "{name}");
        assert_eq!(again.deviations, []);
    }
}

#[test]
fn show_their_fields() {
    let Some(examples) = examples() else { return };
    let envelope = decode(&examples["SubmitReq"], &Options::strict());
    assert_eq!(
        shown(&envelope),
        "TransactionID = vasp-1001\n\
         MM7Version = 6.8.0\n\
         SenderIdentification.VASPID = acme-media\n\
         SenderIdentification.VASID = newsline\n\
         SenderIdentification.SenderAddress = 7255\n\
         Recipients.To = +12025550101 | desk@example.org\n\
         Recipients.Cc = +447700900123\n\
         Recipients.Bcc = x9k2\n\
         ServiceCode = news-basic\n\
         LinkedID = mo-55021\n\
         MessageClass = Informational\n\
         TimeStamp = 2024-03-05T09:30:47Z\n\
         ReplyCharging = Requested\n\
         ReplyCharging@replyChargingSize = 30720\n\
         ReplyCharging@replyDeadline = PT172800S\n\
         EarliestDeliveryTime = 2024-03-05T09:00:00Z\n\
         ExpiryDate = PT302400S\n\
         DeliveryReport = true\n\
         ReadReply = false\n\
         Priority = Normal\n\
         Subject = Morning news & more\n\
         ChargedParty = ThirdParty\n\
         ChargedPartyID = sponsor-17\n\
         DistributionIndicator = false\n\
         DeliveryCondition.DC = 1 | 2\n\
         ApplicID = com.example.viewer\n\
         ReplyApplicID = com.example.vas\n\
         AuxApplicInfo = lang=en\n\
         ContentClass = image-basic\n\
         DRMContent = false\n\
         Content@href = cid:mm-1001@vasp.example.com\n\
         Content@allowAdaptations = true\n\
         Recipients.To@displayOnly = false | true\n\
         Recipients.Bcc@addressCoding = obfuscated\n\
         Recipients.Bcc@id = a1\n",
    );
    let message = envelope.message().unwrap();
    assert_eq!(message.to[1].details.as_ref().unwrap().display_only, Some(true));
    let hidden = message.bcc[0].details.as_ref().unwrap();
    assert_eq!((hidden.coding.as_deref(), hidden.id.as_deref().map(|id| &**id)), (Some("obfuscated"), Some("a1")));
    let body = message.body.as_ref().unwrap();
    let leaves: Vec<_> = body.leaves().map(|leaf| leaf.content_type.media.to_string()).collect();
    assert_eq!(leaves, ["application/smil", "text/plain", "image/gif"]);
    assert_eq!(body.root().unwrap().content_id.as_deref(), Some("<smil@mm-1001>"));
    assert_eq!(body.find("cid:txt@mm-1001").unwrap().text().unwrap(), "Tram line 4 is closed – use line 9");
    assert_eq!(body.find("map.gif").unwrap().octets().unwrap().len(), 35);
}

#[test]
fn show_forwarders_and_faults() {
    let Some(examples) = examples() else { return };
    let deliver = decode(&examples["DeliverReq"], &Options::strict());
    let Pdu::DeliverReq(pdu) = &deliver.pdu else { panic!() };
    let history: Vec<_> = pdu.message.forwarding_history().collect();
    assert_eq!(history[1].0.address, Address::email("kim@example.org"));
    assert_eq!(history[1].1.unwrap().to_string(), "2024-03-05T07:15:00Z");
    assert_eq!(pdu.ua_capabilities.ua_prof.as_deref(), Some("http://ua.example.com/prof.xml"));
    let Some(Time::Absolute(at)) = pdu.ua_capabilities.time_stamp else { panic!() };
    assert_eq!(at.to_string(), "2024-03-05T09:31:00Z");
    assert!(shown(&deliver).contains("Previouslysentby.UserAgent@sequence = 1 | 2\n"));

    let fault = decode(&examples["RSErrorRsp"], &Options::strict());
    assert_eq!(
        shown(&fault),
        "TransactionID = vasp-1007\nfaultcode = Client\nfaultstring = Client error\nMM7Version = 6.8.0\n\
         Status.StatusCode = 2007\nStatus.StatusText = Message format corrupt\nStatus.Details = Recipients is missing\n",
    );
    let code = fault.fields().into_iter().find(|field| field.name == "Status.StatusCode").unwrap();
    assert_eq!(code.values, [Shown::Number(2007)]);

    let partial = decode(&examples["SubmitRspPartial"], &Options::strict());
    let Pdu::SubmitRsp(pdu) = partial.pdu else { panic!() };
    assert_eq!(pdu.status.code, Some(StatusCode::PARTIAL_SUCCESS));
    assert_eq!(pdu.status.details.unwrap().to_text().unwrap(), "+447700900123 is unknown");
}

#[test]
fn decode_in_other_encodings() {
    let Some(examples) = examples() else { return };
    let text = examples["CancelReq"].replace("acme-media", "Жук");
    let envelope = decode(&text, &Options::strict());
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert!(mm7::detect(&utf16));
    let decoded = mm7::decode("text/xml; charset=utf-16", &utf16.into()).unwrap();
    assert_eq!((decoded.value, decoded.deviations), (envelope.clone(), vec![]));
}

#[test]
#[cfg_attr(not(feature = "charsets"), ignore = "needs the feature charsets")]
fn decode_in_koi8() {
    let Some(examples) = examples() else { return };
    let text = examples["CancelReq"].replace("acme-media", "Жук");
    let envelope = decode(&text, &Options::strict());
    let koi8 = text.replace("UTF-8", "koi8-r");
    let koi8: Vec<u8> = koi8
        .chars()
        .flat_map(|c| match c {
            'Ж' => vec![0xf6],
            'у' => vec![0xd5],
            'к' => vec![0xcb],
            c => vec![u8::try_from(c).unwrap()],
        })
        .collect();
    for content_type in ["text/xml", "text/xml; charset=KOI8-R"] {
        let decoded = mm7::decode(content_type, &koi8.clone().into()).unwrap();
        assert_eq!((&decoded.value, decoded.deviations), (&envelope, vec![]), "{content_type}");
    }
}

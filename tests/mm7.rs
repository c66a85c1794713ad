//! MM7: the worked examples of its specification, round trips, and hostile input.
#![cfg(feature = "mm7")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::std_instead_of_core,
    clippy::std_instead_of_alloc,
    clippy::cast_possible_truncation,
    reason = "a test"
)]

#[path = "support/corpus.rs"]
#[expect(dead_code, reason = "it reads no corpus")]
mod corpus;

use std::fmt::Write as _;

use mms_codec::message::{Address, AddressKind, ContentType, Part, Time};
use mms_codec::mm7::{self, EncodeOptions, Envelope, Pdu, Schema, StatusCode};
use mms_codec::{Bytes, DecodeErrorKind, DeviationKind, EncodeErrorKind, Limit, Options, Shown};

const NAMESPACE: &str = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4";

/// An envelope around a message in the namespace of schema 1-4 of Release 6.
fn envelope(message: &str) -> Bytes {
    let (name, rest) = message.split_once('>').unwrap();
    format!(
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header>\
         <t:TransactionID xmlns:t=\"{NAMESPACE}\">t1</t:TransactionID></e:Header>\
         <e:Body>{name} xmlns=\"{NAMESPACE}\">{rest}</e:Body></e:Envelope>"
    )
    .into()
}

fn submit(rest: &str) -> Bytes {
    envelope(&format!(
        "<SubmitReq><MM7Version>6.8.0</MM7Version><SenderIdentification/><Recipients><To><Number>+1</Number></To>\
         </Recipients>{rest}</SubmitReq>"
    ))
}

/// The values that the fields show, by path.
fn shown(envelope: &Envelope) -> String {
    let mut text = String::new();
    for field in envelope.fields() {
        let values: Vec<String> = field.values.iter().map(Shown::to_string).collect();
        writeln!(text, "{} = {}", field.name, values.join(" | ")).unwrap();
    }
    text
}

fn kinds(message: &Bytes) -> Vec<DeviationKind> {
    mm7::decode_envelope(message).unwrap().deviations.iter().map(|deviation| deviation.kind).collect()
}

mod examples {
    use super::*;
    use std::collections::BTreeMap;

    /// The examples of mm7.md, 6, by name: HTTP messages and envelopes.
    fn examples() -> Option<BTreeMap<String, String>> {
        let folder =
            std::env::var("MMS_SPEC").unwrap_or_else(|_| format!("{}/../shared/spec", env!("CARGO_MANIFEST_DIR")));
        let Ok(text) = std::fs::read_to_string(format!("{folder}/mm7.md")) else {
            corpus::say("MMS_SPEC names no folder with mm7.md: the examples of mm7.md were not tested");
            return None;
        };
        let examples = text.split("<!-- example: ").skip(1).map(|example| {
            let name = example.split_whitespace().next().unwrap().to_string();
            let code = example.split("```").nth(1).unwrap();
            (name, code.split_once('\n').unwrap().1.replace('\n', "\r\n"))
        });
        Some(examples.collect())
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
             Content@allowAdaptations = true\n",
        );
        let message = envelope.message().unwrap();
        assert_eq!(message.to[1].details.as_ref().unwrap().display_only, Some(true));
        let hidden = message.bcc[0].details.as_ref().unwrap();
        assert_eq!((hidden.coding.as_deref(), hidden.id.as_deref()), (Some("obfuscated"), Some("a1")));
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
}

mod leniency {
    use super::*;

    #[track_caller]
    fn reports(message: &Bytes, kind: DeviationKind, expected: &str) {
        let decoded = mm7::decode_envelope(message).unwrap();
        assert_eq!(decoded.deviations.iter().map(|deviation| deviation.kind).collect::<Vec<_>>(), [kind]);
        let shown = shown(&decoded.value);
        assert!(shown.contains(expected), "{shown}");
        let error = mm7::decode_envelope_with(message, &Options::strict()).unwrap_err();
        assert_eq!(error.offset, decoded.deviations[0].offset);
        assert!(
            error.kind == DecodeErrorKind::Deviation(kind)
                || matches!(error.kind, DecodeErrorKind::InvalidText | DecodeErrorKind::MissingField),
            "{error}"
        );
    }

    #[test]
    fn reports_what_it_forgives() {
        use DeviationKind::*;
        for (rest, kind, expected) in [
            ("<DeliveryReport>True</DeliveryReport>", LetterCase, "DeliveryReport = true"),
            ("<Priority>hIGH</Priority>", LetterCase, "Priority = High"),
            ("<priority>High</priority>", LetterCase, "Priority = High"),
            ("<Priority>Urgent</Priority>", UnknownToken, "Priority = Urgent"),
            ("<ReadReply>maybe</ReadReply>", InvalidValue, "ReadReply = maybe"),
            ("<ReplyCharging>False</ReplyCharging>", InvalidValue, "ReplyCharging = False"),
            ("<Subject>a</Subject><Priority>Low</Priority>", FieldOrder, "Priority = Low"),
            ("<Subject>a</Subject><Subject>b</Subject>", DuplicateField, "Subject = a | b"),
            ("<EarlistDeliveryTime>PT1S</EarlistDeliveryTime>", FieldName, "EarliestDeliveryTime = PT1S"),
            ("<Vendor a=\"1\"><b/></Vendor>", UnexpectedField, "<b/></Vendor>"),
            ("<TimeStamp>2024-03-05T09:30:47</TimeStamp>", MissingZone, "TimeStamp = 2024-03-05T09:30:47Z"),
            ("<DeliveryCondition>2</DeliveryCondition>", MisplacedField, "DeliveryCondition.DC = 2"),
            ("<Content href=\"cid:a\"> </Content>", SurroundingSpace, "Content@href = cid:a"),
            ("<Subject lang=\"en\">a</Subject>", UnexpectedAttribute, "Subject = a"),
            ("<Subject xmlns=\"\">a</Subject>", MissingNamespace, "Subject = a"),
        ] {
            reports(&submit(rest), kind, expected);
        }
    }

    #[test]
    fn trims_identifiers_where_the_schema_keeps_the_white_space() {
        let message = submit("<LinkedID> 7\n</LinkedID>");
        let linked_id = |decoded: Envelope| match decoded.pdu {
            Pdu::SubmitReq(pdu) => pdu.linked_id.unwrap(),
            _ => panic!(),
        };
        assert_eq!(linked_id(mm7::decode_envelope(&message).unwrap().value), "7");
        assert_eq!(kinds(&message), [DeviationKind::SurroundingSpace]);
        assert_eq!(linked_id(mm7::decode_envelope_with(&message, &Options::strict()).unwrap().value), " 7\n");
    }

    #[test]
    fn understands_addresses_in_the_wrong_form() {
        let deliver =
            |sender: &str| envelope(&format!("<DeliverReq><MM7Version>6.8.0</MM7Version>{sender}</DeliverReq>"));
        reports(&deliver("<Sender>+4712345</Sender>"), DeviationKind::AddressSpelling, "Sender = +4712345");
        reports(
            &deliver("<Sender><Number>+4712345/TYPE=PLMN</Number></Sender>"),
            DeviationKind::AddressSpelling,
            "Sender = +4712345",
        );
        reports(
            &deliver("<SenderAddress><ShortCode>72</ShortCode></SenderAddress>"),
            DeviationKind::FieldName,
            "Sender = 72",
        );
        // In place of its own elements (mm7.md 7, row 14).
        let decoded = mm7::decode_envelope(&deliver(
            "<SenderIdentification><VASPID>a</VASPID><SenderAddress><Number>+1</Number></SenderAddress></SenderIdentification>",
        ));
        let shown = shown(&decoded.unwrap().value);
        assert!(shown.contains("VASPID = a\n") && shown.contains("Sender = +1\n"), "{shown}");
    }

    #[test]
    fn keeps_what_it_does_not_know_with_its_namespaces() {
        let message = submit("<v:Tag xmlns:v=\"urn:v\" v:n=\"1\"><v:In/>&amp;</v:Tag><Own><Sub/></Own>");
        let decoded = mm7::decode_envelope(&message).unwrap();
        let Pdu::SubmitReq(pdu) = &decoded.value.pdu else { panic!() };
        let kept: Vec<_> = pdu.extra.iter().map(|extra| extra.xml.as_str()).collect();
        let own = format!("<Own xmlns=\"{NAMESPACE}\"><Sub/></Own>");
        assert_eq!(kept, ["<v:Tag xmlns:v=\"urn:v\" v:n=\"1\"><v:In/>&amp;</v:Tag>", own.as_str()]);

        let encoded = mm7::encode(&decoded.value).unwrap();
        assert_eq!(encoded.left_out, ["v:Tag", "Own"]);
        assert!(mm7::decode_envelope_with(&encoded.body(), &Options::strict()).is_ok());

        let options = EncodeOptions { write_extra: true, ..EncodeOptions::default() };
        let encoded = mm7::encode_with(&decoded.value, &options).unwrap();
        assert!(encoded.left_out.is_empty());
        assert_eq!(mm7::decode_envelope(&encoded.body()).unwrap().value, decoded.value);
    }

    #[test]
    fn keeps_header_entries_and_details() {
        let message = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/' xmlns:w='urn:w'><e:Header>\
            <w:Route w:hop='1'>x</w:Route></e:Header><e:Body><e:Fault><faultcode>e:Server</faultcode>\
            <faultstring>No</faultstring><detail><w:Why>because</w:Why></detail></e:Fault></e:Body></e:Envelope>";
        let envelope = mm7::decode_envelope_with(&message.into(), &Options::strict()).unwrap().value;
        assert_eq!(envelope.header[0].as_str(), "<w:Route xmlns:w=\"urn:w\" w:hop='1'>x</w:Route>");
        let Pdu::Fault(fault) = &envelope.pdu else { panic!() };
        assert_eq!(fault.details().next().unwrap().as_str(), "<w:Why xmlns:w=\"urn:w\">because</w:Why>");
        let encoded = mm7::encode(&envelope).unwrap();
        assert!(encoded.left_out.is_empty());
        assert_eq!(mm7::decode_envelope_with(&encoded.body(), &Options::strict()).unwrap().value, envelope);
    }

    #[test]
    fn takes_names_from_other_namespaces_for_others() {
        let message = submit("<v:Subject xmlns:v=\"urn:v\">a</v:Subject>");
        assert!(mm7::decode_envelope(&message).unwrap().value.message().unwrap().subject.is_none());
        assert_eq!(kinds(&message), [DeviationKind::UnexpectedField]);
    }

    #[test]
    fn tells_where_in_the_input_a_deviation_is() {
        let message = submit("<Subject>한</Subject><ReadReply>TRUE</ReadReply>");
        let text = String::from_utf8(message.to_vec()).unwrap();
        let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        let place = text.split("<ReadReply").next().unwrap().encode_utf16().count() * 2 + 2;
        let decoded = mm7::decode_envelope(&utf16.into()).unwrap();
        assert_eq!((decoded.deviations[0].offset, decoded.deviations[0].field), (place, Some("ReadReply")));
    }
}

mod attachments {
    use super::*;

    fn body(content: &str, id: &str) -> Bytes {
        let xml = String::from_utf8(submit(content).to_vec()).unwrap();
        let id = if id.is_empty() { String::new() } else { format!("{id}\r\n") };
        format!(
            "--b\r\nContent-Type: text/xml\r\nContent-ID: <root>\r\n\r\n{xml}\r\n--b\r\nContent-Type: text/plain\r\n{id}\
             \r\nhello\r\n--b\r\nContent-Type: image/gif\r\nContent-ID: <other>\r\n\r\nGIF\r\n--b--\r\n"
        )
        .into()
    }

    const TYPE: &str = "multipart/related; boundary=b; type=\"text/xml\"; start=\"<root>\"";

    #[test]
    fn finds_the_content_however_it_is_referred_to() {
        for (href, id, kind) in [
            ("cid:a@x", "Content-ID: <a@x>", None),
            ("cid:a%40x", "Content-Id: <a@x>", None),
            ("cid:100%25", "Content-ID: <100%>", None),
            ("cid: a@x", "Content-ID: <a@x>", Some(DeviationKind::ReferenceSpelling)),
            ("a@x", "Content-ID: <a@x>", Some(DeviationKind::ReferenceSpelling)),
            ("cid:&lt;a@x&gt;", "Content-ID: <a@x>", Some(DeviationKind::ReferenceSpelling)),
            ("cid:a@x", "Content-ID: a@x", Some(DeviationKind::ReferenceSpelling)),
            ("a.txt", "Content-Location: a.txt", Some(DeviationKind::ReferenceSpelling)),
        ] {
            let decoded = mm7::decode(TYPE, &body(&format!("<Content href=\"{href}\"/>"), id)).unwrap();
            let kinds: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
            assert_eq!(kinds, Vec::from_iter(kind), "{href}");
            let message = decoded.value.message().unwrap();
            assert_eq!(message.body.as_ref().unwrap().text().as_deref(), Some("hello"), "{href}");
            assert_eq!(decoded.value.attachments.len(), 1);
            let encoded = mm7::encode(&decoded.value).unwrap();
            let again = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap().value;
            assert_eq!(again.message().unwrap().body.as_ref().unwrap().octets().unwrap(), "hello");
            assert_eq!(again.attachments[0].octets().unwrap(), "GIF");
        }
    }

    #[test]
    fn keeps_references_to_elsewhere_and_reports_those_to_nowhere() {
        let elsewhere = body("<Content href=\"http://mms.example/1\"/>", "Content-ID: <a>");
        let decoded = mm7::decode_with(TYPE, &elsewhere, &Options::strict()).unwrap().value;
        let Pdu::SubmitReq(pdu) = &decoded.pdu else { panic!() };
        assert_eq!((pdu.content_href.as_deref(), &pdu.message.body), (Some("http://mms.example/1"), &None));
        assert_eq!(decoded.attachments.len(), 2);

        for (content, id, kind) in [
            ("<Content href=\"cid:no\"/>", "Content-ID: <a>", DeviationKind::DanglingReference),
            ("", "", DeviationKind::MissingReference),
        ] {
            let decoded = mm7::decode(TYPE, &body(content, id)).unwrap();
            assert_eq!((decoded.deviations[0].kind, decoded.deviations.len()), (kind, 1));
            let error = mm7::decode_with(TYPE, &body(content, id), &Options::strict()).unwrap_err();
            assert_eq!(error.kind, DecodeErrorKind::Deviation(kind));
        }
    }

    #[test]
    fn finds_the_envelope_without_start_boundary_or_type() {
        let body = body("<Content href=\"cid:a\"/>", "Content-ID: <a>");
        let value = mm7::decode(TYPE, &body).unwrap().value;
        for content_type in [
            "multipart/related; boundary=b",
            "multipart/related; boundary=b; type=text/xml; start=root",
            "multipart/related; boundary=b; start=\"<nowhere>\"",
            "multipart/related",
            "text/xml",
        ] {
            let decoded = mm7::decode(content_type, &body).unwrap();
            assert_eq!(decoded.value, value, "{content_type}");
            assert!(!decoded.deviations.is_empty(), "{content_type}");
        }
        assert_eq!(mm7::decode_unlabelled(&body).unwrap().value, value);
    }

    #[test]
    fn shares_content_with_the_input() {
        let content = "x".repeat(10_000);
        let body = String::from_utf8(body("<Content href=\"cid:a\"/>", "Content-ID: <a>").to_vec()).unwrap();
        let body = Bytes::from(body.replace("hello", &content));
        let decoded = mm7::decode(TYPE, &body).unwrap().value;
        let content = decoded.message().unwrap().body.as_ref().unwrap().octets().unwrap().clone();
        assert!(body.as_ptr_range().contains(&content.as_ptr()));
        let encoded = mm7::encode(&decoded).unwrap();
        assert!(encoded.chain.iter().any(|piece| piece.as_ptr() == content.as_ptr()));
    }

    #[test]
    fn copies_content_once_at_most() {
        const LENGTH: usize = 300_000;
        // What the rest of such a message needs.
        const REST: u64 = 32_768;
        let bytes = |work: &dyn Fn()| allocation_counter::measure(work).bytes_total;
        let mut content = vec![0xa5_u8; LENGTH];
        content.extend_from_slice(b"\r\n--c\r\n");
        let body = body("<Content href=\"cid:a\"/>", "Content-ID: <a>\r\nContent-Transfer-Encoding: binary");
        let at = body.windows(5).position(|octets| octets == b"hello").unwrap();
        let body = Bytes::from([&body[..at], &content, &body[at + 5..]].concat());
        let decoded = mm7::decode(TYPE, &body).unwrap().value;
        assert_eq!(decoded.message().unwrap().body.as_ref().unwrap().octets().unwrap(), &content);
        let decoding = bytes(&|| drop(mm7::decode(TYPE, &body)));
        assert!(decoding < REST, "{decoding}");
        let in_pieces = bytes(&|| drop(mm7::encode(&decoded)));
        assert!(in_pieces < REST, "{in_pieces}");
        let in_one = bytes(&|| drop(mm7::encode(&decoded).unwrap().body()));
        assert!(in_one < LENGTH as u64 + REST, "{in_one}");
    }

    #[test]
    fn writes_wap_multiparts_as_mime() {
        let mut submit = mm7::SubmitReq::default();
        submit.message.to.push(Address::phone("+1"));
        let text = Part::new(ContentType::new("text/plain"), "hello");
        let wap = ContentType::new("application/vnd.wap.multipart.related").with("start", "smil");
        submit.message.body = Some(Part::multipart(wap, vec![text]));
        let encoded = mm7::encode(&Envelope::new("t", submit)).unwrap();
        let text = String::from_utf8(encoded.body().to_vec()).unwrap();
        assert!(text.contains("Content-Type: multipart/related; ") && text.contains("start=\"<smil>\""), "{text}");
        assert!(text.contains("href=\"cid:mm7-content\"") && text.contains("Content-ID: <mm7-content>"), "{text}");
    }

    #[test]
    fn reads_chunked_http_messages() {
        let xml = submit("");
        let (start, end) = xml.split_at(100);
        let head = b"POST / HTTP/1.1\r\nSOAPAction: \"\"\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n";
        let size = format!("\r\n{:x};x=y\r\n", end.len());
        let http: Bytes = [&head[..], start, size.as_bytes(), end, b"\r\n0\r\n\r\n"].concat().into();
        assert_eq!(mm7::decode_http_with(&http, &Options::strict()).unwrap().value.name(), "SubmitReq");
    }
}

mod versions {
    use super::*;

    #[test]
    fn writes_sender_addresses_as_text_in_the_first_schemas() {
        for address in
            [Address::phone("+47123"), Address::phone("123"), Address::short_code("123"), Address::email("a@b")]
        {
            let mut cancel = mm7::CancelReq::default();
            cancel.message_id = Some("m".into());
            cancel.sender_address = Some(address);
            let mut envelope = Envelope::new("t", cancel);
            envelope.pdu.set_mm7_version(Some("5.3.0".into()));
            envelope.schema = Schema::REL_5_MM7_1_1;
            let body = mm7::encode(&envelope).unwrap().body();
            let text = String::from_utf8(body.to_vec()).unwrap();
            assert!(!text.contains("<Number>") && !text.contains("<ShortCode>"), "{text}");
            assert_eq!(mm7::decode_envelope_with(&body, &Options::strict()).unwrap().value, envelope);
        }
    }

    #[test]
    fn names_what_a_schema_does_not_have() {
        let mut submit = mm7::SubmitReq::default();
        submit.message.to.push(Address::phone("+1"));
        submit.message.distribution_indicator = Some(true);
        submit.message.sender_visibility = Some(mms_codec::message::SenderVisibility::Hide);
        submit.charged_party = Some(mm7::ChargedParty::ThirdParty);
        let mut envelope = Envelope::new("t", submit);
        envelope.schema = Schema::REL_5_MM7_1_0;
        let error = mm7::encode(&envelope).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::NoSuchField, Some("X-Mms-Sender-Visibility")));
        let options = EncodeOptions { leave_out: true, ..EncodeOptions::default() };
        let encoded = mm7::encode_with(&envelope, &options).unwrap();
        assert_eq!(encoded.left_out, ["X-Mms-Sender-Visibility", "ChargedParty", "DistributionIndicator"]);
        assert!(mm7::decode_envelope_with(&encoded.body(), &Options::strict()).is_ok());
    }

    /// What a schema does not have (mm7.md 5) is read all the same, and refused in strict mode.
    #[test]
    fn reports_what_a_schema_does_not_have() {
        use DeviationKind::{UnexpectedAttribute, UnexpectedField, UnknownToken};
        let report = "<DeliveryReportReq><MM7Version>5.8.0</MM7Version><MessageID>m</MessageID>\
            <Recipient><Number>+1</Number></Recipient><Sender><Number>+2</Number></Sender>\
            <Date>2024-03-05T10:02:11Z</Date><MMStatus>Deferred</MMStatus></DeliveryReportReq>";
        let response = "<DeliverRsp><MM7Version>5.3.0</MM7Version><Status><StatusCode>1000</StatusCode>\
            <StatusText>ok</StatusText></Status><ServiceCode>s</ServiceCode></DeliverRsp>";
        let cancel = "<extendedCancelReq><MM7Version>5.8.0</MM7Version><SenderIdentification/>\
            <CancelID>c</CancelID></extendedCancelReq>";
        for (message, schema, kind, place, field, shown_as) in [
            (
                submit("<ApplicID>a</ApplicID>"),
                "5-MM7-1-3",
                UnexpectedField,
                "<ApplicID>",
                Some("ApplicID"),
                "ApplicID = a",
            ),
            (
                submit("<DistributionIndicator>1</DistributionIndicator>"),
                "5-MM7-1-0",
                UnexpectedField,
                "<DistributionIndicator>",
                Some("DistributionIndicator"),
                "DistributionIndicator = true",
            ),
            (
                submit("<DistributionProtection>1</DistributionProtection>"),
                "6-MM7-1-4",
                UnexpectedField,
                "<DistributionProtection>",
                Some("DistributionProtection"),
                "DistributionProtection = true",
            ),
            (
                submit("<ChargedParty>ThirdParty</ChargedParty>"),
                "5-MM7-1-3",
                UnknownToken,
                "<ChargedParty>",
                Some("ChargedParty"),
                "ChargedParty = ThirdParty",
            ),
            (
                submit("<ServiceCode a=\"1\">s</ServiceCode>"),
                "5-MM7-1-3",
                UnexpectedAttribute,
                "<ServiceCode",
                Some("ServiceCode"),
                "ServiceCode = s",
            ),
            (envelope(report), "5-MM7-1-3", UnknownToken, "<MMStatus>", Some("MMStatus"), "MMStatus = Deferred"),
            (envelope(response), "5-MM7-1-0", UnexpectedField, "<ServiceCode>", Some("ServiceCode"), "ServiceCode = s"),
            (envelope(cancel), "5-MM7-1-3", UnexpectedField, "<extendedCancelReq", None, "CancelID = c"),
        ] {
            let text = String::from_utf8(message.to_vec()).unwrap().replace("6-MM7-1-4", schema);
            let version = if schema.starts_with('5') { "5.3.0" } else { "6.8.0" };
            let text = text.replace("6.8.0", version);
            let decoded = mm7::decode_envelope(&text.clone().into()).unwrap();
            let found: Vec<_> = decoded.deviations.iter().map(|it| (it.kind, it.offset, it.field)).collect();
            assert_eq!(found, [(kind, text.find(place).unwrap(), field)]);
            let shown = shown(&decoded.value);
            assert!(shown.contains(shown_as), "{shown}");
            let error = mm7::decode_envelope_with(&text.into(), &Options::strict()).unwrap_err();
            assert_eq!((error.kind, error.offset), (DecodeErrorKind::Deviation(kind), found[0].1));
        }
        // One witness has it, and others do not: it is read, and never written.
        let message = envelope(
            "<CancelReq><MM7Version>6.8.0</MM7Version><SenderIdentification/><MessageID>m</MessageID>\
             <Recipients><To><Number>+1</Number></To></Recipients></CancelReq>",
        );
        let decoded = mm7::decode_envelope_with(&message, &Options::strict()).unwrap().value;
        assert_eq!(mm7::encode(&decoded).unwrap_err().field, Some("Recipients.To"));
    }

    #[test]
    fn refuses_messages_that_a_schema_does_not_have() {
        let mut cancel = mm7::ExtendedCancelReq::default();
        cancel.cancel_id = Some("c".into());
        let mut envelope = Envelope::new("t", cancel);
        let last: Vec<&Schema> = Schema::ALL.iter().filter(|schema| envelope.pdu.is_in(schema)).collect();
        assert_eq!(last, [&Schema::REL_6_MM7_1_4, &Schema::REL_6_MM7_1_5]);
        for schema in Schema::ALL.iter().filter(|schema| !last.contains(schema)) {
            envelope.schema = schema.clone();
            let error = mm7::encode(&envelope).unwrap_err();
            assert_eq!((error.kind, error.field), (EncodeErrorKind::NoSuchField, Some("extendedCancelReq")));
        }
    }

    /// Which response and which fault answer each request (mm7.md 1.4 and 4).
    #[test]
    fn every_request_has_its_answer() {
        for (request, response, fault) in [
            ("SubmitReq", "SubmitRsp", "RSErrorRsp"),
            ("DeliverReq", "DeliverRsp", "VASPErrorRsp"),
            ("CancelReq", "CancelRsp", "RSErrorRsp"),
            ("ReplaceReq", "ReplaceRsp", "RSErrorRsp"),
            ("extendedCancelReq", "extendedCancelRsp", "RSErrorRsp"),
            ("extendedReplaceReq", "extendedReplaceRsp", "RSErrorRsp"),
            ("DeliveryReportReq", "DeliveryReportRsp", "VASPErrorRsp"),
            ("ReadReplyReq", "ReadReplyRsp", "VASPErrorRsp"),
        ] {
            let message = envelope(&format!("<{request}><MM7Version>6.8.0</MM7Version></{request}>"));
            let request = mm7::decode_envelope(&message).unwrap().value;
            for (status, code, string) in [
                (StatusCode::SUCCESS, None, ""),
                (StatusCode::MESSAGE_FORMAT_CORRUPT, Some("Client"), "Client error"),
                (StatusCode::SERVER_ERROR, Some("Server"), "Server error"),
                (StatusCode::UNSUPPORTED_VERSION, Some("Client"), "Client error"),
                (StatusCode::SERVICE_UNAVAILABLE, Some("Server"), "Server error"),
            ] {
                let answer = request.answer(status, Some("m".into())).unwrap();
                // Only these two cannot be formed without the identifier of what was taken over.
                let needs_id = matches!(request.name(), "SubmitReq" | "extendedReplaceReq");
                let expected = if needs_id && code.is_some() { fault } else { response };
                assert_eq!((answer.name(), answer.pdu.status_code()), (expected, Some(status)));
                let faults = request.fault(status);
                let encode = |answer: &Envelope| mm7::encode(answer).unwrap().body();
                for answer in [&answer, &faults] {
                    let decoded = mm7::decode_envelope_with(&encode(answer), &Options::strict()).unwrap().value;
                    assert_eq!(decoded, *answer);
                    assert_eq!(decoded.transaction_id.as_deref(), Some("t1"));
                }
                let Pdu::Fault(faults) = &faults.pdu else { panic!() };
                assert_eq!(faults.error.as_ref().unwrap().name(), fault);
                if code.is_some() {
                    assert_eq!(faults.code.as_deref(), code);
                    assert_eq!(faults.string.as_ref().unwrap(), string);
                }
            }
        }
    }

    #[test]
    fn writes_no_empty_list_of_recipients() {
        let nowhere = || {
            let mut address = Address::phone("+1");
            address.kind = AddressKind::Ipv4("1.2.3.4".into());
            address
        };
        let options = EncodeOptions { leave_out: true, ..EncodeOptions::default() };
        let mut submit = mm7::SubmitReq::default();
        submit.message.to.push(Address::phone("+1"));
        submit.message.bcc.push(nowhere());
        let encoded = mm7::encode_with(&Envelope::new("t", submit.clone()), &options).unwrap();
        assert_eq!(encoded.left_out, ["Recipients.Bcc"]);
        assert!(mm7::decode_envelope_with(&encoded.body(), &Options::strict()).is_ok());
        assert!(!String::from_utf8_lossy(&encoded.body()).contains("Bcc"));
        submit.message.to = vec![nowhere()];
        let error = mm7::encode_with(&Envelope::new("t", submit), &options).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::MissingField, Some("Recipients")));

        // Where it need not be there, neither is the element around the lists.
        let mut deliver = mm7::DeliverReq::default();
        deliver.message.from = Some(Address::phone("+2").into());
        deliver.message.cc.push(nowhere());
        let encoded = mm7::encode_with(&Envelope::new("t", deliver), &options).unwrap();
        assert_eq!(encoded.left_out, ["Recipients.Cc"]);
        assert!(!String::from_utf8_lossy(&encoded.body()).contains("Recipients"));
    }

    #[test]
    fn says_the_nearest_status_that_release_5_has() {
        use mms_codec::message::{MmStatus, Timestamp};
        let submit = mm7::SubmitReq::default();
        let report = |status| {
            let mut report = submit.delivery_report("m", Address::phone("+1"), status, Timestamp::from_seconds(0));
            report.report.originator = Some(Address::short_code("7"));
            let mut envelope = Envelope::new("t", report);
            envelope.schema = Schema::REL_5_MM7_1_3;
            envelope
        };
        let error = mm7::encode(&report(MmStatus::Deferred)).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("MMStatus")));
        let options = EncodeOptions { leave_out: true, ..EncodeOptions::default() };
        let encoded = mm7::encode_with(&report(MmStatus::Deferred), &options).unwrap();
        assert_eq!(encoded.left_out, ["MMStatus"]);
        assert!(String::from_utf8_lossy(&encoded.body()).contains("<MMStatus>Indeterminate</MMStatus>"));
    }

    #[test]
    fn answers_in_the_schema_and_version_of_the_request() {
        let text = String::from_utf8(submit("").to_vec()).unwrap();
        let text = text.replace("REL-6-MM7-1-4", "REL-5-MM7-1-2").replace("6.8.0", "5.3.0");
        let request = mm7::decode_envelope(&text.into()).unwrap().value;
        for answer in [
            request.answer(StatusCode::SUCCESS, Some("m".into())).unwrap(),
            request.answer(StatusCode::SERVICE_UNAVAILABLE, None).unwrap(),
        ] {
            assert_eq!(answer.schema, Schema::REL_5_MM7_1_2);
            assert_eq!(answer.pdu.mm7_version().unwrap().as_str(), "5.3.0");
            assert_eq!(answer.transaction_id.as_deref(), Some("t1"));
        }
        assert!(
            request.answer(StatusCode::SUCCESS, Some("m".into())).unwrap().answer(StatusCode::SUCCESS, None).is_none()
        );
    }
}

mod hostile {
    use super::*;

    #[track_caller]
    fn fails(xml: impl Into<Bytes>, kind: DecodeErrorKind) {
        assert_eq!(mm7::decode_envelope(&xml.into()).unwrap_err().kind, kind);
    }

    #[test]
    fn refuses_document_types_and_entities() {
        fails(
            "<!DOCTYPE a [<!ENTITY b 'x'><!ENTITY c '&b;&b;'>]><SubmitReq>&c;</SubmitReq>",
            DecodeErrorKind::DocumentType,
        );
        fails(submit("<Subject>&b;</Subject>"), DecodeErrorKind::InvalidXml);
        fails(submit("<Subject>&#0;</Subject>"), DecodeErrorKind::InvalidXml);
        fails(submit("<Subject>&#x1;</Subject>"), DecodeErrorKind::InvalidXml);
        let decoded =
            mm7::decode_envelope(&submit("<Subject>&#xD55C;&lt;&amp;&gt;&quot;&apos;<![CDATA[<]]></Subject>"));
        assert_eq!(decoded.unwrap().value.message().unwrap().subject.as_ref().unwrap(), "한<&>\"'<");
    }

    #[test]
    fn refuses_what_is_not_well_formed() {
        for rest in [
            "<Subject>a</Priority>",
            "<p:Subject>a</p:Subject>",
            "<m::Subject/>",
            "<Content href='a' href='b'/>",
            "<Content href='a' allowAdaptations='true' href='b'/>",
            "<Subject xmlns:a='urn:a' xmlns:a='urn:b'/>",
            "<m:Subject xmlns:m='urn:m'/><m:Subject/>",
            "<e::Subject/>",
            "<Content href=a/>",
            "<Content href='<'/>",
            "<Content x:href='a'/>",
            "<1/>",
            "<a:b:c xmlns:a='u'/>",
        ] {
            fails(submit(rest), DecodeErrorKind::InvalidXml);
        }
        fails("<SubmitReq>", DecodeErrorKind::UnexpectedEnd);
        fails("<SubmitRsp/><SubmitRsp/>", DecodeErrorKind::InvalidXml);
        fails("", DecodeErrorKind::NotAMessage);
        fails("<Other/>", DecodeErrorKind::NotAMessage);
        fails(&b"\xef\xbb\xbf<a>\xff</a>"[..], DecodeErrorKind::InvalidCharset);
        fails(&b"<a>\x02</a>"[..], DecodeErrorKind::InvalidXml);
    }

    #[test]
    fn limits_depth_attributes_and_size() {
        let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
        let options =
            Options { limits: mms_codec::Limits { xml: usize::MAX, ..Default::default() }, ..Options::lenient() };
        let fails = |xml: Bytes, limit| {
            let error = mm7::decode_envelope_with(&xml, &options).unwrap_err();
            assert_eq!(error.kind, DecodeErrorKind::LimitExceeded(limit));
        };
        fails(submit(&deep), Limit::Depth);
        let mut many = String::from("<Subject");
        (0..1_000_000).for_each(|i| write!(many, " a{i}='1'").unwrap());
        fails(submit(&format!("{many}/>")), Limit::Items);
        let mut bindings = String::from("<Subject");
        (0..1_000_000).for_each(|i| write!(bindings, " xmlns:a{i}='1'").unwrap());
        fails(submit(&format!("{bindings}/>")), Limit::Items);
        let error = mm7::decode_envelope(&submit(&" ".repeat(5_000_000))).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::LimitExceeded(Limit::Xml));
        fails(submit(&"<x/>".repeat(1_000_000)), Limit::Items);
        // A long namespace that each of many kept elements needs.
        let long = format!("<v:a xmlns:v='{}'>{}</v:a>", "u".repeat(100_000), "<v:b/>".repeat(1000));
        assert!(mm7::decode_envelope(&submit(&long)).is_ok());
    }

    #[test]
    fn reads_huge_texts_in_linear_time() {
        let options =
            Options { limits: mms_codec::Limits { xml: usize::MAX, ..Default::default() }, ..Options::lenient() };
        for piece in ["x", "&amp;", "<!---->x", "<![CDATA[x]]>"] {
            let message = submit(&format!("<Subject>{}</Subject>", piece.repeat(200_000)));
            let decoded = mm7::decode_envelope_with(&message, &options).unwrap();
            assert_eq!(decoded.value.message().unwrap().subject.as_ref().unwrap().as_str().unwrap().len(), 200_000);
        }
    }

    #[test]
    fn memory_stays_below_eight_times_the_input_and_64_kb() {
        let times = |piece: &str, count: usize| piece.repeat(count);
        let inputs = [
            format!("<To>{}</To>", times("<Number>+4712345</Number>", 20_000)),
            times("<To><Number>1</Number></To>", 20_000),
            times("<x/>", 400),
            times("<x/>", 100_000),
            format!("<v:a xmlns:v='{}'>{}</v:a>", times("u", 50_000), times("<v:b/>", 5_000)),
            times(&format!("<v:a xmlns:v='{}'/>", times("u", 300)), 400),
            format!("<Subject>{}</Subject>", times("x&amp;", 100_000)),
            format!("<DeliveryCondition>{}</DeliveryCondition>", times("<DC>1</DC>", 50_000)),
            format!("<DeliveryCondition>{}</DeliveryCondition>", times("1 ", 50_000)),
            times("<Subject>x</Subject>", 20_000),
            times("<Priority>x</Priority>", 20_000),
        ];
        for (index, input) in inputs.iter().enumerate() {
            for message in [submit(input), submit("").slice(..300)] {
                let decoded = allocation_counter::measure(|| drop(mm7::decode_envelope(&message)));
                let limit = 8 * message.len() as u64 + 65_536;
                assert!(decoded.bytes_max < limit, "{index}: {} > {limit}", decoded.bytes_max);
            }
        }
    }

    #[test]
    fn survives_every_cut_and_every_changed_octet() {
        let message =
            submit("<ReplyCharging replyChargingSize='1'/><Subject>&lt;a</Subject><x:y xmlns:x='u' x:z='1'/>");
        for end in 0..message.len() {
            assert!(mm7::decode_envelope(&message.slice(..end)).is_err());
        }
        for at in 0..message.len() {
            for octet in [0, b'<', b'&', b'"', b':', 0xff] {
                let mut changed = message.to_vec();
                changed[at] = octet;
                mm7::fuzz_envelope(&changed);
            }
        }
    }

    #[test]
    fn survives_parts_that_refer_to_each_other() {
        let loops =
            "--b\r\nContent-ID: <a>\r\nContent-Type: multipart/related; boundary=b; start=\"<a>\"\r\n\r\n--b--\r\n";
        let error = mm7::decode("multipart/related; boundary=b; start=\"<a>\"", &loops.into()).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::NotAMessage);
        mm7::fuzz_body(loops.as_bytes());
    }

    #[test]
    fn refuses_to_write_control_characters() {
        let mut submit = mm7::SubmitReq::default();
        submit.message.to.push(Address::phone("+1"));
        submit.message.subject = Some("a\u{1}".into());
        let error = mm7::encode(&Envelope::new("t", submit.clone())).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::ControlCharacter(1), Some("Subject")));
        submit.message.subject = Some("tab\tline\r\nend".into());
        let body = mm7::encode(&Envelope::new("t", submit.clone())).unwrap().body();
        let decoded = mm7::decode_envelope(&body).unwrap().value;
        assert_eq!(decoded.message().unwrap().subject, submit.message.subject);
        submit.message.to[0].kind = AddressKind::Ipv4("1.2.3.4".into());
        let error = mm7::encode(&Envelope::new("t", submit)).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("Recipients.To")));
    }
}

#[cfg(feature = "arbitrary")]
mod generated {
    use super::*;
    use arbitrary::{Arbitrary, Unstructured};
    use mms_codec::message::Text;
    use proptest::prelude::*;

    /// XML has one charset for all texts: none of them keeps its own.
    fn in_utf8(mut envelope: Envelope) -> Envelope {
        let text = match &mut envelope.pdu {
            Pdu::SubmitReq(pdu) => &mut pdu.message.subject,
            Pdu::DeliverReq(pdu) => &mut pdu.message.subject,
            Pdu::DeliveryReportReq(pdu) => &mut pdu.report.status_text,
            Pdu::ReadReplyReq(pdu) => &mut pdu.report.status_text,
            Pdu::SubmitRsp(pdu) => &mut pdu.status.text,
            Pdu::DeliverRsp(pdu) => &mut pdu.status.text,
            Pdu::CancelRsp(pdu) | Pdu::ReplaceRsp(pdu) | Pdu::DeliveryReportRsp(pdu) | Pdu::ReadReplyRsp(pdu) => {
                &mut pdu.status.text
            }
            Pdu::Fault(fault) => match &mut fault.error {
                Some(mm7::FaultError::RsErrorRsp(pdu) | mm7::FaultError::VaspErrorRsp(pdu)) => &mut pdu.status.text,
                None => return envelope,
            },
            _ => return envelope,
        };
        *text = text.take().map(Text::into_utf8);
        envelope
    }

    /// 12 messages and two faults in every schema, and four more in the last two.
    #[test]
    fn every_message_in_every_version_round_trips() {
        let mut state = 1_u64;
        let mut octets = vec![0_u8; 2000];
        let mut met = std::collections::BTreeSet::new();
        for _ in 0..8000 {
            octets.iter_mut().for_each(|octet| {
                state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
                *octet = state.to_be_bytes()[0];
            });
            let envelope = in_utf8(Envelope::arbitrary(&mut Unstructured::new(&octets)).unwrap());
            if !met.insert((envelope.schema.to_string(), envelope.name())) {
                continue;
            }
            let encoded = mm7::encode(&envelope).unwrap();
            let decoded = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap();
            assert_eq!((decoded.value, encoded.left_out), (envelope, vec![]));
        }
        assert_eq!(met.len(), 12 * 14 + 2 * 4);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        #[test]
        fn round_trips_every_message_in_every_version(seed in prop::collection::vec(any::<u8>(), 2000)) {
            let envelope = in_utf8(Envelope::arbitrary(&mut Unstructured::new(&seed)).unwrap());
            let encoded = mm7::encode(&envelope).unwrap();
            prop_assert!(encoded.left_out.is_empty());
            let decoded = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict()).unwrap();
            prop_assert_eq!(&decoded.value, &envelope);
            prop_assert_eq!(mm7::encode(&decoded.value).unwrap().body(), encoded.body());
        }

        #[test]
        fn survives_anything(octets in prop::collection::vec(any::<u8>(), 0..300), text in "[<>&;:/=a'\" ]{0,200}") {
            mm7::fuzz_body(&octets);
            mm7::fuzz_envelope(&octets);
            mm7::fuzz_envelope(text.as_bytes());
        }
    }
}

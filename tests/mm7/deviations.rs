//! The deviations of real systems, numbered: what lenient decoding makes of
//! each, and whether strict decoding refuses it.

use mms_codec::message::Part;
use mms_codec::mm7::{self, Envelope, Pdu, Schema};
use mms_codec::{Bytes, DecodeError, DecodeErrorKind, Decoded, DeviationKind as Kind, Options};

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const REL_6: &str = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4";
const REL_5: &str = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-5-MM7-1-3";
const TEXT_XML: Option<&str> = Some("text/xml; charset=utf-8");
const BODY: Option<&str> = Some("Content-Type");
const HREF: Option<&str> = Some("Content@href");

/// A message in an envelope; each `NS` in it stands for its namespace.
fn envelope(message: &str) -> String {
    format!(
        "<e:Envelope xmlns:e=\"{SOAP}\"><e:Header><TransactionID xmlns=\"{REL_6}\">t1</TransactionID></e:Header>\
         <e:Body>{}</e:Body></e:Envelope>",
        message.replace("NS", &format!("xmlns=\"{REL_6}\"")),
    )
}

fn submit(rest: &str) -> String {
    envelope(&format!(
        "<SubmitReq NS><MM7Version>6.8.0</MM7Version><SenderIdentification/><Recipients><To><Number>+1</Number></To>\
         </Recipients>{rest}</SubmitReq>"
    ))
}

fn deliver(rest: &str) -> String {
    envelope(&format!("<DeliverReq NS><MM7Version>6.8.0</MM7Version>{rest}</DeliverReq>"))
}

const RESPONSE: &str = "<MM7Version>6.8.0</MM7Version><Status><StatusCode>1000</StatusCode>\
    <StatusText>Success</StatusText></Status>";
const SENDER: &str = "<Sender><Number>+1</Number></Sender>";

/// A body of the envelope and a text with this header.
fn multipart(xml: &str, header: &str) -> String {
    format!(
        "--b\r\nContent-Type: text/xml\r\nContent-ID: <root>\r\n\r\n{xml}\r\n--b\r\nContent-Type: text/plain\r\n\
         {header}\r\n\r\nhello\r\n--b--\r\n"
    )
}

const RELATED: &str = "multipart/related; boundary=b; type=\"text/xml\"; start=\"<root>\"";

fn post(head: &str, body: &str) -> String {
    let length = body.len();
    format!("POST / HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nContent-Length: {length}\r\n{head}\r\n{body}")
}

fn decode(content_type: Option<&str>, octets: &[u8], options: &Options) -> Result<Decoded<Envelope>, DecodeError> {
    let octets = Bytes::copy_from_slice(octets);
    match content_type {
        Some(content_type) => mm7::decode_with(content_type, &octets, options),
        None => mm7::decode_unlabelled_with(&octets, options),
    }
}

/// Both modes read it, and the same; no deviation.
#[track_caller]
fn accepts(content_type: Option<&str>, octets: impl AsRef<[u8]>, shows: &[(&str, &str)]) -> Envelope {
    let octets = octets.as_ref();
    let decoded = decode(content_type, octets, &Options::lenient()).unwrap();
    assert_eq!(decoded.deviations, []);
    assert_eq!(decode(content_type, octets, &Options::strict()).unwrap().value, decoded.value);
    check(&decoded.value, shows);
    decoded.value
}

/// Lenient decoding forgives these things, each at the first octets like those, at octet 0 for none,
/// or at the end for `$`, in a field; strict decoding refuses the one that it meets first.
#[track_caller]
fn forgives(
    content_type: Option<&str>,
    octets: impl AsRef<[u8]>,
    deviations: &[(Kind, &str, Option<&str>)],
    shows: &[(&str, &str)],
) -> Envelope {
    let octets = octets.as_ref();
    let decoded = decode(content_type, octets, &Options::lenient()).unwrap();
    let place = |at: &str| {
        if at == "$" {
            Some(octets.len())
        } else {
            octets.windows(at.len().max(1)).position(|octets| at.is_empty() || octets == at.as_bytes())
        }
    };
    let expected: Vec<_> = deviations.iter().map(|(kind, at, field)| (*kind, place(at).unwrap(), *field)).collect();
    let found: Vec<_> = decoded.deviations.iter().map(|it| (it.kind, it.offset, it.field)).collect();
    assert_eq!(found, expected);
    check(&decoded.value, shows);
    let error = decode(content_type, octets, &Options::strict()).unwrap_err();
    let own_name = |kind| match kind {
        // More exact than the name of the deviation.
        Kind::MissingField => DecodeErrorKind::MissingField,
        Kind::InvalidValue if error.kind == DecodeErrorKind::InvalidText => DecodeErrorKind::InvalidText,
        kind => DecodeErrorKind::Deviation(kind),
    };
    let mut refused = expected.iter().map(|(kind, offset, field)| (own_name(*kind), *offset, *field));
    assert!(
        refused.any(|refused| refused == (error.kind, error.offset, error.field)),
        "{error} instead of {expected:?}"
    );
    decoded.value
}

/// Neither mode reads it.
#[track_caller]
fn refuses(octets: &str, kind: DecodeErrorKind, at: &str) {
    for options in [Options::lenient(), Options::strict()] {
        let error = decode(TEXT_XML, octets.as_bytes(), &options).unwrap_err();
        assert_eq!((error.kind, Some(error.offset)), (kind, octets.find(at)), "{octets}");
    }
}

#[track_caller]
fn check(envelope: &Envelope, shows: &[(&str, &str)]) {
    let fields = envelope.fields();
    for (name, expected) in shows {
        let field = fields.iter().find(|field| field.name == *name);
        let values: Vec<String> = field.iter().flat_map(|field| &field.values).map(ToString::to_string).collect();
        assert_eq!(values.join(" | "), *expected, "{name} of {fields:?}");
    }
}

#[track_caller]
fn body(envelope: &Envelope) -> &Part {
    envelope.message().unwrap().body.as_ref().unwrap()
}

#[test]
fn n01_prefixes_that_change_and_declarations_on_inner_elements() {
    let message = format!(
        "<soap:Envelope xmlns:soap=\"{SOAP}\" soap:encodingStyle=\"\"><soap:Header>\
         <mm7p6a0:TransactionID xmlns:mm7p6a0=\"{REL_5}\" xmlns:soap=\"{SOAP}\" soap:encodingStyle=\"\">t1\
         </mm7p6a0:TransactionID></soap:Header><soap:Body xmlns:soap=\"{SOAP}\"><a:DeliverReq xmlns:a=\"{REL_5}\">\
         <b:MM7Version xmlns:b=\"{REL_5}\">5.8.0</b:MM7Version><a:Sender xmlns:a=\"{REL_5}\">\
         <c:Number xmlns:c=\"{REL_5}\">+1</c:Number></a:Sender><Subject xmlns=\"{REL_5}\">x</Subject>\
         </a:DeliverReq></soap:Body></soap:Envelope>"
    );
    accepts(TEXT_XML, message, &[("TransactionID", "t1"), ("Sender", "+1"), ("Subject", "x"), ("MM7Version", "5.8.0")]);
}

#[test]
fn n02_the_namespace_on_the_envelope_or_missing_here_or_there() {
    let everywhere = format!(
        "<e:Envelope xmlns:e=\"{SOAP}\" xmlns=\"{REL_6}\"><e:Header><TransactionID>t1</TransactionID></e:Header>\
         <e:Body><DeliverRsp>{RESPONSE}</DeliverRsp></e:Body></e:Envelope>"
    );
    let shows = [("TransactionID", "t1"), ("Status.StatusCode", "1000")];
    assert_eq!(accepts(TEXT_XML, everywhere, &shows).schema, Schema::REL_6_MM7_1_4);

    let in_body = envelope(&format!("<DeliverRsp NS>{RESPONSE}</DeliverRsp>"))
        .replace(&format!("<TransactionID xmlns=\"{REL_6}\">"), "<TransactionID>");
    forgives(TEXT_XML, in_body, &[(Kind::MissingNamespace, "<TransactionID>", None)], &shows);

    let in_header = envelope(&format!("<DeliverRsp>{RESPONSE}</DeliverRsp>")).replace("REL-6-MM7-1-4", "REL-5-MM7-1-2");
    let decoded = forgives(
        TEXT_XML,
        in_header.replace("6.8.0", "5.3.0"),
        &[(Kind::MissingNamespace, "<DeliverRsp>", None)],
        &shows,
    );
    assert_eq!(decoded.schema, Schema::REL_5_MM7_1_2);
}

#[test]
fn n03_what_is_not_well_formed_in_manuals() {
    let message = envelope(&format!("<DeliverRsp NS>{RESPONSE}</DeliverRsp>"));
    let other = message.replace("xmlns:e=", "xmlns:ns1=");
    forgives(TEXT_XML, other, &[(Kind::UndeclaredPrefix, "<e:Envelope", None)], &[("Status.StatusCode", "1000")]);
    refuses(&message.replace("Status>", "e::Status>"), DecodeErrorKind::InvalidXml, "<e::Status>");
    let fault = envelope("<e:Fault><faultcode>e:Client</faultcode><faultstring>x</faultstring>");
    refuses(&fault, DecodeErrorKind::InvalidXml, "</e:Body>");
}

#[test]
fn n04_header_and_body_in_different_namespaces() {
    let message =
        envelope(&format!("<DeliverRsp NS>{RESPONSE}</DeliverRsp>")).replacen("REL-6-MM7-1-4", "REL-5-MM7-1-0", 1);
    let decoded = forgives(
        TEXT_XML,
        message,
        &[(Kind::WrongNamespace, "<DeliverRsp", None)],
        &[("TransactionID", "t1"), ("Status.StatusText", "Success")],
    );
    assert_eq!(decoded.schema, Schema::REL_6_MM7_1_4);
}

#[test]
fn n05_namespaces_with_a_suffix_or_invented() {
    for (name, release) in [("REL-5-MM7-1-0.xsd", 5), ("REL-6-MM7-6-7", 6)] {
        let version = if release == 5 { "5.3.0" } else { "6.8.0" };
        let message = envelope(&format!("<DeliverRsp NS>{RESPONSE}</DeliverRsp>")).replace("REL-6-MM7-1-4", name);
        let decoded = forgives(
            TEXT_XML,
            message.replace("6.8.0", version),
            &[(Kind::UnknownSchema, "<DeliverRsp", None)],
            &[("Status.StatusCode", "1000")],
        );
        assert!(decoded.schema.uri().ends_with(name));
        assert_eq!(decoded.schema.release(), release);
    }
}

#[test]
fn n06_versions_that_no_list_has() {
    let message = envelope(&format!("<DeliverRsp NS>{RESPONSE}</DeliverRsp>"));
    let version = Some("MM7Version");
    for other in ["5.2.0", "6.7.0", "5.83.0"] {
        let deviation = (Kind::UnknownToken, "<MM7Version>", version);
        forgives(TEXT_XML, message.replace("6.8.0", other), &[deviation], &[("MM7Version", other)]);
    }
    // The schema of Release 5 has no list.
    let release_5 = message.replace(REL_6, REL_5);
    for other in ["5.2.0", "5.83.0"] {
        accepts(TEXT_XML, release_5.replace("6.8.0", other), &[("MM7Version", other)]);
    }
    forgives(TEXT_XML, release_5, &[(Kind::UnknownToken, "<MM7Version>", version)], &[("MM7Version", "6.8.0")]);
}

#[test]
fn n07_soap_action_with_the_namespace_or_missing() {
    let message = submit("");
    let action = Some("SOAPAction");
    accepts(None, post("SOAPAction: \"\"\r\n", &message), &[]);
    forgives(
        None,
        post(&format!("SOAPAction: \"{REL_6}\"\r\n"), &message),
        &[(Kind::InvalidValue, "SOAPAction", action)],
        &[("Recipients.To", "+1")],
    );
    forgives(None, post("", &message), &[(Kind::MissingField, "", action)], &[("Recipients.To", "+1")]);
    // Responses have none.
    accepts(None, format!("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n{message}"), &[]);
}

#[test]
fn n08_start_without_brackets_and_missing_parameters() {
    let message = multipart(&submit("<Content href=\"cid:a\"/>"), "Content-ID: <a>");
    for (content_type, deviation) in [
        ("multipart/related; boundary=b; type=\"text/xml\"; start=\"root\"", Kind::ReferenceSpelling),
        ("multipart/related; boundary=b; type=\"text/xml\"", Kind::MissingParameter),
        ("multipart/related; boundary=b; start=\"<root>\"", Kind::MissingParameter),
    ] {
        let decoded = forgives(Some(content_type), &message, &[(deviation, "", BODY)], &[]);
        assert_eq!(body(&decoded).text().unwrap(), "hello");
    }
}

#[test]
fn n09_multipart_without_boundary_around_one_document() {
    let shows = [("Recipients.To", "+1")];
    forgives(Some("multipart/related"), submit(""), &[(Kind::WrongContentType, "", BODY)], &shows);
}

#[test]
fn n10_application_xml() {
    let message = envelope(&format!("<DeliverRsp NS>{RESPONSE}</DeliverRsp>"));
    let shows = [("Status.StatusCode", "1000")];
    forgives(Some("application/xml"), message, &[(Kind::WrongContentType, "", BODY)], &shows);
}

#[test]
fn n11_other_spellings_of_references() {
    let related = Some(RELATED);
    let refer = |content: &str, header: &str| multipart(&submit(content), header);
    for header in ["Content-Id: <a@x>", "content-id: <a@x>"] {
        assert_eq!(body(&accepts(related, refer("<Content href=\"cid:a@x\"/>", header), &[])).text().unwrap(), "hello");
    }
    for (href, header) in [
        ("cid: a@x", "Content-ID: <a@x>"),
        ("a@x", "Content-ID: <a@x>"),
        ("cid:a.txt", "Content-Location: a.txt"),
        ("a.txt", "Content-Location: a.txt"),
    ] {
        let message = refer(&format!("<Content href=\"{href}\"/>"), header);
        let deviations = [(Kind::ReferenceSpelling, "<e:Envelope", HREF)];
        let decoded = forgives(related, message, &deviations, &[("Content@href", href)]);
        assert_eq!(body(&decoded).text().unwrap(), "hello");
        assert!(decoded.attachments.is_empty());
    }
    let qualified = refer(&format!("<m:Content xmlns:m=\"{REL_6}\" m:href=\"cid:a\"/>"), "Content-ID: <a>");
    let decoded = forgives(related, qualified, &[(Kind::WrongNamespace, "<m:Content", HREF)], &[]);
    assert_eq!(body(&decoded).text().unwrap(), "hello");
}

#[test]
fn n12_an_attachment_without_content_element() {
    let deviations = [(Kind::MissingReference, "<e:Envelope", HREF)];
    let decoded = forgives(Some(RELATED), multipart(&submit(""), "X: y"), &deviations, &[]);
    assert_eq!(body(&decoded).text().unwrap(), "hello");
}

#[test]
fn n13_elements_in_another_order() {
    let first = "<DeliveryReport>true</DeliveryReport>";
    let message = submit("").replace("<SenderIdentification/>", &format!("{first}<SenderIdentification/>"));
    forgives(
        TEXT_XML,
        message,
        &[
            (Kind::FieldOrder, "<SenderIdentification/>", Some("SenderIdentification")),
            (Kind::FieldOrder, "<Recipients>", Some("Recipients")),
        ],
        &[("DeliveryReport", "true"), ("Recipients.To", "+1")],
    );
    let times = submit("<ExpiryDate>PT1H</ExpiryDate><TimeStamp>2024-03-05T09:30:47Z</TimeStamp>");
    forgives(
        TEXT_XML,
        times,
        &[(Kind::FieldOrder, "<TimeStamp>", Some("TimeStamp"))],
        &[("ExpiryDate", "PT3600S"), ("TimeStamp", "2024-03-05T09:30:47Z")],
    );
    // Those of `Status` may come in any order.
    let status = envelope(
        "<DeliverRsp NS><MM7Version>6.8.0</MM7Version><Status><StatusText>ok</StatusText>\
         <StatusCode>1000</StatusCode></Status></DeliverRsp>",
    );
    accepts(TEXT_XML, status, &[("Status.StatusCode", "1000"), ("Status.StatusText", "ok")]);
}

#[test]
fn n14_senders_of_other_messages() {
    let identification = "<SenderIdentification><VASPID>a</VASPID><VASID>b</VASID>\
        <SenderAddress><Number>+1</Number></SenderAddress></SenderIdentification>";
    forgives(
        TEXT_XML,
        deliver(identification),
        &[
            (Kind::UnexpectedField, "<SenderIdentification>", None),
            (Kind::MisplacedField, "<VASPID>", None),
            (Kind::MisplacedField, "<VASID>", None),
            (Kind::MisplacedField, "<SenderAddress>", None),
        ],
        &[("VASPID", "a"), ("VASID", "b"), ("Sender", "+1")],
    );
    let address = "<SenderAddress><Number>+1</Number></SenderAddress>";
    forgives(TEXT_XML, deliver(address), &[(Kind::FieldName, "<SenderAddress>", None)], &[("Sender", "+1")]);
    let spelling = (Kind::AddressSpelling, "<Sender>", Some("Sender"));
    forgives(TEXT_XML, deliver("<Sender>+4712345</Sender>"), &[spelling], &[("Sender", "+4712345")]);
}

#[test]
fn n15_identifiers_in_responses() {
    for name in ["DeliverRsp", "CancelRsp", "ReplaceRsp", "DeliveryReportRsp", "ReadReplyRsp"] {
        let message = envelope(&format!("<{name} NS>{RESPONSE}<MessageID>m1</MessageID></{name}>"));
        let deviations = [(Kind::UnexpectedField, "<MessageID>", None)];
        forgives(TEXT_XML, message, &deviations, &[("MessageID", "m1"), ("Status.StatusCode", "1000")]);
    }
    let submitted =
        envelope(&format!("<SubmitRsp NS>{RESPONSE}<MessageID>m1</MessageID><ApplicID>a</ApplicID></SubmitRsp>"));
    let deviations = [(Kind::UnexpectedField, "<ApplicID>", None)];
    forgives(TEXT_XML, submitted, &deviations, &[("MessageID", "m1"), ("ApplicID", "a")]);
}

#[test]
fn n16_an_element_for_each_recipient() {
    let message = submit("").replace("</To>", "</To><To><Number>+2</Number></To><Cc><ShortCode>7</ShortCode></Cc>");
    let message = message.replace("</Cc>", "</Cc><To><RFC2822Address>a@b</RFC2822Address></To>");
    accepts(TEXT_XML, message, &[("Recipients.To", "+1 | +2 | a@b"), ("Recipients.Cc", "7")]);
}

#[test]
fn n17_booleans_in_capitals_and_a_word_in_an_empty_element() {
    for (word, value) in [("True", "true"), ("FALSE", "false")] {
        let message = submit(&format!("<ReadReply>{word}</ReadReply>"));
        let deviations = [(Kind::LetterCase, "<ReadReply>", Some("ReadReply"))];
        forgives(TEXT_XML, message, &deviations, &[("ReadReply", value)]);
    }
    accepts(TEXT_XML, submit("<ReadReply>1</ReadReply>"), &[("ReadReply", "true")]);
    let charging = submit("<ReplyCharging>False</ReplyCharging>");
    let deviations = [(Kind::InvalidValue, "<ReplyCharging>", Some("ReplyCharging"))];
    let decoded = forgives(TEXT_XML, charging, &deviations, &[]);
    assert_eq!(decoded.message().unwrap().reply_charging, None);
}

#[test]
#[cfg_attr(not(feature = "charsets"), ignore = "needs the feature charsets")]
fn n18_chinese_and_korean_encodings() {
    let message = format!("<?xml version=\"1.0\" encoding=\"GB2312\"?>{}", submit("<Subject>@</Subject>"));
    let encode = |text: &str, octets: &[u8]| {
        let (before, after) = text.split_once('@').unwrap();
        [before.as_bytes(), octets, after.as_bytes()].concat()
    };
    accepts(Some("text/xml"), encode(&message, b"\xc4\xe3"), &[("Subject", "你")]);
    let korean = encode(&submit("<Subject>@</Subject>"), b"\xc7\xd1");
    accepts(Some("text/xml; charset=euc-kr"), &korean, &[("Subject", "한")]);
    let part = multipart(&submit("<Subject>@</Subject><Content href=\"cid:a\"/>"), "Content-ID: <a>");
    let part = part.replacen("text/xml", "text/xml; charset=\"euc-kr\"", 1);
    accepts(Some(RELATED), encode(&part, b"\xc7\xd1"), &[("Subject", "한")]);
}

#[test]
fn n19_an_error_response_without_fault_and_flat() {
    let flat = "<RSErrorRsp NS><MM7Version>5.3.0</MM7Version><StatusCode xmlns=\"\">2007</StatusCode>\
        <StatusText xmlns=\"\">bad</StatusText></RSErrorRsp>";
    let decoded = forgives(
        TEXT_XML,
        envelope(flat),
        &[
            (Kind::MissingEnvelope, "<RSErrorRsp", None),
            (Kind::MissingNamespace, "<StatusCode", None),
            (Kind::MisplacedField, "<StatusCode", None),
            (Kind::MisplacedField, "<StatusText", None),
        ],
        &[("Status.StatusCode", "2007"), ("Status.StatusText", "bad"), ("faultcode", "Client")],
    );
    assert_eq!((decoded.name(), decoded.http_status()), ("RSErrorRsp", 500));
}

#[test]
fn n20_qualified_children_of_a_fault_and_a_code_without_prefix() {
    let error = format!("<VASPErrorRsp NS>{RESPONSE}</VASPErrorRsp>");
    let fault = format!(
        "<e:Fault><faultcode>e:Server</faultcode><faultstring>Server error</faultstring><detail>{error}</detail></e:Fault>"
    );
    let shows = [("faultcode", "Server"), ("faultstring", "Server error"), ("Status.StatusCode", "1000")];
    accepts(TEXT_XML, envelope(&fault), &shows);
    let qualified = ["faultcode>", "faultstring>", "detail>"].iter().fold(fault.clone(), |fault, name| {
        fault.replace(&format!("<{name}"), &format!("<e:{name}")).replace(&format!("</{name}"), &format!("</e:{name}"))
    });
    forgives(TEXT_XML, envelope(&qualified), &[(Kind::WrongNamespace, "<e:faultcode>", None)], &shows);
    let bare = envelope(&fault.replace("e:Server", "Server"));
    forgives(TEXT_XML, bare, &[(Kind::MissingNamespace, "<e:Fault>", Some("faultcode"))], &shows);
}

#[test]
fn n21_a_root_with_the_identifier_of_a_well_known_example() {
    let message =
        multipart(&submit("<Content href=\"cid:a\"/>"), "Content-ID: <a>").replace("<root>", "</tnn-200102/mm7-vasp>");
    let related = RELATED.replace("<root>", "</tnn-200102/mm7-vasp>");
    assert_eq!(body(&accepts(Some(&related), message, &[])).text().unwrap(), "hello");
}

#[test]
fn n22_boundary_lines_of_china() {
    let message = multipart(&submit("<Content href=\"cid:a\"/>"), "Content-ID: <a>");
    // RFC 2046, 5.1.1 allows both of these.
    for message in [message.replace("--b\r\n", "--b \t\r\n"), format!("preamble\r\n{message}")] {
        assert_eq!(body(&accepts(Some(RELATED), message, &[])).text().unwrap(), "hello");
    }
    let cut = message.replace("\r\n--b--\r\n", "\r\n");
    let decoded = forgives(Some(RELATED), cut, &[(Kind::Truncated, "$", None)], &[]);
    assert_eq!(body(&decoded).text().unwrap().trim_end(), "hello");
}

#[test]
fn n23_white_space_around_identifiers() {
    let message = envelope(&format!("<DeliverRsp NS>{RESPONSE}</DeliverRsp>")).replace(">t1<", ">\n t1 <");
    let strict = decode(TEXT_XML, message.as_bytes(), &Options::strict()).unwrap().value;
    // It belongs to a string: whoever is strict gets all of it.
    assert_eq!(strict.transaction_id.as_deref(), Some("\n t1 "));
    let decoded = decode(TEXT_XML, message.as_bytes(), &Options::lenient()).unwrap();
    assert_eq!(decoded.value.transaction_id.as_deref(), Some("t1"));
    let [deviation] = decoded.deviations[..] else { panic!("{:?}", decoded.deviations) };
    let place = message.find("<TransactionID").unwrap();
    assert_eq!(
        (deviation.kind, deviation.offset, deviation.field),
        (Kind::SurroundingSpace, place, Some("TransactionID"))
    );
    let word = submit("<Priority> High </Priority>");
    let deviations = [(Kind::SurroundingSpace, "<Priority>", Some("Priority"))];
    let decoded = decode(TEXT_XML, word.as_bytes(), &Options::lenient()).unwrap();
    check(&decoded.value, &[("Priority", "High")]);
    assert_eq!(decoded.deviations.len(), deviations.len());
    assert_eq!(decode(TEXT_XML, word.as_bytes(), &Options::strict()).unwrap_err().field, Some("Priority"));
}

/// The schema takes any string for an address, but the encoder writes none that nobody has.
#[test]
fn an_empty_address_is_reported() {
    for address in ["<Number></Number>", "<Number/>", "<RFC2822Address> </RFC2822Address>", "<ShortCode/>"] {
        let message = deliver(&format!("<Sender>{address}</Sender>"));
        let decoded = decode(TEXT_XML, message.as_bytes(), &Options::lenient()).unwrap();
        assert!(decoded.deviations.iter().any(|deviation| deviation.kind == Kind::EmptyValue), "{address}");
        assert!(mm7::encode(&decoded.value).is_err(), "{address}");
        assert!(
            address.contains(' ') || decode(TEXT_XML, message.as_bytes(), &Options::strict()).is_err(),
            "{address}"
        );
    }
}

#[test]
fn n24_a_password_in_an_identifier() {
    let message = submit("").replace(
        "<SenderIdentification/>",
        "<SenderIdentification><VASPID>user:password</VASPID></SenderIdentification>",
    );
    accepts(TEXT_XML, message, &[("SenderIdentification.VASPID", "user:password")]);
}

#[test]
fn n25_a_device_in_place_of_its_profile() {
    let message = deliver(&format!("{SENDER}<UACapabilities UAProf=\"Nokia 7650\"/>"));
    accepts(TEXT_XML, message, &[("UACapabilities@UAProf", "Nokia 7650")]);
}

#[test]
fn n26_other_words_for_a_status() {
    for (word, shown) in
        [("Unreachable", "Unreachable"), ("NotSupported", "NotSupported"), ("Unrecognized", "Unrecognised")]
    {
        let message = envelope(&format!(
            "<DeliveryReportReq NS><MM7Version>6.8.0</MM7Version><MessageID>m</MessageID>\
             <Recipient><Number>+1</Number></Recipient>{SENDER}<Date>2024-03-05T10:02:11Z</Date>\
             <MMStatus>{word}</MMStatus></DeliveryReportReq>"
        ));
        let deviations = [(Kind::UnknownToken, "<MMStatus>", Some("MMStatus"))];
        forgives(TEXT_XML, message, &deviations, &[("MMStatus", shown)]);
    }
}

#[test]
fn n27_numbers_with_a_type_or_without_plus() {
    let with_type = deliver("<Sender><Number>+4712345/TYPE=PLMN</Number></Sender>");
    let deviations = [(Kind::AddressSpelling, "<Number>", Some("Sender"))];
    forgives(TEXT_XML, with_type, &deviations, &[("Sender", "+4712345")]);
    for number in ["12025550101", "0171234"] {
        accepts(TEXT_XML, deliver(&format!("<Sender><Number>{number}</Number></Sender>")), &[("Sender", number)]);
    }
}

#[test]
fn n28_a_delivery_condition_without_its_element() {
    let deviations = [(Kind::MisplacedField, "<DeliveryCondition>", Some("DeliveryCondition.DC"))];
    let shows = [("DeliveryCondition.DC", "2")];
    forgives(TEXT_XML, submit("<DeliveryCondition>2</DeliveryCondition>"), &deviations, &shows);
}

#[test]
fn n29_children_in_no_namespace() {
    let message = envelope(
        "<x:CancelReq xmlns:x=\"URI\"><MM7Version>6.8.0</MM7Version><SenderIdentification><VASPID>a</VASPID>\
         </SenderIdentification><MessageID>m</MessageID></x:CancelReq>",
    );
    let shows = [("SenderIdentification.VASPID", "a"), ("MessageID", "m")];
    let deviations = [(Kind::MissingNamespace, "<MM7Version>", None)];
    forgives(TEXT_XML, message.replace("URI", REL_6), &deviations, &shows);
}

#[test]
fn n30_messages_of_vendors_are_no_mm7() {
    for (name, uri) in [
        (
            "EricssonSubmitReq",
            "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-5-MM7-1-1-ericsson.xsd",
        ),
        ("extensionReq", "http://www.openwave.com/mms/mm7_extensions/1-0"),
        ("MM7Submit.Req", "urn:mm7"),
    ] {
        let message = envelope(&format!("<v:{name} xmlns:v=\"{uri}\"><v:MM7Version>5.5.0</v:MM7Version></v:{name}>"));
        refuses(&message, DecodeErrorKind::NotAMessage, "<v:");
    }
}

#[test]
fn n31_http_headers_of_vendors_are_left_to_the_caller() {
    let message = post("SOAPAction: \"\"\r\nX-Skycore-Carrier-Id: 17\r\n", &submit(""));
    accepts(None, message, &[("Recipients.To", "+1")]);
}

#[test]
fn n32_the_order_and_elements_of_the_printed_examples() {
    let message = deliver(&format!("<VASPID>a</VASPID><VASID>b</VASID><MMSRelayServerID>s</MMSRelayServerID>{SENDER}"));
    forgives(
        TEXT_XML,
        message.replace("6.8.0", "6.7.0").replace("REL-6-MM7-1-4", "REL-6-MM7-6-7"),
        &[
            (Kind::UnknownSchema, "<DeliverReq", None),
            (Kind::UnknownToken, "<MM7Version>", Some("MM7Version")),
            (Kind::FieldOrder, "<MMSRelayServerID>", Some("MMSRelayServerID")),
        ],
        &[("VASPID", "a"), ("VASID", "b"), ("MMSRelayServerID", "s"), ("Sender", "+1")],
    );
    let response = envelope(&format!(
        "<SubmitRsp NS>{RESPONSE}<MessageID>m</MessageID><ApplicID>a</ApplicID><ReplyApplicID>r</ReplyApplicID>\
         <AuxApplicInfo>i</AuxApplicInfo></SubmitRsp>"
    ));
    forgives(
        TEXT_XML,
        response,
        &[
            (Kind::UnexpectedField, "<ApplicID>", None),
            (Kind::UnexpectedField, "<ReplyApplicID>", None),
            (Kind::UnexpectedField, "<AuxApplicInfo>", None),
        ],
        &[("ApplicID", "a"), ("ReplyApplicID", "r"), ("AuxApplicInfo", "i")],
    );
}

#[test]
fn n33_white_space_in_an_empty_element() {
    let message = submit("<Content href=\"http://mms.example/1\" allowAdaptations=\"true\"> \r\n </Content>");
    let deviations = [(Kind::SurroundingSpace, "<Content", HREF)];
    forgives(TEXT_XML, message, &deviations, &[("Content@href", "http://mms.example/1")]);
}

#[test]
fn n34_a_delivery_of_version_and_content_only() {
    let message = multipart(&deliver("<Content href=\"cid:a\"/>"), "Content-ID: <a>");
    let decoded = forgives(Some(RELATED), message, &[(Kind::MissingField, "<DeliverReq", Some("Sender"))], &[]);
    assert_eq!(body(&decoded).text().unwrap(), "hello");
    let Pdu::DeliverReq(pdu) = &decoded.pdu else { panic!() };
    assert_eq!(pdu.message.from, None);
}

#[test]
fn n35_a_start_that_is_not_the_first_part() {
    let inner = "Content-ID: <a>\r\nContent-Type: multipart/related; boundary=i; start=\"<smil>\"; type=\"application/smil\"\r\n\r\n\
        --i\r\nContent-Type: text/plain\r\nContent-ID: <text>\r\n\r\nhello\r\n--i\r\nContent-Type: application/smil\r\n\
        Content-ID: <smil>\r\n\r\n<smil/>\r\n--i--";
    let xml = submit("<Content href=\"cid:a\"/>");
    let message =
        format!("--b\r\nContent-Type: text/xml\r\nContent-ID: <root>\r\n\r\n{xml}\r\n--b\r\n{inner}\r\n--b--\r\n");
    let decoded = accepts(Some(RELATED), message, &[]);
    assert_eq!(body(&decoded).root().unwrap().octets().unwrap(), "<smil/>");
    assert_eq!(body(&decoded).find("cid:text").unwrap().text().unwrap(), "hello");
}

#[test]
fn n36_another_scheme_of_the_soap_namespace_and_a_type_without_quotation_marks() {
    let message = submit("").replace("http://schemas.xmlsoap", "https://schemas.xmlsoap");
    forgives(TEXT_XML, message, &[(Kind::WrongNamespace, "<e:Envelope", None)], &[("Recipients.To", "+1")]);
    let message = multipart(&submit("<Content href=\"cid:a\"/>"), "Content-ID: <a>");
    let content_type = "multipart/related; boundary=b; type=text/xml; start=\"<root>\"";
    let decoded = forgives(Some(content_type), message, &[(Kind::ParameterSyntax, "", BODY)], &[]);
    assert_eq!(body(&decoded).text().unwrap(), "hello");
}

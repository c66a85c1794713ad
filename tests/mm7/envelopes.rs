//! The SOAP around the message: other stacks, header entries, faults.

use DeviationKind::*;

use super::*;

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const SOAP_12: &str = "http://www.w3.org/2003/05/soap-envelope";
const STATUS: &str = "<Status><StatusCode>1000</StatusCode><StatusText>Success</StatusText></Status>";

fn soap(header: &str, body: &str) -> String {
    format!("<e:Envelope xmlns:e=\"{SOAP}\"><e:Header>{header}</e:Header><e:Body>{body}</e:Body></e:Envelope>")
}

fn response(namespace: &str) -> String {
    format!("<DeliverRsp xmlns=\"{namespace}\"><MM7Version>6.8.0</MM7Version>{STATUS}</DeliverRsp>")
}

fn id(id: &str) -> String {
    format!("<TransactionID xmlns=\"{NAMESPACE}\">{id}</TransactionID>")
}

/// What lenient decoding makes of it; strict decoding refuses it.
#[track_caller]
fn forgives(xml: impl Into<String>, expected: &[DeviationKind]) -> Envelope {
    let xml = Bytes::from(xml.into());
    let decoded = mm7::decode_envelope(&xml).unwrap();
    let found: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
    assert_eq!(found, expected, "{}", shown(&decoded.value));
    assert_eq!(mm7::decode_envelope_with(&xml, &Options::strict()).is_err(), !expected.is_empty());
    decoded.value
}

#[test]
fn takes_the_identifier_that_is_meant() {
    let own = response(NAMESPACE);
    let foreign = "<x:TransactionID xmlns:x=\"urn:x\">t9</x:TransactionID>";
    for (header, expected, deviations, others) in [
        (id("t1"), "t1", &[][..], 0),
        (format!("{foreign}{}", id("t1")), "t1", &[], 1),
        (foreign.into(), "t9", &[WrongNamespace], 0),
        (format!("{}{}", id("t1"), id("t2")), "t1", &[DuplicateField], 1),
        (id("t1").replace("TransactionID", "TransactionId"), "t1", &[LetterCase], 0),
    ] {
        let envelope = forgives(soap(&header, &own), deviations);
        assert_eq!((envelope.transaction_id.as_deref(), envelope.header.len()), (Some(expected), others));
    }
    // That of the message is meant, if that is in a namespace of somebody's own, too.
    let envelope =
        forgives(soap(&format!("{foreign}{}", id("t1")), &response("urn:x")), &[DuplicateField, WrongNamespace]);
    assert_eq!((envelope.transaction_id.as_deref(), envelope.header.len()), (Some("t9"), 1));
    let envelope = forgives(soap(&foreign.replace("t9", "<a/>"), &own), &[MissingField]);
    assert_eq!((envelope.transaction_id, envelope.header.len()), (None, 1));
}

#[test]
fn takes_elements_of_soap_in_other_letters_and_order() {
    let xml = soap(&id("t1"), &response(NAMESPACE));
    let lower = xml.replace("e:Envelope", "e:envelope").replace("e:Header", "e:header").replace("e:Body", "e:BODY");
    assert_eq!(forgives(lower, &[LetterCase; 3]).transaction_id.as_deref(), Some("t1"));
    let (start, rest) = xml.split_once("<e:Header>").unwrap();
    let (header, rest) = rest.split_once("</e:Header>").unwrap();
    let (body, end) = rest.split_once("</e:Envelope>").unwrap();
    let late = format!("{start}{body}<e:Header>{header}</e:Header></e:Envelope>{end}");
    assert_eq!(forgives(late, &[FieldOrder]).transaction_id.as_deref(), Some("t1"));
}

#[test]
fn reads_soap_1_2() {
    let header = id("t1").replace("ID xmlns", "ID e:mustUnderstand=\"true\" xmlns");
    let xml = soap(&header, &response(NAMESPACE)).replace(SOAP, SOAP_12);
    assert_eq!(forgives(xml, &[WrongNamespace]).pdu.status_code(), Some(StatusCode::SUCCESS));

    let error = response(NAMESPACE).replace("DeliverRsp", "RSErrorRsp").replace("1000", "2002");
    let fault = format!(
        "<e:Fault><e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>e:x</e:Value></e:Subcode></e:Code>\
         <e:Reason><e:Text xml:lang=\"en\">Client error</e:Text></e:Reason><e:Role>urn:r</e:Role>\
         <e:Detail>{error}</e:Detail></e:Fault>"
    );
    let envelope = forgives(
        soap(&id("t1"), &fault).replace(SOAP, SOAP_12),
        &[WrongNamespace, FieldName, UnexpectedField, FieldName, FieldName, FieldName],
    );
    let shown = shown(&envelope);
    for line in ["faultcode = Client", "faultstring = Client error", "faultactor = urn:r", "Status.StatusCode = 2002"] {
        assert!(shown.contains(line), "{shown}");
    }
    // It is written as SOAP 1.1.
    let written = mm7::encode(&envelope).unwrap().body();
    assert!(mm7::decode_envelope_with(&written, &Options::strict()).is_ok());
    forgives(
        soap("", "<e:Fault><e:Code/><e:Reason/></e:Fault>").replace(SOAP, SOAP_12),
        &[WrongNamespace, MissingField, MissingField, FieldName, FieldName],
    );
}

#[test]
fn reads_a_message_in_a_namespace_of_somebodys_own() {
    for uri in ["urn:mm7", &NAMESPACE.replace("http:", "https:"), &NAMESPACE.replace("REL-6", "rel-5")] {
        let xml = soap(&id("t1"), &response(uri).replace("6.8.0", "5.6.0"));
        let envelope = forgives(xml, &[WrongNamespace]);
        assert_eq!(envelope.pdu.status_code(), Some(StatusCode::SUCCESS));
        // In which the answer is, too.
        assert_eq!(envelope.schema, Schema::Other(uri.into()));
        assert_eq!(envelope.schema.release(), if uri.contains("rel-5") { 5 } else { 6 });
        let again = mm7::decode_envelope(&mm7::encode(&envelope).unwrap().body()).unwrap().value;
        assert_eq!(again, envelope);
    }
}

fn fault(code: &str, detail: &str) -> String {
    soap(&id("t1"), &format!("<e:Fault><faultcode>{code}</faultcode><faultstring>x</faultstring>{detail}</e:Fault>"))
}

#[test]
fn reads_fault_codes_however_they_are_written() {
    for (written, code, deviations) in [
        ("e:Client", "Client", &[][..]),
        ("e:MustUnderstand", "MustUnderstand", &[]),
        ("e:Server.userException", "Server.userException", &[]),
        ("e:client", "Client", &[LetterCase]),
        ("Client", "Client", &[MissingNamespace]),
        ("http://schemas.xmlsoap.org/soap/envelope/:Client", "Client", &[InvalidValue]),
    ] {
        let Pdu::Fault(fault) = forgives(fault(written, ""), deviations).pdu else { panic!() };
        assert_eq!(fault.code.as_deref(), Some(code));
    }
}

#[test]
fn finds_the_status_in_the_detail() {
    let error = response(NAMESPACE).replace("DeliverRsp", "RSErrorRsp").replace("1000", "3000");
    for (detail, deviations) in [
        (format!("<detail>{error}<v:a xmlns:v=\"urn:v\"/></detail>"), &[][..]),
        (format!("<Detail>{error}</Detail>"), &[LetterCase]),
        (format!("<detail>{}</detail>", error.replace("RSErrorRsp", "VaspErrorRsp")), &[LetterCase]),
        (format!("<detail>{}</detail>", error.replace("RSErrorRsp", "MM7RSErrorRsp")), &[FieldName]),
    ] {
        let envelope = forgives(fault("e:Server", &detail), deviations);
        assert_eq!(envelope.pdu.status_code(), Some(StatusCode::SERVER_ERROR));
    }
    // Anything may stand in the detail: strict decoding keeps it.
    let xml = Bytes::from(fault("e:Server", &format!("<detail>{}</detail>", response(NAMESPACE))));
    let lenient = mm7::decode_envelope(&xml).unwrap();
    assert_eq!((lenient.value.name(), lenient.deviations[0].kind), ("VASPErrorRsp", FieldName));
    let strict = mm7::decode_envelope_with(&xml, &Options::strict()).unwrap().value;
    assert_eq!((strict.name(), strict.pdu.status_code()), ("Fault", None));
}

#[test]
fn keeps_text_in_the_detail() {
    let envelope = forgives(fault("e:Server", "<detail>\n 1 &lt; 2 <v xmlns=\"urn:v\"/> </detail>"), &[StrayOctets]);
    assert!(shown(&envelope).contains("detail = 1 < 2\n"));
    let Pdu::Fault(read) = &envelope.pdu else { panic!() };
    assert_eq!(read.details().map(mm7::Fragment::as_str).collect::<Vec<_>>(), ["1 &lt; 2", "<v xmlns=\"urn:v\"/>"]);
    let again = mm7::decode_envelope(&mm7::encode(&envelope).unwrap().body()).unwrap().value;
    assert_eq!(again, envelope);
}

/// The detail of a fault may hold the response that the request would have had; what else it holds is kept.
#[test]
fn only_a_response_in_a_fault_is_its_error() {
    for (name, is_error, deviations) in [
        ("RSErrorRsp", true, &[][..]),
        ("SubmitRsp", true, &[FieldName]),
        ("SubmitReq", false, &[]),
        ("Other", false, &[]),
    ] {
        let version = "<MM7Version>6.8.0</MM7Version>";
        let detail = format!("<detail><{name} xmlns=\"{NAMESPACE}\">{version}{STATUS}</{name}></detail>");
        let decoded = mm7::decode_envelope(&fault("e:Client", &detail).into()).unwrap();
        assert_eq!(decoded.deviations.iter().map(|one| one.kind).collect::<Vec<_>>(), deviations);
        let Pdu::Fault(read) = decoded.value.pdu else { panic!() };
        assert_eq!((read.error.is_some(), read.details().count()), (is_error, usize::from(!is_error)), "{name}");
    }
}

#[test]
fn keeps_what_a_fault_says_twice() {
    let detail = "<detail><a xmlns=\"\"/></detail>";
    let fault = |rest: &str| {
        soap("", &format!("<e:Fault><faultcode>e:Client</faultcode><faultstring>a</faultstring>{rest}</e:Fault>"))
    };
    assert!(matches!(forgives(fault(detail), &[]).pdu, Pdu::Fault(fault) if fault.details().count() == 1));
    let twice = forgives(fault(&detail.repeat(2)), &[DuplicateField]);
    assert!(matches!(twice.pdu, Pdu::Fault(fault) if fault.details().count() == 2));

    let (code, reason) = ("<e:Code><e:Value>e:Sender</e:Value></e:Code>", "<e:Reason><e:Text>a</e:Text></e:Reason>");
    let (other_code, other_reason) = (code.replace("Sender", "Receiver"), reason.replace(">a<", ">b<"));
    let roles = "<e:Role>urn:a</e:Role><e:Role>urn:b</e:Role>";
    let body = format!("<e:Fault>{code}{other_code}{reason}{other_reason}{roles}</e:Fault>");
    let mut expected = vec![WrongNamespace];
    expected.extend([FieldName, UnexpectedField].repeat(3));
    let Pdu::Fault(fault) = forgives(soap("", &body).replace(SOAP, SOAP_12), &expected).pdu else { panic!() };
    assert_eq!((fault.code.as_deref(), fault.actor.as_deref()), (Some("Client"), Some("urn:a")));
    assert_eq!(fault.string.unwrap().as_str(), Some("a"));
    assert_eq!(fault.extra.len(), 3);

    // SOAP 1.2 has a text for each language (part 1, 5.4.2).
    let texts = "<e:Reason><v:a xmlns:v=\"urn:v\"/><e:Text xml:lang=\"en\">a</e:Text><e:Text xml:lang=\"de\">b</e:Text></e:Reason>";
    let body = format!("<e:Fault>{code}{texts}</e:Fault>");
    let expected = [WrongNamespace, FieldName, FieldName, UnexpectedField, UnexpectedField];
    let Pdu::Fault(fault) = forgives(soap("", &body).replace(SOAP, SOAP_12), &expected).pdu else { panic!() };
    assert_eq!((fault.string.unwrap().as_str(), fault.extra.len()), (Some("a"), 2));
}

//! What we read in records, and what we write in them, is what `asn1tools`, an independent compiler of
//! ASN.1, reads: every member of the vectors, and of records made of messages.

use crate::support::corpus;
use std::path::PathBuf;
use std::process::Command;

use mms_codec::cdr::{
    self, ChargeType, IpAddress, Mm7SRecord, MmO1SRecord, MmO4FRqRecord, MsTimeZone, Own, PlmnId, Record, RsAddress,
};
use mms_codec::message::{
    Address, ContentType, Interval, Message, MmStatus, Part, Priority, RequestStatus, Time, Timestamp,
};
use mms_codec::mm4::Posting;
use mms_codec::{Bytes, Shown, mm1, mm4, mm7};
use serde_json::{Value, json};

use corpus::say;

fn spec() -> Option<PathBuf> {
    let folder = std::env::var_os("MMS_SPEC").map(PathBuf::from);
    if folder.is_none() {
        say("MMS_SPEC is not set: charging records are not compared with asn1tools");
    }
    folder
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().map(|digit| u8::try_from(digit.to_digit(16).unwrap()).unwrap()).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// A record with its members as we show them.
fn shown(record: &Record, octets: &[u8]) -> Value {
    let value = |value: &Shown| match value {
        Shown::Number(number) => json!(number),
        other => json!(other.to_string()),
    };
    let fields = record.fields().into_iter().map(|field| {
        let values: Vec<Value> = field.values.iter().map(value).collect();
        (field.name, if field.repeats { Value::Array(values) } else { values[0].clone() })
    });
    json!({"name": record.name(), "ber": hex(octets), "fields": fields.collect::<serde_json::Map<_, _>>()})
}

/// How many members asn1tools found to be the same. `None`, said aloud, where it is not there.
fn compared(name: &str, records: &[Value]) -> Option<usize> {
    let tables = spec()?.join("cdr.md");
    let file = std::env::temp_dir().join(format!("mms-codec-cdr-{name}-{}.json", std::process::id()));
    std::fs::write(&file, Value::Array(records.to_vec()).to_string()).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cdr/asn1.py");
    let run = Command::new("python3").arg(script).arg(&file).arg(tables).output();
    std::fs::remove_file(&file).unwrap();
    let Ok(run) = run else {
        say("python3 is not there: charging records are not compared with asn1tools");
        return None;
    };
    if run.status.code() == Some(77) {
        say("asn1tools is not there: charging records are not compared with it");
        return None;
    }
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Some(String::from_utf8(run.stdout).unwrap().trim().parse().unwrap())
}

#[test]
fn every_member_of_the_vectors_is_what_asn1tools_reads() {
    let Some(folder) = spec() else { return };
    let vectors: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("cdr-vectors.json")).unwrap()).unwrap();
    let mut members = 0;
    let mut records = Vec::new();
    for vector in vectors.as_array().unwrap() {
        let octets = unhex(vector["ber"].as_str().unwrap());
        let record = cdr::decode(&Bytes::from(octets.clone())).unwrap().value;
        members += usize::try_from(vector["members"].as_u64().unwrap()).unwrap();
        records.push(shown(&record, &octets));
    }
    if let Some(compared) = compared("vectors", &records) {
        assert_eq!(compared, members);
        say(&format!("{compared} members are what asn1tools reads"));
    }
}

fn own() -> Own {
    let mut own = Own::new("mms.mnc012.mcc345.gprs", Timestamp::from_seconds(1_709_631_048));
    own.sequence_number = Some(4_294_967_295);
    own.sgsn_plmn_identifier = PlmnId::new("234", "15");
    own.rat_type = Some(6);
    own.ms_time_zone = MsTimeZone::new(60, 1);
    own.charge_type = Some(ChargeType::Prepaid);
    own
}

fn message() -> Message {
    let mut message = Message::default();
    let mut date = Timestamp::from_seconds(1_709_631_047);
    date.offset_minutes = Some(-210);
    message.date = Some(date);
    message.from = Some(Address::phone("+447700900123").into());
    message.to.push(Address::phone("+12025550101"));
    message.cc.push(Address::email("Kim <kim@example.org>"));
    message.bcc.push(Address::short_code("72555"));
    message.subject = Some("Grüße".into());
    message.priority = Some(Priority::High);
    message.expiry = Some(Time::Relative(Interval::from_seconds(172_800)));
    message.delivery_report = Some(true);
    let text = Part::new(ContentType::new("text/plain"), "hello");
    let image = Part::new(ContentType::new("image/gif"), vec![0; 300]);
    message.body = Some(Part::multipart(ContentType::new("multipart/related"), vec![text, image]));
    message
}

/// Encodes a record, has it read, and compares the members with what is expected.
fn expect(name: &str, record: impl Into<Record>, expected: &Value) {
    let record = record.into();
    let octets = cdr::encode(&record).unwrap_or_else(|error| panic!("{error}"));
    let again = cdr::decode_with(&octets.clone().into(), &mms_codec::Options::strict()).unwrap();
    let shown = shown(&again.value, &octets);
    assert_eq!(shown["fields"], *expected);
    if let Some(compared) = compared(name, &[shown]) {
        assert_eq!(compared, expected.as_object().unwrap().len());
    }
}

#[test]
fn a_submission_on_mm1_becomes_a_record() {
    let mut req = mm1::SendReq::default();
    req.message = message();
    req.version = mm1::Version::V1_3;
    req.message.reply_applic_id = Some("com.example".into());
    let octets = Bytes::from(
        mm1::encode(&mm1::Pdu::from({
            req.transaction_id = Some("t".into());
            req
        }))
        .unwrap(),
    );
    let mm1::Pdu::SendReq(req) = mm1::decode(&octets).unwrap().value else { unreachable!() };
    let mut conf = req.conf(mm1::ResponseStatus::OK);
    conf.message_id = Some("mm-1".into());
    let made = MmO1SRecord::of(&req, &conf, &own());
    assert_eq!(made.left_out, ["X-Mms-Reply-Applic-ID"]);
    expect(
        "mm1",
        made.record,
        &json!({
            "recordType": 30,
            "originatorMmsRSAddress": "{ domainName mms.mnc012.mcc345.gprs }",
            "messageID": "mm-1",
            "originatorAddress": "{ mMSAgentAddressData +447700900123/TYPE=PLMN }",
            "recipientAddresses": [
                "{ mMSAgentAddressData +12025550101/TYPE=PLMN, mMSRecipientType tO }",
                "{ mMSAgentAddressData kim@example.org, mMSRecipientType cC }",
                "{ mMSAgentAddressData 72555, mMSRecipientType bCC }",
            ],
            "contentType": "application/vnd.wap.multipart.related",
            "mmComponentType": "{ subject { subjectType text/plain, subjectSize 7 }, media { mediaType text/plain, \
                mediaSize 5 } { mediaType image/gif, mediaSize 300 } }",
            "messageSize": octets.len(),
            "chargeInformation": "{ chargetype pre-paid }",
            "submissionTime": "2024-03-05T09:30:47+00:00",
            "timeOfExpiry": "PT172800S",
            "requestStatusCode": "normalRelease",
            "deliveryReportRequested": "TRUE",
            "priority": "high",
            "statusText": "",
            "recordTimeStamp": "2024-03-05T09:30:48+00:00",
            "localSequenceNumber": 4_294_967_295_u32,
            "sGSNPLMNIdentifier": "234-15",
            "rATType": 6,
            "mSTimeZone": "+01:00, +1 h",
        }),
    );
}

#[test]
fn a_forward_request_on_mm4_becomes_a_record() {
    let mut message = message();
    message.bcc.clear();
    message.from = Some(mm4::address_at(&Address::phone("+447700900123"), "mms.mnc012.mcc345.gprs").into());
    message.to = vec![mm4::address_at(&Address::phone("+12025550101"), "mms.mnc015.mcc234.gprs")];
    let posting = Posting::new("system-user@mms.mnc012.mcc345.gprs", "1@mms.mnc012.mcc345.gprs", 1_709_631_047);
    let mut req = mm4::ForwardReq::new("t-1", "mm-1", message, posting);
    req.ack_request = Some(true);
    req.originator_system = Some(Address::email("system-user@mms.mnc012.mcc345.gprs"));
    req.forward_counter = Some(2);
    let mail = mm4::encode(&req).unwrap();
    let mm4::Pdu::ForwardReq(req) = mm4::decode(&mail.clone().into()).unwrap().value else { unreachable!() };
    let mut own = own();
    own.peer = Some(RsAddress::from(IpAddress::V4([192, 0, 2, 9])));
    own.message_size = Some(mail.len() as u64);
    let made = MmO4FRqRecord::of(&req, &own);
    assert_eq!(made.left_out, ["chargeInformation", "mSTimeZone", "rATType", "sGSNPLMNIdentifier"]);
    expect(
        "mm4",
        made.record,
        &json!({
            "recordType": 31,
            "originatorMmsRSAddress": "{ domainName mms.mnc012.mcc345.gprs }",
            "recipientMmsRSAddress": "{ iPAddress 192.0.2.9 }",
            "messageID": "mm-1",
            "mms3GPPVersion": req.version.as_deref().unwrap(),
            "originatorAddress": "{ mMSAgentAddressData +447700900123/TYPE=PLMN }",
            "recipientAddresses": [
                "{ mMSAgentAddressData +12025550101/TYPE=PLMN, mMSRecipientType tO }",
                "{ mMSAgentAddressData kim@example.org, mMSRecipientType cC }",
            ],
            "contentType": "multipart/related",
            "mmComponentType": "{ subject { subjectType text/plain, subjectSize 7 }, media { mediaType text/plain, \
                mediaSize 5 } { mediaType image/gif, mediaSize 300 } }",
            "messageSize": mail.len(),
            "submissionTime": "2024-03-05T06:00:47-03:30",
            "timeOfExpiry": "PT172800S",
            "deliveryReportRequested": "TRUE",
            "priority": "high",
            "senderVisibility": "TRUE",
            "readReplyRequested": "FALSE",
            "acknowledgementRequest": "TRUE",
            "forwardCounter": 2,
            "recordTimeStamp": "2024-03-05T09:30:48+00:00",
            "localSequenceNumber": 4_294_967_295_u32,
        }),
    );
}

#[test]
fn a_submission_on_mm7_becomes_a_record() {
    let mut req = mm7::SubmitReq::default();
    req.message = message();
    req.message.from = Some(Address::short_code("7255").into());
    req.message.distribution_indicator = Some(false);
    req.vasp_id = Some("vasp".into());
    req.vas_id = Some("news".into());
    req.service_code = Some("gold-1".into());
    req.linked_id = Some("mm-0".into());
    req.charged_party = Some(mm7::ChargedParty::Both);
    req.charged_party_id = Some("payer".into());
    let mut rsp = mm7::SubmitRsp::default();
    rsp.status = mm7::StatusCode::ADDRESS_ERROR.into();
    rsp.message_id = Some("mm-1".into());
    let mut own = own();
    own.message_size = Some(1_000);
    let made = Mm7SRecord::of(&req, &rsp, &own);
    assert_eq!(made.left_out, ["ChargedPartyID", "mSTimeZone", "rATType", "sGSNPLMNIdentifier"]);
    expect(
        "mm7",
        made.record,
        &json!({
            "recordType": 54,
            "originatorMmsRSAddress": "{ domainName mms.mnc012.mcc345.gprs }",
            "linkedID": "mm-0",
            "vaspID": "vasp",
            "vasID": "news",
            "messageID": "mm-1",
            "originatorAddress": "{ mMSAgentAddressData 7255 }",
            "recipientAddresses": [
                "{ mMSAgentAddressData +12025550101/TYPE=PLMN, mMSRecipientType tO }",
                "{ mMSAgentAddressData kim@example.org, mMSRecipientType cC }",
                "{ mMSAgentAddressData 72555, mMSRecipientType bCC }",
            ],
            "serviceCode": "gold-1",
            "contentType": "multipart/related",
            "mmComponentType": "{ subject { subjectType text/plain, subjectSize 7 }, media { mediaType text/plain, \
                mediaSize 5 } { mediaType image/gif, mediaSize 300 } }",
            "messageSize": 1_000,
            "chargeInformation": "{ chargedparty both, chargetype pre-paid }",
            "submissionTime": "2024-03-05T06:00:47-03:30",
            "timeOfExpiry": "PT172800S",
            "deliveryReportRequested": "TRUE",
            "priority": "high",
            "messageDistributionIndicator": "FALSE",
            "requestStatusCode": "sendingAddressUnresolved",
            "statusText": "Address Error",
            "recordTimeStamp": "2024-03-05T09:30:48+00:00",
            "localSequenceNumber": 4_294_967_295_u32,
        }),
    );
}

/// TS 32.298 has no status for what is not known, and lists what it cannot say.
#[test]
fn what_a_record_cannot_say_is_listed() {
    let mut ind = mm1::DeliveryInd::default();
    ind.report.message_id = Some("mm-1".into());
    ind.report.recipient = Some(Address::phone("+12025550101"));
    ind.report.status = Some(MmStatus::Indeterminate);
    ind.report.status_text = Some("who knows".into());
    ind.report.date = Some(Timestamp::from_seconds(1_709_631_047));
    let mut own = own();
    own.charge_type = None;
    let made = cdr::MmO1DRecord::of(&ind, &own);
    assert_eq!(made.left_out, ["mmDateAndTime", "mmStatusCode", "statusText"]);
    assert_eq!(made.record.mm_status_code, None);
    assert!(cdr::encode(&made.record).is_ok());

    let mut res = mm4::ForwardRes::default();
    res.message_id = Some("\"mm-1\"".into());
    res.sender = Some(Address::email("system-user@mms.mnc015.mcc234.gprs"));
    res.status = Some(RequestStatus::Other("Error- service-denied".into()));
    let made =
        cdr::MmO4FRsRecord::of(&res, &Own::new("mms.mnc012.mcc345.gprs", Timestamp::from_seconds(1_709_631_048)));
    assert!(made.left_out.is_empty());
    assert_eq!(made.record.recipient_mms_rs_address, Some("mms.mnc015.mcc234.gprs".into()));
    assert_eq!(made.record.message_id.as_deref(), Some(&b"mm-1"[..]));
    assert_eq!(made.record.request_status_code, Some(RequestStatus::ErrorServiceDenied));
}

//! Mail that nobody here wrote: every sample of the corpus decodes to what its source says, and its
//! MIME structure is what Python's `email` package finds.

use crate::support::corpus;
use std::fs;
use std::path::Path;
use std::process::Command;

use mms_codec::message::{AddressKind, MmStatus, ReadStatus};
use mms_codec::mm4::{self, Pdu};
use mms_codec::{Bytes, DeviationKind, Options, mime};

use corpus::{corpus, say};

fn entries(corpus: &Path, kinds: &[&str]) -> Vec<serde_json::Value> {
    let index: serde_json::Value = serde_json::from_slice(&fs::read(corpus.join("index.json")).unwrap()).unwrap();
    let entries = index["entries"].as_array().unwrap().iter();
    let entries: Vec<_> = entries.filter(|entry| kinds.iter().any(|kind| entry["kind"] == *kind)).cloned().collect();
    assert!(!entries.is_empty());
    entries
}

fn read(corpus: &Path, entry: &serde_json::Value) -> Bytes {
    fs::read(corpus.join(entry["file"].as_str().unwrap())).unwrap().into()
}

fn field(pdu: &Pdu, name: &str) -> Option<String> {
    let fields = pdu.fields();
    fields.iter().find(|field| field.name == name).map(|field| field.values[0].to_string())
}

#[test]
fn every_mm4_sample_decodes_to_what_its_source_says() {
    let Some(corpus) = corpus() else { return };
    for entry in entries(&corpus, &["mm4"]) {
        let octets = read(&corpus, &entry);
        let file = &entry["file"];
        let decoded = mm4::decode(&octets).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(entry["pdu_type"], decoded.value.name(), "{file}");
        assert!(mm4::detect(&octets), "{file}");
        for (key, value) in entry["expected"].as_object().into_iter().flatten() {
            let shown = match key.as_str() {
                "message_type" => Some(decoded.value.name().into()),
                "transaction_id" => field(&decoded.value, "X-Mms-Transaction-ID"),
                "message_id" => field(&decoded.value, "X-Mms-Message-ID"),
                "mm_status" => field(&decoded.value, "X-Mms-MM-Status-Code"),
                "request_status_code" => field(&decoded.value, "X-Mms-Request-Status-Code"),
                "read_status" => field(&decoded.value, "X-Mms-Read-Status"),
                // The source refuses a multipart without parts; lenient decoding names the fault.
                "error" => {
                    let kinds: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
                    assert!(kinds.contains(&DeviationKind::WrongPartCount), "{file}");
                    assert!(mm4::decode_with(&octets, &Options::strict()).is_err(), "{file}");
                    continue;
                }
                other => panic!("{file}: nobody knows what {other} means"),
            };
            assert_eq!(shown.as_deref(), value.as_str(), "{file}: {key}");
        }
        // Strict decoding refuses exactly what lenient decoding forgives.
        let strict = mm4::decode_with(&octets, &Options::strict());
        assert_eq!(strict.is_err(), !decoded.deviations.is_empty(), "{file}");
    }
}

#[test]
fn field_traffic_decodes_as_mm4_md_describes_it() {
    let Some(corpus) = corpus() else { return };
    let decode = |file: &str| {
        let path = corpus.join("mm4").join(file);
        path.exists().then(|| mm4::decode(&fs::read(path).unwrap().into()).unwrap())
    };
    if let Some(decoded) = decode("field-fwd-a-large.eml") {
        let Pdu::ForwardReq(request) = &decoded.value else { panic!() };
        assert_eq!(
            request.message.from.as_ref().unwrap().address().unwrap().kind,
            AddressKind::Phone("+972500000129".into())
        );
        let body = request.message.body.as_ref().unwrap();
        assert!(body.root().unwrap().content_type.is("application/smil"));
        assert_eq!(body.root().unwrap().content_id.as_deref(), Some("0.smil"));
        assert!(body.find("455071031.jpg").unwrap().octets().unwrap().starts_with(b"\xff\xd8\xff"));
        // The mail address in the base64 text, which the maker of the sample put there.
        assert!(decoded.deviations.iter().any(|deviation| deviation.kind == DeviationKind::TransferEncoding));
    }
    if let Some(decoded) = decode("field-fwd-b-oneline.eml") {
        let Pdu::ForwardReq(request) = &decoded.value else { panic!() };
        assert_eq!(request.message.subject.as_ref().unwrap(), "");
        assert_eq!(request.forward_counter, Some(1));
        assert!(request.extra.len() >= 2);
        assert!(decoded.deviations.iter().any(|deviation| deviation.kind == DeviationKind::LineTooLong));
        assert_eq!(request.answer_address().unwrap().value(), "system-users@mms.example");
    }
    if let Some(decoded) = decode("vc-inline-delivery-report.eml") {
        let Pdu::DeliveryReportReq(report) = &decoded.value else { panic!() };
        assert_eq!(report.report.status, Some(MmStatus::Retrieved));
        assert!(decoded.deviations.iter().any(|deviation| deviation.kind == DeviationKind::FieldName));
    }
    if let Some(decoded) = decode("vc-inline-read-reply.eml") {
        let Pdu::ReadReplyReportReq(report) = &decoded.value else { panic!() };
        assert_eq!(report.report.status, Some(ReadStatus::Read));
    }
}

/// What stands in the way of comparing with Python's `email`, one by one.
fn explained(file: &str) -> Option<&'static str> {
    match file {
        "mm4/vc-inline-empty-multipart.eml" => {
            Some("a multipart of a closing delimiter only: Python sees a text that was not split, we see no parts")
        }
        _ => None,
    }
}

#[test]
fn mime_structure_is_what_python_finds() {
    let Some(corpus) = corpus() else { return };
    let entries = entries(&corpus, &["mm3", "mm4"]);
    let files: Vec<&str> = entries.iter().map(|entry| entry["file"].as_str().unwrap()).collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mm4/email_structure.py");
    let output = Command::new("python3").arg(script).args(&files).current_dir(&corpus).output();
    let Ok(output) = output.map_err(|error| say(&format!("python3 cannot be run ({error}): comparison not run")))
    else {
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut compared = 0;
    for (of_file, file) in text.split("file\t").skip(1).zip(&files) {
        assert!(of_file.starts_with(file));
        if let Some(why) = explained(file) {
            say(&format!("{file}: {why}"));
            continue;
        }
        let theirs: Vec<Vec<&str>> = of_file
            .lines()
            .filter_map(|line| line.strip_prefix("part\t"))
            .map(|line| line.split('\t').collect())
            .collect();
        let octets = fs::read(corpus.join(file)).unwrap();
        let decoded = mime::decode_with(&octets.into(), &Options::lenient()).unwrap().value;
        let ours: Vec<[String; 5]> = decoded
            .leaves()
            .map(|leaf| {
                let filename = leaf.disposition.as_ref().and_then(|disposition| disposition.parameter("filename"));
                let name = filename.or(leaf.content_type.parameter("name")).unwrap_or_default();
                [
                    leaf.content_type.media.name().unwrap().to_ascii_lowercase(),
                    name.to_owned(),
                    leaf.content_id.as_deref().unwrap_or_default().to_owned(),
                    leaf.content_location.as_deref().unwrap_or_default().to_owned(),
                    leaf.octets().unwrap().iter().map(|octet| format!("{octet:02x}")).collect(),
                ]
            })
            .collect();
        assert_eq!(ours.len(), theirs.len(), "{file}");
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert!(ours.iter().eq(theirs), "{file}: {:?}", &ours[..4]);
            compared += 1;
        }
    }
    say(&format!("{compared} parts are the same as Python's"));
    assert!(compared > 0);
}

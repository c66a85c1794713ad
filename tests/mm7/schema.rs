//! What the encoder of MM7 writes is valid by the schemas, which are read from the folder `xsd` of
//! the specification and are not part of this repository.

use crate::support::corpus;
use alloc::collections::BTreeSet;
use std::process::Command;

use arbitrary::{Arbitrary, Unstructured};
use mms_codec::message::{ContentClass, MmStatus};
use mms_codec::mm7::{self, Envelope, Pdu, Schema};

use corpus::say;

const VALIDATE: &str = r#"
import pathlib, subprocess, sys
try:
    from lxml import etree
except ImportError:
    if subprocess.call([sys.executable, "-m", "pip", "install", "-q", "lxml"]) != 0:
        sys.exit(77)
    from lxml import etree
schemas, documents = map(pathlib.Path, sys.argv[1:])
soap = etree.XMLSchema(etree.fromstring(f'''
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:all">
  <xs:import namespace="http://schemas.xmlsoap.org/soap/envelope/" schemaLocation="{schemas}/soap11-envelope.min.xsd"/>
  <xs:import namespace="http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"
             schemaLocation="{schemas}/mm7-rel6-1-4.reconstructed.xsd"/>
  <xs:import namespace="http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-5-MM7-1-3"
             schemaLocation="{schemas}/mm7-rel5-1-3.reconstructed.xsd"/>
</xs:schema>''', base_url=str(schemas) + "/"))
count = 0
for document in sorted(documents.glob("*.xml")):
    tree = etree.parse(str(document))
    if not soap.validate(tree):
        sys.exit(f"{document}: {soap.error_log.last_error}\n{document.read_text()}")
    count += 1
print(count, "valid")
"#;

/// Octets that differ from seed to seed.
fn noise(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()[0]
    };
    (0..3000).map(|_| next()).collect()
}

/// The message with each word that MM7 has for an element in which words are seldom: chance would leave some out.
fn with_every_word(envelope: &Envelope) -> Vec<Envelope> {
    let with = |change: &dyn Fn(&mut Pdu)| {
        let mut envelope = envelope.clone();
        change(&mut envelope.pdu);
        envelope
    };
    let is_release_6 = envelope.schema == Schema::REL_6_MM7_1_4;
    match &envelope.pdu {
        Pdu::SubmitReq(_) if is_release_6 => {
            let classes = ContentClass::ALL.iter().filter(|class| class.mm7_word().is_some());
            let message = |class| {
                with(&|pdu| {
                    let Pdu::SubmitReq(submit) = pdu else { return };
                    submit.message.content_class = Some(class);
                })
            };
            classes.map(|class| message(*class)).collect()
        }
        Pdu::DeliveryReportReq(_) if is_release_6 => {
            let statuses = MmStatus::ALL.iter().filter(|status| status.mm7_word().is_some());
            let report = |status: &MmStatus| {
                with(&|pdu| {
                    let Pdu::DeliveryReportReq(request) = pdu else { return };
                    request.report.status = Some(status.clone());
                })
            };
            statuses.map(report).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn everything_that_is_written_is_valid() {
    let folder = std::env::var("MMS_SPEC").unwrap_or_else(|_| format!("{}/../shared/spec", env!("CARGO_MANIFEST_DIR")));
    let Ok(schemas) = std::fs::canonicalize(format!("{folder}/xsd")) else {
        say("MMS_SPEC names no folder with schemas: nothing was validated against the schemas");
        return;
    };
    let documents = std::env::temp_dir().join(format!("mm7-schema-{}", std::process::id()));
    std::fs::create_dir_all(&documents).unwrap();
    let mut kinds = BTreeSet::new();
    for seed in 0..6000 {
        let envelope = Envelope::arbitrary(&mut Unstructured::new(&noise(seed))).unwrap();
        if ![Schema::REL_5_MM7_1_3, Schema::REL_6_MM7_1_4].contains(&envelope.schema) {
            continue;
        }
        let is_first = kinds.insert((envelope.schema.to_string(), envelope.name()));
        let more = if is_first { with_every_word(&envelope) } else { Vec::new() };
        for (number, envelope) in (0..).zip([envelope].into_iter().chain(more)) {
            let body = mm7::encode(&envelope).unwrap().body();
            let start = body.windows(5).position(|octets| octets == b"<?xml").unwrap();
            let end = body.windows(15).position(|octets| octets == b"</env:Envelope>").unwrap() + 15;
            std::fs::write(documents.join(format!("{seed}-{number}.xml")), &body[start..end]).unwrap();
        }
    }
    // 16 messages and two faults; four of the messages are of Release 6 only.
    assert_eq!(kinds.len(), 18 + 14);
    let python = Command::new("python3").args(["-c", VALIDATE]).arg(schemas).arg(&documents).output();
    std::fs::remove_dir_all(&documents).unwrap();
    match python {
        Ok(output) if output.status.success() => say(&String::from_utf8_lossy(&output.stdout)),
        Ok(output) if output.status.code() == Some(77) => {
            say("lxml cannot be had: nothing was validated against the schemas");
        }
        Ok(output) => panic!("{}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => say("there is no python3: nothing was validated against the schemas"),
    }
}

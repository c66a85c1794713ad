//! Messages that nobody here wrote, against what their sources expect of them and against tshark.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{expectation, messages, run, tshark};

/// What was compared, and what was wrong.
#[derive(Default)]
pub(crate) struct Report {
    pub(crate) compared: usize,
    wrong: Vec<String>,
}

impl Report {
    /// Compares one value. A field that may be repeated is an array also where only one is expected.
    pub(crate) fn compare(&mut self, file: &str, what: &str, shown: &Value, expected: &Value) {
        self.compared += 1;
        let same = match (shown, expected) {
            (Value::Array(_), Value::Array(_)) => shown == expected,
            (Value::Array(values), one) => values.iter().eq([one]),
            _ => shown == expected,
        };
        if !same {
            self.wrong.push(format!("{file}: {what} is {shown}, expected {expected}"));
        }
    }

    fn finish(self, what: &str) {
        messages::say(&format!("{what}: {} values compared", self.compared));
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        assert!(self.compared > 0, "nothing was compared");
    }
}

fn corpus() -> Option<(PathBuf, Vec<Value>)> {
    let folder = messages::corpus()?;
    let index = read(&folder.join("index.json"));
    let entries = index["entries"].as_array().unwrap().iter();
    let kinds = |entry: &&Value| matches!(entry["kind"].as_str(), Some("mm1" | "wap-push"));
    Some((folder, entries.filter(kinds).cloned().collect()))
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn show(folder: &Path, file: &str) -> Option<Value> {
    let path = folder.join(file).into_os_string();
    let run = run(&["--json".into(), path]);
    let lines = run.json();
    assert_eq!(lines.len(), 1, "{file}: {}", run.err);
    assert_eq!(run.code, Some(i32::from(lines[0]["error"].is_object())), "{file}: {}", run.err);
    lines.into_iter().next().filter(|line| line["error"].is_null())
}

#[test]
fn decodes_every_sample_with_the_values_that_its_source_expects() {
    let Some((folder, entries)) = corpus() else { return };
    let mut report = Report::default();
    for entry in &entries {
        let file = entry["file"].as_str().unwrap();
        let shown = show(&folder, file);
        let malformed = entry["notes"] == "malformed";
        match &shown {
            Some(shown) => {
                let interface = if entry["kind"] == "mm1" { "mm1" } else { "push" };
                report.compare(file, "interface", &shown["interface"], &interface.into());
                let pdu = shown.get("pdu").unwrap_or(shown);
                if let Some(pdu_type) = entry.get("pdu_type") {
                    report.compare(file, "type", &pdu["type"], pdu_type);
                }
                let octets = std::fs::read(folder.join(file)).unwrap();
                expectation::compare(file, &entry["expected"], shown, &octets, &mut report);
            }
            None => report.compare(file, "decodes", &false.into(), &(!malformed).into()),
        }
    }
    report.finish("expectations of the sources");
}

#[test]
fn agrees_with_tshark() {
    let Some((folder, entries)) = corpus() else { return };
    let mut report = Report::default();
    for entry in entries.iter().filter(|entry| entry["notes"] != "malformed") {
        let file = entry["file"].as_str().unwrap();
        let shown = show(&folder, file).unwrap_or_else(|| panic!("{file} does not decode"));
        let oracle = read(&folder.join("oracle").join(format!("{file}.tshark.json")));
        let pdu = shown.get("pdu").unwrap_or(&shown);
        if let Some(id) = oracle["layers"]["wsp"]["wsp.headers"].get("wsp.header.x_wap_application_id") {
            report.compare(file, "X-Wap-Application-Id", &shown["fields"]["X-Wap-Application-Id"], id);
        }
        if let Some(theirs) = oracle["layers"].get("mmse") {
            tshark::compare(file, theirs, pdu, &mut report);
        }
    }
    report.finish("tshark");
}

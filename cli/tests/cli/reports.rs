//! Inputs that public reports describe, with the values that users expect of them:
//! `reports/cases.json` of the corpus.

use core::fmt::Write as _;
use std::path::Path;

use mms_codec::push::sms::{Deliver, JoinLimits, Joined, Joiner};
use mms_codec::{Bytes, Options, push};
use serde_json::{Value, json};

use crate::corpus::{corpus, say};
use crate::program;

/// The cases that do not hold yet. One that holds must leave this list.
const NOT_HELD: &[u64] = &[];

#[test]
fn every_report_decodes_to_what_its_users_expect() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("reports");
    let cases: Value = serde_json::from_slice(&std::fs::read(folder.join("cases.json")).unwrap()).unwrap();
    let cases = cases["cases"].as_array().unwrap();
    let (mut wrong, mut compared) = (String::new(), 0);
    for case in cases {
        let mut report = Report::default();
        report.check(&folder, case);
        compared += report.compared;
        let id = case["id"].as_u64().unwrap();
        match (report.wrong.is_empty(), NOT_HELD.contains(&id)) {
            (false, false) => writeln!(wrong, "{id} {}: {}", case["file"], report.wrong.join("; ")).unwrap(),
            (true, true) => writeln!(wrong, "{id} {} holds now: remove it from the list", case["file"]).unwrap(),
            (false, true) => say(&format!("not held: {id} {}: {}", case["file"], report.wrong.join("; "))),
            (true, false) => {}
        }
    }
    say(&format!(
        "reports: {} of {} cases held, {compared} values compared",
        cases.len() - NOT_HELD.len(),
        cases.len()
    ));
    assert!(compared > 300, "only {compared} values were compared");
    assert!(wrong.is_empty(), "{wrong}");
}

#[derive(Default)]
struct Report {
    compared: usize,
    wrong: Vec<String>,
}

impl Report {
    fn check(&mut self, folder: &Path, case: &Value) {
        let file = case["file"].as_str().unwrap();
        let expected = case["expected"].as_object().unwrap();
        if expected.contains_key("joined") {
            return self.joined(folder, file);
        }
        let input = std::fs::read(folder.join(file)).unwrap();
        let shown = inspect(&input);
        for (key, value) in expected {
            match key.as_str() {
                "error" => self.error(&shown, value),
                "deviations" => {
                    let mut kinds = deviations(&shown);
                    kinds.sort_unstable();
                    self.compare("deviations", &json!(kinds), value);
                }
                "deviations_any" => {
                    let kinds = deviations(&shown);
                    for kind in value.as_array().unwrap() {
                        self.hold(kinds.iter().any(|own| own == kind), || format!("no {kind} in {kinds:?}"));
                    }
                }
                "relay" => {
                    for (interface, value) in value.as_object().unwrap() {
                        let relayed = run("transcode", &["--to", interface, "-", "-"], &input);
                        self.subset(&format!("relay {interface}"), &inspect(&relayed), value);
                    }
                }
                // Who only sees the message.
                "note" => self.hold(shown.to_string().to_ascii_lowercase().contains("displayonly"), || key.clone()),
                _ => self.subset(key, &shown[key], value),
            }
        }
    }

    /// Whether the input is refused; one with an undeclared prefix may also be read leniently.
    fn error(&mut self, shown: &Value, expected: &Value) {
        let is_prefix = expected["message"] == "names the prefix";
        let is_refused = shown["error"].is_object();
        self.hold(is_refused || is_prefix, || format!("decodes: {shown}"));
        if is_prefix && is_refused {
            let message = shown["error"]["message"].as_str().unwrap_or_default();
            self.hold(message.contains("prefix"), || format!("{message:?} does not name the prefix"));
        }
    }

    /// Whether the two segments of a short message are one push, in whatever order they arrive.
    fn joined(&mut self, folder: &Path, files: &str) {
        let segments: Vec<Bytes> =
            files.split(" + ").map(|file| tpdu(std::fs::read(folder.join(file)).unwrap().into())).collect();
        let join = |order: [usize; 2]| {
            let mut joiner = Joiner::new(JoinLimits::default());
            let mut complete = None;
            for at in order {
                let deliver = Deliver::decode_with(&segments[at], &Options::lenient()).unwrap().value;
                if let Joined::Complete(message) = joiner.add(deliver.originator.as_ref(), &deliver.user_data).unwrap()
                {
                    complete = Some(message.data);
                }
            }
            complete
        };
        let (forwards, backwards) = (join([0, 1]), join([1, 0]));
        self.hold(forwards.is_some() && forwards == backwards, || format!("{forwards:?} or {backwards:?}"));
        let is_push = forwards.is_some_and(|octets| push::decode(&octets).is_ok());
        self.hold(is_push, || "the joined message is not a push".into());
    }

    /// Compares an expectation with as much of the value as it names. A number of parts is that of
    /// the leaves.
    fn subset(&mut self, what: &str, shown: &Value, expected: &Value) {
        match (shown, expected) {
            (Value::Object(shown), Value::Object(expected)) => {
                let nothing = Value::Null;
                for (key, value) in expected {
                    self.subset(&format!("{what}.{key}"), shown.get(key).unwrap_or(&nothing), value);
                }
            }
            (Value::Array(shown), Value::Array(expected)) if shown.len() == expected.len() => {
                for (at, (shown, expected)) in shown.iter().zip(expected).enumerate() {
                    self.subset(&format!("{what}[{at}]"), shown, expected);
                }
            }
            (Value::Array(shown), Value::Number(_)) => self.compare(what, &shown.len().into(), expected),
            _ => self.compare(what, shown, expected),
        }
    }

    fn compare(&mut self, what: &str, shown: &Value, expected: &Value) {
        self.hold(shown == expected, || format!("{what} is {shown}, expected {expected}"));
    }

    fn hold(&mut self, is_held: bool, what: impl FnOnce() -> String) {
        self.compared += 1;
        if !is_held {
            self.wrong.push(what());
        }
    }
}

/// A TPDU without the address of the service centre, which a modem puts before it.
fn tpdu(octets: Bytes) -> Bytes {
    octets.slice(1 + usize::from(octets[0])..)
}

/// The kinds of deviations of a message and of the push around it.
fn deviations(shown: &Value) -> Vec<&str> {
    let all = [&shown["deviations"], &shown["pdu"]["deviations"]].into_iter().filter_map(Value::as_array).flatten();
    all.map(|deviation| deviation["kind"].as_str().unwrap()).collect()
}

fn inspect(input: &[u8]) -> Value {
    let lines = run("inspect", &["--json", "-"], input);
    serde_json::from_slice(&lines).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&lines)))
}

/// What a command writes to standard output.
fn run(name: &str, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    program::output(program::command(name, arguments), input).stdout
}

//! The programs in `examples`, each run once.

use std::path::Path;
use std::process::Command;

/// Each example, and what is among the lines that it prints.
const EXAMPLES: [(&str, &[&str]); 11] = [
    ("answer_notification", &["27999 octets are at http://mmsc.example.net/m?id=7Qx2", "acknowledgement of 12 octets"]),
    ("charging_record", &["  messageID: m2@mmsc.example.net"]),
    (
        "decode_and_show",
        &["M-Retrieve.conf", "  Subject: Un été à la mer", "  part image/gif; name=dot.gif: 43 octets"],
    ),
    ("delivery_report", &["  X-Mms-Status-Text is not carried"]),
    ("make_message", &["  text has no image/gif (dot.gif)"]),
    (
        "phone",
        &[
            "27999 octets",
            "Un été à la mer",
            "relay/server: M-NotifyResp.ind",
            "relay/server: M-Acknowledge.ind",
            "reported",
            "M-Send.conf",
        ],
    ),
    ("push_in_short_messages", &["waiting for [1]", "M-Notification.ind"]),
    ("read_slides", &["slide 1, Some(5s)", "  Text: Héllo wörld"]),
    ("relay_mm1_to_mm4", &["X-Mms-Message-ID: \"mm-1\""]),
    ("submit_mm7", &["Some(1000 Success), message mid-1"]),
    ("walk_without_allocating", &["subject: Un été à la mer", "  image/gif at octet 393"]),
];

/// `cargo test` builds the examples before it runs this; `cargo test --test programs` alone does not.
#[test]
fn every_example_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = std::fs::read_dir(root.join("examples")).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<_> = sources.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    assert_eq!(names, EXAMPLES.map(|(name, _)| name));
    let tests = std::env::current_exe().unwrap();
    let folder = tests.ancestors().nth(2).unwrap().join("examples");
    for (name, expected) in EXAMPLES {
        let program = folder.join(name).with_extension(std::env::consts::EXE_EXTENSION);
        assert!(program.exists(), "{} is not built: run `cargo build --examples`", program.display());
        let output = Command::new(program).current_dir(root).output().unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        for line in expected {
            assert!(shown.lines().any(|shown| shown == *line), "{name} does not print {line:?}:\n{shown}");
        }
        let lines = std::fs::read_to_string(root.join("examples").join(name).with_extension("rs")).unwrap();
        assert!(lines.lines().count() <= 60, "{name} is longer than an example should be");
    }
}

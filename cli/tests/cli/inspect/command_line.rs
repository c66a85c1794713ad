//! Arguments, exit codes, standard input, broken pipes.

use std::process::Stdio;

use serde_json::json;

use super::{command, data, program, run, run_with_input};

#[test]
fn ends_with_2_for_wrong_usage() {
    for args in [
        &[][..],
        &["--json"],
        &["--no-such-option", "send-req.mms"],
        &["--as", "mm9", "send-req.mms"],
        &["send-req.mms", "--extract"],
        &["--json=yes", "send-req.mms"],
    ] {
        let run = run(args);
        assert_eq!(run.code, Some(2), "{args:?}");
        assert_eq!(run.out, "", "{args:?}");
        assert!(run.err.contains("--help"), "{}", run.err);
    }
}

#[test]
fn explains_itself() {
    let run = run(&["--help"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for option in ["--json", "--as", "--strict", "--extract", "FILE"] {
        assert!(run.out.contains(option), "{option}");
    }
}

#[test]
fn ends_with_1_and_tells_file_reason_octet_and_field() {
    let run = run(&["--json", "--strict", "send-req.mms", "subject-without-quote.mms", "notification-ind.mms"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(run.err, "mms: subject-without-quote.mms: text has no quote octet at octet 43, in Subject\n");
    let lines = run.json();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[1],
        json!({
            "file": "subject-without-quote.mms",
            "error": {"message": "text has no quote octet", "offset": 43, "field": "Subject"},
        })
    );
    assert_eq!(lines[2]["type"], "m-notification-ind");
}

#[test]
fn ends_with_1_where_there_is_no_message() {
    let run = run(&["--json", "no-such-file.mms"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.starts_with("mms: no-such-file.mms: "), "{}", run.err);
    assert_eq!(run.json()[0]["file"], "no-such-file.mms");
    assert!(run.json()[0]["error"]["message"].is_string());

    let run = run_with_input(&["--json", "-"], b"This is no message.");
    assert_eq!(run.code, Some(1));
    let error = json!({"message": "not a message of any interface known here", "offset": null, "field": null});
    assert_eq!(run.json(), [json!({"file": "-", "error": error})]);

    let run = run_with_input(&["--as", "mm1", "-"], b"\x01\x06\x03\xbe\xaf\x84");
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    let expected = "mms: -: mandatory field is missing at octet 0, in X-Mms-Message-Type\n";
    assert_eq!(run.err, expected);
}

#[test]
fn reads_standard_input() {
    let from_file = run(&["send-req.mms"]);
    let from_input = run_with_input(&["-"], &data("send-req.mms"));
    assert_eq!(from_input.code, Some(0));
    assert_eq!(from_input.out.replacen("-: ", "send-req.mms: ", 1), from_file.out);
}

#[test]
fn takes_a_closed_pipe_for_an_end() {
    let mut child = command(&["--json"; 1])
        .args(["send-req.mms"; 200])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn prints_a_tree_for_people() {
    let run = run(&["retrieve-conf.mms", "mbox-view-conf.mms", "truncated-part.mms"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for line in [
        "retrieve-conf.mms: mm1 m-retrieve-conf",
        "  X-Mms-Priority         High",
        "  To                     +447700900456/TYPE=PLMN",
        "                         alice@example.com",
        "  part 2: text.txt, 13 octets",
        "    Content-Type      text/plain; charset=utf-8; name=text.txt",
        "    | Héllo wörld",
        "    mm1 m-mbox-descr",
        "      X-Mms-MM-State          New",
        "  forgiven: content ends early at octet 511, in Content-Type",
    ] {
        assert!(run.out.lines().any(|shown| shown == line), "{line}\n{}", run.out);
    }
}

#[test]
fn lets_nobody_control_the_terminal() {
    for args in [&["control-characters.mms"][..], &["--json", "control-characters.mms"]] {
        let run = run(args);
        let unsafe_in = |c: &char| (c.is_control() && *c != '\n') || *c == '\u{202e}';
        assert_eq!(run.out.chars().find(unsafe_in), None, "{}", run.out);
        assert_eq!(run.code, Some(0));
    }
    let run = run(&["\u{1b}[2J.mms"]);
    assert!(run.err.starts_with("mms: \\u{1b}[2J.mms: "), "{}", run.err);
    let run = super::run(&["--json", "control-characters.mms"]);
    assert_eq!(run.json()[0]["fields"]["Subject"], "a\u{1b}]0;pwned\u{7}b");
    assert_eq!(run.json()[0]["parts"][0]["text"], "one\u{1b}[2Jtwo\r\n\u{9b}31m\u{202e}evil\u{7f}\n");
}

/// The long lines are shortened by the program itself.
#[test]
fn prints_what_the_readme_shows() {
    program::check_readme("inspect");
}

//! `mms compose`.

use mms_codec::{Bytes, Options, mm1, mm4, mm7};

use crate::program;

#[test]
fn it_writes_for_every_interface() {
    let arguments =
        ["--recipient", "+447700900123", "--from", "+12025550101", "-", "tests/data/dot.gif", "--text", "One"];
    for to in ["mm1", "mm4", "mm7"] {
        let output = program::command("compose", &["--to", to]).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let octets = Bytes::from(output.stdout);
        let strict = Options::strict();
        let body = match to {
            "mm1" => mm1::decode_with(&octets, &strict).unwrap().value.body().cloned(),
            "mm4" => mm4::decode_with(&octets, &strict).unwrap().value.body().cloned(),
            _ => mm7::decode_http_with(&octets, &strict).unwrap().value.message().unwrap().body.clone(),
        };
        assert_eq!(body.unwrap().leaves().count(), 3, "{to}");
    }
}

#[test]
fn reports_what_is_wrong() {
    let cases: [(&[&str], i32, &str); 7] = [
        (&["--recipient", "+1202", "--text", "Hi"], 2, "<OUT>"),
        (&["-", "--recipient", "+1202"], 2, "<FILE|--text <TEXT>>"),
        (&["-", "--text", "Hi"], 2, "--recipient <WHO>"),
        (&["-", "--recipient", "+1202", "--text", "Hi", "--to", "mm9"], 2, "invalid value 'mm9'"),
        (&["-", "--recipient", "+1202", "--text", "Hi", "--seconds=-1"], 2, "--seconds"),
        (&["-", "--recipient", "+1202", "no/such.jpg"], 1, "mms: no/such.jpg: "),
        (&["no/such/out.mms", "--recipient", "+1202", "--text", "Hi"], 1, "mms: no/such/out.mms: "),
    ];
    for (arguments, code, expected) in cases {
        let run = program::run(program::command("compose", arguments), b"");
        assert_eq!(run.code, Some(code), "{arguments:?}: {}", run.err);
        assert!(run.err.contains(expected), "{arguments:?}: {}", run.err);
    }
}

/// Texts, files and new slides take effect in the order of the command line.
#[test]
fn keeps_the_order_of_the_command_line() {
    let arguments = ["-", "--recipient", "+1202", "--text", "one", "--slide", "tests/data/dot.gif", "--seconds", "2"];
    let output = program::command("compose", &arguments).args(["--text", "two", "--text", "three"]).output().unwrap();
    let shown = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<_> = shown.lines().take_while(|line| !line.contains("content class")).collect();
    assert_eq!(
        lines,
        [
            "slide 1, 5 s",
            "  text1.txt: text/plain, 3 octets",
            "slide 2, 5 s",
            "  dot.gif: image/gif, 35 octets",
            "  text2.txt: text/plain, 3 octets",
            "slide 3, 2 s",
            "  text3.txt: text/plain, 5 octets",
        ]
    );
}

#[test]
fn prints_what_the_readme_shows() {
    let output = program::check_readme("compose");
    let decoded = mm1::decode_with(&Bytes::from(output), &Options::strict()).unwrap();
    assert!(matches!(decoded.value, mm1::Pdu::SendReq(_)));
}

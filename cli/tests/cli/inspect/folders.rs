//! Folders, summaries, tables, what is denied, and colours.

use std::fs;

use mms_codec::message::{Address, ContentType, Originator, Part};
use mms_codec::mm1;
use serde_json::json;

use super::{Scratch, command, data, program, run};

/// A folder with messages at several depths.
fn folder(test: &str) -> Scratch {
    let scratch = Scratch::new(test);
    fs::create_dir_all(scratch.0.join("a/b")).unwrap();
    for (name, file) in
        [("z.mms", "send-req.mms"), ("a/1.mms", "retrieve-conf.mms"), ("a/b/x", "notification-ind.push")]
    {
        fs::write(scratch.0.join(name), data(file)).unwrap();
    }
    fs::write(scratch.0.join("a/b/deviant"), data("subject-without-quote.mms")).unwrap();
    fs::write(scratch.0.join("noise"), "no message").unwrap();
    scratch
}

#[test]
#[cfg(unix)]
fn walks_folders_and_follows_no_links_in_them() {
    let scratch = folder("walk");
    std::os::unix::fs::symlink(&scratch.0, scratch.0.join("a/up")).unwrap();
    let run = run(&["--json", scratch.0.to_str().unwrap()]);
    let root = format!("{}/", scratch.0.display());
    let lines = run.json();
    let names: Vec<_> = lines.iter().map(|line| line["file"].as_str().unwrap().strip_prefix(&root).unwrap()).collect();
    assert_eq!(names, ["a/1.mms", "a/b/deviant", "a/b/x", "noise", "z.mms"]);
    assert_eq!(run.code, Some(1));
}

#[test]
fn summarises() {
    let scratch = folder("summary");
    let expected = json!({
        "decoded": 4, "refused": 1,
        "types": {"mm1 m-notification-ind": 2, "mm1 m-retrieve-conf": 1, "mm1 m-send-req": 1, "push Push": 1},
        "deviations": {"missing-quote": 1},
        "errors": {"not a message of any interface known here": 1},
    });
    let root = scratch.0.to_str().unwrap();
    let summary = run(&["--json", "--summary", root]);
    assert_eq!(summary.json(), [expected]);
    let shown = run(&["--summary", root]);
    for line in ["4 decoded, 1 not", "       2  mm1 m-notification-ind", "       1  missing-quote"] {
        assert!(shown.out.lines().any(|shown| shown == line), "{line}\n{}", shown.out);
    }
}

#[test]
fn denies_deviations() {
    let deny = |files: &[&str]| run(&[&["--deny", "deviations"], files].concat()).code;
    assert_eq!(deny(&["send-req.mms"]), Some(0));
    assert_eq!(deny(&["send-req.mms", "subject-without-quote.mms"]), Some(3));
    // What does not decode at all is worse.
    assert_eq!(deny(&["subject-without-quote.mms", "no-such-file"]), Some(1));
    assert_eq!(run(&["subject-without-quote.mms"]).code, Some(0));
}

#[test]
fn writes_tables_that_spreadsheets_do_not_execute() {
    let table = run(&["--csv", "send-req.mms", "notification-ind.push", "no-such-file"]);
    assert_eq!(table.code, Some(1));
    let lines: Vec<_> = table.out.lines().collect();
    assert_eq!(lines[0].split(',').count(), 12);
    assert_eq!(
        lines[1],
        "send-req.mms,mm1,m-send-req,S-0001,,2024-01-01T00:00:00Z,insert-address-token,\
         +447700900123/TYPE=PLMN; alice@example.com,Hello,3,,"
    );
    assert!(lines[2].starts_with("notification-ind.push,push,m-notification-ind,T1a2b3c,"), "{}", lines[2]);
    assert!(lines[3].starts_with("no-such-file,,,"), "{}", lines[3]);

    let octets = b"\x8c\x80\x98T1\0\x8d\x92\x89\x01\x81\x97+1/TYPE=PLMN\0\x96=HYPERLINK(\"http://x\",\"y\")\0\x84\x83";
    let table = super::run_with_input(&["--csv", "-"], octets);
    assert!(table.out.contains(r#","'=HYPERLINK(""http://x"",""y"")","#), "{}", table.out);
    let octets = b"\x8c\x80\x98T1\0\x8d\x92\x89\x01\x81\x97+1|cmd!A0\0\x96\x7f\xc3\xa9\x1b[2J\0\x84\x83";
    let table = super::run_with_input(&["--csv", "-"], octets);
    assert!(table.out.contains(r#","'+1|cmd!A0""#) && !table.out.contains('\u{1b}'), "{}", table.out);
    let octets = b"\x8c\x80\x98T1\0\x8d\x92\x89\x01\x81\x97+1/TYPE=1+cmd|'/C x'!A0\0\x84\x83";
    let table = super::run_with_input(&["--csv", "-"], octets);
    assert!(table.out.contains(r#","'+1/TYPE=1+cmd|"#), "{}", table.out);
}

#[test]
fn colours_are_only_for_those_who_want_them() {
    let shown = |variables: &[(&str, &str)]| {
        let mut command = command(&["subject-without-quote.mms"]);
        command.envs(variables.iter().copied());
        program::run(command, b"").out
    };
    let plain = shown(&[]);
    assert!(!plain.contains('\u{1b}'));
    let coloured = shown(&[("CLICOLOR_FORCE", "1")]);
    assert!(coloured.contains("\u{1b}[1msubject-without-quote.mms: mm1 m-notification-ind\u{1b}[0m\n"), "{coloured}");
    assert!(coloured.contains("\u{1b}[33mforgiven: "), "{coloured}");
    assert_eq!(shown(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]), plain);
}

#[test]
fn extracts_each_message_into_a_folder() {
    let scratch = folder("folders");
    let to = scratch.0.join("parts");
    // Where a folder of that name exists, another name is taken.
    fs::create_dir_all(to.join("z.mms")).unwrap();
    let from = |name: &str| scratch.0.join(name).to_str().unwrap().to_owned();
    let run = run(&["--extract", to.to_str().unwrap(), &from("z.mms"), &from("a/1.mms"), &from("a/../z.mms")]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let names = |below: &str| scratch.files(below).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names("parts/z.mms"), <[&str; 0]>::default());
    for folder in ["parts/z-2.mms", "parts/1.mms", "parts/z-3.mms"] {
        assert_eq!(names(folder), ["dot.gif", "smil.xml", "text.txt"], "{folder}");
    }
}

#[test]
fn extracts_no_more_parts_than_any_message_has() {
    let scratch = Scratch::new("many");
    let part = Part::new(ContentType::new("image/gif"), vec![7; 200]);
    let mut send = mm1::SendReq::default();
    send.transaction_id = Some("T1".into());
    send.message.from = Some(Originator::InsertAddress);
    send.message.to.push(Address::phone("+1202"));
    send.message.body =
        Some(Part::multipart(ContentType::new("application/vnd.wap.multipart.mixed"), vec![part; 1_001]));
    let octets = mm1::encode(&send).unwrap();
    let run = super::run_with_input(&["--extract", scratch.0.to_str().unwrap(), "-"], &octets);
    assert_eq!((run.code, run.err.as_str()), (Some(1), "mms: -: cannot extract: more than 1000 parts\n"));
    assert_eq!(scratch.files("").len(), 1_000);
}

/// The lines of a modem are several messages in one file.
#[test]
fn extracts_each_message_of_one_file_into_a_folder() {
    let scratch = Scratch::new("lines");
    let line = |push: &[u8]| program::run(program::command("split", &["-"]), push).out;
    let log = line(b"\x01\x06\x01\x83one") + &line(b"\x02\x06\x01\x83two");
    let run = super::run_with_input(&["--json", "--extract", scratch.0.to_str().unwrap(), "-"], log.as_bytes());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{log}");
    let files: Vec<_> =
        run.json().iter().map(|line| line["parts"][0]["extracted"].as_str().unwrap().to_owned()).collect();
    let contents: Vec<_> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    assert_eq!(contents, ["one", "two"]);
    let folders: Vec<_> = files.iter().map(|file| std::path::Path::new(file).parent().unwrap()).collect();
    assert_ne!(folders[0], folders[1]);
}

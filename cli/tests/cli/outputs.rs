//! What commands write to: files that they may replace, and nothing else.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use crate::program::{Scratch, command, run};

const MESSAGE: &str = "tests/data/retrieve-conf.mms";
const NOTIFICATION: &[u8] =
    b"\x8c\x82\x98T1\0\x8d\x92\x8a\x80\x8e\x02\x75\x30\x88\x05\x81\x03\x03\xf4\x80\x83http://example.org/1\0";

/// Every command that writes a file of a given name.
fn commands(scratch: &Path, to: &Path) -> Vec<Command> {
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let notification = scratch.join("notification");
    fs::write(&notification, NOTIFICATION).unwrap();
    let (notification, push, to) = (path(&notification), path(&scratch.join("push")), path(to));
    let segments = run(command("split", &[&notification]), b"");
    assert_eq!(segments.code, Some(0), "{}", segments.err);
    fs::write(&push, segments.out).unwrap();
    vec![
        command("inspect", &["--html", &to, MESSAGE]),
        command("fix", &[MESSAGE, &to]),
        command("split", &["--out", &to, &notification]),
        command("join", &["--out", &to, &push]),
        command("transcode", &["--to", "mm7", "--vasp-id", "acme", "tests/vectors/mm4/forward_req.eml", &to]),
        command("compose", &["--recipient", "+447700900123", &to, "--text", "Hello"]),
    ]
}

#[test]
fn files_are_replaced_with_their_permissions() {
    let scratch = Scratch::new("outputs-files");
    let folder = scratch.0.join("to");
    fs::create_dir(&folder).unwrap();
    let to = folder.join("out");
    for command in commands(&scratch.0, &to) {
        fs::write(&to, b"old").unwrap();
        fs::set_permissions(&to, fs::Permissions::from_mode(0o600)).unwrap();
        let what = format!("{command:?}");
        let run = run(command, b"");
        assert_eq!(run.code, Some(0), "{what} {}", run.err);
        assert_ne!(fs::read(&to).unwrap(), b"old", "{what}");
        assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600, "{what}");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "{what}");
    }
}

#[test]
fn links_are_not_followed_and_pipes_not_replaced() {
    let scratch = Scratch::new("outputs-links");
    let folder = scratch.0.join("to");
    fs::create_dir(&folder).unwrap();
    let [kept, missing, link, dangling, pipe] =
        ["kept", "missing", "link", "dangling", "pipe"].map(|name| folder.join(name));
    fs::write(&kept, b"kept").unwrap();
    symlink(&kept, &link).unwrap();
    symlink(&missing, &dangling).unwrap();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for to in [&link, &dangling, &pipe, &folder] {
        for command in commands(&scratch.0, to) {
            let what = format!("{command:?}");
            let run = run(command, b"");
            assert_eq!(run.code, Some(1), "{what}");
            assert!(run.err.contains("exists and is not a regular file"), "{what} {}", run.err);
        }
        assert_eq!(fs::read(&kept).unwrap(), b"kept");
        assert!(!missing.exists());
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 4);
    assert_eq!(fs::read_dir(&scratch.0).unwrap().count(), 3);
}

#[test]
fn manual_pages_do_not_follow_links() {
    let scratch = Scratch::new("outputs-man");
    let (folder, kept) = (scratch.0.join("man1"), scratch.0.join("kept"));
    fs::create_dir(&folder).unwrap();
    fs::write(&kept, b"kept").unwrap();
    symlink(&kept, folder.join("mms-fix.1")).unwrap();
    let run = run(command("man", &[folder.to_str().unwrap()]), b"");
    assert_eq!((run.code, fs::read(&kept).unwrap().as_slice()), (Some(1), &b"kept"[..]), "{}", run.err);
}

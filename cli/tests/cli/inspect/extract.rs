//! Parts written to files, whatever the sender calls them.

use super::{Scratch, run};

/// What `hostile-names.mms` calls its parts, and what may come of it.
const NAMES: [(&str, &str); 17] = [
    ("../../etc/passwd", "passwd.txt"),
    ("..\\..\\boot.ini", "boot.ini"),
    ("/etc/shadow", "shadow.txt"),
    (".bashrc", "bashrc.txt"),
    ("...", "part-5.txt"),
    ("CON.txt", "_CON.txt"),
    ("lpt1", "_lpt1.txt"),
    ("-rf", "rf.txt"),
    ("a:b|c?.txt", "a_b_c_.txt"),
    ("same.txt", "same.txt"),
    ("same.txt", "same-2.txt"),
    ("SAME.txt", "SAME.txt"),
    ("new\u{2028}line\u{202e}.txt", "new_line_.txt"),
    ("nnn...", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn.txt"),
    ("dir/", "part-15.txt"),
    ("", "part-16.txt"),
    ("aux .txt", "_aux .txt"),
];

#[test]
#[cfg(unix)]
fn gives_hostile_names_a_safe_form() {
    let scratch = Scratch::new("names");
    let inside = scratch.0.join("inside/deeper");
    let run = run(&["--json", "--extract", inside.to_str().unwrap(), "hostile-names.mms"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let mut expected: Vec<_> =
        (1..).zip(NAMES).map(|(number, (_, name))| (name.to_owned(), format!("part {number}"))).collect();
    let extracted: Vec<_> = expected.iter().map(|(name, _)| inside.join(name).to_str().unwrap().to_owned()).collect();
    let parts = run.json()[0]["parts"].as_array().unwrap().clone();
    assert_eq!(parts.iter().map(|part| part["extracted"].as_str().unwrap()).collect::<Vec<_>>(), extracted);
    expected.sort();
    assert_eq!(scratch.files("inside/deeper"), expected);
    assert_eq!(scratch.files("inside"), []);
    assert_eq!(scratch.files(""), []);
}

#[test]
#[cfg(unix)]
fn overwrites_nothing_and_follows_no_link() {
    let scratch = Scratch::new("kept");
    let directory = scratch.0.join("parts");
    std::fs::create_dir(&directory).unwrap();
    std::fs::write(directory.join("text.txt"), "kept").unwrap();
    std::os::unix::fs::symlink(scratch.0.join("outside"), directory.join("smil.xml")).unwrap();
    let run = run(&["--extract", directory.to_str().unwrap(), "send-req.mms"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let files = scratch.files("parts");
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["dot.gif", "smil-2.xml", "text-2.txt", "text.txt"]);
    assert_eq!(files[2].1, "Héllo wörld");
    assert_eq!(files[3].1, "kept");
    assert!(!scratch.0.join("outside").exists());
}

#[test]
fn extracts_the_messages_in_parts_and_their_parts() {
    let scratch = Scratch::new("nested");
    let run = run(&["--json", "--extract", scratch.0.to_str().unwrap(), "mbox-view-conf.mms"]);
    assert_eq!(run.code, Some(0));
    let files = scratch.files("");
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].0, "part-1.mms");
    assert_eq!(std::fs::read(scratch.0.join("part-1.mms")).unwrap().len(), 56);
}

#[test]
fn tells_when_it_cannot_write() {
    let scratch = Scratch::new("file");
    std::fs::write(scratch.0.join("file"), "").unwrap();
    let directory = scratch.0.join("file");
    let run = run(&["--json", "--extract", directory.to_str().unwrap(), "send-req.mms"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.starts_with("mms: send-req.mms: cannot extract: "), "{}", run.err);
    // The message decoded all the same.
    let lines = run.json();
    assert_eq!((lines.len(), &lines[0]["type"]), (1, &"m-send-req".into()));
    assert!(lines[0]["parts"][0]["extracted"].is_null() && lines[0]["error"].is_null());
}

//! `mms man`, `mms completions`, and the help of every command.

use crate::program::{Scratch, command, run};

const COMMANDS: [&str; 11] =
    ["inspect", "check", "carve", "fix", "diff", "transcode", "compose", "split", "join", "man", "completions"];

#[test]
fn every_command_explains_itself_with_examples() {
    let all = run(command("help", &[] as &[&str]), b"");
    let listed: Vec<_> =
        all.out.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next()).collect();
    for name in COMMANDS {
        assert!(listed.contains(&name), "{name}\n{}", all.out);
        let help = run(command(name, &["--help"]), b"");
        assert_eq!(help.code, Some(0));
        assert!(help.out.contains("Examples:") && help.out.contains(&format!("mms {name} ")), "{}", help.out);
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let scratch = Scratch::new("man");
    let written = run(command("man", &[scratch.0.to_str().unwrap()]), b"");
    assert_eq!((written.code, written.err.as_str()), (Some(0), ""));
    let pages = scratch.files("");
    for name in COMMANDS {
        let (_, page) = pages.iter().find(|(file, _)| *file == format!("mms-{name}.1")).expect(name);
        assert!(page.contains(".TH") && page.contains("Examples:"), "{name}");
    }
    let page = run(command("man", &[] as &[&str]), b"");
    assert!(page.out.contains(".SH NAME"), "{}", page.out);
}

#[test]
fn shells_complete_commands_and_options() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(command("completions", &[shell]), b"");
        assert_eq!(script.code, Some(0), "{}", script.err);
        assert!(script.out.contains("transcode") && script.out.contains("vasp-id"), "{shell}");
    }
    assert_eq!(run(command("completions", &["cmd"]), b"").code, Some(2));
}

//! Runs of the program, and the commands of the README.

use std::ffi::OsStr;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The root of the repository.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The lines of standard output as JSON.
    pub(crate) fn json(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
    }
}

/// A command of the program, in the root of the repository.
pub(crate) fn command<S: AsRef<OsStr>>(name: &str, arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mms"));
    command.arg(name).args(arguments).current_dir(ROOT).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// Runs a command with this on standard input.
pub(crate) fn output(mut command: Command, input: &[u8]) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// Runs a command whose output is text.
pub(crate) fn run(command: Command, input: &[u8]) -> Run {
    let output = output(command, input);
    let text = |octets| String::from_utf8(octets).expect("output is UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs the command of the README, and checks that it prints what is between the comments `<!-- name -->` under it:
/// to standard error if it writes a file, whose octets are given here. `UPDATE_README=1` writes what it prints there.
pub(crate) fn check_readme(name: &str) -> Vec<u8> {
    let readme = std::fs::read_to_string(README).unwrap();
    let (_, rest) = readme.split_once(&format!("-- {name} ")).unwrap();
    let (arguments, _) = rest.split_once("\n```").unwrap();
    let (begin, end) = (format!("<!-- {name} -->\n```text\n"), format!("```\n<!-- /{name} -->\n"));
    let (before, rest) = readme.split_once(&begin).unwrap();
    let (shown, after) = rest.split_once(&end).unwrap();
    // No argument of the command has a quotation mark or a blank, except for those in quotation marks.
    let arguments = arguments.split('"').zip([false, true].into_iter().cycle()).flat_map(|(text, is_quoted)| {
        let words: Vec<_> = if is_quoted { vec![text] } else { text.split_whitespace().collect() };
        words.into_iter().filter(|word| *word != "\\")
    });
    let is_output = |argument: &str| argument.starts_with("out.");
    let writes = arguments.clone().any(is_output);
    let arguments: Vec<_> = arguments.map(|argument| if is_output(argument) { "-" } else { argument }).collect();
    let output = output(command(name, &arguments), b"");
    let printed = String::from_utf8(if writes { output.stderr } else { output.stdout.clone() }).unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(README, format!("{before}{begin}{printed}{end}{after}")).unwrap();
    } else {
        assert_eq!(printed, shown, "UPDATE_README=1 cargo test -p mms-tools readme -- --test-threads 1 updates it");
    }
    output.stdout
}

/// A new directory for one test.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("mms-tools-{test}-{}", std::process::id()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    /// The names and contents of the files, sorted by name.
    pub(crate) fn files(&self, below: &str) -> Vec<(String, String)> {
        let entries = std::fs::read_dir(self.0.join(below)).unwrap().map(|entry| entry.unwrap());
        let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
        let mut files: Vec<_> = files
            .map(|entry| {
                let content = String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).into_owned();
                (entry.file_name().into_string().unwrap(), content)
            })
            .collect();
        files.sort();
        files
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

//! The commands of the README, run as they stand there.

use std::process::Command;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// Runs the command that shows the example, and checks that it prints to standard error what
/// stands under it between the comments `<!-- name -->`. `UPDATE_README=1` writes that there.
/// Gives what the example would have written to its output file.
pub(crate) fn run(name: &str) -> Vec<u8> {
    let readme = std::fs::read_to_string(PATH).unwrap();
    let (_, rest) = readme.split_once(&format!("--example {name} -- ")).unwrap();
    let (command, _) = rest.split_once("\n```").unwrap();
    let (begin, end) = (format!("<!-- {name} -->\n```text\n"), format!("```\n<!-- /{name} -->\n"));
    let (before, rest) = readme.split_once(&begin).unwrap();
    let (shown, after) = rest.split_once(&end).unwrap();
    // No argument of the command has a quotation mark or a blank, but for those in quotation marks.
    let arguments = command.split('"').zip([false, true].into_iter().cycle()).flat_map(|(text, is_quoted)| {
        let words: Vec<_> = if is_quoted { vec![text] } else { text.split_whitespace().collect() };
        words.into_iter().filter(|word| *word != "\\")
    });
    let arguments = arguments.map(|argument| if argument.starts_with("out.") { "-" } else { argument });
    let output = command_of(name).args(arguments).output().unwrap();
    let printed = String::from_utf8(output.stderr).unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(PATH, format!("{before}{begin}{printed}{end}{after}")).unwrap();
    } else {
        assert_eq!(printed, shown, "UPDATE_README=1 cargo test updates it");
    }
    output.stdout
}

/// The example, which `cargo test` builds beside the tests, in the folder of the README.
/// `cargo test --test NAME` alone does not build it.
pub(crate) fn command_of(name: &str) -> Command {
    let tests = std::env::current_exe().unwrap();
    let program = tests.ancestors().nth(2).unwrap().join("examples").join(name);
    let program = program.with_extension(std::env::consts::EXE_EXTENSION);
    assert!(program.exists(), "{} is not built: run `cargo build --example {name}`", program.display());
    let mut command = Command::new(program);
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// The lines between the comments `<!-- name -->` and `<!-- /name -->` have to be `expected`.
pub(crate) fn assert_section(name: &str, expected: &str) {
    let readme = std::fs::read_to_string(PATH).unwrap();
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
    let (before, rest) = readme.split_once(&begin).expect(name);
    let (section, after) = rest.split_once(&end).expect(name);
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(PATH, format!("{before}{begin}{expected}{end}{after}")).unwrap();
    } else {
        assert_eq!(section, expected, "UPDATE_README=1 cargo test --test programs readme updates it");
    }
}

//! `mms inspect`: what it prints, what it writes, how it ends.

mod command_line;
mod corpus;
mod expectation;
mod extract;
mod folders;
mod html;
mod json;
mod mm7;
mod octets;
mod pdus;
mod sources;
mod tshark;

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use crate::program::{self, ROOT, Run, Scratch};
use crate::{corpus as messages, vectors};

fn command<S: AsRef<OsStr>>(args: &[S]) -> Command {
    let mut command = program::command("inspect", args);
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data"));
    command
}

/// Runs the program in `tests/data`.
fn run<S: AsRef<OsStr>>(args: &[S]) -> Run {
    run_with_input(args, b"")
}

fn run_with_input<S: AsRef<OsStr>>(args: &[S], input: &[u8]) -> Run {
    program::run(command(args), input)
}

fn data(file: &str) -> Vec<u8> {
    std::fs::read(Path::new(ROOT).join("tests/data").join(file)).unwrap()
}

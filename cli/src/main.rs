//! The program `mms`: shows, finds, checks, repairs, compares, converts and makes MMS messages.
//!
//! Exit codes: 0 all was done, 1 something could not be, 2 the command line is wrong; `--help` of each command
//! lists others.

mod android;
mod capture;
mod carve;
mod check;
mod compose;
mod decoded;
mod diff;
mod file;
mod files;
mod fix;
mod http;
mod inspect;
mod manual;
mod printable;
mod segments;
mod source;
mod transcode;

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Shows, finds, checks, repairs, compares, converts and makes messages of the Multimedia Messaging Service: MM1 with WAP push and short messages, MM4,
/// MM7, and charging records.
#[derive(Debug, Parser)]
#[command(name = "mms", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Inspect(inspect::Args),
    Check(check::Args),
    Carve(carve::Args),
    Fix(fix::Args),
    Diff(diff::Args),
    Transcode(Box<transcode::Args>),
    Compose(Box<compose::Args>),
    Split(segments::SplitArgs),
    Join(segments::JoinArgs),
    Man(manual::ManArgs),
    Completions(manual::CompletionsArgs),
}

/// How a command ends.
type Outcome = Result<ExitCode, Box<dyn Error>>;

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Inspect(args) => inspect::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Carve(args) => carve::run(&args),
        Command::Fix(args) => fix::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Transcode(args) => transcode::run(&args),
        Command::Compose(args) => compose::run(&args),
        Command::Split(args) => segments::split(&args),
        Command::Join(args) => segments::join(&args),
        Command::Man(args) => manual::man(&args),
        Command::Completions(args) => manual::completions(&args),
    };
    match outcome {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(format_args!("{error}"));
            ExitCode::FAILURE
        }
    }
}

/// Whether whoever reads the output has seen enough.
fn is_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Reports what went wrong on standard error.
fn complain(what: fmt::Arguments<'_>) {
    note(format_args!("mms: {what}"));
}

/// Writes a line to standard error. If that is closed, nobody reads it.
fn note(what: fmt::Arguments<'_>) {
    let line = format!("{}\n", printable::Line(&what.to_string()));
    let _ = io::stderr().write_all(line.as_bytes());
}

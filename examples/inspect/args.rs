//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::*;
use mms_codec::Options;

use crate::interface::{INTERFACES, Interface};

pub(crate) const USAGE: &str = "usage: inspect [--json] [--as mm1|push|mm4|mm7|cdr] [--strict] [--extract DIR] FILE...";

pub(crate) const HELP: &str = "\
Shows MMS messages and charging records.

usage: inspect [--json] [--as mm1|push|mm4|mm7|cdr] [--strict] [--extract DIR] FILE...

  FILE           a message, or charging records; - is standard input
  --json         one JSON object a line instead of a tree
  --as NAME      what the files are; without it, the program finds out by itself
  --strict       refuse what the specification does not allow, instead of forgiving it
  --extract DIR  write each part to a file in DIR; files that exist are left alone
  --help         show this text

JSON: {\"file\":..,\"interface\":..,\"type\":..,\"fields\":{..},\"parts\":[..],\"deviations\":[..]}.
Fields that may be repeated are arrays. A field that the message struct does not have, or
whose value cannot be read, is shown as text or as its octets (\"0x0102\"); where its name
is taken, with a number: \"Subject (2)\". A file that does not decode gives
{\"file\":..,\"error\":{\"message\":..,\"offset\":..,\"field\":..}}.

Exit code: 0 all decoded, 1 one did not, 2 wrong usage.
";

pub(crate) enum Command {
    Help,
    Inspect(Args),
}

pub(crate) struct Args {
    pub(crate) json: bool,
    pub(crate) interface: Option<&'static Interface>,
    pub(crate) options: Options,
    pub(crate) extract: Option<PathBuf>,
    pub(crate) files: Vec<OsString>,
}

pub(crate) fn parse(mut from: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut args = Args { json: false, interface: None, options: Options::lenient(), extract: None, files: Vec::new() };
    while let Some(arg) = from.next()? {
        match arg {
            Long("json") => args.json = true,
            Long("strict") => args.options = Options::strict(),
            Long("extract") => args.extract = Some(from.value()?.into()),
            Long("as") => {
                let name = from.value()?.string()?;
                let known = INTERFACES.iter().find(|interface| interface.name == name);
                args.interface = Some(known.ok_or_else(|| format!("no such interface: {name}"))?);
            }
            Long("help") | Short('h') => return Ok(Command::Help),
            Value(file) => args.files.push(file),
            _ => return Err(arg.unexpected()),
        }
    }
    if args.files.is_empty() {
        return Err("no file is given".into());
    }
    Ok(Command::Inspect(args))
}

//! Shows MMS messages and charging records: to people as a tree, to scripts as JSON.
//!
//! ```text
//! inspect [--json] [--as mm1|push|mm4|mm7|cdr] [--strict] [--extract DIR] FILE...
//! ```
//!
//! `-` is standard input. The program detects what a file is; `--as` overrides it. Messages
//! of MM1 and MM7 and pushes may be in an HTTP message, a push in an SMS-DELIVER or SMS-SUBMIT with or
//! without the address of the service centre, as octets or as the line of hexadecimal digits that a
//! modem writes; offsets in such a line count from the push. The exit code is 0 when all files decoded,
//! 1 when one did not, and 2 for a wrong
//! command line. Decoding errors are reported on standard error: file, reason, octet, field.
//!
//! # JSON
//!
//! With `--json`, each file gives one object on one line. The form is a promise to scripts:
//!
//! ```json
//! {"file":"a.mms","interface":"mm1","type":"m-retrieve-conf",
//!  "fields":{"X-Mms-Transaction-ID":"T1","To":["a@example.com"],"X-Mms-Message-Size":30000},
//!  "parts":[{"path":"1","content_type":"text/plain; charset=utf-8","content_id":"<t>",
//!            "content_location":"t.txt","name":"t.txt","length":12,"sha256":"...","text":"..."}],
//!  "deviations":[{"offset":12,"field":"Subject","kind":"missing-quote"}]}
//! ```
//!
//! - `fields` has the fields in the order of the message, with the names and words of the
//!   specification. Fields that may be repeated are arrays, however often they are there. Absolute
//!   times are RFC 3339 in UTC, relative ones `PT<seconds>S`; numbers are numbers; a code that no
//!   specification knows is `"0x9A"`.
//! - A field that the message struct does not have, or whose value cannot be read, is there too: text
//!   as text, anything else as its octets, `"0x0102"`. Where its name is taken already, it has a
//!   number: a second subject is `"Subject (2)"`. No field name has blanks or parentheses. Octets
//!   that are no field at all are `"stray-octets"`.
//! - `parts` has the leaves of the body in their order. `path` is their place in the tree, such as
//!   `2.1`. Length, digest and text are those of the content with its transfer encoding undone.
//!   `text` is there for text only. A message in a part (`application/vnd.wap.mms-message`) is in
//!   its `pdu`, or the reason why it is not in its `error`. With `--extract`, `extracted` is the
//!   file that the content went to.
//! - `deviations` has what was forgiven; offsets count from the start of the file. `field` is
//!   missing where there is none.
//! - A push is `{"file":..,"interface":"push","type":"Push","fields":{..},"pdu":{..},"deviations":[..]}`.
//!   `pdu` has the form above, without `file`. A push of anything but a message has `parts` instead.
//! - A file of charging records (feature `cdr`) gives one object for each record, without `parts`:
//!   `{"file":..,"interface":"cdr","type":"mMO1SRecord","fields":{..},"deviations":[..]}`. Names are
//!   those of the module, structures in the notation of ASN.1; times have their zone. Where other
//!   files hold the message that a record is about, `messages` has their names. Octets that are no
//!   record are a failure, and the records behind them follow.
//! - Failure is `{"file":..,"error":{"message":..,"offset":..,"field":..}}`; `offset` and `field`
//!   are `null` where there is none.
//! - Parts that cannot be written to a file have no `extracted`; the reason is reported on standard
//!   error, and the exit code is 1.
//!
//! But for those of an error, keys that have no value are absent. Further keys may come, these stay.

#![expect(
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core,
    reason = "a program for machines with an operating system"
)]

mod args;
mod extract;
mod interface;
mod json;
mod printable;
mod tree;
mod view;

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fmt;
use std::io::{self, Read, Write};
use std::process::ExitCode;

use mms_codec::{Bytes, DecodeError};

use self::args::{Args, Command};
use self::extract::Extractor;
use self::printable::Line;
use self::view::View;

fn main() -> ExitCode {
    let run = match args::parse(lexopt::Parser::from_env()) {
        Ok(Command::Help) => io::stdout().write_all(args::HELP.as_bytes()).map(|()| true),
        Ok(Command::Inspect(args)) => inspect_all(&args),
        Err(error) => {
            complain(format_args!("{error}\n{}", args::USAGE));
            return ExitCode::from(2);
        }
    };
    match run {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever read the output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            complain(format_args!("standard output: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Shows all files and returns whether all of them decoded. Fails if the output cannot be written.
fn inspect_all(args: &Args) -> io::Result<bool> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut all_decoded = true;
    let mut extractor = args.extract.as_deref().map(Extractor::new);
    let messages = messages(args);
    for file in &args.files {
        let name = file.to_string_lossy();
        for mut shown in inspect(file, args) {
            if let Ok(view) = &mut shown
                && view.interface == "cdr"
            {
                view.messages = view.message_id().and_then(|id| messages.get(&id)).cloned().unwrap_or_default();
            }
            let mut failures = shown.as_ref().map_or_else(|failure| vec![failure.to_string()], View::errors);
            if let (Ok(view), Some(to)) = (&mut shown, &mut extractor)
                && let Err(error) = to.extract(view)
            {
                failures.push(format!("cannot extract: {error}"));
            }
            for failure in failures {
                all_decoded = false;
                complain(format_args!("{}: {}", Line(&name), Line(&failure)));
            }
            match (&shown, args.json) {
                (Ok(view), true) => writeln!(out, "{}", json::view(&name, view))?,
                (Ok(view), false) => write!(out, "{}", tree::view(&name, view))?,
                (Err(failure), true) => writeln!(out, "{}", json::failure(&name, failure))?,
                (Err(_), false) => {}
            }
            out.flush()?;
        }
    }
    Ok(all_decoded)
}

/// The files of each message by its identifier, if there are charging records that may ask for them.
fn messages(args: &Args) -> HashMap<String, Vec<String>> {
    let mut messages = HashMap::<String, Vec<String>>::new();
    // Standard input can be read once.
    let files = || args.files.iter().filter(|file| file.as_encoded_bytes() != b"-");
    let is_cdr = |file: &&std::ffi::OsString| {
        let octets = read(file).map(Bytes::from).unwrap_or_default();
        args.interface.or_else(|| interface::detect(&octets)).is_some_and(|interface| interface.name == "cdr")
    };
    if args.files.len() < 2 || !files().any(|file| is_cdr(&file)) {
        return messages;
    }
    for file in files() {
        let views = inspect(file, args).into_iter().flatten().filter(|view| view.interface != "cdr");
        for id in views.filter_map(|view| view.pdu.as_ref().map_or_else(|| view.message_id(), |pdu| pdu.message_id())) {
            messages.entry(id).or_default().push(file.to_string_lossy().into_owned());
        }
    }
    messages
}

fn inspect(file: &OsStr, args: &Args) -> Vec<Result<View, Failure>> {
    let octets = match read(file) {
        Ok(octets) => Bytes::from(octets),
        Err(error) => return vec![Err(Failure::Read(error))],
    };
    let Some(interface) = args.interface.or_else(|| interface::detect(&octets)) else {
        return vec![Err(Failure::Unrecognised)];
    };
    let views = interface::inspect_all(interface, &octets, &args.options);
    views.into_iter().map(|view| view.map_err(Failure::Decode)).collect()
}

fn read(file: &OsStr) -> io::Result<Vec<u8>> {
    if file.as_encoded_bytes() != b"-" {
        return std::fs::read(file);
    }
    let mut octets = Vec::new();
    io::stdin().lock().read_to_end(&mut octets)?;
    Ok(octets)
}

/// Nobody can be told that standard error is closed.
fn complain(what: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "inspect: {what}");
}

/// Why a file is not shown.
#[derive(Debug)]
enum Failure {
    Read(io::Error),
    Unrecognised,
    Decode(DecodeError),
}

impl Failure {
    /// The reason, without octet and field.
    fn message(&self) -> String {
        match self {
            Self::Read(error) => error.to_string(),
            Self::Unrecognised => "not a message of any interface known here".into(),
            Self::Decode(error) => error.kind.to_string(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => error.fmt(f),
            other => f.write_str(&other.message()),
        }
    }
}

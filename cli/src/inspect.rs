//! `mms inspect`: messages and charging records, to people as a tree, to scripts as JSON.
//!
//! The program detects what a file is; `--as` overrides it. Messages
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
//! - A file of charging records gives one object for each record, without `parts`:
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

mod extract;
mod interface;
mod json;
mod tree;
mod view;

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use mms_codec::{Bytes, DecodeError, Options};

use self::extract::Extractor;
use self::interface::{INTERFACES, Interface};
use self::view::View;
use crate::printable::Line;
use crate::{Outcome, complain, file};

/// Show messages and charging records
///
/// The program finds out what each file is: a PDU of MM1 or a push, also in an HTTP message; a push in a short message,
/// in octets or in the hexadecimal digits of a modem; a mail of MM4; MM7, bare or in an HTTP message; charging records.
#[derive(Debug, clap::Args)]
#[command(after_long_help = HELP)]
pub(crate) struct Args {
    /// A message, or charging records; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// Print one JSON object a line instead of a tree
    #[arg(long)]
    json: bool,
    /// What the files are, instead of what they look like
    #[arg(long = "as", value_name = "NAME", value_parser = interface_parser())]
    interface: Option<&'static Interface>,
    /// Refuse what the specification does not allow, instead of forgiving it
    #[arg(long)]
    strict: bool,
    /// Write each part to a file in DIR; files that exist are left alone
    #[arg(long, value_name = "DIR")]
    extract: Option<PathBuf>,
}

const HELP: &str = "\
JSON:
  {\"file\":..,\"interface\":..,\"type\":..,\"fields\":{..},\"parts\":[..],\"deviations\":[..]}
  Fields that may be repeated are arrays. A field that the message struct does not have, or whose value cannot be read,
  is shown as text or as its octets (\"0x0102\"); where its name is taken, with a number: \"Subject (2)\". A file that
  does not decode gives {\"file\":..,\"error\":{\"message\":..,\"offset\":..,\"field\":..}}.

Exit code:
  0 all decoded, 1 one did not, 2 wrong usage.

Examples:
  mms inspect message.mms
  mms inspect --json --extract parts *.mms";

fn interface_parser() -> impl TypedValueParser<Value = &'static Interface> {
    PossibleValuesParser::new(INTERFACES.iter().map(|interface| interface.name))
        .try_map(|name| INTERFACES.iter().find(|interface| interface.name == name).ok_or("no such interface"))
}

impl Args {
    const fn options(&self) -> Options {
        if self.strict { Options::strict() } else { Options::lenient() }
    }
}

/// Shows all files.
pub(crate) fn run(args: &Args) -> Outcome {
    match inspect_all(args) {
        Ok(true) => Ok(ExitCode::SUCCESS),
        Ok(false) => Ok(ExitCode::FAILURE),
        Err(error) => Err(io::Error::new(error.kind(), format!("standard output: {error}")).into()),
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
    let files = || args.files.iter().filter(|file| *file != file::STREAM);
    let is_cdr = |file: &&OsString| {
        let octets = file::read(file).map(Bytes::from).unwrap_or_default();
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
    let octets = match file::read(file) {
        Ok(octets) => Bytes::from(octets),
        Err(error) => return vec![Err(Failure::Read(error))],
    };
    let Some(interface) = args.interface.or_else(|| interface::detect(&octets)) else {
        return vec![Err(Failure::Unrecognised)];
    };
    let views = interface::inspect_all(interface, &octets, &args.options());
    views.into_iter().map(|view| view.map_err(Failure::Decode)).collect()
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

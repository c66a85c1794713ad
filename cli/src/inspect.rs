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
//! - In a capture, or in the lines of a modem, the file of a message is that of the capture, a colon, and the number
//!   of the packet or line.
//! - A segment of a push whose other segments are not among the files has the type `segment 1 of 2`, the fields of
//!   its header, and no parts. The file of a push that was joined is `a + b`.
//! - Failure is `{"file":..,"error":{"message":..,"offset":..,"field":..}}`; `offset` and `field`
//!   are `null` where there is none.
//! - Parts that cannot be written to a file have no `extracted`; the reason is reported on standard
//!   error, and the exit code is 1.
//!
//! But for those of an error, keys that have no value are absent. Further keys may come, these stay.

mod csv;
mod extract;
mod html;
pub(crate) mod interface;
mod json;
pub(crate) mod octets;
pub(crate) mod segments;
mod summary;
mod tree;
pub(crate) mod view;

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use indicatif::{ProgressBar, ProgressStyle};
use mms_codec::{Bytes, DecodeError, Options};

use self::extract::Extractor;
use self::html::Page;
use self::interface::{INTERFACES, Interface};
use self::segments::{Segment, Segments};
use self::summary::Summary;
use self::view::View;
use crate::files::Expanded;
use crate::source::{Source, sources};
use crate::{Outcome, complain, file, files};

/// Show messages and charging records
///
/// The program finds out what each file is: a PDU of MM1 or a push, also in an HTTP message; a push in a short message;
/// a mail of MM4; MM7, bare or in an HTTP message; charging records. A file may also be text that stands for octets:
/// hexadecimal digits, base64, or the lines of a modem such as +CMT. Of a capture of a network (pcap, pcapng), the
/// messages in HTTP, SMTP, SMPP and pushes are shown; of a database of Android (mmssms.db) and of a file of SMS Backup &
/// Restore, those that are kept there. Segments of a push are joined.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Messages, or charging records; folders of them, at any depth; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// Print one JSON object a line instead of a tree
    #[arg(long)]
    json: bool,
    /// Print one line of comma separated values for each message
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Count types, deviations and errors instead of showing messages
    #[arg(long, conflicts_with = "csv")]
    summary: bool,
    /// Show each octet beside the field that it belongs to
    #[arg(long, conflicts_with_all = ["json", "csv", "summary"])]
    octets: bool,
    /// Write a page for a browser to OUT: messages as a phone shows them, fields, and octets; - is standard output
    #[arg(long, value_name = "OUT", conflicts_with_all = ["json", "csv", "summary", "octets"])]
    html: Option<PathBuf>,
    /// What the files are, instead of what they look like
    #[arg(long = "as", value_name = "NAME", value_parser = interface_parser())]
    interface: Option<&'static Interface>,
    /// Refuse what the specification does not allow, instead of forgiving it
    #[arg(long)]
    strict: bool,
    /// End with 3 where something was forgiven
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Write each part to a file in DIR, in a folder for each message if there are several; nothing is overwritten
    #[arg(long, value_name = "DIR")]
    extract: Option<PathBuf>,
}

/// What is not accepted
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    Deviations,
}

const HELP: &str = "\
JSON:
  {\"file\":..,\"interface\":..,\"type\":..,\"fields\":{..},\"parts\":[..],\"deviations\":[..]}
  Fields that may be repeated are arrays. A field that the message struct does not have, or whose value cannot be read,
  is shown as text or as its octets (\"0x0102\"); where its name is taken, with a number: \"Subject (2)\". A file that
  does not decode gives {\"file\":..,\"error\":{\"message\":..,\"offset\":..,\"field\":..}}.

Exit code:
  0 all decoded, 1 one did not, 2 wrong usage, 3 one has deviations that --deny names.

Colours are for terminals; NO_COLOR turns them off.

Examples:
  mms inspect message.mms
  mms inspect --json --extract parts *.mms
  mms inspect --octets message.mms
  mms inspect --html messages.html captures/
  mms inspect --summary captures/
  mms inspect --json network.pcapng
  mms inspect --deny deviations segment1.hex segment2.hex";

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
    // A page in one of the folders is not among their files.
    let files = files::expand(&args.files);
    let page = args.html.as_deref().map(|to| Page::new(to).map_err(|error| file::error_in(to.as_os_str(), &error)));
    let report = Report::new(args, files, page.transpose()?);
    let to = args.html.as_deref().map_or("standard output".into(), |to| to.to_string_lossy());
    report.all().map_err(|error| io::Error::new(error.kind(), format!("{to}: {error}")).into())
}

/// What is printed.
struct Report<'a> {
    args: &'a Args,
    files: Vec<Expanded>,
    out: io::BufWriter<io::StdoutLock<'static>>,
    in_colour: bool,
    extractor: Option<Extractor>,
    page: Option<Page>,
    segments: Segments,
    summary: Summary,
    /// The files of each message by its identifier, once a charging record asks for them.
    messages: Option<HashMap<String, Vec<String>>>,
    has_failed: bool,
    has_deviations: bool,
}

impl<'a> Report<'a> {
    fn new(args: &'a Args, files: Vec<Expanded>, page: Option<Page>) -> Self {
        let extractor = args.extract.as_deref().map(|to| Extractor::new(to, files.len() > 1));
        Self {
            args,
            files,
            out: io::BufWriter::new(io::stdout().lock()),
            in_colour: AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            extractor,
            page,
            segments: Segments::new(),
            summary: Summary::default(),
            messages: None,
            has_failed: false,
            has_deviations: false,
        }
    }

    /// Shows everything. Fails if the output cannot be written.
    fn all(mut self) -> io::Result<ExitCode> {
        if self.args.csv {
            writeln!(self.out, "{}", csv::HEAD)?;
        }
        let files = std::mem::take(&mut self.files);
        let bar = progress(files.len());
        for file in &files {
            match file {
                Ok(file) => self.file(file, &files)?,
                Err((file, error)) => {
                    let error = Failure::Read(io::Error::new(error.kind(), error.to_string()));
                    self.show(&file.to_string_lossy(), Err(error), &Bytes::new())?;
                }
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        for (name, segment) in self.segments.rest() {
            self.show(&name, Ok(segment.view()), segment.octets())?;
        }
        if let Some(page) = self.page.take() {
            page.finish()?;
        }
        match (self.args.summary, self.args.json) {
            (true, true) => writeln!(self.out, "{}", self.summary.json())?,
            (true, false) => write!(self.out, "{}", self.summary)?,
            (false, _) => {}
        }
        self.out.flush()?;
        let is_denied = self.has_deviations && self.args.deny == Some(Deny::Deviations);
        Ok(ExitCode::from(if self.has_failed {
            1
        } else if is_denied {
            3
        } else {
            0
        }))
    }

    fn file(&mut self, file: &OsStr, files: &[Expanded]) -> io::Result<()> {
        let name = file.to_string_lossy();
        let octets = match file::read(file) {
            Ok(octets) => Bytes::from(octets),
            Err(error) => return self.show(&name, Err(Failure::Read(error)), &Bytes::new()),
        };
        let sources = sources(&name, octets);
        if let Some(extractor) = &mut self.extractor {
            extractor.in_folders |= sources.len() > 1;
        }
        for source in sources {
            if let Some(stored) = source.stored {
                let shown = stored.map(|pdu| interface::stored(*pdu)).map_err(Failure::Stored);
                self.show(&source.name, shown, &Bytes::new())?;
                continue;
            }
            let is_push = self.args.interface.is_none_or(|interface| interface.name == "push");
            let segment = Segment::of(&source.octets, &source.originator).filter(|_| is_push);
            let joined = match segment {
                Some(segment) => self.segments.add(&source.name, segment),
                None => Some((source.name, source.octets)),
            };
            let Some((name, octets)) = joined else { continue };
            for mut shown in decode(&octets, self.args) {
                if let Ok(view) = &mut shown
                    && view.interface == "cdr"
                {
                    let messages = self.messages.get_or_insert_with(|| messages(files, self.args));
                    view.messages = view.message_id().and_then(|id| messages.get(&id)).cloned().unwrap_or_default();
                }
                self.show(&name, shown, &octets)?;
            }
        }
        Ok(())
    }

    fn show(&mut self, name: &str, mut shown: Result<View, Failure>, octets: &Bytes) -> io::Result<()> {
        let mut failures = shown.as_ref().map_or_else(|failure| vec![failure.to_string()], View::errors);
        if let (Ok(view), Some(to)) = (&mut shown, &mut self.extractor)
            && let Err(error) = to.extract(name, view)
        {
            failures.push(format!("cannot extract: {error}"));
        }
        if !failures.is_empty() {
            self.has_failed = true;
            self.out.flush()?;
        }
        failures.iter().for_each(|failure| complain(format_args!("{name}: {failure}")));
        self.has_deviations |= shown.as_ref().is_ok_and(|view| !view.all_deviations().is_empty());
        let kind = |view: &View| {
            let interface = INTERFACES.iter().find(|interface| interface.name == view.interface);
            interface.map_or(mms_codec::Interface::Mm1, Interface::kind)
        };
        if let Some(page) = &mut self.page {
            return match &shown {
                Ok(view) => page.add(name, view, octets, kind(view)),
                Err(failure) => page.add_failure(name, &failure.to_string()),
            };
        }
        match &shown {
            shown if self.args.summary => self.summary.add(shown),
            shown if self.args.csv => writeln!(self.out, "{}", csv::row(name, shown))?,
            Ok(view) if self.args.json => writeln!(self.out, "{}", json::view(name, view))?,
            Ok(view) if self.args.octets && view.interface != "cdr" => {
                let title = tree::title(name, view, self.in_colour);
                write!(self.out, "{title}{}", octets::view(octets, kind(view), &view.all_deviations()))?;
            }
            Ok(view) => write!(self.out, "{}", tree::view(name, view, self.in_colour))?,
            Err(failure) if self.args.json => writeln!(self.out, "{}", json::failure(name, failure))?,
            Err(_) => {}
        }
        // Whoever waits for a line gets it.
        if self.args.files.iter().any(|file| file == file::STREAM) || !failures.is_empty() {
            self.out.flush()?;
        }
        Ok(())
    }
}

/// A bar on a terminal that nothing else is written to, if there is much to do.
fn progress(files: usize) -> ProgressBar {
    if files < 100 || !io::stderr().is_terminal() || io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::try_from(files).unwrap_or(u64::MAX));
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} files, {eta} left");
    if let Ok(style) = style { bar.with_style(style) } else { bar }
}

/// The files of each message by its identifier.
fn messages(files: &[Expanded], args: &Args) -> HashMap<String, Vec<String>> {
    let mut messages = HashMap::<String, Vec<String>>::new();
    // Standard input can be read once.
    for file in files.iter().flatten().filter(|file| *file != file::STREAM) {
        let octets = file::read(file).map(Bytes::from).unwrap_or_default();
        let name = file.to_string_lossy();
        for Source { octets, .. } in sources(&name, octets) {
            let views = decode(&octets, args).into_iter().flatten().filter(|view| view.interface != "cdr");
            for id in views.filter_map(|view| view.pdu.as_deref().unwrap_or(&view).message_id()) {
                messages.entry(id).or_default().push(name.clone().into_owned());
            }
        }
    }
    messages
}

fn decode(octets: &Bytes, args: &Args) -> Vec<Result<View, Failure>> {
    let Some(interface) = args.interface.or_else(|| interface::detect(octets)) else {
        return vec![Err(Failure::Unrecognised)];
    };
    let views = interface::inspect_all(interface, octets, &args.options());
    views.into_iter().map(|view| view.map_err(Failure::Decode)).collect()
}

/// Why a file is not shown.
#[derive(Debug)]
enum Failure {
    Read(io::Error),
    /// What is in a database or a backup.
    Stored(String),
    Unrecognised,
    Decode(DecodeError),
}

impl Failure {
    /// The reason, without octet and field.
    fn message(&self) -> String {
        match self {
            Self::Read(error) => error.to_string(),
            Self::Stored(error) => error.clone(),
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

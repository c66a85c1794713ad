//! `mms check`: what a peer would dislike about a message.

mod profile;

use std::collections::HashMap;
use std::ffi::OsString;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::ValueEnum;
use memchr::memmem;
use mms_codec::mm1::{self, Breach, Version};
use mms_codec::{Bytes, Deviation, DeviationKind, Interface, Options};

use self::profile::Profile;
use crate::decoded::Message;
use crate::inspect::octets;
use crate::inspect::segments::{Segment, Segments};
use crate::printable::Line;
use crate::source::sources;
use crate::{Outcome, complain, file, files};

/// List what a peer would dislike about messages
///
/// Each line is a finding: what deviates from the specification, where, and its clause; with --version also the fields of
/// MM1 that a peer of that version does not know; with --profile what a peer of that kind has in another way. Segments of
/// a push are joined.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code:
  0 nothing found, or without --strict only what lenient peers forgive; 1 a message did not decode, or the profile is
  not one for it; 2 wrong usage; 3 a peer would refuse a message.

Examples:
  mms check --strict message.mms
  mms check --version 1.0 outbox/
  mms check --profile image-basic message.mms
  mms check --profile mm4-release-5 forward.eml")]
pub(crate) struct Args {
    /// Messages, or folders of them; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// The peer refuses whatever the specification does not allow
    #[arg(long)]
    strict: bool,
    /// The version of MMS that the peer has, on MM1
    #[arg(long, value_name = "VERSION")]
    version: Option<PeerVersion>,
    /// The kind of peer: the phones of a content class, an operator on MM4, or a peer on MM7
    #[arg(long, value_name = "NAME", value_parser = profile::parser())]
    profile: Option<Profile>,
}

/// A version of MMS encapsulation
#[derive(Clone, Copy, Debug, ValueEnum)]
enum PeerVersion {
    #[value(name = "1.0")]
    V1_0,
    #[value(name = "1.1")]
    V1_1,
    #[value(name = "1.2")]
    V1_2,
    #[value(name = "1.3")]
    V1_3,
}

impl From<PeerVersion> for Version {
    fn from(version: PeerVersion) -> Self {
        match version {
            PeerVersion::V1_0 => Self::V1_0,
            PeerVersion::V1_1 => Self::V1_1,
            PeerVersion::V1_2 => Self::V1_2,
            PeerVersion::V1_3 => Self::V1_3,
        }
    }
}

/// Checks all messages.
pub(crate) fn run(args: &Args) -> Outcome {
    let out = io::BufWriter::new(io::stdout().lock());
    let mut checks = Checks { args, out, has_failed: false, is_refused: false };
    let mut segments = Segments::new();
    for file in files::expand(&args.files) {
        let read = file.and_then(|file| match file::read(&file) {
            Ok(octets) => Ok((file.to_string_lossy().into_owned(), octets)),
            Err(error) => Err((file, error)),
        });
        let (name, octets) = match read {
            Ok(read) => read,
            Err((file, error)) => {
                checks.fail(&file.to_string_lossy(), &error)?;
                continue;
            }
        };
        for source in sources(&name, octets.into()) {
            let joined = match Segment::of(&source.octets, &source.originator) {
                Some(segment) => segments.add(&source.name, segment),
                None => {
                    let name = source.name.clone();
                    match source.encoded() {
                        Ok(source) => Some((name, source.octets)),
                        Err(error) => {
                            checks.fail(&name, &error)?;
                            None
                        }
                    }
                }
            };
            if let Some((name, octets)) = joined {
                checks.message(&name, &octets)?;
            }
        }
    }
    for (name, segment) in segments.rest() {
        checks.fail(&name, &format_args!("{}, the others are missing", segment.view().type_name))?;
    }
    checks.out.flush()?;
    Ok(ExitCode::from(if checks.has_failed {
        1
    } else if checks.is_refused {
        3
    } else {
        0
    }))
}

/// What was found so far.
struct Checks<'a> {
    args: &'a Args,
    out: io::BufWriter<io::StdoutLock<'static>>,
    has_failed: bool,
    is_refused: bool,
}

impl Checks<'_> {
    fn message(&mut self, name: &str, octets: &Bytes) -> io::Result<()> {
        let message = Message::decode(octets, &Options::lenient()).map_err(|error| error.to_string());
        let findings = match message.and_then(|message| findings(message, octets, self.args)) {
            Ok(findings) => findings,
            Err(error) => return self.fail(name, &error),
        };
        for finding in &findings {
            writeln!(self.out, "{}: {}", Line(name), Line(&finding.to_string()))?;
        }
        self.is_refused |= findings.iter().any(|finding| self.args.strict || finding.is_fatal);
        Ok(())
    }

    fn fail(&mut self, name: &str, error: &dyn fmt::Display) -> io::Result<()> {
        self.has_failed = true;
        self.out.flush()?;
        complain(format_args!("{name}: {error}"));
        Ok(())
    }
}

/// Something that a peer would dislike.
#[derive(Debug, Default)]
struct Finding {
    what: String,
    offset: Option<usize>,
    field: Option<String>,
    clause: Option<String>,
    /// The kind of deviation.
    kind: Option<&'static str>,
    /// Whether any peer of that version has nothing to go by.
    is_fatal: bool,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, offset, field, clause, kind, is_fatal: _ } = self;
        f.write_str(what)?;
        offset.map_or(Ok(()), |offset| write!(f, " at octet {offset}"))?;
        field.as_ref().map_or(Ok(()), |field| write!(f, ", in {field}"))?;
        clause.as_ref().map_or(Ok(()), |clause| write!(f, " ({clause})"))?;
        kind.map_or(Ok(()), |kind| write!(f, " [{kind}]"))
    }
}

fn findings(message: Message, octets: &Bytes, args: &Args) -> Result<Vec<Finding>, String> {
    let pdu = message.pdu().cloned();
    let deviation = |deviation: &Deviation| Finding {
        what: deviation.kind.to_string(),
        offset: Some(deviation.offset),
        field: deviation.field.map(Into::into),
        clause: clause(deviation, pdu.as_ref()),
        kind: Some(deviation.kind.name()),
        is_fatal: false,
    };
    let mut findings: Vec<_> = message.deviations().map(deviation).collect();
    let places = Places::new(octets);
    if let (Some(mut pdu), Some(version)) = (pdu.clone(), args.version) {
        let version = Version::from(version);
        let clause = Some("OMA-TS-MMS_ENC, 6.14.2".into());
        match pdu.fit_to(version) {
            Some(changes) => findings.extend(changes.iter().map(|change| Finding {
                what: format!("newer than MMS {version}, or with a value that is"),
                offset: places.of(&change.field).map(|(offset, _)| offset),
                field: Some(change.field.to_string()),
                clause: clause.clone(),
                ..Finding::default()
            })),
            None => findings.push(Finding {
                what: format!("{} is newer than MMS {version}", pdu.message_type()),
                clause,
                is_fatal: true,
                ..Finding::default()
            }),
        }
    }
    if let Some(profile) = &args.profile {
        findings.extend(profile.findings(message, octets, &places)?);
    }
    Ok(findings)
}

/// Where the fields are in a file, and what is written there.
struct Places {
    spans: HashMap<String, (usize, String)>,
    /// A message of MM7, whose fields are elements.
    elements: Option<Bytes>,
}

impl Places {
    fn new(octets: &Bytes) -> Self {
        let mut spans = HashMap::<String, (usize, String)>::new();
        let interface = mms_codec::detect(octets);
        if let Some(interface) = interface {
            octets::each(octets, interface, &mut |offset, span| {
                let value = span.value.as_deref().unwrap_or_default();
                let (_, text) = spans.entry(span.name.to_ascii_lowercase()).or_insert_with(|| (offset, String::new()));
                // Fields are repeated, and folded.
                text.push_str(value);
            });
        }
        Self { spans, elements: (interface == Some(Interface::Mm7)).then(|| octets.clone()) }
    }

    /// Of the first field of this name.
    fn of(&self, field: &str) -> Option<(usize, &str)> {
        let span = self.spans.get(&field.to_ascii_lowercase()).map(|(offset, text)| (*offset, text.as_str()));
        span.or_else(|| {
            let name = field.rsplit('.').next()?;
            element(self.elements.as_deref()?, name).map(|offset| (offset, ""))
        })
    }
}

/// Where the first start tag or attribute of this name is, with any prefix.
fn element(octets: &[u8], name: &str) -> Option<usize> {
    memmem::find_iter(octets, name).find_map(|at| {
        let before = octets.get(..at)?;
        let after = octets.get(at + name.len())?;
        match (before.last()?, after) {
            (b'<', b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n') => Some(at - 1),
            (b':', b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n') => {
                let prefix = before.iter().rev().skip(1).take_while(|octet| octet.is_ascii_alphanumeric()).count();
                let start = at.checked_sub(prefix + 2)?;
                (octets.get(start) == Some(&b'<')).then_some(start)
            }
            (b' ' | b'\t' | b'\r' | b'\n', b'=') => Some(at),
            _ => None,
        }
    })
}

/// The clause that a deviation is about: for fields of MM1 the rule that they break.
fn clause(deviation: &Deviation, pdu: Option<&mm1::Pdu>) -> Option<String> {
    let breach = match deviation.kind {
        DeviationKind::MissingField => Some(Breach::Missing),
        DeviationKind::FieldConflict => Some(Breach::Conflict),
        DeviationKind::NewerField => Some(Breach::Newer),
        _ => None,
    };
    let rules = pdu.into_iter().flat_map(|pdu| pdu.message_type().rules());
    let mut broken = rules.filter(|rule| rule.field.name() == deviation.field && Some(rule.breach) == breach);
    let rule = broken.next().map(|rule| format!("OMA-TS-MMS_ENC: {}", rule.text));
    rule.or_else(|| deviation.kind.clause().map(Into::into))
}

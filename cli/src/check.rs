//! `mms check`: what a peer would dislike about a message.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::ValueEnum;
use mms_codec::mm1::{self, Breach, Version};
use mms_codec::{Deviation, DeviationKind, Options};

use crate::decoded::Message;
use crate::printable::Line;
use crate::source::sources;
use crate::{Outcome, complain, file, files};

/// List what a peer would dislike about messages
///
/// Each line is a finding: what deviates from the specification, where, and its clause; with --version also the fields of
/// MM1 that a peer of that version does not know.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code:
  0 nothing found, or without --strict only what lenient peers forgive; 1 a message did not decode; 2 wrong usage;
  3 a peer would refuse a message.

Examples:
  mms check --strict message.mms
  mms check --version 1.0 outbox/")]
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
    let mut out = io::BufWriter::new(io::stdout().lock());
    let (mut has_failed, mut is_refused) = (false, false);
    for file in files::expand(&args.files) {
        let read = file.and_then(|file| match file::read(&file) {
            Ok(octets) => Ok((file.to_string_lossy().into_owned(), octets)),
            Err(error) => Err((file, error)),
        });
        let (name, octets) = match read {
            Ok(read) => read,
            Err((file, error)) => {
                complain(format_args!("{}: {error}", file.display()));
                has_failed = true;
                continue;
            }
        };
        for source in sources(&name, octets.into()) {
            let name = source.name.clone();
            let decoded = source.encoded().map_err(Into::into);
            match decoded.and_then(|source| Message::decode(&source.octets, &Options::lenient())) {
                Ok(message) => {
                    let findings = findings(message, args);
                    for finding in &findings {
                        writeln!(out, "{}: {}", Line(&name), Line(&finding.text))?;
                    }
                    is_refused |= findings.iter().any(|finding| args.strict || finding.is_fatal);
                }
                Err(error) => {
                    out.flush()?;
                    complain(format_args!("{name}: {error}"));
                    has_failed = true;
                }
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::from(if has_failed {
        1
    } else if is_refused {
        3
    } else {
        0
    }))
}

struct Finding {
    text: String,
    /// Whether any peer of that version has nothing to go by.
    is_fatal: bool,
}

fn findings(message: Message, args: &Args) -> Vec<Finding> {
    let pdu = message.pdu().cloned();
    let deviation = |deviation: &Deviation| {
        let mut text = deviation.to_string();
        if let Some(clause) = clause(deviation, pdu.as_ref()) {
            text.push_str(&format!(" ({clause})"));
        }
        Finding { text: format!("{text} [{}]", deviation.kind.name()), is_fatal: false }
    };
    let mut findings: Vec<_> = message.deviations().map(deviation).collect();
    if let (Some(mut pdu), Some(version)) = (pdu.clone(), args.version) {
        let version = Version::from(version);
        match pdu.fit_to(version) {
            Some(changes) => findings.extend(changes.iter().map(|change| Finding {
                text: format!("{} is newer than MMS {version}, or has a value that is", change.field),
                is_fatal: false,
            })),
            None => findings
                .push(Finding { text: format!("{} is newer than MMS {version}", pdu.message_type()), is_fatal: true }),
        }
    }
    findings
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

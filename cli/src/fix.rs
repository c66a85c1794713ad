//! `mms fix`: a message that deviates, written again as the specification has it.

use std::ffi::OsString;
use std::process::ExitCode;

use mms_codec::Options;

use crate::decoded::Message;
use crate::source::{Source, read_one};
use crate::{Outcome, file, note};

/// Write a message again as the specification has it, and list the changes
///
/// What was forgiven and what was changed is listed on standard error. Facts that only the sender knows are not invented:
/// a message without them is refused.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code:
  0 the message was written, and strict decoding accepts it; 1 it was not written; 2 wrong usage.

Examples:
  mms fix received.mms valid.mms")]
pub(crate) struct Args {
    /// What `mms inspect` reads; - is standard input
    #[arg(value_name = "IN")]
    input: OsString,
    /// The file to write; - is standard output. MM7 is written as an HTTP message
    #[arg(value_name = "OUT")]
    output: OsString,
}

/// Writes the message again.
pub(crate) fn run(args: &Args) -> Outcome {
    let Source { name, octets, .. } = read_one(&args.input)?;
    let mut message = Message::decode(&octets, &Options::lenient()).map_err(|error| format!("{name}: {error}"))?;
    message.deviations().for_each(|deviation| note(format_args!("forgiven: {deviation}")));
    message.normalize().iter().for_each(|change| note(format_args!("{change}")));
    let octets = message.encode().map_err(|error| format!("{name}: {error}"))?;
    // What this program writes, nobody refuses.
    Message::decode(&octets.clone().into(), &Options::strict()).map_err(|error| format!("{name}: {error}"))?;
    file::write(&args.output, &octets).map_err(|error| file::error_in(&args.output, &error))?;
    Ok(ExitCode::SUCCESS)
}

//! `mms split` and `mms join`: pushes in short messages.

use std::error::Error;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::process::ExitCode;

use mms_codec::push::Push;
use mms_codec::push::sms::{Reference, ShortMessage, Split, Submit, UserData};
use mms_codec::{Bytes, Interface, Options};

use crate::inspect::segments::{Segment, Segments};
use crate::source::{Source, read_one, sources};
use crate::{Outcome, complain, file};

/// Split a push, or a PDU that it is to carry, into short messages
///
/// Writes one line of hexadecimal digits for each: with --to, an SMS-SUBMIT that a modem takes; else the user data.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  mms split --to +447700900123 notification.mms
  mms split --at --to +447700900123 notification.mms")]
pub(crate) struct SplitArgs {
    /// A push, or a PDU of MM1; - is standard input
    #[arg(value_name = "FILE")]
    file: OsString,
    /// The recipient
    #[arg(long, value_name = "NUMBER")]
    to: Option<String>,
    /// Write the AT command (AT+CMGS=LENGTH) before each line: a program sends the command, waits for the prompt of the
    /// modem, and sends the line with Ctrl-Z (0x1A) behind it
    #[arg(long, requires = "to")]
    at: bool,
    /// The reference of the segments
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    reference: u16,
    /// How many octets of user data a short message may have
    #[arg(long, value_name = "OCTETS", default_value_t = 140)]
    limit: usize,
    /// The file to write; - is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: OsString,
}

/// Join short messages to the push that they carry
///
/// Takes short messages or their user data, in octets or lines of hexadecimal digits, in any order.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code:
  0 the push was written; 1 segments are missing, or nothing is one; 2 wrong usage.

Examples:
  mms join --out notification.push modem.log")]
pub(crate) struct JoinArgs {
    /// Short messages; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// The file to write; - is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: OsString,
}

/// Splits a push.
pub(crate) fn split(args: &SplitArgs) -> Outcome {
    let Source { name, octets, .. } = read_one(&args.file)?;
    let lines = lines(&octets, args).map_err(|error| format!("{name}: {error}"))?;
    file::write(&args.out, lines.as_bytes()).map_err(|error| file::error_in(&args.out, &error))?;
    Ok(ExitCode::SUCCESS)
}

fn lines(octets: &Bytes, args: &SplitArgs) -> Result<String, Box<dyn Error>> {
    let interface = mms_codec::detect(octets).ok_or("not a message of any interface known here")?;
    let octets = interface.uncarried(octets).octets;
    let push = match interface {
        Interface::Push => octets,
        Interface::Mm1 => Push::new(1, octets).encode()?.into(),
        _ => return Err("neither a push nor a PDU of MM1".into()),
    };
    let reference = u8::try_from(args.reference).map_or(Reference::Long(args.reference), Reference::Short);
    let segments = Split { limit: args.limit.min(140), ..Split::new(reference) }.segments(&push)?;
    let mut lines = String::new();
    for (number, segment) in (0..=u8::MAX).cycle().zip(segments) {
        let Some(to) = &args.to else {
            segment.encode()?.iter().try_for_each(|octet| write!(lines, "{octet:02X}"))?;
            lines.push('\n');
            continue;
        };
        let message = ShortMessage::new(Submit::new(number, to.as_str(), segment));
        if args.at {
            // The length is that of the TPDU.
            writeln!(lines, "AT+CMGS={}", message.tpdu.encode()?.len())?;
        }
        writeln!(lines, "{}", message.to_hex()?)?;
    }
    Ok(lines)
}

/// What user data of a short message to the ports of push carries, which is not one of several.
fn whole(octets: &Bytes) -> Option<Bytes> {
    let user_data = UserData::decode_with(octets, &Options::strict()).ok()?.value;
    user_data.header.ports().is_some_and(|ports| ports.is_push()).then_some(user_data.data)
}

/// Joins segments.
pub(crate) fn join(args: &JoinArgs) -> Outcome {
    let mut segments = Segments::new();
    let mut joined = Vec::new();
    for file in &args.files {
        let octets = file::read(file).map_err(|error| file::error_in(file, &error))?;
        for source in sources(&file.to_string_lossy(), octets.into()) {
            match Segment::of(&source.octets, &source.originator) {
                Some(segment) => joined.extend(segments.add(&source.name, segment).map(|(_, push)| push)),
                None if whole(&source.octets).is_some() => joined.extend(whole(&source.octets)),
                None if mms_codec::detect(&source.octets) == Some(Interface::Push) => {
                    joined.push(Interface::Push.uncarried(&source.octets).octets);
                }
                None => return Err(format!("{}: not a short message that carries a push", source.name).into()),
            }
        }
    }
    let rest = segments.rest();
    rest.iter().for_each(|(name, segment)| {
        complain(format_args!("{name}: {}, the others are missing", segment.view().type_name));
    });
    match joined.as_slice() {
        [push] if rest.is_empty() => {
            file::write(&args.out, push).map_err(|error| file::error_in(&args.out, &error))?;
            Ok(ExitCode::SUCCESS)
        }
        [] | [_] => Ok(ExitCode::FAILURE),
        more => Err(format!("{} pushes", more.len()).into()),
    }
}

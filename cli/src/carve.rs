//! `mms carve`: PDUs in something larger, such as the image of a memory card.

mod evidence;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use memchr::memchr;
use mms_codec::mm1::{self, Extent};
use mms_codec::{Bytes, DeviationKind};

use crate::{Outcome, complain, file};

/// Find PDUs of MM1 in an image of a memory or a disk
///
/// Prints one line for each: offset, length, confidence, type, and deviations. Found are PDUs that begin with their type
/// and, but for m-mbox-descr, their transaction identifier or version, as those of phones and relay/servers do, and whose
/// fields no noise has by chance. PDUs of few octets, such as a description of a mailbox with nothing but a version, are
/// left out.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Confidence:
  high    strict decoding accepts the fields, and all announced parts are there
  medium  the fields have no more deviations than --deviations, and all announced parts are there
  low     the fields are there, but not the whole body, or it has no length: the parts in front of the gap are taken

Exit code:
  0 something was found, 1 nothing was, the image cannot be read, or a file not be written, 2 wrong usage.

Examples:
  mms carve --extract found card.img")]
pub(crate) struct Args {
    /// The image; - is standard input
    #[arg(value_name = "IMAGE")]
    image: OsString,
    /// Write each PDU to a file in DIR, named after its offset; files that exist are left alone
    #[arg(long, value_name = "DIR")]
    extract: Option<PathBuf>,
    /// How many deviations the fields of a PDU may have
    #[arg(long, value_name = "NUMBER", default_value_t = 2)]
    deviations: usize,
}

/// How much is read at once, and how long a PDU may be.
const CHUNK: usize = 32 << 20;
const MAX_LENGTH: usize = 16 << 20;

/// How many octets may be decoded for each octet of the image, and some from the start. What begins as a PDU again and
/// again would take longer than its size allows.
const WORK_PER_OCTET: usize = 8;
const WORK: usize = 4 << 20;
const MAX_WORK: usize = 64 << 20;

#[derive(Debug)]
struct Found {
    /// How many octets belong to it and to nothing else.
    head: usize,
    length: usize,
    confidence: &'static str,
    name: String,
    deviations: Vec<&'static str>,
}

/// Looks through the image.
pub(crate) fn run(args: &Args) -> Outcome {
    let mut image: Box<dyn Read> = if args.image == file::STREAM {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(&args.image).map_err(|error| file::error_in(&args.image, &error))?)
    };
    if let Some(folder) = &args.extract {
        fs::create_dir_all(folder).map_err(|error| file::error_in(folder.as_os_str(), &error))?;
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut window = Vec::with_capacity(CHUNK + MAX_LENGTH);
    let (mut base, mut count, mut work, mut has_failed) = (0_u64, 0_u64, WORK, false);
    loop {
        let room = CHUNK + MAX_LENGTH - window.len();
        let read = image.by_ref().take(room as u64).read_to_end(&mut window);
        let is_last = read.map_err(|error| file::error_in(&args.image, &error))? < room;
        // A PDU that begins further on may end behind the window.
        let end = if is_last { window.len() } else { window.len() - MAX_LENGTH };
        let mut at = 0;
        while let Some(next) = window.get(at..end).and_then(|octets| memchr(0x8c, octets)) {
            at += next;
            work = (work + (next + 1) * WORK_PER_OCTET).min(MAX_WORK);
            let Some(found) = window.get(at..).and_then(|octets| find(octets, args.deviations, &mut work)) else {
                at += 1;
                continue;
            };
            let offset = base + at as u64;
            count += 1;
            let Found { head, length, confidence, name, deviations } = &found;
            writeln!(out, "{offset}\t{length}\t{confidence}\t{name}\t{}", deviations.join(" "))?;
            if let Some(folder) = &args.extract
                && let Err(error) = extract(folder, offset, window.get(at..at + length).unwrap_or_default())
            {
                has_failed = true;
                complain(format_args!("{error}"));
            }
            at += head.max(&1);
        }
        if is_last {
            break;
        }
        // A PDU may reach beyond what is looked through.
        let done = at.max(end).min(window.len());
        window.drain(..done);
        base += done as u64;
    }
    out.flush()?;
    Ok(ExitCode::from(u8::from(count == 0 || has_failed)))
}

/// The PDU that the octets begin with.
fn find(octets: &[u8], budget: usize, work: &mut usize) -> Option<Found> {
    // A type, and a transaction identifier or the version: nothing else comes second, but in an m-mbox-descr.
    let ([0x8c, 0x80..=0x97, 0x98 | 0x8d, ..] | [0x8c, 0x93, 0x80..=0xff, ..]) = octets else { return None };
    if *work < Extent::MAX_HEAD {
        return None;
    }
    let extent = Extent::of(octets.get(..octets.len().min(MAX_LENGTH))?)?;
    *work = work.saturating_sub(extent.head * (1 + ENDS));
    let head = Bytes::copy_from_slice(octets.get(..extent.head)?);
    if extent.is_whole && extent.head == extent.length {
        return without_body(&head, budget);
    }
    if evidence::bits(&head) < evidence::ENOUGH {
        return None;
    }
    // The content type alone: an empty body is no deviation of the fields.
    let decoded = mm1::decode(&head).ok()?;
    let of_body = |kind| matches!(kind, DeviationKind::Truncated | DeviationKind::WrongPartCount);
    let deviations = decoded.deviations.iter().filter(|deviation| !of_body(deviation.kind));
    let deviations: Vec<_> = deviations.map(|deviation| deviation.kind.name()).collect();
    let has_damage = decoded.deviations.iter().any(|deviation| is_damage(deviation.kind));
    let confidence = match (extent.is_whole, deviations.len()) {
        (true, 0) => "high",
        (true, _) => "medium",
        (false, _) => "low",
    };
    let budget = if extent.is_whole { budget } else { 0 };
    let is_found = !has_damage && deviations.len() <= budget;
    let name = decoded.value.message_type().to_string();
    // Behind the fields of a message that was cut another may begin.
    let head = if extent.is_whole { extent.length } else { extent.head };
    is_found.then_some(Found { head, length: extent.length, confidence, name, deviations })
}

/// How many fields behind a PDU may look like its own, and one.
const ENDS: usize = 4;

/// The longest PDU that ends with one of the fields, with the fewest deviations: what looks like a field behind the last
/// one may be none.
fn without_body(octets: &Bytes, budget: usize) -> Option<Found> {
    let ends = mm1::Fields::new(octets).map_while(Result::ok).map(|field| field.offset).skip(2);
    let mut ends: Vec<_> = ends.chain([octets.len()]).collect();
    ends.reverse();
    let mut best: Option<Found> = None;
    for end in ends.into_iter().take(ENDS) {
        let octets = octets.slice(..end);
        if evidence::bits(&octets) < evidence::ENOUGH {
            continue;
        }
        let Ok(decoded) = mm1::decode(&octets) else { continue };
        if decoded.deviations.iter().any(|deviation| is_damage(deviation.kind)) {
            continue;
        }
        let deviations: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind.name()).collect();
        let is_better = best.as_ref().is_none_or(|best| deviations.len() < best.deviations.len());
        if deviations.len() <= budget && is_better {
            let confidence = if deviations.is_empty() { "high" } else { "medium" };
            let name = decoded.value.message_type().to_string();
            let is_strict = deviations.is_empty();
            best = Some(Found { head: end, length: end, confidence, name, deviations });
            if is_strict {
                break;
            }
        }
    }
    best
}

/// What real messages do not have, and noise has.
const fn is_damage(kind: DeviationKind) -> bool {
    matches!(
        kind,
        DeviationKind::MissingField
            | DeviationKind::StrayOctets
            | DeviationKind::CodePageShift
            | DeviationKind::UnexpectedField
            | DeviationKind::DuplicateField
            | DeviationKind::ControlCharacter
            | DeviationKind::UndecodableText
            | DeviationKind::MissingTerminator
            | DeviationKind::InvalidContentType
            | DeviationKind::EmptyValue
            | DeviationKind::UnlabelledText
    )
}

fn extract(folder: &Path, offset: u64, octets: &[u8]) -> io::Result<()> {
    let path = folder.join(format!("{offset:012}.mms"));
    file::create_new(&path)
        .and_then(|mut file| file.write_all(octets))
        .map_err(|error| file::error_in(path.as_os_str(), &error))
}

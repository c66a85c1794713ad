//! `mms diff`: two messages, field by field.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::process::ExitCode;

use mms_codec::{Options, ShownField};

use crate::inspect::interface;
use crate::inspect::view::{Leaf, View};
use crate::printable::Line;
use crate::source::sources;
use crate::{Outcome, file};

/// Compare two messages field by field
///
/// The order of fields, and how values are coded, make no difference.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit code:
  0 no difference, 1 differences, or a message did not decode, 2 wrong usage.

Examples:
  mms diff sent.mms received.mms")]
pub(crate) struct Args {
    /// What `mms inspect` reads; - is standard input
    #[arg(value_name = "A")]
    first: OsString,
    /// The other message
    #[arg(value_name = "B")]
    second: OsString,
}

/// Compares the messages.
pub(crate) fn run(args: &Args) -> Outcome {
    let (first, second) = (read(&args.first)?, read(&args.second)?);
    let mut lines = Vec::new();
    views("", &first, &second, &mut lines);
    let mut out = io::BufWriter::new(io::stdout().lock());
    lines.iter().try_for_each(|line| writeln!(out, "{}", Line(line)))?;
    out.flush()?;
    Ok(ExitCode::from(u8::from(!lines.is_empty())))
}

fn read(file: &OsStr) -> Result<View, Box<dyn std::error::Error>> {
    let name = file.to_string_lossy();
    let octets = file::read(file).map_err(|error| file::error_in(file, &error))?;
    let sources = sources(&name, octets.into());
    let [source] = sources.as_slice() else { return Err(format!("{name}: more than one message").into()) };
    let interface = interface::detect(&source.octets);
    let interface = interface.ok_or_else(|| format!("{name}: not a message of any interface known here"))?;
    let mut views = interface::inspect_all(interface, &source.octets, &Options::lenient()).into_iter();
    let (Some(view), None) = (views.next(), views.next()) else {
        return Err(format!("{name}: more than one record").into());
    };
    Ok(view.map_err(|error| format!("{name}: {error}"))?)
}

fn views(place: &str, first: &View, second: &View, lines: &mut Vec<String>) {
    line(&format!("{place}type"), Some(&title(first)), Some(&title(second)), lines);
    let names: Vec<&str> = first.fields.iter().chain(&second.fields).map(|field| field.name.as_str()).collect();
    let mut seen = BTreeSet::new();
    for name in names.into_iter().filter(|name| seen.insert(*name)) {
        let (first, second) = (values(&first.fields, name), values(&second.fields, name));
        for at in 0..first.len().max(second.len()) {
            line(&format!("{place}{name}"), first.get(at), second.get(at), lines);
        }
    }
    match (&first.pdu, &second.pdu) {
        (Some(first), Some(second)) => views(place, first, second, lines),
        (first, second) => {
            let [first, second] = [first, second].map(|pdu| pdu.as_ref().map(|pdu| title(pdu)));
            line(&format!("{place}content"), first.as_ref(), second.as_ref(), lines);
        }
    }
    for at in 0..first.leaves.len().max(second.leaves.len()) {
        leaves(&format!("{place}part {}", at + 1), first.leaves.get(at), second.leaves.get(at), lines);
    }
}

fn title(view: &View) -> String {
    format!("{} {}", view.interface, view.type_name)
}

fn values(fields: &[ShownField], name: &str) -> Vec<String> {
    let fields = fields.iter().filter(|field| field.name == name);
    fields.flat_map(|field| &field.values).map(ToString::to_string).collect()
}

fn leaves(place: &str, first: Option<&Leaf>, second: Option<&Leaf>, lines: &mut Vec<String>) {
    let both = [first, second];
    let headers: [fn(&Leaf) -> Option<String>; 4] = [
        |leaf| Some(leaf.part.content_type.to_string()),
        |leaf| leaf.part.content_id.as_ref().map(ToString::to_string),
        |leaf| leaf.part.content_location.as_ref().map(ToString::to_string),
        |leaf| leaf.part.disposition.as_ref().map(ToString::to_string),
    ];
    let names = ["Content-Type", "Content-ID", "Content-Location", "Content-Disposition"];
    for (name, header) in names.into_iter().zip(headers) {
        let [first, second] = both.map(|leaf| leaf.and_then(header));
        line(&format!("{place}, {name}"), first.as_ref(), second.as_ref(), lines);
    }
    if let [Some(first), Some(second)] = both
        && let (Some(Ok(first)), Some(Ok(second))) = (&first.pdu, &second.pdu)
    {
        return views(&format!("{place}, "), first, second, lines);
    }
    let [first, second] = both.map(|leaf| leaf.map(|leaf| leaf.octets()));
    if first != second {
        let place = format!("{place}, content");
        let common = |(first, second): (&[u8], &[u8])| first.iter().zip(second).take_while(|(a, b)| a == b).count();
        let at = common((first.as_deref().unwrap_or_default(), second.as_deref().unwrap_or_default()));
        let size = |octets: &[u8]| format!("{} octets, another from octet {at} on", octets.len());
        line(&place, first.as_deref().map(size).as_ref(), second.as_deref().map(size).as_ref(), lines);
        // Of the same length, the lines above would say the same twice.
        if first.map(|octets| octets.len()) == second.map(|octets| octets.len()) {
            lines.push(format!("! {place}: another from octet {at} on"));
        }
    }
}

fn line(name: &str, first: Option<&String>, second: Option<&String>, lines: &mut Vec<String>) {
    if first != second {
        lines.extend(first.map(|value| format!("- {name}: {value}")));
        lines.extend(second.map(|value| format!("+ {name}: {value}")));
    }
}

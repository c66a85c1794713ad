//! `mms diff`: two messages, field by field.

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::process::ExitCode;

use mms_codec::{Options, ShownField};

use crate::Outcome;
use crate::inspect::interface;
use crate::inspect::view::{Leaf, View};
use crate::printable::Line;
use crate::source::{Source, read_one};

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
    let Source { name, octets, .. } = read_one(file)?;
    let interface = interface::detect(&octets);
    let interface = interface.ok_or_else(|| format!("{name}: not a message of any interface known here"))?;
    let mut views = interface::inspect_all(interface, &octets, &Options::lenient()).into_iter();
    let (Some(view), None) = (views.next(), views.next()) else {
        return Err(format!("{name}: more than one record").into());
    };
    Ok(view.map_err(|error| format!("{name}: {error}"))?)
}

fn views(place: &str, first: &View, second: &View, lines: &mut Vec<String>) {
    line(&format!("{place}type"), Some(&title(first)), Some(&title(second)), lines);
    let [first_values, second_values] = [first, second].map(|view| values(&view.fields));
    let names = first.fields.iter().chain(&second.fields).map(|field| field.name.as_str());
    let mut seen = HashSet::new();
    for name in names.filter(|name| seen.insert(*name)) {
        let [first, second] =
            [&first_values, &second_values].map(|values| values.get(name).map_or(&[][..], Vec::as_slice));
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

/// The values of each field by its name.
fn values(fields: &[ShownField]) -> HashMap<&str, Vec<String>> {
    let mut values = HashMap::<_, Vec<_>>::new();
    for field in fields {
        values.entry(field.name.as_str()).or_default().extend(field.values.iter().map(ToString::to_string));
    }
    values
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

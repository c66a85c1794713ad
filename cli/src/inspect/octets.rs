//! The output for people who look at octets: each beside the field that it belongs to.

use std::fmt::Write;

use mms_codec::span::{self, Span};
use mms_codec::{Bytes, Deviation, Interface};

use super::segments::Segment;
use crate::printable::Line;

/// How many octets are on a line.
const COLUMNS: usize = 16;
/// The longest name that is shown, in characters.
const MAX_NAME: usize = 100;

/// The octets of a message, with what they are, and what was forgiven under the octets that it is about.
pub(crate) fn view(octets: &Bytes, interface: Interface, deviations: &[&Deviation]) -> String {
    let mut dump = Dump { out: String::new(), deviations: deviations.to_vec() };
    dump.deviations.sort_by_key(|deviation| std::cmp::Reverse(deviation.offset));
    each(octets, interface, &mut |offset, span| dump.span(offset, span));
    while let Some(deviation) = dump.deviations.pop() {
        dump.forgiven(0, deviation);
    }
    dump.out
}

/// Walks the octets of a file with a message. With each span comes where it is in the file.
pub(crate) fn each(octets: &Bytes, interface: Interface, visit: &mut dyn FnMut(usize, &Span<'_>)) {
    let mut walk = Walk { visit, base: 0 };
    let message = interface.uncarried(octets);
    let start = message.offset_in_input(0);
    let is_in_place = message.offset_in_input(message.octets.len()) == start + message.octets.len()
        && octets.get(start..start + message.octets.len()) == Some(&*message.octets);
    let is_http = mms_codec::http::detect(octets);
    match interface {
        Interface::Mm1 | Interface::Push if is_http && is_in_place => {
            let head = octets.slice(..start);
            span::lines(&head, |span| walk.span(&span));
            walk.base = start;
            walk.binary(&message.octets, interface);
            let end = start + message.octets.len();
            walk.base = end;
            span::lines(&octets.slice(end..), |span| walk.span(&span));
        }
        // In chunks, the octets of the message are not those of the file.
        Interface::Mm1 | Interface::Push if is_http => walk.binary(&message.octets, interface),
        Interface::Push if start > 0 || Segment::of(octets, "").is_some() => {
            span::short_message(octets, |span| walk.span(&span));
        }
        Interface::Mm1 | Interface::Push => walk.binary(&message.octets, interface),
        _ => span::lines(octets, |span| walk.span(&span)),
    }
}

struct Walk<'f> {
    visit: &'f mut dyn FnMut(usize, &Span<'_>),
    /// Where what is walked begins in the file.
    base: usize,
}

impl Walk<'_> {
    fn binary(&mut self, octets: &Bytes, interface: Interface) {
        if interface == Interface::Mm1 {
            span::mm1(octets, |span| self.span(&span));
        } else {
            span::push(octets, |span| self.span(&span));
        }
    }

    fn span(&mut self, span: &Span<'_>) {
        (self.visit)(self.base + span.offset, span);
    }
}

struct Dump<'a> {
    out: String,
    /// Those that are not shown yet, the last one first.
    deviations: Vec<&'a Deviation>,
}

impl Dump<'_> {
    fn span(&mut self, offset: usize, span: &Span<'_>) {
        let indent = 2 * span.depth;
        let value = span.value.as_deref().map_or_else(String::new, |value| format!(": {}", Line(value)));
        // Each line of a folded field has the whole name.
        let name: String = span.name.chars().take(MAX_NAME).collect();
        let label = format!("{:indent$}{}{value}", "", Line(&name));
        // What is inside of it has the octets.
        if span.has_inner {
            let _ = writeln!(self.out, "{:8}  {:width$}  {label}", "", "", width = 3 * COLUMNS - 1);
            return;
        }
        for (row, octets) in span.octets.chunks(COLUMNS).enumerate() {
            let hex: Vec<_> = octets.iter().map(|octet| format!("{octet:02x}")).collect();
            let _ =
                write!(self.out, "{:08x}  {:width$}", offset + row * COLUMNS, hex.join(" "), width = 3 * COLUMNS - 1);
            let shown = |octet: &u8| if (0x20..0x7f).contains(octet) { char::from(*octet) } else { '.' };
            let _ = match (row, span.value.is_some()) {
                (0, true) => writeln!(self.out, "  {label}"),
                (0, false) => writeln!(self.out, "  {label} | {}", octets.iter().map(shown).collect::<String>()),
                (_, true) => {
                    self.out.truncate(self.out.trim_end().len());
                    writeln!(self.out)
                }
                (_, false) => writeln!(
                    self.out,
                    "  {:width$} | {}",
                    "",
                    octets.iter().map(shown).collect::<String>(),
                    width = label.chars().count()
                ),
            };
        }
        let end = offset + span.octets.len();
        while let Some(deviation) = self.deviations.pop_if(|deviation| deviation.offset < end) {
            self.forgiven(indent, deviation);
        }
    }

    fn forgiven(&mut self, indent: usize, deviation: &Deviation) {
        let width = 3 * COLUMNS - 1;
        let _ = writeln!(self.out, "{:8}  {:width$}  {:indent$}forgiven: {deviation}", "", "", "");
    }
}

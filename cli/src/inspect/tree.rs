//! The output for people.

use std::fmt::{self, Write};
use std::iter;

use anstyle::{AnsiColor, Style};
use mms_codec::message::Header;

use super::view::{Leaf, View};
use crate::printable::Line;

/// How much of a text is shown.
const MAX_LINES: usize = 12;
const MAX_COLUMNS: usize = 100;

/// Longer names do not move the values of the others.
const MAX_NAME: usize = 40;

const TITLE: Style = Style::new().bold();
const NAME: Style = AnsiColor::Cyan.on_default();
const CONTENT: Style = AnsiColor::Green.on_default();
const WARNING: Style = AnsiColor::Yellow.on_default();

/// A decoded file.
pub(crate) fn view(file: &str, view: &View, in_colour: bool) -> String {
    let mut tree = Tree { out: String::new(), depth: 0, in_colour };
    // Writing to a string cannot fail.
    let _ = tree.view(&format_args!("{}: ", Line(file)), view);
    tree.out
}

/// The line above a decoded file.
pub(crate) fn title(file: &str, view: &View, in_colour: bool) -> String {
    let tree = Tree { out: String::new(), depth: 0, in_colour };
    let title = format!("{}: {} {}", Line(file), view.interface, Line(&view.type_name));
    format!("{}\n", tree.style(TITLE, title))
}

struct Tree {
    out: String,
    depth: usize,
    in_colour: bool,
}

/// Something in the style of its kind.
struct Styled<T>(Style, T);

impl<T: fmt::Display> fmt::Display for Styled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(style, shown) = self;
        write!(f, "{style}{shown}{style:#}")
    }
}

impl Tree {
    fn line(&mut self, line: impl fmt::Display) -> fmt::Result {
        writeln!(self.out, "{:1$}{line}", "", self.depth * 2)
    }

    fn style<T: fmt::Display>(&self, style: Style, shown: T) -> Styled<T> {
        Styled(if self.in_colour { style } else { Style::new() }, shown)
    }

    fn inside(&mut self, show: impl FnOnce(&mut Self) -> fmt::Result) -> fmt::Result {
        self.depth += 1;
        show(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn view(&mut self, title: &dyn fmt::Display, view: &View) -> fmt::Result {
        let title = format!("{title}{} {}", view.interface, Line(&view.type_name));
        self.line(self.style(TITLE, title))?;
        self.inside(|tree| {
            tree.fields(view)?;
            view.messages.iter().try_for_each(|file| tree.line(format_args!("message in {}", Line(file))))?;
            view.leaves.iter().try_for_each(|leaf| tree.leaf(leaf))?;
            view.pdu.iter().try_for_each(|pdu| tree.view(&"", pdu))?;
            tree.forgiven(view)
        })
    }

    fn fields(&mut self, view: &View) -> fmt::Result {
        let rows = view.fields.iter().flat_map(|field| {
            let names = iter::once(field.name.as_str()).chain(iter::repeat(""));
            names.zip(field.values.iter().map(ToString::to_string))
        });
        self.rows(&rows.collect::<Vec<_>>())
    }

    /// Names and values, aligned.
    fn rows(&mut self, rows: &[(&str, String)]) -> fmt::Result {
        let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default().min(MAX_NAME);
        rows.iter().try_for_each(|(name, value)| {
            let name = self.style(NAME, format!("{:width$}", Line(name).to_string()));
            self.line(format_args!("{name}  {}", Line(value)))
        })
    }

    fn leaf(&mut self, leaf: &Leaf) -> fmt::Result {
        let part = &leaf.part;
        let size = leaf.octets().len();
        let octets = if size == 1 { "octet" } else { "octets" };
        let name = part.name().map_or_else(String::new, |name| format!("{}, ", Line(&name)));
        self.line(self.style(TITLE, format_args!("part {}: {name}{size} {octets}", leaf.path)))?;
        self.inside(|tree| {
            tree.rows(&headers(leaf))?;
            part.text().map_or(Ok(()), |text| tree.text(&text))?;
            match &leaf.pdu {
                Some(Ok(pdu)) => tree.view(&"", pdu),
                Some(Err(error)) => tree.line(format_args!("not decoded: {error}")),
                None => Ok(()),
            }
        })
    }

    /// The beginning of a text.
    fn text(&mut self, text: &str) -> fmt::Result {
        let mut lines = text.lines();
        for line in lines.by_ref().take(MAX_LINES) {
            let shown: String = line.chars().take(MAX_COLUMNS).collect();
            let cut = if shown.len() < line.len() { " ..." } else { "" };
            self.line(self.style(CONTENT, format_args!("| {}{cut}", Line(&shown))))?;
        }
        match lines.count() {
            0 => Ok(()),
            1 => self.line("| ... and 1 line more"),
            more => self.line(format_args!("| ... and {more} lines more")),
        }
    }

    fn forgiven(&mut self, view: &View) -> fmt::Result {
        view.deviations
            .iter()
            .try_for_each(|deviation| self.line(self.style(WARNING, format_args!("forgiven: {deviation}"))))
    }
}

fn headers(leaf: &Leaf) -> Vec<(&str, String)> {
    let part = &leaf.part;
    let mut rows = vec![("Content-Type", part.content_type.to_string())];
    rows.extend(part.content_id.as_ref().map(|id| ("Content-ID", id.to_string())));
    rows.extend(part.content_location.as_ref().map(|location| ("Content-Location", location.to_string())));
    rows.extend(part.disposition.as_ref().map(|disposition| ("Content-Disposition", disposition.to_string())));
    rows.extend(part.headers.iter().filter_map(|header| match header {
        Header::Text { name, value } => Some((name.as_str(), value.to_string())),
        _ => None,
    }));
    rows.extend(leaf.extracted.as_ref().map(|file| ("extracted to", file.clone())));
    rows
}

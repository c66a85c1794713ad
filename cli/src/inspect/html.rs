//! A page for a browser: messages as a phone shows them, their fields, and their octets.
//!
//! The page is one file that fetches nothing. What a message has is text in it, or the data of a picture, sound or
//! video of a type that is known here; its policy forbids everything else, so that neither a mistake here nor in a
//! browser lets a message run anything.

use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::io::{self, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mms_codec::message::Part;
use mms_codec::smil::{self, Layout, Length, MediaKind, Region, ShownMedia, ShownSlide};
use mms_codec::{Bytes, Deviation, Interface, compose};
use sha2::{Digest, Sha256};

use super::octets;
use super::view::{Leaf, View};
use crate::file::{self, Output};
use crate::printable::is_unsafe;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// How many octets of one value are shown.
const MAX_OCTETS: usize = 512;
/// How many characters of one text are shown.
const MAX_TEXT: usize = 20_000;
/// How many octets a medium has at most that is shown: browsers refuse longer addresses.
const MAX_MEDIUM: usize = 16 << 20;
/// The display of a message that does not say which one it is for.
const DISPLAY: [u32; 2] = [240, 320];

/// Where the page goes.
enum Out {
    Stream(io::Stdout),
    File(Output),
}

impl Write for Out {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(out) => out.write(octets),
            Self::File(out) => out.write(octets),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(out) => out.flush(),
            Self::File(out) => out.flush(),
        }
    }
}

/// A page that is being written.
pub(crate) struct Page {
    out: Out,
    /// The titles of the messages so far.
    titles: Vec<String>,
    /// How many parts the messages so far have.
    parts: usize,
}

impl Page {
    pub(crate) fn new(to: &Path) -> io::Result<Self> {
        let is_stream = to.as_os_str() == file::STREAM;
        let mut out = if is_stream { Out::Stream(io::stdout()) } else { Out::File(Output::new(to)?) };
        let [style, script] = [STYLE, SCRIPT].map(|text| STANDARD.encode(Sha256::digest(text)));
        write!(
            out,
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{style}'; \
             script-src 'sha256-{script}'; img-src data:; media-src data:; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<title>Messages</title>\n<style>{STYLE}</style>\n<main>\n"
        )?;
        Ok(Self { out, titles: Vec::new(), parts: 0 })
    }

    /// Adds a message.
    pub(crate) fn add(&mut self, name: &str, view: &View, octets: &Bytes, interface: Interface) -> io::Result<()> {
        let mut section = String::new();
        // Writing to a string cannot fail.
        let _ = message(&mut section, view, &mut self.parts);
        if view.interface != "cdr" {
            let _ = dump(&mut section, octets, interface, &view.all_deviations());
        }
        self.section(&format!("{name}: {} {}", view.interface, view.type_name), &section)
    }

    /// Adds a file that did not decode.
    pub(crate) fn add_failure(&mut self, name: &str, failure: &str) -> io::Result<()> {
        self.section(name, &format!("<p class=\"error\">{}</p>\n", Escaped(failure)))
    }

    fn section(&mut self, title: &str, content: &str) -> io::Result<()> {
        let number = self.titles.len();
        self.titles.push(title.into());
        writeln!(self.out, "<section id=\"m{number}\">\n<h2>{}</h2>\n{content}</section>", Escaped(title))
    }

    /// Writes the list of messages and the end.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        writeln!(self.out, "</main>\n<nav>")?;
        for (number, title) in self.titles.iter().enumerate() {
            writeln!(self.out, "<a href=\"#m{number}\">{}</a>", Escaped(title))?;
        }
        writeln!(self.out, "</nav>\n<script>{SCRIPT}</script>\n</html>")?;
        match self.out {
            Out::Stream(mut out) => out.flush(),
            Out::File(out) => out.finish(),
        }
    }
}

/// Text that is nothing but text in HTML, also in quotation marks, and does not change the direction of what follows.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            '\n' => f.write_char(c),
            c if is_unsafe(c) => write!(f, "{}", c.escape_default()),
            c => f.write_char(c),
        })
    }
}

/// A message, and those in it. `count` numbers the parts of the page.
fn message(out: &mut String, view: &View, count: &mut usize) -> fmt::Result {
    let first = *count;
    *count += view.leaves.len();
    if let Some(body) = &view.body {
        let places = view.leaves.iter().zip(first..).filter_map(|(leaf, number)| Some((place(&leaf.part)?, number)));
        slides(out, body, &places.collect())?;
    }
    out.write_str("<table>\n")?;
    for field in &view.fields {
        for value in &field.values {
            writeln!(out, "<tr><th>{}</th><td>{}</td></tr>", Escaped(&field.name), Escaped(&value.to_string()))?;
        }
    }
    for file in &view.messages {
        writeln!(out, "<tr><th>message in</th><td>{}</td></tr>", Escaped(file))?;
    }
    out.write_str("</table>\n")?;
    view.leaves.iter().zip(first..).try_for_each(|(leaf, number)| part(out, leaf, number, count))?;
    forgiven(out, view.deviations.iter())?;
    if let Some(pdu) = &view.pdu {
        writeln!(out, "<h3>{} {}</h3>", pdu.interface, Escaped(&pdu.type_name))?;
        message(out, pdu, count)?;
    }
    Ok(())
}

fn forgiven<'a>(out: &mut String, deviations: impl Iterator<Item = &'a Deviation>) -> fmt::Result {
    deviations.into_iter().try_for_each(|deviation| {
        writeln!(out, "<p class=\"forgiven\">forgiven: {}</p>", Escaped(&deviation.to_string()))
    })
}

fn part(out: &mut String, leaf: &Leaf, number: usize, count: &mut usize) -> fmt::Result {
    let part = &leaf.part;
    let name = part.name().unwrap_or_default();
    let octets = leaf.octets();
    let size = octets.len();
    write!(
        out,
        "<h3>part {}: {} {}, {size} octets</h3>\n<table>\n",
        leaf.path,
        Escaped(&name),
        Escaped(&part.content_type.to_string())
    )?;
    for (name, value) in [("Content-ID", &part.content_id), ("Content-Location", &part.content_location)] {
        if let Some(value) = value {
            writeln!(out, "<tr><th>{name}</th><td>{}</td></tr>", Escaped(value))?;
        }
    }
    if let Some(file) = &leaf.extracted {
        writeln!(out, "<tr><th>extracted to</th><td>{}</td></tr>", Escaped(file))?;
    }
    out.write_str("</table>\n")?;
    match &leaf.pdu {
        Some(Ok(pdu)) => message(out, pdu, count),
        Some(Err(error)) => writeln!(out, "<p class=\"error\">not decoded: {}</p>", Escaped(&error.to_string())),
        None => match shown_by(part, &octets) {
            Some(element) => {
                let media = part.content_type.media.to_string().to_ascii_lowercase();
                let data = STANDARD.encode(&octets);
                tag(out, element, part, &format!("id=\"p{number}\" src=\"data:{};base64,{data}\"", Escaped(&media)))
            }
            None => text(out, part, &octets),
        },
    }
}

/// Where the content of a part is in memory: parts of the body and of its presentation share it.
fn place(part: &Part) -> Option<(usize, usize)> {
    part.octets().map(|octets| (octets.as_ptr().addr(), octets.len()))
}

/// The element of HTML that shows a part: for the types of pictures, sounds and videos that MMS has.
fn shown_by(part: &Part, octets: &[u8]) -> Option<&'static str> {
    let is_known = compose::extension(&part.content_type).is_some() && octets.len() <= MAX_MEDIUM;
    let kind = Some(MediaKind::of(part)).filter(|_| is_known)?;
    matches!(kind, MediaKind::Image | MediaKind::Audio | MediaKind::Video).then(|| kind.name())
}

fn tag(out: &mut String, element: &str, part: &Part, attributes: &str) -> fmt::Result {
    if element == "img" {
        let name = part.name().unwrap_or_default();
        return writeln!(
            out,
            "<img alt=\"{} ({})\" {attributes}>",
            Escaped(&name),
            Escaped(&part.content_type.media.to_string())
        );
    }
    writeln!(out, "<{element} controls preload=\"none\" {attributes}></{element}>")
}

/// The beginning of a text, or what there is instead of one.
fn text(out: &mut String, part: &Part, octets: &[u8]) -> fmt::Result {
    let Some(text) = part.text() else {
        let content_type = part.content_type.to_string();
        return writeln!(out, "<p class=\"text\">{}, {} octets</p>", Escaped(&content_type), octets.len());
    };
    let (shown, cut) = match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => (text.get(..end).unwrap_or_default(), " …"),
        None => (&*text, ""),
    };
    writeln!(out, "<p class=\"text\"><bdi>{}{cut}</bdi></p>", Escaped(shown))
}

/// The parts of a message by the places of their contents.
type Places = HashMap<(usize, usize), usize>;

/// The slides of a presentation, as a phone would show them.
fn slides(out: &mut String, body: &Part, parts: &Places) -> fmt::Result {
    let Ok(decoded) = smil::slides(body) else { return Ok(()) };
    let slides = decoded.value;
    if slides.slides.is_empty() {
        return Ok(());
    }
    forgiven(out, decoded.deviations.iter())?;
    out.write_str("<div class=\"slides\">\n")?;
    slides.slides.iter().zip(1..).try_for_each(|(shown, number)| slide(out, shown, number, &slides.layout, parts))?;
    out.write_str("</div>\n")
}

fn slide(out: &mut String, slide: &ShownSlide<'_>, number: u32, layout: &Layout, parts: &Places) -> fmt::Result {
    let pixels = |length: Option<Length>, usual: u32| match length {
        Some(Length::Pixels(pixels)) if pixels > 0 => pixels.min(4_096),
        _ => usual,
    };
    let display = [pixels(layout.width, DISPLAY[0]), pixels(layout.height, DISPLAY[1])];
    write!(out, "<figure><figcaption>slide {number}")?;
    if let Some(duration) = slide.duration {
        write!(out, ", {} s", duration.as_secs_f64())?;
    }
    writeln!(out, "</figcaption><div class=\"screen\" data-size=\"{} {}\">", display[0], display[1])?;
    for media in &slide.media {
        let region = media.media.region.as_ref().and_then(|id| layout.regions.iter().find(|region| region.id == *id));
        match region.filter(|_| !matches!(media.media.kind, MediaKind::Audio)) {
            Some(region) => {
                write!(out, "<div class=\"region\" data-box=\"{}\"", Place { region, display })?;
                if let Some(fit) = region.fit {
                    write!(out, " data-fit=\"{fit}\"")?;
                }
                out.write_str(">")?;
                medium(out, media, parts)?;
                out.write_str("</div>\n")?;
            }
            None => medium(out, media, parts)?,
        }
    }
    out.write_str("</div></figure>\n")
}

/// A medium on a slide. The script of the page takes it from the part, so that the page has it once.
fn medium(out: &mut String, media: &ShownMedia<'_>, parts: &Places) -> fmt::Result {
    let Some(part) = media.part else {
        return writeln!(out, "<p class=\"error\">{}: there is no such part</p>", Escaped(&media.media.src));
    };
    let octets = part.decoded().unwrap_or_default();
    let number = place(part).and_then(|place| parts.get(&place));
    match shown_by(part, &octets).zip(number) {
        Some((element, number)) => tag(out, element, part, &format!("data-part=\"{number}\"")),
        None => text(out, part, &octets),
    }
}

/// The place of a region in percent of the display: left, top, width, height.
struct Place<'a> {
    region: &'a Region,
    display: [u32; 2],
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [width, height] = self.display;
        let percent = |length: Option<Length>, of: u32| match length {
            Some(Length::Pixels(pixels)) => Some(f64::from(pixels) * 100.0 / f64::from(of)),
            Some(Length::Percent(percent)) => Some(f64::from(percent)),
            None => None,
        };
        let left = percent(self.region.left, width).unwrap_or(0.0);
        let top = percent(self.region.top, height).unwrap_or(0.0);
        // Without a size, up to the end of the display.
        let to_end = |start: f64| (100.0 - start).max(0.0);
        let wide = percent(self.region.width, width).unwrap_or_else(|| to_end(left));
        let high = percent(self.region.height, height).unwrap_or_else(|| to_end(top));
        write!(f, "{left:.2} {top:.2} {wide:.2} {high:.2}")
    }
}

/// The octets beside what they are.
fn dump(out: &mut String, input: &Bytes, interface: Interface, deviations: &[&Deviation]) -> fmt::Result {
    let (mut names, mut hex) = (String::new(), String::new());
    let mut number = 0_usize;
    let mut left: Vec<&Deviation> = deviations.to_vec();
    left.sort_by_key(|deviation| std::cmp::Reverse(deviation.offset));
    octets::each(input, interface, &mut |offset, span| {
        number += 1;
        let mark = if span.has_inner { String::new() } else { format!(" data-span=\"{number}\"") };
        let indent = "\u{a0}\u{a0}".repeat(span.depth.min(20));
        let value = span.value.as_deref().map(|value| format!(": {value}")).unwrap_or_default();
        let _ = writeln!(names, "<li{mark}>{indent}{}{}</li>", Escaped(&span.name), Escaped(&value));
        if span.has_inner {
            return;
        }
        let end = offset + span.octets.len();
        while let Some(deviation) = left.pop_if(|deviation| deviation.offset < end) {
            let _ =
                writeln!(names, "<li class=\"forgiven\">{indent}forgiven: {}</li>", Escaped(&deviation.to_string()));
        }
        let shown = span.octets.get(..MAX_OCTETS).unwrap_or(span.octets);
        for (row, octets) in shown.chunks(16).enumerate() {
            let _ = write!(hex, "{:08x}  <span{mark}>", offset + row * 16);
            for octet in octets {
                let _ = write!(hex, "{octet:02x} ");
            }
            let text: String = octets
                .iter()
                .map(|octet| if (0x20..0x7f).contains(octet) { char::from(*octet) } else { '.' })
                .collect();
            let _ = writeln!(hex, "{:width$}{}</span>", "", Escaped(&text), width = 3 * (16 - octets.len()) + 1);
        }
        if shown.len() < span.octets.len() {
            let _ = writeln!(hex, "          … {} octets more", span.octets.len() - shown.len());
        }
    });
    writeln!(out, "<h3>Octets</h3>\n<div class=\"octets\"><ol>\n{names}</ol><pre>{hex}</pre></div>")
}

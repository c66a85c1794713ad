//! Reading SMIL.

mod attribute;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::tag::Tag;
use super::{Media, Meta, Par, Presentation, Region};
use crate::context::Context;
use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::message::{Str, without_marks};
use crate::options::{Decoded, DeviationKind, Options};
use crate::xml::syntax::{is_comment, is_declaration, is_instruction};

/// Reads a presentation leniently.
///
/// `text` is what [`Part::text`](crate::message::Part::text) gives of the SMIL part; offsets count
/// its octets in UTF-8. [`slides`](super::slides()) finds the part, reads it, and finds what it
/// refers to.
///
/// # Errors
///
/// Fails for text that is not SMIL, for a document type declaration with declarations inside
/// (entities), and beyond the default [`Limits`](crate::Limits): four times as many slides, and
/// as many other elements, as a message may have parts, nested four times as deep as parts may.
///
/// # Examples
///
/// No layout, a picture outside of any slide, and a tag that is not closed:
///
/// ```
/// use mms_codec::{DeviationKind, smil};
///
/// let decoded = smil::decode("<smil><body><img src=\"cid:1\"/>")?;
/// assert_eq!(decoded.value.slides[0].media[0].src, "cid:1");
/// let kinds: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
/// assert_eq!(kinds, [DeviationKind::MisplacedField, DeviationKind::Truncated, DeviationKind::MissingField]);
/// assert_eq!(decoded.deviations[2].field, Some("layout"));
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn decode(text: &str) -> Result<Decoded<Presentation>, DecodeError> {
    decode_with(text, &Options::lenient())
}

/// Reads a presentation with options.
///
/// # Errors
///
/// Fails as [`decode`] does, and in strict mode for everything that MMS phones do not write.
///
/// # Examples
///
/// ```
/// use mms_codec::{DecodeErrorKind, DeviationKind, Options, smil};
///
/// let error = smil::decode_with("<smil><body/></smil>", &Options::strict()).unwrap_err();
/// assert_eq!(error.kind, DecodeErrorKind::Deviation(DeviationKind::MissingField));
/// assert_eq!(error.field, Some("layout"));
/// ```
pub fn decode_with(text: &str, options: &Options) -> Result<Decoded<Presentation>, DecodeError> {
    read(text, options).map(|(decoded, _)| decoded)
}

/// The presentation, and the offsets of its media in order.
pub(super) fn read(text: &str, options: &Options) -> Result<(Decoded<Presentation>, Vec<usize>), DecodeError> {
    // The parser would skip a byte order mark without counting it.
    let after = without_marks(text);
    let mark = text.len() - after.len();
    let (mut decoded, mut places) =
        read_after_mark(after, options).map_err(|error| DecodeError { offset: error.offset + mark, ..error })?;
    decoded.deviations.iter_mut().for_each(|deviation| deviation.offset += mark);
    places.iter_mut().for_each(|place| *place += mark);
    Ok((decoded, places))
}

fn read_after_mark(text: &str, options: &Options) -> Result<(Decoded<Presentation>, Vec<usize>), DecodeError> {
    let mut cx = Context::new(options, text.len());
    let mut walk = Walk::new(text, options, &mut cx);
    walk.document()?;
    let Walk { presentation, places, .. } = walk;
    Ok((Decoded::new(presentation, cx.into_deviations()), places))
}

/// An element that has begun; `None` for one that is not known.
struct Open<'a> {
    name: &'a str,
    element: Option<Tag>,
    /// Whether the slide ends with it.
    has_slide: bool,
}

struct Walk<'a> {
    xml: Reader<&'a [u8]>,
    text: &'a str,
    cx: &'a mut Context,
    /// How many slides, and how many other elements, there may be: a part is named by a few.
    most: usize,
    presentation: Presentation,
    open: Vec<Open<'a>>,
    slide: Option<Par>,
    places: Vec<usize>,
    /// How many elements are kept, the document itself included.
    entries: usize,
    has_layout: bool,
    has_body: bool,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, options: &Options, cx: &'a mut Context) -> Self {
        let mut xml = Reader::from_str(text);
        let config = xml.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self {
            xml,
            text,
            cx,
            most: options.limits.parts.saturating_mul(4),
            presentation: Presentation::default(),
            open: Vec::new(),
            slide: None,
            places: Vec::new(),
            entries: 0,
            has_layout: false,
            has_body: false,
        }
    }

    fn document(&mut self) -> Result<(), DecodeError> {
        let mut is_over = false;
        loop {
            let at = self.position();
            let event = match self.xml.read_event() {
                Ok(event) => event,
                Err(_) => {
                    self.forgive(DeviationKind::InvalidXml, at, None)?;
                    break;
                }
            };
            match event {
                Event::Eof => break,
                Event::Start(_) | Event::Empty(_) if is_over => {
                    self.forgive(DeviationKind::StrayOctets, at, None)?;
                    break;
                }
                Event::Start(tag) => self.enter(&tag, at)?,
                Event::Empty(tag) => {
                    self.enter(&tag, at)?;
                    self.leave();
                }
                Event::End(tag) => self.end(tag.name().into_inner(), at)?,
                Event::Text(text) if is_blank(&text) => {}
                Event::CData(text) if is_blank(&text) => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                    self.forgive(DeviationKind::StrayOctets, at, None)?;
                }
                Event::DocType(declaration) if declaration.contains('[') => {
                    return Err(self.cx.error(DecodeErrorKind::DocumentType, at));
                }
                Event::DocType(_) => self.forgive(DeviationKind::DocumentType, at, None)?,
                Event::Comment(comment) => self.well_formed(is_comment(&comment), at)?,
                Event::PI(instruction) => self.well_formed(is_instruction(&instruction), at)?,
                Event::Decl(declaration) => self.well_formed(is_declaration(&declaration), at)?,
            }
            is_over = self.entries > 0 && self.open.is_empty();
        }
        let end = self.text.len();
        if self.entries == 0 {
            return Err(self.cx.error(DecodeErrorKind::NotAMessage, end).in_field("smil"));
        }
        if !self.open.is_empty() {
            self.forgive(DeviationKind::Truncated, end, None)?;
            while !self.open.is_empty() {
                self.leave();
            }
        }
        if !self.has_layout {
            self.forgive(DeviationKind::MissingField, end, Some("layout"))?;
        }
        if !self.has_body {
            self.forgive(DeviationKind::MissingField, end, Some("body"))?;
        }
        Ok(())
    }

    fn enter(&mut self, tag: &BytesStart<'_>, at: usize) -> Result<(), DecodeError> {
        if self.open.len() >= self.cx.elements_left() {
            return Err(self.cx.exceeded(Limit::Depth, at));
        }
        // The name follows the angle bracket.
        let name = self.text.get(at + 1..).and_then(|rest| rest.get(..tag.name().into_inner().len()));
        let name = name.unwrap_or_default();
        let local = tag.local_name();
        let local = local.into_inner();
        let mut element = Tag::ALL.into_iter().find(|element| element.name() == local);
        if element.is_none() {
            element = Tag::ALL.into_iter().find(|element| element.name().eq_ignore_ascii_case(local));
            if let Some(element) = element {
                self.forgive(DeviationKind::LetterCase, at, Some(element.name()))?;
            }
        }
        if self.entries == 0 {
            if element != Some(Tag::Smil) {
                return Err(self.cx.error(DecodeErrorKind::NotAMessage, at).in_field("smil"));
            }
            self.entries = 1;
        }
        let Some(element) = element else {
            self.forgive(DeviationKind::UnexpectedField, at, None)?;
            self.open.push(Open { name, element: None, has_slide: false });
            return Ok(());
        };
        let parent = self.open.iter().rev().find_map(|open| open.element);
        if parent != element.home() {
            self.forgive(DeviationKind::MisplacedField, at, Some(element.name()))?;
        }
        let has_slide = self.slide.is_none() && matches!(element, Tag::Par | Tag::Media(_));
        if has_slide {
            if self.presentation.slides.len() >= self.most {
                return Err(self.cx.exceeded(Limit::Parts, at));
            }
            self.slide = Some(Par::default());
        }
        self.element(element, tag, at, has_slide)?;
        self.open.push(Open { name, element: Some(element), has_slide });
        Ok(())
    }

    fn element(&mut self, element: Tag, tag: &BytesStart<'_>, at: usize, has_slide: bool) -> Result<(), DecodeError> {
        let is_body_or_layout = match element {
            Tag::Layout => core::mem::replace(&mut self.has_layout, true),
            Tag::Body => core::mem::replace(&mut self.has_body, true),
            _ => false,
        };
        if is_body_or_layout {
            self.forgive(DeviationKind::DuplicateField, at, Some(element.name()))?;
        }
        let [a, b, c, d, e, f, g] = self.attributes(tag, element.attributes(), at)?;
        match element {
            Tag::Smil | Tag::Head | Tag::Layout | Tag::Body => {}
            Tag::Meta => {
                let (Some(name), content) = (a, b.unwrap_or_default()) else {
                    return self.forgive(DeviationKind::MissingField, at, Some("name"));
                };
                self.count(at)?;
                self.presentation.meta.push(Meta::new(&*name, &*content));
            }
            Tag::RootLayout => {
                let (width, height) = (self.length(a, "width", at)?, self.length(b, "height", at)?);
                let layout = &mut self.presentation.layout;
                (layout.width, layout.height, layout.background_color) = (width, height, string(c));
            }
            Tag::Region => {
                let Some(id) = a else {
                    return self.forgive(DeviationKind::MissingField, at, Some("id"));
                };
                self.count(at)?;
                let region = Region {
                    id: Str::from(&*id),
                    left: self.length(b, "left", at)?,
                    top: self.length(c, "top", at)?,
                    width: self.length(d, "width", at)?,
                    height: self.length(e, "height", at)?,
                    fit: self.fit(f, at)?,
                    background_color: string(g),
                };
                self.presentation.layout.regions.push(region);
            }
            Tag::Par => {
                let duration = self.time(a, "dur", at)?;
                // A slide inside of a slide is part of it.
                if let Some(slide) = self.slide.as_mut().filter(|_| has_slide) {
                    slide.duration = duration;
                }
            }
            Tag::Media(kind) => {
                let Some(src) = a else {
                    return self.forgive(DeviationKind::MissingField, at, Some("src"));
                };
                self.count(at)?;
                let regions = &self.presentation.layout.regions;
                let is_known = |name: &str| regions.iter().any(|region| region.id == *name);
                if self.has_layout && b.as_deref().is_some_and(|name| !is_known(name)) {
                    self.forgive(DeviationKind::DanglingReference, at, Some("region"))?;
                }
                let (begin, end) = (self.time(d, "begin", at)?, self.time(e, "end", at)?);
                let media = Media { kind, src: Str::from(&*src), region: string(b), alt: string(c), begin, end };
                if let Some(slide) = &mut self.slide {
                    slide.media.push(media);
                    self.places.push(at);
                }
            }
        }
        Ok(())
    }

    /// The end tag `name`: of the last element that began, or of one around it.
    fn end(&mut self, name: &str, at: usize) -> Result<(), DecodeError> {
        let inner = self.open.iter().rev().position(|open| open.name == name);
        if inner != Some(0) {
            self.forgive(DeviationKind::InvalidXml, at, None)?;
        }
        for _ in 0..inner.map_or(0, |inner| inner + 1) {
            self.leave();
        }
        Ok(())
    }

    fn leave(&mut self) {
        if self.open.pop().is_some_and(|open| open.has_slide)
            && let Some(mut slide) = self.slide.take()
        {
            slide.media.shrink_to_fit();
            self.presentation.slides.push(slide);
        }
    }

    /// Reports markup that no XML document has.
    fn well_formed(&mut self, is_well_formed: bool, at: usize) -> Result<(), DecodeError> {
        if is_well_formed { Ok(()) } else { self.forgive(DeviationKind::InvalidXml, at, None) }
    }

    /// One more element that is kept.
    fn count(&mut self, at: usize) -> Result<(), DecodeError> {
        self.entries += 1;
        // The first is the document itself.
        if self.entries - 1 > self.most {
            return Err(self.cx.exceeded(Limit::Parts, at));
        }
        Ok(())
    }

    fn position(&self) -> usize {
        usize::try_from(self.xml.buffer_position()).unwrap_or(self.text.len())
    }

    fn forgive(&mut self, kind: DeviationKind, offset: usize, field: Option<&'static str>) -> Result<(), DecodeError> {
        self.cx.forgive_in(field, kind, offset)
    }
}

fn string(value: Option<Cow<'_, str>>) -> Option<Str> {
    value.map(|value| Str::from(&*value))
}

/// Whether a text is white space only.
fn is_blank(text: &str) -> bool {
    text.bytes().all(|octet| matches!(octet, b' ' | b'\t' | b'\r' | b'\n'))
}

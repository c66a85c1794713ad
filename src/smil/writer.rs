//! Writing SMIL.

use alloc::string::String;
use alloc::vec::Vec;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, Event};

use super::slides::References;
use super::{Length, Media, MediaKind, Par, Presentation, Region, clock};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::message::{Part, Str};

/// Writes a presentation of `parts`.
///
/// # Errors
///
/// Fails for what MMS phones need not understand: a slide with two texts, two pictures, two sounds,
/// or a video beside a picture or a sound; text, pictures and video without region, or in one that
/// the layout does not have; regions without a name or with the same one. Also fails for a `src`
/// that names none of `parts`, for times that are not whole milliseconds, and for control characters.
///
/// # Examples
///
/// ```
/// use core::time::Duration;
/// use mms_codec::message::{ContentType, Part};
/// use mms_codec::smil::{self, Layout, Media, MediaKind, Par, Presentation};
/// use mms_codec::{EncodeErrorKind, smil::Length};
///
/// let mut part = Part::new(ContentType::new("text/plain").with("charset", "utf-8"), "Hello");
/// part.content_location = Some("hello.txt".into());
///
/// let mut presentation = Presentation::default();
/// presentation.layout = Layout::image_above_text();
/// presentation.layout.regions.remove(0);
/// let hello = Media::new(MediaKind::Text, "hello.txt");
/// presentation.slides.push(Par::new(Duration::from_millis(2500), vec![hello]));
/// assert_eq!(
///     smil::encode(&presentation, &[part])?,
///     "<smil><head><layout><root-layout/>\
///      <region id=\"Text\" left=\"0%\" top=\"70%\" width=\"100%\" height=\"30%\" fit=\"scroll\"/></layout></head>\
///      <body><par dur=\"2500ms\"><text src=\"hello.txt\" region=\"Text\"/></par></body></smil>",
/// );
///
/// let error = smil::encode(&presentation, &[]).unwrap_err();
/// assert_eq!((error.kind, error.field), (EncodeErrorKind::DanglingReference, Some("src")));
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
pub fn encode(presentation: &Presentation, parts: &[Part]) -> Result<String, EncodeError> {
    let mut to = Document(Writer::new(Vec::new()));
    let layout = &presentation.layout;
    to.start(BytesStart::new("smil"))?;
    to.start(BytesStart::new("head"))?;
    for meta in &presentation.meta {
        let mut element = BytesStart::new("meta");
        attribute(&mut element, "name", &meta.name)?;
        attribute(&mut element, "content", &meta.content)?;
        to.empty(element)?;
    }
    to.start(BytesStart::new("layout"))?;
    let mut root = BytesStart::new("root-layout");
    length(&mut root, "width", layout.width);
    length(&mut root, "height", layout.height);
    optional(&mut root, "background-color", layout.background_color.as_ref())?;
    to.empty(root)?;
    let mut ids: Vec<&Str> = Vec::new();
    for region in &layout.regions {
        if ids.contains(&&region.id) {
            return Err(EncodeError::from(EncodeErrorKind::FieldConflict).in_field("id"));
        }
        ids.push(&region.id);
        to.region(region)?;
    }
    to.end("layout")?;
    to.end("head")?;
    to.start(BytesStart::new("body"))?;
    let references = References::new(parts);
    for slide in &presentation.slides {
        check_slide(slide)?;
        let mut par = BytesStart::new("par");
        time(&mut par, "dur", slide.duration)?;
        to.start(par)?;
        for media in &slide.media {
            if references.find(&media.src).is_none() {
                return Err(EncodeError::from(EncodeErrorKind::DanglingReference).in_field("src"));
            }
            to.media(media, &ids)?;
        }
        to.end("par")?;
    }
    to.end("body")?;
    to.end("smil")?;
    String::from_utf8(to.0.into_inner()).map_err(|_| EncodeErrorKind::InvalidText.into())
}

/// A slide shows at most one text, one picture with or without one sound, or one video instead of
/// both (OMA MMS Conformance, SMIL).
fn check_slide(slide: &Par) -> Result<(), EncodeError> {
    let count = |kind| slide.media.iter().filter(|media| media.kind == kind).count();
    let videos = count(MediaKind::Video);
    let fits =
        count(MediaKind::Text) <= 1 && count(MediaKind::Image) + videos <= 1 && count(MediaKind::Audio) + videos <= 1;
    if fits { Ok(()) } else { Err(EncodeError::from(EncodeErrorKind::FieldConflict).in_field("par")) }
}

struct Document(Writer<Vec<u8>>);

impl Document {
    fn region(&mut self, region: &Region) -> Result<(), EncodeError> {
        if !is_name(&region.id) {
            return Err(EncodeError::from(EncodeErrorKind::InvalidText).in_field("id"));
        }
        let mut element = BytesStart::new("region");
        attribute(&mut element, "id", &region.id)?;
        length(&mut element, "left", region.left);
        length(&mut element, "top", region.top);
        length(&mut element, "width", region.width);
        length(&mut element, "height", region.height);
        if let Some(fit) = region.fit {
            element.push_attribute(("fit", fit.name()));
        }
        optional(&mut element, "background-color", region.background_color.as_ref())?;
        self.empty(element)
    }

    fn media(&mut self, media: &Media, regions: &[&Str]) -> Result<(), EncodeError> {
        let is_seen = matches!(media.kind, MediaKind::Text | MediaKind::Image | MediaKind::Video);
        let wrong = match &media.region {
            None if is_seen => Some(EncodeErrorKind::MissingField),
            Some(_) if media.kind == MediaKind::Audio => Some(EncodeErrorKind::FieldConflict),
            Some(region) if !regions.contains(&region) => Some(EncodeErrorKind::DanglingReference),
            _ => None,
        };
        if let Some(kind) = wrong {
            return Err(EncodeError::from(kind).in_field("region"));
        }
        if media.begin.zip(media.end).is_some_and(|(begin, end)| end < begin) {
            return Err(EncodeError::from(EncodeErrorKind::FieldConflict).in_field("end"));
        }
        let mut element = BytesStart::new(media.kind.name());
        attribute(&mut element, "src", &media.src)?;
        optional(&mut element, "region", media.region.as_ref())?;
        optional(&mut element, "alt", media.alt.as_ref())?;
        time(&mut element, "begin", media.begin)?;
        time(&mut element, "end", media.end)?;
        self.empty(element)
    }

    fn start(&mut self, element: BytesStart<'_>) -> Result<(), EncodeError> {
        self.event(Event::Start(element))
    }

    fn empty(&mut self, element: BytesStart<'_>) -> Result<(), EncodeError> {
        self.event(Event::Empty(element))
    }

    fn end(&mut self, name: &str) -> Result<(), EncodeError> {
        self.event(Event::End(BytesEnd::new(name)))
    }

    fn event(&mut self, event: Event<'_>) -> Result<(), EncodeError> {
        // Writing into memory does not fail.
        self.0.write_event(event).map_err(|_| EncodeErrorKind::NotExpressible.into())
    }
}

/// Whether `id` is a name such as XML wants for identifiers, without colon.
fn is_name(id: &str) -> bool {
    id.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn attribute(element: &mut BytesStart<'_>, name: &'static str, value: &str) -> Result<(), EncodeError> {
    let wrong = value.chars().find(|c| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    if let Some(c) = wrong {
        let kind = u8::try_from(u32::from(c)).map_or(EncodeErrorKind::InvalidText, EncodeErrorKind::ControlCharacter);
        return Err(EncodeError::from(kind).in_field(name));
    }
    element.push_attribute((name, value));
    Ok(())
}

fn optional(element: &mut BytesStart<'_>, name: &'static str, value: Option<&Str>) -> Result<(), EncodeError> {
    value.map_or(Ok(()), |value| attribute(element, name, value))
}

fn length(element: &mut BytesStart<'_>, name: &str, value: Option<Length>) {
    match value {
        None => {}
        Some(Length::Pixels(pixels)) => element.push_attribute((name, &*alloc::format!("{pixels}"))),
        Some(Length::Percent(percent)) => element.push_attribute((name, &*alloc::format!("{percent}%"))),
    }
}

fn time(
    element: &mut BytesStart<'_>,
    name: &'static str,
    value: Option<core::time::Duration>,
) -> Result<(), EncodeError> {
    let Some(value) = value else { return Ok(()) };
    let text = clock::write(value).ok_or(EncodeErrorKind::NotExpressible);
    element.push_attribute((name, &*text.map_err(|kind| EncodeError::from(kind).in_field(name))?));
    Ok(())
}

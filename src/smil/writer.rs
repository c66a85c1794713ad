//! Writing SMIL.

use alloc::string::String;
use alloc::vec::Vec;

use super::slides::References;
use super::{Length, Media, MediaKind, Par, Presentation, Region, clock};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::message::{Part, Str};
use crate::xml::writer::Writer;

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
    let mut to = Writer::new();
    let layout = &presentation.layout;
    to.start("smil");
    to.start("head");
    for meta in &presentation.meta {
        to.start("meta");
        attribute(&mut to, "name", &meta.name)?;
        attribute(&mut to, "content", &meta.content)?;
        to.end("meta");
    }
    to.start("layout");
    to.start("root-layout");
    length(&mut to, "width", layout.width)?;
    length(&mut to, "height", layout.height)?;
    optional(&mut to, "background-color", layout.background_color.as_ref())?;
    to.end("root-layout");
    let mut ids: Vec<&Str> = Vec::new();
    for region in &layout.regions {
        if ids.contains(&&region.id) {
            return Err(EncodeError::from(EncodeErrorKind::FieldConflict).in_field("id"));
        }
        ids.push(&region.id);
        write_region(region, &mut to)?;
    }
    to.end("layout");
    to.end("head");
    to.start("body");
    let references = References::new(parts);
    for slide in &presentation.slides {
        check_slide(slide)?;
        to.start("par");
        time(&mut to, "dur", slide.duration)?;
        for media in &slide.media {
            if references.find(&media.src).is_none() {
                return Err(EncodeError::from(EncodeErrorKind::DanglingReference).in_field("src"));
            }
            write_media(media, &ids, &mut to)?;
        }
        to.end("par");
    }
    to.end("body");
    to.end("smil");
    Ok(to.finish())
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

fn write_region(region: &Region, to: &mut Writer) -> Result<(), EncodeError> {
    if !is_name(&region.id) {
        return Err(EncodeError::from(EncodeErrorKind::InvalidText).in_field("id"));
    }
    to.start("region");
    attribute(to, "id", &region.id)?;
    length(to, "left", region.left)?;
    length(to, "top", region.top)?;
    length(to, "width", region.width)?;
    length(to, "height", region.height)?;
    region.fit.map_or(Ok(()), |fit| attribute(to, "fit", fit.name()))?;
    optional(to, "background-color", region.background_color.as_ref())?;
    to.end("region");
    Ok(())
}

fn write_media(media: &Media, regions: &[&Str], to: &mut Writer) -> Result<(), EncodeError> {
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
    to.start(media.kind.name());
    attribute(to, "src", &media.src)?;
    optional(to, "region", media.region.as_ref())?;
    optional(to, "alt", media.alt.as_ref())?;
    time(to, "begin", media.begin)?;
    time(to, "end", media.end)?;
    to.end(media.kind.name());
    Ok(())
}

/// Whether `id` is a name such as XML wants for identifiers, without colon.
fn is_name(id: &str) -> bool {
    id.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn attribute(to: &mut Writer, name: &'static str, value: &str) -> Result<(), EncodeError> {
    // XML allows white space and C1 controls; phones do not expect them.
    let control = value.chars().find(|c| c.is_control());
    let kind = control.map(|c| u8::try_from(c).map_or(EncodeErrorKind::InvalidText, EncodeErrorKind::ControlCharacter));
    kind.map_or_else(|| to.attribute(name, value), |kind| Err(kind.into())).map_err(|error| error.in_field(name))
}

fn optional(to: &mut Writer, name: &'static str, value: Option<&Str>) -> Result<(), EncodeError> {
    value.map_or(Ok(()), |value| attribute(to, name, value))
}

fn length(to: &mut Writer, name: &'static str, value: Option<Length>) -> Result<(), EncodeError> {
    match value {
        None => Ok(()),
        Some(Length::Pixels(pixels)) => attribute(to, name, &alloc::format!("{pixels}")),
        Some(Length::Percent(percent)) => attribute(to, name, &alloc::format!("{percent}%")),
    }
}

fn time(to: &mut Writer, name: &'static str, value: Option<core::time::Duration>) -> Result<(), EncodeError> {
    let Some(value) = value else { return Ok(()) };
    let text = clock::write(value).ok_or_else(|| EncodeError::from(EncodeErrorKind::NotExpressible).in_field(name))?;
    attribute(to, name, &text)
}

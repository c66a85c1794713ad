//! Making messages: from texts and files to a body with slides.
//!
//! A [`Composition`] is a list of slides, each with its parts. [`Composition::body`] gives the
//! parts their names and writes the presentation ([`smil`]); the result goes into
//! [`Message::body`](crate::message::Message::body), which every interface writes.
//! [`content_class`](mod@crate::content_class) reports the class of phones that such a message is for.
//!
//! Nothing is converted: a picture goes out with the octets that it came with.
//!
//! # Examples
//!
//! ```
//! use mms_codec::compose::{Composition, Slide, file, text};
//! use mms_codec::{message::Message, smil};
//!
//! # let jpeg = b"\xff\xd8\xff\xd9".to_vec();
//! let mut message = Message::default();
//! let first = Slide::new(vec![file("cat.jpg", jpeg), text("This is a cat.")]);
//! let second = Slide::new(vec![text("No more of it.")]);
//! message.body = Some(Composition::new(vec![first, second]).body()?);
//!
//! let body = message.body.unwrap();
//! let names: Vec<_> = body.parts().iter().filter_map(|part| part.content_location.as_deref()).collect();
//! assert_eq!(names, ["smil.smil", "cat.jpg", "text1.txt", "text2.txt"]);
//! let slides = smil::slides(&body).unwrap().value.slides;
//! assert_eq!(slides[1].media[0].part.unwrap().text().unwrap(), "No more of it.");
//! # Ok::<(), mms_codec::EncodeError>(())
//! ```

mod media_type;
mod names;

use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use bytes::Bytes;

use self::names::Names;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::message::{Charset, ContentType, Part, Str, byte_order_mark};
use crate::smil::{self, Layout, Media, MediaKind, Meta, Presentation};

/// A message under construction: slides and attachments.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Composition {
    /// The slides, in their order.
    pub slides: Vec<Slide>,
    /// Parts that no slide shows, such as a business card.
    pub attachments: Vec<Part>,
    /// The regions of the display: the picture above the text, by default.
    pub layout: Layout,
    /// What to say about the presentation, such as its title.
    pub meta: Vec<Meta>,
}

impl Composition {
    /// A message with these slides.
    ///
    /// # Examples
    ///
    /// With a title:
    ///
    /// ```
    /// use mms_codec::compose::{Composition, Slide, text};
    /// use mms_codec::smil::{self, Meta};
    ///
    /// let mut composition = Composition::new(vec![Slide::new(vec![text("Hello")])]);
    /// composition.meta.push(Meta::new("title", "Holidays"));
    /// let body = composition.body()?;
    /// assert_eq!(smil::slides(&body).unwrap().value.meta, [Meta::new("title", "Holidays")]);
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    #[must_use]
    pub fn new(slides: Vec<Slide>) -> Self {
        Self { slides, attachments: Vec::new(), layout: Layout::image_above_text(), meta: Vec::new() }
    }

    /// The body of the message: `application/vnd.wap.multipart.related` with the presentation as
    /// its root, or `application/vnd.wap.multipart.mixed` if there are only attachments.
    ///
    /// Each part gets a unique name, which becomes its Content-Location, its Content-ID and the
    /// `name` of its content type: the one that it has (see [`Part::name`]), in ASCII, without path
    /// and with at most 40 characters, or else its kind and the number of its slide. Where several
    /// parts want the same name, the later ones get a number. The same composition always gives the
    /// same body.
    ///
    /// # Errors
    ///
    /// Fails for a message without parts, and where [`smil::encode`] does: for a slide with two
    /// texts, two pictures, two sounds, or a video beside a picture or a sound, and for durations
    /// that are not whole milliseconds.
    ///
    /// # Examples
    ///
    /// A business card comes along, and the second slide stays for 12 seconds:
    ///
    /// ```
    /// use core::time::Duration;
    /// use mms_codec::compose::{Composition, Slide, file, text};
    ///
    /// let mut last = Slide::new(vec![text("Goodbye")]);
    /// last.duration = Duration::from_secs(12);
    /// let mut composition = Composition::new(vec![Slide::new(vec![text("Hello")]), last]);
    /// composition.attachments.push(file("Müller.vcf", "BEGIN:VCARD\r\nEND:VCARD\r\n"));
    ///
    /// let body = composition.body()?;
    /// let card = body.find("M_ller.vcf").unwrap();
    /// assert!(card.content_type.is("text/x-vCard"));
    /// assert_eq!(body.root().unwrap().text().unwrap().matches("dur=\"12s\"").count(), 1);
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    ///
    /// Two pictures do not go into one slide:
    ///
    /// ```
    /// use mms_codec::EncodeErrorKind;
    /// use mms_codec::compose::{Composition, Slide, file};
    ///
    /// let pictures = Slide::new(vec![file("a.gif", "GIF89a"), file("b.gif", "GIF89a")]);
    /// let error = Composition::new(vec![pictures]).body().unwrap_err();
    /// assert_eq!((error.kind, error.field), (EncodeErrorKind::FieldConflict, Some("par")));
    /// ```
    pub fn body(self) -> Result<Part, EncodeError> {
        let Self { slides, attachments, layout, meta } = self;
        let mut names = Names::default();
        let mut parts = Vec::new();
        let mut presentation = Presentation::default();
        (presentation.layout, presentation.meta) = (layout, meta);
        for (slide, number) in slides.into_iter().zip(1_usize..) {
            let mut media = Vec::new();
            for part in slide.parts {
                let kind = MediaKind::of(&part);
                let word = if kind == MediaKind::Image { "image" } else { kind.name() };
                let (part, name) = named(part, &mut names, &alloc::format!("{word}{number}"));
                media.push(Media::new(kind, name));
                parts.push(part);
            }
            presentation.slides.push(smil::Par::new(slide.duration, media));
        }
        let has_slides = !presentation.slides.is_empty();
        if has_slides {
            let text = smil::encode(&presentation, &parts)?;
            let content_type = ContentType::new("application/smil").with("charset", "utf-8");
            let mut root = Part::new(content_type.with("name", Names::PRESENTATION), text);
            root.content_id = Some(Str::from_static(START));
            root.content_location = Some(Str::from_static(Names::PRESENTATION));
            parts.insert(0, root);
        }
        for (part, number) in attachments.into_iter().zip(1_usize..) {
            parts.push(named(part, &mut names, &alloc::format!("file{number}")).0);
        }
        if parts.is_empty() {
            return Err(EncodeErrorKind::MissingField.into());
        }
        let content_type = if has_slides {
            let related = ContentType::new("application/vnd.wap.multipart.related");
            related.with("start", START).with("type", "application/smil")
        } else {
            ContentType::new("application/vnd.wap.multipart.mixed")
        };
        Ok(Part::multipart(content_type, parts))
    }
}

/// The Content-ID of the presentation.
const START: &str = "<smil@mms>";

/// A slide under construction.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Slide {
    /// For how long it is shown, in whole milliseconds.
    pub duration: Duration,
    /// What it shows: a text, and a picture with or without sound, or a video.
    pub parts: Vec<Part>,
}

impl Slide {
    /// A slide that is shown for five seconds, as on most phones.
    ///
    /// # Examples
    ///
    /// ```
    /// use core::time::Duration;
    /// use mms_codec::compose::{Slide, text};
    ///
    /// let mut slide = Slide::new(vec![text("Hello")]);
    /// assert_eq!(slide.duration, Duration::from_secs(5));
    /// slide.duration = Duration::from_millis(2500);
    /// ```
    #[must_use]
    pub const fn new(parts: Vec<Part>) -> Self {
        Self { duration: Duration::from_secs(5), parts }
    }
}

/// A text.
///
/// # Examples
///
/// ```
/// let part = mms_codec::compose::text("Été");
/// assert_eq!(part.content_type.to_string(), "text/plain; charset=utf-8");
/// ```
pub fn text(text: impl Into<String>) -> Part {
    Part::new(ContentType::new("text/plain").with("charset", "utf-8"), text.into())
}

/// A file. Its media type is that of its content, or else of its name: pictures (JPEG, GIF, PNG, SVG, BMP, TIFF,
/// WebP, HEIC, AVIF; WBMP by its name only), sounds (AMR, MIDI with and without scalable polyphony, MP3, AAC, WAV, Ogg,
/// 3GP and MP4 without pictures, QCELP, iMelody, SMAF, XMF), films (3GP, MP4, QuickTime, WebM), business cards,
/// appointments, and protected media (OMA DRM). What is nothing of these and has no name that says more is
/// `text/plain` if it is text, else `application/octet-stream`. The charset of a text is said if it is UTF-8, or
/// begins with the mark of UTF-16 or UTF-32.
///
/// # Examples
///
/// ```
/// use mms_codec::compose::file;
///
/// let octets: &[u8] = b"#!AMR\n";
/// assert!(file("voice.bin", octets).content_type.is("audio/amr"));
/// assert!(file("picture.wbmp", &b"\0\0\x08\x01\xff"[..]).content_type.is("image/vnd.wap.wbmp"));
/// ```
pub fn file(name: &str, octets: impl Into<Bytes>) -> Part {
    let octets = octets.into();
    let media = media_type::of(name, &octets);
    let mut content_type = ContentType::new(media);
    if media.starts_with("text/") {
        let charset = match byte_order_mark(&octets) {
            Some((Charset::UTF_16LE | Charset::UTF_16BE, _)) => Some("utf-16"),
            Some((Charset::UTF_32LE | Charset::UTF_32BE, _)) => Some("utf-32"),
            _ => core::str::from_utf8(&octets).ok().map(|_| "utf-8"),
        };
        content_type = charset.into_iter().fold(content_type, |own, charset| own.with("charset", charset));
    }
    let mut part = Part::new(content_type, octets);
    part.content_location = Some(name.into());
    part
}

/// The extension of the name of a file with this content, without the dot; `None` for types that are not those of MMS.
///
/// # Examples
///
/// ```
/// use mms_codec::compose::extension;
/// use mms_codec::message::ContentType;
///
/// assert_eq!(extension(&ContentType::new("Image/JPEG")), Some("jpg"));
/// assert_eq!(extension(&ContentType::new("application/octet-stream")), None);
/// ```
#[must_use]
pub fn extension(content_type: &ContentType) -> Option<&'static str> {
    content_type.media.name().and_then(media_type::extension)
}

/// The part under a unique name, and that name.
fn named(mut part: Part, names: &mut Names, default: &str) -> (Part, Str) {
    let name = names.give(&part.name().unwrap_or_default(), default, extension(&part.content_type));
    part.content_type.parameters.retain(|parameter| !parameter.is("name"));
    part.content_type = part.content_type.with("name", name.clone());
    part.content_id = Some(alloc::format!("<{name}@mms>").into());
    part.content_location = Some(name.clone());
    (part, name)
}

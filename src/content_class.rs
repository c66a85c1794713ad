//! Content classes: for which phones a message is (OMA MMS Conformance; `X-Mms-Content-Class`).
//!
//! A content class says how large a message is and which media it has, so that every phone of that
//! class can show it. The classes of the core domain contain each other: text, image basic, image
//! rich, video basic, video rich, megapixel. Those of the content domain do too: content basic,
//! content rich. [`content_class`] finds the least one that holds a message, the core domain first.
//!
//! The limits are data: [`LIMITS`] and [`MEDIA`]. The text of the Conformance document was not at
//! hand; each row says how far it can be trusted ([`Certainty`]), from these accounts of it:
//!
//! * the constants and rules of the conformance check in Symbian's messaging (`MmsConformance.h` and
//!   `.cpp`, which name the versions 1.2 and 1.3 of the document as their source),
//! * an implementer's table of sizes, resolutions and charsets of version 1.2,
//! * the implementation notes of Firefox OS on version 1.3 (Mozilla bug 792326),
//! * OMA's interoperability tests of version 1.3 by their names, as far as oFono's test data has
//!   them (MMS-1.3-con-212 to 220: texts in us-ascii and UTF-8, a JPEG and a GIF of 160 by 120).
//!
//! Not checked, because it needs a look into the media: whether a JPEG is a baseline one, which
//! codecs and which resolution a video has, what a protected part contains.
//!
//! # Examples
//!
//! ```
//! use mms_codec::compose::{Composition, Slide, file, text};
//! use mms_codec::content_class::content_class;
//! use mms_codec::message::ContentClass;
//!
//! // A GIF of 320 by 200 pixels.
//! let picture = file("map.gif", &b"GIF89a\x40\x01\xc8\0\0\0\0;"[..]);
//! let body = Composition::new(vec![Slide::new(vec![picture, text("Here")])]).body()?;
//! let found = content_class(&body, 1200);
//! assert_eq!(found.class, Some(ContentClass::ImageRich));
//! let reasons: Vec<_> = found.reasons.iter().map(ToString::to_string).collect();
//! assert_eq!(reasons, [
//!     "text has no image/gif (map.gif)",
//!     "image-basic has pictures up to 160x120 pixels, not 320x200 (map.gif)",
//! ]);
//! # Ok::<(), mms_codec::EncodeError>(())
//! ```

mod dimensions;
mod limits;

use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;

pub use self::dimensions::{Dimensions, dimensions};
pub use self::limits::{Certainty, ClassLimits, LIMITS, MEDIA, MediaLimits};
use crate::message::{Charset, ContentClass, Part};

/// The content class of a message, and why it is not a smaller one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Classification<'a> {
    /// The least class that holds the message; `None` if none does.
    pub class: Option<ContentClass>,
    /// Why the message does not fit each of the classes before it, in the order of the classes.
    pub reasons: Vec<Reason<'a>>,
}

/// Why a message does not fit a class.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reason<'a> {
    /// The class.
    pub class: ContentClass,
    /// The part that does not fit; `None` for the message as a whole.
    pub part: Option<&'a Part>,
    /// What does not fit.
    pub kind: ReasonKind,
}

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReasonKind {
    /// The message is too large.
    Size {
        /// Its size in octets.
        octets: usize,
        /// The size that the class allows.
        limit: usize,
    },
    /// The class does not have this media type.
    MediaType,
    /// A text is in a charset other than us-ascii, UTF-8 and UTF-16.
    Charset,
    /// A picture is too large.
    Dimensions {
        /// Its size.
        found: Dimensions,
        /// The size that the class allows, width and height each.
        limit: Dimensions,
    },
    /// The size of a picture cannot be read.
    UnreadableImage,
}

/// One line, whatever the names of parts and media types are.
impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let class = self.class;
        match self.kind {
            ReasonKind::Size { octets, limit } => write!(f, "{class} has up to {limit} octets, not {octets}"),
            ReasonKind::MediaType => match self.part {
                Some(part) => write!(f, "{class} has no {}", part.content_type.media.to_string().escape_debug()),
                None => write!(f, "{class} has no such media"),
            },
            ReasonKind::Charset => write!(f, "{class} has text in us-ascii, UTF-8 and UTF-16 only"),
            ReasonKind::Dimensions { found, limit } => {
                write!(f, "{class} has pictures up to {limit} pixels, not {found}")
            }
            ReasonKind::UnreadableImage => write!(f, "{class} needs pictures whose size can be read"),
        }?;
        match self.part.and_then(Part::name) {
            Some(name) => write!(f, " ({})", name.escape_debug()),
            None => Ok(()),
        }
    }
}

/// The least content class that holds a message with this body and this size in octets, which is
/// the size of the whole encoded message (for MM1, [`mm1::encoded_len`](crate::mm1::encoded_len)).
///
/// Parts within a multipart count each for itself. Pictures are measured as they are stored: one of
/// 120 by 160 pixels does not fit 160 by 120.
///
/// # Examples
///
/// Nothing but text, but too much of it:
///
/// ```
/// use mms_codec::content_class::{ReasonKind, content_class};
/// use mms_codec::{compose, message::ContentClass};
///
/// let body = compose::text("…");
/// let found = content_class(&body, 40_000);
/// assert_eq!(found.class, Some(ContentClass::ImageRich));
/// assert_eq!(found.reasons[0].kind, ReasonKind::Size { octets: 40_000, limit: 30_720 });
/// ```
///
/// No class has this type:
///
/// ```
/// use mms_codec::content_class::content_class;
/// use mms_codec::message::{ContentType, Part};
///
/// let body = Part::new(ContentType::new("application/pdf"), "%PDF-1.4");
/// let found = content_class(&body, 500);
/// assert_eq!((found.class, found.reasons.len()), (None, 8));
/// ```
pub fn content_class(body: &Part, octets: usize) -> Classification<'_> {
    let parts = measured(body);
    let mut reasons = Vec::new();
    for limits in LIMITS {
        let before = reasons.len();
        add_reasons(&parts, octets, limits, &mut reasons);
        if reasons.len() == before {
            return Classification { class: Some(limits.class), reasons };
        }
    }
    Classification { class: None, reasons }
}

/// Why a message with this body and this size in octets does not fit a class; empty if it does. A phone of that class need
/// not show it.
///
/// # Examples
///
/// ```
/// use mms_codec::content_class::reasons;
/// use mms_codec::{compose, message::ContentClass};
///
/// let picture = compose::file("map.gif", &b"GIF89a\x40\x01\xc8\0\0\0\0;"[..]);
/// let found: Vec<_> = reasons(&picture, 1200, ContentClass::ImageBasic).iter().map(ToString::to_string).collect();
/// assert_eq!(found, ["image-basic has pictures up to 160x120 pixels, not 320x200 (map.gif)"]);
/// assert!(reasons(&picture, 1200, ContentClass::ImageRich).is_empty());
/// ```
pub fn reasons(body: &Part, octets: usize, class: ContentClass) -> Vec<Reason<'_>> {
    let mut reasons = Vec::new();
    if let Some(limits) = LIMITS.iter().find(|limits| limits.class == class) {
        add_reasons(&measured(body), octets, limits, &mut reasons);
    }
    reasons
}

fn measured(body: &Part) -> Vec<Measured<'_>> {
    body.leaves().map(Measured::new).collect()
}

fn add_reasons<'a>(parts: &[Measured<'a>], octets: usize, limits: &ClassLimits, reasons: &mut Vec<Reason<'a>>) {
    if octets > limits.octets {
        let kind = ReasonKind::Size { octets, limit: limits.octets };
        reasons.push(Reason { class: limits.class, part: None, kind });
    }
    for measured in parts {
        let kinds = measured.misfits(limits);
        reasons.extend(kinds.map(|kind| Reason { class: limits.class, part: Some(measured.part), kind }));
    }
}

/// What matters of a part, found out once.
struct Measured<'a> {
    part: &'a Part,
    media: Option<&'static MediaLimits>,
    has_charset: bool,
    is_image: bool,
    dimensions: Option<Dimensions>,
}

impl<'a> Measured<'a> {
    fn new(part: &'a Part) -> Self {
        let content_type = &part.content_type;
        let media = MEDIA.iter().find(|media| content_type.is(media.media));
        // SVG has no pixels.
        let is_image = media.is_some_and(|media| media.media.starts_with("image/") && media.media != "image/svg+xml");
        let has_charset = !content_type.is("text/plain")
            || content_type.parameter("charset").is_none_or(|name| {
                let known = [Charset::US_ASCII, Charset::UTF_8, Charset::UTF_16];
                Charset::from_name(name).is_some_and(|charset| known.contains(&charset))
            });
        let dimensions = if is_image { dimensions(part) } else { None };
        Self { part, media, has_charset, is_image, dimensions }
    }

    fn misfits(&self, limits: &ClassLimits) -> impl Iterator<Item = ReasonKind> + use<> {
        let has_media = self.media.is_some_and(|media| media.is_in(limits.class));
        let media = (!has_media).then_some(ReasonKind::MediaType);
        let charset = (!self.has_charset).then_some(ReasonKind::Charset);
        let image = limits.image.filter(|_| self.is_image && has_media).and_then(|limit| match self.dimensions {
            None => Some(ReasonKind::UnreadableImage),
            Some(found) => (!found.fits(limit)).then_some(ReasonKind::Dimensions { found, limit }),
        });
        [media, charset, image].into_iter().flatten()
    }
}

//! SMIL of MMS: the presentation that says which parts a slide shows, where, and for how long (OMA
//! MMS Conformance; the elements are those of SMIL 2.0).
//!
//! [`decode`] reads what real phones write, [`encode`] writes only what every phone reads: a layout
//! with a region for pictures and one for text, and one `par` for each slide. [`slides`] lists the
//! slides of a received message together with the parts that they show. [`compose`](crate::compose)
//! makes whole messages.
//!
//! Links, transitions, animation and events of SMIL are not read: MMS does not have them. An element
//! that is not known is reported, and its content is read as if the element were absent.
//!
//! # Examples
//!
//! ```
//! use mms_codec::smil;
//!
//! let decoded = smil::decode(
//!     "<smil><head><layout><root-layout/><region id='Image' height='70%' fit='meet'/></layout></head>\
//!      <body><par dur='5s'><img src='cat.jpg' region='Image'/></par></body></smil>",
//! )?;
//! assert!(decoded.deviations.is_empty());
//! let slide = &decoded.value.slides[0];
//! assert_eq!(slide.duration, Some(core::time::Duration::from_secs(5)));
//! assert_eq!(slide.media[0].src, "cat.jpg");
//! # Ok::<(), mms_codec::DecodeError>(())
//! ```

mod clock;
#[cfg(feature = "arbitrary")]
pub(crate) mod fuzz;
#[cfg(feature = "arbitrary")]
mod generate;
mod reader;
mod slides;
mod tag;
mod writer;

use alloc::vec::Vec;
use core::time::Duration;

pub use self::reader::{decode, decode_with};
pub use self::slides::{ShownMedia, ShownSlide, Slides, slides, slides_with};
pub use self::writer::encode;
use crate::message::{Part, Str};
use crate::named::closed;

/// A presentation: where its slides show things, and the slides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Presentation {
    /// What the author says about it (`meta`), in its order.
    pub meta: Vec<Meta>,
    /// The regions of the display.
    pub layout: Layout,
    /// The slides, in their order.
    pub slides: Vec<Par>,
}

/// Something that the author says about a presentation (`meta`), such as its title.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Meta {
    /// What it is, such as `title` or `author`.
    pub name: Str,
    /// What is said.
    pub content: Str,
}

impl Meta {
    /// `name` is `content`.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::smil::{Meta, Presentation};
    ///
    /// let mut presentation = Presentation::default();
    /// presentation.meta.push(Meta::new("title", "Holidays"));
    /// ```
    pub fn new(name: impl Into<Str>, content: impl Into<Str>) -> Self {
        Self { name: name.into(), content: content.into() }
    }
}

/// The display that a presentation was made for, and its regions (`layout`).
///
/// A receiver with another display may arrange the regions as it likes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Layout {
    /// Width of the display (`root-layout`); absent means that of the receiver.
    pub width: Option<Length>,
    /// Height of the display; absent means that of the receiver.
    pub height: Option<Length>,
    /// Its colour, as it was written.
    pub background_color: Option<Str>,
    /// The regions, in their order.
    pub regions: Vec<Region>,
}

impl Layout {
    /// The region of pictures and videos.
    pub const IMAGE: Str = Str::from_static("Image");
    /// The region of texts.
    pub const TEXT: Str = Str::from_static("Text");

    /// The picture above, the text below, on whatever display the receiver has.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::smil::{Layout, Length};
    ///
    /// let layout = Layout::image_above_text();
    /// assert_eq!(layout.regions[0].id, Layout::IMAGE);
    /// assert_eq!(layout.regions[0].height, Some(Length::Percent(70)));
    /// ```
    #[must_use]
    pub fn image_above_text() -> Self {
        let region = |id, top, height, fit| Region {
            left: Some(Length::Percent(0)),
            top: Some(Length::Percent(top)),
            width: Some(Length::Percent(100)),
            height: Some(Length::Percent(height)),
            fit: Some(fit),
            ..Region::new(id)
        };
        let regions = alloc::vec![region(Self::IMAGE, 0, 70, Fit::Meet), region(Self::TEXT, 70, 30, Fit::Scroll)];
        Self { regions, ..Self::default() }
    }
}

/// A region of the display (`region`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Region {
    /// The name that media refer to it by; MMS knows `Image` and `Text`.
    pub id: Str,
    /// Distance from the left.
    pub left: Option<Length>,
    /// Distance from the top.
    pub top: Option<Length>,
    /// Width.
    pub width: Option<Length>,
    /// Height.
    pub height: Option<Length>,
    /// What to do with media that are larger or smaller.
    pub fit: Option<Fit>,
    /// Its colour, as it was written.
    pub background_color: Option<Str>,
}

impl Region {
    /// A region without place and size.
    ///
    /// # Examples
    ///
    /// The text above the picture:
    ///
    /// ```
    /// use mms_codec::smil::{Layout, Length, Region};
    ///
    /// let mut text = Region::new(Layout::TEXT);
    /// text.height = Some(Length::Percent(30));
    /// let mut image = Region::new(Layout::IMAGE);
    /// (image.top, image.height) = (Some(Length::Percent(30)), Some(Length::Percent(70)));
    /// let mut layout = Layout::default();
    /// layout.regions = vec![text, image];
    /// ```
    pub fn new(id: impl Into<Str>) -> Self {
        Self { id: id.into(), left: None, top: None, width: None, height: None, fit: None, background_color: None }
    }
}

/// A length on the display.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_enums, reason = "SMIL has these two units")]
pub enum Length {
    /// Pixels, written with or without `px`.
    Pixels(u32),
    /// Percent of the display.
    Percent(u32),
}

closed! {
    /// What to do with media that are larger or smaller than their region.
    pub enum Fit {
        /// Neither is changed: what is larger is cut.
        Hidden = "hidden";
        /// It is scaled to fit, with its proportions.
        Meet = "meet";
        /// It is shown as it is, with scrolling.
        Scroll = "scroll";
        /// It is scaled to fill the region, with its proportions; the rest is cut.
        Slice = "slice";
        /// It is scaled to fill the region, without its proportions.
        Fill = "fill";
    }
}

closed! {
    /// What kind of media a slide shows.
    pub enum MediaKind {
        /// Text.
        Text = "text";
        /// A picture.
        Image = "img";
        /// Sound.
        Audio = "audio";
        /// A video.
        Video = "video";
        /// Something else, such as a business card.
        Reference = "ref";
    }
}

impl MediaKind {
    /// The kind of media of a part, by its media type.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{ContentType, Part};
    /// use mms_codec::smil::MediaKind;
    ///
    /// let kind = |media: &str| MediaKind::of(&Part::new(ContentType::new(media), ""));
    /// assert_eq!(kind("audio/amr"), MediaKind::Audio);
    /// assert_eq!(kind("text/x-vCard"), MediaKind::Reference);
    /// ```
    pub fn of(part: &Part) -> Self {
        let name = part.content_type.media.name().unwrap_or_default();
        let top = name.split('/').next().unwrap_or_default();
        let is = |wanted: &str| top.eq_ignore_ascii_case(wanted);
        // A business card or an appointment is text, but not to be shown as such.
        let is_card = ["text/x-vcard", "text/vcard", "text/x-vcalendar", "text/calendar"];
        match () {
            () if is_card.iter().any(|card| card.eq_ignore_ascii_case(name)) => Self::Reference,
            () if is("text") => Self::Text,
            () if is("image") => Self::Image,
            () if is("audio") => Self::Audio,
            () if is("video") => Self::Video,
            () => Self::Reference,
        }
    }
}

/// A slide: what is shown at the same time (`par`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Par {
    /// For how long, in whole milliseconds; absent means until the user moves on, or the media end.
    pub duration: Option<Duration>,
    /// What is shown, in its order.
    pub media: Vec<Media>,
}

impl Par {
    /// A slide that is shown for `duration`.
    ///
    /// # Examples
    ///
    /// ```
    /// use core::time::Duration;
    /// use mms_codec::smil::{Media, MediaKind, Par};
    ///
    /// let slide = Par::new(Duration::from_secs(5), vec![Media::new(MediaKind::Image, "cat.jpg")]);
    /// assert_eq!(slide.duration, Some(Duration::from_secs(5)));
    /// ```
    #[must_use]
    pub const fn new(duration: Duration, media: Vec<Media>) -> Self {
        Self { duration: Some(duration), media }
    }
}

/// Something that a slide shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Media {
    /// What it is.
    pub kind: MediaKind,
    /// The part: its Content-Location, or `cid:` and its Content-ID.
    pub src: Str,
    /// The region that it is shown in.
    pub region: Option<Str>,
    /// Text in place of it.
    pub alt: Option<Str>,
    /// When it begins, after the slide does.
    pub begin: Option<Duration>,
    /// When it ends, after the slide begins.
    pub end: Option<Duration>,
}

impl Media {
    /// Media in the region that MMS has for their kind.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::smil::{Layout, Media, MediaKind};
    ///
    /// assert_eq!(Media::new(MediaKind::Video, "cid:film").region, Some(Layout::IMAGE));
    /// assert_eq!(Media::new(MediaKind::Audio, "cid:song").region, None);
    /// ```
    pub fn new(kind: MediaKind, src: impl Into<Str>) -> Self {
        let region = match kind {
            MediaKind::Text => Some(Layout::TEXT),
            MediaKind::Image | MediaKind::Video => Some(Layout::IMAGE),
            MediaKind::Audio | MediaKind::Reference => None,
        };
        Self { kind, src: src.into(), region, alt: None, begin: None, end: None }
    }
}

#[cfg(test)]
mod tests;

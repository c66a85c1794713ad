//! The limits of the classes, and where they come from.

use super::dimensions::Dimensions;
use crate::message::ContentClass;

/// How far a limit can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Certainty {
    /// Two accounts of the Conformance document, independent of each other, say the same.
    Agreed,
    /// One account says it, or two of them differ.
    Single,
    /// No account says it: derived from the neighbouring classes.
    Assumed,
}

/// What a class allows, media types aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClassLimits {
    /// The class.
    pub class: ContentClass,
    /// The largest message, in octets. The document says kB; 1 kB is taken as 1024 octets, for
    /// which there is one account only.
    pub octets: usize,
    /// How far `octets` can be trusted.
    pub octets_certainty: Certainty,
    /// The largest picture; `None` for the class without pictures.
    pub image: Option<Dimensions>,
    /// How far `image` can be trusted.
    pub image_certainty: Certainty,
}

/// First class that allows a media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MediaLimits {
    /// The media type.
    pub media: &'static str,
    /// The least class of the core domain that has it.
    pub core: Option<ContentClass>,
    /// How far `core` can be trusted.
    pub core_certainty: Certainty,
    /// The least class of the content domain that has it.
    pub content: Option<ContentClass>,
    /// How far `content` can be trusted.
    pub content_certainty: Certainty,
}

impl MediaLimits {
    /// Whether `class` has this media type.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::content_class::MEDIA;
    /// use mms_codec::message::ContentClass;
    ///
    /// let gif = MEDIA.iter().find(|media| media.media == "image/gif").unwrap();
    /// assert!(gif.is_in(ContentClass::ImageBasic));
    /// assert!(!gif.is_in(ContentClass::Text));
    /// ```
    #[must_use]
    pub fn is_in(&self, class: ContentClass) -> bool {
        let from = if is_content(class) { self.content } else { self.core };
        from.is_some_and(|from| from.mm1_octet() <= class.mm1_octet())
    }
}

/// Whether a class belongs to the content domain instead of the core domain.
const fn is_content(class: ContentClass) -> bool {
    matches!(class, ContentClass::ContentBasic | ContentClass::ContentRich)
}

const KB: usize = 1024;

/// Declares the classes, one a row.
macro_rules! limits {
    ($($class:ident: $kb:literal $octets_certainty:ident, $image:expr, $image_certainty:ident;)+) => {
        /// The limits of the classes, in the order in which they are tried.
        pub const LIMITS: &[ClassLimits] = &[$(ClassLimits {
            class: ContentClass::$class,
            octets: $kb * KB,
            octets_certainty: Certainty::$octets_certainty,
            image: $image,
            image_certainty: Certainty::$image_certainty,
        },)+];
    };
}

const fn up_to(width: u32, height: u32) -> Option<Dimensions> {
    Some(Dimensions { width, height })
}

#[rustfmt::skip]
limits! {
    Text:         30 Agreed,   None,              Single;
    ImageBasic:   30 Agreed,   up_to(160, 120),   Agreed;
    ImageRich:   100 Agreed,   up_to(640, 480),   Agreed;
    VideoBasic:  100 Agreed,   up_to(640, 480),   Agreed;
    VideoRich:   300 Agreed,   up_to(640, 480),   Agreed;
    Megapixel:   600 Single,   up_to(1600, 1200), Single;
    ContentBasic: 100 Assumed, up_to(640, 480),   Assumed;
    ContentRich: 600 Assumed,  up_to(1600, 1200), Assumed;
}

/// Declares the media types, one a row; `-` where a domain does not have them.
macro_rules! media {
    ($($media:literal: $core:tt $core_certainty:ident, $content:tt $content_certainty:ident;)+) => {
        /// The media types of the classes. A type that is not here is in none. Those of TS 26.140 that no account
        /// of the Conformance document gives a class are in the one of their neighbours, and marked as
        /// [assumed](Certainty::Assumed): PNG, for one, which Symbian's messaging converts before it sends.
        pub const MEDIA: &[MediaLimits] = &[$(MediaLimits {
            media: $media,
            core: media!(@class $core),
            core_certainty: Certainty::$core_certainty,
            content: media!(@class $content),
            content_certainty: Certainty::$content_certainty,
        },)+];
    };
    (@class -) => { None };
    (@class $class:ident) => { Some(ContentClass::$class) };
}

#[rustfmt::skip]
media! {
    "text/plain":                      Text       Agreed,  ContentBasic Single;
    "application/smil":                Text       Assumed, ContentBasic Single;
    "text/x-vCard":                    ImageBasic Single,  ContentBasic Single;
    "text/x-vCalendar":                ImageBasic Single,  ContentBasic Single;
    "text/vcard":                      ImageBasic Assumed, ContentBasic Assumed;
    "text/calendar":                   ImageBasic Assumed, ContentBasic Assumed;
    "image/jpeg":                      ImageBasic Agreed,  ContentBasic Single;
    "image/gif":                       ImageBasic Agreed,  ContentBasic Assumed;
    "image/vnd.wap.wbmp":              ImageBasic Single,  ContentBasic Assumed;
    "image/png":                       ImageBasic Assumed, ContentBasic Assumed;
    "image/svg+xml":                   ImageRich  Assumed, ContentBasic Assumed;
    "audio/amr":                       ImageBasic Agreed,  ContentBasic Single;
    "audio/amr-wb":                    ImageRich  Assumed, ContentBasic Assumed;
    "audio/qcelp":                     ImageBasic Assumed, ContentBasic Assumed;
    "audio/vnd.qcelp":                 ImageBasic Assumed, ContentBasic Assumed;
    "audio/sp-midi":                   ImageRich  Single,  ContentBasic Single;
    "audio/midi":                      ImageRich  Assumed, ContentBasic Assumed;
    "audio/mobile-xmf":                ImageRich  Assumed, ContentBasic Assumed;
    "audio/3gpp":                      VideoBasic Assumed, ContentRich  Assumed;
    "audio/3gpp2":                     VideoBasic Assumed, ContentRich  Assumed;
    "video/3gpp":                      VideoBasic Single,  ContentRich  Assumed;
    "video/3gpp2":                     VideoBasic Single,  ContentRich  Assumed;
    "application/vnd.oma.drm.message": ImageRich  Assumed, ContentBasic Single;
    "application/vnd.oma.drm.content": ImageRich  Assumed, ContentBasic Single;
    "application/vnd.oma.drm.dcf":     ImageRich  Assumed, ContentBasic Assumed;
    "application/vnd.oma.drm.rights+xml":   ImageRich Assumed, ContentBasic Assumed;
    "application/vnd.oma.drm.rights+wbxml": ImageRich Assumed, ContentBasic Assumed;
    "application/xhtml+xml":           -          Single,  ContentBasic Single;
    "application/vnd.wap.xhtml+xml":   -          Single,  ContentBasic Single;
}

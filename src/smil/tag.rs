//! The elements of the SMIL of MMS.

use super::MediaKind;

/// An element of the SMIL of MMS.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Smil,
    Head,
    Meta,
    Layout,
    RootLayout,
    Region,
    Body,
    Par,
    Media(MediaKind),
}

impl Tag {
    pub(super) const ALL: [Self; 13] = [
        Self::Smil,
        Self::Head,
        Self::Meta,
        Self::Layout,
        Self::RootLayout,
        Self::Region,
        Self::Body,
        Self::Par,
        Self::Media(MediaKind::Text),
        Self::Media(MediaKind::Image),
        Self::Media(MediaKind::Audio),
        Self::Media(MediaKind::Video),
        Self::Media(MediaKind::Reference),
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Smil => "smil",
            Self::Head => "head",
            Self::Meta => "meta",
            Self::Layout => "layout",
            Self::RootLayout => "root-layout",
            Self::Region => "region",
            Self::Body => "body",
            Self::Par => "par",
            Self::Media(kind) => kind.name(),
        }
    }

    /// The element that it belongs in.
    pub(super) const fn home(self) -> Option<Self> {
        match self {
            Self::Smil => None,
            Self::Head | Self::Body => Some(Self::Smil),
            Self::Meta | Self::Layout => Some(Self::Head),
            Self::RootLayout | Self::Region => Some(Self::Layout),
            Self::Par => Some(Self::Body),
            Self::Media(_) => Some(Self::Par),
        }
    }

    /// The names of its attributes.
    pub(super) const fn attributes(self) -> &'static [&'static str] {
        match self {
            Self::Smil | Self::Head | Self::Layout | Self::Body => &[],
            Self::Meta => &["name", "content"],
            Self::RootLayout => &["width", "height", "background-color"],
            Self::Region => &["id", "left", "top", "width", "height", "fit", "background-color"],
            Self::Par => &["dur"],
            Self::Media(_) => &["src", "region", "alt", "begin", "end"],
        }
    }
}

//! Content types and their parameters, and how a part is to be shown (RFC 2045, RFC 2183).

use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use super::charset::Charset;
#[cfg(feature = "arbitrary")]
use super::parameter::coded_first;
use super::parameter::{Parameter, Parameters, Written, parameter};
use super::reading::Label;
use super::str::Str;
use crate::conversion::arbitrary;
use crate::list::push;

/// A media type with its parameters, in their order.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Charset, ContentType};
///
/// let text: ContentType = "text/plain; charset=UTF-8; name=\"a b.txt\"".parse().unwrap();
/// assert!(text.is("Text/Plain"));
/// assert_eq!(text.charset(), Some(Charset::UTF_8));
/// assert_eq!(text.parameter("name"), Some("a b.txt"));
///
/// let related = ContentType::new("application/vnd.wap.multipart.related")
///     .with("start", "<smil>")
///     .with("type", "application/smil");
/// assert_eq!(
///     related.to_string(),
///     "application/vnd.wap.multipart.related; start=\"<smil>\"; type=\"application/smil\"",
/// );
/// ```
///
/// To and from [`mime::Mime`](https://docs.rs/mime/0.3), with the feature `mime`:
///
/// ```
/// # #[cfg(feature = "mime")] {
/// use mms_codec::message::ContentType;
///
/// let text: ContentType = "text/plain; charset=utf-8".parse().unwrap();
/// let foreign = mime::Mime::try_from(&text).unwrap();
/// assert_eq!(foreign.get_param("charset").unwrap(), "utf-8");
/// assert_eq!(ContentType::from(&foreign), text);
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub struct ContentType {
    /// The media type.
    pub media: MediaType,
    /// The parameters, in their order.
    #[cfg_attr(feature = "arbitrary", arbitrary(with = coded_first))]
    pub parameters: Vec<Parameter>,
}

impl ContentType {
    /// To be filled.
    pub(crate) const EMPTY: Self = Self { media: MediaType::Code(0), parameters: Vec::new() };

    /// The media type of an MMS PDU.
    pub const MMS_MESSAGE: &'static str = "application/vnd.wap.mms-message";

    /// A media type without parameters.
    pub fn new(media: impl Into<MediaType>) -> Self {
        Self { media: media.into(), parameters: Vec::new() }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: impl Into<Str>, value: impl Into<Str>) -> Self {
        self.parameters.push(Parameter::Text { name: name.into(), value: value.into() });
        self
    }

    /// Whether this is the media type `name`, compared without case.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.media.is(name)
    }

    /// The value of the parameter `name`, compared without case.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        parameter(&self.parameters, name)
    }

    /// The charset of a text, if it is named and known.
    pub fn charset(&self) -> Option<Charset> {
        self.parameter("charset").and_then(Charset::from_name)
    }

    /// What this says about the charset of its octets.
    pub(super) fn label(&self) -> Label {
        // WSP's number of the parameter, with a value that has no name (WAP-230, table 38).
        let is_unnamed =
            || self.parameters.iter().any(|parameter| matches!(parameter, Parameter::Coded { code: 1, .. }));
        match self.parameter("charset") {
            None if is_unnamed() => Label::Unknown,
            name => Label::from_name(name.unwrap_or_default().trim()),
        }
    }

    /// What kind of multipart this is: `related` for both `multipart/related` and
    /// `application/vnd.wap.multipart.related`. `None` if it is not a multipart.
    #[must_use]
    pub fn multipart_subtype(&self) -> Option<&str> {
        let MediaType::Name(name) = &self.media else { return None };
        core::str::from_utf8(multipart_subtype(name.as_bytes())?).ok()
    }

    /// Whether this is a multipart.
    pub(crate) fn is_multipart(&self) -> bool {
        matches!(&self.media, MediaType::Name(name) if multipart_subtype(name.as_bytes()).is_some())
    }
}

/// What follows the part of a media type that says that it is a multipart.
#[inline]
pub(crate) fn multipart_subtype(media: &[u8]) -> Option<&[u8]> {
    ["application/vnd.wap.multipart.", "multipart/"].into_iter().find_map(|prefix| {
        let (start, subtype) = media.split_at_checked(prefix.len())?;
        start.eq_ignore_ascii_case(prefix.as_bytes()).then_some(subtype)
    })
}

impl FromStr for ContentType {
    type Err = InvalidContentType;

    /// Reads the notation of RFC 2045 as real systems write it: any white space, values with and
    /// without quotation marks, empty parameters.
    fn from_str(text: &str) -> Result<Self, InvalidContentType> {
        let (media, written) = Parameters::split(text);
        let media = media.trim();
        let is_part = |part: &str| {
            !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | '"'))
        };
        media.split_once('/').filter(|(top, sub)| is_part(top) && is_part(sub)).ok_or(InvalidContentType)?;
        let mut parameters = Vec::new();
        for Written { name, value } in written {
            match value {
                None if name.is_empty() => {}
                Some(value) if is_part(name) && !value.has_junk => {
                    push(&mut parameters, Parameter::Text { name: name.into(), value: value.text.as_ref().into() });
                }
                _ => return Err(InvalidContentType),
            }
        }
        Ok(Self { media: media.into(), parameters })
    }
}

/// The notation of RFC 2045. Values are quoted unless they are tokens.
impl fmt::Display for ContentType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.media.fmt(f)?;
        self.parameters.iter().try_for_each(|parameter| write!(f, "; {parameter}"))
    }
}

/// The text is not a content type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a content type")]
#[non_exhaustive]
pub struct InvalidContentType;

#[cfg(feature = "serde")]
crate::serialize_error::serialize_error! { InvalidContentType: |_error| "invalid-content-type", None, None }

/// The name of a media type, or a WSP number that has no name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum MediaType {
    /// The name as it was written, such as `image/jpeg`.
    Name(Str),
    /// A number that the registry of WSP content types does not name. Only WSP can write it.
    Code(u32),
}

impl MediaType {
    /// The name, unless it is a number without a name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            Self::Code(_) => None,
        }
    }

    /// Whether this is the media type `name`, compared without case.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        matches!(self, Self::Name(own) if own.eq_ignore_ascii_case(name))
    }
}

impl<T: Into<Str>> From<T> for MediaType {
    fn from(name: T) -> Self {
        Self::Name(name.into())
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Code(code) => write!(f, "{code:#04X}"),
        }
    }
}

arbitrary!(MediaType, |u| {
    const NAMES: [&str; 5] = ["text/plain", "image/jpeg", "application/smil", "audio/amr", "x/y"];
    u.choose(&NAMES).map(|name| Self::Name(Str::from_static(name)))
});

/// How a part is to be shown (`Content-Disposition`, RFC 2183).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub struct ContentDisposition {
    /// `inline`, `attachment`, `form-data`, or another token, as it was written.
    pub kind: Str,
    /// The parameters, in their order.
    #[cfg_attr(feature = "arbitrary", arbitrary(with = coded_first))]
    pub parameters: Vec<Parameter>,
}

impl ContentDisposition {
    /// A disposition without parameters.
    pub fn new(kind: impl Into<Str>) -> Self {
        Self { kind: kind.into(), parameters: Vec::new() }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: impl Into<Str>, value: impl Into<Str>) -> Self {
        self.parameters.push(Parameter::Text { name: name.into(), value: value.into() });
        self
    }

    /// The value of the parameter `name`, compared without case.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        parameter(&self.parameters, name)
    }
}

impl fmt::Display for ContentDisposition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)?;
        self.parameters.iter().try_for_each(|parameter| write!(f, "; {parameter}"))
    }
}

#[cfg(feature = "mime")]
mod conversion {
    use super::{ContentType, InvalidContentType};
    use alloc::string::ToString;

    impl TryFrom<&ContentType> for mime::Mime {
        type Error = InvalidContentType;

        /// Fails for what `mime` cannot say: numbers without a name, wildcards with parameters,
        /// quotation marks inside of a parameter.
        fn try_from(content_type: &ContentType) -> Result<Self, InvalidContentType> {
            content_type.media.name().ok_or(InvalidContentType)?;
            content_type.to_string().parse().map_err(|_| InvalidContentType)
        }
    }

    impl From<&mime::Mime> for ContentType {
        fn from(mime: &mime::Mime) -> Self {
            let named = Self::new(mime.essence_str());
            mime.params().fold(named, |named, (name, value)| named.with(name.as_str(), value.as_str()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_real_systems_write() {
        for (text, written) in [
            ("text/plain", "text/plain"),
            (" text/plain ; charset = utf-8 ", "text/plain; charset=utf-8"),
            (
                "multipart/related;Type=\"application/smil\";start=<a@b>",
                "multipart/related; Type=\"application/smil\"; start=\"<a@b>\"",
            ),
            ("image/jpeg;\tname=\"a\\\"b.jpg\";", "image/jpeg; name=\"a\\\"b.jpg\""),
            ("a/b; x=", "a/b; x=\"\""),
            ("a/b;; x=1", "a/b; x=1"),
        ] {
            assert_eq!(text.parse::<ContentType>().map(|t| alloc::format!("{t}")).as_deref(), Ok(written), "{text}");
        }
        for text in ["", "text", "text/", "/plain", "text/plain junk", "text/plain; x"] {
            assert_eq!(text.parse::<ContentType>(), Err(InvalidContentType), "{text}");
        }
    }

    #[test]
    fn knows_both_names_of_a_multipart() {
        let subtype = |name: &str| ContentType::new(name).multipart_subtype().map(alloc::string::String::from);
        assert_eq!(subtype("application/vnd.wap.multipart.related").as_deref(), Some("related"));
        assert_eq!(subtype("Multipart/Mixed").as_deref(), Some("Mixed"));
        assert_eq!(subtype("text/plain"), None);
    }
}

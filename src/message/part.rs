//! The body of a message: a tree of parts.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use bytes::Bytes;

use super::content_type::{ContentDisposition, ContentType};
use super::encoded_word;
use super::parts::Parts;
use super::reading::{Label, LossyText, Reading};
use super::str::Str;
use crate::conversion::arbitrary;
use crate::transfer::{self, Encoding};

/// A part of a message, or its whole body: a content type, headers, and content.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{ContentType, Part};
///
/// let mut text = Part::new(ContentType::new("text/plain").with("charset", "utf-8"), "Hello");
/// text.content_id = Some("<text>".into());
/// text.content_location = Some("text.txt".into());
/// assert_eq!(text.name().as_deref(), Some("text.txt"));
/// assert_eq!(text.text().as_deref(), Some("Hello"));
///
/// let body = Part::multipart(ContentType::new("application/vnd.wap.multipart.mixed"), vec![text]);
/// assert_eq!(body.leaves().count(), 1);
/// assert!(body.find("cid:text").is_some());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Part {
    /// The type of the content (`Content-Type`).
    pub content_type: ContentType,
    /// The identifier of the part (`Content-ID`), with the angle brackets that it was written with. MM1 writes
    /// it as it is; MM4 and MM7 put the brackets around it that RFC 2045 demands, and decoding reports where they
    /// are missing.
    pub content_id: Option<Str>,
    /// The name that other parts refer to it by (`Content-Location`), mostly a file name.
    pub content_location: Option<Str>,
    /// How it is to be shown (`Content-Disposition`).
    pub disposition: Option<Box<ContentDisposition>>,
    /// The other headers, in their order.
    pub headers: Vec<Header>,
    /// The content.
    pub content: Content,
}

/// The content of a part.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[expect(clippy::exhaustive_enums, reason = "a part is a leaf or it is not")]
pub enum Content {
    /// Octets, shared with the input that they were decoded from.
    Octets(#[cfg_attr(feature = "serde", serde(serialize_with = "crate::octets::serialize"))] Bytes),
    /// Further parts.
    Parts(Parts),
}

/// A header of a part or a push.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Header {
    /// A header with a name and a text value, such as `Content-Description`.
    Text {
        /// The name as it was written.
        name: Str,
        /// The value.
        value: Str,
    },
    /// A WSP header whose code, or whose value, has no text. Only WSP can write it.
    Coded {
        /// The header code page; 1 is the default.
        #[cfg_attr(feature = "serde", serde(deserialize_with = "crate::checked::code_page"))]
        page: u8,
        /// The code, without the high bit.
        #[cfg_attr(feature = "serde", serde(deserialize_with = "crate::checked::without_high_bit"))]
        code: u8,
        /// The octets of the value.
        #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
        value: Bytes,
    },
}

impl Header {
    /// The value of the first text header `name`, compared without case.
    pub(crate) fn find<'a>(headers: &'a [Self], name: &str) -> Option<&'a str> {
        headers.iter().find_map(|header| match header {
            Self::Text { value, .. } if header.is(name) => Some(value.as_str()),
            _ => None,
        })
    }

    /// Whether this is the text header `name`, compared without case.
    pub(crate) fn is(&self, name: &str) -> bool {
        matches!(self, Self::Text { name: own, .. } if own.eq_ignore_ascii_case(name))
    }
}

impl Part {
    /// A part with octets as its content.
    pub fn new(content_type: ContentType, octets: impl Into<Bytes>) -> Self {
        Self::with_content(content_type, Content::Octets(octets.into()))
    }

    /// A part that consists of parts.
    #[must_use]
    pub fn multipart(content_type: ContentType, parts: Vec<Self>) -> Self {
        Self::with_content(content_type, Content::Parts(parts.into()))
    }

    pub(crate) const fn with_content(content_type: ContentType, content: Content) -> Self {
        Self { content_type, content_id: None, content_location: None, disposition: None, headers: Vec::new(), content }
    }

    /// The parts of a multipart; of any other part, none.
    pub fn parts(&self) -> &[Self] {
        match &self.content {
            Content::Parts(parts) => parts,
            Content::Octets(_) => &[],
        }
    }

    /// The octets of a part that is not a multipart.
    pub const fn octets(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Octets(octets) => Some(octets),
            Content::Parts(_) => None,
        }
    }

    /// The octets with a `Content-Transfer-Encoding` of base64 or quoted-printable undone, which
    /// some senders leave in binary messages. What is not base64 is given as it is, and so is what
    /// follows no escape of quoted-printable.
    pub fn decoded(&self) -> Option<Cow<'_, [u8]>> {
        let octets = self.octets()?;
        let encoding = self.header("Content-Transfer-Encoding").and_then(|name| Encoding::from_name(name.trim()));
        let decoded = match encoding {
            Some(Encoding::Base64) => {
                let decoded = transfer::decode_base64(octets);
                // A single digit at the end is not an octet: the length of the part is one too large.
                decoded.damage.is_none_or(|at| at == octets.len()).then_some(decoded.octets)
            }
            Some(Encoding::QuotedPrintable) => Some(transfer::decode_quoted_printable(octets).octets),
            Some(Encoding::Identity) | None => None,
        };
        Some(decoded.map_or(Cow::Borrowed(octets.as_ref()), Cow::Owned))
    }

    /// The content of a text part as text, without a byte order mark. `None` for other media, and for
    /// octets that are not text in their charset.
    ///
    /// Where the charset is missing, `*` for any, or `us-ascii` for other octets, the text is read as
    /// UTF-8 or else as ISO-8859-1. A byte order mark counts more than a label. Text in a charset that
    /// is not known is read if it is UTF-8. A character that is cut at the end is left out.
    /// [`text_lossy`](Self::text_lossy) says what was guessed.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        let label = self.content_type.label();
        match self.text_octets()? {
            Cow::Borrowed(octets) => Reading::new(octets, label).into_text(),
            Cow::Owned(octets) => Reading::new(&octets, label).into_text().map(|text| Cow::Owned(text.into_owned())),
        }
    }

    /// The content of a text part as [`text`](Self::text) gives it, with U+FFFD for what is not text,
    /// and what had to be guessed. `None` for other media only.
    pub fn text_lossy(&self) -> Option<LossyText<'_>> {
        let label = self.content_type.label();
        Some(match self.text_octets()? {
            Cow::Borrowed(octets) => LossyText::new(octets, label),
            Cow::Owned(octets) => LossyText::new(&octets, label).into_owned(),
        })
    }

    /// The octets of a part whose media type is one of text.
    fn text_octets(&self) -> Option<Cow<'_, [u8]>> {
        let name = self.content_type.media.name()?;
        let is_text = name.get(..5).is_some_and(|top| top.eq_ignore_ascii_case("text/"))
            || name.eq_ignore_ascii_case("application/smil")
            || name.get(name.len().saturating_sub(4)..).is_some_and(|end| end.eq_ignore_ascii_case("+xml"));
        if is_text { self.decoded() } else { None }
    }

    /// The value of the text header `name`, compared without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        Header::find(&self.headers, name)
    }

    /// The file name: the `name` of the content type, else the `filename` of the disposition, else
    /// the content location (MMS Conformance 1.3, 10.2). Encoded words in it are undone (RFC 2047), and so are the
    /// escapes of `name*` and `filename*` (RFC 2231), which some senders have on MM1 too. It is
    /// what the sender wrote: as a path it may lead anywhere.
    pub fn name(&self) -> Option<Cow<'_, str>> {
        let filename = |name| self.disposition.as_ref().and_then(|disposition| disposition.parameter(name));
        let extended = || {
            let value = self.content_type.parameter("name*").or_else(|| filename("filename*"))?;
            without_extension(value)
        };
        let name = self.content_type.parameter("name").or_else(|| filename("filename"));
        let name = name.filter(|name| !name.is_empty()).map(|name| encoded_word::decode(name).text);
        let location = || self.content_location.as_deref().map(|name| encoded_word::decode(name).text);
        name.or_else(extended).or_else(location)
    }

    /// The parts that are not multiparts, in their order: this part, or those below it.
    pub fn leaves(&self) -> impl Iterator<Item = &Self> {
        let mut waiting = alloc::vec![core::slice::from_ref(self).iter()];
        core::iter::from_fn(move || {
            loop {
                let Some(part) = waiting.last_mut()?.next() else {
                    waiting.pop();
                    continue;
                };
                match &part.content {
                    Content::Octets(_) => return Some(part),
                    Content::Parts(parts) => waiting.push(parts.iter()),
                }
            }
        })
    }

    /// The root of a `related` body: the part that `start` names, else the first one whose media
    /// type is that of `type`, else the first part (RFC 2387, 3.2). `None` if this is
    /// not a multipart, or is an empty one.
    pub fn root(&self) -> Option<&Self> {
        let parts = self.parts();
        let by_start = self.content_type.parameter("start").and_then(|start| {
            let start = Reference::new(start);
            let named = |part: &&Self| part.content_id.as_deref().is_some_and(|id| start.is(id));
            parts.iter().find(named).or_else(|| parts.iter().find(|part| part.is_referred_to_by(&start)))
        });
        let by_type = || {
            let wanted = self.content_type.parameter("type")?;
            parts.iter().find(|part| part.content_type.is(wanted))
        };
        by_start.or_else(by_type).or(parts.first())
    }

    /// The part among the leaves that `reference` names, as SMIL does: `cid:` and a Content-ID, or
    /// a Content-Location, else another [name](Self::name). Angle brackets, quotation marks and percent escapes make
    /// no difference.
    pub fn find(&self, reference: &str) -> Option<&Self> {
        let reference = Reference::new(reference);
        let by_name = || self.leaves().find(|part| part.name().is_some_and(|name| reference.is(&name)));
        self.leaves().find(|part| part.is_referred_to_by(&reference)).or_else(by_name)
    }

    /// Whether `reference` names this part.
    pub(crate) fn is_referred_to_by(&self, reference: &Reference<'_>) -> bool {
        let is = |name: &Option<Str>| name.as_deref().is_some_and(|name| reference.is(name));
        is(&self.content_id) || is(&self.content_location)
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Part {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        let octets = |u: &mut arbitrary::Unstructured<'a>| -> arbitrary::Result<Bytes> {
            let length = u.int_in_range(0..=200)?;
            Ok(Bytes::copy_from_slice(u.bytes(length.min(u.len()))?))
        };
        let leaf = |u: &mut arbitrary::Unstructured<'a>| -> arbitrary::Result<Self> {
            let mut part = Self::new(u.arbitrary()?, octets(u)?);
            part.content_id = Option::<Str>::arbitrary(u)?.map(|id| alloc::format!("<{id}>").into());
            part.content_location = u.arbitrary()?;
            part.disposition = u.arbitrary()?;
            part.headers = u.arbitrary()?;
            Ok(part)
        };
        let many = |u: &mut arbitrary::Unstructured<'a>,
                    of: &dyn Fn(&mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self>| {
            (0..u.int_in_range(0..=4)?).map(|_| of(u)).collect::<arbitrary::Result<Vec<Self>>>()
        };
        let name = |u: &mut arbitrary::Unstructured<'a>| -> arbitrary::Result<ContentType> {
            let subtype = u.choose(&["mixed", "related", "alternative", "form-data"])?;
            Ok(ContentType::new(alloc::format!("application/vnd.wap.multipart.{subtype}")))
        };
        let nested = |u: &mut arbitrary::Unstructured<'a>| -> arbitrary::Result<Self> {
            if u.ratio(1, 4)? { Ok(Self::multipart(name(u)?, many(u, &leaf)?)) } else { leaf(u) }
        };
        Ok(Self::multipart(name(u)?, many(u, &nested)?))
    }
}

arbitrary!(Header, |u| {
    Ok(if u.ratio(1, 3)? {
        Self::Coded { page: 1, code: 0x7d, value: Bytes::from_static(&[0x02, 0x81, 0x82]) }
    } else {
        Self::Text { name: Str::from_static("X-Vendor"), value: u.arbitrary()? }
    })
});

/// What names a part, to be compared with the names of many: its escapes are undone once.
#[derive(Debug)]
pub(crate) struct Reference<'a>(Cow<'a, str>);

impl<'a> Reference<'a> {
    pub(crate) fn new(reference: &'a str) -> Self {
        Self(bare_reference(reference))
    }

    /// Whether a Content-ID or Content-Location is the same name, however it is written.
    pub(crate) fn is(&self, name: &str) -> bool {
        *self.0 == *bare_reference(name)
    }
}

/// An identifier without one pair of quotation marks, and what escapes others between them, or of angle
/// brackets.
pub(crate) fn bare_id(id: &str) -> Cow<'_, str> {
    let id = id.trim();
    let within = |open, close| id.strip_prefix(open).and_then(|id| id.strip_suffix(close));
    match within('"', '"') {
        Some(quoted) if quoted.contains('\\') => Cow::Owned(unescaped(quoted)),
        Some(quoted) => Cow::Borrowed(quoted),
        None => Cow::Borrowed(within('<', '>').unwrap_or(id)),
    }
}

fn unescaped(quoted: &str) -> String {
    let mut chars = quoted.chars();
    core::iter::from_fn(|| chars.next().map(|c| if c == '\\' { chars.next().unwrap_or(c) } else { c })).collect()
}

/// The text of an extended value: a charset, a language, and escapes (RFC 2231, 4).
fn without_extension(value: &str) -> Option<Cow<'_, str>> {
    let (charset, rest) = value.split_once('\'')?;
    let (_, escaped) = rest.split_once('\'')?;
    let octets = transfer::decode_percent(escaped.as_bytes());
    let text = Reading::new(&octets, Label::from_name(charset)).into_text()?;
    Some(Cow::Owned(text.into_owned()))
}

/// A reference without what may be around it in any order: `cid:`, `./`, quotation marks, angle brackets; and
/// without percent escapes.
pub(crate) fn bare_reference(reference: &str) -> Cow<'_, str> {
    const CID: &str = "cid:";
    let mut bare = reference.trim();
    loop {
        let length = bare.len();
        bare = bare.trim_matches('"');
        if bare.get(..CID.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(CID)) {
            bare = bare.get(CID.len()..).unwrap_or_default();
        }
        bare = bare.strip_prefix('<').unwrap_or(bare);
        bare = bare.strip_suffix('>').unwrap_or(bare);
        bare = bare.strip_prefix("./").unwrap_or(bare);
        if bare.len() == length {
            break;
        }
    }
    transfer::without_percent(bare)
}

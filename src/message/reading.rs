//! Octets as text: by the charset they are labelled with, or by what they look like where the label
//! is missing or wrong.

use alloc::borrow::Cow;
use alloc::string::String;

use super::charset::{Charset, byte_order_mark, is_shift, latin1, reads_mark, without_marks};
use crate::options::DeviationKind;

/// What octets say about their charset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// Nothing: us-ascii.
    None,
    /// Any charset: WSP's number 0, `*`.
    Any,
    /// A charset, which may not be one that this crate converts.
    Charset(Charset),
    /// A name that is not in the IANA registry.
    Unknown,
}

impl Label {
    /// The label with this IANA name, or `*`.
    pub(crate) fn from_name(name: &str) -> Self {
        match name {
            "*" => Self::Any,
            "" => Self::None,
            _ => Charset::from_name(name).map_or(Self::Unknown, Self::Charset),
        }
    }
}

/// Octets as text, and what had to be guessed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading<'a> {
    /// The text, unless the octets are not text in their charset, or it is not known.
    pub(crate) text: Option<Cow<'a, str>>,
    /// The charset that the text was read in; `None` if it is not known.
    pub(crate) charset: Option<Charset>,
    /// What is wrong with the label or the octets.
    pub(crate) fault: Option<DeviationKind>,
}

impl<'a> Reading<'a> {
    fn of(text: impl Into<Cow<'a, str>>, charset: Charset, fault: Option<DeviationKind>) -> Self {
        Self { text: Some(text.into()), charset: Some(charset), fault }
    }

    /// Reads octets with this label.
    pub(crate) fn new(octets: &'a [u8], label: Label) -> Self {
        if let Some(marked) = marked(octets, label) {
            return marked;
        }
        match label {
            Label::None => match core::str::from_utf8(octets) {
                Ok(text) if text.is_ascii() => Self::of(text, Charset::US_ASCII, None),
                _ => Self::guessed(octets, DeviationKind::UnlabelledText),
            },
            Label::Any => Self::guessed(octets, DeviationKind::UnlabelledText),
            Label::Charset(charset) => match charset.decode(octets) {
                Some(text) => Self::of(text, charset, None),
                None if charset == Charset::US_ASCII => Self::guessed(octets, DeviationKind::WrongCharset),
                None if charset.can_decode() => Self::damaged(octets, charset),
                None => Self::unknown(octets, Some(charset)),
            },
            Label::Unknown => Self::unknown(octets, None),
        }
    }

    /// The text without a byte order mark.
    pub(crate) fn into_text(self) -> Option<Cow<'a, str>> {
        self.text.map(without_mark)
    }

    /// UTF-8 if the octets are that, else ISO-8859-1.
    fn guessed(octets: &'a [u8], fault: DeviationKind) -> Self {
        if let Ok(text) = core::str::from_utf8(octets) {
            let charset = if text.is_ascii() { Charset::US_ASCII } else { Charset::UTF_8 };
            return Self::of(text, charset, Some(fault));
        }
        match Self::cut(octets, Charset::UTF_8) {
            // Characters before the one that is cut, so that it is not one of ISO-8859-1.
            Some(cut) if cut.text.as_ref().is_some_and(|text| !text.is_ascii()) => cut,
            _ => Self::of(latin1(octets), Charset::ISO_8859_1, Some(fault)),
        }
    }

    /// Octets that are not text in their charset, which is converted.
    #[cold]
    fn damaged(octets: &'a [u8], charset: Charset) -> Self {
        let fault = Some(DeviationKind::WrongCharset);
        if let Some(text) = as_utf8(octets, charset) {
            return Self::of(text, Charset::UTF_8, fault);
        }
        let in_other_order = || {
            let other = charset.in_other_order()?;
            // Characters that no text has, and a mark in the wrong order.
            let text = other.decode(octets).filter(|text| !text.contains(['\0', '\u{fffe}']))?;
            // Nearly every text has blanks or digits, if not letters of Latin; a damaged one has them in its order.
            let count_latin = |text: &str| text.chars().filter(|character| *character < '\u{100}').count();
            let is_likelier = count_latin(&text) > count_latin(&charset.decode_lossy(octets));
            is_likelier.then(|| Self::of(text, other, fault))
        };
        Self::cut(octets, charset).or_else(in_other_order).unwrap_or(Self {
            text: None,
            charset: Some(charset),
            fault: Some(DeviationKind::UndecodableText),
        })
    }

    /// The text before a character that is cut at the end.
    fn cut(octets: &'a [u8], charset: Charset) -> Option<Self> {
        Some(Self::of(charset.decode_cut(octets)?, charset, Some(DeviationKind::CutCharacter)))
    }

    /// Octets in a charset that is not converted: ASCII is ASCII, unless control characters may
    /// change what it means.
    fn unknown(octets: &'a [u8], charset: Option<Charset>) -> Self {
        let has_ascii = match charset {
            Some(charset) => charset.has_ascii(octets),
            None => !octets.iter().any(is_shift),
        };
        let text = core::str::from_utf8(octets).ok().filter(|_| has_ascii).map(Cow::Borrowed);
        Self { text, charset, fault: Some(DeviationKind::UnknownCharset) }
    }
}

/// Octets that are UTF-8 beyond ASCII, though they are labelled with another charset. No other charset makes such
/// text by accident. Under its own label, UTF-8 with characters written as two surrogates is meant.
fn as_utf8(octets: &[u8], label: Charset) -> Option<Cow<'_, str>> {
    if label == Charset::UTF_8 {
        return Charset::CESU_8.decode(octets);
    }
    let text = core::str::from_utf8(octets).ok()?;
    (!text.is_ascii() && !text.contains('\0')).then_some(Cow::Borrowed(text))
}

/// Text that begins with a byte order mark, whatever its label is. The mark is not part of it.
fn marked(octets: &[u8], label: Label) -> Option<Reading<'_>> {
    let (charset, rest) = byte_order_mark(octets)?;
    let labelled = match label {
        Label::Charset(labelled) => Some(labelled),
        _ => None,
    };
    if labelled.is_some_and(|labelled| reads_mark(labelled, octets)) {
        return None;
    }
    let text = charset.decode(rest).filter(|text| !text.is_empty())?;
    let fault = match (labelled, label) {
        (Some(labelled), _) if labelled == charset => None,
        (Some(labelled), _) if labelled.can_decode() => Some(DeviationKind::WrongCharset),
        (None, Label::None | Label::Any) => Some(DeviationKind::UnlabelledText),
        _ => Some(DeviationKind::UnknownCharset),
    };
    Some(Reading { text: Some(text), charset: Some(charset), fault })
}

/// The text of a [part](super::Part), whatever its octets are.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Charset, ContentType, Part};
///
/// let text = |charset: &str, octets: &'static [u8]| {
///     Part::new(ContentType::new("text/plain").with("charset", charset), octets)
/// };
/// // UTF-8 under another label.
/// let part = text("us-ascii", "Grüße".as_bytes());
/// let shown = part.text_lossy().unwrap();
/// assert_eq!((&*shown.text, shown.charset, shown.is_lossy), ("Grüße", Some(Charset::UTF_8), false));
/// assert_eq!(shown.fault.map(|fault| fault.name()), Some("wrong-charset"));
///
/// // Octets that no charset explains.
/// let part = text("utf-8", b"a\xffb");
/// assert_eq!(part.text(), None);
/// let shown = part.text_lossy().unwrap();
/// assert_eq!((&*shown.text, shown.is_lossy), ("a\u{fffd}b", true));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LossyText<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// The charset that the octets were read in, which is not always the one they are labelled with;
    /// `None` if the label is not in the IANA registry.
    pub charset: Option<Charset>,
    /// What is wrong with the label or the octets.
    pub fault: Option<DeviationKind>,
    /// Whether octets that are not text were replaced by U+FFFD.
    pub is_lossy: bool,
}

impl<'a> LossyText<'a> {
    pub(super) fn new(octets: &'a [u8], label: Label) -> Self {
        let Reading { text, charset, fault } = Reading::new(octets, label);
        let whole = text.filter(|_| fault != Some(DeviationKind::CutCharacter));
        let is_lossy = whole.is_none();
        let text = whole.unwrap_or_else(|| charset.unwrap_or(Charset::UTF_8).decode_lossy(octets));
        Self { text: without_mark(text), charset, fault, is_lossy }
    }

    pub(super) fn into_owned(self) -> LossyText<'static> {
        LossyText { text: Cow::Owned(self.text.into_owned()), ..self }
    }
}

/// The text without the byte order marks that it begins with.
fn without_mark(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(without_marks(text)),
        Cow::Owned(text) if without_marks(&text).len() < text.len() => Cow::Owned(String::from(without_marks(&text))),
        text => text,
    }
}

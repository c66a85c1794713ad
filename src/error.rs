//! What can go wrong, and where.

use core::fmt;

use crate::options::DeviationKind;

/// Why octets could not be decoded, where, and in which field.
///
/// `offset` counts octets from the start of the whole input, also inside parts.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "mm1")] {
/// use mms_codec::{Bytes, DecodeErrorKind, mm1};
///
/// let error = mm1::decode(&Bytes::from_static(b"hello")).unwrap_err();
/// assert_eq!(error.kind, DecodeErrorKind::MissingField);
/// assert_eq!(error.field, Some("X-Mms-Message-Type"));
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at octet {offset}{}", In(*.field))]
#[non_exhaustive]
pub struct DecodeError {
    /// What is wrong.
    pub kind: DecodeErrorKind,
    /// Where, in octets from the start of the input.
    pub offset: usize,
    /// The specification's name of the field being read, if there is one.
    pub field: Option<&'static str>,
}

const _: () = assert!(size_of::<DecodeError>() <= 32);

impl DecodeError {
    /// The same error, attributed to `field` unless a narrower field is named already.
    pub(crate) fn in_field(mut self, field: &'static str) -> Self {
        self.field.get_or_insert(field);
        self
    }
}

/// What is wrong with the octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// A length or count announces more octets than are left, or a value ends in the middle.
    #[error("unexpected end of input")]
    UnexpectedEnd,
    /// A mandatory field is not there.
    #[error("mandatory field is missing")]
    MissingField,
    /// An octet that cannot begin or continue what was expected.
    #[error("octet {0:#04x} is not allowed here")]
    UnexpectedOctet(u8),
    /// A number larger than its type holds.
    #[error("number is too large")]
    NumberTooLarge,
    /// Text that does not follow the syntax of its field.
    #[error("text does not follow the syntax of its field")]
    InvalidText,
    /// Octets that are not text in the charset that was declared.
    #[error("octets are not text in their charset")]
    InvalidCharset,
    /// XML that is not well-formed, or names a namespace or an entity that is not declared.
    #[error("XML is not well-formed")]
    InvalidXml,
    /// An element or attribute whose prefix is not declared, and whose local name is not one that
    /// this crate knows.
    #[error("XML prefix {0} is not declared")]
    UndeclaredPrefix(Prefix),
    /// The input is not a message of this interface.
    #[error("not a message of this interface")]
    NotAMessage,
    /// A document type declaration. None is ever read: it could name files and grow without bounds.
    #[error("document type declarations are not allowed")]
    DocumentType,
    /// A body that is compressed, or in another coding that this crate does not undo.
    #[error("content coding is not supported")]
    ContentCoding,
    /// More than [`Limits`](crate::Limits) allows.
    #[error("{0}")]
    LimitExceeded(Limit),
    /// Something that lenient decoding forgives, met in strict mode.
    #[error("{0}")]
    Deviation(DeviationKind),
}

impl DecodeErrorKind {
    /// A name for programs, such as `missing-field`, which never changes. What lenient decoding
    /// forgives has the name of its [`DeviationKind`].
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnexpectedEnd => "unexpected-end",
            Self::MissingField => "missing-field",
            Self::UnexpectedOctet(_) => "unexpected-octet",
            Self::NumberTooLarge => "number-too-large",
            Self::InvalidText => "invalid-text",
            Self::InvalidCharset => "invalid-charset",
            Self::InvalidXml => "invalid-xml",
            Self::UndeclaredPrefix(_) => "undeclared-prefix",
            Self::NotAMessage => "not-a-message",
            Self::DocumentType => "document-type",
            Self::ContentCoding => "content-coding",
            Self::LimitExceeded(limit) => limit.code(),
            Self::Deviation(deviation) => deviation.name(),
        }
    }
}

/// A prefix of XML as it fits into an error: up to seven octets, or six of a longer one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Prefix([u8; 7]);

impl Prefix {
    pub(crate) fn new(prefix: &str) -> Self {
        let mut octets = [0; 7];
        octets.iter_mut().zip(prefix.bytes()).for_each(|(to, octet)| *to = octet);
        if prefix.len() > octets.len() {
            octets[6] = Self::CUT;
        }
        Self(octets)
    }

    /// In place of what was cut off: no text has this octet.
    const CUT: u8 = 0xff;
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let octets = self.0.strip_suffix(&[Self::CUT]).unwrap_or(&self.0);
        let whole = octets.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        f.write_str(whole.trim_end_matches('\0'))?;
        f.write_str(if octets.len() < self.0.len() { "…" } else { "" })
    }
}

impl fmt::Debug for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Which of the [`Limits`](crate::Limits) a message exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::depth`](field@crate::Limits::depth).
    #[error("parts are nested too deep")]
    Depth,
    /// [`Limits::parts`](crate::Limits::parts).
    #[error("too many parts")]
    Parts,
    /// [`Limits::xml`](crate::Limits::xml).
    #[error("XML is too long")]
    Xml,
    /// [`Limits::items`](crate::Limits::items).
    #[error("too many fields, parameters or deviations for the size")]
    Items,
}

impl Limit {
    const fn code(self) -> &'static str {
        match self {
            Self::Depth => "limit-depth",
            Self::Parts => "limit-parts",
            Self::Xml => "limit-xml",
            Self::Items => "limit-items",
        }
    }
}

/// Why a message could not be encoded, and in which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}{}", In(*.field))]
#[non_exhaustive]
pub struct EncodeError {
    /// What is wrong.
    pub kind: EncodeErrorKind,
    /// The specification's name of the field that was being written, if there is one.
    pub field: Option<&'static str>,
}

impl EncodeError {
    /// The same error, attributed to `field` unless a narrower field is named already.
    pub(crate) fn in_field(mut self, field: &'static str) -> Self {
        self.field.get_or_insert(field);
        self
    }
}

impl From<EncodeErrorKind> for EncodeError {
    fn from(kind: EncodeErrorKind) -> Self {
        Self { kind, field: None }
    }
}

/// What cannot be expressed on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// A mandatory field has no value.
    #[error("mandatory field has no value")]
    MissingField,
    /// A field that contradicts another one, or whose value this kind of message does not allow.
    #[error("field contradicts the rules of this message")]
    FieldConflict,
    /// The field, its value or the message itself is newer than the version that the message follows.
    #[error("field or value is newer than the version of the message")]
    NewerField,
    /// The message has an element that this kind of message has no field for. See
    /// [`Message::retain`](crate::message::Message::retain).
    #[error("field does not exist in this kind of message")]
    NoSuchField,
    /// CR, LF, NUL or another control character in a value that cannot hold it.
    #[error("control character {0:#04x} in a value")]
    ControlCharacter(u8),
    /// Text that does not follow the syntax of its field.
    #[error("text does not follow the syntax of its field")]
    InvalidText,
    /// A character that the charset of the text does not have.
    #[error("character is not in the charset")]
    NotInCharset,
    /// A number larger than the field holds.
    #[error("number is too large")]
    NumberTooLarge,
    /// A value that cannot be expressed on this interface.
    #[error("value cannot be expressed on this interface")]
    NotExpressible,
    /// A reference to a part that is not there.
    #[error("reference to a missing part")]
    DanglingReference,
    /// Parts nested deeper than any decoder would follow.
    #[error("parts are nested too deep")]
    NestingTooDeep,
}

impl EncodeErrorKind {
    /// A name for programs, such as `missing-field`, which never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::MissingField => "missing-field",
            Self::FieldConflict => "field-conflict",
            Self::NewerField => "newer-field",
            Self::NoSuchField => "no-such-field",
            Self::ControlCharacter(_) => "control-character",
            Self::InvalidText => "invalid-text",
            Self::NotInCharset => "not-in-charset",
            Self::NumberTooLarge => "number-too-large",
            Self::NotExpressible => "not-expressible",
            Self::DanglingReference => "dangling-reference",
            Self::NestingTooDeep => "nesting-too-deep",
        }
    }
}

#[cfg(feature = "serde")]
const _: () = {
    use crate::serialize_error::serialize_error;

    serialize_error! { DecodeError: |error| error.kind.code(), Some(error.offset), error.field }
    serialize_error! { EncodeError: |error| error.kind.code(), None, error.field }
    serialize_error! { DecodeErrorKind: |kind| kind.code(), None, None }
    serialize_error! { EncodeErrorKind: |kind| kind.code(), None, None }
    serialize_error! { Limit: |limit| limit.code(), None, None }
};

/// Writes ", in To", or nothing.
pub(crate) struct In(pub(crate) Option<&'static str>);

impl fmt::Display for In {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |field| write!(f, ", in {field}"))
    }
}

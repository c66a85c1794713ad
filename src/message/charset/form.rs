//! How the octets of a charset make characters.

#[cfg(feature = "charsets")]
use encoding_rs::Encoding;

#[cfg(feature = "charsets")]
use super::shifted::Shifted;
#[cfg(feature = "charsets-single-octet")]
use super::single_octet::Upper;
#[cfg(feature = "charsets")]
use super::unicode::Utf7;

/// How the octets of a charset make characters.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Ascii,
    Latin1,
    Utf8,
    /// In the order of octets that a byte order mark says, else most significant first.
    Utf16,
    Utf16Be,
    Utf16Le,
    Utf32,
    Utf32Be,
    Utf32Le,
    /// Units of UTF-16 before it had surrogates.
    Unicode11,
    #[cfg(feature = "charsets")]
    Utf7(&'static Utf7),
    #[cfg(feature = "charsets")]
    Cesu8,
    #[cfg(feature = "charsets-single-octet")]
    SingleOctet(&'static Upper),
    #[cfg(feature = "charsets")]
    Table(&'static Encoding),
    #[cfg(feature = "charsets")]
    Shifted(&'static Shifted),
    /// Not converted; octets of ASCII are ASCII.
    Superset,
    /// Not converted; octets of ASCII are ASCII but for these.
    #[cfg(not(feature = "charsets"))]
    AsciiBut(&'static [u8]),
    /// Not converted; only what all national variants of ISO 646 have in common is ASCII.
    Invariant,
    /// Not converted; octets of ASCII may be something else.
    Opaque,
    /// Not converted; two octets a character.
    Wide,
}

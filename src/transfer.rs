//! Transfer encodings (RFC 2045, 6) both ways, and percent escapes, undone.

mod base64;
mod escape;

use alloc::vec::Vec;

#[cfg(all(feature = "std", any(feature = "mm4", feature = "mm7")))]
pub(crate) use self::base64::decode_base64_start;
#[cfg(any(feature = "mm4", feature = "mm7"))]
pub(crate) use self::base64::encode_base64;
pub(crate) use self::base64::{base64_length, decode_base64, decode_base64_word, encode_base64_into};
pub(crate) use self::escape::{
    decode_percent, decode_q, decode_quoted_printable, encode_quoted_printable, push_escape, quoted_printable_fault,
    without_percent,
};

/// How the content of a part is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// `7bit`, `8bit`, `binary`: as it is.
    Identity,
    Base64,
    QuotedPrintable,
}

impl Encoding {
    /// The encoding with this name, if it is known.
    pub(crate) fn from_name(name: impl AsRef<[u8]>) -> Option<Self> {
        let is = |known: &str| name.as_ref().eq_ignore_ascii_case(known.as_bytes());
        if is("base64") {
            Some(Self::Base64)
        } else if is("quoted-printable") {
            Some(Self::QuotedPrintable)
        } else if is("7bit") || is("8bit") || is("binary") {
            Some(Self::Identity)
        } else {
            None
        }
    }
}

/// Octets with their encoding undone.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) octets: Vec<u8>,
    /// Offset of the first violation of the encoding.
    pub(crate) damage: Option<usize>,
    /// Where the first line of base64 becomes longer than 76 characters (RFC 2045, 6.8), if there is
    /// no damage before it: it decodes all the same.
    pub(crate) long_line: Option<usize>,
}

/// The longest line of base64 or quoted-printable (RFC 2045, 6.7 and 6.8).
const LINE_TEXT: usize = 76;

#[cfg(all(test, any(feature = "mm4", feature = "mm7")))]
fn noise(length: usize) -> Vec<u8> {
    let mut state = 12_345u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    (0..length).map(|_| next()).collect()
}

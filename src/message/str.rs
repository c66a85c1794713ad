//! The string type of all messages.

use alloc::boxed::Box;
use alloc::string::String;
use core::borrow::Borrow;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::Deref;

/// An immutable string that allocates nothing up to 22 octets.
///
/// Most texts of a message (numbers, identifiers, file names) are that short, and a decoder that
/// allocates none of them is several times as fast. It derefs to `str`.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Str;
///
/// let id = Str::from("T1a2b3c");
/// assert_eq!(id, "T1a2b3c");
/// assert!(id.starts_with('T'));
/// ```
#[derive(Clone)]
pub struct Str(Repr);

#[derive(Clone)]
enum Repr {
    Static(&'static str),
    /// The first `length` octets are UTF-8, the others anything.
    Inline {
        length: u8,
        octets: [u8; INLINE],
    },
    Boxed(Box<str>),
}

/// As much as fits beside the tag in the size of the other variants.
const INLINE: usize = 22;

const _: () = assert!(size_of::<Str>() == 24 || size_of::<usize>() != 8);

impl Str {
    /// A string that lives in the program: never allocates.
    #[must_use]
    pub const fn from_static(text: &'static str) -> Self {
        Self(Repr::Static(text))
    }

    /// The first `length` octets, which the caller knows to be ASCII: short texts are not looked at
    /// again, and are copied at one stroke where more octets follow.
    #[inline]
    pub(crate) fn from_ascii(octets: &[u8], length: usize) -> Self {
        if let (Some(chunk), Some(length)) = (octets.first_chunk(), u8::try_from(length).ok().filter(is_inline)) {
            return Self(Repr::Inline { length, octets: *chunk });
        }
        let ascii = octets.get(..length).unwrap_or_default();
        Self::inline(ascii).unwrap_or_else(|| Self(Repr::Boxed(core::str::from_utf8(ascii).unwrap_or_default().into())))
    }

    #[inline]
    fn inline(text: &[u8]) -> Option<Self> {
        if text.len() > INLINE {
            return None;
        }
        let mut octets = [0; INLINE];
        octets.get_mut(..text.len())?.copy_from_slice(text);
        Some(Self(Repr::Inline { length: u8::try_from(text.len()).ok()?, octets }))
    }

    /// The text.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Static(text) => text,
            // Always valid; looking again is what it costs to do without unsafe code.
            Repr::Inline { .. } => core::str::from_utf8(self.as_bytes()).unwrap_or_default(),
            Repr::Boxed(text) => text,
        }
    }

    /// The octets of the text: cheaper than those of [`as_str`](Self::as_str).
    #[inline]
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Repr::Static(text) => text.as_bytes(),
            Repr::Inline { length, octets } => octets.get(..usize::from(*length)).unwrap_or_default(),
            Repr::Boxed(text) => text.as_bytes(),
        }
    }

    /// As [`str::len`], without the look that [`as_str`](Self::as_str) takes; so are the next three.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// As [`str::is_empty`].
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.as_bytes().is_empty()
    }

    /// As [`str::is_ascii`].
    #[inline]
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        self.as_bytes().is_ascii()
    }

    /// As [`str::eq_ignore_ascii_case`].
    #[inline]
    #[must_use]
    pub fn eq_ignore_ascii_case(&self, other: &str) -> bool {
        self.as_bytes().eq_ignore_ascii_case(other.as_bytes())
    }
}

fn is_inline(length: &u8) -> bool {
    usize::from(*length) <= INLINE
}

impl Default for Str {
    fn default() -> Self {
        Self::from_static("")
    }
}

impl Deref for Str {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Str {
    fn as_ref(&self) -> &str {
        self
    }
}

impl AsRef<[u8]> for Str {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl Borrow<str> for Str {
    fn borrow(&self) -> &str {
        self
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Self {
        Self::inline(text.as_bytes()).unwrap_or_else(|| Self(Repr::Boxed(text.into())))
    }
}

impl From<String> for Str {
    fn from(text: String) -> Self {
        Self::inline(text.as_bytes()).unwrap_or_else(|| Self(Repr::Boxed(text.into())))
    }
}

impl From<Str> for String {
    fn from(text: Str) -> Self {
        match text.0 {
            Repr::Boxed(text) => text.into(),
            _ => text.as_str().into(),
        }
    }
}

impl PartialEq for Str {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for Str {}

/// Comparisons with the other strings, both ways.
macro_rules! compares {
    ($($other:ty)+) => {$(
        impl PartialEq<$other> for Str {
            fn eq(&self, other: &$other) -> bool {
                self.as_bytes() == other.as_bytes()
            }
        }

        impl PartialEq<Str> for $other {
            fn eq(&self, other: &Str) -> bool {
                self.as_bytes() == other.as_bytes()
            }
        }
    )+};
}

compares!(str &str String);

impl PartialOrd for Str {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The order of UTF-8 octets is that of the characters.
impl Ord for Str {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

/// As `str` does it, which [`Borrow`] promises.
impl Hash for Str {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Str {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Str {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

// Small letters, now and then more than fit inline.
crate::conversion::arbitrary!(Str, |u| {
    let length = u.int_in_range(1..=30)?;
    (0..length).map(|_| u.int_in_range(b'a'..=b'z').map(char::from)).collect::<Result<String, _>>().map(Self::from)
});

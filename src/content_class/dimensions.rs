//! How large a picture is.

use core::fmt;

use crate::message::Part;

/// A size in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "a size has these two")]
pub struct Dimensions {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl Dimensions {
    /// Whether neither width nor height is more than that of `limit`.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::content_class::Dimensions;
    ///
    /// let limit = Dimensions { width: 160, height: 120 };
    /// assert!(Dimensions { width: 160, height: 20 }.fits(limit));
    /// assert!(!Dimensions { width: 120, height: 160 }.fits(limit));
    /// ```
    #[must_use]
    pub const fn fits(self, limit: Self) -> bool {
        self.width <= limit.width && self.height <= limit.height
    }
}

impl fmt::Display for Dimensions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

/// The size of a picture according to its header: JPEG, GIF, PNG; and WBMP, if that is the media
/// type. `None` for other parts, for headers that cannot be read, and for pictures without pixels.
///
/// # Examples
///
/// ```
/// use mms_codec::content_class::{Dimensions, dimensions};
/// use mms_codec::compose;
///
/// // A WBMP of 200 by 8 pixels: type 0, fixed header 0, width and height in groups of 7 bits.
/// let picture = compose::file("a.wbmp", &b"\0\0\x81\x48\x08"[..]);
/// assert_eq!(dimensions(&picture), Some(Dimensions { width: 200, height: 8 }));
/// ```
pub fn dimensions(part: &Part) -> Option<Dimensions> {
    let octets = part.decoded()?;
    let found = if part.content_type.is("image/vnd.wap.wbmp") {
        wbmp(&octets)
    } else {
        let size = imagesize::blob_size(&octets).ok()?;
        Some(Dimensions { width: u32::try_from(size.width).ok()?, height: u32::try_from(size.height).ok()? })
    };
    found.filter(|found| found.width > 0 && found.height > 0)
}

/// The header of a WBMP: type 0, of which no other was ever defined, and no extension headers
/// (WAP-237, 6).
fn wbmp(octets: &[u8]) -> Option<Dimensions> {
    let [0, 0, size @ ..] = octets else { return None };
    let (width, rest) = multi_byte_integer(size)?;
    let (height, _) = multi_byte_integer(rest)?;
    Some(Dimensions { width, height })
}

/// A number in groups of 7 bits, and what follows it.
fn multi_byte_integer(octets: &[u8]) -> Option<(u32, &[u8])> {
    let mut value = 0_u32;
    for (octet, size) in octets.iter().zip(1..=5) {
        value = value.checked_mul(0x80)? | u32::from(octet & 0x7f);
        if *octet < 0x80 {
            return Some((value, octets.get(size..)?));
        }
    }
    None
}

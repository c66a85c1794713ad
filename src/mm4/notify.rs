//! The parameter `NOTIFY` of SMTP (RFC 3461, 4.1).

use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::conversion::ConversionError;

/// When the sender of a mail wants to know what became of it (RFC 3461, 4.1): `NOTIFY`. Nothing of it
/// is `NEVER`.
///
/// # Examples
///
/// ```
/// use mms_codec::mm4::Notify;
///
/// let notify: Notify = "success,FAILURE".parse()?;
/// assert!(notify.success && notify.failure && !notify.delay);
/// assert_eq!(notify.to_string(), "SUCCESS,FAILURE");
/// assert_eq!(Notify::default().to_string(), "NEVER");
/// # Ok::<(), mms_codec::ConversionError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "written out by users")]
pub struct Notify {
    /// When it was delivered.
    pub success: bool,
    /// When it could not be delivered.
    pub failure: bool,
    /// When it takes long.
    pub delay: bool,
}

impl Notify {
    const fn words(&mut self) -> [(&'static str, &mut bool); 3] {
        [("SUCCESS", &mut self.success), ("FAILURE", &mut self.failure), ("DELAY", &mut self.delay)]
    }
}

impl fmt::Display for Notify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = *self;
        let words: Vec<_> = all.words().into_iter().filter(|(_, is_on)| **is_on).map(|(word, _)| word).collect();
        f.write_str(if words.is_empty() { "NEVER" } else { "" })?;
        f.write_str(&words.join(","))
    }
}

impl FromStr for Notify {
    type Err = ConversionError;

    /// Fails for a word that is not one of `NOTIFY`.
    fn from_str(text: &str) -> Result<Self, ConversionError> {
        let mut notify = Self::default();
        if text.eq_ignore_ascii_case("NEVER") {
            return Ok(notify);
        }
        for word in text.split(',') {
            let known = notify.words().into_iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
            *known.ok_or(ConversionError("NOTIFY"))?.1 = true;
        }
        Ok(notify)
    }
}

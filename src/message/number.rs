//! The two ways to write an international number.

use super::str::Str;

/// Whether an international number begins with `+`.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Plus, Str};
///
/// let mut number = Str::from("+447700900123");
/// Plus::Never.apply(&mut number);
/// assert_eq!(number, "447700900123");
/// Plus::Always.apply(&mut number);
/// assert_eq!(number, "+447700900123");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Plus {
    /// The number as it was written.
    #[default]
    AsWritten,
    /// It does: for peers with whom numbers are international only.
    Always,
    /// It does not.
    Never,
}

impl Plus {
    /// Writes a number this way.
    pub fn apply(self, number: &mut Str) {
        match self {
            Self::AsWritten => {}
            Self::Always if number.starts_with('+') => {}
            Self::Always => *number = alloc::format!("+{number}").into(),
            Self::Never => {
                if let Some(bare) = number.strip_prefix('+') {
                    *number = bare.into();
                }
            }
        }
    }
}

//! The error of conversions from text and between types.

/// A text or value that the type it was to be converted to does not have.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Priority;
///
/// assert_eq!("high".parse(), Ok(Priority::High));
/// assert_eq!("urgent".parse::<Priority>().unwrap_err().to_string(), "not a valid Priority");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {0}")]
pub struct ConversionError(pub(crate) &'static str);

#[cfg(feature = "serde")]
crate::serialize_error::serialize_error! { ConversionError: |_error| "invalid-value", None, None }

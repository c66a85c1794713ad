//! Conversions between types: their error, and those into an enum of types.

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

/// Makes the variant of an enum out of what it holds.
macro_rules! from_variants {
    ($whole:ty: $($variant:ident($part:ty)),+) => {
        $(impl From<$part> for $whole {
            fn from(part: $part) -> Self {
                Self::$variant(part)
            }
        })+
    };
}
pub(crate) use from_variants;

/// Implements `Arbitrary`, with the feature of that name.
macro_rules! arbitrary {
    ($type:ty, |$u:ident| $made:expr) => {
        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $type {
            fn arbitrary($u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                $made
            }
        }
    };
}
pub(crate) use arbitrary;

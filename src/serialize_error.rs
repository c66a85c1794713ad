//! Errors in formats of serde.

use core::fmt;

/// An error in formats of serde: its code, where it is known also where it is, and what is displayed.
pub(crate) fn serialize<S: serde::Serializer>(
    error: &dyn fmt::Display,
    code: &'static str,
    offset: Option<usize>,
    field: Option<&'static str>,
    to: S,
) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeStruct;
    let mut fields = to.serialize_struct("Error", 4)?;
    fields.serialize_field("code", code)?;
    fields.serialize_field("offset", &offset)?;
    fields.serialize_field("field", &field)?;
    fields.serialize_field("message", &alloc::format!("{error}"))?;
    fields.end()
}

/// Serializes an error with its code, offset and field.
macro_rules! serialize_error {
    ($error:ty: |$own:ident| $code:expr, $offset:expr, $field:expr) => {
        impl serde::Serialize for $error {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let $own = self;
                crate::serialize_error::serialize($own, $code, $offset, $field, to)
            }
        }
    };
}
pub(crate) use serialize_error;

//! What a conditional rule of a PDU is, and how it is broken.

use super::field::FieldCode;
use crate::error::EncodeErrorKind;

/// A conditional rule of a PDU: the encoder and strict decoding keep it, lenient decoding reports what
/// breaks it.
///
/// # Examples
///
/// ```
/// use mms_codec::mm1::{Breach, FieldCode, MessageType};
///
/// let rules = MessageType::SEND_REQ.rules();
/// assert_eq!((rules[0].field, rules[0].breach), (FieldCode::TO, Breach::Missing));
/// assert_eq!(rules[0].text, "one of To, Cc and Bcc is there (6.1.1)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Rule {
    /// The field that is missing or does not conform.
    pub field: FieldCode,
    /// How the rule is broken.
    pub breach: Breach,
    /// What it says, with its clause in OMA-TS-MMS_ENC 1.3.
    pub text: &'static str,
}

/// How a rule is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Breach {
    /// The field is not there, and has to be.
    Missing,
    /// The field contradicts another one, or has a value that this PDU does not allow.
    Conflict,
    /// The field or its value is newer than the version that the PDU follows.
    Newer,
}

impl From<Breach> for EncodeErrorKind {
    fn from(breach: Breach) -> Self {
        match breach {
            Breach::Missing => Self::MissingField,
            Breach::Conflict => Self::FieldConflict,
            Breach::Newer => Self::NewerField,
        }
    }
}

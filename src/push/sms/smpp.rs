//! User data in PDUs of SMPP (SMPP 3.4, 5.2.12, 5.2.22 and 5.3.2.32).

use alloc::vec::Vec;

use bytes::Bytes;

use super::{UserData, UserDataHeader};
use crate::context::Decoding;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::options::{Decoded, DeviationKind, Options};
use crate::wsp::Reader;

/// The fields of a `submit_sm`, `deliver_sm` or `data_sm` that hold user data.
///
/// # Examples
///
/// ```
/// use mms_codec::Options;
/// use mms_codec::push::sms::{Ports, SmppMessage};
///
/// let mut message = SmppMessage::default();
/// message.esm_class = 0x40;
/// message.short_message = (&b"\x06\x05\x04\x0b\x84\x23\xf0\x2a\x06\x03\xbe\xaf\x84"[..]).into();
/// let user_data = message.user_data(&Options::strict())?.value;
/// assert_eq!(user_data.header.ports(), Some(Ports::WAP_PUSH));
/// assert_eq!(SmppMessage::new(&user_data)?, message);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "user data has these three fields")]
pub struct SmppMessage {
    /// `esm_class`, whose bit 6 says that the user data begins with a header.
    pub esm_class: u8,
    /// `short_message`: up to 254 octets.
    #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
    pub short_message: Bytes,
    /// The parameter `message_payload` (0x0424), which takes the place of `short_message`.
    #[cfg_attr(feature = "serde", serde(default, with = "crate::octets::option"))]
    pub message_payload: Option<Bytes>,
}

/// The bit of `esm_class` for a header (UDHI).
const HAS_HEADER: u8 = 0x40;

/// How many octets `short_message` has at most.
const SHORT_MESSAGE_OCTETS: usize = 254;

impl SmppMessage {
    /// User data in `short_message`, or in `message_payload` if it is too long for that.
    ///
    /// # Errors
    ///
    /// As [`UserData::encode`], and for more than 65 535 octets.
    pub fn new(user_data: &UserData) -> Result<Self, EncodeError> {
        let has_header = !user_data.header.elements.is_empty();
        let octets = if has_header { user_data.encode()?.into() } else { user_data.data.clone() };
        let esm_class = if has_header { HAS_HEADER } else { 0 };
        if octets.len() <= SHORT_MESSAGE_OCTETS {
            return Ok(Self { esm_class, short_message: octets, message_payload: None });
        }
        if u16::try_from(octets.len()).is_err() {
            return Err(EncodeError::from(EncodeErrorKind::NumberTooLarge).in_field("message_payload"));
        }
        Ok(Self { esm_class, short_message: Bytes::new(), message_payload: Some(octets) })
    }

    /// The user data. It is shared with the fields.
    ///
    /// # Errors
    ///
    /// As [`UserData::decode_with`]. Deviations: `short_message` beside `message_payload`, whose octets count.
    pub fn user_data(&self, options: &Options) -> Result<Decoded<UserData>, DecodeError> {
        let octets = self.message_payload.as_ref().unwrap_or(&self.short_message);
        let mut from = Reader::new(octets, options);
        if self.message_payload.is_some() && !self.short_message.is_empty() {
            from.context().forgive_in("short_message", DeviationKind::FieldConflict, 0)?;
        }
        let value = if self.esm_class & HAS_HEADER != 0 {
            UserData::read(&mut from)?
        } else {
            UserData::new(UserDataHeader { elements: Vec::new() }, octets.clone())
        };
        Ok(Decoded::new(value, from.into_deviations()))
    }
}

//! Addresses in short messages (3GPP TS 23.040, 9.1.2.5).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Deref;

use super::alphabet;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::message::Str;
use crate::options::DeviationKind;
use crate::wsp::Reader;

/// The address of a sender, a recipient or a service centre.
///
/// # Examples
///
/// ```
/// use mms_codec::push::sms::SmsAddress;
///
/// assert_eq!(SmsAddress::from("+447700900123").type_of_address, 0x91);
/// assert_eq!(SmsAddress::from("7255").type_of_address, 0x81);
/// assert_eq!(SmsAddress::from("Example").type_of_address, 0xd0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "the field has these two values")]
pub struct SmsAddress {
    /// Type of number and numbering plan: 0x91 is an international number, 0x81 one of an unknown kind
    /// and 0xD0 a name.
    pub type_of_address: u8,
    /// The digits `0` to `9`, `*`, `#`, `a`, `b` and `c`, after `+` if the number is international; or a
    /// name of up to eleven characters.
    pub value: Str,
}

const INTERNATIONAL_NUMBER: u8 = 0x91;
const UNKNOWN_NUMBER: u8 = 0x81;
const NAME: u8 = 0xd0;

/// The types of number.
const INTERNATIONAL: u8 = 1;
const ALPHANUMERIC: u8 = 5;

const DIGITS: &str = "0123456789*#abc";
const FILLER: u8 = 0x0f;

/// How many semi-octets an address has at most.
const MAX_SEMI_OCTETS: usize = 20;

impl SmsAddress {
    /// The number or name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.value
    }

    const fn type_of_number(&self) -> u8 {
        self.type_of_address >> 4 & 0x07
    }

    /// An address behind the number of its semi-octets.
    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let start = from.offset();
        let semi_octets = usize::from(from.octet()?);
        let type_of_address = from.octet()?;
        let octets = from.take(semi_octets.div_ceil(2))?;
        let address = Self::of(type_of_address, octets, semi_octets);
        // What else it may be is spelled in another way: digits that are none, a filler that is none, a
        // length in septets.
        let mut again = Vec::new();
        if address.write(&mut again).is_err() || from.input().get(start..from.offset()) != Some(&again) {
            from.forgive(DeviationKind::InvalidValue, start)?;
        }
        Ok(address)
    }

    /// The address of a service centre behind the number of its octets, if there is one (3GPP TS 24.011,
    /// 8.2.5.1).
    pub(super) fn read_centre(from: &mut Reader<'_>) -> Result<Option<Self>, DecodeError> {
        let start = from.offset();
        let length = usize::from(from.octet()?);
        let Some(digits) = length.checked_sub(1) else { return Ok(None) };
        let type_of_address = from.octet()?;
        let octets = from.take(digits)?;
        // A filler is not a digit.
        let address = Self::of(type_of_address, octets, 2 * digits);
        let mut again = Vec::new();
        if Self::write_centre(Some(&address), &mut again).is_err()
            || from.input().get(start..from.offset()) != Some(&again)
        {
            from.forgive(DeviationKind::InvalidValue, start)?;
        }
        Ok(Some(address))
    }

    fn of(type_of_address: u8, octets: &[u8], semi_octets: usize) -> Self {
        let address = Self { type_of_address, value: Str::default() };
        let value = match address.type_of_number() {
            ALPHANUMERIC => alphabet::unpack(octets, 0, semi_octets * 4 / 7),
            kind => {
                let halves = octets.iter().flat_map(|octet| [octet & 0x0f, octet >> 4]).take(semi_octets);
                let digits =
                    halves.filter_map(|half| DIGITS.as_bytes().get(usize::from(half)).copied().map(char::from));
                let sign = (kind == INTERNATIONAL).then_some('+');
                sign.into_iter().chain(digits).collect::<String>()
            }
        };
        Self { value: value.into(), ..address }
    }

    pub(super) fn write(&self, to: &mut Vec<u8>) -> Result<(), EncodeError> {
        let (octets, semi_octets) = self.octets()?;
        to.push(semi_octets);
        to.push(self.type_of_address);
        to.extend(octets);
        Ok(())
    }

    pub(super) fn write_centre(centre: Option<&Self>, to: &mut Vec<u8>) -> Result<(), EncodeError> {
        let Some(centre) = centre else {
            to.push(0);
            return Ok(());
        };
        let (octets, _) = centre.octets()?;
        let length = u8::try_from(octets.len() + 1).map_err(|_| EncodeErrorKind::NumberTooLarge)?;
        to.extend([length, centre.type_of_address]);
        to.extend(octets);
        Ok(())
    }

    /// The octets behind the type, and how many semi-octets of them are used.
    fn octets(&self) -> Result<(Vec<u8>, u8), EncodeError> {
        let (octets, semi_octets) = if self.type_of_number() == ALPHANUMERIC {
            let (octets, septets) = alphabet::pack(&self.value).ok_or(EncodeErrorKind::NotInCharset)?;
            (octets, (septets * 7).div_ceil(4))
        } else {
            let digits = self.value.strip_prefix('+');
            if digits.is_some() != (self.type_of_number() == INTERNATIONAL) {
                return Err(EncodeErrorKind::FieldConflict.into());
            }
            let digits = digits.unwrap_or(&self.value);
            let half = |digit: char| DIGITS.chars().zip(0u8..).find(|(known, _)| *known == digit).map(|(_, half)| half);
            let halves: Option<Vec<u8>> = digits.chars().map(half).collect();
            let halves = halves.ok_or(EncodeErrorKind::InvalidText)?;
            let pair = |pair: &[u8]| match *pair {
                [first, second] => second << 4 | first,
                [first] => FILLER << 4 | first,
                _ => 0,
            };
            (halves.chunks(2).map(pair).collect(), halves.len())
        };
        match u8::try_from(semi_octets) {
            Ok(count) if semi_octets <= MAX_SEMI_OCTETS && self.type_of_address & 0x80 != 0 => Ok((octets, count)),
            _ => Err(EncodeErrorKind::NotExpressible.into()),
        }
    }
}

/// An international number if it begins with `+`, another number if it consists of digits, a name if
/// not.
impl From<&str> for SmsAddress {
    fn from(value: &str) -> Self {
        let is_number = |digits: &str| !digits.is_empty() && digits.chars().all(|digit| DIGITS.contains(digit));
        let type_of_address = match value.strip_prefix('+') {
            Some(digits) if is_number(digits) => INTERNATIONAL_NUMBER,
            None if is_number(value) || value.is_empty() => UNKNOWN_NUMBER,
            _ => NAME,
        };
        Self { type_of_address, value: value.into() }
    }
}

impl Deref for SmsAddress {
    type Target = str;

    fn deref(&self) -> &str {
        &self.value
    }
}

impl PartialEq<str> for SmsAddress {
    fn eq(&self, other: &str) -> bool {
        *self.value == *other
    }
}

impl PartialEq<&str> for SmsAddress {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl fmt::Display for SmsAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}

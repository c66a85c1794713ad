//! Numbers of the telephone network, and addresses of users.

use alloc::format;
use alloc::string::ToString;

use bytes::Bytes;

use super::string;
use crate::cdr::ber::{Element, Tag, Writer};
use crate::cdr::table::{Form, Value};
use crate::context::Context;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::message::{Address, AddressKind, Str, is_short_code};
use crate::shown::Shown;

/// `ISDN-AddressString` (TS 29.002, 17.7.8): a number of the telephone network.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "an octet, and digits")]
pub struct IsdnNumber {
    /// Nature of address and numbering plan, as the first octet has them: 0x91 is international and
    /// E.164.
    pub numbering: u8,
    /// The digits: `0` to `9`, `*`, `#`, `a`, `b`, `c`. At most 16.
    pub digits: Str,
}

impl IsdnNumber {
    /// International, in the numbering plan E.164.
    pub const INTERNATIONAL: u8 = 0x91;
    /// Of an unknown nature, in the numbering plan E.164.
    pub const UNKNOWN: u8 = 0x81;

    const DIGITS: &'static [u8; 15] = b"0123456789*#abc";
    const FILLER: u8 = 0x0f;
    const MAX_OCTETS: usize = 9;

    fn half(digit: u8) -> Option<u8> {
        match digit {
            b'0'..=b'9' => Some(digit - b'0'),
            _ => Self::DIGITS.iter().position(|known| *known == digit).and_then(|half| u8::try_from(half).ok()),
        }
    }

    /// The first octet, and the digits in the others. A sign that `sign` gives for the first octet
    /// comes before them.
    fn parse(octets: &[u8], sign: impl FnOnce(u8) -> Option<u8>) -> Option<(u8, Str)> {
        let (numbering, rest) = octets.split_first()?;
        if octets.len() > Self::MAX_OCTETS {
            return None;
        }
        // A sign and 16 digits, in the room that a short text has.
        let mut text = [0; 22];
        let mut length = 0;
        let mut put = |octet: u8| {
            *text.get_mut(length)? = octet;
            length += 1;
            Some(())
        };
        if let Some(sign) = sign(*numbering) {
            put(sign)?;
        }
        let digit = |half: u8| Self::DIGITS.get(usize::from(half)).copied();
        for (place, octet) in rest.iter().enumerate() {
            put(digit(octet & 0x0f)?)?;
            // The last half may be a filler.
            if octet >> 4 != Self::FILLER || place + 1 < rest.len() {
                put(digit(octet >> 4)?)?;
            }
        }
        Some((*numbering, Str::from_ascii(&text, length)))
    }
}

impl Value for IsdnNumber {
    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let parsed = Self::parse(&string(element, context)?, |_| None);
        parsed.map(|(numbering, digits)| Self { numbering, digits }).ok_or_else(|| context.invalid(element.start))
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        write_isdn(self.numbering, self.digits.bytes(), to)
    }

    fn show(&self) -> Shown {
        let sign = if self.numbering == Self::INTERNATIONAL { "+" } else { "" };
        Shown::Text(format!("{sign}{}", self.digits))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        let digits = u.int_in_range(0..=9_999_999_999_999_999u64)?.to_string().into();
        Ok(Self { numbering: u.arbitrary()?, digits })
    }
}

fn write_isdn(numbering: u8, digits: impl Iterator<Item = u8>, to: &mut Writer) -> Result<(), EncodeError> {
    to.octets.push(numbering);
    let mut count = 0;
    for digit in digits {
        let half = IsdnNumber::half(digit).ok_or(EncodeErrorKind::InvalidText)?;
        match to.octets.last_mut().filter(|_| count % 2 == 1) {
            Some(last) => *last = *last & 0x0f | half << 4,
            None => to.octets.push(IsdnNumber::FILLER << 4 | half),
        }
        count += 1;
    }
    if count > 2 * (IsdnNumber::MAX_OCTETS - 1) { Err(EncodeErrorKind::NumberTooLarge.into()) } else { Ok(()) }
}

/// `CallReferenceNumber` (TS 29.002, 17.7.13): 1 to 8 octets, which the switching centre chose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "the octets are all there is")]
pub struct CallReferenceNumber(#[cfg_attr(feature = "serde", serde(with = "crate::octets"))] pub Bytes);

impl CallReferenceNumber {
    fn is_valid(&self) -> bool {
        (1..=8).contains(&self.0.len())
    }
}

impl Value for CallReferenceNumber {
    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let read = Self(string(element, context)?);
        if read.is_valid() { Ok(read) } else { Err(context.invalid(element.start)) }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        if self.is_valid() { self.0.write(to) } else { Err(EncodeErrorKind::NotExpressible.into()) }
    }

    fn show(&self) -> Shown {
        self.0.show()
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        Ok(Self(Bytes::copy_from_slice(&u.arbitrary::<[u8; 8]>()?)))
    }
}

/// The address of a user (`MMSAgentAddressData`): a mail address, a number, or a short code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct AgentAddressData {
    /// The address. A number begins with `+` if it is international; mail addresses are
    /// [`Email`](AddressKind::Email), and any other kind is written as a short code if reading that
    /// gives the same.
    pub address: Address,
    /// The first octet of a number, where it is another one than 0x91 for a number with `+` and 0x81
    /// for one without.
    pub numbering: Option<u8>,
}

impl From<Address> for AgentAddressData {
    fn from(address: Address) -> Self {
        Self { address, numbering: None }
    }
}

const EMAIL: Tag = Tag::context(0);
const MSISDN: Tag = Tag::context(1);
const SHORT_CODE: Tag = Tag::context(2);

/// What a short code of a record is among the kinds of addresses.
fn short_code(code: &str) -> AddressKind {
    if is_short_code(code.as_bytes()) {
        AddressKind::ShortCode(code.into())
    } else if !code.is_empty() && code.bytes().all(|octet| octet.is_ascii_alphanumeric()) {
        AddressKind::Alphanumeric(code.into())
    } else {
        AddressKind::Other(code.into())
    }
}

impl Value for AgentAddressData {
    const FORM: Form = Form::Choice;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let octets = string(element, context)?;
        let (kind, numbering) = if element.tag == MSISDN {
            let sign = |numbering| (numbering == IsdnNumber::INTERNATIONAL).then_some(b'+');
            let (numbering, number) = IsdnNumber::parse(&octets, sign).ok_or_else(|| context.invalid(element.start))?;
            let is_usual = matches!(numbering, IsdnNumber::INTERNATIONAL | IsdnNumber::UNKNOWN);
            (AddressKind::Phone(number), Some(numbering).filter(|_| !is_usual))
        } else {
            let text = core::str::from_utf8(&octets).map_err(|_| context.invalid(element.start))?;
            match element.tag {
                EMAIL => (AddressKind::Email(text.into()), None),
                SHORT_CODE => (short_code(text), None),
                _ => return Err(context.invalid(element.offset)),
            }
        };
        Ok(Self { address: kind.into(), numbering })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        if self.address.details.is_some() {
            return Err(EncodeErrorKind::NotExpressible.into());
        }
        match (&self.address.kind, self.numbering) {
            (AddressKind::Phone(number), numbering) => {
                let (digits, usual) = match number.strip_prefix('+') {
                    Some(digits) => (digits, IsdnNumber::INTERNATIONAL),
                    None => (number.as_str(), IsdnNumber::UNKNOWN),
                };
                if numbering.is_some_and(|numbering| digits.len() < number.len() && numbering != usual) {
                    return Err(EncodeErrorKind::FieldConflict.into());
                }
                // What separates digits for the eye is not a digit.
                let digits = digits.bytes().filter(|octet| !matches!(octet, b'-' | b'.'));
                to.element(MSISDN, false, |to| write_isdn(numbering.unwrap_or(usual), digits, to))
            }
            (_, Some(_)) => Err(EncodeErrorKind::FieldConflict.into()),
            (AddressKind::Email(mailbox), None) => to.primitive(EMAIL, mailbox.as_bytes()),
            (kind, None) => {
                let code = self.address.value();
                if short_code(code) != *kind {
                    return Err(EncodeErrorKind::NotExpressible.into());
                }
                to.primitive(SHORT_CODE, code.as_bytes())
            }
        }
    }

    fn show(&self) -> Shown {
        Shown::Text(self.address.to_string())
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        let number = u.int_in_range(0..=9_999_999_999_999_999u64)?;
        let address = match u.int_in_range(0..=4)? {
            0 => Address::phone(format!("+{number}")),
            1 => Address::phone(number.to_string()),
            2 => Address::email(format!("user{number}@example.com")),
            3 => Address::short_code(number.to_string()),
            _ => short_code(u.arbitrary()?).into(),
        };
        let has_numbering = matches!(&address.kind, AddressKind::Phone(number) if !number.starts_with('+'));
        Ok(Self { address, numbering: (has_numbering && u.arbitrary()?).then_some(0xa1) })
    }
}

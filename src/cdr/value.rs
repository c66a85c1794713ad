//! How values are written in records (TS 32.298, 5.1): numbers, texts, times, addresses, statuses.

mod access;
mod address;
mod extension;
mod ip;
mod phone;
mod status;
mod time;

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use bytes::Bytes;

pub use self::access::AccessCorrelation;
pub use self::address::{AgentAddressData, CallReferenceNumber, IsdnNumber};
pub use self::extension::ManagementExtension;
pub use self::ip::IpAddress;
pub use self::phone::{MsTimeZone, PlmnId};
pub use self::status::{ChargeType, ChargedParty, MmState, MmStatusCode, RecipientType, StoreStatus};
use super::ber::{Element, Tag, Writer};
use super::table::Value;
use crate::context::Context;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::message::Hex;
use crate::options::DeviationKind;
use crate::shown::Shown;

/// Universal tags.
const INTEGER: u32 = 2;
const OCTET_STRING: u32 = 4;
const ENUMERATED: u32 = 10;

/// The content of a value that has only the primitive form.
fn primitive<'a>(element: &Element<'a>, context: &Context) -> Result<&'a [u8], DecodeError> {
    if element.constructed { Err(context.invalid(element.offset)) } else { Ok(element.octets()) }
}

/// The content of a string, which may come in segments (X.690, 8.7.3).
fn string(element: &Element<'_>, context: &mut Context) -> Result<Bytes, DecodeError> {
    if !element.constructed {
        return Ok(element.content());
    }
    let mut joined = Vec::new();
    join(element, &mut joined, SEGMENT_LEVELS, context)?;
    Ok(joined.into())
}

/// Segments of segments: never seen, but the rules set no limit.
const SEGMENT_LEVELS: usize = 4;

fn join(element: &Element<'_>, to: &mut Vec<u8>, levels: usize, context: &mut Context) -> Result<(), DecodeError> {
    for segment in element.elements() {
        let segment = segment.map_err(|fault| context.fault(fault))?;
        if segment.tag != Tag::universal(OCTET_STRING) {
            return Err(context.invalid(segment.offset));
        } else if !segment.constructed {
            to.extend_from_slice(segment.octets());
        } else if let Some(levels) = levels.checked_sub(1) {
            join(&segment, to, levels, context)?;
        } else {
            return Err(context.error(DecodeErrorKind::Deviation(DeviationKind::NestingTooDeep), segment.offset));
        }
    }
    Ok(())
}

/// A string of a fixed length.
fn array<const N: usize>(element: &Element<'_>, context: &mut Context) -> Result<[u8; N], DecodeError> {
    let octets = string(element, context)?;
    octets.as_ref().try_into().map_err(|_| context.invalid(element.start))
}

/// An INTEGER or ENUMERATED, none of which is negative in a record.
fn number(element: &Element<'_>, context: &mut Context) -> Result<u64, DecodeError> {
    let octets = primitive(element, context)?;
    match *octets {
        [] => {
            context.forgive(DeviationKind::EmptyInteger, element.start)?;
            return Ok(0);
        }
        [first, ..] if first >= 0x80 => return Err(context.invalid(element.start)),
        // X.690, 8.3.2.
        [0, 0..0x80, ..] => context.forgive(DeviationKind::NonMinimalInteger, element.start)?,
        _ => {}
    }
    octets
        .iter()
        .try_fold(0u64, |number, octet| Some(number.checked_mul(256)? | u64::from(*octet)))
        .ok_or_else(|| context.error(DecodeErrorKind::NumberTooLarge, element.start))
}

macro_rules! integers {
    ($($type:ty),+) => { $(
        impl Value for $type {
            const UNIVERSAL: u32 = INTEGER;

            fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
                Self::try_from(number(element, context)?).map_err(|_| context.invalid(element.start))
            }

            fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
                to.integer((*self).into());
                Ok(())
            }

            fn show(&self) -> Shown {
                Shown::Number((*self).into())
            }

            #[cfg(feature = "arbitrary")]
            fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
                u.arbitrary()
            }
        }
    )+ };
}
integers!(u8, u32, u64);

impl Value for bool {
    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        // X.690, 8.2.2: any octet but zero is true.
        match primitive(element, context)? {
            [octet] => Ok(*octet != 0),
            _ => Err(context.invalid(element.start)),
        }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.octets.push(if *self { 0xff } else { 0 });
        Ok(())
    }

    fn show(&self) -> Shown {
        Shown::Text(if *self { "TRUE" } else { "FALSE" }.into())
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        u.arbitrary()
    }
}

/// OCTET STRING without a further coding.
impl Value for Bytes {
    const UNIVERSAL: u32 = OCTET_STRING;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        string(element, context)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.octets.extend_from_slice(self);
        Ok(())
    }

    fn show(&self) -> Shown {
        let text = core::str::from_utf8(self).ok().filter(|text| !text.chars().any(char::is_control));
        Shown::Text(text.map_or_else(|| Hex(self).to_string(), String::from))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        u.arbitrary::<Vec<u8>>().map(Self::from)
    }
}

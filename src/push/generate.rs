//! Arbitrary values, such as the encoder accepts and strict decoding too.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use arbitrary::{Arbitrary, Error, Result, Unstructured};
use bytes::Bytes;

use super::sms::{Concatenation, InformationElement, Ports, UserData, UserDataHeader};
use super::{CONTENT_LENGTH, PUSH_FLAG, Push};
use crate::message::{Header, Str};

fn octets(u: &mut Unstructured<'_>, most: usize) -> Result<Bytes> {
    let length = u.int_in_range(0..=most)?;
    Ok(Bytes::copy_from_slice(u.bytes(length.min(u.len()))?))
}

/// Mostly with an MMS PDU.
impl<'a> Arbitrary<'a> for Push {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut push = if u.ratio(3, 4)? {
            Self::for_pdu(u.arbitrary()?, &u.arbitrary()?).map_err(|_| Error::IncorrectFormat)?
        } else {
            let mut push = Self::new(u.arbitrary()?, octets(u, 200)?);
            push.content_type = u.arbitrary()?;
            push
        };
        let length = push.data.len().to_string();
        let mut header = |name, value: String| {
            push.headers.push(Header::Text { name: Str::from_static(name), value: value.into() });
        };
        if u.arbitrary()? {
            header(CONTENT_LENGTH, length);
        }
        if u.arbitrary()? {
            header(PUSH_FLAG, u.int_in_range(0..=7)?.to_string());
        }
        push.headers.extend(Vec::<Header>::arbitrary(u)?);
        Ok(push)
    }
}

impl<'a> Arbitrary<'a> for UserData {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(Self::new(u.arbitrary()?, octets(u, 140)?))
    }
}

/// Not longer than its length can say.
impl<'a> Arbitrary<'a> for UserDataHeader {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let count = u.int_in_range(0..=7)?;
        Ok(Self { elements: (0..count).map(|_| u.arbitrary()).collect::<Result<_>>()? })
    }
}

impl<'a> Arbitrary<'a> for InformationElement {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(match u.int_in_range(0..=3)? {
            0 => Self::Concatenation(u.arbitrary()?),
            1 => Self::ShortPorts { destination: u.arbitrary()?, originator: u.arbitrary()? },
            2 => Self::Ports(Ports::arbitrary(u)?),
            _ => Self::Other { id: u.int_in_range(0x09..=0xff)?, data: octets(u, 30)? },
        })
    }
}

impl<'a> Arbitrary<'a> for Concatenation {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let total = u.int_in_range(1..=u8::MAX)?;
        Ok(Self { reference: u.arbitrary()?, total, index: u.int_in_range(1..=total)? })
    }
}

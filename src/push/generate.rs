//! Arbitrary values, such as the encoder accepts and strict decoding too.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use arbitrary::{Error, Result, Unstructured};
use bytes::Bytes;

use super::sms::{Concatenation, InformationElement, UserData, UserDataHeader};
use super::{CONTENT_LENGTH, PUSH_FLAG, Push};
use crate::conversion::arbitrary;
use crate::message::{Header, Str};

fn octets(u: &mut Unstructured<'_>, most: usize) -> Result<Bytes> {
    let length = u.int_in_range(0..=most)?;
    Ok(Bytes::copy_from_slice(u.bytes(length.min(u.len()))?))
}

// Mostly with an MMS PDU.
arbitrary!(Push, |u| {
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
    push.headers.extend(u.arbitrary::<Vec<Header>>()?);
    Ok(push)
});

arbitrary!(UserData, |u| Ok(Self::new(u.arbitrary()?, octets(u, 140)?)));

// Not longer than its length can say.
arbitrary!(UserDataHeader, |u| {
    let count = u.int_in_range(0..=7)?;
    Ok(Self { elements: (0..count).map(|_| u.arbitrary()).collect::<Result<_>>()? })
});

arbitrary!(InformationElement, |u| {
    Ok(match u.int_in_range(0..=3)? {
        0 => Self::Concatenation(u.arbitrary()?),
        1 => Self::ShortPorts { destination: u.arbitrary()?, originator: u.arbitrary()? },
        2 => Self::Ports(u.arbitrary()?),
        _ => Self::Other { id: u.int_in_range(0x09..=0xff)?, data: octets(u, 30)? },
    })
});

arbitrary!(Concatenation, |u| {
    let total = u.int_in_range(1..=u8::MAX)?;
    Ok(Self { reference: u.arbitrary()?, total, index: u.int_in_range(1..=total)? })
});

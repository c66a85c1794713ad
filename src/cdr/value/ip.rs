//! IP addresses, in all five forms.

use alloc::format;
use alloc::string::ToString;
use core::net::{Ipv4Addr, Ipv6Addr};

use super::{INTEGER, OCTET_STRING, array, string};
use crate::cdr::ber::{Element, Tag, Writer};
use crate::cdr::table::{Form, Value};
use crate::context::Context;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::message::Str;
use crate::shown::Shown;

/// An IP address in one of its five forms (`IPAddress`, `GSNAddress`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_enums, reason = "the module has these five")]
pub enum IpAddress {
    /// `iPBinV4Address`.
    V4([u8; 4]),
    /// `iPBinV6Address`.
    V6([u8; 16]),
    /// `iPTextV4Address`: 7 to 15 characters.
    TextV4(Str),
    /// `iPTextV6Address`: 15 to 45 characters.
    TextV6(Str),
    /// `iPBinV6AddressWithPrefix`.
    V6WithPrefix {
        /// The address.
        address: [u8; 16],
        /// The length of the prefix in bits, 1 to 64; absent means 64.
        prefix: Option<u8>,
    },
}

const V4: Tag = Tag::context(0);
const V6: Tag = Tag::context(1);
const TEXT_V4: Tag = Tag::context(2);
const TEXT_V6: Tag = Tag::context(3);
const V6_WITH_PREFIX: Tag = Tag::context(4);

/// What an address of characters may consist of, and how many.
fn is_ip_text(tag: Tag, text: &[u8]) -> bool {
    match tag {
        TEXT_V4 => (7..=15).contains(&text.len()) && text.iter().all(|c| c.is_ascii_digit() || *c == b'.'),
        _ => (15..=45).contains(&text.len()) && text.iter().all(|c| c.is_ascii_hexdigit() || matches!(c, b':' | b'.')),
    }
}

impl Value for IpAddress {
    const FORM: Form = Form::Choice;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        match element.tag {
            V4 => array(element, context).map(Self::V4),
            V6 => array(element, context).map(Self::V6),
            TEXT_V4 | TEXT_V6 => {
                let octets = string(element, context)?;
                let text = core::str::from_utf8(&octets).ok().filter(|text| is_ip_text(element.tag, text.as_bytes()));
                let text = Str::from(text.ok_or_else(|| context.invalid(element.start))?);
                Ok(if element.tag == TEXT_V4 { Self::TextV4(text) } else { Self::TextV6(text) })
            }
            V6_WITH_PREFIX if element.constructed => {
                let mut members = element.elements();
                let mut next = |wanted: u32, context: &mut Context| {
                    let member = members.next().transpose().map_err(|fault| context.fault(fault))?;
                    let is_wanted = |member: &Element<'_>| member.tag == Tag::universal(wanted);
                    match member {
                        Some(member) if !is_wanted(&member) => Err(context.invalid(member.offset)),
                        member => Ok(member),
                    }
                };
                let address = next(OCTET_STRING, context)?.ok_or_else(|| context.invalid(element.start))?;
                let address = array(&address, context)?;
                let prefix = match next(INTEGER, context)? {
                    Some(prefix) => {
                        let length = u8::read(&prefix, context)?;
                        if !(1..=64).contains(&length) {
                            return Err(context.invalid(prefix.start));
                        }
                        Some(length)
                    }
                    None => None,
                };
                match members.next() {
                    None => Ok(Self::V6WithPrefix { address, prefix }),
                    Some(_) => Err(context.invalid(element.start)),
                }
            }
            _ => Err(context.invalid(element.offset)),
        }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        match self {
            Self::V4(address) => to.primitive(V4, address),
            Self::V6(address) => to.primitive(V6, address),
            Self::TextV4(text) | Self::TextV6(text) => {
                let tag = if matches!(self, Self::TextV4(_)) { TEXT_V4 } else { TEXT_V6 };
                if !is_ip_text(tag, text.as_bytes()) {
                    return Err(EncodeErrorKind::InvalidText.into());
                }
                to.primitive(tag, text.as_bytes())
            }
            Self::V6WithPrefix { prefix: Some(0 | 65..), .. } => Err(EncodeErrorKind::NotExpressible.into()),
            Self::V6WithPrefix { address, prefix } => to.element(V6_WITH_PREFIX, true, |to| {
                to.primitive(Tag::universal(OCTET_STRING), address)?;
                let write_prefix = |prefix| to.element(Tag::universal(INTEGER), false, |to| Value::write(&prefix, to));
                prefix.map_or(Ok(()), write_prefix)
            }),
        }
    }

    fn show(&self) -> Shown {
        Shown::Text(match self {
            Self::V4(address) => Ipv4Addr::from(*address).to_string(),
            Self::V6(address) => Ipv6Addr::from(*address).to_string(),
            Self::TextV4(text) | Self::TextV6(text) => text.to_string(),
            Self::V6WithPrefix { address, prefix } => format!("{}/{}", Ipv6Addr::from(*address), prefix.unwrap_or(64)),
        })
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        Ok(match u.int_in_range(0..=4)? {
            0 => Self::V4(u.arbitrary()?),
            1 => Self::V6(u.arbitrary()?),
            2 => Self::TextV4(Str::from_static("192.0.2.9")),
            3 => Self::TextV6(Str::from_static("2001:db8:0:0:0:0:0:9")),
            _ => Self::V6WithPrefix {
                address: u.arbitrary()?,
                prefix: if u.arbitrary()? { Some(u.int_in_range(1..=64)?) } else { None },
            },
        })
    }
}

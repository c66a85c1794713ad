//! Extensions of the operator.

use alloc::format;
use alloc::string::{String, ToString};

use bytes::Bytes;

use crate::cdr::ber::{Element, Tag, Writer, check, element_depth};
use crate::cdr::table::{Form, Value};
use crate::context::Context;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::message::Hex;
use crate::options::Limits;
use crate::shown::Shown;

/// A proprietary extension (`ManagementExtension`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ManagementExtension {
    /// Whose and which: the content of the OBJECT IDENTIFIER.
    #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
    pub identifier: Bytes,
    /// Whether it is to be understood; absent means no.
    pub significance: Option<bool>,
    /// The extension: an element of whatever type.
    #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
    pub information: Bytes,
}

const IDENTIFIER: Tag = Tag::universal(6);
const SIGNIFICANCE: Tag = Tag::context(1);
const INFORMATION: Tag = Tag::context(2);

impl ManagementExtension {
    /// An extension.
    pub fn new(identifier: impl Into<Bytes>, information: impl Into<Bytes>) -> Self {
        Self { identifier: identifier.into(), significance: None, information: information.into() }
    }

    /// The identifier as numbers with dots: `1.3.6.1.4.1.99999.1`. `None` if it is none, or has numbers
    /// of more than 128 bits.
    pub fn dotted(&self) -> Option<String> {
        let mut dotted = String::new();
        // Identifiers made of a UUID have numbers of 128 bits.
        let mut number = 0u128;
        for octet in &self.identifier {
            number = number.checked_mul(128)? | u128::from(octet & 0x7f);
            if *octet < 0x80 {
                if dotted.is_empty() {
                    // X.690, 8.19.4: the first two are one number.
                    let first = (number / 40).min(2);
                    dotted = format!("{first}.{}", number - 40 * first);
                } else {
                    dotted.push_str(&format!(".{number}"));
                }
                number = 0;
            }
        }
        self.is_identified().then_some(dotted)
    }

    /// Whether the identifier is one: its last octet ends a number, and no number begins with a zero
    /// (X.690, 8.19.2).
    fn is_identified(&self) -> bool {
        let mut is_start = true;
        let has_zero = self.identifier.iter().any(|octet| {
            let is_zero = is_start && *octet == 0x80;
            is_start = *octet < 0x80;
            is_zero
        });
        is_start && !has_zero && !self.identifier.is_empty()
    }
}

impl Value for ManagementExtension {
    const FORM: Form = Form::Constructed;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let (mut identifier, mut significance, mut information) = (None, None, None);
        for member in element.elements() {
            let member = member.map_err(|fault| context.fault(fault))?;
            match member.tag {
                IDENTIFIER if identifier.is_none() && !member.constructed => identifier = Some(member.content()),
                SIGNIFICANCE if significance.is_none() => significance = Some(bool::read(&member, context)?),
                INFORMATION if information.is_none() && member.constructed => {
                    check(member.input, member.start..member.end, element_depth(context))
                        .map_err(|fault| context.fault(fault))?;
                    information = Some(member.content());
                }
                _ => return Err(context.invalid(member.offset)),
            }
        }
        match (identifier, information) {
            (Some(identifier), Some(information)) => {
                let read = Self { identifier, significance, information };
                if read.is_identified() { Ok(read) } else { Err(context.invalid(element.start)) }
            }
            _ => Err(context.invalid(element.start)),
        }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        let is_checked = check(&self.information, 0..self.information.len(), Limits::MAX_DEPTH).is_ok();
        if !is_checked || !self.is_identified() {
            return Err(EncodeErrorKind::NotExpressible.into());
        }
        to.element(IDENTIFIER, false, |to| Value::write(&self.identifier, to))?;
        if let Some(significance) = self.significance {
            to.element(SIGNIFICANCE, false, |to| Value::write(&significance, to))?;
        }
        to.element(INFORMATION, true, |to| Value::write(&self.information, to))
    }

    fn show(&self) -> Shown {
        let identifier = self.dotted().unwrap_or_else(|| Hex(&self.identifier).to_string());
        let significance = if self.significance == Some(true) { ", significance TRUE" } else { "" };
        Shown::Text(format!("{{ identifier {identifier}{significance}, information {} }}", Hex(&self.information)))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        let mut extension = Self::new(&b"\x2b\x06\x01\x04\x01\x86\x8d\x1f\x01"[..], &b"\x04\x01\x01"[..]);
        extension.significance = u.arbitrary()?;
        Ok(extension)
    }
}

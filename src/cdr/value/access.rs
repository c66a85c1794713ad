//! The bearer that a phone used.

use alloc::format;

use crate::cdr::ber::{Element, Tag, Writer};
use crate::cdr::record::{CircuitSwitchedAccess, PacketSwitchedAccess};
use crate::cdr::table::{Form, Value, read_value, write_members};
use crate::context::Context;
use crate::error::{DecodeError, EncodeError};
use crate::shown::Shown;

/// The bearer that a phone used (`AccessCorrelation`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum AccessCorrelation {
    /// A call.
    CircuitSwitched(CircuitSwitchedAccess),
    /// A packet data context.
    PacketSwitched(PacketSwitchedAccess),
}

const CIRCUIT_SWITCHED: Tag = Tag::context(0);
const PACKET_SWITCHED: Tag = Tag::context(1);

impl Value for AccessCorrelation {
    const FORM: Form = Form::Choice;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        match element.tag {
            CIRCUIT_SWITCHED => read_value(element, context).map(Self::CircuitSwitched),
            PACKET_SWITCHED => read_value(element, context).map(Self::PacketSwitched),
            _ => Err(context.invalid(element.offset)),
        }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        match self {
            Self::CircuitSwitched(access) => to.element(CIRCUIT_SWITCHED, true, |to| write_members(access, to)),
            Self::PacketSwitched(access) => to.element(PACKET_SWITCHED, true, |to| write_members(access, to)),
        }
    }

    fn show(&self) -> Shown {
        let (name, access) = match self {
            Self::CircuitSwitched(access) => ("circuitSwitched", access.show()),
            Self::PacketSwitched(access) => ("packetSwitched", access.show()),
        };
        Shown::Text(format!("{name} {access}"))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        if u.arbitrary()? { u.arbitrary().map(Self::CircuitSwitched) } else { u.arbitrary().map(Self::PacketSwitched) }
    }
}

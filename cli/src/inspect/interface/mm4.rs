//! MM4: mail between relay/servers.

use mms_codec::{Bytes, DecodeError, Options, mm4};

use super::Interface;
use crate::inspect::view::View;

pub(super) const MM4: Interface = Interface { name: "mm4", kind: mms_codec::Interface::Mm4, decode, decode_all: None };

fn decode(octets: &Bytes, options: &Options) -> Result<View, DecodeError> {
    let decoded = mm4::decode_with(octets, options)?;
    let pdu = decoded.value;
    Ok(View {
        fields: pdu.fields(),
        deviations: decoded.deviations,
        ..View::new(MM4.name, pdu.name().into(), pdu.body())
    })
}

//! WSP push: headers, and mostly an MM1 PDU.

use mms_codec::message::Part;
use mms_codec::{Bytes, DecodeError, Options, push};

use super::{Interface, mm1};
use crate::view::View;

pub(super) const PUSH: Interface = Interface { name: "push", detect, decode };

/// Whether it begins as a push does, and is one. A PDU of MM1 begins with its type.
fn detect(octets: &Bytes) -> bool {
    !matches!(**octets, [0x8c, 0x80..=0xff, ..])
        && push::decode(octets).is_ok_and(|push| push.value.is_mms() || matches!(**octets, [_, 0x06 | 0x07, ..]))
}

fn decode(octets: &Bytes, options: &Options) -> Result<View, DecodeError> {
    let decoded = push::decode_with(octets, options)?;
    let push = decoded.value;
    let pdu = push.is_mms().then(|| push.pdu(options)).transpose()?;
    let body = pdu.is_none().then(|| Part::new(push.content_type.clone(), push.data.clone()));
    Ok(View {
        fields: push.fields(),
        pdu: pdu.map(|pdu| Box::new(mm1::view(pdu, &push.data))),
        deviations: decoded.deviations,
        ..View::new(PUSH.name, push.name().into(), body.as_ref())
    })
}

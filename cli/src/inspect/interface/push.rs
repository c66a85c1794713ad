//! WSP push: headers, and mostly an MM1 PDU.

use mms_codec::message::Part;
use mms_codec::{Bytes, DecodeError, Options, push};

use super::{Interface, mm1};
use crate::inspect::view::View;

pub(super) const PUSH: Interface =
    Interface { name: "push", kind: mms_codec::Interface::Push, decode, decode_all: None };

fn decode(octets: &Bytes, options: &Options) -> Result<View, DecodeError> {
    let decoded = push::decode_with(octets, options)?;
    let push = decoded.value;
    let pdu = push.is_mms().then(|| push.pdu(options)).transpose()?;
    let body = pdu.is_none().then(|| Part::new(push.content_type.clone(), push.data.clone()));
    Ok(View {
        fields: push.fields(),
        pdu: pdu.map(|pdu| Box::new(mm1::view(pdu.value, pdu.deviations, &push.data))),
        deviations: decoded.deviations,
        ..View::new(PUSH.name, push.name().into(), body.as_ref())
    })
}

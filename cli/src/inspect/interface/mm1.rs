//! MM1: PDUs.

use std::collections::HashMap;

use mms_codec::mm1::{self, FieldName, Fields, Pdu};
use mms_codec::{Bytes, DecodeError, Deviation, Options};

use super::Interface;
use crate::inspect::view::View;

pub(super) const MM1: Interface = Interface { name: "mm1", kind: mms_codec::Interface::Mm1, decode, decode_all: None };

fn decode(octets: &Bytes, options: &Options) -> Result<View, DecodeError> {
    mm1::decode_with(octets, options).map(|decoded| view(decoded.value, decoded.deviations, octets))
}

/// The PDU with its fields as they stand in the octets, not as the specification lists them. What
/// cannot be walked stays at the end.
pub(super) fn view(pdu: Pdu, deviations: Vec<Deviation>, octets: &[u8]) -> View {
    let mut places = HashMap::new();
    for (place, field) in Fields::new(octets).map_while(Result::ok).enumerate() {
        let name = match field.name {
            FieldName::Code(code) => code.to_string(),
            FieldName::Text(name) => String::from_utf8_lossy(name).into_owned(),
        };
        places.entry(name).or_insert(place);
    }
    let mut fields = pdu.fields();
    fields.sort_by_key(|field| places.get(&field.name).copied().unwrap_or(usize::MAX));
    View { fields, deviations, ..View::new(MM1.name, pdu.message_type().to_string(), pdu.body()) }
}

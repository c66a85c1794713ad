//! Charging records: files of them.

use mms_codec::cdr::{self, Record, Records};
use mms_codec::{Bytes, DecodeError, Decoded, Options};

use super::Interface;
use crate::inspect::view::View;

pub(super) const CDR: Interface =
    Interface { name: "cdr", kind: mms_codec::Interface::Cdr, decode, decode_all: Some(decode_all) };

fn decode(octets: &Bytes, options: &Options) -> Result<View, DecodeError> {
    cdr::decode_with(octets, options).map(view)
}

fn decode_all(octets: &Bytes, options: &Options) -> Vec<Result<View, DecodeError>> {
    let records = Records::new(octets, options);
    records.map(|record| record.map(|entry| view(entry.record)).map_err(|damage| damage.error)).collect()
}

fn view(decoded: Decoded<Record>) -> View {
    let record = decoded.value;
    View { fields: record.fields(), deviations: decoded.deviations, ..View::new(CDR.name, record.name().into(), None) }
}

//! Charging records: files of them.

use mms_codec::cdr::{self, FileHeader, Record, Records};
use mms_codec::{Bytes, DecodeError, Decoded, Options};

use super::Interface;
use crate::view::View;

pub(super) const CDR: Interface = Interface { name: "cdr", decode, decode_all: Some(decode_all) };

/// Whether a file begins with a record, or with a header that knows how long the file is or comes
/// before the header of a record.
pub(super) fn detect(octets: &[u8]) -> bool {
    let has_header = |(header, end): (FileHeader, usize)| {
        let mut records = [4, 5].into_iter().filter_map(|length| octets.get(end + length..));
        usize::try_from(header.file_length).is_ok_and(|length| length == octets.len()) || records.any(cdr::detect)
    };
    cdr::detect(octets) || FileHeader::read(octets).is_ok_and(has_header)
}

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

//! What has to hold for any octets.

use bytes::Bytes;

use super::{Transfer, TransferOptions, decode_with, encode, encode_chain};
use crate::fuzz::property::has_other_parts;
use crate::message::Part;
use crate::options::Options;

/// Decodes `data`, encodes what came out in every way, and decodes that again.
///
/// # Panics
///
/// If anything is lost or refused on the way.
pub(crate) fn fuzz(data: &[u8]) {
    let octets = Bytes::copy_from_slice(data);
    let Ok(decoded) = decode_with(&octets, &Options::lenient()) else { return };
    assert!(decoded.deviations.iter().all(|deviation| deviation.offset <= octets.len()));
    let strict = decode_with(&octets, &Options::strict());
    match strict {
        Ok(strict) => {
            assert!(strict == decoded && decoded.deviations.is_empty() || has_other_parts(&decoded.deviations));
        }
        Err(_) => assert!(!decoded.deviations.is_empty()),
    }
    for transfer in [Transfer::SevenBit, Transfer::SevenBitReadable, Transfer::EightBit, Transfer::Binary] {
        round_trip(&decoded.value, TransferOptions { transfer });
    }
}

fn round_trip(part: &Part, options: TransferOptions) {
    let Ok(encoded) = encode(part, &options) else { return };
    assert!(encode_chain(part, &options).is_ok_and(|chain| chain.to_vec() == encoded));
    let encoded = Bytes::from(encoded);
    let again = decode_with(&encoded, &Options::lenient());
    assert!(again.is_ok(), "{again:?}");
    let Ok(again) = again else { return };
    // Content is never changed, unless it was left in a transfer encoding that is undone now.
    let is_encoded = |part: &Part| part.leaves().any(|leaf| leaf.header("Content-Transfer-Encoding").is_some());
    if !is_encoded(part) {
        assert!(again.value.leaves().map(Part::octets).eq(part.leaves().map(Part::octets)));
        assert_eq!(encode(&again.value, &options).map(Bytes::from), Ok(encoded));
    }
}

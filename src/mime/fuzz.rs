//! What has to hold for any octets.

use bytes::Bytes;

use super::entity::encoding_word;
use super::{Transfer, TransferOptions, decode_with, encode, encode_chain};
use crate::fuzz::property::has_other_parts;
use crate::message::Part;
use crate::options::{Deviation, DeviationKind, Options};
use crate::transfer::Encoding;

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

/// Whether this is about the name of a transfer encoding, and no encoding has it.
pub(crate) fn is_unknown_encoding(octets: &[u8], deviation: &Deviation) -> bool {
    const NAME: &[u8] = b"Content-Transfer-Encoding:";
    let Some((before, value)) = octets.split_at_checked(deviation.offset) else { return false };
    let before = before.trim_ascii_end();
    let name = before.len().checked_sub(NAME.len()).and_then(|start| before.get(start..));
    let value = value.split(|octet| *octet == b'\r').next().unwrap_or_default();
    deviation.kind == DeviationKind::TransferEncoding
        && name.is_some_and(|name| name.eq_ignore_ascii_case(NAME))
        && core::str::from_utf8(value).is_ok_and(|value| Encoding::from_name(encoding_word(value)).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_unknown_encodings_are_kept() {
        for (octets, is_name) in [
            ("Content-Transfer-Encoding: x-uuencode\r\n\r\nhi", true),
            ("Content-Transfer-Encoding:\r\n x-uuencode\r\n\r\nhi", true),
            ("Content-Transfer-Encoding: base64 (odd)\r\n\r\naGk=", false),
            ("Content-Transfer-Encoding: base64\r\n\r\n###", false),
            ("Content-Transfer-Encoding: 7bit\r\n\r\n\u{fc}", false),
        ] {
            let decoded = decode_with(&Bytes::from_static(octets.as_bytes()), &Options::lenient()).unwrap();
            let [deviation] = &*decoded.deviations else { panic!("{octets}: {:?}", decoded.deviations) };
            assert_eq!(is_unknown_encoding(octets.as_bytes(), deviation), is_name, "{octets}");
        }
    }
}

//! How much the octets of fields speak for a PDU, and against chance.
//!
//! A model of PDUs gives a probability to any list of fields: [`bits`] is how many times, as a power of two, that
//! exceeds the probability of the same octets in noise. The probabilities of the model add up to no more than 1.
//! Therefore, by Markov's inequality, fewer than one in 2ⁿ places of noise reach n bits, whatever a decoder accepts:
//! a type, a version and a field or two are not enough, and each value that can hardly be anything else counts.

use mms_codec::mm1::{FieldCode, FieldName, Fields, MessageType, Pdu, RawField};

/// How many bits a PDU has to have: less than one place of 8 GB of noise has them, and the acknowledgement of a transaction
/// identifier of one character just does.
pub(super) const ENOUGH: f64 = 33.0;

/// The bits of an octet that noise would have to guess.
const OCTET: f64 = 8.0;
/// Of sixteen fields, one is anything.
const ANYTHING: f64 = -4.0;
const MODELLED: f64 = -0.1;
/// Behind seven of eight fields another follows.
const ANOTHER_FIELD: f64 = -0.2;
const END: f64 = -3.0;
/// No text counts more: images of disks are full of it.
const MAX_TEXT: f64 = 12.0;

/// How much the fields speak for a PDU.
pub(super) fn bits(fields: &[u8]) -> f64 {
    let [0x8c, message_type, ..] = *fields else { return 0.0 };
    let pdu = Pdu::new(MessageType::from_octet(message_type));
    let own = u16::try_from(pdu.field_codes().count()).map_or(OCTET, |count| f64::from(count.max(1)).log2());
    // One of 24 types.
    let mut bits = OCTET + OCTET - 24_f64.log2();
    let mut before = Some(FieldCode::MESSAGE_TYPE);
    for field in Fields::new(fields).map_while(Result::ok).skip(1) {
        let code = match field.name {
            FieldName::Code(code) => Some(code),
            FieldName::Text(_) => None,
        };
        let name = match (before, code) {
            // One of two.
            (Some(FieldCode::MESSAGE_TYPE), Some(FieldCode::TRANSACTION_ID | FieldCode::MMS_VERSION))
                if pdu.message_type() != MessageType::MBOX_DESCR =>
            {
                OCTET - 1.0
            }
            // Of eight transaction identifiers, seven have the version behind them.
            (Some(FieldCode::TRANSACTION_ID), Some(FieldCode::MMS_VERSION)) => OCTET - 0.2,
            (Some(FieldCode::TRANSACTION_ID), _) => OCTET - 3.0 - own,
            _ => OCTET - own,
        };
        let is_own = code.is_some_and(|code| pdu.field_codes().any(|(own, _)| own == code));
        let modelled = code.filter(|_| is_own).and_then(|code| Some(MODELLED + name + value(code, &field)?));
        bits += ANOTHER_FIELD + modelled.map_or(ANYTHING, |modelled| modelled.max(ANYTHING));
        before = code;
    }
    bits + END
}

/// Half of all values are tokens, a quarter each is text or has a length; `None` for what the model does not have.
fn value(code: FieldCode, field: &RawField<'_>) -> Option<f64> {
    match (code, field.value) {
        (FieldCode::MMS_VERSION, [0x90..=0x93]) => Some(OCTET - 2.0),
        (FieldCode::MMS_VERSION, _) => None,
        (FieldCode::TRANSACTION_ID, value) => text(value),
        // One of two multiparts.
        (FieldCode::CONTENT_TYPE, [0xa3 | 0xb3]) => Some(-1.0 + OCTET - 1.0),
        (FieldCode::CONTENT_TYPE, [0x80..=0xff]) => None,
        // One of the first sixteen.
        (_, [0x80..=0x8f]) => Some(-1.0 + OCTET - 4.0),
        (_, [length @ ..=30, value @ ..]) if usize::from(*length) == value.len() => {
            // Half of them are such a multipart with parameters, or a token and a text; the others are anything.
            let inside = match (code, value) {
                (FieldCode::CONTENT_TYPE, [0xa3 | 0xb3, ..]) => Some(OCTET - 1.0),
                (FieldCode::CONTENT_TYPE, _) => None,
                (_, [0x80..=0xff, value @ ..]) => text(value).map(|text| 1.0 + text),
                _ => None,
            };
            Some(-2.0 + OCTET - 5.0 - 1.0 + inside.unwrap_or_default())
        }
        (_, value) => text(value).map(|text| -2.0 + text),
    }
}

/// Text that ends with the first NUL: of sixteen characters one is the last, and of eight seven are ASCII.
fn text(value: &[u8]) -> Option<f64> {
    let text = str::from_utf8(value.strip_suffix(&[0])?).ok()?;
    let bits = text.chars().try_fold(OCTET - 4.0, |bits, c| {
        let character = match c {
            ' '..='~' => 1.1,
            '\0'..='\x7f' => return None,
            '\u{80}'..='\u{7ff}' => 0.4,
            '\u{800}'..='\u{ffff}' => 3.4,
            _ => 7.3,
        };
        Some(bits + character)
    })?;
    Some(bits.min(MAX_TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_noise_has_by_chance_is_not_enough() {
        for few in [
            &b"\x8c\x97\x98\0\x8d\x92"[..],
            b"\x8c\x97\x98q\0\x8d\x93\x84\xa3",
            b"\x8c\x91\x8d\x91\x9b\x81\x99\x83\x95\x85",
            b"\x8c\x97\x8d\x92\x84\x83\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f",
        ] {
            assert!(bits(few) < ENOUGH, "{few:02x?}: {}", bits(few));
        }
        // Unknown fields take away.
        assert!(
            bits(b"\x8c\x83\x98T123456\0\x8d\x92\x95\x81\xf0\x81\xf1\x81")
                < bits(b"\x8c\x83\x98T123456\0\x8d\x92\x95\x81")
        );
    }

    #[test]
    fn short_pdus_of_phones_are_enough() {
        for pdu in [
            &b"\x8c\x83\x98T123456789\0\x8d\x92\x95\x81"[..],
            b"\x8c\x85\x98T123456789\0\x8d\x92\x91\x80",
            b"\x8c\x85\x981\0\x8d\x90",
            b"\x8c\x81\x98T1\0\x8d\x92\x92\x80\x8b1234567@example.org\0",
        ] {
            assert!(bits(pdu) >= ENOUGH, "{pdu:02x?}: {}", bits(pdu));
        }
    }
}

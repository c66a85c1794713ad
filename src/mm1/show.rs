//! Showing a PDU, with the fields that have no place in it.

use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;

use bytes::Bytes;

use super::code_point::MessageType;
use super::field::{Extra, FieldCode};
use super::pdu::Pdu;
use crate::message::Hex;
use crate::options::{DeviationKind, Options};
use crate::shown::{Shown, ShownField};
use crate::table::{Slot as _, SlotMut as _};
use crate::wsp::Reader;

/// The fields of a PDU in their order, then what has no place in it.
pub(super) fn show(pdu: &Pdu) -> Vec<ShownField> {
    let (message_type, pdu) = (pdu.message_type(), pdu.table());
    let mut fields = crate::table::show(pdu);
    let mut places = BTreeMap::new();
    for field in pdu.extra() {
        let (name, repeats, value) = match field {
            Extra::Named { name, value } => (name.to_string(), false, Shown::Text(value.to_string())),
            Extra::Stray(octets) => {
                (DeviationKind::StrayOctets.name().to_string(), false, Shown::Text(Hex(octets).to_string()))
            }
            Extra::Coded { code, value } => {
                let (repeats, shown) = elsewhere(message_type, *code, value);
                let place = *places.entry(*code).or_insert(fields.len());
                if let Some(same) = fields.get_mut(place).filter(|_| repeats) {
                    same.values.push(shown);
                    continue;
                }
                (code.to_string(), repeats, shown)
            }
        };
        fields.push(ShownField { name, repeats, values: alloc::vec![value] });
    }
    fields
}

/// A field without a place: as the PDU reads it, or the first that has it; else as text or octets.
/// Also whether it may be repeated there.
fn elsewhere(message_type: MessageType, code: FieldCode, value: &Bytes) -> (bool, Shown) {
    let (repeats, known) = match code {
        FieldCode::CONTENT_TYPE => (false, show_content_type(value)),
        _ => {
            let known = MessageType::ALL.iter().copied();
            let mut types = core::iter::once(message_type).chain(known);
            types.find_map(|message_type| show_value(message_type, code, value)).unwrap_or((false, None))
        }
    };
    let shown = known.unwrap_or_else(|| match value.split_last() {
        Some((0, text)) if !text.is_empty() && text.iter().all(|octet| matches!(octet, 0x20..=0x7e)) => {
            Shown::Text(text.iter().copied().map(char::from).collect())
        }
        _ => Shown::Text(Hex(value).to_string()),
    });
    (repeats, shown)
}

/// A content type without a body behind it.
fn show_content_type(value: &Bytes) -> Option<Shown> {
    let mut from = Reader::new(value, &Options::lenient());
    let content_type = from.content_type().ok()?;
    from.is_empty().then(|| Shown::Text(content_type.to_string()))
}

/// Whether the PDU may repeat a field, and its value as the PDU shows it, unless it cannot read it.
/// `None` if the PDU has no such field.
fn show_value(message_type: MessageType, code: FieldCode, value: &Bytes) -> Option<(bool, Option<Shown>)> {
    let mut pdu = Pdu::like(message_type);
    let (place, row) = pdu.table().rows().find(code)?;
    let mut from = Reader::new(value, &Options::lenient());
    let read = pdu.table_mut().slot_mut(place)?.read(&mut from).is_ok() && from.is_empty();
    Some((row.repeats, pdu.table().slot(place)?.show(0).filter(|_| read)))
}

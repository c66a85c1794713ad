//! Encoding: the loop over the rows of a PDU.

use alloc::vec::Vec;
use core::fmt;

use super::code_point::MessageType;
use super::field::{Extra, FieldCode, keeps};
use super::rules::broken;
use super::value::Mm1;
use super::version::version_of;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::message::Message;
use crate::table::{Need, Slot as _, Table, count};
use crate::wsp::{Writer, value_length};

/// A PDU of any type, by reference.
#[derive(Clone, Copy)]
pub struct PduRef<'a> {
    pub(super) message_type: MessageType,
    /// Whether the specification knows it.
    pub(super) is_known: bool,
    pub(super) table: &'a dyn Table<Mm1>,
}

impl fmt::Debug for PduRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PduRef").field(&self.message_type).finish()
    }
}

/// Removes the values that cannot be expressed on MM1, and returns the names of their fields. The body stays.
pub(crate) fn fit(pdu: &mut dyn Table<Mm1>) -> Vec<&'static str> {
    let mut to = Writer::new();
    crate::table::fit(pdu, |row, slot, index| {
        to.clear();
        row.name == FieldCode::CONTENT_TYPE || slot.write(index, &mut to).is_ok()
    })
}

pub(super) fn write(pdu: PduRef<'_>, to: &mut Writer) -> Result<(), EncodeError> {
    let PduRef { message_type, is_known, table: pdu } = pdu;
    if let Some(field) = pdu.inexpressible() {
        return Err(EncodeError::from(EncodeErrorKind::NoSuchField).in_field(field));
    }
    let rows = pdu.rows();
    let elements = pdu.message().map(Message::elements).unwrap_or_default();
    if let Some(element) = elements.without(rows.elements).iter().next() {
        return Err(EncodeError::from(EncodeErrorKind::NoSuchField).in_field(element.name()));
    }
    if let Some((field, breach)) = broken(pdu).next() {
        return Err(in_field(EncodeErrorKind::from(breach).into(), field));
    }
    let version = version_of(pdu);
    if is_known && message_type.since().is_some_and(|since| since > version) {
        return Err(in_field(EncodeErrorKind::NewerField.into(), FieldCode::MESSAGE_TYPE));
    }
    let newer = rows.later_than(version);
    if message_type.octet() < 0x80 || is_known != message_type.name().is_some() {
        return Err(in_field(EncodeErrorKind::NotExpressible.into(), FieldCode::MESSAGE_TYPE));
    }
    to.octet(FieldCode::MESSAGE_TYPE.wire());
    to.octet(message_type.octet());
    let mut extra_is_due = true;
    for (place, row) in rows.iter().enumerate() {
        let is_absent = row.element.is_some_and(|element| !elements.contains(element));
        if is_absent && row.need == Need::Optional {
            continue;
        }
        let Some(slot) = pdu.slot(place) else { continue };
        if row.name == FieldCode::CONTENT_TYPE && slot.count() > 0 {
            extra_is_due = false;
            write_extra(pdu, is_known, to)?;
        }
        let before = to.len();
        let written = slot.write_each(|to| to.octet(row.name.wire()), to);
        let is_missing = match written.map_err(|error| in_field(error, row.name))? {
            // A value that could not be read is there all the same.
            0 => row.need == Need::Mandatory && !keeps(pdu.extra(), row.name),
            _ if newer >> place & 1 != 0 => return Err(in_field(EncodeErrorKind::NewerField.into(), row.name)),
            // The name, and a text without octets.
            _ => row.name == FieldCode::TRANSACTION_ID && to.len() == before + 2,
        };
        if is_missing {
            return Err(in_field(EncodeErrorKind::MissingField.into(), row.name));
        }
    }
    if extra_is_due { write_extra(pdu, is_known, to) } else { Ok(()) }
}

fn in_field(error: EncodeError, code: FieldCode) -> EncodeError {
    code.name().map_or(error, |name| error.in_field(name))
}

/// Writes the fields without a row. Those of the specification are there because something is wrong with
/// them: strict decoding would refuse them.
fn write_extra(pdu: &dyn Table<Mm1>, is_known: bool, to: &mut Writer) -> Result<(), EncodeError> {
    let mut extra = pdu.extra().iter();
    while let Some(field) = extra.next() {
        match field {
            Extra::Named { name, value } => {
                if let Some(code) = FieldCode::named(name) {
                    return Err(in_field(EncodeErrorKind::FieldConflict.into(), code));
                }
                to.token_text(name)?;
                to.text_string(value)?;
            }
            Extra::Coded { code, value } => {
                let is_last = extra.len() == 0;
                if let Some(kind) = not_written(pdu, is_known, is_last, *code, value) {
                    return Err(in_field(kind.into(), *code));
                }
                to.octet(code.wire());
                to.octets(value);
            }
            Extra::Stray(_) => return Err(EncodeErrorKind::NotExpressible.into()),
        }
    }
    Ok(())
}

/// Why a field without a row cannot be written.
fn not_written(
    pdu: &dyn Table<Mm1>,
    is_known: bool,
    is_last: bool,
    code: FieldCode,
    value: &[u8],
) -> Option<EncodeErrorKind> {
    match pdu.rows().find(code) {
        _ if code == FieldCode::MESSAGE_TYPE => Some(EncodeErrorKind::FieldConflict),
        Some((place, row)) if !row.repeats && count(pdu, place) > 0 => Some(EncodeErrorKind::FieldConflict),
        Some(_) => Some(EncodeErrorKind::NotExpressible),
        None if is_known && code.name().is_some() => Some(EncodeErrorKind::NoSuchField),
        // One that does not end where the rule for unknown fields says would take its neighbours with it.
        None if code == FieldCode::CONTENT_TYPE && is_last => None,
        None if value_length(value) != Some(value.len()) => Some(EncodeErrorKind::NotExpressible),
        None => None,
    }
}

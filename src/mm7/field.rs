//! The fields of a message by its table: read, written, shown.

mod name;
mod read;
mod write;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::address::shown_attributes;
#[cfg(feature = "arbitrary")]
use super::schema::Schema;
use super::wire::{Mm7, Slot};
#[cfg(feature = "arbitrary")]
use super::writer::Writer;
use crate::list::push;
use crate::message::{Address, Originator, Str};
use crate::shown::{Shown, ShownField};
use crate::table::{Row, Table};

pub(in crate::mm7) use self::name::{Found, read_as};
pub(crate) use self::read::{read, read_with};
#[cfg(any(feature = "mm1", feature = "mm4"))]
pub(crate) use self::write::fit;
pub(crate) use self::write::write;

/// The fields that the message has, in the order of the table, and what was kept behind them: under the name of
/// its field, if that has no value or may be repeated.
pub(crate) fn shown(pdu: &dyn Table<Mm7>) -> Vec<ShownField> {
    let mut fields = crate::table::show(pdu);
    fields.extend(pdu.rows().iter().enumerate().flat_map(|(place, row)| shown_details(pdu, place, row)));
    let mut places: BTreeMap<Str, usize> = BTreeMap::new();
    if !pdu.extra().is_empty() {
        places.extend(fields.iter().enumerate().map(|(index, field)| (Str::from(&*field.name), index)));
    }
    for extra in pdu.extra() {
        let value = Shown::Text(extra.text().map_or_else(|| extra.xml.as_str().into(), Into::into));
        let name: Str = match (extra.parent.as_str(), extra.field_name()) {
            ("", name) => name.into(),
            (parent, "") => parent.into(),
            (parent, name) => alloc::format!("{parent}.{name}").into(),
        };
        let repeats = pdu.rows().iter().find(|row| row.name.path == name).is_none_or(|row| row.repeats);
        match places.get(&name).filter(|_| repeats).and_then(|index| fields.get_mut(*index)) {
            Some(field) => field.values.push(value),
            None => {
                places.entry(name.clone()).or_insert(fields.len());
                push(&mut fields, ShownField { name: name.into(), repeats, values: alloc::vec![value] });
            }
        }
    }
    fields
}

/// The attributes of the addresses in a row, by the path of each: a value for each address, if one of them has
/// the attribute.
fn shown_details(pdu: &dyn Table<Mm7>, place: usize, row: &Row<Mm7>) -> impl Iterator<Item = ShownField> + use<> {
    let addresses: Vec<&Address> = match pdu.slot(place) {
        Some(Slot::Address(address)) => address.iter().collect(),
        Some(Slot::Addresses(addresses)) => addresses.iter().collect(),
        Some(Slot::Originator(originator)) => originator.iter().filter_map(Originator::address).collect(),
        Some(Slot::PreviouslySentBy(list)) => list.iter().map(|by| &by.address).collect(),
        _ => Vec::new(),
    };
    let (path, repeats) = (row.name.path, row.repeats);
    shown_attributes(&addresses).into_iter().map(move |(attribute, values)| ShownField {
        name: alloc::format!("{path}@{attribute}"),
        repeats,
        values,
    })
}

/// Fills the fields that `schema` has with arbitrary values that it can say.
#[cfg(feature = "arbitrary")]
pub(crate) fn arbitrary<P: Table<Mm7> + Clone + Default>(
    schema: &Schema,
    u: &mut arbitrary::Unstructured<'_>,
) -> arbitrary::Result<P> {
    use crate::table::{Need, Slot as _, SlotMut as _, count};

    let mut pdu = P::default();
    for (place, row) in pdu.rows().iter().enumerate().filter(|(_, row)| row.name.schemas.contain(schema)) {
        let times = match row.need {
            Need::Mandatory if row.name.attribute.is_empty() => 1,
            _ if row.repeats => u.int_in_range(0..=3)?,
            _ => u.int_in_range(0..=1)?,
        };
        for _ in 0..times {
            // Not every value of the shared model has a form here: then another one.
            const TRIES: usize = 100;
            for _ in 0..TRIES {
                let before = pdu.clone();
                pdu.slot_mut(place).map_or(Ok(()), |slot| slot.fill(u))?;
                let mut to = Writer::new(schema.clone(), false);
                row.name.enter(&mut to);
                let last = count(&pdu, place).saturating_sub(1);
                if pdu.slot(place).is_some_and(|slot| slot.write(last, &mut to).is_ok()) {
                    break;
                }
                pdu = before;
            }
        }
    }
    Ok(pdu)
}

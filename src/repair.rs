//! What `fit_to` and `normalize` do to the rows of a PDU, on every wire.

use alloc::vec;
use alloc::vec::Vec;

use crate::change::{ChangeKind, Changes};
use crate::message::{Content, Part, Str};
use crate::table::{SlotMut as _, Table, Wire, count};

fn name_of<W: Wire>(name: W::Name) -> Str {
    Str::from_static(W::spelling(name))
}

/// Removes all values of a field.
pub(crate) fn take_out<W: Wire>(pdu: &mut dyn Table<W>, place: usize) {
    let kept = vec![false; count(pdu, place)];
    pdu.slot_mut(place).into_iter().for_each(|slot| slot.keep(&kept));
}

/// Removes the fields that a peer does not know.
pub(crate) fn take_out_newer<W: Wire>(
    pdu: &mut dyn Table<W>,
    is_newer: impl Fn(W::Name) -> bool,
    changes: &mut Changes,
) {
    for (place, row) in pdu.rows().iter().enumerate() {
        if is_newer(row.name) && count(pdu, place) > 0 {
            take_out(pdu, place);
            changes.add(name_of::<W>(row.name), ChangeKind::Removed);
        }
    }
}

/// Cleans a value of what keeps it from being written.
pub(crate) fn clean_value<W: Wire>(pdu: &mut dyn Table<W>, place: usize, index: usize) {
    pdu.slot_mut(place).into_iter().for_each(|slot| slot.clean(index));
}

/// Cleans the values that are not regular, and removes those where that does not help.
pub(crate) fn clean_values<W: Wire>(
    pdu: &mut dyn Table<W>,
    is_regular: impl Fn(W::Name, W::Slot<'_>, usize) -> bool,
    clean: impl Fn(&mut dyn Table<W>, usize, usize),
    changes: &mut Changes,
) {
    for (place, row) in pdu.rows().iter().enumerate() {
        let is_regular = |pdu: &dyn Table<W>, index| {
            let slot = pdu.slot(place);
            slot.is_none_or(|slot| is_regular(row.name, slot, index))
        };
        let mut kept = vec![true; count(pdu, place)];
        for (index, is_kept) in kept.iter_mut().enumerate() {
            if is_regular(pdu, index) {
                continue;
            }
            clean(pdu, place, index);
            *is_kept = is_regular(pdu, index);
            changes.add(name_of::<W>(row.name), ChangeKind::Changed);
        }
        if kept.contains(&false) {
            pdu.slot_mut(place).into_iter().for_each(|slot| slot.keep(&kept));
            let kind = if kept.contains(&true) { ChangeKind::Changed } else { ChangeKind::Removed };
            changes.add(name_of::<W>(row.name), kind);
        }
    }
}

/// What became of a field that was taken out of those kept because something was wrong with them:
/// its value is still there, or nothing is.
pub(crate) fn kind_of<W: Wire>(pdu: &dyn Table<W>, place: Option<usize>) -> ChangeKind {
    match place.is_some_and(|place| count(pdu, place) > 0) {
        true => ChangeKind::Changed,
        false => ChangeKind::Removed,
    }
}

/// Calls `visit` with a body and each part in it, however deep.
pub(crate) fn each_part(body: &mut Part, visit: impl Fn(&mut Part)) {
    let mut waiting = vec![body];
    while let Some(part) = waiting.pop() {
        visit(part);
        if let Content::Parts(parts) = &mut part.content {
            waiting.extend(parts.iter_mut());
        }
    }
}

/// The text with a blank for each run of control characters, but none at the ends.
pub(crate) fn without_controls(text: &str) -> alloc::string::String {
    let runs = text.split(|character: char| character.is_ascii_control());
    runs.filter(|run| !run.is_empty()).collect::<Vec<_>>().join(" ")
}

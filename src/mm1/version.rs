//! Fitting a PDU to the version of MMS that a peer knows (OMA-TS-MMS_ENC, 6.14.2).

use alloc::vec::Vec;

use super::breach::Breach;
use super::code_point::Version;
use super::field::{Extra, FieldCode};
use super::rules::{Mend, is_newer};
use super::value::{Mm1, Slot, SlotMut};
use crate::change::{Change, ChangeKind, Changes};
use crate::message::Str;
use crate::repair::take_out_newer;
use crate::table::{Fill, Table, count};

/// The default of a PDU that MMS 1.0 does not have: empty, of the first version that has it.
macro_rules! since {
    ($pdu:ident: $version:ident, $($field:ident),+) => {
        impl Default for $pdu {
            fn default() -> Self {
                Self { version: Version::$version, $($field: Default::default()),+ }
            }
        }
    };
}
pub(super) use since;

/// Removes what `version` does not know from a PDU that MMS version `since` introduced, and lists it.
pub(super) fn fit_to(pdu: &mut dyn Mend, since: Option<Version>, version: Version) -> Option<Vec<Change>> {
    if is_newer(since, version) {
        return None;
    }
    if version_of(pdu) > version {
        set_version(pdu, version);
    }
    let mut changes = Changes::default();
    take_out_newer(pdu, |code| is_newer(code.since(), version), &mut changes);
    pdu.extra_mut().retain(|field| match field {
        Extra::Coded { code, .. } if is_newer(code.since(), version) => {
            changes.add(name_of(*code), ChangeKind::Removed);
            false
        }
        _ => true,
    });
    mend(pdu, &mut changes);
    Some(changes.into_vec())
}

/// Makes a PDU keep its rules, as far as it says itself how.
pub(super) fn mend(pdu: &mut dyn Mend, changes: &mut Changes) {
    // What mends one rule may break another one, whose turn has been.
    for _ in 0..3 {
        if pdu.broken_rules() == 0 {
            break;
        }
        for (field, _) in pdu.mend().into_iter().filter(|(_, breach)| *breach != Breach::Missing) {
            let is_there = pdu.rows().find(field).is_some_and(|(place, _)| count(pdu, place) > 0);
            let kind = if is_there { ChangeKind::Changed } else { ChangeKind::Removed };
            changes.add(name_of(field), kind);
        }
    }
}

/// The version that a PDU follows: `M-Mbox-Descr` without one may have everything.
pub(super) fn version_of(pdu: &dyn Table<Mm1>) -> Version {
    let slot = pdu.rows().find(FieldCode::MMS_VERSION).and_then(|(place, _)| pdu.slot(place));
    match slot {
        Some(Slot::Version(version)) => *version,
        Some(Slot::OptionalVersion(Some(version))) => *version,
        _ => Version::V1_3,
    }
}

/// The same, while it is read.
pub(super) fn version_read(pdu: &mut dyn Fill<Mm1>) -> Version {
    let slot = pdu.rows().find(FieldCode::MMS_VERSION).and_then(|(place, _)| pdu.slot_mut(place));
    match slot {
        Some(SlotMut::Version(version)) => *version,
        Some(SlotMut::OptionalVersion(Some(version))) => *version,
        _ => Version::V1_3,
    }
}

pub(super) fn set_version(pdu: &mut dyn Table<Mm1>, version: Version) {
    let Some((place, _)) = pdu.rows().find(FieldCode::MMS_VERSION) else { return };
    match pdu.slot_mut(place) {
        Some(SlotMut::Version(own)) => *own = version,
        Some(SlotMut::OptionalVersion(Some(own))) => *own = version,
        _ => {}
    }
}

/// The name of a field, or its octet on the wire.
pub(super) fn name_of(code: FieldCode) -> Str {
    code.name().map_or_else(|| alloc::format!("{code}").into(), Str::from_static)
}

//! Fitting a message to the version of TS 23.140 that a peer follows.

use alloc::vec::Vec;

use super::release::{Release, version_numbers};
use super::rows::row_named;
use super::value::{Mm4, Slot, SlotMut};
use crate::change::{Change, ChangeKind, Changes};
use crate::message::{Header, Str};
use crate::repair::take_out_newer;
use crate::table::Table;

impl Release {
    /// The release that introduced a header field, whose name is compared without case; `None` for
    /// one that TS 23.140 does not have.
    #[must_use]
    pub fn of_field(name: &str) -> Option<Self> {
        row_named(name).map(|row| row.name.since)
    }
}

/// The fields that some message has and that a later release introduced.
pub(super) fn is_newer(name: &str, release: Release) -> bool {
    Release::of_field(name).is_some_and(|since| since > release)
}

/// The release that a message says it follows, if it says one.
pub(super) fn release_of(pdu: &dyn Table<Mm4>) -> Option<Release> {
    version_of(pdu).and_then(|version| Release::of_version(version))
}

pub(super) fn version_of(pdu: &dyn Table<Mm4>) -> Option<&Str> {
    match pdu.slot(pdu.rows().index.version?)? {
        Slot::Str(version) => version.as_ref(),
        _ => None,
    }
}

pub(super) fn set_version(pdu: &mut dyn Table<Mm4>, version: Str) {
    if let Some(place) = pdu.rows().index.version
        && let Some(SlotMut::Str(own)) = pdu.slot_mut(place)
    {
        *own = Some(version);
    }
}

/// Removes what a version of TS 23.140 does not know from a message, and lists it.
pub(crate) fn fit_to(pdu: &mut dyn Table<Mm4>, version: &str) -> Option<Vec<Change>> {
    let numbers = version_numbers(version)?;
    let release = Release::of_version(version)?;
    if version_of(pdu).and_then(|own| version_numbers(own)).is_some_and(|own| own > numbers) {
        set_version(pdu, version.trim_ascii().into());
    }
    let mut changes = Changes::default();
    take_out_newer(pdu, |name| name.since > release, &mut changes);
    pdu.extra_mut().retain(|header| match header {
        Header::Text { name, .. } if is_newer(name, release) => {
            let name = row_named(name).map_or_else(|| name.clone(), |row| Str::from_static(row.name.spelling));
            changes.add(name, ChangeKind::Removed);
            false
        }
        _ => true,
    });
    Some(changes.into_vec())
}

//! Finding the rows of a field table: by field code, by version, and by whether a field is mandatory.

use super::code_point::Version;
use super::field::{FieldCode, Index};
use super::value::Mm1;
use crate::shown::Shown;
use crate::table::{Need, Row, Rows, Slot as _, Table, elements};

impl Rows<Mm1> {
    pub(crate) const fn new(rows: &'static [Row<Mm1>]) -> Self {
        let mut index = Index { places: [u8::MAX; 65], mandatory: 0, repeated: 0, later: [0; 3] };
        let (mut rest, mut place) = (rows, 0);
        while let [row, after @ ..] = rest {
            if let Some(slot) = index.places.as_mut_slice().split_at_mut(row.name.number() as usize).1.first_mut() {
                *slot = place;
            }
            assert!((row.name.number() as usize) < index.places.len());
            // Reading has a bit for each row.
            assert!((place as u32) < u32::BITS);
            assert!(place < 2 || !has_fixed_place(row.name));
            if matches!(row.need, Need::Mandatory) {
                index.mandatory |= 1 << place;
            }
            if row.repeats {
                index.repeated |= 1 << place;
            }
            if let (Some(since), [v1_0, v1_1, v1_2]) = (row.name.since(), &mut index.later) {
                let bit = 1 << place;
                *v1_0 |= if since.is_later_than(Version::V1_0) { bit } else { 0 };
                *v1_1 |= if since.is_later_than(Version::V1_1) { bit } else { 0 };
                *v1_2 |= if since.is_later_than(Version::V1_2) { bit } else { 0 };
            }
            place += 1;
            rest = after;
        }
        Self { rows, elements: elements(rows), index }
    }

    /// The row of a field code, and its place.
    #[inline]
    pub(super) fn find(&self, code: FieldCode) -> Option<(usize, &'static Row<Mm1>)> {
        let place = self.index.place(code.number()) as usize;
        self.rows.get(place).map(|row| (place, row))
    }

    /// A bit for the place of each row that came after `version`.
    pub(super) fn later_than(&self, version: Version) -> u32 {
        let [v1_0, v1_1, v1_2] = self.index.later;
        match () {
            () if version >= Version::V1_3 => 0,
            () if version >= Version::V1_2 => v1_2,
            () if version >= Version::V1_1 => v1_1,
            () => v1_0,
        }
    }
}

impl Index {
    /// The place of the row of a field; beyond the last for a code without row.
    #[inline]
    pub(super) fn place(&self, number: u8) -> u32 {
        self.places.get(usize::from(number)).copied().unwrap_or(u8::MAX).into()
    }
}

/// Whether a field is one of the first three, and of the first two rows therefore: the type has none.
const fn has_fixed_place(code: FieldCode) -> bool {
    matches!(code, FieldCode::MESSAGE_TYPE | FieldCode::TRANSACTION_ID | FieldCode::MMS_VERSION)
}

/// The value of a field that may appear only once.
pub(super) fn show_field(pdu: &dyn Table<Mm1>, code: FieldCode) -> Option<Shown> {
    let (place, _) = pdu.rows().find(code)?;
    pdu.slot(place)?.show(0)
}

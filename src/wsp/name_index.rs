//! Names found in a table at one look.

use crate::octet_set::same;

/// The places of the names of a table, each where its [`slot`] says, or in the next free one.
pub(super) struct NameIndex<const SLOTS: usize>([u8; SLOTS]);

const FREE: u8 = u8::MAX;

impl<const SLOTS: usize> NameIndex<SLOTS> {
    /// Without names.
    pub(super) const EMPTY: Self = Self([FREE; SLOTS]);

    /// With one more name, to be called for tables in the program only.
    #[expect(clippy::indexing_slicing, reason = "done by the compiler")]
    pub(super) const fn with(mut self, name: &str, place: u8) -> Self {
        assert!(place != FREE);
        let mut slot = slot(name.as_bytes()) % SLOTS;
        while self.0[slot] != FREE {
            slot = (slot + 1) % SLOTS;
        }
        self.0[slot] = place;
        self
    }

    /// The places where a name may be.
    #[inline]
    pub(super) fn places(&self, name: &[u8]) -> impl Iterator<Item = u8> {
        let (before, from) = self.0.split_at_checked(slot(name) % SLOTS).unwrap_or_default();
        from.iter().chain(before).copied().take_while(|place| *place != FREE)
    }
}

/// A number made of the length and the end of a name, whose letters may be of either case.
#[inline]
const fn slot(name: &[u8]) -> usize {
    let end = match (name.last_chunk(), name) {
        (Some(end), _) => u32::from_le_bytes(*end),
        (None, [first, ..]) => u32::from_le_bytes([*first, 0, 0, 0]),
        (None, []) => 0,
    };
    let [length, ..] = name.len().to_le_bytes();
    let [.., top] = (end | 0x2020_2020).wrapping_add(length as u32).wrapping_mul(0x9e37_79b1).to_le_bytes();
    top as usize
}

/// Whether two names differ in the case of letters only.
#[inline]
pub(super) fn is_name(known: &str, name: &[u8]) -> bool {
    same(known, name) || known.as_bytes().eq_ignore_ascii_case(name)
}

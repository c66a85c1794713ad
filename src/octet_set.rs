//! Sets of octets, looked up in one step.

/// Which octets belong to a set.
#[derive(Debug)]
pub(crate) struct OctetSet([bool; 256]);

impl OctetSet {
    /// The visible characters of ASCII but these.
    pub(crate) const fn visible_except(excluded: &[u8]) -> Self {
        let mut table = [false; 256];
        let mut rest = table.as_mut_slice();
        let mut octet = 0u8;
        while let [entry, after @ ..] = rest {
            *entry = octet.is_ascii_graphic() && !contains(excluded, octet);
            octet = octet.wrapping_add(1);
            rest = after;
        }
        Self(table)
    }

    pub(crate) fn has(&self, octet: u8) -> bool {
        self.0.get(usize::from(octet)).copied().unwrap_or_default()
    }

    /// Whether there is nothing else in `octets`.
    pub(crate) fn has_all(&self, octets: &[u8]) -> bool {
        octets.iter().all(|octet| self.has(*octet))
    }
}

const fn contains(octets: &[u8], wanted: u8) -> bool {
    match octets {
        [first, after @ ..] => *first == wanted || contains(after, wanted),
        [] => false,
    }
}

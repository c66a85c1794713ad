//! Sets of octets: looked up in one step, or looked for eight at a time.

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

    #[inline]
    pub(crate) fn has(&self, octet: u8) -> bool {
        self.0.get(usize::from(octet)).copied().unwrap_or_default()
    }

    /// How many octets at the start are in the set.
    #[inline]
    pub(crate) fn length(&self, octets: &[u8]) -> usize {
        // Known lengths let the compiler unroll the loop.
        let (chunks, rest) = octets.as_chunks::<8>();
        let end = |octets: &[u8]| octets.iter().position(|octet| !self.has(*octet));
        for (index, chunk) in chunks.iter().enumerate() {
            if let Some(end) = end(chunk) {
                return index * 8 + end;
            }
        }
        octets.len() - rest.len() + end(rest).unwrap_or(rest.len())
    }

    /// Whether there is nothing else in `octets`.
    #[inline]
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

/// The octet in all eight places of a word.
pub(crate) const fn each(octet: u8) -> u64 {
    u64::from_le_bytes([octet; 8])
}

/// How many octets at the start are not in a set, found eight at a time: texts of header fields are
/// so short that one look at them has to do. In a word `of_set` sets the high bit of the first octet
/// of the set, and perhaps bits behind it.
#[inline]
pub(crate) fn length_until(octets: &[u8], of_set: impl Fn(u64) -> u64) -> usize {
    let found = |word: &[u8; 8]| of_set(u64::from_le_bytes(*word)) & each(0x80);
    for (index, word) in octets.as_chunks::<8>().0.iter().enumerate() {
        let found = found(word);
        if found != 0 {
            return index * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    match octets.last_chunk::<8>() {
        // The octets of it that were looked at already are not in the set.
        Some(last) => octets.len() - 8 + found(last).trailing_zeros() as usize / 8,
        None => octets.len().min(found(&short_word(octets)).trailing_zeros() as usize / 8),
    }
}

/// The octets of a text that is shorter than a word, with zeros behind them.
#[inline]
fn short_word(octets: &[u8]) -> [u8; 8] {
    // Both ends, which overlap: no loop, and no call to copy so few.
    let ends = match (octets.first_chunk::<4>(), octets.last_chunk::<4>()) {
        (Some(first), Some(last)) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (octets.len() - 4))
        }
        _ => match *octets {
            [a, b, c] => u64::from_le_bytes([a, b, c, 0, 0, 0, 0, 0]),
            [a, b] => u64::from_le_bytes([a, b, 0, 0, 0, 0, 0, 0]),
            [a] => u64::from(a),
            _ => 0,
        },
    };
    ends.to_le_bytes()
}

/// The high bit of the first such octet, and perhaps bits behind it.
#[inline]
pub(crate) const fn equal(word: u64, octet: u8) -> u64 {
    let difference = word ^ each(octet);
    difference.wrapping_sub(each(1)) & !difference
}

/// Whether two names are the same. They are so short that the call of a comparison costs more than it; and one that
/// loads what is behind them costs a hundred times as much where that is on a page which was not used yet.
#[inline]
pub(crate) fn same(a: impl AsRef<[u8]>, b: impl AsRef<[u8]>) -> bool {
    let (a, b) = (a.as_ref(), b.as_ref());
    let word = |word: Option<&[u8; 8]>| word.map(|word| u64::from_le_bytes(*word));
    if a.len() != b.len() {
        return false;
    }
    match word(a.last_chunk()) {
        None => short_word(a) == short_word(b),
        last => {
            let mut words = a.as_chunks().0.iter().zip(b.as_chunks().0);
            last == word(b.last_chunk()) && words.all(|(a, b)| word(Some(a)) == word(Some(b)))
        }
    }
}

/// Index of the first occurrence of an octet. In short texts this is cheaper than `memchr`.
#[inline]
pub(crate) fn find(octet: u8, octets: &[u8]) -> Option<usize> {
    let length = length_until(octets, |word| equal(word, octet));
    (length < octets.len()).then_some(length)
}

/// How many octets at the start are visible ASCII or blanks.
#[inline]
pub(crate) fn plain_length(octets: &[u8]) -> usize {
    length_until(octets, not_plain)
}

/// How many octets at the start are visible ASCII or blanks, but not this octet.
#[inline]
pub(crate) fn plain_length_until(octet: u8, octets: &[u8]) -> usize {
    plain_length_except([octet], octets)
}

/// How many octets at the start are visible ASCII or blanks, but none of these octets.
#[inline]
pub(crate) fn plain_length_except<const N: usize>(excluded: [u8; N], octets: &[u8]) -> usize {
    length_until(octets, |word| excluded.into_iter().fold(not_plain(word), |found, octet| found | equal(word, octet)))
}

/// Whether all octets are visible ASCII or blanks.
#[inline]
pub(crate) fn is_plain(octets: &[u8]) -> bool {
    let found = |word: &[u8; 8]| not_plain(u64::from_le_bytes(*word));
    match octets.last_chunk::<8>() {
        Some(last) => {
            octets.as_chunks::<8>().0.iter().fold(found(last), |all, word| all | found(word)) & each(0x80) == 0
        }
        None => plain_length(octets) == octets.len(),
    }
}

/// The high bit of the first octet that is above 0x7E or below 0x20, and perhaps bits behind it.
#[inline]
const fn not_plain(word: u64) -> u64 {
    // Borrows and carries come from such an octet only, and go to those behind it.
    word | word.wrapping_sub(each(b' ')) | word.wrapping_add(each(1))
}

/// Whether control characters of ASCII are among the octets.
#[inline]
pub(crate) fn has_ascii_controls(octets: &[u8]) -> bool {
    length_until(octets, |word| word.wrapping_sub(each(b' ')) & !word | equal(word, 0x7f)) < octets.len()
}

#[cfg(all(test, any(feature = "mm1", feature = "mm4", feature = "mm7")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_the_first_octet_that_is_not_plain(mut octets in proptest::collection::vec(0x20u8..=0x7e, 0..40), other: u8, at: usize) {
            let before = octets.clone();
            let place = at.checked_rem(octets.len());
            if let Some(octet) = place.and_then(|place| octets.get_mut(place)) {
                *octet = other;
            }
            let first = octets.iter().position(|octet| !matches!(octet, 0x20..=0x7e));
            prop_assert_eq!(plain_length(&octets), first.unwrap_or(octets.len()));
            prop_assert_eq!(is_plain(&octets), first.is_none());
            #[cfg(any(feature = "mm4", feature = "mm7"))]
            {
                let first = octets.iter().position(|octet| !matches!(octet, 0x20..=0x7e) || *octet == other);
                prop_assert_eq!(plain_length_until(other, &octets), first.unwrap_or(octets.len()));
            }
            #[cfg(feature = "mm1")]
            prop_assert_eq!(has_ascii_controls(&octets), octets.iter().any(u8::is_ascii_control));
            prop_assert_eq!(same(&before, &octets), before == octets);
            let longer = [&octets[..], b"x"].concat();
            prop_assert!(same(&octets, &longer[..octets.len()]) && !same(&octets, &longer));
            prop_assert_eq!(find(other, &octets), octets.iter().position(|octet| *octet == other));
        }
    }
}

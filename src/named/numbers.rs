//! Numbers and their names, with all names of a table in one text.

/// Numbers that ascend, and their names in one text, so that a row takes 4 octets beside its name: with a reference to
/// the name, it would take 12 in firmware.
pub(crate) struct Numbers {
    numbers: &'static [u16],
    /// Where each name begins in the text, and where the last one ends.
    starts: &'static [u16],
    text: &'static str,
}

impl Numbers {
    /// Of columns that [`numbers!`] makes of rows.
    pub(crate) const fn new(numbers: &'static [u16], starts: &'static [u16], text: &'static [u8]) -> Self {
        match core::str::from_utf8(text) {
            Ok(text) => Self { numbers, starts, text },
            Err(_) => unreachable!(),
        }
    }

    /// The name of a number.
    #[inline]
    pub(crate) fn name(&self, number: u32) -> Option<&'static str> {
        // Most tables have no gaps in the beginning.
        let index = number.wrapping_sub(u32::from(*self.numbers.first()?)) as usize;
        match self.numbers.get(index) {
            Some(own) if u32::from(*own) == number => self.name_at(index),
            _ => self.name_behind_gap(number),
        }
    }

    #[cold]
    fn name_behind_gap(&self, number: u32) -> Option<&'static str> {
        self.name_at(self.numbers.binary_search(&u16::try_from(number).ok()?).ok()?)
    }

    /// The index of the first row with a name, compared without case.
    pub(crate) fn index_of(&self, name: &str) -> Option<usize> {
        (0..self.numbers.len()).find(|index| self.name_at(*index).is_some_and(|own| own.eq_ignore_ascii_case(name)))
    }

    /// The number of a row.
    pub(crate) fn number_at(&self, index: usize) -> Option<u16> {
        self.numbers.get(index).copied()
    }

    /// The name of a row.
    #[inline]
    pub(crate) fn name_at(&self, index: usize) -> Option<&'static str> {
        let [start, end, ..] = self.starts.get(index..)? else { return None };
        self.text.get(usize::from(*start)..usize::from(*end))
    }
}

/// [`Numbers`] of constant rows: numbers that ascend, and names.
macro_rules! numbers {
    ($rows:expr) => {{
        const ROWS: &[(u32, &str)] = $rows;
        const STARTS: [u16; ROWS.len() + 1] = $crate::named::numbers::starts(ROWS);
        const NUMBERS: [u16; ROWS.len()] = $crate::named::numbers::ascending(ROWS);
        const TEXT: [u8; $crate::named::numbers::length(&STARTS)] = $crate::named::numbers::text(ROWS);
        $crate::named::numbers::Numbers::new(&NUMBERS, &STARTS, &TEXT)
    }};
}
pub(crate) use numbers;

/// The numbers of the rows, which panics, at compile time, unless they ascend.
#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "done by the compiler, and checked")]
pub(crate) const fn ascending<const ROWS: usize>(rows: &[(u32, &str)]) -> [u16; ROWS] {
    let (mut numbers, mut row) = ([0; ROWS], 0);
    while row < ROWS {
        numbers[row] = rows[row].0 as u16;
        assert!(numbers[row] as u32 == rows[row].0 && (row == 0 || numbers[row - 1] < numbers[row]));
        row += 1;
    }
    numbers
}

/// Where the name of each row begins in the [`text`], and where the last one ends.
#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "done by the compiler, and checked")]
pub(crate) const fn starts<const STARTS: usize>(rows: &[(u32, &str)]) -> [u16; STARTS] {
    let (mut starts, mut end, mut row) = ([0; STARTS], 0, 0);
    while row < rows.len() {
        end += rows[row].1.len();
        row += 1;
        starts[row] = end as u16;
        assert!(starts[row] as usize == end);
    }
    starts
}

/// The length of the [`text`].
pub(crate) const fn length(starts: &[u16]) -> usize {
    match starts {
        [.., end] => *end as usize,
        [] => 0,
    }
}

/// The names of the rows, one behind the other.
#[expect(clippy::indexing_slicing, reason = "done by the compiler")]
pub(crate) const fn text<const LENGTH: usize>(mut rows: &[(u32, &str)]) -> [u8; LENGTH] {
    let (mut text, mut end) = ([0; LENGTH], 0);
    while let [(_, name), after @ ..] = rows {
        let mut octets = name.as_bytes();
        while let [octet, more @ ..] = octets {
            (text[end], end, octets) = (*octet, end + 1, more);
        }
        rows = after;
    }
    text
}

//! Names of charsets, as people and programs write them.

use core::cmp::Ordering;

use memchr::{memchr, memrchr};

use super::Charset;

impl Charset {
    /// The charset with this name: an IANA name or alias, or another in use.
    ///
    /// Without the feature `charsets-single-octet`, the aliases are those of us-ascii, ISO-8859-1 and Unicode.
    ///
    /// Only letters and digits count, as Unicode Technical Standard #22, 1.4 has it: `utf8` is UTF-8, and
    /// `ISO8859_15` is ISO-8859-15.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::from_label(name.as_bytes())
    }

    /// The same, of octets.
    pub(crate) fn from_label(name: &[u8]) -> Option<Self> {
        // By far the most frequent ones.
        match name {
            utf8 if utf8.eq_ignore_ascii_case(b"utf-8") => Some(Self::UTF_8),
            ascii if ascii.eq_ignore_ascii_case(b"us-ascii") => Some(Self::US_ASCII),
            other => Self::from_other_label(other.trim_ascii()),
        }
    }

    #[inline(never)]
    fn from_other_label(name: &[u8]) -> Option<Self> {
        // Names that differ from those of other charsets by what does not count.
        match name {
            nats if nats.eq_ignore_ascii_case(b"iso-ir-9-1") => return Some(Self::NATS_DANO),
            nats if nats.eq_ignore_ascii_case(b"iso-ir-9-2") => return Some(Self::NATS_DANO_ADD),
            _ => {}
        }
        let mut buffer = [0; LONGEST];
        let essence = essence(name, &mut buffer)?;
        // `csUTF8`, `x-sjis`.
        let bare = || essence.strip_prefix(b"cs").or_else(|| essence.strip_prefix(b"x"));
        find(essence).or_else(|| find(bare()?)).or_else(|| code_page(essence))
    }
}

/// The charset whose name or alias has these letters and digits.
fn find(wanted: &[u8]) -> Option<Charset> {
    let order = |place: &u16| {
        let mut buffer = [0; LONGEST];
        let name = Charset::NUMBERS.name_at(usize::from(*place))?;
        Some(essence(name.as_bytes(), &mut buffer)?.cmp(wanted))
    };
    let named = BY_NAME.binary_search_by(|place| order(place).unwrap_or(Ordering::Less));
    let own = named.ok().and_then(|at| Charset::NUMBERS.number_at(usize::from(*BY_NAME.get(at)?)));
    own.map(Charset).or_else(|| find_alias(wanted))
}

fn find_alias(essence: &[u8]) -> Option<Charset> {
    let names = ALIASES;
    let (mut low, mut high) = (0, names.len());
    while low < high {
        // The line that the middle is in.
        let middle = low.midpoint(high);
        let start = memrchr(b'\n', names.get(low..middle)?).map_or(low, |at| low + at + 1);
        let end = memchr(b'\n', names.get(middle..high)?).map_or(high, |at| middle + at);
        let line = names.get(start..end)?;
        let (name, number) = line.split_at_checked(memchr(b' ', line)?)?;
        match name.cmp(essence) {
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
            Ordering::Equal => return core::str::from_utf8(number).ok()?.trim_start().parse().map(Charset).ok(),
        }
    }
    None
}

/// A code page of IBM or else of Windows by its number: `cp850`, `CCSID00858`, `x-cp1252`.
fn code_page(essence: &[u8]) -> Option<Charset> {
    let page = essence.strip_prefix(b"x").unwrap_or(essence);
    let number = page.strip_prefix(b"cp").or_else(|| page.strip_prefix(b"ccsid"))?;
    [&b"ibm"[..], b"windows"].into_iter().find_map(|owner| {
        let mut name = [0; LONGEST];
        let length = owner.len() + number.len();
        name.get_mut(..owner.len())?.copy_from_slice(owner);
        name.get_mut(owner.len()..length)?.copy_from_slice(number);
        find(name.get(..length)?)
    })
}

/// Of the letters and digits of the names, the longest has 39.
const LONGEST: usize = 48;

/// What counts in a name: letters in lower case and digits, but for zeros that begin a number. `None` if
/// it is longer than any name.
const fn essence<'a>(name: &[u8], buffer: &'a mut [u8; LONGEST]) -> Option<&'a [u8]> {
    let (mut rest, mut length, mut before) = (name, 0, 0_u8);
    while let [octet, after @ ..] = rest {
        let octet = octet.to_ascii_lowercase();
        if octet.is_ascii_alphanumeric() && (octet != b'0' || before.is_ascii_digit()) {
            let Some((_, [next, ..])) = buffer.split_at_mut_checked(length) else { return None };
            *next = octet;
            (length, before) = (length + 1, octet);
        }
        rest = after;
    }
    Some(buffer.split_at(length).0)
}

/// The places of the charsets in [`Charset::ALL`], in the order of what counts in their names.
#[expect(clippy::indexing_slicing, reason = "done by the compiler")]
static BY_NAME: [u16; Charset::ALL.len()] = {
    const COUNT: usize = Charset::ALL.len();
    let (mut names, mut sorted, mut place) = ([[0; LONGEST]; COUNT], [0; COUNT], 0);
    while (place as usize) < COUNT {
        let mut name = [0; LONGEST];
        assert!(essence(Charset::ROWS[place as usize].1.as_bytes(), &mut name).is_some());
        let mut at = place as usize;
        while at > 0 && is_before(&name, &names[at - 1]) {
            (names[at], sorted[at]) = (names[at - 1], sorted[at - 1]);
            at -= 1;
        }
        (names[at], sorted[at]) = (name, place);
        place += 1;
    }
    sorted
};

const fn is_before(mut name: &[u8], mut other: &[u8]) -> bool {
    while let ([octet, after @ ..], [other_octet, other_after @ ..]) = (name, other) {
        if *octet != *other_octet {
            return *octet < *other_octet;
        }
        (name, other) = (after, other_after);
    }
    false
}

/// What counts in the aliases of the IANA registry and in others in use, in the order of the octets, with the
/// numbers of the charsets. Not in it: names, aliases that begin with `cs` or `x-` and are names otherwise, and those
/// of code pages.
const ALL_ALIASES: &str = include_str!("aliases.txt");

#[cfg(feature = "charsets-single-octet")]
const ALIASES: &[u8] = ALL_ALIASES.as_bytes();

/// Of them, those of the charsets that are converted without tables.
#[cfg(not(feature = "charsets-single-octet"))]
static ALIASES: &[u8] = {
    const LENGTH: usize = aliases_without_table(&mut []);
    const ALIASES: [u8; LENGTH] = {
        let mut aliases = [0; LENGTH];
        aliases_without_table(&mut aliases);
        aliases
    };
    &ALIASES
};

/// Copies the lines of the charsets that are converted without tables, and returns their length.
#[cfg(not(feature = "charsets-single-octet"))]
const fn aliases_without_table(to: &mut [u8]) -> usize {
    let (mut rest, mut length) = (ALL_ALIASES.as_bytes(), 0);
    while !rest.is_empty() {
        let (mut line, mut number) = (0, 0);
        while let Some((octet, _)) = rest.split_at(line).1.split_first() {
            line += 1;
            number = match *octet {
                b'\n' => break,
                digit @ b'0'..=b'9' => number * 10 + (digit - b'0') as usize,
                // A name may have digits too.
                _ => 0,
            };
        }
        let (line, after) = rest.split_at(line);
        if matches!(number, 3 | 4 | 106 | 1000..=1010 | 1013..=1015 | 1017..=1019) {
            if let Some((_, behind)) = to.split_at_mut_checked(length)
                && let Some((own, _)) = behind.split_at_mut_checked(line.len())
            {
                own.copy_from_slice(line);
            }
            length += line.len();
        }
        rest = after;
    }
    length
}

//! The log that SQLite writes beside a database (`-wal`): pages that are not in the database yet.
//!
//! The log is read here, since SQLite reads it only of files, and writes to them as it does.

const MAGIC: u32 = 0x377f_0682;
const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// Puts the pages of all finished transactions into the database. What does not belong to the log is left alone, as SQLite
/// does: pages behind the first one with another salt or a wrong checksum.
pub(super) fn apply(log: &[u8], database: &mut Vec<u8>) -> Option<()> {
    let header = log.get(..HEADER)?;
    let (magic, page_size) = (number(header, 0)?, usize::try_from(number(header, 8)?).ok()?);
    let is_big = match magic.wrapping_sub(MAGIC) {
        0 => false,
        1 => true,
        _ => return None,
    };
    let is_size = page_size.is_power_of_two() && (512..=65_536).contains(&page_size);
    let mut sums = checksum([0; 2], header.get(..24)?, is_big);
    if !is_size || sums != [number(header, 24)?, number(header, 28)?] {
        return None;
    }
    let salt = header.get(16..24)?;
    let mut pages: Vec<(usize, &[u8])> = Vec::new();
    for frame in log.get(HEADER..)?.chunks_exact(FRAME_HEADER + page_size) {
        let (head, page) = frame.split_at(FRAME_HEADER);
        sums = checksum(checksum(sums, head.get(..8)?, is_big), page, is_big);
        if head.get(8..16)? != salt || sums != [number(head, 16)?, number(head, 20)?] {
            break;
        }
        let place = usize::try_from(number(head, 0)?).ok()?.checked_sub(1)?.checked_mul(page_size)?;
        pages.push((place, page));
        let count = usize::try_from(number(head, 4)?).ok()?;
        if count > 0 {
            // A transaction is finished, and says how long the database is: no longer than it and its log.
            let longest = database.len() + log.len();
            let length = count.checked_mul(page_size).filter(|length| *length <= longest)?;
            database.resize(length, 0);
            for (place, page) in pages.drain(..) {
                if let Some(room) = database.get_mut(place..place + page_size) {
                    room.copy_from_slice(page);
                }
            }
        }
    }
    Some(())
}

fn number(octets: &[u8], at: usize) -> Option<u32> {
    octets.get(at..)?.first_chunk().map(|number| u32::from_be_bytes(*number))
}

/// The sums of the format (https://www.sqlite.org/fileformat2.html, 4.2).
fn checksum([mut first, mut second]: [u32; 2], octets: &[u8], is_big: bool) -> [u32; 2] {
    let read = |word: &[u8; 4]| if is_big { u32::from_be_bytes(*word) } else { u32::from_le_bytes(*word) };
    let (pairs, _) = octets.as_chunks::<8>();
    for [a, b, c, d, e, f, g, h] in pairs {
        first = first.wrapping_add(read(&[*a, *b, *c, *d])).wrapping_add(second);
        second = second.wrapping_add(read(&[*e, *f, *g, *h])).wrapping_add(first);
    }
    [first, second]
}

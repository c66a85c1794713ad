//! What has to hold for any octets.

use alloc::vec::Vec;

use arbitrary::{Arbitrary, Unstructured};
use bytes::Bytes;

use super::{Damage, Entry, FileHeader, Record, RecordReader, Records, decode, detect, encode};
use crate::fuzz::{Cdr, property};
use crate::options::Options;

/// Decodes `data` as a record and as a file of them, encodes what came out, and decodes that again.
///
/// # Panics
///
/// If anything is lost or refused on the way.
pub(crate) fn fuzz(data: &[u8]) {
    let octets = Bytes::copy_from_slice(data);
    let _ = detect(data);
    property::all::<Cdr>(&octets);
    check_file(&octets);
}

/// Encodes a record made of `data`, which decodes to the same.
///
/// # Panics
///
/// If it does not.
pub(crate) fn fuzz_structure(data: &[u8]) {
    let Ok(record) = Record::arbitrary(&mut Unstructured::new(data)) else { return };
    let encoded = encode(&record).map(Bytes::from);
    assert!(encoded.is_ok(), "{encoded:?}: {record:?}");
    let again = encoded.map(|encoded| decode(&encoded));
    assert!(matches!(&again, Ok(Ok(again)) if again.value == record), "{again:?} is not {record:?}");
}

/// Records and the octets between them cover the file, in whatever pieces it comes.
fn check_file(octets: &Bytes) {
    let mut records = Records::new(octets, &Options::lenient());
    let whole: Vec<Result<Entry, Damage>> = records.by_ref().collect();
    let header_length = records.header().and_then(|_| FileHeader::read(octets).ok()).map(|(_, length)| length);
    assert_eq!(end(&whole, header_length), octets.len());
    for size in [1, 7, 64] {
        let mut reader = RecordReader::new(&Options::lenient());
        let mut items = Vec::new();
        for piece in octets.chunks(size) {
            reader.feed(piece);
            items.extend(reader.by_ref());
        }
        reader.finish();
        items.extend(reader.by_ref());
        assert_eq!(reader.header(), records.header());
        assert_eq!(end(&items, header_length), octets.len());
        // Without damage there is nothing that could be reported in another way.
        if whole.iter().all(Result::is_ok) {
            assert_eq!(items, whole);
        }
    }
}

/// Where the last item ends, or the header of the file; items follow each other without gaps where they have no headers.
fn end(items: &[Result<Entry, Damage>], header_length: Option<usize>) -> usize {
    let is_bare = header_length.is_none();
    items.iter().fold(header_length.unwrap_or_default(), |before, item| {
        let (offset, length) = match item {
            Ok(entry) => (entry.offset, entry.length),
            Err(damage) => (damage.offset, damage.length),
        };
        assert!(length > 0 || !is_bare);
        assert!(if is_bare { offset == before } else { offset >= before }, "{items:?}");
        offset + length
    })
}

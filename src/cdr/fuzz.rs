//! What has to hold for any octets.

use alloc::vec::Vec;

use arbitrary::{Arbitrary, Unstructured};
use bytes::Bytes;

use super::{Damage, Entry, Record, RecordReader, Records, decode, detect, encode};
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
    assert_eq!(end(&whole, records.header().is_none()), octets.len());
    for size in [1, 7, 64] {
        let mut reader = RecordReader::new(&Options::lenient());
        let mut items = Vec::new();
        for piece in octets.chunks(size) {
            reader.feed(piece);
            items.extend(reader.by_ref());
        }
        reader.finish();
        items.extend(reader.by_ref());
        assert_eq!(end(&items, reader.header().is_none()), octets.len());
        // Without damage there is nothing that could be reported in another way.
        if whole.iter().all(Result::is_ok) {
            assert_eq!(items, whole);
        }
    }
}

/// Where the last item ends; they follow each other without gaps where they have no headers.
fn end(items: &[Result<Entry, Damage>], is_bare: bool) -> usize {
    let mut end = None;
    for item in items {
        let (offset, length) = match item {
            Ok(entry) => (entry.offset, entry.length),
            Err(damage) => (damage.offset, damage.length),
        };
        assert!(length > 0 || !is_bare);
        let before = end.unwrap_or(if is_bare { 0 } else { offset });
        assert!(if is_bare { offset == before } else { offset >= before }, "{items:?}");
        end = Some(offset + length);
    }
    end.unwrap_or_default()
}

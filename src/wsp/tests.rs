//! Tables after WAP-230, 8.1 to 8.5, worked out by hand: each row is read as its value and written as its octets.

mod content_type;
mod integer;
mod multipart;
mod parameter;
mod text;

use alloc::vec::Vec;
use core::fmt::Debug;

use bytes::Bytes;

use super::{Reader, Writer};
use crate::context::Decoding;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::options::{Deviation, DeviationKind, Options};

/// The field that every error and deviation has to name.
const FIELD: Option<&str> = Some("Field");

fn reader<'a>(octets: &'a Bytes, options: &Options) -> Reader<'a> {
    let mut reader = Reader::new(octets, options);
    reader.context().set_field(FIELD);
    reader.bind_to_version_1_3();
    reader
}

fn written(write: impl FnOnce(&mut Writer) -> Result<(), EncodeError>) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::new();
    write(&mut writer).map(|()| writer.into_chain().to_vec())
}

/// Each of `rows` is read from its octets, all of them, and written as the same octets.
fn both_ways<T: PartialEq + Debug>(
    rows: &[(&[u8], T)],
    read: impl Fn(&mut Reader<'_>) -> Result<T, DecodeError>,
    write: impl Fn(&mut Writer, &T) -> Result<(), EncodeError>,
) {
    for (octets, value) in rows {
        is_read(octets, value, &read);
        let written = written(|to| write(to, value)).map_err(|error| panic!("{error}: {value:?}"));
        assert_eq!(written.as_deref(), Ok(*octets), "{value:?}");
    }
}

/// `value` is read from `octets`, strictly; cut anywhere they give an error or another value.
fn is_read<T: PartialEq + Debug>(octets: &[u8], value: &T, read: impl Fn(&mut Reader<'_>) -> Result<T, DecodeError>) {
    let shared = Bytes::copy_from_slice(octets);
    let mut strict = reader(&shared, &Options::strict());
    assert_eq!(read(&mut strict).as_ref(), Ok(value), "{octets:02x?}");
    assert!(strict.is_empty(), "{octets:02x?}: {:02x?} is left", strict.remaining());
    for length in 0..octets.len() {
        let cut = shared.slice(..length);
        let error = read(&mut reader(&cut, &Options::strict()));
        assert!(error.is_err() || error.as_ref() != Ok(value), "{cut:02x?}");
        let mut lenient = reader(&cut, &Options::lenient());
        let _ = read(&mut lenient);
        assert!(lenient.offset() <= length, "{cut:02x?}");
    }
}

/// Each of `rows` is read as its value with one deviation, and refused in strict mode.
fn forgives<T: PartialEq + Debug>(
    rows: &[(&[u8], T, DeviationKind, usize)],
    read: impl Fn(&mut Reader<'_>) -> Result<T, DecodeError>,
) {
    for (octets, value, kind, offset) in rows {
        let (octets, kind, offset) = (Bytes::copy_from_slice(octets), *kind, *offset);
        let mut lenient = reader(&octets, &Options::lenient());
        assert_eq!(read(&mut lenient).as_ref(), Ok(value), "{octets:02x?}");
        assert_eq!(lenient.deviations(), [Deviation { kind, offset, field: FIELD }], "{octets:02x?}");
        let error = DecodeError { kind: DecodeErrorKind::Deviation(kind), offset, field: FIELD };
        assert_eq!(read(&mut reader(&octets, &Options::strict())), Err(error), "{octets:02x?}");
    }
}

/// Each of `rows` is refused in both modes.
fn refuses<T: PartialEq + Debug>(
    rows: &[(&[u8], DecodeErrorKind, usize)],
    read: impl Fn(&mut Reader<'_>) -> Result<T, DecodeError>,
) {
    for (octets, kind, offset) in rows {
        let octets = Bytes::copy_from_slice(octets);
        for options in [Options::lenient(), Options::strict()] {
            let error = DecodeError { kind: *kind, offset: *offset, field: FIELD };
            assert_eq!(read(&mut reader(&octets, &options)), Err(error), "{octets:02x?} {options:?}");
        }
    }
}

fn refuses_to_write<T: Debug + ?Sized>(
    rows: &[(&T, EncodeErrorKind)],
    write: impl Fn(&mut Writer, &T) -> Result<(), EncodeError>,
) {
    for (value, kind) in rows {
        assert_eq!(written(|to| write(to, value)), Err(EncodeError::from(*kind)), "{value:?}");
    }
}

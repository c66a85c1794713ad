//! What has to hold for any octets.

use core::fmt::Debug;

use bytes::Bytes;

use super::{MultipartReader, ParameterOwner, Reader, Writer, value_length};
use crate::error::{DecodeError, EncodeError};
use crate::message::ContentType;
use crate::options::Options;

/// Reads `data` as everything that this module reads, writes what came out, and reads that again.
///
/// # Panics
///
/// If a place lies outside the data, or if what is written is read as something else.
pub(crate) fn fuzz(data: &[u8]) {
    let octets = Bytes::copy_from_slice(data);
    for options in [Options::lenient(), Options::strict()] {
        numbers(&octets, &options);
        texts(&octets, &options);
        structures(&octets, &options);
    }
    assert!(value_length(data).is_none_or(|length| (1..=data.len()).contains(&length)));
    let mut parts = MultipartReader::new(data);
    let found: usize = parts.by_ref().map(|part| part.headers.len() + part.data.len()).sum();
    assert!(found + parts.rest().len() <= data.len());
}

fn numbers(octets: &Bytes, options: &Options) {
    same(octets, options, |from| from.octet(), always(|to, value| to.octet(*value)));
    same(octets, options, |from| from.uintvar(), always(|to, value| to.uintvar(*value)));
    same(octets, options, |from| from.short_integer(), always(|to, value| to.short_integer(*value)));
    same(octets, options, |from| from.long_integer(), always(|to, value| to.long_integer(*value)));
    same(octets, options, |from| from.integer_value(), always(|to, value| to.integer_value(*value)));
    same(octets, options, |from| from.q_value(), |to, value| to.q_value(*value));
    same(
        octets,
        options,
        |from| from.version_value(),
        always(|to, value: &(u8, _)| to.version_value(value.0, value.1)),
    );
    same(octets, options, |from| from.raw_value(), always(|to, value: &Bytes| to.octets(value)));
}

/// A writer that never fails.
fn always<T>(write: impl Fn(&mut Writer, &T)) -> impl Fn(&mut Writer, &T) -> Result<(), EncodeError> {
    move |to, value| {
        write(to, value);
        Ok(())
    }
}

fn texts(octets: &Bytes, options: &Options) {
    same(octets, options, |from| from.text_string(), |to, value| to.text_string(value));
    same(octets, options, |from| from.text_value(), |to, value| to.text_value(value));
    same(octets, options, |from| from.quoted_string(), |to, value| to.quoted_string(value));
    same(octets, options, |from| from.token_text(), |to, value| to.token_text(value));
    stable(octets, options, |from| from.encoded_string(), |to, value| to.encoded_string(value));
}

fn structures(octets: &Bytes, options: &Options) {
    stable(octets, options, |from| from.content_type(), |to, value| to.content_type(value));
    for owner in [ParameterOwner::Header, ParameterOwner::ElementDescriptor] {
        stable(octets, options, |from| from.parameters(owner), |to, value| to.parameters(value, owner));
    }
    stable(octets, options, |from| from.headers(), |to, value| to.headers(value));
    let mixed = || ContentType::new("application/vnd.wap.multipart.mixed");
    stable(octets, options, |from| from.body(mixed()), |to, value| to.body(&value.content));
}

/// A value with one form: it is read again as it was.
fn same<T: PartialEq + Debug>(
    octets: &Bytes,
    options: &Options,
    read: impl Fn(&mut Reader<'_>) -> Result<T, DecodeError>,
    write: impl Fn(&mut Writer, &T) -> Result<(), EncodeError>,
) {
    if let Some(value) = checked(octets, options, &read) {
        assert!(again(&value, &read, &write).is_none_or(|once| once == value), "{value:?}");
    }
}

/// A value that may be spelt in several ways: from its first encoding on it stays as it is.
fn stable<T: PartialEq + Debug>(
    octets: &Bytes,
    options: &Options,
    read: impl Fn(&mut Reader<'_>) -> Result<T, DecodeError>,
    write: impl Fn(&mut Writer, &T) -> Result<(), EncodeError>,
) {
    if let Some(once) = checked(octets, options, &read).and_then(|value| again(&value, &read, &write)) {
        // Damaged octets may be read differently without their neighbours, and then cannot be encoded.
        assert!(again(&once, &read, &write).is_none_or(|twice| twice == once), "{once:?}");
    }
}

/// The value, if there is one. All places lie in the octets, and strict mode forgives nothing.
fn checked<T>(
    octets: &Bytes,
    options: &Options,
    read: impl Fn(&mut Reader<'_>) -> Result<T, DecodeError>,
) -> Option<T> {
    let mut from = Reader::new(octets, options);
    from.bind_to_version_1_3();
    let result = read(&mut from);
    assert!(from.offset() <= octets.len());
    assert!(from.deviations().iter().all(|deviation| deviation.offset <= octets.len()));
    assert!(!options.strict || from.deviations().is_empty());
    assert!(result.as_ref().err().is_none_or(|error| error.offset <= octets.len()));
    result.ok()
}

/// What is read from what is written; `None` if the value cannot be expressed.
fn again<T: Debug>(
    value: &T,
    read: impl Fn(&mut Reader<'_>) -> Result<T, DecodeError>,
    write: impl Fn(&mut Writer, &T) -> Result<(), EncodeError>,
) -> Option<T> {
    let mut to = Writer::new();
    write(&mut to, value).ok()?;
    let octets = Bytes::from(to.into_chain().to_vec());
    let mut from = Reader::new(&octets, &Options::lenient());
    let result = read(&mut from);
    assert!(result.is_ok() && from.is_empty(), "{value:?} is written as {octets:02x?} and read as {result:?}");
    result.ok()
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::fuzz;

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]

        #[test]
        fn holds_for_any_octets(data: Vec<u8>) {
            fuzz(&data);
        }

        /// Octets that mean something more often than others.
        #[test]
        fn holds_for_octets_of_the_grammar(data in proptest::collection::vec(octet(), 0..60)) {
            fuzz(&data);
        }

        /// A part whose headers are whole or damaged, some of them several times.
        #[test]
        fn holds_for_a_part_with_damaged_headers(
            pieces in proptest::collection::vec(proptest::sample::select(HEADERS), 1..8),
        ) {
            let headers = pieces.concat();
            fuzz(&[&[1, u8::try_from(headers.len() + 1).unwrap(), 0, 0x83][..], &headers].concat());
        }
    }

    const HEADERS: &[&[u8]] = &[
        b"\xae\x02\x81\x80",
        b"\xae\x81",
        b"\xae\x85",
        b"\xaee\0",
        b"\xaee \0",
        b"\xaee;a=b\0",
        b"\xae \x01\0",
        b"\xae\x03\x81\x86a\0",
        b"\xae\x05\x81\x86a\0",
        b"\xae\x05\x81\x86a\0\0",
        b"\xae\x02\x85\x80",
        b"\xae\x03e \0",
        b"\xae\x03e\0\x81",
        b"\xae\0",
        b"\xae\x1f\x80",
        b"\xae",
        b"\xc5\x81",
        b"\xc5\x02\x81\x80",
        b"\xc5e \0",
        b"\xc0\"a\0",
        b"\xc0\x01",
        b"\xc0\x01a",
        b"\x8e\x01",
        b"\x8ea\0",
        b"\x8ea\x01\0",
        b"\x87\x05-\0app",
        b"a/b\0",
        b"op\0x\0",
        b"\x10",
        b"\x7f\x10",
        b"\x01",
        b"Content-ID\0a\0",
        b"Content-Disposition\0e \0",
        b"Content-Disposition\0\x81",
        b"Content Location\0a\0",
        b"\0",
        b"a",
    ];

    fn octet() -> impl proptest::strategy::Strategy<Value = u8> {
        proptest::sample::select(&b"\x00\x00\x01\x02\x03\x04\x05\x06\x08\x1e\x1f \"a;=.-%10/<\x7f\x80\x81\x82\x83\x85\x89\x8a\x8e\x92\xa3\xac\xae\xaf\xb3\xbd\xc0\xc1\xc2\xc3\xea\xff"[..])
    }
}

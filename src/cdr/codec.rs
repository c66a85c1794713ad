//! Decoding and encoding one record.

use alloc::vec;
use alloc::vec::Vec;

use bytes::Bytes;

use super::ber::{Header, Tag, TagClass, Writer};
use super::record::{AsRecord, Record, RecordRef};
use super::table::{RECORD_TYPE, read_members, show_members, write_members};
use crate::context::Context;
use crate::conversion::arbitrary;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::options::{Decoded, DeviationKind, Options};
use crate::shown::{Shown, ShownField};

/// Decodes a record leniently. Its octet strings are shared with `octets`.
///
/// # Errors
///
/// Fails for what is not a record, ends early, or has members of wrong lengths, and beyond the default
/// [`Limits`](crate::Limits).
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, DeviationKind, cdr};
///
/// // The members are not in order, the length is indefinite, and `recordType` follows the older numbering.
/// let octets = Bytes::from_static(b"\xbf\x20\x80\x83\x03m-1\xa2\x0c\x80\x0ammsc.test1\x80\x01\x1f\0\0");
/// let decoded = cdr::decode(&octets)?;
/// assert_eq!(decoded.value.name(), "mMO4FRsRecord");
/// let deviation = decoded.deviations[0];
/// assert_eq!((deviation.kind, deviation.offset), (DeviationKind::OlderNumbering, 22));
/// assert_eq!(deviation.field, Some("recordType"));
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn decode(octets: &Bytes) -> Result<Decoded<Record>, DecodeError> {
    decode_with(octets, &Options::lenient())
}

/// Decodes a record with options.
///
/// # Errors
///
/// As [`decode`], and in strict mode for everything that the module does not allow.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, DecodeErrorKind, Options, cdr};
///
/// let octets = Bytes::from_static(b"\xbf\x20\x08\x80\x01\x20\x83\x03m-1");
/// let error = cdr::decode_with(&octets, &Options::strict()).unwrap_err();
/// assert_eq!((error.kind, error.field), (DecodeErrorKind::MissingField, Some("recipientMmsRSAddress")));
/// ```
pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<Record>, DecodeError> {
    decode_first(octets, options, |rest, context| context.forgive(DeviationKind::StrayOctets, rest))
}

/// Decodes a record that has the octets to itself.
pub(super) fn decode_record(octets: &Bytes, options: &Options) -> Result<Decoded<Record>, DecodeError> {
    decode_first(octets, options, |rest, context| Err(context.error(DecodeErrorKind::NotAMessage, rest)))
}

/// Decodes the record that the octets begin with. `rest` judges octets behind it.
#[inline]
fn decode_first(
    octets: &Bytes,
    options: &Options,
    rest: impl FnOnce(usize, &mut Context) -> Result<(), DecodeError>,
) -> Result<Decoded<Record>, DecodeError> {
    let (at, end) = (0, octets.len());
    let error = |(kind, offset)| DecodeError { kind, offset, field: None };
    let header = Header::read(octets, at, end).map_err(error)?;
    let is_record = header.tag.class == TagClass::Context && header.constructed;
    let Some(value) = Record::empty(header.tag.number).filter(|_| is_record) else {
        return Err(error((DecodeErrorKind::NotAMessage, at)));
    };
    let mut decoded = Decoded::new(value, Vec::new());
    let element = header.element(octets, at, end).map_err(error)?;
    let mut context = Context::new(options, element.next - at);
    if !element.is_minimal {
        context.forgive(DeviationKind::NonMinimalInteger, at)?;
    }
    let number = decoded.value.number();
    read_members(decoded.value.table_mut(), &element, Some(number), &mut context)?;
    if element.next < end {
        rest(element.next, &mut context)?;
    }
    decoded.deviations = context.into_deviations();
    Ok(decoded)
}

/// Whether this looks like a record: the tag of one, around `recordType` or another member.
///
/// # Examples
///
/// ```
/// use mms_codec::cdr;
///
/// assert!(cdr::detect(b"\xbf\x20\x08\x80\x01\x20\x83\x03m-1"));
/// assert!(!cdr::detect(b"\x8c\x80\x98t\x00"));
/// ```
#[must_use]
pub fn detect(octets: &[u8]) -> bool {
    record_header(octets, 0, octets.len()).is_some_and(|header| {
        let first = Header::read(octets, header.start, octets.len());
        first.is_ok_and(|first| first.tag.class == TagClass::Context)
    })
}

/// The header of the record that begins at `at`, if one does.
pub(super) fn record_header(octets: &[u8], at: usize, end: usize) -> Option<Header> {
    let header = Header::read(octets, at, end).ok()?;
    let is_record = header.tag.class == TagClass::Context && Record::NUMBERS.contains(&header.tag.number);
    (is_record && header.constructed).then_some(header)
}

/// Encodes a record.
///
/// # Errors
///
/// Fails if a mandatory member has no value, or a value cannot be expressed in a record. The error names the
/// member.
///
/// # Examples
///
/// ```
/// use mms_codec::cdr::{self, MmO4FRsRecord};
/// use mms_codec::EncodeErrorKind;
///
/// let error = cdr::encode(&MmO4FRsRecord::default()).unwrap_err();
/// assert_eq!((error.kind, error.field), (EncodeErrorKind::MissingField, Some("recipientMmsRSAddress")));
/// ```
pub fn encode(record: &impl AsRecord) -> Result<Vec<u8>, EncodeError> {
    let RecordRef { number, table } = record.as_record();
    let mut to = Writer::new();
    to.element(Tag::context(number), true, |to| {
        to.element(Tag::context(RECORD_TYPE.tag), false, |to| {
            to.integer(number.into());
            Ok(())
        })?;
        write_members(table, to)
    })?;
    Ok(to.octets)
}

impl Record {
    /// The members that have a value, as people and scripts read them, and those that are kept in
    /// `extra`. Names are those of the module; what was kept without a name has its tag: `[40]`,
    /// `[PRIVATE 3]`.
    pub fn fields(&self) -> Vec<ShownField> {
        let mut fields = vec![ShownField::new(RECORD_TYPE.name, Shown::Number(self.number().into()))];
        fields.extend(show_members(self.table()));
        fields
    }
}

arbitrary!(Record, |u| {
    let number = *u.choose(Self::NUMBERS)?;
    let mut record = Self::empty(number).ok_or(arbitrary::Error::IncorrectFormat)?;
    super::table::fill_members(record.table_mut(), u)?;
    Ok(record)
});

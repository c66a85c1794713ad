//! Files of records: back to back, or with the headers of TS 32.297, 6.1.

mod records;

use alloc::vec::Vec;
use core::fmt;

use bytes::Bytes;

pub use self::records::{Damage, Entry, RecordReader, Records};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};

/// The header of a file (TS 32.297, 6.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct FileHeader {
    /// Octets in the file, this header included.
    pub file_length: u32,
    /// The highest release of the records in the file, 0 to 7, and its version, 0 to 31.
    pub high_release: (u8, u8),
    /// The lowest release of the records in the file, and its version.
    pub low_release: (u8, u8),
    /// When the file was opened.
    pub opened: FileTime,
    /// When the last record was put in.
    pub last_appended: FileTime,
    /// Number of records in the file.
    pub record_count: u32,
    /// Number of the file.
    pub sequence_number: u32,
    /// Why the file was closed.
    pub closure_reason: u8,
    /// Address of the node that wrote the file.
    pub node_address: [u8; 20],
    /// What is known of records that were lost.
    pub lost_records: u8,
    /// What the file was routed by.
    #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
    pub routeing_filter: Bytes,
    /// A proprietary extension.
    #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
    pub private_extension: Bytes,
    /// The highest release, where it is above 6 and `high_release` says 7.
    pub high_release_extension: Option<u8>,
    /// The lowest release, where it is above 6 and `low_release` says 7.
    pub low_release_extension: Option<u8>,
    /// Octets that the header has beyond these.
    #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
    pub extra: Bytes,
}

/// A time in a file header, as its 32 bits: it has no year and no seconds. `Display` writes
/// `03-15T14:30+02:00`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "the bits are all there is")]
pub struct FileTime(pub u32);

impl FileTime {
    /// Month, day, hour, minute, and how many minutes the clock is ahead of UTC.
    #[must_use]
    pub fn parts(self) -> (u8, u8, u8, u8, i16) {
        let bits = |shift: u32, count: u32| {
            let [.., low] = (self.0 >> shift & ((1 << count) - 1)).to_be_bytes();
            low
        };
        let zone = 60 * i16::from(bits(6, 5)) + i16::from(bits(0, 6));
        (bits(28, 4), bits(23, 5), bits(18, 5), bits(12, 6), if bits(11, 1) == 1 { zone } else { -zone })
    }
}

impl fmt::Display for FileTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (month, day, hour, minute, zone) = self.parts();
        let sign = if zone < 0 { '-' } else { '+' };
        let zone = zone.abs();
        write!(f, "{month:02}-{day:02}T{hour:02}:{minute:02}{sign}{:02}:{:02}", zone / 60, zone % 60)
    }
}

/// Takes integers off the front.
struct Octets<'a> {
    octets: &'a [u8],
    at: usize,
}

impl Octets<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let rest = self.octets.get(self.at..).and_then(|rest| rest.first_chunk());
        let taken = rest.ok_or_else(|| error(DecodeErrorKind::UnexpectedEnd, self.octets.len()))?;
        self.at += N;
        Ok(*taken)
    }

    fn u8(&mut self) -> Result<u8, DecodeError> {
        self.take().map(|[octet]| octet)
    }

    fn u16(&mut self) -> Result<u16, DecodeError> {
        self.take().map(u16::from_be_bytes)
    }

    fn u32(&mut self) -> Result<u32, DecodeError> {
        self.take().map(u32::from_be_bytes)
    }

    /// Octets behind their number in two octets.
    fn counted(&mut self) -> Result<Bytes, DecodeError> {
        let end = usize::from(self.u16()?) + self.at;
        let octets = self.octets.get(self.at..end);
        let octets = octets.ok_or_else(|| error(DecodeErrorKind::UnexpectedEnd, self.octets.len()))?;
        self.at = end;
        Ok(Bytes::copy_from_slice(octets))
    }

    fn release(&mut self) -> Result<(u8, u8), DecodeError> {
        self.u8().map(|octet| (octet >> 5, octet & 0x1f))
    }
}

const fn error(kind: DecodeErrorKind, offset: usize) -> DecodeError {
    DecodeError { kind, offset, field: None }
}

/// The value of the release that refers to the extension octet.
const EXTENDED: u8 = 7;

/// Three bits and five.
fn release_octet((release, version): (u8, u8)) -> Result<u8, EncodeError> {
    let fits = release <= 7 && version <= 31;
    if fits { Ok(release << 5 | version) } else { Err(EncodeErrorKind::NumberTooLarge.into()) }
}

/// The octet of an extended release, which is there where the release says so, and only there.
fn extension((release, _): (u8, u8), extension: Option<u8>) -> Result<Option<u8>, EncodeError> {
    let is_there = extension.is_some() == (release == EXTENDED);
    if is_there { Ok(extension) } else { Err(EncodeErrorKind::FieldConflict.into()) }
}

impl FileHeader {
    /// Without a private extension.
    const SHORTEST: u32 = 50;

    /// Reads the header at the start of a file, and returns its length in octets.
    ///
    /// # Errors
    ///
    /// Fails if the octets end early, or the lengths contradict each other.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::cdr::{FileHeader, FileTime};
    ///
    /// let mut header = FileHeader::default();
    /// header.file_length = 52;
    /// header.opened = FileTime(0x37_b9_e8_80);
    /// let octets = header.to_octets().unwrap();
    /// assert_eq!(octets.len(), 52);
    /// assert_eq!(FileHeader::read(&octets)?, (header, 52));
    /// assert_eq!(FileTime(0x37_b9_e8_80).to_string(), "03-15T14:30+02:00");
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    pub fn read(octets: &[u8]) -> Result<(Self, usize), DecodeError> {
        let mut from = Octets { octets, at: 0 };
        let (file_length, header_length) = (from.u32()?, from.u32()?);
        if header_length < Self::SHORTEST || file_length < header_length {
            return Err(error(DecodeErrorKind::NotAMessage, 4));
        }
        let length = usize::try_from(header_length).map_err(|_| error(DecodeErrorKind::NumberTooLarge, 4))?;
        let octets = octets.get(..length).ok_or_else(|| error(DecodeErrorKind::UnexpectedEnd, octets.len()))?;
        let mut from = Octets { octets, at: from.at };
        let mut header = Self {
            file_length,
            high_release: from.release()?,
            low_release: from.release()?,
            opened: FileTime(from.u32()?),
            last_appended: FileTime(from.u32()?),
            record_count: from.u32()?,
            sequence_number: from.u32()?,
            closure_reason: from.u8()?,
            node_address: from.take()?,
            lost_records: from.u8()?,
            routeing_filter: from.counted()?,
            ..Self::default()
        };
        if from.at < length {
            header.private_extension = from.counted()?;
        }
        for (release, extension) in [
            (header.high_release, &mut header.high_release_extension),
            (header.low_release, &mut header.low_release_extension),
        ] {
            if release.0 == EXTENDED && from.at < length {
                *extension = Some(from.u8()?);
            }
        }
        header.extra = Bytes::copy_from_slice(octets.get(from.at..).unwrap_or_default());
        Ok((header, length))
    }

    /// The header as it is in a file.
    ///
    /// # Errors
    ///
    /// Fails if a release or a version is beyond its range, an extended release is missing or has no
    /// place, or filter or extension have more than 65 535 octets.
    pub fn to_octets(&self) -> Result<Vec<u8>, EncodeError> {
        let counted = |octets: &Bytes| {
            let length = u16::try_from(octets.len()).map_err(|_| EncodeErrorKind::NumberTooLarge)?;
            Ok::<_, EncodeError>([&length.to_be_bytes(), &octets[..]].concat())
        };
        let mut octets = [
            &[release_octet(self.high_release)?, release_octet(self.low_release)?][..],
            &self.opened.0.to_be_bytes(),
            &self.last_appended.0.to_be_bytes(),
            &self.record_count.to_be_bytes(),
            &self.sequence_number.to_be_bytes(),
            &[self.closure_reason],
            &self.node_address,
            &[self.lost_records],
            &counted(&self.routeing_filter)?,
            &counted(&self.private_extension)?,
        ]
        .concat();
        octets.extend(extension(self.high_release, self.high_release_extension)?);
        octets.extend(extension(self.low_release, self.low_release_extension)?);
        octets.extend_from_slice(&self.extra);
        let header_length = u32::try_from(octets.len() + 8).map_err(|_| EncodeErrorKind::NumberTooLarge)?;
        Ok([&self.file_length.to_be_bytes()[..], &header_length.to_be_bytes(), &octets].concat())
    }
}

/// The header of a record in a file (TS 32.297, 6.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RecordHeader {
    /// Octets of the record, without this header.
    pub length: u16,
    /// The release of the record, 0 to 7, and its version, 0 to 31.
    pub release: (u8, u8),
    /// How the record is encoded: 1 is BER.
    pub format: u8,
    /// The number of the specification of the record, 0 to 31; for that of MMS it is 10
    /// (TS 32.270).
    pub ts_number: u8,
    /// The release, where it is above 6 and `release` says 7.
    pub release_extension: Option<u8>,
}

impl RecordHeader {
    const BER: u8 = 1;
    const MMS: u8 = 10;

    /// The header of an MMS record in BER of this length in octets.
    #[must_use]
    pub const fn new(length: u16, release: u8, version: u8) -> Self {
        let (number, extension) = if release < EXTENDED { (release, None) } else { (EXTENDED, Some(release)) };
        Self {
            length,
            release: (number, version),
            format: Self::BER,
            ts_number: Self::MMS,
            release_extension: extension,
        }
    }

    fn read(octets: &[u8], at: usize) -> Result<(Self, usize), DecodeError> {
        let mut from = Octets { octets, at };
        let length = from.u16()?;
        let release = from.release()?;
        let (format, ts_number) = from.release()?;
        let release_extension = if release.0 == EXTENDED { Some(from.u8()?) } else { None };
        Ok((Self { length, release, format, ts_number, release_extension }, from.at))
    }

    /// The header as it is in a file.
    ///
    /// # Errors
    ///
    /// Fails if a number is beyond its range, or an extended release is missing or not allowed.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::cdr::RecordHeader;
    ///
    /// assert_eq!(RecordHeader::new(258, 5, 2).to_octets()?, [1, 2, 0xa2, 0x2a]);
    /// assert_eq!(RecordHeader::new(258, 17, 0).to_octets()?, [1, 2, 0xe0, 0x2a, 17]);
    /// assert!(RecordHeader::new(258, 5, 32).to_octets().is_err());
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn to_octets(&self) -> Result<Vec<u8>, EncodeError> {
        let mut octets = self.length.to_be_bytes().to_vec();
        octets.extend([release_octet(self.release)?, release_octet((self.format, self.ts_number))?]);
        octets.extend(extension(self.release, self.release_extension)?);
        Ok(octets)
    }
}

//! Integers, lengths, versions and quality values (WAP-230, 8.1.2, 8.4.2).

use super::reader::Reader;
use super::writer::Writer;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::Str;
use crate::options::DeviationKind;

impl Reader<'_> {
    /// A uintvar: one to five octets, seven bits each, most significant first.
    ///
    /// # Errors
    ///
    /// Fails at the end, and for a number above 2^32 - 1. Leading zeros are a deviation.
    pub fn uintvar(&mut self) -> Result<u32, DecodeError> {
        let start = self.offset();
        let first = self.octet()?;
        if first < 0x80 {
            return Ok(u32::from(first));
        }
        let mut value = u32::from(first & 0x7f);
        loop {
            let octet = self.octet()?;
            value = value
                .checked_mul(0x80)
                .filter(|_| self.offset() - start <= 5)
                .ok_or_else(|| self.error_at(DecodeErrorKind::NumberTooLarge, start))?
                | u32::from(octet & 0x7f);
            if octet < 0x80 {
                break;
            }
        }
        if first == 0x80 {
            self.forgive(DeviationKind::NonMinimalInteger, start)?;
        }
        Ok(value)
    }

    /// A short-integer: 0 to 127 in one octet with its high bit set.
    ///
    /// # Errors
    ///
    /// Fails at the end, and for an octet below 0x80.
    pub fn short_integer(&mut self) -> Result<u8, DecodeError> {
        match self.peek() {
            Some(octet @ 0x80..) => {
                self.octet()?;
                Ok(octet & 0x7f)
            }
            Some(octet) => Err(self.error(DecodeErrorKind::UnexpectedOctet(octet))),
            None => Err(self.error(DecodeErrorKind::UnexpectedEnd)),
        }
    }

    /// A long-integer: a count of octets (1 to 30), then that many, most significant first.
    ///
    /// # Errors
    ///
    /// Fails at the end, and for a number above 2^64 - 1. Deviations: leading zeros, no octets (read
    /// as zero), and a short-integer in its place.
    pub fn long_integer(&mut self) -> Result<u64, DecodeError> {
        let start = self.offset();
        if let Some(0x80..) = self.peek() {
            self.forgive(DeviationKind::WrongIntegerForm, start)?;
            return self.short_integer().map(u64::from);
        }
        self.multi_octet_integer()
    }

    /// An integer-value: a short-integer or a long-integer.
    ///
    /// # Errors
    ///
    /// As [`long_integer`](Self::long_integer).
    pub fn integer_value(&mut self) -> Result<u64, DecodeError> {
        match self.peek() {
            Some(0x80..) => self.short_integer().map(u64::from),
            _ => self.multi_octet_integer(),
        }
    }

    fn multi_octet_integer(&mut self) -> Result<u64, DecodeError> {
        let start = self.offset();
        let length = match self.octet()? {
            length @ 0..=30 => usize::from(length),
            octet => return Err(self.error_at(DecodeErrorKind::UnexpectedOctet(octet), start)),
        };
        let octets = self.take(length)?;
        match octets {
            [] => self.forgive(DeviationKind::EmptyInteger, start)?,
            [0, _, ..] => self.forgive(DeviationKind::NonMinimalInteger, start)?,
            _ => {}
        }
        octets.iter().try_fold(0u64, |value, octet| {
            let shifted = value.checked_mul(0x100).ok_or_else(|| self.error_at(DecodeErrorKind::NumberTooLarge, start));
            shifted.map(|shifted| shifted | u64::from(*octet))
        })
    }

    /// A value-length: how many octets of the value follow it.
    ///
    /// # Errors
    ///
    /// Fails at the end, and for an octet above 31. Deviation: a length beyond the
    /// end, which is cut there.
    pub fn value_length(&mut self) -> Result<usize, DecodeError> {
        let start = self.offset();
        let length = match self.octet()? {
            length @ 0..=30 => usize::from(length),
            31 => usize::try_from(self.uintvar()?).unwrap_or(usize::MAX),
            octet => return Err(self.error_at(DecodeErrorKind::UnexpectedOctet(octet), start)),
        };
        let left = self.remaining().len();
        if length > left {
            self.forgive_long_value(start)?;
        }
        Ok(length.min(left))
    }

    /// A version-value: major and minor number, without minor number if that is absent.
    ///
    /// # Errors
    ///
    /// Fails at the end, and for a text that is not a version.
    pub fn version_value(&mut self) -> Result<(u8, Option<u8>), DecodeError> {
        if let Some(0x80..) = self.peek() {
            let octet = self.short_integer()?;
            return Ok((octet >> 4, Some(octet & 0x0f).filter(|minor| *minor != 15)));
        }
        let start = self.offset();
        let text = self.text_string()?;
        parse_version(&text).ok_or_else(|| self.error_at(DecodeErrorKind::InvalidText, start))
    }

    /// A Q-value in thousandths, 0 to 999.
    ///
    /// # Errors
    ///
    /// Fails at the end, and for a number that is not a Q-value.
    pub fn q_value(&mut self) -> Result<u16, DecodeError> {
        let start = self.offset();
        let thousandths = match self.uintvar()? {
            value @ 1..=100 => (value - 1) * 10,
            value @ 101..=1099 => value - 100,
            _ => return Err(self.error_at(DecodeErrorKind::InvalidText, start)),
        };
        u16::try_from(thousandths).map_err(|_| self.error_at(DecodeErrorKind::NumberTooLarge, start))
    }
}

impl Writer {
    /// A uintvar.
    pub fn uintvar(&mut self, value: u32) {
        if let Ok(octet @ 0..0x80) = u8::try_from(value) {
            return self.octet(octet);
        }
        // Seven bits a group.
        let groups = (u32::BITS - value.leading_zeros()).div_ceil(7);
        for group in (0..groups).rev() {
            let [bits, ..] = (value >> (group * 7)).to_le_bytes();
            self.octet(if group > 0 { bits | 0x80 } else { bits & 0x7f });
        }
    }

    /// A short-integer, of the low seven bits of `value`.
    pub fn short_integer(&mut self, value: u8) {
        self.octet(0x80 | value);
    }

    /// A long-integer.
    pub fn long_integer(&mut self, value: u64) {
        let octets = value.to_be_bytes();
        let zeros = octets.iter().take(7).take_while(|octet| **octet == 0).count();
        let significant = octets.get(zeros..).unwrap_or_default();
        // At most 8, so it is a short-length.
        self.octet(u8::try_from(significant.len()).unwrap_or(8));
        self.octets(significant);
    }

    /// An integer-value, in its shorter form.
    pub fn integer_value(&mut self, value: u64) {
        match u8::try_from(value) {
            Ok(short @ 0..=0x7f) => self.short_integer(short),
            _ => self.long_integer(value),
        }
    }

    /// A version-value; as text where the numbers are too large for one octet.
    pub fn version_value(&mut self, major: u8, minor: Option<u8>) {
        if matches!(major, 1..=7) && minor.is_none_or(|minor| minor < 15) {
            return self.short_integer(major << 4 | minor.unwrap_or(15));
        }
        self.octets(version_text(major, minor).as_bytes());
        self.octet(0);
    }

    /// A Q-value of `thousandths`.
    ///
    /// # Errors
    ///
    /// Fails for 1000 and more: a quality of one cannot be written, and is the meaning of none.
    pub fn q_value(&mut self, thousandths: u16) -> Result<(), EncodeError> {
        self.uintvar(match (thousandths, thousandths % 10) {
            (1000.., _) => return Err(EncodeErrorKind::NumberTooLarge.into()),
            (_, 0) => u32::from(thousandths) / 10 + 1,
            _ => u32::from(thousandths) + 100,
        });
        Ok(())
    }
}

/// A version as text: `1.3`, or `1` without minor number.
pub(super) fn version_text(major: u8, minor: Option<u8>) -> Str {
    minor.map_or_else(|| alloc::format!("{major}"), |minor| alloc::format!("{major}.{minor}")).into()
}

/// What [`version_text`] writes.
pub(super) fn parse_version(text: &str) -> Option<(u8, Option<u8>)> {
    let number = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok())?;
    match text.split_once('.') {
        None => Some((number(text)?, None)),
        Some((major, minor)) => Some((number(major)?, Some(number(minor)?))),
    }
}

/// The long-integer that `octets` begin with, if it has up to seven octets and no leading zero, and what follows it;
/// there has to be something.
#[inline(always)]
pub(crate) fn usual_long_integer(octets: &[u8]) -> Option<(u64, &[u8])> {
    let [length @ 1..=7, rest @ ..] = octets else { return None };
    let word = u64::from_be_bytes(*rest.first_chunk().filter(|octets| octets.first() != Some(&0))?);
    Some((word >> (64 - 8 * u32::from(*length)), rest.get(usize::from(*length)..)?))
}

/// The uintvar that `octets` begin with, and its size.
pub(crate) fn uintvar_prefix(octets: &[u8]) -> Option<(u32, usize)> {
    let mut value = 0u32;
    for (index, octet) in octets.iter().enumerate().take(5) {
        value = value.checked_mul(0x80)? | u32::from(octet & 0x7f);
        if *octet < 0x80 {
            return Some((value, index + 1));
        }
    }
    None
}

//! Times in short messages (3GPP TS 23.040, 9.2.3.11).

use core::fmt;

use crate::error::DecodeError;
use crate::message::{Hex, Timestamp};
use crate::options::DeviationKind;
use crate::wsp::Reader;

/// A time as its seven octets: decimal digits in swapped halves, and the zone in quarters of an hour.
///
/// `Display` writes it as RFC 3339 does, or the octets if they are not a time.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Timestamp;
/// use mms_codec::push::sms::SmsTime;
///
/// let time = SmsTime([0x99, 0x30, 0x92, 0x51, 0x61, 0x95, 0x80]);
/// assert_eq!(time.to_string(), "1999-03-29T15:16:59+02:00");
/// assert_eq!(SmsTime::new(time.timestamp().unwrap()), Some(time));
/// assert_eq!(SmsTime([0; 7]).timestamp(), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_structs, reason = "the octets are all there is")]
pub struct SmsTime(pub [u8; 7]);

/// The first year with two digits: there were no short messages before.
const FIRST_YEAR: i16 = 1990;

/// The sign among the bits of the zone.
const WEST: u8 = 0x08;

impl SmsTime {
    /// A time from 1990 to 2089 in whole seconds, in a zone that is whole quarters of an hour, less than
    /// 20 hours, from UTC.
    #[must_use]
    pub fn new(time: Timestamp) -> Option<Self> {
        let offset = i64::from(time.offset_minutes.unwrap_or_default());
        let local = jiff::Timestamp::from_second(time.seconds.checked_add(60 * offset)?).ok()?;
        let local = jiff::tz::Offset::UTC.to_datetime(local);
        let is_in_range = (FIRST_YEAR..FIRST_YEAR + 100).contains(&local.year());
        if time.nanoseconds != 0 || offset % 15 != 0 || !is_in_range {
            return None;
        }
        let digits = |number: i64| {
            let number = u8::try_from(number).ok().filter(|number| *number < 100)?;
            Some(((number % 10) << 4) | (number / 10))
        };
        let zone = digits(offset.abs() / 15).filter(|zone| zone & WEST == 0)?;
        Some(Self([
            digits(i64::from(local.year() % 100))?,
            digits(local.month().into())?,
            digits(local.day().into())?,
            digits(local.hour().into())?,
            digits(local.minute().into())?,
            digits(local.second().into())?,
            zone | if offset < 0 { WEST } else { 0 },
        ]))
    }

    /// The time, if the octets are one.
    #[must_use]
    pub fn timestamp(self) -> Option<Timestamp> {
        let Self([year, month, day, hour, minute, second, zone]) = self;
        let number = |octet: u8| {
            let (tens, ones) = (octet & 0x0f, octet >> 4);
            (tens < 10 && ones < 10).then(|| (10 * tens + ones).cast_signed())
        };
        let year = i16::from(number(year)?);
        let year = if year < FIRST_YEAR % 100 { 2000 + year } else { 1900 + year };
        let (month, day, hour) = (number(month)?, number(day)?, number(hour)?);
        let local = jiff::civil::DateTime::new(year, month, day, hour, number(minute)?, number(second)?, 0).ok()?;
        let minutes = 15 * i16::from(number(zone & !WEST)?);
        let minutes = if zone & WEST == 0 { minutes } else { -minutes };
        let zone = jiff::tz::Offset::from_seconds(60 * i32::from(minutes)).ok()?;
        let mut time = Timestamp::from_seconds(zone.to_timestamp(local).ok()?.as_second());
        time.offset_minutes = Some(minutes);
        Some(time)
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let start = from.offset();
        let time = Self(from.take(7)?.try_into().unwrap_or_default());
        if time.timestamp().is_none() {
            from.forgive(DeviationKind::InvalidValue, start)?;
        }
        Ok(time)
    }
}

impl fmt::Display for SmsTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.timestamp() {
            Some(time) => time.fmt(f),
            None => Hex(&self.0).fmt(f),
        }
    }
}

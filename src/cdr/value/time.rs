//! Points in time, and how long to wait.

use alloc::format;
use alloc::string::ToString;

use super::array;
use crate::cdr::ber::{Element, Tag, Writer};
use crate::cdr::table::{Form, Value};
use crate::context::Context;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::message::{Interval, Time, Timestamp};
use crate::options::DeviationKind;
use crate::shown::Shown;

/// Two decimal digits in an octet, the first one in the high half.
fn decimal(octet: u8) -> Option<i8> {
    let digit = |half: u8| (half < 10).then_some(half.cast_signed());
    Some(10 * digit(octet >> 4)? + digit(octet & 0x0f)?)
}

fn from_decimal(number: i64) -> Option<u8> {
    let number = u8::try_from(number).ok().filter(|number| *number < 100)?;
    Some(((number / 10) << 4) | (number % 10))
}

/// The century of the two digits that a year has: there was no MMS before it.
const CENTURY: i16 = 2000;

/// `TimeStamp` (TS 32.298, 5.1.2.2): `YY MM DD hh mm ss` in decimal digits, the sign of the zone,
/// and its `hh mm`.
impl Value for Timestamp {
    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let [year, month, day, hour, minute, second, sign, zone_hours, zone_minutes] = array(element, context)?;
        let time = (|| {
            let year = CENTURY + i16::from(decimal(year)?);
            let (month, day, second) = (decimal(month)?, decimal(day)?, decimal(second)?);
            let local =
                jiff::civil::DateTime::new(year, month, day, decimal(hour)?, decimal(minute)?, second, 0).ok()?;
            let (hours, minutes) = (decimal(zone_hours)?, decimal(zone_minutes)?);
            let offset = (hours < 24 && minutes < 60).then(|| 60 * i16::from(hours) + i16::from(minutes))?;
            let offset = match sign {
                b'+' => offset,
                b'-' => -offset,
                _ => return None,
            };
            let zone = jiff::tz::Offset::from_seconds(60 * i32::from(offset)).ok()?;
            let seconds = zone.to_timestamp(local).ok()?.as_second();
            let mut time = Self::from_seconds(seconds);
            time.offset_minutes = Some(offset);
            Some(time)
        })();
        let time = time.ok_or_else(|| context.invalid(element.start))?;
        if sign == b'-' && time.offset_minutes == Some(0) {
            context.forgive(DeviationKind::DateSpelling, element.start)?;
        }
        Ok(time)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        // A time without zone is one in UTC.
        let offset = i64::from(self.offset_minutes.unwrap_or_default());
        let octets = (|| {
            let local = jiff::Timestamp::from_second(self.seconds.checked_add(60 * offset)?).ok()?;
            let local = jiff::tz::Offset::UTC.to_datetime(local);
            let (distance, sign) = (offset.abs(), if offset < 0 { b'-' } else { b'+' });
            if self.nanoseconds != 0 || distance >= 24 * 60 {
                return None;
            }
            Some([
                from_decimal(i64::from(local.year() - CENTURY))?,
                from_decimal(local.month().into())?,
                from_decimal(local.day().into())?,
                from_decimal(local.hour().into())?,
                from_decimal(local.minute().into())?,
                from_decimal(local.second().into())?,
                sign,
                from_decimal(distance / 60)?,
                from_decimal(distance % 60)?,
            ])
        })();
        to.octets.extend_from_slice(&octets.ok_or(EncodeErrorKind::NotExpressible)?);
        Ok(())
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        let mut time = Self::from_seconds(u.int_in_range(1_000_000_000..=4_000_000_000)?);
        time.offset_minutes = Some(u.int_in_range(-840..=840)?);
        Ok(time)
    }
}

/// `WaitTime`. The module gives `delta-seconds` eight octets and no coding: they are read and written
/// as decimal digits.
impl Value for Time {
    const FORM: Form = Form::Choice;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        if element.tag == HTTP_DATE {
            return Timestamp::read(element, context).map(Self::Absolute);
        } else if element.tag != DELTA_SECONDS {
            return Err(context.invalid(element.offset));
        }
        let digits: [u8; DELTA_DIGITS] = array(element, context)?;
        let seconds = digits
            .iter()
            .try_fold(0u64, |seconds, digit| digit.is_ascii_digit().then(|| 10 * seconds + u64::from(digit - b'0')));
        let seconds = seconds.ok_or_else(|| context.invalid(element.start))?;
        Ok(Self::Relative(Interval::from_seconds(seconds)))
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        match self {
            Self::Absolute(time) => to.element(HTTP_DATE, false, |to| Value::write(time, to)),
            Self::Relative(Interval { months: 0, nanoseconds: 0, seconds }) => {
                let digits = format!("{seconds:0DELTA_DIGITS$}");
                if digits.len() > DELTA_DIGITS {
                    return Err(EncodeErrorKind::NumberTooLarge.into());
                }
                to.primitive(DELTA_SECONDS, digits.as_bytes())
            }
            Self::Relative(_) => Err(EncodeErrorKind::NotExpressible.into()),
        }
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        Ok(if u.arbitrary()? {
            Self::Absolute(Value::arbitrary(u)?)
        } else {
            Self::Relative(Interval::from_seconds(u.int_in_range(0..=99_999_999)?))
        })
    }
}

const HTTP_DATE: Tag = Tag::context(0);
const DELTA_SECONDS: Tag = Tag::context(1);
const DELTA_DIGITS: usize = 8;

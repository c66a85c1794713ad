//! `xs:dateTime` and `xs:duration` (XML Schema Part 2, 3.2.7 and 3.2.6).

use jiff::civil;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{all_consuming, opt};
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::reader::Reader;
use super::wire::Mm7;
use super::writer::Writer;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::message::{Interval, Time, Timestamp, nanoseconds};
use crate::mime::date;
use crate::options::DeviationKind;
use crate::shown::{Shown, ShownKind};
use crate::table::Value;

impl Value<Mm7> for Timestamp {
    const KIND: ShownKind = ShownKind::Timestamp;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.start();
        let text = from.text()?;
        read_date_time(from, text.trim_ascii(), at)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        let offset = i32::from(self.offset_minutes.unwrap_or_default());
        if !YEARS.contains(&self.seconds) || self.nanoseconds > 999_999_999 || offset.abs() > MAX_OFFSET {
            return Err(EncodeErrorKind::NotExpressible.into());
        }
        to.text(&alloc::format!("{self}"))
    }

    fn show(&self) -> Shown {
        // In UTC, whatever the sender's zone.
        Shown::Text(alloc::format!("{}", Self { offset_minutes: None, ..*self }))
    }
}

impl Value<Mm7> for Time {
    const KIND: ShownKind = ShownKind::Time;

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.start();
        let text = from.text()?;
        let text = text.trim_ascii();
        if let Some(interval) = Interval::from_xs_duration(text) {
            return Ok(Self::Relative(interval));
        }
        // With weeks, fractions of hours, small letters; as seconds, which are fewer than those since 1970.
        let seconds =
            || text.parse().ok().filter(|_| text.len() < 8 && !text.starts_with('+')).map(Interval::from_seconds);
        if let Some(interval) = text.parse().ok().or_else(seconds) {
            from.forgive(DeviationKind::DateSpelling, at)?;
            return Ok(Self::Relative(interval));
        }
        read_date_time(from, text, at).map(Self::Absolute)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        match self {
            Self::Absolute(time) => Value::<Mm7>::write(time, to),
            Self::Relative(interval) if interval.nanoseconds > 999_999_999 => {
                Err(EncodeErrorKind::NotExpressible.into())
            }
            Self::Relative(interval) => to.text(&alloc::format!("{interval}")),
        }
    }

    fn show(&self) -> Shown {
        match self {
            Self::Absolute(time) => Value::<Mm7>::show(time),
            Self::Relative(interval) => Shown::Text(alloc::format!("{interval}")),
        }
    }
}

/// 0001-01-01 to 9999-12-31: XML Schema has no other years of four digits.
const YEARS: core::ops::Range<i64> = -62_135_596_800..253_402_207_200;

/// The zones of XML Schema end at 14 hours.
const MAX_OFFSET: i32 = 14 * 60;

fn read_date_time(from: &mut Reader<'_>, text: &str, at: usize) -> Result<Timestamp, DecodeError> {
    let (time, has_zone) = match date_time(text) {
        Some(found) => found,
        None => {
            let found = other_date_time(text).ok_or_else(|| from.invalid())?;
            from.forgive(DeviationKind::DateSpelling, at)?;
            found
        }
    };
    if !has_zone {
        from.forgive(DeviationKind::MissingZone, at)?;
    }
    Ok(time)
}

/// What systems write in place of `xs:dateTime`: numbers in another form, or a date of mail.
fn other_date_time(text: &str) -> Option<(Timestamp, bool)> {
    let (time, has_zone) = date::numeric(text).or_else(|| Some((date::parse(text)?.timestamp, true)))?;
    let minutes = time.offset_minutes.map_or(0, i32::from);
    let is_in_range = minutes.abs() <= MAX_OFFSET && time.seconds + i64::from(minutes) * 60 >= YEARS.start;
    is_in_range.then_some((time, has_zone))
}

/// The time, and whether it said its zone; without one it is UTC.
pub(super) fn date_time(text: &str) -> Option<(Timestamp, bool)> {
    let (_, (civil, nanoseconds, zone)) = all_consuming(date_time_parts).parse(text).ok()?;
    let offset = match zone {
        Some(Zone::Offset(minutes)) => minutes,
        _ => 0,
    };
    // 24:00:00 is the midnight at the end of the day.
    let (hour, day) = if civil.hour == 24 { (0, 1) } else { (civil.hour, 0) };
    if civil.hour == 24 && (civil.minute, civil.second, nanoseconds) != (0, 0, 0) {
        return None;
    }
    let date = civil::Date::new(civil.year, civil.month, civil.day).ok()?;
    let time = civil::Time::new(hour, civil.minute, civil.second, 0).ok()?;
    let seconds = jiff::tz::Offset::UTC.to_timestamp(date.to_datetime(time)).ok()?.as_second();
    let mut timestamp = Timestamp::from_seconds(seconds + day * 86_400 - i64::from(offset) * 60);
    timestamp.nanoseconds = nanoseconds;
    timestamp.offset_minutes = match zone {
        Some(Zone::Offset(minutes)) => Some(i16::try_from(minutes).ok()?),
        _ => None,
    };
    Some((timestamp, zone.is_some()))
}

struct Civil {
    year: i16,
    month: i8,
    day: i8,
    hour: i8,
    minute: i8,
    second: i8,
}

#[derive(Clone, Copy)]
enum Zone {
    Utc,
    /// Minutes ahead of UTC.
    Offset(i32),
}

fn date_time_parts(text: &str) -> IResult<&str, (Civil, u32, Option<Zone>), ()> {
    let (text, year) = take_while_m_n(4, 4, |c: char| c.is_ascii_digit()).map_res(str::parse).parse(text)?;
    let (text, (month, day)) = (preceded(char('-'), two), preceded(char('-'), two)).parse(text)?;
    let (text, hour) = preceded(char('T'), two).parse(text)?;
    let (text, (minute, second)) = (preceded(char(':'), two), preceded(char(':'), two)).parse(text)?;
    let (text, fraction) = opt(preceded(char('.'), digit1)).parse(text)?;
    let (text, zone) = opt(zone).parse(text)?;
    Ok((text, (Civil { year, month, day, hour, minute, second }, fraction.map_or(0, nanoseconds), zone)))
}

fn two(text: &str) -> IResult<&str, i8, ()> {
    take_while_m_n(2, 2, |c: char| c.is_ascii_digit()).map_res(str::parse).parse(text)
}

fn zone(text: &str) -> IResult<&str, Zone, ()> {
    if let Ok((text, _)) = char::<_, ()>('Z').parse(text) {
        return Ok((text, Zone::Utc));
    }
    let (rest, (sign, hours, _, minutes)) = (one_of("+-"), two, char(':'), two).parse(text)?;
    let offset = i32::from(hours) * 60 + i32::from(minutes);
    if offset > MAX_OFFSET || minutes > 59 {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, Zone::Offset(if sign == '-' { -offset } else { offset })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mm7::Schema;

    #[test]
    fn reads_every_form_of_date_time() {
        let time = |seconds, nanoseconds, offset_minutes| {
            let mut time = Timestamp::from_seconds(seconds);
            (time.nanoseconds, time.offset_minutes) = (nanoseconds, offset_minutes);
            time
        };
        for (text, seconds, nanoseconds, offset, has_zone) in [
            ("2024-03-05T09:30:47Z", 1_709_631_047, 0, None, true),
            ("2024-03-05T10:00:00+01:00", 1_709_629_200, 0, Some(60), true),
            ("2012-09-03T15:55:25.000+02:00", 1_346_680_525, 0, Some(120), true),
            ("1999-12-31T24:00:00Z", 946_684_800, 0, None, true),
            ("2000-01-01T00:00:00", 946_684_800, 0, None, false),
            ("2000-01-01T00:00:00.12345678991-00:30", 946_686_600, 123_456_789, Some(-30), true),
            ("2000-01-01T14:00:00+14:00", 946_684_800, 0, Some(840), true),
            ("1999-12-31T23:01:00-00:59", 946_684_800, 0, Some(-59), true),
        ] {
            assert_eq!(date_time(text), Some((time(seconds, nanoseconds, offset), has_zone)), "{text}");
        }
        for text in [
            "2024-02-30T00:00:00Z",
            "2024-03-05 09:30:47Z",
            "2024-03-05T09:30Z",
            "2024-03-05T25:00:00Z",
            "2024-03-05T09:30:47+14:01",
            "2024-03-05T09:30:47-14:01",
            "2024-03-05T09:30:47+01:60",
            "2024-03-05T24:00:01Z",
            "24-03-05T09:30:47Z",
            "",
        ] {
            assert_eq!(date_time(text), None, "{text}");
        }
    }

    #[test]
    fn reads_every_form_of_duration() {
        for (text, months, seconds, nanoseconds) in [
            ("P3DT12H", 0, 302_400, 0),
            ("PT15M", 0, 900, 0),
            ("P1Y2M3DT4H5M6.7S", 14, 273_906, 700_000_000),
            ("P2M", 2, 0, 0),
            ("PT0S", 0, 0, 0),
            ("PT36H", 0, 129_600, 0),
            ("P400D", 0, 34_560_000, 0),
            ("PT700000000000S", 0, 700_000_000_000, 0),
            ("PT649554161674S", 0, 649_554_161_674, 0),
            ("PT18446744073709551615.999999999000S", 0, u64::MAX, 999_999_999),
            ("P357913941Y3M", u32::MAX, 0, 0),
        ] {
            assert_eq!(Interval::from_xs_duration(text), Some(Interval { months, seconds, nanoseconds }), "{text}");
        }
        for text in [
            "-P1D",
            "P1W",
            "P",
            "PT",
            "P1H",
            "PT1.5M",
            "pt1s",
            "1D",
            "P-1D",
            "P1DT",
            "",
            "P1D1M",
            "PT1S1M",
            "PT.5S",
            "PT1.S",
            "PT1.,S",
            "PT1. 5S",
            "P1T1S",
            "PT+1S",
            "PT1.0000000001S",
            "PT18446744073709551616S",
            "PT307445734561825861M",
            "P213503982334602D",
            "P357913942Y",
            "P18446744073709551615Y",
        ] {
            assert_eq!(Interval::from_xs_duration(text), None, "{text}");
        }
    }

    #[test]
    fn spans_of_any_length_are_exact_or_nothing() {
        for (text, seconds, nanoseconds) in [
            ("pt700000000000s", Some(700_000_000_000), 0),
            ("pt649554161674s", Some(649_554_161_674), 0),
            ("PT1.5H", Some(5_400), 0),
            ("P1W", Some(604_800), 0),
            ("pt9223372036854775807s", None, 0),
            ("-PT1S", None, 0),
        ] {
            let found = text.parse().ok();
            assert_eq!(found, seconds.map(|seconds| Interval { months: 0, seconds, nanoseconds }), "{text}");
        }
    }

    #[test]
    fn writes_what_the_schema_can_say() {
        let at = |seconds, nanoseconds, minutes| {
            Time::Absolute(Timestamp {
                seconds,
                nanoseconds,
                offset_minutes: Some(minutes).filter(|minutes| *minutes != 0),
            })
        };
        let lasts = |nanoseconds| Time::Relative(Interval { months: 0, seconds: 1, nanoseconds });
        for (time, expected) in [
            (at(-62_135_596_800, 0, 0), Some("0001-01-01T00:00:00Z")),
            (at(-62_135_596_801, 0, 0), None),
            // The last second that is in the year 9999 in every zone.
            (at(253_402_207_199, 999_999_999, 0), Some("9999-12-30T21:59:59.999999999Z")),
            (at(253_402_207_200, 0, 0), None),
            (at(0, 1_000_000_000, 0), None),
            (at(0, 0, 14 * 60), Some("1970-01-01T14:00:00+14:00")),
            (at(0, 0, -14 * 60), Some("1969-12-31T10:00:00-14:00")),
            (at(0, 0, 14 * 60 + 1), None),
            (lasts(999_999_999), Some("PT1.999999999S")),
            (lasts(1_000_000_000), None),
        ] {
            let mut to = Writer::new(Schema::default(), false);
            let written = Value::<Mm7>::write(&time, &mut to);
            let found = written.map(|()| to.finish().0).map_err(|error| error.kind);
            assert_eq!(found.as_deref(), expected.ok_or(&EncodeErrorKind::NotExpressible), "{time:?}");
        }
    }

    /// The first year begins at its first moment in the zone that is written.
    #[test]
    fn dates_in_other_forms_stay_in_the_years_of_the_schema() {
        for (text, seconds) in [
            ("0001-01-01 00:00:00Z", Some(-62_135_596_800)),
            ("0001-01-01 00:30:00 +0030", Some(-62_135_596_800)),
            ("0001-01-01 00:00:00 +0030", Some(-62_135_598_600)),
            ("0000-12-31 23:59:59 -0030", None),
            ("2000-01-01 14:00:00 +1400", Some(946_684_800)),
            ("2000-01-01 14:01:00 +1401", None),
        ] {
            assert_eq!(other_date_time(text).map(|(time, _)| time.seconds), seconds, "{text}");
        }
    }

    #[test]
    fn writes_what_reads_back() {
        for text in ["P14MT273906.7S", "PT900S", "P2M", "PT0S"] {
            assert_eq!(alloc::format!("{}", Interval::from_xs_duration(text).unwrap()), text);
        }
        for text in ["2024-03-05T10:00:00+01:00", "2024-03-05T09:30:47.5Z"] {
            assert_eq!(alloc::format!("{}", date_time(text).unwrap().0), text);
        }
    }
}

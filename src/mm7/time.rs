//! `xs:dateTime` and `xs:duration` (XML Schema Part 2, 3.2.7 and 3.2.6).

use jiff::civil;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{all_consuming, opt};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

use super::field::Mm7;
use super::reader::Reader;
use super::writer::Writer;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::message::{Interval, Time, Timestamp};
use crate::options::DeviationKind;
use crate::table::{Shown, Value};

impl Value<Mm7> for Timestamp {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.start();
        let text = from.text()?;
        read_date_time(from, text.trim_ascii(), at)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        // 0001-01-01 to 9999-12-31: XML Schema has no other years of four digits.
        const YEARS: core::ops::Range<i64> = -62_135_596_800..253_402_207_200;
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
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.start();
        let text = from.text()?;
        let text = text.trim_ascii();
        if let Some(interval) = duration(text) {
            return Ok(Self::Relative(interval));
        }
        // With weeks, fractions of hours, small letters.
        let is_iso = text.strip_prefix('+').unwrap_or(text).starts_with(['P', 'p']);
        if let Some(interval) = text.parse().ok().filter(|_| is_iso).and_then(interval) {
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

/// What systems write in place of `xs:dateTime`: a zone without colon or behind a blank, a blank in
/// place of the T, no seconds, no time of day, the basic form of ISO 8601.
fn other_date_time(text: &str) -> Option<(Timestamp, bool)> {
    let text = match text.rsplit_once(' ') {
        Some((time, "GMT" | "UTC")) => alloc::format!("{time}Z"),
        Some((time, zone)) if zone.starts_with(['+', '-', 'Z']) => alloc::format!("{time}{zone}"),
        _ => text.into(),
    };
    // Annotations, such as names of zones, would be lost.
    let pieces = jiff::fmt::temporal::Pieces::parse(&text).ok().filter(|_| !text.contains('['))?;
    let civil = pieces.date().to_datetime(pieces.time().unwrap_or_default());
    let zone = pieces.to_numeric_offset();
    let minutes = zone.map_or(0, |zone| zone.seconds() / 60);
    let is_exact = zone.is_none_or(|zone| zone.seconds() % 60 == 0);
    if minutes.abs() > MAX_OFFSET || !is_exact || civil.year() < 1 {
        return None;
    }
    let utc = zone.unwrap_or(jiff::tz::Offset::UTC).to_timestamp(civil).ok()?;
    let mut time = Timestamp::from_seconds(utc.as_second());
    time.nanoseconds = u32::try_from(utc.subsec_nanosecond()).ok()?;
    if zone.is_some() && !text.ends_with(['Z', 'z']) {
        time.offset_minutes = Some(i16::try_from(minutes).ok()?);
    }
    Some((time, zone.is_some()))
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

/// The first nine digits of a fraction of a second.
fn nanoseconds(digits: &str) -> u32 {
    digits.bytes().chain(core::iter::repeat(b'0')).take(9).fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

/// An `xs:duration` that is not negative: each unit at most once, the largest first.
pub(super) fn duration(text: &str) -> Option<Interval> {
    let digits = text.strip_prefix('P')?;
    let (date, time) = match digits.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None if digits.is_empty() => return None,
        None => (digits, ""),
    };
    let (rest, (years, months, days)) =
        (opt(number_of('Y')), opt(number_of('M')), opt(number_of('D'))).parse(date).ok()?;
    let (time, (hours, minutes)) = (opt(number_of('H')), opt(number_of('M'))).parse(time).ok()?;
    let (seconds, nanoseconds) = if time.is_empty() { (0, 0) } else { seconds(time.strip_suffix('S')?)? };
    let of = |count: Option<u64>, seconds: u64| count.unwrap_or_default().checked_mul(seconds);
    let in_units = of(days, 86_400)?.checked_add(of(hours, 3_600)?)?.checked_add(of(minutes, 60)?)?;
    let months = of(years, 12)?.checked_add(months.unwrap_or_default())?;
    let interval =
        Interval { months: u32::try_from(months).ok()?, seconds: in_units.checked_add(seconds)?, nanoseconds };
    rest.is_empty().then_some(interval)
}

/// A whole number and the unit that it counts.
fn number_of<'a>(unit: char) -> impl Parser<&'a str, Output = u64, Error = ()> {
    terminated(digit1, char(unit)).map_res(str::parse)
}

/// Seconds and nanoseconds; a fraction has digits on both sides of the point.
fn seconds(text: &str) -> Option<(u64, u32)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let is_exact = fraction.bytes().skip(9).all(|digit| digit == b'0');
    (is_number(whole) && is_number(fraction) && is_exact).then_some((whole.parse().ok()?, nanoseconds(fraction)))
}

/// A span of time that is not negative.
fn interval(span: jiff::Span) -> Option<Interval> {
    let years = u32::try_from(span.get_years()).ok()?;
    let months = years.checked_mul(12)?.checked_add(u32::try_from(span.get_months()).ok()?)?;
    // What does not fit in one unit of a span is in the next smaller one.
    let units = [
        (span.get_weeks().into(), 604_800_000_000_000),
        (span.get_days().into(), 86_400_000_000_000),
        (span.get_hours().into(), 3_600_000_000_000),
        (span.get_minutes(), 60_000_000_000),
        (span.get_seconds(), 1_000_000_000),
        (span.get_milliseconds(), 1_000_000),
        (span.get_microseconds(), 1_000),
        (span.get_nanoseconds(), 1),
    ];
    let total = units.into_iter().try_fold(0, |sum: i128, (count, nanoseconds): (i64, i128)| {
        i128::from(count).checked_mul(nanoseconds)?.checked_add(sum)
    })?;
    const SECOND: i128 = 1_000_000_000;
    let seconds = u64::try_from(total.div_euclid(SECOND)).ok()?;
    Some(Interval { months, seconds, nanoseconds: u32::try_from(total.rem_euclid(SECOND)).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            assert_eq!(date_time(text), Some((time(seconds, nanoseconds, offset), has_zone)), "{text}");
        }
        for text in [
            "2024-02-30T00:00:00Z",
            "2024-03-05 09:30:47Z",
            "2024-03-05T09:30Z",
            "2024-03-05T25:00:00Z",
            "2024-03-05T09:30:47+15:00",
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
            assert_eq!(duration(text), Some(Interval { months, seconds, nanoseconds }), "{text}");
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
            "P1T1S",
            "PT+1S",
            "PT1.0000000001S",
            "PT18446744073709551616S",
            "PT307445734561825861M",
            "P213503982334602D",
            "P357913942Y",
            "P18446744073709551615Y",
        ] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn spans_of_any_length_are_exact_or_nothing() {
        for (text, seconds, nanoseconds) in [
            ("PT700000000000S", Some(700_000_000_000), 0),
            ("PT649554161674S", Some(649_554_161_674), 0),
            ("PT1.5H", Some(5_400), 0),
            ("P1W", Some(604_800), 0),
            ("PT9223372036854775807S", None, 0),
            ("-PT1S", None, 0),
        ] {
            let found = text.parse().ok().and_then(interval);
            assert_eq!(found, seconds.map(|seconds| Interval { months: 0, seconds, nanoseconds }), "{text}");
        }
    }

    #[test]
    fn writes_what_reads_back() {
        for text in ["P14MT273906.7S", "PT900S", "P2M", "PT0S"] {
            assert_eq!(alloc::format!("{}", duration(text).unwrap()), text);
        }
        for text in ["2024-03-05T10:00:00+01:00", "2024-03-05T09:30:47.5Z"] {
            assert_eq!(alloc::format!("{}", date_time(text).unwrap().0), text);
        }
    }
}

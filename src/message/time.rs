//! Points and spans of time.

use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;
use core::time::Duration;
#[cfg(feature = "std")]
use std::time::SystemTime;

use jiff::fmt::temporal::Pieces;
use nom::Parser;
use nom::character::complete::{char, digit1};
use nom::combinator::opt;
use nom::sequence::terminated;

use crate::conversion::{ConversionError, arbitrary};

/// A point of time, or a span from the moment the relay/server gets the message
/// (OMA-TS-MMS_ENC). The two are kept apart: only the relay/server knows the moment.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Interval, Time, Timestamp};
///
/// let expiry = Time::Relative(Interval::from_seconds(172_800));
/// assert_eq!(expiry.to_string(), "PT172800S");
/// assert_eq!(Time::Absolute(Timestamp::from_seconds(1_704_067_200)).to_string(), "2024-01-01T00:00:00Z");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_enums, reason = "there is no third kind of time on any interface")]
pub enum Time {
    /// A point of time.
    Absolute(Timestamp),
    /// A span of time.
    Relative(Interval),
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absolute(timestamp) => timestamp.fmt(f),
            Self::Relative(interval) => interval.fmt(f),
        }
    }
}

/// What either form is [displayed](fmt::Display) as.
impl FromStr for Time {
    type Err = ConversionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let interval = || text.parse().map(Self::Relative);
        text.parse().map(Self::Absolute).or_else(|_| interval()).map_err(|_| ConversionError("Time"))
    }
}

/// A point of time. MM1 carries whole seconds in UTC; MM4 adds a zone, MM7 a zone and a fraction. The
/// encoders of MM1 and MM4 refuse a fraction.
///
/// `Display` writes RFC 3339, which `FromStr` reads.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Timestamp;
///
/// let time: Timestamp = "2024-03-05T10:00:00.5+01:00".parse()?;
/// assert_eq!((time.seconds, time.nanoseconds, time.offset_minutes), (1_709_629_200, 500_000_000, Some(60)));
/// assert_eq!(time.to_string(), "2024-03-05T10:00:00.5+01:00");
/// # #[cfg(feature = "std")]
/// assert_eq!(Timestamp::from(std::time::UNIX_EPOCH), Timestamp::from_seconds(0));
/// # Ok::<(), mms_codec::ConversionError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
    pub seconds: i64,
    /// Fraction of the second, 0 to 999 999 999.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "fraction"))]
    pub nanoseconds: u32,
    /// Minutes that the sender's clock is ahead of UTC, if it said so. `seconds` is UTC all the same.
    pub offset_minutes: Option<i16>,
}

/// Reads nanoseconds that are less than a second.
#[cfg(feature = "serde")]
fn fraction<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let nanoseconds = <u32 as serde::Deserialize>::deserialize(deserializer)?;
    if nanoseconds < 1_000_000_000 {
        Ok(nanoseconds)
    } else {
        Err(serde::de::Error::custom("the fraction of a second has less than 1 000 000 000 nanoseconds"))
    }
}

/// Earlier moments come first, whatever their zones; the same moment in several zones is ordered by
/// them.
impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |time: &Self| (time.seconds, time.nanoseconds, time.offset_minutes);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Timestamp {
    /// The point of time this many seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { seconds, nanoseconds: 0, offset_minutes: None }
    }

    /// A date and time in ISO 8601, and whether it says its zone; without one it is UTC.
    pub(crate) fn parse(text: &str) -> Option<(Self, bool)> {
        // Annotations, such as names of zones, would be lost.
        let pieces = Pieces::parse(text).ok().filter(|_| !text.contains('['))?;
        let civil = pieces.date().to_datetime(pieces.time().unwrap_or_default());
        let zone = pieces.to_numeric_offset();
        let instant = zone.unwrap_or(jiff::tz::Offset::UTC).to_timestamp(civil).ok()?.as_nanosecond();
        let offset = zone.map_or(0, |zone| zone.seconds());
        if offset % 60 != 0 {
            return None;
        }
        let is_utc = zone.is_none() || text.ends_with(['Z', 'z']);
        let time = Self {
            seconds: i64::try_from(instant.div_euclid(NANOSECONDS)).ok()?,
            nanoseconds: u32::try_from(instant.rem_euclid(NANOSECONDS)).ok()?,
            offset_minutes: if is_utc { None } else { Some(i16::try_from(offset / 60).ok()?) },
        };
        Some((time, zone.is_some()))
    }
}

/// In a second.
const NANOSECONDS: i128 = 1_000_000_000;

impl FromStr for Timestamp {
    type Err = ConversionError;

    /// Reads RFC 3339, and what [`Display`](fmt::Display) writes for times beyond the year 9999:
    /// `@` and the seconds.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let time = match text.strip_prefix('@') {
            Some(seconds) => seconds.parse().ok().map(Self::from_seconds),
            None => Self::parse(text).filter(|(_, has_zone)| *has_zone).map(|(time, _)| time),
        };
        time.ok_or(ConversionError("Timestamp"))
    }
}

/// The point of time this many seconds after 1970-01-01T00:00:00Z.
impl From<i64> for Timestamp {
    fn from(seconds: i64) -> Self {
        Self::from_seconds(seconds)
    }
}

/// The second that the time is in, in UTC: the fraction is left out, since most interfaces have none and
/// their encoders would refuse it. A message is never dated after it was sent.
///
/// # Examples
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use mms_codec::message::Timestamp;
///
/// assert_eq!(Timestamp::from(UNIX_EPOCH + Duration::from_millis(1_900)), Timestamp::from_seconds(1));
/// assert_eq!(Timestamp::from(UNIX_EPOCH - Duration::from_millis(100)), Timestamp::from_seconds(-1));
/// ```
#[cfg(feature = "std")]
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => Self::from_seconds(seconds(after)),
            Err(error) => {
                let before = error.duration();
                Self::from_seconds(-seconds(before) - i64::from(before.subsec_nanos() > 0))
            }
        }
    }
}

/// The same point of time; fails if the system's clock does not reach it.
#[cfg(feature = "std")]
impl TryFrom<Timestamp> for SystemTime {
    type Error = ConversionError;

    fn try_from(time: Timestamp) -> Result<Self, Self::Error> {
        let seconds = Duration::from_secs(time.seconds.unsigned_abs());
        let whole = match time.seconds {
            0.. => Self::UNIX_EPOCH.checked_add(seconds),
            _ => Self::UNIX_EPOCH.checked_sub(seconds),
        };
        let exact = whole.and_then(|whole| whole.checked_add(Duration::from_nanos(time.nanoseconds.into())));
        exact.ok_or(ConversionError("SystemTime"))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanoseconds = i32::try_from(self.nanoseconds).unwrap_or(0);
        let Ok(instant) = jiff::Timestamp::new(self.seconds, nanoseconds) else {
            // Beyond the year 9999, which no calendar notation of these interfaces can write.
            return write!(f, "@{}", self.seconds);
        };
        let offset =
            self.offset_minutes.and_then(|minutes| jiff::tz::Offset::from_seconds(i32::from(minutes) * 60).ok());
        match offset {
            Some(offset) => instant.display_with_offset(offset).fmt(f),
            None => instant.fmt(f),
        }
    }
}

arbitrary!(Timestamp, |u| u.int_in_range(0..=4_102_444_800).map(Self::from_seconds));

/// A span of time: seconds on MM1 and MM4; MM7 (`xs:duration`) also knows months, which have no
/// fixed length and are kept apart.
///
/// `Display` writes `PT<seconds>S`, or `P<months>MT<seconds>S`; `FromStr` reads the durations of
/// ISO 8601.
///
/// # Examples
///
/// ```
/// use core::time::Duration;
/// use mms_codec::message::Interval;
///
/// let day: Interval = "P1DT0.5S".parse()?;
/// assert_eq!(day.to_string(), "PT86400.5S");
/// assert_eq!(Duration::try_from(day), Ok(Duration::from_millis(86_400_500)));
/// assert_eq!(Interval::from(Duration::from_secs(60)), Interval::from_seconds(60));
/// # Ok::<(), mms_codec::ConversionError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Interval {
    /// Whole months, years times twelve included.
    pub months: u32,
    /// Seconds, days and weeks included.
    pub seconds: u64,
    /// Fraction of the second, 0 to 999 999 999.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "fraction"))]
    pub nanoseconds: u32,
}

impl Interval {
    /// A span of this many seconds.
    #[must_use]
    pub const fn from_seconds(seconds: u64) -> Self {
        Self { months: 0, seconds, nanoseconds: 0 }
    }

    /// The seconds of the interval, of which months have no fixed length: 30 days each, and 365 for a year.
    pub(crate) fn total_seconds(self) -> u64 {
        let days = u64::from(self.months / 12) * 365 + u64::from(self.months % 12) * 30;
        self.seconds.saturating_add(days * 86_400)
    }

    /// An `xs:duration` that is not negative: each unit at most once, the largest first.
    pub(crate) fn from_xs_duration(text: &str) -> Option<Self> {
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
            Self { months: u32::try_from(months).ok()?, seconds: in_units.checked_add(seconds)?, nanoseconds };
        rest.is_empty().then_some(interval)
    }

    fn from_span(span: &jiff::Span) -> Option<Self> {
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
        let seconds = u64::try_from(total.div_euclid(NANOSECONDS)).ok()?;
        Some(Self { months, seconds, nanoseconds: u32::try_from(total.rem_euclid(NANOSECONDS)).ok()? })
    }
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
    if !(is_number(whole) && is_number(fraction) && is_exact) {
        return None;
    }
    Some((whole.parse().ok()?, nanoseconds(fraction)))
}

/// The first nine digits of a fraction of a second. `digits` has nothing but digits.
pub(crate) fn nanoseconds(digits: &str) -> u32 {
    digits.bytes().chain(core::iter::repeat(b'0')).take(9).fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

impl FromStr for Interval {
    type Err = ConversionError;

    /// Reads a duration in ISO 8601 that is not negative.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // With weeks, fractions of hours, small letters; jiff also reads a friendlier notation.
        let is_iso = text.strip_prefix('+').unwrap_or(text).starts_with(['P', 'p']);
        let span = || Self::from_span(&text.parse().ok().filter(|_| is_iso)?);
        Self::from_xs_duration(text).or_else(span).ok_or(ConversionError("Interval"))
    }
}

impl From<Duration> for Interval {
    fn from(duration: Duration) -> Self {
        Self { months: 0, seconds: duration.as_secs(), nanoseconds: duration.subsec_nanos() }
    }
}

/// Fails if there are months, which have no fixed length.
impl TryFrom<Interval> for Duration {
    type Error = ConversionError;

    fn try_from(interval: Interval) -> Result<Self, Self::Error> {
        let fraction = Self::from_nanos(interval.nanoseconds.into());
        let exact = Self::from_secs(interval.seconds).checked_add(fraction).filter(|_| interval.months == 0);
        exact.ok_or(ConversionError("Duration"))
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        if self.months > 0 {
            write!(f, "{}M", self.months)?;
            if (self.seconds, self.nanoseconds) == (0, 0) {
                return Ok(());
            }
        }
        write!(f, "T{}", self.seconds)?;
        if self.nanoseconds > 0 {
            let digits = alloc::format!("{:09}", self.nanoseconds);
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        f.write_str("S")
    }
}

arbitrary!(Interval, |u| u.int_in_range(0..=400_000_000).map(Self::from_seconds));

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn is_parsed_from_what_it_is_shown_as() {
        for seconds in [i64::MIN, -1, 0, 1_709_631_047, 253_402_207_200, i64::MAX] {
            for (nanoseconds, offset_minutes) in [(0, None), (1, Some(0)), (999_999_999, Some(-90)), (5, Some(14 * 60))]
            {
                let mut time = Timestamp { seconds, nanoseconds, offset_minutes };
                let shown = time.to_string();
                if shown.starts_with('@') {
                    time = Timestamp::from_seconds(seconds);
                }
                assert_eq!(shown.parse(), Ok(time), "{shown}");
                assert_eq!(shown.parse(), Ok(Time::Absolute(time)), "{shown}");
            }
        }
        for (months, seconds, nanoseconds) in [(0, 0, 0), (14, 0, 0), (0, u64::MAX, 1), (1, 1, 999_999_999)] {
            let interval = Interval { months, seconds, nanoseconds };
            assert_eq!(interval.to_string().parse(), Ok(interval));
            assert_eq!(interval.to_string().parse(), Ok(Time::Relative(interval)));
        }
    }

    #[test]
    fn other_text_is_not_parsed() {
        for text in ["", "@", "now", "2024-03-05", "2024-03-05T09:30:47", "2024-03-05T09:30:47+01:00[Europe/Paris]"] {
            assert_eq!(text.parse::<Timestamp>(), Err(ConversionError("Timestamp")), "{text}");
        }
        for text in ["", "P", "-P1D", "2 hours", "PT18446744073709551616S"] {
            assert_eq!(text.parse::<Interval>(), Err(ConversionError("Interval")), "{text}");
        }
    }

    #[test]
    #[cfg(feature = "std")]
    fn converts_from_and_to_the_times_of_the_standard_library() {
        for (seconds, nanoseconds) in [(0, 0), (1, 5), (-1, 0), (-1, 1), (-2, 999_999_999), (4_102_444_800, 1)] {
            let time = Timestamp { nanoseconds, ..Timestamp::from_seconds(seconds) };
            let exact = SystemTime::try_from(time).unwrap();
            assert_eq!(
                exact.duration_since(exact - Duration::from_nanos(nanoseconds.into())).unwrap().as_nanos(),
                u128::from(nanoseconds)
            );
            // The encoders of most interfaces refuse a fraction.
            assert_eq!(Timestamp::from(exact), Timestamp::from_seconds(seconds));
        }
        let end = Interval { months: 0, seconds: u64::MAX, nanoseconds: u32::MAX };
        assert_eq!(Duration::try_from(end), Err(ConversionError("Duration")));
        assert_eq!(
            Duration::try_from(Interval { months: 1, seconds: 0, nanoseconds: 0 }),
            Err(ConversionError("Duration"))
        );
        assert_eq!(Interval::from(Duration::MAX).seconds, u64::MAX);
    }
}

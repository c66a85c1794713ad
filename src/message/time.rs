//! Points and spans of time.

use core::fmt;

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

/// A point of time. MM1 carries whole seconds in UTC; MM4 adds a zone, MM7 a zone and a fraction.
///
/// `Display` writes RFC 3339.
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

impl Timestamp {
    /// The point of time this many seconds after 1970-01-01T00:00:00Z.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { seconds, nanoseconds: 0, offset_minutes: None }
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

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Timestamp {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u.int_in_range(0..=4_102_444_800).map(Self::from_seconds)
    }
}

/// A span of time: seconds on MM1 and MM4; MM7 (`xs:duration`) also knows months, which have no
/// fixed length and are kept apart.
///
/// `Display` writes `PT<seconds>S`, or `P<months>MT<seconds>S`.
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
    pub const fn from_seconds(seconds: u64) -> Self {
        Self { months: 0, seconds, nanoseconds: 0 }
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

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Interval {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        u.int_in_range(0..=400_000_000).map(Self::from_seconds)
    }
}

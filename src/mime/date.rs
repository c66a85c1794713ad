//! Dates (RFC 5322, 3.3 and 4.3; RFC 9110, 5.6.7). The `jiff` crate does the calendar.

use alloc::string::String;

use jiff::Zoned;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use jiff::tz::{Offset, TimeZone};

use crate::message::Timestamp;

/// A date, and whether it is written as RFC 5322 has it.
#[derive(Debug)]
pub(crate) struct Date {
    pub(crate) timestamp: Timestamp,
    pub(crate) is_regular: bool,
}

/// Reads a date. Obsolete zones and years of two digits are RFC 5322; a wrong day of the week and
/// the notation of RFC 3339 are not.
pub(crate) fn parse(text: &str) -> Option<Date> {
    static STRICT: DateTimeParser = DateTimeParser::new();
    static RELAXED: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    if let Ok(zoned) = STRICT.parse_zoned(text) {
        return Some(Date { timestamp: timestamp(&zoned), is_regular: true });
    }
    let timestamp = match RELAXED.parse_zoned(text) {
        Ok(zoned) => timestamp(&zoned),
        Err(_) => {
            let instant: jiff::Timestamp = text.parse().ok()?;
            let nanoseconds = u32::try_from(instant.subsec_nanosecond()).ok()?;
            let mut timestamp = Timestamp::from_seconds(instant.as_second());
            timestamp.nanoseconds = nanoseconds;
            timestamp
        }
    };
    Some(Date { timestamp, is_regular: false })
}

/// A clock that is not ahead of UTC is one that did not say where it is: `GMT`, `+0000` and `-0000`
/// are all in use for that.
fn timestamp(zoned: &Zoned) -> Timestamp {
    let mut timestamp = Timestamp::from_seconds(zoned.timestamp().as_second());
    let minutes = i16::try_from(zoned.offset().seconds() / 60).ok();
    timestamp.offset_minutes = minutes.filter(|minutes| *minutes != 0);
    timestamp
}

/// A date with its numeric zone, such as `Tue, 05 Mar 2024 09:30:47 +0000`, in whole seconds. `None`
/// beyond the year 9999.
pub(crate) fn write(date: &Timestamp) -> Option<String> {
    let offset = Offset::from_seconds(i32::from(date.offset_minutes.unwrap_or(0)) * 60).ok()?;
    let zoned = Zoned::new(instant(date)?, TimeZone::fixed(offset));
    let text = DateTimePrinter::new().zoned_to_string(&zoned).ok()?;
    // Two digits for the day, which all mail systems write.
    Some(match text.split_once(", ") {
        Some((weekday, rest)) if rest.find(' ') == Some(1) => alloc::format!("{weekday}, 0{rest}"),
        _ => text,
    })
}

/// A date in GMT as HTTP has it, such as `Tue, 05 Mar 2024 09:30:47 GMT`.
pub(crate) fn write_gmt(date: &Timestamp) -> Option<String> {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&instant(date)?).ok()
}

fn instant(date: &Timestamp) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_second(date.seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn reads_what_real_systems_write() {
        for (text, shown, is_regular) in [
            ("Tue, 05 Mar 2024 09:30:47 +0000", "2024-03-05T09:30:47Z", true),
            ("Tue, 5 Mar 2024 11:30:47 +0200", "2024-03-05T11:30:47+02:00", true),
            ("Tue, 12 Mar 2024 09:30:47 GMT", "2024-03-12T09:30:47Z", true),
            ("5 Mar 2024 09:30 -0330", "2024-03-05T09:30:00-03:30", true),
            ("Tue, 05 Mar 2024 01:17:42 +0200 (IST)", "2024-03-05T01:17:42+02:00", true),
            ("Sun, 24 Feb 08 13:43:41 CST", "2008-02-24T13:43:41-06:00", true),
            ("Sat, 16 Sep 2006 08:05:47 -0600 (GMT-06:00)", "2006-09-16T08:05:47-06:00", true),
            ("Mon, 05 Mar 2024 09:30:47 +0000", "2024-03-05T09:30:47Z", false),
            ("2026-04-02T12:00:00Z", "2026-04-02T12:00:00Z", false),
        ] {
            let date = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((date.timestamp.to_string().as_str(), date.is_regular), (shown, is_regular), "{text}");
        }
        for text in ["", "yesterday", "Tue, 35 Mar 2024 09:30:47 +0000", "Tue, 05 Mar 2024 09:30:47 GMT and more"] {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        for text in
            ["Tue, 05 Mar 2024 11:30:47 +0200", "Mon, 04 Mar 2024 18:00:00 +0000", "Sun, 24 Dec 2023 23:59:59 -0330"]
        {
            assert_eq!(write(&parse(text).unwrap().timestamp).as_deref(), Some(text));
        }
        let date = parse("Tue, 12 Mar 2024 11:30:47 +0200").unwrap().timestamp;
        assert_eq!(write_gmt(&date).as_deref(), Some("Tue, 12 Mar 2024 09:30:47 GMT"));
        assert_eq!(write(&Timestamp::from_seconds(i64::MAX)), None);
    }
}

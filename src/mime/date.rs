//! Dates (RFC 5322, 3.3 and 4.3; RFC 9110, 5.6.7). The `jiff` crate does the calendar.

use alloc::string::String;

use jiff::Zoned;
use jiff::civil::{Date as Day, Weekday};
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
/// other notations are not.
pub(crate) fn parse(text: &str) -> Option<Date> {
    if let Some(timestamp) = usual(text) {
        return Some(Date { timestamp, is_regular: true });
    }
    parse_any(text)
}

/// The form that nearly all dates have, `Tue, 05 Mar 2024 09:30:47 +0000` or `GMT`: read in a third
/// of the time that the parser for all forms takes.
fn usual(text: &str) -> Option<Timestamp> {
    let (fixed, zone) = text.as_bytes().split_first_chunk::<26>()?;
    let [w0, w1, w2, b',', b' ', d1, d0, b' ', m0, m1, m2, b' ', y3, y2, y1, y0, b' ', clock @ ..] = fixed else {
        return None;
    };
    let [h1, h0, b':', n1, n0, b':', s1, s0, b' '] = clock else { return None };
    let two = |tens: &u8, ones: &u8| match (tens, ones) {
        (b'0'..=b'9', b'0'..=b'9') => i8::try_from((tens - b'0') * 10 + (ones - b'0')).ok(),
        _ => None,
    };
    let weekday = match [*w0, *w1, *w2] {
        [b'M', b'o', b'n'] => Weekday::Monday,
        [b'T', b'u', b'e'] => Weekday::Tuesday,
        [b'W', b'e', b'd'] => Weekday::Wednesday,
        [b'T', b'h', b'u'] => Weekday::Thursday,
        [b'F', b'r', b'i'] => Weekday::Friday,
        [b'S', b'a', b't'] => Weekday::Saturday,
        [b'S', b'u', b'n'] => Weekday::Sunday,
        _ => return None,
    };
    let (_, month) = MONTHS.iter().zip(1i8..).find(|(month, _)| **month == [*m0, *m1, *m2])?;
    let year = i16::from(two(y3, y2)?) * 100 + i16::from(two(y1, y0)?);
    let day = Day::new(year, month, two(d1, d0)?).ok().filter(|day| day.weekday() == weekday)?;
    let (hour, minute, second) = (two(h1, h0)?, two(n1, n0)?, two(s1, s0)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let minutes = match zone {
        b"GMT" => 0,
        [sign @ (b'+' | b'-'), z3, z2, z1, z0] => {
            let (hours, minutes) = (two(z3, z2)?, two(z1, z0)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let minutes = i16::from(hours) * 60 + i16::from(minutes);
            if *sign == b'-' { -minutes } else { minutes }
        }
        _ => return None,
    };
    let days = day.at(hour, minute, second, 0);
    let instant = Offset::from_seconds(i32::from(minutes) * 60).ok()?.to_timestamp(days).ok()?;
    let mut timestamp = Timestamp::from_seconds(instant.as_second());
    timestamp.offset_minutes = Some(minutes).filter(|minutes| *minutes != 0);
    Some(timestamp)
}

const MONTHS: [[u8; 3]; 12] =
    [*b"Jan", *b"Feb", *b"Mar", *b"Apr", *b"May", *b"Jun", *b"Jul", *b"Aug", *b"Sep", *b"Oct", *b"Nov", *b"Dec"];

fn parse_any(text: &str) -> Option<Date> {
    static STRICT: DateTimeParser = DateTimeParser::new();
    static RELAXED: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    if let Ok(zoned) = STRICT.parse_zoned(text) {
        return Some(Date { timestamp: timestamp(&zoned), is_regular: has_known_zone(text) });
    }
    let relaxed = |text: &str| RELAXED.parse_zoned(text).ok().map(|zoned| timestamp(&zoned));
    let in_numbers = || {
        let (timestamp, _) = numeric(text)?;
        let offset_minutes = timestamp.offset_minutes.filter(|minutes| *minutes != 0);
        Some(Timestamp { offset_minutes, ..timestamp })
    };
    let timestamp = relaxed(text).or_else(in_numbers).or_else(|| relaxed(&reordered(text)?))?;
    Some(Date { timestamp, is_regular: false })
}

/// A date in numbers alone, and whether it says its zone; without one it is UTC: ISO 8601 with or without
/// separators, with slashes, blanks in place of the `T` and before the zone, numbers of one digit, and
/// the name of the zone; the seconds or milliseconds since 1970.
pub(crate) fn numeric(text: &str) -> Option<(Timestamp, bool)> {
    if text.bytes().all(|digit| digit.is_ascii_digit()) {
        return match text.len() {
            9 | 10 => Some((Timestamp::from_seconds(text.parse().ok()?), true)),
            13 => {
                let (seconds, milliseconds) = text.split_at_checked(10)?;
                let mut timestamp = Timestamp::from_seconds(seconds.parse().ok()?);
                timestamp.nanoseconds = milliseconds.parse::<u32>().ok()? * 1_000_000;
                Some((timestamp, true))
            }
            14 => text.split_at_checked(8).and_then(|(day, clock)| Timestamp::parse(&alloc::format!("{day}T{clock}"))),
            _ => Timestamp::parse(text),
        };
    }
    let mut words = text.split_ascii_whitespace();
    let first = words.next()?;
    let (day, clock) = match first.split_once(['T', 't']) {
        Some(found) => found,
        None => (first, words.next().unwrap_or_default()),
    };
    let zone_at = clock.find(['+', '-', 'Z', 'z']).unwrap_or(clock.len());
    let (clock, mut zone) = clock.split_at_checked(zone_at)?;
    for word in words {
        match numeric_zone(word) {
            Some(found) if zone.is_empty() => zone = found,
            // Behind the number, its name.
            _ if !zone.is_empty() && word.bytes().all(|letter| letter.is_ascii_uppercase()) => {}
            _ => return None,
        }
    }
    let mut written = String::new();
    for (index, number) in day.split(['-', '/']).enumerate() {
        let separator = if index > 0 { "-" } else { "" };
        written.push_str(&alloc::format!("{separator}{number:0>2}"));
    }
    if !clock.is_empty() {
        let hour = if clock.find(':') == Some(1) { "0" } else { "" };
        written.push_str(&alloc::format!("T{hour}{clock}{zone}"));
    } else if !zone.is_empty() {
        return None;
    }
    Timestamp::parse(&written)
}

/// The zone that a word says in numbers, `GMT` or `UTC`: `+0100`, `GMT+0100`.
fn numeric_zone(word: &str) -> Option<&str> {
    let number = word.strip_prefix("GMT").or_else(|| word.strip_prefix("UTC")).unwrap_or(word);
    match number.as_bytes() {
        [] | b"Z" => Some("Z"),
        [b'+' | b'-', ..] => Some(number),
        _ => None,
    }
}

/// Whether the zone is one of RFC 5322, 4.3. Names of others say nothing, and count as UTC.
fn has_known_zone(text: &str) -> bool {
    const NAMES: [&str; 11] = ["UT", "UTC", "GMT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"];
    let zone = text.split('(').next().unwrap_or(text).trim_ascii_end().rsplit(' ').next().unwrap_or_default();
    let is_name = zone.len() > 1 && zone.starts_with(|first: char| first.is_ascii_alphabetic());
    !is_name || NAMES.iter().any(|name| name.eq_ignore_ascii_case(zone))
}

/// The words of a date in the order of RFC 5322: of the obsolete forms of HTTP, `Tuesday,
/// 05-Mar-24 09:30:47 GMT` and `Tue Mar  5 09:30:47 2024` (RFC 9110, 5.6.7), of what JavaScript and Java
/// write (`Tue Mar 05 2024 09:30:47 GMT+0000 (Coordinated Universal Time)`), of hours with one digit,
/// of names of months in full, and of dates without zone, which are taken for UTC.
fn reordered(text: &str) -> Option<String> {
    let (mut day, mut month, mut year, mut time, mut zone) = (None, None, None, None, None);
    let text = text.split('(').next().unwrap_or(text);
    let words = |text| <str>::split(text, [' ', '\t', ',']).filter(|word: &&str| !word.is_empty());
    let is_month = |word: &str| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word.as_bytes()));
    let dashed = |word: &str| word.split('-').nth(1).is_some_and(is_month);
    for word in words(text).flat_map(|word| word.split(if dashed(word) { '-' } else { ' ' })) {
        let is_number = word.bytes().all(|digit| digit.is_ascii_digit());
        let place = match word.as_bytes() {
            _ if is_number && day.is_none() => &mut day,
            _ if is_number => &mut year,
            _ if word.len() > 1 && numeric_zone(word).is_some() => &mut zone,
            _ if word.contains(':') => &mut time,
            _ if word.get(..3).is_some_and(is_month) => &mut month,
            _ if time.is_some() => &mut zone,
            _ => continue,
        };
        if place.replace(word).is_some() {
            return None;
        }
    }
    let time = time?;
    let hour = if time.find(':') == Some(1) { "0" } else { "" };
    let (day, year, zone) = (day?, year?, zone.unwrap_or("-0000"));
    let zone = match numeric_zone(zone).unwrap_or(zone) {
        "Z" => String::from("+0000"),
        zone => zone.replace(':', ""),
    };
    Some(alloc::format!("{day} {} {year} {hour}{time} {zone}", month?.get(..3)?))
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
    let mut text = DateTimePrinter::new().zoned_to_string(&zoned).ok()?;
    // Two digits for the day, which all mail systems write.
    if zoned.day() < 10 {
        text.insert("Tue, ".len(), '0');
    }
    Some(text)
}

/// A date in GMT as HTTP has it, such as `Tue, 05 Mar 2024 09:30:47 GMT`.
pub(crate) fn write_gmt(date: &Timestamp) -> Option<String> {
    DateTimePrinter::new().timestamp_to_rfc9110_string(&instant(date)?).ok()
}

/// Dates of mail have whole seconds.
fn instant(date: &Timestamp) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_second(date.seconds).ok().filter(|_| date.nanoseconds == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use proptest::prelude::*;

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
            ("Tue, 05 Mar 2024 09:30:47 CET", "2024-03-05T09:30:47Z", false),
            ("Tuesday, 05-Mar-24 09:30:47 GMT", "2024-03-05T09:30:47Z", false),
            ("Tue Mar  5 09:30:47 2024", "2024-03-05T09:30:47Z", false),
            ("Tue, 5 Mar 2024 9:30:47 +0100", "2024-03-05T09:30:47+01:00", false),
            ("Tue, 05 Mar 2024 09:30:47", "2024-03-05T09:30:47Z", false),
            ("5 March 2024 09:30 EST", "2024-03-05T09:30:00-05:00", false),
            ("Tue Mar 05 2024 10:30:47 GMT+0100 (Central European Time)", "2024-03-05T10:30:47+01:00", false),
            ("Tue Mar 05 10:30:47 GMT+01:00 2024", "2024-03-05T10:30:47+01:00", false),
            ("Tue Mar 05 09:30:47 UTC 2024", "2024-03-05T09:30:47Z", false),
            ("2024-03-05T09:30:47", "2024-03-05T09:30:47Z", false),
            ("2024-03-05 10:30:47.5 +0100", "2024-03-05T10:30:47.5+01:00", false),
            ("2024-03-05 09:30:47 +0000 UTC", "2024-03-05T09:30:47Z", false),
            ("2024-3-5 9:30:47 GMT", "2024-03-05T09:30:47Z", false),
            ("2024/03/05 09:30:47", "2024-03-05T09:30:47Z", false),
            ("20240305093047", "2024-03-05T09:30:47Z", false),
            ("1709631047", "2024-03-05T09:30:47Z", false),
            ("1709631047250", "2024-03-05T09:30:47.25Z", false),
            ("Tue, 05 Mar 2024 23:59:59 +2359", "2024-03-05T23:59:59+23:59", true),
        ] {
            let date = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((date.timestamp.to_string().as_str(), date.is_regular), (shown, is_regular), "{text}");
        }
        for text in [
            "",
            "yesterday",
            "Tue, 35 Mar 2024 09:30:47 +0000",
            "Tue, 05 Mar 2024 09:30:47 GMT and more",
            "12345",
            "2024-13-05",
            "+0100",
            "2024-03-05 +0100",
            "2024-0305 09:30:47",
            "2024-03-05 09:30:47 +0100 +0200",
            "2024-03-05 09:30:47 CET",
            "2024-03-05 09:30:47 +0000 utc",
            "Tue, 05 Mar 2024 24:00:00 +0000",
            "Tue, 05 Mar 2024 09:60:47 +0000",
            "Tue, 05 Mar 2024 09:30:47 +0060",
        ] {
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

    /// The usual form, and what is nearly that.
    const USUAL: &str = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun|tue), ([0-3][0-9]|5) (Jan|Feb|Mar|Apr|Jun|Sep|Dec|DEC) \
                         (19|20|99)[0-9]{2} [0-2][0-9]:[0-6][0-9]:[0-6][0-9]( (GMT|UT|[+-][0-2][0-9][0-6][0-9])|Z)";

    proptest! {
        /// But for the day, which has one digit there.
        #[test]
        fn writes_what_the_printer_of_jiff_writes(
            seconds in -62_000_000_000i64..253_000_000_000,
            minutes in -1_439i16..=1_439,
        ) {
            let mut date = Timestamp::from_seconds(seconds);
            date.offset_minutes = Some(minutes).filter(|minutes| *minutes != 0);
            let zone = TimeZone::fixed(Offset::from_seconds(i32::from(minutes) * 60).unwrap());
            let zoned = Zoned::new(instant(&date).unwrap(), zone);
            let printed = DateTimePrinter::new().zoned_to_string(&zoned).unwrap();
            prop_assert_eq!(write(&date).unwrap().replace(", 0", ", "), printed);
        }

        #[test]
        fn reads_the_usual_form_as_the_parser_for_all_forms_does(text in USUAL, seconds in 0i64..4_000_000_000, minutes in -840i16..=840) {
            let mut date = Timestamp::from_seconds(seconds);
            date.offset_minutes = Some(minutes).filter(|minutes| *minutes != 0);
            let written = write(&date).unwrap();
            prop_assert_eq!(usual(&written), Some(date));
            for text in [text, written, write_gmt(&date).unwrap()] {
                let carefully = parse_any(&text).filter(|date| date.is_regular).map(|date| date.timestamp);
                match usual(&text) {
                    Some(timestamp) => prop_assert_eq!(carefully, Some(timestamp), "{}", text),
                    None => prop_assert_eq!(parse(&text).filter(|date| date.is_regular).map(|date| date.timestamp), carefully),
                }
            }
        }
    }
}

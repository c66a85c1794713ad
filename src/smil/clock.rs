//! Clock values of SMIL, such as `5s` or `2500ms`.

use alloc::string::String;
use core::time::Duration;

/// The time that a clock value means: `5s`, `2500ms`, `1.5min`, `2h`, `90` (seconds), `01:30`,
/// `00:01:30.5`. `None` for anything else, and for times that are not whole milliseconds.
pub(super) fn parse(text: &str) -> Option<Duration> {
    let text = text.trim();
    let text = text.strip_prefix('+').unwrap_or(text);
    let milliseconds = if text.contains(':') {
        let mut fields = text.rsplit(':');
        let seconds = number(fields.next()?, 1_000)?;
        let minutes = number(fields.next()?, 60_000)?;
        let hours = fields.next().map_or(Some(0), |hours| number(hours, 3_600_000))?;
        if fields.next().is_some() || seconds >= 60_000 || minutes >= 3_600_000 || minutes % 60_000 != 0 {
            return None;
        }
        hours.checked_add(minutes)?.checked_add(seconds)?
    } else {
        let unit_at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (digits, unit) = text.split_at_checked(unit_at)?;
        let unit = match unit {
            "h" => 3_600_000,
            "min" => 60_000,
            "s" | "" => 1_000,
            "ms" => 1,
            _ => return None,
        };
        number(digits, unit)?
    };
    Some(Duration::from_millis(milliseconds))
}

/// A decimal number of units, each a number of milliseconds, if that makes whole milliseconds.
fn number(text: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let fraction = fraction.trim_end_matches('0');
    let is_number = |digits: &str| digits.len() <= 18 && digits.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || text.ends_with('.') || !is_number(whole) || !is_number(fraction) || fraction.len() > 9 {
        return None;
    }
    let scale = 10_u128.pow(u32::try_from(fraction.len()).ok()?);
    let whole: u128 = whole.parse().ok()?;
    let fraction: u128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let scaled = (whole * scale + fraction) * u128::from(unit);
    u64::try_from(scaled / scale).ok().filter(|_| scaled.is_multiple_of(scale))
}

/// The clock value in whole seconds, or else in milliseconds, which are the two units that phones
/// write. `None` for times that are not whole milliseconds, or absurdly long.
pub(super) fn write(time: Duration) -> Option<String> {
    let milliseconds = u64::try_from(time.as_millis()).ok()?;
    if Duration::from_millis(milliseconds) != time || milliseconds >= 1_000_000_000_000_000_000 {
        return None;
    }
    Some(match milliseconds % 1_000 {
        0 => alloc::format!("{}s", milliseconds / 1_000),
        _ => alloc::format!("{milliseconds}ms"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_clock_values_of_smil() {
        for (text, milliseconds) in [
            ("5s", 5_000),
            ("6825ms", 6_825),
            ("10", 10_000),
            ("0s", 0),
            ("+350ms", 350),
            (" 5s ", 5_000),
            ("2.5s", 2_500),
            ("1.5min", 90_000),
            ("5.00000000000000000s", 5_000),
            ("0.001s", 1),
            ("2h", 7_200_000),
            ("01:30", 90_000),
            ("02:33.5", 153_500),
            ("50:00:10.25", 180_010_250),
        ] {
            assert_eq!(parse(text), Some(Duration::from_millis(milliseconds)), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_not_an_exact_clock_value() {
        for text in [
            "",
            "s",
            "indefinite",
            "-5s",
            "5 s",
            "5sec",
            "5S",
            "1:2:3:4",
            "00:60",
            "60:00",
            "1.5:00",
            "5.",
            ".5s",
            "5.s",
            "0.5ms",
            "0.0001s",
            "1e3s",
            "99999999999999999999s",
            "999999999999999999h",
            "0.0000000001h",
            "٣s",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn writes_seconds_or_milliseconds() {
        let written = |time| write(time);
        assert_eq!(written(Duration::from_secs(5)).as_deref(), Some("5s"));
        assert_eq!(written(Duration::from_millis(6_825)).as_deref(), Some("6825ms"));
        assert_eq!(written(Duration::ZERO).as_deref(), Some("0s"));
        assert_eq!(written(Duration::from_micros(1_500)), None);
        assert_eq!(written(Duration::MAX), None);
    }
}

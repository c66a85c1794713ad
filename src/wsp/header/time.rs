//! Dates (WAP-230, 8.4.2.3, 8.4.2.36, 8.4.2.44).

use alloc::string::ToString;

use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};

use crate::error::{DecodeError, DecodeErrorKind};
use crate::message::Str;
use crate::wsp::{Reader, Writer};

const RETRY_DATE: u8 = 0;
const RETRY_SECONDS: u8 = 1;

/// `Thu, 23 Apr 1998 13:41:37 GMT`; `None` beyond the year 9999.
pub(super) fn date(seconds: u64) -> Option<Str> {
    let instant = jiff::Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
    DateTimePrinter::new().timestamp_to_rfc9110_string(&instant).ok().map(Str::from)
}

/// The seconds since 1970 of what [`date`] writes.
pub(super) fn seconds(date: &str) -> Option<u64> {
    let instant = DateTimeParser::new().parse_timestamp(date).ok()?;
    u64::try_from(instant.as_second()).ok()
}

pub(super) fn read_date_or_text(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    match from.peek() {
        Some(0x00 | 0x20..=0x7f) => from.text_string().map(Some),
        _ => from.long_integer().map(date),
    }
}

pub(super) fn write_date_or_text(to: &mut Writer, text: &str) -> Option<()> {
    seconds(text).map(|seconds| to.long_integer(seconds)).or_else(|| to.text_string(text).ok())
}

pub(super) fn read_retry_after(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    from.composite_text(|from| {
        let start = from.offset();
        match from.short_integer()? {
            RETRY_DATE => from.long_integer().map(date),
            RETRY_SECONDS => from.integer_value().map(|seconds| Some(seconds.to_string().into())),
            other => Err(from.error_at(DecodeErrorKind::UnexpectedOctet(other | 0x80), start)),
        }
    })
}

pub(super) fn write_retry_after(to: &mut Writer, text: &str) -> Option<()> {
    to.composite_text(|to| {
        if let Ok(delta) = text.parse() {
            to.short_integer(RETRY_SECONDS);
            to.integer_value(delta);
            return Some(());
        }
        to.short_integer(RETRY_DATE);
        seconds(text).map(|seconds| to.long_integer(seconds))
    })
}

//! Ranges of octets (WAP-230, 8.4.2.23 and 8.4.2.42).

use crate::error::{DecodeError, DecodeErrorKind};
use crate::message::Str;
use crate::wsp::{Reader, Writer};

const UNKNOWN_LENGTH: u8 = 0x80;

const BYTE_RANGE: u8 = 0;
const SUFFIX: u8 = 1;

/// `bytes 500-/1234`: WSP does not say where the range ends, since the content does.
pub(super) fn read_content_range(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    from.composite_text(|from| {
        let first = from.uintvar()?;
        if from.remaining() == [UNKNOWN_LENGTH] {
            from.octet()?;
            return Ok(Some(alloc::format!("bytes {first}-/*").into()));
        }
        let length = from.uintvar()?;
        Ok(Some(alloc::format!("bytes {first}-/{length}").into()))
    })
}

pub(super) fn write_content_range(to: &mut Writer, text: &str) -> Option<()> {
    let (first, length) = text.strip_prefix("bytes ")?.split_once("-/")?;
    let first = first.parse().ok()?;
    let length = if length == "*" { None } else { Some(length.parse().ok()?) };
    to.composite_text(|to| {
        to.uintvar(first);
        match length {
            Some(length) => to.uintvar(length),
            None => to.octet(UNKNOWN_LENGTH),
        }
        Some(())
    })
}

pub(super) fn read_range(from: &mut Reader<'_>) -> Result<Option<Str>, DecodeError> {
    from.composite_text(|from| {
        let start = from.offset();
        Ok(Some(Str::from(match from.short_integer()? {
            BYTE_RANGE => match (from.uintvar()?, from.is_empty()) {
                (first, true) => alloc::format!("bytes={first}-"),
                (first, false) => alloc::format!("bytes={first}-{}", from.uintvar()?),
            },
            SUFFIX => alloc::format!("bytes=-{}", from.uintvar()?),
            other => return Err(from.error_at(DecodeErrorKind::UnexpectedOctet(other | 0x80), start)),
        })))
    })
}

pub(super) fn write_range(to: &mut Writer, text: &str) -> Option<()> {
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let number = |digits: &str| if digits.is_empty() { Some(None) } else { digits.parse().ok().map(Some) };
    let (first, last) = (number(first)?, number(last)?);
    to.composite_text(|to| {
        to.short_integer(if first.is_some() { BYTE_RANGE } else { SUFFIX });
        [first, last].into_iter().flatten().for_each(|number| to.uintvar(number));
        Some(())
    })
}

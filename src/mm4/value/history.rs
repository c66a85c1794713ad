//! Who sent a message before, and when: entries with numbers (TS 23.140, 8.4.1).

use memchr::memchr2;

use super::{Mm4, Reader, Writer};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{Address, PreviouslySentBy, PreviouslySentDate, Timestamp};
use crate::mime::address;
use crate::mm4::clean;
use crate::options::DeviationKind;
use crate::shown::Shown;
use crate::table::Value;
use alloc::string::ToString;

/// Takes the number before a value, and the separator: blank, comma or semicolon. Some systems write `1: `. An
/// entry that has a number and no value is left out.
fn read_count(from: &mut Reader<'_>) -> Result<Option<u32>, DecodeError> {
    loop {
        let (number, rest) = split_number(from.text);
        let has_colon = rest.starts_with(": ");
        let rest = rest.strip_prefix(':').filter(|_| has_colon).unwrap_or(rest);
        let value = rest.trim_start_matches(SEPARATORS);
        if number.is_empty() || value.len() == rest.len() {
            from.forgive(DeviationKind::InvalidValue)?;
            return Ok(None);
        }
        let between = rest.get(..rest.len() - value.len()).unwrap_or_default();
        let is_doubled = between.matches(DELIMITERS).nth(1).is_some();
        if has_colon || is_doubled {
            from.forgive(DeviationKind::InvalidValue)?;
        }
        from.text = value;
        let count = number.parse();
        let count = count.map_err(|_| from.context.error(DecodeErrorKind::NumberTooLarge, from.offset))?;
        if !is_numbered(value, (!is_doubled).then_some(count)) {
            return Ok(Some(count));
        }
        from.forgive(DeviationKind::EmptyValue)?;
    }
}

/// Whether this is another entry with its number, which is the one after `last` where that has to distinguish it from
/// a short code.
fn is_numbered(text: &str, last: Option<u32>) -> bool {
    const LONGEST: usize = 3;
    let (number, rest) = split_number(text);
    let is_next = || last.is_none_or(|last| number.parse().ok() == last.checked_add(1));
    (1..=LONGEST).contains(&number.len())
        && rest.trim_start_matches([' ', '\t']).starts_with(DELIMITERS)
        && !rest.trim_start_matches(SEPARATORS).is_empty()
        && is_next()
}

fn split_number(text: &str) -> (&str, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.split_at_checked(digits).unwrap_or(("", text))
}

/// Reads one entry of a list of forwarders or dates, whose value `split` takes off what follows. The
/// specification has one in a field; some systems put all into one, with semicolons, commas or line
/// ends between them: the rest is left for the next.
fn read_entry<T>(
    from: &mut Reader<'_>,
    split: impl FnOnce(&str) -> (&str, &str),
    read: impl FnOnce(&mut Reader<'_>) -> Result<T, DecodeError>,
) -> Result<(Option<u32>, T), DecodeError> {
    let count = read_count(from)?;
    let (entry, rest) = split(from.text);
    if entry.len() < from.text.len() {
        from.forgive(DeviationKind::InvalidValue)?;
    }
    from.text = entry;
    let value = read(from)?;
    // One entry has one address.
    if !from.take().is_empty() {
        from.forgive(DeviationKind::InvalidValue)?;
    }
    from.text = rest;
    Ok((count, value))
}

/// What separates entries.
const SEPARATORS: [char; 4] = [' ', '\t', ',', ';'];
const DELIMITERS: [char; 2] = [',', ';'];

/// The text without the number of the next entry at its end: a comma or semicolon follows it.
fn without_next_count(text: &str) -> &str {
    let start = text.trim_end_matches(|character: char| character.is_ascii_digit());
    let is_count = start.ends_with([' ', '\t']) && !start.trim_ascii().is_empty();
    if is_count { start } else { text }
}

/// The address at the start of a history, and the next entries.
fn split_address(text: &str) -> (&str, &str) {
    let (address, delimiter, _) = address::split_list(text);
    let address = match delimiter {
        Some(';') if address::is_system(address) => text.split(',').next().map_or(text, without_next_count),
        Some(',' | ';') => without_next_count(address),
        Some('>') => address,
        _ => return (text, ""),
    };
    let rest = text.get(address.len()..).unwrap_or_default();
    (address.trim_end_matches(SEPARATORS), rest.trim_start_matches(SEPARATORS))
}

/// The date at the start of a history, and the next entries.
fn split_date(text: &str) -> (&str, &str) {
    let is_day = |text: &str| matches!(text.as_bytes(), [a, b, c, b',', ..] if [a, b, c].iter().all(|octet| octet.is_ascii_alphabetic()));
    let behind_day = text.get(4..).filter(|_| is_day(text)).unwrap_or(text);
    if memchr2(b',', b';', behind_day.as_bytes()).is_none() {
        return (text, "");
    }
    // Behind the date is a semicolon, another number, or another day.
    let is_end = |at: &usize| {
        let (before, after) = text.split_at_checked(*at).unwrap_or((text, ""));
        let rest = after.trim_start_matches(SEPARATORS);
        let word = rest.trim_start_matches(|character: char| character.is_ascii_digit());
        let is_count = word.len() < rest.len() && word.trim_start_matches([' ', '\t']).starts_with(DELIMITERS);
        !before.is_empty() && !before.ends_with(SEPARATORS) && (after.starts_with(';') || is_day(rest) || is_count)
    };
    let mut ends = text.match_indices(SEPARATORS).map(|(at, _)| at);
    let end = ends.find(is_end).unwrap_or(text.len());
    let (date, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (date, rest.trim_start_matches(SEPARATORS))
}

fn write_count(count: Option<u32>, to: &mut Writer) -> Result<(), EncodeError> {
    let count = count.ok_or(EncodeErrorKind::NotExpressible)?;
    to.text.push_str(&alloc::format!("{count}, "));
    Ok(())
}

fn show_count(count: Option<u32>, value: &Shown) -> Shown {
    Shown::Text(count.map_or_else(|| value.to_string(), |count| alloc::format!("{count}, {value}")))
}

impl Value<Mm4> for PreviouslySentBy {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let (count, address) = read_entry(from, split_address, <Address as Value<Mm4>>::read)?;
        Ok(Self { count, address })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        write_count(self.count, to)?;
        Value::<Mm4>::write(&self.address, to)
    }

    fn clean(&mut self) {
        clean::clean_address(&mut self.address);
    }

    fn show(&self) -> Shown {
        show_count(self.count, &Value::<Mm4>::show(&self.address))
    }
}

impl Value<Mm4> for PreviouslySentDate {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let (count, date) = read_entry(from, split_date, <Timestamp as Value<Mm4>>::read)?;
        Ok(Self { count, date })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        write_count(self.count, to)?;
        Value::<Mm4>::write(&self.date, to)
    }

    fn clean(&mut self) {
        Value::<Mm4>::clean(&mut self.date);
    }

    fn show(&self) -> Shown {
        show_count(self.count, &Value::<Mm4>::show(&self.date))
    }
}

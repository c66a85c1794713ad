//! Text (WAP-230, 8.4.2.1; encoded strings OMA-TS-MMS_ENC, 7.3.19).

use alloc::borrow::Cow;

use memchr::memchr;

use super::reader::Reader;
use super::usual_text::{QUOTE, US_ASCII, UTF_8, plain, usual_string};
use super::writer::Writer;
use crate::context::Decoding as _;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::encoded_word;
use crate::message::{Charset, Label, Reading, Str, Text, byte_order_mark, is_token_octet, latin1, without_marks};
use crate::octet_set::{is_plain, plain_length};
use crate::options::DeviationKind;

/// Any charset (WAP-230, 8.4.2.8).
const ANY: Charset = Charset::new(0);

/// How far beyond a value-length a text is followed to its NUL: a longer overrun has other causes.
const REPAIR_REACH: usize = 64;

/// The octets of a text, and whether all of them are visible ASCII or blanks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Octets<'a> {
    pub(super) text: &'a [u8],
    is_plain: bool,
}

impl<'a> Reader<'a> {
    /// A text-string: text, NUL. A Quote precedes a first octet above 0x7F.
    ///
    /// # Errors
    ///
    /// Fails at the end, and for a text that begins with a control character. Deviations: a Quote
    /// that is missing or needless, a missing NUL, control characters inside, octets that are not
    /// UTF-8 (read as ISO-8859-1).
    #[inline]
    pub fn text_string(&mut self) -> Result<Str, DecodeError> {
        match self.plain_str() {
            Some(text) => Ok(text),
            None => self.any_text_string(),
        }
    }

    #[cold]
    fn any_text_string(&mut self) -> Result<Str, DecodeError> {
        let start = self.offset();
        let octets = self.text_octets()?;
        self.text_of(octets, start)
    }

    /// A text-value: no value (an empty text), a token-text, or a quoted-string. Text that is none
    /// of these is also taken, since that is how phones write it.
    ///
    /// # Errors
    ///
    /// As [`text_string`](Self::text_string). Closing quotation marks are a deviation.
    pub fn text_value(&mut self) -> Result<Str, DecodeError> {
        let start = self.offset();
        let octets = self.text_octets()?;
        let octets = Octets { text: octets.text.strip_prefix(b"\"").unwrap_or(octets.text), ..octets };
        let octets = self.without_closing_mark(octets, start)?;
        self.text_of(octets, start)
    }

    /// A quoted-string: a quotation mark, text, NUL. There is no closing quotation mark.
    ///
    /// # Errors
    ///
    /// As [`text_string`](Self::text_string). Deviations: a missing opening and a needless closing
    /// quotation mark.
    pub fn quoted_string(&mut self) -> Result<Str, DecodeError> {
        let start = self.offset();
        let mut octets = self.text_octets()?;
        match octets.text {
            [b'"', text @ ..] => octets.text = text,
            _ => self.forgive(DeviationKind::QuotationMarks, start)?,
        }
        let octets = self.without_closing_mark(octets, start)?;
        self.text_of(octets, start)
    }

    /// A token-text: a token of RFC 2616, NUL.
    ///
    /// # Errors
    ///
    /// Fails at the end, and for a text that is not a token.
    pub fn token_text(&mut self) -> Result<Str, DecodeError> {
        let start = self.offset();
        let octets = self.terminated()?;
        if octets.text.is_empty() || !octets.text.iter().copied().all(is_token_octet) {
            return Err(self.error_at(DecodeErrorKind::InvalidText, start));
        }
        self.text_of(octets, start)
    }

    /// An encoded-string-value: a text-string, which may have encoded words (RFC 2047), or a
    /// value-length, a charset and a text-string.
    ///
    /// # Errors
    ///
    /// As [`text_string`](Self::text_string). Deviations beside those: text above 0x7F without a
    /// charset, a charset that is wrong or not known, octets that are not text in their charset (kept
    /// as octets), and encoded words that do not follow their syntax.
    #[inline]
    pub fn encoded_string(&mut self) -> Result<Text, DecodeError> {
        match usual_string(self.remaining()) {
            Some(usual) => {
                self.skip_to(usual.after);
                Ok(usual.text())
            }
            None => self.any_encoded_string(),
        }
    }

    fn any_encoded_string(&mut self) -> Result<Text, DecodeError> {
        let (start, is_labelled) = (self.offset(), matches!(self.peek(), Some(0x01..=0x1f)));
        let (text, _) = self.encoded_string_with_words()?;
        match text.as_str() {
            // OMA-TS-MMS_ENC, 7.3.19: only plain text has words.
            Some(written) if !is_labelled && encoded_word::has_mark(written) => {
                let words = encoded_word::read(written, start, self.context())?;
                Ok(Text::of_words(written, &words))
            }
            _ => Ok(text),
        }
    }

    /// The same with the encoded words as they are written, and whether a byte order mark before the text was left
    /// out that its charset does without.
    pub(crate) fn encoded_string_with_words(&mut self) -> Result<(Text, bool), DecodeError> {
        if let Some(0x01..=0x1f) = self.peek() {
            return self.composite(Self::charset_and_text);
        }
        let start = self.offset();
        let octets = self.text_octets()?;
        if octets.is_plain
            && let Ok(text) = core::str::from_utf8(octets.text)
            && text.is_ascii()
        {
            return Ok((text.into(), false));
        }
        self.check_controls(octets, start)?;
        let octets = unfolded(octets.text);
        let Reading { text, charset, fault } = Reading::new(&octets, Label::None);
        fault.map_or(Ok(()), |fault| self.forgive(fault, start))?;
        let text = text.unwrap_or_default();
        let text = match charset.filter(|_| !without_marks(&text).is_ascii()) {
            Some(charset) => Text::with_charset(&*text, charset),
            None => text.as_ref().into(),
        };
        Ok((text, byte_order_mark(&octets).is_some()))
    }

    fn charset_and_text(&mut self) -> Result<(Text, bool), DecodeError> {
        let start = self.offset();
        let number = u16::try_from(self.integer_value()?);
        let charset = Charset::new(number.map_err(|_| self.error_at(DecodeErrorKind::NumberTooLarge, start))?);
        let text_start = self.offset();
        if let Some(unit) = wide_unit(charset, self.remaining()) {
            return Ok((self.wide_text(charset, unit, text_start)?, false));
        }
        let octets = match self.peek() {
            None => Octets { text: &[], is_plain: true },
            // ISO-2022 begins with an escape; inside a value-length no text looks like a length.
            Some(0x01..=0x1f) => self.terminated()?,
            Some(_) => self.text_octets()?,
        };
        let unfolded = unfolded(octets.text);
        let is_marked = byte_order_mark(&unfolded).is_some();
        if charset == Charset::UTF_8
            && let Ok(text) = core::str::from_utf8(&unfolded)
        {
            self.check_controls(octets, text_start)?;
            return Ok((Text::with_charset(text, charset), is_marked));
        }
        Ok((self.text_in(charset, &unfolded, text_start)?, is_marked))
    }

    /// A text whose characters have `unit` octets or more, so that a NUL may be half a character.
    #[cold]
    fn wide_text(&mut self, charset: Charset, unit: usize, start: usize) -> Result<Text, DecodeError> {
        let octets = self.remaining();
        let (text, length) = wide_text(octets, unit);
        match length {
            Some(length) => {
                self.take(length)?;
            }
            None => {
                self.take(octets.len())?;
                self.forgive_cut(start)?;
            }
        }
        self.text_in(charset, text, start)
    }

    fn text_in(&mut self, charset: Charset, octets: &[u8], start: usize) -> Result<Text, DecodeError> {
        let label = if charset == ANY { Label::Any } else { Label::Charset(charset) };
        let Reading { text, charset: read_in, fault } = Reading::new(octets, label);
        fault.map_or(Ok(()), |fault| self.forgive(fault, start))?;
        // A charset that is not converted has ASCII alone.
        let text = match text.filter(|text| read_in != Some(charset) || charset.can_decode() || text.is_ascii()) {
            Some(text) => text,
            // Not shared with the input: a few octets would keep all of it.
            None => return Ok(Text::from_octets(bytes::Bytes::copy_from_slice(octets), charset)),
        };
        if has_controls(text.as_bytes()) {
            self.forgive(DeviationKind::ControlCharacter, start)?;
        }
        Ok(match read_in {
            Some(Charset::US_ASCII) if charset == ANY => text.as_ref().into(),
            read_in => Text::with_charset(&*text, read_in.unwrap_or(charset)),
        })
    }

    /// A text-string that is plain, or nothing read.
    #[inline(always)]
    fn plain_str(&mut self) -> Option<Str> {
        let octets = self.remaining();
        let (text, after) = plain(octets)?;
        self.skip_to(after);
        Some(Str::from_ascii(octets, text.len()))
    }

    /// Reports that the input ends inside the text that is being read, if its end is the end of the
    /// value: a value-length that reaches beyond is not too long then.
    fn forgive_cut(&mut self, start: usize) -> Result<(), DecodeError> {
        if self.take_cut() { self.forgive(DeviationKind::Truncated, start) } else { Ok(()) }
    }

    /// The octets of a text-string, without Quote and NUL.
    pub(super) fn text_octets(&mut self) -> Result<Octets<'a>, DecodeError> {
        let start = self.offset();
        match self.peek() {
            Some(QUOTE) => {
                self.octet()?;
                let octets = self.terminated()?;
                if octets.text.first().is_none_or(|first| *first < 0x80) {
                    self.forgive(DeviationKind::NeedlessQuote, start)?;
                }
                Ok(octets)
            }
            Some(0x80..) => {
                self.forgive(DeviationKind::MissingQuote, start)?;
                self.terminated()
            }
            Some(octet @ 0x01..=0x1f) => Err(self.error(DecodeErrorKind::UnexpectedOctet(octet))),
            _ => self.terminated(),
        }
    }

    /// The octets up to the next NUL, which is read too.
    #[inline]
    fn terminated(&mut self) -> Result<Octets<'a>, DecodeError> {
        match plain(self.remaining()) {
            Some((text, after)) => {
                self.skip_to(after);
                Ok(Octets { text, is_plain: true })
            }
            None => self.not_plain(),
        }
    }

    /// The same for a text that is not plain, or has no NUL.
    #[cold]
    fn not_plain(&mut self) -> Result<Octets<'a>, DecodeError> {
        let start = self.offset();
        let left = self.remaining();
        if let Some(length) = memchr(0, left) {
            let text = self.take(length)?;
            self.skip_within(1);
            return Ok(Octets { text, is_plain: false });
        }
        if left.is_empty() || self.is_strict() {
            return Err(self.error_at(DecodeErrorKind::UnexpectedEnd, start + left.len()));
        }
        // The terminator may lie just beyond a value-length that is too short.
        let beyond = self.beyond();
        let more = plain_length(beyond.get(..REPAIR_REACH).unwrap_or(beyond));
        let text = if beyond.get(more) == Some(&0) {
            self.forgive(DeviationKind::ValueLengthTooShort, start)?;
            self.take_beyond(left.len() + more)
        } else {
            let kind = if self.take_cut() { DeviationKind::Truncated } else { DeviationKind::MissingTerminator };
            self.forgive(kind, start)?;
            self.take(left.len())?
        };
        Ok(Octets { text, is_plain: false })
    }

    fn without_closing_mark(&mut self, octets: Octets<'a>, start: usize) -> Result<Octets<'a>, DecodeError> {
        if !octets.text.ends_with(b"\"") {
            return Ok(octets);
        }
        self.forgive(DeviationKind::QuotationMarks, start)?;
        let length = octets.text.iter().rposition(|octet| *octet != b'"').map_or(0, |last| last + 1);
        Ok(Octets { text: octets.text.get(..length).unwrap_or_default(), ..octets })
    }

    fn text_of(&mut self, octets: Octets<'_>, start: usize) -> Result<Str, DecodeError> {
        if octets.is_plain {
            return Ok(Str::from_ascii(octets.text, octets.text.len()));
        }
        self.check_controls(octets, start)?;
        let text = unfolded(octets.text);
        if let Ok(text) = core::str::from_utf8(&text) {
            return Ok(text.into());
        }
        self.forgive(DeviationKind::UnlabelledText, start)?;
        Ok(latin1(&text).as_ref().into())
    }

    fn check_controls(&mut self, octets: Octets<'_>, start: usize) -> Result<(), DecodeError> {
        match !octets.is_plain && has_controls(octets.text) {
            true => self.forgive(DeviationKind::ControlCharacter, start),
            false => Ok(()),
        }
    }
}

impl Writer {
    /// A text-string.
    ///
    /// # Errors
    ///
    /// Fails for control characters.
    #[inline]
    pub fn text_string(&mut self, text: impl AsRef<str> + AsRef<[u8]>) -> Result<(), EncodeError> {
        self.quotable(text.as_ref())
    }

    /// A quoted-string.
    ///
    /// # Errors
    ///
    /// Fails for control characters, and for a text that ends with a quotation mark: every reader
    /// would take it off.
    #[inline]
    pub fn quoted_string(&mut self, text: impl AsRef<str> + AsRef<[u8]>) -> Result<(), EncodeError> {
        let octets: &[u8] = text.as_ref();
        if octets.ends_with(b"\"") {
            return Err(EncodeErrorKind::NotExpressible.into());
        }
        self.octet(b'"');
        self.terminated(octets)
    }

    /// A text-value, in the form that phones read: as plain text, but for what would be read as
    /// something else.
    ///
    /// # Errors
    ///
    /// Fails for control characters, and for a text that ends with a quotation mark.
    #[inline]
    pub fn text_value(&mut self, text: impl AsRef<str> + AsRef<[u8]>) -> Result<(), EncodeError> {
        // A quotation mark at either end would be taken off by every reader.
        let octets: &[u8] = text.as_ref();
        match (octets.first(), octets.last()) {
            (_, Some(b'"')) => Err(EncodeErrorKind::NotExpressible.into()),
            (Some(b'"'), _) => self.quoted_string(text),
            _ => self.quotable(octets),
        }
    }

    /// A token-text.
    ///
    /// # Errors
    ///
    /// Fails for a text that is not a token.
    pub fn token_text(&mut self, text: impl AsRef<str> + AsRef<[u8]>) -> Result<(), EncodeError> {
        if !crate::message::is_token(&text) {
            return Err(EncodeErrorKind::InvalidText.into());
        }
        self.terminated(text.as_ref())
    }

    /// An encoded-string-value, in the charset of the text. Text in one of the Unicode forms whose
    /// octets hold NULs is written as UTF-8, since no reader finds the end of the others, and so is one with a
    /// character that this crate reads in the charset and does not write.
    ///
    /// # Errors
    ///
    /// Fails for control characters, and for a character that is not in the charset.
    pub fn encoded_string(&mut self, text: &Text) -> Result<(), EncodeError> {
        let Some(charset) = text.charset() else {
            return match text.as_str() {
                Some(text) => self.unlabelled_string(text),
                None => self.quotable(text.octets()),
            };
        };
        if let Some(words) = text.written_words() {
            return self.quotable(words.as_bytes());
        }
        if charset == Charset::UTF_8 && text.undecoded().is_none() {
            return self.labelled_string(UTF_8, text.octets());
        }
        if text.undecoded().is_none() {
            check_controls(text.octets())?;
        } else if charset.can_decode() {
            // Octets that are not text in their charset.
            return Err(EncodeErrorKind::InvalidText.into());
        }
        let Some(octets) = text.to_octets() else {
            let charset = charset.to_write(text.as_str().unwrap_or_default());
            return match charset {
                Charset::UTF_8 => self.text_with_charset(charset, text.octets()),
                _ => Err(EncodeErrorKind::NotInCharset.into()),
            };
        };
        self.text_with_charset(charset, &octets)
    }

    /// The encoded-string-value of a text without charset: UTF-8 or us-ascii.
    pub(crate) fn unlabelled_string(&mut self, text: &str) -> Result<(), EncodeError> {
        if !text.is_ascii() {
            return self.labelled_string(UTF_8, text.as_bytes());
        }
        match encoded_word::is_read_as_words(text) {
            // Not a plain text, in which a reader would find encoded words.
            true => self.labelled_string(US_ASCII, text.as_bytes()),
            false => self.quotable(text.as_bytes()),
        }
    }

    /// A value-length, a charset and a text that has no NULs.
    fn labelled_string(&mut self, charset: u8, text: &[u8]) -> Result<(), EncodeError> {
        self.composite(|to| {
            to.octet(charset);
            to.quotable(text)
        })
    }

    /// A value-length, a charset and a text-string.
    fn text_with_charset(&mut self, charset: Charset, octets: &[u8]) -> Result<(), EncodeError> {
        self.composite(|to| {
            to.integer_value(u64::from(charset.number()));
            if charset.has_nul_octets() {
                // Octets that could not be read: a narrow NUL might make characters of them.
                let mut value = octets.to_vec();
                if octets.len().is_multiple_of(charset.unit()) {
                    value.resize(octets.len() + charset.unit(), 0);
                }
                let is_itself = |unit| wide_text(&value, unit).0 == octets;
                if !wide_unit(charset, &value).is_some_and(is_itself) {
                    return Err(EncodeErrorKind::NotExpressible.into());
                }
                to.octets(&value);
                return Ok(());
            }
            if octets.first().is_some_and(|first| *first >= 0x80 || *first == QUOTE) {
                to.octet(QUOTE);
            }
            if octets.contains(&0) {
                return Err(EncodeErrorKind::ControlCharacter(0).into());
            }
            to.octets(octets);
            to.octet(0);
            Ok(())
        })
    }

    /// A text and its NUL, with a Quote before it if it needs one.
    #[inline]
    fn quotable(&mut self, text: &[u8]) -> Result<(), EncodeError> {
        if text.first().is_some_and(|first| *first >= 0x80) {
            self.octet(QUOTE);
        }
        self.terminated(text)
    }

    /// A text and its NUL.
    pub(crate) fn terminated(&mut self, text: &[u8]) -> Result<(), EncodeError> {
        check_controls(text)?;
        self.octets(text);
        self.octet(0);
        Ok(())
    }

    /// A piece of a text.
    pub(crate) fn unterminated(&mut self, text: &[u8]) -> Result<(), EncodeError> {
        check_controls(text)?;
        self.octets(text);
        Ok(())
    }
}

/// Whether [`Writer::text_value`] writes a text.
pub(super) fn is_text_value(text: &str) -> bool {
    !text.ends_with('"') && check_controls(text.as_bytes()).is_ok()
}

#[inline]
fn check_controls(octets: &[u8]) -> Result<(), EncodeError> {
    if is_plain(octets) { Ok(()) } else { check_each(octets) }
}

#[cold]
fn check_each(octets: &[u8]) -> Result<(), EncodeError> {
    let is_wrong = |(place, octet): &(usize, u8)| octet.is_ascii_control() && !(*octet == b'\t' && *place > 0);
    match (0..).zip(octets.iter().copied()).find(is_wrong) {
        Some((_, octet)) => Err(EncodeErrorKind::ControlCharacter(octet).into()),
        None => Ok(()),
    }
}

/// Whether a text has control characters other than white space between words: tabs, and line ends
/// before a blank or a tab (WAP-230, 8.4.2.1; RFC 2616, 2.2).
fn has_controls(text: &[u8]) -> bool {
    let is_blank = |place: usize| matches!(text.get(place), Some(b' ' | b'\t'));
    (0..).zip(text).any(|(place, octet)| match octet {
        b'\t' => place == 0,
        b'\r' => place == 0 || text.get(place + 1) != Some(&b'\n') || !is_blank(place + 2),
        b'\n' => place == 0 || text.get(place - 1) != Some(&b'\r') || !is_blank(place + 1),
        octet => octet.is_ascii_control(),
    })
}

/// The text without the line ends that fold it: the white space behind them means the same.
fn unfolded(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.contains(&b'\r') {
        return Cow::Borrowed(text);
    }
    let is_fold = |place: usize| matches!(text.get(place..), Some([b'\r', b'\n', b' ' | b'\t', ..]));
    let is_dropped = |place: usize| is_fold(place) || place > 0 && is_fold(place - 1);
    (0..).zip(text).filter(|(place, _)| !is_dropped(*place)).map(|(_, octet)| *octet).collect()
}

/// How many octets a unit of this text has, if that is more than one: by its byte order mark, else by its charset.
/// Under the name of another charset, the mark counts only if the text would end at half a character.
pub(super) fn wide_unit(charset: Charset, octets: &[u8]) -> Option<usize> {
    let own = charset.unit();
    let text = octets.get(usize::from(has_quoted_mark(octets))..).unwrap_or_default();
    let unit = byte_order_mark(text).map_or(own, |(charset, _)| charset.unit());
    let is_wide = || own > 1 || memchr(0, octets).is_some_and(|end| end + 1 < octets.len());
    (unit > 1 && is_wide()).then_some(unit)
}

/// The text of `unit` octets a unit at the beginning, and the length of it with its Quote and terminator: a unit
/// of NULs, or, where there is none, as many NULs as there are octets too many. `None` without that.
pub(super) fn wide_text(octets: &[u8], unit: usize) -> (&[u8], Option<usize>) {
    // A byte order mark has octets above 0x7F, which a Quote precedes (WAP-230, 8.4.2.1).
    let quote = usize::from(has_quoted_mark(octets));
    let text = octets.get(quote..).unwrap_or_default();
    let is_nul = |octets: &[u8]| octets.iter().all(|octet| *octet == 0);
    if let Some(units) = text.chunks_exact(unit).position(is_nul) {
        let end = units * unit;
        return (text.get(..end).unwrap_or_default(), Some(quote + end + unit));
    }
    match text.split_at_checked(text.len() - text.len() % unit) {
        Some((text, terminator @ [_, ..])) if is_nul(terminator) => (text, Some(octets.len())),
        _ => (text, None),
    }
}

/// Whether a Quote and a byte order mark are at the beginning.
fn has_quoted_mark(octets: &[u8]) -> bool {
    matches!(octets, [QUOTE, text @ ..] if byte_order_mark(text).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::wsp::usual_text::US_ASCII;
    use alloc::string::String;
    use bytes::Bytes;
    use proptest::prelude::*;

    /// Pieces of texts, usual and not.
    const PIECES: &[&str] = &[
        "Hello",
        "from the seaside, ",
        "\u{e9}t\u{e9}",
        "\u{20ac}",
        "\u{feff}",
        "~{VPND~}",
        "+AOk-",
        "=?utf-8?q?=41?=",
        "=?",
        "=",
        "\0",
        "\t",
        "\r\n ",
        "\u{7f}",
        "\u{1b}",
        "\"",
    ];

    /// What `read` makes of octets, what it forgives, and how far it reads.
    fn read(
        octets: &Bytes,
        options: &Options,
        read: impl FnOnce(&mut Reader<'_>) -> Result<Text, DecodeError>,
    ) -> String {
        let mut from = Reader::new(octets, options);
        let value = read(&mut from);
        alloc::format!("{value:?} {} {:?}", if value.is_ok() { from.offset() } else { 0 }, from.into_deviations())
    }

    proptest! {
        #[test]
        fn the_quick_ways_read_what_the_careful_one_reads(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..4),
            charset in proptest::option::of(proptest::sample::select(&[UTF_8, UTF_8, US_ASCII, 0x84, 0x80][..])),
            is_quoted: bool,
            length in proptest::sample::select(&[0u8, 0, 0, 0, 1, 0xff][..]),
            is_strict: bool,
        ) {
            let text = pieces.concat();
            let quote: &[u8] = if is_quoted { &[QUOTE] } else { &[] };
            let mut value = [quote, text.as_bytes(), b"\0"].concat();
            if let Some(charset) = charset {
                value.insert(0, charset);
                let size = u8::try_from(value.len()).unwrap().wrapping_add(length);
                value.splice(0..0, if size < 31 { alloc::vec![size] } else { alloc::vec![31, size] });
            }
            value.extend_from_slice(b"\x8a\x80\x96text behind it that is long enough\0");
            let options = if is_strict { Options::strict() } else { Options::lenient() };
            let octets = Bytes::from(value);
            prop_assert_eq!(
                read(&octets, &options, |from| from.encoded_string()),
                read(&octets, &options, |from| from.any_encoded_string())
            );
        }
    }
}

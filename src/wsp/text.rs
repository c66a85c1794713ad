//! Text (WAP-230, 8.4.2.1; encoded strings OMA-TS-MMS_ENC, 7.3.19; mm1.md 1.3 and 1.8).

use memchr::memchr;

use super::reader::Reader;
use super::writer::Writer;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{Charset, Str, Text, is_token_octet};
use crate::options::DeviationKind;

const QUOTE: u8 = 0x7f;

/// How far beyond a value-length a text is followed to its NUL: a longer overrun has other causes.
const REPAIR_REACH: usize = 64;

impl<'a> Reader<'a> {
    /// A text-string: text, NUL. A Quote stands before a first octet above 0x7F.
    ///
    /// # Errors
    ///
    /// Fails at the end, and for a text that begins with a control character. Deviations: a Quote
    /// that is missing or needless, a missing NUL, control characters inside, octets that are not
    /// UTF-8 (read as ISO-8859-1).
    pub fn text_string(&mut self) -> Result<Str, DecodeError> {
        let start = self.offset();
        let octets = self.text_octets()?;
        self.utf8_or_latin1(octets, start)
    }

    /// A text-value: no value (an empty text), a token-text, or a quoted-string. Text that is none
    /// of these is also taken, since that is how phones write it (mm1.md 2.4).
    ///
    /// # Errors
    ///
    /// As [`text_string`](Self::text_string). Closing quotation marks are a deviation.
    pub fn text_value(&mut self) -> Result<Str, DecodeError> {
        let start = self.offset();
        let octets = self.text_octets()?;
        let octets = octets.strip_prefix(b"\"").unwrap_or(octets);
        let octets = self.without_closing_mark(octets, start)?;
        self.utf8_or_latin1(octets, start)
    }

    /// A quoted-string: a quotation mark, text, NUL. There is no closing quotation mark.
    ///
    /// # Errors
    ///
    /// As [`text_string`](Self::text_string). Deviations: a missing opening and a needless closing
    /// quotation mark.
    pub fn quoted_string(&mut self) -> Result<Str, DecodeError> {
        let start = self.offset();
        let octets = match self.text_octets()? {
            [b'"', octets @ ..] => octets,
            octets => {
                self.forgive(DeviationKind::QuotationMarks, start)?;
                octets
            }
        };
        let octets = self.without_closing_mark(octets, start)?;
        self.utf8_or_latin1(octets, start)
    }

    /// A token-text: a token of RFC 2616, NUL.
    ///
    /// # Errors
    ///
    /// Fails at the end, and for a text that is no token.
    pub fn token_text(&mut self) -> Result<Str, DecodeError> {
        let start = self.offset();
        let octets = self.terminated()?;
        if octets.is_empty() || !octets.iter().copied().all(is_token_octet) {
            return Err(self.error_at(DecodeErrorKind::InvalidText, start));
        }
        self.utf8_or_latin1(octets, start)
    }

    /// An encoded-string-value: a text-string, or a value-length, a charset and a text-string.
    ///
    /// # Errors
    ///
    /// As [`text_string`](Self::text_string). Deviations beside those: text above 0x7F without a
    /// charset (read as UTF-8, else as ISO-8859-1), and octets that are no text in their charset
    /// (kept as octets).
    pub fn encoded_string(&mut self) -> Result<Text, DecodeError> {
        if let Some(0x01..=0x1f) = self.peek() {
            return self.composite(Self::charset_and_text);
        }
        let start = self.offset();
        let octets = self.text_octets()?;
        if octets.is_ascii() {
            return self.utf8_or_latin1(octets, start).map(Text::from);
        }
        self.forgive(DeviationKind::UnlabelledText, start)?;
        self.check_controls(octets, start)?;
        Ok(match core::str::from_utf8(octets) {
            Ok(text) => Text::with_charset(text, Charset::UTF_8),
            Err(_) => Text::with_charset(encoding_rs::mem::decode_latin1(octets).as_ref(), Charset::ISO_8859_1),
        })
    }

    fn charset_and_text(&mut self) -> Result<Text, DecodeError> {
        let start = self.offset();
        let number = u16::try_from(self.integer_value()?);
        let charset = Charset::new(number.map_err(|_| self.error_at(DecodeErrorKind::NumberTooLarge, start))?);
        let text_start = self.offset();
        let octets = if charset.has_nul_octets() {
            // A NUL may be half a character, so the value-length alone tells the end.
            let octets = self.take(self.remaining().len())?;
            without_wide_terminator(octets, charset)
        } else if self.is_empty() {
            &[]
        } else {
            self.text_octets()?
        };
        if charset == Charset::UTF_8
            && let Ok(text) = core::str::from_utf8(octets)
        {
            self.check_controls(octets, text_start)?;
            return Ok(Text::with_charset(text, charset));
        }
        // Not `take_shared`: a Quote, terminators and wrong lengths are between these and the input.
        let text = Text::from_octets(bytes::Bytes::copy_from_slice(octets), charset);
        match text.as_str() {
            Some(text) => self.check_controls(text.as_bytes(), text_start)?,
            None => self.forgive(DeviationKind::UndecodableText, text_start)?,
        }
        Ok(text)
    }

    /// The octets of a text-string, without Quote and NUL.
    pub(super) fn text_octets(&mut self) -> Result<&'a [u8], DecodeError> {
        let start = self.offset();
        match self.peek() {
            Some(QUOTE) => {
                self.octet()?;
                let octets = self.terminated()?;
                if octets.first().is_none_or(|first| *first < 0x80) {
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
    fn terminated(&mut self) -> Result<&'a [u8], DecodeError> {
        let start = self.offset();
        let left = self.remaining();
        if let Some(length) = memchr(0, left) {
            let octets = self.take(length)?;
            self.octet()?;
            return Ok(octets);
        }
        if left.is_empty() || self.is_strict() {
            return Err(self.error_at(DecodeErrorKind::UnexpectedEnd, start + left.len()));
        }
        // The terminator may lie just beyond a value-length that is too short.
        let beyond = self.beyond();
        let reach = beyond.get(..REPAIR_REACH).unwrap_or(beyond);
        let more = memchr(0, reach).filter(|more| reach.iter().take(*more).all(|octet| matches!(octet, 0x20..=0x7e)));
        let Some(more) = more else {
            self.forgive(DeviationKind::MissingTerminator, start)?;
            return self.take(left.len());
        };
        self.forgive(DeviationKind::ValueLengthTooShort, start)?;
        Ok(self.take_beyond(left.len() + more))
    }

    fn without_closing_mark<'o>(&mut self, octets: &'o [u8], start: usize) -> Result<&'o [u8], DecodeError> {
        match octets {
            [inner @ .., b'"'] => {
                self.forgive(DeviationKind::QuotationMarks, start)?;
                Ok(inner)
            }
            _ => Ok(octets),
        }
    }

    fn utf8_or_latin1(&mut self, octets: &[u8], start: usize) -> Result<Str, DecodeError> {
        self.check_controls(octets, start)?;
        if let Ok(text) = core::str::from_utf8(octets) {
            return Ok(text.into());
        }
        self.forgive(DeviationKind::UnlabelledText, start)?;
        Ok(encoding_rs::mem::decode_latin1(octets).as_ref().into())
    }

    fn check_controls(&mut self, octets: &[u8], start: usize) -> Result<(), DecodeError> {
        match octets.iter().any(u8::is_ascii_control) {
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
    pub fn text_string(&mut self, text: &str) -> Result<(), EncodeError> {
        self.terminated(text.as_bytes(), true)
    }

    /// A quoted-string.
    ///
    /// # Errors
    ///
    /// Fails for control characters.
    pub fn quoted_string(&mut self, text: &str) -> Result<(), EncodeError> {
        self.octet(b'"');
        self.terminated(text.as_bytes(), false)
    }

    /// A text-value, in the form that phones read: as plain text, but for what would be read as
    /// something else (mm1.md 2.4).
    ///
    /// # Errors
    ///
    /// Fails for control characters.
    pub fn text_value(&mut self, text: &str) -> Result<(), EncodeError> {
        // A quotation mark at either end would be taken off by every reader.
        if text.ends_with('"') {
            return Err(EncodeErrorKind::NotExpressible.into());
        }
        if text.starts_with('"') { self.quoted_string(text) } else { self.text_string(text) }
    }

    /// A token-text.
    ///
    /// # Errors
    ///
    /// Fails for a text that is no token.
    pub fn token_text(&mut self, text: &str) -> Result<(), EncodeError> {
        if !crate::message::is_token(text) {
            return Err(EncodeErrorKind::InvalidText.into());
        }
        self.terminated(text.as_bytes(), false)
    }

    /// An encoded-string-value, in the charset of the text. Text in one of the Unicode forms whose
    /// octets hold NULs is written as UTF-8, since no reader finds the end of the others (mm1.md 1.8).
    ///
    /// # Errors
    ///
    /// Fails for control characters, and for a character that the charset does not have.
    pub fn encoded_string(&mut self, text: &Text) -> Result<(), EncodeError> {
        if text.as_str().is_some_and(|plain| plain.bytes().any(|octet| octet.is_ascii_control())) {
            return Err(control_character(text.as_str().unwrap_or_default().as_bytes()).into());
        }
        let Some(charset) = text.charset() else {
            return self.text_string(text.as_str().unwrap_or_default());
        };
        let (charset, octets) = match (text.as_str(), charset.can_encode()) {
            (Some(plain), false) => (Charset::UTF_8, plain.as_bytes().into()),
            _ => (charset, text.to_octets().ok_or(EncodeErrorKind::NotInCharset)?),
        };
        self.composite(|to| {
            to.integer_value(u64::from(charset.number()));
            if octets.first().is_some_and(|first| *first >= 0x80 || *first == QUOTE) && !charset.has_nul_octets() {
                to.octet(QUOTE);
            }
            if octets.contains(&0) && !charset.has_nul_octets() {
                return Err(EncodeErrorKind::ControlCharacter(0).into());
            }
            to.octets(&octets);
            to.octet(0);
            Ok(())
        })
    }

    fn terminated(&mut self, octets: &[u8], quoted: bool) -> Result<(), EncodeError> {
        if octets.iter().any(u8::is_ascii_control) {
            return Err(control_character(octets).into());
        }
        if quoted && octets.first().is_some_and(|first| *first >= 0x80) {
            self.octet(QUOTE);
        }
        self.octets(octets);
        self.octet(0);
        Ok(())
    }
}

fn control_character(octets: &[u8]) -> EncodeErrorKind {
    let found = octets.iter().copied().find(u8::is_ascii_control);
    EncodeErrorKind::ControlCharacter(found.unwrap_or_default())
}

/// Octets of a charset with wide characters, without the terminator: one wide NUL, or a lone octet.
fn without_wide_terminator(octets: &[u8], charset: Charset) -> &[u8] {
    let width = match charset {
        Charset::ISO_10646_UCS_4 | Charset::UTF_32 | Charset::UTF_32BE | Charset::UTF_32LE => 4,
        _ => 2,
    };
    match octets {
        [text @ .., 0] if octets.len() % width == 1 => text,
        _ => octets.strip_suffix([0; 4].get(..width).unwrap_or_default()).unwrap_or(octets),
    }
}

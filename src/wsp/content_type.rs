//! Content types (WAP-230, 8.4.2.24).

use alloc::vec::Vec;

use super::parameter::ParameterOwner;
use super::reader::Reader;
use super::writer::Writer;
use super::{assigned, usual};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{ContentType, MediaType};
use crate::octet_set::{equal, length_until};
use crate::options::DeviationKind;

/// The newest code of WSP encoding version 1.3, to which MMS is bound (OMA-TS-MMS_ENC, 7.1).
const NEWEST_1_3: u32 = 0x36;

/// `application/vnd.wap.mms-message`: newer, but used everywhere, also by the MMS specification.
const MMS_MESSAGE: u32 = 0x3e;

impl Reader<'_> {
    /// A content-type-value: a media type, or a value-length, a media type and parameters.
    ///
    /// # Errors
    ///
    /// Fails at the end, and for octets that are not a content type. Deviations: parameters written
    /// out as in MIME, a needless Quote, a wrong value-length, a name without
    /// subtype, parameters that cannot be read, which are dropped from the first such on.
    pub fn content_type(&mut self) -> Result<ContentType, DecodeError> {
        let mut content_type = ContentType::EMPTY;
        self.content_type_into(&mut content_type)?;
        Ok(content_type)
    }

    /// The same in the place of an empty one.
    pub(super) fn content_type_into(&mut self, into: &mut ContentType) -> Result<(), DecodeError> {
        match usual::content_type(self.remaining(), into) {
            Some(after) => {
                self.count_many(into.parameters.len())?;
                self.skip_to(after);
            }
            None => *into = self.careful_content_type()?,
        }
        Ok(())
    }

    /// The same, whatever it is.
    pub(super) fn careful_content_type(&mut self) -> Result<ContentType, DecodeError> {
        match self.peek() {
            Some(0x01..=0x1f) => self.composite(|from| {
                let mut content_type = from.media()?;
                let parameters = &mut content_type.parameters;
                match from.each_parameter(ParameterOwner::Header, |parameter| crate::list::push(parameters, parameter))
                {
                    Err(error) if !from.is_strict() && !matches!(error.kind, DecodeErrorKind::LimitExceeded(_)) => {
                        from.forgive(DeviationKind::InvalidContentType, error.offset)?;
                        from.skip_rest();
                    }
                    result => result?,
                }
                Ok(content_type)
            }),
            // The specification itself says 0x00 for `*/*` in one place (OMA-TS-MMS_ENC, 6.8).
            Some(0x00) => {
                self.forgive(DeviationKind::EmptyValue, self.offset())?;
                self.octet()?;
                Ok(ContentType::new("*/*"))
            }
            _ => self.media(),
        }
    }

    /// A media type: a code, or text. The text may have parameters as in MIME.
    fn media(&mut self) -> Result<ContentType, DecodeError> {
        let start = self.offset();
        if let Some(0x01..=0x1e | 0x80..) = self.peek() {
            let code = self.integer_value()?;
            let code = u32::try_from(code).map_err(|_| self.error_at(DecodeErrorKind::NumberTooLarge, start))?;
            if !is_usable(code) {
                self.forgive_newer(start)?;
            }
            return match assigned::media_type(code) {
                None => Ok(ContentType { media: MediaType::Code(code), parameters: Vec::new() }),
                // 0x0309 has a parameter in its name.
                Some(name) if name.contains(';') => self.media_with_parameters(name, start),
                Some(name) => Ok(ContentType { media: MediaType::from(name), parameters: Vec::new() }),
            };
        }
        let text = self.text_string()?;
        if memchr::memchr2(b';', b',', text.as_bytes()).is_some() {
            self.forgive(DeviationKind::TextualParameters, start)?;
            return self.media_with_parameters(&text, start);
        }
        if text.is_empty() {
            return Err(self.error_at(DecodeErrorKind::InvalidText, start));
        }
        if !is_media_type(text.as_bytes()) {
            self.forgive(DeviationKind::InvalidContentType, start)?;
        }
        Ok(ContentType { media: MediaType::Name(text), parameters: Vec::new() })
    }

    fn media_with_parameters(&mut self, text: &str, start: usize) -> Result<ContentType, DecodeError> {
        self.count_many(memchr::memchr_iter(b';', text.as_bytes()).count())?;
        text.parse().map_err(|_| self.error_at(DecodeErrorKind::InvalidText, start))
    }
}

impl Writer {
    /// A content-type-value. Media types have their code where WSP encoding version 1.3 has one.
    ///
    /// # Errors
    ///
    /// Fails for control characters in names and values, and for a name that is not a media type.
    pub fn content_type(&mut self, content_type: &ContentType) -> Result<(), EncodeError> {
        let simple = match &content_type.media {
            MediaType::Name(name) => {
                let is_short = || code_to_write(name.as_bytes(), true).is_none_or(|code| code < 0x80);
                !self.writes_newer() || is_short()
            }
            MediaType::Code(code) => *code < 0x80,
        };
        if simple && content_type.parameters.is_empty() {
            return self.media(&content_type.media);
        }
        self.composite(|to| {
            to.media(&content_type.media)?;
            to.parameters(&content_type.parameters, ParameterOwner::Header)
        })
    }

    fn media(&mut self, media: &MediaType) -> Result<(), EncodeError> {
        match media {
            MediaType::Code(code) if self.is_message && !is_usable(*code) => {
                return Err(EncodeErrorKind::NotExpressible.into());
            }
            MediaType::Code(code) => self.integer_value(u64::from(*code)),
            MediaType::Name(name) => match code_to_write(name.as_bytes(), self.writes_newer()) {
                Some(code) => self.integer_value(code.into()),
                // A separator would make it parameters, a first octet above 0x7F a Quote.
                None if !is_plain_media_type(name.as_bytes()) => {
                    return Err(EncodeErrorKind::InvalidText.into());
                }
                None => self.text_string(name)?,
            },
        }
        Ok(())
    }
}

/// Whether a name is a type and a subtype, or the `*` for any.
fn is_media_type(name: &[u8]) -> bool {
    memchr::memchr(b'/', name).is_some() || name == b"*"
}

/// Whether a media type may be written as text: without what would be taken for parameters.
#[inline]
pub(super) fn is_plain_media_type(name: &[u8]) -> bool {
    let marks = |word: u64| word | equal(word, b';') | equal(word, b',');
    match name.split_at_checked(length_until(name, |word| marks(word) | equal(word, b'/'))) {
        Some((_, [b'/', subtype @ ..])) => length_until(subtype, marks) == subtype.len(),
        _ => name == b"*",
    }
}

/// The code of a media type, if it may be written. `multipart/related` has no code, but the
/// WSP name of the same thing has.
pub(super) fn code_to_write(name: &[u8], newer: bool) -> Option<u32> {
    assigned::code_of_media_type(name).filter(|code| newer || is_usable(*code))
}

/// Whether the code of a media type may be used in MMS.
pub(super) const fn is_usable(code: u32) -> bool {
    code <= NEWEST_1_3 || code == MMS_MESSAGE
}

//! Values of headers that WSP has from HTTP, and that no message of MMS needs.

use alloc::string::ToString;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::names::Syntax;
use super::{attributes, authentication, cache, cookie, range, time, warning, word};
use crate::error::DecodeError;
use crate::message::{ContentType, MediaType, Str};
use crate::wsp::{Reader, Writer};

const MD5_OCTETS: usize = 16;

impl Reader<'_> {
    /// A value as text, or `None` if it has none.
    pub(super) fn http_value(&mut self, syntax: Syntax) -> Result<Option<Str>, DecodeError> {
        match syntax {
            Syntax::Media => self.content_type().map(media_text),
            Syntax::Md5 => self.composite(|from| Ok(Some(BASE64.encode(from.take(MD5_OCTETS)?).into()))),
            Syntax::Date => self.long_integer().map(time::date),
            Syntax::DateOrText => time::read_date_or_text(self),
            Syntax::RetryAfter => time::read_retry_after(self),
            Syntax::Word(word) => word::read(self, word),
            Syntax::Code(word) => word::read_code(self, word),
            Syntax::Weighted(word) => word::read_weighted(self, word),
            Syntax::Te => word::read_te(self),
            Syntax::CacheControl => cache::read_cache_control(self),
            Syntax::Extensible(word) => attributes::read_word_or_attributes(self, word),
            Syntax::ContentRange => range::read_content_range(self),
            Syntax::Range => range::read_range(self),
            Syntax::Warning => warning::read(self),
            Syntax::ProfileWarning => warning::read_profile(self),
            Syntax::Challenge => authentication::read_challenge(self),
            Syntax::Credentials => authentication::read_credentials(self),
            Syntax::SetCookie => cookie::read_set_cookie(self),
            Syntax::Cookie => cookie::read_cookie(self),
            _ => Ok(None),
        }
    }
}

impl Writer {
    /// The binary form of a value. `None` if it has none.
    pub(super) fn http_value(&mut self, syntax: Syntax, text: &str) -> Option<()> {
        match syntax {
            Syntax::Media => self.content_type(&text.parse().ok()?).ok(),
            Syntax::Md5 => {
                let octets = BASE64.decode(text).ok()?;
                self.composite_text(|to| {
                    to.octets(&octets);
                    Some(())
                })
            }
            Syntax::Date => time::seconds(text).map(|seconds| self.long_integer(seconds)),
            Syntax::DateOrText => time::write_date_or_text(self, text),
            Syntax::RetryAfter => time::write_retry_after(self, text),
            Syntax::Word(word) => word::write(self, word, text),
            Syntax::Code(word) => word::write_code(self, word, text),
            Syntax::Weighted(word) => word::write_weighted(self, word, text),
            Syntax::Te => word::write_te(self, text),
            Syntax::CacheControl => cache::write_cache_control(self, text),
            Syntax::Extensible(word) => attributes::write_word_or_attributes(self, word, text),
            Syntax::ContentRange => range::write_content_range(self, text),
            Syntax::Range => range::write_range(self, text),
            Syntax::Warning => warning::write(self, text),
            Syntax::ProfileWarning => warning::write_profile(self, text),
            Syntax::Challenge => authentication::write_challenge(self, text),
            Syntax::Credentials => authentication::write_credentials(self, text),
            Syntax::SetCookie => cookie::write_set_cookie(self, text),
            Syntax::Cookie => cookie::write_cookie(self, text),
            _ => None,
        }
    }
}

fn media_text(content_type: ContentType) -> Option<Str> {
    let is_text = matches!(content_type.media, MediaType::Name(_)) && attributes::are_text(&content_type.parameters);
    is_text.then(|| content_type.to_string().into())
}

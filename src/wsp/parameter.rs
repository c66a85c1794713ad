//! Parameters (WAP-230, 8.4.2.4 and table 38; mm1.md 1.11 and 2.3).

use alloc::string::ToString;
use alloc::vec::Vec;

use super::assigned;
use super::header::name_of_header;
use super::reader::{Reader, value_length};
use super::writer::Writer;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{Charset, Parameter, Str};
use crate::options::DeviationKind;

/// Which header the parameters belong to: one of them numbers a parameter in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// A content type or a disposition.
    Header,
    /// `X-Mms-Element-Descriptor`, where `Type` is 0x02 (OMA-TS-MMS_ENC, table 27).
    ElementDescriptor,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug)]
enum Syntax {
    Q,
    Charset,
    Version,
    Integer,
    /// Text-value.
    Text,
    FieldName,
    /// A media type as a code or as text.
    Media,
    Date,
    NoValue,
}

/// Code, name, syntax, whether the code is older than WSP encoding version 1.4. The first code of
/// a name is the one to write.
const PARAMETERS: &[(u32, &str, Syntax, bool)] = &[
    (0x00, "q", Syntax::Q, true),
    (0x01, "charset", Syntax::Charset, true),
    (0x02, "level", Syntax::Version, true),
    (0x09, "type", Syntax::Media, true),
    (0x03, "type", Syntax::Integer, true),
    (0x04, "uaprof", Syntax::Text, true),
    (0x05, "name", Syntax::Text, true),
    (0x06, "filename", Syntax::Text, true),
    (0x07, "differences", Syntax::FieldName, true),
    (0x08, "padding", Syntax::Integer, true),
    (0x0a, "start", Syntax::Text, true),
    (0x0b, "start-info", Syntax::Text, true),
    (0x0c, "comment", Syntax::Text, true),
    (0x0d, "domain", Syntax::Text, true),
    (0x0e, "max-age", Syntax::Integer, true),
    (0x0f, "path", Syntax::Text, true),
    (0x10, "secure", Syntax::NoValue, true),
    (0x11, "sec", Syntax::Integer, false),
    (0x12, "mac", Syntax::Text, false),
    (0x13, "creation-date", Syntax::Date, false),
    (0x14, "modification-date", Syntax::Date, false),
    (0x15, "read-date", Syntax::Date, false),
    (0x16, "size", Syntax::Integer, false),
    (0x17, "name", Syntax::Text, false),
    (0x18, "filename", Syntax::Text, false),
    (0x19, "start", Syntax::Text, false),
    (0x1a, "start-info", Syntax::Text, false),
    (0x1b, "comment", Syntax::Text, false),
    (0x1c, "domain", Syntax::Text, false),
    (0x1d, "path", Syntax::Text, false),
];

const ELEMENT_DESCRIPTOR_TYPE: u32 = 0x02;

impl Reader<'_> {
    /// Parameters, as many as there are up to the end.
    ///
    /// # Errors
    ///
    /// Fails where no parameter can begin, and beyond the limits. A value that does not follow its
    /// syntax is kept as octets.
    pub(crate) fn parameters(&mut self, of: Of) -> Result<Vec<Parameter>, DecodeError> {
        let mut parameters = Vec::new();
        while let Some(first) = self.peek() {
            self.count_item()?;
            parameters.push(match first {
                0x20..=0x7e => self.untyped_parameter()?,
                _ => self.typed_parameter(of)?,
            });
        }
        Ok(parameters)
    }

    fn typed_parameter(&mut self, of: Of) -> Result<Parameter, DecodeError> {
        let start = self.offset();
        let code = self.integer_value()?;
        let code = u32::try_from(code).map_err(|_| self.error_at(DecodeErrorKind::NumberTooLarge, start))?;
        let known = match (of, code) {
            (Of::ElementDescriptor, ELEMENT_DESCRIPTOR_TYPE) => Some(("type", Syntax::Media, true)),
            _ => PARAMETERS.iter().find(|(known, ..)| *known == code).map(|(_, name, how, old)| (*name, *how, *old)),
        };
        if let Some((name, syntax, old)) = known {
            if !old {
                self.forgive_newer(start)?;
            }
            let value = self.mark();
            match self.parameter_value(syntax) {
                Ok(Some(value)) => return Ok(Parameter::Text { name: Str::from_static(name), value }),
                Ok(None) => self.back_to(value),
                Err(error) if self.is_strict() => return Err(error),
                Err(_) => {
                    self.back_to(value);
                    self.forgive(DeviationKind::InvalidValue, self.offset())?;
                }
            }
        }
        let value = match value_length(self.remaining()) {
            Some(length) => self.take_shared(length)?,
            None => self.take_shared(self.remaining().len())?,
        };
        Ok(Parameter::Coded { code, value })
    }

    fn untyped_parameter(&mut self) -> Result<Parameter, DecodeError> {
        let name = self.token_text()?;
        let value = match self.peek() {
            Some(0x01..=0x1e | 0x80..) => match self.integer_value()? {
                number if name.eq_ignore_ascii_case("charset") => {
                    charset_name(number).map_or_else(|| number.to_string().into(), Str::from_static)
                }
                number => number.to_string().into(),
            },
            None => Str::default(),
            _ => self.text_value()?,
        };
        Ok(Parameter::Text { name, value })
    }

    /// A value as text, or `None` if it is a number without a name. Where a value does not fit its
    /// syntax, a text-value may stand in its place (WAP-230, 8.4.2.4).
    fn parameter_value(&mut self, syntax: Syntax) -> Result<Option<Str>, DecodeError> {
        let is_text = matches!(self.peek(), Some(0x20..=0x7f));
        Ok(Some(match syntax {
            Syntax::Q => quality(self.q_value()?),
            Syntax::NoValue => {
                match self.octet()? {
                    0 => {}
                    octet => return Err(self.error(DecodeErrorKind::UnexpectedOctet(octet))),
                }
                Str::default()
            }
            Syntax::Text => self.text_value()?,
            _ if is_text || self.peek() == Some(0) => self.text_value()?,
            Syntax::Charset => match charset_name(self.integer_value()?) {
                Some(name) => Str::from_static(name),
                None => return Ok(None),
            },
            Syntax::Version => {
                let (major, minor) = self.version_value()?;
                minor.map_or_else(|| major.to_string(), |minor| alloc::format!("{major}.{minor}")).into()
            }
            Syntax::Integer | Syntax::Date => self.integer_value()?.to_string().into(),
            Syntax::FieldName => match name_of_header(self.short_integer()?) {
                Some(name) => Str::from_static(name),
                None => return Ok(None),
            },
            Syntax::Media => match assigned::media_type(u32::from(self.short_integer()?)) {
                Some(name) => Str::from_static(name),
                None => return Ok(None),
            },
        }))
    }
}

impl Writer {
    /// Parameters, by their codes of WSP encoding version 1.3 where they have one, and as text
    /// where not (mm1.md 2.2).
    pub(crate) fn parameters(&mut self, parameters: &[Parameter], of: Of) -> Result<(), EncodeError> {
        parameters.iter().try_for_each(|parameter| match parameter {
            Parameter::Text { name, value } => self.text_parameter(name, value, of),
            Parameter::Coded { code, value } => {
                self.integer_value(u64::from(*code));
                // What ends before its time would take the next parameter with it.
                if value_length(value) != Some(value.len()) {
                    return Err(EncodeErrorKind::NotExpressible.into());
                }
                self.octets(value);
                Ok(())
            }
        })
    }

    fn text_parameter(&mut self, name: &str, value: &str, of: Of) -> Result<(), EncodeError> {
        if of == Of::ElementDescriptor && name.eq_ignore_ascii_case("type") {
            self.short_integer(0x02);
            return self.constrained_media(value);
        }
        let known = PARAMETERS.iter().find(|(_, known, _, old)| *old && known.eq_ignore_ascii_case(name));
        let Some(&(code, _, syntax, _)) = known else {
            return self.untyped_parameter(name, value);
        };
        let coded = |to: &mut Self| to.integer_value(u64::from(code));
        match syntax {
            Syntax::Charset => {
                coded(self);
                match Charset::from_name(value) {
                    Some(charset) => self.integer_value(u64::from(charset.number())),
                    None if value == "*" => self.octet(0x80),
                    None => self.text_value(value)?,
                }
            }
            Syntax::Q => match thousandths(value) {
                Some(thousandths) => {
                    coded(self);
                    self.q_value(thousandths);
                }
                None => self.untyped_parameter(name, value)?,
            },
            Syntax::Integer => match value.parse::<u64>() {
                Ok(number) if number.to_string() == value => {
                    coded(self);
                    self.integer_value(number);
                }
                _ => self.untyped_parameter(name, value)?,
            },
            Syntax::NoValue if value.is_empty() => {
                coded(self);
                self.octet(0);
            }
            Syntax::NoValue | Syntax::Version | Syntax::FieldName | Syntax::Date => {
                self.untyped_parameter(name, value)?;
            }
            Syntax::Media if value.is_empty() => self.untyped_parameter(name, value)?,
            Syntax::Media => {
                coded(self);
                self.constrained_media(value)?;
            }
            Syntax::Text => {
                coded(self);
                self.text_value(value)?;
            }
        }
        Ok(())
    }

    fn untyped_parameter(&mut self, name: &str, value: &str) -> Result<(), EncodeError> {
        self.token_text(name)?;
        match value.parse::<u32>() {
            Ok(number) if number.to_string() == value => self.integer_value(u64::from(number)),
            _ => self.text_value(value)?,
        }
        Ok(())
    }

    /// A media type as a code of WSP encoding version 1.3, or as text.
    fn constrained_media(&mut self, name: &str) -> Result<(), EncodeError> {
        match super::content_type::code_to_write(name) {
            Some(code) => {
                self.short_integer(code);
                Ok(())
            }
            None => self.text_string(name),
        }
    }
}

fn charset_name(number: u64) -> Option<&'static str> {
    match number {
        // "Any charset".
        0 => Some("*"),
        _ => u16::try_from(number).ok().and_then(|number| Charset::new(number).name()),
    }
}

/// A quality of so many thousandths as text: `0.25`.
pub(super) fn quality(thousandths: u16) -> Str {
    if thousandths == 0 {
        return Str::from_static("0");
    }
    alloc::format!("0.{thousandths:03}").trim_end_matches('0').into()
}

/// The thousandths of a quality below one; `None` for any other text.
pub(super) fn thousandths(text: &str) -> Option<u16> {
    let digits = match text.split_once('.') {
        None => text.eq("0").then_some("")?,
        Some(("0", digits)) => digits,
        Some(_) => return None,
    };
    let padded = alloc::format!("{digits:0<3}");
    (padded.len() == 3 && padded.bytes().all(|digit| digit.is_ascii_digit())).then(|| padded.parse().ok())?
}

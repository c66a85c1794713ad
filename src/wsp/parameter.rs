//! Parameters (WAP-230, 8.4.2.4 and table 38).

use alloc::string::ToString;
use alloc::vec::Vec;

use super::assigned;
use super::header::{code_of_header, name_of_header};
use super::integer::{parse_version, uintvar_prefix, version_text};
use super::name_index::{NameIndex, is_name};
use super::reader::{Reader, value_length};
use super::text::is_text_value;
use super::writer::Writer;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{Charset, Parameter, Str, is_token};
use crate::octet_set::find;
use crate::options::{DeviationKind, Options};

/// Which header the parameters belong to: one of them numbers a parameter in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParameterOwner {
    /// A content type or a disposition.
    Header,
    /// `X-Mms-Element-Descriptor`, where `Type` is 0x02 (OMA-TS-MMS_ENC, table 27).
    ElementDescriptor,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Syntax {
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

/// Whether a code may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Of WSP encoding version 1.3 or older.
    Write,
    /// Older, with another code to write now: kept as it is, as its value is another one too.
    Keep,
    /// Newer than WSP encoding version 1.3.
    Newer,
}

/// Name, syntax and use of the codes, in the order of their numbers.
pub(super) const PARAMETERS: &[(&str, Syntax, Use)] = &[
    ("q", Syntax::Q, Use::Write),
    ("charset", Syntax::Charset, Use::Write),
    ("level", Syntax::Version, Use::Write),
    ("type", Syntax::Integer, Use::Keep),
    ("uaprof", Syntax::Text, Use::Write),
    ("name", Syntax::Text, Use::Write),
    ("filename", Syntax::Text, Use::Write),
    ("differences", Syntax::FieldName, Use::Write),
    ("padding", Syntax::Integer, Use::Write),
    ("type", Syntax::Media, Use::Write),
    ("start", Syntax::Text, Use::Write),
    ("start-info", Syntax::Text, Use::Write),
    ("comment", Syntax::Text, Use::Write),
    ("domain", Syntax::Text, Use::Write),
    ("max-age", Syntax::Integer, Use::Write),
    ("path", Syntax::Text, Use::Write),
    ("secure", Syntax::NoValue, Use::Write),
    ("sec", Syntax::Integer, Use::Newer),
    ("mac", Syntax::Text, Use::Newer),
    ("creation-date", Syntax::Date, Use::Newer),
    ("modification-date", Syntax::Date, Use::Newer),
    ("read-date", Syntax::Date, Use::Newer),
    ("size", Syntax::Integer, Use::Newer),
    ("name", Syntax::Text, Use::Newer),
    ("filename", Syntax::Text, Use::Newer),
    ("start", Syntax::Text, Use::Newer),
    ("start-info", Syntax::Text, Use::Newer),
    ("comment", Syntax::Text, Use::Newer),
    ("domain", Syntax::Text, Use::Newer),
    ("path", Syntax::Text, Use::Newer),
];

/// Of the names that may be written.
static NAME_INDEX: NameIndex<64> = {
    let (mut index, mut place, mut rest) = (NameIndex::EMPTY, 0, PARAMETERS);
    while let [row, rows @ ..] = rest {
        if matches!(row.2, Use::Write) {
            index = index.with(row.0, place);
        }
        place += 1;
        rest = rows;
    }
    index
};

const QUALITY: u32 = 0x00;
const ELEMENT_DESCRIPTOR_TYPE: u32 = 0x02;

impl Reader<'_> {
    /// Parameters, as many as there are up to the end.
    ///
    /// # Errors
    ///
    /// Fails where no parameter can begin, and beyond the limits. A value that does not follow its
    /// syntax is kept as octets. Deviations beside such values: NULs between parameters, and a last
    /// value that is cut, which is dropped.
    pub(crate) fn parameters(&mut self, owner: ParameterOwner) -> Result<Vec<Parameter>, DecodeError> {
        let mut parameters = Vec::new();
        self.each_parameter(owner, |parameter| crate::list::push(&mut parameters, parameter))?;
        Ok(parameters)
    }

    /// The same, one after the other; where it fails, the bad one is unread.
    pub(super) fn each_parameter(
        &mut self,
        owner: ParameterOwner,
        mut take: impl FnMut(Parameter),
    ) -> Result<(), DecodeError> {
        while let Some(first) = self.peek() {
            self.count()?;
            let mark = self.mark();
            let parameter = match first {
                0x00 => self.stray_nuls().map(|()| None),
                0x20..=0x7e => self.untyped_parameter().map(Some),
                _ => self.typed_parameter(owner),
            };
            match parameter {
                Ok(parameter) => parameter.into_iter().for_each(&mut take),
                Err(error) => {
                    self.back_to(mark);
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// NULs where a parameter would begin, which are not a code.
    fn stray_nuls(&mut self) -> Result<(), DecodeError> {
        self.forgive(DeviationKind::StrayOctets, self.offset())?;
        let nuls = self.remaining().iter().take_while(|octet| **octet == 0).count();
        self.take(nuls).map(|_| ())
    }

    /// A parameter with a code, or `None` if its value is cut.
    fn typed_parameter(&mut self, owner: ParameterOwner) -> Result<Option<Parameter>, DecodeError> {
        let start = self.offset();
        let code = self.integer_value()?;
        let code = u32::try_from(code).map_err(|_| self.error_at(DecodeErrorKind::NumberTooLarge, start))?;
        let known = match (owner, code) {
            (ParameterOwner::ElementDescriptor, ELEMENT_DESCRIPTOR_TYPE) => Some(("type", Syntax::Media, Use::Write)),
            _ => usize::try_from(code).ok().and_then(|code| PARAMETERS.get(code).copied()),
        };
        let known = known.filter(|(.., allowed)| *allowed != Use::Keep);
        if let Some((name, syntax, allowed)) = known {
            if allowed == Use::Newer {
                self.forgive_newer(start)?;
            }
            let value = self.mark();
            match self.parameter_value(syntax) {
                Ok(Some(value)) => return Ok(Some(Parameter::Text { name: Str::from_static(name), value })),
                Ok(None) => self.back_to_octets(value)?,
                Err(error) if self.is_strict() => return Err(error),
                Err(_) => {
                    self.back_to(value);
                    if coded_length(code, self.remaining()).is_some() {
                        self.forgive(DeviationKind::InvalidValue, self.offset())?;
                    }
                }
            }
        }
        let Some(length) = coded_length(code, self.remaining()) else {
            if self.is_strict() {
                return Err(self.error(DecodeErrorKind::UnexpectedEnd));
            }
            self.forgive(DeviationKind::Truncated, self.offset())?;
            self.skip_rest();
            return Ok(None);
        };
        let value = self.take_shared(length)?;
        Ok(Some(Parameter::Coded { code, value }))
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
            None => {
                self.forgive(DeviationKind::EmptyValue, self.offset())?;
                Str::default()
            }
            _ => self.text_value()?,
        };
        Ok(Parameter::Text { name, value })
    }

    /// A value as text, or `None` if it is a number without a name. Where a value does not fit its
    /// syntax, a text-value may replace it (WAP-230, 8.4.2.4).
    fn parameter_value(&mut self, syntax: Syntax) -> Result<Option<Str>, DecodeError> {
        let is_text = matches!(self.peek(), Some(0x20..=0x7f));
        Ok(Some(match syntax {
            Syntax::Q if self.peek() != Some(0) => quality(self.q_value()?),
            Syntax::Text => self.text_value()?,
            // A uintvar may look like text.
            Syntax::Q => self.text_value()?,
            _ if is_text || self.peek() == Some(0) => self.text_value()?,
            Syntax::NoValue => {
                let kind = self.peek().map_or(DecodeErrorKind::UnexpectedEnd, DecodeErrorKind::UnexpectedOctet);
                return Err(self.error(kind));
            }
            Syntax::Charset => match charset_name(self.integer_value()?) {
                Some(name) => Str::from_static(name),
                None => return Ok(None),
            },
            Syntax::Version => {
                let (major, minor) = self.version_value()?;
                version_text(major, minor)
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
    /// where not (OMA-TS-MMS_ENC, 7.1). In a message, those with a code come first: phones stop reading
    /// at the first one without.
    pub(crate) fn parameters(&mut self, parameters: &[Parameter], owner: ParameterOwner) -> Result<(), EncodeError> {
        if let [parameter] = parameters {
            return self.parameter(parameter, owner);
        }
        let start = self.octets_len();
        let (mut has_untyped, mut are_sorted) = (false, true);
        for parameter in parameters {
            let at = self.octets_len();
            self.parameter(parameter, owner)?;
            let is_untyped = is_untyped(self.octets_from(at));
            are_sorted &= is_untyped || !has_untyped;
            has_untyped |= is_untyped;
        }
        if !are_sorted && self.is_message { self.sort_parameters(start, parameters, owner) } else { Ok(()) }
    }

    /// Writes the parameters behind `start` once more, those with a code first.
    #[cold]
    fn sort_parameters(
        &mut self,
        start: usize,
        parameters: &[Parameter],
        owner: ParameterOwner,
    ) -> Result<(), EncodeError> {
        let (mut coded, mut untyped) = (Vec::new(), Vec::new());
        let unsorted = start..self.octets_len();
        for parameter in parameters {
            let at = self.octets_len();
            self.parameter(parameter, owner)?;
            let written = self.octets_from(at);
            if is_untyped(written) { &mut untyped } else { &mut coded }.extend_from_slice(written);
            self.octets_truncate(at);
        }
        self.octets_truncate(unsorted.start);
        self.octets(&coded);
        self.octets(&untyped);
        Ok(())
    }

    pub(super) fn parameter(&mut self, parameter: &Parameter, owner: ParameterOwner) -> Result<(), EncodeError> {
        match parameter {
            Parameter::Text { name, value } => self.text_parameter(name, value, owner),
            Parameter::Coded { code, value } => {
                self.integer_value(u64::from(*code));
                // What ends before its time would take the next parameter with it.
                let is_whole = coded_length(*code, value) == Some(value.len());
                if !is_whole || self.is_message && !is_readable(*code, value, owner) {
                    return Err(EncodeErrorKind::NotExpressible.into());
                }
                self.octets(value);
                Ok(())
            }
        }
    }

    fn text_parameter(&mut self, name: &Str, value: &Str, owner: ParameterOwner) -> Result<(), EncodeError> {
        if owner == ParameterOwner::ElementDescriptor
            && name.eq_ignore_ascii_case("type")
            && is_constrained_media(value.as_bytes())
        {
            self.short_integer(0x02);
            return self.constrained_media(value);
        }
        let row = if self.writes_newer() { newest_row(name.as_bytes()) } else { usual_row(name.as_bytes()) };
        let Some((code, syntax)) = row else { return self.untyped_parameter(name, value) };
        let coded = |to: &mut Self| to.short_integer(code);
        match syntax {
            Syntax::Charset => {
                coded(self);
                match Charset::from_label(value.as_bytes()) {
                    Some(charset) => self.integer_value(u64::from(charset.number())),
                    None if value == "*" => self.octet(0x80),
                    None => self.text_value(value)?,
                }
            }
            Syntax::Q => match thousandths(value) {
                Some(thousandths) => {
                    coded(self);
                    self.q_value(thousandths)?;
                }
                None => self.untyped_parameter(name, value)?,
            },
            Syntax::Integer | Syntax::Date => {
                coded(self);
                match value.parse::<u64>() {
                    Ok(number) if number.to_string() == **value => self.integer_value(number),
                    // A text takes the place of what does not fit the syntax (WAP-230, 8.4.2.4).
                    _ => self.text_value(value)?,
                }
            }
            Syntax::NoValue if value.is_empty() => {
                coded(self);
                self.octet(0);
            }
            Syntax::Version => match parse_version(value) {
                Some((major, minor)) => {
                    coded(self);
                    self.version_value(major, minor);
                }
                None => self.untyped_parameter(name, value)?,
            },
            Syntax::FieldName if is_token(value) => {
                coded(self);
                match code_of_header(value) {
                    Some(field) => self.short_integer(field),
                    None => self.token_text(value)?,
                }
            }
            Syntax::FieldName => self.untyped_parameter(name, value)?,
            Syntax::NoValue => self.untyped_parameter(name, value)?,
            Syntax::Media if is_constrained_media(value.as_bytes()) => {
                coded(self);
                self.constrained_media(value)?;
            }
            Syntax::Media => self.untyped_parameter(name, value)?,
            Syntax::Text => {
                coded(self);
                self.text_value(value)?;
            }
        }
        Ok(())
    }

    fn untyped_parameter(&mut self, name: &Str, value: &Str) -> Result<(), EncodeError> {
        self.token_text(name)?;
        match value.parse::<u32>() {
            Ok(number) if number.to_string() == **value => self.integer_value(u64::from(number)),
            _ => self.text_value(value)?,
        }
        Ok(())
    }

    /// A media type as a code of WSP encoding version 1.3, or as text.
    fn constrained_media(&mut self, name: &Str) -> Result<(), EncodeError> {
        let code = super::content_type::code_to_write(name.as_bytes(), self.writes_newer());
        match code.and_then(|code| u8::try_from(code).ok()) {
            Some(code) => {
                self.short_integer(code);
                Ok(())
            }
            None => self.text_string(name),
        }
    }
}

/// Spells a parameter of a disposition, which was written out, as what [`Writer::parameter`] makes of it is read.
/// `None` if it has no such form.
pub(super) fn into_binary_form(parameter: &mut Parameter) -> Option<()> {
    let Parameter::Text { name, value } = parameter else { return None };
    if !is_text_value(value) {
        return None;
    }
    let Some((code, syntax)) = usual_row(name.as_bytes()) else { return Some(()) };
    let read = match syntax {
        Syntax::Charset => match Charset::from_label(value.as_bytes()) {
            Some(charset) => Some(Str::from_static(charset.name()?)),
            None => Some(value.clone()),
        },
        Syntax::Text | Syntax::Integer | Syntax::Date => Some(value.clone()),
        Syntax::NoValue => value.is_empty().then(Str::default),
        Syntax::Q => thousandths(value).map(quality),
        Syntax::Version => parse_version(value).map(|(major, minor)| version_text(major, minor)),
        Syntax::FieldName if is_token(&*value) => {
            let field = code_of_header(value).and_then(name_of_header);
            Some(field.map_or_else(|| value.clone(), Str::from_static))
        }
        Syntax::Media if is_constrained_media(value.as_bytes()) => {
            let code = super::content_type::code_to_write(value.as_bytes(), false);
            Some(code.and_then(assigned::media_type).map_or_else(|| value.clone(), Str::from_static))
        }
        Syntax::FieldName | Syntax::Media => None,
    };
    // Without a form of its syntax, it is written with its name.
    if let Some(read) = read {
        (*name, *value) = (Str::from_static(PARAMETERS.get(usize::from(code))?.0), read);
    }
    Some(())
}

/// Whether a parameter begins with its name instead of a code.
const fn is_untyped(written: &[u8]) -> bool {
    matches!(written.first(), Some(0x20..=0x7f))
}

/// Code and syntax of a parameter of WSP encoding version 1.3.
#[inline]
fn usual_row(name: &[u8]) -> Option<(u8, Syntax)> {
    let mut rows = NAME_INDEX.places(name).filter_map(|code| Some((code, PARAMETERS.get(usize::from(code))?)));
    rows.find(|(_, row)| is_name(row.0, name)).map(|(code, row)| (code, row.1))
}

/// Code and syntax of a parameter of the newest version that has it.
fn newest_row(name: &[u8]) -> Option<(u8, Syntax)> {
    let is = |row: &(&str, Syntax, Use)| row.2 != Use::Keep && is_name(row.0, name);
    let code = PARAMETERS.iter().rposition(is)?;
    Some((u8::try_from(code).ok()?, PARAMETERS.get(code)?.1))
}

/// Whether strict decoding of a message reads a parameter.
fn is_readable(code: u32, value: &[u8], owner: ParameterOwner) -> bool {
    let mut to = Writer::new();
    to.integer_value(u64::from(code));
    to.octets(value);
    let octets = bytes::Bytes::from(to.into_octets());
    let mut from = Reader::new(&octets, &Options::strict());
    from.bind_to_version_1_3();
    from.parameters(owner).is_ok()
}

/// Whether a value can be written as a media type: a reader would take quotation marks off.
fn is_constrained_media(value: &[u8]) -> bool {
    !value.is_empty() && find(b'"', value).is_none()
}

/// The size of the value that `octets` begin with. A quality is a uintvar, which does not follow the
/// rule for all others.
fn coded_length(code: u32, octets: &[u8]) -> Option<usize> {
    match code {
        QUALITY => uintvar_prefix(octets).map(|(_, size)| size),
        _ => value_length(octets),
    }
}

pub(super) fn charset_name(number: u64) -> Option<&'static str> {
    match number {
        // "Any charset".
        0 => Some("*"),
        _ => u16::try_from(number).ok().and_then(|number| Charset::new(number).name()),
    }
}

/// A quality in thousandths as text: `0.25`.
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

//! Entities: a header section and a content, which may consist of entities (RFC 2045, 2.4).

use core::ops::Range;

use alloc::boxed::Box;
use alloc::vec::Vec;

use bytes::Bytes;
use memchr::memchr;

use super::header::{MAX_LINE, RawField, Section};
use super::lines::{Faults, has_mail_lines};
use super::multipart::{Parts, Piece, needle};
use super::parameter::{read_content_type, read_disposition};
use super::source::Source;
use crate::context::{Context, Decoding};
use crate::error::DecodeError;
use crate::list::push;
use crate::message::encoded_word;
use crate::message::{Content, ContentType, Header, Parameter, Part, Str};
use crate::octet_set::OctetSet;
use crate::options::DeviationKind;
use crate::transfer::{self, Encoding};

const TRANSFER_ENCODING: &str = "Content-Transfer-Encoding";

/// The header fields that say what the content of an entity is.
#[derive(Debug, Default)]
pub(crate) struct EntityFields {
    /// Whether content is 7bit unless it says something else; HTTP carries any octets (RFC 7231, A.5).
    is_mail: bool,
    /// Whether a multipart is decoded up to the end of its first part only.
    has_first_part_only: bool,
    content_type: Option<ContentType>,
    encoding: Option<(Str, usize)>,
    part: Option<Box<Part>>,
}

impl EntityFields {
    /// None yet, of mail or a part of it.
    pub(crate) fn of_mail() -> Self {
        Self { is_mail: true, ..Self::default() }
    }

    /// The content type alone, which is a field of HTTP.
    pub(crate) fn of_http(content_type: ContentType) -> Self {
        Self { content_type: Some(content_type), ..Self::default() }
    }

    /// The same, for the first part of a multipart alone.
    pub(crate) fn with_first_part(self) -> Self {
        Self { has_first_part_only: true, ..self }
    }

    pub(crate) const fn has_content_type(&self) -> bool {
        self.content_type.is_some()
    }

    /// Takes a field whose name begins with `Content-`, and `false` any other.
    #[inline(always)]
    pub(crate) fn take(&mut self, field: &RawField<'_>, context: &mut Context) -> Result<bool, DecodeError> {
        if !field.begins_with("Content-") {
            return Ok(false);
        }
        self.take_content(field, context)?;
        Ok(true)
    }

    #[inline(never)]
    fn take_content(&mut self, field: &RawField<'_>, context: &mut Context) -> Result<(), DecodeError> {
        const KNOWN: [&str; 5] =
            ["Content-Type", "Content-Transfer-Encoding", "Content-ID", "Content-Location", "Content-Disposition"];
        let name = KNOWN.into_iter().find(|name| field.is(name));
        context.in_field(name, |context| self.take_known(field, name, context))
    }

    fn take_known(
        &mut self,
        field: &RawField<'_>,
        name: Option<&'static str>,
        context: &mut Context,
    ) -> Result<(), DecodeError> {
        let at = field.value_offset;
        match name {
            Some("Content-Type") if self.content_type.is_none() => {
                let text = field.text(context)?;
                self.content_type = Some(read_content_type(&text, at, context)?);
            }
            Some("Content-Transfer-Encoding") => {
                let text = field.text(context)?;
                // The first that is known counts. The others are not kept: a header would say that the
                // octets are still encoded.
                let is_known = |name: &str| Encoding::from_name(name).is_some();
                let word = encoding_word(&text);
                let name = if is_known(word) { word } else { &text };
                if self.encoding.is_some() {
                    context.forgive(DeviationKind::DuplicateField, field.offset)?;
                }
                if name.len() < text.len() {
                    context.forgive(DeviationKind::TransferEncoding, at)?;
                }
                if self.encoding.as_ref().is_none_or(|(first, _)| !is_known(first) && is_known(name)) {
                    self.encoding = Some((name.into(), at));
                }
            }
            Some("Content-ID") if self.part().content_id.is_none() => {
                let text = field.text(context)?;
                let text = without_comment(&text);
                let id = unquoted_id(text);
                if id.len() < text.len() {
                    context.forgive(DeviationKind::QuotationMarks, at)?;
                } else if !is_content_id(id) {
                    context.forgive(DeviationKind::InvalidValue, at)?;
                }
                self.part().content_id = Some(id.into());
            }
            Some("Content-Location") if self.part().content_location.is_none() => {
                let text = field.text(context)?;
                let decoded = encoded_word::read(&text, at, context)?;
                self.part().content_location = Some(decoded.text.as_ref().into());
            }
            Some("Content-Disposition") if self.part().disposition.is_none() => {
                let text = field.text(context)?;
                self.part().disposition = Some(Box::new(read_disposition(&text, at, context)?));
            }
            _ => {
                if name.is_some() {
                    context.forgive(DeviationKind::DuplicateField, field.offset)?;
                }
                let header = text_header(field, context)?;
                push(&mut self.part().headers, header);
            }
        }
        Ok(())
    }

    fn part(&mut self) -> &mut Part {
        self.part.get_or_insert_with(|| Box::new(Part::new(ContentType::new(""), Bytes::new())))
    }
}

/// An identifier in angle brackets without the comment behind it (RFC 5322, 3.6.4).
fn without_comment(text: &str) -> &str {
    match text.split_once('>') {
        Some((id, rest)) if id.starts_with('<') && rest.trim_ascii_start().starts_with('(') && rest.ends_with(')') => {
            text.get(..=id.len()).unwrap_or(text)
        }
        _ => text,
    }
}

/// An identifier without quotation marks around it.
fn unquoted_id(text: &str) -> &str {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.filter(|inner| !inner.is_empty() && !inner.contains('"')).unwrap_or(text)
}

/// Whether this is an identifier in angle brackets (RFC 2045, 7), which the encoder writes. Few have the
/// domain that the specification wants.
fn is_content_id(text: &str) -> bool {
    static CHARACTERS: OctetSet = OctetSet::visible_except(b"<>");
    in_brackets(text).is_some_and(|id| !id.is_empty() && CHARACTERS.has_all(id.as_bytes()))
}

fn in_brackets(text: &str) -> Option<&str> {
    text.strip_prefix('<')?.strip_suffix('>')
}

/// The encoding without what surrounds it in the field: quotation marks, a semicolon, a comment.
pub(super) fn encoding_word(text: &str) -> &str {
    let text = text.trim_start_matches('"');
    text.split([';', '(', '"', ' ', '\t']).next().unwrap_or(text)
}

/// A field without its own struct member.
pub(crate) fn text_header(field: &RawField<'_>, context: &mut Context) -> Result<Header, DecodeError> {
    context.count(field.offset)?;
    let value = field.text(context)?;
    Ok(Header::Text { name: field.name().into(), value: value.as_ref().into() })
}

/// Decodes the entity at this place of the input, header section and content.
pub(crate) fn decode_entity(
    input: &Bytes,
    range: Range<usize>,
    fields: EntityFields,
    context: &mut Context,
) -> Result<Part, DecodeError> {
    let section = Section::new(input, range.start, range.end, true);
    decode_section(&mut Source::new(input), section, range.end, fields, context)
}

/// Decodes the entity that begins with this header section and ends at `end`: a whole message, or a part of one.
fn decode_section(
    source: &mut Source<'_>,
    mut section: Section<'_>,
    end: usize,
    mut fields: EntityFields,
    context: &mut Context,
) -> Result<Part, DecodeError> {
    while let Some(field) = section.next(context)? {
        if !fields.take(&field, context)? {
            let header = text_header(&field, context)?;
            push(&mut fields.part().headers, header);
        }
    }
    decode_part(source, section.offset()..end, fields, context)
}

/// Decodes the content at this place of the input, whose header fields were read before.
pub(crate) fn decode_content(
    input: &Bytes,
    range: Range<usize>,
    fields: EntityFields,
    context: &mut Context,
) -> Result<Part, DecodeError> {
    decode_part(&mut Source::new(input), range, fields, context)
}

fn decode_part(
    source: &mut Source<'_>,
    range: Range<usize>,
    fields: EntityFields,
    context: &mut Context,
) -> Result<Part, DecodeError> {
    context.count_part(range.start)?;
    let EntityFields { is_mail, has_first_part_only, content_type, encoding, part } = fields;
    let mut content_type = content_type.unwrap_or_else(|| ContentType::new("text/plain"));
    let (content, unknown_encoding) = if content_type.is_multipart() {
        let most = if has_first_part_only { 1 } else { usize::MAX };
        match decode_multipart(source, range.clone(), &mut content_type, is_mail, most, context)? {
            Some(parts) => {
                // RFC 2045, 6.4: what is encoded are the parts.
                let is_identity = |name: &Str| Encoding::from_name(name) == Some(Encoding::Identity);
                if let Some((_, offset)) = encoding.filter(|(name, _)| !is_identity(name)) {
                    context.forgive_in(TRANSFER_ENCODING, DeviationKind::TransferEncoding, offset)?;
                }
                (Content::Parts(parts.into()), None)
            }
            None => decode_octets(source, range, encoding, is_mail, context)?,
        }
    } else {
        if let Some((name, offset)) = &encoding
            && content_type.is("message/rfc822")
            && Encoding::from_name(name) != Some(Encoding::Identity)
        {
            // RFC 2046, 5.2.1: the parts of the message are encoded, never the message.
            context.forgive_in(TRANSFER_ENCODING, DeviationKind::TransferEncoding, *offset)?;
        }
        decode_octets(source, range, encoding, is_mail, context)?
    };
    let mut decoded = Part::with_content(content_type, content);
    if let Some(part) = part {
        let Part { content_id, content_location, disposition, headers, .. } = *part;
        decoded = Part { content_id, content_location, disposition, headers, ..decoded };
    }
    decoded.headers.extend(unknown_encoding);
    Ok(decoded)
}

/// The parts of a multipart, at most as many, or `None` if it cannot be split. The boundary is taken out of the
/// content type: it belongs to these octets only.
fn decode_multipart(
    source: &mut Source<'_>,
    range: Range<usize>,
    content_type: &mut ContentType,
    is_mail: bool,
    most: usize,
    context: &mut Context,
) -> Result<Option<Vec<Part>>, DecodeError> {
    let Some((boundary, has_name)) = take_boundary(content_type) else {
        context.forgive(DeviationKind::InvalidContentType, range.start)?;
        return Ok(None);
    };
    // RFC 2046, 5.1.1: a boundary does not end with blanks, which delimiters may have behind it.
    let name = boundary.trim_ascii_end();
    if !has_name || !is_boundary(&boundary) {
        context.forgive(DeviationKind::ParameterSyntax, range.start)?;
    }
    // RFC 2387, 3.2: it is a Content-ID, around which the encoder writes one pair of brackets.
    let has_brackets = |start: &str| in_brackets(start).is_some_and(|id| !id.starts_with('<') && !id.ends_with('>'));
    if content_type.parameter("start").is_some_and(|start| !has_brackets(start)) {
        context.forgive_in("Content-Type", DeviationKind::ReferenceSpelling, range.start)?;
    }
    let needle = needle(name);
    let split = context.deeper(range.start, |context| {
        let mut ranges = Parts::new(source, range.clone(), &needle, is_mail, context)?;
        let mut parts = Vec::new();
        while let Some(Piece { range, indent, has_header }) = ranges.next(source, context)? {
            let fields = EntityFields { is_mail, ..EntityFields::default() };
            let part = if has_header {
                let section = Section::new(source.input, range.start, range.end, false).indented(indent);
                decode_section(source, section, range.end, fields, context)
            } else {
                decode_part(source, range, fields, context)
            };
            push(&mut parts, part?);
            if parts.len() == most {
                break;
            }
        }
        Ok((parts, ranges.is_split))
    })?;
    let Some((parts, is_split)) = split else {
        content_type.parameters.push(Parameter::Text { name: "boundary".into(), value: boundary });
        context.forgive(DeviationKind::NestingTooDeep, range.start)?;
        return Ok(None);
    };
    if parts.is_empty() {
        context.forgive(DeviationKind::WrongPartCount, range.start)?;
    }
    Ok(is_split.then_some(parts))
}

/// The boundary, and whether the parameter has the name it should have.
fn take_boundary(content_type: &mut ContentType) -> Option<(Str, bool)> {
    let is_boundary = |parameter: &Parameter| match parameter {
        // One MM4 client writes `.boundary`.
        Parameter::Text { name, value } => {
            name.trim_start_matches('.').eq_ignore_ascii_case("boundary") && !value.is_empty()
        }
        Parameter::Coded { .. } => false,
    };
    let at = content_type.parameters.iter().position(is_boundary)?;
    match content_type.parameters.remove(at) {
        Parameter::Text { name, value } => Some((value, !name.starts_with('.'))),
        Parameter::Coded { .. } => None,
    }
}

/// Whether this is a boundary of RFC 2046, 5.1.1.
fn is_boundary(text: &str) -> bool {
    static CHARACTERS: OctetSet = OctetSet::visible_except(br#"!"\#$%&*;<>@[]^`{|}~"#);
    let has_all = |word: &str| CHARACTERS.has_all(word.as_bytes());
    matches!(text.len(), 1..=70) && !text.ends_with(' ') && (has_all(text) || text.split(' ').all(has_all))
}

/// The octets with their transfer encoding undone, and the encoding if it is not known.
fn decode_octets(
    source: &mut Source<'_>,
    range: Range<usize>,
    encoding: Option<(Str, usize)>,
    is_mail: bool,
    context: &mut Context,
) -> Result<(Content, Option<Header>), DecodeError> {
    let input = source.input;
    // Checked, since `Bytes::slice` panics on what it does not have.
    let octets =
        if range.start < range.end && range.end <= input.len() { input.slice(range.clone()) } else { Bytes::new() };
    let Some((name, offset)) = encoding else {
        if is_mail {
            // RFC 2045, 6.1: the default.
            check_identity(&octets, true, range.start, is_mail, context)?;
        }
        return Ok((Content::Octets(octets), None));
    };
    let encoding = Encoding::from_name(&name);
    let decoded = match encoding {
        Some(Encoding::Identity) => {
            if !name.eq_ignore_ascii_case("binary") {
                check_identity(&octets, name.eq_ignore_ascii_case("7bit"), range.start, is_mail, context)?;
            }
            return Ok((Content::Octets(octets), None));
        }
        Some(Encoding::Base64) => source.take_text(&range).unwrap_or_else(|| transfer::decode_base64(&octets)),
        Some(Encoding::QuotedPrintable) => transfer::decode_quoted_printable(&octets),
        None => {
            context.forgive_in(TRANSFER_ENCODING, DeviationKind::TransferEncoding, offset)?;
            let header = Header::Text { name: Str::from_static(TRANSFER_ENCODING), value: name };
            return Ok((Content::Octets(octets), Some(header)));
        }
    };
    let damage = match encoding {
        Some(Encoding::QuotedPrintable) => decoded.damage.or_else(|| transfer::quoted_printable_fault(&octets)),
        _ => decoded.damage.into_iter().chain(decoded.long_line).min(),
    };
    if let Some(damage) = damage {
        context.forgive_in(TRANSFER_ENCODING, DeviationKind::TransferEncoding, range.start + damage)?;
    }
    let first_line = || memchr(b'\n', &octets).unwrap_or(octets.len());
    if encoding == Some(Encoding::Base64) && first_line() > MAX_LINE + 1 {
        context.forgive_once(DeviationKind::LineTooLong, range.start)?;
    }
    Ok((Content::Octets(decoded.octets.into()), None))
}

/// Content whose encoding says that it is unencoded: what RFC 2045, 2.7 and 2.8 forbid in `7bit`
/// and `8bit`. HTTP allows any end of line (RFC 7231, 3.1.1.4).
fn check_identity(
    octets: &[u8],
    is_seven_bit: bool,
    offset: usize,
    is_mail: bool,
    context: &mut Context,
) -> Result<(), DecodeError> {
    let has_lines = if is_mail { has_mail_lines(octets) } else { !is_seven_bit || memchr(0, octets).is_none() };
    if has_lines && (!is_seven_bit || octets.is_ascii()) {
        return Ok(());
    }
    let Faults { control, bare_feed, long_line } = if is_mail { Faults::of(octets) } else { Faults::default() };
    let is_forbidden = |octet: &u8| !matches!(octet, 1..=0x7f);
    let forbidden = if is_seven_bit { octets.iter().position(is_forbidden) } else { None };
    if let Some(at) = control.into_iter().chain(forbidden).min() {
        context.forgive_in(TRANSFER_ENCODING, DeviationKind::TransferEncoding, offset + at)?;
    }
    for (kind, at) in [(DeviationKind::BareLineFeed, bare_feed), (DeviationKind::LineTooLong, long_line)] {
        at.map_or(Ok(()), |at| context.forgive_once(kind, offset + at))?;
    }
    Ok(())
}

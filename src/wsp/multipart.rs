//! Multipart bodies and part headers (WAP-230, 8.5).

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;

use super::header::{DEFAULT_PAGE, disposition_of, name_of_header};
use super::integer::uintvar_prefix;
use super::parameter::ParameterOwner;
use super::reader::{Reader, value_length};
use super::usual;
use super::writer::Writer;
use crate::context::Decoding;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{Content, ContentDisposition, ContentType, Header, MediaType, Part, Str, multipart_subtype};
use crate::options::{DeviationKind, Limits};

pub(super) const CONTENT_LOCATION: u8 = 0x0e;
pub(super) const CONTENT_DISPOSITION: u8 = 0x2e;
const CONTENT_DISPOSITION_1_4: u8 = 0x45;
pub(super) const CONTENT_ID: u8 = 0x40;

/// The assigned dispositions, by their number (WAP-230, 8.4.2.53).
pub(super) const DISPOSITIONS: [&str; 3] = ["form-data", "attachment", "inline"];

/// For how many parts there is room from the start at most.
const USUAL_PARTS: usize = 6;

impl Reader<'_> {
    /// A body of the type `content_type`, which extends to the end: its parts if it is a
    /// multipart, else its octets.
    ///
    /// # Errors
    ///
    /// Fails beyond the limits, and in strict mode. Deviations: a wrong number of parts, a part
    /// that ends early, octets that belong to no part, part headers that cannot be read.
    pub fn body(&mut self, content_type: ContentType) -> Result<Part, DecodeError> {
        let content = self.content_of(&content_type)?;
        Ok(Part::with_content(content_type, content))
    }

    /// A content-type-value, and the body of that type.
    pub(crate) fn type_and_body(&mut self, into: &mut Part) -> Result<(), DecodeError> {
        self.content_type_into(&mut into.content_type)?;
        into.content = self.content_of(&into.content_type)?;
        Ok(())
    }

    fn content_of(&mut self, content_type: &ContentType) -> Result<Content, DecodeError> {
        let start = self.offset();
        if content_type.is_multipart() {
            if let Some(parts) = self.deeper(start, Self::parts)? {
                return Ok(Content::Parts(parts.into()));
            }
            self.forgive(DeviationKind::NestingTooDeep, start)?;
        }
        self.take_shared(self.remaining().len()).map(Content::Octets)
    }

    fn parts(&mut self) -> Result<Vec<Part>, DecodeError> {
        let start = self.offset();
        if self.is_empty() {
            self.forgive(DeviationKind::Truncated, start)?;
            return Ok(Vec::new());
        }
        let announced = self.uintvar()?;
        // The announced number may be anything (WAP-230, 8.5.2), and a list in memory is to be no larger
        // than the octets it is made of.
        let room = usize::try_from(announced).unwrap_or(USUAL_PARTS).min(USUAL_PARTS);
        let mut parts = Vec::with_capacity((self.remaining().len() / size_of::<Part>()).min(room));
        while !self.is_empty() {
            if self.usual_part(&mut parts)? {
                continue;
            }
            let at = self.offset();
            let is_announced = u32::try_from(parts.len()).is_ok_and(|number| number < announced);
            match self.part(is_announced)? {
                Some(part) => crate::list::push(&mut parts, part),
                None => {
                    self.forgive(DeviationKind::TrailingOctets, at)?;
                    self.skip_rest();
                }
            }
        }
        if u32::try_from(parts.len()) != Ok(announced) {
            self.forgive(DeviationKind::WrongPartCount, start)?;
        }
        Ok(parts)
    }

    /// A part that needs no care, put behind the others; `false` if it does.
    fn usual_part(&mut self, parts: &mut Vec<Part>) -> Result<bool, DecodeError> {
        let Some(after) = usual::leaf(self.remaining(), parts, |data| self.share(data)) else { return Ok(false) };
        let Some(part) = parts.last() else { return Ok(false) };
        self.count_part()?;
        let of_disposition = part.disposition.as_ref().map_or(0, |disposition| disposition.parameters.len());
        self.count_many(part.content_type.parameters.len() + of_disposition)?;
        self.skip_to(after);
        Ok(true)
    }

    /// A part, or `None` if the octets are none. One that was not announced has to fit exactly.
    fn part(&mut self, is_announced: bool) -> Result<Option<Part>, DecodeError> {
        let start = self.mark();
        let lengths = self.uintvar().and_then(|headers| Ok((headers, self.uintvar()?)));
        let Ok((headers_length, data_length)) = lengths else {
            self.back_to(start);
            return if self.is_strict() { lengths.map(|_| None) } else { Ok(None) };
        };
        let left = self.remaining().len();
        let headers_length = usize::try_from(headers_length).unwrap_or(usize::MAX);
        let data_length = usize::try_from(data_length).unwrap_or(usize::MAX);
        let fits = headers_length.checked_add(data_length).is_some_and(|length| length <= left);
        // No content type: a part that has nothing at all is padding.
        if headers_length == 0 && (data_length == 0 || !is_announced) || !fits && !is_announced {
            self.back_to(start);
            return Ok(None);
        }
        self.count_part()?;
        let headers_length = if fits { headers_length } else { self.forgive_lengths(headers_length, data_length)? };
        let mut part = self.within(headers_length, Self::part_headers)?;
        part.content = self.within(data_length, |from| from.content_of(&part.content_type))?;
        Ok(Some(part))
    }

    /// Reports a part that reaches beyond the end, and returns the length of its headers. Where they
    /// end with what is not a header, and the content would fit if that belonged to it, it does; else
    /// the content ends early.
    fn forgive_lengths(&mut self, headers_length: usize, data_length: usize) -> Result<usize, DecodeError> {
        let at = self.offset();
        let shorter = self.remaining().len().checked_sub(data_length).filter(|shorter| *shorter < headers_length);
        match shorter.filter(|_| !self.is_strict()) {
            Some(shorter) if !self.are_part_headers(headers_length) && self.are_part_headers(shorter) => {
                self.forgive(DeviationKind::WrongHeaderLength, at)?;
                Ok(shorter)
            }
            _ => {
                self.forgive(DeviationKind::Truncated, at)?;
                Ok(headers_length)
            }
        }
    }

    /// Whether the next `length` octets are a content type and headers without damage.
    fn are_part_headers(&mut self, length: usize) -> bool {
        let (start, before) = (self.mark(), self.deviations().len());
        let are_read = self.within(length, Self::part_headers).is_ok();
        let is_damage = |kind| matches!(kind, DeviationKind::InvalidContentType | DeviationKind::InvalidPartHeader);
        let are_whole = !self.deviations().iter().skip(before).any(|deviation| is_damage(deviation.kind));
        self.back_to(start);
        are_read && are_whole
    }

    /// The content type and the headers of a part, which extend to the end.
    pub(super) fn part_headers(&mut self) -> Result<Part, DecodeError> {
        let start = self.mark();
        let at = self.offset();
        let content_type = match self.careful_content_type() {
            Ok(content_type) => content_type,
            Err(error) if self.is_strict() || matches!(error.kind, DecodeErrorKind::LimitExceeded(_)) => {
                return Err(error);
            }
            Err(_) => {
                self.back_to(start);
                self.forgive(DeviationKind::InvalidContentType, at)?;
                let skipped = value_length(self.remaining()).unwrap_or(usize::MAX);
                self.take(skipped.min(self.remaining().len()))?;
                ContentType::new("application/octet-stream")
            }
        };
        let mut part = Part::with_content(content_type, Content::Octets(bytes::Bytes::new()));
        let mut page = DEFAULT_PAGE;
        while !self.is_empty() {
            let name = self.peek().filter(|first| *first >= 0x80 && page == DEFAULT_PAGE);
            let name = name.and_then(|first| name_of_header(first & 0x7f));
            let header = self.in_field(name, |from| {
                from.header_or_damaged(&mut page, |from, page| from.part_header(&mut part, page))
            })?;
            if let Some(header) = header {
                self.count()?;
                crate::list::push(&mut part.headers, header);
            }
        }
        Ok(part)
    }

    /// A header that is not a field of `part`, or `None`.
    fn part_header(&mut self, part: &mut Part, page: &mut u8) -> Result<Option<Header>, DecodeError> {
        let at = self.offset();
        if let (DEFAULT_PAGE, Some(first @ 0x80..)) = (*page, self.peek()) {
            match first & 0x7f {
                CONTENT_ID if part.content_id.is_none() => {
                    self.octet()?;
                    part.content_id = Some(self.quoted_string()?);
                    return Ok(None);
                }
                CONTENT_LOCATION if part.content_location.is_none() => {
                    self.octet()?;
                    part.content_location = Some(self.text_string()?);
                    return Ok(None);
                }
                code @ (CONTENT_DISPOSITION | CONTENT_DISPOSITION_1_4) if part.disposition.is_none() => {
                    let mark = self.mark();
                    self.octet()?;
                    if code == CONTENT_DISPOSITION_1_4 {
                        self.forgive_newer(at)?;
                    }
                    match self.content_disposition() {
                        Ok(disposition) => {
                            part.disposition = Some(Box::new(disposition));
                            return Ok(None);
                        }
                        Err(error) if self.is_strict() => return Err(error),
                        // Kept as it is kept behind a disposition that can be read.
                        Err(_) => self.back_to(mark),
                    }
                }
                _ => {}
            }
        }
        // The fields may also come with their names written out.
        match self.header(page)? {
            Some(Header::Text { name, value })
                if name.eq_ignore_ascii_case("Content-ID") && part.content_id.is_none() =>
            {
                part.content_id = Some(Str::from(value.trim_matches('"')));
                Ok(None)
            }
            Some(Header::Text { name, value })
                if name.eq_ignore_ascii_case("Content-Location") && part.content_location.is_none() =>
            {
                part.content_location = Some(value);
                Ok(None)
            }
            Some(Header::Text { name, value })
                if name.eq_ignore_ascii_case("Content-Disposition") && part.disposition.is_none() =>
            {
                self.count_many(memchr::memchr_iter(b';', value.as_bytes()).count())?;
                part.disposition = disposition_of(&value).map(Box::new);
                Ok(if part.disposition.is_none() { Some(Header::Text { name, value }) } else { None })
            }
            header => Ok(header),
        }
    }

    /// A Content-Disposition value.
    pub(crate) fn content_disposition(&mut self) -> Result<ContentDisposition, DecodeError> {
        match self.peek() {
            Some(0x01..=0x1f) => self.composite(Self::disposition_and_parameters),
            // Without value-length the parameters cannot be distinguished from the next header, so there
            // are none.
            _ => {
                self.forgive(DeviationKind::MissingValueLength, self.offset())?;
                Ok(ContentDisposition::new(self.disposition_kind()?))
            }
        }
    }

    fn disposition_and_parameters(&mut self) -> Result<ContentDisposition, DecodeError> {
        Ok(ContentDisposition { kind: self.disposition_kind()?, parameters: self.parameters(ParameterOwner::Header)? })
    }

    fn disposition_kind(&mut self) -> Result<Str, DecodeError> {
        let at = self.offset();
        let Some(octet @ 0x80..) = self.peek() else {
            return self.token_text();
        };
        let name = DISPOSITIONS.get(usize::from(self.short_integer()?));
        name.map(|name| Str::from_static(name))
            .ok_or_else(|| self.error_at(DecodeErrorKind::UnexpectedOctet(octet), at))
    }
}

impl Writer {
    /// The body of a message: its parts if it has parts, else its octets.
    ///
    /// # Errors
    ///
    /// Fails if a header cannot be written, and for parts nested deeper than
    /// [`Limits::MAX_DEPTH`].
    pub fn body(&mut self, content: &Content) -> Result<(), EncodeError> {
        self.content(content, Limits::MAX_DEPTH)
    }

    fn content(&mut self, content: &Content, depth: usize) -> Result<(), EncodeError> {
        match content {
            Content::Octets(octets) => self.payload(octets),
            Content::Parts(parts) => {
                let deeper = depth.checked_sub(1).ok_or(EncodeErrorKind::NestingTooDeep)?;
                self.length(parts.len())?;
                parts.iter().try_for_each(|part| self.part(part, deeper))?;
            }
        }
        Ok(())
    }

    fn part(&mut self, part: &Part, depth: usize) -> Result<(), EncodeError> {
        let headers_length = self.reserve_length();
        let data_length = match &part.content {
            Content::Octets(octets) => {
                self.length(octets.len())?;
                None
            }
            Content::Parts(_) => Some(self.reserve_length()),
        };
        let headers_start = self.len();
        self.type_of(part).map_err(|error| error.in_field("Content-Type"))?;
        // Content-ID and Content-Location first: some phones lose what follows an unknown header.
        if let Some(id) = &part.content_id {
            self.short_integer(CONTENT_ID);
            self.quoted_string(id).map_err(|error| error.in_field("Content-ID"))?;
        }
        if let Some(location) = &part.content_location {
            self.short_integer(CONTENT_LOCATION);
            self.text_string(location).map_err(|error| error.in_field("Content-Location"))?;
        }
        if let Some(disposition) = &part.disposition {
            self.short_integer(CONTENT_DISPOSITION);
            self.content_disposition(disposition).map_err(|error| error.in_field("Content-Disposition"))?;
        }
        self.headers(&part.headers)?;
        let more = self.put_length(headers_length, self.len() - headers_start)?;
        let data_start = self.len();
        self.content(&part.content, depth)?;
        if let Some(place) = data_length {
            self.put_length(place.moved(more), self.len() - data_start)?;
        }
        Ok(())
    }

    /// The content type of a part, as [`wsp_type`] has it.
    pub(crate) fn type_of(&mut self, part: &Part) -> Result<(), EncodeError> {
        match part.content {
            Content::Octets(_) => self.content_type(&part.content_type),
            Content::Parts(_) => self.content_type(wsp_type(&part.content_type, &part.content)?.as_ref()),
        }
    }

    pub(crate) fn content_disposition(&mut self, disposition: &ContentDisposition) -> Result<(), EncodeError> {
        self.composite(|to| {
            match code_of_disposition(&disposition.kind) {
                Some((code, _)) => to.short_integer(code),
                None => to.token_text(&disposition.kind)?,
            }
            to.parameters(&disposition.parameters, ParameterOwner::Header)
        })
    }
}

/// Steps through a multipart body without decoding its parts, and without allocating.
///
/// It ends where the octets are not a part; [`rest`](Self::rest) is what it left.
///
/// # Examples
///
/// ```
/// use mms_codec::wsp::MultipartReader;
///
/// // One part: `text/plain`, no headers, "hi".
/// let mut parts = MultipartReader::new(&[0x01, 0x01, 0x02, 0x83, b'h', b'i']);
/// let part = parts.next().unwrap();
/// assert_eq!((part.headers, part.data, part.offset), (&[0x83][..], &b"hi"[..], 1));
/// assert!(parts.next().is_none());
/// assert!(parts.rest().is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct MultipartReader<'a> {
    left: &'a [u8],
    offset: usize,
}

/// A part as it is in a multipart body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawPart<'a> {
    /// The content type and the headers.
    pub headers: &'a [u8],
    /// The content; cut where the body ends.
    pub data: &'a [u8],
    /// Where the part begins, in octets from the start of the body.
    pub offset: usize,
}

impl<'a> MultipartReader<'a> {
    /// Steps through `body`, which begins with the number of parts. That number is not used:
    /// it is wrong too often, and newer WSP says 0 (WAP-230, 8.5.2).
    #[must_use]
    pub fn new(body: &'a [u8]) -> Self {
        let size = uintvar_prefix(body).map_or(body.len(), |(_, size)| size);
        Self { left: body.get(size..).unwrap_or_default(), offset: size }
    }

    /// Continues with the octets that another reader has [left](Self::rest), which begin at `offset` of the body.
    #[must_use]
    pub const fn resume(rest: &'a [u8], offset: usize) -> Self {
        Self { left: rest, offset }
    }

    /// The octets after the last part, or of the parts that were not read yet.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.left
    }
}

impl<'a> Iterator for MultipartReader<'a> {
    type Item = RawPart<'a>;

    fn next(&mut self) -> Option<RawPart<'a>> {
        let (headers_length, first) = uintvar_prefix(self.left)?;
        let (data_length, second) = uintvar_prefix(self.left.get(first..)?)?;
        let after = self.left.get(first + second..)?;
        let headers_length = usize::try_from(headers_length).ok()?;
        if headers_length == 0 {
            return None;
        }
        let (headers, after) = after.split_at_checked(headers_length)?;
        let data_length = usize::try_from(data_length).ok()?.min(after.len());
        let (data, after) = after.split_at_checked(data_length)?;
        let part = RawPart { headers, data, offset: self.offset };
        self.offset += self.left.len() - after.len();
        self.left = after;
        Some(part)
    }
}

/// The code of a disposition, and its name as it is read.
pub(super) fn code_of_disposition(kind: &str) -> Option<(u8, &'static str)> {
    (0..).zip(DISPOSITIONS).find(|(_, name)| name.eq_ignore_ascii_case(kind))
}

/// Whether WSP has a form for a header of a part.
pub(crate) fn has_header(header: &Header) -> bool {
    let mut page = DEFAULT_PAGE;
    Writer::for_message().header(header, &mut page).is_ok()
}

/// Whether WSP has a form for the parameter of a content type or a disposition.
pub(crate) fn has_parameter(parameter: &crate::message::Parameter) -> bool {
    Writer::for_message().parameters(core::slice::from_ref(parameter), ParameterOwner::Header).is_ok()
}

/// Whether WSP has a form for a media type.
pub(crate) fn has_media(media: &MediaType) -> bool {
    Writer::for_message().content_type(&ContentType::new(media.clone())).is_ok()
}

/// The content type to write for `content`: MIME multiparts by their WSP name, without boundary.
///
/// # Errors
///
/// Fails for parts whose type does not say that they are parts.
pub(crate) fn wsp_type<'a>(
    content_type: &'a ContentType,
    content: &Content,
) -> Result<Cow<'a, ContentType>, EncodeError> {
    let Content::Parts(_) = content else {
        return Ok(Cow::Borrowed(content_type));
    };
    let MediaType::Name(name) = &content_type.media else { return Err(EncodeErrorKind::NotExpressible.into()) };
    let subtype = multipart_subtype(name.as_bytes()).ok_or(EncodeErrorKind::NotExpressible)?;
    if name.len() > "multipart/".len() + subtype.len() {
        return Ok(Cow::Borrowed(content_type));
    }
    let subtype = content_type.multipart_subtype().unwrap_or_default().to_ascii_lowercase();
    let mut own = ContentType::new(alloc::format!("application/vnd.wap.multipart.{subtype}"));
    own.parameters = content_type.parameters.iter().filter(|parameter| !parameter.is("boundary")).cloned().collect();
    Ok(Cow::Owned(own))
}

//! Octets of a push, both ways.

use alloc::vec::Vec;

use bytes::Bytes;

use super::rules::{Broken, single};
use super::{Origin, Push};
use crate::context::Decoding;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{ContentType, Header};
use crate::options::{Decoded, DeviationKind, Options};
use crate::wsp::{Chain, DEFAULT_PAGE, Reader, Writer, value_length};

/// How many octets before a push are looked over, at most: the longest user data header with ports
/// and concatenation has 13, and what gateways were seen to put there is shorter.
pub const LEADING_OCTETS: usize = 16;

/// The PDU types (WAP-230, table 34).
const PUSH: u8 = 0x06;
const CONFIRMED_PUSH: u8 = 0x07;

/// What an MMS PDU begins with: `X-Mms-Message-Type` and a type.
const MESSAGE_TYPE: u8 = 0x8c;

/// Headers that no MMS PDU begins with: `X-Wap-Application-Id` and `Push-Flag`.
const PUSH_HEADERS: [u8; 2] = [0xaf, 0xb4];

/// Decodes a push leniently.
///
/// The data is shared with `octets`, not copied.
///
/// # Errors
///
/// Fails for octets that are not a push: another PDU type, an end before the content type, octets that
/// are not a content type; and beyond the default [`Limits`](crate::Limits). What the data is does not
/// matter.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, DeviationKind, push};
///
/// // The header length leaves out the last header.
/// let decoded = push::decode(&Bytes::from_static(b"\x01\x06\x03\xbe\xb4\x87\xaf\x84\x8c\x82\x98T1\0"))?;
/// assert_eq!(decoded.value.application_id(), Some("x-wap-application:mms.ua"));
/// assert_eq!(decoded.value.data, &b"\x8c\x82\x98T1\0"[..]);
/// assert_eq!(decoded.deviations[0].kind, DeviationKind::WrongHeaderLength);
///
/// // No TID: this one comes from a connection.
/// let push = push::decode(&Bytes::from_static(b"\x06\x03\xbe\xaf\x84\x8c\x82"))?.value;
/// assert_eq!(push.tid, None);
///
/// // A Reply.
/// let error = push::decode(&Bytes::from_static(b"\x01\x04\x20\x01\xbe")).unwrap_err();
/// assert_eq!(error.to_string(), "octet 0x04 is not allowed here at octet 1, in Type");
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn decode(octets: &Bytes) -> Result<Decoded<Push>, DecodeError> {
    decode_with(octets, &Options::lenient())
}

/// Decodes a push with options.
///
/// # Errors
///
/// As [`decode`], and in strict mode for everything that [the module](super) forgives.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, DecodeErrorKind, DeviationKind, Options, push};
///
/// let octets = Bytes::from_static(b"\xff\xff\x2a\x06\x03\xbe\xaf\x84\x8c\x82");
/// let error = push::decode_with(&octets, &Options::strict()).unwrap_err();
/// assert_eq!(error.kind, DecodeErrorKind::Deviation(DeviationKind::LeadingOctets));
/// ```
pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<Push>, DecodeError> {
    let (start, has_tid) = find(octets);
    let mut from = Reader::new(octets, options);
    if start > 0 {
        from.forgive(DeviationKind::LeadingOctets, 0)?;
        from.take(start)?;
    }
    let tid = from.in_field("TID", |from| has_tid.then(|| from.octet()).transpose())?;
    let type_offset = from.offset();
    let confirmed = from.in_field("Type", |from| match from.octet()? {
        PUSH => Ok(false),
        CONFIRMED_PUSH => Ok(true),
        other => Err(from.error_at(DecodeErrorKind::UnexpectedOctet(other), type_offset)),
    })?;
    let length = from.in_field("HeadersLen", |from| {
        let length_offset = from.offset();
        let announced = usize::try_from(from.uintvar()?).unwrap_or(usize::MAX);
        let length = headers_length(&octets.slice(from.offset()..), announced);
        if length != announced {
            from.forgive(DeviationKind::WrongHeaderLength, length_offset)?;
        }
        Ok(length)
    })?;
    let mut offsets = Vec::new();
    let (content_type, headers) = from.within(length, |from| read_headers(from, &mut offsets))?;
    let data_offset = from.offset();
    let data = from.take_shared(from.remaining().len())?;
    let newer_codes = from.has_newer();
    let push = Push { tid, confirmed, content_type, headers, data, newer_codes, origin: Origin(data_offset) };
    offsets.push(("Type", type_offset));
    for Broken { kind, field, again } in push.broken_rules() {
        let mut places = offsets.iter().filter(|(place, _)| *place == field);
        let offset = places.nth(usize::from(again)).map_or(data_offset, |(_, offset)| *offset);
        match kind {
            DeviationKind::MissingField => from.context().missing(field, offset)?,
            kind => from.context().forgive_in(field, kind, offset)?,
        }
    }
    Ok(Decoded::new(push, from.into_deviations()))
}

/// Content type and headers; and the offsets of the first two of each header that may appear only once.
fn read_headers(
    from: &mut Reader<'_>,
    offsets: &mut Vec<(&'static str, usize)>,
) -> Result<(ContentType, Vec<Header>), DecodeError> {
    let content_type = from.in_field("ContentType", Reader::content_type)?;
    let headers = from.in_field("Headers", |from| read_header_list(from, offsets))?;
    Ok((content_type, headers))
}

fn read_header_list(
    from: &mut Reader<'_>,
    offsets: &mut Vec<(&'static str, usize)>,
) -> Result<Vec<Header>, DecodeError> {
    let mut headers = Vec::new();
    let mut page = DEFAULT_PAGE;
    while !from.is_empty() {
        let offset = from.offset();
        let Some(header) = from.header_or_damaged(&mut page, Reader::header)? else { continue };
        from.count()?;
        if let Some(field) = single(&header)
            && offsets.iter().filter(|(seen, _)| *seen == field).count() < 2
        {
            crate::list::push(offsets, (field, offset));
        }
        crate::list::push(&mut headers, header);
    }
    Ok(headers)
}

/// Where the push begins, and whether with a TID.
fn find(octets: &Bytes) -> (usize, bool) {
    let usual = (0, true);
    if content_type_at(octets, usual, &Options::lenient()).is_some() {
        return usual;
    }
    // What is less usual has to look right.
    let is_right = |place: &(usize, bool)| {
        let content_type = content_type_at(octets, *place, &Options::strict());
        content_type.is_some_and(|content_type| content_type.media.name().is_some_and(|name| name.contains('/')))
    };
    let leading = (1..=LEADING_OCTETS).map(|start| (start, true));
    core::iter::once((0, false)).chain(leading).find(is_right).unwrap_or(usual)
}

/// The content type of a push that begins at this place, with a TID or without.
fn content_type_at(octets: &Bytes, (start, has_tid): (usize, bool), options: &Options) -> Option<ContentType> {
    let (&(PUSH | CONFIRMED_PUSH), rest) = octets.get(start + usize::from(has_tid)..)?.split_first()? else {
        return None;
    };
    let mut rest = octets.slice_ref(rest);
    let mut from = Reader::new(&rest, options);
    let length = usize::try_from(from.uintvar().ok()?).ok()?;
    rest = from.take_shared(length).ok()?;
    Reader::new(&rest, options).content_type().ok()
}

/// How many of `octets` are content type and headers: as many as announced, unless they cannot be.
fn headers_length(octets: &Bytes, announced: usize) -> usize {
    let length = announced.min(octets.len());
    let Some(content_type) = value_length(octets) else {
        return length;
    };
    let length = length.max(content_type);
    let is_mms = Reader::new(&octets.slice(..content_type), &Options::lenient())
        .content_type()
        .is_ok_and(|content_type| content_type.is(ContentType::MMS_MESSAGE));
    if !is_mms || begins_pdu(octets.get(length..)) {
        return length;
    }
    let mut end = content_type;
    while let Some(rest) = octets.get(end..) {
        if begins_pdu(Some(rest)) {
            return end;
        }
        let Some(size) =
            rest.first().filter(|first| end < length || PUSH_HEADERS.contains(first)).and_then(|_| header_size(rest))
        else {
            break;
        };
        end += size;
    }
    length
}

fn begins_pdu(octets: Option<&[u8]>) -> bool {
    matches!(octets, Some([MESSAGE_TYPE, 0x80..=0xff, ..]))
}

/// The size of the header or shift that `octets` begin with.
fn header_size(octets: &[u8]) -> Option<usize> {
    match octets.first()? {
        0x00 => None,
        0x01..=0x1f => Some(1),
        0x7f => Some(2),
        _ => {
            let name = value_length(octets)?;
            Some(name + value_length(octets.get(name..)?)?)
        }
    }
}

pub(super) fn write(push: &Push) -> Result<Chain, EncodeError> {
    if let Some(Broken { kind, field, .. }) = push.broken_rules().first() {
        let kind = match kind {
            DeviationKind::MissingField => EncodeErrorKind::MissingField,
            _ => EncodeErrorKind::FieldConflict,
        };
        return Err(EncodeError::from(kind).in_field(field));
    }
    // Anything else after the headers might be taken for one of them.
    if push.is_mms() && !begins_pdu(Some(&push.data)) {
        return Err(EncodeError::from(EncodeErrorKind::FieldConflict).in_field("Data"));
    }
    let mut headers = Writer::with_newer_codes(push.newer_codes);
    headers.content_type(&push.content_type).map_err(|error| error.in_field("ContentType"))?;
    headers.headers(&push.headers).map_err(|error| error.in_field("Headers"))?;
    let length = u32::try_from(headers.len()).map_err(|_| EncodeErrorKind::NumberTooLarge);
    let mut to = Writer::new();
    push.tid.into_iter().for_each(|tid| to.octet(tid));
    to.octet(if push.confirmed { CONFIRMED_PUSH } else { PUSH });
    to.uintvar(length.map_err(|kind| EncodeError::from(kind).in_field("HeadersLen"))?);
    to.octets(&headers.into_octets());
    to.payload(&push.data);
    Ok(to.checked()?.into_chain())
}

//! PDUs of MM1, multipart bodies, and headers of WSP.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use bytes::Bytes;

use super::{Span, Walk};
use crate::message::{ContentType, Header};
use crate::mm1::{FieldCode, MessageType, decode, field_places, message_type};
use crate::options::{Limits, Options};
use crate::wsp::{DEFAULT_PAGE, MultipartReader, RawContentType, Reader, name_of_header, uintvar_prefix, value_length};

/// Walks a PDU of MM1: fields, and the parts of the body with their headers.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, span};
///
/// let pdu = Bytes::from_static(b"\x8c\x84\x8d\x92\x84\xa3\x01\x01\x02\x83hi");
/// let mut lines = Vec::new();
/// span::mm1(&pdu, |span| {
///     let value = span.value.unwrap_or_default();
///     lines.push(format!("{:2} {}{}: {value}", span.offset, "  ".repeat(span.depth), span.name));
/// });
/// assert_eq!(lines, [
///     " 0 X-Mms-Message-Type: m-retrieve-conf",
///     " 2 X-Mms-MMS-Version: 1.2",
///     " 4 Content-Type: application/vnd.wap.multipart.mixed",
///     " 6 nEntries: 1",
///     " 7 part 1: text/plain",
///     " 7   HeadersLen: 1",
///     " 8   DataLen: 2",
///     " 9   Content-Type: text/plain",
///     "10   Data: ",
/// ]);
/// ```
pub fn mm1<'a>(octets: &'a Bytes, mut visit: impl FnMut(Span<'a>)) {
    Walk { input: octets, visit: &mut visit, depth: 0 }.pdu(0, octets.len());
}

const STRAY: &str = "stray octets";

impl Walk<'_, '_> {
    /// The PDU from `start` to `end`.
    pub(super) fn pdu(&mut self, start: usize, end: usize) {
        let octets = self.input.slice(start..end);
        let message_type = message_type(&octets).map_or(0xff, MessageType::octet);
        let mut places = Vec::new();
        let mut last = start;
        field_places(&octets, |place| {
            last = start + place.end;
            places.push((start + place.start, last));
        });
        for (at, after) in places {
            let rest = self.octets(at, after);
            match rest.first().and_then(|first| FieldCode::from_wire(*first)) {
                Some(FieldCode::CONTENT_TYPE) => self.body(at, after),
                Some(code) => {
                    let name = code.to_string();
                    let value = field_value(message_type, code == FieldCode::MESSAGE_TYPE, &name, rest);
                    self.leaf(at, after, name, value);
                }
                None => {
                    let name = rest.split(|octet| *octet == 0).next().unwrap_or_default();
                    let name = String::from_utf8_lossy(name).into_owned();
                    match field_value(message_type, false, &name, rest) {
                        Some(value) => self.leaf(at, after, name, Some(value)),
                        None => self.leaf(at, after, STRAY, None),
                    }
                }
            }
        }
        self.leaf(last, end, "octets beyond the limits", None);
    }

    /// The field `Content-Type`, and the body behind it.
    fn body(&mut self, start: usize, end: usize) {
        let value = self.octets(start + 1, end);
        let body = start + 1 + value_length(value).unwrap_or(value.len()).min(value.len());
        self.leaf(start, body, "Content-Type", self.content_type(start + 1, body));
        self.content(value, body, end);
    }

    fn content_type(&self, start: usize, end: usize) -> Option<String> {
        let octets = self.input.slice(start.min(end)..end);
        Reader::new(&octets, &Options::lenient()).content_type().ok().map(|content_type| content_type.to_string())
    }

    /// Content of the type that `content_type` begins with.
    fn content(&mut self, content_type: &[u8], start: usize, end: usize) {
        let content_type = RawContentType::new(content_type);
        let is_multipart = content_type.as_ref().is_some_and(RawContentType::is_multipart);
        let media = content_type.and_then(|content_type| content_type.media_type());
        let is_message = media.is_some_and(|media| media.eq_ignore_ascii_case(ContentType::MMS_MESSAGE));
        if self.depth >= Limits::MAX_DEPTH {
            self.leaf(start, end, "Data", None);
        } else if is_multipart {
            self.parts(start, end);
        } else if is_message {
            self.outer(start, end, "Data", None, |walk| walk.pdu(start, end));
        } else {
            self.leaf(start, end, "Data", None);
        }
    }

    /// A multipart (WAP-230, 8.5).
    fn parts(&mut self, start: usize, end: usize) {
        let body = self.octets(start, end);
        let Some((number, size)) = uintvar_prefix(body) else { return self.leaf(start, end, STRAY, None) };
        self.leaf(start, start + size, "nEntries", Some(number.to_string()));
        let mut parts = MultipartReader::new(body);
        let mut number = 0;
        while let Some(part) = parts.next() {
            number += 1;
            let at = start + part.offset;
            let after = end - parts.rest().len();
            let headers = after - part.data.len() - part.headers.len();
            let data = after - part.data.len();
            let first = uintvar_prefix(self.octets(at, headers));
            let second = first.and_then(|(_, size)| uintvar_prefix(self.octets(at + size, headers)));
            let middle = first.map_or(headers, |(_, size)| at + size);
            let value = self.content_type(headers, data);
            self.outer(at, after, format!("part {number}"), value, |walk| {
                walk.leaf(at, middle, "HeadersLen", first.map(|(length, _)| length.to_string()));
                walk.leaf(middle, headers, "DataLen", second.map(|(length, _)| length.to_string()));
                walk.headers(headers, data);
                walk.content(part.headers, data, after);
            });
        }
        self.leaf(end - parts.rest().len(), end, "octets after the last part", None);
    }

    /// A content type and headers (WAP-230, 8.4.2).
    pub(super) fn headers(&mut self, start: usize, end: usize) {
        let octets = self.octets(start, end);
        let size = value_length(octets).unwrap_or(octets.len()).min(octets.len());
        let mut at = start + size;
        self.leaf(start, at, "Content-Type", self.content_type(start, at));
        let mut page = DEFAULT_PAGE;
        while at < end {
            let rest = self.octets(at, end);
            let Some(size) = header_length(rest) else { return self.leaf(at, end, STRAY, None) };
            let octets = self.input.slice(at..at + size);
            let header = Reader::new(&octets, &Options::lenient()).header(&mut page);
            match (header, rest) {
                (Ok(Some(Header::Text { name, value })), _) => {
                    self.leaf(at, at + size, name.to_string(), Some(value.to_string()));
                }
                (Ok(None), _) => self.leaf(at, at + size, "Shift-sequence", Some(page.to_string())),
                (_, [code @ 0x80..=0xff, ..]) => {
                    let known = name_of_header(code & 0x7f).filter(|_| page == DEFAULT_PAGE);
                    let name = known.map_or_else(|| format!("header {code:#04X}"), Into::into);
                    self.leaf(at, at + size, name, None);
                }
                _ => self.leaf(at, at + size, STRAY, None),
            }
            at += size;
        }
    }
}

/// The length of the header, or of the shift to another code page, that the octets begin with.
fn header_length(octets: &[u8]) -> Option<usize> {
    let size = match octets.first()? {
        0x00..=0x1f => return Some(1),
        0x7f => 2,
        0x20..=0x7e => {
            let name = memchr::memchr(0, octets)? + 1;
            name + value_length(octets.get(name..)?)?
        }
        _ => 1 + value_length(octets.get(1..)?)?,
    };
    Some(size).filter(|size| *size <= octets.len())
}

/// The value of a field as the decoder of the PDU shows it.
fn field_value(message_type: u8, is_type: bool, name: &str, octets: &[u8]) -> Option<String> {
    let head: &[u8] = if is_type { &[] } else { &[FieldCode::MESSAGE_TYPE.wire(), message_type] };
    let pdu = decode(&Bytes::from([head, octets].concat())).ok()?.value;
    if is_type {
        return Some(pdu.message_type().to_string());
    }
    let fields = pdu.fields();
    let shown = fields.iter().find(|shown| shown.name == name)?;
    Some(shown.values.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

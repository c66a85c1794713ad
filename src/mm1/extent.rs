//! Where a PDU ends that nothing delimits, such as one in an image of a memory.

use super::code_point::MessageType;
use super::field::{FieldCode, FieldName, Fields};
use super::pdu::Pdu;
use crate::wsp::{MultipartReader, uintvar_prefix, value_length};

/// Where a PDU ends, by its fields and the lengths of its parts.
///
/// # Examples
///
/// ```
/// use mms_codec::mm1::Extent;
///
/// let image = b"\x8c\x84\x8d\x92\x84\xa3\x01\x01\x02\x83hi and more";
/// let extent = Extent::of(image).unwrap();
/// assert_eq!((extent.head, extent.length, extent.is_whole), (6, 12, true));
///
/// let image = b"\x8c\x81\x98T1\0\x8d\x92\x92\x80\0\0\0\0";
/// assert_eq!(Extent::of(image).unwrap().length, 10);
/// assert_eq!(Extent::of(b"\x8d\x92"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Extent {
    /// The length of the fields in octets, that of the content type included.
    pub head: usize,
    /// The length of the PDU in octets, as far as it is known: of a body that was cut, up to the last whole part.
    pub length: usize,
    /// Whether the length is that of the whole PDU: it has no body, or a multipart whose announced parts are there. The
    /// length of another body is not known.
    pub is_whole: bool,
}

impl Extent {
    /// How long the fields are at most: no PDU in use has more.
    pub const MAX_HEAD: usize = 4_096;

    /// The extent of the PDU of a known type that `octets` begin with, which begins with its type. Behind its last field
    /// may be anything: a field that the PDU does not have, or has already, does not belong to it, and neither do unknown
    /// fields and application headers behind all others.
    ///
    /// Values are not decoded, and what is behind [`MAX_HEAD`](Self::MAX_HEAD) is not looked at, except for the lengths
    /// of the parts.
    #[must_use]
    pub fn of(octets: &[u8]) -> Option<Self> {
        let [0x8c, message_type @ 0x80..=0xff, ..] = *octets else { return None };
        let message_type = MessageType::from_octet(message_type);
        message_type.name()?;
        let pdu = Pdu::new(message_type);
        let head = octets.get(..octets.len().min(Self::MAX_HEAD)).unwrap_or_default();
        let mut seen = 0_u128;
        let mut length = 2;
        for field in Fields::new(head).map_while(Result::ok).skip(1) {
            let code = match field.name {
                FieldName::Code(code) => code,
                FieldName::Text(name) if name.iter().all(u8::is_ascii_graphic) => continue,
                FieldName::Text(_) => break,
            };
            if code.name().is_none() {
                continue;
            }
            let bit = 1_u128 << (code.wire() & 0x7f);
            let row = pdu.field_codes().find(|(own, _)| *own == code);
            if row.is_none_or(|(_, repeats)| !repeats && seen & bit != 0) {
                break;
            }
            seen |= bit;
            if code == FieldCode::CONTENT_TYPE {
                let body = field.offset + 1 + value_length(field.value)?;
                let is_multipart = field.parts().is_some();
                return octets.get(body..).map(|octets| Self::with_body(body, octets, is_multipart));
            }
            length = field.offset + 1 + field.value.len();
        }
        Some(Self { head: length, length, is_whole: true })
    }

    /// The most parts that are followed, so that a forged number of parts does not keep a search busy.
    const MAX_PARTS: u32 = 1_000;

    fn with_body(head: usize, body: &[u8], is_multipart: bool) -> Self {
        let announced = uintvar_prefix(body).filter(|(announced, _)| is_multipart && *announced <= Self::MAX_PARTS);
        let Some((announced, _)) = announced else { return Self { head, length: head, is_whole: false } };
        let mut parts = MultipartReader::new(body);
        for _ in 0..announced {
            let left = parts.rest();
            let up_to_here = Self { head, length: head + body.len() - left.len(), is_whole: false };
            let Some(part) = parts.next() else { return up_to_here };
            // Content that ends early was cut where the octets end.
            let lengths = uintvar_prefix(left).and_then(|(_, size)| uintvar_prefix(left.get(size..)?));
            let is_cut = lengths.is_none_or(|(length, _)| usize::try_from(length) != Ok(part.data.len()));
            if is_cut || value_length(part.headers).is_none_or(|length| length > part.headers.len()) {
                return up_to_here;
            }
        }
        let length = head + body.len() - parts.rest().len();
        Self { head, length, is_whole: announced > 0 }
    }
}

//! A push read where it is, without allocating.

use crate::message::ContentType;
use crate::wsp::{RawContentType, uintvar_prefix};

/// A WSP Push in its octets (WAP-230, 8.2.4.1): what leads to the PDU without allocating.
///
/// # Examples
///
/// ```
/// use mms_codec::mm1::Fields;
/// use mms_codec::push::RawPush;
///
/// let push = RawPush::new(b"\x2a\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0").unwrap();
/// assert_eq!((push.tid, push.media_type()), (0x2a, Some("application/vnd.wap.mms-message")));
/// assert!(push.is_mms());
/// assert_eq!(Fields::new(push.data).count(), 2);
/// assert_eq!(RawPush::new(b"\x2a\x05\x03\xbe\xaf\x84"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawPush<'a> {
    /// The transaction identifier (`TID`).
    pub tid: u8,
    /// The content type and the headers.
    pub headers: &'a [u8],
    /// The data, to the end of the datagram.
    pub data: &'a [u8],
}

/// The type of the PDU.
const PUSH: u8 = 0x06;

impl<'a> RawPush<'a> {
    /// The push that a datagram is; `None` for another PDU, and for headers that reach beyond the end.
    #[must_use]
    pub fn new(datagram: &'a [u8]) -> Option<Self> {
        let [tid, PUSH, rest @ ..] = datagram else { return None };
        let (length, size) = uintvar_prefix(rest)?;
        let (headers, data) = rest.get(size..)?.split_at_checked(usize::try_from(length).ok()?)?;
        Some(Self { tid: *tid, headers, data })
    }

    /// The media type, without parameters; `None` for a number that is not assigned.
    #[must_use]
    pub fn media_type(&self) -> Option<&'a str> {
        RawContentType::new(self.headers)?.media_type()
    }

    /// Whether the data is an MMS PDU, by its media type.
    #[must_use]
    pub fn is_mms(&self) -> bool {
        self.media_type().is_some_and(|media| media.eq_ignore_ascii_case(ContentType::MMS_MESSAGE))
    }
}

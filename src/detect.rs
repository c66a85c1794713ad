//! Finding out which interface octets are a message of, and what carries it.

use alloc::vec::Vec;

use bytes::Bytes;

use crate::named::closed;
use crate::options::Options;
use crate::push::sms::{self, ShortMessage, Tpdu, UserData, UserDataHeader};
use crate::shown::FieldForm;
use crate::{http, mm1, mm4, mm7};

closed! {
    /// What octets are a message of. The name is that in the JSON of `mms inspect`.
    pub enum Interface {
        /// Charging records (TS 32.298).
        Cdr = "cdr";
        /// MM7: SOAP with attachments.
        Mm7 = "mm7";
        /// MM4: mail between operators.
        Mm4 = "mm4";
        /// A WSP push, mostly of a PDU of MM1.
        Push = "push";
        /// MM1: a PDU.
        Mm1 = "mm1";
    }
}

/// The interface that octets look like a message of, also inside an HTTP message and, for a push, inside a
/// short message, in octets or as the digits that modems write. Those that are recognised most surely are
/// tried first. Charging records need the feature `cdr`.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, Interface, detect};
///
/// let of = |octets: &'static [u8]| detect(&Bytes::from_static(octets));
/// assert_eq!(of(b"\x8c\x85\x98T1\0\x8d\x92"), Some(Interface::Mm1));
/// assert_eq!(of(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n\x8c\x85\x98T1\0\x8d\x92"), Some(Interface::Mm1));
/// assert_eq!(of(b"X-Mms-Message-Type: MM4_forward.REQ\r\n\r\n"), Some(Interface::Mm4));
/// assert_eq!(of(b"<SubmitRsp><MM7Version>6.8.0</MM7Version></SubmitRsp>"), Some(Interface::Mm7));
/// assert_eq!(of(b"\x2a\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0").map(Interface::name), Some("push"));
/// assert_eq!(of(b"hello"), None);
/// ```
pub fn detect(octets: &Bytes) -> Option<Interface> {
    #[cfg(feature = "cdr")]
    if is_records(octets) {
        return Some(Interface::Cdr);
    }
    if mm7::detect(octets) {
        return Some(Interface::Mm7);
    }
    if let Some(message) = http_message(octets) {
        return bare(&message.body);
    }
    if mm4::detect(octets) {
        return Some(Interface::Mm4);
    }
    bare(octets)
}

/// The interface of octets without a head.
fn bare(octets: &Bytes) -> Option<Interface> {
    if short_message_data(octets).is_some() || is_push(octets) {
        return Some(Interface::Push);
    }
    mm1::message_type(octets).map(|_| Interface::Mm1)
}

/// Whether a file begins with a charging record, or with a header that knows how long the file is or
/// comes before the header of a record.
#[cfg(feature = "cdr")]
fn is_records(octets: &[u8]) -> bool {
    use crate::cdr::{self, FileHeader};
    let has_header = |(header, end): (FileHeader, usize)| {
        let starts = [4, 5].into_iter().filter_map(|length| end.checked_add(length));
        let mut records = starts.filter_map(|start| octets.get(start..));
        usize::try_from(header.file_length).is_ok_and(|length| length == octets.len()) || records.any(cdr::detect)
    };
    cdr::detect(octets) || FileHeader::read(octets).is_ok_and(has_header)
}

/// The message of an interface without what carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uncarried {
    /// The octets that the decoder of the interface takes.
    pub octets: Bytes,
    /// The HTTP message around it, if there is one.
    http: Option<http::HttpMessage>,
    /// Where it begins behind the head of HTTP.
    start: usize,
}

impl Uncarried {
    /// Where in the input an octet of the message is.
    pub fn offset_in_input(&self, at: usize) -> usize {
        let at = self.start.saturating_add(at);
        self.http.as_ref().map_or(at, |http| http.offset_in_input(at))
    }
}

impl Interface {
    /// The fields that messages of the interface may have, each once: those that the library reads into
    /// structs. It may be repeated if one of the messages may repeat it. None for charging records and pushes.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Interface, ShownKind};
    ///
    /// let forms = Interface::Mm1.fields();
    /// let of = |name| forms.iter().find(|form| form.name == name).unwrap();
    /// assert_eq!(of("X-Mms-Message-Size").kind, ShownKind::Number);
    /// assert!(of("To").repeats);
    /// ```
    #[must_use]
    pub fn fields(self) -> Vec<FieldForm> {
        let all: Vec<FieldForm> = match self {
            Self::Mm1 => mm1::Pdu::forms().collect(),
            Self::Mm4 => mm4::Pdu::forms().collect(),
            Self::Mm7 => mm7::Envelope::forms().collect(),
            Self::Push | Self::Cdr => Vec::new(),
        };
        let mut forms = Vec::<FieldForm>::new();
        for form in all {
            match forms.iter_mut().find(|known| known.name == form.name) {
                Some(known) => known.repeats |= form.repeats,
                None => forms.push(form),
            }
        }
        forms
    }

    /// The message of the interface without what carries it, if that is an HTTP message around a PDU of MM1 or a
    /// push, or a short message around a push. The decoders of the others take their carriers.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Bytes, Interface};
    ///
    /// let response = Bytes::from_static(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n\x8c\x85\x98T1\0\x8d\x92");
    /// let message = Interface::Mm1.uncarried(&response);
    /// assert_eq!(message.octets, &b"\x8c\x85\x98T1\0\x8d\x92"[..]);
    /// assert_eq!(message.offset_in_input(0), 38);
    /// ```
    pub fn uncarried(self, octets: &Bytes) -> Uncarried {
        let http = http_message(octets).filter(|_| matches!(self, Self::Mm1 | Self::Push));
        let whole = http.as_ref().map_or_else(|| octets.clone(), |http| http.body.clone());
        let inside = if self == Self::Push { short_message_data(&whole) } else { None };
        // Octets decoded from digits have no place in the input.
        let place = inside.as_ref().map(|inside| inside.as_ptr().addr().wrapping_sub(whole.as_ptr().addr()));
        let start = place.filter(|place| *place <= whole.len()).unwrap_or_default();
        Uncarried { octets: inside.unwrap_or(whole), http, start }
    }
}

/// The HTTP message that the octets are, whatever its type.
fn http_message(octets: &Bytes) -> Option<http::HttpMessage> {
    let is_http = http::detect(octets);
    is_http.then(|| http::decode(octets).ok()).flatten().map(|decoded| decoded.value)
}

/// What a short message to the ports of push carries. Not if it is one of several segments.
fn short_message_data(octets: &Bytes) -> Option<Bytes> {
    sms::carried(octets, |_, user_data| {
        let is_whole = user_data.header.concatenation().is_none_or(|place| place.total == 1);
        (is_whole && is_for_push(&user_data.header)).then_some(user_data.data)
    })
}

fn is_for_push(header: &UserDataHeader) -> bool {
    header.ports().is_some_and(|ports| ports.is_push())
}

/// Whether it begins as a push does, and is one. A PDU of MM1 begins with its type.
fn is_push(octets: &Bytes) -> bool {
    let has_type = || matches!(**octets, [_, 0x06 | 0x07, ..]) && !is_status_report(octets);
    let has_port = || {
        UserData::decode_with(octets, &Options::strict()).is_ok_and(|user_data| is_for_push(&user_data.value.header))
    };
    !matches!(**octets, [0x8c, 0x80..=0xff, ..])
        && crate::push::decode(octets).is_ok_and(|push| push.value.is_mms() || has_type() || has_port())
}

/// Whether it is a report on a short message, which may begin with the octets of a push.
fn is_status_report(octets: &Bytes) -> bool {
    let is_one = |tpdu: &Tpdu| matches!(tpdu, Tpdu::StatusReport(_));
    let strict = Options::strict();
    ShortMessage::decode_with(octets, &strict).is_ok_and(|message| is_one(&message.value.tpdu))
        || Tpdu::decode_with(octets, &strict).is_ok_and(|tpdu| is_one(&tpdu.value))
}

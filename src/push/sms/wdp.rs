//! Datagrams in short messages of 3GPP2: the user data of teleservice 4100 (WAP-259, 6.5).

use alloc::vec::Vec;

use bytes::Bytes;

use super::{Concatenation, InformationElement, Ports, Reference, UserData, UserDataHeader};
use crate::context::Decoding;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::options::{Decoded, DeviationKind, Options};
use crate::wsp::Reader;

/// A segment of a datagram as CDMA networks carry it in the user data of a short message to the WAP
/// teleservice (4100).
///
/// It has no reference: what segments have in common is the message identifier of the short message.
///
/// # Examples
///
/// ```
/// use mms_codec::push::sms::{JoinLimits, Joined, Joiner, Ports, Reference, Wdp};
/// use mms_codec::{Bytes, Options};
///
/// let first = Wdp::decode_with(&Bytes::from_static(b"\x00\x02\x00\x23\xf0\x0b\x84\x2a\x06\x03"), &Options::strict())?.value;
/// let second = Wdp::decode_with(&Bytes::from_static(b"\x00\x02\x01\xbe\xaf\x84"), &Options::strict())?.value;
/// assert_eq!(first.ports, Some(Ports::WAP_PUSH));
/// let (message_id, mut joiner) = (0x1234, Joiner::new(JoinLimits::DEFAULT));
/// joiner.add("1234", &second.user_data(Reference::Long(message_id)))?;
/// let Joined::Complete(message) = joiner.add("1234", &first.user_data(Reference::Long(message_id)))? else {
///     panic!("not complete")
/// };
/// assert_eq!(message.ports, Some(Ports::WAP_PUSH));
/// assert_eq!(message.data, &b"\x2a\x06\x03\xbe\xaf\x84"[..]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "the header has these fields")]
pub struct Wdp {
    /// Number of segments of the datagram.
    pub total: u8,
    /// Which of them this is; the first is 0.
    pub segment: u8,
    /// The ports, which the first segment has.
    pub ports: Option<Ports>,
    /// The data of the segment.
    #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
    pub data: Bytes,
}

/// `MSG_TYPE` of WDP.
const WDP: u8 = 0x00;

impl Wdp {
    /// The segments of a datagram, in short messages that have room for `limit` octets of user data.
    ///
    /// # Errors
    ///
    /// Fails if the limit leaves no room for data, and if more than 255 segments were needed.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::Bytes;
    /// use mms_codec::push::sms::{Ports, Wdp};
    ///
    /// let segments = Wdp::split(&Bytes::from(vec![7; 200]), Ports::WAP_PUSH, 130)?;
    /// let lengths: Vec<_> = segments.iter().map(|segment| segment.encode().unwrap().len()).collect();
    /// assert_eq!(lengths, [130, 80]);
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn split(datagram: &Bytes, ports: Ports, limit: usize) -> Result<Vec<Self>, EncodeError> {
        let no_room = || EncodeError::from(EncodeErrorKind::NotExpressible).in_field("User Data");
        let first_room = limit.checked_sub(7).filter(|room| *room > 0).ok_or_else(no_room)?;
        let room = first_room + 4;
        let first = datagram.slice(..datagram.len().min(first_room));
        let others = (first.len()..datagram.len()).step_by(room);
        let others = others.map(|start| datagram.slice(start..datagram.len().min(start + room)));
        let count = 1 + (datagram.len() - first.len()).div_ceil(room);
        let total = u8::try_from(count).map_err(|_| EncodeError::from(EncodeErrorKind::NumberTooLarge))?;
        let pieces = (0..total).zip(core::iter::once(first).chain(others));
        Ok(pieces
            .map(|(segment, data)| Self { total, segment, ports: (segment == 0).then_some(ports), data })
            .collect())
    }

    /// Decodes user data. The data is shared with `octets`.
    ///
    /// # Errors
    ///
    /// Fails for another type and for an end before the data. Deviations: a segment beyond the total.
    pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<Self>, DecodeError> {
        let mut from = Reader::new(octets, options);
        let kind = from.in_field("MSG_TYPE", Reader::octet)?;
        if kind != WDP {
            let error = from.error_at(DecodeErrorKind::UnexpectedOctet(kind), 0);
            return Err(DecodeError { field: Some("MSG_TYPE"), ..error });
        }
        let total = from.in_field("TOTAL_SEGMENTS", Reader::octet)?;
        let segment = from.in_field("SEGMENT_NUMBER", |from| {
            let offset = from.offset();
            let segment = from.octet()?;
            if segment >= total {
                from.forgive(DeviationKind::InvalidValue, offset)?;
            }
            Ok::<_, DecodeError>(segment)
        })?;
        let mut port = |field| {
            from.in_field(field, |from| Ok::<_, DecodeError>(u16::from_be_bytes([from.octet()?, from.octet()?])))
        };
        let ports = if segment == 0 {
            let (originator, destination) = (port("SOURCE_PORT")?, port("DESTINATION_PORT")?);
            Some(Ports { destination, originator })
        } else {
            None
        };
        let data = from.take_shared(from.remaining().len())?;
        Ok(Decoded::new(Self { total, segment, ports, data }, from.into_deviations()))
    }

    /// The user data.
    ///
    /// # Errors
    ///
    /// Fails for a segment beyond the total, for a first segment without ports, and for another one with
    /// ports.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let wrong = |field| Err(EncodeError::from(EncodeErrorKind::FieldConflict).in_field(field));
        if self.segment >= self.total {
            return wrong("SEGMENT_NUMBER");
        } else if self.ports.is_some() != (self.segment == 0) {
            return wrong("DESTINATION_PORT");
        }
        let mut to = Vec::from([WDP, self.total, self.segment]);
        if let Some(Ports { destination, originator }) = self.ports {
            to.extend(originator.to_be_bytes());
            to.extend(destination.to_be_bytes());
        }
        to.extend_from_slice(&self.data);
        Ok(to)
    }

    /// The segment as [`Joiner`](super::Joiner) takes it: its reference is the message identifier of the
    /// short message.
    pub fn user_data(&self, reference: Reference) -> UserData {
        let mut header = UserDataHeader::default();
        header.elements.extend(self.ports.map(InformationElement::Ports));
        if self.total > 1 {
            let index = self.segment.saturating_add(1);
            let place = Concatenation { reference, total: self.total, index };
            header.elements.push(InformationElement::Concatenation(place));
        }
        UserData::new(header, self.data.clone())
    }
}

//! Splitting a push into short messages.

use alloc::vec::Vec;

use bytes::Bytes;

use super::{Concatenation, InformationElement, Ports, Reference, USER_DATA_OCTETS, UserData, UserDataHeader};
use crate::error::{EncodeError, EncodeErrorKind};

/// How to split a push into the user data of short messages.
///
/// # Examples
///
/// ```
/// use mms_codec::Bytes;
/// use mms_codec::push::sms::{Reference, Split};
///
/// let split = Split::new(Reference::Short(0x5c));
/// // What fits into one short message needs no reference.
/// assert_eq!(split.segments(&Bytes::from(vec![0; 133]))?.len(), 1);
/// let segments = split.segments(&Bytes::from(vec![0; 143]))?;
/// let lengths: Vec<_> = segments.iter().map(|segment| segment.data.len()).collect();
/// assert_eq!(lengths, [128, 15]);
/// assert!(segments[1].encode()?.starts_with(b"\x0b\x05\x04\x0b\x84\x23\xf0\x00\x03\x5c\x02\x02"));
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "written out by users with `..Split::new(reference)`")]
pub struct Split {
    /// The ports, which every segment carries.
    pub ports: Ports,
    /// The reference of the segments if there is more than one.
    pub reference: Reference,
    /// How many octets of user data, its header included, a short message may have. 140 is the most
    /// that the network carries; some gateways leave room for further elements.
    pub limit: usize,
}

impl Split {
    /// To the ports of push, in short messages of full size.
    #[must_use]
    pub const fn new(reference: Reference) -> Self {
        Self { ports: Ports::WAP_PUSH, reference, limit: USER_DATA_OCTETS }
    }

    /// The user data of each short message, in their order. The data is shared with `push`.
    ///
    /// # Errors
    ///
    /// Fails if the limit leaves no room for data, and if more than 255 segments were needed.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::Bytes;
    /// use mms_codec::push::sms::{Reference, Split};
    ///
    /// let split = Split { limit: 100, ..Split::new(Reference::Long(0x1234)) };
    /// for segment in split.segments(&Bytes::from(vec![0; 1000]))? {
    ///     assert!(segment.encode()?.len() <= 100);
    /// }
    /// assert!(split.segments(&Bytes::from(vec![0; 100_000])).is_err());
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn segments(&self, push: &Bytes) -> Result<Vec<UserData>, EncodeError> {
        let ports = InformationElement::Ports(self.ports);
        let single = UserDataHeader { elements: Vec::from([ports.clone()]) };
        if single.encode()?.len() + push.len() <= self.limit {
            return Ok(Vec::from([UserData::new(single, push.clone())]));
        }
        let header = |total, index| {
            let concatenation = Concatenation { reference: self.reference, total, index };
            UserDataHeader { elements: Vec::from([ports.clone(), InformationElement::Concatenation(concatenation)]) }
        };
        let no_room = || EncodeError::from(EncodeErrorKind::NotExpressible).in_field("TP-UD");
        let room = self.limit.checked_sub(header(1, 1).encode()?.len()).filter(|room| *room > 0).ok_or_else(no_room)?;
        let too_large = |_| EncodeError::from(EncodeErrorKind::NumberTooLarge).in_field("IED");
        let total = u8::try_from(push.len().div_ceil(room)).map_err(too_large)?;
        let starts = (0..push.len()).step_by(room);
        Ok((1..=total)
            .zip(starts)
            .map(|(index, start)| UserData::new(header(total, index), push.slice(start..push.len().min(start + room))))
            .collect())
    }
}

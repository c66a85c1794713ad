//! User data read where it is, without allocating.

use super::{CONCATENATION, Concatenation, LONG_CONCATENATION, PORTS, Ports, Reference, SHORT_PORTS};

/// The user data of a short message in its octets (TS 23.040, 9.2.3.24): ports, place among the segments, and data.
///
/// # Examples
///
/// ```
/// use mms_codec::push::sms::{Ports, RawUserData};
///
/// let segment = RawUserData::new(b"\x0b\x05\x04\x0b\x84\x23\xf0\x00\x03\x5c\x02\x01push").unwrap();
/// assert_eq!(segment.ports, Some(Ports::WAP_PUSH));
/// let place = segment.concatenation.unwrap();
/// assert_eq!((place.index, place.total), (1, 2));
/// assert_eq!(segment.data, b"push");
/// assert_eq!(RawUserData::new(b"\x05\x00"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawUserData<'a> {
    /// The ports. Of more than one element with ports the last one counts (TS 23.040, 9.2.3.24).
    pub ports: Option<Ports>,
    /// The place among the segments, if there is more than this one; likewise.
    pub concatenation: Option<Concatenation>,
    /// What is behind the header: a push, or a segment of one.
    pub data: &'a [u8],
}

impl<'a> RawUserData<'a> {
    /// User data that begins with a header: `TP-UDHI` is set. `None` for a header that reaches beyond the end. Elements
    /// that are not known or cannot be read are passed over.
    #[must_use]
    pub fn new(user_data: &'a [u8]) -> Option<Self> {
        let (length, rest) = user_data.split_first()?;
        let (mut elements, data) = rest.split_at_checked(usize::from(*length))?;
        let mut found = Self { ports: None, concatenation: None, data };
        while let [id, length, rest @ ..] = elements {
            let Some((value, after)) = rest.split_at_checked(usize::from(*length)) else { break };
            found.element(*id, value);
            elements = after;
        }
        Some(found)
    }

    fn element(&mut self, id: u8, value: &[u8]) {
        let place =
            |reference, total, index| Some(Concatenation { reference, total, index }).filter(|place| place.is_valid());
        match (id, value) {
            (CONCATENATION, [reference, total, index]) => {
                self.concatenation = place(Reference::Short(*reference), *total, *index).or(self.concatenation);
            }
            (LONG_CONCATENATION, [high, low, total, index]) => {
                let reference = Reference::Long(u16::from_be_bytes([*high, *low]));
                self.concatenation = place(reference, *total, *index).or(self.concatenation);
            }
            (SHORT_PORTS, [destination, originator]) => {
                self.ports = Some(Ports { destination: (*destination).into(), originator: (*originator).into() });
            }
            (PORTS, [a, b, c, d]) => {
                let (destination, originator) = (u16::from_be_bytes([*a, *b]), u16::from_be_bytes([*c, *d]));
                self.ports = Some(Ports { destination, originator });
            }
            _ => {}
        }
    }
}

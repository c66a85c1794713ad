//! Short messages that carry a push (3GPP TS 23.040, 9.2.3.24).
//!
//! [`UserData`] is what one short message carries: a header with ports and, if there is more than
//! one, the place among them; and data. [`Split`] makes such segments of a push, [`Joiner`] makes
//! a push of segments.
//!
//! [`Deliver`], [`Submit`] and [`StatusReport`] are whole short messages, both ways, and
//! [`ShortMessage`] is one behind the address of its service centre, as modems give and take it in
//! hexadecimal digits. [`Wdp`] is the user data of 3GPP2, and [`SmppMessage`] what SMPP has of it. What
//! carries a push has 8-bit data; texts are kept as they are coded, and `text()` decodes them.

mod address;
mod alphabet;
mod carried;
mod deliver;
mod join;
mod octets;
mod raw;
mod smpp;
mod split;
mod status_report;
mod submit;
mod time;
mod tpdu;
mod wdp;

use alloc::string::String;
use alloc::vec::Vec;

use bytes::Bytes;

pub use self::address::SmsAddress;
pub use self::alphabet::Alphabet;
pub use self::carried::carried;
pub use self::deliver::Deliver;
pub use self::join::{CompleteMessage, JoinError, JoinLimits, Joined, Joiner, Key, Unfinished};
pub use self::raw::RawUserData;
pub use self::smpp::SmppMessage;
pub use self::split::Split;
pub use self::status_report::StatusReport;
pub use self::submit::{Submit, Validity};
pub use self::time::SmsTime;
pub use self::tpdu::{ShortMessage, Tpdu};
pub use self::wdp::Wdp;
use crate::context::Decoding;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::options::{Decoded, DeviationKind, Options};
use crate::wsp::Reader;

/// The identifiers of the information elements (TS 23.040, 9.2.3.24).
const CONCATENATION: u8 = 0x00;
const SHORT_PORTS: u8 = 0x04;
const PORTS: u8 = 0x05;
const LONG_CONCATENATION: u8 = 0x08;

/// How many octets of user data a short message has.
const USER_DATA_OCTETS: usize = 140;

/// The user data of one short message: a header, and data.
///
/// # Examples
///
/// ```
/// use mms_codec::push::sms::{Ports, UserData};
/// use mms_codec::{Bytes, Options};
///
/// let octets = Bytes::from_static(b"\x06\x05\x04\x0b\x84\x23\xf0\x2a\x06\x03\xbe\xaf\x84");
/// let user_data = UserData::decode_with(&octets, &Options::strict())?.value;
/// assert_eq!(user_data.header.ports(), Some(Ports::WAP_PUSH));
/// assert_eq!(user_data.header.concatenation(), None);
/// assert_eq!(user_data.data, &b"\x2a\x06\x03\xbe\xaf\x84"[..]);
/// assert_eq!(user_data.encode()?, octets);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UserData {
    /// The header.
    pub header: UserDataHeader,
    /// What comes after it: a push, or a segment of one.
    #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
    pub data: Bytes,
    /// How many septets header and data have, if the short message is coded in the default alphabet:
    /// the data is septets packed into octets then.
    #[cfg_attr(feature = "serde", serde(default))]
    pub septets: Option<u8>,
}

impl UserData {
    /// Data with a header before it.
    pub fn new(header: UserDataHeader, data: impl Into<Bytes>) -> Self {
        Self { header, data: data.into(), septets: None }
    }

    /// A text in the default alphabet, without header. `None` if the alphabet does not have a character,
    /// or the text has more than 160 septets.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::push::sms::{Submit, UserData};
    ///
    /// let mut submit = Submit::new(0, "+46708251358", UserData::from_text("hellohello").unwrap());
    /// submit.data_coding = 0;
    /// assert_eq!(submit.text().as_deref(), Some("hellohello"));
    /// assert!(submit.encode()?.ends_with(b"\x0a\xe8\x32\x9b\xfd\x46\x97\xd9\xec\x37"));
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let (octets, septets) = alphabet::pack(text).filter(|(octets, _)| octets.len() <= USER_DATA_OCTETS)?;
        let septets = Some(u8::try_from(septets).ok()?);
        Some(Self { septets, ..Self::new(UserDataHeader::default(), octets) })
    }

    /// The text, if it is one in this coding.
    fn text(&self, has_header: bool, data_coding: u8) -> Option<String> {
        match Alphabet::of(data_coding) {
            Alphabet::Default => {
                let header = if has_header { self.header.encode().ok()?.len() } else { 0 };
                // The text begins with a whole septet behind the header.
                let before = (header * 8).div_ceil(7);
                let count = usize::from(self.septets?).saturating_sub(before);
                Some(alphabet::unpack(&self.data, before * 7 - header * 8, count))
            }
            Alphabet::Ucs2 => Some(alphabet::ucs2(&self.data)),
            Alphabet::Data | Alphabet::Compressed => None,
        }
    }

    /// `TP-DCS` of 8-bit data.
    const DATA_CODING: u8 = 0x04;

    /// Decodes user data that begins with a header: `TP-UDHI` is set. The data is shared with
    /// `octets`.
    ///
    /// # Errors
    ///
    /// Fails for a header that is longer than `octets`, and beyond the limits. Deviations: an
    /// element that is longer than the header, and one with a value that it cannot have, which is
    /// kept as [`Other`](InformationElement::Other).
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::push::sms::{InformationElement, UserData};
    /// use mms_codec::{Bytes, DeviationKind, Options};
    ///
    /// // Segment 3 of 2.
    /// let decoded = UserData::decode_with(&Bytes::from_static(b"\x05\x00\x03\x5c\x02\x03data"), &Options::lenient())?;
    /// assert_eq!(decoded.deviations[0].kind, DeviationKind::InvalidValue);
    /// let data = Bytes::from_static(b"\x5c\x02\x03");
    /// assert_eq!(decoded.value.header.elements, [InformationElement::Other { id: 0, data }]);
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<Self>, DecodeError> {
        let mut from = Reader::new(octets, options);
        let value = Self::read(&mut from)?;
        Ok(Decoded::new(value, from.into_deviations()))
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let header = from.in_field("UDHL", |from| {
            let offset = from.offset();
            let length = usize::from(from.octet()?);
            if length > from.remaining().len() {
                return Err(from.error_at(crate::DecodeErrorKind::UnexpectedEnd, offset));
            }
            from.within(length, UserDataHeader::read)
        })?;
        Ok(Self::new(header, from.take_shared(from.remaining().len())?))
    }

    /// The user data as octets. It is not checked whether they fit into a short message.
    ///
    /// # Errors
    ///
    /// Fails for a header or an element above 255 octets, and for a concatenation without index or
    /// with one above the total.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::push::sms::{InformationElement, Ports, UserData, UserDataHeader};
    ///
    /// let mut header = UserDataHeader::default();
    /// header.elements.push(InformationElement::Ports(Ports::WAP_PUSH));
    /// let user_data = UserData::new(header, "push");
    /// assert_eq!(user_data.encode()?, b"\x06\x05\x04\x0b\x84\x23\xf0push");
    /// # Ok::<(), mms_codec::EncodeError>(())
    /// ```
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let mut octets = self.header.encode()?;
        octets.extend_from_slice(&self.data);
        Ok(octets)
    }
}

/// A user data header: information elements, in their order.
///
/// # Examples
///
/// ```
/// use mms_codec::push::sms::{Concatenation, InformationElement, Reference, UserDataHeader};
///
/// let mut header = UserDataHeader::default();
/// let concatenation = Concatenation { reference: Reference::Long(0x9f8e), total: 2, index: 1 };
/// header.elements.push(InformationElement::Concatenation(concatenation));
/// assert_eq!(header.encode()?, [0x06, 0x08, 0x04, 0x9f, 0x8e, 0x02, 0x01]);
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct UserDataHeader {
    /// The elements.
    pub elements: Vec<InformationElement>,
}

impl UserDataHeader {
    /// The ports. Of more than one element with ports the last one counts (TS 23.040, 9.2.3.24).
    #[must_use]
    pub fn ports(&self) -> Option<Ports> {
        self.elements.iter().rev().find_map(|element| match *element {
            InformationElement::Ports(ports) => Some(ports),
            InformationElement::ShortPorts { destination, originator } => {
                Some(Ports { destination: destination.into(), originator: originator.into() })
            }
            _ => None,
        })
    }

    /// The place among the segments, if there is more than this one. Of more than one element the
    /// last one counts (TS 23.040, 9.2.3.24).
    #[must_use]
    pub fn concatenation(&self) -> Option<Concatenation> {
        self.elements.iter().rev().find_map(|element| match *element {
            InformationElement::Concatenation(concatenation) => Some(concatenation),
            _ => None,
        })
    }

    /// The header as octets, its length (`UDHL`) included.
    ///
    /// # Errors
    ///
    /// As [`UserData::encode`].
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::EncodeErrorKind;
    /// use mms_codec::push::sms::{InformationElement, UserDataHeader};
    ///
    /// let mut header = UserDataHeader::default();
    /// header.elements.push(InformationElement::Other { id: 0x70, data: vec![0; 254].into() });
    /// let error = header.encode().unwrap_err();
    /// assert_eq!((error.kind, error.field), (EncodeErrorKind::NumberTooLarge, Some("UDHL")));
    /// ```
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let mut octets = Vec::from([0]);
        self.elements.iter().try_for_each(|element| element.write(&mut octets))?;
        let too_large = || EncodeError::from(EncodeErrorKind::NumberTooLarge).in_field("UDHL");
        let length = u8::try_from(octets.len() - 1).map_err(|_| too_large())?;
        octets.first_mut().into_iter().for_each(|first| *first = length);
        Ok(octets)
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut elements = Vec::new();
        while !from.is_empty() {
            from.count()?;
            elements.push(InformationElement::read(from)?);
        }
        Ok(Self { elements })
    }
}

/// An element of a user data header.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum InformationElement {
    /// The place among the segments of a message (elements 00 and 08).
    Concatenation(Concatenation),
    /// Ports of 8 bits (element 04), too short for those of push.
    ShortPorts {
        /// Where to.
        destination: u8,
        /// Where from.
        originator: u8,
    },
    /// Ports of 16 bits (element 05).
    Ports(Ports),
    /// Another element, or one of the above with a value that it cannot have.
    Other {
        /// The identifier.
        id: u8,
        /// The value.
        data: Bytes,
    },
}

impl InformationElement {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let start = from.offset();
        let id = from.in_field("IEI", Reader::octet)?;
        let length = from.in_field("IEIDL", |from| announced_length(from, DeviationKind::ValueLengthTooLong))?;
        let data = from.take_shared(length)?;
        let known = match (id, data.as_ref()) {
            (CONCATENATION, [reference, total, index]) => Some(Self::Concatenation(Concatenation {
                reference: Reference::Short(*reference),
                total: *total,
                index: *index,
            })),
            (LONG_CONCATENATION, [high, low, total, index]) => Some(Self::Concatenation(Concatenation {
                reference: Reference::Long(u16::from_be_bytes([*high, *low])),
                total: *total,
                index: *index,
            })),
            (SHORT_PORTS, [destination, originator]) => {
                Some(Self::ShortPorts { destination: *destination, originator: *originator })
            }
            (PORTS, [a, b, c, d]) => Some(Self::Ports(Ports {
                destination: u16::from_be_bytes([*a, *b]),
                originator: u16::from_be_bytes([*c, *d]),
            })),
            (CONCATENATION | LONG_CONCATENATION | SHORT_PORTS | PORTS, _) => None,
            _ => return Ok(Self::Other { id, data }),
        };
        match known {
            Some(Self::Concatenation(concatenation)) if !concatenation.is_valid() => {}
            Some(known) => return Ok(known),
            None => {}
        }
        from.context().forgive_in("IED", DeviationKind::InvalidValue, start)?;
        Ok(Self::Other { id, data })
    }

    fn write(&self, to: &mut Vec<u8>) -> Result<(), EncodeError> {
        match self {
            Self::Concatenation(concatenation) => {
                if !concatenation.is_valid() {
                    return Err(EncodeError::from(EncodeErrorKind::FieldConflict).in_field("IED"));
                }
                match concatenation.reference {
                    Reference::Short(reference) => to.extend([CONCATENATION, 3, reference]),
                    Reference::Long(reference) => {
                        to.extend([LONG_CONCATENATION, 4]);
                        to.extend(reference.to_be_bytes());
                    }
                }
                to.extend([concatenation.total, concatenation.index]);
            }
            Self::ShortPorts { destination, originator } => to.extend([SHORT_PORTS, 2, *destination, *originator]),
            Self::Ports(Ports { destination, originator }) => {
                to.extend([PORTS, 4]);
                to.extend(destination.to_be_bytes());
                to.extend(originator.to_be_bytes());
            }
            Self::Other { id, data } => {
                let too_large = |_| EncodeError::from(EncodeErrorKind::NumberTooLarge).in_field("IEIDL");
                to.extend([*id, u8::try_from(data.len()).map_err(too_large)?]);
                to.extend_from_slice(data);
            }
        }
        Ok(())
    }
}

/// A length in one octet, of which what lies beyond the end is forgiven.
fn announced_length(from: &mut Reader<'_>, too_long: DeviationKind) -> Result<usize, DecodeError> {
    let offset = from.offset();
    let announced = usize::from(from.octet()?);
    let length = announced.min(from.remaining().len());
    if length < announced {
        from.forgive(too_long, offset)?;
    }
    Ok(length)
}

/// The place of a segment in its message (TS 23.040, 9.2.3.24.1 and 9.2.3.24.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_structs, reason = "the element has these three values")]
pub struct Concatenation {
    /// What the segments of a message have in common.
    pub reference: Reference,
    /// Number of segments of the message.
    pub total: u8,
    /// Which of them this is; the first is 1.
    pub index: u8,
}

impl Concatenation {
    /// Whether the index is one of the total.
    #[must_use]
    pub const fn is_valid(&self) -> bool {
        0 < self.index && self.index <= self.total
    }
}

/// The reference of a message in more than one segment. The sender chooses it, and should not
/// choose it again soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_enums, reason = "there are these two elements")]
pub enum Reference {
    /// 8 bits (element 00).
    Short(u8),
    /// 16 bits (element 08).
    Long(u16),
}

/// Ports (TS 23.040, 9.2.3.24.3 and 9.2.3.24.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_structs, reason = "the element has these two values")]
pub struct Ports {
    /// Where to.
    pub destination: u16,
    /// Where from.
    pub originator: u16,
}

impl Ports {
    /// Push without connection (2948), from the port that push proxies mostly use (9200).
    pub const WAP_PUSH: Self = Self { destination: 2948, originator: 9200 };

    /// Secure push without connection (2949).
    pub const SECURE_WAP_PUSH: Self = Self { destination: 2949, originator: 9203 };

    /// Whether the destination port is one of WAP push, secure or not.
    #[must_use]
    pub const fn is_push(&self) -> bool {
        matches!(self.destination, 2948 | 2949)
    }
}

macro_rules! decode_leniently {
    ($($type:ident),+) => { $(
        impl $type {
            /// Decodes leniently.
            ///
            /// # Errors
            ///
            /// As [`decode_with`](Self::decode_with).
            pub fn decode(octets: &Bytes) -> Result<Decoded<Self>, DecodeError> {
                Self::decode_with(octets, &Options::lenient())
            }
        }
    )+ };
}

decode_leniently! { Deliver, ShortMessage, StatusReport, Submit, Tpdu, UserData, Wdp }

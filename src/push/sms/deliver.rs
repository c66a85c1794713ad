//! The short message as the network delivers it.

use alloc::string::String;

use bytes::Bytes;

use super::{UserData, UserDataHeader, announced_length};
use crate::context::Decoding;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::message::Str;
use crate::options::{Decoded, DeviationKind, Options};
use crate::wsp::Reader;

/// `TP-MTI` of SMS-DELIVER, and the bit that tells of a user data header (TS 23.040, 9.2.3.1 and
/// 9.2.3.23).
const MESSAGE_TYPE: u8 = 0x03;
const DELIVER: u8 = 0x00;
const HAS_HEADER: u8 = 0x40;

/// How many octets `TP-SCTS` has.
const TIMESTAMP_OCTETS: usize = 7;

/// The GSM 7 bit default alphabet (3GPP TS 23.038, 6.2.1).
const ALPHABET: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{a0}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
                        ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// An SMS-DELIVER with 8-bit data (3GPP TS 23.040, 9.2.2.1), as modems report it, without the
/// address of the service centre before it.
///
/// What a push does not need is left out: it cannot be encoded again.
///
/// # Examples
///
/// ```
/// use mms_codec::push::sms::{Deliver, Ports};
/// use mms_codec::{Bytes, Options};
///
/// let tpdu = b"\x44\x04\x81\x21\x43\x00\xf5\x42\x10\x10\x21\x43\x65\x00\x0d\
///              \x06\x05\x04\x0b\x84\x23\xf0\x2a\x06\x03\xbe\xaf\x84";
/// let deliver = Deliver::decode(&Bytes::from_static(tpdu), &Options::strict())?.value;
/// assert_eq!(deliver.originator, "1234");
/// assert_eq!(deliver.user_data.header.ports(), Some(Ports::WAP_PUSH));
/// assert_eq!(deliver.user_data.data, &b"\x2a\x06\x03\xbe\xaf\x84"[..]);
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Deliver {
    /// The originator (`TP-OA`): digits, after `+` if the number is international, or a name.
    pub originator: Str,
    /// The coding of the user data (`TP-DCS`).
    pub data_coding: u8,
    /// The user data (`TP-UD`); its header is empty if there is none.
    pub user_data: UserData,
}

impl Deliver {
    /// Decodes a TPDU. The user data is shared with `octets`.
    ///
    /// # Errors
    ///
    /// Fails for another TPDU type, user data that is not coded in 8 bits, an end before the user
    /// data, and as [`UserData::decode`]. Deviations: more or less user data than announced.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::push::sms::Deliver;
    /// use mms_codec::{Bytes, DecodeErrorKind, Options};
    ///
    /// // A text in 16-bit characters.
    /// let tpdu = b"\x04\x04\x81\x21\x43\x00\x08\x42\x10\x10\x21\x43\x65\x00\x02\x00H";
    /// let error = Deliver::decode(&Bytes::from_static(tpdu), &Options::lenient()).unwrap_err();
    /// assert_eq!((error.kind, error.field), (DecodeErrorKind::UnexpectedOctet(0x08), Some("TP-DCS")));
    /// ```
    pub fn decode(octets: &Bytes, options: &Options) -> Result<Decoded<Self>, DecodeError> {
        let mut from = Reader::new(octets, options);
        let value = Self::read(&mut from)?;
        Ok(Decoded::new(value, from.into_deviations()))
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let first = from.in_field("TP-MTI", |from| octet_that(from, |octet| octet & MESSAGE_TYPE == DELIVER))?;
        let originator = from.in_field("TP-OA", originator)?;
        from.in_field("TP-PID", Reader::octet)?;
        let data_coding = from.in_field("TP-DCS", |from| octet_that(from, is_8_bit))?;
        from.in_field("TP-SCTS", |from| from.take(TIMESTAMP_OCTETS))?;
        let length = from.in_field("TP-UDL", |from| announced_length(from, DeviationKind::Truncated))?;
        let has_header = first & HAS_HEADER != 0;
        let user_data = from.within(length, |from| -> Result<UserData, DecodeError> {
            if has_header {
                return UserData::read(from);
            }
            Ok(UserData::new(UserDataHeader::default(), from.take_shared(length)?))
        })?;
        if !from.is_empty() {
            let offset = from.offset();
            from.context().forgive_in("TP-UD", DeviationKind::StrayOctets, offset)?;
        }
        Ok(Self { originator, data_coding, user_data })
    }
}

fn octet_that(from: &mut Reader<'_>, is_right: impl Fn(u8) -> bool) -> Result<u8, DecodeError> {
    let offset = from.offset();
    let octet = from.octet()?;
    if is_right(octet) { Ok(octet) } else { Err(from.error_at(DecodeErrorKind::UnexpectedOctet(octet), offset)) }
}

/// Whether a coding is 8-bit data (TS 23.038, 4).
fn is_8_bit(coding: u8) -> bool {
    match coding {
        // General indication, also with automatic deletion: bits 3 and 2 tell. Bit 5 would be
        // compression.
        0x00..=0x7f => coding & 0x2c == 0x04,
        0xf0.. => coding & 0x04 != 0,
        _ => false,
    }
}

/// `TP-OA` (TS 23.040, 9.1.2.5).
fn originator(from: &mut Reader<'_>) -> Result<Str, DecodeError> {
    let digits = usize::from(from.octet()?);
    let kind = from.octet()? >> 4 & 0x07;
    let octets = from.take(digits.div_ceil(2))?;
    if kind == 5 {
        return Ok(septets(octets, digits * 4 / 7).into());
    }
    let semi_octets = octets.iter().flat_map(|octet| [octet & 0x0f, octet >> 4]).take(digits);
    let number = semi_octets.filter_map(|digit| "0123456789*#abc".chars().nth(digit.into()));
    let sign = (kind == 1).then_some('+');
    Ok(sign.into_iter().chain(number).collect::<String>().into())
}

/// Text of septets, the first in the low bits. The escape to other characters reads as a blank.
fn septets(octets: &[u8], count: usize) -> String {
    let bit = |index: usize| octets.get(index / 8).is_some_and(|octet| octet >> (index % 8) & 1 != 0);
    let septet = |place: usize| (0..7).filter(|index| bit(place * 7 + index)).map(|index| 1 << index).sum();
    (0..count).filter_map(|place| ALPHABET.chars().nth(septet(place))).collect()
}

//! SMS-SUBMIT: the short message as a phone or an application sends it.

use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use bytes::Bytes;

use super::octets::{Flags, first_octet, read_user_data, write_user_data};
use super::{SmsAddress, SmsTime, UserData};
use crate::context::Decoding;
use crate::error::{DecodeError, EncodeError};
use crate::options::{Decoded, Options};
use crate::wsp::Reader;

pub(super) const SUBMIT: u8 = 0x01;

/// Where the format of the validity period is (TS 23.040, 9.2.3.3).
const VALIDITY_SHIFT: u32 = 3;

/// SMS-SUBMIT (3GPP TS 23.040, 9.2.2.2), without the address of the service centre before it.
///
/// # Examples
///
/// A segment of a push as a modem takes it:
///
/// ```
/// use mms_codec::Bytes;
/// use mms_codec::push::sms::{Reference, ShortMessage, Split, Submit};
///
/// let segments = Split::new(Reference::Short(0x5c)).segments(&Bytes::from_static(b"\x2a\x06\x03\xbe\xaf\x84"))?;
/// let submit = Submit::new(1, "+447700900123", segments[0].clone());
/// let message = ShortMessage::new(submit);
/// assert_eq!(message.to_hex()?, "0041010C9144770009103200040D0605040B8423F02A0603BEAF84");
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Submit {
    /// Whether the service centre refuses a message of the same reference to the same recipient
    /// (`TP-RD`).
    pub reject_duplicates: bool,
    /// Whether a status report is wanted (`TP-SRR`).
    pub status_report: bool,
    /// Whether the service centre of the message takes the reply (`TP-RP`).
    pub reply_path: bool,
    /// Whether the user data begins with a header (`TP-UDHI`).
    pub has_header: bool,
    /// The reference of the message (`TP-MR`).
    pub reference: u8,
    /// The recipient (`TP-DA`).
    pub destination: SmsAddress,
    /// The protocol identifier (`TP-PID`).
    pub protocol: u8,
    /// The coding of the user data (`TP-DCS`): see [`Alphabet`](super::Alphabet).
    pub data_coding: u8,
    /// How long the service centre tries (`TP-VP`).
    pub validity: Option<Validity>,
    /// The user data (`TP-UD`).
    pub user_data: UserData,
}

/// How long a service centre tries to deliver a message (3GPP TS 23.040, 9.2.3.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[expect(clippy::exhaustive_enums, reason = "the field has these formats")]
pub enum Validity {
    /// A code for a duration: see [`duration`](Self::duration).
    Relative(u8),
    /// Until then.
    Absolute(SmsTime),
    /// The enhanced format, as its octets.
    Enhanced([u8; 7]),
}

impl Validity {
    /// The duration of the relative format.
    ///
    /// # Examples
    ///
    /// ```
    /// use core::time::Duration;
    /// use mms_codec::push::sms::Validity;
    ///
    /// assert_eq!(Validity::Relative(0).duration(), Some(Duration::from_secs(5 * 60)));
    /// assert_eq!(Validity::Relative(167).duration(), Some(Duration::from_secs(24 * 3_600)));
    /// assert_eq!(Validity::Relative(255).duration(), Some(Duration::from_secs(63 * 7 * 24 * 3_600)));
    /// ```
    #[must_use]
    pub fn duration(self) -> Option<Duration> {
        const DAY: u64 = 24 * 60;
        let Self::Relative(code) = self else { return None };
        let minutes = match u64::from(code) {
            code @ 0..=143 => 5 * (code + 1),
            code @ 144..=167 => DAY / 2 + 30 * (code - 143),
            code @ 168..=196 => DAY * (code - 166),
            code => 7 * DAY * (code - 192),
        };
        Some(Duration::from_secs(60 * minutes))
    }
}

impl Submit {
    /// 8-bit data to `destination`.
    pub fn new(reference: u8, destination: impl Into<SmsAddress>, user_data: UserData) -> Self {
        Self {
            reject_duplicates: false,
            status_report: false,
            reply_path: false,
            has_header: !user_data.header.elements.is_empty(),
            reference,
            destination: destination.into(),
            protocol: 0,
            data_coding: UserData::DATA_CODING,
            validity: None,
            user_data,
        }
    }

    /// Decodes a TPDU. The user data is shared with `octets`.
    ///
    /// # Errors
    ///
    /// As [`Deliver::decode_with`](super::Deliver::decode_with).
    pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<Self>, DecodeError> {
        let mut from = Reader::new(octets, options);
        let value = Self::read(&mut from)?;
        Ok(Decoded::new(value, from.into_deviations()))
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let flags = first_octet(from, SUBMIT, 0)?;
        let reference = from.in_field("TP-MR", Reader::octet)?;
        let destination = from.in_field("TP-DA", SmsAddress::read)?;
        let protocol = from.in_field("TP-PID", Reader::octet)?;
        let data_coding = from.in_field("TP-DCS", Reader::octet)?;
        let validity = from.in_field("TP-VP", |from| {
            Ok::<_, DecodeError>(match flags.0 >> VALIDITY_SHIFT & 0x03 {
                0 => None,
                1 => Some(Validity::Enhanced(from.take(7)?.try_into().unwrap_or_default())),
                2 => Some(Validity::Relative(from.octet()?)),
                _ => Some(Validity::Absolute(SmsTime::read(from)?)),
            })
        })?;
        let user_data = read_user_data(from, flags.has(Flags::HEADER), data_coding)?;
        Ok(Self {
            reject_duplicates: flags.has(Flags::REJECT_DUPLICATES),
            status_report: flags.has(Flags::STATUS_REPORT),
            reply_path: flags.has(Flags::REPLY_PATH),
            has_header: flags.has(Flags::HEADER),
            reference,
            destination,
            protocol,
            data_coding,
            validity,
            user_data,
        })
    }

    /// The TPDU as octets.
    ///
    /// # Errors
    ///
    /// As [`Deliver::encode`](super::Deliver::encode).
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let (format, validity) = match &self.validity {
            None => (0, &[][..]),
            Some(Validity::Enhanced(octets)) => (1, &octets[..]),
            Some(Validity::Relative(code)) => (2, core::slice::from_ref(code)),
            Some(Validity::Absolute(time)) => (3, &time.0[..]),
        };
        let flags = Flags(SUBMIT | format << VALIDITY_SHIFT)
            .with(Flags::REJECT_DUPLICATES, self.reject_duplicates)
            .with(Flags::STATUS_REPORT, self.status_report)
            .with(Flags::HEADER, self.has_header)
            .with(Flags::REPLY_PATH, self.reply_path);
        let mut to = Vec::from([flags.0, self.reference]);
        self.destination.write(&mut to).map_err(|error| error.in_field("TP-DA"))?;
        to.extend([self.protocol, self.data_coding]);
        to.extend_from_slice(validity);
        write_user_data(&self.user_data, self.has_header, self.data_coding, &mut to)?;
        Ok(to)
    }

    /// The text, if the user data is one.
    pub fn text(&self) -> Option<String> {
        self.user_data.text(self.has_header, self.data_coding)
    }
}

//! Short messages of all types (3GPP TS 23.040, 9.2).

use alloc::string::String;
use alloc::vec::Vec;

use bytes::Bytes;

use super::octets::MESSAGE_TYPE;
use super::status_report::STATUS_REPORT;
use super::submit::SUBMIT;
use super::{Deliver, SmsAddress, StatusReport, Submit};
use crate::context::Decoding;
use crate::conversion::from_variants;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::options::{Decoded, DeviationKind, Options};
use crate::wsp::Reader;

/// A short message of one of the types that messages and their reports have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Tpdu {
    /// SMS-DELIVER
    Deliver(Deliver),
    /// SMS-SUBMIT
    Submit(Submit),
    /// SMS-STATUS-REPORT
    StatusReport(StatusReport),
}

impl Tpdu {
    /// Decodes a TPDU by its type (`TP-MTI`). The types with the same number in the other direction are
    /// not distinguished: a response to SMS-SUBMIT or SMS-DELIVER and SMS-COMMAND are not read here.
    ///
    /// # Errors
    ///
    /// As [`Deliver::decode_with`], and for the reserved type.
    pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<Self>, DecodeError> {
        let mut from = Reader::new(octets, options);
        let value = Self::read(&mut from)?;
        Ok(Decoded::new(value, from.into_deviations()))
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match from.remaining().first().map(|first| first & MESSAGE_TYPE) {
            Some(SUBMIT) => Self::Submit(Submit::read(from)?),
            Some(STATUS_REPORT) => Self::StatusReport(StatusReport::read(from)?),
            // Which also refuses what is of no type.
            _ => Self::Deliver(Deliver::read(from)?),
        })
    }

    /// The TPDU as octets.
    ///
    /// # Errors
    ///
    /// As [`Deliver::encode`].
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        match self {
            Self::Deliver(tpdu) => tpdu.encode(),
            Self::Submit(tpdu) => tpdu.encode(),
            Self::StatusReport(tpdu) => tpdu.encode(),
        }
    }
}

from_variants! { Tpdu: Deliver(Deliver), Submit(Submit), StatusReport(StatusReport) }

/// A TPDU behind the address of its service centre, as modems give and take it (3GPP TS 27.005, 3.1).
///
/// # Examples
///
/// ```
/// use mms_codec::Options;
/// use mms_codec::push::sms::{ShortMessage, Tpdu};
///
/// let line = "+CMT: ,28\r\n07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37";
/// let message = ShortMessage::decode_line_with(line, &Options::strict())?.value;
/// assert_eq!(message.service_centre.as_ref().map(|centre| centre.as_str()), Some("+27381000015"));
/// let Tpdu::Deliver(deliver) = &message.tpdu else { panic!("another type") };
/// assert_eq!(deliver.text().as_deref(), Some("hellohello"));
/// assert_eq!(message.to_hex()?, line[11..]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ShortMessage {
    /// The service centre. Without one a modem takes that of its card.
    pub service_centre: Option<SmsAddress>,
    /// The TPDU.
    pub tpdu: Tpdu,
}

impl ShortMessage {
    /// A TPDU for the service centre of the card.
    pub fn new(tpdu: impl Into<Tpdu>) -> Self {
        Self { service_centre: None, tpdu: tpdu.into() }
    }

    /// Decodes the octets. The user data is shared with them.
    ///
    /// # Errors
    ///
    /// As [`Tpdu::decode_with`].
    pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<Self>, DecodeError> {
        let mut from = Reader::new(octets, options);
        let service_centre = from.in_field("RP-SMSC", SmsAddress::read_centre)?;
        let tpdu = Tpdu::read(&mut from)?;
        Ok(Decoded::new(Self { service_centre, tpdu }, from.into_deviations()))
    }

    /// Decodes what a modem writes leniently.
    ///
    /// # Errors
    ///
    /// As [`decode_line_with`](Self::decode_line_with).
    pub fn decode_line(line: &str) -> Result<Decoded<Self>, DecodeError> {
        Self::decode_line_with(line, &Options::lenient())
    }

    /// Decodes what a modem writes about a message in hexadecimal digits: these alone, or behind a line
    /// such as `+CMT: ,28` or `+CMGR: 0,,28` that says how many octets the TPDU has. Where nothing says
    /// that, the address of the service centre may be missing. Offsets count the octets that the digits
    /// stand for.
    ///
    /// # Errors
    ///
    /// [`InvalidText`](DecodeErrorKind::InvalidText) for anything but digits, at the place of that in the
    /// line; else as [`decode_with`](Self::decode_with). Deviations: a length that is another one.
    pub fn decode_line_with(line: &str, options: &Options) -> Result<Decoded<Self>, DecodeError> {
        let line = line.trim_end();
        let (head, digits) = match line.trim_start().split_once('\n') {
            Some((head, digits)) if head.starts_with('+') => (Some(head.trim_end()), digits.trim_start()),
            _ => (None, line.trim_start()),
        };
        let start = line.len() - digits.len();
        let octets = unhex(digits).map_err(|at| DecodeError {
            kind: DecodeErrorKind::InvalidText,
            offset: start + at,
            field: None,
        })?;
        let octets = Bytes::from(octets);
        let length = head.and_then(|head| head.rsplit([',', ' ']).next()?.parse::<usize>().ok());
        let without_centre = |tpdu: Decoded<Tpdu>| tpdu.map(Self::new);
        match length {
            Some(length) if length == octets.len() => Tpdu::decode_with(&octets, options).map(without_centre),
            Some(length) => {
                let mut decoded = Self::decode_with(&octets, options)?;
                let centre = octets.first().map_or(0, |length| usize::from(*length) + 1);
                if octets.len() != centre + length {
                    let mut cx = crate::context::Context::new(options, octets.len());
                    cx.forgive(DeviationKind::WrongContentLength, 0)?;
                    decoded.deviations.splice(..0, cx.into_deviations());
                }
                Ok(decoded)
            }
            None => match Self::decode_with(&octets, &Options::strict()) {
                Ok(decoded) => Ok(decoded),
                Err(_) => match Tpdu::decode_with(&octets, &Options::strict()) {
                    Ok(decoded) => Ok(without_centre(decoded)),
                    Err(_) => Self::decode_with(&octets, options),
                },
            },
        }
    }

    /// The octets.
    ///
    /// # Errors
    ///
    /// As [`Tpdu::encode`], and for the address of a service centre that cannot be expressed.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let mut to = Vec::new();
        let centre = self.service_centre.as_ref();
        SmsAddress::write_centre(centre, &mut to).map_err(|error| error.in_field("RP-SMSC"))?;
        to.extend(self.tpdu.encode()?);
        Ok(to)
    }

    /// The octets as the hexadecimal digits that a modem takes.
    ///
    /// # Errors
    ///
    /// As [`encode`](Self::encode).
    pub fn to_hex(&self) -> Result<String, EncodeError> {
        Ok(self.encode()?.iter().map(|octet| alloc::format!("{octet:02X}")).collect())
    }
}

/// The octets of hexadecimal digits, or where there is something else.
fn unhex(digits: &str) -> Result<Vec<u8>, usize> {
    let half = |(at, digit): (usize, u8)| {
        let half = char::from(digit).to_digit(16).and_then(|half| u8::try_from(half).ok());
        half.ok_or(at)
    };
    let halves: Vec<u8> = digits.bytes().enumerate().map(half).collect::<Result<_, _>>()?;
    let pairs = halves.chunks(2).map(|pair| match *pair {
        [high, low] => Ok(high << 4 | low),
        _ => Err(digits.len()),
    });
    pairs.collect()
}

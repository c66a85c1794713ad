//! SMS-STATUS-REPORT: what became of a short message.

use alloc::vec::Vec;

use bytes::Bytes;

use super::octets::{Flags, first_octet, nothing_follows, octet_that, read_user_data, write_user_data};
use super::{SmsAddress, SmsTime, UserData};
use crate::context::Decoding;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::options::{Decoded, Options};
use crate::wsp::Reader;

pub(super) const STATUS_REPORT: u8 = 0x02;

/// The bits that mean nothing.
const UNUSED: u8 = 0x90;

/// What `TP-PI` says that follows it (TS 23.040, 9.2.3.27).
const HAS_PROTOCOL: u8 = 0x01;
const HAS_CODING: u8 = 0x02;
const HAS_USER_DATA: u8 = 0x04;

/// SMS-STATUS-REPORT (3GPP TS 23.040, 9.2.2.3), without the address of the service centre before it.
///
/// # Examples
///
/// ```
/// use mms_codec::push::sms::StatusReport;
/// use mms_codec::{Bytes, Options};
///
/// let tpdu = Bytes::from_static(b"\x06\x5c\x0c\x91\x44\x77\x00\x09\x10\x32\x42\x10\x10\x21\x43\x65\x00\x42\x10\x10\x21\x53\x05\x00\x00");
/// let report = StatusReport::decode_with(&tpdu, &Options::strict())?.value;
/// assert_eq!((report.reference, report.recipient.as_str()), (0x5c, "+447700900123"));
/// assert_eq!(report.discharge_time.to_string(), "2024-01-01T12:35:50+00:00");
/// assert!(report.is_delivered());
/// assert_eq!(report.encode()?, tpdu);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct StatusReport {
    /// Whether more messages wait for the phone: the opposite of the bit `TP-MMS`.
    pub more_messages: bool,
    /// Whether the message was forwarded by a service and must not be forwarded again (`TP-LP`).
    pub loop_prevention: bool,
    /// Whether the report is about a command, not a message (`TP-SRQ`).
    pub of_command: bool,
    /// Whether the user data begins with a header (`TP-UDHI`).
    pub has_header: bool,
    /// The reference of the message (`TP-MR`).
    pub reference: u8,
    /// The recipient of the message (`TP-RA`).
    pub recipient: SmsAddress,
    /// When the service centre got the message (`TP-SCTS`).
    pub time: SmsTime,
    /// When the message was delivered, or when the service centre tried last (`TP-DT`).
    pub discharge_time: SmsTime,
    /// What became of it (`TP-ST`): up to 0x1F it was delivered, up to 0x3F the service centre still
    /// tries, above it has given up.
    pub status: u8,
    /// Whether `TP-PI` is there, which says which of the following are.
    pub has_parameters: bool,
    /// The protocol identifier (`TP-PID`).
    pub protocol: Option<u8>,
    /// The coding of the user data (`TP-DCS`); absent means the default alphabet.
    pub data_coding: Option<u8>,
    /// The user data (`TP-UD`).
    pub user_data: Option<UserData>,
}

impl StatusReport {
    /// A report without optional fields.
    pub fn new(
        reference: u8,
        recipient: impl Into<SmsAddress>,
        time: SmsTime,
        discharge_time: SmsTime,
        status: u8,
    ) -> Self {
        Self {
            more_messages: false,
            loop_prevention: false,
            of_command: false,
            has_header: false,
            reference,
            recipient: recipient.into(),
            time,
            discharge_time,
            status,
            has_parameters: false,
            protocol: None,
            data_coding: None,
            user_data: None,
        }
    }

    /// Whether the message was delivered.
    pub const fn is_delivered(&self) -> bool {
        self.status < 0x20
    }

    /// Decodes a TPDU. The user data is shared with `octets`.
    ///
    /// # Errors
    ///
    /// As [`Deliver::decode_with`](super::Deliver::decode_with), and for a `TP-PI` with bits that are reserved.
    pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<Self>, DecodeError> {
        let mut from = Reader::new(octets, options);
        let value = Self::read(&mut from)?;
        Ok(Decoded::new(value, from.into_deviations()))
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let flags = first_octet(from, STATUS_REPORT, UNUSED)?;
        let reference = from.in_field("TP-MR", Reader::octet)?;
        let recipient = from.in_field("TP-RA", SmsAddress::read)?;
        let time = from.in_field("TP-SCTS", SmsTime::read)?;
        let discharge_time = from.in_field("TP-DT", SmsTime::read)?;
        let status = from.in_field("TP-ST", Reader::octet)?;
        let mut report = Self {
            more_messages: !flags.has(Flags::NO_MORE_MESSAGES),
            loop_prevention: flags.has(Flags::LOOP_PREVENTION),
            of_command: flags.has(Flags::STATUS_REPORT),
            has_header: flags.has(Flags::HEADER),
            ..Self::new(reference, recipient, time, discharge_time, status)
        };
        if from.is_empty() {
            return Ok(report);
        }
        let has = from.in_field("TP-PI", |from| {
            octet_that(from, |octet| octet & !(HAS_PROTOCOL | HAS_CODING | HAS_USER_DATA) == 0).map(Flags)
        })?;
        report.has_parameters = true;
        if has.has(HAS_PROTOCOL) {
            report.protocol = Some(from.in_field("TP-PID", Reader::octet)?);
        }
        if has.has(HAS_CODING) {
            report.data_coding = Some(from.in_field("TP-DCS", Reader::octet)?);
        }
        if has.has(HAS_USER_DATA) {
            let user_data = read_user_data(from, report.has_header, report.data_coding.unwrap_or_default())?;
            report.user_data = Some(user_data);
        }
        nothing_follows(from)?;
        Ok(report)
    }

    /// The TPDU as octets.
    ///
    /// # Errors
    ///
    /// As [`Deliver::encode`](super::Deliver::encode), and for optional fields without
    /// [`has_parameters`](Self::has_parameters).
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let flags = Flags(STATUS_REPORT)
            .with(Flags::NO_MORE_MESSAGES, !self.more_messages)
            .with(Flags::LOOP_PREVENTION, self.loop_prevention)
            .with(Flags::STATUS_REPORT, self.of_command)
            .with(Flags::HEADER, self.has_header);
        let mut to = Vec::from([flags.0, self.reference]);
        self.recipient.write(&mut to).map_err(|error| error.in_field("TP-RA"))?;
        to.extend(self.time.0);
        to.extend(self.discharge_time.0);
        to.push(self.status);
        let has = Flags(0)
            .with(HAS_PROTOCOL, self.protocol.is_some())
            .with(HAS_CODING, self.data_coding.is_some())
            .with(HAS_USER_DATA, self.user_data.is_some());
        if self.has_parameters {
            to.push(has.0);
        } else if has.0 != 0 {
            return Err(EncodeError::from(EncodeErrorKind::FieldConflict).in_field("TP-PI"));
        }
        to.extend(self.protocol);
        to.extend(self.data_coding);
        if let Some(user_data) = &self.user_data {
            write_user_data(user_data, self.has_header, self.data_coding.unwrap_or_default(), &mut to)?;
        }
        Ok(to)
    }
}

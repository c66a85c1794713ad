//! SMS-DELIVER: the short message as the network delivers it.

use alloc::string::String;
use alloc::vec::Vec;

use bytes::Bytes;

use super::octets::{Flags, first_octet, read_user_data, write_user_data};
use super::{SmsAddress, SmsTime, UserData};
use crate::context::Decoding;
use crate::error::{DecodeError, EncodeError};
use crate::options::{Decoded, Options};
use crate::wsp::Reader;

const DELIVER: u8 = 0x00;

/// The bit that means nothing.
const UNUSED: u8 = 0x10;

/// SMS-DELIVER (3GPP TS 23.040, 9.2.2.1), without the address of the service centre before it:
/// [`ShortMessage`](super::ShortMessage) reads that too.
///
/// # Examples
///
/// ```
/// use mms_codec::push::sms::{Deliver, Ports};
/// use mms_codec::{Bytes, Options};
///
/// let tpdu = Bytes::from_static(b"\x44\x04\x81\x21\x43\x00\xf5\x42\x10\x10\x21\x43\x65\x00\x0d\
///                                 \x06\x05\x04\x0b\x84\x23\xf0\x2a\x06\x03\xbe\xaf\x84");
/// let deliver = Deliver::decode_with(&tpdu, &Options::strict())?.value;
/// assert_eq!(deliver.originator, "1234");
/// assert_eq!(deliver.time.to_string(), "2024-01-01T12:34:56+00:00");
/// assert_eq!(deliver.user_data.header.ports(), Some(Ports::WAP_PUSH));
/// assert_eq!(deliver.user_data.data, &b"\x2a\x06\x03\xbe\xaf\x84"[..]);
/// assert_eq!(deliver.encode()?, tpdu);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Deliver {
    /// Whether more messages wait for the phone: the opposite of the bit `TP-MMS`.
    pub more_messages: bool,
    /// Whether the message was forwarded by a service and must not be forwarded again (`TP-LP`).
    pub loop_prevention: bool,
    /// Whether the sender wants a status report (`TP-SRI`).
    pub status_report: bool,
    /// Whether the service centre of the message takes the reply (`TP-RP`).
    pub reply_path: bool,
    /// Whether the user data begins with a header (`TP-UDHI`).
    pub has_header: bool,
    /// The originator (`TP-OA`).
    pub originator: SmsAddress,
    /// The protocol identifier (`TP-PID`).
    pub protocol: u8,
    /// The coding of the user data (`TP-DCS`): see [`Alphabet`](super::Alphabet).
    pub data_coding: u8,
    /// When the service centre got the message (`TP-SCTS`).
    pub time: SmsTime,
    /// The user data (`TP-UD`).
    pub user_data: UserData,
}

impl Deliver {
    /// 8-bit data from `originator`.
    pub fn new(originator: impl Into<SmsAddress>, time: SmsTime, user_data: UserData) -> Self {
        Self {
            more_messages: false,
            loop_prevention: false,
            status_report: false,
            reply_path: false,
            has_header: !user_data.header.elements.is_empty(),
            originator: originator.into(),
            protocol: 0,
            data_coding: UserData::DATA_CODING,
            time,
            user_data,
        }
    }

    /// Decodes a TPDU. The user data is shared with `octets`.
    ///
    /// # Errors
    ///
    /// Fails for another TPDU type, an end before the user data, and as [`UserData::decode_with`].
    /// Deviations: more or less user data than announced or than a short message has, an address or a
    /// time that is none.
    ///
    /// # Examples
    ///
    /// A text:
    ///
    /// ```
    /// use mms_codec::push::sms::Deliver;
    /// use mms_codec::{Bytes, Options};
    ///
    /// let tpdu = b"\x04\x0b\xc8\x72\x38\x88\x09\x00\xf1\0\0\x99\x30\x92\x51\x61\x95\x80\x0a\xe8\x32\x9b\xfd\x46\x97\xd9\xec\x37";
    /// let deliver = Deliver::decode_with(&Bytes::from_static(tpdu), &Options::strict())?.value;
    /// assert_eq!(deliver.originator, "27838890001");
    /// assert_eq!(deliver.text().as_deref(), Some("hellohello"));
    /// # Ok::<(), mms_codec::DecodeError>(())
    /// ```
    pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<Self>, DecodeError> {
        let mut from = Reader::new(octets, options);
        let value = Self::read(&mut from)?;
        Ok(Decoded::new(value, from.into_deviations()))
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let flags = first_octet(from, DELIVER, UNUSED)?;
        let originator = from.in_field("TP-OA", SmsAddress::read)?;
        let protocol = from.in_field("TP-PID", Reader::octet)?;
        let data_coding = from.in_field("TP-DCS", Reader::octet)?;
        let time = from.in_field("TP-SCTS", SmsTime::read)?;
        let user_data = read_user_data(from, flags.has(Flags::HEADER), data_coding)?;
        Ok(Self {
            more_messages: !flags.has(Flags::NO_MORE_MESSAGES),
            loop_prevention: flags.has(Flags::LOOP_PREVENTION),
            status_report: flags.has(Flags::STATUS_REPORT),
            reply_path: flags.has(Flags::REPLY_PATH),
            has_header: flags.has(Flags::HEADER),
            originator,
            protocol,
            data_coding,
            time,
            user_data,
        })
    }

    /// The TPDU as octets.
    ///
    /// # Errors
    ///
    /// Fails for an address that cannot be expressed, and user data that is too long or does not agree with its
    /// coding. The error names the field.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let flags = Flags(DELIVER)
            .with(Flags::NO_MORE_MESSAGES, !self.more_messages)
            .with(Flags::LOOP_PREVENTION, self.loop_prevention)
            .with(Flags::STATUS_REPORT, self.status_report)
            .with(Flags::HEADER, self.has_header)
            .with(Flags::REPLY_PATH, self.reply_path);
        let mut to = Vec::from([flags.0]);
        self.originator.write(&mut to).map_err(|error| error.in_field("TP-OA"))?;
        to.extend([self.protocol, self.data_coding]);
        to.extend(self.time.0);
        write_user_data(&self.user_data, self.has_header, self.data_coding, &mut to)?;
        Ok(to)
    }

    /// The text, if the user data is one.
    pub fn text(&self) -> Option<String> {
        self.user_data.text(self.has_header, self.data_coding)
    }
}

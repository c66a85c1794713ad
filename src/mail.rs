//! Internet mail that carries messages and reports (RFC 4356): mails of operators for people without
//! a terminal (MM3), and delivery status notifications (RFC 3464).
//!
//! [`decode`] reads mails whose header fields are those of MM4, of MM1 in words, or of MM1 in
//! numbers, as gateways of operators write them, and those that mail itself has for the same things;
//! [`encode`] writes the latter where there are any. [`delivery_reports`] reads what a mail system says
//! became of a mail, and [`delivery_status`] writes it; [`read_report`] and [`disposition_notification`]
//! do the same with what a reader's program says.
//!
//! | Element | Header field |
//! |---|---|
//! | priority | `Importance`, `X-Priority`; `Priority` is read too |
//! | read report | `Disposition-Notification-To` (RFC 8098), for the sender |
//! | class `Auto` | `Auto-Submitted` (RFC 3834) beside `X-Mms-Message-Class` |
//! | history | `Resent-From` and `Resent-Date` (RFC 5322, 3.6.6), the last first |
//! | all others | `Date`, `From`, `To`, `Cc`, `Subject`, and `X-Mms-*` as on MM4 |
//!
//! Pages of HTML that an operator wraps around the content are parts like others, which [`without_page`] removes.

mod dsn;
mod fields;
mod mdn;
mod page;
mod report;

use alloc::vec::Vec;

use bytes::Bytes;

pub use self::dsn::{delivery_reports, delivery_status};
pub(crate) use self::fields::number_at;
pub use self::mdn::{disposition_notification, read_report};
pub use self::page::without_page;
pub(crate) use self::report::{is_id, read_address};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::message::{
    ContentClass, ElementSet, Header, Message, MessageClass, Originator, Priority, SenderVisibility, Str, Time,
    Timestamp,
};
use crate::mime::TransferOptions;
use crate::mm4;
use crate::options::{Decoded, DeviationKind, Options};

/// A message that came as Internet mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Mail {
    /// The message.
    pub message: Message,
    /// Identifier of the mail (`Message-ID`).
    pub mail_id: Option<Str>,
    /// `X-Mms-Message-ID`, as it was written.
    pub message_id: Option<Str>,
    /// Header fields without a place here, in their order.
    pub extra: Vec<Header>,
}

impl Mail {
    /// The elements of a [`Message`] that a mail carries.
    pub const ELEMENTS: ElementSet = Self::ROWS.elements;
}

/// Decodes a mail leniently. A number before the `@` of the sender is a phone number, with the
/// domain beside it.
///
/// # Errors
///
/// Fails for a mail whose `X-Mms-Message-Type` is not that of a message, for what is not a mail, and
/// beyond the default [`Limits`](crate::Limits).
///
/// # Examples
///
/// ```
/// use mms_codec::message::{AddressKind, Priority};
/// use mms_codec::{Bytes, mail};
///
/// // A gateway that writes the values of MM1 as numbers.
/// let octets = Bytes::from_static(b"From: 12025550101@mms.example.net\r\nTo: kim@example.org\r\n\
///     X-Mms-Message-Type: 0\r\nX-Mms-Priority: 2\r\nX-Mms-Read-Reply: 1\r\n\
///     MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello\r\n");
/// let mail = mail::decode(&octets)?.value;
/// assert!(matches!(&mail.message.from.unwrap().address().unwrap().kind, AddressKind::Phone(number) if number == "12025550101"));
/// assert_eq!((mail.message.priority, mail.message.read_report), (Some(Priority::High), Some(false)));
/// # Ok::<(), mms_codec::DecodeError>(())
/// ```
pub fn decode(octets: &Bytes) -> Result<Decoded<Mail>, DecodeError> {
    decode_with(octets, &Options::lenient())
}

/// [`decode`] with options, of which the limits count: Internet mail has few rules for what it says
/// of a message.
///
/// # Errors
///
/// As [`decode`].
pub fn decode_with(octets: &Bytes, options: &Options) -> Result<Decoded<Mail>, DecodeError> {
    let lenient = Options { limits: options.limits, ..Options::lenient() };
    let mut mail = Mail::default();
    let (mut deviations, message_type) = mm4::decode_mail(&mut mail, octets, &lenient)?;
    // What is mandatory on MM4 need not be in a mail, and words and numbers of MM1 may be.
    let is_of_mm4 = |kind: DeviationKind| {
        matches!(
            kind,
            DeviationKind::MissingField
                | DeviationKind::UnknownToken
                | DeviationKind::InvalidValue
                | DeviationKind::FieldName
                | DeviationKind::UnexpectedField
        )
    };
    deviations.retain(|deviation| !is_of_mm4(deviation.kind));
    let message = &mail.message;
    if message.from.is_none() && message.to.is_empty() && message.cc.is_empty() {
        let kind = DecodeErrorKind::NotAMessage;
        return Err(DecodeError { kind, offset: 0, field: Some("From") });
    }
    if message_type.as_deref().is_some_and(is_number) {
        mail.read_numbers();
    }
    mail.read_times();
    mail.read_sender();
    mail.read_fields();
    Ok(Decoded::new(mail, deviations))
}

/// Encodes a mail, with `7bit` and `base64` as transfer encodings.
///
/// # Errors
///
/// Fails without a date or sender, for a notification without its mandatory fields, if a value cannot
/// be expressed in mail or the message has an element that [`Mail::ELEMENTS`] has not, and for control
/// characters in header fields. The error names the field.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, ContentType, Part, Priority, Timestamp};
/// use mms_codec::{Bytes, mail};
///
/// let mut mail = mail::Mail::default();
/// mail.message.date = Some(Timestamp::from_seconds(1_709_631_047));
/// mail.message.from = Some(Address::email("+12025550101@mms.example.net").into());
/// mail.message.to.push(Address::email("kim@example.org"));
/// mail.message.priority = Some(Priority::High);
/// mail.message.read_report = Some(true);
/// mail.message.body = Some(Part::new(ContentType::new("text/plain"), "hello\r\n"));
/// let octets = Bytes::from(mail::encode(&mail)?);
/// let text = core::str::from_utf8(&octets).unwrap();
/// assert!(text.contains("Importance: high\r\nX-Priority: 1\r\n"));
/// assert!(text.contains("Disposition-Notification-To: +12025550101@mms.example.net\r\n"));
/// let again = mail::decode(&octets).unwrap().value;
/// assert_eq!((again.message.priority, again.message.read_report), (Some(Priority::High), Some(true)));
/// assert!(again.extra.is_empty());
/// # Ok::<(), mms_codec::EncodeError>(())
/// ```
pub fn encode(mail: &Mail) -> Result<Vec<u8>, EncodeError> {
    encode_with(mail, &TransferOptions::default())
}

/// [`encode`] with options.
///
/// # Errors
///
/// As [`encode`].
pub fn encode_with(mail: &Mail, options: &TransferOptions) -> Result<Vec<u8>, EncodeError> {
    mail.message.body.as_ref().map_or(Ok(()), report::check)?;
    mm4::encode_mail(&mail.with_fields()?, options)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// The header fields whose values are the octets of MM1, or these less 128, and how each is taken over.
const NUMBERS: &[(&str, TakeOver)] = &[
    ("X-Mms-Priority", |message, number| put(&mut message.priority, Priority::ALL, number)),
    ("X-Mms-Sender-Visibility", |message, number| put(&mut message.sender_visibility, SenderVisibility::ALL, number)),
    ("X-Mms-Content-Class", |message, number| put(&mut message.content_class, ContentClass::ALL, number)),
    ("X-Mms-Delivery-Report", |message, number| put(&mut message.delivery_report, YES_NO, number)),
    ("X-Mms-Read-Reply", |message, number| put(&mut message.read_report, YES_NO, number)),
    ("X-Mms-Read-Report", |message, number| put(&mut message.read_report, YES_NO, number)),
    ("X-Mms-Distribution-Indicator", |message, number| put(&mut message.distribution_indicator, YES_NO, number)),
    ("X-Mms-Drm-Content", |message, number| put(&mut message.drm_content, YES_NO, number)),
    ("X-Mms-Adaptation-Allowed", |message, number| put(&mut message.adaptation_allowed, YES_NO, number)),
];

/// The flags of MM1 in the order of their octets.
const YES_NO: &[bool] = &[true, false];

/// The number of a value of MM1: its octet, or that less 128.
fn number(text: &str) -> Option<u8> {
    text.trim().parse().ok().map(|octet: u8| octet & 0x7F)
}

/// Fills a number into a message, and says whether it is one of the values.
type TakeOver = fn(&mut Message, u8) -> bool;

fn put<T: Clone>(field: &mut Option<T>, values: &[T], number: u8) -> bool {
    let value = values.get(usize::from(number));
    *field = value.cloned().or(field.take());
    value.is_some()
}

impl Mail {
    /// Numbers mean the octets of MM1, counted from 128: 0 is yes, which MM4 reads as no.
    fn read_numbers(&mut self) {
        let message = &mut self.message;
        for flag in [
            &mut message.delivery_report,
            &mut message.read_report,
            &mut message.distribution_indicator,
            &mut message.drm_content,
            &mut message.adaptation_allowed,
        ] {
            *flag = flag.map(|flag| !flag);
        }
        if let Some(MessageClass::Other(class)) = &message.class
            && let Some(number) = number(class)
        {
            message.class = MessageClass::ALL.get(usize::from(number)).cloned().or(message.class.take());
        }
        self.extra.retain(|header| {
            let Header::Text { name, value } = header else { return true };
            let row = NUMBERS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
            !row.zip(number(value)).is_some_and(|((_, take_over), number)| take_over(message, number))
        });
    }

    /// Seconds since 1970 look like a span of many years.
    fn read_times(&mut self) {
        const DECADE: u64 = 315_360_000;
        let absolute = |time: Time| match time {
            Time::Relative(span) if span.months == 0 && span.seconds > DECADE => {
                i64::try_from(span.seconds).map_or(time, |seconds| Time::Absolute(Timestamp::from_seconds(seconds)))
            }
            time => time,
        };
        let message = &mut self.message;
        for time in [&mut message.expiry, &mut message.delivery_time] {
            *time = time.map(absolute);
        }
    }

    /// A number at the domain of an operator is the phone of the sender.
    fn read_sender(&mut self) {
        if let Some(Originator::Address(from)) = &mut self.message.from
            && let Some(number) = number_at(from, |_| true)
        {
            *from = number;
        }
    }
}

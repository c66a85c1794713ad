//! Internet mail that carries messages and reports (RFC 4356): mails of operators for people without
//! a terminal (MM3), and delivery status notifications (RFC 3464).
//!
//! [`decode`] reads mails whose header fields are those of MM4, of MM1 in words, or of MM1 in
//! numbers, as gateways of operators write them. [`delivery_reports`] reads what a mail system says
//! became of a mail, and [`delivery_status`] writes it.
//!
//! Not done here: pages of HTML that an operator wraps around the content are parts like others.

mod dsn;

use alloc::vec::Vec;

use bytes::Bytes;

pub use self::dsn::{delivery_reports, delivery_status};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::message::{
    Address, AddressDetails, AddressKind, Header, Message, MessageClass, Originator, Priority, SenderVisibility, Str,
    Time, Timestamp,
};
use crate::mime;
use crate::mm4::{self, ForwardReq};
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
    pub headers: Vec<Header>,
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
    let (mut decoded, message_type) = mm4::decode_mail(octets, &lenient)?;
    // What is mandatory on MM4 need not be in a mail, and words and numbers of MM1 may be.
    let is_of_mm4 = |kind: DeviationKind| {
        matches!(kind, DeviationKind::MissingField | DeviationKind::UnknownToken | DeviationKind::InvalidValue)
    };
    decoded.deviations.retain(|deviation| !is_of_mm4(deviation.kind));
    let message = &decoded.value.message;
    if message.from.is_none() && message.to.is_empty() && message.cc.is_empty() {
        let kind = DecodeErrorKind::NotAMessage;
        return Err(DecodeError { kind, offset: 0, field: Some("From") });
    }
    let ForwardReq { message, message_id, mail_id, extra, sender: _, .. } = decoded.value;
    let mut mail = Mail { message, mail_id, message_id, headers: extra };
    if message_type.as_deref().is_some_and(is_number) {
        mail.read_numbers();
    }
    mail.read_times();
    mail.read_sender();
    Ok(Decoded::new(mail, decoded.deviations))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// The header fields whose values are the octets of MM1 less 128, and how each is taken over.
const NUMBERS: &[(&str, TakeOver)] = &[
    ("X-Mms-Priority", |message, number| put(&mut message.priority, Priority::ALL, number)),
    ("X-Mms-Sender-Visibility", |message, number| put(&mut message.sender_visibility, SenderVisibility::ALL, number)),
    ("X-Mms-Read-Report", |message, number| put(&mut message.read_report, &[true, false], number)),
];

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
        for flag in [&mut message.delivery_report, &mut message.read_report] {
            *flag = flag.map(|flag| !flag);
        }
        if let Some(MessageClass::Other(class)) = &message.class
            && let Ok(number) = class.parse::<usize>()
        {
            message.class = MessageClass::ALL.get(number).cloned().or(message.class.take());
        }
        self.headers.retain(|header| {
            let Header::Text { name, value } = header else { return true };
            let row = NUMBERS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
            let number = value.trim().parse().ok();
            !row.zip(number).is_some_and(|((_, take_over), number)| take_over(message, number))
        });
    }

    /// Seconds since 1970 look like a span of many years; the delivery time is not a field of MM4.
    fn read_times(&mut self) {
        const DECADE: u64 = 315_360_000;
        let absolute = |time: Time| match time {
            Time::Relative(span) if span.months == 0 && span.seconds > DECADE => {
                i64::try_from(span.seconds).map_or(time, |seconds| Time::Absolute(Timestamp::from_seconds(seconds)))
            }
            time => time,
        };
        self.message.expiry = self.message.expiry.map(absolute);
        let is_time = |header: &Header| header.is("X-Mms-Delivery-Time");
        let Some(index) = self.headers.iter().position(is_time) else { return };
        let Some(Header::Text { value, .. }) = self.headers.get(index) else { return };
        let time = match value.trim().parse() {
            Ok(seconds) => Some(absolute(Time::Relative(crate::message::Interval::from_seconds(seconds)))),
            Err(_) => mime::date::parse(value).map(|date| Time::Absolute(date.timestamp)),
        };
        if time.is_some() {
            self.message.delivery_time = time;
            self.headers.remove(index);
        }
    }

    /// A number at the domain of an operator is the phone of the sender.
    fn read_sender(&mut self) {
        let Some(Originator::Address(from)) = &mut self.message.from else { return };
        let AddressKind::Email(mailbox) = &from.kind else { return };
        let bare = mailbox.rsplit_once('<').and_then(|(_, bare)| bare.strip_suffix('>')).unwrap_or(mailbox);
        let Some((number, domain)) = bare.rsplit_once('@') else { return };
        let number = number.strip_suffix("/TYPE=PLMN").unwrap_or(number);
        let digits = number.strip_prefix('+').unwrap_or(number);
        if digits.len() > 6 && is_number(digits) {
            let details = AddressDetails { domain: Some(domain.into()), ..AddressDetails::default() };
            let mut phone = Address::phone(number);
            phone.details = Some(details.into());
            *from = phone;
        }
    }
}

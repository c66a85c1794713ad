//! What the sender of a mail says of itself and of the mail.

use alloc::format;

use crate::message::{Address, Str, Timestamp, bare_id};

/// What the system that sends a message says of itself and of the mail.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Timestamp;
/// use mms_codec::mm4::Posting;
///
/// let posting = Posting::new("system-user@mms.example.net", "r-1@mms.example.net", 1_709_631_049);
/// assert_eq!(posting.mail_id, "<r-1@mms.example.net>");
/// assert_eq!(posting.date, Timestamp::from_seconds(1_709_631_049));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Posting {
    /// The address of the system.
    pub system: Address,
    /// The identifier of the mail, in angle brackets and new for every mail.
    pub mail_id: Str,
    /// When the mail is sent; in reports, when the event happened that they report.
    pub date: Timestamp,
}

impl Posting {
    /// The address of the system, an identifier for the mail that gets angle brackets unless it has
    /// them, and the time: seconds since 1970-01-01T00:00:00Z, a [`Timestamp`], or a `SystemTime`, of which
    /// the fraction of the second is left out.
    pub fn new(system: impl Into<Str>, mail_id: &str, date: impl Into<Timestamp>) -> Self {
        Self { system: Address::email(system), mail_id: format!("<{}>", bare_id(mail_id)).into(), date: date.into() }
    }
}

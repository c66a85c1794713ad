//! Message disposition notifications (RFC 8098) and read reports.

use alloc::format;
use alloc::string::ToString;

use super::report::{Fields, Groups, TEXT_TYPE};
use crate::message::{Originator, Part, ReadReport, ReadStatus, Text};
use crate::mime::address::show;

/// The read report in a message disposition notification, if the part is `multipart/report` of that
/// kind. The message is identified by the `Original-Message-ID` of the mail. What a program
/// did by itself (`dispatched`, `processed`) says nothing of the reader:
/// [`ReadStatus::Indeterminate`].
///
/// # Examples
///
/// ```
/// use mms_codec::mail;
/// use mms_codec::message::{Address, ContentType, Part, ReadStatus};
///
/// let fields = "Reporting-UA: kims-phone; Mail 4\r\nFinal-Recipient: rfc822; kim@example.org\r\n\
///     Original-Message-ID: <1@mms.example.net>\r\n\
///     Disposition: manual-action/MDN-sent-automatically; displayed\r\n";
/// let part = Part::new(ContentType::new("message/disposition-notification"), fields);
/// let report = ContentType::new("multipart/report").with("report-type", "disposition-notification");
/// let read = mail::read_report(&Part::multipart(report, vec![part])).unwrap();
/// assert_eq!(read.recipient, Some(Address::email("kim@example.org").into()));
/// assert_eq!(read.status, Some(ReadStatus::Read));
/// assert_eq!(read.message_id.as_deref(), Some("1@mms.example.net"));
/// ```
pub fn read_report(body: &Part) -> Option<ReadReport> {
    let groups = Groups::of(body, "disposition-notification")?;
    let group = groups.iter().next()?;
    // `manual-action/MDN-sent-manually; displayed/error`
    let disposition = group.field("Disposition")?.rsplit(';').next().unwrap_or_default().trim();
    let kind = disposition.split(['/', '(']).next().unwrap_or_default().trim();
    let is = |known: &str| kind.eq_ignore_ascii_case(known);
    let status = match () {
        () if is("displayed") => ReadStatus::Read,
        // RFC 3798 has it, RFC 8098 still reads it.
        () if is("deleted") => ReadStatus::Deleted,
        () => ReadStatus::Indeterminate,
    };
    Some(ReadReport {
        message_id: group.id("Original-Message-ID"),
        recipient: group.recipient().map(Originator::Address),
        status: Some(status),
        status_text: group.text(STATUS_TEXT).map(Text::from),
        ..ReadReport::default()
    })
}

/// An extension (RFC 8098, 3.3).
const STATUS_TEXT: &str = "X-Mms-Status-Text";

/// The body of a message disposition notification for a read report, made by the program
/// `reporting_ua`, such as `mms.example.net; MMS`. Control characters become blanks.
///
/// # Examples
///
/// ```
/// use mms_codec::mail;
/// use mms_codec::message::{Address, ReadReport, ReadStatus};
///
/// let mut report = ReadReport::default();
/// report.message_id = Some("1@example.org".into());
/// report.recipient = Some(Address::email("+447700900123@mms.example.net").into());
/// report.status = Some(ReadStatus::Deleted);
/// let body = mail::disposition_notification(&report, "mms.example.net; MMS");
/// assert_eq!(body.content_type.to_string(), "multipart/report; report-type=disposition-notification");
/// assert_eq!(mail::read_report(&body), Some(report));
/// ```
pub fn disposition_notification(report: &ReadReport, reporting_ua: &str) -> Part {
    let (disposition, said) = match report.status {
        Some(ReadStatus::Read) => ("displayed", "was displayed"),
        Some(ReadStatus::Deleted) => ("deleted", "was deleted without being read"),
        _ => ("processed", "was processed; whether it was read is not known"),
    };
    let mut fields = Fields::default();
    fields.add("Reporting-UA", reporting_ua);
    let recipient = report.recipient.as_ref().and_then(Originator::address);
    if let Some(recipient) = recipient {
        fields.add_address("Final-Recipient", recipient);
    }
    if let Some(id) = &report.message_id {
        fields.add("Original-Message-ID", &format!("<{}>", id.trim_matches(['"', '<', '>'])));
    }
    fields.add("Disposition", &format!("manual-action/MDN-sent-manually; {disposition}"));
    if let Some(text) = &report.status_text {
        fields.add_typed(STATUS_TEXT, TEXT_TYPE, &text.to_string());
    }
    let recipient = recipient.map(show).unwrap_or_default();
    fields.into_report("disposition-notification", format!("The message to {recipient} {said}.\r\n"))
}

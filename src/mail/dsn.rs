//! Delivery status notifications (RFC 3464) and delivery reports: the tables of RFC 4356, 3.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::report::{Fields, Group, Groups, TEXT_TYPE};
use crate::message::{DeliveryReport, MmStatus, Part, Str, Text};
use crate::mime::address::show;

/// The delivery reports in a delivery status notification: one for each recipient that it names.
/// Nothing, if the part is not `multipart/report` of that kind. The identifier of the message is that
/// of the envelope (`Original-Envelope-Id`, RFC 3461 ENVID).
///
/// # Examples
///
/// ```
/// use mms_codec::mail;
/// use mms_codec::message::{Address, ContentType, MmStatus, Part};
///
/// let status = "Original-Envelope-Id: mm-1\r\nReporting-MTA: dns; mx.example.net\r\n\r\n\
///     Final-Recipient: rfc822; kim@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
///     Final-Recipient: rfc822; lee@example.org\r\nAction: delivered\r\nStatus: 2.0.0\r\n";
/// let part = Part::new(ContentType::new("message/delivery-status"), status);
/// let report = ContentType::new("multipart/report").with("report-type", "delivery-status");
/// let reports = mail::delivery_reports(&Part::multipart(report, vec![part]));
/// let found: Vec<_> = reports.iter().map(|report| (report.recipient.clone().unwrap(), report.status.clone().unwrap())).collect();
/// assert_eq!(found, [
///     (Address::email("kim@example.org"), MmStatus::Unreachable),
///     (Address::email("lee@example.org"), MmStatus::Retrieved),
/// ]);
/// assert_eq!(reports[0].message_id.as_deref(), Some("mm-1"));
/// ```
pub fn delivery_reports(body: &Part) -> Vec<DeliveryReport> {
    let Some(groups) = Groups::of(body, "delivery-status") else { return Vec::new() };
    let mut groups = groups.iter();
    let message_id = groups.next().and_then(|group| group.id("Original-Envelope-Id"));
    groups.filter_map(|group| report(group, message_id.clone())).collect()
}

/// The report of what is said of one recipient.
fn report(group: Group<'_>, message_id: Option<Str>) -> Option<DeliveryReport> {
    let recipient = group.recipient();
    let code = group.word("Status").unwrap_or_default();
    let action = group.word("Action").unwrap_or_default().to_ascii_lowercase();
    // Blank lines at the end are not about anybody.
    if recipient.is_none() && action.is_empty() {
        return None;
    }
    let status = match &*action {
        "delivered" => MmStatus::Retrieved,
        "delayed" => MmStatus::Deferred,
        "relayed" | "expanded" => MmStatus::Forwarded,
        // RFC 3463: the delivery time expired, and addresses that are none.
        "failed" if code.ends_with(".4.7") => MmStatus::Expired,
        "failed" if code.starts_with("5.1.") => MmStatus::Unreachable,
        "failed" => MmStatus::Rejected,
        _ => MmStatus::Indeterminate,
    };
    Some(DeliveryReport {
        message_id,
        recipient,
        status: Some(status),
        status_text: group.text("Diagnostic-Code").map(Text::from),
        ..DeliveryReport::default()
    })
}

/// The body of a delivery status notification for a report, said by the system `reporting_mta`, a
/// domain. Control characters become blanks.
///
/// # Examples
///
/// ```
/// use mms_codec::mail;
/// use mms_codec::message::{Address, DeliveryReport, MmStatus};
///
/// let mut report = DeliveryReport::default();
/// report.message_id = Some("mm-1".into());
/// report.recipient = Some(Address::email("kim@example.org"));
/// report.status = Some(MmStatus::Expired);
/// let body = mail::delivery_status(&report, "mms.example.net");
/// assert_eq!(body.content_type.to_string(), "multipart/report; report-type=delivery-status");
/// let again = mail::delivery_reports(&body).remove(0);
/// assert_eq!((again.message_id, again.recipient, again.status), (report.message_id, report.recipient, report.status));
/// ```
pub fn delivery_status(report: &DeliveryReport, reporting_mta: &str) -> Part {
    let status = report.status.as_ref().map_or(MmStatus::Indeterminate, MmStatus::class);
    let (action, code, said) = match status {
        MmStatus::Retrieved => ("delivered", "2.1.5", "was delivered"),
        MmStatus::Forwarded => ("relayed", "2.1.9", "was forwarded"),
        MmStatus::Deferred => ("delayed", "4.2.0", "will be delivered later"),
        MmStatus::Expired => ("failed", "5.4.7", "was not fetched in time"),
        MmStatus::Unreachable => ("failed", "5.1.2", "cannot be delivered"),
        MmStatus::Indeterminate => ("relayed", "2.1.9", "was passed on; nothing more is known"),
        _ => ("failed", "5.7.1", "was refused"),
    };
    let mut fields = Fields::default();
    if let Some(id) = &report.message_id {
        fields.add("Original-Envelope-Id", id.trim_matches(['"', '<', '>']));
    }
    fields.add("Reporting-MTA", &format!("dns; {reporting_mta}"));
    fields.end_group();
    if let Some(recipient) = &report.recipient {
        fields.add_address("Final-Recipient", recipient);
    }
    fields.add("Action", action);
    fields.add("Status", code);
    if let Some(text) = &report.status_text {
        fields.add_typed("Diagnostic-Code", TEXT_TYPE, &text.to_string());
    }
    let recipient = report.recipient.as_ref().map(show).unwrap_or_default();
    fields.into_report("delivery-status", format!("The message to {recipient} {said}.\r\n"))
}

//! Internet mail: there and back.

use std::io::Write;
use std::process::{Command, Stdio};

use mail_parser::{HeaderValue, MessageParser, MimeHeaders};
use mms_codec::message::{
    Address, ContentType, DeliveryReport, Message, MessageClass, MmStatus, MmStatusExtension, Originator, Part,
    PreviouslySentBy, PreviouslySentDate, Priority, ReadReport, ReadStatus, ReplyCharging, RequestStatus,
    SenderVisibility, Text, Time, Timestamp,
};
use mms_codec::mm1::SendReq;
use mms_codec::mm4::{Posting, SmtpEnvelope};
use mms_codec::mm7::{self, Fault, FaultError, Response, StatusCode};
use mms_codec::relay::{self, MailHop, Mailed, Outcome, Receipt, ReportReceipt};
use mms_codec::{Bytes, EncodeErrorKind, mail};

use crate::known::{ARRIVED, announcement};
use crate::support::corpus::say;

const OWN: &str = "mms.example.net";

fn receipt() -> Receipt {
    Receipt { arrived: ARRIVED, message_id: "mm-1".into(), sender: Some(Address::phone("+12025550101")), alias: None }
}

fn report_receipt() -> ReportReceipt {
    ReportReceipt { arrived: ARRIVED, recipient: None }
}

fn hop() -> MailHop {
    MailHop::new(Posting::new("mms@mms.example.net", "1@mms.example.net", ARRIVED.seconds), OWN)
}

/// Over the wire: the mail, and the envelope as a server reads it.
fn over_smtp(relayed: &relay::Relayed<mail::Mail>) -> (mail::Mail, SmtpEnvelope) {
    let octets = mail::encode(&relayed.pdu).unwrap();
    let mut envelope = SmtpEnvelope::default();
    let sent = relayed.envelope.clone().unwrap().of_mail(&octets);
    assert!(sent.commands().iter().all(|command| envelope.read_command(command)));
    assert_eq!(envelope, sent);
    let decoded = mail::decode(&octets.into()).unwrap();
    assert_eq!(decoded.deviations, []);
    (decoded.value, envelope)
}

fn names(lost: &[relay::Lost]) -> Vec<String> {
    let mut names: Vec<_> = lost.iter().map(ToString::to_string).collect();
    names.sort_unstable();
    names
}

/// A message that says everything.
fn everything() -> Message {
    let mut message = Message::default();
    message.date = Some(ARRIVED);
    message.from = Some(Originator::InsertAddress);
    message.to = vec![Address::email("Kim <kim@example.org>"), Address::phone("+447700900123")];
    message.cc = vec![Address::email("lee@example.org")];
    message.subject = Some(Text::from("Un été"));
    message.class = Some(MessageClass::Auto);
    message.expiry = Some(Time::Absolute(Timestamp::from_seconds(ARRIVED.seconds + 3_600)));
    message.delivery_time = Some(Time::Absolute(Timestamp::from_seconds(ARRIVED.seconds + 60)));
    message.priority = Some(Priority::High);
    message.sender_visibility = Some(SenderVisibility::Show);
    message.delivery_report = Some(true);
    message.read_report = Some(true);
    message.reply_charging = Some(ReplyCharging::Requested);
    message.distribution_indicator = Some(false);
    message.applic_id = Some("viewer".into());
    message.reply_applic_id = Some("player".into());
    message.aux_applic_info = Some("x=1".into());
    message.drm_content = Some(false);
    message.adaptation_allowed = Some(true);
    for (count, number) in [(0, "+12025550102"), (1, "+12025550103")] {
        message.previously_sent_by.push(PreviouslySentBy::new(count, Address::phone(number)));
        let date = Timestamp::from_seconds(ARRIVED.seconds - 100 + i64::from(count));
        message.previously_sent_date.push(PreviouslySentDate::new(count, date));
    }
    let mut text = Part::new(ContentType::new("text/plain").with("charset", "utf-8"), "héllo\r\n");
    text.content_id = Some("<text>".into());
    let picture = Part::new(ContentType::new("image/gif").with("name", "dot.gif"), &b"GIF89a\0\xff"[..]);
    message.body = Some(Part::multipart(ContentType::new("multipart/mixed"), vec![text, picture]));
    message
}

#[test]
fn from_mm1_to_mail_and_back_loses_what_is_listed() {
    let mut send = SendReq::default();
    send.message = everything();
    let there = relay::to_mail(send, &receipt(), hop());
    assert_eq!(names(&there.lost), ["X-Mms-Reply-Charging is not carried"]);
    let (mail, envelope) = over_smtp(&there);
    assert_eq!(envelope.rcpt_to, ["kim@example.org", "lee@example.org"]);
    assert_eq!(envelope.envelope_id.as_deref(), Some("mm-1"));
    assert!(envelope.notify.unwrap().success);

    let Mailed::Message(taken) = relay::from_mail(mail, &envelope, OWN) else { panic!("a message") };
    let mut expected = everything();
    expected.from = Some(taken.message.from.clone().unwrap());
    expected.reply_charging = None;
    let mut read = taken.message.clone();
    for address in [read.to.get_mut(1)].into_iter().flatten() {
        assert_eq!(address.details.take().unwrap().domain.as_deref(), Some(OWN));
    }
    read.previously_sent_by
        .iter_mut()
        .for_each(|by| by.address = Address::from(by.address.value().split('@').next().unwrap()));
    expected.previously_sent_by.iter_mut().for_each(|by| by.address = Address::from(by.address.value()));
    assert_eq!(read.from.as_ref().and_then(Originator::address).unwrap().value(), "+12025550101");
    for part in [&mut read, &mut expected].into_iter().filter_map(|message| message.body.as_mut()) {
        part.content_type.parameters.clear();
    }
    assert_eq!(read, expected);

    let back = relay::to_mm1(*taken, &receipt(), announcement()).unwrap();
    // What no notification or retrieval says, whoever sent the message, and what one mail has.
    let expected = [
        "Message-ID is not carried",
        "X-Mms-Adaptation-Allowed is not carried",
        "X-Mms-Delivery-Time is not carried",
        "X-Mms-Sender-Visibility is not carried",
    ];
    assert_eq!(names(&back.lost), expected);
    let retrieve = mms_codec::mm1::encode(&back.pdu.retrieve).unwrap();
    assert!(mms_codec::mm1::decode(&Bytes::from(retrieve)).unwrap().deviations.is_empty());
}

/// Mail programs see the same in the fields that are theirs.
#[test]
fn a_second_reader_finds_what_is_said_of_a_message() {
    let mut send = SendReq::default();
    send.message = everything();
    let octets = mail::encode(&relay::to_mail(send, &receipt(), hop()).pdu).unwrap();
    let parsed = MessageParser::default().parse(&octets).unwrap();
    assert_eq!(parsed.subject(), Some("Un été"));
    assert_eq!(parsed.date().unwrap().to_timestamp(), ARRIVED.seconds);
    let to: Vec<_> = parsed.to().unwrap().iter().map(|to| (to.name(), to.address())).collect();
    let phone = "+447700900123@mms.example.net";
    assert_eq!(to, [(Some("Kim"), Some("kim@example.org")), (None, Some(phone))]);
    let text = |name: &str| match parsed.header(name) {
        Some(HeaderValue::Text(text)) => text.to_string(),
        Some(HeaderValue::Address(address)) => address.first().unwrap().address().unwrap().to_owned(),
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(
        (text("Importance"), text("X-Priority"), text("Auto-Submitted")),
        ("high".into(), "1".into(), "auto-generated".into())
    );
    assert_eq!(text("Disposition-Notification-To"), "+12025550101@mms.example.net");
    let resent: Vec<_> = parsed
        .header_values("Resent-From")
        .map(|from| from.as_address().unwrap().first().unwrap().address().unwrap())
        .collect();
    assert_eq!(resent, ["+12025550103@mms.example.net", "+12025550102@mms.example.net"]);
    assert_eq!(parsed.body_text(0).unwrap(), "héllo\r\n");
    assert_eq!(parsed.attachment(0).unwrap().contents(), b"GIF89a\0\xff");
    assert_eq!(parsed.attachment(0).unwrap().attachment_name(), Some("dot.gif"));
}

/// What Python's `email` and `mail-parser` find in a report: its kind, and its fields.
fn fields_elsewhere(octets: &[u8], wanted: &[&str]) -> Vec<Vec<Option<String>>> {
    const SCRIPT: &str = "import sys, email, email.policy, json\n\
        m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)\n\
        assert not m.defects and m.get_content_type() == 'multipart/report', m.defects\n\
        p = m.get_payload()[1]\n\
        assert p.get_content_subtype() == m.get_param('report-type')\n\
        groups = p.get_payload() if p.is_multipart() else [email.message_from_string(p.get_content())]\n\
        find = lambda n: next((str(g[n]) for g in groups if g[n] is not None), None)\n\
        print(json.dumps([find(n) for n in sys.argv[1:]]))\n";
    let mut found = Vec::new();
    let python =
        Command::new("python3").args(["-c", SCRIPT]).args(wanted).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    match python {
        Ok(mut python) => {
            python.stdin.take().unwrap().write_all(octets).unwrap();
            let output = python.wait_with_output().unwrap();
            assert!(output.status.success());
            found.push(serde_json::from_slice(&output.stdout).unwrap());
        }
        Err(error) => say(&format!("python3 cannot be run ({error}): comparison not run")),
    }
    let parsed = MessageParser::default().parse(octets).unwrap();
    assert_eq!(parsed.content_type().unwrap().subtype(), Some("report"));
    let kind = parsed.content_type().unwrap().attribute("report-type").unwrap();
    let machine = parsed.parts.iter().find(|part| part.content_type().is_some_and(|own| own.subtype() == Some(kind)));
    // Each group of fields is a header section.
    let contents = String::from_utf8(machine.unwrap().contents().to_vec()).unwrap();
    let groups: Vec<_> = contents.split("\r\n\r\n").map(|group| format!("{group}\r\n\r\n")).collect();
    let find = |name: &&str| {
        let mut values = groups.iter().filter_map(|group| {
            let parsed = MessageParser::new().default_header_text().parse(group.as_bytes())?;
            parsed.header(*name).and_then(HeaderValue::as_text).map(str::to_owned)
        });
        values.next()
    };
    found.push(wanted.iter().map(find).collect());
    found
}

#[test]
fn a_delivery_report_is_a_notification_and_a_report_again() {
    for (status, action, again) in [
        (MmStatus::Retrieved, "delivered", MmStatus::Retrieved),
        (MmStatus::Forwarded, "relayed", MmStatus::Forwarded),
        (MmStatus::Deferred, "delayed", MmStatus::Deferred),
        (MmStatus::Expired, "failed", MmStatus::Expired),
        (MmStatus::Rejected, "failed", MmStatus::Rejected),
        (MmStatus::Unreachable, "failed", MmStatus::Unreachable),
        (MmStatus::Indeterminate, "relayed", MmStatus::Forwarded),
        (MmStatus::Unrecognised, "failed", MmStatus::Rejected),
    ] {
        let mut report = DeliveryReport::default();
        report.message_id = Some("envid-1".into());
        report.recipient = Some(Address::phone("+12025550101"));
        report.originator = Some(Address::email("kim@example.org"));
        report.status = Some(status.clone());
        report.status_text = Some(Text::from("déjà\r\nAction: vu"));
        report.status_extension = Some(MmStatusExtension::RejectionByMmsRecipient);
        report.applic_id = Some("viewer".into());
        let there = relay::delivery_report_to_mail(report, &report_receipt(), hop()).unwrap();
        let mut expected = vec!["X-Mms-Applic-ID is not carried"];
        expected.extend((status != again).then_some("X-Mms-MM-Status-Code has another value"));
        expected.push("X-Mms-MM-Status-Extension is not carried");
        expected.push("X-Mms-Status-Text has another value");
        assert_eq!(names(&there.lost), expected);
        for found in
            fields_elsewhere(&mail::encode(&there.pdu).unwrap(), &["Original-Envelope-Id", "Final-Recipient", "Action"])
        {
            let found: Vec<_> = found.iter().map(|value| value.as_deref().unwrap()).collect();
            assert_eq!(found, ["envid-1", "rfc822; +12025550101@mms.example.net", action]);
        }
        let (mail, envelope) = over_smtp(&there);
        assert_eq!((envelope.mail_from, &envelope.rcpt_to[..]), (None, &["kim@example.org".into()][..]));
        let Mailed::DeliveryReports(reports) = relay::from_mail(mail, &SmtpEnvelope::default(), OWN) else { panic!() };
        let report = &reports[0].report;
        assert_eq!((report.message_id.as_deref(), &report.status), (Some("envid-1"), &Some(again)));
        assert_eq!(report.recipient.as_ref().unwrap().to_string(), "+12025550101/TYPE=PLMN");
        assert_eq!(
            (report.status_text.as_ref().unwrap().to_string(), report.date),
            ("déjà  Action: vu".into(), Some(ARRIVED))
        );
    }
    let mut own = mms_codec::mm4::DeliveryReportReq::default();
    own.forward_to_originator_ua = Some(false);
    assert_eq!(relay::delivery_report_to_mail(own, &report_receipt(), hop()), None);
}

#[test]
fn a_read_report_is_a_notification_and_a_report_again() {
    for (status, disposition) in
        [(ReadStatus::Read, "displayed"), (ReadStatus::Deleted, "deleted"), (ReadStatus::Indeterminate, "processed")]
    {
        let mut report = ReadReport::default();
        report.message_id = Some("1@example.org".into());
        report.recipient = Some(Address::phone("+12025550101").into());
        report.originator = Some(Address::phone("+12025550102"));
        report.date = Some(ARRIVED);
        report.status = Some(status);
        report.status_text = Some(Text::from("été"));
        let there = relay::read_report_to_mail(report.clone(), &report_receipt(), hop());
        assert_eq!(names(&there.lost), [""; 0]);
        let wanted = ["Original-Message-ID", "Final-Recipient", "Disposition"];
        for found in fields_elsewhere(&mail::encode(&there.pdu).unwrap(), &wanted) {
            let found: Vec<_> = found.iter().map(|value| value.as_deref().unwrap().trim_matches(['<', '>'])).collect();
            let disposition = format!("manual-action/MDN-sent-manually; {disposition}");
            assert_eq!(found, ["1@example.org", "rfc822; +12025550101@mms.example.net", &disposition]);
        }
        let (mail, envelope) = over_smtp(&there);
        assert_eq!(envelope.mail_from, None);
        let Mailed::ReadReport(mut again) = relay::from_mail(mail, &envelope, OWN) else { panic!() };
        let recipient = again.report.recipient.as_ref().and_then(Originator::address).unwrap();
        assert_eq!(recipient.to_string(), "+12025550101/TYPE=PLMN");
        assert_eq!(again.report.originator.as_ref().unwrap().to_string(), "+12025550102/TYPE=PLMN");
        again.report.recipient.clone_from(&report.recipient);
        again.report.originator.clone_from(&report.originator);
        assert_eq!(again.report, report);
    }
}

/// A line of a mail has no more than 998 octets (RFC 5322, 2.1.1).
#[test]
fn an_originator_whom_mail_cannot_name_is_lost_by_that_name() {
    let mut report = ReadReport::default();
    report.recipient = Some(Address::phone("+12025550101").into());
    report.originator = Some(Address::email(format!("{}@example.org", "k".repeat(998))));
    let relayed = relay::read_report_to_mail(report, &report_receipt(), hop());
    assert_eq!(names(&relayed.lost), ["Originator is not carried"]);
    assert_eq!(relayed.envelope.unwrap().rcpt_to, [""; 0]);
}

#[test]
fn recipients_whom_the_envelope_alone_names_are_blind() {
    let octets = Bytes::from_static(
        b"From: kim@example.org\r\nTo: +12025550101@mms.example.net\r\nImportance: low\r\nX-Priority: 1 (Highest)\r\n\
          Disposition-Notification-To: Kim <kim@example.org>\r\nMessage-ID: <m@example.org>\r\n\r\nhello\r\n",
    );
    let mut envelope = SmtpEnvelope::default();
    for command in [
        "MAIL FROM:<kim@example.org>",
        "RCPT TO:<+12025550101@MMS.example.net>",
        "RCPT TO:<+12025550102@mms.example.net>",
    ] {
        assert!(envelope.read_command(command));
    }
    let Mailed::Message(taken) = relay::from_mail(mail::decode(&octets).unwrap().value, &envelope, OWN) else {
        panic!()
    };
    let shown: Vec<_> = [&taken.message.to, &taken.message.bcc].map(|all| all[0].to_string()).into();
    assert_eq!(shown, ["+12025550101/TYPE=PLMN", "+12025550102/TYPE=PLMN"]);
    assert_eq!((taken.message.to.len(), taken.message.bcc.len(), taken.message.delivery_report), (1, 1, None));
    assert_eq!((taken.message.priority, taken.message.read_report), (Some(Priority::Low), Some(true)));
    assert_eq!(taken.message_id.as_deref(), Some("m@example.org"));
    // The other importance is kept.
    let kept: Vec<_> = taken.mail_headers.iter().map(|header| format!("{header:?}")).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
}

/// Who hides is not named to strangers, and blind recipients to nobody.
#[test]
fn a_mail_names_nobody_whom_it_must_not() {
    let mut send = SendReq::default();
    send.message = everything();
    send.message.sender_visibility = Some(SenderVisibility::Hide);
    send.message.bcc = vec![Address::email("blind@example.org"), Address::email("blind@example.com")];
    send.message.body = Some(Part::new(ContentType::new("text/plain").with("name", "12025550101.txt"), "x"));
    let alias = Some(Address::email("someone@mms.example.net"));
    let relayed = relay::to_mail(send.clone(), &Receipt { alias, ..receipt() }, hop());
    let text = String::from_utf8(mail::encode(&relayed.pdu).unwrap()).unwrap();
    assert!(!text.contains("12025550101") && !text.contains("blind@"), "{text}");
    assert_eq!(relayed.envelope.unwrap().rcpt_to, ["kim@example.org", "lee@example.org"]);
    // Without an alias there is nobody to name.
    let relayed = relay::to_mail(send.clone(), &receipt(), hop());
    assert_eq!(mail::encode(&relayed.pdu).unwrap_err().field, Some("From"));
    // A mail for blind recipients is for them alone.
    let blind = MailHop { recipients: vec![Address::email("blind@example.com")], ..hop() };
    let relayed = relay::to_mail(send, &Receipt { alias: Some(Address::email("a@example.net")), ..receipt() }, blind);
    assert_eq!(relayed.envelope.unwrap().rcpt_to, ["blind@example.com"]);
    assert!(!String::from_utf8(mail::encode(&relayed.pdu).unwrap()).unwrap().contains("blind@"));
}

#[test]
fn an_outcome_becomes_a_report_for_each_recipient_concerned() {
    let mut message = Message::default();
    message.from = Some(Address::phone("+12025550101").into());
    let recipients = [Address::phone("+447700900123"), Address::email("kim@example.org")];
    let reports = |outcome: Outcome| outcome.delivery_reports(&message, "mm-1", &recipients, ARRIVED);
    for (status, expected) in [
        (RequestStatus::ErrorUnspecified, MmStatus::Indeterminate),
        (RequestStatus::ErrorServiceDenied, MmStatus::Rejected),
        (RequestStatus::ErrorMessageFormatCorrupt, MmStatus::Rejected),
        (RequestStatus::ErrorSendingAddressUnresolved, MmStatus::Unreachable),
        (RequestStatus::ErrorNetworkProblem, MmStatus::Deferred),
        (RequestStatus::ErrorContentNotAccepted, MmStatus::Rejected),
        (RequestStatus::ErrorUnsupportedMessage, MmStatus::Unrecognised),
    ] {
        let reports = reports(status.into());
        let found: Vec<_> = reports.iter().map(|report| (&report.recipient, &report.status)).collect();
        let expected: Vec<_> = recipients.iter().cloned().map(|to| (Some(to), Some(expected.clone()))).collect();
        assert_eq!(found, expected.iter().map(|(to, status)| (to, status)).collect::<Vec<_>>());
        assert!(reports.iter().all(|report| report.originator == Some(Address::phone("+12025550101"))));
    }
    let mut response = Response::default();
    response.status = mm7::Status::new(StatusCode::ADDRESS_NOT_FOUND);
    let mut fault = Fault::default();
    fault.code = Some("Client".into());
    fault.string = Some("Client error".into());
    fault.error = Some(FaultError::RsErrorRsp(response));
    assert_eq!(reports(fault.clone().into())[0].status, Some(MmStatus::Unreachable));
    assert_eq!(reports(fault.clone().into())[0].status_text.as_ref().unwrap(), "Address Not Found");
    fault.error = None;
    assert_eq!(reports(fault.clone().into())[0].status, Some(MmStatus::Rejected));
    fault.code = Some("Server".into());
    assert_eq!(reports(fault.into())[0].status, Some(MmStatus::Deferred));
    for (code, expected) in [
        (204, None),
        (400, Some(MmStatus::Rejected)),
        (422, Some(MmStatus::Rejected)),
        (501, Some(MmStatus::Unrecognised)),
        (505, Some(MmStatus::Unrecognised)),
        (415, Some(MmStatus::Rejected)),
        (410, Some(MmStatus::Unreachable)),
        (429, Some(MmStatus::Deferred)),
        (500, Some(MmStatus::Deferred)),
        (403, Some(MmStatus::Rejected)),
        (404, Some(MmStatus::Unreachable)),
        (405, Some(MmStatus::Unrecognised)),
        (413, Some(MmStatus::Rejected)),
        (503, Some(MmStatus::Deferred)),
        (302, Some(MmStatus::Indeterminate)),
    ] {
        assert_eq!(
            reports(Outcome::from_http(code)).first().and_then(|report| report.status.clone()),
            expected,
            "{code}"
        );
        let extensions: Vec<_> =
            reports(Outcome::from_http(code)).into_iter().map(|report| report.status_extension).collect();
        let by_peer = (expected == Some(MmStatus::Rejected)).then_some(MmStatusExtension::RejectionByOtherRs);
        assert!(extensions.iter().all(|extension| *extension == by_peer), "{code}: {extensions:?}");
    }
}

/// Whoever wants to know of delays asks for a delivery report (RFC 3461, 4.1).
#[test]
fn a_server_is_asked_for_the_reports_that_were_requested() {
    for (by_user, by_relay, expected) in [
        (Some(true), None, "NOTIFY=SUCCESS,FAILURE,DELAY"),
        (Some(false), Some(true), "NOTIFY=SUCCESS,FAILURE"),
        (None, None, "NOTIFY=FAILURE"),
    ] {
        let mut taken = relay::Taken::from(everything());
        (taken.message.delivery_report, taken.originator_rs_delivery_report) = (by_user, by_relay);
        let relayed = relay::to_mail(taken, &receipt(), hop());
        let commands = relayed.envelope.unwrap().commands();
        let mut rcpt = commands.iter().filter(|command| command.starts_with("RCPT")).peekable();
        assert!(rcpt.peek().unwrap().ends_with("ORCPT=rfc822;kim@example.org"), "{commands:?}");
        assert!(rcpt.all(|command| command.split(' ').any(|word| word == expected)), "{commands:?}");
    }
}

#[test]
fn a_notification_that_does_not_say_whom_it_is_about_is_refused_by_name() {
    let mut report = DeliveryReport::default();
    report.originator = Some(Address::email("kim@example.org"));
    report.status = Some(MmStatus::Retrieved);
    let relayed = relay::delivery_report_to_mail(report, &report_receipt(), hop()).unwrap();
    let error = mail::encode(&relayed.pdu).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::MissingField, Some("Final-Recipient")));

    let mut report = ReadReport::default();
    report.originator = Some(Address::email("kim@example.org"));
    let relayed = relay::read_report_to_mail(report, &report_receipt(), hop());
    let error = mail::encode(&relayed.pdu).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::MissingField, Some("Final-Recipient")));

    // Of a notification that somebody else made, the same is demanded.
    for (status, missing) in [
        ("Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@b\r\nAction: failed\r\n", "Status"),
        ("Reporting-MTA: dns; mx\r\n\r\n", "Final-Recipient"),
        ("Final-Recipient: rfc822; a@b\r\nAction: failed\r\nStatus: 5.0.0\r\n", "Reporting-MTA"),
    ] {
        let part = Part::new(ContentType::new("message/delivery-status"), status);
        let media = ContentType::new("multipart/report").with("report-type", "delivery-status");
        let mut notification = mail::Mail::default();
        notification.message = everything();
        notification.message.body = Some(Part::multipart(media, vec![part]));
        assert_eq!(mail::encode(&notification).unwrap_err().field, Some(missing));
    }
}

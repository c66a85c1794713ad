//! `mms split` and `mms join`.

use mms_codec::message::{Interval, Message};
use mms_codec::mm1::{Announcement, NotificationInd, Version};
use mms_codec::push::Push;
use mms_codec::push::sms::{ShortMessage, Tpdu};
use mms_codec::{Bytes, Options, push};

use crate::program::{command, output, run};

/// A notification too long for one short message.
fn notification() -> Vec<u8> {
    let announcement = Announcement {
        transaction_id: "T1".into(),
        version: Version::V1_2,
        content_location: format!("http://mmsc.example.net/{}", "m".repeat(300)).into(),
        message_size: 30_000,
        expiry: Interval::from_seconds(86_400),
    };
    let pdu = NotificationInd::of(&Message::default(), announcement).into();
    Push::for_pdu(1, &pdu).unwrap().encode().unwrap()
}

#[test]
fn what_is_split_can_be_joined() {
    let push = notification();
    for arguments in [
        &["-"][..],
        &["--to", "+447700900123", "-"],
        &["--at", "--to", "+447700900123", "-"],
        &["--reference", "300", "--limit", "100", "-"],
    ] {
        let split = run(command("split", arguments), &push);
        assert_eq!((split.code, split.err.as_str()), (Some(0), ""), "{arguments:?}");
        let lines: Vec<_> = split.out.lines().collect();
        assert!(lines.len() >= 3, "{arguments:?}: {lines:?}");
        // In whatever order they come.
        let joined = output(command("join", &["-"]), split.out.as_bytes());
        assert_eq!(joined.stdout, push, "{arguments:?}: {}", String::from_utf8_lossy(&joined.stderr));
        if !arguments.contains(&"--at") {
            let reversed = lines.iter().rev().copied().collect::<Vec<_>>().join("\r\n");
            assert_eq!(output(command("join", &["-"]), reversed.as_bytes()).stdout, push, "{arguments:?}");
        }
    }
}

#[test]
fn a_modem_gets_lines_that_it_takes() {
    let split = run(command("split", &["--at", "--to", "+447700900123", "-"]), &notification());
    let lines: Vec<_> = split.out.lines().collect();
    for pair in lines.chunks(2) {
        let [head, digits] = pair else { panic!("{pair:?}") };
        let message = ShortMessage::decode_line_with(digits, &Options::strict()).unwrap().value;
        assert_eq!(*head, format!("AT+CMGS={}", message.tpdu.encode().unwrap().len()));
        let Tpdu::Submit(submit) = message.tpdu else { panic!("{message:?}") };
        assert_eq!(submit.destination.as_str(), "+447700900123");
        assert!(submit.user_data.header.ports().unwrap().is_push());
    }
}

#[test]
fn a_pdu_is_put_into_a_push() {
    let split = run(command("split", &["tests/data/notification-ind.mms"]), b"");
    assert_eq!(split.out.lines().count(), 1);
    let joined = output(command("join", &["-"]), split.out.as_bytes());
    let push = push::decode_with(&Bytes::from(joined.stdout), &Options::strict()).unwrap().value;
    assert_eq!(push.pdu(&Options::strict()).unwrap().value.name(), "M-Notification.ind");
    let mail = run(command("split", &["tests/vectors/mm4/forward_req.eml"]), b"");
    assert_eq!(mail.code, Some(1));
    assert!(mail.err.ends_with("neither a push nor a PDU of MM1\n"), "{}", mail.err);
}

#[test]
fn missing_segments_are_named() {
    let split = run(command("split", &["-"]), &notification());
    let lines: Vec<_> = split.out.lines().collect();
    let join = run(command("join", &["-"]), [lines[0], lines[2]].join("\n").as_bytes());
    assert_eq!((join.code, join.out.as_str()), (Some(1), ""));
    let total = lines.len();
    assert_eq!(
        join.err,
        format!(
            "mms: -:1: segment 1 of {total}, the others are missing\n\
             mms: -:2: segment 3 of {total}, the others are missing\n"
        )
    );
    let nothing = run(command("join", &["-"]), b"hello");
    assert_eq!(nothing.code, Some(1));
}

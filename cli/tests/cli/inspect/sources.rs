//! Text that stands for octets, and segments of a push.

use std::fmt::Write as _;

use mms_codec::Bytes;
use mms_codec::message::{Interval, Message};
use mms_codec::mm1::{Announcement, NotificationInd, Version};
use mms_codec::push::Push;
use mms_codec::push::sms::{Deliver, Reference, ShortMessage, SmsTime, Split};
use serde_json::json;

use super::{Run, Scratch, data, run, run_with_input};

fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut hex, octet| {
        write!(hex, "{octet:02X}").unwrap();
        hex
    })
}

#[test]
fn reads_text_that_stands_for_octets() {
    let octets = data("notification-ind.mms");
    let spaced: String = octets.iter().map(|octet| format!("{octet:02x} ")).collect();
    let c_array: String = octets.iter().map(|octet| format!("0x{octet:02x},\n")).collect();
    let expected = run_with_input(&["--json", "-"], &octets).json();
    assert_eq!(expected[0]["type"], "m-notification-ind");
    let python = "import base64,sys;sys.stdout.buffer.write(base64.encodebytes(sys.stdin.buffer.read()))";
    let mut forms = vec![hex(&octets), spaced, c_array];
    if let Ok(child) = std::process::Command::new("python3")
        .args(["-c", python])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
    {
        std::io::Write::write_all(&mut child.stdin.as_ref().unwrap(), &octets).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(!output.stdout.is_empty());
        forms.push(String::from_utf8(output.stdout).unwrap());
    }
    for form in forms {
        assert_eq!(run_with_input(&["--json", "-"], form.as_bytes()).json(), expected, "{form}");
    }
    for nothing in ["ABC", "8c 8", "no message", "====", ""] {
        assert_eq!(run_with_input(&["-"], nothing.as_bytes()).code, Some(1), "{nothing}");
    }
}

/// The short messages of a notification with a long location, in digits.
fn segments(originator: &str) -> Vec<String> {
    let announcement = Announcement {
        transaction_id: "T1".into(),
        version: Version::V1_2,
        content_location: format!("http://mmsc.example.net/{}", "m".repeat(150)).into(),
        message_size: 30_000,
        expiry: Interval::from_seconds(86_400),
    };
    let push = Push::for_pdu(1, &NotificationInd::of(&Message::default(), announcement).into()).unwrap();
    let segments = Split::new(Reference::Short(0x5c)).segments(&push.encode().unwrap().into()).unwrap();
    let deliver = |segment| {
        Deliver::new(
            originator,
            SmsTime::new(mms_codec::message::Timestamp::from_seconds(1_709_631_047)).unwrap(),
            segment,
        )
    };
    segments.into_iter().map(|segment| ShortMessage::new(deliver(segment)).to_hex().unwrap()).collect()
}

fn assert_is_joined(run: &Run, file: &str) {
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let lines = run.json();
    assert_eq!((lines.len(), &lines[0]["file"], &lines[0]["type"]), (1, &file.into(), &"Push".into()), "{}", run.out);
    let pdu = &lines[0]["pdu"];
    assert_eq!(pdu["fields"]["X-Mms-Message-Size"], 30_000);
    assert_eq!(pdu["fields"]["X-Mms-Content-Location"].as_str().unwrap().len(), 174);
    assert_eq!((&lines[0]["deviations"], &pdu["deviations"]), (&json!([]), &json!([])));
}

#[test]
fn joins_the_segments_of_a_modem_and_of_files() {
    let lines = segments("1234");
    assert_eq!(lines.len(), 2);
    // As a modem reports them, in whatever order, with something between.
    let log = format!("+CMT: ,{}\r\n{}\r\nOK\r\n\r\n+CMT: ,30\r\n{}\r\n", lines[1].len() / 2 - 1, lines[1], lines[0]);
    assert_is_joined(&run_with_input(&["--json", "-"], log.as_bytes()), "-:6 + -:2");
    assert_is_joined(&run_with_input(&["--json", "-"], lines.join("\n").as_bytes()), "-:1 + -:2");

    let scratch = Scratch::new("segments");
    let files: Vec<_> = (1..)
        .zip(&lines)
        .map(|(number, line)| {
            // One in digits and one in octets.
            let content = if number == 1 { line.clone().into_bytes() } else { unhex(line) };
            let file = scratch.0.join(format!("{number}.sms"));
            std::fs::write(&file, content).unwrap();
            file.to_str().unwrap().to_owned()
        })
        .collect();
    let joined = run(&["--json", &files[1], &files[0]]);
    assert_is_joined(&joined, &format!("{} + {}", files[0], files[1]));
    // A copy changes nothing.
    let joined = run(&["--json", &files[0], &files[0], &files[1]]);
    assert_is_joined(&joined, &format!("{} + {}", files[0], files[1]));
}

fn unhex(digits: &str) -> Vec<u8> {
    digits.as_bytes().chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// Neither as a short message nor as its user data alone.
#[test]
fn shows_a_lone_segment_as_one() {
    let lines = segments("1234");
    let octets = unhex(&lines[0]);
    let user_data_only = octets[octets.len() - 140..].to_vec();
    for input in [lines[0].clone().into_bytes(), octets, user_data_only] {
        let shown = run_with_input(&["-"], &input);
        assert_eq!((shown.code, shown.out.lines().next()), (Some(0), Some("-: push segment 1 of 2")), "{}", shown.err);
        let line = &run_with_input(&["--json", "-"], &input).json()[0];
        assert_eq!(line["type"], "segment 1 of 2");
        assert_eq!(line["fields"]["Destination-Port"], 2948);
        assert_eq!(line["parts"], json!([]));
        assert!(line.get("pdu").is_none(), "{line}");
    }
    // Segments of two senders are not one push.
    let others = segments("5678");
    let both = format!("{}\n{}\n", lines[0], others[1]);
    let shown = run_with_input(&["--json", "-"], both.as_bytes()).json();
    let types: Vec<_> = shown.iter().map(|line| line["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["segment 1 of 2", "segment 2 of 2"]);
}

#[test]
fn a_short_message_of_one_segment_is_a_push() {
    let push = Bytes::from(data("notification-ind.push"));
    let segments = Split::new(Reference::Short(1)).segments(&push).unwrap();
    assert_eq!(segments.len(), 1);
    let shown = run_with_input(&["--json", "-"], &segments[0].encode().unwrap()).json();
    assert_eq!(shown[0]["pdu"]["type"], "m-notification-ind");
}

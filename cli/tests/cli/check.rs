//! `mms check`, `mms fix` and `mms diff`.

use mms_codec::message::{Address, ContentClass, ContentType, Part, Timestamp};
use mms_codec::mm1::{FieldCode, FieldName};
use mms_codec::relay::{self, Hop, Receipt};
use mms_codec::{Bytes, Options, compose, mm1, mm4, mm7, push};

use crate::program::{Run, command, output, run};

fn mms(name: &str, arguments: &[&str], input: &[u8]) -> Run {
    run(command(name, arguments), input)
}

/// `M-Send.req` of MMS 1.3 without recipient, with a subject that has no quote octet.
const DEVIANT: &[u8] = b"\x8c\x80\x98T1\0\x8d\x93\x89\x01\x81\x96\xc3\xa9\0\xba\x81\x84\x83";

#[test]
fn findings_have_octet_field_and_clause() {
    let check = mms("check", &["-"], DEVIANT);
    assert_eq!(check.code, Some(0), "{}", check.err);
    let lines: Vec<_> = check.out.lines().collect();
    assert!(
        lines.contains(&"-: text has no quote octet at octet 12, in Subject (WAP-230, 8.4.2.1) [missing-quote]"),
        "{lines:?}"
    );
    let rule = "(OMA-TS-MMS_ENC: one of To, Cc and Bcc is there (6.1.1)) [missing-field]";
    assert!(lines.iter().any(|line| line.ends_with(rule)), "{lines:?}");
    assert_eq!(mms("check", &["--strict", "-"], DEVIANT).code, Some(3));
    let right = mms("check", &["--strict", "tests/data/send-req.mms"], b"");
    assert_eq!((right.code, right.out.as_str()), (Some(0), ""));
    assert_eq!(mms("check", &["-"], b"no message").code, Some(1));
    assert_eq!(mms("check", &["--version", "1.4", "-"], DEVIANT).code, Some(2));
}

#[test]
fn findings_are_those_of_the_peer() {
    let file = "tests/data/retrieve-conf.mms";
    let newest = mms("check", &["--strict", "--version", "1.3", file], b"");
    assert_eq!((newest.code, newest.out.as_str()), (Some(0), ""));
    let oldest = mms("check", &["--strict", "--version", "1.1", file], b"");
    assert_eq!(oldest.code, Some(3));
    // The field is at the octet that the library's walk says.
    let octets = std::fs::read(format!("{}/{file}", crate::program::ROOT)).unwrap();
    let field =
        mm1::Fields::new(&octets).flatten().find(|field| field.name == FieldName::Code(FieldCode::CONTENT_CLASS));
    let offset = field.unwrap().offset;
    let expected = format!(
        "{file}: newer than MMS 1.1, or with a value that is at octet {offset}, in X-Mms-Content-Class (OMA-TS-MMS_ENC, 6.14.2)\n"
    );
    assert_eq!(oldest.out, expected);
    // A PDU that such a peer does not know at all.
    let cancel = mms("check", &["--version", "1.2", "-"], b"\x8c\x96\x98T1\0\x8d\x93\xbe\x01m1\0");
    assert_eq!(cancel.code, Some(3), "{}", cancel.err);
    assert!(cancel.out.contains("m-cancel-req is newer than MMS 1.2"), "{}", cancel.out);
}

#[test]
fn a_message_of_each_interface_is_fixed() {
    let strict = Options::strict();
    // The interfaces that have deviant messages here; of each one that lenient decoding reads.
    let pdu = output(command("fix", &["tests/data/subject-without-quote.mms", "-"]), b"");
    let shown = String::from_utf8(pdu.stderr).unwrap();
    assert_eq!(shown, "forgiven: text has no quote octet at octet 43, in Subject\n");
    mm1::decode_with(&pdu.stdout.into(), &strict).unwrap();

    let duplicate = output(command("fix", &["tests/data/duplicate-subject.mms", "-"]), b"");
    let shown = String::from_utf8(duplicate.stderr).unwrap();
    assert!(shown.lines().any(|line| line == "Subject changed"), "{shown}");
    mm1::decode_with(&duplicate.stdout.into(), &strict).unwrap();

    let notification = std::fs::read(format!("{}/tests/data/subject-without-quote.mms", crate::program::ROOT)).unwrap();
    let deviant = push::Push::new(1, notification).encode().unwrap();
    let pushed = output(command("fix", &["-", "-"]), &deviant);
    let push = push::decode_with(&Bytes::from(pushed.stdout), &strict).unwrap().value;
    push.pdu(&strict).unwrap();

    let mail = "X-Mms-Message-Type: MM4_forward.RES\r\nDate: Tue, 5 Mar 2024 09:30:47 GMT\r\n\
        From: system@mms.example.net\r\nTo: system@mms.example.org\r\nMessage-ID: <1@mms.example.net>\r\n\
        X-Mms-3GPP-MMS-Version: 5.5.0\r\nX-Mms-Transaction-ID: t-1\r\nX-Mms-Message-ID: mm-1\r\n\
        X-Mms-Message-ID: mm-2\r\nX-Mms-Request-Status-Code: Fine\r\n\r\n";
    let mail = output(command("fix", &["-", "-"]), mail.as_bytes());
    let shown = String::from_utf8(mail.stderr).unwrap();
    assert!(shown.lines().any(|line| line == "X-Mms-Request-Status-Code changed"), "{shown}");
    mm4::decode_with(&mail.stdout.into(), &strict).unwrap();

    let request = mm7::Envelope::new("t-1", mm7::SubmitReq::default());
    let answer = request.answer(mm7::StatusCode::SUCCESS, Some("m-1".into())).unwrap();
    let xml = String::from_utf8(mm7::encode(&answer).unwrap().body().to_vec()).unwrap();
    let deviant = xml.replace(">1000<", " colour=\"red\">1000<");
    assert_ne!(deviant, xml);
    let envelope = output(command("fix", &["-", "-"]), deviant.as_bytes());
    let shown = String::from_utf8(envelope.stderr).unwrap();
    assert!(shown.starts_with("forgiven: unexpected attribute"), "{shown}");
    let again = mm7::decode_http_with(&envelope.stdout.into(), &strict).unwrap().value;
    assert_eq!(again.pdu.status_code(), Some(mm7::StatusCode::SUCCESS));
}

#[test]
fn what_nobody_knows_is_not_invented() {
    let fixed = mms("fix", &["-", "-"], DEVIANT);
    assert_eq!((fixed.code, fixed.out.as_str()), (Some(1), ""));
    assert!(fixed.err.lines().last().unwrap().starts_with("mms: -: mandatory field"), "{}", fixed.err);
}

#[test]
fn differences_are_those_of_fields_and_parts() {
    let same = mms("diff", &["tests/data/send-req.mms", "tests/data/send-req.mms"], b"");
    assert_eq!((same.code, same.out.as_str()), (Some(0), ""));
    // Coded otherwise, and the same.
    let subject = mms("diff", &["tests/data/notification-ind.mms", "tests/data/subject-without-quote.mms"], b"");
    assert_eq!((subject.code, subject.out.as_str()), (Some(0), ""));

    let octets = std::fs::read(format!("{}/tests/data/send-req.mms", crate::program::ROOT)).unwrap();
    let mm1::Pdu::SendReq(mut send) = mm1::decode(&octets.into()).unwrap().value else { panic!("another PDU") };
    send.message.to.pop();
    send.message.subject = Some("Bye".into());
    let changed = mm1::encode(&send).unwrap();
    let diff = mms("diff", &["tests/data/send-req.mms", "-"], &changed);
    assert_eq!(diff.code, Some(1), "{}", diff.err);
    assert_eq!(diff.out, "- To: alice@example.com\n- Subject: Hello\n+ Subject: Bye\n");

    let other = mms("diff", &["tests/data/send-req.mms", "tests/data/retrieve-conf.mms"], b"");
    assert!(other.out.starts_with("- type: mm1 m-send-req\n+ type: mm1 m-retrieve-conf\n"), "{}", other.out);
    let none = mms("diff", &["tests/data/send-req.mms", "no-such-file"], b"");
    assert_eq!(none.code, Some(1));
    assert!(none.err.starts_with("mms: no-such-file: "), "{}", none.err);
}

#[test]
fn differences_of_content_name_the_first_octet() {
    let octets = std::fs::read(format!("{}/tests/data/send-req.mms", crate::program::ROOT)).unwrap();
    let text = "Héllo wörld".as_bytes();
    let at = octets.windows(text.len()).position(|window| window == text).unwrap();
    let mut changed = octets;
    changed[at + 3] = b'L';
    let diff = mms("diff", &["tests/data/send-req.mms", "-"], &changed);
    assert_eq!(diff.out.lines().last(), Some("! part 2, content: another from octet 3 on"), "{}", diff.out);
}

/// A message with a picture of 320 by 200 pixels.
fn with_picture() -> mm1::SendReq {
    let mut send = mm1::SendReq::default();
    send.transaction_id = Some("t".into());
    send.message.from = Some(Address::phone("+12025550101").into());
    send.message.to.push(Address::phone("+447700900123"));
    let picture = compose::file("map.gif", &b"GIF89a\x40\x01\xc8\0\0\0\0;"[..]);
    send.message.body = Some(Part::multipart(ContentType::new("multipart/mixed"), vec![picture]));
    send
}

#[test]
fn a_phone_dislikes_what_its_class_does_not_have() {
    let octets = mm1::encode(&with_picture()).unwrap();
    let at = octets.windows(6).position(|window| window == b"GIF89a").unwrap();
    let check = mms("check", &["--strict", "--profile", "image-basic", "-"], &octets);
    let expected = format!(
        "-: image-basic has pictures up to 160x120 pixels, not 320x200 (map.gif) at octet {at} (OMA MMS Conformance)\n"
    );
    assert_eq!((check.code, check.out), (Some(3), expected));
    let rich = mms("check", &["--strict", "--profile", "image-rich", "-"], &octets);
    assert_eq!((rich.code, rich.out.as_str()), (Some(0), ""));
    // Nothing is checked in silence.
    let other = mms("check", &["--profile", "mm4-release-5", "-"], &octets);
    assert_eq!((other.code, other.err.as_str()), (Some(1), "mms: -: the profile is one of MM4\n"));
    let list = mms("check", &["--profile", "x", "-"], &octets);
    assert_eq!(list.code, Some(2));
    for name in ["content-rich", "mm4-bare-numbers", "mm7-numbers-only", "rel-6-mm7-1-4"] {
        assert!(list.err.contains(name), "{}", list.err);
    }
}

#[test]
fn an_operator_dislikes_what_its_release_and_its_numbers_are_not() {
    let receipt = Receipt::new(Timestamp::from_seconds(0), "m-1");
    let hop = |profile| {
        let posting = mm4::Posting::new("system@mms.example.net", "1@mms.example.net", Timestamp::from_seconds(0));
        Hop { profile, ..Hop::new(posting, "t-1", "mms.example.net", "mms.example.org") }
    };
    let mut send = with_picture();
    send.message.content_class = Some(ContentClass::ImageRich);
    for (name, _, profile) in mm4::Profile::NAMED {
        let mail = mm4::encode(&relay::to_mm4(send.clone(), &receipt, hop(profile.clone())).pdu).unwrap();
        let check = mms("check", &["--profile", name, "-"], &mail);
        let dislikes: Vec<_> = check.out.lines().filter(|line| !line.ends_with(']')).collect();
        assert!(dislikes.is_empty(), "{name}: {dislikes:?}\n{}", String::from_utf8_lossy(&mail));
    }
    let mail = mm4::encode(&relay::to_mm4(send, &receipt, hop(mm4::Profile::default())).pdu).unwrap();
    let text = String::from_utf8(mail.clone()).unwrap();
    let at = |name: &str| text.find(&format!("\r\n{name}:")).unwrap() + 2;
    let check = mms("check", &["--strict", "--profile", "mm4-release-5", "-"], &mail);
    assert_eq!(check.code, Some(3));
    let version = format!(
        "-: 6.10.0 instead of 5.10.0 at octet {}, in X-Mms-3GPP-MMS-Version (TS 23.140, 8.4)",
        at("X-Mms-3GPP-MMS-Version")
    );
    let class = format!(
        "-: image-rich, which the peer does not know at octet {}, in X-Mms-Content-Class (TS 23.140, 8.4)",
        at("X-Mms-Content-Class")
    );
    let lines: Vec<_> = check.out.lines().collect();
    assert_eq!(lines, [version, class]);
    let check = mms("check", &["--profile", "mm4-bare-numbers", "-"], &mail);
    let to = format!(
        "-: +447700900123/TYPE=PLMN@mms.example.org instead of 447700900123@mms.example.org at octet {}, in To (TS 23.140, 8.4)",
        at("To")
    );
    assert!(check.out.lines().any(|line| line == to), "{}", check.out);
}

#[test]
fn a_peer_on_mm7_dislikes_what_its_schema_does_not_have() {
    let mut submit = mm7::SubmitReq::default();
    submit.message.to.push(Address::phone("+447700900123"));
    submit.message.applic_id = Some("com.example".into());
    let mut envelope = mm7::Envelope::new("t-1", submit);
    let encoded = |envelope: &mm7::Envelope| mm7::encode(envelope).unwrap().body().to_vec();
    let octets = encoded(&envelope);
    let text = std::str::from_utf8(&octets).unwrap();
    let check = mms("check", &["--profile", "rel-5-mm7-1-0", "-"], &octets);
    let at = text.find("<ApplicID>").unwrap();
    let field = format!("com.example, which the peer does not know at octet {at}, in ApplicID (REL-5-MM7-1-0)");
    assert!(check.out.contains(&field), "{}", check.out);
    let at = text.find("http://www.3gpp.org/").unwrap();
    assert!(check.out.contains(&format!("not in REL-5-MM7-1-0 at octet {at}\n")), "{}", check.out);
    let check = mms("check", &["--profile", "mm7-bare-numbers", "-"], &octets);
    let at = text.find("<To>").unwrap();
    let field = format!("+447700900123 instead of 447700900123 at octet {at}, in Recipients.To");
    assert!(check.out.contains(&field), "{}", check.out);
    envelope.fit_to(&mm7::Schema::REL_5_MM7_1_0).unwrap();
    let check = mms("check", &["--strict", "--profile", "rel-5-mm7-1-0", "-"], &encoded(&envelope));
    assert_eq!((check.code, check.out.as_str()), (Some(0), ""));
}

#[test]
fn offsets_count_from_the_start_of_the_file() {
    let http = [b"HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n", DEVIANT].concat();
    let at = http.len() - DEVIANT.len() + 12;
    let check = mms("check", &["-"], &http);
    assert!(check.out.contains(&format!("text has no quote octet at octet {at}, in Subject")), "{}", check.out);
}

#[test]
fn segments_are_joined() {
    let subject =
        [b"\x8c\x82\x98T1\0\x8d\x92\x96".as_slice(), "é".repeat(100).as_bytes(), b"\0\x8a\x80\x8e\x01\x64"].concat();
    let deviant = [subject.as_slice(), b"\x88\x05\x81\x03\x03\xf4\x80\x83http://m/1\0"].concat();
    let split = mms("split", &["-"], &deviant);
    let lines: Vec<_> = split.out.lines().collect();
    assert!(lines.len() > 1);
    let all = mms("check", &["--strict", "-"], split.out.as_bytes());
    assert_eq!((all.code, all.err.as_str()), (Some(3), ""));
    assert!(all.out.starts_with("-:1 + -:2: text has no quote octet at octet "), "{}", all.out);
    let one = mms("check", &["-"], lines[0].as_bytes());
    assert_eq!((one.code, one.out.as_str()), (Some(1), ""));
    assert_eq!(one.err, format!("mms: -: segment 1 of {}, the others are missing\n", lines.len()));
}

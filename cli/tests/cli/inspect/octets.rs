//! `mms inspect --octets`.

use super::{data, program, run_with_input, vectors};

/// The octets in the middle column, in the order of their offsets, which have to fit.
fn octets(dump: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    for line in dump.lines().skip(1) {
        let Some(offset) = line.get(..8).and_then(|offset| usize::from_str_radix(offset, 16).ok()) else { continue };
        assert_eq!(offset, octets.len(), "{line}\n{dump}");
        let hex: String = line.chars().skip(10).take(47).collect();
        octets.extend(hex.split_whitespace().map(|octet| u8::from_str_radix(octet, 16).unwrap()));
    }
    octets
}

#[test]
fn shows_fields_parts_and_deviations_at_their_places() {
    let octets = b"\x8c\x84\x8d\x92\x96\xc3\xa9\0\x84\xa3\x01\x01\x12\x83abcdefghijklmnop\x1b[";
    let shown = run_with_input(&["--octets", "-"], octets);
    let expected = "\
-: mm1 m-retrieve-conf
00000000  8c 84                                            X-Mms-Message-Type: m-retrieve-conf
00000002  8d 92                                            X-Mms-MMS-Version: 1.2
00000004  96 c3 a9 00                                      Subject: é
                                                           forgiven: text does not say its charset at octet 5, in Subject
                                                           forgiven: text has no quote octet at octet 5, in Subject
00000008  84 a3                                            Content-Type: application/vnd.wap.multipart.mixed
0000000a  01                                               nEntries: 1
                                                           part 1: text/plain
0000000b  01                                                 HeadersLen: 1
0000000c  12                                                 DataLen: 18
0000000d  83                                                 Content-Type: text/plain
0000000e  61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70    Data | abcdefghijklmnop
0000001e  1b 5b                                                   | .[
";
    let (head, rest) = shown.out.split_once("forgiven: mandatory").unwrap_or((&shown.out, ""));
    let shown_lines: Vec<_> = head.lines().filter(|line| !line.trim().is_empty()).collect();
    let lines: Vec<_> = expected.lines().collect();
    assert_eq!(shown_lines, lines, "{rest}");
}

/// Of every vector and every file, whatever carries the message.
#[test]
fn shows_each_octet_once() {
    for file in
        ["retrieve-conf.mms", "send-req.mms", "mbox-view-conf.mms", "notification-ind.push", "truncated-part.mms"]
    {
        let input = data(file);
        let shown = run_with_input(&["--octets", "-"], &input);
        assert_eq!(octets(&shown.out), input, "{file}\n{}", shown.out);
    }
    for name in ["sms-deliver-seg1-of-2", "push-notification-ind", "sms-deliver"] {
        let Some((_, input)) = vectors::all().find(|(own, _)| *own == name) else { continue };
        let shown = run_with_input(&["--octets", "-"], &input);
        assert_eq!(octets(&shown.out), &input[..], "{name}\n{}", shown.out);
    }
    let pdu = data("notification-ind.mms");
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.wap.mms-message\r\nContent-Length: {}\r\n\r\n",
        pdu.len()
    );
    let input = [head.as_bytes(), &pdu].concat();
    let shown = run_with_input(&["--octets", "-"], &input);
    assert_eq!(octets(&shown.out), input, "{}", shown.out);
    assert!(shown.out.contains("Content-Length: "), "{}", shown.out);
    let mail = std::fs::read(format!("{}/tests/vectors/mm4/forward_req.eml", program::ROOT)).unwrap();
    let shown = run_with_input(&["--octets", "-"], &mail);
    assert_eq!(octets(&shown.out), mail, "{}", shown.out);
    for label in ["X-Mms-Message-Type: MM4_forward.REQ", "boundary", "end of headers", "last boundary"] {
        assert!(shown.out.contains(label), "{label}\n{}", shown.out);
    }
}

#[test]
fn no_message_controls_the_terminal() {
    let shown = run_with_input(&["--octets", "-"], &data("control-characters.mms"));
    assert_eq!(shown.out.chars().find(|c| c.is_control() && *c != '\n'), None);
    assert_eq!(octets(&shown.out), data("control-characters.mms"));
}

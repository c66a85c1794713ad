//! A message made by `compose` is one that others read.

use crate::support::corpus;
use std::io::Write;
use std::process::{Command, Stdio};

use mms_codec::compose::{Composition, Slide, file, text};
use mms_codec::message::{Address, ContentClass, Originator, Timestamp};
use mms_codec::relay::{self, Hop, Receipt};
use mms_codec::{Bytes, Options, content_class, mm1, mm4, mm7, smil};

use corpus::say;

const GIF: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

fn send_req() -> mm1::SendReq {
    let first = Slide::new(vec![file("dot.gif", GIF), text("One dot: été \u{263a}")]);
    let second = Slide::new(vec![text("No dot"), file("sound.amr", &b"#!AMR\n\x3c"[..])]);
    let mut send = mm1::SendReq::default();
    send.transaction_id = Some("T1".into());
    send.message.from = Some(Originator::InsertAddress);
    send.message.to.push(Address::phone("+447700900123"));
    send.message.body = Some(Composition::new(vec![first, second]).body().unwrap());
    send
}

#[test]
fn a_composed_message_decodes_strictly_on_mm1() {
    let send = send_req();
    let octets = Bytes::from(mm1::encode(&send).unwrap());
    let decoded = mm1::decode_with(&octets, &Options::strict()).unwrap();
    assert_eq!(decoded.deviations, []);
    let mm1::Pdu::SendReq(again) = decoded.value else { panic!("another PDU") };
    assert_eq!(again.message.body, send.message.body);

    let body = again.message.body.unwrap();
    let slides = smil::slides_with(&body, &Options::strict()).unwrap();
    assert_eq!(slides.deviations, []);
    let found: Vec<Vec<_>> = slides
        .value
        .slides
        .iter()
        .map(|slide| slide.media.iter().map(|media| media.part.unwrap().octets().unwrap().clone()).collect())
        .collect();
    let expected: [[&[u8]; 2]; 2] = [[GIF, "One dot: été \u{263a}".as_bytes()], [b"No dot", b"#!AMR\n\x3c"]];
    assert_eq!(found, expected);
    let class = content_class::content_class(&body, octets.len());
    assert_eq!(class.class, Some(ContentClass::ImageBasic));
}

/// What a program says to `input`; nothing if it is missing, which is said aloud.
fn output(program: &str, arguments: &[&str], input: &[u8]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            let is_required = program == "tshark" && std::env::var_os("MMS_REQUIRE_TSHARK").is_some();
            assert!(!is_required, "tshark is required: {error}");
            say(&format!("{program} cannot be run ({error}): test not run"));
            return None;
        }
    };
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {stderr}");
    if stderr.contains("lxml is missing") {
        say("lxml is missing: another parser took its place");
    }
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn another_xml_parser_finds_a_part_for_every_src() {
    let body = send_req().message.body.unwrap();
    let program = "import sys, xml.etree.ElementTree as tree\n\
                   for element in tree.parse(sys.stdin.buffer).iter(): print(element.get('src') or '')";
    let Some(found) = output("python3", &["-c", program], body.root().unwrap().octets().unwrap()) else { return };
    let sources: Vec<_> = found.split_whitespace().collect();
    assert_eq!(sources, ["dot.gif", "text1.txt", "text2.txt", "sound.amr"]);
    assert!(sources.iter().all(|source| body.find(source).is_some()));
}

/// Prints the leaves of the mail on standard input, and what each `src` in the SMIL among them
/// refers to; of MM7, where its `Content` is. Without `lxml` another parser of Python does.
const READ: &str = r#"
import sys
from email import message_from_bytes, policy
from urllib.parse import unquote
try:
    from lxml import etree
except ImportError:
    import xml.etree.ElementTree as etree
    sys.stderr.write("lxml is missing")
message = message_from_bytes(sys.stdin.buffer.read(), policy=policy.default)
def bare(value): return str(value or "").strip("<>")
parts = list(message.walk())
for part in parts:
    assert not part.defects, part.defects
def names(part): return {bare(part["Content-ID"]), str(part["Content-Location"] or "")}
for part in parts:
    if part.is_multipart():
        continue
    octets = part.get_payload(decode=True)
    print("part", part.get_content_type(), part.get_filename(), octets.hex(), sep="\t")
    if part.get_content_type() == "application/smil":
        for source in (element.get("src") for element in etree.fromstring(octets).iter()):
            if source:
                found = [other for other in parts if source in names(other)]
                print("src", source, len(found), sep="\t")
    if part.get_content_type() == "text/xml":
        content, = (element for element in etree.fromstring(octets).iter() if str(element.tag).endswith("}Content"))
        reference = unquote(content.get("href").removeprefix("cid:"))
        print("content", *(other.get_content_type() for other in parts if reference in names(other)), sep="\t")
"#;

/// What Python has to find of the composed message in a mail or HTTP entity.
fn assert_read_by_python(entity: &[u8], content: Option<&str>) {
    let Some(found) = output("python3", &["-c", READ], entity) else { return };
    let body = send_req().message.body.unwrap();
    let hex = |octets: &[u8]| octets.iter().map(|octet| format!("{octet:02x}")).collect::<String>();
    let mut expected: Vec<String> = body
        .leaves()
        .map(|part| {
            let name = part.name().unwrap();
            format!("part\t{}\t{name}\t{}", part.content_type.media, hex(part.octets().unwrap()))
        })
        .collect();
    expected.extend(["dot.gif", "text1.txt", "text2.txt", "sound.amr"].map(|name| format!("src\t{name}\t1")));
    expected.extend(content.map(|media| format!("content\t{media}")));
    let mut found: Vec<String> =
        found.lines().map(Into::into).filter(|line: &String| !line.contains("\ttext/xml\t")).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn python_reads_a_composed_message_on_mm4() {
    let mut message = send_req().message;
    message.from = Some(Address::phone("+12025550101").into());
    let receipt = Receipt {
        arrived: Timestamp::from_seconds(1_709_631_047),
        message_id: "mm-1".into(),
        sender: None,
        alias: None,
    };
    let relayed = relay::to_mm4(
        message,
        &receipt,
        Hop::new(
            mm4::Posting::new("system-user@mms.example.net", "1@mms.example.net", 1_709_631_047),
            "t-1",
            "mms.example.net",
            "mms.example.org",
        ),
    );
    assert_eq!(relayed.lost, []);
    let mail = mm4::encode(&relayed.pdu).unwrap();
    assert_read_by_python(&mail, None);
}

#[test]
fn lxml_reads_a_composed_message_on_mm7() {
    let mut submit = mm7::SubmitReq::default();
    submit.message.to = send_req().message.to;
    submit.message.body = send_req().message.body;
    let encoded = mm7::encode(&mm7::Envelope::new("t-1", submit)).unwrap();
    let head = format!("MIME-Version: 1.0\r\nContent-Type: {}\r\n\r\n", encoded.content_type);
    assert_read_by_python(&[head.as_bytes(), &encoded.body()].concat(), Some("multipart/related"));
}

#[test]
fn tshark_reads_a_composed_message() {
    // A WSP Post without connection: transaction 1, the URI "/", the content type of an MMS PDU.
    let mut octets = b"\x01\x60\x01\x01/\xbe".to_vec();
    octets.extend(mm1::encode(&send_req()).unwrap());
    // One packet of a link type for private use, which tshark is stderr to read as WSP.
    let length = u32::try_from(octets.len()).unwrap();
    let mut capture = Vec::new();
    for number in [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 0x0004_0000, 147, 0, 0, length, length] {
        capture.extend(number.to_ne_bytes());
    }
    capture.extend(&octets);
    let dissector = r#"uat:user_dlts:"User 0 (DLT=147)","wsp-cl","0","","0","""#;
    let Some(shown) = output("tshark", &["-o", dissector, "-V", "-r", "-"], &capture) else { return };
    assert!(!shown.contains("Malformed") && !shown.contains("Expert Info (Error"), "{shown}");
    for expected in [
        "X-Mms-Message-Type: m-send-req",
        "Content-Type: application/vnd.wap.multipart.related; Start=<smil@mms>; type=application/smil",
        "Content-Type: application/smil; charset=UTF-8; Name=smil.smil",
        "Content-Type: image/gif; Name=dot.gif",
        "Content-Type: text/plain; charset=UTF-8; Name=text1.txt",
        "Content-Type: text/plain; charset=UTF-8; Name=text2.txt",
        "Content-Type: audio/amr; Name=sound.amr",
        "Content-Id: \"<dot.gif@mms>\"",
        "Content-Location: text2.txt",
        "Synchronized Multimedia Integration Language",
        "src=\"sound.amr\"/>",
    ] {
        assert!(shown.contains(expected), "{expected} is missing in:\n{shown}");
    }
}

//! Captures of networks: made by `text2pcap`, compared with `tshark`, and of packets in every order.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use etherparse::{IpFragOffset, IpNumber, Ipv4Header, PacketBuilder};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use mms_codec::push::sms::{Reference, Split};

use crate::program::{ROOT, Run, Scratch, command, run};

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{ROOT}/tests/{name}")).unwrap()
}

fn inspect(capture: &[u8]) -> Run {
    run(command("inspect", &["--json", "-"]), capture)
}

/// Name, interface and type of each message.
fn shown(run: &Run) -> Vec<String> {
    let text = |line: &serde_json::Value| {
        let word = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        format!("{} {} {}", word("file"), word("interface"), word("type"))
    };
    run.json().iter().map(text).collect()
}

/// A capture of packets by `text2pcap`, which puts headers around each; `None`, and a word about it, without the program.
fn text2pcap(arguments: &[&str], packets: &[&[u8]], to: &Path) -> Option<()> {
    let mut dump = String::new();
    for packet in packets {
        for (number, octets) in packet.chunks(16).enumerate() {
            dump += &format!("{:06x}", number * 16);
            octets.iter().for_each(|octet| dump += &format!(" {octet:02x}"));
            dump.push('\n');
        }
    }
    let child =
        Command::new("text2pcap").args(arguments).arg("-").arg(to).stdin(Stdio::piped()).stderr(Stdio::null()).spawn();
    let Ok(mut child) = child else {
        println!("skipped: text2pcap is not installed");
        return None;
    };
    child.stdin.take().unwrap().write_all(dump.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    Some(())
}

/// What `tshark` reads of a field in a capture.
fn tshark(capture: &Path, field: &str) -> Vec<String> {
    let mut tshark = Command::new("tshark");
    tshark.args(["-2", "-r"]).arg(capture).args(["-T", "fields", "-e", field]).stderr(Stdio::null());
    let output = tshark.output().unwrap();
    assert!(output.status.success());
    let values = String::from_utf8(output.stdout).unwrap();
    values.lines().filter(|line| !line.is_empty()).map(Into::into).collect()
}

fn post(content_type: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head =
        format!("POST /mms HTTP/1.1\r\nHost: mmsc\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// What a client says to hand a mail over.
fn mail(mail: &[u8]) -> Vec<u8> {
    let mut said = b"EHLO a.example\r\nMAIL FROM:<s@a.example>\r\nRCPT TO:<r@b.example>\r\nDATA\r\n".to_vec();
    for line in mail.split_inclusive(|octet| *octet == b'\n') {
        said.extend(line.starts_with(b".").then_some(b'.'));
        said.extend_from_slice(line);
    }
    said.extend(b".\r\nQUIT\r\n");
    said
}

/// A `deliver_sm` with user data.
fn deliver_sm(from: &str, esm_class: u8, user_data: &[u8], parameters: &[u8]) -> Vec<u8> {
    let source = [&[1, 1], from.as_bytes(), &[0]].concat();
    let fields = [&[0][..], &source, &[1, 1], b"447700900123\0", &[esm_class, 0, 0, 0, 0, 0, 0, 4, 0]].concat();
    let data = [&[u8::try_from(user_data.len()).unwrap()], user_data].concat();
    let length = u32::try_from(16 + fields.len() + data.len() + parameters.len()).unwrap();
    [&length.to_be_bytes()[..], &[0, 0, 0, 5], &[0; 4], &[0, 0, 0, 1], &fields, &data, parameters].concat()
}

#[test]
fn an_independent_program_makes_captures_of_each_interface() {
    let scratch = Scratch::new("captures");
    let to = scratch.0.join("capture.pcap");
    let send = file("data/send-req.mms");
    let retrieve = file("data/retrieve-conf.mms");
    let requests = [&send, &retrieve].map(|pdu| post("application/vnd.wap.mms-message", pdu)).concat();
    let packets: Vec<_> = requests.chunks(100).collect();
    if text2pcap(&["-T", "40000,80"], &packets, &to).is_none() {
        return;
    }
    let read = |to: &Path| inspect(&std::fs::read(to).unwrap());
    let mm1 = read(&to);
    assert_eq!((mm1.code, mm1.err.as_str()), (Some(0), ""));
    assert_eq!(shown(&mm1).len(), 2);
    let transactions: Vec<_> =
        mm1.json().iter().map(|line| line["fields"]["X-Mms-Transaction-ID"].as_str().unwrap().to_owned()).collect();
    assert_eq!(transactions, tshark(&to, "mmse.transaction_id").join(",").split(',').collect::<Vec<_>>());

    let forward = String::from_utf8(file("vectors/mm4/forward_req.eml")).unwrap().replace('\n', "\r\n");
    let said = mail(forward.as_bytes());
    text2pcap(&["-T", "40000,25"], &said.chunks(700).collect::<Vec<_>>(), &to).unwrap();
    let mm4 = read(&to);
    assert_eq!((mm4.code, mm4.err.as_str()), (Some(0), ""));
    let [line] = &mm4.json()[..] else { panic!("{mm4:?}") };
    assert_eq!((&line["interface"], &line["type"]), (&"mm4".into(), &"MM4_forward.REQ".into()));
    let alone = run(command("inspect", &["--json", "-"]), forward.as_bytes()).json();
    assert_eq!((&line["fields"], &line["parts"]), (&alone[0]["fields"], &alone[0]["parts"]));

    // The first line of a vector is its content type.
    let vector = String::from_utf8(file("vectors/mm7/submit-req")).unwrap().replace('\n', "\r\n");
    let (content_type, body) = vector.split_once("\r\n").unwrap();
    let submit = post(content_type, body.as_bytes());
    text2pcap(&["-T", "40000,8080"], &submit.chunks(900).collect::<Vec<_>>(), &to).unwrap();
    let mm7 = read(&to);
    assert_eq!((mm7.code, mm7.err.as_str()), (Some(0), ""));
    assert_eq!(mm7.json()[0]["type"], "SubmitReq");

    let push = file("data/notification-ind.mms");
    let push = [b"\x01\x06\x03\xbe\xaf\x84".as_slice(), &push].concat();
    text2pcap(&["-u", "9200,2948"], &[&push], &to).unwrap();
    let pushed = read(&to);
    assert_eq!((pushed.code, pushed.err.as_str()), (Some(0), ""));
    assert_eq!(
        pushed.json()[0]["pdu"]["fields"]["X-Mms-Transaction-ID"],
        tshark(&to, "mmse.transaction_id")[0].as_str()
    );

    let whole = [b"\x06\x05\x04\x0b\x84\x23\xf0".as_slice(), &push].concat();
    text2pcap(&["-T", "2775,40000"], &[&deliver_sm("12025550101", 0x40, &whole, &[])], &to).unwrap();
    let smpp = read(&to);
    assert_eq!((smpp.code, smpp.err.as_str()), (Some(0), ""));
    assert_eq!(smpp.json()[0]["pdu"]["fields"], pushed.json()[0]["pdu"]["fields"]);
    assert_eq!(tshark(&to, "smpp.source_addr"), ["12025550101"]);
}

/// A capture of Ethernet frames, as the parameter says in either order of octets.
fn pcap(frames: &[Vec<u8>], is_big: bool) -> Vec<u8> {
    let number = |number: u32| if is_big { number.to_be_bytes() } else { number.to_le_bytes() };
    let short = |number: u16| if is_big { number.to_be_bytes() } else { number.to_le_bytes() };
    let mut capture =
        [number(0xa1b2_c3d4).as_slice(), &short(2), &short(4), &[0; 8], &number(65_535), &number(1)].concat();
    for frame in frames {
        let length = number(u32::try_from(frame.len()).unwrap());
        capture.extend([&[0; 8][..], &length, &length, frame].concat());
    }
    capture
}

const A: [u8; 4] = [192, 0, 2, 1];
const B: [u8; 4] = [192, 0, 2, 2];

fn tcp(ports: [u16; 2], number: u32, is_first: bool, data: &[u8]) -> Vec<u8> {
    let builder = PacketBuilder::ethernet2([1; 6], [2; 6]).ipv4(A, B, 64).tcp(ports[0], ports[1], number, 1_000);
    let builder = if is_first { builder.syn() } else { builder.ack(1) };
    let mut frame = Vec::new();
    builder.write(&mut frame, data).unwrap();
    frame
}

fn udp(ports: [u16; 2], data: &[u8]) -> Vec<u8> {
    let mut frame = Vec::new();
    PacketBuilder::ethernet2([1; 6], [2; 6]).ipv4(A, B, 64).udp(ports[0], ports[1]).write(&mut frame, data).unwrap();
    frame
}

fn notification() -> Vec<u8> {
    [b"\x01\x06\x03\xbe\xaf\x84".as_slice(), &file("data/notification-ind.mms")].concat()
}

#[test]
fn segments_come_in_any_order_and_again() {
    let request = post("application/vnd.wap.mms-message", &file("data/retrieve-conf.mms"));
    let ports = [40_000, 80];
    // The sequence numbers begin anew in the middle.
    let first = u32::MAX - 300;
    let mut frames: Vec<_> = (0..)
        .zip(request.chunks(90))
        .map(|(at, data)| tcp(ports, first.wrapping_add(1 + at * 90), false, data))
        .collect();
    let syn = tcp(ports, first, true, b"");
    let expected = inspect(&pcap(&[vec![syn.clone()], frames.clone()].concat(), false));
    assert_eq!((expected.code, expected.json().len()), (Some(0), 1), "{expected:?}");
    let fields = |run: &Run| (run.json()[0]["fields"].clone(), run.json()[0]["parts"].clone());
    // Neighbours change places, and each third comes again with more.
    frames.chunks_mut(2).for_each(<[_]>::reverse);
    let again = tcp(ports, first.wrapping_add(1 + 45), false, &request[45..200]);
    frames.insert(5, again);
    let mixed = inspect(&pcap(&[vec![syn], frames].concat(), true));
    assert_eq!(mixed.code, Some(0), "{mixed:?}");
    assert_eq!(fields(&mixed), fields(&expected));
}

#[test]
fn a_gap_costs_the_message_that_it_is_in() {
    let [one, two] = ["data/send-req.mms", "data/notification-ind.mms"]
        .map(|pdu| post("application/vnd.wap.mms-message", &file(pdu)));
    let ports = [40_000, 80];
    let number = |at: usize| u32::try_from(at).unwrap();
    let missing = 200;
    let frames = [
        tcp(ports, 1, false, &one[..missing]),
        tcp(ports, number(1 + missing + 50), false, &one[missing + 50..]),
        tcp(ports, number(1 + one.len()), false, &two),
    ];
    let run = inspect(&pcap(&frames, false));
    let types: Vec<_> = shown(&run);
    assert!(types.last().unwrap().ends_with(" mm1 m-notification-ind"), "{run:?}");
    // Nothing is lost in silence.
    assert!(run.err.starts_with("mms: -: octets are missing in 1 places of connections"), "{}", run.err);
    // The capture begins within a message, and no line ends before the next one.
    let late = inspect(&pcap(&[tcp(ports, 1, false, &[&b"\x8c\x84\x01"[..], &two].concat())], false));
    assert_eq!(shown(&late), ["-:1 mm1 m-notification-ind"], "{late:?}");
}

#[test]
fn datagrams_in_fragments_and_tunnels_are_found() {
    let push = notification();
    let whole = udp([9_200, 2_948], &push);
    // The datagram behind the headers of Ethernet and IP, in two packets.
    let datagram = &whole[34..];
    let fragment = |offset: usize, more: bool, data: &[u8]| {
        let mut ip = Ipv4Header::new(u16::try_from(data.len()).unwrap(), 64, IpNumber::UDP, A, B).unwrap();
        ip.identification = 7;
        ip.more_fragments = more;
        ip.dont_fragment = false;
        ip.fragment_offset = IpFragOffset::try_new(u16::try_from(offset / 8).unwrap()).unwrap();
        ip.header_checksum = ip.calc_header_checksum();
        [&whole[..14], &ip.to_bytes(), data].concat()
    };
    let fragments = [fragment(48, false, &datagram[48..]), fragment(0, true, &datagram[..48])];
    // A tunnel with an extension header, and a sequence number.
    let head = [0x36, 0xff, 0, 0, 0, 0, 0, 1, 0, 9, 0, 0x85, 1, 0, 9, 0];
    let tunnel = udp([2_152, 2_152], &[&head[..], &whole[14..]].concat());
    let ip = &whole[14..];
    let other = |protocol: u8, inside: &[u8]| {
        let outer = PacketBuilder::ethernet2([1; 6], [2; 6]).ipv4(B, A, 64);
        let mut frame = Vec::new();
        outer.write(&mut frame, IpNumber(protocol), inside).unwrap();
        frame
    };
    // RFC 2784, with a checksum and a key (RFC 2890); IP in IP (RFC 2003); a session of PPP (RFC 2516).
    let gre = other(47, &[&[0xa0, 0, 0x08, 0, 1, 2, 3, 4, 5, 6, 7, 8][..], ip].concat());
    let in_ip = other(4, ip);
    let session = [&whole[..12], &[0x88, 0x64, 0x11, 0, 0, 1, 0, 0, 0, 0x21], ip].concat();
    for frames in [vec![whole.clone()], fragments.to_vec(), vec![tunnel], vec![gre], vec![in_ip], vec![session]] {
        let run = inspect(&pcap(&frames, false));
        assert_eq!((run.code, run.json().len()), (Some(0), 1), "{run:?}");
        assert_eq!(run.json()[0]["pdu"]["type"], "m-notification-ind");
    }
}

#[test]
fn segments_of_pushes_in_smpp_are_joined_by_their_originator() {
    let push: mms_codec::Bytes = [notification(), vec![0x20; 0]].concat().into();
    let segments = Split { limit: 100, ..Split::new(Reference::Short(9)) }.segments(&push).unwrap();
    assert!(segments.len() > 1);
    let pdu = |from: &str, at: usize| deliver_sm(from, 0x40, &segments[at].encode().unwrap(), &[]);
    // Two senders use one reference; one of them says the place in parameters.
    let in_parameters = |from: &str, at: usize| {
        let mut parameters = vec![2, 0x0c, 0, 2, 0, 9, 2, 0x0a, 0, 2, 0x23, 0xf0, 2, 0x0b, 0, 2, 0x0b, 0x84];
        parameters.extend([
            2,
            0x0e,
            0,
            1,
            u8::try_from(segments.len()).unwrap(),
            2,
            0x0f,
            0,
            1,
            u8::try_from(at + 1).unwrap(),
        ]);
        deliver_sm(from, 0, &segments[at].data, &parameters)
    };
    let mut stream = Vec::new();
    for at in 0..segments.len() {
        stream.extend(pdu("1", at));
        stream.extend(in_parameters("2", at));
    }
    let run = inspect(&pcap(&[tcp([2_775, 40_000], 1, false, &stream)], false));
    assert_eq!((run.code, run.json().len()), (Some(0), 2), "{run:?}");
    assert!(run.json().iter().all(|line| line["pdu"]["type"] == "m-notification-ind"), "{run:?}");
}

#[test]
fn chunks_of_smtp_are_one_mail() {
    let forward = String::from_utf8(file("vectors/mm4/forward_req.eml")).unwrap().replace('\n', "\r\n");
    let (one, two) = forward.split_at(300);
    let said =
        format!("EHLO a\r\nMAIL FROM:<s@a>\r\nBDAT {}\r\n{one}BDAT {} LAST\r\n{two}QUIT\r\n", one.len(), two.len());
    let run = inspect(&pcap(&[tcp([40_000, 25], 1, false, said.as_bytes())], false));
    assert_eq!(shown(&run), ["-:1 mm4 MM4_forward.REQ"], "{run:?}");
}

#[test]
fn captures_without_messages_and_broken_ones_are_failures() {
    let nothing = inspect(&pcap(&[udp([1, 2], b"hello")], false));
    assert_eq!(nothing.code, Some(1));
    assert!(nothing.err.contains("not a message of any interface known here"), "{nothing:?}");
    let mut cut = pcap(&[udp([9_200, 2_948], &notification()), udp([1, 2], b"hello")], false);
    cut.truncate(cut.len() - 3);
    let cut = inspect(&cut);
    assert_eq!((cut.json().len(), cut.err.as_str()), (1, "mms: -: the capture ends within a packet\n"));
    for length in 0..100 {
        let _ = inspect(&pcap(&[udp([9_200, 2_948], &notification())], false)[..length]);
    }
}

#[test]
fn obsolete_blocks_of_pcapng_have_packets_too() {
    // draft-ietf-opsawg-pcapng, C: interface, drops, time, lengths, data.
    let frame = udp([9_200, 2_948], &notification());
    let length = u32::try_from(frame.len()).unwrap();
    for is_big in [false, true] {
        let number = |number: u32| if is_big { number.to_be_bytes() } else { number.to_le_bytes() };
        let short = |number: u16| if is_big { number.to_be_bytes() } else { number.to_le_bytes() };
        let block = |kind: u32, body: Vec<u8>| {
            let body = [body.as_slice(), &vec![0; body.len().next_multiple_of(4) - body.len()]].concat();
            let total = number(u32::try_from(body.len() + 12).unwrap());
            [&number(kind)[..], &total, &body, &total].concat()
        };
        let section = [&number(0x1a2b_3c4d)[..], &short(1), &short(0), &[0xff; 8]].concat();
        let interface = [&short(1)[..], &short(0), &number(0)].concat();
        let packet = [&short(0)[..], &short(0), &[0; 8], &number(length), &number(length), &frame].concat();
        let capture = [block(0x0a0d_0d0a, section), block(1, interface), block(2, packet)].concat();
        let run = inspect(&capture);
        assert_eq!((run.code, shown(&run)), (Some(0), vec!["-:1 push Push".to_owned()]), "{run:?}");
    }
}

/// What `gzip` and `zlib` make of the content, as a request of HTTP.
fn compressed(coding: &str, content: &[u8], in_chunks: bool) -> Vec<u8> {
    let octets = match coding {
        "gzip" => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(content).unwrap();
            encoder.finish().unwrap()
        }
        _ => {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(content).unwrap();
            encoder.finish().unwrap()
        }
    };
    let head = format!(
        "POST / HTTP/1.1\r\nHost: m\r\nContent-Type: application/vnd.wap.mms-message\r\nContent-Encoding: {coding}\r\n"
    );
    if !in_chunks {
        let length = format!("Content-Length: {}\r\n\r\n", octets.len());
        return [head.as_bytes(), length.as_bytes(), &octets].concat();
    }
    let mut message = [head.as_bytes(), b"Transfer-Encoding: chunked\r\n\r\n"].concat();
    for chunk in octets.chunks(100) {
        message.extend([format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat());
    }
    message.extend(b"0\r\n\r\n");
    message
}

#[test]
fn compressed_content_is_decompressed() {
    let pdu = file("data/retrieve-conf.mms");
    let plain = inspect(&post("application/vnd.wap.mms-message", &pdu)).json().remove(0);
    let mut said = Vec::new();
    for (coding, in_chunks) in [("gzip", false), ("gzip", true), ("deflate", false)] {
        let request = compressed(coding, &pdu, in_chunks);
        let run = inspect(&request);
        assert_eq!((run.code, &run.json()[0]["parts"]), (Some(0), &plain["parts"]), "{coding}: {run:?}");
        said.extend(request);
    }
    // On one connection, between others.
    said.extend(post("application/vnd.wap.mms-message", &pdu));
    let run = inspect(&pcap(&[tcp([40_000, 80], 1, false, &said)], false));
    assert_eq!((run.code, shown(&run)), (Some(0), vec!["-:1 mm1 m-retrieve-conf".to_owned(); 4]), "{run:?}");
    // What a cut one has before the cut.
    let mut cut = compressed("gzip", &pdu, false);
    cut.truncate(cut.len() - 100);
    let run = inspect(&cut);
    assert_eq!(run.json()[0]["type"], "m-retrieve-conf", "{run:?}");
}

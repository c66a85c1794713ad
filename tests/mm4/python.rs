//! What we write parses in Python's `email` (default policy) without defects, with equal values and
//! equal octets of all parts.

use crate::support::corpus;
use std::fs;
use std::path::Path;
use std::process::Command;

use arbitrary::{Arbitrary, Unstructured};
use mms_codec::Options;
use mms_codec::message::{Address, AddressKind, Message, Originator, Part};
use mms_codec::mime::{Transfer, TransferOptions};
use mms_codec::mm4::{self, Pdu};

use corpus::say;

/// Messages made of random octets, the same in every run.
fn messages(count: usize) -> Vec<Pdu> {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut octets = || {
        let mut random = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        };
        (0..1_000).flat_map(|_| random()).collect::<Vec<u8>>()
    };
    let made = core::iter::from_fn(|| Some(octets()))
        .filter_map(|octets| Pdu::arbitrary(&mut Unstructured::new(&octets)).ok());
    made.take(count).collect()
}

fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn expected_headers(pdu: &Pdu) -> Vec<(String, Vec<String>)> {
    let fields = pdu.fields().into_iter().filter(|field| field.name != "Content-Type");
    let one_field_each = |name: &str| name.starts_with("X-Mms-Previously-");
    fields
        .map(|field| {
            let values: Vec<String> = field.values.iter().map(|value| clean(&value.to_string())).collect();
            let values = if one_field_each(&field.name) { values } else { vec![values.join(", ")] };
            (field.name, values)
        })
        .collect()
}

fn expected_part(leaf: &Part) -> [String; 5] {
    let filename = leaf.disposition.as_ref().and_then(|disposition| disposition.parameter("filename"));
    let name = filename.or(leaf.content_type.parameter("name")).unwrap_or_default();
    [
        leaf.content_type.media.name().unwrap().to_owned(),
        name.to_owned(),
        leaf.content_id.as_deref().unwrap_or_default().to_owned(),
        clean(leaf.content_location.as_deref().unwrap_or_default()),
        leaf.octets().unwrap().iter().map(|octet| format!("{octet:02x}")).collect(),
    ]
}

/// What Python makes of each of these mails: its lines, without the name of the file. `None` where
/// there is no Python.
fn read_by_python(name: &str, mails: &[Vec<u8>]) -> Option<Vec<String>> {
    let directory = std::env::temp_dir().join(format!("mms-codec-{name}-{}", std::process::id()));
    fs::create_dir_all(&directory).unwrap();
    let files: Vec<_> = (0..mails.len()).map(|place| directory.join(format!("{place}.eml"))).collect();
    for (file, octets) in files.iter().zip(mails) {
        fs::write(file, octets).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mm4/email_structure.py");
    let output = Command::new("python3").arg(script).args(&files).output();
    fs::remove_dir_all(&directory).unwrap();
    let output = output.map_err(|error| say(&format!("python3 cannot be run ({error}): comparison not run"))).ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let of_files: Vec<String> = text.split("file\t").skip(1).map(str::to_owned).collect();
    assert_eq!(of_files.len(), mails.len());
    Some(of_files)
}

/// The lines of one kind, split at their tabs.
fn of_kind<'a>(of_file: &'a str, kind: &str) -> Vec<Vec<&'a str>> {
    let lines = of_file.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    lines.filter(|line| line[0] == kind).map(|line| line[1..].to_vec()).collect()
}

#[test]
fn python_reads_what_we_write() {
    let transfers = [Transfer::SevenBit, Transfer::SevenBitReadable, Transfer::EightBit];
    let messages = messages(600);
    let mut mails = Vec::new();
    for (place, pdu) in messages.iter().enumerate() {
        let options = TransferOptions { transfer: transfers[place % transfers.len()] };
        let octets = mm4::encode_with(pdu, &options).unwrap_or_else(|error| panic!("{error}: {pdu:?}"));
        let lines = octets.split(|octet| *octet == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        assert!(lines.into_iter().all(|line| line.len() <= 998 && !line.contains(&b'\r')));
        mails.push(octets);
    }
    let Some(of_files) = read_by_python("mm4", &mails) else { return };
    for (of_file, pdu) in of_files.iter().zip(&messages) {
        let of_kind = |kind: &str| of_kind(of_file, kind);
        assert_eq!(of_kind("defect"), Vec::<Vec<&str>>::new(), "{of_file}");
        let headers = of_kind("header");
        for (name, values) in expected_headers(pdu) {
            let theirs: Vec<&str> = headers.iter().filter(|header| header[0] == name).map(|header| header[1]).collect();
            assert_eq!(theirs, values, "{name}");
        }
        let parts = of_kind("part");
        let leaves: Vec<&Part> = pdu.body().into_iter().flat_map(Part::leaves).collect();
        // A message without a body is written with an empty text.
        assert_eq!(parts.len(), leaves.len().max(1));
        for (theirs, leaf) in parts.iter().zip(leaves) {
            assert_eq!(theirs[..], expected_part(leaf));
        }
    }
    say(&format!("{} messages are read by Python", messages.len()));
}

/// What readers of mail take apart, each at its own places.
const PIECES: &[&str] = &[
    "a",
    "Kim",
    "ü",
    "中文",
    "\u{1f600}",
    " ",
    " ",
    "  ",
    "\t",
    "\u{a0}",
    "\u{2003}",
    "\u{3000}",
    "\u{85}",
    "\u{2028}",
    "\u{200b}",
    "\"",
    "\"",
    "\\",
    "\\\"",
    ",",
    ", ",
    ";",
    ":",
    "<",
    ">",
    "(",
    ")",
    "[",
    "]",
    "@",
    ".",
    "=?",
    "?=",
    "=?utf-8?q?=22?=",
    "=?utf-8?q?a=2C_b?=",
    "=?utf-8?b?w7w=?=",
    "x@y.example",
    "<x@y.example>",
    "\"x\"",
    "\"ü, x\"",
    "group: ",
    "(x)",
    "'",
    "=",
    "/",
    "/TYPE=PLMN",
    "/type=plmn",
    "%",
    "&",
    "\r\n ",
    "\n",
    "\0",
    "\u{7f}",
    "+44",
    "1",
];

/// A stream of numbers, the same in every run.
fn numbers() -> impl FnMut(usize) -> usize {
    let mut state = 0x2545_f491_4f6c_dd1du64;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % below
    }
}

fn mailbox(next: &mut impl FnMut(usize) -> usize) -> Address {
    let mut some = |most: usize| (0..next(most)).map(|_| PIECES[next(PIECES.len())]).collect::<String>();
    let (before, inside, behind) = (some(7), some(3), some(2));
    Address::email(match next(8) {
        0 => before,
        1 => format!("{before}@y.example"),
        2 => format!("x@{before}"),
        3 => format!("\"{before}\"@y.example"),
        4 => format!("{before} <{inside}@y.example>{behind}"),
        5 => format!("{before}\"{inside}\" <x@y.example>"),
        6 => format!("\"{before}\" <x@y.example>"),
        _ => format!("{before} <x@y.example>"),
    })
}

/// The local part and the domain as RFC 5322 reads them, without quotation marks. Display names are
/// not compared: Python undoes encoded words in quoted strings, and once more in what it decoded.
fn pieces_of(address: &Address) -> (String, String) {
    let unquoted = |text: &str| {
        let Some(inner) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else {
            return text.to_owned();
        };
        let mut characters = inner.chars();
        let mut plain = String::new();
        while let Some(character) = characters.next() {
            plain.extend(if character == '\\' { characters.next() } else { Some(character) });
        }
        plain
    };
    let specification = address.value();
    let (local, domain) = specification.rsplit_once('@').unwrap();
    (unquoted(local), domain.to_owned())
}

#[test]
fn addresses_are_read_as_the_values_that_they_were() {
    let mut next = numbers();
    let base = messages(60).into_iter().find_map(|pdu| match pdu {
        Pdu::ForwardReq(request) if request.message.body.is_some() => Some(request),
        _ => None,
    });
    let base = base.unwrap();
    let (mut mails, mut written) = (Vec::new(), Vec::new());
    while mails.len() < 300 {
        let mut request = base.clone();
        let mut expressible = || loop {
            let address = mailbox(&mut next);
            let mut request = base.clone();
            (request.message.to, request.message.cc) = (vec![address.clone()], vec![]);
            let Ok(octets) = mm4::encode(&request) else { continue };
            // Compared as they are shown: `7255@host` may be a mailbox or a short code.
            let again = mm4::decode(&octets.into()).unwrap();
            assert_eq!(again.value.fields(), Pdu::from(request).fields(), "{address:?}");
            return address;
        };
        request.message.to = vec![expressible(), expressible(), expressible()];
        request.message.cc = vec![expressible()];
        request.message.from = Some(expressible().into());
        (request.sender, request.originator_system) = (Some(expressible()), Some(expressible()));
        let pdu = Pdu::from(request);
        let octets = mm4::encode(&pdu).unwrap();
        let read = mm4::decode_with(&octets.clone().into(), &Options::strict()).unwrap();
        assert_eq!(read.value.fields(), pdu.fields());
        mails.push(octets);
        let Pdu::ForwardReq(request) = pdu else { unreachable!() };
        let Message { from, to, cc, .. } = request.message;
        let from = from.as_ref().and_then(Originator::address).cloned();
        written.push([
            ("From", Vec::from_iter(from)),
            ("Sender", Vec::from_iter(request.sender)),
            ("To", to),
            ("Cc", cc),
            ("X-Mms-Originator-System", Vec::from_iter(request.originator_system)),
        ]);
    }
    let Some(of_files) = read_by_python("addresses", &mails) else { return };
    for ((of_file, fields), octets) in of_files.iter().zip(&written).zip(&mails) {
        let lines = of_kind(of_file, "address");
        for (field, addresses) in fields {
            let theirs: Vec<_> = lines.iter().filter(|line| line[0] == *field).collect();
            let shown = || format!("{addresses:?}: {}", String::from_utf8_lossy(octets));
            assert_eq!(theirs.len(), addresses.len(), "{}", shown());
            for (theirs, address) in theirs.iter().zip(addresses) {
                let [local, domain] = [1, 2].map(|at| from_hex(theirs[at]));
                assert_eq!((local, domain), pieces_of(address), "{}", shown());
            }
        }
    }
}

fn from_hex(digits: &str) -> String {
    let octets = (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap());
    String::from_utf8(octets.collect()).unwrap()
}

/// A list of recipients with names is folded between them, and no line with encoded words is too long.
#[test]
fn long_lists_and_names_are_folded_as_others_read_them() {
    let base = messages(60).into_iter().find_map(|pdu| match pdu {
        Pdu::ForwardReq(request) if request.message.body.is_some() => Some(request),
        _ => None,
    });
    let mut request = base.unwrap();
    let plain = |at: usize| Address::email(format!("\"Lee, Kim the {at}th of a long line\" <kim{at}@example.org>"));
    let beyond_ascii =
        |at: usize| Address::email(format!("\"Кім Лі, {at} у довгій черзі імен\" <kim{at}@example.org>"));
    request.message.to = (0..40).map(plain).collect();
    request.message.cc = (0..40).map(|at| if at % 2 == 0 { plain(at) } else { beyond_ascii(at) }).collect();
    request.message.subject =
        Some("Ще один дуже довгий заголовок, a中中中中中中中中中中中中中中中中中中中中中中中中中中".into());
    let octets = mm4::encode(&request).unwrap();
    let text = String::from_utf8(octets.clone()).unwrap();
    let header = text.split("\r\n\r\n").next().unwrap();
    for line in header.split("\r\n") {
        assert!(line.len() <= if line.contains("=?") { 76 } else { 78 }, "{line}");
        assert!(line.matches('"').count() % 2 == 0, "folded inside a quoted string: {line}");
    }
    let subject: Vec<&str> = header.split("\r\n").skip_while(|line| !line.starts_with("Subject:")).skip(1).collect();
    let words = subject.iter().take_while(|line| line.starts_with(" =?")).count();
    for line in &subject[..words - 1] {
        assert!(!line.ends_with("=?="), "padding before the last word: {line}");
    }
    let decoded = mm4::decode_with(&octets.clone().into(), &Options::strict()).unwrap();
    assert_eq!(decoded.value.message(), Some(&request.message));
    let Some(of_files) = read_by_python("lists", &[octets]) else { return };
    let lines = of_kind(&of_files[0], "address");
    for (field, addresses) in [("To", &request.message.to), ("Cc", &request.message.cc)] {
        let theirs: Vec<_> = lines.iter().filter(|line| line[0] == field).collect();
        assert_eq!(theirs.len(), addresses.len());
        for (theirs, address) in theirs.iter().zip(addresses) {
            let [local, domain] = [1, 2].map(|at| from_hex(theirs[at]));
            assert_eq!((local, domain), pieces_of(address));
            let AddressKind::Email(mailbox) = &address.kind else { panic!() };
            let name = mailbox.rsplit_once(" <").unwrap().0.replace('"', "");
            // Python leaves blanks between the words of a name.
            assert_eq!(from_hex(theirs[3]).replace(' ', ""), name.replace(' ', ""));
        }
    }
    assert_eq!(of_kind(&of_files[0], "defect"), Vec::<Vec<&str>>::new());
}

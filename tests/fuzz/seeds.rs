//! The seeds and the dictionary of the fuzz targets are those of the vectors and tables, and every
//! seed passes. `UPDATE_FUZZ=1 cargo test --all-features --test fuzz` writes them anew.

use crate::shapes::{Interface, operations};
use crate::support::{samples, vectors};
use alloc::collections::{BTreeMap, BTreeSet};
use core::fmt::Write;
use std::fs;
use std::path::PathBuf;

use mms_codec::fuzz::{self, Target, property};
use mms_codec::message::Part;
use mms_codec::{Bytes, Options, mm1, mm4, mm7, wsp};

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "seeds"].iter().collect()
}

fn is_updated() -> bool {
    std::env::var_os("UPDATE_FUZZ").is_some()
}

/// How many seeds each target has at least. `cost` is not part of the library, since it counts what is allocated.
const TARGETS: [(&str, usize); 20] = [
    ("cdr", 33),
    ("cdr_structure", 4),
    ("client", 4),
    ("cost", 300),
    ("mime", 7),
    ("mm1", 100),
    ("mm1_deviant", 40),
    ("mm1_structure", 24),
    ("mm4", 7),
    ("mm4_deviant", 30),
    ("mm4_mailbox", 4),
    ("mm4_text", 7),
    ("mm7_body", 20),
    ("mm7_deviant", 40),
    ("mm7_envelope", 20),
    ("mm7_text", 4),
    ("push", 5),
    ("relay", 60),
    ("smil", 2),
    ("wsp", 100),
];

fn run(target: &str, octets: &[u8]) {
    match target {
        "cost" => cost(octets),
        name => name.parse::<Target>().unwrap().run(octets),
    }
    if target == "relay" {
        property::a_relay_loses_what_it_lists(octets[0], &octets[2..]);
    }
}

#[test]
fn every_target_has_a_program_and_seeds() {
    let names: BTreeSet<_> = TARGETS.map(|(name, _)| name).into();
    let all: BTreeSet<_> = Target::ALL.iter().map(|target| target.name()).chain(["cost"]).collect();
    assert_eq!(names, all);
    let manifest = include_str!("../../fuzz/Cargo.toml");
    for name in names {
        assert!(
            manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")),
            "fuzz/Cargo.toml has no program {name}"
        );
    }
}

/// Everything that the target does, which counts as well.
fn cost(octets: &[u8]) {
    let (first, octets) = octets.split_first().unwrap();
    let (interface, octets) = (Interface::ALL.get(usize::from(*first)).unwrap(), Bytes::copy_from_slice(octets));
    operations::decode(*interface, &octets, &mut |_, run| run());
    operations::others(*interface, &octets, &mut |_, run| run());
}

/// The seeds of each target, by their names.
pub(super) fn seeds() -> BTreeMap<&'static str, BTreeMap<String, Vec<u8>>> {
    let mut seeds = BTreeMap::<_, BTreeMap<_, _>>::new();
    let mut values = BTreeSet::new();
    for (name, octets) in vectors::all() {
        let name = name.trim_matches(['+', '-']);
        let target = if octets.first() == Some(&0x8c) { "mm1" } else { "push" };
        // The values of the fields are the structures of WSP; that of a content type goes on to the body.
        for field in mm1::Fields::new(&octets).map_while(Result::ok).filter(|_| target == "mm1") {
            if values.insert(field.value.to_vec()) {
                let place = format!("{name}-{:03}", field.offset);
                seeds.entry("wsp").or_default().insert(place, field.value.to_vec());
            }
        }
        seeds.entry(target).or_default().insert(name.to_owned(), octets.to_vec());
        let decoded = mm1::decode(&octets);
        if decoded.as_ref().is_ok_and(|decoded| crosses(&decoded.value)) {
            to_relay(&mut seeds, name, &octets);
        }
        let body = decoded.as_ref().ok().and_then(|decoded| decoded.value.body());
        seeds.entry("smil").or_default().extend(presentations(name, body));
    }
    let deviants = [
        ("mm1_deviant", fuzz::deviant_kinds::<fuzz::Mm1>().collect::<Vec<_>>()),
        ("mm4_deviant", fuzz::deviant_kinds::<fuzz::Mm4>().collect()),
        ("mm7_deviant", fuzz::deviant_kinds::<fuzz::Mm7>().collect()),
    ];
    for (target, kinds) in deviants {
        for (number, kind) in (0..).zip(kinds) {
            let octets = [vec![number], any_octets(number)].concat().into_iter().take(1_000).collect();
            seeds.entry(target).or_default().insert(kind.name().to_owned(), octets);
        }
    }
    for kind in [0x00, 0x40, 0x80, 0xc0] {
        seeds.entry("cdr_structure").or_default().insert(format!("kind-{kind:02x}"), any_octets(kind));
    }
    for kind in 0..u8::try_from(mm1::MessageType::ALL.len()).unwrap() {
        seeds.entry("mm1_structure").or_default().insert(format!("kind-{kind:02}"), any_octets(kind));
    }
    for kind in 0..4 {
        let octets = any_octets(kind).into_iter().take(500).collect();
        seeds.entry("client").or_default().insert(format!("kind-{kind:02}"), octets);
    }
    for target in ["mm4_mailbox", "mm7_text"] {
        for kind in [0x00, 0x40, 0x80, 0xc0] {
            let octets = any_octets(kind).into_iter().take(64).collect();
            seeds.entry(target).or_default().insert(format!("kind-{kind:02x}"), octets);
        }
    }
    for (number, interface) in (0..).zip(Interface::ALL.iter().copied()) {
        for (place, shape) in interface.shapes().iter().enumerate() {
            let seed = [&[number], shape.of_octets(200).as_ref()].concat();
            seeds.entry("cost").or_default().insert(format!("{interface}-{place:03}"), seed);
        }
    }
    for (name, mail) in mails() {
        let body = mm4::decode(&mail.clone().into()).unwrap().value.body().cloned();
        seeds.entry("smil").or_default().extend(presentations(&name, body.as_ref()));
        seeds.entry("mm4_text").or_default().insert(name.clone(), fuzz::mm4_text_seed(&mail));
        to_relay(&mut seeds, &format!("mm4-{name}"), mail.as_bytes());
        for target in ["mm4", "mime"] {
            seeds.entry(target).or_default().insert(name.clone(), mail.clone().into());
        }
    }
    for (name, body) in mm7_bodies() {
        let end = memchr::memmem::rfind(&body, b"Envelope>");
        let start = memchr::memmem::find(&body, b"<?xml").or_else(|| memchr::memmem::find(&body, b"<s:"));
        if let (Some(start), Some(end)) = (start, end) {
            let envelope = body.get(start..end + "Envelope>".len()).unwrap().to_vec();
            seeds.entry("mm7_envelope").or_default().insert(name.clone(), envelope);
        }
        let line = body.iter().position(|octet| *octet == b'\n').unwrap();
        to_relay(&mut seeds, &format!("mm7-{name}"), body.get(line + 1..).unwrap());
        seeds.entry("mm7_body").or_default().insert(name, body);
    }
    let records: serde_json::Value = serde_json::from_str(include_str!("../vectors/cdr/records.json")).unwrap();
    for record in records.as_array().unwrap() {
        let name = record["name"].as_str().unwrap().to_owned();
        seeds.entry("cdr").or_default().insert(name, unhex(record["ber"].as_str().unwrap()));
    }
    let mut presentations = BTreeSet::new();
    seeds.entry("smil").or_default().retain(|_, octets| presentations.insert(octets.clone()));
    seeds
}

fn unhex(digits: &str) -> Vec<u8> {
    let octets = (0..digits.len() / 2).map(|place| u8::from_str_radix(&digits[2 * place..2 * place + 2], 16));
    octets.collect::<Result<_, _>>().unwrap()
}

/// Whether a PDU carries what a relay passes on.
fn crosses(pdu: &mm1::Pdu) -> bool {
    matches!(
        pdu,
        mm1::Pdu::SendReq(_)
            | mm1::Pdu::RetrieveConf(_)
            | mm1::Pdu::ForwardReq(_)
            | mm1::Pdu::DeliveryInd(_)
            | mm1::Pdu::ReadRecInd(_)
            | mm1::Pdu::ReadOrigInd(_)
    )
}

/// A seed for the relay, which knows something else and takes another way each time.
fn to_relay(seeds: &mut BTreeMap<&str, BTreeMap<String, Vec<u8>>>, name: &str, octets: &[u8]) {
    let seeds = seeds.entry("relay").or_default();
    // Of the name, so that another seed changes none of the others.
    let hash = name.bytes().fold(0_u32, |hash, octet| hash.wrapping_mul(31).wrapping_add(octet.into()));
    let number = u8::try_from(hash % 128).unwrap();
    let way = ((number % 4) << 4) | ((number / 4) % 4);
    seeds.insert(name.to_owned(), [&[number, way], octets].concat());
}

/// Octets of which a structure is made; the first chooses the PDU.
fn any_octets(first: u8) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64 ^ u64::from(first);
    let octets = core::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    });
    core::iter::once(first).chain(octets).take(3_000).collect()
}

/// The vectors of an interface with their names.
fn files(interface: &str) -> impl Iterator<Item = PathBuf> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "vectors", interface].iter().collect();
    fs::read_dir(folder).unwrap().map(|file| file.unwrap().path())
}

/// The vectors of MM4 with their names.
fn mails() -> impl Iterator<Item = (String, String)> {
    files("mm4").map(|path| {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap().replace('\n', "\r\n"))
    })
}

/// The HTTP bodies of MM7 with their names, each after a line with its content type. Where the name
/// begins with a plus sign, lenient decoding has something to forgive.
fn mm7_bodies() -> impl Iterator<Item = (String, Vec<u8>)> {
    files("mm7").map(|path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap().to_owned();
        (name, fs::read(path).unwrap())
    })
}

/// The presentations in a message.
fn presentations(name: &str, body: Option<&Part>) -> impl Iterator<Item = (String, Vec<u8>)> {
    let leaves = body.into_iter().flat_map(Part::leaves).filter(|leaf| leaf.content_type.is("application/smil"));
    leaves.filter_map(move |leaf| Some((name.to_owned(), leaf.octets()?.to_vec())))
}

#[test]
fn the_seeds_are_those_of_the_vectors() {
    for (target, seeds) in seeds() {
        let folder = folder().join(target);
        if is_updated() {
            fs::create_dir_all(&folder).unwrap();
            fs::read_dir(&folder).unwrap().for_each(|file| fs::remove_file(file.unwrap().path()).unwrap());
            seeds.iter().for_each(|(name, octets)| fs::write(folder.join(name), octets).unwrap());
        }
        let written = fs::read_dir(&folder).unwrap().map(|file| {
            let file = file.unwrap();
            (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())
        });
        assert_eq!(written.collect::<BTreeMap<_, _>>(), seeds, "seeds of {target}: update with UPDATE_FUZZ=1");
    }
}

#[test]
fn every_seed_passes() {
    let seeds = seeds();
    for (target, least) in TARGETS {
        assert!(seeds[target].len() >= least, "only {} seeds of {target}", seeds[target].len());
        seeds[target].values().for_each(|octets| run(target, octets));
    }
    seeds["mm1"].values().for_each(|octets| Target::Mm1Structure.run(octets));
}

#[test]
fn every_mm7_vector_is_what_its_name_says() {
    let mut met = BTreeSet::new();
    for (name, seed) in mm7_bodies() {
        let line = seed.iter().position(|octet| *octet == b'\n').unwrap();
        let content_type = core::str::from_utf8(&seed[..line]).unwrap();
        let body = Bytes::copy_from_slice(&seed[line + 1..]);
        let decoded = mm7::decode(content_type, &body).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(decoded.deviations.is_empty(), !name.starts_with('+'), "{name}: {:?}", decoded.deviations);
        assert_eq!(mm7::decode_with(content_type, &body, &Options::strict()).is_ok(), !name.starts_with('+'));
        if !name.starts_with('+') {
            let named = name.replace("-rel5-1-0", "").replace('-', "");
            assert_eq!(named, decoded.value.name().to_lowercase());
        }
        met.insert(decoded.value.name());
    }
    assert_eq!(met.len(), mm7::Pdu::NAMES.len() + 3, "{met:?}");
}

#[test]
fn the_seeds_make_every_structure() {
    let types: BTreeSet<_> = seeds()["mm1_structure"]
        .values()
        .filter_map(|octets| samples::pdu(octets))
        .map(|pdu| pdu.message_type())
        .collect();
    let missing: Vec<_> = mm1::MessageType::ALL.iter().filter(|kind| !types.contains(kind)).collect();
    assert!(missing.is_empty(), "no seed of mm1_structure makes {missing:?}: run with UPDATE_FUZZ=1");
}

/// What fuzzing found, and was mended.
#[test]
fn what_fuzzing_found_passes() {
    MM1_FINDINGS.iter().for_each(|octets| Target::Mm1.run(octets));
    MM4_FINDINGS.iter().for_each(|octets| Target::Mm4.run(octets));
    // A number at a domain that is given as a mailbox.
    Target::Mm4Mailbox.run(b"\xa8\x20\x0b\x26");
    PUSH_FINDINGS.iter().for_each(|octets| Target::Push.run(octets));
    WSP_FINDINGS.iter().for_each(|octets| Target::Wsp.run(octets));
    MM7_FINDINGS.iter().for_each(|octets| Target::Mm7Body.run(octets));
    MM7_ENVELOPE_FINDINGS.iter().for_each(|octets| Target::Mm7Envelope.run(octets));
    CDR_FINDINGS.iter().for_each(|octets| Target::Cdr.run(octets));
    RELAY_FINDINGS.iter().for_each(|octets| property::a_relay_loses_what_it_lists(octets[0], &octets[1..]));
}

const MM1_FINDINGS: &[&[u8]] = &[
    // A token and a text that have nothing to do with each other until a stray octet between is gone.
    b"\x8c\x93\x89\x80\x19+44/TYPE=PLMN\0",
    // Two message types, of which the decoder knows neither.
    b"\x8c\xfc\x98T\0\x8c\x92",
    // A disposition whose value-length cuts its name: read with the octets behind it, and written without.
    b"\x8c\x80\x98T\0\x8d\x92\x89\x01\x81\x97a@b\0\x84\xa3\x01\x0c\x00\x83\xae\x03appa/b\0x\0",
    // A text in the place of a number, and a parameter without a number, before one that has one.
    b"\x8c\x80\x98T\0\x8d\x92\x89\x01\x81\x97a@b\0\x84\x0b\xb3\x88<s>\0\x89a/b\0\x01\x01\x01\x83x",
    b"\x8c\x80\x98T\0\x8d\x92\x89\x01\x81\x97a@b\0\x84\x0d\xb3stqrt\0s\0\x89a/b\0\x01\x01\x01\x83x",
    // A multipart by a name that phones do not know.
    b"\x8c\x80\x98T\0\x8d\x92\x89\x01\x81\x97a@b\0\x84\x8f\x01\x01\x01\x83x",
    // A character of Hong Kong in Big5, which the tables read and do not write.
    b"\x8c\x80\x98T\0\x8d\x92\x89\x01\x81\x97a@b\0\x96\x07\x02\x07\xea\x7f\x87\x40\0\x84\x83x",
];

const MM4_FINDINGS: &[&[u8]] = &[
    // The same parameter twice.
    b"X-Mms-Message-Type: MM4_forward.RES\r\nDate: Tue, 05 Mar 2024 09:30:49 +0000\r\nFrom: a@b.example\r\n\
      To: b@c.example\r\nMessage-ID: <r@b.example>\r\nX-Mms-3GPP-MMS-Version: 6.10.0\r\nX-Mms-Transaction-ID: t\r\n\
      X-Mms-Message-ID: m\r\nX-Mms-Request-Status-Code: Ok\r\nContent-Type: text/plain; charset=a; charset=b\r\n\r\nx",
    // A character of Hong Kong in Big5, as on MM1.
    b"X-Mms-Message-Type: MM4_forward.RES\r\nDate: Tue, 05 Mar 2024 09:30:49 +0000\r\nFrom: a@b.example\r\n\
      Sender: a@b.example\r\nTo: b@c.example\r\nMessage-ID: <r@b.example>\r\nX-Mms-3GPP-MMS-Version: 6.10.0\r\n\
      X-Mms-Transaction-ID: \"t\"\r\nX-Mms-Message-ID: \"m\"\r\nX-Mms-Request-Status-Code: Ok\r\n\
      X-Mms-Status-Text: =?big5?B?h0A=?=\r\n\r\n",
];

const PUSH_FINDINGS: &[&[u8]] = &[
    // A value whose value-length cuts a text, and the next header, which could be the rest of that text.
    b"\x01\x06\x12\x81\x87\x05-\0appa/b\0\0op\0x\0",
];

const MM7_FINDINGS: &[&[u8]] = &[
    // The code of a fault, which is reported at the start of the fault.
    b"text/xml\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault>\
      <faultcode>s:MustUndersTand</faultcode><faultstring>no</faultstring></s:Fault></s:Body></s:Envelope>",
    // Addresses of white space, and of any text.
    b"text/xml\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header><m:TransactionID xmlns:m=\
      \"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-5-MM7-1-0\" s:mustUnderstand=\"1\">t</m:TransactionID>\
      </s:Header><s:Body><SubmitReq xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-5-MM7-1-0\">\
      <MM7Version>5.3.0</MM7Version><SenderIdentification><SenderAddress>4 00</SenderAddress></SenderIdentification>\
      <Recipients><To><Number>+467</Number><Number>\n</Number></To></Recipients></SubmitReq></s:Body></s:Envelope>",
    // Namespaces with characters that no URI has: of an element that is kept, and of the message.
    b"text/xml\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header><m:TransactionID xmlns:m=\
      \"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\" s:mustUnderstand=\"1\">t</m:TransactionID>\
      </s:Header><s:Body><SubmitRsp xmlns=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\">\
      <MM7Version>6.8.0</MM7Version><Status><StatusCode>1100</StatusCode><StatusText>Partial success</StatusText>\
      <Details><r:why xmlns:r=\"urn:re|ay\" r:code='7'>no</r:why></Details></Status><MessageID>m</MessageID>\
      </SubmitRsp></s:Body></s:Envelope>",
    b"text/xml\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header><m:TransactionID xmlns:m=\
      \"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1{4\" s:mustUnderstand=\"1\">t</m:TransactionID>\
      </s:Header><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring></s:Fault></s:Body></s:Envelope>",
];

const MM7_ENVELOPE_FINDINGS: &[&[u8]] = &[
    // In UTF-7, which may write this in fewer octets than this crate does.
    b"<?xml version=\"1.0\" encoding=\"UTF-7\"?><?xml version=\"1.0\" encoding=\"UTF-7\"?>\r\n<s:Dnvelope xmlns:s=\
      \"http://schemas.xmlsoap.org/soap/envelo`e/\"></ServiceCode></s:Body><m:TranSuccess</StatusText></Status>\r\
      \x0b  <ServiceCode>freefree</DeliverRsp><s:Header></s:Envelope></TeliverRsp></StatusText></Status>",
];

const CDR_FINDINGS: &[&[u8]] = &[
    // An address of no length that IP has: kept among the extra members, and written as it came.
    b"\xbe\x09\x80\x01\x1e\xa1\x04\xa2\x02\x80\x00",
    // A member twice, and one without a row.
    b"\xbe\x0d\x80\x01\x1e\x82\x01a\x82\x01b\x9f\x7f\x01c",
    // A file that has a header and no record.
    b"\0\0\0\x34\0\0\0\x34\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
];

const WSP_FINDINGS: &[&[u8]] = &[
    // Damaged dispositions before and behind a whole one: each was kept in a form of its own.
    b"\x01\x09\x00\x83\xaee \0\xae\x02\x81\x80",
    b"\x81eee \0\xaee \0\xae\x81\xaee \0\xae\x02\x81\x80",
];

const RELAY_FINDINGS: &[&[u8]] = &[
    // A media type whose code is newer than those that a message may have.
    b"\0\x8c\x80\x98T\0\x8d\x92\x89\x01\x81\x97a@b\0\x84\xa3\x01\x01\x01\xe3x",
    // An identifier with a control character at the end, which MM1 has no form for.
    b"\0\x8c\x80\x98T\0\x8d\x90\x89\x01\x81\x97a@b\0\x84\xa3\x01\x08\x01\x83\xc0\"<a>\r\0x",
    // A transfer encoding whose name cannot be written again.
    b"\0\x8c\x80\x98T\0\x8d\x90\x89\x01\x81\x97a@b\0\x84\xa3\x01\x23\x04\x83Content-Transfer-Encoding\0base64\n\0SGk=",
    // A blank before a number.
    b"\0\x8c\x80\x98T\0\x8d\x90\x89\x12\x80 +1202/TYPE=PLMN\0\x97a@b\0\x84\x83x",
    // A blind recipient.
    b"\0\x8c\x80\x98T\0\x8d\x90\x89\x01\x81\x97a@b\0\x81+447700900901/TYPE=PLMN\0\x84\x83x",
];

/// The octets of the tables: field codes, media types, charsets, headers, application ids.
fn dictionary() -> String {
    let mut entries = BTreeSet::<Vec<u8>>::new();
    for wire in 0x80..=0xff {
        let code = mm1::FieldCode::from_wire(wire).unwrap();
        if code.name().is_some() {
            entries.insert(vec![wire]);
        }
    }
    entries.extend(mm1::MessageType::ALL.iter().map(|message_type| vec![0x8c, message_type.octet()]));
    for code in 0..0x0400 {
        entries.extend(wsp::media_type(code).map(|name| [name.as_bytes(), b"\0"].concat()));
        entries.extend(wsp::application_id(code).map(|name| [name.as_bytes(), b"\0"].concat()));
    }
    for number in 0..=u16::MAX {
        let charset = mms_codec::message::Charset::new(number);
        if charset.name().is_some() {
            let mut to = wsp::Writer::new();
            to.integer_value(u64::from(number));
            entries.insert(to.into_chain().to_vec());
        }
    }
    for lengths in [&b"\x1f\xff\xff\xff\x7f"[..], b"\x8f\xff\xff\xff\x7f", b"/TYPE=PLMN\0", b"/TYPE=IPv4\0", b"\x7f"] {
        entries.insert(lengths.to_vec());
    }
    for piece in TEXTS {
        entries.insert(piece.as_bytes().to_vec());
    }
    let mut text = String::from("# Made of the tables of the crate by tests/fuzz/seeds.rs.\n");
    for entry in entries {
        let octets = entry.iter().fold(String::new(), |mut octets, octet| {
            match octet {
                b'"' | b'\\' | 0..=0x1f | 0x7f.. => write!(octets, "\\x{octet:02x}").unwrap(),
                visible => octets.push(char::from(*visible)),
            }
            octets
        });
        writeln!(text, "\"{octets}\"").unwrap();
    }
    text
}

/// Pieces of the syntaxes that no table of the crate has: encoded words and what may stand in a mailbox,
/// blanks of Unicode, durations and times, the framing of HTTP.
const TEXTS: &[&str] = &[
    "=?utf-8?q?",
    "=?utf-8?b?",
    "=?iso-8859-1?Q?",
    "?=",
    "=22",
    "=2C",
    "=0D=0A",
    "=00",
    "=C2=A0",
    "*0*=utf-8''",
    "*=utf-8''%0D%0A",
    "\" <a@b.example>",
    "\u{85}",
    "\u{a0}",
    "\u{2003}",
    "\u{2028}",
    "\u{3000}",
    "\u{feff}",
    "/TYPE=PLMN@",
    "<ExpiryDate>",
    "P1Y",
    "P1M",
    "PT1H",
    "PT1S",
    "-PT",
    "00000000",
    "99999999",
    "18446744073709551615",
    "T24:00:00Z",
    "+14:00",
    "POST / HTTP/1.1\r\n",
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.1 100 Continue\r\n\r\n",
    "Host: h\r\n",
    "Content-Length: ",
    "Transfer-Encoding: chunked\r\n",
    "Content-Encoding: ",
    "\r\n0\r\n\r\n",
    "xmlns:q=\"",
    "<![CDATA[",
    "]]>",
    "&#13;",
    "&amp;",
];

#[test]
fn the_dictionary_is_that_of_the_tables() {
    let path = folder().join("mms.dict");
    if is_updated() {
        fs::write(&path, dictionary()).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == dictionary(), "update with UPDATE_FUZZ=1");
}

/// Strict decoding refuses what it cannot read, and encoding loses nothing.
#[test]
fn text_in_an_unknown_charset_is_written_as_it_was() {
    Target::Mm1.run(b"\x8c\x82\x98T1\0\x8d\x92\x96\x05\xfc\x02\xe8\xc9\0\x8a\x80\x8e\x02m_\x88\x05\x81\x03\x02\xa3\0\x83http://m/1\0");
}

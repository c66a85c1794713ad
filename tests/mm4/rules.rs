//! Releases of TS 23.140, and what makes a message one that can be written.

use std::collections::BTreeSet;

use arbitrary::{Arbitrary, Unstructured};
use mms_codec::fuzz::property;
use mms_codec::message::{Address, ContentType, Header, Part, Timestamp};
use mms_codec::mm4::{self, ForwardReq, Pdu, Release};
use mms_codec::{Bytes, ChangeKind, DecodeErrorKind, DeviationKind, EncodeErrorKind, Options, ShownField};
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::mutations::VECTORS;

/// As the tables of the messages have it: those that are not of Release 4.
const LATER: &[(&str, Release)] = &[
    ("X-Mms-Originator-R/S-Delivery-Report", Release::REL_5),
    ("X-Mms-Forward-To-Originator-UA", Release::REL_5),
    ("X-Mms-Request-Recipients", Release::REL_5),
    ("X-Mms-Applic-ID", Release::REL_6),
    ("X-Mms-Reply-Applic-ID", Release::REL_6),
    ("X-Mms-Aux-Applic-Info", Release::REL_6),
    ("X-Mms-Content-Class", Release::REL_6),
    ("X-Mms-Drm-Content", Release::REL_6),
    ("X-Mms-Adaptation-Allowed", Release::REL_6),
    ("X-Mms-MM-Status-Extension", Release::REL_6),
];

fn with_version(vector: &str, version: &str) -> String {
    assert!(vector.contains("X-Mms-3GPP-MMS-Version: 6.10.0"));
    vector
        .replace("X-Mms-3GPP-MMS-Version: 6.10.0", &format!("X-Mms-3GPP-MMS-Version: {version}"))
        .replace('\n', "\r\n")
}

#[test]
fn a_field_newer_than_its_version_is_reported_and_refused() {
    let mut seen = BTreeSet::new();
    for vector in &VECTORS[..6] {
        for (version, release) in [("4.5.0", Some(Release::REL_4)), ("5.5.0", Some(Release::REL_5)), ("6.3.0", None)] {
            let mail = with_version(vector, version);
            let is_newer = |since: Release| release.is_some_and(|release| since > release);
            let expected: BTreeSet<_> = LATER
                .iter()
                .filter(|(name, since)| is_newer(*since) && mail.contains(&format!("\n{name}: ")))
                .map(|(name, _)| (mail.find(&format!("\n{name}: ")).unwrap() + 1, *name))
                .collect();
            seen.extend(expected.iter().map(|(_, name)| *name));
            let decoded = mm4::decode(&mail.clone().into()).unwrap();
            let found: BTreeSet<_> = decoded
                .deviations
                .iter()
                .filter(|it| it.kind == DeviationKind::NewerField)
                .map(|it| (it.offset, it.field.unwrap()))
                .collect();
            assert_eq!(found, expected, "{version}");
            assert_eq!(found.len(), decoded.deviations.len());
            let refused = mm4::encode(&decoded.value);
            match mm4::decode_with(&mail.into(), &Options::strict()) {
                Ok(_) => assert!(expected.is_empty() && refused.is_ok()),
                Err(error) => {
                    assert_eq!(error.kind, DecodeErrorKind::Deviation(DeviationKind::NewerField));
                    assert!(expected.contains(&(error.offset, error.field.unwrap())));
                    let refused = refused.unwrap_err();
                    assert_eq!((refused.kind, refused.field), (EncodeErrorKind::NewerField, error.field));
                }
            }
        }
    }
    assert_eq!(seen.len(), LATER.len(), "{seen:?}");
}

#[test]
fn the_column_of_releases_is_that_of_the_specification() {
    for vector in &VECTORS[..6] {
        let Pdu::ForwardReq(_) = mm4::decode(&(*vector).into()).unwrap().value else { continue };
        for line in vector.lines().take_while(|line| !line.is_empty()).filter(|line| line.starts_with("X-Mms-")) {
            let name = line.split(':').next().unwrap();
            let later = LATER.iter().find(|(later, _)| *later == name).map(|(_, since)| *since);
            let since = Release::of_field(&name.to_ascii_uppercase());
            let is_type = name == "X-Mms-Message-Type";
            assert_eq!(since, (!is_type).then_some(later.unwrap_or(Release::REL_4)), "{name}");
        }
    }
    assert_eq!(Release::of_field("X-Vendor"), None);
    for (version, release) in
        [("4.0.0", Some(4)), ("5.10.0", Some(5)), ("6.3", Some(6)), ("18.0.0", Some(18)), ("1.0", None), ("6", None)]
    {
        assert_eq!(Release::of_version(version).map(Release::number), release, "{version}");
    }
}

/// What differs between two lists of fields, the version aside: the name, and whether it is gone.
fn differences(before: &[ShownField], after: &[ShownField]) -> BTreeSet<(String, bool)> {
    let mut different = BTreeSet::new();
    let name_of = |field: &ShownField| match Release::of_field(&field.name) {
        Some(_) => field.name.to_ascii_lowercase(),
        None => field.name.clone(),
    };
    let names = before.iter().chain(after).map(name_of);
    for name in names.filter(|name| name != "x-mms-3gpp-mms-version").collect::<BTreeSet<_>>() {
        // A kept field has the name of the one that it repeats.
        let values = |fields: &[ShownField]| -> Vec<_> {
            fields.iter().filter(|field| name_of(field) == name).flat_map(|field| field.values.clone()).collect()
        };
        let (before, after) = (values(before), values(after));
        if before != after {
            different.insert((name.to_ascii_lowercase(), after.is_empty()));
        }
    }
    different
}

fn check_fit(mut pdu: Pdu, version: &str) {
    let (own, before) = (pdu.version(), pdu.fields());
    let Some(changes) = pdu.fit_to(version) else {
        assert_eq!(Release::of_version(version), None);
        assert_eq!(pdu.fields(), before);
        return;
    };
    let is_newer = Release::of_version(own.as_deref().unwrap_or_default()) > Release::of_version(version);
    assert!(!is_newer || pdu.version().as_deref() == Some(version));
    let listed: BTreeSet<_> =
        changes.iter().map(|change| (change.field.to_ascii_lowercase(), change.kind == ChangeKind::Removed)).collect();
    assert_eq!(listed, differences(&before, &pdu.fields()), "{} for {version}", pdu.name());
    let octets = mm4::encode(&pdu).unwrap_or_else(|error| panic!("{version}: {error}\n{pdu:?}"));
    let decoded = mm4::decode(&octets.into()).unwrap();
    // The words of operators are kept, and remain deviations.
    assert!(decoded.deviations.iter().all(|it| it.kind == DeviationKind::UnknownToken), "{:?}", decoded.deviations);
    assert_eq!(pdu.fit_to(version), Some(Vec::new()), "what fits is left as it is");
}

#[test]
fn what_fits_a_version_is_strictly_valid_and_what_is_missing_is_listed() {
    const VERSIONS: [&str; 6] = ["4.2.0", "5.5.0", "5.10.0", "6.10.0", "7.1.0", "1.0"];
    let config = Config { failure_persistence: None, ..Config::default() };
    let octets = proptest::collection::vec(any::<u8>(), 2_000..6_000);
    proptest!(config, |(made in octets, version in proptest::sample::select(&VERSIONS[..]))| {
        if let Ok(pdu) = Pdu::arbitrary(&mut Unstructured::new(&made)) {
            check_fit(pdu, version);
        }
    });
}

fn check_normal(mail: &[u8]) -> bool {
    let octets = Bytes::copy_from_slice(mail);
    let Ok(lenient) = mm4::decode(&octets) else { return false };
    let mut pdu = lenient.value;
    let (before, version, body) = (pdu.fields(), pdu.version(), pdu.body().cloned());
    let changes = pdu.normalize();
    let listed: BTreeSet<_> = changes.iter().map(|change| change.field.to_ascii_lowercase()).collect();
    assert_eq!(listed.len(), changes.len(), "once a field: {changes:?}");
    let mut different: BTreeSet<_> = differences(&before, &pdu.fields()).into_iter().map(|(name, _)| name).collect();
    if pdu.body() != body.as_ref() {
        different.insert("content-type".into());
    }
    if pdu.version() != version {
        different.insert("x-mms-3gpp-mms-version".into());
    }
    // The lines that differ from those of the vectors.
    let of = || {
        let text = String::from_utf8_lossy(mail).into_owned();
        let is_new = |line: &&str| !VECTORS.iter().any(|vector| vector.lines().any(|known| known == *line));
        text.lines().filter(is_new).map(|line| format!("{line:?}\n")).collect::<String>()
    };
    assert!(listed.is_superset(&different), "{different:?} but {listed:?}: {}", of());
    assert_eq!(pdu.clone().normalize(), [], "{}", of());
    match mm4::encode(&pdu) {
        Ok(encoded) => {
            let again = mm4::decode_with(&encoded.clone().into(), &Options::strict());
            let again =
                again.unwrap_or_else(|error| panic!("{error}\n{}\n{}", of(), String::from_utf8_lossy(&encoded)));
            // What is a duplicate parameter, or one in an odd place, is written in the usual way.
            let different = differences(&pdu.fields(), &again.value.fields());
            assert!(different.iter().all(|(name, is_gone)| name == "content-type" && !is_gone), "{different:?}");
            true
        }
        Err(error) => {
            // What is missing, or an address that lacks its domain.
            let is_there = pdu.fields().iter().any(|field| Some(field.name.as_str()) == error.field);
            let expected = if is_there { EncodeErrorKind::NotExpressible } else { EncodeErrorKind::MissingField };
            assert_eq!(error.kind, expected, "{error}: {}", of());
            false
        }
    }
}

/// What lines of a mail get in other places.
const PIECES: &[&str] = &[
    "\r\n",
    "\n",
    "\r\n ",
    " ",
    "\t",
    "\"",
    "<",
    ">",
    "(",
    ")",
    ",",
    ";",
    ":",
    "=",
    "@",
    "+",
    "/",
    "\\",
    "\0",
    "\u{7f}",
    "\u{fc}",
    "=?utf-8?Q?=0A?=",
    "=?utf-8?Q?=C3=BC?=",
    "=?x?B?gIGC?=",
    "1.0",
    "9.9.9",
    "4.1.0",
    "Yes",
    "0",
    "-1",
    "+447700900123",
    "+447700900123/TYPE=PLMN",
    "Kim <+447700900123@mms.mnc012.mcc345.gprs>",
    "PostMaster",
    "\r\nBcc: a@example.org",
    "\r\nX-Mms-Request-Recipients: +1",
    "\r\nX-Mms-Content-Class: text",
    "\r\nX-Mms-Message-ID: m",
    "\r\nTo: b@example.org",
    "\r\nContent-Transfer-Encoding: x-uuencode",
    "\r\nContent-Type: a/b; c=d",
    "\r\nX-Mms-Message-Class: Test",
    "\r\nX-Mms-Priority: Urgent",
    "\r\nX-Mms-Previously-sent-by: +1/TYPE=PLMN@a.example; 2, b@example.org",
    "\r\nMIME-Version: 2.0",
    "\r\nX-Mms-MM-Status-Code: ForwardedToMMBox",
    "\r\nX-Mms-Ack-Request: Yes",
    "\r\nX-Vendor: a\u{1}b",
    "\r\nMessage-ID: 1@example.org",
    "\r\nX-Mms-Message-Type: MM4_forward.REQ",
    "\r\nX-Mms-Expiry: soon",
    "\r\nX-Mms-Previously-sent-date-and-time: Mon, 04 Mar 2024 18:00:00 +0000",
];

fn mutated() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0..5u8, proptest::sample::select(PIECES));
    let edits = proptest::collection::vec(edit, 1..6);
    (proptest::sample::select(&VECTORS[..]), edits).prop_map(|(vector, edits)| {
        let mut lines: Vec<String> = vector.lines().map(String::from).collect();
        for (place, kind, piece) in edits {
            let at = place.index(lines.len());
            let line = lines[at].clone();
            match kind {
                0 => drop(lines.remove(at)),
                1 => lines.insert(at, line),
                2 => lines[at].push_str(piece),
                3 => lines[at] = format!("{}: {piece}", line.split(':').next().unwrap_or_default()),
                _ => {
                    let middle =
                        line.char_indices().map(|(at, _)| at).nth(line.chars().count() / 2).unwrap_or_default();
                    lines[at].insert_str(middle, piece);
                }
            }
        }
        lines.join("\r\n")
    })
}

#[test]
fn what_was_forgiven_is_written_after_it_was_normalized() {
    assert!(VECTORS.iter().filter(|vector| check_normal(vector.as_bytes())).count() >= 6);
    let config = Config { cases: 4 * Config::default().cases, failure_persistence: None, ..Config::default() };
    proptest!(config, |(mail in mutated())| {
        check_normal(mail.as_bytes());
    });
}

#[test]
fn what_is_valid_is_normal() {
    let config = Config { failure_persistence: None, ..Config::default() };
    proptest!(config, |(made in proptest::collection::vec(any::<u8>(), 2_000..6_000))| {
        let Ok(mut pdu) = Pdu::arbitrary(&mut Unstructured::new(&made)) else { return Ok(()) };
        let octets = mm4::encode(&pdu).unwrap();
        if mm4::decode_with(&octets.into(), &Options::strict()).is_ok() {
            let before = pdu.clone();
            prop_assert_eq!(pdu.normalize(), []);
            prop_assert!(pdu == before, "{}", property::differing(&before, &pdu));
        }
    });
}

/// A message that has these lines beside its mandatory fields.
fn with_lines(lines: &str) -> Bytes {
    let author = if lines.starts_with("From:") { "" } else { "From: a@b.example\r\n" };
    format!(
        "X-Mms-Message-Type: MM4_forward.REQ\r\nX-Mms-3GPP-MMS-Version: 6.10.0\r\nX-Mms-Transaction-ID: \"t\"\r\n\
         X-Mms-Message-ID: \"m\"\r\nDate: Tue, 05 Mar 2024 09:30:47 +0000\r\n{author}Sender: s@b.example\r\n\
         To: k@e.example\r\nMessage-ID: <a@b.example>\r\n{lines}\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain\r\n\r\nhello\r\n"
    )
    .into()
}

fn values(pdu: &Pdu, name: &str) -> Vec<String> {
    let fields = pdu.fields().into_iter().filter(|field| field.name == name);
    fields.flat_map(|field| field.values).map(|value| value.to_string()).collect()
}

/// What becomes of values that cannot be written as they are: they are kept as far as that goes.
#[test]
fn values_are_repaired_before_they_are_removed() {
    const VERSION: &str = "X-Mms-3GPP-MMS-Version";
    const BY: &str = "X-Mms-Previously-sent-by";
    let valid = String::from_utf8(with_lines("X-Mms-Priority: High").to_vec()).unwrap();
    for (from, to, changed, expected) in [
        ("X-Mms-Priority: High", "X-Mms-Applic-ID: =?utf-8?q?a=0Ab?=", "X-Mms-Applic-ID", &["a b"][..]),
        ("X-Mms-Priority: High", "X-Mms-Applic-ID: =?utf-8?q?=0A?=", "X-Mms-Applic-ID", &[]),
        (
            "X-Mms-Priority: High",
            "X-Mms-Previously-sent-by: 1, =?utf-8?q?K=0Am?= <a@b.example>",
            BY,
            &["1, \"K m\" <a@b.example>"],
        ),
        // RFC 5322, 3.6.4: it is in angle brackets.
        ("<a@b.example>", "a@b.example", "Message-ID", &["<a@b.example>"]),
        // The field is of Release 6.
        ("6.10.0\r\n", "5.10.0\r\nX-Mms-Applic-ID: a\r\n", VERSION, &["6.10.0"]),
        ("6.10.0\r\n", "4.1.0\r\nX-Mms-Originator-R/S-Delivery-Report: Yes\r\n", VERSION, &["5.10.0"]),
    ] {
        let mut pdu = mm4::decode(&valid.replace(from, to).into()).unwrap().value;
        let changes: Vec<_> = pdu.normalize().into_iter().map(|change| change.field).collect();
        assert_eq!(changes, [changed], "{to}");
        assert_eq!(values(&pdu, changed), expected, "{to}");
        let written = mm4::encode(&pdu).unwrap();
        assert!(mm4::decode_with(&written.into(), &Options::strict()).is_ok(), "{to}");
    }
}

#[test]
fn histories_in_one_field_are_lists_however_they_are_separated() {
    const BY: &str = "X-Mms-Previously-sent-by";
    const AT: &str = "X-Mms-Previously-sent-date-and-time";
    let (a, b) = ("+447700900123/TYPE=PLMN@mms.example.net", "kim@example.org");
    let (d, e) = ("Mon, 04 Mar 2024 18:00:00 +0000", "Mon, 04 Mar 2024 20:15:00 +0000");
    let (read_d, read_e) = ("2024-03-04T18:00:00Z", "2024-03-04T20:15:00Z");
    for (first, between) in [
        ("1, ", "; 2, "),
        ("1, ", ", 2, "),
        ("1 ", "; 2 "),
        ("1;", ";2;"),
        ("1, ", " 2, "),
        ("1, ", "\r\n 2, "),
        ("1, ", "\r\n\t2, "),
        ("1: ", "; 2: "),
    ] {
        for (name, [one, two], read) in [(BY, [a, b], [a, b]), (AT, [d, e], [read_d, read_e])] {
            let octets = with_lines(&format!("{name}: {first}{one}{between}{two}"));
            let decoded = mm4::decode(&octets).unwrap();
            let expected = [format!("1, {}", read[0]), format!("2, {}", read[1])];
            assert_eq!(values(&decoded.value, name), expected, "{first}{between}");
            assert!(mm4::decode_with(&octets, &Options::strict()).is_err());
            let mail = Bytes::from(mm4::encode(&decoded.value).unwrap());
            assert_eq!(mm4::decode_with(&mail, &Options::strict()).unwrap().value, decoded.value);
        }
    }
    // A number without a value.
    for gap in
        ["1; ; 2, ", "1, ; 2, ", "1,, 2, ", "1; 2, ", "1 2, ", "1: ; 2, ", "1;\r\n ;2;", "1; ; ;2, ", "0, 1, 2, "]
    {
        for (name, value, read) in [(BY, b, b), (BY, a, a), (AT, d, read_d)] {
            let octets = with_lines(&format!("{name}: {gap}{value}; 3, {value}"));
            let decoded = mm4::decode(&octets).unwrap();
            assert_eq!(values(&decoded.value, name), [format!("2, {read}"), format!("3, {read}")], "{gap}");
            assert!(decoded.deviations.iter().any(|deviation| deviation.kind == DeviationKind::EmptyValue), "{gap}");
            assert!(mm4::decode_with(&octets, &Options::strict()).is_err());
            let mail = Bytes::from(mm4::encode(&decoded.value).unwrap());
            assert_eq!(mm4::decode_with(&mail, &Options::strict()).unwrap().value, decoded.value);
        }
    }
    let pdu = mm4::decode(&with_lines(&format!("{BY}: 1, 22; 2, {a}"))).unwrap().value;
    assert_eq!(values(&pdu, BY), ["1, 22".into(), format!("2, {a}")], "a short code");
    // Without numbers it is the order that counts.
    for (name, [one, two], read) in [(BY, [a, b], [a, b]), (AT, [d, e], [read_d, read_e])] {
        for between in ["; ", ", "] {
            let mut pdu = mm4::decode(&with_lines(&format!("{name}: {one}{between}{two}"))).unwrap().value;
            assert_eq!(values(&pdu, name), read);
            assert_eq!(mm4::encode(&pdu).unwrap_err().field, Some(name));
            assert_eq!(pdu.normalize().len(), 1);
            assert_eq!(values(&pdu, name), [format!("1, {}", read[0]), format!("2, {}", read[1])]);
            assert!(mm4::encode(&pdu).is_ok());
        }
    }
    // What cannot be read is kept without what was read before it.
    let pdu = mm4::decode(&with_lines(&format!("{AT}: 1, {d}; 2, soon"))).unwrap().value;
    assert_eq!(values(&pdu, AT), [format!("1, {read_d}"), "2, soon".into()]);
}

#[test]
fn several_addresses_without_commas_are_several() {
    let (a, b) = ("+447700900123/TYPE=PLMN@mms.example.net", "kim@example.org");
    for cc in
        [format!("{a} {b}"), format!("{a};{b}"), format!("<{a}> <{b}>"), format!("<{a}> {b}"), format!("{a}\t{b}")]
    {
        let octets = with_lines(&format!("Cc: {cc}"));
        let decoded = mm4::decode(&octets).unwrap();
        assert_eq!(values(&decoded.value, "Cc"), [a, b], "{cc}");
        let kinds: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
        assert!(
            kinds.iter().all(|kind| *kind == DeviationKind::AddressSpelling) && !kinds.is_empty(),
            "{cc}: {kinds:?}"
        );
        assert!(mm4::encode(&decoded.value).is_ok());
    }
    // Where there is one, the others are kept.
    for from in [format!("{b}, {a}"), format!("{b}; {a}"), format!("{b} {a}")] {
        let mut pdu = mm4::decode(&with_lines(&format!("From: {from}"))).unwrap().value;
        assert_eq!(values(&pdu, "From"), [b, a], "{from}");
        let refused = mm4::encode(&pdu).unwrap_err();
        assert_eq!((refused.kind, refused.field), (EncodeErrorKind::FieldConflict, Some("From")));
        assert_eq!(pdu.normalize().len(), 1);
        assert_eq!(values(&pdu, "From"), [b]);
    }
}

#[test]
fn a_field_that_says_the_same_twice_is_written_once() {
    let decoded = mm4::decode(&with_lines("X-Mms-Priority: High\r\nX-Mms-Priority: High")).unwrap();
    let found: Vec<_> = decoded.deviations.iter().map(|deviation| (deviation.kind, deviation.field)).collect();
    assert_eq!(found, [(DeviationKind::DuplicateField, Some("X-Mms-Priority"))]);
    let mail = String::from_utf8(mm4::encode(&decoded.value).unwrap()).unwrap();
    assert_eq!(mail.matches("X-Mms-Priority: High\r\n").count(), 1);
    let other = mm4::decode(&with_lines("X-Mms-Priority: High\r\nX-Mms-Priority: Low")).unwrap().value;
    assert_eq!(values(&other, "X-Mms-Priority"), ["High", "Low"]);
    assert_eq!(mm4::encode(&other).unwrap_err().kind, EncodeErrorKind::FieldConflict);
}

/// RFC 2045, 5.1: which of two parameters of one name counts, readers do not agree on.
#[test]
fn parameters_of_one_name_are_refused_until_the_first_is_chosen() {
    let mail = b"X-Mms-Message-Type: MM4_forward.REQ\r\nDate: Tue, 05 Mar 2024 09:30:49 +0000\r\nFrom: +1/TYPE=PLMN@a.example\r\n\
        Sender: a@a.example\r\nTo: +4/TYPE=PLMN@b.example\r\nMessage-ID: <1@a.example>\r\n\
        X-Mms-3GPP-MMS-Version: 6.10.0\r\nX-Mms-Transaction-ID: t\r\nX-Mms-Message-ID: m\r\n\
        Content-Type: text/plain; name=a; NAME=b\r\n\r\nhi\r\n";
    let mut pdu = mm4::decode(&Bytes::from_static(mail)).unwrap().value;
    let error = mm4::encode(&pdu).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some("Content-Type")));
    let changes: Vec<_> = pdu.normalize().iter().map(ToString::to_string).collect();
    assert_eq!(changes, ["Content-Type changed"]);
    let written = mm4::decode_with(&mm4::encode(&pdu).unwrap().into(), &Options::strict()).unwrap().value;
    let body = written.message().unwrap().body.as_ref().unwrap();
    assert_eq!((body.content_type.to_string(), body.text().unwrap().trim_end()), ("text/plain; name=a".into(), "hi"));
}

/// The changes that [`Pdu::normalize`] lists; what it leaves is strictly valid.
#[track_caller]
fn normal(pdu: &mut Pdu) -> Vec<String> {
    let changes = pdu.normalize().iter().map(ToString::to_string).collect();
    let mail = mm4::encode(pdu).unwrap_or_else(|error| panic!("{error}: {pdu:?}"));
    mm4::decode_with(&mail.into(), &Options::strict()).unwrap_or_else(|error| panic!("{error}: {pdu:?}"));
    changes
}

fn valid() -> ForwardReq {
    match mm4::decode_with(&with_lines("X-Mms-Priority: High"), &Options::strict()).unwrap().value {
        Pdu::ForwardReq(request) => request,
        pdu => panic!("{pdu:?}"),
    }
}

/// Values that were made in the program, which mail cannot say.
#[test]
fn values_are_made_such_as_can_be_written() {
    let mut request = valid();
    let mut date = Timestamp::from_seconds(1);
    date.nanoseconds = 1;
    request.message.date = Some(date);
    request.message.from = Some(Address::email("K\nm <a@b.example>").into());
    request.message.subject = Some("a\nb".into());
    let text = |name: &str, value: &str| Header::Text { name: name.into(), value: value.into() };
    request.extra = vec![text("X-Own", "a\u{1}b"), text("X-Other", "c"), text("Content-Own", "d")];
    let refused = mm4::encode(&Pdu::from(request.clone())).unwrap_err();
    assert_eq!(refused.kind, EncodeErrorKind::NotExpressible);
    let mut pdu = Pdu::from(request);
    let mut changes = normal(&mut pdu);
    changes.sort_unstable();
    let expected = ["Content-Own removed", "Date changed", "From changed", "Subject changed", "X-Own changed"];
    assert_eq!(changes, expected);
    let Pdu::ForwardReq(request) = pdu else { panic!() };
    assert_eq!(request.message.date, Some(Timestamp::from_seconds(1)));
    assert_eq!(request.message.subject.unwrap(), "a b");
    assert_eq!(request.extra, [text("X-Own", "a b"), text("X-Other", "c")]);

    let mut request = valid();
    request.extra = vec![text("Content-Own", "d")];
    let refused = mm4::encode(&Pdu::from(request)).unwrap_err();
    assert_eq!((refused.kind, refused.field), (EncodeErrorKind::FieldConflict, Some("Content-Type")));
}

#[test]
fn what_the_other_fields_say_is_put_in() {
    let mut request = valid();
    let (version, from) = (request.version.take(), Address::email("a@b.example"));
    (request.sender, request.ack_request, request.message.body) = (None, Some(true), None);
    let mut pdu = Pdu::from(request);
    let expected = ["Sender", "X-Mms-Originator-System", "Content-Type", "X-Mms-3GPP-MMS-Version"];
    assert_eq!(normal(&mut pdu), expected.map(|name| format!("{name} changed")));
    let Pdu::ForwardReq(request) = pdu else { panic!() };
    assert_eq!((request.sender, request.originator_system), (Some(from.clone()), Some(from)));
    assert_eq!(
        (request.version, request.message.body.unwrap().content_type.to_string()),
        (version, "text/plain".into())
    );
}

/// A field that was kept because something is wrong with it goes with its version.
#[test]
fn kept_fields_that_a_version_does_not_have_are_removed() {
    let mut pdu = mm4::decode(&with_lines("X-Mms-Applic-ID: a\r\nX-Mms-Applic-ID: b")).unwrap().value;
    let changes: BTreeSet<_> = pdu.fit_to("5.10.0").unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(changes.into_iter().collect::<Vec<_>>(), ["X-Mms-Applic-ID removed"]);
    assert_eq!(values(&pdu, "X-Mms-Applic-ID"), [""; 0]);
    assert!(mm4::encode(&pdu).is_ok());
    // What the version has stays.
    let lines = "X-Mms-Originator-R/S-Delivery-Report: Yes\r\nX-Mms-Originator-R/S-Delivery-Report: No";
    let mut pdu = mm4::decode(&with_lines(lines)).unwrap().value;
    assert_eq!(pdu.fit_to("5.10.0").unwrap(), []);
    assert_eq!(values(&pdu, "X-Mms-Originator-R/S-Delivery-Report").len(), 2);
}

/// What keeps a body from being written is taken out of it piece by piece.
#[test]
fn bodies_are_cleaned_piece_by_piece() {
    let text = |name: &str, value: &str| Header::Text { name: name.into(), value: value.into() };
    let mut part = Part::new(ContentType::new("text/plain").with("a b", "1").with("name", "x"), "hello");
    part.content_location = Some("a\u{1}b".into());
    part.content_id = Some("<a b@c>".into());
    part.headers = vec![text("X-Own", " a"), text("X-Two", "b\u{1}c"), text("X-Other", "d"), text("X Bad", "e")];
    let mut other = Part::new(ContentType::new("text plain"), "hello");
    other.disposition = Some(mms_codec::message::ContentDisposition::new("a b").into());
    let mut encoded = Part::new(ContentType::new("text/plain"), "caf\u{e9}");
    encoded.headers = vec![text("Content-Transfer-Encoding", "x-own"), text("X-Other", "d")];
    let mut request = valid();
    let media = ContentType::new("multipart/mixed");
    request.message.body = Some(Part::multipart(media.clone(), vec![part, other, encoded]));
    let mut pdu = Pdu::from(request);
    assert_eq!(normal(&mut pdu), ["Content-Type changed"]);
    let body = pdu.body().unwrap();
    assert!(body.content_type.is("multipart/mixed"));
    let [part, other, encoded] = body.parts() else { panic!() };
    assert_eq!(part.content_type.to_string(), "text/plain; name=x");
    assert_eq!((part.content_location.as_deref(), part.content_id.as_deref()), (Some("a b"), Some("ab@c")));
    assert_eq!(part.headers, [text("X-Own", "a"), text("X-Two", "b c"), text("X-Other", "d")]);
    assert_eq!((other.content_type.to_string().as_str(), &other.disposition), ("application/octet-stream", &None));
    assert!(encoded.content_type.is("application/octet-stream"), "{encoded:?}");
    assert_eq!(encoded.headers, [text("X-Other", "d")]);
}

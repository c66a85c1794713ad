//! Inputs that broke other decoders: each is decoded or refused, in memory below 8 times its size
//! plus 64 kB, and in time that grows as the input does. What was decoded is encoded so, too.

use crate::support::messages::send_req;
use crate::support::{clock, forged};
use core::time::Duration;

use self::clock::now;
use mms_codec::message::{ContentType, Part, PreviouslySentDate, Time, Timestamp};
use mms_codec::mm1::{self, Fields};
use mms_codec::wsp::{MultipartReader, Writer};
use mms_codec::{Bytes, DecodeError, DecodeErrorKind, DeviationKind, EncodeErrorKind, Limit, Limits, Options};

/// The head of a notification and of a retrieval: type and version.
const NOTIFICATION: &[u8] = b"\x8c\x82\x98T\0\x8d\x92";
const RETRIEVAL: &[u8] = b"\x8c\x84\x8d\x92\x85\x04\x65\x92\x00\x80";

fn uintvar(value: usize) -> Vec<u8> {
    let mut to = Writer::new();
    to.uintvar(u32::try_from(value).unwrap());
    to.into_chain().to_vec()
}

/// What follows a value-length.
fn composite(value: &[u8]) -> Vec<u8> {
    [&b"\x1f"[..], &uintvar(value.len()), value].concat()
}

fn head(octets: &[u8]) -> Vec<u8> {
    [RETRIEVAL, octets].concat()
}

/// A retrieval with this multipart body.
fn body(multipart: &[u8]) -> Vec<u8> {
    [RETRIEVAL, b"\x84\xa3", multipart].concat()
}

/// A retrieval with one part, which has these headers after its content type.
fn part_headers(headers: &[u8]) -> Vec<u8> {
    body(&[&b"\x01"[..], &uintvar(headers.len() + 1), b"\x00\x83", headers].concat())
}

/// A retrieval whose content type has this value-length and value.
fn content_type(value: &[u8]) -> Vec<u8> {
    [RETRIEVAL, b"\x84", &composite(value)].concat()
}

/// So many multiparts in each other, made from the inside.
fn nested(depth: usize) -> Vec<u8> {
    let mut reversed = vec![0x83, 0x00, 0x01, 0x01];
    for _ in 0..depth {
        let mut head = [&[0x01, 0x01][..], &uintvar(reversed.len()), &[0xa3]].concat();
        head.reverse();
        reversed.extend(head);
    }
    reversed.reverse();
    reversed
}

/// Multiparts in each other, each of which has as many empty parts behind the next one as the
/// number of parts allows.
fn nested_and_wide() -> Vec<u8> {
    let parts = b"\x01\x00\x83".repeat(256);
    let mut inner = [b"\x01", &parts[..]].concat();
    for _ in 0..8 {
        inner = [&b"\x01\x01"[..], &uintvar(inner.len()), b"\xa3", &inner, &parts].concat();
    }
    inner
}

/// The inputs, by what they are, with about so many octets where they can have any number.
fn inputs(size: usize) -> Vec<(&'static str, Vec<u8>)> {
    inputs_of(&|unit| unit.repeat(size / unit.len()))
}

/// The same, with what `many` makes of what they repeat.
fn inputs_of(many: &dyn Fn(&[u8]) -> Vec<u8>) -> Vec<(&'static str, Vec<u8>)> {
    let notifications = |octets: &[u8]| [NOTIFICATION, octets].concat();
    vec![
        ("2^32 - 1 parts", body(b"\x8f\xff\xff\xff\x7f\x01\x01\x83x")),
        ("part headers of 2 GiB", body(b"\x01\x88\x80\x80\x80\x00\x01\x83x")),
        ("part of 2 GiB", body(b"\x01\x01\x88\x80\x80\x80\x00\x83x")),
        ("both lengths of 4 GiB", body(b"\x01\x8f\xff\xff\xff\x7f\x8f\xff\xff\xff\x7f\x83x")),
        ("value-length of 2 GiB", notifications(b"\x96\x1f\x88\x80\x80\x80\x00\xeaabc\0")),
        ("value-length of 20 octets", notifications(&[&b"\x96\x1f"[..], &[0xff; 20], b"\x7f\xeaabc\0"].concat())),
        ("number of parts of 20 octets", body(&[&[0xff; 20][..], b"\x7f\x01\x01\x83x"].concat())),
        ("part length of 20 octets", body(&[&b"\x01"[..], &[0x80; 20], b"\x01\x01\x83x"].concat())),
        ("lengths without end", body(&many(b"\x80"))),
        ("2 000 multiparts", body(&nested(2_000))),
        ("many multiparts", body(&nested(many(&[0; 7]).len() / 7))),
        ("nested and wide", body(&nested_and_wide())),
        ("tiny parts", body(&[&b"\x00"[..], &many(b"\x01\x00\x83")].concat())),
        ("256 parts with a parameter", body(&[&b"\x82\x00"[..], &b"\x04\x00\x03\x83\x81\xea".repeat(256)].concat())),
        ("256 parts with a header", body(&[&b"\x82\x00"[..], &b"\x03\x00\x83\xaf\x84".repeat(256)].concat())),
        (
            "256 parts with a disposition",
            body(&[&b"\x82\x00"[..], &b"\x06\x00\x83\xae\x03\x81\x86\x00".repeat(256)].concat()),
        ),
        ("parts with nothing", body(&[&b"\x8f\xff\xff\xff\x7f"[..], &many(b"\x00\x00")].concat())),
        ("parts without headers", body(&[&b"\x8f\xff\xff\xff\x7f"[..], &many(b"\x00\x01x")].concat())),
        ("short recipients", head(&many(b"\x971\0"))),
        ("recipients", head(&many(b"\x97+447700900123/TYPE=PLMN\0"))),
        ("recipients in a charset", head(&many(b"\x97\x18\xea+447700900123/TYPE=PLMN\0"))),
        (
            "recipients beyond ASCII",
            head(&many(b"\x97\x12\x84\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\0")),
        ),
        ("integers of 30 octets", head(&many(&[&[0x85, 0x1e][..], &[0xff; 30]].concat()))),
        ("integers of 30 zeros", head(&many(&[&[0x85, 0x1e][..], &[0x00; 30]].concat()))),
        ("integers of no octets", head(&many(b"\x85\x00"))),
        ("composites of no octets", head(&many(b"\x89\x00"))),
        ("long composites of no octets", head(&many(b"\x88\x1f\x00"))),
        ("value-length past the end", notifications(b"\x89\x1e\x80+44\0")),
        ("value-lengths short of the token", notifications(&many(b"\x88\x01\x81\x89\x01\x80"))),
        ("value-lengths short of the text", notifications(&many(b"\x89\x03\x80+447700900123/TYPE=PLMN\0"))),
        ("value-lengths that swallow the next", notifications(&many(b"\x96\x08\xeaabc\0\x8a\x80"))),
        ("texts short of their end by far", notifications(&many(&[&b"\x89\x03\x80+"[..], &[b'4'; 70]].concat()))),
        ("quotation marks", notifications(&[&b"\x96"[..], &many(b"\""), b"\0"].concat())),
        ("quotes", notifications(&many(b"\x96\x7f\x7f\0"))),
        ("one-octet part headers", part_headers(&many(b"\x80"))),
        ("page shifts of a part", part_headers(&many(b"\x02"))),
        ("long page shifts of a part", part_headers(&many(b"\x7f\x02"))),
        ("zeros in part headers", part_headers(&many(b"\x00"))),
        ("part headers of two octets", part_headers(&many(b"\xff\x80"))),
        ("part headers with text", part_headers(&many(b"\x80\x80"))),
        ("part headers with long text", part_headers(&many(b"\x80\xa3"))),
        (
            "lists in part headers",
            part_headers(&[b"\x88", &composite(&[&b"\x80"[..], &many(b"\xae")].concat())[..]].concat()),
        ),
        ("one long list of media types", part_headers(&[b"\x80", &composite(&many(b"\xa3"))[..]].concat())),
        (
            "parameters in part headers",
            part_headers(&[b"\x80", &composite(&[&b"\xa3"[..], &many(b"\x81\xea")].concat())[..]].concat()),
        ),
        ("cookies", part_headers(&[b"\xc1", &composite(&[&b"a\0b\0"[..], &many(b"\x8e\x80")].concat())[..]].concat())),
        (
            "parameters of a challenge",
            part_headers(
                &[b"\xa0", &composite(&[&b"d\0r\0"[..], &many(b"abcdefghi\0abcdefghi\0")].concat())[..]].concat(),
            ),
        ),
        (
            "parameters of credentials",
            part_headers(&[b"\x87", &composite(&[&b"d\0"[..], &many(b"\x8e\x80")].concat())[..]].concat()),
        ),
        ("dispositions", part_headers(&many(b"\xae\x01\x81"))),
        ("printable parts", body(&[&b"\x00"[..], &many(&[b"\x40\x3e", &[b'x'; 126][..]].concat())].concat())),
        ("printable parts with a media type without end", body(&[&b"\x00"[..], &many(b"a/")].concat())),
        (
            "printable parts with parameters",
            body(&[&b"\x00"[..], &many(&[b"\x40\x3e\x1f\x3e\x83\x85", &[b'x'; 122][..]].concat())].concat()),
        ),
        (
            "text parameters of a descriptor",
            notifications(
                &[b"\xb2", &composite(&[&b"a\0"[..], &many(b"abcdefghi\0abcdefghi\0")].concat())[..]].concat(),
            ),
        ),
        ("part headers as text", part_headers(&many(b"a\0b\0"))),
        ("part headers without end", part_headers(&many(b"a"))),
        ("page shifts", head(&many(b"\x01"))),
        ("long page shifts", head(&many(b"\x7f\x01"))),
        ("zeros", head(&many(b"\x00"))),
        ("zeros and shifts", head(&many(b"\x00\x01"))),
        ("unknown fields", head(&many(b"\xff\x80"))),
        ("long unknown fields", head(&many(b"\xff0123456789abcd\0"))),
        ("repeated fields", head(&many(b"\x8f\x81"))),
        ("fields of other PDUs", head(&many(b"\xbf\x80"))),
        ("application headers", head(&many(b"a\0b\0"))),
        ("long application headers", head(&many(b"x-long-name\0long value\0"))),
        ("application headers without value", head(&many(b"a b\0"))),
        ("a name without end", head(&many(b"a"))),
        ("fields before the type", many(b"\x98T\0")),
        ("shifts before the type", many(b"\x01")),
        ("control characters", head(&many(b"\x96\x01a\0"))),
        ("octets beyond ASCII", head(&many(b"\x97\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\xe9\0"))),
        ("one long text in Latin 1", notifications(&[&b"\x96"[..], &many(b"\xe9"), b"\0"].concat())),
        (
            "one long text in UTF-16",
            notifications(&[b"\x96", &composite(&[&b"\x02\x03\xe8"[..], &many(b"\x4e\x2d")].concat())[..]].concat()),
        ),
        (
            "one long text in ISO-2022-JP",
            notifications(
                &[b"\x96", &composite(&[&b"\xa7\x1b$B"[..], &many(b"\x24\x22"), b"\x1b(B\0"].concat())[..]].concat(),
            ),
        ),
        (
            "one long text in Thai",
            notifications(
                &[b"\x96", &composite(&[&b"\x02\x08\x3d\x7f"[..], &many(b"\xa1"), b"\0"].concat())[..]].concat(),
            ),
        ),
        (
            "one long text in GB 18030",
            notifications(
                &[b"\x96", &composite(&[&b"\xf2\x7f"[..], &many(b"\x81\x30\x84\x36"), b"\0"].concat())[..]].concat(),
            ),
        ),
        (
            "one long text in Big5",
            notifications(
                &[b"\x96", &composite(&[&b"\x02\x07\xea"[..], &many(b"\xa4\xa4"), b"\0"].concat())[..]].concat(),
            ),
        ),
        ("parameters", content_type(&[&b"\x83"[..], &many(b"\x81\xea")].concat())),
        ("parameters of a part", {
            let content_type = composite(&[&b"\x83"[..], &many(b"\x81\xea")].concat());
            body(&[&b"\x01"[..], &uintvar(content_type.len()), b"\x00", &content_type].concat())
        }),
        ("parameters without value", content_type(&[&b"\x83"[..], &many(b"\x90\x00")].concat())),
        ("parameters as text", content_type(&[&b"\x83"[..], &many(b"a\0b\0")].concat())),
        ("unknown parameters", content_type(&[&b"\x83"[..], &many(b"\xff\x80")].concat())),
        ("empty textual parameters", head(&[&b"\x84a/b"[..], &many(b";"), b"\0"].concat())),
        ("short textual parameters", head(&[&b"\x84a/b"[..], &many(b";a=b"), b"\0"].concat())),
        ("textual parameters with escapes", head(&[&b"\x84a/b;a=\""[..], &many(b"\\a"), b"\"\0"].concat())),
        ("textual parameters with blanks", head(&[&b"\x84a/b;"[..], &many(b" "), b"\0"].concat())),
        (
            "descriptors",
            notifications(&[b"\xb2", &composite(&[&b"a\0"[..], &many(b"\x82\x83")].concat())[..]].concat()),
        ),
        ("nested value-lengths", notifications(&many(b"\x1f\x1f\x1f"))),
    ]
}

/// Every limit as high as it can be.
const WITHOUT_LIMITS: Limits = Limits {
    depth: usize::MAX,
    parts: usize::MAX,
    octets_per_part: 0,
    items: usize::MAX,
    octets_per_item: 0,
    xml: usize::MAX,
};

#[test]
fn without_limits_nothing_panics_and_no_stack_overflows() {
    for strict in [false, true] {
        let options = Options { strict, limits: WITHOUT_LIMITS };
        for (_, octets) in inputs(20_000) {
            drop(decode(&octets.into(), &options));
        }
        let error = decode(&body(&nested(100_000)).into(), &options).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::LimitExceeded(Limit::Depth));
    }
}

/// What is shown of a message costs as little as the message.
#[test]
fn showing_the_fields_takes_time_and_memory_as_the_input_does() {
    let shown = |octets: Vec<u8>| {
        let decoded = decode(&octets.into(), &Options::lenient()).ok()?;
        Some(allocation_counter::measure(|| drop(decoded.value.fields())))
    };
    for ((name, small), (_, large)) in inputs(5_000).into_iter().zip(inputs(80_000)) {
        if let (Some(few), Some(many)) = (shown(small), shown(large)) {
            assert!(many.bytes_total < 24 * few.bytes_total + 1_000_000, "{name}: {few:?}, then {many:?}");
        }
    }
}

fn decode(octets: &Bytes, options: &Options) -> Result<mms_codec::Decoded<mm1::Pdu>, DecodeError> {
    mm1::decode_with(octets, options)
}

const BOTH: [Options; 2] = [Options::lenient(), Options::strict()];

#[test]
fn memory_stays_below_eight_times_the_input_and_64_kb() {
    let mut failures = vec![];
    let by_size = [100, 1_000, 20_000, 100_000].into_iter().flat_map(inputs);
    // One item more than fits in a list that doubles.
    let by_count = (5..12).flat_map(|power| inputs_of(&|unit| unit.repeat((1 << power) + 1)));
    for (name, octets) in by_size.chain(by_count) {
        let octets = Bytes::from(octets);
        for options in BOTH {
            let mut decoded = None;
            let used = allocation_counter::measure(|| decoded = decode(&octets, &options).ok());
            let mut check = |does: &str, length: usize, used: u64| {
                let allowed = 8 * length as u64 + 64_000;
                if used >= allowed {
                    let strict = options.strict;
                    failures.push(format!("{name}, {does}: {length} octets, strict {strict}: {used} of {allowed}"));
                }
            };
            check("decode", octets.len(), used.bytes_max);
            if let (Some(decoded), false) = (decoded, options.strict) {
                let mut length = None;
                let used = allocation_counter::measure(|| length = mm1::encoded_len(&decoded.value).ok());
                // What fails has no length to hold it to.
                let length = length.unwrap_or(octets.len());
                check("encoded_len", length, used.bytes_max);
                check("encode", length, allocation_counter::measure(|| drop(mm1::encode(&decoded.value))).bytes_max);
                let chain = allocation_counter::measure(|| drop(mm1::encode_chain(&decoded.value)));
                check("encode_chain", length, chain.bytes_max);
            }
        }
        let mut fields = Fields::new(&octets);
        let walk = allocation_counter::measure(|| assert!(fields.by_ref().count() <= octets.len()));
        assert_eq!(walk.count_total, 0, "{name}: walking allocates nothing");
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn time_and_work_grow_as_the_input_does() {
    let mut failures = vec![];
    for ((name, small), (_, large)) in inputs(30_000).into_iter().zip(inputs(480_000)) {
        let (small, large) = (Bytes::from(small), Bytes::from(large));
        for options in BOTH {
            let work = |octets: &Bytes| {
                let start = now();
                let work = allocation_counter::measure(|| drop(decode(octets, &options)));
                (work, now() - start)
            };
            let ((few, before), (many, after)) = (work(&small), work(&large));
            if many.count_total > 16 * few.count_total + 1_000 || many.bytes_total > 20 * few.bytes_total + 1_000_000 {
                failures.push(format!("{name}, strict {}: {few:?}, then {many:?}", options.strict));
            }
            // Sixteen times the input: quadratic work would take 256 times as long. What only seems
            // slow, since something else ran meanwhile, is not slow three times.
            let is_slow = |after| after > 64 * before + Duration::from_millis(100);
            if is_slow(after) && (0..2).all(|_| is_slow(work(&large).1)) {
                failures.push(format!("{name}, strict {}: {before:?}, then {after:?}", options.strict));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

fn outcome(octets: Vec<u8>) -> Result<mms_codec::Decoded<mm1::Pdu>, DecodeErrorKind> {
    decode(&octets.into(), &Options::lenient()).map_err(|error| error.kind)
}

#[test]
fn lists_without_end_exceed_a_limit() {
    let tiny_parts = body(&[&b"\x00"[..], &b"\x01\x00\x83".repeat(100_000)].concat());
    assert_eq!(outcome(tiny_parts), Err(DecodeErrorKind::LimitExceeded(Limit::Parts)));
    let items = Err(DecodeErrorKind::LimitExceeded(Limit::Items));
    assert_eq!(outcome(head(&b"\x971\0".repeat(50_000))), items);
    assert_eq!(outcome(head(&b"\x01".repeat(1_000_000))), items);
    assert_eq!(outcome(part_headers(&b"\xff\x80".repeat(500_000))), items);
}

#[test]
fn fifty_thousand_real_recipients_are_read() {
    let octets = head(&[&b"\x97+447700900123/TYPE=PLMN\0".repeat(50_000)[..], b"\x84\x83"].concat());
    let decoded = outcome(octets).unwrap();
    assert_eq!(decoded.value.message().unwrap().to.len(), 50_000);
    assert!(decoded.deviations.is_empty());
}

#[test]
fn parts_nested_too_deep_are_kept_as_octets() {
    for depth in [2_000, 100_000] {
        let decoded = outcome(body(&nested(depth))).unwrap();
        let kinds: Vec<_> = decoded.deviations.iter().map(|deviation| deviation.kind).collect();
        assert_eq!(kinds, [DeviationKind::NestingTooDeep]);
        let mut part = decoded.value.body().unwrap();
        while let [inner] = part.parts() {
            part = inner;
        }
        assert!(part.octets().unwrap().len() > depth);
    }
}

#[test]
fn an_announced_number_of_parts_or_octets_is_no_reason_to_wait_for_them() {
    for octets in [
        body(b"\x8f\xff\xff\xff\x7f\x01\x01\x83x"),
        body(b"\x01\x01\x88\x80\x80\x80\x00\x83x"),
        body(b"\x02\x01\x01\x83x\x01\x88\x80\x80\x80\x00\x83y"),
    ] {
        let decoded = outcome(octets).unwrap();
        assert_eq!(decoded.value.body().unwrap().parts().first().unwrap().octets().unwrap().as_ref(), b"x");
        assert!(!decoded.deviations.is_empty());
    }
}

#[test]
fn the_part_walk_takes_nothing_beyond_the_end() {
    for (name, octets) in inputs(10_000) {
        let parts = MultipartReader::new(&octets);
        let size: usize = parts.map(|part| part.headers.len() + part.data.len()).sum();
        assert!(size <= octets.len(), "{name}");
    }
}

/// What constructors and deserialization can make and no decoder gives is refused. What this interface has a form
/// for comes back.
#[test]
fn forged_parts_are_refused_by_name() {
    for (field, part) in forged::parts() {
        let mut send = send_req();
        send.message.body = Some(Part::multipart(ContentType::new("application/vnd.wap.multipart.mixed"), vec![part]));
        match mm1::encode(&send) {
            Err(error) => assert!(field.is_none() || error.field == field, "{error}: {send:?}"),
            Ok(octets) => {
                let again = mm1::decode_with(&octets.into(), &Options::strict()).map(|decoded| decoded.value);
                assert_eq!(again, Ok(send.into()));
            }
        }
    }
}

/// MM1 has whole seconds: a fraction is refused, and rounded down where values are cleaned, which is reported.
#[test]
fn fractions_of_a_second_are_refused_by_name() {
    let mut exact = Timestamp::from_seconds(1_709_631_047);
    exact.nanoseconds = 1;
    let of = |change: &dyn Fn(&mut mm1::SendReq)| {
        let mut send = send_req();
        change(&mut send);
        send
    };
    let by = |date| of(&|send| send.message.previously_sent_date.push(PreviouslySentDate::new(1, date)));
    for (name, send) in [
        ("Date", of(&|send| send.message.date = Some(exact))),
        ("X-Mms-Expiry", of(&|send| send.message.expiry = Some(Time::Absolute(exact)))),
        ("X-Mms-Delivery-Time", of(&|send| send.message.delivery_time = Some(Time::Absolute(exact)))),
    ] {
        let error = mm1::encode(&send).unwrap_err();
        assert_eq!((error.kind, error.field), (EncodeErrorKind::NotExpressible, Some(name)));
        let mut cleaned = mm1::Pdu::from(send);
        let changes = cleaned.normalize();
        assert!(changes.iter().any(|change| change.field == name), "{name}: {changes:?}");
        assert!(mm1::encode(&cleaned).is_ok());
    }
    assert!(mm1::encode(&by(exact)).is_err());
}

//! Records come back from their octets; files of them in pieces, and with damage; hostile octets stay
//! within their limits.

use core::time::Duration;
use std::time::Instant;

use arbitrary::{Arbitrary, Unstructured};
use mms_codec::cdr::{
    self, Extra, FileHeader, IpAddress, MmO1SRecord, MmO4FRsRecord, Record, RecordHeader, RecordReader, Records,
    RsAddress, Tag, TagClass,
};
use mms_codec::fuzz::Target;
use mms_codec::message::{Address, RequestStatus};
use mms_codec::{Bytes, DecodeErrorKind, DeviationKind, EncodeErrorKind, Limit, Options};
use proptest::prelude::*;

/// Records of every kind, the same in every run.
fn records(count: usize) -> Vec<Record> {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut octets = || {
        let mut random = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        };
        (0..500).flat_map(|_| random()).collect::<Vec<u8>>()
    };
    let made = core::iter::from_fn(|| Some(octets()));
    made.filter_map(|octets| Record::arbitrary(&mut Unstructured::new(&octets)).ok()).take(count).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_record_comes_back(data in prop::collection::vec(any::<u8>(), 0..2_000)) {
        Target::CdrStructure.run(&data);
    }

    #[test]
    fn any_octets_are_decoded_or_refused(data in prop::collection::vec(any::<u8>(), 0..200)) {
        Target::Cdr.run(&data);
    }

    #[test]
    fn changed_records_are_decoded_or_refused(
        seed in any::<[u8; 16]>(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let data = seed.repeat(60);
        let Ok(record) = Record::arbitrary(&mut Unstructured::new(&data)) else { return Ok(()) };
        let mut octets = cdr::encode(&record).unwrap();
        for (place, octet) in changes {
            let place = place.index(octets.len());
            octets[place] = octet;
        }
        Target::Cdr.run(&octets);
    }
}

#[test]
fn every_kind_of_record_comes_back() {
    let records = records(1_000);
    for number in Record::NUMBERS {
        assert!(records.iter().any(|record| record.number() == *number), "{number}");
    }
    for record in records {
        let octets = Bytes::from(cdr::encode(&record).unwrap());
        let decoded = cdr::decode(&octets).unwrap();
        assert_eq!(decoded.value, record);
        let is_unusual = |kind| kind != DeviationKind::UnexpectedField;
        assert!(decoded.deviations.iter().all(|deviation| !is_unusual(deviation.kind)), "{:?}", decoded.deviations);
    }
}

/// An element with a definite length, in its shortest form.
fn element(identifier: &[u8], content: &[u8]) -> Vec<u8> {
    let mut octets = identifier.to_vec();
    match content.len() {
        length @ 0..0x80 => octets.push(u8::try_from(length).unwrap()),
        length => {
            octets.push(0x84);
            octets.extend(u32::try_from(length).unwrap().to_be_bytes());
        }
    }
    octets.extend(content);
    octets
}

/// An `mMO4FRsRecord` whose members are mandatory, and then `more`.
fn response(more: &[u8]) -> Bytes {
    let mut members = b"\x80\x01\x20\xa2\x0c\x80\x0ammsc.test1\x83\x03m-1".to_vec();
    members.extend(more);
    element(b"\xbf\x20", &members).into()
}

fn deviations(octets: &Bytes) -> Vec<(DeviationKind, usize, Option<&'static str>)> {
    let decoded = cdr::decode(octets).unwrap();
    assert_eq!(cdr::decode_with(octets, &Options::strict()).is_ok(), decoded.deviations.is_empty());
    decoded.deviations.iter().map(|deviation| (deviation.kind, deviation.offset, deviation.field)).collect()
}

#[test]
fn members_in_any_order_and_all_forms_of_lengths_are_no_deviation() {
    let usual = response(b"\x85\x01\x00");
    let value = cdr::decode(&usual).unwrap().value;
    for octets in [
        // Another order.
        &b"\xbf\x20\x19\x85\x01\x00\x83\x03m-1\xa2\x0c\x80\x0ammsc.test1\x80\x01\x20"[..],
        // Lengths in long forms.
        b"\xbf\x20\x82\x00\x1c\x80\x81\x01\x20\xa2\x82\x00\x0c\x80\x0ammsc.test1\x83\x03m-1\x85\x01\x00",
        // Indefinite lengths.
        b"\xbf\x20\x80\x80\x01\x20\xa2\x80\x80\x0ammsc.test1\0\0\x83\x03m-1\x85\x01\x00\0\0",
        // A string in segments.
        b"\xbf\x20\x21\x80\x01\x20\xa2\x0c\x80\x0ammsc.test1\xa3\x0b\x04\x01m\x24\x06\x04\x01-\x04\x011\x85\x01\x00",
    ] {
        let octets = Bytes::copy_from_slice(octets);
        let decoded = cdr::decode_with(&octets, &Options::strict());
        assert_eq!(decoded.unwrap().value, value, "{octets:?}");
    }
}

#[test]
fn what_is_wrong_with_a_member_is_told_with_its_place_and_name() {
    let cases: &[(&[u8], DeviationKind, usize, Option<&str>)] = &[
        (b"\x85\x02\x00\x04", DeviationKind::NonMinimalInteger, 27, Some("requestStatusCode")),
        (b"\x85\x00", DeviationKind::EmptyInteger, 27, Some("requestStatusCode")),
        (b"\x85\x01\xff", DeviationKind::InvalidValue, 27, Some("requestStatusCode")),
        (b"\xa5\x03\x02\x01\x00", DeviationKind::InvalidValue, 25, Some("requestStatusCode")),
        (b"\x87\x08\x24\x03\x05\x09\x30\x47\x2b\x00", DeviationKind::InvalidValue, 27, Some("recordTimeStamp")),
        (b"\x87\x09\x24\x13\x05\x09\x30\x47\x2b\x00\x00", DeviationKind::InvalidValue, 27, Some("recordTimeStamp")),
        (b"\x87\x09\x24\x03\x05\x09\x30\x47\x2d\x00\x00", DeviationKind::DateSpelling, 27, Some("recordTimeStamp")),
        (b"\x88\x05\x01\x00\x00\x00\x00", DeviationKind::InvalidValue, 27, Some("localSequenceNumber")),
        (b"\x83\x03m-2", DeviationKind::DuplicateField, 25, Some("messageID")),
        (b"\x80\x01\x20", DeviationKind::DuplicateField, 25, Some("recordType")),
        (b"\x8a\x01\x00", DeviationKind::UnexpectedField, 25, None),
        (b"\xc1\x01\x00", DeviationKind::UnexpectedField, 25, None),
        (b"\x9f\x06\x01k", DeviationKind::NonMinimalInteger, 25, None),
        (b"\xa1\x07\xa2\x05\x80\x03\xc0\x00\x02", DeviationKind::InvalidValue, 31, Some("iPAddress")),
    ];
    for (more, kind, offset, field) in cases {
        let octets = response(more);
        assert_eq!(deviations(&octets).first(), Some(&(*kind, *offset, *field)), "{more:02x?}");
        let value = cdr::decode(&octets).unwrap().value;
        // Whatever it was, nothing of it is lost.
        let again = cdr::decode(&cdr::encode(&value).unwrap().into()).unwrap().value;
        assert_eq!(again, value, "{more:02x?}");
    }
}

#[test]
fn the_older_numbering_is_read_and_reported() {
    for (number, own, kind) in [
        (30u8, 29u8, Some(DeviationKind::OlderNumbering)),
        (41, 40, Some(DeviationKind::OlderNumbering)),
        (42, 41, Some(DeviationKind::FieldConflict)),
        (42, 42, None),
    ] {
        let identifier = if number > 30 { vec![0xbf, number] } else { vec![0xa0 | number] };
        let octets = Bytes::from(element(&identifier, &[0x80, 1, own]));
        let decoded = cdr::decode(&octets).unwrap();
        assert_eq!(decoded.value.number(), u32::from(number));
        let first = decoded.deviations.iter().find(|deviation| deviation.field == Some("recordType"));
        assert_eq!(first.map(|deviation| deviation.kind), kind);
    }
}

#[test]
fn vendors_members_are_kept_and_written_back() {
    let more = b"\xc3\x01\x07\xff\x8f\x7f\x03\x04\x01\x01\xdf\x81\x00\x00\xa1\x0c\x80\x02mm\xc1\x06vendor";
    let octets = response(more);
    let decoded = cdr::decode(&octets).unwrap();
    let Record::MmO4FRs(record) = &decoded.value else { unreachable!() };
    let private = |number| Tag { class: TagClass::Private, number };
    assert_eq!(record.extra[0], Extra::new(private(3), false, &b"\x07"[..]));
    assert_eq!(record.extra[1], Extra::new(private(2_047), true, &b"\x04\x01\x01"[..]));
    assert_eq!(record.extra[2].tag, private(128));
    let system = record.originator_mms_rs_address.as_ref().unwrap();
    assert_eq!(system.extra, [Extra::new(private(1), false, &b"vendor"[..])]);
    let names: Vec<String> = decoded.value.fields().into_iter().map(|field| field.name).collect();
    assert_eq!(names[4..], ["[PRIVATE 3]", "[PRIVATE 2047]", "[PRIVATE 128]"]);
    let encoded = cdr::encode(&decoded.value).unwrap();
    assert!(encoded.ends_with(&more[..14]));
    assert_eq!(cdr::decode(&encoded.into()).unwrap().value, decoded.value);
}

#[test]
fn what_no_record_can_hold_is_not_written() {
    let mut record = MmO4FRsRecord::default();
    record.recipient_mms_rs_address = Some(RsAddress::from("mmsc.test1"));
    record.message_id = Some(Bytes::from_static(b"m-1"));
    let refused = |change: fn(&mut MmO4FRsRecord)| {
        let mut changed = record.clone();
        change(&mut changed);
        let error = cdr::encode(&changed).unwrap_err();
        (error.kind, error.field)
    };
    assert!(cdr::encode(&record).is_ok());
    assert_eq!(refused(|record| record.message_id = None), (EncodeErrorKind::MissingField, Some("messageID")));
    assert_eq!(
        refused(|record| record.request_status_code = Some(RequestStatus::Other("4".into()))),
        (EncodeErrorKind::NotExpressible, Some("requestStatusCode"))
    );
    assert_eq!(
        refused(|record| record.record_time_stamp = Some(mms_codec::message::Timestamp::from_seconds(0))),
        (EncodeErrorKind::NotExpressible, Some("recordTimeStamp"))
    );
    assert_eq!(
        refused(|record| {
            let text = RsAddress::from(IpAddress::TextV4("localhost".into()));
            record.originator_mms_rs_address = Some(text);
        }),
        (EncodeErrorKind::InvalidText, Some("iPAddress"))
    );
    let extra = |constructed, octets: &'static [u8]| {
        let mut changed = record.clone();
        changed.extra.push(Extra::new(Tag::context(40), constructed, octets));
        cdr::encode(&changed)
    };
    assert!(extra(false, b"\x04\x05").is_ok());
    assert!(extra(true, b"\x04\x01\x05").is_ok());
    assert_eq!(extra(true, b"\x04\x05").unwrap_err().kind, EncodeErrorKind::NotExpressible);

    let mut long = MmO1SRecord::default();
    let mut agent = cdr::AgentAddress::default();
    agent.address = Some(Address::phone("+12345678901234567").into());
    long.originator_mms_rs_address = Some(RsAddress::default());
    long.message_id = Some(Bytes::new());
    long.originator_address = Some(agent);
    let error = cdr::encode(&long).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::NumberTooLarge, Some("mMSAgentAddressData")));
}

/// All five forms of IP addresses, and where they stand.
#[test]
fn addresses_of_all_forms_are_shown() {
    let shown = |address: &[u8]| {
        let octets = response(&element(b"\xa1", &element(b"\xa2", address)));
        let decoded = cdr::decode_with(&octets, &Options::strict()).unwrap();
        assert_eq!(cdr::encode(&decoded.value).unwrap().len(), octets.len());
        decoded.value.fields()[1].values[0].to_string()
    };
    assert_eq!(shown(b"\x80\x04\xc0\x00\x02\x09"), "{ iPAddress 192.0.2.9 }");
    let v6 = b"\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x09";
    assert_eq!(shown(&element(b"\x81", v6)), "{ iPAddress 2001:db8::9 }");
    assert_eq!(shown(b"\x82\x09192.0.2.9"), "{ iPAddress 192.0.2.9 }");
    assert_eq!(shown(b"\x83\x142001:db8:0:0:0:0:0:9"), "{ iPAddress 2001:db8:0:0:0:0:0:9 }");
    let with_prefix = element(b"\xa4", &[element(b"\x04", v6), b"\x02\x01\x30".to_vec()].concat());
    assert_eq!(shown(&with_prefix), "{ iPAddress 2001:db8::9/48 }");
    assert_eq!(shown(&element(b"\xa4", &element(b"\x04", v6))), "{ iPAddress 2001:db8::9/64 }");
}

/// Call references have 1 to 8 octets, and identifiers of extensions end where a number does. What is
/// another thing is kept.
#[test]
fn octets_that_are_no_value_are_reported_and_kept() {
    let extension = |identifier: &[u8]| {
        element(b"\xab", &element(b"\x30", &[element(b"\x06", identifier), b"\xa2\x02\x05\x00".to_vec()].concat()))
    };
    let call = |reference: &[u8]| {
        let call = [b"\x80\x02\x91\x44".to_vec(), element(b"\x81", reference)].concat();
        element(b"\xa3", &element(b"\xa0", &call))
    };
    let cases: [(Vec<u8>, Option<&str>, &str); 6] = [
        (call(b"12345678"), None, "circuitSwitched { mSCIdentifier +44, callReferenceNumber 12345678 }"),
        (call(b""), Some("callReferenceNumber"), "circuitSwitched { mSCIdentifier +44, callReferenceNumber 0x }"),
        (
            call(b"123456789"),
            Some("callReferenceNumber"),
            "circuitSwitched { mSCIdentifier +44, callReferenceNumber 0x313233343536373839 }",
        ),
        // 2.25 and a UUID.
        (
            extension(b"\x69\x83\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f"),
            None,
            "{ identifier 2.25.340282366920938463463374607431768211455, information 0x0500 }",
        ),
        (extension(b"\x2b\x80\x01"), Some("recordExtensions"), "0x300906032B8001A2020500"),
        (extension(b"\x2b\x86"), Some("recordExtensions"), "0x300806022B86A2020500"),
    ];
    let said_before = |name: &str| ["messageID", "recipientAddress"].contains(&name);
    for (member, wrong, shown) in cases {
        let members = [b"\x80\x01\x22\x84\x03m-1\xa7\x06\xa0\x04\x82\x0212".to_vec(), member].concat();
        let octets = Bytes::from(element(b"\xbf\x22", &members));
        let said = deviations(&octets);
        let expected = wrong.map(|field| (DeviationKind::InvalidValue, Some(field)));
        let said: Vec<_> = said.into_iter().map(|(kind, _, field)| (kind, field)).collect();
        assert_eq!(said, expected.into_iter().collect::<Vec<_>>(), "{shown}");
        let value = cdr::decode(&octets).unwrap().value;
        let fields = value.fields();
        let last = fields.iter().find(|field| field.name != "recordType" && !said_before(&field.name));
        assert_eq!(last.unwrap().values[0].to_string(), shown);
        assert_eq!(cdr::encode(&value).unwrap().len(), octets.len(), "{shown}");
    }
    let refused = |change: fn(&mut cdr::MmO1DRecord)| {
        let mut record = cdr::MmO1DRecord::default();
        record.message_id = Some(Bytes::from_static(b"m-1"));
        let mut recipient = cdr::AgentAddress::default();
        recipient.address = Some(Address::short_code("12").into());
        record.recipient_address = Some(recipient);
        assert!(cdr::encode(&record).is_ok());
        change(&mut record);
        let error = cdr::encode(&record).unwrap_err();
        assert_eq!(error.kind, EncodeErrorKind::NotExpressible);
        error.field
    };
    assert_eq!(
        refused(|to| {
            let mut call = cdr::CircuitSwitchedAccess::default();
            call.msc_identifier = Some(cdr::IsdnNumber { numbering: 0x91, digits: "44".into() });
            call.call_reference_number = Some(cdr::CallReferenceNumber(Bytes::new()));
            to.access_correlation = Some(cdr::AccessCorrelation::CircuitSwitched(call));
        }),
        Some("callReferenceNumber")
    );
    assert_eq!(
        refused(|to| to.record_extensions = vec![cdr::ManagementExtension::new("", &b"\x05\x00"[..])]),
        Some("recordExtensions")
    );
}

/// What a header of a file says comes back, or is refused.
#[test]
fn headers_of_files_come_back() {
    let mut header = FileHeader::default();
    header.file_length = 60;
    header.high_release = (7, 31);
    header.high_release_extension = Some(17);
    header.private_extension = Bytes::from_static(b"own");
    header.extra = Bytes::from_static(b"more");
    let octets = header.to_octets().unwrap();
    assert_eq!(FileHeader::read(&octets).unwrap(), (header.clone(), octets.len()));
    let refused = |change: fn(&mut FileHeader)| {
        let mut header = header.clone();
        change(&mut header);
        header.to_octets().unwrap_err().kind
    };
    assert_eq!(refused(|header| header.low_release = (8, 0)), EncodeErrorKind::NumberTooLarge);
    assert_eq!(refused(|header| header.low_release = (6, 32)), EncodeErrorKind::NumberTooLarge);
    assert_eq!(refused(|header| header.low_release = (7, 0)), EncodeErrorKind::FieldConflict);
    assert_eq!(refused(|header| header.high_release = (5, 0)), EncodeErrorKind::FieldConflict);
    assert_eq!(refused(|header| header.routeing_filter = vec![0; 65_536].into()), EncodeErrorKind::NumberTooLarge);
}

#[test]
fn numbers_are_in_swapped_halves() {
    let shown = |address: &[u8]| {
        let octets = Bytes::from(element(b"\xbf\x21", &element(b"\xa6", &element(b"\xa0", address))));
        let value = cdr::decode(&octets).unwrap().value;
        value.fields()[1].values[0].to_string()
    };
    assert_eq!(shown(b"\x81\x07\x91\x44\x77\x00\x09\x10\x32"), "{ mMSAgentAddressData +447700900123/TYPE=PLMN }");
    assert_eq!(shown(b"\x81\x04\x81\x10\x32\xf4"), "{ mMSAgentAddressData 01234/TYPE=PLMN }");
    assert_eq!(shown(b"\x80\x0fkim@example.org"), "{ mMSAgentAddressData kim@example.org }");
    assert_eq!(shown(b"\x82\x047255"), "{ mMSAgentAddressData 7255 }");
}

#[test]
fn a_hundred_thousand_levels_are_told_and_cost_no_stack() {
    const LEVELS: usize = 100_000;
    let indefinite = [b"\xa5\x80".repeat(LEVELS), b"\0\0".repeat(LEVELS)].concat();
    let mut definite = Vec::new();
    for _ in 0..LEVELS {
        // From the inside out would be quadratic: the lengths all say that the rest is inside.
        definite.extend(b"\xa5\x84\0\0\0\0");
    }
    for level in 0..LEVELS {
        let length = u32::try_from(6 * (LEVELS - level - 1)).unwrap();
        definite[6 * level + 2..6 * level + 6].copy_from_slice(&length.to_be_bytes());
    }
    for nested in [&indefinite, &definite] {
        for tag in [&b"\xaf"[..], b"\xa9", b"\xa1", b"\xa3", b"\xa5"] {
            let octets = response(&element(tag, nested));
            let start = Instant::now();
            let mut result = None;
            let memory = allocation_counter::measure(|| result = Some(cdr::decode(&octets)));
            assert!(start.elapsed() < Duration::from_secs(2));
            assert!(memory.bytes_max <= 8 * octets.len() as u64 + 65_536, "{}", memory.bytes_max);
            let decoded = result.unwrap().unwrap();
            assert!(!decoded.deviations.is_empty());
            assert_eq!(cdr::encode(&decoded.value).unwrap_err().kind, EncodeErrorKind::NestingTooDeep);
        }
        assert!(cdr::decode(&Bytes::copy_from_slice(nested)).is_err());
    }
    // And where they do not end.
    let octets = Bytes::from([b"\xbf\x20\x80".to_vec(), b"\xa5\x80".repeat(LEVELS)].concat());
    let error = cdr::decode(&octets).unwrap_err();
    assert_eq!((error.kind, error.offset), (DecodeErrorKind::UnexpectedEnd, octets.len()));
}

#[test]
fn many_small_members_stay_within_the_memory_that_is_promised() {
    const COUNT: usize = 20_000;
    for more in [
        b"\xc1\x00".repeat(COUNT),
        b"\x83\x00".repeat(COUNT),
        b"\x85\x01\xff".repeat(COUNT),
        element(b"\xa9", &b"\x30\x00".repeat(COUNT)),
        element(b"\xa9", &b"\x30\x08\x06\x01\x2a\xa2\x03\x04\x01\x01".repeat(COUNT)),
        element(b"\xa9", &element(b"\x30", &b"\xc1\x00".repeat(COUNT))),
        element(b"\xa3", &b"\x04\x00".repeat(COUNT)),
        [b"\xc1\x12".to_vec(), vec![0; 18]].concat().repeat(COUNT),
    ] {
        let octets = response(&more);
        let mut result = None;
        let memory = allocation_counter::measure(|| result = Some(cdr::decode(&octets)));
        assert!(memory.bytes_max <= 8 * octets.len() as u64 + 65_536, "{} of {}", memory.bytes_max, octets.len());
        if let Err(error) = result.unwrap() {
            assert_eq!(error.kind, DecodeErrorKind::LimitExceeded(Limit::Items));
        }
    }
    // Addresses, the largest entries of any list.
    let addresses = b"\x30\x0b\xa0\x09\x81\x07\x91\x44\x77\x00\x09\x10\x32".repeat(COUNT);
    for entries in [addresses, b"\x30\x00".repeat(COUNT), b"\x30\x06\xa0\x04\x82\x02ab\xc0\x00".repeat(COUNT)] {
        let octets = Bytes::from(element(b"\xbf\x1f", &element(b"\xa6", &entries)));
        let memory = allocation_counter::measure(|| drop(cdr::decode(&octets)));
        assert!(memory.bytes_max <= 8 * octets.len() as u64 + 65_536, "{} of {}", memory.bytes_max, octets.len());
    }
}

/// A file with headers around these records.
fn headed(records: &[Vec<u8>]) -> Vec<u8> {
    let mut body = Vec::new();
    for record in records {
        body.extend(RecordHeader::new(u16::try_from(record.len()).unwrap(), 8, 1).to_octets().unwrap());
        body.extend(record);
    }
    let mut header = FileHeader::default();
    header.record_count = u32::try_from(records.len()).unwrap();
    header.file_length = u32::try_from(52 + body.len()).unwrap();
    [header.to_octets().unwrap(), body].concat()
}

#[test]
fn a_file_gives_its_records_however_it_comes() {
    let values = records(60);
    let octets: Vec<Vec<u8>> = values.iter().map(|record| cdr::encode(record).unwrap()).collect();
    for file in [octets.concat(), headed(&octets)] {
        let file = Bytes::from(file);
        let whole: Vec<Record> =
            Records::new(&file, &Options::lenient()).map(|entry| entry.unwrap().record.value).collect();
        assert_eq!(whole, values);
        for size in [1, 100, 10_000] {
            let mut reader = RecordReader::new(&Options::lenient());
            let mut read = Vec::new();
            for piece in file.chunks(size) {
                reader.feed(piece);
                read.extend(reader.by_ref().map(|entry| entry.unwrap().record.value));
            }
            reader.finish();
            read.extend(reader.by_ref().map(|entry| entry.unwrap().record.value));
            assert_eq!(read, values, "{size}");
        }
    }
}

/// In each of them one octet is another one, or is missing: all others come.
#[test]
fn a_damaged_record_costs_no_other_one() {
    let values = records(9);
    let octets: Vec<Vec<u8>> = values.iter().map(|record| cdr::encode(record).unwrap()).collect();
    let damaged = 4;
    for is_headed in [false, true] {
        for place in 0..octets[damaged].len().min(40) {
            for way in 0..3 {
                let mut octets = octets.clone();
                match way {
                    0 => octets[damaged][place] ^= 0x55,
                    1 => octets[damaged][place] = 0xff,
                    _ => drop(octets[damaged].remove(place)),
                }
                let file = Bytes::from(if is_headed { headed(&octets) } else { octets.concat() });
                let found: Vec<_> = Records::new(&file, &Options::lenient()).filter_map(Result::ok).collect();
                let found: Vec<&Record> = found.iter().map(|entry| &entry.record.value).collect();
                for (number, value) in values.iter().enumerate().filter(|(number, _)| *number != damaged) {
                    assert!(found.contains(&value), "record {number} is lost, octet {place}, way {way}, {is_headed}");
                }
            }
        }
    }
}

#[test]
fn hostile_files_take_linear_time() {
    const COUNT: usize = 100_000;
    let start = Instant::now();
    for pattern in [
        &b"\xbe\x80\x80\x01\x1e"[..],
        b"\xbe\x83\x0f\xff\xff\x80\x01\x1e",
        b"\xbf\x20\x83\x0f\xff\xff\x80\x01\x20\xc1\x00",
        b"\xbf\x20\x03\x80\x01\x20\xbf\x20\x83\x0f\xff\xff\x80\x01\x20",
        b"\xbf",
        b"\xbe\x82\xff\xff\x80\x01\x1e\xc2\x01",
        b"\0",
    ] {
        let file = Bytes::from(pattern.repeat(COUNT));
        let items = Records::new(&file, &Options::lenient()).count();
        assert!(items <= file.len());
        let mut reader = RecordReader::new(&Options::lenient());
        for piece in file.chunks(4_096) {
            reader.feed(piece);
            reader.by_ref().for_each(drop);
        }
        reader.finish();
        reader.by_ref().for_each(drop);
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

/// What people read has octets in base64, also in members that may be absent.
#[test]
#[cfg(feature = "serde")]
fn octets_of_a_record_are_base64_where_people_read_them() {
    let octets = Bytes::from_static(b"\xbf\x20\x80\x83\x03m-1\xa2\x0c\x80\x0ammsc.test1\x80\x01\x1f\0\0");
    let record = cdr::decode(&octets).unwrap().value;
    let mut json = serde_json::to_value(&record).unwrap();
    let members = json.as_object_mut().unwrap().values_mut().next().unwrap();
    assert_eq!(members["message_id"], "bS0x", "{members}");
    assert!(members["content_type"].is_null());
    // An absent member may be left out.
    members.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    assert_eq!(serde_json::from_value::<Record>(json).unwrap(), record);
}

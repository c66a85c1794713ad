use super::*;
use crate::wsp::value_length;

/// A number as uintvar, long-integer, integer-value and value-length.
type Number = (u32, &'static [u8], &'static [u8], &'static [u8], &'static [u8]);

/// WAP-230, 8.1.2.
const NUMBERS: &[Number] = &[
    (0, b"\x00", b"\x01\x00", b"\x80", b"\x00"),
    (1, b"\x01", b"\x01\x01", b"\x81", b"\x01"),
    (30, b"\x1e", b"\x01\x1e", b"\x9e", b"\x1e"),
    (31, b"\x1f", b"\x01\x1f", b"\x9f", b"\x1f\x1f"),
    (127, b"\x7f", b"\x01\x7f", b"\xff", b"\x1f\x7f"),
    (128, b"\x81\x00", b"\x01\x80", b"\x01\x80", b"\x1f\x81\x00"),
    (200, b"\x81\x48", b"\x01\xc8", b"\x01\xc8", b"\x1f\x81\x48"),
    (255, b"\x81\x7f", b"\x01\xff", b"\x01\xff", b"\x1f\x81\x7f"),
    (1000, b"\x87\x68", b"\x02\x03\xe8", b"\x02\x03\xe8", b"\x1f\x87\x68"),
    (16383, b"\xff\x7f", b"\x02\x3f\xff", b"\x02\x3f\xff", b"\x1f\xff\x7f"),
    (16384, b"\x81\x80\x00", b"\x02\x40\x00", b"\x02\x40\x00", b"\x1f\x81\x80\x00"),
    (34725, b"\x82\x8f\x25", b"\x02\x87\xa5", b"\x02\x87\xa5", b"\x1f\x82\x8f\x25"),
    (1_704_067_200, b"\x86\xac\xc8\x81\x00", b"\x04\x65\x92\x00\x80", b"\x04\x65\x92\x00\x80", b""),
    (4_294_967_295, b"\x8f\xff\xff\xff\x7f", b"\x04\xff\xff\xff\xff", b"\x04\xff\xff\xff\xff", b""),
];

fn write_long(to: &mut Writer, value: &u64) -> Result<(), EncodeError> {
    to.long_integer(*value);
    Ok(())
}

fn write_integer(to: &mut Writer, value: &u64) -> Result<(), EncodeError> {
    to.integer_value(*value);
    Ok(())
}

#[test]
fn reads_and_writes_numbers_in_all_forms() {
    for (number, uintvar, long, integer, _) in NUMBERS {
        let wide = u64::from(*number);
        both_ways(
            &[(*uintvar, *number)],
            |from| from.uintvar(),
            |to, value| {
                to.uintvar(*value);
                Ok(())
            },
        );
        both_ways(&[(*long, wide)], |from| from.long_integer(), write_long);
        both_ways(&[(*integer, wide)], |from| from.integer_value(), write_integer);
    }
}

#[test]
fn reads_and_writes_value_lengths() {
    for (number, .., prefix) in NUMBERS.iter().filter(|(.., prefix)| !prefix.is_empty()) {
        let length = usize::try_from(*number).unwrap();
        let octets = Bytes::from([*prefix, &alloc::vec![b'x'; length]].concat());
        let mut strict = reader(&octets, &Options::strict());
        assert_eq!(strict.value_length(), Ok(length));
        assert_eq!(strict.offset(), prefix.len());
        let content = octets.slice(prefix.len()..);
        let written = written(|to| {
            to.composite(|to| {
                to.octets(&content);
                Ok(())
            })
        });
        assert_eq!(written.as_deref(), Ok(octets.as_ref()));
        assert_eq!(value_length(&octets), Some(octets.len()));
    }
}

/// OMA-TS-MMS_ENC, 7.3.15, and WAP-230, 8.4.2.
#[test]
fn reads_and_writes_dates_and_delta_seconds() {
    both_ways(
        &[
            (&b"\x04\x35\x3f\x45\x11"[..], 893_338_897),
            (b"\x04\x65\x92\x00\x80", 1_704_067_200),
            (b"\x01\x3c", 60),
            (b"\x03\x02\xa3\x00", 172_800),
            (b"\x08\xff\xff\xff\xff\xff\xff\xff\xff", u64::MAX),
        ],
        |from| from.long_integer(),
        write_long,
    );
    both_ways(&[(&b"\xbc"[..], 60), (b"\x03\x02\xa3\x00", 172_800)], |from| from.integer_value(), write_integer);
}

#[test]
fn reads_and_writes_short_integers() {
    let rows: Vec<([u8; 1], u8)> = (0..=0x7f).map(|value| ([0x80 | value], value)).collect();
    for (octets, value) in rows {
        both_ways(
            &[(&octets[..], value)],
            |from| from.short_integer(),
            |to, value| {
                to.short_integer(*value);
                Ok(())
            },
        );
    }
}

/// In thousandths.
#[test]
fn reads_and_writes_qualities() {
    both_ways(
        &[
            (&b"\x01"[..], 0),
            (b"\x0b", 100),
            (b"\x33", 500),
            (b"\x47", 700),
            (b"\x64", 990),
            (b"\x65", 1),
            (b"\x83\x31", 333),
            (b"\x88\x4b", 999),
        ],
        |from| from.q_value(),
        |to, value| to.q_value(*value),
    );
    refuses_to_write(
        &[(&1000, EncodeErrorKind::NumberTooLarge), (&u16::MAX, EncodeErrorKind::NumberTooLarge)],
        |to, value| to.q_value(*value),
    );
    for thousandths in 0..1000 {
        let octets = Bytes::from(written(|to| to.q_value(thousandths)).unwrap());
        assert_eq!(reader(&octets, &Options::strict()).q_value(), Ok(thousandths));
    }
}

/// Major and minor, or major alone.
#[test]
fn reads_and_writes_versions() {
    both_ways(
        &[
            (&b"\x90"[..], (1, Some(0))),
            (b"\x91", (1, Some(1))),
            (b"\x92", (1, Some(2))),
            (b"\x93", (1, Some(3))),
            (b"\x9f", (1, None)),
            (b"\xa0", (2, Some(0))),
            (b"\xfe", (7, Some(14))),
            (b"8.0\x00", (8, Some(0))),
            (b"1.15\x00", (1, Some(15))),
            (b"0.1\x00", (0, Some(1))),
            (b"12\x00", (12, None)),
        ],
        |from| from.version_value(),
        |to, (major, minor)| {
            to.version_value(*major, *minor);
            Ok(())
        },
    );
}

#[test]
fn forgives_integers_of_the_wrong_form() {
    use DeviationKind::*;
    forgives(
        &[
            (b"\x80\x7f", 127, NonMinimalInteger, 0),
            (b"\x80\xff\x7f", 16383, NonMinimalInteger, 0),
            (b"\x80\x80\x80\x80\x01", 1, NonMinimalInteger, 0),
        ],
        |from| from.uintvar(),
    );
    forgives(
        &[
            (b"\x02\x00\x01", 1, NonMinimalInteger, 0),
            (b"\x00", 0, EmptyInteger, 0),
            (b"\xbc", 60, WrongIntegerForm, 0),
        ],
        |from| from.long_integer(),
    );
    let padded = [&[30][..], &[0; 29], &[7]].concat();
    forgives(&[(&padded, 7, NonMinimalInteger, 0)], |from| from.long_integer());
    forgives(&[(b"\x02\x00\x01", 1, NonMinimalInteger, 0), (b"\x00", 0, EmptyInteger, 0)], |from| from.integer_value());
    forgives(
        &[(b"\x05ab", 2, ValueLengthTooLong, 0), (b"\x1f\x8f\xff\xff\xff\x7fab", 2, ValueLengthTooLong, 0)],
        |from| from.value_length(),
    );
    // A long-integer where an integer-value would be short is legal.
    is_read(b"\x01\x04", &4, |from| from.integer_value());
}

#[test]
fn refuses_what_is_no_number() {
    use DecodeErrorKind::*;
    refuses(
        &[
            (b"", UnexpectedEnd, 0),
            (b"\x81", UnexpectedEnd, 1),
            (b"\x80", UnexpectedEnd, 1),
            (b"\x90\x80\x80\x80\x00", NumberTooLarge, 0),
            (b"\xff\xff\xff\xff\x7f", NumberTooLarge, 0),
            (b"\x81\x80\x80\x80\x80\x00", NumberTooLarge, 0),
            (b"\x80\x80\x80\x80\x80\x01", NumberTooLarge, 0),
            (&[0x80; 20], NumberTooLarge, 0),
        ],
        |from| from.uintvar(),
    );
    refuses(&[(b"", UnexpectedEnd, 0), (b"\x7f", UnexpectedOctet(0x7f), 0)], |from| from.short_integer());
    let readers: [fn(&mut Reader<'_>) -> _; 2] = [|from| from.long_integer(), |from| from.integer_value()];
    for read in readers {
        refuses(
            &[
                (b"", UnexpectedEnd, 0),
                (b"\x01", UnexpectedEnd, 1),
                (b"\x02\x01", UnexpectedEnd, 1),
                (b"\x1f\x01\x01", UnexpectedOctet(0x1f), 0),
                (b"a\x00", UnexpectedOctet(b'a'), 0),
                (b"\x09\x01\x00\x00\x00\x00\x00\x00\x00\x00", NumberTooLarge, 0),
            ],
            read,
        );
    }
    refuses(&[(b"", UnexpectedEnd, 0), (b"\x1f", UnexpectedEnd, 1), (b"\x20", UnexpectedOctet(0x20), 0)], |from| {
        from.value_length()
    });
    refuses(&[(b"\x00", InvalidText, 0), (b"\x88\x4c", InvalidText, 0), (b"\xff", UnexpectedEnd, 1)], |from| {
        from.q_value()
    });
    refuses(
        &[
            (b"", UnexpectedEnd, 0),
            (b"\x00", InvalidText, 0),
            (b"x\x00", InvalidText, 0),
            (b"1.\x00", InvalidText, 0),
            (b"+1\x00", InvalidText, 0),
            (b"1.2.3\x00", InvalidText, 0),
            (b"256\x00", InvalidText, 0),
            (b"\x04", UnexpectedOctet(4), 0),
        ],
        |from| from.version_value(),
    );
}

/// WAP-230, 8.4.1.2.
#[test]
fn skips_a_value_by_its_first_octet() {
    let long = [&[0x1f, 0x81, 0x00][..], &[0; 128]].concat();
    for (octets, size) in [
        (&b"\x00rest"[..], Some(1)),
        (b"\x01\x80rest", Some(2)),
        (b"\x1e0123456789 123456789 123456789rest", Some(31)),
        (b"\x1f\x02abrest", Some(4)),
        (&long, Some(131)),
        (b" text\x00rest", Some(6)),
        (b"\x7f\xc3\xa9\x00rest", Some(4)),
        (b"\x80rest", Some(1)),
        (b"\xffrest", Some(1)),
        (b"", None),
        (b"\x02\x80", None),
        (b"\x1f", None),
        (b"\x1f\x81", None),
        (b"\x1f\x03ab", None),
        (b"\x1f\x8f\xff\xff\xff\x7f", None),
        (b"\x1f\xff\xff\xff\xff\xff\x7f", None),
        (b"text", None),
    ] {
        assert_eq!(value_length(octets), size, "{octets:02x?}");
        let octets = Bytes::copy_from_slice(octets);
        let mut strict = reader(&octets, &Options::strict());
        let value = strict.raw_value();
        match size {
            Some(size) => assert_eq!(value, Ok(octets.slice(..size))),
            None => {
                let error = DecodeError { kind: DecodeErrorKind::UnexpectedEnd, offset: 0, field: FIELD };
                assert_eq!(value, Err(error));
            }
        }
    }
}

/// The long form of a value-length may hold any length (WAP-230, 8.4.2.2).
#[test]
fn reads_a_short_length_in_the_long_form() {
    for (octets, length) in [(&b"\x1f\x01a"[..], 1), (b"\x1f\x00", 0), (b"\x1f\x1eabcdefghijklmnopqrstuvwxyzabcd", 30)]
    {
        let octets = Bytes::copy_from_slice(octets);
        assert_eq!(Reader::new(&octets, &Options::strict()).value_length(), Ok(length));
    }
}

use super::*;
use crate::message::Parameter;
use crate::wsp::parameter::ParameterOwner;

fn text(name: &str, value: &str) -> Parameter {
    Parameter::Text { name: name.into(), value: value.into() }
}

fn coded(code: u32, value: &'static [u8]) -> Parameter {
    Parameter::Coded { code, value: Bytes::from_static(value) }
}

fn read(from: &mut Reader<'_>) -> Result<Vec<Parameter>, DecodeError> {
    from.parameters(ParameterOwner::Header)
}

fn write(to: &mut Writer, parameters: &[Parameter]) -> Result<(), EncodeError> {
    to.parameters(parameters, ParameterOwner::Header)
}

/// WAP-230, 8.4.2.4 and table 38.
#[test]
fn reads_and_writes_parameters() {
    both_ways(
        &[
            (&b"\x81\xea"[..], alloc::vec![text("charset", "utf-8")]),
            (b"\x81\x02\x07\xea", alloc::vec![text("charset", "big5")]),
            (b"\x81\x80", alloc::vec![text("charset", "*")]),
            (b"\x81x-mine\x00", alloc::vec![text("charset", "x-mine")]),
            (b"\x89\x82", alloc::vec![text("type", "text/html")]),
            (b"\x89application/smil\x00", alloc::vec![text("type", "application/smil")]),
            (b"\x85a.txt\x00", alloc::vec![text("name", "a.txt")]),
            (b"\x8a<smil>\x00", alloc::vec![text("start", "<smil>")]),
            (b"\x80\x47", alloc::vec![text("q", "0.7")]),
            (b"\x80\x01", alloc::vec![text("q", "0")]),
            (b"\x80\x83\x31", alloc::vec![text("q", "0.333")]),
            // No quality, and no name of a header.
            (b"q\x000.1234\x00", alloc::vec![text("q", "0.1234")]),
            (b"q\x000.12a\x00", alloc::vec![text("q", "0.12a")]),
            (b"differences\x00a b\x00", alloc::vec![text("differences", "a b")]),
            (b"\x82\x92", alloc::vec![text("level", "1.2")]),
            (b"\x82\x9f", alloc::vec![text("level", "1")]),
            (b"\x8e\xbc", alloc::vec![text("max-age", "60")]),
            (b"\x90\x00", alloc::vec![text("secure", "")]),
            (b"foo\x00\x85", alloc::vec![text("foo", "5")]),
            (b"foo\x00bar\x00", alloc::vec![text("foo", "bar")]),
            (b"foo\x00\x00", alloc::vec![text("foo", "")]),
            (b"foo\x00\x02\x03\xe8", alloc::vec![text("foo", "1000")]),
            (b"foo\x0000\x00", alloc::vec![text("foo", "00")]),
            (b"\x84a\x00", alloc::vec![text("uaprof", "a")]),
            (b"\x86a b.txt\x00", alloc::vec![text("filename", "a b.txt")]),
            (b"\x87\x8c", alloc::vec![text("differences", "Content-Language")]),
            (b"\x87X-A\x00", alloc::vec![text("differences", "X-A")]),
            (b"\x88\x85", alloc::vec![text("padding", "5")]),
            (b"\x8ba\x00", alloc::vec![text("start-info", "a")]),
            (b"\x8ca\x00", alloc::vec![text("comment", "a")]),
            (b"\x8da\x00", alloc::vec![text("domain", "a")]),
            (b"\x8f/\x00", alloc::vec![text("path", "/")]),
            (b"\x85\x00\x81\xea", alloc::vec![text("name", ""), text("charset", "utf-8")]),
            // Unassigned numbers.
            (b"\x9f\x85", alloc::vec![coded(0x1f, b"\x85")]),
            (b"\x9fa\x00\x81\xea", alloc::vec![coded(0x1f, b"a\x00"), text("charset", "utf-8")]),
            (b"\x02\x01\x00\x02\x01\x02", alloc::vec![coded(0x100, b"\x02\x01\x02")]),
            (b"\x81\x02\x27\x0f", alloc::vec![coded(0x01, b"\x02\x27\x0f")]),
            (b"\x89\xd9", alloc::vec![coded(0x09, b"\xd9")]),
            // The integer Type of older encodings is not a media type.
            (b"\x83\x85\x81\xea", alloc::vec![coded(0x03, b"\x85"), text("charset", "utf-8")]),
        ],
        read,
        |to, parameters| write(to, parameters),
    );
}

#[test]
fn reads_other_forms_of_the_same_parameter() {
    for (octets, parameter) in [
        (&b"\x8a\x22<smil>\x00"[..], text("start", "<smil>")),
        (b"\x01\x0a<smil>\x00", text("start", "<smil>")),
        (b"\x80\x00", text("q", "")),
        (b"\x900.99\x00", text("secure", "0.99")),
        (b"charset\x00\xea", text("charset", "utf-8")),
        (b"charset\x00utf-8\x00", text("charset", "utf-8")),
    ] {
        is_read(octets, &alloc::vec![parameter], read);
    }
}

#[test]
fn numbers_the_type_of_an_element_descriptor_in_its_own_way() {
    both_ways(
        &[(&b"\x82\x83\x81\xea"[..], alloc::vec![text("type", "text/plain"), text("charset", "utf-8")])],
        |from| from.parameters(ParameterOwner::ElementDescriptor),
        |to, parameters| to.parameters(parameters, ParameterOwner::ElementDescriptor),
    );
}

/// OMA-TS-MMS_ENC, 7.1: what is newer than WSP encoding version 1.3 is read and not written.
#[test]
fn forgives_parameters_of_newer_encodings() {
    use DeviationKind::NewerEncoding;
    forgives(
        &[
            (&b"\x97a.txt\x00"[..], alloc::vec![text("name", "a.txt")], NewerEncoding, 0),
            (b"\x98a\x00", alloc::vec![text("filename", "a")], NewerEncoding, 0),
            (b"\x99\x22<smil>\x00", alloc::vec![text("start", "<smil>")], NewerEncoding, 0),
            (b"\x9aa\x00", alloc::vec![text("start-info", "a")], NewerEncoding, 0),
            (b"\x9ba\x00", alloc::vec![text("comment", "a")], NewerEncoding, 0),
            (b"\x9ca\x00", alloc::vec![text("domain", "a")], NewerEncoding, 0),
            (b"\x9da\x00", alloc::vec![text("path", "a")], NewerEncoding, 0),
            (b"\x91\x81", alloc::vec![text("sec", "1")], NewerEncoding, 0),
            (b"\x92AB\x00", alloc::vec![text("mac", "AB")], NewerEncoding, 0),
            (b"\x93\x04\x65\x92\x00\x80", alloc::vec![text("creation-date", "1704067200")], NewerEncoding, 0),
            (b"\x94\x01\x01", alloc::vec![text("modification-date", "1")], NewerEncoding, 0),
            (b"\x95\x01\x01", alloc::vec![text("read-date", "1")], NewerEncoding, 0),
            (b"\x81\xea\x96\x90", alloc::vec![text("charset", "utf-8"), text("size", "16")], NewerEncoding, 2),
        ],
        read,
    );
    let octets = written(|to| write(to, &alloc::vec![text("size", "16"), text("mac", "AB")]));
    assert_eq!(octets.as_deref(), Ok(&b"size\x00\x90mac\x00AB\x00"[..]));
}

#[test]
fn forgives_parameter_values_of_the_wrong_form() {
    use DeviationKind::*;
    forgives(
        &[
            (&b"\x8a\x22<smil>\x22\x00"[..], alloc::vec![text("start", "<smil>")], QuotationMarks, 1),
            (b"\x85a\x22\x00", alloc::vec![text("name", "a")], QuotationMarks, 1),
            (b"\x85\x7fa\x00", alloc::vec![text("name", "a")], NeedlessQuote, 1),
            (b"\x85\xc3\xa9\x00", alloc::vec![text("name", "é")], MissingQuote, 1),
            (b"\x81\x02\x00\x6a", alloc::vec![text("charset", "utf-8")], NonMinimalInteger, 1),
            (b"foo\x00", alloc::vec![text("foo", "")], EmptyValue, 4),
        ],
        read,
    );
    // In strict mode the error says more.
    for (octets, parameter, offset, error) in [
        (&b"\x85\x02ab"[..], coded(0x05, b"\x02ab"), 1, DecodeErrorKind::UnexpectedOctet(2)),
        (b"\x90\x81", coded(0x10, b"\x81"), 1, DecodeErrorKind::UnexpectedOctet(0x81)),
        (b"\x89\x1f\x01\x83", coded(0x09, b"\x1f\x01\x83"), 1, DecodeErrorKind::UnexpectedOctet(0x1f)),
        (b"\x80\x88\x4c", coded(0x00, b"\x88\x4c"), 1, DecodeErrorKind::InvalidText),
    ] {
        let octets = Bytes::from_static(octets);
        let mut lenient = reader(&octets, &Options::lenient());
        assert_eq!(read(&mut lenient), Ok(alloc::vec![parameter]), "{octets:02x?}");
        assert_eq!(lenient.deviations(), [Deviation { kind: InvalidValue, offset, field: FIELD }]);
        let error = DecodeError { kind: error, offset, field: FIELD };
        assert_eq!(read(&mut reader(&octets, &Options::strict())), Err(error), "{octets:02x?}");
    }
}

/// Octets kept of it could not be written: they would take the next parameter with them.
#[test]
fn drops_a_value_that_is_cut() {
    for (octets, offset) in
        [(&b"\x85a\x00\x81"[..], 4), (b"\x85a\x00\x9f", 4), (b"\x85a\x00\x9f\x05\x81", 4), (b"\x85a\x00\x9fb", 4)]
    {
        let octets = Bytes::from_static(octets);
        let mut lenient = reader(&octets, &Options::lenient());
        assert_eq!(read(&mut lenient), Ok(alloc::vec![text("name", "a")]), "{octets:02x?}");
        assert!(lenient.is_empty());
        assert_eq!(lenient.deviations(), [Deviation { kind: DeviationKind::Truncated, offset, field: FIELD }]);
        let error = DecodeError { kind: DecodeErrorKind::UnexpectedEnd, offset, field: FIELD };
        assert_eq!(read(&mut reader(&octets, &Options::strict())), Err(error), "{octets:02x?}");
    }
}

#[test]
fn skips_nuls_between_parameters() {
    let name_and_charset = || alloc::vec![text("name", "a"), text("charset", "utf-8")];
    forgives(
        &[
            (&b"\x85a\x00\x00\x81\xea"[..], name_and_charset(), DeviationKind::StrayOctets, 3),
            (b"\x85a\x00\x81\xea\x00\x00\x00", name_and_charset(), DeviationKind::StrayOctets, 5),
        ],
        read,
    );
}

/// A reader takes quotation marks off a text-value, and a media type has none.
#[test]
fn writes_a_type_with_quotation_marks_so_that_it_is_read_again_or_not_at_all() {
    for of in [ParameterOwner::Header, ParameterOwner::ElementDescriptor] {
        let write = |value| written(|to| to.parameters(&[text("type", value)], of));
        for value in ["\"a/b\"", "a/b\""] {
            assert_eq!(write(value), Err(EncodeErrorKind::NotExpressible.into()), "{value}");
        }
        for value in ["\"a/b", "a\"/b", ""] {
            let octets = Bytes::from(write(value).unwrap());
            let read = reader(&octets, &Options::strict()).parameters(of);
            assert_eq!(read, Ok(alloc::vec![text("type", value)]));
        }
    }
}

#[test]
fn refuses_what_is_no_parameter() {
    use DecodeErrorKind::*;
    refuses(
        &[
            (b"\x7f\x00", UnexpectedOctet(0x7f), 0),
            (b"\x1f\x00", UnexpectedOctet(0x1f), 0),
            (b"a b\x00c\x00", InvalidText, 0),
            (b"\x05\x01\x00\x00\x00\x00\x85", NumberTooLarge, 0),
        ],
        read,
    );
}

#[test]
fn refuses_to_write_a_parameter_that_is_none() {
    use EncodeErrorKind::*;
    refuses_to_write(
        &[
            (&alloc::vec![text("a b", "c")], InvalidText),
            (&alloc::vec![text("", "c")], InvalidText),
            (&alloc::vec![text("name", "a\nb")], ControlCharacter(10)),
            (&alloc::vec![text("foo", "a\0")], ControlCharacter(0)),
            (&alloc::vec![text("name", "a\"")], NotExpressible),
            (&alloc::vec![coded(0x1f, b"")], NotExpressible),
            (&alloc::vec![coded(0x1f, b"ab")], NotExpressible),
            (&alloc::vec![coded(0x1f, b"\x81\x81")], NotExpressible),
        ],
        |to, parameters| write(to, parameters),
    );
}

/// Phones stop reading at the first parameter without a code.
#[test]
fn parameters_with_a_code_come_first_in_a_message() {
    let parameters = [text("format", "flowed"), text("charset", "utf-8"), text("x-a", "1"), text("name", "a.txt")];
    let sorted = b"\x81\xea\x85a.txt\0format\0flowed\0x-a\0\x81";
    let mut to = Writer::for_message();
    write(&mut to, &parameters).unwrap();
    assert_eq!(to.into_octets(), sorted);
    // Elsewhere their order is kept.
    assert_eq!(written(|to| write(to, &parameters)).unwrap(), b"format\0flowed\0\x81\xeax-a\0\x81\x85a.txt\0");
}

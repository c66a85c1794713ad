//! Shapes of charging records.

use super::Shape;

/// An element with a definite length.
fn element(tag: &[u8], content: &[u8]) -> Vec<u8> {
    let length = match u8::try_from(content.len()) {
        Ok(length) if length < 0x80 => vec![length],
        _ => [&b"\x84"[..], &u32::try_from(content.len()).unwrap().to_be_bytes()].concat(),
    };
    [tag, &length, content].concat()
}

/// An `MMO1SRecord` with these members behind its type.
fn record(members: &[u8]) -> Vec<u8> {
    element(b"\xbe", &[b"\x80\x01\x1e", members].concat())
}

fn many(member: &[u8], count: usize) -> Vec<u8> {
    record(&member.repeat(count))
}

/// A record in which this list has many of these elements.
fn list(tag: u8, unit: &[u8], count: usize) -> Vec<u8> {
    record(&element(&[tag], &unit.repeat(count)))
}

/// Of each member one that is many octets, and one that is many elements.
macro_rules! shapes {
    ([$($number:literal)+] $($shape:expr,)+) => {
        &[
            $(
                Shape::new(concat!("octets in member ", $number), 1, |n| list(0x80 | $number, b"1", n)),
                Shape::new(concat!("elements in member ", $number), 5, |n| list(0xa0 | $number, b"\xa0\x03\x80\x011", n)),
            )+
            $($shape,)+
        ]
    };
}

#[rustfmt::skip]
pub(super) const SHAPES: &[Shape] = shapes! {
    [1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26]
    Shape::new("a member that is repeated", 5, |n| many(b"\x82\x03abc", n)),
    Shape::new("unknown members", 5, |n| many(b"\x9f\x7f\x02ab", n)),
    Shape::new("private members", 4, |n| many(b"\xc1\x02ab", n)),
    Shape::new("universal members", 4, |n| many(b"\x04\x02ab", n)),
    Shape::new("empty members", 2, |n| many(b"\x82\0", n)),
    Shape::new("lengths that are longer than needed", 6, |n| many(b"\x82\x83\0\0\x01a", n)),
    Shape::new("one length that is longer than needed", 1, |n| record(&[&b"\x82\xfe"[..], &b"\0".repeat(n.min(126))].concat())),
    Shape::new("tags of many octets", 8, |n| many(b"\x9f\x8f\xff\xff\xff\x7f\x01a", n)),
    Shape::new("one endless tag", 1, |n| record(&[&b"\x9f"[..], &b"\x81".repeat(n)].concat())),
    Shape::new("indefinite lengths in one another", 2, |n| record(&b"\xa5\x80".repeat(n))),
    Shape::new("indefinite lengths beside one another", 4, |n| many(b"\xa5\x80\0\0", n)),
    Shape::new("ends of contents", 2, |n| many(b"\0\0", n)),
    Shape::new("definite lengths in one another", 6, |n| {
        record(&(0..n.min(2_000)).fold(Vec::new(), |inner, _| element(b"\xa5", &inner)))
    }),
    Shape::new("strings of pieces", 4, |n| list(0xa2, b"\x04\x02ab", n)),
    Shape::new("strings of pieces of indefinite length", 6, |n| list(0xa2, b"\x24\x80\x04\0\0\0", n)),
    Shape::new("recipients", 11, |n| list(0xa5, b"\x31\x09\xa0\x07\x82\x0572491", n)),
    Shape::new("recipients of numbers", 11, |n| list(0xa5, b"\x31\x09\xa0\x07\x81\x05\x21\x43\x65\x87\xf9", n)),
    Shape::new("recipients with types", 16, |n| list(0xa5, b"\x31\x0e\xa0\x07\x82\x0572491\xa1\x03\x0a\x01\x01", n)),
    Shape::new("one long number", 1, |n| {
        record(&element(b"\xa4", &element(b"\xa0", &element(b"\x81", &b"\x21".repeat(n)))))
    }),
    Shape::new("extensions", 7, |n| list(0xb8, b"\x30\x05\x06\x01\x2a\x05\0", n)),
    Shape::new("records behind one another", 5, |n| b"\xbe\x03\x80\x01\x1e".repeat(n)),
    Shape::new("records that are cut", 2, |n| b"\xbe\x7f".repeat(n)),
    Shape::new("zeros", 1, |n| b"\0".repeat(n)),
    Shape::new("noise", 2, |n| b"\xff\x80".repeat(n)),
};

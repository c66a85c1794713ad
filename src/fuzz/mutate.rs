//! Changes of a message by its pieces: what a custom mutator of a fuzzer does.

use alloc::vec::Vec;

/// What the pieces of a message are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Syntax {
    /// The fields of a PDU of MM1 and the parts of its body.
    #[cfg(feature = "mm1")]
    Mm1,
    /// Header fields with their continuation lines, and other lines: mail and HTTP.
    Lines,
    /// Tags of XML and the text between them, behind the line with the content type.
    Xml,
}

/// Changes `message` in up to four places: pieces are left out, repeated, exchanged, moved, cut or replaced by pieces
/// of `other`; or an octet near the start of one, where lengths and codes are, becomes another. The same arguments
/// give the same message, of at most `longest` octets.
///
/// # Examples
///
/// ```
/// use mms_codec::fuzz::{Syntax, mutate};
///
/// let mail = b"Subject: a\r\nTo: b@c.example\r\n\r\nhello\r\n";
/// let changed = mutate(Syntax::Lines, mail, mail, 7, 100);
/// assert_eq!(changed, mutate(Syntax::Lines, mail, mail, 7, 100));
/// assert!(changed.len() <= 100);
/// ```
#[must_use]
pub fn mutate(syntax: Syntax, message: &[u8], other: &[u8], seed: u64, longest: usize) -> Vec<u8> {
    let mut random = Random(seed);
    let mut mine: Vec<Vec<u8>> = syntax.pieces(message).into_iter().map(<[u8]>::to_vec).collect();
    let others = syntax.pieces(other);
    for _ in 0..=random.below(4) {
        let (at, to) = (random.below(mine.len()), random.below(mine.len()));
        let Some(piece) = mine.get(at).cloned() else {
            mine.extend(others.get(random.below(others.len())).map(|piece| piece.to_vec()));
            continue;
        };
        match random.below(8) {
            0 => drop(mine.remove(at)),
            1 => mine.insert(at, piece),
            2 => mine.swap(at, to),
            3 => {
                mine.remove(at);
                mine.insert(to.min(mine.len()), piece);
            }
            4 => mine.extend(others.get(random.below(others.len())).map(|piece| piece.to_vec())),
            5 => {
                let by = others.get(random.below(others.len())).map_or(&[][..], |piece| piece);
                mine.splice(at..=at, [by.to_vec()]).for_each(drop);
            }
            6 => {
                let length = random.below(piece.len());
                mine.splice(at..=at, [piece.get(..length).unwrap_or_default().to_vec()]).for_each(drop);
            }
            _ => {
                let [octet, way, ..] = random.next().to_le_bytes();
                let place = random.below(piece.len().min(4));
                if let Some(place) = mine.get_mut(at).and_then(|piece| piece.get_mut(place)) {
                    *place = match way % 3 {
                        0 => place.wrapping_add(1),
                        1 => place.wrapping_sub(1),
                        _ => octet,
                    };
                }
            }
        }
    }
    let mut changed = mine.concat();
    changed.truncate(longest);
    changed
}

struct Random(u64);

impl Random {
    const fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, or 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or_default().checked_rem(end).unwrap_or_default()
    }
}

impl Syntax {
    /// The pieces of a message, which together are all of it.
    fn pieces(self, message: &[u8]) -> Vec<&[u8]> {
        let starts: Vec<usize> = match self {
            #[cfg(feature = "mm1")]
            Self::Mm1 => starts_of_fields_and_parts(message),
            Self::Lines => memchr::memchr_iter(b'\n', message)
                .map(|end| end + 1)
                .filter(|start| !matches!(message.get(*start), Some(b' ' | b'\t')))
                .collect(),
            Self::Xml => memchr::memchr2_iter(b'<', b'>', message)
                .map(|place| if message.get(place) == Some(&b'>') { place + 1 } else { place })
                .collect(),
        };
        let mut pieces = Vec::new();
        let (mut rest, mut offset) = (message, 0);
        for start in starts {
            let Some((piece, after)) = rest.split_at_checked(start - offset).filter(|(piece, _)| !piece.is_empty())
            else {
                continue;
            };
            pieces.push(piece);
            (rest, offset) = (after, start);
        }
        if !rest.is_empty() {
            pieces.push(rest);
        }
        pieces
    }
}

/// Where fields, the number of parts, and parts begin, in this order.
#[cfg(feature = "mm1")]
fn starts_of_fields_and_parts(message: &[u8]) -> Vec<usize> {
    use crate::mm1::{FieldCode, FieldName, Fields};
    use crate::wsp::{MultipartReader, value_length};

    let mut starts = Vec::new();
    for field in Fields::new(message).map_while(Result::ok) {
        starts.push(field.offset);
        if field.name == FieldName::Code(FieldCode::CONTENT_TYPE)
            && let Some(length) = value_length(field.value)
            && let Some(body) = field.value.get(length..)
        {
            let start = field.offset + 1 + length;
            starts.push(start);
            starts.extend(MultipartReader::new(body).map(|part| start + part.offset));
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::Syntax;

    #[test]
    fn pieces_are_fields_parts_lines_and_tags() {
        let mail = &b"A: b\r\n c\r\nD: e\r\n\r\nf"[..];
        assert_eq!(Syntax::Lines.pieces(mail), [&b"A: b\r\n c\r\n"[..], b"D: e\r\n", b"\r\n", b"f"]);
        let xml = &b"text/xml\n<a b='1'>c<d/></a>"[..];
        assert_eq!(Syntax::Xml.pieces(xml), [&b"text/xml\n"[..], b"<a b='1'>", b"c", b"<d/>", b"</a>"]);
        for (syntax, message) in [(Syntax::Lines, mail), (Syntax::Xml, xml), (Syntax::Xml, &b"<<>>"[..])] {
            assert_eq!(syntax.pieces(message).concat(), message);
        }
    }

    #[cfg(feature = "mm1")]
    #[test]
    fn pieces_of_a_pdu_are_fields_and_parts() {
        let pdu = b"\x8c\x84\x98T\0\x8d\x92\x84\xa3\x02\x01\x01\x83a\x01\x02\x83bc";
        let pieces = Syntax::Mm1.pieces(pdu);
        let expected =
            [&b"\x8c\x84"[..], b"\x98T\0", b"\x8d\x92", b"\x84\xa3", b"\x02", b"\x01\x01\x83a", b"\x01\x02\x83bc"];
        assert_eq!(pieces, expected);
    }
}

//! Parts in the form that nearly all have: octets with a content type, `Content-ID` and
//! `Content-Location`, and nothing to forgive.
//!
//! They are read here in one go over a slice, in a third of the time that the careful way of
//! [`multipart`](super::multipart) takes, which reads everything else. Where both can read a part
//! they read the same, as a test at the foot of this file shows.

use alloc::vec::Vec;

use bytes::Bytes;

use super::assigned;
use super::content_type::is_usable;
use super::integer::uintvar_prefix;
use super::multipart::{CONTENT_ID, CONTENT_LOCATION};
use super::parameter::{PARAMETERS, Syntax, Use, charset_name};
use super::text::plain;
use crate::message::{Content, ContentType, MediaType, Parameter, Part, Str};

/// Reads the part that `octets` begin with into `part`, but for its content, and gives the content
/// and what follows it. `None` if the part takes more care; `part` is anything then.
pub(super) fn leaf<'a>(octets: &'a [u8], part: &mut Part) -> Option<(&'a [u8], &'a [u8])> {
    let (headers_length, rest) = length(octets)?;
    let (data_length, rest) = length(rest)?;
    let (headers, rest) = rest.split_at_checked(headers_length)?;
    let (data, after) = rest.split_at_checked(data_length)?;
    part_headers(headers, part)?;
    part.content_type.multipart_subtype().is_none().then_some((data, after))
}

fn length(octets: &[u8]) -> Option<(usize, &[u8])> {
    let (length, size) = uintvar_prefix(octets).filter(|_| octets.first() != Some(&0x80))?;
    Some((usize::try_from(length).ok()?, octets.get(size..)?))
}

/// Reads the content type and the headers, which are `octets`, into `part`.
fn part_headers(octets: &[u8], part: &mut Part) -> Option<()> {
    let (content_type, mut rest) = content_type(octets)?;
    part.content_type = content_type;
    while let [first, value @ ..] = rest {
        let field = match (first & 0x7f, value) {
            (CONTENT_ID, [b'"', value @ ..]) if *first >= 0x80 && part.content_id.is_none() => {
                (&mut part.content_id, unmarked(value)?)
            }
            (CONTENT_LOCATION, value) if *first >= 0x80 && part.content_location.is_none() => {
                (&mut part.content_location, plain(value)?)
            }
            _ => return None,
        };
        let (slot, (text, after)) = field;
        *slot = Some(Str::from_ascii(text)?);
        rest = after;
    }
    Some(())
}

/// A part to be read into.
pub(super) fn empty() -> Part {
    Part::with_content(ContentType { media: MediaType::Code(0), parameters: Vec::new() }, Content::Octets(Bytes::new()))
}

/// The content type that `octets` begin with, and what follows it.
pub(super) fn content_type(octets: &[u8]) -> Option<(ContentType, &[u8])> {
    let (inner, after) = match octets {
        [length @ 0x01..=0x1e, rest @ ..] | [0x1f, length @ 0x1f..=0x7f, rest @ ..] => {
            rest.split_at_checked(usize::from(*length))?
        }
        _ => {
            let (media, after) = media(octets)?;
            return Some((ContentType { media, parameters: Vec::new() }, after));
        }
    };
    let (media, mut rest) = media(inner)?;
    let mut parameters = Vec::with_capacity(if rest.is_empty() { 0 } else { 2 });
    while let [code @ 0x80..=0xff, value @ ..] = rest {
        let &(name, syntax, allowed) = PARAMETERS.get(usize::from(code & 0x7f))?;
        let (value, after) = match (syntax, value) {
            _ if allowed == Use::Newer => return None,
            (Syntax::Charset, [number @ 0x80..=0xff, after @ ..]) => {
                (Str::from_static(charset_name(u64::from(number & 0x7f))?), after)
            }
            (Syntax::Text, [b'"', value @ ..]) | (Syntax::Text, value) | (Syntax::Media, value @ [0x21..=0x7e, ..]) => {
                let (text, after) = unmarked(value)?;
                (Str::from_ascii(text)?, after)
            }
            _ => return None,
        };
        parameters.push(Parameter::Text { name: Str::from_static(name), value });
        rest = after;
    }
    rest.is_empty().then_some((ContentType { media, parameters }, after))
}

fn media(octets: &[u8]) -> Option<(MediaType, &[u8])> {
    if let [code @ 0x80..=0xff, after @ ..] = octets {
        let code = u32::from(code & 0x7f);
        let name = assigned::media_type(code).filter(|_| is_usable(code))?;
        return Some((MediaType::Name(Str::from_static(name)), after));
    }
    let (text, after) = plain(octets)?;
    if !text.contains(&b'/') || text.iter().any(|octet| matches!(octet, b';' | b',')) {
        return None;
    }
    Some((MediaType::Name(Str::from_ascii(text)?), after))
}

/// A plain text that ends with NUL, without a quotation mark at its end.
fn unmarked(octets: &[u8]) -> Option<(&[u8], &[u8])> {
    plain(octets).filter(|(text, _)| text.last() != Some(&b'"'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::wsp::Reader;
    use proptest::prelude::*;

    fn part(octets: &[u8]) -> Option<Part> {
        let mut part = empty();
        part_headers(octets, &mut part).map(|()| part)
    }

    /// What the careful way makes of the same octets.
    fn carefully(octets: &[u8]) -> Option<Part> {
        let input = Bytes::copy_from_slice(octets);
        let mut from = Reader::new(&input, &Options::strict());
        from.bind_to_version_1_3();
        from.part_headers().ok().filter(|_| from.is_empty())
    }

    #[test]
    fn reads_the_parts_of_a_phone() {
        let smil = b"\x1dapplication/smil\0\x81\xea\x85smil.xml\0\xc0\"<smil>\0\x8esmil.xml\0";
        let part = part(smil).unwrap();
        assert_eq!(alloc::format!("{}", part.content_type), "application/smil; charset=utf-8; name=smil.xml");
        assert_eq!((part.content_id.as_deref(), part.content_location.as_deref()), (Some("<smil>"), Some("smil.xml")));
        assert_eq!(Some(part), carefully(smil));
    }

    /// Pieces of part headers, usual and not.
    const PIECES: &[&[u8]] = &[
        b"\x9d",
        b"\x83",
        b"\xbe",
        b"\xbb",
        b"\xd9",
        b"text/plain\0",
        b"a;b\0",
        b"text\0",
        b"\0",
        b"\x07",
        b"\x03",
        b"\x1f\x1f",
        b"\x81\xea",
        b"\x81\x80",
        b"\x81\x02\x03\xe8",
        b"\x85a.txt\0",
        b"\x85\"a\0",
        b"\x85a\"\0",
        b"na me\0",
        b"\x83\x82",
        b"\x8a<smil>\0",
        b"\x89application/smil\0",
        b"\x89\x83",
        b"\x97b\0",
        b"\x90\0",
        b"name\0x\0",
        b"\xc0\"<a>\0",
        b"\xc0a\0",
        b"\xc0\"a\"\0",
        b"\x8eb\0",
        b"\x8e\0",
        b"\xae\x02\x81\x80",
        b"\x8e\x7f\xc3\xa9\0",
        b"\xc5\x81",
        b"X-A\0b\0",
        b"\x85",
        b"\x85a longer name than fits inline.txt\0",
    ];

    proptest! {
        #[test]
        fn reads_what_the_careful_way_reads(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..6),
            length in 0u8..=31,
        ) {
            let plain = pieces.concat();
            let composite = [&[length][..], &plain].concat();
            for octets in [plain, composite] {
                if let Some(usual) = part(&octets) {
                    prop_assert_eq!(Some(usual), carefully(&octets));
                }
            }
        }
    }
}

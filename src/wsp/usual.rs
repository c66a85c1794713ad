//! Parts in the form that nearly all have: octets with a content type, `Content-ID`,
//! `Content-Location` and `Content-Disposition`, and nothing to forgive.
//!
//! They are read here in one go over a slice, in a third of the time that the careful way of
//! [`multipart`](super::multipart) takes, which reads everything else. Where both can read a part
//! they read the same, as a test at the foot of this file shows. To move a text or a part that was
//! just built costs as much as to read it, so that each is built where it stays.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ops::Range;

use bytes::Bytes;

use super::assigned;
use super::content_type::{is_plain_media_type, is_usable};
use super::integer::uintvar_prefix;
use super::multipart::{CONTENT_DISPOSITION, CONTENT_ID, CONTENT_LOCATION, DISPOSITIONS};
use super::parameter::{PARAMETERS, Syntax, Use, charset_name};
use super::usual_text::plain;
use crate::list::push_new;
use crate::message::{Content, ContentDisposition, ContentType, MediaType, Parameter, Part, Str, multipart_subtype};

const CODED_CONTENT_ID: u8 = CONTENT_ID | 0x80;
const CODED_CONTENT_LOCATION: u8 = CONTENT_LOCATION | 0x80;
const CODED_CONTENT_DISPOSITION: u8 = CONTENT_DISPOSITION | 0x80;

/// How many octets behind a text let it be copied at one stroke.
const STROKE: usize = 32;

/// Puts the part that `octets` begin with, whose content `share` makes of its place in them, behind `parts`, and returns
/// what follows it. `None` if the part takes more care.
#[inline]
pub(super) fn leaf<'a>(
    octets: &'a [u8],
    parts: &mut Vec<Part>,
    share: impl FnOnce(Range<usize>) -> Bytes,
) -> Option<&'a [u8]> {
    let (headers_length, rest) = length(octets)?;
    let (data_length, rest) = length(rest)?;
    let after = rest.get(headers_length..)?.get(data_length..)?;
    let data_end = octets.len() - after.len();
    // Made so long before it is moved to its place that it is in the cache then.
    let content = share(data_end - data_length..data_end);
    // A text without end is looked for no further than that, or the octets behind would be looked
    // at again for each part.
    let headers = rest.get(..headers_length.saturating_add(STROKE)).unwrap_or(rest);
    let end = headers.len().checked_sub(headers_length)?;
    let (media, rest) = media_and_rest(headers)?;
    if multipart_subtype(media.octets()).is_some() {
        return None;
    }
    push_new(parts, || Part::with_content(ContentType::EMPTY, Content::Octets(content)));
    if parts.last_mut().is_some_and(|part| part_headers(media, rest, end, part).is_some()) {
        return Some(after);
    }
    parts.pop();
    None
}

fn length(octets: &[u8]) -> Option<(usize, &[u8])> {
    let (length, size) = uintvar_prefix(octets).filter(|_| octets.first() != Some(&0x80))?;
    Some((usize::try_from(length).ok()?, octets.get(size..)?))
}

/// Where the parameters of a content type begin, and behind how many octets from the end they end.
type Rest<'a> = (&'a [u8], usize);

/// Reads the content type, whose media type is read already, and the headers, which `end` octets follow.
#[inline]
fn part_headers(media: Ascii<'_>, rest: Rest<'_>, end: usize, part: &mut Part) -> Option<()> {
    let mut rest = media_and_parameters(media, rest, &mut part.content_type)?;
    while rest.len() > end {
        let (slot, value, (text, after)) = match rest {
            [CODED_CONTENT_ID, b'"', value @ ..] => (&mut part.content_id, value, unmarked(value)?),
            [CODED_CONTENT_LOCATION, value @ ..] => (&mut part.content_location, value, plain(value)?),
            [CODED_CONTENT_DISPOSITION, value @ ..] if part.disposition.is_none() => {
                let (value, after) = content_disposition(value)?;
                part.disposition = Some(value);
                rest = after;
                continue;
            }
            _ => return None,
        };
        if slot.is_some() {
            return None;
        }
        slot.get_or_insert_with(|| Str::from_ascii(value, text.len()));
        rest = after;
    }
    (rest.len() == end).then_some(())
}

/// Reads the content type that `octets` begin with, and returns what follows it.
pub(super) fn content_type<'a>(octets: &'a [u8], into: &mut ContentType) -> Option<&'a [u8]> {
    let (media, rest) = media_and_rest(octets)?;
    media_and_parameters(media, rest, into)
}

#[inline(always)]
fn media_and_parameters<'a>(media: Ascii<'_>, rest: Rest<'a>, into: &mut ContentType) -> Option<&'a [u8]> {
    into.media = match media {
        Ascii::Octets { octets, length } => MediaType::Name(Str::from_ascii(octets, length)),
        Ascii::Name(name) => MediaType::Name(Str::from_static(name)),
    };
    parameters(rest, &mut into.parameters)
}

fn content_disposition(octets: &[u8]) -> Option<(Box<ContentDisposition>, &[u8])> {
    let [length @ 0x01..=0x1e, inner @ ..] = octets else { return None };
    let end = inner.len().checked_sub(usize::from(*length))?;
    let [code @ 0x80..=0xff, rest @ ..] = inner else { return None };
    let kind = Str::from_static(DISPOSITIONS.get(usize::from(code & 0x7f))?);
    let mut disposition = Box::new(ContentDisposition { kind, parameters: Vec::new() });
    let after = parameters((rest, end), &mut disposition.parameters)?;
    Some((disposition, after))
}

/// A text of a part, in place.
#[derive(Clone, Copy)]
enum Ascii<'a> {
    /// The first `length` octets; those behind them let it be copied at one stroke.
    Octets { octets: &'a [u8], length: usize },
    /// The name of a code.
    Name(&'static str),
}

impl Ascii<'_> {
    #[inline]
    fn octets(&self) -> &[u8] {
        match self {
            Self::Octets { octets, length } => octets.get(..*length).unwrap_or_default(),
            Self::Name(name) => name.as_bytes(),
        }
    }
}

#[inline(always)]
fn media_and_rest(octets: &[u8]) -> Option<(Ascii<'_>, Rest<'_>)> {
    let (length, inner) = match octets {
        [length @ 0x01..=0x1e, inner @ ..] | [0x1f, length @ 0x1f..=0x7f, inner @ ..] => (*length, inner),
        _ => {
            let (media, after) = media(octets)?;
            return Some((media, (after, after.len())));
        }
    };
    let end = inner.len().checked_sub(usize::from(length))?;
    let (media, rest) = media(inner)?;
    Some((media, (rest, end)))
}

/// Reads the parameters that `rest` begins with, behind which `end` octets are left, and returns those.
#[inline]
fn parameters<'a>((mut rest, end): Rest<'a>, into: &mut Vec<Parameter>) -> Option<&'a [u8]> {
    if rest.len() > end {
        // As many as there mostly are.
        *into = Vec::with_capacity(2);
    }
    while rest.len() > end {
        let [code @ 0x80..=0xff, value @ ..] = rest else { return None };
        let &(name, syntax, allowed) = PARAMETERS.get(usize::from(code & 0x7f))?;
        rest = match (syntax, value) {
            _ if allowed == Use::Newer => return None,
            (Syntax::Charset, [number @ 0x80..=0xff, after @ ..]) => {
                let charset = charset_name(u64::from(number & 0x7f))?;
                push_new(into, || Parameter::Text { name: Str::from_static(name), value: Str::from_static(charset) });
                after
            }
            (Syntax::Text, [b'"', value @ ..]) | (Syntax::Text, value) | (Syntax::Media, value @ [0x21..=0x7e, ..]) => {
                let (text, after) = unmarked(value)?;
                push_new(into, || Parameter::Text {
                    name: Str::from_static(name),
                    value: Str::from_ascii(value, text.len()),
                });
                after
            }
            _ => return None,
        };
    }
    (rest.len() == end).then_some(rest)
}

#[inline(always)]
fn media(octets: &[u8]) -> Option<(Ascii<'_>, &[u8])> {
    if let [code @ 0x80..=0xff, after @ ..] = octets {
        let code = u32::from(code & 0x7f);
        let name = assigned::media_type(code).filter(|_| is_usable(code))?;
        return Some((Ascii::Name(name), after));
    }
    let (name, after) = plain(octets)?;
    if !is_plain_media_type(name) {
        return None;
    }
    Some((Ascii::Octets { octets, length: name.len() }, after))
}

/// A plain text that ends with NUL, without a quotation mark before that, and what follows it.
#[inline(always)]
fn unmarked(octets: &[u8]) -> Option<(&[u8], &[u8])> {
    plain(octets).filter(|(text, _)| text.last() != Some(&b'"'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::wsp::{Reader, Writer};
    use proptest::prelude::*;

    /// The part with these headers and nothing else.
    fn part_with(headers: &[u8]) -> Option<Part> {
        let mut length = Writer::new();
        length.uintvar(u32::try_from(headers.len()).unwrap());
        let octets = [&length.into_chain().to_vec()[..], &[0], headers].concat();
        let read = |octets| {
            let mut parts = Vec::new();
            let after = leaf(octets, &mut parts, |_| Bytes::new())?;
            Some((parts.pop().filter(|_| parts.is_empty())?, after.len()))
        };
        let part = read(&octets).map(|(part, _)| part);
        // Whatever follows makes no difference.
        let behind = b"text\0 of another part, long enough";
        let followed = [&octets[..], behind].concat();
        assert_eq!(read(&followed), part.clone().map(|part| (part, behind.len())));
        part
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
        let part = part_with(smil).unwrap();
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
        b"\xae\x01\x81",
        b"\xae\x01\x83",
        b"\xae\x04\x82\x86a\0",
        b"\xae\x05\x80\x86a\0",
        b"\xae\x04\x81\x98a\0",
        b"\xae\x1e\x81",
        b"\xae\x81",
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
                if let Some(usual) = part_with(&octets) {
                    prop_assert_eq!(Some(usual), carefully(&octets));
                }
            }
        }
    }
}

//! The body of a message: media types and headers of its parts as the other interface has them.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::mem;

use bytes::Bytes;

use super::interface::Interface;
use super::lost::{LossKind, Losses, header_name, parameter_name};
use crate::message::{Charset, Content, ContentType, Header, MediaType, Parameter, Part, Str};
use crate::mime;
use crate::options::Limits;
#[cfg(feature = "mm1")]
use crate::wsp;

const TRANSFER_ENCODING: &str = "Content-Transfer-Encoding";

/// The kinds of multipart that phones know.
const MM1_MULTIPARTS: [&str; 3] = ["mixed", "related", "alternative"];

/// Makes a body one that the interface can write: one walk over the headers of the parts. Contents
/// are moved only, but for those that a sender left in a transfer encoding, and texts in a charset
/// that the readers of the interface do not know.
pub(super) fn adapt(body: &mut Part, interface: Interface, lost: &mut Losses) {
    // Phones read a multipart only (Android, mmsd), so that a single part becomes the first of one.
    let is_wrapped = interface == Interface::Mm1 && body.octets().is_some();
    adapt_parts(body, interface, is_wrapped, lost);
    if is_wrapped {
        let multipart = Part::multipart(ContentType::new(interface.mixed()), Vec::new());
        let part = mem::replace(body, multipart);
        body.content = Content::Parts(vec![part].into());
    }
}

fn adapt_parts(body: &mut Part, interface: Interface, is_wrapped: bool, lost: &mut Losses) {
    for_each_part(body, |part, place| {
        let is_root = place.is_empty() && !is_wrapped;
        adapt_content(part, interface, place, lost);
        undo_transfer_encoding(part, interface, is_root, place, lost);
        adapt_charset(part, interface, place, lost);
        if is_root {
            adapt_root(part, interface, lost);
        }
        adapt_headers(part, interface, place, lost);
    });
}

/// Does something with a part and with those in it, each before its own and with its place.
pub(super) fn for_each_part(body: &mut Part, mut act: impl FnMut(&mut Part, &str)) {
    let mut waiting: Vec<(String, usize, &mut Part)> = vec![(String::new(), 0, body)];
    while let Some((place, depth, part)) = waiting.pop() {
        act(part, &place);
        // What is deeper is refused by every encoder.
        if let Content::Parts(parts) = &mut part.content
            && depth < Limits::MAX_DEPTH
        {
            let inner = parts.iter_mut().zip(1..).map(|(part, number)| (place_of(&place, number), depth + 1, part));
            let first = waiting.len();
            waiting.extend(inner);
            waiting.get_mut(first..).unwrap_or_default().reverse();
        }
    }
}

/// The place of a part by that of the multipart that it is in.
fn place_of(outer: &str, number: usize) -> String {
    let dot = if outer.is_empty() { "" } else { "." };
    alloc::format!("{outer}{dot}{number}")
}

/// On MM1 the body has no headers but its type; in mail those that are not about the content are
/// headers of the mail.
fn adapt_root(body: &mut Part, interface: Interface, lost: &mut Losses) {
    let is_kept = |header: &Header| match (interface, header) {
        (Interface::Mm1, _) => false,
        (Interface::Mm4 | Interface::Mail, Header::Text { name, .. }) => {
            name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("Content-"))
        }
        _ => true,
    };
    body.headers.retain(|header| is_kept(header) || lose_header("", header, lost));
    if interface == Interface::Mm1 {
        let Part { content_type: _, content_id, content_location, disposition, headers: _, content: _ } = body;
        let mut take = |name, is_there| {
            if is_there {
                lost.of_part("", Str::from_static(name), LossKind::NotCarried);
            }
        };
        take("Content-ID", content_id.take().is_some());
        take("Content-Location", content_location.take().is_some());
        take("Content-Disposition", disposition.take().is_some());
    }
}

/// Returns `false`, for `retain`.
pub(super) fn lose_header(place: &str, header: &Header, lost: &mut Losses) -> bool {
    lost.of_part(place, header_name(header), LossKind::NotCarried);
    false
}

fn adapt_content(part: &mut Part, interface: Interface, place: &str, lost: &mut Losses) {
    let mut retype = |content_type: &mut ContentType, media: &'static str| {
        content_type.media = MediaType::Name(Str::from_static(media));
        lost.of_part(place, "Content-Type", LossKind::Changed);
    };
    let subtype = part.content_type.multipart_subtype().map(str::to_ascii_lowercase);
    match (&part.content, subtype) {
        // RFC 2046, 5.1.1: a multipart has at least one part.
        (Content::Parts(parts), _) if parts.is_empty() && interface != Interface::Mm1 => {
            retype(&mut part.content_type, "text/plain");
            part.content_type.parameters.clear();
            part.content = Content::Octets(Bytes::new());
        }
        (Content::Parts(_), subtype) => {
            let is_mm1 = interface == Interface::Mm1;
            let prefix = if is_mm1 { "application/vnd.wap.multipart." } else { "multipart/" };
            // Phones refuse a multipart that they do not know, which is to be read as a mixed one
            // (RFC 2046, 5.1.3).
            let subtype = subtype.filter(|subtype| !is_mm1 || MM1_MULTIPARTS.contains(&&**subtype));
            let media = subtype.map(|subtype| MediaType::from(&*alloc::format!("{prefix}{subtype}")));
            match media.filter(|media| interface.has_media(media)) {
                Some(media) => part.content_type.media = media,
                None => retype(&mut part.content_type, interface.mixed()),
            }
            // The encoder makes one.
            part.content_type.parameters.retain(|parameter| !parameter.is("boundary"));
        }
        // Not split into parts when it was read, so no one else should try.
        (Content::Octets(_), Some(_)) => retype(&mut part.content_type, "application/octet-stream"),
        (Content::Octets(_), None) if !interface.has_media(&part.content_type.media) => {
            retype(&mut part.content_type, "application/octet-stream");
        }
        (Content::Octets(_), None) => {}
    }
}

/// A content that a sender left in a transfer encoding stays so only with the header that says it:
/// on MM1, for a part.
fn undo_transfer_encoding(part: &mut Part, interface: Interface, is_root: bool, place: &str, lost: &mut Losses) {
    let mut encodings = part.headers.iter().filter(|header| header.is(TRANSFER_ENCODING)).peekable();
    let is_kept = interface == Interface::Mm1 && !is_root;
    if encodings.peek().is_none() || is_kept && encodings.all(|header| interface.has_header(header)) {
        return;
    }
    let decoded = match part.decoded() {
        Some(Cow::Owned(octets)) => Some(Bytes::from(octets)),
        _ => None,
    };
    if let Some(octets) = decoded {
        part.content = Content::Octets(octets);
    }
    lost.of_part(place, Str::from_static(TRANSFER_ENCODING), LossKind::Changed);
    part.headers.retain(|header| !header.is(TRANSFER_ENCODING));
}

/// Texts become UTF-8 where readers do not know their charset: phones know little else, and mail
/// has no text in UTF-16 (RFC 2781, 4), or where the interface cannot write its name. What is not text
/// in its charset stays as it is.
fn adapt_charset(part: &mut Part, interface: Interface, place: &str, lost: &mut Losses) {
    let Content::Octets(octets) = &part.content else { return };
    let charset = part.content_type.parameter("charset").and_then(Charset::from_name);
    let mut labels = part.content_type.parameters.iter().filter(|parameter| parameter.is("charset"));
    let is_written = labels.all(|label| interface.has_parameter(label));
    let is_read = is_written
        && match charset {
            Some(Charset::UTF_8) => true,
            // Unlabelled, or `*`.
            None if interface == Interface::Mm1 => octets.is_ascii(),
            Some(Charset::US_ASCII) if interface == Interface::Mm1 => octets.is_ascii(),
            charset => interface != Interface::Mm1 && !charset.is_some_and(Charset::has_nul_octets),
        };
    if is_read {
        return;
    }
    let Some(text) = part.text() else { return };
    let text = declared_utf8(&text);
    part.content = Content::Octets(text.into_bytes().into());
    if part.headers.iter().any(|header| header.is(TRANSFER_ENCODING)) {
        lost.of_part(place, Str::from_static(TRANSFER_ENCODING), LossKind::Changed);
        part.headers.retain(|header| !header.is(TRANSFER_ENCODING));
    }
    let parameters = &mut part.content_type.parameters;
    let utf8 = Parameter::Text { name: Str::from_static("charset"), value: Str::from_static("utf-8") };
    match parameters.iter_mut().find(|parameter| parameter.is("charset")) {
        Some(label) => *label = utf8,
        None => parameters.insert(0, utf8),
    }
}

/// The text with the encoding that its XML declaration says, if it has one, replaced.
fn declared_utf8(text: &str) -> String {
    let declaration = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let value = declaration.and_then(|(declaration, _)| {
        let (_, value) = declaration.split_once("encoding")?;
        let value = value.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        value.strip_prefix(quote)?.split_once(quote).map(|(value, _)| value)
    });
    match value.filter(|value| !value.eq_ignore_ascii_case("utf-8")) {
        Some(value) => {
            let start = value.as_ptr() as usize - text.as_ptr() as usize;
            let around = text.get(..start).zip(text.get(start + value.len()..));
            around.map_or_else(|| text.into(), |(before, after)| [before, "UTF-8", after].concat())
        }
        None => text.into(),
    }
}

fn adapt_headers(part: &mut Part, interface: Interface, place: &str, lost: &mut Losses) {
    let fields = |part: &Part| {
        [
            ("Content-ID", part.content_id.is_some()),
            ("Content-Location", part.content_location.is_some()),
            ("Content-Disposition", part.disposition.is_some()),
        ]
    };
    let before = fields(part);
    retain_parameters("Content-Type", &mut part.content_type.parameters, interface, place, lost);
    if let Some(disposition) = &mut part.disposition {
        retain_parameters("Content-Disposition", &mut disposition.parameters, interface, place, lost);
        if !crate::message::is_token(&disposition.kind) {
            part.disposition = None;
            lost.of_part(place, "Content-Disposition", LossKind::NotCarried);
        }
    }
    if let Some(id) = part.content_id.take() {
        part.content_id = interface.content_id(&id);
        if part.content_id.as_ref() != Some(&id) {
            let kind = if part.content_id.is_some() { LossKind::Changed } else { LossKind::NotCarried };
            lost.of_part(place, "Content-ID", kind);
        }
    }
    if interface != Interface::Mm1 && matches!(part.content, Content::Parts(_)) {
        adapt_start(&mut part.content_type, interface, place, lost);
    }
    if part.content_location.as_deref().is_some_and(|location| location.contains(char::is_control)) {
        part.content_location = None;
        lost.of_part(place, "Content-Location", LossKind::NotCarried);
    }
    // A header that repeats a field would take the place of one that was taken out.
    let after = fields(part);
    let replaces = |header: &Header| {
        before.iter().zip(&after).any(|((field, was), (_, is))| *was && !is && repeats(header, field))
    };
    part.headers.retain_mut(|header| {
        let is_trimmed = interface != Interface::Mm1 && trim(header);
        let is_kept = interface.has_header(header) && !replaces(header) || lose_header(place, header, lost);
        if is_kept && is_trimmed {
            lost.of_part(place, header_name(header), LossKind::Changed);
        }
        is_kept
    });
}

/// The root of a multipart is named by its identifier (RFC 2387, 3.2), which changes as that does.
fn adapt_start(content_type: &mut ContentType, interface: Interface, place: &str, lost: &mut Losses) {
    content_type.parameters.retain_mut(|parameter| {
        let Parameter::Text { name, value } = parameter else { return true };
        if !name.eq_ignore_ascii_case("start") {
            return true;
        }
        let id = interface.content_id(value);
        if id.as_ref() != Some(value) {
            let kind = if id.is_some() { LossKind::Changed } else { LossKind::NotCarried };
            lost.of_part(place, "Content-Type; start", kind);
        }
        let is_kept = id.is_some();
        id.into_iter().for_each(|id| *value = id);
        is_kept
    });
}

/// Takes off the blanks around a value, which would be lost on mail, and returns whether there
/// were any.
fn trim(header: &mut Header) -> bool {
    let Header::Text { value, .. } = header else { return false };
    let trimmed = value.trim_matches([' ', '\t']);
    let has_blanks = trimmed.len() < value.len();
    if has_blanks {
        *value = trimmed.into();
    }
    has_blanks
}

/// Whether a reader takes the header for the field: on MM1, also where its value has no text.
pub(super) fn repeats(header: &Header, field: &str) -> bool {
    match header {
        #[cfg(feature = "mm1")]
        Header::Coded { page: wsp::DEFAULT_PAGE, code, .. } => wsp::name_of_header(*code) == Some(field),
        header => header.is(field),
    }
}

fn retain_parameters(of: &str, parameters: &mut Vec<Parameter>, interface: Interface, place: &str, lost: &mut Losses) {
    // On mail there is one parameter of a name; the same again says nothing more.
    let may_repeat = interface == Interface::Mm1 || parameters.len() < 2;
    let mut values = BTreeMap::<String, Str>::new();
    parameters.retain(|parameter| {
        let mut has_form = interface.has_parameter(parameter);
        if let Parameter::Text { name, value } = parameter
            && has_form
            && !may_repeat
        {
            match values.entry(name.to_ascii_lowercase()) {
                Entry::Occupied(first) if first.get() == value => return false,
                Entry::Occupied(_) => has_form = false,
                Entry::Vacant(place) => {
                    place.insert(value.clone());
                }
            }
        }
        if !has_form {
            lost.of_part(place, alloc::format!("{of}; {}", parameter_name(parameter)), LossKind::NotCarried);
        }
        has_form
    });
}

impl Interface {
    const fn mixed(self) -> &'static str {
        match self {
            Self::Mm1 => "application/vnd.wap.multipart.mixed",
            Self::Mm4 | Self::Mm7 | Self::Mail => "multipart/mixed",
        }
    }

    fn has_media(self, media: &MediaType) -> bool {
        match self {
            #[cfg(feature = "mm1")]
            Self::Mm1 => wsp::has_media(media),
            _ => mime::encode::has_media(media),
        }
    }

    fn has_parameter(self, parameter: &Parameter) -> bool {
        match self {
            #[cfg(feature = "mm1")]
            Self::Mm1 => wsp::has_parameter(parameter),
            _ => mime::encode::has_parameter(parameter),
        }
    }

    fn has_header(self, header: &Header) -> bool {
        match self {
            #[cfg(feature = "mm1")]
            Self::Mm1 => wsp::has_header(header),
            _ => mime::encode::has_header(header),
        }
    }

    /// The identifier as the interface has it: on mail, what an identifier cannot hold is escaped as
    /// in a URL, so that references still find the part.
    fn content_id(self, id: &str) -> Option<Str> {
        let id = id.trim();
        let bare = id.trim_start_matches('<').trim_end_matches('>');
        // Readers of MM1 take a quotation mark at the end off.
        if bare.is_empty() || bare.contains(char::is_control) || self == Self::Mm1 && id.ends_with('"') {
            return None;
        }
        let is_plain = |octet: u8| matches!(octet, b'!'..=b'~') && !matches!(octet, b'<' | b'>');
        let fits = |id: &Str| self == Self::Mm1 || mime::encode::has_content_id(id);
        if self == Self::Mm1 || bare.bytes().all(is_plain) {
            return Some(Str::from(id)).filter(fits);
        }
        let mut escaped = String::from("<");
        for octet in bare.bytes() {
            match is_plain(octet) {
                true => escaped.push(char::from(octet)),
                false => escaped.push_str(&alloc::format!("%{octet:02X}")),
            }
        }
        escaped.push('>');
        Some(Str::from(escaped)).filter(fits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(id: &str, header: Header) -> Part {
        let mut part = Part::new(ContentType::new("text/plain"), "x");
        part.content_id = Some(id.into());
        part.headers.push(header);
        part
    }

    fn text(name: &str, value: &str) -> Header {
        Header::Text { name: name.into(), value: value.into() }
    }

    #[test]
    fn a_repeated_header_does_not_take_the_place_of_a_field_that_is_lost() {
        // On MM1 a value that is not text keeps its octets; a reader may still take it for the field.
        let coded = Header::Coded { page: 1, code: 0x40, value: Bytes::from_static(b"\"<\xff>\0") };
        for (header, name) in [(text("Content-ID", "<b>"), "Content-ID"), (coded, "0xC0")] {
            let mut part = named("<a\rb>", header);
            let mut lost = Losses::default();
            adapt_headers(&mut part, Interface::Mm1, "1", &mut lost);
            assert_eq!((part.content_id, part.headers.len()), (None, 0));
            let names: Vec<_> = lost.into_vec().into_iter().map(|lost| lost.name).collect();
            assert_eq!(names, ["Content-ID", name]);
        }
    }

    #[test]
    fn white_space_around_an_identifier_does_not_keep_it_from_being_written() {
        let (long, spaced) = ("i".repeat(1_000), "i ".repeat(300));
        for (id, on_mm1, on_mail) in [
            ("<a>\r\n", Some("<a>"), Some("<a>")),
            ("\x0c<a b>", Some("<a b>"), Some("<a%20b>")),
            ("a\" ", None, Some("a\"")),
            ("<a\r>", None, None),
            (" <> ", None, None),
            // Longer than a line, as it is or escaped.
            (&long, Some(&*long), None),
            (&spaced, Some(spaced.trim_end()), None),
        ] {
            assert_eq!(Interface::Mm1.content_id(id).as_deref(), on_mm1, "{id:?}");
            assert_eq!(Interface::Mm4.content_id(id).as_deref(), on_mail, "{id:?}");
        }
    }

    #[test]
    fn a_media_type_that_no_message_may_have_is_replaced() {
        // A code that WSP encoding version 1.3 does not have.
        let mut part = Part::new(ContentType::new(MediaType::Code(0x63)), "x");
        let mut lost = Losses::default();
        adapt_content(&mut part, Interface::Mm1, "1", &mut lost);
        assert_eq!(part.content_type, ContentType::new("application/octet-stream"));
        assert_eq!(lost.into_vec().len(), 1);
    }

    #[test]
    fn a_content_is_decoded_where_the_header_that_says_its_encoding_is_lost() {
        for (place, value, content) in [("1", "base64", "SGk="), ("1", "base64\n", "Hi"), ("", "base64", "Hi")] {
            let mut part = named("<a>", text("content-transfer-encoding", value));
            part.content = Content::Octets("SGk=".into());
            let mut lost = Losses::default();
            undo_transfer_encoding(&mut part, Interface::Mm1, place.is_empty(), place, &mut lost);
            assert_eq!(part.octets().unwrap(), content, "{value:?}");
            assert_eq!((part.headers.len(), lost.into_vec().len()), if content == "Hi" { (0, 1) } else { (1, 0) });
        }
    }
}

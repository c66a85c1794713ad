//! Writing entities: headers, and content in the transfer encoding that it needs.

use alloc::string::String;
use alloc::vec::Vec;

use bytes::Bytes;

use super::header::{Folding, write_field, write_folded};
use super::lines::has_mail_lines;
use super::parameter::{has_duplicate, mime_media, write_parameter, write_parameters};
use crate::chain::Chain;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::message::encoded_word;
use crate::message::{Content, Header, Part};
use crate::options::Limits;
use crate::transfer::{self, Encoding};

/// How to write the content of parts.
///
/// # Examples
///
/// ```
/// use mms_codec::mime::{TransferOptions, Transfer};
///
/// let options = TransferOptions { transfer: Transfer::EightBit };
/// assert_ne!(options, TransferOptions::default());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "written out by users")]
pub struct TransferOptions {
    /// What the way to the peer can carry.
    pub transfer: Transfer,
}

/// What the way to the peer can carry, which decides on the transfer encoding of each part
/// (RFC 2045, 6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Transfer {
    /// Short lines of ASCII: `7bit` where the content consists of these, else `base64`.
    #[default]
    SevenBit,
    /// The same, but text that is no `7bit` is written as `quoted-printable`.
    SevenBitReadable,
    /// Short lines (SMTP with 8BITMIME): `7bit` or `8bit` where the content consists of these, else
    /// `base64`.
    EightBit,
    /// Anything (HTTP): `binary`, and no content is copied.
    Binary,
}

/// What is written: text, and octets that are shared with the message.
#[derive(Debug, Default)]
pub(crate) struct Output {
    pub(crate) text: Vec<u8>,
    /// Offset in the text of shared octets, and the octets.
    shared: Vec<(usize, Bytes)>,
}

impl Output {
    fn push_shared(&mut self, octets: &Bytes) {
        // Below this length a separate buffer costs more than a copy.
        const SHORT: usize = 512;
        if octets.len() <= SHORT {
            self.text.extend_from_slice(octets);
        } else {
            self.shared.push((self.text.len(), octets.clone()));
        }
    }

    pub(crate) fn into_chain(self) -> Result<Chain, EncodeError> {
        let chain = Chain::new(self.text, self.shared);
        if chain.len() < usize::MAX { Ok(chain) } else { Err(EncodeErrorKind::NumberTooLarge.into()) }
    }
}

/// How a part is going to be written. Nodes are in the order of the parts, each before its own.
#[derive(Debug)]
pub(crate) struct Plan {
    nodes: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Leaf(Option<(Encoding, &'static str)>),
    Multipart { boundary: String, transfer: &'static str },
}

/// What a message without any content has: an entity with an empty text.
pub(crate) fn write_empty_entity(out: &mut Vec<u8>) {
    out.extend_from_slice(b"Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n");
}

impl Plan {
    /// Decides on transfer encodings and boundaries.
    pub(crate) fn new(part: &Part, options: TransferOptions) -> Result<Self, EncodeError> {
        let mut plan = Self { nodes: Vec::new() };
        plan.add(part, options, true, 0)?;
        plan.set_boundaries(part);
        Ok(plan)
    }

    /// Returns whether the part has octets above 0x7F, or any octets at all, in its written form.
    fn add(
        &mut self,
        part: &Part,
        options: TransferOptions,
        is_root: bool,
        depth: usize,
    ) -> Result<Width, EncodeError> {
        if depth > Limits::MAX_DEPTH {
            return Err(EncodeErrorKind::NestingTooDeep.into());
        }
        let is_multipart = part.content_type.is_multipart();
        let encodings = part.headers.iter().filter(|header| header.is("Content-Transfer-Encoding")).count();
        if encodings > usize::from(!is_multipart) {
            return Err(EncodeError::from(EncodeErrorKind::NotExpressible).in_field("Content-Transfer-Encoding"));
        }
        match &part.content {
            Content::Octets(octets) => {
                if is_multipart {
                    return Err(EncodeError::from(EncodeErrorKind::NotExpressible).in_field("Content-Type"));
                }
                let (node, width) = plan_leaf(part, octets, options, is_root)?;
                self.nodes.push(node);
                Ok(width)
            }
            Content::Parts(parts) => {
                // RFC 2046, 5.1.1: a multipart has at least one part.
                if !is_multipart || parts.is_empty() {
                    return Err(EncodeError::from(EncodeErrorKind::NotExpressible).in_field("Content-Type"));
                }
                let own = self.nodes.len();
                self.nodes.push(Node::Leaf(None));
                let mut width = Width::Seven;
                for inner in parts {
                    width = width.max(self.add(inner, options, false, depth + 1)?);
                }
                if let Some(node) = self.nodes.get_mut(own) {
                    *node = Node::Multipart { boundary: String::new(), transfer: width.name() };
                }
                Ok(width)
            }
        }
    }

    /// Boundaries that follow from the content, and that no content holds. `=_` occurs neither in
    /// base64 nor in quoted-printable, so that only what is written as it is has to be searched.
    fn set_boundaries(&mut self, part: &Part) {
        if !self.nodes.iter().any(|node| matches!(node, Node::Multipart { .. })) {
            return;
        }
        let leaves = || part.leaves().zip(self.nodes.iter().filter(|node| matches!(node, Node::Leaf(_))));
        let hash = leaves().fold(FNV_OFFSET, |hash, (leaf, _)| hash_leaf(leaf, hash));
        let hash = (hash >> 32) ^ (hash & u64::from(u32::MAX));
        // Short enough for twelve digits behind it (RFC 2046, 5.1.1).
        let prefix = alloc::format!("={}{hash:08x}.", "_".repeat(RUN));
        let found = || {
            leaves().flat_map(|(leaf, node)| {
                let is_raw = !matches!(node, Node::Leaf(Some((Encoding::Base64 | Encoding::QuotedPrintable, _))));
                behind_each(prefix.as_bytes(), leaf.octets().filter(|_| is_raw).map_or(&[][..], |octets| octets))
            })
        };
        // Enough digits for more numbers than the content can hold.
        let held = found().count();
        let needed = self.nodes.len().saturating_add(held);
        let width = needed.checked_ilog10().map_or(0, |log| log as usize + 1).max(6);
        let number_of = |digits: &[u8]| core::str::from_utf8(digits.get(..width)?).ok()?.parse::<usize>().ok();
        let mut is_used = alloc::vec![false; needed + 1];
        for digits in found().take(held) {
            if let Some(is_used) = number_of(digits).and_then(|number| is_used.get_mut(number)) {
                *is_used = true;
            }
        }
        let mut numbers = is_used.iter().enumerate().skip(1).filter(|(_, is_used)| !**is_used);
        for node in &mut self.nodes {
            if let Node::Multipart { boundary, .. } = node {
                let number = numbers.next().map_or(0, |(number, _)| number);
                *boundary = alloc::format!("{prefix}{number:0width$}");
            }
        }
    }

    /// Writes header fields and content.
    pub(crate) fn write(&self, part: &Part, out: &mut Output) -> Result<(), EncodeError> {
        out.text.reserve(self.estimate(part));
        self.write_at(&mut 0, part, out)
    }

    /// The content type alone, and the content.
    pub(crate) fn write_content(&self, part: &Part, out: &mut Output) -> Result<String, EncodeError> {
        out.text.reserve(self.estimate(part));
        let mut at = 0;
        let node = self.node(&mut at)?;
        let content_type = content_type_text(part, node)?;
        self.write_body(&mut at, node, part, out)?;
        Ok(content_type)
    }

    fn estimate(&self, part: &Part) -> usize {
        const HEADERS: usize = 400;
        let leaves = part.leaves().zip(self.nodes.iter().filter(|node| matches!(node, Node::Leaf(_))));
        leaves
            .map(|(leaf, node)| {
                let length = leaf.octets().map_or(0, Bytes::len);
                HEADERS
                    + match node {
                        Node::Leaf(Some((Encoding::Base64, _))) => transfer::base64_length(length),
                        Node::Leaf(Some((Encoding::QuotedPrintable, _))) => length,
                        _ => 0,
                    }
            })
            .sum()
    }

    fn node(&self, at: &mut usize) -> Result<&Node, EncodeError> {
        let node = self.nodes.get(*at).ok_or(EncodeErrorKind::NotExpressible)?;
        *at += 1;
        Ok(node)
    }

    fn write_at(&self, at: &mut usize, part: &Part, out: &mut Output) -> Result<(), EncodeError> {
        let node = self.node(at)?;
        write_entity_fields(part, node, &mut out.text)?;
        out.text.extend_from_slice(b"\r\n");
        self.write_body(at, node, part, out)
    }

    fn write_body(&self, at: &mut usize, node: &Node, part: &Part, out: &mut Output) -> Result<(), EncodeError> {
        match (&part.content, node) {
            (Content::Octets(octets), Node::Leaf(Some((Encoding::Base64, _)))) => {
                transfer::encode_base64(octets, &mut out.text);
            }
            (Content::Octets(octets), Node::Leaf(Some((Encoding::QuotedPrintable, _)))) => {
                transfer::encode_quoted_printable(octets, &mut out.text);
            }
            (Content::Octets(octets), _) => out.push_shared(octets),
            (Content::Parts(parts), Node::Multipart { boundary, .. }) => {
                for inner in parts {
                    write_delimiter(boundary, "\r\n", &mut out.text);
                    self.write_at(at, inner, out)?;
                    // It belongs to the delimiter that follows, unless an encoding ended its line.
                    if !self.ends_its_line(*at) {
                        out.text.extend_from_slice(b"\r\n");
                    }
                }
                write_delimiter(boundary, "--\r\n", &mut out.text);
            }
            (Content::Parts(_), Node::Leaf(_)) => return Err(EncodeErrorKind::NotExpressible.into()),
        }
        Ok(())
    }

    /// Whether the part that was written last, the one before node `next`, is base64.
    fn ends_its_line(&self, next: usize) -> bool {
        let last = next.checked_sub(1).and_then(|last| self.nodes.get(last));
        matches!(last, Some(Node::Leaf(Some((Encoding::Base64, _)))))
    }
}

/// How many low lines in a row each boundary has behind its first octet.
const RUN: usize = 48;

/// What follows each occurrence of the prefix of boundaries. One octet of each [`RUN`] is enough to look at: every run
/// has one of them in it.
fn behind_each<'a>(prefix: &'a [u8], octets: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    const TOGETHER: usize = 8;
    let is_of_run = |octet: &u8| *octet == b'_';
    // Few are of a run, so that several are looked at together.
    let (blocks, _) = octets.as_chunks::<{ TOGETHER * RUN }>();
    let has_run = move |block: &[u8; TOGETHER * RUN]| {
        block.as_chunks::<RUN>().0.iter().fold(false, |has_run, [first, ..]| has_run | is_of_run(first))
    };
    let with_run = blocks.iter().enumerate().filter(move |(_, block)| has_run(block));
    let looks = with_run.flat_map(|(index, _)| index * TOGETHER..(index + 1) * TOGETHER);
    looks.chain(blocks.len() * TOGETHER..octets.len().div_ceil(RUN)).filter_map(move |look| {
        let (before, from) = octets.split_at_checked(look * RUN)?;
        from.first().filter(|octet| is_of_run(octet))?;
        let run = before.iter().rev().take(RUN).take_while(|octet| is_of_run(octet)).count();
        octets.get(before.len().checked_sub(run + 1)?..)?.strip_prefix(prefix)
    })
}

fn write_delimiter(boundary: &str, end: &str, out: &mut Vec<u8>) {
    for piece in ["--", boundary, end] {
        out.extend_from_slice(piece.as_bytes());
    }
}

/// What a written entity consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Width {
    Seven,
    Eight,
    Binary,
}

impl Width {
    const fn name(self) -> &'static str {
        match self {
            Self::Seven => "7bit",
            Self::Eight => "8bit",
            Self::Binary => "binary",
        }
    }

    /// What octets are when unencoded.
    fn of(octets: &[u8]) -> Self {
        if !octets.is_ascii() {
            return if has_mail_lines(octets) { Self::Eight } else { Self::Binary };
        }
        if has_mail_lines(octets) { Self::Seven } else { Self::Binary }
    }
}

fn plan_leaf(
    part: &Part,
    octets: &[u8],
    options: TransferOptions,
    is_root: bool,
) -> Result<(Node, Width), EncodeError> {
    // SMTP ends every message with CRLF, which would become part of a text that has none.
    let is_complete = !is_root || octets.is_empty() || octets.ends_with(b"\r\n");
    let own = part.header("Content-Transfer-Encoding");
    if own.is_some() {
        // The octets are encoded already, in a way that was left in a message from MM1.
        let width = Width::of(octets);
        let allowed = if options.transfer == Transfer::Binary { Width::Binary } else { Width::Seven };
        if width > allowed {
            let error = EncodeError::from(EncodeErrorKind::NotExpressible);
            return Err(error.in_field("Content-Transfer-Encoding"));
        }
        return Ok((Node::Leaf(None), width));
    }
    if options.transfer == Transfer::Binary {
        return Ok((Node::Leaf(Some((Encoding::Identity, "binary"))), Width::Binary));
    }
    let width = Width::of(octets);
    if part.content_type.is("message/rfc822") {
        // RFC 2046, 5.2.1: what is encoded are its parts, never the message.
        return match (options.transfer, width) {
            (_, Width::Seven) => Ok((Node::Leaf(Some((Encoding::Identity, "7bit"))), width)),
            (Transfer::EightBit, Width::Eight) => Ok((Node::Leaf(Some((Encoding::Identity, "8bit"))), width)),
            _ => Err(EncodeError::from(EncodeErrorKind::NotExpressible).in_field("Content-Transfer-Encoding")),
        };
    }
    let is_text = || part.text().is_some();
    Ok(match (options.transfer, width) {
        (_, Width::Seven) if is_complete => (Node::Leaf(Some((Encoding::Identity, "7bit"))), width),
        (Transfer::EightBit, Width::Eight) if is_complete => (Node::Leaf(Some((Encoding::Identity, "8bit"))), width),
        (Transfer::SevenBitReadable, _) if is_complete && is_text() => {
            (Node::Leaf(Some((Encoding::QuotedPrintable, "quoted-printable"))), Width::Seven)
        }
        _ => (Node::Leaf(Some((Encoding::Base64, "base64"))), Width::Seven),
    })
}

fn content_type_text(part: &Part, node: &Node) -> Result<String, EncodeError> {
    let write = || {
        // Which of them counts, readers do not agree on.
        if has_duplicate(&part.content_type.parameters) {
            return Err(EncodeErrorKind::NotExpressible);
        }
        let mut text = String::with_capacity(160);
        text.push_str(&mime_media(&part.content_type.media)?);
        if let Node::Multipart { boundary, .. } = node {
            write_parameter("boundary", boundary, &mut text)?;
        }
        for parameter in &part.content_type.parameters {
            match parameter {
                crate::message::Parameter::Text { name, value }
                    if is_multipart(node) && name.eq_ignore_ascii_case("start") =>
                {
                    write_parameter(name, &bracketed(value), &mut text)?;
                }
                boundary if is_multipart(node) && boundary.is("boundary") => {}
                other => write_parameters(core::slice::from_ref(other), &mut text)?,
            }
        }
        Ok(text)
    };
    write().map_err(|kind: EncodeErrorKind| EncodeError::from(kind).in_field("Content-Type"))
}

const fn is_multipart(node: &Node) -> bool {
    matches!(node, Node::Multipart { .. })
}

fn write_entity_fields(part: &Part, node: &Node, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let mut write = |name: &'static str, value: &str| {
        write_folded(out, name, value, Folding::Unquoted).map_err(|kind| EncodeError::from(kind).in_field(name))
    };
    write("Content-Type", &content_type_text(part, node)?)?;
    match node {
        Node::Leaf(Some((_, name))) | Node::Multipart { transfer: name, .. } => {
            write("Content-Transfer-Encoding", name)?;
        }
        Node::Leaf(None) => {}
    }
    if let Some(id) = &part.content_id {
        let inner = bare(id);
        if inner.is_empty() || !inner.bytes().all(|octet| matches!(octet, b'!'..=b'~') && !matches!(octet, b'<' | b'>'))
        {
            return Err(EncodeError::from(EncodeErrorKind::InvalidText).in_field("Content-ID"));
        }
        write("Content-ID", &bracketed(id))?;
    }
    if let Some(location) = &part.content_location {
        let encoded = encoded_word::encode_str(location);
        write("Content-Location", &encoded.map_err(|kind| EncodeError::from(kind).in_field("Content-Location"))?)?;
    }
    if let Some(disposition) = &part.disposition {
        let in_field = |kind| EncodeError::from(kind).in_field("Content-Disposition");
        if !crate::message::is_token(&disposition.kind) {
            return Err(in_field(EncodeErrorKind::InvalidText));
        }
        if has_duplicate(&disposition.parameters) {
            return Err(in_field(EncodeErrorKind::NotExpressible));
        }
        let mut text = String::from(disposition.kind.as_str());
        write_parameters(&disposition.parameters, &mut text).map_err(in_field)?;
        write("Content-Disposition", &text)?;
    }
    part.headers.iter().try_for_each(|header| write_header(header, out))
}

/// Writes a header that was kept. One that says again what a field says is refused.
fn write_header(header: &Header, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    const OWN: [&str; 4] = ["Content-Type", "Content-ID", "Content-Location", "Content-Disposition"];
    let Header::Text { name, value } = header else { return Err(EncodeErrorKind::NotExpressible.into()) };
    if let Some(own) = OWN.into_iter().find(|own| own.eq_ignore_ascii_case(name)) {
        return Err(EncodeError::from(EncodeErrorKind::NotExpressible).in_field(own));
    }
    Ok(write_text_header(name, value, out)?)
}

/// Whether mail has a form for a header of a part.
pub(crate) fn has_header(header: &Header) -> bool {
    write_header(header, &mut Vec::new()).is_ok()
}

/// Whether mail has a form for an identifier: it is in one line (RFC 5322, 2.1.1).
pub(crate) fn has_content_id(id: &str) -> bool {
    write_folded(&mut Vec::new(), "Content-ID", &bracketed(id), Folding::Unquoted).is_ok()
}

/// Whether mail has a form for the parameter of a content type or a disposition.
pub(crate) fn has_parameter(parameter: &crate::message::Parameter) -> bool {
    write_parameters(core::slice::from_ref(parameter), &mut String::new()).is_ok()
}

/// Whether mail has a form for a media type.
pub(crate) fn has_media(media: &crate::message::MediaType) -> bool {
    mime_media(media).is_ok()
}

/// Writes a header as it was kept. Blanks around the value would be lost, and encoded words would
/// stay what they are, since a reader does not know whether the field may have them.
pub(crate) fn write_text_header(name: &str, value: &str, out: &mut Vec<u8>) -> Result<(), EncodeErrorKind> {
    if value.starts_with([' ', '\t']) || value.ends_with([' ', '\t']) {
        return Err(EncodeErrorKind::InvalidText);
    }
    write_field(out, name, value)
}

fn bracketed(id: &str) -> String {
    ["<", bare(id), ">"].concat()
}

fn bare(id: &str) -> &str {
    id.trim().trim_start_matches('<').trim_end_matches('>')
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// Mixes the length, the name and the ends of a leaf into a hash (FNV-1a): not the whole content,
/// which would take longer than everything else.
fn hash_leaf(leaf: &Part, hash: u64) -> u64 {
    const ENDS: usize = 64;
    const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;
    let octets = leaf.octets().map_or(&[][..], |octets| octets);
    let start = octets.get(..ENDS.min(octets.len())).unwrap_or_default();
    let end = octets.get(octets.len().saturating_sub(ENDS)..).unwrap_or_default();
    let id = bare(leaf.content_id.as_deref().unwrap_or_default()).as_bytes();
    let length = octets.len().to_le_bytes();
    [&length, id, start, end]
        .into_iter()
        .flatten()
        .fold(hash, |hash, octet| (hash ^ u64::from(*octet)).wrapping_mul(FNV_PRIME))
}

//! A decoded message in the form that both outputs are made of.

use std::borrow::Cow;

use mms_codec::message::{Content, ContentType, Part};
use mms_codec::{Bytes, DecodeError, Deviation, Options, ShownField};

/// How deep messages in messages are decoded.
const DEPTH: usize = 8;

#[derive(Debug)]
pub(crate) struct View {
    pub(crate) interface: &'static str,
    /// The kind of message, in the specification's words.
    pub(crate) type_name: String,
    pub(crate) fields: Vec<ShownField>,
    /// The message that this one carries, instead of parts.
    pub(crate) pdu: Option<Box<Self>>,
    pub(crate) body: Option<Part>,
    /// The leaves of the body.
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) deviations: Vec<Deviation>,
    /// The files with the message that a charging record is about.
    pub(crate) messages: Vec<String>,
}

/// A part that is no multipart.
#[derive(Debug)]
pub(crate) struct Leaf {
    /// Its place in the tree, such as `2.1`.
    pub(crate) path: String,
    pub(crate) part: Part,
    /// The message in the part, if its type says that it is one.
    pub(crate) pdu: Option<Result<Box<View>, DecodeError>>,
    /// The file that the content was written to.
    pub(crate) extracted: Option<String>,
}

impl Leaf {
    /// The content with its transfer encoding undone.
    pub(crate) fn octets(&self) -> Cow<'_, [u8]> {
        self.part.decoded().unwrap_or_default()
    }
}

impl View {
    pub(crate) fn new(interface: &'static str, type_name: String, body: Option<&Part>) -> Self {
        let mut leaves = Vec::new();
        match body.map(|body| (body, &body.content)) {
            Some((body, Content::Octets(_))) => leaves.push(Leaf::new("1".into(), body)),
            Some((_, Content::Parts(parts))) => add_leaves(parts, "", &mut leaves),
            None => {}
        }
        Self {
            interface,
            type_name,
            fields: Vec::new(),
            pdu: None,
            body: body.cloned(),
            leaves,
            deviations: Vec::new(),
            messages: Vec::new(),
        }
    }

    /// The identifier of the message, without the marks that some interfaces put around it.
    pub(crate) fn message_id(&self) -> Option<String> {
        const NAMES: [&str; 4] = ["Message-ID", "X-Mms-Message-ID", "MessageID", "messageID"];
        // The first of them is another identifier on MM4, and the second one comes before it.
        let mut fields = NAMES.iter().rev().filter_map(|name| self.fields.iter().find(|field| field.name == *name));
        let id = fields.next()?.values.first()?.to_string();
        Some(id.trim_matches(['"', '<', '>']).to_owned())
    }

    /// Lets offsets count from elsewhere, in the messages inside too.
    pub(crate) fn move_offsets(&mut self, to: &dyn Fn(usize) -> usize) {
        self.deviations.iter_mut().for_each(|deviation| deviation.offset = to(deviation.offset));
        self.pdu.iter_mut().for_each(|pdu| pdu.move_offsets(to));
        for leaf in &mut self.leaves {
            match &mut leaf.pdu {
                Some(Ok(pdu)) => pdu.move_offsets(to),
                Some(Err(error)) => error.offset = to(error.offset),
                None => {}
            }
        }
    }

    /// Decodes the messages in the parts. Their offsets count from the start of `input`, too.
    pub(crate) fn decode_nested(
        &mut self,
        input: &Bytes,
        options: &Options,
        decode: impl Fn(&Bytes, &Options) -> Result<Self, DecodeError>,
    ) {
        self.decode_level(input, options, &decode, DEPTH);
    }

    fn decode_level(
        &mut self,
        input: &Bytes,
        options: &Options,
        decode: &dyn Fn(&Bytes, &Options) -> Result<Self, DecodeError>,
        depth: usize,
    ) {
        if let Some(pdu) = &mut self.pdu {
            pdu.decode_level(input, options, decode, depth);
        }
        let Some(depth) = depth.checked_sub(1) else { return };
        for leaf in self.leaves.iter_mut().filter(|leaf| leaf.part.content_type.is(ContentType::MMS_MESSAGE)) {
            let (octets, base) = match (leaf.part.decoded(), leaf.part.octets()) {
                (Some(Cow::Borrowed(_)), Some(octets)) => (octets.clone(), offset_in(input, octets)),
                (Some(Cow::Owned(octets)), _) => (octets.into(), 0),
                _ => continue,
            };
            let decoded = decode(&octets, options).map(|mut view| {
                view.decode_level(input, options, decode, depth);
                view.move_offsets(&|offset| offset + base);
                Box::new(view)
            });
            leaf.pdu = Some(decoded.map_err(|mut error| {
                error.offset += base;
                error
            }));
        }
    }

    /// What was forgiven, in the messages inside too.
    pub(crate) fn all_deviations(&self) -> Vec<&Deviation> {
        let mut deviations: Vec<_> = self.deviations.iter().collect();
        let leaves = self.leaves.iter().filter_map(|leaf| leaf.pdu.as_ref()?.as_ref().ok());
        for pdu in self.pdu.iter().chain(leaves) {
            deviations.extend(pdu.all_deviations());
        }
        deviations
    }

    /// What is wrong with the messages in the parts.
    pub(crate) fn errors(&self) -> Vec<String> {
        let mut errors: Vec<String> = self.pdu.iter().flat_map(|pdu| pdu.errors()).collect();
        for leaf in &self.leaves {
            match &leaf.pdu {
                Some(Ok(pdu)) => errors.extend(pdu.errors()),
                Some(Err(error)) => errors.push(format!("part {}: {error}", leaf.path)),
                None => {}
            }
        }
        errors
    }
}

impl Leaf {
    fn new(path: String, part: &Part) -> Self {
        Self { path, part: part.clone(), pdu: None, extracted: None }
    }
}

/// The depth of parts is limited by the decoder.
fn add_leaves(parts: &[Part], above: &str, to: &mut Vec<Leaf>) {
    for (number, part) in (1..).zip(parts) {
        let path = format!("{above}{number}");
        match &part.content {
            Content::Octets(_) => to.push(Leaf::new(path, part)),
            Content::Parts(parts) => add_leaves(parts, &format!("{path}."), to),
        }
    }
}

/// Where a slice of the input begins in it.
pub(crate) fn offset_in(input: &Bytes, slice: &Bytes) -> usize {
    let offset = slice.as_ptr().addr().wrapping_sub(input.as_ptr().addr());
    if offset <= input.len() { offset } else { 0 }
}

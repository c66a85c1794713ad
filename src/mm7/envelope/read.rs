//! Reading the envelope: the SOAP header and body, and the message in them.

mod fault;

use alloc::vec::Vec;

use super::{Envelope, TRANSACTION_ID};
use crate::context::{Context, Decoding};
use crate::error::{DecodeError, DecodeErrorKind};
use crate::list::push;
use crate::message::Str;
use crate::mm7::field;
use crate::mm7::fragment::Extra;
use crate::mm7::namespace::Space;
use crate::mm7::pdu::Pdu;
use crate::mm7::reader::Reader;
use crate::mm7::response::{Fault, error_name};
use crate::mm7::schema::{SOAP, Schema, is_like_soap};
use crate::mm7::vocabulary::VOCABULARY;
use crate::options::{DeviationKind, Options};
use crate::xml::document::Document;
use crate::xml::reader::Node;
/// Reads an envelope, or a message without one; all fields, or those that are [peeked](super::super::peek) at.
pub(in crate::mm7) fn read(
    octets: &[u8],
    label: Option<&str>,
    offset: usize,
    options: &Options,
    is_peek: bool,
    cx: &mut Context,
) -> Result<Envelope, DecodeError> {
    let document = Document::decode(octets, label, offset, &options.limits, cx)?;
    let mut reader = Reader::new(&document, cx, &VOCABULARY);
    reader.is_peek = is_peek;
    let mut envelope = Envelope {
        transaction_id: None,
        schema: Schema::default(),
        header: Vec::new(),
        pdu: Pdu::Fault(Fault::default()),
        attachments: Vec::new(),
    };
    Reading { reader: &mut reader, in_header: None, later_ids: Vec::new() }.document(&mut envelope)?;
    Ok(envelope)
}

/// Reads the header entry that is the `TransactionID`.
fn read_transaction_id(reader: &mut Reader<'_>) -> Result<Str, DecodeError> {
    let at = reader.start();
    reader.is_named(TRANSACTION_ID)?;
    match reader.space()? {
        Space::Message | Space::Family => {}
        Space::None => reader.forgive_once(DeviationKind::MissingNamespace, at)?,
        _ => reader.forgive_once(DeviationKind::WrongNamespace, at)?,
    }
    let mut list = reader.attributes();
    while let Some(attribute) = list.next(reader)? {
        let namespace = attribute.prefix.and_then(|prefix| reader.attribute_namespace(prefix));
        let is_soap = namespace.is_some_and(|namespace| namespace == SOAP || is_like_soap(namespace));
        if !is_soap || !matches!(attribute.name, "mustUnderstand" | "encodingStyle" | "actor") {
            reader.forgive(DeviationKind::UnexpectedAttribute, at)?;
        }
    }
    Ok(reader.trimmed()?.as_ref().into())
}

/// Whether a message of MM7 or a fault has this name.
fn is_message(name: &str) -> bool {
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    is("Fault") || error_name(name).is_some() || Pdu::NAMES.iter().any(|known| is(known))
}

struct Reading<'r, 'a> {
    reader: &'r mut Reader<'a>,
    /// The namespace of the header entry.
    in_header: Option<(Str, Schema)>,
    /// The first `TransactionID` in a proprietary namespace, and those behind it: which
    /// is meant depends on the message.
    later_ids: Vec<LaterId>,
}

struct LaterId {
    /// Where it begins.
    at: usize,
    /// Which of the other header entries it is.
    index: usize,
    namespace: Str,
    is_family: bool,
}

impl Reading<'_, '_> {
    fn document(mut self, envelope: &mut Envelope) -> Result<(), DecodeError> {
        let Node::Start = self.reader.child()? else {
            return Err(self.reader.error(DecodeErrorKind::NotAMessage, 0));
        };
        if self.reader.is_named("Envelope")? {
            self.envelope(envelope)?;
        } else {
            self.reader.forgive_here(DeviationKind::MissingEnvelope)?;
            self.entry(&mut envelope.pdu)?;
        }
        self.end()?;
        self.take_later_id(envelope)?;
        if envelope.transaction_id.is_none() {
            take_inner_id(envelope);
        }
        if envelope.transaction_id.is_none() && !matches!(envelope.pdu, Pdu::Fault(_)) {
            self.reader.missing(TRANSACTION_ID, 0)?;
        }
        let by_version = envelope.pdu.mm7_version().map(|version| version.schema());
        envelope.schema = if self.reader.own().is_empty() || self.reader.is_assumed() {
            self.in_header.map(|(_, schema)| schema).or(by_version).unwrap_or_default()
        } else {
            self.reader.schema.clone()
        };
        Ok(())
    }

    fn envelope(&mut self, envelope: &mut Envelope) -> Result<(), DecodeError> {
        self.soap()?;
        let mut found = false;
        while let Some(()) = self.next_child()? {
            if self.reader.is_named("Header")? {
                if found {
                    self.reader.forgive_here(DeviationKind::FieldOrder)?;
                }
                self.soap()?;
                while let Some(()) = self.next_child()? {
                    self.header_entry(envelope)?;
                }
            } else if self.reader.is_named("Body")? {
                self.soap()?;
                while let Some(()) = self.next_child()? {
                    self.child_of_body(envelope, &mut found, true)?;
                }
            } else {
                self.child_of_body(envelope, &mut found, false)?;
            }
        }
        if found { Ok(()) } else { Err(self.reader.error(DecodeErrorKind::NotAMessage, self.reader.start())) }
    }

    /// Reads an element of the body, or one that is beside the body in place of in it: a message, or the
    /// `TransactionID` of the header. Others are skipped.
    fn child_of_body(
        &mut self,
        envelope: &mut Envelope,
        found: &mut bool,
        is_in_body: bool,
    ) -> Result<(), DecodeError> {
        let misplaced = DeviationKind::MisplacedField;
        if self.reader.name().eq_ignore_ascii_case(TRANSACTION_ID) && envelope.transaction_id.is_none() {
            self.reader.forgive_here(misplaced)?;
            return self.header_entry(envelope);
        }
        if *found || !(is_in_body || is_message(self.reader.name())) {
            return self.skip();
        }
        if !is_in_body {
            self.reader.forgive_here(misplaced)?;
        }
        *found = true;
        self.entry(&mut envelope.pdu)
    }

    /// Goes to the next child of the element, unless it ends before.
    fn next_child(&mut self) -> Result<Option<()>, DecodeError> {
        loop {
            match self.reader.child()? {
                Node::Start => return Ok(Some(())),
                Node::End => return Ok(None),
                Node::Text(_) => self.reader.forgive_here(DeviationKind::StrayOctets)?,
            }
        }
    }

    /// Checks that the current element is one of SOAP.
    fn soap(&mut self) -> Result<(), DecodeError> {
        // Foreign attributes are allowed here.
        if self.reader.has_attributes() {
            self.reader.attributes().skip(self.reader)?;
        }
        let at = self.reader.start();
        match self.reader.space()? {
            Space::Soap => Ok(()),
            Space::None => self.reader.forgive_once(DeviationKind::MissingNamespace, at),
            _ => self.reader.forgive_once(DeviationKind::WrongNamespace, at),
        }
    }

    /// Reports the current element, and goes to its end.
    fn skip(&mut self) -> Result<(), DecodeError> {
        self.reader.forgive_here(DeviationKind::UnexpectedField)?;
        self.reader.fragment().map(|_| ())
    }

    fn header_entry(&mut self, envelope: &mut Envelope) -> Result<(), DecodeError> {
        let at = self.reader.start();
        let is_id = self.reader.name().eq_ignore_ascii_case(TRANSACTION_ID);
        let is_foreign = self.reader.space()? == Space::Foreign;
        if !is_id || is_foreign || !self.later_ids.is_empty() || envelope.transaction_id.is_some() {
            self.reader.count()?;
            if is_id && envelope.transaction_id.is_none() {
                let family = self.reader.mm7_namespace();
                let namespace = family.as_ref().map(|(uri, _)| uri.clone()).or_else(|| self.reader.foreign_namespace());
                let (is_family, namespace) = (family.is_some(), namespace.unwrap_or_default());
                self.in_header = self.in_header.take().or(family);
                self.later_ids.push(LaterId { at, index: envelope.header.len(), namespace, is_family });
            } else if is_id && !is_foreign {
                self.duplicate_id(at)?;
            }
            let fragment = self.reader.fragment()?;
            push(&mut envelope.header, fragment);
            return Ok(());
        }
        self.in_header = self.reader.mm7_namespace().filter(|_| !self.reader.is_assumed());
        if let Some((uri, _)) = &self.in_header {
            self.reader.assume(uri);
        }
        envelope.transaction_id = Some(self.reader.in_field(TRANSACTION_ID, read_transaction_id)?);
        Ok(())
    }

    fn duplicate_id(&mut self, at: usize) -> Result<(), DecodeError> {
        self.reader.in_field(TRANSACTION_ID, |reader| reader.forgive(DeviationKind::DuplicateField, at))
    }

    /// Takes the `TransactionID` in the namespace of the message, else one of MM7, else the first.
    fn take_later_id(&mut self, envelope: &mut Envelope) -> Result<(), DecodeError> {
        let ids = core::mem::take(&mut self.later_ids);
        let of_message = |id: &&LaterId| !id.namespace.is_empty() && id.namespace == *self.reader.own();
        let meant = ids.iter().find(of_message).or_else(|| ids.iter().find(|id| id.is_family)).or(ids.first());
        let Some(meant) = meant else { return Ok(()) };
        for id in ids.iter().filter(|id| id.is_family && id.index != meant.index) {
            self.duplicate_id(id.at)?;
        }
        let entry = envelope.header.get(meant.index).cloned().map(Extra::new);
        let text = entry.and_then(|entry| match entry.text() {
            Some(text) => Some(Str::from(text.trim_ascii())),
            None => entry.is_empty().then(Str::default),
        });
        if text.is_some() {
            if !meant.is_family {
                self.reader.forgive_once(DeviationKind::WrongNamespace, meant.at)?;
            }
            envelope.header.remove(meant.index);
            envelope.transaction_id = text;
        }
        Ok(())
    }

    /// Reads the current element as a message.
    fn entry(&mut self, pdu: &mut Pdu) -> Result<(), DecodeError> {
        let name = self.reader.name();
        if !matches!(self.reader.space()?, Space::Family | Space::Foreign) && self.reader.is_named("Fault")? {
            *pdu = Pdu::Fault(self.fault()?);
            return Ok(());
        }
        if let Some(error) = error_name(name) {
            // Without the fault around it.
            self.reader.forgive_here(DeviationKind::MissingEnvelope)?;
            let mut fault = Fault { error: Some(self.error_response(error)?), ..Fault::default() };
            fault.say_code();
            *pdu = Pdu::Fault(fault);
            return Ok(());
        }
        let known = Pdu::NAMES.iter().find(|known| known.eq_ignore_ascii_case(name));
        let Some((known, message)) = known.and_then(|known| Some((*known, Pdu::named(known)?))) else {
            return Err(self.reader.error(DecodeErrorKind::NotAMessage, self.reader.start()));
        };
        self.namespace(known)?;
        *pdu = message;
        if !pdu.is_in(&self.reader.schema) {
            self.reader.forgive_here(DeviationKind::UnexpectedField)?;
        }
        field::read(pdu.table_mut(), self.reader)
    }

    /// Makes the namespace of the current element, which is equivalent to `known`, the one of the message.
    fn namespace(&mut self, known: &str) -> Result<(), DecodeError> {
        let at = self.reader.start();
        let name = self.reader.name();
        if name != known {
            let is_same = name.eq_ignore_ascii_case(known);
            self.reader.forgive(if is_same { DeviationKind::LetterCase } else { DeviationKind::FieldName }, at)?;
        }
        if let Some((uri, schema)) = self.reader.mm7_namespace() {
            if Schema::from_uri(&uri) != Some(schema.clone()) || matches!(schema, Schema::Other(_)) {
                self.reader.forgive(DeviationKind::UnknownSchema, at)?;
            }
            if self.in_header.as_ref().is_some_and(|(in_header, _)| *in_header != uri) {
                self.reader.forgive_once(DeviationKind::WrongNamespace, at)?;
            }
            self.reader.set_namespace(uri, schema);
            return Ok(());
        }
        let kind = match self.reader.space()? {
            Space::None => DeviationKind::MissingNamespace,
            _ => DeviationKind::WrongNamespace,
        };
        self.reader.forgive_once(kind, at)?;
        // The children are in the same one, and so is the answer.
        let foreign = self.reader.foreign_namespace().map(|uri| (uri.clone(), Schema::Other(uri)));
        if let Some((uri, schema)) = foreign.or_else(|| self.in_header.clone()) {
            self.reader.set_namespace(uri, schema);
        }
        Ok(())
    }

    /// Checks that nothing but comments follows.
    fn end(&mut self) -> Result<(), DecodeError> {
        let at = self.reader.position();
        match self.reader.child()? {
            Node::End => Ok(()),
            Node::Text(_) => self.reader.forgive(DeviationKind::StrayOctets, at),
            Node::Start => Err(self.reader.error(DecodeErrorKind::InvalidXml, self.reader.start())),
        }
    }
}

/// Takes the `TransactionID` that is in the message in place of the header, and was kept there.
fn take_inner_id(envelope: &mut Envelope) {
    let extra = envelope.pdu.table_mut().extra_mut();
    let is_id = |extra: &Extra| extra.parent.is_empty() && extra.field_name().eq_ignore_ascii_case(TRANSACTION_ID);
    if let Some(index) = extra.iter().position(is_id)
        && let Some(id) = extra.get(index).and_then(Extra::text).map(|text| Str::from(text.trim_ascii()))
    {
        extra.remove(index);
        envelope.transaction_id = Some(id);
    }
}

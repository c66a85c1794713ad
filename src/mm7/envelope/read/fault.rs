//! Reading a SOAP fault (SOAP 1.1, 4.4), and what is found of one without it.

use alloc::string::String;
use alloc::vec::Vec;

use super::Reading;
use crate::context::Decoding;
use crate::error::DecodeError;
use crate::list::push;
use crate::message::Str;
use crate::mm7::field;
use crate::mm7::fragment::{Extra, Fragment};
use crate::mm7::namespace::Space;
use crate::mm7::pdu::Pdu;
use crate::mm7::reader::Reader;
use crate::mm7::response::{ErrorName, Fault, FaultError, Response, error_name};
use crate::options::DeviationKind;
use crate::xml::name::is_name;
use crate::xml::reader::Node;

impl Reading<'_, '_> {
    pub(super) fn fault(&mut self) -> Result<Fault, DecodeError> {
        self.soap()?;
        if self.reader.is_soap_12() {
            return self.fault_of_soap_12();
        }
        let at = self.reader.start();
        self.reader.is_fault = true;
        let (mut fault, mut in_detail) = (Fault::default(), Fault::default());
        let mut has_detail = false;
        let Self { reader, in_header, .. } = self;
        let mut detail = |reader: &mut Reader<'_>| -> Result<bool, DecodeError> {
            if reader.space()? == Space::Foreign || !reader.is_named("detail")? {
                return Ok(false);
            }
            if reader.space()? != Space::None {
                reader.forgive_once_here(DeviationKind::WrongNamespace)?;
            }
            if core::mem::replace(&mut has_detail, true) {
                reader.forgive_here(DeviationKind::DuplicateField)?;
            }
            let mut inside = Reading { reader, in_header: in_header.take(), later_ids: Vec::new() };
            inside.detail(&mut in_detail)?;
            *in_header = inside.in_header;
            Ok(true)
        };
        field::read_with(&mut fault, reader, &mut detail)?;
        self.reader.is_fault = false;
        fault.error = in_detail.error;
        fault.extra.append(&mut in_detail.extra);
        if let Some(code) = fault.code.take() {
            fault.code = Some(self.local_code(&code, at)?);
        }
        Ok(fault)
    }

    /// The same in the words of SOAP 1.2 (part 1, 5.4), of which the envelope was reported.
    fn fault_of_soap_12(&mut self) -> Result<Fault, DecodeError> {
        let start = self.reader.start();
        let mut fault = Fault::default();
        while let Some(()) = self.next_child()? {
            let at = self.reader.start();
            let name = self.reader.name();
            let is_repeated = match name {
                "Code" => fault.code.is_some(),
                "Reason" => fault.string.is_some(),
                "Role" => fault.actor.is_some(),
                "Detail" => false,
                _ => true,
            };
            if is_repeated || self.reader.space()? == Space::Foreign {
                self.reader.keep(DeviationKind::UnexpectedField)?;
                continue;
            }
            self.reader.forgive(DeviationKind::FieldName, at)?;
            match name {
                "Code" => {
                    let code = self.text_of("Value")?;
                    fault.code = code.map(|code| self.local_code(&code, at)).transpose()?;
                }
                "Reason" => fault.string = self.text_of("Text")?.map(|text| text.as_str().into()),
                "Role" => fault.actor = Some(self.reader.trimmed()?.as_ref().into()),
                _ => self.detail(&mut fault)?,
            }
        }
        for (field, is_missing) in [("faultcode", fault.code.is_none()), ("faultstring", fault.string.is_none())] {
            if is_missing {
                self.reader.missing(field, start)?;
            }
        }
        fault.extra.append(&mut self.reader.kept);
        Ok(fault)
    }

    /// The text of the first child with this name; other children are kept.
    fn text_of(&mut self, name: &str) -> Result<Option<Str>, DecodeError> {
        let mut found = None;
        while let Some(()) = self.next_child()? {
            if found.is_none() && self.reader.name() == name {
                self.reader.attributes().skip(self.reader)?;
                found = Some(self.reader.trimmed()?.as_ref().into());
            } else {
                self.reader.keep(DeviationKind::UnexpectedField)?;
            }
        }
        Ok(found)
    }

    /// A fault code without its prefix.
    fn local_code(&mut self, code: &str, at: usize) -> Result<Str, DecodeError> {
        /// The codes of SOAP 1.1, and how SOAP 1.2 calls them if it does so by another name.
        const CODES: [(&str, &str); 4] = [
            ("Client", "Sender"),
            ("Server", "Receiver"),
            ("VersionMismatch", "VersionMismatch"),
            ("MustUnderstand", "MustUnderstand"),
        ];
        let mut forgive = |kind| self.reader.in_field("faultcode", |reader| reader.forgive(kind, at));
        let local = match code.rsplit_once(':') {
            None => {
                forgive(DeviationKind::MissingNamespace)?;
                code
            }
            Some((_, local)) => {
                if !is_name(code) {
                    forgive(DeviationKind::InvalidValue)?;
                }
                local
            }
        };
        let known = CODES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(local));
        if known.is_some_and(|(known, _)| known != local) {
            forgive(DeviationKind::LetterCase)?;
        }
        let known = known.or_else(|| CODES.into_iter().find(|(_, newer)| *newer == local));
        Ok(known.map_or_else(|| local.into(), |(known, _)| Str::from_static(known)))
    }

    /// Reads the content of `detail`: an error response, and whatever else is kept.
    fn detail(&mut self, fault: &mut Fault) -> Result<(), DecodeError> {
        self.reader.attributes().skip(self.reader)?;
        let keep = |fault: &mut Fault, xml| push(&mut fault.extra, Extra { parent: Str::from_static("detail"), xml });
        let mut text = String::new();
        loop {
            let node = self.reader.node()?;
            if let Node::Text(more) = node {
                text.push_str(&more);
                continue;
            }
            let stray = core::mem::take(&mut text);
            if let Some(stray) = Fragment::text(stray.trim_ascii()).filter(|stray| !stray.as_str().is_empty()) {
                self.reader.forgive_here(DeviationKind::StrayOctets)?;
                keep(fault, stray);
            }
            if let Node::End = node {
                return Ok(());
            }
            match self.error_in_detail().filter(|_| fault.error.is_none()) {
                Some(kind) => {
                    let is_fault = core::mem::replace(&mut self.reader.is_fault, false);
                    fault.error = Some(self.error_response(kind)?);
                    self.reader.is_fault = is_fault;
                }
                None => {
                    self.reader.count()?;
                    let xml = self.reader.fragment()?;
                    keep(fault, xml);
                }
            }
        }
    }

    /// Which error response the current element is. Some systems put the response there that the
    /// request would have had: that is one only for those who are lenient.
    fn error_in_detail(&self) -> Option<ErrorName> {
        let name = self.reader.name();
        error_name(name).or_else(|| {
            let known = Pdu::NAMES.iter().find(|known| {
                known.eq_ignore_ascii_case(name) && Pdu::named(known).is_some_and(|pdu| pdu.is_response())
            })?;
            let by_vasp = matches!(*known, "DeliverRsp" | "DeliveryReportRsp" | "ReadReplyRsp");
            let error = if by_vasp { ErrorName::BY_PROVIDER } else { ErrorName::BY_RELAY_SERVER };
            (!self.reader.is_strict()).then_some(error)
        })
    }

    /// Reads the current element as an error response.
    pub(super) fn error_response(&mut self, error: ErrorName) -> Result<FaultError, DecodeError> {
        self.namespace(error.name)?;
        let mut response = Response::default();
        field::read(&mut response, self.reader)?;
        Ok((error.make)(response))
    }
}

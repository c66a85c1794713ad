//! Fitting a message to a schema, and making one that was decoded leniently one that can be written.

use alloc::string::String;
use alloc::vec::Vec;

use super::body::is_url;
use super::envelope::{Envelope, TRANSACTION_ID};
use super::field::{Found, read_as};
use super::fragment::Extra;
use super::pdu::Pdu;
use super::reader::Reader;
use super::response::{Fault, FaultError, Response};
use super::schema::{Schema, SpecVersion};
use super::status::Status;
use super::vocabulary::VOCABULARY;
use super::wire::{CONTENT_ADAPTATIONS, CONTENT_HREF, MM7_VERSION, Mm7, Place, Slot};
use super::writer::Writer;
use crate::change::{Change, ChangeKind, Changes};
use crate::context::Context;
use crate::error::DecodeError;
use crate::message::{Part, Str};
use crate::mime::clean::{clean_body, is_sound_body};
use crate::options::{Limits, Options};
use crate::repair::{clean_values, kind_of, take_out_newer};
use crate::table::{Row, Slot as _, SlotMut as _, Table, count};
use crate::xml::document::Document;
use crate::xml::name::{is_name, split};
use crate::xml::reader::Node;

impl Envelope {
    /// Puts the message into a schema, and removes what that does not have: fields, values, and words,
    /// of which the nearest stays. Returns the list of what it changed, the schema and `MM7Version` aside;
    /// `None`, and the message as it was, if the schema does not have the message at all.
    ///
    /// The same happens when a message is encoded with
    /// [`leave_out`](super::EncodeOptions::leave_out); here the struct changes, before it is encoded.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::Address;
    /// use mms_codec::mm7::{self, Envelope, Schema, SubmitReq};
    ///
    /// let mut submit = SubmitReq::default();
    /// submit.message.to.push(Address::phone("+12025550101"));
    /// submit.message.applic_id = Some("com.example.viewer".into());
    /// let mut envelope = Envelope::new("t1", submit);
    ///
    /// let changes: Vec<_> = envelope.fit_to(&Schema::REL_5_MM7_1_3).unwrap().iter().map(ToString::to_string).collect();
    /// assert_eq!(changes, ["ApplicID removed"]);
    /// assert!(mm7::encode(&envelope).is_ok());
    /// ```
    pub fn fit_to(&mut self, schema: &Schema) -> Option<Vec<Change>> {
        if !self.pdu.is_in(schema) || !schema.is_writable() {
            return None;
        }
        self.schema = schema.clone();
        let is_newer = |version: &SpecVersion| version.schema().place() > schema.place();
        if self.pdu.mm7_version().is_some_and(|version| is_newer(version) || !is_regular_version(version, schema)) {
            self.pdu.set_mm7_version(Some(schema.default_version().into()));
        }
        let mut changes = Changes::default();
        each_table(&mut self.pdu, |pdu| fit_rows(pdu, schema, &mut changes));
        Some(changes.into_vec())
    }

    /// Makes a message that was decoded with deviations one that [`encode`](super::encode) writes and strict
    /// decoding accepts, and returns the list of what it changed.
    ///
    /// Taken out are unreadable values, repeated fields beyond the first, fields of other messages, and
    /// references to parts that are not there. Elements that no schema has are kept, and the encoder
    /// leaves them out unless [`write_extra`](super::EncodeOptions::write_extra) is set. A schema
    /// that is too old for the fields becomes the first that has them all, and another namespace than those
    /// of MM7 becomes the schema that goes with the version. What follows from the other fields is put
    /// in: `MM7Version`, `StatusText`, and the code and words of a fault.
    ///
    /// Facts that only the sender knows are not invented: the encoder still refuses a message without them and
    /// names the field.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::{Bytes, EncodeErrorKind, Options, mm7};
    ///
    /// // A version that is not one, a status without text, and a second identifier.
    /// let octets = Bytes::from_static(
    ///     b"<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Header><t:TransactionID \
    ///       xmlns:t='http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4'>t-1\
    ///       </t:TransactionID></e:Header><e:Body><SubmitRsp \
    ///       xmlns='http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4'>\
    ///       <MM7Version>6.8</MM7Version><Status><StatusCode>1000</StatusCode></Status>\
    ///       <MessageID>m-1</MessageID><MessageID>m-2</MessageID></SubmitRsp></e:Body></e:Envelope>",
    /// );
    /// let mut envelope = mm7::decode_envelope(&octets)?.value;
    /// assert_eq!(mm7::encode(&envelope).unwrap_err().kind, EncodeErrorKind::InvalidText);
    ///
    /// let changes: Vec<_> = envelope.normalize().iter().map(ToString::to_string).collect();
    /// assert_eq!(changes, ["MessageID changed", "Status.StatusText changed", "MM7Version changed"]);
    /// let written = mm7::encode(&envelope)?.body();
    /// assert!(mm7::decode_envelope_with(&written, &Options::strict()).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn normalize(&mut self) -> Vec<Change> {
        let mut changes = Changes::default();
        self.take_out_entries(&mut changes);
        // Of the last schema, which has every value.
        let last = Schema::ALL.last().unwrap_or(&self.schema);
        each_table(&mut self.pdu, |pdu| {
            take_out_extra(pdu, &self.schema, &mut changes);
            take_out_unwritten(pdu, &mut changes);
            let is_regular = |name, slot: Slot<'_>, index| is_regular(last, name, slot, index);
            let clean = |pdu: &mut dyn Table<Mm7>, place, index| {
                bring_near(last, pdu, place, index);
                pdu.slot_mut(place).into_iter().for_each(|slot| slot.clean(index));
            };
            clean_values(pdu, is_regular, clean, &mut changes);
        });
        self.raise_schema(&mut changes);
        each_table(&mut self.pdu, |pdu| fit_rows(pdu, &self.schema, &mut changes));
        self.clean_content(&mut changes);
        self.put_in_defaults(&mut changes);
        changes.into_vec()
    }

    /// Removes the entries of the SOAP header that a reader would take for the `TransactionID`.
    fn take_out_entries(&mut self, changes: &mut Changes) {
        let Self { transaction_id, schema, header, .. } = self;
        let before = header.len();
        header.retain(|entry| {
            let is_id = |name: &Str| name.eq_ignore_ascii_case(TRANSACTION_ID);
            // Without one, a reader takes that of a vendor.
            let is_named_so = || is_id(&split(Extra::new(entry.clone()).name()).1.into());
            !entry.own_names(schema).iter().any(is_id) && (transaction_id.is_some() || !is_named_so())
        });
        if header.len() < before {
            let kind = if transaction_id.is_some() { ChangeKind::Changed } else { ChangeKind::Removed };
            changes.add(TRANSACTION_ID, kind);
        }
    }

    /// Makes the schema one that has all fields, if there is such a schema behind this one.
    fn raise_schema(&mut self, changes: &mut Changes) {
        let own = self.schema.clone();
        if !matches!(own, Schema::Numbered { .. }) || own.known_uri().is_none() {
            self.schema = self.pdu.mm7_version().map(SpecVersion::schema).unwrap_or_default();
        }
        let first = self.schema.place();
        let mut later = Schema::ALL.iter().filter(|schema| schema.place() >= first && self.pdu.is_in(schema));
        let fallback = later.clone().next();
        if let Some(schema) = later.find(|schema| has_all(&self.pdu, schema)).or(fallback) {
            self.schema = schema.clone();
        }
        if self.schema != own {
            changes.put_in("xmlns");
        }
    }

    /// Changes the content and the attachments so that they can be written and found again.
    fn clean_content(&mut self, changes: &mut Changes) {
        let Self { pdu, attachments, .. } = self;
        let mut clean = |part: &mut Part| {
            if !is_sound_body(part) {
                clean_body(part);
                changes.add(CONTENT_HREF.element, ChangeKind::Changed);
            }
        };
        attachments.iter_mut().for_each(&mut clean);
        let Some((href, message)) = pdu.table_mut().reference() else { return };
        message.body.iter_mut().for_each(&mut clean);
        let is_elsewhere = href.as_deref().is_some_and(is_url);
        let is_dangling = message.body.is_none() && !is_elsewhere && !attachments.is_empty();
        if href.is_some() && (is_dangling || message.body.is_some() && is_elsewhere) {
            *href = None;
            changes.add(CONTENT_HREF.path, ChangeKind::Removed);
        }
        if is_dangling {
            // What readers take for the content where nothing refers to it.
            message.body = Some(attachments.remove(0));
            changes.put_in(CONTENT_HREF.element);
        }
        if message.body.is_none() && href.is_none() && message.adaptation_allowed.take().is_some() {
            changes.add(CONTENT_ADAPTATIONS.path, ChangeKind::Removed);
        }
    }

    /// Puts in what the other fields say of absent ones.
    fn put_in_defaults(&mut self, changes: &mut Changes) {
        let Self { schema, pdu, .. } = self;
        if let Pdu::Fault(fault) = pdu {
            let mut said = fault.clone();
            said.say_code();
            if !fault.code.as_deref().is_some_and(|code| is_name(code) && !code.contains(':')) {
                fault.code = said.code;
                changes.put_in("faultcode");
            }
            if fault.string.is_none() {
                fault.string = said.string;
                changes.put_in("faultstring");
            }
        }
        if let Some(status) = status_of(pdu)
            && status.text.is_none()
            && let Some(code) = status.code
        {
            status.text = Status::new(code).text;
            changes.put_in("Status.StatusText");
        }
        let is_regular = |version: &SpecVersion| is_regular_version(version, schema);
        let has_version = !matches!(pdu, Pdu::Fault(fault) if fault.error.is_none());
        if has_version && !pdu.mm7_version().is_some_and(is_regular) {
            pdu.set_mm7_version(Some(schema.default_version().into()));
            changes.put_in(MM7_VERSION.path);
        }
    }
}

/// Calls `each` with the tables of the message: a fault holds another.
fn each_table(pdu: &mut Pdu, mut each: impl FnMut(&mut dyn Table<Mm7>)) {
    each(pdu.table_mut());
    if let Some(response) = error_response(pdu) {
        each(response);
    }
}

/// Whether the schema has all fields and values of the message.
fn has_all(pdu: &Pdu, schema: &Schema) -> bool {
    let has_row = |pdu: &dyn Table<Mm7>, (place, row): (usize, &Row<Mm7>)| {
        let Some(slot) = pdu.slot(place) else { return true };
        let mut values = 0..slot.count();
        values.is_empty()
            || row.name.schemas.contain(schema) && values.all(|index| is_regular(schema, row.name, slot, index))
    };
    let has_rows = |pdu: &dyn Table<Mm7>| pdu.rows().iter().enumerate().all(|row| has_row(pdu, row));
    let response = match pdu {
        Pdu::Fault(fault) => fault.error.as_ref().map(FaultError::response),
        _ => None,
    };
    has_rows(pdu.table()) && response.is_none_or(|response| has_rows(response))
}

fn error_response(pdu: &mut Pdu) -> Option<&mut Response> {
    match pdu {
        Pdu::Fault(Fault {
            error: Some(FaultError::RsErrorRsp(response) | FaultError::VaspErrorRsp(response)),
            ..
        }) => Some(response),
        _ => None,
    }
}

/// The status of a response that has words.
fn status_of(pdu: &mut Pdu) -> Option<&mut Status> {
    match pdu {
        Pdu::SubmitRsp(pdu) => Some(&mut pdu.status),
        Pdu::DeliverRsp(pdu) => Some(&mut pdu.status),
        Pdu::CancelRsp(pdu) | Pdu::ReplaceRsp(pdu) | Pdu::DeliveryReportRsp(pdu) | Pdu::ReadReplyRsp(pdu) => {
            Some(&mut pdu.status)
        }
        pdu => error_response(pdu).map(|response| &mut response.status),
    }
}

/// Removes what the schema does not have.
fn fit_rows(pdu: &mut dyn Table<Mm7>, schema: &Schema, changes: &mut Changes) {
    take_out_unwritten(pdu, changes);
    take_out_newer(pdu, |name| !name.schemas.contain(schema), changes);
    let is_regular = |name, slot: Slot<'_>, index| is_regular(schema, name, slot, index);
    let clean = |pdu: &mut dyn Table<Mm7>, place, index| bring_near(schema, pdu, place, index);
    clean_values(pdu, is_regular, clean, changes);
}

/// Removes what is in the struct and in no schema.
fn take_out_unwritten(pdu: &mut dyn Table<Mm7>, changes: &mut Changes) {
    let carried = pdu.rows().elements;
    if let Some((_, message)) = pdu.reference() {
        message.retain(carried).iter().for_each(|lost| changes.add(lost.name(), ChangeKind::Removed));
    }
    take_out_newer(pdu, |name| !Schema::ALL.iter().any(|schema| name.schemas.contain(schema)), changes);
}

/// Removes the elements that are kept because something is wrong with them.
fn take_out_extra(pdu: &mut dyn Table<Mm7>, schema: &Schema, changes: &mut Changes) {
    let rows = pdu.rows();
    let mut extra = core::mem::take(pdu.extra_mut());
    extra.retain(|extra| {
        if extra.name().is_empty() {
            // Text between the elements of `detail`.
            changes.add(extra.parent.clone(), ChangeKind::Changed);
            return false;
        }
        let names = extra.xml.own_names(schema);
        let Some(found) = names.iter().find_map(|name| read_as(rows, &extra.parent, name)) else { return true };
        let (Found::Row(place) | Found::Group(place)) = found;
        let Some(Row { name, .. }) = rows.get(place) else { return true };
        match found {
            Found::Row(_) => changes.add(name.path, kind_of(pdu, Some(place))),
            Found::Group(_) => {
                let mut places =
                    (0..rows.len()).filter(|place| rows.get(*place).is_some_and(|row| row.name.outer == name.outer));
                changes.add(name.outer, kind_of(pdu, places.find(|place| count(pdu, *place) > 0)));
            }
        }
        false
    });
    *pdu.extra_mut() = extra;
}

/// Whether a value is written as something that strict decoding reads. The version is looked at apart from the
/// others, since another one takes its place.
fn is_regular(schema: &Schema, name: Place, slot: Slot<'_>, index: usize) -> bool {
    let is_read = |xml: &str| read_value(xml, schema, name, &Options::strict(), |reader| slot.probe(reader));
    name.path == MM7_VERSION.path || write_value(schema, name, slot, index, false).is_some_and(|xml| is_read(&xml))
}

fn is_regular_version(version: &SpecVersion, schema: &Schema) -> bool {
    let version = Some(version.clone());
    let slot = Slot::Version(&version);
    let is_read = |xml: &str| read_value(xml, schema, MM7_VERSION, &Options::strict(), |reader| slot.probe(reader));
    write_value(schema, MM7_VERSION, slot, 0, false).is_some_and(|xml| is_read(&xml))
}

/// Gives a field the value that comes nearest in the schema, if there is one.
fn bring_near(schema: &Schema, pdu: &mut dyn Table<Mm7>, place: usize, index: usize) {
    let Some(row) = pdu.rows().get(place).filter(|row| !row.repeats) else { return };
    let written = pdu.slot(place).and_then(|slot| write_value(schema, row.name, slot, index, true));
    if let (Some(xml), Some(slot)) = (written, pdu.slot_mut(place)) {
        read_value(&xml, schema, row.name, &Options::lenient(), |reader| slot.read(reader));
    }
}

/// A document with one value in it: the element of the field, or of the address.
fn write_value(schema: &Schema, name: Place, slot: Slot<'_>, index: usize, leave_out: bool) -> Option<String> {
    let mut to = Writer::new(schema.clone(), leave_out);
    name.enter(&mut to);
    to.start("_");
    to.attribute("xmlns", &schema.uri()).ok()?;
    let is_alone = name.holds_many;
    if !is_alone {
        to.start(name.element);
    }
    if name.attribute.is_empty() {
        slot.write(index, &mut to).ok()?;
    } else {
        to.start_attribute(name.attribute);
        slot.write(index, &mut to).ok()?;
        to.end_attribute();
    }
    if !is_alone {
        to.end(name.element);
    }
    to.end("_");
    Some(to.finish().0)
}

/// Reads what [`write_value`] wrote, and returns whether that is one value.
fn read_value(
    xml: &str,
    schema: &Schema,
    name: Place,
    options: &Options,
    read: impl FnOnce(&mut Reader<'_>) -> Result<(), DecodeError>,
) -> bool {
    let limits = Limits { items: usize::MAX, xml: usize::MAX, ..options.limits };
    let options = Options { limits, ..*options };
    let mut cx = Context::new(&options, xml.len());
    let try_read = || -> Result<bool, DecodeError> {
        let document = Document::decode(xml.as_bytes(), Some("utf-8"), 0, &options.limits, &mut cx)?;
        let mut reader = Reader::new(&document, &mut cx, &VOCABULARY);
        reader.set_namespace(schema.uri().as_ref().into(), schema.clone());
        reader.is_plain = name.is_plain_in(schema);
        reader.node()?;
        reader.node()?;
        if !name.attribute.is_empty() {
            let value = reader.attributes().next(&reader)?.map(|attribute| attribute.value);
            reader.set_value(value.unwrap_or_default());
        }
        read(&mut reader)?;
        Ok(matches!(reader.node()?, Node::End))
    };
    try_read().unwrap_or(false)
}

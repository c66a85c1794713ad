//! The loops over the field tables.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use bytes::Bytes;

use super::value::{FieldName, Form, Mm4, Reader, Writer};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{Content, ElementSet, Header, Message, Part};
use crate::mime::TransferOptions;
use crate::mime::context::Context;
use crate::mime::encode::{Output, Plan, write_empty_entity, write_text_header};
use crate::mime::entity::{EntityFields, decode_content, text_header};
use crate::mime::header::{RawField, Section, write_field};
use crate::options::{DeviationKind, Options};
use crate::table::{Field, Need, Shown, ShownField, elements, push};

/// The field that says which message it is.
pub(super) const MESSAGE_TYPE: &str = "X-Mms-Message-Type";
const MIME_VERSION: &str = "MIME-Version";

/// A message struct and its field table.
pub(crate) trait Table: Default + 'static {
    /// The value of `X-Mms-Message-Type`.
    const NAME: &'static str;

    /// In the order the fields are written. `X-Mms-Message-Type` is not among them.
    const FIELDS: &'static [Field<Self, Mm4>];

    fn extra(&self) -> &Vec<Header>;
    fn extra_mut(&mut self) -> &mut Vec<Header>;

    fn body(&self) -> Option<&Part>;
    fn body_mut(&mut self) -> &mut Option<Part>;

    /// The shared message, if there is one.
    fn message(&self) -> Option<&Message> {
        None
    }

    /// The field that other fields demand and that is not there.
    fn missing(&self) -> Option<&'static str> {
        None
    }
}

/// The accessors of a [`Table`]: which fields hold what has no row.
macro_rules! extra_and_body {
    ($extra:ident, $($body:ident).+) => {
        fn extra(&self) -> &Vec<Header> {
            &self.$extra
        }

        fn extra_mut(&mut self) -> &mut Vec<Header> {
            &mut self.$extra
        }

        fn body(&self) -> Option<&Part> {
            self.$($body).+.as_ref()
        }

        fn body_mut(&mut self) -> &mut Option<Part> {
            &mut self.$($body).+
        }
    };
}
pub(super) use extra_and_body;

fn elements_of<P: Table>() -> ElementSet {
    const { elements(P::FIELDS) }
}

/// Reads all fields into a message that has none. `message_type` is where the field stands that said
/// which message it is.
pub(super) fn read<P: Table>(
    pdu: &mut P,
    input: &Bytes,
    mut section: Section<'_>,
    message_type: usize,
    context: &mut Context,
) -> Result<(), DecodeError> {
    let mut entity = EntityFields::default();
    let mut expected = 0;
    let mut has_mime_version = false;
    loop {
        let field = match section.next(context) {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) => return Err(error),
        };
        if field.offset == message_type {
            continue;
        }
        context.count(field.offset)?;
        if entity.take(&field, context)? {
            continue;
        }
        if field.is(MIME_VERSION) {
            read_mime_version(&field, core::mem::replace(&mut has_mime_version, true), context)?;
            continue;
        }
        if let Some((place, row)) = row::<P>(&field, expected) {
            expected = place + 1;
            context.field = Some(row.name.spelling);
            read_value(row, &field, pdu, context)?;
        } else {
            let kind = if field.is(MESSAGE_TYPE) {
                Some(DeviationKind::DuplicateField)
            } else {
                super::pdu::has_row(&field).then_some(DeviationKind::UnexpectedField)
            };
            if let Some(kind) = kind {
                context.forgive(kind, field.offset)?;
            }
            let header = text_header(&field, context)?;
            push(pdu.extra_mut(), header);
        }
        context.field = None;
    }
    let body = section.offset();
    if message_type >= body {
        return Err(context.error(DecodeErrorKind::NotAMessage, 0).in_field(MESSAGE_TYPE));
    }
    read_body(input, body, entity, pdu, context)?;
    let missing = P::FIELDS.iter().filter(|row| row.need == Need::Mandatory && (row.count)(pdu) == 0);
    for name in missing.map(|row| row.name.spelling).chain(pdu.missing()) {
        context.missing(name, body)?;
    }
    Ok(())
}

/// RFC 2045, 4 knows one version, and wants it once. What is written is always that.
fn read_mime_version(field: &RawField<'_>, is_again: bool, context: &mut Context) -> Result<(), DecodeError> {
    let text = field.text(context)?;
    let is_known = || {
        let words: String = text.split(['(', ')']).step_by(2).collect();
        words.trim() == "1.0"
    };
    let kind = if is_again {
        DeviationKind::DuplicateField
    } else if text != "1.0" && !is_known() {
        DeviationKind::InvalidValue
    } else {
        return Ok(());
    };
    let outer = context.field.replace(MIME_VERSION);
    context.forgive(kind, field.offset)?;
    context.field = outer;
    Ok(())
}

/// The row of a field: mostly one soon behind the last.
fn row<P: Table>(field: &RawField<'_>, expected: usize) -> Option<(usize, &'static Field<P, Mm4>)> {
    let is = |row: &Field<P, Mm4>| field.is(row.name.spelling) || row.name.alias.is_some_and(|alias| field.is(alias));
    let (before, after) = P::FIELDS.split_at_checked(expected).unwrap_or((P::FIELDS, &[]));
    if let Some(row) = after.first().filter(|row| is(row)) {
        return Some((expected, row));
    }
    let place = after.iter().position(is).map(|place| before.len() + place).or_else(|| before.iter().position(is))?;
    P::FIELDS.get(place).map(|row| (place, row))
}

fn read_value<P: Table>(
    row: &Field<P, Mm4>,
    field: &RawField<'_>,
    pdu: &mut P,
    context: &mut Context,
) -> Result<(), DecodeError> {
    if row.name.alias.is_some() && !field.is(row.name.spelling) {
        context.forgive(DeviationKind::FieldName, field.offset)?;
    }
    let is_list = matches!(row.name.form, Form::Mailboxes | Form::Addresses);
    let repeats = row.repeats;
    if (row.count)(pdu) > 0 && (!repeats || is_list) {
        context.forgive(DeviationKind::DuplicateField, field.offset)?;
        if !repeats {
            let header = text_header(field, context)?;
            push(pdu.extra_mut(), header);
            return Ok(());
        }
    }
    let text = field.text(context)?;
    if text.is_empty() && !may_be_empty(row.name) {
        return context.forgive(DeviationKind::EmptyValue, field.offset);
    }
    let mut from = Reader { context, text: &text, offset: field.value_offset, form: row.name.form };
    loop {
        if repeats {
            from.context.count(field.value_offset)?;
        }
        match (row.read)(pdu, &mut from) {
            Ok(()) if from.text.is_empty() => return Ok(()),
            Ok(()) if repeats => {}
            Ok(()) => return from.context.forgive(DeviationKind::DuplicateField, field.value_offset),
            Err(error) => return keep(&error, field, &text, pdu, context),
        }
    }
}

/// Keeps a field whose value cannot be read.
fn keep<P: Table>(
    error: &DecodeError,
    field: &RawField<'_>,
    text: &str,
    pdu: &mut P,
    context: &mut Context,
) -> Result<(), DecodeError> {
    if context.is_strict() || matches!(error.kind, DecodeErrorKind::LimitExceeded(_)) {
        return Err(*error);
    }
    let kind = match error.kind {
        DecodeErrorKind::Deviation(kind) => kind,
        _ => DeviationKind::InvalidValue,
    };
    context.forgive(kind, error.offset)?;
    if kind != DeviationKind::EmptyValue {
        context.count(field.offset)?;
        push(pdu.extra_mut(), Header::Text { name: field.name().into(), value: text.into() });
    }
    Ok(())
}

/// Texts for people may be empty: real senders write `Subject:`.
fn may_be_empty(name: FieldName) -> bool {
    matches!(name.spelling, "Subject" | "X-Mms-Status-Text")
}

fn read_body<P: Table>(
    input: &Bytes,
    start: usize,
    entity: EntityFields,
    pdu: &mut P,
    context: &mut Context,
) -> Result<(), DecodeError> {
    context.field = None;
    let is_declared = entity.has_content_type();
    let part = decode_content(input, start..input.len(), entity, context)?;
    // Reports and responses have no content; what they say instead is kept if it says something.
    let is_blank = matches!(&part.content, Content::Octets(octets) if octets.trim_ascii().is_empty());
    let carries_content = P::FIELDS.iter().any(|row| row.name.form == Form::Body);
    if carries_content && !is_declared && (context.is_strict() || !is_blank) {
        context.missing("Content-Type", start)?;
    }
    if !is_blank || (carries_content && is_declared) {
        *pdu.body_mut() = Some(part);
    }
    Ok(())
}

/// Takes out the values that have no form on MM4, and names their fields. The body stays.
#[cfg(all(feature = "mm1", feature = "mm7"))]
pub(crate) fn fit<P: Table>(pdu: &mut P) -> Vec<&'static str> {
    let mut to = Writer { text: String::new(), form: Form::Body };
    let mut line = Vec::new();
    let can_write = |pdu: &P, row: &Field<P, Mm4>, index| {
        to.form = row.name.form;
        to.text.clear();
        line.clear();
        let mut write = || -> Result<(), EncodeError> {
            (row.write)(pdu, index, &mut to)?;
            Ok(write_field(&mut line, row.name.spelling, &to.text)?)
        };
        row.name.form == Form::Body || write().is_ok()
    };
    crate::table::fit(pdu, P::FIELDS, |name| name.spelling, can_write)
}

/// Plans the content and writes the message.
pub(super) fn write<P: Table>(pdu: &P, options: TransferOptions, out: &mut Output) -> Result<(), EncodeError> {
    let lost = pdu.message().map(|message| message.elements().without(elements_of::<P>()));
    if let Some(element) = lost.and_then(|lost| lost.iter().next()) {
        return Err(EncodeError::from(EncodeErrorKind::NoSuchField).in_field(element.name()));
    }
    if let Some(name) = pdu.missing() {
        return Err(EncodeError::from(EncodeErrorKind::MissingField).in_field(name));
    }
    let plan = pdu.body().map(|body| Plan::new(body, options)).transpose()?;
    write_field(&mut out.text, MESSAGE_TYPE, P::NAME)?;
    for row in P::FIELDS {
        let name = row.name.spelling;
        let count = (row.count)(pdu);
        if count == 0 && row.need == Need::Mandatory {
            return Err(EncodeError::from(EncodeErrorKind::MissingField).in_field(name));
        }
        if count > 0 && row.name.form != Form::Body {
            write_values(row, count, pdu, &mut out.text).map_err(|error| error.in_field(name))?;
        }
    }
    pdu.extra().iter().try_for_each(|header| write_extra(header, pdu, &mut out.text))?;
    // A reader takes the headers of the content for those of the message.
    for header in pdu.body().map_or(&[][..], |body| &body.headers) {
        match header {
            Header::Text { name, value } if !begins_with_content(name) => check_extra(name, value, pdu)?,
            _ => {}
        }
    }
    write_field(&mut out.text, MIME_VERSION, "1.0")?;
    match (pdu.body(), plan) {
        (Some(body), Some(plan)) => plan.write(body, out),
        _ => {
            write_empty_entity(&mut out.text);
            Ok(())
        }
    }
}

fn write_values<P: Table>(row: &Field<P, Mm4>, count: usize, pdu: &P, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let is_list = matches!(row.name.form, Form::Mailboxes | Form::Addresses);
    let mut to = Writer { text: String::new(), form: row.name.form };
    for index in 0..count {
        if is_list && index > 0 {
            to.text.push_str(", ");
        }
        (row.write)(pdu, index, &mut to)?;
        if !is_list {
            write_field(out, row.name.spelling, &to.text)?;
            to.text.clear();
        }
    }
    if is_list { Ok(write_field(out, row.name.spelling, &to.text)?) } else { Ok(()) }
}

/// Writes a field that was kept.
fn write_extra<P: Table>(header: &Header, pdu: &P, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let Header::Text { name, value } = header else { return Err(EncodeErrorKind::NotExpressible.into()) };
    if begins_with_content(name) {
        return Err(EncodeError::from(EncodeErrorKind::FieldConflict).in_field("Content-Type"));
    }
    check_extra(name, value, pdu)?;
    Ok(write_text_header(name, value, out)?)
}

fn begins_with_content(name: &str) -> bool {
    name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("Content-"))
}

/// Refuses a field that a reader would not keep: because it has a meaning of its own, or stands
/// beside one with the same meaning.
fn check_extra<P: Table>(name: &str, value: &str, pdu: &P) -> Result<(), EncodeError> {
    const OWN: [&str; 2] = [MESSAGE_TYPE, MIME_VERSION];
    let conflict = |name| Err(EncodeError::from(EncodeErrorKind::FieldConflict).in_field(name));
    if let Some(own) = OWN.into_iter().find(|own| own.eq_ignore_ascii_case(name)) {
        return conflict(own);
    }
    let is_row = |row: &&Field<P, Mm4>| {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        is(row.name.spelling) || row.name.alias.is_some_and(is)
    };
    let Some(row) = P::FIELDS.iter().find(is_row) else { return Ok(()) };
    let stands_beside = (row.count)(pdu) > 0 && !(row.repeats && row.name.form == Form::Text);
    if stands_beside || !is_kept(row, value) {
        return conflict(row.name.spelling);
    }
    Ok(())
}

/// Whether a reader keeps the value because it is none of its field.
fn is_kept<P: Table>(row: &Field<P, Mm4>, value: &str) -> bool {
    if value.is_empty() || row.name.form == Form::Body {
        return false;
    }
    let mut context = Context::new(&Options::lenient(), value.len());
    let mut from = Reader { context: &mut context, text: value, offset: 0, form: row.name.form };
    let read = (row.read)(&mut P::default(), &mut from);
    read.is_err_and(|error| error.kind != DecodeErrorKind::Deviation(DeviationKind::EmptyValue))
}

pub(super) fn show<P: Table>(pdu: &P) -> Vec<ShownField> {
    let rows = P::FIELDS.iter().filter_map(|row| row.shown(pdu, |name| name.spelling.into()));
    let mut shown: Vec<_> = rows.collect();
    // Mail systems repeat fields (`Received`): all of one name are one field.
    let mut places = BTreeMap::<String, usize>::new();
    for (place, field) in shown.iter().enumerate() {
        places.insert(field.name.to_ascii_lowercase(), place);
    }
    for header in pdu.extra() {
        let Header::Text { name, value } = header else { continue };
        let value = Shown::Text(value.to_string());
        let place = *places.entry(name.to_ascii_lowercase()).or_insert(shown.len());
        match shown.get_mut(place) {
            Some(field) => {
                field.repeats = true;
                field.values.push(value);
            }
            None => shown.push(ShownField { name: name.to_string(), repeats: false, values: alloc::vec![value] }),
        }
    }
    shown
}

pub(super) fn has_row_in<P: Table>(field: &RawField<'_>) -> bool {
    P::FIELDS.iter().any(|row| field.is(row.name.spelling))
}

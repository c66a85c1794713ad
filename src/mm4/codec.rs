//! The loops over the field tables.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use bytes::Bytes;

use super::field::{FieldName, Form};
use super::rows::{is_of_mms, row_named};
use super::value::{Mm4, Reader, Slot, Writer};
use super::version::release_of;
use crate::context::{Context, Decoding};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::list::push;
use crate::message::{Content, Header};
use crate::mime::TransferOptions;
use crate::mime::encode::{Output, Plan, write_empty_entity, write_text_header};
use crate::mime::entity::{EntityFields, decode_content, text_header};
use crate::mime::header::{Folding, RawField, Section, write_field, write_folded};
use crate::options::{DeviationKind, Options};
use crate::shown::{Shown, ShownField};
use crate::table::{Need, Row, Rows, Slot as _, SlotMut as _, Table, without_row};

/// The field that says which message it is.
pub(super) const MESSAGE_TYPE: &str = "X-Mms-Message-Type";
/// Recipients that the others do not see: a relay/server takes the field out before it sends a mail, and what
/// arrived with it all the same is not sent on (RFC 5322, 3.6.3).
pub(super) const BCC: &str = "Bcc";
pub(super) const MIME_VERSION: &str = "MIME-Version";

/// Reads all fields into a message that has none. `message_type` is the offset of the field that said which message
/// it is.
pub(super) fn read(
    pdu: &mut dyn Table<Mm4>,
    input: &Bytes,
    mut section: Section<'_>,
    message_type: Option<usize>,
    context: &mut Context,
) -> Result<(), DecodeError> {
    let mut entity = EntityFields::of_mail();
    let rows = pdu.rows();
    let first = section.offset();
    let mut expected = 0;
    // A bit for the place of each row that has a value.
    let mut filled = 0;
    // The same for each row that was repeated.
    let mut repeated = 0u64;
    let mut has_mime_version = false;
    loop {
        let expected_row = rows.get(expected).filter(|row| row.name.form != Form::Body);
        let usual = section.next_usual(expected_row.map_or("", |row| row.name.spelling));
        let (field, is_expected) = match usual {
            Some(usual) => usual,
            None => match section.next_any(context)? {
                Some(field) => (field, false),
                None => break,
            },
        };
        if Some(field.offset) == message_type {
            continue;
        }
        context.count(field.offset)?;
        let found = match expected_row.filter(|_| is_expected) {
            Some(row) => Some((expected, row)),
            None => {
                if entity.take(&field, context)? {
                    continue;
                }
                if field.is(MIME_VERSION) {
                    read_mime_version(&field, core::mem::replace(&mut has_mime_version, true), context)?;
                    continue;
                }
                find(rows, &field, expected)
            }
        };
        if let Some((place, row)) = found {
            expected = place + 1;
            // Once a field, since that goes through the section again.
            if (filled & !repeated) >> place & 1 != 0 && !row.repeats {
                repeated |= 1 << place;
                if is_said_again(&field, Section::new(input, first, input.len(), true)) {
                    let forgive = |context: &mut Context| context.forgive(DeviationKind::DuplicateField, field.offset);
                    context.in_outer_field(Some(row.name.spelling), forgive)?;
                    continue;
                }
            }
            let read = |context: &mut Context| read_value(place, row, &mut filled, &field, pdu, context);
            context.in_outer_field(Some(row.name.spelling), read)?;
        } else {
            let kind = if field.is(MESSAGE_TYPE) {
                Some(DeviationKind::DuplicateField)
            } else {
                (is_of_mms(field.name()) || field.is(BCC)).then_some(DeviationKind::UnexpectedField)
            };
            if let Some(kind) = kind {
                context.forgive(kind, field.offset)?;
            }
            let header = text_header(&field, context)?;
            push(pdu.extra_mut(), header);
        }
    }
    let body = section.offset();
    if message_type.is_some_and(|at| at >= body) {
        return Err(context.error(DecodeErrorKind::NotAMessage, 0).in_field(MESSAGE_TYPE));
    }
    read_body(input, body, entity, has_mime_version, pdu, context)?;
    if pdu.body().is_some() {
        filled |= rows.index.body;
    }
    rows.at(rows.index.mandatory & !filled).try_for_each(|row| context.missing(row.name.spelling, body))?;
    pdu.missing().map_or(Ok(()), |name| context.missing(name, body))?;
    let [later, _] = rows.index.later;
    if filled & later == 0 {
        return Ok(());
    }
    match filled & rows.index.later_than(release_of(pdu)) {
        0 => Ok(()),
        newer => report_newer(newer, rows, input, first, context),
    }
}

/// Reports the fields that are newer than the version that the message says it follows.
fn report_newer(
    newer: u64,
    rows: &Rows<Mm4>,
    input: &Bytes,
    first: usize,
    context: &mut Context,
) -> Result<(), DecodeError> {
    for row in rows.at(newer) {
        let section = Section::new(input, first, input.len(), true);
        let field = section.find(row.name.spelling, &mut Context::new(&Options::lenient(), input.len()))?;
        let at = field.map_or(first, |field| field.offset);
        context.forgive_in(row.name.spelling, DeviationKind::NewerField, at)?;
    }
    Ok(())
}

/// Whether a field says to the letter what the first one of its name said: nothing is lost without it.
#[cold]
fn is_said_again(field: &RawField<'_>, section: Section<'_>) -> bool {
    let lenient = || Context::new(&Options::lenient(), usize::MAX);
    let Ok(Some(first)) = section.find(field.name(), &mut lenient()) else { return false };
    matches!((first.text(&mut lenient()), field.text(&mut lenient())), (Ok(first), Ok(text)) if first == text)
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
    context.forgive_in(MIME_VERSION, kind, field.offset)
}

/// The row of a field: mostly the last again, or one soon behind it.
fn find(rows: &'static Rows<Mm4>, field: &RawField<'_>, expected: usize) -> Option<(usize, &'static Row<Mm4>)> {
    let rows = || rows.rows.iter().enumerate();
    rows().skip(expected.saturating_sub(1)).chain(rows().take(expected)).find(|(_, row)| is_of(row, field))
}

/// Whether a field has a name of this row.
#[inline]
pub(super) fn is_of(row: &Row<Mm4>, field: &RawField<'_>) -> bool {
    field.is(row.name.spelling) || row.name.alias.is_some_and(|alias| field.is(alias))
}

fn read_value(
    place: usize,
    row: &Row<Mm4>,
    filled: &mut u64,
    field: &RawField<'_>,
    pdu: &mut dyn Table<Mm4>,
    context: &mut Context,
) -> Result<(), DecodeError> {
    if row.name.alias.is_some() && !field.is(row.name.spelling) {
        context.forgive(DeviationKind::FieldName, field.offset)?;
    }
    let repeats = row.repeats;
    if (!repeats || row.name.form.is_list()) && *filled >> place & 1 != 0 {
        context.forgive(DeviationKind::DuplicateField, field.offset)?;
        if !repeats {
            let header = text_header(field, context)?;
            push(pdu.extra_mut(), header);
            return Ok(());
        }
    }
    let text = field.text(context)?;
    if text.is_empty() && !row.name.may_be_empty {
        return context.forgive(DeviationKind::EmptyValue, field.offset);
    }
    let mut from = Reader { context, text: &text, offset: field.value_offset, form: row.name.form };
    loop {
        if repeats {
            from.context.count(field.value_offset)?;
        }
        let Some(slot) = pdu.slot_mut(place) else { return Ok(()) };
        let read = text.len().saturating_sub(from.text.len());
        if let Err(error) = slot.read(&mut from) {
            return keep(&error, field, text.get(read..).unwrap_or(&text), pdu, context);
        }
        *filled |= 1 << place;
        if from.text.is_empty() {
            return Ok(());
        }
        if !repeats {
            from.context.forgive(DeviationKind::DuplicateField, field.value_offset)?;
            from.context.count(field.offset)?;
            push(pdu.extra_mut(), Header::Text { name: field.name().into(), value: from.text.into() });
            return Ok(());
        }
    }
}

/// Keeps a field whose value cannot be read.
#[cold]
fn keep(
    error: &DecodeError,
    field: &RawField<'_>,
    text: &str,
    pdu: &mut dyn Table<Mm4>,
    context: &mut Context,
) -> Result<(), DecodeError> {
    if is_fatal(error, context) {
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

/// Whether a value that cannot be read ends decoding.
pub(super) fn is_fatal(error: &DecodeError, context: &Context) -> bool {
    context.is_strict() || matches!(error.kind, DecodeErrorKind::LimitExceeded(_))
}

fn read_body(
    input: &Bytes,
    start: usize,
    entity: EntityFields,
    has_mime_version: bool,
    pdu: &mut dyn Table<Mm4>,
    context: &mut Context,
) -> Result<(), DecodeError> {
    let is_declared = entity.has_content_type();
    let part = decode_content(input, start..input.len(), entity, context)?;
    // Reports and responses have no content; what they say instead is kept if it says something.
    let is_blank = matches!(&part.content, Content::Octets(octets) if octets.trim_ascii().is_empty());
    let carries_content = pdu.rows().index.body != 0;
    // RFC 2045, 4: it is what gives the fields of the content their meaning.
    if !has_mime_version && is_declared && (carries_content || !is_blank) {
        context.missing(MIME_VERSION, start)?;
    }
    if carries_content && !is_declared && (context.is_strict() || !is_blank) {
        context.missing("Content-Type", start)?;
    }
    if (!is_blank || (carries_content && is_declared))
        && let Some(body) = pdu.body_mut()
    {
        *body = Some(part);
    }
    Ok(())
}

/// Removes the values that cannot be expressed on MM4, and returns the names of their fields. The body stays.
pub(crate) fn fit(pdu: &mut dyn Table<Mm4>) -> Vec<&'static str> {
    let mut to = Writer { text: String::new(), form: Form::Body };
    let mut line = Vec::new();
    crate::table::fit(pdu, |row, slot, index| {
        to.form = row.name.form;
        to.text.clear();
        line.clear();
        let mut write = || -> Result<(), EncodeError> {
            slot.write(index, &mut to)?;
            Ok(write_field(&mut line, row.name.spelling, &to.text)?)
        };
        row.name.form == Form::Body || write().is_ok()
    })
}

/// Plans the content and writes the message; an Internet mail has no name.
pub(super) fn write(
    name: Option<&str>,
    pdu: &dyn Table<Mm4>,
    options: TransferOptions,
    out: &mut Output,
) -> Result<(), EncodeError> {
    if let Some(element) = without_row(pdu).iter().next() {
        return Err(EncodeError::from(EncodeErrorKind::NoSuchField).in_field(element.name()));
    }
    if let Some(name) = pdu.missing() {
        return Err(EncodeError::from(EncodeErrorKind::MissingField).in_field(name));
    }
    let newer = pdu.rows().index.later_than(release_of(pdu));
    let plan = pdu.body().map(|body| Plan::new(body, options)).transpose()?;
    // Most header sections and fields are shorter.
    out.text.reserve(1_024);
    if let Some(name) = name {
        write_field(&mut out.text, MESSAGE_TYPE, name)?;
    }
    let mut to = Writer { text: String::with_capacity(128), form: Form::Text };
    for (place, row) in pdu.rows().iter().enumerate() {
        let name = row.name.spelling;
        let Some(slot) = pdu.slot(place) else { continue };
        let count = slot.count();
        if count == 0 && row.need == Need::Mandatory {
            return Err(EncodeError::from(EncodeErrorKind::MissingField).in_field(name));
        }
        if count > 0 && newer >> place & 1 != 0 {
            return Err(EncodeError::from(EncodeErrorKind::NewerField).in_field(name));
        }
        if count > 0 && row.name.form != Form::Body {
            write_values(row.name, slot, &mut to, &mut out.text).map_err(|error| error.in_field(name))?;
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

/// Writes the values of a row, each of which passes through the text of `to`.
fn write_values(name: FieldName, slot: Slot<'_>, to: &mut Writer, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    to.text.clear();
    to.form = name.form;
    let has_addresses = name.form.is_list() || matches!(slot, Slot::PreviouslySentBy(_));
    let folding = if has_addresses { Folding::List } else { Folding::Words };
    for index in 0..slot.count() {
        if name.form.is_list() && index > 0 {
            to.text.push_str(", ");
        }
        slot.write(index, to)?;
        if !name.form.is_list() {
            write_folded(out, name.spelling, &to.text, folding)?;
            to.text.clear();
        }
    }
    if name.form.is_list() { Ok(write_folded(out, name.spelling, &to.text, folding)?) } else { Ok(()) }
}

/// Whether a field that was kept can be written in this message.
pub(crate) fn can_write_extra(header: &Header, pdu: &dyn Table<Mm4>) -> bool {
    write_extra(header, pdu, &mut Vec::new()).is_ok()
}

/// Writes a field that was kept.
fn write_extra(header: &Header, pdu: &dyn Table<Mm4>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let Header::Text { name, value } = header else { return Err(EncodeErrorKind::NotExpressible.into()) };
    if name.eq_ignore_ascii_case(BCC) {
        return Ok(());
    }
    if begins_with_content(name) {
        return Err(EncodeError::from(EncodeErrorKind::FieldConflict).in_field("Content-Type"));
    }
    check_extra(name, value, pdu)?;
    Ok(write_text_header(name, value, out)?)
}

pub(super) fn begins_with_content(name: &str) -> bool {
    name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("Content-"))
}

/// Refuses a field that a reader would not keep: because it has a fixed meaning, or is
/// beside one with the same meaning.
fn check_extra(name: &str, value: &str, pdu: &dyn Table<Mm4>) -> Result<(), EncodeError> {
    const OWN: [&str; 2] = [MESSAGE_TYPE, MIME_VERSION];
    let conflict = |name| Err(EncodeError::from(EncodeErrorKind::FieldConflict).in_field(name));
    if let Some(own) = OWN.into_iter().find(|own| own.eq_ignore_ascii_case(name)) {
        return conflict(own);
    }
    let mut rows = pdu.rows().iter().enumerate();
    let Some((place, row)) = rows.find(|(_, row)| row.name.is(name)) else {
        // A strict reader refuses the fields of other messages. An Internet mail is none.
        return match row_named(name).filter(|_| pdu.rows().index.version.is_some() && is_of_mms(name)) {
            Some(row) => Err(EncodeError::from(EncodeErrorKind::NoSuchField).in_field(row.name.spelling)),
            None => Ok(()),
        };
    };
    let Some(slot) = pdu.slot(place) else { return Ok(()) };
    let stands_beside = slot.count() > 0 && !(row.repeats && row.name.form == Form::Text);
    if stands_beside || !is_kept(row.name.form, slot, value) {
        return conflict(row.name.spelling);
    }
    Ok(())
}

/// Whether a reader keeps the value because it is not a value of its field.
fn is_kept(form: Form, slot: Slot<'_>, value: &str) -> bool {
    if value.is_empty() || form == Form::Body {
        return false;
    }
    let mut context = Context::new(&Options::lenient(), value.len());
    let read = slot.probe(&mut Reader { context: &mut context, text: value, offset: 0, form });
    read.is_err_and(|error| error.kind != DecodeErrorKind::Deviation(DeviationKind::EmptyValue))
}

pub(super) fn show(pdu: &dyn Table<Mm4>) -> Vec<ShownField> {
    let mut shown = crate::table::show(pdu);
    // Mail systems repeat fields (`Received`): all of one name are one field.
    let mut places = BTreeMap::<String, usize>::new();
    for (place, field) in shown.iter().enumerate() {
        places.insert(field.name.to_ascii_lowercase(), place);
    }
    for header in pdu.extra() {
        let Header::Text { name, value } = header else { continue };
        let value = Shown::Text(value.to_string());
        let row = pdu.rows().iter().find(|row| row.name.is(name));
        if row.is_some_and(|row| !row.repeats) {
            // Beside the value of the field, or in place of it: never a list.
            shown.push(ShownField { name: name.to_string(), repeats: false, values: alloc::vec![value] });
            continue;
        }
        let place = *places.entry(name.to_ascii_lowercase()).or_insert(shown.len());
        match shown.get_mut(place) {
            Some(field) => {
                field.repeats = true;
                field.values.push(value);
            }
            None => {
                let repeats = row.is_some_and(|row| row.repeats);
                shown.push(ShownField { name: name.to_string(), repeats, values: alloc::vec![value] });
            }
        }
    }
    shown
}

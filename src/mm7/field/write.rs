//! Writing the elements of a message by its table.

use alloc::vec::Vec;

use super::name::{Found, read_as};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::list::push;
use crate::mm7::fragment::Extra;
#[cfg(any(feature = "mm1", feature = "mm4"))]
use crate::mm7::schema::Schema;
use crate::mm7::wire::{Mm7, Slot};
use crate::mm7::writer::Writer;
use crate::octet_set::same;
use crate::table::{Need, Row, Rows, Slot as _, Table, count, without_row};
use crate::xml::writer::Mark;

/// Writes the fields into the current element.
pub(crate) fn write(pdu: &dyn Table<Mm7>, to: &mut Writer, write_extra: bool) -> Result<(), EncodeError> {
    for element in without_row(pdu).iter() {
        to.field = element.name();
        if !to.leave_out {
            return Err(EncodeError { kind: EncodeErrorKind::NoSuchField, field: Some(element.name()) });
        }
        to.report();
    }
    if let Some(field) = pdu.missing() {
        return Err(EncodeError { kind: EncodeErrorKind::MissingField, field: Some(field) });
    }
    let mut writing = Writing { pdu, rows: pdu.rows(), group: "", element: "", extra: Vec::new() };
    for extra in pdu.extra() {
        let is_written = write_extra && writing.has_place(extra);
        match is_written.then(|| repeated(pdu, extra, to)).flatten() {
            None if is_written => push(&mut writing.extra, extra),
            field @ Some(_) if !to.leave_out => {
                return Err(EncodeError { kind: EncodeErrorKind::FieldConflict, field });
            }
            _ => to.left_out.push(extra.name().into()),
        }
    }
    for (index, row) in writing.rows.iter().enumerate() {
        row.name.enter(to);
        writing.row(index, row, to).map_err(|error| error.in_field(row.name.path))?;
    }
    writing.leave_group("", to)?;
    writing.extra("", to);
    Ok(())
}

/// The field that has a value and that a reader takes this element for as well.
fn repeated(pdu: &dyn Table<Mm7>, extra: &Extra, to: &Writer) -> Option<&'static str> {
    let rows = pdu.rows();
    let has_value = |(place, row): (usize, &Row<Mm7>)| {
        let is_written = row.name.from_schema || row.name.refers_to_body && to.content_href.is_some();
        is_written || count(pdu, place) > 0
    };
    extra.xml.own_names(&to.schema).iter().find_map(|name| match read_as(rows, &extra.parent, name)? {
        Found::Row(index) => {
            let Row { name, repeats, .. } = rows.get(index)?;
            let is_same =
                |(_, row): &(usize, &Row<Mm7>)| (row.name.outer, row.name.element) == (name.outer, name.element);
            let has_one = rows.iter().enumerate().filter(is_same).any(has_value);
            (has_one && (!repeats || name.holds_many)).then_some(name.path)
        }
        Found::Group(index) => {
            let outer = rows.get(index)?.name.outer;
            let mut fields = rows.iter().enumerate().filter(|(_, row)| row.name.outer == outer);
            fields.any(|field| field.1.name.outer_required || has_value(field)).then_some(outer)
        }
    })
}

/// A place in the output to come back to, and the elements that are open there.
type Before = (Mark, &'static str, &'static str);

/// Removes the values that the schema does not have or cannot say, and names their fields. The
/// content stays.
#[cfg(any(feature = "mm1", feature = "mm4"))]
pub(crate) fn fit(pdu: &mut dyn Table<Mm7>, schema: &Schema) -> Vec<&'static str> {
    let mut to = Writer::new(schema.clone(), false);
    crate::table::fit(pdu, |row, slot, index| {
        let mark = to.mark();
        row.name.enter(&mut to);
        if !row.name.attribute.is_empty() {
            to.start_attribute(row.name.attribute);
        }
        let is_written = slot.write(index, &mut to).is_ok();
        to.go_back(mark);
        is_written && row.name.schemas.contain(schema)
    })
}

/// Apart from the loop, which has registers for itself then.
#[inline(never)]
fn write_value(slot: Slot<'_>, index: usize, to: &mut Writer) -> Result<(), EncodeError> {
    slot.write(index, to)
}

struct Writing<'a> {
    pdu: &'a dyn Table<Mm7>,
    rows: &'static Rows<Mm7>,
    /// The element around the fields that is open.
    group: &'static str,
    /// The element of a field that is open, and may still get attributes.
    element: &'static str,
    /// The elements that were kept and are written back.
    extra: Vec<&'a Extra>,
}

impl Writing<'_> {
    fn row(&mut self, index: usize, row: &Row<Mm7>, to: &mut Writer) -> Result<(), EncodeError> {
        let place = &row.name;
        let Some(slot) = self.pdu.slot(index) else { return Ok(()) };
        let count = slot.count();
        if place.refers_to_body
            && let Some(href) = to.content_href.take()
        {
            self.enter_group("", to)?;
            self.leave_element(to);
            to.start(place.element);
            self.element = place.element;
            return to.attribute(place.attribute, &href);
        }
        if place.outer_required && !same(self.group, place.outer) {
            self.enter_group(place.outer, to)?;
        }
        if count == 0 {
            if place.from_schema {
                self.leave_group("", to)?;
                to.start(place.element);
                let version = to.schema.default_version();
                to.text(version)?;
                to.end(place.element);
                return Ok(());
            }
            return match row.need {
                Need::Mandatory if place.attribute.is_empty() || self.has_attributes(index, place.element) => {
                    Err(EncodeErrorKind::MissingField.into())
                }
                _ => Ok(()),
            };
        }
        if !place.schemas.contain(&to.schema) {
            return match to.leave_out {
                true => {
                    to.report();
                    Ok(())
                }
                false => Err(EncodeErrorKind::NoSuchField.into()),
            };
        }
        let before = (to.mark(), self.group, self.element);
        self.enter_group(place.outer, to)?;
        if !place.attribute.is_empty() {
            if !same(self.element, place.element) {
                self.leave_element(to);
                to.start(place.element);
                self.element = place.element;
            }
            to.start_attribute(place.attribute);
            return match write_value(slot, 0, to) {
                Ok(()) => {
                    to.end_attribute();
                    Ok(())
                }
                Err(error) => self.leave_out(error, before, row, to),
            };
        }
        self.leave_element(to);
        let mut is_empty = true;
        if place.holds_many {
            to.start(place.element);
            self.element = place.element;
        }
        for value in 0..count {
            if !place.holds_many {
                self.leave_element(to);
            }
            let without = (to.mark(), self.group, self.element);
            if !place.holds_many {
                to.start(place.element);
                self.element = place.element;
            }
            match write_value(slot, value, to) {
                Ok(()) => is_empty = false,
                Err(error) => self.leave_out(error, without, row, to)?,
            }
        }
        if is_empty {
            self.go_back(before, to);
        }
        Ok(())
    }

    /// Takes back an optional value that the schema cannot express, if that is wanted.
    fn leave_out(
        &mut self,
        error: EncodeError,
        before: Before,
        row: &Row<Mm7>,
        to: &mut Writer,
    ) -> Result<(), EncodeError> {
        if to.leave_out && row.need == Need::Optional && error.kind == EncodeErrorKind::NotExpressible {
            self.go_back(before, to);
            to.report();
            return Ok(());
        }
        Err(error)
    }

    fn go_back(&mut self, (mark, group, element): Before, to: &mut Writer) {
        to.go_back(mark);
        (self.group, self.element) = (group, element);
    }

    /// Whether an attribute of the element has a value, from this one on.
    fn has_attributes(&self, index: usize, element: &str) -> bool {
        let later = self.rows.iter().enumerate().skip(index).take_while(|(_, row)| row.name.element == element);
        later.into_iter().any(|(place, _)| count(self.pdu, place) > 0)
    }

    fn enter_group(&mut self, group: &'static str, to: &mut Writer) -> Result<(), EncodeError> {
        if !same(self.group, group) {
            self.leave_group(group, to)?;
            if !group.is_empty() {
                to.start(group);
            }
        }
        Ok(())
    }

    fn leave_group(&mut self, next: &'static str, to: &mut Writer) -> Result<(), EncodeError> {
        self.leave_element(to);
        let group = core::mem::replace(&mut self.group, next);
        // All of them were left out.
        if to.is_open() && self.rows.iter().any(|row| row.name.outer == group && row.name.outer_holds_one) {
            return Err(EncodeError { kind: EncodeErrorKind::MissingField, field: Some(group) });
        }
        if !group.is_empty() {
            self.extra(group, to);
            to.end(group);
        }
        Ok(())
    }

    fn leave_element(&mut self, to: &mut Writer) {
        let element = core::mem::take(&mut self.element);
        if !element.is_empty() {
            to.end(element);
        }
    }

    /// Writes the elements that were kept from inside of `parent`.
    fn extra(&self, parent: &str, to: &mut Writer) {
        for extra in self.extra.iter().filter(|extra| extra.parent == parent) {
            to.raw(extra.xml.as_str());
        }
    }

    fn has_place(&self, extra: &Extra) -> bool {
        let written = |(place, row): (usize, &Row<Mm7>)| {
            extra.parent == row.name.outer && (row.name.outer_required || count(self.pdu, place) > 0)
        };
        extra.parent.is_empty() || self.rows.iter().enumerate().any(written)
    }
}

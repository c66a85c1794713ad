//! Writing the elements of a message by its table.

#[cfg(all(feature = "mm1", feature = "mm4"))]
use alloc::vec::Vec;

use super::{Fields, Mm7};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::mm7::fragment::Extra;
#[cfg(all(feature = "mm1", feature = "mm4"))]
use crate::mm7::schema::Schema;
use crate::mm7::writer::{Mark, Writer};
use crate::table::{Field, Need};

/// Writes the fields into the current element.
pub(crate) fn write<P: Fields>(pdu: &P, to: &mut Writer, write_extra: bool) -> Result<(), EncodeError> {
    if let Some(message) = pdu.message() {
        for element in message.elements().without(P::CARRIED).iter() {
            to.field = element.name();
            if !to.leave_out {
                return Err(EncodeError { kind: EncodeErrorKind::NoSuchField, field: Some(element.name()) });
            }
            to.report();
        }
    }
    if let Some(field) = pdu.missing() {
        return Err(EncodeError { kind: EncodeErrorKind::MissingField, field: Some(field) });
    }
    let mut writing = Writing { pdu, group: "", element: "", write_extra };
    for (index, row) in P::TABLE.iter().enumerate() {
        to.field = row.name.path;
        writing.row(index, row, to).map_err(|error| error.in_field(row.name.path))?;
    }
    writing.leave_group("", to)?;
    writing.extra("", to);
    for extra in pdu.extra() {
        if !write_extra || !writing.has_place(extra) {
            to.left_out.push(extra.name().into());
        }
    }
    Ok(())
}

/// A place in the output to come back to, and the elements that are open there.
type Before = (Mark, &'static str, &'static str);

/// Takes out the values that the schema does not have or cannot say, and names their fields. The
/// content stays.
#[cfg(all(feature = "mm1", feature = "mm4"))]
pub(crate) fn fit<P: Fields>(pdu: &mut P, schema: &Schema) -> Vec<&'static str> {
    let mut to = Writer::new(schema.clone(), false);
    let can_write = |pdu: &P, row: &Field<P, Mm7>, index| {
        let mark = to.mark();
        to.field = row.name.path;
        if !row.name.attribute.is_empty() {
            to.start_attribute(row.name.attribute);
        }
        let is_written = (row.write)(pdu, index, &mut to).is_ok();
        to.go_back(mark);
        is_written && row.name.schemas.contain(schema)
    };
    crate::table::fit(pdu, P::TABLE, |place| place.path, can_write)
}

struct Writing<'a, P> {
    pdu: &'a P,
    /// The element around the fields that is open.
    group: &'static str,
    /// The element of a field that is open, and may still get attributes.
    element: &'static str,
    write_extra: bool,
}

impl<P: Fields> Writing<'_, P> {
    fn row(&mut self, index: usize, row: &Field<P, Mm7>, to: &mut Writer) -> Result<(), EncodeError> {
        let place = &row.name;
        let count = (row.count)(self.pdu);
        if place.path == "Content@href"
            && let Some(href) = to.content_href.take()
        {
            self.enter_group("", to)?;
            self.leave_element(to);
            to.start(place.element);
            self.element = place.element;
            return to.attribute(place.attribute, &href);
        }
        if place.outer_required && self.group != place.outer {
            self.enter_group(place.outer, to)?;
        }
        if count == 0 {
            if place.path == "MM7Version" {
                self.leave_group("", to)?;
                to.start(place.element);
                to.text(to.schema.default_version())?;
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
            if self.element != place.element {
                self.leave_element(to);
                to.start(place.element);
                self.element = place.element;
            }
            to.start_attribute(place.attribute);
            return match (row.write)(self.pdu, 0, to) {
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
            match (row.write)(self.pdu, value, to) {
                Ok(()) => is_empty = false,
                Err(error) => self.leave_out(error, without, row, to)?,
            }
        }
        if is_empty {
            self.go_back(before, to);
        }
        Ok(())
    }

    /// Takes an optional value that the schema has no form for back, if that is wanted.
    fn leave_out(
        &mut self,
        error: EncodeError,
        before: Before,
        row: &Field<P, Mm7>,
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

    /// Whether another attribute of the element has a value.
    fn has_attributes(&self, index: usize, element: &str) -> bool {
        let later = P::TABLE.iter().skip(index + 1).take_while(|row| row.name.element == element);
        later.into_iter().any(|row| (row.count)(self.pdu) > 0)
    }

    fn enter_group(&mut self, group: &'static str, to: &mut Writer) -> Result<(), EncodeError> {
        if self.group != group {
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
        // All of them were left out; it has at least one.
        if group == "Recipients" && to.is_open() {
            return Err(EncodeError { kind: EncodeErrorKind::MissingField, field: Some("Recipients") });
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
        if self.write_extra {
            for extra in self.pdu.extra().iter().filter(|extra| extra.parent == parent) {
                to.raw(extra.xml.as_str());
            }
        }
    }

    fn has_place(&self, extra: &Extra) -> bool {
        let written = |row: &Field<P, Mm7>| {
            extra.parent == row.name.outer && (row.name.outer_required || (row.count)(self.pdu) > 0)
        };
        extra.parent.is_empty() || P::TABLE.iter().any(written)
    }
}

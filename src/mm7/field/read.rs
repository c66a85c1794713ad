//! Reading the elements of a message by its table.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::name::{Found, find_in, meant};
use crate::context::Decoding;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::list::push;
use crate::message::{Address, AddressKind, holds_several, several};
use crate::mm7::address::is_address;
use crate::mm7::fragment::Extra;
use crate::mm7::reader::Reader;
use crate::mm7::wire::{Mm7, SHARED_GROUPS, SlotMut};
use crate::octet_set::same;
use crate::options::DeviationKind;
use crate::table::{Need, Row, Rows, SlotMut as _, Table, count};
use crate::xml::reader::{Attribute, Node, append};

/// Reads the current element, up to its end, into a message without fields: in place, since
/// messages are large.
pub(crate) fn read(pdu: &mut dyn Table<Mm7>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    read_with(pdu, reader, &mut |_| Ok(false))
}

/// [`read`], and `other` takes elements that have no rows.
pub(crate) fn read_with(
    pdu: &mut dyn Table<Mm7>,
    reader: &mut Reader<'_>,
    other: &mut dyn FnMut(&mut Reader<'_>) -> Result<bool, DecodeError>,
) -> Result<(), DecodeError> {
    let start = reader.start();
    let mut reading = Reading { rows: pdu.rows(), pdu, seen: 0, groups: 0, last: 0, stand_ins: Vec::new() };
    reader.no_attributes()?;
    loop {
        match reader.child()? {
            Node::End => break,
            Node::Text(text) => reading.stray_text(reader, "", text)?,
            Node::Start if other(reader)? => {}
            Node::Start => reading.child(reader, "")?,
        }
    }
    reading.check_mandatory(reader, start)?;
    reading.pdu.extra_mut().append(&mut reader.kept);
    Ok(())
}

struct Reading<'p> {
    pdu: &'p mut dyn Table<Mm7>,
    rows: &'static Rows<Mm7>,
    /// A bit for each row that was met.
    seen: u64,
    /// A bit for the first row of each element around fields that was met.
    groups: u64,
    /// The row met last.
    last: usize,
    /// The elements that gave a row its value under another name or at another place.
    stand_ins: Vec<StandIn>,
}

/// An element under another name or at another place than the one of its row.
struct StandIn {
    row: usize,
    /// Where it begins.
    at: usize,
    /// What is to be kept of it if the element of the row comes; nothing if it is kept already.
    xml: Option<Extra>,
}

impl Reading<'_> {
    /// Reads the content of the current element, which is `outer`.
    fn children(&mut self, reader: &mut Reader<'_>, outer: &'static str) -> Result<(), DecodeError> {
        loop {
            match reader.child()? {
                Node::End => return Ok(()),
                Node::Text(text) => self.stray_text(reader, outer, text)?,
                Node::Start => self.child(reader, outer)?,
            }
        }
    }

    fn child(&mut self, reader: &mut Reader<'_>, outer: &'static str) -> Result<(), DecodeError> {
        if reader.is_foreign()? {
            return reader.keep(DeviationKind::UnexpectedField);
        }
        if reader.has_attributes() && reader.is_nil() {
            return reader.leave_out();
        }
        let name = reader.name();
        match self.find(outer, name) {
            Some(Found::Row(row)) => self.row(reader, outer, row, true),
            Some(Found::Group(row)) => self.group(reader, row),
            None => self.unusual(reader, outer, name),
        }
    }

    /// The row of an element, which mostly is the next one.
    fn find(&self, outer: &str, name: &str) -> Option<Found> {
        let (before, after) = self.rows.rows.split_at_checked(self.last).unwrap_or((self.rows.rows, &[]));
        find_in(after, self.last, outer, name).or_else(|| find_in(before, 0, outer, name))
    }

    /// An element that the table does not have here: under another name, in other letters, or at
    /// another place; else it is kept.
    fn unusual(&mut self, reader: &mut Reader<'_>, outer: &'static str, name: &str) -> Result<(), DecodeError> {
        let at = reader.start();
        if let Some(list) = self.list_in(outer).filter(|_| is_address(name)) {
            // An address of `Recipients` without the list that it is in.
            reader.forgive(DeviationKind::MisplacedField, at)?;
            self.see(list);
            self.value(reader, list, at, reader.depth)?;
            return Ok(());
        }
        let (kind, found) = meant(self.rows, outer, name, |known| self.find(outer, known));
        match found {
            Some(Found::Row(row)) => {
                reader.forgive(kind, at)?;
                if kind == DeviationKind::LetterCase {
                    return self.row(reader, outer, row, true);
                }
                let is_first = !self.is_seen(row);
                self.row(reader, outer, row, false)?;
                if is_first { self.note_stand_in(reader, row, at) } else { Ok(()) }
            }
            Some(Found::Group(row)) => {
                reader.forgive(kind, at)?;
                self.group(reader, row)
            }
            None => match SHARED_GROUPS.into_iter().find(|group| outer.is_empty() && *group == name) {
                // Elements that hold fields of other messages, and that vendors put into this one.
                Some(group) => {
                    reader.forgive(DeviationKind::UnexpectedField, at)?;
                    let parent = core::mem::replace(&mut reader.parent, group);
                    let read = self.children(reader, "*");
                    reader.parent = parent;
                    read
                }
                None => reader.keep(DeviationKind::UnexpectedField),
            },
        }
    }

    /// Notes that the element that began at `at` and has just ended gave the row its value.
    fn note_stand_in(&mut self, reader: &mut Reader<'_>, row: usize, at: usize) -> Result<(), DecodeError> {
        if self.rows.get(row).is_none_or(|row| row.repeats) {
            return Ok(());
        }
        // What could not be read is kept already.
        let xml = if count(self.pdu, row) > 0 { reader.value_to_keep(at)? } else { None };
        push(&mut self.stand_ins, StandIn { row, at, xml });
        Ok(())
    }

    /// Keeps the element whose value the row had before its own element came.
    fn replace_stand_in(&mut self, reader: &mut Reader<'_>, row: usize) -> Result<(), DecodeError> {
        let Some(index) = self.stand_ins.iter().position(|stand_in| stand_in.row == row) else { return Ok(()) };
        let StandIn { at, xml, .. } = self.stand_ins.swap_remove(index);
        if let Some(xml) = xml {
            reader.forgive(DeviationKind::DuplicateField, at)?;
            push(&mut reader.kept, xml);
        }
        Ok(())
    }

    /// Reads an element that holds fields.
    fn group(&mut self, reader: &mut Reader<'_>, first: usize) -> Result<(), DecodeError> {
        let Some(row) = self.rows.get(first) else { return Ok(()) };
        let outer = row.name.outer;
        reader.no_attributes()?;
        let first = self.rows.iter().position(|row| row.name.outer == outer).unwrap_or(first);
        reader.in_field(outer, |reader| match self.groups >> first & 1 {
            0 => self.in_order(reader, first),
            _ => reader.forgive_here(DeviationKind::DuplicateField),
        })?;
        self.groups |= 1 << first;
        let parent = core::mem::replace(&mut reader.parent, outer);
        let last = core::mem::replace(&mut self.last, first);
        let read = self.children(reader, outer);
        self.last = last.max(self.last);
        reader.parent = parent;
        read
    }

    /// Reads the current element into the row, and its attributes into theirs. `is_own` says whether it is the
    /// element of the row, which counts before those that stand in for it.
    fn row(&mut self, reader: &mut Reader<'_>, outer: &str, index: usize, is_own: bool) -> Result<(), DecodeError> {
        let Some(row) = self.rows.get(index) else { return Ok(()) };
        reader.in_field(row.name.path, |reader| self.row_in_field(reader, outer, index, row, is_own))
    }

    fn row_in_field(
        &mut self,
        reader: &mut Reader<'_>,
        outer: &str,
        index: usize,
        row: &Row<Mm7>,
        is_own: bool,
    ) -> Result<(), DecodeError> {
        let place = row.name;
        let depth = reader.depth;
        let at = reader.start();
        let replaces = is_own && self.stand_ins.iter().any(|stand_in| stand_in.row == index);
        if self.is_seen(index) && !place.holds_many && !row.repeats && !replaces {
            return reader.keep(DeviationKind::DuplicateField);
        }
        if !place.in_any_order && same(outer, place.outer) {
            self.in_order(reader, index)?;
        }
        self.see(index);
        if !place.schemas.allow(&reader.schema) {
            reader.forgive(DeviationKind::UnexpectedField, at)?;
        }
        if reader.is_peek && place.routing.is_none() {
            return reader.leave(depth);
        }
        let next = self.rows.get(index + 1).map(|next| next.name);
        let has_attribute_rows = !place.attribute.is_empty()
            || next.is_some_and(|next| !next.attribute.is_empty() && same(next.element, place.element));
        if has_attribute_rows && reader.has_attributes() {
            self.attributes(reader, place.element)?;
        }
        if place.holds_many {
            self.values(reader, index)?;
        } else if has_attribute_rows {
            let text = self.attribute_elements(reader, place.element)?;
            let is_empty = text.trim_ascii().is_empty();
            if is_empty && !place.attribute.is_empty() && row.need == Need::Mandatory && count(self.pdu, index) == 0 {
                reader.missing(place.path, at)?;
            }
            if place.attribute.is_empty() {
                reader.set_value(text);
                self.value(reader, index, at, depth)?;
            } else if !is_empty {
                reader.forgive(DeviationKind::StrayOctets, at)?;
                reader.keep_value(at)?;
            } else if !text.is_empty() {
                // White space is not content.
                reader.forgive(DeviationKind::SurroundingSpace, at)?;
            }
        } else if self.value(reader, index, at, depth)? && replaces {
            self.replace_stand_in(reader, index)?;
        }
        Ok(())
    }

    /// Reads an element that holds all addresses of a row.
    fn values(&mut self, reader: &mut Reader<'_>, index: usize) -> Result<(), DecodeError> {
        let at = reader.start();
        reader.no_attributes()?;
        let mut text = Cow::Borrowed("");
        let mut is_empty = true;
        loop {
            let node = reader.node()?;
            if let Node::Text(more) = node {
                append(&mut text, more);
                continue;
            }
            let plain = core::mem::take(&mut text);
            if !plain.trim_ascii().is_empty() {
                reader.forgive(DeviationKind::AddressSpelling, at)?;
                self.addresses(reader, index, at, &plain)?;
                is_empty = false;
            }
            match node {
                Node::Start if reader.is_foreign()? => reader.keep(DeviationKind::UnexpectedField)?,
                Node::Start => {
                    let forgiven = reader.context().deviations().len();
                    self.value(reader, index, reader.start(), reader.depth)?;
                    // A list of addresses is always forgiven.
                    if reader.context().deviations().len() != forgiven {
                        self.split_last(reader, index)?;
                    }
                }
                _ if is_empty => return reader.forgive(DeviationKind::EmptyValue, at),
                _ => return Ok(()),
            }
            is_empty = false;
        }
    }

    /// Takes several addresses in the element that was read last for what they are.
    fn split_last(&mut self, reader: &mut Reader<'_>, index: usize) -> Result<(), DecodeError> {
        let Some(SlotMut::Addresses(addresses)) = self.pdu.slot_mut(index) else { return Ok(()) };
        // Not with the type of a number behind the last one.
        let in_list = match addresses.last().map(|last| &last.kind) {
            Some(AddressKind::Phone(list) | AddressKind::Email(list) | AddressKind::ShortCode(list))
                if holds_several(list) =>
            {
                several(&AddressKind::Other(list.clone()).into())
            }
            _ => return Ok(()),
        };
        let Some(list) = addresses.pop_if(|_| !in_list.is_empty()) else { return Ok(()) };
        for (place, mut address) in in_list.into_iter().enumerate() {
            if place > 0 {
                reader.count()?;
            }
            if let (AddressKind::Phone(_), AddressKind::ShortCode(number)) = (&list.kind, &address.kind) {
                address.kind = AddressKind::Phone(number.clone());
            }
            address.details = address.details.or_else(|| list.details.clone());
            addresses.push(address);
        }
        Ok(())
    }

    /// Reads text that holds an address, or several, without elements for them.
    fn addresses(&mut self, reader: &mut Reader<'_>, index: usize, at: usize, text: &str) -> Result<(), DecodeError> {
        let several = several(&Address::from(text.trim_ascii()));
        let texts = several.iter().map(ToString::to_string);
        let whole = several.is_empty().then(|| String::from(text));
        for text in whole.into_iter().chain(texts) {
            reader.set_value(text.into());
            self.value(reader, index, at, reader.depth + 1)?;
        }
        Ok(())
    }

    /// Reads the content of an element with attributes: nothing, or the attributes as elements,
    /// as some systems write them. Returns the text.
    fn attribute_elements<'a>(&mut self, reader: &mut Reader<'a>, element: &str) -> Result<Cow<'a, str>, DecodeError> {
        let depth = reader.depth;
        let mut text = Cow::Borrowed("");
        while reader.depth >= depth {
            match reader.node()? {
                Node::End => {}
                Node::Text(more) => append(&mut text, more),
                Node::Start => {
                    let name = reader.name();
                    let is_meant = |(place, row): &(usize, &Row<Mm7>)| {
                        row.name.element == element
                            && row.name.attribute.eq_ignore_ascii_case(name)
                            && count(self.pdu, *place) == 0
                    };
                    let row = self.rows.iter().enumerate().find(is_meant);
                    match row {
                        Some((row, _)) if !reader.is_foreign()? => {
                            let start = reader.start();
                            reader.forgive(DeviationKind::MisplacedField, start)?;
                            self.see(row);
                            self.value(reader, row, start, reader.depth)?;
                        }
                        _ => reader.keep(DeviationKind::UnexpectedField)?,
                    }
                }
            }
        }
        Ok(text)
    }

    /// Reads one value of a row from the current element or the value that was set. What cannot be
    /// read is kept, and the result is `false`.
    fn value(&mut self, reader: &mut Reader<'_>, index: usize, at: usize, depth: usize) -> Result<bool, DecodeError> {
        let Some(row) = self.rows.get(index) else { return Ok(false) };
        if row.repeats {
            reader.count()?;
        }
        reader.is_plain = row.name.is_plain_in(&reader.schema);
        match self.pdu.slot_mut(index).map_or(Ok(()), |slot| slot.read(reader)) {
            Err(error) if !reader.is_strict() && is_about_value(error.kind) => {
                reader.take_value();
                reader.leave(depth)?;
                let unknown = error.kind == DecodeErrorKind::Deviation(DeviationKind::UnknownToken);
                let kind = if unknown { DeviationKind::UnknownToken } else { DeviationKind::InvalidValue };
                reader.forgive(kind, at)?;
                if row.name.attribute.is_empty() {
                    reader.keep_value(at)?;
                }
                Ok(false)
            }
            read => read.map(|()| true).map_err(|error| error.in_field(row.name.path)),
        }
    }

    /// Reads the attributes of the current element that are fields.
    fn attributes(&mut self, reader: &mut Reader<'_>, element: &str) -> Result<(), DecodeError> {
        let at = reader.start();
        let mut list = reader.attributes();
        while let Some(Attribute { prefix, name, value }) = list.next(reader)? {
            let of_element = |own: fn(&str, &str) -> bool| {
                self.rows
                    .iter()
                    .position(|row| row.name.element == element && own(row.name.attribute, name) && !name.is_empty())
            };
            let exact = of_element(|own, name| own == name);
            let Some(index) = exact.or_else(|| of_element(str::eq_ignore_ascii_case)) else {
                reader.forgive(DeviationKind::UnexpectedAttribute, at)?;
                continue;
            };
            let path = self.rows.get(index).map(|row| row.name.path);
            reader.in_field(path, |reader| {
                if exact.is_none() {
                    reader.forgive(DeviationKind::LetterCase, at)?;
                }
                if prefix.is_some() {
                    reader.forgive(DeviationKind::WrongNamespace, at)?;
                }
                self.see(index);
                reader.set_value(value);
                self.value(reader, index, at, reader.depth + 1).map(|_| ())
            })?;
        }
        Ok(())
    }

    /// Text where only elements belong: the one field of the element without its own element
    /// (`DeliveryCondition` without `DC`), else nothing that can be kept.
    fn stray_text(&mut self, reader: &mut Reader<'_>, outer: &str, text: Cow<'_, str>) -> Result<(), DecodeError> {
        let at = reader.start();
        if let Some(list) = self.list_in(outer) {
            let path = self.rows.get(list).map(|row| row.name.path);
            return reader.in_field(path, |reader| {
                reader.forgive(DeviationKind::AddressSpelling, at)?;
                self.see(list);
                self.addresses(reader, list, at, &text)
            });
        }
        let mut rows = self.rows.iter().enumerate().filter(|(_, row)| !outer.is_empty() && row.name.outer == outer);
        if let (Some((index, row)), None) = (rows.next(), rows.next()) {
            return reader.in_field(row.name.path, |reader| {
                reader.forgive(DeviationKind::MisplacedField, at)?;
                text.split([' ', ',', '\n', '\t']).filter(|word| !word.is_empty()).try_for_each(|word| {
                    reader.set_value(String::from(word).into());
                    self.value(reader, index, at, reader.depth + 1).map(|_| ())
                })
            });
        }
        reader.forgive(DeviationKind::StrayOctets, at)
    }

    /// The first list of addresses in this element.
    fn list_in(&self, outer: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.name.holds_many && row.name.outer == outer)
    }

    fn in_order(&mut self, reader: &mut Reader<'_>, index: usize) -> Result<(), DecodeError> {
        if index < self.last {
            reader.forgive_here(DeviationKind::FieldOrder)?;
        }
        self.last = self.last.max(index);
        Ok(())
    }

    fn check_mandatory(&self, reader: &mut Reader<'_>, at: usize) -> Result<(), DecodeError> {
        let group_seen = |outer: &str| {
            let mut rows = self.rows.iter().enumerate().filter(|(_, row)| row.name.outer == outer);
            rows.any(|(index, _)| (self.seen | self.groups) >> index & 1 != 0)
        };
        let mut missing_group = "";
        for (index, row) in self.rows.iter().enumerate() {
            let place = &row.name;
            if self.is_seen(index) || row.need == Need::Optional && !place.outer_required {
                continue;
            }
            let group_missing = !place.outer.is_empty() && !group_seen(place.outer);
            let missing = if group_missing {
                (place.outer_required && missing_group != place.outer).then_some(place.outer)
            } else {
                // An attribute is looked for where its element is.
                (row.need == Need::Mandatory && place.attribute.is_empty()).then_some(place.path)
            };
            if let Some(field) = missing {
                missing_group = place.outer;
                reader.missing(field, at)?;
            }
        }
        match self.pdu.missing() {
            Some(field) if missing_group != field => reader.missing(field, at),
            _ => Ok(()),
        }
    }

    const fn is_seen(&self, index: usize) -> bool {
        self.seen >> index & 1 != 0
    }

    const fn see(&mut self, index: usize) {
        self.seen |= 1 << index;
    }
}

/// Whether an error is about a value that could not be read, and not about the document.
const fn is_about_value(kind: DecodeErrorKind) -> bool {
    use DecodeErrorKind::{Deviation, InvalidText, NumberTooLarge};
    matches!(kind, InvalidText | NumberTooLarge | Deviation(DeviationKind::UnknownToken))
}

//! MM7 as a [`Wire`]: a field is an element or an attribute, and its name is its path.

mod read;
mod write;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::num::NonZeroU32;

use super::fragment::{Extra, Fragment};
use super::reader::Reader;
use super::schema::{Schema, Schemas, SpecVersion};
use super::status::StatusCode;
use super::value::{ChargedParty, ServiceCode};
use super::writer::Writer;
use crate::error::{DecodeError, EncodeError};
use crate::list::push;
use crate::message::{
    Address, ContentClass, Element, MessageClass, MmStatus, MmStatusExtension, Originator, PreviouslySentBy,
    PreviouslySentDate, Priority, ReadStatus, ReplyCharging, Str, Text, Time, Timestamp,
};
use crate::shown::{Shown, ShownField};
use crate::table::{Row, Rows, Table, Value, Wire, elements, slots};

pub(crate) use self::read::{read, read_with};
#[cfg(any(feature = "mm1", feature = "mm4"))]
pub(crate) use self::write::fit;
pub(crate) use self::write::write;

pub(crate) enum Mm7 {}

impl Wire for Mm7 {
    type Name = Place;
    type Key = &'static str;
    type Index = ();
    type Reader<'a> = Reader<'a>;
    type Writer = Writer;
    type Extra = Extra;
    type Rule = ();
    type Slot<'a> = Slot<'a>;
    type SlotMut<'a> = SlotMut<'a>;

    fn spelling(place: Place) -> &'static str {
        place.path
    }
}

impl Rows<Mm7> {
    pub(crate) const fn new(rows: &'static [Row<Mm7>]) -> Self {
        let mut elements = elements(rows);
        let mut rest = rows;
        while let [row, after @ ..] = rest {
            if row.name.refers_to_body {
                elements = elements.with(Element::Body);
            }
            rest = after;
        }
        Self { rows, elements, index: () }
    }
}

slots! {
    Mm7:
    Version(Option<SpecVersion>);
    Str(Option<Str>);
    Text(Option<Text>);
    Size(Option<u64>);
    Bool(Option<bool>);
    Conditions(Vec<NonZeroU32>);
    StatusCode(Option<StatusCode>);
    Details(Option<Fragment>);
    ServiceCode(Option<ServiceCode>);
    ChargedParty(Option<ChargedParty>);
    Address(Option<Address>);
    Addresses(Vec<Address>);
    Originator(Option<Originator>);
    PreviouslySentBy(Vec<PreviouslySentBy>);
    PreviouslySentDate(Vec<PreviouslySentDate>);
    Timestamp(Option<Timestamp>);
    Time(Option<Time>);
    MessageClass(Option<MessageClass>);
    Priority(Option<Priority>);
    ReplyCharging(Option<ReplyCharging>);
    ContentClass(Option<ContentClass>);
    ReadStatus(Option<ReadStatus>);
    MmStatus(Option<MmStatus>);
    MmStatusExtension(Option<MmStatusExtension>);
}

/// Path of a field in a message, and the schemas that have it.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// The element around it, or nothing.
    outer: &'static str,
    element: &'static str,
    /// The attribute that it is, or nothing.
    attribute: &'static str,
    /// All three: `SenderIdentification.VASPID`, `Content@href`.
    path: &'static str,
    /// Whether the element around it has to be there, even if it is empty.
    outer_required: bool,
    /// Whether the element around it holds at least one field.
    outer_holds_one: bool,
    /// Whether the fields of the element around it may come in any order.
    in_any_order: bool,
    /// Whether the element holds all values of a repeated field.
    holds_many: bool,
    /// Whether the encoder writes the version of the schema where the message names none.
    from_schema: bool,
    /// Whether it refers to the body of the message.
    refers_to_body: bool,
    /// Whether it was plain text before it held an element for the kind of address.
    once_plain: bool,
    schemas: Schemas,
}

/// The place with this path, in all schemas.
pub(crate) const fn at(path: &'static str) -> Place {
    let octets = path.as_bytes();
    let (mut dot, mut sign, mut i) = (None, octets.len(), 0);
    while let Some((_, [octet, ..])) = octets.split_at_checked(i) {
        match octet {
            b'.' => dot = Some(i),
            b'@' => sign = i,
            _ => {}
        }
        i += 1;
    }
    let (before, attribute) = path.split_at(sign);
    let (outer, element) = match dot {
        Some(dot) => (before.split_at(dot).0, before.split_at(dot + 1).1),
        None => ("", before),
    };
    let attribute = if attribute.is_empty() { attribute } else { attribute.split_at(1).1 };
    Place {
        outer,
        element,
        attribute,
        path,
        outer_required: false,
        outer_holds_one: false,
        in_any_order: false,
        holds_many: false,
        from_schema: false,
        refers_to_body: false,
        once_plain: false,
        schemas: Schemas::ALL,
    }
}

/// Of every message.
pub(crate) const MM7_VERSION: Place = Place { from_schema: true, ..at("MM7Version") };

/// A list of addresses in `Recipients`.
pub(crate) const fn recipients(path: &'static str) -> Place {
    Place { outer_holds_one: true, in_any_order: true, holds_many: true, ..at(path) }
}

/// A field of `Status`.
pub(crate) const fn status(path: &'static str) -> Place {
    Place { in_any_order: true, ..at(path).outer_required() }
}

/// The elements around fields that more than one message has.
const GROUPS: [&str; 3] = ["SenderIdentification", "Recipients", "Status"];

impl Place {
    pub(crate) const fn outer_required(self) -> Self {
        Self { outer_required: true, ..self }
    }

    pub(crate) const fn refers_to_body(self) -> Self {
        Self { refers_to_body: true, ..self }
    }

    pub(crate) const fn once_plain(self) -> Self {
        Self { once_plain: true, ..self }
    }

    pub(crate) const fn only_in(self, schemas: Schemas) -> Self {
        Self { schemas, ..self }
    }

    /// Whether an address in it is plain text in this schema.
    fn is_plain_in(self, schema: &Schema) -> bool {
        self.once_plain && schema.place() < (5, 2)
    }

    /// Whether this is the name of its element, or of the one around it.
    pub(crate) fn is_part_of_path(&self, name: &str) -> bool {
        self.element == name || self.outer == name && !name.is_empty()
    }

    /// Whether this is the name of its attribute.
    pub(crate) fn is_attribute(&self, name: &str) -> bool {
        self.attribute == name && !name.is_empty()
    }

    /// Announces the field to the writer.
    fn enter(self, to: &mut Writer) {
        to.field = self.path;
        to.is_plain = self.is_plain_in(&to.schema);
    }

    /// Since the first schema of Release 6.
    pub(crate) const fn release_6(self) -> Self {
        self.only_in(Schemas::from(6, 0))
    }
}

/// The fields that the message has, in the order of the table, and what was kept behind them: under the name of
/// its field, if that has no value or may be repeated.
pub(crate) fn shown(pdu: &dyn Table<Mm7>) -> Vec<ShownField> {
    let mut fields = crate::table::show(pdu);
    fields.extend(pdu.rows().iter().enumerate().flat_map(|(place, row)| shown_details(pdu, place, row)));
    let mut places: BTreeMap<Str, usize> = BTreeMap::new();
    if !pdu.extra().is_empty() {
        places.extend(fields.iter().enumerate().map(|(index, field)| (Str::from(&*field.name), index)));
    }
    for extra in pdu.extra() {
        let value = Shown::Text(extra.text().map_or_else(|| extra.xml.as_str().into(), Into::into));
        let name: Str = match (extra.parent.as_str(), extra.field_name()) {
            ("", name) => name.into(),
            (parent, "") => parent.into(),
            (parent, name) => alloc::format!("{parent}.{name}").into(),
        };
        let repeats = pdu.rows().iter().find(|row| row.name.path == name).is_none_or(|row| row.repeats);
        match places.get(&name).filter(|_| repeats).and_then(|index| fields.get_mut(*index)) {
            Some(field) => field.values.push(value),
            None => {
                places.entry(name.clone()).or_insert(fields.len());
                push(&mut fields, ShownField { name: name.into(), repeats, values: alloc::vec![value] });
            }
        }
    }
    fields
}

/// The attributes of the addresses in a row, by the path of each: a value for each address, if one of them has
/// the attribute.
fn shown_details(pdu: &dyn Table<Mm7>, place: usize, row: &Row<Mm7>) -> impl Iterator<Item = ShownField> + use<> {
    let addresses: Vec<&Address> = match pdu.slot(place) {
        Some(Slot::Address(address)) => address.iter().collect(),
        Some(Slot::Addresses(addresses)) => addresses.iter().collect(),
        Some(Slot::Originator(originator)) => originator.iter().filter_map(Originator::address).collect(),
        Some(Slot::PreviouslySentBy(list)) => list.iter().map(|by| &by.address).collect(),
        _ => Vec::new(),
    };
    let (path, repeats) = (row.name.path, row.repeats);
    super::address::shown_attributes(&addresses).into_iter().map(move |(attribute, values)| ShownField {
        name: alloc::format!("{path}@{attribute}"),
        repeats,
        values,
    })
}

/// Fills the fields that `schema` has with arbitrary values that it can say.
#[cfg(feature = "arbitrary")]
pub(crate) fn arbitrary<P: Table<Mm7> + Clone + Default>(
    schema: &Schema,
    u: &mut arbitrary::Unstructured<'_>,
) -> arbitrary::Result<P> {
    use crate::table::{Need, Slot as _, SlotMut as _, count};

    let mut pdu = P::default();
    for (place, row) in pdu.rows().iter().enumerate().filter(|(_, row)| row.name.schemas.contain(schema)) {
        let times = match row.need {
            Need::Mandatory if row.name.attribute.is_empty() => 1,
            _ if row.repeats => u.int_in_range(0..=3)?,
            _ => u.int_in_range(0..=1)?,
        };
        for _ in 0..times {
            // Not every value of the shared model has a form here: then another one.
            const TRIES: usize = 100;
            for _ in 0..TRIES {
                let before = pdu.clone();
                pdu.slot_mut(place).map_or(Ok(()), |slot| slot.fill(u))?;
                let mut to = Writer::new(schema.clone(), false);
                row.name.enter(&mut to);
                let last = count(&pdu, place).saturating_sub(1);
                if pdu.slot(place).is_some_and(|slot| slot.write(last, &mut to).is_ok()) {
                    break;
                }
                pdu = before;
            }
        }
    }
    Ok(pdu)
}

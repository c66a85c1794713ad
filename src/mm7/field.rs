//! MM7 as a [`Wire`]: a field is an element or an attribute, and its name is where it stands.

mod read;
mod write;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::fragment::Extra;
use super::reader::Reader;
use super::schema::Schemas;
use super::writer::Writer;
use crate::message::{Element, ElementSet, Message, Str};
use crate::table::{Field, Shown, ShownField, Wire, elements, push};

pub(crate) use self::read::{read, read_with};
#[cfg(all(feature = "mm1", feature = "mm4"))]
pub(crate) use self::write::fit;
pub(crate) use self::write::write;

pub(crate) enum Mm7 {}

impl Wire for Mm7 {
    type Name = Place;
    type Reader<'a> = Reader<'a>;
    type Writer = Writer;
}

/// Where a field stands in a message, and in which schemas.
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
    /// Whether the element holds all values of a repeated field.
    holds_many: bool,
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
    Place { outer, element, attribute, path, outer_required: false, holds_many: false, schemas: Schemas::ALL }
}

impl Place {
    pub(crate) const fn outer_required(self) -> Self {
        Self { outer_required: true, ..self }
    }

    pub(crate) const fn holds_many(self) -> Self {
        Self { holds_many: true, ..self }
    }

    pub(crate) const fn only_in(self, schemas: Schemas) -> Self {
        Self { schemas, ..self }
    }

    /// Since the first schema of Release 6.
    pub(crate) const fn release_6(self) -> Self {
        self.only_in(Schemas::from(6, 0))
    }
}

/// A message of MM7 with its field table.
pub(crate) trait Fields: Clone + Default + 'static {
    const TABLE: &'static [Field<Self, Mm7>];
    /// Whether there is a `Content` element, which is the `body` of the message.
    const HAS_CONTENT: bool = false;
    /// The elements of the shared message.
    const CARRIED: ElementSet =
        if Self::HAS_CONTENT { elements(Self::TABLE).with(Element::Body) } else { elements(Self::TABLE) };

    fn message(&self) -> Option<&Message> {
        None
    }

    /// What is missing though no row of the table is mandatory.
    fn missing(&self) -> Option<&'static str> {
        None
    }

    /// `Content/@href` and the message, if there is a `Content` element.
    fn content(&mut self) -> Option<(&mut Option<Str>, &mut Message)> {
        None
    }

    fn extra(&self) -> &Vec<Extra>;

    fn extra_mut(&mut self) -> &mut Vec<Extra>;
}

/// The fields that the message has, in the order of the table.
pub(crate) fn shown<P: Fields>(pdu: &P) -> Vec<ShownField> {
    let rows = P::TABLE.iter().filter_map(|row| row.shown(pdu, |place| place.path.into()));
    let mut fields: Vec<ShownField> = rows.collect();
    let mut places: BTreeMap<Str, usize> = BTreeMap::new();
    if !pdu.extra().is_empty() {
        places.extend(fields.iter().enumerate().map(|(index, field)| (Str::from(&*field.name), index)));
    }
    for extra in pdu.extra() {
        let value = Shown::Text(extra.text().map_or_else(|| extra.xml.as_str().into(), Into::into));
        let name: Str = match (extra.parent.as_str(), extra.name()) {
            ("", name) => name.into(),
            (parent, "") => parent.into(),
            (parent, name) => alloc::format!("{parent}.{name}").into(),
        };
        match places.get(&name).and_then(|index| fields.get_mut(*index)) {
            Some(field) => field.values.push(value),
            None => {
                places.insert(name.clone(), fields.len());
                push(&mut fields, ShownField { name: name.into(), repeats: true, values: alloc::vec![value] });
            }
        }
    }
    fields
}

/// Fills the fields that `schema` has with arbitrary values that it can say.
#[cfg(feature = "arbitrary")]
pub(crate) fn arbitrary<P: Fields>(
    schema: &super::Schema,
    u: &mut arbitrary::Unstructured<'_>,
) -> arbitrary::Result<P> {
    use crate::table::Need;

    let mut pdu = P::default();
    for row in P::TABLE.iter().filter(|row| row.name.schemas.contain(schema)) {
        let times = match row.need {
            Need::Mandatory if row.name.attribute.is_empty() => 1,
            _ if row.repeats => u.int_in_range(0..=3)?,
            _ => u.int_in_range(0..=1)?,
        };
        for _ in 0..times {
            // Not every value of the shared model has a form here: then another one.
            const TRIES: usize = 20;
            for _ in 0..TRIES {
                let before = pdu.clone();
                (row.fill)(&mut pdu, u)?;
                let mut to = Writer::new(schema.clone(), false);
                to.field = row.name.path;
                let index = (row.count)(&pdu).saturating_sub(1);
                if (row.write)(&pdu, index, &mut to).is_ok() {
                    break;
                }
                pdu = before;
            }
        }
    }
    Ok(pdu)
}

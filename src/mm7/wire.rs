//! MM7 as a [`Wire`]: a field is an element or an attribute, and its name is its path.

use alloc::vec::Vec;
use core::num::NonZeroU32;

use super::charging::{ChargedParty, ServiceCode};
use super::fragment::{Extra, Fragment};
use super::reader::Reader;
use super::schema::{Schema, Schemas, SpecVersion};
use super::status::StatusCode;
use super::writer::Writer;
use crate::error::{DecodeError, EncodeError};
use crate::message::{
    Address, ContentClass, Element, MessageClass, MmStatus, MmStatusExtension, Originator, PreviouslySentBy,
    PreviouslySentDate, Priority, ReadStatus, ReplyCharging, Str, Text, Time, Timestamp,
};
use crate::shown::Shown;
use crate::table::{Row, Rows, Value, Wire, elements, slots};
pub(crate) enum Mm7 {}

impl Wire for Mm7 {
    type Name = Place;
    type Key = &'static str;
    type Index = ();
    type Reader<'a> = Reader<'a>;
    type Writer = Writer;
    type Extra = Extra;
    type Broken = ();
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
    Size(Option<u64>);
    Conditions(Vec<NonZeroU32>);
    StatusCode(Option<StatusCode>);
    Details(Option<Fragment>);
    ServiceCode(Option<ServiceCode>);
    ChargedParty(Option<ChargedParty>);
    ReplyCharging(Option<ReplyCharging>);
    MmStatusExtension(Option<MmStatusExtension>);
}

/// Path of a field in a message, and the schemas that have it.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// The element around it, or nothing.
    pub(super) outer: &'static str,
    pub(super) element: &'static str,
    /// The attribute that it is, or nothing.
    pub(super) attribute: &'static str,
    /// All three: `SenderIdentification.VASPID`, `Content@href`.
    pub(super) path: &'static str,
    /// Whether the element around it has to be there, even if it is empty.
    pub(super) outer_required: bool,
    /// Whether the element around it holds at least one field.
    pub(super) outer_holds_one: bool,
    /// Whether the fields of the element around it may come in any order.
    pub(super) in_any_order: bool,
    /// Whether the element holds all values of a repeated field.
    pub(super) holds_many: bool,
    /// Whether the encoder writes the version of the schema where the message names none.
    pub(super) from_schema: bool,
    /// Whether it refers to the body of the message.
    pub(super) refers_to_body: bool,
    /// Whether it was plain text before it held an element for the kind of address.
    pub(super) once_plain: bool,
    /// What a router reads in it, if it reads it.
    pub(super) routing: Option<Routing>,
    pub(super) schemas: Schemas,
}

/// What a field says to a router, which reads no others: see [`peek`](super::peek).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Routing {
    Provider,
    Service,
    Message,
    Recipients,
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
        routing: None,
        schemas: Schemas::ALL,
    }
}

/// Fields that more than one message has.
pub(crate) const MM7_VERSION: Place = Place { from_schema: true, ..at("MM7Version") };
pub(crate) const VASP_ID: Place = at("VASPID").routes(Routing::Provider);
pub(crate) const VAS_ID: Place = at("VASID").routes(Routing::Service);
pub(crate) const SENDER_VASP_ID: Place = at("SenderIdentification.VASPID").outer_required().routes(Routing::Provider);
pub(crate) const SENDER_VAS_ID: Place = at("SenderIdentification.VASID").outer_required().routes(Routing::Service);
pub(crate) const SENDER_ADDRESS: Place =
    Place { once_plain: true, ..at("SenderIdentification.SenderAddress").outer_required() };
pub(crate) const TO: Place = recipients("Recipients.To");
pub(crate) const CC: Place = recipients("Recipients.Cc");
pub(crate) const BCC: Place = recipients("Recipients.Bcc");
pub(crate) const RECIPIENT: Place = at("Recipient").routes(Routing::Recipients);
pub(crate) const MESSAGE_ID: Place = at("MessageID").routes(Routing::Message);
pub(crate) const STATUS_CODE: Place = status("Status.StatusCode");
pub(crate) const STATUS_TEXT: Place = status("Status.StatusText");
pub(crate) const STATUS_DETAILS: Place = status("Status.Details");
pub(crate) const CONTENT_HREF: Place = Place { refers_to_body: true, ..at("Content@href") };
pub(crate) const CONTENT_ADAPTATIONS: Place = at("Content@allowAdaptations");

/// The elements around fields that more than one message has: vendors put them into the others too.
pub(super) const SHARED_GROUPS: [&str; 3] = [SENDER_ADDRESS.outer, TO.outer, STATUS_CODE.outer];

/// A list of addresses in `Recipients`.
const fn recipients(path: &'static str) -> Place {
    let list = at(path).routes(Routing::Recipients);
    Place { outer_holds_one: true, in_any_order: true, holds_many: true, ..list }
}

/// A field of `Status`.
const fn status(path: &'static str) -> Place {
    Place { in_any_order: true, ..at(path).outer_required() }
}

impl Place {
    pub(crate) const fn outer_required(self) -> Self {
        Self { outer_required: true, ..self }
    }

    const fn routes(self, routing: Routing) -> Self {
        Self { routing: Some(routing), ..self }
    }

    pub(crate) const fn only_in(self, schemas: Schemas) -> Self {
        Self { schemas, ..self }
    }

    /// Whether an address in it is plain text in this schema.
    pub(super) fn is_plain_in(self, schema: &Schema) -> bool {
        self.once_plain && schema.place() < (5, 2)
    }

    /// Whether this is the name of its element, or of the one around it.
    pub(crate) fn is_part_of_path(&self, name: &str) -> bool {
        self.element == name || self.outer == name && !name.is_empty()
    }

    /// Whether this is the name of its attribute.
    pub(crate) fn is_attribute(&self, name: &str) -> bool {
        self.attribute == name
    }

    /// Announces the field to the writer.
    pub(super) fn enter(self, to: &mut Writer) {
        to.field = self.path;
        to.is_plain = self.is_plain_in(&to.schema);
    }

    /// Since the first schema of Release 6.
    pub(crate) const fn release_6(self) -> Self {
        self.only_in(Schemas::from(6, 0))
    }
}

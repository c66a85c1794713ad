//! The tables of members, and the loops over them.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use bytes::Bytes;

use super::ber::{Element, Tag, TagClass, Writer, check, element_depth};
use crate::context::{Context, Decoding};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::list::push;
use crate::message::Hex;
use crate::options::{DeviationKind, Limits};
use crate::shown::{Shown, ShownField};

/// Whether a member has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Mandatory.
    M,
    /// `OPTIONAL`.
    O,
    /// Mandatory by the letter of the module, where most records have nothing to say: an empty one is
    /// written where there is none.
    E,
}

/// A row: a member of a SET or SEQUENCE.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The number of its context tag.
    pub(super) tag: u32,
    pub(super) name: &'static str,
    pub(super) need: Need,
}

/// A struct whose fields are the members of a table.
pub(super) trait Table {
    /// Whether the members have to come in the order of the rows.
    fn is_sequence(&self) -> bool;

    /// In the order they are written.
    fn rows(&self) -> &'static [Row];

    /// The value of the row with this tag.
    fn member(&self, tag: u32) -> Option<&dyn Member>;
    fn member_mut(&mut self, tag: u32) -> Option<&mut dyn Member>;

    fn extra(&self) -> &Vec<Extra>;
    fn extra_mut(&mut self) -> &mut Vec<Extra>;
}

/// A member without a row, or whose value cannot be read: kept as it is, and written back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Extra {
    /// The tag.
    pub tag: Tag,
    /// Whether the content consists of elements.
    pub constructed: bool,
    /// The content, without identifier and length.
    #[cfg_attr(feature = "serde", serde(with = "crate::octets"))]
    pub content: Bytes,
}

impl Extra {
    /// A proprietary member. The content of a constructed one has to consist of elements.
    pub fn new(tag: Tag, constructed: bool, content: impl Into<Bytes>) -> Self {
        Self { tag, constructed, content: content.into() }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        // [UNIVERSAL 0] would end the content of an indefinite length around the record.
        if self.tag == Tag::universal(0) {
            return Err(EncodeErrorKind::NotExpressible.into());
        }
        if self.constructed {
            check(&self.content, 0..self.content.len(), Limits::MAX_DEPTH).map_err(|(kind, _)| match kind {
                DecodeErrorKind::Deviation(_) => EncodeErrorKind::NestingTooDeep,
                _ => EncodeErrorKind::NotExpressible,
            })?;
        }
        to.element(self.tag, self.constructed, |to| Value::write(&self.content, to))
    }
}

/// How a type is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Primitive,
    Constructed,
    /// A CHOICE, whose tag is explicit (X.680, 31.2.7).
    Choice,
}

/// A value of a member: both directions in one place.
pub(super) trait Value: Sized {
    const FORM: Form = Form::Primitive;
    /// The tag of the type itself, which the values of a list have: the one of SEQUENCE.
    const UNIVERSAL: u32 = 16;

    /// Reads the content of an element; for a CHOICE, of the alternative.
    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError>;

    /// Writes the content; for a CHOICE, the element of the alternative.
    fn write(&self, to: &mut Writer) -> Result<(), EncodeError>;

    fn show(&self) -> Shown;

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self>;
}

fn write_value<T: Value>(value: &T, tag: Tag, to: &mut Writer) -> Result<(), EncodeError> {
    to.element(tag, T::FORM != Form::Primitive, |to| value.write(to))
}

/// The only element in the content of another one: the value inside an explicit tag.
fn only<'a>(element: &Element<'a>, context: &mut Context) -> Result<Element<'a>, DecodeError> {
    let mut elements = element.elements();
    let inner = elements.next().ok_or_else(|| context.invalid(element.start))?;
    let inner = inner.map_err(|fault| context.fault(fault))?;
    if inner.next != element.end {
        return Err(context.invalid(inner.next));
    }
    forgive_long_tag(&inner, context)?;
    Ok(inner)
}

fn forgive_long_tag(element: &Element<'_>, context: &mut Context) -> Result<(), DecodeError> {
    if element.is_minimal { Ok(()) } else { context.forgive(DeviationKind::NonMinimalInteger, element.offset) }
}

pub(super) fn read_value<T: Value>(element: &Element<'_>, context: &mut Context) -> Result<T, DecodeError> {
    match T::FORM {
        Form::Choice if element.constructed => T::read(&only(element, context)?, context),
        Form::Constructed if element.constructed => T::read(element, context),
        // Strings may be constructed; their values see to that themselves.
        Form::Primitive => T::read(element, context),
        _ => Err(context.invalid(element.offset)),
    }
}

/// What a struct has of a member: an `Option` for one value, a `Vec` for a SET OF or SEQUENCE OF.
pub(super) trait Member {
    fn is_present(&self) -> bool;

    /// Takes the value of an element, or says that it has none to take: an empty list.
    fn read(&mut self, element: &Element<'_>, context: &mut Context) -> Result<bool, DecodeError>;

    fn write(&self, tag: u32, to: &mut Writer) -> Result<(), EncodeError>;

    fn repeats(&self) -> bool;

    fn show(&self) -> Vec<Shown>;

    #[cfg(feature = "arbitrary")]
    fn fill(&mut self, u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<()>;
}

impl<T: Value> Member for Option<T> {
    fn is_present(&self) -> bool {
        self.is_some()
    }

    fn read(&mut self, element: &Element<'_>, context: &mut Context) -> Result<bool, DecodeError> {
        *self = Some(read_value(element, context)?);
        Ok(true)
    }

    fn write(&self, tag: u32, to: &mut Writer) -> Result<(), EncodeError> {
        self.as_ref().map_or(Ok(()), |value| write_value(value, Tag::context(tag), to))
    }

    fn repeats(&self) -> bool {
        false
    }

    fn show(&self) -> Vec<Shown> {
        self.iter().map(T::show).collect()
    }

    #[cfg(feature = "arbitrary")]
    fn fill(&mut self, u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<()> {
        *self = Some(T::arbitrary(u)?);
        Ok(())
    }
}

impl<T: Value> Member for Vec<T> {
    fn is_present(&self) -> bool {
        !self.is_empty()
    }

    fn read(&mut self, element: &Element<'_>, context: &mut Context) -> Result<bool, DecodeError> {
        if !element.constructed {
            return Err(context.invalid(element.offset));
        }
        let mut values = 0;
        for item in element.elements() {
            let item = item.map_err(|fault| context.fault(fault))?;
            context.count(item.offset)?;
            values += 1;
        }
        let mut list = Self::with_capacity(values);
        for item in element.elements().flatten() {
            forgive_long_tag(&item, context)?;
            if item.tag != Tag::universal(T::UNIVERSAL) {
                return Err(context.invalid(item.offset));
            }
            list.push(read_value(&item, context)?);
        }
        *self = list;
        Ok(values > 0)
    }

    fn write(&self, tag: u32, to: &mut Writer) -> Result<(), EncodeError> {
        if self.is_empty() {
            return Ok(());
        }
        to.element(Tag::context(tag), true, |to| {
            self.iter().try_for_each(|value| write_value(value, Tag::universal(T::UNIVERSAL), to))
        })
    }

    fn repeats(&self) -> bool {
        true
    }

    fn show(&self) -> Vec<Shown> {
        self.iter().map(T::show).collect()
    }

    #[cfg(feature = "arbitrary")]
    fn fill(&mut self, u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<()> {
        *self = (0..u.int_in_range(1..=3)?).map(|_| T::arbitrary(u)).collect::<arbitrary::Result<_>>()?;
        Ok(())
    }
}

/// The member of all records that says which one it is. It has no row: the tag of the record says so.
pub(super) const RECORD_TYPE: Row = Row { tag: 0, name: "recordType", need: Need::M };

/// Reads the members of `element` into a struct that has none. A record has a number, which its first
/// member repeats.
pub(super) fn read_members(
    table: &mut dyn Table,
    element: &Element<'_>,
    record: Option<u32>,
    context: &mut Context,
) -> Result<(), DecodeError> {
    let rows = table.rows();
    let mut has_type = record.is_none();
    let mut last = 0;
    let mut expected = rows.iter();
    for member in element.elements() {
        let member = member.map_err(|fault| context.fault(fault))?;
        forgive_long_tag(&member, context)?;
        if let Some(number) = record.filter(|_| member.tag == Tag::context(RECORD_TYPE.tag)) {
            context.in_field(RECORD_TYPE.name, |context| {
                if core::mem::replace(&mut has_type, true) {
                    context.forgive(DeviationKind::DuplicateField, member.offset)?;
                    keep(table, &member, context)
                } else {
                    read_record_type(&member, number, context)
                }
            })?;
            continue;
        }
        let is = |row: &&Row| member.tag == Tag::context(row.tag);
        // Mostly in the order of the rows.
        let Some(row) = expected.find(is).or_else(|| rows.iter().find(is)) else {
            context.forgive(DeviationKind::UnexpectedField, member.offset)?;
            keep(table, &member, context)?;
            continue;
        };
        context.in_field(row.name, |context| {
            if row.tag < last && table.is_sequence() {
                context.forgive(DeviationKind::FieldOrder, member.offset)?;
            }
            last = last.max(row.tag);
            read_member(table, row.tag, &member, context)
        })?;
        if expected.as_slice().is_empty() {
            expected = rows.iter();
        }
    }
    if !has_type {
        context.missing(RECORD_TYPE.name, element.offset)?;
    }
    for row in rows.iter().filter(|row| row.need != Need::O) {
        if !is_there(table, row) {
            context.missing(row.name, element.offset)?;
        }
    }
    Ok(())
}

/// Reads a member into its place, or keeps it.
fn read_member(
    table: &mut dyn Table,
    tag: u32,
    member: &Element<'_>,
    context: &mut Context,
) -> Result<(), DecodeError> {
    let Some(slot) = table.member_mut(tag) else { return Ok(()) };
    if slot.is_present() {
        context.forgive(DeviationKind::DuplicateField, member.offset)?;
        return keep(table, member, context);
    }
    match slot.read(member, context) {
        Ok(true) => Ok(()),
        Ok(false) => keep(table, member, context),
        Err(error) if context.is_strict() || matches!(error.kind, DecodeErrorKind::LimitExceeded(_)) => Err(error),
        Err(error) => {
            let kind = match error.kind {
                DecodeErrorKind::Deviation(kind) => kind,
                _ => DeviationKind::InvalidValue,
            };
            context.in_field(error.field, |context| {
                context.forgive(kind, error.offset)?;
                keep(table, member, context)
            })
        }
    }
}

/// The records that some systems number from 29 on in `recordType`: those up to `mMR1RtRqRecord`, 41.
const OLDER: core::ops::RangeInclusive<u32> = 30..=41;

/// Looks whether `recordType` repeats the tag of the record.
fn read_record_type(member: &Element<'_>, number: u32, context: &mut Context) -> Result<(), DecodeError> {
    let offset = member.offset;
    match read_value::<u64>(member, context) {
        Ok(own) if own == u64::from(number) => Ok(()),
        Ok(own) if OLDER.contains(&number) && own == u64::from(number - 1) => {
            context.forgive(DeviationKind::OlderNumbering, offset)
        }
        Ok(_) => context.forgive(DeviationKind::FieldConflict, offset),
        Err(error) if context.is_strict() => Err(error),
        Err(_) => context.forgive(DeviationKind::InvalidValue, offset),
    }
}

/// Whether a member has a value, if only one that cannot be read.
fn is_there(table: &dyn Table, row: &Row) -> bool {
    table.member(row.tag).is_some_and(Member::is_present)
        || table.extra().iter().any(|extra| extra.tag == Tag::context(row.tag))
}

/// Keeps a member as it is.
fn keep(table: &mut dyn Table, member: &Element<'_>, context: &mut Context) -> Result<(), DecodeError> {
    context.count(member.offset)?;
    if member.constructed
        && let Err((kind, at)) = check(member.input, member.start..member.end, element_depth(context))
    {
        let kind = match kind {
            DecodeErrorKind::Deviation(kind) => kind,
            _ => DeviationKind::InvalidValue,
        };
        context.forgive(kind, at)?;
    }
    push(table.extra_mut(), Extra { tag: member.tag, constructed: member.constructed, content: member.content() });
    Ok(())
}

/// Writes the members that have a value, and then what was kept.
pub(super) fn write_members(table: &dyn Table, to: &mut Writer) -> Result<(), EncodeError> {
    for row in table.rows() {
        let Some(member) = table.member(row.tag) else { continue };
        if member.is_present() {
            member.write(row.tag, to).map_err(|error| error.in_field(row.name))?;
        } else if row.need != Need::O && !is_there(table, row) {
            if row.need == Need::M {
                return Err(EncodeError::from(EncodeErrorKind::MissingField).in_field(row.name));
            }
            to.element(Tag::context(row.tag), false, |_| Ok(()))?;
        }
    }
    table.extra().iter().try_for_each(|extra| extra.write(to))
}

/// The members as people and scripts read them. What was kept has the name of its row, or its tag for
/// a name: `[40]`, `[PRIVATE 3]`.
pub(super) fn show_members(table: &dyn Table) -> Vec<ShownField> {
    let rows = table.rows();
    let present = rows.iter().filter_map(|row| {
        let member = table.member(row.tag).filter(|member| member.is_present())?;
        Some(ShownField { name: row.name.into(), repeats: member.repeats(), values: member.show() })
    });
    let kept = table.extra().iter().map(|extra| {
        let row = rows.iter().find(|row| extra.tag == Tag::context(row.tag));
        let name = row.map_or_else(|| tag_name(extra.tag), |row| row.name.into());
        ShownField::new(name, Shown::Text(Hex(&extra.content).to_string()))
    });
    present.chain(kept).collect()
}

fn tag_name(tag: Tag) -> String {
    let number = tag.number;
    match tag.class {
        TagClass::Universal => format!("[UNIVERSAL {number}]"),
        TagClass::Application => format!("[APPLICATION {number}]"),
        TagClass::Context => format!("[{number}]"),
        TagClass::Private => format!("[PRIVATE {number}]"),
    }
}

/// A struct inside of another one, in the notation of ASN.1 values: `{ subjectSize 5 }`.
pub(super) fn show_structure(table: &dyn Table) -> Shown {
    let members = show_members(table).into_iter().map(|field| {
        let values: Vec<String> = field.values.iter().map(|value| format!("{value}")).collect();
        format!("{} {}", field.name, values.join(" "))
    });
    Shown::Text(format!("{{ {} }}", members.collect::<Vec<_>>().join(", ")))
}

/// Fills in the members that have to be there, and some of the others.
#[cfg(feature = "arbitrary")]
pub(super) fn fill_members(table: &mut dyn Table, u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<()> {
    for row in table.rows() {
        if (row.need != Need::O || u.ratio(1, 2)?)
            && let Some(member) = table.member_mut(row.tag)
        {
            member.fill(u)?;
        }
    }
    if u.ratio(1, 8)? {
        let content = Bytes::from_static(b"\x04\x01\x05");
        let tag = Tag { class: TagClass::Private, number: u.int_in_range(0..=300)? };
        table.extra_mut().push(Extra::new(tag, u.arbitrary()?, content));
    }
    Ok(())
}

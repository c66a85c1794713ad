//! Field tables for the PDUs of all interfaces.
//!
//! A PDU is a plain struct, and its [`Table`] is a list of [`Row`]s: name, whether it is mandatory,
//! and the path of the field in the struct. `table!` makes of the list the constant rows and two
//! functions that lead from the place of a row to a [`Slot`] or [`SlotMut`]: a reference to the
//! field, as an enum over the types of fields on the wire (`slots!`). Reading, writing and showing
//! are one `match` on that enum, so each type has one reader a wire, however many rows have it, and
//! what a program never calls (the writers, say) is not linked, which a table of function pointers
//! would prevent. The loops over rows take any PDU as `&mut dyn Table`, and exist once a wire
//! too. What else is known of a field is a column of its row: of all rows in [`Row`], of one wire
//! in its [`Wire::Name`]. No code compares the spelling of a field.

use alloc::vec::Vec;

use crate::error::{DecodeError, EncodeError};
use crate::list::{push, push_new};
use crate::message::{Element, ElementSet, Message, Part, Str};
use crate::shown::{FieldForm, Shown, ShownField, ShownKind};

/// One interface's way of writing values.
pub(crate) trait Wire: Sized + 'static {
    /// Identity of a field on this wire, and what else a row says of it on this wire
    /// alone.
    type Name: Copy + 'static;
    /// A field as rules and errors refer to it.
    type Key: Copy;
    /// What the wire works out of all rows of a table, to find them faster.
    type Index: 'static;
    /// Where one value is read from.
    type Reader<'a>;
    /// Where one value is written to.
    type Writer;
    /// A field that was read and has no row.
    type Extra: 'static;
    /// How a conditional rule is broken.
    type Broken: 'static;
    type Slot<'a>: Slot<Self>;
    type SlotMut<'a>: SlotMut<Self>;

    /// The specification's name of the field, for errors.
    fn spelling(name: Self::Name) -> &'static str;
}

/// A value on the wire `W`: both directions in one place.
pub(crate) trait Value<W: Wire>: Sized {
    /// What [`show`](Self::show) says.
    const KIND: ShownKind = ShownKind::Text;

    fn read(from: &mut W::Reader<'_>) -> Result<Self, DecodeError>;

    /// Reads a value into a field.
    #[inline(always)]
    fn read_into(values: &mut impl Values<Item = Self>, from: &mut W::Reader<'_>) -> Result<(), DecodeError> {
        values.put(Self::read(from)?);
        Ok(())
    }

    /// Reads the value that `octets` begin with into a field without one, if it has the form that deployed encoders
    /// give it and there is nothing to forgive, and returns what follows it. The same as [`read`](Self::read), in less
    /// time: values are built where they stay.
    #[cfg(feature = "mm1")]
    fn usual<'a>(_octets: &'a [u8], _into: &mut impl Values<Item = Self>) -> Option<&'a [u8]> {
        None
    }

    fn write(&self, to: &mut W::Writer) -> Result<(), EncodeError>;

    /// As people and scripts read it, in the words of the interface's specification.
    fn show(&self) -> Shown;

    /// Makes it one that can be written, if something of it can be kept.
    fn clean(&mut self) {}
}

/// Whether a field has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Mandatory,
    Optional,
}

/// A row of a field table.
pub(crate) struct Row<W: Wire> {
    pub(crate) name: W::Name,
    pub(crate) need: Need,
    /// Whether the field may be repeated: it is a `Vec` in the struct.
    pub(crate) repeats: bool,
    /// Which element of the shared message the field is.
    pub(crate) element: Option<Element>,
}

/// The rows of a table, in the order the fields are written.
pub(crate) struct Rows<W: Wire> {
    pub(crate) rows: &'static [Row<W>],
    /// The elements of the shared message that they carry.
    pub(crate) elements: ElementSet,
    pub(crate) index: W::Index,
}

impl<W: Wire> core::ops::Deref for Rows<W> {
    type Target = [Row<W>];

    fn deref(&self) -> &[Row<W>] {
        self.rows
    }
}

/// What a table cannot say of a PDU.
pub(crate) trait Rules<W: Wire> {
    /// The field that other fields demand, or that represents several of which one has to be there,
    /// if it is not there.
    fn missing(&self) -> Option<W::Key> {
        None
    }

    /// How each of the conditional rules is broken.
    fn breaches(&self) -> &'static [W::Broken] {
        &[]
    }

    /// A bit for each of them that is broken.
    fn broken_rules(&self) -> u32 {
        0
    }

    /// The name of a field of a shared report that has a value and no row: the wire cannot say it.
    fn inexpressible(&self) -> Option<&'static str> {
        None
    }
}

/// A PDU struct to be filled: what the loops that read work on. It is not among the methods of a table, which a
/// program that only decodes would have to take all together. `table!` implements it.
pub(crate) trait Fill<W: Wire>: Rules<W> {
    fn rows(&self) -> &'static Rows<W>;

    /// The field of the row at this place.
    fn slot_mut(&mut self, place: usize) -> Option<W::SlotMut<'_>>;

    /// The fields that were read and have no row.
    fn extra_mut(&mut self) -> &mut Vec<W::Extra>;
}

/// A PDU struct and its fields: what the loops over rows work on. `table!` implements it.
pub(crate) trait Table<W: Wire>: Fill<W> {
    /// The field of the row at this place.
    fn slot(&self, place: usize) -> Option<W::Slot<'_>>;

    /// The fields that were read and have no row.
    fn extra(&self) -> &Vec<W::Extra>;

    /// The shared message, if the PDU has one.
    fn message(&self) -> Option<&Message> {
        None
    }
    fn message_mut(&mut self) -> Option<&mut Message> {
        None
    }

    fn body(&self) -> Option<&Part> {
        None
    }

    fn body_mut(&mut self) -> Option<&mut Option<Part>> {
        None
    }

    /// The field that refers to the body of the message, and the message.
    fn reference(&mut self) -> Option<(&mut Option<Str>, &mut Message)> {
        None
    }
}

/// A field of a PDU struct.
pub(crate) trait Slot<W: Wire>: Copy {
    /// How many values it has.
    fn count(self) -> usize;
    /// Writes the value with this index.
    fn write(self, index: usize, to: &mut W::Writer) -> Result<(), EncodeError>;
    /// Writes all values, `before` before each, and returns their number.
    fn write_each(self, before: impl Fn(&mut W::Writer), to: &mut W::Writer) -> Result<usize, EncodeError>;
    /// Shows the value with this index.
    fn show(self, index: usize) -> Option<Shown>;
    /// What its values are shown as.
    fn kind(self) -> ShownKind;
    /// Reads a value of its type, and drops it.
    fn probe(self, from: &mut W::Reader<'_>) -> Result<(), DecodeError>;
}

/// A field of a PDU struct, to be filled.
pub(crate) trait SlotMut<W: Wire>: Sized {
    /// Reads one value into it.
    fn read(self, from: &mut W::Reader<'_>) -> Result<(), DecodeError>;
    /// Removes the values at whose place there is `false`.
    fn keep(self, kept: &[bool]);
    /// Makes the value with this index one that can be written, if something of it can be kept.
    fn clean(self, index: usize);
    /// Puts an arbitrary value into it.
    #[cfg(feature = "arbitrary")]
    fn fill(self, from: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<()>;
}

/// The fields that have a value, in the order of the rows.
pub(crate) fn show<W: Wire>(pdu: &dyn Table<W>) -> Vec<ShownField> {
    let shown = |(place, row): (usize, &Row<W>)| {
        let slot = pdu.slot(place)?;
        let count = slot.count();
        (count > 0).then(|| ShownField {
            name: W::spelling(row.name).into(),
            repeats: row.repeats,
            values: (0..count).filter_map(|index| slot.show(index)).collect(),
        })
    };
    pdu.rows().iter().enumerate().filter_map(shown).collect()
}

/// The fields that the PDU may have, in the order of the rows.
pub(crate) fn forms<W: Wire>(pdu: &dyn Table<W>) -> impl Iterator<Item = FieldForm> {
    pdu.rows().iter().enumerate().filter_map(|(place, row)| {
        let kind = pdu.slot(place)?.kind();
        Some(FieldForm { name: W::spelling(row.name), repeats: row.repeats, kind })
    })
}

/// How many values the field of the row at this place has.
pub(crate) fn count<W: Wire>(pdu: &dyn Table<W>, place: usize) -> usize {
    pdu.slot(place).map_or(0, Slot::count)
}

/// The elements of the shared message that the PDU has and its table does not.
pub(crate) fn without_row<W: Wire>(pdu: &dyn Table<W>) -> ElementSet {
    pdu.message().map(Message::elements).unwrap_or_default().without(pdu.rows().elements)
}

/// Removes the values that `can_write` refuses, and names their fields: once for each value.
pub(crate) fn fit<W: Wire>(
    pdu: &mut dyn Table<W>,
    mut can_write: impl FnMut(&Row<W>, W::Slot<'_>, usize) -> bool,
) -> Vec<&'static str> {
    let mut unfit = Vec::new();
    for (place, row) in pdu.rows().iter().enumerate() {
        let Some(slot) = pdu.slot(place) else { continue };
        let kept: Vec<bool> = (0..slot.count()).map(|index| can_write(row, slot, index)).collect();
        let refused = kept.iter().filter(|is_kept| !**is_kept).count();
        if refused > 0 {
            pdu.slot_mut(place).into_iter().for_each(|slot| slot.keep(&kept));
            unfit.extend(core::iter::repeat_n(row.element.map_or(W::spelling(row.name), Element::name), refused));
        }
    }
    unfit
}

/// The elements of the shared message that the rows carry.
pub(crate) const fn elements<W: Wire>(rows: &[Row<W>]) -> ElementSet {
    // Every reader has a bit for each row.
    assert!(rows.len() <= 64);
    let mut set = ElementSet::EMPTY;
    let mut rest = rows;
    while let [row, after @ ..] = rest {
        if let Some(element) = row.element {
            set = set.with(element);
        }
        rest = after;
    }
    set
}

/// The values of a field in a PDU struct: an `Option` for one, a `Vec` for many.
pub(crate) trait Values {
    type Item;

    /// Whether there may be more than one.
    const REPEATS: bool;

    fn put(&mut self, item: Self::Item);
    /// Puts what `make` makes into a field without a value: at its place, so that it is not moved.
    #[cfg(feature = "mm1")]
    fn put_new(&mut self, make: impl FnOnce() -> Self::Item);
    fn keep(&mut self, kept: &[bool]);
    fn at(&self, index: usize) -> Option<&Self::Item>;
    fn at_mut(&mut self, index: usize) -> Option<&mut Self::Item>;
    fn count(&self) -> usize;
}

impl<T> Values for Option<T> {
    type Item = T;

    const REPEATS: bool = false;

    fn put(&mut self, item: T) {
        *self = Some(item);
    }

    #[cfg(feature = "mm1")]
    #[inline(always)]
    fn put_new(&mut self, make: impl FnOnce() -> T) {
        self.get_or_insert_with(make);
    }

    fn keep(&mut self, kept: &[bool]) {
        if kept.first() == Some(&false) {
            *self = None;
        }
    }

    fn at(&self, index: usize) -> Option<&T> {
        self.as_ref().filter(|_| index == 0)
    }

    fn at_mut(&mut self, index: usize) -> Option<&mut T> {
        self.as_mut().filter(|_| index == 0)
    }

    fn count(&self) -> usize {
        usize::from(self.is_some())
    }
}

impl<T> Values for Vec<T> {
    type Item = T;

    const REPEATS: bool = true;

    fn put(&mut self, item: T) {
        push(self, item);
    }

    #[cfg(feature = "mm1")]
    #[inline(always)]
    fn put_new(&mut self, make: impl FnOnce() -> T) {
        push_new(self, make);
    }

    fn keep(&mut self, kept: &[bool]) {
        let mut kept = kept.iter();
        self.retain(|_| kept.next().is_none_or(|is_kept| *is_kept));
    }

    fn at(&self, index: usize) -> Option<&T> {
        self.get(index)
    }

    fn at_mut(&mut self, index: usize) -> Option<&mut T> {
        self.get_mut(index)
    }

    fn count(&self) -> usize {
        self.len()
    }
}

/// Whether the field of `P` that `_field` leads to may hold more than one value.
pub(crate) const fn repeats<P, V: Values>(_field: fn(&P) -> &V) -> bool {
    V::REPEATS
}

/// Reads one value into a field. Not inlined: one function a type is what the slots are for.
#[inline(never)]
pub(crate) fn read<W: Wire, V: Values<Item: Value<W>>>(
    values: &mut V,
    from: &mut W::Reader<'_>,
) -> Result<(), DecodeError> {
    V::Item::read_into(values, from)
}

/// Writes the value with this index.
pub(crate) fn write<W: Wire, V: Values<Item: Value<W>>>(
    values: &V,
    index: usize,
    to: &mut W::Writer,
) -> Result<(), EncodeError> {
    values.at(index).map_or(Ok(()), |value| value.write(to))
}

pub(crate) fn write_each<W: Wire, V: Values<Item: Value<W>>>(
    values: &V,
    before: impl Fn(&mut W::Writer),
    to: &mut W::Writer,
) -> Result<usize, EncodeError> {
    let count = values.count();
    for value in (0..count).filter_map(|index| values.at(index)) {
        before(to);
        value.write(to)?;
    }
    Ok(count)
}

/// Declares the slots of a wire: a variant for each type of field, which is an `Option` of a value,
/// or a `Vec` of values. Those that all wires have are the first.
macro_rules! slots {
    ($wire:ty: $($variant:ident($values:ty);)+) => {
        $crate::table::slots! {
            @all $wire:
            Str(Option<Str>);
            Text(Option<Text>);
            Bool(Option<bool>);
            Address(Option<Address>);
            Addresses(Vec<Address>);
            Originator(Option<Originator>);
            PreviouslySentBy(Vec<PreviouslySentBy>);
            PreviouslySentDate(Vec<PreviouslySentDate>);
            Timestamp(Option<Timestamp>);
            Time(Option<Time>);
            MessageClass(Option<MessageClass>);
            Priority(Option<Priority>);
            ContentClass(Option<ContentClass>);
            ReadStatus(Option<ReadStatus>);
            MmStatus(Option<MmStatus>);
            $($variant($values);)+
        }
    };
    (@all $wire:ty: $($variant:ident($values:ty);)+) => {
        /// A field of a PDU struct, by the type of its values.
        #[derive(Clone, Copy)]
        pub(crate) enum Slot<'a> { $($variant(&'a $values)),+ }

        /// A field of a PDU struct, to be filled.
        pub(crate) enum SlotMut<'a> { $($variant(&'a mut $values)),+ }

        $(impl<'a> From<&'a $values> for Slot<'a> {
            fn from(values: &'a $values) -> Self {
                Self::$variant(values)
            }
        }

        impl<'a> From<&'a mut $values> for SlotMut<'a> {
            fn from(values: &'a mut $values) -> Self {
                Self::$variant(values)
            }
        })+

        impl $crate::table::Slot<$wire> for Slot<'_> {
            fn count(self) -> usize {
                match self { $(Self::$variant(values) => $crate::table::Values::count(values)),+ }
            }

            fn write(self, index: usize, to: &mut Writer) -> Result<(), EncodeError> {
                match self { $(Self::$variant(values) => $crate::table::write::<$wire, _>(values, index, to)),+ }
            }

            #[inline(always)]
            fn write_each(self, before: impl Fn(&mut Writer), to: &mut Writer) -> Result<usize, EncodeError> {
                match self { $(Self::$variant(values) => $crate::table::write_each::<$wire, _>(values, before, to)),+ }
            }

            fn show(self, index: usize) -> Option<Shown> {
                match self {
                    $(Self::$variant(values) => $crate::table::Values::at(values, index).map(Value::<$wire>::show)),+
                }
            }

            fn kind(self) -> $crate::shown::ShownKind {
                match self {
                    $(Self::$variant(_) => <<$values as $crate::table::Values>::Item as Value<$wire>>::KIND),+
                }
            }

            fn probe(self, from: &mut Reader<'_>) -> Result<(), DecodeError> {
                match self { $(Self::$variant(_) => $crate::table::read::<$wire, $values>(&mut Default::default(), from)),+ }
            }
        }

        impl $crate::table::SlotMut<$wire> for SlotMut<'_> {
            #[inline(always)]
            fn read(self, from: &mut Reader<'_>) -> Result<(), DecodeError> {
                match self { $(Self::$variant(values) => $crate::table::read::<$wire, _>(values, from)),+ }
            }

            fn keep(self, kept: &[bool]) {
                match self { $(Self::$variant(values) => $crate::table::Values::keep(values, kept)),+ }
            }

            fn clean(self, index: usize) {
                match self {
                    $(Self::$variant(values) => {
                        $crate::table::Values::at_mut(values, index).into_iter().for_each(Value::<$wire>::clean);
                    })+
                }
            }

            #[cfg(feature = "arbitrary")]
            fn fill(self, from: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<()> {
                match self {
                    $(Self::$variant(values) => {
                        $crate::table::Values::put(values, arbitrary::Arbitrary::arbitrary(from)?);
                    })+
                }
                Ok(())
            }
        }
    };
}
pub(crate) use slots;

/// Declares the table of a PDU struct: wire, what it has (a `message` or a `body`, a `reference` to the
/// body, and `rules` that follow), and the rows: name, `Mandatory` or `Optional`, and the path of the field
/// in the struct. What lies directly in `message` is also an element of the shared message.
macro_rules! table {
    ($pdu:ident: $wire:ident $(with $($has:ident)+)?; $($name:expr, $need:ident, $($path:ident).+;)+) => {
        impl $pdu {
            pub(crate) const ROWS: &'static $crate::table::Rows<$wire> = &$crate::table::Rows::<$wire>::new(&[
                $($crate::table::Row {
                    name: $name,
                    need: $crate::table::Need::$need,
                    repeats: $crate::table::repeats(|pdu: &Self| &pdu.$($path).+),
                    element: $crate::table::table!(@element $($path).+),
                }),+
            ]);
        }

        // The place of a row is found by chains of comparisons with constants, which the compiler makes jump tables of.

        impl $crate::table::Fill<$wire> for $pdu {
            fn rows(&self) -> &'static $crate::table::Rows<$wire> {
                Self::ROWS
            }

            fn slot_mut(&mut self, place: usize) -> Option<<$wire as $crate::table::Wire>::SlotMut<'_>> {
                let mut rows = 0..;
                $(if rows.next() == Some(place) {
                    return Some((&mut self.$($path).+).into());
                })+
                None
            }

            fn extra_mut(&mut self) -> &mut Vec<<$wire as $crate::table::Wire>::Extra> {
                &mut self.extra
            }
        }

        impl $crate::table::Table<$wire> for $pdu {
            fn slot(&self, place: usize) -> Option<<$wire as $crate::table::Wire>::Slot<'_>> {
                let mut rows = 0..;
                $(if rows.next() == Some(place) {
                    return Some((&self.$($path).+).into());
                })+
                None
            }

            fn extra(&self) -> &Vec<<$wire as $crate::table::Wire>::Extra> {
                &self.extra
            }

            $($($crate::table::table!(@has $has);)+)?
        }

        $crate::table::table!(@rules $pdu: $wire $($($has)+)?);
    };
    (@element message.$field:ident) => { Some($crate::message::Element::of_field(stringify!($field))) };
    (@element $($path:ident).+) => { None };
    (@rules $pdu:ident: $wire:ident $(message)? $(reference)? $(body)? rules) => {};
    (@rules $pdu:ident: $wire:ident $($has:ident)*) => { impl $crate::table::Rules<$wire> for $pdu {} };
    (@has rules) => {};
    (@has message) => {
        fn message(&self) -> Option<&$crate::message::Message> {
            Some(&self.message)
        }

        fn message_mut(&mut self) -> Option<&mut $crate::message::Message> {
            Some(&mut self.message)
        }

        fn body(&self) -> Option<&$crate::message::Part> {
            self.message.body.as_ref()
        }

        fn body_mut(&mut self) -> Option<&mut Option<$crate::message::Part>> {
            Some(&mut self.message.body)
        }
    };
    (@has reference) => {
        fn reference(&mut self) -> Option<(&mut Option<$crate::message::Str>, &mut $crate::message::Message)> {
            Some((&mut self.content_href, &mut self.message))
        }
    };
    (@has body) => {
        fn body(&self) -> Option<&$crate::message::Part> {
            self.body.as_ref()
        }

        fn body_mut(&mut self) -> Option<&mut Option<$crate::message::Part>> {
            Some(&mut self.body)
        }
    };
}
pub(crate) use table;

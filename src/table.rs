//! Field tables: a field of a PDU is one row, and every loop over fields is a loop over rows.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::{DecodeError, EncodeError};
pub(crate) use crate::list::push;
use crate::message::{Element, ElementSet};

/// One interface's way of writing values.
pub(crate) trait Wire: Sized + 'static {
    /// What tells fields apart on this wire: a code, a header name, an element name.
    type Name: Copy + 'static;
    /// Where one value is read from.
    type Reader<'a>;
    /// Where one value is written to.
    type Writer;
}

/// A value on the wire `W`: both directions in one place.
pub(crate) trait Value<W: Wire>: Sized {
    fn read(from: &mut W::Reader<'_>) -> Result<Self, DecodeError>;

    fn write(&self, to: &mut W::Writer) -> Result<(), EncodeError>;

    /// As people and scripts read it, in the words of the interface's specification.
    fn show(&self) -> Shown;
}

/// A value as people and scripts read it.
///
/// Enumerated values are the words of the specification, absolute times are RFC 3339 in UTC,
/// relative times `PT<seconds>S`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
#[non_exhaustive]
pub enum Shown {
    /// Text, or anything that is no number.
    Text(String),
    /// A number.
    Number(u64),
}

impl core::fmt::Display for Shown {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

/// A field of a decoded message as people and scripts read it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ShownField {
    /// The specification's name of the field.
    pub name: String,
    /// Whether the field may be repeated, however often it is there.
    pub repeats: bool,
    /// The values, one for each time the field is there.
    pub values: Vec<Shown>,
}

/// Whether a field has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Mandatory,
    Optional,
}

/// A row of the field table of the PDU struct `P`.
pub(crate) struct Field<P, W: Wire> {
    pub(crate) name: W::Name,
    pub(crate) need: Need,
    /// Whether the field may be repeated: it is a `Vec` in the struct.
    pub(crate) repeats: bool,
    /// Which element of the shared message the field is.
    pub(crate) element: Option<Element>,
    /// Reads one value and puts it into the struct.
    pub(crate) read: fn(&mut P, &mut W::Reader<'_>) -> Result<(), DecodeError>,
    /// How many values the struct has.
    pub(crate) count: fn(&P) -> usize,
    /// Writes the value with this index.
    pub(crate) write: fn(&P, usize, &mut W::Writer) -> Result<(), EncodeError>,
    /// Takes the values out at whose place there is `false`.
    #[cfg(all(feature = "mm1", feature = "mm4", feature = "mm7"))]
    pub(crate) keep: fn(&mut P, &[bool]),
    /// Shows the value with this index.
    pub(crate) show: fn(&P, usize) -> Option<Shown>,
    /// Puts an arbitrary value into the struct.
    #[cfg(feature = "arbitrary")]
    pub(crate) fill: fn(&mut P, &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<()>,
}

impl<P, W: Wire> Field<P, W> {
    /// The field under this name, if the struct has a value for it.
    pub(crate) fn shown(&self, pdu: &P, name: impl FnOnce(&W::Name) -> String) -> Option<ShownField> {
        let count = (self.count)(pdu);
        (count > 0).then(|| ShownField {
            name: name(&self.name),
            repeats: self.repeats,
            values: (0..count).filter_map(|index| (self.show)(pdu, index)).collect(),
        })
    }
}

/// Takes out the values that `can_write` says no to, and names their fields: once for each value.
#[cfg(all(feature = "mm1", feature = "mm4", feature = "mm7"))]
pub(crate) fn fit<P, W: Wire>(
    pdu: &mut P,
    fields: &[Field<P, W>],
    name: fn(W::Name) -> &'static str,
    mut can_write: impl FnMut(&P, &Field<P, W>, usize) -> bool,
) -> Vec<&'static str> {
    let mut unfit = Vec::new();
    for row in fields {
        let kept: Vec<bool> = (0..(row.count)(pdu)).map(|index| can_write(pdu, row, index)).collect();
        let refused = kept.iter().filter(|is_kept| !**is_kept).count();
        if refused > 0 {
            (row.keep)(pdu, &kept);
            unfit.extend(core::iter::repeat_n(row.element.map_or(name(row.name), Element::name), refused));
        }
    }
    unfit
}

/// The elements of the shared message that the fields of a table carry.
pub(crate) const fn elements<P, W: Wire>(fields: &[Field<P, W>]) -> ElementSet {
    let mut set = ElementSet::EMPTY;
    let mut rest = fields;
    while let [field, after @ ..] = rest {
        if let Some(element) = field.element {
            set = set.with(element);
        }
        rest = after;
    }
    set
}

/// The values of a field in a PDU struct: an `Option` for one, a `Vec` for many.
pub(crate) trait Slot {
    type Item;

    /// Whether it may hold more than one.
    const REPEATS: bool;

    fn put(&mut self, item: Self::Item);
    #[cfg(all(feature = "mm1", feature = "mm4", feature = "mm7"))]
    fn keep(&mut self, kept: &[bool]);
    fn at(&self, index: usize) -> Option<&Self::Item>;
    fn count(&self) -> usize;
}

impl<T> Slot for Option<T> {
    type Item = T;

    const REPEATS: bool = false;

    fn put(&mut self, item: T) {
        *self = Some(item);
    }

    #[cfg(all(feature = "mm1", feature = "mm4", feature = "mm7"))]
    fn keep(&mut self, kept: &[bool]) {
        if kept.first() == Some(&false) {
            *self = None;
        }
    }

    fn at(&self, index: usize) -> Option<&T> {
        self.as_ref().filter(|_| index == 0)
    }

    fn count(&self) -> usize {
        usize::from(self.is_some())
    }
}

impl<T> Slot for Vec<T> {
    type Item = T;

    const REPEATS: bool = true;

    fn put(&mut self, item: T) {
        push(self, item);
    }

    #[cfg(all(feature = "mm1", feature = "mm4", feature = "mm7"))]
    fn keep(&mut self, kept: &[bool]) {
        let mut kept = kept.iter();
        self.retain(|_| kept.next().is_none_or(|is_kept| *is_kept));
    }

    fn at(&self, index: usize) -> Option<&T> {
        self.get(index)
    }

    fn count(&self) -> usize {
        self.len()
    }
}

/// Whether the field of `P` that `_slot` leads to may hold more than one value.
pub(crate) const fn repeats<P, S: Slot>(_slot: fn(&P) -> &S) -> bool {
    S::REPEATS
}

/// Declares a row, in an `impl` of the PDU struct: wire, name, `Mandatory` or `Optional`, and the
/// path of the field in the struct. What lies directly in `message` is also an element of the shared message.
macro_rules! field {
    ($wire:ty, $name:expr, $need:ident, message.$field:ident) => {
        field!(@row $wire, $name, $need, Some($crate::message::Element::of_field(stringify!($field))), message.$field)
    };
    ($wire:ty, $name:expr, $need:ident, $($path:ident).+) => {
        field!(@row $wire, $name, $need, None, $($path).+)
    };
    (@row $wire:ty, $name:expr, $need:ident, $element:expr, $($path:ident).+) => {
        $crate::table::Field {
            name: $name,
            need: $crate::table::Need::$need,
            repeats: $crate::table::repeats(|pdu: &Self| &pdu.$($path).+),
            element: $element,
            read: |pdu, from| {
                $crate::table::Slot::put(&mut pdu.$($path).+, $crate::table::Value::<$wire>::read(from)?);
                Ok(())
            },
            count: |pdu| $crate::table::Slot::count(&pdu.$($path).+),
            write: |pdu, index, to| {
                let value = $crate::table::Slot::at(&pdu.$($path).+, index);
                value.map_or(Ok(()), |value| $crate::table::Value::<$wire>::write(value, to))
            },
            #[cfg(all(feature = "mm1", feature = "mm4", feature = "mm7"))]
            keep: |pdu, kept| $crate::table::Slot::keep(&mut pdu.$($path).+, kept),
            show: |pdu, index| {
                let value = $crate::table::Slot::at(&pdu.$($path).+, index);
                value.map($crate::table::Value::<$wire>::show)
            },
            #[cfg(feature = "arbitrary")]
            fill: |pdu, from| {
                $crate::table::Slot::put(&mut pdu.$($path).+, arbitrary::Arbitrary::arbitrary(from)?);
                Ok(())
            },
        }
    };
}
pub(crate) use field;

/// The accessors of a message whose fields without a row are in `extra`.
#[cfg(any(feature = "mm1", feature = "mm7"))]
macro_rules! keeps_extra {
    () => {
        fn extra(&self) -> &Vec<Extra> {
            &self.extra
        }

        fn extra_mut(&mut self) -> &mut Vec<Extra> {
            &mut self.extra
        }
    };
}
#[cfg(any(feature = "mm1", feature = "mm7"))]
pub(crate) use keeps_extra;

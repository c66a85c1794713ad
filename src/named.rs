//! Values with names: each set is one list, from which follow its type, the list of its values,
//! their names, their forms on each interface, and the reading and writing of all of these.
//!
//! A closed set has no other values than the listed ones ([`closed!`]). An open set also has those
//! that no specification names: it is a number, or an enumeration that keeps a word ([`open!`]).
//! The tables are plain columns, so that all sets share the functions here.

pub(crate) mod numbers;

/// An entry of a column, if the value has one.
#[expect(clippy::indexing_slicing, reason = "no constant function gets an element of a slice otherwise")]
pub(crate) const fn entry<T: Copy>(column: &[Option<T>], index: usize) -> Option<T> {
    if index < column.len() { column[index] } else { None }
}

/// The index of a word, compared without case. No value is an empty word.
pub(crate) fn index_of_word(column: &[Option<&str>], word: &str) -> Option<usize> {
    let is = |known: &Option<&str>| known.is_some_and(|known| known.eq_ignore_ascii_case(word));
    column.iter().position(is).filter(|_| !word.is_empty())
}

/// The index of an octet in a column that [`assert_consecutive`] has checked.
#[inline]
pub(crate) fn index_of_octet(column: &[Option<u8>], octet: u8) -> Option<usize> {
    let index = usize::from(octet.wrapping_sub(FIRST_OCTET));
    (column.get(index) == Some(&Some(octet))).then_some(index)
}

const FIRST_OCTET: u8 = 0x80;

/// Panics, at compile time, unless the octets are consecutive from 0x80 on.
pub(crate) const fn assert_consecutive(mut column: &[Option<u8>]) {
    let mut next = FIRST_OCTET;
    while let [octet, rest @ ..] = column {
        if let Some(octet) = octet {
            assert!(*octet == next);
        }
        next += 1;
        column = rest;
    }
}

/// The values that MM1 has, else all.
#[cfg(feature = "arbitrary")]
pub(crate) fn on_mm1<'a, T>(values: &'a [T], octets: &[Option<u8>]) -> &'a [T] {
    let on_mm1 = values.get(..octets.iter().take_while(|octet| octet.is_some()).count());
    on_mm1.filter(|on_mm1| !on_mm1.is_empty()).unwrap_or(values)
}

/// An octet in the notation `0xFF`, for one without a name.
pub(crate) fn parse_octet(text: &str) -> Option<u8> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    if digits.len() == 2 && !digits.starts_with('+') { u8::from_str_radix(digits, 16).ok() } else { None }
}

/// Declares a closed set: an enumeration whose values are all named, one row a value.
///
/// Without anything after the type, a row is `Variant = name;`. After `: mm1`, it is
/// `Variant = MM1 octet, name;`. After `: mm1, mm4, mm7`, it is
/// `Variant = MM1 octet, MM1 and MM4 word, MM7 word;` with `-` where an interface does not have
/// the value; the name is the first word. After `sentences`, it is `Variant = name: sentence,`, and
/// the sentence is what is displayed.
macro_rules! closed {
    (sentences $(#[$meta:meta])* $vis:vis enum $type:ident:
        $($(#[$doc:meta])* $variant:ident = $name:literal: $sentence:literal,)+
    ) => {
        $crate::named::closed! { @enum $(#[$meta])* $vis $type { $($(#[$doc])* $variant = Some($name);)+ } }
        $crate::named::closed! { @display $type, sentence }
        $crate::named::closed! { @arbitrary $type, $type::ALL }

        impl $type {
            /// The value with this name, compared without case.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.get($crate::named::index_of_word(Self::NAMES, name)?).copied()
            }

            const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence,)+ }
            }
        }
    };

    ($(#[$meta:meta])* $vis:vis enum $type:ident { $($(#[$doc:meta])* $variant:ident = $name:literal;)+ }) => {
        $crate::named::closed! { @enum $(#[$meta])* $vis $type { $($(#[$doc])* $variant = Some($name);)+ } }
        $crate::named::closed! { @display $type, name }
        $crate::named::closed! { @arbitrary $type, $type::ALL }

        impl $type {
            /// The value with this name, compared without case.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.get($crate::named::index_of_word(Self::NAMES, name)?).copied()
            }
        }
    };

    ($(#[$meta:meta])* $vis:vis enum $type:ident: mm1 {
        $($(#[$doc:meta])* $variant:ident = $octet:literal, $name:literal;)+
    }) => {
        $crate::named::closed! { $(#[$meta])* $vis enum $type { $($(#[$doc])* $variant = $name;)+ } }
        $crate::named::closed! { @octets $type, [$(Some($octet)),+] }
    };

    ($(#[$meta:meta])* $vis:vis enum $type:ident: mm1, mm4, mm7 {
        $($(#[$doc:meta])* $variant:ident = $mm1:tt, $mm4:tt, $mm7:tt;)+
    }) => {
        $crate::named::closed! { @enum $(#[$meta])* $vis $type {
            $($(#[$doc])* $variant = $crate::named::column!($mm4 or $mm7);)+
        } }
        $crate::named::closed! { @display $type, name }
        $crate::named::closed! { @octets $type, [$($crate::named::column!($mm1)),+] }
        $crate::named::closed! { @arbitrary $type, $crate::named::on_mm1($type::ALL, $type::MM1_OCTETS) }

        impl $type {
            const MM4_WORDS: &'static [Option<&'static str>] = &[$($crate::named::column!($mm4)),+];
            const MM7_WORDS: &'static [Option<&'static str>] = &[$($crate::named::column!($mm7)),+];

            /// The word on MM4, if MM4 has the value; also how the MM1 specification spells it.
            pub const fn mm4_word(self) -> Option<&'static str> {
                $crate::named::entry(Self::MM4_WORDS, self as usize)
            }

            /// The word on MM7, if MM7 has the value.
            pub const fn mm7_word(self) -> Option<&'static str> {
                $crate::named::entry(Self::MM7_WORDS, self as usize)
            }

            /// The value with this word on MM4 or else MM7, compared without case.
            pub fn from_name(name: &str) -> Option<Self> {
                let on_mm7 = || $crate::named::index_of_word(Self::MM7_WORDS, name);
                Self::ALL.get($crate::named::index_of_word(Self::NAMES, name).or_else(on_mm7)?).copied()
            }
        }
    };

    (@enum $(#[$meta:meta])* $vis:vis $type:ident { $($(#[$doc:meta])* $variant:ident = $name:expr;)+ }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        $(#[$meta])*
        #[non_exhaustive]
        $vis enum $type { $($(#[$doc])* $variant,)+ }

        impl $type {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            const NAMES: &'static [Option<&'static str>] = &[$($name),+];

            /// The name of the value.
            pub const fn name(self) -> &'static str {
                match $crate::named::entry(Self::NAMES, self as usize) {
                    Some(name) => name,
                    None => "",
                }
            }
        }

        impl core::str::FromStr for $type {
            type Err = $crate::conversion::ConversionError;

            /// The value with this name, compared without case.
            fn from_str(name: &str) -> Result<Self, Self::Err> {
                Self::from_name(name).ok_or($crate::conversion::ConversionError(stringify!($type)))
            }
        }
    };

    (@display $type:ident, $display:ident) => {
        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.$display())
            }
        }
    };

    (@octets $type:ident, [$($octet:expr),+]) => {
        const _: () = $crate::named::assert_consecutive($type::MM1_OCTETS);

        impl $type {
            const MM1_OCTETS: &'static [Option<u8>] = &[$($octet),+];

            /// The octet on MM1, if MM1 has the value.
            pub const fn mm1_octet(self) -> Option<u8> {
                $crate::named::entry(Self::MM1_OCTETS, self as usize)
            }

            /// The value of an MM1 octet.
            #[inline]
            pub fn from_mm1_octet(octet: u8) -> Option<Self> {
                Self::ALL.get($crate::named::index_of_octet(Self::MM1_OCTETS, octet)?).copied()
            }
        }
    };

    (@arbitrary $type:ident, $values:expr) => {
        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $type {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                u.choose($values).cloned()
            }
        }
    };
}

/// Declares an open set, one row a named value.
///
/// - `struct Type(u8) as octet`: an octet on MM1, rows `CONSTANT = octet, name;`.
/// - `struct Type(number)`: another number, whose constructor, notation and arbitrary values are
///   written by hand.
///   With `-> column: Column = default` after either, each row has an entry more.
/// - `enum Type { .. } else { Other(Str) }`: words, rows `Variant = name;`.
/// - `enum Type: mm1 { .. } else { Other(Str) }`: the same, rows `Variant = MM1 octet, name;`.
/// - `enum Type: mm1, mm4, mm7 { .. } else { Code(u8), Word(Str) }`: rows as those of [`closed!`].
macro_rules! open {
    ($(#[$meta:meta])* $vis:vis struct $type:ident(u8) as octet { $($constant:ident = $number:literal, $name:literal;)+ }) => {
        $crate::named::open! {
            $(#[$meta])*
            $vis struct $type(
                #[cfg_attr(feature = "serde", serde(deserialize_with = "crate::checked::with_high_bit"))] u8
            ) { $($constant = $number, $name;)+ }
        }

        impl $type {
            /// The value of this octet; every octet is one.
            pub const fn from_octet(octet: u8) -> Self {
                Self(octet)
            }

            /// The octet on the wire.
            pub const fn octet(self) -> u8 {
                self.0
            }

            /// The value with this name, compared without case.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::NUMBERS.index_of(name).and_then(|index| Self::ALL.get(index)).copied()
            }
        }

        /// The name, or the octet.
        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self.name() {
                    Some(name) => f.write_str(name),
                    None => write!(f, "{:#04X}", self.0),
                }
            }
        }

        impl core::fmt::Debug for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(self, f)
            }
        }

        impl core::str::FromStr for $type {
            type Err = $crate::conversion::ConversionError;

            /// The value with this name, compared without case, or with this octet (`0xFF`).
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let octet = || $crate::named::parse_octet(text).map(Self);
                Self::from_name(text).or_else(octet).ok_or($crate::conversion::ConversionError(stringify!($type)))
            }
        }

        $crate::named::closed! { @arbitrary $type, $type::ALL }
    };

    ($(#[$meta:meta])* $vis:vis struct $type:ident($(#[$field:meta])* $repr:ident) {
        $($constant:ident = $number:literal, $name:literal;)+
    }) => {
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $(#[$meta])*
        $vis struct $type($repr);

        /// The name where people read it, if it has one that no other code has, else the number.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let is_own = |name: &&str| Self::NUMBERS.index_of(name).and_then(|at| Self::ALL.get(at)) == Some(self);
                match self.name().filter(|_| to.is_human_readable()).filter(is_own) {
                    Some(name) => to.serialize_str(name),
                    None => self.0.serialize(to),
                }
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                #[derive(serde::Deserialize)]
                #[serde(transparent)]
                struct Number($(#[$field])* $repr);
                if !from.is_human_readable() {
                    return Number::deserialize(from).map(|number| Self(number.0));
                }
                match $crate::octets::Code::<Number>::deserialize(from)? {
                    $crate::octets::Code::Number(number) => Ok(Self(number.0)),
                    $crate::octets::Code::Name(name) => {
                        let known = Self::NUMBERS.index_of(&name).and_then(|at| Self::ALL.get(at));
                        known.copied().ok_or_else(|| serde::de::Error::unknown_variant(&name, &[]))
                    }
                }
            }
        }

        impl $type {
            $(#[doc = concat!("`", stringify!($number), "`: ", $name)] pub const $constant: Self = Self($number);)+

            /// Every value with a name, in the order of the numbers.
            pub const ALL: &'static [Self] = &[$(Self($number)),+];
            const ROWS: &'static [(u32, &'static str)] = &[$(($number, $name)),+];
            const NUMBERS: &'static $crate::named::numbers::Numbers = {
                static NUMBERS: $crate::named::numbers::Numbers = $crate::named::numbers::numbers!($type::ROWS);
                &NUMBERS
            };

            /// The name in the specification, if the value has one.
            #[inline]
            pub fn name(self) -> Option<&'static str> {
                Self::NUMBERS.name(self.0.into())
            }
        }
    };

    ($(#[$meta:meta])* $vis:vis struct $type:ident($(#[$field:meta])* $repr:ident) $(as $octet:ident)?
        -> $(#[$column_meta:meta])* $column_vis:vis $column:ident: $entry:ty = $default:expr; {
        $($constant:ident = $number:literal, $name:literal, $value:expr;)+
    }) => {
        $crate::named::open! {
            $(#[$meta])* $vis struct $type($(#[$field])* $repr) $(as $octet)? { $($constant = $number, $name;)+ }
        }

        impl $type {
            $(#[$column_meta])*
            $column_vis const fn $column(self) -> $entry {
                match self.0 { $($number => $value,)+ _ => $default }
            }
        }
    };

    ($(#[$meta:meta])* $vis:vis enum $type:ident {
        $($(#[$doc:meta])* $variant:ident = $name:literal;)+
    } else {
        $(#[$other_doc:meta])+ $other:ident(Str),
    }) => {
        $crate::named::open! { @enum $(#[$meta])* $vis $type {
            $($(#[$doc])* $variant = Some($name);)+
        } else {
            $(#[$other_doc])+ $other(Str),
        } }

        impl $type {
            /// The value with this name, compared without case; any other word is kept.
            pub fn from_name(name: &str) -> Self {
                let named = $crate::named::index_of_word(Self::NAMES, name).and_then(|index| Self::ALL.get(index));
                named.cloned().unwrap_or_else(|| Self::$other(name.into()))
            }

            /// The name, or the word that was kept.
            pub fn as_str(&self) -> &str {
                match self {
                    Self::$other(word) => word,
                    named => named.name().unwrap_or_default(),
                }
            }
        }

        /// The name, or the word that was kept.
        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl core::str::FromStr for $type {
            type Err = core::convert::Infallible;

            /// The value with this name, compared without case; any other word is kept.
            fn from_str(name: &str) -> Result<Self, Self::Err> {
                Ok(Self::from_name(name))
            }
        }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $type {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                let index = u.int_in_range(0..=Self::ALL.len())?;
                Self::ALL.get(index).cloned().map_or_else(|| u.arbitrary().map(Self::$other), Ok)
            }
        }
    };

    ($(#[$meta:meta])* $vis:vis enum $type:ident: mm1 {
        $($(#[$doc:meta])* $variant:ident = $octet:literal, $name:literal;)+
    } else {
        $(#[$other_doc:meta])+ $other:ident(Str),
    }) => {
        $crate::named::open! { $(#[$meta])* $vis enum $type {
            $($(#[$doc])* $variant = $name;)+
        } else {
            $(#[$other_doc])+ $other(Str),
        } }
        $crate::named::open! { @octets $type, [$(Some($octet)),+] }

        impl $type {
            /// The octet on MM1, if the value has one.
            pub const fn mm1_octet(&self) -> Option<u8> {
                $crate::named::entry(Self::MM1_OCTETS, self.index())
            }

            /// The value of an MM1 octet.
            #[inline]
            pub fn from_mm1_octet(octet: u8) -> Option<Self> {
                Self::ALL.get($crate::named::index_of_octet(Self::MM1_OCTETS, octet)?).cloned()
            }
        }
    };

    ($(#[$meta:meta])* $vis:vis enum $type:ident: mm1, mm4, mm7 {
        $($(#[$doc:meta])* $variant:ident = $mm1:tt, $mm4:tt, $mm7:tt;)+
    } else {
        $(#[$code_doc:meta])+ $code:ident(u8),
        $(#[$word_doc:meta])+ $word:ident(Str),
    }) => {
        $crate::named::open! { @enum $(#[$meta])* $vis $type {
            $($(#[$doc])* $variant = $crate::named::column!($mm4 or $mm7);)+
        } else {
            $(#[$code_doc])+ $code(u8),
            $(#[$word_doc])+ $word(Str),
        } }
        $crate::named::open! { @octets $type, [$($crate::named::column!($mm1)),+] }

        impl $type {
            const MM4_WORDS: &'static [Option<&'static str>] = &[$($crate::named::column!($mm4)),+];
            const MM7_WORDS: &'static [Option<&'static str>] = &[$($crate::named::column!($mm7)),+];

            /// The octet on MM1, if MM1 has the value.
            pub const fn mm1_octet(&self) -> Option<u8> {
                match self {
                    Self::$code(octet @ 0x80..) => Some(*octet),
                    named => $crate::named::entry(Self::MM1_OCTETS, named.index()),
                }
            }

            /// The word on MM4, if MM4 has the value; also how the MM1 specification spells it.
            pub fn mm4_word(&self) -> Option<&str> {
                match self {
                    Self::$word(word) => Some(word),
                    named => $crate::named::entry(Self::MM4_WORDS, named.index()),
                }
            }

            /// The word on MM7, if MM7 has the value.
            pub fn mm7_word(&self) -> Option<&str> {
                match self {
                    Self::$word(word) => Some(word),
                    named => $crate::named::entry(Self::MM7_WORDS, named.index()),
                }
            }

            /// The value of an MM1 octet: any octet from 0x80 on.
            #[inline]
            pub fn from_mm1_octet(octet: u8) -> Option<Self> {
                match $crate::named::index_of_octet(Self::MM1_OCTETS, octet) {
                    Some(index) => Self::ALL.get(index).cloned(),
                    None => (octet >= 0x80).then_some(Self::$code(octet)),
                }
            }

            /// The value with this word on MM4 or else MM7, compared without case; any other word is
            /// kept.
            pub fn from_name(name: &str) -> Self {
                let on_mm7 = || $crate::named::index_of_word(Self::MM7_WORDS, name);
                let index = $crate::named::index_of_word(Self::NAMES, name).or_else(on_mm7);
                let named = index.and_then(|index| Self::ALL.get(index));
                named.cloned().unwrap_or_else(|| Self::$word(name.into()))
            }
        }

        /// The name, or what was kept.
        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self {
                    Self::$code(octet) => write!(f, "{octet:#04X}"),
                    Self::$word(word) => f.write_str(word),
                    named => f.write_str(named.name().unwrap_or_default()),
                }
            }
        }

        impl core::str::FromStr for $type {
            type Err = core::convert::Infallible;

            /// The value with this name, compared without case, or with this octet (`0xFF`); any
            /// other word is kept.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let octet = $crate::named::parse_octet(text).and_then(Self::from_mm1_octet);
                Ok(octet.unwrap_or_else(|| Self::from_name(text)))
            }
        }

        $crate::named::closed! { @arbitrary $type, $crate::named::on_mm1($type::ALL, $type::MM1_OCTETS) }
    };

    (@enum $(#[$meta:meta])* $vis:vis $type:ident {
        $($(#[$doc:meta])* $variant:ident = $name:expr;)+
    } else {
        $($(#[$other_doc:meta])+ $other:ident($kept:ty),)+
    }) => {
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        $(#[$meta])*
        #[non_exhaustive]
        $vis enum $type {
            $($(#[$doc])* $variant,)+
            $($(#[$other_doc])+ $other($kept),)+
        }

        impl $type {
            /// Every value with a name.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            const NAMES: &'static [Option<&'static str>] = &[$($name),+];

            /// The name of the value, if it has one.
            pub const fn name(&self) -> Option<&'static str> {
                $crate::named::entry(Self::NAMES, self.index())
            }

            /// The index of a named value; that of another one is beyond all.
            const fn index(&self) -> usize {
                enum Index { $($variant,)+ }
                match self {
                    $(Self::$variant => Index::$variant as usize,)+
                    $(Self::$other(_))|+ => usize::MAX,
                }
            }
        }
    };

    (@octets $type:ident, [$($octet:expr),+]) => {
        const _: () = $crate::named::assert_consecutive($type::MM1_OCTETS);

        impl $type {
            const MM1_OCTETS: &'static [Option<u8>] = &[$($octet),+];
        }
    };
}

/// An entry of a row: `-` is none.
macro_rules! column {
    (-) => {
        None
    };
    (- or $second:tt) => {
        $crate::named::column!($second)
    };
    ($first:literal or $second:tt) => {
        Some($first)
    };
    ($value:literal) => {
        Some($value)
    };
}

pub(crate) use {closed, column, open};

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use core::fmt::{Debug, Display};
    use core::str::FromStr;

    use super::*;
    use crate::message::{
        Charset, ContentClass, Element, MessageClass, MmStatus, MmStatusExtension, Priority, ReadStatus, ReplyCharging,
        RequestStatus, SenderVisibility,
    };
    use crate::options::DeviationKind;

    fn check<T: FromStr<Err: Debug> + Display + PartialEq + Debug>(values: &[T]) {
        for value in values {
            let shown = value.to_string();
            assert_eq!(T::from_str(&shown).unwrap(), *value);
            assert_eq!(T::from_str(&shown.to_ascii_uppercase()).unwrap(), *value);
        }
    }

    #[test]
    fn every_value_is_parsed_from_what_it_is_shown_as() {
        check(Priority::ALL);
        check(SenderVisibility::ALL);
        check(ReadStatus::ALL);
        check(ReplyCharging::ALL);
        check(ContentClass::ALL);
        check(MmStatusExtension::ALL);
        check(MmStatus::ALL);
        check(MessageClass::ALL);
        check(RequestStatus::ALL);
        check(Charset::ALL);
        check(Element::ALL);
        assert!(DeviationKind::ALL.iter().all(|kind| kind.name().parse() == Ok(*kind)));
        assert_eq!(MmStatus::Code(0x9f).to_string().parse(), Ok(MmStatus::Code(0x9f)));
        assert_eq!("lost".parse(), Ok(MmStatus::Word("lost".into())));
        assert_eq!("UTF8".parse(), Ok(Charset::UTF_8));
        assert_eq!("77".parse(), Ok(Charset::new(77)));
    }

    #[cfg(feature = "mm1")]
    #[test]
    fn octets_without_a_name_are_parsed_too() {
        use crate::mm1::{
            CancelStatus, FieldCode, MessageType, MmFlagOperation, MmState, ResponseStatus, RetrievalMode,
            RetrieveStatus, StoreStatus,
        };

        check(CancelStatus::ALL);
        check(MmFlagOperation::ALL);
        check(MmState::ALL);
        check(RetrievalMode::ALL);
        for octet in 0..=u8::MAX {
            check(&[MessageType::from_octet(octet)]);
            check(&[ResponseStatus::from_octet(octet)]);
            check(&[RetrieveStatus::from_octet(octet)]);
            check(&[StoreStatus::from_octet(octet)]);
            check(FieldCode::from_wire(octet).as_slice());
        }
    }

    #[test]
    fn other_text_is_not_parsed() {
        for text in ["", "-", "urgent", "Low ", "0x80"] {
            assert!(text.parse::<Priority>().is_err(), "{text}");
        }
        // The word of MM7 is empty.
        assert!("".parse::<ReplyCharging>().is_err());
        for text in ["0x", "0x+1", "0x8", "0x180", "80"] {
            assert_eq!(parse_octet(text), None, "{text}");
        }
    }

    #[test]
    fn values_and_octets_lead_to_each_other() {
        for octet in 0..=u8::MAX {
            assert!(ReadStatus::from_mm1_octet(octet).is_none_or(|status| status.mm1_octet() == Some(octet)));
            assert_eq!(ReadStatus::from_mm1_octet(octet).is_some(), matches!(octet, 0x80 | 0x81));
            let status = MmStatus::from_mm1_octet(octet);
            assert_eq!(status.and_then(|status| status.mm1_octet()), (octet >= 0x80).then_some(octet));
            assert_eq!(MessageClass::from_mm1_octet(octet).is_some(), matches!(octet, 0x80..=0x83));
        }
        assert_eq!(MmStatus::Code(0x05).mm1_octet(), None);
        assert_eq!(MmStatus::DeliveryConditionNotMet.mm1_octet(), None);
        assert_eq!(MmStatus::Unreachable.mm7_word(), None);
    }
}

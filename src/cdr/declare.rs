//! Declaring the structs of records: members in a dictionary, and a table of them for each struct.

/// The dictionary of members: the field and its type in Rust, the name in the module, what it is.
/// Each is listed once, in however many records it occurs.
macro_rules! dictionary {
    ($($field:ident $name:literal $type:ty, $says:literal;)+) => {
        macro_rules! member {
            $((type $field) => { $type };
            (name $field) => { $name };
            (says $field) => { $says };)+
        }

        /// What is known when a record is made: a value for every member that a record may have.
        #[derive(Debug, Default)]
        pub(super) struct Facts {
            $(pub(super) $field: $type,)+
        }

        impl Facts {
            /// Removes what no member can hold, and names it.
            pub(super) fn fit(&mut self, names: &mut Vec<&'static str>) {
                let mut scratch = Writer::default();
                $(if Member::write(&self.$field, 0, &mut scratch).is_err() {
                    names.push($name);
                    self.$field = Default::default();
                })+
            }

            /// Names the members that still have a value.
            pub(super) fn left(&self, names: &mut Vec<&'static str>) {
                $(if Member::is_present(&self.$field) {
                    names.push($name);
                })+
            }
        }
    };
}
pub(super) use dictionary;

/// Declares structs whose members are in the dictionary, a row each: tag, presence, field.
macro_rules! structures {
    ($($(#[$meta:meta])* $kind:ident $name:ident { $($tag:literal $need:ident $field:ident,)+ })+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub struct $name {
            $(
                #[doc = concat!("`", member!(name $field), "` `[", $tag, "]`: ", member!(says $field), ".")]
                #[cfg_attr(feature = "serde", serde(default, with = "crate::cdr::declare::in_serde"))]
                pub $field: member!(type $field),
            )+
            /// Members without a place above, or whose value cannot be read.
            pub extra: Vec<Extra>,
        }

        impl Table for $name {
            fn is_sequence(&self) -> bool {
                matches!(stringify!($kind).as_bytes(), b"sequence")
            }

            fn rows(&self) -> &'static [Row] {
                const { &[$(Row { tag: $tag, name: member!(name $field), need: Need::$need }),+] }
            }

            fn member(&self, tag: u32) -> Option<&dyn Member> {
                match tag {
                    $($tag => Some(&self.$field),)+
                    _ => None,
                }
            }

            fn member_mut(&mut self, tag: u32) -> Option<&mut dyn Member> {
                match tag {
                    $($tag => Some(&mut self.$field),)+
                    _ => None,
                }
            }

            fn extra(&self) -> &Vec<Extra> {
                &self.extra
            }

            fn extra_mut(&mut self) -> &mut Vec<Extra> {
                &mut self.extra
            }
        }

        impl crate::cdr::declare::OfFacts<Facts> for $name {
            fn of_facts(facts: &mut Facts) -> Self {
                Self { $($field: core::mem::take(&mut facts.$field),)+ extra: Vec::new() }
            }
        }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                let mut made = Self::default();
                crate::cdr::table::fill_members(&mut made, u)?;
                Ok(made)
            }
        }
    )+ };
}
pub(super) use structures;

/// Members in formats of serde: octets are base64 where people read them, and the others as they are.
#[cfg(feature = "serde")]
pub(super) mod in_serde {
    use core::any::Any;

    use bytes::Bytes;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::octets::option;

    pub(crate) fn serialize<T: Serialize + 'static, S: Serializer>(member: &T, to: S) -> Result<S::Ok, S::Error> {
        match (member as &dyn Any).downcast_ref::<Option<Bytes>>() {
            Some(octets) => option::serialize(octets, to),
            None => member.serialize(to),
        }
    }

    pub(crate) fn deserialize<'de, T, D>(from: D) -> Result<T, D::Error>
    where
        T: Deserialize<'de> + Default + 'static,
        D: Deserializer<'de>,
    {
        let mut member = T::default();
        match (&mut member as &mut dyn Any).downcast_mut::<Option<Bytes>>() {
            Some(octets) => *octets = option::deserialize(from)?,
            None => return T::deserialize(from),
        }
        Ok(member)
    }
}

/// A struct made of what is known: it takes the members that it has.
pub(super) trait OfFacts<F> {
    fn of_facts(facts: &mut F) -> Self;
}

/// Makes values of structs that are inside of others.
macro_rules! nested {
    ($($name:ident),+) => { $(
        impl Value for $name {
            const FORM: Form = Form::Constructed;

            fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
                let mut read = Self::default();
                crate::cdr::table::read_members(&mut read, element, None, context)?;
                Ok(read)
            }

            fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
                write_members(self, to)
            }

            fn show(&self) -> Shown {
                crate::cdr::table::show_structure(self)
            }

            #[cfg(feature = "arbitrary")]
            fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
                u.arbitrary()
            }
        }
    )+ };
}
pub(super) use nested;

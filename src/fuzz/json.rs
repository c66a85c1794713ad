//! Text about as long as the JSON of a value, without a crate that writes JSON.

use core::fmt::{Error, Result, Write};

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};

/// Writes the names, values and separators of the value.
pub(super) fn write(value: &impl Serialize, to: &mut dyn Write) -> Result {
    value.serialize(&mut Json(to))
}

struct Json<'a>(&'a mut dyn Write);

impl Json<'_> {
    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result {
        value.serialize(&mut *self)?;
        self.0.write_char(',')
    }

    fn member(&mut self, key: &str, value: &(impl Serialize + ?Sized)) -> Result {
        write!(self.0, "\"{key}\":")?;
        self.element(value)
    }
}

macro_rules! scalars {
    ($($name:ident: $scalar:ty,)+) => {$(
        fn $name(self, value: $scalar) -> Result {
            write!(self.0, "{value}")
        }
    )+};
}

impl Serializer for &mut Json<'_> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    scalars! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char,
    }

    fn serialize_str(self, text: &str) -> Result {
        write!(self.0, "\"{text}\"")
    }

    fn serialize_bytes(self, octets: &[u8]) -> Result {
        octets.iter().try_for_each(|octet| write!(self.0, "{octet},"))
    }

    fn serialize_none(self) -> Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        self.0.write_str("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result {
        self.member(variant, value)
    }

    fn serialize_seq(self, _: Option<usize>) -> core::result::Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> core::result::Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> core::result::Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> core::result::Result<Self, Error> {
        self.0.write_str(variant)?;
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> core::result::Result<Self, Error> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> core::result::Result<Self, Error> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> core::result::Result<Self, Error> {
        self.0.write_str(variant)?;
        Ok(self)
    }
}

/// Values in a row, with the brackets around them.
macro_rules! rows {
    ($($compound:ident::$method:ident,)+) => {$(
        impl $compound for &mut Json<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
                self.element(value)
            }

            fn end(self) -> Result {
                self.0.write_str("[]")
            }
        }
    )+};
}

rows! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

/// Values with names.
macro_rules! named {
    ($($compound:ident,)+) => {$(
        impl $compound for &mut Json<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result {
                self.member(key, value)
            }

            fn end(self) -> Result {
                self.0.write_str("{}")
            }
        }
    )+};
}

named! {
    SerializeStruct,
    SerializeStructVariant,
}

impl SerializeMap for &mut Json<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        self.element(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.element(value)
    }

    fn end(self) -> Result {
        self.0.write_str("{}")
    }
}

#[cfg(test)]
#[cfg(feature = "mm1")]
mod tests {
    use alloc::string::String;

    #[test]
    fn is_about_as_long_as_json() {
        let octets =
            b"\x8c\x84\x98T\0\x8d\x92\x85\x04\x65\x92\x00\x80\x97+1/TYPE=PLMN\0\x84\xa3\x01\x03\x05\x83\xaf\x84hello";
        let pdu = crate::mm1::decode(&bytes::Bytes::from_static(octets)).unwrap().value;
        let mut text = String::new();
        super::write(&pdu, &mut text).unwrap();
        let json = serde_json::to_string(&pdu).unwrap();
        assert!(json.contains("hello") || json.contains("aGVsbG8="), "{json}");
        assert!(text.len().abs_diff(json.len()) < json.len() / 5, "{text} for {json}");
    }
}

//! Writing XML as MM7 does: in one schema, with what it lacks left out.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::{Deref, DerefMut};

use super::schema::Schema;
use crate::message::Str;
use crate::xml::writer;

/// Writes one document in one schema.
pub(crate) struct Writer {
    xml: writer::Writer,
    pub(crate) schema: Schema,
    /// Whether what the schema lacks is left out.
    pub(crate) leave_out: bool,
    /// The reference to the body of the message, in place of the one in the struct.
    pub(crate) content_href: Option<String>,
    /// The field that is being written.
    pub(crate) field: &'static str,
    /// Addresses are plain text in it.
    pub(crate) is_plain: bool,
    /// What was left out or changed.
    pub(crate) left_out: Vec<Str>,
}

impl Deref for Writer {
    type Target = writer::Writer;

    fn deref(&self) -> &Self::Target {
        &self.xml
    }
}

impl DerefMut for Writer {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.xml
    }
}

impl Writer {
    pub(crate) fn new(schema: Schema, leave_out: bool) -> Self {
        Self {
            xml: writer::Writer::new(),
            schema,
            leave_out,
            content_href: None,
            field: "",
            is_plain: false,
            left_out: Vec::new(),
        }
    }

    /// Notes that the field being written was left out, or has another value.
    pub(crate) fn report(&mut self) {
        self.left_out.push(Str::from_static(self.field));
    }

    pub(crate) fn finish(self) -> (String, Vec<Str>) {
        (self.xml.finish(), self.left_out)
    }
}

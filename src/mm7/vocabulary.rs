//! The names of MM7, by which an undeclared prefix is known.

use super::address::{ATTRIBUTES, is_address};
use super::envelope::TRANSACTION_ID;
use super::pdu::Pdu;
use super::response::FaultError;
use super::schema::{SOAP, Schema};
use crate::xml::namespace::XSI;
use crate::xml::reader::{Meant, Vocabulary};

/// The names of MM7 and of the SOAP around it.
pub(super) const VOCABULARY: Vocabulary = Vocabulary {
    element: |name| {
        if ["Envelope", "Header", "Body", "Fault"].contains(&name) {
            return Some(Meant::Other(SOAP));
        }
        is_element(name).then_some(Meant::Own)
    },
    attribute: |name| match name {
        "mustUnderstand" | "encodingStyle" | "actor" => Some(Meant::Other(SOAP)),
        "nil" | "type" | "schemaLocation" | "noNamespaceSchemaLocation" => Some(Meant::Other(XSI)),
        _ => is_attribute(name).then_some(Meant::Own),
    },
    usual: || Schema::default().uri().as_ref().into(),
};

/// Whether an element of MM7 has this name.
fn is_element(name: &str) -> bool {
    let is_field = || Pdu::ROWS.iter().flat_map(|rows| rows.iter()).any(|row| row.name.is_part_of_path(name));
    name == TRANSACTION_ID
        || Pdu::NAMES.contains(&name)
        || FaultError::NAMES.contains(&name)
        || is_address(name)
        || is_field()
}

/// Whether an attribute of MM7 has this name.
fn is_attribute(name: &str) -> bool {
    let is_field = || Pdu::ROWS.iter().flat_map(|rows| rows.iter()).any(|row| row.name.is_attribute(name));
    name == "sequence" || ATTRIBUTES.contains(&name) || is_field()
}

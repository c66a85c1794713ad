//! The fields of a message that routing needs, without the rest.

use alloc::vec::Vec;

use super::envelope::Envelope;
use super::wire::{Mm7, Slot};
use crate::message::{Address, Str};
use crate::table::{Row, Table};

/// What routing, filters and load balancing need of a message: see [`peek`](super::peek).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Peek {
    /// The name of the message element, such as `SubmitReq`. A fault has the name of the error response in
    /// it, else `Fault`.
    pub name: &'static str,
    /// `TransactionID` of the envelope.
    pub transaction_id: Option<Str>,
    /// `VASPID`: the provider.
    pub vasp_id: Option<Str>,
    /// `VASID`: the service of the provider.
    pub vas_id: Option<Str>,
    /// `MessageID`: identifier of the message, which responses give and later requests and reports name.
    pub message_id: Option<Str>,
    /// The addresses in `Recipients`, in the order `To`, `Cc`, `Bcc`; or the `Recipient` of a report.
    pub recipients: Vec<Address>,
}

/// Whether it is a field that [`Peek`] has.
pub(super) fn has(row: &Row<Mm7>) -> bool {
    row.name.outer == "Recipients" || matches!(row.name.element, "VASPID" | "VASID" | "MessageID" | "Recipient")
}

impl Peek {
    /// The fields of a message that was read, with or without its others.
    pub(super) fn of(Envelope { pdu, transaction_id, .. }: &Envelope) -> Self {
        let (mut vasp_id, mut vas_id, mut message_id) = (None, None, None);
        let mut recipients = Vec::new();
        let table: &dyn Table<Mm7> = pdu.table();
        for (place, row) in table.rows().iter().enumerate().filter(|(_, row)| has(row)) {
            match (table.slot(place), row.name.element) {
                (Some(Slot::Str(id)), "VASPID") => vasp_id.clone_from(id),
                (Some(Slot::Str(id)), "VASID") => vas_id.clone_from(id),
                (Some(Slot::Str(id)), _) => message_id.clone_from(id),
                (Some(Slot::Addresses(addresses)), _) => recipients.extend_from_slice(addresses),
                (Some(Slot::Address(address)), _) => recipients.extend(address.clone()),
                _ => {}
            }
        }
        let transaction_id = transaction_id.clone();
        Self { name: pdu.name(), transaction_id, vasp_id, vas_id, message_id, recipients }
    }
}

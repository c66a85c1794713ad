//! The fields of a message that routing needs, without the rest.

use alloc::vec::Vec;

use super::envelope::Envelope;
use super::wire::{Mm7, Routing, Slot};
use crate::message::{Address, Str};
use crate::table::Table;

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

impl Peek {
    /// The fields of a message that was read, with or without its others.
    pub(super) fn of(Envelope { pdu, transaction_id, .. }: &Envelope) -> Self {
        let (mut vasp_id, mut vas_id, mut message_id) = (None, None, None);
        let mut recipients = Vec::new();
        let table: &dyn Table<Mm7> = pdu.table();
        for (place, row) in table.rows().iter().enumerate() {
            let Some(routing) = row.name.routing else { continue };
            match (routing, table.slot(place)) {
                (Routing::Provider, Some(Slot::Str(id))) => vasp_id.clone_from(id),
                (Routing::Service, Some(Slot::Str(id))) => vas_id.clone_from(id),
                (Routing::Message, Some(Slot::Str(id))) => message_id.clone_from(id),
                (Routing::Recipients, Some(Slot::Addresses(addresses))) => recipients.extend_from_slice(addresses),
                (Routing::Recipients, Some(Slot::Address(address))) => recipients.extend(address.clone()),
                _ => {}
            }
        }
        let transaction_id = transaction_id.clone();
        Self { name: pdu.name(), transaction_id, vasp_id, vas_id, message_id, recipients }
    }
}

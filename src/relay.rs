//! Between the interfaces.

mod body;
mod lost;
mod message;
mod report;
mod status;
mod taken;
mod wire;

use alloc::vec::Vec;

pub use self::lost::{Fate, Lost};
pub use self::message::{Delivery, Hop, Receipt, Service, to_mm1, to_mm4, to_mm7};
pub use self::report::{
    ReportReceipt, TakenDeliveryReport, TakenReadReport, delivery_report, delivery_report_to_mm1,
    delivery_report_to_mm4, delivery_report_to_mm7, read_report_to_mm1, read_report_to_mm4, read_report_to_mm7,
};
pub use self::status::{
    acknowledged, answered, cancel_status_code, cancel_to_mm1, forward_status, mm_status_on_mm1, mm_status_on_mm4,
    mm_status_on_mm7, request_status, retrieve_status, send_status, status_code,
};
pub use self::taken::{Taken, forwarded};

/// A PDU of the interface that a message goes to, and what did not come along.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Relayed<T> {
    /// The new PDU.
    pub pdu: T,
    /// What it does not say, or says otherwise, in no order that means anything.
    pub lost: Vec<Lost>,
}

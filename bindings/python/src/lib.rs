//! Python's view of mms-codec: see the README of the package.
//!
//! Nothing here lists the fields of messages: the library does, and [`attributes`] makes attributes of them by a rule.

mod arrow;
mod attributes;
mod batch;
mod compose;
mod decoded;
mod error;
mod join;
mod message;
mod octets;
mod records;
mod relay;
mod replace;
mod route;
mod status;

use pyo3::prelude::*;

#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::arrow::{ArrowTable, to_arrow};
    #[pymodule_export]
    use crate::attributes::attributes;
    #[pymodule_export]
    use crate::batch::decode_many;
    #[pymodule_export]
    use crate::compose::{compose, push, split};
    #[pymodule_export]
    use crate::error::{DecodeError, EncodeError, MmsError};
    #[pymodule_export]
    use crate::join::{Joiner, join};
    #[pymodule_export]
    use crate::message::{Deviation, Message, Part, decode, encode};
    #[pymodule_export]
    use crate::records::{Record, decode_records};
    #[pymodule_export]
    use crate::relay::{
        Mail, Relayed, Taken, delivery_reports, from_mail, read_report, to_mail, to_mm1, to_mm4, to_mm7, to_submit,
    };
    #[pymodule_export]
    use crate::route::{Routed, route, to_submits};
    #[pymodule_export]
    use crate::status::{
        answered, cancel_status_code, cancel_to_mm1, forward_status, mm_status, request_status, response_status,
        retrieve_status, send_conf, send_status, status_code,
    };
}

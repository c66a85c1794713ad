//! `M-Delivery.ind`, `M-Read-Rec.ind`, `M-Read-Orig.ind`: reports (OMA-TS-MMS_ENC, 6.4 and 6.5).

use alloc::vec::Vec;

use super::code_point::Version;
use super::codec::{Extra, Table};
use super::field::FieldCode;
use super::value::Mm1;
use crate::message::{DeliveryReport, MmStatus, Originator, ReadReport};
use crate::table::{Field, field, keeps_extra};

/// `M-Delivery.ind`: the relay/server reports to the sender what became of a message (since MMS 1.0; OMA-TS-MMS_ENC, 6.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct DeliveryInd {
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// What all interfaces carry of a report.
    pub report: DeliveryReport,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

impl Table for DeliveryInd {
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self, Mm1>] = &[
        field!(Mm1, FieldCode::MMS_VERSION,     Mandatory, version),
        field!(Mm1, FieldCode::MESSAGE_ID,      Mandatory, report.message_id),
        field!(Mm1, FieldCode::TO,              Mandatory, report.recipient),
        field!(Mm1, FieldCode::DATE,            Mandatory, report.date),
        field!(Mm1, FieldCode::STATUS,          Mandatory, report.status),
        field!(Mm1, FieldCode::STATUS_TEXT,     Optional,  report.status_text),
        field!(Mm1, FieldCode::APPLIC_ID,       Optional,  report.applic_id),
        field!(Mm1, FieldCode::REPLY_APPLIC_ID, Optional,  report.reply_applic_id),
        field!(Mm1, FieldCode::AUX_APPLIC_INFO, Optional,  report.aux_applic_info),
    ];

    keeps_extra!();

    /// Version management alone says that something was not recognised (OMA-TS-MMS_ENC, 6.14.2).
    fn conflict(&self) -> Option<FieldCode> {
        (self.report.status == Some(MmStatus::Unrecognised)).then_some(FieldCode::STATUS)
    }

    // The originator is who the PDU is pushed to, so it is not lost.
    fn inexpressible(&self) -> Option<&'static str> {
        self.report.status_extension.map(|_| "X-Mms-MM-Status-Extension")
    }
}

/// `M-Read-Rec.ind`: a client tells that a message was read (since MMS 1.1; OMA-TS-MMS_ENC, 6.5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReadRecInd {
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// What all interfaces carry of a report.
    pub report: ReadReport,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

impl Table for ReadRecInd {
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self, Mm1>] = &[
        field!(Mm1, FieldCode::MMS_VERSION,     Mandatory, version),
        field!(Mm1, FieldCode::MESSAGE_ID,      Mandatory, report.message_id),
        field!(Mm1, FieldCode::TO,              Mandatory, report.originator),
        field!(Mm1, FieldCode::FROM,            Mandatory, report.recipient),
        field!(Mm1, FieldCode::DATE,            Optional,  report.date),
        field!(Mm1, FieldCode::READ_STATUS,     Mandatory, report.status),
        field!(Mm1, FieldCode::APPLIC_ID,       Optional,  report.applic_id),
        field!(Mm1, FieldCode::REPLY_APPLIC_ID, Optional,  report.reply_applic_id),
        field!(Mm1, FieldCode::AUX_APPLIC_INFO, Optional,  report.aux_applic_info),
    ];

    keeps_extra!();

    fn inexpressible(&self) -> Option<&'static str> {
        self.report.status_text.as_ref().map(|_| "X-Mms-Status-Text")
    }
}

/// `M-Read-Orig.ind`: the relay/server tells the sender that a message was read (since MMS 1.1; OMA-TS-MMS_ENC, 6.5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ReadOrigInd {
    /// The version of MMS that the PDU follows.
    pub version: Version,
    /// What all interfaces carry of a report.
    pub report: ReadReport,
    /// Fields without a place here, in their order.
    pub extra: Vec<Extra>,
}

impl Table for ReadOrigInd {
    #[rustfmt::skip]
    const FIELDS: &'static [Field<Self, Mm1>] = &[
        field!(Mm1, FieldCode::MMS_VERSION,     Mandatory, version),
        field!(Mm1, FieldCode::MESSAGE_ID,      Mandatory, report.message_id),
        field!(Mm1, FieldCode::TO,              Mandatory, report.originator),
        field!(Mm1, FieldCode::FROM,            Mandatory, report.recipient),
        field!(Mm1, FieldCode::DATE,            Mandatory, report.date),
        field!(Mm1, FieldCode::READ_STATUS,     Mandatory, report.status),
        field!(Mm1, FieldCode::APPLIC_ID,       Optional,  report.applic_id),
        field!(Mm1, FieldCode::REPLY_APPLIC_ID, Optional,  report.reply_applic_id),
        field!(Mm1, FieldCode::AUX_APPLIC_INFO, Optional,  report.aux_applic_info),
    ];

    keeps_extra!();

    fn conflict(&self) -> Option<FieldCode> {
        (self.report.recipient == Some(Originator::InsertAddress)).then_some(FieldCode::FROM)
    }

    fn inexpressible(&self) -> Option<&'static str> {
        self.report.status_text.as_ref().map(|_| "X-Mms-Status-Text")
    }
}

//! `M-Delivery.ind`, `M-Read-Rec.ind`, `M-Read-Orig.ind`: reports (OMA-TS-MMS_ENC, 6.4 and 6.5).

use alloc::vec::Vec;

use super::code_point::Version;
use super::field::{Extra, FieldCode};
use super::rules::*;
use super::value::Mm1;
use super::version::since;
use crate::message::{DeliveryReport, MmStatus, Originator, ReadReport};
use crate::table::{Rules, table};

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

table! {
    DeliveryInd: Mm1 with rules;
    FieldCode::MMS_VERSION,     Mandatory, version;
    FieldCode::MESSAGE_ID,      Mandatory, report.message_id;
    FieldCode::TO,              Mandatory, report.recipient;
    FieldCode::DATE,            Mandatory, report.date;
    FieldCode::STATUS,          Mandatory, report.status;
    FieldCode::STATUS_TEXT,     Optional,  report.status_text;
    FieldCode::APPLIC_ID,       Optional,  report.applic_id;
    FieldCode::REPLY_APPLIC_ID, Optional,  report.reply_applic_id;
    FieldCode::AUX_APPLIC_INFO, Optional,  report.aux_applic_info;
}

rules! {
    DeliveryInd [
        // The originator is who the PDU is pushed to, so it is not lost.
        fn inexpressible(&self) -> Option<&'static str> {
            self.report.status_extension.map(|_| "X-Mms-MM-Status-Extension")
        }
    ]:
    STATUS, Conflict, "the status is assigned, and since MMS 1.1 not Unrecognised (6.4)",
        |pdu| match pdu.report.status {
            Some(MmStatus::Unrecognised) => pdu.version >= Version::V1_1,
            Some(MmStatus::Code(_)) => true,
            _ => false,
        }
        => |pdu| pdu.report.status = pdu.report.status.take().map(|status| nearest_mm_status(&status, pdu.version));
    STATUS, Newer, "the status is one of this version (6.4)",
        |pdu| pdu.report.status.as_ref().is_some_and(|status| is_newer(mm_status_since(status), pdu.version))
        => |pdu| pdu.report.status = pdu.report.status.take().map(|status| nearest_mm_status(&status, pdu.version));
}

/// `M-Read-Rec.ind`: a client reports that a message was read (since MMS 1.1; OMA-TS-MMS_ENC, 6.5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

since! { ReadRecInd: V1_1, report, extra }

table! {
    ReadRecInd: Mm1 with rules;
    FieldCode::MMS_VERSION,     Mandatory, version;
    FieldCode::MESSAGE_ID,      Mandatory, report.message_id;
    FieldCode::TO,              Mandatory, report.originator;
    FieldCode::FROM,            Mandatory, report.recipient;
    FieldCode::DATE,            Optional,  report.date;
    FieldCode::READ_STATUS,     Mandatory, report.status;
    FieldCode::APPLIC_ID,       Optional,  report.applic_id;
    FieldCode::REPLY_APPLIC_ID, Optional,  report.reply_applic_id;
    FieldCode::AUX_APPLIC_INFO, Optional,  report.aux_applic_info;
}

impl Mend for ReadRecInd {}

impl Rules<Mm1> for ReadRecInd {
    fn inexpressible(&self) -> Option<&'static str> {
        self.report.status_text.as_ref().map(|_| "X-Mms-Status-Text")
    }
}

/// `M-Read-Orig.ind`: the relay/server reports to the sender that a message was read (since MMS 1.1; OMA-TS-MMS_ENC, 6.5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

since! { ReadOrigInd: V1_1, report, extra }

table! {
    ReadOrigInd: Mm1 with rules;
    FieldCode::MMS_VERSION,     Mandatory, version;
    FieldCode::MESSAGE_ID,      Mandatory, report.message_id;
    FieldCode::TO,              Mandatory, report.originator;
    FieldCode::FROM,            Mandatory, report.recipient;
    FieldCode::DATE,            Mandatory, report.date;
    FieldCode::READ_STATUS,     Mandatory, report.status;
    FieldCode::APPLIC_ID,       Optional,  report.applic_id;
    FieldCode::REPLY_APPLIC_ID, Optional,  report.reply_applic_id;
    FieldCode::AUX_APPLIC_INFO, Optional,  report.aux_applic_info;
}

rules! {
    ReadOrigInd [
        fn inexpressible(&self) -> Option<&'static str> {
            self.report.status_text.as_ref().map(|_| "X-Mms-Status-Text")
        }
    ]:
    FROM, Conflict, "the address is there, not the token for one (6.5)",
        |pdu| pdu.report.recipient == Some(Originator::InsertAddress);
}

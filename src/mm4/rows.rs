//! The fields of all messages by name.

use super::value::{FieldName, Mm4};
use super::{DeliveryReportReq, DeliveryReportRes, ForwardReq, ForwardRes, ReadReplyReportReq, ReadReplyReportRes};
use crate::table::{Row, Rows};

/// The tables of all messages.
pub(super) const TABLES: [&Rows<Mm4>; 6] = [
    ForwardReq::ROWS,
    ForwardRes::ROWS,
    DeliveryReportReq::ROWS,
    DeliveryReportRes::ROWS,
    ReadReplyReportReq::ROWS,
    ReadReplyReportRes::ROWS,
];

/// The row that a message has for a field, whose name is compared without case.
pub(super) fn row_named(name: &str) -> Option<&'static Row<Mm4>> {
    TABLES.iter().flat_map(|rows| rows.iter()).find(|row| row.name.is(name))
}

/// Whether this is a field of MMS that some message has: the others are those of any mail.
pub(super) fn is_of_mms(name: &str) -> bool {
    let begins = |prefix: &str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    begins("X-Mms-") && row_named(name).is_some_and(|row| row.name.spelling.eq_ignore_ascii_case(name))
}

impl FieldName {
    /// Whether a field is called so, or by the name that some implementations have.
    pub(super) fn is(&self, name: &str) -> bool {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        is(self.spelling) || self.alias.is_some_and(is)
    }
}

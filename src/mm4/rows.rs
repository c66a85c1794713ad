//! Finding the rows of the field tables: by name, by place, by release.

use super::field::Form;
use super::release::{Index, Release};
use super::value::Mm4;
use super::{DeliveryReportReq, DeliveryReportRes, ForwardReq, ForwardRes, ReadReplyReportReq, ReadReplyReportRes};
use crate::table::{Need, Row, Rows, elements};

impl Rows<Mm4> {
    pub(crate) const fn new(rows: &'static [Row<Mm4>]) -> Self {
        let mut index = Index { version: None, later: [0; 2], mandatory: 0, body: 0 };
        let (mut rest, mut place) = (rows, 0);
        while let [row, after @ ..] = rest {
            match row.name.form {
                Form::Version => index.version = Some(place),
                Form::Body => index.body = 1 << place,
                _ => {}
            }
            index.mandatory |= if matches!(row.need, Need::Mandatory) { 1 << place } else { 0 };
            let [rel_4, rel_5] = &mut index.later;
            *rel_4 |= if row.name.since.is_later_than(Release::REL_4) { 1 << place } else { 0 };
            *rel_5 |= if row.name.since.is_later_than(Release::REL_5) { 1 << place } else { 0 };
            place += 1;
            rest = after;
        }
        Self { rows, elements: elements(rows), index }
    }

    /// The rows for whose places there is a bit.
    pub(super) fn at(&self, places: u64) -> impl Iterator<Item = &'static Row<Mm4>> + use<> {
        let rows = self.rows;
        let without_first = |places: &u64| Some(places & places.wrapping_sub(1));
        let left = core::iter::successors(Some(places), without_first).take_while(|places| *places != 0);
        left.filter_map(|places| rows.get(places.trailing_zeros() as usize))
    }
}

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

//! The rules that headers and other fields have to keep.

use alloc::vec::Vec;

use super::{APPLICATION_ID, CONTENT_LENGTH, DATE, INITIATOR_URI, MMS_UA, PUSH_FLAG, Push, known_name};
use crate::message::Header;
use crate::options::DeviationKind;

/// The headers that may appear only once.
const SINGLE: [&str; 5] = [APPLICATION_ID, CONTENT_LENGTH, DATE, INITIATOR_URI, PUSH_FLAG];

/// A rule that a push breaks, in which field, and whether by its second header of this name.
pub(super) struct Broken {
    pub(super) kind: DeviationKind,
    pub(super) field: &'static str,
    pub(super) again: bool,
}

impl Push {
    /// The rules that the push breaks.
    pub(super) fn broken_rules(&self) -> Vec<Broken> {
        let mut broken = Vec::new();
        if self.confirmed && self.tid.is_some() {
            broken.push(Broken { kind: DeviationKind::FieldConflict, field: "Type", again: false });
        }
        for field in SINGLE {
            let count = self.headers.iter().filter(|header| single(header) == Some(field)).take(2).count();
            if let Some(kind) = self.broken_rule(field, count > 0) {
                broken.push(Broken { kind, field, again: false });
            }
            if count > 1 {
                broken.push(Broken { kind: DeviationKind::DuplicateField, field, again: true });
            }
        }
        broken
    }

    fn broken_rule(&self, field: &str, is_there: bool) -> Option<DeviationKind> {
        match field {
            APPLICATION_ID if !self.is_mms() => None,
            APPLICATION_ID if !is_there => Some(DeviationKind::MissingField),
            APPLICATION_ID => {
                let is_for_mms = |id: &str| {
                    [MMS_UA, "*", "x-wap-application:*"].iter().any(|wanted| id.eq_ignore_ascii_case(wanted))
                };
                (!self.application_id().is_some_and(is_for_mms)).then_some(DeviationKind::FieldConflict)
            }
            CONTENT_LENGTH => {
                let is_right = self.content_length() == u64::try_from(self.data.len()).ok();
                (is_there && !is_right).then_some(DeviationKind::WrongContentLength)
            }
            _ => None,
        }
    }
}

/// The name of a header that may appear only once.
pub(super) fn single(header: &Header) -> Option<&'static str> {
    let name = match header {
        Header::Text { name, .. } => name.as_str(),
        Header::Coded { page, code, .. } => known_name(*page, *code)?,
    };
    SINGLE.into_iter().find(|single| name.eq_ignore_ascii_case(single))
}

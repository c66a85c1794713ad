//! The rules that headers and other fields have to keep.

use alloc::vec::Vec;

use super::{APPLICATION_ID, CONTENT_LENGTH, DATE, INITIATOR_URI, MMS_UA, PUSH_FLAG, Push, known_name};
use crate::message::Header;
use crate::options::DeviationKind;

/// The headers that may stand once.
const SINGLE: [&str; 5] = [APPLICATION_ID, CONTENT_LENGTH, DATE, INITIATOR_URI, PUSH_FLAG];

/// A rule that a push breaks, in which field, and by which header if it is one that is there.
pub(super) struct Broken {
    pub(super) kind: DeviationKind,
    pub(super) field: &'static str,
    pub(super) header: Option<usize>,
}

impl Push {
    /// The rules that the push breaks.
    pub(super) fn broken_rules(&self) -> Vec<Broken> {
        let mut broken = Vec::new();
        if self.confirmed && self.tid.is_some() {
            broken.push(Broken { kind: DeviationKind::FieldConflict, field: "Type", header: None });
        }
        for field in SINGLE {
            let mut places = self.headers.iter().enumerate().filter(|(_, header)| is_named(header, field));
            let header = places.next().map(|(index, _)| index);
            if let Some(kind) = self.broken_rule(field, header.is_some()) {
                broken.push(Broken { kind, field, header });
            }
            if let Some((again, _)) = places.next() {
                broken.push(Broken { kind: DeviationKind::DuplicateField, field, header: Some(again) });
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
                let announced = self.content_length()?;
                (u64::try_from(self.data.len()) != Ok(announced)).then_some(DeviationKind::WrongContentLength)
            }
            _ => None,
        }
    }
}

fn is_named(header: &Header, wanted: &str) -> bool {
    match header {
        Header::Text { name, .. } => name.eq_ignore_ascii_case(wanted),
        Header::Coded { page, code, .. } => known_name(*page, *code) == Some(wanted),
    }
}

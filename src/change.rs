//! What was changed to make a message conform.

use core::fmt;

use crate::message::Str;

/// A change that a call such as `fit_to` or `normalize` made to a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Change {
    /// The specification's name of the field.
    pub field: Str,
    /// How it changed.
    pub kind: ChangeKind,
}

/// How a field changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// It is no longer there.
    Removed,
    /// It has another value, fewer values, or a value where it had none.
    Changed,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ChangeKind::Removed => "removed",
            ChangeKind::Changed => "changed",
        };
        write!(f, "{} {kind}", self.field)
    }
}

/// Lists the changes of each field once: a field that was changed and then removed is removed.
#[derive(Debug, Default)]
pub(crate) struct Changes(alloc::vec::Vec<Change>);

impl Changes {
    pub(crate) fn add(&mut self, field: impl Into<Str>, kind: ChangeKind) {
        let field = field.into();
        match self.0.iter_mut().find(|change| change.field == field) {
            Some(change) if kind == ChangeKind::Removed => change.kind = kind,
            Some(_) => {}
            None => self.0.push(Change { field, kind }),
        }
    }

    /// A field that got a value, be it that it had none or one that was taken out.
    pub(crate) fn put_in(&mut self, field: impl Into<Str>) {
        let field = field.into();
        self.0.retain(|change| change.field != field || change.kind == ChangeKind::Changed);
        self.add(field, ChangeKind::Changed);
    }

    pub(crate) fn into_vec(self) -> alloc::vec::Vec<Change> {
        self.0
    }
}

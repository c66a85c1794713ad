//! What a decoder carries along: options, what is left of the limits, what was forgiven.

use alloc::vec::Vec;

use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::list::push;
use crate::options::{Deviation, DeviationKind, Options};

/// The state of one decoding.
#[derive(Debug)]
pub(crate) struct Context {
    strict: bool,
    depth_left: usize,
    exceeds_max_depth: bool,
    parts_left: usize,
    items_left: usize,
    reported_once: Vec<DeviationKind>,
    deviations: Vec<Deviation>,
    /// Whether content is 7bit unless it says something else; HTTP carries any octets (RFC 7231,
    /// A.5).
    pub(crate) is_mail: bool,
    /// The field that is being read.
    pub(crate) field: Option<&'static str>,
}

impl Context {
    /// For an input of this many octets.
    pub(crate) fn new(options: &Options, octets: usize) -> Self {
        let limits = &options.limits;
        Self {
            strict: options.strict,
            depth_left: limits.depth(),
            exceeds_max_depth: limits.exceeds_max_depth(),
            parts_left: limits.parts_for(octets),
            items_left: limits.items_for(octets),
            reported_once: Vec::new(),
            deviations: Vec::new(),
            is_mail: true,
            field: None,
        }
    }

    /// Forgives a deviation, unless decoding is strict.
    pub(crate) fn forgive(&mut self, kind: DeviationKind, offset: usize) -> Result<(), DecodeError> {
        if self.strict {
            return Err(self.error(DecodeErrorKind::Deviation(kind), offset));
        }
        self.count(offset)?;
        push(&mut self.deviations, Deviation { kind, offset, field: self.field });
        Ok(())
    }

    /// Forgives a deviation in a field of its own.
    #[cfg(feature = "mm7")]
    pub(crate) fn forgive_in(
        &mut self,
        field: &'static str,
        kind: DeviationKind,
        offset: usize,
    ) -> Result<(), DecodeError> {
        self.field = Some(field);
        self.forgive(kind, offset)?;
        self.field = None;
        Ok(())
    }

    /// Forgives that a mandatory field is not there; in strict mode that is an error of its own.
    pub(crate) fn missing(&mut self, field: &'static str, offset: usize) -> Result<(), DecodeError> {
        self.field = Some(field);
        if self.strict {
            return Err(self.error(DecodeErrorKind::MissingField, offset));
        }
        self.forgive(DeviationKind::MissingField, offset)?;
        self.field = None;
        Ok(())
    }

    /// Forgives a deviation that is reported at its first place only.
    pub(crate) fn forgive_once(&mut self, kind: DeviationKind, offset: usize) -> Result<(), DecodeError> {
        if self.reported_once.contains(&kind) {
            return Ok(());
        }
        let field = self.field.take();
        let forgiven = self.forgive(kind, offset);
        self.field = field;
        self.reported_once.push(kind);
        forgiven
    }

    /// Counts one more list entry.
    #[inline]
    pub(crate) fn count(&mut self, offset: usize) -> Result<(), DecodeError> {
        let exceeded = DecodeErrorKind::LimitExceeded(Limit::Items);
        self.items_left = self.items_left.checked_sub(1).ok_or_else(|| self.error(exceeded, offset))?;
        Ok(())
    }

    /// Counts one more part.
    pub(crate) fn count_part(&mut self, offset: usize) -> Result<(), DecodeError> {
        let exceeded = DecodeErrorKind::LimitExceeded(Limit::Parts);
        self.parts_left = self.parts_left.checked_sub(1).ok_or_else(|| self.error(exceeded, offset))?;
        Ok(())
    }

    /// Goes one level of parts down, or says that it must not.
    pub(crate) fn descend(&mut self, offset: usize) -> Result<bool, DecodeError> {
        let left = self.depth_left.checked_sub(1);
        if left.is_none() && self.exceeds_max_depth {
            return Err(self.error(DecodeErrorKind::LimitExceeded(Limit::Depth), offset));
        }
        self.depth_left = left.unwrap_or_default();
        Ok(left.is_some())
    }

    /// Comes back from [`descend`](Self::descend).
    pub(crate) fn ascend(&mut self) {
        self.depth_left += 1;
    }

    /// An error in the field that is being read.
    pub(crate) fn error(&self, kind: DecodeErrorKind, offset: usize) -> DecodeError {
        DecodeError { kind, offset, field: self.field }
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.strict
    }

    /// What was forgiven, in the order of the octets.
    pub(crate) fn into_deviations(mut self) -> Vec<Deviation> {
        if !self.deviations.is_sorted_by_key(|deviation| deviation.offset) {
            self.deviations.sort_by_key(|deviation| deviation.offset);
        }
        self.deviations
    }
}

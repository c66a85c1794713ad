//! What decoding a record carries along: options, what is left of the limits, what was forgiven.

use alloc::vec::Vec;

use super::ber::Fault;
use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::list::push;
use crate::options::{Deviation, DeviationKind, Limits, Options};

#[derive(Debug)]
pub(super) struct Context {
    strict: bool,
    items_left: usize,
    /// How deep unknown members may nest.
    pub(super) depth: usize,
    deviations: Vec<Deviation>,
    /// The member that is being read.
    pub(super) field: Option<&'static str>,
}

/// Elements nest four times as deep as parts, as those of XML do.
const ELEMENTS_PER_PART: usize = 4;

impl Context {
    /// For a record of this many octets.
    pub(super) fn new(options: &Options, octets: usize) -> Self {
        Self {
            strict: options.strict,
            items_left: options.limits.items_for(octets),
            depth: options.limits.depth.saturating_mul(ELEMENTS_PER_PART).min(Limits::MAX_DEPTH),
            deviations: Vec::new(),
            field: None,
        }
    }

    /// Forgives a deviation, unless decoding is strict.
    pub(super) fn forgive(&mut self, kind: DeviationKind, offset: usize) -> Result<(), DecodeError> {
        if self.strict {
            return Err(self.error(DecodeErrorKind::Deviation(kind), offset));
        }
        self.count(offset)?;
        push(&mut self.deviations, Deviation { kind, offset, field: self.field });
        Ok(())
    }

    /// Forgives that a mandatory member is not there; in strict mode that is an error of its own.
    pub(super) fn missing(&mut self, field: &'static str, offset: usize) -> Result<(), DecodeError> {
        let outer = self.field.replace(field);
        if self.strict {
            return Err(self.error(DecodeErrorKind::MissingField, offset));
        }
        self.forgive(DeviationKind::MissingField, offset)?;
        self.field = outer;
        Ok(())
    }

    /// Counts one more list entry.
    #[inline]
    pub(super) fn count(&mut self, offset: usize) -> Result<(), DecodeError> {
        let exceeded = DecodeErrorKind::LimitExceeded(Limit::Items);
        self.items_left = self.items_left.checked_sub(1).ok_or_else(|| self.error(exceeded, offset))?;
        Ok(())
    }

    /// An error in the member that is being read.
    pub(super) fn error(&self, kind: DecodeErrorKind, offset: usize) -> DecodeError {
        DecodeError { kind, offset, field: self.field }
    }

    /// A value that its member cannot hold.
    pub(super) fn invalid(&self, offset: usize) -> DecodeError {
        self.error(DecodeErrorKind::Deviation(DeviationKind::InvalidValue), offset)
    }

    pub(super) fn fault(&self, (kind, offset): Fault) -> DecodeError {
        self.error(kind, offset)
    }

    pub(super) fn is_strict(&self) -> bool {
        self.strict
    }

    /// What was forgiven, in the order of the octets.
    pub(super) fn into_deviations(mut self) -> Vec<Deviation> {
        if !self.deviations.is_sorted_by_key(|deviation| deviation.offset) {
            self.deviations.sort_by_key(|deviation| deviation.offset);
        }
        self.deviations
    }
}

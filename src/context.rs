//! What decoding carries along, whatever the octets are.

use alloc::vec::Vec;

use crate::error::{DecodeError, DecodeErrorKind, Limit};
use crate::list::push;
use crate::options::{Deviation, DeviationKind, Options};

/// The state of one decoding: how strict it is, what is left of the limits, what was forgiven, and the
/// field that is being read.
#[derive(Debug)]
pub(crate) struct Context {
    strict: bool,
    exceeds_max_depth: bool,
    depth_left: usize,
    parts: Allowance,
    items: Allowance,
    deviations: Vec<Deviation>,
    /// A bit for each kind that was reported at its first place only.
    reported_once: u128,
    field: Option<&'static str>,
    /// How numbers in the addresses of a mail are read.
    #[cfg(feature = "mm4")]
    pub(crate) addresses: Wire,
}

const _: () = assert!(DeviationKind::ALL.len() <= u128::BITS as usize);

/// How many of something are still allowed.
#[derive(Debug)]
struct Allowance {
    left: usize,
    /// The octets of input that allow more, until those are needed: few inputs are so long that they are.
    octets: usize,
    /// How many octets allow one more.
    per_one: usize,
}

impl Allowance {
    /// Takes `number` of them, if that many are allowed.
    #[inline]
    fn take(&mut self, number: usize) -> bool {
        if number > self.left {
            self.add_more();
        }
        let left = self.left.checked_sub(number);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    #[cold]
    fn add_more(&mut self) {
        match core::mem::take(&mut self.octets).checked_div(self.per_one) {
            Some(more) => self.left = self.left.saturating_add(more),
            None => self.left = usize::MAX,
        }
    }
}

impl Context {
    /// For an input of this many octets.
    #[inline]
    pub(crate) const fn new(options: &Options, octets: usize) -> Self {
        let limits = &options.limits;
        Self {
            strict: options.strict,
            exceeds_max_depth: limits.exceeds_max_depth(),
            depth_left: limits.depth(),
            parts: Allowance { left: limits.parts, octets, per_one: limits.octets_per_part },
            items: Allowance { left: limits.items, octets, per_one: limits.octets_per_item },
            deviations: Vec::new(),
            reported_once: 0,
            field: None,
            #[cfg(feature = "mm4")]
            addresses: Wire::Mm4,
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

    /// Forgives a deviation in this field.
    pub(crate) fn forgive_in(
        &mut self,
        field: impl Into<Option<&'static str>>,
        kind: DeviationKind,
        offset: usize,
    ) -> Result<(), DecodeError> {
        self.in_field(field, |cx| cx.forgive(kind, offset))
    }

    /// Forgives that a mandatory field is missing; in strict mode that is an error of a kind for itself.
    pub(crate) fn missing(&mut self, field: impl Into<Option<&'static str>>, offset: usize) -> Result<(), DecodeError> {
        self.in_field(field, |cx| {
            if cx.strict {
                return Err(cx.error(DecodeErrorKind::MissingField, offset));
            }
            cx.forgive(DeviationKind::MissingField, offset)
        })
    }

    /// Forgives a deviation that is reported at its first place only, and in no field.
    pub(crate) fn forgive_once(&mut self, kind: DeviationKind, offset: usize) -> Result<(), DecodeError> {
        let bit = 1 << kind as u32;
        if self.reported_once & bit != 0 {
            return Ok(());
        }
        self.reported_once |= bit;
        let field = self.field.take();
        let forgiven = self.forgive(kind, offset);
        self.field = field;
        forgiven
    }

    /// Counts one more entry of a list.
    #[inline]
    pub(crate) fn count(&mut self, offset: usize) -> Result<(), DecodeError> {
        self.count_many(1, offset)
    }

    /// Counts entries of a list.
    #[inline]
    pub(crate) fn count_many(&mut self, number: usize, offset: usize) -> Result<(), DecodeError> {
        if self.items.take(number) { Ok(()) } else { Err(self.exceeded(Limit::Items, offset)) }
    }

    /// Counts one more part.
    #[inline]
    pub(crate) fn count_part(&mut self, offset: usize) -> Result<(), DecodeError> {
        if self.parts.take(1) { Ok(()) } else { Err(self.exceeded(Limit::Parts, offset)) }
    }

    /// How deep elements may nest: four times as deep as the parts that are still allowed.
    pub(crate) const fn elements_left(&self) -> usize {
        self.depth_left * 4
    }

    /// An error in the field that is being read.
    pub(crate) const fn error(&self, kind: DecodeErrorKind, offset: usize) -> DecodeError {
        DecodeError { kind, offset, field: self.field }
    }

    /// The error that a limit is exceeded.
    pub(crate) fn exceeded(&self, limit: Limit, offset: usize) -> DecodeError {
        self.error(DecodeErrorKind::LimitExceeded(limit), offset)
    }

    /// Sets the field for all of a test.
    #[cfg(test)]
    pub(crate) fn set_field(&mut self, field: Option<&'static str>) {
        self.field = field;
    }

    pub(crate) const fn is_strict(&self) -> bool {
        self.strict
    }

    /// What was forgiven so far.
    pub(crate) fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Forgets all but the first deviations.
    pub(crate) fn truncate_deviations(&mut self, number: usize) {
        self.deviations.truncate(number);
    }

    /// Forgets deviations of this kind behind the first ones.
    pub(crate) fn forget(&mut self, kind: DeviationKind, first: usize) {
        let mut index = 0;
        self.deviations.retain(|deviation| {
            index += 1;
            index <= first || deviation.kind != kind
        });
    }

    /// What was forgiven, in the order of the octets.
    pub(crate) fn into_deviations(mut self) -> Vec<Deviation> {
        if !self.deviations.is_sorted_by_key(|deviation| deviation.offset) {
            self.deviations = in_order(self.deviations);
        }
        self.deviations
    }
}

/// Sorts by the offset, and keeps the order of those with the same. The sort of the standard library would take 3 kB of
/// code and 4 kB of stack, much of what a microcontroller has, for a few elements that seldom need it.
#[cold]
fn in_order(mut deviations: Vec<Deviation>) -> Vec<Deviation> {
    let mut width = 1_usize;
    while width < deviations.len() {
        let mut merged = Vec::with_capacity(deviations.len());
        for runs in deviations.chunks(width.saturating_mul(2)) {
            let (mut left, mut right) = runs.split_at(width.min(runs.len()));
            while let ([first, after @ ..], [second, behind @ ..]) = (left, right) {
                if second.offset < first.offset {
                    merged.push(*second);
                    right = behind;
                } else {
                    merged.push(*first);
                    left = after;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        deviations = merged;
        width = width.saturating_mul(2);
    }
    deviations
}

/// On which interface an address is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wire {
    /// Numbers have a type; one without is a number all the same.
    Mm4,
    /// A number at a domain is a mailbox.
    Mail,
}

/// A reader, which has a [`Context`]; or the context alone.
pub(crate) trait Decoding {
    /// The context.
    fn context(&mut self) -> &mut Context;

    /// `read`, whose errors and deviations are in `field`, if that has a name.
    #[inline(always)]
    fn in_field<T>(&mut self, field: impl Into<Option<&'static str>>, read: impl FnOnce(&mut Self) -> T) -> T {
        let cx = self.context();
        let around = cx.field;
        cx.field = field.into().or(around);
        let value = read(self);
        self.context().field = around;
        value
    }

    /// [`in_field`](Self::in_field) for the loop over the fields of a message, around which there is no
    /// field that would have to be remembered.
    #[inline(always)]
    fn in_outer_field<T>(&mut self, field: Option<&'static str>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.context().field = field;
        let value = read(self);
        self.context().field = None;
        value
    }

    /// `read` one level of parts deeper, or `None` where lenient decoding goes no deeper.
    #[inline]
    fn deeper<T>(
        &mut self,
        offset: usize,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<Option<T>, DecodeError> {
        let cx = self.context();
        let Some(left) = cx.depth_left.checked_sub(1) else {
            let is_error = cx.strict || cx.exceeds_max_depth;
            return if is_error { Err(cx.exceeded(Limit::Depth, offset)) } else { Ok(None) };
        };
        cx.depth_left = left;
        let value = read(self);
        self.context().depth_left = left + 1;
        value.map(Some)
    }
}

impl Decoding for Context {
    fn context(&mut self) -> &mut Context {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn deviations_are_sorted_as_the_standard_library_sorts(offsets in vec(0..20_usize, 0..70)) {
            let kinds = DeviationKind::ALL.iter().cycle();
            let deviation = |(offset, kind): (usize, &DeviationKind)| Deviation { kind: *kind, offset, field: None };
            let deviations: Vec<_> = offsets.into_iter().zip(kinds).map(deviation).collect();
            let mut expected = deviations.clone();
            expected.sort_by_key(|deviation| deviation.offset);
            prop_assert_eq!(in_order(deviations), expected);
        }
    }
}

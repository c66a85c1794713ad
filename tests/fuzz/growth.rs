//! Every hostile shape, as it grows: in memory within its bound, and with work that
//! grows as it does. `benches/steps.py` counts the instructions as well, and `benches/shapes.rs` takes more sizes.

use crate::shapes::operations::{self, Bound};
use crate::shapes::{Interface, Shape, sweep};
use alloc::collections::{BTreeMap, BTreeSet};

use allocation_counter::{AllocationInfo, measure};
use mms_codec::Bytes;

fn every_shape(interface: Interface, mut check: impl FnMut(&Shape)) {
    interface.shapes().iter().for_each(&mut check);
}

/// What every operation allocates.
fn work(interface: Interface, octets: &Bytes) -> BTreeMap<&'static str, AllocationInfo> {
    let mut work = BTreeMap::new();
    let mut visit = |name, run: &mut dyn FnMut()| {
        work.insert(name, measure(run));
    };
    operations::decode(interface, octets, &mut visit);
    operations::others(interface, octets, &mut visit);
    work
}

fn memory_stays_in_its_bounds(interface: Interface) {
    let mut failures = vec![];
    every_shape(interface, |shape| {
        for count in sweep(1, shape.units_in((1 << 15) + 1)) {
            let octets = shape.with_units(count);
            let mut check = |bound: Bound, name: &str, run: &mut dyn FnMut()| {
                let (peak, allowed) = (measure(run).bytes_max, bound.of(octets.len()));
                if peak >= allowed {
                    failures.push(format!("{} | {name} | {} octets: {peak} of {allowed}", shape.name, octets.len()));
                }
            };
            operations::decode(interface, &octets, &mut |name, run| check(Bound::DECODING, name, run));
            operations::others(interface, &octets, &mut |name, run| check(Bound::OTHERS, name, run));
        }
    });
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Eight times the message takes eight times the allocations and octets, not sixty-four.
fn work_grows_as_the_message_does(interface: Interface) {
    let mut failures = vec![];
    every_shape(interface, |shape| {
        let sizes = [6_000, 48_000].map(|size| shape.of_octets(size));
        let [small, large] = sizes.each_ref().map(|octets| work(interface, octets));
        for (name, small) in small {
            // A list that is refused when it is longer does less.
            let Some(large) = large.get(name) else { continue };
            let is_linear = |small: u64, large: u64, least: u64| large <= 12 * small + least;
            if !is_linear(small.count_total, large.count_total, 100)
                || !is_linear(small.bytes_total, large.bytes_total, 100_000)
            {
                failures.push(format!("{} | {name} | {small:?}, then {large:?}", shape.name));
            }
        }
    });
    assert!(failures.is_empty(), "{failures:#?}");
}

macro_rules! tests {
    ($($name:ident: $interface:ident,)+) => {$(
        mod $name {
            use super::*;

            #[test]
            fn memory_stays_in_its_bounds() {
                super::memory_stays_in_its_bounds(Interface::$interface);
            }

            #[test]
            fn work_grows_as_the_message_does() {
                super::work_grows_as_the_message_does(Interface::$interface);
            }
        }
    )+};
}

tests! {
    mm1: Mm1,
    push: Push,
    mm4: Mm4,
    mm7: Mm7,
    http: Http,
    smil: Smil,
}

#[cfg(feature = "cdr")]
tests! {
    cdr: Cdr,
}

#[test]
fn the_names_of_the_shapes_are_distinct() {
    for interface in Interface::ALL.iter().copied() {
        let names: Vec<_> = interface.shapes().iter().map(|shape| shape.name).collect();
        let distinct: BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len(), "{interface}");
    }
}

//! How memory and steps grow with hostile messages, by shape and operation.
//!
//! `memory [OCTETS]`: the highest peak over sizes up to that many octets, as a part of the bound of
//! the operation; it fails if one is beyond its bound. `steps SMALL LARGE`: for `benches/steps.py`, which runs this under callgrind and takes the
//! instructions of each call of `shapes::measured`.

#![expect(clippy::unwrap_used, reason = "a bench")]

#[path = "../tests/support/shapes/all.rs"]
mod shapes;

use std::env;

use shapes::operations::{self, Bound};
use shapes::{Interface, Shape, sweep};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let number = |at: usize, otherwise| arguments.get(at).map_or(otherwise, |text| text.parse().unwrap());
    match arguments.first().map(String::as_str) {
        Some("memory") => memory(number(1, 1 << 20)),
        Some("steps") => steps([number(1, 4_000), number(2, 32_000)]),
        // As a bench among others: each shape once, in a small size.
        _ => every(&mut |interface, shape| {
            for visit in [operations::decode, operations::others] {
                visit(interface, &shape.of_octets(1_000), &mut |_, run| run());
            }
        }),
    }
}

fn every(visit: &mut dyn FnMut(Interface, &Shape)) {
    // One interface alone, if asked for.
    let chosen = env::var("SHAPES").unwrap_or_default();
    for interface in Interface::ALL.iter().copied() {
        for shape in interface.shapes() {
            if format!("{interface}: {}", shape.name).contains(&chosen) {
                visit(interface, shape);
            }
        }
    }
}

/// Prints `interface | shape | operation | peak / allowed | octets | peak`, the worst size of each.
fn memory(most: usize) {
    let mut is_kept = true;
    every(&mut |interface, shape| {
        let mut worst = Vec::<(&str, f64, usize, u64)>::new();
        for count in sweep(8, shape.units_in(most)) {
            let octets = shape.with_units(count);
            let mut visit = |bound: Bound, name, run: &mut dyn FnMut()| {
                let peak = allocation_counter::measure(run).bytes_max;
                let part = peak as f64 / bound.of(octets.len()) as f64;
                match worst.iter_mut().find(|worst| worst.0 == name) {
                    Some(worst) if worst.1 < part => *worst = (name, part, octets.len(), peak),
                    Some(_) => {}
                    None => worst.push((name, part, octets.len(), peak)),
                }
            };
            operations::decode(interface, &octets, &mut |name, run| visit(Bound::DECODING, name, run));
            operations::others(interface, &octets, &mut |name, run| visit(Bound::OTHERS, name, run));
        }
        for (name, part, octets, peak) in worst {
            is_kept &= part < 1.0;
            println!("{interface} | {} | {name} | {part:.2} | {octets} | {peak}", shape.name);
        }
    });
    assert!(is_kept, "more memory than promised");
}

/// Prints `interface | shape | operation | units | octets` for each call of [`measured`].
fn steps(sizes: [usize; 2]) {
    every(&mut |interface, shape| {
        for size in sizes {
            let units = shape.units_in(size);
            let octets = shape.with_units(units);
            let mut visit = |name, run: &mut dyn FnMut()| {
                println!("{interface} | {} | {name} | {units} | {}", shape.name, octets.len());
                measured(run);
            };
            operations::decode(interface, &octets, &mut visit);
            operations::others(interface, &octets, &mut visit);
        }
    });
}

/// Callgrind counts what happens in here.
#[inline(never)]
fn measured(run: &mut dyn FnMut()) {
    run();
}

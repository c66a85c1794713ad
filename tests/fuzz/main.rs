//! The fuzz targets and the hostile shapes.
#![cfg(test)]
#![cfg(all(feature = "mm1", feature = "mm4", feature = "mm7", feature = "compose"))]

extern crate alloc;

mod growth;
#[cfg(feature = "cdr")]
mod models;
#[cfg(all(feature = "arbitrary", feature = "cdr", feature = "client"))]
mod peers;
#[cfg(all(feature = "arbitrary", feature = "cdr", feature = "client"))]
mod properties;
#[cfg(all(feature = "arbitrary", feature = "cdr", feature = "client"))]
mod seeds;
#[path = "../support/shapes/all.rs"]
#[allow(dead_code, reason = "the benches take other sizes")]
mod shapes;
#[path = "../support/all.rs"]
mod support;

//! The fuzz targets and the hostile shapes.
#![cfg(all(feature = "mm1", feature = "mm4", feature = "mm7", feature = "compose"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core,
    clippy::unwrap_used,
    reason = "a test"
)]

extern crate alloc;

mod growth;
#[cfg(all(feature = "arbitrary", feature = "cdr"))]
mod seeds;
#[path = "../support/shapes/all.rs"]
#[allow(dead_code, reason = "the benches take other sizes")]
mod shapes;
#[path = "../support/all.rs"]
mod support;

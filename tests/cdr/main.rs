//! Charging data records.
#![cfg(feature = "cdr")]
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

#[cfg(all(feature = "mm1", feature = "mm4", feature = "mm7"))]
mod asn1;
#[cfg(feature = "arbitrary")]
mod round_trip;
#[path = "../support/all.rs"]
mod support;
mod vectors;

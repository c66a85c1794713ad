//! MM1 and what carries it: WSP, push and short messages.
#![cfg(feature = "mm1")]
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

mod allocations;
mod answers;
mod corpus;
mod deviations;
mod hostile;
mod properties;
mod push;
#[cfg(feature = "arbitrary")]
mod round_trip;
#[cfg(feature = "arbitrary")]
mod rules;
#[path = "../support/all.rs"]
mod support;
#[cfg(feature = "arbitrary")]
mod tshark;
#[cfg(feature = "serde")]
mod values;
mod vectors;
mod wsp_vectors;

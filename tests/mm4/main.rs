//! MM4 and its MIME layer.
#![cfg(feature = "mm4")]
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

mod corpus;
mod mail;
mod messages;
mod mime;
#[cfg(feature = "arbitrary")]
mod mutations;
#[cfg(feature = "arbitrary")]
mod python;
#[cfg(feature = "arbitrary")]
mod round_trip;
#[path = "../support/all.rs"]
mod support;
mod vectors;

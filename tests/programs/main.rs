//! The programs in `examples`, run as processes, and what the README says of them.
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

mod compose;
mod inspect;
mod readme;
mod reports;
#[path = "../support/all.rs"]
mod support;
mod transcode;

//! The programs in `examples`, run as processes, and what the README says of them.
#![cfg(test)]
#![cfg(all(feature = "mm1", feature = "mm4", feature = "mm7", feature = "compose"))]

extern crate alloc;

mod compose;
mod inspect;
mod readme;
mod reports;
#[path = "../support/all.rs"]
mod support;
mod transcode;

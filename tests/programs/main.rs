//! Messages that other programs read, and what the README says.
#![cfg(test)]
#![cfg(all(feature = "mm1", feature = "mm4", feature = "mm7", feature = "compose"))]

extern crate alloc;

mod compose;
mod composition;
mod content_class;
#[cfg(feature = "cdr")]
mod examples;
mod readme;
mod supply;
#[path = "../support/all.rs"]
mod support;

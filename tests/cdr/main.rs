//! Charging data records.
#![cfg(test)]
#![cfg(feature = "cdr")]

extern crate alloc;

#[cfg(all(feature = "mailbox", feature = "mm4", feature = "mm7"))]
mod asn1;
#[cfg(feature = "arbitrary")]
mod round_trip;
#[path = "../support/all.rs"]
mod support;
mod vectors;

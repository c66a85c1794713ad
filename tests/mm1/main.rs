//! MM1 and what carries it: WSP, push and short messages.
#![cfg(test)]
#![cfg(feature = "mm1")]

extern crate alloc;

mod allocations;
mod answers;
#[cfg(feature = "client")]
mod client;
mod corpus;
mod deviations;
mod hostile;
mod properties;
mod push;
mod raw;
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

//! Every message across to the other interfaces and back: what differs is what the lists of lost
//! elements say, no more and no less.
#![cfg(test)]
#![cfg(all(feature = "mm1", feature = "mm4", feature = "mm7"))]

extern crate alloc;

mod addresses;
mod arrived;
mod bodies;
mod cells;
mod cross;
mod crossing;
mod forwarding;
mod known;
mod mail;
#[cfg(feature = "arbitrary")]
mod onward;
mod privacy;
mod reports;
mod sources;
mod statuses;
#[path = "../support/all.rs"]
mod support;
mod table;

#[cfg(feature = "arbitrary")]
use support::samples;
use support::{corpus, vectors};

//! Every message across to the other interfaces and back: what differs is what the lists of lost
//! elements say, no more and no less.
#![cfg(all(feature = "mm1", feature = "mm4", feature = "mm7"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::std_instead_of_core,
    clippy::std_instead_of_alloc,
    reason = "a test"
)]

extern crate alloc;

#[path = "relay/addresses.rs"]
mod addresses;
#[path = "support/corpus.rs"]
mod corpus;
#[path = "relay/crossing.rs"]
mod crossing;
#[path = "relay/forwarding.rs"]
mod forwarding;
#[path = "relay/known.rs"]
mod known;
#[path = "relay/reports.rs"]
mod reports;
#[path = "support/samples.rs"]
#[cfg(feature = "arbitrary")]
mod samples;
#[path = "relay/sources.rs"]
mod sources;
#[path = "relay/statuses.rs"]
mod statuses;
#[path = "relay/table.rs"]
mod table;
#[path = "support/vectors.rs"]
#[expect(dead_code, reason = "all of them are used at once")]
mod vectors;

//! MM1 and what carries it: WSP, push and short messages.
#![cfg(test)]
#![cfg(feature = "mailbox")]

extern crate alloc;

mod allocations;
mod answers;
mod charsets;
#[cfg(feature = "client")]
mod client;
mod corpus;
mod deviations;
mod hostile;
mod message;
mod properties;
mod push;
mod push_headers;
mod raw;
#[cfg(feature = "arbitrary")]
mod round_trip;
#[cfg(feature = "arbitrary")]
mod rules;
mod sms;
mod spans;
#[path = "../support/all.rs"]
mod support;
#[cfg(feature = "arbitrary")]
mod tshark;
#[cfg(feature = "serde")]
mod values;
mod vectors;
mod wsp_vectors;

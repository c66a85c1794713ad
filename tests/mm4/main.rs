//! MM4 and its MIME layer.
#![cfg(test)]
#![cfg(feature = "mm4")]

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
#[cfg(feature = "arbitrary")]
mod rules;
#[path = "../support/all.rs"]
mod support;
mod vectors;
mod view;

//! The program `mms`, run as a process, and what the README shows of it.
#![cfg(test)]

extern crate alloc;

mod android;
mod captures;
mod carve;
mod check;
mod compose;
mod inspect;
mod manual;
mod outputs;
mod program;
mod reports;
mod segments;
mod transcode;

#[path = "../../../tests/support/corpus.rs"]
mod corpus;
#[path = "../../../tests/support/vectors.rs"]
mod vectors;

//! What the tests of several interfaces share.
#![allow(dead_code, reason = "the tests of each interface use a part of it")]

pub(crate) mod brief;
pub(crate) mod clock;
pub(crate) mod corpus;
pub(crate) mod forged;
#[cfg(feature = "mm1")]
pub(crate) mod messages;
pub(crate) mod readme;
#[cfg(all(feature = "mm1", feature = "arbitrary"))]
pub(crate) mod samples;
#[cfg(feature = "mm1")]
pub(crate) mod tshark;
pub(crate) mod vectors;

#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

#[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
mod chain;
mod error;
mod options;
mod table;

pub mod message;
#[cfg(any(feature = "mm4", feature = "mm7"))]
pub mod mime;
#[cfg(feature = "mm1")]
pub mod mm1;
#[cfg(feature = "mm4")]
pub mod mm4;
#[cfg(feature = "mm7")]
pub mod mm7;
#[cfg(feature = "mm1")]
pub mod push;
#[cfg(feature = "mm1")]
pub mod wsp;

pub use bytes::Bytes;

#[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
pub use crate::chain::Chain;
pub use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Limit};
pub use crate::options::{Decoded, Deviation, DeviationKind, Limits, Options};
pub use crate::table::{Shown, ShownField};

//! For fuzzing harnesses: what has to hold for any octets, as functions that panic where it does not.
//!
//! - A [`Target`] is the body of a fuzz target: a function of octets, for any fuzzer.
//! - [`property`] has the promises of the codecs one by one, for an interface as a [`Codec`].
//! - [`mutate`] changes a message by its fields, parts, lines or elements, as a custom mutator does.
//! - [`deviant`] makes a message of MM1, MM4 or MM7 that is valid but for one kind of deviation.
//! - [`Peer`] compares another decoder with this one.
//!
//! # Examples
//!
//! ```
//! use mms_codec::Bytes;
//! # #[cfg(feature = "mm1")] {
//! use mms_codec::fuzz::{Mm1, Target, property};
//!
//! Target::Mm1.run(b"\x8c\x82\x98");
//! assert_eq!("mm1".parse(), Ok(Target::Mm1));
//!
//! let octets = Bytes::from_static(b"\x8c\x83\x98T1\0\x8d\x92\x95\x81");
//! let decoded = property::strict_decoding_refuses_what_is_reported::<Mm1>(&octets).unwrap();
//! property::what_is_valid_comes_back::<Mm1>(&decoded);
//! # }
//! ```

mod codec;
#[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
mod deviant;
#[cfg(feature = "serde")]
mod json;
mod mutate;
mod peer;
pub mod property;
mod target;

#[cfg(feature = "cdr")]
pub use self::codec::Cdr;
pub use self::codec::Codec;
#[cfg(feature = "mm4")]
pub use self::codec::Mm4;
#[cfg(feature = "mm7")]
pub use self::codec::Mm7;
#[cfg(feature = "mm1")]
pub use self::codec::{Mm1, Push};
#[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
pub use self::deviant::{Deviant, deviant, deviant_kinds};
pub use self::mutate::{Syntax, mutate};
pub use self::peer::{Difference, Peer, compare};
pub use self::target::Target;
#[cfg(feature = "mm4")]
#[doc(hidden)]
pub use crate::mm4::fuzz::text_seed as mm4_text_seed;

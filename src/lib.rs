// The example of the README needs MM1.
#![cfg_attr(feature = "mm1", doc = include_str!("../README.md"))]
#![cfg_attr(not(feature = "mm1"), doc = "Codecs of the MMS interfaces MM1, MM4 and MM7.")]
#![no_std]
#![warn(clippy::alloc_instead_of_core, clippy::std_instead_of_alloc, clippy::std_instead_of_core)]
// docs.rs shows which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]
// Each interface needs a part of what they share; what none of them needs is found where all are there.
#![cfg_attr(
    not(all(
        feature = "mm1",
        feature = "mm4",
        feature = "mm7",
        feature = "compose",
        feature = "wsp-headers",
        feature = "mailbox"
    )),
    allow(dead_code, unused_imports, unused_macros)
)]

extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

#[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
mod chain;
#[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
mod change;
#[cfg(feature = "serde")]
mod checked;
mod clause;
mod context;
mod conversion;
#[cfg(all(feature = "mm1", feature = "mm4", feature = "mm7"))]
mod detect;
mod error;
mod list;
mod named;
mod octet_set;
#[cfg(feature = "serde")]
mod octets;
mod options;
#[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
mod repair;
#[cfg(feature = "serde")]
mod serialize_error;
mod shown;
mod table;
mod transfer;
#[cfg(any(feature = "mm7", feature = "compose"))]
mod xml;

#[cfg(feature = "cdr")]
pub mod cdr;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "compose")]
pub mod compose;
#[cfg(feature = "compose")]
pub mod content_class;
#[cfg(all(
    feature = "arbitrary",
    any(feature = "mm1", feature = "mm4", feature = "mm7", feature = "compose", feature = "cdr")
))]
pub mod fuzz;
#[cfg(any(feature = "mm4", feature = "mm7"))]
pub mod http;
#[cfg(all(feature = "http", any(feature = "mm1", feature = "mm7")))]
mod http_types;
#[cfg(feature = "mm4")]
pub mod mail;
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
#[cfg(any(all(feature = "mm1", any(feature = "mm4", feature = "mm7")), all(feature = "mm4", feature = "mm7")))]
pub mod relay;
#[cfg(feature = "compose")]
pub mod smil;
#[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
pub mod span;
#[cfg(feature = "mm1")]
pub mod wsp;

pub use bytes::Bytes;

#[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
pub use crate::chain::Chain;
#[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
pub use crate::change::{Change, ChangeKind};
pub use crate::conversion::ConversionError;
#[cfg(all(feature = "mm1", feature = "mm4", feature = "mm7"))]
pub use crate::detect::{Interface, Uncarried, detect};
pub use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Limit};
pub use crate::options::{Decoded, Deviation, DeviationKind, Limits, Options};
pub use crate::shown::{FieldForm, Shown, ShownField, ShownKind};

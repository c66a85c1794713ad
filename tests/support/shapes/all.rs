//! Hostile shapes: messages that grow where a decoder, an encoder or a relay could search, copy or keep
//! more than it has to. Each is a function of the number of its units, so that a test can take it at
//! any size: just behind a power of two, where a list has doubled its memory, or at two sizes, to see
//! how the work grows.

#[cfg(feature = "cdr")]
mod cdr;
mod http;
mod mm1;
mod mm4;
mod mm7;
pub(crate) mod operations;
mod push;
mod smil;

use core::fmt;

use mms_codec::Bytes;
use mms_codec::wsp::Writer;

/// The decoder that a shape attacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Interface {
    Mm1,
    Push,
    Mm4,
    Mm7,
    Http,
    Smil,
    #[cfg(feature = "cdr")]
    Cdr,
}

impl Interface {
    pub(crate) const ALL: &[Self] = &[
        Self::Mm1,
        Self::Push,
        Self::Mm4,
        Self::Mm7,
        Self::Http,
        Self::Smil,
        #[cfg(feature = "cdr")]
        Self::Cdr,
    ];

    /// The shapes of this interface.
    pub(crate) const fn shapes(self) -> &'static [Shape] {
        match self {
            Self::Mm1 => mm1::SHAPES,
            Self::Push => push::SHAPES,
            Self::Mm4 => mm4::SHAPES,
            Self::Mm7 => mm7::SHAPES,
            Self::Http => http::SHAPES,
            Self::Smil => smil::SHAPES,
            #[cfg(feature = "cdr")]
            Self::Cdr => cdr::SHAPES,
        }
    }
}

impl fmt::Display for Interface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mm1 => "mm1",
            Self::Push => "push",
            Self::Mm4 => "mm4",
            Self::Mm7 => "mm7",
            Self::Http => "http",
            Self::Smil => "smil",
            #[cfg(feature = "cdr")]
            Self::Cdr => "cdr",
        })
    }
}

/// One way to grow a message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// What grows.
    pub(crate) name: &'static str,
    /// About how many octets each unit adds.
    unit: usize,
    make: fn(usize) -> Vec<u8>,
}

impl Shape {
    const fn new(name: &'static str, unit: usize, make: fn(usize) -> Vec<u8>) -> Self {
        Self { name, unit, make }
    }

    /// The message with so many units.
    pub(crate) fn with_units(&self, count: usize) -> Bytes {
        (self.make)(count).into()
    }

    /// How many units make about so many octets.
    pub(crate) fn units_in(&self, octets: usize) -> usize {
        (octets / self.unit).max(1)
    }

    /// The message with about so many octets.
    pub(crate) fn of_octets(&self, octets: usize) -> Bytes {
        self.with_units(self.units_in(octets))
    }
}

/// Numbers of units up to `most`, in `steps` from one power of two to the next, and one more: behind a power
/// of two a list has just doubled its memory, and somewhere between two of them a text has.
pub(crate) fn sweep(steps: usize, most: usize) -> impl Iterator<Item = usize> {
    let counts = (4..24).flat_map(move |log| (0..steps).map(move |step| (1 << log) + (step << log) / steps + 1));
    counts.take_while(move |count| *count <= most)
}

fn uintvar(value: usize) -> Vec<u8> {
    let mut to = Writer::new();
    to.uintvar(u32::try_from(value).unwrap());
    to.into_chain().to_vec()
}

/// A value after its value-length, in the form for any length.
fn composite(value: &[u8]) -> Vec<u8> {
    [&b"\x1f"[..], &uintvar(value.len()), value].concat()
}

/// What `one` makes of each number, joined.
fn numbered(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

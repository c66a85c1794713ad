//! Which octets of a message are what: for those who look at octets.
//!
//! Each function walks a message in its octets and calls back with a [`Span`] for every field, length, part and header,
//! with nested messages inside of what carries them. The spans without others inside cover each octet once, in order,
//! whatever the octets are: what belongs to no field has a span, too. [`decode`](crate::mm1::decode) and its siblings
//! report what deviates, by the same offsets.

#[cfg(any(feature = "mm4", feature = "mm7"))]
mod lines;
#[cfg(feature = "mm1")]
mod mm1;
#[cfg(feature = "mm1")]
mod push;
#[cfg(feature = "mm1")]
mod short_message;

use alloc::borrow::Cow;
use alloc::string::String;
use bytes::Bytes;

#[cfg(any(feature = "mm4", feature = "mm7"))]
pub use self::lines::lines;
#[cfg(feature = "mm1")]
pub use self::mm1::mm1;
#[cfg(feature = "mm1")]
pub use self::push::push;
#[cfg(feature = "mm1")]
pub use self::short_message::short_message;

/// Octets that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Span<'a> {
    /// Where they begin, in octets from the start of the input.
    pub offset: usize,
    /// The octets.
    pub octets: &'a [u8],
    /// Number of spans around this one.
    pub depth: usize,
    /// What they are: the specification's name of the field, header or element.
    pub name: Cow<'a, str>,
    /// The value as people read it, if there is one and it can be read.
    pub value: Option<String>,
    /// Whether the spans after it, with a greater depth, are inside of it.
    pub has_inner: bool,
}

/// A walk through a message.
struct Walk<'a, 'f> {
    input: &'a Bytes,
    visit: &'f mut dyn FnMut(Span<'a>),
    depth: usize,
}

impl<'a> Walk<'a, '_> {
    fn octets(&self, start: usize, end: usize) -> &'a [u8] {
        self.input.get(start..end).unwrap_or_default()
    }

    /// Octets without others inside. No octets are not a span.
    fn leaf(&mut self, start: usize, end: usize, name: impl Into<Cow<'a, str>>, value: Option<String>) {
        self.show(start, end, name.into(), value, false);
    }

    /// Whether there is a span, which was shown.
    fn show(&mut self, start: usize, end: usize, name: Cow<'a, str>, value: Option<String>, has_inner: bool) -> bool {
        let octets = self.octets(start, end);
        let is_span = !octets.is_empty();
        if is_span {
            (self.visit)(Span { offset: start, octets, depth: self.depth, name, value, has_inner });
        }
        is_span
    }

    /// Octets with others inside.
    fn outer(
        &mut self,
        start: usize,
        end: usize,
        name: impl Into<Cow<'a, str>>,
        value: Option<String>,
        inside: impl FnOnce(&mut Self),
    ) {
        if self.show(start, end, name.into(), value, true) {
            self.depth += 1;
            inside(self);
            self.depth -= 1;
        }
    }
}

//! What a relay/server or provider on MM7 wants to see: its dialect as data.

use crate::message::{Address, AddressKind, Message, Originator, Plus};

/// The way that one peer on MM7 has addresses. The default is that of the specification.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Plus;
/// use mms_codec::mm7::{Profile, ShortCodes};
///
/// // Numbers without `+`, and short codes among them.
/// let profile = Profile { plus: Plus::Never, short_codes: ShortCodes::Number };
/// assert_ne!(profile, Profile::default());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "written out by users")]
pub struct Profile {
    /// Whether international numbers begin with `+`.
    pub plus: Plus,
    /// The element that short codes are in.
    pub short_codes: ShortCodes,
}

/// The element that short codes are in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ShortCodes {
    /// `ShortCode` (TS 23.140, 8.7).
    #[default]
    ShortCode,
    /// `Number`.
    Number,
}

impl Profile {
    /// Peers of common kinds: the name of each, what it is, and its profile.
    pub const NAMED: &'static [(&'static str, &'static str, Self)] = &[
        (
            "mm7-international-numbers",
            "A peer on MM7 whose numbers all begin with +",
            Self { plus: Plus::Always, short_codes: ShortCodes::ShortCode },
        ),
        (
            "mm7-bare-numbers",
            "A peer on MM7 whose numbers do not begin with +",
            Self { plus: Plus::Never, short_codes: ShortCodes::ShortCode },
        ),
        (
            "mm7-numbers-only",
            "The same, with short codes among the numbers",
            Self { plus: Plus::Never, short_codes: ShortCodes::Number },
        ),
    ];

    /// Gives all addresses of a message the form that the peer has.
    pub fn adapt(&self, message: &mut Message) {
        let from = message.from.iter_mut().filter_map(|from| match from {
            Originator::Address(from) => Some(from),
            Originator::InsertAddress => None,
        });
        for address in from.chain(&mut message.to).chain(&mut message.cc).chain(&mut message.bcc) {
            self.adapt_address(address);
        }
    }

    fn adapt_address(&self, address: &mut Address) {
        match &mut address.kind {
            AddressKind::Phone(number) => self.plus.apply(number),
            AddressKind::ShortCode(code) if self.short_codes == ShortCodes::Number => {
                address.kind = AddressKind::Phone(code.clone());
            }
            _ => {}
        }
    }
}

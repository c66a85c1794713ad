//! What a peer on MM4 wants to see: its dialect as data.

use super::VERSION;
#[cfg(any(feature = "mm1", feature = "mm7"))]
use crate::message::{Address, AddressKind};
use crate::message::{Plus, Str};
use crate::mime::TransferOptions;

/// The dialect of MM4 that one peer speaks. The default is that of the specification.
///
/// # Examples
///
/// ```
/// use mms_codec::message::Plus;
/// use mms_codec::mm4::{Numbers, Profile};
///
/// // Mail systems that know nothing of number types: `447700900123@mms.example.net`.
/// let plain = Profile { numbers: Numbers::Untyped, plus: Plus::Never, ..Profile::default() };
/// assert_ne!(plain, Profile::SPECIFICATION);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "written out by users with `..Profile::default()`")]
pub struct Profile {
    /// The version of TS 23.140 that messages declare (`X-Mms-3GPP-MMS-Version`): the release of the
    /// peer.
    pub version: Str,
    /// Whether numbers have their type.
    pub numbers: Numbers,
    /// Whether international numbers begin with `+`.
    pub plus: Plus,
    /// Whether flags are written if they say what their absence says.
    pub flags: Flags,
    /// What the way to the peer can carry: for [`encode_with`](super::encode_with).
    pub transfer: TransferOptions,
}

/// How numbers are written in addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Numbers {
    /// `+447700900123/TYPE=PLMN@domain` (TS 23.140, 8.4.5).
    #[default]
    Typed,
    /// `+447700900123@domain`, a mailbox to those who read it. Lenient decoding finds the number in it;
    /// strict decoding refuses it.
    Untyped,
}

/// When flags are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Flags {
    /// Always, since peers refuse messages without them: reports, acknowledgement, visibility.
    #[default]
    Always,
    /// Only where the message says something.
    WhenSet,
}

impl Profile {
    /// What the specification has, with all flags.
    pub const SPECIFICATION: Self = Self {
        version: Str::from_static(VERSION),
        numbers: Numbers::Typed,
        plus: Plus::AsWritten,
        flags: Flags::Always,
        transfer: TransferOptions { transfer: crate::mime::Transfer::SevenBit },
    };

    /// A number in the form that the peer has.
    #[cfg(any(feature = "mm1", feature = "mm7"))]
    pub(crate) fn adapt(&self, address: &mut Address) {
        let AddressKind::Phone(number) = &mut address.kind else { return };
        self.plus.apply(number);
        if self.numbers == Numbers::Untyped
            && let Some(domain) = address.details.as_ref().and_then(|details| details.domain.as_deref())
        {
            let mailbox = Address::email(alloc::format!("{number}@{domain}"));
            // Without `+`, digits in the roaming network are a code.
            *address = if number.starts_with('+') { mailbox } else { super::read_address(&mailbox) };
        }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::SPECIFICATION
    }
}

//! What a peer on MM4 wants to see: its dialect as data.

use super::{DeliveryReportReq, ForwardReq, Pdu, Release};
use crate::message::{Address, AddressKind, Originator, Plus, SenderVisibility, Str};
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
    /// Peers of common kinds: the name of each, what it is, and its profile.
    pub const NAMED: &'static [(&'static str, &'static str, Self)] = &[
        (
            "mm4-release-4",
            "An operator with MM4 of TS 23.140, Release 4",
            Self::of(Release::REL_4, Numbers::Typed, Plus::AsWritten),
        ),
        (
            "mm4-release-5",
            "An operator with MM4 of TS 23.140, Release 5",
            Self::of(Release::REL_5, Numbers::Typed, Plus::AsWritten),
        ),
        ("mm4-release-6", "An operator with MM4 of TS 23.140, Release 6", Self::SPECIFICATION),
        (
            "mm4-untyped-numbers",
            "An operator whose mail system knows no types of numbers: +447700900123@domain",
            Self::of(Release::REL_6, Numbers::Untyped, Plus::AsWritten),
        ),
        (
            "mm4-bare-numbers",
            "The same, with numbers that do not begin with +: 447700900123@domain",
            Self::of(Release::REL_6, Numbers::Untyped, Plus::Never),
        ),
    ];

    /// What the specification has, with all flags.
    pub const SPECIFICATION: Self = Self::of(Release::REL_6, Numbers::Typed, Plus::AsWritten);

    const fn of(release: Release, numbers: Numbers, plus: Plus) -> Self {
        let transfer = TransferOptions { transfer: crate::mime::Transfer::SevenBit };
        Self { version: release.version(), numbers, plus, flags: Flags::Always, transfer }
    }

    /// Gives a message the form that the peer has: numbers, flags, and no fields that came after its release.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::{Address, ContentClass};
    /// use mms_codec::mm4::{self, ForwardReq, Pdu, Profile};
    ///
    /// let mut request = ForwardReq::default();
    /// request.message.to.push(mm4::address_at(&Address::phone("+447700900123"), "mms.example.net"));
    /// request.message.content_class = Some(ContentClass::Text);
    /// let mut pdu = Pdu::from(request);
    /// let peer = Profile { version: "5.10.0".into(), plus: mms_codec::message::Plus::Never, ..Profile::default() };
    /// peer.adapt(&mut pdu);
    /// let message = pdu.message().unwrap();
    /// assert_eq!(message.to[0].to_string(), "447700900123/TYPE=PLMN");
    /// assert_eq!((message.content_class, message.delivery_report), (None, Some(false)));
    /// ```
    pub fn adapt(&self, pdu: &mut Pdu) {
        let address = |originator: &mut Originator| {
            if let Originator::Address(address) = originator {
                self.adapt_address(address);
            }
        };
        match pdu {
            Pdu::ForwardReq(request) => {
                let message = &mut request.message;
                message.from.iter_mut().for_each(address);
                message.to.iter_mut().chain(&mut message.cc).for_each(|address| self.adapt_address(address));
                self.put_flags(request);
            }
            Pdu::DeliveryReportReq(request) => {
                let report = &mut request.report;
                report.recipient.iter_mut().chain(&mut report.originator).for_each(|at| self.adapt_address(at));
                self.put_report_flags(request);
            }
            Pdu::ReadReplyReportReq(request) => {
                request.report.recipient.iter_mut().for_each(address);
                request.report.originator.iter_mut().for_each(|address| self.adapt_address(address));
            }
            _ => {}
        }
        // A flag that the peer does not know says what its absence says.
        let _ = pdu.fit_to(&self.version);
    }

    /// Flags of a message that say what their absence says.
    pub(crate) fn put_flags(&self, request: &mut ForwardReq) {
        if self.flags == Flags::Always {
            request.message.delivery_report.get_or_insert(false);
            request.message.sender_visibility.get_or_insert(SenderVisibility::Show);
            request.originator_rs_delivery_report.get_or_insert(false);
        }
    }

    /// Flags of a report that say what their absence says.
    pub(crate) fn put_report_flags(&self, request: &mut DeliveryReportReq) {
        if self.flags == Flags::Always {
            request.forward_to_originator_ua.get_or_insert(true);
        }
    }

    /// A number in the form that the peer has.
    pub(crate) fn adapt_address(&self, address: &mut Address) {
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

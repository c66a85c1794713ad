//! The next system on the way of a message that is passed on as a mail.

#[cfg(feature = "mm4")]
use alloc::vec::Vec;

use super::privacy::People;
use crate::message::{Address, Str};
#[cfg(feature = "mm4")]
use crate::mm4;

/// What a relay has to say to another operator's beside the message or report.
#[cfg(feature = "mm4")]
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "written out by users")]
pub struct Hop {
    /// The own system, an identifier for the mail, and the clock.
    pub posting: mm4::Posting,
    /// Pairs the request with its response.
    pub transaction_id: Str,
    /// The domain that numbers of the own network get.
    pub own_domain: Str,
    /// The domain that numbers of the peer's network get.
    pub peer_domain: Str,
    /// The recipients that the peer serves: the envelope of the mail is for them, the blind ones
    /// among them too, and their numbers get the domain of the peer, others that of the own system.
    /// If there are none here, the peer serves all recipients but the blind ones.
    pub recipients: Vec<Address>,
    /// The dialect of the peer.
    pub profile: mm4::Profile,
    /// Whether a response is wanted.
    pub ack_request: bool,
}

#[cfg(feature = "mm4")]
impl Hop {
    /// To a peer that speaks MM4 as the specification has it, and serves all recipients. A response
    /// is wanted.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm4::Posting;
    /// use mms_codec::relay::Hop;
    ///
    /// let posting = Posting::new("system-user@mms.example.net", "1@mms.example.net", 1_709_631_047);
    /// let hop = Hop::new(posting, "t-1", "mms.example.net", "mms.example.org");
    /// assert!(hop.ack_request && hop.recipients.is_empty());
    /// ```
    pub fn new(
        posting: mm4::Posting,
        transaction_id: impl Into<Str>,
        own_domain: impl Into<Str>,
        peer_domain: impl Into<Str>,
    ) -> Self {
        Self {
            posting,
            transaction_id: transaction_id.into(),
            own_domain: own_domain.into(),
            peer_domain: peer_domain.into(),
            recipients: Vec::new(),
            profile: mm4::Profile::default(),
            ack_request: true,
        }
    }

    /// A recipient whom the peer serves, in his own network if his address says which.
    pub(super) fn at_peer(&self, address: &Address) -> Address {
        let has_domain = address.details.as_ref().is_some_and(|details| details.domain.is_some());
        if has_domain { address.clone() } else { mm4::address_at(address, &self.peer_domain) }
    }
}

/// Without MM4 nothing is passed on as a mail, and none can be made.
#[cfg(not(feature = "mm4"))]
#[derive(Debug)]
pub(super) struct Hop {
    pub(super) own_domain: Str,
    pub(super) peer_domain: Str,
    none: core::convert::Infallible,
}

impl Hop {
    /// The domain of a recipient's number that has none.
    pub(super) fn domain_of(&self, address: &Address, served: &People) -> &str {
        if served.is_empty() || served.has(address) { &self.peer_domain } else { &self.own_domain }
    }

    /// Gives a number the form that the peer has.
    #[cfg_attr(not(feature = "mm4"), expect(unused_variables, reason = "only mails have peers"))]
    pub(super) fn adapt(&self, address: &mut Address) {
        #[cfg(feature = "mm4")]
        self.profile.adapt_address(address);
    }
}

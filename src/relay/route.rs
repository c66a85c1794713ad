//! One message to all networks of its recipients, and to an aggregator.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::interface::Interface;
use super::privacy::People;
use super::wire::{Adapted, adapt};
#[cfg(feature = "mm4")]
use super::{Hop, to_mm4};
use super::{Receipt, Relayed, Taken};
use crate::message::{Address, Message, Str};
#[cfg(feature = "mm4")]
use crate::mm4;
#[cfg(feature = "mm7")]
use crate::mm7;

/// A message for all networks of its recipients.
#[cfg(feature = "mm4")]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Routed {
    /// One mail for each network, in the order of its first recipient.
    pub mails: Vec<Relayed<mm4::ForwardReq>>,
    /// The recipients who have no hop, blind ones among them: those of the own network, and those
    /// who cannot be reached.
    pub others: Vec<Address>,
}

/// Puts a message on MM4 for every network of its recipients: `route` says by which hop a recipient is
/// reached, if by any. Hops to one domain are one mail, made with the first of them. Each mail names
/// all recipients, with the domains of their own networks; a blind one is only in the envelope of
/// the mail to the network that serves him. Addresses that are shown only (`displayOnly`), and those whom
/// the message did not come for ([`Taken::recipients`]), get no copy.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, ContentType, Part, Timestamp};
/// use mms_codec::mm1::SendReq;
/// use mms_codec::mm4::Posting;
/// use mms_codec::relay::{self, Hop, Receipt};
///
/// let mut send = SendReq::default();
/// send.message.to = vec![Address::phone("+447700900123"), Address::phone("+12025550102")];
/// send.message.bcc.push(Address::phone("+33612345678"));
/// send.message.body = Some(Part::new(ContentType::new("text/plain"), "hello"));
/// let receipt = Receipt {
///     arrived: Timestamp::from_seconds(1_709_631_047),
///     message_id: "mm-1".into(),
///     sender: Some(Address::phone("+12025550101")),
///     alias: None,
/// };
/// let routed = relay::route(send, &receipt, |address| {
///     let peer = match address.value() {
///         number if number.starts_with("+44") => "mms.mnc015.mcc234.gprs",
///         number if number.starts_with("+33") => "mms.mnc001.mcc208.gprs",
///         _ => return None,
///     };
///     let posting = Posting::new("system-user@mms.example.net", "1@mms.example.net", 1_709_631_047);
///     Some(Hop::new(posting, "t-1", "mms.example.net", peer))
/// });
/// assert_eq!(routed.others, [Address::phone("+12025550102")]);
/// let recipients: Vec<_> = routed.mails.iter().map(|mail| &mail.envelope.as_ref().unwrap().rcpt_to[..]).collect();
/// assert_eq!(recipients, [
///     ["+447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs"],
///     ["+33612345678/TYPE=PLMN@mms.mnc001.mcc208.gprs"],
/// ]);
/// ```
#[cfg(feature = "mm4")]
pub fn route(from: impl Into<Taken>, receipt: &Receipt, mut route: impl FnMut(&Address) -> Option<Hop>) -> Routed {
    let mut taken = from.into();
    let mut hops: Vec<Hop> = Vec::new();
    let mut by_domain: BTreeMap<Str, usize> = BTreeMap::new();
    let mut others = Vec::new();
    let is_for = taken.is_for();
    let Message { to, cc, bcc, .. } = &mut taken.message;
    for address in to.iter_mut().chain(cc).chain(bcc) {
        if is_display_only(address) || !is_for(address) {
            continue;
        }
        let Some(hop) = route(address) else {
            others.push(address.clone());
            continue;
        };
        // A number that came to the own system with its domain is served by another one.
        let domain = address.details.as_ref().and_then(|details| details.domain.as_ref());
        if domain.is_some_and(|domain| domain.eq_ignore_ascii_case(&hop.own_domain))
            && let Some(details) = &mut address.details
        {
            details.domain = None;
        }
        *address = hop.at_peer(address);
        let index = *by_domain.entry(hop.peer_domain.clone()).or_insert_with(|| {
            hops.push(Hop { recipients: Vec::new(), ..hop });
            hops.len() - 1
        });
        if let Some(hop) = hops.get_mut(index) {
            hop.recipients.push(address.clone());
        }
    }
    let mails = hops.into_iter().map(|hop| to_mm4(taken.clone(), receipt, hop)).collect();
    Routed { mails, others }
}

/// Whom a message is sent to: those whom it is for, and does not only show.
pub(super) fn recipients(message: &Message, is_for: impl Fn(&Address) -> bool) -> impl Iterator<Item = &Address> {
    let Message { to, cc, bcc, .. } = message;
    to.iter().chain(cc).chain(bcc).filter(move |address| !is_display_only(address) && is_for(address))
}

pub(super) fn is_display_only(address: &Address) -> bool {
    address.details.as_ref().is_some_and(|details| details.display_only == Some(true))
}

/// What a service provider says of itself when it submits a message, beside the message.
#[cfg(feature = "mm7")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "written out by users with `..Provider::default()`")]
pub struct Provider {
    /// The version of the schema that the relay/server speaks: that of the
    /// [`Envelope`](mm7::Envelope) too.
    pub schema: mm7::Schema,
    /// `VASPID`
    pub vasp_id: Option<Str>,
    /// `VASID`
    pub vas_id: Option<Str>,
    /// `ServiceCode`
    pub service_code: Option<mm7::ServiceCode>,
    /// `LinkedID`: the message that this one answers.
    pub linked_id: Option<Str>,
    /// `ChargedParty`
    pub charged_party: Option<mm7::ChargedParty>,
    /// How the relay/server has addresses.
    pub profile: mm7::Profile,
}

/// Submits a message to an aggregator or another relay/server over MM7, for `recipients` among its
/// recipients. The others are shown only (`displayOnly`), and blind ones not even that.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, ContentType, Part, Timestamp};
/// use mms_codec::mm1::SendReq;
/// use mms_codec::mm7::{self, Envelope};
/// use mms_codec::relay::{self, Provider, Receipt};
///
/// let mut send = SendReq::default();
/// send.message.from = Some(Address::phone("+12025550101").into());
/// send.message.to = vec![Address::phone("+447700900123"), Address::phone("+447700900124")];
/// send.message.body = Some(Part::new(ContentType::new("text/plain"), "hello"));
/// let receipt = Receipt {
///     arrived: Timestamp::from_seconds(1_709_631_047),
///     message_id: "mm-1".into(),
///     sender: None,
///     alias: None,
/// };
/// let provider = Provider { vasp_id: Some("acme".into()), ..Provider::default() };
/// let recipient = [Address::phone("+447700900124")];
/// let relayed = relay::to_submit(send, &receipt, &provider, &recipient);
/// let shown: Vec<_> = relayed.pdu.message.to.iter().map(|address| address.details.is_some()).collect();
/// assert_eq!(shown, [true, false]);
/// assert!(mm7::encode(&Envelope::new("t-1", relayed.pdu)).is_ok());
/// ```
#[cfg(feature = "mm7")]
pub fn to_submit(
    from: impl Into<Taken>,
    receipt: &Receipt,
    provider: &Provider,
    recipients: &[Address],
) -> Relayed<mm7::SubmitReq> {
    let served: People = recipients.iter().collect();
    let Adapted { mut message, mut lost, .. } = adapt(from.into(), receipt, Interface::Mm7, None, &served);
    for address in message.to.iter_mut().chain(&mut message.cc) {
        if !served.has(address) {
            address.details.get_or_insert_default().display_only = Some(true);
        }
    }
    provider.profile.adapt(&mut message);
    lost.elements(message.retain(mm7::SubmitReq::ELEMENTS));
    let Provider { schema, vasp_id, vas_id, service_code, linked_id, charged_party, profile: _ } = provider.clone();
    let mut pdu = mm7::SubmitReq {
        vasp_id,
        vas_id,
        service_code,
        linked_id,
        charged_party,
        message,
        ..mm7::SubmitReq::default()
    };
    lost.fields(mm7::fit(&mut pdu, &schema));
    Relayed::new(pdu, lost)
}

/// One submission for each recipient of a message, as aggregators want messages to a group: all
/// others are shown only, so that everybody can answer everybody. Blind recipients get a submission
/// of their own, in which no other blind recipient is named.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, ContentType, Part, Timestamp};
/// use mms_codec::mm1::SendReq;
/// use mms_codec::relay::{self, Provider, Receipt};
///
/// let mut send = SendReq::default();
/// send.message.from = Some(Address::phone("+12025550101").into());
/// send.message.to = vec![Address::phone("+447700900123"), Address::phone("+447700900124")];
/// send.message.bcc = vec![Address::phone("+447700900125")];
/// send.message.body = Some(Part::new(ContentType::new("text/plain"), "hello"));
/// let receipt = Receipt {
///     arrived: Timestamp::from_seconds(1_709_631_047),
///     message_id: "mm-1".into(),
///     sender: None,
///     alias: None,
/// };
/// let all = relay::to_submits(send, &receipt, &Provider::default());
/// let blind: Vec<_> = all.iter().map(|relayed| relayed.pdu.message.bcc.len()).collect();
/// assert_eq!(blind, [0, 0, 1]);
/// assert!(all.iter().all(|relayed| relayed.pdu.message.to.len() == 2));
/// ```
#[cfg(feature = "mm7")]
pub fn to_submits(from: impl Into<Taken>, receipt: &Receipt, provider: &Provider) -> Vec<Relayed<mm7::SubmitReq>> {
    let taken = from.into();
    let one = |address: &Address| to_submit(taken.clone(), receipt, provider, core::slice::from_ref(address));
    recipients(&taken.message, taken.is_for()).map(one).collect()
}

//! Taking a message off its interface: what all interfaces carry of it, and what stays behind.

#[cfg(feature = "mm1")]
mod forwarded;
#[cfg(feature = "mm1")]
mod mm1;
#[cfg(feature = "mm4")]
mod mm4;
#[cfg(feature = "mm7")]
mod mm7;
mod report;

use alloc::vec::Vec;

#[cfg(feature = "mm1")]
pub use self::forwarded::forwarded;
#[cfg(feature = "mm4")]
pub use self::mm4::from_mm4;
#[cfg(feature = "mm7")]
pub(super) use self::mm7::left as left_of_mm7;
pub use self::report::{TakenDeliveryReport, TakenReadReport};
use super::Lost;
use super::privacy::People;
#[cfg(feature = "mm4")]
use crate::mail::number_at;
use crate::message::{Address, Header, Message, Str, Timestamp};

/// A message that was taken off its interface: what the functions of this module move.
///
/// `From` makes one of each PDU that carries a message, and [`forwarded`] of a request to forward
/// one. Its fields are public, so that a gateway can change the message before it passes it on.
///
/// # Examples
///
/// ```
/// use mms_codec::mm1::SendReq;
/// use mms_codec::relay::Taken;
///
/// let mut send = SendReq::default();
/// send.message.subject = Some("Hello".into());
/// send.store = Some(true);
/// let taken = Taken::from(send);
/// assert_eq!(taken.message.subject.unwrap(), "Hello");
/// assert_eq!(taken.lost[0].to_string(), "X-Mms-Store is not carried");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Taken {
    /// What all interfaces carry of a message.
    pub message: Message,
    /// Whom the message came for, if not for everybody whom it names: the recipients in the envelope of
    /// its mail. [`route`](super::route) and its siblings send it to no one else.
    pub recipients: Vec<Address>,
    /// The identifier of the message, if the PDU has one, as it was written.
    pub message_id: Option<Str>,
    /// What relative times count from; `None` is the moment the relay got the message.
    pub counts_from: Option<Timestamp>,
    /// Number of times that the message was forwarded, if the PDU says so (`X-Mms-Forward-Counter`).
    pub forward_counter: Option<u32>,
    /// Whether the originator's system wants a delivery report, whatever the user wants
    /// (`X-Mms-Originator-R/S-Delivery-Report`): said on MM4 only.
    pub originator_rs_delivery_report: Option<bool>,
    /// Header fields of a mail of MM4 that no field has a place for, such as those of operators. They
    /// go on to MM4 only.
    pub mail_headers: Vec<Header>,
    /// What the PDU says that no other interface can.
    pub lost: Vec<Lost>,
}

impl From<Message> for Taken {
    fn from(message: Message) -> Self {
        Self { message, ..Self::default() }
    }
}

impl Taken {
    /// Whether the message came for a recipient that it names.
    pub(super) fn is_for(&self) -> impl Fn(&Address) -> bool + use<> {
        is_for(Some(&*self.recipients).filter(|recipients| !recipients.is_empty()))
    }

    /// Gives the message the recipients of its envelope: those whom it does not name are blind ones. Numbers at
    /// `own_domain` are phones.
    #[cfg(feature = "mm4")]
    pub(super) fn came_for(&mut self, recipients: impl Iterator<Item = Address>, own_domain: &str) {
        let number = |address: &Address| number_at(address, |domain| domain.eq_ignore_ascii_case(own_domain));
        let recipients: Vec<_> = recipients.map(|address| number(&address).unwrap_or(address)).collect();
        let Message { to, cc, bcc, .. } = &mut self.message;
        for address in to.iter_mut().chain(&mut *cc) {
            if let Some(number) = number(address) {
                *address = number;
            }
        }
        let mut named: People = to.iter().chain(&*cc).chain(&*bcc).collect();
        for recipient in &recipients {
            if !named.has(recipient) {
                named.insert(recipient);
                bcc.push(recipient.clone());
            }
        }
        self.recipients = recipients;
    }
}

/// Whether a message is for a recipient that it names: for all of them, unless its recipients are given.
pub(super) fn is_for(recipients: Option<&[Address]>) -> impl Fn(&Address) -> bool + use<> {
    let recipients: Option<People> = recipients.map(|recipients| recipients.iter().collect());
    move |address| recipients.as_ref().is_none_or(|recipients| recipients.has(address))
}

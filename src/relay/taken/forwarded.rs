//! Forwarding a stored message at the request of a phone.

use core::mem::take;

use super::Taken;
use super::mm1::left;
use crate::message::{
    Element, ElementSet, Originator, PreviouslySentBy, PreviouslySentDate, SenderVisibility, Str, Timestamp,
};
use crate::mm1::{self, FieldCode};
use crate::relay::interface::Interface;
use crate::relay::lost::Losses;
use crate::relay::privacy::{People, Secrets};
use crate::relay::{Lost, Receipt};

/// The message that a phone forwards without having fetched it (`M-Forward.req`), made of the
/// request and the message that it names.
///
/// Sender, recipients, times, paid replies and wishes for reports are those of the request alone;
/// content, subject, class, priority and the rest are those of the stored message. Who sent it until
/// now and when goes into the history, numbered by how often the message was forwarded before: 0 is
/// who first sent it. One who hides (`X-Mms-Sender-Visibility`) does not: that wish ends with the
/// own message, and would be unknown to those who read the history.
/// [`forward_counter`](Taken::forward_counter) counts this forwarding too.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, Message, Originator, Timestamp};
/// use mms_codec::mm1::ForwardReq;
/// use mms_codec::relay::{self, Receipt};
///
/// let mut stored = Message::default();
/// stored.from = Some(Address::phone("+447700900123").into());
/// stored.subject = Some("Look".into());
/// let mut request = ForwardReq::default();
/// request.message.from = Some(Originator::InsertAddress);
/// request.message.to.push(Address::phone("+447700900125"));
///
/// let receipt = Receipt {
///     arrived: Timestamp::from_seconds(1_709_631_047),
///     message_id: "mm-2".into(),
///     sender: Some(Address::phone("+447700900124")),
///     alias: None,
/// };
/// let taken = relay::forwarded(request, stored, &receipt);
/// assert_eq!(taken.forward_counter, Some(1));
/// let sent_by = &taken.message.previously_sent_by[0];
/// assert_eq!((sent_by.count, &sent_by.address), (Some(0), &Address::phone("+447700900123")));
/// assert_eq!(taken.message.subject.unwrap(), "Look");
/// assert_eq!(taken.message.from, Some(Address::phone("+447700900124").into()));
/// ```
pub fn forwarded(mut request: mm1::ForwardReq, stored: impl Into<Taken>, receipt: &Receipt) -> Taken {
    let Taken {
        message: mut stored,
        recipients: _,
        message_id: _,
        counts_from: _,
        forward_counter,
        originator_rs_delivery_report,
        mail_headers,
        lost,
    } = stored.into();
    // It names the stored message.
    request.content_location = None;
    let mut asked = take(&mut request.message);
    let mut lost = Losses::from(lost);
    // They belong to the mail that the stored message came with.
    lost.option("X-Mms-Originator-R/S-Delivery-Report", originator_rs_delivery_report);
    lost.headers(&mail_headers);
    let mut taken = Losses::default();
    let secrets = Secrets::take(&mut stored, &UNKNOWN, Interface::Mm1, &People::default(), &mut taken);
    // Those who got the stored message are not those of the request.
    let is_of_request = |lost: &Lost| ["To", "Cc", "Bcc"].contains(&&*lost.name);
    lost.extend(taken.into_vec().into_iter().filter(|lost| !is_of_request(lost)));
    secrets.scrub(&mut stored, &mut lost);
    // Not a field of the request, but a wish that a phone may still have.
    let hides = |field: &mm1::Extra| matches!(field, mm1::Extra::Coded { code: FieldCode::SENDER_VISIBILITY, value } if **value == [0x80]);
    if request.extra.iter().any(hides) {
        asked.sender_visibility = Some(SenderVisibility::Hide);
    }
    lost.extend(left(&request).into_vec());
    lost.elements(asked.retain(mm1::ForwardReq::ELEMENTS.with(Element::SenderVisibility)));

    let last = stored.previously_sent_by.iter().filter_map(|by| by.count).max();
    let times = forward_counter.or(last.map(|last| last.saturating_add(1))).unwrap_or(0);
    let is_hidden = stored.sender_visibility == Some(SenderVisibility::Hide);
    match stored.from.take() {
        Some(Originator::Address(address)) if !is_hidden => {
            stored.previously_sent_by.push(PreviouslySentBy::new(times, address));
            stored.previously_sent_date.extend(stored.date.map(|date| PreviouslySentDate::new(times, date)));
        }
        from => {
            lost.option("From", from);
            lost.option("Date", stored.date);
        }
    }
    let not_kept = stored.retain(OF_THE_CONTENT);
    lost.elements(not_kept.without(OF_THE_REQUEST));
    asked.date.get_or_insert(receipt.arrived);
    if !matches!(asked.from, Some(Originator::Address(_))) {
        asked.from = receipt.sender.clone().map(Originator::Address);
    }
    asked.take_over(OF_THE_CONTENT, stored);
    Taken { message: asked, forward_counter: Some(times.saturating_add(1)), lost: lost.into_vec(), ..Taken::default() }
}

/// What is known of the sender of a stored message that says nothing of him.
const UNKNOWN: Receipt =
    Receipt { arrived: Timestamp::from_seconds(0), message_id: Str::from_static(""), sender: None, alias: None };

/// What a forwarded message keeps.
const OF_THE_CONTENT: ElementSet = ElementSet::EMPTY
    .with(Element::Subject)
    .with(Element::MessageClass)
    .with(Element::Priority)
    .with(Element::DistributionIndicator)
    .with(Element::ApplicId)
    .with(Element::ReplyApplicId)
    .with(Element::AuxApplicInfo)
    .with(Element::ContentClass)
    .with(Element::DrmContent)
    .with(Element::AdaptationAllowed)
    .with(Element::PreviouslySentBy)
    .with(Element::PreviouslySentDate)
    .with(Element::Body);

/// What the request says anew, and the history of the sender and the date.
const OF_THE_REQUEST: ElementSet = mm1::ForwardReq::ELEMENTS;

//! What the interface that a message goes to can say of it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

#[cfg(feature = "mm4")]
use super::Relayed;
use super::hop::Hop;
use super::interface::Interface;
use super::lost::{Losses, MESSAGE_ID, header_name};
use super::privacy::{People, Secrets};
use super::{Receipt, Taken};
use crate::message::{
    Address, AddressDetails, AddressKind, Charset, Element, Header, Interval, Message, Originator, SenderVisibility,
    Text, Time, Timestamp, bare_id,
};
#[cfg(feature = "mm4")]
use crate::{mm4, mm4::value::Mm4, table::Table};

/// What a message is made fit for an interface with.
#[derive(Debug)]
pub(super) struct Adapted {
    pub(super) message: Message,
    /// `X-Mms-Forward-Counter`, on MM4.
    pub(super) forward_counter: Option<u32>,
    /// `X-Mms-Originator-R/S-Delivery-Report`, on MM4.
    pub(super) originator_rs_delivery_report: Option<bool>,
    /// Header fields of the mail, on MM4.
    pub(super) mail_headers: Vec<Header>,
    pub(super) lost: Losses,
}

/// Makes the values of a message ones that the interface has, as far as that takes knowledge: what
/// it cannot express at all is found by the field tables. Numbers get the domains of the hop, and
/// of the blind recipients those in `served` stay, but on MM4.
pub(super) fn adapt(
    taken: Taken,
    receipt: &Receipt,
    interface: Interface,
    hop: Option<&Hop>,
    served: &People,
) -> Adapted {
    let Taken {
        mut message,
        recipients: _,
        message_id,
        counts_from,
        mut forward_counter,
        mut originator_rs_delivery_report,
        mut mail_headers,
        lost,
    } = taken;
    let mut lost = Losses::from(lost);
    let lost_to = &mut lost;
    if interface != Interface::Mm4 {
        lost_to.option("X-Mms-Originator-R/S-Delivery-Report", originator_rs_delivery_report.take());
        lost_to.option("X-Mms-Forward-Counter", forward_counter.take());
        lost_to.headers(&core::mem::take(&mut mail_headers));
    }
    match message_id {
        Some(_) if interface == Interface::Mm7 => lost_to.not_carried(MESSAGE_ID),
        Some(id) if bare_id(&id) != bare_id(&receipt.message_id) => lost_to.changed(MESSAGE_ID),
        _ => {}
    }
    let nobody = People::default();
    let in_bcc = if interface.has_domains() { &nobody } else { served };
    let secrets = Secrets::take(&mut message, receipt, interface, in_bcc, lost_to);
    secrets.scrub(&mut message, lost_to);
    let mail_headers = fit_headers(mail_headers, lost_to, |header| !secrets.are_in_header(header));
    let mail_headers = of_next_mail(mail_headers, lost_to);
    adapt_sender(&mut message, receipt, interface, lost_to);
    adapt_times(&mut message, counts_from.unwrap_or(receipt.arrived), interface, lost_to);
    if message.reply_charging.is_none() {
        // The two say nothing alone.
        lost_to.option("X-Mms-Reply-Charging-Deadline", message.reply_charging_deadline.take());
        lost_to.option("X-Mms-Reply-Charging-Size", message.reply_charging_size.take());
    }
    if interface == Interface::Mm7 && message.body.is_none() {
        // It is said of the content.
        lost_to.option("X-Mms-Adaptation-Allowed", message.adaptation_allowed.take());
    }
    if let Some(subject) = &mut message.subject {
        adapt_text(Element::Subject.name(), subject, interface, lost_to);
    }
    adapt_addresses(&mut message, interface, hop, served, lost_to);
    adapt_history(&mut message, interface, lost_to);
    if let Some(body) = &mut message.body {
        super::body::adapt(body, interface, lost_to);
    }
    Adapted { message, forward_counter, originator_rs_delivery_report, mail_headers, lost }
}

/// Removes the header fields that the next mail does not have.
pub(super) fn of_next_mail(headers: Vec<Header>, lost: &mut Losses) -> Vec<Header> {
    fit_headers(headers, lost, |header| !OF_ONE_MAIL.iter().any(|name| header.is(name)))
}

/// Removes what the peer cannot have from a request of MM4: what its version does not know, values that cannot be
/// written, and header fields beside a field that the relay filled in, since the value that came could not be read.
/// `put_flags` adds the flags that the peer insists on.
#[cfg(feature = "mm4")]
pub(super) fn fit_to_peer<P: Table<Mm4>>(
    mut request: P,
    envelope: mm4::SmtpEnvelope,
    mut lost: Losses,
    profile: &mm4::Profile,
    put_flags: impl FnOnce(&mm4::Profile, &mut P),
) -> Relayed<P> {
    lost.changes(mm4::fit_to(&mut request, &profile.version));
    put_flags(profile, &mut request);
    // A flag that the peer does not know says what its absence says.
    let _ = mm4::fit_to(&mut request, &profile.version);
    lost.fields(mm4::fit(&mut request));
    let headers = core::mem::take(request.extra_mut());
    *request.extra_mut() = fit_headers(headers, &mut lost, |header| mm4::can_write_extra(header, &request));
    Relayed { envelope: Some(envelope), ..Relayed::new(request, lost) }
}

/// Removes the header fields that cannot go on.
fn fit_headers(mut headers: Vec<Header>, lost: &mut Losses, can_go_on: impl Fn(&Header) -> bool) -> Vec<Header> {
    headers.retain(|header| {
        let is_kept = can_go_on(header);
        if !is_kept {
            lost.not_carried(header_name(header));
        }
        is_kept
    });
    headers
}

/// What a mail says of its own envelope and signature, which the next mail does not have.
const OF_ONE_MAIL: [&str; 8] = [
    "Bcc",
    "Resent-Bcc",
    "Return-Path",
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "DKIM-Signature",
    "Content-Length",
];

fn adapt_sender(message: &mut Message, receipt: &Receipt, interface: Interface, lost: &mut Losses) {
    if message.from.as_ref().is_none_or(|from| from.address().is_none()) {
        let had_token = message.from.is_some();
        message.from = receipt.sender.clone().map(Originator::Address);
        if had_token && message.from.is_none() {
            lost.not_carried("From");
        }
    }
    if message.sender_visibility != Some(SenderVisibility::Hide) {
        return;
    }
    match &receipt.alias {
        Some(alias) => {
            message.from = Some(alias.clone().into());
            lost.element_changed(Element::From);
        }
        // MM4 alone says that the address is to be hidden.
        None if interface != Interface::Mm4 => lost.option("From", message.from.take()),
        None => {}
    }
}

/// Each interface counts relative times from another moment, so that they become absolute.
fn adapt_times(message: &mut Message, base: Timestamp, interface: Interface, lost: &mut Losses) {
    let times = [
        (Element::Expiry, &mut message.expiry),
        (Element::DeliveryTime, &mut message.delivery_time),
        (Element::ReplyChargingDeadline, &mut message.reply_charging_deadline),
    ];
    for (element, time) in times {
        let Some(time) = time else { continue };
        if let Time::Relative(interval) = time {
            if interval.months > 0 {
                lost.element_changed(element);
            }
            *time = Time::Absolute(absolute(base, *interval));
        }
        if let Time::Absolute(timestamp) = time
            && !whole_seconds(timestamp, interface)
        {
            lost.element_changed(element);
        }
    }
    if message.date.as_mut().is_some_and(|date| !whole_seconds(date, interface)) {
        lost.element_changed(Element::Date);
    }
    let dates = message.previously_sent_date.iter_mut();
    if dates.filter_map(|sent| (!whole_seconds(&mut sent.date, interface)).then_some(())).count() > 0 {
        lost.element_changed(Element::PreviouslySentDate);
    }
}

/// The end of an interval, with what a month counts as.
pub(super) fn absolute(base: Timestamp, interval: Interval) -> Timestamp {
    let seconds = i64::try_from(interval.total_seconds()).unwrap_or(i64::MAX);
    let nanoseconds = u64::from(base.nanoseconds) + u64::from(interval.nanoseconds);
    let carried = i64::from(nanoseconds >= 1_000_000_000);
    Timestamp {
        seconds: base.seconds.saturating_add(seconds).saturating_add(carried),
        nanoseconds: u32::try_from(nanoseconds % 1_000_000_000).unwrap_or_default(),
        offset_minutes: base.offset_minutes,
    }
}

/// Takes the fraction of a second off where only MM7 has one; whether there was none.
pub(super) fn whole_seconds(timestamp: &mut Timestamp, interface: Interface) -> bool {
    interface == Interface::Mm7 || core::mem::take(&mut timestamp.nanoseconds) == 0
}

/// Control characters, which XML may have in texts, become blanks; octets that are not text in their
/// charset, which only MM1 can say, become the replacement character. Phones and mail know UTF-8,
/// whatever the charset of the source.
pub(super) fn adapt_text(name: &'static str, text: &mut Text, interface: Interface, lost: &mut Losses) {
    let dirty = match text.as_str() {
        Some(plain) if plain.contains(char::is_control) => plain.to_string(),
        None if interface != Interface::Mm1 => text.to_string(),
        Some(_) if is_unreadable(text, interface) => {
            *text = core::mem::take(text).into_utf8();
            return;
        }
        _ => return,
    };
    let clean: String = dirty.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    *text = match text.charset().filter(|_| text.as_str().is_some() && !is_unreadable(text, interface)) {
        Some(charset) => Text::with_charset(clean, charset),
        None => clean.into(),
    };
    lost.changed(name);
}

/// Whether the charset of a text is one that readers on the interface do not know: on MM1 any but
/// UTF-8, and on mail one that has no encoded-words (RFC 2047).
fn is_unreadable(text: &Text, interface: Interface) -> bool {
    text.charset().is_some_and(|charset| match interface {
        Interface::Mm1 => charset != Charset::UTF_8,
        Interface::Mm4 | Interface::Mail => charset.has_nul_octets() || !charset.can_encode(),
        Interface::Mm7 => false,
    })
}

fn adapt_addresses(message: &mut Message, interface: Interface, hop: Option<&Hop>, served: &People, lost: &mut Losses) {
    if let Some(Originator::Address(from)) = &mut message.from {
        adapt_address("From", from, interface, hop.map(|hop| &*hop.own_domain), lost);
    }
    for (name, addresses) in [("To", &mut message.to), ("Cc", &mut message.cc), ("Bcc", &mut message.bcc)] {
        for address in addresses {
            let domain = hop.map(|hop| hop.domain_of(address, served));
            adapt_address(name, address, interface, domain, lost);
        }
    }
    for by in &mut message.previously_sent_by {
        // On MM4 they may do without.
        let domain = hop.filter(|_| interface == Interface::Mail).map(|hop| &*hop.own_domain);
        adapt_address(Element::PreviouslySentBy.name(), &mut by.address, interface, domain, lost);
    }
    if let Some(hop) = hop {
        let from = message.from.iter_mut().filter_map(|from| match from {
            Originator::Address(from) => Some(from),
            Originator::InsertAddress => None,
        });
        let history = message.previously_sent_by.iter_mut().map(|by| &mut by.address);
        let history = history.filter(|_| interface == Interface::Mail);
        from.chain(&mut message.to).chain(&mut message.cc).chain(history).for_each(|address| hop.adapt(address));
    }
}

/// Gives an address the form that the interface has for it; on MM4 with a domain.
#[cfg_attr(not(feature = "mm4"), expect(unused_variables, reason = "only mails have domains"))]
pub(super) fn adapt_address(
    name: &'static str,
    address: &mut Address,
    interface: Interface,
    domain: Option<&str>,
    lost: &mut Losses,
) {
    let is_number = |kind: &AddressKind| match kind {
        AddressKind::Phone(_) => true,
        AddressKind::ShortCode(number) => number.starts_with('+'),
        _ => false,
    };
    if is_number(&address.kind) && !address.kind.is_valid() {
        // With a type that was left out, it may be one as it is.
        let typed = AddressKind::Phone(address.kind.parts().0.clone());
        if typed.is_valid() {
            address.kind = typed;
        } else if address.normalize() {
            lost.changed(name);
        }
    }
    if let Some(mut details) = address.details.take() {
        let AddressDetails { domain, name: display_name, display_only, coding, id, words } = &mut *details;
        words.take_if(|_| interface != Interface::Mm1);
        if !interface.has_domains() {
            *domain = None;
            if display_name.take().is_some() {
                lost.not_carried(alloc::format!("{name}; name"));
            }
        }
        if interface != Interface::Mm7 {
            let mut take = |attribute, is_there| {
                if is_there {
                    lost.not_carried(alloc::format!("{name}@{attribute}"));
                }
            };
            take("displayOnly", display_only.take().is_some());
            take("addressCoding", coding.take().is_some());
            take("id", id.take().is_some());
        }
        let says_something = details.words.is_some() || *details != AddressDetails::default();
        address.details = says_something.then_some(details);
    }
    if interface == Interface::Mm1 {
        if !address.kind.is_valid() {
            respell(name, address, Address::from(&*address.to_string()).kind.into(), lost);
        }
        return;
    }
    let (value, _) = address.kind.parts();
    if value.trim_ascii().len() < value.len() {
        // The white space would not be read again, and behind it may be a number.
        address.kind = Address::from(address.to_string().trim_ascii()).kind;
    }
    if let AddressKind::ShortCode(number) = &address.kind
        && number.starts_with('+')
    {
        // A number whose type was left out.
        address.kind = AddressKind::Phone(number.clone());
    }
    #[cfg(feature = "mm4")]
    if interface.has_domains() {
        let has_domain = address.details.as_ref().is_some_and(|details| details.domain.is_some());
        if let Some(domain) = domain.filter(|_| !has_domain) {
            *address = mm4::address_at(address, domain);
        }
        adapt_to_mail(name, address, lost);
    }
}

/// A code or name at a domain reads as a mailbox, but for codes in the roaming network. A code as long as
/// a number is one there.
#[cfg(feature = "mm4")]
fn adapt_to_mail(name: &'static str, address: &mut Address, lost: &mut Losses) {
    let read = mm4::read_address(address);
    if read == *address {
        return;
    }
    if let AddressKind::ShortCode(code) = &address.kind
        && AddressKind::Phone(code.clone()).is_valid()
    {
        address.kind = AddressKind::Phone(code.clone());
        lost.changed(name);
    } else {
        respell(name, address, read, lost);
    }
}

/// What is not what its kind says becomes what the interface reads, but nothing that was not a mailbox
/// becomes one, unless it is one at the domain that it was given: that would be somebody else.
fn respell(name: &'static str, address: &mut Address, read: Address, lost: &mut Losses) {
    let (mailbox, _) = read.kind.parts();
    let bare = mailbox.rsplit_once('<').and_then(|(_, bare)| bare.strip_suffix('>')).unwrap_or(mailbox);
    let host = bare.rsplit_once('@');
    let domain = address.details.as_ref().and_then(|details| details.domain.as_deref());
    let is_own = host.is_some_and(|(local, host)| local == address.kind.parts().0 && Some(host) == domain);
    if host.is_none() || is_own || matches!(address.kind, AddressKind::Email(_)) {
        *address = read;
        lost.changed(name);
    }
}

/// Numbers those who passed a message on by their place, where MM7 left the numbers out. MM7 counts
/// from 1, the others from 0, the original sender.
fn adapt_history(message: &mut Message, interface: Interface, lost: &mut Losses) {
    if interface == Interface::Mm7 {
        let by = message.previously_sent_by.iter_mut().map(|by| &mut by.count);
        let dates = message.previously_sent_date.iter_mut().map(|date| &mut date.count);
        let mut counts: Vec<_> = by.chain(dates).flatten().collect();
        if counts.iter().any(|count| **count == 0) {
            counts.iter_mut().for_each(|count| **count = count.saturating_add(1));
            lost.element_changed(Element::PreviouslySentBy);
            if !message.previously_sent_date.is_empty() {
                lost.element_changed(Element::PreviouslySentDate);
            }
        }
        return;
    }
    let by = message.previously_sent_by.iter_mut().map(|by| &mut by.count).zip(1..);
    let by = by.filter_map(number).count();
    let dates = message.previously_sent_date.iter_mut().map(|date| &mut date.count).zip(1..);
    let dates = dates.filter_map(number).count();
    for (count, element) in [(by, Element::PreviouslySentBy), (dates, Element::PreviouslySentDate)] {
        if count > 0 {
            lost.element_changed(element);
        }
    }
}

/// Fills a number in where there is none.
fn number((count, place): (&mut Option<u32>, u32)) -> Option<u32> {
    count.is_none().then(|| *count.insert(place))
}

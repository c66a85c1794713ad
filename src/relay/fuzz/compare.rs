//! Comparing what was relayed with what came.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use bytes::Bytes;

use crate::message::{
    Address, AddressKind, ContentDisposition, DeliveryReport, Element, ElementSet, Message, Originator, Parameter,
    Part, ReadReport, ReplyCharging, Str, Text,
};
use crate::relay::{Delivery, Lost};

/// What notification and retrieval say together.
pub(super) fn shown(pdu: &Delivery) -> Message {
    let (mut shown, announced) = (pdu.retrieve.message.clone(), &pdu.notification.message);
    shown.take_over(announced.elements().without(shown.elements()), announced.clone());
    shown
}

pub(super) fn assert_same(written: Option<&Message>, read: Option<&Message>) {
    if let (Some(written), Some(read)) = (written, read) {
        assert_listed(written, read, &[]);
        assert_eq!(everybody(written), everybody(read), "every recipient is who it was");
        if written.body != read.body {
            assert_eq!(headers(written), headers(read), "every part has its headers");
        }
    }
}

fn everybody(message: &Message) -> [&[Address]; 3] {
    [&message.to, &message.cc, &message.bcc]
}

/// What is said of the parts of a multipart, in a form that is the same on all interfaces.
fn headers(message: &Message) -> Vec<(String, String, bool, usize)> {
    let parts = message.body.iter().filter(|body| body.octets().is_none()).flat_map(Part::leaves);
    let said = parts.map(|part| {
        (bare_name(&part.content_id), bare_name(&part.content_location), part.disposition.is_some(), part.headers.len())
    });
    said.collect()
}

/// What names a part, without the angle brackets that it may be written with.
fn bare_name(name: &Option<Str>) -> String {
    name.as_deref().unwrap_or_default().trim().trim_matches(['<', '>']).to_string()
}

fn only(message: &Message, element: Element) -> Message {
    let mut message = Message { body: None, ..message.clone() };
    message.retain(ElementSet::EMPTY.with(element));
    message
}

/// Whatever is gone or has another value is in the list.
pub(super) fn assert_listed(before: &Message, after: &Message, lost: &[Lost]) {
    let is_listed = |element: Element| lost.iter().any(|lost| lost.part.is_none() && lost.name == element.name());
    let differing = before.differing(after);
    let unlisted = before.elements().iter().filter(|element| differing.contains(*element) && !is_listed(*element));
    for element in unlisted.filter(|element| *element != Element::Body) {
        let (was, is) = (only(before, element), only(after, element));
        let (was, is) = match element {
            // The sender whom the relay knows replaces the token.
            Element::From if before.from == Some(Originator::InsertAddress) => continue,
            Element::From | Element::To | Element::Cc | Element::Bcc | Element::PreviouslySentBy => {
                (addresses(&was), addresses(&is))
            }
            Element::Date | Element::PreviouslySentDate => (dates(&was), dates(&is)),
            // Relative ones become absolute.
            Element::Expiry | Element::DeliveryTime | Element::ReplyChargingDeadline => {
                assert!(is.elements().contains(element), "{element:?} is gone");
                continue;
            }
            Element::Subject => (texts(&was), texts(&is)),
            _ => (format!("{:?}", granted(was)), format!("{:?}", granted(is))),
        };
        assert_eq!(was, is, "{element:?} is in the list: {lost:?}");
    }
    if before.body == after.body {
        return;
    }
    let (before, after) = (contents(before), contents(after));
    // Without a charset that the other side has no name for, a text reads as an unlabelled one.
    let labels = ["Content-Type; charset", "Content-Type; 0x81"];
    let is_unlabelled =
        lost.iter().any(|lost| lost.part.is_some() && labels.iter().any(|label| lost.name.eq_ignore_ascii_case(label)));
    let is_same = before.len() == after.len()
        && before.iter().zip(&after).all(|(was, is)| match (&was.0, &is.0) {
            // What is cut off from a text in the charset of the label may be text without the label.
            (Some(text), Some(now)) => text == now || (is_unlabelled && was.1 == is.1),
            // A media type that is none, such as `le+xml`, is replaced: one side is text, the other octets.
            _ => was.1 == is.1 || is_unlabelled,
        });
    assert!(is_same, "every content is the same: {before:?} {after:?}: {lost:?}");
}

/// The same after two steps, with what is said of the parts.
pub(super) fn assert_carried(before: &Message, after: &Message, lost: &[Lost]) {
    assert_listed(before, after, lost);
    if before.body == after.body {
        return;
    }
    let is_listed = |name: &str| lost.iter().any(|lost| lost.part.is_some() && lost.name.starts_with(name));
    let (before, after) = (parts(before), parts(after));
    for (was, is) in before.iter().zip(&after).filter(|_| before.len() == after.len()) {
        for ((name, was), (_, is)) in was.iter().zip(is) {
            assert!(was == is || is_listed(name), "{name} {was:?} became {is:?}, and is in the list: {lost:?}");
        }
    }
}

/// What is said of the parts of a multipart, by header, in a form that is the same on all interfaces.
fn parts(message: &Message) -> Vec<[(&'static str, String); 4]> {
    // On mail there is one parameter of a name; the same again says nothing more. Texts may travel in
    // another charset.
    let once = |value: String, parameters: &[Parameter]| {
        let parameters = parameters.iter().filter(|parameter| !parameter.is("charset")).map(ToString::to_string);
        let pieces: BTreeSet<_> = parameters.chain([value]).map(|piece| piece.to_ascii_lowercase()).collect();
        format!("{pieces:?}")
    };
    let disposition = |of: &ContentDisposition| once(of.kind.to_string(), &of.parameters);
    let leaves = message.body.iter().filter(|body| body.octets().is_none()).flat_map(Part::leaves);
    let said = leaves.map(|part| {
        [
            ("Content-ID", bare_name(&part.content_id)),
            ("Content-Location", bare_name(&part.content_location)),
            ("Content-Disposition", part.disposition.as_deref().map(disposition).unwrap_or_default()),
            ("Content-Type", once(part.content_type.media.to_string(), &part.content_type.parameters)),
        ]
    });
    said.collect()
}

/// The content of each part that has one, and its text in UTF-8 without the charset that XML says, if
/// it is text: a multipart without parts becomes an empty part.
fn contents(message: &Message) -> Vec<(Option<Bytes>, Bytes)> {
    let leaves = message.body.iter().flat_map(Part::leaves);
    let contents = leaves.filter_map(|part| {
        let text = part.text().map(|text| without_encoding(&text).into());
        Some((text, Bytes::from(part.decoded()?.into_owned())))
    });
    contents.filter(|(text, octets)| !text.as_ref().unwrap_or(octets).is_empty()).collect()
}

/// An XML declaration says the charset, which may be another one.
fn without_encoding(text: &str) -> String {
    let declaration = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    match declaration {
        Some((declaration, rest)) if declaration.contains("encoding") => rest.into(),
        _ => text.into(),
    }
}

fn granted(mut message: Message) -> Message {
    message.reply_charging = message.reply_charging.map(|reply_charging| match reply_charging {
        ReplyCharging::Requested => ReplyCharging::Accepted,
        ReplyCharging::RequestedTextOnly => ReplyCharging::AcceptedTextOnly,
        granted => granted,
    });
    message
}

/// Without the type of a number, and without a domain behind it.
fn bare(address: &Address) -> String {
    let text = address.to_string();
    let text = text.trim();
    let is_typed = |text: &str| !matches!(Address::from(text).kind, AddressKind::Email(_) | AddressKind::Other(_));
    // On MM1, a number with a domain is not a number.
    let number = text.rsplit_once('@').map(|(local, _)| local).filter(|local| local.contains('/') && is_typed(local));
    let text = Address::from(number.unwrap_or(text).trim()).to_string();
    text.strip_suffix("/TYPE=PLMN").unwrap_or(&text).to_string()
}

fn addresses(message: &Message) -> String {
    let Message { from, to, cc, bcc, previously_sent_by, .. } = message;
    let from = from.iter().filter_map(Originator::address);
    let all = from.chain(to).chain(cc).chain(bcc).chain(previously_sent_by.iter().map(|by| &by.address));
    format!("{:?}", all.map(bare).collect::<Vec<_>>())
}

fn dates(message: &Message) -> String {
    let all = message.date.iter().chain(message.previously_sent_date.iter().map(|sent| &sent.date));
    format!("{:?}", all.map(|date| (date.seconds, date.nanoseconds)).collect::<Vec<_>>())
}

fn texts(message: &Message) -> String {
    message.subject.as_ref().map(Text::to_string).unwrap_or_default()
}

/// The names under which a value may be in the list, and the value.
pub(super) type Value = (&'static [&'static str], Option<String>);

pub(super) fn of_delivery_report(report: &DeliveryReport) -> Vec<Value> {
    let DeliveryReport {
        message_id,
        recipient,
        originator,
        date,
        status,
        status_extension,
        status_text,
        applic_id,
        reply_applic_id,
        aux_applic_info,
    } = report;
    alloc::vec![
        (
            &["X-Mms-Message-ID", "MessageID", "Message-ID"],
            message_id.as_deref().map(|id| crate::message::bare_id(id).trim().to_string())
        ),
        (&["To", "From", "Recipient"], recipient.as_ref().map(bare)),
        (&["To", "Sender", "Originator"], originator.as_ref().map(bare)),
        (&["Date", "TimeStamp"], date.map(|date| format!("{:?}", (date.seconds, date.nanoseconds)))),
        (&["X-Mms-MM-Status-Code"], status.as_ref().map(|status| format!("{status:?}"))),
        (&["X-Mms-MM-Status-Extension", "MMStatusExtension"], status_extension.map(|status| format!("{status:?}"))),
        (&["X-Mms-Status-Text", "StatusText"], status_text.as_ref().map(Text::to_string)),
        (&["X-Mms-Applic-ID", "ApplicID"], applic_id.as_ref().map(ToString::to_string)),
        (&["X-Mms-Reply-Applic-ID", "ReplyApplicID"], reply_applic_id.as_ref().map(ToString::to_string)),
        (&["X-Mms-Aux-Applic-Info", "AuxApplicInfo"], aux_applic_info.as_ref().map(ToString::to_string)),
    ]
}

pub(super) fn of_read_report(report: &ReadReport) -> Vec<Value> {
    let ReadReport {
        message_id,
        recipient,
        originator,
        date,
        status,
        status_text,
        applic_id,
        reply_applic_id,
        aux_applic_info,
    } = report.clone();
    let recipient = recipient.and_then(|recipient| recipient.address().cloned());
    let mut values = of_delivery_report(&DeliveryReport {
        message_id,
        recipient,
        originator,
        date,
        status_text,
        applic_id,
        reply_applic_id,
        aux_applic_info,
        ..DeliveryReport::default()
    });
    values.push((&["X-Mms-Read-Status", "MMStatus"], status.map(|status| format!("{status:?}"))));
    values
}

pub(super) fn assert_values_listed(before: &[Value], after: &[Value], lost: &[Lost]) {
    for ((names, was), (_, is)) in before.iter().zip(after) {
        let is_listed = lost.iter().any(|lost| names.contains(&&*lost.name));
        assert!(was.is_none() || was == is || is_listed, "{names:?} {was:?} became {is:?}: {lost:?}");
    }
}

//! Messages.

use mms_codec::message::{
    Address, AddressKind, Charset, Content, ContentType, Element, ElementSet, Header, Interval, Message, MessageClass,
    Originator, Parameter, Part, ReplyCharging, Text, Time, Timestamp,
};
use mms_codec::mm1::{self, Announcement};
use mms_codec::mm4;
use mms_codec::relay::{self, LossKind, Lost, Receipt, Service, Taken};
use mms_codec::{Bytes, Deviation, DeviationKind, EncodeError, Options, mm7};

use crate::corpus::say;
use crate::known::{self, ARRIVED, hop};
use crate::sources::{self, Any};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Interface {
    Mm1,
    Mm4,
    Mm7,
}

const INTERFACES: [Interface; 3] = [Interface::Mm1, Interface::Mm4, Interface::Mm7];

fn receipt(taken: &Taken) -> Receipt {
    Receipt {
        arrived: ARRIVED,
        message_id: taken.message_id.clone().unwrap_or_else(|| "mm-1".into()),
        sender: Some(Address::phone("+12025550199")),
        alias: None,
    }
}

/// Of a relay that keeps messages for as long as the sender wants.
fn announcement() -> Announcement {
    Announcement { expiry: Interval::from_seconds(u64::from(u32::MAX)), ..known::announcement() }
}

/// The message that a PDU carries, the interface it comes from, and the names and values of what
/// only that interface has.
fn taken(any: &Any) -> Option<(Interface, Taken, Names)> {
    let of_mm1 = |pdu: &mm1::Pdu, taken| Some((Interface::Mm1, taken, own_fields(&pdu.fields())));
    let of_mm7 = |envelope: &mm7::Envelope, taken| Some((Interface::Mm7, taken, own_fields(&envelope.fields())));
    match any {
        Any::Mm1(pdu @ mm1::Pdu::SendReq(send)) => of_mm1(pdu, send.clone().into()),
        Any::Mm1(pdu @ mm1::Pdu::RetrieveConf(conf)) => of_mm1(pdu, conf.clone().into()),
        Any::Mm4(pdu @ mm4::Pdu::ForwardReq(request)) => {
            Some((Interface::Mm4, request.clone().into(), own_fields(&pdu.fields())))
        }
        Any::Mm7(envelope) => match &envelope.pdu {
            mm7::Pdu::SubmitReq(pdu) => of_mm7(envelope, pdu.clone().into()),
            mm7::Pdu::DeliverReq(pdu) => of_mm7(envelope, pdu.clone().into()),
            mm7::Pdu::ReplaceReq(pdu) => of_mm7(envelope, pdu.clone().into()),
            mm7::Pdu::ExtendedReplaceReq(pdu) => of_mm7(envelope, pdu.clone().into()),
            _ => None,
        },
        _ => None,
    }
}

/// The names of the fields of a PDU, as the PDU itself shows them.
struct Names {
    all: Vec<String>,
    /// Those that are no element of the shared message, and do not belong to one exchange alone.
    own: Vec<String>,
}

fn own_fields(fields: &[mms_codec::ShownField]) -> Names {
    /// What every exchange has anew, and what is an element or the identifier of the message.
    const NOT: [&str; 56] = [
        "X-Mms-Transaction-ID",
        "X-Mms-MMS-Version",
        "X-Mms-3GPP-MMS-Version",
        "X-Mms-Forward-Counter",
        "X-Mms-Message-ID",
        "TransactionID",
        "MM7Version",
        "MessageID",
        "Content@href",
        "Content@allowAdaptations",
        "X-Mms-Read-Reply",
        "X-Mms-Previously-sent-by",
        "X-Mms-Previously-sent-date-and-time",
        "X-Mms-Drm-Content",
        "SenderIdentification.SenderAddress",
        "Sender.Number",
        "Recipients.To",
        "Recipients.Cc",
        "Recipients.Bcc",
        "MessageClass",
        "TimeStamp",
        "ReplyCharging",
        "ReplyCharging@replyChargingSize",
        "ReplyCharging@replyDeadline",
        "ReplyChargingID",
        "EarliestDeliveryTime",
        "ExpiryDate",
        "DeliveryReport",
        "ReadReply",
        "Priority",
        "Subject",
        "DistributionIndicator",
        "ApplicID",
        "ReplyApplicID",
        "AuxApplicInfo",
        "ContentClass",
        "DRMContent",
        "ReplaceID",
        "Previouslysentby.UserAgent",
        "Previouslysentby.UserAgent@sequence",
        "Previouslysentdateandtime.DateTime",
        "Previouslysentdateandtime.DateTime@sequence",
        "Date",
        "From",
        "To",
        "Cc",
        "Bcc",
        "X-Mms-Message-Class",
        "X-Mms-Expiry",
        "X-Mms-Delivery-Time",
        "X-Mms-Priority",
        "X-Mms-Sender-Visibility",
        "X-Mms-Delivery-Report",
        "X-Mms-Read-Report",
        "Content-Type",
        "",
    ];
    let is_mm7 = fields.iter().any(|field| field.name == "MM7Version" || field.name == "TransactionID");
    let is_mm4 = fields.iter().any(|field| field.name.starts_with("X-Mms-3GPP") || field.name == "X-Mms-Message-ID");
    let is_own = |name: &str| {
        let is_element = Element::ALL.iter().any(|element| element.name() == name) && !is_mm7;
        // `Sender` is the originator in one message of MM7, and `Message-ID` that of the mail on MM4.
        let is_other = (name == "Sender" && is_mm7) || (name == "Message-ID" && !is_mm4);
        // Attributes of addresses are looked for with the addresses.
        let is_detail = ["@displayOnly", "@addressCoding", "@id"].iter().any(|detail| name.ends_with(detail));
        !NOT.contains(&name) && !is_element && !is_other && !is_detail
    };
    let all: Vec<_> = fields.iter().map(|field| field.name.clone()).collect();
    Names { own: all.iter().filter(|name| is_own(name)).cloned().collect(), all }
}

/// What an encoder refuses for good reason, one by one.
fn is_explained(error: EncodeError, message: &Message, lost: &[Lost]) -> bool {
    match error.field {
        // A request that refers to content elsewhere, or to none.
        Some("Content-Type") => message.body.is_none(),
        // A sender whose address is of a kind that the interface does not know.
        Some("From" | "Sender") => lost.iter().any(|lost| lost.name == "From" && lost.kind == LossKind::NotCarried),
        _ => false,
    }
}

/// Puts the message on an interface, encodes and decodes it strictly, and checks both steps.
fn cross(name: &str, to: Interface, source: &Taken, names: &Names) -> Option<Any> {
    let receipt = receipt(source);
    let what = format!("{name} to {to:?}");
    let (relayed, lost, encoded): (Message, Vec<Lost>, Result<Any, EncodeError>) = match to {
        Interface::Mm1 => {
            let relayed = relay::to_mm1(source.clone(), &receipt, announcement());
            let relayed = match relayed {
                Ok(relayed) => relayed,
                Err(expired) => {
                    assert!(expired.expiry.seconds <= receipt.arrived.seconds && *expired.taken == *source, "{what}");
                    return None;
                }
            };
            let mut message = relayed.pdu.retrieve.message.clone();
            // The notification alone tells how long the message is kept.
            message.expiry = relayed.pdu.notification.message.expiry;
            let pdu = mm1::Pdu::from(relayed.pdu.retrieve);
            let notification = mm1::encode(&relayed.pdu.notification);
            let notified = notification.unwrap_or_else(|error| panic!("{what}: {error}"));
            let allowed = deviations(&message, to);
            let notified = mm1::decode(&notified.into()).unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_eq!(kinds(&notified.deviations), allowed, "{what}");
            let decoded = mm1::encode(&pdu).map(|octets| mm1::decode(&Bytes::from(octets)));
            let decoded = decoded.map(|decoded| decoded.unwrap_or_else(|error| panic!("{what}: {error}: {pdu:?}")));
            assert!(decoded.iter().all(|decoded| kinds(&decoded.deviations) == allowed), "{what}");
            (message, relayed.lost, decoded.map(|decoded| Any::Mm1(decoded.value)))
        }
        Interface::Mm4 => {
            let relayed = relay::to_mm4(source.clone(), &receipt, hop());
            let message = relayed.pdu.message.clone();
            let pdu = mm4::Pdu::from(relayed.pdu);
            let allowed = deviations(&message, to);
            let decoded = mm4::encode(&pdu).map(|octets| mm4::decode(&Bytes::from(octets)));
            let decoded = decoded.map(|decoded| decoded.unwrap_or_else(|error| panic!("{what}: {error}: {pdu:?}")));
            assert!(decoded.iter().all(|decoded| kinds(&decoded.deviations) == allowed), "{what}: {decoded:?}");
            (message, relayed.lost, decoded.map(|decoded| Any::Mm4(decoded.value)))
        }
        Interface::Mm7 => {
            let relayed = relay::to_mm7(source.clone(), &receipt, Service::default());
            let message = relayed.pdu.message.clone();
            let envelope = mm7::Envelope::new("t-1", relayed.pdu);
            let decoded = mm7::encode(&envelope).map(|encoded| {
                mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict())
                    .unwrap_or_else(|error| panic!("{what}: {error}: {envelope:?}"))
            });
            (message, relayed.lost, decoded.map(|decoded| Any::Mm7(decoded.value)))
        }
    };
    let base = source.counts_from.unwrap_or(ARRIVED);
    assert_listed(&what, &normal(&source.message, base), &normal(&relayed, ARRIVED), to, source, names, &lost);
    let any = match encoded {
        Ok(any) => any,
        Err(error) => {
            assert!(is_explained(error, &source.message, &lost), "{what}: {error}\n{relayed:?}");
            return None;
        }
    };
    let (_, again, _) = taken(&any).unwrap();
    let (mut written, mut read) = (normal(&relayed, ARRIVED), normal(&again.message, ARRIVED));
    if to == Interface::Mm1 {
        written.expiry = None;
    }
    let parts = (written.body.take().map(on_the_wire), read.body.take().map(on_the_wire));
    assert_eq!(read, written, "{what}");
    assert_eq!(parts.0, parts.1, "{what}");
    Some(any)
}

/// What is forgiven where the message itself is odd; everything else that the encoders write is
/// valid.
fn deviations(message: &Message, to: Interface) -> Vec<DeviationKind> {
    let mut kinds = Vec::new();
    let is_undecodable = |text: &Text| text.as_str().is_none() && text.charset().and_then(Charset::name).is_some();
    if message.subject.as_ref().is_some_and(is_undecodable) {
        kinds.push(DeviationKind::UndecodableText);
    }
    // A class of somebody's own is valid, but looks like a misspelt one on mail.
    if to == Interface::Mm4 && matches!(message.class, Some(MessageClass::Other(_))) {
        kinds.push(DeviationKind::UnknownToken);
    }
    kinds
}

fn kinds(deviations: &[Deviation]) -> Vec<DeviationKind> {
    deviations.iter().map(|deviation| deviation.kind).collect()
}

/// A message in a form that is the same on all interfaces (see the documentation of `relay`).
fn normal(message: &Message, base: Timestamp) -> Message {
    let mut message = message.clone();
    let absolute = |time: Time| match time {
        Time::Absolute(time) => Time::Absolute(in_utc(time)),
        Time::Relative(Interval { months: 0, seconds, .. }) => {
            Time::Absolute(Timestamp::from_seconds(base.seconds + i64::try_from(seconds).unwrap()))
        }
        other => other,
    };
    message.expiry = message.expiry.map(absolute);
    message.delivery_time = message.delivery_time.map(absolute);
    message.reply_charging_deadline = message.reply_charging_deadline.map(absolute);
    message.date = message.date.map(in_utc);
    message.previously_sent_date.iter_mut().for_each(|sent| sent.date = in_utc(sent.date));
    message.subject = message.subject.map(|subject| subject.into_utf8());
    // What the relay/server grants is what was asked for.
    message.reply_charging = message.reply_charging.map(|reply_charging| match reply_charging {
        ReplyCharging::Requested => ReplyCharging::Accepted,
        ReplyCharging::RequestedTextOnly => ReplyCharging::AcceptedTextOnly,
        granted => granted,
    });
    let from = message.from.iter_mut().filter_map(|from| match from {
        Originator::Address(address) => Some(address),
        Originator::InsertAddress => None,
    });
    let by = message.previously_sent_by.iter_mut().map(|by| &mut by.address);
    for address in from.chain(&mut message.to).chain(&mut message.cc).chain(&mut message.bcc).chain(by) {
        let text = address.to_string();
        // The value of an address without its type.
        let text = text.strip_suffix("/TYPE=PLMN").unwrap_or(&text);
        *address = AddressKind::Other(text.into()).into();
    }
    message
}

fn in_utc(mut time: Timestamp) -> Timestamp {
    time.offset_minutes = None;
    time
}

fn only(message: &Message, element: Element) -> Message {
    let mut message = message.clone();
    message.retain(ElementSet::EMPTY.with(element));
    message
}

/// Whether the list names exactly what differs.
fn assert_listed(
    what: &str,
    before: &Message,
    after: &Message,
    to: Interface,
    source: &Taken,
    names: &Names,
    lost: &[Lost],
) {
    // First comes what was lost when the message was taken off its interface.
    assert!(lost.starts_with(&source.lost), "{what}");
    let (taken_off, rest) = lost.split_at(source.lost.len());
    let of_message = || rest.iter().filter(|lost| lost.part.is_none());
    let mut explained: Vec<&Lost> = Vec::new();
    for element in Element::ALL.iter().copied().filter(|element| *element != Element::Body) {
        let (was, is) = (only(before, element), only(after, element));
        let named: Vec<_> = of_message().filter(|lost| lost.name == element.name()).collect();
        let (was_there, is_there) = (was.elements().contains(element), is.elements().contains(element));
        let filled_in = match element {
            Element::Date => !was_there,
            // The sender whom the relay knows stands for the token and for nobody.
            Element::From => before.from.as_ref().is_none_or(|from| from.address().is_none()) && is_there,
            Element::MessageClass | Element::Expiry => !was_there && to == Interface::Mm1,
            // Peers insist on flags.
            Element::SenderVisibility | Element::DeliveryReport => !was_there && to == Interface::Mm4,
            _ => false,
        };
        let is_same = was == is || filled_in;
        assert_eq!(is_same, named.is_empty(), "{what}: {element:?} was {was:?}, is {is:?}, in the list {named:?}");
        if was_there && !is_there && !filled_in {
            assert!(named.iter().any(|lost| lost.kind == LossKind::NotCarried), "{what}: {element:?} {named:?}");
        }
        explained.extend(named);
    }
    // Attributes of addresses.
    for (element, addresses) in [("To", &source.message.to), ("Cc", &source.message.cc), ("Bcc", &source.message.bcc)] {
        // A coded address is lost as a whole.
        let details = || {
            addresses.iter().filter_map(|address| address.details.as_deref()).filter(|details| details.coding.is_none())
        };
        let attributes = [
            ("displayOnly", details().filter(|details| details.display_only.is_some()).count()),
            ("id", details().filter(|details| details.id.is_some()).count()),
        ];
        for (attribute, count) in attributes {
            let named: Vec<_> = of_message().filter(|lost| *lost.name == *format!("{element}@{attribute}")).collect();
            assert_eq!(named.len(), if to == Interface::Mm7 { 0 } else { count }, "{what}: {element}@{attribute}");
            explained.extend(named);
        }
    }
    for name in ["From@displayOnly", "From@id"] {
        explained.extend(of_message().filter(|lost| lost.name == name));
    }
    for name in ["displayOnly", "id"] {
        let name = format!("X-Mms-Previously-Sent-By@{name}");
        explained.extend(of_message().filter(|lost| lost.name == name.as_str()));
    }
    // Identifier and counter.
    for (name, is_lost) in [
        ("X-Mms-Message-ID", source.message_id.is_some() && to == Interface::Mm7),
        ("X-Mms-Forward-Counter", source.forward_counter.is_some() && to != Interface::Mm4),
    ] {
        let named: Vec<_> = of_message().filter(|lost| lost.name == name).collect();
        assert_eq!(named.len(), usize::from(is_lost), "{what}: {name}");
        explained.extend(named);
    }
    // What goes on to MM4 alone.
    let is_of_mail = |name: &str| {
        let is_header = |header: &Header| matches!(header, Header::Text { name: own, .. } if own == name);
        name == "X-Mms-Originator-R/S-Delivery-Report" || source.mail_headers.iter().any(is_header)
    };
    explained.extend(of_message().filter(|lost| is_of_mail(&lost.name)));
    // What only the source interface has, by the fields that the PDU itself shows.
    for name in &names.own {
        let is_named = lost.iter().any(|lost| lost.name == name.as_str() && lost.kind == LossKind::NotCarried);
        let is_kept = to == Interface::Mm4 && is_of_mail(name);
        assert!(is_named || is_kept, "{what}: {name} is not in the list {lost:?}");
    }
    for lost in taken_off {
        let is_shown = names.all.iter().any(|name| lost.name == name.as_str());
        assert!(is_shown, "{what}: {lost} but the message did not have it");
    }
    let left: Vec<_> = of_message().filter(|lost| !explained.contains(lost)).map(|lost| &lost.name).collect();
    assert!(left.is_empty(), "{what}: {left:?} did not differ");

    let mut expected = Vec::new();
    if let (Some(was), Some(is)) = (&before.body, &after.body) {
        // Phones read a multipart only.
        let is = if to == Interface::Mm1 && was.octets().is_some() { &is.parts()[0] } else { is };
        compare_parts(what, was, is, String::new(), &mut expected);
    }
    let mut found: Vec<_> = lost
        .iter()
        .filter_map(|lost| {
            Some((lost.part.as_deref()?.to_owned(), lost.name.to_string(), lost.kind == LossKind::Changed))
        })
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{what}");
}

/// Adds what differs: part, name, whether there is another value.
fn compare_parts(what: &str, was: &Part, is: &Part, place: String, out: &mut Vec<(String, String, bool)>) {
    let mut add = |name: &str, changed| out.push((place.clone(), name.to_owned(), changed));
    let media = |content_type: &ContentType| match content_type.multipart_subtype() {
        Some(subtype) => subtype.to_ascii_lowercase(),
        None => content_type.media.to_string(),
    };
    let became_empty = matches!(&was.content, Content::Parts(parts) if parts.is_empty()) && is.octets().is_some();
    let was_opaque = matches!(&was.content, Content::Octets(_)) && was.content_type.multipart_subtype().is_some();
    if media(&was.content_type) != media(&is.content_type) || was_opaque || became_empty {
        add("Content-Type", true);
    }
    // A text in a charset that the readers of the interface do not know, or with a label that is wrong.
    let is_relabelled = was.text_lossy().is_some_and(|read| read.fault == Some(DeviationKind::WrongCharset));
    let is_converted = was.text().is_some() && (was.octets() != is.octets() || is_relabelled) && text(was) == text(is);
    let names = |parameters: &[Parameter]| -> Vec<(String, Parameter)> {
        let name = |parameter: &Parameter| match parameter {
            Parameter::Text { name, .. } => name.to_string(),
            Parameter::Coded { code, .. } => format!("0x{:02X}", code | 0x80),
            other => panic!("{other:?}"),
        };
        parameters.iter().map(|parameter| (name(parameter), parameter.clone())).collect()
    };
    let mut missing = |of: &str, was: &[Parameter], is: &[Parameter]| {
        for (name, parameter) in names(was) {
            let is_boundary = name.eq_ignore_ascii_case("boundary");
            if !(is.contains(&parameter) || is_boundary || is_converted && name.eq_ignore_ascii_case("charset")) {
                add(&format!("{of}; {name}"), false);
            }
        }
        let is_charset = |parameter: &Parameter| parameter.to_string() == "charset=utf-8";
        assert!(is.iter().all(|parameter| was.contains(parameter) || is_converted && is_charset(parameter)), "{what}");
    };
    if !became_empty {
        missing("Content-Type", &was.content_type.parameters, &is.content_type.parameters);
    }
    if let (Some(was), Some(is)) = (&was.disposition, &is.disposition) {
        missing("Content-Disposition", &was.parameters, &is.parameters);
        assert_eq!(was.kind, is.kind, "{what}");
    }
    if was.content_id != is.content_id {
        add("Content-ID", is.content_id.is_some());
    }
    if was.content_location != is.content_location {
        assert!(is.content_location.is_none(), "{what}");
        add("Content-Location", false);
    }
    if was.disposition.is_some() && is.disposition.is_none() {
        add("Content-Disposition", false);
    }
    let is_encoding = |header: &Header| matches!(header, Header::Text { name, .. } if name.eq_ignore_ascii_case("Content-Transfer-Encoding"));
    for header in was.headers.iter().filter(|header| !is.headers.contains(header)) {
        match header {
            header if is_encoding(header) => {
                add("Content-Transfer-Encoding", true);
            }
            Header::Text { name, .. } => add(name, false),
            Header::Coded { page: 1, code, .. } => add(&format!("0x{:02X}", code | 0x80), false),
            Header::Coded { page, code, .. } => add(&format!("0x{:02X} on page {page}", code | 0x80), false),
            other => panic!("{other:?}"),
        }
    }
    assert!(is.headers.iter().all(|header| was.headers.contains(header)), "{what}");
    match (&was.content, &is.content) {
        (Content::Octets(was_octets), Content::Octets(octets)) => {
            let decodes = was.headers.iter().any(is_encoding) && !is.headers.iter().any(is_encoding);
            let expected = if decodes { was.decoded().unwrap().into_owned().into() } else { was_octets.clone() };
            assert!(*octets == expected || is_converted, "{what}: the content of part {place}");
        }
        (Content::Parts(was), Content::Parts(is)) => {
            assert_eq!(was.len(), is.len(), "{what}");
            let dot = if place.is_empty() { "" } else { "." };
            for ((was, is), number) in was.iter().zip(is).zip(1..) {
                compare_parts(what, was, is, format!("{place}{dot}{number}"), out);
            }
        }
        _ => assert!(became_empty, "{what}"),
    }
}

/// A text without the charset that an XML declaration says.
fn text(part: &Part) -> Option<String> {
    let text = part.text()?;
    let declared = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    Some(declared.filter(|(start, _)| start.contains("encoding")).map_or(&*text, |(_, rest)| rest).to_owned())
}

/// A part as it is the same before and after a wire: the order of parameters, brackets around
/// references and what an encoder adds make no difference.
fn on_the_wire(mut part: Part) -> Part {
    part.content_id = None;
    normal_part(&mut part);
    part
}

fn normal_part(part: &mut Part) {
    let is_multipart = part.content_type.multipart_subtype().map(str::to_ascii_lowercase);
    if let Some(subtype) = &is_multipart {
        part.content_type.media = subtype.as_str().into();
    }
    let of_disposition = part.disposition.iter_mut().flat_map(|disposition| &mut disposition.parameters);
    for parameter in part.content_type.parameters.iter_mut().chain(of_disposition) {
        let Parameter::Text { name, value } = parameter else { continue };
        *name = name.to_ascii_lowercase().into();
        match name.as_str() {
            "start" => *value = value.trim().trim_matches(['<', '>']).into(),
            // A number on MM1.
            "charset" => *value = Charset::from_name(value).and_then(Charset::name).map_or(value.clone(), Into::into),
            _ => {}
        }
    }
    part.content_type.parameters.sort_by_key(ToString::to_string);
    part.content_id = part.content_id.as_ref().map(|id| id.trim().trim_matches(['<', '>', '"']).into());
    if let Content::Parts(parts) = &mut part.content {
        parts.iter_mut().for_each(normal_part);
    }
}

#[test]
fn every_message_crosses_to_the_other_interfaces_and_back() {
    let mut crossed = 0;
    let mut refused = 0;
    let mut parts = 0;
    for (name, any) in sources::all() {
        let Some((from, mut source, names)) = taken(&any) else { continue };
        // A phone's copy need not name its recipient.
        if source.message.to.is_empty() && source.message.cc.is_empty() {
            source.message.to.push(Address::phone("+447700900123"));
        }
        for to in INTERFACES {
            let Some(there) = cross(&name, to, &source, &names) else {
                refused += 1;
                continue;
            };
            let (_, mut there, names) = taken(&there).unwrap();
            if there.message.to.is_empty() && there.message.cc.is_empty() {
                there.message.to.push(Address::phone("+447700900123"));
            }
            let Some(back) = cross(&format!("{name}, back from {to:?}"), from, &there, &names) else {
                refused += 1;
                continue;
            };
            crossed += 1;
            // Whatever became of its headers, the content of each part is the same.
            let (_, back, _) = taken(&back).unwrap();
            let leaves = |message: &Message| -> Vec<Bytes> {
                let leaves = message.body.iter().flat_map(Part::leaves);
                let content =
                    |part: &Part| text(part).map_or_else(|| part.decoded().unwrap().into_owned(), String::into_bytes);
                leaves.map(|part| content(part).into()).collect()
            };
            let (was, is) = (leaves(&source.message), leaves(&back.message));
            let became_empty = was.len() < is.len();
            assert!(was == is || became_empty, "{name} by {to:?}");
            parts += is.len();
        }
    }
    say(&format!(
        "{crossed} messages went there and back with {parts} parts, {refused} had no content, or no sender that the interface knows"
    ));
    assert!(crossed > 100 && parts > 200);
}

//! What has to hold for any octets.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use bytes::Bytes;

use super::value::{Slot, SlotMut};
use super::{HeaderView, Pdu, decode, detect, encode};
use crate::fuzz::{Mm4, property};
use crate::message::{Address, AddressKind, Charset, Originator, Text};

/// Decodes `data`, encodes what came out, and decodes that again.
///
/// # Panics
///
/// If anything is lost or refused on the way.
pub(crate) fn fuzz(data: &[u8]) {
    let octets = Bytes::copy_from_slice(data);
    property::all::<Mm4>(&octets);
    let Ok(decoded) = decode(&octets) else { return };
    assert!(detect(data) || octets.len() > 60_000);
    check_view(&octets, &decoded.value);
}

/// A message with its texts labelled as they are written: in UTF-8 where the charset has characters that are only read.
pub(crate) fn as_written(pdu: &Pdu) -> Pdu {
    let mut pdu = pdu.clone();
    let table = pdu.table_mut();
    for place in 0..table.rows().len() {
        if let Some(SlotMut::Text(Some(text))) = table.slot_mut(place)
            && let (Some(characters), Some(charset)) = (text.as_str(), text.charset())
            && charset.to_write(characters) != charset
        {
            *text = Text::with_charset(characters, Charset::UTF_8);
        }
    }
    pdu
}

/// The view of the header section has the fields that the decoded message has.
fn check_view(octets: &[u8], pdu: &Pdu) {
    let view = HeaderView::new(octets);
    assert!(view.is_ok(), "what can be decoded has a view: {view:?}");
    let Ok(view) = view else { return };
    assert_eq!(view.name(), pdu.name());
    assert!(octets.ends_with(view.body()));
    let table = pdu.table();
    let slot = |name| {
        let place = table.rows().iter().position(|row| row.name.spelling == name);
        place.and_then(|place| table.slot(place))
    };
    let id = |name| if let Some(Slot::Str(id)) = slot(name) { id.as_deref().map(Cow::Borrowed) } else { None };
    assert_eq!(view.version(), Ok(id("X-Mms-3GPP-MMS-Version")));
    assert_eq!(view.transaction_id(), Ok(id("X-Mms-Transaction-ID")));
    assert_eq!(view.message_id(), Ok(id("X-Mms-Message-ID")));
    assert_eq!(view.mail_id(), Ok(id("Message-ID")));
    let addresses = |name| match slot(name) {
        Some(Slot::Address(address)) => address.iter().cloned().collect(),
        Some(Slot::Addresses(addresses)) => addresses.clone(),
        Some(Slot::Originator(from)) => from.iter().filter_map(Originator::address).cloned().collect(),
        _ => Vec::new(),
    };
    let address = |name| addresses(name).into_iter().next();
    assert_eq!(view.from(), Ok(address("From")));
    assert_eq!(view.sender(), Ok(address("Sender")));
    assert_eq!(view.originator_system(), Ok(address("X-Mms-Originator-System")));
    assert_eq!(view.to(), Ok(addresses("To")));
    assert_eq!(view.cc(), Ok(addresses("Cc")));
    let flag = if let Some(Slot::Bool(flag)) = slot("X-Mms-Ack-Request") { *flag } else { None };
    assert_eq!(view.ack_request(), Ok(flag));
    let date = if let Some(Slot::Timestamp(date)) = slot("Date") { *date } else { None };
    assert_eq!(view.date(), Ok(date));
    let subject = if let Some(Slot::Text(subject)) = slot("Subject") { subject.clone() } else { None };
    assert_eq!(view.subject(), Ok(subject));
    let status =
        if let Some(Slot::RequestStatus(status)) = slot("X-Mms-Request-Status-Code") { status.clone() } else { None };
    assert_eq!(view.request_status(), Ok(status));
    let status = if let Some(Slot::MmStatus(status)) = slot("X-Mms-MM-Status-Code") { status.clone() } else { None };
    assert_eq!(view.mm_status(), Ok(status));
    let status = if let Some(Slot::ReadStatus(status)) = slot("X-Mms-Read-Status") { *status } else { None };
    assert_eq!(view.read_status(), Ok(status));
}

/// Makes `data` an address as another interface may have it: a piece of text, a name in quotation
/// marks or not, an address in angles or not. What is encoded has exactly the addresses that were given.
///
/// # Panics
///
/// If other addresses are read than were written.
pub(crate) fn fuzz_mailbox(data: &[u8]) {
    let [lead, form, data @ ..] = data else { return };
    let piece = |octet: &u8| MAILBOX.get(usize::from(*octet) % MAILBOX.len()).copied();
    let pieces: String = data.iter().filter_map(piece).collect();
    let quote = if form & 1 == 0 { "" } else { "\"" };
    let angle = if form & 2 == 0 { "" } else { " <a@b.example>" };
    let text = format!("{}{quote}{pieces}{quote}{angle}", piece(lead).unwrap_or_default());
    let Ok(Pdu::ForwardReq(valid)) = decode(&Bytes::from_static(VALID)).map(|decoded| decoded.value) else { return };
    for address in [Address::email(text.clone()), Address::from(&*text), Address::phone(format!("+{pieces}"))] {
        let mut request = valid.clone();
        request.message.to = [address.clone(), Address::email("last@b.example")].into();
        request.message.cc = [address.clone()].into();
        request.message.from = Some(Originator::Address(address.clone()));
        request.sender = Some(address);
        let pdu = Pdu::from(request);
        let Ok(encoded) = encode(&pdu) else { continue };
        let again = again(encoded);
        let addresses = |pdu: &Pdu| -> Option<Vec<String>> {
            let message = pdu.message()?;
            let from = message.from.iter().filter_map(Originator::address);
            Some(from.chain(&message.to).chain(&message.cc).map(untyped).collect())
        };
        assert_eq!(addresses(&again), addresses(&pdu), "the addresses are those that were given");
    }
}

/// An address without the type of a number at a domain, which may be written as a mailbox and is read as a number.
fn untyped(address: &Address) -> String {
    match (&address.kind, address.details.as_ref().and_then(|details| details.domain.as_ref())) {
        (AddressKind::Phone(number), Some(domain)) => format!("{number}@{domain}"),
        _ => address.to_string(),
    }
}

const VALID: &[u8] = b"X-Mms-Message-Type: MM4_forward.REQ\r\nX-Mms-3GPP-MMS-Version: 6.10.0\r\n\
    X-Mms-Transaction-ID: \"t\"\r\nX-Mms-Message-ID: \"m\"\r\nDate: Tue, 05 Mar 2024 09:30:47 +0000\r\n\
    From: a@b.example\r\nSender: s@b.example\r\nTo: k@e.example\r\nMessage-ID: <a@b.example>\r\n\
    X-Mms-Originator-System: s@b.example\r\nX-Mms-Ack-Request: Yes\r\nMIME-Version: 1.0\r\n\
    Content-Type: text/plain\r\n\r\nhello\r\n";

/// What means something in a mailbox, to a decoder or to the encoder that quotes it.
const MAILBOX: &[&str] = &[
    "kim@b.example",
    "victim@evil.example",
    "<a@b.example>",
    "<",
    ">",
    "\"",
    "\\",
    ",",
    ", ",
    ";",
    ":",
    "@",
    "(",
    ")",
    "[",
    "]",
    ".",
    "=",
    "=?utf-8?q?",
    "?=",
    "=22",
    "=2C",
    "_",
    " ",
    "\t",
    "\u{a0}",
    "\u{85}",
    "\u{2003}",
    "\u{2028}",
    "\u{3000}",
    "\u{feff}",
    "\u{200b}",
    "\r\n ",
    "\r",
    "\n",
    "\0",
    "\u{fc}",
    "x",
    "1",
    "+44770090",
    "/TYPE=PLMN",
    "Kim ",
    "system=h",
];

fn again(encoded: Vec<u8>) -> Pdu {
    let decoded = decode(&encoded.into());
    assert!(decoded.is_ok(), "{decoded:?}");
    decoded.map_or_else(|_| Pdu::ForwardRes(super::ForwardRes::default()), |decoded| decoded.value)
}

/// [`fuzz`], with each octet of `data` mapped to a piece of mail.
///
/// # Panics
///
/// If anything is lost or refused on the way.
pub(crate) fn fuzz_text(data: &[u8]) {
    let pieces = data.iter().filter_map(|octet| ALPHABET.get(usize::from(*octet) % ALPHABET.len()).copied());
    let text: String = pieces.collect();
    fuzz(text.as_bytes());
}

/// What `fuzz_text` makes `mail` of, as far as its alphabet has the pieces.
#[must_use]
pub fn text_seed(mail: &str) -> Vec<u8> {
    let mut seed = Vec::new();
    let mut left = mail;
    while let Some(first) = left.chars().next() {
        let pieces = ALPHABET.iter().zip(0u8..).filter(|(piece, _)| left.starts_with(**piece));
        let longest = pieces.max_by_key(|(piece, _)| piece.len());
        seed.extend(longest.map(|(_, place)| place));
        let taken = longest.map_or(first.len_utf8(), |(piece, _)| piece.len());
        left = left.get(taken..).unwrap_or_default();
    }
    seed
}

const ALPHABET: &[&str] = &[
    "X-Mms-Message-Type: MM4_forward.REQ\r\n",
    "X-Mms-Message-Type: MM4_delivery_report.REQ\r\n",
    "X-Mms-Message-Type: MM4_read_reply_report.RES\n",
    "Date: Tue, 05 Mar 2024 09:30:47 +0000\r\n",
    "From: kim@example.org\r\n",
    "Sender: +12025550101/TYPE=PLMN@mms.example.net\r\n",
    "To: ",
    "Cc: ",
    "Subject: ",
    "Message-ID: <a@b>\r\n",
    "X-Mms-3GPP-MMS-Version: 6.10.0\r\n",
    "X-Mms-Transaction-ID: \"t\"\r\n",
    "X-Mms-Message-ID: \"m\"\r\n",
    "X-Mms-Expiry: ",
    "X-Mms-Previously-sent-by: ",
    "X-Mms-Previously-sent-date-and-time: 1, ",
    "X-Mms-MM-Status-Code: ",
    "X-Mms-Originator-System: ",
    "Content-Type: text/plain; charset=utf-8\r\n",
    "Content-Type: multipart/related; boundary=b; start=\"<s>\"\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Transfer-Encoding: quoted-printable\r\n",
    "Content-ID: <s>\r\n",
    "Content-Location: ",
    "Content-Disposition: attachment; filename*0*=utf-8''%C3; filename*1*=%BC\r\n",
    "\r\n--b\r\n",
    "\r\n--b--\r\n",
    "=?utf-8?Q?=C3=BC?=",
    "=?iso-8859-1?B?/A==?=",
    "+447700900123/TYPE=PLMN@mms.mnc015.mcc234.gprs",
    "+447700900123/TYPE=PLMN",
    "Kim <kim@example.org>",
    "Group: ",
    "SGVsbG8=",
    "=C3=BC",
    "=\r\n",
    "Retrieved",
    "432000",
    "\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    ", ",
    ";",
    ":",
    "=",
    "?",
    "\"",
    "\\",
    "<",
    ">",
    "(",
    ")",
    "@",
    ".",
    "\0",
    "ü",
    "a",
    "1",
];

//! What a message says of people whom those who get it must not learn of.
//!
//! Blind recipients, a sender who hides, and coded addresses are secrets towards everybody but the
//! systems that have to know them. They leave the message together with everything that repeats
//! them: headers and parameters of parts, header fields of the mail, the history, identifiers. What
//! the user wrote (subject and contents) is not looked into.

use alloc::borrow::Cow;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::Receipt;
use super::body::{for_each_part, lose_header, repeats};
use super::interface::Interface;
use super::lost::{LossKind, Losses, parameter_name};
use crate::message::encoded_word;
use crate::message::{
    Address, AddressKind, Charset, ContentDisposition, Element, Header, MediaType, Message, MessageClass, Originator,
    Parameter, Part, SenderVisibility, Str,
};
use crate::transfer::decode_percent;

/// How much of a mailbox is looked at: no less than mail allows (RFC 5321, 4.5.3.1).
const LOCAL_OCTETS: usize = 64;
const DOMAIN_OCTETS: usize = 255;

/// Addresses in the form in which they are looked for.
#[derive(Debug, Default)]
pub(super) struct Secrets {
    names: BTreeSet<String>,
    /// The local parts of those that are mailboxes, by domain.
    mailboxes: BTreeMap<String, BTreeSet<String>>,
    /// How long those are that are neither a word nor a mailbox, such as `Kim.Lee`: a bit for each length.
    phrases: u64,
    /// The ends of those that are whole phone numbers, in which all their spellings agree.
    ends: BTreeSet<String>,
}

/// How many digits at the end of two numbers are those of one person: all but the prefix that a network has
/// the number with, and the code of a country.
const END_DIGITS: usize = 9;

/// The end of a number that is as long as those of persons are.
fn end_of(digits: &str) -> Option<&str> {
    let is_number = digits.bytes().all(|octet| octet.is_ascii_digit());
    digits.len().checked_sub(END_DIGITS).filter(|_| is_number).and_then(|start| digits.get(start..))
}

impl Secrets {
    /// Takes the secrets out of the address fields of a message: blind recipients but for those in
    /// `served`, who get the message by this very PDU; coded addresses, which only the two systems
    /// that agreed on the coding can read; and the sender, if he hides. A peer on MM4 learns who
    /// hides, because it has to hide him itself, unless there is an alias.
    pub(super) fn take(
        message: &mut Message,
        receipt: &Receipt,
        interface: Interface,
        served: &People,
        lost: &mut Losses,
    ) -> Self {
        let mut secrets = Self::default();
        let mut is_shown = |address: &Address, is_blind: bool| {
            let is_shown = !is_coded(address) && (!is_blind || served.has(address));
            if !is_shown {
                secrets.names.extend(spellings(address));
            }
            is_shown
        };
        let fields = [("To", &mut message.to, false), ("Cc", &mut message.cc, false), ("Bcc", &mut message.bcc, true)];
        for (name, addresses, is_blind) in fields {
            let before = addresses.len();
            addresses.retain(|address| is_shown(address, is_blind));
            if addresses.len() < before {
                lost.not_carried(name);
            }
        }
        retain_history(message, |address| is_shown(address, false), lost);
        let from = message.from.take_if(|from| from.address().is_some_and(|address| !is_shown(address, false)));
        lost.option("From", from);
        let is_hidden = message.sender_visibility == Some(SenderVisibility::Hide)
            && (interface != Interface::Mm4 || receipt.alias.is_some());
        let sender = message.from.as_ref().and_then(Originator::address);
        if is_hidden {
            let sender = sender.or(receipt.sender.as_ref());
            secrets.names.extend(sender.into_iter().flat_map(spellings));
        }
        // What everybody sees by right is not a secret.
        let shown = sender.filter(|_| !is_hidden).into_iter().chain(&message.to).chain(&message.cc).chain(&message.bcc);
        if !secrets.names.is_empty() {
            secrets.ends = secrets.names.iter().filter_map(|name| end_of(name)).map(String::from).collect();
            let shown = shown.chain(&receipt.alias).flat_map(spellings);
            shown.for_each(|name| {
                secrets.names.remove(&name);
                end_of(&name).map(|end| secrets.ends.remove(end));
            });
        }
        for (local, domain) in secrets.names.iter().filter_map(|name| name.rsplit_once('@')) {
            secrets.mailboxes.entry(domain.into()).or_default().insert(local.into());
        }
        let is_phrase = |name: &&String| name.bytes().any(|octet| !octet.is_ascii_alphanumeric() && octet != b'@');
        let lengths = secrets.names.iter().filter(|name| !name.contains('@')).filter(is_phrase).map(String::len);
        secrets.phrases = lengths.filter_map(bit_of).fold(0, |lengths, length| lengths | length);
        secrets
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Takes what repeats a secret out of everything but the address fields, the subject and the
    /// contents.
    pub(super) fn scrub(&self, message: &mut Message, lost: &mut Losses) {
        if self.is_empty() {
            return;
        }
        retain_history(message, |address| !names(address).any(|name| self.names.contains(&name)), lost);
        let texts = [
            (Element::ReplyChargingId, &mut message.reply_charging_id),
            (Element::ApplicId, &mut message.applic_id),
            (Element::ReplyApplicId, &mut message.reply_applic_id),
            (Element::AuxApplicInfo, &mut message.aux_applic_info),
            (Element::ReplaceId, &mut message.replace_id),
        ];
        for (element, text) in texts {
            lost.option(element.name(), text.take_if(|text| self.are_in(text)));
        }
        let class = message.class.take_if(|class| matches!(class, MessageClass::Other(name) if self.are_in(name)));
        lost.option(Element::MessageClass.name(), class);
        if let Some(body) = &mut message.body {
            for_each_part(body, |part, place| self.scrub_part(part, place, lost));
        }
    }

    fn scrub_part(&self, part: &mut Part, place: &str, lost: &mut Losses) {
        let Part { content_type, content_id, content_location, disposition, headers, content: _ } = part;
        let mut taken = Vec::new();
        let mut take = |name: &'static str, text: &mut Option<Str>| {
            if text.take_if(|text| self.are_in(text)).is_some() {
                lost.of_part(place, name, LossKind::NotCarried);
                taken.push(name);
            }
        };
        take("Content-ID", content_id);
        take("Content-Location", content_location);
        // A word that names a person may also be a word of media types.
        if let MediaType::Name(name) = &content_type.media
            && name.contains(|c: char| c.is_ascii_digit())
            && self.are_in(name)
        {
            content_type.media = MediaType::Name(Str::from_static("application/octet-stream"));
            lost.of_part(place, "Content-Type", LossKind::Changed);
        }
        self.scrub_parameters("Content-Type", &mut content_type.parameters, place, lost);
        if let Some(ContentDisposition { kind, parameters }) = disposition.as_deref_mut() {
            self.scrub_parameters("Content-Disposition", parameters, place, lost);
            if self.are_in(kind) {
                *disposition = None;
                lost.of_part(place, "Content-Disposition", LossKind::NotCarried);
                taken.push("Content-Disposition");
            }
        }
        // A header that repeats a field would take the place of one that was taken out.
        headers.retain(|header| {
            let is_kept = !self.are_in_header(header) && !taken.iter().any(|field| repeats(header, field));
            is_kept || lose_header(place, header, lost)
        });
    }

    fn scrub_parameters(&self, of: &str, parameters: &mut Vec<Parameter>, place: &str, lost: &mut Losses) {
        parameters.retain(|parameter| {
            let is_kept = match parameter {
                Parameter::Text { value, .. } if parameter.is("charset") && Charset::from_name(value).is_some() => true,
                Parameter::Text { name, value } => !self.are_in(name) && !self.are_in(value),
                Parameter::Coded { value, .. } => !self.are_in(&String::from_utf8_lossy(value)),
            };
            if !is_kept {
                let name = match parameter {
                    Parameter::Text { name, .. } if self.are_in(name) => Str::from_static("parameter"),
                    parameter => parameter_name(parameter),
                };
                lost.of_part(place, alloc::format!("{of}; {name}"), LossKind::NotCarried);
            }
            is_kept
        });
    }

    /// Whether a header names somebody.
    pub(super) fn are_in_header(&self, header: &Header) -> bool {
        match header {
            _ if self.is_empty() => false,
            Header::Text { name, value } => self.are_in(name) || self.are_in(value),
            Header::Coded { value, .. } => self.are_in(&String::from_utf8_lossy(value)),
        }
    }

    /// Whether a text names somebody, as it is or as those read it who undo its escapes.
    fn are_in(&self, text: &str) -> bool {
        let words = encoded_word::decode(text).text;
        let unescaped = || String::from_utf8_lossy(&decode_percent(words.as_bytes())).into_owned();
        self.are_in_plain(text)
            || matches!(words, Cow::Owned(_)) && self.are_in_plain(&words)
            || words.contains('%') && self.are_in_plain(&unescaped())
    }

    /// Whether a text names somebody: the whole of it, a number or word in it, or a mailbox in it.
    /// Takes time in proportion to the length of the text.
    fn are_in_plain(&self, text: &str) -> bool {
        let text = text.to_ascii_lowercase();
        // One or two characters are in every text, and say nothing there.
        let has = |name: &str| name.len() > 2 && self.names.contains(name);
        let words = || text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let is_number = |digits: &str| has(digits) || end_of(digits).is_some_and(|end| self.ends.contains(end));
        let mut digits = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
        // With blanks, and without them, since they may be between two numbers.
        let is_in_spaced = |spacing: &[char]| {
            let mut runs = text.split(|c: char| !(c.is_ascii_digit() || spacing.contains(&c)));
            runs.any(|run| run.contains(spacing) && is_number(&digits_of(run)))
        };
        self.names.contains(text.trim())
            || words().any(has)
            || digits.any(is_number)
            || is_in_spaced(&['+', '-', '.'])
            || is_in_spaced(&['+', '-', '.', ' ', '(', ')'])
            || text.match_indices('@').any(|(at, _)| self.is_mailbox_at(&text, at))
            || self.phrases != 0 && self.has_phrase(&text)
    }

    /// Whether there is a name of several words in the text, from the start of a word to the end of one.
    fn has_phrase(&self, text: &str) -> bool {
        let is_in_word =
            |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_alphanumeric);
        let starts = text.char_indices().map(|(at, _)| at).filter(|at| !is_in_word(at.checked_sub(1)));
        starts.filter_map(|start| Some((start, text.get(start..)?))).any(|(start, rest)| {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end < LOCAL_OCTETS);
            let is_end = |end: &usize| {
                bit_of(*end).is_some_and(|length| self.phrases & length != 0) && !is_in_word(Some(start + end))
            };
            ends.filter(is_end)
                .filter_map(|end| rest.get(..end))
                .any(|name| name.len() > 2 && self.names.contains(name))
        })
    }

    /// Whether there is a mailbox of somebody around an `@`. What is around the mailbox may look like
    /// a piece of it: `for=kim@example.org`, `kim@example.org.gif`.
    fn is_mailbox_at(&self, text: &str, at: usize) -> bool {
        let (local, domain) = text.split_at_checked(at).unwrap_or_default();
        let domain = domain.get(1..).unwrap_or_default();
        let end = domain.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))).unwrap_or(domain.len());
        let domain = domain.get(..end.min(DOMAIN_OCTETS)).unwrap_or_default();
        let ends = domain.match_indices(['-', '.']).map(|(end, _)| end).chain([domain.len()]);
        let mut locals = ends.filter_map(|end| self.mailboxes.get(domain.get(..end)?));
        locals.any(|locals| {
            let mut start = local.len().saturating_sub(LOCAL_OCTETS);
            while !local.is_char_boundary(start) {
                start += 1;
            }
            let local = local.get(start..).unwrap_or_default();
            let starts = local.char_indices().filter(|(start, _)| {
                let before = local.get(..*start).and_then(|before| before.chars().next_back());
                before.is_none_or(|before| !before.is_ascii_alphanumeric())
            });
            starts.filter_map(|(start, _)| local.get(start..)).any(|local| locals.contains(local))
        })
    }
}

/// Takes out of the history of a message those who are not shown.
fn retain_history(message: &mut Message, mut is_shown: impl FnMut(&Address) -> bool, lost: &mut Losses) {
    let before = message.previously_sent_by.len();
    message.previously_sent_by.retain(|by| is_shown(&by.address));
    if message.previously_sent_by.len() < before {
        lost.not_carried(Element::PreviouslySentBy.name());
    }
}

/// The bit of a length in [`Secrets::phrases`].
fn bit_of(length: usize) -> Option<u64> {
    1_u64.checked_shl(u32::try_from(length).ok()?)
}

/// Whether the address is encrypted or obfuscated (MM7 `addressCoding`).
pub(super) fn is_coded(address: &Address) -> bool {
    address.details.as_ref().is_some_and(|details| details.coding.is_some())
}

/// All that may give an address away: its [names], and the [full name](full_name) of its owner, which others may have
/// too.
fn spellings(address: &Address) -> impl Iterator<Item = String> {
    names(address).chain(full_name(address))
}

/// The forms by which an address is looked for: a number by its digits, a mailbox without what
/// is around it, anything else as it is.
fn names(address: &Address) -> impl Iterator<Item = String> {
    let (value, _) = address.kind.parts();
    let value = value.trim().to_ascii_lowercase();
    let digits = digits_of(&value);
    let is_number = !digits.is_empty()
        && matches!(address.kind, AddressKind::Phone(_) | AddressKind::ShortCode(_))
        && value.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'+' | b'-' | b'.' | b'*' | b'#'));
    let mailbox =
        value.rsplit_once('<').and_then(|(_, mailbox)| mailbox.split_once('>')).map(|(mailbox, _)| mailbox.into());
    let number = is_number.then_some(digits);
    mailbox.into_iter().chain(Some(value).filter(|value| !is_number && !value.is_empty())).chain(number)
}

/// The name of a person with an address, if it is more than a word: that may be any.
fn full_name(address: &Address) -> Option<String> {
    let (value, _) = address.kind.parts();
    let name = address.details.as_ref().and_then(|details| details.name.as_deref());
    let name = name.or_else(|| Some(value.rsplit_once('<')?.0))?.trim_matches(['"', ' ']);
    name.contains(' ').then(|| name.to_ascii_lowercase())
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A set of people, whatever types, domains and separators their addresses are written with.
#[derive(Debug, Default)]
pub(super) struct People(BTreeSet<String>);

impl People {
    pub(super) fn has(&self, address: &Address) -> bool {
        !self.0.is_empty() && names(address).any(|name| self.0.contains(&name))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn insert(&mut self, address: &Address) {
        self.0.extend(names(address));
    }
}

impl<'a> FromIterator<&'a Address> for People {
    fn from_iter<I: IntoIterator<Item = &'a Address>>(addresses: I) -> Self {
        Self(addresses.into_iter().flat_map(names).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_name_however_it_is_written() {
        let bcc = alloc::vec![
            Address::phone("+44-7700-900123"),
            Address::email("Kim <kim.lee@example.org>"),
            Address::short_code("7255"),
            AddressKind::Alphanumeric("PIZZA".into()).into(),
            AddressKind::Alphanumeric("Ann.Lee".into()).into(),
            AddressKind::Other("Café Royal".into()).into(),
            Address::email("\"Lee, Ann J.\" <a@example.org>"),
        ];
        let mut message = Message { bcc, ..Message::default() };
        let receipt = Receipt {
            arrived: crate::message::Timestamp::from_seconds(0),
            message_id: "m".into(),
            sender: None,
            alias: None,
        };
        let mut lost = Losses::default();
        let secrets = Secrets::take(&mut message, &receipt, Interface::Mm4, &People::default(), &mut lost);
        assert!(message.bcc.is_empty() && lost.into_vec().len() == 1);
        for text in [
            "447700900123",
            "+447700900123/TYPE=PLMN@mms.example.net",
            "sms_447700900123.jpg",
            "+44-7700-900123",
            "44.7700.900123;x",
            "for <Kim.Lee@EXAMPLE.org>; today",
            "for=kim.lee@example.org.",
            "mailto:kim.lee@example.org",
            "to 7255, now",
            "pizza@mms.example.net",
            "ann.lee\u{8c}\u{80}s-0001",
            "x ann.lee.gif",
            "to=café royal;",
            // Spellings of a number, and escapes.
            "+44 (7700) 900123",
            "44-7700-900123 12:30",
            "00447700900123",
            "07700900123.jpg",
            "http://example.net/?to=kim.lee%40example.org",
            "=?utf-8?B?a2ltLmxlZUBleGFtcGxlLm9yZw==?=",
            "=?utf-8?Q?kim.lee=40example.org?=",
            "%2B%34%34 7700 900123",
            "a photo of lee, ann j.",
        ] {
            assert!(secrets.are_in(text), "{text}");
        }
        for text in [
            "",
            "4477009001234",
            "72550",
            "xkim.lee@example.org",
            "kim.lee@example.orgs",
            "pizzas",
            "@",
            "€@€",
            "xann.lee",
            "ann.lees",
            "ann lee",
            "7009001234",
            "00900123",
        ] {
            assert!(!secrets.are_in(text), "{text}");
        }
    }
}

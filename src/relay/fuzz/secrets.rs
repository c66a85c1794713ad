//! Looking for people whom a message must not name.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use crate::message::{Address, AddressKind, Header, Message, Originator, Parameter, Part, SenderVisibility};
use crate::relay::Receipt;
use crate::{Shown, ShownField};

/// The people whom those who get a message must not learn of, as texts of letters, digits and dots:
/// the rest is not looked for.
#[derive(Debug)]
pub(super) struct Secrets(Vec<String>);

impl Secrets {
    /// Blind recipients, coded addresses, and a sender who hides; without those in `known`, and
    /// without those whom the message names to everybody.
    pub(super) fn of(before: &Message, receipt: &Receipt, known: &[Address]) -> Self {
        let is_coded = |address: &&Address| address.details.as_ref().is_some_and(|details| details.coding.is_some());
        let from = before.from.as_ref().and_then(Originator::address);
        let is_hidden = before.sender_visibility == Some(SenderVisibility::Hide);
        let sender = from.filter(|from| !is_coded(from)).or(receipt.sender.as_ref());
        let all = || {
            from.into_iter()
                .chain(&before.to)
                .chain(&before.cc)
                .chain(before.previously_sent_by.iter().map(|by| &by.address))
        };
        let secret = before.bcc.iter().chain(sender.filter(|_| is_hidden)).chain(all().filter(is_coded));
        let shown = before.to.iter().chain(&before.cc).chain(sender.filter(|_| !is_hidden));
        let shown = shown.filter(|address| !is_coded(address)).chain(&receipt.alias).chain(known);
        // Also where the address is not what it says, such as a number behind which there is more.
        let shown: BTreeSet<String> = shown.flat_map(spellings).collect();
        let is_shown = |name: &str| shown.contains(name) || shown.iter().any(|text| is_named(name, text));
        let has_form = |name: &String| {
            let is_plain = name.bytes().all(|c| c.is_ascii_alphanumeric() || b".@".contains(&c));
            let ends = [name.bytes().next(), name.bytes().next_back()];
            is_plain
                && (5..64).contains(&name.len())
                && name.bytes().filter(|c| *c == b'@').count() < 2
                && ends.iter().all(|end| end.is_some_and(|end| end.is_ascii_alphanumeric()))
        };
        let own = ["mm-1", "example", "system"];
        Self(
            secret
                .flat_map(spellings)
                .filter(|name| {
                    has_form(name)
                        && !is_shown(name)
                        && !own.iter().any(|own| name.contains(own) || own.contains(&**name))
                })
                .collect(),
        )
    }

    /// No field of a PDU, and nothing that is said of its parts, names one of them. What the user
    /// wrote may.
    pub(super) fn assert_kept(&self, fields: &[ShownField], message: Option<&Message>) {
        if self.0.is_empty() {
            return;
        }
        for field in fields.iter().filter(|field| field.name != "Subject") {
            let texts = field.values.iter().filter_map(|value| match value {
                Shown::Text(text) => Some(text),
                _ => None,
            });
            texts.for_each(|text| self.assert_absent(&field.name, text));
        }
        let mut waiting: Vec<&Part> = message.and_then(|message| message.body.as_ref()).into_iter().collect();
        while let Some(part) = waiting.pop() {
            let Part { content_type, content_id, content_location, disposition, headers, content: _ } = part;
            // A charset, and the media type of a part, are words of registries.
            let is_registered = |parameter: &&Parameter| match parameter {
                Parameter::Text { name, value } if name.eq_ignore_ascii_case("type") => {
                    part.parts().iter().any(|part| part.content_type.is(value))
                }
                parameter => parameter.is("charset"),
            };
            content_type
                .parameters
                .iter()
                .filter(|parameter| !is_registered(parameter))
                .for_each(|parameter| self.assert_absent("Content-Type", &parameter.to_string()));
            for text in [content_id, content_location].into_iter().flatten() {
                self.assert_absent("part", text);
            }
            if let Some(disposition) = disposition {
                self.assert_absent("Content-Disposition", &disposition.to_string());
            }
            for header in headers {
                match header {
                    Header::Text { name, value } => self.assert_absent(name, value),
                    Header::Coded { value, .. } => self.assert_absent("part", &String::from_utf8_lossy(value)),
                }
            }
            waiting.extend(part.parts());
        }
    }

    pub(super) fn assert_absent(&self, name: &str, text: &str) {
        let text = text.to_ascii_lowercase();
        for secret in &self.0 {
            assert!(!is_named(secret, &text), "{name} does not name {secret}: {text}");
        }
    }
}

/// Whether the name is in the text as a word or words.
fn is_named(name: &str, text: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|after| after.chars().next());
        before.is_none_or(|c| !c.is_ascii_alphanumeric()) && after.is_none_or(|c| !c.is_ascii_alphanumeric())
    })
}

/// What an address is looked for as: as it is, and the digits of a number.
fn spellings(address: &Address) -> impl Iterator<Item = String> {
    let value = address.kind.parts().0.trim().to_ascii_lowercase();
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let is_number = matches!(address.kind, AddressKind::Phone(_) | AddressKind::ShortCode(_));
    [Some(value), Some(digits).filter(|_| is_number)].into_iter().flatten()
}

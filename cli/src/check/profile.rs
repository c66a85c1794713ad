//! The kinds of peers that a message can be checked for.

use std::collections::{HashMap, HashSet};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use memchr::memmem;
use mms_codec::content_class::{self, LIMITS};
use mms_codec::message::ContentClass;
use mms_codec::mm7::Schema;
use mms_codec::{Bytes, ShownField, mm4, mm7};

use super::{Finding, Places};
use crate::decoded::Message;
use crate::inspect::view::offset_in;

/// A kind of peer, as the library has it.
#[derive(Clone, Debug)]
pub(super) enum Profile {
    /// Phones of a content class, whatever the interface.
    Phone(ContentClass),
    Mm4(&'static mm4::Profile),
    Mm7(&'static mm7::Profile),
    Schema(&'static Schema),
}

/// All profiles: the name of each, and what it is.
fn all() -> impl Iterator<Item = (String, String, Profile)> {
    let phones = LIMITS.iter().map(|limits| {
        let class = limits.class;
        let image = limits.image.map_or_else(|| "no pictures".into(), |image| format!("pictures up to {image} pixels"));
        let what = format!("Phones of the content class {class}: {} octets, {image}", limits.octets);
        (class.name().to_owned(), what, Profile::Phone(class))
    });
    let mm4 = mm4::Profile::NAMED.iter().map(|(name, what, mm4)| ((*name).into(), (*what).into(), Profile::Mm4(mm4)));
    let mm7 = mm7::Profile::NAMED.iter().map(|(name, what, mm7)| ((*name).into(), (*what).into(), Profile::Mm7(mm7)));
    let schemas = Schema::ALL.iter().map(|schema| {
        let name = name_of(schema);
        (name.to_ascii_lowercase(), format!("A peer on MM7 with the schema {name}"), Profile::Schema(schema))
    });
    phones.chain(mm4).chain(mm7).chain(schemas)
}

/// The last part of a namespace, such as `REL-6-MM7-1-4`.
fn name_of(schema: &Schema) -> String {
    let uri = schema.uri();
    uri.rsplit('/').next().unwrap_or(&uri).to_owned()
}

pub(super) fn parser() -> impl TypedValueParser<Value = Profile> {
    PossibleValuesParser::new(all().map(|(name, what, _)| PossibleValue::new(name).help(what))).try_map(|name| {
        all().find(|(known, _, _)| *known == name).map(|(_, _, profile)| profile).ok_or("no such profile")
    })
}

impl Profile {
    /// What a peer of this kind would dislike, or why it gets no such message.
    pub(super) fn findings(&self, message: Message, octets: &Bytes, places: &Places) -> Result<Vec<Finding>, String> {
        let before = message.fields();
        let (after, clause, mut findings) = match (self, message) {
            (Self::Phone(class), message) => return Ok(for_phone(*class, &message, octets)),
            (Self::Mm4(profile), Message::Mm4(mut pdu)) => {
                profile.adapt(&mut pdu.value);
                (pdu.value.fields(), "TS 23.140, 8.4".to_owned(), Vec::new())
            }
            (Self::Mm7(profile), Message::Mm7(mut envelope)) => {
                if let Some(message) = envelope.value.message_mut() {
                    profile.adapt(message);
                }
                (envelope.value.fields(), "TS 23.140, 8.7".into(), Vec::new())
            }
            (Self::Schema(schema), Message::Mm7(mut envelope)) => {
                let own = name_of(&envelope.value.schema);
                let finding = |what, is_fatal, written: &str| {
                    let offset = memmem::find(octets, written.as_bytes());
                    Finding { what, offset, is_fatal, ..Finding::default() }
                };
                let what = format!("the message is in the schema {own}, not in {}", name_of(schema));
                let other = finding(what, false, &envelope.value.schema.uri());
                let mut findings: Vec<_> = (envelope.value.schema != **schema).then_some(other).into_iter().collect();
                if envelope.value.fit_to(schema).is_none() {
                    let name = envelope.value.name();
                    findings.push(finding(format!("{name} is not in the schema {}", name_of(schema)), true, name));
                }
                (envelope.value.fields(), name_of(schema), findings)
            }
            (Self::Mm4(_), _) => return Err("the profile is one of MM4".into()),
            (Self::Mm7(_) | Self::Schema(_), _) => return Err("the profile is one of MM7".into()),
        };
        findings.extend(
            differences(&before, &after, places).map(|finding| Finding { clause: Some(clause.clone()), ..finding }),
        );
        Ok(findings)
    }
}

/// Why a phone of a content class need not show a message. The size of a message is that on MM1, elsewhere that of its
/// contents.
fn for_phone(class: ContentClass, message: &Message, octets: &Bytes) -> Vec<Finding> {
    let Some(body) = message.body() else { return Vec::new() };
    let contents = || body.leaves().filter_map(|leaf| Some(leaf.decoded()?.len())).sum();
    let size = match message {
        Message::Mm1(_) => mms_codec::Interface::Mm1.uncarried(octets).octets.len(),
        _ => contents(),
    };
    let reasons = content_class::reasons(body, size, class).into_iter();
    let finding = |reason: content_class::Reason<'_>| Finding {
        what: reason.to_string(),
        offset: reason
            .part
            .and_then(|part| part.octets())
            .map(|content| offset_in(octets, content))
            .filter(|at| *at > 0),
        clause: Some("OMA MMS Conformance".into()),
        ..Finding::default()
    };
    reasons.map(finding).collect()
}

/// The fields that a peer has in another way.
fn differences<'a>(
    before: &'a [ShownField],
    after: &'a [ShownField],
    places: &'a Places,
) -> impl Iterator<Item = Finding> + 'a {
    let after_by_name: HashMap<_, _> = after.iter().map(|field| (field.name.as_str(), values(field))).collect();
    let names: HashSet<_> = before.iter().map(|field| field.name.as_str()).collect();
    let is_missing = |field: &&ShownField| !names.contains(field.name.as_str());
    let missing: Vec<_> = after.iter().filter(is_missing).map(|field| (field, Vec::new(), values(field))).collect();
    let changed = before.iter().map(move |field| {
        let after = after_by_name.get(field.name.as_str()).cloned().unwrap_or_default();
        (field, values(field), after)
    });
    changed.chain(missing).flat_map(move |(field, before, after)| {
        let place = places.of(&field.name);
        let text = place.map_or("", |(_, text)| text);
        let count = before.len().max(after.len());
        let differences = (0..count).filter_map(move |at| match (before.get(at), after.get(at)) {
            (Some(before), Some(after)) if before == after || text.contains(after.as_str()) => None,
            (Some(before), Some(after)) => Some(format!("{before} instead of {after}")),
            (Some(before), None) => Some(format!("{before}, which the peer does not know")),
            (None, Some(after)) => Some(format!("{after} is missing")),
            (None, None) => None,
        });
        differences.map(move |what| Finding {
            what,
            offset: place.map(|(offset, _)| offset),
            field: Some(field.name.clone()),
            ..Finding::default()
        })
    })
}

fn values(field: &ShownField) -> Vec<String> {
    field.values.iter().map(ToString::to_string).collect()
}

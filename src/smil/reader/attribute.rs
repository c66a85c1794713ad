//! Attributes, and their values.

use alloc::borrow::Cow;
use core::time::Duration;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use super::Walk;
use crate::error::DecodeError;
use crate::options::DeviationKind;
use crate::smil::{Fit, Length, clock};
use crate::xml::syntax::are_attributes;

impl Walk<'_> {
    /// The values of the attributes `known`, in the order of that list.
    pub(super) fn attributes<'t>(
        &mut self,
        tag: &'t BytesStart<'_>,
        known: &[&'static str],
        at: usize,
    ) -> Result<[Option<Cow<'t, str>>; 7], DecodeError> {
        let mut values = [const { None }; 7];
        let name_len = tag.name().into_inner().len();
        let is_empty = tag.len() == name_len;
        self.well_formed(is_empty || are_attributes(tag, name_len), at)?;
        // Comparing all of them with each other takes too long when there are many.
        let mut attributes = tag.attributes();
        for attribute in attributes.with_checks(false) {
            // What is not well-formed was reported.
            let Ok(attribute) = attribute else { continue };
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let local = attribute.key.local_name();
            let local = local.into_inner();
            let exact = known.iter().position(|name| *name == local);
            let Some(place) = exact.or_else(|| known.iter().position(|name| name.eq_ignore_ascii_case(local))) else {
                self.forgive(DeviationKind::UnexpectedAttribute, at, None)?;
                continue;
            };
            let name = known.get(place).copied();
            if exact.is_none() {
                self.forgive(DeviationKind::LetterCase, at, name)?;
            }
            let value = match attribute.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) => value,
                // A literal ampersand, or an undeclared entity.
                Err(_) => {
                    self.forgive(DeviationKind::InvalidValue, at, name)?;
                    attribute.value
                }
            };
            if value.chars().any(char::is_control) {
                self.forgive(DeviationKind::ControlCharacter, at, name)?;
            }
            match values.get_mut(place) {
                Some(slot @ None) => *slot = Some(value),
                _ => self.forgive(DeviationKind::DuplicateField, at, name)?,
            }
        }
        Ok(values)
    }

    pub(super) fn length(
        &mut self,
        value: Option<Cow<'_, str>>,
        name: &'static str,
        at: usize,
    ) -> Result<Option<Length>, DecodeError> {
        self.parsed(value, name, at, |text| {
            let text = text.trim();
            let number = |text: &str| {
                let is_number = text.bytes().all(|octet| octet.is_ascii_digit());
                text.parse().ok().filter(|_| is_number)
            };
            match text.strip_suffix('%') {
                Some(percent) => number(percent).map(Length::Percent),
                None => number(text.strip_suffix("px").unwrap_or(text)).map(Length::Pixels),
            }
        })
    }

    pub(super) fn time(
        &mut self,
        value: Option<Cow<'_, str>>,
        name: &'static str,
        at: usize,
    ) -> Result<Option<Duration>, DecodeError> {
        self.parsed(value, name, at, clock::parse)
    }

    pub(super) fn fit(&mut self, value: Option<Cow<'_, str>>, at: usize) -> Result<Option<Fit>, DecodeError> {
        self.parsed(value, "fit", at, |text| Fit::ALL.iter().copied().find(|fit| fit.name() == text))
    }

    fn parsed<T>(
        &mut self,
        value: Option<Cow<'_, str>>,
        name: &'static str,
        at: usize,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, DecodeError> {
        let Some(value) = value else { return Ok(None) };
        let parsed = parse(&value);
        if parsed.is_none() {
            self.forgive(DeviationKind::InvalidValue, at, Some(name))?;
        }
        Ok(parsed)
    }
}

//! Undeclared prefixes: read as if the declaration were there, where the local name says which
//! it is.

use alloc::borrow::Cow;
use alloc::format;

use super::{Kind, Reader, Repair};
use crate::error::{DecodeError, DecodeErrorKind, Limit, Prefix};
use crate::message::Str;
use crate::options::DeviationKind;

/// The namespace that a name is meant to be in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Meant {
    /// The one that the document is about.
    Own,
    Other(&'static str),
}

/// Namespaces of undeclared prefixes, by the local names behind them.
pub(crate) struct Vocabulary {
    /// The namespace that an element is meant to be in by its local name, if that says so.
    pub(crate) element: fn(&str) -> Option<Meant>,
    /// The namespace that an attribute with a prefix is meant to be in by its local name, if that says so.
    pub(crate) attribute: fn(&str) -> Option<Meant>,
    /// The namespace that documents with these names are usually about.
    pub(crate) usual: fn() -> Str,
}

impl Vocabulary {
    /// Knows no name, so that every undeclared prefix is an error.
    pub(crate) const EMPTY: Self = Self { element: |_| None, attribute: |_| None, usual: Str::default };
}

impl<'a, K: Kind> Reader<'a, K> {
    /// Takes this for the namespace that the document is about where a prefix is not declared.
    pub(crate) fn assume(&mut self, uri: &Str) {
        self.assumed = Some(uri.clone());
    }

    /// Whether the namespace that the document is about was not declared somewhere.
    pub(crate) const fn is_assumed(&self) -> bool {
        self.is_assumed
    }

    /// What is noted of the namespace of the current element, whose prefix is not declared.
    #[cold]
    pub(super) fn assume_kind(&mut self) -> Result<K, DecodeError> {
        let prefix = self.prefix.unwrap_or_default();
        self.bind(prefix, (self.vocabulary.element)(self.name))
    }

    /// Declares the prefix of an attribute of the current element.
    #[cold]
    pub(super) fn assume_attribute(&mut self, prefix: &'a str, local: &str) -> Result<(), DecodeError> {
        self.bind(prefix, (self.vocabulary.attribute)(local)).map(|_| ())
    }

    /// Declares a prefix in the current element, in what is kept of it too.
    fn bind(&mut self, prefix: &'a str, meant: Option<Meant>) -> Result<K, DecodeError> {
        let uri = match meant {
            None => return Err(self.error(DecodeErrorKind::UndeclaredPrefix(Prefix::new(prefix)), self.at)),
            Some(Meant::Other(uri)) => Str::from_static(uri),
            Some(Meant::Own) if !self.own.is_empty() => self.own.clone(),
            Some(Meant::Own) => {
                self.is_assumed = true;
                self.assumed.clone().unwrap_or_else(self.vocabulary.usual)
            }
        };
        self.forgive_here(DeviationKind::UndeclaredPrefix)?;
        let declaration = format!(" xmlns:{prefix}=\"{uri}\"");
        let repair = Repair::new(self.at + 1 + self.name_len, 0, declaration);
        // Before those of the attributes of this element.
        let place = self.repairs.partition_point(|other| other.at < repair.at);
        self.repairs.insert(place, repair);
        let kind = K::of(&uri, &self.own);
        let many = DecodeErrorKind::LimitExceeded(Limit::Items);
        let declared = self.namespaces.declare(Some(prefix), Cow::Owned(uri.as_str().into()), self.depth, kind);
        declared.map_err(|_| self.error(many, self.at))?;
        Ok(kind)
    }
}

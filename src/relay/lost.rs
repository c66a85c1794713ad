//! What did not come along.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::fmt;

use crate::change::{Change, ChangeKind};
use crate::message::{Element, ElementSet, Header, Parameter, Str};
use crate::table::{Table, Wire, count};

/// Something that the new PDU does not say, or says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Lost {
    /// The name of the information element ([`Element::name`]), or of the field of the source
    /// interface where no other has it, such as `ServiceCode`, or of the header of a part. An
    /// attribute follows the field: `To@displayOnly`; a parameter too: `Content-Type; name`.
    /// `X-Mms-Message-ID` is the identifier of the message; `Message-ID` is the identifier of a mail.
    pub name: Str,
    /// The part that it was said of: its place in the tree of parts, such as `2.1`; empty for the
    /// whole body. `None` for what was said of the message.
    pub part: Option<Str>,
    /// What became of it.
    pub kind: LossKind,
}

/// What became of something that did not come along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum LossKind {
    /// Left out: the interface does not carry it, or cannot express its value.
    NotCarried,
    /// It is there with another value, the nearest that the interface has.
    Changed,
}

/// `ServiceCode is not carried`, `part 2.1: Content-ID has another value`.
impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part.as_deref() {
            None => {}
            Some("") => f.write_str("body: ")?,
            Some(part) => write!(f, "part {part}: ")?,
        }
        let kind = match self.kind {
            LossKind::NotCarried => "is not carried",
            LossKind::Changed => "has another value",
        };
        write!(f, "{} {kind}", self.name)
    }
}

/// The list while it is made.
#[derive(Debug, Default)]
pub(super) struct Losses(Vec<Lost>);

impl From<Vec<Lost>> for Losses {
    fn from(lost: Vec<Lost>) -> Self {
        Self(lost)
    }
}

impl Losses {
    pub(super) fn into_vec(self) -> Vec<Lost> {
        self.0
    }

    /// Leaves one entry for each value that is alone in its field: what is left out at last has no other
    /// value, and what changed twice has changed. Each value of a list has its own entries.
    pub(super) fn once_each(mut self) -> Self {
        const LISTS: ElementSet = ElementSet::EMPTY
            .with(Element::To)
            .with(Element::Cc)
            .with(Element::Bcc)
            .with(Element::PreviouslySentBy)
            .with(Element::PreviouslySentDate);
        let is_alone = |lost: &Lost| lost.part.is_none() && !LISTS.iter().any(|element| lost.name == element.name());
        let mut settled: BTreeSet<Str> = BTreeSet::new();
        if self.0.iter().any(|lost| lost.kind == LossKind::Changed && lost.part.is_none()) {
            let left_out = self.0.iter().filter(|lost| lost.kind == LossKind::NotCarried && is_alone(lost));
            settled.extend(left_out.map(|lost| lost.name.clone()));
            self.0.retain(|lost| {
                lost.kind == LossKind::NotCarried || !is_alone(lost) || settled.insert(lost.name.clone())
            });
        }
        self
    }

    pub(super) fn add(&mut self, name: impl Into<Str>, kind: LossKind) {
        self.0.push(Lost { name: name.into(), part: None, kind });
    }

    pub(super) fn extend(&mut self, lost: impl IntoIterator<Item = Lost>) {
        self.0.extend(lost);
    }

    pub(super) fn not_carried(&mut self, name: impl Into<Str>) {
        self.add(name, LossKind::NotCarried);
    }

    pub(super) fn changed(&mut self, name: impl Into<Str>) {
        self.add(name, LossKind::Changed);
    }

    pub(super) fn of_part(&mut self, part: &str, name: impl Into<Str>, kind: LossKind) {
        self.0.push(Lost { name: name.into(), part: Some(part.into()), kind });
    }

    /// A field that is lost if it is there.
    pub(super) fn option<T>(&mut self, name: &'static str, value: Option<T>) {
        if value.is_some() {
            self.not_carried(Str::from_static(name));
        }
    }

    pub(super) fn elements(&mut self, elements: ElementSet) {
        elements.iter().for_each(|element| self.not_carried(Str::from_static(element.name())));
    }

    pub(super) fn element_changed(&mut self, element: Element) {
        self.changed(Str::from_static(element.name()));
    }

    /// What the version of the peer does not know; nothing if it does not know the PDU at all, which
    /// the encoder reports.
    pub(super) fn changes(&mut self, changes: Option<Vec<Change>>) {
        for Change { field, kind } in changes.unwrap_or_default() {
            let kind = match kind {
                ChangeKind::Removed => LossKind::NotCarried,
                ChangeKind::Changed => LossKind::Changed,
            };
            self.add(field, kind);
        }
    }

    /// Fields whose values cannot be expressed, each as often as a value was removed.
    pub(super) fn fields(&mut self, names: Vec<&'static str>) {
        names.into_iter().for_each(|name| self.not_carried(Str::from_static(name)));
    }

    pub(super) fn headers(&mut self, headers: &[Header]) {
        headers.iter().for_each(|header| self.not_carried(header_name(header)));
    }

    /// The fields that have a value, but for those that `is_kept` names.
    pub(super) fn fields_of<W: Wire>(&mut self, pdu: &dyn Table<W>, is_kept: impl Fn(W::Name) -> bool) {
        for (place, row) in pdu.rows().iter().enumerate() {
            if count(pdu, place) > 0 && !is_kept(row.name) {
                self.not_carried(Str::from_static(W::spelling(row.name)));
            }
        }
    }
}

/// The information element that is `Message-ID` on MM1 and `MessageID` on MM7, as MM4 names it;
/// `Message-ID` is the identifier of the mail there.
pub(super) const MESSAGE_ID: &str = "X-Mms-Message-ID";

/// The name of a parameter, or its number.
pub(super) fn parameter_name(parameter: &Parameter) -> Str {
    match parameter {
        Parameter::Text { name, .. } => name.clone(),
        Parameter::Coded { code, .. } => alloc::format!("0x{:02X}", code | 0x80).into(),
    }
}

/// The name of a header, or its number on its code page.
pub(super) fn header_name(header: &Header) -> Str {
    match header {
        Header::Text { name, .. } => name.clone(),
        Header::Coded { page: 1, code, .. } => alloc::format!("0x{:02X}", code | 0x80).into(),
        Header::Coded { page, code, .. } => alloc::format!("0x{:02X} on page {page}", code | 0x80).into(),
    }
}

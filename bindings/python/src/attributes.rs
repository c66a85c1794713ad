//! The rule that makes attributes of Python of the fields that the library lists.
//!
//! The name of an attribute is the one of the field without `X-Mms-`, in lower case, its words joined by `_`:
//! `X-Mms-Message-Size` is `message_size`, `SenderIdentification.VASPID` is `sender_identification_vaspid`. A word of
//! Python gets a `_` behind it. `X-Mms-` is kept where the rest begins with a digit, and where the interface has the rest as
//! a field, too, as MM4 has `Message-ID`: `x_mms_message_id`.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use mms_codec::{FieldForm, Interface, ShownKind};
use pyo3::prelude::*;
use pyo3::types::PyList;

/// The words of Python that are names of fields, too.
const RESERVED: &[&str] = &["class", "from", "import", "in", "is", "return", "with"];

const PREFIX: &str = "X-Mms-";

/// An attribute, and the fields that it stands for.
#[derive(Debug, Default)]
pub(crate) struct Attribute {
    /// Whether it is a tuple, on all interfaces.
    pub(crate) is_list: bool,
    pub(crate) fields: Vec<(Interface, FieldForm)>,
}

static ATTRIBUTES: LazyLock<BTreeMap<String, Attribute>> = LazyLock::new(|| {
    let mut attributes = BTreeMap::<String, Attribute>::new();
    for interface in Interface::ALL {
        let forms = interface.fields();
        let names: HashSet<&str> = forms.iter().map(|form| form.name).collect();
        for form in forms {
            let is_name =
                |short: &str| !names.contains(short) && !short.starts_with(|first: char| first.is_ascii_digit());
            let short = without_prefix(form.name).filter(|short| is_name(short));
            let attribute = attributes.entry(name_of(short.unwrap_or(form.name))).or_default();
            attribute.is_list |= form.repeats;
            attribute.fields.push((*interface, form));
        }
    }
    attributes
});

static LISTS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let forms = Interface::ALL.iter().flat_map(|interface| interface.fields());
    forms.filter(|form| form.repeats).map(|form| form.name).collect()
});

pub(crate) fn all() -> &'static BTreeMap<String, Attribute> {
    &ATTRIBUTES
}

/// Whether a field may be repeated on any interface: a report has one recipient, but is read as a message is.
pub(crate) fn may_repeat(field: &str) -> bool {
    LISTS.contains(field)
}

impl Attribute {
    /// The field of an interface.
    pub(crate) fn on(&self, interface: Interface) -> Option<FieldForm> {
        self.fields.iter().find(|(of, _)| *of == interface).map(|(_, form)| *form)
    }

    /// Its type in the notation of Python.
    pub(crate) fn type_name(&self) -> String {
        let types: BTreeSet<_> = self.fields.iter().flat_map(|(_, form)| types(form.kind)).copied().collect();
        let types = types.into_iter().collect::<Vec<_>>().join(" | ");
        if self.is_list { format!("tuple[{types}, ...]") } else { format!("{types} | None") }
    }
}

const fn types(kind: ShownKind) -> &'static [&'static str] {
    match kind {
        ShownKind::Number => &["int"],
        ShownKind::Flag => &["bool"],
        ShownKind::Timestamp => &["datetime"],
        ShownKind::Time => &["datetime", "timedelta"],
        _ => &["str"],
    }
}

fn without_prefix(field: &str) -> Option<&str> {
    field.get(..PREFIX.len()).filter(|start| start.eq_ignore_ascii_case(PREFIX)).and_then(|_| field.get(PREFIX.len()..))
}

fn name_of(field: &str) -> String {
    let letters: Vec<char> = field.chars().collect();
    let mut name = String::with_capacity(field.len());
    let mut before = '_';
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at.saturating_add(1));
        // `messageID`; `MMSRelay` before the last of several capitals, `MM7Version` behind a digit.
        let begins_word = letter.is_ascii_uppercase()
            && (before.is_ascii_lowercase()
                || before.is_ascii_alphanumeric() && next.is_some_and(char::is_ascii_lowercase));
        if begins_word || !letter.is_ascii_alphanumeric() {
            push_separator(&mut name);
        }
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        }
        before = *letter;
    }
    if RESERVED.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

fn push_separator(name: &mut String) {
    if !name.is_empty() && !name.ends_with('_') {
        name.push('_');
    }
}

/// The attributes of messages that are fields: their names and types, as the stub has them, and the fields.
#[pyfunction]
pub(crate) fn attributes(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let row = |(name, attribute): (&String, &Attribute)| {
        let fields: Vec<_> = attribute.fields.iter().map(|(interface, form)| (interface.name(), form.name)).collect();
        (name.clone(), attribute.type_name(), fields)
    };
    PyList::new(py, all().iter().map(row))
}

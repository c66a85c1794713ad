//! What is in many files, in a few lines.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use serde_json::{Map, Value};

use super::view::View;
use super::{Failure, json};
use crate::printable::Line;

/// Counts.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    decoded: u64,
    refused: u64,
    types: BTreeMap<String, u64>,
    deviations: BTreeMap<String, u64>,
    errors: BTreeMap<String, u64>,
}

impl Summary {
    pub(crate) fn add(&mut self, shown: &Result<View, Failure>) {
        match shown {
            Ok(view) => {
                self.decoded += 1;
                self.add_view(view);
            }
            Err(failure) => {
                self.refused += 1;
                *self.errors.entry(failure.message()).or_default() += 1;
            }
        }
    }

    fn add_view(&mut self, view: &View) {
        *self.types.entry(format!("{} {}", view.interface, view.type_name)).or_default() += 1;
        for deviation in &view.deviations {
            *self.deviations.entry(deviation.kind.name().into()).or_default() += 1;
        }
        view.pdu.iter().for_each(|pdu| self.add_view(pdu));
        for leaf in &view.leaves {
            match &leaf.pdu {
                Some(Ok(pdu)) => self.add_view(pdu),
                Some(Err(error)) => *self.errors.entry(error.kind.to_string()).or_default() += 1,
                None => {}
            }
        }
    }

    const fn lists(&self) -> [(&'static str, &BTreeMap<String, u64>); 3] {
        [("types", &self.types), ("deviations", &self.deviations), ("errors", &self.errors)]
    }

    pub(crate) fn json(&self) -> String {
        let counts = |counts: &BTreeMap<String, u64>| -> Value {
            counts.iter().map(|(name, count)| (name.clone(), Value::from(*count))).collect::<Map<_, _>>().into()
        };
        let mut object = Map::new();
        object.insert("decoded".into(), self.decoded.into());
        object.insert("refused".into(), self.refused.into());
        object.extend(self.lists().map(|(name, list)| (name.to_owned(), counts(list))));
        json::line(object)
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} decoded, {} not", self.decoded, self.refused)?;
        for (name, counts) in self.lists().into_iter().filter(|(_, counts)| !counts.is_empty()) {
            writeln!(f, "{name}")?;
            let mut counts: Vec<_> = counts.iter().collect();
            counts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            counts.into_iter().try_for_each(|(name, count)| writeln!(f, "{count:8}  {}", Line(name)))?;
        }
        f.write_char('\n')
    }
}

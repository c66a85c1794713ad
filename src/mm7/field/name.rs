//! What an element is by its name and place: also under another name, in other letters, or at another place.

use crate::mm7::wire::Mm7;
use crate::octet_set::same;
use crate::options::DeviationKind;
use crate::table::{Row, Rows};

/// What the table says of an element.
pub(in crate::mm7) enum Found {
    /// The element is a field, or has attributes that are fields.
    Row(usize),
    /// The element holds fields; the first of them is in this row.
    Group(usize),
}

/// The element of a name in one of these rows, of which the first has this number.
pub(super) fn find_in(rows: &[Row<Mm7>], first: usize, outer: &str, name: &str) -> Option<Found> {
    (first..).zip(rows).find_map(|(index, row)| {
        let place = &row.name;
        if same(place.outer, outer) {
            same(place.element, name).then_some(Found::Row(index))
        } else {
            (outer.is_empty() && same(place.outer, name)).then_some(Found::Group(index))
        }
    })
}

/// What an element is read as, whatever name or place it has.
pub(in crate::mm7) fn read_as(rows: &Rows<Mm7>, outer: &str, name: &str) -> Option<Found> {
    let find = |name: &str| find_in(rows.rows, 0, outer, name);
    find(name).or_else(|| meant(rows, outer, name, find).1)
}

/// The meaning of an element that the table does not have here: under another name, in other
/// letters, or at another place. `find` looks for the element of a name here.
pub(super) fn meant(
    rows: &Rows<Mm7>,
    outer: &str,
    name: &str,
    find: impl Fn(&str) -> Option<Found>,
) -> (DeviationKind, Option<Found>) {
    let same = |own: &str| own.eq_ignore_ascii_case(name);
    let here = rows.iter().find(|row| row.name.outer == outer && same(row.name.element)).map(|row| row.name.element);
    let group = rows.iter().find(|row| outer.is_empty() && same(row.name.outer)).map(|row| row.name.outer);
    if let Some(known) = here.or(group) {
        (DeviationKind::LetterCase, find(known))
    } else if let Some(found) = other_names(name).find_map(&find) {
        (DeviationKind::FieldName, Some(found))
    } else {
        // Inside of another element, or not inside of one.
        let elsewhere = |known: &str| rows.iter().position(|row| row.name.element == known);
        let row = elsewhere(name).or_else(|| other_names(name).find_map(elsewhere));
        (DeviationKind::MisplacedField, row.map(Found::Row))
    }
}

/// The specification's names of an element that is known under others too.
fn other_names(name: &str) -> impl Iterator<Item = &'static str> + use<'_> {
    const NAMES: &[(&str, &str)] = &[
        ("EarlistDeliveryTime", "EarliestDeliveryTime"),
        ("EarlestDeliveryTime", "EarliestDeliveryTime"),
        ("ReplayChargingID", "ReplyChargingID"),
        ("AuxApplicId", "AuxApplicInfo"),
        ("SenderAddress", "Sender"),
        ("Sender", "SenderAddress"),
        ("Recipients", "Recipient"),
        ("Recipient", "To"),
        ("To", "Recipient"),
        ("TimeStamp", "Date"),
        ("Date", "TimeStamp"),
        ("Status", "MMStatus"),
    ];
    NAMES.iter().filter(move |(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, known)| *known)
}

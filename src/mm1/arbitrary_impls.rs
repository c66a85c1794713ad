//! Arbitrary PDUs that the encoder accepts.

use alloc::format;
use alloc::string::String;

use super::code_point::Version;
use super::field::{Extra, FieldCode};
use super::rows::show_field;
use super::rules::Mend;
use super::value::{Mm1, SlotMut};
use super::version::{fit_to, set_version, version_of};
use crate::message::Str;
use crate::shown::Shown;
use crate::table::{Need, Row, SlotMut as _, count};

/// A PDU with all of its mandatory fields, and some of the others.
pub(super) fn arbitrary<P: Mend + Default>(
    since: Option<Version>,
    u: &mut arbitrary::Unstructured<'_>,
) -> arbitrary::Result<P> {
    loop {
        let mut pdu = P::default();
        for (place, row) in pdu.rows().iter().enumerate() {
            let times = match row.need {
                Need::Mandatory => 1,
                Need::Optional => usize::from(u.ratio(1, 3)?),
            };
            let more = if row.repeats { u.int_in_range(0..=2)? } else { 0 };
            for _ in 0..times * (1 + more) {
                if let Some(slot) = pdu.slot_mut(place) {
                    slot.fill(u)?;
                }
            }
            if row.name == FieldCode::CONTENT_LOCATION {
                make_absolute(pdu.slot_mut(place));
            }
        }
        if u.ratio(1, 4)? {
            pdu.extra_mut().push(Extra::Named { name: Str::from_static("X-Vendor"), value: u.arbitrary()? });
        }
        let version = version_of(&pdu).max(since.unwrap_or_default());
        set_version(&mut pdu, version);
        let fits = fit_to(&mut pdu, since, version).is_some();
        let is_identified = show_field(&pdu, FieldCode::TRANSACTION_ID) != Some(Shown::Text(String::new()));
        let is_missing = |(place, row): (usize, &Row<Mm1>)| row.need == Need::Mandatory && count(&pdu, place) == 0;
        if is_identified && fits && pdu.broken_rules() == 0 && !pdu.rows().iter().enumerate().any(is_missing) {
            return Ok(pdu);
        }
        if u.is_empty() {
            return Err(arbitrary::Error::NotEnoughData);
        }
    }
}

/// Hardly any arbitrary text is an absolute URI.
fn make_absolute(slot: Option<SlotMut<'_>>) {
    let make = |location: &mut Str| *location = format!("http://m.example/{location}").into();
    match slot {
        Some(SlotMut::Str(location)) => location.iter_mut().for_each(make),
        Some(SlotMut::Strs(locations)) => locations.iter_mut().for_each(make),
        Some(SlotMut::CountedStrs(locations)) => locations.iter_mut().for_each(|location| make(&mut location.value)),
        _ => {}
    }
}

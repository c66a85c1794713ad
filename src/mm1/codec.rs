//! The loops over the field tables.

use alloc::collections::BTreeMap;
#[cfg(feature = "arbitrary")]
use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;

use bytes::Bytes;

use super::code_point::MessageType;
use super::field::{FieldCode, FieldName, Fields, RawField};
use super::pdu::Pdu;
use super::value::Mm1;
use crate::context::Decoding;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{Hex, Message, Str, is_token_octet};
use crate::options::{DeviationKind, Options};
use crate::shown::{Shown, ShownField};
use crate::table::{Need, Row, Rows, Slot as _, SlotMut as _, Table, count, elements};
use crate::wsp::{Mark, Reader, Writer, reaches_beyond, value_length};

/// A field that a PDU struct has no place for, kept so that it can be written back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Extra {
    /// An application header: name and value are text.
    Named {
        /// The name, a token.
        name: Str,
        /// The value.
        value: Str,
    },
    /// A field with a number: unknown, out of place, repeated, or with a value that cannot be read.
    Coded {
        /// The number.
        code: FieldCode,
        /// The octets of the value, from its value-length on. For `Content-Type` with the body.
        value: Bytes,
    },
    /// Octets that belong to no field: a text that is no name, and the value that it has, if any.
    Stray(Bytes),
}

/// Where a table has each field code.
pub(crate) struct Index {
    /// The place of its row; beyond the last for a code without row.
    places: [u8; 128],
    /// A bit for the place of each row that is mandatory.
    mandatory: u64,
}

impl Rows<Mm1> {
    pub(crate) const fn new(rows: &'static [Row<Mm1>]) -> Self {
        // The reader has a bit for each.
        assert!(rows.len() <= 64);
        let mut index = Index { places: [u8::MAX; 128], mandatory: 0 };
        let (mut rest, mut place) = (rows, 0);
        while let [row, after @ ..] = rest {
            if let Some(slot) = index.places.as_mut_slice().split_at_mut(row.name.number() as usize).1.first_mut() {
                *slot = place;
            }
            assert!(place < 2 || !has_fixed_place(row.name));
            if matches!(row.need, Need::Mandatory) {
                index.mandatory |= 1 << place;
            }
            place += 1;
            rest = after;
        }
        Self { rows, elements: elements(rows), index }
    }

    /// The row of a field code, and its place.
    #[inline]
    fn find(&self, code: FieldCode) -> Option<(usize, &'static Row<Mm1>)> {
        let place = usize::from(*self.index.places.get(usize::from(code.number()))?);
        self.rows.get(place).map(|row| (place, row))
    }
}

/// Whether a field is one of the first three, and of the first two rows therefore: the type has none.
const fn has_fixed_place(code: FieldCode) -> bool {
    matches!(code, FieldCode::MESSAGE_TYPE | FieldCode::TRANSACTION_ID | FieldCode::MMS_VERSION)
}

/// The type of the PDU. Where it is not the first field, as it has to be, the fields before it are
/// stepped over.
pub(super) fn message_type(octets: &[u8], options: &Options) -> Result<MessageType, DecodeError> {
    // Where it has to be.
    if let [name, octet @ 0x80..=0xff, ..] = *octets
        && FieldCode::from_wire(name) == Some(FieldCode::MESSAGE_TYPE)
    {
        return Ok(MessageType::from_octet(octet));
    }
    let missing = |kind| DecodeError { kind, offset: 0, field: FieldCode::MESSAGE_TYPE.name() };
    let mut fields = Fields::new(octets).map_while(Result::ok);
    let is_type = |name| name == FieldName::Code(FieldCode::MESSAGE_TYPE);
    let found = if options.strict {
        fields.next().filter(|field| is_type(field.name))
    } else {
        fields.take(options.limits.items).find(|field| is_type(field.name))
    };
    let field = found.ok_or(missing(DecodeErrorKind::MissingField))?;
    match *field.value {
        [octet @ 0x80..=0xff] => Ok(MessageType::from_octet(octet)),
        [octet, ..] => {
            Err(DecodeError { offset: field.offset + 1, ..missing(DecodeErrorKind::UnexpectedOctet(octet)) })
        }
        [] => Err(missing(DecodeErrorKind::UnexpectedEnd)),
    }
}

/// Reads the fields into an empty PDU.
pub(super) fn read(pdu: &mut Pdu, from: &mut Reader<'_>) -> Result<(), DecodeError> {
    let is_known = pdu.is_known();
    read_table(pdu.table_mut(), is_known, from)
}

#[inline]
fn read_table(pdu: &mut dyn Table<Mm1>, is_known: bool, from: &mut Reader<'_>) -> Result<(), DecodeError> {
    let mut state = State { rows: pdu.rows(), is_known, seen: 0, others: 0, fields: 0 };
    while let Some(first) = from.peek() {
        let code = FieldCode::from_wire(first);
        match (code, first) {
            (Some(code), _) => from.in_outer_field(code.name(), |from| state.coded(code, pdu, from))?,
            (None, 0x20..=0x7e) => application_header(pdu, from)?,
            (None, 0x00) => {
                let at = from.offset();
                let zeros = from.remaining().iter().take_while(|octet| **octet == 0).count();
                from.take(zeros)?;
                from.forgive(DeviationKind::StrayOctets, at)?;
            }
            (None, _) => {
                // MMS headers know no code pages, so what follows keeps its meaning.
                from.forgive(DeviationKind::CodePageShift, from.offset())?;
                from.octet()?;
                if first == 0x7f && !from.is_empty() {
                    from.octet()?;
                }
            }
        }
        state.fields += 1;
    }
    state.finish(pdu, from)
}

/// Which fields were there.
struct State {
    rows: &'static Rows<Mm1>,
    /// Whether the specification knows the PDU, so that a field of it without row is out of place.
    is_known: bool,
    /// A bit for the place of each row.
    seen: u64,
    /// A bit for each code without row.
    others: u128,
    fields: usize,
}

impl State {
    fn has(&self, code: FieldCode) -> bool {
        self.rows.find(code).map_or(self.others >> code.number() & 1 != 0, |(place, _)| self.seen >> place & 1 != 0)
    }

    /// The first three fields have a fixed order (OMA-TS-MMS_ENC, 7).
    #[cold]
    fn order(&self, code: FieldCode, from: &mut Reader<'_>) -> Result<(), DecodeError> {
        let place = match code {
            FieldCode::MESSAGE_TYPE => 0,
            FieldCode::TRANSACTION_ID => 1,
            FieldCode::MMS_VERSION => 1 + usize::from(self.has(FieldCode::TRANSACTION_ID)),
            _ => return Ok(()),
        };
        if place == self.fields || self.has(code) {
            return Ok(());
        }
        from.forgive(DeviationKind::FieldOrder, from.offset())
    }

    #[inline(always)]
    fn coded(&mut self, code: FieldCode, pdu: &mut dyn Table<Mm1>, from: &mut Reader<'_>) -> Result<(), DecodeError> {
        let Some((place, row)) = self.rows.find(code) else {
            if code == FieldCode::MESSAGE_TYPE && self.fields == 0 {
                self.others = 1 << code.number();
                return from.take(2).map(drop);
            }
            return self.without_row(code, pdu, from);
        };
        // A quick `has_fixed_place`; mostly they are where they belong.
        if place < 2 && (self.fields != place + 1 || self.seen != place as u64) {
            self.order(code, from)?;
        }
        from.octet()?;
        let at = from.offset();
        let before = self.seen;
        self.seen |= 1 << place;
        if self.seen == before && !row.repeats {
            from.forgive(DeviationKind::DuplicateField, at)?;
            return keep(code, pdu, from);
        }
        let value = from.mark();
        if row.repeats {
            from.count()?;
        }
        // An empty transaction identifier identifies nothing, and phones lose the PDU over it.
        let is_empty_id = code == FieldCode::TRANSACTION_ID && is_empty(from.remaining());
        let Some(slot) = pdu.slot_mut(place) else { return Ok(()) };
        let Err(error) = slot.read(from) else {
            return if is_empty_id { from.forgive(DeviationKind::EmptyValue, at) } else { Ok(()) };
        };
        self.unreadable(code, error, Before { value, seen: before }, pdu, from)
    }

    #[cold]
    fn without_row(
        &mut self,
        code: FieldCode,
        pdu: &mut dyn Table<Mm1>,
        from: &mut Reader<'_>,
    ) -> Result<(), DecodeError> {
        self.order(code, from)?;
        from.octet()?;
        let before = self.others;
        self.others |= 1 << code.number();
        let again = self.others == before;
        if code == FieldCode::MESSAGE_TYPE && !again {
            return from.octet().map(drop);
        }
        if self.is_known && code.name().is_some() {
            let kind = if again { DeviationKind::DuplicateField } else { DeviationKind::UnexpectedField };
            from.forgive(kind, from.offset())?;
        }
        keep(code, pdu, from)
    }

    /// Goes back before a value that cannot be read, and keeps it.
    #[cold]
    fn unreadable(
        &mut self,
        code: FieldCode,
        error: DecodeError,
        before: Before,
        pdu: &mut dyn Table<Mm1>,
        from: &mut Reader<'_>,
    ) -> Result<(), DecodeError> {
        if from.is_strict() || matches!(error.kind, DecodeErrorKind::LimitExceeded(_)) {
            return Err(error);
        }
        from.back_to(before.value);
        let at = from.offset();
        // A value-length of zero, or an empty text: as if the field were not there.
        if code != FieldCode::CONTENT_TYPE && is_empty(from.remaining()) {
            from.take(value_length(from.remaining()).unwrap_or_default())?;
            self.seen = before.seen;
            return from.forgive(DeviationKind::EmptyValue, at);
        }
        let kind = match error.kind {
            DecodeErrorKind::UnexpectedOctet(_) => DeviationKind::UnknownToken,
            _ => DeviationKind::InvalidValue,
        };
        from.forgive(kind, error.offset)?;
        keep(code, pdu, from)
    }

    fn finish(&self, pdu: &dyn Table<Mm1>, from: &mut Reader<'_>) -> Result<(), DecodeError> {
        let end = from.offset();
        let missing = self.rows.index.mandatory & !self.seen;
        let rows = self.rows.iter().enumerate().filter(|(place, _)| missing >> place & 1 != 0);
        for code in rows.take(missing.count_ones() as usize).map(|(_, row)| row.name).chain(pdu.missing()) {
            from.context().missing(code.name(), end)?;
        }
        if let Some(code) = pdu.conflict() {
            let has_code = |field: &RawField<'_>| field.name == FieldName::Code(code);
            let field = Fields::new(from.input()).map_while(Result::ok).find(has_code);
            let at = field.map_or(end, |field| field.offset + 1);
            from.context().forgive_in(code.name(), DeviationKind::FieldConflict, at)?;
        }
        Ok(())
    }
}

/// What there was before a value was read.
struct Before {
    value: Mark,
    seen: u64,
}

/// Whether a value is an empty composite or text, in any form.
fn is_empty(octets: &[u8]) -> bool {
    matches!(octets, [0, ..] | [0x1f, 0, ..] | [0x7f, 0, ..] | [0x02, 0x80..=0xff, 0, ..])
}

/// Keeps a field as octets. One that reaches beyond the end is kept as far as it goes.
fn keep(code: FieldCode, pdu: &mut dyn Table<Mm1>, from: &mut Reader<'_>) -> Result<(), DecodeError> {
    let at = from.offset();
    let left = from.remaining();
    let size = match code {
        FieldCode::CONTENT_TYPE => left.len(),
        _ => match value_length(left) {
            Some(size) => size,
            None if from.is_strict() => return Err(from.error(DecodeErrorKind::UnexpectedEnd)),
            None => {
                from.forgive(DeviationKind::Truncated, at)?;
                left.len()
            }
        },
    };
    from.count()?;
    let value = from.take_shared(size)?;
    crate::list::push(pdu.extra_mut(), Extra::Coded { code, value });
    Ok(())
}

fn application_header(pdu: &mut dyn Table<Mm1>, from: &mut Reader<'_>) -> Result<(), DecodeError> {
    let (mark, start) = (from.mark(), from.offset());
    let mut page = 1;
    match from.header(&mut page) {
        Ok(Some(crate::message::Header::Text { name, value })) => {
            // Another value for whoever goes by names, such as the other side of a relay.
            if FieldCode::named(&name).is_some() {
                from.forgive(DeviationKind::FieldName, start)?;
            }
            from.count()?;
            crate::list::push(pdu.extra_mut(), Extra::Named { name, value });
            Ok(())
        }
        Err(error) if from.is_strict() || matches!(error.kind, DecodeErrorKind::LimitExceeded(_)) => Err(error),
        _ => {
            from.back_to(mark);
            from.forgive(DeviationKind::StrayOctets, from.offset())?;
            from.count()?;
            let octets = from.take_shared(stray_length(from.remaining()))?;
            crate::list::push(pdu.extra_mut(), Extra::Stray(octets));
            Ok(())
        }
    }
}

/// The size of the text that `octets` begin with, and of the value behind it, unless that looks like
/// the next field.
fn stray_length(octets: &[u8]) -> usize {
    let name = value_length(octets).unwrap_or(octets.len());
    match octets.get(name..) {
        Some(value @ [0x00..=0x7f, ..]) => name + value_length(value).unwrap_or_default(),
        _ => name,
    }
}

/// Takes out the values that have no form on MM1, and names their fields. The body stays.
#[cfg(all(feature = "mm4", feature = "mm7"))]
pub(crate) fn fit(pdu: &mut dyn Table<Mm1>) -> Vec<&'static str> {
    let mut to = Writer::new();
    crate::table::fit(pdu, |row, slot, index| {
        to.clear();
        row.name == FieldCode::CONTENT_TYPE || slot.write(index, &mut to).is_ok()
    })
}

pub(super) fn write(pdu: &Pdu, to: &mut Writer) -> Result<(), EncodeError> {
    let (message_type, is_known, pdu) = (pdu.message_type(), pdu.is_known(), pdu.table());
    if let Some(field) = pdu.inexpressible() {
        return Err(EncodeError::from(EncodeErrorKind::NoSuchField).in_field(field));
    }
    let rows = pdu.rows();
    let elements = pdu.message().map(Message::elements).unwrap_or_default();
    if let Some(element) = elements.without(rows.elements).iter().next() {
        return Err(EncodeError::from(EncodeErrorKind::NoSuchField).in_field(element.name()));
    }
    if let Some(code) = pdu.missing() {
        return Err(in_field(EncodeErrorKind::MissingField.into(), code));
    }
    if let Some(code) = pdu.conflict() {
        return Err(in_field(EncodeErrorKind::FieldConflict.into(), code));
    }
    if message_type.octet() < 0x80 || is_known != message_type.name().is_some() {
        return Err(in_field(EncodeErrorKind::NotExpressible.into(), FieldCode::MESSAGE_TYPE));
    }
    to.octet(FieldCode::MESSAGE_TYPE.wire());
    to.octet(message_type.octet());
    let mut extra_is_due = true;
    for (place, row) in rows.iter().enumerate() {
        let is_absent = row.element.is_some_and(|element| !elements.contains(element));
        if is_absent && row.need == Need::Optional {
            continue;
        }
        let Some(slot) = pdu.slot(place) else { continue };
        if row.name == FieldCode::CONTENT_TYPE && slot.count() > 0 {
            // Everything behind the first of them would be its body.
            if keeps(pdu.extra(), row.name) {
                return Err(in_field(EncodeErrorKind::FieldConflict.into(), row.name));
            }
            extra_is_due = false;
            write_extra(pdu, false, to)?;
        }
        let before = to.len();
        let written = slot.write_each(|to| to.octet(row.name.wire()), to);
        let is_missing = match written.map_err(|error| in_field(error, row.name))? {
            // A value that could not be read is there all the same.
            0 => row.need == Need::Mandatory && !keeps(pdu.extra(), row.name),
            // The name, and a text without octets.
            _ => row.name == FieldCode::TRANSACTION_ID && to.len() == before + 2,
        };
        if is_missing {
            return Err(in_field(EncodeErrorKind::MissingField.into(), row.name));
        }
    }
    if extra_is_due { write_extra(pdu, true, to) } else { Ok(()) }
}

/// Whether a field is there that could not be read.
pub(super) fn keeps(extra: &[Extra], wanted: FieldCode) -> bool {
    extra.iter().any(|field| matches!(field, Extra::Coded { code, .. } if *code == wanted))
}

fn in_field(error: EncodeError, code: FieldCode) -> EncodeError {
    code.name().map_or(error, |name| error.in_field(name))
}

/// Writes the fields without a place, after which the PDU ends or its body begins.
fn write_extra(pdu: &dyn Table<Mm1>, ends: bool, to: &mut Writer) -> Result<(), EncodeError> {
    let extra = pdu.extra();
    for (index, field) in extra.iter().enumerate() {
        match field {
            Extra::Named { name, value } => {
                if let Some(code) = FieldCode::named(name).filter(|code| has_value(pdu, *code)) {
                    return Err(in_field(EncodeErrorKind::FieldConflict.into(), code));
                }
                to.token_text(name)?;
                to.text_string(value)?;
            }
            Extra::Coded { code, value } => {
                // What does not end where the rule for unknown fields says would take its
                // neighbours with it; a content type takes everything, so it has to be the last.
                let fits = match *code {
                    FieldCode::CONTENT_TYPE => index + 1 == extra.len(),
                    _ => value_length(value) == Some(value.len()) && !continues(pdu, *code, value),
                };
                if !fits {
                    return Err(in_field(EncodeErrorKind::NotExpressible.into(), *code));
                }
                to.octet(code.wire());
                to.octets(value);
            }
            Extra::Stray(octets) => {
                let name = value_length(octets).filter(|_| matches!(octets.first(), Some(0x20..=0x7e)));
                // Without a value it would take what follows for one, unless that is a coded field and
                // the text no name.
                let is_name = || octets.split_last().is_some_and(|(_, name)| name.iter().copied().all(is_token_octet));
                let fits = name != Some(octets.len())
                    || match extra.get(index + 1) {
                        None => ends || !is_name(),
                        Some(next) => matches!(next, Extra::Coded { .. }) && !is_name(),
                    };
                if name.is_none() || stray_length(octets) != octets.len() || !fits {
                    return Err(EncodeErrorKind::NotExpressible.into());
                }
                to.octets(octets);
            }
        }
    }
    Ok(())
}

/// Whether a field is there, which a header of its name would contradict.
fn has_value(pdu: &dyn Table<Mm1>, code: FieldCode) -> bool {
    code == FieldCode::MESSAGE_TYPE
        || keeps(pdu.extra(), code)
        || pdu.rows().find(code).is_some_and(|(place, _)| count(pdu, place) > 0)
}

/// Whether a lenient reader would take the beginning of the next field for the end of this value, and
/// understand it then, such as a sender without value-length of whom only the token is there.
fn continues(pdu: &dyn Table<Mm1>, code: FieldCode, value: &[u8]) -> bool {
    let Some((place, row)) = pdu.rows().find(code) else { return false };
    let slot = pdu.slot(place).filter(|slot| row.repeats || slot.count() == 0);
    slot.is_some_and(|slot| reaches_beyond(value, |from| slot.probe(from)))
}

/// The value of a field that may stand once.
pub(super) fn show_field(pdu: &dyn Table<Mm1>, code: FieldCode) -> Option<Shown> {
    let (place, _) = pdu.rows().find(code)?;
    pdu.slot(place)?.show(0)
}

pub(super) fn show(pdu: &Pdu) -> Vec<ShownField> {
    let (message_type, pdu) = (pdu.message_type(), pdu.table());
    let mut fields = crate::table::show(pdu);
    let mut places = BTreeMap::new();
    for field in pdu.extra() {
        let (name, repeats, value) = match field {
            Extra::Named { name, value } => (name.to_string(), false, Shown::Text(value.to_string())),
            Extra::Stray(octets) => {
                (DeviationKind::StrayOctets.name().to_string(), false, Shown::Text(Hex(octets).to_string()))
            }
            Extra::Coded { code, value } => {
                let (repeats, shown) = elsewhere(message_type, *code, value);
                let place = *places.entry(*code).or_insert(fields.len());
                if let Some(same) = fields.get_mut(place).filter(|_| repeats) {
                    same.values.push(shown);
                    continue;
                }
                (code.to_string(), repeats, shown)
            }
        };
        fields.push(ShownField { name, repeats, values: alloc::vec![value] });
    }
    fields
}

/// A field without a place: as the PDU reads it, or the first that has it; else as text or octets.
/// Also whether it may be repeated there.
fn elsewhere(message_type: MessageType, code: FieldCode, value: &Bytes) -> (bool, Shown) {
    let (repeats, known) = match code {
        FieldCode::CONTENT_TYPE => (false, show_content_type(value)),
        _ => {
            let known = MessageType::ALL.iter().copied();
            let mut types = core::iter::once(message_type).chain(known);
            types.find_map(|message_type| show_value(message_type, code, value)).unwrap_or((false, None))
        }
    };
    let shown = known.unwrap_or_else(|| match value.split_last() {
        Some((0, text)) if !text.is_empty() && text.iter().all(|octet| matches!(octet, 0x20..=0x7e)) => {
            Shown::Text(text.iter().copied().map(char::from).collect())
        }
        _ => Shown::Text(Hex(value).to_string()),
    });
    (repeats, shown)
}

/// A content type without a body behind it.
fn show_content_type(value: &Bytes) -> Option<Shown> {
    let mut from = Reader::new(value, &Options::lenient());
    let content_type = from.content_type().ok()?;
    from.is_empty().then(|| Shown::Text(content_type.to_string()))
}

/// Whether the PDU may repeat a field, and its value as the PDU shows it, unless it cannot read it.
/// `None` if the PDU has no such field.
fn show_value(message_type: MessageType, code: FieldCode, value: &Bytes) -> Option<(bool, Option<Shown>)> {
    let mut pdu = Pdu::like(message_type);
    let (place, row) = pdu.table().rows().find(code)?;
    let mut from = Reader::new(value, &Options::lenient());
    let read = pdu.table_mut().slot_mut(place)?.read(&mut from).is_ok() && from.is_empty();
    Some((row.repeats, pdu.table().slot(place)?.show(0).filter(|_| read)))
}

/// A PDU with all of its mandatory fields, and some of the others.
#[cfg(feature = "arbitrary")]
pub(super) fn arbitrary<P: Table<Mm1> + Default>(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<P> {
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
        }
        if u.ratio(1, 4)? {
            pdu.extra_mut().push(Extra::Named { name: Str::from_static("X-Vendor"), value: u.arbitrary()? });
        }
        let is_identified = show_field(&pdu, FieldCode::TRANSACTION_ID) != Some(Shown::Text(String::new()));
        if is_identified && pdu.missing().or_else(|| pdu.conflict()).is_none() {
            return Ok(pdu);
        }
        if u.is_empty() {
            return Err(arbitrary::Error::NotEnoughData);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::table;

    /// The first number that no specification has assigned.
    const NEXT: FieldCode = FieldCode::from_wire(0xc0).unwrap();

    #[derive(Default)]
    struct Newer {
        text: Option<Str>,
        extra: Vec<Extra>,
    }

    table! {
        Newer: Mm1;
        NEXT, Mandatory, text;
    }

    fn deviations(octets: &'static [u8]) -> Vec<DeviationKind> {
        let (octets, mut newer) = (Bytes::from_static(octets), Newer::default());
        let mut from = Reader::new(&octets, &Options::lenient());
        read_table(&mut newer, true, &mut from).unwrap();
        from.deviations().iter().map(|deviation| deviation.kind).collect()
    }

    #[test]
    fn checks_fields_of_any_number() {
        assert_eq!(deviations(b"\x8c\x80\xc0one\0"), []);
        assert_eq!(deviations(b"\x8c\x80\xc0one\0\xc0two\0"), [DeviationKind::DuplicateField]);
        assert_eq!(deviations(b"\x8c\x80"), [DeviationKind::MissingField]);
    }
}

//! Decoding: the loop over the fields of a PDU.

use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;

use bytes::Bytes;

use super::breach::Breach;
use super::code_point::{MessageType, Version};
use super::field::{Extra, FieldCode, FieldName, Fields, RawField};
use super::rules::broken;
use super::value::{ADDRESS_PRESENT, Mm1, SlotMut, each_slot};
use super::version::version_read;
use crate::context::Decoding;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError};
use crate::message::{Address, Originator};
use crate::options::{DeviationKind, Options};
use crate::table::{Fill, Rows, SlotMut as _, Value, Values};
use crate::wsp::{Mark, Reader, Writer, value_length};

/// The type of the PDU. Where it is not the first field, as it has to be, the fields before it are
/// stepped over.
#[inline(always)]
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

/// Reads the fields into an empty PDU, which came with MMS version `since` if the specification knows it.
#[inline]
pub(super) fn read(pdu: &mut dyn Fill<Mm1>, since: Option<Version>, from: &mut Reader<'_>) -> Result<(), DecodeError> {
    let mut state = State::new(pdu.rows(), since);
    state.read(pdu, from, None)?;
    state.finish(pdu, from)
}

/// Reads the fields as [`read`] does, and says where each begins and ends.
#[cold]
pub(super) fn read_places(
    pdu: &mut dyn Fill<Mm1>,
    since: Option<Version>,
    from: &mut Reader<'_>,
    visit: &mut dyn FnMut(core::ops::Range<usize>),
) -> Result<(), DecodeError> {
    State::new(pdu.rows(), since).read(pdu, from, Some(visit))
}

/// Which fields were there.
struct State {
    rows: &'static Rows<Mm1>,
    /// The version that introduced the PDU, if the specification knows it, so that a field of it
    /// without row is out of place.
    since: Option<Version>,
    /// A bit for the place of each row.
    seen: u32,
    /// A bit for each code without row.
    others: u128,
    fields: usize,
}

impl State {
    const fn new(rows: &'static Rows<Mm1>, since: Option<Version>) -> Self {
        Self { rows, since, seen: 0, others: 0, fields: 0 }
    }

    fn has(&self, code: FieldCode) -> bool {
        self.rows.find(code).map_or(self.others >> code.number() & 1 != 0, |(place, _)| self.seen >> place & 1 != 0)
    }

    /// Reads all fields, and calls `visit` with the place of each.
    fn read(
        &mut self,
        pdu: &mut dyn Fill<Mm1>,
        from: &mut Reader<'_>,
        mut visit: Option<&mut dyn FnMut(core::ops::Range<usize>)>,
    ) -> Result<(), DecodeError> {
        loop {
            if visit.is_none() {
                self.usual_fields(pdu, from);
            }
            let Some(first) = from.peek() else { break };
            let start = from.offset();
            let code = FieldCode::from_wire(first);
            match (code, first) {
                (Some(code), _) => from.in_outer_field(code.name(), |from| self.coded(code, pdu, from))?,
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
            self.fields += 1;
            if let Some(visit) = &mut visit {
                visit(start..from.offset());
            }
        }
        Ok(())
    }

    /// Reads fields up to the first that is not where it belongs, or does not have the form that deployed encoders
    /// give it: in those there is nothing to forgive, so that neither their names nor their places need to be known.
    #[inline]
    fn usual_fields(&mut self, pdu: &mut dyn Fill<Mm1>, from: &mut Reader<'_>) {
        let mut left = from.remaining();
        // The type is known already.
        if self.fields == 0
            && let [name, 0x80..=0xff, after @ ..] = left
            && *name == FieldCode::MESSAGE_TYPE.wire()
        {
            self.others = 1 << FieldCode::MESSAGE_TYPE.number();
            self.fields = 1;
            left = after;
        }
        while let [name @ 0x80..=0xff, value @ ..] = left
            && let place = self.rows.index.place(*name & 0x7f)
            && let Some(bit) = 1_u32.checked_shl(place)
            && self.seen & bit & !self.rows.index.repeated == 0
            && (place >= 2 || self.fields == place as usize + 1 && self.seen == place)
            && let Some(slot) = pdu.slot_mut(place as usize)
            && let Some(after) = each_slot!(SlotMut, slot, values => usual(values, value))
            && (self.rows.index.repeated & bit == 0 || from.count().is_ok())
        {
            self.seen |= bit;
            self.fields += 1;
            left = after;
        }
        from.skip_to(left);
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

    #[inline(never)]
    fn coded(&mut self, code: FieldCode, pdu: &mut dyn Fill<Mm1>, from: &mut Reader<'_>) -> Result<(), DecodeError> {
        let Some((place, row)) = self.rows.find(code) else { return self.without_row(code, pdu, from) };
        // A quick `has_fixed_place`; mostly they are where they belong.
        if place < 2 && (self.fields != place + 1 || self.seen as usize != place) {
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
        pdu: &mut dyn Fill<Mm1>,
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
        // Every PDU has one message type, and what else an unknown one has is not known.
        if code == FieldCode::MESSAGE_TYPE || self.since.is_some() && code.name().is_some() {
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
        pdu: &mut dyn Fill<Mm1>,
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

    fn finish(&self, pdu: &mut dyn Fill<Mm1>, from: &mut Reader<'_>) -> Result<(), DecodeError> {
        if from.deviations().iter().any(|deviation| deviation.kind == DeviationKind::AddressSpelling) {
            split_addresses(pdu, from)?;
        }
        let version = version_read(pdu);
        let missing = self.rows.index.mandatory & !self.seen;
        let newer = self.rows.later_than(version) & self.seen;
        let is_newer = self.since.is_some_and(|since| since > version);
        if missing == 0 && newer == 0 && !is_newer && pdu.broken_rules() == 0 {
            return Ok(());
        }
        self.irregular(missing, newer, is_newer, pdu, from)
    }

    /// Reports what is missing, newer than the version, or against the rules.
    #[cold]
    fn irregular(
        &self,
        missing: u32,
        newer: u32,
        is_newer: bool,
        pdu: &dyn Fill<Mm1>,
        from: &mut Reader<'_>,
    ) -> Result<(), DecodeError> {
        let end = from.offset();
        let broken = broken(pdu);
        let of = |breach| broken.clone().filter(move |rule| rule.1 == breach).map(|rule| rule.0);
        for code in self.codes(missing).chain(of(Breach::Missing)) {
            from.context().missing(code.name(), end)?;
        }
        let own_type = is_newer.then_some(FieldCode::MESSAGE_TYPE);
        let newer = own_type.into_iter().chain(self.codes(newer)).chain(of(Breach::Newer));
        let newer = newer.map(|code| (code, DeviationKind::NewerField));
        let conflicts = of(Breach::Conflict).map(|code| (code, DeviationKind::FieldConflict));
        // Once a field, whatever it breaks.
        let mut last = None;
        for (code, kind) in newer.chain(conflicts) {
            if last.replace((code, kind)) == Some((code, kind)) {
                continue;
            }
            let has_code = |field: &RawField<'_>| field.name == FieldName::Code(code);
            let field = Fields::new(from.input()).map_while(Result::ok).find(has_code);
            let at = field.map_or(end, |field| field.offset + 1);
            from.context().forgive_in(code.name(), kind, at)?;
        }
        Ok(())
    }

    /// The fields at the places that have a bit.
    fn codes(&self, places: u32) -> impl Iterator<Item = FieldCode> {
        let rows = self.rows.iter().enumerate().filter(move |(place, _)| places >> place & 1 != 0);
        rows.map(|(_, row)| row.name)
    }
}

/// Takes several addresses that are in one field for what they are. Where there may be one field, the first
/// address is its value, and the others are kept.
#[cold]
fn split_addresses(pdu: &mut dyn Fill<Mm1>, from: &mut Reader<'_>) -> Result<(), DecodeError> {
    for (place, row) in pdu.rows().iter().enumerate() {
        let mut kept = Vec::new();
        match pdu.slot_mut(place) {
            Some(SlotMut::Addresses(addresses)) => {
                let mut split = Vec::with_capacity(addresses.len());
                for address in core::mem::take(addresses) {
                    let mut several = several_addresses(&address, from)?;
                    if several.is_empty() {
                        split.push(address);
                    } else {
                        split.append(&mut several);
                    }
                }
                *addresses = split;
            }
            Some(SlotMut::Originator(Some(Originator::Address(address)))) => {
                keep_first(address, &mut kept, from, |rest, to| {
                    to.composite(|to| {
                        to.octet(ADDRESS_PRESENT);
                        to.unlabelled_string(rest)
                    })
                })?;
            }
            Some(SlotMut::Address(Some(address))) => {
                keep_first(address, &mut kept, from, |rest, to| to.unlabelled_string(rest))?;
            }
            _ => {}
        }
        let extra = pdu.extra_mut();
        // What is behind a content type is its content.
        let is_content = |field: &Extra| matches!(field, Extra::Coded { code: FieldCode::CONTENT_TYPE, .. });
        let end = extra.len() - usize::from(extra.last().is_some_and(is_content));
        for (place, value) in (end..).zip(kept) {
            extra.insert(place, Extra::Coded { code: row.name, value });
        }
    }
    Ok(())
}

fn several_addresses(address: &Address, from: &mut Reader<'_>) -> Result<Vec<Address>, DecodeError> {
    let several = crate::message::several(address);
    several.iter().skip(1).try_for_each(|_| from.count())?;
    Ok(several)
}

/// Makes the first of several addresses the address, and keeps the others as they are written.
fn keep_first(
    address: &mut Address,
    kept: &mut Vec<Bytes>,
    from: &mut Reader<'_>,
    write: impl Fn(&str, &mut Writer) -> Result<(), EncodeError>,
) -> Result<(), DecodeError> {
    let mut several = several_addresses(address, from)?.into_iter();
    let Some(first) = several.next() else { return Ok(()) };
    *address = first;
    for rest in several {
        let name = rest.details.as_deref().and_then(|details| details.name.as_deref());
        let text = name.map_or_else(|| rest.to_string(), |name| format!("{name} <{rest}>"));
        let mut to = Writer::new();
        if write(&text, &mut to).is_ok() {
            kept.push(to.into_octets().into());
        }
    }
    Ok(())
}

/// Reads a value into a field without one, in its usual form. Not inlined: one function a type is what the slots are
/// for.
#[inline(never)]
fn usual<'a, V: Values<Item: Value<Mm1>>>(values: &mut V, octets: &'a [u8]) -> Option<&'a [u8]> {
    Value::usual(octets, values)
}

/// What there was before a value was read.
struct Before {
    value: Mark,
    seen: u32,
}

/// Whether a value is an empty composite or text, in any form.
fn is_empty(octets: &[u8]) -> bool {
    matches!(octets, [0, ..] | [0x1f, 0, ..] | [0x7f, 0, ..] | [0x02, 0x80..=0xff, 0, ..])
}

/// Keeps a field as octets. One that reaches beyond the end is kept as far as it goes.
fn keep(code: FieldCode, pdu: &mut dyn Fill<Mm1>, from: &mut Reader<'_>) -> Result<(), DecodeError> {
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

#[inline(always)]
fn application_header(pdu: &mut dyn Fill<Mm1>, from: &mut Reader<'_>) -> Result<(), DecodeError> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Str;
    use crate::mm1::Pdu;
    use crate::mm1::code_point::V1_0;
    use crate::table::table;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

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
        read(&mut newer, V1_0, &mut from).unwrap();
        from.deviations().iter().map(|deviation| deviation.kind).collect()
    }

    #[test]
    fn checks_fields_of_any_number() {
        assert_eq!(deviations(b"\x8c\x80\xc0one\0"), []);
        assert_eq!(deviations(b"\x8c\x80\xc0one\0\xc0two\0"), [DeviationKind::DuplicateField]);
        assert_eq!(deviations(b"\x8c\x80"), [DeviationKind::MissingField]);
    }

    /// Fields as encoders write them, and others.
    const FIELDS: &[&[u8]] = &[
        b"\x98T1\0",
        b"\x98\0",
        b"\x98a longer identifier than fits inline\0",
        b"\x98\xe9\0",
        b"\x8d\x92",
        b"\x8d\x90",
        b"\x8d1.2\0",
        b"\x8d\x93",
        b"\x85\x04\x65\x92\x00\x80",
        b"\x85\x04\x00\x65\x92\x00",
        b"\x85\x00",
        b"\x85\x08\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x89\x01\x81",
        b"\x89\x19\x80+447700900123/TYPE=PLMN\0",
        b"\x89\x18\x80+447700900123/TYPE=PLMN\0",
        b"\x89\x02\x81\x80",
        b"\x97+447700900123/TYPE=PLMN\0",
        b"\x97\x19\xea+447700900123/TYPE=PLMN\0",
        b"\x97alice@example.com\0",
        b"\x97alice@example.com,bob@example.com\0",
        b"\x97+44 7700 900123\0",
        b"\x97\0",
        b"\x97/TYPE=PLMN\0",
        b"\x96Holiday pictures\0",
        b"\x96\x07\xeaHello\0",
        b"\x96\x06\xea\x7f\xc3\x89t\0",
        b"\x96\xc3\x89t\0",
        b"\x96=?utf-8?q?=41?=\0",
        b"\x96\0",
        b"\x96no end",
        b"\x8a\x80",
        b"\x8a\x85",
        b"\x8aauto\0",
        b"\x8f\x81",
        b"\x8f\x84",
        b"\x86\x80",
        b"\x86\x82",
        b"\x90\x81",
        b"\x95\x81",
        b"\x92\x80",
        b"\x88\x05\x81\x03\x09\x3a\x80",
        b"\x88\x04\x80\x02\x65\x92",
        b"\x88\x05\x81\x02\x65\x92\x8a",
        b"\x88\x03\x82\x01\x05",
        b"\x8e\x03\x04\x93\xe0",
        b"\x8e\x85",
        b"\x83http://m/1\0",
        b"\x83m\0",
        b"\x8c\x80",
        b"\xc1x\0",
        b"X-Name\0value\0",
        b"\x01",
        b"\x84\xa3\x00",
        b"",
    ];

    proptest! {
        #[test]
        fn the_quick_way_reads_what_the_careful_one_reads(
            message_type in 0x80..0x99_u8,
            is_ordered: bool,
            fields in vec(select(FIELDS), 0..12),
            cut in 0..4_usize,
            items in select(&[440, 440, 3][..]),
            strict: bool,
        ) {
            let start: &[u8] = if is_ordered { b"\x98T1\0\x8d\x92" } else { &[] };
            let mut octets = [&[0x8c, message_type], start, &fields.concat()].concat();
            octets.truncate(octets.len().saturating_sub(cut));
            let (octets, mut options) = (Bytes::from(octets), Options { strict, ..Options::default() });
            (options.limits.items, options.limits.octets_per_item) = (items, usize::MAX);
            let read = |visit: Option<&mut dyn FnMut(core::ops::Range<usize>)>| {
                let mut pdu = Pdu::like(MessageType::from_octet(message_type));
                let (since, mut from) = (pdu.since(), Reader::new(&octets, &options));
                from.bind_to_version_1_3();
                let mut state = State::new(pdu.fill().rows(), since);
                let read = state.read(pdu.fill(), &mut from, visit);
                read.and_then(|()| state.finish(pdu.fill(), &mut from)).map(|()| (pdu, from.into_deviations()))
            };
            prop_assert_eq!(read(None), read(Some(&mut |_| {})));
        }
    }
}

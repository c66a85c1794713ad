//! The loops over the field tables.

use alloc::collections::BTreeMap;
#[cfg(feature = "arbitrary")]
use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;

use bytes::Bytes;

use super::code_point::MessageType;
use super::field::{FieldCode, FieldName, Fields, RawField};
use super::value::Mm1;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{ElementSet, Hex, Message, Str, is_token_octet};
use crate::options::{DeviationKind, Options};
use crate::table::{Field, Need, Shown, ShownField, elements};
use crate::wsp::{Reader, Writer, reaches_beyond, value_length};

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

/// A PDU struct and its field table.
pub(crate) trait Table: Default + 'static {
    /// In the order the fields are written. `X-Mms-Message-Type` is not among them.
    const FIELDS: &'static [Field<Self, Mm1>];

    /// Whether a field with a number of the specification that has no row is out of place.
    const KNOWS_ITS_FIELDS: bool = true;

    fn extra(&self) -> &Vec<Extra>;
    fn extra_mut(&mut self) -> &mut Vec<Extra>;

    /// The shared message, if the PDU has one.
    fn message(&self) -> Option<&Message> {
        None
    }

    /// The field that stands for several of which one has to be there, if none is.
    fn missing(&self) -> Option<FieldCode> {
        None
    }

    /// The field that breaks a rule which a table cannot say: it contradicts another one, or has a
    /// value that this PDU does not allow.
    fn conflict(&self) -> Option<FieldCode> {
        None
    }

    /// The name of a field of a shared report that has a value and no row: MM1 cannot say it.
    fn inexpressible(&self) -> Option<&'static str> {
        None
    }
}

/// Where in a table each field code has its row.
struct Rows<P>(core::marker::PhantomData<P>);

impl<P: Table> Rows<P> {
    const INDEX: [u8; 128] = {
        let mut index = [u8::MAX; 128];
        let mut rows = P::FIELDS;
        let mut place = 0;
        while let [row, after @ ..] = rows {
            if let Some(slot) = index.as_mut_slice().split_at_mut(row.name.number() as usize).1.first_mut() {
                *slot = place;
            }
            place += 1;
            rows = after;
        }
        index
    };

    const ELEMENTS: ElementSet = elements(P::FIELDS);

    /// One bit for each field code that has to be there.
    const MANDATORY: u64 = {
        let mut mandatory = 0;
        let mut rows = P::FIELDS;
        while let [row, after @ ..] = rows {
            if matches!(row.need, Need::Mandatory) {
                mandatory |= bit(row.name);
            }
            rows = after;
        }
        mandatory
    };
}

/// The bit of a field code; none for the numbers that are not assigned.
const fn bit(code: FieldCode) -> u64 {
    if code.number() < 64 { 1 << code.number() } else { 0 }
}

fn row<P: Table>(code: FieldCode) -> Option<&'static Field<P, Mm1>> {
    let place = Rows::<P>::INDEX.get(usize::from(code.number()))?;
    P::FIELDS.get(usize::from(*place))
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
pub(super) fn read<P: Table>(pdu: &mut P, from: &mut Reader<'_>) -> Result<(), DecodeError> {
    let mut state = State { seen: 0, fields: 0 };
    while let Some(first) = from.peek() {
        from.set_field(None);
        match (FieldCode::from_wire(first), first) {
            (Some(code), _) => {
                state.order(code, from)?;
                from.octet()?;
                state.coded(code, pdu, from)?;
            }
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
    /// The [`bit`] of each assigned field code.
    seen: u64,
    fields: usize,
}

impl State {
    fn has(&self, code: FieldCode) -> bool {
        self.seen & bit(code) != 0
    }

    /// The first three fields have a fixed order (OMA-TS-MMS_ENC, 7).
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
        from.set_field(code.name());
        from.forgive(DeviationKind::FieldOrder, from.offset())
    }

    fn coded<P: Table>(&mut self, code: FieldCode, pdu: &mut P, from: &mut Reader<'_>) -> Result<(), DecodeError> {
        from.set_field(code.name());
        let at = from.offset();
        let again = self.has(code);
        self.seen |= bit(code);
        if code == FieldCode::MESSAGE_TYPE && !again {
            return from.octet().map(drop);
        }
        let Some(row) = row::<P>(code) else {
            if P::KNOWS_ITS_FIELDS && code.name().is_some() {
                let kind = if again { DeviationKind::DuplicateField } else { DeviationKind::UnexpectedField };
                from.forgive(kind, at)?;
            }
            return keep(code, pdu, from);
        };
        if again && !row.repeats {
            from.forgive(DeviationKind::DuplicateField, at)?;
            return keep(code, pdu, from);
        }
        let value = from.mark();
        if row.repeats {
            from.count_item()?;
        }
        // An empty transaction identifier identifies nothing, and phones lose the PDU over it.
        let is_empty_id = code == FieldCode::TRANSACTION_ID && is_empty(from.remaining());
        let Err(error) = (row.read)(pdu, from) else {
            return if is_empty_id { from.forgive(DeviationKind::EmptyValue, at) } else { Ok(()) };
        };
        if from.is_strict() || matches!(error.kind, DecodeErrorKind::LimitExceeded(_)) {
            return Err(error);
        }
        from.back_to(value);
        // A value-length of zero, or an empty text: as if the field were not there.
        if code != FieldCode::CONTENT_TYPE && is_empty(from.remaining()) {
            from.take(value_length(from.remaining()).unwrap_or_default())?;
            self.seen &= !bit(code);
            return from.forgive(DeviationKind::EmptyValue, at);
        }
        let kind = match error.kind {
            DecodeErrorKind::UnexpectedOctet(_) => DeviationKind::UnknownToken,
            _ => DeviationKind::InvalidValue,
        };
        from.forgive(kind, error.offset)?;
        keep(code, pdu, from)
    }

    fn finish<P: Table>(&self, pdu: &P, from: &mut Reader<'_>) -> Result<(), DecodeError> {
        let end = from.offset();
        let missing = Rows::<P>::MANDATORY & !self.seen;
        let rows = P::FIELDS.iter().filter(|row| missing & bit(row.name) != 0).take(missing.count_ones() as usize);
        for code in rows.map(|row| row.name).chain(pdu.missing()) {
            from.set_field(code.name());
            if from.is_strict() {
                return Err(from.error_at(DecodeErrorKind::MissingField, end));
            }
            from.forgive(DeviationKind::MissingField, end)?;
        }
        if let Some(code) = pdu.conflict() {
            let has_code = |field: &RawField<'_>| field.name == FieldName::Code(code);
            let field = Fields::new(from.input()).map_while(Result::ok).find(has_code);
            from.set_field(code.name());
            from.forgive(DeviationKind::FieldConflict, field.map_or(end, |field| field.offset + 1))?;
        }
        Ok(())
    }
}

/// Whether a value is an empty composite or text, in any form.
fn is_empty(octets: &[u8]) -> bool {
    matches!(octets, [0, ..] | [0x1f, 0, ..] | [0x7f, 0, ..] | [0x02, 0x80..=0xff, 0, ..])
}

/// Keeps a field as octets. One that reaches beyond the end is kept as far as it goes.
fn keep<P: Table>(code: FieldCode, pdu: &mut P, from: &mut Reader<'_>) -> Result<(), DecodeError> {
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
    from.count_item()?;
    let value = from.take_shared(size)?;
    crate::list::push(pdu.extra_mut(), Extra::Coded { code, value });
    Ok(())
}

fn application_header<P: Table>(pdu: &mut P, from: &mut Reader<'_>) -> Result<(), DecodeError> {
    let (mark, start) = (from.mark(), from.offset());
    let mut page = 1;
    match from.header(&mut page) {
        Ok(Some(crate::message::Header::Text { name, value })) => {
            // Another value for whoever goes by names, such as the other side of a relay.
            if FieldCode::named(&name).is_some() {
                from.forgive(DeviationKind::FieldName, start)?;
            }
            from.count_item()?;
            crate::list::push(pdu.extra_mut(), Extra::Named { name, value });
            Ok(())
        }
        Err(error) if from.is_strict() || matches!(error.kind, DecodeErrorKind::LimitExceeded(_)) => Err(error),
        _ => {
            from.back_to(mark);
            from.forgive(DeviationKind::StrayOctets, from.offset())?;
            from.count_item()?;
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
pub(crate) fn fit<P: Table>(pdu: &mut P) -> Vec<&'static str> {
    let mut to = Writer::new();
    let can_write = |pdu: &P, row: &Field<P, Mm1>, index| {
        if row.name == FieldCode::CONTENT_TYPE {
            return true;
        }
        to.clear();
        (row.write)(pdu, index, &mut to).is_ok()
    };
    crate::table::fit(pdu, P::FIELDS, |code| code.name().unwrap_or_default(), can_write)
}

pub(super) fn write<P: Table>(message_type: MessageType, pdu: &P, to: &mut Writer) -> Result<(), EncodeError> {
    if let Some(field) = pdu.inexpressible() {
        return Err(EncodeError::from(EncodeErrorKind::NoSuchField).in_field(field));
    }
    if let Some(element) =
        pdu.message().and_then(|message| message.elements().without(Rows::<P>::ELEMENTS).iter().next())
    {
        return Err(EncodeError::from(EncodeErrorKind::NoSuchField).in_field(element.name()));
    }
    if let Some(code) = pdu.missing() {
        return Err(in_field(EncodeErrorKind::MissingField.into(), code));
    }
    if let Some(code) = pdu.conflict() {
        return Err(in_field(EncodeErrorKind::FieldConflict.into(), code));
    }
    if message_type.octet() < 0x80 || P::KNOWS_ITS_FIELDS != message_type.name().is_some() {
        return Err(in_field(EncodeErrorKind::NotExpressible.into(), FieldCode::MESSAGE_TYPE));
    }
    to.octet(FieldCode::MESSAGE_TYPE.wire());
    to.octet(message_type.octet());
    let mut extra_is_due = true;
    for row in P::FIELDS {
        let count = (row.count)(pdu);
        let is_kept = || keeps(pdu.extra(), row.name);
        if row.name == FieldCode::CONTENT_TYPE && count > 0 && is_kept() {
            // Everything behind the first of them would be its body.
            return Err(in_field(EncodeErrorKind::FieldConflict.into(), row.name));
        }
        // A value that could not be read is there all the same.
        if count == 0 && row.need == Need::Mandatory && !is_kept() {
            return Err(in_field(EncodeErrorKind::MissingField.into(), row.name));
        }
        if row.name == FieldCode::CONTENT_TYPE {
            extra_is_due = false;
            write_extra(pdu, count == 0, to)?;
        }
        for index in 0..count {
            to.octet(row.name.wire());
            let before = to.len();
            (row.write)(pdu, index, to).map_err(|error| in_field(error, row.name))?;
            if row.name == FieldCode::TRANSACTION_ID && to.len() == before + 1 {
                return Err(in_field(EncodeErrorKind::MissingField.into(), row.name));
            }
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
fn write_extra<P: Table>(pdu: &P, ends: bool, to: &mut Writer) -> Result<(), EncodeError> {
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
fn has_value<P: Table>(pdu: &P, code: FieldCode) -> bool {
    code == FieldCode::MESSAGE_TYPE
        || keeps(pdu.extra(), code)
        || row::<P>(code).is_some_and(|row| (row.count)(pdu) > 0)
}

/// Whether a lenient reader would take the beginning of the next field for the end of this value, and
/// understand it then, such as a sender without value-length of whom only the token is there.
fn continues<P: Table>(pdu: &P, code: FieldCode, value: &[u8]) -> bool {
    let row = row::<P>(code).filter(|row| row.repeats || (row.count)(pdu) == 0);
    row.is_some_and(|row| reaches_beyond(value, |from| (row.read)(&mut P::default(), from)))
}

/// The value of a field that may stand once.
pub(super) fn show_field<P: Table>(pdu: &P, code: FieldCode) -> Option<Shown> {
    row::<P>(code).and_then(|row| (row.show)(pdu, 0))
}

pub(super) fn show<P: Table>(pdu: &P) -> Vec<ShownField> {
    let rows = P::FIELDS.iter().filter_map(|row| row.shown(pdu, FieldCode::to_string));
    let mut fields: Vec<ShownField> = rows.collect();
    let mut places = BTreeMap::new();
    for field in pdu.extra() {
        let (name, repeats, value) = match field {
            Extra::Named { name, value } => (name.to_string(), false, Shown::Text(value.to_string())),
            Extra::Stray(octets) => {
                (DeviationKind::StrayOctets.name().to_string(), false, Shown::Text(Hex(octets).to_string()))
            }
            Extra::Coded { code, value } => {
                let (repeats, shown) = elsewhere::<P>(*code, value);
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
fn elsewhere<P: Table>(code: FieldCode, value: &Bytes) -> (bool, Shown) {
    let (repeats, known) = match code {
        FieldCode::CONTENT_TYPE => (false, show_content_type(value)),
        _ => show_value::<P>(code, value).or_else(|| super::pdu::show_value(code, value)).unwrap_or((false, None)),
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

/// Whether the PDU `P` may repeat a field, and its value as `P` shows it, unless `P` cannot read it.
/// `None` if `P` has no such field.
pub(super) fn show_value<P: Table>(code: FieldCode, value: &Bytes) -> Option<(bool, Option<Shown>)> {
    let row = row::<P>(code)?;
    let mut pdu = P::default();
    let mut from = Reader::new(value, &Options::lenient());
    let read = (row.read)(&mut pdu, &mut from).is_ok() && from.is_empty();
    Some((row.repeats, (row.show)(&pdu, 0).filter(|_| read)))
}

/// A PDU with all of its mandatory fields, and some of the others.
#[cfg(feature = "arbitrary")]
pub(super) fn arbitrary<P: Table>(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<P> {
    loop {
        let mut pdu = P::default();
        for row in P::FIELDS {
            let times = match row.need {
                Need::Mandatory => 1,
                Need::Optional => usize::from(u.ratio(1, 3)?),
            };
            let more = if row.repeats { u.int_in_range(0..=2)? } else { 0 };
            for _ in 0..times * (1 + more) {
                (row.fill)(&mut pdu, u)?;
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

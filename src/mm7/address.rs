//! Addresses and forwarders on MM7 (TS 23.140, annex L).

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::ToString as _;
use alloc::vec::Vec;

use super::reader::Reader;
use super::value::{clean_characters, not_expressible, shown};
use super::wire::Mm7;
use super::writer::Writer;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{
    Address, AddressDetails, AddressKind, Originator, PreviouslySentBy, PreviouslySentDate, Str, Timestamp, Uri,
    holds_several, seen,
};
use crate::options::DeviationKind;
use crate::shown::Shown;
use crate::table::Value;
use crate::xml::name::is_name;
use crate::xml::reader::{Attribute, Node, append};

impl Value<Mm7> for Address {
    /// From the element of the address itself, or from the one around it.
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if let Some(text) = from.take_value() {
            return Ok(plain_address(text.trim_ascii()));
        }
        if let Some(found) = address_kind(from.name()) {
            return read_address(from, found);
        }
        let (at, is_plain) = (from.start(), from.is_plain);
        from.no_attributes()?;
        let mut found = None;
        let mut plain = Cow::Borrowed("");
        // How many elements are open that hold the address in place of this one.
        let mut around = 0;
        loop {
            match from.node()? {
                Node::End if around > 0 => around -= 1,
                Node::End => break,
                Node::Text(text) => append(&mut plain, text),
                Node::Start if from.is_foreign()? => from.keep(DeviationKind::UnexpectedField)?,
                Node::Start => match address_kind(from.name()) {
                    Some(kind) if found.is_none() => found = Some(read_address(from, kind)?),
                    Some(_) => from.keep(DeviationKind::DuplicateField)?,
                    None if AROUND.iter().any(|name| name.eq_ignore_ascii_case(from.name())) => {
                        from.forgive_here(DeviationKind::UnexpectedField)?;
                        from.no_attributes()?;
                        around += 1;
                    }
                    None => from.keep(DeviationKind::UnexpectedField)?,
                },
            }
        }
        let plain = plain.trim_ascii();
        match found {
            Some(address) => {
                if !plain.is_empty() {
                    from.forgive(DeviationKind::StrayOctets, at)?;
                }
                Ok(address)
            }
            None if plain.is_empty() => Err(from.invalid()),
            None => {
                let address = plain_address(plain);
                let is_address = match &address.kind {
                    AddressKind::Phone(number) => is_digits(number),
                    AddressKind::Email(_) | AddressKind::ShortCode(_) | AddressKind::Alphanumeric(_) => true,
                    _ => false,
                };
                if !is_plain || !is_address || seen(plain).is_some() {
                    from.forgive(DeviationKind::AddressSpelling, at)?;
                }
                Ok(address)
            }
        }
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        let (name, value) = match &self.kind {
            AddressKind::Phone(number) => ("Number", number),
            AddressKind::Email(mailbox) => ("RFC2822Address", mailbox),
            AddressKind::ShortCode(code) | AddressKind::Alphanumeric(code) => ("ShortCode", code),
            _ => return not_expressible(),
        };
        // The schema takes any text for a number, a mailbox or a code. White space around it, and
        // the type of a number, are not part of it.
        let value = value.as_str();
        let is_itself = value.trim_ascii().len() == value.len() && !value.is_empty() && seen(value).is_none();
        let reads_the_same = match &self.kind {
            named @ (AddressKind::Phone(_) | AddressKind::Email(_)) => named_address(named.clone()).1,
            code => short_code(value.into()) == *code && !holds_several(value),
        };
        if self.details.as_ref().is_some_and(|details| details.name.is_some()) {
            return not_expressible();
        }
        if !(is_itself && reads_the_same) {
            return Err(EncodeErrorKind::InvalidText.into());
        }
        if to.is_plain {
            let has_attributes = |details: &AddressDetails| {
                details.display_only.is_some() || details.coding.is_some() || details.id.is_some()
            };
            if self.details.as_deref().is_some_and(has_attributes) {
                if !to.leave_out {
                    return not_expressible();
                }
                to.report();
            }
            // Where a number looks like a short code, its type is written.
            let text = match &self.kind {
                AddressKind::Phone(number) if plain_address(number).kind != self.kind => {
                    Cow::Owned(format!("{number}{PLMN}"))
                }
                _ => Cow::Borrowed(value),
            };
            return if plain_address(&text).kind == self.kind {
                to.text(&text)
            } else {
                Err(EncodeErrorKind::InvalidText.into())
            };
        }
        to.start(name);
        if let Some(details) = &self.details {
            if let Some(display_only) = details.display_only {
                to.attribute("displayOnly", if display_only { "true" } else { "false" })?;
            }
            if let Some(coding) = &details.coding {
                if !CODINGS.contains(&coding.as_str()) {
                    return not_expressible();
                }
                to.attribute("addressCoding", coding)?;
            }
            if let Some(id) = &details.id {
                if !is_id(id) {
                    return Err(EncodeErrorKind::InvalidText.into());
                }
                to.attribute("id", id)?;
            }
        }
        to.text(value)?;
        to.end(name);
        Ok(())
    }

    fn clean(&mut self) {
        let of_mm7 = self.details.take().map(|details| *details);
        let mut read = Self::from(clean_characters(&self.to_string()).trim_ascii());
        read.normalize();
        // The schema does not allow a name beside the address.
        read.details = None;
        if let Some(AddressDetails { display_only, coding, id, .. }) = of_mm7 {
            let details = AddressDetails {
                display_only,
                coding: coding.filter(|coding| CODINGS.contains(&coding.as_str())),
                id: id.filter(|id| is_id(id)),
                ..AddressDetails::default()
            };
            read.details = (details != AddressDetails::default()).then(|| Box::new(details));
        }
        *self = read;
    }

    fn show(&self) -> Shown {
        shown(self.value())
    }
}

/// The elements that hold addresses: some systems put one into another.
const AROUND: [&str; 9] =
    ["Sender", "SenderAddress", "SenderIdentification", "Recipient", "Recipients", "To", "Cc", "Bcc", "UserAgent"];

/// Whether an element of this name is an address itself.
pub(super) fn is_address(name: &str) -> bool {
    address_kind(name).is_some()
}

/// The type of a phone number, as MM1 and MM4 write it.
const PLMN: &str = "/TYPE=PLMN";

/// The attributes of an address.
pub(super) const ATTRIBUTES: [&str; 3] = ["displayOnly", "addressCoding", "id"];

const CODINGS: [&str; 2] = ["encrypted", "obfuscated"];

type Kind = fn(Str) -> AddressKind;

/// What an address is by the name of its element, and what is wrong with the name.
fn address_kind(name: &str) -> Option<(Kind, Option<DeviationKind>)> {
    const KINDS: [(&str, Kind); 3] =
        [("Number", AddressKind::Phone), ("RFC2822Address", AddressKind::Email), ("ShortCode", short_code)];
    if name.eq_ignore_ascii_case("RFC822Address") {
        return Some((AddressKind::Email, Some(DeviationKind::FieldName)));
    }
    let (known, kind) = KINDS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some((kind, (known != name).then_some(DeviationKind::LetterCase)))
}

/// A code of digits, or of letters and digits; anything else is kept as one of digits.
fn short_code(code: Str) -> AddressKind {
    let name = AddressKind::Alphanumeric(code.clone());
    if name.is_valid() { name } else { AddressKind::ShortCode(code) }
}

/// The attributes that some of the addresses have, and the value for each address: the default for those without.
pub(super) fn shown_attributes(addresses: &[&Address]) -> Vec<(&'static str, Vec<Shown>)> {
    if addresses.iter().all(|address| address.details.is_none()) {
        return Vec::new();
    }
    let read: [fn(&AddressDetails) -> Option<&str>; 3] = [
        |details| details.display_only.map(|is_so| if is_so { "true" } else { "false" }),
        |details| details.coding.as_deref(),
        |details| details.id.as_deref().map(Str::as_str),
    ];
    let attributes = ATTRIBUTES.into_iter().zip(["false", "", ""]).zip(read);
    let of_all = attributes.map(|((name, default), read)| {
        let values = addresses.iter().map(|address| address.details.as_deref().and_then(read));
        let is_there = values.clone().any(|value| value.is_some());
        (name, if is_there { values.map(|value| shown(value.unwrap_or(default))).collect() } else { Vec::new() })
    });
    of_all.filter(|(_, values): &(_, Vec<Shown>)| !values.is_empty()).collect()
}

fn read_address(from: &mut Reader<'_>, (kind, wrong): (Kind, Option<DeviationKind>)) -> Result<Address, DecodeError> {
    let at = from.start();
    if let Some(wrong) = wrong {
        from.forgive(wrong, at)?;
    }
    let mut details: Option<Box<AddressDetails>> = None;
    if from.has_attributes() {
        let mut list = from.attributes();
        while let Some(Attribute { prefix, name, value }) = list.next(from)? {
            let known = ATTRIBUTES.into_iter().find(|known| prefix.is_none() && known.eq_ignore_ascii_case(name));
            let Some(known) = known else {
                from.forgive(DeviationKind::UnexpectedAttribute, at)?;
                continue;
            };
            if known != name {
                from.forgive(DeviationKind::LetterCase, at)?;
            }
            read_detail(from, known, value, details.get_or_insert_default())?;
        }
    }
    let text = from.trimmed()?;
    let seen = seen(&text);
    let text = seen.as_deref().unwrap_or(&text);
    if text.trim_ascii().is_empty() {
        // The schema takes any string, but it is not an address.
        from.forgive(DeviationKind::EmptyValue, at)?;
    }
    let (mut address, is_regular) = named_address(kind(text.into()));
    if !is_regular || seen.is_some() {
        from.forgive(DeviationKind::AddressSpelling, at)?;
    }
    if let Some(details) = details.filter(|details| **details != AddressDetails::default()) {
        let AddressDetails { display_only, coding, id, .. } = *details;
        let own = address.details.get_or_insert_default();
        (own.display_only, own.coding, own.id) = (display_only, coding, id);
    }
    Ok(address)
}

/// The address in an element whose name says this of it, and whether it is that: some systems put
/// numbers as on MM1 and MM4 into any element, and mailboxes where numbers belong.
fn named_address(kind: AddressKind) -> (Address, bool) {
    let is_uri = |mailbox: &str| Uri::new(mailbox).is_some_and(|uri| matches!(uri.address(), Some(Some(_))));
    let text = if let AddressKind::Phone(text) | AddressKind::Email(text) = &kind { text.as_str() } else { "" };
    let read = match &kind {
        AddressKind::Phone(_) if is_digits(text) => return (kind.into(), true),
        // Without a type, the local part of a mailbox may be digits.
        AddressKind::Email(_) if !text.contains('/') && text.contains('@') && !is_uri(text) => None,
        AddressKind::Phone(_) | AddressKind::Email(_) => Some(Address::from(text)),
        _ => None,
    };
    let is_other = |read: &Address| match (&read.kind, &kind) {
        (AddressKind::Phone(_), AddressKind::Phone(_)) => !AddressKind::is_valid(&kind),
        (AddressKind::Email(_), AddressKind::Email(_)) => is_uri(text),
        (read, kind) => core::mem::discriminant(read) != core::mem::discriminant(kind),
    };
    let is_known = |read: &Address| matches!(read.kind, AddressKind::Phone(_) | AddressKind::Email(_));
    match read.filter(|read| is_known(read) && is_other(read)) {
        Some(read) => (read, false),
        None => {
            let is_one = !holds_several(kind.parts().0);
            (kind.into(), is_one)
        }
    }
}

/// Reads the attribute of an address that is `known`.
fn read_detail<'a>(
    from: &mut Reader<'a>,
    known: &str,
    value: Cow<'a, str>,
    details: &mut AddressDetails,
) -> Result<(), DecodeError> {
    let at = from.start();
    match known {
        "displayOnly" => {
            from.set_value(value);
            match <bool as Value<Mm7>>::read(from) {
                Ok(value) => details.display_only = Some(value),
                Err(error) if error.kind == DecodeErrorKind::InvalidText => {
                    from.forgive(DeviationKind::InvalidValue, at)?;
                }
                Err(error) => return Err(error),
            }
        }
        "addressCoding" => {
            let known = CODINGS.iter().find(|coding| coding.eq_ignore_ascii_case(value.trim_ascii()));
            match known {
                Some(coding) if *coding == value => {}
                Some(_) => from.forgive(DeviationKind::LetterCase, at)?,
                None => from.forgive(DeviationKind::UnknownToken, at)?,
            }
            details.coding = Some(known.map_or(value.as_ref(), |coding| coding).into());
        }
        _ => {
            let id = value.trim_ascii();
            if !is_id(id) {
                from.forgive(DeviationKind::InvalidValue, at)?;
            }
            details.id = Some(Box::new(id.into()));
        }
    }
    Ok(())
}

/// Whether it may be an `xs:ID`.
fn is_id(id: &str) -> bool {
    is_name(id) && !id.contains(':')
}

/// An address that does not say what it is: a number if it begins with `+`.
fn plain_address(text: &str) -> Address {
    if let Some(seen) = seen(text) {
        return plain_address(&seen);
    }
    let is_phone = text.starts_with('+') && is_digits(text);
    if is_phone { Address::phone(text) } else { Address::from_notation(text).0 }
}

fn is_digits(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or(number);
    !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
}

impl Value<Mm7> for Originator {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        <Address as Value<Mm7>>::read(from).map(Self::Address)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        // Only a phone asks to have the address inserted.
        self.address().map_or_else(not_expressible, |address| Value::<Mm7>::write(address, to))
    }

    fn clean(&mut self) {
        if let Self::Address(address) = self {
            Value::<Mm7>::clean(address);
        }
    }

    fn show(&self) -> Shown {
        self.address().map_or_else(|| shown("insert-address-token"), Value::<Mm7>::show)
    }
}

/// Reads the attribute `sequence` of the current element.
fn sequence(from: &mut Reader<'_>) -> Result<Option<u32>, DecodeError> {
    let mut sequence = None;
    let at = from.start();
    let mut list = from.attributes();
    while let Some(Attribute { prefix, name, value }) = list.next(from)? {
        match value.trim_ascii().parse().ok().filter(|number| *number > 0) {
            Some(number) if (prefix, name) == (None, "sequence") => sequence = Some(number),
            None if (prefix, name) == (None, "sequence") => from.forgive(DeviationKind::InvalidValue, at)?,
            _ => from.forgive(DeviationKind::UnexpectedAttribute, at)?,
        }
    }
    Ok(sequence)
}

fn write_sequence(sequence: Option<u32>, to: &mut Writer) -> Result<(), EncodeError> {
    match sequence {
        // MM1 counts the original sender as 0; MM7 has no such number.
        Some(0) => not_expressible(),
        Some(number) => to.attribute("sequence", &format!("{number}")),
        None => Ok(()),
    }
}

impl Value<Mm7> for PreviouslySentBy {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let count = sequence(from)?;
        Ok(Self { count, address: <Address as Value<Mm7>>::read(from)? })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        write_sequence(self.count, to)?;
        Value::<Mm7>::write(&self.address, to)
    }

    fn clean(&mut self) {
        self.count.take_if(|count| *count == 0);
        Value::<Mm7>::clean(&mut self.address);
    }

    fn show(&self) -> Shown {
        Value::<Mm7>::show(&self.address)
    }
}

impl Value<Mm7> for PreviouslySentDate {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let count = sequence(from)?;
        Ok(Self { count, date: <Timestamp as Value<Mm7>>::read(from)? })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        write_sequence(self.count, to)?;
        Value::<Mm7>::write(&self.date, to)
    }

    fn clean(&mut self) {
        self.count.take_if(|count| *count == 0);
    }

    fn show(&self) -> Shown {
        Value::<Mm7>::show(&self.date)
    }
}

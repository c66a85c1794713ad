//! How addresses are written by people, on phones, in mail and in URIs.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Address, AddressKind};
use crate::message::charset::without_marks;
use crate::message::str::Str;
use crate::octet_set::{each, equal, find, length_until};
use crate::transfer::without_percent;

/// The kind of an address in the notation of MM1. The type is what follows the last `/TYPE=`,
/// in any case, since the local part of a mail address may hold a slash.
pub(super) fn kind(text: &str) -> AddressKind {
    // A type name holds no slash, so the mark is at the last one.
    let typed = memchr::memrchr(b'/', text.as_bytes()).and_then(|at| {
        let (mark, type_name) = text.get(at..)?.split_at_checked("/TYPE=".len())?;
        mark.eq_ignore_ascii_case("/TYPE=").then_some((text.get(..at)?, type_name))
    });
    if let Some((value, type_name)) = typed {
        let is = |known: &str| type_name.eq_ignore_ascii_case(known);
        if is("PLMN") && is_number(value.as_bytes()) {
            return AddressKind::Phone(value.into());
        }
        if is("IPv4") && is_ipv4(value) {
            return AddressKind::Ipv4(value.into());
        }
        if is("IPv6") && is_ipv6(value) {
            return AddressKind::Ipv6(value.into());
        }
        let is_type = !type_name.is_empty() && type_name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_');
        // With one of these, it would be a mailbox or another type behind a domain.
        let is_value = !value.is_empty() && !value.bytes().any(|octet| matches!(octet, b'@' | b'/'));
        return if is_type && is_value {
            AddressKind::Typed { value: value.into(), type_name: type_name.into() }
        } else {
            AddressKind::Other(text.into())
        };
    }
    let text_kind = if find(b'@', text.as_bytes()).is_some() {
        AddressKind::Email
    } else if is_short_code(text.as_bytes()) {
        AddressKind::ShortCode
    } else if is_name(text.as_bytes()) {
        AddressKind::Alphanumeric
    } else {
        AddressKind::Other
    };
    text_kind(text.into())
}

/// What a URI of a scheme for messages or calls names (RFC 3966, RFC 5724, RFC 6068): numbers and mailboxes.
pub(crate) struct Uri<'a> {
    /// What is before its angle brackets, if it has those.
    name: &'a str,
    /// What it names, without parameters and escapes.
    named: Cow<'a, str>,
    /// Whether commas and semicolons are between several.
    is_list: bool,
}

impl<'a> Uri<'a> {
    pub(crate) fn new(text: &'a str) -> Option<Self> {
        const SCHEMES: [&str; 6] = ["tel:", "sms:", "smsto:", "mms:", "mmsto:", "mailto:"];
        let text = text.trim_ascii().trim_end_matches([',', ';']);
        let (name, uri) = text.strip_suffix('>').and_then(|text| text.rsplit_once('<')).unwrap_or(("", text));
        // As most addresses do not begin.
        if !matches!(uri.as_bytes().first()? | 0x20, b't' | b's' | b'm') {
            return None;
        }
        let (scheme, rest) = SCHEMES.iter().find_map(|scheme| {
            let (own, rest) = uri.split_at_checked(scheme.len())?;
            scheme.eq_ignore_ascii_case(own).then_some((*scheme, rest))
        })?;
        let is_list = scheme != "tel:";
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        // A query, or, as codes to be scanned have it, a text behind a colon.
        let end = if scheme == "mailto:" { rest.find('?') } else { rest.find(['?', ':']) };
        let named = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let named = if is_list { named } else { named.split(';').next().unwrap_or_default() };
        Some(Self { name: name.trim_ascii(), named: without_percent(named), is_list })
    }

    /// What it names. A piece behind the first that has a `=` is a parameter.
    fn pieces(&self) -> impl Iterator<Item = &str> {
        let is_name = |(place, piece): &(usize, &str)| !piece.is_empty() && (*place == 0 || !piece.contains('='));
        let pieces = self.named.split(move |character| self.is_list && matches!(character, ',' | ';'));
        pieces.map(str::trim_ascii).enumerate().filter(is_name).map(|(_, piece)| piece)
    }

    /// The address that it names, or that it names several; `None` if it names none.
    pub(crate) fn address(&self) -> Option<Option<Address>> {
        let mut addresses = self.pieces().filter_map(|piece| self.of_piece(piece));
        let address = addresses.next()?;
        Some(addresses.next().is_none().then_some(address))
    }

    fn of_piece(&self, piece: &str) -> Option<Address> {
        if is_spelled_number(piece, 1) {
            return Some(self.with_name(Address::phone(piece)));
        }
        match kind(piece) {
            phone @ AddressKind::Phone(_) => Some(self.with_name(phone.into())),
            AddressKind::Email(mailbox) if self.name.is_empty() => Some(Address::email(mailbox)),
            AddressKind::Email(mailbox) => Some(Address::email(alloc::format!("{} <{mailbox}>", self.name))),
            _ => None,
        }
    }

    fn with_name(&self, mut number: Address) -> Address {
        if !self.name.is_empty() {
            number.details.get_or_insert_default().name = Some(plain_phrase(self.name));
        }
        number
    }
}

/// A number in a spelling other than that of MM1: with a display name, with a domain, with blanks and
/// parentheses, as a URI, in quotation marks.
pub(super) fn spelled(text: &str) -> Option<Address> {
    if let Some(uri) = Uri::new(text) {
        return uri.address()?.filter(is_phone);
    }
    let text = text.trim_ascii().trim_end_matches([',', ';']);
    let quoted = |mark| text.strip_prefix(mark)?.strip_suffix(mark);
    if let Some(number) = quoted('"').or_else(|| quoted('\'')) {
        let typed = Some(kind(number).into()).filter(is_phone);
        return typed.or_else(|| spelled_number(number, FEWEST_DIGITS));
    }
    if let Some((name, inner)) = text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        let mut address = spelled(inner).or_else(|| Some(kind(inner).into()).filter(is_phone))?;
        let name = plain_phrase(name.trim_ascii());
        if !name.is_empty() && address.details.as_ref().is_none_or(|details| details.name.is_none()) {
            address.details.get_or_insert_default().name = Some(name);
        }
        return Some(address);
    }
    if let Some((local, domain)) = text.rsplit_once('@') {
        let mut address = if is_untyped_number(local) { Address::phone(local) } else { kind(local).into() };
        if !is_phone(&address) || domain.is_empty() {
            return None;
        }
        address.details.get_or_insert_default().domain = Some(domain.into());
        return Some(address);
    }
    // Without a type, a few digits do not make a number.
    let (number, fewest) = match text.rsplit_once('/') {
        Some((number, type_name)) if is_spelled_type(type_name) => (number, 1),
        _ => (text, FEWEST_DIGITS),
    };
    spelled_number(number, fewest)
}

fn spelled_number(text: &str, fewest: usize) -> Option<Address> {
    let is_around = |character: char| character.is_ascii_whitespace() || is_invisible(character);
    is_spelled_number(text, fewest).then(|| Address::phone(text.trim_matches(is_around)))
}

/// Whether this is the type of a number, perhaps with blanks in it.
fn is_spelled_type(text: &str) -> bool {
    let letters = || text.bytes().filter(|octet| *octet != b' ').map(|octet| octet.to_ascii_uppercase());
    letters().eq(*b"TYPE=PLMN")
}

/// Whether a text holds several addresses with commas, semicolons or blanks between them.
pub(crate) fn holds_several(text: &(impl AsRef<str> + AsRef<[u8]> + ?Sized)) -> bool {
    // Most addresses are so short that a search by blocks takes longer to begin.
    let octets: &[u8] = text.as_ref();
    if !octets.iter().any(|octet| matches!(octet, b',' | b';' | b' ')) {
        return false;
    }
    let text: &str = text.as_ref();
    if let Some(uri) = Uri::new(text) {
        return uri.address() == Some(None);
    }
    let is_address = |piece: &&str| {
        let is_number = |text| matches!(kind(text), AddressKind::Phone(_) | AddressKind::ShortCode(_));
        piece.contains('@') || is_number(piece.trim_ascii()) || spelled(piece).is_some()
    };
    pieces(text).filter(is_address).nth(1).is_some() || are_words_addresses(text)
}

/// What is between the commas and semicolons of a text.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    text.split(move |character: char| {
        is_quoted ^= character == '"';
        !is_quoted && matches!(character, ',' | ';')
    })
}

/// Whether a word is an address for itself, with nothing before or behind it that belongs to it.
pub(crate) fn is_whole_address(word: &str) -> bool {
    let (local, domain) = word.rsplit_once('@').unwrap_or((word, ""));
    let is_typed = local.get(1..).is_some_and(|rest| rest.as_bytes().windows(6).any(|octets| octets == b"/TYPE="));
    let has_domain = !local.is_empty() && !domain.is_empty();
    !word.contains(['"', '<', '>', '(', ')', '\\', ',', ';']) && (has_domain || is_typed || is_untyped_number(local))
}

/// Whether there are several words, each of which is an address.
fn are_words_addresses(text: &str) -> bool {
    words(text).nth(1).is_some() && words(text).all(is_whole_address)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|word| !word.is_empty())
}

/// The addresses that one text holds, if it is several of them and nothing else.
pub(crate) fn several(address: &Address) -> Vec<Address> {
    let text = match address.details.as_ref().and_then(|details| details.name.as_deref()) {
        // The last one has a name, and what was before it seems part of that.
        Some(name) => alloc::format!("{name} <{address}>"),
        None => address.to_string(),
    };
    if let Some(uri) = Uri::new(&text) {
        let addresses: Vec<_> = uri.pieces().filter_map(|piece| uri.of_piece(piece)).collect();
        return if addresses.len() > 1 { addresses } else { Vec::new() };
    }
    let pieces: Vec<&str> = match are_words_addresses(&text) {
        true => words(&text).collect(),
        false => pieces(&text).map(str::trim_ascii).filter(|piece| !piece.is_empty()).collect(),
    };
    if pieces.len() < 2 {
        return Vec::new();
    }
    let read: Vec<_> = pieces.iter().map(|piece| Address::from_notation(piece).0).collect();
    let is_address = |address: &Address| {
        !matches!(address.kind, AddressKind::Other(_) | AddressKind::Alphanumeric(_))
            && !holds_several(address.to_string().as_str())
    };
    if read.iter().all(is_address) { read } else { Vec::new() }
}

/// Whether this is a number because it begins with `+`, though its type was left out.
pub(crate) fn is_untyped_number(text: &str) -> bool {
    text.starts_with('+') && text.len() > FEWEST_DIGITS && is_number(text.as_bytes())
}

pub(super) const fn is_phone(address: &Address) -> bool {
    matches!(address.kind, AddressKind::Phone(_))
}

/// What a display name says, without the quotation marks of its words and without a byte order mark.
pub(crate) fn plain_phrase(name: &str) -> Str {
    let name = without_marks(name);
    if !name.contains(['"', '\\']) {
        return name.into();
    }
    let mut plain = String::with_capacity(name.len());
    let mut characters = name.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => {}
            '\\' => plain.extend(characters.next()),
            _ => plain.push(character),
        }
    }
    without_marks(&plain).into()
}

/// An address as people see it, if it has invisible characters around it, within its angle brackets, or in a mailbox.
/// Those in names belong to their script, but for a byte order mark.
pub(crate) fn seen(text: &str) -> Option<String> {
    let count = |text: &str| text.chars().filter(|character| is_invisible(*character)).count();
    if text.is_ascii() || count(text) == 0 {
        return None;
    }
    let is_around = |character| is_invisible(character) || matches!(character, ' ' | '\t');
    let specification = |text: &str| -> String {
        let is_kept = |character: &char| !text.contains('@') || !is_invisible(*character);
        text.trim_matches(is_around).chars().filter(is_kept).collect()
    };
    let text_before = text.trim_end_matches(is_around).strip_suffix('>');
    let seen = match text_before.and_then(|text| text.rsplit_once('<')) {
        Some((name, inner)) => alloc::format!("{}<{}>", without_marks(name).trim_ascii_start(), specification(inner)),
        None => specification(text),
    };
    (count(&seen) < count(text)).then_some(seen)
}

/// Characters that nobody sees: marks of the direction of text, joiners, byte order marks (Unicode, 23.2 to 23.8).
/// Address books and text processors put them around numbers and names.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}')
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

/// What people put between the digits of a number.
const fn is_separator(character: char) -> bool {
    is_invisible(character)
        || matches!(character, ' ' | '-' | '.' | '(' | ')' | '\u{a0}' | '\u{202f}' | '\u{2010}'..='\u{2013}')
}

/// How many digits a number has that nothing marks as one.
pub(super) const FEWEST_DIGITS: usize = 5;

/// Whether this is a number with at least this many digits, and what people put between them.
pub(super) fn is_spelled_number(text: &str, fewest: usize) -> bool {
    let digits = text.trim_start_matches(is_separator);
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    digits.chars().all(|character| character.is_ascii_digit() || is_separator(character))
        && digits.bytes().filter(u8::is_ascii_digit).count() >= fewest
        && !is_ipv4(text)
}

/// The number without what is between its digits.
pub(crate) fn bare_number(number: &str) -> Str {
    let is_bare = number.strip_prefix('+').unwrap_or(number).bytes().all(|octet| octet.is_ascii_digit());
    if is_bare || !(is_number(number.as_bytes()) || is_spelled_number(number, 1)) {
        return number.into();
    }
    // The zero is dialled within the country only.
    let number = if number.contains('+') { number.replacen("(0)", "", 1) } else { number.into() };
    let is_kept = |character: &char| character.is_ascii_digit() || *character == '+';
    number.chars().filter(is_kept).collect::<String>().into()
}

/// Whether these are the same number, of digits with or without `+`.
pub(super) fn is_same_number(a: &str, b: &str, country: &str) -> bool {
    let country = country.strip_prefix('+').unwrap_or(country);
    a == b || full_numbers(a, country).any(|a| full_numbers(b, country).any(|b| a == b))
}

/// What a number may be, without `+`, if its country code is written out (ITU-T E.164, 6; E.123, 2).
fn full_numbers<'a>(number: &'a str, country: &'a str) -> impl Iterator<Item = String> {
    // Shorter ones are codes of a network.
    const SHORTEST: usize = 6;
    let international = number.strip_prefix('+').or_else(|| number.strip_prefix("00"));
    // In North America, with another prefix.
    let international = international.or_else(|| number.strip_prefix("011").filter(|_| country == "1"));
    let as_written = international.or(Some(number).filter(|number| !number.starts_with('0')));
    let is_national = international.is_none() && !country.is_empty() && number.len() >= SHORTEST;
    // The digit before national numbers. Italy keeps it behind the country code.
    let trunk = match country {
        "1" => "1",
        "7" => "8",
        "36" => "06",
        _ => "0",
    };
    let national = is_national.then_some(number);
    let without_trunk = national.and_then(|number| number.strip_prefix(trunk));
    let in_country = national.into_iter().chain(without_trunk).map(move |number| [country, number].concat());
    as_written.map(Into::into).into_iter().chain(in_country)
}

/// Whether these are letters and digits.
pub(super) fn is_name(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(u8::is_ascii_alphanumeric)
}

/// Whether this is a number without type.
pub(crate) fn is_short_code(text: &[u8]) -> bool {
    let digits = match text {
        [b'+' | b'*' | b'#', digits @ ..] => digits,
        digits => digits,
    };
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

pub(super) fn is_number(text: &[u8]) -> bool {
    !text.is_empty() && number_length(text) == text.len()
}

/// How many octets at the start are a phone number, which may begin with `+` and have `-` and `.`
/// among its digits; `*` and `#` occur in short codes only.
#[inline]
pub(super) fn number_length(text: &[u8]) -> usize {
    let digits = text.strip_prefix(b"+").unwrap_or(text);
    // From `-` on, up to `9`, without `/`.
    let others =
        |word: u64| word | word.wrapping_sub(each(b'-')) | word.wrapping_add(each(0x7f - b'9')) | equal(word, b'/');
    match length_until(digits, others) {
        0 => 0,
        length => text.len() - digits.len() + length,
    }
}

/// Whether a text is a mailbox in ASCII without anything that may make it something else: a type, a scheme, a display
/// name, or several mailboxes.
#[inline]
pub(super) fn is_bare_mailbox(text: &[u8]) -> bool {
    // Those from `:` to `?` begin a scheme, a list, a display name or an encoded word.
    let above = |word: u64, octet: u8| (word & each(0x7f)) + each(0x7f - octet);
    let marks = |word: u64| {
        word | above(word, b'9') ^ above(word, b'?') | equal(word, b'/') | equal(word, b',') | equal(word, b' ')
    };
    length_until(text, marks) == text.len() && find(b'@', text).is_some()
}

fn is_ipv4(text: &str) -> bool {
    let is_group = |group: &str| matches!(group.len(), 1..=3) && group.bytes().all(|c| c.is_ascii_digit());
    text.split('.').all(is_group) && text.split('.').count() == 4
}

fn is_ipv6(text: &str) -> bool {
    let is_group = |group: &str| group.len() == 4 && group.bytes().all(|c| c.is_ascii_hexdigit());
    text.split(':').all(is_group) && text.split(':').count() == 8
}

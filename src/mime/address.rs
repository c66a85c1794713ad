//! Mail addresses (RFC 5322, 3.4) and the numbers among them.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use core::fmt::Write as _;

use crate::context::Wire;
use crate::error::EncodeErrorKind;
use crate::message::encoded_word::{self, find_control};
use crate::message::{
    Address, AddressDetails, AddressKind, Charset, Quoted, Uri, is_short_code, is_untyped_number, is_whole_address,
    plain_phrase, seen, without_marks,
};
use crate::octet_set::{OctetSet, find};

/// An address, and whether it is written as RFC 5322 has it.
#[derive(Debug)]
pub(crate) struct Mailbox {
    pub(crate) address: Address,
    pub(crate) is_regular: bool,
    /// Whether it is that, or at least a word, as fields have it that may do without a domain.
    pub(crate) is_word: bool,
}

/// Where the next address of a list ends: at a comma, or at what begins or ends a group. The
/// delimiter is given too.
pub(crate) fn split_list(text: &str) -> (&str, Option<char>, &str) {
    /// Octets without a special meaning here.
    static PLAIN: OctetSet = OctetSet::visible_except(br#"\"()[<>,;:"#);
    let octets = text.as_bytes();
    let mut is_quoted = false;
    let mut depth = 0usize;
    let mut in_angles = false;
    let mut is_ipv6 = None;
    let mut at = 0;
    while let Some(rest) = octets.get(at..) {
        at += PLAIN.length(rest);
        let Some(octet) = octets.get(at) else { break };
        let after = at + 1;
        at = after;
        match octet {
            b'\\' if is_quoted || depth > 0 => at += 1,
            b'"' if depth == 0 => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            b'[' => at += text.get(after - 1..).and_then(literal_length).map_or(0, |length| length - 1),
            b'<' => in_angles = true,
            b':' if !in_angles && *is_ipv6.get_or_insert_with(|| begins_ipv6(text)) => {}
            b'>' => {
                // Another address without a comma before it.
                let (before, after) = text.split_at_checked(after).unwrap_or((text, ""));
                if in_angles && begins_address(after) && ends_address(before) {
                    return (before, Some('>'), after);
                }
                in_angles = false;
            }
            b',' | b';' | b':' if !in_angles => {
                let before = text.get(..after - 1).unwrap_or(text);
                return (before, Some(char::from(*octet)), text.get(after..).unwrap_or_default());
            }
            _ => {}
        }
    }
    (text, None, "")
}

/// Whether the text before a colon or semicolon begins an address that holds it (one implementation has
/// `system=host;party=+44`).
pub(crate) fn is_system(text: &str) -> bool {
    text.contains('=') && !text.contains('@') && !text.contains("/TYPE=")
}

/// Whether an IPv6 address is at the beginning, whose colons begin no group.
fn begins_ipv6(text: &str) -> bool {
    const LONGEST: usize = "FEDC:BA98:7654:3210:FEDC:BA98:7654:3210".len();
    const TYPE: &str = "/TYPE=IPv6";
    let text = text.trim_start_matches(BLANKS);
    let is_digit = |octet: &u8| octet.is_ascii_hexdigit() || *octet == b':';
    let length = text.as_bytes().iter().take(LONGEST).take_while(|octet| is_digit(octet)).count();
    text.get(length..).and_then(|rest| rest.get(..TYPE.len())).is_some_and(|rest| rest.eq_ignore_ascii_case(TYPE))
}

/// Whether what follows the angle brackets of an address is another one.
fn begins_address(text: &str) -> bool {
    let text = text.trim_start_matches(BLANKS);
    text.starts_with(|character: char| character.is_alphanumeric() || matches!(character, '<' | '"' | '+' | '='))
}

/// Whether there is an address in the last angle brackets.
fn ends_address(text: &str) -> bool {
    let inner = text.rsplit_once('<').map_or("", |(_, inner)| inner);
    inner.starts_with('+') || inner.contains('@')
}

/// The first of several words each of which is an address, without commas between them, and the rest.
fn first_of_words(text: &str) -> Option<(&str, &str)> {
    // What ends a word, or is not in one: nothing is looked through twice.
    const ENDS: [char; 8] = [' ', '\t', ',', ';', ':', '<', '"', '('];
    let (first, rest) = text.split_at_checked(text.find(ENDS)?)?;
    let rest = rest.strip_prefix(BLANKS)?.trim_start_matches(BLANKS);
    let second = rest.split(ENDS).next()?;
    (is_whole_address(first) && is_whole_address(second)).then_some((first, rest))
}

/// The length of the domain literal at the start.
fn literal_length(text: &str) -> Option<usize> {
    // No domain is longer (RFC 1035, 2.3.4); a bound keeps many opening brackets from being slow.
    const LONGEST: usize = 256;
    let start = text.as_bytes().get(..LONGEST.min(text.len()))?;
    Some(memchr::memchr(b']', start)? + 1)
}

/// What surrounds a word of a header. Other white space of Unicode is text.
const BLANKS: [char; 2] = [' ', '\t'];

/// Reads one address: a mailbox, or one of the forms without a domain that are in use.
pub(crate) fn parse(text: &str, wire: Wire) -> Mailbox {
    if let Some(seen) = seen(text) {
        return Mailbox { is_regular: false, is_word: false, ..parse(&seen, wire) };
    }
    let text = text.trim_matches(BLANKS);
    let (name, in_angles) = match (text.rfind('<'), text.strip_suffix('>')) {
        (Some(open), Some(closed)) => {
            (text.get(..open).unwrap_or_default(), closed.get(open + 1..).unwrap_or_default())
        }
        _ => commented_number(text, wire).unwrap_or(("", text)),
    };
    let (display_name, specification) = (name.trim_end_matches(BLANKS), in_angles.trim_matches(BLANKS));
    let (user, is_typed) = parse_specification(specification, wire);
    let has_form = is_mailbox(specification) && is_typed;
    if display_name.is_empty() {
        return Mailbox { address: user, is_regular: has_form, is_word: has_form || (is_typed && is_word(text)) };
    }
    let (decoded, has_regular_words) = decode_display_name(display_name);
    if decoded.is_empty() {
        return Mailbox { address: user, is_regular: false, is_word: false };
    }
    let is_number = !matches!(user.kind, AddressKind::Email(_));
    // A name that only repeats the number says nothing.
    if is_number && parse_specification(unquoted(&decoded), wire).0.value() == user.value() {
        return Mailbox { address: user, is_regular: false, is_word: false };
    }
    let is_regular = has_form && is_phrase(display_name, false) && has_regular_words;
    let is_as_written = matches!(decoded, Cow::Borrowed(_)) && user.value() == in_angles;
    let mut address = user;
    if is_number {
        address.details.get_or_insert_default().name = Some(plain_phrase(&decoded));
    } else if is_as_written {
        address = Address::email(text);
    } else {
        address = Address::email(alloc::format!("{decoded} <{}>", address.value()));
    }
    Mailbox { address, is_regular, is_word: is_regular }
}

/// The comment behind a number, which is a name as mail once had it (RFC 5322, 3.4), and the number.
fn commented_number(text: &str, wire: Wire) -> Option<(&str, &str)> {
    let (number, comment) = text.strip_suffix(')')?.split_once('(')?;
    let is_name = comment.contains(char::is_alphabetic) && !comment.contains(['(', ')', '\\']);
    let number = number.trim_end_matches(BLANKS);
    let is_number = || matches!(parse_specification(number, wire).0.kind, AddressKind::Phone(_));
    (is_name && is_number()).then_some((comment, number))
}

/// Whether this is a word that is neither taken apart nor unquoted, wherever it occurs.
fn is_word(text: &str) -> bool {
    static WORD: OctetSet = OctetSet::visible_except(br#",\"()<>[]"#);
    !text.is_empty() && WORD.has_all(text.as_bytes()) && !encoded_word::has_mark(text)
}

/// Whether a domain is one of the roaming network (GSMA IR.67), which has no mail users: digits before it
/// are a number.
fn is_roaming_domain(domain: &str) -> bool {
    const ENDS: [&str; 2] = [".gprs", ".3gppnetwork.org"];
    let ends_with = |end: &&str| {
        let start = domain.len().checked_sub(end.len());
        start.and_then(|start| domain.get(start..)).is_some_and(|rest| rest.eq_ignore_ascii_case(end))
    };
    ENDS.iter().any(ends_with)
}

/// The text before and after the last `@`.
fn split_domain(text: &str) -> Option<(&str, &str)> {
    let (local, domain) = text.split_at_checked(memchr::memrchr(b'@', text.as_bytes())?)?;
    Some((local, domain.get(1..)?))
}

/// Whether this is atoms with dots between them.
fn is_dotted(text: &str) -> bool {
    dotted_length(text.as_bytes(), &ATOM) == Some(text.len())
}

/// The length of the atoms of these octets with dots between them at the start.
fn dotted_length(octets: &[u8], atom: &OctetSet) -> Option<usize> {
    let mut rest = octets;
    loop {
        let atom = atom.length(rest);
        match rest.get(atom..) {
            _ if atom == 0 => return None,
            Some([b'.', after @ ..]) => rest = after,
            _ => return Some(octets.len() - rest.len() + atom),
        }
    }
}

/// The lengths of the local part and of the whole, if the text begins with usual atoms and dots
/// around an `@`.
fn dotted_mailbox(octets: &[u8]) -> Option<(usize, usize)> {
    let at = dotted_length(octets, &USUAL_ATOM)?;
    let domain = octets.get(at..)?.strip_prefix(b"@")?;
    Some((at, at + 1 + dotted_length(domain, &USUAL_ATOM)?))
}

/// Whether all of the text is usual atoms and dots around an `@`.
fn is_dotted_mailbox(text: &str) -> bool {
    dotted_mailbox(text.as_bytes()).is_some_and(|(_, end)| end == text.len())
}

/// Reads what most addresses are: atoms and dots around an `@`, up to a comma or the end. Returns
/// the rest behind the comma too.
fn plain_mailbox(text: &str, wire: Wire) -> Option<(Mailbox, Option<&str>)> {
    let octets = text.as_bytes();
    let (at, end) = dotted_mailbox(octets)?;
    if !matches!(octets.get(end), None | Some(b',')) {
        return None;
    }
    let (address, is_typed) = at_host(text.get(..end)?, text.get(..at)?, text.get(at + 1..end)?, wire);
    Some((Mailbox { address, is_regular: is_typed, is_word: is_typed }, text.get(end + 1..)))
}

/// Reads an address without display name, and whether a number in it has its type.
fn parse_specification(text: &str, wire: Wire) -> (Address, bool) {
    if let Some(Some(address)) = Uri::new(text).and_then(|uri| uri.address()) {
        return (address, false);
    }
    match split_domain(text) {
        // RFC 5322, 3.2.4: the quotation marks are not part of what they enclose.
        Some((local, domain)) if unquoted(local).len() < local.len() && !domain.is_empty() => {
            let read = at_host(text, unquoted(local), domain, wire);
            if is_mailbox(text) { read } else { (Address::email(text), true) }
        }
        Some((local, domain)) if !domain.is_empty() && !domain.contains(['"', '<', '>', ' ']) => {
            at_host(text, local, domain, wire)
        }
        Some(_) => (Address::email(text), true),
        None => match Address::from_notation(unquoted(text)) {
            // Whoever writes a `+` means a number.
            (Address { kind: AddressKind::ShortCode(number), .. }, _) if number.starts_with('+') => {
                (Address::phone(number), false)
            }
            (address, is_regular) if matches!(address.kind, AddressKind::Phone(_) | AddressKind::ShortCode(_)) => {
                (address, is_regular)
            }
            _ => Address::from_notation(text),
        },
    }
}

/// The text between quotation marks, if nothing in it is escaped.
fn unquoted(text: &str) -> &str {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.filter(|inner| !inner.contains(['"', '\\'])).unwrap_or(text)
}

/// The address `text`, which consists of this local part and this domain, and whether a number has its
/// type (TS 23.140, 8.4.5).
fn at_host(text: &str, local: &str, domain: &str, wire: Wire) -> (Address, bool) {
    if let Some(phone) = Address::usual_phone(local.as_bytes(), local.len()) {
        return (at_domain(phone, domain), true);
    }
    if wire == Wire::Mm4 && is_untyped_number(local) {
        return (at_domain(Address::phone(local), domain), false);
    }
    if find(b'/', local.as_bytes()).is_none() {
        let is_code = is_short_code(local.as_bytes()) && is_roaming_domain(domain);
        let address = if is_code { at_domain(Address::short_code(local), domain) } else { Address::email(text) };
        return (address, true);
    }
    let (address, is_regular) = Address::from_notation(local);
    match address.kind {
        AddressKind::Phone(_) | AddressKind::Ipv4(_) | AddressKind::Ipv6(_) | AddressKind::Typed { .. } => {
            (at_domain(address, domain), is_regular)
        }
        _ => (Address::email(text), true),
    }
}

/// The same address with a domain behind it.
pub(crate) fn at_domain(mut address: Address, domain: &str) -> Address {
    address.details.get_or_insert_default().domain = Some(domain.into());
    address
}

/// The name with its encoded words undone, and whether they are as RFC 2047 has them.
fn decode_display_name(name: &str) -> (Cow<'_, str>, bool) {
    if !encoded_word::has_mark(name) {
        return (Cow::Borrowed(name), true);
    }
    let decoded = encoded_word::decode(name);
    // RFC 2047, 5 (3): there are none in a quoted string.
    let is_regular = decoded.is_regular() && !name.contains('"');
    let is_marked = without_marks(&decoded.text).len() < decoded.text.len();
    let (decoded, is_regular) = match is_marked {
        true => (Cow::Owned(without_marks(&decoded.text).into()), false),
        false => (decoded.text, is_regular),
    };
    (if is_phrase(&decoded, true) { decoded } else { Cow::Owned(Quoted(&decoded).to_string()) }, is_regular)
}

/// Whether a display name is made of atoms and quoted strings. Letters beyond ASCII count as
/// atoms: they become encoded words. So do dots, which phrases had before RFC 2822 (RFC 5322, 4.1).
fn is_phrase(text: &str, may_have_dots: bool) -> bool {
    let mut left = text;
    while let Some(first) = left.chars().next() {
        left = match first {
            ' ' | '\t' => left.get(1..).unwrap_or_default(),
            '"' => match quoted_length(left) {
                Some(length) => left.get(length..).unwrap_or_default(),
                None => return false,
            },
            // Obsolete but usual, as in `Dr. Kim`; neither first nor last.
            '.' if may_have_dots && (2..text.len()).contains(&left.len()) => left.get(1..).unwrap_or_default(),
            _ => {
                let length = left.find(|c: char| !is_atom_character(c)).unwrap_or(left.len());
                if length == 0 {
                    return false;
                }
                left.get(length..).unwrap_or_default()
            }
        };
    }
    true
}

/// The length of the quoted string at the start.
fn quoted_length(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    let end = text.char_indices().skip(1).find(|(_, character)| {
        let ends = *character == '"' && !is_escaped;
        is_escaped = *character == '\\' && !is_escaped;
        ends
    });
    end.map(|(at, _)| at + 1)
}

/// Which octets an atom is made of (RFC 5322, 3.2.3).
static ATOM: OctetSet = OctetSet::visible_except(br#"()<>[]:;@\,.""#);

/// Those without the question mark, which may belong to an encoded word.
static USUAL_ATOM: OctetSet = OctetSet::visible_except(br#"()<>[]:;@\,."?"#);

fn is_atom_character(character: char) -> bool {
    !character.is_ascii() || u8::try_from(character).is_ok_and(|octet| ATOM.has(octet))
}

/// Whether this is an address of RFC 5322: a local part of atoms with dots, or quoted, and a domain
/// of atoms with dots, or a literal.
pub(crate) fn is_mailbox(text: &str) -> bool {
    if is_dotted_mailbox(text) {
        return true;
    }
    // RFC 2047, 5: there are no encoded words in an address; but readers undo what looks like one.
    if encoded_word::has_mark(text) {
        return false;
    }
    let Some((local, domain)) = split_domain(text) else { return false };
    let is_quoted = || local.starts_with('"') && quoted_length(local) == Some(local.len()) && local.is_ascii();
    let is_literal = || {
        let inner = domain.strip_prefix('[').and_then(|domain| domain.strip_suffix(']'));
        inner.is_some_and(|inner| inner.bytes().all(|octet| octet.is_ascii_graphic() && !b"[]\\".contains(&octet)))
    };
    (is_dotted(local) || is_quoted()) && (is_dotted(domain) || is_literal())
}

/// The address as mail has it, `+447700900123/TYPE=PLMN@domain`, with its display name.
pub(crate) fn show(address: &Address) -> String {
    let specification = show_specification(address);
    match address.details.as_ref().and_then(|details| details.name.as_deref()) {
        Some(name) if is_plain_name(name) => alloc::format!("{name} <{specification}>"),
        Some(name) => alloc::format!("{} <{specification}>", Quoted(name)),
        None => specification,
    }
}

/// Whether a name needs no quotation marks, nor is read as if it had some.
fn is_plain_name(name: &str) -> bool {
    is_phrase(name, false) && !name.contains('"') && name.trim_matches(BLANKS) == name
}

fn show_specification(address: &Address) -> String {
    let domain = address.details.as_ref().and_then(|details| details.domain.as_deref());
    // Room for nearly every one: to grow takes longer than to write.
    let mut text = String::with_capacity(80);
    // Writing to a string does not fail.
    let _ = write!(text, "{address}");
    if let (false, Some(domain)) = (matches!(address.kind, AddressKind::Email(_)), domain) {
        text.extend(["@", domain]);
    }
    text
}

/// Writes an address. Mail headers demand a domain, other fields may do without.
pub(crate) fn write(address: &Address, demands_domain: bool) -> Result<String, EncodeErrorKind> {
    if let Some(details) = &address.details {
        let AddressDetails { domain: _, name: _, display_only, coding, id, words: _ } = details.as_ref();
        if display_only.is_some() || coding.is_some() || id.is_some() {
            return Err(EncodeErrorKind::NotExpressible);
        }
    }
    let text = show(address);
    // What most addresses are: read as they are written.
    let is_usual = match &address.kind {
        AddressKind::Phone(_) => address.details.is_some() && address.kind.is_valid(),
        // Digits in the roaming network are a short code.
        AddressKind::Email(_) => {
            let may_be_number = |first: &u8| first.is_ascii_digit() || matches!(first, b'+' | b'*' | b'#');
            let octets = text.as_bytes();
            address.details.is_none() && find(b'/', octets).is_none() && !octets.first().is_some_and(may_be_number)
        }
        _ => false,
    };
    if is_usual && is_dotted_mailbox(&text) { Ok(text) } else { write_unusual(address, text, demands_domain) }
}

/// Writes an address in the first form that is read as this very address.
fn write_unusual(address: &Address, text: String, demands_domain: bool) -> Result<String, EncodeErrorKind> {
    if let Some(control) = find_control(&text) {
        return Err(EncodeErrorKind::ControlCharacter(control));
    }
    let reads_the_same = |written: &str| {
        let mut list = List::new(written, Wire::Mm4);
        let Some(read) = list.next() else { return false };
        let is_alone = list.rest() == ("", true);
        let has_form = if demands_domain { read.is_regular } else { read.is_word };
        let is_same = || read.address == *address;
        is_alone && if has_form { is_same() } else { is_untyped(written, address) }
    };
    if text.is_ascii() && !encoded_word::has_mark(&text) && reads_the_same(&text) {
        return Ok(text);
    }
    let (name, specification) = text.rsplit_once('<').ok_or(EncodeErrorKind::NotExpressible)?;
    let name = name.trim_end_matches(BLANKS);
    // A reader decides by the characters of a name whether it was quoted; where it would not find
    // out, the quotation marks are part of what is encoded.
    for name in [unescaped(name), Cow::Borrowed(name)] {
        let charset = if name.is_ascii() { Charset::US_ASCII } else { Charset::UTF_8 };
        let words = encoded_word::encode_as_words(&name, charset)?;
        let written = alloc::format!("{words} <{specification}");
        if reads_the_same(&written) {
            return Ok(written);
        }
    }
    Err(EncodeErrorKind::NotExpressible)
}

/// Whether this is a number at a domain that was made a mailbox on purpose: the form of peers that know no
/// types of numbers.
fn is_untyped(written: &str, address: &Address) -> bool {
    let is_mailbox = matches!(&address.kind, AddressKind::Email(mailbox) if *mailbox == written);
    is_mailbox && address.details.is_none() && is_dotted_mailbox(written)
}

/// What a display name says, if it is one quoted string.
fn unescaped(name: &str) -> Cow<'_, str> {
    if !name.starts_with('"') || quoted_length(name) != Some(name.len()) {
        return Cow::Borrowed(name);
    }
    let mut plain = String::with_capacity(name.len());
    let mut characters = name.chars().skip(1);
    while let Some(character) = characters.next() {
        plain.extend(if character == '\\' { characters.next() } else { Some(character) });
    }
    plain.pop();
    Cow::Owned(plain)
}

/// The addresses of a text with a list of them. The members of a group are listed individually.
#[derive(Debug)]
pub(crate) struct List<'a> {
    left: Option<&'a str>,
    wire: Wire,
    /// Whether addresses were taken out of a group, or have a semicolon or nothing between commas.
    is_irregular: bool,
}

impl<'a> List<'a> {
    pub(crate) const fn new(text: &'a str, wire: Wire) -> Self {
        Self { left: Some(text), wire, is_irregular: false }
    }
}

impl Iterator for List<'_> {
    type Item = Mailbox;

    fn next(&mut self) -> Option<Mailbox> {
        loop {
            let left = self.left.take()?.trim_ascii_start();
            if let Some((mailbox, rest)) = plain_mailbox(left, self.wire) {
                self.left = rest;
                return Some(mailbox);
            }
            if let Some((first, rest)) = first_of_words(left) {
                self.is_irregular = true;
                self.left = Some(rest);
                return Some(parse(first, self.wire));
            }
            let (text, delimiter, rest) = split_list(left);
            self.is_irregular |= delimiter == Some('>');
            if delimiter.is_some() {
                self.left = Some(rest);
            }
            // The name of a group.
            if delimiter == Some(':') && !text.contains(['@', '=']) {
                self.is_irregular = true;
                continue;
            }
            if matches!(delimiter, Some(':' | ';')) && is_system(text) {
                self.left = None;
                let whole = left.split(',').next().unwrap_or(left);
                if whole.len() < left.len() {
                    self.left = left.get(whole.len() + 1..);
                }
                return Some(parse(whole, self.wire));
            }
            let after = rest.trim_ascii_start();
            if text.trim_matches(BLANKS).is_empty() {
                self.is_irregular = true;
                continue;
            }
            self.is_irregular |= delimiter == Some(';') && !after.is_empty() && !after.starts_with(',');
            return Some(parse(text, self.wire));
        }
    }
}

impl<'a> List<'a> {
    /// What was not read yet, without the commas around it, and whether the list so far is as RFC
    /// 5322, 3.4 has it.
    pub(crate) fn rest(&self) -> (&'a str, bool) {
        let Some(left) = self.left else { return ("", !self.is_irregular) };
        let rest = left.trim_matches(|character| BLANKS.contains(&character) || matches!(character, ',' | ';'));
        // RFC 5322, 4.4: an empty element is obsolete.
        let has_empty = rest.is_empty() || rest.len() < left.trim_matches(BLANKS).len();
        (rest, !self.is_irregular && !has_empty)
    }
}

/// All addresses of a list.
#[cfg(test)]
fn parse_all(text: &str) -> alloc::vec::Vec<Address> {
    List::new(text, Wire::Mm4).map(|mailbox| mailbox.address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, mut address: Address) -> Address {
        address.details.get_or_insert_default().name = Some(name.into());
        address
    }

    #[test]
    fn reads_what_mm4_meets() {
        let phone = |number: &str| Address::phone(number);
        for (text, address, is_regular) in [
            ("+447700900123/TYPE=PLMN@mms.example.net", at_domain(phone("+447700900123"), "mms.example.net"), true),
            ("<+447700900123/type=plmn@mms.example.net>", at_domain(phone("+447700900123"), "mms.example.net"), true),
            ("+12025550101/TYPE=PLMN", phone("+12025550101"), false),
            ("+12025550101", phone("+12025550101"), false),
            ("+12025550101@host.example", at_domain(phone("+12025550101"), "host.example"), false),
            ("+12025550101@mms.mnc410.mcc310.gprs", at_domain(phone("+12025550101"), "mms.mnc410.mcc310.gprs"), false),
            (
                "7255@mms.mnc410.mcc310.3gppnetwork.org",
                at_domain(Address::short_code("7255"), "mms.mnc410.mcc310.3gppnetwork.org"),
                true,
            ),
            ("<+1 (202) 555-0101/TYPE=PLMN@m.example>", at_domain(phone("+1 (202) 555-0101"), "m.example"), false),
            ("(202) 555-0101", phone("(202) 555-0101"), false),
            ("7255@mms.mnc012.mcc345.gprs", at_domain(Address::short_code("7255"), "mms.mnc012.mcc345.gprs"), true),
            ("7255@qq.example", Address::email("7255@qq.example"), true),
            ("kim@example.org", Address::email("kim@example.org"), true),
            ("\"k m\"@example.org", Address::email("\"k m\"@example.org"), true),
            ("\"+447700900123/TYPE=PLMN\"@mms.example.net", at_domain(phone("+447700900123"), "mms.example.net"), true),
            ("\"+447700900123/TYPE=PLMN\"", phone("+447700900123"), false),
            ("\"+447700900123\"", phone("+447700900123"), false),
            (
                "\"+447700900123\" <+447700900123/TYPE=PLMN@mms.example.net>",
                at_domain(phone("+447700900123"), "mms.example.net"),
                false,
            ),
            (
                "Kim <+447700900123/TYPE=PLMN@mms.example.net>",
                named("Kim", at_domain(phone("+447700900123"), "mms.example.net")),
                true,
            ),
            (
                "=?utf-8?Q?M=C3=BCller=2C_Kim?= <+447700900123/TYPE=PLMN@mms.example.net>",
                named("Müller, Kim", at_domain(phone("+447700900123"), "mms.example.net")),
                true,
            ),
            (
                "\"Lee, Kim\" <+447700900123@mms.example.net>",
                named("Lee, Kim", at_domain(phone("+447700900123"), "mms.example.net")),
                false,
            ),
            ("kim@[192.0.2.1]", Address::email("kim@[192.0.2.1]"), true),
            ("Kim Lee <kim@example.org>", Address::email("Kim Lee <kim@example.org>"), true),
            ("Dr. Lee <kim@example.org>", Address::email("Dr. Lee <kim@example.org>"), false),
            ("=?US-ASCII?Q?Dr=2E_Lee?= <kim@example.org>", Address::email("Dr. Lee <kim@example.org>"), true),
            ("\"Dr. Lee\" <kim@example.org>", Address::email("\"Dr. Lee\" <kim@example.org>"), true),
            ("=?utf-8?Q?Kim_M=C3=BCller?= <kim@example.org>", Address::email("Kim Müller <kim@example.org>"), true),
            (
                "=?utf-8?Q?M=C3=BCller=2C_Kim?= <kim@example.org>",
                Address::email("\"Müller, Kim\" <kim@example.org>"),
                true,
            ),
            ("\u{feff}+12025550101/TYPE=PLMN@m.example", at_domain(phone("+12025550101"), "m.example"), false),
            ("\u{202a}+12025550101\u{202c}@m.example", at_domain(phone("+12025550101"), "m.example"), false),
            (
                "Kim <\u{202a}+12025550101\u{202c}/TYPE=PLMN@m.example>",
                named("Kim", at_domain(phone("+12025550101"), "m.example")),
                false,
            ),
            ("=?utf-8?Q?=EF=BB=BFKim?= <kim@example.org>", Address::email("Kim <kim@example.org>"), false),
            (
                "=?utf-8?Q?=EF=BB=BFKim?= <+12025550101/TYPE=PLMN@m.example>",
                named("Kim", at_domain(phone("+12025550101"), "m.example")),
                false,
            ),
            ("=?utf-8?Q?=EF=BB=BF?= <kim@example.org>", Address::email("kim@example.org"), false),
            ("PostMaster", AddressKind::Alphanumeric("PostMaster".into()).into(), false),
            ("system-user", AddressKind::Other("system-user".into()).into(), false),
            ("a..b@example.org", Address::email("a..b@example.org"), false),
        ] {
            let mailbox = parse(text, Wire::Mm4);
            assert_eq!((mailbox.address, mailbox.is_regular), (address, is_regular), "{text}");
        }
    }

    #[test]
    fn reads_lists_and_groups() {
        let email = Address::email;
        for (text, addresses) in [
            ("a@x, b@y", alloc::vec![email("a@x"), email("b@y")]),
            ("\"a, b\" <a@x>,,b@y,", alloc::vec![email("\"a, b\" <a@x>"), email("b@y")]),
            ("+44/TYPE=PLMN;+45/TYPE=PLMN", alloc::vec![Address::phone("+44"), Address::phone("+45")]),
            ("undisclosed-recipients:;", alloc::vec![]),
            ("Friends: a@x, b@y; c@z", alloc::vec![email("a@x"), email("b@y"), email("c@z")]),
            (
                "system=mms.example;party=+44, b@y",
                alloc::vec![AddressKind::Other("system=mms.example;party=+44".into()).into(), email("b@y")],
            ),
        ] {
            assert_eq!(parse_all(text), addresses, "{text}");
        }
    }

    #[test]
    fn writes_what_reads_the_same() {
        for address in [
            at_domain(Address::phone("+447700900123"), "mms.example.net"),
            at_domain(Address::short_code("7255"), "mms.mnc012.mcc345.gprs"),
            named("Kim Lee", at_domain(Address::phone("+447700900123"), "mms.example.net")),
            named("Dr. Lee, \"Kim\"", at_domain(Address::phone("+447700900123"), "mms.example.net")),
            named("Müller, Kim", at_domain(Address::phone("+447700900123"), "mms.example.net")),
            Address::email("kim@example.org"),
            Address::email("Kim Müller <kim@example.org>"),
            Address::email("Dr. Lee <kim@example.org>"),
            Address::email("\"Müller, Kim\" <kim@example.org>"),
        ] {
            let read = parse(&write(&address, true).unwrap(), Wire::Mm4);
            assert_eq!((read.address, read.is_regular), (address, true));
        }
        for address in [Address::phone("+44"), Address::email("a b"), Address::email("a@b, c@d"), Address::from("")] {
            assert_eq!(write(&address, true), Err(EncodeErrorKind::NotExpressible), "{address}");
        }
        assert_eq!(write(&Address::email("a\r\n@b"), true), Err(EncodeErrorKind::ControlCharacter(b'\r')));
        assert_eq!(write(&Address::phone("+44"), false).as_deref(), Ok("+44/TYPE=PLMN"));
        for group in ["+44;3", "kim:", ":"] {
            assert_eq!(write(&Address::phone(group), false), Err(EncodeErrorKind::NotExpressible), "{group}");
        }
    }
}

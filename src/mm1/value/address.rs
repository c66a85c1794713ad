//! Addresses, and who a message is from.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};

use super::Mm1;
use crate::context::Decoding as _;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::encoded_word;
use crate::message::{Address, AddressKind, Originator, Str, UsualAddress};
use crate::mm1::clean;
use crate::options::DeviationKind;
use crate::shown::Shown;
use crate::table::{Value, Values};
use crate::wsp::{Reader, UsualString, Writer, plain_string};

impl Value<Mm1> for Address {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        any_address(from)
    }

    fn usual<'a>(octets: &'a [u8], into: &mut impl Values<Item = Self>) -> Option<&'a [u8]> {
        let UsualString { octets, length, after, .. } = plain_string(octets)?;
        let usual = UsualAddress::new(octets, length)?;
        into.put_new(|| usual.address());
        Some(after)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        // A domain belongs to the form of a number on MM4; the rest would be lost.
        let is_lost = |details: &crate::message::AddressDetails| {
            details.name.is_some() || details.display_only.is_some() || details.coding.is_some() || details.id.is_some()
        };
        if self.details.as_deref().is_some_and(is_lost) {
            return Err(EncodeErrorKind::NotExpressible.into());
        }
        if !self.kind.is_valid() {
            return Err(EncodeErrorKind::InvalidText.into());
        }
        if let AddressKind::Phone(number) = &self.kind {
            to.octets(number.as_bytes());
            to.octets(b"/TYPE=PLMN\0");
            return Ok(());
        }
        if let Some(written) = written_words(self) {
            return to.text_string(&written);
        }
        let (value, type_name) = self.kind.parts();
        let (value, type_name) = (value.as_bytes(), type_name.map(str::as_bytes));
        match type_name {
            _ if !value.is_ascii() || encoded_word::has_mark(value) => to.encoded_string(&self.to_string().into()),
            None if value.is_empty() => Err(EncodeErrorKind::MissingField.into()),
            None => to.terminated(value),
            Some(type_name) if type_name.is_ascii() => {
                to.unterminated(value)?;
                to.octets(b"/TYPE=");
                to.terminated(type_name)
            }
            Some(_) => to.encoded_string(&self.to_string().into()),
        }
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }

    fn clean(&mut self) {
        clean::clean_address(self);
    }
}

pub(in crate::mm1) const ADDRESS_PRESENT: u8 = 0x80;
const INSERT_ADDRESS: u8 = 0x81;

#[cold]
fn any_address(from: &mut Reader<'_>) -> Result<Address, DecodeError> {
    let at = from.offset();
    let is_labelled = matches!(from.peek(), Some(0x01..=0x1f));
    let (text, is_marked) = from.encoded_string_with_words()?;
    let written = text.as_str().ok_or_else(|| from.error_at(DecodeErrorKind::InvalidCharset, at))?;
    // Words are in plain texts: what has a charset is as it is.
    let (named, words) =
        if is_labelled { (Cow::Borrowed(written), None) } else { with_decoded_name(written, at, from)? };
    let (mut address, is_regular) = Address::from_notation(&named);
    if address.kind.parts().0.is_empty() {
        return Err(from.error_at(DecodeErrorKind::InvalidText, at));
    }
    if !is_regular || is_marked {
        from.forgive(DeviationKind::AddressSpelling, at)?;
    } else if words.is_some() {
        address.details.get_or_insert_default().words = words.map(Box::new);
    }
    Ok(address)
}

/// A mailbox with the encoded words that its display name was read from, if it says the same as they do.
fn written_words(address: &Address) -> Option<String> {
    let words = address.details.as_deref()?.words.as_deref()?;
    let AddressKind::Email(mailbox) = &address.kind else { return None };
    let (_, inner) = mailbox.rsplit_once('<')?;
    let read = encoded_word::decode(words.trim_ascii());
    let is_same = words.is_ascii() && read.is_regular() && with_name(&read.text, inner).as_deref() == Some(mailbox);
    is_same.then(|| format!("{words}<{inner}"))
}

/// An address with the encoded words in its display name undone (7.3.19), and those words if they are regular.
fn with_decoded_name<'a>(
    written: &'a str,
    at: usize,
    from: &mut Reader<'_>,
) -> Result<(Cow<'a, str>, Option<Str>), DecodeError> {
    let marked = written.rsplit_once('<').filter(|(name, _)| encoded_word::has_mark(name));
    let Some((name, inner)) = marked else { return Ok((Cow::Borrowed(written), None)) };
    let decoded = encoded_word::read(name.trim_ascii(), at, from.context())?;
    Ok(match with_name(&decoded.text, inner) {
        Some(named) => (Cow::Owned(named), decoded.is_regular().then(|| name.into())),
        None => (Cow::Borrowed(written), None),
    })
}

/// A mailbox with this display name. `None` if that would be read as encoded words again, or cannot be written.
fn with_name(name: &str, inner: &str) -> Option<String> {
    if !inner.ends_with('>') || encoded_word::has_mark(name) || encoded_word::find_control(name).is_some() {
        return None;
    }
    let needs_quotes = name.contains(['"', '(', ')', '<', '>', '[', ']', ':', ';', '@', '\\', ',', '.']);
    Some(match needs_quotes && !name.starts_with('"') {
        true => format!("\"{}\" <{inner}", name.replace('\\', "\\\\").replace('"', "\\\"")),
        false => format!("{name} <{inner}"),
    })
}

impl Value<Mm1> for Originator {
    fn read(from: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let at = from.offset();
        match from.peek() {
            // Without value-length: the token, or just an address.
            Some(0x20..) => {
                from.forgive(DeviationKind::MissingValueLength, at)?;
                token_and_address(from)
            }
            _ => from.composite(token_and_address),
        }
    }

    fn usual<'a>(octets: &'a [u8], into: &mut impl Values<Item = Self>) -> Option<&'a [u8]> {
        let (value_length, value) = match octets {
            [1, INSERT_ADDRESS, after @ ..] => {
                into.put_new(|| Self::InsertAddress);
                return Some(after);
            }
            [value_length @ 0..=0x1e, ADDRESS_PRESENT, value @ ..] => (usize::from(*value_length), value),
            _ => return None,
        };
        let UsualString { octets, length, after, .. } = plain_string(value)?;
        let usual = UsualAddress::new(octets, length).filter(|_| value.len() - after.len() + 1 == value_length)?;
        into.put_new(|| Self::Address(usual.address()));
        Some(after)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.composite(|to| match self {
            Self::Address(address) => {
                to.octet(ADDRESS_PRESENT);
                Value::<Mm1>::write(address, to)
            }
            Self::InsertAddress => {
                to.octet(INSERT_ADDRESS);
                Ok(())
            }
        })
    }

    fn show(&self) -> Shown {
        match self {
            Self::Address(address) => Value::<Mm1>::show(address),
            Self::InsertAddress => Shown::Text("insert-address-token".into()),
        }
    }

    fn clean(&mut self) {
        if let Self::Address(address) = self {
            clean::clean_address(address);
        }
    }
}

fn token_and_address(from: &mut Reader<'_>) -> Result<Originator, DecodeError> {
    let at = from.offset();
    match from.peek() {
        Some(INSERT_ADDRESS) => from.octet().map(|_| Originator::InsertAddress),
        Some(ADDRESS_PRESENT) => {
            from.octet()?;
            <Address as Value<Mm1>>::read(from).map(Originator::Address)
        }
        Some(octet @ 0x80..) => Err(from.error(DecodeErrorKind::UnexpectedOctet(octet))),
        _ => {
            let address = <Address as Value<Mm1>>::read(from)?;
            from.forgive(DeviationKind::MissingToken, at)?;
            Ok(Originator::Address(address))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use alloc::vec::Vec;
    use bytes::Bytes;
    use proptest::prelude::*;

    /// What `read` makes of octets, what it forgives, and how far it reads.
    fn read<T: core::fmt::Debug>(
        octets: &Bytes,
        options: &Options,
        read: impl FnOnce(&mut Reader<'_>) -> Result<T, DecodeError>,
    ) -> String {
        let mut from = Reader::new(octets, options);
        let value = read(&mut from);
        let at = value.is_ok().then(|| from.offset());
        format!("{value:?} {at:?} {:?}", from.into_deviations())
    }

    /// The same of the quick way, which forgives nothing, if it reads the value.
    fn usual<T: Value<Mm1> + core::fmt::Debug>(octets: &[u8]) -> Option<String> {
        let mut value = None;
        let after = T::usual(octets, &mut value)?;
        let value = Ok::<_, DecodeError>(value?);
        Some(format!("{value:?} {:?} []", Some(octets.len() - after.len())))
    }

    /// Pieces of addresses, usual and not, and of the values around them.
    const PIECES: &[&str] = &[
        "+447700900123/TYPE=PLMN",
        "+447700900123",
        "12345",
        "/TYPE=PLMN",
        "/TYPE=IPv4",
        "1.2.3.4",
        "alice@example.com",
        "alice",
        "@",
        "Kim <",
        ">",
        "mailto:",
        "tel:",
        ":",
        ",",
        ";",
        " ",
        "/",
        "<",
        "=?utf-8?q?=41?=",
        "=?",
        "\"",
        "\u{7f}",
        "\t",
        "\r\n ",
        "\u{e9}",
        "?",
        "=",
        "9",
        "A",
    ];

    /// A value-length, perhaps a wrong one, a charset, perhaps a token, a text, and what follows it.
    fn value(text: &str, charset: Option<u8>, token: Option<u8>, length: u8) -> Vec<u8> {
        let mut value = [text.as_bytes(), b"\0"].concat();
        for octet in [charset, token].into_iter().flatten() {
            value.insert(0, octet);
            let size = u8::try_from(value.len()).unwrap().wrapping_add(length);
            value.splice(0..0, if size < 31 { alloc::vec![size] } else { alloc::vec![31, size] });
        }
        value.extend_from_slice(b"\x8a\x80\x96text behind it that is long enough\0");
        value
    }

    proptest! {
        #[test]
        fn the_quick_ways_read_what_the_careful_ones_read(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..4),
            charset in proptest::option::of(proptest::sample::select(&[0x80 | 106, 0x80 | 3, 0x80 | 4, 0x80, 0x81][..])),
            token in proptest::option::of(proptest::sample::select(&[ADDRESS_PRESENT, INSERT_ADDRESS][..])),
            length in proptest::sample::select(&[0, 0, 0, 0, 1, 0xff][..]),
            is_strict: bool,
        ) {
            let options = if is_strict { Options::strict() } else { Options::lenient() };
            let octets = Bytes::from(value(&pieces.concat(), charset, token, length));
            let (quick, careful) = match token {
                Some(_) => (usual::<Originator>(&octets), read(&octets, &options, <Originator as Value<Mm1>>::read)),
                None => (usual::<Address>(&octets), read(&octets, &options, any_address)),
            };
            if let Some(quick) = quick {
                prop_assert_eq!(quick, careful);
            }
        }
    }

    #[test]
    fn the_quick_ways_read_what_encoders_write() {
        let number = "+447700900123/TYPE=PLMN";
        for text in [number, "alice@example.com"] {
            for charset in [None, Some(0x80 | 106), Some(0x80 | 3)] {
                assert!(usual::<Address>(&value(text, charset, None, 0)).is_some(), "{text} {charset:?}");
                assert!(
                    usual::<Originator>(&value(text, charset, Some(ADDRESS_PRESENT), 0)).is_some(),
                    "{text} {charset:?}"
                );
            }
        }
        assert!(usual::<Originator>(&[1, INSERT_ADDRESS, 0x8a]).is_some());
    }
}

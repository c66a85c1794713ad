//! Addresses of users (OMA-TS-MMS_ENC).

use alloc::boxed::Box;
#[cfg(any(test, feature = "mm1", feature = "mm4", feature = "mm7", feature = "arbitrary"))]
use alloc::string::ToString;
use core::convert::Infallible;
use core::fmt;
use core::str::FromStr;

use super::str::Str;
use crate::octet_set::{each, equal, find, length_until};

/// The address of a user.
///
/// `FromStr` and `Display` use the notation of MM1: `+447700900123/TYPE=PLMN`.
///
/// # Examples
///
/// ```
/// use mms_codec::message::{Address, AddressKind};
///
/// let address: Address = "+447700900123/TYPE=PLMN".parse().unwrap();
/// assert_eq!(address, Address::phone("+447700900123"));
/// assert_eq!(address.to_string(), "+447700900123/TYPE=PLMN");
/// assert!(matches!(Address::from("alice@example.com").kind, AddressKind::Email(_)));
/// assert!(matches!(Address::from("12345").kind, AddressKind::ShortCode(_)));
/// ```
///
/// What follows no known form is kept as it was written:
///
/// ```
/// # use mms_codec::message::Address;
/// assert_eq!(Address::from("made by hand").to_string(), "made by hand");
/// assert_eq!(Address::from("+33612345678/TYPE=PLNM").to_string(), "+33612345678/TYPE=PLNM");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Address {
    /// What kind of address it is, and the address.
    pub kind: AddressKind,
    /// What only some interfaces say about an address.
    pub details: Option<Box<AddressDetails>>,
}

/// The kinds of addresses, each with what a value of it is (OMA-TS-MMS_ENC, 8). No notation marks
/// where a value ends: a number that held an `@` would be read as somebody's mailbox at the next
/// interface. A value that its kind does not have is refused by the encoder of an interface that
/// would read it as something else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum AddressKind {
    /// A phone number, E.164 or of the network's own plan: an optional `+`, then digits, `-` and `.`.
    Phone(Str),
    /// A mailbox as in RFC 5322, as it was written: `alice@example.com`, `Joe <joe@example.org>`.
    /// It has an `@`, and does not end in `/TYPE=` and a name.
    Email(Str),
    /// Four groups of one to three digits.
    Ipv4(Str),
    /// Eight groups of four hexadecimal digits.
    Ipv6(Str),
    /// An optional `+`, `*` or `#`, then digits, without type (MMS 1.3). In the field this is as
    /// often a phone number whose type was left out: the octets do not say.
    ShortCode(Str),
    /// Letters and digits without type (MMS 1.3), such as `PIZZA`: digits alone are a short code.
    Alphanumeric(Str),
    /// A value of another type: `value/TYPE=name`, both as they were written.
    Typed {
        /// The text before `/TYPE=`, without `/` and `@`, which are written as escapes.
        value: Str,
        /// The text after it: letters, digits and `_`.
        type_name: Str,
    },
    /// Anything else, as it was written: what reads as no other kind.
    Other(Str),
}

/// What only some interfaces say about an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub struct AddressDetails {
    /// MM4: the domain behind a number, `+447700900123/TYPE=PLMN@domain`. It says where the number
    /// is served, not whose it is: the other interfaces leave it out.
    pub domain: Option<Str>,
    /// MM7 `displayOnly`: the address is shown to the recipient, but no copy is sent to it.
    pub display_only: Option<bool>,
    /// MM7 `addressCoding`: `encrypted` or `obfuscated`.
    pub coding: Option<Str>,
    /// MM7 `id` of the element.
    pub id: Option<Str>,
}

impl Address {
    /// A phone number, with or without `+`.
    pub fn phone(number: impl Into<Str>) -> Self {
        AddressKind::Phone(number.into()).into()
    }

    /// A mail address.
    pub fn email(mailbox: impl Into<Str>) -> Self {
        AddressKind::Email(mailbox.into()).into()
    }

    /// A short code.
    pub fn short_code(code: impl Into<Str>) -> Self {
        AddressKind::ShortCode(code.into()).into()
    }

    /// The address alone: the number, the mailbox without display name, the code.
    pub fn value(&self) -> &str {
        match &self.kind {
            AddressKind::Email(mailbox) => match (mailbox.rfind('<'), mailbox.strip_suffix('>')) {
                (Some(open), Some(closed)) => closed.get(open + 1..).unwrap_or(mailbox),
                _ => mailbox,
            },
            AddressKind::Phone(value)
            | AddressKind::Ipv4(value)
            | AddressKind::Ipv6(value)
            | AddressKind::ShortCode(value)
            | AddressKind::Alphanumeric(value)
            | AddressKind::Typed { value, .. }
            | AddressKind::Other(value) => value,
        }
    }

    /// A phone number in its usual spelling, which is what nearly every address is.
    #[cfg(any(feature = "mm1", feature = "mm4"))]
    #[inline(always)]
    pub(crate) fn usual_phone(octets: &[u8]) -> Option<Self> {
        let length = number_length(octets);
        let is_phone = length > 0 && octets.get(length..) == Some(b"/TYPE=PLMN");
        is_phone.then(|| AddressKind::Phone(Str::from_ascii(octets, length)).into())
    }

    /// Whether the address is written as `text` to the letter; a type in other letters is not.
    #[cfg(any(test, feature = "mm1"))]
    pub(crate) fn is_written(&self, text: &str) -> bool {
        match self.kind.parts() {
            (value, None) => value == text,
            (value, Some(type_name)) => {
                let rest = text.as_bytes().strip_prefix(value.as_bytes());
                rest.and_then(|rest| rest.strip_prefix(b"/TYPE=")) == Some(type_name.as_bytes())
            }
        }
    }
}

impl AddressKind {
    /// Whether the value is one of this kind: the notation of MM1 reads as the same again.
    #[cfg(any(feature = "mm1", feature = "mm4", feature = "mm7"))]
    pub(crate) fn is_valid(&self) -> bool {
        match self {
            Self::Phone(number) => is_number(number.as_bytes()),
            Self::ShortCode(code) => is_short_code(code),
            Self::Alphanumeric(name) => is_name(name) && !is_short_code(name),
            Self::Email(mailbox) if find(b'/', mailbox.as_bytes()).is_none() => {
                find(b'@', mailbox.as_bytes()).is_some()
            }
            other => kind(&Address::from(other.clone()).to_string()) == *other,
        }
    }

    /// The value, and the type name behind it if this kind has one.
    pub(crate) fn parts(&self) -> (&Str, Option<&str>) {
        match self {
            Self::Phone(number) => (number, Some("PLMN")),
            Self::Ipv4(value) => (value, Some("IPv4")),
            Self::Ipv6(value) => (value, Some("IPv6")),
            Self::Typed { value, type_name } => (value, Some(type_name)),
            Self::Email(value) | Self::ShortCode(value) | Self::Alphanumeric(value) | Self::Other(value) => {
                (value, None)
            }
        }
    }
}

impl From<AddressKind> for Address {
    fn from(kind: AddressKind) -> Self {
        Self { kind, details: None }
    }
}

impl From<Str> for Address {
    fn from(text: Str) -> Self {
        text.as_str().into()
    }
}

impl From<alloc::string::String> for Address {
    fn from(text: alloc::string::String) -> Self {
        text.as_str().into()
    }
}

impl From<&str> for Address {
    fn from(text: &str) -> Self {
        kind(text).into()
    }
}

impl FromStr for Address {
    type Err = Infallible;

    /// Never fails: what follows no known form is [`AddressKind::Other`].
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

/// The notation of MM1, without the [details](Address::details).
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind.parts() {
            (value, None) => f.write_str(value),
            (value, Some(type_name)) => write!(f, "{value}/TYPE={type_name}"),
        }
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for Address {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        let number = u.int_in_range(0..=999_999_999u32)?.to_string();
        Ok(match u.int_in_range(0..=7)? {
            0 | 1 => Self::phone(alloc::format!("+{number}")),
            2 => Self::email(alloc::format!("user{number}@example.com")),
            3 => Self::short_code(number),
            4 => AddressKind::Alphanumeric(alloc::format!("A{number}").into()).into(),
            5 => AddressKind::Typed { value: number.into(), type_name: Str::from_static("X_25") }.into(),
            6 => AddressKind::Ipv4(Str::from_static("195.153.199.30")).into(),
            _ => AddressKind::Other(alloc::format!("made by {number}").into()).into(),
        })
    }
}

/// The kind of an address in the notation of MM1. The type is what follows the last `/TYPE=`,
/// in any case, since the local part of a mail address may hold a slash.
fn kind(text: &str) -> AddressKind {
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
    } else if is_short_code(text) {
        AddressKind::ShortCode
    } else if is_name(text) {
        AddressKind::Alphanumeric
    } else {
        AddressKind::Other
    };
    text_kind(text.into())
}

/// Whether these are letters and digits.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_alphanumeric())
}

/// Whether this is a number without type.
pub(crate) fn is_short_code(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '*', '#']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|octet| octet.is_ascii_digit())
}

fn is_number(text: &[u8]) -> bool {
    !text.is_empty() && number_length(text) == text.len()
}

/// How many octets at the start are a phone number, which may begin with `+` and have `-` and `.`
/// among its digits; `*` and `#` occur in short codes only.
#[inline]
fn number_length(text: &[u8]) -> usize {
    let digits = text.strip_prefix(b"+").unwrap_or(text);
    // From `-` on, up to `9`, without `/`.
    let others =
        |word: u64| word | word.wrapping_sub(each(b'-')) | word.wrapping_add(each(0x7f - b'9')) | equal(word, b'/');
    match length_until(digits, others) {
        0 => 0,
        length => text.len() - digits.len() + length,
    }
}

fn is_ipv4(text: &str) -> bool {
    let is_group = |group: &str| matches!(group.len(), 1..=3) && group.bytes().all(|c| c.is_ascii_digit());
    text.split('.').all(is_group) && text.split('.').count() == 4
}

fn is_ipv6(text: &str) -> bool {
    let is_group = |group: &str| group.len() == 4 && group.bytes().all(|c| c.is_ascii_hexdigit());
    text.split(':').all(is_group) && text.split(':').count() == 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_kinds_apart() {
        type Case<'a> = (&'a str, fn(Str) -> AddressKind, &'a str);
        let cases: &[Case<'_>] = &[
            ("+358501234567/TYPE=PLMN", AddressKind::Phone, "+358501234567"),
            ("0401234567/type=plmn", AddressKind::Phone, "0401234567"),
            ("+1-202.555/TYPE=PLMN", AddressKind::Phone, "+1-202.555"),
            ("alice@example.com", AddressKind::Email, "alice@example.com"),
            ("Joe User <joe@user.org>", AddressKind::Email, "Joe User <joe@user.org>"),
            ("a/b@example.com", AddressKind::Email, "a/b@example.com"),
            ("195.153.199.30/TYPE=IPV4", AddressKind::Ipv4, "195.153.199.30"),
            (
                "FEDC:BA98:7654:3210:FEDC:BA98:7654:3210/TYPE=IPv6",
                AddressKind::Ipv6,
                "FEDC:BA98:7654:3210:FEDC:BA98:7654:3210",
            ),
            ("12345", AddressKind::ShortCode, "12345"),
            ("*123", AddressKind::ShortCode, "*123"),
            ("PIZZA", AddressKind::Alphanumeric, "PIZZA"),
            ("made by Aristotelis", AddressKind::Other, "made by Aristotelis"),
            ("x/TYPE=", AddressKind::Other, "x/TYPE="),
            ("", AddressKind::Other, ""),
        ];
        for (text, kind, value) in cases {
            assert_eq!(Address::from(*text).kind, kind(Str::from(*value)), "{text}");
        }
    }

    #[test]
    fn keeps_other_types_as_written() {
        for text in [
            "abc%2Fdef/TYPE=X_25",
            "abc/TYPE=PLMN",
            "+331/TYPE=PLNM",
            "*123/TYPE=PLMN",
            "#99/TYPE=PLMN",
            "1:2:3:4:5:6:7:8/TYPE=IPv6",
            "FEDC:BA98:7654:3210:FEDC:BA98:7654:32100/TYPE=IPv6",
            ":::::::/TYPE=IPv6",
        ] {
            let address = Address::from(text);
            assert!(matches!(address.kind, AddressKind::Typed { .. }), "{text}");
            assert_eq!(address.to_string(), text);
            assert!(address.is_written(text));
        }
        assert!(!Address::from("1/TYPE=plmn").is_written("1/TYPE=plmn"));
    }

    #[test]
    fn finds_the_mailbox_behind_a_display_name() {
        assert_eq!(Address::from("Joe <joe@user.org>").value(), "joe@user.org");
        assert_eq!(Address::from("joe@user.org").value(), "joe@user.org");
        assert_eq!(Address::from("a>b<@c>").value(), "@c");
    }
}

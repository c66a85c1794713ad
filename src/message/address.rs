//! Addresses of users (OMA-TS-MMS_ENC).

pub(super) mod notation;

use alloc::boxed::Box;
use alloc::string::ToString;
use core::convert::Infallible;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use self::notation::{
    FEWEST_DIGITS, Uri, bare_number, holds_several, is_same_number, is_spelled_number, kind, seen, spelled,
};
use super::str::Str;
use crate::conversion::arbitrary;
use crate::octet_set::find;

/// The address of a user.
///
/// `Display` uses the notation of MM1: `+447700900123/TYPE=PLMN`. `From` and `FromStr` read that, what
/// people write, and what MM4 has: with a domain, with a display name.
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
///
/// assert_eq!(Address::from("+447700900123"), Address::phone("+447700900123"));
/// let address = Address::from("Kim <+447700900123/TYPE=PLMN@mms.example.net>");
/// assert_eq!(address.value(), "+447700900123");
/// let details = address.details.unwrap();
/// assert_eq!((details.name.as_deref(), details.domain.as_deref()), (Some("Kim"), Some("mms.example.net")));
/// ```
///
/// What follows no known form is kept as it was written:
///
/// ```
/// # use mms_codec::message::Address;
/// assert_eq!(Address::from("made by hand").to_string(), "made by hand");
/// assert_eq!(Address::from("+33612345678/TYPE=PLNM").to_string(), "+33612345678/TYPE=PLNM");
/// ```
///
/// Two addresses are equal if they say the same; details that say nothing are like none.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Address {
    /// What kind of address it is, and the address.
    pub kind: AddressKind,
    /// What only some interfaces say about an address.
    pub details: Option<Box<AddressDetails>>,
}

/// The kinds of addresses, each with what a value of it is (OMA-TS-MMS_ENC, 8). No notation marks
/// where a value ends: a number that held an `@` would be read as a mailbox at the next
/// interface. A value that its kind does not have is refused by the encoder of an interface that
/// would read it as something else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum AddressKind {
    /// A phone number, E.164 or of the network's own plan: an optional `+`, then digits, `-` and `.`.
    /// One that was written with blanks or parentheses is kept so: see [`Address::normalize`].
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
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub struct AddressDetails {
    /// MM4: the domain behind a number, `+447700900123/TYPE=PLMN@domain`. It says where the number
    /// is served, not whose it is: the other interfaces leave it out.
    pub domain: Option<Str>,
    /// MM4: the display name before a number, without quotation marks. The name of a mail address is
    /// part of its [mailbox](AddressKind::Email).
    pub name: Option<Str>,
    /// MM7 `displayOnly`: the address is shown to the recipient, but no copy is sent to it.
    pub display_only: Option<bool>,
    /// MM7 `addressCoding`: `encrypted` or `obfuscated`.
    pub coding: Option<Str>,
    /// MM7 `id` of the element, which is rare.
    pub id: Option<Box<Str>>,
    /// MM1: what was before the angle bracket of a mailbox, if that has encoded words. It is the same name in another
    /// form, which is written again as long as it says the same.
    #[cfg_attr(feature = "serde", serde(skip))]
    #[cfg_attr(feature = "arbitrary", arbitrary(default))]
    pub(crate) words: Option<Box<Str>>,
}

impl AddressDetails {
    /// What is said; not in which form.
    fn said(&self) -> ([Option<&Str>; 4], Option<bool>) {
        let Self { domain, name, display_only, coding, id, words: _ } = self;
        ([domain.as_ref(), name.as_ref(), coding.as_ref(), id.as_deref()], *display_only)
    }
}

impl PartialEq for AddressDetails {
    fn eq(&self, other: &Self) -> bool {
        self.said() == other.said()
    }
}

impl Eq for AddressDetails {}

impl Hash for AddressDetails {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.said().hash(state);
    }
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
    #[must_use]
    pub fn value(&self) -> &str {
        match &self.kind {
            AddressKind::Email(mailbox) => match (mailbox.rfind('<'), mailbox.strip_suffix('>')) {
                (Some(open), Some(closed)) => closed.get(open + 1..).unwrap_or(mailbox),
                _ => mailbox,
            },
            kind => kind.parts().0,
        }
    }

    /// Writes a number as digits with at most a `+` before them, and gives a number that was taken for
    /// something else its kind. Returns whether this changed anything. Encoders refuse numbers with
    /// blanks or parentheses.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::Address;
    ///
    /// let mut address = Address::from("(555) 123-4567");
    /// assert_eq!(address, Address::phone("(555) 123-4567"));
    /// assert!(address.normalize());
    /// assert_eq!(address, Address::phone("5551234567"));
    ///
    /// // The zero in parentheses is for calls within the country.
    /// let mut address = Address::phone("+44 (0) 7700 900-123");
    /// address.normalize();
    /// assert_eq!(address, Address::phone("+447700900123"));
    /// ```
    pub fn normalize(&mut self) -> bool {
        if matches!(self.kind, AddressKind::Email(_)) {
            return false;
        }
        let Self { kind, details } = Self::from(self.to_string());
        let AddressKind::Phone(number) = kind else { return false };
        let kind = AddressKind::Phone(bare_number(&number));
        if kind == self.kind {
            return false;
        }
        self.kind = kind;
        if let Some(AddressDetails { domain, name, .. }) = details.map(|details| *details) {
            let own = self.details.get_or_insert_default();
            own.domain = own.domain.take().or(domain);
            own.name = own.name.take().or(name);
        }
        true
    }

    /// Whether two numbers are the same telephone: with `+`, with `00`, or in the form for calls within
    /// the country whose code (`44`) is `country`. Without a country, a national number is the same only
    /// as the same digits. Addresses that are not numbers are the same as none.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::message::Address;
    ///
    /// let own = Address::phone("+447700900123");
    /// assert!(own.same_number(&Address::from("0044 7700 900123"), ""));
    /// assert!(own.same_number(&Address::from("07700 900123"), "44"));
    /// assert!(!own.same_number(&Address::from("07700 900123"), "33"));
    /// assert!(!own.same_number(&Address::from("07700 900123"), ""));
    ///
    /// // Removing one's own number from a group:
    /// let mut group = vec![Address::from("07700900123"), Address::from("07700900456")];
    /// group.retain(|member| !member.same_number(&own, "44"));
    /// assert_eq!(group.len(), 1);
    /// ```
    #[must_use]
    pub fn same_number(&self, other: &Self, country: &str) -> bool {
        let number = |address: &Self| match &address.kind {
            AddressKind::Phone(number) | AddressKind::ShortCode(number) => Some(bare_number(number)),
            _ => None,
        };
        number(self).zip(number(other)).is_some_and(|(a, b)| is_same_number(&a, &b, country))
    }

    fn said(&self) -> Option<&AddressDetails> {
        self.details.as_deref().filter(|details| **details != AddressDetails::default())
    }

    /// Reads the notation of MM1, and whether it is that: other spellings of numbers are known too.
    pub(crate) fn from_notation(text: &str) -> (Self, bool) {
        if let Some(seen) = seen(text) {
            let address = Self::from_notation(&seen).0;
            // Marks come from address books, which have numbers.
            let is_number =
                matches!(&address.kind, AddressKind::ShortCode(code) if is_spelled_number(code, FEWEST_DIGITS));
            return (if is_number { Self::phone(seen) } else { address }, false);
        }
        let kind = kind(text);
        match Uri::new(text).and_then(|uri| uri.address()) {
            Some(Some(address)) => return (address, false),
            Some(None) => return (kind.into(), false),
            None => {}
        }
        let may_be_number = match &kind {
            AddressKind::Other(_) => true,
            AddressKind::Typed { type_name, .. } => type_name.eq_ignore_ascii_case("PLMN"),
            _ => false,
        };
        if may_be_number && let Some(number) = spelled(text) {
            return (number, false);
        }
        let is_one = kind.parts().1.is_some() || !holds_several(text);
        (kind.into(), is_one)
    }

    /// The phone number that the first `length` of `octets` are in its usual spelling.
    #[inline(always)]
    pub(crate) fn usual_phone(octets: &[u8], length: usize) -> Option<Self> {
        let digits = phone_length(octets.get(..length)?)?;
        Some(AddressKind::Phone(Str::from_ascii(octets, digits)).into())
    }
}

/// The length of the number that a text is in its usual spelling.
#[inline(always)]
fn phone_length(text: &[u8]) -> Option<usize> {
    let digits = notation::number_length(text);
    (digits > 0 && text.get(digits..) == Some(b"/TYPE=PLMN")).then_some(digits)
}

/// An address in the form that nearly every one has, a phone number with its type or a bare mailbox, before it is
/// built where it stays.
pub(crate) struct UsualAddress<'a> {
    octets: &'a [u8],
    length: usize,
    is_phone: bool,
}

impl<'a> UsualAddress<'a> {
    /// The address that the first `length` of `octets` are, which the caller knows to be ASCII.
    #[inline(always)]
    pub(crate) fn new(octets: &'a [u8], length: usize) -> Option<Self> {
        let text = octets.get(..length)?;
        match phone_length(text) {
            Some(length) => Some(Self { octets, length, is_phone: true }),
            None => notation::is_bare_mailbox(text).then_some(Self { octets, length, is_phone: false }),
        }
    }

    #[inline(always)]
    pub(crate) fn address(self) -> Address {
        let value = Str::from_ascii(self.octets, self.length);
        let kind = if self.is_phone { AddressKind::Phone(value) } else { AddressKind::Email(value) };
        Address { kind, details: None }
    }
}

impl AddressKind {
    /// Whether the value is one of this kind: the notation of MM1 reads as the same again.
    pub(crate) fn is_valid(&self) -> bool {
        match self {
            Self::Phone(number) => notation::is_number(number.as_bytes()),
            Self::ShortCode(code) => notation::is_short_code(code.as_bytes()),
            Self::Alphanumeric(name) => notation::is_name(name.as_bytes()) && !notation::is_short_code(name.as_bytes()),
            Self::Email(mailbox) if notation::is_bare_mailbox(mailbox.as_bytes()) => true,
            Self::Email(mailbox) if find(b'/', mailbox.as_bytes()).is_none() => {
                let is_uri = || Uri::new(mailbox).is_some_and(|uri| uri.address().is_some());
                let is_other = || is_uri() || holds_several(mailbox) || seen(mailbox).is_some();
                find(b'@', mailbox.as_bytes()).is_some() && !is_other()
            }
            other => Address::from_notation(&Address::from(other.clone()).to_string()) == (other.clone().into(), true),
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

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.said() == other.said()
    }
}

impl Eq for Address {}

impl Hash for Address {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.kind.hash(state);
        self.said().hash(state);
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
        let address = Self::from_notation(text.trim_ascii()).0;
        let seen = seen(text.trim_ascii());
        let text = seen.as_deref().unwrap_or(text);
        match address {
            // Whoever writes a `+` means a number.
            Self { kind: AddressKind::ShortCode(number), .. } if number.starts_with('+') => Self::phone(number),
            address if Uri::new(text.trim_ascii()).is_some() => address,
            Self { kind: AddressKind::Email(_), .. } => spelled(text.trim_ascii()).unwrap_or_else(|| Self::email(text)),
            Self { kind: AddressKind::Other(_), .. } => AddressKind::Other(text.into()).into(),
            address => address,
        }
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

arbitrary!(Address, |u| {
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
});

#[cfg(all(test, any(feature = "mm1", feature = "mm4", feature = "mm7")))]
mod tests {
    use super::*;

    #[test]
    fn distinguishes_the_kinds() {
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
            assert!(address.kind.is_valid(), "{text}");
        }
    }

    #[test]
    fn reads_numbers_as_people_and_mail_write_them() {
        let at = |domain: &str, name: Option<&str>| {
            let mut address = Address::phone("+447700900123");
            let details =
                AddressDetails { domain: Some(domain.into()), name: name.map(Str::from), ..Default::default() };
            address.details = Some(details.into());
            address
        };
        let phone = Address::phone;
        for (text, address) in [
            ("+447700900123", phone("+447700900123")),
            (" +447700900123 ", phone("+447700900123")),
            ("+447700900123/TYPE=plmn", phone("+447700900123")),
            ("+447700900123/TYPE=PLMN@mms.example.net", at("mms.example.net", None)),
            ("+447700900123@mms.mnc015.mcc234.gprs", at("mms.mnc015.mcc234.gprs", None)),
            ("\"Lee, Kim\" <+447700900123/TYPE=PLMN@m.example>", at("m.example", Some("Lee, Kim"))),
            ("(555) 123-4567", phone("(555) 123-4567")),
            ("\u{202a}+44 7700 900123\u{202c}", phone("+44 7700 900123")),
            ("202-555-0101", phone("202-555-0101")),
            ("+44 7700 900123/TYPE=PLMN", phone("+44 7700 900123")),
            ("195.153.199.30", AddressKind::Other("195.153.199.30".into()).into()),
            ("12 34", AddressKind::Other("12 34".into()).into()),
            ("07700900123", Address::short_code("07700900123")),
            ("447700900123@mms.example.net", Address::email("447700900123@mms.example.net")),
        ] {
            assert_eq!(Address::from(text), address, "{text}");
        }
        // On MM1, digits with a `+` and no type are a short code as good as a number.
        assert_eq!(Address::from_notation("+4477"), (Address::short_code("+4477"), true));
        assert_eq!(Address::from_notation("(555) 123-4567"), (phone("(555) 123-4567"), false));
        for (text, is_regular) in [
            ("a@b.example, c@d.example", false),
            ("+447700900123/TYPE=PLMN;+447700900124/TYPE=PLMN", false),
            ("+447700900123,+447700900124", false),
            ("\"Lee, Kim\" <kim@example.org>", true),
            ("\"a@b, c@d\" <kim@example.org>", true),
            ("Lee, Kim", true),
        ] {
            assert_eq!(Address::from_notation(text).1, is_regular, "{text}");
        }
        assert!(!Address::email("a@b.example, c@d.example").kind.is_valid());
        assert!(!AddressKind::Other("(555) 123-4567".into()).is_valid());
        assert!(!phone("(555) 123-4567").kind.is_valid());
    }

    #[test]
    fn leaves_out_what_is_invisible_around_an_address() {
        let phone = Address::phone;
        let named = |name: &str| {
            let details = AddressDetails { name: Some(name.into()), ..Default::default() };
            Address { details: Some(details.into()), ..phone("+447700900123") }
        };
        for (text, address) in [
            ("\u{feff}+447700900123/TYPE=PLMN", phone("+447700900123")),
            ("\u{feff}\u{feff} +447700900123/TYPE=PLMN", phone("+447700900123")),
            ("\u{202a}+447700900123\u{202c}", phone("+447700900123")),
            ("\u{2066}+447700900123\u{2069}/TYPE=PLMN", phone("+447700900123")),
            ("+447700900123\u{200e}", phone("+447700900123")),
            ("\u{2060}07700900123", phone("07700900123")),
            ("\u{200b}7255", Address::short_code("7255")),
            ("PIZZA\u{feff}", AddressKind::Alphanumeric("PIZZA".into()).into()),
            ("\u{feff}made by hand", AddressKind::Other("made by hand".into()).into()),
            ("\u{feff}kim@example.org\u{200b}", Address::email("kim@example.org")),
            ("kim\u{ad}@\u{200b}example.org", Address::email("kim@example.org")),
            ("\u{feff}Kim <\u{202a}kim@example.org\u{202c}>", Address::email("Kim <kim@example.org>")),
            ("\u{feff}Kim <+447700900123>\u{200f}", named("Kim")),
            ("\"\u{feff}Kim\" <+447700900123>", named("Kim")),
            ("mailto:kim@example.org\u{200b}", Address::email("kim@example.org")),
            ("\u{feff}\u{200b}", AddressKind::Other("".into()).into()),
        ] {
            assert_eq!(Address::from_notation(text), (address.clone(), false), "{text:?}");
            assert_eq!(Address::from(text), address, "{text:?}");
        }
        // Names of other scripts have such characters.
        for text in ["\u{200f}می\u{200c}خواهم <kim@example.org>", "می\u{200c}خواهم"] {
            assert_eq!(Address::from_notation(text).0.to_string(), text);
        }
        for kind in [AddressKind::Email, AddressKind::Phone, AddressKind::ShortCode, AddressKind::Other] {
            for text in ["\u{feff}kim@example.org", "+447700900123\u{202c}", "PIZZA\u{feff}"] {
                assert!(!kind(text.into()).is_valid(), "{text:?}");
            }
        }
    }

    #[test]
    fn compares_numbers_as_people_do() {
        for (a, b, country, is_same) in [
            ("+447700900123", "447700900123", "", true),
            ("+447700900123", "00447700900123", "", true),
            ("+447700900123", "07700900123", "44", true),
            ("+447700900123", "07700900123", "+44", true),
            ("+447700900123", "7700900123", "44", true),
            ("+12025550101", "12025550101", "1", true),
            ("+12025550101", "(202) 555-0101", "1", true),
            ("+447700900123", "01144 7700 900123", "1", true),
            ("+390612345678", "06 1234 5678", "39", true),
            ("+79161234567", "8 916 123-45-67", "7", true),
            ("07700900123", "07700900123", "", true),
            ("+447700900123", "+447700900124", "44", false),
            ("+4472557", "2557", "44", false),
            ("72557", "72558", "44", false),
            ("kim@example.org", "kim@example.org", "44", false),
        ] {
            let (one, other) = (Address::from(a), Address::from(b));
            assert_eq!(one.same_number(&other, country), is_same, "{a} {b}");
            assert_eq!(other.same_number(&one, country), is_same, "{b} {a}");
        }
    }

    #[test]
    fn finds_the_mailbox_behind_a_display_name() {
        assert_eq!(Address::from("Joe <joe@user.org>").value(), "joe@user.org");
        assert_eq!(Address::from("joe@user.org").value(), "joe@user.org");
        assert_eq!(Address::from("a>b<@c>").value(), "@c");
    }
}

//! Values with names: the closed sets and the statuses that the interfaces share.

use core::fmt;

use super::str::Str;

/// Declares an enumeration that interfaces share, one row a value:
/// `Variant = MM1 octet, MM1 and MM4 word, MM7 word`, with `-` where an interface has no such value.
macro_rules! values {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $mm1:tt, $mm4:tt, $mm7:tt;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum $name { $($(#[doc = $doc])+ $variant,)+ }

        impl $name {
            /// Every value, in the order of the MM1 octets.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The octet on MM1, if MM1 has the value.
            pub const fn mm1_octet(self) -> Option<u8> {
                match self { $(Self::$variant => column!($mm1),)+ }
            }

            /// The word on MM4, which is also how the MM1 specification spells the value.
            pub const fn mm4_word(self) -> Option<&'static str> {
                match self { $(Self::$variant => column!($mm4),)+ }
            }

            /// The word on MM7, if MM7 has the value.
            pub const fn mm7_word(self) -> Option<&'static str> {
                match self { $(Self::$variant => column!($mm7),)+ }
            }

            /// The value of an MM1 octet.
            pub fn from_mm1_octet(octet: u8) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.mm1_octet() == Some(octet))
            }

            /// The value of a word on MM4 or MM7, compared without case. No value is an empty word.
            pub fn from_word(word: &str) -> Option<Self> {
                let is = |known: Option<&str>| {
                    known.is_some_and(|known| !word.is_empty() && known.eq_ignore_ascii_case(word))
                };
                let of_mm4 = Self::ALL.iter().find(|value| is(value.mm4_word()));
                of_mm4.or_else(|| Self::ALL.iter().find(|value| is(value.mm7_word()))).copied()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.mm4_word().or(self.mm7_word()).unwrap_or_default())
            }
        }

        /// One that MM1 has, if it has any.
        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                let value = *u.choose(Self::ALL)?;
                let of_mm1 = Self::ALL.iter().copied().find(|value| value.mm1_octet().is_some());
                Ok(if value.mm1_octet().is_some() { value } else { of_mm1.unwrap_or(value) })
            }
        }
    };
}

macro_rules! column {
    (-) => {
        None
    };
    ($value:literal) => {
        Some($value)
    };
}

values! {
    /// Priority of a message; absent means normal (`X-Mms-Priority`).
    Priority {
        /// May wait.
        Low = 0x80, "Low", "Low";
        /// As usual.
        Normal = 0x81, "Normal", "Normal";
        /// Urgent.
        High = 0x82, "High", "High";
    }
}

values! {
    /// Whether the recipient may see who sent the message (`X-Mms-Sender-Visibility`).
    SenderVisibility {
        /// The address is hidden.
        Hide = 0x80, "Hide", -;
        /// The address is shown.
        Show = 0x81, "Show", -;
    }
}

values! {
    /// What the recipient did with a message (`X-Mms-Read-Status`).
    ReadStatus {
        /// It was shown.
        Read = 0x80, "Read", "Read";
        /// It was deleted unseen.
        Deleted = 0x81, "Deleted without being read", "Deleted";
        /// Not known; MM7 only.
        Indeterminate = -, -, "Indeterminate";
    }
}

values! {
    /// Who pays for a reply (`X-Mms-Reply-Charging`).
    ReplyCharging {
        /// The sender offers to pay for a reply.
        Requested = 0x80, "Requested", "";
        /// The sender offers to pay for a reply of text only.
        RequestedTextOnly = 0x81, "Requested text only", -;
        /// The relay/server tells the recipient that a reply is paid for.
        Accepted = 0x82, "Accepted", -;
        /// The relay/server tells the recipient that a reply of text only is paid for.
        AcceptedTextOnly = 0x83, "Accepted text only", -;
    }
}

values! {
    /// The class of content that a message keeps to (`X-Mms-Content-Class`).
    ContentClass {
        /// Text only.
        Text = 0x80, "text", "text";
        /// Small images.
        ImageBasic = 0x81, "image-basic", "image-basic";
        /// Images.
        ImageRich = 0x82, "image-rich", "image-rich";
        /// Small video.
        VideoBasic = 0x83, "video-basic", "video-basic";
        /// Video.
        VideoRich = 0x84, "video-rich", "video-rich";
        /// Large images.
        Megapixel = 0x85, "megapixel", "megapixel";
        /// Any content, basic.
        ContentBasic = 0x86, "content-basic", "content-basic";
        /// Any content, rich.
        ContentRich = 0x87, "content-rich", "content-rich";
    }
}

values! {
    /// The more exact reason of a rejection, on MM4 and MM7 (3GPP TS 23.140, `X-Mms-MM-Status-Extension`).
    MmStatusExtension {
        /// The user refused.
        RejectionByMmsRecipient = -, "Rejection-By-MMS-Recipient", "RejectionByMMSRecipient";
        /// Another relay/server refused.
        RejectionByOtherRs = -, "Rejection-by-Other-RS", "RejectionByOtherRS";
    }
}

/// What kind of message it is; absent means personal (`X-Mms-Message-Class`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum MessageClass {
    /// From a person.
    Personal,
    /// Advertising.
    Advertisement,
    /// Information from a service.
    Informational,
    /// Made by a machine, such as a delivery report.
    Auto,
    /// A class of somebody's own, written as a token. Not on MM7.
    Other(Str),
}

/// The classes with an octet on MM1, and their words. A constant would be made anew at each look.
static NAMED_CLASSES: [(MessageClass, u8, &str); 4] = [
    (MessageClass::Personal, 0x80, "Personal"),
    (MessageClass::Advertisement, 0x81, "Advertisement"),
    (MessageClass::Informational, 0x82, "Informational"),
    (MessageClass::Auto, 0x83, "Auto"),
];

impl MessageClass {
    /// The octet on MM1; `None` if the class is written as a token.
    pub fn mm1_octet(&self) -> Option<u8> {
        NAMED_CLASSES.iter().find(|(class, ..)| class == self).map(|(_, octet, _)| *octet)
    }

    /// The class of an MM1 octet.
    pub fn from_mm1_octet(octet: u8) -> Option<Self> {
        NAMED_CLASSES.iter().find(|(_, known, _)| *known == octet).map(|(class, ..)| class.clone())
    }

    /// The class of a word on MM4 or MM7, compared without case; any other word is [`Other`](Self::Other).
    pub fn from_word(word: &str) -> Self {
        let named = NAMED_CLASSES.iter().find(|(.., known)| known.eq_ignore_ascii_case(word));
        named.map_or_else(|| Self::Other(word.into()), |(class, ..)| class.clone())
    }

    /// The word on all interfaces.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(word) => word,
            named => NAMED_CLASSES.iter().find(|(class, ..)| class == named).map_or("", |(.., word)| word),
        }
    }
}

impl fmt::Display for MessageClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Declares a status: named values as in `values!`, and what has no name is kept.
macro_rules! statuses {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $mm1:tt, $mm4:tt, $mm7:tt;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $doc])+ $variant,)+
            /// An MM1 octet without a name.
            Code(u8),
            /// A word of MM4 or MM7 that no specification knows, as it was written.
            Word(Str),
        }

        impl $name {
            /// Every value with a name, in the order of the MM1 octets.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The octet on MM1, if MM1 has the value.
            pub fn mm1_octet(&self) -> Option<u8> {
                match self { $(Self::$variant => column!($mm1),)+ Self::Code(octet) => Some(*octet), Self::Word(_) => None }
            }

            /// The word on MM4, if MM4 has the value; also how the MM1 specification spells it.
            pub fn mm4_word(&self) -> Option<&str> {
                match self { $(Self::$variant => column!($mm4),)+ Self::Code(_) => None, Self::Word(word) => Some(word) }
            }

            /// The word on MM7, if MM7 has the value.
            pub fn mm7_word(&self) -> Option<&str> {
                match self { $(Self::$variant => column!($mm7),)+ Self::Code(_) => None, Self::Word(word) => Some(word) }
            }

            /// The status of an MM1 octet.
            pub fn from_mm1_octet(octet: u8) -> Self {
                let named = Self::ALL.iter().find(|value| value.mm1_octet() == Some(octet));
                named.cloned().unwrap_or(Self::Code(octet))
            }

            /// The status of a word on MM4 or MM7, compared without case.
            pub fn from_word(word: &str) -> Self {
                let is = |known: Option<&str>| known.is_some_and(|known| known.eq_ignore_ascii_case(word));
                let of_mm4 = Self::ALL.iter().find(|value| is(value.mm4_word()));
                let named = of_mm4.or_else(|| Self::ALL.iter().find(|value| is(value.mm7_word())));
                named.cloned().unwrap_or_else(|| Self::Word(word.into()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    Self::Code(octet) => write!(f, "{octet:#04X}"),
                    _ => f.write_str(self.mm4_word().or(self.mm7_word()).unwrap_or_default()),
                }
            }
        }

        #[cfg(feature = "arbitrary")]
        impl<'a> arbitrary::Arbitrary<'a> for $name {
            fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
                let expressible = |value: &&Self| value.mm1_octet().is_some();
                let index = u.choose_index(Self::ALL.iter().filter(expressible).count())?;
                Ok(Self::ALL.iter().filter(expressible).nth(index).cloned().unwrap_or(Self::Code(0xff)))
            }
        }
    };
}

statuses! {
    /// What became of a message (`X-Mms-Status`, `X-Mms-MM-Status-Code`, `MMStatus`).
    MmStatus {
        /// Not fetched in time.
        Expired = 0x80, "Expired", "Expired";
        /// Fetched.
        Retrieved = 0x81, "Retrieved", "Retrieved";
        /// Refused.
        Rejected = 0x82, "Rejected", "Rejected";
        /// Will be fetched later.
        Deferred = 0x83, "Deferred", "Deferred";
        /// The terminal did not understand the notification.
        Unrecognised = 0x84, "Unrecognised", "Unrecognised";
        /// Not known whether it arrived.
        Indeterminate = 0x85, "Indeterminate", "Indeterminate";
        /// Forwarded without being fetched.
        Forwarded = 0x86, "Forwarded", "Forwarded";
        /// Cannot be routed (MMS 1.2).
        Unreachable = 0x87, "Unreachable", -;
        /// A condition of the service provider was not met; MM7 Release 6 only.
        DeliveryConditionNotMet = -, -, "DeliveryConditionNotMet";
    }
}

impl MmStatus {
    /// The named status that this one acts as: itself, or for a word without a name the one that it
    /// misspells (`Unrecognized`), else [`Indeterminate`](Self::Indeterminate).
    #[must_use]
    pub fn class(&self) -> Self {
        match self {
            Self::Word(word) if has_same_letters(word, "Unrecognized") => Self::Unrecognised,
            Self::Word(word) => {
                let is = |status: &&Self| status.mm4_word().is_some_and(|known| has_same_letters(known, word));
                Self::ALL.iter().find(is).cloned().unwrap_or(Self::Indeterminate)
            }
            Self::Code(_) => Self::Indeterminate,
            named => named.clone(),
        }
    }
}

/// Whether two words are the same but for case, blanks and hyphens.
pub(crate) fn has_same_letters(a: &str, b: &str) -> bool {
    fn letters(word: &str) -> impl Iterator<Item = u8> + '_ {
        word.bytes().filter(u8::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase())
    }
    letters(a).eq(letters(b))
}

/// How a request ended, in the nine values that TS 32.298 closes the set with: the common
/// denominator of the status codes of all interfaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
#[non_exhaustive]
pub enum RequestStatus {
    /// Taken over.
    Ok,
    /// A fault without a finer code.
    ErrorUnspecified,
    /// Sender or recipient is not authorised.
    ErrorServiceDenied,
    /// The request cannot be parsed or lacks something.
    ErrorMessageFormatCorrupt,
    /// An address is not served or cannot be resolved.
    ErrorSendingAddressUnresolved,
    /// The message that the request names is unknown.
    ErrorMessageNotFound,
    /// Temporary trouble or overload.
    ErrorNetworkProblem,
    /// Size, type or content is refused.
    ErrorContentNotAccepted,
    /// The kind of message is not supported.
    ErrorUnsupportedMessage,
    /// A word without a name, as it was written; acts as [`ErrorUnspecified`](Self::ErrorUnspecified).
    Other(Str),
}

static NAMED_STATUSES: [(RequestStatus, &str); 9] = [
    (RequestStatus::Ok, "Ok"),
    (RequestStatus::ErrorUnspecified, "Error-unspecified"),
    (RequestStatus::ErrorServiceDenied, "Error-service-denied"),
    (RequestStatus::ErrorMessageFormatCorrupt, "Error-message-format-corrupt"),
    (RequestStatus::ErrorSendingAddressUnresolved, "Error-sending-address-unresolved"),
    (RequestStatus::ErrorMessageNotFound, "Error-message-not-found"),
    (RequestStatus::ErrorNetworkProblem, "Error-network-problem"),
    (RequestStatus::ErrorContentNotAccepted, "Error-content-not-accepted"),
    (RequestStatus::ErrorUnsupportedMessage, "Error-unsupported-message"),
];

impl RequestStatus {
    /// The status of a word on MM4, compared without case.
    pub fn from_word(word: &str) -> Self {
        let named = NAMED_STATUSES.iter().find(|(_, known)| known.eq_ignore_ascii_case(word));
        named.map_or_else(|| Self::Other(word.into()), |(status, _)| status.clone())
    }

    /// The word on MM4.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(word) => word,
            named => NAMED_STATUSES.iter().find(|(status, _)| status == named).map_or("", |(_, word)| word),
        }
    }

    /// The named status that this one acts as: itself, or for a word without a name the one that it
    /// misspells (`Error- service-denied`), else [`ErrorUnspecified`](Self::ErrorUnspecified).
    #[must_use]
    pub fn class(&self) -> Self {
        const MISSPELT: [(&str, RequestStatus); 2] =
            [("0", RequestStatus::Ok), ("errorcontantnotaccepted", RequestStatus::ErrorContentNotAccepted)];
        let Self::Other(word) = self else { return self.clone() };
        let is = |known: &str| has_same_letters(known, word);
        let named = NAMED_STATUSES.iter().find(|(_, known)| is(known)).map(|(status, _)| status.clone());
        let misspelt = || MISSPELT.into_iter().find(|(known, _)| is(known)).map(|(_, status)| status);
        named.or_else(misspelt).unwrap_or(Self::ErrorUnspecified)
    }

    /// Whether the request was carried out.
    pub fn is_ok(&self) -> bool {
        *self == Self::Ok
    }
}

impl fmt::Display for RequestStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_word_is_no_value() {
        assert_eq!(ReplyCharging::from_word(""), None);
        assert_eq!(ReplyCharging::from_word("requested"), Some(ReplyCharging::Requested));
    }
}

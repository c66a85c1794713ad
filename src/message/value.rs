//! Values with names: the closed sets and the statuses that the interfaces share.

use super::str::Str;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::named::{closed, open};

closed! {
    /// Priority of a message; absent means normal (`X-Mms-Priority`).
    pub enum Priority: mm1, mm4, mm7 {
        /// May wait.
        Low = 0x80, "Low", "Low";
        /// Normal.
        Normal = 0x81, "Normal", "Normal";
        /// Urgent.
        High = 0x82, "High", "High";
    }
}

closed! {
    /// Whether the recipient may see who sent the message (`X-Mms-Sender-Visibility`).
    pub enum SenderVisibility: mm1, mm4, mm7 {
        /// The address is hidden.
        Hide = 0x80, "Hide", -;
        /// The address is shown.
        Show = 0x81, "Show", -;
    }
}

closed! {
    /// What the recipient did with a message (`X-Mms-Read-Status`).
    pub enum ReadStatus: mm1, mm4, mm7 {
        /// It was shown.
        Read = 0x80, "Read", "Read";
        /// It was deleted unseen.
        Deleted = 0x81, "Deleted without being read", "Deleted";
        /// Not known; MM7 only.
        Indeterminate = -, -, "Indeterminate";
    }
}

closed! {
    /// Who pays for a reply (`X-Mms-Reply-Charging`).
    pub enum ReplyCharging: mm1, mm4, mm7 {
        /// The sender offers to pay for a reply.
        Requested = 0x80, "Requested", "";
        /// The sender offers to pay for a reply of text only.
        RequestedTextOnly = 0x81, "Requested text only", -;
        /// The relay/server announces to the recipient that a reply is paid for.
        Accepted = 0x82, "Accepted", -;
        /// The relay/server announces to the recipient that a text-only reply is paid for.
        AcceptedTextOnly = 0x83, "Accepted text only", -;
    }
}

closed! {
    /// The class of content that a message keeps to (`X-Mms-Content-Class`).
    pub enum ContentClass: mm1, mm4, mm7 {
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

closed! {
    /// The more exact reason of a rejection, on MM4 and MM7 (3GPP TS 23.140, `X-Mms-MM-Status-Extension`).
    pub enum MmStatusExtension: mm1, mm4, mm7 {
        /// The user refused.
        RejectionByMmsRecipient = -, "Rejection-By-MMS-Recipient", "RejectionByMMSRecipient";
        /// Another relay/server refused.
        RejectionByOtherRs = -, "Rejection-by-Other-RS", "RejectionByOtherRS";
    }
}

open! {
    /// What kind of message it is; absent means personal (`X-Mms-Message-Class`).
    pub enum MessageClass: mm1 {
        /// From a person.
        Personal = 0x80, "Personal";
        /// Advertising.
        Advertisement = 0x81, "Advertisement";
        /// Information from a service.
        Informational = 0x82, "Informational";
        /// Made by a machine, such as a delivery report.
        Auto = 0x83, "Auto";
    } else {
        /// A proprietary class, written as a token. Not on MM7.
        Other(Str),
    }
}

open! {
    /// What became of a message (`X-Mms-Status`, `X-Mms-MM-Status-Code`, `MMStatus`).
    pub enum MmStatus: mm1, mm4, mm7 {
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
    } else {
        /// An MM1 octet without a name.
        Code(u8),
        /// A word of MM4 or MM7 that no specification knows, as it was written.
        Word(Str),
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

open! {
    /// How a request ended, in the nine values that TS 32.298 closes the set with: the common
    /// denominator of the status codes of all interfaces. The names are the words on MM4.
    pub enum RequestStatus {
        /// Taken over.
        Ok = "Ok";
        /// A fault without a finer code.
        ErrorUnspecified = "Error-unspecified";
        /// Sender or recipient is not authorised.
        ErrorServiceDenied = "Error-service-denied";
        /// The request cannot be parsed or lacks something.
        ErrorMessageFormatCorrupt = "Error-message-format-corrupt";
        /// An address is not served or cannot be resolved.
        ErrorSendingAddressUnresolved = "Error-sending-address-unresolved";
        /// The message that the request names is unknown.
        ErrorMessageNotFound = "Error-message-not-found";
        /// Temporary trouble or overload.
        ErrorNetworkProblem = "Error-network-problem";
        /// Size, type or content is refused.
        ErrorContentNotAccepted = "Error-content-not-accepted";
        /// The kind of message is not supported.
        ErrorUnsupportedMessage = "Error-unsupported-message";
    } else {
        /// A word without a name, as it was written; acts as [`ErrorUnspecified`](Self::ErrorUnspecified).
        Other(Str),
    }
}

#[cfg(any(feature = "mm1", feature = "mm4"))]
impl DecodeError {
    /// The status that answers octets which did not decode, on any interface. The answer itself is made by
    /// `mm1::answer_for`, `mm4::answer_for` and `mm7::fault_for`.
    #[must_use]
    pub const fn request_status(&self) -> RequestStatus {
        match self.kind {
            DecodeErrorKind::LimitExceeded(_) => RequestStatus::ErrorContentNotAccepted,
            DecodeErrorKind::NotAMessage | DecodeErrorKind::ContentCoding => RequestStatus::ErrorUnsupportedMessage,
            _ => RequestStatus::ErrorMessageFormatCorrupt,
        }
    }
}

impl RequestStatus {
    /// The named status that this one acts as: itself, or for a word without a name the one that it
    /// misspells (`Error- service-denied`), else [`ErrorUnspecified`](Self::ErrorUnspecified).
    #[must_use]
    pub fn class(&self) -> Self {
        const MISSPELT: [(&str, RequestStatus); 2] =
            [("0", RequestStatus::Ok), ("errorcontantnotaccepted", RequestStatus::ErrorContentNotAccepted)];
        let Self::Other(word) = self else { return self.clone() };
        let is = |known: &str| has_same_letters(known, word);
        let named = Self::ALL.iter().find(|status| is(status.as_str())).cloned();
        let misspelt = || MISSPELT.into_iter().find(|(known, _)| is(known)).map(|(_, status)| status);
        named.or_else(misspelt).unwrap_or(Self::ErrorUnspecified)
    }

    /// Whether the request was carried out.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.class() == Self::Ok
    }

    /// Whether the same request may succeed later: temporary trouble, on MM1 the transient
    /// statuses.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.class() == Self::ErrorNetworkProblem
    }
}

//! Values of a list: classes, priorities, statuses, who pays.

use alloc::format;
use alloc::string::ToString;

use super::{ENUMERATED, INTEGER, number};
use crate::cdr::ber::{Element, Writer};
use crate::cdr::table::Value;
use crate::context::Context;
use crate::conversion::from_variants;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind};
use crate::message::{MessageClass, MmStatus, Priority, ReadStatus, RequestStatus, SenderVisibility};
use crate::options::DeviationKind;
use crate::shown::Shown;

/// Values that are one of a list: the Rust value, the number, and the name in the module.
macro_rules! enumerated {
    ($($type:ty { $($number:literal $name:literal $value:expr,)+ })+) => { $(
        impl Value for $type {
            const UNIVERSAL: u32 = ENUMERATED;

            fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
                match number(element, context)? {
                    $($number => Ok($value),)+
                    _ => {
                        let kind = DecodeErrorKind::Deviation(DeviationKind::UnknownToken);
                        Err(context.error(kind, element.start))
                    }
                }
            }

            fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
                $(if *self == $value {
                    to.integer($number);
                    return Ok(());
                })+
                Err(EncodeErrorKind::NotExpressible.into())
            }

            fn show(&self) -> Shown {
                $(if *self == $value {
                    return Shown::Text($name.into());
                })+
                Shown::Text(format!("{self:?}"))
            }

            #[cfg(feature = "arbitrary")]
            fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
                const COUNT: usize = [$($number),+].len();
                let place = u.choose_index(COUNT)?;
                let mut values = [$($value),+].into_iter();
                values.nth(place).ok_or(arbitrary::Error::IncorrectFormat)
            }
        }
    )+ };
}

enumerated! {
    MessageClass {
        0 "personal" MessageClass::Personal,
        1 "advertisement" MessageClass::Advertisement,
        2 "information-service" MessageClass::Informational,
        3 "auto" MessageClass::Auto,
    }
    Priority {
        0 "low" Priority::Low,
        1 "normal" Priority::Normal,
        2 "high" Priority::High,
    }
    MmStatusCode {
        0 "retrieved" MmStatusCode::Mm(MmStatus::Retrieved),
        1 "forwarded" MmStatusCode::Mm(MmStatus::Forwarded),
        2 "expired" MmStatusCode::Mm(MmStatus::Expired),
        3 "rejected" MmStatusCode::Mm(MmStatus::Rejected),
        4 "deferred" MmStatusCode::Mm(MmStatus::Deferred),
        5 "unrecognised" MmStatusCode::Mm(MmStatus::Unrecognised),
        6 "read" MmStatusCode::Read(ReadStatus::Read),
        7 "deletedWithoutBeingRead" MmStatusCode::Read(ReadStatus::Deleted),
    }
}

/// What became of a message, or what its recipient did with it (`MMStatusCodeType`): one list for
/// both. It has no indeterminate, unreachable or "delivery condition not met".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_enums, reason = "the module has these two kinds of status")]
pub enum MmStatusCode {
    /// What became of it.
    Mm(MmStatus),
    /// What its recipient did with it.
    Read(ReadStatus),
}

from_variants! { MmStatusCode: Mm(MmStatus), Read(ReadStatus) }

/// Declares types of which only records have values: what a value is, its number, its name in the module.
macro_rules! enums {
    ($($(#[$meta:meta])* $type:ident { $($(#[$doc:meta])* $number:literal $name:literal $variant:ident,)+ })+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum $type { $($(#[$doc])* $variant,)+ }

        enumerated! { $type { $($number $name $type::$variant,)+ } }
    )+ };
}

enums! {
    /// Who pays for a message (`ChargedParty`).
    ChargedParty {
        /// The sender.
        0 "sender" Sender,
        /// The recipients.
        1 "recipient" Recipient,
        /// Both of them.
        2 "both" Both,
        /// Neither party.
        3 "neither" Neither,
        /// The service provider did not say.
        99 "notspecifiedbyVASP" NotSpecifiedByVasp,
    }
    /// How the charged party pays (`ChargeType`).
    ChargeType {
        /// Afterwards.
        0 "postpaid" Postpaid,
        /// In advance.
        1 "pre-paid" Prepaid,
    }
    /// How a recipient is addressed (`MMSRecipientType`).
    RecipientType {
        /// A primary recipient.
        0 "tO" To,
        /// A recipient of a copy.
        1 "cC" Cc,
        /// A blind recipient, whom the others do not see.
        2 "bCC" Bcc,
    }
    /// The state of a message in a mailbox (`MMState`).
    MmState {
        /// Not sent yet.
        0 "draft" Draft,
        /// Sent.
        1 "sent" Sent,
        /// Not retrieved yet.
        2 "new" New,
        /// Retrieved.
        3 "retrieved" Retrieved,
        /// Forwarded.
        4 "forwarded" Forwarded,
    }
}

/// TRUE is "show": the member asks for the sender to be visible.
impl Value for SenderVisibility {
    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        Ok(if bool::read(element, context)? { Self::Show } else { Self::Hide })
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        Value::write(&(*self == Self::Show), to)
    }

    fn show(&self) -> Shown {
        Value::show(&(*self == Self::Show))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        Ok(if u.arbitrary()? { Self::Show } else { Self::Hide })
    }
}

/// `RequestStatusCodeType`, an INTEGER with nine named values. Another number is
/// [`RequestStatus::Other`] with its digits.
const REQUEST_STATUSES: [(u64, &str, RequestStatus); 9] = [
    (0, "normalRelease", RequestStatus::Ok),
    (4, "abnormalRelease", RequestStatus::ErrorUnspecified),
    (30, "serviceDenied", RequestStatus::ErrorServiceDenied),
    (31, "messageFormatCorrupt", RequestStatus::ErrorMessageFormatCorrupt),
    (32, "sendingAddressUnresolved", RequestStatus::ErrorSendingAddressUnresolved),
    (33, "messageNotFound", RequestStatus::ErrorMessageNotFound),
    (34, "networkProblem", RequestStatus::ErrorNetworkProblem),
    (35, "contentNotAccepted", RequestStatus::ErrorContentNotAccepted),
    (36, "unsupportedMessage", RequestStatus::ErrorUnsupportedMessage),
];

impl Value for RequestStatus {
    const UNIVERSAL: u32 = INTEGER;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        let number = number(element, context)?;
        let named = REQUEST_STATUSES.into_iter().find(|(known, ..)| *known == number);
        Ok(named.map_or_else(|| Self::Other(number.to_string().into()), |(.., status)| status))
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        let named = REQUEST_STATUSES.iter().find(|(.., status)| status == self).map(|(number, ..)| *number);
        let unnamed = || match self {
            // Only as it was read: no sign, no leading zeros, and not one of the numbers above.
            Self::Other(digits) => digits.parse().ok().filter(|number: &u64| {
                number.to_string() == **digits && !REQUEST_STATUSES.iter().any(|(known, ..)| known == number)
            }),
            _ => None,
        };
        to.integer(named.or_else(unnamed).ok_or(EncodeErrorKind::NotExpressible)?);
        Ok(())
    }

    fn show(&self) -> Shown {
        let named = REQUEST_STATUSES.iter().find(|(.., status)| status == self);
        named.map_or_else(|| Shown::Text(self.to_string()), |(_, name, _)| Shown::Text((*name).into()))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        let (.., status) = u.choose(&REQUEST_STATUSES)?;
        Ok(if u.ratio(1, 8)? { Self::Other("77".into()) } else { status.clone() })
    }
}

/// How a message was stored (`StoreStatus`), an INTEGER with eight named values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct StoreStatus(pub u64);

impl StoreStatus {
    /// `stored`.
    pub const STORED: Self = Self(0);

    const NAMES: [&'static str; 8] = [
        "stored",
        "errorTransientFailure",
        "errorTransientMailboxFull",
        "errorTransientNetworkProblems",
        "errorPermanentFailure",
        "errorPermanentPermissionDenied",
        "errorPermanentMessageFormat",
        "errorPermanentMessageNotFound",
    ];

    /// The name in the module, if the number has one.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        usize::try_from(self.0).ok().and_then(|place| Self::NAMES.get(place)).copied()
    }
}

impl Value for StoreStatus {
    const UNIVERSAL: u32 = INTEGER;

    fn read(element: &Element<'_>, context: &mut Context) -> Result<Self, DecodeError> {
        number(element, context).map(Self)
    }

    fn write(&self, to: &mut Writer) -> Result<(), EncodeError> {
        to.integer(self.0);
        Ok(())
    }

    fn show(&self) -> Shown {
        self.name().map_or(Shown::Number(self.0), |name| Shown::Text(name.into()))
    }

    #[cfg(feature = "arbitrary")]
    fn arbitrary(u: &mut arbitrary::Unstructured<'_>) -> arbitrary::Result<Self> {
        u.arbitrary().map(Self)
    }
}

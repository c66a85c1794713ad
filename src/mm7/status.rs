//! How a request ended: `Status` (TS 23.140, 8.7).

use core::fmt;

use super::fragment::Fragment;
use crate::message::{RequestStatus, Text};

/// `Status` of a response.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Status {
    /// `StatusCode`
    pub code: Option<StatusCode>,
    /// `StatusText`: explanation for people. Not in the responses to extended requests.
    pub text: Option<Text>,
    /// `Details`: anything. Not in the responses to extended requests.
    pub details: Option<Fragment>,
}

impl Status {
    /// A status with the words of the specification.
    pub fn new(code: StatusCode) -> Self {
        Self { code: Some(code), text: Some(code.name().unwrap_or(code.class().name()).into()), details: None }
    }
}

impl From<StatusCode> for Status {
    fn from(code: StatusCode) -> Self {
        Self::new(code)
    }
}

/// `StatusCode`: any positive number; those of the specification have names.
///
/// # Examples
///
/// ```
/// use mms_codec::mm7::{StatusClass, StatusCode};
///
/// assert_eq!(StatusCode::ADDRESS_ERROR.number(), 2002);
/// assert_eq!(StatusCode::new(2512).class(), StatusClass::ClientError);
/// assert!(!StatusCode::new(6102).is_success());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct StatusCode(u32);

/// Declares the status codes of the specification: constant, number, name, and the status that
/// they are on the other interfaces.
macro_rules! status_codes {
    ($($name:ident = $number:literal, $says:literal, $status:ident;)+) => {
        impl StatusCode {
            $(#[doc = concat!("`", stringify!($number), "`: ", $says)] pub const $name: Self = Self($number);)+

            /// Every status code of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name in the specification.
            pub const fn name(self) -> Option<&'static str> {
                match self.0 { $($number => Some($says),)+ _ => None }
            }

            /// The status on the other interfaces that comes nearest.
            pub fn request_status(self) -> RequestStatus {
                match self.0 { $($number => RequestStatus::$status,)+ _ => RequestStatus::ErrorUnspecified }
            }
        }
    };
}

status_codes! {
    SUCCESS = 1000, "Success", Ok;
    PARTIAL_SUCCESS = 1100, "Partial success", Ok;
    CLIENT_ERROR = 2000, "Client error", ErrorUnspecified;
    OPERATION_RESTRICTED = 2001, "Operation restricted", ErrorServiceDenied;
    ADDRESS_ERROR = 2002, "Address Error", ErrorSendingAddressUnresolved;
    ADDRESS_NOT_FOUND = 2003, "Address Not Found", ErrorSendingAddressUnresolved;
    MULTIMEDIA_CONTENT_REFUSED = 2004, "Multimedia content refused", ErrorContentNotAccepted;
    MESSAGE_ID_NOT_FOUND = 2005, "Message ID Not found", ErrorMessageNotFound;
    LINKED_ID_NOT_FOUND = 2006, "LinkedID not found", ErrorMessageNotFound;
    MESSAGE_FORMAT_CORRUPT = 2007, "Message format corrupt", ErrorMessageFormatCorrupt;
    APPLICATION_ID_NOT_FOUND = 2008, "Application ID not found", ErrorSendingAddressUnresolved;
    REPLY_APPLICATION_ID_NOT_FOUND = 2009, "Reply Application ID not found", ErrorSendingAddressUnresolved;
    SERVER_ERROR = 3000, "Server Error", ErrorUnspecified;
    NOT_POSSIBLE = 3001, "Not Possible", ErrorNetworkProblem;
    MESSAGE_REJECTED = 3002, "Message rejected", ErrorContentNotAccepted;
    MULTIPLE_ADDRESSES_NOT_SUPPORTED = 3003, "Multiple addresses not supported", ErrorUnsupportedMessage;
    APPLICATION_ADDRESSING_NOT_SUPPORTED = 3004, "Application Addressing not supported", ErrorUnsupportedMessage;
    GENERAL_SERVICE_ERROR = 4000, "General service error", ErrorUnspecified;
    IMPROPER_IDENTIFICATION = 4001, "Improper identification", ErrorServiceDenied;
    UNSUPPORTED_VERSION = 4002, "Unsupported version", ErrorUnsupportedMessage;
    UNSUPPORTED_OPERATION = 4003, "Unsupported operation", ErrorUnsupportedMessage;
    VALIDATION_ERROR = 4004, "Validation error", ErrorMessageFormatCorrupt;
    SERVICE_ERROR = 4005, "Service error", ErrorUnspecified;
    SERVICE_UNAVAILABLE = 4006, "Service unavailable", ErrorNetworkProblem;
    SERVICE_DENIED = 4007, "Service denied", ErrorServiceDenied;
    APPLICATION_DENIED = 4008, "Application denied", ErrorServiceDenied;
}

impl StatusCode {
    /// The code with this number.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The class, which is all that is known of a vendor's own code.
    pub const fn class(self) -> StatusClass {
        match self.0 {
            1000..2000 => StatusClass::Success,
            2000..3000 => StatusClass::ClientError,
            3000..4000 => StatusClass::ServerError,
            4000..5000 => StatusClass::ServiceError,
            _ => StatusClass::Unknown,
        }
    }

    /// Whether the request was carried out, at least for a part.
    pub fn is_success(self) -> bool {
        self.class() == StatusClass::Success
    }

    /// Whether the request itself is at fault, so that a SOAP fault says `Client` (SOAP 1.1, 4.4.1).
    pub fn is_client_fault(self) -> bool {
        match self.class() {
            StatusClass::ClientError => true,
            StatusClass::ServiceError => {
                !matches!(self, Self::GENERAL_SERVICE_ERROR | Self::SERVICE_ERROR | Self::SERVICE_UNAVAILABLE)
            }
            _ => false,
        }
    }
}

/// The code that comes nearest to the status.
impl From<&RequestStatus> for StatusCode {
    fn from(status: &RequestStatus) -> Self {
        match status {
            RequestStatus::Ok => Self::SUCCESS,
            RequestStatus::ErrorServiceDenied => Self::SERVICE_DENIED,
            RequestStatus::ErrorMessageFormatCorrupt => Self::MESSAGE_FORMAT_CORRUPT,
            RequestStatus::ErrorSendingAddressUnresolved => Self::ADDRESS_NOT_FOUND,
            RequestStatus::ErrorMessageNotFound => Self::MESSAGE_ID_NOT_FOUND,
            RequestStatus::ErrorNetworkProblem => Self::SERVICE_UNAVAILABLE,
            RequestStatus::ErrorContentNotAccepted => Self::MULTIMEDIA_CONTENT_REFUSED,
            RequestStatus::ErrorUnsupportedMessage => Self::UNSUPPORTED_OPERATION,
            RequestStatus::ErrorUnspecified | RequestStatus::Other(_) => Self::SERVER_ERROR,
        }
    }
}

impl fmt::Debug for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        self.name().map_or(Ok(()), |name| write!(f, " {name}"))
    }
}

impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(feature = "arbitrary")]
impl<'a> arbitrary::Arbitrary<'a> for StatusCode {
    fn arbitrary(u: &mut arbitrary::Unstructured<'a>) -> arbitrary::Result<Self> {
        if u.arbitrary()? { u.choose(Self::ALL).copied() } else { u.int_in_range(1..=9999).map(Self) }
    }
}

/// The classes of status codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StatusClass {
    /// 1xxx: carried out.
    Success,
    /// 2xxx: the request is at fault.
    ClientError,
    /// 3xxx: the server is at fault.
    ServerError,
    /// 4xxx: the service is at fault.
    ServiceError,
    /// Anything else.
    Unknown,
}

impl StatusClass {
    /// The name in the specification, which is also the `faultstring` of a fault.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Success => "Success",
            Self::ClientError => "Client error",
            Self::ServerError | Self::Unknown => "Server error",
            Self::ServiceError => "Service error",
        }
    }
}

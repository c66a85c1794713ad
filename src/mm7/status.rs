//! How a request ended: `Status` (TS 23.140, 8.7).

use core::fmt;
use core::str::FromStr;

use super::fragment::Fragment;
use crate::conversion::{ConversionError, arbitrary};
use crate::message::{RequestStatus, Text};
use crate::named::{closed, open};

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
    #[must_use]
    pub fn new(code: StatusCode) -> Self {
        Self { code: Some(code), text: Some(code.name().unwrap_or(code.class().name()).into()), details: None }
    }
}

impl From<StatusCode> for Status {
    fn from(code: StatusCode) -> Self {
        Self::new(code)
    }
}

open! {
    /// `StatusCode`: any positive number; those of the specification have names.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::mm7::{StatusCodeClass, StatusCode};
    ///
    /// assert_eq!(StatusCode::ADDRESS_ERROR.number(), 2002);
    /// assert_eq!(StatusCode::new(2512).class(), StatusCodeClass::ClientError);
    /// assert!(!StatusCode::new(6102).is_success());
    /// ```
    pub struct StatusCode(u32)
        -> /// The status on the other interfaces that comes nearest.
        pub request_status: RequestStatus = RequestStatus::ErrorUnspecified;
    {
        SUCCESS = 1000, "Success", RequestStatus::Ok;
        PARTIAL_SUCCESS = 1100, "Partial success", RequestStatus::Ok;
        CLIENT_ERROR = 2000, "Client error", RequestStatus::ErrorUnspecified;
        OPERATION_RESTRICTED = 2001, "Operation restricted", RequestStatus::ErrorServiceDenied;
        ADDRESS_ERROR = 2002, "Address Error", RequestStatus::ErrorSendingAddressUnresolved;
        ADDRESS_NOT_FOUND = 2003, "Address Not Found", RequestStatus::ErrorSendingAddressUnresolved;
        MULTIMEDIA_CONTENT_REFUSED = 2004, "Multimedia content refused", RequestStatus::ErrorContentNotAccepted;
        MESSAGE_ID_NOT_FOUND = 2005, "Message ID Not found", RequestStatus::ErrorMessageNotFound;
        LINKED_ID_NOT_FOUND = 2006, "LinkedID not found", RequestStatus::ErrorMessageNotFound;
        MESSAGE_FORMAT_CORRUPT = 2007, "Message format corrupt", RequestStatus::ErrorMessageFormatCorrupt;
        APPLICATION_ID_NOT_FOUND = 2008, "Application ID not found", RequestStatus::ErrorSendingAddressUnresolved;
        REPLY_APPLICATION_ID_NOT_FOUND = 2009, "Reply Application ID not found", RequestStatus::ErrorSendingAddressUnresolved;
        SERVER_ERROR = 3000, "Server Error", RequestStatus::ErrorUnspecified;
        NOT_POSSIBLE = 3001, "Not Possible", RequestStatus::ErrorUnspecified;
        MESSAGE_REJECTED = 3002, "Message rejected", RequestStatus::ErrorContentNotAccepted;
        MULTIPLE_ADDRESSES_NOT_SUPPORTED = 3003, "Multiple addresses not supported", RequestStatus::ErrorUnsupportedMessage;
        APPLICATION_ADDRESSING_NOT_SUPPORTED = 3004, "Application Addressing not supported", RequestStatus::ErrorUnsupportedMessage;
        GENERAL_SERVICE_ERROR = 4000, "General service error", RequestStatus::ErrorUnspecified;
        IMPROPER_IDENTIFICATION = 4001, "Improper identification", RequestStatus::ErrorServiceDenied;
        UNSUPPORTED_VERSION = 4002, "Unsupported version", RequestStatus::ErrorUnsupportedMessage;
        UNSUPPORTED_OPERATION = 4003, "Unsupported operation", RequestStatus::ErrorUnsupportedMessage;
        VALIDATION_ERROR = 4004, "Validation error", RequestStatus::ErrorMessageFormatCorrupt;
        SERVICE_ERROR = 4005, "Service error", RequestStatus::ErrorUnspecified;
        SERVICE_UNAVAILABLE = 4006, "Service unavailable", RequestStatus::ErrorNetworkProblem;
        SERVICE_DENIED = 4007, "Service denied", RequestStatus::ErrorServiceDenied;
        APPLICATION_DENIED = 4008, "Application denied", RequestStatus::ErrorServiceDenied;
    }
}

impl StatusCode {
    /// The code with this number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The class, which is all that is known of a proprietary code.
    #[must_use]
    pub const fn class(self) -> StatusCodeClass {
        match self.0 {
            1000..2000 => StatusCodeClass::Success,
            2000..3000 => StatusCodeClass::ClientError,
            3000..4000 => StatusCodeClass::ServerError,
            4000..5000 => StatusCodeClass::ServiceError,
            _ => StatusCodeClass::Unknown,
        }
    }

    /// Whether the same request may succeed later (TS 23.140, 8.7): only what says that trouble is
    /// temporary. `NOT_POSSIBLE` says that the message is finished.
    #[must_use]
    pub fn is_transient(self) -> bool {
        self.request_status().is_transient()
    }

    /// Whether the request was carried out, at least for a part.
    #[must_use]
    pub fn is_success(self) -> bool {
        self.class() == StatusCodeClass::Success
    }

    /// Whether the request itself is at fault, so that a SOAP fault says `Client` (SOAP 1.1, 4.4.1).
    #[must_use]
    pub const fn is_client_fault(self) -> bool {
        match self.class() {
            StatusCodeClass::ClientError => true,
            StatusCodeClass::ServiceError => {
                !matches!(self, Self::GENERAL_SERVICE_ERROR | Self::SERVICE_ERROR | Self::SERVICE_UNAVAILABLE)
            }
            _ => false,
        }
    }
}

/// The code that comes nearest to the status.
impl From<&RequestStatus> for StatusCode {
    fn from(status: &RequestStatus) -> Self {
        match status.class() {
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

impl FromStr for StatusCode {
    type Err = ConversionError;

    /// Reads the number.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| ConversionError("StatusCode"))
    }
}

arbitrary!(StatusCode, |u| if u.arbitrary()? {
    u.choose(Self::ALL).copied()
} else {
    u.int_in_range(1..=9999).map(Self)
});

closed! {
    /// The classes of status codes. The name is that in the specification, which is also the
    /// `faultstring` of a fault.
    pub enum StatusCodeClass {
        /// 1xxx: carried out.
        Success = "Success";
        /// 2xxx: the request is at fault.
        ClientError = "Client error";
        /// 3xxx: the server is at fault.
        ServerError = "Server error";
        /// 4xxx: the service is at fault.
        ServiceError = "Service error";
        /// Anything else.
        Unknown = "Server error";
    }
}

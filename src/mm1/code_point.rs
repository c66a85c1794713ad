//! Message types, versions and statuses: numbers, of which some have names.

use core::fmt;

use crate::conversion::arbitrary;
use crate::message::RequestStatus;
use crate::named::open;

// What the columns of versions hold.
pub(super) const V1_0: Option<Version> = Some(Version::V1_0);
pub(super) const V1_1: Option<Version> = Some(Version::V1_1);
pub(super) const V1_2: Option<Version> = Some(Version::V1_2);
pub(super) const V1_3: Option<Version> = Some(Version::V1_3);

open! {
    /// The kind of a PDU (`X-Mms-Message-Type`; OMA-TS-MMS_ENC, 7.3.30).
    pub struct MessageType(u8) as octet ->
        /// The version of MMS that introduced the PDU; `None` for one without a name.
        pub since: Option<Version> = None;
    {
        SEND_REQ = 0x80, "m-send-req", V1_0;
        SEND_CONF = 0x81, "m-send-conf", V1_0;
        NOTIFICATION_IND = 0x82, "m-notification-ind", V1_0;
        NOTIFYRESP_IND = 0x83, "m-notifyresp-ind", V1_0;
        RETRIEVE_CONF = 0x84, "m-retrieve-conf", V1_0;
        ACKNOWLEDGE_IND = 0x85, "m-acknowledge-ind", V1_0;
        DELIVERY_IND = 0x86, "m-delivery-ind", V1_0;
        READ_REC_IND = 0x87, "m-read-rec-ind", V1_1;
        READ_ORIG_IND = 0x88, "m-read-orig-ind", V1_1;
        FORWARD_REQ = 0x89, "m-forward-req", V1_1;
        FORWARD_CONF = 0x8a, "m-forward-conf", V1_1;
        MBOX_STORE_REQ = 0x8b, "m-mbox-store-req", V1_2;
        MBOX_STORE_CONF = 0x8c, "m-mbox-store-conf", V1_2;
        MBOX_VIEW_REQ = 0x8d, "m-mbox-view-req", V1_2;
        MBOX_VIEW_CONF = 0x8e, "m-mbox-view-conf", V1_2;
        MBOX_UPLOAD_REQ = 0x8f, "m-mbox-upload-req", V1_2;
        MBOX_UPLOAD_CONF = 0x90, "m-mbox-upload-conf", V1_2;
        MBOX_DELETE_REQ = 0x91, "m-mbox-delete-req", V1_2;
        MBOX_DELETE_CONF = 0x92, "m-mbox-delete-conf", V1_2;
        MBOX_DESCR = 0x93, "m-mbox-descr", V1_2;
        DELETE_REQ = 0x94, "m-delete-req", V1_3;
        DELETE_CONF = 0x95, "m-delete-conf", V1_3;
        CANCEL_REQ = 0x96, "m-cancel-req", V1_3;
        CANCEL_CONF = 0x97, "m-cancel-conf", V1_3;
    }
}

/// Declares a set of statuses, with the version of MMS that introduced each, and their classes.
macro_rules! statuses {
    ($(#[$meta:meta])* pub struct $status:ident { $($rows:tt)+ }) => {
        open! {
            $(#[$meta])*
            pub struct $status(u8) as octet ->
                /// The version of MMS that introduced the status; `None` for one without a name.
                pub since: Option<Version> = None;
            { $($rows)+ }
        }

        impl $status {
            /// What the status says to a client or server that does not know its exact meaning.
            #[must_use]
            pub const fn class(self) -> StatusClass {
                class_of(self.0)
            }
        }
    };
}

statuses! {
    /// How a request ended (`X-Mms-Response-Status`; OMA-TS-MMS_ENC, 7.3.48). The errors from 129
    /// to 135 are of MMS 1.0 and out of use since 1.1.
    pub struct ResponseStatus {
        OK = 0x80, "Ok", V1_0;
        ERROR_UNSPECIFIED = 0x81, "Error-unspecified", V1_0;
        ERROR_SERVICE_DENIED = 0x82, "Error-service-denied", V1_0;
        ERROR_MESSAGE_FORMAT_CORRUPT = 0x83, "Error-message-format-corrupt", V1_0;
        ERROR_SENDING_ADDRESS_UNRESOLVED = 0x84, "Error-sending-address-unresolved", V1_0;
        ERROR_MESSAGE_NOT_FOUND = 0x85, "Error-message-not-found", V1_0;
        ERROR_NETWORK_PROBLEM = 0x86, "Error-network-problem", V1_0;
        ERROR_CONTENT_NOT_ACCEPTED = 0x87, "Error-content-not-accepted", V1_0;
        ERROR_UNSUPPORTED_MESSAGE = 0x88, "Error-unsupported-message", V1_0;
        ERROR_TRANSIENT_FAILURE = 0xc0, "Error-transient-failure", V1_1;
        ERROR_TRANSIENT_SENDING_ADDRESS_UNRESOLVED = 0xc1, "Error-transient-sending-address-unresolved", V1_1;
        ERROR_TRANSIENT_MESSAGE_NOT_FOUND = 0xc2, "Error-transient-message-not-found", V1_1;
        ERROR_TRANSIENT_NETWORK_PROBLEM = 0xc3, "Error-transient-network-problem", V1_1;
        ERROR_TRANSIENT_PARTIAL_SUCCESS = 0xc4, "Error-transient-partial-success", V1_2;
        ERROR_PERMANENT_FAILURE = 0xe0, "Error-permanent-failure", V1_1;
        ERROR_PERMANENT_SERVICE_DENIED = 0xe1, "Error-permanent-service-denied", V1_1;
        ERROR_PERMANENT_MESSAGE_FORMAT_CORRUPT = 0xe2, "Error-permanent-message-format-corrupt", V1_1;
        ERROR_PERMANENT_SENDING_ADDRESS_UNRESOLVED = 0xe3, "Error-permanent-sending-address-unresolved", V1_1;
        ERROR_PERMANENT_MESSAGE_NOT_FOUND = 0xe4, "Error-permanent-message-not-found", V1_1;
        ERROR_PERMANENT_CONTENT_NOT_ACCEPTED = 0xe5, "Error-permanent-content-not-accepted", V1_1;
        ERROR_PERMANENT_REPLY_CHARGING_LIMITATIONS_NOT_MET = 0xe6, "Error-permanent-reply-charging-limitations-not-met", V1_1;
        ERROR_PERMANENT_REPLY_CHARGING_REQUEST_NOT_ACCEPTED = 0xe7, "Error-permanent-reply-charging-request-not-accepted", V1_1;
        ERROR_PERMANENT_REPLY_CHARGING_FORWARDING_DENIED = 0xe8, "Error-permanent-reply-charging-forwarding-denied", V1_1;
        ERROR_PERMANENT_REPLY_CHARGING_NOT_SUPPORTED = 0xe9, "Error-permanent-reply-charging-not-supported", V1_1;
        ERROR_PERMANENT_ADDRESS_HIDING_NOT_SUPPORTED = 0xea, "Error-permanent-address-hiding-not-supported", V1_2;
        ERROR_PERMANENT_LACK_OF_PREPAID = 0xeb, "Error-permanent-lack-of-prepaid", V1_3;
    }
}

statuses! {
    /// How a retrieval ended (`X-Mms-Retrieve-Status`; OMA-TS-MMS_ENC, 7.3.50). The same octets
    /// mean other things than in [`ResponseStatus`].
    pub struct RetrieveStatus {
        OK = 0x80, "Ok", V1_1;
        ERROR_TRANSIENT_FAILURE = 0xc0, "Error-transient-failure", V1_1;
        ERROR_TRANSIENT_MESSAGE_NOT_FOUND = 0xc1, "Error-transient-message-not-found", V1_1;
        ERROR_TRANSIENT_NETWORK_PROBLEM = 0xc2, "Error-transient-network-problem", V1_1;
        ERROR_PERMANENT_FAILURE = 0xe0, "Error-permanent-failure", V1_1;
        ERROR_PERMANENT_SERVICE_DENIED = 0xe1, "Error-permanent-service-denied", V1_1;
        ERROR_PERMANENT_MESSAGE_NOT_FOUND = 0xe2, "Error-permanent-message-not-found", V1_1;
        ERROR_PERMANENT_CONTENT_UNSUPPORTED = 0xe3, "Error-permanent-content-unsupported", V1_1;
    }
}

statuses! {
    /// Whether a message went into the mailbox (`X-Mms-Store-Status`; OMA-TS-MMS_ENC, 7.3.58).
    pub struct StoreStatus {
        SUCCESS = 0x80, "Success", V1_2;
        ERROR_TRANSIENT_FAILURE = 0xc0, "Error-transient-failure", V1_2;
        ERROR_TRANSIENT_NETWORK_PROBLEM = 0xc1, "Error-transient-network-problem", V1_2;
        ERROR_PERMANENT_FAILURE = 0xe0, "Error-permanent-failure", V1_2;
        ERROR_PERMANENT_SERVICE_DENIED = 0xe1, "Error-permanent-service-denied", V1_2;
        ERROR_PERMANENT_MESSAGE_FORMAT_CORRUPT = 0xe2, "Error-permanent-message-format-corrupt", V1_2;
        ERROR_PERMANENT_MESSAGE_NOT_FOUND = 0xe3, "Error-permanent-message-not-found", V1_2;
        ERROR_PERMANENT_MMBOX_FULL = 0xe4, "Error-permanent-mmbox-full", V1_2;
    }
}

/// What a status says to a client or server that does not know its exact meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StatusClass {
    /// It worked.
    Ok,
    /// It may work later: the same request may be sent again.
    Transient,
    /// It will not work.
    Permanent,
}

/// The class of a status. Octets without a name fall into the class of their range
/// (OMA-TS-MMS_ENC, tables 28 to 36): 192 to 223 are transient, everything else but 128 is permanent.
const fn class_of(octet: u8) -> StatusClass {
    match octet {
        0x80 => StatusClass::Ok,
        0xc0..=0xdf => StatusClass::Transient,
        _ => StatusClass::Permanent,
    }
}

impl ResponseStatus {
    /// The value of the set that all interfaces share.
    #[must_use]
    pub const fn request_status(self) -> RequestStatus {
        match self.0 {
            0x80 => RequestStatus::Ok,
            0x82 | 0xe1 | 0xea | 0xeb => RequestStatus::ErrorServiceDenied,
            0x83 | 0xe2 => RequestStatus::ErrorMessageFormatCorrupt,
            0x84 | 0xc1 | 0xe3 => RequestStatus::ErrorSendingAddressUnresolved,
            0x85 | 0xc2 | 0xe4 => RequestStatus::ErrorMessageNotFound,
            0x86 | 0xc3 => RequestStatus::ErrorNetworkProblem,
            0x87 | 0xe5 => RequestStatus::ErrorContentNotAccepted,
            0x88 => RequestStatus::ErrorUnsupportedMessage,
            _ => RequestStatus::ErrorUnspecified,
        }
    }

    /// The status for a value of the set that all interfaces share, in the numbers that
    /// `version` uses.
    #[must_use]
    pub fn from_request_status(status: &RequestStatus, version: Version) -> Self {
        let (first, later) = match status.class() {
            RequestStatus::Ok => (Self::OK, Self::OK),
            RequestStatus::ErrorServiceDenied => (Self::ERROR_SERVICE_DENIED, Self::ERROR_PERMANENT_SERVICE_DENIED),
            RequestStatus::ErrorMessageFormatCorrupt => {
                (Self::ERROR_MESSAGE_FORMAT_CORRUPT, Self::ERROR_PERMANENT_MESSAGE_FORMAT_CORRUPT)
            }
            RequestStatus::ErrorSendingAddressUnresolved => {
                (Self::ERROR_SENDING_ADDRESS_UNRESOLVED, Self::ERROR_PERMANENT_SENDING_ADDRESS_UNRESOLVED)
            }
            RequestStatus::ErrorMessageNotFound => {
                (Self::ERROR_MESSAGE_NOT_FOUND, Self::ERROR_PERMANENT_MESSAGE_NOT_FOUND)
            }
            RequestStatus::ErrorNetworkProblem => (Self::ERROR_NETWORK_PROBLEM, Self::ERROR_TRANSIENT_NETWORK_PROBLEM),
            RequestStatus::ErrorContentNotAccepted => {
                (Self::ERROR_CONTENT_NOT_ACCEPTED, Self::ERROR_PERMANENT_CONTENT_NOT_ACCEPTED)
            }
            RequestStatus::ErrorUnsupportedMessage => {
                (Self::ERROR_UNSUPPORTED_MESSAGE, Self::ERROR_UNSUPPORTED_MESSAGE)
            }
            RequestStatus::ErrorUnspecified | RequestStatus::Other(_) => {
                (Self::ERROR_UNSPECIFIED, Self::ERROR_PERMANENT_FAILURE)
            }
        };
        if version <= Version::V1_0 { first } else { later }
    }
}

/// The version of MMS that a PDU follows (`X-Mms-MMS-Version`; OMA-TS-MMS_ENC, 7.3.31).
///
/// The default is 1.0, which a PDU without version is taken to be if 1.0 has it.
///
/// # Examples
///
/// ```
/// use mms_codec::mm1::Version;
///
/// assert_eq!(Version::V1_2.to_string(), "1.2");
/// assert_eq!((Version::V1_2.major(), Version::V1_2.minor()), (1, Some(2)));
/// assert!(Version::V1_0 < Version::V1_3);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Version(#[cfg_attr(feature = "serde", serde(deserialize_with = "crate::checked::without_high_bit"))] u8);

impl Version {
    /// WAP-209.
    pub const V1_0: Self = Self::new(1, 0);
    /// OMA MMS 1.1.
    pub const V1_1: Self = Self::new(1, 1);
    /// OMA MMS 1.2.
    pub const V1_2: Self = Self::new(1, 2);
    /// OMA MMS 1.3.
    pub const V1_3: Self = Self::new(1, 3);

    /// A version; of `major` three bits, of `minor` four are used.
    #[must_use]
    pub const fn new(major: u8, minor: u8) -> Self {
        Self((major << 4 | minor & 0x0f) & 0x7f)
    }

    pub(super) const fn is_later_than(self, other: Self) -> bool {
        self.0 > other.0
    }

    /// The version of the answer to a PDU of this version: the same, but not older than the answer
    /// itself, and not newer than any that this crate knows.
    pub(super) fn answered_in(self, since: Self) -> Self {
        self.clamp(since, Self::V1_3)
    }

    /// The version in the payload of a short-integer.
    pub(super) const fn from_payload(payload: u8) -> Self {
        Self(payload & 0x7f)
    }

    pub(super) const fn payload(self) -> u8 {
        self.0
    }

    /// The major number, 0 to 7.
    #[must_use]
    pub const fn major(self) -> u8 {
        self.0 >> 4
    }

    /// The minor number, 0 to 14; `None` if absent.
    #[must_use]
    pub const fn minor(self) -> Option<u8> {
        match self.0 & 0x0f {
            15 => None,
            minor => Some(minor),
        }
    }
}

/// 1.0, which every phone and relay/server reads. A PDU that came later is of the first version that
/// has it by default.
impl Default for Version {
    fn default() -> Self {
        Self::V1_0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.minor() {
            Some(minor) => write!(f, "{}.{minor}", self.major()),
            None => write!(f, "{}", self.major()),
        }
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

arbitrary!(Version, |u| u.choose(&[Self::V1_0, Self::V1_1, Self::V1_2, Self::V1_3]).copied());

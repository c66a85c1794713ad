//! Responses that say no more than how it ended, and the SOAP fault (TS 23.140, 8.7).

use alloc::vec::Vec;

use super::fragment::{Extra, Fragment};
use super::schema::SpecVersion;
use super::status::{Status, StatusCode};
use super::wire::{MM7_VERSION, Mm7, STATUS_CODE, STATUS_DETAILS, STATUS_TEXT, at};
use crate::message::{Str, Text};
use crate::table::table;

/// A response with nothing but the status: `CancelRsp`, `ReplaceRsp`, `DeliveryReportRsp`,
/// `ReadReplyRsp`, and the error responses `RSErrorRsp` and `VASPErrorRsp` (TS 23.140, 8.7).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Response {
    /// `MM7Version`: the version of TS 23.140. If absent, the encoder writes the default of the schema.
    pub mm7_version: Option<SpecVersion>,
    /// `Status`
    pub status: Status,
    /// Elements without a place here.
    pub extra: Vec<Extra>,
}

impl Response {
    /// A response with this status.
    pub fn new(status: impl Into<Status>) -> Self {
        Self { status: status.into(), ..Self::default() }
    }
}

table! {
    Response: Mm7;
    MM7_VERSION,    Mandatory, mm7_version;
    STATUS_CODE,    Mandatory, status.code;
    STATUS_TEXT,    Mandatory, status.text;
    STATUS_DETAILS, Optional,  status.details;
}

/// A SOAP `Fault`: the request could not be handled as a message (SOAP 1.1, 4.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Fault {
    /// `faultcode` without its prefix: `Client` or `Server`, or another one of SOAP.
    pub code: Option<Str>,
    /// `faultstring`
    pub string: Option<Text>,
    /// `faultactor`: who found the fault.
    pub actor: Option<Str>,
    /// The error response in `detail`.
    pub error: Option<FaultError>,
    /// Further content of `detail`, with the name of the element around it.
    pub extra: Vec<Extra>,
}

/// The error response that a [`Fault`] holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[expect(clippy::exhaustive_enums, reason = "the error comes from either side")]
pub enum FaultError {
    /// `RSErrorRsp`: the relay/server answers.
    RsErrorRsp(Response),
    /// `VASPErrorRsp`: the service provider answers.
    VaspErrorRsp(Response),
}

impl FaultError {
    const BY_RELAY_SERVER: &'static str = "RSErrorRsp";
    const BY_PROVIDER: &'static str = "VASPErrorRsp";
    pub(super) const NAMES: [&'static str; 2] = [Self::BY_RELAY_SERVER, Self::BY_PROVIDER];

    /// The name of the element.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RsErrorRsp(_) => Self::BY_RELAY_SERVER,
            Self::VaspErrorRsp(_) => Self::BY_PROVIDER,
        }
    }

    /// The response.
    pub const fn response(&self) -> &Response {
        match self {
            Self::RsErrorRsp(response) | Self::VaspErrorRsp(response) => response,
        }
    }
}

/// An error response by its name.
pub(super) struct ErrorName {
    pub(super) name: &'static str,
    pub(super) make: fn(Response) -> FaultError,
}

impl ErrorName {
    pub(super) const BY_RELAY_SERVER: Self = Self { name: FaultError::BY_RELAY_SERVER, make: FaultError::RsErrorRsp };
    pub(super) const BY_PROVIDER: Self = Self { name: FaultError::BY_PROVIDER, make: FaultError::VaspErrorRsp };
}

/// Which error response has this name, or one of those that some systems give it.
pub(super) fn error_name(name: &str) -> Option<ErrorName> {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    if is(FaultError::BY_RELAY_SERVER) || is("MM7RSErrorRsp") {
        Some(ErrorName::BY_RELAY_SERVER)
    } else if is(FaultError::BY_PROVIDER) || is("MM7VASPErrorRsp") {
        Some(ErrorName::BY_PROVIDER)
    } else {
        None
    }
}

impl Fault {
    /// The fault with which the relay/server answers.
    pub fn by_relay_server(status: impl Into<Status>) -> Self {
        Self::with(status.into(), FaultError::RsErrorRsp)
    }

    /// The fault with which the service provider answers.
    pub fn by_vasp(status: impl Into<Status>) -> Self {
        Self::with(status.into(), FaultError::VaspErrorRsp)
    }

    /// The status in the error response.
    pub fn status(&self) -> Option<&Status> {
        self.error.as_ref().map(|error| &error.response().status)
    }

    fn with(status: Status, error: fn(Response) -> FaultError) -> Self {
        let mut fault = Self { error: Some(error(Response::new(status))), ..Self::default() };
        fault.say_code();
        fault
    }

    /// Sets the code and the words that follow from the status.
    pub(crate) fn say_code(&mut self) {
        let status = self.status().and_then(|status| status.code).unwrap_or(StatusCode::SERVER_ERROR);
        let (code, string) =
            if status.is_client_fault() { ("Client", "Client error") } else { ("Server", "Server error") };
        self.code = Some(Str::from_static(code));
        self.string = Some(string.into());
    }

    /// Further content of `detail`.
    pub fn details(&self) -> impl Iterator<Item = &Fragment> {
        self.extra.iter().filter(|extra| extra.parent == "detail").map(|extra| &extra.xml)
    }
}

// The children of `Fault`; what `detail` holds is not of one kind and has no rows.
table! {
    Fault: Mm7;
    at("faultcode"),   Mandatory, code;
    at("faultstring"), Mandatory, string;
    at("faultactor"),  Optional,  actor;
}

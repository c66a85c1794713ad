//! What a client is set up with.

use alloc::format;
use alloc::vec::Vec;

use crate::error::{EncodeError, EncodeErrorKind};
use crate::message::encoded_word::find_control;
use crate::message::{Interval, Str, is_token};
use crate::mm1::{HTTP_FIELDS, HTTP_RETRIEVAL_FIELDS, Version};

/// Address of the relay/server, and how a client deals with it.
///
/// # Examples
///
/// ```
/// use mms_codec::client::Settings;
/// use mms_codec::mm1::Version;
///
/// let mut settings = Settings::new("http://mmsc.example.net/", "phone-1-");
/// settings.user_agent = Some("ExamplePhone/1.0".into());
/// settings.profile = Some("http://example.com/phone.xml".into());
/// settings.report_allowed = false;
/// assert_eq!(settings.version, Version::V1_3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// The `http` or `https` URI of the relay/server, to which PDUs are posted.
    pub relay: Str,
    /// What the identifiers of the client's own transactions begin with; a number follows. A relay/server takes two
    /// requests with the same identifier for one, so that a prefix must not be used again after a restart.
    pub transaction_prefix: Str,
    /// The latest version of MMS that the client knows. Answers follow the version of what they answer, up to this.
    pub version: Version,
    /// Whether originators may get delivery reports (`X-Mms-Report-Allowed`).
    pub report_allowed: bool,
    /// The header field `User-Agent`.
    pub user_agent: Option<Str>,
    /// URI of the user agent profile (WAP-248), for the header field `x-wap-profile`.
    pub profile: Option<Str>,
    /// Further header fields of HTTP, names and values, for every request.
    pub fields: Vec<(Str, Str)>,
    /// How long to wait for [`Client::decide`](super::Client::decide) before a notification is answered as deferred. 60 s
    /// by default.
    pub decision_time: Interval,
    /// How long to wait for the response to a request before it is regarded as lost. 180 s by default.
    pub response_time: Interval,
    /// How often and when to repeat a request.
    pub retries: Retries,
    /// How much to keep.
    pub limits: ClientLimits,
}

impl Settings {
    /// The defaults with this address, and this prefix of transaction identifiers.
    pub fn new(relay: impl Into<Str>, transaction_prefix: impl Into<Str>) -> Self {
        Self {
            relay: relay.into(),
            transaction_prefix: transaction_prefix.into(),
            version: Version::V1_3,
            report_allowed: true,
            user_agent: None,
            profile: None,
            fields: Vec::new(),
            decision_time: Interval::from_seconds(60),
            response_time: Interval::from_seconds(180),
            retries: Retries::DEFAULT,
            limits: ClientLimits::DEFAULT,
        }
    }

    /// The header fields of a request: of one that posts a PDU, or of one that fetches a message.
    pub(super) fn http_fields(&self, posts: bool) -> Vec<(Str, Str)> {
        let of_body = HTTP_FIELDS.iter().filter(|_| posts);
        let of_interface = HTTP_RETRIEVAL_FIELDS.iter().chain(of_body);
        let mut fields: Vec<_> =
            of_interface.map(|(name, value)| (Str::from_static(name), Str::from_static(value))).collect();
        fields.extend(self.user_agent.iter().map(|value| ("User-Agent".into(), value.clone())));
        // The URI is in quotation marks (WAP-248, 9.1.1.1).
        let quoted = |uri: &Str| if uri.starts_with('"') { uri.clone() } else { format!("\"{uri}\"").into() };
        fields.extend(self.profile.iter().map(|uri| ("x-wap-profile".into(), quoted(uri))));
        fields.extend(self.fields.iter().cloned());
        fields
    }

    /// Whether HTTP can express what was set.
    pub(super) fn check(&self) -> Result<(), EncodeError> {
        if !is_fetchable(&self.relay) {
            return Err(EncodeErrorKind::InvalidText.into());
        }
        for (name, value) in self.http_fields(true) {
            if !is_token(&name) {
                return Err(EncodeErrorKind::InvalidText.into());
            }
            if let Some(octet) = find_control(&value) {
                return Err(EncodeErrorKind::ControlCharacter(octet).into());
            }
        }
        Ok(())
    }
}

/// Whether a URI is one of HTTP, with a host, and without what would end it in a request.
pub(super) fn is_fetchable(uri: &str) -> bool {
    let scheme_ends = uri.find("://").filter(|end| {
        uri.get(..*end)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
    });
    let rest = scheme_ends.and_then(|end| uri.get(end + 3..));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']))
        && !uri.bytes().any(|octet| octet.is_ascii_control() || octet == b' ')
}

/// How often and when a request is repeated after a transient error.
///
/// # Examples
///
/// ```
/// use mms_codec::client::Retries;
/// use mms_codec::message::Interval;
///
/// // After 10, 20, 40 and 60 s.
/// let retries = Retries { attempts: 5, first: Interval::from_seconds(10), longest: Interval::from_seconds(60) };
/// assert_ne!(retries, Retries::default());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "written out by users: the policy is these three numbers")]
pub struct Retries {
    /// How many attempts there are, the first one included; 0 is 1. 5 by default.
    pub attempts: u32,
    /// How long to wait after the first attempt. Each further delay is twice as long. 60 s by default.
    pub first: Interval,
    /// The longest delay. 1800 s by default.
    pub longest: Interval,
}

impl Retries {
    /// Five attempts, after 1, 2, 4 and 8 minutes.
    pub const DEFAULT: Self =
        Self { attempts: 5, first: Interval::from_seconds(60), longest: Interval::from_seconds(1800) };

    /// The delay after a number of attempts, in seconds.
    pub(super) fn delay(&self, attempts: u32) -> i64 {
        let factor = 1_i64.checked_shl(attempts.saturating_sub(1)).filter(|factor| *factor > 0).unwrap_or(i64::MAX);
        seconds(self.first).saturating_mul(factor).min(seconds(self.longest))
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// How much a client keeps.
///
/// It never keeps more than `transactions` notifications of `octets` octets, as many requests with what the caller gave
/// to be sent, and twice as many events with what they report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ClientLimits {
    /// How many notifications, requests under way, and events not yet taken, each. 64 by default. Of notifications those
    /// that have been dealt with make room, the oldest first: copies of them are then regarded as new.
    pub transactions: usize,
    /// Length of a pushed PDU, in octets. 32 kB by default: more than 255 short messages carry.
    pub octets: usize,
}

impl ClientLimits {
    /// The limits that suit a phone.
    pub const DEFAULT: Self = Self { transactions: 64, octets: 32_000 };
}

impl Default for ClientLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The length of a span of time in seconds.
pub(super) fn seconds(interval: Interval) -> i64 {
    i64::try_from(interval.total_seconds()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_longest() {
        let delays = [0, 1, 2, 3, 5, 6, 70, u32::MAX].map(|attempts| Retries::DEFAULT.delay(attempts));
        assert_eq!(delays, [60, 60, 120, 240, 960, 1800, 1800, 1800]);
    }

    #[test]
    fn twelve_months_are_a_year() {
        assert_eq!(seconds(Interval { months: 13, ..Interval::from_seconds(7) }), (365 + 30) * 86_400 + 7);
    }

    #[test]
    fn only_uris_of_http_are_fetched() {
        for uri in ["http://m/1", "HTTPS://mmsc.example.net:80/m?id=7", "http://m", "http://[::1]/é"] {
            assert!(is_fetchable(uri), "{uri}");
        }
        for uri in ["", "http:", "http://", "http:///etc", "file:///etc", "m/1", "http://m/\r\nX: 1", "http://m/a b"] {
            assert!(!is_fetchable(uri), "{uri}");
        }
    }

    #[test]
    fn refuses_what_would_smuggle_header_fields() {
        let mut settings = Settings::new("http://m/", "t");
        assert_eq!(settings.check(), Ok(()));
        settings.user_agent = Some("a\r\nX: 1".into());
        assert_eq!(settings.check(), Err(EncodeErrorKind::ControlCharacter(b'\r').into()));
        settings.user_agent = None;
        settings.fields.push(("X:".into(), "1".into()));
        assert_eq!(settings.check(), Err(EncodeErrorKind::InvalidText.into()));
        assert_eq!(Settings::new("m", "t").check(), Err(EncodeErrorKind::InvalidText.into()));
    }
}

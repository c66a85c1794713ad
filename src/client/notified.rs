//! Messages that were announced, until they expire.

use alloc::format;

use super::action::Handle;
use super::settings::{is_fetchable, seconds};
use crate::message::{Interval, MmStatus, Str, Time};
use crate::mm1::{NotificationInd, NotifyRespInd, Version};

/// What to do with a message that was announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the statuses that a client may answer with (6.2)")]
pub enum Decision {
    /// Fetch it now.
    Retrieve,
    /// Leave it with the relay/server for now; ends a retrieval that is under way.
    Defer,
    /// Do not fetch it. One that was deferred before is deleted by `M-Delete.req` if the relay/server has MMS 1.3, and
    /// otherwise forgotten.
    Reject,
}

/// How far a message has come, and so what the relay/server has been sent about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Not answered: the user has until then.
    Undecided {
        until: i64,
    },
    /// Being fetched, and answered when that ends.
    Immediate,
    /// Answered, and not being fetched.
    Deferred,
    /// Answered as deferred, and being fetched.
    Late,
    Retrieved,
    Rejected,
}

/// A message that was announced.
#[derive(Clone, Debug)]
pub(super) struct Notified {
    pub(super) handle: Handle,
    pub(super) location: Str,
    pub(super) transaction_id: Option<Str>,
    /// The version that the relay/server speaks.
    pub(super) version: Version,
    pub(super) expires: i64,
    pub(super) state: State,
}

/// How long a relay/server keeps a message of which it does not say so, in seconds: a week.
const EXPIRY: Interval = Interval::from_seconds(7 * 86_400);

impl Notified {
    /// `None` for a notification without a location that can be fetched.
    pub(super) fn new(handle: Handle, notification: &NotificationInd, state: State, now: i64) -> Option<Self> {
        let expires = match notification.message.expiry {
            Some(Time::Absolute(time)) => time.seconds,
            Some(Time::Relative(interval)) => now.saturating_add(seconds(interval)),
            None => now.saturating_add(seconds(EXPIRY)),
        };
        let transaction_id = notification.transaction_id.clone();
        let location = location_of(notification)?;
        Some(Self { handle, location, transaction_id, version: notification.version, expires, state })
    }

    /// Whether it is only kept to know copies of its notification.
    pub(super) const fn has_ended(&self) -> bool {
        matches!(self.state, State::Retrieved | State::Rejected)
    }

    pub(super) const fn is_fetched(&self) -> bool {
        matches!(self.state, State::Immediate | State::Late)
    }

    /// The status that the relay/server got as an answer, if any.
    pub(super) const fn status(&self) -> Option<MmStatus> {
        match self.state {
            State::Undecided { .. } | State::Immediate => None,
            State::Deferred | State::Late => Some(MmStatus::Deferred),
            State::Retrieved => Some(MmStatus::Retrieved),
            State::Rejected => Some(MmStatus::Rejected),
        }
    }

    /// The answer to the notification; `None` for one without transaction identifier.
    pub(super) fn answer(&self, status: MmStatus) -> Option<NotifyRespInd> {
        let transaction_id = Some(self.transaction_id.clone()?);
        let notification = NotificationInd { version: self.version, transaction_id, ..NotificationInd::default() };
        Some(notification.resp(status))
    }
}

/// Where to fetch a message from.
fn location_of(notification: &NotificationInd) -> Option<Str> {
    let location = notification.content_location.clone()?;
    let id = notification.transaction_id.as_deref().filter(|_| location.ends_with('='));
    let location = id.map_or_else(|| location.clone(), |id| format!("{location}{id}").into());
    Some(location).filter(|location| is_fetchable(location))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_that_ends_in_an_equals_sign_gets_the_transaction_identifier() {
        let mut notification = NotificationInd { transaction_id: Some("T1".into()), ..NotificationInd::default() };
        for (location, expected) in
            [("http://m/?id=", Some("http://m/?id=T1")), ("http://m/?id=7", Some("http://m/?id=7")), ("m/?id=", None)]
        {
            notification.content_location = Some(location.into());
            assert_eq!(location_of(&notification).as_deref(), expected, "{location}");
        }
        notification.content_location = Some("http://m/?id=".into());
        notification.transaction_id = Some("T 1".into());
        assert_eq!(location_of(&notification), None);
        notification.transaction_id = None;
        assert_eq!(location_of(&notification).as_deref(), Some("http://m/?id="));
    }
}

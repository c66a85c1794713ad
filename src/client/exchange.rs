//! HTTP requests until they succeed or fail for good.

use alloc::vec::Vec;

use bytes::Bytes;

use super::action::{Handle, Request, RequestId};
use super::settings::{Settings, seconds};
use crate::message::Str;
use crate::mm1::MessageType;

/// An HTTP request and its repetitions.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    pub(super) id: u64,
    pub(super) purpose: Purpose,
    uri: Str,
    pub(super) body: Option<Bytes>,
    /// How many attempts were begun.
    attempts: u32,
    /// When the next attempt is due, or the response to this one.
    pub(super) due: i64,
    is_under_way: bool,
    /// No attempt begins at or after this time.
    ends: i64,
}

/// What a request is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Fetches the message of a notification.
    Fetch(Handle),
    /// Answers or acknowledges. The response has no content.
    Answer(Option<Handle>),
    /// Reports. The response has no content.
    Report(Handle),
    /// Asks for something, and is confirmed.
    Request { handle: Handle, confirmation: MessageType, transaction_id: Option<Str> },
}

impl Exchange {
    /// A request to be made at once.
    pub(super) const fn new(id: u64, purpose: Purpose, uri: Str, body: Option<Bytes>, now: i64, ends: i64) -> Self {
        Self { id, purpose, uri, body, attempts: 0, due: now, is_under_way: false, ends }
    }

    /// Begins the next attempt.
    pub(super) fn begin(&mut self, settings: &Settings, now: i64) -> Request {
        self.attempts = self.attempts.saturating_add(1);
        self.is_under_way = true;
        // A response takes time, whatever was set.
        self.due = now.saturating_add(seconds(settings.response_time).max(1));
        Request {
            id: RequestId { exchange: self.id, attempt: self.attempts },
            uri: self.uri.clone(),
            fields: settings.http_fields(self.body.is_some()),
            body: self.body.clone(),
        }
    }

    /// Whether a failure of this attempt is news.
    pub(super) fn awaits(&self, id: RequestId) -> bool {
        self.is_under_way && self.attempts == id.attempt
    }

    /// Puts the next attempt off; whether there is one.
    pub(super) fn put_off(&mut self, settings: &Settings, now: i64) -> bool {
        let next = now.saturating_add(settings.retries.delay(self.attempts));
        let is_repeated = self.attempts < settings.retries.attempts && next < self.ends;
        if is_repeated {
            (self.due, self.is_under_way) = (next, false);
        }
        is_repeated
    }
}

/// The first that is due: an attempt to be given up (`under_way`), or one to be begun.
pub(super) fn first_due(exchanges: &[Exchange], under_way: bool, now: i64) -> Option<usize> {
    exchanges.iter().position(|exchange| exchange.is_under_way == under_way && exchange.due <= now)
}

/// Ends the retrieval of a message, if it is under way.
pub(super) fn stop_fetching(exchanges: &mut Vec<Exchange>, handle: Handle) {
    exchanges.retain(|exchange| exchange.purpose != Purpose::Fetch(handle));
}

//! What has to hold whatever a user, a relay/server and a network do, in whatever order.

#![expect(clippy::panic, reason = "a panic says what a fuzz target found")]

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use bytes::Bytes;

use super::{Action, Client, Decision, Event, Handle, ReceiveError, Request, Settings};
use crate::message::{Address, ContentType, Interval, Message, MmStatus, Part, ReadStatus, Time, Timestamp};
use crate::mm1::{
    self, CancelReq, DeliveryInd, NotificationInd, Pdu, ResponseStatus, RetrieveConf, RetrieveStatus, SendReq, Version,
};

const TRANSACTIONS: usize = 8;
const ATTEMPTS: u32 = 3;

/// Does what the octets say, one operation each or in twos, and then lets time pass until nothing is expected.
///
/// # Panics
///
/// If a message is retrieved twice, if a notification or a message that asks for it is not answered, if a request does
/// not end in one event, or if anything is left at the end.
pub(crate) fn fuzz(data: &[u8]) {
    let mut world = World::new();
    let mut data = data.iter().copied();
    while let Some(operation) = data.next() {
        world.operate(operation, data.next().unwrap_or_default());
        world.check_bounds();
    }
    world.end();
}

/// A client, and what is known of it from outside.
struct World {
    client: Client,
    now: i64,
    /// Requests that were begun, also those that have long been responded to: responses come late and twice.
    requests: Vec<Request>,
    attempts: BTreeMap<u64, u32>,
    /// Notifications that were taken, by their transaction.
    announced: BTreeSet<String>,
    /// Transactions that were answered or acknowledged; with a word more those answered as retrieved.
    answered: BTreeSet<String>,
    /// Locations, and the handle that each has.
    locations: BTreeMap<String, Handle>,
    /// Handles of notifications, also of those that have expired.
    notified: BTreeSet<Handle>,
    retrieved: BTreeSet<Handle>,
    /// Requests that have not ended.
    pending: BTreeSet<Handle>,
}

impl World {
    fn new() -> Self {
        let mut settings = Settings::new("http://relay/", "p");
        settings.limits.transactions = TRANSACTIONS;
        settings.retries.attempts = ATTEMPTS;
        let client = Client::new(settings).unwrap_or_else(|error| panic!("{error}"));
        Self {
            client,
            now: 1_704_067_200,
            requests: Vec::new(),
            attempts: BTreeMap::new(),
            announced: BTreeSet::new(),
            answered: BTreeSet::new(),
            locations: BTreeMap::new(),
            notified: BTreeSet::new(),
            retrieved: BTreeSet::new(),
            pending: BTreeSet::new(),
        }
    }

    const fn time(&self) -> Timestamp {
        Timestamp::from_seconds(self.now)
    }

    fn operate(&mut self, operation: u8, argument: u8) {
        match operation % 12 {
            0 | 1 => self.notify(argument),
            2..=4 => {
                self.poll();
            }
            5 | 6 => self.respond(argument),
            7 => {
                if let Some(id) = self.any_request(argument).map(|request| request.id) {
                    self.client.lose(id, self.time());
                }
            }
            8 => self.decide(argument),
            9 => self.request(argument),
            10 => self.receive_other(argument),
            _ => self.now += i64::from(argument) * i64::from(argument),
        }
    }

    /// One of four messages, each announced in one of three transactions.
    fn notify(&mut self, argument: u8) {
        let (message, transaction) = (argument % 4, argument / 4 % 3);
        let location = format!("http://relay/{message}");
        let id = format!("T{message}-{transaction}");
        let expiry = Interval::from_seconds(1000 + 100_000 * u64::from(argument / 128));
        let notification = NotificationInd {
            transaction_id: Some(id.as_str().into()),
            version: Version::new(1, argument / 16 % 4),
            content_location: Some(location.into()),
            message: Message { expiry: Some(Time::Relative(expiry)), ..Message::default() },
            ..NotificationInd::default()
        };
        match self.client.receive(notification, self.time()) {
            Ok(()) => {
                // A copy has to be answered again, unless its answer is just under way.
                if !self.is_answer_under_way(&id) {
                    self.answered.remove(&id);
                }
                self.announced.insert(id);
            }
            Err(error) => assert_eq!(error, ReceiveError::Full, "a notification is taken if there is room"),
        }
    }

    fn is_answer_under_way(&self, id: &str) -> bool {
        let answers = self.client.exchanges.iter().filter_map(|exchange| mm1::decode(exchange.body.as_ref()?).ok());
        answers
            .filter(|answer| matches!(answer.value, Pdu::NotifyRespInd(_)))
            .any(|answer| answer.value.transaction_id().as_deref() == Some(id))
    }

    fn receive_other(&mut self, argument: u8) {
        let pdu = match argument % 4 {
            0 => DeliveryInd::default().into(),
            1 => CancelReq { transaction_id: Some(format!("C{argument}").into()), ..CancelReq::default() }.into(),
            // It cannot be answered, and what its location becomes cannot be fetched.
            2 => Pdu::from(NotificationInd {
                transaction_id: Some("\r\n".into()),
                content_location: Some("http://relay/?id=".into()),
                ..NotificationInd::default()
            }),
            _ => RetrieveConf::default().into(),
        };
        let _ = self.client.receive(pdu, self.time());
        let _ = self.client.receive_octets(&Bytes::copy_from_slice(&[0x8c, 0x82, 0x98, argument, 0]), self.time());
    }

    fn poll(&mut self) -> bool {
        let Some(action) = self.client.poll(self.time()) else { return false };
        match action {
            Action::Request(request) => self.begin(request),
            Action::Event(event) => self.take(event),
        }
        true
    }

    fn begin(&mut self, request: Request) {
        let attempts = self.attempts.entry(request.id.exchange).or_default();
        *attempts += 1;
        assert!(*attempts <= ATTEMPTS, "a request is repeated no more often than was said");
        match &request.body {
            None => {
                let handle = self.locations.get(&*request.uri).unwrap_or_else(|| panic!("{request:?}"));
                assert!(!self.retrieved.contains(handle), "what was retrieved is fetched again");
            }
            Some(body) => match mm1::decode(body).map(|decoded| decoded.value) {
                Ok(Pdu::NotifyRespInd(resp)) => {
                    self.answered.extend(resp.transaction_id.as_deref().map(Into::into));
                    if resp.status == Some(MmStatus::Retrieved) {
                        self.answered.extend(resp.transaction_id.map(|id| format!("{id} retrieved")));
                    }
                }
                Ok(Pdu::AcknowledgeInd(acknowledge)) => {
                    self.answered.extend(acknowledge.transaction_id.as_deref().map(Into::into));
                }
                Ok(_) => {}
                Err(error) => panic!("a request is a PDU: {error}"),
            },
        }
        self.requests.push(request);
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Notified { handle, notification } => {
                let Some(location) = notification.content_location.as_deref() else { panic!("{notification:?}") };
                let known = self.locations.get(location);
                let is_kept = known.is_some_and(|known| self.client.notified.iter().any(|kept| kept.handle == *known));
                assert!(!is_kept, "a copy of a notification is an event");
                self.locations.insert(location.into(), handle);
                self.notified.insert(handle);
            }
            Event::Retrieved { handle, .. } => {
                assert!(self.retrieved.insert(handle), "a message is retrieved twice");
            }
            Event::Confirmed { handle, .. } | Event::Failed { handle, .. } => {
                let is_notified = self.notified.contains(&handle);
                assert!(self.pending.remove(&handle) || is_notified, "a request ends twice");
            }
            _ => {}
        }
    }

    fn any_request(&self, argument: u8) -> Option<&Request> {
        // Rather one of the last.
        let place = self.requests.len().checked_sub(1 + usize::from(argument / 16))?;
        self.requests.get(place)
    }

    fn respond(&mut self, argument: u8) {
        let Some(request) = self.any_request(argument).cloned() else { return };
        let (status, body) = match argument % 8 {
            0..=3 => (200, self.response(&request, 0x80)),
            4 => (200, self.response(&request, 0xc0)),
            5 => (200, self.response(&request, 0xe0)),
            6 => (503, Bytes::new()),
            _ => (404, Bytes::new()),
        };
        self.client.respond(request.id, status, &body, self.time());
    }

    /// What a relay/server responds, with a status.
    fn response(&mut self, request: &Request, status: u8) -> Bytes {
        let pdu: Pdu = match request.body.as_ref().map(|body| mm1::decode(body).map(|decoded| decoded.value)) {
            None => RetrieveConf {
                version: Version::V1_2,
                transaction_id: Some(format!("R{}", request.uri).into()),
                message_id: Some("m".into()),
                message: Message { date: Some(self.time()), ..message() },
                retrieve_status: Some(RetrieveStatus::from_octet(status)),
                ..RetrieveConf::default()
            }
            .into(),
            Some(Ok(Pdu::SendReq(req))) => {
                let mut conf = req.conf(ResponseStatus::from_octet(status));
                conf.message_id = Some("m".into());
                conf.into()
            }
            Some(Ok(Pdu::DeleteReq(req))) => req.conf(ResponseStatus::from_octet(status)).into(),
            _ => return Bytes::new(),
        };
        mm1::encode(&pdu).map_or_else(|_| Bytes::new(), Bytes::from)
    }

    fn decide(&mut self, argument: u8) {
        let location = format!("http://relay/{}", argument % 4);
        let Some(handle) = self.locations.get(&location).copied() else { return };
        let decision = match argument / 4 % 4 {
            0 | 1 => Decision::Retrieve,
            2 => Decision::Defer,
            _ => Decision::Reject,
        };
        let _ = self.client.decide(handle, decision, self.time());
    }

    fn request(&mut self, argument: u8) {
        let handle = if argument.is_multiple_of(2) {
            let send = SendReq { message: Message { from: None, ..message() }, ..SendReq::default() };
            self.client.request(send, self.time()).ok()
        } else {
            let conf = RetrieveConf {
                version: Version::new(1, argument / 2 % 4),
                message_id: Some("m".into()),
                message: message(),
                ..RetrieveConf::default()
            };
            self.client.report_read(&conf, ReadStatus::Read, "read", self.time()).ok().flatten()
        };
        self.pending.extend(handle);
    }

    fn check_bounds(&self) {
        assert!(self.client.exchanges.len() <= TRANSACTIONS, "too many requests");
        assert!(self.client.notified.len() <= TRANSACTIONS, "too many notifications");
        assert!(self.client.events.len() <= 2 * TRANSACTIONS, "too many events");
    }

    /// Nobody decides or responds any more.
    fn end(&mut self) {
        // Each of what is kept has no more than its attempts, its deadline and its event.
        for _ in 0..100 * TRANSACTIONS {
            if self.poll() {
                continue;
            }
            let Some(deadline) = self.client.deadline() else { break };
            assert!(deadline.seconds > self.now, "a deadline that has passed was dealt with");
            self.now = deadline.seconds;
        }
        assert_eq!(self.client.deadline(), None, "everything ends");
        assert!(self.client.exchanges.is_empty() && self.client.notified.is_empty() && self.client.events.is_empty());
        assert!(self.pending.is_empty(), "a request did not end");
        let unanswered: Vec<_> = self.announced.difference(&self.answered).collect();
        assert!(unanswered.is_empty(), "notifications without answer: {unanswered:?}");
        for (location, handle) in &self.locations {
            let message = location.rsplit('/').next().unwrap_or_default();
            let is_answered = self.answered.iter().any(|id| {
                *id == format!("R{location}") || id.starts_with(&format!("T{message}-")) && id.ends_with(" retrieved")
            });
            assert!(is_answered || !self.retrieved.contains(handle), "{location} was retrieved without an answer");
        }
    }
}

/// A message that asks for a read report.
fn message() -> Message {
    let to = alloc::vec![Address::phone("+1")];
    let body = Some(Part::new(ContentType::new("text/plain"), "a"));
    Message { from: Some(Address::phone("+1").into()), to, read_report: Some(true), body, ..Message::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_transaction_ends_whatever_is_lost_repeated_or_late(operations in vec(any::<u8>(), 0..400)) {
            fuzz(&operations);
        }
    }
}

//! The state machine.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::format;
use alloc::vec::Vec;

use bytes::Bytes;

use super::action::{
    Action, DecisionError, Event, Failure, Handle, ReceiveError, RequestError, RequestId, status_class,
};
use super::exchange::{Exchange, Purpose, first_due, stop_fetching};
use super::notified::{Decision, Notified, State};
use super::settings::{Settings, seconds};
use crate::error::EncodeError;
use crate::message::{ContentType, MessageClass, MmStatus, Originator, Part, ReadStatus, Str, Timestamp};
use crate::mm1::{
    self, AsPdu, CancelStatus, DeleteReq, MessageType, NotificationInd, Pdu, RetrieveConf, SendReq, StatusClass,
    Version,
};
use crate::options::{Decoded, Deviation};

/// A client of MMS without I/O and clock.
///
/// Times are those of any clock that does not run backwards; only a notification with an absolute expiry, which no
/// specification has, needs the true time. See the [module](super) for the main loop of a phone.
#[derive(Clone, Debug)]
pub struct Client {
    settings: Settings,
    pub(super) notified: Vec<Notified>,
    pub(super) exchanges: Vec<Exchange>,
    pub(super) events: VecDeque<Event>,
    /// The number that the next transaction gets, and everything else that needs one.
    next: u64,
}

impl Client {
    /// A client without transactions.
    ///
    /// # Errors
    ///
    /// Fails if the address of the relay/server is not a URI of HTTP, or if a header field is not one of HTTP.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::client::{Client, Settings};
    ///
    /// assert!(Client::new(Settings::new("http://mmsc.example.net/", "phone-1-")).is_ok());
    /// assert!(Client::new(Settings::new("mmsc.example.net", "phone-1-")).is_err());
    /// ```
    pub fn new(settings: Settings) -> Result<Self, EncodeError> {
        settings.check()?;
        let (notified, exchanges, events) = (Vec::new(), Vec::new(), VecDeque::new());
        Ok(Self { settings, notified, exchanges, events, next: 0 })
    }

    /// Says from now on whether originators may get delivery reports.
    pub const fn set_report_allowed(&mut self, is_allowed: bool) {
        self.settings.report_allowed = is_allowed;
    }

    /// Takes a pushed PDU, and returns what was forgiven to decode it. One that cannot be decoded or understood is
    /// answered if that is possible (OMA-TS-MMS_ENC, 6.14.2).
    ///
    /// # Errors
    ///
    /// Fails for a PDU that cannot be decoded or is too long, and as [`receive`](Self::receive).
    pub fn receive_octets(&mut self, octets: &Bytes, now: Timestamp) -> Result<Vec<Deviation>, ReceiveError> {
        if octets.len() > self.settings.limits.octets {
            return Err(ReceiveError::TooLong);
        }
        if !self.has_room() {
            return Err(ReceiveError::Full);
        }
        match mm1::decode(octets) {
            Ok(decoded) => self.receive(decoded.value, now).map(|()| decoded.deviations),
            Err(error) => {
                if let Some(answer) = mm1::answer_for(&error, octets).filter(is_of_client) {
                    self.answer(None, &answer, now.seconds);
                }
                Err(error.into())
            }
        }
    }

    /// Takes a pushed PDU: a notification, a delivery report, a read report, or a cancellation.
    ///
    /// A copy of a notification, which is one of the same location, is answered again if it was answered; it is not an
    /// event again.
    ///
    /// # Errors
    ///
    /// Fails for any other PDU, for a notification without a location to fetch from, and if there is no room.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::client::{Action, Client, Event, Settings};
    /// use mms_codec::message::{Interval, Message, Timestamp};
    /// use mms_codec::mm1::{Announcement, NotificationInd, Version};
    ///
    /// let (location, expiry) = ("http://mmsc.example.net/m?id=1", Interval::from_seconds(172_800));
    /// let announcement = Announcement::new("T1", Version::V1_2, location, expiry);
    /// let mut client = Client::new(Settings::new("http://mmsc.example.net/", "phone-1-"))?;
    /// let now = Timestamp::from_seconds(0);
    /// client.receive(NotificationInd::of(&Message::default(), announcement), now)?;
    /// assert!(matches!(client.poll(now), Some(Action::Event(Event::Notified { .. }))));
    /// // Without a decision it is answered as deferred.
    /// let deadline = client.deadline().unwrap();
    /// let Some(Action::Request(request)) = client.poll(deadline) else { panic!() };
    /// assert_eq!(request.body.unwrap(), &b"\x8c\x83\x98T1\0\x8d\x92\x95\x83\x91\x80"[..]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn receive(&mut self, pdu: impl Into<Pdu>, now: Timestamp) -> Result<(), ReceiveError> {
        let (pdu, now) = (pdu.into(), now.seconds);
        if !self.has_room() || self.events.len() >= self.settings.limits.transactions {
            return Err(ReceiveError::Full);
        }
        if let Some(answer) = pdu.unrecognised() {
            self.answer(None, &answer, now);
            return Err(ReceiveError::Unexpected(pdu.message_type()));
        }
        match pdu {
            Pdu::NotificationInd(notification) => return self.notify(notification, now),
            Pdu::DeliveryInd(report) => self.events.push_back(Event::Delivered(Box::new(report))),
            Pdu::ReadOrigInd(report) => self.events.push_back(Event::Read(Box::new(report))),
            Pdu::CancelReq(cancel) => {
                self.answer(None, &cancel.conf(CancelStatus::Received), now);
                self.events.push_back(Event::Cancelled(Box::new(cancel)));
            }
            other => return Err(ReceiveError::Unexpected(other.message_type())),
        }
        Ok(())
    }

    fn notify(&mut self, notification: NotificationInd, now: i64) -> Result<(), ReceiveError> {
        let handle = Handle(self.next);
        let until = now.saturating_add(seconds(self.settings.decision_time));
        let Some(new) = Notified::new(handle, &notification, State::Undecided { until }, now) else {
            if notification.transaction_id.is_some() {
                self.answer(None, &self.of_client(notification.resp(MmStatus::Unrecognised)), now);
            }
            return Err(ReceiveError::NoLocation);
        };
        let Some(known) = self.notified.iter_mut().find(|known| known.location == new.location) else {
            self.add(Notified { state: State::Undecided { until: until.min(new.expires) }, ..new })?;
            self.events.push_back(Event::Notified { handle, notification: Box::new(notification) });
            return Ok(());
        };
        known.expires = known.expires.max(new.expires);
        known.version = new.version;
        let answer = match known.status() {
            Some(status) => {
                known.transaction_id = new.transaction_id;
                known.answer(status)
            }
            // The answer to come is for the last transaction.
            None if known.transaction_id != new.transaction_id => {
                let answer = known.answer(MmStatus::Deferred);
                known.transaction_id = new.transaction_id;
                answer
            }
            None => None,
        };
        let handle = known.handle;
        if let Some(answer) = answer {
            self.answer(Some(handle), &self.of_client(answer), now);
        }
        Ok(())
    }

    /// Takes a notification that was answered as deferred before, such as one that was stored while the phone was off.
    /// Its expiry counts from now. The same with nothing but a `content_location` retrieves a message from the mailbox.
    ///
    /// # Errors
    ///
    /// Fails for a notification without a location to fetch from, and if there is no room.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::client::{Action, Client, Decision, Settings};
    /// use mms_codec::message::Timestamp;
    /// use mms_codec::mm1::NotificationInd;
    ///
    /// let mut client = Client::new(Settings::new("http://mmsc.example.net/", "phone-1-"))?;
    /// let now = Timestamp::from_seconds(0);
    /// let mut notification = NotificationInd::default();
    /// notification.content_location = Some("http://mmsc.example.net/mbox/7".into());
    /// let handle = client.restore(&notification, now)?;
    /// client.decide(handle, Decision::Retrieve, now)?;
    /// let Some(Action::Request(request)) = client.poll(now) else { panic!() };
    /// assert_eq!((request.method(), &*request.uri), ("GET", "http://mmsc.example.net/mbox/7"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn restore(&mut self, notification: &NotificationInd, now: Timestamp) -> Result<Handle, ReceiveError> {
        let handle = Handle(self.next);
        let new = Notified::new(handle, notification, State::Deferred, now.seconds).ok_or(ReceiveError::NoLocation)?;
        match self.notified.iter().find(|known| known.location == new.location) {
            Some(known) => Ok(known.handle),
            None => self.add(new).map(|()| handle),
        }
    }

    /// Keeps a notification, if need be instead of one that has ended.
    fn add(&mut self, new: Notified) -> Result<(), ReceiveError> {
        if self.notified.len() >= self.settings.limits.transactions {
            let oldest = self.notified.iter().position(Notified::has_ended).ok_or(ReceiveError::Full)?;
            self.notified.remove(oldest);
        }
        self.notified.push(new);
        self.next = self.next.wrapping_add(1);
        Ok(())
    }

    /// Decides what to do with a message that was announced. The decision may change until the message is retrieved,
    /// rejected, or expires.
    ///
    /// # Errors
    ///
    /// Fails after that, and if there is no room.
    pub fn decide(&mut self, handle: Handle, decision: Decision, now: Timestamp) -> Result<(), DecisionError> {
        let has_room = self.has_room();
        let known = self.notified.iter_mut().find(|known| known.handle == handle && !known.has_ended());
        let known = known.ok_or(DecisionError::Ended)?;
        let is_answered = known.status().is_some();
        let state = match decision {
            Decision::Retrieve if is_answered => State::Late,
            Decision::Retrieve => State::Immediate,
            Decision::Defer => State::Deferred,
            Decision::Reject => State::Rejected,
        };
        if known.state == state {
            return Ok(());
        }
        // What is fetched gives its room to the answer.
        if !has_room && !known.is_fetched() {
            return Err(DecisionError::Full);
        }
        known.state = state;
        let (known, now) = (known.clone(), now.seconds);
        stop_fetching(&mut self.exchanges, handle);
        match decision {
            Decision::Retrieve => {
                let fetch = Purpose::Fetch(handle);
                self.exchange(fetch, known.location, None, now, known.expires);
            }
            Decision::Defer | Decision::Reject if !is_answered => self.answer_notified(&known, now),
            Decision::Defer => {}
            Decision::Reject => {
                let version = known.version.min(self.settings.version);
                if version >= Version::V1_3 {
                    let mut delete = DeleteReq::default();
                    delete.content_locations.push(known.location);
                    // What was fetched can always be deleted.
                    let _ = self.ask(handle, delete.into(), now);
                }
            }
        }
        Ok(())
    }

    /// Sends a request: `M-Send.req`, `M-Forward.req`, `M-Delete.req`, or one of the mailbox. It gets a transaction
    /// identifier if it has none, and the token for the address of the client if it is sent or forwarded without `From`.
    ///
    /// # Errors
    ///
    /// Fails for another PDU, for one that cannot be encoded, and if there is no room.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::client::{Action, Client, Event, Settings};
    /// use mms_codec::message::{Address, Part, Timestamp};
    /// use mms_codec::mm1::SendReq;
    ///
    /// let mut client = Client::new(Settings::new("http://mmsc.example.net/", "phone-1-"))?;
    /// let now = Timestamp::from_seconds(0);
    /// let mut send = SendReq::default();
    /// send.message.to.push(Address::phone("+447700900123"));
    /// send.message.body = Some(Part::new("text/plain".parse()?, "Hello"));
    /// let sent = client.request(send, now)?;
    /// let Some(Action::Request(request)) = client.poll(now) else { panic!() };
    ///
    /// // What the relay/server responds.
    /// let conf = b"\x8c\x81\x98phone-1-0\0\x8d\x90\x92\x80\x8bm1@example.net\0";
    /// client.respond(request.id, 200, &conf[..].into(), now);
    /// let Some(Action::Event(Event::Confirmed { handle, confirmation })) = client.poll(now) else { panic!() };
    /// assert_eq!(handle, sent);
    /// assert!(confirmation.unwrap().deviations.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn request(&mut self, pdu: impl Into<Pdu>, now: Timestamp) -> Result<Handle, RequestError> {
        let handle = Handle(self.next);
        self.ask(handle, pdu.into(), now.seconds).map(|()| handle)
    }

    fn ask(&mut self, handle: Handle, mut pdu: Pdu, now: i64) -> Result<(), RequestError> {
        if !self.has_room() {
            return Err(RequestError::Full);
        }
        let next = self.next;
        let (confirmation, id) = match &mut pdu {
            Pdu::SendReq(req) => {
                req.message.from.get_or_insert(Originator::InsertAddress);
                (MessageType::SEND_CONF, &mut req.transaction_id)
            }
            Pdu::ForwardReq(req) => {
                req.message.from.get_or_insert(Originator::InsertAddress);
                (MessageType::FORWARD_CONF, &mut req.transaction_id)
            }
            Pdu::MboxStoreReq(req) => (MessageType::MBOX_STORE_CONF, &mut req.transaction_id),
            Pdu::MboxViewReq(req) => (MessageType::MBOX_VIEW_CONF, &mut req.transaction_id),
            Pdu::MboxUploadReq(req) => (MessageType::MBOX_UPLOAD_CONF, &mut req.transaction_id),
            Pdu::MboxDeleteReq(req) => (MessageType::MBOX_DELETE_CONF, &mut req.transaction_id),
            Pdu::DeleteReq(req) => (MessageType::DELETE_CONF, &mut req.transaction_id),
            other => return Err(RequestError::NotARequest(other.message_type())),
        };
        let new = || format!("{}{next}", self.settings.transaction_prefix).into();
        let transaction_id = Some(id.get_or_insert_with(new).clone());
        let octets = mm1::encode(&pdu)?;
        self.post(Purpose::Request { handle, confirmation, transaction_id }, octets, now);
        Ok(())
    }

    /// Reports to the originator what became of a message, if it asks for that; `None` if it does not, or if it cannot be
    /// reached. A relay/server of MMS 1.0 has no `M-Read-Rec.ind`: the report is a message of class Auto with this text
    /// (OMA-TS-MMS_CTR, 6.5).
    ///
    /// # Errors
    ///
    /// Fails if there is no room, and if the report cannot be encoded.
    ///
    /// # Examples
    ///
    /// ```
    /// use mms_codec::client::{Action, Client, Settings};
    /// use mms_codec::message::{Address, ReadStatus, Timestamp};
    /// use mms_codec::mm1::{self, Pdu, RetrieveConf, Version};
    ///
    /// let mut client = Client::new(Settings::new("http://mmsc.example.net/", "phone-1-"))?;
    /// let now = Timestamp::from_seconds(0);
    /// let mut conf = RetrieveConf::default();
    /// conf.version = Version::V1_1;
    /// conf.message_id = Some("m1@example.net".into());
    /// conf.message.from = Some(Address::phone("+447700900123").into());
    /// conf.message.read_report = Some(true);
    /// client.report_read(&conf, ReadStatus::Read, "Your message was read.", now)?.unwrap();
    /// let Some(Action::Request(request)) = client.poll(now) else { panic!() };
    /// assert!(matches!(mm1::decode(&request.body.unwrap())?.value, Pdu::ReadRecInd(_)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn report_read(
        &mut self,
        conf: &RetrieveConf,
        status: ReadStatus,
        text: &str,
        now: Timestamp,
    ) -> Result<Option<Handle>, RequestError> {
        let Some(originator) = conf.message.from.as_ref().and_then(Originator::address) else { return Ok(None) };
        if conf.message.read_report != Some(true) {
            return Ok(None);
        }
        if !self.has_room() {
            return Err(RequestError::Full);
        }
        if conf.version <= Version::V1_0 {
            let mut report = SendReq::default();
            report.message.date = Some(now);
            report.message.to.push(originator.clone());
            report.message.subject = conf.message.subject.clone();
            report.message.class = Some(MessageClass::Auto);
            // A message of class Auto refuses reports (OMA-TS-MMS_ENC, 6.1.1).
            report.message.delivery_report = Some(false);
            report.message.read_report = Some(false);
            let content_type = "text/plain; charset=utf-8".parse().unwrap_or_else(|_| ContentType::new("text/plain"));
            report.message.body = Some(Part::new(content_type, Bytes::copy_from_slice(text.as_bytes())));
            return self.request(report, now).map(Some);
        }
        let mut report = conf.read_rec(status);
        report.version = report.version.min(self.settings.version).max(Version::V1_1);
        report.report.date = Some(now);
        let handle = Handle(self.next);
        let octets = mm1::encode(&report)?;
        self.post(Purpose::Report(handle), octets, now.seconds);
        Ok(Some(handle))
    }

    /// Takes the response to a request: its status of HTTP and its content. A response that comes late, after the request
    /// was regarded as lost, counts if it is a success; any other response that is no longer awaited is ignored.
    pub fn respond(&mut self, id: RequestId, status: u16, body: &Bytes, now: Timestamp) {
        let Some(place) = self.exchanges.iter().position(|exchange| exchange.id == id.exchange) else { return };
        let Some(exchange) = self.exchanges.get(place) else { return };
        match result(&exchange.purpose, status, body) {
            Ok(response) => {
                let exchange = self.exchanges.remove(place);
                self.succeed(exchange.purpose, response, now.seconds);
            }
            Err(failure) if exchange.awaits(id) => self.fail(place, failure, now.seconds),
            Err(_) => {}
        }
    }

    /// Takes the news that a request got no response: no connection, or one that broke.
    pub fn lose(&mut self, id: RequestId, now: Timestamp) {
        let awaits = |exchange: &Exchange| exchange.id == id.exchange && exchange.awaits(id);
        if let Some(place) = self.exchanges.iter().position(awaits) {
            self.fail(place, Failure::Lost, now.seconds);
        }
    }

    fn succeed(&mut self, purpose: Purpose, response: Option<Decoded<Pdu>>, now: i64) {
        match (purpose, response) {
            (Purpose::Fetch(handle), Some(Decoded { value: Pdu::RetrieveConf(conf), deviations })) => {
                let Some(place) = self.place_of(handle) else { return };
                if self.settle(place, State::Retrieved, now)
                    && let Some(mut acknowledge) = conf.acknowledge()
                {
                    acknowledge.version = acknowledge.version.min(self.settings.version);
                    acknowledge.report_allowed = Some(self.settings.report_allowed);
                    self.answer(Some(handle), &acknowledge, now);
                }
                let retrieved = Box::new(Decoded::new(conf, deviations));
                self.events.push_back(Event::Retrieved { handle, retrieved });
            }
            (Purpose::Fetch(_) | Purpose::Answer(_), _) => {}
            (Purpose::Report(handle) | Purpose::Request { handle, .. }, response) => {
                self.events.push_back(Event::Confirmed { handle, confirmation: response.map(Box::new) });
            }
        }
    }

    fn fail(&mut self, place: usize, failure: Failure, now: i64) {
        let has_room = self.has_room();
        let Some(exchange) = self.exchanges.get_mut(place) else { return };
        let is_repeated = failure.is_transient() && exchange.put_off(&self.settings, now);
        let purpose = exchange.purpose.clone();
        if !is_repeated {
            self.exchanges.remove(place);
        }
        match purpose {
            Purpose::Fetch(handle) => {
                // The relay/server does not have to wait for the further attempts.
                if let Some(place) = self.place_of(handle).filter(|_| has_room || !is_repeated) {
                    self.settle(place, if is_repeated { State::Late } else { State::Deferred }, now);
                }
                if !is_repeated {
                    self.events.push_back(Event::Failed { handle, failure });
                }
            }
            _ if is_repeated => {}
            Purpose::Answer(handle) => self.events.push_back(Event::Unanswered { handle, failure }),
            Purpose::Report(handle) | Purpose::Request { handle, .. } => {
                self.events.push_back(Event::Failed { handle, failure });
            }
        }
    }

    /// What to do next; `None` if nothing is to be done before the [`deadline`](Self::deadline).
    #[must_use]
    pub fn poll(&mut self, now: Timestamp) -> Option<Action> {
        let now = now.seconds;
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(Action::Event(event));
            }
            if let Some(place) = first_due(&self.exchanges, true, now) {
                self.fail(place, Failure::Lost, now);
            } else if let Some(place) = first_due(&self.exchanges, false, now) {
                let exchange = self.exchanges.get_mut(place)?;
                return Some(Action::Request(exchange.begin(&self.settings, now)));
            } else if !self.pass_deadline(now) {
                return None;
            }
        }
    }

    /// Does what is due for one notification; whether there was one.
    fn pass_deadline(&mut self, now: i64) -> bool {
        let has_room = self.has_room();
        let due = |known: &Notified| deadline_of(known, has_room).is_some_and(|deadline| deadline <= now);
        let Some(place) = self.notified.iter().position(due) else { return false };
        match self.notified.get(place) {
            Some(known) if matches!(known.state, State::Undecided { .. }) => {
                self.settle(place, State::Deferred, now);
            }
            _ => {
                let ended = self.notified.remove(place);
                if !ended.has_ended() {
                    self.events.push_back(Event::Expired { handle: ended.handle });
                }
            }
        }
        true
    }

    /// When to [`poll`](Self::poll) again, if nothing else happens before; `None` if nothing is expected.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        let has_room = self.has_room();
        let notified = self.notified.iter().filter_map(|known| deadline_of(known, has_room));
        let exchanges = self.exchanges.iter().map(|exchange| exchange.due);
        notified.chain(exchanges).min().map(Timestamp::from_seconds)
    }

    fn has_room(&self) -> bool {
        self.exchanges.len() < self.settings.limits.transactions
    }

    fn place_of(&self, handle: Handle) -> Option<usize> {
        self.notified.iter().position(|known| known.handle == handle)
    }

    /// Gives a message that was announced another state, and answers its notification. Returns whether that was
    /// answered before.
    fn settle(&mut self, place: usize, state: State, now: i64) -> bool {
        let Some(known) = self.notified.get_mut(place) else { return false };
        let was_answered = known.status().is_some();
        known.state = state;
        if !was_answered {
            let known = known.clone();
            self.answer_notified(&known, now);
        }
        was_answered
    }

    /// Answers a notification with the status of its message.
    fn answer_notified(&mut self, known: &Notified, now: i64) {
        if let Some(answer) = known.status().and_then(|status| known.answer(status)) {
            self.answer(Some(known.handle), &self.of_client(answer), now);
        }
    }

    /// An answer in a version of the client, with its wish for reports.
    fn of_client(&self, mut answer: mm1::NotifyRespInd) -> mm1::NotifyRespInd {
        answer.version = answer.version.min(self.settings.version);
        answer.report_allowed = Some(self.settings.report_allowed);
        answer
    }

    /// Sends an answer, unless the same is under way.
    fn answer(&mut self, handle: Option<Handle>, answer: &impl AsPdu, now: i64) {
        match mm1::encode(answer) {
            Ok(octets) => {
                if self.exchanges.iter().all(|exchange| exchange.body.as_deref() != Some(&octets)) {
                    self.post(Purpose::Answer(handle), octets, now);
                }
            }
            Err(error) => {
                self.events.push_back(Event::Unanswered { handle, failure: Failure::Unencodable(error) });
            }
        }
    }

    /// Sends a PDU to the relay/server.
    fn post(&mut self, purpose: Purpose, octets: Vec<u8>, now: i64) {
        self.exchange(purpose, self.settings.relay.clone(), Some(octets.into()), now, i64::MAX);
    }

    fn exchange(&mut self, purpose: Purpose, uri: Str, body: Option<Bytes>, now: i64, ends: i64) {
        self.exchanges.push(Exchange::new(self.next, purpose, uri, body, now, ends));
        self.next = self.next.wrapping_add(1);
    }
}

/// When something is due for a notification. An answer needs room; a retrieval has deadlines itself.
const fn deadline_of(known: &Notified, has_room: bool) -> Option<i64> {
    match known.state {
        State::Undecided { until } if has_room => Some(until),
        State::Undecided { .. } | State::Immediate | State::Late => None,
        State::Deferred | State::Retrieved | State::Rejected => Some(known.expires),
    }
}

/// Whether a client may send this answer.
const fn is_of_client(pdu: &Pdu) -> bool {
    matches!(pdu, Pdu::NotifyRespInd(_) | Pdu::CancelConf(_))
}

/// What a response says to a request.
fn result(purpose: &Purpose, status: u16, body: &Bytes) -> Result<Option<Decoded<Pdu>>, Failure> {
    if !(200..300).contains(&status) {
        return Err(Failure::Http(status));
    }
    let (confirmation, transaction_id) = match purpose {
        Purpose::Answer(_) | Purpose::Report(_) => return Ok(None),
        Purpose::Fetch(_) => (MessageType::RETRIEVE_CONF, &None),
        Purpose::Request { confirmation, transaction_id, .. } => (*confirmation, transaction_id),
    };
    let decoded = mm1::decode(body).map_err(Failure::Unreadable)?;
    let pdu = &decoded.value;
    let class = status_class(pdu);
    let is_awaited = pdu.message_type() == confirmation;
    // What the relay/server does not know, it refuses by an M-Send.conf (OMA-TS-MMS_ENC, 6.14.2).
    let is_refused = pdu.message_type() == MessageType::SEND_CONF && class != StatusClass::Ok;
    let is_same = transaction_id.is_none() || pdu.transaction_id().is_none_or(|id| Some(id) == *transaction_id);
    match class {
        _ if !(is_awaited || is_refused) || !is_same => Err(Failure::Unexpected(Box::new(decoded.value))),
        StatusClass::Ok => Ok(Some(decoded)),
        StatusClass::Transient | StatusClass::Permanent => Err(Failure::Refused(Box::new(decoded.value))),
    }
}

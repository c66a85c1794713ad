//! The client transactions of MMS as a state machine (OMA-TS-MMS_CTR): what a phone sends, fetches and answers.
//!
//! A [`Client`] does no I/O and reads no clock. It takes pushed PDUs ([`Client::receive`]), decisions of the user
//! ([`Client::decide`], [`Client::request`], [`Client::report_read`]), and what became of HTTP requests
//! ([`Client::respond`], [`Client::lose`]), each with the time; [`Client::poll`] returns the next request to make or
//! the next event for the user, and [`Client::deadline`] the time at which to ask again.
//!
//! - A notification is answered exactly once with `M-NotifyResp.ind`: retrieved, after immediate retrieval; deferred or
//!   rejected, as the user decides; deferred, where the first attempt fails or there is no decision in time. A copy of a
//!   notification is answered again with the same status, and does not lead to a second retrieval.
//! - After deferred retrieval an `M-Acknowledge.ind` follows if the relay/server asks for one.
//! - Requests are repeated with the same octets after a transient error or without response, up to a limit and with
//!   growing delays ([`Retries`]); permanent errors end them at once. Every request ends in one event.
//! - A content location that ends in `=` gets the transaction identifier appended, as deployed relay/servers expect.
//!   Only `http` and `https` URIs are fetched.
//! - Memory is bounded: [`ClientLimits`].
//!
//! What it does not do: HTTP and redirects, storage (see [`Client::restore`]), and joining of short messages (see
//! [`push::sms`](crate::push::sms)).
//!
//! # Examples
//!
//! The main loop of a phone, here against a relay/server that is a function:
//!
//! ```
//! use mms_codec::client::{Action, Client, Decision, Event, Request, Settings};
//! use mms_codec::message::Timestamp;
//! use mms_codec::{Bytes, Options, push};
//!
//! fn relay_server(request: &Request) -> (u16, Bytes) {
//!     match request.body {
//!         None => (200, Bytes::from(std::fs::read("tests/data/retrieve-conf.mms").unwrap())),
//!         Some(_) => (204, Bytes::new()),
//!     }
//! }
//!
//! let mut client = Client::new(Settings::new("http://mmsc.example.net/", "phone-1-"))?;
//! let now = Timestamp::from_seconds(1_704_067_200);
//! let push = push::decode(&Bytes::from(std::fs::read("tests/data/notification-ind.push")?))?.value;
//! client.receive_octets(&push.data, now)?;
//!
//! let mut subjects = Vec::new();
//! while let Some(action) = client.poll(now) {
//!     match action {
//!         Action::Request(request) => {
//!             let (status, body) = relay_server(&request);
//!             client.respond(request.id, status, &body, now);
//!         }
//!         Action::Event(Event::Notified { handle, notification }) => {
//!             let is_small = notification.message_size.is_some_and(|octets| octets < 300_000);
//!             client.decide(handle, if is_small { Decision::Retrieve } else { Decision::Defer }, now)?;
//!         }
//!         Action::Event(Event::Retrieved { retrieved, .. }) => subjects.extend(retrieved.value.message.subject),
//!         Action::Event(event) => println!("{event:?}"),
//!     }
//! }
//! assert_eq!(subjects, ["Un été à la mer"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod action;
mod exchange;
#[cfg(feature = "arbitrary")]
pub(crate) mod fuzz;
mod machine;
mod notified;
mod settings;

pub use self::action::{Action, DecisionError, Event, Failure, Handle, ReceiveError, Request, RequestError, RequestId};
pub use self::machine::Client;
pub use self::notified::Decision;
pub use self::settings::{ClientLimits, Retries, Settings};

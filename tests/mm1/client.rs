//! The transactions of a phone, as OMA-TS-MMS_CTR draws them.

use mms_codec::Bytes;
use mms_codec::client::{
    Action, Client, ClientLimits, Decision, DecisionError, Event, Failure, Handle, ReceiveError, Request, RequestError,
    Settings,
};
use mms_codec::message::{Address, Interval, MmStatus, Part, ReadStatus, Time, Timestamp};
use mms_codec::mm1::{
    self, AsPdu, CancelReq, CancelStatus, Counted, DeliveryInd, ForwardReq, MboxDeleteReq, MboxStoreReq, MboxUploadReq,
    MboxViewReq, NotificationInd, NotifyRespInd, Pdu, ReadOrigInd, ResponseStatus, RetrieveConf, RetrieveStatus,
    SendConf, SendReq, StoreStatus, Version,
};

const RELAY: &str = "http://mmsc.example.net/";
const LOCATION: &str = "http://mmsc.example.net/m?id=7";
const START: Timestamp = Timestamp::from_seconds(1_704_067_200);

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(START.seconds + seconds)
}

fn client_with(change: impl FnOnce(&mut Settings)) -> Client {
    let mut settings = Settings::new(RELAY, "p");
    change(&mut settings);
    Client::new(settings).unwrap()
}

fn client() -> Client {
    client_with(|_| ())
}

fn notification(id: &str, version: Version) -> NotificationInd {
    let mut notification = NotificationInd::default();
    notification.transaction_id = Some(id.into());
    notification.version = version;
    notification.content_location = Some(LOCATION.into());
    notification.message.expiry = Some(Time::Relative(Interval::from_seconds(100_000)));
    notification
}

fn message() -> RetrieveConf {
    let mut conf = RetrieveConf::default();
    conf.version = Version::V1_2;
    conf.transaction_id = Some("R1".into());
    conf.message_id = Some("m1@mmsc.example.net".into());
    conf.message.date = Some(START);
    conf.message.from = Some(Address::phone("+447700900123").into());
    conf.message.subject = Some("Été".into());
    conf.message.read_report = Some(true);
    conf.message.body = Some(Part::new("text/plain".parse().unwrap(), "Hello"));
    conf
}

fn send_req() -> SendReq {
    let mut send = SendReq::default();
    send.version = Version::V1_3;
    send.message.to.push(Address::phone("+447700900123"));
    send.message.body = Some(Part::new("text/plain".parse().unwrap(), "Hello"));
    send
}

/// The confirmation of what was sent first.
fn send_conf(status: ResponseStatus) -> SendConf {
    let mut conf = with(send_req(), |req| req.transaction_id = Some("p0".into())).conf(status);
    conf.message_id = Some("m1".into());
    conf
}

fn with<T>(mut value: T, change: impl FnOnce(&mut T)) -> T {
    change(&mut value);
    value
}

fn octets(pdu: &impl AsPdu) -> Bytes {
    mm1::encode(pdu).unwrap().into()
}

#[track_caller]
fn next_request(client: &mut Client, now: Timestamp) -> Request {
    match client.poll(now) {
        Some(Action::Request(request)) => request,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn next_event(client: &mut Client, now: Timestamp) -> Event {
    match client.poll(now) {
        Some(Action::Event(event)) => event,
        other => panic!("{other:?}"),
    }
}

fn posted(request: &Request) -> Pdu {
    mm1::decode(request.body.as_ref().unwrap()).unwrap().value
}

/// The next request, which has to be a PDU that is posted. It succeeds, without content.
#[track_caller]
fn next_pdu(client: &mut Client, now: Timestamp) -> Pdu {
    let request = next_request(client, now);
    assert_eq!((&*request.uri, request.method()), (RELAY, "POST"));
    client.respond(request.id, 204, &Bytes::new(), now);
    posted(&request)
}

fn resp(id: &str, version: Version, status: MmStatus) -> Pdu {
    let mut resp = NotifyRespInd::default();
    resp.transaction_id = Some(id.into());
    resp.version = version;
    resp.status = Some(status);
    resp.report_allowed = Some(true);
    resp.into()
}

#[track_caller]
fn notify(client: &mut Client, notification: NotificationInd) -> Handle {
    client.receive(notification.clone(), START).unwrap();
    let Event::Notified { handle, notification: event } = next_event(client, START) else { panic!() };
    assert_eq!(*event, notification);
    handle
}

#[test]
fn immediate_retrieval_ends_with_a_response_to_the_notification() {
    let mut client = client_with(|settings| {
        settings.user_agent = Some("Example/1.0".into());
        settings.profile = Some("http://example.com/phone.xml".into());
        settings.fields.push(("X-MDN".into(), "447700900456".into()));
    });
    let handle = notify(&mut client, notification("T1", Version::V1_2));
    client.decide(handle, Decision::Retrieve, START).unwrap();
    let request = next_request(&mut client, START);
    assert_eq!((&*request.uri, request.method(), &request.body), (LOCATION, "GET", &None));
    let fields: Vec<_> = request.fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let common = [
        ("Accept", "application/vnd.wap.mms-message, */*"),
        ("User-Agent", "Example/1.0"),
        ("x-wap-profile", "\"http://example.com/phone.xml\""),
        ("X-MDN", "447700900456"),
    ];
    assert_eq!(fields, common);
    assert_eq!(client.poll(START), None);

    client.respond(request.id, 200, &octets(&message()), START);
    let Event::Retrieved { handle: of, retrieved } = next_event(&mut client, START) else { panic!() };
    assert_eq!((of, &retrieved.value, &*retrieved.deviations), (handle, &message(), &[][..]));
    let request = next_request(&mut client, START);
    assert_eq!(posted(&request), resp("T1", Version::V1_2, MmStatus::Retrieved));
    let content_type = ("Content-Type".into(), "application/vnd.wap.mms-message".into());
    assert!(request.fields.contains(&content_type), "{:?}", request.fields);
    client.respond(request.id, 200, &Bytes::new(), START);
    assert_eq!(client.poll(START), None);

    // Copies, also of another transaction, are answered again.
    client.receive(notification("T1", Version::V1_2), START).unwrap();
    client.receive(notification("T2", Version::V1_2), START).unwrap();
    assert_eq!(next_pdu(&mut client, START), resp("T1", Version::V1_2, MmStatus::Retrieved));
    assert_eq!(next_pdu(&mut client, START), resp("T2", Version::V1_2, MmStatus::Retrieved));
    assert_eq!(client.poll(START), None);
    assert_eq!(client.decide(handle, Decision::Retrieve, START), Err(DecisionError::Ended));

    // Once it has expired, nothing is left.
    assert_eq!(client.deadline(), Some(at(100_000)));
    assert_eq!(client.poll(at(100_000)), None);
    assert_eq!(client.deadline(), None);
}

#[test]
fn deferred_retrieval_ends_with_an_acknowledgement_if_one_is_asked_for() {
    for id in [Some("R1"), None] {
        let mut client = client_with(|settings| settings.report_allowed = false);
        let handle = notify(&mut client, notification("T1", Version::V1_0));
        client.decide(handle, Decision::Defer, START).unwrap();
        let Pdu::NotifyRespInd(resp) = next_pdu(&mut client, START) else { panic!() };
        assert_eq!((resp.status, resp.report_allowed), (Some(MmStatus::Deferred), Some(false)));
        client.receive(notification("T1", Version::V1_0), START).unwrap();
        assert!(
            matches!(next_pdu(&mut client, START), Pdu::NotifyRespInd(resp) if resp.status == Some(MmStatus::Deferred))
        );

        client.decide(handle, Decision::Retrieve, at(500)).unwrap();
        let request = next_request(&mut client, at(500));
        let mut conf = message();
        conf.transaction_id = id.map(Into::into);
        client.respond(request.id, 200, &octets(&conf), at(501));
        assert!(matches!(next_event(&mut client, at(501)), Event::Retrieved { .. }));
        if id.is_some() {
            let Pdu::AcknowledgeInd(acknowledge) = next_pdu(&mut client, at(501)) else { panic!() };
            assert_eq!((acknowledge.transaction_id.as_deref(), acknowledge.report_allowed), (id, Some(false)));
        }
        assert_eq!(client.poll(at(501)), None);
    }
}

#[test]
fn a_rejected_message_is_not_fetched() {
    let mut client = client();
    let handle = notify(&mut client, notification("T1", Version::V1_3));
    client.decide(handle, Decision::Reject, START).unwrap();
    assert_eq!(next_pdu(&mut client, START), resp("T1", Version::V1_3, MmStatus::Rejected));
    client.receive(notification("T1", Version::V1_3), at(1)).unwrap();
    assert_eq!(next_pdu(&mut client, at(1)), resp("T1", Version::V1_3, MmStatus::Rejected));
    assert_eq!(client.decide(handle, Decision::Retrieve, at(1)), Err(DecisionError::Ended));
}

#[test]
fn a_deferred_message_is_deleted_where_the_relay_server_can() {
    for version in [Version::V1_2, Version::V1_3] {
        let mut client = client();
        let handle = notify(&mut client, notification("T1", version));
        client.decide(handle, Decision::Defer, START).unwrap();
        next_pdu(&mut client, START);
        client.decide(handle, Decision::Reject, START).unwrap();
        if version == Version::V1_3 {
            let request = next_request(&mut client, START);
            let Pdu::DeleteReq(delete) = posted(&request) else { panic!() };
            assert_eq!(delete.content_locations, [LOCATION]);
            client.respond(request.id, 200, &octets(&delete.conf(ResponseStatus::OK)), START);
            assert!(matches!(next_event(&mut client, START), Event::Confirmed { handle: of, .. } if of == handle));
        }
        assert_eq!(client.poll(START), None);
    }
}

#[test]
fn a_failed_attempt_is_answered_as_deferred_and_repeated_with_growing_delays() {
    let transient =
        with(message(), |conf| conf.retrieve_status = Some(RetrieveStatus::ERROR_TRANSIENT_NETWORK_PROBLEM));
    for (status, body) in [
        (200, octets(&transient)),
        (503, Bytes::new()),
        (429, Bytes::new()),
        (200, Bytes::from_static(b"<html>")),
        (200, octets(&send_conf(ResponseStatus::OK))),
    ] {
        let mut client = client();
        let handle = notify(&mut client, notification("T1", Version::V1_2));
        client.decide(handle, Decision::Retrieve, START).unwrap();
        let request = next_request(&mut client, START);
        client.respond(request.id, status, &body, START);
        assert_eq!(next_pdu(&mut client, START), resp("T1", Version::V1_2, MmStatus::Deferred));
        let mut now = START;
        for delay in [60, 120, 240, 480] {
            assert_eq!(client.poll(now), None);
            now = Timestamp::from_seconds(now.seconds + delay);
            assert_eq!(client.deadline(), Some(now));
            let request = next_request(&mut client, now);
            assert_eq!(request.uri, LOCATION);
            client.respond(request.id, status, &body, now);
        }
        assert!(matches!(next_event(&mut client, now), Event::Failed { handle: of, .. } if of == handle));
        assert_eq!(client.poll(now), None);
        // The user may try again; then it is deferred retrieval.
        client.decide(handle, Decision::Retrieve, now).unwrap();
        let request = next_request(&mut client, now);
        client.respond(request.id, 200, &octets(&message()), now);
        assert!(matches!(next_event(&mut client, now), Event::Retrieved { .. }));
        assert!(matches!(next_pdu(&mut client, now), Pdu::AcknowledgeInd(_)));
    }
}

#[test]
fn a_permanent_error_is_not_repeated() {
    let permanent =
        with(message(), |conf| conf.retrieve_status = Some(RetrieveStatus::ERROR_PERMANENT_MESSAGE_NOT_FOUND));
    for (status, body) in [(200, octets(&permanent)), (404, Bytes::new()), (302, Bytes::new())] {
        let mut client = client();
        let handle = notify(&mut client, notification("T1", Version::V1_2));
        client.decide(handle, Decision::Retrieve, START).unwrap();
        let request = next_request(&mut client, START);
        client.respond(request.id, status, &body, START);
        let Event::Failed { failure, .. } = next_event(&mut client, START) else { panic!() };
        let expected =
            if status == 200 { Failure::Refused(Box::new(permanent.clone().into())) } else { Failure::Http(status) };
        assert_eq!(failure, expected);
        assert_eq!(next_pdu(&mut client, START), resp("T1", Version::V1_2, MmStatus::Deferred));
        assert_eq!(client.poll(START), None);
    }
}

#[test]
fn a_late_message_is_taken_and_a_late_failure_is_not() {
    let mut client = client();
    let handle = notify(&mut client, notification("T1", Version::V1_2));
    client.decide(handle, Decision::Retrieve, START).unwrap();
    let first = next_request(&mut client, START);
    assert_eq!(client.deadline(), Some(at(180)));
    assert_eq!(next_pdu(&mut client, at(180)), resp("T1", Version::V1_2, MmStatus::Deferred));
    client.lose(first.id, at(181));
    client.respond(first.id, 500, &Bytes::new(), at(181));
    let second = next_request(&mut client, at(240));
    client.respond(first.id, 404, &Bytes::new(), at(241));
    client.respond(first.id, 200, &octets(&message()), at(242));
    client.respond(second.id, 200, &octets(&message()), at(243));
    assert!(matches!(next_event(&mut client, at(243)), Event::Retrieved { .. }));
    assert!(matches!(next_pdu(&mut client, at(243)), Pdu::AcknowledgeInd(_)));
    assert_eq!(client.poll(at(243)), None);
}

#[test]
fn a_deferred_message_expires() {
    let mut client = client();
    let handle = notify(&mut client, notification("T1", Version::V1_2));
    // Nobody decides.
    assert_eq!(next_pdu(&mut client, at(60)), resp("T1", Version::V1_2, MmStatus::Deferred));
    // A reminder, which says that it is kept longer.
    client.receive(notification("T1", Version::V1_2), at(1000)).unwrap();
    assert_eq!(next_pdu(&mut client, at(1000)), resp("T1", Version::V1_2, MmStatus::Deferred));
    assert_eq!(client.poll(at(100_000)), None);
    assert_eq!(next_event(&mut client, at(101_000)), Event::Expired { handle });
    assert_eq!(client.decide(handle, Decision::Retrieve, at(101_000)), Err(DecisionError::Ended));
    assert_eq!(client.deadline(), None);
}

#[test]
fn every_transaction_of_a_message_is_answered() {
    let mut client = client();
    let handle = notify(&mut client, notification("T1", Version::V1_2));
    client.decide(handle, Decision::Retrieve, START).unwrap();
    let request = next_request(&mut client, START);
    client.receive(notification("T1", Version::V1_2), START).unwrap();
    assert_eq!(client.poll(START), None);
    client.receive(notification("T2", Version::V1_2), START).unwrap();
    assert_eq!(next_pdu(&mut client, START), resp("T1", Version::V1_2, MmStatus::Deferred));
    client.respond(request.id, 200, &octets(&message()), START);
    assert!(matches!(next_event(&mut client, START), Event::Retrieved { .. }));
    assert_eq!(next_pdu(&mut client, START), resp("T2", Version::V1_2, MmStatus::Retrieved));
}

#[test]
fn a_request_is_confirmed_refused_or_repeated() {
    let conf = |status| octets(&send_conf(status));
    let mut client = client();

    let sent = client.request(send_req(), START).unwrap();
    let request = next_request(&mut client, START);
    let Pdu::SendReq(send) = posted(&request) else { panic!() };
    assert_eq!(send.transaction_id.as_deref(), Some("p0"));
    client.respond(request.id, 200, &conf(ResponseStatus::OK), START);
    let Event::Confirmed { handle, confirmation } = next_event(&mut client, START) else { panic!() };
    assert_eq!(handle, sent);
    let Pdu::SendConf(confirmation) = confirmation.unwrap().value else { panic!() };
    assert_eq!(confirmation.message_id.as_deref(), Some("m1"));

    for status in [ResponseStatus::ERROR_PERMANENT_SERVICE_DENIED, ResponseStatus::ERROR_PERMANENT_LACK_OF_PREPAID] {
        let sent = client.request(with(send_req(), |req| req.transaction_id = Some("p0".into())), START).unwrap();
        let request = next_request(&mut client, START);
        client.respond(request.id, 200, &conf(status), START);
        let Event::Failed { handle, failure: Failure::Refused(pdu) } = next_event(&mut client, START) else { panic!() };
        let Pdu::SendConf(refused) = *pdu else { panic!() };
        assert_eq!((handle, refused.response_status), (sent, Some(status)));
        assert_eq!(client.deadline(), None);
    }

    // The same octets are sent again, so that the relay/server knows them.
    client.request(with(send_req(), |req| req.transaction_id = Some("p0".into())), START).unwrap();
    let first = next_request(&mut client, START);
    client.respond(first.id, 200, &conf(ResponseStatus::ERROR_TRANSIENT_NETWORK_PROBLEM), START);
    let second = next_request(&mut client, at(60));
    assert_eq!(first.body, second.body);
    let other = with(send_conf(ResponseStatus::OK), |conf| conf.transaction_id = Some("x".into()));
    client.respond(second.id, 200, &octets(&other), at(60));
    let third = next_request(&mut client, at(180));
    client.respond(third.id, 200, &conf(ResponseStatus::OK), at(180));
    assert!(matches!(next_event(&mut client, at(180)), Event::Confirmed { .. }));
    assert_eq!(client.deadline(), None);
}

#[test]
fn every_request_of_a_client_has_its_confirmation() {
    let location = || Some(LOCATION.into());
    let mut forward = ForwardReq::default();
    forward.content_location = location();
    forward.message.to.push(Address::phone("+447700900123"));
    let mut store = MboxStoreReq::default();
    store.content_location = location();
    let mut upload = MboxUploadReq::default();
    upload.body = Some(Part::new("text/plain".parse().unwrap(), "Hello"));
    let mut delete = MboxDeleteReq::default();
    delete.content_locations.push(LOCATION.into());
    let requests: [Pdu; 5] =
        [forward.into(), store.into(), upload.into(), delete.into(), MboxViewReq::default().into()];
    for request in requests {
        let mut client = client();
        let handle = client.request(request, START).unwrap();
        let request = next_request(&mut client, START);
        let confirmation: Pdu = match posted(&request) {
            Pdu::ForwardReq(req) => {
                let mut conf = req.conf(ResponseStatus::OK);
                conf.message_id = Some("m2".into());
                conf.into()
            }
            Pdu::MboxStoreReq(req) => req.conf(StoreStatus::SUCCESS).into(),
            Pdu::MboxUploadReq(req) => req.conf(StoreStatus::SUCCESS).into(),
            Pdu::MboxDeleteReq(req) => req.conf(ResponseStatus::OK).into(),
            Pdu::MboxViewReq(req) => {
                let mut conf = req.conf(ResponseStatus::OK);
                conf.body = Some(mm1::MboxDescr::body(&[]).unwrap());
                conf.into()
            }
            other => panic!("{other:?}"),
        };
        client.respond(request.id, 200, &octets(&confirmation), START);
        let Event::Confirmed { handle: of, confirmation: event } = next_event(&mut client, START) else { panic!() };
        assert_eq!((of, event.unwrap().value), (handle, confirmation));
    }
    // A relay/server that does not know a request answers as one of MMS 1.0.
    let mut client = client();
    client.request(MboxViewReq::default(), START).unwrap();
    let request = next_request(&mut client, START);
    client.respond(request.id, 200, &octets(&send_conf(ResponseStatus::ERROR_UNSUPPORTED_MESSAGE)), START);
    assert!(matches!(next_event(&mut client, START), Event::Failed { failure: Failure::Refused(_), .. }));

    let error = client.request(message(), START).unwrap_err();
    assert_eq!(error.to_string(), "m-retrieve-conf is not a request of a client");
    assert!(matches!(client.request(SendReq::default(), START), Err(RequestError::Unencodable(_))));
}

#[test]
fn a_deletion_that_succeeds_for_some_messages_is_not_repeated() {
    use ResponseStatus as Status;
    let count = |statuses: &[ResponseStatus]| {
        (0..).zip(statuses).map(|(count, status)| Counted::new(count, *status)).collect::<Vec<_>>()
    };
    let transient = [Status::ERROR_TRANSIENT_FAILURE, Status::ERROR_TRANSIENT_NETWORK_PROBLEM];
    for (statuses, is_confirmed, is_repeated) in [
        (&[Status::OK, Status::ERROR_TRANSIENT_FAILURE][..], true, false),
        (&[Status::ERROR_TRANSIENT_PARTIAL_SUCCESS], true, false),
        (&[Status::ERROR_TRANSIENT_FAILURE, Status::ERROR_PERMANENT_MESSAGE_NOT_FOUND], false, false),
        (&transient, false, true),
    ] {
        let mut client = client();
        let delete = with(MboxDeleteReq::default(), |req| req.content_locations.push(LOCATION.into()));
        client.request(delete, START).unwrap();
        let request = next_request(&mut client, START);
        let Pdu::MboxDeleteReq(delete) = posted(&request) else { panic!() };
        let conf = with(delete.conf(Status::OK), |conf| conf.response_statuses = count(statuses));
        client.respond(request.id, 200, &octets(&conf), START);
        let event = client.poll(START);
        let is_event = matches!(event, Some(Action::Event(Event::Confirmed { .. })));
        assert_eq!((is_event, event.is_none()), (is_confirmed, is_repeated), "{statuses:?}: {event:?}");
        assert_eq!(client.deadline(), is_repeated.then_some(at(60)));
    }
}

#[test]
fn a_read_report_is_a_pdu_or_for_mms_1_0_a_message() {
    let mut client = client();
    let handle = client.report_read(&message(), ReadStatus::Read, "Read.", START).unwrap().unwrap();
    let Pdu::ReadRecInd(report) = next_pdu(&mut client, START) else { panic!() };
    assert_eq!(report.report.message_id, message().message_id);
    assert_eq!(next_event(&mut client, START), Event::Confirmed { handle, confirmation: None });

    let old = with(message(), |conf| conf.version = Version::V1_0);
    client.report_read(&old, ReadStatus::Read, "Read.", START).unwrap().unwrap();
    let Pdu::SendReq(report) = posted(&next_request(&mut client, START)) else { panic!() };
    assert_eq!(report.version, Version::V1_0);
    assert_eq!(report.message.to, [Address::phone("+447700900123")]);
    assert_eq!(report.message.body.unwrap().text().as_deref(), Some("Read."));

    let unasked = with(message(), |conf| conf.message.read_report = None);
    assert_eq!(client.report_read(&unasked, ReadStatus::Read, "Read.", START), Ok(None));
}

#[test]
fn reports_and_cancellations_are_events() {
    let mut client = client();
    client.receive(DeliveryInd::default(), START).unwrap();
    client.receive(ReadOrigInd::default(), START).unwrap();
    let mut cancel = CancelReq::default();
    cancel.transaction_id = Some("C1".into());
    cancel.cancel_id = Some("m1".into());
    client.receive(cancel.clone(), START).unwrap();
    assert_eq!(next_event(&mut client, START), Event::Delivered(Box::default()));
    assert_eq!(next_event(&mut client, START), Event::Read(Box::default()));
    assert_eq!(next_event(&mut client, START), Event::Cancelled(Box::new(cancel.clone())));
    assert_eq!(next_pdu(&mut client, START), cancel.conf(CancelStatus::Received).into());
    assert_eq!(client.deadline(), None);
}

#[test]
fn what_is_not_understood_is_answered() {
    // A PDU of an unknown type, one of MMS 2.0, and a notification from nowhere.
    for (octets, answer) in [
        (&b"\x8c\xa0\x98T1\0\x8d\x92"[..], &b"\x8c\x83\x98T1\0\x8d\x90\x95\x84"[..]),
        (b"\x8c\x82\x98T1\0\x8d\xa0", b"\x8c\x83\x98T1\0\x8d\x90\x95\x84"),
        (b"\x8c\x82\x98T1\0\x8d\x92\x83file:///etc/passwd\0", b"\x8c\x83\x98T1\0\x8d\x92\x95\x84\x91\x80"),
    ] {
        let mut client = client();
        let octets = Bytes::from_static(octets);
        assert!(client.receive_octets(&octets, START).is_err(), "{octets:02x?}");
        assert_eq!(next_request(&mut client, START).body.as_deref(), Some(answer), "{octets:02x?}");
    }
    let mut client = client();
    assert_eq!(client.receive(message(), START), Err(ReceiveError::Unexpected(mm1::MessageType::RETRIEVE_CONF)));
    assert!(matches!(client.receive_octets(&Bytes::from_static(b"\x8c"), START), Err(ReceiveError::Unreadable(_))));
    let long = Bytes::from(vec![0x8c; 32_001]);
    assert_eq!(client.receive_octets(&long, START), Err(ReceiveError::TooLong));
    assert_eq!(client.deadline(), None);
}

#[test]
fn what_is_kept_is_limited_and_what_has_ended_makes_room() {
    let mut client = client_with(|settings| settings.limits.transactions = 2);
    let at_location = |number: u32| {
        let mut notification = notification(&format!("T{number}"), Version::V1_2);
        notification.content_location = Some(format!("{LOCATION}{number}").into());
        notification
    };
    let first = notify(&mut client, at_location(1));
    notify(&mut client, at_location(2));
    assert_eq!(client.receive(at_location(3), START), Err(ReceiveError::Full));
    client.decide(first, Decision::Reject, START).unwrap();
    next_pdu(&mut client, START);
    notify(&mut client, at_location(3));
    // Requests, of which the notifications have none.
    client.request(send_req(), START).unwrap();
    client.request(send_req(), START).unwrap();
    assert_eq!(client.request(send_req(), START), Err(RequestError::Full));
    assert_eq!(client.receive(at_location(2), START), Err(ReceiveError::Full));
    assert_eq!(ClientLimits::DEFAULT, ClientLimits::default());
}

#[test]
fn an_answer_that_is_not_taken_is_reported() {
    let mut client = client();
    let handle = notify(&mut client, notification("T1", Version::V1_2));
    client.decide(handle, Decision::Reject, START).unwrap();
    let request = next_request(&mut client, START);
    client.respond(request.id, 403, &Bytes::new(), START);
    let unanswered = Event::Unanswered { handle: Some(handle), failure: Failure::Http(403) };
    assert_eq!(next_event(&mut client, START), unanswered);
}

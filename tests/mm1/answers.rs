//! A message on its way from phone to phone, with every PDU that the one before asks for.

use crate::support::messages;
use mms_codec::message::{
    Address, DeliveryReport, Interval, MmStatus, Originator, ReadStatus, ReplyCharging, SenderVisibility, Time,
};
use mms_codec::mm1::{
    self, Announcement, CancelReq, CancelStatus, Counted, DeleteReq, DeliveryInd, Extra, ForwardReq, MboxDeleteReq,
    MboxStoreReq, MboxUploadReq, MboxViewReq, NotificationInd, Pdu, ResponseStatus, RetrieveConf, StoreStatus, Version,
};
use mms_codec::{Bytes, EncodeErrorKind, Options};

use messages::{NEW_YEAR, phone, send_req, with};

/// The PDU after it went over the wire, where nothing may be wrong with it.
fn sent(pdu: impl Into<Pdu>) -> Pdu {
    let pdu = pdu.into();
    let octets = Bytes::from(mm1::encode(&pdu).unwrap());
    assert_eq!(mm1::decode_with(&octets, &Options::strict()).unwrap().value, pdu);
    pdu
}

fn announcement(version: Version) -> Announcement {
    Announcement {
        transaction_id: "N1".into(),
        version,
        content_location: "http://mmsc.example.net/m?id=1".into(),
        message_size: 594,
        expiry: Interval::from_seconds(60),
    }
}

#[test]
fn a_message_goes_its_way() {
    let alice = || Address::email("alice@example.com");
    let mut submission = send_req();
    submission.message.bcc = vec![Address::short_code("12345")];
    submission.message.reply_charging = Some(ReplyCharging::Requested);
    submission.version = Version::V1_3;
    submission.message.applic_id = Some("game".into());
    let mut conf = submission.conf(ResponseStatus::OK);
    conf.message_id = Some("m1".into());
    sent(conf.clone());
    assert_eq!((conf.transaction_id.as_deref(), conf.version), (Some("S-0001"), Version::V1_3));

    // The relay/server knows who the sender is.
    let mut message = submission.message.clone();
    message.from = Some(phone().into());
    let notification = NotificationInd::of(&message, announcement(Version::V1_3));
    sent(notification.clone());
    assert_eq!(notification.message.from, Some(phone().into()));
    assert_eq!(notification.message.expiry, Some(Time::Relative(Interval::from_seconds(60))));
    assert_eq!(notification.message.reply_charging, Some(ReplyCharging::Accepted));
    let resp = notification.resp(MmStatus::Deferred);
    sent(resp.clone());
    assert_eq!((resp.transaction_id.as_deref(), resp.version), (Some("N1"), Version::V1_3));

    let mut retrieved = RetrieveConf::of(&message, Version::V1_3, "m1", NEW_YEAR);
    assert_eq!((&retrieved.message.to, retrieved.message.bcc.len()), (&message.to, 0));
    assert_eq!(retrieved.message.body, message.body);
    assert!(retrieved.acknowledge().is_none());
    retrieved.transaction_id = Some("R1".into());
    sent(retrieved.clone());
    let acknowledgement = retrieved.acknowledge().unwrap();
    assert_eq!(acknowledgement.transaction_id.as_deref(), Some("R1"));
    sent(acknowledgement);

    let mut report = DeliveryReport::default();
    report.message_id = Some("m1".into());
    report.recipient = Some(alice());
    report.status = Some(MmStatus::Retrieved);
    report.date = Some(NEW_YEAR);
    let delivery = DeliveryInd::of(&message, Version::V1_2, report.clone());
    assert_eq!(delivery.report.applic_id, None, "MMS 1.2 has no application identifiers");
    let delivery = DeliveryInd::of(&message, Version::V1_3, report);
    assert_eq!(delivery.report.applic_id.as_deref(), Some("game"));
    assert_eq!((&delivery.report.recipient, &delivery.report.originator), (&Some(alice()), &Some(phone())));
    // Who sent the message is who the report is pushed to: MM1 does not tell.
    let mut delivery = delivery;
    delivery.report.originator = None;
    sent(delivery);
    let read = retrieved.read_rec(ReadStatus::Read);
    sent(read.clone());
    let read = read.orig(Version::V1_2, alice(), NEW_YEAR);
    sent(read.clone());
    assert_eq!((read.report.originator, read.report.recipient), (Some(phone()), Some(alice().into())));
}

#[test]
fn a_sender_who_hides_or_is_not_known_is_not_told() {
    let mut message = send_req().message;
    assert_eq!(message.from, Some(Originator::InsertAddress));
    assert_eq!(NotificationInd::of(&message, announcement(Version::V1_2)).message.from, None);
    message.from = Some(phone().into());
    message.sender_visibility = Some(SenderVisibility::Hide);
    let retrieved = RetrieveConf::of(&message, Version::V1_2, "m1", NEW_YEAR);
    assert_eq!(retrieved.message.from, None);
    sent(retrieved);
}

#[test]
fn every_confirmation_carries_transaction_and_version_over() {
    macro_rules! confirmed {
        ($($request:ty: $since:ident, $status:expr;)+) => {$({
            // One that says it is older than it can be is answered in the first version that has the answer.
            for (version, answered) in [(Version::V1_0, Version::$since), (Version::V1_3, Version::V1_3)] {
                let request = with(|request: &mut $request| {
                    request.transaction_id = Some("T9".into());
                    request.version = version;
                });
                let conf = sent(request.conf($status));
                assert_eq!((conf.transaction_id().as_deref(), conf.version()), (Some("T9"), Some(answered)));
            }
        })+};
    }
    confirmed! {
        ForwardReq: V1_1, ResponseStatus::ERROR_PERMANENT_SERVICE_DENIED;
        MboxStoreReq: V1_2, StoreStatus::SUCCESS;
        MboxViewReq: V1_2, ResponseStatus::OK;
        MboxUploadReq: V1_2, StoreStatus::ERROR_PERMANENT_MMBOX_FULL;
        MboxDeleteReq: V1_2, ResponseStatus::OK;
        DeleteReq: V1_3, ResponseStatus::ERROR_PERMANENT_MESSAGE_NOT_FOUND;
        CancelReq: V1_3, CancelStatus::Corrupted;
    }
}

/// 6.10 and 6.12: a status for all, and the messages that it concerns, unless all went well.
#[test]
fn a_failed_deletion_names_its_messages() {
    let mut delete = with(|request: &mut MboxDeleteReq| request.transaction_id = Some("T9".into()));
    delete.content_locations = vec!["http://m.example/1".into(), "http://m.example/2".into()];
    let not_found = ResponseStatus::ERROR_PERMANENT_MESSAGE_NOT_FOUND;
    for (status, locations) in [(ResponseStatus::OK, &[][..]), (not_found, &delete.content_locations)] {
        let conf = delete.conf(status);
        assert_eq!(conf.response_statuses, [Counted::new(0, status)]);
        let named: Vec<_> = conf.content_locations.iter().map(|location| location.value.clone()).collect();
        assert_eq!(named, locations);
        assert!(conf.content_locations.iter().all(|location| location.status_count == Some(0)));
        sent(conf);
    }
}

#[test]
fn an_answer_speaks_the_version_of_its_request_or_an_older_one_that_the_caller_names() {
    let mut request = send_req();
    request.version = Version::V1_0;
    let conf = request.conf(ResponseStatus::ERROR_PERMANENT_SERVICE_DENIED);
    assert_eq!((conf.version, conf.response_status), (Version::V1_0, Some(ResponseStatus::ERROR_SERVICE_DENIED)));
    sent(conf);
    // A minor version that nobody knows yet.
    request.version = Version::new(1, 9);
    let mut conf = request.conf(ResponseStatus::ERROR_PERMANENT_LACK_OF_PREPAID);
    assert_eq!(conf.version, Version::V1_3);
    sent(conf.clone());
    let changes: Vec<_> = conf.fit_to(Version::V1_1).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(changes, ["X-Mms-Response-Status changed"]);
    assert_eq!(conf.response_status, Some(ResponseStatus::ERROR_PERMANENT_SERVICE_DENIED));
    sent(conf);
}

#[test]
fn what_is_not_understood_is_answered_in_mms_1_0() {
    for octets in [&b"\x8c\xa0\x98T1\0\x8d\x92"[..], b"\x8c\x80\x98T1\0\x8d\xa0"] {
        let pdu = mm1::decode(&Bytes::copy_from_slice(octets)).unwrap().value;
        let conf = sent(pdu.unsupported().unwrap());
        assert_eq!((conf.transaction_id().as_deref(), conf.version()), (Some("T1"), Some(Version::V1_0)));
        sent(pdu.unrecognised().unwrap());
    }
    assert_eq!(Pdu::from(send_req()).unsupported(), None);
    // Without a transaction there is nothing that the answer could belong to.
    for octets in [&b"\x8c\xa0\x8d\x92"[..], b"\x8c\x80\x98\0\x8d\xa0"] {
        let pdu = mm1::decode(&Bytes::copy_from_slice(octets)).unwrap().value;
        assert_eq!((pdu.unsupported(), pdu.unrecognised()), (None, None));
    }
}

/// A request that cannot be read, and the type of its answer, which has its identifier and its version.
#[test]
fn what_cannot_be_read_is_answered() {
    let requests = [0x80, 0x82, 0x89, 0x8b, 0x8d, 0x8f, 0x91, 0x94, 0x96];
    let answers = [0x81, 0x83, 0x8a, 0x8c, 0x8e, 0x90, 0x92, 0x95, 0x97];
    for (request, answer) in requests.into_iter().zip(answers) {
        // With a second identifier, and a field that is cut.
        let octets = [b"\x8c", &[request][..], b"\x98T1\0\x98T2\0\x8d\x93\x8b"].concat();
        let error = mm1::decode_with(&Bytes::copy_from_slice(&octets), &Options::strict()).unwrap_err();
        let pdu = mm1::answer_for(&error, &octets).unwrap();
        assert_eq!(pdu.message_type().octet(), answer);
        assert_eq!((pdu.transaction_id().as_deref(), pdu.version()), (Some("T1"), Some(Version::V1_3)), "{pdu:?}");
    }
    let octets = b"\x8c\x86\x8d\x93";
    let error = mm1::decode_with(&Bytes::from_static(octets), &Options::strict()).unwrap_err();
    assert_eq!(mm1::answer_for(&error, octets), None, "nobody answers a report");
}

#[cfg(feature = "http")]
#[test]
fn a_client_is_answered_over_http() {
    let conf = send_req().conf(ResponseStatus::ERROR_PERMANENT_SERVICE_DENIED);
    let response = mm1::http_response(Some(&conf)).unwrap();
    assert_eq!(response.status().as_u16(), 200);
    assert_eq!(response.headers()["content-type"], "application/vnd.wap.mms-message");
    assert_eq!(mm1::decode(response.body()).unwrap().value, conf.into());
    let response = mm1::http_response(None::<&Pdu>).unwrap();
    assert_eq!((response.status().as_u16(), response.body().len()), (204, 0));
}

#[test]
fn a_read_report_is_passed_on_with_what_nobody_knows() {
    let octets = [
        &b"\x8c\x87\x98T1\0\x8d\x93\x8bm1\0\x97a@b.example\0\x89\x01\x81\x9b\x80"[..],
        b"\xc5\x81X-Vendor\0foo\0a b\0c\0",
    ];
    let pdu = mm1::decode(&Bytes::from(octets.concat())).unwrap().value;
    let Pdu::ReadRecInd(read) = pdu else { panic!("{pdu:?}") };
    let orig = read.orig(Version::V1_1, phone(), NEW_YEAR);
    assert_eq!(orig.version, Version::V1_1);
    let unknown = mm1::FieldCode::from_wire(0xc5).unwrap();
    assert_eq!(
        orig.extra,
        [
            Extra::Coded { code: unknown, value: Bytes::from_static(&[0x81]) },
            Extra::Named { name: "X-Vendor".into(), value: "foo".into() },
        ]
    );
    sent(orig);
}

#[test]
fn an_empty_transaction_identifier_is_not_written() {
    let mut req = send_req();
    req.transaction_id = Some("".into());
    let error = mm1::encode(&req).unwrap_err();
    assert_eq!((error.kind, error.field), (EncodeErrorKind::MissingField, Some("X-Mms-Transaction-ID")));
}

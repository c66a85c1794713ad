//! The vectors in `vectors/mm1.txt`: what each PDU says, read by hand from the grammar, and what becomes of
//! it when one thing is changed.

use crate::support::{messages, vectors};
use alloc::collections::BTreeSet;

use mms_codec::message::{
    Address, Charset, Content, ContentClass, ContentDisposition, ContentType, Header, MessageClass, MmStatus,
    Originator, Parameter, Part, ReadStatus, Text, Time,
};
use mms_codec::mm1::{
    self, AcknowledgeInd, CancelConf, CancelReq, CancelStatus, Counted, DeleteConf, DeleteReq, DeliveryInd,
    ElementDescriptor, Extra, FieldCode, ForwardConf, ForwardReq, MboxDeleteConf, MboxDeleteReq, MboxDescr, MboxSize,
    MboxStoreConf, MboxStoreReq, MboxUploadConf, MboxUploadReq, MboxViewConf, MboxViewReq, MessageType, MmFlag,
    MmFlagOperation, MmState, NotificationInd, NotifyRespInd, Pdu, ReadOrigInd, ReadRecInd, ResponseStatus,
    RetrieveConf, SendConf, SendReq, StoreStatus, UnknownPdu, Version,
};
use mms_codec::{Bytes, DecodeErrorKind, DeviationKind, EncodeErrorKind, Options};

use messages::{Forgiven, NEW_YEAR, Strict, check, notification, parts, phone, relative, send_req, with};
use vectors::{all, octets, vector};

/// The smallest PDU of each type. Every one of these vectors is written as the encoder writes it:
/// fields in the order of the specification's table, each value in its shortest form.
fn minimal_pdus() -> Vec<(&'static str, Pdu)> {
    let location = |path: &str| Some(format!("http://m.example/{path}").into());
    let t1 = || Some("T1".into());
    let m1 = || Some("m1@mmsc.example.net".into());
    let hi = || Some(Part::new(ContentType::new("text/plain"), "hi"));
    let descrs = |hex| {
        let descr = Part::new(ContentType::new("application/vnd.wap.mms-message"), octets(hex));
        Some(Part::multipart(ContentType::new("application/vnd.wap.multipart.mixed"), vec![descr]))
    };
    vec![
        (
            "min-m-send-req",
            with(|pdu: &mut SendReq| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.message.from = Some(Originator::InsertAddress);
                pdu.message.to = vec![phone()];
                pdu.message.body = hi();
            })
            .into(),
        ),
        (
            "min-m-send-conf",
            with(|pdu: &mut SendConf| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.response_status = Some(ResponseStatus::OK);
                pdu.message_id = m1();
            })
            .into(),
        ),
        (
            "min-m-notification-ind",
            with(|pdu: &mut NotificationInd| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.message.class = Some(MessageClass::Personal);
                pdu.message_size = Some(27_999);
                pdu.message.expiry = relative(172_800);
                pdu.content_location = location("1");
            })
            .into(),
        ),
        (
            "min-m-notifyresp-ind",
            with(|pdu: &mut NotifyRespInd| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.status = Some(MmStatus::Deferred);
                pdu.report_allowed = Some(true);
            })
            .into(),
        ),
        (
            "min-m-retrieve-conf",
            with(|pdu: &mut RetrieveConf| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.message_id = m1();
                pdu.message.date = Some(NEW_YEAR);
                pdu.message.from = Some(phone().into());
                pdu.message.body = hi();
            })
            .into(),
        ),
        (
            "min-m-acknowledge-ind",
            with(|pdu: &mut AcknowledgeInd| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.report_allowed = Some(false);
            })
            .into(),
        ),
        (
            "min-m-delivery-ind",
            with(|pdu: &mut DeliveryInd| {
                pdu.version = Version::V1_2;
                pdu.report.message_id = m1();
                pdu.report.recipient = Some(phone());
                pdu.report.date = Some(NEW_YEAR);
                pdu.report.status = Some(MmStatus::Retrieved);
            })
            .into(),
        ),
        (
            "min-m-read-rec-ind",
            with(|pdu: &mut ReadRecInd| {
                pdu.version = Version::V1_2;
                pdu.report.message_id = m1();
                pdu.report.originator = Some(phone());
                pdu.report.recipient = Some(Originator::InsertAddress);
                pdu.report.date = Some(NEW_YEAR);
                pdu.report.status = Some(ReadStatus::Read);
            })
            .into(),
        ),
        (
            "min-m-read-orig-ind",
            with(|pdu: &mut ReadOrigInd| {
                pdu.version = Version::V1_2;
                pdu.report.message_id = m1();
                pdu.report.originator = Some(phone());
                pdu.report.recipient = Some(Address::email("bob@example.org").into());
                pdu.report.date = Some(NEW_YEAR);
                pdu.report.status = Some(ReadStatus::Deleted);
            })
            .into(),
        ),
        (
            "min-m-forward-req",
            with(|pdu: &mut ForwardReq| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.message.from = Some(Originator::InsertAddress);
                pdu.message.to = vec![phone()];
                pdu.content_location = location("1");
            })
            .into(),
        ),
        (
            "min-m-forward-conf",
            with(|pdu: &mut ForwardConf| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.response_status = Some(ResponseStatus::OK);
                pdu.message_id = Some("m2@mmsc.example.net".into());
            })
            .into(),
        ),
        (
            "min-m-mbox-store-req",
            with(|pdu: &mut MboxStoreReq| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.content_location = location("1");
                pdu.mm_state = Some(MmState::New);
                pdu.mm_flags = vec![MmFlag::new(MmFlagOperation::Add, "holiday")];
            })
            .into(),
        ),
        (
            "min-m-mbox-store-conf",
            with(|pdu: &mut MboxStoreConf| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.content_location = location("box/1");
                pdu.store_status = Some(StoreStatus::SUCCESS);
            })
            .into(),
        ),
        (
            "min-m-mbox-view-req",
            with(|pdu: &mut MboxViewReq| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.mm_states = vec![MmState::New];
                pdu.start = Some(0);
                pdu.limit = Some(10);
                pdu.attributes = vec![FieldCode::FROM, FieldCode::SUBJECT, FieldCode::MESSAGE_SIZE];
                pdu.totals = Some(true);
                pdu.quotas = Some(true);
            })
            .into(),
        ),
        (
            "min-m-mbox-view-conf",
            with(|pdu: &mut MboxViewConf| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.response_status = Some(ResponseStatus::OK);
                pdu.mbox_totals = vec![MboxSize::Messages(5)];
                pdu.mbox_quotas = vec![MboxSize::Messages(50), MboxSize::Octets(1_000_000)];
                pdu.message_count = Some(1);
                pdu.body = descrs(
                    "8C93 83687474703A2F2F6D2E6578616D706C652F626F782F3100 \
                     8B6D31406D6D73632E6578616D706C652E6E657400 A382 9648656C6C6F00",
                );
            })
            .into(),
        ),
        (
            "min-m-mbox-upload-req",
            with(|pdu: &mut MboxUploadReq| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.mm_state = Some(MmState::Draft);
                pdu.body = descrs("8C93 A380 84836869");
            })
            .into(),
        ),
        (
            "min-m-mbox-upload-conf",
            with(|pdu: &mut MboxUploadConf| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.content_location = location("box/2");
                pdu.store_status = Some(StoreStatus::SUCCESS);
            })
            .into(),
        ),
        (
            "min-m-mbox-delete-req",
            with(|pdu: &mut MboxDeleteReq| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.content_locations = ["box/1", "box/2"].into_iter().filter_map(location).collect();
            })
            .into(),
        ),
        (
            "min-m-mbox-delete-conf",
            with(|pdu: &mut MboxDeleteConf| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_2;
                pdu.content_locations = vec![Counted::new(0, location("box/2").unwrap())];
                pdu.response_statuses = vec![Counted::new(0, ResponseStatus::ERROR_PERMANENT_MESSAGE_NOT_FOUND)];
                pdu.response_texts = vec![Counted::new(0, "not found".into())];
            })
            .into(),
        ),
        ("min-m-mbox-descr", shown_descr().into()),
        (
            "min-m-delete-req",
            with(|pdu: &mut DeleteReq| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_3;
                pdu.content_locations = location("1").into_iter().collect();
            })
            .into(),
        ),
        (
            "min-m-delete-conf",
            with(|pdu: &mut DeleteConf| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_3;
                pdu.response_statuses = vec![Counted::new(0, ResponseStatus::OK)];
            })
            .into(),
        ),
        (
            "min-m-cancel-req",
            with(|pdu: &mut CancelReq| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_3;
                pdu.cancel_id = m1();
            })
            .into(),
        ),
        (
            "min-m-cancel-conf",
            with(|pdu: &mut CancelConf| {
                pdu.transaction_id = t1();
                pdu.version = Version::V1_3;
                pdu.cancel_status = Some(CancelStatus::Received);
            })
            .into(),
        ),
    ]
}

fn shown_descr() -> MboxDescr {
    with(|pdu: &mut MboxDescr| {
        pdu.content_location = Some("http://m.example/box/1".into());
        pdu.message_id = Some("m1@mmsc.example.net".into());
        pdu.mm_state = Some(MmState::New);
        pdu.message.subject = Some("Hello".into());
    })
}

#[test]
fn every_type_of_pdu_is_read_and_written() {
    let pdus = minimal_pdus();
    let types: Vec<_> = pdus.iter().map(|(_, pdu)| pdu.message_type()).collect();
    let missing: Vec<_> = MessageType::ALL.iter().filter(|known| !types.contains(known)).collect();
    assert!(missing.is_empty(), "add the smallest {missing:?} to minimal_pdus() and to tests/vectors/mm1.txt");
    for (name, pdu) in pdus {
        let octets = vector(name);
        check(name, &octets, &pdu, &[], Strict::Accepts);
        assert_eq!(mm1::encode(&pdu).as_deref(), Ok(&octets[..]), "{name}");
        assert_eq!(mm1::encoded_len(&pdu), Ok(octets.len()), "{name}");
        assert_eq!(pdu.message_type().name(), name.strip_prefix("min-"), "{name}");
    }
}

#[test]
fn every_field_is_in_a_vector() {
    let decoded = all().filter_map(|(_, octets)| Some(mm1::decode(&octets).ok()?.value));
    let shown: BTreeSet<_> = decoded.flat_map(|pdu| pdu.fields()).map(|field| field.name.to_string()).collect();
    let missing: BTreeSet<_> = Pdu::forms().map(|form| form.name).filter(|name| !shown.contains(*name)).collect();
    assert!(
        missing.is_empty(),
        "add {missing:?} to one of the full- vectors in tests/vectors/mm1.txt, and to FULL here"
    );
}

/// What the vectors with all fields say, but for the fields of the smallest ones.
#[rustfmt::skip]
const FULL: [(&str, &[(&str, &str)]); 5] = [
    ("full-m-send-req", &[
        ("Date", "2024-01-01T00:00:00Z"), ("From", "insert-address-token"), ("Cc", "alice@example.com"),
        ("Bcc", "bob@example.org"), ("Subject", "Hi"), ("X-Mms-Message-Class", "Personal"),
        ("X-Mms-Expiry", "PT3600S"), ("X-Mms-Delivery-Time", "PT3600S"), ("X-Mms-Priority", "High"),
        ("X-Mms-Sender-Visibility", "Hide"), ("X-Mms-Delivery-Report", "Yes"), ("X-Mms-Read-Report", "No"),
        ("X-Mms-Store", "Yes"), ("X-Mms-MM-State", "Draft"), ("X-Mms-MM-Flags", "Add kw"),
        ("X-Mms-Reply-Charging", "Requested"), ("X-Mms-Reply-Charging-Deadline", "PT3600S"),
        ("X-Mms-Reply-Charging-Size", "1024"), ("X-Mms-Reply-Charging-ID", "m0@mmsc.example.net"),
        ("X-Mms-Applic-ID", "x.app"), ("X-Mms-Reply-Applic-ID", "x.reply"), ("X-Mms-Aux-Applic-Info", "aux"),
        ("X-Mms-Content-Class", "image-basic"), ("X-Mms-DRM-Content", "No"), ("X-Mms-Adaptation-Allowed", "Yes"),
    ]),
    ("full-m-send-conf", &[
        ("X-Mms-Response-Status", "Ok"), ("X-Mms-Response-Text", "done"), ("Message-ID", "m1@mmsc.example.net"),
        ("X-Mms-Content-Location", "http://m.example/1"), ("X-Mms-Store-Status", "Success"),
        ("X-Mms-Store-Status-Text", "kept"),
    ]),
    ("full-m-notification-ind", &[
        ("X-Mms-Message-Size", "1024"), ("X-Mms-Stored", "Yes"), ("X-Mms-Reply-Charging", "Accepted"),
        ("X-Mms-Distribution-Indicator", "Yes"), ("X-Mms-Recommended-Retrieval-Mode", "Manual"),
        ("X-Mms-Recommended-Retrieval-Mode-Text", "large"), ("X-Mms-Replace-ID", "m0@mmsc.example.net"),
    ]),
    ("full-m-retrieve-conf", &[
        ("X-Mms-Previously-Sent-By", "1, alice@example.com"), ("X-Mms-Previously-Sent-Date", "1, 2024-01-01T00:00:00Z"),
        ("X-Mms-MM-State", "Sent"), ("X-Mms-Retrieve-Status", "Ok"), ("X-Mms-Retrieve-Text", "fine"),
        ("X-Mms-Distribution-Indicator", "Yes"), ("X-Mms-Replace-ID", "m0@mmsc.example.net"),
    ]),
    ("full-m-delivery-ind", &[
        ("X-Mms-Status", "Retrieved"), ("X-Mms-Status-Text", "shown"), ("X-Mms-Applic-ID", "x.app"),
    ]),
];

#[test]
fn pdus_with_all_fields_are_read_and_written() {
    for (name, expected) in FULL {
        let octets = vector(name);
        let pdu = mm1::decode_with(&octets, &Options::strict()).unwrap_or_else(|error| panic!("{name}: {error}")).value;
        let shown: Vec<_> = pdu
            .fields()
            .iter()
            .flat_map(|field| {
                let name = field.name.to_string();
                field.values.iter().map(move |value| (name.clone(), value.to_string())).collect::<Vec<_>>()
            })
            .collect();
        for (field, value) in expected {
            assert!(
                shown.contains(&(field.to_string(), value.to_string())),
                "{name}: {field} is not {value} in {shown:?}"
            );
        }
        assert_eq!(mm1::encode(&pdu).as_deref(), Ok(&octets[..]), "{name}");
    }
}

#[test]
fn the_messages_in_a_listing_and_an_upload_are_read() {
    let listing = mm1::decode(&vector("min-m-mbox-view-conf")).unwrap().value;
    let Pdu::MboxViewConf(listing) = listing else { panic!("{listing:?}") };
    let shown: Vec<_> = listing.descrs(&Options::strict()).map(|descr| descr.unwrap().value).collect();
    assert_eq!(shown, [shown_descr()]);

    let upload = mm1::decode(&vector("min-m-mbox-upload-req")).unwrap().value;
    let Pdu::MboxUploadReq(mut upload) = upload else { panic!("{upload:?}") };
    let hi = || Part::new(ContentType::new("text/plain"), "hi");
    let draft = with(|descr: &mut MboxDescr| {
        descr.mm_state = Some(MmState::Draft);
        descr.message.body = Some(hi());
    });
    let uploaded = |upload: &MboxUploadReq| -> Vec<_> {
        upload.descrs(&Options::strict()).map(|descr| descr.unwrap().value).collect()
    };
    assert_eq!(uploaded(&upload), core::slice::from_ref(&draft));

    // The other two ways to wrap it: the PDU itself, and the message itself.
    upload.body = upload.body.unwrap().parts().first().cloned();
    assert_eq!(uploaded(&upload), [draft]);
    let message = Part::multipart(ContentType::new("application/vnd.wap.multipart.mixed"), vec![hi()]);
    upload.body = Some(message.clone());
    assert_eq!(uploaded(&upload), [with(|descr: &mut MboxDescr| descr.message.body = Some(message))]);

    let other = Part::new(ContentType::new("application/vnd.wap.mms-message"), vector("min-m-cancel-conf"));
    upload.body = Some(other);
    let error = upload.descrs(&Options::lenient()).next().unwrap().unwrap_err();
    assert_eq!((error.kind, error.offset), (DecodeErrorKind::UnexpectedOctet(0x97), 1));

    // A part that is no PDU is reported, and takes no other with it.
    let mut listing = listing;
    let Some(Part { content: Content::Parts(parts), .. }) = &mut listing.body else { panic!("{listing:?}") };
    parts.insert(0, hi());
    let shown: Vec<_> = listing.descrs(&Options::lenient()).collect();
    let [Err(error), Ok(descr)] = &shown[..] else { panic!("{shown:?}") };
    assert_eq!((error.kind, error.field), (DecodeErrorKind::NotAMessage, Some("Content-Type")));
    assert_eq!(descr.value, shown_descr());
    // Octets that are not a PDU, and a PDU without octets, are not an empty list.
    for (body, count) in [
        (Part::new(ContentType::new("*/*"), ""), 0),
        (hi(), 1),
        (Part::new(ContentType::new(ContentType::MMS_MESSAGE), ""), 1),
    ] {
        listing.body = Some(body);
        let shown: Vec<_> = listing.descrs(&Options::lenient()).collect();
        assert!(shown.len() == count && shown.iter().all(Result::is_err), "{shown:?}");
    }
}

#[test]
fn the_worked_examples_are_read_and_written() {
    let mut long = notification();
    long.content_location = Some("http://mmsc.example.net/servlets/mms?message-id=20240101120000-7Qx2-0001".into());
    let examples: [(&str, Pdu); 3] = [
        ("notification-full", notification().into()),
        ("notification-full-long-uri", long.into()),
        ("send-req-related", send_req().into()),
    ];
    for (name, pdu) in examples {
        check(name, &vector(name), &pdu, &[], Strict::Accepts);
        assert_eq!(mm1::encode(&pdu).as_deref(), Ok(&vector(name)[..]), "{name}");
    }
}

#[test]
fn what_an_android_phone_sends_is_read() {
    let name = "send-req-android-composer";
    let text = |pdu: &Pdu| pdu.body().unwrap().parts()[1].clone();
    let decoded = mm1::decode(&vector(name)).unwrap();
    let Pdu::SendReq(pdu) = &decoded.value else { panic!("{:?}", decoded.value) };
    assert_eq!(pdu.transaction_id.as_deref(), Some("T18c"));
    assert_eq!(pdu.message.to, [phone(), Address::email("alice@example.com")]);
    assert_eq!(pdu.message.subject, Some(Text::from("Été")));
    assert_eq!((pdu.message.delivery_report, pdu.message.read_report), (Some(false), Some(false)));
    let sizes: Vec<_> = decoded.value.body().unwrap().leaves().map(|part| part.octets().unwrap().len()).collect();
    assert_eq!(sizes, [7, 127, 128]);
    assert_eq!(text(&decoded.value).name().as_deref(), Some("text_0.txt"));
    assert_eq!(decoded.value.body().unwrap().root().unwrap().content_id.as_deref(), Some("<smil>"));

    // The second part's DataLen of 127 is `80 7F`.
    check(name, &vector(name), &decoded.value, &[(DeviationKind::NonMinimalInteger, 179, BODY)], Strict::Refuses);
    // Not the same octets again: addresses that are ASCII go without a charset, and a uintvar is
    // as short as it can be.
    let encoded = mm1::encode(&decoded.value).unwrap();
    assert_eq!(encoded.len(), vector(name).len() - 2 * 2 - 1);
    check(name, &encoded.into(), &decoded.value, &[], Strict::Accepts);
}

const BODY: Option<&str> = Some("Content-Type");
const SUBJECT: Option<&str> = Some("Subject");
const FROM: Option<&str> = Some("From");
const SIZE: Option<&str> = Some("X-Mms-Message-Size");
const EXPIRY: Option<&str> = Some("X-Mms-Expiry");

/// One change to a vector: what lenient decoding reads, what it forgives, what strict decoding says.
struct Variant {
    name: &'static str,
    value: Pdu,
    deviations: Vec<Forgiven>,
    strict: Strict,
}

fn variant(
    name: &'static str,
    value: impl Into<Pdu>,
    deviations: impl IntoIterator<Item = Forgiven>,
    strict: Strict,
) -> Variant {
    Variant { name, value: value.into(), deviations: deviations.into_iter().collect(), strict }
}

fn coded(code: FieldCode, value: &'static [u8]) -> Extra {
    Extra::Coded { code, value: Bytes::from_static(value) }
}

/// What other decoders were measured with: a message with one change in each.
#[rustfmt::skip]
fn variants() -> Vec<Variant> {
    use DeviationKind as Kind;
    use Strict::{Accepts, Fails, Refuses};

    let send = |change: &dyn Fn(&mut SendReq)| { let mut pdu = send_req(); change(&mut pdu); pdu };
    let content_type = |index: usize, content_type: ContentType| {
        send(&move |pdu| parts(pdu)[index].content_type = content_type.clone())
    };
    let notify = |change: &dyn Fn(&mut NotificationInd)| { let mut pdu = notification(); change(&mut pdu); pdu };
    let subject = |text: Text| notify(&move |pdu| pdu.message.subject = Some(text.clone()));
    let extra = |extra: Extra| notify(&move |pdu| pdu.extra.push(extra.clone()));

    vec![
        // The content type begins at 88; the value of `start` at 91.
        variant("+var-01-start-as-quoted-string-0x22", send_req(), [], Accepts),
        variant("+var-02-start-param-0x19-plain", send_req(), [(Kind::NewerEncoding, 90, BODY)], Refuses),
        variant("+var-03-start-param-0x19-quoted", send_req(), [(Kind::NewerEncoding, 90, BODY)], Refuses),
        variant("+var-04-untyped-params-start-type", send_req(), [], Accepts),
        variant("+var-05-whole-content-type-as-text-with-params", send_req(), [(Kind::TextualParameters, 88, BODY)], Refuses),
        variant("+var-06-content-type-short-form-b3", send(&|pdu| pdu.message.body.as_mut().unwrap().content_type.parameters.clear()), [], Accepts),
        variant("+var-07-value-length-via-1f-for-27", send_req(), [], Accepts),
        // nEntries is at 116.
        variant("+var-08-nentries-0", send_req(), [(Kind::WrongPartCount, 116, BODY)], Refuses),
        variant("+var-09-nentries-9-too-big", send_req(), [(Kind::WrongPartCount, 116, BODY)], Refuses),
        variant("+var-10-nentries-1-too-small", send_req(), [(Kind::WrongPartCount, 116, BODY)], Refuses),
        // The second part begins at 461, the third at 509; its content type is at 511.
        variant("+var-11-datalen-non-minimal-80-0d", send_req(), [(Kind::NonMinimalInteger, 462, BODY)], Refuses),
        variant("+var-12-last-datalen-overruns-0x2b-0x7b", send_req(), [(Kind::Truncated, 511, BODY)], Refuses),
        variant("+var-13-last-part-truncated-by-5",
            send(&|pdu| { let gif = &mut parts(pdu)[2]; gif.content = Content::Octets(gif.octets().unwrap().slice(..38)); }),
            [(Kind::Truncated, 511, BODY)], Refuses),
        variant("+var-14-trailing-3-nuls-after-body", send_req(), [(Kind::TrailingOctets, 594, BODY)], Refuses),
        variant("+var-15-content-id-without-0x22", send_req(), [(Kind::QuotationMarks, 151, Some("Content-ID"))], Refuses),
        variant("+var-16-content-disposition-0x45", send_req(), [(Kind::NewerEncoding, 539, Some("Content-Disposition"))], Refuses),
        variant("+var-17-content-disposition-inline-token",
            send(&|pdu| parts(pdu)[2].disposition.as_mut().unwrap().kind = "inline".into()), [], Accepts),
        // The vector also has a header length that is one too long: it has the first octet of the picture.
        variant("+var-18-content-disposition-without-value-length",
            send(&|pdu| parts(pdu)[2].disposition = Some(Box::new(ContentDisposition::new("attachment")))),
            [(Kind::WrongHeaderLength, 511, BODY), (Kind::MissingValueLength, 540, Some("Content-Disposition"))],
            Fails(DecodeErrorKind::Deviation(Kind::Truncated), 511, BODY)),
        variant("+var-19-part-text-header-cte-before-content-id",
            send(&|pdu| parts(pdu)[1].headers.push(Header::Text { name: "Content-Transfer-Encoding".into(), value: "binary".into() })),
            [], Accepts),
        // 0x37 is Profile-Warning, whose value is a number or a composite.
        variant("+var-20-unknown-part-header-0x37",
            send(&|pdu| parts(pdu)[1].headers.push(Header::Text { name: "Profile-Warning".into(), value: "foo".into() })),
            [(Kind::InvalidValue, 478, Some("Profile-Warning"))], Fails(DecodeErrorKind::UnexpectedOctet(b'f'), 478, Some("Profile-Warning"))),
        variant("+var-21-charset-ucs-2-long-int-in-part-ct-02-03-e8",
            content_type(1, ContentType::new("text/plain").with("charset", "iso-10646-ucs-2").with("name", "text.txt")), [], Accepts),
        variant("+var-22-body-not-multipart-send-req",
            send(&|pdu| pdu.message.body = Some(Part::new(ContentType::new("text/plain"), "hi"))), [], Accepts),
        variant("+var-23-body-not-multipart-retrieve-conf",
            minimal_pdus().into_iter().find(|(name, _)| *name == "min-m-retrieve-conf").unwrap().1, [], Accepts),
        // Codes above 0x36 are newer than WSP encoding version 1.3, to which MMS is bound.
        variant("+var-24-part-type-code-d5-short-form", content_type(2, ContentType::new("text/x-vMessage")),
            [(Kind::NewerEncoding, 511, BODY)], Refuses),
        variant("+var-25-part-type-code-0x0314-general-form",
            content_type(2, ContentType::new("application/oma-directory+xml").with("name", "dot.gif")),
            [(Kind::NewerEncoding, 512, BODY)], Refuses),

        // The value of the subject is at 41. The row without a change is the base vector itself.
        variant("notification-full", notification(), [], Accepts),
        variant("+var-30-subject-utf-8-without-quote", notification(), [(Kind::MissingQuote, 43, SUBJECT)], Refuses),
        variant("+var-36-subject-iso-8859-1-84-quote", subject(Text::with_charset("Été", Charset::ISO_8859_1)), [], Accepts),
        variant("+var-37-subject-big5-02-07-ea", subject(Text::with_charset("中文", Charset::BIG5)), [], Accepts),
        variant("+var-31-subject-ucs-2-charset-02-03-e8-00-00-end", subject(Text::with_charset("Été", Charset::ISO_10646_UCS_2)), [], Accepts),
        variant("+var-32-subject-plain-text-string-utf-8-with-quote", notification(), [(Kind::UnlabelledText, 41, SUBJECT)], Refuses),
        variant("+var-33-subject-plain-text-string-utf-8-without-quote", notification(),
            [(Kind::MissingQuote, 41, SUBJECT), (Kind::UnlabelledText, 41, SUBJECT)], Refuses),
        variant("+var-35-subject-quote-ascii", subject(Text::from("Hello")), [(Kind::NeedlessQuote, 41, SUBJECT)], Refuses),
        variant("+var-34-subject-empty-96-00", subject(Text::default()), [], Accepts),
        variant("+var-38-subject-charset-value-length-too-long-by-2", notification(), [(Kind::ValueLengthTooLong, 50, SUBJECT)], Refuses),
        // Strictly, a text without its NUL inside the value-length ends early.
        variant("+var-39-subject-charset-value-length-too-short-by-1-nul-outside", notification(),
            [(Kind::ValueLengthTooShort, 44, SUBJECT)], Fails(DecodeErrorKind::UnexpectedEnd, 49, SUBJECT)),

        // The value of From is at 14.
        variant("+var-40-from-zero-length-89-00", notify(&|pdu| pdu.message.from = None),
            [(Kind::EmptyValue, 14, FROM)], Fails(DecodeErrorKind::UnexpectedEnd, 15, FROM)),
        variant("+var-41-from-plain-text-no-length-token", notification(),
            [(Kind::MissingValueLength, 14, FROM), (Kind::MissingToken, 14, FROM)], Refuses),
        variant("+var-43-from-unknown-token-0x85",
            notify(&|pdu| { pdu.message.from = None; pdu.extra.push(coded(FieldCode::FROM, b"\x19\x85+447700900123/TYPE=PLMN\0")); }),
            [(Kind::UnknownToken, 15, FROM)], Fails(DecodeErrorKind::UnexpectedOctet(0x85), 15, FROM)),
        variant("+var-42-from-charset-form", notification(), [], Accepts),
        variant("+var-44-from-missing", notify(&|pdu| pdu.message.from = None), [], Accepts),

        // Fields that are put in stand at 50.
        variant("+var-45-unknown-header-0xc5-octet", extra(coded(unknown_field(), &[0x81])), [], Accepts),
        variant("+var-46-unknown-header-0xc5-text", extra(coded(unknown_field(), b"hello\0")), [], Accepts),
        variant("+var-47-unknown-header-0xc5-len-3", extra(coded(unknown_field(), &[3, 1, 2, 3])), [], Accepts),
        variant("+var-48-1-3-header-content-class-ba-81", notify(&|pdu| pdu.message.content_class = Some(ContentClass::ImageBasic)),
            [(Kind::NewerField, 51, Some("X-Mms-Content-Class"))], Refuses),
        variant("+var-49-1-3-header-applic-id-b7-text", notify(&|pdu| pdu.message.applic_id = Some("com.example.app".into())),
            [(Kind::NewerField, 51, Some("X-Mms-Applic-ID"))], Refuses),
        variant("+var-50-element-descriptor",
            notify(&|pdu| {
                let mut descriptor = ElementDescriptor::new("cid:root");
                let value = "application/vnd.wap.multipart.related".into();
                descriptor.parameters.push(Parameter::Text { name: "type".into(), value });
                pdu.element_descriptor = Some(descriptor);
            }), [], Accepts),
        variant("+var-77-mmbox-attributes-a8-89-in-notification", extra(coded(FieldCode::ATTRIBUTES, &[0x89])),
            [(Kind::UnexpectedField, 51, Some("X-Mms-Attributes"))], Refuses),
        variant("+var-51-application-header-text", extra(Extra::Named { name: "X-Vendor".into(), value: "foo".into() }), [], Accepts),
        variant("+var-52-application-header-with-short-int-value", extra(Extra::Named { name: "X-Vendor".into(), value: "5".into() }),
            [(Kind::NonTextValue, 59, None)], Refuses),

        // The value of the size is at 53, that of the expiry at 57.
        variant("+var-53-message-size-short-int-8e-85", notify(&|pdu| pdu.message_size = Some(5)), [(Kind::WrongIntegerForm, 53, SIZE)], Refuses),
        variant("+var-54-message-size-long-zero-length-8e-00", notify(&|pdu| pdu.message_size = Some(0)), [(Kind::EmptyInteger, 53, SIZE)], Refuses),
        variant("+var-55-message-size-8-octets", notification(), [(Kind::NonMinimalInteger, 53, SIZE)], Refuses),
        variant("+var-56-expiry-absolute", notify(&|pdu| pdu.message.expiry = Some(Time::Absolute(NEW_YEAR))),
            [(Kind::FieldConflict, 57, EXPIRY)], Refuses),
        variant("+var-57-expiry-relative-short-int-88-02-81-bc", notify(&|pdu| pdu.message.expiry = relative(60)),
            [(Kind::WrongIntegerForm, 59, EXPIRY)], Refuses),
        variant("+var-58-expiry-bad-token-0x85",
            notify(&|pdu| { pdu.message.expiry = None; pdu.extra.push(coded(FieldCode::EXPIRY, b"\x05\x85\x03\x02\xa3\0")); }),
            [(Kind::UnknownToken, 58, EXPIRY)], Fails(DecodeErrorKind::UnexpectedOctet(0x85), 58, EXPIRY)),

        // Two variants of one row. Whoever reads another major version answers as `Pdu::unsupported` says.
        variant("-var-59-version-2-0-a0", notify(&|pdu| pdu.version = Version::new(2, 0)), [], Accepts),
        variant("+var-60-version-1-4-94", notify(&|pdu| pdu.version = Version::new(1, 4)), [], Accepts),
        variant("-var-61-version-missing", notify(&|pdu| pdu.version = Version::V1_0),
            [(Kind::MissingField, 96, Some("X-Mms-MMS-Version"))], Fails(DecodeErrorKind::MissingField, 96, Some("X-Mms-MMS-Version"))),
        variant("-var-62-tid-missing", notify(&|pdu| pdu.transaction_id = None),
            [(Kind::MissingField, 89, Some("X-Mms-Transaction-ID"))], Fails(DecodeErrorKind::MissingField, 89, Some("X-Mms-Transaction-ID"))),
        variant("+var-63-version-before-tid", notification(), [(Kind::FieldOrder, 4, Some("X-Mms-Transaction-ID"))], Refuses),
        variant("+var-64-message-type-not-first", notification(),
            [(Kind::FieldOrder, 0, Some("X-Mms-Transaction-ID")), (Kind::FieldOrder, 9, Some("X-Mms-Message-Type"))],
            Fails(DecodeErrorKind::MissingField, 0, Some("X-Mms-Message-Type"))),
        variant("+var-65-trailing-nul", notification(), [(Kind::StrayOctets, 98, None)], Refuses),
        variant("-var-66-final-nul-missing", notification(), [(Kind::Truncated, 64, Some("X-Mms-Content-Location"))],
            Fails(DecodeErrorKind::UnexpectedEnd, 97, Some("X-Mms-Content-Location"))),
        variant("-var-67-code-page-shift-7f-10-mid", notification(), [(Kind::CodePageShift, 50, None)], Refuses),
        variant("-var-68-shortcut-shift-10-mid", notification(), [(Kind::CodePageShift, 50, None)], Refuses),

        variant("+var-69-message-class-token-text", notify(&|pdu| pdu.message.class = Some(MessageClass::Other("premium".into()))), [], Accepts),
        variant("+var-70-message-class-octet-0x90",
            notify(&|pdu| { pdu.message.class = None; pdu.extra.push(coded(FieldCode::MESSAGE_CLASS, &[0x90])); }),
            [(Kind::UnknownToken, 51, Some("X-Mms-Message-Class"))], Fails(DecodeErrorKind::UnexpectedOctet(0x90), 51, Some("X-Mms-Message-Class"))),
        variant("+var-71-priority-0x90", extra(coded(FieldCode::PRIORITY, &[0x90])),
            [(Kind::UnknownToken, 53, Some("X-Mms-Priority"))], Fails(DecodeErrorKind::UnexpectedOctet(0x90), 53, Some("X-Mms-Priority"))),
        variant("-var-72-message-type-unknown-0xa0", Pdu::Unknown(unknown_pdu()), [], Accepts),
        variant("+var-73-duplicate-subject", extra(coded(FieldCode::SUBJECT, b"second\0")), [(Kind::DuplicateField, 51, SUBJECT)], Refuses),
        variant("+var-74-to-in-notification", extra(coded(FieldCode::TO, b"+447700900999/TYPE=PLMN\0")),
            [(Kind::UnexpectedField, 51, Some("To"))], Refuses),
        variant("+var-75-content-location-empty", notify(&|pdu| pdu.content_location = Some("".into())),
            [(Kind::FieldConflict, 64, Some("X-Mms-Content-Location"))], Refuses),
        variant("+var-76-tid-7f-00-empty", notify(&|pdu| pdu.transaction_id = Some("".into())),
            [(Kind::NeedlessQuote, 3, Some("X-Mms-Transaction-ID")), (Kind::EmptyValue, 3, Some("X-Mms-Transaction-ID"))], Refuses),
        variant("+var-78-previously-sent-by-a0", extra(coded(FieldCode::PREVIOUSLY_SENT_BY, b"\x0f\x80a@example.com\0")),
            [(Kind::UnexpectedField, 51, Some("X-Mms-Previously-Sent-By"))], Refuses),
    ]
}

fn unknown_field() -> FieldCode {
    FieldCode::from_wire(0xc5).unwrap()
}

/// The notification, with all but its first fields as octets.
fn unknown_pdu() -> UnknownPdu {
    with(|pdu: &mut UnknownPdu| {
        pdu.message_type = MessageType::from_octet(0xa0);
        pdu.transaction_id = Some("T1a2b3c".into());
        pdu.version = Some(Version::V1_2);
        pdu.extra = vec![
            coded(FieldCode::FROM, b"\x19\x80+447700900123/TYPE=PLMN\0"),
            coded(FieldCode::SUBJECT, b"\x08\xea\x7f\xc3\x89t\xc3\xa9\0"),
            coded(FieldCode::MESSAGE_CLASS, &[0x80]),
            coded(FieldCode::MESSAGE_SIZE, &[2, 0x6d, 0x5f]),
            coded(FieldCode::EXPIRY, b"\x05\x81\x03\x02\xa3\0"),
            coded(FieldCode::CONTENT_LOCATION, b"http://mmsc.example.net/m?id=7Qx2\0"),
        ];
    })
}

#[test]
#[cfg_attr(not(feature = "charsets"), ignore = "needs the feature charsets")]
fn one_change_leaves_the_rest_of_the_message() {
    let variants = variants();
    // 72 changes, of which one has two variants; two vectors have no row.
    assert_eq!(variants.len(), 72 + 1 + 2);
    for Variant { name, value, deviations, strict } in variants {
        check(name, &vector(name), &value, &deviations, strict);
    }
}

/// What was read of a variant is written so that strict decoding reads the same, or is refused by name:
/// fields that are kept as they came although they are wrong, and messages that lack something.
#[test]
#[cfg_attr(not(feature = "charsets"), ignore = "needs the feature charsets")]
fn a_message_with_a_change_is_written_without_fault() {
    for Variant { name, value, .. } in variants() {
        let refused = match name {
            "+var-56-expiry-absolute" => Some((EncodeErrorKind::FieldConflict, EXPIRY)),
            "-var-62-tid-missing" | "+var-76-tid-7f-00-empty" => {
                Some((EncodeErrorKind::MissingField, Some("X-Mms-Transaction-ID")))
            }
            "+var-48-1-3-header-content-class-ba-81" => {
                Some((EncodeErrorKind::NewerField, Some("X-Mms-Content-Class")))
            }
            "+var-49-1-3-header-applic-id-b7-text" => Some((EncodeErrorKind::NewerField, Some("X-Mms-Applic-ID"))),
            "+var-75-content-location-empty" => Some((EncodeErrorKind::FieldConflict, Some("X-Mms-Content-Location"))),
            _ => match (&value, value.extra()) {
                (Pdu::Unknown(_), _) => None,
                (_, [Extra::Coded { code, .. }, ..]) if *code == FieldCode::SUBJECT => {
                    Some((EncodeErrorKind::FieldConflict, SUBJECT))
                }
                (_, [Extra::Coded { code, .. }, ..]) if code.name().is_some() => {
                    let has_row =
                        !matches!(*code, FieldCode::TO | FieldCode::PREVIOUSLY_SENT_BY | FieldCode::ATTRIBUTES);
                    let kind = if has_row { EncodeErrorKind::NotExpressible } else { EncodeErrorKind::NoSuchField };
                    Some((kind, code.name()))
                }
                _ => None,
            },
        };
        let encoded: Bytes = match (mm1::encode(&value), refused) {
            (Ok(octets), None) => octets.into(),
            (Err(error), Some(refused)) => {
                assert_eq!((error.kind, error.field), refused, "{name}");
                continue;
            }
            (encoded, refused) => panic!("{name}: {encoded:?} instead of {refused:?}"),
        };
        let decoded = mm1::decode_with(&encoded, &Options::strict());
        let mut value = value;
        // Text in UCS-2 is written as UTF-8, since hardly anybody reads UCS-2.
        if let ("+var-31-subject-ucs-2-charset-02-03-e8-00-00-end", Pdu::NotificationInd(pdu)) = (name, &mut value) {
            pdu.message.subject = pdu.message.subject.take().map(Text::into_utf8);
        }
        assert_eq!(decoded.map(|decoded| decoded.value), Ok(value), "{name}");
    }
}

#[test]
fn no_vector_is_left_out() {
    let examples = ["notification-full-long-uri", "send-req-related", "send-req-android-composer"];
    // These are in `push.rs`.
    let carriage = ["push-notification", "sms-deliver-single", "sms-deliver-seg1-of-2", "sms-deliver-seg2-of-2"];
    let tested: BTreeSet<_> = minimal_pdus()
        .iter()
        .map(|(name, _)| *name)
        .chain(variants().iter().map(|it| it.name))
        .chain(FULL.map(|(name, _)| name))
        .chain(examples)
        .chain(carriage)
        .collect();
    let there: BTreeSet<_> = all().map(|(name, _)| name).collect();
    let apart: Vec<_> = tested.symmetric_difference(&there).collect();
    assert!(apart.is_empty(), "{apart:?}: in tests/vectors/mm1.txt or in a test, but not in both");
}

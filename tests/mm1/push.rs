//! Pushes and short messages: the vectors in `vectors/mm1.txt`, and those of the corpus against what their
//! sources say and what tshark reads.

use crate::support::{corpus, vectors};
use core::time::Duration;
use std::path::Path;

use mms_codec::push::sms::{
    Concatenation, Deliver, InformationElement, JoinLimits, Joined, Joiner, Ports, Reference, ShortMessage,
    SmppMessage, SmsAddress, SmsTime, Split, StatusReport, Submit, Tpdu, UserData, UserDataHeader, Validity, Wdp,
    carried,
};
use mms_codec::push::{self, Push};
use mms_codec::{Bytes, DecodeErrorKind, Decoded, DeviationKind, Options, Shown, mm1};
use serde_json::Value;

use corpus::{corpus, say};
use vectors::{all, octets, vector};

fn complete(joined: Joined) -> Bytes {
    let Joined::Complete(message) = joined else { panic!("not complete: {joined:?}") };
    message.data
}

#[test]
fn every_push_of_the_vectors_is_read_and_written() {
    let octets = vector("push-notification");
    let push = push::decode_with(&octets, &Options::strict()).unwrap().value;
    assert_eq!((push.tid, push.name(), push.headers.len()), (Some(0x2a), "Push", 1));
    assert_eq!(push.application_id(), Some("x-wap-application:mms.ua"));
    assert_eq!(push.data, vector("notification-full"));
    let pdu = push.pdu(&Options::strict()).unwrap();
    assert_eq!(pdu, mm1::decode_with(&push.data, &Options::strict()).unwrap());
    assert_eq!(push.encode().unwrap(), octets);
    assert_eq!(Push::for_pdu(0x2a, &pdu.value).unwrap(), push);
}

#[test]
fn every_pdu_of_the_vectors_goes_through_short_messages() {
    let mut count = 0;
    let pdus = all().filter(|(_, octets)| matches!(**octets, [0x8c, 0x80..=0xff, ..]));
    for (name, pdu) in pdus {
        let push = Push::new(1, pdu.clone());
        let octets = Bytes::from(push.encode().expect(name));
        for reference in [Reference::Short(0xff), Reference::Long(0xffff)] {
            let mut joiner = Joiner::new(JoinLimits::DEFAULT);
            let mut segments = Split::new(reference).segments(&octets).unwrap();
            let last = segments.pop().unwrap();
            for segment in &segments {
                assert!(matches!(joiner.add("1", segment), Ok(Joined::Waiting(_))), "{name}");
            }
            let joined = complete(joiner.add("1", &last).unwrap());
            let again = push::decode_with(&joined, &Options::strict()).unwrap().value;
            assert_eq!(again, push, "{name}");
            assert_eq!(again.data, pdu, "{name}");
        }
        count += 1;
    }
    assert!(count > 50, "{count}");
}

/// As single short message and as two.
#[test]
fn short_messages_of_the_vectors_carry_the_pushes() {
    let deliver = |name| Deliver::decode_with(&vector(name), &Options::strict()).unwrap().value;
    let single = deliver("sms-deliver-single");
    assert_eq!((single.originator.as_str(), single.data_coding), ("1234", 0xf5));
    assert_eq!(single.user_data.header.ports(), Some(Ports::WAP_PUSH));
    let mut joiner = Joiner::new(JoinLimits::DEFAULT);
    assert_eq!(complete(joiner.add(&single.originator, &single.user_data).unwrap()), vector("push-notification"));

    let (first, second) = (deliver("sms-deliver-seg1-of-2"), deliver("sms-deliver-seg2-of-2"));
    let Joined::Waiting(waiting) = joiner.add(&second.originator, &second.user_data).unwrap() else { panic!() };
    assert_eq!((waiting.key.reference, waiting.missing), (Reference::Short(0x5c), vec![1]));
    assert_eq!(waiting.key.originator, "1234");
    let joined = complete(joiner.add(&first.originator, &first.user_data).unwrap());
    assert_eq!(joined.len(), 143);
    assert_eq!(joined[6..], vector("notification-full-long-uri")[..]);

    let segments = Split::new(Reference::Short(0x5c)).segments(&joined).unwrap();
    assert_eq!(segments, [first.user_data, second.user_data]);
    for (segment, name) in segments.iter().zip(["sms-deliver-seg1-of-2", "sms-deliver-seg2-of-2"]) {
        assert!(vector(name).ends_with(&segment.encode().unwrap()));
    }
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The entries of `mm1/*.push` with their octets.
fn samples(corpus: &Path) -> Vec<(Value, Bytes)> {
    let index = json(&corpus.join("index.json"));
    let entries = index["entries"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "wap-push");
    let samples: Vec<_> = entries
        .map(|entry| (entry.clone(), std::fs::read(corpus.join(entry["file"].as_str().unwrap())).unwrap().into()))
        .collect();
    assert!(!samples.is_empty());
    samples
}

fn field(pdu: &mm1::Pdu, name: &str) -> Option<Value> {
    let fields = pdu.fields();
    let field = fields.iter().find(|field| field.name == name)?;
    Some(match &field.values[0] {
        Shown::Number(number) => (*number).into(),
        shown => shown.to_string().into(),
    })
}

fn pdu(push: &Push) -> mm1::Pdu {
    push.pdu(&Options::lenient()).unwrap().value
}

/// What we have for a thing that a source expects; `None` for what is not in the octets.
fn shown(octets: &[u8], push: &Push, what: &str) -> Option<Value> {
    let head = octets.len() - push.data.len();
    let of_pdu = |name: &str| field(&pdu(push), name).unwrap_or_default();
    Some(match what {
        "sms_sender" => return None,
        "Overall Push Length" => octets.len().into(),
        "TID" => push.tid.into(),
        "Type" => if push.confirmed { 7 } else { 6 }.into(),
        "headers_length" | "Push Content + Header Length" => (head - 3).into(),
        "data_length" | "Body Length" => push.data.len().into(),
        "content_type" | "Content-Type" => push.content_type.to_string().into(),
        "content_length_header" => push.content_length().into(),
        "application_id" => {
            let urn = push.application_id().unwrap_or_default();
            format!("{urn} ({})", mms_codec::wsp::application_id_code(urn).unwrap()).into()
        }
        "headers" => push.headers.len().into(),
        "is_mms_notification" => push.is_mms().into(),
        "message_type" => pdu(push).message_type().to_string().into(),
        "transaction_id" => of_pdu("X-Mms-Transaction-ID"),
        "version" => of_pdu("X-Mms-MMS-Version"),
        "from" => of_pdu("From"),
        "message_class" => of_pdu("X-Mms-Message-Class"),
        "message_size" => of_pdu("X-Mms-Message-Size"),
        "content_location" => of_pdu("X-Mms-Content-Location"),
        "expiry_relative_s" | "expiry_s" => {
            let interval = of_pdu("X-Mms-Expiry").as_str().unwrap().to_owned();
            interval.strip_prefix("PT").unwrap().strip_suffix("S").unwrap().parse::<u64>().unwrap().into()
        }
        "expiry_absolute_unix" => {
            let mm1::Pdu::NotificationInd(notification) = pdu(push) else { panic!("{push:?}") };
            let Some(mms_codec::message::Time::Absolute(time)) = notification.message.expiry else { panic!() };
            time.seconds.into()
        }
        other => panic!("nothing is known of {other}"),
    })
}

fn assert_expected(file: &str, octets: &[u8], push: &Push, expected: &Value) -> usize {
    let mut compared = 0;
    for (what, value) in expected.as_object().into_iter().flatten() {
        if let ("headers", Some(headers)) = (what.as_str(), value.as_array()) {
            assert_eq!(push.headers.len(), headers.len(), "{file}");
            for header in headers {
                let value = header["value"].as_str().unwrap();
                let value = match value.split_once(" -> ") {
                    Some((_, name)) => name.to_owned(),
                    None => u8::from_str_radix(&value[2..], 16).unwrap().to_string(),
                };
                assert_eq!(push.header(header["name"].as_str().unwrap()), Some(value.as_str()), "{file}");
                compared += 1;
            }
        } else if let Some(shown) = shown(octets, push, what) {
            assert_eq!(shown, *value, "{file}: {what}");
            compared += 1;
        }
    }
    compared
}

#[test]
#[cfg_attr(not(feature = "wsp-headers"), ignore = "needs the feature wsp-headers")]
fn every_push_of_the_corpus_says_what_its_source_expects() {
    let Some(corpus) = corpus() else { return };
    let mut compared = 0;
    for (entry, octets) in samples(&corpus) {
        let file = entry["file"].as_str().unwrap();
        let decoded = push::decode(&octets).unwrap_or_else(|error| panic!("{file}: {error}"));
        let push = &decoded.value;
        // Its source knows no ConfirmedPush; this one has a TID, and no PDU behind its headers.
        if !entry["expected"]["error"].is_null() {
            assert_eq!(entry["notes"], "malformed", "{file}");
            assert_eq!(
                (decoded.deviations[0].kind, decoded.deviations[0].field),
                (DeviationKind::FieldConflict, Some("Type"))
            );
            assert_eq!(push.pdu(&Options::lenient()).unwrap_err().kind, DecodeErrorKind::MissingField);
            continue;
        }
        assert_ne!(entry["notes"], "malformed", "{file}");
        match entry["pdu_type"].as_str() {
            Some(kind) => assert_eq!(pdu(push).message_type().to_string(), kind, "{file}"),
            None => {
                let error = push.pdu(&Options::lenient()).unwrap_err();
                let offset = octets.len() - push.data.len();
                assert_eq!(
                    (error.kind, error.offset, error.field),
                    (DecodeErrorKind::NotAMessage, offset, Some("Data"))
                );
            }
        }
        compared += assert_expected(file, &octets, push, &entry["expected"]);
    }
    say(&format!("{compared} values compared"));
    assert!(compared > 0);
}

#[test]
fn what_the_corpus_does_wrong_is_named() {
    let Some(corpus) = corpus() else { return };
    let of = |name: &str| -> (Bytes, Decoded<Push>) {
        let octets: Bytes = std::fs::read(corpus.join("mm1").join(name)).unwrap().into();
        let push = push::decode(&octets).unwrap();
        (octets, push)
    };
    // The header length stops before the application id.
    let (_, push) = of("cn-notify-gitbook.push");
    assert_eq!(push.value.application_id(), Some("x-wap-application:mms.ua"));
    let deviation = push.deviations[0];
    assert_eq!(
        (deviation.kind, deviation.offset, deviation.field),
        (DeviationKind::WrongHeaderLength, 2, Some("HeadersLen"))
    );
    assert_eq!(push.deviations.len(), 1);
    assert_eq!(field(&pdu(&push.value), "X-Mms-Transaction-ID").unwrap(), "JQ25xUZQZmBF");
    // A line feed after the last value.
    let (octets, push) = of("ga-mms-tmobile.push");
    assert_eq!(push.deviations, []);
    let deviations = push.value.pdu(&Options::lenient()).unwrap().deviations;
    assert_eq!((deviations[0].kind, deviations[0].offset), (DeviationKind::CodePageShift, octets.len() - 1));
    // The content lengths of these are too small, of this one by far.
    for name in ["nt-operator-with-content-length.push", "of-push2.push", "om-taskmsgs.push"] {
        let (_, push) = of(name);
        assert_eq!((push.deviations.len(), push.deviations[0].kind), (1, DeviationKind::WrongContentLength), "{name}");
        assert_eq!(push.deviations[0].field, Some("Content-Length"));
    }
}

#[test]
fn what_is_read_from_the_corpus_is_written_back() {
    let Some(corpus) = corpus() else { return };
    let mut written = 0;
    for (entry, octets) in samples(&corpus) {
        let file = &entry["file"];
        let Decoded { value, deviations, .. } = push::decode(&octets).unwrap();
        let strict = push::decode_with(&octets, &Options::strict());
        assert_eq!(strict.is_ok(), deviations.is_empty(), "{file}");
        match value.encode() {
            Ok(encoded) => {
                let again = push::decode_with(&encoded.into(), &Options::strict()).unwrap();
                assert_eq!(again.value, value, "{file}");
                written += 1;
            }
            Err(error) => assert!(deviations.iter().any(|deviation| deviation.field == error.field), "{file}: {error}"),
        }
    }
    assert!(written > 10, "{written}");
}

#[test]
#[cfg_attr(not(feature = "wsp-headers"), ignore = "needs the feature wsp-headers")]
fn tshark_reads_the_same_from_the_corpus() {
    let Some(corpus) = corpus() else { return };
    let mut compared = 0;
    for (entry, octets) in samples(&corpus) {
        let file = entry["file"].as_str().unwrap();
        let push = push::decode(&octets).unwrap().value;
        let oracle = corpus.join("oracle").join(format!("{file}.tshark.json"));
        let layers = &json(&oracle)["layers"];
        let wsp = &layers["wsp"];
        let headers = &wsp["wsp.headers"];
        let flag = |push: &Push| {
            let flag = push.push_flag()?;
            let bit = |is: bool| if is { "1" } else { "0" };
            Some([bit(flag.is_authenticated()), bit(flag.is_trusted()), bit(flag.is_last())].concat())
        };
        let their_flag = ["authenticated", "trusted", "last"]
            .map(|bit| {
                headers["wsp.header.push_flag_tree"][format!("wsp.header.push_flag.{bit}")].as_str().unwrap_or_default()
            })
            .concat();
        let tid = push.tid.map(|tid| format!("{tid:#04x}"));
        let content_length = push.content_length().map(|length| length.to_string());
        let media = push.content_type.media.name().map(str::to_owned);
        let application = push.application_id().map(str::to_owned);
        let kind = Some(if push.confirmed { "0x07" } else { "0x06" }.to_owned());
        for (what, ours, theirs) in [
            ("TID", tid, wsp["wsp.TID"].as_str()),
            ("type", kind, wsp["wsp.pdu_type"].as_str()),
            ("content type", media, wsp["wsp.header.content_type"].as_str()),
            ("application", application, headers["wsp.header.x_wap_application_id"].as_str()),
            ("content length", content_length, headers["wsp.header.content_length"].as_str()),
            ("version", push.encoding_version().map(str::to_owned), headers["wsp.header.encoding_version"].as_str()),
            ("flag", flag(&push), Some(their_flag.as_str()).filter(|flag| !flag.is_empty())),
        ] {
            // It has no name for the media type of DRM rights, and takes the application id that
            // the header length leaves out for a part of the PDU.
            if theirs.is_none() && (what == "content type" || file.contains("cn-notify")) {
                continue;
            }
            assert_eq!(ours.as_deref(), theirs, "{file}: {what}");
            compared += 1;
        }
    }
    say(&format!("{compared} values compared"));
    assert!(compared > 50, "{compared}");
}

#[test]
fn segments_of_the_corpus_join_in_any_order() {
    let Some(corpus) = corpus() else { return };
    let document = json(&corpus.join("mm1/sms_segments.dev.json"));
    let messages = document["vectors"].as_array().unwrap();
    assert!(!messages.is_empty());
    for message in messages {
        let name = message["name"].as_str().unwrap();
        let whole: Bytes = std::fs::read(corpus.join(message["reassembled_file"].as_str().unwrap())).unwrap().into();
        let hex = |segment: &Value, what: &str| segment[what].as_str().unwrap().to_owned();
        let segments: Vec<UserData> = message["segments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|segment| {
                let octets = octets(&(hex(segment, "udh") + &hex(segment, "data")));
                let user_data = UserData::decode_with(&octets, &Options::strict()).unwrap().value;
                assert_eq!(user_data.header.ports(), Some(Ports::WAP_PUSH), "{name}");
                assert_eq!(user_data.encode().unwrap(), octets, "{name}");
                user_data
            })
            .collect();
        for turn in 0..segments.len() {
            let mut joiner = Joiner::new(JoinLimits::DEFAULT);
            let mut arrivals = segments.clone();
            arrivals.rotate_left(turn);
            let last = arrivals.pop().unwrap();
            for segment in &arrivals {
                assert!(matches!(joiner.add("1", segment), Ok(Joined::Waiting(_))), "{name}");
                assert!(matches!(joiner.add("1", segment), Ok(Joined::Repeated(_))), "{name}");
            }
            assert_eq!(complete(joiner.add("1", &last).unwrap()), whole, "{name}");
            assert!(joiner.is_empty());
        }
        // Senders fill short messages more or less: at the size of the first we cut where they cut.
        let place = segments[0].header.concatenation().unwrap();
        let limit = segments[0].encode().unwrap().len();
        assert!(limit <= 140, "{name}");
        let ours = Split { limit, ..Split::new(place.reference) }.segments(&whole).unwrap();
        let data = |segments: &[UserData]| segments.iter().map(|segment| segment.data.clone()).collect::<Vec<_>>();
        assert_eq!(data(&ours), data(&segments), "{name}");
    }
}

#[test]
fn vectors_of_the_corpus_are_read_or_refused_as_their_sources_say() {
    let Some(corpus) = corpus() else { return };
    let document = json(&corpus.join("mm1/pdu_vectors.dev.json"));
    let (mut read, mut refused) = (0, 0);
    for entry in document["vectors"].as_array().unwrap() {
        let name = entry["name"].as_str().unwrap();
        let octets = octets(entry["bytes_hex"].as_str().unwrap());
        match entry["kind"].as_str().unwrap() {
            "wap-push" if entry["error"].is_null() => {
                let push = push::decode(&octets).unwrap().value;
                assert!(assert_expected(name, &octets, &push, &entry["expected"]) > 0, "{name}");
                read += 1;
            }
            "wap-push" => {
                assert!(is_refused_or_named(&octets), "{name}");
                refused += 1;
            }
            "sms-user-data" => {
                let UserData { header, .. } = UserData::decode_with(&octets, &Options::strict()).unwrap().value;
                // Refused for its port, which is the caller's to look at.
                assert!(!entry["error"].is_null() && !header.ports().unwrap().is_push(), "{name}");
                assert_ne!(header, UserDataHeader::default());
                refused += 1;
            }
            _ => {}
        }
    }
    assert!(read > 0 && refused > 0);
}

/// Whether something more is wrong than that the push names no application; or it is no notification.
fn is_refused_or_named(octets: &Bytes) -> bool {
    let Ok(push) = push::decode(octets) else { return true };
    match push.value.pdu(&Options::lenient()) {
        Err(_) => true,
        Ok(pdu) => !pdu.deviations.is_empty() || !matches!(pdu.value, mm1::Pdu::NotificationInd(_)),
    }
}

/// Whoever sends whatever, never-finished messages take no more memory than the limit says.
#[test]
fn unfinished_messages_take_no_more_memory_than_their_limit() {
    let segment = |reference: u16, total, index, data: &'static [u8]| {
        let place = Concatenation { reference: Reference::Long(reference), total, index };
        let mut header = UserDataHeader::default();
        header.elements.push(InformationElement::Concatenation(place));
        UserData::new(header, data)
    };
    let limits = JoinLimits { messages: usize::MAX, messages_per_originator: usize::MAX, ..JoinLimits::DEFAULT };
    let add = |joiner: &mut Joiner, originator: &str, segment: &UserData| drop(joiner.add(originator, segment));
    let many_originators = |joiner: &mut Joiner| {
        (0..3_000).for_each(|number| add(joiner, &format!("{number:040}"), &segment(1, 2, 1, b"")));
    };
    let many_messages = |joiner: &mut Joiner| {
        (0..3_000).for_each(|number| add(joiner, "1", &segment(number, 2, 1, b"")));
    };
    let many_segments = |joiner: &mut Joiner| {
        for number in 0..20 {
            (2..=255).for_each(|index| add(joiner, &number.to_string(), &segment(1, 255, index, b"a")));
        }
    };
    for flood in [&many_originators as &dyn Fn(&mut Joiner), &many_messages, &many_segments] {
        let mut joiner = Joiner::new(limits);
        let used = allocation_counter::measure(|| flood(&mut joiner)).bytes_current;
        assert!(used > 10_000 && used < 256_000, "{used}");
    }
}

/// Pushes whose media types and parameters have codes of WSP encoding versions 1.4 and 1.5 (WAP-230, tables
/// 38 and 40) or of the OMNA registry.
#[test]
#[cfg_attr(not(feature = "wsp-headers"), ignore = "needs the feature wsp-headers")]
fn pushes_with_newer_codes_come_back_octet_for_octet() {
    let mac = b"0123456789ABCDEF0123456789ABCDEF01234567";
    let provisioning = [b"\x01\x06\x2f\x1f\x2d\xb6\x91\x81\x92", &mac[..], b"\0\x03\x0b\x6a"].concat();
    let kinds: [(&[u8], &str, Option<u32>); 8] = [
        (
            &provisioning,
            "application/vnd.wap.connectivity-wbxml; sec=1; mac=0123456789ABCDEF0123456789ABCDEF01234567",
            None,
        ),
        (b"\x01\x06\x03\xc4\xaf\x87dm", "application/vnd.syncml.notification", Some(7)),
        (b"\x01\x06\x06\x03\x02\x03\x12\xaf\x90supl", "application/vnd.omaloc-supl-init", Some(0x10)),
        (b"\x01\x06\x06\x03\x02\x03\x0a\xaf\x89emn", "application/vnd.wap.emn+wbxml", Some(9)),
        (b"\x01\x06\x03\xcb\xaf\x88drm", "application/vnd.oma.drm.rights+wbxml", Some(8)),
        (b"\x01\x06\x06\x03\xce\x81\xea\xaf\x85ds", "application/vnd.syncml.ds.notification; charset=utf-8", Some(5)),
        (b"\x01\x06\x05\xc8\xaf\x02\x90\x55", "application/vnd.oma.drm.message", Some(0x9055)),
        (b"\x01\x06\x05\xc6\xaf\x02\xa0\x55", "application/vnd.wv.csp.cir", Some(0xa055)),
    ];
    for (octets, content_type, application) in kinds {
        let octets = Bytes::copy_from_slice(octets);
        let push = push::decode_with(&octets, &Options::strict()).unwrap().value;
        assert_eq!(push.content_type.to_string(), content_type);
        assert_eq!(push.application_id_number(), application, "{content_type}");
        assert!(push.newer_codes);
        assert_eq!(push.encode().unwrap(), octets, "{content_type}");
        // A phone that knows WSP encoding version 1.3 only reads the name.
        let mut older = push.clone();
        older.newer_codes = false;
        let older = Bytes::from(older.encode().unwrap());
        let read = push::decode_with(&older, &Options::strict()).unwrap().value;
        assert!(!read.newer_codes && read.content_type == push.content_type && read.headers == push.headers);
    }
    let push = push::decode(&Bytes::from_static(b"\x01\x06\x05\xc8\xaf\x02\x90\x4b")).unwrap().value;
    // A name that the registry has twice.
    assert_eq!(
        (push.application_id(), push.application_id_number()),
        (Some("x-wap-application:push.sia"), Some(0x904b))
    );
    assert_eq!(push.encode().unwrap(), b"\x01\x06\x05\xc8\xaf\x02\x90\x4b");
}

/// Short messages that are printed in documentation of modems and in 3GPP TS 23.040, with what they say.
#[test]
fn short_messages_of_all_types_are_read_and_written() {
    let read = |line: &str| ShortMessage::decode_line_with(line, &Options::strict()).unwrap().value;
    // 16 octets of "hellohello", from +27838890001 through +27381000015 on 1999-03-29.
    let line = "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37";
    let message = read(line);
    assert_eq!(message.service_centre.as_ref().unwrap(), &"+27381000015");
    let Tpdu::Deliver(deliver) = &message.tpdu else { panic!("{message:?}") };
    assert_eq!((deliver.originator.type_of_address, deliver.originator.as_str()), (0xc8, "27838890001"));
    assert_eq!((deliver.protocol, deliver.data_coding), (0, 0));
    assert!(!deliver.has_header && !deliver.status_report && !deliver.more_messages);
    assert_eq!(deliver.time.to_string(), "1999-03-29T15:16:59+02:00");
    assert_eq!(deliver.text().as_deref(), Some("hellohello"));
    assert_eq!(message.to_hex().unwrap(), line);

    // "hellohello" to +46708251358, valid for four days; without service centre of its own.
    let line = "0011000B916407281553F80000AA0AE8329BFD4697D9EC37";
    let message = read(line);
    assert_eq!(message.service_centre, None);
    let Tpdu::Submit(submit) = &message.tpdu else { panic!("{message:?}") };
    assert_eq!(submit.destination, "+46708251358");
    assert_eq!(submit.validity, Some(Validity::Relative(0xaa)));
    assert_eq!(submit.validity.unwrap().duration(), Some(Duration::from_secs(4 * 86_400)));
    assert_eq!(submit.text().as_deref(), Some("hellohello"));
    assert_eq!(message.to_hex().unwrap(), line);

    // The report of a message of reference 0xD6, with the service centre before it and without.
    let report = "06D60B911326880736F4111011719551401110117195714000";
    let centre = Some("+639170000293");
    for (line, centre) in [
        (format!("0791361907002039{report}"), centre),
        (report.to_owned(), None),
        (format!("+CDS: 25\r\n0791361907002039{report}\r\n"), centre),
        (format!("+CDS: 25\r\n{report}"), None),
        // A name, whose last letter has the bits of a filler.
        (format!("08D061F1985C369FF3{report}"), Some("abcdefgy")),
    ] {
        let message = read(&line);
        assert_eq!(message.service_centre.as_ref().map(SmsAddress::as_str), centre);
        let Tpdu::StatusReport(report) = &message.tpdu else { panic!("{message:?}") };
        assert_eq!((report.reference, report.recipient.as_str(), report.status), (0xd6, "+31628870634", 0));
        assert_eq!(report.time.to_string(), "2011-01-11T17:59:15+01:00");
        assert_eq!(report.discharge_time.to_string(), "2011-01-11T17:59:17+01:00");
        assert!(report.is_delivered() && !report.has_parameters);
        assert!(line.trim_end().ends_with(&message.to_hex().unwrap()[2..]));
    }
}

/// The text begins with a whole septet behind the header (TS 23.040, figure 9.2.3.24 (a)).
#[test]
fn a_text_in_septets_is_read_behind_a_header() {
    for user_data in [
        // Seven octets are eight septets.
        "12 06 05040B8423F0 E8329BFD4697D9EC37",
        // Six octets are seven septets but for one bit.
        "11 05 00035C0201 D06536FB8D2EB3D96F",
    ] {
        let octets = octets(&format!("41 00 04812755 00 00 {user_data}"));
        let submit = Submit::decode_with(&octets, &Options::strict()).unwrap().value;
        assert_eq!(submit.text().as_deref(), Some("hellohello"), "{user_data}");
        assert_eq!(submit.encode().unwrap(), octets, "{user_data}");
    }
}

/// Characters of the extension table, and what is not in it, which is the character without the escape; a second escape
/// is a blank (TS 23.038, 6.2.1.1). 16-bit characters are those of UTF-16.
#[test]
fn characters_are_those_of_the_tables() {
    let packed = |septets: &[u8]| {
        let bits = septets.iter().rev().fold(0u64, |bits, septet| bits << 7 | u64::from(*septet));
        bits.to_le_bytes()[..(septets.len() * 7).div_ceil(8)].to_vec()
    };
    let decode = |coding: u8, length: usize, data: &[u8]| {
        let length = u8::try_from(length).unwrap();
        let octets = [b"\x01\x00\x04\x81\x27\x55\x00", &[coding, length][..], data].concat();
        Submit::decode_with(&octets.into(), &Options::strict()).unwrap().value.text().unwrap()
    };
    for (septets, text) in [
        (&[0x1b, 0x65][..], "€"),
        (&[0x1b, 0x3c, 0x41, 0x1b, 0x3e], "[A]"),
        (&[0x65, 0x1b, 0x0a, 0x0a], "e\u{c}\n"),
        (&[0x1b, 0x41, 0x1b, 0x00], "A@"),
        (&[0x1b, 0x1b, 0x65], " e"),
    ] {
        assert_eq!(decode(0x00, septets.len(), &packed(septets)), text, "{septets:02x?}");
    }
    for (octets, text) in [(&b"\0H\0\xe9\x20\xac"[..], "Hé€"), (b"\xd8\x3d\xde\0", "😀"), (b"\xd8\x3d\0A", "\u{fffd}A")]
    {
        assert_eq!(decode(0x08, octets.len(), octets), text, "{octets:02x?}");
    }
}

/// Of a text that is cut, the whole septets that are there.
#[test]
fn a_text_that_is_cut_is_read_as_far_as_it_goes() {
    for (there, text) in [(9, "hellohello"), (8, "hellohell"), (7, "hellohel"), (1, "h"), (0, "")] {
        let octets = octets("01 00 04812755 00 00 0A E8329BFD4697D9EC37");
        let cut = Submit::decode_with(&octets.slice(..9 + there), &Options::lenient()).unwrap();
        assert_eq!(cut.value.text().as_deref(), Some(text));
        assert_eq!(cut.deviations.len(), usize::from(there < 9));
    }
}

/// Digits are in swapped halves, and the years of two digits begin with the first one that had short messages.
#[test]
fn times_are_those_of_their_digits() {
    for (octets, text) in [
        ([0x09, 0x10, 0x10, 0, 0, 0, 0], "1990-01-01T00:00:00+00:00"),
        ([0x98, 0x21, 0x13, 0x32, 0x95, 0x95, 0], "2089-12-31T23:59:59+00:00"),
        ([0x42, 0x10, 0x10, 0x21, 0x43, 0x65, 0x2b], "2024-01-01T12:34:56-08:00"),
        // A half that is not a digit: ten tens of years, ten months.
        ([0x0a, 0x10, 0x10, 0, 0, 0, 0], "0x0A101000000000"),
        ([0x42, 0xa0, 0x10, 0, 0, 0, 0], "0x42A01000000000"),
    ] {
        assert_eq!(SmsTime(octets).to_string(), text);
        assert_eq!(SmsTime(octets).timestamp().is_some(), !text.starts_with("0x"));
    }
}

/// The type of number of a text (TS 23.040, 9.1.2.5).
#[test]
fn addresses_made_from_text_are_numbers_or_names() {
    for (text, type_of_address) in [
        ("+447700900123", 0x91),
        ("1234", 0x81),
        ("*100#", 0x81),
        ("", 0x81),
        ("Example", 0xd0),
        ("+", 0xd0),
        ("+44x", 0xd0),
        ("1234 5", 0xd0),
    ] {
        let address = SmsAddress::from(text);
        assert_eq!((address.type_of_address, address.to_string().as_str()), (type_of_address, text));
    }
}

/// The ends of the rows of TS 23.040, 9.2.3.12.1.
#[test]
fn a_relative_validity_period_is_a_duration() {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    for (code, seconds) in [
        (0, 5 * MINUTE),
        (143, 12 * HOUR),
        (144, 12 * HOUR + 30 * MINUTE),
        (167, 24 * HOUR),
        (168, 2 * DAY),
        (196, 30 * DAY),
        (197, 5 * 7 * DAY),
        (255, 63 * 7 * DAY),
    ] {
        assert_eq!(Validity::Relative(code).duration(), Some(Duration::from_secs(seconds)), "{code}");
    }
    assert_eq!(Validity::Enhanced([0; 7]).duration(), None);
}

#[test]
fn a_segment_is_found_in_a_short_message_of_unknown_form() {
    let deliver = vector("sms-deliver-seg1-of-2");
    let segment = Deliver::decode_with(&deliver, &Options::strict()).unwrap().value.user_data;
    let hex = |octets: &[u8]| octets.iter().map(|octet| format!("{octet:02X}")).collect::<String>();
    let with_centre = [b"\0", &deliver[..]].concat();
    let number_and_data = |octets: &Bytes| carried(octets, |number, data| Some((number.to_owned(), data)));
    for octets in [
        deliver.clone(),
        Bytes::from(hex(&with_centre)),
        Bytes::from(format!("+CMT: ,{}\r\n{}\r\n", deliver.len(), hex(&with_centre))),
        Bytes::from(with_centre),
    ] {
        assert_eq!(number_and_data(&octets), Some(("1234".into(), segment.clone())), "{octets:?}");
    }
    let submit = Submit::new(0, "1234", segment.clone()).encode().unwrap();
    assert_eq!(number_and_data(&submit.into()), Some(("1234".into(), segment.clone())));
    // No modem writes a longer line than this.
    for (length, is_read) in [(1_024, true), (1_025, false)] {
        let line =
            |name: &str| format!("+CMT: \"{name}\",{}\r\n{}", deliver.len(), hex(&[b"\0", &deliver[..]].concat()));
        let line = line(&"a".repeat(length - line("").len()));
        assert_eq!(number_and_data(&line.into()).is_some(), is_read, "{length}");
    }
    for not_a_segment in [
        // A text, a status report, and a message with another octet behind its end.
        octets("040BC87238880900F10000993092516195800AE8329BFD4697D9EC37"),
        octets("06D60B911326880736F4111011719551401110117195714000"),
        [&deliver[..], b"\0"].concat().into(),
    ] {
        assert_eq!(number_and_data(&not_a_segment), None, "{not_a_segment:?}");
    }
}

#[test]
fn all_flags_and_formats_come_back() {
    let header = b"\x06\x05\x04\x0b\x84\x23\xf0\x2a";
    let user_data = UserData::decode_with(&Bytes::from_static(header), &Options::strict()).unwrap().value;
    let time = SmsTime([0x42, 0x10, 0x10, 0x21, 0x43, 0x65, 0x4a]);
    assert_eq!(time.to_string(), "2024-01-01T12:34:56-06:00");
    for bits in 0..64u8 {
        let bit = |place: u8| bits >> place & 1 != 0;
        let mut deliver = Deliver::new("+447700900123", time, user_data.clone());
        (deliver.more_messages, deliver.loop_prevention, deliver.status_report) = (bit(0), bit(1), bit(2));
        (deliver.reply_path, deliver.protocol, deliver.data_coding) = (bit(3), bits, 0xf5);
        let mut submit = Submit::new(bits, "Example", user_data.clone());
        (submit.reject_duplicates, submit.status_report, submit.reply_path) = (bit(0), bit(1), bit(2));
        submit.validity = match bits >> 3 & 3 {
            0 => None,
            1 => Some(Validity::Relative(bits)),
            2 => Some(Validity::Absolute(time)),
            _ => Some(Validity::Enhanced([bits; 7])),
        };
        let mut report = StatusReport::new(bits, "7255", time, time, bits);
        (report.more_messages, report.loop_prevention, report.of_command) = (bit(0), bit(1), bit(2));
        report.has_parameters = bits >> 3 != 0;
        report.protocol = bit(3).then_some(0x40);
        report.data_coding = bit(4).then_some(0x04);
        report.user_data = bit(4).then(|| user_data.clone());
        report.has_header = report.user_data.is_some();
        for tpdu in [Tpdu::from(deliver), submit.into(), report.into()] {
            let octets = Bytes::from(tpdu.encode().unwrap());
            assert_eq!(Tpdu::decode_with(&octets, &Options::strict()).unwrap().value, tpdu);
            let mut message = ShortMessage::new(tpdu);
            message.service_centre = bit(5).then(|| "+27381000015".into());
            let octets = Bytes::from(message.encode().unwrap());
            assert_eq!(ShortMessage::decode_with(&octets, &Options::strict()).unwrap().value, message);
            for length in 0..octets.len() {
                // But for a status report, whose optional fields may all be missing.
                if let Ok(cut) = ShortMessage::decode_with(&octets.slice(..length), &Options::strict()) {
                    assert!(matches!(&cut.value.tpdu, Tpdu::StatusReport(cut) if !cut.has_parameters));
                    assert_eq!(cut.value.encode().unwrap(), octets[..length]);
                }
            }
        }
    }
}

#[test]
fn what_is_wrong_with_a_short_message_is_named() {
    let deliver = b"\x04\x04\x81\x21\x43\x00\x04\x42\x10\x10\x21\x43\x65\x00\x01\x2a";
    let changed = |place: usize, octet: u8| {
        let mut octets = deliver.to_vec();
        octets[place] = octet;
        Bytes::from(octets)
    };
    for (octets, kind, offset, field) in [
        (changed(0, 0x14), DeviationKind::InvalidValue, 0, "TP-MTI"),
        (changed(3, 0xf1), DeviationKind::InvalidValue, 1, "TP-OA"),
        (changed(1, 0x03), DeviationKind::InvalidValue, 1, "TP-OA"),
        (changed(2, 0x11), DeviationKind::InvalidValue, 1, "TP-OA"),
        (changed(8, 0x31), DeviationKind::InvalidValue, 7, "TP-SCTS"),
        (changed(14, 0x02), DeviationKind::Truncated, 14, "TP-UDL"),
        (changed(14, 0x00), DeviationKind::StrayOctets, 15, "TP-UD"),
        ([&deliver[..14], &[141], &[0; 141]].concat().into(), DeviationKind::ValueLengthTooLong, 14, "TP-UDL"),
    ] {
        let decoded = Tpdu::decode_with(&octets, &Options::lenient()).unwrap();
        let said: Vec<_> = decoded.deviations.iter().map(|one| (one.kind, one.offset, one.field)).collect();
        assert_eq!(said, [(kind, offset, Some(field))]);
        let error = Tpdu::decode_with(&octets, &Options::strict()).unwrap_err();
        assert_eq!((error.kind, error.offset, error.field), (DecodeErrorKind::Deviation(kind), offset, Some(field)));
    }
    let error = Tpdu::decode_with(&changed(0, 0x03), &Options::lenient()).unwrap_err();
    assert_eq!((error.kind, error.field), (DecodeErrorKind::UnexpectedOctet(3), Some("TP-MTI")));

    let refused = |change: fn(&mut Submit)| {
        let mut submit = Submit::new(0, "7255", UserData::new(UserDataHeader::default(), "data"));
        assert!(submit.encode().is_ok());
        change(&mut submit);
        let error = submit.encode().unwrap_err();
        (error.kind, error.field)
    };
    use mms_codec::EncodeErrorKind::*;
    assert_eq!(refused(|submit| submit.destination.value = "12a4x".into()), (InvalidText, Some("TP-DA")));
    assert_eq!(refused(|submit| submit.destination.value = "+12".into()), (FieldConflict, Some("TP-DA")));
    assert_eq!(refused(|submit| submit.destination = "+123456789012345678901".into()), (NotExpressible, Some("TP-DA")));
    assert_eq!(refused(|submit| submit.destination = "Twelve chars".into()), (NotExpressible, Some("TP-DA")));
    assert_eq!(refused(|submit| submit.destination = "日本".into()), (NotInCharset, Some("TP-DA")));
    assert_eq!(refused(|submit| submit.user_data.data = vec![0; 141].into()), (NumberTooLarge, Some("TP-UD")));
    assert_eq!(refused(|submit| submit.data_coding = 0), (FieldConflict, Some("TP-UDL")));
    assert_eq!(refused(|submit| submit.user_data.septets = Some(4)), (FieldConflict, Some("TP-UDL")));
    let ports = InformationElement::Ports(Ports::WAP_PUSH);
    let mut submit = Submit::new(0, "7255", UserData::default());
    submit.user_data.header.elements.push(ports);
    assert_eq!(submit.encode().unwrap_err().field, Some("TP-UDHI"));
}

#[test]
fn lines_of_modems_are_read_or_refused() {
    let tpdu = "04048121430004421010214365000131";
    let decode = |line: &str, options: &Options| ShortMessage::decode_line_with(line, options);
    let strict = Options::strict();
    for head in ["+CMT: ,16\r\n", "+CMT: \"Kim\",16\n", "+CMGR: 0,,16\r\n", "+CMGL: 1,1,,16\r\n", ""] {
        let message = decode(&format!("{head}00{tpdu}\r\n"), &strict).unwrap().value;
        let Tpdu::Deliver(deliver) = message.tpdu else { panic!() };
        assert_eq!(deliver.user_data.data, "1");
    }
    let decoded = decode(&format!("+CMT: ,15\r\n00{tpdu}"), &Options::lenient()).unwrap();
    assert_eq!(decoded.deviations[0].kind, DeviationKind::WrongContentLength);
    assert!(decode(&format!("+CMT: ,15\r\n00{tpdu}"), &strict).is_err());
    for (line, kind, offset) in [
        ("", DecodeErrorKind::UnexpectedEnd, 0),
        ("0", DecodeErrorKind::InvalidText, 1),
        ("00x4", DecodeErrorKind::InvalidText, 2),
        ("+CMT: ,2\r\n00é4", DecodeErrorKind::InvalidText, 12),
    ] {
        let error = decode(line, &Options::lenient()).unwrap_err();
        assert_eq!((error.kind, error.offset), (kind, offset), "{line}");
    }
}

/// Datagrams of 3GPP2 (WAP-259, 6.5) and user data in SMPP.
#[test]
fn user_data_of_3gpp2_and_smpp_is_read_and_written() {
    let octets = vector("push-notification");
    let single = Wdp::split(&octets, Ports::WAP_PUSH, 255).unwrap();
    let encoded = single[0].encode().unwrap();
    assert_eq!((single.len(), &encoded[..7]), (1, &b"\x00\x01\x00\x23\xf0\x0b\x84"[..]));
    assert_eq!(encoded[7..], octets);
    // Only the first segment has ports.
    let segments = Wdp::split(&vec![7; 300].into(), Ports::WAP_PUSH, 130).unwrap();
    let lengths: Vec<_> = segments.iter().map(|segment| segment.encode().unwrap().len()).collect();
    assert_eq!(lengths, [7 + 123, 3 + 127, 3 + 50]);
    for (octets, kind, field) in [
        (&b"\x01\x01\x00"[..], DecodeErrorKind::UnexpectedOctet(1), "MSG_TYPE"),
        (b"\x00\x01", DecodeErrorKind::UnexpectedEnd, "SEGMENT_NUMBER"),
        (b"\x00\x01\x00\x23\xf0\x0b", DecodeErrorKind::UnexpectedEnd, "DESTINATION_PORT"),
        (b"\x00\x01\x01", DecodeErrorKind::Deviation(DeviationKind::InvalidValue), "SEGMENT_NUMBER"),
    ] {
        let error = Wdp::decode_with(&Bytes::from_static(octets), &Options::strict()).unwrap_err();
        assert_eq!((error.kind, error.field), (kind, Some(field)));
    }
    let wrong = Wdp { total: 1, segment: 0, ports: None, data: Bytes::new() };
    assert_eq!(wrong.encode().unwrap_err().field, Some("DESTINATION_PORT"));
    assert_eq!(Wdp { segment: 1, ..wrong }.encode().unwrap_err().field, Some("SEGMENT_NUMBER"));

    let long = UserData::new(single[0].user_data(Reference::Short(0)).header, vec![7; 300]);
    let message = SmppMessage::new(&long).unwrap();
    assert_eq!((message.esm_class, message.short_message.len()), (0x40, 0));
    assert_eq!(message.message_payload.as_ref().unwrap().len(), 307);
    assert_eq!(message.user_data(&Options::strict()).unwrap().value, long);
    let both = SmppMessage { short_message: Bytes::from_static(b"x"), ..message };
    let decoded = both.user_data(&Options::lenient()).unwrap();
    assert_eq!((decoded.value, decoded.deviations[0].kind), (long, DeviationKind::FieldConflict));
    let plain = SmppMessage { esm_class: 0, short_message: Bytes::from_static(b"hi"), message_payload: None };
    let user_data = plain.user_data(&Options::strict()).unwrap().value;
    assert_eq!((user_data.data.as_ref(), SmppMessage::new(&user_data)), (&b"hi"[..], Ok(plain)));
}

/// Short messages, datagrams and their segments with octets that are others, missing or repeated.
#[cfg(feature = "arbitrary")]
#[test]
fn changed_short_messages_are_read_or_refused_and_come_back() {
    use mms_codec::fuzz::Target;

    let unhex = |digits: &str| -> Vec<u8> {
        let pairs = digits.as_bytes().chunks(2);
        pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
    };
    let mut samples: Vec<Vec<u8>> = [
        "040BC87238880900F10000993092516195800AE8329BFD4697D9EC37",
        "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37",
        "11000B916407281553F80000AA0AE8329BFD4697D9EC37",
        "06D60B911326880736F4111011719551401110117195714000",
        "06D60B911326880736F411101171955140111011719571400007000003313233",
        "000201BEAF84",
    ]
    .map(unhex)
    .into();
    samples.extend(["sms-deliver-single", "sms-deliver-seg1-of-2"].map(|name| vector(name).to_vec()));
    for sample in samples {
        for place in 0..sample.len() {
            for octet in [0x00, 0x1b, 0x7f, 0xd0, 0xff, sample[place] ^ 0x10] {
                let mut changed = sample.clone();
                changed[place] = octet;
                Target::Push.run(&changed);
            }
            let repeated = [&sample[..=place], &sample[place..]].concat();
            Target::Push.run(&repeated);
            Target::Push.run(&[&sample[..place], &sample[place + 1..]].concat());
            Target::Push.run(&sample[..place]);
        }
    }
}

/// Behind an empty address of the service centre, its first octets are those of a push (TS 23.040, 9.2.2.3).
#[cfg(all(feature = "mm4", feature = "mm7"))]
#[test]
fn a_report_on_a_short_message_is_not_a_push() {
    let report =
        b"\x06\x06\x0c\x91\x44\x77\x00\x09\x10\x32\x42\x10\x10\x21\x43\x65\x00\x42\x10\x10\x21\x53\x05\x00\x00";
    let with_centre = [b"\0", report.as_slice()].concat();
    for octets in [Bytes::from_static(report), Bytes::from(with_centre)] {
        assert_eq!(mms_codec::detect(&octets), None, "{octets:?}");
    }
}

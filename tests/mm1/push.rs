//! Pushes and short messages: the vectors in `vectors/mm1.txt`, and those of the corpus against what their
//! sources say and what tshark reads.

use crate::support::{corpus, vectors};
use std::path::Path;

use mms_codec::push::sms::{
    Concatenation, Deliver, InformationElement, JoinLimits, Joined, Joiner, Ports, Reference, Split, UserData,
    UserDataHeader,
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
    let deliver = |name| Deliver::decode(&vector(name), &Options::strict()).unwrap().value;
    let single = deliver("sms-deliver-single");
    assert_eq!((single.originator.as_str(), single.data_coding), ("1234", 0xf5));
    assert_eq!(single.user_data.header.ports(), Some(Ports::WAP_PUSH));
    let mut joiner = Joiner::new(JoinLimits::DEFAULT);
    assert_eq!(complete(joiner.add(&single.originator, &single.user_data).unwrap()), vector("push-notification"));

    let (first, second) = (deliver("sms-deliver-seg1-of-2"), deliver("sms-deliver-seg2-of-2"));
    let Joined::Waiting(waiting) = joiner.add(&second.originator, &second.user_data).unwrap() else { panic!() };
    assert_eq!((waiting.key.reference, waiting.missing), (Reference::Short(0x5c), vec![1]));
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
                let user_data = UserData::decode(&octets, &Options::strict()).unwrap().value;
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
                let UserData { header, .. } = UserData::decode(&octets, &Options::strict()).unwrap().value;
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

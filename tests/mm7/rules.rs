//! Fitting a message to a schema, and making one that was decoded leniently strictly valid.

use alloc::collections::BTreeSet;

use arbitrary::{Arbitrary, Unstructured};
use mms_codec::fuzz::property;
use mms_codec::{ChangeKind, ShownField};
use proptest::prelude::*;
use proptest::test_runner::Config;

use super::*;

/// One of each message, without and with attachments.
fn vectors() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/mm7");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let vectors: Vec<_> = files
        .into_iter()
        .map(|file| {
            let text = std::fs::read_to_string(file).unwrap();
            let (content_type, body) = text.split_once('\n').unwrap();
            (content_type.to_owned(), body.to_owned())
        })
        .collect();
    assert!(vectors.len() >= 24);
    vectors
}

#[test]
fn every_field_is_in_a_vector() {
    let decoded =
        vectors().into_iter().map(|(content_type, body)| mm7::decode(&content_type, &body.into()).unwrap().value);
    let shown: BTreeSet<_> =
        decoded.flat_map(|envelope| envelope.fields()).map(|field| field.name.to_string()).collect();
    let missing: BTreeSet<_> = Envelope::forms().map(|form| form.name).filter(|name| !shown.contains(*name)).collect();
    assert!(missing.is_empty(), "add {missing:?} to a message in tests/vectors/mm7");
}

/// What differs between two lists of fields, the version aside: the path without the attributes of addresses,
/// and whether it is gone.
fn differences(before: &[ShownField], after: &[ShownField]) -> BTreeSet<(String, bool)> {
    const OF_ADDRESSES: [&str; 4] = ["@displayOnly", "@addressCoding", "@id", "@sequence"];
    let name_of = |field: &ShownField| {
        let bare = OF_ADDRESSES.iter().find_map(|attribute| field.name.strip_suffix(attribute));
        bare.unwrap_or(&field.name).to_owned()
    };
    let names = before.iter().chain(after).map(name_of).filter(|name| name != "MM7Version");
    let values = |fields: &[ShownField], name: &str| -> Vec<_> {
        fields.iter().filter(|field| name_of(field) == name).flat_map(|field| field.values.clone()).collect()
    };
    let changed = |name: String| {
        let (before, after) = (values(before, &name), values(after, &name));
        (before != after).then_some((name, after.is_empty()))
    };
    names.collect::<BTreeSet<_>>().into_iter().filter_map(changed).collect()
}

fn encode(envelope: &Envelope) -> mm7::Encoded {
    mm7::encode(envelope).unwrap_or_else(|error| panic!("{error} in {envelope:?}"))
}

fn decode_strictly(encoded: &mm7::Encoded) -> Envelope {
    let decoded = mm7::decode_with(&encoded.content_type, &encoded.body(), &Options::strict());
    decoded.unwrap_or_else(|error| panic!("{error}\n{}", String::from_utf8_lossy(&encoded.body()))).value
}

fn check_fit(mut envelope: Envelope, schema: &Schema) {
    let (own, before) = (envelope.clone(), envelope.fields());
    let Some(changes) = envelope.fit_to(schema) else {
        assert!(envelope.name().starts_with("extended") && !envelope.pdu.is_in(schema));
        assert_eq!(envelope, own);
        return;
    };
    assert_eq!(envelope.schema, *schema);
    let listed: BTreeSet<_> =
        changes.iter().map(|change| (change.field.to_string(), change.kind == ChangeKind::Removed)).collect();
    let mut different = differences(&before, &envelope.fields());
    // Its proprietary attributes are not shown.
    different.extend(listed.get(&("ServiceCode".into(), false)).cloned());
    assert_eq!(listed, different, "{} for {schema}", envelope.name());
    let encoded = encode(&envelope);
    assert_eq!(encoded.left_out, Vec::<&str>::new());
    let again = decode_strictly(&encoded);
    assert_eq!(differences(&envelope.fields(), &again.fields()), BTreeSet::new());
    assert_eq!(envelope.fit_to(schema), Some(Vec::new()), "what fits is left as it is");
}

#[test]
fn what_fits_a_schema_is_strictly_valid_and_what_is_missing_is_listed() {
    let config = Config { failure_persistence: None, ..Config::default() };
    let octets = proptest::collection::vec(any::<u8>(), 2_000..3_000);
    proptest!(config, |(made in octets, schema in proptest::sample::select(Schema::ALL))| {
        if let Ok(envelope) = Envelope::arbitrary(&mut Unstructured::new(&made)) {
            check_fit(envelope, &schema);
        }
    });
}

#[test]
fn words_that_a_schema_does_not_have_become_the_nearest() {
    let message = envelope(
        "<DeliveryReportReq><MM7Version>6.8.0</MM7Version><MessageID>m</MessageID>\
         <Recipient><Number>+1</Number></Recipient><Sender><Number>+2</Number></Sender>\
         <Date>2024-03-05T10:02:11Z</Date><MMStatus>Deferred</MMStatus></DeliveryReportReq>",
    );
    let mut report = mm7::decode_envelope(&message).unwrap().value;
    let changes = report.fit_to(&Schema::REL_5_MM7_1_3).unwrap();
    assert_eq!(changes.iter().map(ToString::to_string).collect::<Vec<_>>(), ["MMStatus changed"]);
    assert!(shown(&report).contains("MMStatus = Indeterminate\n"));
    assert_eq!(report.pdu.mm7_version().unwrap().as_str(), "5.8.0");

    let mut submit = mm7::SubmitReq::default();
    submit.message.to.push(Address::phone("+1"));
    submit.message.distribution_indicator = Some(true);
    submit.message.sender_visibility = Some(mms_codec::message::SenderVisibility::Hide);
    submit.charged_party = Some(mm7::ChargedParty::ThirdParty);
    let mut submit = Envelope::new("t", submit);
    let changes = submit.fit_to(&Schema::REL_5_MM7_1_0).unwrap();
    let changes: Vec<_> = changes.iter().map(ToString::to_string).collect();
    assert_eq!(changes, ["X-Mms-Sender-Visibility removed", "DistributionIndicator removed", "ChargedParty removed"]);
    decode_strictly(&encode(&submit));
}

#[test]
fn a_schema_that_is_too_old_for_the_fields_is_raised() {
    for (rest, own, needed) in [
        ("<ApplicID>a</ApplicID>", "5-MM7-1-3", "6-MM7-1-0"),
        ("<ChargedParty>ThirdParty</ChargedParty>", "5-MM7-1-0", "6-MM7-1-0"),
        ("<DistributionIndicator>true</DistributionIndicator>", "5-MM7-1-0", "5-MM7-1-1"),
        ("<DistributionProtection>true</DistributionProtection><ApplicID>a</ApplicID>", "5-MM7-1-0", "5-MM7-1-0"),
        ("<Subject>a</Subject>", "6-MM7-6-7", "6-MM7-1-4"),
    ] {
        let text = String::from_utf8(submit(rest).to_vec()).unwrap();
        let version = if own.starts_with('5') { "5.3.0" } else { "6.8.0" };
        let octets = Bytes::from(text.replace("6-MM7-1-4", own).replace("6.8.0", version));
        assert!(mm7::decode_envelope_with(&octets, &Options::strict()).is_err(), "{own}");
        let mut envelope = mm7::decode_envelope(&octets).unwrap().value;
        assert_eq!(envelope.normalize().len(), 1, "{rest}");
        assert_eq!(envelope.schema.uri(), NAMESPACE.replace("6-MM7-1-4", needed));
        decode_strictly(&encode(&envelope));
    }
}

fn changed(envelope: &mut Envelope) -> Vec<String> {
    envelope.normalize().iter().map(ToString::to_string).collect()
}

#[test]
fn a_version_stays_if_the_schema_allows_it() {
    // The schemas of Release 5 allow three numbers that begin with 5, those of Release 6 list theirs.
    for (own, schema, expected) in [
        ("5.4.0", Schema::REL_5_MM7_1_3, "5.4.0"),
        ("5.4.0", Schema::REL_5_MM7_1_2, "5.6.0"),
        ("6.3.0", Schema::REL_6_MM7_1_4, "6.3.0"),
        ("6.8.0", Schema::REL_6_MM7_1_0, "6.3.0"),
        ("5.3.0", Schema::REL_6_MM7_1_4, "5.3.0"),
        ("5.3", Schema::REL_5_MM7_1_3, "5.8.0"),
        ("5.3.x", Schema::REL_5_MM7_1_3, "5.8.0"),
        ("6.7.0", Schema::REL_6_MM7_1_4, "6.8.0"),
    ] {
        let mut submit = mm7::SubmitReq::default();
        submit.message.to.push(Address::phone("+1"));
        submit.mm7_version = Some(own.into());
        let mut envelope = Envelope::new("t", submit);
        assert_eq!(envelope.fit_to(&schema), Some(Vec::new()), "{own} in {schema}");
        assert_eq!(envelope.pdu.mm7_version().unwrap().as_str(), expected, "{own} in {schema}");
        decode_strictly(&encode(&envelope));
    }
}

#[test]
fn what_a_schema_does_not_have_at_all_stays_as_it_was() {
    let mut cancel = mm7::ExtendedCancelReq::default();
    cancel.cancel_id = Some("c".into());
    for (pdu, schema) in
        [(cancel.into(), Schema::REL_5_MM7_1_3), (Pdu::from(mm7::SubmitReq::default()), Schema::Other("a b".into()))]
    {
        let mut envelope = Envelope::new("t", pdu);
        let before = envelope.clone();
        assert_eq!(envelope.fit_to(&schema), None);
        assert_eq!(envelope, before);
    }
}

#[test]
fn header_entries_that_readers_would_take_for_the_identifier_are_removed() {
    let own = format!("<TransactionID xmlns=\"{NAMESPACE}\">2</TransactionID>");
    let foreign = "<v:TransactionID xmlns:v=\"urn:v\">3</v:TransactionID>";
    let route = "<v:Route xmlns:v=\"urn:v\">x</v:Route>";
    for (id, entry, expected) in [
        (Some("t"), own.as_str(), &["TransactionID changed"][..]),
        (Some("t"), foreign, &[]),
        (None, foreign, &["TransactionID removed"]),
        (Some("t"), route, &[]),
        (None, route, &[]),
    ] {
        let mut envelope = Envelope::new("t", mm7::Fault::default());
        let Pdu::Fault(fault) = &mut envelope.pdu else { panic!() };
        (fault.code, fault.string) = (Some("Server".into()), Some("x".into()));
        envelope.transaction_id = id.map(Into::into);
        envelope.header = [route, entry].map(|xml| mm7::Fragment::parse(xml).unwrap()).into();
        assert_eq!(changed(&mut envelope), expected, "{entry}");
        let kept = if expected.is_empty() { vec![route, entry] } else { vec![route] };
        assert_eq!(envelope.header.iter().map(mm7::Fragment::as_str).collect::<Vec<_>>(), kept);
        assert_eq!(decode_strictly(&encode(&envelope)), envelope);
    }
}

/// The same of it as of a response of its own.
#[test]
fn the_response_in_a_fault_is_fitted_and_completed() {
    let mut fault = mm7::Fault::by_relay_server(StatusCode::SERVER_ERROR);
    let Some(mm7::FaultError::RsErrorRsp(response)) = &mut fault.error else { panic!() };
    (response.mm7_version, response.status.text) = (Some("6.8.0".into()), None);
    response.status.details = mm7::Fragment::parse("<a xmlns=\"urn:a\"/>").ok();
    let mut envelope = Envelope::new("t", fault);
    assert_eq!(changed(&mut envelope), ["Status.StatusText changed"]);
    let response = |envelope: &Envelope| match &envelope.pdu {
        Pdu::Fault(mm7::Fault { error: Some(mm7::FaultError::RsErrorRsp(response)), .. }) => response.clone(),
        _ => panic!(),
    };
    assert_eq!(response(&envelope).status, {
        let mut status = mm7::Status::new(StatusCode::SERVER_ERROR);
        status.details = mm7::Fragment::parse("<a xmlns=\"urn:a\"/>").ok();
        status
    });
    decode_strictly(&encode(&envelope));
}

/// A reader would take it for the fields in it.
#[test]
fn an_element_around_others_is_not_kept_as_another() {
    let mut submit = mm7::SubmitReq::default();
    submit.message.to.push(Address::phone("+1"));
    for (xml, to, expected) in [
        ("<Recipients xmlns=\"NS\"/>", &[Address::phone("+1")][..], &["Recipients changed"][..]),
        ("<Recipients xmlns=\"NS\"/>", &[], &["Recipients removed"]),
        ("<SenderIdentification xmlns=\"NS\"/>", &[Address::phone("+1")], &["SenderIdentification removed"]),
        ("<v:Recipients xmlns:v=\"urn:v\"/>", &[Address::phone("+1")], &[]),
    ] {
        submit.message.to = to.into();
        submit.mm7_version = Some("6.8.0".into());
        submit.extra = vec![mm7::Extra::new(mm7::Fragment::parse(&xml.replace("NS", NAMESPACE)).unwrap())];
        let mut envelope = Envelope::new("t", submit.clone());
        assert_eq!(changed(&mut envelope), expected, "{xml}");
        let Pdu::SubmitReq(normal) = envelope.pdu else { panic!() };
        assert_eq!(normal.extra.is_empty(), !expected.is_empty(), "{xml}");
    }
    // Any of the fields in it will do.
    (submit.message.to, submit.message.cc) = (vec![], vec![Address::phone("+1")]);
    submit.extra =
        vec![mm7::Extra::new(mm7::Fragment::parse(&format!("<Recipients xmlns=\"{NAMESPACE}\"/>")).unwrap())];
    assert_eq!(changed(&mut Envelope::new("t", submit)), ["Recipients changed"]);
}

/// Normalises what is decoded of the octets, and returns whether that can be written.
fn check_normal(content_type: &str, body: &str) -> bool {
    let Ok(lenient) = mm7::decode(content_type, &Bytes::copy_from_slice(body.as_bytes())) else { return false };
    let mut envelope = lenient.value;
    let before = envelope.clone();
    let changes = envelope.normalize();
    let listed: BTreeSet<_> = changes.iter().map(|change| change.field.to_ascii_lowercase()).collect();
    assert_eq!(listed.len(), changes.len(), "once a field: {changes:?}");
    let mut different = differences(&before.fields(), &envelope.fields());
    if envelope.schema != before.schema {
        different.insert(("xmlns".into(), false));
    }
    if envelope.message().map(|it| &it.body) != before.message().map(|it| &it.body)
        || envelope.attachments != before.attachments
    {
        different.insert(("Content".into(), false));
    }
    for (name, _) in different {
        // A kept element may have another name than the field that it repeats, and be at another place.
        let is_listed = listed.iter().any(|path| last_of(path) == last_of(&name).to_ascii_lowercase());
        assert!(is_listed || !is_field(envelope.name(), &name) && !listed.is_empty(), "{name}: {listed:?}\n{body}");
    }
    assert_eq!(envelope.clone().normalize(), [], "{body}");
    match mm7::encode(&envelope) {
        Ok(encoded) => {
            let again = decode_strictly(&encoded);
            let left_out: BTreeSet<_> = encoded.left_out.iter().map(|name| last_of(name).to_owned()).collect();
            for (name, _) in differences(&envelope.fields(), &again.fields()) {
                let last = last_of(&name);
                // The reference is written in a separate form.
                assert!(left_out.contains(last) || name == "Content@href", "{name}: {left_out:?}\n{body}");
            }
            true
        }
        Err(error) => {
            assert_eq!(error.kind, EncodeErrorKind::MissingField, "{error}\n{body}");
            false
        }
    }
}

/// The last name of a path, without a prefix.
fn last_of(path: &str) -> &str {
    path.rsplit(['.', ':']).next().unwrap_or(path)
}

/// Whether a message has a field of this name.
fn is_field(message: &str, name: &str) -> bool {
    type Names = BTreeSet<(&'static str, String)>;
    static NAMES: std::sync::OnceLock<Names> = std::sync::OnceLock::new();
    let fields = |(content_type, body): (String, String)| {
        let decoded = mm7::decode_with(&content_type, &body.into(), &Options::strict()).map(|decoded| decoded.value);
        decoded.into_iter().flat_map(|it| it.fields().into_iter().map(move |field| (it.name(), field.name)))
    };
    let names = NAMES.get_or_init(|| vectors().into_iter().flat_map(fields).collect());
    names.iter().any(|known| (known.0, known.1.as_str()) == (message, name))
}

/// What elements get in other places, and in place of their text.
const PIECES: &[&str] = &[
    "",
    " ",
    "0",
    "-1",
    "x",
    "\u{fc}",
    "6.8",
    "5.8.0",
    "Yes",
    "High",
    "Deferred",
    "Unreachable",
    "ThirdParty",
    "2024-13-01T00:00:00Z",
    "Tue, 05 Mar 2024 09:30:47 +0000",
    "99999999999999999999",
    "+447700900123/TYPE=PLMN",
    "(555) 123-4567",
    "Kim <kim@example.org>",
    "<![CDATA[<a>]]>",
    "<Number>+1</Number>",
    "<Number>bob@example.org</Number>",
    "<Number>1.2.3.4/TYPE=IPv4</Number>",
    "<RFC2822Address/>",
    "<ShortCode id=\"1 2\" addressCoding=\"rot13\">a b</ShortCode>",
    "<Number id=\"a\" displayOnly=\"maybe\"> +1 </Number>",
    "<Subject>again</Subject>",
    "<subject>again</subject>",
    "<Priority>Urgent</Priority>",
    "<MessageID>m</MessageID>",
    "<MessageClass>Test</MessageClass>",
    "<ApplicID>a</ApplicID>",
    "<DistributionProtection>true</DistributionProtection>",
    "<StatusCode>0</StatusCode>",
    "<StatusText>t</StatusText>",
    "<Details>d</Details>",
    "<Content href=\"cid:other\"/>",
    "<Content href=\"http://h.example/a\" allowAdaptations=\"maybe\"/>",
    "<Content allowAdaptations=\"true\"/>",
    "<ReplyCharging replyChargingSize=\"0\" replyDeadline=\"soon\"/>",
    "<ServiceCode a=\"1\" xmlns:b=\"urn:b\" b:a=\"2\">s</ServiceCode>",
    "<Recipients><To><Number>+2</Number></To></Recipients>",
    "<Recipients/>",
    "<Sender><Number>+3</Number></Sender>",
    "<Previouslysentby><UserAgent sequence=\"0\"><Number>+1</Number></UserAgent></Previouslysentby>",
    "<v:Own xmlns:v=\"urn:vendor\">kept</v:Own>",
    "<Unknown>kept</Unknown>",
    "<t:TransactionID xmlns:t=\"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4\">2</t:TransactionID>",
    "<TransactionID xmlns=\"urn:vendor\">2</TransactionID>",
    "<faultcode>oops oops</faultcode>",
    "text",
];

/// The namespaces that a message may be put into.
const NAMESPACES: &[&str] = &["REL-5-MM7-1-0", "REL-5-MM7-1-3", "REL-6-MM7-1-0", "REL-6-MM7-1-5", "REL-6-MM7-9-9"];

/// Replaces, repeats, or adds to, what is between two tags.
fn mutated() -> impl Strategy<Value = (String, String)> {
    let edit = (any::<prop::sample::Index>(), 0..6_u8, proptest::sample::select(PIECES));
    let edits = proptest::collection::vec(edit, 1..6);
    let namespace = proptest::option::of(proptest::sample::select(NAMESPACES));
    (proptest::sample::select(vectors()), edits, namespace).prop_map(|((content_type, mut body), edits, namespace)| {
        for (place, kind, piece) in edits {
            let tags: Vec<usize> = body.match_indices('<').map(|(at, _)| at).collect();
            let at = tags[place.index(tags.len())];
            let end = body[at..].find('>').map_or(body.len(), |end| at + end + 1);
            let (tag, next) = (body[at..end].to_owned(), body[end..].find('<').map_or(body.len(), |next| end + next));
            let is_leaf = body[next..].starts_with("</") && !tag.starts_with("</") && !tag.ends_with("/>");
            match kind {
                // The text of an element.
                0 if is_leaf => body.replace_range(end..next, piece),
                // The whole element.
                1 | 2 if is_leaf => {
                    let close = body[next..].find('>').map_or(body.len(), |close| next + close + 1);
                    let element = body[at..close].to_owned();
                    if kind == 1 { body.replace_range(at..close, piece) } else { body.insert_str(at, &element) }
                }
                1 | 2 if tag.ends_with("/>") => body.replace_range(at..end, piece),
                // In other letters.
                3 if is_leaf && !tag.contains([' ', ':']) => {
                    let name = &tag[1..tag.len() - 1];
                    let close = format!("</{name}>");
                    if body[next..].starts_with(&close) {
                        body.replace_range(next..next + close.len(), &close.to_uppercase());
                        body.replace_range(at..end, &tag.to_uppercase());
                    }
                }
                4 => body.insert_str(end, piece),
                _ => body.insert_str(at, piece),
            }
        }
        if let Some(namespace) = namespace {
            body = body.replace("REL-6-MM7-1-4", namespace);
        }
        (content_type, body)
    })
}

#[test]
fn what_was_forgiven_is_written_after_it_was_normalized() {
    assert!(vectors().iter().filter(|(content_type, body)| check_normal(content_type, body)).count() >= 22);
    let config = Config { cases: 4 * Config::default().cases, failure_persistence: None, ..Config::default() };
    proptest!(config, |((content_type, body) in mutated())| {
        check_normal(&content_type, &body);
    });
}

#[test]
fn what_is_valid_is_normal() {
    let config = Config { failure_persistence: None, ..Config::default() };
    proptest!(config, |(made in proptest::collection::vec(any::<u8>(), 2_000..3_000))| {
        let Ok(mut envelope) = Envelope::arbitrary(&mut Unstructured::new(&made)) else { return Ok(()) };
        let before = envelope.clone();
        prop_assert_eq!(envelope.normalize(), []);
        prop_assert!(envelope == before, "{}", property::differing(&before, &envelope));
    });
}

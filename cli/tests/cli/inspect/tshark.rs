//! What tshark makes of a message, brought to our form.

use serde_json::{Map, Value};

use super::corpus::Report;

/// Texts beyond ASCII. tshark 4.0 converts few charsets, does not know the quote inside the charset
/// form, and exports octets that are no UTF-8 by themselves as U+FFFD each: of these only the ASCII
/// characters are compared.
const BEYOND_ASCII: &[(&str, &str)] = &[
    ("mm1/ga-mms-unicode.push", "mmse.subject"),
    ("mm1/je-m-retrieve_2-conf.mms", "mmse.subject"),
    ("mm1/je-m-retrieve_9-conf.mms", "mmse.subject"),
    ("mm1/je-m-send_3-conf.mms", "mmse.response_text"),
    ("mm1/je-notify-expired1.mms", "mmse.subject"),
    ("mm1/je-notify-notfound.mms", "mmse.subject"),
    ("mm1/je-retrieve-success3.mms", "mmse.subject"),
    ("mm1/pm-27d0a048cd79555de05283a22372b0eb.mms", "mmse.subject"),
];

/// Values that tshark gets wrong, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "mm1/cn-notify-gitbook.push",
    "mmse.message_type",
    "a push header stands outside the header length; tshark takes the second octet of what follows for the type",
)];

/// Names of the octets.
type Words = &'static [(u8, &'static str)];

const YES_NO: Words = &[(0x80, "Yes"), (0x81, "No")];
const CLASS: Words = &[(0x80, "Personal"), (0x81, "Advertisement"), (0x82, "Informational"), (0x83, "Auto")];
const PRIORITY: Words = &[(0x80, "Low"), (0x81, "Normal"), (0x82, "High")];
const VISIBILITY: Words = &[(0x80, "Hide"), (0x81, "Show")];
const READ_STATUS: Words = &[(0x80, "Read"), (0x81, "Deleted without being read")];
const REPLY_CHARGING: Words =
    &[(0x80, "Requested"), (0x81, "Requested text only"), (0x82, "Accepted"), (0x83, "Accepted text only")];
const STATUS: Words = &[
    (0x80, "Expired"),
    (0x81, "Retrieved"),
    (0x82, "Rejected"),
    (0x83, "Deferred"),
    (0x84, "Unrecognised"),
    (0x85, "Indeterminate"),
    (0x86, "Forwarded"),
    (0x87, "Unreachable"),
];
const RETRIEVE_STATUS: Words =
    &[(0x80, "Ok"), (0xe0, "Error-permanent-failure"), (0xe2, "Error-permanent-message-not-found")];
const RESPONSE_STATUS: Words = &[
    (0x80, "Ok"),
    (0xe1, "Error-permanent-service-denied"),
    (0xe8, "Error-permanent-reply-charging-forwarding-denied"),
];
const MESSAGE_TYPE: Words = &[
    (0x80, "m-send-req"),
    (0x81, "m-send-conf"),
    (0x82, "m-notification-ind"),
    (0x83, "m-notifyresp-ind"),
    (0x84, "m-retrieve-conf"),
    (0x85, "m-acknowledge-ind"),
    (0x86, "m-delivery-ind"),
    (0x87, "m-read-rec-ind"),
    (0x88, "m-read-orig-ind"),
    (0x89, "m-forward-req"),
    (0x8a, "m-forward-conf"),
    (0x8b, "m-mbox-store-req"),
    (0x8c, "m-mbox-store-conf"),
    (0x8d, "m-mbox-view-req"),
    (0x8e, "m-mbox-view-conf"),
    (0x8f, "m-mbox-upload-req"),
    (0x90, "m-mbox-upload-conf"),
    (0x91, "m-mbox-delete-req"),
    (0x92, "m-mbox-delete-conf"),
    (0x93, "m-mbox-descr"),
];

/// Compares the fields that tshark names with those that are shown, and the parts by number and type.
pub(crate) fn compare(file: &str, theirs: &Value, ours: &Value, report: &mut Report) {
    for (key, value) in theirs.as_object().unwrap() {
        if EXCEPTIONS.iter().any(|(of, what, _)| (*of, *what) == (file, key)) {
            continue;
        }
        let key = key.as_str();
        let (name, value) = match key {
            "mmse.message_type" => {
                report.compare(file, key, &ours["type"], &word(MESSAGE_TYPE, value));
                continue;
            }
            "wsp.header.content_type" => {
                let shown = ours["fields"]["Content-Type"].as_str().and_then(|text| text.split(';').next());
                report.compare(file, key, &shown.into(), value);
                continue;
            }
            "wsp.post.data" => {
                parts(file, value, &ours["parts"], report);
                continue;
            }
            "mmse.transaction_id" => ("X-Mms-Transaction-ID", value.clone()),
            "mmse.mms_version" => ("X-Mms-MMS-Version", value.clone()),
            "mmse.message_id" => ("Message-ID", value.clone()),
            "mmse.content_location" => ("X-Mms-Content-Location", value.clone()),
            "mmse.from" if value == "<insert address>" => ("From", "insert-address-token".into()),
            "mmse.from" => ("From", value.clone()),
            "mmse.to" => ("To", value.clone()),
            "mmse.cc" => ("Cc", value.clone()),
            "mmse.subject" => ("Subject", value.clone()),
            "mmse.retrieve_text" => ("X-Mms-Retrieve-Text", value.clone()),
            "mmse.response_text" => ("X-Mms-Response-Text", value.clone()),
            "mmse.message_class.str" => ("X-Mms-Message-Class", value.clone()),
            "mmse.message_class.id" => ("X-Mms-Message-Class", word(CLASS, value)),
            "mmse.priority" => ("X-Mms-Priority", word(PRIORITY, value)),
            "mmse.delivery_report" => ("X-Mms-Delivery-Report", word(YES_NO, value)),
            "mmse.read_report" => ("X-Mms-Read-Report", word(YES_NO, value)),
            "mmse.report_allowed" => ("X-Mms-Report-Allowed", word(YES_NO, value)),
            "mmse.sender_visibility" => ("X-Mms-Sender-Visibility", word(VISIBILITY, value)),
            "mmse.status" => ("X-Mms-Status", word(STATUS, value)),
            "mmse.read_status" => ("X-Mms-Read-Status", word(READ_STATUS, value)),
            "mmse.retrieve_status" => ("X-Mms-Retrieve-Status", word(RETRIEVE_STATUS, value)),
            "mmse.response_status" => ("X-Mms-Response-Status", word(RESPONSE_STATUS, value)),
            "mmse.reply_charging" => ("X-Mms-Reply-Charging", word(REPLY_CHARGING, value)),
            "mmse.message_size" => ("X-Mms-Message-Size", number(value)),
            "mmse.reply_charging_size" => ("X-Mms-Reply-Charging-Size", number(value)),
            "mmse.date" => ("Date", time(value)),
            "mmse.expiry.abs" => ("X-Mms-Expiry", time(value)),
            "mmse.expiry.rel" => ("X-Mms-Expiry", seconds(value)),
            "mmse.delivery_time.abs" => ("X-Mms-Delivery-Time", time(value)),
            // Fields above 0x21, which it does not know, and its own tree of the content type.
            "mmse.header.uint" | "mmse.header.bytes" | "mmse.header.string" => continue,
            "Content-Type" | "wsp.header.content_type_tree" => continue,
            // Names of application headers; their values have no key.
            "mmse.ffheader" => continue,
            _ => ("nothing known", value.clone()),
        };
        let shown = &ours["fields"][name];
        if BEYOND_ASCII.contains(&(file, key)) {
            report.compare(file, key, &ascii(shown), &ascii(&value));
        } else {
            report.compare(file, key, shown, &value);
        }
    }
}

fn ascii(text: &Value) -> Value {
    text.as_str().map(|text| text.chars().filter(|c| c.is_ascii() && !c.is_control()).collect::<String>()).into()
}

/// The leaves in their order: how many there are, and of which types.
fn parts(file: &str, theirs: &Value, ours: &Value, report: &mut Report) {
    let Some(body) = theirs.get("Multipart body") else { return };
    let mut types = Vec::new();
    leaf_types(body, &mut types);
    let shown: Vec<Value> = ours
        .as_array()
        .into_iter()
        .flatten()
        .map(|part| part["content_type"].as_str().and_then(|text| text.split(';').next()).into())
        .collect();
    report.compare(file, "parts", &shown.into(), &types.into());
}

fn leaf_types(body: &Value, types: &mut Vec<Value>) {
    let no_parts = Value::Object(Map::new());
    let trees = match body.get("wsp.multipart_tree").unwrap_or(&no_parts) {
        Value::Array(trees) => trees.iter().collect(),
        tree => vec![tree],
    };
    for tree in trees {
        match tree.get("Multipart body") {
            Some(body) => leaf_types(body, types),
            None => types.push(tree["wsp.header.content_type"].clone()),
        }
    }
}

fn word(words: Words, octet: &Value) -> Value {
    let octet = octet.as_str().and_then(|text| u8::from_str_radix(text.trim_start_matches("0x"), 16).ok());
    words.iter().find(|(known, _)| Some(*known) == octet).map(|(_, word)| *word).into()
}

fn number(value: &Value) -> Value {
    value.as_str().unwrap().parse::<u64>().unwrap().into()
}

/// `172800.000000000`
fn seconds(value: &Value) -> Value {
    format!("PT{}S", value.as_str().unwrap().split('.').next().unwrap()).into()
}

/// `Jan  1, 2024 00:00:00.000000000 UTC`
fn time(value: &Value) -> Value {
    let text = value.as_str().unwrap().replace(".000000000 UTC", " +0000");
    jiff::fmt::strtime::parse("%b %d, %Y %H:%M:%S %z", &text).unwrap().to_timestamp().unwrap().to_string().into()
}

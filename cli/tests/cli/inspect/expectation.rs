//! The dialects in which the sources of the corpus state what they expect, brought to ours.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::corpus::Report;

/// Expectations that a file does not meet, and why that is right.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("mm1/of-retrieve-conf-1.mms", "From", "the comment leaves out the + that the octets have"),
    ("mm1/of-retrieve-conf-3.mms", "From", "the comment leaves out the + that the octets have"),
    ("mm1/of-retrieve-conf-3.mms", "To", "the comment leaves out the + that the octets have"),
    ("mm1/pm-btmms.mms", "Transaction-Id", "the PDU has none; that decoder fills in 1234"),
    ("mm1/pm-tomslot.mms", "Transaction-Id", "the PDU has none; that decoder fills in 1234"),
    ("mm1/je-retrieve-success3.mms", "file_name", "that client names the file after the Content-ID"),
];

fn is_exception(file: &str, what: &str) -> bool {
    EXCEPTIONS.iter().any(|exception| (exception.0, exception.1) == (file, what))
}

/// Compares what is shown of a file with what its source expects. Every key of an expectation has
/// to be known here.
pub(crate) fn compare(file: &str, expected: &Value, shown: &Value, octets: &[u8], report: &mut Report) {
    let pdu = shown.get("pdu").unwrap_or(shown);
    let no_part = Vec::new();
    let parts = pdu["parts"].as_array().unwrap_or(&no_part);
    for (key, value) in expected.as_object().unwrap() {
        if is_exception(file, key) {
            continue;
        }
        let mut field = |name: &str, value: Value| report.compare(file, name, &pdu["fields"][name], &value);
        match key.as_str() {
            // What a client makes of the message, or how it came to be.
            "decodes" | "receive_state" | "receive" | "meaning" | "direction" | "sms_sender" | "error" => {}
            "send_state" => match value.as_str() {
                Some("accepted") => field("X-Mms-Response-Status", "Ok".into()),
                Some("REFUSED") => field("X-Mms-Response-Status", "Error-permanent-service-denied".into()),
                _ => {}
            },

            // Names of their own.
            "message_type" => report.compare(file, key, &pdu["type"], value),
            "transaction_id" | "MMS transaction id" => field("X-Mms-Transaction-ID", value.clone()),
            "version" | "MMS version" => field("X-Mms-MMS-Version", value.clone()),
            "message_id" | "Msg-Id" => field("Message-ID", value.clone()),
            "from" | "From" => field("From", value.clone()),
            "to" | "To" => field("To", value.clone()),
            "Subject" => field("Subject", value.clone()),
            "message_class" | "Class" => field("X-Mms-Message-Class", value.clone()),
            "Priority" => field("X-Mms-Priority", value.clone()),
            "message_size" | "Size" => field("X-Mms-Message-Size", value.clone()),
            "content_location" | "Location" => field("X-Mms-Content-Location", value.clone()),
            "response_text" => field("X-Mms-Response-Text", value.clone()),
            "expiry_relative_s" => field("X-Mms-Expiry", format!("PT{value}S").into()),
            "report_allowed" => field("X-Mms-Report-Allowed", yes_or_no(value)),
            "delivery_report" => field("X-Mms-Delivery-Report", yes_or_no(value)),
            "status" | "delivery_status" => field("X-Mms-Status", capital(value)),
            "Response-Status" => field("X-Mms-Response-Status", capital(value)),
            "read_status" if value == "deleted" => field("X-Mms-Read-Status", "Deleted without being read".into()),
            "MMS message type" => {
                report.compare(file, key, &pdu["type"], &format!("m-{}", value.as_str().unwrap()).into());
            }
            "Date (as printed in the author's local time zone)" => field("Date", local_time(value)),
            // Counted from the day on which the author printed it.
            "Expiry (as printed in the author's local time zone)" => {}
            "Overall message size" | "Overall Push Length" => {
                report.compare(file, key, &octets.len().into(), value);
            }
            "Overall message size (as documented, disagrees with the file)" => {}

            // Whole header lists.
            "headers" if value.is_object() => {
                for (name, value) in value.as_object().unwrap() {
                    if !is_exception(file, name) {
                        header(file, name, value, pdu, report);
                    }
                }
            }

            // Parts.
            "n_parts" => report.compare(file, key, &parts.len().into(), value),
            "parts" => {
                let theirs = value.as_array().unwrap();
                report.compare(file, key, &parts.len().into(), &theirs.len().into());
                for (ours, theirs) in parts.iter().zip(theirs) {
                    part(file, theirs, ours, octets, report);
                }
            }
            "Attachments" => {
                for (ours, theirs) in parts.iter().zip(value.as_array().unwrap()) {
                    part(file, theirs, ours, octets, report);
                }
            }
            "content_type" if shown["interface"] == "mm1" => {
                report.compare(file, key, &media(&pdu["fields"]["Content-Type"]), value);
            }

            // The push around.
            "content_type" | "Content-Type" => report.compare(file, key, &shown["fields"]["Content-Type"], value),
            "application_id" => {
                let name = value.as_str().unwrap().split(' ').next().unwrap();
                report.compare(file, key, &shown["fields"]["X-Wap-Application-Id"], &name.into());
            }
            "content_length_header" => report.compare(file, key, &shown["fields"]["Content-Length"], value),
            "is_mms_notification" => report.compare(file, key, &shown["pdu"].is_object().into(), value),
            "Type" if value == 6 => report.compare(file, key, &shown["type"], &"Push".into()),
            "headers" => {
                for theirs in value.as_array().unwrap() {
                    push_header(file, theirs, &shown["fields"], report);
                }
            }
            // Not shown; where the headers end is seen by what is read behind them.
            "TID" | "headers_length" | "data_length" | "Push Content + Header Length" | "Body Length" => {}
            _ => report.compare(file, key, &"no such expectation is known".into(), value),
        }
    }
}

/// Mbuni's header lines with RFC 822 dates, or python-messaging's names without `X-Mms-`.
fn header(file: &str, name: &str, value: &Value, pdu: &Value, report: &mut Report) {
    let no_fields = Map::new();
    let fields = pdu["fields"].as_object().unwrap_or(&no_fields);
    let name = if name == "Read-Reply" { "Read-Report" } else { name };
    let find = |name: &str| fields.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let shown = find(name).or_else(|| find(&format!("X-Mms-{name}"))).unwrap_or(&Value::Null);
    let text = value.as_str().unwrap_or_default();
    match name {
        "X-Mms-Message-Type" | "Message-Type" => report.compare(file, name, &pdu["type"], value),
        "Date" | "X-Mms-Expiry" | "X-Mms-Delivery-Time" if text.ends_with(" GMT") => {
            report.compare(file, name, shown, &rfc822_time(text).into());
        }
        "X-Mms-Message-Size" | "X-Mms-Message-Count" | "X-Mms-Start" | "X-Mms-Limit" | "X-Mms-Reply-Charging-Size" => {
            report.compare(file, name, shown, &text.parse::<u64>().unwrap().into());
        }
        // The encoder takes the angle brackets off.
        "Message-ID" => report.compare(file, name, shown, &text.trim_matches(['<', '>']).into()),
        // The encoder puts the blank behind the sign, and the quotation marks, into the keyword.
        "X-Mms-MM-Flags" => report.compare(file, name, shown, &text.replacen('+', "Add ", 1).into()),
        "X-Mms-Element-Descriptor" => {
            let unquoted = shown.as_str().map(|shown| shown.replace('"', ""));
            report.compare(file, name, &unquoted.into(), value);
        }
        "From" if text == "<not inserted>" => report.compare(file, name, shown, &"insert-address-token".into()),
        "Content-Type" if value.is_object() => {
            report.compare(file, name, &media(shown), &value["media"]);
            for (parameter, value) in value["params"].as_object().unwrap() {
                report.compare(file, parameter, &self::parameter(shown, parameter), value);
            }
        }
        // The encoder was told the name of MIME.
        "Content-Type" => {
            let wap = text.replace("multipart/", "application/vnd.wap.multipart.");
            report.compare(file, name, &media(shown), &wap.into());
        }
        _ if value.is_boolean() => report.compare(file, name, shown, &yes_or_no(value)),
        _ => report.compare(file, name, shown, value),
    }
}

fn part(file: &str, theirs: &Value, ours: &Value, octets: &[u8], report: &mut Report) {
    for (key, value) in theirs.as_object().unwrap() {
        // The root part of one message.
        if ours["path"] == "1" && is_exception(file, key) {
            continue;
        }
        match key.as_str() {
            "index" => report.compare(file, key, &ours["path"], &(value.as_u64().unwrap() + 1).to_string().into()),
            "content_type" | "Content-type" => {
                report.compare(file, key, &media(&ours["content_type"]), &media(value));
                // mms-engine and oFono also name the charset that a text without one is taken to have.
                let charset = parameter(value, "charset");
                if !charset.is_null() && ours["content_type"].as_str().unwrap().contains("charset") {
                    report.compare(file, key, &parameter(&ours["content_type"], "charset"), &charset);
                }
            }
            "content_id" | "Content-id" => report.compare(file, key, &ours["content_id"], value),
            "file_name" => report.compare(file, key, &ours["name"], value),
            "data_len" | "Length" => report.compare(file, key, &ours["length"], value),
            "data_sha256" => report.compare(file, key, &ours["sha256"], value),
            "data_text_utf8" => report.compare(file, key, &ours["text"], value),
            "content_type_parameters" => {
                for (name, value) in value.as_object().unwrap() {
                    report.compare(file, name, &parameter(&ours["content_type"], name), value);
                }
            }
            "Offset" => {
                let start = usize::try_from(value.as_u64().unwrap()).unwrap();
                let length = usize::try_from(theirs["Length"].as_u64().unwrap()).unwrap();
                let digest: String =
                    Sha256::digest(&octets[start..start + length]).iter().map(|octet| format!("{octet:02x}")).collect();
                report.compare(file, key, &ours["sha256"], &digest.into());
            }
            _ => report.compare(file, key, &"no such expectation is known".into(), value),
        }
    }
}

/// oFono's `{"token": "0x0D", "name": "Content-Length", "value": "0x5C"}`.
fn push_header(file: &str, theirs: &Value, fields: &Value, report: &mut Report) {
    let name = theirs["name"].as_str().unwrap();
    let value = theirs["value"].as_str().unwrap();
    let expected: Value = match value.split_once(" -> ") {
        Some((_, text)) => text.into(),
        None => u64::from_str_radix(value.trim_start_matches("0x"), 16).unwrap().into(),
    };
    report.compare(file, name, &fields[name], &expected);
}

fn media(content_type: &Value) -> Value {
    content_type.as_str().and_then(|text| text.split(';').next()).into()
}

/// A parameter of a content type as it is shown.
fn parameter(content_type: &Value, name: &str) -> Value {
    let mut parameters = content_type.as_str().unwrap_or_default().split(';').skip(1);
    let value = parameters.find_map(|parameter| {
        let (own, value) = parameter.trim().split_once('=')?;
        own.eq_ignore_ascii_case(name).then(|| value.trim_matches('"').to_owned())
    });
    json!(value)
}

fn yes_or_no(value: &Value) -> Value {
    if value.as_bool().unwrap() { "Yes" } else { "No" }.into()
}

fn capital(word: &Value) -> Value {
    let word = word.as_str().unwrap();
    format!("{}{}", word[..1].to_uppercase(), &word[1..]).into()
}

/// `2011-06-03T11:45:21+0200`; the sign is lost in some.
fn local_time(value: &Value) -> Value {
    let (time, zone) = value.as_str().unwrap().split_at(19);
    let text = format!("{time}+{}", zone.trim_start_matches('+'));
    jiff::fmt::strtime::parse("%Y-%m-%dT%H:%M:%S%z", &text).unwrap().to_timestamp().unwrap().to_string().into()
}

fn rfc822_time(text: &str) -> String {
    jiff::fmt::rfc2822::parse(text).unwrap().timestamp().to_string()
}

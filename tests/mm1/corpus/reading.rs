//! What a PDU says, in words that can be compared with those of other programs.

use mms_codec::message::ContentType;
use mms_codec::mm1::Pdu;
use serde_json::Value;

/// The field of the specification that another program calls `name`, if there is one.
pub(crate) fn field(name: &str) -> Option<&'static str> {
    let name = match name {
        // The name of MMS 1.0.
        "Read-Reply" => "Read-Report",
        name => name,
    };
    let known = (0x81..=0xbf).filter_map(mms_codec::mm1::FieldCode::from_wire).filter_map(|code| code.name());
    let mut known = known.filter(|known| {
        known.eq_ignore_ascii_case(name)
            || known.strip_prefix("X-Mms-").is_some_and(|short| short.eq_ignore_ascii_case(name))
    });
    known.next()
}

/// The values of a field, comparable.
pub(crate) fn values(pdu: &Pdu, field: &str) -> Vec<String> {
    if field == "X-Mms-Message-Type" {
        return vec![pdu.message_type().to_string()];
    }
    let shown = pdu.fields().into_iter().filter(|shown| shown.name == field);
    shown.flat_map(|shown| shown.values).map(|value| comparable(field, &value.to_string())).collect()
}

/// The values that another program gives, comparable.
pub(crate) fn foreign(field: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) if field != "Content-Type" => {
            values.iter().flat_map(|value| foreign(field, value)).collect()
        }
        Value::Bool(value) => vec![if *value { "Yes" } else { "No" }.into()],
        Value::String(text) => vec![comparable(field, text)],
        other => vec![comparable(field, &other.to_string())],
    }
}

/// One spelling for all.
fn comparable(field: &str, text: &str) -> String {
    match field {
        "Date" | "X-Mms-Expiry" | "X-Mms-Delivery-Time" => time(text),
        "Message-ID" => text.trim_matches(['<', '>']).into(),
        "From" if ["<not inserted>", "anon@anon", "<insert address>"].contains(&text) => "insert-address-token".into(),
        "Content-Type" => media(text),
        // The operation is a sign, and the blank behind it belongs to the keyword.
        "X-Mms-MM-Flags" => text.replacen('+', "Add ", 1),
        "X-Mms-Element-Descriptor" => text.replace('"', ""),
        _ => text.into(),
    }
}

/// A media type without its parameters, and a multipart by its MIME name.
pub(crate) fn media(text: &str) -> String {
    let media = text.parse::<ContentType>().map_or_else(|_| text.into(), |parsed| parsed.media.to_string());
    media.replace("application/vnd.wap.multipart.", "multipart/").to_ascii_lowercase()
}

/// A time as RFC 3339, from how Internet mail or tshark writes it; spans as they are.
fn time(text: &str) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = |name: &str| MONTHS.iter().position(|known| *known == name).map(|index| index + 1);
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let (day, name, year, clock) = match words[..] {
        [_, day, name, year, clock, "GMT"] => (day, name, year, clock),
        [name, day, year, clock, "UTC"] => (day, name, year, clock),
        _ => return text.into(),
    };
    match (day.parse::<u8>(), month(name)) {
        (Ok(day), Some(month)) => format!("{year}-{month:02}-{day:02}T{}Z", clock.split('.').next().unwrap_or(clock)),
        _ => text.into(),
    }
}

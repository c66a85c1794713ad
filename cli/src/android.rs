//! Messages that Android stored: its database of telephony (`mmssms.db`), and the files of SMS Backup & Restore, which
//! have the columns of that database as attributes.
//!
//! Android keeps the fields of a PDU, mostly as the codes of MM1, and not the PDU: what is not kept is not made up.

mod backup;
#[cfg(feature = "android-database")]
mod database;
#[cfg(feature = "android-database")]
mod log;

use std::collections::HashMap;
use std::path::Path;

use mms_codec::Bytes;
use mms_codec::message::{Address, Charset, ContentType, Interval, Originator, Part, Text, Time, Timestamp};
use mms_codec::mm1::{self, FieldCode};

/// A message in a database or a backup.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    /// Where it is: its number or identifier.
    pub(crate) place: String,
    columns: Columns,
    /// The addresses by their roles.
    addresses: Vec<(u32, String)>,
    parts: Vec<(Columns, Vec<u8>)>,
    /// Why it cannot be read.
    error: Option<String>,
}

/// The messages of a file, or why it cannot be read; `None` if it is none of Android.
pub(crate) fn messages(file: &Path, octets: &[u8]) -> Option<Result<Vec<Stored>, String>> {
    #[cfg(feature = "android-database")]
    if database::detect(octets) {
        return Some(database::messages(file, octets));
    }
    #[cfg(not(feature = "android-database"))]
    let _ = file;
    backup::detect(octets).then(|| Ok(backup::messages(octets)))
}

/// Values by the names of columns.
#[derive(Debug, Default)]
struct Columns(HashMap<String, String>);

impl Columns {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !matches!(*value, "" | "null"))
    }

    fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name)?.trim().parse().ok()
    }

    /// Seconds since 1970; backups count milliseconds.
    fn seconds(&self, name: &str) -> Option<i64> {
        const MILLISECONDS: i64 = 100_000_000_000;
        let time: i64 = self.number(name).filter(|time| *time > 0)?;
        Some(if time > MILLISECONDS { time / 1_000 } else { time })
    }

    fn charset(&self, name: &str) -> Option<Charset> {
        self.number(name).filter(|mib| *mib != 0).map(Charset::new)
    }

    /// A text, whose octets some versions keep as if they were Latin-1.
    fn encoded(&self, name: &str, charset: &str) -> Option<Text> {
        let text = self.text(name)?;
        let octets: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
        let decoded = octets.filter(|octets| !octets.is_ascii()).and_then(|octets| {
            let charset = self.charset(charset).unwrap_or(Charset::UTF_8);
            Text::from_octets(octets.into(), charset).as_str().map(Into::into)
        });
        Some(decoded.unwrap_or_else(|| text.into()))
    }
}

/// Columns with codes of MM1, and their fields.
const CODES: [(&str, FieldCode); 9] = [
    ("m_type", FieldCode::MESSAGE_TYPE),
    ("v", FieldCode::MMS_VERSION),
    ("pri", FieldCode::PRIORITY),
    ("rr", FieldCode::READ_REPORT),
    ("d_rpt", FieldCode::DELIVERY_REPORT),
    ("rpt_a", FieldCode::REPORT_ALLOWED),
    ("resp_st", FieldCode::RESPONSE_STATUS),
    ("retr_st", FieldCode::RETRIEVE_STATUS),
    ("st", FieldCode::STATUS),
];

/// Roles of addresses, which Android names by the codes of their fields.
const BCC: u32 = 129;
const CC: u32 = 130;
const FROM: u32 = 137;
const TO: u32 = 151;

impl Stored {
    /// The PDU that the message was.
    pub(crate) fn pdu(self) -> Result<mm1::Pdu, String> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut codes = Vec::new();
        for (name, field) in CODES {
            codes.extend(self.columns.number::<u8>(name).iter().flat_map(|code| [field.wire() | 0x80, code | 0x80]));
        }
        let decoded = mm1::decode(&codes.into()).map_err(|error| error.to_string())?;
        let mut pdu = decoded.value;
        let columns = &self.columns;
        let transaction = columns.text("tr_id").map(Into::into);
        let message_id = columns.text("m_id").map(Into::into);
        let message = match &mut pdu {
            mm1::Pdu::SendReq(pdu) => {
                pdu.transaction_id = transaction;
                &mut pdu.message
            }
            mm1::Pdu::NotificationInd(pdu) => {
                pdu.transaction_id = transaction;
                pdu.content_location = columns.text("ct_l").map(Into::into);
                pdu.message_size = columns.number("m_size");
                &mut pdu.message
            }
            mm1::Pdu::RetrieveConf(pdu) => {
                pdu.transaction_id = transaction;
                pdu.message_id = message_id;
                pdu.retrieve_text = columns.encoded("retr_txt", "retr_txt_cs");
                &mut pdu.message
            }
            mm1::Pdu::DeliveryInd(pdu) => {
                pdu.report.message_id = message_id;
                pdu.report.date = columns.seconds("date").map(Timestamp::from_seconds);
                pdu.report.recipient = self.of_role(TO).next();
                return Ok(pdu.clone().into());
            }
            other => return Err(format!("{} is not a message", other.message_type())),
        };
        message.date = columns.seconds("date").map(Timestamp::from_seconds);
        message.subject = columns.encoded("sub", "sub_cs");
        message.class = columns.text("m_cls").and_then(|class| class.parse().ok());
        message.expiry = columns.number("exp").map(|seconds: i64| expiry(seconds));
        message.from = self.of_role(FROM).next().map(Originator::from);
        if self.addresses.iter().any(|(role, address)| *role == FROM && address == "insert-address-token") {
            message.from = Some(Originator::InsertAddress);
        }
        message.to = self.of_role(TO).collect();
        message.cc = self.of_role(CC).collect();
        message.bcc = self.of_role(BCC).collect();
        if !self.parts.is_empty() {
            let kind = columns.text("ct_t").unwrap_or("application/vnd.wap.multipart.mixed").to_owned();
            message.body = Some(body(&kind, self.parts));
        }
        Ok(pdu)
    }

    fn of_role(&self, role: u32) -> impl Iterator<Item = Address> {
        let of_role = self.addresses.iter().filter(move |(own, _)| *own == role);
        of_role.map(|(_, address)| address.as_str().into())
    }
}

/// An expiry: intervals are no longer than some years.
fn expiry(seconds: i64) -> Time {
    const YEARS: i64 = 500_000_000;
    match u64::try_from(seconds) {
        Ok(interval) if seconds < YEARS => Time::Relative(Interval::from_seconds(interval)),
        _ => Time::Absolute(Timestamp::from_seconds(seconds)),
    }
}

fn body(kind: &str, mut parts: Vec<(Columns, Vec<u8>)>) -> Part {
    // The presentation has the number -1.
    parts.sort_by_key(|(columns, _)| columns.number::<i64>("seq").unwrap_or_default());
    let mut parts: Vec<_> = parts.into_iter().map(|(columns, octets)| part(&columns, octets)).collect();
    let mut content_type = ContentType::new(kind);
    if let (None, [_]) = (content_type.multipart_subtype(), &*parts) {
        return parts.remove(0);
    }
    let start = parts.iter().find(|part| part.content_type.is("application/smil"));
    if let Some(start) = start.filter(|_| kind.ends_with("related")) {
        content_type = content_type.with("type", "application/smil");
        if let Some(id) = &start.content_id {
            content_type = content_type.with("start", id.clone());
        }
    }
    Part::multipart(content_type, parts)
}

fn part(columns: &Columns, octets: Vec<u8>) -> Part {
    let mut content_type = ContentType::new(columns.text("ct").unwrap_or("application/octet-stream"));
    let text = columns.text("text").filter(|_| octets.is_empty());
    // Text that the database has is no longer in the charset that it came in.
    let charset = if text.is_some() { Some(Charset::UTF_8) } else { columns.charset("chset") };
    if let Some(name) = charset.and_then(Charset::name) {
        content_type = content_type.with("charset", name);
    }
    if let Some(name) = columns.text("name").or_else(|| columns.text("fn")) {
        content_type = content_type.with("name", name);
    }
    let octets = text.map_or_else(|| octets.into(), |text| Bytes::copy_from_slice(text.as_bytes()));
    let mut part = Part::new(content_type, octets);
    part.content_id = columns.text("cid").map(Into::into);
    part.content_location = columns.text("cl").map(Into::into);
    part
}

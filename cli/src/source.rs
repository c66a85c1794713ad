//! The forms that messages come in: octets, or text that stands for octets.

use std::error::Error;
use std::ffi::OsStr;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mms_codec::push::sms::{ShortMessage, UserData};
use mms_codec::{Bytes, Options, mm1};

use crate::android;
use crate::capture::{self, Captured};
use crate::file;
use crate::http::uncompressed;

/// Something to decode.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The file, and which line or packet of it, if it has several messages.
    pub(crate) name: String,
    /// Who sent the short message, if its octets do not say so.
    pub(crate) originator: String,
    pub(crate) octets: Bytes,
    /// In place of octets, the PDU that Android stored, or why there is none.
    pub(crate) stored: Option<Result<Box<mm1::Pdu>, String>>,
}

impl Source {
    fn new(name: impl Into<String>, octets: impl Into<Bytes>) -> Self {
        Self { name: name.into(), originator: String::new(), octets: octets.into(), stored: None }
    }

    /// With octets, also of what is stored without them.
    pub(crate) fn encoded(self) -> Result<Self, String> {
        match self.stored {
            Some(stored) => {
                let octets = mm1::encode(&*stored?).map_err(|error| error.to_string())?;
                Ok(Self { octets: octets.into(), stored: None, ..self })
            }
            None => Ok(self),
        }
    }
}

/// The longest text that is looked through for the forms below.
const MAX_TEXT: usize = 64 << 20;

/// What is in a file: the messages of a capture or of Android, else its octets. Octets that are not a message are taken for
/// what a modem or a person writes: lines of short messages in hexadecimal digits, alone or under lines such as
/// `+CMT: ,28`; the digits of one message, as a dump without offsets; base64.
pub(crate) fn sources(name: &str, octets: Bytes) -> Vec<Source> {
    if capture::detect(&octets) {
        let captured = capture::messages(name, &octets).into_iter();
        let sources: Vec<_> = captured
            .map(|Captured { packet, originator, octets }| Source {
                originator,
                ..Source::new(format!("{name}:{packet}"), octets)
            })
            .collect();
        if !sources.is_empty() {
            return sources;
        }
    }
    if let Some(messages) = android::messages(Path::new(name), &octets) {
        let stored = |name: String, stored| Source { stored: Some(stored), ..Source::new(name, Bytes::new()) };
        return match messages {
            Ok(messages) => {
                let messages = messages.into_iter();
                messages.map(|one| stored(format!("{name}:{}", one.place), one.pdu().map(Box::new))).collect()
            }
            Err(error) => vec![stored(name.into(), Err(error))],
        };
    }
    let text = octets.get(..MAX_TEXT.min(octets.len())).and_then(|text| core::str::from_utf8(text).ok());
    if let Some(text) = text.filter(|text| text.len() == octets.len() && mms_codec::detect(&octets).is_none()) {
        let mut lines = short_messages(name, text);
        if !lines.is_empty() {
            if let [one] = &mut *lines {
                one.name = name.into();
            }
            return lines;
        }
        if let Some(octets) = hex(text).or_else(|| base64(text)) {
            return vec![Source::new(name, octets)];
        }
    }
    let octets = uncompressed(&octets).map_or(octets, |(plain, _)| plain);
    vec![Source::new(name, octets)]
}

/// The one message in a file.
pub(crate) fn read_one(file: &OsStr) -> Result<Source, Box<dyn Error>> {
    let name = file.to_string_lossy();
    let octets = file::read(file).map_err(|error| file::error_in(file, &error))?;
    let mut sources = sources(&name, octets.into());
    match (sources.pop(), sources.is_empty()) {
        (Some(source), true) => {
            let name = source.name.clone();
            source.encoded().map_err(|error| format!("{name}: {error}").into())
        }
        _ => Err(format!("{name}: more than one message").into()),
    }
}

/// The short messages in the lines of a modem; all lines, or those under a line that announces one.
fn short_messages(name: &str, text: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut head = None;
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        let is_head = ["+CMT:", "+CMGR:", "+CMGL:", "+CMGS=", "AT+CMGS="].iter().any(|start| line.starts_with(start));
        if is_head {
            head = Some(line);
        } else if !line.is_empty() && line.bytes().all(|c| c.is_ascii_hexdigit()) {
            // A line that nothing announces has to be one all the more.
            let is_message = ShortMessage::decode_line_with(line, &Options::strict()).is_ok();
            let octets = if head.take().is_some() || is_message {
                Some(line.to_owned().into())
            } else {
                hex(line).map(Bytes::from).filter(is_user_data)
            };
            found.extend(octets.map(|octets| Source::new(format!("{name}:{number}"), octets)));
        }
    }
    found
}

/// Whether the octets are the user data of a short message to the ports of push.
fn is_user_data(octets: &Bytes) -> bool {
    let user_data = UserData::decode_with(octets, &Options::strict());
    user_data.is_ok_and(|decoded| decoded.value.header.ports().is_some_and(|ports| ports.is_push()))
}

/// The octets of hexadecimal digits, with anything between them that separates octets.
pub(crate) fn hex(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_start_matches('\u{feff}');
    let digit = |c: u8| char::from(c).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut octets = Vec::new();
    for word in text.split(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | ':' | ';' | '-')) {
        let word = word.strip_prefix("0x").or_else(|| word.strip_prefix("\\x")).unwrap_or(word);
        let (pairs, []) = word.as_bytes().as_chunks::<2>() else { return None };
        for [high, low] in pairs {
            octets.push(digit(*high)? << 4 | digit(*low)?);
        }
    }
    Some(octets).filter(|octets| !octets.is_empty())
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let text: Vec<u8> = text.bytes().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD.decode(text).ok().filter(|octets| !octets.is_empty())
}

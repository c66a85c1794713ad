//! Short messages that carry pushes.

use alloc::format;
use alloc::string::{String, ToString};

use bytes::Bytes;

use super::{Span, Walk};
use crate::options::Options;
use crate::push::sms::{Alphabet, RawUserData, ShortMessage, Tpdu, UserData};

/// Walks a short message: SMS-DELIVER or SMS-SUBMIT, with or without the address of its service centre, or user data
/// alone; and the push that it carries, unless that is in several.
///
/// # Examples
///
/// ```
/// use mms_codec::{Bytes, span};
///
/// let user_data = Bytes::from_static(b"\x06\x05\x04\x0b\x84\x23\xf0\x2a\x06\x03\xbe\xaf\x84\x8c\x82\x98T1\0");
/// let mut lines = Vec::new();
/// span::short_message(&user_data, |span| {
///     lines.push(format!("{:2} {}: {}", span.offset, span.name, span.value.unwrap_or_default()));
/// });
/// assert_eq!(lines[..4], [" 0 UDHL: 6", " 1 ports: 2948 from 9200", " 7 push: ", " 7 TID: 42"]);
/// ```
pub fn short_message<'a>(octets: &'a Bytes, mut visit: impl FnMut(Span<'a>)) {
    Walk { input: octets, visit: &mut visit, depth: 0 }.short_message();
}

impl Walk<'_, '_> {
    fn short_message(&mut self) {
        let (input, end) = (self.input, self.input.len());
        for options in [Options::strict(), Options::lenient()] {
            if UserData::decode_with(input, &options).is_ok_and(|decoded| decoded.value.header.ports().is_some()) {
                return self.user_data(0, true, true);
            }
            if let Ok(tpdu) = Tpdu::decode_with(input, &options) {
                return self.tpdu(0, &tpdu.value);
            }
            if let Ok(message) = ShortMessage::decode_with(input, &options) {
                let centre = input.first().map_or(0, |length| usize::from(*length) + 1).min(end);
                let address = message.value.service_centre.as_ref().map(ToString::to_string);
                self.leaf(0, centre, "RP-SMSC", address);
                return self.tpdu(centre, &message.value.tpdu);
            }
        }
        self.leaf(0, end, "octets that are not a short message", None);
    }

    /// TS 23.040, 9.2.2.1 and 9.2.2.2.
    fn tpdu(&mut self, start: usize, tpdu: &Tpdu) {
        let end = self.input.len();
        let octet = |at: usize| self.input.get(at).copied().unwrap_or_default();
        let first = octet(start);
        let hex = |octet: u8| Some(format!("{octet:#04x}"));
        let address_length = |at: usize| 2 + usize::from(octet(at)).div_ceil(2);
        let mut fields: alloc::vec::Vec<(usize, &'static str, Option<String>)> = alloc::vec::Vec::new();
        let coding = match tpdu {
            Tpdu::Deliver(deliver) => {
                let address = address_length(start + 1);
                let coding = octet(start + 2 + address);
                fields.push((1, "SMS-DELIVER", hex(first)));
                fields.push((address, "TP-OA", Some(deliver.originator.to_string())));
                fields.push((1, "TP-PID", hex(octet(start + 1 + address))));
                fields.push((1, "TP-DCS", hex(coding)));
                fields.push((7, "TP-SCTS", deliver.time.timestamp().map(|time| time.to_string())));
                coding
            }
            Tpdu::Submit(submit) => {
                let address = address_length(start + 2);
                let coding = octet(start + 3 + address);
                fields.push((1, "SMS-SUBMIT", hex(first)));
                fields.push((1, "TP-MR", Some(octet(start + 1).to_string())));
                fields.push((address, "TP-DA", Some(submit.destination.to_string())));
                fields.push((1, "TP-PID", hex(octet(start + 2 + address))));
                fields.push((1, "TP-DCS", hex(coding)));
                let validity = match first >> 3 & 3 {
                    0 => 0,
                    2 => 1,
                    _ => 7,
                };
                fields.push((validity, "TP-VP", None));
                coding
            }
            Tpdu::StatusReport(_) => return self.leaf(start, end, "SMS-STATUS-REPORT", None),
        };
        let mut at = start;
        for (length, name, value) in fields {
            let after = (at + length).min(end);
            self.leaf(at, after, name, value);
            at = after;
        }
        let after = (at + 1).min(end);
        self.leaf(at, after, "TP-UDL", self.input.get(at).map(ToString::to_string));
        self.user_data(after, first & 0x40 != 0, Alphabet::of(coding) == Alphabet::Data);
    }

    /// TS 23.040, 9.2.3.24.
    fn user_data(&mut self, start: usize, has_header: bool, is_data: bool) {
        let end = self.input.len();
        let octets = self.octets(start, end);
        let Some(raw) = RawUserData::new(octets).filter(|_| has_header) else {
            return self.leaf(start, end, "TP-UD", None);
        };
        let data = end - raw.data.len();
        self.leaf(start, start + 1, "UDHL", octets.first().map(ToString::to_string));
        let mut at = start + 1;
        while at < data {
            let length = self.octets(at, data).get(1).map_or(data, |length| at + 2 + usize::from(*length)).min(data);
            self.element(at, length);
            at = length;
        }
        let is_whole = raw.concatenation.is_none_or(|place| place.total == 1);
        let is_push = raw.ports.is_some_and(|ports| ports.is_push());
        match (is_push && is_data, is_whole) {
            (true, true) => self.outer(data, end, "push", None, |walk| walk.push(data, end)),
            (true, false) => self.leaf(data, end, "segment of a push", None),
            (false, _) => self.leaf(data, end, "TP-UD", None),
        }
    }

    fn element(&mut self, start: usize, end: usize) {
        let octets = self.octets(start, end);
        let number = |octets: &[u8]| octets.iter().fold(0_u32, |number, octet| number << 8 | u32::from(*octet));
        let (name, value) = match octets {
            [0x00, 3, reference @ .., total, index] | [0x08, 4, reference @ .., total, index] => {
                ("concatenation", Some(format!("{index} of {total}, reference {}", number(reference))))
            }
            [0x05, 4, a, b, c, d] => ("ports", Some(format!("{} from {}", number(&[*a, *b]), number(&[*c, *d])))),
            [0x04, 2, a, b] => ("ports", Some(format!("{a} from {b}"))),
            [id, ..] => ("information element", Some(format!("{id:#04x}"))),
            [] => return,
        };
        self.leaf(start, end, name, value);
    }
}

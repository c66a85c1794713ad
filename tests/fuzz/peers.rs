//! Other decoders read the same in what is valid: examples of `fuzz::Peer`.

use super::seeds::seeds;
use crate::support::tshark;
use alloc::collections::BTreeMap;

use mail_parser::MessageParser;
use mms_codec::fuzz::{Codec, Mm1, Mm4, Mm7, Peer, compare};
use mms_codec::{Bytes, Options};
use quick_xml::Reader;
use quick_xml::events::Event;

/// Headers by the crate `mail-parser`.
struct MailParser;

impl Peer<Mm4> for MailParser {
    fn fields(&mut self, octets: &[u8]) -> Option<Vec<(String, Vec<String>)>> {
        let mail = MessageParser::default().parse(octets)?;
        let subject = mail.subject().map(|subject| ("Subject".to_owned(), vec![subject.to_owned()]));
        Some(subject.into_iter().collect())
    }
}

/// Elements by the crate `quick-xml`, without namespaces and schema.
struct QuickXml;

impl Peer<Mm7> for QuickXml {
    fn fields(&mut self, octets: &[u8]) -> Option<Vec<(String, Vec<String>)>> {
        let start = memchr::memchr(b'<', octets)?;
        let mut reader = Reader::from_str(core::str::from_utf8(&octets[start..]).ok()?);
        let mut fields = Vec::new();
        let mut open = String::new();
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) => open = start.local_name().as_ref().to_owned(),
                Event::Text(text) if ["TransactionID", "MM7Version"].contains(&&*open) => {
                    fields.push((open.clone(), vec![(*text).to_owned()]));
                }
                Event::End(end) if end.local_name().as_ref() == "Envelope" => return Some(fields),
                Event::End(_) => open.clear(),
                Event::Eof => return None,
                _ => {}
            }
        }
    }
}

/// Wireshark, which is started once for all messages.
struct Tshark(BTreeMap<Vec<u8>, Vec<(String, Vec<String>)>>);

impl Tshark {
    /// Its names, and those of this crate.
    const FIELDS: [(&str, &str); 4] = [
        ("mmse.transaction_id", "X-Mms-Transaction-ID"),
        ("mmse.message_id", "Message-ID"),
        ("mmse.content_location", "X-Mms-Content-Location"),
        ("mmse.message_size", "X-Mms-Message-Size"),
    ];

    /// What it reads, or `None` if it is not there.
    fn of(messages: &[Bytes]) -> Option<Self> {
        let fields = Self::FIELDS.iter().flat_map(|(name, _)| ["-e", name]);
        let args = ["-T", "fields", "-E", "aggregator=|", "-e", "mmse.message_type"];
        let text = tshark::print(messages, &args.into_iter().chain(fields).collect::<Vec<_>>())?;
        let read = messages.iter().zip(text.lines()).filter_map(|(octets, line)| {
            let mut values = line.split('\t');
            // It took the packet for something else; or one of a mailbox, of whose messages it takes the fields.
            values.next().filter(|kind| !kind.is_empty() && octets[1] < 0x8b)?;
            // It does not read the values of delete confirmations, and says so in angle brackets.
            let fields =
                Self::FIELDS.iter().zip(values).filter(|(_, value)| !value.is_empty() && !value.starts_with('<'));
            let list = |value: &str| value.split('|').map(str::to_owned).collect();
            let fields = fields.map(|((_, name), value)| ((*name).to_owned(), list(value)));
            Some((octets.to_vec(), fields.collect()))
        });
        Some(Self(read.collect()))
    }
}

impl Peer<Mm1> for Tshark {
    fn fields(&mut self, octets: &[u8]) -> Option<Vec<(String, Vec<String>)>> {
        self.0.get(octets).cloned()
    }
}

/// Messages of a target.
fn messages(target: &str) -> Vec<Bytes> {
    seeds()[target].values().map(|octets| Bytes::copy_from_slice(octets)).collect()
}

fn agree<C: Codec>(target: &str, peer: &mut impl Peer<C>) {
    let strict = Options::strict();
    let messages = messages(target);
    let mut compared = 0;
    for octets in messages.iter().filter(|octets| C::decode(octets, &strict).is_ok()) {
        // The envelope may be in an encoding of its part.
        let Some(fields) = peer.fields(octets) else { continue };
        assert_eq!(compare::<C>(octets, &strict, peer), [], "{}", octets.escape_ascii());
        compared += fields.len();
    }
    assert!(compared > 0);
}

#[test]
fn mail_parser_reads_the_same_subjects() {
    agree::<Mm4>("mm4", &mut MailParser);
}

#[test]
fn quick_xml_reads_the_same_identifiers() {
    agree::<Mm7>("mm7_body", &mut QuickXml);
}

#[test]
fn tshark_reads_the_same_identifiers() {
    if let Some(mut tshark) = Tshark::of(&messages("mm1")) {
        agree::<Mm1>("mm1", &mut tshark);
    }
}

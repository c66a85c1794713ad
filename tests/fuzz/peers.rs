//! Other decoders read the same in what is valid: examples of `fuzz::Peer`.

use super::seeds::seeds;
use mail_parser::MessageParser;
use mms_codec::fuzz::{Codec, Mm4, Mm7, Peer, compare};
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

fn agree<C: Codec>(target: &str, peer: &mut impl Peer<C>) {
    let strict = Options::strict();
    let messages: Vec<_> = seeds()[target].values().map(|octets| Bytes::copy_from_slice(octets)).collect();
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
